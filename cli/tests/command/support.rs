//! Runs the binary; a mock, and shops that answer as told.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use netmile::HashKey;
use netmile::client::Client;
use netmile::contract::{Contract, Endpoints};
use netmile::link::RawMessage;
use netmile_mock::{ClockMode, Mock, Options};
use serde_json::Value;

/// The key of the demo scenario's first merchant: invented and public.
pub const KEY: &str = "demo0key0of0the0mock0gateway0not0a0secr0";
pub const OTHER_KEY: &str = "second0demo0key0of0the0mock0not0a0secre0";
/// 2026-01-02T03:04:05+09:00.
pub const START: i64 = 1_767_290_645;

/// A directory that is gone after the test.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("cli-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        std::fs::write(self.0.join(name), content).unwrap();
        name.to_owned()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// One run of the binary, with an environment of its own.
pub struct Run<'a> {
    scratch: &'a Scratch,
    environment: Vec<(&'static str, String)>,
    input: Vec<u8>,
}

#[derive(Debug)]
pub struct Ran {
    pub exit: i32,
    pub out: String,
    pub err: String,
}

impl<'a> Run<'a> {
    pub fn within(scratch: &'a Scratch) -> Self {
        Self {
            scratch,
            environment: Vec::new(),
            input: Vec::new(),
        }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    pub fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = bytes.into();
        self
    }

    pub fn netmile(self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_netmile"));
        command.args(arguments).env_clear();
        self.run(command, arguments)
    }

    /// Runs it on a terminal of so many columns: `out` is all that the terminal got, the bytes that move its cursor too.
    #[cfg(unix)]
    pub fn on_terminal(self, columns: u16, arguments: &[&str]) -> Ran {
        /// Runs a command on a pseudo-terminal and prints what it wrote there.
        const TERMINAL: &str = "
import fcntl, os, pty, struct, sys, termios
columns, *command = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 24, int(columns), 0, 0))
    os.execv(command[0], command)
while True:
    try:
        piece = os.read(terminal, 65536)
    except OSError:
        # Linux says by an error that nobody can write any more, others by an empty read.
        break
    if not piece:
        break
    sys.stdout.buffer.write(piece)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
";
        let mut command = Command::new("python3");
        command
            .args(["-c", TERMINAL, &columns.to_string()])
            .arg(env!("CARGO_BIN_EXE_netmile"))
            .args(arguments)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("TERM", "xterm-256color");
        self.run(command, arguments)
    }

    fn run(self, mut command: Command, arguments: &[&str]) -> Ran {
        let mut child = command
            .current_dir(self.scratch.path())
            .envs(self.environment)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A command that reads no input may be gone already.
        let _ = stdin.write_all(&self.input);
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        let ran = Ran {
            exit: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        };
        for key in [KEY, OTHER_KEY] {
            for text in [&ran.out, &ran.err] {
                assert!(!text.contains(key), "{arguments:?} shows a key: {text}");
                assert!(
                    !text.contains(&key[..12]),
                    "{arguments:?} shows a key: {text}"
                );
            }
        }
        ran
    }
}

impl Ran {
    #[track_caller]
    pub fn json(&self) -> Value {
        assert_eq!(self.err, "", "nothing but the object is printed");
        let value: Value = serde_json::from_str(&self.out).unwrap();
        assert_eq!(value["exit"], self.exit);
        value
    }
}

pub fn netmile(arguments: &[&str]) -> Ran {
    Run::within(&Scratch::new()).netmile(arguments)
}

/// Only ASCII letters of English sentences tell the languages apart here.
pub fn is_japanese(text: &str) -> bool {
    text.chars()
        .any(|c| matches!(c, 'ぁ'..='ん' | 'ァ'..='ヴ' | '一'..='龠'))
}

pub async fn mock() -> Mock {
    Mock::start(Options {
        clock: ClockMode::Frozen(START),
        ..Options::default()
    })
    .await
    .unwrap()
}

/// A mock whose clock is the real one, for shops that have a real one too.
pub async fn mock_of_today() -> Mock {
    Mock::start(Options::default()).await.unwrap()
}

/// What a shop says to every notice.
#[derive(Clone)]
pub enum Says {
    Text(u16, &'static str),
    /// What the library's own handler says.
    Library(Client),
}

#[derive(Clone)]
pub struct Shop {
    pub url: String,
    pub bodies: Arc<Mutex<Vec<String>>>,
    says: Says,
}

impl Shop {
    pub async fn open(says: Says) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shop = Self {
            url: format!("http://{}/notify", listener.local_addr().unwrap()),
            bodies: Arc::default(),
            says,
        };
        let router = Router::new()
            .route("/notify", post(notified))
            .with_state(shop.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        shop
    }

    /// A shop on this library, with an empty journal.
    pub async fn of_library(key: &str) -> Self {
        let contract = Contract::netmile(
            "99999",
            "001",
            HashKey::new(key).unwrap(),
            Endpoints::test(),
        )
        .unwrap();
        Self::open(Says::Library(
            Client::builder().contract(contract).build().unwrap(),
        ))
        .await
    }

    pub fn count(&self) -> usize {
        self.bodies.lock().unwrap().len()
    }
}

async fn notified(State(shop): State<Shop>, body: Bytes) -> (StatusCode, String) {
    let text = String::from_utf8(body.to_vec()).unwrap();
    shop.bodies.lock().unwrap().push(text);
    match &shop.says {
        Says::Text(status, text) => (StatusCode::from_u16(*status).unwrap(), (*text).to_owned()),
        Says::Library(client) => {
            let ack = client
                .notices()
                .handle(&RawMessage::form(body.to_vec()))
                .await;
            (
                StatusCode::OK,
                String::from_utf8(ack.body().to_vec()).unwrap(),
            )
        }
    }
}

/// A server that answers every connection with these bytes, after it has read the head of the request.
pub async fn raw_server(answer: &'static str) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut read = Vec::new();
            let mut buffer = [0; 1024];
            while !read.windows(4).any(|w| w == b"\r\n\r\n") {
                match stream.read(&mut buffer).await {
                    Ok(0) | Err(_) => break,
                    Ok(count) => read.extend_from_slice(&buffer[..count]),
                }
            }
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    url
}

/// An address at which nobody listens.
pub fn nobody() -> String {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", closed.local_addr().unwrap())
}
