//! Tests that need the inside of the crate.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;
use std::time::Duration;

use netmile::ErrorKind;
use netmile::engine::Journal;
use netmile::engine::journal::{Advanced, Change, Intent, KeptEvidence, NewEvent};
use netmile::time::Timestamp;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use super::database::Patience;
use super::{SqliteJournal, evidence};
use crate::test_support::{Folder, NOW, change, intent, plain};

/// Drives a future on this thread, without any runtime.
fn drive<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(value) => return value,
            Poll::Pending => std::thread::park(),
        }
    }
}

async fn events(journal: &SqliteJournal) -> usize {
    let all = journal.events(NOW, NOW, 1000).await.unwrap();
    all.len()
}

#[tokio::test]
async fn a_child_of_the_process_is_told_to_connect_again() {
    let folder = Folder::new();
    let mut journal = SqliteJournal::connect(&folder.url("a.db")).await.unwrap();
    journal.open(intent("a")).await.unwrap();
    journal.database.pretend_opened_by(std::process::id() + 1);
    // A fork can happen while another thread of the parent holds the connection: no verb may wait for it.
    let held = journal.database.hold_writer().await;
    let later = NOW.plus_seconds(60);
    let evidence = KeptEvidence {
        digest: String::new(),
        code: String::new(),
        bytes: Vec::new(),
        at: NOW,
    };
    let nobody_waits = async {
        for refused in [
            journal.open(intent("b")).await.map(drop),
            journal.advance("a", 1, change(1), None).await.map(drop),
            journal.get("a").await.map(drop),
            journal.find("order:a").await.map(drop),
            journal.lease(NOW, later, 1).await.map(drop),
            journal.events(NOW, later, 1).await.map(drop),
            journal.ack(1).await.map(drop),
            journal.keep(evidence).await,
            journal.evidence(1).await.map(drop),
        ] {
            let error = refused.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Journal);
            assert!(error.detail().contains("connect again after fork"));
        }
    };
    tokio::time::timeout(Duration::from_secs(30), nobody_waits)
        .await
        .unwrap();
    drop(held);
}

#[tokio::test]
async fn a_child_of_the_process_leaves_the_connections_of_its_parent_open() {
    let folder = Folder::new();
    let url = folder.url("a.db");
    let mut journal = SqliteJournal::connect(&url).await.unwrap();
    journal.open(intent("a")).await.unwrap();
    journal.database.pretend_opened_by(std::process::id() + 1);
    drop(journal);
    // The last connection that is closed removes the log: this one must not be the last.
    let other = SqliteJournal::connect(&url).await.unwrap();
    other.close().await.unwrap();
    assert!(folder.file("a.db-wal").exists());
}

#[tokio::test]
async fn a_lock_that_stays_is_an_error_that_may_be_retried() {
    let folder = Folder::new();
    let patience = Patience {
        lock: Duration::from_millis(20),
        ..Patience::default()
    };
    let journal = SqliteJournal::connect_with(&folder.url("a.db"), patience)
        .await
        .unwrap();
    journal.open(intent("a")).await.unwrap();
    let options = SqliteConnectOptions::new().filename(folder.file("a.db"));
    let mut other = options.connect().await.unwrap();
    let held = other.begin_with("BEGIN IMMEDIATE").await.unwrap();

    let error = journal.advance("a", 1, change(1), None).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Journal);
    assert!(error.is_retryable());
    assert!(error.detail().contains("locked"), "{error}");
    assert!(std::error::Error::source(&error).is_some());
    let row = journal.get("a").await.unwrap().unwrap();
    assert_eq!(row.version, 1, "readers are not locked out");

    held.rollback().await.unwrap();
    let done = journal.advance("a", 1, change(1), None).await.unwrap();
    assert!(matches!(done, Advanced::Applied(_)));
}

