//! The write-ahead log beside the file, and whether it is still the one that is written to.
//!
//! SQLite takes the log away when the last connection closes. Locks say which one is the last, and a process loses its
//! locks when anything in it closes the file: another copy of SQLite than this one, as Python and PHP bring, leaves the
//! journal writing into a log that has no name any more. Nothing fails then: no other process sees what is written, and
//! it is lost if this one dies before it closes the database.
//!
//! Source: <https://www.sqlite.org/howtocorrupt.html>, "Multiple copies of SQLite linked into the same application"

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use netmile::{Error, ErrorKind, Result};

/// The log of one database. That of a database in memory, which has none, is always right.
#[derive(Default)]
pub(super) struct Log {
    path: Option<PathBuf>,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    /// How many connections are open.
    connections: usize,
    /// Device and number of the file. As long as connections are open it stays.
    file: Option<(u64, u64)>,
}

impl Log {
    /// That of the database in this file, which exists.
    pub(super) fn of(database: &Path) -> Self {
        // SQLite puts it beside the file that a link leads to.
        let database = std::fs::canonicalize(database).unwrap_or_else(|_| database.to_owned());
        let mut name = database.into_os_string();
        name.push("-wal");
        Self {
            path: Some(name.into()),
            seen: Mutex::default(),
        }
    }

    /// A connection was opened.
    pub(super) fn opened(&self) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.connections == 0 {
            seen.file = None;
        }
        seen.connections += 1;
    }

    /// A connection was given up.
    pub(super) fn closed(&self) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.connections = seen.connections.saturating_sub(1);
    }

    /// To be called when a connection has begun its work: from then on the log is there.
    ///
    /// # Errors
    /// `journal` when it is another one than before, or none.
    pub(super) fn check(&self) -> Result<()> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        let found = identity(path);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.file.is_none() {
            seen.file = found;
        }
        if seen.file == found {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::Journal,
            "the write-ahead log was taken away while the database was open: another copy of SQLite in this process \
             opened and closed the file, or somebody removed it; open the journal again",
        ))
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    let data = std::fs::metadata(path).ok()?;
    Some((data.dev(), data.ino()))
}

/// An open file stays where it is there.
#[cfg(not(unix))]
fn identity(_: &Path) -> Option<(u64, u64)> {
    None
}
