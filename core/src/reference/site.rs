//! One site (加盟サイト) and how it signs.

use std::fmt;

use zeroize::Zeroizing;

use super::ids::check_id;
use crate::contract::is_safe_url;
use crate::error::{Error, ErrorKind, Result};

/// The secret that a site signs with. Never printed; the copy held here is wiped when dropped.
#[derive(Clone)]
pub struct SiteSecret(Zeroizing<String>);

impl SiteSecret {
    /// Takes a secret.
    ///
    /// # Errors
    /// `invalid_value` when it has less than 32 or more than 256 characters, or anything but visible ASCII: a line
    /// break or space at its end is the usual accident of copying.
    pub fn new(secret: impl Into<String>) -> Result<Self> {
        let secret = Zeroizing::new(secret.into());
        let wrong = |rule: &'static str| Error::field(ErrorKind::InvalidValue, "secret", rule);
        if !(32..=256).contains(&secret.len()) {
            return Err(wrong("must have 32 to 256 characters"));
        }
        if !secret.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(wrong("must be visible ASCII without spaces or line breaks"));
        }
        Ok(Self(secret))
    }

    /// The secret itself. Do not print or store it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SiteSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SiteSecret(redacted)")
    }
}

/// A site that rewards with miles: who it is, what it signs with, and where NetMile listens.
///
/// There is no default address: NetMile's own is agreed with NetMile, a mock prints its own when it starts.
///
/// ```
/// use netmile::reference::{Site, SiteSecret};
/// let site = Site::new(
///     "8763",
///     "K1",
///     SiteSecret::new("TESTSITESECRET0123456789abcdef0123456789")?,
///     "http://127.0.0.1:8080",
/// )?;
/// assert_eq!(site.id(), "8763");
/// assert!(!format!("{site:?}").contains("TESTSITESECRET"));
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone)]
pub struct Site {
    id: String,
    key_id: String,
    secret: SiteSecret,
    base: String,
}

impl Site {
    /// Takes the site's id (加盟サイトID), the key id and secret that NetMile assigned, and the address before `/v1`.
    ///
    /// # Errors
    /// `invalid_value` for ids that are not 1 to 32 of `[0-9A-Za-z_-]`, `configuration` for an address that is not
    /// HTTPS (plain HTTP to the loopback only), or that has a query.
    pub fn new(
        id: impl Into<String>,
        key_id: impl Into<String>,
        secret: SiteSecret,
        base_url: &str,
    ) -> Result<Self> {
        let base = base_url.trim_end_matches('/').to_owned();
        if !is_safe_url(&base) || base.contains(['?', '#', '%']) || !base.is_ascii() {
            return Err(Error::field(
                ErrorKind::Configuration,
                "base_url",
                "must be an https URL without a query (plain http only to the loopback)",
            ));
        }
        let site = Self {
            id: id.into(),
            key_id: key_id.into(),
            secret,
            base,
        };
        check_id("site_id", &site.id, 32)?;
        check_id("key_id", &site.key_id, 32)?;
        Ok(site)
    }

    /// The site's id (加盟サイトID).
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Names the secret.
    #[must_use]
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// What it signs with.
    #[must_use]
    pub fn secret(&self) -> &SiteSecret {
        &self.secret
    }

    /// The address before `/v1`, without a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base
    }

    /// The path that stands before `/v1`: empty, or from its slash on.
    pub(super) fn base_path(&self) -> &str {
        let after = self.base.split_once("://").map_or("", |(_, rest)| rest);
        after.find('/').and_then(|at| after.get(at..)).unwrap_or("")
    }
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Site")
            .field("id", &self.id)
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}
