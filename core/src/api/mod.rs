//! The API type (API型): messages from server to server.
//!
//! A [`Message`] is composed and sealed for a contract ([`ApiContext`]); [`Answer`] reads what comes back in the same
//! exchange, [`ApiNotice`] what the gateway sends later by itself, and [`ApiAck`] answers it. Plain data in, bytes out;
//! bytes in, verified data out: nothing here does IO, reads a clock or a random number.
//!
//! Source: docs/protocol/api-type.md

mod ack;
mod answer;
pub mod codes;
mod context;
mod explain;
mod function;
mod gateway;
mod message;
pub(crate) mod notice;
pub mod operations;
mod request;
mod rules;
#[cfg(test)]
mod tests;

pub use ack::ApiAck;
pub use answer::{Answer, AnswerResult};
pub use context::ApiContext;
pub use explain::{
    ApiHashExplanation, ApiHashFault, ApiHashQuestion, ApiHashVerdict, HashedField, WireForm,
    explain_api_hash,
};
pub use function::FunctionId;
pub use gateway::Gateway;
pub use message::{Group, Message, SignedMessage, Value};
pub use notice::{ApiNotice, Deposit, DepositKind, NoticeEncryption, NoticeKind};
pub use request::{CardOptions, CardToken, ChargeRequest, Means, MethodField, SlipRequest, Store};
