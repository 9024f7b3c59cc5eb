//! One issue.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::IssueSettings;
use super::file::CarrierDomains;
use crate::error::{Error, ErrorKind, Result};
use crate::money::Miles;
use crate::operation::Rejection;
use crate::planted::{self, Defect};
use crate::purchase::{FactKind, Subject};
use crate::reference::{
    Day, Draft, Found, Mail, Object, Task, Transaction, User, check_designated_key, check_id,
    check_tran_id,
};
use crate::time::Timestamp;

/// Longest id of a campaign, issue, registration or cancel wish, in characters.
pub(crate) const MAX_ID: usize = 64;

/// An issue in the journal.
pub type Issue = Transaction<IssueRequest>;

/// A wish to issue miles to one user.
///
/// ```
/// use netmile::Miles;
/// use netmile::miles::IssueRequest;
/// use netmile::reference::User;
/// let request = IssueRequest::new("REWARD-1001", "46255", User::mail("hanako@example.jp")?, "CUST0001")
///     .with_miles(Miles::new(100));
/// assert!(!format!("{request:?}").contains("hanako"));
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueRequest {
    tran_id: String,
    campaign_id: String,
    user: User,
    designated_key: String,
    #[serde(default)]
    miles: Option<Miles>,
    #[serde(default)]
    settings: IssueSettings,
}

impl IssueRequest {
    /// Takes the shop's own name of this reward (`tran_id`), the campaign, the user, and the shop's name of its customer
    /// (指定キー, the designated key).
    ///
    /// The `tran_id` makes it happen once. The designated key does not: one customer may be rewarded often. So name the
    /// action that is rewarded, such as the order, and not the customer.
    #[must_use]
    pub fn new(
        tran_id: impl Into<String>,
        campaign_id: impl Into<String>,
        user: User,
        designated_key: impl Into<String>,
    ) -> Self {
        Self {
            tran_id: tran_id.into(),
            campaign_id: campaign_id.into(),
            user,
            designated_key: designated_key.into(),
            miles: None,
            settings: IssueSettings::default(),
        }
    }

    /// How many miles. Needed where the campaign is variable (従量); a fixed campaign (定額) knows by itself.
    #[must_use]
    pub const fn with_miles(mut self, miles: Miles) -> Self {
        self.miles = Some(miles);
        self
    }

    /// What else is set.
    #[must_use]
    pub fn with_settings(mut self, settings: IssueSettings) -> Self {
        self.settings = settings;
        self
    }

    /// The shop's own name of this reward.
    #[must_use]
    pub fn tran_id(&self) -> &str {
        &self.tran_id
    }

    /// The campaign.
    #[must_use]
    pub fn campaign_id(&self) -> &str {
        &self.campaign_id
    }

    /// Who gets the miles.
    #[must_use]
    pub const fn user(&self) -> &User {
        &self.user
    }

    /// The shop's name of its customer (指定キー).
    #[must_use]
    pub fn designated_key(&self) -> &str {
        &self.designated_key
    }

    /// Checks that an address of a mobile carrier (携帯電話会社) goes by [`User::MobileMail`], and no other does.
    ///
    /// # Errors
    /// `invalid_value`: NetMile would refuse it with `19013`.
    pub fn check_carrier(&self, carriers: &CarrierDomains) -> Result<()> {
        match &self.user {
            User::Mail(mail) => check_carrier("user.mail", mail, false, carriers),
            User::MobileMail(mail) => check_carrier("user.mobile_mail", mail, true, carriers),
            User::UserId(_) => Ok(()),
        }
    }

    /// How many miles were asked for.
    #[must_use]
    pub const fn miles(&self) -> Option<Miles> {
        self.miles
    }
}

impl fmt::Debug for IssueRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IssueRequest")
            .field("tran_id", &self.tran_id)
            .field("campaign_id", &self.campaign_id)
            .field("miles", &self.miles)
            .finish_non_exhaustive()
    }
}

/// Whether issued miles can still be taken back, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssueState {
    /// Held (保留): not deposited yet; a cancel is done at once.
    Held,
    /// Deposited (有効): a cancel has to be applied for.
    Valid,
    /// Cancelled (取消).
    Cancelled,
}

impl IssueState {
    /// The name on the wire and in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Valid => "valid",
            Self::Cancelled => "cancelled",
        }
    }

    pub(crate) fn read(object: &Object<'_>) -> Result<Self> {
        match object.text("state", 20)? {
            "held" => Ok(Self::Held),
            "valid" => Ok(Self::Valid),
            "cancelled" => Ok(Self::Cancelled),
            _ => Err(object.malformed("state", "must be held, valid or cancelled")),
        }
    }
}

/// Miles that were issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedMiles {
    /// NetMile's id of the issue: what a cancel names.
    pub issuance_id: String,
    /// The registration it belongs to (発行登録ID).
    pub registration_id: String,
    /// How many.
    pub miles: Miles,
    /// When.
    pub issued_at: Timestamp,
    /// When they can be used.
    pub deposit_on: Day,
    /// Where they stand.
    pub state: IssueState,
}

