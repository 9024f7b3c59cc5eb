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
