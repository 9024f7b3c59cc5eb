//! Where the pages behind tags are.

use crate::contract::is_safe_url;
use crate::error::{Error, ErrorKind, Result};

/// Scheme, host and port of the site that serves the page behind a tag.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TagOrigin(Box<str>);

impl TagOrigin {
    /// NetMile's own site, as its guide for merchants prints it.
    #[must_use]
    pub fn netmile() -> Self {
        Self("https://mile.netmile.co.jp".into())
    }

    /// Another site, such as the mock's.
    ///
    /// # Errors
    /// `configuration` when it is more than scheme, host and port, or not https (plain http to the loopback only).
    pub fn new(origin: &str) -> Result<Self> {
        let origin = origin.strip_suffix('/').unwrap_or(origin);
        let authority = origin.split_once("://").map_or("", |(_, rest)| rest);
        let plain = authority
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
        if plain && is_safe_url(origin) {
            return Ok(Self(origin.into()));
        }
        Err(Error::field(
            ErrorKind::Configuration,
            "origin",
            "must be scheme, host and port of an https site (plain http only to the loopback)",
        ))
    }

    /// As text, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
