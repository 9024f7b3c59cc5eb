//! A journal that is gone with the process: for tests and the first ten minutes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::{Mutex, MutexGuard};

use async_trait::async_trait;

use super::{
    Advanced, Change, EventId, Intent, Journal, KeptEvidence, Opened, OutboxEvent, Query, Row,
    is_free,
};
use crate::error::{Error, ErrorKind, Result};
use crate::time::Timestamp;

/// Keeps everything in memory. Not durable: never use it where money moves.
#[derive(Default)]
pub struct MemoryJournal(Mutex<State>);

#[derive(Default)]
struct State {
    rows: BTreeMap<String, Entry>,
    keys: BTreeMap<String, String>,
    seen: BTreeSet<String>,
    events: BTreeMap<EventId, (OutboxEvent, Timestamp)>,
    next_event: EventId,
    evidence: Vec<KeptEvidence>,
}

struct Entry {
    row: Row,
    leased_until: Timestamp,
}

impl MemoryJournal {
    /// An empty journal.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn state(&self) -> Result<MutexGuard<'_, State>> {
        self.0
            .lock()
            .map_err(|_| Error::new(ErrorKind::Journal, "a thread died while it wrote"))
    }
}

impl State {
    fn check_keys(&self, id: &str, keys: &[String]) -> Result<()> {
        if keys
            .iter()
            .any(|key| self.keys.get(key).is_some_and(|owner| owner != id))
        {
            return Err(Error::new(
                ErrorKind::Conflict,
                "a key belongs to another record",
            ));
        }
        Ok(())
    }
}

const EPOCH: Timestamp = Timestamp::from_unix(0);

#[async_trait]
impl Journal for MemoryJournal {
    async fn open(&self, intent: Intent) -> Result<Opened> {
        intent.check()?;
        let mut state = self.state()?;
        if let Some(entry) = state.rows.get(&intent.id) {
            return Ok(Opened::Existing(entry.row.clone()));
        }
        state.check_keys(&intent.id, &intent.keys)?;
        for key in intent.keys {
            state.keys.insert(key, intent.id.clone());
        }
        let row = Row {
            id: intent.id.clone(),
            kind: intent.kind,
            version: 1,
            phase: intent.phase,
            body: intent.body,
            due: intent.due,
        };
        state.rows.insert(
            intent.id,
            Entry {
                row: row.clone(),
                leased_until: EPOCH,
            },
        );
        Ok(Opened::New(row))
    }

    async fn advance(
        &self,
        id: &str,
        from: u64,
        change: Change,
        seen: Option<&str>,
    ) -> Result<Advanced> {
        change.check(seen)?;
        let mut state = self.state()?;
        let Some(entry) = state.rows.get(id) else {
            return Err(Error::new(ErrorKind::UnknownOrder, "no such record"));
        };
        if seen.is_some_and(|key| state.seen.contains(key)) {
            return Ok(Advanced::SeenBefore);
        }
        if entry.row.version != from {
            return Ok(Advanced::Stale(entry.row.clone()));
        }
        state.check_keys(id, &change.new_keys)?;
        for key in change.new_keys {
            state.keys.insert(key, id.to_owned());
        }
        if let Some(key) = seen {
            state.seen.insert(key.to_owned());
        }
        for event in change.events {
            state.next_event += 1;
            let event_id = state.next_event;
            let event = OutboxEvent {
                id: event_id,
                row: id.to_owned(),
                kind: event.kind,
                body: event.body,
                at: change.now,
            };
            state.events.insert(event_id, (event, EPOCH));
        }
        let Some(entry) = state.rows.get_mut(id) else {
            return Err(Error::new(ErrorKind::UnknownOrder, "no such record"));
        };
        entry.row.version += 1;
        entry.row.phase = change.phase;
        entry.row.body = change.body;
        entry.row.due = change.due;
        entry.leased_until = EPOCH;
        Ok(Advanced::Applied(entry.row.clone()))
    }

    async fn get(&self, id: &str) -> Result<Option<Row>> {
        Ok(self.state()?.rows.get(id).map(|entry| entry.row.clone()))
    }

    async fn find(&self, key: &str) -> Result<Option<Row>> {
        let state = self.state()?;
        let row = state.keys.get(key).and_then(|id| state.rows.get(id));
        Ok(row.map(|entry| entry.row.clone()))
    }

    async fn list(&self, query: Query) -> Result<Vec<Row>> {
        let state = self.state()?;
        let after = query.after.map_or(Bound::Unbounded, Bound::Excluded);
        let rows = state.rows.range((after, Bound::Unbounded));
        Ok(rows
            .map(|(_, entry)| &entry.row)
            .filter(|row| row.kind == query.kind)
            .filter(|row| query.phases.is_empty() || query.phases.contains(&row.phase))
            .take(query.limit as usize)
            .cloned()
            .collect())
    }

    async fn lease_of(
        &self,
        prefixes: &[String],
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Row>> {
        let mut state = self.state()?;
        let mut due: Vec<&mut Entry> = state
            .rows
            .values_mut()
            .filter(|entry| entry.row.due.is_some_and(|due| due <= now))
            .filter(|entry| {
                let begins = |prefix: &String| entry.row.id.starts_with(prefix.as_str());
                prefixes.is_empty() || prefixes.iter().any(begins)
            })
            .filter(|entry| is_free(entry.leased_until, now, until))
            .collect();
        due.sort_by(|a, b| (a.row.due, &a.row.id).cmp(&(b.row.due, &b.row.id)));
        Ok(due
            .into_iter()
            .take(limit as usize)
            .map(|entry| {
                entry.leased_until = until;
                entry.row.clone()
            })
            .collect())
    }

    async fn events(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxEvent>> {
        let mut state = self.state()?;
        let mut held = BTreeSet::new();
        Ok(state
            .events
            .values_mut()
            .filter(|(event, leased_until)| {
                let free = is_free(*leased_until, now, until);
                if !free {
                    held.insert(event.row.clone());
                }
                free && !held.contains(&event.row)
            })
            .take(limit as usize)
            .map(|(event, leased_until)| {
                *leased_until = until;
                event.clone()
            })
            .collect())
    }

    async fn ack(&self, event: EventId) -> Result<bool> {
        Ok(self.state()?.events.remove(&event).is_some())
    }

    async fn keep(&self, evidence: KeptEvidence) -> Result<()> {
        let mut state = self.state()?;
        if !state.evidence.iter().any(|e| e.digest == evidence.digest) {
            state.evidence.push(evidence);
        }
        Ok(())
    }

    async fn evidence(&self, limit: u32) -> Result<Vec<KeptEvidence>> {
        let state = self.state()?;
        Ok(state
            .evidence
            .iter()
            .rev()
            .take(limit as usize)
            .cloned()
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn behaves_as_every_journal_must() {
        let report = super::super::suite::run(&|| async { Ok(MemoryJournal::new()) }).await;
        assert_eq!(report.failures, Vec::<String>::new());
        assert!(report.passed >= 12);
    }
}
