//! Charge of one period of a fixed or metered contract (継続課金・定期/従量).

use super::request::order;
use super::{Prepared, step_operation};
use crate::api::request::ChargeRequest;
use crate::api::{Gateway, Message};
use crate::error::Result;
use crate::money::Yen;

/// Charges one period of a contract that the customer applied for by link type. Each arrival charges, except under
/// an `order_id` that was used before.
///
/// Source: docs/protocol/api-type.md#recurring
#[derive(Clone, Debug)]
pub struct Period {
    prepared: Prepared,
    asked: Option<Yen>,
}

impl Period {
    /// Composes it; `contract` is the `tracking_id` of the application.
    ///
    /// # Errors
    /// `not_in_contract` when the method has no charge of periods.
    pub fn new(gateway: &Gateway, contract: &str, request: &ChargeRequest) -> Result<Self> {
        let functions = &gateway.ids().functions;
        let function = gateway.function(functions.period.as_ref(), "charge a period")?;
        let message = Message::new(function).exactly("tracking_id", contract, 14);
        let message = order(message, gateway, request)
            .require("tracking_id")
            .require("cust_code")
            .require("order_id")
            .require("item_id")
            .require("amount");
        Ok(Self {
            prepared: Prepared {
                gateway: gateway.clone(),
                message,
            },
            asked: Some(request.amount),
        })
    }
}

step_operation!(Period, "period", Blind);
