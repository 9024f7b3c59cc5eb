//! What the HTTP transport makes of everything a network can do, against sockets of the test's own.
#![cfg(feature = "http")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use netmile::contract::{Contract, Endpoints, Terminal};
use netmile::engine::{
    HttpMethod, HttpRequest, HttpResponse, HttpTimeouts, HttpTransport, NotDelivered, Transport,
};
use netmile::link::{OrderId, PurchaseRequest, ReturnUrls};
use netmile::{Client, HashKey, Yen};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// For 127.0.0.1, until 2099, signed by itself.
const CERTIFICATE: &str = "\
-----BEGIN CERTIFICATE-----
MIIBgjCCASmgAwIBAgIBATAKBggqhkjOPQQDAjApMScwJQYDVQQDDB5hbiBhdXRo
b3JpdHkgdGhhdCBub2JvZHkga25vd3MwIBcNMDAwMTAxMDAwMDAwWhgPMjA5OTEy
MzEyMzU5NTlaMCkxJzAlBgNVBAMMHmFuIGF1dGhvcml0eSB0aGF0IG5vYm9keSBr
bm93czBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABJq/LsrYXR9us6Cvcimddz5l
Y0yfUA4ZhfnmMf3WgsV+Tc1murjYjs8L3evRhgxuMRxiHpjKAVnZAu4YI/GNRwqj
QDA+MA8GA1UdEQQIMAaHBH8AAAEwDAYDVR0TAQH/BAIwADAdBgNVHQ4EFgQUJmAk
18tPx8B/Nikp3lmIkLPquv0wCgYIKoZIzj0EAwIDRwAwRAIgbF/RiWbpLunKiAj1
SZ6qwlu36ev0n2G6DmKP3Zp/2eQCIAxn2auyyjQ+I2YlKKAoku/Pq36pTrj7HIjl
ZFrj3rrq
-----END CERTIFICATE-----
";

/// Made for this test. The key of that certificate, PKCS #8.
const KEY: &str = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgw1pOSFsGJspV/eTsJU06RUx00zK581QZZn8NO1ZINRyhRANCAASavy7\
    K2F0fbrOgr3IpnXc+ZWNMn1AOGYX55jH91oLFfk3NZrq42I7PC93r0YYMbjEcYh6YygFZ2QLuGCPxjUcK";

/// Longest wait for a peer that should have acted long ago.
const PATIENCE: Duration = Duration::from_secs(30);

fn patient() -> HttpTransport {
    HttpTransport::new(HttpTimeouts {
        connect: PATIENCE - Duration::from_secs(1),
        first_byte: PATIENCE,
        total: PATIENCE,
    })
    .unwrap()
}

/// Has no patience with what has no head.
fn hasty() -> HttpTransport {
    HttpTransport::new(HttpTimeouts {
        connect: Duration::from_millis(400),
        first_byte: Duration::from_millis(500),
        total: 2 * PATIENCE,
    })
    .unwrap()
}

/// Has no patience with what does not end.
fn brief() -> HttpTransport {
    HttpTransport::new(HttpTimeouts {
        connect: Duration::from_millis(400),
        first_byte: Duration::from_secs(1),
        total: Duration::from_secs(1),
    })
    .unwrap()
}

fn request(url: &str) -> HttpRequest {
    HttpRequest {
        method: HttpMethod::Post,
        url: url.to_owned(),
        headers: vec![("content-type".to_owned(), "text/xml".to_owned())],
        body: b"<pay/>".to_vec(),
    }
}

/// Reads one whole request; its head and body as text.
fn read_request(stream: &mut impl Read) -> String {
    let mut all = Vec::new();
    let mut buffer = [0; 4096];
    while !all.ends_with(b"<pay/>") {
        let read = stream.read(&mut buffer).unwrap();
        assert_ne!(read, 0, "the request broke off");
        all.extend_from_slice(&buffer[..read]);
    }
    String::from_utf8(all).unwrap()
}

/// A server for one connection.
fn serve<T: Send + 'static>(
    one: impl FnOnce(TcpStream) -> T + Send + 'static,
) -> (String, JoinHandle<T>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        one(stream)
    });
    (url, server)
}

/// What the server saw. The runtime goes on meanwhile: it is what closes connections.
async fn join<T: Send + 'static>(server: JoinHandle<T>) -> T {
    let joined = tokio::task::spawn_blocking(|| server.join().unwrap());
    joined.await.unwrap()
}

