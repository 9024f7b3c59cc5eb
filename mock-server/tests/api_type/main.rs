//! The API type as its users meet it: the book alone, and over HTTP.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub
)]

mod book;
mod client;
mod common;
mod faults;
mod hostile;
mod notices;
mod refusals;
mod settled;
mod shapes;
mod vectors;
