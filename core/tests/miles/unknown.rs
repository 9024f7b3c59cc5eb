//! What becomes of an issue whose answer never came.

use std::sync::Arc;

use netmile::ErrorKind;
use netmile::operation::Outcome;
use netmile::purchase::{FactKind, Subject};
use netmile::reference::{Phase, Review};
use netmile::time::Timestamp;

use super::support::*;

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

#[tokio::test]
async fn a_second_call_under_way_is_unknown_and_sends_nothing() {
    let house = House::answering([lost()]);
    let miles = house.client.miles();
    let _ = miles.issue(&request()).await.unwrap();
    house.script([found()]);
    // The second caller asks at once instead of waiting for the resolver.
    let outcome = miles.issue(&request()).await.unwrap();
    assert_eq!(outcome, Outcome::Done(expected()));
    assert_eq!(house.calls().len(), 2);
}

#[tokio::test]
async fn whoever_died_while_sending_is_followed_up() {
    let house = House::new();
    let request = request();
    {
        // Dropped in the middle of the send, as a crash would leave it.
        let miles = house.client.miles();
        house.net.hang();
        let mut sending = std::pin::pin!(miles.issue(&request));
        let poll = std::future::poll_fn(|cx| std::task::Poll::Ready(sending.as_mut().poll(cx)));
        assert!(poll.await.is_pending());
    }
    assert_eq!(house.sent().len(), 1);
    let again = House::over(Arc::clone(&house.journal));
    // Another process may be sending it right now.
    let recovered = again.client.recover().await.unwrap();
    assert_eq!(recovered.issues[0].phase, Phase::Sending);
    let outcome = again.client.miles().issue(&request).await.unwrap();
    assert!(outcome.is_unknown());
    assert!(again.sent().is_empty());

    again.clock.advance(91);
    again.script([found()]);
    let recovered = again.client.recover().await.unwrap();
    assert_eq!(recovered.issues[0].phase, Phase::Done);
    assert_eq!(again.calls(), ["GET issuances?tran_id=T-1"]);
    assert_eq!(again.told_kinds().await, [FactKind::MilesIssued]);
}

#[tokio::test]
async fn a_refusal_is_found_by_the_inquiry() {
    let refused = serde_json::json!({
        "result": "ok", "tran_id": "T-1", "found": true, "refused": { "table": "manual", "code": "41053" },
    });
    let house = House::answering([lost(), answer(200, &refused)]);
    let _ = house.client.miles().issue(&request()).await.unwrap();
    house.clock.advance(5);
    house.client.resolve().await.unwrap();
    assert_eq!(house.told_kinds().await, [FactKind::MilesRefused]);
    let outcome = house.client.miles().issue(&request()).await.unwrap();
    assert_eq!(
        outcome,
        Outcome::Rejected(netmile::operation::Rejection::of_table("manual", "41053"))
    );
}

#[tokio::test]
async fn an_inquiry_about_something_else_is_no_evidence() {
    let mut other = issuance();
    other["miles"] = 5.into();
    let body =
        serde_json::json!({ "result": "ok", "tran_id": "T-1", "found": true, "issuance": other });
    let house = House::new();
    house.script([lost()]);
    let _ = house.client.miles().issue(&request()).await.unwrap();
    // An inquiry is sent again while its answer cannot be used.
    house.script((0..10).map(|_| answer(200, &body)));
    let issue = house.client.miles().issues().resolve("T-1").await.unwrap();
    assert_eq!(issue.phase, Phase::Unknown);
    assert!(house.calls().len() > 2);
}

#[tokio::test]
async fn a_refusal_of_what_was_sent_again_counts_because_nothing_had_arrived() {
    let house = House::answering([lost(), not_found(), refusal(404, "api", "not_found")]);
    let miles = house.client.miles();
    let _ = miles.issue(&request()).await.unwrap();
    house.clock.advance(CLOSED);
    let issue = miles.issues().resolve("T-1").await.unwrap();
    assert_eq!(issue.phase, Phase::Refused);
    assert_eq!(house.told_kinds().await, [FactKind::MilesRefused]);
}

#[tokio::test]
async fn what_is_sent_again_and_lost_again_is_asked_about_again() {
    let house = House::answering([lost(), not_found(), lost(), not_found()]);
    let miles = house.client.miles();
    let _ = miles.issue(&request()).await.unwrap();
    house.clock.advance(CLOSED);
    let issue = miles.issues().resolve("T-1").await.unwrap();
    assert_eq!(issue.phase, Phase::Unknown);
    // The second copy may still arrive.
    house.clock.advance(CLOSED - 1);
    let issue = miles.issues().resolve("T-1").await.unwrap();
    assert_eq!(issue.phase, Phase::Unknown);
    assert_eq!(house.calls().len(), 4);
    house.clock.advance(1);
    house.script([not_found(), issued()]);
    let issue = miles.issues().resolve("T-1").await.unwrap();
    assert_eq!(issue.phase, Phase::Done);
    assert_eq!(house.told_kinds().await, [FactKind::MilesIssued]);
}

