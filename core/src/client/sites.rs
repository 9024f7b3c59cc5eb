//! How the client reaches NetMile's side: the site, and what every function of the reference API needs.

use std::sync::Arc;

use super::Client;
use crate::engine::{Call, Exchanged, Io};
use crate::error::{Error, ErrorKind, Result};
use crate::flow::transaction::{self, Counter, Held};
use crate::operation::{Outcome, Read, Rejection};
use crate::reference::{
    Function, Limits, Nonces, Phase, Review, Signed, Site, Task, Transaction, check_tran_id,
};

impl Client {
    /// The same client for one of its sites. Needed only when it has several.
    ///
    /// # Errors
    /// `unknown_merchant` when the client has no such site.
    pub fn for_site(&self, site_id: &str) -> Result<Self> {
        self.known_site(site_id)?;
        Ok(Self {
            selected_site: Some(site_id.to_owned()),
            ..self.clone()
        })
    }

    /// The site that calls go under.
    ///
    /// # Errors
    /// `configuration` when the client has none, or several and none was chosen.
    pub fn site(&self) -> Result<&Site> {
        self.site_arc().map(AsRef::as_ref)
    }

    pub(super) fn site_arc(&self) -> Result<&Arc<Site>> {
        if let Some(id) = &self.selected_site {
            return self.known_site(id);
        }
        let mut all = self.inner.sites.values();
        let why = match (all.next(), all.next()) {
            (Some(only), None) => return Ok(only),
            (None, _) => "the client has no site: add one with ClientBuilder::site",
            _ => "the client has several sites: choose one with for_site",
        };
        Err(Error::new(ErrorKind::Configuration, why))
    }

    pub(super) fn known_site(&self, id: &str) -> Result<&Arc<Site>> {
        self.inner.sites.get(id).ok_or_else(|| {
            Error::field(
                ErrorKind::UnknownMerchant,
                "site_id",
                "the client has no such site",
            )
        })
    }

    pub(super) fn counter(&self, site: &Arc<Site>) -> Counter {
        let bounds = self.settings().bounds;
        Counter {
            site: Arc::clone(site),
            limits: Limits {
                sending: bounds.sending,
                asked: bounds.asked,
                skew: bounds.skew,
            },
            retry: self.settings().retry,
            budget: Arc::clone(&self.inner.budget),
        }
    }

    /// Asks for something that changes nothing.
    pub(super) async fn ask<F>(&self, function: F) -> Result<F::Answer>
    where
        F: Function<Effect = Read> + 'static,
    {
        match self.exchange(function).await? {
            Exchanged::Done(answer) => Ok(answer),
            Exchanged::Rejected(rejection) => Err(refused(&rejection)),
            Exchanged::Unknown(why) | Exchanged::NotSent(why) => {
                Err(Error::new(ErrorKind::Transport, why))
            }
        }
    }

    /// Calls a function of the reference API, again where its effect allows that.
    pub(super) async fn exchange<F>(&self, function: F) -> Result<Exchanged<F::Answer>>
    where
        F: Function + 'static,
        F::Effect: crate::operation::Resendable,
    {
        let counter = self.counter(self.site_arc()?);
        let script = self.script(move |io: Io| async move {
            let nonces = Nonces::new(io.random());
            let signed = Signed::new(Arc::clone(&counter.site), function, nonces);
            let call = Call::new(signed).retry(counter.retry);
            call.run(&io, &counter.budget, |_| async { Ok(()) }).await
        });
        self.run(script).await
    }

    /// Records a task and sends it. `fits` is what else was checked of it.
    pub(super) async fn start<T: Task>(
        &self,
        task: &T,
        fits: Result<()>,
    ) -> Result<Outcome<T::Answer>> {
        // A journal is asked for nothing but what can be in it.
        check_tran_id(task.tran_id())?;
        let fits = fits.and_then(|()| task.check());
        let counter = self.counter(self.site_arc()?);
        let task = task.clone();
        let script = self.script(move |io: Io| async move {
            transaction::start(&io, &counter, task, fits).await
        });
        self.run(script).await
    }

    /// Looks for the outcome of one transaction now.
    pub(super) async fn look<T: Task>(&self, held: Held<T>) -> Result<Transaction<T>> {
        let counter = self.counter(self.known_site(&held.is.site)?);
        let script = self
            .script(move |io: Io| async move { transaction::resolve(&io, &counter, held).await });
        Ok(self.run(script).await?.is)
    }

    /// Records what a person found out.
    pub(super) async fn reviewed<T: Task>(
        &self,
        tran_id: &str,
        verdict: Review<T::Answer>,
    ) -> Result<Transaction<T>> {
        let held: Held<T> = self.held(tran_id).await?;
        let counter = self.counter(self.known_site(&held.is.site)?);
        let script = self.script(move |io: Io| async move {
            transaction::review(&io, &counter, held, verdict).await
        });
        Ok(self.run(script).await?.is)
    }

    pub(super) async fn held<T: Task>(&self, tran_id: &str) -> Result<Held<T>> {
        let site = self.site()?.id();
        match self
            .journal()
            .get(&transaction::row_id::<T>(site, tran_id))
            .await?
        {
            Some(row) => Held::from_row(row),
            None => Err(Error::field(
                ErrorKind::UnknownOrder,
                "tran_id",
                "is not in the journal",
            )),
        }
    }

    /// Transactions of all sites in these phases, in the order of site and `tran_id`.
    pub(super) async fn transactions<T: Task>(
        &self,
        phases: &[Phase],
        after: Option<&Transaction<T>>,
        limit: u32,
    ) -> Result<Vec<Transaction<T>>> {
        let query = crate::engine::journal::Query {
            kind: T::KIND.to_owned(),
            phases: phases.iter().map(|phase| phase.name().to_owned()).collect(),
            after: after.map(|t| transaction::row_id::<T>(&t.site, t.tran_id())),
            limit,
        };
        let rows = self.journal().list(query).await?;
        rows.into_iter()
            .map(|row| Ok(Held::from_row(row)?.is))
            .collect()
    }
}

/// A refusal of something that changes nothing, as an error.
fn refused(rejection: &Rejection) -> Error {
    let (kind, what) = match (rejection.table(), rejection.code_in_table()) {
        (Some("api"), "not_found") => (ErrorKind::UnknownOrder, "NetMile knows no such thing"),
        (Some("api"), "unknown_key" | "bad_signature") => (
            ErrorKind::Configuration,
            "the key id or the secret of the site is wrong",
        ),
        (Some("api"), "bad_request") => {
            let field = rejection.detail("field").unwrap_or("request").to_owned();
            let rule = "breaks a rule of the reference API";
            return Error::field(ErrorKind::InvalidValue, field, rule);
        }
        (Some("api"), "not_authenticated") => (
            ErrorKind::InvalidState,
            "the member has to be authenticated by this site first",
        ),
        (Some("api"), "deleted") => (ErrorKind::InvalidState, "the lists were deleted for good"),
        _ => {
            let code = &rejection.code;
            let what = format!("NetMile refused: {code}");
            return Error::field(ErrorKind::InvalidState, "code", what);
        }
    };
    Error::new(kind, what)
}
