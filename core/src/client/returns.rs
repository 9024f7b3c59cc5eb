//! What the browser brings back: evidence for display, never proof of payment.

use super::Client;
use super::records::Applied;
use crate::engine::Observation;
use crate::error::{Error, ErrorKind, Result};
use crate::link::{
    MessageKind, RawMessage, ResultCode, ResultMessage, Return, ReturnedBy, Verified, parse_return,
};
use crate::purchase::{Event, Purchase};

/// Reads what the browser brings back. Made by [`Client::returns`].
pub struct Returns<'c>(pub(super) &'c Client);

/// A browser is back. Decide what to show from the purchase's phase, never from this.
#[derive(Clone, Debug)]
pub struct BrowserReturn {
    /// By which way.
    pub by: ReturnedBy,
    /// The id at the gateway; `None` when the browser brought nothing.
    pub order_id: Option<String>,
    /// The gateway's code, on an error.
    pub err_code: Option<String>,
    /// The purchase as it stands now; `None` when the browser brought nothing.
    pub purchase: Option<Purchase>,
}

impl Returns<'_> {
    /// Reads the POST to `success_url`: of a purchase (A03-1), or of an application for a contract (D03-1).
    ///
    /// A verified success before the notice makes the purchase wait for the notice, with a bound.
    ///
    /// # Errors
    /// As [`Notices::verify`](super::Notices::verify). Show the order's page all the same: the customer is there.
    pub async fn success(&self, raw: &RawMessage) -> Result<BrowserReturn> {
        self.read(ReturnedBy::Success, raw).await
    }

    /// Reads the request to `cancel_url`: a POST, or nothing at all.
    ///
    /// # Errors
    /// As [`success`](Self::success).
    pub async fn cancel(&self, raw: &RawMessage) -> Result<BrowserReturn> {
        self.read(ReturnedBy::Cancel, raw).await
    }

    /// Reads the request to `error_url`: a POST, or nothing at all.
    ///
    /// # Errors
    /// As [`success`](Self::success).
    pub async fn error(&self, raw: &RawMessage) -> Result<BrowserReturn> {
        self.read(ReturnedBy::Error, raw).await
    }

    async fn read(&self, by: ReturnedBy, raw: &RawMessage) -> Result<BrowserReturn> {
        let read = self.check(by, raw).await;
        if let Err(error) = &read {
            self.0.observe_error(error);
        }
        read
    }

    async fn check(&self, by: ReturnedBy, raw: &RawMessage) -> Result<BrowserReturn> {
        let client = self.0;
        let kind = match by {
            ReturnedBy::Success => MessageKind::PurchaseReturn,
            ReturnedBy::Cancel => MessageKind::CancelReturn,
            ReturnedBy::Error => MessageKind::ErrorReturn,
        };
        let (read, kind_error) = read_return(client, kind, raw)?;
        match read {
            Return::Signed(verified) => self.apply(by, &verified, kind_error).await,
            Return::Bare => Ok(BrowserReturn {
                by,
                order_id: None,
                err_code: None,
                purchase: None,
            }),
        }
    }

    async fn apply(
        &self,
        by: ReturnedBy,
        verified: &Verified<ResultMessage>,
        kind_error: Option<Error>,
    ) -> Result<BrowserReturn> {
        let client = self.0;
        let message = verified.get();
        let loaded = client.match_with_journal(verified).await?;
        if let Some(error) = kind_error
            && !loaded.is_application()
        {
            return Err(error);
        }
        let order_id = message.order_id().unwrap_or_default().to_owned();
        let err_code = message.err_code().map(str::to_owned);
        let event = match by {
            ReturnedBy::Success if *message.result() == ResultCode::Ok => Some(Event::Returned {
                order_id: order_id.clone(),
                tracking_id: message.tracking_id().unwrap_or_default().to_owned(),
            }),
            ReturnedBy::Success => None,
            // A success that somebody brought to another URL is neither a cancel nor an error.
            _ if *message.result() == ResultCode::Ok => None,
            ReturnedBy::Cancel => Some(Event::ReturnedCancel {
                order_id: order_id.clone(),
            }),
            ReturnedBy::Error => Some(Event::ReturnedError {
                order_id: order_id.clone(),
                err_code: err_code.clone().unwrap_or_default(),
            }),
        };
        let purchase = match event {
            Some(event) => {
                let applied = client.apply(loaded, &event, None).await?;
                if let Applied::Now(loaded) = &applied {
                    let purchase = &loaded.record.purchase;
                    client.observe(&Observation::Applied {
                        purchase_id: &purchase.id,
                        order_id: &order_id,
                        phase: purchase.phase,
                    });
                }
                applied.into_purchase()
            }
            None => loaded.record.purchase,
        };
        Ok(BrowserReturn {
            by,
            order_id: Some(order_id),
            err_code,
            purchase: Some(purchase),
        })
    }
}

/// Returns of D01-1 have the fields of A03-1, but no amount and no purchase type. A message without them is read as
/// one, together with the error that it is if the order turns out to be a purchase.
fn read_return(
    client: &Client,
    kind: MessageKind,
    raw: &RawMessage,
) -> Result<(Return, Option<Error>)> {
    let find = |id: &_| client.find_contract(id);
    match parse_return(kind, raw, find) {
        Err(error)
            if error.kind() == ErrorKind::MissingField
                && matches!(error.field_name(), Some("amount" | "pay_type")) =>
        {
            match parse_return(MessageKind::RecurringReturn, raw, find) {
                Ok(read) => Ok((read, Some(error))),
                Err(_) => Err(error),
            }
        }
        read => Ok((read?, None)),
    }
}
