//! Which movement of the file is which of the journal.
//!
//! From the strongest evidence to the weakest, each pass among what the passes before left over: both ids, then
//! `tracking_id`, then `order_id` where one side has no `tracking_id`; equal amounts before different ones; times
//! close together before times in the same month; what happened before what is not known. A sum of refunds that the
//! journal knows without times is taken apart into the rows that it consists of.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::expected::{Belief, Expected, ExpectedMovement, Source};
use crate::schedule::{YearMonth, midnight};
use crate::settlement::file::{MovementKind, StatementEnd, StatementRow};
use crate::time::Timestamp;

/// Clocks of shop and gateway differ by less than this.
pub(super) const NEAR_SECONDS: i64 = 3600;
/// A payment may be recorded this much later than it happened: a notice that was sent again.
const RECORDED_LATE_SECONDS: i64 = 7 * 86_400;
/// A payment may be dated this much later at the gateway than here, across the end of a month.
const DATED_LATE_SECONDS: i64 = 2 * 86_400;

/// How sure a pair is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// Ids and amounts agree.
    Same,
    /// Ids agree, amounts do not.
    OtherAmount,
    /// Order and amount agree, the gateway's ids do not.
    OtherTracking,
    /// The journal says that it did not happen.
    Refused,
}

/// A movement of the journal with its record.
#[derive(Clone, Copy)]
pub(super) struct Recorded<'a> {
    pub(super) index: usize,
    pub(super) expected: &'a Expected,
    pub(super) movement: ExpectedMovement,
}

/// What became of every movement of both sides.
pub(super) struct Paired<'a> {
    pub(super) movements: Vec<Recorded<'a>>,
    pub(super) of_row: Vec<Option<(usize, How)>>,
    pub(super) of_movement: Vec<Option<(usize, How)>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    BothIds,
    Tracking,
    /// The journal has no `tracking_id`.
    OrderHere,
    /// The file has no `tracking_id`.
    OrderThere,
    /// Both have one, and they differ.
    OrderOnly,
}

const KEYS: [By; 4] = [By::BothIds, By::Tracking, By::OrderHere, By::OrderThere];

#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    /// Within an hour, or on the same day if the file has no times.
    Near,
    /// As far apart as one movement may be.
    Possible,
}

#[derive(Clone, Copy)]
struct Pass {
    by: By,
    same_amount: bool,
    when: When,
    belief: fn(Belief) -> bool,
    how: How,
    /// Only months of contracts that the gateway bills.
    months: bool,
}

type Key<'a> = (MovementKind, &'a str, &'a str, u64);

pub(super) struct Pairing<'r, 'a> {
    rows: &'r [StatementRow],
    is_date_only: bool,
    open_rows: Vec<usize>,
    open_movements: Vec<usize>,
    paired: Paired<'a>,
}

impl<'r, 'a> Pairing<'r, 'a> {
    pub(super) fn new(
        expected: &'a [Expected],
        rows: &'r [StatementRow],
        end: &StatementEnd,
    ) -> Self {
        let movements: Vec<_> = expected
            .iter()
            .enumerate()
            .flat_map(|(index, expected)| {
                expected.movements.iter().map(move |movement| Recorded {
                    index,
                    expected,
                    movement: *movement,
                })
            })
            .collect();
        Self {
            rows,
            is_date_only: end.is_date_only,
            open_rows: (0..rows.len()).collect(),
            open_movements: (0..movements.len()).collect(),
            paired: Paired {
                of_row: vec![None; rows.len()],
                of_movement: vec![None; movements.len()],
                movements,
            },
        }
    }