/// Answers one request with these bytes, then closes.
fn answering(bytes: &'static [u8]) -> (String, JoinHandle<()>) {
    serve(move |mut stream| {
        read_request(&mut stream);
        stream.write_all(bytes).unwrap();
    })
}

async fn send(transport: &HttpTransport, url: &str) -> Result<HttpResponse, NotDelivered> {
    transport.send(request(url)).await
}

#[track_caller]
fn assert_lost(answer: Result<HttpResponse, NotDelivered>) {
    assert!(matches!(answer, Err(NotDelivered::Lost(_))), "{answer:?}");
}

#[track_caller]
fn assert_not_sent(answer: Result<HttpResponse, NotDelivered>) -> String {
    match answer {
        Err(NotDelivered::NotSent(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_refused_connection_is_not_sent() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", closed.local_addr().unwrap());
    drop(closed);
    assert_not_sent(send(&patient(), &url).await);
}

#[tokio::test]
async fn a_tls_handshake_that_hangs_or_fails_is_not_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    let start = Instant::now();
    assert_not_sent(send(&hasty(), &url).await);
    assert!(start.elapsed() < PATIENCE);

    let (url, server) = serve(|mut stream| {
        let mut hello = [0; 16];
        stream.read_exact(&mut hello).unwrap();
        stream
            .write_all(b"HTTP/1.1 400 this is no TLS\r\n\r\n")
            .unwrap();
        hello[0]
    });
    assert_not_sent(send(&patient(), &url.replace("http://", "https://")).await);
    assert_eq!(join(server).await, 0x16, "a TLS handshake was begun");
}

#[tokio::test]
async fn what_cannot_be_written_is_not_sent() {
    for (name, value) in [("x-a\n", "1"), ("x-a", "1\r\nx-b: 2"), ("", "1")] {
        let mut bad = request("http://127.0.0.1:9/");
        bad.headers.push((name.to_owned(), value.to_owned()));
        assert_not_sent(patient().send(bad).await);
    }
}

#[tokio::test]
async fn a_connection_that_ends_without_an_answer_is_lost() {
    let (url, server) = serve(|mut stream| drop(read_request(&mut stream)));
    assert_lost(send(&patient(), &url).await);
    join(server).await;
}

#[tokio::test]
async fn a_reset_is_lost() {
    // Closing with unread bytes makes the system send a reset.
    let (url, server) = serve(|mut stream| {
        let mut first = [0; 1];
        stream.read_exact(&mut first).unwrap();
    });
    let mut long = request(&url);
    long.body = vec![b'x'; 4 * 1024 * 1024];
    assert_lost(patient().send(long).await);
    join(server).await;
}

#[tokio::test]
async fn silence_is_lost_after_the_first_byte_timeout() {
    let (url, server) = serve(|mut stream| {
        read_request(&mut stream);
        // Silent until the client hangs up.
        stream.read(&mut [0; 1]).unwrap()
    });
    let start = Instant::now();
    assert_lost(send(&hasty(), &url).await);
    assert!(start.elapsed() >= Duration::from_millis(500));
    assert_eq!(join(server).await, 0, "the connection was closed");
}

#[tokio::test]
async fn an_interim_answer_is_no_first_byte() {
    let (url, server) = serve(|mut stream| {
        read_request(&mut stream);
        drip(&mut stream, b"", b"HTTP/1.1 100 Continue\r\n\r\n");
    });
    assert_lost(send(&hasty(), &url).await);
    join(server).await;
}

/// Sends `head`, then `drop` again and again, some milliseconds apart, until the peer hangs up.
fn drip(stream: &mut TcpStream, head: &[u8], drop: &[u8]) {
    stream.write_all(head).unwrap();
    let between = Some(Duration::from_millis(10));
    stream.set_read_timeout(between).unwrap();
    let start = Instant::now();
    while start.elapsed() < PATIENCE && stream.write_all(drop).is_ok() {
        match stream.read(&mut [0; 1]) {
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            _ => return,
        }
    }
    assert!(start.elapsed() < PATIENCE, "the client never hung up");
}

#[tokio::test]
async fn a_body_that_never_ends_is_lost_after_the_total_timeout() {
    for head in [
        "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
    ] {
        let (url, server) = serve(move |mut stream| {
            read_request(&mut stream);
            drip(&mut stream, head.as_bytes(), b"x");
        });
        assert_lost(send(&brief(), &url).await);
        join(server).await;
    }
}

#[tokio::test]
async fn a_head_that_never_ends_is_lost_after_the_first_byte_timeout() {
    let (url, server) = serve(|mut stream| {
        read_request(&mut stream);
        drip(&mut stream, b"HTTP/1.1 200 OK\r\nx: ", b"y");
    });
    assert_lost(send(&hasty(), &url).await);
    join(server).await;
}

#[tokio::test]
async fn a_truncated_answer_is_lost() {
    for bytes in [
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-len",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\nhalf",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n",
    ] {
        let (url, server) = answering(bytes.as_bytes());
        assert_lost(send(&patient(), &url).await);
        join(server).await;
    }
}

#[tokio::test]
async fn what_is_not_http_is_lost() {
    for bytes in [
        "<?xml version='1.0'?><sps-api-response/>\r\n\r\n",
        "\r\n\r\n\r\n\r\n",
        "HTTP/1.1 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999999\r\n\r\n",
    ] {
        let (url, server) = answering(bytes.as_bytes());
        let answer = send(&patient(), &url).await;
        assert!(matches!(answer, Err(NotDelivered::Lost(_))), "{bytes}");
        join(server).await;
    }
}

#[tokio::test]
async fn a_flood_is_cut() {
    let head = "HTTP/1.1 200 OK\r\n";
    for (start, flood) in [
        (format!("{head}x: "), "y".repeat(65536)),
        (head.to_owned(), "x: y\r\n".repeat(10_000)),
        (format!("{head}\r\n"), "z".repeat(65536)),
        (
            format!("{head}transfer-encoding: chunked\r\n\r\n"),
            format!("10000\r\n{}\r\n", "z".repeat(65536)),
        ),
        (
            format!("{head}transfer-encoding: chunked\r\n\r\n"),
            format!("1;{}", "e".repeat(65536)),
        ),
    ] {
        let (url, server) = serve(move |mut stream| {
            read_request(&mut stream);
            stream.write_all(start.as_bytes()).unwrap();
            let mut written = 0_usize;
            while written < 256 * 1024 * 1024 && stream.write_all(flood.as_bytes()).is_ok() {
                written += flood.len();
            }
            written
        });
        assert_lost(send(&patient(), &url).await);
        // What the systems on both ends buffer, and not much more.
        assert!(join(server).await < 64 * 1024 * 1024);
    }
}

#[tokio::test]
async fn no_redirect_is_followed() {
    for status in [301, 302, 303, 307, 308] {
        let mut server = mockito::Server::new_async().await;
        let mut targets = Vec::new();
        for method in ["GET", "POST"] {
            let target = server.mock(method, "/target").expect(0);
            targets.push(target.create_async().await);
        }
        server
            .mock("POST", "/")
            .with_status(status)
            .with_header("location", "/target")
            .create_async()
            .await;
        let answer = send(&patient(), &server.url()).await.unwrap();
        assert_eq!(usize::from(answer.status), status);
        for target in targets {
            target.assert_async().await;
        }
    }
}

#[tokio::test]
async fn a_refusal_to_wait_is_not_sent_again() {
    for status in [408, 425, 429, 500, 502, 503, 504] {
        let mut server = mockito::Server::new_async().await;
        let once = server
            .mock("POST", "/")
            .with_status(status)
            .with_header("retry-after", "0")
            .expect(1)
            .create_async()
            .await;
        let answer = send(&patient(), &server.url()).await.unwrap();
        assert_eq!(usize::from(answer.status), status);
        once.assert_async().await;
    }
}

#[tokio::test]
async fn cookies_are_ignored_and_nothing_is_added() {
    let ok = "HTTP/1.1 200 OK\r\nset-cookie: JSESSIONID=1; Path=/\r\ncontent-length: 2\r\n\r\nok";
    let transport = patient();
    let mut heads = Vec::new();
    for _ in 0..2 {
        let (url, server) = serve(move |mut stream| {
            let head = read_request(&mut stream);
            stream.write_all(ok.as_bytes()).unwrap();
            head.to_lowercase()
        });
        assert_eq!(send(&transport, &url).await.unwrap().body, b"ok");
        heads.push(join(server).await);
    }
    for head in heads {
        assert!(head.starts_with("post / http/1.1\r\n"), "{head}");
        assert_eq!(head.matches("content-type:").count(), 1, "{head}");
        for name in [
            "cookie",
            "accept-encoding",
            "user-agent",
            "expect",
            "referer",
        ] {
            assert!(!head.contains(&format!("{name}:")), "{head}");
        }
    }
}

#[tokio::test]
async fn a_packed_answer_is_not_unpacked() {
    let (url, server) = answering(
        b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\n\x1f\x8b\x08\x00",
    );
    let answer = send(&patient(), &url).await.unwrap();
    assert_eq!(answer.body, b"\x1f\x8b\x08\x00");
    join(server).await;
}

#[tokio::test]
async fn no_connection_is_kept_and_a_reset_of_the_next_is_not_sent_again() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut first, _) = listener.accept().unwrap();
        first.set_read_timeout(Some(PATIENCE)).unwrap();
        read_request(&mut first);
        first
            .write_all(b"HTTP/1.1 200 OK\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\nok")
            .unwrap();
        // The client hangs up although it was asked to stay.
        assert_eq!(first.read(&mut [0; 1]).unwrap(), 0);
        let (mut second, _) = listener.accept().unwrap();
        read_request(&mut second);
        drop(second);
        listener
    });
    let transport = patient();
    assert_eq!(send(&transport, &url).await.unwrap().status, 200);
    assert_lost(send(&transport, &url).await);
    let listener = join(server).await;
    listener.set_nonblocking(true).unwrap();
    let third = listener.accept().map(|_| ());
    assert_eq!(third.unwrap_err().kind(), ErrorKind::WouldBlock);
}

