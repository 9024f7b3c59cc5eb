//! `free_csv`: extras that some payment methods want.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::link::fields;
use crate::wire::text::{self, TextPolicy};

/// A `KEY=VALUE,KEY=VALUE` list, sent as Base64 of its Shift_JIS bytes. NetMile wants none.
///
/// ```
/// use netmile::link::FreeCsv;
/// use netmile::wire::TextPolicy;
/// let csv = FreeCsv::new().with("LAST_NAME", "鈴木").with("FIRST_NAME", "太郎").with("TEL", "0312345678");
/// assert_eq!(
///     csv.to_base64(&TextPolicy::Cp932)?,
///     "TEFTVF9OQU1FPZfpltgsRklSU1RfTkFNRT2RvphZLFRFTD0wMzEyMzQ1Njc4"
/// );
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// Source: docs/protocol/link-type.md#fields
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FreeCsv(Vec<(String, String)>);

impl FreeCsv {
    /// An empty list: the field stays blank.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a pair. The key is of `[0-9A-Z_]`. The value may not have `, ' " % | & < >` or half-width katakana
    /// (半角カナ); a value of `MAIL` only `[0-9A-Za-z@._-]`.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.push((key.into(), value.into()));
        self
    }

    /// Whether no pair was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value on the wire.
    ///
    /// # Errors
    /// `invalid_value` for a key or value with other characters, a key twice, or more than 4096 characters in
    /// all; `not_encodable` for what the policy refuses.
    pub fn to_base64(&self, policy: &TextPolicy) -> Result<String> {
        let mut plain = Vec::new();
        for (index, (key, value)) in self.0.iter().enumerate() {
            check_key(key)?;
            if self.0.iter().skip(index + 1).any(|(other, _)| other == key) {
                return Err(fields::invalid("free_csv", "must not have a key twice"));
            }
            let value = text::encode("free_csv", value, policy)?;
            check_value(key, value.as_str())?;
            if index > 0 {
                plain.push(b',');
            }
            plain.extend_from_slice(key.as_bytes());
            plain.push(b'=');
            plain.extend_from_slice(value.sjis());
        }
        let encoded = STANDARD.encode(plain);
        if encoded.len() > fields::MAX_FREE_CSV {
            return Err(fields::invalid(
                "free_csv",
                "must be at most 4096 characters in Base64",
            ));
        }
        Ok(encoded)
    }
}

fn check_key(key: &str) -> Result<()> {
    let fits = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    if key.is_empty() || key.len() > 64 || !key.bytes().all(fits) {
        return Err(fields::invalid(
            "free_csv",
            "each key must be 1 to 64 of the characters 0-9 A-Z _",
        ));
    }
    Ok(())
}

fn check_value(key: &str, value: &str) -> Result<()> {
    let barred = |c: char| {
        matches!(
            c,
            ',' | '\'' | '"' | '%' | '|' | '&' | '<' | '>' | '\u{FF61}'..='\u{FF9F}'
        )
    };
    if value.contains(barred) {
        return Err(fields::invalid(
            "free_csv",
            "a value must not have , ' \" % | & < > or half-width katakana",
        ));
    }
    let mail = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'@' | b'.' | b'_' | b'-');
    if key == "MAIL" && !value.bytes().all(mail) {
        return Err(fields::invalid(
            "free_csv",
            "MAIL must be of the characters 0-9 A-Z a-z @ . _ -",
        ));
    }
    Ok(())
}

impl fmt::Debug for FreeCsv {
    /// Keys only: the values are personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FreeCsv")?;
        f.debug_list()
            .entries(self.0.iter().map(|(key, _)| key))
            .finish()
    }
}
