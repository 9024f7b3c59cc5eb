//! Refund of one month of a simple recurring contract.

use super::{Prepared, step_operation};
use crate::api::{Gateway, Message};
use crate::contract::CarrierNumber;
use crate::error::Result;
use crate::money::Yen;
use crate::time::Timestamp;

/// Refunds one month that the gateway billed. Once per month.
///
/// Source: docs/protocol/api-type.md#recurring
#[derive(Clone, Debug)]
pub struct RefundMonth {
    prepared: Prepared,
    asked: Option<Yen>,
}

impl RefundMonth {
    /// Composes it; `month` is `YYYYMM` (assumed by every known client).
    ///
    /// # Errors
    /// `not_in_contract` when the method has no refund, and for SoftBank (405), whose refund names no month.
    pub fn new(gateway: &Gateway, tracking_id: &str, month: &str, at: Timestamp) -> Result<Self> {
        let ids = gateway.ids();
        let names_month = ids.number != CarrierNumber::SoftBank.digits();
        let refund = ids.functions.refund.as_ref().filter(|_| names_month);
        let function = gateway.function(refund, "refund a month")?;
        let message = Message::new(function)
            .exactly("tracking_id", tracking_id, 14)
            .exactly("processing_datetime", ids.processing_date.then_some(at), 14)
            .group("pay_option_manage", |g| {
                g.exactly("cancel_target_month", month, 6)
            })
            .require("tracking_id")
            .require("pay_option_manage/cancel_target_month");
        Ok(Self {
            prepared: Prepared {
                gateway: gateway.clone(),
                message,
            },
            asked: None,
        })
    }
}

step_operation!(RefundMonth, "refund_month", Keyed);
