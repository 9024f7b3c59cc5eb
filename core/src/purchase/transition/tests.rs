use proptest::prelude::*;

use super::*;
use crate::contract::ContractId;
use crate::purchase::{Asked, NewPurchase, RefundEvidence};

const T1: &str = "00000000000001";
const T2: &str = "00000000000002";

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix(1_700_000_000 + seconds)
}

fn purchase() -> Purchase {
    Purchase::new(NewPurchase {
        id: "P".to_owned(),
        contract: ContractId::new("99999", "001").unwrap(),
        asked: Asked {
            cust_code: "C".to_owned(),
            item_id: "I".to_owned(),
            item_name: "item".to_owned(),
            amount: Yen::new(300),
            billing: Billing::OneTime,
        },
        at: at(0),
    })
    .unwrap()
}

fn started(n: u32) -> Event {
    Event::AttemptStarted {
        purpose: Purpose::Pay,
        order_id: format!("P-{n}"),
        request_date: "20240102030405".to_owned(),
        echo: Vec::new(),
    }
}

fn ok(n: u32, tracking_id: &str, decision: Decision) -> Event {
    Event::Notified {
        order_id: format!("P-{n}"),
        tracking_id: tracking_id.to_owned(),
        result: NoticeResult::Ok,
        settlement: Settlement::Immediate,
        decision,
    }
}

fn slip(n: u32, tracking_id: &str, decision: Decision) -> Event {
    Event::Notified {
        order_id: format!("P-{n}"),
        tracking_id: tracking_id.to_owned(),
        result: NoticeResult::Ok,
        settlement: Settlement::ByDeposit,
        decision,
    }
}

fn returned(n: u32, tracking_id: &str) -> Event {
    Event::Returned {
        order_id: format!("P-{n}"),
        tracking_id: tracking_id.to_owned(),
    }
}

fn refund(tracking_id: &str) -> Event {
    Event::RefundRequested {
        tracking_id: tracking_id.to_owned(),
        reason: "test".to_owned(),
    }
}

fn confirmed(tracking_id: &str, yen: u64) -> Event {
    Event::RefundConfirmed {
        tracking_id: tracking_id.to_owned(),
        evidence: RefundEvidence {
            source: "management_page".to_owned(),
            reference: "r".to_owned(),
            amount: Yen::new(yen),
            refunded_at: at(9),
        },
    }
}

/// Applies events and returns the purchase and every fact told.
fn run(purchase: Purchase, events: &[Event]) -> (Purchase, Vec<FactKind>) {
    events
        .iter()
        .fold((purchase, Vec::new()), |(purchase, mut told), event| {
            let step = transition(&purchase, event, at(1), Timeouts::default()).unwrap();
            told.extend(step.facts.iter().map(|fact| fact.kind));
            (step.purchase, told)
        })
}

#[test]
fn the_return_may_come_before_the_notice() {
    let (p, told) = run(
        purchase(),
        &[started(1), returned(1, T1), ok(1, T1, Decision::Accept)],
    );
    assert_eq!((p.phase, told), (Phase::Paid, vec![FactKind::Paid]));
}

#[test]
fn a_return_without_a_notice_ends_with_a_person() {
    let (p, _) = run(purchase(), &[started(1)]);
    let step = transition(&p, &returned(1, T1), at(0), Timeouts::default()).unwrap();
    assert_eq!(step.due, Some(at(15 * 60)));
    let (p, told) = run(step.purchase, &[Event::WaitedTooLong]);
    assert_eq!(p.review, Some(ReviewReason::NoticeMissing));
    assert_eq!(
        (p.phase, told),
        (Phase::NeedsReview, vec![FactKind::NeedsReview])
    );
    // The notice may still come; it decides.
    let (p, told) = run(p, &[ok(1, T1, Decision::Accept)]);
    assert_eq!(
        (p.phase, p.review, told),
        (Phase::Paid, None, vec![FactKind::Paid])
    );
}

#[test]
fn paid_after_giving_up_is_for_the_merchant_to_choose() {
    let (late, told) = run(
        purchase(),
        &[started(1), Event::GaveUp, ok(1, T1, Decision::Accept)],
    );
    assert_eq!(late.phase, Phase::PaidLate);
    assert_eq!(told, [FactKind::GivenUp, FactKind::PaidLate]);
    let (kept, told) = run(late.clone(), &[Event::LateAccepted]);
    assert_eq!((kept.phase, told), (Phase::Paid, vec![FactKind::Paid]));
    let (back, told) = run(late, &[refund(T1), confirmed(T1, 300)]);
    assert_eq!(back.phase, Phase::Refunded);
    assert_eq!(told, [FactKind::RefundRequested, FactKind::Refunded]);
}

