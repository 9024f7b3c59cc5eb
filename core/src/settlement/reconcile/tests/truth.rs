//! What happened at the gateway is made up first; the file and the journal are derived from it, the journal with what
//! a crash or a lost answer takes from it. The result is then judged by the truth, which the code does not see.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    None,
    /// The answer of the sale was lost: no outcome, no tracking id.
    SaleAnswerLost,
    /// The answers of all refunds were lost.
    RefundAnswersLost,
    /// The sale was sent, and never arrived.
    SaleNeverArrived,
    /// A refund was sent, and never arrived.
    RefundNeverArrived,
    /// A refund was made on the management page.
    RefundNotRecorded,
    /// The gateway charged twice; the answer of the first was lost.
    ChargedTwice,
    /// The same, and a person gave the first back.
    ChargedTwiceFirstBack,
    /// The same, and a person gave the second back.
    ChargedTwiceSecondBack,
    /// The gateway said no, and the journal has it so.
    Refused,
    /// The gateway said no, and charged.
    RefusedAndCharged,
    /// The journal lost the sale.
    NeverRecorded,
}

const FAULTS: [Fault; 12] = [
    Fault::None,
    Fault::SaleAnswerLost,
    Fault::RefundAnswersLost,
    Fault::SaleNeverArrived,
    Fault::RefundNeverArrived,
    Fault::RefundNotRecorded,
    Fault::ChargedTwice,
    Fault::ChargedTwiceFirstBack,
    Fault::ChargedTwiceSecondBack,
    Fault::Refused,
    Fault::RefusedAndCharged,
    Fault::NeverRecorded,
];

#[derive(Clone, Debug)]
struct Payment {
    fault: Fault,
    amount: u64,
    /// Seconds from 1 December.
    paid_at: i64,
    /// Share of what is left in quarters, and seconds after the movement before.
    refunds: Vec<(u64, i64)>,
    /// Seconds that the journal is behind.
    late: i64,
}

const DAY: i64 = 86_400;

prop_compose! {
    fn payment()(
        fault in prop::sample::select(FAULTS.to_vec()),
        amount in 4u64..2000,
        paid_at in prop_oneof![
            6 => 0..90 * DAY,
            // The first and the last seconds of January.
            1 => 31 * DAY - 400..31 * DAY + 400,
            1 => 62 * DAY - 400..62 * DAY + 400,
        ],
        refunds in prop::collection::vec((1u64..=4, 60..20 * DAY), 0..3),
        late in -60i64..180,
    ) -> Payment {
        Payment { fault, amount, paid_at, refunds, late }
    }
}

/// What happened, and what each side has of it.
#[derive(Default)]
struct World {
    rows: Vec<StatementRow>,
    expected: Vec<Expected>,
    /// Orders that were paid, at any time.
    paid: BTreeSet<String>,
    /// Second payments.
    doubled: BTreeSet<String>,
    /// Refunds of the file: payment and yen.
    refunded: Vec<(String, u64)>,
}

impl Fault {
    fn is_double(self) -> bool {
        matches!(
            self,
            Self::ChargedTwice | Self::ChargedTwiceFirstBack | Self::ChargedTwiceSecondBack
        )
    }
}

