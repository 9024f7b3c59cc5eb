//! Charges against a gateway that answers what the test says, message by message.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod late_answers;
mod months;
mod open_rows;
mod second_caller;
mod sent_again;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use netmile::api::{ChargeRequest, Means, SlipRequest, Store};
use netmile::charge::{Charge, ChargePhase, OpenReason};
use netmile::client::{Adopt, BilledPeriod, NextTry, Repaired};
use netmile::contract::{
    ApiFunctions, ApiIds, CapabilityMatrix, CaptureMode, Contract, Endpoints, GatewayStatus, Method,
};
use netmile::engine::journal::Query;
use netmile::engine::{
    HttpRequest, HttpResponse, Journal, MemoryJournal, NotDelivered, Timer, Transport,
};
use netmile::link::LimitSeconds;
use netmile::operation::Outcome;
use netmile::schedule::{BillingDay, FirstPeriod, Schedule, YearMonth};
use netmile::settlement::reconcile::{Repair, RepairStep};
use netmile::settlement::{Profile, SettlementTerms, Statement, StatementPeriod};
use netmile::time::{Clock, ManualClock, Timestamp};
use netmile::{Client, HashKey, Yen};
use sha1::{Digest, Sha1};

const KEY: &str = "TESTHASHKEY0123456789abcdef0123456789abc";
const TRACKING: &str = "12345678901234";

/// What the gateway answers to one message.
enum Reply {
    /// `OK` with these leaves.
    Ok(String),
    /// `OK` that does not say to which function.
    OkToNothing(String),
    /// `NG` with this code.
    Ng(&'static str),
    /// An HTTP status and no XML.
    Http(u16),
    /// It never left.
    NotSent,
    /// The answer is lost.
    Lost,
    /// The gateway hangs.
    Never,
    /// The gateway takes until the test gives its reply.
    Later(Arc<Mutex<Option<Reply>>>),
}

#[derive(Default)]
struct Gateway {
    replies: Mutex<VecDeque<Reply>>,
    asked: Mutex<Vec<String>>,
}

#[async_trait::async_trait]
impl Transport for Gateway {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, NotDelivered> {
        let body = String::from_utf8_lossy(&request.body).into_owned();
        let from = body.find(" id=\"").unwrap() + 5;
        let function = body[from..].split('"').next().unwrap().to_owned();
        self.asked.lock().unwrap().push(function.clone());
        let mut reply = self.replies.lock().unwrap().pop_front();
        while let Some(Reply::Later(given)) = reply {
            let given_now = given.lock().unwrap().take();
            reply = Some(given_now.unwrap_or(Reply::Later(given)));
            tokio::task::yield_now().await;
        }
        let xml = |id: &str, result: &str, code: &str, leaves: &str| {
            HttpResponse {
            status: 200,
            content_type: Some("text/xml;charset=Shift_JIS".into()),
            body: format!(
                "<?xml version='1.0' encoding='Shift_JIS' ?><sps-api-response{id}><res_result>{result}</res_result>\
                 {leaves}<res_err_code>{code}</res_err_code><res_date>20240102030405</res_date></sps-api-response>"
            )
            .into_bytes(),
        }
        };
        match reply {
            Some(Reply::Ok(leaves)) => Ok(xml(&format!(" id=\"{function}\""), "OK", "", &leaves)),
            Some(Reply::OkToNothing(leaves)) => Ok(xml("", "OK", "", &leaves)),
            Some(Reply::Ng(code)) => Ok(xml("", "NG", code, "")),
            Some(Reply::Http(status)) => Ok(HttpResponse {
                status,
                content_type: None,
                body: Vec::new(),
            }),
            Some(Reply::NotSent) => Err(NotDelivered::NotSent("no connection".into())),
            Some(Reply::Never) => std::future::pending().await,
            Some(Reply::Lost | Reply::Later(_)) | None => {
                Err(NotDelivered::Lost("timed out".into()))
            }
        }
    }
}

/// Waits are over at once.
struct NoWait;

#[async_trait::async_trait]
impl Timer for NoWait {
    async fn sleep(&self, duration: Duration) {
        if duration >= Duration::from_secs(30) {
            std::future::pending::<()>().await;
        }
    }
}

struct World {
    gateway: Arc<Gateway>,
    journal: Arc<MemoryJournal>,
    clock: Arc<ManualClock>,
}

impl World {
    fn new() -> Self {
        Self {
            gateway: Arc::default(),
            journal: Arc::new(MemoryJournal::new()),
            clock: Arc::new(ManualClock::new(
                Timestamp::parse_jst("20240102030405").unwrap(),
            )),
        }
    }

