//! Recurring contracts by API type: applying, billing period by period, ending.

use super::Client;
use super::subscriptions::Subscriptions;
use crate::api::codes::ApiCode;
use crate::api::{ChargeRequest, Means};
use crate::charge::{Charge, ChargePhase, Event, Kind, NewCharge, Step};
use crate::contract::Connection;
use crate::engine::Io;
use crate::engine::journal::Query;
use crate::error::{Error, ErrorKind, Result};
use crate::flow::{self, Billing, Open, Record};
use crate::money::Yen;
use crate::operation::Outcome;
use crate::planted::{self, Defect};
use crate::purchase::Purchase;
use crate::schedule::{Period, Schedule};

/// Contracts that are read from the journal at once.
const PAGE: u32 = 200;

/// Periods of one contract that one run of the billing job bills.
const MAX_PERIODS: u32 = 600;

/// Tries of one period, each under an `order_id` of its own.
const MAX_TRIES: u32 = 99;

/// Longest id of a contract whose periods are billed: the `order_id` of a period has to hold the period as well.
const MAX_CONTRACT_ID: usize = 25;

/// A fixed or metered contract (定期/従量) that was applied for by link type, to be billed by API type.
#[derive(Clone, Debug)]
pub struct Adopt {
    /// The shop's id of the contract, 1 to 25 of `[0-9A-Za-z_-]`.
    pub id: String,
    /// Tag of the method.
    pub method: String,
    /// The gateway's id of the application.
    pub tracking_id: String,
    /// `cust_code` of the application: the gateway refuses another one.
    pub cust_code: String,
    /// What is billed: an id and a name.
    pub item: (String, String),
    /// Yen of one period, unless the billing job says otherwise.
    pub amount: Yen,
    /// When it is billed.
    pub schedule: Schedule,
}

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
    /// What came of it. An `Err` means that nothing was sent for it; the next run tries again.
    pub outcome: Result<Outcome<Charge>>,
}

