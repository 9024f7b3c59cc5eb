//! Miles over a scripted transport: what is sent, what is believed, and what is told later.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use netmile::client::Delivery;
use netmile::engine::{
    HttpMethod, HttpRequest, HttpResponse, MemoryJournal, NotDelivered, RetryPolicy, Seeds, Timer,
    Transport,
};
use netmile::miles::{Deposit, IssueRequest, IssueSettings, IssueState, IssuedMiles};
use netmile::operation::Outcome;
use netmile::purchase::{FactKind, Subject};
use netmile::reference::{Phase, Review, Site, SiteSecret, User, UserId};
use netmile::time::{Clock, ManualClock, Timestamp};
use netmile::wire::signature::Canonical;
use netmile::{Client, ErrorKind, Miles};
use serde_json::{Value, json};

const SECRET: &str = "TESTSITESECRET0123456789abcdef0123456789";
const MAIL: &str = "hanako@example.jp";
/// 2026-11-22 12:00 in Japan.
const NOW: i64 = 1_795_316_400;

type Answer = Result<HttpResponse, NotDelivered>;

/// Answers requests in the order of a script, then loses them.
#[derive(Default)]
struct Scripted {
    answers: Mutex<VecDeque<Answer>>,
    sent: Mutex<Vec<HttpRequest>>,
}

#[async_trait]
impl Transport for Scripted {
    async fn send(&self, request: HttpRequest) -> Answer {
        self.sent.lock().unwrap().push(request);
        let next = self.answers.lock().unwrap().pop_front();
        next.unwrap_or_else(lost)
    }
}

/// Waits are over at once; the overall limit of a call never is.
struct Instant;

#[async_trait]
impl Timer for Instant {
    async fn sleep(&self, duration: Duration) {
        if duration >= Duration::from_secs(60) {
            std::future::pending::<()>().await;
        }
    }
}

struct House {
    client: Client,
    net: Arc<Scripted>,
    clock: Arc<ManualClock>,
    journal: Arc<MemoryJournal>,
}

impl House {
    fn new() -> Self {
        Self::over(Arc::new(MemoryJournal::new()))
    }

    fn over(journal: Arc<MemoryJournal>) -> Self {
        let net = Arc::new(Scripted::default());
        let clock = Arc::new(ManualClock::new(Timestamp::from_unix(NOW)));
        let secret = SiteSecret::new(SECRET).unwrap();
        let site = Site::new("8763", "K1", secret, "https://miles.example/base/").unwrap();
        let client = Client::builder()
            .site(site)
            .journal(Arc::clone(&journal) as _)
            .transport(Arc::clone(&net) as _)
            .timer(Arc::new(Instant))
            .clock(Arc::clone(&clock) as _)
            .retry(RetryPolicy::default())
            .seeds(Seeds::fixed(7))
            .build()
            .unwrap();
        Self {
            client,
            net,
            clock,
            journal,
        }
    }

    fn answering(answers: impl IntoIterator<Item = Answer>) -> Self {
        let house = Self::new();
        house.script(answers);
        house
    }

    fn script(&self, answers: impl IntoIterator<Item = Answer>) {
        self.net.answers.lock().unwrap().extend(answers);
    }

    fn sent(&self) -> Vec<HttpRequest> {
        self.net.sent.lock().unwrap().clone()
    }

    /// Methods and paths of what was sent.
    fn calls(&self) -> Vec<String> {
        let call = |request: &HttpRequest| {
            let path = request.url.strip_prefix("https://miles.example/base/v1/");
            format!("{} {}", request.method.name(), path.unwrap())
        };
        self.sent().iter().map(call).collect()
    }

    async fn told(&self) -> Vec<Delivery> {
        let told = self.client.events().next(10).await.unwrap();
        for delivery in &told {
            assert!(self.client.events().ack(delivery.id).await.unwrap());
        }
        told
    }

    async fn told_kinds(&self) -> Vec<FactKind> {
        self.told().await.iter().map(|d| d.fact.kind).collect()
    }
}

fn lost() -> Answer {
    Err(NotDelivered::Lost("the line is dead".to_owned()))
}

fn not_sent() -> Answer {
    Err(NotDelivered::NotSent("no connection".to_owned()))
}

fn answer(status: u16, body: &Value) -> Answer {
    raw(status, body.to_string().into_bytes())
}

fn raw(status: u16, body: Vec<u8>) -> Answer {
    Ok(HttpResponse {
        status,
        content_type: Some("application/json".to_owned()),
        body,
    })
}

fn refusal(status: u16, table: &str, code: &str) -> Answer {
    let body = json!({ "result": "error", "table": table, "code": code, "message": MAIL });
    answer(status, &body)
}

fn issuance() -> Value {
    json!({
        "tran_id": "T-1",
        "issuance_id": "I0000001",
        "registration_id": "R0000001",
        "miles": 100,
        "issued_at": "2026-11-22T12:00:00+09:00",
        "deposit_on": "2026-11-29",
        "state": "held",
    })
}

fn issued() -> Answer {
    let mut body = issuance();
    body["result"] = "ok".into();
    answer(200, &body)
}

fn found() -> Answer {
    answer(
        200,
        &json!({ "result": "ok", "found": true, "issuance": issuance() }),
    )
}

fn not_found() -> Answer {
    answer(200, &json!({ "result": "ok", "found": false }))
}

