//! Tests that need the inside of the back end.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;
use std::time::Duration;

use netmile::engine::Journal;
use netmile::engine::journal::{Advanced, Change, Intent, KeptEvidence, NewEvent, Opened};
use netmile::time::Timestamp;
use netmile::{Error, ErrorKind};

use super::server::Patience;
use super::{PostgresJournal, evidence};
use crate::test_support::{NOW, Postgres, Proxy, Trick, change, intent, plain, raw};

/// A new database and its journal.
async fn fresh() -> (String, PostgresJournal) {
    let url = Postgres::shared().database();
    let journal = PostgresJournal::connect(&url).await.unwrap();
    (url, journal)
}

/// A journal that gives up soon.
async fn hasty(url: &str) -> PostgresJournal {
    let mut journal = PostgresJournal::connect(url).await.unwrap();
    journal.server.lose_patience(Patience {
        lock: Duration::from_millis(50),
        answer: Duration::from_secs(2),
        away: Duration::from_secs(1),
        ..Patience::default()
    });
    journal
}

/// The message as it goes over the wire; `READ COMMITTED` is another one.
const COMMIT: &str = "COMMIT\0";

/// What a setting of the session is.
async fn shown(journal: &PostgresJournal, name: &'static str) -> String {
    journal
        .server
        .read(move |connection| {
            Box::pin(async move {
                let value = sqlx::query_scalar("SELECT current_setting($1)")
                    .bind(name)
                    .fetch_one(connection)
                    .await?;
                Ok(value)
            })
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn every_session_is_durable_and_patient_for_a_while() {
    let (_, journal) = fresh().await;
    for (setting, value) in [
        ("synchronous_commit", "on"),
        ("lock_timeout", "10s"),
        ("statement_timeout", "15s"),
        ("idle_in_transaction_session_timeout", "15s"),
        ("default_transaction_isolation", "read committed"),
        ("application_name", "netmile"),
    ] {
        assert_eq!(shown(&journal, setting).await, value, "{setting}");
    }
}

#[tokio::test]
async fn what_the_database_prefers_does_not_make_a_journal_forgetful() {
    let server = Postgres::shared();
    let url = server.database();
    let name = url.rsplit_once('/').unwrap().1;
    let prefer =
        |setting: &str| server.order(&url, &format!("ALTER DATABASE {name} SET {setting}"));
    prefer("default_transaction_isolation = 'serializable'");
    prefer("default_transaction_read_only = on");
    for (preferred, used) in [
        ("off", "on"),
        ("local", "on"),
        ("remote_write", "on"),
        ("remote_apply", "remote_apply"),
    ] {
        server.order(
            &server.url("postgres"),
            &format!("ALTER DATABASE {name} SET synchronous_commit = '{preferred}'"),
        );
        let journal = PostgresJournal::connect(&url).await.unwrap();
        assert_eq!(shown(&journal, "synchronous_commit").await, used);
        let isolation = shown(&journal, "default_transaction_isolation").await;
        assert_eq!(isolation, "read committed");
        journal.open(intent(preferred)).await.unwrap();
    }
}

#[tokio::test]
async fn a_child_of_the_process_is_told_to_connect_again() {
    let (_, mut journal) = fresh().await;
    journal.open(intent("a")).await.unwrap();
    journal.server.pretend_opened_by(std::process::id() + 1);
    let later = NOW.plus_seconds(60);
    let evidence = KeptEvidence {
        digest: String::new(),
        code: String::new(),
        bytes: Vec::new(),
        at: NOW,
    };
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
        journal.close().await,
    ] {
        let error = refused.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Journal);
        assert!(error.detail().contains("connect again after fork"));
    }
}

#[tokio::test]
async fn a_row_that_stays_locked_is_an_error_that_may_be_retried() {
    let url = Postgres::shared().database();
    let journal = hasty(&url).await;
    journal.open(intent("a")).await.unwrap();
    let mut other = raw(&url).await;
    sqlx::raw_sql("BEGIN; SELECT 1 FROM netmile_rows FOR UPDATE")
        .execute(&mut other)
        .await
        .unwrap();

    let error = journal.advance("a", 1, change(1), None).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Journal);
    assert!(error.is_retryable());
    assert!(error.detail().contains("locked"), "{error}");
    assert!(std::error::Error::source(&error).is_some());
    let row = journal.get("a").await.unwrap().unwrap();
    assert_eq!(row.version, 1, "readers are not locked out");
    let leased = journal.lease(NOW, NOW, 9).await.unwrap();
    assert!(leased.is_empty(), "nor are those who look for work");

    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
    let done = journal.advance("a", 1, change(1), None).await.unwrap();
    assert!(matches!(done, Advanced::Applied(_)));
}

