//! What can end the work on a database early.

use netmile::{Error, ErrorKind};

/// The result of work on a database.
pub(crate) type Done<T> = Result<T, Failure>;

/// Why work on a database ended early.
pub(crate) enum Failure {
    /// The journal's own rules say no.
    Refused(Error),
    /// The database says no.
    Sql(sqlx::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::Sql(error)
    }
}

/// A stored value that this library cannot have written.
pub(crate) fn damaged(error: impl std::error::Error + Send + Sync + 'static) -> Failure {
    Error::new(ErrorKind::Journal, "a row is damaged")
        .with_source(error)
        .into()
}

/// The version of the tables that were found, if this library knows it.
pub(crate) fn check_version(found: i64, known: usize) -> Done<usize> {
    if let Ok(version) = usize::try_from(found)
        && version <= known
    {
        return Ok(version);
    }
    Err(Error::new(
        ErrorKind::Journal,
        format!(
            "the database has schema version {found}, this library knows up to {known}: use a newer library"
        ),
    )
    .into())
}

/// A URL that leads nowhere. The URL itself is not repeated: it may carry a password.
pub(crate) fn wrong_url(rule: &'static str) -> Error {
    Error::field(ErrorKind::Configuration, "journal_url", rule)
}
