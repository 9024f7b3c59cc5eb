//! Sends a notice and reads the answer.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::AsyncWriteExt as _;

use super::compose::{self, Carrier, Res};
use crate::{
    clock,
    faults::FaultKind,
    gateway::{Gateway, Logged},
    link::{fields::Provenance, request::Request},
    options::MockError,
    store::{
        self,
        notices::{self, Attempt, Verdict},
        sessions,
    },
    wire::form,
};

/// Largest part of an answer that is read.
const ANSWER_BYTES: usize = 4_096;

/// Content type of the link type's notices.
const FORM: &str = "application/x-www-form-urlencoded";

/// A notice to be sent, signed only when it leaves.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Draft {
    pub(crate) session: String,
    pub(crate) tracking_id: String,
    pub(crate) request: Request,
    pub(crate) res: Vec<(String, String)>,
}

/// How the merchant took it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// It said OK.
    Accepted,
    /// A fault of the scenario says to go on without its OK.
    Skipped,
    /// It did not say OK.
    Failed,
}

impl Gateway {
    /// Tells the merchant. Money has moved already, whatever comes back.
    pub(crate) async fn tell(&self, draft: &Draft) -> Result<Told, MockError> {
        let name = draft.request.function.notice();
        let fault = self.faults.draw_for(
            name,
            draft.request.get("merchant_id"),
            draft.request.get("order_id"),
            draft.request.says_amount(),
        );
        match fault.as_ref().map(|f| f.kind) {
            Some(FaultKind::Reordered) => {
                self.hold(draft).await?;
                return Ok(Told::Skipped);
            }
            Some(FaultKind::NoNotice) => {
                self.attempt(draft, fault.as_ref().map(|f| f.kind)).await?;
                return Ok(Told::Skipped);
            }
            Some(FaultKind::Delay) => {
                if let Some(rule) = &fault {
                    tokio::time::sleep(rule.delay()).await;
                }
            }
            Some(FaultKind::Duplicate) => {
                let first = self.attempt(draft, Some(FaultKind::Duplicate)).await?;
                let second = self.attempt(draft, Some(FaultKind::Duplicate)).await?;
                let ok = first == Verdict::Accepted || second == Verdict::Accepted;
                return Ok(if ok { Told::Accepted } else { Told::Failed });
            }
            _ => {}
        }
        let verdict = self.attempt(draft, fault.map(|f| f.kind)).await?;
        Ok(if verdict == Verdict::Accepted {
            Told::Accepted
        } else {
            Told::Failed
        })
    }

    /// Keeps a notice back, until the clock has moved on.
    pub(crate) async fn hold(&self, draft: &Draft) -> Result<(), MockError> {
        let mut conn = self.conn().await?;
        let due = self.clock.now() + i64::from(self.scenario.rules.reorder_seconds);
        notices::hold(&mut conn, due, &serde_json::to_string(draft)?).await
    }

