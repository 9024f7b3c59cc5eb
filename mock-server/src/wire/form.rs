//! `application/x-www-form-urlencoded` bodies whose percent-encoded bytes are Shift_JIS.
//!
//! Order and duplicates are kept, because detail rows repeat their tags and a
//! repeated tag elsewhere is a reason to refuse.
//! Source: docs/protocol/link-type.md#transport.

use super::sjis;

/// Name and value pairs in the order of the wire.
pub type Fields = Vec<(String, String)>;

/// How much of a body is read before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Largest body, in bytes.
    pub bytes: usize,
    /// Largest number of fields.
    pub fields: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            bytes: 512 * 1024,
            fields: 10_000,
        }
    }
}

/// Why a body is not a form in Shift_JIS.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormError {
    /// The body is longer than the bound.
    #[error("the body has {actual} bytes, at most {limit} are read")]
    TooLarge {
        /// Bytes received.
        actual: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// More fields than the bound.
    #[error("the body has more than {limit} fields")]
    TooMany {
        /// Fields allowed.
        limit: usize,
    },
    /// A `%` that is not followed by two hexadecimal digits.
    #[error("field {index}: a percent sign is not followed by two hexadecimal digits")]
    Percent {
        /// Position of the field, from 0.
        index: usize,
    },
    /// The bytes of a name or value are not Shift_JIS.
    #[error("{field} is not Shift_JIS; a form needs accept-charset=\"Shift_JIS\"")]
    NotShiftJis {
        /// Name of the field, or its position from 0 when the name itself is broken.
        field: String,
    },
    /// A value holds a character without a Shift_JIS form.
    #[error("field {name} holds a character that Shift_JIS does not have")]
    Unencodable {
        /// Name of the field.
        name: String,
    },
}

/// Reads a body.
///
/// # Errors
/// [`FormError`] when the body is too large, badly escaped, or not Shift_JIS.
///
/// ```
/// use netmile_mock::wire::form::{parse, Bounds};
/// let fields = parse(b"a=1&a=%83e", Bounds::default()).unwrap();
/// assert_eq!(fields, [("a".into(), "1".into()), ("a".into(), "テ".into())]);
/// ```
pub fn parse(body: &[u8], bounds: Bounds) -> Result<Fields, FormError> {
    if body.len() > bounds.bytes {
        return Err(FormError::TooLarge {
            actual: body.len(),
            limit: bounds.bytes,
        });
    }
    let mut fields = Vec::new();
    for pair in body.split(|b| *b == b'&').filter(|p| !p.is_empty()) {
        let index = fields.len();
        if index >= bounds.fields {
            return Err(FormError::TooMany {
                limit: bounds.fields,
            });
        }
        let mut halves = pair.splitn(2, |b| *b == b'=');
        let name = text(halves.next().unwrap_or_default(), index, None)?;
        let value = text(halves.next().unwrap_or_default(), index, Some(&name))?;
        fields.push((name, value));
    }
    Ok(fields)
}

/// Reads the query or body of one of the mock's own pages, which are UTF-8.
///
/// Broken escapes and broken UTF-8 are replaced rather than refused: nothing
/// here is hashed.
#[must_use]
pub fn parse_utf8(body: &[u8], bounds: Bounds) -> Fields {
    let cut = body.get(..bounds.bytes.min(body.len())).unwrap_or_default();
    cut.split(|b| *b == b'&')
        .filter(|p| !p.is_empty())
        .take(bounds.fields)
        .map(|pair| {
            let mut halves = pair.splitn(2, |b| *b == b'=');
            let mut half = || {
                let raw = halves.next().unwrap_or_default();
                let bytes = unescape(raw).unwrap_or_else(|| raw.to_vec());
                String::from_utf8_lossy(&bytes).into_owned()
            };
            let name = half();
            (name, half())
        })
        .collect()
}

/// Writes fields as a body.
///
/// # Errors
/// [`FormError::Unencodable`] names the first field with a character outside Shift_JIS.
pub fn encode<N: AsRef<str>, V: AsRef<str>>(fields: &[(N, V)]) -> Result<Vec<u8>, FormError> {
    let mut body = Vec::new();
    for (name, value) in fields {
        if !body.is_empty() {
            body.push(b'&');
        }
        for (part, last) in [(name.as_ref(), false), (value.as_ref(), true)] {
            let bytes = sjis::encode(part).ok_or_else(|| FormError::Unencodable {
                name: name.as_ref().to_owned(),
            })?;
            escape(&bytes, &mut body);
            if !last {
                body.push(b'=');
            }
        }
    }
    Ok(body)
}

fn text(raw: &[u8], index: usize, name: Option<&str>) -> Result<String, FormError> {
    let bytes = unescape(raw).ok_or(FormError::Percent { index })?;
    sjis::decode(&bytes).ok_or_else(|| FormError::NotShiftJis {
        field: name.map_or_else(
            || format!("field {index}"),
            |n| n.chars().take(40).collect(),
        ),
    })
}

fn unescape(raw: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(raw.len());
    let mut bytes = raw.iter().copied();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => {
                let high = hex(bytes.next()?)?;
                let low = hex(bytes.next()?)?;
                high << 4 | low
            }
            other => other,
        });
    }
    Some(out)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|d| u8::try_from(d).ok())
}

fn escape(bytes: &[u8], out: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => out.push(*byte),
            b' ' => out.push(b'+'),
            other => {
                out.push(b'%');
                for nibble in [other >> 4, other & 0x0f] {
                    out.push(DIGITS.get(usize::from(nibble)).copied().unwrap_or(b'0'));
                }
            }
        }
    }
}
