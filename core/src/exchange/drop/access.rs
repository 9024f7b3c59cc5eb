//! Who may come: addresses and Basic authentication.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind, Result};
use crate::wire::signature::same;

/// Longest `Authorization` header that is looked at, in bytes.
const MAX_AUTHORIZATION: usize = 1024;

/// A range of IP addresses, such as `203.0.113.0/24`, `2001:db8::/32`, or one address.
///
/// ```
/// use netmile::exchange::drop::IpRange;
/// let range: IpRange = "203.0.113.0/24".parse()?;
/// assert!(range.contains("203.0.113.9".parse().unwrap()));
/// assert!(range.contains("::ffff:203.0.113.9".parse().unwrap()));
/// assert!(!range.contains("203.0.114.1".parse().unwrap()));
/// assert!("203.0.113.1/24".parse::<IpRange>().is_err());
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IpRange {
    network: IpAddr,
    prefix: u8,
}

impl IpRange {
    /// Whether an address is in it. IPv4 within IPv6 (`::ffff:…`) counts as IPv4.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.network, address.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let mask = mask(self.prefix, 32);
                u128::from(u32::from(network)) == u128::from(u32::from(address)) & mask
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                u128::from(network) == u128::from(address) & mask(self.prefix, 128)
            }
            _ => false,
        }
    }
}

/// The highest `prefix` bits of so many.
fn mask(prefix: u8, bits: u8) -> u128 {
    let low = u32::from(bits.saturating_sub(prefix));
    u128::MAX.checked_shl(low).unwrap_or(0)
}

impl From<IpAddr> for IpRange {
    fn from(address: IpAddr) -> Self {
        let network = address.to_canonical();
        let prefix = if network.is_ipv4() { 32 } else { 128 };
        Self { network, prefix }
    }
}

impl FromStr for IpRange {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wrong = |rule| Error::field(ErrorKind::InvalidValue, "ip_range", rule);
        let form = "must be an IP address, or a network such as 203.0.113.0/24";
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let network: IpAddr = address.parse().map_err(|_| wrong(form))?;
        let Some(prefix) = prefix else {
            return Ok(network.into());
        };
        let digits = (1..=3).contains(&prefix.len()) && prefix.bytes().all(|b| b.is_ascii_digit());
        let most = if network.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.parse::<u8>().ok().filter(|p| digits && *p <= most);
        let prefix = prefix.ok_or_else(|| wrong(form))?;
        let inner_v4 = matches!(network, IpAddr::V6(v6) if is_mapped(v6));
        if inner_v4 {
            return Err(wrong("must be written as IPv4"));
        }
        let range = Self { network, prefix };
        if range.contains(network) {
            return Ok(range);
        }
        Err(wrong("must have no bits set behind its prefix"))
    }
}

fn is_mapped(address: Ipv6Addr) -> bool {
    address.to_ipv4_mapped().is_some()
}

/// Name and password of Basic authentication. `Debug` shows neither.
#[derive(Clone)]
pub struct BasicCredentials {
    // Of the whole pair, so that a comparison tells nothing, not even a length.
    digest: Zeroizing<[u8; 32]>,
}

impl BasicCredentials {
    /// Takes name and password.
    ///
    /// # Errors
    /// `invalid_value` unless the name is 1 to 64 visible ASCII characters without a colon, and the password 12 to 256.
    pub fn new(name: &str, password: &str) -> Result<Self> {
        let visible = |text: &str| text.bytes().all(|b| b.is_ascii_graphic());
        if !(1..=64).contains(&name.len()) || !visible(name) || name.contains(':') {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "name",
                "must be 1 to 64 visible ASCII characters without a colon",
            ));
        }
        if !(12..=256).contains(&password.len()) || !visible(password) {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "password",
                "must be 12 to 256 visible ASCII characters",
            ));
        }
        let pair = Zeroizing::new(format!("{name}:{password}"));
        Ok(Self {
            digest: Zeroizing::new(Sha256::digest(pair.as_bytes()).into()),
        })
    }

    /// Whether an `Authorization` header names this pair.
    #[must_use]
    pub fn fits(&self, authorization: &str) -> bool {
        let scheme = authorization.get(..6).unwrap_or_default();
        if authorization.len() > MAX_AUTHORIZATION || !scheme.eq_ignore_ascii_case("basic ") {
            return false;
        }
        let encoded = authorization.get(6..).unwrap_or_default().trim();
        let Ok(pair) = STANDARD.decode(encoded) else {
            return false;
        };
        let pair = Zeroizing::new(pair);
        let digest: [u8; 32] = Sha256::digest(pair.as_slice()).into();
        same(self.digest.as_slice(), &digest)
    }
}

impl fmt::Debug for BasicCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BasicCredentials(redacted)")
    }
}