impl IssuedMiles {
    fn read(object: &Object<'_>) -> Result<Self> {
        Ok(Self {
            issuance_id: read_id(object, "issuance_id")?,
            registration_id: read_id(object, "registration_id")?,
            miles: object.miles("miles")?,
            issued_at: object.instant("issued_at")?,
            deposit_on: object.day("deposit_on")?,
            state: IssueState::read(object)?,
        })
    }
}

/// An id that NetMile gave: safe to be sent back and to be shown.
pub(crate) fn read_id(object: &Object<'_>, name: &'static str) -> Result<String> {
    let id = object.text(name, MAX_ID)?;
    check_id(name, id, MAX_ID)
        .map_err(|_| object.malformed(name, "must be 1 to 64 of 0-9, A-Z, a-z, '_' and '-'"))?;
    Ok(id.to_owned())
}

impl Task for IssueRequest {
    const KIND: &'static str = "issue";
    const SUBJECT: Subject = Subject::Issue;
    const DONE: FactKind = FactKind::MilesIssued;
    const REFUSED: FactKind = FactKind::MilesRefused;
    type Answer = IssuedMiles;

    fn tran_id(&self) -> &str {
        &self.tran_id
    }

    fn check(&self) -> Result<()> {
        check_tran_id(&self.tran_id)?;
        check_id("campaign_id", &self.campaign_id, MAX_ID)?;
        check_designated_key(&self.designated_key)?;
        check_miles(self.miles)?;
        self.settings.check(self.user.is_mobile())
    }

    fn draft(&self) -> Result<Draft> {
        self.check()?;
        let mut body = Map::new();
        let mut set = |name: &str, value: Value| body.insert(name.to_owned(), value);
        set("tran_id", self.tran_id.as_str().into());
        set("campaign_id", self.campaign_id.as_str().into());
        set("user", self.user.to_json());
        set("designated_key", self.designated_key.as_str().into());
        if let Some(miles) = self.miles {
            set("miles", miles.get().into());
        }
        self.settings.write(self.user.is_mobile(), &mut body);
        Ok(Draft::post(&["issuances"], body.into()))
    }

    fn read(&self, answer: &Object<'_>) -> Result<IssuedMiles> {
        answer.require("tran_id", &self.tran_id)?;
        let issued = IssuedMiles::read(answer)?;
        match self.miles {
            Some(asked) if asked != issued.miles && !planted::is(Defect::MilesNotChecked) => Err(
                Error::field(ErrorKind::Mismatch, "miles", "are not what was asked for"),
            ),
            _ => Ok(issued),
        }
    }

    fn inquiry(&self) -> Draft {
        Draft::get(&["issuances"]).with("tran_id", &self.tran_id)
    }

    fn found(&self, answer: &Object<'_>) -> Result<Found<IssuedMiles>> {
        found(answer, &self.tran_id, "issuance", |issuance| {
            self.read(issuance).map(Found::Done)
        })
    }
}

/// Miles of one issue.
pub(crate) fn check_miles(miles: Option<Miles>) -> Result<()> {
    match miles {
        Some(miles) if !(Miles::new(1)..=Miles::MAX_ISSUE).contains(&miles) => Err(Error::field(
            ErrorKind::InvalidValue,
            "miles",
            format!("must be 1 to {}", Miles::MAX_ISSUE),
        )),
        _ => Ok(()),
    }
}

/// Checks that an address is a mobile carrier's, or that it is not.
pub(crate) fn check_carrier(
    field: impl Into<Cow<'static, str>>,
    mail: &Mail,
    mobile: bool,
    carriers: &CarrierDomains,
) -> Result<()> {
    let domain = mail
        .expose()
        .split_once('@')
        .map_or("", |(_, domain)| domain);
    if carriers.contains(domain) == mobile {
        return Ok(());
    }
    let rule = if mobile {
        "must be the address of a mobile carrier"
    } else {
        "must not be the address of a mobile carrier: that goes by mobile_mail"
    };
    Err(Error::field(ErrorKind::InvalidValue, field, rule))
}

/// Reads an inquiry by `tran_id`: the same `tran_id`, `found`, and what was found under its name or `refused`.
pub(crate) fn found<A>(
    answer: &Object<'_>,
    tran_id: &str,
    name: &str,
    read: impl FnOnce(&Object<'_>) -> Result<Found<A>>,
) -> Result<Found<A>> {
    answer.require("tran_id", tran_id)?;
    if !answer.flag("found")? {
        return Ok(Found::Missing);
    }
    if let Some(refused) = answer.optional_object("refused")? {
        let table = refused.text("table", 20)?;
        let code = refused.text("code", 20)?;
        let known = matches!(table, "manual" | "automatic" | "file");
        if !known
            || code.is_empty()
            || !code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        {
            return Err(refused.malformed("code", "must be a code of one of NetMile's tables"));
        }
        return Ok(Found::Refused(Rejection::of_table(table, code)));
    }
    read(&answer.object(name)?)
}
