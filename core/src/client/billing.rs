//! The billing job: periods of fixed and metered contracts, each billed once.

use super::subscriptions::Subscriptions;
use crate::api::codes::{ApiCode, Class};
use crate::charge::{Charge, ChargePhase, Event, Kind, NOT_PROCESSED, Step};
use crate::engine::Io;
use crate::engine::journal::Query;
use crate::error::{Error, ErrorKind, Result};
use crate::flow::{self, Open};
use crate::money::Yen;
use crate::operation::{Outcome, Rejection};
use crate::planted::{self, Defect};
use crate::schedule::Period;
use crate::time::Timestamp;

/// Contracts that are read from the journal at once.
const PAGE: u32 = 200;

/// Periods of one contract that one run of the billing job bills.
const MAX_PERIODS: u32 = 600;

/// Seconds before the job tries a period again that was refused for what the customer cannot help. Doubles from try to
/// try, up to [`DAY`].
const WAIT: i64 = 900;

/// Longest wait between two tries. Seconds.
const DAY: i64 = 86_400;

/// Characters of a month, `YYYY-MM`.
const YEAR_MONTH: usize = 7;

/// Tries of one period, each under an `order_id` of its own.
const MAX_TRIES: u32 = 99;

/// A period that the billing job asks the amount of.
#[derive(Clone, Debug)]
pub struct DuePeriod {
    /// The contract.
    pub contract: Charge,
    /// The period.
    pub period: Period,
}

/// What the billing job did about one period.
#[derive(Debug)]
pub struct BilledPeriod {
    /// The shop's id of the contract.
    pub subscription: String,
    /// The period's key.
    pub period: String,
    /// What came of it, or of the last try.
    pub outcome: Result<Outcome<Charge>>,
    /// What follows from it.
    pub next: NextTry,
}

/// What the billing job does next about a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NextTry {
    /// Nothing: it is billed.
    Billed,
    /// Nothing: it was refused for good, as when the customer is short of miles.
    /// [`bill_again`](Subscriptions::bill_again) bills it.
    Refused,
    /// It bills it under a new `order_id` in the first run from then on. The last try was refused, or never got there,
    /// for a reason that is not the customer's: contract, password, address, clock, network.
    Later(Timestamp),
    /// It asks in the next run what became of it, and never bills it before that is known.
    Unknown,
    /// It tries again in the next run: nothing was sent.
    NotSent,
}

impl NextTry {
    /// The name in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Billed => "billed",
            Self::Refused => "refused",
            Self::Later(_) => "later",
            Self::Unknown => "unknown",
            Self::NotSent => "not_sent",
        }
    }

    /// Whether the job is done with the period.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Billed | Self::Refused)
    }
}

