//! The hash of the link type: SHA-1 over all values in definition order, then the key.
//!
//! Source: docs/protocol/link-type.md#hash

use sha1::{Digest, Sha1};
use subtle::ConstantTimeEq;

use crate::secret::HashKey;
use crate::wire::text::WireText;

/// The charset that a message's values are hashed in. It depends on the message, not on the body, whose charset
/// is always Shift_JIS.
///
/// Source: docs/protocol/link-type.md#hash
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HashCharset {
    /// Requests of the merchant and notices from server to server.
    Utf8,
    /// Messages that the gateway sends through the customer's browser.
    ShiftJis,
}

impl HashCharset {
    /// The bytes of a value in this charset.
    #[must_use]
    pub fn bytes(self, text: &WireText) -> &[u8] {
        match self {
            Self::Utf8 => text.as_str().as_bytes(),
            Self::ShiftJis => text.sjis(),
        }
    }
}

/// Hashes the values of one message.
///
/// The values are concatenated without separators, so `ab` + `c` and `a` + `bc` give the same digest: check every
/// length and character set before a digest is trusted.
///
/// ```
/// use netmile::{HashKey, wire::hash};
/// let key = HashKey::new("0123456789abcdef")?;
/// let mut hasher = hash::LinkHasher::new(&key);
/// for value in ["netmile", " 99999 ", ""] {
///     hasher.update(hash::trim(value.as_bytes()));
/// }
/// let digest = hasher.finish();
/// assert!(hash::matches(&hash::hex_lower(&digest).to_uppercase(), &digest));
/// # Ok::<(), netmile::Error>(())
/// ```
pub struct LinkHasher<'k> {
    key: &'k HashKey,
    sha: Sha1,
}

impl<'k> LinkHasher<'k> {
    /// Starts a message.
    #[must_use]
    pub fn new(key: &'k HashKey) -> Self {
        Self {
            key,
            sha: Sha1::new(),
        }
    }

    /// Adds the next value, already in the charset of the message and already [`trim`]med.
    pub fn update(&mut self, value: &[u8]) {
        self.sha.update(value);
    }

    /// Adds the key and gives the digest.
    #[must_use]
    pub fn finish(mut self) -> [u8; 20] {
        self.sha.update(self.key.expose().as_bytes());
        self.sha.finalize().into()
    }
}

impl std::fmt::Debug for LinkHasher<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkHasher(redacted)")
    }
}

/// The value without half-width spaces at both ends. Works in UTF-8 and in Shift_JIS: neither has the byte 20
/// inside a character.
#[must_use]
pub fn trim(value: &[u8]) -> &[u8] {
    let mut rest = value;
    while let [b' ', tail @ ..] = rest {
        rest = tail;
    }
    while let [head @ .., b' '] = rest {
        rest = head;
    }
    rest
}

/// 40 lower-case hex digits, as requests carry it.
#[must_use]
pub fn hex_lower(digest: &[u8; 20]) -> String {
    digest
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|nibble| char::from_digit(u32::from(nibble), 16))
        .collect()
}

/// Names a signed message and why it was refused, so that the same evidence is kept once. SHA-1 in hex: whoever reads
/// the journal must not find a usable hash.
#[must_use]
pub(crate) fn evidence_digest(signed: &[u8; 20], code: &str) -> String {
    let sha = Sha1::new().chain_update(signed).chain_update(code);
    hex_lower(&sha.finalize().into())
}

/// Whether `claimed` is this digest as 40 hex digits in either letter case. Takes the same time wherever the two
/// differ.
#[must_use]
pub fn matches(claimed: &str, digest: &[u8; 20]) -> bool {
    parse_hex(claimed).is_some_and(|bytes| bytes.ct_eq(digest).into())
}

/// The 20 bytes that 40 hex digits stand for.
pub(crate) fn parse_hex(text: &str) -> Option<[u8; 20]> {
    if text.len() != 40 {
        return None;
    }
    let mut bytes = [0; 20];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let [high, low] = pair else { return None };
        *byte = (nibble(*high)? << 4) | nibble(*low)?;
    }
    Some(bytes)
}

/// The value of one hex digit.
pub(crate) fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_answer_of_sha1() {
        let key = HashKey::new("c").unwrap();
        let mut hasher = LinkHasher::new(&key);
        hasher.update(b"ab");
        assert_eq!(
            hex_lower(&hasher.finish()),
            "a9993e364706816aba3e25717850c26c9cd0d89d"
        );
    }

    #[test]
    fn only_half_width_spaces_at_the_ends_are_trimmed() {
        assert_eq!(trim(b"  a b "), b"a b");
        assert_eq!(trim(b"   "), b"");
        assert_eq!(trim(b"\ta\n"), b"\ta\n");
        assert_eq!(trim("\u{3000}a".as_bytes()), "\u{3000}a".as_bytes());
    }

    #[test]
    fn a_claim_must_be_40_hex_digits() {
        let digest = [0xab; 20];
        let claim = hex_lower(&digest);
        assert!(matches(&claim, &digest));
        assert!(matches(&claim.to_uppercase(), &digest));
        assert!(!matches(&format!("{claim} "), &digest));
        assert!(!matches(&claim[1..], &digest));
        assert!(!matches(&claim.replace('a', "g"), &digest));
        assert!(!matches(&"あ".repeat(13), &digest));
        assert!(!matches("", &digest));
    }

    proptest! {
        #[test]
        fn hex_reads_back_and_one_flipped_bit_is_seen(digest: [u8; 20], bit in 0..160usize) {
            let claim = hex_lower(&digest);
            prop_assert_eq!(parse_hex(&claim), Some(digest));
            let mut other = digest;
            other[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(!matches(&claim, &other));
        }

        #[test]
        fn no_claim_panics(claimed in any::<String>(), digest: [u8; 20]) {
            prop_assert_eq!(matches(&claimed, &digest), claimed.eq_ignore_ascii_case(&hex_lower(&digest)));
        }
    }
}
