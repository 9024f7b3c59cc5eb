//! What can go wrong at the server, said without any value that was in it.
//!
//! Codes: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.

use std::fmt;
use std::io;

use netmile::{Error, ErrorKind};
use sqlx::postgres::PgDatabaseError;

use crate::failure::wrong_url;

/// What the server said, as far as it may be repeated: details and contexts quote rows, and so do many messages.
struct Said {
    code: String,
    message: Option<String>,
    constraint: Option<String>,
}

/// Classes of codes whose messages speak of connections, users and resources, never of rows.
const SPEAKS_OF_NO_ROW: [&str; 6] = ["08", "28", "3D", "53", "57", "58"];

impl Said {
    fn new(error: &PgDatabaseError) -> Self {
        let code = error.code();
        let class = code.get(..2).unwrap_or_default();
        Self {
            code: code.to_owned(),
            message: SPEAKS_OF_NO_ROW
                .contains(&class)
                .then(|| error.message().to_owned()),
            constraint: error.constraint().map(str::to_owned),
        }
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgreSQL said {}", self.code)?;
        if let Some(constraint) = &self.constraint {
            write!(f, " about {constraint}")?;
        }
        match &self.message {
            Some(message) => write!(f, ": {message}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Said {}

/// What to do about an error of the driver or the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Two transactions got into each other's way and the server ended this one: begin again.
    Collision,
    /// The session is gone or no longer what it was: begin again on another connection.
    Stale,
    /// The server is away for a moment: try again a little later.
    Away,
    /// It would happen again.
    Final,
}

fn server_said(error: &sqlx::Error) -> Option<&PgDatabaseError> {
    error
        .as_database_error()?
        .try_downcast_ref::<PgDatabaseError>()
}

pub(super) fn class(error: &sqlx::Error) -> Class {
    if is_tls(error) {
        return Class::Final;
    }
    match error {
        sqlx::Error::Io(_) => return Class::Away,
        // An answer that does not fit the question: something else is in the stream.
        sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => return Class::Stale,
        _ => {}
    }
    match server_said(error).map(PgDatabaseError::code) {
        // Serialization failure, deadlock.
        Some("40001" | "40P01") => Class::Collision,
        // A plan or a prepared statement from before somebody changed the tables or reset the session; a session that
        // was idle for too long in a transaction, or altogether.
        Some("0A000" | "26000" | "42P05" | "25P03" | "57P05") => Class::Stale,
        // Shut down, crashed, starting up; no connection free; connection lost.
        Some("57P01" | "57P02" | "57P03" | "53300") => Class::Away,
        Some(code) if code.starts_with("08") => Class::Away,
        _ => Class::Final,
    }
}

/// Whether there is no TLS: the driver passes on what the certificate lacks as data that cannot be read.
fn is_tls(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Tls(_) => true,
        sqlx::Error::Io(error) => error.kind() == io::ErrorKind::InvalidData,
        _ => false,
    }
}

/// Whether the transaction provably ended without effect although the error came in answer to its commit.
pub(super) fn is_refused_commit(error: &sqlx::Error) -> bool {
    server_said(error).is_some_and(|said| {
        // Collisions, and constraints that are checked at the end.
        said.code().starts_with("40") || said.code().starts_with("23")
    })
}

/// Whether the session goes on after this error once the transaction is rolled back.
pub(super) fn leaves_session(error: &sqlx::Error) -> bool {
    server_said(error).is_some() && matches!(class(error), Class::Collision | Class::Final)
}

/// The public error. Its text is fixed.
pub(super) fn into_error(error: sqlx::Error) -> Error {
    let Some(said) = server_said(&error) else {
        return match error {
            _ if is_tls(&error) => Error::new(
                ErrorKind::Journal,
                "no TLS with the database server: its certificate must be valid, from a known authority (sslrootcert) and for this host name",
            ),
            sqlx::Error::Io(_) => Error::new(
                ErrorKind::Journal,
                "the database server cannot be reached; nothing was written",
            ),
            _ => Error::new(
                ErrorKind::Journal,
                "the database server was not understood; nothing was written",
            ),
        }
        .with_source(error);
    };
    let said = Said::new(said);
    let journal = |what: &'static str| Error::new(ErrorKind::Journal, what);
    match said.code.as_str() {
        "40001" | "40P01" => journal("transactions kept colliding; nothing was written"),
        "55P03" => journal("the row stayed locked by another writer; nothing was written"),
        "57014" => journal("the database took too long; nothing was written"),
        "25006" => journal("the database is read-only: connect to the primary server"),
        "42501" => journal("the database user lacks rights on the journal's tables"),
        "42P01" | "42703" => journal("the journal's tables are gone or not the journal's"),
        "53100" => journal("the disk under the database is full"),
        "53300" => journal("the database server has no connection free"),
        "3D000" => wrong_url("the server has no such database"),
        code if code.starts_with("28") => {
            wrong_url("the server does not accept this user, password or address")
        }
        code if code.starts_with("58") || code == "XX001" || code == "XX002" => {
            journal("the disk under the database failed or its files are damaged")
        }
        code if code.starts_with("57P") || code.starts_with("08") => {
            journal("the database server cannot be reached; nothing was written")
        }
        _ => journal("the database refused the step"),
    }
    .with_source(said)
}

/// The error of a commit that may or may not have happened.
pub(super) fn lost_answer(error: Option<sqlx::Error>) -> Error {
    let lost = Error::new(
        ErrorKind::Journal,
        "the database's answer to the commit was lost: the step was written whole or not at all; repeat it",
    );
    match error {
        Some(error) => match server_said(&error).map(Said::new) {
            Some(said) => lost.with_source(said),
            None => lost.with_source(error),
        },
        None => lost,
    }
}

/// The error of a server that does not answer in time.
pub(super) fn silence() -> Error {
    Error::new(
        ErrorKind::Journal,
        "the database server does not answer; nothing was written",
    )
}
