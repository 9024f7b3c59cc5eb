//! Miles (マイル) that a merchant gives to its customers: codes, the mile-get tag, files.
//!
//! Source: docs/reference-api.md

pub mod codes;
mod designated_key;
pub mod file;
mod rule;
pub mod tag;

pub use designated_key::DesignatedKey;
pub use rule::IssueRule;
