//! Months of simple recurring contracts (継続課金・簡易). The gateway bills them by itself and tells nobody: a settlement
//! statement is the only evidence of them.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::charge::{
    Bounds, Charge, ChargePhase, Event, Finding, Kind, Pending, Source as Evidence, Step,
};
use crate::money::Yen;
use crate::planted::{self, Defect};
use crate::schedule::{YearMonth, midnight};
use crate::settlement::StatementPeriod;
use crate::settlement::file::MovementKind;
use crate::settlement::reconcile::{Belief, Expected, Repair, RepairStep, Source};
use crate::time::Timestamp;

/// How long after the application its first month may be billed.
const FIRST_MONTH: Duration = Duration::from_secs(86_400);

/// Between the id of the contract and the month, in the id of the record.
const MARK: char = '@';

/// What a statement of these days may say of a simple contract: one record for each month that may have been billed in
/// them, or that the journal knows something of.
pub(super) fn expected(charge: &Charge, period: StatementPeriod, bounds: Bounds) -> Vec<Expected> {
    if charge.kind != Kind::SimpleContract || charge.tracking_id.is_none() {
        return Vec::new();
    }
    let mut months = BTreeSet::new();
    if matches!(charge.phase, ChargePhase::Active | ChargePhase::Ended) {
        let ended = charge.ended_at.map(YearMonth::of_instant);
        let last = YearMonth::of_instant(period.ends_at());
        let last = ended.map_or(last, |ended| ended.min(last));
        let mut next = Some(first_month(charge).max(YearMonth::of_instant(period.starts_at())));
        while let Some(month) = next.filter(|month| *month <= last) {
            months.insert(month.to_wire());
            next = month.next();
        }
    }
    months.extend(charge.billed_months.iter().map(|known| known.month.clone()));
    months.extend(
        charge
            .refunded_months
            .iter()
            .map(|known| known.month.clone()),
    );
    months.extend(refund_on_its_way(charge).and_then(|pending| pending.key.clone()));
    let record = |month: &String| record(charge, month, bounds);
    months.iter().map(record).collect()
}

/// The first month that a statement may have.
fn first_month(charge: &Charge) -> YearMonth {
    let told = charge.billed_from.as_deref();
    let told = told.and_then(|month| YearMonth::parse(month).ok());
    told.unwrap_or_else(|| YearMonth::of_instant(charge.created_at))
}

fn record(charge: &Charge, month: &str, bounds: Bounds) -> Expected {
    let id = format!("{}{MARK}{month}", charge.id);
    let mut record = Expected::new(Source::Month, id, &charge.id)
        .with_method(charge.method.as_str())
        .with_state(format!(
            "{}{MARK}{}",
            billed(charge, month),
            refund(charge, month)
        ));
    if let Some(id) = &charge.tracking_id {
        record = record.with_tracking_id(id.as_str());
    }
    record = match charge.billed_month(month) {
        Some(known) if known.amount > Yen::default() => record.sale(known.amount, known.at),
        Some(known) => record.refused_sale(charge.amount, known.at),
        None => match window(charge, month) {
            Some((sent, until)) => record.unknown_sale(charge.amount, sent, Some(until)),
            None => record,
        },
    };
    let yen = yen_of(charge, month);
    for refund in charge.refunded_months.iter().filter(|r| r.month == month) {
        record = record.refund(yen, refund.at);
    }
    match refund_of(charge, month) {
        Some(pending) => {
            let until = charge.valid_until().map(|until| until.plus(bounds.skew));
            let belief = Belief::Unknown {
                until: until.filter(|_| pending.sends == 1),
            };
            record.with(MovementKind::Refund, yen, Some(pending.signed_at), belief)
        }
        None => record,
    }
}

