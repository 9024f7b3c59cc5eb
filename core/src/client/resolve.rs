//! Bringing what is open to a known outcome: on a schedule, and after a crash.

use super::Client;
use super::purchases::Purchases;
use super::records::KIND as PURCHASE;
use crate::charge::{Charge, ChargePhase, SENDING};
use crate::engine::journal::{Query, Row};
use crate::error::{Error, ErrorKind, Result};
use crate::exchange::{Exchange, ExchangePhase, ExchangeRequest};
use crate::flow::bulk::{CHUNK_KIND, OPEN as UPLOADS};
use crate::flow::transaction::Held;
use crate::flow::{self, Open};
use crate::miles::batch::{ChunkPhase, ChunkRecord};
use crate::miles::{ByHand, ByHandRequest, Cancel, CancelRequest, Issue, IssueRequest};
use crate::purchase::Purchase;
use crate::reference::{Phase, Task, Transaction};

/// Rows that one call of [`Client::resolve`] looks at.
const BATCH: u32 = 100;

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
}

impl Client {
    /// Looks after whatever is due: notices that never came, calls whose outcome is unknown, slips that wait for their
    /// deposit. Call it every few seconds, from any number of workers; two of them never take the same row.
    ///
    /// # Errors
    /// `journal`; when one row cannot be resolved the others are all the same, and the first error is returned.
    pub async fn resolve(&self) -> Result<Resolved> {
        let now = self.now();
        let until = now.plus(self.settings().lease);
        let rows = self.journal().lease(now, until, BATCH).await?;
        let mut resolved = Resolved::default();
        let mut failed = None;
        for row in rows {
            let done = match row.kind.as_str() {
                PURCHASE => Purchases(self)
                    .resolve_one(row)
                    .await
                    .map(|purchase| resolved.purchases.extend(purchase)),
                flow::KIND => self
                    .resolve_row(row)
                    .await
                    .map(|charge| resolved.charges.push(charge)),
                IssueRequest::KIND => self
                    .look_row(row)
                    .await
                    .map(|issue| resolved.issues.push(issue)),
                ByHandRequest::KIND => self
                    .look_row(row)
                    .await
                    .map(|by_hand| resolved.by_hand.push(by_hand)),
                CancelRequest::KIND => self
                    .look_row(row)
                    .await
                    .map(|cancel| resolved.cancels.push(cancel)),
                ExchangeRequest::KIND => self
                    .look_exchange(row)
                    .await
                    .map(|exchange| resolved.exchanges.push(exchange)),
                CHUNK_KIND => self
                    .look_upload_row(row)
                    .await
                    .map(|upload| resolved.uploads.push(upload)),
                _ => Ok(()),
            };
            match done {
                Ok(()) => {}
                // Another service's row in a shared journal: its own client comes to it.
                Err(error) if error.kind() == ErrorKind::UnknownMerchant => {}
                Err(error) => {
                    self.observe_error(&error);
                    failed.get_or_insert(error);
                }
            }
        }
        failed.map_or(Ok(resolved), Err)
    }

    /// After a crash, before the shop opens: looks once at every charge and every issue of miles whose outcome is open,
    /// due or not.
    ///
    /// It promises that each of them is either settled or in [`Recovered::open`] when it returns, not that none is open:
    ///
    /// * A step that was signed less than [`Bounds::sending`](crate::charge::Bounds::sending) (90 seconds) ago may be
    ///   one that a living process is sending. It is left alone and stays in `open`; [`resolve`](Self::resolve) comes
    ///   to it once that time is over, and so must run all the same.
    /// * Charges that wait for a deposit or for a person are not open in this sense, and purchases by link are left to
    ///   `resolve`.
    ///
    /// It takes no lease, unlike `resolve`: two processes that start together may both ask the gateway about a charge,
    /// and both send again a step that happens once there. What one of them writes the other does not write over, and
    /// a request or a partial refund is sent by neither.
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
                    Err(error) => {
                        self.observe_error(&error);
                        failed.get_or_insert(error);
                    }
                }
            }
        }
        recovered.issues = self.recover_tasks(&mut failed).await?;
        recovered.by_hand = self.recover_tasks(&mut failed).await?;
        recovered.cancels = self.recover_tasks(&mut failed).await?;
        recovered.exchanges = self.recover_exchanges(&mut failed).await?;
        recovered.uploads = self.recover_uploads(&mut failed).await?;
        failed.map_or(Ok(recovered), Err)
    }

    /// Looks at every transaction of one kind whose outcome is open.
    async fn recover_tasks<T: Task>(
        &self,
        failed: &mut Option<Error>,
    ) -> Result<Vec<Transaction<T>>> {
        let phases = [Phase::Sending, Phase::Unknown, Phase::NeedsReview].map(Phase::name);
        let look = |row| self.look_row(row);
        self.recover_rows((T::KIND, &phases), look, failed).await
    }

    /// Looks at every exchange in which the client has something to do, or something to ask.
    async fn recover_exchanges(&self, failed: &mut Option<Error>) -> Result<Vec<Exchange>> {
        let phases = ExchangePhase::OPEN.map(ExchangePhase::name);
        let look = |row| self.look_exchange(row);
        self.recover_rows((ExchangeRequest::KIND, &phases), look, failed)
            .await
    }

    /// Looks at every upload whose outcome is open.
    async fn recover_uploads(&self, failed: &mut Option<Error>) -> Result<Vec<ChunkRecord>> {
        let phases = UPLOADS.map(ChunkPhase::name);
        let look = |row| self.look_upload_row(row);
        self.recover_rows((CHUNK_KIND, &phases), look, failed).await
    }

    /// Looks at every row of a kind in some phases. Those of another client's sites are left to it.
    async fn recover_rows<R, F: Future<Output = Result<R>>>(
        &self,
        (kind, phases): (&'static str, &[&str]),
        look: impl Fn(Row) -> F,
        failed: &mut Option<Error>,
    ) -> Result<Vec<R>> {
        let mut looked = Vec::new();
        let mut pages = Pages::new(kind, phases);
        while let Some(rows) = pages.next(self).await? {
            for row in rows {
                match look(row).await {
                    Ok(one) => looked.push(one),
                    Err(error) if error.kind() == ErrorKind::UnknownMerchant => {}
                    Err(error) => {
                        self.observe_error(&error);
                        failed.get_or_insert(error);
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