impl Subscriptions<'_> {
    /// Bills one period: once, however often and from however many processes it is called. `period` is its
    /// [key](Period::key), such as `2026-02`. A period that was tried before gives the outcome of its last try; one that was
    /// refused stays so, see [`bill_again`](Self::bill_again).
    ///
    /// # Errors
    /// Nothing was sent: `invalid_value` when `period` is no key of a period, or that of a second period in a month where
    /// the contract has one, `unknown_order`, `invalid_state` when the contract ended, `conflict` when the period was billed
    /// with another amount, and whatever [`Payments::charge`](super::Payments::charge) refuses.
    pub async fn bill(&self, id: &str, period: &str, amount: Yen) -> Result<Outcome<Charge>> {
        let contract = self.contract_to_bill(id, period).await?;
        let number = self.last_try(&contract, period).await?.0.max(1);
        self.bill_under(&contract, period, amount, number).await
    }

    /// Bills a period once more after the gateway refused it, under the next `order_id`. Calling it while an earlier
    /// try may have succeeded is refused.
    ///
    /// # Errors
    /// `invalid_state` when the last try was not refused; else as [`bill`](Self::bill).
    pub async fn bill_again(&self, id: &str, period: &str) -> Result<Outcome<Charge>> {
        let contract = self.contract_to_bill(id, period).await?;
        let tries = self.tries(&contract, period).await?;
        let last = tries.last().ok_or_else(|| flow::unknown("period"))?;
        if !matches!(last.phase, ChargePhase::Rejected | ChargePhase::Cancelled) {
            return Err(Error::field(
                ErrorKind::InvalidState,
                "period",
                format!(
                    "is {}: only a refused period is billed again",
                    last.phase.name()
                ),
            ));
        }
        let next = u32::try_from(tries.len()).unwrap_or(MAX_TRIES) + 1;
        if next > MAX_TRIES {
            return Err(Error::field(
                ErrorKind::InvalidState,
                "period",
                "has used up its 99 tries",
            ));
        }
        self.bill_under(&contract, period, last.amount, next).await
    }

    /// The billing job: bills every period of every active contract that starts today (JST) or earlier and was not
    /// billed. Run it as often as you like. `amount` says what a period costs; `None` leaves it for a later run.
    ///
    /// A period that was refused for what the customer cannot help (contract, password, address, clock), or whose
    /// request provably never got there, stays billable: the job tries it again under the next `order_id`, since the
    /// refused one may be used up at the gateway. First after 15 minutes, then after twice as long each time, up to a
    /// day. Whatever else was refused is final, and what may have been billed is never tried again.
    ///
    /// # Errors
    /// `journal`. What goes wrong with one period stands in its own outcome.
    pub async fn bill_due(
        &self,
        amount: impl Fn(&DuePeriod) -> Option<Yen>,
    ) -> Result<Vec<BilledPeriod>> {
        let client = self.0;
        let today = client.now().jst_date();
        let mut billed = Vec::new();
        let mut after = None;
        loop {
            let rows = client
                .journal()
                .list(Query {
                    kind: flow::KIND.to_owned(),
                    phases: vec![ChargePhase::Active.name().to_owned()],
                    after,
                    limit: PAGE,
                })
                .await?;
            after = rows.last().map(|row| row.id.clone());
            if after.is_none() {
                return Ok(billed);
            }
            for row in rows {
                let open = Open::from_row(row)?;
                if client.has_contract(&open.charge().contract) {
                    self.bill_contract(open, today, &amount, &mut billed)
                        .await?;
                }
            }
        }
    }

    async fn bill_contract(
        &self,
        mut contract: Open,
        today: jiff::civil::Date,
        amount: &impl Fn(&DuePeriod) -> Option<Yen>,
        billed: &mut Vec<BilledPeriod>,
    ) -> Result<()> {
        let client = &self.0.for_contract(&contract.charge().contract)?;
        let subscriptions = client.subscriptions();
        let Some(billing) = contract.record.billing.clone() else {
            return Ok(());
        };
        let mut settled = billing.settled;
        let from = settled.saturating_add(1);
        for number in from..from.saturating_add(MAX_PERIODS) {
            let Some(period) = billing.schedule.nth(number).filter(|p| p.starts() <= today) else {
                break;
            };
            let mut is_final = !period.is_billed();
            let due = DuePeriod {
                contract: contract.charge().clone(),
                period,
            };
            if period.is_billed()
                && let Some(amount) = amount(&due)
            {
                let key = period.key();
                let one = subscriptions.bill_once_more(&contract, key, amount).await;
                is_final = one.next.is_final();
                billed.push(one);
            }
            if is_final && number == settled + 1 {
                settled = number;
            }
            contract = client.open_charge(&contract.charge().id).await?;
            let charge = contract.charge();
            if charge.phase != ChargePhase::Active || charge.pending.is_some() {
                break;
            }
        }
        if settled > billing.settled {
            let bounds = client.settings().bounds;
            let script = client
                .script(move |io: Io| async move { contract.settle(&io, settled, bounds).await });
            client.run(script).await?;
        }
        Ok(())
    }

    /// What was billed for which period: every try, in the order of the periods.
    ///
    /// # Errors
    /// `unknown_order`, `journal`.
    pub async fn periods(&self, id: &str) -> Result<Vec<Charge>> {
        let contract = self.0.open_charge(id).await?;
        self.tries(&contract, "").await
    }

    /// The contract, if this can be the key of one of its periods.
    async fn contract_to_bill(&self, id: &str, period: &str) -> Result<Open> {
        Period::check_key(period)?;
        let contract = self.0.open_charge(id).await?;
        let is_second = period.len() > YEAR_MONTH;
        // Only behind a first period that is cut short another one starts in the same month.
        if let Some(billing) = contract.record.billing.as_ref().filter(|_| is_second)
            && billing.schedule.nth(2).is_none_or(|p| p.key() != period)
        {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "period",
                "is not one of this contract: only one of its periods starts in that month",
            ));
        }
        Ok(contract)
    }

    async fn bill_under(
        &self,
        contract: &Open,
        period: &str,
        amount: Yen,
        number: u32,
    ) -> Result<Outcome<Charge>> {
        let client = self.0;
        let charge = contract.charge();
        if charge.kind != Kind::MeteredContract {
            return Err(Error::field(
                ErrorKind::InvalidState,
                "subscription",
                "is billed by the gateway, not by the shop",
            ));
        }
        let mut id = period_id(&charge.id, period, number);
        if planted::is(Defect::PeriodBilledTwice) {
            id = format!("{id}-x{}", planted::number());
        }
        let known = client
            .journal()
            .get(&flow::row_id(&charge.contract, &id))
            .await?;
        let runs = charge.phase == ChargePhase::Active
            && charge.pending.is_none()
            && charge.review.is_none();
        if known.is_none() && !runs {
            return Err(Error::field(
                ErrorKind::InvalidState,
                "subscription",
                format!("is {}: nothing more is billed", charge.phase.name()),
            ));
        }
        let mut request = contract.record.request.clone();
        request.id = id;
        request.amount = amount;
        let kind = Kind::Period {
            subscription: charge.id.clone(),
            tracking_id: charge.tracking_id.clone().unwrap_or_default(),
            period: period.to_owned(),
        };
        let script = client.charge_as(&request, kind)?;
        let outcome = client.run(script).await?;
        if let Outcome::Rejected(rejection) = &outcome
            && ends_contract(&rejection.code)
        {
            let open = client.open_charge(&charge.id).await?;
            client.note(open, Event::ContractEnded, None).await?;
        }
        Ok(outcome)
    }

    /// Bills a period for the first time, or once more where its last try allows it and its wait is over.
    async fn bill_once_more(&self, contract: &Open, period: String, amount: Yen) -> BilledPeriod {
        let now = self.0.now();
        let tried = async {
            let (number, last) = self.last_try(contract, &period).await?;
            let Some(after) = last.as_ref().and_then(|last| billable_after(last, number)) else {
                let number = number.max(1);
                return Ok((
                    number,
                    self.bill_under(contract, &period, amount, number).await?,
                ));
            };
            if now < after {
                let rejection = last
                    .and_then(|last| last.rejection)
                    .unwrap_or_else(unbilled);
                return Ok((number, Outcome::Rejected(rejection)));
            }
            let number = number + 1;
            Ok((
                number,
                self.bill_under(contract, &period, amount, number).await?,
            ))
        };
        let tried: Result<(u32, Outcome<Charge>)> = tried.await;
        let next = match &tried {
            Ok((_, Outcome::Done(_))) => NextTry::Billed,
            Ok((_, Outcome::Unknown(_))) => NextTry::Unknown,
            Ok((number, Outcome::Rejected(_))) => {
                let id = period_id(&contract.charge().id, &period, *number);
                let last = self.0.open_charge(&id).await;
                match last.map(|last| billable_after(last.charge(), *number)) {
                    Ok(Some(after)) => NextTry::Later(after),
                    Ok(None) => NextTry::Refused,
                    Err(_) => NextTry::Unknown,
                }
            }
            Err(_) => NextTry::NotSent,
        };
        BilledPeriod {
            subscription: contract.charge().id.clone(),
            period,
            outcome: tried.map(|(_, outcome)| outcome),
            next,
        }
    }

    /// The last try of a period and its number; 0 and nothing where there is none.
    async fn last_try(&self, contract: &Open, period: &str) -> Result<(u32, Option<Charge>)> {
        let charge = contract.charge();
        let mut last = (0, None);
        for number in 1..=MAX_TRIES {
            let id = period_id(&charge.id, period, number);
            let row = flow::row_id(&charge.contract, &id);
            let Some(row) = self.0.journal().get(&row).await? else {
                break;
            };
            last = (number, Some(Open::from_row(row)?.record.charge));
        }
        Ok(last)
    }

    /// Every try of the periods whose key begins with this, in order.
    async fn tries(&self, contract: &Open, period: &str) -> Result<Vec<Charge>> {
        let charge = contract.charge();
        let prefix = flow::row_id(&charge.contract, &format!("{}-{period}", charge.id));
        let mut found = Vec::new();
        let mut after = Some(prefix.clone());
        let first = self.0.journal().get(&prefix).await?;
        found.extend(first);
        'pages: loop {
            let rows = self
                .0
                .journal()
                .list(Query {
                    kind: flow::KIND.to_owned(),
                    phases: Vec::new(),
                    after: after.take(),
                    limit: PAGE,
                })
                .await?;
            let Some(last) = rows.last() else { break };
            after = Some(last.id.clone());
            for row in rows {
                if !row.id.starts_with(&prefix) {
                    break 'pages;
                }
                found.push(row);
            }
        }
        let mut tries = Vec::new();
        for row in found {
            let other = Open::from_row(row)?.record.charge;
            let own = matches!(&other.kind, Kind::Period { subscription, period: key, .. }
                if *subscription == charge.id && (period.is_empty() || key == period));
            if own {
                tries.push(other);
            }
        }
        Ok(tries)
    }
}

