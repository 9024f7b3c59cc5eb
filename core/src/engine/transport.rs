//! Who sends bytes to the gateway.
//!
//! The link type itself never calls the gateway: the customer's browser does. A transport is what server-to-server
//! calls go through, and what the `doctor` of a shop asks an endpoint with.

use std::time::Duration;

use async_trait::async_trait;

use crate::operation::{HttpRequest, HttpResponse};

#[cfg(feature = "http")]
mod http;
#[cfg(feature = "http")]
pub use http::{HttpTimeouts, HttpTransport};

/// Why there is no response. The difference decides whether sending again is safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotDelivered {
    /// It provably never left: no connection, a refused URL.
    NotSent(String),
    /// It may have arrived and had its effect: a timeout, a reset, a truncated answer.
    Lost(String),
}

/// Sends one request, once. Must not retry, follow redirects, or go through a proxy behind the caller's back.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Sends the request.
    ///
    /// # Errors
    /// [`NotDelivered::NotSent`] only when no byte of the request can have reached the peer.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, NotDelivered>;

    /// The same, for transports that are told how long the caller waits at most: `left` is what is left of the
    /// [overall time](crate::engine::Driver::overall), if there is one. The caller gives up by itself when it is over.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    async fn send_within(
        &self,
        request: HttpRequest,
        left: Option<Duration>,
    ) -> Result<HttpResponse, NotDelivered> {
        let _ = left;
        self.send(request).await
    }
}
