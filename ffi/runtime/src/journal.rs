//! The journal of a handle: opened by the first call of a process, closed when asked, and never carried over a fork.
//!
//! SQLite keeps what it knows of the locks of a file in the memory of the process. A child that opens a file which its
//! parent had open would take the parent's locks for its own, and two writers would spoil the database. So such a file
//! is refused; [`SqlShop::release`] closes it before the fork.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError, TryLockError};
use std::time::Duration;

use async_trait::async_trait;
use netmile::engine::Journal;
use netmile::engine::journal::{
    Advanced, Change, EventId, Intent, KeptEvidence, Opened, OutboxEvent, Query, Row,
};
use netmile::time::Timestamp;
use netmile::{Error, ErrorKind, Result};
use netmile_journal_sql::SqlJournal;
use tokio::sync::{RwLock, RwLockReadGuard};
use zeroize::Zeroizing;

use crate::fork::ForkCell;
use crate::runtime;

/// How long [`SqlShop::release`] waits for calls that are under way.
const PATIENCE: Duration = Duration::from_secs(10);

/// A SQL journal of this process that can be closed and opens again by itself.
pub(crate) struct SqlShop {
    pid: u32,
    url: Zeroizing<String>,
    /// Every verb holds it for reading.
    open: RwLock<Option<Open>>,
}

struct Open {
    journal: SqlJournal,
    file: Option<OpenFile>,
}

impl SqlShop {
    /// Opens nothing yet.
    pub(crate) fn new(url: &str) -> Self {
        Self {
            pid: process::id(),
            url: Zeroizing::new(url.to_owned()),
            open: RwLock::new(None),
        }
    }

    /// Sees to it that it is open.
    pub(crate) async fn ready(&self) -> Result<()> {
        self.opened().await.map(drop)
    }

    /// Closes the database of this process, if it is a file of SQLite, as soon as no call uses it. The next call
    /// opens it again.
    pub(crate) async fn release(&self) -> Result<()> {
        if file_of(&self.url).is_none() {
            return Ok(());
        }
        let Ok(mut open) = tokio::time::timeout(PATIENCE, self.open.write()).await else {
            return Err(Error::field(
                ErrorKind::InvalidState,
                "journal",
                "is in use: no call may last when the journal is released",
            ));
        };
        match open.take() {
            Some(Open { journal, file }) => {
                journal.close().await?;
                drop(file);
                Ok(())
            }
            None => Ok(()),
        }
    }

    async fn opened(&self) -> Result<RwLockReadGuard<'_, SqlJournal>> {
        loop {
            let open = self.open.read().await;
            if let Ok(open) = RwLockReadGuard::try_map(open, Option::as_ref) {
                return Ok(RwLockReadGuard::map(open, |open| &open.journal));
            }
            let mut open = self.open.write().await;
            if open.is_none() {
                let mut file = match file_of(&self.url) {
                    Some(path) => Some(OpenFile::enter(path)?),
                    None => None,
                };
                let journal = SqlJournal::connect(&self.url).await?;
                if let Some(file) = &mut file {
                    file.identify();
                }
                *open = Some(Open { journal, file });
            }
        }
    }
}

impl Drop for SqlShop {
    fn drop(&mut self) {
        let Some(Open { journal, file }) = self.open.get_mut().take() else {
            return;
        };
        if self.pid != process::id() {
            // Sockets, files and locks of the parent: not even closed here.
            std::mem::forget((journal, file));
            return;
        }
        let Some(runtime) = runtime::started() else {
            return;
        };
        // The file counts as open until it is closed.
        let close = async move {
            drop(journal.close().await);
            drop(file);
        };
        if tokio::runtime::Handle::try_current().is_ok() {
            runtime.spawn(close);
        } else {
            // Whoever forks next finds it closed.
            runtime.block_on(close);
        }
    }
}

#[async_trait]
impl Journal for SqlShop {
    async fn open(&self, intent: Intent) -> Result<Opened> {
        self.opened().await?.open(intent).await
    }

    async fn advance(
        &self,
        id: &str,
        from: u64,
        change: Change,
        seen: Option<&str>,
    ) -> Result<Advanced> {
        self.opened().await?.advance(id, from, change, seen).await
    }

