//! Connections, and how work gets onto one of them.
//!
//! SQLite has one writer at a time, so there is one connection that writes; who wants to write waits in line inside
//! the process, in order of arrival, before the processes contend for the file. Connections are kept in locks of our
//! own rather than in a `sqlx` pool: a pool spawns a task when a connection is given back, which panics when a future
//! is dropped outside a runtime, as other languages' executors do.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use netmile::{Error, ErrorKind, Result};
use sqlx::sqlite::{SqliteConnectOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use tokio::sync::{Mutex, MutexGuard};

use super::failure::{into_error, is_busy, spoils_connection};
use super::location::{self, Location};
use super::log::Log;
use super::schema;
use crate::failure::Done;

/// Connections that only read, beside the one that writes.
const READERS: usize = 3;

/// How often the switch to write-ahead logging is tried while other connections try it too.
const WAL_TRIES: usize = 50;

/// Takes the write lock at the start: a transaction that reads first and writes later can be refused half-way.
const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

/// How long to wait.
#[derive(Clone, Copy)]
pub(crate) struct Patience {
    /// For another process that holds the lock of the file.
    pub(crate) lock: Duration,
    /// In line behind this process's own writers. Who comes to the head of the line later than that is sent away, so
    /// that a lock that stays does not cost each of them its own full wait.
    pub(crate) line: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            lock: Duration::from_secs(10),
            line: Duration::from_secs(30),
        }
    }
}

type Lane = Mutex<Option<SqliteConnection>>;

/// An open database.
pub(crate) struct Database {
    options: SqliteConnectOptions,
    /// A connection to memory must not be replaced: the data would be gone.
    in_file: bool,
    log: Log,
    patience: Patience,
    opened_by: u32,
    writer: Lane,
    readers: Vec<Lane>,
    next_reader: AtomicUsize,
}

