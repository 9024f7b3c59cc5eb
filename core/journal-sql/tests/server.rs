//! A PostgreSQL server and what can happen to it: several at its door, restarts, ended sessions, rights, TLS.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use netmile::engine::Journal;
use netmile::engine::journal::{Advanced, Opened};
use netmile::{Error, ErrorKind};
use netmile_journal_sql::SqlJournal;
use support::{NOW, Postgres, Proxy, change, intent, raw};

/// Everything that a caller may print.
fn printed(error: &Error) -> String {
    let source = std::error::Error::source(error).map(|s| format!("{s} {s:?}"));
    format!("{error} {error:?} {source:?}")
}

fn password(url: &str) -> &str {
    url.split(['@', ':']).nth(2).unwrap()
}

async fn one(url: &str, sql: &'static str) -> i64 {
    let mut raw = raw(url).await;
    sqlx::query_scalar(sql).fetch_one(&mut raw).await.unwrap()
}

#[tokio::test]
async fn eight_who_come_first_at_once_make_the_tables_once() {
    for _ in 0..5 {
        let url = Postgres::shared().database();
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let url = url.clone();
                std::thread::spawn(move || {
                    let runtime = tokio::runtime::Builder::new_current_thread().build();
                    runtime.unwrap().block_on(async {
                        let journal = SqlJournal::connect(&url).await.unwrap();
                        matches!(journal.open(intent("a")).await, Ok(Opened::New(_)))
                    })
                })
            })
            .collect();
        let first: usize = threads
            .into_iter()
            .map(|thread| usize::from(thread.join().unwrap()))
            .sum();
        assert_eq!(first, 1);
        assert_eq!(one(&url, "SELECT COUNT(*) FROM netmile_schema").await, 1);
    }
}

#[tokio::test]
async fn a_newer_schema_is_refused_and_left_alone() {
    let server = Postgres::shared();
    let url = server.database();
    let journal = SqlJournal::connect(&url).await.unwrap();
    journal.close().await.unwrap();
    server.order(&url, "INSERT INTO netmile_schema (version) VALUES (99)");
    let error = SqlJournal::connect(&url).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Journal);
    assert!(error.detail().contains("version 99"), "{error}");
    assert!(error.detail().contains("newer library"), "{error}");
    assert_eq!(one(&url, "SELECT COUNT(*) FROM netmile_schema").await, 2);
}

#[tokio::test]
async fn the_database_may_have_another_encoding() {
    let server = Postgres::shared();
    let name = "old_shop";
    server.order(
        &server.url("postgres"),
        &format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'EUC_JP' LOCALE 'C'"),
    );
    let journal = SqlJournal::connect(&server.url(name)).await.unwrap();
    let mut odd = intent("😀\0髙①～");
    odd.body = "{\"name\":\"𠮷野家😀\"}".to_owned();
    journal.open(odd.clone()).await.unwrap();
    let row = journal.get(&odd.id).await.unwrap().unwrap();
    assert_eq!(row.body, odd.body);
}

#[tokio::test]
async fn a_user_who_may_only_read_and_write_rows_is_enough_once_the_tables_are_there() {
    let server = Postgres::shared();
    let url = server.database();
    let role = format!("clerk_{}", url.rsplit_once('_').unwrap().1);
    server.order(&url, &format!("CREATE ROLE {role} LOGIN PASSWORD 'SECRET'"));
    let (_, rest) = url.split_once('@').unwrap();
    let as_clerk = format!("postgres://{role}:SECRET@{rest}");

    let error = SqlJournal::connect(&as_clerk).await.unwrap_err();
    assert!(error.detail().contains("lacks rights"), "{error}");
    let journal = SqlJournal::connect(&url).await.unwrap();
    journal.close().await.unwrap();
    let tables = "netmile_rows, netmile_names, netmile_seen, netmile_events, netmile_evidence";
    server.order(
        &url,
        &format!(
            "GRANT SELECT ON netmile_schema TO {role}; \
             GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO {role}"
        ),
    );
    let journal = SqlJournal::connect(&as_clerk).await.unwrap();
    journal.open(intent("a")).await.unwrap();
    journal.advance("a", 1, change(1), Some("s")).await.unwrap();
    let told = journal.events(NOW, NOW, 9).await.unwrap();
    assert!(journal.ack(told[0].id).await.unwrap());
}