/// The `order_id` of a try of a period.
fn period_id(contract: &str, period: &str, number: u32) -> String {
    match number {
        1 => format!("{contract}-{period}"),
        number => format!("{contract}-{period}r{number:02}"),
    }
}

/// When the job may bill a period once more after this try, the `number`-th. `None` where the try stands.
fn billable_after(last: &Charge, number: u32) -> Option<Timestamp> {
    let is_over = last.phase == ChargePhase::Rejected && !last.is_unresolved();
    let rejection = last.rejection.as_ref().filter(|_| is_over)?;
    if number >= MAX_TRIES || !is_no_fault_of_the_customer(&rejection.code) {
        return None;
    }
    let ended = last.last(Step::Request, None)?.at;
    let doubled = WAIT << number.saturating_sub(1).min(10);
    Some(ended.plus_seconds(doubled.min(DAY)))
}

/// Whether the same period can be billed later without the customer doing anything.
///
/// Source: docs/protocol/api-type.md#codes
fn is_no_fault_of_the_customer(code: &str) -> bool {
    if ends_contract(code) {
        return false;
    }
    let class = ApiCode::parse(code).class();
    code == NOT_PROCESSED
        || code.starts_with("http_4")
        || matches!(class, Class::Retryable | Class::Configuration)
}

fn unbilled() -> Rejection {
    Rejection::new(NOT_PROCESSED)
}

/// Whether a refusal says that the contract runs no more.
fn ends_contract(code: &str) -> bool {
    matches!(ApiCode::parse(code).kind(), "L2" | "L3" | "32")
}
