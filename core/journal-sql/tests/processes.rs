//! Several threads and processes on one file or server, and processes that are killed while they write.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, Barrier, Mutex};

use netmile::ErrorKind;
use netmile::engine::Journal;
use netmile::engine::journal::{Advanced, Opened};
use netmile_journal_sql::SqlJournal;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use support::{Folder, NOW, Place, change, intent, on_both, plain, random, raw};

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
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
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

async fn with_row(url: &str) -> SqlJournal {
    let journal = SqlJournal::connect(url).await.unwrap();
    journal.open(intent("a")).await.unwrap();
    journal
}

on_both!(
    of_two_hundred_changes_from_one_version_one_is_applied,
    of_forty_who_record_the_same_row_one_is_first,
    of_forty_who_want_the_same_key_one_gets_it,
    two_threads_apply_each_version_once,
    two_processes_apply_each_version_once,
    a_key_seen_by_two_processes_is_applied_once,
    a_key_seen_for_two_rows_at_once_is_applied_to_one,
    no_event_and_no_row_is_leased_to_two_processes,
    the_facts_of_a_row_are_with_one_worker_at_a_time_and_in_order,
    a_killed_writer_leaves_whole_changes_only,
);

async fn two_journals(place: &Place) -> [Arc<SqlJournal>; 2] {
    let first = with_row(&place.url).await;
    let second = SqlJournal::connect(&place.url).await.unwrap();
    [Arc::new(first), Arc::new(second)]
}

