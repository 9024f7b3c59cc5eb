//! Members as the office finds them: by mail, by mobile mail, by user id.

use std::{borrow::Cow, collections::HashMap};

use serde::{Deserialize, Serialize};

use super::terms::MemberStatus;
use crate::scenario::{Member, Scenario};

/// The address for trying things out: everything runs, nothing is deposited, billed or shown.
pub const TEST_ADDRESS: &str = "test1@netmile.co.jp";

/// Its user id.
const TEST_USER_ID: &str = "NM00000000";

/// Who miles are for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum User {
    /// Registered PC address.
    Mail(String),
    /// Registered address of a mobile phone.
    MobileMail(String),
    /// NetMile user id.
    UserId(String),
}

impl std::fmt::Debug for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Mail(_) => "Mail(***)",
            Self::MobileMail(_) => "MobileMail(***)",
            Self::UserId(_) => "UserId(***)",
        })
    }
}

/// Who is in the first column of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// メールアドレスで発行する.
    Mail,
    /// 携帯メールアドレスで発行する.
    MobileMail,
    /// ユーザーIDで発行する.
    UserId,
}

impl User {
    /// How the user is named.
    #[must_use]
    pub const fn method(&self) -> Method {
        match self {
            Self::Mail(_) => Method::Mail,
            Self::MobileMail(_) => Method::MobileMail,
            Self::UserId(_) => Method::UserId,
        }
    }

    /// The address or id.
    #[must_use]
    pub fn value(&self) -> &str {
        match self {
            Self::Mail(v) | Self::MobileMail(v) | Self::UserId(v) => v,
        }
    }
}

/// A member's number within the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PersonId(pub(crate) u32);

impl PersonId {
    /// The test address.
    pub(crate) const TEST: Self = Self(u32::MAX);
}

#[derive(Debug, Clone)]
struct Person {
    login: String,
    mail: String,
    user_id: String,
    status: MemberStatus,
    registered_on: String,
}

/// Everybody.
#[derive(Debug, Clone)]
pub(crate) struct People {
    listed: Vec<Person>,
    by_mail: HashMap<String, u32>,
    by_mobile: HashMap<String, u32>,
    by_id: HashMap<String, u32>,
    carriers: Vec<String>,
    crowd: u32,
}

/// The user id of a scenario's member.
pub(crate) fn id_of(member: &Member, at: usize) -> String {
    member
        .user_id
        .clone()
        .unwrap_or_else(|| format!("NM{:08}", at + 1))
}

/// Whether it has the form of a mail address.
pub(crate) fn is_mail(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let label = |l: &str| {
        !l.is_empty()
            && l.len() <= 63
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let last = domain.rsplit('.').next().unwrap_or_default();
    // Carriers once gave out local parts with dots in a row or at the end.
    text.len() <= 256
        && (1..=64).contains(&local.len())
        && local
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b))
        && domain.contains('.')
        && domain.split('.').all(label)
        && last.len() >= 2
        && last.bytes().any(|b| b.is_ascii_alphabetic())
}

impl People {
    pub(crate) fn new(scenario: &Scenario) -> Self {
        let mut people = Self {
            listed: Vec::new(),
            by_mail: HashMap::new(),
            by_mobile: HashMap::new(),
            by_id: HashMap::new(),
            carriers: {
                let domains = scenario.office.carrier_domains.iter();
                domains.map(|domain| domain.to_ascii_lowercase()).collect()
            },
            crowd: scenario.office.crowd,
        };
        for (at, (member, number)) in scenario.members.iter().zip(0_u32..).enumerate() {
            let user_id = id_of(member, at);
            people
                .by_mail
                .insert(member.mail.to_ascii_lowercase(), number);
            for mobile in &member.mobile_mails {
                people.by_mobile.insert(mobile.to_ascii_lowercase(), number);
            }
            people.by_id.insert(user_id.clone(), number);
            people.listed.push(Person {
                login: member.login.clone(),
                mail: member.mail.clone(),
                user_id,
                status: member.status,
                registered_on: member.registered_on.clone(),
            });
        }
        people
    }

