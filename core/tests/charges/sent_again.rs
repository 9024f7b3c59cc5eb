//! Steps that are sent again, because nobody knows what became of them: what a refusal proves then, and whose the row is.

use super::*;
use netmile::error::ErrorKind;

const ID: &str = "O-1";

/// A wallet that nobody can ask about.
fn silent_method() -> Method {
    let mut ids = wallet_ids("902");
    ids.functions.inquiry = None;
    Method::new("silent", "Silent", "照会なし")
        .with_matrix(CapabilityMatrix::all())
        .with_api(ids)
}

/// A paid charge whose refund was sent, and whose answer was lost.
async fn refund_lost(world: &World, method: &str) -> Client {
    let client = world.client_for(silent_method());
    let request = ChargeRequest::new(ID, method, Yen::new(300), Means::member("taro"))
        .customer("CUST0001")
        .item("ITEM1", "しおり");
    world.reply([paid(), Reply::Lost]);
    assert!(client.payments().charge(&request).await.unwrap().is_done());
    assert!(client.payments().refund(ID).await.unwrap().is_unknown());
    world.asked();
    client
}

#[tokio::test]
async fn a_refusal_of_the_second_proves_nothing_about_the_first_where_nobody_can_be_asked() {
    // The gateway was shut to this machine meanwhile; it was busy; the method has a word of its own.
    for refusal in [
        Reply::Http(403),
        Reply::Ng("90210999"),
        Reply::Ng("902ZZ999"),
    ] {
        let world = World::new();
        let client = refund_lost(&world, "silent").await;
        for days in 1..=2 {
            world.clock.advance(86_400);
            world.reply([match &refusal {
                Reply::Http(status) => Reply::Http(*status),
                Reply::Ng(code) => Reply::Ng(code),
                _ => unreachable!(),
            }]);
            let charge = client.payments().resolve(ID).await.unwrap();
            assert!(charge.is_unresolved(), "{days}");
            assert_eq!(charge.refunded, Yen::new(0));
            let called = (days == 2).then_some(OpenReason::NoEvidence);
            assert_eq!(charge.review, called);
        }
    }
}

#[tokio::test]
async fn a_refusal_of_the_second_counts_once_the_first_can_no_longer_arrive() {
    let world = World::new();
    let client = refund_lost(&world, "netmile").await;
    // However often it is sent again meanwhile: what was refused is over.
    for (seconds, open) in [(60, true), (300, true), (300, true), (61, false)] {
        world.clock.advance(seconds);
        world.reply([found("2", 0), Reply::Http(403), found("2", 0)]);
        let charge = client.payments().resolve(ID).await.unwrap();
        assert_eq!(charge.is_unresolved(), open, "{seconds}");
    }
    let charge = client.payments().get(ID).await.unwrap();
    assert_eq!(charge.phase, ChargePhase::Paid);
}

#[tokio::test]
async fn while_one_sends_again_no_other_worker_does() {
    for method in ["netmile", "silent"] {
        let world = World::new();
        let client = refund_lost(&world, method).await;
        world.clock.advance(3_600);
        if method == "netmile" {
            world.reply([found("2", 0)]);
        }
        world.reply([Reply::Never]);
        let slow = client.clone();
        let slow = tokio::spawn(async move { slow.resolve().await });
        for _ in 0..10_000 {
            let is_refund = |function: &String| function.starts_with("ST02");
            if world.gateway.asked.lock().unwrap().iter().any(is_refund) {
                break;
            }
            tokio::task::yield_now().await;
        }
        world.asked();
        for seconds in [5, 10, 60] {
            world.clock.advance(seconds);
            let other = world.client_for(silent_method());
            assert_eq!(other.resolve().await.unwrap().charges, []);
            assert!(other.payments().refund(ID).await.unwrap().is_unknown());
            assert_eq!(other.recover().await.unwrap().open.len(), 1);
            assert_eq!(world.asked(), [""; 0], "{method}");
        }
        // Whoever was sending it is dead.
        slow.abort();
        world.clock.advance(16);
        if method == "netmile" {
            world.reply([found("2", 0)]);
        }
        world.reply([paid()]);
        let looked = client.resolve().await.unwrap().charges;
        assert_eq!(looked[0].phase, ChargePhase::Refunded);
    }
}

#[tokio::test]
async fn the_answer_to_the_second_is_written_whoever_changes_the_charge_meanwhile() {
    let world = World::new();
    let client = refund_lost(&world, "silent").await;
    world.clock.advance(3_600);
    let given = Arc::new(Mutex::new(None));
    world.reply([Reply::Later(Arc::clone(&given))]);
    let sends = client.clone();
    let sends = tokio::spawn(async move { sends.payments().resolve(ID).await });
    for _ in 0..10_000 {
        if !world.gateway.asked.lock().unwrap().is_empty() {
            break;
        }
        tokio::task::yield_now().await;
    }
    // Somebody changes the row without changing what is known of the charge.
    let id = format!("charge:99999/001:{ID}");
    let row = world.journal.get(&id).await.unwrap().unwrap();
    let change = netmile::engine::journal::Change {
        phase: row.phase.clone(),
        body: row.body.clone(),
        new_keys: Vec::new(),
        due: row.due,
        events: Vec::new(),
        now: world.clock.now(),
    };
    let changed = world.journal.advance(&id, row.version, change, None).await;
    assert!(changed.is_ok());
    *given.lock().unwrap() = Some(paid());
    let charge = sends.await.unwrap().unwrap();
    assert_eq!(charge.phase, ChargePhase::Refunded);
    // It was sent once more, and not once again for the change.
    assert_eq!(world.asked().len(), 1);
}

