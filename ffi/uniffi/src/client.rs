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

#[cfg(test)]
mod tests {
    use super::*;
    use netmile::engine::{Observation, Observer};

    const CONFIG: &str = r#"{"contracts":[{"merchant_id":"99999","service_id":"001",
        "hash_key":"TESTHASHKEY0123456789abcdef0123456789abc","environment":"mock","base_url":"http://127.0.0.1:1"}]}"#;

    /// A bug in the middle of an operation.
    struct Broken;

    impl Observer for Broken {
        fn observe(&self, what: &Observation<'_>) {
            panic!("SECRET: {what:?}");
        }
    }

    fn request(id: &str) -> String {
        format!(
            r#"{{"purchase_id":"{id}","cust_code":"PERSONAL","item_id":"ITEM1","amount":300,"terminal":"pc",
            "urls":{{"success":"https://shop.example/s","cancel":"https://shop.example/c",
            "error":"https://shop.example/e","notify":"https://shop.example/n"}}}}"#
        )
    }

    fn is_panic<T: std::fmt::Debug>(way: &str, done: Result<T, NetmileFailure>) {
        let failure = done.unwrap_err();
        let text = format!("{failure} {failure:?}");
        assert!(!text.contains("SECRET") && !text.contains("CART"), "{text}");
        let NetmileFailure::Failed { code, .. } = failure;
        assert_eq!(code, "panic", "{way}");
    }

    #[test]
    fn an_operation_that_panics_is_an_error_by_every_way_in() {
        let handle = Handle::with_observer(CONFIG, Arc::new(Broken)).unwrap();
        let client = NetmileClient { handle };
        let executor = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let operation = || "checkout.start".to_owned();
        let typed = |id| serde_json::from_str::<PurchaseRequest>(&request(id)).unwrap();
        is_panic("invoke", client.invoke(operation(), request("CART-1")));
        is_panic("typed", client.checkout_start(typed("CART-2")));
        let awaited = client.invoke_async(operation(), request("CART-3"));
        is_panic("invoke_async", executor.block_on(awaited));
        let awaited = client.checkout_start_async(typed("CART-4"));
        is_panic("typed, awaited", executor.block_on(awaited));
        let run = client.begin(operation(), request("CART-5"));
        is_panic("step_within", run.step_within(None, 20_000));
        is_panic(
            "step",
            client.start(operation(), request("CART-6")).step(None),
        );
        let run = client.start(operation(), request("CART-7"));
        is_panic("step_async", executor.block_on(run.step_async(None)));
        for id in 1..=7 {
            let asked = format!(r#"{{"purchase_id":"CART-{id}"}}"#);
            let known = client.invoke("purchase.get".to_owned(), asked).unwrap();
            assert!(known.contains(r#""phase":"open""#), "{known}");
        }
    }
}
