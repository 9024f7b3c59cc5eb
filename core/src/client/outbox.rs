//! What the shop has to act on.

use super::Client;
use crate::engine::journal::EventId;
use crate::error::{Error, ErrorKind, Result};
use crate::purchase::Fact;

/// Reads the outbox. Made by [`Client::events`].
///
/// Every fact is delivered at least once, and again after the lease until it is acknowledged. The facts of one purchase
/// come in order: a later one waits while another worker holds an earlier one. Acknowledge
/// after the goods are out; make the fulfilment itself idempotent by [`Delivery::id`] (for example a unique column),
/// since a crash between the two delivers the fact once more.
pub struct Events<'c>(pub(super) &'c Client);

/// A fact, and the number to acknowledge it with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Number; grows with time; never used twice.
    pub id: EventId,
    /// What happened.
    pub fact: Fact,
}

impl Events<'_> {
    /// Takes at most `limit` facts; other workers do not see them for the lease (60 seconds unless configured).
    ///
    /// # Errors
    /// `journal`.
    pub async fn next(&self, limit: u32) -> Result<Vec<Delivery>> {
        let now = self.0.now();
        let until = now.plus(self.0.settings().lease);
        let events = self.0.journal().events(now, until, limit).await?;
        events
            .into_iter()
            .map(|event| {
                let fact = serde_json::from_str(&event.body).map_err(|error| {
                    Error::new(ErrorKind::Journal, "an event in the journal cannot be read")
                        .with_source(error)
                })?;
                Ok(Delivery { id: event.id, fact })
            })
            .collect()
    }

    /// Acknowledges a fact for good. False when it was acknowledged before.
    ///
    /// # Errors
    /// `journal`.
    pub async fn ack(&self, id: EventId) -> Result<bool> {
        self.0.journal().ack(id).await
    }
}
