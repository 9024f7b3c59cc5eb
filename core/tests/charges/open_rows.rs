//! What is open, and who looks after it.

use netmile::api::{FunctionId, Message};
use netmile::client::RawVerdict;
use netmile::{Error, ErrorKind};

use super::*;

/// Starts a charge at a gateway that hangs, and ends its process there.
async fn dies_while_sending(world: &World, id: &'static str) {
    world.reply([Reply::Never]);
    let client = world.client();
    let sent = world.gateway.asked.lock().unwrap().len();
    let process = tokio::spawn(async move { client.payments().charge(&miles(id)).await });
    for _ in 0..10_000 {
        if world.gateway.asked.lock().unwrap().len() > sent {
            break;
        }
        tokio::task::yield_now().await;
    }
    process.abort();
    assert!(process.await.unwrap_err().is_cancelled());
    assert_eq!(world.asked().len(), 1, "it was sent");
}

fn ids(charges: &[Charge]) -> Vec<&str> {
    charges.iter().map(|charge| charge.id.as_str()).collect()
}

#[tokio::test]
async fn a_charge_whose_process_died_while_it_sent_is_on_the_dashboard() {
    let world = World::new();
    dies_while_sending(&world, "O-1").await;
    let unresolved = world.client().payments().unresolved(10).await.unwrap();
    assert_eq!(ids(&unresolved), ["O-1"]);
}

#[tokio::test]
async fn two_services_on_one_journal_leave_each_others_charges_alone() {
    let world = World::new();
    let (own, other) = (world.client(), world.client_of("002", 600));
    for id in ["O-1", "O-2", "O-3"] {
        world.reply([Reply::Lost]);
        let lost = own.payments().charge(&miles(id)).await.unwrap();
        assert!(!lost.is_done());
    }
    world.clock.advance(3_600);
    world.asked();

    let recovered = other.recover().await.unwrap();
    assert!(recovered.settled.is_empty() && recovered.open.is_empty());
    assert_eq!(recovered.passed_over, 3);
    for _ in 0..3 {
        assert!(other.resolve().await.unwrap().charges.is_empty());
    }
    assert!(world.asked().is_empty(), "nobody asked in another's name");

    // Nothing is held back by the other's lease.
    let looked = own.resolve().await.unwrap();
    assert_eq!(ids(&looked.charges), ["O-1", "O-2", "O-3"]);
    assert!(!world.asked().is_empty());
}

#[tokio::test]
async fn a_thousand_due_rows_of_a_service_that_nobody_looks_after_hold_up_nobody() {
    use netmile::engine::journal::Intent;
    let world = World::new();
    let now = world.clock.now();
    for number in 0..1_000 {
        let intent = Intent {
            id: format!("charge:99999/002:O-{number}"),
            kind: "charge".into(),
            phase: "unknown".into(),
            body: "{}".into(),
            keys: Vec::new(),
            due: Some(now),
            now,
        };
        world.journal.open(intent).await.unwrap();
    }
    world.reply([Reply::Lost]);
    let client = world.client();
    let lost = client.payments().charge(&miles("O-1")).await.unwrap();
    assert!(!lost.is_done());
    world.clock.advance(3_600);

    let resolved = client.resolve().await.unwrap();
    assert_eq!(ids(&resolved.charges), ["O-1"]);
    assert_eq!(resolved.passed_over, 0);
    // Whoever has the other service finds its rows free.
    let (now, until) = (world.clock.now(), world.clock.now().plus_seconds(1));
    let free = world.journal.lease(now, until, 2_000).await.unwrap();
    assert_eq!(free.len(), 1_000);
}

#[tokio::test]
async fn a_row_is_no_other_workers_however_long_the_gateway_hangs() {
    let world = World::new();
    for id in ["O-1", "O-2"] {
        world.reply([Reply::Lost]);
        let lost = world.client().payments().charge(&miles(id)).await.unwrap();
        assert!(!lost.is_done());
    }
    world.clock.advance(3_600);
    world.asked();

    world.reply([Reply::Never]);
    let slow = world.client();
    let slow = tokio::spawn(async move { slow.resolve().await });
    for _ in 0..10_000 {
        if !world.gateway.asked.lock().unwrap().is_empty() {
            break;
        }
        tokio::task::yield_now().await;
    }
    // The first worker hangs on one row; the second takes the other one at once, and not the first.
    let second = world.client();
    let looked_at = async || second.resolve().await.unwrap().charges;
    let other = looked_at().await;
    assert_eq!(ids(&other), ["O-2"]);
    world.clock.advance(85);
    assert!(!ids(&looked_at().await).contains(&"O-1"));
    slow.abort();
    world.clock.advance(10);
    assert!(ids(&looked_at().await).contains(&"O-1"));
}

#[tokio::test]
async fn a_raw_call_of_unknown_outcome_is_closed_by_a_person() {
    let world = World::new();
    let (own, other) = (world.client(), world.client_of("002", 600));
    let message =
        || Message::new(FunctionId::parse("ST01-00131-900").unwrap()).single("order_id", "R-1", 38);
    for client in [&own, &other] {
        world.reply([Reply::Lost]);
        let outcome = client.payments().raw("call-1", "netmile", message()).await;
        assert!(!outcome.unwrap().is_done());
    }
    let open = async |client: &Client| client.payments().raw_unresolved(10).await.unwrap();
    let kind = |error: Error| error.kind();
    // It may still be on its way, and is nobody's yet.
    assert!(open(&own).await.is_empty());
    let early = own
        .payments()
        .raw_review("call-1", RawVerdict::Missing)
        .await;
    assert_eq!(early.map_err(kind), Err(ErrorKind::InvalidState));
    world.clock.advance(90);
    assert_eq!(open(&own).await, ["call-1"]);
    let nobody = own
        .payments()
        .raw_review("call-2", RawVerdict::Missing)
        .await;
    assert_eq!(nobody.map_err(kind), Err(ErrorKind::UnknownOrder));
    let verdict = RawVerdict::Happened;
    own.payments().raw_review("call-1", verdict).await.unwrap();
    assert!(open(&own).await.is_empty());
    assert_eq!(open(&other).await, ["call-1"], "a call of another service");
    let again = own
        .payments()
        .raw_review("call-1", RawVerdict::Missing)
        .await;
    assert_eq!(again.map_err(kind), Err(ErrorKind::InvalidState));
}

#[tokio::test]
async fn the_refusal_of_a_notice_names_its_function() {
    let world = World::new();
    let client = slip(&world).await;
    let refused = async |notice: &[u8]| {
        let error = client.payments().notice(notice).await.unwrap_err();
        let ack = client.payments().refuse(&error);
        String::from_utf8_lossy(ack.body()).into_owned()
    };
    let notice = deposit("3", None, "20240102040000");
    assert!(refused(&notice).await.contains("id=\"NT01-00103-701\""));
    let text = String::from_utf8(notice).unwrap();
    let forged = text.replace("1500", "1501");
    assert!(
        refused(forged.as_bytes())
            .await
            .contains("id=\"NT01-00103-701\"")
    );
    for unreadable in ["", "<sps-api-request id=\"ST01-00101-900\"/>", "<a"] {
        assert!(!refused(unreadable.as_bytes()).await.contains("id="));
    }
}
