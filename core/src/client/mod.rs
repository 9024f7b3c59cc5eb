//! The face: one object per shop process, cheap to clone, safe to share.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> netmile::Result<()> {
//! use netmile::contract::{Contract, Endpoints, Terminal};
//! use netmile::link::{OrderId, PurchaseRequest, ReturnUrls};
//! use netmile::{Client, HashKey, Lang, Yen};
//!
//! let client = Client::builder()
//!     .contract(Contract::netmile(
//!         "99999",
//!         "001",
//!         HashKey::new("TESTHASHKEY0123456789abcdef0123456789abc")?,
//!         Endpoints::mock("http://127.0.0.1:8080"),
//!     )?)
//!     .build()?; // keeps everything in memory: give a journal before real money moves
//!
//! let request = PurchaseRequest::new(
//!     OrderId::new("CART-1001")?,
//!     "CUST0001",
//!     "ITEM1",
//!     Yen::new(300),
//!     Terminal::Pc,
//!     ReturnUrls {
//!         success: "https://shop.example/success".into(),
//!         cancel: "https://shop.example/cancel".into(),
//!         error: "https://shop.example/error".into(),
//!         notify: "https://shop.example/notify".into(),
//!     },
//! );
//! let checkout = client.checkout().start(&request).await?;
//! let page = checkout.form.page(Lang::Ja); // send page.body with page.content_type to the browser
//! # assert_eq!(checkout.order_id, "CART-1001-1");
//! # assert!(page.content_type.contains("Shift_JIS"));
//! # Ok(()) }
//! ```

mod billing;
mod builder;
mod bulk;
mod checkout;
mod contracts;
mod exchanges;
mod gateway;
mod members;
mod miles;
mod notices;
mod outbox;
mod payments;
mod purchases;
mod reconcile;
mod records;
mod refunds;
mod registrations;
mod resolve;
mod returns;
mod sites;
mod subscriptions;
mod transactions;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::charge::Bounds;
use crate::contract::{Contract, ContractId};
use crate::engine::{Driver, Journal, Observation, Observer, RetryBudget, RetryPolicy, Seeds};
use crate::error::{Error, ErrorKind, Result};
use crate::link::{EchoCheck, LimitSeconds};
use crate::miles::file::CarrierDomains;
use crate::purchase::Timeouts;
use crate::reference::Site;
use crate::time::{Clock, Timestamp};
use crate::wire::TextPolicy;

pub use crate::flow::RawVerdict;
pub use billing::{BilledPeriod, DuePeriod, NextTry};
pub use builder::ClientBuilder;
pub use bulk::{BatchFiles, BatchSource, FileOnDisk, Tell};
pub use checkout::{Checkout, Checkouts};
pub use contracts::Adopt;
pub use exchanges::Exchanges;
pub use members::Members;
pub use miles::{MileHistory, MileRegistrations, MilesDesk};
pub use notices::{Notices, PendingNotice};
pub use outbox::{Delivery, Events};
pub use payments::{NoticeReceipt, Payments};
pub use purchases::Purchases;
pub use reconcile::Repaired;
pub use refunds::{RefundTicket, Refunds};
pub use registrations::{Registration, Registrations};
pub use resolve::{Recovered, Resolved};
pub use returns::{BrowserReturn, Returns};
pub use subscriptions::Subscriptions;
pub use transactions::Transactions;

/// Takes payments for one or many contracts, and rewards for one or many sites. Clones share everything.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    selected: Option<ContractId>,
    selected_site: Option<String>,
}

struct Inner {
    contracts: BTreeMap<ContractId, Contract>,
    sites: BTreeMap<String, Arc<Site>>,
    journal: Arc<dyn Journal>,
    observer: Arc<dyn Observer>,
    clock: Arc<dyn Clock>,
    driver: Option<Driver>,
    budget: Arc<RetryBudget>,
    seeds: Seeds,
    settings: Settings,
}

struct Settings {
    api_limit: LimitSeconds,
    bounds: Bounds,
    retry: RetryPolicy,
    text: TextPolicy,
    limit: LimitSeconds,
    echo: EchoCheck,
    timeouts: Timeouts,
    lease: Duration,
    carriers: CarrierDomains,
}

