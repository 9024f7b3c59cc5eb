//! The link type (リンク型): every message of it.

pub(crate) mod order;