    fn client(&self) -> Client {
        self.client_signing_for(600)
    }

    fn client_signing_for(&self, seconds: u16) -> Client {
        self.client_of("001", seconds)
    }

    fn client_of(&self, service: &str, seconds: u16) -> Client {
        let journal = Arc::clone(&self.journal) as Arc<dyn Journal>;
        self.client_with(journal, service, seconds)
    }

    fn client_with(&self, journal: Arc<dyn Journal>, service: &str, seconds: u16) -> Client {
        self.built(journal, contract(service), seconds)
    }

    /// One that has a further method.
    fn client_for(&self, method: Method) -> Client {
        let journal = Arc::clone(&self.journal) as Arc<dyn Journal>;
        self.built(journal, contract("001").with_method(method), 600)
    }

    fn built(&self, journal: Arc<dyn Journal>, contract: Contract, seconds: u16) -> Client {
        Client::builder()
            .contract(contract)
            .journal(journal)
            .clock(Arc::clone(&self.clock) as Arc<dyn Clock>)
            .transport(Arc::clone(&self.gateway) as Arc<dyn Transport>)
            .timer(Arc::new(NoWait))
            .api_limit(LimitSeconds::new(seconds).unwrap())
            .build()
            .unwrap()
    }

    fn reply(&self, replies: impl IntoIterator<Item = Reply>) {
        self.gateway.replies.lock().unwrap().extend(replies);
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.gateway.asked.lock().unwrap())
    }

    async fn adopted(&self) -> Client {
        let client = self.client();
        let start = self.clock.now().jst_date();
        let schedule =
            Schedule::monthly(start, BillingDay::new(2).unwrap(), FirstPeriod::BillAtOnce);
        let adopt = Adopt {
            id: "SUB".into(),
            method: "netmile".into(),
            tracking_id: "77777777777777".into(),
            cust_code: "CUST0001".into(),
            item: ("ITEM1".into(), "会費".into()),
            amount: Yen::new(300),
            schedule: schedule.unwrap(),
        };
        client.subscriptions().adopt(&adopt).await.unwrap();
        client
    }

