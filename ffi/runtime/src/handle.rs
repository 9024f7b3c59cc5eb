//! A configured client that any process may use.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use netmile::contract::{Contract, ContractId};
use netmile::engine::{Journal, MemoryJournal, Observer};
use netmile::miles::batch::BatchProgress;
use netmile::{Client, Lang};

use crate::config::Config;
use crate::error::FfiError;
use crate::fork::ForkCell;
use crate::journal::SqlShop;
use crate::runtime;
use crate::steps::{Run, StepTransport};

/// A configured client. Clones share everything; threads may share it too.
///
/// It starts nothing until the first call, and a forked child builds a runtime and a journal connection of its
/// own at its first call. With the journal `memory:` the child therefore starts with an empty journal.
#[derive(Clone)]
pub struct Handle {
    shared: Arc<Shared>,
    selected: Option<ContractId>,
    selected_site: Option<String>,
}

struct Shared {
    config: Config,
    observer: Option<Arc<dyn Observer>>,
    journal: ForkCell<Kept>,
    client: ForkCell<Client>,
    /// The same client, but whoever drives an operation step by step sends its requests.
    stepping: ForkCell<Client>,
    progress: ForkCell<Mutex<BTreeMap<String, BatchProgress>>>,
}

/// Where the journal is kept.
enum Kept {
    Memory(Arc<MemoryJournal>),
    Sql(Arc<SqlShop>),
}

impl Kept {
    fn new(url: &str) -> Self {
        match url {
            "memory:" => Self::Memory(Arc::new(MemoryJournal::new())),
            _ => Self::Sql(Arc::new(SqlShop::new(url))),
        }
    }

    async fn ready(&self) -> Result<Arc<dyn Journal>, FfiError> {
        Ok(match self {
            Self::Memory(journal) => Arc::clone(journal) as Arc<dyn Journal>,
            Self::Sql(shop) => {
                shop.ready().await?;
                Arc::clone(shop) as Arc<dyn Journal>
            }
        })
    }
}

/// An operation that runs: what it gives is JSON.
pub type Running = Pin<Box<dyn Future<Output = Result<String, FfiError>> + Send>>;

/// Which thread an awaited operation runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The worker that all of them share.
    Shared,
    /// One of its own: it works on whole files, and would keep the others waiting.
    Apart,
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

    /// Remembers how far a batch is, for whoever asks from another thread of this process.
    pub fn tell(&self, batch_id: &str, progress: &BatchProgress) {
        let mut all = self.handle.progress();
        // The journal knows batches for ever; this is for those that run.
        if all.len() >= MAX_WATCHED
            && !all.contains_key(batch_id)
            && let Some(first) = all.keys().next().cloned()
        {
            all.remove(&first);
        }
        all.insert(batch_id.to_owned(), *progress);
    }

    /// How far a batch of this process is, if it was started here.
    #[must_use]
    pub fn told(&self, batch_id: &str) -> Option<BatchProgress> {
        self.handle.progress().get(batch_id).cloned()
    }
}

/// Most batches whose progress is remembered.
const MAX_WATCHED: usize = 100;

impl Handle {
    /// Takes a configuration ([`Config`] says how it looks). Touches neither network nor disk nor threads.
    ///
    /// # Errors
    /// As [`Config::from_json`]; `configuration` for two contracts of the same merchant and service.
    pub fn new(config_json: &str) -> Result<Self, FfiError> {
        Self::made(config_json, None)
    }

