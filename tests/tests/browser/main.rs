//! The whole journey in a real browser: shop, gateway, campaigns, back again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod bytes;
mod gestures;
mod house;
mod journey;
mod miles;
mod pictures;
mod pictures_miles;
mod walk;
