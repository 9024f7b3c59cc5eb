//! What the gateway sends by itself: deposits, and their deadlines.

mod model;
mod parse;
mod seen_key;
mod verified;

pub use model::{ApiNotice, Deposit, DepositKind, NoticeEncryption, NoticeKind};
pub(crate) use parse::claimed_function;
