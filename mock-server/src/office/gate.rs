//! Signatures of requests, read by the mock's own code.
//!
//! Source: docs/reference-api.md#signing.

use std::collections::{HashMap, HashSet, VecDeque};

use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256};

use super::terms::Site;
use crate::scenario::Scenario;

/// How far the timestamp of a request may be off, in seconds.
const SKEW: i64 = 300;
/// How long a nonce is kept, in seconds.
const NONCE_SECONDS: i64 = 600;

/// What is signed of a request.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    /// Such as `POST`.
    pub method: &'a str,
    /// Percent-encoded as it was sent.
    pub path: &'a str,
    /// As it was sent, without the question mark.
    pub query: &'a str,
    /// `X-Key-Id`.
    pub key_id: &'a str,
    /// `X-Timestamp`.
    pub timestamp: &'a str,
    /// `X-Nonce`.
    pub nonce: &'a str,
    /// `X-Signature`.
    pub signature: &'a str,
    /// The body.
    pub body: &'a [u8],
}

/// Why a request is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsigned {
    /// No site has such a key.
    UnknownKey,
    /// A header is missing or malformed, or the signature is not of this request.
    BadSignature,
    /// The timestamp is more than 300 seconds off.
    Stale,
    /// The nonce was used before.
    Replayed,
}

impl Unsigned {
    /// Code on the wire.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::UnknownKey => "unknown_key",
            Self::BadSignature => "bad_signature",
            Self::Stale => "stale",
            Self::Replayed => "replayed",
        }
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |b: u8| match b {
        b'0'..=b'9' => Some(b - b'0'),
        b'a'..=b'f' => Some(b - b'a' + 10),
        _ => None,
    };
    let mut bytes = Vec::with_capacity(text.len() / 2);
    for pair in text.as_bytes().chunks(2) {
        let [high, low] = *pair else {
            return None;
        };
        bytes.push(digit(high)? * 16 + digit(low)?);
    }
    Some(bytes)
}

/// The pairs of a query in the order that is signed.
pub(crate) fn sorted(query: &str) -> String {
    let mut pairs: Vec<(&str, &str)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| (pair.split('=').next().unwrap_or_default(), pair))
        .collect();
    pairs.sort_unstable();
    let pairs: Vec<&str> = pairs.into_iter().map(|(_, pair)| pair).collect();
    pairs.join("&")
}

/// Whether `signature` (hex) is the HMAC-SHA256 of `text`, in constant time.
pub(crate) fn is_hmac(secret: &[u8], text: &[u8], signature: &str) -> bool {
    let Some(signature) = unhex(signature).filter(|s| s.len() == 32) else {
        return false;
    };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else {
        return false;
    };
    mac.update(text);
    mac.verify_slice(&signature).is_ok()
}

/// HMAC-SHA256 in hex.
#[must_use]
pub fn hmac_hex(secret: &[u8], text: &[u8]) -> String {
    // HMAC takes a key of any length.
    Hmac::<Sha256>::new_from_slice(secret).map_or_else(
        |_| String::new(),
        |mut mac| {
            mac.update(text);
            hex(&mac.finalize().into_bytes())
        },
    )
}

/// The text that a request's signature is over.
#[must_use]
pub fn canonical(request: &Signed<'_>) -> String {
    [
        request.method,
        request.path,
        &sorted(request.query),
        request.timestamp,
        request.nonce,
        &hex(&Sha256::digest(request.body)),
    ]
    .join("\n")
}

/// The keys of the sites, and the nonces of the last ten minutes.
#[derive(Debug, Clone)]
pub struct Gate {
    keys: HashMap<String, (String, String)>,
    used: HashSet<(String, String)>,
    order: VecDeque<(i64, (String, String))>,
}

impl Gate {
    /// A gate for the sites of a scenario.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let of_site = |site: &Site| {
            let id = site.site_id.clone();
            let keys = site.keys.clone().into_iter();
            keys.map(move |key| (key.id, (id.clone(), key.secret)))
        };
        Self {
            keys: scenario.sites.iter().flat_map(of_site).collect(),
            used: HashSet::new(),
            order: VecDeque::new(),
        }
    }

    /// The site that a key id belongs to, before anything is checked.
    #[must_use]
    pub fn claimed(&self, key_id: &str) -> Option<&str> {
        self.keys.get(key_id).map(|(site, _)| site.as_str())
    }

    /// Lets a request in: the id of its site. `clocks` are the instants that count as now: a
    /// timestamp has to fit one of them; the first is the mock's.
    ///
    /// # Errors
    /// [`Unsigned`]; a nonce is used up only by a request that gets in.
    pub fn enter(&mut self, request: &Signed<'_>, clocks: &[i64]) -> Result<String, Unsigned> {
        let (site, secret) = self
            .keys
            .get(request.key_id)
            .ok_or(Unsigned::UnknownKey)?
            .clone();
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
        let nonce = request.nonce;
        if !(16..=64).contains(&nonce.len()) || !nonce.bytes().all(plain) {
            return Err(Unsigned::BadSignature);
        }
        let digits = |t: &str| (1..=12).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
        let Some(Ok(at)) = digits(request.timestamp).then(|| request.timestamp.parse::<i64>())
        else {
            return Err(Unsigned::BadSignature);
        };
        let signature = request.signature.strip_prefix("v1=");
        let signature = signature.ok_or(Unsigned::BadSignature)?;
        if !is_hmac(secret.as_bytes(), canonical(request).as_bytes(), signature) {
            return Err(Unsigned::BadSignature);
        }
        if clocks.iter().all(|now| (now - at).abs() > SKEW) {
            return Err(Unsigned::Stale);
        }
        let now = clocks.first().copied().unwrap_or(at);
        while let Some((kept, _)) = self.order.front() {
            if now - kept <= NONCE_SECONDS {
                break;
            }
            if let Some((_, key)) = self.order.pop_front() {
                self.used.remove(&key);
            }
        }
        let key = (request.key_id.to_owned(), nonce.to_owned());
        if !self.used.insert(key.clone()) {
            return Err(Unsigned::Replayed);
        }
        self.order.push_back((now, key));
        Ok(site)
    }
}
