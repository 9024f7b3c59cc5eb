//! The transport over reqwest and rustls.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use super::{HttpRequest, HttpResponse, NotDelivered, Transport};
use crate::contract::is_safe_url;
use crate::error::{Error, ErrorKind, Result};

/// Largest answer that is read, in bytes.
const MAX_ANSWER: usize = 1024 * 1024;

/// HTTP/1.1 over TLS 1.2 or newer. No retries, no redirects, no proxy from the environment.
pub struct HttpTransport {
    client: reqwest::Client,
}

impl HttpTransport {
    /// Builds the transport. `total` bounds the whole exchange, `connect` its first part.
    ///
    /// # Errors
    /// `configuration` when the system has no certificate roots.
    pub fn new(connect: Duration, total: Duration) -> Result<Self> {
        // Fails only when the application installed a provider of its own first, which is then used.
        let _ = rustls::crypto::CryptoProvider::install_default(
            rustls::crypto::ring::default_provider(),
        );
        let client = reqwest::Client::builder()
            .connect_timeout(connect)
            .timeout(total)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .http1_only()
            .pool_max_idle_per_host(0)
            .build()
            .map_err(|error| {
                Error::new(
                    ErrorKind::Configuration,
                    "the HTTP client cannot be built (certificate roots missing?)",
                )
                .with_source(error.without_url())
            })?;
        Ok(Self { client })
    }

    /// The transport as the object a client takes.
    #[must_use]
    pub fn shared(self) -> Arc<dyn Transport> {
        Arc::new(self)
    }
}

#[async_trait]
impl Transport for HttpTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, NotDelivered> {
        if !is_safe_url(&request.url) {
            return Err(NotDelivered::NotSent(
                "plain http is allowed to the loopback only".to_owned(),
            ));
        }
        let mut post = self.client.post(&request.url).body(request.body);
        for (name, value) in &request.headers {
            post = post.header(name, value);
        }
        let mut response = post.send().await.map_err(|error| {
            let text = describe(&error);
            if error.is_connect() || error.is_builder() {
                NotDelivered::NotSent(text)
            } else {
                NotDelivered::Lost(text)
            }
        })?;
        let status = response.status().as_u16();
        let content_type = response
            .headers()
            .get(reqwest::header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        let mut body = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| NotDelivered::Lost(describe(&error)))?
        {
            if body.len() + chunk.len() > MAX_ANSWER {
                return Err(NotDelivered::Lost("the answer is too large".to_owned()));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(HttpResponse {
            status,
            content_type,
            body,
        })
    }
}

/// What happened, without the URL: it may carry what must not be logged.
fn describe(error: &reqwest::Error) -> String {
    let what = if error.is_timeout() {
        "timed out"
    } else if error.is_connect() {
        "no connection"
    } else if error.is_body() || error.is_decode() {
        "the answer broke off"
    } else {
        "the exchange failed"
    };
    what.to_owned()
}
