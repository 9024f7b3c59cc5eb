//! Opening a journal: what is created, what is refused, what is kept.
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
use netmile::engine::journal::{
    Advanced, Change, Intent, KeptEvidence, NewEvent, Opened, Query, Row,
};
use netmile_journal_sql::{MAX_EVIDENCE_BYTES, SqlJournal};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use support::{Folder, NOW, change, intent, plain};

async fn raw(folder: &Folder, name: &str) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(folder.file(name));
    options.create_if_missing(true).connect().await.unwrap()
}

#[tokio::test]
async fn what_was_written_is_there_after_opening_again() {
    let folder = Folder::new();
    let url = folder.url("shop 店.db");
    let journal = SqlJournal::connect(&url).await.unwrap();
    journal.open(intent("a")).await.unwrap();
    journal.advance("a", 1, change(1), Some("s")).await.unwrap();
    journal.close().await.unwrap();

    let journal = SqlJournal::connect(&url).await.unwrap();
    assert_eq!(journal.get("a").await.unwrap().unwrap().version, 2);
    let again = journal.advance("a", 2, change(2), Some("s")).await.unwrap();
    assert_eq!(again, Advanced::SeenBefore);
    let told = journal.events(NOW, NOW, 10).await.unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].body, "1");
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_a_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let journal = SqlJournal::connect(&folder.url("a.db")).await.unwrap();
    journal.open(intent("a")).await.unwrap();
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{:?}", entry.file_name());
        names.push(entry.file_name().into_string().unwrap());
    }
    names.sort();
    assert_eq!(names, ["a.db", "a.db-shm", "a.db-wal"], "nothing else");

    let shared = folder.file("shared.db");
    std::fs::write(&shared, b"").unwrap();
    std::fs::set_permissions(&shared, std::fs::Permissions::from_mode(0o660)).unwrap();
    SqlJournal::connect(&folder.url("shared.db")).await.unwrap();
    let mode = std::fs::metadata(&shared).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o660, "a mode that somebody chose is kept");
}

#[tokio::test]
async fn a_wrong_place_is_a_configuration_error() {
    let folder = Folder::new();
    std::fs::create_dir(folder.file("folder")).unwrap();
    for (url, rule) in [
        (folder.url("missing/a.db"), "directory that exists"),
        (folder.url("folder"), "not a directory"),
        ("redis://here".to_owned(), "sqlite:"),
    ] {
        let error = SqlJournal::connect(&url).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{url}");
        assert!(error.detail().contains(rule), "{error}");
    }
    assert!(!folder.file("missing").exists());
}

#[tokio::test]
async fn a_newer_schema_is_refused_and_left_alone() {
    let folder = Folder::new();
    let url = folder.url("a.db");
    SqlJournal::connect(&url)
        .await
        .unwrap()
        .close()
        .await
        .unwrap();
    let mut other = raw(&folder, "a.db").await;
    sqlx::query("INSERT INTO netmile_schema (version) VALUES (99)")
        .execute(&mut other)
        .await
        .unwrap();
    other.close().await.unwrap();
    let error = SqlJournal::connect(&url).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Journal);
    assert!(error.detail().contains("version 99"), "{error}");
    assert!(error.detail().contains("newer library"), "{error}");
}

#[tokio::test]
async fn the_shop_may_keep_its_own_tables_in_the_file() {
    let folder = Folder::new();
    let mut shop = raw(&folder, "a.db").await;
    sqlx::raw_sql("CREATE TABLE orders (id TEXT); INSERT INTO orders VALUES ('mine')")
        .execute(&mut shop)
        .await
        .unwrap();
    let journal = SqlJournal::connect(&folder.url("a.db")).await.unwrap();
    journal.open(intent("a")).await.unwrap();
    let mine: String = sqlx::query_scalar("SELECT id FROM orders")
        .fetch_one(&mut shop)
        .await
        .unwrap();
    assert_eq!(mine, "mine");
}

#[tokio::test]
async fn a_damaged_file_is_named_as_such() {
    let folder = Folder::new();
    std::fs::write(folder.file("text.db"), "not a database ".repeat(1000)).unwrap();
    let mut half = b"SQLite format 3\0".to_vec();
    half.resize(3000, 0xff);
    std::fs::write(folder.file("half.db"), half).unwrap();
    SqlJournal::connect(&folder.url("holes.db"))
        .await
        .unwrap()
        .close()
        .await
        .unwrap();
    let mut holes = std::fs::read(folder.file("holes.db")).unwrap();
    holes[100..].fill(0xa5);
    std::fs::write(folder.file("holes.db"), holes).unwrap();
    for name in ["text.db", "half.db", "holes.db"] {
        let before = std::fs::read(folder.file(name)).unwrap();
        let error = SqlJournal::connect(&folder.url(name)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Journal, "{name}");
        assert!(error.detail().contains("damaged"), "{name}: {error}");
        let after = std::fs::read(folder.file(name)).unwrap();
        assert!(before == after, "{name} was written to");
    }
}