    /// Whether an address is of a mobile carrier.
    pub(crate) fn is_carrier(&self, mail: &str) -> bool {
        let domain = mail.rsplit('@').next().unwrap_or_default();
        let domain = domain.to_ascii_lowercase();
        self.carriers
            .iter()
            .any(|carrier| match carrier.strip_prefix('.') {
                Some(_) => domain.len() > carrier.len() && domain.ends_with(carrier.as_str()),
                None => domain == *carrier,
            })
    }

    /// Whether an address has the right form for its method; a user id is any text, and nobody's in a wrong form.
    pub(crate) fn is_well_formed(&self, method: Method, value: &str) -> bool {
        match method {
            Method::Mail => is_mail(value) && !self.is_carrier(value),
            Method::MobileMail => is_mail(value) && self.is_carrier(value),
            Method::UserId => true,
        }
    }

    /// Finds a member; the test address is one.
    pub(crate) fn find(&self, method: Method, value: &str) -> Option<PersonId> {
        let number = match method {
            Method::Mail => {
                if value.eq_ignore_ascii_case(TEST_ADDRESS) {
                    return Some(PersonId::TEST);
                }
                let lower = value.to_ascii_lowercase();
                let found = self.by_mail.get(&lower).copied();
                found.or_else(|| {
                    self.in_crowd(lower.strip_prefix('u')?.strip_suffix("@crowd.example")?)
                })
            }
            Method::MobileMail => self.by_mobile.get(&value.to_ascii_lowercase()).copied(),
            Method::UserId if value == TEST_USER_ID => return Some(PersonId::TEST),
            Method::UserId => {
                let found = self.by_id.get(value).copied();
                found.or_else(|| self.in_crowd(value.strip_prefix("NM9")?))
            }
        };
        number.map(PersonId)
    }

    fn in_crowd(&self, digits: &str) -> Option<u32> {
        let plain = digits.len() == 7 && digits.bytes().all(|b| b.is_ascii_digit());
        let number: u32 = plain.then(|| digits.parse().ok())??;
        let listed = u32::try_from(self.listed.len()).ok()?;
        (1..=self.crowd)
            .contains(&number)
            .then(|| listed + number - 1)
    }

    fn listed(&self, id: PersonId) -> Option<&Person> {
        self.listed.get(usize::try_from(id.0).ok()?)
    }

    fn crowd_number(&self, id: PersonId) -> u32 {
        let listed = u32::try_from(self.listed.len()).unwrap_or(u32::MAX);
        id.0.saturating_sub(listed).saturating_add(1)
    }

    /// A listed member by the name of its balance.
    pub(crate) fn by_login(&self, login: &str) -> Option<PersonId> {
        let place = self.listed.iter().position(|p| p.login == login)?;
        Some(PersonId(u32::try_from(place).ok()?))
    }

    /// The name of the balance.
    pub(crate) fn login(&self, id: PersonId) -> Cow<'_, str> {
        match self.listed(id) {
            Some(person) => Cow::Borrowed(&person.login),
            None if id == PersonId::TEST => Cow::Borrowed("test1"),
            None => Cow::Owned(format!("crowd-{:07}", self.crowd_number(id))),
        }
    }

    /// The registered PC address.
    pub(crate) fn mail(&self, id: PersonId) -> Cow<'_, str> {
        match self.listed(id) {
            Some(person) => Cow::Borrowed(&person.mail),
            None if id == PersonId::TEST => Cow::Borrowed(TEST_ADDRESS),
            None => Cow::Owned(format!("u{:07}@crowd.example", self.crowd_number(id))),
        }
    }

    /// NetMile user id.
    pub(crate) fn user_id(&self, id: PersonId) -> Cow<'_, str> {
        match self.listed(id) {
            Some(person) => Cow::Borrowed(&person.user_id),
            None if id == PersonId::TEST => Cow::Borrowed(TEST_USER_ID),
            None => Cow::Owned(format!("NM9{:07}", self.crowd_number(id))),
        }
    }

    pub(crate) fn status(&self, id: PersonId) -> MemberStatus {
        self.listed(id).map_or(MemberStatus::Full, |p| p.status)
    }

    pub(crate) fn registered_on(&self, id: PersonId) -> &str {
        self.listed(id)
            .map_or("2010-04-01", |p| p.registered_on.as_str())
    }
}
