//! Miles (マイル) that a merchant gives to its customers: issuing them, codes, the mile-get tag, files, looking them up,
//! taking them back, and what they cost.
//!
//! Source: docs/reference-api.md, docs/miles-api.md

pub mod codes;
mod designated_key;
pub mod file;
mod issue;
mod rule;
mod settings;
pub mod tag;

pub use designated_key::DesignatedKey;
pub use issue::{Issue, IssueRequest, IssueState, IssuedMiles};
pub use rule::IssueRule;
pub use settings::{Deposit, IssueSettings, MAX_DEPOSIT_DAYS, MAX_INSERTED_TEXT};
