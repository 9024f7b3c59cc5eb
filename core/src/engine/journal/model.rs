//! Plain data that crosses the journal's border.

use std::fmt;

use crate::time::Timestamp;

/// Number of an outbox event; grows with time.
pub type EventId = i64;

/// A record.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// Unique name.
    pub id: String,
    /// What it is: `purchase`, …
    pub kind: String,
    /// Counts changes, from 1.
    pub version: u64,
    /// Where it stands, for searching.
    pub phase: String,
    /// The whole state as JSON. May carry personal data.
    pub body: String,
    /// When to look at it again.
    pub due: Option<Timestamp>,
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("version", &self.version)
            .field("phase", &self.phase)
            .field("due", &self.due)
            .finish_non_exhaustive()
    }
}

/// A row to be recorded first.
#[derive(Clone)]
pub struct Intent {
    /// Unique name.
    pub id: String,
    /// What it is.
    pub kind: String,
    /// Where it stands.
    pub phase: String,
    /// The whole state as JSON.
    pub body: String,
    /// Further names it is found by; each belongs to one row.
    pub keys: Vec<String>,
    /// When to look at it again.
    pub due: Option<Timestamp>,
    /// Now.
    pub now: Timestamp,
}

/// What [`Journal::open`](super::Journal::open) did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// The row was recorded.
    New(Row),
    /// A row of this id was there already; it is unchanged.
    Existing(Row),
}

/// The next state of a row.
#[derive(Clone)]
pub struct Change {
    /// Where it stands.
    pub phase: String,
    /// The whole state as JSON.
    pub body: String,
    /// Names to add.
    pub new_keys: Vec<String>,
    /// When to look at it again. Ends a lease.
    pub due: Option<Timestamp>,
    /// What the shop is told, in this order.
    pub events: Vec<NewEvent>,
    /// Now.
    pub now: Timestamp,
}

/// An outbox event to be written.
#[derive(Clone)]
pub struct NewEvent {
    /// What happened: `paid`, …
    pub kind: String,
    /// The fact as JSON.
    pub body: String,
}

/// What [`Journal::advance`](super::Journal::advance) did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Advanced {
    /// Everything was written.
    Applied(Row),
    /// Somebody else changed the row; this is how it stands now. Nothing was written.
    Stale(Row),
    /// The first-seen key is known. Nothing was written.
    SeenBefore,
}

/// Something the shop has to know.
#[derive(Clone, PartialEq, Eq)]
pub struct OutboxEvent {
    /// Number; grows with time.
    pub id: EventId,
    /// The row it is about.
    pub row: String,
    /// What happened.
    pub kind: String,
    /// The fact as JSON.
    pub body: String,
    /// When it was written.
    pub at: Timestamp,
}

impl fmt::Debug for OutboxEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutboxEvent")
            .field("id", &self.id)
            .field("row", &self.row)
            .field("kind", &self.kind)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

/// Which rows to list.
#[derive(Clone, Debug)]
pub struct Query {
    /// What they are.
    pub kind: String,
    /// In one of these phases; empty means any.
    pub phases: Vec<String>,
    /// After this id.
    pub after: Option<String>,
    /// At most so many.
    pub limit: u32,
}

/// A verified message that could not be applied.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptEvidence {
    /// Names the signed message and the refusal; each is kept once.
    pub digest: String,
    /// Error code of the refusal.
    pub code: String,
    /// The bytes as received. May carry personal data.
    pub bytes: Vec<u8>,
    /// When they came.
    pub at: Timestamp,
}

impl fmt::Debug for KeptEvidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptEvidence")
            .field("digest", &self.digest)
            .field("code", &self.code)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}
