//! What the client is driven by: the journal, the observer, the transport. Knows no subject by name.

mod call;
mod driver;
mod gate;
#[cfg(test)]
pub(crate) mod hand;
mod io;
pub mod journal;
mod machine;
mod observer;
mod retry;
mod seeds;
mod timer;
mod transport;

pub use call::{Call, Exchanged, Sends, Sent};
pub use driver::Driver;
pub use gate::{Gate, Pass};
pub use io::Io;
pub use journal::{Journal, MemoryJournal};
pub use machine::{Input, Machine, Script, Step, Write};
pub use observer::{NoObserver, Observation, Observer};
pub use retry::{RetryBudget, RetryPolicy};
pub use seeds::Seeds;
pub use timer::Timer;
#[cfg(feature = "http")]
pub use timer::TokioTimer;
#[cfg(feature = "http")]
pub use transport::{HttpTimeouts, HttpTransport};
pub use transport::{NotDelivered, Transport};

pub use crate::operation::{HttpMethod, HttpRequest, HttpResponse};
