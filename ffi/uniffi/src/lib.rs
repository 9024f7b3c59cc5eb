//! The operations of netmile for other languages, and their UniFFI face (Python, Kotlin, Swift).
//!
//! [`manifest()`] says what there is: every operation has a name, an effect, a request record and an answer record.
//! The same tables make [`invoke`], which takes and gives JSON, and for the first of them typed methods of
//! [`NetmileClient`] (blocking and awaited). [`start`] runs an operation whose HTTP requests the caller sends itself.
//!
//! Amounts are yen as signed 64-bit integers, instants are milliseconds since 1970-01-01T00:00:00Z, bytes are
//! Base64 in JSON. Phases, kinds and terminals are names, not enums: a newer library may know more of them.

mod bytes;
mod client;
mod convert;
mod describe;
mod error;
mod manifest;
pub mod operations;
pub mod records;
mod seen;
pub mod shapes;
pub mod steps;

pub use client::{NetmileClient, abi_version, library_version};
#[cfg(feature = "watch")]
pub use describe::printed;
pub use error::NetmileFailure;
pub use manifest::{faults, manifest};
pub use operations::{Effect, Operation, begin, invoke, invoke_async, start};

/// Grows when an operation or record changes in a way that older facades can not live with.
pub const ABI_VERSION: u32 = 2;

uniffi::setup_scaffolding!("netmile_ffi");
