//! Signatures of requests, read by the mock's own code.
//!
//! Source: docs/reference-api.md#signing.

use std::collections::{BTreeSet, HashMap, HashSet};

use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256};

use super::terms::Site;
use crate::scenario::Scenario;

/// How far the timestamp of a request may be off, in seconds.
const SKEW: i64 = 300;
/// How long after the timestamp of its request a nonce is kept, in seconds.
const NONCE_SECONDS: i64 = 600;
/// Most nonces that are kept: 330 requests a second for ten minutes.
const MOST_NONCES: usize = 200_000;

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
    /// As many nonces are kept as fit.
    Full,
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
            Self::Full => "too_many",
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

/// A request that is believed, and whose nonce is not used up yet.
#[derive(Clone, PartialEq, Eq)]
pub struct Believed {
    /// Id of the site that signed it.
    pub site: String,
    /// Its timestamp.
    pub(crate) at: i64,
    /// Key id and nonce.
    pub(crate) nonce: (String, String),
}

impl std::fmt::Debug for Believed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Believed")
            .field("site", &self.site)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

/// Before which timestamp a nonce can be forgotten: none of the clocks accepts it any more.
pub(crate) fn forgotten_before(clocks: &[i64]) -> i64 {
    let slowest = clocks.iter().min();
    slowest.map_or(i64::MIN, |now| now.saturating_sub(NONCE_SECONDS))
}

/// The keys of the sites, and the nonces of requests that could be sent again.
#[derive(Debug, Clone)]
pub struct Gate {
    keys: HashMap<String, (String, String)>,
    used: HashSet<(String, String)>,
    /// The same by timestamp.
    order: BTreeSet<(i64, (String, String))>,
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
            order: BTreeSet::new(),
        }
    }

    /// The site that a key id belongs to, before anything is checked.
    #[must_use]
    pub fn claimed(&self, key_id: &str) -> Option<&str> {
        self.keys.get(key_id).map(|(site, _)| site.as_str())
    }

    /// What the headers alone tell, before a body is read: timestamp, and the digits of the signature.
    ///
    /// # Errors
    /// [`Unsigned::UnknownKey`], or [`Unsigned::BadSignature`] for a header that is missing or malformed.
    pub fn headers<'a>(&self, request: &Signed<'a>) -> Result<(i64, &'a str), Unsigned> {
        if !self.keys.contains_key(request.key_id) {
            return Err(Unsigned::UnknownKey);
        }
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
        let signature = signature.filter(|digits| digits.len() == 64);
        Ok((at, signature.ok_or(Unsigned::BadSignature)?))
    }

    /// Whether a request is believed; its nonce is not used up by that. `clocks` are the instants that count as now: a
    /// timestamp has to fit one of them.
    ///
    /// # Errors
    /// [`Unsigned`], in the order of the page.
    pub fn believe(&mut self, request: &Signed<'_>, clocks: &[i64]) -> Result<Believed, Unsigned> {
        let (at, signature) = self.headers(request)?;
        let known = self.keys.get(request.key_id);
        let (site, secret) = known.ok_or(Unsigned::UnknownKey)?;
        if !is_hmac(secret.as_bytes(), canonical(request).as_bytes(), signature) {
            return Err(Unsigned::BadSignature);
        }
        if clocks.iter().all(|now| (now - at).abs() > SKEW) {
            return Err(Unsigned::Stale);
        }
        let site = site.clone();
        self.forget(clocks);
        let nonce = (request.key_id.to_owned(), request.nonce.to_owned());
        if self.used.contains(&nonce) {
            return Err(Unsigned::Replayed);
        }
        Ok(Believed { site, at, nonce })
    }

    /// Lets a request in that is believed: its nonce is used up. A nonce is kept until none of the clocks accepts its
    /// timestamp, however far one of them was moved.
    ///
    /// # Errors
    /// [`Unsigned::Replayed`] when a copy came in meanwhile, [`Unsigned::Full`] when too many nonces are kept.
    pub fn enter(&mut self, believed: &Believed, clocks: &[i64]) -> Result<(), Unsigned> {
        self.forget(clocks);
        if self.used.contains(&believed.nonce) {
            return Err(Unsigned::Replayed);
        }
        if self.used.len() >= MOST_NONCES {
            return Err(Unsigned::Full);
        }
        self.remember(believed.at, believed.nonce.clone());
        Ok(())
    }

    fn forget(&mut self, clocks: &[i64]) {
        let before = forgotten_before(clocks);
        while let Some((at, _)) = self.order.first()
            && *at < before
            && let Some((_, nonce)) = self.order.pop_first()
        {
            self.used.remove(&nonce);
        }
    }

    /// Notes that a nonce was used.
    pub(crate) fn remember(&mut self, at: i64, nonce: (String, String)) {
        if self.used.insert(nonce.clone()) {
            self.order.insert((at, nonce));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn believed(at: i64, number: usize) -> Believed {
        Believed {
            site: "8763".to_owned(),
            at,
            nonce: ("k".to_owned(), format!("nonce-{number:020}")),
        }
    }

    #[test]
    fn nonces_take_bounded_memory_and_are_kept_as_long_as_one_clock_accepts_them() {
        let mut gate = Gate::new(&Scenario::demo());
        let (now, moved) = (1_000_000, 2_000_000);
        for number in 0..MOST_NONCES {
            assert_eq!(gate.enter(&believed(now, number), &[moved, now]), Ok(()));
        }
        let one_more = believed(now + 600, MOST_NONCES);
        assert_eq!(
            gate.enter(&one_more, &[moved + 600, now + 600]),
            Err(Unsigned::Full)
        );
        let again = believed(now, 7);
        let answer = gate.enter(&again, &[moved + 600, now + 600]);
        assert_eq!(answer, Err(Unsigned::Replayed));
        assert_eq!(gate.enter(&one_more, &[moved + 601, now + 601]), Ok(()));
        assert_eq!((gate.used.len(), gate.order.len()), (1, 1));
    }
}
