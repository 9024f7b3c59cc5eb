//! NetMile payments through the SBPS gateway.
//!
//! The crate is built in floors; a room imports only from floors below it.
//!
//! | floor | rooms | what lives there |
//! |---|---|---|
//! | 1 | [`money`], [`time`], [`error`], [`secret`], [`lang`] | values, the one error type |
//! | 2 | [`wire`], [`contract`] | bytes of the protocol; what a merchant's contract offers |
//! | 3 | `link`, `api`, `purchase`, `charge`, `operation`, `schedule`, `settlement`, `reference`, `members`, `miles`, `exchange` | plain data in, bytes out; bytes in, verified data out; pure transitions |
//! | 4 | `engine` | the journal, the observer, the transport: what the client is driven by |
//! | 5 | `flow` | what is done in which order, for each subject |
//! | 6 | `client`, `blocking` | the face |
//!

pub mod api;
#[cfg(feature = "blocking")]
pub mod blocking;
pub mod charge;
pub mod client;
pub mod contract;
pub mod engine;
pub mod error;
pub mod exchange;
mod flow;
pub mod lang;
pub mod link;
pub mod members;
pub mod miles;
pub mod money;
pub mod operation;
#[cfg(feature = "planted-defects")]
#[doc(hidden)]
pub mod planted;
#[cfg(not(feature = "planted-defects"))]
mod planted;
pub mod purchase;
pub mod reference;
pub mod schedule;
pub mod secret;
pub mod settlement;
pub mod time;
pub mod wire;

pub use client::Client;
pub use error::{Error, ErrorKind, Result};
pub use lang::Lang;
pub use money::{Miles, Yen};
pub use secret::HashKey;
