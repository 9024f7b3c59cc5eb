//! Signatures, nonces, timestamps, and the published document.

use serde_json::{Value, json};

use netmile_mock::faults::{FaultKind, FaultRule};

use crate::client::{DAY, KEY, OTHER, SECOND, Site, nonce, sign};

/// Made with Python's hmac and hashlib.
const VECTOR: &str = "8fa7842636e896f594e552e6395eba435e8520544176ab0d6fbe9c79603f3a04";

async fn raw(
    site: &Site,
    key: (&str, &str),
    at: i64,
    nonce: &str,
    change: impl FnOnce(&mut Vec<(&'static str, String)>),
) -> (u16, String) {
    let path = "/v1/campaigns/46255";
    let mut headers = sign(key, ("GET", path), (at, nonce), b"");
    change(&mut headers);
    let answer = site.send("GET", path, headers, Vec::new()).await.unwrap();
    let code = answer.json()["code"].as_str().unwrap_or("ok").to_owned();
    (answer.status, code)
}

#[tokio::test]
async fn only_a_fresh_request_signed_with_an_active_key_gets_in() {
    let site = Site::open().await;
    let now = site.now();
    let no = |code: &str| (401, code.to_owned());
    let fine = (200, "ok".to_owned());
    for key in [KEY, SECOND] {
        assert_eq!(raw(&site, key, now, &nonce(), |_| {}).await, fine);
    }
    let unknown = ("no-such-key", KEY.1);
    assert_eq!(
        raw(&site, unknown, now, &nonce(), |_| {}).await,
        no("unknown_key")
    );
    let wrong = (KEY.0, SECOND.1);
    assert_eq!(
        raw(&site, wrong, now, &nonce(), |_| {}).await,
        no("bad_signature")
    );
    assert_eq!(
        raw(&site, KEY, now, "short", |_| {}).await,
        no("bad_signature")
    );
    for missing in 1..4 {
        let answer = raw(&site, KEY, now, &nonce(), |h| drop(h.remove(missing))).await;
        assert_eq!(answer, no("bad_signature"), "{missing}");
    }
    let upper = raw(&site, KEY, now, &nonce(), |h| {
        h[3].1 = h[3].1.to_uppercase().replace("V1", "v1");
    })
    .await;
    assert_eq!(upper, no("bad_signature"));
    for off in [-300, 300] {
        assert_eq!(
            raw(&site, KEY, now + off, &nonce(), |_| {}).await,
            fine,
            "{off}"
        );
    }
    for off in [-301, 301] {
        assert_eq!(
            raw(&site, KEY, now + off, &nonce(), |_| {}).await,
            no("stale"),
            "{off}"
        );
    }
    let once = nonce();
    assert_eq!(raw(&site, KEY, now, &once, |_| {}).await, fine);
    assert_eq!(raw(&site, KEY, now, &once, |_| {}).await, no("replayed"));
    assert_eq!(raw(&site, SECOND, now, &once, |_| {}).await, fine);
    site.admin().advance(600).await.unwrap();
    assert_eq!(
        raw(&site, KEY, now + 600, &once, |_| {}).await,
        no("replayed")
    );
    site.admin().advance(1).await.unwrap();
    assert_eq!(raw(&site, KEY, now + 601, &once, |_| {}).await, fine);
}

#[tokio::test]
async fn a_copy_is_refused_however_far_the_clock_was_moved() {
    // The clock runs: what fits real time is believed too.
    let site = Site::started(netmile_mock::Options::default()).await;
    let (real, once) = (site.now(), nonce());
    let fine = (200, "ok".to_owned());
    let copied = (401, "replayed".to_owned());
    assert_eq!(raw(&site, KEY, real, &once, |_| {}).await, fine);
    for _ in 0..3 {
        site.admin().advance(DAY).await.unwrap();
        assert_eq!(raw(&site, KEY, real, &once, |_| {}).await, copied);
        // A client that follows the mock's clock makes the mock forget nothing.
        assert_eq!(raw(&site, KEY, site.now(), &nonce(), |_| {}).await, fine);
    }
}

#[tokio::test]
async fn what_is_not_signed_uses_up_nothing() {
    let site = Site::with(|scenario| scenario.office.max_in_flight = 1).await;
    let now = site.now();
    let mut slow = FaultRule::once("miles-ask-campaign", FaultKind::Delay);
    slow.delay_ms = Some(300);
    site.admin().add_fault(slow);
    let unsigned = |key| raw(&site, key, now, "only-once-00000001", |_| {});
    let wrong = (401, "bad_signature".to_owned());
    assert_eq!(unsigned((KEY.0, SECOND.1)).await, wrong);
    assert_eq!(site.admin().faults().len(), 1);
    // While the only place is taken, a signature is still looked at first, and a call that finds no place keeps its nonce.
    let another = nonce();
    let slow = raw(&site, KEY, now, &another, |_| {});
    let others = async {
        while !site.admin().faults().is_empty() {
            tokio::task::yield_now().await;
        }
        (unsigned((KEY.0, SECOND.1)).await, unsigned(KEY).await)
    };
    let (slow, others) = tokio::join!(slow, others);
    assert_eq!(slow, (200, "ok".to_owned()));
    assert_eq!(others, (wrong, (429, "too_many".to_owned())));
    assert_eq!(unsigned(KEY).await, (200, "ok".to_owned()));
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_read() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let site = Site::open().await;
    for (path, most) in [
        ("/v1/registrations/files", 8 * 1024 * 1024),
        ("/v1/issuances", 64 * 1024),
    ] {
        let mut stream = tokio::net::TcpStream::connect(site.mock.address())
            .await
            .unwrap();
        let mut head = format!("POST {path} HTTP/1.1\r\nHost: mock\r\n");
        for (name, value) in sign(KEY, ("POST", path), (site.now(), &nonce()), b"") {
            head += &format!("{name}: {value}\r\n");
        }
        head += &format!("Content-Length: {}\r\n\r\n", most + 1);
        stream.write_all(head.as_bytes()).await.unwrap();
        // Answered although not a byte of the body was sent.
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
        assert!(answer.contains("too_large"), "{answer}");
    }
    // Without a length of its own, a body is read up to the limit.
    let mut stream = tokio::net::TcpStream::connect(site.mock.address())
        .await
        .unwrap();
    let head = "POST /v1/issuances HTTP/1.1\r\nHost: mock\r\nTransfer-Encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("10001\r\n{}\r\n", "x".repeat(0x1_0001));
    stream.write_all(chunk.as_bytes()).await.unwrap();
    let mut answer = vec![0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(answer, b"HTTP/1.1 413");
    // Whoever has no key is told so, and not that the body is wrong.
    let unknown = sign(
        ("no-such-key", KEY.1),
        ("POST", "/v1/registrations/files"),
        (site.now(), &nonce()),
        b"",
    );
    let body = vec![b'x'; 1024 * 1024];
    let answer = site.send("POST", "/v1/registrations/files", unknown, body);
    assert_eq!(answer.await.unwrap().error().2, "unknown_key");
}

#[tokio::test]
async fn the_signature_covers_method_path_query_and_body() {
    let site = Site::open().await;
    let at = site.now();
    let body = json!({"mail": "taro@member.example"})
        .to_string()
        .into_bytes();
    let altered = json!({"mail": "jiro@member.example"})
        .to_string()
        .into_bytes();
    let path = "/v1/members/verify";
    let headers = || sign(KEY, ("POST", path), (at, &nonce()), &body);
    let status = async |method: &str, path: &str, body: &[u8]| {
        let answer = site
            .send(method, path, headers(), body.to_vec())
            .await
            .unwrap();
        answer.status
    };
    assert_eq!(status("POST", path, &body).await, 200);
    assert_eq!(status("POST", path, &altered).await, 401);
    assert_eq!(status("PUT", path, &body).await, 401);
    assert_eq!(status("POST", "/v1/members/verify?a=1", &body).await, 401);
    assert_eq!(status("POST", "/v1/issuances", &body).await, 401);
    // The order in which a query is sent does not matter, its values do.
    let asked = "/v1/registrations?kind=csv&from=2026-01-01";
    let sorted = "/v1/registrations?from=2026-01-01&kind=csv";
    let headers = sign(KEY, ("GET", sorted), (at, &nonce()), b"");
    assert_eq!(
        site.send("GET", asked, headers, Vec::new())
            .await
            .unwrap()
            .status,
        200
    );
}

#[test]
fn a_second_implementation_makes_the_same_signature() {
    let headers = sign(
        ("key-1", "0123456789abcdef0123456789abcdef"),
        (
            "GET",
            "/v1/registrations?to=2026-01-02&from=2026-01-01&kind=%E3%81%82",
        ),
        (1_767_290_645, "nonce-0123456789"),
        b"",
    );
    assert_eq!(headers[3].1, format!("v1={VECTOR}"));
}

#[tokio::test]
async fn a_site_sees_its_own_things_only() {
    let mut site = Site::open().await;
    let issued = site
        .issue("T1", "46255", crate::client::taro(), 100)
        .await
        .ok();
    let registration = issued["registration_id"].as_str().unwrap().to_owned();
    site.signs_with(OTHER);
    let (status, table, code) = site.get("/v1/campaigns/46255").await.error();
    assert_eq!(
        (status, table.as_str(), code.as_str()),
        (403, "api", "not_yours")
    );
    let path = format!("/v1/registrations/{registration}");
    assert_eq!(site.get(&path).await.error().2, "not_yours");
    let none = site.get("/v1/issuances?tran_id=T1").await.ok();
    assert_eq!(none["found"], false);
    let id = issued["issuance_id"].clone();
    let cancel = json!({"tran_id": "C1", "issuance_ids": [id], "reason": "other"});
    let refused = site.post("/v1/cancellations", cancel).await.ok();
    assert_eq!(refused["results"][0]["why"], "unknown_issuance");
}

#[tokio::test]
async fn the_document_lists_what_the_page_lists() {
    let site = Site::open().await;
    let answer = site.send("GET", "/v1/openapi.json", Vec::new(), Vec::new());
    let document = answer.await.unwrap().json();
    let plain = |path: &str| {
        let path = path.split('?').next().unwrap();
        let mut text = String::new();
        let mut inside = false;
        for c in path.chars() {
            match c {
                '{' => inside = true,
                '}' => {
                    inside = false;
                    text.push('*');
                }
                _ if inside => {}
                c => text.push(c),
            }
        }
        text
    };
    let mut served = std::collections::BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            served.insert(format!("{} {}", method.to_uppercase(), plain(path)));
        }
    }
    let page = include_str!("../../../docs/reference-api.md");
    let mut written = std::collections::BTreeSet::new();
    for code in page.split('`').skip(1).step_by(2) {
        if let Some((method, path)) = code.split_once(' ')
            && ["GET", "POST", "DELETE"].contains(&method)
            && path.starts_with("/v1/")
        {
            let path = path.split(' ').next().unwrap();
            written.insert(format!("{method} {}", plain(path)));
        }
    }
    // The link for browsers is no signed call.
    written.remove("GET /v1/earn");
    assert_eq!(served, written);
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let text = document.to_string();
    for reference in text.split("#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(schemas.contains_key(name), "{name}");
    }
    assert!(schemas["IssueRequest"].is_object() && document["openapi"] != Value::Null);
}