impl World {
    fn add(&mut self, n: usize, p: &Payment) {
        let base = at("20251201000000");
        let when = |seconds: i64| base.plus_seconds(seconds);
        let (order, tracking) = (format!("o-{n}"), format!("{n:014}"));
        let happens = !matches!(p.fault, Fault::SaleNeverArrived | Fault::Refused);
        let mut moments = Vec::new();
        let mut left = p.amount;
        let mut at = p.paid_at;
        for (quarters, later) in &p.refunds {
            let amount = (left * quarters / 4).max(1).min(left);
            at += later;
            if amount > 0 && happens && !p.fault.is_double() {
                moments.push((amount, at));
                left -= amount;
            }
        }
        let closes = january().ends_at();
        let of = |back: u64| match back {
            0 => PaymentStatus::Captured,
            back if back < p.amount => PaymentStatus::PartlyRefunded,
            _ => PaymentStatus::Refunded,
        };
        let back: u64 = moments
            .iter()
            .filter(|m| when(m.1) <= closes)
            .map(|m| m.0)
            .sum();
        if happens {
            self.paid.insert(order.clone());
            let mut write = |kind, tracking: &str, amount, seconds, status| {
                if january().contains(when(seconds)) {
                    let row = row(kind, &order, tracking, amount, &when(seconds).to_jst());
                    self.rows.push(state(row, status));
                }
            };
            let back = match p.fault {
                Fault::ChargedTwiceFirstBack if when(p.paid_at + 400) <= closes => p.amount,
                _ => back,
            };
            write(MovementKind::Sale, &tracking, p.amount, p.paid_at, of(back));
            for (amount, at) in &moments {
                write(MovementKind::Refund, &tracking, *amount, *at, of(back));
            }
            if p.fault.is_double() {
                let second = format!("9{n:013}");
                let (again, back) = (p.paid_at + 90, p.paid_at + 400);
                let closed = closes < when(back);
                let is_back = p.fault == Fault::ChargedTwiceSecondBack && !closed;
                let of_second = of(if is_back { p.amount } else { 0 });
                write(MovementKind::Sale, &second, p.amount, again, of_second);
                match p.fault {
                    Fault::ChargedTwiceFirstBack => {
                        write(
                            MovementKind::Refund,
                            &tracking,
                            p.amount,
                            back,
                            of(p.amount),
                        );
                        if closed {
                            // The file knows nothing of what happened after its close.
                            self.doubled.insert(second);
                        } else if january().contains(when(back)) {
                            self.refunded.push((tracking.clone(), p.amount));
                        }
                    }
                    Fault::ChargedTwiceSecondBack => {
                        write(MovementKind::Refund, &second, p.amount, back, of_second);
                        // Where the first is in another file, this file rightly takes the second for the payment.
                        let is_alone =
                            !january().contains(when(p.paid_at)) && january().contains(when(again));
                        if closed {
                            self.doubled.insert(second);
                        } else if is_alone {
                            self.refunded.push((second, p.amount));
                        }
                    }
                    // Only here is it right to give the second back.
                    _ => {
                        self.doubled.insert(second);
                    }
                }
            }
            for (amount, at) in &moments {
                if january().contains(when(*at)) {
                    self.refunded.push((tracking.clone(), *amount));
                }
            }
        }
        self.record(p, order, tracking, &moments);
    }

    fn record(&mut self, p: &Payment, order: String, tracking: String, moments: &[(u64, i64)]) {
        let when = |seconds: i64| at("20251201000000").plus_seconds(seconds);
        let sent = when(p.paid_at - 2);
        let soon = Some(when(p.paid_at + 600));
        let price = yen(p.amount);
        let mut one = super::payment(&order);
        one = match p.fault {
            Fault::SaleAnswerLost
            | Fault::SaleNeverArrived
            | Fault::ChargedTwice
            | Fault::ChargedTwiceFirstBack
            | Fault::ChargedTwiceSecondBack => one.unknown_sale(price, sent, soon),
            Fault::Refused | Fault::RefusedAndCharged => one.refused_sale(price, sent),
            Fault::NeverRecorded => one,
            _ => one
                .with_tracking_id(tracking)
                .sale(price, when(p.paid_at + p.late)),
        };
        for (index, (amount, at)) in moments.iter().enumerate() {
            let amount = yen(*amount);
            match p.fault {
                Fault::RefundAnswersLost => {
                    one = one.unknown_refund(amount, when(at - 2), Some(when(at + 600)));
                }
                Fault::RefundNotRecorded if index == 0 => {}
                _ => one = one.refund(amount, when(at + p.late)),
            }
        }
        if p.fault == Fault::RefundNeverArrived {
            let left = p.amount - moments.iter().map(|m| m.0).sum::<u64>();
            let asked = moments.last().map_or(p.paid_at, |m| m.1) + 7200;
            if left > 0 {
                one = one.unknown_refund(yen(left), when(asked), Some(when(asked + 600)));
            }
        }
        self.expected.push(one);
    }
}