impl Client {
    /// Starts building a client.
    #[must_use]
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// The same client for one of its contracts. Needed only when it has several.
    ///
    /// # Errors
    /// `unknown_merchant` when the client has no such contract.
    pub fn for_contract(&self, id: &ContractId) -> Result<Self> {
        self.known(id)?;
        Ok(Self {
            selected: Some(id.clone()),
            ..self.clone()
        })
    }

    /// Starts purchases and hands out their forms.
    #[must_use]
    pub fn checkout(&self) -> Checkouts<'_> {
        Checkouts(self)
    }

    /// Takes the gateway's server-to-server notices.
    #[must_use]
    pub fn notices(&self) -> Notices<'_> {
        Notices(self)
    }

    /// Reads what the browser brings back. Evidence, never proof.
    #[must_use]
    pub fn returns(&self) -> Returns<'_> {
        Returns(self)
    }

    /// What the shop has to act on, until it acknowledges.
    #[must_use]
    pub fn events(&self) -> Events<'_> {
        Events(self)
    }

    /// Looks purchases up and resolves those that wait.
    #[must_use]
    pub fn purchases(&self) -> Purchases<'_> {
        Purchases(self)
    }

    /// Asks for refunds and records that they were executed.
    #[must_use]
    pub fn refunds(&self) -> Refunds<'_> {
        Refunds(self)
    }

    /// Charges server to server.
    #[must_use]
    pub fn payments(&self) -> Payments<'_> {
        Payments(self)
    }

    /// Recurring contracts, by link and by API.
    #[must_use]
    pub fn subscriptions(&self) -> Subscriptions<'_> {
        Subscriptions(self)
    }

    /// Customer payment data at the gateway (B01-1, C01-1).
    #[must_use]
    pub fn registrations(&self) -> Registrations<'_> {
        Registrations(self)
    }

    /// NetMile members: authentication, information, passbook.
    #[must_use]
    pub fn members(&self) -> Members<'_> {
        Members(self)
    }

    /// Miles by the reference API: issues, registrations, history, cancels, bills.
    #[must_use]
    pub fn miles(&self) -> MilesDesk<'_> {
        MilesDesk(self)
    }

    /// Point exchange in real time.
    #[must_use]
    pub fn exchanges(&self) -> Exchanges<'_> {
        Exchanges(self)
    }

    /// Whether this client has the contract.
    #[must_use]
    pub fn has_contract(&self, id: &ContractId) -> bool {
        self.inner.contracts.contains_key(id)
    }

    /// The contract that calls go under.
    ///
    /// # Errors
    /// `configuration` when the client has none, or several and none was chosen.
    pub fn contract(&self) -> Result<&Contract> {
        if let Some(id) = &self.selected {
            return self.known(id);
        }
        let mut all = self.inner.contracts.values();
        let why = match (all.next(), all.next()) {
            (Some(only), None) => return Ok(only),
            (None, _) => "the client has no contract: add one with ClientBuilder::contract",
            _ => "the client has several contracts: choose one with for_contract",
        };
        Err(Error::new(ErrorKind::Configuration, why))
    }

    fn known(&self, id: &ContractId) -> Result<&Contract> {
        self.inner.contracts.get(id).ok_or_else(|| {
            Error::field(
                ErrorKind::UnknownMerchant,
                "merchant_id",
                "the client has no contract with this merchant and service",
            )
        })
    }

    /// Finds the contract that a message names. A client that chose one contract knows no other.
    fn find_contract(&self, id: &ContractId) -> Option<&Contract> {
        if self.selected.as_ref().is_some_and(|own| own != id) {
            return None;
        }
        self.inner.contracts.get(id)
    }

    fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    fn journal(&self) -> &dyn Journal {
        self.inner.journal.as_ref()
    }

    fn observe(&self, what: &Observation<'_>) {
        self.inner.observer.observe(what);
    }

    fn observe_error(&self, error: &Error) {
        self.observe(&Observation::NotAccepted {
            kind: error.kind(),
            field: error.field_name(),
        });
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("contracts", &self.inner.contracts.keys())
            .field("sites", &self.inner.sites.keys())
            .finish_non_exhaustive()
    }
}
