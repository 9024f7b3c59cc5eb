use std::time::Duration;

use proptest::prelude::*;

use crate::exchange::table::example;
use crate::exchange::{
    Conversion, Exchange, ExchangeEvent, ExchangePhase, ExchangeRequest, ExchangeTold,
    ExchangedMiles, Points, transition,
};
use crate::money::Miles;
use crate::operation::Rejection;
use crate::reference::{Event, Finding, Limits, Review, Task, User, UserId};
use crate::time::Timestamp;

const LIMITS: Limits = Limits {
    sending: Duration::from_secs(90),
    asked: Duration::from_secs(86_400),
    skew: Duration::from_secs(120),
};

fn request() -> ExchangeRequest {
    let conversion = Conversion {
        points: Points::new(500),
        miles: Miles::new(1_000),
    };
    ExchangeRequest::new("EX-1", User::test(), "CUST0001", conversion)
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix(1_767_225_600).plus_seconds(seconds)
}

fn issued() -> ExchangedMiles {
    ExchangedMiles {
        exchange_id: "X1".into(),
        user_id: UserId::new("1001").unwrap(),
        miles: Miles::new(1_000),
        issued_at: at(0),
    }
}

#[test]
fn examples_stand_where_they_should() {
    for phase in ExchangePhase::ALL {
        assert_eq!(example(phase).unwrap().phase, phase);
        let open = ExchangePhase::OPEN.contains(&phase);
        assert_eq!(phase.is_open(), open, "{}", phase.name());
    }
}

#[test]
fn points_that_are_taken_after_all_go_back() {
    let is = example(ExchangePhase::NotDebited).unwrap();
    let step = transition(&is, &ExchangeEvent::Debited, at(1), LIMITS).unwrap();
    assert_eq!(step.told, Some(ExchangeTold::Refused));
    let rejection = step.exchange.rejection().unwrap();
    assert_eq!(rejection.code, "client:too_late");
}

#[test]
fn the_shop_is_asked_once_whether_it_took_the_points() {
    let is = example(ExchangePhase::Debiting).unwrap();
    let asked = transition(&is, &ExchangeEvent::Overdue, at(300), LIMITS).unwrap();
    assert_eq!(asked.told, Some(ExchangeTold::Unconfirmed));
    assert_eq!(asked.due, None);
    let again = transition(&asked.exchange, &ExchangeEvent::Overdue, at(900), LIMITS).unwrap();
    assert_eq!(again.told, None);
    let late = transition(&asked.exchange, &ExchangeEvent::Debited, at(900), LIMITS).unwrap();
    assert_eq!(late.exchange.phase, ExchangePhase::Debited);
}

#[test]
fn what_was_refused_is_never_sent_again() {
    // A refusal at the door would let a plain issue start anew; here the points may be back already.
    let door = Rejection::of_table("api", "unknown_key");
    let issuing = example(ExchangePhase::Issuing).unwrap();
    let event = ExchangeEvent::Issue(Event::Rejected(door));
    let refused = transition(&issuing, &event, at(1), LIMITS)
        .unwrap()
        .exchange;
    let back = transition(&refused, &ExchangeEvent::CreditedBack, at(2), LIMITS).unwrap();
    for is in [&refused, &back.exchange] {
        for event in [Event::Sending, Event::Resending { doubtful: false }] {
            assert!(transition(is, &ExchangeEvent::Issue(event), at(3), LIMITS).is_err());
        }
    }
}

#[test]
fn proof_that_miles_were_issued_is_kept_after_a_refusal() {
    let late = ExchangeEvent::Issue(Event::Done(issued()));
    let step = |is: &Exchange, event: &ExchangeEvent| transition(is, event, at(9), LIMITS).unwrap();
    let refused = example(ExchangePhase::Refused).unwrap();
    let found = step(&refused, &late);
    assert_eq!(found.told, Some(ExchangeTold::Issued));
    assert_eq!(found.exchange.issued(), Some(&issued()));
    // Whether the points came back before or after, a person hears of it.
    let before = step(&example(ExchangePhase::CreditedBack).unwrap(), &late);
    let after = step(&found.exchange, &ExchangeEvent::CreditedBack);
    for doubled in [before, after] {
        assert_eq!(doubled.told, Some(ExchangeTold::NeedsReview));
        let is = doubled.exchange;
        assert!(is.is_doubled());
        assert_eq!(step(&is, &late).exchange, is);
        assert_eq!(step(&is, &ExchangeEvent::CreditedBack).exchange, is);
        let review = |verdict| step(&is, &ExchangeEvent::Issue(Event::Reviewed(verdict)));
        let stays = review(Review::Happened(issued()));
        assert_eq!(stays.exchange.issued(), Some(&issued()));
        let taken_back = review(Review::Missing).exchange;
        assert_eq!(taken_back.phase, ExchangePhase::CreditedBack);
    }
    let issued = example(ExchangePhase::Issued).unwrap();
    assert!(transition(&issued, &ExchangeEvent::CreditedBack, at(9), LIMITS).is_err());
}

