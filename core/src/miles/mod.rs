//! Miles (マイル) that a merchant gives to its customers: codes, the mile-get tag, files.
//!
//! Source: docs/reference-api.md

pub mod codes;
