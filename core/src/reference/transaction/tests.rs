use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::error::ErrorKind;
use crate::miles::{Issue, IssueRequest, IssueState, IssuedMiles};
use crate::money::Miles;
use crate::operation::{Outcome, Rejection};
use crate::reference::User;
use crate::time::Timestamp;

const LIMITS: Limits = Limits {
    sending: Duration::from_secs(90),
    asked: Duration::from_secs(86_400),
    skew: Duration::from_secs(120),
};

const START: Timestamp = Timestamp::from_unix(1_700_000_000);

fn new() -> Issue {
    let request = IssueRequest::new("T-1", "46255", User::test(), "CUST0001");
    Transaction::new("8763".to_owned(), request, START)
}

fn issued(miles: u64) -> IssuedMiles {
    IssuedMiles {
        issuance_id: format!("I{miles}"),
        registration_id: "R1".to_owned(),
        miles: Miles::new(miles),
        issued_at: START,
        deposit_on: "2026-11-29".parse().unwrap(),
        state: IssueState::Held,
    }
}

fn rule() -> Rejection {
    Rejection::of_table("manual", "44038")
}

fn door() -> Rejection {
    Rejection::of_table("api", "not_found")
}

fn events() -> Vec<Event<IssuedMiles>> {
    vec![
        Event::Sending,
        Event::SendingAgain,
        Event::Resending { doubtful: false },
        Event::Resending { doubtful: true },
        Event::NotSent,
        Event::Done(issued(100)),
        Event::Rejected(rule()),
        Event::Rejected(door()),
        Event::Lost,
        Event::Looked(Finding::Happened(issued(100))),
        Event::Looked(Finding::Refused(rule())),
        Event::Looked(Finding::NeverArrived),
        Event::Looked(Finding::Nothing),
        Event::Reviewed(Review::Happened(issued(100))),
        Event::Reviewed(Review::Missing),
    ]
}

/// An issue in this phase, reached as a client reaches it.
fn in_phase(phase: Phase) -> Issue {
    let path: &[Event<IssuedMiles>] = match phase {
        Phase::Prepared => &[],
        Phase::Sending => &[Event::Sending],
        Phase::Unknown => &[Event::Sending, Event::Lost],
        Phase::Done => &[Event::Sending, Event::Done(issued(100))],
        Phase::Refused => &[Event::Sending, Event::Rejected(rule())],
        Phase::NeedsReview => &[Event::Sending, Event::Lost, Event::Looked(Finding::Nothing)],
    };
    let late = START.plus_seconds(100_000);
    let apply = |issue: Issue, event| {
        let at = if matches!(event, &Event::Looked(_)) {
            late
        } else {
            START
        };
        transition(&issue, event, at, LIMITS).unwrap().transaction
    };
    let issue = path.iter().fold(new(), apply);
    assert_eq!(issue.phase, phase);
    issue
}

/// The table in the documentation of `transition`, as phases after each event; `-` is refused.
#[test]
fn every_event_in_every_phase() {
    use Phase as P;
    let columns = [
        P::Prepared,
        P::Sending,
        P::Unknown,
        P::Done,
        P::Refused,
        P::NeedsReview,
    ];
    let table = [
        "sending - - - - -",
        "- sending - - - -",
        "- sending sending - - sending",
        "- sending sending - - sending",
        "- prepared - - - -",
        "- done done done done done",
        "- refused refused - refused refused",
        "- refused - - - -",
        "- unknown - - - -",
        "- done done - done done",
        "- refused refused - - refused",
        "- refused refused - - refused",
        "- unknown unknown - - unknown",
        "- - - - - done",
        "- - - - - refused",
    ];
    for (event, line) in events().iter().zip(table) {
        for (phase, expected) in columns.iter().zip(line.split(' ')) {
            let after = transition(&in_phase(*phase), event, START, LIMITS);
            let named = match &after {
                Ok(step) => step.transaction.phase.name(),
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::InvalidState);
                    "-"
                }
            };
            assert_eq!(named, expected, "{event:?} in {}", phase.name());
        }
    }
}

#[test]
fn a_refusal_at_the_door_may_start_again_and_one_by_a_rule_may_not() {
    let refused = |rejection| {
        let event = Event::Rejected(rejection);
        let step = transition(&in_phase(Phase::Sending), &event, START, LIMITS).unwrap();
        step.transaction
    };
    assert!(refused(door()).may_start());
    assert!(!refused(rule()).may_start());
    let again = transition(&refused(door()), &Event::Sending, START, LIMITS).unwrap();
    assert_eq!(again.transaction.rejection, None);
    assert!(transition(&refused(rule()), &Event::Sending, START, LIMITS).is_err());
}

