//! Several threads and processes on one file, and processes that are killed while they write.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod support;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, Barrier};

use netmile::engine::Journal;
use netmile::engine::journal::{Advanced, Opened};
use netmile_journal_sql::SqlJournal;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use support::{Folder, NOW, change, intent, plain, random};

const ROLE: &str = "NETMILE_JOURNAL_ROLE";
const URL: &str = "NETMILE_JOURNAL_URL";

/// More than any test asks for; a helper that is not killed ends by itself.
const MOST_CHANGES: usize = 20_000;

/// How many new files two processes race for.
const FRESH: usize = 60;

fn say(what: impl std::fmt::Display) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n@{what}").unwrap();
    out.flush().unwrap();
}

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.build().unwrap()
}

fn wait_for_go() {
    say("ready");
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).unwrap();
}

/// Four threads open one file at the same time and write into it.
fn create_by_threads(url: &str) {
    let together = Barrier::new(4);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let runtime = runtime();
                together.wait();
                let opened = runtime.block_on(async {
                    let journal = SqlJournal::connect(url).await?;
                    journal.open(intent("a")).await
                });
                let new = matches!(opened.unwrap(), Opened::New(_));
                say(format_args!("{new} {url}"));
            });
        }
    });
}

/// The other processes of these tests are this test, started with a role.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn helper() {
    let Ok(role) = std::env::var(ROLE) else {
        return;
    };
    let url = std::env::var(URL).unwrap();
    if role == "create" {
        wait_for_go();
        for number in 0..FRESH {
            create_by_threads(&format!("{url}{number}"));
        }
        return;
    }
    let journal = SqlJournal::connect(&url).await.unwrap();
    wait_for_go();
    match role.as_str() {
        "count" => {
            for from in count(&journal, 100).await {
                say(from);
            }
        }
        "seen" => {
            for answer in offer_a_seen_key(Arc::new(journal), 25).await {
                say(answer);
            }
        }
        "events" => {
            let until = NOW.plus_seconds(60);
            for _ in 0..MOST_CHANGES {
                let told = journal.events(NOW, until, 3).await.unwrap();
                if told.is_empty() {
                    break;
                }
                for event in &told {
                    say(event.id);
                    assert!(journal.ack(event.id).await.unwrap());
                }
            }
        }
        "rows" => {
            let until = NOW.plus_seconds(60);
            for _ in 0..MOST_CHANGES {
                let due = journal.lease(NOW, until, 3).await.unwrap();
                if due.is_empty() {
                    break;
                }
                due.iter().for_each(|row| say(&row.id));
            }
        }
        "write" => {
            let mut from = journal.get("a").await.unwrap().unwrap().version;
            for _ in 0..MOST_CHANGES {
                let seen = format!("seen:{from}");
                let done = journal.advance("a", from, change(from), Some(&seen)).await;
                assert!(matches!(done.unwrap(), Advanced::Applied(_)));
                say(from);
                from += 1;
            }
        }
        other => panic!("no such role: {other}"),
    }
}

/// Changes the row until so many changes were ours; the versions they started from.
async fn count(journal: &SqlJournal, changes: usize) -> Vec<u64> {
    let mut ours = Vec::new();
    let mut from = 1;
    for _ in 0..MOST_CHANGES {
        if ours.len() == changes {
            break;
        }
        match journal.advance("a", from, change(from), None).await {
            Ok(Advanced::Applied(row)) => {
                ours.push(from);
                from = row.version;
            }
            Ok(Advanced::Stale(row)) => from = row.version,
            other => panic!("{other:?}"),
        }
    }
    ours
}

async fn offer_a_seen_key(journal: Arc<SqlJournal>, times: usize) -> Vec<&'static str> {
    let mut offers = tokio::task::JoinSet::new();
    for _ in 0..times {
        let journal = Arc::clone(&journal);
        offers.spawn(async move {
            let mut from = 1;
            for _ in 0..MOST_CHANGES {
                match journal.advance("a", from, change(1), Some("notice")).await {
                    Ok(Advanced::Applied(_)) => return "applied",
                    Ok(Advanced::SeenBefore) => return "seen",
                    Ok(Advanced::Stale(row)) => from = row.version,
                    Err(error) => panic!("{error}"),
                }
            }
            panic!("always stale");
        });
    }
    offers.join_all().await
}

