//! Refunds of link payments: asked for here, executed by a person on the gateway's management page.

use super::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::money::Yen;
use crate::purchase::{Event, Payment, Purchase, Refund, RefundEvidence};
use crate::time::Timestamp;

/// Asks for refunds and records that they were executed. Made by [`Client::refunds`].
pub struct Refunds<'c>(pub(super) &'c Client);

/// A refund that waits for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundTicket {
    /// The shop's id.
    pub purchase_id: String,
    /// The payment.
    pub tracking_id: String,
    /// Yen; always the whole payment.
    pub amount: Yen,
    /// The page on which a person executes it, if the contract's endpoints have one.
    pub management_url: Option<String>,
    /// The last moment at which the gateway refunds.
    pub deadline: Timestamp,
}

impl Refunds<'_> {
    /// Records that a payment is to be refunded, and says where a person does it. No message leaves: the link type
    /// has none for it.
    ///
    /// Without `tracking_id` the purchase's only live payment is meant. Asked again while the refund waits, it gives
    /// the same ticket and changes nothing.
    ///
    /// # Errors
    /// `invalid_state` when nothing is paid, several payments could be meant, it is refunded already, or the window
    /// (until the end of the third month after the purchase, unless configured) is over; `unknown_order`; `journal`.
    pub async fn request(
        &self,
        purchase_id: &str,
        tracking_id: Option<&str>,
        reason: &str,
    ) -> Result<RefundTicket> {
        let client = self.0;
        let contract = client.contract()?;
        let loaded = client.load(purchase_id).await?;
        let payment = choose(&loaded.record.purchase, tracking_id)?.clone();
        let deadline = payment.paid_at.end_of_month_after(contract.refund_months());
        let waits = |refund: &Refund| refund.confirmed.is_none();
        if !payment.refund.as_ref().is_some_and(waits) {
            if client.now() > deadline {
                return Err(Error::field(
                    ErrorKind::InvalidState,
                    "purchase",
                    format!("could be refunded until {deadline}"),
                ));
            }
            let event = Event::RefundRequested {
                tracking_id: payment.tracking_id.clone(),
                reason: reason.to_owned(),
            };
            client.apply(loaded, &event, None).await?;
        }
        let page = contract.endpoints().management.as_ref();
        Ok(RefundTicket {
            purchase_id: purchase_id.to_owned(),
            management_url: page.map(|url| url.replace("{tracking_id}", &payment.tracking_id)),
            tracking_id: payment.tracking_id,
            amount: payment.amount,
            deadline,
        })
    }

    /// Records that a refund was executed, with what proves it: the management page, or a line of a reconciliation
    /// file.
    ///
    /// # Errors
    /// `mismatch` when the evidence is not about the whole payment, `invalid_state` when no refund was asked for,
    /// `unknown_order`, `journal`.
    pub async fn confirm(
        &self,
        purchase_id: &str,
        tracking_id: &str,
        evidence: RefundEvidence,
    ) -> Result<Purchase> {
        self.step(
            purchase_id,
            Event::RefundConfirmed {
                tracking_id: tracking_id.to_owned(),
                evidence,
            },
        )
        .await
    }

    /// Records that a refund will not be executed; the payment stands.
    ///
    /// # Errors
    /// `invalid_state` when no refund waits, `unknown_order`, `journal`.
    pub async fn withdraw(&self, purchase_id: &str, tracking_id: &str) -> Result<Purchase> {
        self.step(
            purchase_id,
            Event::RefundWithdrawn {
                tracking_id: tracking_id.to_owned(),
            },
        )
        .await
    }

    async fn step(&self, purchase_id: &str, event: Event) -> Result<Purchase> {
        let loaded = self.0.load(purchase_id).await?;
        Ok(self.0.apply(loaded, &event, None).await?.into_purchase())
    }
}

fn choose<'p>(purchase: &'p Purchase, tracking_id: Option<&str>) -> Result<&'p Payment> {
    let refuse = |why: &'static str| Error::field(ErrorKind::InvalidState, "purchase", why);
    if let Some(id) = tracking_id {
        return purchase.payment(id).ok_or_else(|| {
            Error::field(
                ErrorKind::UnknownOrder,
                "tracking_id",
                "is no payment of this purchase",
            )
        });
    }
    let mut live = purchase.live_payments();
    match (live.next(), live.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => Err(refuse("has no payment to refund")),
        _ => Err(refuse("has several payments: name the tracking_id")),
    }
}
