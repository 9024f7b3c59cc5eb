//! 3DES of the API type's secret leaves: DES-EDE3 in CBC mode, filled up with spaces.
//!
//! The mode proves nothing about who wrote the bytes: a wrong key gives other bytes, not an error. What is decrypted
//! must pass the rules of its field, and a notice its hash, before it is believed.
//!
//! Source: docs/protocol/api-type.md#encryption

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockDecryptMut, BlockEncryptMut, KeyIvInit};
use des::TdesEde3;
use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind, Result};

const BLOCK: usize = 8;

/// Key (3DES 暗号化キー, 24 characters) and initial vector (初期化キー, 8 characters) that the gateway assigns to a
/// merchant and service.
///
/// Never printed; the copy held here is wiped when dropped.
///
/// ```
/// use netmile::wire::TdesKey;
/// let key = TdesKey::new("0123456789abcdef01234567", "76543210")?;
/// let sealed = key.encrypt("webcvstype", b"001")?;
/// assert_eq!(sealed, "+WvtTa9vrAc=");
/// assert_eq!(key.decrypt("webcvstype", &sealed, 3)?, b"001");
/// assert_eq!(format!("{key:?}"), "TdesKey(redacted)");
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone)]
pub struct TdesKey {
    key: Zeroizing<[u8; 24]>,
    iv: Zeroizing<[u8; BLOCK]>,
}

impl TdesKey {
    /// Takes both as the gateway issued them: text, used as bytes.
    ///
    /// # Errors
    /// `invalid_value` for `tdes_key` or `tdes_iv` when it is not exactly 24 or 8 visible ASCII characters. Nothing is
    /// filled up or cut: a short key is an accident of copying.
    pub fn new(key: impl AsRef<[u8]>, iv: impl AsRef<[u8]>) -> Result<Self> {
        Ok(Self {
            key: fixed("tdes_key", key.as_ref())?,
            iv: fixed("tdes_iv", iv.as_ref())?,
        })
    }

    /// Encrypts the Shift_JIS bytes of a value: filled up with spaces to a multiple of eight, not at all when they are
    /// one already; then Base64. An empty value stays empty.
    ///
    /// # Errors
    /// `invalid_value` when the value ends with a space or with the byte 08: both are cut when it is decrypted, and
    /// what is encrypted must decrypt to itself.
    pub fn encrypt(&self, field: &str, sjis: &[u8]) -> Result<String> {
        if sjis.is_empty() {
            return Ok(String::new());
        }
        if matches!(sjis.last(), Some(b' ' | 0x08)) {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                field.to_owned(),
                "must not end with a space",
            ));
        }
        let length = sjis.len().next_multiple_of(BLOCK);
        let mut filled = Zeroizing::new(Vec::with_capacity(length));
        filled.extend_from_slice(sjis);
        filled.resize(length, b' ');
        let cipher = cbc::Encryptor::<TdesEde3>::new((&*self.key).into(), (&*self.iv).into());
        let sealed = cipher
            .encrypt_padded_mut::<NoPadding>(&mut filled, length)
            .map_err(|_| Error::new(ErrorKind::InvalidValue, "does not fill whole blocks"))?;
        Ok(STANDARD.encode(sealed))
    }

    /// Decrypts what [`encrypt`](Self::encrypt) wrote, to at most `max` bytes.
    ///
    /// Spaces at the end are cut, and before them one block of eight bytes 08: some clients add it. A full-width space
    /// (U+3000) is never cut.
    ///
    /// # Errors
    /// `malformed` when it is not Base64 of whole blocks, `too_large` when more than `max` bytes are left. A wrong key
    /// is not noticed here.
    pub fn decrypt(&self, field: &str, base64: &str, max: usize) -> Result<Vec<u8>> {
        if base64.is_empty() {
            return Ok(Vec::new());
        }
        let refuse = |kind, rule| Error::field(kind, field.to_owned(), rule);
        // Four Base64 digits are three bytes; a block for the fill and a block that some clients add.
        if base64.len() > max.saturating_add(3 * BLOCK).saturating_mul(4) / 3 {
            return Err(refuse(ErrorKind::TooLarge, "is too long to be decrypted"));
        }
        let mut bytes = Zeroizing::new(
            STANDARD
                .decode(base64)
                .map_err(|_| refuse(ErrorKind::Malformed, "is not Base64"))?,
        );
        let cipher = cbc::Decryptor::<TdesEde3>::new((&*self.key).into(), (&*self.iv).into());
        let filled = cipher
            .decrypt_padded_mut::<NoPadding>(&mut bytes)
            .map_err(|_| refuse(ErrorKind::Malformed, "is not whole blocks of eight bytes"))?;
        let mut value = filled.strip_suffix(&[0x08; BLOCK]).unwrap_or(filled);
        while let [rest @ .., b' '] = value {
            value = rest;
        }
        if value.len() > max {
            return Err(refuse(ErrorKind::TooLarge, "is longer than the field"));
        }
        Ok(value.to_vec())
    }
}

fn fixed<const N: usize>(field: &'static str, given: &[u8]) -> Result<Zeroizing<[u8; N]>> {
    match <[u8; N]>::try_from(given) {
        Ok(bytes) if given.iter().all(u8::is_ascii_graphic) => Ok(Zeroizing::new(bytes)),
        _ => Err(Error::field(
            ErrorKind::InvalidValue,
            field,
            format!("must be exactly {N} visible ASCII characters"),
        )),
    }
}

impl fmt::Debug for TdesKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TdesKey(redacted)")
    }
}

#[cfg(test)]
mod tests;
