//! The reference API: how members, miles and point exchange are asked for, server to server.
//!
//! NetMile's own Web service is not public, so this is a protocol of our own for the same capabilities. Here is what
//! all its functions share: the [`Site`] and its signature, the reader of answers, the values on the wire, and the
//! [`Transaction`]: a change under a `tran_id` that happens once.
//!
//! Source: docs/reference-api.md

mod answer;
mod day;
mod draft;
mod function;
mod ids;
mod json;
mod nonce;
mod site;
mod transaction;
mod user;

pub use answer::MAX_ANSWER_BYTES;
pub use day::Day;
pub use draft::{Draft, MAX_BODY_BYTES};
pub use function::{Function, Signed};
pub use ids::{MAX_DESIGNATED_KEY, check_designated_key, check_id, check_tran_id};
pub use json::{Json, Object};
pub use nonce::Nonces;
pub use site::{Site, SiteSecret};
pub(crate) use transaction::is_final;
pub use transaction::{
    ACCEPTED_SECONDS, DECISION_DAYS, Event, Finding, Found, Limits, Phase, Review, Task, Told,
    Transaction, Transition, transition,
};
pub(crate) use user::{MAX_MAIL, is_user_id, mail_domain};
pub use user::{Mail, TEST_MAIL, User, UserId};

#[cfg(test)]
mod tests;
