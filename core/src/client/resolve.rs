//! Bringing what is open to a known outcome: on a schedule, and after a crash.

use std::collections::HashSet;

use super::Client;
use super::purchases::Purchases;
use super::records::KIND as PURCHASE;
use crate::charge::{Charge, ChargePhase, SENDING};
use crate::engine::journal::{Change, Query, Row};
use crate::error::{Error, ErrorKind, Result};
use crate::exchange::{Exchange, ExchangePhase, ExchangeRequest};
use crate::flow::bulk::{CHUNK_KIND, OPEN as UPLOADS, uploads_of};
use crate::flow::transaction::{Held, row_id};
use crate::flow::{self, Open};
use crate::miles::batch::{ChunkPhase, ChunkRecord};
use crate::miles::{ByHand, ByHandRequest, Cancel, CancelRequest, Issue, IssueRequest};
use crate::purchase::Purchase;
use crate::reference::{Phase, Task, Transaction};

/// Rows that one call of [`Client::resolve`] looks at, and rows of a page.
const BATCH: u32 = 100;

/// Rows that one call of [`Client::resolve`] takes and does not look at, at most.
const PASSED_OVER: usize = 500;

/// What one call of [`Client::resolve`] looked at.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// Purchases that changed.
    pub purchases: Vec<Purchase>,
    /// Charges that were looked after; some may still be open.
    pub charges: Vec<Charge>,
    /// Issues of miles that were looked after; some may still be open.
    pub issues: Vec<Issue>,
    /// Issues by hand, the same.
    pub by_hand: Vec<ByHand>,
    /// Wishes to cancel issues, the same.
    pub cancels: Vec<Cancel>,
    /// Exchanges of points, the same.
    pub exchanges: Vec<Exchange>,
    /// Uploads of files, the same. What was refused is sent by the next run of its batch.
    pub uploads: Vec<ChunkRecord>,
    /// Rows that the journal handed out although this client has not their service or site. None as long as the journal
    /// keeps to [`lease_of`](crate::engine::Journal::lease_of).
    pub passed_over: usize,
}

/// What [`Client::recover`] found.
#[derive(Clone, Debug, Default)]
pub struct Recovered {
    /// Charges that were open and have a known outcome now.
    pub settled: Vec<Charge>,
    /// Charges that are still open; [`Client::resolve`] goes on with them.
    pub open: Vec<Charge>,
    /// Issues of miles that were open; some may still be.
    pub issues: Vec<Issue>,
    /// Issues by hand, the same.
    pub by_hand: Vec<ByHand>,
    /// Wishes to cancel issues, the same.
    pub cancels: Vec<Cancel>,
    /// Exchanges of points, the same.
    pub exchanges: Vec<Exchange>,
    /// Uploads of files, the same. What was refused is sent by the next run of its batch.
    pub uploads: Vec<ChunkRecord>,
    /// Open rows of a service or site that this client does not have: whoever has it has to look at them.
    pub passed_over: usize,
}

impl Client {
    /// Looks after whatever is due: notices that never came, calls whose outcome is unknown, slips that wait for their
    /// deposit. Call it every few seconds, from any number of workers; two of them never take the same row.
    ///
    /// Rows are taken one by one, each for at least [`Bounds::sending`](crate::charge::Bounds::sending), which is longer
    /// than a verb may last. An inquiry that is tried again and again at a gateway that hangs can last longer; another
    /// worker may then ask about the same row. What one of them writes the other does not write over.
    ///
    /// Rows of a service or site that this client does not have are not even taken, however many of them are due: they
    /// are left to the client that has it.
    ///
    /// # Errors
    /// `journal`; when one row cannot be resolved the others are all the same, and the first error is returned.
    pub async fn resolve(&self) -> Result<Resolved> {
        let settings = self.settings();
        let hold = settings.lease.max(settings.bounds.sending);
        let mut resolved = Resolved::default();
        let mut failed = None;
        let own = self.row_prefixes();
        if own.is_empty() {
            return Ok(resolved);
        }
        let (mut worked, mut passed_over) = (HashSet::new(), Vec::new());
        while worked.len() < BATCH as usize && passed_over.len() < PASSED_OVER {
            let now = self.now();
            let leased = self.journal().lease_of(&own, now, now.plus(hold), 1);
            let leased = leased.await;
            let row = match leased {
                Ok(mut rows) => rows.pop(),
                Err(error) => {
                    failed.get_or_insert(error);
                    None
                }
            };
            let Some(row) = row else { break };
            if worked.contains(&row.id) {
                // Due again already: the next call looks at it.
                passed_over.push(row);
                continue;
            }
            match self.resolve_one(row.clone(), &mut resolved).await {
                Ok(()) => {
                    worked.insert(row.id);
                }
                // Another service's row in a shared journal: its own client comes to it.
                Err(error) if error.kind() == ErrorKind::UnknownMerchant => {
                    resolved.passed_over += 1;
                    passed_over.push(row);
                }
                Err(error) => {
                    self.observe_error(&error);
                    failed.get_or_insert(error);
                    worked.insert(row.id);
                }
            }
        }
        self.hand_back(passed_over).await;
        failed.map_or(Ok(resolved), Err)
    }

