//! What one exchange with the gateway is: a request, an answer, an effect, an outcome.
//!
//! Shared by every subject that calls the gateway. The effect of an operation is a type, because it decides who may
//! send the operation again:
//!
//! | effect | operations | after a lost answer |
//! |---|---|---|
//! | [`Read`] | inquiries | sent again, automatically |
//! | [`Keyed`] | commit, capture, cancel, full refund of one `tracking_id` | sent again by the resolver only, after asking |
//! | [`Blind`] | payment requests, partial refunds | never sent again: evidence decides |
//!
//! Source: docs/protocol/api-type.md#outcomes

mod effect;
mod function;
mod http;
mod looks;
mod outcome;

pub use effect::{AfterLoss, Blind, Effect, Keyed, Read, Resendable};
pub use function::{Operation, Verdict, WireRequest};
pub use http::{HttpMethod, HttpRequest, HttpResponse};
pub use outcome::{Outcome, Rejection, Ticket};

pub(crate) use looks::next_look;
pub(crate) use outcome::names;
