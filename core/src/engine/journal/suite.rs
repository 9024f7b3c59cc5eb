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

use super::{
    Advanced, Change, Intent, Journal, KeptEvidence, MAX_KEY_BYTES, MAX_LABEL_BYTES,
    MAX_LEASE_SECONDS, NewEvent, Opened, Query, Row,
};
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
        a_seen_key_counts_for_every_row,
        a_row_may_be_given_its_own_keys_again,
        a_refused_change_leaves_nothing_behind,
        an_unknown_row_cannot_be_changed,
        events_come_in_order_until_acknowledged,
        an_event_waits_for_the_earlier_ones_of_its_row,
        a_leased_event_comes_again_after_its_lease,
        due_rows_are_leased_once,
        the_rows_of_others_stand_before_nobody,
        a_change_ends_the_lease,
        a_lease_of_a_clock_that_ran_ahead_is_none,
        nothing_is_taken_when_nothing_is_asked_for,
        rows_are_listed_by_phase_and_in_pages,
        rows_are_listed_in_the_order_of_their_bytes,
        evidence_is_kept_once,
        text_is_kept_to_the_byte,
        names_have_a_longest_length,
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

async fn a_seen_key_counts_for_every_row(journal: &impl Journal) -> Outcome {
    opened(journal, "a").await?;
    opened(journal, "b").await?;
    applied(journal, "a", 1, change("paid"), Some("key")).await?;
    let other = done(journal.advance("b", 1, telling("paid"), Some("key")).await)?;
    holds("seen before", other == Advanced::SeenBefore)?;
    let longer = Some("key\0");
    applied(journal, "b", 1, change("paid"), longer)
        .await
        .map(|_| ())
}

