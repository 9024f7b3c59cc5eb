//! What must hold for every charge, whatever happens to it in whatever order.

use std::collections::{HashSet, VecDeque};

use proptest::prelude::*;

use super::*;
use crate::contract::{ApiFlow, CaptureMode, ContractId};
use crate::money::Yen;
use crate::operation::Rejection;
use crate::purchase::FactKind;
use crate::time::Timestamp;

const NOW: i64 = 1_700_000_000;
const ASKED: u64 = 300;
const DAY: i64 = 86_400;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix(NOW + seconds)
}

fn plan(flow: ApiFlow, capture: CaptureMode, ask: bool) -> Plan {
    Plan {
        flow,
        capture,
        ask_by_order: ask,
        ask,
        ask_refunded: ask,
        limit_seconds: 600,
    }
}

fn charge(kind: Kind, flow: ApiFlow, capture: CaptureMode, ask: bool) -> Charge {
    Charge::new(NewCharge {
        id: "O-1".into(),
        contract: ContractId::new("99999", "001").unwrap(),
        method: "netmile".into(),
        kind,
        amount: Yen::new(ASKED),
        plan: plan(flow, capture, ask),
        pay_by: None,
        at: at(0),
    })
    .unwrap()
}

fn period() -> Kind {
    Kind::Period {
        subscription: "SUB-1".into(),
        tracking_id: "77777777777777".into(),
        period: "2026-02".into(),
    }
}

/// One charge of every kind that there is.
fn starts() -> Vec<Charge> {
    use ApiFlow as F;
    use CaptureMode::{Automatic, Manual};
    let mut all = Vec::new();
    for flow in [F::OneStep, F::Commit, F::Slip] {
        for capture in [Automatic, Manual] {
            for ask in [true, false] {
                all.push(charge(Kind::Payment, flow, capture, ask));
            }
        }
    }
    all.push(charge(period(), F::OneStep, Automatic, true));
    all.push(charge(period(), F::OneStep, Manual, true));
    all.push(charge(Kind::SimpleContract, F::OneStep, Automatic, true));
    all.push(charge(Kind::SimpleContract, F::Commit, Automatic, false));
    all.push(charge(Kind::MeteredContract, F::OneStep, Automatic, true));
    all
}

fn sending(step: Step, yen: u64, key: Option<&str>) -> Event {
    Event::Sending {
        step,
        amount: Yen::new(yen),
        key: key.map(str::to_owned),
        limit_seconds: 600,
    }
}

fn sent_again(never_left: bool) -> Event {
    Event::SendingAgain {
        never_left,
        limit_seconds: 600,
    }
}

fn request() -> Event {
    sending(Step::Request, ASKED, None)
}

fn part(yen: u64, key: &str) -> Event {
    sending(Step::PartialRefund, yen, Some(key))
}

fn done() -> Event {
    Event::Done {
        tracking_id: Some("00000000000001".into()),
        transaction_id: Some("T1".into()),
        details: vec![("card_brand".into(), "J".into())],
    }
}

fn rejected() -> Event {
    Event::Rejected(Rejection::new("900S1008"))
}

fn happened() -> Event {
    Event::Looked(Finding::Happened {
        tracking_id: Some("00000000000001".into()),
        source: Source::Inquiry,
    })
}

fn missing(source: Source) -> Event {
    Event::Looked(Finding::Missing { source })
}

fn as_payment(tracking_id: &str) -> Review {
    Review::HappenedAs {
        tracking_id: tracking_id.into(),
    }
}

fn nothing() -> Event {
    Event::Looked(Finding::Nothing)
}

fn deposited(tracking_id: &str, yen: u64) -> Event {
    Event::Deposited {
        tracking_id: Some(tracking_id.into()),
        cumulative: Yen::new(yen),
        received: None,
    }
}

fn elsewhere(yen: u64) -> Event {
    Event::RefundedElsewhere {
        total: Yen::new(yen),
    }
}

