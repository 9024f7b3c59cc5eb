//! What the shop has to act on.

use super::Client;
use crate::engine::journal::EventId;
use crate::error::{Error, ErrorKind, Result};
use crate::purchase::Fact;

/// Reads the outbox. Made by [`Client::events`].
///
/// Every fact is delivered at least once, and again after the lease until it is acknowledged. The facts of one purchase
/// come in order: a later one waits while another worker holds an earlier one. Acknowledge
/// after the goods are out; make the fulfilment itself idempotent by [`Delivery::id`] and the purchase id together (for
/// example unique columns), since a crash between the two delivers the fact once more, and a journal begun anew counts
/// from 1 again.
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
    /// A fact that this version cannot read (a newer one wrote it) is reported to the observer, left for others, and
    /// holds up only its own purchase.
    ///
    /// # Errors
    /// `journal`, also when none of those taken can be read.
    pub async fn next(&self, limit: u32) -> Result<Vec<Delivery>> {
        let now = self.0.now();
        let until = now.plus(self.0.settings().lease);
        let events = self.0.journal().events(now, until, limit).await?;
        let mut deliveries = Vec::new();
        let mut unreadable = None;
        for event in events {
            match serde_json::from_str(&event.body) {
                Ok(fact) => deliveries.push(Delivery { id: event.id, fact }),
                Err(error) => {
                    let what = "an event in the journal cannot be read";
                    let error = Error::new(ErrorKind::Journal, what).with_source(error);
                    self.0.observe_error(&error);
                    unreadable = Some(error);
                }
            }
        }
        match unreadable {
            Some(error) if deliveries.is_empty() => Err(error),
            _ => Ok(deliveries),
        }
    }

    /// Acknowledges a fact for good. False when it was acknowledged before.
    ///
    /// # Errors
    /// `journal`.
    pub async fn ack(&self, id: EventId) -> Result<bool> {
        self.0.journal().ack(id).await
    }
}
