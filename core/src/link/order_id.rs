//! The merchant's purchase id.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::link::fields;

/// `order_id` (購入ID): 1 to 38 of `[0-9A-Za-z_-]`, never used twice within a merchant and service.
///
/// ```
/// use netmile::link::OrderId;
/// assert_eq!(OrderId::new("ORDER-0001")?.as_str(), "ORDER-0001");
/// assert!(OrderId::new("has space").is_err());
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// Source: docs/protocol/link-type.md#fields
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrderId(String);

impl OrderId {
    /// Longest id, in characters.
    pub const MAX_LEN: usize = 38;

    /// Takes an id.
    ///
    /// # Errors
    /// `invalid_value` when it is empty, longer than 38, or has another character.
    pub fn new(id: impl Into<String>) -> Result<Self> {
        let id = id.into();
        if id.len() > Self::MAX_LEN || !fields::is_id(&id) {
            return Err(fields::invalid(
                "order_id",
                "must be 1 to 38 of the characters 0-9 A-Z a-z _ -",
            ));
        }
        Ok(Self(id))
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for OrderId {
    type Error = Error;

    fn try_from(id: String) -> Result<Self> {
        Self::new(id)
    }
}

impl From<OrderId> for String {
    fn from(id: OrderId) -> Self {
        id.0
    }
}
