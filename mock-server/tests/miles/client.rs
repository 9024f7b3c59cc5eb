//! A mock and a client that signs by itself.

use std::sync::atomic::{AtomicU64, Ordering};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac as _};
use netmile_mock::{Admin, ClockMode, Mock, Options, Scenario, clock};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::document;

pub const START: &str = "2026-01-02T03:04:05+09:00";
pub const KEY: (&str, &str) = ("demo-key-1", "demo-secret-of-the-mock-not-a-secret-1");
pub const SECOND: (&str, &str) = ("demo-key-2", "demo-secret-of-the-mock-not-a-secret-2");
pub const OTHER: (&str, &str) = ("travel-key-1", "travel-secret-of-the-mock-not-a-secret");
pub const DAY: u32 = 86_400;

static NONCES: AtomicU64 = AtomicU64::new(1);

pub struct Site {
    pub mock: Mock,
    pub http: reqwest::Client,
    key: (&'static str, &'static str),
}

pub struct Answer {
    pub status: u16,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    pub fn ok(&self) -> Value {
        let value = self.json();
        assert_eq!(
            (self.status, &value["result"]),
            (200, &json!("ok")),
            "{value}"
        );
        value
    }

    /// Status, table and code.
    pub fn error(&self) -> (u16, String, String) {
        let value = self.json();
        assert_eq!(value["result"], "error", "{value}");
        let text = |name: &str| value[name].as_str().unwrap().to_owned();
        (self.status, text("table"), text("code"))
    }

    pub fn code(&self) -> String {
        let (status, table, code) = self.error();
        assert_eq!((status, table.as_str()), (422, "manual"));
        code
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

pub fn hmac(secret: &str, text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    hex(&mac.finalize().into_bytes())
}

pub fn nonce() -> String {
    format!("nonce-{:020}", NONCES.fetch_add(1, Ordering::Relaxed))
}

/// The headers of a request: written down again here on purpose.
pub fn sign(
    (id, secret): (&str, &str),
    (method, path_and_query): (&str, &str),
    (at, nonce): (i64, &str),
    body: &[u8],
) -> Vec<(&'static str, String)> {
    let (path, query) = path_and_query
        .split_once('?')
        .unwrap_or((path_and_query, ""));
    let mut pairs: Vec<(&str, &str)> = query
        .split('&')
        .filter(|p| !p.is_empty())
        .map(|p| p.split_once('=').unwrap_or((p, "")))
        .collect();
    pairs.sort_unstable();
    let query: Vec<String> = pairs.iter().map(|(n, v)| format!("{n}={v}")).collect();
    let body = hex(&Sha256::digest(body));
    let text = format!(
        "{method}\n{path}\n{}\n{at}\n{nonce}\n{body}",
        query.join("&")
    );
    vec![
        ("X-Key-Id", id.to_owned()),
        ("X-Timestamp", at.to_string()),
        ("X-Nonce", nonce.to_owned()),
        ("X-Signature", format!("v1={}", hmac(secret, &text))),
    ]
}

impl Site {
    pub async fn open() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut Scenario)) -> Self {
        let mut scenario = Scenario::demo();
        change(&mut scenario);
        Self::started(Options {
            scenario,
            clock: ClockMode::Frozen(clock::parse_instant(START).unwrap()),
            ..Options::default()
        })
        .await
    }

    pub async fn started(options: Options) -> Self {
        let mock = Mock::start(options).await.unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self {
            mock,
            http,
            key: KEY,
        }
    }

    pub fn signs_with(&mut self, key: (&'static str, &'static str)) {
        self.key = key;
    }

    pub fn admin(&self) -> Admin {
        self.mock.admin()
    }

    pub fn now(&self) -> i64 {
        self.admin().clock().unix
    }

    pub async fn balance(&self, login: &str) -> i64 {
        self.admin().balance(login).await.unwrap()
    }

    pub async fn send(
        &self,
        method: &str,
        path: &str,
        headers: Vec<(&'static str, String)>,
        body: Vec<u8>,
    ) -> Result<Answer, reqwest::Error> {
        let url = format!("{}{path}", self.mock.url());
        let mut request = self.http.request(method.parse().unwrap(), url).body(body);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let response = request.send().await?;
        Ok(Answer {
            status: response.status().as_u16(),
            bytes: response.bytes().await?.to_vec(),
        })
    }

    pub async fn try_call(
        &self,
        method: &str,
        path: &str,
        body: &Value,
    ) -> Result<Answer, reqwest::Error> {
        let bytes = if body.is_null() {
            Vec::new()
        } else {
            body.to_string().into_bytes()
        };
        let headers = sign(self.key, (method, path), (self.now(), &nonce()), &bytes);
        let answer = self.send(method, path, headers, bytes).await?;
        document::check(self, (method, path), body, &answer).await;
        Ok(answer)
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.try_call("GET", path, &Value::Null).await.unwrap()
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.try_call("POST", path, &body).await.unwrap()
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.try_call("DELETE", path, &Value::Null).await.unwrap()
    }

    pub async fn issue(&self, tran: &str, campaign: &str, user: Value, miles: u64) -> Answer {
        self.post(
            "/v1/issuances",
            json!({"tran_id": tran, "campaign_id": campaign, "user": user,
                "designated_key": "CUST1", "miles": miles}),
        )
        .await
    }

    pub async fn upload(&self, batch: &str, first: u64, campaign: &str, csv: &[u8]) -> Answer {
        self.post("/v1/registrations/files", file(batch, first, campaign, csv))
            .await
    }
}

pub fn file(batch: &str, first: u64, campaign: &str, csv: &[u8]) -> Value {
    json!({"tran_id": format!("{batch}:{first}"), "campaign_id": campaign, "batch_id": batch,
        "first_row": first, "file_name": "発行.csv", "method": "mail", "csv": STANDARD.encode(csv),
        "deposit_mail": true})
}

pub fn taro() -> Value {
    json!({"mail": "taro@member.example"})
}

pub fn cp932(text: &str) -> Vec<u8> {
    encoding_rs::SHIFT_JIS.encode(text).0.into_owned()
}

pub fn from_cp932(bytes: &[u8]) -> String {
    encoding_rs::SHIFT_JIS.decode(bytes).0.into_owned()
}
