//! Point exchange in real time: every place at which the shop, the line or NetMile may fail.

use std::sync::Arc;

use netmile::blocking;
use netmile::exchange::{
    Applicant, Conversion, Exchange, ExchangePhase, ExchangeRequest, ExchangedMiles, Points,
};
use netmile::miles::file::CarrierDomains;
use netmile::operation::Outcome;
use netmile::purchase::{FactKind, Subject};
use netmile::reference::{Review, User, UserId};
use netmile::time::{Clock, Timestamp};
use netmile::{ErrorKind, Miles};
use serde_json::{Value, json};

use super::support::*;

const DAY: i64 = 86_400;

fn wish(points: u64) -> ExchangeRequest {
    let conversion = Conversion {
        points: Points::new(points),
        miles: Miles::new(points * 2),
    };
    ExchangeRequest::new("EX-1", User::mail(MAIL).unwrap(), "CUST0001", conversion)
}

fn exchange() -> Value {
    json!({
        "tran_id": "EX-1",
        "exchange_id": "X0000001",
        "user_id": "1001",
        "miles": 1_000,
        "issued_at": "2026-11-22T12:00:00+09:00",
    })
}

fn exchanged() -> Answer {
    let mut body = exchange();
    body["result"] = "ok".into();
    answer(200, &body)
}

fn not_found() -> Answer {
    let body = json!({ "result": "ok", "tran_id": "EX-1", "found": false });
    answer(200, &body)
}

fn exchange_found() -> Answer {
    let body = json!({ "result": "ok", "tran_id": "EX-1", "found": true, "exchange": exchange() });
    answer(200, &body)
}

fn answered() -> ExchangedMiles {
    ExchangedMiles {
        exchange_id: "X0000001".to_owned(),
        user_id: UserId::new("1001").unwrap(),
        miles: Miles::new(1_000),
        issued_at: Timestamp::from_unix(NOW),
    }
}

impl House {
    /// As far as the shop goes before NetMile is asked.
    async fn take_points(&self) {
        let exchanges = self.client.exchanges();
        exchanges.begin(&wish(500)).await.unwrap();
        exchanges.debited("EX-1").await.unwrap();
    }

    async fn phase(&self) -> ExchangePhase {
        self.exchange().await.phase
    }

    async fn exchange(&self) -> Exchange {
        self.client.exchanges().get("EX-1").await.unwrap()
    }
}

#[tokio::test]
async fn the_address_of_a_mobile_carrier_is_refused_before_the_points_are_taken() {
    let carriers = CarrierDomains::new(["example.jp"]);
    let house = House::with_carriers(Arc::default(), carriers.clone());
    let error = house.client.exchanges().begin(&wish(500)).await;
    assert_eq!(error.unwrap_err().field_name(), Some("user.mail"));
    let none = house.client.exchanges().list(&[], None, 10).await.unwrap();
    assert!(none.is_empty());
    // What was begun under another list goes on.
    let house = House::new();
    house.take_points().await;
    let later = House::with_carriers(Arc::clone(&house.journal), carriers);
    let known = later.client.exchanges().begin(&wish(500)).await.unwrap();
    assert_eq!(known.phase, ExchangePhase::Debited);
}