/// Every event, with every step, and amounts on both sides of every limit.
fn events() -> Vec<Event> {
    let mut all = vec![
        sent_again(true),
        sent_again(false),
        Event::NotSent,
        done(),
        rejected(),
        Event::Lost,
        happened(),
        missing(Source::Inquiry),
        missing(Source::Rule),
        nothing(),
        Event::Checked,
        deposited("00000000000001", 0),
        deposited("00000000000001", 100),
        deposited("00000000000001", ASKED),
        deposited("00000000000001", ASKED + 1),
        deposited("99999999999999", ASKED),
        Event::DepositedOther { enough: true },
        Event::DepositedOther { enough: false },
        noticed(ASKED + 7),
        noticed(7),
        noticed(0),
        Event::DepositConfirmed,
        Event::DepositRefuted,
        Event::SlipExpired,
        Event::ContractEnded,
        elsewhere(0),
        elsewhere(100),
        elsewhere(ASKED),
        elsewhere(u64::MAX),
        Event::Adopted {
            tracking_id: "77777777777777".into(),
        },
        Event::Reviewed(Review::Happened),
        Event::Reviewed(as_payment("00000000000001")),
        Event::Reviewed(as_payment("1")),
        Event::Reviewed(Review::Missing),
        part(100, "a"),
        part(ASKED, "b"),
        part(u64::MAX, "c"),
        part(0, "d"),
        sending(Step::PartialRefund, 100, None),
        sending(Step::Capture, 200, None),
        sending(Step::Capture, ASKED + 1, None),
        sending(Step::RefundMonth, 0, Some("202311")),
        sending(Step::RefundMonth, 0, None),
    ];
    for step in [Step::Request, Step::Commit, Step::Refund, Step::End] {
        all.push(sending(step, 0, None));
    }
    all.push(request());
    all
}

fn is_yes(result: &EntryResult) -> bool {
    matches!(
        result,
        EntryResult::Done | EntryResult::Found | EntryResult::Reviewed
    )
}

