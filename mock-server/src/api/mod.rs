//! The API type: XML calls from server to server, and notices back.
//!
//! [`Book`] is the whole logic, without IO: a call and an instant in, an answer out, movements of
//! money in a ledger. The mock serves it over HTTP and keeps it in its database; a simulation can
//! run it alone, with a [`Purse`] for the members.
//!
//! Functions of NetMile by API are an assumption of this project; the log marks them so.

mod answer;
mod book;
mod call;
mod config;
mod fields;
pub(crate) mod function;
mod gate;
mod keep;
mod notice;
mod outside;
mod peek;
mod records;
mod refusal;
mod request;
pub(crate) mod routes;
pub(crate) mod serve;
mod steps;
pub(crate) mod store;
pub mod terms;
mod verbs;
pub(crate) mod web;

pub use book::Book;
pub use call::{ApiRequest, Handled};
pub use config::Config;
pub use function::{FunctionId, Operation};
pub use notice::{Ack, Letter, read_ack};
pub use outside::{BilledMonth, LinkContract, LinkPayment, Outside, Posting, Purse};
pub use peek::Peek;
pub use records::{
    ApiContract, ApiNotice, ApiPayment, CardShown, Counters, Hidden, LinkState, Month, Movement,
    MovementKind, NoticeUrl, OrderTries, PaymentState, Record, Slip, StoredCard,
};
pub use steps::{contract::Happened, slip::SlipEvent};
pub use terms::{Flow, NoticeStyle};
pub use verbs::{ApiNoticeOrder, SlipOutcome};

impl Book {
    /// An NG with any code, as the gateway would say it: for faults. `function` is the id of the
    /// call; without one the root has none.
    #[must_use]
    pub fn ng_answer(function: Option<&FunctionId>, code: &str, now: i64) -> Vec<u8> {
        answer::bare_ng(function, code, now)
    }
}
