//! The same client for code that is not async. Feature `blocking`.
//!
//! ```
//! use netmile::contract::{Contract, Endpoints};
//! use netmile::{Client, HashKey, blocking};
//!
//! let client = Client::builder()
//!     .contract(Contract::netmile(
//!         "99999",
//!         "001",
//!         HashKey::new("TESTHASHKEY0123456789abcdef0123456789abc")?,
//!         Endpoints::mock("http://127.0.0.1:8080"),
//!     )?)
//!     .build()?;
//! let client = blocking::Client::new(client)?;
//! assert!(client.purchases().unresolved(10)?.is_empty());
//!
//! // Charges server to server, and the calls that belong to every shop.
//! assert!(client.payments().unresolved(10)?.is_empty());
//! assert!(client.recover()?.open.is_empty());
//! assert!(client.resolve()?.charges.is_empty());
//! assert!(client.subscriptions().bill_due(|due| Some(due.contract.amount))?.is_empty());
//! # Ok::<(), netmile::Error>(())
//! ```

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::api::operations::{CustomerStep, Found, StepAnswer};
use crate::api::{Answer, ApiAck, ChargeRequest, Message};
use crate::charge::{Charge, ChargePhase, Review};
use crate::client::{
    Adopt, BilledPeriod, BrowserReturn, Checkout, Delivery, DuePeriod, NoticeReceipt, RawVerdict,
    Recovered, RefundTicket, Repaired, Resolved,
};
use crate::contract::ContractId;
use crate::engine::Script;
use crate::engine::journal::{EventId, KeptEvidence};
use crate::error::{Error, ErrorKind, Result};
use crate::link::{Ack, PurchaseRequest, RawMessage, RecurringRequest};
use crate::money::{Miles, Yen};
use crate::operation::Outcome;
use crate::purchase::{Phase, Purchase, RefundEvidence, ReviewVerdict};
use crate::schedule::Schedule;
use crate::settlement::reconcile::RepairStep;
use crate::settlement::{Reconciliation, SettlementTerms, Statement};

/// A [`Client`](crate::Client) whose calls block the calling thread. Clones share everything.
#[derive(Clone)]
pub struct Client {
    inner: crate::Client,
    runtime: Arc<Owned>,
}

/// A runtime that may be dropped anywhere: tokio's own drop panics in async code.
struct Owned(Option<Runtime>);

impl Drop for Owned {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Client {
    /// Wraps a client, on a runtime of its own that works only while a call runs.
    ///
    /// A journal that connects to a database has to be connected on that runtime: use [`build`](Self::build).
    ///
    /// # Errors
    /// `configuration` when the system gives no runtime.
    pub fn new(client: crate::Client) -> Result<Self> {
        Self::build(|| async { Ok(client) })
    }

    /// Builds a client inside the runtime it will live on: for journals that connect.
    ///
    /// # Errors
    /// `configuration`, and whatever `make` returns.
    pub fn build<F>(make: impl FnOnce() -> F) -> Result<Self>
    where
        F: Future<Output = Result<crate::Client>>,
    {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| {
                Error::new(ErrorKind::Configuration, "no runtime can be started").with_source(error)
            })?;
        let runtime = Arc::new(Owned(Some(runtime)));
        let inner = block_on(&runtime, make())??;
        Ok(Self { inner, runtime })
    }

    /// The async client.
    #[must_use]
    pub fn inner(&self) -> &crate::Client {
        &self.inner
    }

    /// Runs a future on this client's runtime.
    ///
    /// # Errors
    /// `configuration` when called from async code, where blocking would stop everything else.
    pub fn run<T>(&self, future: impl Future<Output = T>) -> Result<T> {
        block_on(&self.runtime, future)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

fn block_on<T>(runtime: &Owned, future: impl Future<Output = T>) -> Result<T> {
    match &runtime.0 {
        Some(runtime) if Handle::try_current().is_err() => Ok(runtime.block_on(future)),
        _ => Err(Error::new(
            ErrorKind::Configuration,
            "the blocking client was called from async code: use netmile::Client there",
        )),
    }
}

macro_rules! twin {
    ($(
        $(#[$meta:meta])*
        $accessor:ident -> $face:ident {
            $( fn $name:ident($($arg:ident: $type:ty),*) -> $answer:ty; )+
        }
    )+) => {
        $(
            $(#[$meta])*
            pub struct $face<'c>(&'c Client);

            impl $face<'_> {
                $(
                    #[doc = concat!(
                        "See [`", stringify!($face), "::", stringify!($name), "`](crate::client::",
                        stringify!($face), "::", stringify!($name), ").",
                        "\n\n# Errors\nThe same, and `configuration` when called from async code."
                    )]
                    pub fn $name(&self, $($arg: $type),*) -> Result<$answer> {
                        self.0.run(self.0.inner.$accessor().$name($($arg),*))?
                    }
                )+
            }
        )+

        impl Client {
            $(
                #[doc = concat!("See [`Client::", stringify!($accessor), "`](crate::Client::", stringify!($accessor), ").")]
                #[must_use]
                pub fn $accessor(&self) -> $face<'_> {
                    $face(self)
                }
            )+
        }
    };
}

