//! Recurring contracts by link: applying and ending.

use super::Client;
use super::checkout::Checkout;
use super::records::Request;
use crate::contract::Billing;
use crate::error::{Error, ErrorKind, Result};
use crate::link::{PurchaseRequest, RecurringRequest, RecurringService};
use crate::money::Yen;
use crate::purchase::{Asked, Purpose};

/// Recurring contracts by link. Made by [`Client::subscriptions`].
pub struct Subscriptions<'c>(pub(super) &'c Client);

impl Subscriptions<'_> {
    /// Applies for a recurring contract with a purchase (A01-1). The first notice makes the purchase `paid`; later
    /// ones tell `contract_ended`.
    ///
    /// # Errors
    /// `invalid_value` when the request is for a one-time purchase; else as
    /// [`Checkouts::start`](super::Checkouts::start).
    pub async fn start(&self, request: &PurchaseRequest) -> Result<Checkout> {
        if request.billing() == Billing::OneTime {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "pay_type",
                "must be recurring; use checkout().start() for a one-time purchase",
            ));
        }
        self.0.checkout().start(request).await
    }

    /// Applies for a fixed or metered contract without a purchase at once (D01-1). Kept as a purchase of 0 yen that
    /// is `paid` when the contract runs.
    ///
    /// # Errors
    /// `invalid_value` when the request is not an application; else as [`start`](Self::start).
    pub async fn apply(&self, request: &RecurringRequest) -> Result<Checkout> {
        if request.service() != RecurringService::Apply {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "service_type",
                "must be an application; a contract is ended with subscriptions().end()",
            ));
        }
        let asked = Asked {
            cust_code: request.cust_code().to_owned(),
            item_id: request.item_id().to_owned(),
            item_name: request.item_name().to_owned(),
            amount: Yen::default(),
            billing: Billing::RecurringMetered,
        };
        let contract = self.0.contract()?;
        let id = request.order_id().as_str().to_owned();
        self.0
            .start_record(
                contract,
                id,
                asked,
                Request::Recurring(Box::new(request.clone())),
            )
            .await
    }

    /// Ends a recurring contract: a form for the customer's browser, with an `order_id` of its own.
    ///
    /// # Errors
    /// `invalid_state` when no contract runs, `unknown_order`, `journal`, and whatever signing refuses.
    pub async fn end(&self, purchase_id: &str) -> Result<Checkout> {
        let client = self.0;
        let contract = client.contract()?;
        let loaded = client.load(purchase_id).await?;
        let purchase = &loaded.record.purchase;
        // Of two applications the refunded one was a mistake. A refund alone ends no contract, though.
        let paid = purchase.live_payments().next();
        let paid = paid.or_else(|| purchase.payments.last());
        let tracking_id = paid.map(|payment| payment.tracking_id.clone());
        let tracking_id = tracking_id.ok_or_else(|| {
            Error::field(
                ErrorKind::InvalidState,
                "purchase",
                "has no running contract",
            )
        })?;
        let request = match &loaded.record.request {
            Request::Purchase(request) => {
                Request::Purchase(Box::new(request.as_ref().clone().cancelling(tracking_id)))
            }
            Request::Recurring(request) => {
                Request::Recurring(Box::new(request.cancelling(tracking_id)))
            }
        };
        client
            .start_attempt(contract, loaded, Purpose::EndContract, Some(request))
            .await
    }
}