/// Plays the process without rights for [`a_file_without_write_permission_is_refused`].
#[tokio::test]
async fn without_rights() {
    let Ok(url) = std::env::var("NETMILE_JOURNAL_READ_ONLY") else {
        return;
    };
    let error = SqlJournal::connect(&url).await.unwrap_err();
    println!("\n@{}: {}", error.code(), error.detail());
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_file_without_write_permission_is_refused() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let folder = Folder::new();
    let url = folder.url("a.db");
    let journal = SqlJournal::connect(&url).await.unwrap();
    journal.open(intent("a")).await.unwrap();
    journal.close().await.unwrap();
    let chmod = |path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    chmod(folder.file("a.db"), 0o444);
    chmod(folder.path().to_owned(), 0o555);
    let mut child = std::process::Command::new("/proc/self/exe");
    child
        .args(["without_rights", "--exact", "--nocapture"])
        .current_dir("/")
        .env("NETMILE_JOURNAL_READ_ONLY", &url);
    // Permissions do not bind root: the child becomes nobody.
    if std::fs::metadata(folder.path()).unwrap().uid() == 0 {
        child.uid(65534).gid(65534);
    }
    let output = child.output().unwrap();
    chmod(folder.path().to_owned(), 0o755);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("@journal: the database is read-only"),
        "{said}"
    );
}

#[tokio::test]
async fn text_is_kept_whole_in_every_place() {
    let journal = SqlJournal::connect("sqlite::memory:").await.unwrap();
    let odd = |name: &str| format!("\0{name}\0😀髙①～\u{10ffff}'\"\\;--\r\n\0");
    let first = Intent {
        id: odd("id"),
        kind: odd("kind"),
        phase: odd("phase"),
        body: odd("body"),
        keys: vec![odd("key")],
        due: Some(NOW),
        now: NOW,
    };
    let Opened::New(row) = journal.open(first).await.unwrap() else {
        panic!("a fresh journal has the row already");
    };
    assert_eq!(journal.get(&row.id).await.unwrap(), Some(row.clone()));
    assert_eq!(journal.find(&odd("key")).await.unwrap(), Some(row.clone()));
    assert_eq!(journal.find("").await.unwrap(), None, "not cut at NUL");
    let listed = Query {
        kind: odd("kind"),
        phases: vec![odd("phase"), odd("phase")],
        after: None,
        limit: 10,
    };
    assert_eq!(journal.list(listed).await.unwrap(), vec![row.clone()]);
    let next = Change {
        body: odd("next"),
        events: vec![NewEvent {
            kind: odd("event"),
            body: odd("fact"),
        }],
        ..plain("paid")
    };
    let seen = odd("seen");
    let advanced = journal.advance(&row.id, 1, next, Some(&seen)).await;
    let Advanced::Applied(row) = advanced.unwrap() else {
        panic!("not applied");
    };
    assert_eq!(row.body, odd("next"));
    assert_eq!(journal.get(&row.id).await.unwrap(), Some(row.clone()));
    let told = journal.events(NOW, NOW, 10).await.unwrap();
    assert_eq!((&told[0].row, &told[0].kind), (&row.id, &odd("event")));
    assert_eq!(told[0].body, odd("fact"));
    let shorter = seen.trim_end_matches('\0');
    let other = journal
        .advance(&row.id, 2, plain("x"), Some(shorter))
        .await
        .unwrap();
    assert!(matches!(other, Advanced::Applied(_)), "another key");
}

#[tokio::test]
async fn rows_come_in_the_order_of_their_bytes() {
    let journal = SqlJournal::connect("sqlite::memory:").await.unwrap();
    let ids = [
        "", "\0", "10", "9", "B", "a", "a\0", "a\0b", "a\u{1}", "ab", "é", "～", "😀",
    ];
    for id in ids.iter().rev() {
        journal.open(intent(id)).await.unwrap();
    }
    for phases in [vec![], vec!["open".to_owned(), "none".to_owned()]] {
        let mut after: Option<String> = None;
        let mut got: Vec<Row> = Vec::new();
        for _ in 0..=ids.len() {
            let query = Query {
                kind: "purchase".to_owned(),
                phases: phases.clone(),
                after: after.clone(),
                limit: 2,
            };
            let page = journal.list(query).await.unwrap();
            assert!(page.len() <= 2);
            after = page.last().map(|row| row.id.clone()).or(after);
            got.extend(page);
        }
        let got: Vec<_> = got.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(got, ids);
    }
}

#[tokio::test]
async fn evidence_has_a_largest_size() {
    let journal = SqlJournal::connect("sqlite::memory:").await.unwrap();
    let kept = |size| KeptEvidence {
        digest: "d".to_owned(),
        code: "expired".to_owned(),
        bytes: vec![7; size],
        at: NOW,
    };
    let error = journal
        .keep(kept(MAX_EVIDENCE_BYTES + 1))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(error.field_name(), Some("bytes"));
    assert!(journal.evidence(10).await.unwrap().is_empty());
    journal.keep(kept(MAX_EVIDENCE_BYTES)).await.unwrap();
    assert_eq!(journal.evidence(10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_number_of_an_event_is_never_used_again() {
    let journal = SqlJournal::connect("sqlite::memory:").await.unwrap();
    journal.open(intent("a")).await.unwrap();
    let mut last = 0;
    for version in 1..5 {
        journal
            .advance("a", version, change(version), None)
            .await
            .unwrap();
        let told = journal.events(NOW, NOW, 10).await.unwrap();
        assert_eq!(told.len(), 1);
        assert!(told[0].id > last);
        last = told[0].id;
        assert!(journal.ack(last).await.unwrap());
    }
}