twin! {
    /// Starts purchases and hands out their forms.
    checkout -> Checkouts {
        fn start(request: &PurchaseRequest) -> Checkout;
        fn render(purchase_id: &str) -> Checkout;
        fn give_up(purchase_id: &str) -> Purchase;
    }
    /// Reads what the browser brings back.
    returns -> Returns {
        fn success(raw: &RawMessage) -> BrowserReturn;
        fn cancel(raw: &RawMessage) -> BrowserReturn;
        fn error(raw: &RawMessage) -> BrowserReturn;
    }
    /// What the shop has to act on, until it acknowledges.
    events -> Events {
        fn next(limit: u32) -> Vec<Delivery>;
        fn ack(id: EventId) -> bool;
    }
    /// Looks purchases up and resolves those that wait.
    purchases -> Purchases {
        fn get(purchase_id: &str) -> Purchase;
        fn by_order(order_id: &str) -> Purchase;
        fn list(phases: &[Phase], after: Option<&Purchase>, limit: u32) -> Vec<Purchase>;
        fn unresolved(limit: u32) -> Vec<Purchase>;
        fn resolve() -> Vec<Purchase>;
        fn review(purchase_id: &str, verdict: ReviewVerdict) -> Purchase;
        fn accept_late(purchase_id: &str) -> Purchase;
        fn evidence(limit: u32) -> Vec<KeptEvidence>;
    }
    /// Asks for refunds and records that they were executed.
    refunds -> Refunds {
        fn request(purchase_id: &str, tracking_id: Option<&str>, reason: &str) -> RefundTicket;
        fn confirm(purchase_id: &str, tracking_id: &str, evidence: RefundEvidence) -> Purchase;
        fn withdraw(purchase_id: &str, tracking_id: &str) -> Purchase;
    }
    /// Recurring contracts, by link and by API.
    subscriptions -> Subscriptions {
        fn start(request: &PurchaseRequest) -> Checkout;
        fn apply(request: &RecurringRequest) -> Checkout;
        fn end(purchase_id: &str) -> Checkout;
        fn apply_by_api(request: &ChargeRequest) -> Outcome<Charge>;
        fn adopt(adopt: &Adopt) -> Charge;
        fn adopt_purchase(
            purchase_id: &str, id: &str, method: &str, amount: Yen, schedule: Schedule
        ) -> Charge;
        fn bill(id: &str, period: &str, amount: Yen) -> Outcome<Charge>;
        fn bill_again(id: &str, period: &str) -> Outcome<Charge>;
        fn bill_due(amount: impl Fn(&DuePeriod) -> Option<Yen>) -> Vec<BilledPeriod>;
        fn periods(id: &str) -> Vec<Charge>;
        fn end_by_api(id: &str) -> Outcome<Charge>;
        fn refund_month(id: &str, month: &str) -> Outcome<Charge>;
    }
    /// Charges server to server.
    payments -> Payments {
        fn charge(request: &ChargeRequest) -> Outcome<Charge>;
        fn capture(id: &str, amount: Option<Yen>) -> Outcome<Charge>;
        fn refund(id: &str) -> Outcome<Charge>;
        fn refund_part(id: &str, name: &str, amount: Yen) -> Outcome<Charge>;
        fn get(id: &str) -> Charge;
        fn list(phases: &[ChargePhase], after: Option<&Charge>, limit: u32) -> Vec<Charge>;
        fn unresolved(limit: u32) -> Vec<Charge>;
        fn resolve(id: &str) -> Charge;
        fn inquire(id: &str) -> Option<Found>;
        fn notice(body: &[u8]) -> NoticeReceipt;
        fn review(id: &str, verdict: Review) -> Charge;
        fn raw(id: &str, method: &str, message: Message) -> Outcome<Answer>;
        fn raw_unresolved(limit: u32) -> Vec<String>;
        fn raw_review(id: &str, verdict: RawVerdict) -> ();
        fn balance(method: &str, member: &str) -> Miles;
        fn customer_data(method: &str, cust_code: &str, step: &CustomerStep) -> Outcome<StepAnswer>;
    }
}

impl Payments<'_> {
    /// See [`Payments::refuse`](crate::client::Payments::refuse): nothing in it waits.
    #[must_use]
    pub fn refuse(&self, error: &Error) -> ApiAck {
        self.0.inner.payments().refuse(error)
    }

    /// See [`Payments::charge_steps`](crate::client::Payments::charge_steps): nothing in it waits.
    ///
    /// # Errors
    /// The same.
    pub fn charge_steps(&self, request: &ChargeRequest) -> Result<Script<Outcome<Charge>>> {
        self.0.inner.payments().charge_steps(request)
    }
}

impl Client {
    /// See [`Client::resolve`](crate::Client::resolve).
    ///
    /// # Errors
    /// The same, and `configuration` when called from async code.
    pub fn resolve(&self) -> Result<Resolved> {
        self.run(self.inner.resolve())?
    }