#[tokio::test]
async fn a_card_centres_refusal_of_an_end_ends_nothing() {
    // Kinds 30 and 32 of the card are refusals by the card centre; of the carriers they say that it was done before.
    for (number, kind, ended) in [
        ("101", "32", false),
        ("101", "46", true),
        ("401", "32", true),
        ("900", "32", true),
    ] {
        let rejection = netmile::operation::Rejection::new(format!("{number}{kind}999"));
        let world = World::new();
        let client = world.adopted().await;
        world.reply([Reply::Ng(rejection.code.clone().leak())]);
        let outcome = client.subscriptions().end_by_api("SUB").await.unwrap();
        assert_eq!(outcome.is_done(), ended, "{number} {kind}");
    }
}

#[tokio::test]
async fn a_month_of_softbank_is_not_refunded_by_a_call_that_names_no_month() {
    use netmile::contract::CarrierNumber;
    let world = World::new();
    let client = world.client_for(Method::carrier(CarrierNumber::SoftBank));
    let monthly = ChargeRequest::new("SUB", "softbank2", Yen::new(300), Means::Contract)
        .customer("CUST0001")
        .item("ITEM1", "会費");
    let subscriptions = client.subscriptions();
    subscriptions
        .adopt_simple(&monthly, "77777777777777")
        .await
        .unwrap();
    let refused = subscriptions.refund_month("SUB", "202402").await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::NotInContract);
    assert_eq!(world.asked(), [""; 0]);
}

#[tokio::test]
async fn a_month_without_a_sale_was_not_refunded_before_either() {
    // Of a card 43 is a state that allows no refund, 46 a refund before, and 27 a word of the card centre.
    for (code, open, refunded) in [
        ("40127999", false, 0),
        ("40131999", true, 0),
        ("40130999", false, 1),
        ("10143999", false, 0),
        ("10146999", false, 1),
        ("10127999", true, 0),
    ] {
        let world = World::new();
        let client = world.client_for(Method::carrier(netmile::contract::CarrierNumber::Docomo));
        let monthly = ChargeRequest::new("SUB", "docomo", Yen::new(300), Means::Contract)
            .customer("CUST0001")
            .item("ITEM1", "会費");
        let subscriptions = client.subscriptions();
        let adopted = subscriptions.adopt_simple(&monthly, "77777777777777").await;
        assert_eq!(adopted.unwrap().phase, ChargePhase::Active);
        world.reply([Reply::Lost]);
        let lost = subscriptions.refund_month("SUB", "202402").await.unwrap();
        assert!(lost.is_unknown());
        for (seconds, later) in [(60, false), (660 + 1, true)] {
            world.clock.advance(seconds);
            world.reply([Reply::Ng(code)]);
            let charge = client.payments().resolve("SUB").await.unwrap();
            let waits = open || !(later || refunded == 1);
            assert_eq!(charge.is_unresolved(), waits, "{code} {seconds}");
            if refunded == 1 {
                break;
            }
        }
        let charge = client.payments().get("SUB").await.unwrap();
        assert_eq!(charge.refunded_months.len(), refunded, "{code}");
    }
}

#[tokio::test]
async fn a_second_whose_answer_is_lost_as_well_keeps_the_window_open() {
    let world = World::new();
    let client = refund_lost(&world, "netmile").await;
    world.clock.advance(60);
    world.reply([found("2", 0), Reply::Lost]);
    client.payments().resolve(ID).await.unwrap();
    for (seconds, open) in [(661, true), (60, false)] {
        world.clock.advance(seconds);
        world.reply([found("2", 0), Reply::Http(403), found("2", 0)]);
        let charge = client.payments().resolve(ID).await.unwrap();
        assert_eq!(charge.is_unresolved(), open, "{seconds}");
    }
}

#[tokio::test]
async fn what_can_no_longer_be_sent_again_ends_at_a_person() {
    let world = World::new();
    refund_lost(&world, "silent").await;
    // The contract has lost the function.
    let mut ids = wallet_ids("902");
    ids.functions = ApiFunctions::default();
    let silent = Method::new("silent", "Silent", "照会なし")
        .with_matrix(CapabilityMatrix::all())
        .with_api(ids);
    let client = world.client_for(silent);
    for hours in [1, 25] {
        world.clock.advance(hours * 3_600);
        let looked = client.resolve().await.unwrap().charges;
        let called = (hours == 25).then_some(OpenReason::NoEvidence);
        assert_eq!(looked[0].review, called);
    }
    assert_eq!(world.asked(), [""; 0]);
}