    /// One attempt, recorded with request, answer and verdict.
    pub(crate) async fn attempt(
        &self,
        draft: &Draft,
        fault: Option<FaultKind>,
    ) -> Result<Verdict, MockError> {
        let request = &draft.request;
        let Some(merchant) = self
            .scenario
            .merchant(request.get("merchant_id"), request.get("service_id"))
        else {
            return Err(MockError::NotFound {
                what: "merchant",
                id: request.get("merchant_id").to_owned(),
            });
        };
        let res = Res {
            fields: draft.res.clone(),
        };
        let now = self.clock.now();
        let number = {
            let mut conn = self.conn().await?;
            store::next(&mut conn, "notice").await?
        };
        let fields = compose::sign(
            request,
            &res,
            &merchant.hash_key,
            Carrier::Server,
            now,
            fault,
        );
        let result = fields
            .iter()
            .find(|(n, _)| n == "res_result")
            .map(|(_, v)| v.clone())
            .unwrap_or_default();
        let fields = compose::shuffle(fields, self.seed, number);
        let mut body = form::encode(&fields).unwrap_or_default();
        if fault == Some(FaultKind::Truncated) {
            body.truncate(body.len() / 2);
        }
        let url = request.get("pagecon_url");
        let outcome = match fault {
            Some(FaultKind::LostBefore | FaultKind::NoNotice) => (Verdict::NotSent, None, vec![]),
            Some(FaultKind::Reset) => {
                reset(url, FORM, &body, self.notice_timeout).await;
                (Verdict::Unreachable, None, vec![])
            }
            _ => {
                let mut outcome = self.post(url, body.clone()).await;
                if fault == Some(FaultKind::LostAfter) {
                    outcome = (Verdict::TimedOut, None, vec![]);
                }
                outcome
            }
        };
        let (verdict, status, answer) = outcome;
        // Later notices have no customer waiting; every failed one is told by mail.
        let failure_mail = verdict != Verdict::Accepted && fault != Some(FaultKind::NoNotice);
        let attempt = Attempt {
            id: 0,
            at: now,
            message: request.function.notice().to_owned(),
            result,
            merchant_id: merchant.merchant_id.clone(),
            service_id: merchant.service_id.clone(),
            order_id: request.get("order_id").to_owned(),
            tracking_id: draft.tracking_id.clone(),
            session: draft.session.clone(),
            url: url.to_owned(),
            body: String::from_utf8_lossy(&body).into_owned(),
            status,
            answer: String::from_utf8_lossy(&answer).into_owned(),
            verdict,
            fault: fault.map(FaultKind::key),
            failure_mail,
        };
        let mut conn = self.conn().await?;
        notices::insert(&mut conn, &attempt).await?;
        let event = match verdict {
            Verdict::Accepted => "notice_accepted",
            _ => "notice_failed",
        };
        let detail = format!("{} {}", attempt.message, attempt.result);
        sessions::note(&mut conn, &draft.session, now, "notice_sent", &detail).await?;
        sessions::note(
            &mut conn,
            &draft.session,
            self.clock.now(),
            event,
            verdict.key(),
        )
        .await?;
        self.log(
            &mut conn,
            Logged {
                direction: "out",
                peer: "merchant",
                message: &attempt.message,
                merchant_id: &attempt.merchant_id,
                order_id: &attempt.order_id,
                fields: &fields,
                provenance: match request.function {
                    crate::link::fields::Function::Purchase => Provenance::Recorded,
                    _ => Provenance::Assumed,
                },
                outcome: verdict.key(),
            },
        )
        .await?;
        Ok(verdict)
    }

    async fn post(&self, url: &str, body: Vec<u8>) -> (Verdict, Option<u16>, Vec<u8>) {
        let exchange = async {
            let mut response = self
                .http
                .post(url)
                .header("Content-Type", FORM)
                .body(body)
                .send()
                .await?;
            let status = response.status().as_u16();
            let mut answer = Vec::new();
            while let Some(chunk) = response.chunk().await? {
                answer.extend_from_slice(&chunk);
                if answer.len() >= ANSWER_BYTES {
                    answer.truncate(ANSWER_BYTES);
                    break;
                }
            }
            Ok::<_, reqwest::Error>((status, answer))
        };
        match tokio::time::timeout(self.notice_timeout, exchange).await {
            Err(_) => (Verdict::TimedOut, None, Vec::new()),
            Ok(Err(_)) => (Verdict::Unreachable, None, Vec::new()),
            Ok(Ok((status, answer))) => {
                let verdict = if status != 200 {
                    Verdict::BadStatus
                } else if answer.starts_with(b"OK") {
                    Verdict::Accepted
                } else {
                    Verdict::Refused
                };
                (verdict, Some(status), answer)
            }
        }
    }
}

/// Opens a connection, sends half a request and drops it.
pub(crate) async fn reset(url: &str, content_type: &str, body: &[u8], limit: Duration) {
    let Ok(url) = reqwest::Url::parse(url) else {
        return;
    };
    let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
        return;
    };
    let half = body.get(..body.len() / 2).unwrap_or_default();
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        url.path(),
        body.len()
    );
    let exchange = async {
        let mut stream = tokio::net::TcpStream::connect((host, port)).await?;
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(half).await?;
        stream.flush().await
    };
    // The message is meant to break, so how it broke does not matter.
    let _ = tokio::time::timeout(limit, exchange).await;
}

/// The `res_*` fields of a settled request.
pub(crate) fn settled_res(method: &str, tracking_id: &str, now: i64) -> Res {
    Res::default()
        .set("res_pay_method", method)
        .set("res_result", "OK")
        .set("res_tracking_id", tracking_id)
        .set("res_payment_date", clock::stamp(now))
}
