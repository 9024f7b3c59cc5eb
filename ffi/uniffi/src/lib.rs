//! The operations of netmile for other languages, and their UniFFI face (Python, Kotlin, Swift).
//!
//! [`operations::OPERATIONS`] is the manifest: every operation has a name, a request record and an answer record. The
//! same table makes the typed methods of [`NetmileClient`] (blocking and awaited) and [`invoke`], which takes and
//! gives JSON for the C face.
//!
//! Amounts are yen as signed 64-bit integers, instants are milliseconds since 1970-01-01T00:00:00Z, bytes are
//! Base64 in JSON. Phases, kinds and terminals are names, not enums: a newer library may know more of them.

mod bytes;
mod client;
mod convert;
mod error;
pub mod operations;
pub mod records;

pub use client::{NetmileClient, abi_version, library_version};
pub use error::NetmileFailure;
pub use operations::{Operation, invoke};

/// Grows when an operation or record changes in a way that older facades can not live with.
pub const ABI_VERSION: u32 = 1;

uniffi::setup_scaffolding!("netmile_ffi");
