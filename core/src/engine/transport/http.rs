//! The transport over reqwest and rustls.

use std::sync::{Arc, OnceLock};
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
/// Nothing is read or made before the first exchange. Certificates are judged by the roots of the system, or those that
/// `SSL_CERT_FILE` and `SSL_CERT_DIR` name where the system is no Windows, macOS or Android. Only a system that has none
/// gets the ones that are built in (Mozilla's); if the variables name none, nothing is sent by HTTPS.
///
/// Source: docs/protocol/api-type.md#transport
pub struct HttpTransport {
    timeouts: HttpTimeouts,
    plain: OnceLock<reqwest::Client>,
    secure: OnceLock<reqwest::Client>,
}

/// Whose signature under a certificate is believed.
#[derive(Clone, Copy)]
enum Roots {
    /// Nobody's: enough for plain HTTP, and nothing is read for it.
    None,
    System,
    BuiltIn,
}

impl HttpTransport {
    /// A transport with these timeouts. It must be used on a tokio runtime.
    ///
    /// # Errors
    /// `configuration` when the timeouts are not in order (0 < `connect` < `first_byte` ≤ `total`).
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
        Ok(Self {
            timeouts,
            plain: OnceLock::new(),
            secure: OnceLock::new(),
        })
    }

    /// Two that are first at the same moment make one each, and one of them is kept. A failure is not.
    fn client(&self, url: &str) -> Result<&reqwest::Client, NotDelivered> {
        let is_plain = url.starts_with("http://");
        let kept = if is_plain { &self.plain } else { &self.secure };
        if let Some(client) = kept.get() {
            return Ok(client);
        }
        let made = if is_plain {
            self.build(Roots::None).map_err(|_| cannot_be_built())?
        } else {
            self.secure(self.build(Roots::System), are_roots_named())?
        };
        Ok(kept.get_or_init(|| made))
    }

    /// `system`: the client that trusts the roots of the system. It fails where there is none.
    fn secure(
        &self,
        system: reqwest::Result<reqwest::Client>,
        are_roots_named: bool,
    ) -> Result<reqwest::Client, NotDelivered> {
        match system {
            Ok(client) => Ok(client),
            Err(_) if are_roots_named => Err(NotDelivered::NotSent(
                "no certificate roots are where SSL_CERT_FILE and SSL_CERT_DIR say".to_owned(),
            )),
            Err(_) => self.build(Roots::BuiltIn).map_err(|_| cannot_be_built()),
        }
    }

    fn build(&self, roots: Roots) -> reqwest::Result<reqwest::Client> {
        // Fails only when the application installed a provider of its own first, which is then used.
        let _ = rustls::crypto::CryptoProvider::install_default(
            rustls::crypto::ring::default_provider(),
        );
        let builder = reqwest::Client::builder()
            .connect_timeout(self.timeouts.connect)
            .timeout(self.timeouts.total)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .http1_only()
            .http1_max_headers(MAX_HEADERS)
            .pool_max_idle_per_host(0);
        match roots {
            Roots::None => builder.tls_certs_only([]),
            Roots::System => builder,
            Roots::BuiltIn => {
                let certificates = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter();
                let certificates = certificates
                    .map(|der| reqwest::Certificate::from_der(der))
                    .collect::<reqwest::Result<Vec<_>>>()?;
                builder.tls_certs_only(certificates)
            }
        }
        .build()
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
        let mut sending = self.client(&request.url)?.request(method, &request.url);
        // A GET with a body, even an empty one, is refused by some servers.
        if request.method == HttpMethod::Post {
            sending = sending.body(request.body);
        }
        for (name, value) in &request.headers {
            sending = sending.header(name, value);
        }
        let head = tokio::time::timeout(self.timeouts.first_byte, sending.send()).await;
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

/// Whether whoever runs this says which roots to trust. Others are not put in their place: a name that is spelled wrong
/// must not widen what is trusted. As rustls-native-certs reads the two variables.
fn are_roots_named() -> bool {
    let directories = std::env::var_os("SSL_CERT_DIR");
    std::env::var_os("SSL_CERT_FILE").is_some()
        || directories.is_some_and(|paths| !paths.is_empty())
}

fn cannot_be_built() -> NotDelivered {
    NotDelivered::NotSent("the HTTP client cannot be built".to_owned())
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

    #[test]
    fn threads_that_are_first_together_share_one_client() {
        let transport = transport();
        let start = std::sync::Barrier::new(4);
        let client = || {
            start.wait();
            let client = transport.client("http://localhost/").unwrap();
            std::ptr::from_ref(client) as usize
        };
        std::thread::scope(|scope| {
            let threads = [(); 4].map(|()| scope.spawn(client));
            let [first, others @ ..] = threads.map(|thread| thread.join().unwrap());
            assert_eq!(others, [first; 3]);
        });
    }

    /// As where there is no root, which a test cannot take away from the machine.
    fn failed() -> reqwest::Result<reqwest::Client> {
        let version = reqwest::tls::Version::TLS_1_3;
        let builder = reqwest::Client::builder().min_tls_version(version);
        let failed = builder
            .max_tls_version(reqwest::tls::Version::TLS_1_2)
            .build();
        assert!(failed.is_err());
        failed
    }

    #[test]
    fn a_system_without_roots_gets_those_that_are_built_in() {
        assert!(webpki_root_certs::TLS_SERVER_ROOT_CERTS.len() > 100);
        assert!(transport().secure(failed(), false).is_ok());
    }

    #[test]
    fn roots_that_are_named_and_missing_are_not_replaced() {
        let refused = transport().secure(failed(), true).err().unwrap();
        let NotDelivered::NotSent(why) = refused else {
            panic!("{refused:?}");
        };
        assert!(why.contains("SSL_CERT_FILE"), "{why}");
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
