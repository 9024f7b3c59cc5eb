//! What is needed to judge one movement by all the others.

use std::collections::{BTreeMap, BTreeSet};

use super::cause::Cause;
use super::entry::Verdict;
use super::expected::{Belief, Expected, Source};
use super::pairing::{How, Paired, Recorded};
use crate::money::Yen;
use crate::schedule::{YearMonth, midnight};
use crate::settlement::file::{MovementKind, PaymentStatus, StatementEnd, StatementRow};
use crate::time::Timestamp;

/// A movement this close to the edge of a file may be dated into the neighbouring one: a day.
const EDGE_SECONDS: i64 = 86_400;

pub(super) struct Facts<'a> {
    expected: &'a [Expected],
    end: &'a StatementEnd,
    /// The `tracking_id` of each record: the journal's, else that of the sale it was paired with.
    trackings: Vec<Option<&'a str>>,
    by_order: BTreeMap<&'a str, Vec<usize>>,
    by_tracking: BTreeMap<&'a str, Vec<usize>>,
    /// Sales of the file: by order, or by `tracking_id` where they have no order.
    sales: BTreeSet<&'a str>,
    /// Ids of refunds in the file that the journal does not have.
    open_refunds: BTreeMap<&'a str, u128>,
    refunded: Vec<Option<Refunded>>,
    /// Records with a sum of refunds that no rows make up, and the last second at which a row may be part of it.
    open_sums: BTreeMap<usize, i64>,
    /// Movements of the journal that the file has, by kind, order and yen.
    confirmed: BTreeMap<(MovementKind, &'a str, Yen), Vec<Recorded<'a>>>,
}

/// What was refunded of a payment at the close: by both sides, and by at least one of them.
#[derive(Clone, Copy, Default)]
struct Refunded {
    price: u128,
    least: u128,
    most: u128,
}

impl<'a> Facts<'a> {
    pub(super) fn new(
        expected: &'a [Expected],
        rows: &'a [StatementRow],
        end: &'a StatementEnd,
        paired: &Paired<'a>,
    ) -> Self {
        let mut facts = Self {
            expected,
            end,
            trackings: expected.iter().map(Expected::tracking).collect(),
            by_order: BTreeMap::new(),
            by_tracking: BTreeMap::new(),
            sales: BTreeSet::new(),
            open_refunds: BTreeMap::new(),
            refunded: Vec::new(),
            open_sums: BTreeMap::new(),
            confirmed: BTreeMap::new(),
        };
        facts.read_rows(rows, paired);
        for (recorded, pair) in paired.movements.iter().zip(&paired.of_movement) {
            if pair.is_some() {
                let key = facts.movement_key(recorded);
                facts.confirmed.entry(key).or_default().push(*recorded);
            } else if recorded.movement.is_sum_of_refunds() {
                let latest = recorded.movement.latest();
                facts.open_sums.insert(recorded.index, latest);
            }
        }
        for (index, one) in expected.iter().enumerate() {
            if !one.order_id.is_empty() {
                let of_order = facts.by_order.entry(&one.order_id).or_default();
                of_order.push(index);
            }
            if let Some(tracking) = facts.tracking(index) {
                facts.by_tracking.entry(tracking).or_default().push(index);
            }
        }
        facts.refunded = facts.refunds(rows, paired);
        facts
    }

    fn read_rows(&mut self, rows: &'a [StatementRow], paired: &Paired<'a>) {
        for (row, pair) in rows.iter().zip(&paired.of_row) {
            let is_sale = row.kind == MovementKind::Sale;
            if is_sale {
                self.sales.insert(if row.order_id.is_empty() {
                    &row.tracking_id
                } else {
                    &row.order_id
                });
            }
            match pair {
                Some((movement, How::Same)) if is_sale && !row.tracking_id.is_empty() => {
                    let index = paired.movements.get(*movement).map(|m| m.index);
                    if let Some(slot) = index.and_then(|i| self.trackings.get_mut(i)) {
                        slot.get_or_insert(&row.tracking_id);
                    }
                }
                None if !is_sale => {
                    let id = if row.tracking_id.is_empty() {
                        &row.order_id
                    } else {
                        &row.tracking_id
                    };
                    *self.open_refunds.entry(id).or_default() += u128::from(row.amount.get());
                }
                _ => {}
            }
        }
    }

