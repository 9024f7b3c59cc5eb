//! A change under a `tran_id`: what is kept about it, and the one function that decides what an event means.
//!
//! Sent again with the same `tran_id` and the same values the server answers as it did the first time. Still nothing is
//! sent again blindly: after a lost answer the resolver asks, and believes "not found" only when what was sent can no
//! longer be accepted.
//!
//! Source: docs/reference-api.md#idempotency

mod model;
mod transition;

pub(crate) use model::is_final;
pub use model::{Found, Phase, Task, Transaction};
pub use transition::{
    ACCEPTED_SECONDS, DECISION_DAYS, Event, Finding, Limits, Review, Told, Transition, transition,
};

#[cfg(test)]
mod tests;