/// A second process, killed when the test is over.
struct Helper {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Helper {
    fn start(role: &str, url: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["helper", "--exact", "--nocapture"])
            .env(ROLE, role)
            .env(URL, url)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let mut helper = Self { child, out };
        assert_eq!(helper.hear().as_deref(), Some("ready"));
        helper
    }

    fn go(&mut self) {
        let mut stdin = self.child.stdin.take().unwrap();
        stdin.write_all(b"go\n").unwrap();
    }

    /// The next line that the helper says; the test harness around it talks too.
    fn hear(&mut self) -> Option<String> {
        let mut line = String::new();
        while self.out.read_line(&mut line).ok()? > 0 {
            // A line without its end was cut by the kill.
            if let Some(said) = line.strip_prefix('@').and_then(|s| s.strip_suffix('\n')) {
                return Some(said.to_owned());
            }
            line.clear();
        }
        None
    }

    fn finish(mut self) -> Vec<String> {
        let said = std::iter::from_fn(|| self.hear()).collect();
        assert!(self.child.wait().unwrap().success());
        said
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// What both helpers say when they run at the same time.
fn two_helpers(role: &str, url: &str) -> [Vec<String>; 2] {
    let mut helpers = [Helper::start(role, url), Helper::start(role, url)];
    helpers.iter_mut().for_each(Helper::go);
    helpers.map(Helper::finish)
}

async fn with_row(folder: &Folder) -> (String, SqlJournal) {
    let url = folder.url("a.db");
    let journal = SqlJournal::connect(&url).await.unwrap();
    journal.open(intent("a")).await.unwrap();
    (url, journal)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_hundred_changes_from_one_version_one_is_applied() {
    let folder = Folder::new();
    let (url, first) = with_row(&folder).await;
    let second = SqlJournal::connect(&url).await.unwrap();
    let journals = [Arc::new(first), Arc::new(second)];
    let mut tries = tokio::task::JoinSet::new();
    for number in 0..200_usize {
        let journal = Arc::clone(&journals[number % 2]);
        tries.spawn(async move { journal.advance("a", 1, change(1), None).await.unwrap() });
    }
    let answers = tries.join_all().await;
    let applied = |a: &&Advanced| matches!(a, Advanced::Applied(row) if row.version == 2);
    let stale = |a: &&Advanced| matches!(a, Advanced::Stale(row) if row.version == 2);
    assert_eq!(answers.iter().filter(applied).count(), 1);
    assert_eq!(answers.iter().filter(stale).count(), 199);
    let told = journals[0].events(NOW, NOW, 1000).await.unwrap();
    assert_eq!(told.len(), 1);
}

#[test]
fn two_threads_apply_each_version_once() {
    let folder = Folder::new();
    let url = folder.url("a.db");
    runtime().block_on(with_row(&folder));
    let threads = [(); 2].map(|()| {
        let url = url.clone();
        std::thread::spawn(move || {
            runtime().block_on(async {
                let journal = SqlJournal::connect(&url).await.unwrap();
                count(&journal, 100).await
            })
        })
    });
    let mut versions: Vec<u64> = threads
        .into_iter()
        .flat_map(|thread| thread.join().unwrap())
        .collect();
    versions.sort_unstable();
    assert_eq!(versions, (1..=200).collect::<Vec<_>>());
}

#[tokio::test]
async fn two_processes_apply_each_version_once() {
    let folder = Folder::new();
    let (url, journal) = with_row(&folder).await;
    let said = two_helpers("count", &url);
    let mut versions: Vec<u64> = said.iter().flatten().map(|v| v.parse().unwrap()).collect();
    versions.sort_unstable();
    assert_eq!(versions, (1..=200).collect::<Vec<_>>());
    assert_eq!(journal.get("a").await.unwrap().unwrap().version, 201);
    let told = journal.events(NOW, NOW, 1000).await.unwrap();
    let bodies: Vec<u64> = told.iter().map(|e| e.body.parse().unwrap()).collect();
    assert_eq!(bodies, versions, "events in the order of the changes");
}

#[test]
fn a_new_file_that_everybody_opens_at_once_is_created_once() {
    let folder = Folder::new();
    let said = two_helpers("create", &folder.url("fresh")).concat();
    assert_eq!(said.len(), 2 * 4 * FRESH);
    let first: BTreeSet<_> = said.iter().filter(|s| s.starts_with("true")).collect();
    assert_eq!(first.len(), FRESH, "every file has somebody who was first");
    let firsts = said.iter().filter(|s| s.starts_with("true")).count();
    assert_eq!(firsts, FRESH, "and nobody else was");
    let left = std::fs::read_dir(folder.path()).unwrap().filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().ends_with(".new")
    });
    assert_eq!(left.count(), 0);
}

#[tokio::test]
async fn a_key_seen_by_two_processes_is_applied_once() {
    let folder = Folder::new();
    let (url, journal) = with_row(&folder).await;
    let said = two_helpers("seen", &url).concat();
    assert_eq!(said.len(), 50);
    assert_eq!(said.iter().filter(|s| *s == "applied").count(), 1);
    assert_eq!(said.iter().filter(|s| *s == "seen").count(), 49);
    assert_eq!(journal.get("a").await.unwrap().unwrap().version, 2);
    assert_eq!(journal.events(NOW, NOW, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn no_event_and_no_row_is_leased_to_two_processes() {
    let folder = Folder::new();
    let (url, journal) = with_row(&folder).await;
    for number in 0..10 {
        let mut new = intent(&format!("due{number:02}"));
        new.due = Some(NOW);
        journal.open(new).await.unwrap();
        let mut many = change(1);
        many.new_keys.clear();
        many.events = vec![many.events[0].clone(); 10];
        journal.advance("a", number + 1, many, None).await.unwrap();
    }
    for (role, number) in [("events", 100), ("rows", 10)] {
        let said = two_helpers(role, &url).concat();
        let distinct: BTreeSet<_> = said.iter().collect();
        assert_eq!(said.len(), number, "{role}: none twice");
        assert_eq!(distinct.len(), number, "{role}: none left out");
    }
}

/// The state of the row, the first-seen keys, the names and the outbox tell one story; how many changes it has.
async fn agree(folder: &Folder, url: &str) -> u64 {
    let journal = SqlJournal::connect(url).await.unwrap();
    let row = journal.get("a").await.unwrap().unwrap();
    let changes = row.version - 1;
    if changes > 0 {
        let body: serde_json::Value = serde_json::from_str(&row.body).unwrap();
        assert_eq!(body["n"], changes);
    }
    for number in changes.max(1)..=changes + 1 {
        let written = number <= changes;
        let seen = format!("seen:{number}");
        let asked = journal
            .advance("a", u64::MAX, plain("x"), Some(&seen))
            .await;
        assert_eq!(asked.unwrap() == Advanced::SeenBefore, written, "{number}");
        let named = journal.find(&format!("key:{number}")).await.unwrap();
        assert_eq!(named.is_some(), written, "{number}");
    }
    let told = journal.events(NOW, NOW, u32::MAX).await.unwrap();
    let bodies: Vec<u64> = told.iter().map(|e| e.body.parse().unwrap()).collect();
    assert_eq!(bodies, (1..=changes).collect::<Vec<_>>());
    journal.close().await.unwrap();

    let options = SqliteConnectOptions::new().filename(folder.file("a.db"));
    let mut raw = options.connect().await.unwrap();
    let (seen, names): (i64, i64) = sqlx::query_as(
        "SELECT (SELECT COUNT(*) FROM netmile_seen), (SELECT COUNT(*) FROM netmile_names)",
    )
    .fetch_one(&mut raw)
    .await
    .unwrap();
    assert_eq!(u64::try_from(seen).unwrap(), changes);
    assert_eq!(u64::try_from(names).unwrap(), changes + 1);
    let whole: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&mut raw)
        .await
        .unwrap();
    assert_eq!(whole, "ok");
    raw.close().await.unwrap();
    changes
}

#[tokio::test]
async fn a_killed_writer_leaves_whole_changes_only() {
    let folder = Folder::new();
    let (url, journal) = with_row(&folder).await;
    journal.close().await.unwrap();
    let mut before = 0;
    let mut cut_short = 0;
    for _ in 0..40 {
        let mut helper = Helper::start("write", &url);
        helper.go();
        let mut confirmed = before;
        for _ in 0..random() % 16 {
            confirmed = helper.hear().unwrap().parse().unwrap();
        }
        for _ in 0..random() % 30_000 {
            std::hint::spin_loop();
        }
        helper.kill();
        while let Some(said) = helper.hear() {
            confirmed = said.parse().unwrap();
        }
        let changes = agree(&folder, &url).await;
        assert!(changes >= confirmed, "a confirmed change is lost");
        cut_short += usize::from(changes > confirmed);
        before = changes;
    }
    println!("{before} changes, {cut_short} kills between commit and confirmation");
    assert!(before >= 40, "the helpers wrote too little: {before}");
}
