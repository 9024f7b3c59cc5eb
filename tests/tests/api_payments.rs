//! Charges server to server, against the mock's own books: every outcome, lost answers, two workers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use netmile::Yen;
use netmile::api::{ChargeRequest, Means, SlipRequest, Store};
use netmile::charge::ChargePhase;
use netmile::operation::Outcome;
use netmile::purchase::FactKind;
use netmile_tests::api::{Fault, World};

fn miles(id: &str, yen: u64) -> ChargeRequest {
    ChargeRequest::new(id, "netmile", Yen::new(yen), Means::member("taro"))
        .customer("CUST0001")
        .item("ITEM1", "ネットマイルのしおり")
}

fn card(id: &str, yen: u64) -> ChargeRequest {
    ChargeRequest::new(id, "credit", Yen::new(yen), Means::token("tok-1", "key-1"))
        .customer("CUST0001")
        .item("ITEM1", "しおり")
}

fn slip(id: &str) -> ChargeRequest {
    let slip = SlipRequest {
        store: Store::Lawson,
        last_name: "山田".into(),
        first_name: "太郎".into(),
        last_name_kana: "ヤマダ".into(),
        first_name_kana: "タロウ".into(),
        zip: "1000001".into(),
        prefecture: "東京都".into(),
        address: "千代田区１－１".into(),
        building: String::new(),
        tel: "0312345678".into(),
        mail: "taro@example.com".into(),
        pay_by: Some("20261201".into()),
    };
    ChargeRequest::new(id, "webcvs", Yen::new(1500), Means::Slip(Box::new(slip)))
        .customer("CUST0001")
        .item("ITEM1", "ポイント購入")
}

fn done<T: std::fmt::Debug>(outcome: Outcome<T>) -> T {
    match outcome {
        Outcome::Done(value) => value,
        other => panic!("{other:?}"),
    }
}

async fn facts(client: &netmile::Client) -> Vec<FactKind> {
    let mut kinds = Vec::new();
    for delivery in client.events().next(100).await.unwrap() {
        kinds.push(delivery.fact.kind);
        client.events().ack(delivery.id).await.unwrap();
    }
    kinds
}

#[tokio::test]
async fn miles_are_charged_refunded_in_parts_and_asked_about() {
    let world = World::new();
    let client = world.client();
    let payments = client.payments();
    assert_eq!(
        payments.balance("netmile", "taro").await.unwrap().get(),
        10_000
    );
    let charge = done(payments.charge(&miles("O-1", 300)).await.unwrap());
    assert_eq!(charge.phase, ChargePhase::Paid);
    // 600 miles spent, 6 returned.
    assert_eq!((world.miles("taro"), world.kept("O-1")), (9_406, 300));
    assert_eq!(facts(&client).await, [FactKind::Paid]);

    // Asked for again it is the same charge.
    done(payments.charge(&miles("O-1", 300)).await.unwrap());
    assert_eq!(world.arrivals("ST01-00101-900"), 1);
    let other = payments.charge(&miles("O-1", 301)).await.unwrap_err();
    assert_eq!(other.code(), "conflict");

    for _ in 0..2 {
        let part = payments.refund_part("O-1", "damaged", Yen::new(100)).await;
        assert_eq!(done(part.unwrap()).refunded, Yen::new(100));
    }
    let rest = payments.refund_part("O-1", "rest", Yen::new(200)).await;
    assert_eq!(done(rest.unwrap()).phase, ChargePhase::Refunded);
    assert_eq!(world.kept("O-1"), 0);
    let more = payments
        .refund_part("O-1", "more", Yen::new(1))
        .await
        .unwrap_err();
    assert_eq!(more.code(), "invalid_state");
    let found = payments.inquire("O-1").await.unwrap().unwrap();
    assert_eq!(found.refunded, Some(Yen::new(300)));
}

#[tokio::test]
async fn too_few_miles_are_a_rejection_that_says_how_many() {
    let world = World::new();
    let client = world.client();
    let outcome = client
        .payments()
        .charge(&miles("O-1", 5_001))
        .await
        .unwrap();
    let Outcome::Rejected(rejection) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(rejection.detail("short_miles"), Some("2"));
    assert_eq!(facts(&client).await, [FactKind::AttemptFailed]);
}