/// Applies an event and checks whatever must hold for every pair of charge and event.
fn checked(before: &Charge, event: &Event, now: Timestamp) -> Option<Transition> {
    let after = transition(before, event, now, Bounds::default());
    let forbidden = match (event, &before.pending) {
        (Event::Sending { .. }, Some(_)) => true,
        (Event::Sending { .. }, None) => before.review.is_some(),
        (
            Event::SendingAgain {
                never_left: false, ..
            },
            Some(p),
        ) => p.step.is_blind(),
        (
            Event::SendingAgain {
                never_left: true, ..
            },
            Some(p),
        ) => p.state == StepState::Unknown,
        (Event::NotSent, Some(p)) => p.state == StepState::Unknown,
        (
            Event::SendingAgain { .. }
            | Event::NotSent
            | Event::Done { .. }
            | Event::Rejected(_)
            | Event::Lost
            | Event::Looked(_),
            None,
        ) => true,
        _ => false,
    };
    let after = match after {
        Ok(after) => {
            assert!(!forbidden, "{event:?} was possible in {before:?}");
            after
        }
        Err(error) => {
            let code = error.code();
            assert!(code == "invalid_state" || code == "invalid_value", "{code}");
            return None;
        }
    };
    let told = |kind| after.facts.iter().filter(|fact| fact.kind == kind).count();
    let charge = &after.charge;
    let why = || format!("{event:?}\n{before:?}\n{charge:?}");

    // A blind step that may have left is never sent again.
    if let (Some(old), Some(new)) = (&before.pending, &charge.pending) {
        assert_eq!((old.step, old.since), (new.step, new.since), "{}", why());
        assert_eq!((old.amount, &old.key), (new.amount, &new.key), "{}", why());
        if new.sends > old.sends && new.step.is_blind() {
            assert_eq!(old.state, StepState::Sending, "{}", why());
        }
        // What may have left stays so.
        if old.state == StepState::Unknown {
            assert_eq!(new.state, StepState::Unknown, "{}", why());
        }
    }
    // What is over stays written down, and every end of a step is.
    let ended = before.pending.is_some() && charge.pending.is_none();
    let new = usize::from(ended);
    let (kept, news) = charge.log.split_at(charge.log.len() - new);
    // Only of what never left, the last time alone is kept.
    let repeats = |entry: &Entry| {
        news.iter().any(|news| {
            news.result == EntryResult::NotSent
                && news.result == entry.result
                && (news.step, &news.key) == (entry.step, &entry.key)
        })
    };
    let stays: Vec<_> = before.log.iter().filter(|old| !repeats(old)).collect();
    assert_eq!(stays, kept.iter().collect::<Vec<_>>(), "{}", why());
    for entry in charge.log.iter().filter(|entry| is_yes(&entry.result)) {
        let same = |other: &&Entry| {
            other.step == entry.step && other.key == entry.key && is_yes(&other.result)
        };
        assert_eq!(charge.log.iter().filter(same).count(), 1, "{}", why());
    }
    // The shop is told to deliver once, and then the money is there.
    let paid = told(FactKind::Paid) + told(FactKind::PaidLate);
    assert_eq!(
        paid,
        usize::from(charge.paid_told && !before.paid_told),
        "{}",
        why()
    );
    assert!(charge.paid_told || !before.paid_told, "{}", why());
    if paid > 0 {
        assert!(charge.captured > Yen::default(), "{}", why());
        assert_eq!(charge.phase, ChargePhase::Paid, "{}", why());
    }
    let called = charge.review.is_some() && before.review.is_none();
    assert_eq!(
        told(FactKind::NeedsReview),
        usize::from(called),
        "{}",
        why()
    );
    // Money.
    let slip = charge.plan.flow == ApiFlow::Slip;
    if !slip {
        assert!(charge.refunded <= charge.captured, "{}", why());
        assert!(charge.captured <= charge.amount, "{}", why());
        assert_eq!(charge.deposited, Yen::default(), "{}", why());
    }
    if charge.kind.is_contract() {
        assert_eq!(charge.captured, Yen::default(), "{}", why());
        assert_eq!(paid, 0, "{}", why());
    }
    // Somebody comes back to whatever is open.
    let waits = matches!(
        charge.phase,
        ChargePhase::Authorised | ChargePhase::AwaitingDeposit
    );
    let open = charge.pending.is_some() || charge.doubt.is_some() || waits;
    assert_eq!(
        after.due.is_some(),
        open && charge.review.is_none(),
        "{}",
        why()
    );
    // What a review is about can still be reviewed; the phase itself is never "review".
    assert_ne!(charge.phase, ChargePhase::NeedsReview, "{}", why());
    if charge.phase == ChargePhase::Unknown {
        let step = charge.pending.as_ref().map(|p| p.step);
        assert_eq!(step, Some(Step::Request), "{}", why());
    }
    if charge.review == Some(OpenReason::NoEvidence) {
        assert!(charge.pending.is_some(), "{}", why());
    }
    if charge.doubt.is_some() {
        assert!(slip && charge.pending.is_none(), "{}", why());
        // A person who looks at something else does not end it.
        let other = matches!(charge.review, None | Some(OpenReason::Contradiction));
        assert!(other, "{}", why());
    }
    Some(after)
}

/// Walks through whatever can be reached within some steps, and tries every event everywhere.
#[test]
fn every_event_has_one_outcome_in_every_state_that_can_be_reached() {
    const STATES: usize = 150;
    let mut phases = HashSet::new();
    for start in starts() {
        let mut seen = HashSet::new();
        let mut queue = VecDeque::from([start]);
        while let Some(before) = queue.pop_front() {
            phases.insert(before.search_phase());
            phases.insert(before.phase.name());
            for event in events() {
                for seconds in [0, 80 * DAY] {
                    let Some(after) = checked(&before, &event, at(seconds)) else {
                        continue;
                    };
                    // Where it stands, without how it came there.
                    let place = Charge {
                        log: Vec::new(),
                        ..after.charge.clone()
                    };
                    let place = serde_json::to_string(&place).unwrap();
                    if seen.len() < STATES && seen.insert(place) {
                        queue.push_back(after.charge);
                    }
                }
            }
        }
        assert!(seen.len() > 4, "{seen:?}");
    }
    for phase in ChargePhase::ALL {
        assert!(
            phases.contains(phase.name()),
            "{} is not reached",
            phase.name()
        );
    }
    assert!(phases.contains(SENDING));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn it_holds_on_long_ways_too(
        start in 0..17_usize,
        steps in prop::collection::vec((0..48_usize, 0..400_000_i64), 1..80),
    ) {
        let events = events();
        let mut charge = starts().swap_remove(start);
        let (mut now, mut paid) = (0, 0);
        for (event, seconds) in steps {
            now += seconds;
            if let Some(after) = checked(&charge, &events[event], at(now)) {
                paid += after.facts.iter().filter(|f| matches!(f.kind, FactKind::Paid | FactKind::PaidLate)).count();
                charge = after.charge;
            }
            let text = serde_json::to_string(&charge).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Charge>(&text).unwrap(), &charge);
        }
        prop_assert!(paid <= 1);
    }
}

