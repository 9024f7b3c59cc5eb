//! The mile-get tag (マイル獲得用タグ): a link on the merchant's thank-you page, by which a customer takes its miles.
//!
//! [`MileTag`] is the published tag. **It protects nothing that matters**: its check value `param3` is an MD5 of the two
//! ids and holds no secret, and neither the designated key nor the number of miles is covered by it, so whoever sees the
//! page can give itself another key, or more miles up to the campaign's limit, or use the link again. Use it where that
//! does not hurt (fixed campaigns with a limit per member), and compare the history with the shop's own orders.
//!
//! [`SignedTag`] is our own alternative (docs/reference-api.md#the-mile-get-tag): the whole link is signed, expires, and
//! earns once. NetMile itself does not offer it; the mock does.
//!
//! Source: docs/reference-api.md#the-mile-get-tag

mod crypto;
mod origin;
mod published;
mod query;
mod signed;
#[cfg(test)]
mod tests;

pub use origin::TagOrigin;
pub use published::MileTag;
pub use signed::{MIN_SECRET_BYTES, SignedTag};

/// Longest link or HTML that is parsed, in bytes.
pub const MAX_TAG_BYTES: usize = 8 * 1024;