#[tokio::test]
async fn a_reader_of_the_old_file_is_waited_for_before_the_log_is_switched_on() {
    let folder = Folder::new();
    let options = SqliteConnectOptions::new()
        .filename(folder.file("a.db"))
        .create_if_missing(true)
        .busy_timeout(Duration::ZERO);
    let mut reader = options.connect().await.unwrap();
    let mut other = options.connect().await.unwrap();
    sqlx::raw_sql("CREATE TABLE orders (id TEXT)")
        .execute(&mut reader)
        .await
        .unwrap();
    let count = "SELECT COUNT(*) FROM orders";
    let mut held = reader.begin().await.unwrap();
    sqlx::query(count).execute(&mut *held).await.unwrap();
    let url = folder.url("a.db");
    let let_go_when_asked = async {
        // Who waits to be alone with the file keeps new readers out.
        for _ in 0..20_000 {
            if sqlx::query(count).execute(&mut other).await.is_err() {
                break;
            }
        }
        held.rollback().await.unwrap();
    };
    let (journal, ()) = tokio::join!(SqliteJournal::connect(&url), let_go_when_asked);
    let journal = journal.unwrap();
    let mode = journal.database.read_on_writer("PRAGMA journal_mode").await;
    assert_eq!(mode, "wal");
}

#[tokio::test]
async fn who_waited_in_line_too_long_is_sent_away() {
    let patience = Patience::default();
    let mut journal = SqliteJournal::connect_with("sqlite::memory:", patience)
        .await
        .unwrap();
    journal.database.lose_patience();
    let error = journal.open(intent("a")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Journal);
    assert!(error.detail().contains("overloaded"));
}

#[tokio::test]
async fn a_full_disk_is_an_error_and_the_journal_recovers() {
    let folder = Folder::new();
    let journal = SqliteJournal::connect(&folder.url("a.db")).await.unwrap();
    journal.open(intent("a")).await.unwrap();
    journal
        .database
        .read_on_writer("PRAGMA max_page_count = 1")
        .await;
    let large = Change {
        body: "x".repeat(1 << 20),
        ..change(1)
    };
    let error = journal.advance("a", 1, large, Some("s")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Journal);
    assert!(error.detail().contains("full"), "{error}");
    assert_eq!(journal.get("a").await.unwrap().unwrap().version, 1);
    assert!(journal.find("key:1").await.unwrap().is_none());
    assert_eq!(events(&journal).await, 0);

    let done = journal.advance("a", 1, change(1), Some("s")).await.unwrap();
    assert!(matches!(done, Advanced::Applied(_)), "{done:?}");
}

#[tokio::test]
async fn a_database_that_cannot_be_written_is_said_to_be_so() {
    let folder = Folder::new();
    let journal = SqliteJournal::connect(&folder.url("a.db")).await.unwrap();
    journal.open(intent("a")).await.unwrap();
    journal
        .database
        .read_on_writer("PRAGMA query_only = 1")
        .await;
    let error = journal.advance("a", 1, change(1), None).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Journal);
    assert!(error.detail().contains("read-only"), "{error}");
    assert_eq!(journal.get("a").await.unwrap().unwrap().version, 1);
}

#[tokio::test]
async fn every_connection_is_durable() {
    let folder = Folder::new();
    let journal = SqliteJournal::connect(&folder.url("a.db")).await.unwrap();
    for (pragma, value) in [
        ("PRAGMA synchronous", "2"),
        ("PRAGMA foreign_keys", "1"),
        ("PRAGMA busy_timeout", "10000"),
        ("PRAGMA journal_mode", "wal"),
    ] {
        let found = journal.database.read_on_writer(pragma).await;
        assert_eq!(found, value, "{pragma}");
    }
}

#[tokio::test]
async fn a_file_that_vanished_does_not_come_back_empty() {
    let folder = Folder::new();
    let journal = SqliteJournal::connect(&folder.url("a.db")).await.unwrap();
    std::fs::remove_file(folder.file("a.db")).unwrap();
    let error = journal.get("a").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Journal);
    assert!(!folder.file("a.db").exists());
}

#[cfg(unix)]
#[tokio::test]
async fn a_log_that_was_taken_away_is_noticed_before_anything_is_lost() {
    let folder = Folder::new();
    let url = folder.url("a.db");
    let journal = SqliteJournal::connect(&url).await.unwrap();
    journal.open(intent("a")).await.unwrap();
    // What another copy of SQLite does when it closes the file in this process: the log goes into the database, and away.
    journal
        .database
        .read_on_writer("PRAGMA wal_checkpoint(TRUNCATE)")
        .await;
    std::fs::remove_file(folder.file("a.db-wal")).unwrap();
    for _ in 0..2 {
        for refused in [
            journal.open(intent("b")).await.map(drop),
            journal.advance("a", 1, change(1), None).await.map(drop),
            journal.get("a").await.map(drop),
        ] {
            let error = refused.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Journal);
            assert!(error.detail().contains("write-ahead log"), "{error}");
        }
    }
    journal.close().await.unwrap();
    let journal = SqliteJournal::connect(&url).await.unwrap();
    assert!(journal.get("b").await.unwrap().is_none());
    journal.open(intent("b")).await.unwrap();
    let done = journal.advance("a", 1, change(1), None).await.unwrap();
    assert!(matches!(done, Advanced::Applied(_)), "{done:?}");
}