#[test]
fn the_generators_draw_from_everything() {
    assert_eq!((starts().len(), events().len()), (17, 48));
}

fn after(charge: &Charge, events: &[Event]) -> Charge {
    let mut charge = charge.clone();
    for event in events {
        charge = checked(&charge, event, at(0))
            .unwrap_or_else(|| panic!("{event:?} in {charge:?}"))
            .charge;
    }
    charge
}

fn one_step() -> Charge {
    charge(
        Kind::Payment,
        ApiFlow::OneStep,
        CaptureMode::Automatic,
        true,
    )
}

fn slip() -> Charge {
    charge(Kind::Payment, ApiFlow::Slip, CaptureMode::Automatic, true)
}

#[test]
fn a_request_is_sent_again_only_while_it_never_left() {
    let sent = after(&one_step(), &[request()]);
    let again = after(&sent, &[sent_again(true)]);
    assert_eq!(again.pending.as_ref().map(|p| p.sends), Some(2));
    for opened in [&sent, &after(&sent, &[Event::Lost])] {
        let blind = sent_again(false);
        assert!(checked(opened, &blind, at(0)).is_none());
    }
    let lost = after(&sent, &[Event::Lost]);
    assert!(checked(&lost, &sent_again(true), at(0)).is_none());
}

#[test]
fn a_keyed_step_is_sent_again_by_the_resolver() {
    let paid = after(&one_step(), &[request(), done()]);
    let refunding = after(&paid, &[sending(Step::Refund, 0, None), Event::Lost]);
    let again = after(&refunding, &[sent_again(false)]);
    assert_eq!(again.pending.as_ref().map(|p| p.sends), Some(2));
    assert_eq!(after(&again, &[done()]).phase, ChargePhase::Refunded);
}

#[test]
fn a_contract_that_ended_does_not_come_back_with_a_late_answer() {
    let contract = charge(
        Kind::SimpleContract,
        ApiFlow::OneStep,
        CaptureMode::Automatic,
        true,
    );
    let ended = after(&contract, &[request(), Event::Lost, Event::ContractEnded]);
    assert_eq!(ended.phase, ChargePhase::Ended);
    assert!(ended.pending.is_none());
    assert!(checked(&ended, &done(), at(0)).is_none());
}

#[test]
fn a_sum_without_the_open_part_does_not_prove_it() {
    let paid = after(&one_step(), &[request(), done(), part(50, "a"), done()]);
    let open = after(&paid, &[part(100, "b"), Event::Lost]);
    let same = after(&open, &[elsewhere(50)]);
    assert!(same.is_unknown());
    let proven = after(&open, &[elsewhere(150)]);
    assert_eq!(proven.refunded, Yen::new(150));
    assert_eq!(
        proven
            .last(Step::PartialRefund, Some("b"))
            .map(|e| &e.result),
        Some(&EntryResult::Found)
    );
    let other = after(&open, &[elsewhere(80)]);
    assert_eq!(other.review, Some(OpenReason::Contradiction));
    assert!(other.pending.is_some());
}

#[test]
fn late_evidence_ends_a_review_that_was_for_want_of_it() {
    let lost = after(&one_step(), &[request(), Event::Lost]);
    let review = checked(&lost, &nothing(), at(80 * DAY)).unwrap().charge;
    assert_eq!(review.review, Some(OpenReason::NoEvidence));
    let found = after(&review, &[happened()]);
    assert_eq!((found.phase, found.review), (ChargePhase::Paid, None));
}