    /// See [`Client::recover`](crate::Client::recover).
    ///
    /// # Errors
    /// The same, and `configuration` when called from async code.
    pub fn recover(&self) -> Result<Recovered> {
        self.run(self.inner.recover())?
    }

    /// See [`Client::reconcile`](crate::Client::reconcile).
    ///
    /// # Errors
    /// The same, and `configuration` when called from async code.
    pub fn reconcile(
        &self,
        statement: Statement,
        terms: &SettlementTerms,
    ) -> Result<Reconciliation> {
        self.run(self.inner.reconcile(statement, terms))?
    }

    /// See [`Client::repair`](crate::Client::repair).
    ///
    /// # Errors
    /// The same, and `configuration` when called from async code.
    pub fn repair(&self, plan: &[RepairStep]) -> Result<Vec<Repaired>> {
        self.run(self.inner.repair(plan))?
    }
}

mod exchanges;
mod miles;

pub use exchanges::Exchanges;
pub use miles::{Members, MileHistory, MileRegistrations, MilesDesk, Transactions};

/// Takes the gateway's server-to-server notices.
pub struct Notices<'c>(&'c Client);

/// A notice that is genuine, in time, and as it was asked. Not recorded yet.
#[must_use = "accept it or refuse it: an unanswered notice counts as refused at the gateway"]
pub struct PendingNotice<'c> {
    client: &'c Client,
    pending: crate::client::PendingNotice<'c>,
}

impl Client {
    /// See [`Client::notices`](crate::Client::notices).
    #[must_use]
    pub fn notices(&self) -> Notices<'_> {
        Notices(self)
    }

    /// See [`Client::for_contract`](crate::Client::for_contract).
    ///
    /// # Errors
    /// The same.
    pub fn for_contract(&self, id: &ContractId) -> Result<Self> {
        Ok(Self {
            inner: self.inner.for_contract(id)?,
            runtime: Arc::clone(&self.runtime),
        })
    }

    /// See [`Client::for_site`](crate::Client::for_site).
    ///
    /// # Errors
    /// The same.
    pub fn for_site(&self, site_id: &str) -> Result<Self> {
        Ok(Self {
            inner: self.inner.for_site(site_id)?,
            runtime: Arc::clone(&self.runtime),
        })
    }

    /// See [`Client::registrations`](crate::Client::registrations): nothing in it waits.
    #[must_use]
    pub fn registrations(&self) -> crate::client::Registrations<'_> {
        self.inner.registrations()
    }
}

impl<'c> Notices<'c> {
    /// See [`Notices::handle`](crate::client::Notices::handle). Called from async code it answers `NG`.
    #[must_use]
    pub fn handle(&self, raw: &RawMessage) -> Ack {
        self.0
            .run(self.0.inner.notices().handle(raw))
            .unwrap_or_else(|error| Ack::ng(error.code()))
    }

    /// See [`Notices::verify`](crate::client::Notices::verify).
    ///
    /// # Errors
    /// The same, and `configuration` when called from async code.
    pub fn verify(&self, raw: &RawMessage) -> Result<PendingNotice<'c>> {
        let client = self.0;
        let pending = client.run(client.inner.notices().verify(raw))??;
        Ok(PendingNotice { client, pending })
    }
}

impl PendingNotice<'_> {
    /// What the gateway says.
    #[must_use]
    pub fn message(&self) -> &crate::link::ResultMessage {
        self.pending.message()
    }

    /// The purchase as it stands before this notice.
    #[must_use]
    pub fn purchase(&self) -> &Purchase {
        self.pending.purchase()
    }

    /// See [`PendingNotice::accept`](crate::client::PendingNotice::accept).
    ///
    /// # Errors
    /// The same, and `configuration` when called from async code.
    pub fn accept(self) -> Result<Ack> {
        self.client.run(self.pending.accept())?
    }

    /// See [`PendingNotice::refuse`](crate::client::PendingNotice::refuse).
    ///
    /// # Errors
    /// The same, and `configuration` when called from async code.
    pub fn refuse(self, reason: &str) -> Result<Ack> {
        self.client.run(self.pending.refuse(reason))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Contract, Endpoints};
    use crate::secret::HashKey;

    fn client() -> Client {
        let contract = Contract::netmile(
            "99999",
            "001",
            HashKey::new("k").unwrap(),
            Endpoints::test(),
        )
        .unwrap();
        let client = crate::Client::builder().contract(contract).build().unwrap();
        Client::new(client).unwrap()
    }

    #[test]
    fn blocks_the_calling_thread() {
        let error = client().purchases().get("none").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnknownOrder);
    }

    #[test]
    fn refuses_async_code_instead_of_panicking() {
        let client = client();
        let runtime = Builder::new_current_thread().build().unwrap();
        runtime
            .block_on(async { drop(super::Client::build(|| async { Ok(client.inner.clone()) })) });
        let error = runtime.block_on(async { client.purchases().get("none").unwrap_err() });
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let ack = runtime.block_on(async { client.notices().handle(&RawMessage::form("")) });
        assert_eq!(ack.body(), b"NG,configuration");
    }
}
