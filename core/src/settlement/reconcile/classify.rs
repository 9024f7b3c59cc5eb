//! From pairs and leftovers to entries.

use super::cause::Cause;
use super::entry::{Entry, RecordRef, Verdict};
use super::expected::{Belief, Expected, ExpectedMovement};
use super::facts::Facts;
use super::leftovers::Leftovers;
use super::pairing::{How, Paired, Recorded};
use crate::settlement::file::{MovementKind, StatementEnd, StatementRow};

/// What was found about one movement.
struct Finding {
    cause: Cause,
    movement: Option<ExpectedMovement>,
    record: Option<RecordRef>,
    verdict: Option<Verdict>,
}

impl Finding {
    fn with_row(self, row: Option<StatementRow>) -> Entry {
        Entry {
            class: self.cause.class(),
            cause: self.cause,
            row,
            movement: self.movement,
            record: self.record,
            verdict: self.verdict,
        }
    }
}

/// Every row in the order of the file, then every movement of the journal that no row was found for.
pub(super) fn entries(
    expected: &[Expected],
    rows: Vec<StatementRow>,
    end: &StatementEnd,
    paired: &Paired<'_>,
) -> Vec<Entry> {
    let (of_rows, of_movements) = findings(expected, &rows, end, paired);
    of_rows
        .into_iter()
        .zip(rows)
        .map(|(finding, row)| finding.with_row(Some(row)))
        .chain(
            of_movements
                .into_iter()
                .map(|finding| finding.with_row(None)),
        )
        .collect()
}

fn findings(
    expected: &[Expected],
    rows: &[StatementRow],
    end: &StatementEnd,
    paired: &Paired<'_>,
) -> (Vec<Finding>, Vec<Finding>) {
    let facts = Facts::new(expected, rows, end, paired);
    let mut leftovers = Leftovers::new(rows, paired);
    let mut of_row = |(row, pair): (_, &Option<(usize, How)>)| {
        let found = pair.and_then(|(m, how)| Some((paired.movements.get(m)?, how)));
        match found {
            Some((recorded, how)) => of_pair(&facts, row, recorded, how),
            None => {
                let (cause, owner) = leftovers.take(&facts, row);
                Finding {
                    cause,
                    movement: None,
                    record: owner.map(RecordRef::from),
                    verdict: None,
                }
            }
        }
    };
    let of_rows = rows.iter().zip(&paired.of_row).map(&mut of_row).collect();
    let of_movements = paired
        .movements
        .iter()
        .zip(&paired.of_movement)
        .filter(|(_, pair)| pair.is_none())
        .map(|(recorded, _)| {
            let (cause, verdict) = facts.of_movement(recorded);
            Finding {
                cause,
                movement: Some(recorded.movement),
                record: Some(recorded.expected.into()),
                verdict,
            }
        })
        .collect();
    (of_rows, of_movements)
}

fn of_pair(facts: &Facts<'_>, row: &StatementRow, recorded: &Recorded<'_>, how: How) -> Finding {
    let expected = recorded.expected;
    let unknown = matches!(recorded.movement.belief, Belief::Unknown { .. });
    let cause = match how {
        How::OtherAmount => Cause::AmountDiffers,
        How::OtherTracking => Cause::OtherTracking,
        How::Refused => Cause::RefusedButInFile,
        How::Same if other_order(expected, row) => Cause::OtherOrder,
        How::Same if other_method(expected, row) => Cause::OtherMethod,
        How::Same if unknown => Cause::FoundInFile,
        How::Same if facts.state_differs(recorded.index, row) => Cause::StateDiffers,
        How::Same => Cause::Agrees,
    };
    let verdict = unknown.then_some(match (cause, row.kind) {
        (Cause::FoundInFile, MovementKind::Sale) => Verdict::Paid,
        (Cause::FoundInFile, MovementKind::Refund) => Verdict::Refunded,
        _ => Verdict::Undecided,
    });
    Finding {
        cause,
        movement: Some(recorded.movement),
        record: Some(expected.into()),
        verdict,
    }
}

/// A contract's periods may have orders that only the gateway knows.
fn other_order(expected: &Expected, row: &StatementRow) -> bool {
    !expected.source.shares_ids()
        && !row.order_id.is_empty()
        && !expected.order_id.is_empty()
        && row.order_id != expected.order_id
}

fn other_method(expected: &Expected, row: &StatementRow) -> bool {
    let method = expected.method.as_deref().unwrap_or_default();
    !method.is_empty() && !row.pay_method.is_empty() && row.pay_method != method
}