fn request() -> IssueRequest {
    IssueRequest::new("T-1", "46255", User::mail(MAIL).unwrap(), "CUST0001")
        .with_miles(Miles::new(100))
        .with_settings(IssueSettings::default().with_deposit(Deposit::AfterDays(7)))
}

fn expected() -> IssuedMiles {
    IssuedMiles {
        issuance_id: "I0000001".to_owned(),
        registration_id: "R0000001".to_owned(),
        miles: Miles::new(100),
        issued_at: Timestamp::from_unix(NOW),
        deposit_on: "2026-11-29".parse().unwrap(),
        state: IssueState::Held,
    }
}

/// How long until what was sent can no longer be accepted, whatever the two clocks say.
const CLOSED: i64 = 300 + 120 + 1;

#[tokio::test]
async fn an_issue_is_signed_and_told() {
    let house = House::answering([issued()]);
    let outcome = house.client.miles().issue(&request()).await.unwrap();
    assert_eq!(outcome, Outcome::Done(expected()));
    assert_eq!(house.calls(), ["POST issuances"]);

    let sent = house.sent().remove(0);
    let header = |name: &str| {
        let found = sent.headers.iter().find(|(known, _)| known == name);
        found.unwrap().1.clone()
    };
    assert_eq!(sent.method, HttpMethod::Post);
    assert_eq!(header("x-key-id"), "K1");
    assert_eq!(header("x-timestamp"), NOW.to_string());
    let nonce = header("x-nonce");
    let canonical = Canonical {
        method: "POST",
        path: "/base/v1/issuances",
        query: &[],
        timestamp: NOW,
        nonce: &nonce,
        body: &sent.body,
    };
    assert!(canonical.is_signed(SECRET.as_bytes(), &header("x-signature")));
    let body: Value = serde_json::from_slice(&sent.body).unwrap();
    assert_eq!(
        body,
        json!({
            "tran_id": "T-1",
            "campaign_id": "46255",
            "user": { "mail": MAIL },
            "designated_key": "CUST0001",
            "miles": 100,
            "deposit": { "kind": "after_days", "days": 7 },
            "deposit_mail": true,
            "member_registration": "no",
            "password_generation": "no",
        })
    );
    // Who asked knows; nobody is told again.
    assert!(house.told().await.is_empty());
}

#[tokio::test]
async fn the_same_issue_again_is_answered_from_the_journal() {
    let house = House::answering([issued()]);
    for _ in 0..3 {
        let outcome = house.client.miles().issue(&request()).await.unwrap();
        assert_eq!(outcome, Outcome::Done(expected()));
    }
    assert_eq!(house.sent().len(), 1);
    let other = request().with_miles(Miles::new(101));
    let error = house.client.miles().issue(&other).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert_eq!(house.sent().len(), 1);
}

#[tokio::test]
async fn a_lost_answer_is_unknown_until_the_inquiry_finds_it() {
    let house = House::answering([lost()]);
    let miles = house.client.miles();
    let outcome = miles.issue(&request()).await.unwrap();
    let Outcome::Unknown(ticket) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!((ticket.id.as_str(), ticket.step.as_str()), ("T-1", "issue"));
    assert_eq!(ticket.next_look, Some(Timestamp::from_unix(NOW + 5)));
    assert_eq!(miles.issues().unresolved(10).await.unwrap().len(), 1);

    house.script([found()]);
    house.clock.advance(5);
    let resolved = house.client.resolve().await.unwrap();
    assert_eq!(resolved.issues[0].phase, Phase::Done);
    assert_eq!(
        house.calls(),
        ["POST issuances", "GET issuances?tran_id=T-1"]
    );
    let told = house.told().await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].fact.kind, FactKind::MilesIssued);
    assert_eq!(told[0].fact.subject, Subject::Issue);
    assert_eq!(told[0].fact.purchase_id, "T-1");
    assert_eq!(told[0].fact.contract.merchant_id, "8763");
    assert!(miles.issues().unresolved(10).await.unwrap().is_empty());
    let outcome = miles.issue(&request()).await.unwrap();
    assert_eq!(outcome, Outcome::Done(expected()));
}

#[tokio::test]
async fn not_found_is_believed_only_when_it_can_no_longer_arrive() {
    let house = House::answering([lost(), not_found()]);
    let miles = house.client.miles();
    let _ = miles.issue(&request()).await.unwrap();
    house.clock.advance(CLOSED - 1);
    let issue = miles.issues().resolve("T-1").await.unwrap();
    assert_eq!(issue.phase, Phase::Unknown);
    assert_eq!(house.calls().len(), 2);

    house.script([not_found(), issued()]);
    house.clock.advance(1);
    let issue = miles.issues().resolve("T-1").await.unwrap();
    assert_eq!(issue.phase, Phase::Done);
    assert_eq!(
        house.calls(),
        [
            "POST issuances",
            "GET issuances?tran_id=T-1",
            "GET issuances?tran_id=T-1",
            "POST issuances",
        ]
    );
    assert_eq!(house.told_kinds().await, [FactKind::MilesIssued]);
    // Signed anew, with another nonce.
    let sent = house.sent();
    assert_eq!(sent[0].body, sent[3].body);
    assert_ne!(sent[0].headers, sent[3].headers);
}
