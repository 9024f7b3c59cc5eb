//! The shop's journal: the real one in memory, with crashes and failures around it.

use std::sync::Arc;

use async_trait::async_trait;
use netmile::engine::journal::{
    Advanced, Change, EventId, Intent, KeptEvidence, Opened, OutboxEvent, Query, Row,
};
use netmile::engine::{Journal, MemoryJournal};
use netmile::time::Timestamp;
use netmile::{Error, ErrorKind, Result};

use crate::clock::{sleep, step_aside};
use crate::fault::{CrashPoint, Fault};
use crate::plan::HOUR;
use crate::records::only_a_file_answers;
use crate::world::{Invariant, Shared};

/// A process's view of the journal.
#[derive(Clone)]
pub struct Ledger {
    /// What is written there survives everything.
    pub inner: Arc<MemoryJournal>,
    /// The world.
    pub shared: Shared,
    /// Whose view it is.
    pub process: usize,
}

/// What happens around one verb.
struct Around {
    crash: Option<CrashPoint>,
    fails: Option<Fault>,
    slow: bool,
}

impl Ledger {
    /// Before the verb.
    async fn before(&self) -> Result<Around> {
        let around = {
            let mut world = self.shared.lock();
            let number = world.verbs;
            world.verbs += 1;
            Around {
                crash: world.plan.crashes_at_journal.get(&number).copied(),
                fails: world.plan.journal.get(&number).copied(),
                slow: world.plan.slow_journal,
            }
        };
        self.linger(around.slow).await;
        if around.crash == Some(CrashPoint::BeforeJournal) {
            return self.die(CrashPoint::BeforeJournal).await;
        }
        if around.fails == Some(Fault::JournalBefore) {
            self.shared.lock().hit(Fault::JournalBefore);
            return Err(broken());
        }
        Ok(around)
    }

    /// After the verb, which wrote what it had to.
    async fn after<T>(&self, around: Around, result: Result<T>) -> Result<T> {
        if around.crash == Some(CrashPoint::AfterJournal) {
            return self.die(CrashPoint::AfterJournal).await;
        }
        self.linger(around.slow).await;
        if around.fails == Some(Fault::JournalAfter) {
            self.shared.lock().hit(Fault::JournalAfter);
            return Err(broken());
        }
        result
    }

    async fn linger(&self, slow: bool) {
        let wait = {
            let mut world = self.shared.lock();
            match world.dice.below(8) {
                0..4 => None,
                4 if slow => Some(world.dice.between(1, 200_000_000)),
                _ => Some(0),
            }
        };
        match wait {
            None => {}
            Some(0) => step_aside().await,
            Some(nanos) => sleep(&self.shared, nanos).await,
        }
    }

    async fn die<T>(&self, point: CrashPoint) -> T {
        self.shared.lock().kill(self.process, point);
        std::future::pending().await
    }

    /// Watches a write.
    fn written(&self, verb: &str, row: &Row, events: usize) {
        let mut world = self.shared.lock();
        world.log(format_args!(
            "process {} {verb} {} v{} {} due={:?} events={events}",
            self.process,
            row.id,
            row.version,
            row.phase,
            row.due.map(Timestamp::as_unix),
        ));
        let now = world.now;
        let closed = world.records.written(row, events, now);
        // A look may come one round later than the bound.
        const ROUND: u64 = 25 * HOUR;
        if let Some(closed) = closed
            && closed.open_for > 24 * HOUR + ROUND
            && (closed.open_for > 75 * 24 * HOUR + ROUND
                || !only_a_file_answers(&closed.body, world.doubled_part))
        {
            let hours = closed.open_for / HOUR;
            let detail = format!("{}: a step was open for {hours} hours", row.id);
            world.broken(Invariant::EndsInTime, detail);
        }
    }
}

fn broken() -> Error {
    Error::new(ErrorKind::Journal, "the disk is full")
}

#[async_trait]
impl Journal for Ledger {
    async fn open(&self, intent: Intent) -> Result<Opened> {
        let around = self.before().await?;
        let opened = self.inner.open(intent).await;
        if let Ok(Opened::New(row)) = &opened {
            self.written("opens", row, 0);
        }
        self.after(around, opened).await
    }

    async fn advance(
        &self,
        id: &str,
        from: u64,
        change: Change,
        seen: Option<&str>,
    ) -> Result<Advanced> {
        let around = self.before().await?;
        let events = change.events.len();
        let advanced = self.inner.advance(id, from, change, seen).await;
        if let Ok(Advanced::Applied(row)) = &advanced {
            self.written("advances", row, events);
        }
        self.after(around, advanced).await
    }

    async fn get(&self, id: &str) -> Result<Option<Row>> {
        let around = self.before().await?;
        let row = self.inner.get(id).await;
        self.after(around, row).await
    }

    async fn find(&self, key: &str) -> Result<Option<Row>> {
        let around = self.before().await?;
        let row = self.inner.find(key).await;
        self.after(around, row).await
    }

    async fn list(&self, query: Query) -> Result<Vec<Row>> {
        let around = self.before().await?;
        let rows = self.inner.list(query).await;
        self.after(around, rows).await
    }

    async fn lease_of(
        &self,
        prefixes: &[String],
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Row>> {
        let around = self.before().await?;
        let rows = self.inner.lease_of(prefixes, now, until, limit).await;
        if let Ok(rows) = &rows
            && !rows.is_empty()
        {
            let mut world = self.shared.lock();
            world.records.leased(rows, until.as_unix());
        }
        self.after(around, rows).await
    }

    async fn events(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxEvent>> {
        let around = self.before().await?;
        let events = self.inner.events(now, until, limit).await;
        self.after(around, events).await
    }

    async fn ack(&self, event: EventId) -> Result<bool> {
        let around = self.before().await?;
        let known = self.inner.ack(event).await;
        if let Ok(true) = known {
            self.shared.lock().records.acknowledged();
        }
        self.after(around, known).await
    }

    async fn keep(&self, evidence: KeptEvidence) -> Result<()> {
        let around = self.before().await?;
        let kept = self.inner.keep(evidence).await;
        self.after(around, kept).await
    }

    async fn evidence(&self, limit: u32) -> Result<Vec<KeptEvidence>> {
        let around = self.before().await?;
        let kept = self.inner.evidence(limit).await;
        self.after(around, kept).await
    }
}
