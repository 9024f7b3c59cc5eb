//! The signed alternative to the published tag.

use super::query::{Link, anchor, href, wrong};
use super::{MileTag, TagOrigin};
use crate::error::{Error, ErrorKind, Result};
use crate::reference::{check_id, check_tran_id};
use crate::time::Timestamp;
use crate::wire::signature::{hex, hmac_sha256, percent_encode, same, sorted_query};

const PATH: &str = "/v1/earn";

/// First line of what is signed.
const VERSION: &str = "earn-v1";

/// Longest key id, in characters.
const MAX_KEY_ID: usize = 32;

/// Shortest secret, in bytes.
pub const MIN_SECRET_BYTES: usize = 32;

/// A mile-get link of the reference protocol: signed as a whole, expiring, and good for one issue.
///
/// ```
/// use netmile::Miles;
/// use netmile::miles::IssueRule;
/// use netmile::miles::tag::{MileTag, SignedTag, TagOrigin};
/// use netmile::time::Timestamp;
///
/// let rule = IssueRule::Variable { min: Miles::new(10), max: Miles::new(500) };
/// let tag = MileTag::new("8763", "46255", rule, Some(Miles::new(30)))?;
/// let now = Timestamp::from_unix(1_800_000_000);
/// let signed = SignedTag::new(tag, "ORDER-0001", now.plus_seconds(3600))?;
/// let secret = b"an example secret of 32 bytes...";
/// let url = signed.url(&TagOrigin::new("http://127.0.0.1:8080")?, "k1", secret)?;
///
/// let known = |site: &str, key_id: &str| ((site, key_id) == ("8763", "k1")).then_some(&secret[..]);
/// assert_eq!(SignedTag::verify(&url, known, now)?, signed);
/// assert!(SignedTag::verify(&url.replace("mile=30", "mile=500"), known, now).is_err());
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// Source: docs/reference-api.md#the-mile-get-tag
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedTag {
    tag: MileTag,
    tran_id: Box<str>,
    expires_at: Timestamp,
}

impl SignedTag {
    /// A link that earns once for this `tran_id` (such as the order's id) and until `expires_at`.
    ///
    /// # Errors
    /// `invalid_value` on `tran_id`: 1 to 64 of `[0-9A-Za-z._:-]`.
    pub fn new(tag: MileTag, tran_id: &str, expires_at: Timestamp) -> Result<Self> {
        check_tran_id(tran_id)?;
        Ok(Self {
            tag,
            tran_id: tran_id.into(),
            expires_at,
        })
    }

    /// What is earned by whom.
    #[must_use]
    pub fn tag(&self) -> &MileTag {
        &self.tag
    }

    /// What tells a repeat from a second issue.
    #[must_use]
    pub fn tran_id(&self) -> &str {
        &self.tran_id
    }

    /// Last second in which it can be used.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        self.expires_at
    }

    /// The signed link.
    ///
    /// # Errors
    /// `invalid_value` on `key_id`; `configuration` on `secret` when it is shorter than 32 bytes.
    pub fn url(&self, origin: &TagOrigin, key_id: &str, secret: &[u8]) -> Result<String> {
        check_id("key_id", key_id, MAX_KEY_ID)?;
        if secret.len() < MIN_SECRET_BYTES {
            return Err(Error::field(
                ErrorKind::Configuration,
                "secret",
                "must have at least 32 bytes",
            ));
        }
        let query = format!(
            "site={}&campaign={}&earnsite_key={}&mile={}&tran_id={}&exp={}&kid={}",
            self.tag.site_id(),
            self.tag.campaign_id(),
            self.tag.key_text(),
            self.tag.miles_text(),
            percent_encode(&self.tran_id),
            self.expires_at.as_unix(),
            key_id,
        );
        let signature = signature(&query, secret);
        Ok(format!("{}{PATH}?{query}&sig={signature}", origin.as_str()))
    }

    /// The HTML to paste, as [`MileTag::html`].
    ///
    /// # Errors
    /// As [`url`](Self::url).
    pub fn html(&self, origin: &TagOrigin, key_id: &str, secret: &[u8]) -> Result<String> {
        Ok(anchor(origin, &self.url(origin, key_id, secret)?))
    }

    /// Reads a link or its HTML and believes it only if it is signed and not expired. `secret_of` gives the secret of
    /// a site and one of its key ids: no site signs for another. Whether the `tran_id` was used before is for whoever issues the miles to know.
    ///
    /// # Errors
    /// `hash_mismatch` on `sig` or `kid`, `expired` on `exp`; `invalid_value`, `missing_field`, `duplicate_field` naming
    /// the field; `too_large`.
    pub fn verify<'s>(
        tag: &str,
        secret_of: impl FnOnce(&str, &str) -> Option<&'s [u8]>,
        now: Timestamp,
    ) -> Result<Self> {
        let link = href(tag)?;
        let link = Link::split(&link)?;
        if link.path != PATH {
            return Err(wrong("must lead to the page for taking miles"));
        }
        let names = [
            "site",
            "campaign",
            "earnsite_key",
            "mile",
            "tran_id",
            "exp",
            "kid",
            "sig",
        ];
        let [site, campaign, key, mile, tran_id, exp, kid, sig] = link.fields(names)?;
        check_id("site", &site, 32)?;
        check_id("kid", &kid, MAX_KEY_ID)?;
        let Some(secret) = secret_of(&site, &kid).filter(|secret| secret.len() >= MIN_SECRET_BYTES)
        else {
            return Err(Error::field(
                ErrorKind::HashMismatch,
                "kid",
                "names no known key",
            ));
        };
        let signed: Vec<_> = link
            .query
            .split('&')
            .filter(|pair| !pair.starts_with("sig="))
            .collect();
        let ours = signature(&signed.join("&"), secret);
        if !same(ours.as_bytes(), sig.as_bytes()) {
            return Err(Error::field(
                ErrorKind::HashMismatch,
                "sig",
                "is not the signature of this link",
            ));
        }
        let digits = (1..=12).contains(&exp.len()) && exp.bytes().all(|b| b.is_ascii_digit());
        let Some(exp) = exp.parse().ok().filter(|_| digits) else {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "exp",
                "must be Unix seconds",
            ));
        };
        let expires_at = Timestamp::from_unix(exp);
        if now > expires_at {
            return Err(Error::field(
                ErrorKind::Expired,
                "exp",
                "the link has expired",
            ));
        }
        let tag = MileTag::from_text(["site", "campaign"], &site, &campaign, &key, &mile)?;
        Self::new(tag, &tran_id, expires_at)
    }
}

/// HMAC-SHA256 over the version and the pairs as sent, sorted by name.
fn signature(query: &str, secret: &[u8]) -> String {
    let pairs: Vec<_> = query
        .split('&')
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let message = format!("{VERSION}\n{}", sorted_query(&pairs));
    hex(&hmac_sha256(secret, message.as_bytes()))
}