#[test]
fn a_second_payment_is_told_and_refunded_on_its_own() {
    let (p, told) = run(
        purchase(),
        &[
            started(1),
            started(2),
            ok(1, T1, Decision::Accept),
            ok(2, T2, Decision::Accept),
        ],
    );
    assert_eq!(p.phase, Phase::PaidTwice);
    assert_eq!(told, [FactKind::Paid, FactKind::PaidTwice]);
    let (p, _) = run(p, &[refund(T2), confirmed(T2, 300)]);
    assert_eq!(p.phase, Phase::Paid);
}

#[test]
fn money_that_the_shop_refused_still_counts() {
    let (refused, told) = run(
        purchase(),
        &[started(1), started(2), ok(1, T1, Decision::Refuse)],
    );
    assert_eq!(refused.review, Some(ReviewReason::ShopRefused));
    assert_eq!(told, [FactKind::NeedsReview]);
    let (again, told) = run(refused.clone(), &[ok(1, T1, Decision::Accept)]);
    assert_eq!((again.phase, told), (Phase::Paid, vec![FactKind::Paid]));
    let (twice, told) = run(refused.clone(), &[ok(2, T2, Decision::Accept)]);
    assert_eq!(
        (twice.phase, told),
        (Phase::PaidTwice, vec![FactKind::PaidTwice])
    );
    let (back, _) = run(refused, &[refund(T1), confirmed(T1, 300)]);
    assert_eq!(back.phase, Phase::Refunded);
}

#[test]
fn a_slip_is_paid_when_the_whole_amount_is_deposited() {
    let deposit = |yen| Event::Deposited {
        order_id: "P-1".to_owned(),
        tracking_id: T1.to_owned(),
        cumulative: Yen::new(yen),
    };
    let (waits, told) = run(
        purchase(),
        &[started(1), slip(1, T1, Decision::Accept), deposit(100)],
    );
    assert_eq!(waits.phase, Phase::AwaitingDeposit);
    assert_eq!(told, [FactKind::AwaitingDeposit]);
    let (paid, told) = run(waits.clone(), &[deposit(300), deposit(300)]);
    assert_eq!((paid.phase, told), (Phase::Paid, vec![FactKind::Paid]));
    let (over, _) = run(waits.clone(), &[deposit(301)]);
    assert_eq!(over.review, Some(ReviewReason::DepositSum));
    let (less, _) = run(waits.clone(), &[deposit(99)]);
    assert_eq!(less.review, Some(ReviewReason::DepositSum));
    let expired = Event::DepositExpired {
        order_id: "P-1".to_owned(),
    };
    let (open, told) = run(waits, &[expired, started(2)]);
    assert_eq!(
        (open.phase, told),
        (Phase::Open, vec![FactKind::DepositExpired])
    );
}

#[test]
fn only_whole_refunds_are_confirmed() {
    let (p, _) = run(
        purchase(),
        &[started(1), ok(1, T1, Decision::Accept), refund(T1)],
    );
    let wrong = transition(&p, &confirmed(T1, 299), at(1), Timeouts::default()).unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::Mismatch);
    let none = transition(&p, &confirmed(T2, 300), at(1), Timeouts::default()).unwrap_err();
    assert_eq!(none.kind(), ErrorKind::UnknownOrder);
    let twice = transition(&p, &refund(T1), at(1), Timeouts::default()).unwrap_err();
    assert_eq!(twice.kind(), ErrorKind::InvalidState);
}

#[test]
fn a_contract_is_ended_by_an_attempt_of_its_own() {
    let end = Event::AttemptStarted {
        purpose: Purpose::EndContract,
        order_id: "P-2".to_owned(),
        request_date: "20240102030405".to_owned(),
        echo: Vec::new(),
    };
    let paid = [started(1), ok(1, T1, Decision::Accept)];
    let (once, _) = run(purchase(), &paid);
    assert!(transition(&once, &end, at(1), Timeouts::default()).is_err());
    let mut monthly = purchase();
    monthly.asked.billing = Billing::RecurringSimple;
    let (p, _) = run(monthly, &paid);
    let (p, told) = run(p, &[end.clone(), ok(2, T2, Decision::Accept)]);
    assert_eq!(p.contract_end, Some(ContractEnd::Cancelled));
    assert_eq!((p.phase, p.payments.len()), (Phase::Paid, 1));
    assert_eq!(told, [FactKind::ContractEnded]);
    assert!(transition(&p, &end, at(1), Timeouts::default()).is_err());
}