#[tokio::test]
async fn who_is_not_let_in_hears_why_but_no_password() {
    let server = Postgres::shared();
    let url = server.database();
    let (start, rest) = url.split_once('@').unwrap();
    let (user, _) = start.rsplit_once(':').unwrap();
    for (url, says) in [
        (format!("{user}:SECRET@{rest}"), "password"),
        (format!("{user}@{rest}"), "password"),
        (server.url("nowhere"), "no such database"),
        (
            format!("{start}@192.0.2.1/x?sslmode=disable"),
            "verify-full",
        ),
    ] {
        let error = SqlJournal::connect(&url).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
        assert!(error.detail().contains(says), "{error}");
        let all = printed(&error);
        assert!(!all.contains("SECRET"), "{all}");
        assert!(!all.contains(password(&server.url("x"))), "{all}");
    }
}

#[tokio::test]
async fn tls_checks_the_authority_and_the_name() {
    let server = Postgres::shared();
    let url = server.database();
    let authority = server.authority();
    let verified = format!("{url}?sslmode=verify-full");
    let known = format!("{verified}&sslrootcert={authority}");

    let journal = SqlJournal::connect(&known).await.unwrap();
    journal.open(intent("a")).await.unwrap();
    let encrypted = "SELECT COUNT(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
        WHERE application_name = 'netmile' AND datname = current_database() AND ssl";
    assert_eq!(one(&url, encrypted).await, 1);

    let by_name = known.replace("127.0.0.1", "localhost");
    SqlJournal::connect(&by_name).await.unwrap();

    let error = SqlJournal::connect(&verified).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Journal, "{error}");
    assert!(error.detail().contains("known authority"), "{error}");
    assert!(!printed(&error).contains(password(&url)));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn tls_refuses_a_certificate_for_another_name() {
    let server = Postgres::shared();
    let url = server.database();
    let proxy = Proxy::listening_on("127.0.0.2", &url).await;
    let authority = server.authority();
    let url = format!("{}?sslmode=verify-full&sslrootcert={authority}", proxy.url);
    let error = SqlJournal::connect(&url).await.unwrap_err();
    assert!(error.detail().contains("host name"), "{error}");
    let url = format!("{}?sslmode=verify-ca&sslrootcert={authority}", proxy.url);
    SqlJournal::connect(&url).await.unwrap();
}

/// Changes the row until it has so many versions, whatever happens to the server; how often the caller had to repeat.
async fn persist(journal: Arc<SqlJournal>, versions: u64) -> usize {
    let mut from = 1;
    let mut repeated = 0;
    for _ in 0..10_000 {
        if from > versions {
            return repeated;
        }
        let seen = format!("seen:{from}");
        match journal.advance("a", from, change(from), Some(&seen)).await {
            Ok(Advanced::Applied(row) | Advanced::Stale(row)) => from = row.version,
            Ok(Advanced::SeenBefore) => {
                from = journal.get("a").await.unwrap().unwrap().version;
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Journal, "{error}");
                assert!(error.is_retryable());
                repeated += 1;
            }
        }
    }
    panic!("it takes too long");
}

