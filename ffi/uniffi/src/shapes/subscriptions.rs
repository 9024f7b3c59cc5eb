//! Recurring contracts by API.

use netmile::api::{ChargeRequest, Means};
use netmile::client::{self, NextTry};
use netmile::schedule::{Period, Schedule};
use netmile::{Result, Yen};
use netmile_ffi_runtime::FfiError;
use netmile_ffi_runtime::config::terminal;

use super::payments::ChargeOutcome;
use super::shapes;
use crate::convert::{amount, invalid, millis, yen};
use crate::records::Problem;

shapes! {
    /// On which days a contract is billed.
    BillingSchedule shows [start, billing_day, interval, first] {
        /// First day of the contract, `YYYY-MM-DD`.
        start: String,
        /// Day of the month, 1 to 31; in shorter months the last one.
        billing_day: i64,
        /// Every so many months; 1 when not given.
        #[serde(default)]
        interval: Option<i64>,
        /// A month in which it is billed, `YYYY-MM`; that of the first day when not given.
        #[serde(default)]
        anchor: Option<String>,
        /// The time before the first billing day: `bill_at_once` (when not given), `next_billing_day` or `free`.
        #[serde(default)]
        first: Option<String>,
        /// The last month that is billed, `YYYY-MM`.
        #[serde(default)]
        last_charge_month: Option<String>,
        /// The last day of the contract, `YYYY-MM-DD`.
        #[serde(default)]
        last_day: Option<String>,
    }

    /// A contract that runs at the gateway already.
    AdoptRequest shows [id, method, tracking_id, amount, schedule] {
        /// The shop's own id of the contract.
        id: String,
        /// Tag of the method.
        method: String,
        /// The gateway's id of the contract.
        tracking_id: String,
        /// The customer's id at the shop. Personal.
        cust_code: String,
        /// Item id.
        item_id: String,
        /// Item name.
        #[serde(default)]
        item_name: String,
        /// Yen of each period; 0 when metered.
        amount: i64,
        /// On which days it is billed.
        schedule: BillingSchedule,
    }

    /// A contract that a purchase by link type brought about.
    AdoptPurchaseRequest shows [purchase_id, id, method, amount, schedule] {
        /// The shop's id of the purchase.
        purchase_id: String,
        /// The shop's own id of the contract.
        id: String,
        /// Tag of the method.
        method: String,
        /// Yen of each period.
        amount: i64,
        /// On which days it is billed.
        schedule: BillingSchedule,
    }

    /// A simple contract (継続課金・簡易) that the gateway bills already.
    AdoptSimpleRequest shows [id, method, tracking_id, amount] {
        /// The shop's own id of the contract.
        id: String,
        /// Tag of the method.
        method: String,
        /// The gateway's id of the contract.
        tracking_id: String,
        /// The customer's id at the shop. Personal.
        cust_code: String,
        /// Item id.
        item_id: String,
        /// Item name.
        #[serde(default)]
        item_name: String,
        /// Yen of each month.
        amount: i64,
        /// What the customer holds: `pc` (when not given), `smartphone` or `feature_phone`.
        #[serde(default)]
        terminal: Option<String>,
    }

    /// A simple contract that a purchase by link type brought about.
    AdoptSimplePurchaseRequest shows [purchase_id, id, method] {
        /// The shop's id of the purchase; customer, item and monthly yen come from there.
        purchase_id: String,
        /// The shop's own id of the contract.
        id: String,
        /// Tag of the method.
        method: String,
    }

    /// A period to bill.
    BillRequest shows [id, period, amount] {
        /// The shop's id of the contract.
        id: String,
        /// Which period: the month it starts in, `2026-02`, or `2026-02-2` where it is the second that does.
        period: String,
        /// Yen.
        amount: i64,
    }

    /// Names a period.
    PeriodId shows [id, period] {
        /// The shop's id of the contract.
        id: String,
        /// Which period: the month it starts in, `2026-02`, or `2026-02-2` where it is the second that does.
        period: String,
    }

    /// A month of a simple contract.
    MonthRefundRequest shows [id, month] {
        /// The shop's id of the contract.
        id: String,
        /// `YYYYMM`.
        month: String,
    }

    /// A period that is due and was not billed.
    DuePeriod shows [subscription, period, starts, ends, amount] {
        /// The shop's id of the contract.
        subscription: String,
        /// Which period, such as `2026-02`.
        period: String,
        /// Its first day.
        starts: String,
        /// Its last day.
        ends: String,
        /// Yen of the contract; 0 when metered.
        amount: i64,
    }

    /// Periods that are due.
    DuePeriods shows [due] {
        /// In the order of contracts and periods.
        due: Vec<DuePeriod>,
    }

    /// What a period costs.
    PeriodAmount shows [subscription, period, amount] {
        /// The shop's id of the contract.
        subscription: String,
        /// Which period, as `subscription.due` names it.
        period: String,
        /// Yen.
        amount: i64,
    }

    /// What the billing job bills.
    BillDueRequest shows [contract_amount, amounts] {
        /// Bill each period of a contract that has an amount with it.
        #[serde(default)]
        contract_amount: bool,
        /// Amounts of single periods; they go before that of the contract. A period without an amount is left for
        /// later.
        #[serde(default)]
        amounts: Vec<PeriodAmount>,
    }

    /// What the billing job did about one period.
    BilledPeriod shows [subscription, period, outcome, problem, next, again_at_ms] {
        /// The shop's id of the contract.
        subscription: String,
        /// Which period.
        period: String,
        /// How it ended, if it was sent.
        outcome: Option<ChargeOutcome>,
        /// Why nothing was sent.
        problem: Option<Problem>,
        /// `billed`, `refused`, `later`, `unknown` or `not_sent`.
        next: String,
        /// When it is tried again.
        again_at_ms: Option<i64>,
    }

    /// What the billing job did.
    BilledPeriods shows [periods] {
        /// In the order of contracts and periods.
        periods: Vec<BilledPeriod>,
    }
}

