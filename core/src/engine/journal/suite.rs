//! The one behaviour suite that every journal must pass, whoever wrote it.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")] async fn main() {
//! use netmile::engine::{MemoryJournal, journal::suite};
//! let report = suite::run(&|| async { Ok(MemoryJournal::new()) }).await;
//! assert!(report.failures.is_empty(), "{:?}", report.failures);
//! # }
//! ```

use std::future::Future;

use super::{Advanced, Change, Intent, Journal, KeptEvidence, NewEvent, Opened, Query, Row};
use crate::error::{ErrorKind, Result};
use crate::time::Timestamp;

/// What came out of [`run`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Cases that held.
    pub passed: usize,
    /// What did not hold, as `case: what`.
    pub failures: Vec<String>,
}

type Outcome = std::result::Result<(), String>;

/// Runs every case, each on a fresh journal that `make` gives.
pub async fn run<J, F>(make: &impl Fn() -> F) -> Report
where
    J: Journal,
    F: Future<Output = Result<J>>,
{
    let mut report = Report::default();
    macro_rules! cases {
        ($($case:ident),+ $(,)?) => { $(
            let outcome = match make().await {
                Ok(journal) => $case(&journal).await,
                Err(error) => Err(format!("no journal: {error}")),
            };
            match outcome {
                Ok(()) => report.passed += 1,
                Err(what) => report.failures.push(format!("{}: {what}", stringify!($case))),
            }
        )+ };
    }
    cases!(
        a_row_is_recorded_once,
        a_row_is_found_by_its_keys,
        a_key_belongs_to_one_row,
        a_change_counts_the_version_up,
        a_stale_change_writes_nothing,
        a_seen_key_writes_nothing_the_second_time,
        a_seen_key_wins_over_a_stale_version,
        a_refused_change_leaves_nothing_behind,
        an_unknown_row_cannot_be_changed,
        events_come_in_order_until_acknowledged,
        an_event_waits_for_the_earlier_ones_of_its_row,
        a_leased_event_comes_again_after_its_lease,
        due_rows_are_leased_once,
        a_change_ends_the_lease,
        rows_are_listed_by_phase_and_in_pages,
        evidence_is_kept_once,
        text_is_kept_to_the_byte,
    );
    report
}

const NOW: Timestamp = Timestamp::from_unix(1_700_000_000);

fn intent(id: &str) -> Intent {
    Intent {
        id: id.to_owned(),
        kind: "purchase".to_owned(),
        phase: "open".to_owned(),
        body: "{}".to_owned(),
        keys: vec![format!("order:{id}-1")],
        due: None,
        now: NOW,
    }
}

fn change(phase: &str) -> Change {
    Change {
        phase: phase.to_owned(),
        body: format!("{{\"phase\":\"{phase}\"}}"),
        new_keys: Vec::new(),
        due: None,
        events: Vec::new(),
        now: NOW,
    }
}

fn telling(phase: &str) -> Change {
    Change {
        events: vec![NewEvent {
            kind: phase.to_owned(),
            body: "{}".to_owned(),
        }],
        ..change(phase)
    }
}

fn holds(what: &str, condition: bool) -> Outcome {
    condition.then_some(()).ok_or_else(|| what.to_owned())
}

fn done<T>(result: Result<T>) -> std::result::Result<T, String> {
    result.map_err(|error| error.to_string())
}

async fn opened(journal: &impl Journal, id: &str) -> std::result::Result<Row, String> {
    match done(journal.open(intent(id)).await)? {
        Opened::New(row) => Ok(row),
        Opened::Existing(_) => Err("a fresh journal has the row already".to_owned()),
    }
}

async fn applied(
    journal: &impl Journal,
    id: &str,
    from: u64,
    change: Change,
    seen: Option<&str>,
) -> std::result::Result<Row, String> {
    match done(journal.advance(id, from, change, seen).await)? {
        Advanced::Applied(row) => Ok(row),
        other => Err(format!("not applied: {other:?}")),
    }
}