    /// How the ids of this client's rows begin.
    fn row_prefixes(&self) -> Vec<String> {
        let mut prefixes = Vec::new();
        for contract in self.inner.contracts.keys() {
            prefixes.push(super::records::row_id(contract, ""));
            prefixes.push(flow::row_id(contract, ""));
        }
        for site in self.inner.sites.keys() {
            prefixes.push(row_id::<IssueRequest>(site, ""));
            prefixes.push(row_id::<ByHandRequest>(site, ""));
            prefixes.push(row_id::<CancelRequest>(site, ""));
            prefixes.push(row_id::<ExchangeRequest>(site, ""));
            prefixes.push(uploads_of(site));
        }
        prefixes
    }

    async fn resolve_one(&self, row: Row, resolved: &mut Resolved) -> Result<()> {
        match row.kind.as_str() {
            PURCHASE => {
                let purchase = Purchases(self).resolve_one(row).await?;
                resolved.purchases.extend(purchase);
            }
            flow::KIND => resolved.charges.push(self.resolve_row(row).await?),
            IssueRequest::KIND => resolved.issues.push(self.look_row(row).await?),
            ByHandRequest::KIND => resolved.by_hand.push(self.look_row(row).await?),
            CancelRequest::KIND => resolved.cancels.push(self.look_row(row).await?),
            ExchangeRequest::KIND => resolved.exchanges.push(self.look_exchange(row).await?),
            CHUNK_KIND => resolved.uploads.push(self.look_upload_row(row).await?),
            _ => {}
        }
        Ok(())
    }

    /// Ends the lease of rows that are not worked on, so that who works on them need not wait for its end.
    async fn hand_back(&self, rows: Vec<Row>) {
        for row in rows {
            let unchanged = Change {
                phase: row.phase,
                body: row.body,
                new_keys: Vec::new(),
                due: row.due,
                events: Vec::new(),
                now: self.now(),
            };
            let ended = self
                .journal()
                .advance(&row.id, row.version, unchanged, None);
            if let Err(error) = ended.await {
                self.observe_error(&error);
            }
        }
    }

    /// After a crash, before the shop opens: looks once at every charge and every issue of miles whose outcome is open,
    /// due or not.
    ///
    /// It promises that each of them is either settled or in [`Recovered::open`] when it returns, not that none is open:
    ///
    /// * A step that was signed less than [`Bounds::sending`](crate::charge::Bounds::sending) (90 seconds) ago may be
    ///   one that a living process is sending. It is left alone and stays in `open`; [`resolve`](Self::resolve) comes
    ///   to it once that time is over, and so must run all the same.
    /// * Charges that wait for a deposit or for a person are not open in this sense. Purchases by link are left to
    ///   `resolve`, and [raw calls](super::Payments::raw) to a person. Rows of a service or site that this client does
    ///   not have are left to the client that has it.
    ///
    /// It takes no lease, unlike `resolve`: two processes that start together may both ask the gateway about a charge.
    /// What one of them writes the other does not write over. A request or a partial refund is sent by neither, and
    /// another step is sent again by one of them: the journal says that it is on its way.
    ///
    /// # Errors
    /// `journal`; when one charge cannot be resolved the others are all the same, and the first error is returned.
    pub async fn recover(&self) -> Result<Recovered> {
        let phases = [
            SENDING,
            ChargePhase::Unknown.name(),
            ChargePhase::Authorised.name(),
        ];
        let mut recovered = Recovered::default();
        let mut failed = None;
        let mut pages = Pages::new(flow::KIND, &phases);
        while let Some(rows) = pages.next(self).await? {
            for row in rows {
                match self.resolve_row(row).await {
                    Ok(charge) if charge.is_unresolved() => recovered.open.push(charge),
                    Ok(charge) => recovered.settled.push(charge),
                    Err(error) if error.kind() == ErrorKind::UnknownMerchant => {
                        recovered.passed_over += 1;
                    }
                    Err(error) => {
                        self.observe_error(&error);
                        failed.get_or_insert(error);
                    }
                }
            }
        }
        let mut missed = Missed {
            failed,
            passed_over: recovered.passed_over,
        };
        recovered.issues = self.recover_tasks(&mut missed).await?;
        recovered.by_hand = self.recover_tasks(&mut missed).await?;
        recovered.cancels = self.recover_tasks(&mut missed).await?;
        recovered.exchanges = self.recover_exchanges(&mut missed).await?;
        recovered.uploads = self.recover_uploads(&mut missed).await?;
        recovered.passed_over = missed.passed_over;
        let failed = missed.failed;
        failed.map_or(Ok(recovered), Err)
    }

