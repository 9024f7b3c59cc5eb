//! Commit of an authorisation (確定).

use super::{Prepared, step_operation};
use crate::api::{Gateway, Message};
use crate::error::Result;
use crate::money::Yen;
use crate::time::Timestamp;

/// The merchant's word that it has recorded the authorisation. Without it no money moves.
///
/// Source: docs/protocol/api-type.md#functions
#[derive(Clone, Debug)]
pub struct Commit {
    prepared: Prepared,
    asked: Option<Yen>,
}

impl Commit {
    /// Composes it.
    ///
    /// # Errors
    /// `not_in_contract` when the method has no commit.
    pub fn new(gateway: &Gateway, tracking_id: &str, at: Timestamp) -> Result<Self> {
        let function = gateway.function(gateway.ids().functions.commit.as_ref(), "commit")?;
        let message = Message::new(function)
            .exactly("tracking_id", tracking_id, 14)
            .exactly("processing_datetime", at, 14)
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

step_operation!(Commit, "commit", Keyed);