async fn a_row_is_recorded_once(journal: &impl Journal) -> Outcome {
    let first = opened(journal, "a").await?;
    holds("the first version is 1", first.version == 1)?;
    applied(journal, "a", 1, change("paid"), None).await?;
    match done(journal.open(intent("a")).await)? {
        Opened::Existing(row) => holds("it is unchanged", row.phase == "paid" && row.version == 2),
        Opened::New(_) => Err("the row was recorded a second time".to_owned()),
    }
}

async fn a_row_is_found_by_its_keys(journal: &impl Journal) -> Outcome {
    opened(journal, "a").await?;
    let more = Change {
        new_keys: vec!["order:a-2".to_owned()],
        ..change("open")
    };
    applied(journal, "a", 1, more, None).await?;
    for key in ["order:a-1", "order:a-2"] {
        let row = done(journal.find(key).await)?;
        holds(
            key,
            row.is_some_and(|row| row.id == "a" && row.version == 2),
        )?;
    }
    holds(
        "no other key",
        done(journal.find("order:a-3").await)?.is_none(),
    )?;
    holds("by id", done(journal.get("a").await)?.is_some())?;
    holds("no other id", done(journal.get("b").await)?.is_none())
}

async fn a_key_belongs_to_one_row(journal: &impl Journal) -> Outcome {
    opened(journal, "a").await?;
    let thief = Intent {
        keys: vec!["order:a-1".to_owned()],
        ..intent("b")
    };
    let refused = journal.open(thief).await;
    holds(
        "conflict",
        refused.is_err_and(|error| error.kind() == ErrorKind::Conflict),
    )?;
    holds(
        "nothing was written",
        done(journal.get("b").await)?.is_none(),
    )
}

async fn a_change_counts_the_version_up(journal: &impl Journal) -> Outcome {
    opened(journal, "a").await?;
    let row = applied(journal, "a", 1, change("paid"), None).await?;
    holds(
        "the answer is the new row",
        row.version == 2 && row.phase == "paid" && row.body == "{\"phase\":\"paid\"}",
    )?;
    holds("it is stored", done(journal.get("a").await)? == Some(row))
}

async fn a_stale_change_writes_nothing(journal: &impl Journal) -> Outcome {
    opened(journal, "a").await?;
    applied(journal, "a", 1, change("paid"), None).await?;
    let stale = done(
        journal
            .advance("a", 1, telling("given_up"), Some("key"))
            .await,
    )?;
    holds(
        "it says how the row stands",
        matches!(stale, Advanced::Stale(row) if row.version == 2 && row.phase == "paid"),
    )?;
    let events = done(journal.events(NOW, NOW.plus_seconds(60), 10).await)?;
    holds("no event", events.is_empty())?;
    applied(journal, "a", 2, change("refunded"), Some("key"))
        .await
        .map(|_| ())
}

async fn a_seen_key_writes_nothing_the_second_time(journal: &impl Journal) -> Outcome {
    opened(journal, "a").await?;
    applied(journal, "a", 1, telling("paid"), Some("key")).await?;
    let again = done(journal.advance("a", 2, telling("paid"), Some("key")).await)?;
    holds("seen before", again == Advanced::SeenBefore)?;
    let events = done(journal.events(NOW, NOW.plus_seconds(60), 10).await)?;
    holds("one event", events.len() == 1)?;
    let row = done(journal.get("a").await)?;
    holds("one change", row.is_some_and(|row| row.version == 2))
}

async fn a_seen_key_wins_over_a_stale_version(journal: &impl Journal) -> Outcome {
    opened(journal, "a").await?;
    applied(journal, "a", 1, change("paid"), Some("key")).await?;
    let again = done(journal.advance("a", 1, change("paid"), Some("key")).await)?;
    holds("seen before", again == Advanced::SeenBefore)
}