fn judge(world: World, whole: bool) -> Result<(), TestCaseError> {
    let World {
        rows,
        expected,
        paid,
        doubled,
        refunded,
    } = world;
    let movements: usize = expected.iter().map(|e| e.movements.len()).sum();
    let count = rows.len();
    let result = run_with(expected, rows, |end| end.is_proven_whole = whole);

    // Every row once, every movement once.
    let lines: BTreeSet<_> = result
        .entries()
        .iter()
        .filter_map(|e| Some(e.row.as_ref()?.line))
        .collect();
    prop_assert_eq!(lines.len(), count);
    prop_assert_eq!(result.total().file_count, count as u64);
    prop_assert_eq!(result.total().journal_count, movements as u64);
    let both = result
        .entries()
        .iter()
        .filter(|e| e.row.is_some() && e.movement.is_some())
        .count();
    prop_assert_eq!(result.entries().len() + both, count + movements);

    for entry in result.entries() {
        prop_assert_eq!(entry.class, entry.cause.class());
        let was_unknown = entry
            .movement
            .is_some_and(|m| matches!(m.belief, Belief::Unknown { .. }));
        prop_assert_eq!(entry.verdict.is_some(), was_unknown);
    }
    let mut confirmed = Vec::new();
    for step in result.repair_plan() {
        let order = step.repair.order_id().to_owned();
        match &step.repair {
            Repair::ConfirmPaid { .. } => prop_assert!(paid.contains(&order), "{step:?}"),
            Repair::ConfirmNotPaid { .. } => {
                prop_assert!(whole && !paid.contains(&order), "{step:?}");
            }
            Repair::ConfirmRefund {
                tracking_id,
                amount,
                ..
            } => {
                confirmed.push((tracking_id.clone().unwrap(), amount.get()));
            }
            Repair::ConfirmNotRefunded { .. } => {
                prop_assert!(whole && paid.contains(&order), "{step:?}");
            }
            Repair::RefundDuplicate { tracking_id, .. } => {
                prop_assert!(doubled.contains(tracking_id.as_ref().unwrap()), "{step:?}");
            }
            _ => {}
        }
    }
    // No refund is confirmed that the file does not have, or more often than it has it.
    let mut there = refunded;
    for one in confirmed {
        let found = there.iter().position(|refund| *refund == one);
        prop_assert!(found.is_some(), "{one:?}");
        there.remove(found.unwrap());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn no_act_contradicts_what_happened(
        payments in prop::collection::vec(payment(), 0..12), whole in any::<bool>()
    ) {
        let mut world = World::default();
        for (n, p) in payments.iter().enumerate() {
            world.add(n, p);
        }
        judge(world, whole)?;
    }

    #[test]
    fn a_journal_that_lost_nothing_is_clean(payments in prop::collection::vec(payment(), 0..12)) {
        let mut world = World::default();
        for (n, p) in payments.into_iter().enumerate() {
            let fault = if p.fault == Fault::Refused { p.fault } else { Fault::None };
            // Off the edge by more than the journal may be late, so that both sides name the same month.
            let clear = |at: i64| {
                let t = super::at("20251201000000").plus_seconds(at);
                january().contains(t) == january().contains(t.plus_seconds(p.late))
            };
            let mut moments = vec![p.paid_at];
            for (_, later) in &p.refunds {
                moments.push(moments[moments.len() - 1] + later);
            }
            if moments.iter().all(|at| clear(*at)) {
                world.add(n, &Payment { fault, ..p });
            }
        }
        let World { rows, expected, .. } = world;
        let result = run(expected, rows);
        prop_assert!(result.is_clean(), "{:#?}", result.repair_plan());
    }

    #[test]
    fn the_order_of_the_file_does_not_matter(
        payments in prop::collection::vec(payment(), 0..10), turn in any::<prop::sample::Index>()
    ) {
        let mut world = World::default();
        for (n, p) in payments.iter().enumerate() {
            world.add(n, p);
        }
        let World { rows, expected, .. } = world;
        let mut turned = rows.clone();
        if !turned.is_empty() {
            let by = turn.index(turned.len());
            turned.rotate_left(by);
        }
        let acts = |result: Reconciliation| {
            let mut acts: Vec<_> = result.repair_plan().into_iter().map(|s| (s.repair, s.cause)).collect();
            acts.sort();
            acts
        };
        prop_assert_eq!(acts(run(expected.clone(), rows)), acts(run(expected, turned)));
    }

    #[test]
    fn sums_add_up_whatever_the_two_sides_say(
        rows in prop::collection::vec(any_row(), 0..20), expected in prop::collection::vec(any_expected(), 0..8), whole in any::<bool>()
    ) {
        let movements: usize = expected.iter().map(|e| e.movements.len()).sum();
        let count = rows.len();
        let journal: i128 = expected.iter().flat_map(|e| &e.movements).map(ExpectedMovement::signed_amount).sum();
        let file: i128 = rows.iter().map(StatementRow::signed_amount).sum();
        let result = run_with(expected, rows, |end| end.is_proven_whole = whole);
        let total = result.total();
        prop_assert_eq!((total.file_yen, total.journal_yen), (file, journal));
        // A sum of refunds may be found as several rows, each with a movement of its own then.
        let movements = usize::try_from(total.journal_count).unwrap().max(movements);
        let both = result.entries().iter().filter(|e| e.row.is_some() && e.movement.is_some()).count();
        prop_assert_eq!(result.entries().len() + both, count + movements);
        assert_adds_up(&result);
        for lang in [Lang::En, Lang::Ja] {
            prop_assert!(!result.summary(lang).is_empty());
        }
    }
}

prop_compose! {
    /// Few ids, yen and times, so that they often meet.
    fn any_row()(
        refund in any::<bool>(), order in 0u8..4, tracking in 0u8..4, amount in 1u64..4, day in 1u8..=31, status in 0u8..4
    ) -> StatementRow {
        let id = |n: u8, name: &str| if n == 0 { String::new() } else { format!("{name}{n}") };
        let kind = if refund { MovementKind::Refund } else { MovementKind::Sale };
        let order = if tracking == 0 { order.max(1) } else { order };
        let mut row = row(kind, &id(order, "o"), &id(tracking, "t"), amount, &format!("202601{day:02}120000"));
        row.status = [None, Some(PaymentStatus::Captured), Some(PaymentStatus::PartlyRefunded), Some(PaymentStatus::Refunded)][usize::from(status)];
        row
    }
}

prop_compose! {
    fn any_expected()(
        source in prop::sample::select(vec![Source::Payment, Source::Purchase, Source::Period]),
        order in 0u8..4,
        tracking in 0u8..4,
        movements in prop::collection::vec((any::<bool>(), 1u64..4, prop::option::of(0i64..90), 0u8..4), 0..5),
    ) -> Expected {
        let id = |n: u8, name: &str| if n == 0 { String::new() } else { format!("{name}{n}") };
        let mut one = Expected::new(source, "id", id(order, "o")).with_tracking_id(id(tracking, "t"));
        for (refund, amount, day, belief) in movements {
            let when = |days: i64| at("20251201120000").plus_seconds(days * DAY);
            let belief = match belief {
                0 => Belief::Happened,
                1 => Belief::DidNotHappen,
                2 => Belief::Unknown { until: None },
                _ => Belief::Unknown { until: day.map(|d| when(d).plus_seconds(600)) },
            };
            let kind = if refund { MovementKind::Refund } else { MovementKind::Sale };
            one = one.with(kind, yen(amount), day.map(when), belief);
        }
        one
    }
}
