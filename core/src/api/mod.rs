//! The API type (API 型): server-to-server messages.
//!
//! Source: docs/protocol/api-type.md

pub mod codes;
