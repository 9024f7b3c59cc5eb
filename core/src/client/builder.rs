//! The one way to configure a client.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::{Client, Inner, Settings};
use crate::charge::Bounds;
use crate::contract::Contract;
use crate::engine::{
    Driver, Gate, Journal, MemoryJournal, NoObserver, Observer, RetryBudget, RetryPolicy, Seeds,
    Timer, Transport,
};
use crate::error::{Error, ErrorKind, Result};
use crate::link::{EchoCheck, LimitSeconds};
use crate::miles::file::CarrierDomains;
use crate::purchase::Timeouts;
use crate::reference::Site;
use crate::time::{Clock, SystemClock};
use crate::wire::TextPolicy;

/// Collects the parts of a [`Client`]. Only a contract or a site is required.
pub struct ClientBuilder {
    contracts: Vec<Contract>,
    sites: Vec<Site>,
    journal: Option<Arc<dyn Journal>>,
    observer: Arc<dyn Observer>,
    clock: Arc<dyn Clock>,
    transport: Option<Arc<dyn Transport>>,
    timer: Option<Arc<dyn Timer>>,
    gate: Gate,
    budget: RetryBudget,
    seeds: Seeds,
    overall: Duration,
    settings: Settings,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            contracts: Vec::new(),
            sites: Vec::new(),
            journal: None,
            observer: Arc::new(NoObserver),
            clock: Arc::new(SystemClock),
            transport: None,
            timer: None,
            gate: Gate::default(),
            budget: RetryBudget::default(),
            seeds: Seeds::default(),
            overall: Duration::from_secs(80),
            settings: Settings {
                api_limit: LimitSeconds::default(),
                bounds: Bounds::default(),
                retry: RetryPolicy::default(),
                text: TextPolicy::default(),
                limit: LimitSeconds::default(),
                echo: EchoCheck::default(),
                timeouts: Timeouts::default(),
                lease: Duration::from_secs(60),
                carriers: CarrierDomains::default(),
            },
        }
    }
}

impl ClientBuilder {
    /// Adds a contract.
    #[must_use]
    pub fn contract(mut self, contract: Contract) -> Self {
        self.contracts.push(contract);
        self
    }

    /// Adds a site: for miles, members and point exchange.
    #[must_use]
    pub fn site(mut self, site: Site) -> Self {
        self.sites.push(site);
        self
    }

    /// Whose mail addresses are those of mobile phones. Default: a list of our own, since NetMile's is not public.
    #[must_use]
    pub fn carrier_domains(mut self, carriers: CarrierDomains) -> Self {
        self.settings.carriers = carriers;
        self
    }

    /// Where purchases are kept. Without one everything is in memory and gone with the process, which is refused where
    /// money is real: [`Endpoints::production`](crate::contract::Endpoints::production), or a site over TLS.
    #[must_use]
    pub fn journal(mut self, journal: Arc<dyn Journal>) -> Self {
        self.journal = Some(journal);
        self
    }

    /// Who is told what happens.
    #[must_use]
    pub fn observer(mut self, observer: Arc<dyn Observer>) -> Self {
        self.observer = observer;
        self
    }

    /// Who knows what time it is. Default: the machine's clock.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Which characters go on the wire, and what replaces the others. Default: CP932, nothing replaced.
    #[must_use]
    pub fn text_policy(mut self, policy: TextPolicy) -> Self {
        self.settings.text = policy;
        self
    }

    /// Seconds for which a signed form stays valid at the gateway. Default 600.
    #[must_use]
    pub fn form_limit(mut self, limit: LimitSeconds) -> Self {
        self.settings.limit = limit;
        self
    }

    /// How much of a message must equal what was asked. Default: everything.
    #[must_use]
    pub fn echo_check(mut self, check: EchoCheck) -> Self {
        self.settings.echo = check;
        self
    }

