//! The link type (リンク型): every message of it.
//!
//! The customer's browser carries the request to the gateway; the gateway's server tells the shop the result, and
//! then sends the browser back. Plain data in, bytes out; bytes in, verified data out: nothing here does IO, reads
//! a clock or a random number.
//!
//! | to the gateway | what | back |
//! |---|---|---|
//! | [`PurchaseRequest`] (A01-1) | buys, once or recurring; ends a recurring contract | purchase results |
//! | [`RegistrationRequest`] (B01-1), [`RegistrationDeletion`] (C01-1) | stored payment data | registration results |
//! | [`RecurringRequest`] (D01-1) | applies for recurring billing | recurring results |
//!
//! `sign` makes a [`SignedForm`]; [`parse`] and [`parse_return`] read what comes back; [`Ack`] answers a notice.
//!
//! Source: docs/protocol/link-type.md

mod ack;
pub mod codes;
mod compose;
mod detail;
mod explain;
mod fields;
mod free_csv;
mod hosted;
mod limit;
mod message_kind;
pub(crate) mod order;
mod order_id;
mod page;
mod parse;
mod pay_methods;
mod purchase_request;
mod raw;
mod recurring_request;
mod registration_request;
mod result_message;
mod return_urls;
mod seen_key;
mod signed_form;
mod sorted;
#[cfg(test)]
mod tests;
mod verified;

pub use ack::Ack;
pub use detail::{DetailRow, MAX_ROWS, rows_total};
pub use explain::{Explanation, HashQuestion, HashedMessage, RecipeFault, explain_hash};
pub use free_csv::FreeCsv;
pub use hosted::{HostedCheckout, Observation, ReturnedBy};
pub use limit::LimitSeconds;
pub use message_kind::MessageKind;
pub use order_id::OrderId;
pub use page::{FormOptions, HtmlBytes, HttpPage};
pub use parse::{MAX_EVIDENCE, Return, parse, parse_return};
pub use pay_methods::PayMethods;
pub use purchase_request::PurchaseRequest;
pub use raw::RawMessage;
pub use recurring_request::{RecurringRequest, RecurringService};
pub use registration_request::{RegistrationDeletion, RegistrationRequest};
pub use result_message::{Deposit, ResultCode, ResultMessage};
pub use return_urls::ReturnUrls;
pub use seen_key::first_seen_key;
pub use signed_form::SignedForm;
pub use verified::{EchoCheck, MAX_FUTURE_SECONDS, Verified};
