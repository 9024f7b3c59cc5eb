//! How the client reaches the gateway: keys and endpoints of a contract, and the driver of the machine.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;

use super::Client;
use crate::api::{ApiContext, Gateway};
use crate::contract::{Contract, ContractId};
use crate::engine::{Driver, Io, Script};
use crate::error::{Error, ErrorKind, Result};
use crate::flow::Desk;

impl Client {
    /// What the flows of one method need.
    pub(super) fn desk_of(&self, contract: &Contract, method: &str) -> Result<Desk> {
        let method = contract.method(method)?;
        let Some(ids) = method.api() else {
            return Err(Error::field(
                ErrorKind::NotInContract,
                "pay_method",
                format!(
                    "{} has no ids for the API type; add them with Method::with_api",
                    method.tag()
                ),
            ));
        };
        let context = self.api_context(contract)?;
        Ok(Desk {
            gateway: Gateway::new(context, &contract.endpoints().api, ids.clone()),
            bounds: self.settings().bounds,
            retry: self.settings().retry,
            budget: Arc::clone(&self.inner.budget),
        })
    }

    fn api_context(&self, contract: &Contract) -> Result<ApiContext> {
        let context = ApiContext::new(contract.id().clone(), contract.hash_key().clone())
            .with_text(self.settings().text.clone())
            .with_limit(Some(self.settings().api_limit));
        let context = match contract.encryption() {
            Some(key) => context.with_encryption(key.clone()),
            None => context,
        };
        match contract.basic() {
            Some((user, password)) => context.with_basic(user, password.expose()),
            None => Ok(context),
        }
    }

    pub(super) fn api_contexts(&self) -> Result<BTreeMap<ContractId, ApiContext>> {
        let contracts = self.inner.contracts.values();
        contracts
            .map(|contract| Ok((contract.id().clone(), self.api_context(contract)?)))
            .collect()
    }

    /// A machine with a seed of its own.
    pub(super) fn script<T, F, Fut>(&self, body: F) -> Script<T>
    where
        F: FnOnce(Io) -> Fut,
        Fut: Future<Output = Result<T>> + Send + 'static,
    {
        Script::new(self.inner.seeds.next(), body)
    }

    /// Drives a machine to its end.
    pub(super) async fn run<T: Send>(&self, script: Script<T>) -> Result<T> {
        self.driver()?.run(script).await
    }

    /// The driver of this client's machines: its journal, transport, clock and limits.
    ///
    /// # Errors
    /// `configuration` when the client has no transport.
    pub fn driver(&self) -> Result<&Driver> {
        self.inner.driver.as_ref().ok_or_else(|| {
            Error::new(
                ErrorKind::Configuration,
                "the client has no transport: add one with ClientBuilder::transport",
            )
        })
    }
}