#[tokio::test]
async fn who_waited_in_line_too_long_is_sent_away() {
    let url = Postgres::shared().database();
    let mut journal = PostgresJournal::connect(&url).await.unwrap();
    journal.server.lose_patience(Patience {
        line: Duration::ZERO,
        ..Patience::default()
    });
    let mut other = raw(&url).await;
    journal.open(intent("a")).await.unwrap();
    sqlx::raw_sql("BEGIN; SELECT 1 FROM netmile_rows FOR UPDATE")
        .execute(&mut other)
        .await
        .unwrap();
    let journal = Arc::new(journal);
    let mut waiting = tokio::task::JoinSet::new();
    for _ in 0..5 {
        let journal = Arc::clone(&journal);
        waiting.spawn(async move { journal.advance("a", 1, change(1), None).await });
    }
    // One more than there are connections.
    let first = waiting.join_next().await.unwrap().unwrap().unwrap_err();
    assert!(first.detail().contains("overloaded"), "{first}");
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
    let rest = waiting.join_all().await;
    assert!(rest.iter().all(Result::is_ok));
}

#[tokio::test]
async fn the_oldest_evidence_goes_first() {
    let (_, journal) = fresh().await;
    for number in 0..5 {
        let kept = KeptEvidence {
            digest: number.to_string(),
            code: "expired".to_owned(),
            bytes: vec![0; 3],
            at: NOW,
        };
        journal
            .server
            .write(move |connection| {
                let kept = kept.clone();
                Box::pin(async move { evidence::keep(connection, &kept, 3).await })
            })
            .await
            .unwrap();
    }
    let kept = journal.evidence(10).await.unwrap();
    let digests: Vec<_> = kept.iter().map(|e| e.digest.as_str()).collect();
    assert_eq!(digests, ["4", "3", "2"]);
}

/// Everything that a caller may print.
fn printed(error: &Error) -> String {
    let source = std::error::Error::source(error).map(|s| format!("{s} {s:?}"));
    format!("{error} {error:?} {source:?}")
}

#[tokio::test]
async fn an_error_repeats_no_value() {
    let (url, journal) = fresh().await;
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
    assert_eq!(conflict.kind(), ErrorKind::Conflict);
    // The server quotes the whole row in the details of this one.
    sqlx::raw_sql("ALTER TABLE netmile_rows ADD CHECK (version < 2)")
        .execute(&mut raw(&url).await)
        .await
        .unwrap();
    let refused = journal
        .advance("SECRET-id", 1, plain("SECRET"), Some("SECRET-seen"))
        .await
        .unwrap_err();
    let hex: String = b"SECRET".iter().map(|b| format!("{b:02x}")).collect();
    for error in [conflict, refused] {
        let all = printed(&error);
        assert!(!all.contains("SECRET") && !all.contains(&hex), "{all}");
    }
}

#[tokio::test]
async fn a_server_that_is_away_for_longer_is_an_error_that_may_be_retried() {
    let patience = Patience {
        away: Duration::from_millis(100),
        ..Patience::default()
    };
    for url in [
        "postgres://u:SECRET@127.0.0.1:1/x",
        "postgres:///x?user=u&password=SECRET&host=/nowhere",
    ] {
        let refused = PostgresJournal::connect_with(url, patience).await;
        let error = refused.err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Journal);
        assert!(error.is_retryable());
        assert!(error.attempts() > 1, "{error:?}");
        assert!(error.detail().contains("cannot be reached"), "{error}");
        assert!(!printed(&error).contains("SECRET"));
    }
}

