//! Miles by the reference API.

use super::Client;
use crate::error::Result;
use crate::miles::{Issue, IssueRequest, IssuedMiles};
use crate::operation::Outcome;
use crate::reference::{Phase, Review};

/// Miles by the reference API. Made by [`Client::miles`].
///
/// Every verb that changes something gives an [`Outcome`]: done, rejected, or unknown. An `Err` means that nothing was
/// sent.
pub struct MilesDesk<'c>(pub(super) &'c Client);

impl MilesDesk<'_> {
    /// Issues miles to one user. The wish is in the journal before the first byte leaves.
    ///
    /// Called again with the same request it goes on where it stopped, or tells what became of it: it never issues
    /// twice. After an `Err` call it again too. A refusal by a rule of NetMile's is final for its `tran_id`; one at the
    /// door (table `api`) is not.
    ///
    /// # Errors
    /// Nothing was sent: `invalid_value`, `not_in_contract`, `conflict` when the `tran_id` was used for something else,
    /// `transport` when NetMile could not be reached, `journal`, `configuration`.
    pub async fn issue(&self, request: &IssueRequest) -> Result<Outcome<IssuedMiles>> {
        self.0.start(request).await
    }

    /// The issue with this `tran_id`, as the journal knows it.
    ///
    /// # Errors
    /// `unknown_order`, `journal`.
    pub async fn get(&self, tran_id: &str) -> Result<Issue> {
        self.0.transaction(tran_id).await
    }

    /// Issues of all sites in these phases (none given: in any), ordered by site and `tran_id`, after `after` (an issue
    /// of the previous page).
    ///
    /// # Errors
    /// `journal`.
    pub async fn list(
        &self,
        phases: &[Phase],
        after: Option<&Issue>,
        limit: u32,
    ) -> Result<Vec<Issue>> {
        self.0.transactions(phases, after, limit).await
    }

    /// Issues that somebody or something still has to act on.
    ///
    /// # Errors
    /// `journal`.
    pub async fn unresolved(&self, limit: u32) -> Result<Vec<Issue>> {
        let open = [Phase::Sending, Phase::Unknown, Phase::NeedsReview];
        self.list(&open, None, limit).await
    }

    /// Looks after one issue now, instead of when it is due.
    ///
    /// # Errors
    /// `unknown_order`, `journal`.
    pub async fn resolve(&self, tran_id: &str) -> Result<Issue> {
        let held = self.0.held(tran_id).await?;
        self.0.look(held).await
    }

    /// Records what a person found out about an issue under review.
    ///
    /// # Errors
    /// `invalid_state` when it is not under review, `unknown_order`, `journal`.
    pub async fn review(&self, tran_id: &str, verdict: Review<IssuedMiles>) -> Result<Issue> {
        self.0.reviewed(tran_id, verdict).await
    }
}