#[test]
fn a_refused_payment_that_is_being_refunded_is_never_delivered() {
    let refused = [started(1), ok(1, T1, Decision::Refuse), refund(T1)];
    let again = ok(1, T1, Decision::Accept);
    let (waits, told) = run(
        purchase(),
        &[&refused[..], std::slice::from_ref(&again)].concat(),
    );
    assert_eq!(waits.phase, Phase::RefundRequested);
    assert!(!told.contains(&FactKind::Paid), "{told:?}");
    let (back, told) = run(
        purchase(),
        &[&refused[..], &[confirmed(T1, 300), again]].concat(),
    );
    assert_eq!(back.phase, Phase::Refunded);
    assert!(!told.contains(&FactKind::Paid), "{told:?}");
    // The shop took it, and then decided to keep it: now it delivers.
    let withdrawn = Event::RefundWithdrawn {
        tracking_id: T1.to_owned(),
    };
    let (paid, told) = run(waits, &[withdrawn]);
    assert_eq!(paid.phase, Phase::Paid);
    assert_eq!(told, [FactKind::RefundWithdrawn, FactKind::Paid]);
}

#[test]
fn the_payment_that_stays_is_delivered_even_if_the_first_was_refused() {
    let (twice, told) = run(
        purchase(),
        &[
            started(1),
            started(2),
            ok(1, T1, Decision::Refuse),
            ok(2, T2, Decision::Accept),
        ],
    );
    assert_eq!(told, [FactKind::NeedsReview, FactKind::PaidTwice]);
    let (paid, told) = run(twice, &[refund(T1), confirmed(T1, 300)]);
    assert_eq!(paid.phase, Phase::Paid);
    assert_eq!(
        told,
        [
            FactKind::RefundRequested,
            FactKind::Refunded,
            FactKind::Paid
        ]
    );
}

#[test]
fn a_wrong_deposit_sum_is_delivered_once_after_the_review() {
    let deposit = |yen| Event::Deposited {
        order_id: "P-1".to_owned(),
        tracking_id: T1.to_owned(),
        cumulative: Yen::new(yen),
    };
    let found_paid = Event::Reviewed(ReviewVerdict::Paid {
        order_id: "P-1".to_owned(),
        tracking_id: T1.to_owned(),
    });
    for sums in [&[301][..], &[300, 301], &[300, 299]] {
        let mut events = vec![started(1), slip(1, T1, Decision::Accept)];
        events.extend(sums.iter().copied().map(deposit));
        events.push(found_paid.clone());
        let (p, told) = run(purchase(), &events);
        assert_eq!(p.phase, Phase::Paid);
        let times = told.iter().filter(|kind| **kind == FactKind::Paid).count();
        assert_eq!(times, 1, "{sums:?}: {told:?}");
    }
}

#[test]
fn a_second_verified_success_without_a_notice_ends_with_a_person() {
    for events in [
        vec![returned(2, T2), ok(1, T1, Decision::Accept)],
        vec![ok(1, T1, Decision::Accept), returned(2, T2)],
    ] {
        let events = [&[started(1), started(2)], &events[..]].concat();
        let (p, told) = run(purchase(), &events);
        assert_eq!((p.phase, told), (Phase::Paid, vec![FactKind::Paid]));
        let last = transition(&p, &Event::WaitedTooLong, at(900), Timeouts::default()).unwrap();
        assert_eq!(last.facts[0].order_id.as_deref(), Some("P-2"));
        assert_eq!(last.facts[0].tracking_id.as_deref(), Some(T2));
        let asked = last.purchase;
        assert_eq!(asked.review, Some(ReviewReason::NoticeMissing));

        let (kept, told) = run(asked.clone(), &[Event::Reviewed(ReviewVerdict::NotPaid)]);
        assert_eq!((kept.phase, told), (Phase::Paid, vec![]));
        let again = transition(&kept, &Event::WaitedTooLong, at(9), Timeouts::default()).unwrap();
        assert_eq!((again.purchase.phase, again.due), (Phase::Paid, None));
        let found = Event::Reviewed(ReviewVerdict::Paid {
            order_id: "P-2".to_owned(),
            tracking_id: T2.to_owned(),
        });
        for proof in [found, ok(2, T2, Decision::Accept)] {
            let (twice, told) = run(asked.clone(), &[proof]);
            assert_eq!(twice.phase, Phase::PaidTwice);
            assert_eq!(told, [FactKind::PaidTwice]);
        }
    }
}

#[test]
fn the_bound_runs_while_any_success_is_unconfirmed() {
    let (p, _) = run(
        purchase(),
        &[started(1), started(2), ok(1, T1, Decision::Accept)],
    );
    let step = transition(&p, &returned(2, T2), at(0), Timeouts::default()).unwrap();
    assert_eq!(step.due, Some(at(15 * 60)));
}