#[test]
fn what_is_asked_and_answered_has_to_fit() {
    use crate::reference::Object;
    let task = request();
    let answer = |miles: u64, tran_id: &str| {
        format!(
            r#"{{"result":"ok","tran_id":"{tran_id}","exchange_id":"X1","user_id":"1001","miles":{miles},
                "issued_at":"2026-11-22T03:00:00+09:00"}}"#
        )
    };
    let read = |body: String| task.read(&Object::parse(body.as_bytes()).unwrap());
    assert_eq!(read(answer(1_000, "EX-1")).unwrap().exchange_id, "X1");
    assert!(read(answer(999, "EX-1")).is_err());
    assert!(read(answer(1_000, "EX-2")).is_err());
    let conversion = Conversion {
        points: Points::new(1),
        miles: Miles::new(1),
    };
    let mobile = User::mobile_mail("hanako@docomo.ne.jp").unwrap();
    assert!(
        ExchangeRequest::new("EX-1", mobile, "C1", conversion)
            .check()
            .is_err()
    );
    assert!(
        ExchangeRequest::new("EX-1", User::test(), "C-1", conversion)
            .check()
            .is_err()
    );
    let nothing = Conversion {
        miles: Miles::new(0),
        ..conversion
    };
    assert!(
        ExchangeRequest::new("EX-1", User::test(), "C1", nothing)
            .check()
            .is_err()
    );
}

fn an_event() -> impl Strategy<Value = ExchangeEvent> {
    let refused = Rejection::of_table("manual", "41023");
    let door = Rejection::of_table("api", "unknown_key");
    let issue = ExchangeEvent::Issue;
    prop_oneof![
        3 => Just(ExchangeEvent::Debited),
        1 => Just(ExchangeEvent::NotDebited),
        2 => Just(ExchangeEvent::CreditedBack),
        2 => Just(ExchangeEvent::Overdue),
        4 => Just(issue(Event::Sending)),
        1 => Just(issue(Event::SendingAgain)),
        2 => any::<bool>().prop_map(move |doubtful| issue(Event::Resending { doubtful })),
        1 => Just(issue(Event::NotSent)),
        1 => Just(issue(Event::Done(issued()))),
        1 => Just(issue(Event::Rejected(refused.clone()))),
        1 => Just(issue(Event::Rejected(door))),
        2 => Just(issue(Event::Lost)),
        1 => Just(issue(Event::Looked(Finding::Happened(issued())))),
        1 => Just(issue(Event::Looked(Finding::Refused(refused)))),
        1 => Just(issue(Event::Looked(Finding::NeverArrived))),
        2 => Just(issue(Event::Looked(Finding::Nothing))),
        1 => Just(issue(Event::Reviewed(Review::Happened(issued())))),
        1 => Just(issue(Event::Reviewed(Review::Missing))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn points_and_miles_are_never_both_gone_nor_both_there(
        events in proptest::collection::vec((an_event(), 0i64..40_000), 1..40),
    ) {
        let mut is = Exchange::new("8763".into(), request(), at(0));
        let (mut now, mut told) = (0, Vec::new());
        let (mut taken, mut doubled, mut undoubled) = (false, 0, false);
        for (event, passed) in events {
            now += passed;
            let before = is.clone();
            let Ok(step) = transition(&is, &event, at(now), LIMITS) else { continue };
            is = step.exchange;
            told.extend(step.told);
            taken |= event == ExchangeEvent::Debited;
            // Nothing is asked of NetMile for points that are not taken.
            prop_assert!(taken || !matches!(is.phase, ExchangePhase::Issuing | ExchangePhase::Issued));
            // What has ended stays, unless a refusal turns out to be none; then a person hears of it.
            let ended = matches!(before.phase, ExchangePhase::Issued | ExchangePhase::CreditedBack);
            if ended && before.phase != is.phase {
                prop_assert!(is.is_doubled());
                prop_assert_eq!(step.told, Some(ExchangeTold::NeedsReview));
                doubled += 1;
            }
            undoubled |= before.is_doubled() && !is.is_doubled();
            // Nobody is forgotten: somebody was told, or something is due.
            let waits = matches!(is.phase, ExchangePhase::Debited | ExchangePhase::Issuing);
            prop_assert!(!waits || step.due.is_some());
            prop_assert_eq!(is.issued().is_some(), is.phase == ExchangePhase::Issued);
            let json = serde_json::to_string(&is).unwrap();
            prop_assert_eq!(serde_json::from_str::<Exchange>(&json).unwrap(), is.clone());
        }
        let count = |what| told.iter().filter(|told| **told == what).count();
        let issued = usize::from(is.phase == ExchangePhase::Issued);
        let back = matches!(is.phase, ExchangePhase::Refused | ExchangePhase::CreditedBack);
        if doubled == 0 {
            prop_assert_eq!(count(ExchangeTold::Issued), issued);
        }
        prop_assert!(!undoubled || doubled > 0);
        prop_assert!(count(ExchangeTold::Issued) >= issued);
        prop_assert_eq!(count(ExchangeTold::Refused), usize::from(is.was_refused));
        prop_assert!(!back || is.was_refused);
        prop_assert!(count(ExchangeTold::Unconfirmed) <= 1);
        prop_assert!(count(ExchangeTold::NeedsReview) <= 1 + doubled);
    }
}