    async fn get(&self, id: &str) -> Result<Option<Row>> {
        self.opened().await?.get(id).await
    }

    async fn find(&self, key: &str) -> Result<Option<Row>> {
        self.opened().await?.find(key).await
    }

    async fn list(&self, query: Query) -> Result<Vec<Row>> {
        self.opened().await?.list(query).await
    }

    async fn lease_of(
        &self,
        prefixes: &[String],
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Row>> {
        let open = self.opened().await?;
        open.lease_of(prefixes, now, until, limit).await
    }

    async fn events(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxEvent>> {
        self.opened().await?.events(now, until, limit).await
    }

    async fn ack(&self, event: EventId) -> Result<bool> {
        self.opened().await?.ack(event).await
    }

    async fn keep(&self, evidence: KeptEvidence) -> Result<()> {
        self.opened().await?.keep(evidence).await
    }

    async fn evidence(&self, limit: u32) -> Result<Vec<KeptEvidence>> {
        self.opened().await?.evidence(limit).await
    }
}

/// The file of a SQLite journal. As the journal reads the URL: the path is taken literally.
fn file_of(url: &str) -> Option<PathBuf> {
    let rest = url.strip_prefix("sqlite:")?;
    let path = rest.strip_prefix("//").unwrap_or(rest);
    if path == ":memory:" {
        return None;
    }
    std::path::absolute(path).ok()
}

/// Which databases this process has open, by a number of each.
static FILES: ForkCell<Mutex<BTreeMap<u64, FileId>>> = ForkCell::new();
static NEXT: AtomicU64 = AtomicU64::new(0);

/// By its path, and by its inode once it is there: another path may lead to the same file.
struct FileId {
    path: PathBuf,
    inode: Option<(u64, u64)>,
}

impl FileId {
    fn of(path: PathBuf) -> Self {
        let inode = inode(&path);
        Self { path, inode }
    }

    fn is(&self, other: &Self) -> bool {
        self.path == other.path || (self.inode.is_some() && self.inode == other.inode)
    }
}

#[cfg(unix)]
fn inode(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    let data = std::fs::metadata(path).ok()?;
    Some((data.dev(), data.ino()))
}

#[cfg(not(unix))]
fn inode(_: &Path) -> Option<(u64, u64)> {
    None
}

/// A database that this process has open, until it is dropped.
struct OpenFile(u64);

impl OpenFile {
    /// Refuses one that a process before this had open when it forked.
    fn enter(path: PathBuf) -> Result<Self> {
        let file = FileId::of(path);
        let was_open = FILES.inherited().any(|files| match files.try_lock() {
            Ok(files) => files.values().any(|open| open.is(&file)),
            Err(TryLockError::Poisoned(files)) => {
                files.into_inner().values().any(|open| open.is(&file))
            }
            // It changed at the moment of the fork: nobody can tell any more.
            Err(TryLockError::WouldBlock) => true,
        });
        if was_open {
            return Err(Error::field(
                ErrorKind::InvalidState,
                "journal",
                "was open in the process that forked this one, and SQLite cannot share it: make the first call after \
                 the fork, release the client before it, or use PostgreSQL",
            ));
        }
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        with_files(|files| files.insert(number, file));
        Ok(Self(number))
    }

    /// Looks again, now that the file is there.
    fn identify(&mut self) {
        with_files(|files| {
            if let Some(file) = files.get_mut(&self.0) {
                file.inode = inode(&file.path);
            }
        });
    }
}

impl Drop for OpenFile {
    fn drop(&mut self) {
        with_files(|files| files.remove(&self.0));
    }
}

fn with_files<T>(act: impl FnOnce(&mut BTreeMap<u64, FileId>) -> T) -> T {
    let files = match FILES.get() {
        Some(files) => files,
        None => FILES.set_or_get(Mutex::default()),
    };
    act(&mut files.lock().unwrap_or_else(PoisonError::into_inner))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_a_journal_is_found_as_the_journal_finds_it() {
        assert_eq!(file_of("sqlite:///a/b.db"), Some("/a/b.db".into()));
        assert!(file_of("sqlite://b.db").is_some_and(|path| path.is_absolute()));
        for url in ["sqlite::memory:", "memory:", "postgres://u:p@h/d"] {
            assert_eq!(file_of(url), None, "{url}");
        }
    }

    #[cfg(unix)]
    mod forked {
        use crate::{FfiError, Handle};

        const ALONE: &str = "NETMILE_TEST_ALONE";

        /// Whether this process runs no other test. If it does, the test of this name is run in one that does not: a
        /// lock that another test's thread holds at the fork stays locked in the child for ever.
        fn is_alone(test: &str) -> bool {
            if std::env::var_os(ALONE).is_some() {
                return true;
            }
            let run = std::process::Command::new(std::env::current_exe().unwrap())
                .args(["--exact", test, "--test-threads=1", "--nocapture"])
                .env(ALONE, "1")
                .output()
                .unwrap();
            let told = String::from_utf8_lossy(&run.stdout);
            assert!(
                told.contains("1 passed"),
                "{told}{}",
                String::from_utf8_lossy(&run.stderr)
            );
            false
        }

        /// Runs in a forked child, which is ended after a minute. Gives its status.
        #[expect(unsafe_code, reason = "fork and waitpid have no safe form")]
        fn in_a_child(work: impl FnOnce() -> bool) -> i32 {
            // SAFETY: the child uses no lock of the parent: no other test runs in this process, handles build a runtime
            // of their own, and allocation is usable after a fork with this C library. It leaves by `_exit`.
            unsafe {
                let child = libc::fork();
                assert!(child >= 0);
                if child == 0 {
                    libc::alarm(60);
                    let well = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
                    libc::_exit(i32::from(!well.unwrap_or(false)));
                }
                let mut status = -1;
                assert_eq!(libc::waitpid(child, &mut status, 0), child);
                status
            }
        }

        fn list(handle: &Handle) -> Result<usize, FfiError> {
            handle.run(|context| async move {
                Ok(context.client.purchases().unresolved(1).await?.len())
            })
        }

        fn refused(handle: &Handle) -> bool {
            list(handle).is_err_and(|error| {
                error.code == "invalid_state" && error.field.as_deref() == Some("journal")
            })
        }

        #[test]
        fn a_database_that_was_open_at_the_fork_is_refused_until_it_is_released() {
            let test = concat!(
                module_path!(),
                "::a_database_that_was_open_at_the_fork_is_refused_until_it_is_released"
            );
            if !is_alone(test.split_once("::").map_or(test, |(_, name)| name)) {
                return;
            }
            let directory = std::env::temp_dir().join(format!("netmile-{}", std::process::id()));
            std::fs::create_dir_all(&directory).unwrap();
            let (path, other) = (directory.join("shop.db"), directory.join("other.db"));
            let link = directory.join("link.db");
            let handle = |path: &std::path::Path| {
                Handle::new(&format!(
                    r#"{{"contracts":[{{"merchant_id":"99999","service_id":"001","hash_key":"k",
                    "environment":"test"}}],"journal":"sqlite://{}"}}"#,
                    path.display()
                ))
                .unwrap()
            };
            let shop = handle(&path);
            assert_eq!(list(&shop).unwrap(), 0);
            std::os::unix::fs::symlink(&path, &link).unwrap();
            // The same handle, another one, and another way to the same file.
            assert_eq!(in_a_child(|| refused(&shop)), 0);
            assert_eq!(in_a_child(|| refused(&handle(&path))), 0);
            assert_eq!(in_a_child(|| refused(&handle(&link))), 0);
            // And a grandchild, when the child opened something else.
            let grandchild = || list(&handle(&other)).is_ok() && in_a_child(|| refused(&shop)) == 0;
            assert_eq!(in_a_child(grandchild), 0);
            assert_eq!(list(&shop).unwrap(), 0);
            shop.release().unwrap();
            assert_eq!(in_a_child(|| list(&shop).is_ok()), 0);
            assert_eq!(list(&shop).unwrap(), 0);
            drop(shop);
            assert_eq!(in_a_child(|| list(&handle(&path)).is_ok()), 0);
            std::fs::remove_dir_all(&directory).unwrap();
        }
    }
}