/// When a month may be billed; `None` before the first and after the end.
fn window(charge: &Charge, month: &str) -> Option<(Timestamp, Timestamp)> {
    let month = YearMonth::parse(month).ok()?;
    if month < first_month(charge) {
        return None;
    }
    if month == YearMonth::of_instant(charge.created_at) && charge.billed_from.is_none() {
        return Some((charge.created_at, charge.created_at.plus(FIRST_MONTH)));
    }
    let begins = midnight(month.first_day());
    let is_over = charge.ended_at.is_some_and(|ended| ended < begins);
    (!is_over).then(|| (begins, midnight(month.last_day()).plus_seconds(86_399)))
}

fn refund_on_its_way(charge: &Charge) -> Option<&Pending> {
    let pending = charge.pending.as_ref();
    pending.filter(|pending| pending.step == Step::RefundMonth)
}

fn refund_of<'c>(charge: &'c Charge, month: &str) -> Option<&'c Pending> {
    refund_on_its_way(charge).filter(|pending| pending.key.as_deref() == Some(month))
}

fn yen_of(charge: &Charge, month: &str) -> Yen {
    let known = charge.billed_month(month).map(|known| known.amount);
    known
        .filter(|yen| *yen > Yen::default())
        .unwrap_or(charge.amount)
}

/// What a repair of a month's sale depends on.
fn billed(charge: &Charge, month: &str) -> String {
    let known = charge.billed_month(month);
    known.map_or_else(|| "unknown".to_owned(), |known| known.amount.to_string())
}

/// What a repair of its refund depends on.
fn refund(charge: &Charge, month: &str) -> String {
    let done = charge.refunded_months.iter().filter(|r| r.month == month);
    let since = refund_of(charge, month).map(|pending| pending.since.as_unix());
    format!("{}:{}", done.count(), since.unwrap_or_default())
}

/// The month that a record is about.
fn month_of(record_id: &str) -> Option<&str> {
    record_id.rsplit_once(MARK).map(|(_, month)| month)
}

/// What a proven movement means for a month.
pub(super) enum Meaning {
    /// It is to be written down.
    New(Event),
    /// It stands in the journal.
    Known,
    /// The charge is not as it was when it was compared.
    Changed,
    /// A refund that the journal knows nothing of: a statement does not say of which month.
    Unclear,
}

pub(super) fn meaning(charge: &Charge, step: &RepairStep, amount: Yen, now: Timestamp) -> Meaning {
    let record = step.record.as_ref();
    let Some((month, planned)) = record.and_then(|r| Some((month_of(&r.id)?, r.state.as_deref()?)))
    else {
        return Meaning::Unclear;
    };
    let (planned_sale, planned_refund) = planned.split_once(MARK).unwrap_or_default();
    let sale = |yen: Yen| {
        let known = charge.billed_month(month);
        if known.is_some_and(|known| known.amount == yen) || planted::is(Defect::MonthNotRecorded) {
            Meaning::Known
        } else if planned_sale == billed(charge, month) {
            Meaning::New(Event::MonthBilled {
                month: month.to_owned(),
                amount: yen,
                at: step.at.unwrap_or(now),
            })
        } else {
            Meaning::Changed
        }
    };
    let refund = |finding: Finding, is_known: bool| match refund_of(charge, month) {
        _ if amount != yen_of(charge, month) => Meaning::Unclear,
        Some(_) if planned_refund == refund(charge, month) => Meaning::New(Event::Looked(finding)),
        Some(_) => Meaning::Changed,
        None if is_known => Meaning::Known,
        None => Meaning::Unclear,
    };
    let is_refunded = charge.refunded_months.iter().any(|r| r.month == month);
    let source = Evidence::File;
    match &step.repair {
        Repair::ConfirmPaid { .. } => sale(amount),
        Repair::ConfirmNotPaid { .. } => sale(Yen::default()),
        Repair::ConfirmRefund { tracking_id, .. } => {
            let tracking_id = tracking_id.clone();
            refund(
                Finding::Happened {
                    tracking_id,
                    source,
                },
                is_refunded,
            )
        }
        Repair::ConfirmNotRefunded { .. } => refund(Finding::Missing { source }, !is_refunded),
        _ => Meaning::Unclear,
    }
}