async fn a_row_may_be_given_its_own_keys_again(journal: &impl Journal) -> Outcome {
    let twice = Intent {
        keys: vec!["key".to_owned(), "key".to_owned()],
        ..intent("a")
    };
    holds(
        "twice at once",
        matches!(done(journal.open(twice).await)?, Opened::New(_)),
    )?;
    let again = Change {
        new_keys: vec!["key".to_owned(), "new".to_owned(), "key".to_owned()],
        ..change("paid")
    };
    applied(journal, "a", 1, again, None).await?;
    let row = done(journal.find("new").await)?;
    holds("and new ones with them", row.is_some_and(|r| r.id == "a"))
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

async fn the_rows_of_others_stand_before_nobody(journal: &impl Journal) -> Outcome {
    // What begins alike in letters but not in bytes, what only contains it, and what a pattern would match.
    let others = [
        "",
        "charge:1",
        "charge:10:a",
        "Charge:1:a",
        "xcharge:1:a",
        "charge_1:a",
        "\0charge:1:a",
    ];
    let own = ["charge:1:", "charge:1:\0a", "charge:1:é", "issue%_\0/T-1"];
    let prefixes = ["charge:1:".to_owned(), "issue%_\0/".to_owned()];
    for (seconds, id) in (0..).zip(others.iter().chain(&own)) {
        let due = Some(NOW.plus_seconds(seconds));
        done(journal.open(Intent { due, ..intent(id) }).await)?;
    }
    let now = NOW.plus_seconds(100);
    let until = NOW.plus_seconds(200);
    let first = done(journal.lease_of(&prefixes, now, until, 1).await)?;
    let rest = done(journal.lease_of(&prefixes, now, until, 100).await)?;
    let ids: Vec<_> = first.iter().chain(&rest).map(|r| r.id.as_str()).collect();
    holds("its own, most overdue first", ids == own)?;
    let nobody = ["refund:".to_owned()];
    holds(
        "nothing",
        done(journal.lease_of(&nobody, now, until, 100).await)?.is_empty(),
    )?;
    let rest = done(journal.lease_of(&[], now, until, 100).await)?;
    let ids: Vec<_> = rest.iter().map(|r| r.id.as_str()).collect();
    holds("the others were not taken", ids == others)
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

/// A clock that ran a year ahead must not lock its rows away for a year; a long lease of a right clock holds.
async fn a_lease_of_a_clock_that_ran_ahead_is_none(journal: &impl Journal) -> Outcome {
    let due = Some(NOW);
    done(journal.open(Intent { due, ..intent("a") }).await)?;
    let told = Change {
        due,
        ..telling("paid")
    };
    applied(journal, "a", 1, told, None).await?;
    let next_year = NOW.plus_seconds(365 * 86_400);
    let ahead = next_year.plus_seconds(60);
    holds(
        "taken by the clock that runs ahead",
        done(journal.lease(next_year, ahead, 9).await)?.len() == 1
            && done(journal.events(next_year, ahead, 9).await)?.len() == 1,
    )?;
    let longest = NOW.plus_seconds(MAX_LEASE_SECONDS);
    holds(
        "taken by a right one",
        done(journal.lease(NOW, longest, 9).await)?.len() == 1
            && done(journal.events(NOW, longest, 9).await)?.len() == 1,
    )?;
    for now in [NOW, NOW.plus_seconds(1), longest.plus_seconds(-1)] {
        holds(
            "and not again before its lease is over",
            done(journal.lease(now, now, 9).await)?.is_empty()
                && done(journal.events(now, now, 9).await)?.is_empty(),
        )?;
    }
    holds(
        "but then",
        done(journal.lease(longest, longest, 9).await)?.len() == 1
            && done(journal.events(longest, longest, 9).await)?.len() == 1,
    )
}

async fn nothing_is_taken_when_nothing_is_asked_for(journal: &impl Journal) -> Outcome {
    let due = Some(NOW);
    done(journal.open(Intent { due, ..intent("a") }).await)?;
    let told = Change {
        due,
        ..telling("paid")
    };
    applied(journal, "a", 1, told, None).await?;
    let until = NOW.plus_seconds(60);
    for (limit, number) in [(0, 0), (u32::MAX, 1)] {
        holds(
            "rows",
            done(journal.lease(NOW, until, limit).await)?.len() == number,
        )?;
        holds(
            "events",
            done(journal.events(NOW, until, limit).await)?.len() == number,
        )?;
        let all = Query {
            kind: "purchase".to_owned(),
            phases: vec!["paid".to_owned()],
            after: None,
            limit,
        };
        holds("list", done(journal.list(all).await)?.len() == number)?;
    }
    holds("evidence", done(journal.evidence(0).await)?.is_empty())?;
    holds("unknown event", !done(journal.ack(i64::MAX).await)?)
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

async fn rows_are_listed_in_the_order_of_their_bytes(journal: &impl Journal) -> Outcome {
    let ids = [
        "", "\0", "10", "9", "B", "a", "a\0", "a\0b", "a\u{1}", "ab", "é", "～", "😀",
    ];
    for id in ids.iter().rev() {
        opened(journal, id).await?;
    }
    for phases in [vec![], vec!["open".to_owned(), "none".to_owned()]] {
        let mut got: Vec<String> = Vec::new();
        for _ in 0..ids.len() {
            let page = Query {
                kind: "purchase".to_owned(),
                phases: phases.clone(),
                after: got.last().cloned(),
                limit: 2,
            };
            let page = done(journal.list(page).await)?;
            got.extend(page.into_iter().map(|row| row.id));
        }
        holds("each once, in order", got == ids)?;
    }
    Ok(())
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
    let odd = |name: &str| format!("\0{name}\0{{\"髙橋①～表ソ'\\\"; --\r\n😀\u{10ffff}\0");
    let intent = Intent {
        id: odd("id"),
        kind: odd("kind"),
        phase: odd("phase"),
        body: odd("body"),
        keys: vec![odd("key")],
        ..intent("a")
    };
    let id = intent.id.clone();
    done(journal.open(intent).await)?;
    let row = done(journal.get(&id).await)?.ok_or("no row")?;
    holds(
        "the row",
        [&row.id, &row.kind, &row.phase, &row.body].map(String::as_str)
            == [odd("id"), odd("kind"), odd("phase"), odd("body")],
    )?;
    holds("found", done(journal.find(&odd("key")).await)? == Some(row))?;
    holds(
        "not cut at NUL",
        done(journal.find("").await)?.is_none() && done(journal.get("").await)?.is_none(),
    )?;
    let all = Query {
        kind: odd("kind"),
        phases: vec![odd("phase")],
        after: None,
        limit: 9,
    };
    holds("listed", done(journal.list(all).await)?.len() == 1)?;
    let next = Change {
        body: odd("next"),
        events: vec![NewEvent {
            kind: odd("event"),
            body: odd("fact"),
        }],
        ..change("paid")
    };
    let row = applied(journal, &id, 1, next, Some(&odd("seen"))).await?;
    holds(
        "the change",
        row.body == odd("next") && done(journal.get(&id).await)? == Some(row),
    )?;
    let told = done(journal.events(NOW, NOW, 9).await)?;
    let told = told.first().ok_or("no event")?;
    holds(
        "the event",
        [&told.row, &told.kind, &told.body].map(String::as_str)
            == [odd("id"), odd("event"), odd("fact")],
    )
}

async fn names_have_a_longest_length(journal: &impl Journal) -> Outcome {
    let (key, label) = ("k".repeat(MAX_KEY_BYTES), "l".repeat(MAX_LABEL_BYTES));
    let longest = Intent {
        id: key.clone(),
        kind: label.clone(),
        phase: label.clone(),
        keys: vec![key.clone()],
        due: Some(NOW),
        ..intent("a")
    };
    done(journal.open(longest).await)?;
    let longest = Change {
        new_keys: vec![key.replace('k', "n")],
        ..telling(&label)
    };
    applied(journal, &key, 1, longest, Some(&key)).await?;

    let longer = |text: &str| format!("{text}+");
    let plain = || intent("b");
    for wrong in [
        Intent {
            id: longer(&key),
            ..plain()
        },
        Intent {
            kind: longer(&label),
            ..plain()
        },
        Intent {
            phase: longer(&label),
            ..plain()
        },
        Intent {
            keys: vec!["fine".to_owned(), longer(&key)],
            ..plain()
        },
    ] {
        let refused = journal.open(wrong).await;
        holds("too large", is_too_large(refused))?;
    }
    opened(journal, "b").await?;
    let long_key = longer(&key);
    let more = Change {
        new_keys: vec![long_key.clone()],
        ..change("paid")
    };
    for (wrong, seen) in [
        (change(&longer(&label)), None),
        (more, None),
        (change("paid"), Some(long_key.as_str())),
    ] {
        let refused = journal.advance("b", 1, wrong, seen).await;
        holds("too large", is_too_large(refused))?;
    }
    applied(journal, "b", 1, change("paid"), None)
        .await
        .map(|_| ())
}

fn is_too_large<T>(result: Result<T>) -> bool {
    result.is_err_and(|error| error.kind() == ErrorKind::TooLarge && error.field_name().is_some())
}
