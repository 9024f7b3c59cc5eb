//! Who gets miles.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::ids::check_id;
use crate::error::{Error, ErrorKind, Result};

/// The address that runs through everything and moves nothing: no miles, no bill, no report.
///
/// Source: docs/reference-api.md#issuing-by-hand
pub const TEST_MAIL: &str = "test1@netmile.co.jp";

/// Longest mail address, in bytes.
pub(crate) const MAX_MAIL: usize = 256;

/// Longest user id, in bytes.
pub(crate) const MAX_USER_ID: usize = 32;

/// The domain of a mail address of any length, or nothing when it has not the form of one.
pub(crate) fn mail_domain(address: &[u8]) -> Option<&[u8]> {
    let at = address.iter().position(|b| *b == b'@')?;
    let (local, domain) = address.split_at(at);
    let domain = domain.get(1..)?;
    let fits = (1..=64).contains(&local.len())
        && local.iter().all(|b| IN_LOCAL.contains(usize::from(*b)))
        && is_domain(domain);
    fits.then_some(domain)
}

fn is_domain(domain: &[u8]) -> bool {
    let mut labels = 0;
    let mut last = domain;
    for label in domain.split(|b| *b == b'.') {
        let fits = (1..=63).contains(&label.len())
            && label
                .iter()
                .all(|b| b.is_ascii_alphanumeric() || *b == b'-')
            && label.first() != Some(&b'-')
            && label.last() != Some(&b'-');
        if !fits {
            return false;
        }
        labels += 1;
        last = label;
    }
    labels >= 2 && last.len() >= 2 && last.iter().any(u8::is_ascii_alphabetic)
}

/// Whether bytes have the form of a user id.
pub(crate) fn is_user_id(id: &[u8]) -> bool {
    (1..=MAX_USER_ID).contains(&id.len())
        && id
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

/// Bytes that may stand before the `@`, the dot included.
const IN_LOCAL: Set = Set::new(b".!#$%&'*+-/=?^_`{|}~");

struct Set([bool; 256]);

impl Set {
    #[expect(
        clippy::indexing_slicing,
        reason = "a table of all bytes, filled when it is compiled"
    )]
    const fn new(others: &[u8]) -> Self {
        let mut set = [false; 256];
        let mut byte = 0;
        while byte < 128 {
            set[byte] = (byte as u8).is_ascii_alphanumeric();
            byte += 1;
        }
        let mut at = 0;
        while at < others.len() {
            set[others[at] as usize] = true;
            at += 1;
        }
        Self(set)
    }

    fn contains(&self, byte: usize) -> bool {
        self.0.get(byte).copied().unwrap_or_default()
    }
}

/// A mail address. Personal data: never printed, never in an error.
///
/// ```
/// use netmile::reference::Mail;
/// let mail = Mail::new("hanako@example.jp")?;
/// assert_eq!(mail.expose(), "hanako@example.jp");
/// assert_eq!(format!("{mail:?}"), "Mail(redacted)");
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Mail(String);

impl Mail {
    /// Takes an address. Its form alone is checked, as far as every address has it: carriers once gave out addresses with
    /// dots in a row or before the `@`.
    ///
    /// Source: docs/reference-api.md#users
    ///
    /// # Errors
    /// `invalid_value` unless it has that form.
    pub fn new(address: impl Into<String>) -> Result<Self> {
        let address = address.into();
        if address.len() <= MAX_MAIL && mail_domain(address.as_bytes()).is_some() {
            return Ok(Self(address));
        }
        Err(Error::field(
            ErrorKind::InvalidValue,
            "mail",
            "must be a mail address of at most 256 half-width characters",
        ))
    }

    /// The address that moves nothing: [`TEST_MAIL`].
    #[must_use]
    pub fn test() -> Self {
        Self(TEST_MAIL.to_owned())
    }

    /// The address itself. Personal data.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Mail {
    type Error = Error;

    fn try_from(address: String) -> Result<Self> {
        Self::new(address)
    }
}

impl From<Mail> for String {
    fn from(mail: Mail) -> Self {
        mail.0
    }
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mail(redacted)")
    }
}

/// A NetMile user id (ネットマイルユーザーID), as [`verify_mail`] tells it.
///
/// [`verify_mail`]: crate::client::Members::verify_mail
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UserId(String);

impl UserId {
    /// Takes an id.
    ///
    /// # Errors
    /// `invalid_value` unless it is 1 to 32 of `[0-9A-Za-z_-]`.
    pub fn new(id: impl Into<String>) -> Result<Self> {
        let id = id.into();
        check_id("user_id", &id, MAX_USER_ID)?;
        Ok(Self(id))
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for UserId {
    type Error = Error;

    fn try_from(id: String) -> Result<Self> {
        Self::new(id)
    }
}

impl From<UserId> for String {
    fn from(id: UserId) -> Self {
        id.0
    }
}

impl fmt::Debug for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserId(redacted)")
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who gets miles (マイル発行方法).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum User {
    /// By the mail address that is registered with NetMile (メールアドレスで発行する).
    Mail(Mail),
    /// By the address of a mobile phone (携帯メールアドレスで発行する). No mail can be sent about the deposit.
    MobileMail(Mail),
    /// By the NetMile user id (ユーザーIDで発行する); this site must have authenticated it before.
    UserId(UserId),
}

impl User {
    /// By mail address.
    ///
    /// # Errors
    /// `invalid_value`, as [`Mail::new`].
    pub fn mail(address: impl Into<String>) -> Result<Self> {
        Mail::new(address).map(Self::Mail)
    }

    /// By the address of a mobile phone.
    ///
    /// # Errors
    /// `invalid_value`, as [`Mail::new`].
    pub fn mobile_mail(address: impl Into<String>) -> Result<Self> {
        Mail::new(address).map(Self::MobileMail)
    }

    /// By NetMile user id.
    ///
    /// # Errors
    /// `invalid_value`, as [`UserId::new`].
    pub fn user_id(id: impl Into<String>) -> Result<Self> {
        UserId::new(id).map(Self::UserId)
    }

    /// The address that moves nothing: [`TEST_MAIL`].
    #[must_use]
    pub fn test() -> Self {
        Self::Mail(Mail::test())
    }

    /// Whether it is a mobile phone's address.
    #[must_use]
    pub const fn is_mobile(&self) -> bool {
        matches!(self, Self::MobileMail(_))
    }

    /// As the wire carries it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match self {
            Self::Mail(mail) => json!({ "mail": mail.expose() }),
            Self::MobileMail(mail) => json!({ "mobile_mail": mail.expose() }),
            Self::UserId(id) => json!({ "user_id": id.as_str() }),
        }
    }
}
