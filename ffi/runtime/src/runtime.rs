//! The runtime of this process: started by the first call, on one worker thread.

use std::any::Any;
use std::future::Future;
use std::panic::{self, AssertUnwindSafe};
use std::pin::Pin;
use std::task::{self, Poll};

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::error::FfiError;
use crate::fork::ForkCell;

static RUNTIME: ForkCell<Runtime> = ForkCell::new();

/// The runtime, if this process has started it.
pub(crate) fn started() -> Option<&'static Runtime> {
    RUNTIME.get()
}

fn runtime() -> Result<&'static Runtime, FfiError> {
    if let Some(runtime) = started() {
        return Ok(runtime);
    }
    let built = Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("netmile")
        .enable_all()
        .build()
        .map_err(|_| FfiError::new("configuration", "the runtime could not be started"))?;
    Ok(RUNTIME.set_or_get(built))
}

/// Runs a future on the calling thread. A panic inside becomes an error.
pub(crate) fn block_on<T>(
    future: impl Future<Output = Result<T, FfiError>>,
) -> Result<T, FfiError> {
    if Handle::try_current().is_ok() {
        return Err(FfiError::new(
            "invalid_state",
            "a blocking call may not be made from inside an asynchronous runtime",
        ));
    }
    guard(|| runtime()?.block_on(future))
}

/// Runs a future on the worker; dropping what is returned stops it.
pub(crate) async fn spawn<T: Send + 'static>(
    future: impl Future<Output = Result<T, FfiError>> + Send + 'static,
) -> Result<T, FfiError> {
    // Starting a runtime panics where no thread can be had.
    let task = AbortOnDrop(guard(|| Ok(runtime()?.spawn(future)))?);
    match task.await {
        Ok(done) => done,
        Err(error) => Err(if error.is_panic() {
            FfiError::panicked()
        } else {
            FfiError::new("invalid_state", "the call was stopped")
        }),
    }
}

/// Runs a future on a thread of its own; dropping what is returned stops it at its next await. For work that keeps a
/// thread busy for long: the worker is there for everybody else.
pub(crate) async fn spawn_apart<T: Send + 'static>(
    future: impl Future<Output = Result<T, FfiError>> + Send + 'static,
) -> Result<T, FfiError> {
    let (keep, stopped) = oneshot::channel::<()>();
    let work = move || {
        Handle::current().block_on(async move {
            tokio::select! {
                done = future => done,
                _ = stopped => Err(FfiError::new("invalid_state", "the call was stopped")),
            }
        })
    };
    // As it does when a thread of its own cannot be had.
    let done = guard(|| Ok(runtime()?.spawn_blocking(work)))?.await;
    drop(keep);
    done.unwrap_or_else(|_| Err(FfiError::panicked()))
}

/// Runs code at the border to another language. A panic becomes the error `panic`, without its text: it could
/// quote data.
///
/// # Errors
/// What `code` returns, or `panic`.
pub fn guard<T>(code: impl FnOnce() -> Result<T, FfiError>) -> Result<T, FfiError> {
    panic::catch_unwind(AssertUnwindSafe(code)).unwrap_or_else(|payload| {
        forget(payload);
        Err(FfiError::panicked())
    })
}

/// A payload whose own drop panics must not get through either.
fn forget(payload: Box<dyn Any + Send>) {
    std::mem::forget(payload);
}

struct AbortOnDrop<T>(JoinHandle<T>);

impl<T> Future for AbortOnDrop<T> {
    type Output = Result<T, tokio::task::JoinError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut task::Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context)
    }
}

impl<T> Drop for AbortOnDrop<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}
