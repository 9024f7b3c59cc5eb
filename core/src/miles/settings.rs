//! What an operator may set for an issue.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::error::{Error, ErrorKind, Result};
use crate::reference::Object;

/// Longest text that can be inserted into a deposit mail, in characters.
///
/// Source: docs/reference-api.md#issuing-by-hand
pub const MAX_INSERTED_TEXT: usize = 500;

/// Longest delay of a deposit, in days.
pub const MAX_DEPOSIT_DAYS: u16 = 365;

/// When miles can be used (マイル振込設定).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deposit {
    /// What the campaign says. A campaign with a date accepts nothing else.
    #[default]
    Campaign,
    /// At once (すぐに振込む). Such an issue cannot be cancelled where the campaign says so.
    AtOnce,
    /// So many days after the issue (マイル発行から〇日後に振込む): 0 to 365, 0 is at once. Until then the miles are held
    /// (保留) and can be cancelled at once.
    AfterDays(u16),
}

/// What an operator may set for an issue. Everything has a default.
///
/// ```
/// use netmile::miles::{Deposit, IssueSettings};
/// let settings = IssueSettings::default()
///     .with_deposit(Deposit::AfterDays(7))
///     .with_inserted_text("ご購入ありがとうございました。");
/// assert!(settings.check(false).is_ok());
/// // A mobile phone gets no deposit mail, so nothing can be inserted into it.
/// assert_eq!(settings.check(true).unwrap_err().field_name(), Some("inserted_text"));
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueSettings {
    deposit: Deposit,
    #[serde(default)]
    deposit_mail: Option<bool>,
    #[serde(default)]
    inserted_text: Option<String>,
    #[serde(default)]
    member_registration: bool,
    #[serde(default)]
    password_generation: bool,
}

impl IssueSettings {
    /// When the miles can be used.
    #[must_use]
    pub const fn with_deposit(mut self, deposit: Deposit) -> Self {
        self.deposit = deposit;
        self
    }

    /// Whether the user gets a mail when the miles are deposited (振込完了メール). Default: yes, but never to a mobile
    /// phone.
    #[must_use]
    pub const fn with_deposit_mail(mut self, send: bool) -> Self {
        self.deposit_mail = Some(send);
        self
    }

    /// Text for the deposit mail (差込文), at most 500 characters. Site, campaign and miles are written into the mail
    /// anyway.
    #[must_use]
    pub fn with_inserted_text(mut self, text: impl Into<String>) -> Self {
        self.inserted_text = Some(text.into()).filter(|text: &String| !text.is_empty());
        self
    }

    /// Whether unknown addresses become members (会員登録). NetMile's guides say しない: anything else is refused.
    #[must_use]
    pub const fn with_member_registration(mut self, register: bool) -> Self {
        self.member_registration = register;
        self
    }

    /// Whether a password is made for new members (パスワード自動生成). NetMile's guides say しない: anything else is
    /// refused.
    #[must_use]
    pub const fn with_password_generation(mut self, generate: bool) -> Self {
        self.password_generation = generate;
        self
    }

    /// When the miles can be used.
    #[must_use]
    pub const fn deposit(&self) -> Deposit {
        self.deposit
    }

    /// Text for the deposit mail.
    #[must_use]
    pub fn inserted_text(&self) -> Option<&str> {
        self.inserted_text.as_deref()
    }

    /// Whether the user gets a mail, for issues to mobile phones or to others.
    #[must_use]
    pub fn deposit_mail(&self, mobile: bool) -> bool {
        self.deposit_mail.unwrap_or(!mobile)
    }

    /// Whether unknown addresses become members (会員登録).
    #[must_use]
    pub const fn member_registration(&self) -> bool {
        self.member_registration
    }

    /// Whether a password is made for new members (パスワード自動生成).
    #[must_use]
    pub const fn password_generation(&self) -> bool {
        self.password_generation
    }

