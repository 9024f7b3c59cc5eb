//! Up to ten issues at once (10件ずつ).

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::file::CarrierDomains;
use super::issue::{MAX_ID, check_carrier, check_miles, found, read_id};
use super::{IssueSettings, RegistrationKind, Transaction};
use crate::error::{Error, ErrorKind, Result};
use crate::money::Miles;
use crate::operation::Rejection;
use crate::purchase::{FactKind, Subject};
use crate::reference::{
    Draft, Found, Mail, Object, Task, check_designated_key, check_id, check_tran_id,
};

/// Most rows of one call.
pub const MAX_HAND_ROWS: usize = 10;

/// Issues by hand in the journal.
pub type ByHand = Transaction<ByHandRequest>;

/// One row: PC mail addresses only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandRow {
    mail: Mail,
    designated_key: String,
    #[serde(default)]
    miles: Option<Miles>,
    #[serde(default)]
    deposit_mail: Option<bool>,
}

impl HandRow {
    /// Takes the address and the shop's name of its customer (指定キー).
    #[must_use]
    pub fn new(mail: Mail, designated_key: impl Into<String>) -> Self {
        Self {
            mail,
            designated_key: designated_key.into(),
            miles: None,
            deposit_mail: None,
        }
    }

    /// How many miles. Needed where the campaign is variable (従量).
    #[must_use]
    pub const fn with_miles(mut self, miles: Miles) -> Self {
        self.miles = Some(miles);
        self
    }

    /// Whether this user gets a mail when the miles are deposited. Default: what the settings of the call say.
    #[must_use]
    pub const fn with_deposit_mail(mut self, send: bool) -> Self {
        self.deposit_mail = Some(send);
        self
    }

    fn to_json(&self) -> Value {
        let mut row = Map::new();
        row.insert("mail".to_owned(), self.mail.expose().into());
        row.insert(
            "designated_key".to_owned(),
            self.designated_key.as_str().into(),
        );
        if let Some(miles) = self.miles {
            row.insert("miles".to_owned(), miles.get().into());
        }
        if let Some(send) = self.deposit_mail {
            row.insert("deposit_mail".to_owned(), send.into());
        }
        row.into()
    }
}

impl fmt::Debug for HandRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HandRow")
            .field("miles", &self.miles)
            .finish_non_exhaustive()
    }
}

/// A wish to issue miles to up to ten users.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByHandRequest {
    tran_id: String,
    campaign_id: String,
    rows: Vec<HandRow>,
    #[serde(default)]
    settings: IssueSettings,
}

impl ByHandRequest {
    /// Takes the shop's own name of this call, the campaign, and 1 to 10 rows.
    #[must_use]
    pub fn new(
        tran_id: impl Into<String>,
        campaign_id: impl Into<String>,
        rows: Vec<HandRow>,
    ) -> Self {
        Self {
            tran_id: tran_id.into(),
            campaign_id: campaign_id.into(),
            rows,
            settings: IssueSettings::default(),
        }
    }

    /// What else is set, for all rows.
    #[must_use]
    pub fn with_settings(mut self, settings: IssueSettings) -> Self {
        self.settings = settings;
        self
    }

    /// Checks that no row has the address of a mobile carrier (携帯電話会社).
    ///
    /// # Errors
    /// `invalid_value`: NetMile would refuse the row with `19013`.
    pub fn check_carrier(&self, carriers: &CarrierDomains) -> Result<()> {
        let mut rows = self.rows.iter().enumerate();
        rows.try_for_each(|(at, row)| {
            check_carrier(format!("rows[{at}].mail"), &row.mail, false, carriers)
        })
    }

    /// The rows.
    #[must_use]
    pub fn rows(&self) -> &[HandRow] {
        &self.rows
    }
}

impl fmt::Debug for ByHandRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByHandRequest")
            .field("tran_id", &self.tran_id)
            .field("campaign_id", &self.campaign_id)
            .field("rows", &self.rows.len())
            .finish_non_exhaustive()
    }
}

