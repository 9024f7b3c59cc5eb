//! Connections to the server, and how work gets onto one of them.
//!
//! The connections live on a thread of their own, with a small runtime: a socket belongs to the runtime it was opened
//! in, and callers come from any executor or none. It also means that a future that is dropped stops nothing half-way:
//! its work goes on to its end over there. A `sqlx` pool would need the callers' runtime.

use std::future::Future;
use std::hash::{BuildHasher, Hasher};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use netmile::{Error, ErrorKind, Result};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection};
use tokio::runtime::{Builder, Handle};
use tokio::sync::{Semaphore, oneshot};
use tokio::time::timeout;

use super::failure::{self, Class, class, into_error, silence};
use super::{location, schema};
use crate::failure::{Done, Failure};

/// Most connections of one journal.
const CONNECTIONS: u32 = 4;

/// Most tries of one step; the clock usually ends them earlier.
const MOST_TRIES: u32 = 64;

/// Explicit, because a server's defaults can be set to anything.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

/// What every session is set to. `remote_apply` is stricter than `on` and stays.
const SESSION: &str = "\
    SELECT set_config('synchronous_commit', 'on', false) \
    WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply'); \
    SET default_transaction_isolation = 'read committed'; \
    SET default_transaction_deferrable = off";

/// A connection that was idle for longer is asked for a sign of life first: a firewall may have forgotten it.
const TRUSTED: Duration = Duration::from_secs(30);

/// How long work may take that is done once in the life of a shop.
#[cfg(feature = "sqlite")]
const LONG: Duration = Duration::from_secs(6 * 60 * 60);

/// How long to wait.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    /// For a new connection, with TLS and log-in.
    pub(super) connect: Duration,
    /// For a row that another transaction holds.
    pub(super) lock: Duration,
    /// For one step from its begin to before its commit, and for the commit. The server gives up a little earlier.
    pub(super) answer: Duration,
    /// For a server that is away, and for transactions that collide.
    pub(super) away: Duration,
    /// In line behind this process's own steps.
    pub(super) line: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            lock: Duration::from_secs(10),
            answer: Duration::from_secs(20),
            away: Duration::from_secs(10),
            line: Duration::from_secs(30),
        }
    }
}

/// Work on a connection.
pub(crate) type Work<'c, T> = Pin<Box<dyn Future<Output = Done<T>> + Send + 'c>>;

/// An open journal's connections.
pub(crate) struct Server {
    opened_by: u32,
    /// Gone only in `drop`.
    home: Option<Home>,
}

struct Home {
    lanes: Arc<Lanes>,
    runtime: Handle,
    /// Dropping it ends the thread.
    _alive: oneshot::Sender<()>,
}

impl Server {
    pub(super) async fn open(url: &str, patience: Patience) -> Result<Self> {
        let options = location::parse(url)?;
        let (runtime, alive) = start_thread()?;
        let server = Self {
            opened_by: std::process::id(),
            home: Some(Home {
                lanes: Arc::new(Lanes {
                    options,
                    patience,
                    turns: Semaphore::new(CONNECTIONS as usize),
                    idle: Mutex::new(Vec::new()),
                }),
                runtime,
                _alive: alive,
            }),
        };
        server
            .write(|connection| Box::pin(schema::migrate(connection)))
            .await?;
        Ok(server)
    }

    /// Runs work as one transaction: all of it is kept, or none. The work is begun again when it provably had no
    /// effect and the reason has passed.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        work: impl for<'c> Fn(&'c mut PgConnection) -> Work<'c, T> + Send + Sync + 'static,
    ) -> Result<T> {
        self.run(|lanes| async move { lanes.run(true, work).await })
            .await
    }

    /// Runs work that is one statement and changes nothing.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl for<'c> Fn(&'c mut PgConnection) -> Work<'c, T> + Send + Sync + 'static,
    ) -> Result<T> {
        self.run(|lanes| async move { lanes.run(false, work).await })
            .await
    }

    /// Runs long work as one transaction, and only once.
    #[cfg(feature = "sqlite")]
    pub(crate) async fn write_once<T: Send + 'static>(
        &self,
        work: impl for<'c> FnOnce(&'c mut PgConnection) -> Work<'c, T> + Send + 'static,
    ) -> Result<T> {
        self.run(|lanes| async move {
            match lanes.attempt(true, LONG, work).await {
                Try::Over(result) => result,
                Try::Nothing(error, _) => Err(into_error(error)),
            }
        })
        .await
    }

    /// Closes every connection and waits for it.
    pub(super) async fn close(self) -> Result<()> {
        self.run(|lanes| async move { lanes.close().await }).await
    }

    /// The process is compared before anything is touched: after a fork the thread exists only in the parent, and
    /// its locks may be held for ever.
    async fn run<T: Send + 'static, F>(&self, job: impl FnOnce(Arc<Lanes>) -> F) -> Result<T>
    where
        F: Future<Output = Result<T>> + Send + 'static,
    {
        let home = match &self.home {
            Some(home) if self.opened_by == std::process::id() => home,
            _ => {
                return Err(Error::new(
                    ErrorKind::Journal,
                    "opened by another process: connect again after fork",
                ));
            }
        };
        let done = home.runtime.spawn(job(Arc::clone(&home.lanes))).await;
        done.map_err(|error| {
            Error::new(ErrorKind::Journal, "the journal's thread ended").with_source(error)
        })?
    }
}

