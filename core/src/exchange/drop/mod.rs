//! Flow ②: files that NetMile fetches from the merchant's own server, and the inbox for its results.
//!
//! [`ExchangeDrop`] answers requests without any web framework: hand it what the server received, send what it gives
//! back. What it keeps is in a [`DropStore`]. [`DropSchedule`] says when a file is due, [`DropFile`] writes it, and
//! [`settled`] reads what became of it.
//!
//! Source: docs/reference-api.md#files-that-netmile-fetches

mod access;
mod file;
mod handle;
mod name;
mod schedule;
mod store;

pub use access::{BasicCredentials, IpRange};
pub use file::{DropFile, MAX_DROP_ROWS, settled};
pub use handle::{DropRequest, DropResponse, ExchangeDrop, MAX_RESULT_BYTES};
pub use name::{DropName, DropPart};
pub use schedule::{DropSchedule, DropTime, Weekday};
pub use store::{DropStore, Kept, MemoryDrop};