#[tokio::test]
async fn the_answer_to_a_commit_is_lost() {
    let (url, direct) = fresh().await;
    let proxy = Proxy::before(&url).await;
    let journal = PostgresJournal::connect(&proxy.url).await.unwrap();
    direct.open(intent("a")).await.unwrap();
    let mut version = 1;
    // Whether the server got the commit or not, the caller hears the same and may repeat.
    for (number, trick, happened) in [
        (1, Trick::CutAfter(COMMIT), true),
        (2, Trick::CutBefore(COMMIT), false),
    ] {
        proxy.play(trick);
        let lost = journal.advance("a", version, change(number), None).await;
        let lost = lost.unwrap_err();
        assert!(proxy.played());
        assert_eq!(lost.kind(), ErrorKind::Journal);
        assert!(lost.is_retryable());
        assert!(lost.detail().contains("repeat it"), "{lost}");
        let again = journal.advance("a", version, change(number), None).await;
        let again = again.unwrap();
        assert_eq!(
            matches!(&again, Advanced::Stale(row) if row.version == 2),
            happened
        );
        assert_eq!(
            matches!(&again, Advanced::Applied(row) if row.version == 3),
            !happened
        );
        version += 1;
        assert_eq!(direct.get("a").await.unwrap().unwrap().version, version);
    }
    let told = direct.events(NOW, NOW, 10).await.unwrap();
    assert_eq!(told.len(), 2, "each change has told its fact once");
}

#[tokio::test]
async fn every_verb_may_be_repeated_after_a_lost_answer() {
    let (url, direct) = fresh().await;
    let proxy = Proxy::before(&url).await;
    let journal = PostgresJournal::connect(&proxy.url).await.unwrap();
    let until = NOW.plus_seconds(60);
    let due = Intent {
        due: Some(NOW),
        ..intent("a")
    };
    let kept = KeptEvidence {
        digest: "d".to_owned(),
        code: "expired".to_owned(),
        bytes: vec![1],
        at: NOW,
    };
    let lose = || proxy.play(Trick::CutAfter(COMMIT));

    lose();
    journal.open(due.clone()).await.unwrap_err();
    let again = journal.open(due).await.unwrap();
    assert!(matches!(again, Opened::Existing(row) if row.version == 1));

    lose();
    journal.lease(NOW, until, 9).await.unwrap_err();
    assert!(journal.lease(NOW, until, 9).await.unwrap().is_empty());
    assert_eq!(journal.lease(until, until, 9).await.unwrap().len(), 1);

    lose();
    let noticed = journal.advance("a", 1, change(1), Some("notice")).await;
    noticed.unwrap_err();
    let again = journal.advance("a", 1, change(1), Some("notice")).await;
    assert_eq!(again.unwrap(), Advanced::SeenBefore);

    lose();
    journal.events(NOW, until, 9).await.unwrap_err();
    assert!(journal.events(NOW, until, 9).await.unwrap().is_empty());
    let told = journal.events(until, until, 9).await.unwrap();
    assert_eq!(told.len(), 1);

    lose();
    journal.ack(told[0].id).await.unwrap_err();
    assert!(!journal.ack(told[0].id).await.unwrap());

    lose();
    journal.keep(kept.clone()).await.unwrap_err();
    journal.keep(kept.clone()).await.unwrap();
    assert_eq!(direct.evidence(9).await.unwrap(), [kept]);
}

#[tokio::test]
async fn a_connection_that_breaks_before_the_commit_is_not_noticed() {
    let (url, direct) = fresh().await;
    let proxy = Proxy::before(&url).await;
    let journal = PostgresJournal::connect(&proxy.url).await.unwrap();
    direct.open(intent("a")).await.unwrap();
    let mut version = 1;
    // The first time each statement is prepared by its text, so that the proxy knows it.
    for (number, place) in ["BEGIN", "FOR UPDATE", "netmile_seen", "UPDATE netmile_rows"]
        .into_iter()
        .enumerate()
    {
        for trick in [Trick::CutBefore(place), Trick::CutAfter(place)] {
            let journal = PostgresJournal::connect(&proxy.url).await.unwrap();
            proxy.play(trick);
            let seen = format!("seen:{version}");
            let done = journal
                .advance("a", version, change(version), Some(&seen))
                .await;
            assert!(proxy.played(), "{number}");
            version += 1;
            assert!(
                matches!(done, Ok(Advanced::Applied(row)) if row.version == version),
                "{place}"
            );
        }
    }
    let told = direct.events(NOW, NOW, 100).await.unwrap();
    assert_eq!(told.len(), 8);
    proxy.play(Trick::CutBefore("BEGIN"));
    assert!(journal.get("a").await.unwrap().is_some());
}

