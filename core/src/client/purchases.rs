//! Looking purchases up, and resolving those that wait.

use super::Client;
use super::records::{KIND, Loaded};
use crate::engine::journal::{KeptEvidence, Query, Row};
use crate::error::{Error, ErrorKind, Result};
use crate::purchase::{Event, Phase, Purchase, ReviewVerdict};

/// Looks purchases up and resolves those that wait. Made by [`Client::purchases`].
pub struct Purchases<'c>(pub(super) &'c Client);

impl Purchases<'_> {
    /// The purchase with the shop's id.
    ///
    /// # Errors
    /// `unknown_order`, `journal`.
    pub async fn get(&self, purchase_id: &str) -> Result<Purchase> {
        Ok(self.0.load(purchase_id).await?.record.purchase)
    }

    /// The purchase that an `order_id` at the gateway belongs to.
    ///
    /// # Errors
    /// `unknown_order`, `journal`.
    pub async fn by_order(&self, order_id: &str) -> Result<Purchase> {
        let contract = self.0.contract()?.id();
        let loaded = self.0.load_by_order(contract, order_id).await?;
        Ok(loaded.record.purchase)
    }

    /// Purchases of all contracts in these phases (none given: in any), ordered by contract and id, after `after`
    /// (a purchase of the previous page).
    ///
    /// # Errors
    /// `journal`.
    pub async fn list(
        &self,
        phases: &[Phase],
        after: Option<&Purchase>,
        limit: u32,
    ) -> Result<Vec<Purchase>> {
        let query = Query {
            kind: KIND.to_owned(),
            phases: phases.iter().map(|phase| phase.name().to_owned()).collect(),
            after: after.map(|purchase| super::records::row_id(&purchase.contract, &purchase.id)),
            limit,
        };
        let rows = self.0.journal().list(query).await?;
        rows.into_iter()
            .map(|row| Ok(Loaded::from_row(row)?.record.purchase))
            .collect()
    }

    /// Purchases that somebody or something still has to act on: the shop's to-do list.
    ///
    /// # Errors
    /// `journal`.
    pub async fn unresolved(&self, limit: u32) -> Result<Vec<Purchase>> {
        let waiting: Vec<Phase> = Phase::ALL
            .into_iter()
            .filter(|phase| phase.is_unresolved())
            .collect();
        self.list(&waiting, None, limit).await
    }

    /// Resolves what is due, purchases and charges: as [`Client::resolve`](super::Client::resolve), which also tells
    /// about the charges. Returns the purchases that changed.
    ///
    /// # Errors
    /// As [`Client::resolve`](super::Client::resolve).
    pub async fn resolve(&self) -> Result<Vec<Purchase>> {
        Ok(self.0.resolve().await?.purchases)
    }

    pub(super) async fn resolve_one(&self, row: Row) -> Result<Option<Purchase>> {
        let loaded = Loaded::from_row(row)?;
        if !loaded.waits_for_notice() {
            return Ok(None);
        }
        let applied = self.0.apply(loaded, &Event::WaitedTooLong, None).await?;
        Ok(Some(applied.into_purchase()))
    }

    /// Records what a person found on the gateway's management page about a purchase under review.
    ///
    /// # Errors
    /// `invalid_value` for a `tracking_id` that is not 14 digits: a mistyped one would make the notice that comes
    /// later a second payment. `invalid_state` when it is not under review, `unknown_order`, `journal`.
    pub async fn review(&self, purchase_id: &str, verdict: ReviewVerdict) -> Result<Purchase> {
        if let ReviewVerdict::Paid { tracking_id, .. } = &verdict
            && (tracking_id.len() != 14 || !tracking_id.bytes().all(|b| b.is_ascii_digit()))
        {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "tracking_id",
                "must be exactly 14 half-width digits",
            ));
        }
        self.step(purchase_id, Event::Reviewed(verdict)).await
    }

    /// Keeps a payment that came after the shop had given up; the shop is told `paid`.
    ///
    /// # Errors
    /// `invalid_state` when it is not paid late, `unknown_order`, `journal`.
    pub async fn accept_late(&self, purchase_id: &str) -> Result<Purchase> {
        self.step(purchase_id, Event::LateAccepted).await
    }

    /// Genuine messages that could not be applied, newest first.
    ///
    /// # Errors
    /// `journal`.
    pub async fn evidence(&self, limit: u32) -> Result<Vec<KeptEvidence>> {
        self.0.journal().evidence(limit).await
    }

    async fn step(&self, purchase_id: &str, event: Event) -> Result<Purchase> {
        let loaded = self.0.load(purchase_id).await?;
        Ok(self.0.apply(loaded, &event, None).await?.into_purchase())
    }
}