async fn of_two_hundred_changes_from_one_version_one_is_applied(place: &Place) {
    let journals = two_journals(place).await;
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

async fn of_forty_who_record_the_same_row_one_is_first(place: &Place) {
    let journals = two_journals(place).await;
    let mut tries = tokio::task::JoinSet::new();
    for number in 0..40_usize {
        let journal = Arc::clone(&journals[number % 2]);
        tries.spawn(async move {
            let mut mine = intent("b");
            mine.body = number.to_string();
            (mine.body.clone(), journal.open(mine).await.unwrap())
        });
    }
    let answers = tries.join_all().await;
    let mut firsts = Vec::new();
    let mut bodies = BTreeSet::new();
    for (mine, opened) in answers {
        let row = match opened {
            Opened::New(row) => {
                firsts.push(mine);
                row
            }
            Opened::Existing(row) => row,
        };
        bodies.insert(row.body);
    }
    assert_eq!(firsts.len(), 1);
    assert_eq!(bodies.into_iter().collect::<Vec<_>>(), firsts);
}

async fn of_forty_who_want_the_same_key_one_gets_it(place: &Place) {
    let journals = two_journals(place).await;
    let mut tries = tokio::task::JoinSet::new();
    for number in 0..40_usize {
        let journal = Arc::clone(&journals[number % 2]);
        tries.spawn(async move {
            let mut mine = intent(&format!("row{number}"));
            // In both orders: whoever takes them as they come waits in a circle.
            mine.keys = vec!["one".to_owned(), "two".to_owned()];
            if number % 4 < 2 {
                mine.keys.reverse();
            }
            let opened = journal.open(mine.clone()).await;
            opened.map(|_| mine.id).map_err(|error| error.kind())
        });
    }
    let answers = tries.join_all().await;
    let got: Vec<_> = answers.iter().flatten().collect();
    assert_eq!(got.len(), 1);
    let refused = answers.iter().filter(|a| **a == Err(ErrorKind::Conflict));
    assert_eq!(refused.count(), 39, "{answers:?}");
    for key in ["one", "two"] {
        assert_eq!(
            journals[0].find(key).await.unwrap().as_ref().map(|r| &r.id),
            got.first().copied()
        );
    }
}

async fn two_threads_apply_each_version_once(place: &Place) {
    with_row(&place.url).await;
    let threads = [(); 2].map(|()| {
        let url = place.url.clone();
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

async fn two_processes_apply_each_version_once(place: &Place) {
    let journal = with_row(&place.url).await;
    let said = two_helpers("count", &place.url);
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

async fn a_key_seen_by_two_processes_is_applied_once(place: &Place) {
    let journal = with_row(&place.url).await;
    let said = two_helpers("seen", &place.url).concat();
    assert_eq!(said.len(), 50);
    assert_eq!(said.iter().filter(|s| *s == "applied").count(), 1);
    assert_eq!(said.iter().filter(|s| *s == "seen").count(), 49);
    assert_eq!(journal.get("a").await.unwrap().unwrap().version, 2);
    assert_eq!(journal.events(NOW, NOW, 10).await.unwrap().len(), 1);
}

async fn a_key_seen_for_two_rows_at_once_is_applied_to_one(place: &Place) {
    let journals = two_journals(place).await;
    journals[0].open(intent("b")).await.unwrap();
    for round in 1..=20_u64 {
        let mut answers = Vec::new();
        for row in ["a", "b"] {
            let version = journals[0].get(row).await.unwrap().unwrap().version;
            answers.push((row, version));
        }
        let mut tries = tokio::task::JoinSet::new();
        for (journal, (row, version)) in journals.iter().cloned().zip(answers) {
            tries.spawn(async move {
                let seen = format!("seen:{round}");
                let change = plain(row);
                journal.advance(row, version, change, Some(&seen)).await
            });
        }
        let answers = tries.join_all().await;
        let applied = |a: &&netmile::Result<Advanced>| matches!(a, Ok(Advanced::Applied(_)));
        let before = |a: &&netmile::Result<Advanced>| matches!(a, Ok(Advanced::SeenBefore));
        assert_eq!(answers.iter().filter(applied).count(), 1, "{answers:?}");
        assert_eq!(answers.iter().filter(before).count(), 1, "{answers:?}");
    }
}

async fn no_event_and_no_row_is_leased_to_two_processes(place: &Place) {
    let journal = with_row(&place.url).await;
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
        let said = two_helpers(role, &place.url).concat();
        let distinct: BTreeSet<_> = said.iter().collect();
        assert_eq!(said.len(), number, "{role}: none twice");
        assert_eq!(distinct.len(), number, "{role}: none left out");
    }
}

const TELLERS: usize = 4;
const TALKING_ROWS: usize = 3;
const FACTS: u64 = 40;

/// Writes one fact after the other.
async fn tell_facts(journal: Arc<SqlJournal>, row: String) {
    for version in 1..=FACTS {
        let mut next = change(version);
        next.new_keys.clear();
        let done = journal.advance(&row, version, next, None).await.unwrap();
        assert!(matches!(done, Advanced::Applied(_)));
    }
}

/// Takes facts until all are acknowledged. `held` says who is at which row at this moment.
async fn hear_facts(
    journal: Arc<SqlJournal>,
    me: usize,
    held: Arc<Mutex<BTreeMap<String, usize>>>,
    heard: Arc<Mutex<Vec<(String, u64)>>>,
) {
    let all = TALKING_ROWS * usize::try_from(FACTS).unwrap();
    for round in 0..MOST_CHANGES {
        if heard.lock().unwrap().len() == all {
            return;
        }
        let limit = 1 + u32::try_from(round % 3).unwrap();
        let until = NOW.plus_seconds(60);
        let told = journal.events(NOW, until, limit).await.unwrap();
        for event in &told {
            let holder = *held.lock().unwrap().entry(event.row.clone()).or_insert(me);
            assert_eq!(holder, me, "{event:?} is told to two workers at once");
        }
        tokio::task::yield_now().await;
        for (position, event) in told.iter().enumerate() {
            let number = event.body.parse().unwrap();
            heard.lock().unwrap().push((event.row.clone(), number));
            if told[position + 1..].iter().all(|e| e.row != event.row) {
                held.lock().unwrap().remove(&event.row);
            }
            assert!(journal.ack(event.id).await.unwrap());
        }
    }
}

async fn the_facts_of_a_row_are_with_one_worker_at_a_time_and_in_order(place: &Place) {
    let journals = two_journals(place).await;
    let rows: Vec<String> = (0..TALKING_ROWS).map(|n| format!("row{n}")).collect();
    let (held, heard) = (Arc::default(), Arc::default());
    let mut all = tokio::task::JoinSet::new();
    for row in &rows {
        journals[0].open(intent(row)).await.unwrap();
        all.spawn(tell_facts(Arc::clone(&journals[0]), row.clone()));
    }
    for me in 0..TELLERS {
        let journal = Arc::clone(&journals[me % 2]);
        all.spawn(hear_facts(
            journal,
            me,
            Arc::clone(&held),
            Arc::clone(&heard),
        ));
    }
    all.join_all().await;
    let heard = heard.lock().unwrap();
    for row in &rows {
        let facts: Vec<u64> = heard.iter().filter(|h| h.0 == *row).map(|h| h.1).collect();
        assert_eq!(facts, (1..=FACTS).collect::<Vec<_>>(), "{row}");
    }
}

/// Names and first-seen keys as they lie in the tables.
async fn counted(url: &str) -> (i64, i64) {
    let count = "SELECT (SELECT COUNT(*) FROM netmile_seen), (SELECT COUNT(*) FROM netmile_names)";
    if url.starts_with("postgres") {
        let mut raw = raw(url).await;
        return sqlx::query_as(count).fetch_one(&mut raw).await.unwrap();
    }
    let file = url.strip_prefix("sqlite://").unwrap();
    let mut raw = SqliteConnectOptions::new()
        .filename(file)
        .connect()
        .await
        .unwrap();
    let whole: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&mut raw)
        .await
        .unwrap();
    assert_eq!(whole, "ok");
    let counted = sqlx::query_as(count).fetch_one(&mut raw).await.unwrap();
    raw.close().await.unwrap();
    counted
}

/// The state of the row, the first-seen keys, the names and the outbox tell one story; how many changes it has.
async fn agree(url: &str) -> u64 {
    let journal = SqlJournal::connect(url).await.unwrap();
    // What a killed writer has left may still be on its way: a write waits for it.
    let probe = journal.advance("a", u64::MAX, plain("x"), None).await;
    assert!(matches!(probe, Ok(Advanced::Stale(_))));
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
    let (seen, names) = counted(url).await;
    assert_eq!(u64::try_from(seen).unwrap(), changes);
    assert_eq!(u64::try_from(names).unwrap(), changes + 1);
    changes
}

async fn a_killed_writer_leaves_whole_changes_only(place: &Place) {
    with_row(&place.url).await.close().await.unwrap();
    let mut before = 0;
    let mut cut_short = 0;
    for _ in 0..40 {
        let mut helper = Helper::start("write", &place.url);
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
        let changes = agree(&place.url).await;
        assert!(changes >= confirmed, "a confirmed change is lost");
        cut_short += usize::from(changes > confirmed);
        before = changes;
    }
    println!("{before} changes, {cut_short} kills between commit and confirmation");
    assert!(before >= 40, "the helpers wrote too little: {before}");
}
