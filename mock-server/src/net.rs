//! A listener whose connections can be broken on purpose.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    task::{Context, Poll},
};

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};

/// How many more bytes a connection may write; negative means any number.
#[derive(Debug, Clone)]
pub(crate) struct Fuse(Arc<AtomicI64>);

impl Fuse {
    fn new() -> Self {
        Self(Arc::new(AtomicI64::new(-1)))
    }

    /// Breaks the connection after `bytes` more bytes.
    pub(crate) fn blow_after(&self, bytes: usize) {
        self.0
            .store(i64::try_from(bytes).unwrap_or(0), Ordering::SeqCst);
    }
}

impl Connected<IncomingStream<'_, Fused>> for Fuse {
    fn connect_info(stream: IncomingStream<'_, Fused>) -> Self {
        stream.io().fuse.clone()
    }
}

/// Listens and gives every connection its fuse.
#[derive(Debug)]
pub(crate) struct Fused(pub(crate) TcpListener);

/// A connection with a fuse.
#[derive(Debug)]
pub(crate) struct Wire {
    stream: TcpStream,
    fuse: Fuse,
}

impl Listener for Fused {
    type Io = Wire;
    type Addr = std::net::SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        // Without it the last packet of an answer waits for the one before.
        let _ = stream.set_nodelay(true);
        let fuse = Fuse::new();
        (Wire { stream, fuse }, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let left = self.fuse.0.load(Ordering::SeqCst);
        let allowed = match usize::try_from(left) {
            Err(_) => buf,
            Ok(0) => return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into())),
            Ok(n) => buf.get(..n.min(buf.len())).unwrap_or_default(),
        };
        let written = Pin::new(&mut self.stream).poll_write(cx, allowed);
        if let (true, Poll::Ready(Ok(n))) = (left >= 0, &written) {
            let n = i64::try_from(*n).unwrap_or(0);
            self.fuse.0.fetch_sub(n, Ordering::SeqCst);
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
