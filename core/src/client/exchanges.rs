//! Point exchange in real time.

use super::Client;
use crate::engine::Io;
use crate::engine::journal::{Query, Row};
use crate::error::{Error, ErrorKind, Result};
use crate::exchange::{
    Applicant, Exchange, ExchangeEvent, ExchangePhase, ExchangeRequest, ExchangedMiles,
};
use crate::flow::exchange;
use crate::flow::transaction::{self, Saved};
use crate::operation::Outcome;
use crate::reference::{Review, Task};

/// Point exchange in real time. Made by [`Client::exchanges`].
///
/// The shop owns its points: it takes them, and gives them back, in transactions of its own, under the `tran_id`. In this
/// order:
///
/// 1. [`begin`](Self::begin), before the shop touches any points;
/// 2. the shop takes the points;
/// 3. [`debited`](Self::debited);
/// 4. [`issue`](Self::issue);
/// 5. only after a refusal: the shop gives the points back, then [`credited_back`](Self::credited_back).
///
/// After a crash at any place, [`Client::recover`] and [`Client::resolve`] go on, and the outbox says what the shop has to
/// do: `exchange_unconfirmed`, `exchange_issued`, `exchange_refused`. Every verb may be called again.
pub struct Exchanges<'c>(pub(super) &'c Client);

