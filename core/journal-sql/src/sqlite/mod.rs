//! The journal in a SQLite file: the durable default of a shop on one machine.

mod database;
mod events;
mod evidence;
mod failure;
mod location;
mod log;
mod rows;
mod schema;
#[cfg(test)]
mod tests;

use async_trait::async_trait;
use netmile::Result;
use netmile::engine::Journal;
use netmile::engine::journal::{
    Advanced, Change, EventId, Intent, KeptEvidence, Opened, OutboxEvent, Query, Row,
};
use netmile::time::Timestamp;

use crate::MAX_EVIDENCE;
use database::{Database, Patience};

#[cfg(feature = "postgres")]
pub(crate) use location::Location;
pub(crate) use location::SCHEME;

/// A journal in a SQLite database.
pub(crate) struct SqliteJournal {
    pub(crate) database: Database,
}

impl SqliteJournal {
    pub(crate) async fn connect(url: &str) -> Result<Self> {
        Self::connect_with(url, Patience::default()).await
    }

    async fn connect_with(url: &str, patience: Patience) -> Result<Self> {
        let database = Database::open(url, patience).await?;
        Ok(Self { database })
    }

    pub(crate) async fn close(self) -> Result<()> {
        self.database.close().await
    }
}

#[async_trait]
impl Journal for SqliteJournal {
    async fn open(&self, intent: Intent) -> Result<Opened> {
        self.database
            .write(async |connection| rows::open(connection, intent).await)
            .await
    }

    async fn advance(
        &self,
        id: &str,
        from: u64,
        change: Change,
        seen: Option<&str>,
    ) -> Result<Advanced> {
        self.database
            .write(async |connection| rows::advance(connection, id, from, change, seen).await)
            .await
    }

    async fn get(&self, id: &str) -> Result<Option<Row>> {
        self.database
            .read(async |connection| rows::get(connection, id).await)
            .await
    }

    async fn find(&self, key: &str) -> Result<Option<Row>> {
        self.database
            .read(async |connection| rows::find(connection, key).await)
            .await
    }

    async fn list(&self, query: Query) -> Result<Vec<Row>> {
        self.database
            .read(async |connection| rows::list(connection, query).await)
            .await
    }

    async fn lease_of(
        &self,
        prefixes: &[String],
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Row>> {
        self.database
            .write(async |connection| rows::lease(connection, prefixes, (now, until), limit).await)
            .await
    }

    async fn events(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxEvent>> {
        self.database
            .write(async |connection| events::lease(connection, now, until, limit).await)
            .await
    }

    async fn ack(&self, event: EventId) -> Result<bool> {
        self.database
            .write(async |connection| events::ack(connection, event).await)
            .await
    }

    async fn keep(&self, evidence: KeptEvidence) -> Result<()> {
        self.database
            .write(async |connection| evidence::keep(connection, evidence, MAX_EVIDENCE).await)
            .await
    }

    async fn evidence(&self, limit: u32) -> Result<Vec<KeptEvidence>> {
        self.database
            .read(async |connection| evidence::newest(connection, limit).await)
            .await
    }
}
