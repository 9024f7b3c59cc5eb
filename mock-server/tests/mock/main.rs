//! The mock as its users meet it: over HTTP and through its admin handle.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub
)]

mod admin;
mod advertisers;
mod attacks;
mod common;
mod faults;
mod functions;
mod journey;
mod money;
mod notices;
mod requests;
mod wire;