#[test]
fn a_deposit_proves_a_slip_whose_answer_was_lost() {
    let lost = after(&slip(), &[request(), Event::Lost]);
    let part_paid = after(&lost, &[deposited("1", 100)]);
    assert_eq!(part_paid.phase, ChargePhase::AwaitingDeposit);
    assert!(!part_paid.paid_told);
    let paid = after(&part_paid, &[deposited("1", ASKED)]);
    assert_eq!(paid.captured, Yen::new(ASKED));
    let taken = after(&paid, &[deposited("1", 0)]);
    assert_eq!(taken.review, Some(OpenReason::DepositSum));
}

#[test]
fn a_deposit_for_a_slip_that_never_left_allows_no_second_slip() {
    let never = after(&slip(), &[request(), Event::NotSent]);
    let part_paid = after(&never, &[deposited("1", 100)]);
    assert!(checked(&part_paid, &request(), at(0)).is_none());
}

#[test]
fn a_slip_paid_after_its_end_is_paid_late() {
    let expired = after(&slip(), &[request(), done(), Event::SlipExpired]);
    let late = checked(&expired, &deposited("00000000000001", ASKED), at(0)).unwrap();
    assert_eq!(late.facts[0].kind, FactKind::PaidLate);
    let part_paid = after(&expired, &[deposited("00000000000001", 100)]);
    assert_eq!(part_paid.review, Some(OpenReason::DepositSum));
}

#[test]
fn a_person_is_called_once_for_a_slip_that_is_over_and_paid_in_part() {
    let slip = after(&slip(), &[request(), done()]);
    let part_paid = after(&slip, &[deposited("00000000000001", 100)]);
    assert_eq!(part_paid.review, None);
    let enough = false;
    for over in [Event::SlipExpired, Event::DepositedOther { enough }] {
        let called = after(&part_paid, &[over]);
        assert_eq!(called.review, Some(OpenReason::DepositSum));
        let seen = checked(&called, &Event::Reviewed(Review::Happened), at(0)).unwrap();
        let charge = seen.charge;
        assert_eq!((charge.phase, charge.review), (ChargePhase::Expired, None));
        assert_eq!((charge.deposited, seen.due), (Yen::new(100), None));
        // What comes later counts.
        let late = checked(&charge, &deposited("00000000000001", ASKED), at(0)).unwrap();
        assert_eq!(late.facts[0].kind, FactKind::PaidLate);
    }
}

#[test]
fn looks_come_less_and_less_often_until_a_person_is_called() {
    let mut charge = after(&one_step(), &[request(), Event::Lost]);
    let (mut now, mut waits) = (0, Vec::new());
    while charge.review.is_none() {
        let step = checked(&charge, &nothing(), at(now)).unwrap();
        charge = step.charge;
        if let Some(due) = step.due {
            waits.push(due.as_unix() - NOW - now);
            now = due.as_unix() - NOW;
        }
    }
    assert_eq!(waits, [[15, 60, 300, 900].as_slice(), &[3600; 24]].concat());
    // The last look that found nothing came after the bound.
    assert!(now > DAY, "{now}");
}

#[test]
fn a_deposit_that_was_overtaken_by_its_cancellation_changes_nothing() {
    let told = |yen, received: &str| Event::Deposited {
        tracking_id: Some("00000000000001".into()),
        cumulative: Yen::new(yen),
        received: Some(received.to_owned()),
    };
    let both = [told(0, "20260103120000"), told(ASKED, "20260102120000")];
    let waits = after(&slip(), &[vec![request(), done()], both.to_vec()].concat());
    assert_eq!(
        (waits.phase, waits.deposited),
        (ChargePhase::AwaitingDeposit, Yen::new(0))
    );
}