    fn tracking(&self, index: usize) -> Option<&'a str> {
        self.trackings.get(index).copied().flatten()
    }

    /// Records that a row may belong to: those of its `tracking_id`, else those of its order that have no other one.
    pub(super) fn owners(&self, row: &StatementRow) -> Vec<usize> {
        let tracking = row.tracking_id.as_str();
        let of_tracking = self.by_tracking.get(tracking);
        let of_order = self.by_order.get(row.order_id.as_str());
        let fits = |index: &usize| {
            of_tracking.is_some() || tracking.is_empty() || self.tracking(*index).is_none()
        };
        let all = of_tracking.or(of_order).map_or(&[][..], Vec::as_slice);
        all.iter().copied().filter(fits).collect()
    }

    /// Whether a refund is surely one of this payment. The order alone does not say it: an order may have been paid
    /// twice, and the refund be the second payment's.
    pub(super) fn is_payment_of(&self, index: usize, row: &StatementRow) -> bool {
        if row.tracking_id.is_empty() {
            return self.refundable(index).is_some();
        }
        self.tracking(index) == Some(row.tracking_id.as_str())
    }

    pub(super) fn record(&self, index: usize) -> Option<&'a Expected> {
        self.expected.get(index)
    }

    /// Yen of a payment that the journal does not have as refunded; none where it does not say what was paid.
    pub(super) fn refundable(&self, index: usize) -> Option<u128> {
        let one = self.expected.get(index)?;
        let sum = |kind| {
            one.movements
                .iter()
                .filter(|m| m.kind == kind && m.belief == Belief::Happened)
                .map(|m| u128::from(m.amount.get()))
                .sum::<u128>()
        };
        let paid = sum(MovementKind::Sale);
        (paid > 0).then(|| paid.saturating_sub(sum(MovementKind::Refund)))
    }

    /// Whether the journal has a sum of refunds without times that the file does not explain, and of which the row may be
    /// a part.
    pub(super) fn may_be_in_sum(&self, index: usize, row: &StatementRow) -> bool {
        let latest = self.open_sums.get(&index);
        latest.is_some_and(|latest| row.processed_at.as_unix() <= *latest)
    }

    /// Whether the journal has the order or the `tracking_id` at all.
    pub(super) fn knows(&self, row: &StatementRow) -> bool {
        self.by_tracking.contains_key(row.tracking_id.as_str())
            || self.by_order.contains_key(row.order_id.as_str())
    }

    /// Whether anything of a payment was refunded, by either side.
    pub(super) fn is_touched(&self, row: &StatementRow) -> bool {
        let owners = self.by_tracking.get(row.tracking_id.as_str());
        owners.into_iter().flatten().any(|index| {
            let sums = self.refunded.get(*index).copied().flatten();
            sums.is_none_or(|sums| sums.most > 0)
        })
    }

    /// Whether the state in the file follows neither from what both sides have nor from what one of them has.
    pub(super) fn state_differs(&self, index: usize, row: &StatementRow) -> bool {
        let Some(Some(Refunded { price, least, most })) = self.refunded.get(index) else {
            return false;
        };
        let state = |refunded: u128| match refunded {
            0 => 0,
            part if part < *price => 1,
            _ => 2,
        };
        let said = match row.status {
            None => return false,
            Some(PaymentStatus::Captured) => 0,
            Some(PaymentStatus::PartlyRefunded) => 1,
            Some(PaymentStatus::Refunded) => 2,
        };
        said < state(*least) || state(*most) < said
    }

    /// Why the file does not have a movement of the journal, and what that decides.
    pub(super) fn of_movement(&self, recorded: &Recorded<'a>) -> (Cause, Option<Verdict>) {
        let movement = recorded.movement;
        let unknown = matches!(movement.belief, Belief::Unknown { .. });
        let undecided = unknown.then_some(Verdict::Undecided);
        if movement.at.is_some_and(|at| !self.end.period.contains(at)) {
            return (Cause::OtherPeriod, undecided);
        }
        match movement.belief {
            Belief::DidNotHappen => (Cause::NothingMoved, None),
            Belief::Happened if self.is_recorded_twice(recorded) => (Cause::RecordedTwice, None),
            Belief::Happened => (self.absence(recorded), None),
            Belief::Unknown { until } => {
                let is_sale = movement.kind == MovementKind::Sale;
                // Other months of a contract are in the file under the same ids.
                let is_month = recorded.expected.source == Source::Month;
                if is_sale && !is_month && self.has_sale(recorded) {
                    return (Cause::AnotherSaleInFile, undecided);
                }
                let (starts, ends) = if is_month && begins_month(movement.at) {
                    self.whole()
                } else {
                    self.inside()
                };
                let is_inside = movement.at.is_some_and(|at| starts <= at.as_unix())
                    && until.is_some_and(|until| until.as_unix() <= ends);
                let is_clear =
                    is_sale || movement.belief.is_exact() || !self.has_open_refund(recorded);
                if is_inside && is_clear && self.end.is_proven_whole {
                    let verdict = if is_sale {
                        Verdict::NotPaid
                    } else {
                        Verdict::NotRefunded
                    };
                    (Cause::AbsentFromFile, Some(verdict))
                } else if is_month && is_sale && !is_inside {
                    // The statement of the whole month tells.
                    (Cause::OtherPeriod, undecided)
                } else {
                    (Cause::NotDecided, undecided)
                }
            }
        }
    }

    fn absence(&self, recorded: &Recorded<'_>) -> Cause {
        let (starts, ends) = self.inside();
        match recorded.movement.at.map(Timestamp::as_unix) {
            None => Cause::NotInFileUndated,
            Some(_) if !self.end.is_proven_whole => Cause::NotInFileUnproven,
            Some(at) if at < starts || ends < at => Cause::NotInFileAtEdge,
            Some(_) => Cause::NotInFile,
        }
    }

    fn whole(&self) -> (i64, i64) {
        let period = self.end.period;
        (period.starts_at().as_unix(), period.ends_at().as_unix())
    }

    /// The part of the period that no other file can speak of.
    fn inside(&self) -> (i64, i64) {
        let (starts, ends) = self.whole();
        (starts + EDGE_SECONDS, ends - EDGE_SECONDS)
    }

    fn has_sale(&self, recorded: &Recorded<'_>) -> bool {
        let order = recorded.expected.order_id.as_str();
        let of = |id: &str| !id.is_empty() && self.sales.contains(id);
        of(order) || self.tracking(recorded.index).is_some_and(of)
    }

    fn has_open_refund(&self, recorded: &Recorded<'_>) -> bool {
        self.refund_ids(recorded.index)
            .any(|id| self.open_refunds.contains_key(id))
    }

    fn refund_ids(&self, index: usize) -> impl Iterator<Item = &'a str> {
        let order = self.expected.get(index).map(|e| e.order_id.as_str());
        order
            .into_iter()
            .chain(self.tracking(index))
            .filter(|id| !id.is_empty())
    }

    /// Whether the file has a movement of the journal that this one repeats: a refund of the same second, or a sale of
    /// the same month.
    fn is_recorded_twice(&self, recorded: &Recorded<'a>) -> bool {
        let movement = recorded.movement;
        let repeats = |other: &Recorded<'_>| {
            let same_time = match (movement.at, other.movement.at) {
                (Some(a), Some(b)) if movement.kind == MovementKind::Sale => {
                    YearMonth::of_instant(a) == YearMonth::of_instant(b)
                }
                (a, b) => a == b,
            };
            let apart = match (self.tracking(recorded.index), self.tracking(other.index)) {
                (Some(one), Some(other)) => one != other,
                _ => false,
            };
            same_time && !apart
        };
        let same = self.confirmed.get(&self.movement_key(recorded));
        same.is_some_and(|same| same.iter().any(repeats))
    }

    fn movement_key(&self, recorded: &Recorded<'a>) -> (MovementKind, &'a str, Yen) {
        let order = recorded.expected.order_id.as_str();
        let id = if order.is_empty() {
            recorded.expected.tracking().unwrap_or_default()
        } else {
            order
        };
        (recorded.movement.kind, id, recorded.movement.amount)
    }

    /// What was refunded of each payment; none where that can not be told.
    fn refunds(&self, rows: &[StatementRow], paired: &Paired<'_>) -> Vec<Option<Refunded>> {
        let mut all: Vec<_> = self
            .expected
            .iter()
            .enumerate()
            .map(|(index, one)| {
                let is_sale = |m: &&super::ExpectedMovement| {
                    m.kind == MovementKind::Sale && m.belief != Belief::DidNotHappen
                };
                // Periods share their ids, so that their refunds can not be told apart.
                let is_plain =
                    !one.source.shares_ids() && one.movements.iter().filter(is_sale).count() == 1;
                let open = self
                    .refund_ids(index)
                    .filter_map(|id| self.open_refunds.get(id));
                is_plain.then(|| Refunded {
                    most: open.sum(),
                    ..Refunded::default()
                })
            })
            .collect();
        for (recorded, pair) in paired.movements.iter().zip(&paired.of_movement) {
            let Some(Some(sums)) = all.get_mut(recorded.index) else {
                continue;
            };
            let movement = recorded.movement;
            let yen = u128::from(movement.amount.get());
            if movement.kind == MovementKind::Sale {
                if movement.belief != Belief::DidNotHappen {
                    sums.price = yen;
                }
                continue;
            }
            let in_file = pair.and_then(|(row, how)| Some((rows.get(row)?, how)));
            let (least, most) = match (in_file, movement.belief) {
                (Some((_, How::Same)), _) => (yen, yen),
                (Some((row, _)), _) => (0, yen.max(u128::from(row.amount.get()))),
                (None, Belief::DidNotHappen) => (0, 0),
                (None, Belief::Unknown { .. }) => (0, yen),
                (None, Belief::Happened) => {
                    let at = movement.at.map(Timestamp::as_unix);
                    let starts = self.end.period.starts_at().as_unix();
                    let ends = self.end.period.ends_at().as_unix() + EDGE_SECONDS;
                    match at {
                        Some(at) if at < starts => (yen, yen),
                        Some(at) if at > ends => (0, 0),
                        _ => (0, yen),
                    }
                }
            };
            sums.least += least;
            sums.most += most;
        }
        all
    }
}

/// Whether a movement is dated by the gateway's own calendar, from the first second of a month on: such a one is in no
/// neighbouring file.
fn begins_month(at: Option<Timestamp>) -> bool {
    at.is_some_and(|at| at == midnight(YearMonth::of_instant(at).first_day()))
}