async fn a_refused_change_leaves_nothing_behind(journal: &impl Journal) -> Outcome {
    opened(journal, "a").await?;
    opened(journal, "b").await?;
    let thief = Change {
        new_keys: vec!["fresh".to_owned(), "order:b-1".to_owned()],
        ..telling("paid")
    };
    let refused = journal.advance("a", 1, thief, Some("key")).await;
    holds(
        "conflict",
        refused.is_err_and(|error| error.kind() == ErrorKind::Conflict),
    )?;
    holds("no key", done(journal.find("fresh").await)?.is_none())?;
    let events = done(journal.events(NOW, NOW.plus_seconds(60), 10).await)?;
    holds("no event", events.is_empty())?;
    applied(journal, "a", 1, change("paid"), Some("key"))
        .await
        .map(|_| ())
}

async fn an_unknown_row_cannot_be_changed(journal: &impl Journal) -> Outcome {
    let refused = journal.advance("nobody", 1, change("paid"), None).await;
    holds(
        "unknown_order",
        refused.is_err_and(|error| error.kind() == ErrorKind::UnknownOrder),
    )
}

async fn events_come_in_order_until_acknowledged(journal: &impl Journal) -> Outcome {
    opened(journal, "a").await?;
    applied(journal, "a", 1, telling("first"), None).await?;
    applied(journal, "a", 2, telling("second"), None).await?;
    let until = NOW.plus_seconds(60);
    for (kind, limit) in [("first", 1), ("second", 10)] {
        let told = done(journal.events(NOW, until, limit).await)?;
        let kinds: Vec<_> = told.iter().map(|e| e.kind.as_str()).collect();
        holds("in order, each leased once", kinds == [kind])?;
        for event in &told {
            holds("of its row", event.row == "a" && event.at == NOW)?;
            holds("acknowledged", done(journal.ack(event.id).await)?)?;
            holds("only once", !done(journal.ack(event.id).await)?)?;
        }
    }
    let later = until.plus_seconds(60);
    let none = done(journal.events(later, later.plus_seconds(60), 10).await)?;
    holds("gone for good", none.is_empty())
}

/// A worker that died with `paid` must not be overtaken by `refunded`.
async fn an_event_waits_for_the_earlier_ones_of_its_row(journal: &impl Journal) -> Outcome {
    opened(journal, "a").await?;
    opened(journal, "b").await?;
    applied(journal, "a", 1, telling("first"), None).await?;
    let until = NOW.plus_seconds(60);
    let held = done(journal.events(NOW, until, 10).await)?;
    holds("the first is held", held.len() == 1)?;
    applied(journal, "a", 2, telling("second"), None).await?;
    applied(journal, "b", 1, telling("other"), None).await?;
    let kinds = async |now: Timestamp| {
        let told = done(journal.events(now, now.plus_seconds(60), 10).await)?;
        Ok::<_, String>(told.into_iter().map(|e| e.kind).collect::<Vec<_>>())
    };
    holds("other rows go on", kinds(NOW).await? == ["other"])?;
    let all = kinds(until).await?;
    holds("then in order", all == ["first", "second", "other"])?;
    holds("each leased once", kinds(until).await?.is_empty())
}

async fn a_leased_event_comes_again_after_its_lease(journal: &impl Journal) -> Outcome {
    opened(journal, "a").await?;
    applied(journal, "a", 1, telling("paid"), None).await?;
    let until = NOW.plus_seconds(60);
    let first = done(journal.events(NOW, until, 10).await)?;
    let early = done(journal.events(until.plus_seconds(-1), until, 10).await)?;
    let late = done(journal.events(until, until.plus_seconds(60), 10).await)?;
    holds("not before", early.is_empty())?;
    holds("then the same", first == late && first.len() == 1)
}

