//! A client over a scripted transport, in virtual time.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use async_trait::async_trait;
use netmile::client::Delivery;
use netmile::engine::{
    HttpRequest, HttpResponse, Journal, MemoryJournal, NotDelivered, RetryPolicy, Seeds, Timer,
    Transport,
};
use netmile::miles::file::CarrierDomains;
use netmile::miles::{Deposit, IssueRequest, IssueSettings, IssueState, IssuedMiles};
use netmile::purchase::FactKind;
use netmile::reference::{Site, SiteSecret, User};
use netmile::time::{Clock, ManualClock, Timestamp};
use netmile::{Client, Miles};
use serde_json::{Value, json};

pub const SECRET: &str = "TESTSITESECRET0123456789abcdef0123456789";
pub const MAIL: &str = "hanako@example.jp";
/// 2026-11-22 12:00 in Japan.
pub const NOW: i64 = 1_795_316_400;

pub type Answer = Result<HttpResponse, NotDelivered>;

/// Answers requests in the order of a script, then loses them.
#[derive(Default)]
pub struct Scripted {
    pub answers: Mutex<VecDeque<Answer>>,
    sent: Mutex<Vec<HttpRequest>>,
    hangs: AtomicBool,
}

impl Scripted {
    /// Hangs after the last answer of the script, instead of losing what is sent.
    pub fn hang(&self) {
        self.hangs.store(true, Ordering::Relaxed);
    }

    /// Ends that. Nobody is woken: whoever waits has to be polled.
    pub fn release(&self) {
        self.hangs.store(false, Ordering::Relaxed);
    }
}

#[async_trait]
impl Transport for Scripted {
    async fn send(&self, request: HttpRequest) -> Answer {
        self.sent.lock().unwrap().push(request);
        std::future::poll_fn(|_| {
            let next = self.answers.lock().unwrap().pop_front();
            match next {
                None if self.hangs.load(Ordering::Relaxed) => Poll::Pending,
                next => Poll::Ready(next.unwrap_or_else(lost)),
            }
        })
        .await
    }
}

/// Waits are over at once; the overall limit of a call never is.
pub struct Instant;

#[async_trait]
impl Timer for Instant {
    async fn sleep(&self, duration: Duration) {
        if duration >= Duration::from_secs(60) {
            std::future::pending::<()>().await;
        }
    }
}

pub struct House {
    pub client: Client,
    pub net: Arc<Scripted>,
    pub clock: Arc<ManualClock>,
    pub journal: Arc<MemoryJournal>,
}

impl House {
    pub fn new() -> Self {
        Self::over(Arc::new(MemoryJournal::new()))
    }

    pub fn over(journal: Arc<MemoryJournal>) -> Self {
        Self::seeing(
            Arc::clone(&journal) as _,
            journal,
            CarrierDomains::default(),
        )
    }

    pub fn with_carriers(journal: Arc<MemoryJournal>, carriers: CarrierDomains) -> Self {
        Self::seeing(Arc::clone(&journal) as _, journal, carriers)
    }

    /// The client sees the journal through `view`.
    pub fn seeing(
        view: Arc<dyn Journal>,
        journal: Arc<MemoryJournal>,
        carriers: CarrierDomains,
    ) -> Self {
        let net = Arc::new(Scripted::default());
        let clock = Arc::new(ManualClock::new(Timestamp::from_unix(NOW)));
        let secret = SiteSecret::new(SECRET).unwrap();
        let site = Site::new("8763", "K1", secret, "https://miles.example/base/").unwrap();
        let client = Client::builder()
            .site(site)
            .carrier_domains(carriers)
            .journal(view)
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

    pub fn answering(answers: impl IntoIterator<Item = Answer>) -> Self {
        let house = Self::new();
        house.script(answers);
        house
    }

    pub fn script(&self, answers: impl IntoIterator<Item = Answer>) {
        self.net.answers.lock().unwrap().extend(answers);
    }

    pub fn sent(&self) -> Vec<HttpRequest> {
        self.net.sent.lock().unwrap().clone()
    }

    /// Methods and paths of what was sent.
    pub fn calls(&self) -> Vec<String> {
        let call = |request: &HttpRequest| {
            let path = request.url.strip_prefix("https://miles.example/base/v1/");
            format!("{} {}", request.method.name(), path.unwrap())
        };
        self.sent().iter().map(call).collect()
    }

    /// Seconds since the house was built.
    pub fn clock_passed(&self) -> i64 {
        self.clock.now().as_unix() - NOW
    }

    pub async fn told(&self) -> Vec<Delivery> {
        let told = self.client.events().next(10).await.unwrap();
        for delivery in &told {
            assert!(self.client.events().ack(delivery.id).await.unwrap());
        }
        told
    }

    pub async fn told_kinds(&self) -> Vec<FactKind> {
        self.told().await.iter().map(|d| d.fact.kind).collect()
    }
}

pub fn lost() -> Answer {
    Err(NotDelivered::Lost("the line is dead".to_owned()))
}

pub fn not_sent() -> Answer {
    Err(NotDelivered::NotSent("no connection".to_owned()))
}

pub fn answer(status: u16, body: &Value) -> Answer {
    raw(status, body.to_string().into_bytes())
}

pub fn raw(status: u16, body: Vec<u8>) -> Answer {
    Ok(HttpResponse {
        status,
        content_type: Some("application/json".to_owned()),
        body,
    })
}

pub fn refusal(status: u16, table: &str, code: &str) -> Answer {
    let body = json!({ "result": "error", "table": table, "code": code, "message": MAIL });
    answer(status, &body)
}

pub fn issuance() -> Value {
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

pub fn issued() -> Answer {
    let mut body = issuance();
    body["result"] = "ok".into();
    answer(200, &body)
}

pub fn found() -> Answer {
    answer(
        200,
        &json!({ "result": "ok", "tran_id": "T-1", "found": true, "issuance": issuance() }),
    )
}

pub fn not_found() -> Answer {
    answer(
        200,
        &json!({ "result": "ok", "tran_id": "T-1", "found": false }),
    )
}

pub fn request() -> IssueRequest {
    IssueRequest::new("T-1", "46255", User::mail(MAIL).unwrap(), "CUST0001")
        .with_miles(Miles::new(100))
        .with_settings(IssueSettings::default().with_deposit(Deposit::AfterDays(7)))
}

pub fn expected() -> IssuedMiles {
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
pub const CLOSED: i64 = 300 + 300 + 1;
