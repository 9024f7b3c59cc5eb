//! End of a recurring contract.

use super::{Prepared, step_operation};
use crate::api::{Gateway, Message};
use crate::charge::Kind;
use crate::error::Result;
use crate::money::Yen;
use crate::time::Timestamp;

/// Ends a recurring contract, simple or metered.
///
/// Source: docs/protocol/api-type.md#recurring
#[derive(Clone, Debug)]
pub struct End {
    prepared: Prepared,
    asked: Option<Yen>,
}

impl End {
    /// Composes it.
    ///
    /// # Errors
    /// `not_in_contract` when the method cannot end such a contract by a call, as SoftBank (405) cannot.
    pub fn new(gateway: &Gateway, kind: &Kind, tracking_id: &str, at: Timestamp) -> Result<Self> {
        let functions = &gateway.ids().functions;
        let message = if *kind == Kind::SimpleContract {
            let function =
                gateway.function(functions.simple_end.as_ref(), "end a simple contract")?;
            Message::new(function)
                .exactly("tracking_id", tracking_id, 14)
                .exactly("processing_datetime", at, 14)
        } else {
            let function =
                gateway.function(functions.metered_end.as_ref(), "end a metered contract")?;
            Message::new(function).exactly("tracking_id", tracking_id, 14)
        };
        Ok(Self {
            prepared: Prepared {
                gateway: gateway.clone(),
                message: message.require("tracking_id"),
            },
            asked: None,
        })
    }
}

step_operation!(End, "end", Keyed);