    pub(super) fn run(mut self) -> Paired<'a> {
        let happened: fn(Belief) -> bool = |b| b == Belief::Happened;
        let unknown: fn(Belief) -> bool = |b| matches!(b, Belief::Unknown { .. });
        let refused: fn(Belief) -> bool = |b| b == Belief::DidNotHappen;
        // The application of a contract has the same ids, and its money may be dated late: each month first takes its own.
        for belief in [happened, unknown] {
            self.pass(Pass {
                by: By::Tracking,
                same_amount: true,
                when: When::Possible,
                belief,
                how: How::Same,
                months: true,
            });
        }
        for (same_amount, how) in [(true, How::Same), (false, How::OtherAmount)] {
            for by in KEYS {
                for when in [When::Near, When::Possible] {
                    for belief in [happened, unknown] {
                        self.pass(Pass {
                            by,
                            same_amount,
                            when,
                            belief,
                            how,
                            months: false,
                        });
                    }
                }
            }
        }
        for belief in [happened, unknown] {
            self.pass(Pass {
                by: By::OrderOnly,
                same_amount: true,
                when: When::Possible,
                belief,
                how: How::OtherTracking,
                months: false,
            });
        }
        self.take_sums_apart();
        for by in KEYS.into_iter().chain([By::OrderOnly]) {
            self.pass(Pass {
                by,
                same_amount: false,
                when: When::Possible,
                belief: refused,
                how: How::Refused,
                months: false,
            });
        }
        self.paired
    }

    fn pass(&mut self, pass: Pass) {
        let mut buckets: BTreeMap<Key<'_>, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for &index in &self.open_movements {
            if let Some(key) = self.movement_key(pass, index) {
                buckets.entry(key).or_default().1.push(index);
            }
        }
        if buckets.is_empty() {
            return;
        }
        for &index in &self.open_rows {
            let bucket = self
                .row_key(pass, index)
                .and_then(|key| buckets.get_mut(&key));
            if let Some((rows, _)) = bucket {
                rows.push(index);
            }
        }
        for (rows, movements) in buckets.into_values() {
            self.pair_in_time(pass, &rows, &movements);
        }
        self.keep_open();
    }

    fn keep_open(&mut self) {
        let Paired {
            of_row,
            of_movement,
            ..
        } = &self.paired;
        let is_open = |side: &[Option<(usize, How)>], index: usize| {
            side.get(index).is_some_and(Option::is_none)
        };
        self.open_rows.retain(|index| is_open(of_row, *index));
        self.open_movements
            .retain(|index| is_open(of_movement, *index));
    }

    /// As many pairs as their times allow: each row, in the order of time, takes the movement that can wait least.
    fn pair_in_time(&mut self, pass: Pass, rows: &[usize], movements: &[usize]) {
        let mut rows: Vec<_> = rows
            .iter()
            .filter_map(|&index| Some((self.rows.get(index)?.processed_at.as_unix(), index)))
            .collect();
        rows.sort_unstable();
        let mut spans: Vec<_> = movements
            .iter()
            .filter_map(|&index| {
                let (from, until) = self.span(pass.when, self.paired.movements.get(index)?)?;
                Some((from, until, index))
            })
            .collect();
        spans.sort_unstable();
        let mut spans = spans.into_iter().peekable();
        let mut waiting = BinaryHeap::new();
        for (at, row) in rows {
            while let Some((_, until, index)) = spans.next_if(|(from, ..)| *from <= at) {
                waiting.push(Reverse((until, index)));
            }
            while let Some(Reverse((until, movement))) = waiting.pop() {
                if until >= at {
                    self.pair(row, movement, pass.how);
                    break;
                }
            }
        }
    }

    /// An answer tells how much was refunded by then, not in how many parts: the earliest rows that make it up to the
    /// yen are its parts. What is not made up so stays whole.
    fn take_sums_apart(&mut self) {
        for movement in self.open_movements.clone() {
            let Some(recorded) = self.paired.movements.get(movement).copied() else {
                continue;
            };
            if !recorded.movement.is_sum_of_refunds() {
                continue;
            }
            let parts = KEYS.into_iter().find_map(|by| self.parts(by, &recorded));
            for (number, row) in parts.unwrap_or_default().into_iter().enumerate() {
                let Some(amount) = self.rows.get(row).map(|row| row.amount) else {
                    continue;
                };
                let movement = if number == 0 {
                    movement
                } else {
                    self.paired.movements.push(recorded);
                    self.paired.of_movement.push(None);
                    self.paired.movements.len() - 1
                };
                if let Some(part) = self.paired.movements.get_mut(movement) {
                    part.movement.amount = amount;
                }
                self.pair(row, movement, How::Same);
            }
            self.keep_open();
        }
    }

    /// The earliest open refunds with the ids of a record that make up its sum.
    fn parts(&self, by: By, recorded: &Recorded<'_>) -> Option<Vec<usize>> {
        let ids = movement_ids(by, recorded.expected)?;
        let mut rows: Vec<_> = self
            .open_rows
            .iter()
            .filter_map(|&index| Some((index, self.rows.get(index)?)))
            .filter(|(_, row)| row.kind == MovementKind::Refund && row_ids(by, row) == Some(ids))
            .filter(|(_, row)| row.processed_at.as_unix() <= recorded.movement.latest())
            .collect();
        rows.sort_by_key(|(index, row)| (row.processed_at.as_unix(), *index));
        let mut missing = recorded.movement.amount.get();
        let mut parts = Vec::new();
        for (index, row) in rows {
            missing = missing.checked_sub(row.amount.get())?;
            parts.push(index);
            if missing == 0 {
                return Some(parts);
            }
        }
        None
    }

    fn pair(&mut self, row: usize, movement: usize, how: How) {
        if let Some(slot) = self.paired.of_row.get_mut(row) {
            *slot = Some((movement, how));
        }
        if let Some(slot) = self.paired.of_movement.get_mut(movement) {
            *slot = Some((row, how));
        }
    }

    fn row_key(&self, pass: Pass, index: usize) -> Option<Key<'r>> {
        let row = self.rows.get(index)?;
        Some(key(
            pass,
            row.kind,
            row_ids(pass.by, row)?,
            row.amount.get(),
        ))
    }

    fn movement_key(&self, pass: Pass, index: usize) -> Option<Key<'a>> {
        let Recorded {
            expected, movement, ..
        } = *self.paired.movements.get(index)?;
        let is_month = expected.source == Source::Month && movement.kind == MovementKind::Sale;
        if pass.months && !is_month {
            return None;
        }
        // Of two refunds with different amounts nothing but the time says that they are the same.
        let is_vague = !pass.same_amount
            && pass.how == How::OtherAmount
            && (pass.when == When::Possible || movement.belief.is_exact());
        let refund = movement.kind == MovementKind::Refund;
        if !(pass.belief)(movement.belief) || refund && (is_vague || pass.by == By::OrderOnly) {
            return None;
        }
        let ids = movement_ids(pass.by, expected)?;
        Some(key(pass, movement.kind, ids, movement.amount.get()))
    }

    /// First and last second at which the file may date a movement.
    fn span(&self, when: When, recorded: &Recorded<'_>) -> Option<(i64, i64)> {
        let Some(at) = recorded.movement.at else {
            return (when == When::Possible).then_some((i64::MIN, recorded.movement.latest()));
        };
        let unix = at.as_unix();
        if when == When::Near {
            if self.is_date_only {
                let day = midnight(at.jst_date()).as_unix();
                return Some((day, day + 86_399));
            }
            return Some((unix - NEAR_SECONDS, unix + NEAR_SECONDS));
        }
        let (first, last) = month_of(at);
        let latest = last + DATED_LATE_SECONDS;
        let source = recorded.expected.source;
        if source == Source::Month && recorded.movement.kind == MovementKind::Sale {
            return Some((first, last));
        }
        let is_period = source == Source::Period;
        Some(match recorded.movement.belief {
            // Several periods share their ids: each has its month.
            Belief::Happened | Belief::DidNotHappen if is_period => {
                (first - DATED_LATE_SECONDS, latest)
            }
            Belief::Happened | Belief::DidNotHappen => {
                (first.min(unix - RECORDED_LATE_SECONDS), latest)
            }
            Belief::Unknown { until } if is_period => {
                let until = until.map_or(latest, |until| until.as_unix().max(latest));
                (unix - self.before(), until)
            }
            Belief::Unknown { .. } => (unix - self.before(), i64::MAX),
        })
    }

    /// How much earlier than it was sent the file may date a movement.
    fn before(&self) -> i64 {
        if self.is_date_only {
            86_400 + NEAR_SECONDS
        } else {
            NEAR_SECONDS
        }
    }
}

