//! The transport over reqwest and rustls.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use super::{NotDelivered, Transport};
use crate::contract::is_safe_url;
use crate::error::{Error, ErrorKind, Result};
use crate::operation::{HttpMethod, HttpRequest, HttpResponse};

/// Largest answer that is read, in bytes: a list of 10,000 rows is a few MiB. What reads an answer has its own limit.
const MAX_ANSWER: usize = 8 * 1024 * 1024;

/// Most header fields of an answer. Their bytes are bounded by the library, at about 400 KiB.
const MAX_HEADERS: usize = 100;

/// How long each part of an exchange may take. All three count from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HttpTimeouts {
    /// Until there is a connection, with name look-up and TLS. What is cut here was not sent. Default 10 seconds.
    pub connect: Duration,
    /// Until the head of the answer has come. What is cut from here on is lost. Default 30 seconds.
    pub first_byte: Duration,
    /// Until the whole answer has come. Default 60 seconds.
    pub total: Duration,
}

impl Default for HttpTimeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            first_byte: Duration::from_secs(30),
            total: Duration::from_secs(60),
        }
    }
}

/// HTTP/1.1 over TLS 1.2 or newer, a connection of its own for each exchange.
///
/// No retries, no redirects, no proxy from the environment, no cookies, no decompression, no kept connections: a
/// connection that the gateway closes at the moment it is used again would leave it unknown whether the request was
/// read, and the gateway closes them anyway.
///
/// Source: docs/protocol/api-type.md#transport
pub struct HttpTransport {
    client: reqwest::Client,
    first_byte: Duration,
}

impl HttpTransport {
    /// Builds the transport. It must be used on a tokio runtime.
    ///
    /// # Errors
    /// `configuration` when the timeouts are not in order (0 < `connect` < `first_byte` ≤ `total`), or when the system
    /// has no certificate roots.
    pub fn new(timeouts: HttpTimeouts) -> Result<Self> {
        let HttpTimeouts {
            connect,
            first_byte,
            total,
        } = timeouts;
        // A connection must be given up before anything else is: only then is it known that nothing was sent.
        if connect.is_zero() || connect >= first_byte || first_byte > total {
            return Err(Error::field(
                ErrorKind::Configuration,
                "timeouts",
                "connect must be shorter than first_byte, and first_byte not longer than total",
            ));
        }
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
            .http1_max_headers(MAX_HEADERS)
            .pool_max_idle_per_host(0)
            .build()
            .map_err(|error| {
                Error::new(
                    ErrorKind::Configuration,
                    "the HTTP client cannot be built (certificate roots missing?)",
                )
                .with_source(error.without_url())
            })?;
        Ok(Self { client, first_byte })
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
        let method = match request.method {
            HttpMethod::Get => reqwest::Method::GET,
            HttpMethod::Post => reqwest::Method::POST,
            HttpMethod::Delete => reqwest::Method::DELETE,
        };
        let mut sending = self.client.request(method, &request.url);
        // A GET with a body, even an empty one, is refused by some servers.
        if request.method == HttpMethod::Post {
            sending = sending.body(request.body);
        }
        for (name, value) in &request.headers {
            sending = sending.header(name, value);
        }
        let head = tokio::time::timeout(self.first_byte, sending.send()).await;
        let mut response = match head {
            Ok(Ok(response)) => response,
            Ok(Err(error)) if error.is_connect() || error.is_builder() => {
                return Err(NotDelivered::NotSent(describe(&error)));
            }
            Ok(Err(error)) => return Err(NotDelivered::Lost(describe(&error))),
            Err(_) => return Err(NotDelivered::Lost("no answer came in time".to_owned())),
        };
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
    let what = if error.is_connect() && error.is_timeout() {
        "no connection in time"
    } else if error.is_connect() {
        "no connection"
    } else if error.is_timeout() {
        "the answer did not come whole in time"
    } else if error.is_builder() {
        "the request cannot be written"
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
        HttpTransport::new(HttpTimeouts::default()).unwrap()
    }

    fn request(url: String) -> HttpRequest {
        HttpRequest {
            method: HttpMethod::Post,
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
