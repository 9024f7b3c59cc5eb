//! Miles (マイル): issuing them, looking them up, taking them back, and what they cost.
//!
//! Source: docs/reference-api.md, docs/miles-api.md

mod issue;
mod settings;

pub use issue::{Issue, IssueRequest, IssueState, IssuedMiles};
pub use settings::{Deposit, IssueSettings, MAX_DEPOSIT_DAYS, MAX_INSERTED_TEXT};
