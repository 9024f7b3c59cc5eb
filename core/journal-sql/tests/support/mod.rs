//! What several test files share.
#![allow(dead_code, unused_imports, unused_macros)]

#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "postgres")]
mod proxy;

use std::hash::{BuildHasher, Hasher};
use std::path::{Path, PathBuf};

use netmile::engine::journal::{Change, Intent, NewEvent};
use netmile::time::Timestamp;

#[cfg(feature = "postgres")]
pub(crate) use postgres::{Postgres, raw};
#[cfg(feature = "postgres")]
pub(crate) use proxy::{Proxy, Trick};

pub(crate) const NOW: Timestamp = Timestamp::from_unix(1_700_000_000);

pub(crate) fn random() -> u64 {
    std::hash::RandomState::new().build_hasher().finish()
}

/// A directory that is removed with its contents.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        let path = std::env::temp_dir().join(format!("netmile-journal-{:016x}", random()));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn url(&self, name: &str) -> String {
        format!("sqlite://{}", self.file(name).display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// A place for one journal, empty at first.
pub(crate) struct Place {
    pub(crate) url: String,
    _folder: Option<Folder>,
}

impl Place {
    pub(crate) fn memory() -> Self {
        Self {
            url: "sqlite::memory:".to_owned(),
            _folder: None,
        }
    }

    pub(crate) fn sqlite() -> Self {
        let folder = Folder::new();
        Self {
            url: folder.url("shop 店.db"),
            _folder: Some(folder),
        }
    }

    #[cfg(feature = "postgres")]
    pub(crate) fn postgres() -> Self {
        Self {
            url: Postgres::shared().database(),
            _folder: None,
        }
    }
}

pub(crate) fn intent(id: &str) -> Intent {
    Intent {
        id: id.to_owned(),
        kind: "purchase".to_owned(),
        phase: "open".to_owned(),
        body: "{}".to_owned(),
        keys: vec![format!("order:{id}")],
        due: None,
        now: NOW,
    }
}

/// A change that leaves a trace in every table: the body, a key and an event all carry `number`.
pub(crate) fn change(number: u64) -> Change {
    Change {
        phase: "paid".to_owned(),
        body: format!("{{\"n\":{number}}}"),
        new_keys: vec![format!("key:{number}")],
        due: None,
        events: vec![NewEvent {
            kind: "paid".to_owned(),
            body: number.to_string(),
        }],
        now: NOW,
    }
}

pub(crate) fn plain(phase: &str) -> Change {
    Change {
        phase: phase.to_owned(),
        body: "{}".to_owned(),
        new_keys: Vec::new(),
        due: None,
        events: Vec::new(),
        now: NOW,
    }
}

/// Each test once per kind of database.
macro_rules! on_both {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    super::$test(&super::support::Place::sqlite()).await;
                }
            )+
        }
        mod postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    super::$test(&super::support::Place::postgres()).await;
                }
            )+
        }
    };
}

pub(crate) use on_both;
