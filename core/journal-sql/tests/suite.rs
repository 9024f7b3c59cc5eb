//! The behaviour suite of the core, on a file, in memory and on a server.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod support;

use netmile::engine::journal::suite;
use netmile_journal_sql::SqlJournal;
use support::Place;

/// Runs the suite, each case in a new place.
async fn passes(place: fn() -> Place) {
    // The places stay until all cases are over.
    let places = std::sync::Mutex::new(Vec::new());
    let report = suite::run(&|| {
        let place = place();
        let url = place.url.clone();
        places.lock().unwrap().push(place);
        async move { SqlJournal::connect(&url).await }
    })
    .await;
    assert_eq!(report.failures, Vec::<String>::new());
    assert!(report.passed >= 16);
}

#[tokio::test]
async fn a_file_behaves_as_every_journal_must() {
    passes(Place::sqlite).await;
}

#[tokio::test]
async fn memory_behaves_as_every_journal_must() {
    passes(Place::memory).await;
}

#[tokio::test]
async fn a_server_behaves_as_every_journal_must() {
    passes(Place::postgres).await;
}