    /// The same with somebody who is told what happens. No face offers it: an observer is called from within, on
    /// whichever thread the operation runs, which only Rust can bear.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn with_observer(config_json: &str, observer: Arc<dyn Observer>) -> Result<Self, FfiError> {
        Self::made(config_json, Some(observer))
    }

    fn made(config_json: &str, observer: Option<Arc<dyn Observer>>) -> Result<Self, FfiError> {
        let config = Config::from_json(config_json)?;
        build(&config, Arc::new(MemoryJournal::new()), true, None)?;
        Ok(Self {
            shared: Arc::new(Shared {
                config,
                observer,
                journal: ForkCell::new(),
                client: ForkCell::new(),
                stepping: ForkCell::new(),
                progress: ForkCell::new(),
            }),
            selected: None,
            selected_site: None,
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
            selected: Some(id),
            ..self.clone()
        })
    }

    /// The same client for one of its sites. Needed only when it has several.
    ///
    /// # Errors
    /// `unknown_merchant`.
    pub fn for_site(&self, site_id: &str) -> Result<Self, FfiError> {
        let known = self.shared.config.sites();
        if !known.iter().any(|site| site.id() == site_id) {
            return Err(FfiError::field(
                "unknown_merchant",
                "site_id",
                "the client has no such site",
            ));
        }
        Ok(Self {
            selected_site: Some(site_id.to_owned()),
            ..self.clone()
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
        runtime::block_on(async { operation(self.context(false).await?).await })
    }

    /// Takes an operation whose requests the caller sends itself. Nothing happens before the first step.
    pub fn steps(
        &self,
        place: Place,
        operation: impl FnOnce(Context) -> Running + Send + 'static,
    ) -> Run {
        let handle = self.clone();
        Run::new(place, async move {
            operation(handle.context(true).await?).await
        })
    }

    /// Takes an operation for a caller that waits for it in slices: a run that asks for nothing. Nothing happens
    /// before the first step.
    pub fn begin(
        &self,
        place: Place,
        operation: impl FnOnce(Context) -> Running + Send + 'static,
    ) -> Run {
        let handle = self.clone();
        Run::new(place, async move {
            operation(handle.context(false).await?).await
        })
    }

    /// Closes what this process must not have open when it forks, as soon as no call uses it: the database of a
    /// journal in SQLite. The next call, here or in the child, opens it again. Everything else needs no such call.
    ///
    /// # Errors
    /// `invalid_state` when a call lasts for more than ten seconds, or from inside an asynchronous runtime; `journal`.
    pub fn release(&self) -> Result<(), FfiError> {
        match self.shared.journal.get() {
            Some(Kept::Sql(shop)) => runtime::block_on(async { Ok(shop.release().await?) }),
            Some(Kept::Memory(_)) | None => Ok(()),
        }
    }

    /// Runs an operation on the library's own thread, so that it may be awaited by any executor. Dropping the
    /// future stops the operation; a journal entry is then written whole or not at all.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub async fn run_async<T, F>(
        &self,
        place: Place,
        operation: impl FnOnce(Context) -> F + Send + 'static,
    ) -> Result<T, FfiError>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, FfiError>> + Send,
    {
        let handle = self.clone();
        let work = async move { operation(handle.context(false).await?).await };
        match place {
            Place::Shared => runtime::spawn(work).await,
            Place::Apart => runtime::spawn_apart(work).await,
        }
    }

    async fn context(&self, by_steps: bool) -> Result<Context, FfiError> {
        let shared = &self.shared;
        let cell = if by_steps {
            &shared.stepping
        } else {
            &shared.client
        };
        let client = match cell.get() {
            Some(client) => client,
            None => {
                let kept = match shared.journal.get() {
                    Some(kept) => kept,
                    None => shared.journal.set_or_get(Kept::new(&shared.config.journal)),
                };
                let journal = kept.ready().await?;
                let observer = shared.observer.clone();
                cell.set_or_get(build(&shared.config, journal, by_steps, observer)?)
            }
        };
        let mut client = match &self.selected {
            None => client.clone(),
            Some(id) => client.for_contract(id)?,
        };
        if let Some(site) = &self.selected_site {
            client = client.for_site(site)?;
        }
        Ok(Context {
            client,
            handle: self.clone(),
        })
    }

    fn progress(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, BatchProgress>> {
        let cell = &self.shared.progress;
        let all = match cell.get() {
            Some(all) => all,
            None => cell.set_or_get(Mutex::default()),
        };
        all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle")
            .field("selected", &self.selected)
            .field("selected_site", &self.selected_site)
            .finish_non_exhaustive()
    }
}

fn build(
    config: &Config,
    journal: Arc<dyn Journal>,
    by_steps: bool,
    observer: Option<Arc<dyn Observer>>,
) -> Result<Client, FfiError> {
    let mut builder = Client::builder()
        .journal(journal)
        .text_policy(config.text.clone())
        .form_limit(config.limit)
        .echo_check(config.echo);
    if let Some(lease) = config.lease {
        builder = builder.lease(lease);
    }
    if let Some(limit) = config.overall {
        builder = builder.overall(limit);
    }
    if let Some(limit) = config.api_limit {
        builder = builder.api_limit(limit);
    }
    if let Some(carriers) = &config.carriers {
        builder = builder.carrier_domains(carriers.clone());
    }
    if by_steps {
        builder = builder.transport(Arc::new(StepTransport));
    }
    if let Some(observer) = observer {
        builder = builder.observer(observer);
    }
    for site in config.sites() {
        builder = builder.site(site.clone());
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
            .block_on(handle.run_async(Place::Shared, list));
        assert_eq!(awaited.unwrap(), 0);
    }

    #[test]
    fn what_keeps_a_thread_busy_keeps_nobody_else_waiting() {
        let handle = Handle::new(CONFIG).unwrap();
        let (done, wait) = std::sync::mpsc::channel::<()>();
        let busy = handle.run_async(Place::Apart, |_| async move {
            let came = wait.recv_timeout(std::time::Duration::from_secs(20));
            came.map_err(|_| FfiError::new("invalid_state", "the other call waited"))
        });
        let other = async {
            let counted = handle.run_async(Place::Shared, |context| async move {
                Ok(context.client.purchases().unresolved(1).await?.len())
            });
            let counted = counted.await;
            let _ = done.send(());
            counted
        };
        let (busy, other) = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(async { tokio::join!(busy, other) });
        assert_eq!((busy, other), (Ok(()), Ok(0)));
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
    fn a_panic_in_an_awaited_operation_is_an_error() {
        let handle = Handle::new(CONFIG).unwrap();
        let executor = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        for place in [Place::Shared, Place::Apart] {
            let work = handle.run_async::<(), _>(place, |_| async { panic!("SECRET") });
            let error = executor.block_on(work).unwrap_err();
            assert_eq!(error.code, "panic", "{place:?}");
            assert!(!format!("{error} {error:?}").contains("SECRET"));
            let run = handle.begin(place, |_| Box::pin(async { panic!("SECRET") }));
            assert_eq!(run.step(None).unwrap_err().code, "panic", "{place:?}");
            // What panicked is not gone on with.
            assert!(run.step(None).is_err(), "{place:?}");
            assert!(
                executor
                    .block_on(handle.run_async(place, |_| async { Ok(()) }))
                    .is_ok()
            );
        }
    }

    #[test]
    fn a_blocking_call_runs_on_the_thread_of_its_caller() {
        let here = || std::thread::current().id();
        let handle = Handle::new(CONFIG).unwrap();
        let caller = here();
        assert_eq!(handle.run(|_| async move { Ok(here()) }), Ok(caller));
        let run = handle.begin(Place::Shared, move |_| {
            Box::pin(async move { Ok((here() == caller).to_string()) })
        });
        let step = run.step(None).unwrap();
        assert!(matches!(step, crate::steps::Step::Done(same) if same == "true"));
        let awaited = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(handle.run_async(Place::Shared, move |_| async move { Ok(here()) }));
        assert_ne!(awaited, Ok(caller));
    }

    #[test]
    fn contracts_are_chosen_by_name() {
        let handle = Handle::new(CONFIG).unwrap();
        assert!(handle.for_contract("99999", "001").is_ok());
        let error = handle.for_contract("99999", "002").unwrap_err();
        assert_eq!(error.code, "unknown_merchant");
    }
}
