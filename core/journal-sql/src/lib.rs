//! The netmile journal in SQL: SQLite for one machine, PostgreSQL for several. A shop that outgrows one machine
//! changes one URL.
//!
//! ```
//! # #[cfg(feature = "sqlite")]
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> netmile::Result<()> {
//! use netmile::engine::Journal;
//! use netmile_journal_sql::SqlJournal;
//!
//! let journal = SqlJournal::connect("sqlite::memory:").await?; // in a shop: sqlite://shop.db
//! assert!(journal.get("purchase-1").await?.is_none());
//! # Ok(()) }
//! # #[cfg(not(feature = "sqlite"))] fn main() {}
//! ```
//!
//! Every verb is one transaction that has reached the disk when it answers (SQLite: write-ahead log,
//! `synchronous = FULL`; PostgreSQL: `synchronous_commit = on` or stricter). Threads, processes and journals may share
//! one database; with PostgreSQL, machines too (docs/postgresql.md). A future that is dropped has done all of its work
//! or none.

#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
compile_error!("a journal needs a database: switch on the feature `sqlite` or `postgres`");

#[cfg(all(feature = "sqlite", feature = "postgres"))]
mod copy;
mod failure;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;
#[cfg(test)]
#[path = "../tests/support/mod.rs"]
mod test_support;

use std::fmt;

use async_trait::async_trait;
use netmile::engine::Journal;
use netmile::engine::journal::{
    Advanced, Change, EventId, Intent, KeptEvidence, MAX_LEASE_SECONDS, Opened, OutboxEvent, Query,
    Row,
};
use netmile::time::Timestamp;
use netmile::{Error, ErrorKind, Result};

#[cfg(all(feature = "sqlite", feature = "postgres"))]
pub use copy::{Copied, copy};
#[cfg(feature = "postgres")]
use postgres::PostgresJournal;
#[cfg(feature = "sqlite")]
use sqlite::SqliteJournal;

/// Most bytes that one piece of kept evidence may have: 1 MiB.
pub const MAX_EVIDENCE_BYTES: usize = 1 << 20;

/// Most pieces of evidence that are kept. When one more comes, the oldest goes.
pub const MAX_EVIDENCE: u32 = 10_000;

/// Longest URL that is looked at, in bytes; above every usual limit for paths.
const MAX_URL: usize = 8192;

/// A journal in a SQL database.
pub struct SqlJournal {
    backend: Backend,
}

enum Backend {
    #[cfg(feature = "sqlite")]
    Sqlite(Box<SqliteJournal>),
    #[cfg(feature = "postgres")]
    Postgres(PostgresJournal),
}

/// The end of the longest lease that counts for somebody who asks for one until `until`: `is_free` in SQL.
fn latest_end(until: Timestamp) -> i64 {
    until.plus_seconds(MAX_LEASE_SECONDS).as_unix()
}

impl SqlJournal {
    /// Opens the journal and brings its tables up to date.
    ///
    /// **SQLite.** `sqlite://shop.db` is a file in the working directory, `sqlite:///var/lib/shop/shop.db` one by its
    /// full path; the path is taken literally, without percent-decoding. A file that is missing is created, readable
    /// by its owner only; its directory must exist. `sqlite::memory:` is gone with the journal: for tests.
    ///
    /// **PostgreSQL.** `postgres://USER:PASSWORD@HOST:PORT/DATABASE` (or `postgresql://`), percent-encoded; by Unix
    /// socket `postgres:///DATABASE?host=/run/postgresql&user=USER`. The database must exist. A server that is not on
    /// this machine is spoken to by TLS only, with its certificate and name verified (`sslmode=verify-full`, which is
    /// the default there); `sslrootcert=FILE` adds an authority to those of the operating system, `sslcert` and
    /// `sslkey` name a certificate of ours. Nothing is taken from the environment. Connect to the server itself:
    /// through a pooler that changes the session between transactions nothing here is safe.
    ///
    /// A journal belongs to the process that opened it. After a fork the child must connect again.
    ///
    /// # Errors
    /// `configuration` when the URL is wrong or the server accepts neither user nor database; `journal` when the
    /// database cannot be reached or written, is damaged, stays locked, or was written by a newer version of this
    /// library. No error repeats the URL.
    pub async fn connect(url: &str) -> Result<Self> {
        Ok(Self {
            backend: Backend::connect(url).await?,
        })
    }

    /// Closes the database and waits until it is closed. Dropping a journal closes it too, a moment later.
    ///
    /// # Errors
    /// `journal` when it could not be closed; what was written stays written.
    pub async fn close(self) -> Result<()> {
        match self.backend {
            #[cfg(feature = "sqlite")]
            Backend::Sqlite(journal) => journal.close().await,
            #[cfg(feature = "postgres")]
            Backend::Postgres(journal) => journal.close().await,
        }
    }

    fn backend(&self) -> &dyn Journal {
        match &self.backend {
            #[cfg(feature = "sqlite")]
            Backend::Sqlite(journal) => journal.as_ref(),
            #[cfg(feature = "postgres")]
            Backend::Postgres(journal) => journal,
        }
    }
}

impl Backend {
    async fn connect(url: &str) -> Result<Self> {
        if url.len() > MAX_URL {
            return Err(failure::wrong_url("must be at most 8192 bytes long"));
        }
        #[cfg(feature = "sqlite")]
        if url.starts_with(sqlite::SCHEME) {
            let journal = SqliteJournal::connect(url).await?;
            return Ok(Self::Sqlite(Box::new(journal)));
        }
        #[cfg(feature = "postgres")]
        if postgres::SCHEMES.iter().any(|s| url.starts_with(s)) {
            return Ok(Self::Postgres(PostgresJournal::connect(url).await?));
        }
        Err(failure::wrong_url(if cfg!(not(feature = "postgres")) {
            "must start with sqlite: (this build has no PostgreSQL)"
        } else if cfg!(not(feature = "sqlite")) {
            "must start with postgres: (this build has no SQLite)"
        } else {
            "must start with sqlite: or postgres: (sqlite://FILE, postgres://USER:PASSWORD@HOST/DATABASE)"
        }))
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
        intent.check()?;
        self.backend().open(intent).await
    }

    async fn advance(
        &self,
        id: &str,
        from: u64,
        change: Change,
        seen: Option<&str>,
    ) -> Result<Advanced> {
        change.check(seen)?;
        self.backend().advance(id, from, change, seen).await
    }

    async fn get(&self, id: &str) -> Result<Option<Row>> {
        self.backend().get(id).await
    }

    async fn find(&self, key: &str) -> Result<Option<Row>> {
        self.backend().find(key).await
    }

    async fn list(&self, query: Query) -> Result<Vec<Row>> {
        self.backend().list(query).await
    }

    async fn lease_of(
        &self,
        prefixes: &[String],
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Row>> {
        self.backend().lease_of(prefixes, now, until, limit).await
    }

    async fn events(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxEvent>> {
        self.backend().events(now, until, limit).await
    }

    async fn ack(&self, event: EventId) -> Result<bool> {
        self.backend().ack(event).await
    }

    /// Keeps at most [`MAX_EVIDENCE`] messages of at most [`MAX_EVIDENCE_BYTES`] bytes.
    ///
    /// # Errors
    /// `too_large`, `journal`.
    async fn keep(&self, evidence: KeptEvidence) -> Result<()> {
        if evidence.bytes.len() > MAX_EVIDENCE_BYTES {
            return Err(Error::field(
                ErrorKind::TooLarge,
                "bytes",
                "kept evidence must be at most 1 MiB",
            ));
        }
        self.backend().keep(evidence).await
    }

    async fn evidence(&self, limit: u32) -> Result<Vec<KeptEvidence>> {
        self.backend().evidence(limit).await
    }
}