#[tokio::test]
async fn a_lost_answer_is_unknown_until_the_inquiry_finds_it() {
    let world = World::new();
    let client = world.client();
    world.fault(Fault::LostAfter);
    let outcome = client.payments().charge(&miles("O-1", 300)).await.unwrap();
    assert!(outcome.is_unknown(), "{outcome:?}");
    assert_eq!(client.payments().unresolved(10).await.unwrap().len(), 1);
    assert!(facts(&client).await.is_empty());
    world.clock.advance(5);
    let resolved = client.resolve().await.unwrap();
    assert_eq!(resolved.charges[0].phase, ChargePhase::Paid);
    assert_eq!(facts(&client).await, [FactKind::Paid]);
    assert_eq!(world.arrivals("ST01-00101-900"), 1);
}

#[tokio::test]
async fn a_lost_request_is_missing_only_when_it_can_no_longer_arrive() {
    let world = World::new();
    let client = world.client();
    world.fault(Fault::LostBefore);
    assert!(
        client
            .payments()
            .charge(&miles("O-1", 300))
            .await
            .unwrap()
            .is_unknown()
    );
    for _ in 0..4 {
        world.clock.advance(100);
        let charge = client.payments().resolve("O-1").await.unwrap();
        assert!(charge.is_unknown());
    }
    world.clock.advance(400);
    let charge = client.payments().resolve("O-1").await.unwrap();
    assert_eq!(charge.phase, ChargePhase::Rejected);
    assert_eq!(facts(&client).await, [FactKind::AttemptFailed]);
    assert_eq!(world.arrivals("ST01-00101-900"), 0);
}

#[tokio::test]
async fn no_connection_is_tried_again_and_then_an_error_that_can_be_repeated() {
    let world = World::new();
    let client = world.client();
    for _ in 0..4 {
        world.fault(Fault::NotSent);
    }
    let error = client
        .payments()
        .charge(&miles("O-1", 300))
        .await
        .unwrap_err();
    assert_eq!(error.code(), "transport");
    let charge = done(client.payments().charge(&miles("O-1", 300)).await.unwrap());
    assert_eq!(charge.phase, ChargePhase::Paid);
    assert_eq!(world.arrivals("ST01-00101-900"), 1);
}

#[tokio::test]
async fn a_card_is_authorised_committed_captured_and_refunded() {
    let world = World::new();
    let method = netmile::contract::Method::credit().with_api(
        netmile::contract::ApiIds::credit().with_capture(netmile::contract::CaptureMode::Manual),
    );
    let client = world.client_with(method);
    let payments = client.payments();
    let charge = done(payments.charge(&card("O-1", 1_000)).await.unwrap());
    assert_eq!(charge.phase, ChargePhase::Reserved);
    world.fault(Fault::LostAfter);
    let outcome = payments.capture("O-1", Some(Yen::new(800))).await.unwrap();
    assert!(outcome.is_unknown());
    // The next step resolves it first.
    let part = payments
        .refund_part("O-1", "a", Yen::new(300))
        .await
        .unwrap();
    assert_eq!(done(part).captured, Yen::new(800));
    assert_eq!(world.kept("O-1"), 500);
    assert_eq!(world.arrivals("ST02-00201-101"), 1);
}

#[tokio::test]
async fn an_authorisation_without_answer_is_never_committed() {
    let world = World::new();
    let client = world.client();
    world.fault(Fault::LostAfter);
    assert!(
        client
            .payments()
            .charge(&card("O-1", 1_000))
            .await
            .unwrap()
            .is_unknown()
    );
    world.clock.advance(800);
    let charge = client.payments().resolve("O-1").await.unwrap();
    assert_eq!(charge.phase, ChargePhase::Cancelled);
    assert_eq!(world.kept("O-1"), 0);
    assert_eq!(world.arrivals("ST02-00101-101"), 0);
}

