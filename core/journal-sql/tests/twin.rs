//! The SQL journals and the memory journal answer the same to the same calls.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod support;

use netmile::Result;
use netmile::engine::journal::{Change, KeptEvidence, NewEvent, Query};
use netmile::engine::{Journal, MemoryJournal};
use netmile_journal_sql::SqlJournal;
use support::{NOW, Place, intent, plain};

/// Numbers that are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn name(&mut self, what: &str) -> String {
        format!("{what}{}", self.roll(4))
    }
}

fn said<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Ok(value) => format!("{value:?}"),
        Err(error) => error.code().to_owned(),
    }
}

/// One call, and everything that came back. `Debug` of a row leaves the body out, so bodies are added.
async fn play(journal: &impl Journal, dice: &mut Dice) -> String {
    let mut now = NOW.plus_seconds(i64::try_from(dice.roll(100)).unwrap());
    if dice.roll(20) == 0 {
        // A clock that runs ahead, by more or less than a day.
        now = now.plus_seconds(i64::try_from(dice.roll(2 * 86_400)).unwrap());
    }
    let until = now.plus_seconds(i64::try_from(dice.roll(50)).unwrap());
    let limit = u32::try_from(dice.roll(5)).unwrap();
    let id = dice.name("row");
    let due = (dice.roll(2) == 0).then_some(now);
    match dice.roll(12) {
        0 | 1 => {
            let mut new = intent(&id);
            new.keys = vec![dice.name("key"), dice.name("key")];
            new.kind = dice.name("kind");
            new.due = due;
            said(journal.open(new).await)
        }
        2..=5 => {
            let from = 1 + dice.roll(6);
            let seen = (dice.roll(3) == 0).then(|| dice.name("seen"));
            let event = NewEvent {
                kind: dice.name("event"),
                body: now.to_string(),
            };
            let change = Change {
                body: dice.name("body"),
                new_keys: (0..dice.roll(3)).map(|_| dice.name("key")).collect(),
                due,
                events: vec![event; usize::try_from(dice.roll(3)).unwrap()],
                now,
                ..plain(&dice.name("phase"))
            };
            said(journal.advance(&id, from, change, seen.as_deref()).await)
        }
        6 => {
            let row = journal.get(&id).await;
            format!("{:?}", row.unwrap().map(|row| (row.body.clone(), row)))
        }
        7 => said(journal.find(&dice.name("key")).await),
        8 => {
            let query = Query {
                kind: dice.name("kind"),
                phases: (0..dice.roll(3)).map(|_| dice.name("phase")).collect(),
                after: (dice.roll(2) == 0).then_some(id),
                limit,
            };
            said(journal.list(query).await)
        }
        9 => said(journal.lease(now, until, limit).await),
        10 => {
            let told = journal.events(now, until, limit).await.unwrap();
            let bodies: Vec<_> = told.iter().map(|event| event.body.clone()).collect();
            let acked = match told.first() {
                Some(event) => said(journal.ack(event.id).await),
                None => said(journal.ack(1).await),
            };
            format!("{told:?} {bodies:?} {acked}")
        }
        _ => {
            let kept = KeptEvidence {
                digest: dice.name("digest"),
                code: dice.name("code"),
                bytes: vec![0, 255],
                at: now,
            };
            format!(
                "{} {}",
                said(journal.keep(kept).await),
                said(journal.evidence(limit).await)
            )
        }
    }
}

/// Plays the same games on both.
async fn answer_the_same(place: fn() -> Place, games: u64) {
    for seed in 1..=games {
        let place = place();
        let sql = SqlJournal::connect(&place.url).await.unwrap();
        let memory = MemoryJournal::new();
        let start = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let (mut one, mut other) = (Dice(start), Dice(start));
        for step in 0..150 {
            let from_sql = play(&sql, &mut one).await;
            let from_memory = play(&memory, &mut other).await;
            assert_eq!(from_sql, from_memory, "seed {seed}, step {step}");
        }
    }
}

#[tokio::test]
async fn sqlite_and_memory_answer_the_same() {
    answer_the_same(Place::memory, 40).await;
}

#[tokio::test]
async fn postgres_and_memory_answer_the_same() {
    answer_the_same(Place::postgres, 8).await;
}
