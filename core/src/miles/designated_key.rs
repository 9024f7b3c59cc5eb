//! The designated key (指定キー).

use std::fmt;

use crate::error::{Error, ErrorKind, Result};

/// The designated key (指定キー): the merchant's own id of a customer, by which the history is searched.
///
/// Half-width letters and digits, 1 to 255. It is not unique: one customer may be rewarded often, so it never serves to
/// tell a repeat from a second issue. `Debug` shows its length only.
///
/// ```
/// use netmile::miles::DesignatedKey;
/// assert!(DesignatedKey::new("C0001").is_ok());
/// assert!(DesignatedKey::new("C-0001").is_err());
/// ```
///
/// Source: docs/reference-api.md#idempotency
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DesignatedKey(Box<str>);

impl DesignatedKey {
    /// Longest key, in characters.
    pub const MAX_LEN: usize = 255;

    /// Takes a key.
    ///
    /// # Errors
    /// `invalid_value` on `designated_key`.
    pub fn new(key: &str) -> Result<Self> {
        if Self::is_valid(key.as_bytes()) {
            return Ok(Self(key.into()));
        }
        Err(Error::field(
            ErrorKind::InvalidValue,
            "designated_key",
            "must be 1 to 255 half-width letters and digits",
        ))
    }

    /// Whether these bytes are a key.
    #[must_use]
    pub fn is_valid(key: &[u8]) -> bool {
        (1..=Self::MAX_LEN).contains(&key.len()) && key.iter().all(u8::is_ascii_alphanumeric)
    }

    /// The key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for DesignatedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DesignatedKey({} characters)", self.0.len())
    }
}