impl Subscriptions<'_> {
    /// Applies for a simple recurring contract by API: the gateway bills the amount each month. Ends active, rejected
    /// or unknown, as [`Payments::charge`](super::Payments::charge) does.
    ///
    /// # Errors
    /// As [`Payments::charge`](super::Payments::charge).
    pub async fn apply_by_api(&self, request: &ChargeRequest) -> Result<Outcome<Charge>> {
        let script = self.0.charge_as(request, Kind::SimpleContract)?;
        self.0.run(script).await
    }

    /// Takes a contract that was applied for by link type under control. Again with the same values it does nothing.
    ///
    /// # Errors
    /// `not_in_contract` when API billing is not offered, `invalid_value`, `conflict` when the id was used for
    /// something else, `journal`.
    pub async fn adopt(&self, adopt: &Adopt) -> Result<Charge> {
        let client = self.0;
        let contract = client.contract()?;
        let method = contract.method(&adopt.method)?;
        let request = ChargeRequest::new(&adopt.id, &adopt.method, adopt.amount, Means::Contract)
            .customer(&adopt.cust_code)
            .item(&adopt.item.0, &adopt.item.1);
        method.matrix().require(
            method.tag(),
            Connection::Api,
            Kind::MeteredContract.billing(),
            request.terminal,
        )?;
        if adopt.id.len() > MAX_CONTRACT_ID {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "id",
                "must have at most 25 characters, so that a period fits behind it",
            ));
        }
        if adopt.tracking_id.len() != 14 || !adopt.tracking_id.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "tracking_id",
                "must be exactly 14 half-width digits",
            ));
        }
        let desk = client.desk_of(contract, &adopt.method)?;
        let charge = Charge::new(NewCharge {
            id: adopt.id.clone(),
            contract: contract.id().clone(),
            method: adopt.method.clone(),
            kind: Kind::MeteredContract,
            amount: adopt.amount,
            plan: flow::plan(&desk.gateway, &Kind::MeteredContract),
            pay_by: None,
            at: client.now(),
        })?;
        let record = Record {
            charge,
            request: request.clone(),
            billing: Some(Billing {
                schedule: adopt.schedule,
                settled: 0,
            }),
        };
        let adopted = Event::Adopted {
            tracking_id: adopt.tracking_id.clone(),
        };
        let script = client.script(move |io: Io| async move {
            Open::create(&io, record, &adopted, desk.bounds).await
        });
        let (open, created) = client.run(script).await?;
        let known = &open.record;
        let same = known.request.same(&request)
            && known.charge.tracking_id.as_deref() == Some(adopt.tracking_id.as_str())
            && known.billing.as_ref().map(|b| b.schedule) == Some(adopt.schedule);
        if !created && !same {
            return Err(Error::field(
                ErrorKind::Conflict,
                "id",
                "was used for another contract",
            ));
        }
        Ok(open.record.charge)
    }

    /// The same for a contract that the journal has as a paid purchase: `tracking_id` and `cust_code` come from there.
    ///
    /// A contract that has ended cannot be adopted, now or later: the error is final, so acknowledge the event that
    /// called for it. One that was adopted before it ended is returned as it stands.
    ///
    /// # Errors
    /// `invalid_state` for the field `contract` when it has ended, for the field `purchase` when it is no contract that
    /// was paid; neither is retryable. Else as [`adopt`](Self::adopt).
    pub async fn adopt_purchase(
        &self,
        purchase_id: &str,
        id: &str,
        method: &str,
        amount: Yen,
        schedule: Schedule,
    ) -> Result<Charge> {
        let client = self.0;
        let purchase = client.purchases().get(purchase_id).await?;
        if purchase.contract_end.is_some() {
            let row = flow::row_id(&purchase.contract, id);
            let known = client.journal().get(&row).await?;
            if known.is_some() {
                client.end_adopted(&purchase).await?;
                let charge = client.open_charge(id).await?.record.charge;
                if is_of(&charge, &purchase) {
                    return Ok(charge);
                }
            }
            return Err(Error::field(
                ErrorKind::InvalidState,
                "contract",
                "has ended: there is nothing to adopt, now or later",
            ));
        }
        let Some(paid) = purchase.live_payments().next() else {
            return Err(Error::field(
                ErrorKind::InvalidState,
                "purchase",
                "is no contract that was paid",
            ));
        };
        let adopt = Adopt {
            id: id.to_owned(),
            method: method.to_owned(),
            tracking_id: paid.tracking_id.clone(),
            cust_code: purchase.asked.cust_code.clone(),
            item: (
                purchase.asked.item_id.clone(),
                purchase.asked.item_name.clone(),
            ),
            amount,
            schedule,
        };
        let adopted = self.adopt(&adopt).await?;
        // A notice that ended it meanwhile has not found the charge.
        let purchase = client.purchases().get(purchase_id).await?;
        if purchase.contract_end.is_none() {
            return Ok(adopted);
        }
        client.end_adopted(&purchase).await?;
        Ok(client.open_charge(id).await?.record.charge)
    }

    /// Bills one period: once, however often and from however many processes it is called. A period that was refused
    /// stays refused; see [`bill_again`](Self::bill_again).
    ///
    /// # Errors
    /// Nothing was sent: `unknown_order`, `invalid_state` when the contract ended, `conflict` when the period was
    /// billed with another amount, and whatever [`Payments::charge`](super::Payments::charge) refuses.
    pub async fn bill(&self, id: &str, period: &str, amount: Yen) -> Result<Outcome<Charge>> {
        let contract = self.0.open_charge(id).await?;
        self.bill_under(&contract, period, amount, 1).await
    }

    /// Bills a period once more after the gateway refused it, under the next `order_id`. Calling it while an earlier
    /// try may have succeeded is refused.
    ///
    /// # Errors
    /// `invalid_state` when the last try was not refused; else as [`bill`](Self::bill).
    pub async fn bill_again(&self, id: &str, period: &str) -> Result<Outcome<Charge>> {
        let contract = self.0.open_charge(id).await?;
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
                let outcome = subscriptions.bill_under(&contract, &key, amount, 1).await;
                is_final = matches!(&outcome, Ok(outcome) if !outcome.is_unknown());
                billed.push(BilledPeriod {
                    subscription: contract.charge().id.clone(),
                    period: key,
                    outcome,
                });
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

    /// Ends a contract, simple or metered, by API.
    ///
    /// # Errors
    /// Nothing was sent: `unknown_order`, `invalid_state`, `not_in_contract` where the method cannot (SoftBank: use
    /// [`end`](Self::end), a form for the customer's browser), `transport`, `journal`.
    pub async fn end_by_api(&self, id: &str) -> Result<Outcome<Charge>> {
        self.0.perform(id, Step::End, Yen::default(), None).await
    }

    /// Refunds one month (`YYYYMM`) of a simple recurring contract. Once per month.
    ///
    /// # Errors
    /// As [`end_by_api`](Self::end_by_api).
    pub async fn refund_month(&self, id: &str, month: &str) -> Result<Outcome<Charge>> {
        self.0
            .perform(id, Step::RefundMonth, Yen::default(), Some(month))
            .await
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

impl Client {
    /// Ends whatever contract was adopted from a purchase. Does nothing where there is none, or where it has ended.
    pub(super) async fn end_adopted(&self, purchase: &Purchase) -> Result<()> {
        for payment in &purchase.payments {
            let key = flow::tracking_key(&purchase.contract, &payment.tracking_id);
            let Some(row) = self.journal().find(&key).await? else {
                continue;
            };
            let open = Open::from_row(row)?;
            let charge = open.charge();
            if charge.kind.is_contract() && charge.phase != ChargePhase::Ended {
                self.note(open, Event::ContractEnded, None).await?;
            }
        }
        Ok(())
    }
}

/// Whether a charge is the contract that was adopted from this purchase.
fn is_of(charge: &Charge, purchase: &Purchase) -> bool {
    let own = |id: &str| purchase.payment(id).is_some();
    charge.kind == Kind::MeteredContract && charge.tracking_id.as_deref().is_some_and(own)
}

/// The `order_id` of a try of a period.
fn period_id(contract: &str, period: &str, number: u32) -> String {
    match number {
        1 => format!("{contract}-{period}"),
        number => format!("{contract}-{period}r{number:02}"),
    }
}

/// Whether a refusal says that the contract runs no more.
fn ends_contract(code: &str) -> bool {
    matches!(ApiCode::parse(code).kind(), "L2" | "L3" | "32")
}
