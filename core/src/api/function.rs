//! Names of the gateway's functions.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// A function of the gateway, such as `ST01-00131-101`: group, operation, number of the payment method.
///
/// ```
/// use netmile::api::FunctionId;
/// let id = FunctionId::parse("ST01-00131-101")?;
/// assert_eq!((id.group(), id.operation(), id.method()), ("ST01", "00131", "101"));
/// assert_eq!(id.compact(), "ST0100131101");
/// assert_eq!(FunctionId::from_parts("ST02", "00101", id.method())?.to_string(), "ST02-00101-101");
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// Source: docs/protocol/api-type.md#functions
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FunctionId([u8; 14]);

impl FunctionId {
    /// Reads `CCgg-fffff-mmm`.
    ///
    /// # Errors
    /// `invalid_value` unless it is two upper-case letters and two digits, five digits, three digits, with hyphens
    /// between.
    pub fn parse(text: &str) -> Result<Self> {
        let bytes = <[u8; 14]>::try_from(text.as_bytes()).map_err(|_| wrong())?;
        let fits = bytes.iter().enumerate().all(|(at, byte)| match at {
            0 | 1 => byte.is_ascii_uppercase(),
            4 | 10 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        if fits { Ok(Self(bytes)) } else { Err(wrong()) }
    }

    /// Puts one together: `ST01`, `00131`, `101`.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn from_parts(group: &str, operation: &str, method: &str) -> Result<Self> {
        Self::parse(&format!("{group}-{operation}-{method}"))
    }

    /// With hyphens, as the root's `id` carries it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// `ST01` payment requests, `ST02` later steps, `MG01` inquiries, `MG02` and `MG12` stored customer data, `NT01`
    /// notices, and others.
    #[must_use]
    pub fn group(&self) -> &str {
        self.part(0..4)
    }

    /// What is done, five digits.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.part(5..10)
    }

    /// Number of the payment method, three digits; error codes begin with it.
    #[must_use]
    pub fn method(&self) -> &str {
        self.part(11..14)
    }

    /// Twelve characters without hyphens, as transaction ids carry it.
    #[must_use]
    pub fn compact(&self) -> String {
        self.as_str().replace('-', "")
    }

    fn part(&self, range: std::ops::Range<usize>) -> &str {
        self.as_str().get(range).unwrap_or_default()
    }
}

fn wrong() -> Error {
    Error::field(
        ErrorKind::InvalidValue,
        "function_id",
        "must be written like ST01-00131-101",
    )
}

impl fmt::Display for FunctionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for FunctionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FunctionId({self})")
    }
}

impl FromStr for FunctionId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

impl TryFrom<String> for FunctionId {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        Self::parse(&text)
    }
}

impl From<FunctionId> for String {
    fn from(id: FunctionId) -> Self {
        id.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn other_shapes_are_refused() {
        for bad in [
            "",
            "ST0100131101",
            "st01-00131-101",
            "ST01-00131-1O1",
            "ST01-00131-101 ",
            "ST01_00131_101",
            "S101-00131-101",
            "ST01-00131-10１",
        ] {
            let error = FunctionId::parse(bad).unwrap_err();
            assert_eq!(error.field_name(), Some("function_id"), "{bad}");
        }
        assert!(FunctionId::from_parts("ST01", "00131-1", "1").is_err());
    }

    proptest! {
        #[test]
        fn parts_make_the_whole(text in "[A-Z]{2}[0-9]{2}-[0-9]{5}-[0-9]{3}") {
            let id = FunctionId::parse(&text).unwrap();
            let again = FunctionId::from_parts(id.group(), id.operation(), id.method()).unwrap();
            prop_assert_eq!(again, id);
            let json = serde_json::to_string(&id).unwrap();
            prop_assert_eq!(&json, &format!("\"{text}\""));
            prop_assert_eq!(serde_json::from_str::<FunctionId>(&json).unwrap(), id);
        }
    }
}
