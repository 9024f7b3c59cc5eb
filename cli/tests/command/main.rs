//! The real binary against a real mock and small servers of its own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub
)]

mod cancels;
mod clock;
mod codes;
mod deposits;
mod doctor;
mod hash;
mod help;
mod issue;
mod notify;
mod payments;
mod shop;
mod statements;
mod support;
#[cfg(unix)]
mod terminal;
mod uploads;
mod waiting;
