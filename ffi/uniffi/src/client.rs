//! The client object of the UniFFI face.

use std::sync::Arc;

use netmile_ffi_runtime::error::guard;
use netmile_ffi_runtime::{Handle, Place, Run};
use zeroize::Zeroizing;

use crate::error::NetmileFailure;
use crate::operations::{self, with_operations};
use crate::records::*;
use crate::steps;

/// A configured client: cheap to clone, safe to share between threads, usable after a fork.
#[derive(Debug, uniffi::Object)]
pub struct NetmileClient {
    handle: Handle,
}

#[uniffi::export]
impl NetmileClient {
    /// Takes the configuration as JSON. Touches neither network nor disk nor threads.
    ///
    /// # Errors
    /// `invalid_argument` for what is not a configuration; what the contracts refuse, naming the field.
    #[uniffi::constructor]
    pub fn new(config: String) -> Result<Arc<Self>, NetmileFailure> {
        let config = Zeroizing::new(config);
        let handle = guard(|| Handle::new(&config))?;
        Ok(Arc::new(Self { handle }))
    }

    /// The same client for one of its contracts. Needed only when it has several.
    ///
    /// # Errors
    /// `invalid_value`, `unknown_merchant`.
    pub fn for_contract(
        &self,
        merchant_id: String,
        service_id: String,
    ) -> Result<Arc<Self>, NetmileFailure> {
        let handle = guard(|| self.handle.for_contract(&merchant_id, &service_id))?;
        Ok(Arc::new(Self { handle }))
    }

    /// The same client for one of its sites. Needed only when it has several.
    ///
    /// # Errors
    /// `unknown_merchant`.
    pub fn for_site(&self, site_id: String) -> Result<Arc<Self>, NetmileFailure> {
        let handle = guard(|| self.handle.for_site(&site_id))?;
        Ok(Arc::new(Self { handle }))
    }

    /// Runs the operation of this name: JSON in, JSON out.
    ///
    /// # Errors
    /// `unknown_operation`, `invalid_argument`, and what the operation returns.
    pub fn invoke(&self, operation: String, request: String) -> Result<String, NetmileFailure> {
        Ok(guard(|| {
            operations::invoke(&self.handle, &operation, &request)
        })?)
    }

    /// The same, awaited.
    ///
    /// # Errors
    /// As `invoke`.
    pub async fn invoke_async(
        &self,
        operation: String,
        request: String,
    ) -> Result<String, NetmileFailure> {
        Ok(operations::invoke_async(&self.handle, operation, request).await?)
    }

    /// The operation of this name, for a caller that waits for it in slices by `step_within`. Its run asks for nothing to
    /// be sent, and stops when it is dropped.
    #[must_use]
    pub fn begin(&self, operation: String, request: String) -> Arc<NetmileRun> {
        let run = operations::begin(&self.handle, operation, request);
        Arc::new(NetmileRun { run })
    }

    /// Closes what this process must not have open when it forks: the database of a journal in SQLite. The next call,
    /// here or in the child, opens it again.
    ///
    /// # Errors
    /// `invalid_state` when a call lasts for more than ten seconds; `journal`.
    pub fn release(&self) -> Result<(), NetmileFailure> {
        Ok(guard(|| self.handle.release())?)
    }

    /// The operation of this name, for a transport of the shop's own: the run says what to send.
    #[must_use]
    pub fn start(&self, operation: String, request: String) -> Arc<NetmileRun> {
        let run = operations::start(&self.handle, operation, request);
        Arc::new(NetmileRun { run })
    }
}

/// An operation whose HTTP requests the caller sends itself. Belongs to the process that started it.
#[derive(Debug, uniffi::Object)]
pub struct NetmileRun {
    run: Run,
}

#[uniffi::export]
impl NetmileRun {
    /// Goes on until something is to be sent, or the operation is over. The first step takes nothing; every further
    /// one what became of the request. Both are JSON, as ffi/README.md describes.
    ///
    /// # Errors
    /// What the operation returns; `invalid_state`.
    pub fn step(&self, input: Option<String>) -> Result<String, NetmileFailure> {
        Ok(guard(|| steps::step(&self.run, input.as_deref()))?)
    }

    /// The same, for at most so many milliseconds: `{"step":"wait"}` when it is not that far yet. Then the next step
    /// takes no input.
    ///
    /// # Errors
    /// As `step`.
    pub fn step_within(
        &self,
        input: Option<String>,
        millis: u32,
    ) -> Result<String, NetmileFailure> {
        Ok(guard(|| {
            steps::step_within(&self.run, input.as_deref(), millis)
        })?)
    }

    /// The same, awaited.
    ///
    /// # Errors
    /// As `step`.
    pub async fn step_async(&self, input: Option<String>) -> Result<String, NetmileFailure> {
        Ok(steps::step_async(&self.run, input.as_deref()).await?)
    }
}

macro_rules! methods {
    ($($name:literal $effect:ident $method:ident $awaited:ident $module:ident::$function:ident($request:ident) -> $answer:ident
        $doc:literal,)+) => {
        #[uniffi::export]
        impl NetmileClient {
            $(
                #[doc = $doc]
                ///
                /// # Errors
                /// With the code of what was refused.
                pub fn $method(&self, request: $request) -> Result<$answer, NetmileFailure> {
                    Ok(self.handle.run(|context| operations::$method(context, request))?)
                }

                #[doc = $doc]
                ///
                /// # Errors
                /// With the code of what was refused.
                pub async fn $awaited(&self, request: $request) -> Result<$answer, NetmileFailure> {
                    Ok(self
                        .handle
                        .run_async(Place::Shared, |context| operations::$method(context, request))
                        .await?)
                }
            )+
        }
    };
}
with_operations!(methods);

/// The version of the operations and records; a facade refuses a library with another one.
#[uniffi::export]
#[must_use]
pub fn abi_version() -> u32 {
    crate::ABI_VERSION
}

/// The version of the library, `MAJOR.MINOR.PATCH`.
#[uniffi::export]
#[must_use]
pub fn library_version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