    /// Runs the billing job, and tells what it did and will do, and what arrived at the gateway.
    async fn bill(&self, client: &Client) -> (Vec<(&'static str, NextTry)>, Vec<String>) {
        let subscriptions = client.subscriptions();
        let billed = subscriptions
            .bill_due(|_| Some(Yen::new(300)))
            .await
            .unwrap();
        let outcome = |billed: &BilledPeriod| match &billed.outcome {
            Ok(Outcome::Done(_)) => "done",
            Ok(Outcome::Rejected(_)) => "rejected",
            Ok(Outcome::Unknown(_)) => "unknown",
            Err(_) => "error",
        };
        let told = billed.iter().map(|one| (outcome(one), one.next)).collect();
        (told, self.asked())
    }

    /// A payment that waits for its capture.
    async fn reserved(&self, id: &str) {
        self.reply([paid()]);
        let request = ChargeRequest::new(id, "reserving", Yen::new(300), Means::member("taro"))
            .customer("CUST0001")
            .item("ITEM1", "しおり");
        let outcome = self.client().payments().charge(&request).await.unwrap();
        assert_eq!(done(outcome).phase, ChargePhase::Reserved);
        self.asked();
    }

    async fn paid(&self, id: &str) -> Charge {
        self.reply([paid()]);
        let outcome = self.client().payments().charge(&miles(id)).await.unwrap();
        self.asked();
        done(outcome)
    }
}

fn contract(service: &str) -> Contract {
    let key = HashKey::new(KEY).unwrap();
    Contract::netmile("99999", service, key, Endpoints::mock("http://127.0.0.1:1"))
        .unwrap()
        .with_method(miles_method())
        .with_method(reserving_method())
        .with_method(Method::web_convenience_store())
}

fn miles_method() -> Method {
    Method::netmile()
        .with_matrix(CapabilityMatrix::all())
        .with_api(wallet_ids("900"))
}

/// One that the merchant captures.
fn reserving_method() -> Method {
    let mut ids = wallet_ids("901")
        .with_capture(CaptureMode::Manual)
        .with_status("1", GatewayStatus::Authorised);
    ids.functions.capture = Some("ST02-00201".into());
    Method::new("reserving", "Reserving", "与信")
        .with_matrix(CapabilityMatrix::all())
        .with_api(ids)
}

fn wallet_ids(number: &str) -> ApiIds {
    use GatewayStatus as S;
    let mut ids = ApiIds::one_step(number)
        .unwrap()
        .with_functions(ApiFunctions {
            request: Some("ST01-00101".into()),
            refund: Some("ST02-00303".into()),
            partial_refund: Some("ST02-00307".into()),
            period: Some("ST01-00104".into()),
            metered_end: Some("ST02-00309".into()),
            ..ApiFunctions::default()
        })
        .with_inquiry_by_order("MG01-00101")
        .with_member_leaf("netmile_user_id");
    for (value, status) in [
        ("0", S::None),
        ("2", S::Captured),
        ("4", S::Refunded),
        ("5", S::PartlyRefunded),
    ] {
        ids = ids.with_status(value, status);
    }
    ids.tells_refunds = true;
    ids
}

fn miles(id: &str) -> ChargeRequest {
    ChargeRequest::new(id, "netmile", Yen::new(300), Means::member("taro"))
        .customer("CUST0001")
        .item("ITEM1", "しおり")
}

/// A payment request is done.
fn paid() -> Reply {
    Reply::Ok(format!("<res_tracking_id>{TRACKING}</res_tracking_id>"))
}

/// What an inquiry tells: status, and yen refunded so far.
fn found(status: &str, refunded: u64) -> Reply {
    Reply::Ok(format!(
        "<res_tracking_id>{TRACKING}</res_tracking_id><res_pay_method_info><payment_status>{status}</payment_status>\
         <amount>300</amount><refunded_amount>{refunded}</refunded_amount></res_pay_method_info>"
    ))
}

fn done<T: std::fmt::Debug>(outcome: Outcome<T>) -> T {
    match outcome {
        Outcome::Done(value) => value,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_part_signed_for_longer_than_the_payment_is_not_given_up_early() {
    let world = World::new();
    world.paid("O-1").await;
    // The merchant has raised the limit since.
    let client = world.client_signing_for(3600);
    world.reply([found("2", 0), Reply::Lost]);
    let lost = client
        .payments()
        .refund_part("O-1", "a", Yen::new(100))
        .await;
    assert!(lost.unwrap().is_unknown());
    for (seconds, open) in [(3600, true), (3700, true), (3721, false)] {
        let at = Timestamp::parse_jst("20240102030405").unwrap();
        world.clock.set(at.plus_seconds(seconds));
        world.reply([found("2", 0)]);
        let charge = client.payments().resolve("O-1").await.unwrap();
        assert_eq!(charge.is_unresolved(), open, "{seconds}");
        assert_eq!(charge.phase, ChargePhase::Paid);
    }
}

const PERIOD: &str = "ST01-00104-900";

#[tokio::test]
async fn a_period_refused_for_what_the_customer_cannot_help_is_billed_later() {
    // A password that is not accepted, a clock that is wrong.
    for refusal in [Reply::Http(401), Reply::Ng("90010999")] {
        let world = World::new();
        let client = world.adopted().await;
        world.reply([refusal]);
        let first = world.clock.now();
        let later = |seconds| NextTry::Later(first.plus_seconds(seconds));
        let sent = (vec![("rejected", later(900))], vec![PERIOD.to_owned()]);
        assert_eq!(world.bill(&client).await, sent);
        // Not at once, and not twice.
        world.clock.advance(899);
        assert_eq!(
            world.bill(&client).await,
            (vec![("rejected", later(900))], vec![])
        );
        world.clock.advance(1);
        world.reply([Reply::Http(403)]);
        let again = (vec![("rejected", later(2700))], vec![PERIOD.to_owned()]);
        assert_eq!(world.bill(&client).await, again);
        world.clock.advance(1800);
        world.reply([paid()]);
        let done = (vec![("done", NextTry::Billed)], vec![PERIOD.to_owned()]);
        assert_eq!(world.bill(&client).await, done);
        world.clock.advance(86_400);
        assert_eq!(world.bill(&client).await, (vec![], vec![]));
        let tries = client.subscriptions().periods("SUB").await.unwrap();
        let tries: Vec<_> = tries.iter().map(|t| (t.id.as_str(), t.phase)).collect();
        let (refused, paid) = (ChargePhase::Rejected, ChargePhase::Paid);
        assert_eq!(
            tries,
            [
                ("SUB-2024-01", refused),
                ("SUB-2024-01r02", refused),
                ("SUB-2024-01r03", paid)
            ]
        );
        // Asked for by name it is the same period, not a further one.
        let bill = client
            .subscriptions()
            .bill("SUB", "2024-01", Yen::new(300))
            .await;
        assert!(bill.unwrap().is_done());
        assert!(world.asked().is_empty());
    }
}

#[tokio::test]
async fn one_period_has_one_name() {
    let world = World::new();
    let client = world.adopted().await;
    let subscriptions = client.subscriptions();
    for wrong in [
        "",
        "2024-1",
        "202401",
        "2024-13",
        "2024-00",
        "2024-01-1",
        "2024-01-02",
        " 2024-01",
        "2024-01 ",
        "24-01",
        "2024-01-2-2",
        "2024-01\n",
        "January",
        "２０２４-01",
        // Only one period of this contract starts in that month.
        "2024-01-2",
        "2024-02-2",
    ] {
        let billed = subscriptions.bill("SUB", wrong, Yen::new(300)).await;
        let again = subscriptions.bill_again("SUB", wrong).await;
        for error in [billed.unwrap_err(), again.unwrap_err()] {
            assert_eq!(error.code(), "invalid_value", "{wrong:?}");
            assert_eq!(error.field_name(), Some("period"), "{wrong:?}");
        }
    }
    assert!(world.asked().is_empty());
    assert!(subscriptions.periods("SUB").await.unwrap().is_empty());
    world.reply([paid()]);
    let billed = subscriptions.bill("SUB", "2024-01", Yen::new(300)).await;
    assert!(billed.unwrap().is_done());
    // Nor has a month that is to be given back.
    for wrong in ["", "2024-01", "202413", "20241", "January", "2024 1"] {
        let error = subscriptions.refund_month("SUB", wrong).await.unwrap_err();
        assert_eq!(error.code(), "invalid_value", "{wrong:?}");
        assert_eq!(error.field_name(), Some("month"), "{wrong:?}");
    }
}

#[tokio::test]
async fn two_periods_of_a_month_are_billed_each_by_its_name() {
    let world = World::new();
    let client = world.client();
    let contract = Adopt {
        id: "SUB".into(),
        method: "netmile".into(),
        tracking_id: "77777777777777".into(),
        cust_code: "CUST0001".into(),
        item: ("ITEM1".into(), String::new()),
        amount: Yen::new(300),
        schedule: Schedule::monthly(
            "2024-01-01".parse().unwrap(),
            BillingDay::new(15).unwrap(),
            FirstPeriod::BillAtOnce,
        )
        .unwrap(),
    };
    let subscriptions = client.subscriptions();
    subscriptions.adopt(&contract).await.unwrap();
    for period in ["2024-01", "2024-01-2"] {
        world.reply([Reply::Ng("900S1999")]);
        let billed = subscriptions.bill("SUB", period, Yen::new(300)).await;
        assert!(matches!(billed, Ok(Outcome::Rejected(_))), "{billed:?}");
        assert_eq!(world.asked(), [PERIOD]);
    }
    let third = subscriptions.bill("SUB", "2024-02-2", Yen::new(300)).await;
    assert_eq!(third.unwrap_err().field_name(), Some("period"));
}

#[tokio::test]
async fn a_period_that_the_customer_could_not_pay_is_final() {
    let world = World::new();
    let client = world.adopted().await;
    world.reply([Reply::Ng("900S1999")]);
    let refused = vec![("rejected", NextTry::Refused)];
    assert_eq!(
        world.bill(&client).await,
        (refused, vec![PERIOD.to_owned()])
    );
    world.clock.advance(7 * 86_400);
    assert_eq!(world.bill(&client).await, (vec![], vec![]));
}

#[tokio::test]
async fn a_period_that_may_be_billed_gets_no_second_order_id() {
    let world = World::new();
    let client = world.adopted().await;
    let unknown = || vec![("unknown", NextTry::Unknown)];
    world.reply([Reply::Lost]);
    assert_eq!(
        world.bill(&client).await,
        (unknown(), vec![PERIOD.to_owned()])
    );
    for _ in 0..5 {
        world.clock.advance(3600);
        // The inquiry is not answered either.
        let (told, asked) = world.bill(&client).await;
        assert_eq!(told, unknown());
        assert!(
            asked.iter().all(|function| function == "MG01-00101-900"),
            "{asked:?}"
        );
    }
    // Once it is proven that it never got there, it is billed again.
    world.reply([found("0", 0)]);
    let (told, _) = world.bill(&client).await;
    let at = world.clock.now();
    assert_eq!(told, [("rejected", NextTry::Later(at.plus_seconds(900)))]);
    world.clock.advance(900);
    world.reply([paid()]);
    let done = vec![("done", NextTry::Billed)];
    assert_eq!(world.bill(&client).await, (done, vec![PERIOD.to_owned()]));
}

#[tokio::test]
async fn a_period_that_never_left_is_sent_in_the_next_run_under_the_same_order_id() {
    let world = World::new();
    let client = world.adopted().await;
    world.reply((0..4).map(|_| Reply::NotSent));
    assert_eq!(world.bill(&client).await.0, [("error", NextTry::NotSent)]);
    world.reply([paid()]);
    assert_eq!(world.bill(&client).await.0, [("done", NextTry::Billed)]);
    assert_eq!(
        client.subscriptions().periods("SUB").await.unwrap().len(),
        1
    );
}

/// The file of January: a sale of 300 yen, and so many refunds of 100 yen.
fn january(refunds: usize) -> Statement {
    let line = |time: &str, kind: &str, status: &str, yen: u64, fee: i64| {
        format!(
            "D,{time},O-1,{TRACKING},netmile,{kind},{yen},{yen},0,{fee},{},{status}\r\n",
            i64::try_from(yen).unwrap() - fee
        )
    };
    let mut file = String::from(
        "record,processed_at,order_id,tracking_id,pay_method,kind,amount,netmile_amount,paypal_amount,fee,net,status\r\n",
    );
    file += &line("20240102030405", "sale", "captured", 300, 15);
    for minute in 10..10 + refunds {
        file += &format!(
            "D,202401020410{minute},O-1,{TRACKING},netmile,refund,100,100,0,0,-100,refunded\r\n"
        );
    }
    let refunded = 100 * i64::try_from(refunds).unwrap();
    file += &format!(
        "T,,{},,,,{},,,15,{},\r\n",
        1 + refunds,
        300 - refunded,
        285 - refunded
    );
    let month = StatementPeriod::month(YearMonth::new(2024, 1).unwrap());
    Statement::read(&Profile::reference(), month, file.as_bytes()).unwrap()
}

/// The refunds that the file of January would have recorded.
async fn refunds(client: &Client, terms: &SettlementTerms) -> Vec<RepairStep> {
    let found = client.reconcile(january(1), terms).await.unwrap();
    let mut plan = found.repair_plan();
    plan.retain(|step| matches!(step.repair, Repair::ConfirmRefund { .. }));
    plan
}

#[tokio::test]
async fn a_repair_of_what_was_found_out_meanwhile_counts_nothing_twice() {
    let world = World::new();
    world.paid("O-1").await;
    let client = world.client();
    let payments = client.payments();
    world.reply([found("2", 0), Reply::Lost]);
    let lost = payments.refund_part("O-1", "a", Yen::new(100)).await;
    assert!(lost.unwrap().is_unknown());
    let terms = SettlementTerms::default();
    let plan = refunds(&client, &terms).await;
    assert_eq!(plan.len(), 1, "{plan:?}");

    // The resolver is faster.
    world.reply([found("5", 100)]);
    payments.resolve("O-1").await.unwrap();
    let repaired = client.repair(&plan).await.unwrap();
    assert!(repaired[0].is_changed(), "{repaired:?}");
    assert_eq!(payments.get("O-1").await.unwrap().refunded, Yen::new(100));
    assert!(refunds(&client, &terms).await.is_empty());
}

#[tokio::test]
async fn a_plan_of_several_refunds_is_applied_once_and_whole() {
    let world = World::new();
    world.paid("O-1").await;
    let client = world.client();
    let found = client
        .reconcile(january(2), &SettlementTerms::default())
        .await
        .unwrap();
    let plan = found.repair_plan();
    for result in [Repaired::Done, Repaired::Known] {
        let repaired = client.repair(&plan).await.unwrap();
        assert_eq!(repaired, [result.clone(), result]);
        let charge = client.payments().get("O-1").await.unwrap();
        assert_eq!(charge.refunded, Yen::new(200));
    }
}

/// A deposit notice of 1500 yen: kind, sum so far, when.
fn deposit(kind: &str, total: Option<&str>, received: &str) -> Vec<u8> {
    let mut info = vec![("rec_type", kind), ("rec_amount", "1500")];
    info.extend(total.map(|total| ("rec_amount_total", total)));
    let root = [
        ("merchant_id", "99999"),
        ("service_id", "001"),
        ("tracking_id", TRACKING),
        ("rec_datetime", received),
    ];
    let date = ("request_date", "20240102030405");
    let values = root
        .iter()
        .chain(&info)
        .chain([&date])
        .map(|(_, value)| *value);
    let hash = Sha1::digest(format!("{}{KEY}", values.collect::<String>()));
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let leaf = |(name, value): &(&str, &str)| format!("<{name}>{value}</{name}>");
    let leaves = |all: &[(&str, &str)]| all.iter().map(leaf).collect::<String>();
    format!(
        "<?xml version='1.0' encoding='Shift_JIS'?><sps-api-request id=\"NT01-00103-701\">{}<pay_method_info>{}\
         </pay_method_info>{}<sps_hashcode>{hash}</sps_hashcode></sps-api-request>",
        leaves(&root),
        leaves(&info),
        leaf(&date)
    )
    .into_bytes()
}

/// A slip of 1500 yen that waits for its deposit.
async fn slip(world: &World) -> Client {
    let slip = SlipRequest {
        store: Store::Lawson,
        last_name: "山田".into(),
        first_name: "太郎".into(),
        last_name_kana: String::new(),
        first_name_kana: String::new(),
        zip: "1000001".into(),
        prefecture: "東京都".into(),
        address: "千代田区１－１".into(),
        building: String::new(),
        tel: "0312345678".into(),
        mail: "taro@example.com".into(),
        pay_by: Some("20240131".into()),
    };
    let means = Means::Slip(Box::new(slip));
    let request = ChargeRequest::new("S-1", "webcvs", Yen::new(1500), means)
        .customer("CUST0001")
        .item("ITEM1", "しおり");
    let client = world.client();
    world.reply([paid()]);
    let charge = done(client.payments().charge(&request).await.unwrap());
    assert_eq!(charge.phase, ChargePhase::AwaitingDeposit);
    client
}

#[tokio::test]
async fn a_deposit_that_comes_again_after_its_cancellation_counts() {
    let world = World::new();
    let client = slip(&world).await;
    let steps = [
        ("3", "1500", "20240102040000", 1500, false),
        ("3", "1500", "20240102040000", 1500, true),
        ("4", "0", "20240102050000", 0, false),
        ("3", "1500", "20240102060000", 1500, false),
        ("3", "1500", "20240102060000", 1500, true),
    ];
    world.asked();
    for (kind, total, received, deposited, repeated) in steps {
        let notice = deposit(kind, Some(total), received);
        let receipt = client.payments().notice(&notice).await.unwrap();
        let mut charge = receipt.charge;
        if kind == "4" {
            assert!(charge.doubt.is_some() && charge.review.is_none());
            charge = asked_of_slip(&world, "1").await;
            assert_eq!(charge.review, Some(OpenReason::DepositSum));
        }
        let now = (charge.deposited, receipt.repeated);
        assert_eq!(now, (Yen::new(deposited), repeated), "{kind} {received}");
    }
}

/// The slip after an inquiry that tells this `payment_status`.
async fn asked_of_slip(world: &World, status: &str) -> Charge {
    world.asked();
    world.reply([Reply::Ok(format!(
        "<res_pay_method_info><payment_status>{status}</payment_status></res_pay_method_info>"
    ))]);
    let charge = world.client().payments().resolve("S-1").await.unwrap();
    assert_eq!(world.asked(), ["MG01-00101-701"]);
    charge
}

#[tokio::test]
async fn a_sum_that_calls_a_person_is_asked_about_first() {
    // What the inquiry tells: unpaid, in part, exactly, too much.
    for (status, phase, yen, review) in [
        ("1", ChargePhase::AwaitingDeposit, 0, None),
        ("2", ChargePhase::AwaitingDeposit, 0, None),
        ("3", ChargePhase::Paid, 1500, None),
        ("4", ChargePhase::Paid, 1507, Some(OpenReason::DepositSum)),
    ] {
        let world = World::new();
        let client = slip(&world).await;
        let notice = deposit("1", Some("1507"), "20240102040000");
        let receipt = client.payments().notice(&notice).await.unwrap();
        assert_eq!(receipt.charge.deposited, Yen::default());
        let listed = client.payments().unresolved(10).await.unwrap();
        assert_eq!(listed.len(), 1, "{status}");
        if status != "4" {
            // The inquiry may be behind the notice.
            let charge = asked_of_slip(&world, status).await;
            assert!(charge.doubt.is_some() && charge.captured == Yen::default());
            world.clock.advance(900);
        }
        // Without the doubt it is asked once more where it stands.
        if matches!(status, "1" | "2") {
            world.reply([Reply::Ok(format!(
                "<res_pay_method_info><payment_status>{status}</payment_status></res_pay_method_info>"
            ))]);
            world.reply([Reply::Lost]);
            let charge = client.payments().resolve("S-1").await.unwrap();
            assert_eq!((charge.phase, charge.doubt), (phase, None), "{status}");
            continue;
        }
        let charge = asked_of_slip(&world, status).await;
        let now = (charge.phase, charge.deposited, charge.review);
        assert_eq!(now, (phase, Yen::new(yen), review), "{status}");
        assert_eq!(charge.doubt, None);
    }
}

#[tokio::test]
async fn money_for_a_slip_that_is_over_calls_a_person_although_the_notice_named_another_sum() {
    let world = World::new();
    let client = slip(&world).await;
    world
        .clock
        .set(Timestamp::parse_jst("20240205000000").unwrap());
    assert_eq!(asked_of_slip(&world, "1").await.phase, ChargePhase::Expired);
    let notice = deposit("1", Some("1507"), "20240204040000");
    let doubted = client.payments().notice(&notice).await.unwrap().charge;
    assert!(doubted.doubt.is_some());
    world.clock.advance(900);
    let charge = asked_of_slip(&world, "2").await;
    assert_eq!(charge.review, Some(OpenReason::DepositSum));
    assert_eq!(charge.doubt, None);
}

#[tokio::test]
async fn an_inquiry_about_another_payment_says_nothing_of_a_doubted_sum() {
    let world = World::new();
    let client = slip(&world).await;
    let notice = deposit("1", Some("1507"), "20240102040000");
    client.payments().notice(&notice).await.unwrap();
    world.clock.advance(900);
    for status in ["1", "3", "4"] {
        world.reply([Reply::Ok(format!(
            "<res_tracking_id>99999999999999</res_tracking_id>\
             <res_pay_method_info><payment_status>{status}</payment_status></res_pay_method_info>"
        ))]);
        let charge = client.payments().resolve("S-1").await.unwrap();
        assert!(
            charge.doubt.is_some() && charge.review.is_none(),
            "{status}"
        );
    }
}

#[tokio::test]
async fn a_statement_settles_no_slip_whose_sum_is_doubted() {
    for doubted in [false, true] {
        let world = World::new();
        let client = slip(&world).await;
        if doubted {
            let notice = deposit("1", Some("1507"), "20240102040000");
            client.payments().notice(&notice).await.unwrap();
        }
        let file = format!(
            "record,processed_at,order_id,tracking_id,pay_method,kind,amount,netmile_amount,paypal_amount,fee,net,status\r\n\
             D,20240102040000,S-1,{TRACKING},webcvs,sale,1500,1500,0,75,1425,captured\r\nT,,1,,,,1500,,,75,1425,\r\n"
        );
        let month = StatementPeriod::month(YearMonth::new(2024, 1).unwrap());
        let statement = Statement::read(&Profile::reference(), month, file.as_bytes()).unwrap();
        let found = client
            .reconcile(statement, &SettlementTerms::default())
            .await
            .unwrap();
        let mut plan = found.repair_plan();
        plan.retain(|step| matches!(step.repair, Repair::ConfirmPaid { .. }));
        assert_eq!(plan.len(), 1, "{found:?}");
        let repaired = client.repair(&plan).await.unwrap();
        let left = matches!(repaired.as_slice(), [Repaired::Left(_)]);
        assert_eq!(left, doubted, "{repaired:?}");
        let charge = client.payments().get("S-1").await.unwrap();
        assert_eq!(charge.doubt.is_some(), doubted);
        assert_eq!(charge.deposited, Yen::new(if doubted { 0 } else { 1500 }));
    }
}

#[tokio::test]
async fn a_deposit_without_the_sum_is_refused_by_name_and_kept() {
    let world = World::new();
    let client = slip(&world).await;
    let notice = deposit("3", None, "20240102040000");
    let error = client.payments().notice(&notice).await.unwrap_err();
    assert_eq!(error.field_name(), Some("rec_amount_total"));
    assert_eq!(client.purchases().evidence(10).await.unwrap().len(), 1);
    let charge = client.payments().get("S-1").await.unwrap();
    assert_eq!(charge.phase, ChargePhase::AwaitingDeposit);
}

#[tokio::test]
async fn a_call_of_any_function_leaves_no_token_in_the_journal() {
    use netmile::api::{FunctionId, Message};
    let world = World::new();
    world.reply([Reply::Ok(String::new())]);
    let message = Message::new(FunctionId::parse("ST01-00131-900").unwrap())
        .single("cust_code", "SECRET-CUST", 64)
        .single("order_id", "R-1", 38)
        .group("pay_option_manage", |g| {
            g.single("token", "SECRET-TOKEN", 200)
        });
    let outcome = world
        .client()
        .payments()
        .raw("call-1", "netmile", message)
        .await;
    assert!(outcome.unwrap().is_done());
    let query = Query {
        kind: "raw".into(),
        phases: vec![],
        after: None,
        limit: 10,
    };
    let rows = world.journal.list(query).await.unwrap();
    assert!(rows[0].body.contains("pay_option_manage") && rows[0].body.contains("R-1"));
    assert!(!rows[0].body.contains("SECRET"), "{}", rows[0].body);
}

#[tokio::test]
async fn neither_an_inquiry_nor_a_contract_prints_the_customer() {
    let world = World::new();
    world.paid("O-1").await;
    world.reply([Reply::Ok(
        "<res_pay_method_info><payment_status>2</payment_status><cust_number>SECRET</cust_number></res_pay_method_info>"
            .into(),
    )]);
    let found = world
        .client()
        .payments()
        .inquire("O-1")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        found.details,
        [("cust_number".to_owned(), "SECRET".to_owned())]
    );
    let printed = format!("{found:?}");
    assert!(
        printed.contains("cust_number") && !printed.contains("SECRET"),
        "{printed}"
    );
    let start = world.clock.now().jst_date();
    let schedule = Schedule::monthly(start, BillingDay::new(2).unwrap(), FirstPeriod::Free);
    let adopt = Adopt {
        id: "SUB".into(),
        method: "netmile".into(),
        tracking_id: TRACKING.into(),
        cust_code: "SECRET".into(),
        item: ("ITEM1".into(), "会費".into()),
        amount: Yen::new(300),
        schedule: schedule.unwrap(),
    };
    assert!(!format!("{adopt:?}").contains("SECRET"));
}

#[tokio::test]
async fn a_refund_on_the_management_page_is_not_taken_for_the_part_that_was_lost() {
    let world = World::new();
    world.paid("O-1").await;
    let client = world.client();
    let payments = client.payments();
    // Somebody has refunded 100 yen by hand; the journal does not know it.
    world.reply([found("5", 100), found("5", 100), Reply::Lost]);
    let lost = payments.refund_part("O-1", "a", Yen::new(100)).await;
    assert!(lost.unwrap().is_unknown());
    let charge = payments.get("O-1").await.unwrap();
    assert_eq!(charge.refunded, Yen::new(100));
    assert_eq!(charge.pending.unwrap().refunded_before, Yen::new(100));
    world.clock.advance(721);
    world.reply([found("5", 100)]);
    let charge = payments.resolve("O-1").await.unwrap();
    assert_eq!((charge.refunded, charge.pending), (Yen::new(100), None));
    // More than what is left is not even sent.
    world.asked();
    let error = payments
        .refund_part("O-1", "b", Yen::new(201))
        .await
        .unwrap_err();
    assert_eq!((error.code(), world.asked().len()), ("invalid_value", 0));
}

#[tokio::test]
async fn a_part_is_not_sent_while_nobody_says_what_was_refunded() {
    let world = World::new();
    world.paid("O-1").await;
    let client = world.client();
    let error = client
        .payments()
        .refund_part("O-1", "a", Yen::new(100))
        .await
        .unwrap_err();
    assert_eq!(error.code(), "transport");
    assert!(
        world
            .asked()
            .iter()
            .all(|function| function == "MG01-00101-900")
    );
    let charge = client.payments().get("O-1").await.unwrap();
    assert!(!charge.is_unresolved());
}

#[tokio::test]
async fn a_yes_to_nobody_knows_what_is_no_yes() {
    let world = World::new();
    let client = world.client();
    let leaves = format!("<res_tracking_id>{TRACKING}</res_tracking_id>");
    world.reply([Reply::OkToNothing(leaves)]);
    let outcome = client.payments().charge(&miles("O-1")).await.unwrap();
    assert!(outcome.is_unknown(), "{outcome:?}");
    world.reply([found("2", 0)]);
    let charge = client.payments().resolve("O-1").await.unwrap();
    assert_eq!(charge.phase, ChargePhase::Paid);
}

#[tokio::test]
async fn the_refusal_of_a_part_that_was_delivered_twice_is_asked_about() {
    for (sum, phase, refunded) in [
        (found("5", 100), ChargePhase::PartlyRefunded, 100),
        (found("2", 0), ChargePhase::Paid, 0),
    ] {
        let world = World::new();
        world.paid("O-1").await;
        let client = world.client();
        let payments = client.payments();
        world.reply([found("2", 0), Reply::Ng("900S1008"), sum]);
        let outcome = payments.refund_part("O-1", "a", Yen::new(100)).await;
        assert_eq!(outcome.unwrap().is_done(), refunded > 0);
        let charge = payments.get("O-1").await.unwrap();
        assert_eq!((charge.phase, charge.refunded), (phase, Yen::new(refunded)));
        assert_eq!(charge.pending, None);
    }
    // Nobody says what was refunded.
    let world = World::new();
    world.paid("O-1").await;
    let client = world.client();
    let payments = client.payments();
    world.reply([found("2", 0), Reply::Ng("900S1008")]);
    let outcome = payments.refund_part("O-1", "a", Yen::new(100)).await;
    assert!(outcome.unwrap().is_unknown());
}
