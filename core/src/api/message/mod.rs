//! Requests, from their values to signed bytes.

mod compose;
mod seal;
mod value;

pub use compose::{Group, Message};
pub use seal::SignedMessage;
pub use value::Value;