async fn due_rows_are_leased_once(journal: &impl Journal) -> Outcome {
    for (id, due) in [
        ("a", Some(20)),
        ("b", Some(10)),
        ("c", Some(99)),
        ("d", None),
    ] {
        let due = due.map(|seconds| NOW.plus_seconds(seconds));
        done(journal.open(Intent { due, ..intent(id) }).await)?;
    }
    let now = NOW.plus_seconds(20);
    let until = NOW.plus_seconds(50);
    let first = done(journal.lease(now, until, 1).await)?;
    let second = done(journal.lease(now, until, 10).await)?;
    let ids: Vec<_> = first.iter().chain(&second).map(|r| r.id.as_str()).collect();
    holds(
        "the due ones, most overdue first, each once",
        ids == ["b", "a"],
    )?;
    holds(
        "nothing is left",
        done(journal.lease(now, until, 10).await)?.is_empty(),
    )?;
    let again = done(journal.lease(until, until.plus_seconds(60), 10).await)?;
    holds("again after the lease", again.len() == 2)
}

async fn a_change_ends_the_lease(journal: &impl Journal) -> Outcome {
    let due = Some(NOW);
    done(journal.open(Intent { due, ..intent("a") }).await)?;
    let until = NOW.plus_seconds(60);
    done(journal.lease(NOW, until, 10).await)?;
    applied(
        journal,
        "a",
        1,
        Change {
            due,
            ..change("open")
        },
        None,
    )
    .await?;
    holds(
        "due again at once",
        done(journal.lease(NOW, until, 10).await)?.len() == 1,
    )?;
    applied(journal, "a", 2, change("paid"), None).await?;
    let later = until.plus_seconds(60);
    holds(
        "never without a due time",
        done(journal.lease(later, later.plus_seconds(1), 10).await)?.is_empty(),
    )
}

async fn rows_are_listed_by_phase_and_in_pages(journal: &impl Journal) -> Outcome {
    for id in ["c", "a", "b", "d"] {
        opened(journal, id).await?;
    }
    applied(journal, "b", 1, change("paid"), None).await?;
    applied(journal, "d", 1, change("refunded"), None).await?;
    let ask = |phases: &[&str], after: Option<&str>, limit| Query {
        kind: "purchase".to_owned(),
        phases: phases.iter().map(|&p| p.to_owned()).collect(),
        after: after.map(str::to_owned),
        limit,
    };
    let expected = [
        (ask(&[], None, 10), "a b c d"),
        (ask(&[], None, 2), "a b"),
        (ask(&[], Some("b"), 10), "c d"),
        (ask(&["paid", "refunded"], None, 10), "b d"),
        (ask(&["nothing"], None, 10), ""),
    ];
    for (query, ids) in expected {
        let asked = format!("{query:?}");
        let rows = done(journal.list(query).await)?;
        let got: Vec<_> = rows.iter().map(|row| row.id.as_str()).collect();
        holds(&asked, got.join(" ") == ids)?;
    }
    let other = Query {
        kind: "registration".to_owned(),
        ..ask(&[], None, 10)
    };
    holds("of its kind", done(journal.list(other).await)?.is_empty())
}

async fn evidence_is_kept_once(journal: &impl Journal) -> Outcome {
    let kept = |digest: &str, seconds| KeptEvidence {
        digest: digest.to_owned(),
        code: "expired".to_owned(),
        bytes: vec![0, 0x81, 0x60, 0xff],
        at: NOW.plus_seconds(seconds),
    };
    for evidence in [kept("x", 0), kept("y", 1), kept("x", 2)] {
        done(journal.keep(evidence).await)?;
    }
    let all = done(journal.evidence(10).await)?;
    holds(
        "newest first, each once",
        all == [kept("y", 1), kept("x", 0)],
    )?;
    holds("bounded", done(journal.evidence(1).await)?.len() == 1)
}

async fn text_is_kept_to_the_byte(journal: &impl Journal) -> Outcome {
    let body = "{\"name\":\"髙橋①～表ソ'\\\"; --\\u0000\"}";
    let row = Intent {
        body: body.to_owned(),
        ..intent("a")
    };
    done(journal.open(row).await)?;
    let stored = done(journal.get("a").await)?;
    holds("the body", stored.is_some_and(|row| row.body == body))
}
