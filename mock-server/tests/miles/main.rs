//! Miles: the office's rules, the reference API, the mile-get tag, the drop.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub
)]

mod cancelling;
mod client;
mod document;
mod drops;
mod faults;
mod files;
mod issuing;
mod kept;
mod managing;
mod rules;
mod signing;
mod tag;
