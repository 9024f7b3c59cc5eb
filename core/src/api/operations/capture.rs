//! Capture of what was authorised (売上).

use super::{Prepared, step_operation};
use crate::api::{Gateway, Message};
use crate::error::Result;
use crate::money::Yen;
use crate::time::Timestamp;

/// Captures all of an authorisation, or less. Once per payment.
///
/// Source: docs/protocol/api-type.md#functions
#[derive(Clone, Debug)]
pub struct Capture {
    prepared: Prepared,
    asked: Option<Yen>,
}

impl Capture {
    /// Composes it; `amount` is sent only when it is lower than what was authorised.
    ///
    /// # Errors
    /// `not_in_contract` when the method has no capture.
    pub fn new(
        gateway: &Gateway,
        tracking_id: &str,
        amount: Yen,
        authorised: Yen,
        at: Timestamp,
    ) -> Result<Self> {
        let ids = gateway.ids();
        let function = gateway.function(ids.functions.capture.as_ref(), "capture")?;
        let lower = (amount != authorised).then_some(amount);
        let message = Message::new(function)
            .exactly("tracking_id", tracking_id, 14)
            .exactly("processing_datetime", ids.processing_date.then_some(at), 14)
            .group("pay_option_manage", |g| {
                g.digits("amount", lower, usize::from(ids.amount_digits))
            })
            .require("tracking_id");
        Ok(Self {
            prepared: Prepared {
                gateway: gateway.clone(),
                message,
            },
            asked: Some(amount),
        })
    }
}

step_operation!(Capture, "capture", Keyed);
