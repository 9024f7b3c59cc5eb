//! The gateway and NetMile's side on a developer's own machine: real pages, real notices, a clock
//! that can be moved, faults on demand.
//!
//! It is a second reading of the protocol: hash, form and Shift_JIS code are its own, so that a
//! misreading in the SDK shows up as a refusal. What is not public is a guess, marked `assumed` in
//! the message log, and configuration where a guess could reasonably be another one.
//!
//! ```
//! # let runtime = tokio::runtime::Runtime::new().unwrap();
//! # runtime.block_on(async {
//! use netmile_mock::{Mock, Options};
//!
//! let mock = Mock::start(Options::default()).await.unwrap();
//! assert!(mock.url().starts_with("http://127.0.0.1:"));
//! assert_eq!(mock.admin().balance("taro").await.unwrap(), 400);
//! mock.stop().await;
//! # });
//! ```

pub mod admin;
pub mod api;
pub mod clock;
pub mod diagnosis;
pub mod due;
pub mod faults;
mod gateway;
pub mod ids;
mod journey;
pub mod link;
mod mask;
mod mock;
mod net;
mod notify;
pub mod office;
pub mod options;
pub mod pages;
pub mod periods;
mod refund;
pub mod scenario;
pub mod settlement;
pub mod store;
mod web;
pub mod wire;

pub use admin::Admin;
pub use clock::ClockMode;
pub use mock::Mock;
pub use options::{MockError, Options};
pub use scenario::Scenario;
