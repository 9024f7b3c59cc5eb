//! Statements against the journal.

use std::path::PathBuf;

use netmile::client::Repaired;
use netmile::settlement::reconcile::{self, RepairStep};
use netmile::settlement::{
    MovementKind, Profile, Reconciliation, SettlementTerms, Statement, StatementPeriod,
};
use netmile::{Error, ErrorKind, Lang, Result};
use serde_json::Value;

use super::shapes;
use crate::convert::{amount, day, invalid, millis, month, name, signed};

shapes! {
    /// A settlement statement (精算ファイル) and how to read it. Exactly one of `file` and `path` is given.
    StatementRequest shows [path, month, from, until] {
        /// The bytes of the file, at most 16 MB.
        #[serde(default, with = "crate::bytes::optional")]
        file: Option<Vec<u8>>,
        /// A file on this machine, at most 256 MiB.
        #[serde(default)]
        path: Option<String>,
        /// The month that it is about, `YYYYMM`.
        #[serde(default)]
        month: Option<String>,
        /// The first day that it is about, `YYYY-MM-DD`, instead of a month.
        #[serde(default)]
        from: Option<String>,
        /// The last day that it is about.
        #[serde(default)]
        until: Option<String>,
        /// Which columns it has, as docs/reconcile.md describes; the reference format when not given.
        #[serde(default)]
        profile: Option<Value>,
        /// What was agreed about commission and payout, as docs/reconcile.md describes; the usual when not given.
        #[serde(default)]
        terms: Option<Value>,
    }

    /// The same statement again, to write down what it proves.
    RepairRequest shows [statement, steps] {
        /// The statement; it is compared anew.
        statement: StatementRequest,
        /// Which steps of the plan, by their ids; all when not given. An id that the new comparison does not have is
        /// refused, and nothing is written: the record has changed, or the step is done.
        #[serde(default)]
        steps: Option<Vec<String>>,
    }

    /// A statement that was read and not compared.
    StatementSummary shows [from, until, rows, ignored, amount, fee, net, proven_whole] {
        /// First day.
        from: String,
        /// Last day.
        until: String,
        /// Movements.
        rows: i64,
        /// Lines that are no movement.
        ignored: i64,
        /// Sum of the movements, yen.
        amount: i64,
        /// Sum of the commissions, yen.
        fee: i64,
        /// What is left, yen.
        net: i64,
        /// Whether sums at its end prove that nothing is missing.
        proven_whole: bool,
    }

    /// What came out of a comparison (突合).
    ReconciliationReport shows [clean, proven_whole, fees_checked] {
        /// Whether file and journal agree, commission and payout included.
        clean: bool,
        /// Whether sums at the end of the file prove that nothing is missing.
        proven_whole: bool,
        /// Counts and yen of each class.
        tallies: Vec<ClassTally>,
        /// Every movement of the file, then those of the journal that the file does not have.
        entries: Vec<ReconciliationEntry>,
        /// How many movements had a commission that could be checked.
        fees_checked: i64,
        /// Commissions that are not those of the contract, in the client's language.
        fee_differences: Vec<String>,
        /// What is not as agreed about the payout, in the client's language.
        payout_differences: Vec<String>,
        /// What to do, in this order.
        plan: Vec<PlannedRepair>,
        /// All of it for a person, in the client's language.
        summary: String,
    }

    /// Counts and yen of one class.
    ClassTally shows [class, file_count, file_yen, journal_count, journal_yen] {
        /// `match`, `missing_here`, `missing_there`, `amount`, `status`, `duplicate` or `outside_period`.
        class: String,
        /// Movements of the file.
        file_count: i64,
        /// Their yen, refunds negative.
        file_yen: i64,
        /// Movements of the journal.
        journal_count: i64,
        /// Their yen.
        journal_yen: i64,
    }

    /// One movement of file, journal or both.
    ReconciliationEntry shows [class, cause, verdict, order_id, tracking_id, line, file_amount, journal_amount, record_id] {
        /// Which kind of agreement or difference.
        class: String,
        /// Why.
        cause: String,
        /// The cause for a person, in the client's language.
        text: String,
        /// What the file decides about an unknown outcome: `paid`, `not_paid`, `refunded`, `not_refunded` or `undecided`.
        verdict: Option<String>,
        /// The shop's id at the gateway.
        order_id: String,
        /// The gateway's id.
        tracking_id: Option<String>,
        /// Line of the file.
        line: Option<i64>,
        /// Yen in the file, a refund negative.
        file_amount: Option<i64>,
        /// Yen in the journal, a refund negative.
        journal_amount: Option<i64>,
        /// The record: `payment`, `purchase`, `period` or `month`.
        record: Option<String>,
        /// Its id.
        record_id: Option<String>,
    }

    /// One step of the plan.
    PlannedRepair shows [id, repair, order_id, tracking_id, amount, cause, line] {
        /// Names the step by what it does: the same in every comparison of the same file with the same record.
        id: String,
        /// `confirm_paid`, `confirm_refund`, `confirm_not_paid`, `confirm_not_refunded`, `refund_duplicate`,
        /// `ask_gateway` or `investigate`, or a name that is not known yet.
        repair: String,
        /// The shop's id at the gateway.
        order_id: String,
        /// The gateway's id.
        tracking_id: Option<String>,
        /// Yen, where the step has some.
        amount: Option<i64>,
        /// Why.
        cause: String,
        /// What to do, in the client's language.
        text: String,
        /// Line of the file.
        line: Option<i64>,
        /// When it happened according to the file.
        at_ms: Option<i64>,
    }

    /// What became of a step of the plan.
    RepairResult shows [step, result, changed] {
        /// Its id.
        step: String,
        /// `done`, `known` (it was written down before) or `left`.
        result: String,
        /// Why it was left.
        reason: Option<String>,
        /// Whether it was left because the record has changed since the comparison: compare again.
        changed: bool,
    }

    /// A comparison and what was written down of it.
    RepairReport shows [report, repaired] {
        /// The comparison before it.
        report: ReconciliationReport,
        /// What became of each step.
        repaired: Vec<RepairResult>,
    }
}