impl Drop for Server {
    /// A forked child leaves its parent's connections and thread alone.
    fn drop(&mut self) {
        if self.opened_by != std::process::id() {
            std::mem::forget(self.home.take());
        }
    }
}

fn start_thread() -> Result<(Handle, oneshot::Sender<()>)> {
    let refused = |error: std::io::Error| {
        Error::new(ErrorKind::Journal, "the system gives no thread").with_source(error)
    };
    let runtime = Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()
        .map_err(refused)?;
    let handle = runtime.handle().clone();
    let (alive, ended) = oneshot::channel();
    std::thread::Builder::new()
        .name("netmile-journal".to_owned())
        .spawn(move || {
            // An error means that the other end was dropped, which is the signal.
            runtime.block_on(ended).ok();
        })
        .map_err(refused)?;
    Ok((handle, alive))
}

/// At most so many connections, each used by one step at a time.
struct Lanes {
    options: PgConnectOptions,
    patience: Patience,
    turns: Semaphore,
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    connection: PgConnection,
    since: Instant,
}

/// How one try of a step ended.
enum Try<T> {
    Over(Result<T>),
    /// Nothing was written. The connection was opened for this try, or before it.
    Nothing(sqlx::Error, Opened),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Opened {
    Now,
    Before,
}

impl Lanes {
    async fn run<T>(
        &self,
        as_transaction: bool,
        work: impl for<'c> Fn(&'c mut PgConnection) -> Work<'c, T>,
    ) -> Result<T> {
        let Ok(turn) = timeout(self.patience.line, self.turns.acquire()).await else {
            return Err(Error::new(
                ErrorKind::Journal,
                "the database is overloaded: waited too long behind other writers; nothing was written",
            ));
        };
        let begun = Instant::now();
        let mut pauses = Pauses::default();
        for attempt in 1..=MOST_TRIES {
            let error = match self
                .attempt(as_transaction, self.patience.answer, &work)
                .await
            {
                Try::Over(result) => {
                    drop(turn);
                    return result.map_err(|error| error.with_attempts(attempt));
                }
                Try::Nothing(error, opened) => {
                    if opened == Opened::Before && class(&error) != Class::Final {
                        // Whatever ended this one has most likely ended those that wait, too.
                        if !failure::leaves_session(&error) {
                            self.forget_idle();
                        }
                    }
                    error
                }
            };
            let pause = pauses.next();
            if class(&error) == Class::Final
                || attempt == MOST_TRIES
                || begun.elapsed() + pause > self.patience.away
            {
                return Err(into_error(error).with_attempts(attempt));
            }
            tokio::time::sleep(pause).await;
        }
        Err(silence())
    }