#[tokio::test]
async fn a_dropped_exchange_hangs_up() {
    let (told, reached) = tokio::sync::oneshot::channel();
    let (url, server) = serve(|mut stream| {
        read_request(&mut stream);
        told.send(()).unwrap();
        stream.read(&mut [0; 1]).unwrap()
    });
    let transport = patient();
    tokio::select! {
        answer = send(&transport, &url) => panic!("{answer:?}"),
        () = async { reached.await.unwrap() } => {}
    }
    assert_eq!(join(server).await, 0);
}

/// Runs one test of this file again, in a process with another environment.
async fn again(name: &str, change: impl FnOnce(&mut Command)) {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", name]);
    change(&mut child);
    let output = tokio::task::spawn_blocking(move || child.output().unwrap());
    let output = output.await.unwrap();
    assert!(output.status.success(), "{output:?}");
    let ran = String::from_utf8_lossy(&output.stdout).contains("1 passed");
    assert!(ran, "{output:?}");
}

const PROXY_CHILD: &str = "NETMILE_TEST_PROXY_TARGET";

/// Runs itself again in a process whose environment names a proxy for everything.
#[tokio::test]
async fn the_proxy_environment_is_ignored() {
    if let Ok(url) = std::env::var(PROXY_CHILD) {
        let answer = send(&patient(), &url).await.unwrap();
        assert_eq!(answer.body, b"direct");
        return;
    }
    let mut target = mockito::Server::new_async().await;
    let direct = target
        .mock("POST", "/")
        .with_body("direct")
        .expect(1)
        .create_async()
        .await;
    let trap = TcpListener::bind("127.0.0.1:0").unwrap();
    trap.set_nonblocking(true).unwrap();
    let proxy = format!("http://{}", trap.local_addr().unwrap());
    again("the_proxy_environment_is_ignored", |child| {
        child.env(PROXY_CHILD, target.url());
        for name in ["http_proxy", "https_proxy", "all_proxy"] {
            child.env(name, &proxy).env(name.to_uppercase(), &proxy);
        }
        child.env_remove("no_proxy").env_remove("NO_PROXY");
        // Marks a CGI environment, in which HTTP_PROXY would be a request's header.
        child.env_remove("REQUEST_METHOD");
    })
    .await;
    direct.assert_async().await;
    let asked = trap.accept().map(|_| ());
    assert_eq!(asked.unwrap_err().kind(), ErrorKind::WouldBlock);
}