/// Largest statement that is read from disk.
const MAX_FILE: u64 = 256 * 1024 * 1024;

impl StatementRequest {
    pub(crate) fn read(&self) -> Result<Statement> {
        let bytes = match (&self.file, &self.path) {
            (Some(bytes), None) => bytes.clone(),
            (None, Some(path)) => from_disk(&PathBuf::from(path))?,
            _ => return Err(invalid("file", "must be given, or path, not both")),
        };
        let profile = match &self.profile {
            None => Profile::reference(),
            Some(given) => serde_json::from_value(given.clone())
                .map_err(|_| invalid("profile", "is not a profile of a statement"))?,
        };
        Statement::read(&profile, self.period()?, &bytes)
    }

    fn period(&self) -> Result<StatementPeriod> {
        match (&self.month, &self.from, &self.until) {
            (Some(of), None, None) => Ok(StatementPeriod::month(month("month", of)?)),
            (None, Some(from), Some(until)) => {
                StatementPeriod::new(day("from", from)?.date(), day("until", until)?.date())
            }
            _ => Err(invalid("month", "must be given, or from and until")),
        }
    }

    pub(crate) fn agreed(&self) -> Result<SettlementTerms> {
        match &self.terms {
            None => Ok(SettlementTerms::default()),
            Some(given) => serde_json::from_value(given.clone())
                .map_err(|_| invalid("terms", "are not terms of a settlement")),
        }
    }
}

fn from_disk(path: &std::path::Path) -> Result<Vec<u8>> {
    let unreadable = |source: std::io::Error| {
        Error::field(ErrorKind::Configuration, "path", "cannot be read").with_source(source)
    };
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > MAX_FILE {
        return Err(Error::field(
            ErrorKind::TooLarge,
            "path",
            "must be at most 256 MiB",
        ));
    }
    std::fs::read(path).map_err(unreadable)
}

