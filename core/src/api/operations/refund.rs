//! Cancel before the capture, refund of everything after it (取消返金).

use super::{Prepared, step_operation};
use crate::api::{Gateway, Message};
use crate::error::Result;
use crate::money::Yen;
use crate::time::Timestamp;

/// Cancels or refunds a whole payment. At the gateway it happens once per payment.
///
/// Source: docs/protocol/api-type.md#functions
#[derive(Clone, Debug)]
pub struct Refund {
    prepared: Prepared,
    asked: Option<Yen>,
}

impl Refund {
    /// Composes it.
    ///
    /// # Errors
    /// `not_in_contract` when the method cannot be refunded by a call: a slip, or a method of the link type.
    pub fn new(gateway: &Gateway, tracking_id: &str, at: Timestamp) -> Result<Self> {
        let ids = gateway.ids();
        let function = gateway.function(ids.functions.refund.as_ref(), "refund")?;
        let message = Message::new(function)
            .exactly("tracking_id", tracking_id, 14)
            .exactly("processing_datetime", ids.processing_date.then_some(at), 14)
            .require("tracking_id");
        Ok(Self {
            prepared: Prepared {
                gateway: gateway.clone(),
                message,
            },
            asked: None,
        })
    }
}

step_operation!(Refund, "refund", Keyed);
