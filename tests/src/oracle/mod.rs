//! An oracle for NetMile's side of miles: a plain model of the published tables and limits.
//!
//! It is a second reading of the same documents as the mock, shares no code with it or with the
//! SDK, keeps everything in vectors and counts from the beginning each time. What it expects is
//! written as the JSON of docs/reference-api.md, so that every field of an answer is compared.

mod actions;
mod automatic;
mod cancel;
pub mod compare;
pub mod days;
mod fetched;
mod files;
mod manual;
mod model;
pub mod random;
mod reports;
pub mod tables;

pub use actions::{Action, Deposit, HandRow, Mailing, RegistrationSearch, Search};
pub use model::{Expected, Oracle};
