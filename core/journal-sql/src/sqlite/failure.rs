//! What can go wrong in the database, said without any value that was in it.

use netmile::{Error, ErrorKind};

use crate::failure::Failure;

/// Primary result codes of SQLite, <https://www.sqlite.org/rescode.html>.
mod code {
    pub(super) const BUSY: i32 = 5;
    pub(super) const LOCKED: i32 = 6;
    pub(super) const READONLY: i32 = 8;
    pub(super) const IOERR: i32 = 10;
    pub(super) const CORRUPT: i32 = 11;
    pub(super) const FULL: i32 = 13;
    pub(super) const CANTOPEN: i32 = 14;
    pub(super) const NOTADB: i32 = 26;
}

/// The primary result code, without the extension in the upper bits.
fn primary(error: &sqlx::Error) -> Option<i32> {
    let code = error.as_database_error()?.code()?;
    code.parse::<i32>().ok().map(|code| code & 0xff)
}

/// Whether somebody else held the lock for longer than we wait.
pub(crate) fn is_busy(error: &sqlx::Error) -> bool {
    matches!(primary(error), Some(code::BUSY | code::LOCKED))
}

fn is_duplicate(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}

/// Whether the connection may be in a state that the next transaction cannot start from.
pub(crate) fn spoils_connection(failure: &Failure) -> bool {
    match failure {
        Failure::Refused(_) => false,
        Failure::Sql(error) => !is_busy(error) && !is_duplicate(error),
    }
}

/// The public error. Its text is fixed; what the database said is the source.
pub(crate) fn into_error(failure: Failure) -> Error {
    let error = match failure {
        Failure::Refused(error) => return error,
        Failure::Sql(error) => error,
    };
    if is_duplicate(&error) {
        return Error::new(ErrorKind::Conflict, "the name is taken").with_source(error);
    }
    let what = match primary(&error) {
        Some(code::BUSY | code::LOCKED) => {
            "the database stayed locked by another writer; nothing was written"
        }
        Some(code::READONLY) => {
            "the database is read-only: this process must be able to write the file and its directory"
        }
        Some(code::IOERR) => "the disk under the database failed",
        Some(code::CORRUPT | code::NOTADB) => {
            "the file is damaged or not a SQLite database: restore it from a backup"
        }
        Some(code::FULL) => "the disk under the database is full",
        Some(code::CANTOPEN) => "the database file cannot be opened",
        _ => "the database refused the step",
    };
    Error::new(ErrorKind::Journal, what).with_source(error)
}
