//! NetMile's side of miles: members, issues, files, history, cancelling, bills, exchange.
//!
//! [`Office`] is the whole logic, without IO, clock or randomness: requests and an instant in,
//! answers and postings out. The mock serves it as the reference API at `/v1`, and keeps it as a
//! journal of commands; a simulation or a test can run it alone. It reads files, signatures and
//! the published tag with code of its own, so that a misreading in the SDK shows up.
//!
//! What is published are file columns, limits and 5-digit codes; the protocol is the project's own.

pub(crate) mod admin;
mod calls;
pub(crate) mod cancel;
pub mod code;
pub(crate) mod command;
pub(crate) mod csv;
pub(crate) mod days;
pub(crate) mod desk;
mod drop;
mod earn;
pub(crate) mod earn_web;
mod exchange;
pub(crate) mod failed;
mod files;
pub mod gate;
mod history;
mod issue;
mod mails;
mod members;
pub mod openapi;
mod pull;
mod read;
mod record;
mod refusal;
pub mod request;
mod sooner;
mod state;
pub mod terms;
pub mod user;
pub mod views;
pub(crate) mod web;

pub use admin::OfficeView;
pub use cancel::Application;
pub use code::{Code, Table};
pub use csv::MOST_ROWS;
pub use drop::{
    End as DropEnd, ExchangeReport, fits as drop_file_fits, result_name as drop_result_name,
};
pub use earn::{Click, Earned, Tag, param3};
pub use files::{ListOf, RegistrationSearch};
pub use history::{HistorySearch, HistorySort, SortBy};
pub use mails::MailView;
pub use members::Sample;
pub use pull::PulledFile;
pub use record::{Balances, Posting};
pub use refusal::{FileFault, Refusal};
pub use state::Office;
pub use user::{Method, TEST_ADDRESS, User};
