//! Values that must not be printed.

use std::fmt;

use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind, Result};

/// The hash key (ハッシュキー) that the gateway assigns to a merchant and service.
///
/// Never printed; the copy held here is wiped when dropped.
///
/// ```
/// use netmile::HashKey;
/// let key = HashKey::new("TESTHASHKEY0123456789abcdef0123456789abc")?;
/// assert_eq!(format!("{key:?}"), "HashKey(redacted)");
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone)]
pub struct HashKey(Zeroizing<String>);

impl HashKey {
    /// Longest key accepted, in characters. Known keys have 40.
    pub const MAX_LEN: usize = 128;

    /// Takes a key.
    ///
    /// # Errors
    /// `invalid_value` when the key is empty, longer than 128 characters, or has anything but visible ASCII: a
    /// line break or space at its end is the usual accident of copying.
    pub fn new(key: impl Into<String>) -> Result<Self> {
        let key = Zeroizing::new(key.into());
        if key.is_empty() || key.len() > Self::MAX_LEN {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "hash_key",
                "must have 1 to 128 characters",
            ));
        }
        if !key.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "hash_key",
                "must be visible ASCII without spaces or line breaks",
            ));
        }
        Ok(Self(key))
    }

    /// The key itself. Do not print or store it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for HashKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HashKey(redacted)")
    }
}

/// A value that must not be printed or kept longer than needed, such as a one-time token. Wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(Zeroizing<String>);

impl SecretText {
    /// Takes a value.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The value itself. Do not print or store it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_cannot_be_a_key() {
        for bad in ["", "with space", "line\n", "ключ", &"k".repeat(129)] {
            let error = HashKey::new(bad).unwrap_err();
            assert_eq!(error.field_name(), Some("hash_key"));
            assert!(bad.is_empty() || !error.to_string().contains(bad));
        }
    }
}
