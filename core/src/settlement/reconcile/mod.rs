//! Whether the journal and a statement say the same (突合).
//!
//! [`reconcile`] puts every movement of the file and every movement of the journal into exactly one [`Entry`] with one
//! [`Class`], and says what to do about it ([`Reconciliation::repair_plan`]). It changes nothing itself.
//!
//! A file proves what happened in its own days. Of a movement in other days it says nothing, and that a movement is
//! not there proves something only if the file's sums prove that it is whole, and if the movement can not have been
//! dated into the neighbouring file.
//!
//! Source: docs/protocol/settlement.md#reconciliation

mod cause;
mod checks;
mod classify;
mod entry;
mod expected;
mod facts;
mod leftovers;
mod pairing;
mod repair;
mod report;
#[cfg(test)]
mod tests;

pub use cause::Cause;
pub use checks::{FeeDifference, PayoutDifference, SettlementTerms};
pub use entry::{Class, Entry, RecordRef, Tally, Verdict};
pub use expected::{Belief, Expected, ExpectedMovement, Source};
pub use repair::{Repair, RepairStep};

use crate::settlement::file::{StatementEnd, StatementPeriod, StatementRow};

/// What came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciliation {
    period: StatementPeriod,
    is_proven_whole: bool,
    entries: Vec<Entry>,
    total: Tally,
    fees_checked: u64,
    fee_differences: Vec<FeeDifference>,
    payout_differences: Vec<PayoutDifference>,
}

/// Compares what the journal expects with what a statement says. Both must be of the same merchant and service.
///
/// `expected` need not be limited to the days of the file: what lies outside is classed so. It should hold the payments
/// of earlier months too whose refunds may be in the file. `end` comes from
/// [`StatementReader::finish`](crate::settlement::StatementReader::finish), which proves that the rows may be used.
///
/// ```
/// use netmile::Yen;
/// use netmile::schedule::YearMonth;
/// use netmile::settlement::reconcile::{Class, Expected, Repair, SettlementTerms, Source, Verdict, reconcile};
/// use netmile::settlement::{Profile, Statement, StatementPeriod};
/// use netmile::time::Timestamp;
/// let file = b"record,processed_at,order_id,tracking_id,pay_method,kind,amount,netmile_amount,paypal_amount,fee,net,status\r\n\
///     D,20260105101112,o-1,00000000000001,netmile,sale,1000,700,300,57,943,captured\r\n\
///     T,,1,,,,1000,,,57,943,\r\n";
/// let period = StatementPeriod::month(YearMonth::new(2026, 1)?);
/// let statement = Statement::read(&Profile::reference(), period, file)?;
/// // The answer of this payment was lost.
/// let sent = Timestamp::parse_jst("20260105101110")?;
/// let lost = Expected::new(Source::Payment, "p-1", "o-1").unknown_sale(Yen::new(1000), sent, None);
/// let result = reconcile([lost], statement.rows, &statement.end, &SettlementTerms::default());
/// assert_eq!(result.entries()[0].class, Class::Match);
/// assert_eq!(result.entries()[0].verdict, Some(Verdict::Paid));
/// let plan = result.repair_plan();
/// assert!(matches!(&plan[0].repair, Repair::ConfirmPaid { order_id, .. } if order_id == "o-1"));
/// # Ok::<(), netmile::Error>(())
/// ```
#[must_use]
pub fn reconcile(
    expected: impl IntoIterator<Item = Expected>,
    rows: impl IntoIterator<Item = StatementRow>,
    end: &StatementEnd,
    terms: &SettlementTerms,
) -> Reconciliation {
    let expected: Vec<_> = expected.into_iter().collect();
    let rows: Vec<_> = rows.into_iter().collect();
    let mut total = Tally::default();
    for row in &rows {
        total.add_row(row);
    }
    let (fees_checked, fee_differences) = checks::fees(&rows, terms);
    let payout_differences = checks::payout(end, terms);
    let paired = pairing::Pairing::new(&expected, &rows, end).run();
    for recorded in &paired.movements {
        total.add_movement(&recorded.movement);
    }
    Reconciliation {
        period: end.period,
        is_proven_whole: end.is_proven_whole,
        entries: classify::entries(&expected, rows, end, &paired),
        total,
        fees_checked,
        fee_differences,
        payout_differences,
    }
}

impl Reconciliation {
    /// The days that the file is about.
    #[must_use]
    pub fn period(&self) -> StatementPeriod {
        self.period
    }

    /// Every movement of the file in its order, each with the movement of the journal that it is; then those of the
    /// journal that the file does not have.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Counts and yen of one class.
    #[must_use]
    pub fn tally(&self, class: Class) -> Tally {
        let mut tally = Tally::default();
        for entry in self.entries.iter().filter(|e| e.class == class) {
            if let Some(row) = &entry.row {
                tally.add_row(row);
            }
            if let Some(movement) = &entry.movement {
                tally.add_movement(movement);
            }
        }
        tally
    }

    /// Counts and yen of all that went in; the classes add up to it.
    #[must_use]
    pub fn total(&self) -> Tally {
        self.total
    }

    /// Whether file and journal agree, commission and payout included. What lies in other days is no difference.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        let agrees = |e: &Entry| match e.class {
            Class::Match => e.verdict.is_none(),
            class => class == Class::OutsidePeriod,
        };
        self.entries.iter().all(agrees)
            && self.fee_differences.is_empty()
            && self.payout_differences.is_empty()
    }

    /// How many movements had a commission that could be checked.
    #[must_use]
    pub fn fees_checked(&self) -> u64 {
        self.fees_checked
    }

    /// Commissions that are not those of the contract.
    #[must_use]
    pub fn fee_differences(&self) -> &[FeeDifference] {
        &self.fee_differences
    }

    /// What is not as the contract says in the lines about the payout.
    #[must_use]
    pub fn payout_differences(&self) -> &[PayoutDifference] {
        &self.payout_differences
    }

    /// What to do, in this order: facts are recorded first, then money is given back, then somebody asks.
    #[must_use]
    pub fn repair_plan(&self) -> Vec<RepairStep> {
        repair::plan(&self.entries)
    }
}
