//! Two processes issue under one `tran_id` at once: whoever is sent away with "unknown" is told what became of it.

use std::sync::Arc;

use netmile::ErrorKind;
use netmile::miles::IssuedMiles;
use netmile::operation::Outcome;
use netmile::purchase::FactKind;
use netmile::reference::Phase;

use super::support::*;

type Told = netmile::Result<Outcome<IssuedMiles>>;

/// The first is sending while the second one asks; then the first one's answers come.
async fn both(answers: impl IntoIterator<Item = Answer>) -> (House, Told) {
    let first = House::new();
    let second = House::over(Arc::clone(&first.journal));
    first.net.hang();
    let request = request();
    let outcome = {
        let miles = first.client.miles();
        let mut sending = std::pin::pin!(miles.issue(&request));
        let poll = std::future::poll_fn(|cx| std::task::Poll::Ready(sending.as_mut().poll(cx)));
        assert!(poll.await.is_pending());
        let asked = second.client.miles().issue(&request).await.unwrap();
        assert!(asked.is_unknown());
        assert!(second.sent().is_empty(), "it was sent twice");
        first.script(answers);
        sending.await
    };
    first.net.release();
    (first, outcome)
}

#[tokio::test]
async fn whoever_was_told_unknown_hears_that_it_was_done() {
    let (house, outcome) = both([issued()]).await;
    assert_eq!(outcome.unwrap(), Outcome::Done(expected()));
    assert_eq!(house.told_kinds().await, [FactKind::MilesIssued]);
    assert_eq!(house.calls(), ["POST issuances"]);
}

#[tokio::test]
async fn whoever_was_told_unknown_hears_that_it_was_refused() {
    for refusal in [
        refusal(422, "manual", "41053"),
        refusal(401, "api", "bad_signature"),
    ] {
        let (house, outcome) = both([refusal]).await;
        assert!(matches!(outcome, Ok(Outcome::Rejected(_))), "{outcome:?}");
        assert_eq!(house.told_kinds().await, [FactKind::MilesRefused]);
    }
}

#[tokio::test]
async fn what_never_left_although_somebody_waits_for_it_is_sent_by_the_resolver() {
    let (house, outcome) = both((0..4).map(|_| not_sent())).await;
    assert!(outcome.unwrap().is_unknown());
    assert_eq!(house.told_kinds().await, []);
    house.clock.advance(CLOSED);
    house.script([not_found(), issued()]);
    let resolved = house.client.resolve().await.unwrap();
    assert_eq!(resolved.issues[0].phase, Phase::Done);
    assert_eq!(house.told_kinds().await, [FactKind::MilesIssued]);
}

#[tokio::test]
async fn a_second_caller_does_not_stop_the_first_from_sending_again_what_never_left() {
    let (house, outcome) = both([not_sent(), issued()]).await;
    assert_eq!(outcome.unwrap(), Outcome::Done(expected()));
    assert_eq!(house.told_kinds().await, [FactKind::MilesIssued]);
}

#[tokio::test]
async fn who_alone_asked_is_told_once_and_by_no_event() {
    let house = House::answering([issued()]);
    let outcome = house.client.miles().issue(&request()).await.unwrap();
    assert_eq!(outcome, Outcome::Done(expected()));
    assert_eq!(house.told_kinds().await, []);
    let house = House::answering((0..4).map(|_| not_sent()));
    let error = house.client.miles().issue(&request()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(house.told_kinds().await, []);
}
