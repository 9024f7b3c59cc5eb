//! Signatures of the reference API: HMAC-SHA256 over a canonical string.
//!
//! Source: docs/reference-api.md#signing

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// What a signature begins with: the version of the recipe.
const VERSION: &str = "v1=";

/// Name and value of a query, percent-encoded as they are sent.
pub type EncodedPair = (String, String);

/// What is signed of a request. Everything is as it is sent: the path and the pairs percent-encoded.
#[derive(Clone, Copy, Debug)]
pub struct Canonical<'a> {
    /// Such as `POST`.
    pub method: &'a str,
    /// Such as `/v1/issuances`.
    pub path: &'a str,
    /// In any order.
    pub query: &'a [EncodedPair],
    /// Unix seconds.
    pub timestamp: i64,
    /// Never used before with this key.
    pub nonce: &'a str,
    /// The bytes; none when there is no body.
    pub body: &'a [u8],
}

impl Canonical<'_> {
    /// The six lines that are signed.
    ///
    /// ```
    /// use netmile::wire::signature::Canonical;
    /// let request = Canonical {
    ///     method: "GET",
    ///     path: "/v1/issuances",
    ///     query: &[("tran_id".to_owned(), "T1".to_owned())],
    ///     timestamp: 1_700_000_000,
    ///     nonce: "0123456789abcdef",
    ///     body: b"",
    /// };
    /// assert!(request.text().starts_with("GET\n/v1/issuances\ntran_id=T1\n1700000000\n0123456789abcdef\ne3b0c442"));
    /// ```
    #[must_use]
    pub fn text(&self) -> String {
        let query = sorted_query(self.query);
        let body = hex(&Sha256::digest(self.body));
        let Self {
            method,
            path,
            timestamp,
            nonce,
            ..
        } = self;
        format!("{method}\n{path}\n{query}\n{timestamp}\n{nonce}\n{body}")
    }

    /// The value of `X-Signature`.
    #[must_use]
    pub fn sign(&self, secret: &[u8]) -> String {
        let digest = hmac_sha256(secret, self.text().as_bytes());
        format!("{VERSION}{}", hex(&digest))
    }

    /// Whether `claimed` is the value of `X-Signature` for this request. Takes the same time wherever the two differ.
    #[must_use]
    pub fn is_signed(&self, secret: &[u8], claimed: &str) -> bool {
        same(self.sign(secret).as_bytes(), claimed.as_bytes())
    }
}

/// The pairs sorted by name and then by value, joined by `&`.
#[must_use]
pub fn sorted_query(pairs: &[EncodedPair]) -> String {
    let mut pairs: Vec<&EncodedPair> = pairs.iter().collect();
    pairs.sort();
    let pairs: Vec<String> = pairs.iter().map(|(n, v)| format!("{n}={v}")).collect();
    pairs.join("&")
}

/// HMAC-SHA256.
#[must_use]
pub fn hmac_sha256(secret: &[u8], message: &[u8]) -> [u8; 32] {
    // HMAC takes keys of any length: this cannot fail.
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(secret) else {
        return [0; 32];
    };
    mac.chain_update(message).finalize().into_bytes().into()
}

/// Whether two byte strings are equal, in a time that depends on their lengths only.
#[must_use]
pub fn same(ours: &[u8], claimed: &[u8]) -> bool {
    ours.ct_eq(claimed).into()
}

/// Lower-case hex digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|nibble| char::from_digit(u32::from(nibble), 16))
        .collect()
}

/// Percent-encodes everything but `[0-9A-Za-z._~-]`, as UTF-8 with upper-case hex.
///
/// ```
/// use netmile::wire::signature::percent_encode;
/// assert_eq!(percent_encode("a b/é~"), "a%20b%2F%C3%A9~");
/// ```
#[must_use]
pub fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"._~-".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push_str(&hex(&[byte]).to_ascii_uppercase());
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// The answers of `tests/vectors/reference.json`, computed by `tests/vectors/reference.py`.
    fn vectors() -> Value {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../tests/vectors/reference.json"
        );
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    }

    #[test]
    fn known_answers_of_a_second_implementation() {
        let vectors = vectors();
        let requests = vectors["requests"].as_array().unwrap();
        assert!(requests.len() >= 8);
        for vector in requests {
            let text = |name: &str| vector[name].as_str().unwrap();
            let query = vector["query"].as_array().unwrap().iter().map(|pair| {
                let part = |at: usize| percent_encode(pair[at].as_str().unwrap());
                (part(0), part(1))
            });
            let query: Vec<_> = query.collect();
            let request = Canonical {
                method: text("method"),
                path: text("path"),
                query: &query,
                timestamp: vector["timestamp"].as_i64().unwrap(),
                nonce: text("nonce"),
                body: text("body").as_bytes(),
            };
            let secret = text("secret").as_bytes();
            assert_eq!(request.text(), text("canonical"), "{}", text("id"));
            assert_eq!(request.sign(secret), text("signature"), "{}", text("id"));
            assert!(request.is_signed(secret, text("signature")));
            assert!(!request.is_signed(&secret[1..], text("signature")));
        }
    }

    #[test]
    fn known_answers_of_percent_encoding() {
        for pair in vectors()["percent"].as_array().unwrap() {
            let part = |at: usize| pair[at].as_str().unwrap();
            assert_eq!(percent_encode(part(0)), part(1));
        }
    }

    proptest! {
        #[test]
        fn the_order_of_pairs_does_not_matter(mut pairs in prop::collection::vec(("[a-z]{1,3}", "[a-z]{0,3}"), 0..6)) {
            let before = sorted_query(&pairs);
            pairs.reverse();
            prop_assert_eq!(before, sorted_query(&pairs));
        }

        #[test]
        fn one_changed_part_changes_the_signature(body: Vec<u8>, at: usize, bit in 0..8u32) {
            let sign = |body: &[u8], nonce: &str| Canonical {
                method: "POST", path: "/", query: &[], timestamp: 0, nonce, body,
            }.sign(&[7; 32]);
            let signed = sign(&body, "a");
            prop_assert_ne!(&signed, &sign(&body, "b"));
            if !body.is_empty() {
                let mut other = body.clone();
                let at = at % other.len();
                other[at] ^= 1 << bit;
                prop_assert_ne!(signed, sign(&other, "a"));
            }
        }

        #[test]
        fn what_is_encoded_has_only_unreserved_characters(text: String) {
            let encoded = percent_encode(&text);
            prop_assert!(encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"._~-%".contains(&b)));
        }
    }
}
