//! Plain data that crosses the journal's border.

use std::fmt;

use crate::error::{Error, ErrorKind, Result};
use crate::time::Timestamp;

/// Longest id, key and first-seen key, in bytes.
pub const MAX_KEY_BYTES: usize = 1024;

/// Longest kind and phase of a row, in bytes.
pub const MAX_LABEL_BYTES: usize = 256;

/// Longest lease, in seconds: a day. A lease that ends later than this after the end that is asked for now was given
/// by a clock that ran ahead; it counts as none, or its row would wait until the other clocks get there.
pub const MAX_LEASE_SECONDS: i64 = 86_400;

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

impl Intent {
    /// Checks the lengths that every journal keeps to, whatever its database could hold. A journal calls it before
    /// it writes.
    ///
    /// # Errors
    /// `too_large`, naming the field.
    pub fn check(&self) -> Result<()> {
        fits("id", &self.id, MAX_KEY_BYTES)?;
        fits("kind", &self.kind, MAX_LABEL_BYTES)?;
        fits("phase", &self.phase, MAX_LABEL_BYTES)?;
        self.keys
            .iter()
            .try_for_each(|key| fits("keys", key, MAX_KEY_BYTES))
    }
}

fn fits(field: &'static str, text: &str, most: usize) -> Result<()> {
    if text.len() <= most {
        return Ok(());
    }
    let rule = format!("must be at most {most} bytes long");
    Err(Error::field(ErrorKind::TooLarge, field, rule))
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

impl Change {
    /// Checks the lengths of the change and of the first-seen key that comes with it, as [`Intent::check`] does.
    ///
    /// # Errors
    /// `too_large`, naming the field.
    pub fn check(&self, seen: Option<&str>) -> Result<()> {
        fits("phase", &self.phase, MAX_LABEL_BYTES)?;
        fits("seen", seen.unwrap_or_default(), MAX_KEY_BYTES)?;
        self.new_keys
            .iter()
            .try_for_each(|key| fits("new_keys", key, MAX_KEY_BYTES))
    }
}

/// Whether a lease of the past counts for nobody any more, at `now`, for somebody who asks for one until `until`.
///
/// ```
/// use netmile::engine::journal::{MAX_LEASE_SECONDS, is_free};
/// use netmile::time::Timestamp;
/// let now = Timestamp::from_unix(1_000_000);
/// let until = now.plus_seconds(60);
/// assert!(is_free(now, now, until));
/// assert!(!is_free(now.plus_seconds(1), now, until));
/// assert!(is_free(until.plus_seconds(MAX_LEASE_SECONDS + 1), now, until));
/// ```
#[must_use]
pub fn is_free(leased_until: Timestamp, now: Timestamp, until: Timestamp) -> bool {
    leased_until <= now || leased_until > until.plus_seconds(MAX_LEASE_SECONDS)
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
