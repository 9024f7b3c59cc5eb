//! Names on the wire: who may be called what.

use crate::error::{Error, ErrorKind, Result};

/// Longest designated key (指定キー), in characters.
///
/// Source: docs/reference-api.md#the-mile-get-tag
pub const MAX_DESIGNATED_KEY: usize = 255;

/// Checks a `tran_id`: 1 to 64 of `[0-9A-Za-z._:-]`.
///
/// ```
/// use netmile::reference::check_tran_id;
/// assert!(check_tran_id("REWARD-2026:1").is_ok());
/// assert!(check_tran_id("two words").is_err());
/// ```
///
/// # Errors
/// `invalid_value`.
pub fn check_tran_id(tran_id: &str) -> Result<()> {
    let fits = (1..=64).contains(&tran_id.len())
        && tran_id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"._:-".contains(&b));
    if fits {
        return Ok(());
    }
    Err(Error::field(
        ErrorKind::InvalidValue,
        "tran_id",
        "must be 1 to 64 of 0-9, A-Z, a-z, '.', '_', ':' and '-'",
    ))
}

/// Checks an id that NetMile gives: 1 to `most` of `[0-9A-Za-z_-]`.
///
/// # Errors
/// `invalid_value`, naming the field.
pub fn check_id(field: &'static str, id: &str, most: usize) -> Result<()> {
    let fits = (1..=most).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if fits {
        return Ok(());
    }
    Err(Error::field(
        ErrorKind::InvalidValue,
        field,
        format!("must be 1 to {most} of 0-9, A-Z, a-z, '_' and '-'"),
    ))
}

/// Checks a designated key (指定キー), the merchant's own name of its customer: 1 to 255 half-width letters and digits.
///
/// # Errors
/// `invalid_value`.
pub fn check_designated_key(key: &str) -> Result<()> {
    let fits = (1..=MAX_DESIGNATED_KEY).contains(&key.len())
        && key.bytes().all(|b| b.is_ascii_alphanumeric());
    if fits {
        return Ok(());
    }
    Err(Error::field(
        ErrorKind::InvalidValue,
        "designated_key",
        "must be 1 to 255 half-width letters and digits",
    ))
}