#[tokio::test]
async fn the_oldest_evidence_goes_first() {
    let journal = SqliteJournal::connect("sqlite::memory:").await.unwrap();
    for number in 0..5 {
        let kept = KeptEvidence {
            digest: number.to_string(),
            code: "expired".to_owned(),
            bytes: vec![0; 3],
            at: NOW,
        };
        journal
            .database
            .write(async |connection| evidence::keep(connection, kept, 3).await)
            .await
            .unwrap();
    }
    let kept = journal.evidence(10).await.unwrap();
    let digests: Vec<_> = kept.iter().map(|e| e.digest.as_str()).collect();
    assert_eq!(digests, ["4", "3", "2"]);
}

/// Polls a few times, then drops: what an executor of another language does when a caller gives up.
fn abandon<F: Future>(future: F, polls: usize) {
    let mut future: Pin<Box<F>> = Box::pin(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..polls {
        if future.as_mut().poll(&mut context).is_ready() {
            return;
        }
        std::thread::yield_now();
    }
}

#[test]
fn an_abandoned_future_did_all_or_nothing_and_needs_no_runtime() {
    let folder = Folder::new();
    let journal = drive(SqliteJournal::connect(&folder.url("a.db"))).unwrap();
    drive(journal.open(intent("a"))).unwrap();
    let mut version = 1;
    let (mut whole, mut nothing) = (0, 0);
    for round in 0..400_usize {
        let seen = format!("seen:{round}");
        let key = format!("round:{round}");
        let next = Change {
            new_keys: vec![key.clone()],
            events: vec![NewEvent {
                kind: "paid".to_owned(),
                body: key.clone(),
            }],
            ..plain("paid")
        };
        // The first is not even started, the last comes to its end.
        let polls = if round == 399 {
            usize::MAX
        } else {
            round * round / 20
        };
        abandon(journal.advance("a", version, next, Some(&seen)), polls);
        // A write waits for whatever the abandoned one left on the connection; it changes nothing itself.
        let asked = drive(journal.advance("a", u64::MAX, plain("x"), Some(&seen))).unwrap();
        let told = drive(journal.events(NOW, NOW, 1000)).unwrap();
        let row = drive(journal.get("a")).unwrap().unwrap();
        let found = drive(journal.find(&key)).unwrap().is_some();
        let applied = row.version == version + 1;
        assert!(applied || row.version == version);
        assert_eq!(asked == Advanced::SeenBefore, applied, "round {round}");
        assert_eq!(found, applied, "round {round}");
        assert_eq!(told.len(), usize::from(applied), "round {round}");
        for event in told {
            assert!(drive(journal.ack(event.id)).unwrap());
        }
        version = row.version;
        if applied {
            whole += 1;
        } else {
            nothing += 1;
        }
    }
    assert!(whole > 0 && nothing > 0, "{whole} whole, {nothing} nothing");
    drive(journal.close()).unwrap();
}

#[tokio::test]
async fn an_error_repeats_no_value() {
    let journal = SqliteJournal::connect("sqlite::memory:").await.unwrap();
    let secret = Intent {
        body: "SECRET".to_owned(),
        keys: vec!["SECRET-key".to_owned()],
        due: Some(Timestamp::from_unix(7)),
        ..intent("SECRET-id")
    };
    journal.open(secret).await.unwrap();
    let thief = Intent {
        keys: vec!["SECRET-key".to_owned()],
        ..intent("SECRET-other")
    };
    let conflict = journal.open(thief).await.unwrap_err();
    journal
        .database
        .read_on_writer("PRAGMA query_only = 1")
        .await;
    let refused = journal
        .advance("SECRET-id", 1, plain("SECRET"), Some("SECRET-seen"))
        .await
        .unwrap_err();
    for error in [conflict, refused] {
        let source = std::error::Error::source(&error).map(|s| format!("{s} {s:?}"));
        let all = format!("{error} {error:?} {source:?}");
        assert!(!all.contains("SECRET"), "{all}");
    }
}