impl BillingSchedule {
    pub(crate) fn to_core(&self) -> Result<Schedule> {
        let mut stored = serde_json::Map::new();
        let mut put = |name: &str, value: serde_json::Value| {
            stored.insert(name.to_owned(), value);
        };
        put("start", self.start.clone().into());
        put("billing_day", self.billing_day.into());
        if let Some(interval) = self.interval {
            put("interval", interval.into());
        }
        for (name, value) in [
            ("anchor", &self.anchor),
            ("first", &self.first),
            ("last_charge_month", &self.last_charge_month),
            ("last_day", &self.last_day),
        ] {
            if let Some(value) = value {
                put(name, value.clone().into());
            }
        }
        // The core checks a schedule wherever it is read, by the same rules as where it is made.
        serde_json::from_value(stored.into())
            .map_err(|_| invalid("schedule", "is not a schedule on which can be billed"))
    }
}

impl AdoptRequest {
    pub(crate) fn to_core(&self) -> Result<client::Adopt> {
        Ok(client::Adopt {
            id: self.id.clone(),
            method: self.method.clone(),
            tracking_id: self.tracking_id.clone(),
            cust_code: self.cust_code.clone(),
            item: (self.item_id.clone(), self.item_name.clone()),
            amount: yen("amount", self.amount)?,
            schedule: self.schedule.to_core()?,
        })
    }
}

impl AdoptSimpleRequest {
    pub(crate) fn to_core(&self) -> Result<ChargeRequest> {
        let amount = yen("amount", self.amount)?;
        let request = ChargeRequest::new(&self.id, &self.method, amount, Means::Contract)
            .customer(&self.cust_code)
            .item(&self.item_id, &self.item_name);
        Ok(match &self.terminal {
            Some(name) => request.terminal(terminal(name)?),
            None => request,
        })
    }
}

impl From<&client::DuePeriod> for DuePeriod {
    fn from(due: &client::DuePeriod) -> Self {
        Self {
            subscription: due.contract.id.clone(),
            period: due.period.key(),
            starts: due.period.starts().to_string(),
            ends: due.period.ends().to_string(),
            amount: amount(due.contract.amount),
        }
    }
}

impl BillDueRequest {
    /// What each named period costs.
    pub(crate) fn prices(&self) -> Result<std::collections::HashMap<(String, String), Yen>> {
        let price = |price: &PeriodAmount| {
            Period::check_key(&price.period)?;
            let key = (price.subscription.clone(), price.period.clone());
            Ok((key, yen("amount", price.amount)?))
        };
        self.amounts.iter().map(price).collect()
    }
}

impl BilledPeriod {
    pub(crate) fn new(billed: client::BilledPeriod, lang: netmile::Lang) -> Self {
        let (outcome, problem) = match billed.outcome {
            Ok(outcome) => (Some(outcome.into()), None),
            Err(error) => (None, Some(Problem::new(&FfiError::from(error), lang))),
        };
        Self {
            subscription: billed.subscription,
            period: billed.period,
            outcome,
            problem,
            next: billed.next.name().to_owned(),
            again_at_ms: match billed.next {
                NextTry::Later(at) => Some(millis(at)),
                _ => None,
            },
        }
    }
}