impl From<&Statement> for StatementSummary {
    fn from(statement: &Statement) -> Self {
        let end = &statement.end;
        Self {
            from: end.period.from().to_string(),
            until: end.period.until().to_string(),
            rows: signed(end.rows),
            ignored: signed(end.ignored),
            amount: end.totals.amount,
            fee: end.totals.fee,
            net: end.totals.net,
            proven_whole: end.is_proven_whole,
        }
    }
}

fn wide(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

fn towards(kind: MovementKind, yen: netmile::Yen) -> i64 {
    wide(kind.signed(yen))
}

impl ReconciliationReport {
    pub(crate) fn new(
        found: &Reconciliation,
        proven_whole: bool,
        plan: &[(String, RepairStep)],
        lang: Lang,
    ) -> Self {
        let tally = |class: reconcile::Class| {
            let tally = found.tally(class);
            ClassTally {
                class: class.name().to_owned(),
                file_count: signed(tally.file_count),
                file_yen: wide(tally.file_yen),
                journal_count: signed(tally.journal_count),
                journal_yen: wide(tally.journal_yen),
            }
        };
        Self {
            clean: found.is_clean(),
            proven_whole,
            tallies: reconcile::Class::ALL.into_iter().map(tally).collect(),
            entries: found
                .entries()
                .iter()
                .map(|entry| ReconciliationEntry::new(entry, lang))
                .collect(),
            fees_checked: signed(found.fees_checked()),
            fee_differences: found
                .fee_differences()
                .iter()
                .map(|difference| difference.text(lang))
                .collect(),
            payout_differences: found
                .payout_differences()
                .iter()
                .map(|difference| difference.text(lang))
                .collect(),
            plan: plan
                .iter()
                .map(|(id, step)| PlannedRepair::new(id.clone(), step, lang))
                .collect(),
            summary: found.summary(lang),
        }
    }
}

impl ReconciliationEntry {
    fn new(entry: &reconcile::Entry, lang: Lang) -> Self {
        let row = entry.row.as_ref();
        let movement = entry.movement.as_ref();
        let record = entry.record.as_ref();
        Self {
            class: entry.class.name().to_owned(),
            cause: name(&entry.cause),
            text: entry.cause.text(lang).to_owned(),
            verdict: entry.verdict.as_ref().map(name),
            order_id: entry.order_id().to_owned(),
            tracking_id: entry.tracking_id().map(str::to_owned),
            line: row.map(|row| signed(row.line)),
            file_amount: row.map(|row| towards(row.kind, row.amount)),
            journal_amount: movement.map(|movement| towards(movement.kind, movement.amount)),
            record: record.map(|record| source(record.source).to_owned()),
            record_id: record.map(|record| record.id.clone()),
        }
    }
}

const fn source(source: reconcile::Source) -> &'static str {
    match source {
        reconcile::Source::Payment => "payment",
        reconcile::Source::Purchase => "purchase",
        reconcile::Source::Period => "period",
        reconcile::Source::Month => "month",
    }
}

impl PlannedRepair {
    fn new(id: String, step: &RepairStep, lang: Lang) -> Self {
        use reconcile::Repair as R;
        let yen = match &step.repair {
            R::ConfirmPaid { amount, .. }
            | R::ConfirmRefund { amount, .. }
            | R::ConfirmNotPaid { amount, .. }
            | R::ConfirmNotRefunded { amount, .. }
            | R::RefundDuplicate { amount, .. } => Some(*amount),
            _ => None,
        };
        Self {
            id,
            repair: step.repair.name().to_owned(),
            order_id: step.repair.order_id().to_owned(),
            tracking_id: step.repair.tracking_id().map(str::to_owned),
            amount: yen.map(amount),
            cause: name(&step.cause),
            text: step.repair.text(lang).to_owned(),
            line: step.line.map(signed),
            at_ms: step.at.map(millis),
        }
    }
}

impl RepairResult {
    pub(crate) fn new(step: String, repaired: Repaired) -> Self {
        let changed = repaired.is_changed();
        let (result, reason) = match repaired {
            Repaired::Done => ("done", None),
            Repaired::Known => ("known", None),
            Repaired::Left(why) => ("left", Some(why)),
        };
        Self {
            step,
            result: result.to_owned(),
            reason,
            changed,
        }
    }
}
