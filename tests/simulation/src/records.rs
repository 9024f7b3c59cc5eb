//! What the shop's journal holds, as seen by whoever watches its writes.

use std::collections::BTreeMap;
use std::task::Waker;

use netmile::engine::journal::Row;
use serde_json::Value;

/// One row.
#[derive(Clone, Debug)]
pub struct Record {
    /// When somebody should look, Unix seconds of the shop.
    pub due: Option<i64>,
    /// Taken by a worker until then.
    pub leased_until: i64,
    /// What it is searched by.
    pub phase: String,
    /// The state as JSON.
    pub body: String,
    /// Since when a step is open, nanoseconds of the flow.
    pub open_since: Option<u64>,
}

/// All rows, and who wants to know when they change.
#[derive(Debug, Default)]
pub struct Records {
    rows: BTreeMap<String, Record>,
    /// Events that nobody acknowledged.
    pub unacknowledged: usize,
    /// Counts changes.
    pub changes: u64,
    waiting: Vec<Waker>,
    /// The customer's first visit came before the answer.
    pub visited: bool,
    /// The customer's visits are planned.
    pub visits_planned: bool,
}

/// How long a step was open, and for how long it may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// Nanoseconds.
    pub open_for: u64,
    /// The row before.
    pub body: String,
}

impl Records {
    /// A row was written. What it says of a step that was open before and is no longer.
    pub fn written(&mut self, row: &Row, events: usize, now: u64) -> Option<Closed> {
        self.unacknowledged += events;
        self.changes += 1;
        let open = is_open(&row.phase);
        let before = self.rows.remove(&row.id);
        let same = |before: &&Record| open && doubts_a_sum(&before.body) == doubts_a_sum(&row.body);
        let going_on = before.as_ref().filter(same).and_then(|row| row.open_since);
        let since = before.as_ref().and_then(|before| before.open_since);
        let closed = match (since, before) {
            (Some(since), Some(before)) if going_on.is_none() => Some(Closed {
                open_for: now.saturating_sub(since),
                body: before.body,
            }),
            _ => None,
        };
        let record = Record {
            due: row.due.map(netmile::time::Timestamp::as_unix),
            leased_until: 0,
            phase: row.phase.clone(),
            body: row.body.clone(),
            open_since: open.then(|| going_on.unwrap_or(now)),
        };
        self.rows.insert(row.id.clone(), record);
        self.wake();
        closed
    }

    /// Rows were taken by a worker.
    pub fn leased(&mut self, rows: &[Row], until: i64) {
        for row in rows {
            if let Some(record) = self.rows.get_mut(&row.id) {
                record.leased_until = until;
            }
        }
        self.changes += 1;
        self.wake();
    }

    /// An event was acknowledged.
    pub fn acknowledged(&mut self) {
        self.unacknowledged = self.unacknowledged.saturating_sub(1);
    }

    /// When the next row may be taken, Unix seconds of the shop.
    #[must_use]
    pub fn next_due(&self) -> Option<i64> {
        let rows = self.rows.values();
        rows.filter_map(|row| row.due.map(|due| due.max(row.leased_until)))
            .min()
    }

    /// The row of a charge, or of what goes under a `tran_id`.
    #[must_use]
    pub fn of(&self, charge: &str) -> Option<&Record> {
        let mut rows = self.rows.iter();
        rows.find_map(|(id, row)| (id.rsplit([':', '/']).next() == Some(charge)).then_some(row))
    }

    /// The row of a payment.
    #[must_use]
    pub fn of_tracking(&self, tracking_id: &str) -> Option<&Record> {
        let named = format!("\"tracking_id\":\"{tracking_id}\"");
        self.rows.values().find(|row| row.body.contains(&named))
    }

    /// All rows.
    pub fn all(&self) -> impl Iterator<Item = (&String, &Record)> {
        self.rows.iter()
    }

    /// Wakes this one at the next change.
    pub fn wake_me(&mut self, waker: &Waker) {
        self.waiting.push(waker.clone());
    }

    /// Something changed.
    pub fn wake(&mut self) {
        for waker in self.waiting.drain(..) {
            waker.wake();
        }
    }
}

/// Whether the outcome of a step is open in rows of this phase.
#[must_use]
pub fn is_open(phase: &str) -> bool {
    matches!(phase, "sending" | "unknown" | "issuing")
}

/// Whether what is open is no step, but a sum of deposits that the gateway has to confirm.
fn doubts_a_sum(body: &str) -> bool {
    body.contains("\"doubt\":{")
}

/// Whether the open step of a row may be answered by a settlement file only.
#[must_use]
pub fn only_a_file_answers(body: &str, doubled: bool) -> bool {
    let Ok(value) = serde_json::from_str::<Value>(body) else {
        return false;
    };
    let at = |path: &str| value.pointer(path).cloned().unwrap_or(Value::Null);
    match at("/charge/pending/step").as_str() {
        Some("request") => {
            at("/charge/plan/ask_by_order") != Value::Bool(true)
                && at("/charge/plan/flow") != Value::String("commit".to_owned())
        }
        // An inquiry may tell a sum that fits neither, when the network doubled another refund.
        Some("partial_refund") => doubled || at("/charge/plan/ask_refunded") != Value::Bool(true),
        _ => false,
    }
}