    /// Reads the fields of the wire; one that is not there has its default.
    pub(crate) fn read(object: &Object<'_>) -> Result<Self> {
        let deposit = match object.optional_object("deposit")? {
            None => Deposit::Campaign,
            Some(told) => match told.text("kind", 20)? {
                "campaign" => Deposit::Campaign,
                "at_once" => Deposit::AtOnce,
                "after_days" => match u16::try_from(told.number("days")?) {
                    Ok(days) if days <= MAX_DEPOSIT_DAYS => Deposit::AfterDays(days),
                    _ => return Err(told.malformed("days", "must be at most 365")),
                },
                _ => return Err(told.malformed("kind", "must be campaign, at_once or after_days")),
            },
        };
        let yes = |name| match object.optional_text(name, 3)? {
            None | Some("no") => Ok(false),
            Some("yes") => Ok(true),
            Some(_) => Err(object.malformed(name, "must be yes or no")),
        };
        let text = object.optional_text("inserted_text", MAX_INSERTED_TEXT)?;
        Ok(Self {
            deposit,
            deposit_mail: object.optional_flag("deposit_mail")?,
            inserted_text: text.filter(|text| !text.is_empty()).map(str::to_owned),
            member_registration: yes("member_registration")?,
            password_generation: yes("password_generation")?,
        })
    }

    /// Checks everything, for issues to mobile phones or to others.
    ///
    /// # Errors
    /// `invalid_value` for a delay over 365 days, a text that is too long or has control characters, a mail or a text
    /// for a mobile phone; `not_in_contract` for 会員登録 and パスワード自動生成.
    pub fn check(&self, mobile: bool) -> Result<()> {
        let wrong =
            |field, rule: &'static str| Err(Error::field(ErrorKind::InvalidValue, field, rule));
        if matches!(self.deposit, Deposit::AfterDays(days) if days > MAX_DEPOSIT_DAYS) {
            return wrong("deposit", "must be at most 365 days after the issue");
        }
        if mobile && self.deposit_mail == Some(true) {
            return wrong("deposit_mail", "cannot be sent to a mobile phone");
        }
        if let Some(text) = &self.inserted_text {
            if mobile {
                return wrong("inserted_text", "must be empty for a mobile phone");
            }
            if text.chars().count() > MAX_INSERTED_TEXT {
                return wrong("inserted_text", "must have at most 500 characters");
            }
            if text.chars().any(|c| c.is_control() && c != '\n') {
                return wrong("inserted_text", "must not have control characters");
            }
        }
        for (field, asked) in [
            ("member_registration", self.member_registration),
            ("password_generation", self.password_generation),
        ] {
            if asked {
                return Err(Error::field(
                    ErrorKind::NotInContract,
                    field,
                    "must be しない (no): NetMile's guides offer nothing else",
                ));
            }
        }
        Ok(())
    }

    /// Adds the fields of the wire.
    pub(crate) fn write(&self, mobile: bool, into: &mut Map<String, Value>) {
        let deposit = match self.deposit {
            Deposit::Campaign => json!({ "kind": "campaign" }),
            Deposit::AtOnce => json!({ "kind": "at_once" }),
            Deposit::AfterDays(days) => json!({ "kind": "after_days", "days": days }),
        };
        into.insert("deposit".to_owned(), deposit);
        into.insert("deposit_mail".to_owned(), self.deposit_mail(mobile).into());
        if let Some(text) = &self.inserted_text {
            into.insert("inserted_text".to_owned(), text.as_str().into());
        }
        into.insert("member_registration".to_owned(), "no".into());
        into.insert("password_generation".to_owned(), "no".into());
    }
}

impl fmt::Debug for IssueSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The text is written to a customer.
        f.debug_struct("IssueSettings")
            .field("deposit", &self.deposit)
            .field("deposit_mail", &self.deposit_mail)
            .field(
                "inserted_text",
                &self.inserted_text.as_ref().map(|_| "redacted"),
            )
            .field("member_registration", &self.member_registration)
            .field("password_generation", &self.password_generation)
            .finish()
    }
}
