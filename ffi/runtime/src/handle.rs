//! A configured client that any process may use.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use netmile::contract::{Contract, ContractId};
use netmile::engine::{Journal, MemoryJournal};
use netmile::{Client, Lang};
use netmile_journal_sql::SqlJournal;

use crate::config::Config;
use crate::error::FfiError;
use crate::fork::ForkCell;
use crate::runtime;

/// A configured client. Clones share everything; threads may share it too.
///
/// It starts nothing until the first call, and a forked child builds a runtime and a journal connection of its
/// own at its first call. With the journal `memory:` the child therefore starts with an empty journal.
#[derive(Clone)]
pub struct Handle {
    shared: Arc<Shared>,
    selected: Option<ContractId>,
}

struct Shared {
    config: Config,
    client: ForkCell<Client>,
}

/// What an operation works with.
#[derive(Clone)]
pub struct Context {
    /// The client, for one of its contracts if one was chosen.
    pub client: Client,
    handle: Handle,
}

impl Context {
    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.handle.shared.config
    }

    /// The contract that a message names, among those that the client may use.
    #[must_use]
    pub fn find_contract(&self, id: &ContractId) -> Option<&Contract> {
        if self.handle.selected.as_ref().is_some_and(|own| own != id) {
            return None;
        }
        let mut contracts = self.config().contracts().iter();
        contracts.find(|contract| contract.id() == id)
    }
}

impl Handle {
    /// Takes a configuration ([`Config`] says how it looks). Touches neither network nor disk nor threads.
    ///
    /// # Errors
    /// As [`Config::from_json`]; `configuration` for two contracts of the same merchant and service.
    pub fn new(config_json: &str) -> Result<Self, FfiError> {
        let config = Config::from_json(config_json)?;
        build(&config, Arc::new(MemoryJournal::new()))?;
        Ok(Self {
            shared: Arc::new(Shared {
                config,
                client: ForkCell::new(),
            }),
            selected: None,
        })
    }

    /// The same client for one of its contracts. Needed only when it has several.
    ///
    /// # Errors
    /// `invalid_value`, `unknown_merchant`.
    pub fn for_contract(&self, merchant_id: &str, service_id: &str) -> Result<Self, FfiError> {
        let id = ContractId::new(merchant_id, service_id)?;
        let known = self.shared.config.contracts();
        if !known.iter().any(|contract| *contract.id() == id) {
            return Err(FfiError::field(
                "unknown_merchant",
                "merchant_id",
                "the client has no contract with this merchant and service",
            ));
        }
        Ok(Self {
            shared: Arc::clone(&self.shared),
            selected: Some(id),
        })
    }

    /// The language of texts for people.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.shared.config.lang
    }

    /// Runs an operation on the calling thread and waits for it.
    ///
    /// # Errors
    /// What the operation returns; `journal` or `configuration` when the journal can not be opened; `panic`.
    pub fn run<T, F>(&self, operation: impl FnOnce(Context) -> F) -> Result<T, FfiError>
    where
        F: Future<Output = Result<T, FfiError>>,
    {
        runtime::block_on(async { operation(self.context().await?).await })
    }

    /// Runs an operation on the library's own thread, so that it may be awaited by any executor. Dropping the
    /// future stops the operation; a journal entry is then written whole or not at all.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub async fn run_async<T, F>(
        &self,
        operation: impl FnOnce(Context) -> F + Send + 'static,
    ) -> Result<T, FfiError>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, FfiError>> + Send,
    {
        let handle = self.clone();
        runtime::spawn(async move { operation(handle.context().await?).await }).await
    }

    async fn context(&self) -> Result<Context, FfiError> {
        let client = match self.shared.client.get() {
            Some(client) => client,
            None => {
                let config = &self.shared.config;
                let journal = open_journal(&config.journal).await?;
                self.shared.client.set_or_get(build(config, journal)?)
            }
        };
        let client = match &self.selected {
            None => client.clone(),
            Some(id) => client.for_contract(id)?,
        };
        Ok(Context {
            client,
            handle: self.clone(),
        })
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle")
            .field("selected", &self.selected)
            .finish_non_exhaustive()
    }
}

async fn open_journal(url: &str) -> Result<Arc<dyn Journal>, FfiError> {
    if url == "memory:" {
        return Ok(Arc::new(MemoryJournal::new()));
    }
    Ok(Arc::new(SqlJournal::connect(url).await?))
}

fn build(config: &Config, journal: Arc<dyn Journal>) -> Result<Client, FfiError> {
    let mut builder = Client::builder()
        .journal(journal)
        .text_policy(config.text.clone())
        .form_limit(config.limit)
        .echo_check(config.echo);
    if let Some(lease) = config.lease {
        builder = builder.lease(lease);
    }
    for contract in config.contracts() {
        builder = builder.contract(contract.clone());
    }
    Ok(builder.build()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: &str = r#"{"contracts":[{"merchant_id":"99999","service_id":"001","hash_key":"k","environment":"test"}]}"#;

    #[test]
    fn runs_blocking_and_awaited() {
        let handle = Handle::new(CONFIG).unwrap();
        let list = |context: Context| async move {
            Ok(context.client.purchases().unresolved(1).await?.len())
        };
        assert_eq!(handle.run(list).unwrap(), 0);
        let awaited = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(handle.run_async(list));
        assert_eq!(awaited.unwrap(), 0);
    }

    #[test]
    fn a_blocking_call_inside_a_runtime_is_refused() {
        let handle = Handle::new(CONFIG).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let error = runtime.block_on(async { handle.run(|_| async { Ok(()) }).unwrap_err() });
        assert_eq!(error.code, "invalid_state");
    }

    #[test]
    fn a_panic_in_an_operation_is_an_error_and_the_handle_stays_usable() {
        let handle = Handle::new(CONFIG).unwrap();
        let error = handle
            .run::<(), _>(|_| async { panic!("SECRET") })
            .unwrap_err();
        assert_eq!(error.code, "panic");
        assert!(handle.run(|_| async { Ok(()) }).is_ok());
    }

    #[test]
    fn contracts_are_chosen_by_name() {
        let handle = Handle::new(CONFIG).unwrap();
        assert!(handle.for_contract("99999", "001").is_ok());
        let error = handle.for_contract("99999", "002").unwrap_err();
        assert_eq!(error.code, "unknown_merchant");
    }
}
