//! Months of simple recurring contracts (継続課金・簡易). The gateway bills them by itself and tells nobody: a settlement
//! statement is the only evidence of them.

use std::time::Duration;

use crate::charge::{Bounds, Charge, ChargePhase, Event, Finding, Kind, Source as Evidence, Step};
use crate::money::Yen;
use crate::schedule::{YearMonth, midnight};
use crate::settlement::StatementPeriod;
use crate::settlement::file::MovementKind;
use crate::settlement::reconcile::{Belief, Expected, Repair, Source};
use crate::time::Timestamp;

/// How long after the application its first month may be billed.
const FIRST_MONTH: Duration = Duration::from_secs(86_400);

/// Between the id of the contract and the month, in the id of the record.
const MARK: char = '@';

/// What a statement of these days may say of a simple contract: one record for each of its months.
pub(super) fn expected(charge: &Charge, period: StatementPeriod, bounds: Bounds) -> Vec<Expected> {
    if charge.kind != Kind::SimpleContract || charge.tracking_id.is_none() {
        return Vec::new();
    }
    let begun = matches!(charge.phase, ChargePhase::Active | ChargePhase::Ended);
    let first = first_month(charge);
    let mut all = Vec::new();
    let mut next = Some(first.max(YearMonth::of_instant(period.starts_at())));
    while let Some(month) = next.filter(|month| midnight(month.first_day()) <= period.ends_at()) {
        if charge
            .ended_at
            .is_some_and(|ended| ended < midnight(month.first_day()))
        {
            break;
        }
        let wire = month.to_wire();
        if begun && charge.billed_month(&wire).is_none() {
            let (sent, until) = if month == YearMonth::of_instant(charge.created_at) {
                (charge.created_at, charge.created_at.plus(FIRST_MONTH))
            } else {
                let last = midnight(month.last_day()).plus_seconds(86_399);
                (midnight(month.first_day()), last)
            };
            let unknown =
                record(charge, &wire, bounds).unknown_sale(charge.amount, sent, Some(until));
            all.push(unknown);
        }
        next = month.next();
    }
    for known in &charge.billed_months {
        let record = record(charge, &known.month, bounds);
        all.push(if known.amount > Yen::default() {
            record.sale(known.amount, known.at)
        } else {
            record.refused_sale(charge.amount, known.at)
        });
    }
    all
}

/// The first month that a statement may have: of a contract that was applied for elsewhere, the one after it came here.
fn first_month(charge: &Charge) -> YearMonth {
    let created = YearMonth::of_instant(charge.created_at);
    let applied_here = charge.log.iter().any(|entry| entry.step == Step::Request);
    if applied_here {
        created
    } else {
        created.next().unwrap_or(created)
    }
}

fn record(charge: &Charge, month: &str, bounds: Bounds) -> Expected {
    let id = format!("{}{MARK}{month}", charge.id);
    let mut record = Expected::new(Source::Month, id, &charge.id)
        .with_method(charge.method.as_str())
        .with_state(state(charge, month));
    if let Some(id) = &charge.tracking_id {
        record = record.with_tracking_id(id.as_str());
    }
    let yen = charge
        .billed_month(month)
        .map_or(charge.amount, |known| known.amount);
    for refund in charge.refunded_months.iter().filter(|r| r.month == month) {
        record = record.refund(yen, refund.at);
    }
    let pending = charge.pending.as_ref();
    match pending.filter(|p| p.step == Step::RefundMonth && p.key.as_deref() == Some(month)) {
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

/// What a repair of a month depends on.
pub(super) fn state(charge: &Charge, month: &str) -> String {
    let billed = charge
        .billed_month(month)
        .map_or_else(|| "unknown".to_owned(), |known| known.amount.to_string());
    let refunds = charge.refunded_months.iter();
    let refunded = refunds.filter(|refund| refund.month == month).count();
    let step = charge.pending.as_ref().map(|pending| pending.step.name());
    format!("{billed}:{refunded}:{}", step.unwrap_or_default())
}

/// The month that a record is about.
pub(super) fn month_of(record_id: &str) -> Option<&str> {
    record_id.rsplit_once(MARK).map(|(_, month)| month)
}

/// What a proven movement means for a month.
pub(super) enum Meaning {
    /// It is to be written down.
    New(Event),
    /// It stands in the journal.
    Known,
    /// A refund that the journal knows nothing of: a statement does not say of which month.
    Unclear,
}

pub(super) fn meaning(
    charge: &Charge,
    month: &str,
    repair: &Repair,
    amount: Yen,
    at: Timestamp,
) -> Meaning {
    let refunds = charge.pending.as_ref().is_some_and(|pending| {
        pending.step == Step::RefundMonth && pending.key.as_deref() == Some(month)
    });
    let billed = match repair {
        Repair::ConfirmPaid { .. } => amount,
        Repair::ConfirmNotPaid { .. } => Yen::default(),
        Repair::ConfirmRefund { tracking_id, .. } if refunds => {
            return Meaning::New(Event::Looked(Finding::Happened {
                tracking_id: tracking_id.clone(),
                source: Evidence::File,
            }));
        }
        Repair::ConfirmNotRefunded { .. } if refunds => {
            let source = Evidence::File;
            return Meaning::New(Event::Looked(Finding::Missing { source }));
        }
        _ => return Meaning::Unclear,
    };
    match charge.billed_month(month) {
        Some(known) if known.amount == billed => Meaning::Known,
        _ => Meaning::New(Event::MonthBilled {
            month: month.to_owned(),
            amount: billed,
            at,
        }),
    }
}