    /// Looks at every transaction of one kind whose outcome is open.
    async fn recover_tasks<T: Task>(&self, missed: &mut Missed) -> Result<Vec<Transaction<T>>> {
        let phases = [Phase::Sending, Phase::Unknown, Phase::NeedsReview].map(Phase::name);
        let look = |row| self.look_row(row);
        self.recover_rows((T::KIND, &phases), look, missed).await
    }

    /// Looks at every exchange in which the client has something to do, or something to ask.
    async fn recover_exchanges(&self, missed: &mut Missed) -> Result<Vec<Exchange>> {
        let phases = ExchangePhase::OPEN.map(ExchangePhase::name);
        let look = |row| self.look_exchange(row);
        self.recover_rows((ExchangeRequest::KIND, &phases), look, missed)
            .await
    }

    /// Looks at every upload whose outcome is open.
    async fn recover_uploads(&self, missed: &mut Missed) -> Result<Vec<ChunkRecord>> {
        let phases = UPLOADS.map(ChunkPhase::name);
        let look = |row| self.look_upload_row(row);
        self.recover_rows((CHUNK_KIND, &phases), look, missed).await
    }

    /// Looks at every row of a kind in some phases. Those of another client's sites are left to it.
    async fn recover_rows<R, F: Future<Output = Result<R>>>(
        &self,
        (kind, phases): (&'static str, &[&str]),
        look: impl Fn(Row) -> F,
        missed: &mut Missed,
    ) -> Result<Vec<R>> {
        let mut looked = Vec::new();
        let mut pages = Pages::new(kind, phases);
        while let Some(rows) = pages.next(self).await? {
            for row in rows {
                match look(row).await {
                    Ok(one) => looked.push(one),
                    Err(error) if error.kind() == ErrorKind::UnknownMerchant => {
                        missed.passed_over += 1;
                    }
                    Err(error) => {
                        self.observe_error(&error);
                        missed.failed.get_or_insert(error);
                    }
                }
            }
        }
        Ok(looked)
    }

    async fn look_row<T: Task>(&self, row: Row) -> Result<Transaction<T>> {
        self.look(Held::from_row(row)?).await
    }

    async fn resolve_row(&self, row: Row) -> Result<Charge> {
        self.resolve_charge(Open::from_row(row)?).await
    }
}

/// What was not looked at.
struct Missed {
    failed: Option<Error>,
    passed_over: usize,
}

/// Rows of one kind in some phases, page by page.
struct Pages {
    kind: &'static str,
    phases: Vec<String>,
    after: Option<String>,
    over: bool,
}

impl Pages {
    fn new(kind: &'static str, phases: &[&str]) -> Self {
        Self {
            kind,
            phases: phases.iter().map(|&phase| phase.to_owned()).collect(),
            after: None,
            over: false,
        }
    }

    async fn next(&mut self, client: &Client) -> Result<Option<Vec<Row>>> {
        if self.over {
            return Ok(None);
        }
        let query = Query {
            kind: self.kind.to_owned(),
            phases: self.phases.clone(),
            after: self.after.take(),
            limit: BATCH,
        };
        let rows = client.journal().list(query).await?;
        self.after = rows.last().map(|row| row.id.clone());
        self.over = self.after.is_none();
        Ok(Some(rows))
    }
}
