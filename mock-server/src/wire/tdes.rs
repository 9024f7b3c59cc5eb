//! Triple DES as the API type uses it: EDE3, CBC, filled with spaces, Base64 on the wire.
//!
//! Source: docs/protocol/api-type.md#encryption.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cbc::cipher::{
    BlockDecryptMut as _, BlockEncryptMut as _, KeyIvInit as _, block_padding::NoPadding,
};

/// A key of 24 bytes and an initialisation vector of 8, both issued as ASCII text.
#[derive(Clone, PartialEq, Eq)]
pub struct Tdes {
    key: [u8; 24],
    iv: [u8; 8],
}

impl std::fmt::Debug for Tdes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tdes([redacted])")
    }
}

impl Tdes {
    /// A key of exactly 24 bytes with an initialisation vector of exactly 8; `None` otherwise.
    ///
    /// ```
    /// use netmile_mock::wire::tdes::Tdes;
    /// let tdes = Tdes::new("0123456789abcdef01234567", "76543210").unwrap();
    /// assert_eq!(tdes.encrypt(b"001"), "+WvtTa9vrAc=");
    /// assert_eq!(tdes.decrypt("+WvtTa9vrAc=").as_deref(), Some(&b"001"[..]));
    /// ```
    #[must_use]
    pub fn new(key: &str, iv: &str) -> Option<Self> {
        Some(Self {
            key: key.as_bytes().try_into().ok()?,
            iv: iv.as_bytes().try_into().ok()?,
        })
    }

    /// Encrypts the Shift_JIS bytes of a value; nothing stays nothing.
    #[must_use]
    pub fn encrypt(&self, plain: &[u8]) -> String {
        if plain.is_empty() {
            return String::new();
        }
        let mut buffer = plain.to_vec();
        buffer.resize(plain.len().div_ceil(8) * 8, b' ');
        let length = buffer.len();
        let cipher = cbc::Encryptor::<des::TdesEde3>::new(&self.key.into(), &self.iv.into());
        match cipher.encrypt_padded_mut::<NoPadding>(&mut buffer, length) {
            Ok(bytes) => STANDARD.encode(bytes),
            Err(_) => String::new(),
        }
    }

    /// Decrypts a value: fill and the extra block of 0x08 that some clients leave behind are
    /// taken off, a full-width space is not. `None` when it is no Base64 of whole blocks.
    #[must_use]
    pub fn decrypt(&self, wire: &str) -> Option<Vec<u8>> {
        let mut buffer = STANDARD.decode(wire).ok()?;
        if !buffer.len().is_multiple_of(8) {
            return None;
        }
        let cipher = cbc::Decryptor::<des::TdesEde3>::new(&self.key.into(), &self.iv.into());
        let plain = cipher.decrypt_padded_mut::<NoPadding>(&mut buffer).ok()?;
        let fill = plain.iter().rev().take_while(|b| **b == 0x08).count();
        let plain = plain.get(..plain.len() - fill)?;
        let fill = plain.iter().rev().take_while(|b| **b == b' ').count();
        plain.get(..plain.len() - fill).map(<[u8]>::to_vec)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::sjis;

    fn tdes() -> Tdes {
        Tdes::new("0123456789abcdef01234567", "76543210").unwrap()
    }

    #[test]
    fn published_values_of_the_notes() {
        for (plain, wire) in [
            ("001", "+WvtTa9vrAc="),
            ("20300131", "V88oZoB3BAE="),
            ("0312345678", "xJQh7oL3vfJpJHEKA85NNA=="),
            ("山田", "ZD8nnzq8YKs="),
            ("ヤマダ", "bLLG+zF6sGo="),
            ("\u{3000}", "XzDHkwgIrxE="),
            ("taro@example.com", "KNRT5UAttVOcGKpyHrWPng=="),
            ("千代田区１－１", "hn3JsOKoTK+TXO7EqTVySw=="),
        ] {
            let bytes = sjis::encode(plain).unwrap();
            assert_eq!(tdes().encrypt(&bytes), wire, "{plain}");
            assert_eq!(tdes().decrypt(wire).unwrap(), bytes, "{plain}");
        }
        assert_eq!(tdes().encrypt(b""), "");
    }

    #[test]
    fn an_extra_block_of_eights_is_taken_off() {
        let mut padded = b"20300131".to_vec();
        padded.extend([0x08; 8]);
        assert_eq!(
            tdes().decrypt(&tdes().encrypt(&padded)).unwrap(),
            b"20300131"
        );
        padded.truncate(3);
        padded.extend(b"     ");
        padded.extend([0x08; 8]);
        assert_eq!(tdes().decrypt(&tdes().encrypt(&padded)).unwrap(), b"203");
    }

    #[test]
    fn garbage_and_wrong_keys_are_refused() {
        assert_eq!(tdes().decrypt("not base64"), None);
        assert_eq!(tdes().decrypt("AAAA"), None);
        assert_eq!(Tdes::new("short", "76543210"), None);
        assert!(!format!("{:?}", tdes()).contains("0123"));
    }
}