#[test]
fn of_two_sums_of_one_instant_the_gateway_tells_the_later() {
    // Also where one notice tells the time, and the other the day alone.
    for (first, second) in [
        ("20260103", "20260103"),
        ("20260103120000", "20260103120000"),
        ("20260103120000", "20260103"),
        ("20260103", "20260103120000"),
    ] {
        for sums in [[0, ASKED], [200, ASKED], [200, 0]] {
            let told = [noticed_at(sums[0], first), noticed_at(sums[1], second)];
            let slip = after(&slip(), &[vec![request(), done()], told.to_vec()].concat());
            assert_eq!(
                (slip.phase, slip.deposited, slip.captured),
                (ChargePhase::AwaitingDeposit, Yen::new(sums[0]), Yen::new(0)),
                "{first} {second}"
            );
            assert!(slip.doubt.is_some(), "{first} {second} {sums:?}");
            // Neither's copy settles it.
            let copies = after(&slip, &[noticed_at(sums[1], second)]);
            assert!(copies.doubt.is_some(), "{first} {second} {sums:?}");
            let later = after(&slip, &[Event::DepositConfirmed]);
            let paid = sums[1] == ASKED;
            assert_eq!(
                (later.phase == ChargePhase::Paid, later.deposited),
                (paid, Yen::new(sums[1])),
                "{first} {second}"
            );
            let before = after(&slip, &[Event::DepositRefuted]);
            assert_eq!(before.deposited, Yen::new(sums[0]), "{first} {second}");
        }
    }
    // A copy says nothing new.
    let copied = [request(), done(), noticed(200), noticed(200)];
    assert_eq!(after(&slip(), &copied).doubt, None);
    // Of another day it is the later one.
    let days = [
        request(),
        done(),
        noticed_at(200, "20260103120000"),
        noticed_at(ASKED, "20260104"),
    ];
    assert_eq!(after(&slip(), &days).phase, ChargePhase::Paid);
}

#[test]
fn a_slip_whose_answer_was_lost_and_of_which_a_part_is_deposited_is_told() {
    let lost = after(&slip(), &[request(), Event::Lost]);
    let part = checked(&lost, &noticed(200), at(0)).unwrap();
    assert_eq!(part.charge.phase, ChargePhase::AwaitingDeposit);
    let told: Vec<_> = part
        .facts
        .iter()
        .map(|fact| (fact.kind, fact.step.as_deref()))
        .collect();
    assert_eq!(told, [(FactKind::AwaitingDeposit, Some("request"))]);
    // The whole is told as paid, and nothing else.
    let whole = checked(&lost, &noticed(ASKED), at(0)).unwrap();
    let told: Vec<_> = whole.facts.iter().map(|fact| fact.kind).collect();
    assert_eq!(told, [FactKind::Paid]);
}

fn noticed(yen: u64) -> Event {
    noticed_at(yen, "20260103120000")
}

fn noticed_at(yen: u64, received: &str) -> Event {
    Event::Deposited {
        tracking_id: Some("00000000000001".into()),
        cumulative: Yen::new(yen),
        received: Some(received.to_owned()),
    }
}

/// A slip, what came before, and an odd sum in a notice.
fn doubted() -> Vec<Charge> {
    let waits = after(&slip(), &[request(), done()]);
    let paid = after(&waits, &[noticed(ASKED)]);
    let expired = after(&waits, &[Event::SlipExpired]);
    [
        (&waits, ASKED + 7),
        (&paid, ASKED + 7),
        (&paid, 0),
        (&expired, 7),
    ]
    .map(|(slip, odd)| after(slip, &[noticed(odd)]))
    .into()
}

#[test]
fn a_notice_of_an_odd_sum_is_asked_about_before_a_person_is_called() {
    for doubted in doubted() {
        assert!(doubted.is_unresolved());
        assert_eq!((doubted.review, doubted.search_phase()), (None, "unknown"));
        let waits = checked(&doubted, &Event::Checked, at(60)).unwrap();
        assert_eq!((waits.due, waits.facts.len()), (Some(at(75)), 0));
        let confirmed = after(&doubted, &[Event::DepositConfirmed]);
        assert_eq!(confirmed.review, Some(OpenReason::DepositSum));
        let sum = doubted.doubt.map(|doubt| doubt.deposited);
        assert_eq!((Some(confirmed.deposited), confirmed.doubt), (sum, None));
    }
}

