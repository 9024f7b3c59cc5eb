//! The C face of netmile. Rules of the interface, which the header repeats:
//!
//! * Every call that can fail returns a [`netmile_status`], and takes `error` last. `error` may be NULL; otherwise
//!   it receives an object on failure, to be freed by the caller, and is left alone on success.
//! * Out-parameters are written on success only.
//! * Text is UTF-8 and ends with NUL; bytes come with their length. What is handed in is copied.
//! * `…_new`, `…_start`, `…_handle` and the like give an object that the caller frees with its `…_free`; freeing
//!   NULL does nothing. Pointers got from an object live as long as the object.
//! * A client may be used by several threads at once, and after a fork. The other objects belong to one thread
//!   at a time.
//!
//! The library carries the UniFFI face as well, so one file serves every language.

#![allow(
    unsafe_code,
    reason = "this crate is the border: C hands in raw pointers"
)]
#![allow(non_camel_case_types, reason = "these are the names in the C header")]

mod answer;
mod checkout;
mod client;
mod error;
mod events;
mod request;
mod run;
mod text;

#[cfg(test)]
mod tests;

pub use answer::*;
pub use checkout::*;
pub use client::*;
pub use error::*;
pub use events::*;
pub use request::*;
pub use run::*;

netmile_uniffi::uniffi_reexport_scaffolding!();