/// The ids of a row by which it is found, each empty where it does not count; none where it can not be found so.
fn row_ids(by: By, row: &StatementRow) -> Option<(&str, &str)> {
    let (tracking, order) = (row.tracking_id.as_str(), row.order_id.as_str());
    let ids = match by {
        By::BothIds => (tracking, order),
        By::Tracking => (tracking, ""),
        By::OrderThere if !tracking.is_empty() => return None,
        By::OrderHere | By::OrderThere | By::OrderOnly => ("", order),
    };
    whole(by, ids)
}

/// The same of a record of the journal.
fn movement_ids(by: By, expected: &Expected) -> Option<(&str, &str)> {
    let order = expected.order_id.as_str();
    let ids = match (by, expected.tracking()) {
        (By::BothIds, Some(tracking)) => (tracking, order),
        (By::Tracking, Some(tracking)) => (tracking, ""),
        (By::BothIds | By::Tracking, None) | (By::OrderHere, Some(_)) => return None,
        (By::OrderHere | By::OrderThere | By::OrderOnly, _) => ("", order),
    };
    whole(by, ids)
}

/// Ids of which none that counts is empty.
fn whole<'a>(by: By, (tracking, order): (&'a str, &'a str)) -> Option<(&'a str, &'a str)> {
    let needs_tracking = matches!(by, By::BothIds | By::Tracking);
    let needs_order = by != By::Tracking;
    let lacks = needs_tracking && tracking.is_empty() || needs_order && order.is_empty();
    (!lacks).then_some((tracking, order))
}

fn key<'a>(
    pass: Pass,
    kind: MovementKind,
    (tracking, order): (&'a str, &'a str),
    amount: u64,
) -> Key<'a> {
    (
        kind,
        tracking,
        order,
        if pass.same_amount { amount } else { 0 },
    )
}

/// First and last second of the month, in Japan.
fn month_of(at: Timestamp) -> (i64, i64) {
    let month = YearMonth::of_instant(at);
    let first = midnight(month.first_day()).as_unix();
    (first, midnight(month.last_day()).as_unix() + 86_399)
}