/// What became of the rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandIssued {
    /// The registration (発行登録ID).
    pub registration_id: String,
    /// One for each row, in their order.
    pub rows: Vec<HandResult>,
}

impl HandIssued {
    /// How many rows were refused.
    #[must_use]
    pub fn refused(&self) -> usize {
        let refused = |row: &&HandResult| matches!(row, HandResult::Refused(_));
        self.rows.iter().filter(refused).count()
    }
}

/// What became of one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandResult {
    /// Issued, under this id.
    Issued(String),
    /// Refused, with a code of the manual table.
    Refused(Rejection),
}

impl Task for ByHandRequest {
    const KIND: &'static str = "by_hand";
    const SUBJECT: Subject = Subject::ByHand;
    const DONE: FactKind = FactKind::MilesIssued;
    const REFUSED: FactKind = FactKind::MilesRefused;
    type Answer = HandIssued;

    fn tran_id(&self) -> &str {
        &self.tran_id
    }

    fn check(&self) -> Result<()> {
        check_tran_id(&self.tran_id)?;
        check_id("campaign_id", &self.campaign_id, MAX_ID)?;
        if !(1..=MAX_HAND_ROWS).contains(&self.rows.len()) {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "rows",
                "must be 1 to 10; more go by file",
            ));
        }
        for (at, row) in self.rows.iter().enumerate() {
            let here = |error: Error| {
                let field = error.field_name().unwrap_or("row");
                let field = format!("rows[{at}].{field}");
                Error::field(error.kind(), field, error.detail().to_owned())
            };
            check_designated_key(&row.designated_key).map_err(here)?;
            check_miles(row.miles).map_err(here)?;
        }
        self.settings.check(false)
    }

    fn draft(&self) -> Result<Draft> {
        self.check()?;
        let mut body = Map::new();
        let mut set = |name: &str, value: Value| body.insert(name.to_owned(), value);
        set("tran_id", self.tran_id.as_str().into());
        set("campaign_id", self.campaign_id.as_str().into());
        set("rows", self.rows.iter().map(HandRow::to_json).collect());
        self.settings.write(false, &mut body);
        Ok(Draft::post(&["registrations", "by-hand"], body.into()))
    }

    fn read(&self, answer: &Object<'_>) -> Result<HandIssued> {
        let wrong = |rule| answer.malformed("rows", rule);
        let mut rows = Vec::new();
        for row in answer.objects("rows", MAX_HAND_ROWS)? {
            let number = row.number("row")?;
            let code = row.optional_text("code", 20)?;
            let issued = row.optional_text("issuance_id", MAX_ID)?;
            let result = match (issued, code) {
                (Some(_), None) => HandResult::Issued(read_id(&row, "issuance_id")?),
                (None, Some(code)) if is_code(code) => {
                    HandResult::Refused(Rejection::of_table("manual", code))
                }
                _ => return Err(wrong("must each have an issuance_id or a code")),
            };
            rows.push((number, result));
        }
        rows.sort_by_key(|(number, _)| *number);
        let numbers = rows.iter().map(|(number, _)| *number);
        let each_once = numbers.eq((1..).take(self.rows.len()));
        if !each_once {
            return Err(wrong("must be those that were asked for, each once"));
        }
        Ok(HandIssued {
            registration_id: read_id(answer, "registration_id")?,
            rows: rows.into_iter().map(|(_, result)| result).collect(),
        })
    }

    fn inquiry(&self) -> Draft {
        Draft::get(&["registrations"])
            .with("tran_id", &self.tran_id)
            .with("kind", RegistrationKind::ByHand.name())
    }

    fn found(&self, answer: &Object<'_>) -> Result<Found<HandIssued>> {
        // What became of each row stands in the first answer alone.
        found(answer, &self.tran_id, "registration", |registration| {
            registration.require("kind", RegistrationKind::ByHand.name())?;
            Ok(Found::Exists)
        })
    }
}

/// Whether it can be a published code: five digits.
pub(crate) fn is_code(code: &str) -> bool {
    code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit())
}
