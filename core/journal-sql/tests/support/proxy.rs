//! Stands between a journal and its server and plays tricks on the connection.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What happens to the connection on which the next message with this text comes.
#[derive(Clone, Copy)]
pub(crate) enum Trick {
    /// It is cut; the server never gets the message.
    CutBefore(&'static str),
    /// The server gets the message and answers; then the connection is cut.
    CutAfter(&'static str),
    /// Nothing goes through any more, in either direction.
    Freeze(&'static str),
}

pub(crate) struct Proxy {
    /// The server's URL, by way of this proxy.
    pub(crate) url: String,
    trick: Arc<Mutex<Option<Trick>>>,
    listening: JoinHandle<()>,
}

impl Proxy {
    pub(crate) async fn before(url: &str) -> Self {
        Self::listening_on("127.0.0.1", url).await
    }

    pub(crate) async fn listening_on(address: &str, url: &str) -> Self {
        let (start, server) = url.split_once('@').unwrap();
        let (server, path) = server.split_once('/').unwrap();
        let listener = TcpListener::bind((address, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let trick = Arc::default();
        let listening = tokio::spawn(listen(listener, server.to_owned(), Arc::clone(&trick)));
        Self {
            url: format!("{start}@{address}:{port}/{path}"),
            trick,
            listening,
        }
    }

    pub(crate) fn play(&self, trick: Trick) {
        *self.trick.lock().unwrap() = Some(trick);
    }

    /// Whether the trick has happened.
    pub(crate) fn played(&self) -> bool {
        self.trick.lock().unwrap().is_none()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn listen(listener: TcpListener, server: String, trick: Arc<Mutex<Option<Trick>>>) {
    let mut connections = tokio::task::JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        // A server that is away: the client's connection ends as well.
        if let Ok(server) = TcpStream::connect(&server).await {
            connections.spawn(relay(client, server, Arc::clone(&trick)));
        }
    }
}

async fn relay(client: TcpStream, server: TcpStream, trick: Arc<Mutex<Option<Trick>>>) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let cut_at_answer = AtomicBool::new(false);
    let frozen = AtomicBool::new(false);
    let questions = async {
        let mut buffer = vec![0; 1 << 16];
        loop {
            let length = from_client.read(&mut buffer).await.unwrap_or(0);
            let message = &buffer[..length];
            if length == 0 {
                return;
            }
            match take_if_named(&trick, message) {
                Some(Trick::CutBefore(_)) => return,
                Some(Trick::CutAfter(_)) => cut_at_answer.store(true, Ordering::SeqCst),
                Some(Trick::Freeze(_)) => {
                    frozen.store(true, Ordering::SeqCst);
                    std::future::pending().await
                }
                None => {}
            }
            if to_server.write_all(message).await.is_err() {
                return;
            }
        }
    };
    let answers = async {
        let mut buffer = vec![0; 1 << 16];
        loop {
            let length = from_server.read(&mut buffer).await.unwrap_or(0);
            if frozen.load(Ordering::SeqCst) {
                return std::future::pending().await;
            }
            if length == 0 || cut_at_answer.load(Ordering::SeqCst) {
                return;
            }
            if to_client.write_all(&buffer[..length]).await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        () = questions => {}
        () = answers => {}
    }
}

fn take_if_named(trick: &Mutex<Option<Trick>>, message: &[u8]) -> Option<Trick> {
    let mut trick = trick.lock().unwrap();
    let Some(Trick::CutBefore(text) | Trick::CutAfter(text) | Trick::Freeze(text)) = *trick else {
        return None;
    };
    let text = text.as_bytes();
    let named = message.windows(text.len()).any(|window| window == text);
    if named { trick.take() } else { None }
}