/// A server for one connection by HTTPS: whether it got the whole request, and answered.
fn serve_tls() -> (String, JoinHandle<bool>) {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE.as_bytes()).unwrap();
    let key = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, KEY).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], PrivatePkcs8KeyDer::from(key).into())
        .unwrap();
    let (url, server) = serve(|stream| {
        let connection = ServerConnection::new(Arc::new(config)).unwrap();
        let mut stream = StreamOwned::new(connection, stream);
        if stream.conn.complete_io(&mut stream.sock).is_err() {
            return false;
        }
        let mut first = [0];
        // The client may have closed after the server's part of the handshake.
        if !matches!(stream.read(&mut first), Ok(1)) {
            return false;
        }
        assert!(read_request(&mut stream).starts_with("OST / "));
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")
            .unwrap();
        true
    });
    (url.replace("http:", "https:"), server)
}

#[tokio::test]
async fn a_certificate_of_an_unknown_authority_is_refused_before_anything_is_sent() {
    let (url, server) = serve_tls();
    // The client could be made, whether or not this machine has roots.
    assert_eq!(
        assert_not_sent(send(&patient(), &url).await),
        "no connection"
    );
    assert!(!join(server).await);
}

const ROOTS_CHILD: &str = "NETMILE_TEST_ROOTS";

