//! Tasks under a `tran_id`, as the journal knows them.

use std::marker::PhantomData;

use super::Client;
use crate::error::Result;
use crate::reference::{Phase, Review, Task, Transaction};

/// Tasks of one kind, as the journal knows them. Made by [`MilesDesk::issues`](super::MilesDesk::issues) and the like.
pub struct Transactions<'c, T> {
    client: &'c Client,
    kind: PhantomData<T>,
}

impl<'c, T: Task> Transactions<'c, T> {
    pub(crate) const fn new(client: &'c Client) -> Self {
        Self {
            client,
            kind: PhantomData,
        }
    }

    /// The one with this `tran_id`.
    ///
    /// # Errors
    /// `unknown_order`, `journal`.
    pub async fn get(&self, tran_id: &str) -> Result<Transaction<T>> {
        Ok(self.client.held(tran_id).await?.is)
    }

    /// Those of all sites in these phases (none given: in any), ordered by site and `tran_id`, after `after` (one of the
    /// previous page).
    ///
    /// # Errors
    /// `journal`.
    pub async fn list(
        &self,
        phases: &[Phase],
        after: Option<&Transaction<T>>,
        limit: u32,
    ) -> Result<Vec<Transaction<T>>> {
        self.client.transactions(phases, after, limit).await
    }

    /// Those that somebody or something still has to act on: the shop's dashboard.
    ///
    /// # Errors
    /// `journal`.
    pub async fn unresolved(&self, limit: u32) -> Result<Vec<Transaction<T>>> {
        let open = [Phase::Sending, Phase::Unknown, Phase::NeedsReview];
        self.list(&open, None, limit).await
    }

    /// Looks after one now, instead of when it is due: asks NetMile, and sends it again where that is safe.
    ///
    /// # Errors
    /// `unknown_order`, `journal`.
    pub async fn resolve(&self, tran_id: &str) -> Result<Transaction<T>> {
        let held = self.client.held(tran_id).await?;
        self.client.look(held).await
    }

    /// Records what a person found out about one under review.
    ///
    /// # Errors
    /// `invalid_value` when it leaves open what NetMile has to decide, or is about other issues, or another reason, than a
    /// wish to cancel; `invalid_state` when it is not under review, `unknown_order`, `journal`.
    pub async fn review(
        &self,
        tran_id: &str,
        verdict: Review<T::Answer>,
    ) -> Result<Transaction<T>> {
        self.client.reviewed(tran_id, verdict).await
    }
}
