//! The journal on a PostgreSQL server: for a shop of several machines.

mod events;
mod evidence;
mod failure;
mod location;
mod rows;
mod schema;
mod server;
#[cfg(test)]
mod tests;
mod text;

use async_trait::async_trait;
use netmile::Result;
use netmile::engine::Journal;
use netmile::engine::journal::{
    Advanced, Change, EventId, Intent, KeptEvidence, Opened, OutboxEvent, Query, Row,
};
use netmile::time::Timestamp;

use crate::MAX_EVIDENCE;
use server::{Patience, Server};

pub(crate) use location::SCHEMES;
#[cfg(feature = "sqlite")]
pub(crate) use server::Work;

/// A journal in a PostgreSQL database.
///
/// A verb whose commit was answered by silence may be repeated: `open` then finds the row as it stands, `advance` is
/// stale or seen before, `ack` says false, `keep` keeps nothing new, and what was leased comes again after its lease.
pub(crate) struct PostgresJournal {
    pub(crate) server: Server,
}

impl PostgresJournal {
    pub(crate) async fn connect(url: &str) -> Result<Self> {
        Self::connect_with(url, Patience::default()).await
    }

    async fn connect_with(url: &str, patience: Patience) -> Result<Self> {
        let server = Server::open(url, patience).await?;
        Ok(Self { server })
    }

    pub(crate) async fn close(self) -> Result<()> {
        self.server.close().await
    }
}

// A step may be begun again, so each try gets its own copy of what it needs.
#[async_trait]
impl Journal for PostgresJournal {
    async fn open(&self, intent: Intent) -> Result<Opened> {
        self.server
            .write(move |connection| {
                let intent = intent.clone();
                Box::pin(async move { rows::open(connection, &intent).await })
            })
            .await
    }

    async fn advance(
        &self,
        id: &str,
        from: u64,
        change: Change,
        seen: Option<&str>,
    ) -> Result<Advanced> {
        let (id, seen) = (id.to_owned(), seen.map(str::to_owned));
        self.server
            .write(move |connection| {
                let (id, change, seen) = (id.clone(), change.clone(), seen.clone());
                Box::pin(async move {
                    rows::advance(connection, &id, from, &change, seen.as_deref()).await
                })
            })
            .await
    }

    async fn get(&self, id: &str) -> Result<Option<Row>> {
        let id = id.to_owned();
        self.server
            .read(move |connection| {
                let id = id.clone();
                Box::pin(async move { rows::get(connection, &id).await })
            })
            .await
    }

    async fn find(&self, key: &str) -> Result<Option<Row>> {
        let key = key.to_owned();
        self.server
            .read(move |connection| {
                let key = key.clone();
                Box::pin(async move { rows::find(connection, &key).await })
            })
            .await
    }

    async fn list(&self, query: Query) -> Result<Vec<Row>> {
        self.server
            .read(move |connection| {
                let query = query.clone();
                Box::pin(async move { rows::list(connection, &query).await })
            })
            .await
    }

    async fn lease_of(
        &self,
        prefixes: &[String],
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Row>> {
        let prefixes: Vec<Vec<u8>> = prefixes.iter().map(|p| p.as_bytes().to_vec()).collect();
        self.server
            .write(move |connection| {
                let prefixes = prefixes.clone();
                Box::pin(rows::lease(connection, prefixes, (now, until), limit))
            })
            .await
    }

    async fn events(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxEvent>> {
        self.server
            .write(move |connection| Box::pin(events::lease(connection, now, until, limit)))
            .await
    }

    async fn ack(&self, event: EventId) -> Result<bool> {
        self.server
            .write(move |connection| Box::pin(events::ack(connection, event)))
            .await
    }

    async fn keep(&self, evidence: KeptEvidence) -> Result<()> {
        self.server
            .write(move |connection| {
                let evidence = evidence.clone();
                Box::pin(async move { evidence::keep(connection, &evidence, MAX_EVIDENCE).await })
            })
            .await
    }

    async fn evidence(&self, limit: u32) -> Result<Vec<KeptEvidence>> {
        self.server
            .read(move |connection| Box::pin(evidence::newest(connection, limit)))
            .await
    }
}
