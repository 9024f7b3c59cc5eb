//! The one way to configure a client.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::{Client, Inner, Settings};
use crate::contract::Contract;
use crate::engine::{Journal, MemoryJournal, NoObserver, Observer};
use crate::error::{Error, ErrorKind, Result};
use crate::link::{EchoCheck, LimitSeconds};
use crate::purchase::Timeouts;
use crate::time::{Clock, SystemClock};
use crate::wire::TextPolicy;

/// Collects the parts of a [`Client`]. Only a contract is required.
pub struct ClientBuilder {
    contracts: Vec<Contract>,
    journal: Option<Arc<dyn Journal>>,
    observer: Arc<dyn Observer>,
    clock: Arc<dyn Clock>,
    settings: Settings,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            contracts: Vec::new(),
            journal: None,
            observer: Arc::new(NoObserver),
            clock: Arc::new(SystemClock),
            settings: Settings {
                text: TextPolicy::default(),
                limit: LimitSeconds::default(),
                echo: EchoCheck::default(),
                timeouts: Timeouts::default(),
                lease: Duration::from_secs(60),
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

    /// Where purchases are kept. Without one everything is in memory and gone with the process.
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

    /// Builds the client. Touches neither network nor disk.
    ///
    /// # Errors
    /// `configuration` without a contract, or with two of the same merchant and service.
    pub fn build(self) -> Result<Client> {
        let wrong = |detail: &'static str| Error::new(ErrorKind::Configuration, detail);
        if self.contracts.is_empty() {
            return Err(wrong("a client needs a contract"));
        }
        let mut contracts = BTreeMap::new();
        for contract in self.contracts {
            if contracts.insert(contract.id().clone(), contract).is_some() {
                return Err(wrong("two contracts have the same merchant and service"));
            }
        }
        Ok(Client {
            inner: Arc::new(Inner {
                contracts,
                journal: self
                    .journal
                    .unwrap_or_else(|| Arc::new(MemoryJournal::new())),
                observer: self.observer,
                clock: self.clock,
                settings: self.settings,
            }),
            selected: None,
        })
    }
}
