//! The admin API of a running mock gateway.

use std::time::Duration;

use reqwest::Method;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::arguments::MockArguments;
use crate::config::Config;
use crate::context::Context;
use crate::http::{Http, Received, Sent, Silence, TOTAL, check_url};
use crate::output::{Exit, Failure, printable};

/// Where a mock is if nobody says it.
pub(crate) const DEFAULT_URL: &str = "http://127.0.0.1:8080";

/// A mock's admin API.
pub(crate) struct Mock<'c> {
    context: &'c Context,
    http: Http,
    url: String,
}

/// The mock's clock.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ClockView {
    pub(crate) now: String,
    pub(crate) unix: i64,
    pub(crate) advanced: i64,
    pub(crate) frozen: bool,
}

/// A payment at the mock.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Payment {
    pub(crate) tracking_id: String,
    pub(crate) order_id: String,
    pub(crate) kind: String,
    pub(crate) method: String,
    pub(crate) amount: i64,
    pub(crate) status: String,
}

/// A customer's way at the mock, and what came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) function: String,
    pub(crate) order_id: String,
    pub(crate) method: Option<String>,
    pub(crate) state: String,
    pub(crate) tracking_id: Option<String>,
}

impl Session {
    /// The notice that tells of it.
    pub(crate) fn notice(&self) -> &'static str {
        match self.function.as_str() {
            "B01-1" => "B03-1",
            "C01-1" => "C03-1",
            "D01-1" => "D02-1",
            _ => "A02-1",
        }
    }

    /// Whether payment data were stored or deleted by it.
    pub(crate) fn is_customer(&self) -> bool {
        self.tracking_id.is_some() && matches!(self.function.as_str(), "B01-1" | "C01-1")
    }
}

/// A payment of the API type at the mock.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ApiPayment {
    pub(crate) tracking_id: String,
    pub(crate) order_id: String,
    pub(crate) method: String,
    pub(crate) amount: u64,
    pub(crate) state: String,
}

/// A notice of the API type at the mock.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ApiNotice {
    pub(crate) id: u64,
    pub(crate) function: String,
    pub(crate) tracking_id: String,
    pub(crate) order_id: String,
    pub(crate) rec_type: u8,
    pub(crate) rec_amount: u64,
    pub(crate) accepted: bool,
}

/// An attempt of the mock to tell a merchant.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Attempt {
    pub(crate) id: i64,
    pub(crate) message: String,
    pub(crate) result: String,
    pub(crate) order_id: String,
    pub(crate) tracking_id: String,
    pub(crate) url: String,
    pub(crate) status: Option<u16>,
    pub(crate) answer: String,
    pub(crate) verdict: String,
}

impl<'c> Mock<'c> {
    /// The mock that the arguments, the environment or the configuration name.
    pub(crate) fn open(
        context: &'c Context,
        arguments: &MockArguments,
        config: &Config,
    ) -> Result<Self, Failure> {
        let url = arguments.mock.as_deref().or(config.mock_url.as_deref());
        let url = url.unwrap_or(DEFAULT_URL).trim_end_matches('/').to_owned();
        check_url(context, "--mock", &url)?;
        Ok(Self {
            context,
            http: Http::new(context)?,
            url,
        })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Asks for something; nothing changes.
    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        let received = self
            .exchange(Method::GET, path, Vec::new(), "", TOTAL)
            .await;
        self.read(received.map_err(|silence| self.unreachable(silence))?)
    }

    /// Changes something.
    pub(crate) async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &Value,
        total: Duration,
    ) -> Result<T, Failure> {
        let kind = "application/json";
        let body = body.to_string().into_bytes();
        let received = self.exchange(Method::POST, path, body, kind, total).await;
        self.read(received.map_err(|silence| self.unanswered(silence))?)
    }

    /// Takes something away; what is gone already is no matter.
    pub(crate) async fn delete(&self, path: &str) {
        let _ = self
            .exchange(Method::DELETE, path, Vec::new(), "", TOTAL)
            .await;
    }

    /// Posts a form to a page of the mock, as a browser would.
    pub(crate) async fn form(&self, path: &str, body: Vec<u8>) -> Result<Received, Failure> {
        let kind = "application/x-www-form-urlencoded";
        let received = self
            .exchange(Method::POST, path, body, kind, TOTAL * 2)
            .await;
        received.map_err(|silence| self.unanswered(silence))
    }

    async fn exchange(
        &self,
        method: Method,
        path: &str,
        body: Vec<u8>,
        kind: &str,
        total: Duration,
    ) -> Result<Received, Silence> {
        let headers = [("content-type", kind)];
        self.http
            .exchange(Sent {
                method,
                url: &format!("{}{path}", self.url),
                headers: if kind.is_empty() { &[] } else { &headers },
                body,
                total,
            })
            .await
    }

    fn read<T: DeserializeOwned>(&self, received: Received) -> Result<T, Failure> {
        if received.status == 200 {
            return serde_json::from_slice(&received.body).map_err(|_| self.not_a_mock());
        }
        #[derive(Deserialize)]
        struct Problem {
            error: String,
        }
        match serde_json::from_slice::<Problem>(&received.body) {
            Ok(problem) => Err(Failure::new(
                Exit::Problem,
                "mock_refused",
                format!(
                    "{}: {}",
                    self.context
                        .say("the mock refused", "モックゲートウェイが拒否しました"),
                    printable(&problem.error, 300)
                ),
            )),
            Err(_) => Err(self.not_a_mock()),
        }
    }

    fn unreachable(&self, silence: Silence) -> Failure {
        Failure::new(
            Exit::Unreachable,
            "mock_unreachable",
            format!(
                "{} ({}: {})",
                self.context.say(
                    "the mock gateway does not answer; start it with `netmile-mock serve`, or name another with --mock",
                    "モックゲートウェイが応答しません。`netmile-mock serve` で起動するか、--mock で接続先を指定してください",
                ),
                self.url,
                silence.why()
            ),
        )
    }

    fn unanswered(&self, silence: Silence) -> Failure {
        match silence {
            Silence::NotSent(_) => self.unreachable(silence),
            Silence::Lost(why) => Failure::new(
                Exit::Unknown,
                "outcome_unknown",
                format!(
                    "{} ({}: {why})",
                    self.context.say(
                        "the request was sent, and no answer came: it may have been done or not. Look with `netmile clock` or `netmile notify list` before it is repeated",
                        "要求を送信しましたが応答がありません。処理されたかどうか分かりません。やり直す前に `netmile clock` または `netmile notify list` で確認してください",
                    ),
                    self.url
                ),
            ),
        }
    }

    fn not_a_mock(&self) -> Failure {
        Failure::new(
            Exit::Unreachable,
            "not_a_mock",
            format!(
                "{} ({})",
                self.context.say(
                    "whoever answers there is not a mock gateway",
                    "応答した相手はモックゲートウェイではありません",
                ),
                self.url
            ),
        )
    }
}
