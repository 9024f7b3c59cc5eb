//! Rows of the file that no movement of the journal was found for.

use std::collections::{BTreeMap, BTreeSet};

use super::cause::Cause;
use super::expected::{Expected, ExpectedMovement};
use super::facts::Facts;
use super::pairing::{How, Paired};
use crate::settlement::file::{MovementKind, PaymentStatus, StatementRow};

type Line<'a> = (MovementKind, &'a str, &'a str, i64, u64);

pub(super) struct Leftovers<'a> {
    /// The first sale of each order or, without one, of each `tracking_id`, and whether the journal surely has it.
    sales: BTreeMap<(&'a str, &'a str), (&'a StatementRow, bool)>,
    /// Lines that were seen: of equal ones the first is the movement, the others are its duplicates.
    seen: BTreeSet<Line<'a>>,
    /// Yen of refunds by `tracking_id`.
    refunds: BTreeMap<&'a str, u128>,
    /// Yen of refunds that were left over so far, by record.
    refunded: BTreeMap<usize, u128>,
}

impl<'a> Leftovers<'a> {
    pub(super) fn new(rows: &'a [StatementRow], paired: &Paired<'_>) -> Self {
        let mut new = Self {
            sales: BTreeMap::new(),
            seen: BTreeSet::new(),
            refunds: BTreeMap::new(),
            refunded: BTreeMap::new(),
        };
        for (row, pair) in rows.iter().zip(&paired.of_row) {
            if row.kind == MovementKind::Refund && !row.tracking_id.is_empty() {
                let sum = new.refunds.entry(&row.tracking_id).or_default();
                *sum += u128::from(row.amount.get());
            }
            if let Some((_, how)) = pair {
                new.see(row, *how == How::Same);
            }
        }
        new
    }

    /// Why the next row is left over, and the record that it belongs to. Rows come in the order of the file.
    pub(super) fn take(
        &mut self,
        facts: &Facts<'a>,
        row: &'a StatementRow,
    ) -> (Cause, Option<&'a Expected>) {
        let owners = facts.owners(row);
        let owner = match owners.as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        let cause = if self.seen.contains(&line_of(row)) {
            Cause::LineTwice
        } else if row.kind == MovementKind::Refund {
            match owner {
                Some(one) if facts.is_payment_of(one, row) => self.of_refund(facts, one, row),
                _ => Cause::RefundOfUnknown,
            }
        } else if let Some((first, is_sure)) = self.sales.get(&payment_of(row)) {
            self.of_second_sale(facts, first, *is_sure, row)
        } else {
            match owner {
                Some(one) if facts.record(one).is_some_and(never_paid) => Cause::SaleNotRecorded,
                _ if facts.knows(row) => Cause::FurtherSale,
                _ => Cause::UnknownOrder,
            }
        };
        self.see(row, false);
        (cause, owner.and_then(|index| facts.record(index)))
    }

    fn of_refund(&mut self, facts: &Facts<'a>, owner: usize, row: &StatementRow) -> Cause {
        let sum = self.refunded.entry(owner).or_default();
        *sum += u128::from(row.amount.get());
        match facts.refundable(owner) {
            _ if facts.may_be_in_sum(owner, row) => Cause::RefundPerhapsRecorded,
            Some(most) if *sum > most => Cause::RefundBeyondPayment,
            _ => Cause::RefundNotRecorded,
        }
    }

    /// Money may be given back only where it is certain which of two payments is the second, that they are of the same
    /// yen, and that nobody gave any of them back.
    fn of_second_sale(
        &self,
        facts: &Facts<'a>,
        first: &StatementRow,
        is_sure: bool,
        row: &StatementRow,
    ) -> Cause {
        let (one, other) = (first.tracking_id.as_str(), row.tracking_id.as_str());
        let is_apart = !one.is_empty() && !other.is_empty() && one != other;
        let back = self.refunds.get(other).copied().unwrap_or_default();
        if !is_apart
            || !is_sure
            || first.amount != row.amount
            || self.refunds.contains_key(one)
            || facts.is_touched(first)
            || says_refunded(first)
            || back == 0 && says_refunded(row)
        {
            Cause::PaidTwiceUnclear
        } else if back == 0 {
            Cause::PaidTwice
        } else if back == u128::from(row.amount.get()) {
            Cause::PaidTwiceAndRefunded
        } else {
            Cause::PaidTwiceUnclear
        }
    }

    fn see(&mut self, row: &'a StatementRow, is_sure: bool) {
        self.seen.insert(line_of(row));
        if row.kind == MovementKind::Sale {
            let first = self.sales.entry(payment_of(row)).or_insert((row, is_sure));
            if is_sure && !first.1 {
                *first = (row, true);
            }
        }
    }
}

fn says_refunded(row: &StatementRow) -> bool {
    row.status
        .is_some_and(|status| status != PaymentStatus::Captured)
}

fn never_paid(one: &Expected) -> bool {
    let is_sale = |m: &ExpectedMovement| m.kind == MovementKind::Sale;
    !one.source.shares_ids() && !one.movements.iter().any(is_sale)
}

fn payment_of(row: &StatementRow) -> (&str, &str) {
    if row.order_id.is_empty() {
        ("", &row.tracking_id)
    } else {
        (&row.order_id, "")
    }
}

fn line_of(row: &StatementRow) -> Line<'_> {
    (
        row.kind,
        &row.tracking_id,
        &row.order_id,
        row.processed_at.as_unix(),
        row.amount.get(),
    )
}