async fn is_whole(url: &str, versions: u64) {
    let journal = SqlJournal::connect(url).await.unwrap();
    let row = journal.get("a").await.unwrap().unwrap();
    assert_eq!(row.version, versions + 1);
    let told = journal.events(NOW, NOW, u32::MAX).await.unwrap();
    let bodies: Vec<u64> = told.iter().map(|e| e.body.parse().unwrap()).collect();
    assert_eq!(bodies, (1..=versions).collect::<Vec<_>>());
    for table in [
        "SELECT COUNT(*) FROM netmile_seen",
        "SELECT COUNT(*) - 1 FROM netmile_names",
    ] {
        assert_eq!(one(url, table).await, i64::try_from(versions).unwrap());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_that_are_ended_at_any_moment_lose_and_double_nothing() {
    const VERSIONS: u64 = 300;
    let url = Postgres::shared().database();
    let journals = [
        Arc::new(SqlJournal::connect(&url).await.unwrap()),
        Arc::new(SqlJournal::connect(&url).await.unwrap()),
    ];
    journals[0].open(intent("a")).await.unwrap();
    let done = Arc::new(AtomicBool::new(false));
    let killer = tokio::spawn({
        let (url, done) = (url.clone(), Arc::clone(&done));
        async move {
            let mut raw = raw(&url).await;
            let (mut ended, mut next) = (0, 0);
            while !done.load(Ordering::SeqCst) {
                // Some progress between two blows.
                let (version, more): (i64, i64) = sqlx::query_as(
                    "SELECT version, (SELECT COUNT(pg_terminate_backend(pid)) FROM \
                     (SELECT pid FROM pg_stat_activity WHERE version >= $1 \
                      AND application_name = 'netmile' AND datname = current_database() \
                      AND state <> 'idle' ORDER BY random() LIMIT 2) victims) FROM netmile_rows",
                )
                .bind(next)
                .fetch_one(&mut raw)
                .await
                .unwrap();
                if more > 0 {
                    ended += more;
                    next = version + 5;
                }
            }
            ended
        }
    });
    let mut writers = tokio::task::JoinSet::new();
    for journal in &journals {
        for _ in 0..2 {
            writers.spawn(persist(Arc::clone(journal), VERSIONS));
        }
    }
    let repeated: usize = writers.join_all().await.into_iter().sum();
    done.store(true, Ordering::SeqCst);
    let ended = killer.await.unwrap();
    println!("{ended} sessions ended, {repeated} steps repeated by the caller");
    assert!(ended > 20, "{ended} sessions ended");
    is_whole(&url, VERSIONS).await;
}

#[tokio::test]
async fn a_session_ended_while_it_waits_in_a_transaction_begins_again() {
    let url = Postgres::shared().database();
    let journal = Arc::new(SqlJournal::connect(&url).await.unwrap());
    journal.open(intent("a")).await.unwrap();
    let mut other = raw(&url).await;
    sqlx::raw_sql("BEGIN; SELECT 1 FROM netmile_rows FOR UPDATE")
        .execute(&mut other)
        .await
        .unwrap();
    let waiting = tokio::spawn({
        let journal = Arc::clone(&journal);
        async move { journal.advance("a", 1, change(1), Some("s")).await }
    });
    let mut admin = raw(&url).await;
    for _ in 0..3 {
        let mut ended = 0;
        for _ in 0..100_000 {
            ended = sqlx::query_scalar::<_, i64>(
                "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity \
                 WHERE application_name = 'netmile' AND datname = current_database() \
                 AND wait_event_type = 'Lock'",
            )
            .fetch_one(&mut admin)
            .await
            .unwrap();
            if ended > 0 {
                break;
            }
        }
        assert_eq!(ended, 1);
    }
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
    let done = waiting.await.unwrap().unwrap();
    assert!(matches!(done, Advanced::Applied(row) if row.version == 2));
    assert_eq!(journal.events(NOW, NOW, 9).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_restarted_in_the_middle_loses_and_doubles_nothing() {
    const VERSIONS: u64 = 600;
    let server = Arc::new(Postgres::start());
    let url = server.database();
    let journal = Arc::new(SqlJournal::connect(&url).await.unwrap());
    journal.open(intent("a")).await.unwrap();
    let mut writers = tokio::task::JoinSet::new();
    for _ in 0..3 {
        writers.spawn(persist(Arc::clone(&journal), VERSIONS));
    }
    for (how, from) in [("crash", 50), ("shut", 250), ("crash", 450)] {
        for _ in 0..100_000 {
            let now = journal.get("a").await.unwrap().unwrap().version;
            assert!(now < VERSIONS, "too fast for this test");
            if now > from {
                break;
            }
        }
        let restarted = Arc::clone(&server);
        tokio::task::spawn_blocking(move || {
            restarted.control(how);
            restarted.control("again");
        })
        .await
        .unwrap();
    }
    let repeated: usize = writers.join_all().await.into_iter().sum();
    println!("{repeated} steps repeated by the caller");
    is_whole(&url, VERSIONS).await;
    assert!(!server.log().contains("SECRET"));
}