impl Database {
    pub(crate) async fn open(url: &str, patience: Patience) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .busy_timeout(patience.lock)
            .foreign_keys(true)
            .synchronous(SqliteSynchronous::Full)
            .disable_statement_logging();
        let (options, log, readers) = match Location::parse(url)? {
            Location::Memory => (options, Log::default(), 0),
            Location::File(path) => (in_file(options, &path)?, Log::of(&path), READERS),
        };
        let database = Self {
            options,
            in_file: readers > 0,
            log,
            patience,
            opened_by: std::process::id(),
            writer: Lane::default(),
            readers: (0..readers).map(|_| Lane::default()).collect(),
            next_reader: AtomicUsize::new(0),
        };
        if database.in_file {
            database.use_write_ahead_log().await?;
        }
        database.write(schema::migrate).await?;
        Ok(database)
    }

    /// Runs work as one transaction: all of it is kept, or (on an error, or when the future is dropped) none.
    pub(crate) async fn write<T>(
        &self,
        work: impl AsyncFnOnce(&mut SqliteConnection) -> Done<T>,
    ) -> Result<T> {
        let mut lane = self.enter(&self.writer).await?;
        let done = async {
            let connection = self.connection(&mut lane).await?;
            let mut transaction = connection.begin_with(BEGIN_WRITE).await?;
            self.log.check()?;
            let value = work(&mut transaction).await?;
            transaction.commit().await?;
            // It may have been taken away meanwhile, and what was committed with it.
            self.log.check()?;
            Ok(value)
        }
        .await;
        self.leave(&mut lane, done)
    }

    /// Runs work that changes nothing.
    pub(crate) async fn read<T>(
        &self,
        work: impl AsyncFnOnce(&mut SqliteConnection) -> Done<T>,
    ) -> Result<T> {
        let turn = self.next_reader.fetch_add(1, Ordering::Relaxed);
        let lane = turn
            .checked_rem(self.readers.len())
            .and_then(|index| self.readers.get(index))
            .unwrap_or(&self.writer);
        let mut lane = self.enter(lane).await?;
        let done = async {
            let value = work(self.connection(&mut lane).await?).await?;
            self.log.check()?;
            Ok(value)
        }
        .await;
        self.leave(&mut lane, done)
    }

    /// Closes every connection and waits for it.
    pub(crate) async fn close(self) -> Result<()> {
        for lane in std::iter::once(&self.writer).chain(&self.readers) {
            let connection = self.enter(lane).await?.take();
            if let Some(connection) = connection {
                let closed = connection.close().await;
                closed.map_err(|error| into_error(error.into()))?;
            }
        }
        Ok(())
    }

    /// Waits in line. The process is compared before the lock is touched: after a fork the lock may be held by a
    /// thread that exists only in the parent.
    async fn enter<'a>(&self, lane: &'a Lane) -> Result<MutexGuard<'a, Option<SqliteConnection>>> {
        if self.opened_by != std::process::id() {
            return Err(Error::new(
                ErrorKind::Journal,
                "opened by another process: connect again after fork",
            ));
        }
        let arrived = Instant::now();
        let guard = lane.lock().await;
        if arrived.elapsed() >= self.patience.line {
            return Err(Error::new(
                ErrorKind::Journal,
                "the database is overloaded: waited too long behind other writers; nothing was written",
            ));
        }
        Ok(guard)
    }

    async fn connection<'a>(
        &self,
        lane: &'a mut Option<SqliteConnection>,
    ) -> Done<&'a mut SqliteConnection> {
        let connection = match lane.take() {
            Some(connection) => connection,
            None => {
                let connection = self.options.connect().await?;
                self.log.opened();
                connection
            }
        };
        Ok(lane.insert(connection))
    }

    fn leave<T>(&self, lane: &mut Option<SqliteConnection>, done: Done<T>) -> Result<T> {
        done.map_err(|failure| {
            // After a full disk SQLite ends the transaction by itself, which the driver does not notice.
            if self.in_file && spoils_connection(&failure) && lane.take().is_some() {
                self.log.closed();
            }
            into_error(failure)
        })
    }

    /// The mode is a property of the file. SQLite waits for readers before it changes it, but when two connections
    /// change it at the same time it refuses one at once; that one waits until it is alone with the file.
    async fn use_write_ahead_log(&self) -> Result<()> {
        let mut lane = self.enter(&self.writer).await?;
        let done = async {
            let connection = self.connection(&mut lane).await?;
            for _ in 0..WAL_TRIES {
                let mode: Result<String, sqlx::Error> =
                    sqlx::query_scalar("PRAGMA journal_mode = WAL")
                        .fetch_one(&mut *connection)
                        .await;
                match mode {
                    Ok(mode) if mode == "wal" => return Ok(()),
                    Ok(_) => {
                        return Err(Error::new(
                            ErrorKind::Journal,
                            "write-ahead logging is not possible here: use a local disk",
                        )
                        .into());
                    }
                    Err(error) if is_busy(&error) => {
                        let alone = connection.begin_with("BEGIN EXCLUSIVE").await?;
                        alone.rollback().await?;
                    }
                    Err(error) => return Err(error.into()),
                }
            }
            Err(Error::new(
                ErrorKind::Journal,
                "other processes keep the database from write-ahead logging",
            )
            .into())
        }
        .await;
        self.leave(&mut lane, done)
    }
}

impl Drop for Database {
    /// A forked child leaves its parent's connections alone: their threads did not come along, their locks may be
    /// held for ever, and closing them would clean up a log that the parent still uses.
    fn drop(&mut self) {
        if self.opened_by != std::process::id() {
            for lane in std::iter::once(&mut self.writer).chain(&mut self.readers) {
                std::mem::forget(lane.get_mut().take());
            }
        }
    }
}

#[cfg(test)]
impl Database {
    pub(crate) fn pretend_opened_by(&mut self, process: u32) {
        self.opened_by = process;
    }

    pub(crate) fn lose_patience(&mut self) {
        self.patience.line = Duration::ZERO;
    }

    pub(crate) async fn hold_writer(&self) -> MutexGuard<'_, Option<SqliteConnection>> {
        self.writer.lock().await
    }

    /// Runs a pragma on the connection that writes; its answer as text.
    pub(crate) async fn read_on_writer(&self, pragma: &'static str) -> String {
        use sqlx::{Row, ValueRef};
        let mut lane = self.writer.lock().await;
        let connection = self.connection(&mut lane).await.ok().unwrap();
        let rows = sqlx::query(pragma).fetch_all(connection).await.unwrap();
        let Some(row) = rows.first() else {
            return String::new();
        };
        if row.try_get_raw(0).unwrap().is_null() {
            return String::new();
        }
        row.try_get::<String, _>(0)
            .or_else(|_| row.try_get::<i64, _>(0).map(|number| number.to_string()))
            .unwrap()
    }
}

/// The file is created beforehand, never by a connection: a file that vanished must not come back empty.
fn in_file(options: SqliteConnectOptions, path: &Path) -> Result<SqliteConnectOptions> {
    location::prepare(path)?;
    Ok(options.filename(path).create_if_missing(false))
}