#[tokio::test]
async fn a_slip_waits_for_its_deposit() {
    let world = World::new();
    let client = world.client();
    let charge = done(client.payments().charge(&slip("O-1")).await.unwrap());
    assert_eq!(charge.phase, ChargePhase::AwaitingDeposit);
    assert!(
        charge.details.contains_key("invoice_no"),
        "{:?}",
        charge.details
    );
    assert_eq!(facts(&client).await, [FactKind::AwaitingDeposit]);
}

#[tokio::test]
async fn a_call_of_an_unknown_kind_is_journaled_and_sent_once() {
    let world = World::new();
    let client = world.client();
    let function = netmile::api::FunctionId::parse("MG01-00101-900").unwrap();
    let message = netmile::api::Message::new(function)
        .single("order_id", "O-9", 38)
        .answers_secret();
    let outcome = client
        .payments()
        .raw("R-1", "netmile", message.clone())
        .await
        .unwrap();
    assert!(outcome.is_done());
    let again = client
        .payments()
        .raw("R-1", "netmile", message)
        .await
        .unwrap_err();
    assert_eq!(again.code(), "conflict");
}

const APPLICATION: &str = "77777777777777";

async fn adopted(world: &std::sync::Arc<World>, client: &netmile::Client) {
    world.apply_for_metered(APPLICATION, "CUST0001", "taro");
    let schedule = netmile::schedule::Schedule::monthly(
        netmile::time::Clock::now(&*world.clock).jst_date(),
        netmile::schedule::BillingDay::new(21).unwrap(),
        netmile::schedule::FirstPeriod::BillAtOnce,
    )
    .unwrap();
    let adopt = netmile::client::Adopt {
        id: "SUB-1".into(),
        method: "netmile".into(),
        tracking_id: APPLICATION.into(),
        cust_code: "CUST0001".into(),
        item: ("NEWS".into(), "マイル新聞".into()),
        amount: Yen::new(100),
        schedule,
    };
    for _ in 0..2 {
        let contract = client.subscriptions().adopt(&adopt).await.unwrap();
        assert_eq!(contract.phase, ChargePhase::Active);
    }
}

#[tokio::test]
async fn a_carriers_simple_contract_of_the_link_type_is_ended_and_refunded_by_api() {
    for (number, method) in [("401", "docomo"), ("402", "auone")] {
        let world = World::new();
        let client = world.client();
        world.apply_for_simple(APPLICATION, "CUST0001", method);
        let contract = netmile::api::ChargeRequest::new(
            "CLUB",
            method,
            Yen::new(500),
            netmile::api::Means::Contract,
        )
        .customer("CUST0001")
        .item("CLUB", "会費");
        let subscriptions = client.subscriptions();
        let adopted = subscriptions.adopt_simple(&contract, APPLICATION).await;
        assert_eq!(adopted.unwrap().phase, ChargePhase::Active, "{method}");
        // The gateway understands it, and has billed nothing yet.
        let month = subscriptions.refund_month("CLUB", "202611").await.unwrap();
        assert!(
            matches!(month, netmile::operation::Outcome::Rejected(_)),
            "{method}: {month:?}"
        );
        assert_eq!(world.arrivals(&format!("ST02-00303-{number}")), 1);
        let ended = done(subscriptions.end_by_api("CLUB").await.unwrap());
        assert_eq!(ended.phase, ChargePhase::Ended, "{method}");
        assert_eq!(world.arrivals(&format!("ST02-00302-{number}")), 1);
    }
}

