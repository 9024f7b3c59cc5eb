//! The netmile journal in SQLite: the durable default of a shop.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> netmile::Result<()> {
//! use netmile::engine::Journal;
//! use netmile_journal_sql::SqlJournal;
//!
//! let journal = SqlJournal::connect("sqlite::memory:").await?; // in a shop: sqlite://shop.db
//! assert!(journal.get("purchase-1").await?.is_none());
//! # Ok(()) }
//! ```
//!
//! Every verb is one transaction that has reached the disk (write-ahead log, `synchronous = FULL`) when it answers.
//! Threads, processes and journals may share one file on a local disk. A future that is dropped has done all of its
//! work or none.

mod database;
mod events;
mod evidence;
mod failure;
mod location;
mod rows;
mod schema;
#[cfg(test)]
mod tests;

use std::fmt;

use async_trait::async_trait;
use netmile::Result;
use netmile::engine::Journal;
use netmile::engine::journal::{
    Advanced, Change, EventId, Intent, KeptEvidence, Opened, OutboxEvent, Query, Row,
};
use netmile::time::Timestamp;

use database::{Database, Patience};

/// Most bytes that one piece of kept evidence may have: 1 MiB.
pub const MAX_EVIDENCE_BYTES: usize = 1 << 20;

/// Most pieces of evidence that are kept. When one more comes, the oldest goes.
pub const MAX_EVIDENCE: u32 = 10_000;

/// A journal in a SQLite database.
pub struct SqlJournal {
    database: Database,
}

impl SqlJournal {
    /// Opens the journal and brings its tables up to date.
    ///
    /// `sqlite://shop.db` is a file in the working directory, `sqlite:///var/lib/shop/shop.db` one by its full path;
    /// the path is taken literally, without percent-decoding. A file that is missing is created, readable by its
    /// owner only; its directory must exist. `sqlite::memory:` is gone with the journal: for tests.
    ///
    /// A journal belongs to the process that opened it. After a fork the child must connect again.
    ///
    /// # Errors
    /// `configuration` when the URL or its directory is wrong; `journal` when the file cannot be written, is damaged,
    /// stays locked, or was written by a newer version of this library.
    pub async fn connect(url: &str) -> Result<Self> {
        Self::connect_with(url, Patience::default()).await
    }

    async fn connect_with(url: &str, patience: Patience) -> Result<Self> {
        let database = Database::open(url, patience).await?;
        Ok(Self { database })
    }

    /// Closes the file and waits until it is closed. Dropping a journal closes it too, a moment later.
    ///
    /// # Errors
    /// `journal` when the file could not be closed; what was written stays written.
    pub async fn close(self) -> Result<()> {
        self.database.close().await
    }
}

impl fmt::Debug for SqlJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqlJournal").finish_non_exhaustive()
    }
}

#[async_trait]
impl Journal for SqlJournal {
    async fn open(&self, intent: Intent) -> Result<Opened> {
        self.database
            .write(async |connection| rows::open(connection, intent).await)
            .await
    }

    async fn advance(
        &self,
        id: &str,
        from: u64,
        change: Change,
        seen: Option<&str>,
    ) -> Result<Advanced> {
        self.database
            .write(async |connection| rows::advance(connection, id, from, change, seen).await)
            .await
    }

    async fn get(&self, id: &str) -> Result<Option<Row>> {
        self.database
            .read(async |connection| rows::get(connection, id).await)
            .await
    }

    async fn find(&self, key: &str) -> Result<Option<Row>> {
        self.database
            .read(async |connection| rows::find(connection, key).await)
            .await
    }

    async fn list(&self, query: Query) -> Result<Vec<Row>> {
        self.database
            .read(async |connection| rows::list(connection, query).await)
            .await
    }

    async fn lease(&self, now: Timestamp, until: Timestamp, limit: u32) -> Result<Vec<Row>> {
        self.database
            .write(async |connection| rows::lease(connection, now, until, limit).await)
            .await
    }

    async fn events(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxEvent>> {
        self.database
            .write(async |connection| events::lease(connection, now, until, limit).await)
            .await
    }

    async fn ack(&self, event: EventId) -> Result<bool> {
        self.database
            .write(async |connection| events::ack(connection, event).await)
            .await
    }

    /// Keeps at most [`MAX_EVIDENCE`] messages of at most [`MAX_EVIDENCE_BYTES`] bytes.
    ///
    /// # Errors
    /// `too_large`, `journal`.
    async fn keep(&self, evidence: KeptEvidence) -> Result<()> {
        self.database
            .write(async |connection| evidence::keep(connection, evidence, MAX_EVIDENCE).await)
            .await
    }

    async fn evidence(&self, limit: u32) -> Result<Vec<KeptEvidence>> {
        self.database
            .read(async |connection| evidence::newest(connection, limit).await)
            .await
    }
}