#[test]
fn a_notice_of_an_odd_sum_that_is_not_so_calls_nobody() {
    for doubted in doubted() {
        let refuted = after(&doubted, &[Event::DepositRefuted]);
        assert_eq!((refuted.review, refuted.doubt), (None, None));
        assert_eq!(
            (refuted.phase, refuted.deposited),
            (doubted.phase, doubted.deposited)
        );
        // The exact sum, from a later notice or from the gateway's answer.
        let later = noticed_at(ASKED, "20260103130000");
        for evidence in [later, deposited("00000000000001", ASKED)] {
            let paid = after(&doubted, &[evidence]);
            assert_eq!(
                (paid.phase, paid.captured),
                (ChargePhase::Paid, Yen::new(ASKED))
            );
            assert_eq!((paid.review, paid.doubt), (None, None));
        }
    }
}

#[test]
fn a_notice_that_was_wrong_does_not_hide_an_older_one() {
    let told = |yen, received: &str| Event::Deposited {
        tracking_id: Some("00000000000001".into()),
        cumulative: Yen::new(yen),
        received: Some(received.to_owned()),
    };
    let expired = after(&slip(), &[request(), done(), Event::SlipExpired]);
    let wrong = after(&expired, &[told(ASKED + 7, "20260103130000")]);
    let overtaken = told(ASKED, "20260103120000");
    assert_eq!(after(&wrong, std::slice::from_ref(&overtaken)), wrong);
    let refuted = after(&wrong, &[Event::DepositRefuted]);
    let paid = checked(&refuted, &overtaken, at(0)).unwrap();
    assert_eq!(paid.facts[0].kind, FactKind::PaidLate);
    assert!(paid.charge.deposited_at().is_some());
}

#[test]
fn a_doubted_sum_outlives_a_person_who_is_called_for_something_else() {
    let waits = after(&slip(), &[request(), done(), noticed(ASKED + 7)]);
    let called = after(&waits, &[deposited("99999999999999", ASKED)]);
    assert_eq!(called.review, Some(OpenReason::Contradiction));
    let seen = checked(&called, &Event::Reviewed(Review::Missing), at(0)).unwrap();
    assert!(seen.due.is_some() && seen.charge.doubt.is_some());
}

#[test]
fn a_notice_of_an_odd_sum_counts_when_nobody_answers() {
    for doubted in doubted() {
        let soon = checked(&doubted, &Event::Checked, at(DAY)).unwrap().charge;
        assert_eq!(soon.review, None);
        let late = checked(&soon, &Event::Checked, at(DAY + 1)).unwrap().charge;
        assert_eq!(late.review, Some(OpenReason::DepositSum));
    }
    // Where nobody can be asked it counts at once.
    let mut alone = after(&slip(), &[request(), done()]);
    alone.plan.ask = false;
    assert_eq!(
        after(&alone, &[noticed(ASKED + 7)]).review,
        Some(OpenReason::DepositSum)
    );
}

#[test]
fn a_step_is_valid_for_as_long_as_it_was_signed() {
    let refund = |limit_seconds| Event::Sending {
        step: Step::Refund,
        amount: Yen::default(),
        key: None,
        limit_seconds,
    };
    let paid = after(&one_step(), &[request(), done()]);
    let long = after(&paid, &[refund(9000), Event::Lost]);
    assert_eq!(long.valid_until(), Some(at(9000)));
    // Sent again for a shorter time, the first one may still arrive.
    let sent = transition(&long, &sent_again(false), at(100), Bounds::default()).unwrap();
    assert_eq!(sent.charge.valid_until(), Some(at(9000)));
    let sent = transition(
        &sent.charge,
        &sent_again(false),
        at(8700),
        Bounds::default(),
    )
    .unwrap();
    assert_eq!(sent.charge.valid_until(), Some(at(9300)));
    // What never left cannot arrive.
    let sending = after(&paid, &[refund(9000)]);
    let sent = transition(&sending, &sent_again(true), at(5), Bounds::default()).unwrap();
    assert_eq!(sent.charge.valid_until(), Some(at(605)));
}

#[test]
fn a_row_of_an_earlier_version_has_the_limit_of_its_plan() {
    let open = after(&one_step(), &[request()]);
    let mut row = serde_json::to_value(&open).unwrap();
    row["pending"]
        .as_object_mut()
        .unwrap()
        .remove("limit_seconds");
    let mut old: Charge = serde_json::from_value(row).unwrap();
    old.plan.limit_seconds = 700;
    assert_eq!(old.valid_until(), Some(at(700)));
}