#[test]
fn renderings_are_bounded() {
    let again = |i: usize| Event::AttemptSignedAgain {
        order_id: "P-1".to_owned(),
        request_date: format!("{:014}", i),
    };
    let events: Vec<_> = (1..Purchase::MAX_RENDERINGS).map(again).collect();
    let (p, _) = run(purchase(), &[&[started(1)], events.as_slice()].concat());
    let step = |event: &Event| transition(&p, event, at(1), Timeouts::default());
    assert!(
        step(&again(1)).is_ok(),
        "a date that was handed out costs nothing"
    );
    let refused = step(&again(Purchase::MAX_RENDERINGS)).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::InvalidState);
}

#[test]
fn attempts_are_bounded() {
    let events: Vec<_> = (1..=99).map(started).collect();
    let (p, _) = run(purchase(), &events);
    assert!(transition(&p, &started(100), at(1), Timeouts::default()).is_err());
}

fn any_event() -> impl Strategy<Value = Event> {
    let n = 1u32..4;
    let tracking = prop_oneof![Just(T1), Just(T2)];
    prop_oneof![
        n.clone().prop_map(started),
        (n.clone(), tracking.clone(), any::<bool>()).prop_map(|(n, t, accept)| {
            ok(
                n,
                t,
                if accept {
                    Decision::Accept
                } else {
                    Decision::Refuse
                },
            )
        }),
        n.clone().prop_map(|n| Event::Notified {
            order_id: format!("P-{n}"),
            tracking_id: String::new(),
            result: NoticeResult::Ng("5101".to_owned()),
            settlement: Settlement::Immediate,
            decision: Decision::Accept,
        }),
        (n.clone(), tracking.clone()).prop_map(|(n, t)| returned(n, t)),
        n.clone().prop_map(|n| Event::ReturnedCancel {
            order_id: format!("P-{n}")
        }),
        n.clone().prop_map(|n| Event::ReturnedError {
            order_id: format!("P-{n}"),
            err_code: "4301".to_owned(),
        }),
        (n.clone(), tracking.clone(), 0u64..400).prop_map(|(n, t, yen)| Event::Deposited {
            order_id: format!("P-{n}"),
            tracking_id: t.to_owned(),
            cumulative: Yen::new(yen),
        }),
        Just(Event::GaveUp),
        Just(Event::WaitedTooLong),
        Just(Event::LateAccepted),
        Just(Event::Reviewed(ReviewVerdict::NotPaid)),
        (n, tracking.clone()).prop_map(|(n, t)| Event::Reviewed(ReviewVerdict::Paid {
            order_id: format!("P-{n}"),
            tracking_id: t.to_owned(),
        })),
        tracking.clone().prop_map(refund),
        tracking.clone().prop_map(|t| confirmed(t, 300)),
        tracking.prop_map(|t| Event::RefundWithdrawn {
            tracking_id: t.to_owned()
        }),
    ]
}

proptest! {
    /// Whatever happens in whatever order: money is never forgotten, and `paid` means exactly one live payment.
    #[test]
    fn no_order_of_events_loses_money(
        events in prop::collection::vec(any_event(), 0..40),
    ) {
        let mut p = purchase();
        let (mut told_paid, mut late_accepted) = (0, 0);
        for event in &events {
            let before = p.clone();
            let Ok(step) = transition(&p, event, at(1), Timeouts::default()) else { continue };
            p = step.purchase;
            prop_assert!(p.payments.len() >= before.payments.len());
            let live = p.live_payments().count();
            match p.phase {
                Phase::Paid | Phase::PaidLate | Phase::RefundRequested => prop_assert_eq!(live, 1),
                Phase::PaidTwice => prop_assert!(live >= 2),
                Phase::Refunded => prop_assert!(live == 0 && !p.payments.is_empty()),
                Phase::Open | Phase::GivenUp | Phase::AwaitingDeposit | Phase::AwaitingNotice => prop_assert_eq!(live, 0),
                Phase::NeedsReview => prop_assert!(p.review.is_some()),
            }
            prop_assert_eq!(p.review.is_some(), p.phase == Phase::NeedsReview);
            told_paid += step.facts.iter().filter(|fact| fact.kind == FactKind::Paid).count();
            late_accepted += usize::from(matches!(event, Event::LateAccepted));
            prop_assert!(told_paid <= 1 + late_accepted, "delivered twice");
            prop_assert!(p.phase != Phase::Paid || told_paid >= 1, "paid, and nobody delivers");
            for fact in step.facts.iter().filter(|fact| fact.kind == FactKind::Paid) {
                prop_assert_eq!(fact.phase, Phase::Paid);
            }
            if live > before.live_payments().count() {
                prop_assert!(!step.facts.is_empty(), "money moved and nobody was told");
            }
        }
    }
}
