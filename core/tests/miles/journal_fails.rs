//! A journal that fails although it has written.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use netmile::engine::journal::{
    Advanced, Change, EventId, Intent, KeptEvidence, Opened, OutboxEvent, Query, Row,
};
use netmile::engine::{Journal, MemoryJournal};
use netmile::operation::Outcome;
use netmile::time::Timestamp;
use netmile::{Error, ErrorKind, Result};

use netmile::miles::file::CarrierDomains;

use super::support::*;

/// Says of the next so many changes that they failed, after making them.
struct Doubtful {
    inner: Arc<MemoryJournal>,
    failing: AtomicU32,
}

#[async_trait]
impl Journal for Doubtful {
    async fn open(&self, intent: Intent) -> Result<Opened> {
        self.inner.open(intent).await
    }

    async fn advance(
        &self,
        id: &str,
        from: u64,
        change: Change,
        seen: Option<&str>,
    ) -> Result<Advanced> {
        let advanced = self.inner.advance(id, from, change, seen).await?;
        let left = self.failing.load(Ordering::Relaxed);
        if left > 0 {
            self.failing.store(left - 1, Ordering::Relaxed);
            return Err(Error::new(ErrorKind::Journal, "the connection broke"));
        }
        Ok(advanced)
    }

    async fn get(&self, id: &str) -> Result<Option<Row>> {
        self.inner.get(id).await
    }

    async fn find(&self, key: &str) -> Result<Option<Row>> {
        self.inner.find(key).await
    }

    async fn list(&self, query: Query) -> Result<Vec<Row>> {
        self.inner.list(query).await
    }

    async fn lease_of(
        &self,
        prefixes: &[String],
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Row>> {
        self.inner.lease_of(prefixes, now, until, limit).await
    }

    async fn events(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxEvent>> {
        self.inner.events(now, until, limit).await
    }

    async fn ack(&self, event: EventId) -> Result<bool> {
        self.inner.ack(event).await
    }

    async fn keep(&self, evidence: KeptEvidence) -> Result<()> {
        self.inner.keep(evidence).await
    }

    async fn evidence(&self, limit: u32) -> Result<Vec<KeptEvidence>> {
        self.inner.evidence(limit).await
    }
}

/// Found by the simulation: an outcome that was written and taken for lost was told to nobody, ever.
#[tokio::test]
async fn an_outcome_whose_write_seems_to_fail_is_told_all_the_same() {
    let inner = Arc::new(MemoryJournal::new());
    let view = Arc::new(Doubtful {
        inner: Arc::clone(&inner),
        failing: AtomicU32::new(1),
    });
    let house = House::seeing(view, inner, CarrierDomains::default());
    house.script([issued()]);
    let outcome = house.client.miles().issue(&request()).await.unwrap();
    assert_eq!(outcome, Outcome::Done(expected()));
    assert_eq!(house.calls(), ["POST issuances"]);
}