    async fn attempt<T>(
        &self,
        as_transaction: bool,
        limit: Duration,
        work: impl for<'c> FnOnce(&'c mut PgConnection) -> Work<'c, T>,
    ) -> Try<T> {
        let Patience {
            connect, answer, ..
        } = self.patience;
        let (mut connection, opened) = match timeout(connect, self.connection()).await {
            Ok(Ok(connection)) => connection,
            Ok(Err(error)) => return Try::Nothing(error, Opened::Now),
            Err(_) => return Try::Over(Err(silence())),
        };
        let step = async {
            if as_transaction {
                sqlx::raw_sql(BEGIN).execute(&mut connection).await?;
            }
            work(&mut connection).await
        };
        let value = match timeout(limit, step).await {
            Ok(Ok(value)) => value,
            Ok(Err(Failure::Refused(error))) => {
                self.roll_back(as_transaction, connection).await;
                return Try::Over(Err(error));
            }
            Ok(Err(Failure::Sql(error))) => {
                if failure::leaves_session(&error) {
                    self.roll_back(as_transaction, connection).await;
                }
                return Try::Nothing(error, opened);
            }
            // Dropping the connection ends the transaction as soon as the server notices, or its own clock does.
            Err(_) => return Try::Over(Err(silence())),
        };
        if as_transaction {
            let commit = sqlx::raw_sql("COMMIT").execute(&mut connection);
            match timeout(answer, commit).await {
                Ok(Ok(_)) => {}
                Ok(Err(error)) if failure::is_refused_commit(&error) => {
                    self.give_back(connection);
                    return Try::Nothing(error, opened);
                }
                Ok(Err(error)) => return Try::Over(Err(failure::lost_answer(Some(error)))),
                Err(_) => return Try::Over(Err(failure::lost_answer(None))),
            }
        }
        self.give_back(connection);
        Try::Over(Ok(value))
    }

    async fn connection(&self) -> std::result::Result<(PgConnection, Opened), sqlx::Error> {
        let idle = self.idle().pop();
        if let Some(Idle {
            mut connection,
            since,
        }) = idle
        {
            let lives = since.elapsed() < TRUSTED
                || matches!(timeout(TRUSTED / 10, connection.ping()).await, Ok(Ok(())));
            if lives {
                return Ok((connection, Opened::Before));
            }
        }
        let mut connection = self.options.connect().await?;
        sqlx::raw_sql(SESSION).execute(&mut connection).await?;
        // The server's own clocks run out before ours: an error is better than silence. A transaction whose client
        // has stopped in the middle holds its locks no longer than this.
        sqlx::query(
            "SELECT set_config('lock_timeout', $1, false), set_config('statement_timeout', $2, false), \
             set_config('idle_in_transaction_session_timeout', $2, false)",
        )
        .bind(self.patience.lock.as_millis().to_string())
        .bind((self.patience.answer * 3 / 4).as_millis().to_string())
        .execute(&mut connection)
        .await?;
        Ok((connection, Opened::Now))
    }

    /// After an error that the session survived.
    async fn roll_back(&self, as_transaction: bool, mut connection: PgConnection) {
        if as_transaction {
            let rollback = sqlx::raw_sql("ROLLBACK").execute(&mut connection);
            if !matches!(timeout(self.patience.answer, rollback).await, Ok(Ok(_))) {
                return;
            }
        }
        self.give_back(connection);
    }

    fn give_back(&self, connection: PgConnection) {
        self.idle().push(Idle {
            connection,
            since: Instant::now(),
        });
    }

    fn forget_idle(&self) {
        self.idle().clear();
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn close(&self) -> Result<()> {
        // Whoever still works has dropped its future; it comes to its end first.
        let turns = timeout(self.patience.line, self.turns.acquire_many(CONNECTIONS)).await;
        turns.ok();
        let idle = std::mem::take(&mut *self.idle());
        for Idle { connection, .. } in idle {
            match timeout(self.patience.answer, connection.close()).await {
                Ok(closed) => closed.map_err(into_error)?,
                Err(_) => return Err(silence()),
            }
        }
        Ok(())
    }
}

/// Pauses between tries: longer and longer up to a second, and not the same for everybody.
struct Pauses(Duration);

impl Default for Pauses {
    fn default() -> Self {
        Self(Duration::from_millis(10))
    }
}

impl Pauses {
    fn next(&mut self) -> Duration {
        let most = self.0;
        self.0 = (most * 2).min(Duration::from_secs(1));
        let dice = std::hash::RandomState::new().build_hasher().finish() % 1024;
        most / 2 + most * u32::try_from(dice).unwrap_or(0) / 2048
    }
}

#[cfg(test)]
impl Server {
    pub(super) fn pretend_opened_by(&mut self, process: u32) {
        self.opened_by = process;
    }

    pub(super) fn lose_patience(&mut self, patience: Patience) {
        let lanes = Arc::get_mut(&mut self.home.as_mut().unwrap().lanes).unwrap();
        lanes.patience = patience;
        lanes.forget_idle();
    }
}
