//! Starting purchases.

use super::Client;
use super::records::{Applied, Loaded, Record, Request};
use crate::contract::Contract;
use crate::engine::Observation;
use crate::engine::journal::Opened;
use crate::error::{Error, ErrorKind, Result};
use crate::link::{HostedCheckout, OrderId, PurchaseRequest, SignedForm};
use crate::purchase::{Asked, Event, NewPurchase, Purchase, Purpose};

/// Starts purchases and hands out their forms. Made by [`Client::checkout`].
pub struct Checkouts<'c>(pub(super) &'c Client);

/// A signed form that is in the journal and may be handed out.
#[derive(Clone, Debug)]
pub struct Checkout {
    /// The shop's id.
    pub purchase_id: String,
    /// The id of this attempt at the gateway.
    pub order_id: String,
    /// What the browser posts.
    pub form: SignedForm,
}

impl Checkout {
    /// What an app needs to show the payment in a web view, without any secret.
    ///
    /// # Errors
    /// `invalid_value` when two of the browser's return URLs are the same.
    pub fn hosted(&self) -> Result<HostedCheckout> {
        self.form.hosted()
    }
}

impl Checkouts<'_> {
    /// Starts a purchase, or a further attempt of it.
    ///
    /// The request's `order_id` is the shop's own purchase id (at most 34 characters); each start gets an id of its
    /// own at the gateway: `<id>-1`, `<id>-2`, … The attempt is in the journal before this returns.
    ///
    /// # Errors
    /// `conflict` when the id was used for a purchase of other content; `invalid_state` when the purchase takes no
    /// further attempt (paid, given up, under review); whatever signing refuses; `journal`.
    pub async fn start(&self, request: &PurchaseRequest) -> Result<Checkout> {
        let contract = self.0.contract()?;
        if request.is_cancel() {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "service_type",
                "a contract is ended with subscriptions().end()",
            ));
        }
        let asked = Asked {
            cust_code: request.cust_code().to_owned(),
            item_id: request.item_id().to_owned(),
            item_name: request.item_name().to_owned(),
            amount: request.amount(),
            billing: request.billing(),
        };
        let id = request.order_id().as_str().to_owned();
        self.0
            .start_record(
                contract,
                id,
                asked,
                Request::Purchase(Box::new(request.clone())),
            )
            .await
    }

    /// Signs the newest attempt again: the same `order_id`, a new `request_date`. For a page that is rendered again.
    ///
    /// # Errors
    /// `invalid_state` when the newest attempt is over, `unknown_order`, `journal`.
    pub async fn render(&self, purchase_id: &str) -> Result<Checkout> {
        let contract = self.0.contract()?;
        let loaded = self.0.load(purchase_id).await?;
        let last = loaded.record.purchase.last_attempt();
        let order_id = last.map(|attempt| attempt.order_id.clone());
        let order_id = order_id.ok_or_else(|| {
            Error::field(ErrorKind::InvalidState, "purchase", "has no attempt yet")
        })?;
        let form = self.0.sign(contract, &loaded.record.request, &order_id)?;
        let event = Event::AttemptSignedAgain {
            order_id: order_id.clone(),
            request_date: form.request_date().to_owned(),
        };
        self.0.apply(loaded, &event, None).await?;
        Ok(self.0.hand_out(purchase_id, order_id, form))
    }

    /// Stops waiting for a purchase. If it is paid all the same, the shop is told `paid_late`.
    ///
    /// # Errors
    /// `invalid_state` when it may be paid already, `unknown_order`, `journal`.
    pub async fn give_up(&self, purchase_id: &str) -> Result<Purchase> {
        let loaded = self.0.load(purchase_id).await?;
        let applied = self.0.apply(loaded, &Event::GaveUp, None).await?;
        Ok(applied.into_purchase())
    }
}

impl Client {
    pub(super) async fn start_record(
        &self,
        contract: &Contract,
        id: String,
        asked: Asked,
        request: Request,
    ) -> Result<Checkout> {
        let purchase = Purchase::new(NewPurchase {
            id,
            contract: contract.id().clone(),
            asked,
            at: self.now(),
        })?;
        let purchase_id = purchase.id.clone();
        let order_id = purchase.next_order_id();
        let form = self.sign(contract, &request, &order_id)?;
        let first = attempt_event(Purpose::Pay, &order_id, &form);
        let step =
            crate::purchase::transition(&purchase, &first, self.now(), self.settings().timeouts)?;
        let record = Record {
            purchase: step.purchase,
            request,
        };
        match self.open_record(&record).await? {
            Opened::New(_) => Ok(self.hand_out(&purchase_id, order_id, form)),
            Opened::Existing(row) => {
                let loaded = Loaded::from_row(row)?;
                let known = &loaded.record;
                if known.request != record.request || known.purchase.asked != record.purchase.asked
                {
                    return Err(Error::field(
                        ErrorKind::Conflict,
                        "purchase_id",
                        "belongs to a purchase of other content",
                    ));
                }
                self.start_attempt(contract, loaded, Purpose::Pay, None)
                    .await
            }
        }
    }

    /// Starts a further attempt; `request` is what is signed, if it is not what the purchase asked.
    pub(super) async fn start_attempt(
        &self,
        contract: &Contract,
        loaded: Loaded,
        purpose: Purpose,
        request: Option<Request>,
    ) -> Result<Checkout> {
        let signed = std::sync::Mutex::new(None);
        let applied = self
            .apply_with(loaded, None, |record| {
                let order_id = record.purchase.next_order_id();
                let request = request.as_ref().unwrap_or(&record.request);
                let form = self.sign(contract, request, &order_id)?;
                let event = attempt_event(purpose, &order_id, &form);
                if let Ok(mut signed) = signed.lock() {
                    *signed = Some((order_id, form));
                }
                Ok(event)
            })
            .await?;
        let purchase_id = match &applied {
            Applied::Now(loaded) | Applied::Before(loaded) => loaded.record.purchase.id.clone(),
        };
        match signed.into_inner() {
            Ok(Some((order_id, form))) => Ok(self.hand_out(&purchase_id, order_id, form)),
            _ => Err(Error::new(ErrorKind::InvalidState, "no form was signed")),
        }
    }

    pub(super) fn sign(
        &self,
        contract: &Contract,
        request: &Request,
        order_id: &str,
    ) -> Result<SignedForm> {
        let order_id = OrderId::new(order_id)?;
        let settings = self.settings();
        let (now, limit, text) = (self.now(), settings.limit, &settings.text);
        match request {
            Request::Purchase(request) => {
                request.for_order(order_id).sign(contract, now, limit, text)
            }
            Request::Recurring(request) => {
                request.for_order(order_id).sign(contract, now, limit, text)
            }
        }
    }

    fn hand_out(&self, purchase_id: &str, order_id: String, form: SignedForm) -> Checkout {
        self.observe(&Observation::FormHandedOut {
            purchase_id,
            order_id: &order_id,
        });
        Checkout {
            purchase_id: purchase_id.to_owned(),
            order_id,
            form,
        }
    }
}

fn attempt_event(purpose: Purpose, order_id: &str, form: &SignedForm) -> Event {
    Event::AttemptStarted {
        purpose,
        order_id: order_id.to_owned(),
        request_date: form.request_date().to_owned(),
        echo: form.echo(),
    }
}
