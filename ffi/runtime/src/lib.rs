//! What every face for other languages stands on. It has no logic of its own about payments.
//!
//! | module | what |
//! |---|---|
//! | [`config`] | a client's whole configuration as one JSON document |
//! | [`error`] | errors as data: code, field, detail, hint, retryable; panics too |
//! | [`fork`] | values that a forked child builds anew |
//! | [`handle`] | configuration + runtime + client, started by the first call of each process |
//! | [`steps`] | an operation whose requests the caller sends itself |
//! | `watch` | the core's own values and errors, for the leak test; not in a shipped library |
//!
//! Nothing starts when the library is loaded or a [`Handle`] is made: an application server that loads its
//! application and then forks finds every child working.

pub mod config;
pub mod error;
pub mod fork;
pub mod handle;
mod journal;
pub mod json;
mod runtime;
pub mod steps;
#[cfg(feature = "watch")]
pub mod watch;

pub use config::Config;
pub use error::FfiError;
pub use handle::{Context, Handle, Place, Running};
pub use netmile::Lang;
pub use steps::Run;