    /// How long waiting phases last before a person is called.
    #[must_use]
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.settings.timeouts = timeouts;
        self
    }

    /// How long a taken event or due purchase is hidden from other workers. Default 60 seconds.
    #[must_use]
    pub fn lease(mut self, lease: Duration) -> Self {
        self.settings.lease = lease;
        self
    }

    /// Who sends server-to-server calls. Default (with the feature `http`): [`HttpTransport`] with its own timeouts.
    ///
    /// [`HttpTransport`]: crate::engine::HttpTransport
    #[must_use]
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Who waits. Default (with the feature `http`): tokio.
    #[must_use]
    pub fn timer(mut self, timer: Arc<dyn Timer>) -> Self {
        self.timer = Some(timer);
        self
    }

    /// How many calls of one merchant and service may be under way at once. Default 5.
    #[must_use]
    pub fn gate(mut self, gate: Gate) -> Self {
        self.gate = gate;
        self
    }

    /// How often calls may be sent again, all together. Default: 10 at once.
    #[must_use]
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.budget = budget;
        self
    }

    /// How one call may be sent again where that is safe.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// Where random numbers come from. Default: the system.
    #[must_use]
    pub fn seeds(mut self, seeds: Seeds) -> Self {
        self.seeds = seeds;
        self
    }

    /// How long one verb may send and wait, everything together. Default 80 seconds; must be shorter than
    /// [`Bounds::sending`].
    #[must_use]
    pub fn overall(mut self, limit: Duration) -> Self {
        self.overall = limit;
        self
    }

    /// Seconds for which a signed call of the API type stays valid at the gateway. Default 600. What became of a call
    /// that was lost is certain only after this time.
    #[must_use]
    pub fn api_limit(mut self, limit: LimitSeconds) -> Self {
        self.settings.api_limit = limit;
        self
    }

    /// How long things of the API type may take before somebody looks, and before a person is called.
    #[must_use]
    pub fn bounds(mut self, bounds: Bounds) -> Self {
        self.settings.bounds = bounds;
        self
    }

    /// Builds the client. Touches neither network nor disk.
    ///
    /// # Errors
    /// `configuration` without a contract and a site, with two contracts of the same merchant and service, with two
    /// sites of the same id, or without a [`journal`](Self::journal) where money is real.
    pub fn build(self) -> Result<Client> {
        let wrong = |detail: &'static str| Error::new(ErrorKind::Configuration, detail);
        if self.contracts.is_empty() && self.sites.is_empty() {
            return Err(wrong("a client needs a contract or a site"));
        }
        let mut contracts = BTreeMap::new();
        for contract in self.contracts {
            if contracts.insert(contract.id().clone(), contract).is_some() {
                return Err(wrong("two contracts have the same merchant and service"));
            }
        }
        let mut sites = BTreeMap::new();
        for site in self.sites {
            let id = site.id().to_owned();
            if sites.insert(id, Arc::new(site)).is_some() {
                return Err(wrong("two sites have the same id"));
            }
        }
        if self.overall >= self.settings.bounds.sending {
            return Err(wrong(
                "the overall limit must be shorter than bounds.sending",
            ));
        }
        // Only a mock is reached without TLS.
        let real = contracts
            .values()
            .any(|contract| contract.endpoints().is_production())
            || sites
                .values()
                .any(|site| !site.base_url().starts_with("http:"));
        let journal = match self.journal {
            Some(journal) => journal,
            None if real => {
                return Err(Error::field(
                    ErrorKind::Configuration,
                    "journal",
                    "must be named in production: what is kept in memory is gone with the process",
                ));
            }
            None => Arc::new(MemoryJournal::new()),
        };
        let transport = self
            .transport
            .map_or_else(default_transport, |t| Ok(Some(t)))?;
        let timer = self.timer.or_else(default_timer);
        let driver = transport.zip(timer).map(|(transport, timer)| {
            Driver::new(
                Arc::clone(&journal),
                transport,
                timer,
                Arc::clone(&self.clock),
            )
            .gate(self.gate)
            .observer(Arc::clone(&self.observer))
            .overall(self.overall)
        });
        Ok(Client {
            inner: Arc::new(Inner {
                contracts,
                sites,
                journal,
                observer: self.observer,
                clock: self.clock,
                driver,
                budget: Arc::new(self.budget),
                seeds: self.seeds,
                settings: self.settings,
            }),
            selected: None,
            selected_site: None,
        })
    }
}

#[cfg(feature = "http")]
fn default_transport() -> Result<Option<Arc<dyn Transport>>> {
    let timeouts = crate::engine::HttpTimeouts::default();
    Ok(Some(crate::engine::HttpTransport::new(timeouts)?.shared()))
}

#[cfg(not(feature = "http"))]
fn default_transport() -> Result<Option<Arc<dyn Transport>>> {
    Ok(None)
}

#[cfg(feature = "http")]
fn default_timer() -> Option<Arc<dyn Timer>> {
    Some(Arc::new(crate::engine::TokioTimer))
}

#[cfg(not(feature = "http"))]
fn default_timer() -> Option<Arc<dyn Timer>> {
    None
}
