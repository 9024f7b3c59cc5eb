//! What every part of the mock shares: storage, clock, ids, client, faults.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction, pool::PoolConnection};

use crate::{
    api,
    clock::Clock,
    faults::FaultBook,
    ids,
    link::fields::Provenance,
    mask, office,
    options::{MockError, Options},
    scenario::{AdvertiserAnswer, Scenario},
    settlement::Desk,
    store::{self, ledger, notices, registrations, sessions},
    wire::form::Fields,
};

/// The shared state.
#[derive(Debug)]
pub(crate) struct Gateway {
    pub(crate) scenario: Scenario,
    pub(crate) clock: Clock,
    pub(crate) seed: u64,
    pub(crate) http: reqwest::Client,
    pub(crate) notice_timeout: Duration,
    pub(crate) faults: FaultBook,
    pub(crate) api: api::serve::Api,
    pub(crate) public_url: Option<String>,
    pub(crate) url: OnceLock<String>,
    pool: SqlitePool,
    locks: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
    advertisers: Mutex<HashMap<String, AdvertiserAnswer>>,
    /// Only one sweep of due work at a time.
    pub(crate) sweep: tokio::sync::Mutex<()>,
    /// NetMile's side of miles.
    pub(crate) miles: office::desk::Desk,
    /// The closed months.
    pub(crate) desk: tokio::sync::Mutex<Desk>,
}

/// One message for the log.
pub(crate) struct Logged<'a> {
    pub(crate) direction: &'static str,
    pub(crate) peer: &'static str,
    pub(crate) message: &'a str,
    pub(crate) merchant_id: &'a str,
    pub(crate) order_id: &'a str,
    pub(crate) fields: &'a Fields,
    pub(crate) provenance: Provenance,
    pub(crate) outcome: &'a str,
}

impl Gateway {
    pub(crate) async fn open(options: &Options) -> Result<Arc<Self>, MockError> {
        options.scenario.check()?;
        // Fails only when the process has a provider already, and then that one serves.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .build()?;
        let pool = store::open(options.database.as_deref()).await?;
        let mut conn = pool.acquire().await?;
        let advanced = store::get_meta(&mut conn, "advanced").await?.unwrap_or(0);
        sessions::abandon_settling(&mut conn, &options.scenario.codes.notice_refused).await?;
        let book = api::store::load(&mut conn, (&options.scenario).into(), options.seed).await?;
        let miles = office::desk::Desk::open(&mut conn, options).await?;
        drop(conn);
        let gateway = Arc::new(Self {
            scenario: options.scenario.clone(),
            clock: Clock::new(options.clock, advanced),
            seed: options.seed,
            http,
            notice_timeout: options.notice_timeout,
            faults: FaultBook::new(options.seed, &options.scenario.faults),
            api: api::serve::Api::new(book),
            public_url: options.public_url.clone(),
            url: OnceLock::new(),
            pool,
            locks: Mutex::default(),
            advertisers: Mutex::default(),
            sweep: tokio::sync::Mutex::default(),
            miles,
            desk: tokio::sync::Mutex::default(),
        });
        gateway.open_balances().await?;
        let mut conn = gateway.conn().await?;
        registrations::resume(&mut conn, gateway.clock.now()).await?;
        drop(conn);
        gateway.open_months().await?;
        Ok(gateway)
    }

    /// Credits the members' opening balances, once per database.
    pub(crate) async fn open_balances(&self) -> Result<(), MockError> {
        let mut tx = self.begin().await?;
        if store::get_meta(&mut tx, "opened").await?.is_none() {
            store::set_meta(&mut tx, "opened", 1).await?;
            for member in &self.scenario.members {
                let entry = ledger::NewEntry {
                    at: self.clock.now(),
                    member: Some(&member.login),
                    miles: i64::try_from(member.miles).unwrap_or(i64::MAX),
                    kind: "opening",
                    ..ledger::NewEntry::default()
                };
                ledger::add(&mut tx, entry).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }

    /// The one connection.
    pub(crate) async fn conn(&self) -> Result<PoolConnection<Sqlite>, MockError> {
        Ok(self.pool.acquire().await?)
    }

    /// A transaction on the one connection. Ask nothing of `self` that needs the
    /// connection while it is held.
    pub(crate) async fn begin(&self) -> Result<Transaction<'static, Sqlite>, MockError> {
        Ok(self.pool.begin().await?)
    }

    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }

    /// Where the mock listens.
    pub(crate) fn own_url(&self) -> &str {
        self.url.get().map_or("", String::as_str)
    }

    /// Where others reach it.
    pub(crate) fn visible_url(&self) -> &str {
        self.public_url.as_deref().unwrap_or(self.own_url())
    }

    pub(crate) async fn tracking_id(
        &self,
        conn: &mut SqliteConnection,
    ) -> Result<String, MockError> {
        Ok(ids::tracking_id(
            self.seed,
            store::next(conn, "tracking").await?,
        ))
    }

    pub(crate) async fn opaque_id(
        &self,
        conn: &mut SqliteConnection,
        purpose: &str,
    ) -> Result<String, MockError> {
        Ok(ids::opaque(
            self.seed,
            purpose,
            store::next(conn, purpose).await?,
        ))
    }

    /// The lock of one session: whoever settles it holds it until the merchant has answered.
    pub(crate) fn session_lock(&self, id: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
        // Locks nobody holds are forgotten, so that the map stays small.
        if locks.len() > 1_000 {
            locks.retain(|_, lock| Arc::strong_count(lock) > 1);
        }
        Arc::clone(locks.entry(id.to_owned()).or_default())
    }

    pub(crate) fn advertiser_answer(&self, id: &str) -> Option<AdvertiserAnswer> {
        let set = self
            .advertisers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(id)
            .copied();
        let known = self.scenario.advertisers.iter().find(|a| a.id == id)?;
        Some(set.unwrap_or(known.answer))
    }

    pub(crate) fn set_advertiser_answer(&self, id: &str, answer: AdvertiserAnswer) {
        self.advertisers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id.to_owned(), answer);
    }

    pub(crate) fn reset_switches(&self) {
        self.advertisers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
        self.faults.clear();
        for rule in &self.scenario.faults {
            self.faults.add(rule.clone());
        }
    }

    pub(crate) async fn log(
        &self,
        conn: &mut SqliteConnection,
        message: Logged<'_>,
    ) -> Result<(), MockError> {
        tracing::info!(
            direction = message.direction,
            peer = message.peer,
            message = message.message,
            outcome = message.outcome,
        );
        let entry = notices::LogEntry {
            id: 0,
            at: self.clock.now(),
            direction: message.direction.to_owned(),
            peer: message.peer.to_owned(),
            message: message.message.to_owned(),
            merchant_id: message.merchant_id.chars().take(100).collect(),
            order_id: message.order_id.chars().take(100).collect(),
            fields: mask::fields(message.fields),
            provenance: message.provenance,
            outcome: message.outcome.to_owned(),
        };
        notices::log(conn, &entry).await
    }
}