fn authorised() -> Charge {
    let card = charge(Kind::Payment, ApiFlow::Commit, CaptureMode::Automatic, true);
    after(&card, &[request(), done()])
}

#[test]
fn a_commit_that_never_leaves_is_given_up_within_its_bound_and_written_down_once() {
    let mut charge = authorised();
    let mut told = Vec::new();
    let mut now = 0;
    let commit = sending(Step::Commit, 0, None);
    while charge.phase == ChargePhase::Authorised {
        assert!(now < 2 * DAY, "it is tried for ever");
        for event in [&commit, &Event::NotSent] {
            let step = checked(&charge, event, at(now)).unwrap();
            told.extend(step.facts.iter().map(|fact| fact.kind));
            charge = step.charge;
        }
        now += 90;
    }
    assert!(now > DAY);
    assert_eq!(charge.phase, ChargePhase::Cancelled);
    assert_eq!(told, [FactKind::AttemptFailed]);
    assert_eq!(charge.log.len(), 2, "{:?}", charge.log);
    assert!(charge.rejection.is_some());
}

#[test]
fn an_authorisation_lapses_also_when_no_commit_can_be_signed() {
    let looked = |seconds| {
        transition(
            &authorised(),
            &Event::Checked,
            at(seconds),
            Bounds::default(),
        )
    };
    assert_eq!(looked(DAY).unwrap().charge.phase, ChargePhase::Authorised);
    assert_eq!(
        looked(DAY + 1).unwrap().charge.phase,
        ChargePhase::Cancelled
    );
}

#[test]
fn a_person_names_the_payment_that_later_steps_need() {
    let lost = after(&one_step(), &[request(), Event::Lost]);
    let review = transition(&lost, &nothing(), at(80 * DAY), Bounds::default()).unwrap();
    let review = review.charge;
    for wrong in [
        Review::Happened,
        as_payment("12"),
        as_payment("1234567890123x"),
    ] {
        let error = transition(&review, &Event::Reviewed(wrong), at(0), Bounds::default());
        assert_eq!(error.unwrap_err().field_name(), Some("tracking_id"));
    }
    let paid = after(&review, &[Event::Reviewed(as_payment("00000000000009"))]);
    assert_eq!(paid.tracking_id.as_deref(), Some("00000000000009"));
    assert_eq!((paid.phase, paid.review), (ChargePhase::Paid, None));
    // What the gateway has named is not overwritten.
    let refunding = after(&paid, &[sending(Step::Refund, 0, None), Event::Lost]);
    let review = transition(&refunding, &nothing(), at(80 * DAY), Bounds::default()).unwrap();
    assert!(
        checked(
            &review.charge,
            &Event::Reviewed(as_payment("00000000000008")),
            at(0)
        )
        .is_none()
    );
    after(&review.charge, &[Event::Reviewed(Review::Happened)]);
}

#[test]
fn nothing_of_the_customer_is_printed() {
    const SECRET: &str = "cust-77-secret";
    let answer = Event::Done {
        tracking_id: Some("00000000000001".into()),
        transaction_id: None,
        details: vec![("cust_number".into(), SECRET.into())],
    };
    let open = after(&slip(), &[request()]);
    let step = transition(&open, &answer, at(0), Bounds::default()).unwrap();
    assert_eq!(step.charge.details["cust_number"], SECRET);
    for printed in [
        format!("{answer:?}"),
        format!("{step:?}"),
        format!("{:#?}", step.charge),
    ] {
        assert!(printed.contains("cust_number"), "{printed}");
        assert!(!printed.contains(SECRET), "{printed}");
    }
}

#[test]
fn a_deposit_without_a_name_leaves_the_payment_unnamed() {
    let nameless = Event::Deposited {
        tracking_id: None,
        cumulative: Yen::new(ASKED),
        received: None,
    };
    let lost = after(&slip(), &[request(), Event::Lost]);
    let paid = after(&lost, std::slice::from_ref(&nameless));
    assert_eq!((paid.phase, paid.tracking_id), (ChargePhase::Paid, None));
    let known = after(&slip(), &[request(), done(), nameless]);
    assert_eq!(known.tracking_id.as_deref(), Some("00000000000001"));
}
