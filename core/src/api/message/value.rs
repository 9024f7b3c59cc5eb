//! Values of leaves.

use crate::money::{Miles, Yen};
use crate::time::Timestamp;

/// The value of a leaf, or nothing. Nothing and blank are the same: the tag is left out.
///
/// ```
/// use netmile::api::Value;
/// assert_eq!(Value::from(Some(300u64)), Value::from("300"));
/// assert_eq!(Value::from(None::<u64>), Value::from(""));
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Value(pub(super) String);

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Value({} bytes)", self.0.len())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self(text.clone())
    }
}

impl From<Timestamp> for Value {
    /// `YYYYMMDDHHMMSS`, Japanese time.
    fn from(at: Timestamp) -> Self {
        Self(at.to_jst())
    }
}

macro_rules! shown {
    ($($type:ty),*) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self(value.to_string())
            }
        }
    )*};
}

shown!(String, u8, u16, u32, u64, usize, Yen, Miles);

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map(Into::into).unwrap_or_default()
    }
}
