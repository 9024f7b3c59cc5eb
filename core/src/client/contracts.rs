//! Recurring contracts by API type: applying, billing period by period, ending.

use std::fmt;

use super::Client;
use super::subscriptions::Subscriptions;
use crate::api::{ChargeRequest, Means};
use crate::charge::{Charge, ChargePhase, Event, Kind, NewCharge, Step};
use crate::contract::Connection;
use crate::engine::Io;
use crate::error::{Error, ErrorKind, Result};
use crate::flow::{self, Billing, Open, Record};
use crate::money::Yen;
use crate::operation::Outcome;
use crate::purchase::Purchase;
use crate::schedule::{Schedule, YearMonth};

/// Longest id of a contract whose periods are billed: the `order_id` of a period has to hold the period as well.
const MAX_CONTRACT_ID: usize = 25;

/// A fixed or metered contract (定期/従量) that was applied for by link type, to be billed by API type. `Debug` does not
/// show the customer.
#[derive(Clone)]
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

impl fmt::Debug for Adopt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Adopt")
            .field("id", &self.id)
            .field("method", &self.method)
            .field("tracking_id", &self.tracking_id)
            .field("amount", &self.amount)
            .field("schedule", &self.schedule)
            .finish_non_exhaustive()
    }
}

/// Who bills a contract that is taken over.
enum Billed {
    /// The shop, by this schedule.
    Here(Schedule),
    /// The gateway, from this month on.
    There { from: Option<YearMonth> },
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
        if adopt.id.len() > MAX_CONTRACT_ID {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "id",
                "must have at most 25 characters, so that a period fits behind it",
            ));
        }
        let request = ChargeRequest::new(&adopt.id, &adopt.method, adopt.amount, Means::Contract)
            .customer(&adopt.cust_code)
            .item(&adopt.item.0, &adopt.item.1);
        let billed = Billed::Here(adopt.schedule);
        self.take_over(request, &adopt.tracking_id, billed).await
    }

    /// Takes a simple contract (継続課金・簡易) that was applied for by link type under control: the gateway goes on billing
    /// it, statements tell of its months, and it can be ended and its months refunded by API where the method can. Of
    /// `request` the id, method, monthly amount, customer and item count. Again with the same values it does nothing.
    ///
    /// # Errors
    /// As [`adopt`](Self::adopt).
    pub async fn adopt_simple(&self, request: &ChargeRequest, tracking_id: &str) -> Result<Charge> {
        if !matches!(request.means, Means::Contract) {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "means",
                "must be those of a contract: Means::Contract",
            ));
        }
        let from = YearMonth::of_instant(self.0.now()).next();
        let billed = Billed::There { from };
        self.take_over(request.clone(), tracking_id, billed).await
    }

    async fn take_over(
        &self,
        request: ChargeRequest,
        tracking_id: &str,
        billed: Billed,
    ) -> Result<Charge> {
        let client = self.0;
        let contract = client.contract()?;
        let method = contract.method(request.method())?;
        let (kind, schedule, from) = match billed {
            Billed::Here(schedule) => (Kind::MeteredContract, Some(schedule), None),
            Billed::There { from } => (Kind::SimpleContract, None, from),
        };
        method.matrix().require(
            method.tag(),
            Connection::Api,
            kind.billing(),
            request.terminal,
        )?;
        if tracking_id.len() != 14 || !tracking_id.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "tracking_id",
                "must be exactly 14 half-width digits",
            ));
        }
        let desk = client.desk_of(contract, request.method())?;
        let mut charge = Charge::new(NewCharge {
            id: request.id().to_owned(),
            contract: contract.id().clone(),
            method: request.method().to_owned(),
            amount: request.amount(),
            plan: flow::plan(&desk.gateway, &kind),
            kind,
            pay_by: None,
            at: client.now(),
        })?;
        charge.billed_from = from.map(YearMonth::to_wire);
        let record = Record {
            charge,
            request: request.clone(),
            billing: schedule.map(|schedule| Billing {
                schedule,
                settled: 0,
            }),
        };
        let adopted = Event::Adopted {
            tracking_id: tracking_id.to_owned(),
        };
        let script = client.script(move |io: Io| async move {
            Open::create(&io, record, &adopted, desk.bounds).await
        });
        let (open, created) = client.run(script).await?;
        let known = &open.record;
        let same = known.request.same(&request)
            && known.charge.tracking_id.as_deref() == Some(tracking_id)
            && known.billing.as_ref().map(|b| b.schedule) == schedule;
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
        let terms = (amount, Some(schedule));
        self.take_over_purchase(purchase_id, id, method, terms)
            .await
    }

    /// The same for a simple contract that the journal has as a paid purchase: the monthly amount comes from there, too.
    ///
    /// # Errors
    /// As [`adopt_purchase`](Self::adopt_purchase).
    pub async fn adopt_simple_purchase(
        &self,
        purchase_id: &str,
        id: &str,
        method: &str,
    ) -> Result<Charge> {
        let purchase = self.0.purchases().get(purchase_id).await?;
        if purchase.asked.billing != crate::contract::Billing::RecurringSimple {
            return Err(Error::field(
                ErrorKind::InvalidState,
                "purchase",
                "is no simple recurring contract",
            ));
        }
        let terms = (purchase.asked.amount, None);
        self.take_over_purchase(purchase_id, id, method, terms)
            .await
    }

    async fn take_over_purchase(
        &self,
        purchase_id: &str,
        id: &str,
        method: &str,
        (amount, schedule): (Yen, Option<Schedule>),
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
        let asked = &purchase.asked;
        let adopted = match schedule {
            Some(schedule) => {
                let adopt = Adopt {
                    id: id.to_owned(),
                    method: method.to_owned(),
                    tracking_id: paid.tracking_id.clone(),
                    cust_code: asked.cust_code.clone(),
                    item: (asked.item_id.clone(), asked.item_name.clone()),
                    amount,
                    schedule,
                };
                self.adopt(&adopt).await?
            }
            None => {
                let request = ChargeRequest::new(id, method, amount, Means::Contract)
                    .customer(&asked.cust_code)
                    .item(&asked.item_id, &asked.item_name);
                let from = YearMonth::of_instant(paid.paid_at).next();
                let billed = Billed::There { from };
                self.take_over(request, &paid.tracking_id, billed).await?
            }
        };
        // A notice that ended it meanwhile has not found the charge.
        let purchase = client.purchases().get(purchase_id).await?;
        if purchase.contract_end.is_none() {
            return Ok(adopted);
        }
        client.end_adopted(&purchase).await?;
        Ok(client.open_charge(id).await?.record.charge)
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
    /// `invalid_value` on `month` when it is none; else as [`end_by_api`](Self::end_by_api).
    pub async fn refund_month(&self, id: &str, month: &str) -> Result<Outcome<Charge>> {
        if !YearMonth::parse(month).is_ok_and(|parsed| parsed.to_wire() == month) {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "month",
                "must be a month written YYYYMM",
            ));
        }
        self.0
            .perform(id, Step::RefundMonth, Yen::default(), Some(month))
            .await
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
    charge.kind.is_contract() && charge.tracking_id.as_deref().is_some_and(own)
}
