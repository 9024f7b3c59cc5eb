//! A purchase, its attempts and its payments; the states they go through.
//!
//! A *purchase* is what the shop wants paid. An *attempt* is one `order_id` at the gateway: the gateway refuses a
//! used `order_id`, so every new start is a new attempt of the same purchase. A *payment* is money that moved: one
//! `tracking_id`. [`transition`] is pure and total; the table of `docs/states.md` is generated from it.

mod event;
mod model;
pub mod table;
mod transition;

pub use event::{Decision, Event, Fact, FactKind, NoticeResult, ReviewVerdict, Subject};
pub use model::{
    Asked, Attempt, AttemptState, ContractEnd, NewPurchase, Payment, Phase, Purchase, Purpose,
    Refund, RefundEvidence, ReviewReason,
};
pub use transition::{Timeouts, Transition, transition};