#[tokio::test]
async fn what_stays_unknown_goes_to_a_person() {
    let house = House::answering([lost()]);
    let miles = house.client.miles();
    let _ = miles.issue(&request()).await.unwrap();
    let mut looks = 0;
    while miles.issues().get("T-1").await.unwrap().phase != Phase::NeedsReview {
        house.clock.advance(3600);
        looks += house.client.resolve().await.unwrap().issues.len();
        assert!(looks < 30 && house.clock_passed() < 100 * 3600);
    }
    let hours = house.clock_passed() / 3600;
    // Looked at every hour to the end of the day.
    assert_eq!((hours, looks), (25, 25));
    assert_eq!(house.told_kinds().await, [FactKind::NeedsReview]);
    assert_eq!(miles.issues().unresolved(10).await.unwrap().len(), 1);
    let outcome = miles.issue(&request()).await.unwrap();
    assert!(outcome.is_unknown());

    let happened = Review::Happened(expected());
    let issue = miles
        .issues()
        .review("T-1", happened.clone())
        .await
        .unwrap();
    assert_eq!(issue.phase, Phase::Done);
    assert_eq!(house.told_kinds().await, [FactKind::MilesIssued]);
    let error = miles.issues().review("T-1", happened).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidState);
    let outcome = miles.issue(&request()).await.unwrap();
    assert_eq!(outcome, Outcome::Done(expected()));
}

#[tokio::test]
async fn late_evidence_ends_a_review() {
    let house = House::answering([lost()]);
    let miles = house.client.miles();
    let _ = miles.issue(&request()).await.unwrap();
    house.clock.advance(100_000);
    let issue = miles.issues().resolve("T-1").await.unwrap();
    assert_eq!(issue.phase, Phase::NeedsReview);
    // The person is called once.
    let issue = miles.issues().resolve("T-1").await.unwrap();
    assert_eq!(issue.phase, Phase::NeedsReview);
    house.net.answers.lock().unwrap().clear();
    house.script([found()]);
    let recovered = house.client.recover().await.unwrap();
    assert_eq!(recovered.issues[0].phase, Phase::Done);
    assert_eq!(
        house.told_kinds().await,
        [FactKind::NeedsReview, FactKind::MilesIssued]
    );
}

#[tokio::test]
async fn what_never_arrived_and_is_old_is_not_sent_again_unasked() {
    let house = House::answering([lost(), not_found()]);
    let miles = house.client.miles();
    let _ = miles.issue(&request()).await.unwrap();
    house.clock.advance(3 * 86_400);
    let issue = miles.issues().resolve("T-1").await.unwrap();
    assert_eq!(issue.phase, Phase::Refused);
    assert_eq!(issue.rejection.unwrap().code, "client:never_arrived");
    assert_eq!(house.told_kinds().await, [FactKind::MilesRefused]);
    assert_eq!(house.calls().len(), 2);
    house.script([issued()]);
    let outcome = miles.issue(&request()).await.unwrap();
    assert_eq!(outcome, Outcome::Done(expected()));
}

#[tokio::test]
async fn two_resolvers_send_once() {
    let house = House::answering([lost()]);
    let _ = house.client.miles().issue(&request()).await.unwrap();
    let other = House::over(Arc::clone(&house.journal));
    house.clock.advance(CLOSED);
    other.clock.advance(CLOSED);
    house.script([not_found(), issued()]);
    other.script([not_found(), issued()]);
    let (here, there) = (house.client.miles(), other.client.miles());
    let (here, there) = (here.issues(), there.issues());
    let (one, two) = tokio::join!(here.resolve("T-1"), there.resolve("T-1"));
    let (one, two) = (one.unwrap(), two.unwrap());
    let posts = |house: &House| {
        house
            .calls()
            .iter()
            .filter(|c| c.starts_with("POST"))
            .count()
    };
    assert_eq!(
        posts(&house) + posts(&other),
        2,
        "the first send, and one more"
    );
    assert!(one.phase == Phase::Done || two.phase == Phase::Done);
    assert_eq!(house.told_kinds().await, [FactKind::MilesIssued]);
}