/// Runs itself again in a process whose certificate roots are in a file that is not there, yet.
#[tokio::test]
async fn without_certificate_roots_everything_works_but_https() {
    if std::env::var_os(ROOTS_CHILD).is_none() {
        let directory = std::env::temp_dir().join(format!("netmile-roots-{}", std::process::id()));
        std::fs::create_dir(&directory).unwrap();
        again(
            "without_certificate_roots_everything_works_but_https",
            |child| {
                child.env(ROOTS_CHILD, "1");
                child.env("SSL_CERT_FILE", directory.join("roots.pem"));
                child.env_remove("SSL_CERT_DIR");
            },
        )
        .await;
        std::fs::remove_dir_all(&directory).unwrap();
        return;
    }
    let contract = Contract::netmile(
        "99999",
        "001",
        HashKey::new("TESTHASHKEY0123456789abcdef0123456789abc").unwrap(),
        Endpoints::mock("http://127.0.0.1:1"),
    );
    let client = Client::builder().contract(contract.unwrap());
    let urls = ReturnUrls {
        success: "https://shop.example/s".into(),
        cancel: "https://shop.example/c".into(),
        error: "https://shop.example/e".into(),
        notify: "https://shop.example/n".into(),
    };
    let id = OrderId::new("CART-1").unwrap();
    let request = PurchaseRequest::new(id, "CUST1", "ITEM1", Yen::new(300), Terminal::Pc, urls);
    let client = client.build().unwrap();
    client.checkout().start(&request).await.unwrap();

    let transport = patient();
    let (url, server) = answering(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    assert_eq!(send(&transport, &url).await.unwrap().status, 200);
    join(server).await;

    let (url, server) = serve_tls();
    for _ in 0..2 {
        let why = assert_not_sent(send(&transport, &url).await);
        assert!(why.contains("SSL_CERT_FILE"), "{why}");
    }

    // A shop's own authority; and what failed is tried again.
    std::fs::write(std::env::var_os("SSL_CERT_FILE").unwrap(), CERTIFICATE).unwrap();
    let (first, second) = tokio::join!(send(&transport, &url), async {
        let (url, server) = serve_tls();
        let answer = send(&transport, &url).await;
        assert!(join(server).await);
        answer
    });
    assert_eq!(first.unwrap().body, b"ok");
    assert_eq!(second.unwrap().body, b"ok");
    assert!(join(server).await);
}

#[test]
fn timeouts_must_be_in_order() {
    let default = HttpTimeouts::default();
    assert!(HttpTransport::new(default).is_ok());
    let second = Duration::from_secs(1);
    for wrong in [
        HttpTimeouts {
            connect: Duration::ZERO,
            ..default
        },
        HttpTimeouts {
            connect: default.first_byte,
            ..default
        },
        HttpTimeouts {
            first_byte: Duration::ZERO,
            ..default
        },
        HttpTimeouts {
            first_byte: default.total + second,
            ..default
        },
        HttpTimeouts {
            total: second,
            ..default
        },
    ] {
        let error = HttpTransport::new(wrong).err().unwrap();
        assert_eq!(error.field_name(), Some("timeouts"), "{wrong:?}");
    }
}

#[tokio::test]
async fn what_failed_is_told_without_the_address() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    let url = format!("http://127.0.0.1:{port}/?secret=1");
    let Err(NotDelivered::NotSent(why)) = send(&patient(), &url).await else {
        panic!("it was sent");
    };
    assert!(
        !why.contains("secret") && !why.contains(&port.to_string()),
        "{why}"
    );
}