#[tokio::test]
async fn points_are_taken_and_miles_issued() {
    let house = House::answering([exchanged()]);
    let exchanges = house.client.exchanges();
    let begun = exchanges.begin(&wish(500)).await.unwrap();
    assert_eq!(begun.phase, ExchangePhase::Debiting);
    assert!(house.calls().is_empty());
    let error = exchanges.issue("EX-1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidState);
    assert_eq!(
        exchanges.debited("EX-1").await.unwrap().phase,
        ExchangePhase::Debited
    );
    let outcome = exchanges.issue("EX-1").await.unwrap();
    assert_eq!(outcome, Outcome::Done(answered()));

    assert_eq!(house.calls(), ["POST exchanges"]);
    let body: Value = serde_json::from_slice(&house.sent()[0].body).unwrap();
    assert_eq!(
        body,
        json!({
            "tran_id": "EX-1", "user": { "mail": MAIL }, "designated_key": "CUST0001", "miles": 1_000,
        })
    );
    let told = house.told().await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].fact.kind, FactKind::ExchangeIssued);
    assert_eq!(told[0].fact.subject, Subject::Exchange);
    assert_eq!(told[0].fact.purchase_id, "EX-1");

    // Everything again changes nothing and sends nothing.
    assert_eq!(
        exchanges.begin(&wish(500)).await.unwrap().phase,
        ExchangePhase::Issued
    );
    assert_eq!(
        exchanges.debited("EX-1").await.unwrap().phase,
        ExchangePhase::Issued
    );
    assert_eq!(
        exchanges.issue("EX-1").await.unwrap(),
        Outcome::Done(answered())
    );
    assert!(exchanges.credited_back("EX-1").await.is_err());
    assert_eq!(house.calls().len(), 1);
    assert!(house.told_kinds().await.is_empty());
    assert!(exchanges.unresolved(10).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_refusal_gives_the_points_back() {
    let house = House::answering([refusal(422, "manual", "41023")]);
    let exchanges = house.client.exchanges();
    house.take_points().await;
    let Outcome::Rejected(rejection) = exchanges.issue("EX-1").await.unwrap() else {
        panic!("issued");
    };
    assert_eq!(rejection.code, "manual:41023");
    // Told although the answer came at once: between it and the shop's own books the process may die.
    assert_eq!(house.told_kinds().await, [FactKind::ExchangeRefused]);
    // It is on the list until the points are back, also when the event is acknowledged.
    assert_eq!(exchanges.unresolved(10).await.unwrap().len(), 1);
    let back = exchanges.credited_back("EX-1").await.unwrap();
    assert_eq!(back.phase, ExchangePhase::CreditedBack);
    assert_eq!(exchanges.credited_back("EX-1").await.unwrap(), back);
    assert!(exchanges.unresolved(10).await.unwrap().is_empty());
    // The points are back: nothing is sent any more.
    let outcome = exchanges.issue("EX-1").await.unwrap();
    assert!(matches!(outcome, Outcome::Rejected(_)));
    assert_eq!(house.calls().len(), 1);
}

#[tokio::test]
async fn one_tran_id_is_one_exchange() {
    let house = House::new();
    let exchanges = house.client.exchanges();
    exchanges.begin(&wish(500)).await.unwrap();
    let error = exchanges.begin(&wish(600)).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.field_name()),
        (ErrorKind::Conflict, Some("tran_id"))
    );
    assert_eq!(house.exchange().await.points(), Points::new(500));
    for unknown in ["EX-2", "", "x y"] {
        let error = exchanges.debited(unknown).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnknownOrder);
    }
}

#[tokio::test]
async fn what_could_never_be_sent_takes_no_points() {
    let house = House::new();
    let key = ExchangeRequest::new(
        "EX-1",
        User::mail(MAIL).unwrap(),
        "CUST-0001",
        Conversion {
            points: Points::new(1),
            miles: Miles::new(2),
        },
    );
    let error = house.client.exchanges().begin(&key).await.unwrap_err();
    assert_eq!(error.field_name(), Some("designated_key"));
    assert!(house.client.exchanges().get("EX-1").await.is_err());
}

#[tokio::test]
async fn begun_and_never_said_whether_the_points_are_taken() {
    let house = House::new();
    let exchanges = house.client.exchanges();
    exchanges.begin(&wish(500)).await.unwrap();
    house.clock.advance(299);
    let _ = house.client.resolve().await.unwrap();
    assert!(house.told_kinds().await.is_empty());
    house.clock.advance(1);
    let resolved = house.client.resolve().await.unwrap();
    assert_eq!(resolved.exchanges[0].phase, ExchangePhase::Debiting);
    assert_eq!(house.told_kinds().await, [FactKind::ExchangeUnconfirmed]);
    // Asked once, and on the list until it is answered; NetMile hears nothing of it.
    house.clock.advance(30 * DAY);
    let _ = house.client.recover().await.unwrap();
    assert!(house.told_kinds().await.is_empty());
    assert_eq!(exchanges.unresolved(10).await.unwrap().len(), 1);
    let ended = exchanges.not_debited("EX-1").await.unwrap();
    assert_eq!(ended.phase, ExchangePhase::NotDebited);
    assert!(exchanges.unresolved(10).await.unwrap().is_empty());
    assert!(house.calls().is_empty());

    // Taken after all, by a worker that was asleep: the points go back.
    let late = exchanges.debited("EX-1").await.unwrap();
    assert_eq!(late.phase, ExchangePhase::Refused);
    assert_eq!(late.rejection().unwrap().code, "client:too_late");
    assert_eq!(house.told_kinds().await, [FactKind::ExchangeRefused]);
    assert!(exchanges.not_debited("EX-1").await.is_err());
}

#[tokio::test]
async fn the_shop_died_after_it_took_the_points_and_said_so() {
    let house = House::new();
    house.take_points().await;
    // Another process with the same journal comes up.
    let heir = House::over(Arc::clone(&house.journal));
    heir.script([exchanged()]);
    let recovered = heir.client.recover().await.unwrap();
    assert_eq!(recovered.exchanges[0].phase, ExchangePhase::Issued);
    assert_eq!(heir.told_kinds().await, [FactKind::ExchangeIssued]);
    assert_eq!(heir.calls(), ["POST exchanges"]);
    // The first one comes back and asks for the miles: they are there.
    let outcome = house.client.exchanges().issue("EX-1").await.unwrap();
    assert_eq!(outcome, Outcome::Done(answered()));
    assert!(house.calls().is_empty());
}

