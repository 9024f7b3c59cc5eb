//! `sps_hashcode`: SHA-1 over the values in definition order, then the key.
//!
//! The charset differs per message: requests and server notices are hashed in
//! UTF-8, browser returns in Shift_JIS. Source: docs/protocol/link-type.md#hash.

use sha1::{Digest, Sha1};

use super::sjis;

/// The charset in which a message is hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// Requests and server notices.
    Utf8,
    /// Browser returns.
    ShiftJis,
}

/// The hash in lower-case hexadecimal; `None` when a value has no form in the charset.
///
/// Values are trimmed of half-width spaces, empty ones add nothing.
///
/// ```
/// use netmile_mock::wire::hash::{digest, Charset};
/// let a = digest(["ab", " c "], "key", Charset::Utf8);
/// assert_eq!(a, digest(["a", "bc"], "key", Charset::ShiftJis));
/// ```
pub fn digest<'a>(
    values: impl IntoIterator<Item = &'a str>,
    key: &str,
    charset: Charset,
) -> Option<String> {
    use std::fmt::Write as _;

    let mut sha = Sha1::new();
    let mut add = |text: &str| {
        match charset {
            Charset::Utf8 => sha.update(text.as_bytes()),
            Charset::ShiftJis => sha.update(sjis::encode(text)?),
        }
        Some(())
    };
    for value in values {
        add(trim(value))?;
    }
    add(key)?;
    let mut hex = String::with_capacity(40);
    for byte in sha.finalize() {
        let _ = write!(hex, "{byte:02x}");
    }
    Some(hex)
}

/// Compares two hashes, either letter case, without stopping at the first difference.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len()
        && a.bytes().zip(b.bytes()).fold(0, |diff, (x, y)| {
            diff | (x.to_ascii_lowercase() ^ y.to_ascii_lowercase())
        }) == 0
}

/// Strips leading and trailing half-width spaces, and nothing else.
#[must_use]
pub fn trim(value: &str) -> &str {
    value.trim_matches(' ')
}
