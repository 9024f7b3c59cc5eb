//! The API type in one process: the real client straight into the mock's books, with a clock that is moved by hand.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use netmile::contract::{
    ApiFunctions, ApiIds, CapabilityMatrix, CarrierNumber, Contract, Endpoints, GatewayStatus,
    Method,
};
use netmile::engine::{
    HttpRequest, HttpResponse, Journal, MemoryJournal, NotDelivered, Timer, Transport,
};
use netmile::time::{Clock, ManualClock, Timestamp};
use netmile::wire::TdesKey;
use netmile::{Client, HashKey};
use netmile_mock::api::{ApiRequest, Book, Config, Outside, Purse};

/// Key of the demo merchant.
pub const KEY: &str = "demo0key0of0the0mock0gateway0not0a0secr0";

/// NetMile with the ids of the mock's scenario.
///
/// # Panics
/// Never: the number has three digits.
#[must_use]
pub fn netmile() -> Method {
    use GatewayStatus as S;
    let mut ids = ApiIds::one_step("900")
        .expect("three digits")
        .with_functions(ApiFunctions {
            request: Some("ST01-00101".into()),
            refund: Some("ST02-00303".into()),
            partial_refund: Some("ST02-00307".into()),
            simple_apply: Some("ST01-00102".into()),
            simple_end: Some("ST02-00302".into()),
            period: Some("ST01-00104".into()),
            metered_end: Some("ST02-00309".into()),
            balance: Some("MG01-00102".into()),
            ..ApiFunctions::default()
        })
        .with_inquiry_by_order("MG01-00101")
        .with_member_leaf("netmile_user_id");
    for (value, status) in [
        ("0", S::None),
        ("1", S::Processing),
        ("2", S::Captured),
        ("4", S::Refunded),
        ("5", S::PartlyRefunded),
    ] {
        ids = ids.with_status(value, status);
    }
    ids.tells_refunds = true;
    Method::netmile()
        .with_matrix(CapabilityMatrix::all())
        .with_api(ids)
}

/// The demo merchant's contract, with every method of the API type.
///
/// # Panics
/// Never: the values are right.
#[must_use]
pub fn contract(base_url: &str) -> Contract {
    let key = HashKey::new(KEY).expect("a key");
    let tdes = TdesKey::new("0123456789abcdef01234567", "76543210").expect("a key");
    Contract::netmile("99999", "001", key, Endpoints::mock(base_url))
        .expect("a contract")
        .with_encryption(tdes)
        .with_method(netmile())
        .with_method(Method::credit())
        .with_method(Method::web_convenience_store())
        .with_method(Method::carrier(CarrierNumber::Docomo))
        .with_method(Method::carrier(CarrierNumber::Au))
        .with_method(Method::carrier(CarrierNumber::SoftBank))
}

/// What the network does to one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// No connection.
    NotSent,
    /// The request is lost.
    LostBefore,
    /// The answer is lost.
    LostAfter,
}