#[tokio::test]
async fn a_lost_answer_is_found_later() {
    let house = House::answering([lost()]);
    let exchanges = house.client.exchanges();
    house.take_points().await;
    let outcome = exchanges.issue("EX-1").await.unwrap();
    let Outcome::Unknown(ticket) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(
        (ticket.id.as_str(), ticket.step.as_str()),
        ("EX-1", "exchange")
    );
    // Nobody may give the points back while NetMile may have issued.
    assert!(exchanges.credited_back("EX-1").await.is_err());
    house.script([exchange_found()]);
    house.clock.advance(5);
    let resolved = house.client.resolve().await.unwrap();
    assert_eq!(resolved.exchanges[0].issued(), Some(&answered()));
    assert_eq!(
        house.calls(),
        ["POST exchanges", "GET exchanges?tran_id=EX-1"]
    );
    assert_eq!(house.told_kinds().await, [FactKind::ExchangeIssued]);
}

#[tokio::test]
async fn a_lost_refusal_is_found_later() {
    let house = House::answering([lost()]);
    house.take_points().await;
    let _ = house.client.exchanges().issue("EX-1").await.unwrap();
    let refused = json!({
        "result": "ok", "tran_id": "EX-1", "found": true, "refused": { "table": "manual", "code": "44038" },
    });
    house.script([answer(200, &refused)]);
    let is = house.client.exchanges().resolve("EX-1").await.unwrap();
    assert_eq!(is.rejection().unwrap().code, "manual:44038");
    assert_eq!(house.told_kinds().await, [FactKind::ExchangeRefused]);
}

#[tokio::test]
async fn what_never_arrived_is_asked_for_again_and_once_only() {
    let house = House::answering([lost(), not_found()]);
    let exchanges = house.client.exchanges();
    house.take_points().await;
    let _ = exchanges.issue("EX-1").await.unwrap();
    // It may still arrive.
    house.clock.advance(CLOSED - 1);
    assert_eq!(
        exchanges.resolve("EX-1").await.unwrap().phase,
        ExchangePhase::Issuing
    );
    house.script([not_found(), exchanged()]);
    house.clock.advance(1);
    assert_eq!(
        exchanges.resolve("EX-1").await.unwrap().phase,
        ExchangePhase::Issued
    );
    let posts = house
        .calls()
        .iter()
        .filter(|call| call.starts_with("POST"))
        .count();
    assert_eq!(posts, 2);
    assert_eq!(house.told_kinds().await, [FactKind::ExchangeIssued]);
}

#[tokio::test]
async fn what_is_never_known_goes_to_a_person() {
    let house = House::answering([lost()]);
    let exchanges = house.client.exchanges();
    house.take_points().await;
    let _ = exchanges.issue("EX-1").await.unwrap();
    let mut looks = 0;
    while house.phase().await == ExchangePhase::Issuing {
        house.clock.advance(3_600);
        let _ = house.client.resolve().await.unwrap();
        looks += 1;
        assert!(looks < 100);
    }
    assert_eq!(house.phase().await, ExchangePhase::NeedsReview);
    assert_eq!(house.told_kinds().await, [FactKind::NeedsReview]);
    let sent = house
        .calls()
        .iter()
        .filter(|call| call.starts_with("POST"))
        .count();
    assert_eq!(sent, 1);
    let is = exchanges.review("EX-1", Review::Missing).await.unwrap();
    assert_eq!(is.rejection().unwrap().code, "client:reviewed");
    assert_eq!(house.told_kinds().await, [FactKind::ExchangeRefused]);
    exchanges.credited_back("EX-1").await.unwrap();
    assert!(
        exchanges
            .review("EX-1", Review::Happened(answered()))
            .await
            .is_err()
    );
}

