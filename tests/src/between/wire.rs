//! Requests and answers as bytes: a connection each.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Longest head, in bytes.
const MAX_HEAD: usize = 64 * 1024;

/// Longest body of a request, in bytes.
const MAX_BODY: usize = 8 * 1024 * 1024;

/// Longest answer, in bytes.
const MAX_ANSWER: u64 = 16 * 1024 * 1024;

/// Bytes read at a time.
const PIECE: usize = 16 * 1024;

/// A request, as far as it was read.
#[derive(Clone, Debug)]
pub(super) struct Request {
    /// Such as `POST /v1/registrations/files`.
    pub(super) line: String,
    /// With the empty line at its end, and a header that ends the connection after the answer.
    head: Vec<u8>,
    /// What its head says of the body.
    pub(super) length: usize,
    /// Of the body.
    pub(super) body: Vec<u8>,
}

fn odd(what: &'static str) -> Error {
    Error::new(ErrorKind::InvalidData, what)
}

impl Request {
    /// Reads the head, and whatever of the body came with it.
    pub(super) async fn begin(client: &mut TcpStream) -> Result<Self> {
        let mut bytes = Vec::new();
        let end = loop {
            if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 2;
            }
            if bytes.len() > MAX_HEAD || !read_some(client, &mut bytes, PIECE).await? {
                return Err(odd("no head"));
            }
        };
        let body = bytes.split_off(end + 2);
        bytes.truncate(end);
        let text = std::str::from_utf8(&bytes).map_err(|_| odd("a head of other characters"))?;
        let mut lines = text.lines();
        let first = lines.next().unwrap_or_default();
        let line = first.strip_suffix(" HTTP/1.1").ok_or(odd("no HTTP/1.1"))?;
        let length = lines.find_map(|line| {
            let (name, value) = line.split_once(':')?;
            let is_it = name.eq_ignore_ascii_case("content-length");
            is_it.then(|| value.trim().parse().ok()).flatten()
        });
        let length = length.unwrap_or(0);
        if length > MAX_BODY || body.len() > length {
            return Err(odd("too long a body"));
        }
        let (line, mut head) = (line.to_owned(), bytes);
        head.extend_from_slice(b"connection: close\r\n\r\n");
        Ok(Self {
            line,
            head,
            length,
            body,
        })
    }

    /// Reads its body as far as `upto`, and not a byte more than the buffers hold.
    pub(super) async fn read_to(&mut self, client: &mut TcpStream, upto: usize) -> Result<()> {
        while self.body.len() < upto.min(self.length) {
            let left = upto.min(self.length) - self.body.len();
            if !read_some(client, &mut self.body, left.min(PIECE)).await? {
                return Err(odd("the body broke off"));
            }
        }
        Ok(())
    }

    /// A field of its JSON body.
    pub(super) fn field(&self, name: &str) -> Option<String> {
        let body: Value = serde_json::from_slice(&self.body).ok()?;
        Some(body.get(name)?.as_str()?.to_owned())
    }

    /// The same request with a body that ends here, and a head that agrees with that.
    pub(super) fn shortened(&self) -> Self {
        let text = String::from_utf8_lossy(&self.head);
        let mut head = String::new();
        for line in text.lines() {
            let name = line.split(':').next().unwrap_or_default();
            if name.eq_ignore_ascii_case("content-length") {
                head.push_str(&format!("content-length: {}", self.body.len()));
            } else {
                head.push_str(line);
            }
            head.push_str("\r\n");
        }
        Self {
            head: head.into_bytes(),
            length: self.body.len(),
            ..self.clone()
        }
    }

    /// Opens a connection, and writes what was read of it.
    pub(super) async fn write(&self, office: SocketAddr) -> Result<TcpStream> {
        let mut server = TcpStream::connect(office).await?;
        server.write_all(&self.head).await?;
        server.write_all(&self.body).await?;
        Ok(server)
    }

    /// Brings all of it to the office, and reads the answer to its end, wherever that is.
    pub(super) async fn pass(&self, office: SocketAddr) -> Result<Answer> {
        // Whoever is turned away early does not read the rest.
        match self.write(office).await {
            Ok(server) => Ok(Answer::read(server).await),
            Err(error) if error.kind() == ErrorKind::ConnectionRefused => Err(error),
            Err(_) => Ok(Answer::default()),
        }
    }
}

/// Appends at most `most` bytes. False at the end.
async fn read_some(client: &mut TcpStream, to: &mut Vec<u8>, most: usize) -> Result<bool> {
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    let mut some = (&mut *client).take(most);
    Ok(some.read_buf(to).await? > 0)
}

/// Counts what still comes until the end.
pub(super) async fn drain(client: &mut TcpStream) -> usize {
    let (mut bytes, mut count) = (Vec::new(), 0);
    while count < MAX_BODY {
        bytes.clear();
        match read_some(client, &mut bytes, PIECE).await {
            Ok(true) => count += bytes.len(),
            Ok(false) | Err(_) => break,
        }
    }
    count
}

/// What came back, byte for byte: nothing when it was lost.
#[derive(Clone, Debug, Default)]
pub(super) struct Answer(pub(super) Vec<u8>);

impl Answer {
    /// Reads until the other side ends or breaks.
    pub(super) async fn read(server: TcpStream) -> Self {
        let mut bytes = Vec::new();
        // What came before a reset came.
        let _ = server.take(MAX_ANSWER).read_to_end(&mut bytes).await;
        Self(bytes)
    }

    fn body(&self) -> &[u8] {
        let end = self.0.windows(4).position(|four| four == b"\r\n\r\n");
        end.and_then(|at| self.0.get(at + 4..)).unwrap_or_default()
    }

    /// Its status; 0 when there is none.
    pub(super) fn status(&self) -> u16 {
        let digits = self.0.get(9..12).unwrap_or_default();
        let digits = std::str::from_utf8(digits).unwrap_or_default();
        digits.parse().unwrap_or(0)
    }

    /// A text of its JSON body.
    pub(super) fn field(&self, name: &str) -> Option<String> {
        let body: Value = serde_json::from_slice(self.body()).ok()?;
        Some(body.get(name)?.as_str()?.to_owned())
    }
}
