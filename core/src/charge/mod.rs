//! A charge: one `order_id` at the gateway's API type, the steps taken on it, and where they led.
//!
//! A charge is recorded before its first byte leaves. At most one step is open at a time; while its outcome is unknown
//! no other step starts. [`transition`] is pure and total; the table of `docs/charges.md` is generated from it.
//!
//! Source: docs/protocol/api-type.md#outcomes

mod event;
mod model;
pub mod table;
#[cfg(test)]
mod tests;
mod transition;

pub use event::{Event, Finding, Review, Source};
pub use model::{
    BilledMonth, Charge, ChargePhase, Doubt, Entry, EntryResult, Kind, MonthRefund, NewCharge,
    OpenReason, Pending, Plan, Step, StepState,
};
pub use transition::{Bounds, Transition, transition};

pub(crate) use model::SENDING;
pub(crate) use transition::NOT_PROCESSED;
