//! Where the database lies: reading the URL, and creating the file so that nobody else can read it.

use std::fs::OpenOptions;
use std::hash::{BuildHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use netmile::{Error, ErrorKind, Result};

use crate::failure::wrong_url as wrong;

/// What a URL starts with.
pub(crate) const SCHEME: &str = "sqlite:";

/// A place for a database.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Location {
    /// Gone with the last connection.
    Memory,
    /// A file, as an absolute path.
    File(PathBuf),
}

impl Location {
    /// Reads `sqlite://relative`, `sqlite:///absolute` or `sqlite::memory:`.
    ///
    /// The path is made absolute at once: a later change of the working directory must not lead to another file.
    pub(crate) fn parse(url: &str) -> Result<Self> {
        let Some(rest) = url.strip_prefix(SCHEME) else {
            return Err(wrong(
                "must start with sqlite: (sqlite://FILE or sqlite::memory:)",
            ));
        };
        let path = rest.strip_prefix("//").unwrap_or(rest);
        if path == ":memory:" {
            return Ok(Self::Memory);
        }
        if path.is_empty() {
            return Err(wrong("must name a file after sqlite://"));
        }
        if path.contains(['?', '#', '\0']) {
            return Err(wrong(
                "takes no parameters, and the path must not contain ?, # or NUL",
            ));
        }
        let path = std::path::absolute(path)
            .map_err(|error| wrong("must name a usable path").with_source(error))?;
        Ok(Self::File(path))
    }
}

/// Sees to it that the file is there. A new file can be read and written by its owner only (mode 0600 on Unix); the
/// mode of a file that exists is left as it is.
pub(crate) fn prepare(path: &Path) -> Result<()> {
    let directory = path.parent().unwrap_or(path);
    if !directory.is_dir() {
        return Err(wrong("must name a file in a directory that exists"));
    }
    if path.is_dir() {
        return Err(wrong("must name a file, not a directory"));
    }
    if path.exists() {
        return Ok(());
    }
    create(path).map_err(|error| {
        Error::new(
            ErrorKind::Journal,
            "the database file cannot be created in its directory",
        )
        .with_source(error)
    })
}

/// The file gets its name only when our handle to it is closed. POSIX locks belong to the process: closing any handle
/// to a database drops the locks that a connection in another thread may just have taken on it.
fn create(path: &Path) -> io::Result<()> {
    let random = std::hash::RandomState::new().build_hasher().finish();
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}-{random:016x}.new", std::process::id()));
    let unnamed = PathBuf::from(name);
    new_file(&unnamed)?;
    let linked = std::fs::hard_link(&unnamed, path);
    std::fs::remove_file(&unnamed)?;
    match linked {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        // A file system without hard links.
        Err(_) => match new_file(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            made => made,
        },
    }
}

fn new_file(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_usual_spellings() {
        let here = std::env::current_dir().unwrap();
        for (url, path) in [
            ("sqlite://shop.db", here.join("shop.db")),
            ("sqlite:shop.db", here.join("shop.db")),
            ("sqlite://data/shop 店.db", here.join("data/shop 店.db")),
            ("sqlite:///var/shop.db", PathBuf::from("/var/shop.db")),
            ("sqlite:file:shop.db", here.join("file:shop.db")),
        ] {
            assert_eq!(Location::parse(url).unwrap(), Location::File(path), "{url}");
        }
        for url in ["sqlite::memory:", "sqlite://:memory:"] {
            assert_eq!(Location::parse(url).unwrap(), Location::Memory);
        }
    }

    #[test]
    fn refuses_what_it_does_not_know_and_does_not_repeat_it() {
        for (url, rule) in [
            ("", "sqlite:"),
            ("shop.db", "sqlite:"),
            ("sqlite:", "name a file"),
            ("sqlite://", "name a file"),
            ("sqlite://SECRET.db?mode=ro", "no parameters"),
            ("sqlite://SECRET.db#x", "no parameters"),
            ("sqlite://SECRET\0.db", "NUL"),
        ] {
            let error = Location::parse(url).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration, "{url}");
            assert_eq!(error.field_name(), Some("journal_url"));
            assert!(error.detail().contains(rule), "{url}: {error}");
            assert!(!format!("{error} {error:?}").contains("SECRET"));
        }
    }
}