#[tokio::test]
async fn a_server_that_falls_silent_is_an_error_and_lets_the_row_go() {
    let (url, direct) = fresh().await;
    direct.open(intent("a")).await.unwrap();
    let proxy = Proxy::before(&url).await;
    let journal = hasty(&proxy.url).await;
    for (place, says) in [
        (
            "UPDATE netmile_rows",
            "does not answer; nothing was written",
        ),
        (COMMIT, "whole or not at all"),
    ] {
        proxy.play(Trick::Freeze(place));
        let error = journal.advance("a", 1, change(1), None).await.unwrap_err();
        assert!(proxy.played());
        assert_eq!(error.kind(), ErrorKind::Journal);
        assert!(error.is_retryable());
        assert!(error.detail().contains(says), "{error}");
    }
    // The server ends the sessions that wait in a transaction for a message that does not come.
    let done = direct.advance("a", 1, change(1), None).await.unwrap();
    assert!(matches!(done, Advanced::Applied(row) if row.version == 2));
    assert_eq!(direct.events(NOW, NOW, 9).await.unwrap().len(), 1);
}

#[tokio::test]
async fn statements_from_before_somebody_changed_the_session_are_prepared_again() {
    let (_, journal) = fresh().await;
    journal.open(intent("a")).await.unwrap();
    journal
        .server
        .read(|connection| {
            Box::pin(async move {
                sqlx::raw_sql("DEALLOCATE ALL").execute(connection).await?;
                Ok(())
            })
        })
        .await
        .unwrap();
    let again = journal.open(intent("a")).await.unwrap();
    assert!(matches!(again, Opened::Existing(_)));
}

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

/// Polls once, then drops: what an executor of another language does when a caller gives up.
fn abandon<F: Future>(future: F) {
    let mut future: Pin<Box<F>> = Box::pin(future);
    let mut context = Context::from_waker(Waker::noop());
    assert!(future.as_mut().poll(&mut context).is_pending());
}

#[test]
fn an_abandoned_future_did_all_or_nothing_and_needs_no_runtime() {
    let url = Postgres::shared().database();
    let journal = drive(PostgresJournal::connect(&url)).unwrap();
    drive(journal.open(intent("a"))).unwrap();
    drop(journal.advance("a", 1, change(1), None));
    let row = drive(journal.get("a")).unwrap().unwrap();
    assert_eq!(row.version, 1, "what is not even started does nothing");
    for version in 1..=20 {
        let next = Change {
            new_keys: vec![format!("round:{version}")],
            events: vec![NewEvent {
                kind: "paid".to_owned(),
                body: version.to_string(),
            }],
            ..plain("paid")
        };
        abandon(journal.advance("a", version, next, None));
        // It goes on to its end; a change of the same row that comes later waits for it or is too early.
        let found = (0..1000).find(|_| {
            let asked = drive(journal.advance("a", u64::MAX, plain("x"), None)).unwrap();
            matches!(asked, Advanced::Stale(row) if row.version == version + 1)
        });
        assert!(found.is_some());
        let key = format!("round:{version}");
        assert!(drive(journal.find(&key)).unwrap().is_some());
    }
    let told = drive(journal.events(NOW, NOW, 1000)).unwrap();
    assert_eq!(told.len(), 20);
    abandon(journal.advance("a", 21, change(1), None));
    drive(journal.close()).unwrap();
    let after = drive(PostgresJournal::connect(&url)).unwrap();
    let row = drive(after.get("a")).unwrap().unwrap();
    assert_eq!(row.version, 22, "closing waits for what is under way");
}
