//! Refund of a part (部分返金).

use super::{Prepared, step_operation};
use crate::api::{Gateway, Message};
use crate::error::Result;
use crate::money::Yen;
use crate::time::Timestamp;

/// Refunds a part of a payment; several times, and each arrival counts. It has no id of its own.
///
/// Source: docs/protocol/api-type.md#functions
#[derive(Clone, Debug)]
pub struct PartialRefund {
    prepared: Prepared,
    asked: Option<Yen>,
}

impl PartialRefund {
    /// Composes it.
    ///
    /// # Errors
    /// `not_in_contract` when the method has no partial refund.
    pub fn new(gateway: &Gateway, tracking_id: &str, amount: Yen, at: Timestamp) -> Result<Self> {
        let ids = gateway.ids();
        let function = gateway.function(ids.functions.partial_refund.as_ref(), "refund a part")?;
        let message = Message::new(function)
            .exactly("tracking_id", tracking_id, 14)
            .exactly("processing_datetime", at, 14)
            .group("pay_option_manage", |g| {
                g.digits("amount", amount, usize::from(ids.amount_digits))
            })
            .require("tracking_id")
            .require("pay_option_manage/amount");
        Ok(Self {
            prepared: Prepared {
                gateway: gateway.clone(),
                message,
            },
            asked: Some(amount),
        })
    }
}

step_operation!(PartialRefund, "partial_refund", Blind);
