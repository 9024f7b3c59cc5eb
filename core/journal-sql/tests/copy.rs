//! A journal that moves from SQLite to PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod support;

use netmile::ErrorKind;
use netmile::engine::Journal;
use netmile::engine::journal::{Advanced, KeptEvidence, Opened, Query};
use netmile_journal_sql::{SqlJournal, copy};
use support::{Folder, NOW, Place, change, intent, plain};

const ROWS: usize = 1234;

/// Everything that can be asked for, as text.
async fn told(journal: &SqlJournal) -> String {
    let all = Query {
        kind: "purchase".to_owned(),
        phases: Vec::new(),
        after: None,
        limit: u32::MAX,
    };
    let mut told = String::new();
    for row in journal.list(all).await.unwrap() {
        told += &format!("{row:?} {}\n", row.body);
    }
    for event in journal.events(NOW, NOW, u32::MAX).await.unwrap() {
        told += &format!("{event:?} {}\n", event.body);
    }
    for key in ["key:1", "order:\0髙😀"] {
        told += &format!("{:?}\n", journal.find(key).await.unwrap());
    }
    told += &format!("{:?}\n", journal.evidence(u32::MAX).await.unwrap());
    told
}

/// Fills a journal with something of everything; the number of the last event, which is acknowledged.
async fn filled(url: &str) -> i64 {
    let journal = SqlJournal::connect(url).await.unwrap();
    for number in 0..ROWS {
        let mut new = intent(&format!("row{number}"));
        new.due = (number % 2 == 0).then_some(NOW);
        journal.open(new).await.unwrap();
    }
    journal.open(intent("\0髙😀")).await.unwrap();
    journal.lease(NOW, NOW.plus_seconds(9), 3).await.unwrap();
    for version in 1..=3 {
        let seen = format!("seen:{version}");
        let next = change(version);
        journal
            .advance("row7", version, next, Some(&seen))
            .await
            .unwrap();
    }
    let events = journal.events(NOW, NOW, 9).await.unwrap();
    let last = events.last().unwrap().id;
    assert!(journal.ack(last).await.unwrap());
    for digest in ["a", "b"] {
        let kept = KeptEvidence {
            digest: digest.to_owned(),
            code: "expired".to_owned(),
            bytes: vec![0, 0xff, 0x81],
            at: NOW,
        };
        journal.keep(kept).await.unwrap();
    }
    journal.close().await.unwrap();
    last
}

#[tokio::test]
async fn everything_comes_along_and_goes_on() {
    let (old, new) = (Place::sqlite(), Place::postgres());
    let last = filled(&old.url).await;
    let copied = copy(&old.url, &new.url).await.unwrap();
    assert_eq!(copied.rows, 1 + ROWS as u64);
    assert_eq!(copied.keys, 1 + ROWS as u64 + 3);
    assert_eq!((copied.seen, copied.events, copied.evidence), (3, 2, 2));

    let before = SqlJournal::connect(&old.url).await.unwrap();
    let after = SqlJournal::connect(&new.url).await.unwrap();
    assert_eq!(told(&before).await, told(&after).await);
    let again = after.open(intent("row3")).await.unwrap();
    assert!(matches!(again, Opened::Existing(_)));
    let repeated = after.advance("row7", 4, plain("x"), Some("seen:2")).await;
    assert_eq!(repeated.unwrap(), Advanced::SeenBefore);
    let leased = after.lease(NOW, NOW, u32::MAX).await.unwrap();
    assert_eq!(leased.len(), ROWS / 2 - 3, "leases hold");

    let done = after.advance("row7", 4, change(4), Some("seen:4")).await;
    assert!(matches!(done.unwrap(), Advanced::Applied(_)));
    let events = after.events(NOW, NOW, 9).await.unwrap();
    assert!(events[2].id > last, "no number is given twice");
}

#[tokio::test]
async fn a_target_that_is_in_use_is_refused() {
    let (old, new) = (Place::sqlite(), Place::postgres());
    filled(&old.url).await;
    let target = SqlJournal::connect(&new.url).await.unwrap();
    target.open(intent("mine")).await.unwrap();
    let before = told(&target).await;
    let error = copy(&old.url, &new.url).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidState);
    assert!(error.detail().contains("new database"), "{error}");
    assert_eq!(told(&target).await, before);
}

#[tokio::test]
async fn a_wrong_place_is_a_configuration_error() {
    let folder = Folder::new();
    let missing = folder.url("missing.db");
    let postgres = Place::postgres();
    std::fs::write(folder.file("there.db"), b"").unwrap();
    for (from, to) in [
        (missing.as_str(), postgres.url.as_str()),
        ("sqlite::memory:", &postgres.url),
        (&postgres.url, &postgres.url),
        (&folder.url("there.db"), &missing),
    ] {
        let error = copy(from, to).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{from} {error}");
        assert_eq!(error.field_name(), Some("journal_url"));
    }
    assert!(!folder.file("missing.db").exists());
}

#[tokio::test]
async fn a_source_that_breaks_in_the_middle_leaves_nothing_behind() {
    let (old, new) = (Place::sqlite(), Place::postgres());
    filled(&old.url).await;
    // A row that PostgreSQL refuses, far behind the others.
    let file = old.url.strip_prefix("sqlite://").unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let mut raw = sqlx::ConnectOptions::connect(&options).await.unwrap();
    sqlx::raw_sql(
        "PRAGMA ignore_check_constraints = 1; \
         UPDATE netmile_rows SET version = 0 WHERE id = 'row1200'",
    )
    .execute(&mut raw)
    .await
    .unwrap();
    let error = copy(&old.url, &new.url).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Journal, "{error}");
    let target = SqlJournal::connect(&new.url).await.unwrap();
    assert_eq!(target.get("row1").await.unwrap(), None);

    sqlx::raw_sql(
        "UPDATE netmile_rows SET version = 1 WHERE id = 'row1200'; DROP TABLE netmile_seen",
    )
    .execute(&mut raw)
    .await
    .unwrap();
    let error = copy(&old.url, &new.url).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Journal, "{error}");
    assert_eq!(target.get("row1").await.unwrap(), None);
}
