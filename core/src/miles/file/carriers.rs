//! Which mail addresses are those of mobile phones.

use std::fmt;
use std::sync::Arc;

/// Domains of mail addresses that mobile carriers (携帯電話会社) give out, as data.
///
/// Their addresses are refused by the methods for PC mail and are the only ones under the mobile method. The list is
/// ours: NetMile's is not public. A domain that begins with a dot stands for all domains below it, and not for itself.
///
/// Source: docs/reference-api.md#users
///
/// ```
/// use netmile::miles::file::CarrierDomains;
/// let domains = CarrierDomains::default();
/// assert!(domains.contains("DOCOMO.ne.jp") && domains.contains("t.vodafone.ne.jp"));
/// assert!(!domains.contains("notdocomo.ne.jp") && !domains.contains("mail.docomo.ne.jp"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct CarrierDomains(Arc<List>);

#[derive(PartialEq, Eq)]
struct List {
    domains: Box<[Box<str>]>,
    /// The ends of the domains, sorted: hardly any address of others has one of them, and one look finds that out.
    ends: Box<[u64]>,
    /// Those that are too short to have such an end.
    short: Box<[Box<str>]>,
}

const DEFAULT: &[&str] = &[
    "docomo.ne.jp",
    "mopera.net",
    "ezweb.ne.jp",
    ".ezweb.ne.jp",
    "au.com",
    ".au.com",
    "ido.ne.jp",
    "softbank.ne.jp",
    "i.softbank.jp",
    "disney.ne.jp",
    "vodafone.ne.jp",
    ".vodafone.ne.jp",
    "jp-d.ne.jp",
    ".jp-d.ne.jp",
    "jp-h.ne.jp",
    "jp-t.ne.jp",
    "jp-c.ne.jp",
    "jp-r.ne.jp",
    "jp-k.ne.jp",
    "jp-n.ne.jp",
    "jp-s.ne.jp",
    "jp-q.ne.jp",
    "emnet.ne.jp",
    "emobile.ne.jp",
    "emobile-s.ne.jp",
    "ymobile1.ne.jp",
    "ymobile.ne.jp",
    "y-mobile.ne.jp",
    "yahoo.ne.jp",
    "willcom.com",
    "pdx.ne.jp",
    ".pdx.ne.jp",
    "wcm.ne.jp",
    ".wcm.ne.jp",
    "uqmobile.jp",
    "rakumail.jp",
];

impl Default for CarrierDomains {
    fn default() -> Self {
        Self::new(DEFAULT.iter().copied())
    }
}

impl CarrierDomains {
    /// A list of one's own, in any case.
    pub fn new<'a>(domains: impl IntoIterator<Item = &'a str>) -> Self {
        let lower = |domain: &str| domain.to_ascii_lowercase().into_boxed_str();
        let domains: Box<[Box<str>]> = domains.into_iter().map(lower).collect();
        let mut ends: Vec<u64> = domains.iter().filter_map(|d| end(d.as_bytes())).collect();
        ends.sort_unstable();
        ends.dedup();
        let all = domains.iter().cloned();
        let short = all.filter(|d| end(d.as_bytes()).is_none()).collect();
        Self(Arc::new(List {
            ends: ends.into_boxed_slice(),
            short,
            domains,
        }))
    }

    /// Whether a carrier gives out addresses of this domain.
    #[must_use]
    pub fn contains(&self, domain: &str) -> bool {
        self.holds(domain.as_bytes())
    }

    pub(super) fn holds(&self, domain: &[u8]) -> bool {
        let list = &*self.0;
        let is_of_any = |known: &[Box<str>]| known.iter().any(|known| is_of(domain, known));
        let has_end = end(domain).is_some_and(|end| list.ends.binary_search(&end).is_ok());
        is_of_any(if has_end { &list.domains } else { &list.short })
    }

    /// The domains.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.domains.iter().map(|domain| &**domain)
    }
}

impl fmt::Debug for CarrierDomains {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CarrierDomains")
            .field(&self.0.domains)
            .finish()
    }
}

fn is_of(domain: &[u8], known: &str) -> bool {
    let known = known.as_bytes();
    let end = domain.len().checked_sub(known.len());
    let fits = match known {
        [b'.', ..] => end.is_some_and(|rest| rest > 0),
        _ => end == Some(0),
    };
    fits && end
        .and_then(|at| domain.get(at..))
        .is_some_and(|tail| tail.eq_ignore_ascii_case(known))
}

/// The last eight bytes as a number that is the same for capital and small letters.
fn end(domain: &[u8]) -> Option<u64> {
    let last = domain.last_chunk()?;
    Some(u64::from_le_bytes(*last) | 0x2020_2020_2020_2020)
}