/// The gateway and everything around it.
pub struct World {
    /// The gateway's books.
    pub book: Mutex<Book>,
    /// Members and link contracts.
    pub purse: Mutex<Purse>,
    /// Everybody's clock.
    pub clock: Arc<ManualClock>,
    /// What happens to the next calls.
    pub faults: Mutex<VecDeque<Fault>>,
    /// Functions that arrived at the gateway.
    pub arrived: Mutex<Vec<String>>,
    /// The merchant's journal.
    pub journal: Arc<dyn Journal>,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl World {
    /// The demo scenario on 21 November 2026, in memory; member `taro` has 10,000 miles.
    #[must_use]
    pub fn new() -> Arc<Self> {
        let scenario = netmile_mock::Scenario::demo();
        let mut purse = Purse::default();
        purse.open("taro", 10_000);
        Arc::new(Self {
            book: Mutex::new(Book::new(Config::from(&scenario), 1)),
            purse: Mutex::new(purse),
            clock: Arc::new(ManualClock::new(Timestamp::from_unix(1_795_230_000))),
            faults: Mutex::default(),
            arrived: Mutex::default(),
            journal: Arc::new(MemoryJournal::new()),
        })
    }

    /// A client of the demo merchant. Two of them are two processes that share a journal.
    ///
    /// # Panics
    /// Never: the configuration is right.
    #[must_use]
    pub fn client(self: &Arc<Self>) -> Client {
        self.client_with(Method::credit())
    }

    /// The same with another method in place of the one with the same tag.
    ///
    /// # Panics
    /// Never: the configuration is right.
    #[must_use]
    pub fn client_with(self: &Arc<Self>, method: Method) -> Client {
        Client::builder()
            .contract(contract("http://127.0.0.1:1").with_method(method))
            .journal(Arc::clone(&self.journal))
            .clock(Arc::clone(&self.clock) as Arc<dyn Clock>)
            .transport(Arc::clone(self) as Arc<dyn Transport>)
            .timer(Arc::new(NoWait))
            .build()
            .expect("a client")
    }

    /// Says what happens to the next call that has no fault yet.
    pub fn fault(&self, fault: Fault) {
        lock(&self.faults).push_back(fault);
    }

    /// Miles of a member.
    #[must_use]
    pub fn miles(&self, user: &str) -> u64 {
        lock(&self.purse).balance(user).unwrap_or(0)
    }

    /// How often a function arrived.
    #[must_use]
    pub fn arrivals(&self, function: &str) -> usize {
        lock(&self.arrived)
            .iter()
            .filter(|f| *f == function)
            .count()
    }

    /// Gateway's captured minus refunded yen of an order.
    #[must_use]
    pub fn kept(&self, order_id: &str) -> i64 {
        let book = lock(&self.book);
        let of_order = book.ledger().iter().filter(|m| m.order_id == order_id);
        of_order
            .map(|m| {
                let yen = i64::try_from(m.yen).unwrap_or(i64::MAX);
                match m.kind {
                    netmile_mock::api::MovementKind::Captured => yen,
                    netmile_mock::api::MovementKind::Refunded => -yen,
                }
            })
            .sum()
    }

    fn handle(&self, request: &HttpRequest) -> HttpResponse {
        let header = |name: &str| {
            let found = request.headers.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.as_str())
        };
        let mut purse = lock(&self.purse);
        let handled = lock(&self.book).handle(
            &ApiRequest {
                authorization: header("authorization"),
                content_type: header("content-type"),
                body: &request.body,
            },
            self.clock.now().as_unix(),
            &*purse,
        );
        purse.post(&handled.postings);
        for (tracking_id, by) in &handled.ended {
            purse.end(tracking_id, by);
        }
        if let Some(function) = &handled.function {
            lock(&self.arrived).push(function.as_str().to_owned());
        }
        HttpResponse {
            status: handled.status,
            content_type: Some(handled.content_type.to_owned()),
            body: handled.body,
        }
    }
}

#[async_trait::async_trait]
impl Transport for World {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, NotDelivered> {
        let fault = lock(&self.faults).pop_front().unwrap_or(Fault::None);
        let lost = || NotDelivered::Lost("timed out".to_owned());
        match fault {
            Fault::None => Ok(self.handle(&request)),
            Fault::NotSent => Err(NotDelivered::NotSent("no connection".to_owned())),
            Fault::LostBefore => Err(lost()),
            Fault::LostAfter => {
                self.handle(&request);
                Err(lost())
            }
        }
    }
}

/// Waits are over at once.
struct NoWait;

#[async_trait::async_trait]
impl Timer for NoWait {
    async fn sleep(&self, duration: Duration) {
        // Only an overall limit is this long, and it is never reached here.
        if duration >= Duration::from_secs(30) {
            std::future::pending::<()>().await;
        }
    }
}

impl World {
    /// Notes a fixed or metered NetMile contract that a member applied for by link type.
    pub fn apply_for_metered(&self, tracking_id: &str, cust_code: &str, user: &str) {
        self.apply_by_link(tracking_id, cust_code, ("netmile", "2"), Some(user));
    }

    /// Notes a simple contract with a carrier that a customer applied for by link type.
    pub fn apply_for_simple(&self, tracking_id: &str, cust_code: &str, method: &str) {
        self.apply_by_link(tracking_id, cust_code, (method, "1"), None);
    }

    fn apply_by_link(
        &self,
        tracking_id: &str,
        cust_code: &str,
        (method, pay_type): (&str, &str),
        user: Option<&str>,
    ) {
        let contract = netmile_mock::api::LinkContract {
            merchant_id: "99999".to_owned(),
            service_id: "001".to_owned(),
            cust_code: cust_code.to_owned(),
            method: method.to_owned(),
            pay_type: pay_type.to_owned(),
            active: true,
            ended_by: None,
            member: user.map(str::to_owned),
        };
        lock(&self.purse).apply_for(tracking_id, contract);
    }
}