#[tokio::test]
async fn netmile_cannot_be_reached() {
    let unreachable = || std::iter::repeat_with(not_sent).take(50);
    let house = House::answering(unreachable());
    let exchanges = house.client.exchanges();
    house.take_points().await;
    let error = exchanges.issue("EX-1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(house.phase().await, ExchangePhase::Debited);
    // The resolver goes on by itself.
    house.net.answers.lock().unwrap().clear();
    house.script([exchanged()]);
    house.clock.advance(60);
    let resolved = house.client.resolve().await.unwrap();
    assert_eq!(resolved.exchanges[0].phase, ExchangePhase::Issued);

    // After a day the points go back: nothing was ever sent.
    let house = House::answering(unreachable());
    house.take_points().await;
    assert!(house.client.exchanges().issue("EX-1").await.is_err());
    house.clock.advance(DAY + 1);
    let resolved = house.client.resolve().await.unwrap();
    let rejection = resolved.exchanges[0].rejection().unwrap();
    assert_eq!(rejection.code, "client:never_sent");
    assert_eq!(house.told_kinds().await, [FactKind::ExchangeRefused]);
}

#[tokio::test]
async fn an_answer_about_something_else_proves_nothing() {
    for (field, value) in [
        ("miles", json!(999)),
        ("tran_id", json!("EX-2")),
        ("exchange_id", json!("<script>")),
        ("user_id", json!("")),
    ] {
        let mut body = exchange();
        body["result"] = "ok".into();
        body[field] = value;
        let house = House::answering([answer(200, &body)]);
        house.take_points().await;
        let outcome = house.client.exchanges().issue("EX-1").await.unwrap();
        assert!(outcome.is_unknown(), "{field}");
        assert!(house.told_kinds().await.is_empty());
    }
}

#[tokio::test]
async fn two_processes_ask_for_the_miles_once() {
    let one = House::answering([exchanged()]);
    one.take_points().await;
    let two = House::over(Arc::clone(&one.journal));
    two.script([exchanged()]);
    let (first, second) = (one.client.exchanges(), two.client.exchanges());
    let (first, second) = tokio::join!(first.issue("EX-1"), second.issue("EX-1"));
    let done = [first.unwrap(), second.unwrap()];
    assert!(
        done.iter()
            .any(|outcome| *outcome == Outcome::Done(answered()))
    );
    let posts = [&one, &two].map(|house| {
        let calls = house.calls();
        calls.iter().filter(|call| call.starts_with("POST")).count()
    });
    assert_eq!(posts[0] + posts[1], 1);
    assert_eq!(one.phase().await, ExchangePhase::Issued);
    assert_eq!(one.told_kinds().await, [FactKind::ExchangeIssued]);
}

#[tokio::test]
async fn a_process_that_dies_while_it_sends_leaves_a_question() {
    let house = House::new();
    house.take_points().await;
    house.net.hang();
    {
        let exchanges = house.client.exchanges();
        let mut issue = Box::pin(exchanges.issue("EX-1"));
        tokio::select! {
            biased;
            _ = &mut issue => panic!("it hangs"),
            () = tokio::task::yield_now() => {}
        }
    }
    assert_eq!(house.phase().await, ExchangePhase::Issuing);
    let heir = House::over(Arc::clone(&house.journal));
    // It may still be at it.
    assert_eq!(
        heir.client.recover().await.unwrap().exchanges[0].phase,
        ExchangePhase::Issuing
    );
    assert!(heir.calls().is_empty());
    heir.clock.advance(90);
    heir.script([exchange_found()]);
    let resolved = heir.client.resolve().await.unwrap();
    assert_eq!(resolved.exchanges[0].phase, ExchangePhase::Issued);
    assert_eq!(heir.calls(), ["GET exchanges?tran_id=EX-1"]);
}

#[tokio::test]
async fn a_mail_address_is_a_member_or_not() {
    let house = House::new();
    house.script([
        answer(
            200,
            &json!({ "result": "ok", "exists": true, "active": true, "user_id": "1001" }),
        ),
        answer(
            200,
            &json!({ "result": "ok", "exists": true, "active": false, "user_id": "1002" }),
        ),
        answer(
            200,
            &json!({ "result": "ok", "exists": false, "active": false }),
        ),
    ]);
    let exchanges = house.client.exchanges();
    let id = |id: &str| UserId::new(id).unwrap();
    assert_eq!(
        exchanges.applicant(MAIL).await.unwrap(),
        Applicant::Registered(id("1001"))
    );
    assert_eq!(
        exchanges.applicant(MAIL).await.unwrap(),
        Applicant::NotActive(id("1002"))
    );
    assert_eq!(
        exchanges.applicant(MAIL).await.unwrap(),
        Applicant::NotRegistered
    );
    assert!(exchanges.applicant("hanako").await.is_err());
    assert_eq!(house.calls(), ["POST members/verify"; 3]);
}

#[test]
fn code_that_is_not_async_exchanges_as_well() {
    let house = House::answering([exchanged()]);
    let client = blocking::Client::new(house.client.clone()).unwrap();
    let exchanges = client.exchanges();
    exchanges.begin(&wish(500)).unwrap();
    exchanges.debited("EX-1").unwrap();
    assert_eq!(exchanges.issue("EX-1").unwrap(), Outcome::Done(answered()));
    assert_eq!(exchanges.get("EX-1").unwrap().phase, ExchangePhase::Issued);
    assert_eq!(house.clock.now(), Timestamp::from_unix(NOW));
}

#[tokio::test]
async fn nothing_personal_is_shown() {
    let house = House::new();
    house.take_points().await;
    let shown = format!("{:?} {:?}", house.exchange().await, wish(500));
    assert!(
        !shown.contains("hanako") && !shown.contains("CUST0001"),
        "{shown}"
    );
}
