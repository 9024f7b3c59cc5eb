//! Miles over a scripted transport: what is sent, what is believed, and what is told later.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub,
    missing_docs
)]

mod asking;
mod bulk;
mod by_hand_and_cancel;
mod exchange;
mod issue;
mod journal_fails;
mod property;
mod races;
mod second_caller;
mod support;
mod unknown;
