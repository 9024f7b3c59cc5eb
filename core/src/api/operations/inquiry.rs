//! Inquiry (決済結果参照).

use std::fmt;

use super::{Prepared, details};
use crate::api::codes::ApiCode;
use crate::api::{Gateway, Message};
use crate::contract::{GatewayStatus, InquiryBy};
use crate::error::{Error, ErrorKind, Result};
use crate::money::Yen;
use crate::operation::{HttpResponse, Operation, Read, Verdict, WireRequest, names};
use crate::time::Timestamp;

/// What the gateway knows about a payment. `Debug` shows the names of its details, never their values.
#[derive(Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it stands; `None` for a value that the method's data does not name.
    pub status: Option<GatewayStatus>,
    /// `payment_status` as sent.
    pub payment_status: String,
    /// Whether the authorisation was committed, for methods with a commit.
    pub committed: Option<bool>,
    /// The gateway's id, if the answer names it.
    pub tracking_id: Option<String>,
    /// Yen of the payment, if the answer names them.
    pub amount: Option<Yen>,
    /// Yen refunded in all, if the answer names them.
    pub refunded: Option<Yen>,
    /// Further facts by name.
    pub details: Vec<(String, String)>,
}

impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Found")
            .field("status", &self.status)
            .field("payment_status", &self.payment_status)
            .field("committed", &self.committed)
            .field("tracking_id", &self.tracking_id)
            .field("amount", &self.amount)
            .field("refunded", &self.refunded)
            .field("details", &names(&self.details))
            .finish()
    }
}

impl Found {
    /// The gateway knows no such payment.
    fn nothing() -> Self {
        Self {
            status: Some(GatewayStatus::None),
            payment_status: String::new(),
            committed: None,
            tracking_id: None,
            amount: None,
            refunded: None,
            details: Vec::new(),
        }
    }
}

/// Asks what became of a payment. Changes nothing; may be sent as often as needed.
///
/// Source: docs/protocol/api-type.md#functions
#[derive(Clone, Debug)]
pub struct Inquiry {
    prepared: Prepared,
}

impl Inquiry {
    /// Composes it, by the gateway's id or, where the method allows it, by the shop's.
    ///
    /// # Errors
    /// `not_in_contract` when the method has no inquiry, or none by `order_id`.
    pub fn new(gateway: &Gateway, tracking_id: Option<&str>, order_id: &str) -> Result<Self> {
        let ids = gateway.ids();
        let function = gateway.function(ids.functions.inquiry.as_ref(), "ask")?;
        let by_order = tracking_id.is_none();
        if by_order && ids.inquiry_by == InquiryBy::Tracking {
            return Err(Error::field(
                ErrorKind::NotInContract,
                "order_id",
                "this method cannot be asked by order_id",
            ));
        }
        let message = Message::new(function)
            .exactly("tracking_id", tracking_id, 14)
            .single("order_id", by_order.then_some(order_id), 38);
        let message = if ids.number == "101" {
            message
                .digits("response_info_type", "2", 1)
                .group("pay_option_manage", |g| {
                    g.digits("cardbrand_return_flg", "1", 1)
                })
        } else {
            message
        };
        Ok(Self {
            prepared: Prepared {
                gateway: gateway.clone(),
                message: message.answers_secret(),
            },
        })
    }
}

impl Operation for Inquiry {
    const KIND: &'static str = "inquiry";
    type Answer = Found;
    type Effect = Read;

    fn encode(&self, now: Timestamp) -> Result<WireRequest> {
        self.prepared.gateway.sign(&self.prepared.message, now)
    }

    fn decode(&self, answer: &HttpResponse) -> Result<Verdict<Found>> {
        let read = self.prepared.gateway.read(&self.prepared.message, answer)?;
        let answer = match read {
            Verdict::Done(answer) => answer,
            Verdict::Rejected(rejection) => {
                // The record is not there (83), or no such tracking_id (12).
                let kind = ApiCode::parse(&rejection.code);
                return Ok(if matches!(kind.kind(), "83" | "12") {
                    Verdict::Done(Found::nothing())
                } else {
                    Verdict::Rejected(rejection)
                });
            }
            Verdict::Unknown(why) => return Ok(Verdict::Unknown(why)),
        };
        let at = |name: &str| {
            answer
                .get(&format!("res_pay_method_info/{name}"))
                .or_else(|| answer.get(name))
        };
        let yen = |name: &'static str| match at(name) {
            None | Some("") => Ok(None),
            Some(text) => Yen::parse(text).map(Some),
        };
        let payment_status = at("payment_status").unwrap_or_default().to_owned();
        let tracking_id = answer.tracking_id().or_else(|| at("tracking_id"));
        Ok(Verdict::Done(Found {
            status: self.prepared.gateway.ids().status(&payment_status),
            payment_status,
            committed: match at("commit_status") {
                Some("1") => Some(true),
                Some("0" | "2" | "3") => Some(false),
                _ => None,
            },
            tracking_id: tracking_id.filter(|id| !id.is_empty()).map(str::to_owned),
            amount: yen("amount")?,
            refunded: yen("refunded_amount")?,
            details: details(&answer, &[]),
        }))
    }
}
