//! The transport over reqwest and rustls.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use super::{NotDelivered, Transport};
use crate::contract::is_safe_url;
use crate::error::{Error, ErrorKind, Result};
use crate::exchange::{HttpRequest, HttpResponse};

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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpListener;

    fn transport() -> HttpTransport {
        HttpTransport::new(Duration::from_secs(5), Duration::from_secs(5)).unwrap()
    }

    fn request(url: String) -> HttpRequest {
        HttpRequest {
            url,
            headers: vec![("x-test".to_owned(), "1".to_owned())],
            body: b"body".to_vec(),
        }
    }

    #[tokio::test]
    async fn posts_once_and_follows_no_redirect() {
        let mut server = mockito::Server::new_async().await;
        let target = server.mock("GET", "/target").expect(0).create_async().await;
        let redirect = server
            .mock("POST", "/redirect")
            .match_header("x-test", "1")
            .match_body("body")
            .with_status(302)
            .with_header("location", "/target")
            .expect(1)
            .create_async()
            .await;
        let response = transport()
            .send(request(format!("{}/redirect", server.url())))
            .await
            .unwrap();
        assert_eq!(response.status, 302);
        redirect.assert_async().await;
        target.assert_async().await;
    }

    #[tokio::test]
    async fn a_server_error_is_an_answer_and_is_not_sent_again() {
        let mut server = mockito::Server::new_async().await;
        let busy = server
            .mock("POST", "/")
            .with_status(503)
            .with_header("content-type", "text/html")
            .with_body("busy")
            .expect(1)
            .create_async()
            .await;
        let response = transport().send(request(server.url())).await.unwrap();
        assert_eq!(
            (response.status, response.body.as_slice()),
            (503, b"busy".as_slice())
        );
        assert_eq!(response.content_type.as_deref(), Some("text/html"));
        busy.assert_async().await;
    }

    #[tokio::test]
    async fn what_never_left_is_told_apart_from_what_was_lost() {
        let closed = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", closed.local_addr().unwrap());
        drop(closed);
        let refused = transport().send(request(url)).await.err().unwrap();
        assert!(matches!(refused, NotDelivered::NotSent(_)), "{refused:?}");

        let resets = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", resets.local_addr().unwrap());
        let server = std::thread::spawn(move || {
            let (mut stream, _) = resets.accept().unwrap();
            let mut buffer = [0; 1024];
            let read = stream.read(&mut buffer).unwrap();
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf")
                .unwrap();
            read
        });
        let lost = transport().send(request(url)).await.err().unwrap();
        assert!(matches!(lost, NotDelivered::Lost(_)), "{lost:?}");
        assert!(server.join().unwrap() > 0);
    }

    #[tokio::test]
    async fn plain_http_leaves_the_machine_never() {
        let refused = transport()
            .send(request("http://shop.example/".to_owned()))
            .await;
        assert!(matches!(refused, Err(NotDelivered::NotSent(_))));
    }

    #[tokio::test]
    async fn an_endless_answer_is_cut() {
        let mut server = mockito::Server::new_async().await;
        server
            .mock("POST", "/")
            .with_body("x".repeat(MAX_ANSWER + 1))
            .create_async()
            .await;
        let cut = transport().send(request(server.url())).await;
        assert!(matches!(cut, Err(NotDelivered::Lost(_))));
    }
}
