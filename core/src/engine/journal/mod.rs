//! Where intents, outcomes, first-seen keys and the outbox are kept.
//!
//! The verbs are whole: each is one transaction, so that no transaction is open across a language border. A back end
//! is correct when it passes [`suite`].

mod memory;
mod model;
pub mod suite;

use async_trait::async_trait;

use crate::error::Result;
use crate::time::Timestamp;

pub use memory::MemoryJournal;
pub use model::{
    Advanced, Change, EventId, Intent, KeptEvidence, MAX_KEY_BYTES, MAX_LABEL_BYTES,
    MAX_LEASE_SECONDS, NewEvent, Opened, OutboxEvent, Query, Row, is_free,
};

/// A place that keeps records durably.
///
/// Every verb is atomic: after a crash it has happened whole or not at all, and two processes see one order.
#[async_trait]
pub trait Journal: Send + Sync {
    /// Records a new row under its id and keys.
    ///
    /// A row that is there already is returned unchanged as [`Opened::Existing`].
    ///
    /// # Errors
    /// `conflict` when one of the keys belongs to another row; `too_large` as [`Intent::check`] says; `journal` when
    /// nothing could be written.
    async fn open(&self, intent: Intent) -> Result<Opened>;

    /// Replaces a row's state if its version is still `from`, and writes keys and outbox events with it.
    ///
    /// With `seen`, the key is looked up first: if it is known nothing changes ([`Advanced::SeenBefore`]), else it is
    /// remembered in the same transaction.
    ///
    /// # Errors
    /// `unknown_order` when there is no such row, `conflict` when a new key belongs to another row, `too_large` as
    /// [`Change::check`] says, `journal`.
    async fn advance(
        &self,
        id: &str,
        from: u64,
        change: Change,
        seen: Option<&str>,
    ) -> Result<Advanced>;

    /// The row with this id.
    ///
    /// # Errors
    /// `journal`.
    async fn get(&self, id: &str) -> Result<Option<Row>>;

    /// The row that owns this key.
    ///
    /// # Errors
    /// `journal`.
    async fn find(&self, key: &str) -> Result<Option<Row>>;

    /// Rows by phase, in the order of their ids.
    ///
    /// # Errors
    /// `journal`.
    async fn list(&self, query: Query) -> Result<Vec<Row>>;

    /// Takes rows that are due at `now` and whose id begins with one of `prefixes` (none given: any id), most overdue
    /// first; nobody else gets them until `until`, which is at most [`MAX_LEASE_SECONDS`] later: [`is_free`] says which
    /// leases count.
    ///
    /// Other rows are neither taken nor counted, however many of them are due.
    ///
    /// # Errors
    /// `journal`.
    async fn lease_of(
        &self,
        prefixes: &[String],
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Row>>;

    /// Takes rows that are due, whatever they are about: [`lease_of`](Self::lease_of) any id.
    ///
    /// # Errors
    /// `journal`.
    async fn lease(&self, now: Timestamp, until: Timestamp, limit: u32) -> Result<Vec<Row>> {
        self.lease_of(&[], now, until, limit).await
    }

    /// Takes outbox events that nobody acknowledged, oldest first; nobody else gets them until `until`.
    ///
    /// An event waits while an earlier one of its row is taken: what a worker died with is not overtaken. Leases count
    /// as for [`lease`](Self::lease).
    ///
    /// # Errors
    /// `journal`.
    async fn events(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxEvent>>;

    /// Acknowledges an event for good. False when it was acknowledged before or never existed.
    ///
    /// # Errors
    /// `journal`.
    async fn ack(&self, event: EventId) -> Result<bool>;

    /// Keeps a verified message that could not be applied. The same digest is kept once.
    ///
    /// # Errors
    /// `journal`.
    async fn keep(&self, evidence: KeptEvidence) -> Result<()>;

    /// Kept messages, newest first.
    ///
    /// # Errors
    /// `journal`.
    async fn evidence(&self, limit: u32) -> Result<Vec<KeptEvidence>>;
}
