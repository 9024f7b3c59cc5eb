//! Opening a journal in a file: what is created, what is refused, what is kept.
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
use netmile_journal_sql::SqlJournal;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use support::{Folder, intent};

async fn raw(folder: &Folder, name: &str) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(folder.file(name));
    options.create_if_missing(true).connect().await.unwrap()
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
        ("redis://SECRET@here".to_owned(), "must start with sqlite:"),
        (
            "Postgres://SECRET@here".to_owned(),
            "must start with sqlite:",
        ),
        (format!("sqlite://{}", "a".repeat(9000)), "at most 8192"),
    ] {
        let error = SqlJournal::connect(&url).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{url}");
        assert!(error.detail().contains(rule), "{error}");
        assert!(!format!("{error} {error:?}").contains("SECRET"));
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