#[tokio::test]
async fn a_period_is_billed_once_however_often_the_job_runs() {
    let world = World::new();
    let (one, two) = (world.client(), world.client());
    adopted(&world, &one).await;
    let price = |_: &netmile::client::DuePeriod| Some(Yen::new(100));
    world.fault(Fault::LostAfter);
    let billed = one.subscriptions().bill_due(price).await.unwrap();
    assert!(billed[0].outcome.as_ref().unwrap().is_unknown());
    for client in [&two, &one, &two] {
        client.subscriptions().bill_due(price).await.unwrap();
    }
    assert_eq!(world.arrivals("ST01-00104-900"), 1);
    world.clock.advance(32 * 86_400);
    let (a, b) = tokio::join!(
        async { one.subscriptions().bill_due(price).await.unwrap() },
        async { two.subscriptions().bill_due(price).await.unwrap() },
    );
    assert!(!a.is_empty() || !b.is_empty());
    let periods = one.subscriptions().periods("SUB-1").await.unwrap();
    let ids: Vec<_> = periods.iter().map(|charge| charge.id.as_str()).collect();
    assert_eq!(ids, ["SUB-1-2026-11", "SUB-1-2026-12"]);
    assert!(
        periods
            .iter()
            .all(|charge| charge.phase == ChargePhase::Paid)
    );
    assert_eq!(world.arrivals("ST01-00104-900"), 2);
    done(one.subscriptions().end_by_api("SUB-1").await.unwrap());
    world.clock.advance(40 * 86_400);
    assert!(
        one.subscriptions()
            .bill_due(price)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_card_is_stored_charged_shown_and_forgotten() {
    use netmile::api::CardOptions;
    use netmile::api::operations::CustomerStep;
    use netmile::secret::SecretText;
    let world = World::new();
    // The card of the gateway's demo is captured by call; here by itself at the commit would do as well.
    let client = world.client_with(netmile::contract::Method::credit().with_api(
        netmile::contract::ApiIds::credit().with_capture(netmile::contract::CaptureMode::Manual),
    ));
    let payments = client.payments();
    let token = |token: &str| SecretText::new(token);
    let step = async |step: CustomerStep| payments.customer_data("credit", "CUST0001", &step).await;
    let stored = |id: &str| {
        let means = Means::StoredCustomer(CardOptions::default());
        ChargeRequest::new(id, "credit", Yen::new(700), means)
            .customer("CUST0001")
            .item("ITEM1", "しおり")
    };

    // Nothing is stored yet.
    let show = step(CustomerStep::Show).await.unwrap();
    assert!(matches!(show, Outcome::Rejected(_)), "{show:?}");
    let charged = payments.charge(&stored("O-1")).await.unwrap();
    assert!(matches!(charged, Outcome::Rejected(_)), "{charged:?}");

    let store = CustomerStep::Store(token("store-1"), token("key-1"));
    let kept = done(step(store).await.unwrap());
    assert_eq!(kept.detail("res_sps_cust_no").map(str::len), Some(12));
    let again = CustomerStep::Store(token("store-2"), token("key-2"));
    let again = step(again).await.unwrap();
    assert!(matches!(again, Outcome::Rejected(_)), "{again:?}");

    let shown = done(step(CustomerStep::Show).await.unwrap());
    let number = shown.detail("cc_number").unwrap();
    let (hidden, last) = number.split_at(number.len() - 4);
    assert!(
        hidden.bytes().all(|b| b == b'*') && !hidden.is_empty(),
        "{number}"
    );
    assert!(last.bytes().all(|b| b.is_ascii_digit()), "{number}");
    assert_eq!(shown.detail("cc_expiration").map(str::len), Some(6));
    assert!(!format!("{shown:?}").contains(last), "{shown:?}");

    let charge = done(payments.charge(&stored("O-2")).await.unwrap());
    assert_eq!(charge.phase, ChargePhase::Reserved);
    assert!(!charge.details.contains_key("cc_number"));
    done(payments.capture("O-2", None).await.unwrap());
    assert_eq!(world.kept("O-2"), 700);

    // Lost, and done: asked again it says so.
    world.fault(Fault::LostAfter);
    let update = CustomerStep::Update(token("store-3"), token("key-3"));
    assert!(step(update).await.unwrap().is_unknown());
    let update = CustomerStep::Update(token("store-4"), token("key-4"));
    done(step(update).await.unwrap());

    done(step(CustomerStep::Delete).await.unwrap());
    let show = step(CustomerStep::Show).await.unwrap();
    assert!(matches!(show, Outcome::Rejected(_)), "{show:?}");
    let charged = payments.charge(&stored("O-3")).await.unwrap();
    assert!(matches!(charged, Outcome::Rejected(_)), "{charged:?}");
    let miles = payments.customer_data("netmile", "CUST0001", &CustomerStep::Show);
    assert_eq!(miles.await.unwrap_err().code(), "not_in_contract");
}

/// The method that docs/api-type.md adds in ten lines; the mock's demo declares the same functions.
fn example_pay() -> netmile::Result<netmile::contract::Method> {
    use netmile::contract::{
        ApiIds, Billing, CapabilityMatrix, Connection, GatewayStatus, Method, Terminal,
    };
    let ids = ApiIds::one_step("399")?
        .with_refund("ST02-00306")
        .with_inquiry_by_order("MG01-00101")
        .with_status("3", GatewayStatus::Captured)
        .with_status("5", GatewayStatus::Refunded);
    let matrix = CapabilityMatrix::none().with(Connection::Api, Billing::OneTime, Terminal::Pc);
    Ok(Method::new("examplepay", "Example Pay", "サンプルペイ")
        .with_limits(Yen::new(1), Yen::new(50_000))
        .with_matrix(matrix)
        .with_api(ids))
}

#[tokio::test]
async fn the_method_of_the_book_pays_is_asked_about_and_refunds() {
    let book = include_str!("../../docs/api-type.md");
    assert!(book.contains("ApiIds::one_step(\"399\")?\n        .with_refund(\"ST02-00306\")"));
    let world = World::new();
    let client = world.client_with(example_pay().unwrap());
    let payments = client.payments();
    let means = |value: &str| {
        Means::Fields(vec![netmile::api::MethodField {
            name: "wallet_id".into(),
            value: value.into(),
            multi_byte: false,
        }])
    };
    let request = |id: &str| {
        ChargeRequest::new(id, "examplepay", Yen::new(400), means("W-1"))
            .customer("CUST0001")
            .item("ITEM1", "しおり")
    };
    let charge = done(payments.charge(&request("O-1")).await.unwrap());
    assert_eq!((charge.phase, world.kept("O-1")), (ChargePhase::Paid, 400));

    // A lost answer is found by the order_id, because the method says how to ask.
    world.fault(Fault::LostAfter);
    let lost = payments.charge(&request("O-2")).await.unwrap();
    assert!(lost.is_unknown());
    let charge = payments.resolve("O-2").await.unwrap();
    assert_eq!((charge.phase, world.kept("O-2")), (ChargePhase::Paid, 400));
    assert_eq!(world.arrivals("ST01-00101-399"), 2);

    world.fault(Fault::LostAfter);
    assert!(payments.refund("O-1").await.unwrap().is_unknown());
    let charge = payments.resolve("O-1").await.unwrap();
    assert_eq!(
        (charge.phase, world.kept("O-1")),
        (ChargePhase::Refunded, 0)
    );
    // What it does not have is refused before anything is sent.
    let part = payments.refund_part("O-2", "a", Yen::new(1)).await;
    assert_eq!(part.unwrap_err().code(), "not_in_contract");
    let dear = ChargeRequest::new("O-3", "examplepay", Yen::new(50_001), means("W-1"));
    let dear = dear.customer("CUST0001").item("ITEM1", "しおり");
    assert_eq!(
        payments.charge(&dear).await.unwrap_err().code(),
        "invalid_value"
    );
}

#[tokio::test]
async fn a_first_month_is_free_where_the_application_says_so() {
    let world = World::new();
    let client = world.client();
    let subscriptions = client.subscriptions();
    let free = miles("C-1", 300).camp_type(1);
    done(subscriptions.apply_by_api(&free).await.unwrap());
    done(
        subscriptions
            .apply_by_api(&miles("C-2", 300))
            .await
            .unwrap(),
    );
    assert_eq!((world.kept("C-1"), world.kept("C-2")), (0, 300));
    // The same id with other terms is another contract.
    let other = subscriptions.apply_by_api(&miles("C-1", 300)).await;
    assert_eq!(other.unwrap_err().code(), "conflict");
    let wrong = [
        client
            .payments()
            .charge(&miles("O-1", 300).camp_type(1))
            .await,
        subscriptions
            .apply_by_api(&card("C-3", 300).camp_type(1))
            .await,
        subscriptions
            .apply_by_api(&miles("C-4", 300).camp_type(10))
            .await,
    ];
    for refused in wrong {
        assert_eq!(refused.unwrap_err().field_name(), Some("camp_type"));
    }
}