impl Exchanges<'_> {
    /// Who applies: asks NetMile for the user id of this mail address. From then on this site may issue to the id.
    ///
    /// # Errors
    /// `invalid_value` when it is no mail address, `transport` when there was no usable answer, `configuration`.
    pub async fn applicant(&self, mail: &str) -> Result<Applicant> {
        self.0
            .members()
            .verify_mail(mail)
            .await
            .map(Applicant::from)
    }

    /// Records the wish, before the shop takes any points.
    ///
    /// # Errors
    /// `invalid_value` for what could never be sent, the mail address of a mobile carrier too, `conflict` when the `tran_id` was used for something else,
    /// `journal`, `configuration`. The shop must not take the points then.
    pub async fn begin(&self, request: &ExchangeRequest) -> Result<Exchange> {
        request.check()?;
        let counter = self.0.counter(self.0.site_arc()?);
        let fits = request.check_carrier(&self.0.settings().carriers);
        let request = request.clone();
        let script = self.0.script(move |io: Io| async move {
            exchange::begin(&io, &counter, request, fits).await
        });
        self.0.run(script).await
    }

    /// Records that the shop took the points. From then on either miles are issued, or the shop is told to give the
    /// points back.
    ///
    /// Said after [`not_debited`](Self::not_debited) it leads to a refusal: the points have to go back.
    /// Look at the phase that comes back: in [`Refused`](ExchangePhase::Refused) the points have to go back now, in
    /// [`CreditedBack`](ExchangePhase::CreditedBack) they were given back before, so a second debit has to be undone.
    ///
    /// # Errors
    /// `unknown_order`, `journal`.
    pub async fn debited(&self, tran_id: &str) -> Result<Exchange> {
        self.note(tran_id, ExchangeEvent::Debited).await
    }

    /// Records that the shop did not take the points and will not.
    ///
    /// # Errors
    /// `invalid_state` after [`debited`](Self::debited), `unknown_order`, `journal`.
    pub async fn not_debited(&self, tran_id: &str) -> Result<Exchange> {
        self.note(tran_id, ExchangeEvent::NotDebited).await
    }

    /// Asks NetMile for the miles, once; called again it tells what became of them.
    ///
    /// # Errors
    /// Nothing was sent: `invalid_state` before [`debited`](Self::debited), `transport` when NetMile could not be reached
    /// (call it again, or leave it to the resolver), `unknown_order`, `journal`.
    pub async fn issue(&self, tran_id: &str) -> Result<Outcome<ExchangedMiles>> {
        let saved = self.saved(tran_id).await?;
        let counter = self.0.counter(self.0.known_site(&saved.is.issue.site)?);
        let script = self
            .0
            .script(move |io: Io| async move { exchange::issue(&io, &counter, saved).await });
        self.0.run(script).await
    }

    /// Records that the shop gave the points back.
    ///
    /// # Errors
    /// `invalid_state` unless the exchange was refused, `unknown_order`, `journal`.
    pub async fn credited_back(&self, tran_id: &str) -> Result<Exchange> {
        self.note(tran_id, ExchangeEvent::CreditedBack).await
    }

    /// The exchange with this `tran_id`, as the journal knows it.
    ///
    /// # Errors
    /// `unknown_order`, `journal`.
    pub async fn get(&self, tran_id: &str) -> Result<Exchange> {
        Ok(self.saved(tran_id).await?.is)
    }

    /// Exchanges of all sites in these phases (none given: in any), ordered by site and `tran_id`, after `after` (one of
    /// the previous page).
    ///
    /// # Errors
    /// `journal`.
    pub async fn list(
        &self,
        phases: &[ExchangePhase],
        after: Option<&Exchange>,
        limit: u32,
    ) -> Result<Vec<Exchange>> {
        let query = Query {
            kind: ExchangeRequest::KIND.to_owned(),
            phases: phases.iter().map(|phase| phase.name().to_owned()).collect(),
            after: after.map(|one| row_id(&one.issue.site, one.tran_id())),
            limit,
        };
        let rows = self.0.journal().list(query).await?;
        rows.into_iter()
            .map(|row| Ok(Saved::from_row(row)?.is))
            .collect()
    }

    /// Exchanges that somebody or something still has to act on: points not confirmed, miles not asked for or not known,
    /// points to give back, reviews.
    ///
    /// # Errors
    /// `journal`.
    pub async fn unresolved(&self, limit: u32) -> Result<Vec<Exchange>> {
        self.list(&ExchangePhase::OPEN, None, limit).await
    }

    /// Looks after one exchange now, instead of when it is due.
    ///
    /// # Errors
    /// `unknown_order`, `journal`.
    pub async fn resolve(&self, tran_id: &str) -> Result<Exchange> {
        let saved = self.saved(tran_id).await?;
        self.0.look_saved(saved).await
    }

    /// Records what a person found out about an exchange under review. "Missing" means that the points go back.
    ///
    /// # Errors
    /// `invalid_state` when it is not under review, `unknown_order`, `journal`.
    pub async fn review(&self, tran_id: &str, verdict: Review<ExchangedMiles>) -> Result<Exchange> {
        let saved = self.saved(tran_id).await?;
        let counter = self.0.counter(self.0.known_site(&saved.is.issue.site)?);
        let script = self.0.script(move |io: Io| async move {
            transaction::review(&io, &counter, saved, verdict).await
        });
        Ok(self.0.run(script).await?.is)
    }

    async fn note(&self, tran_id: &str, event: ExchangeEvent) -> Result<Exchange> {
        let saved = self.saved(tran_id).await?;
        let counter = self.0.counter(self.0.known_site(&saved.is.issue.site)?);
        let script = self.0.script(move |io: Io| async move {
            exchange::note(&io, &counter, saved, &event).await
        });
        Ok(self.0.run(script).await?.is)
    }

    async fn saved(&self, tran_id: &str) -> Result<Saved<Exchange>> {
        let id = row_id(self.0.site()?.id(), tran_id);
        match self.0.journal().get(&id).await? {
            Some(row) => Saved::from_row(row),
            None => Err(Error::field(
                ErrorKind::UnknownOrder,
                "tran_id",
                "is not in the journal",
            )),
        }
    }
}

impl Client {
    pub(super) async fn look_exchange(&self, row: Row) -> Result<Exchange> {
        self.look_saved(Saved::from_row(row)?).await
    }

    async fn look_saved(&self, saved: Saved<Exchange>) -> Result<Exchange> {
        let counter = self.counter(self.known_site(&saved.is.issue.site)?);
        let script =
            self.script(move |io: Io| async move { exchange::resolve(&io, &counter, saved).await });
        Ok(self.run(script).await?.is)
    }
}

fn row_id(site: &str, tran_id: &str) -> String {
    transaction::row_id::<ExchangeRequest>(site, tran_id)
}
