//! The behaviour suite of the core, on a file and in memory.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};

use netmile::engine::journal::suite;
use netmile_journal_sql::SqlJournal;
use support::Folder;

#[tokio::test]
async fn a_file_behaves_as_every_journal_must() {
    let folder = Folder::new();
    let number = AtomicUsize::new(0);
    let report = suite::run(&|| {
        let name = format!("{}.db", number.fetch_add(1, Ordering::Relaxed));
        let url = folder.url(&name);
        async move { SqlJournal::connect(&url).await }
    })
    .await;
    assert_eq!(report.failures, Vec::<String>::new());
    assert!(report.passed >= 16);
}

#[tokio::test]
async fn memory_behaves_as_every_journal_must() {
    let report = suite::run(&|| SqlJournal::connect("sqlite::memory:")).await;
    assert_eq!(report.failures, Vec::<String>::new());
    assert!(report.passed >= 16);
}
