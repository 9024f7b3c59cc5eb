//! What the client is driven by: the journal, the observer, the transport. Knows no subject by name.

pub mod journal;
mod observer;
mod transport;

pub use journal::{Journal, MemoryJournal};
pub use observer::{NoObserver, Observation, Observer};
#[cfg(feature = "http")]
pub use transport::HttpTransport;
pub use transport::{NotDelivered, Transport};

pub use crate::exchange::{HttpRequest, HttpResponse};