#[test]
fn what_may_have_been_sent_before_is_never_called_unsent() {
    let resent = |doubtful| {
        let event = Event::Resending { doubtful };
        let step = transition(&in_phase(Phase::Unknown), &event, START, LIMITS).unwrap();
        step.transaction
    };
    for doubtful in [false, true] {
        let step = transition(&resent(doubtful), &Event::NotSent, START, LIMITS).unwrap();
        assert_eq!(step.transaction.phase, Phase::Unknown);
    }
    let by = |doubtful, rejection| {
        let event = Event::Rejected(rejection);
        let step = transition(&resent(doubtful), &event, START, LIMITS).unwrap();
        step.transaction.phase
    };
    assert_eq!(by(true, door()), Phase::Unknown);
    assert_eq!(by(false, door()), Phase::Refused);
    assert_eq!(by(true, rule()), Phase::Refused);
}

#[test]
fn looks_become_rarer_and_end_with_a_person() {
    let mut issue = in_phase(Phase::Unknown);
    let mut at = START;
    let mut waits = Vec::new();
    let mut told = Vec::new();
    for _ in 0..100 {
        let step = transition(&issue, &Event::Looked(Finding::Nothing), at, LIMITS).unwrap();
        told.extend(step.told);
        issue = step.transaction;
        let Some(due) = step.due else { break };
        waits.push(due.as_unix() - at.as_unix());
        at = due;
    }
    assert_eq!(issue.phase, Phase::NeedsReview);
    assert_eq!(told, [Told::NeedsReview]);
    assert!(waits.is_sorted());
    assert!(at.as_unix() - START.as_unix() <= 86_400 + 3600);
}

#[test]
fn a_record_reads_back_and_an_older_one_too() {
    for phase in Phase::ALL {
        let issue = in_phase(phase);
        let text = serde_json::to_string(&issue).unwrap();
        assert_eq!(serde_json::from_str::<Issue>(&text).unwrap(), issue);
    }
    let least = r#"{"site":"8763","task":{"tran_id":"T-1","campaign_id":"46255","user":{"mail":"test1@netmile.co.jp"},"designated_key":"CUST0001"},"phase":"prepared","since":1700000000,"signed_at":1700000000}"#;
    assert_eq!(serde_json::from_str::<Issue>(least).unwrap(), new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Whatever happens in whatever order, nothing panics, and what is told is what stands.
    #[test]
    fn no_order_of_events_breaks_an_issue(
        steps in prop::collection::vec((0..events().len(), 0..50_000_i64), 0..30),
    ) {
        let all = events();
        let mut issue = new();
        let mut at = START;
        for (which, seconds) in steps {
            at = at.plus_seconds(seconds);
            let before = issue.clone();
            let Ok(step) = transition(&issue, &all[which], at, LIMITS) else { continue };
            issue = step.transaction;
            prop_assert_eq!(issue.phase == Phase::Done, issue.answer.is_some());
            prop_assert_eq!(issue.phase == Phase::Refused, issue.rejection.is_some());
            // Done is the end.
            if before.phase == Phase::Done {
                prop_assert_eq!(&issue, &before);
                prop_assert_eq!(step.told, None);
            }
            match step.told {
                Some(Told::Done) => prop_assert_eq!(issue.phase, Phase::Done),
                Some(Told::Refused) => prop_assert_eq!(issue.phase, Phase::Refused),
                Some(Told::NeedsReview) => {
                    prop_assert_eq!(issue.phase, Phase::NeedsReview);
                    prop_assert!(!before.called);
                }
                Some(Told::Decided) => prop_assert!(false, "nobody decides about an issue"),
                None => {}
            }
            // What is open is looked after by somebody: the resolver or a person.
            let looked_after = step.due.is_some();
            let expected = matches!(issue.phase, Phase::Sending | Phase::Unknown);
            prop_assert_eq!(looked_after, expected);
            let outcome = issue.outcome(step.due);
            prop_assert_eq!(
                matches!(outcome, Some(Outcome::Unknown(_))),
                issue.phase.is_open()
            );
        }
    }
}
