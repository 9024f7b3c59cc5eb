//! The link type (リンク型): every message of it.

pub mod codes;
mod explain;
pub(crate) mod order;

pub use explain::{Explanation, HashQuestion, HashedMessage, RecipeFault, explain_hash};
