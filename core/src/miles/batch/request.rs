//! What is to be issued.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::miles::file::{CarrierDomains, MAX_UPLOAD_ROWS, UploadKind, UploadRules};
use crate::miles::issue::MAX_ID;
use crate::miles::{IssueRule, IssueSettings};
use crate::reference::{Mail, check_id};

/// Longest batch id, in characters.
pub const MAX_BATCH_ID: usize = 40;

/// Longest name of a file, in characters.
const MAX_FILE_NAME: usize = 255;

/// A wish to issue the miles of a file.
///
/// ```
/// use netmile::miles::batch::BatchRequest;
/// use netmile::miles::file::UploadKind;
/// let request = BatchRequest::new("2026-11-rewards", "46255", UploadKind::Mail);
/// assert!(request.check().is_ok());
/// assert!(BatchRequest::new("November rewards", "46255", UploadKind::Mail).check().is_err());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct BatchRequest {
    pub(crate) batch_id: String,
    pub(crate) terms: BatchTerms,
    pub(crate) rule: Option<IssueRule>,
    pub(crate) carriers: Option<CarrierDomains>,
    pub(crate) leave_out_faulty: bool,
}

/// What must be the same when a batch goes on.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BatchTerms {
    pub(crate) campaign_id: String,
    pub(crate) kind: UploadKind,
    pub(crate) file_name: String,
    pub(crate) settings: IssueSettings,
    pub(crate) notify: Option<Mail>,
    pub(crate) rows_per_upload: u64,
}

impl BatchRequest {
    /// Names the batch, the campaign, and who is in the first column.
    ///
    /// One customer file is one batch. The same file may come again next month, under another batch id.
    #[must_use]
    pub fn new(
        batch_id: impl Into<String>,
        campaign_id: impl Into<String>,
        kind: UploadKind,
    ) -> Self {
        Self {
            batch_id: batch_id.into(),
            terms: BatchTerms {
                campaign_id: campaign_id.into(),
                kind,
                file_name: "upload.csv".to_owned(),
                settings: IssueSettings::default(),
                notify: None,
                rows_per_upload: MAX_UPLOAD_ROWS,
            },
            rule: None,
            carriers: None,
            leave_out_faulty: false,
        }
    }

    /// What else is set, for all rows.
    #[must_use]
    pub fn with_settings(mut self, settings: IssueSettings) -> Self {
        self.terms.settings = settings;
        self
    }

    /// Name under which NetMile lists the file (登録ファイル): 1 to 255 characters.
    #[must_use]
    pub fn with_file_name(mut self, name: impl Into<String>) -> Self {
        self.terms.file_name = name.into();
        self
    }

    /// Whom NetMile tells by mail when an upload is finished.
    #[must_use]
    pub fn with_notify(mut self, operator: Mail) -> Self {
        self.terms.notify = Some(operator);
        self
    }

    /// Checks the miles by the rule of the campaign before anything is sent.
    #[must_use]
    pub const fn with_rule(mut self, rule: IssueRule) -> Self {
        self.rule = Some(rule);
        self
    }

    /// Takes another list of mobile carriers' domains than the client's.
    #[must_use]
    pub fn with_carriers(mut self, carriers: CarrierDomains) -> Self {
        self.carriers = Some(carriers);
        self
    }

    /// Rows of one upload: 1 to 10,000 (default).
    #[must_use]
    pub const fn with_rows_per_upload(mut self, rows: u64) -> Self {
        self.terms.rows_per_upload = rows;
        self
    }

    /// Issues the rows that keep the rules and leaves the faulty ones out. Otherwise one fault stops everything.
    #[must_use]
    pub const fn leaving_out_faulty_rows(mut self) -> Self {
        self.leave_out_faulty = true;
        self
    }

    /// Its id.
    #[must_use]
    pub fn batch_id(&self) -> &str {
        &self.batch_id
    }

    /// Who is in the first column.
    #[must_use]
    pub const fn kind(&self) -> UploadKind {
        self.terms.kind
    }

    /// Takes the client's list of mobile carriers' domains where it has none of its own.
    pub(crate) fn or_carriers(mut self, of_client: &CarrierDomains) -> Self {
        self.carriers.get_or_insert_with(|| of_client.clone());
        self
    }

    /// What the rows are checked by; without a list of its own by the default list of mobile carriers.
    #[must_use]
    pub fn rules(&self) -> UploadRules {
        let rules = UploadRules::new(self.terms.kind)
            .of_any_size()
            .with_carriers(self.carriers());
        match self.rule {
            Some(rule) => rules.with_rule(rule),
            None => rules,
        }
    }

    pub(crate) fn carriers(&self) -> CarrierDomains {
        self.carriers.clone().unwrap_or_default()
    }

    /// Whether rows are issued to mobile phones.
    pub(crate) fn is_mobile(&self) -> bool {
        self.terms.kind == UploadKind::MobileMail
    }

    /// Checks every value.
    ///
    /// # Errors
    /// `invalid_value`, `not_in_contract`, naming the field.
    pub fn check(&self) -> Result<()> {
        let wrong =
            |field, rule: &'static str| Err(Error::field(ErrorKind::InvalidValue, field, rule));
        let id = &self.batch_id;
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        if !(1..=MAX_BATCH_ID).contains(&id.len()) || !id.bytes().all(plain) {
            return wrong(
                "batch_id",
                "must be 1 to 40 of 0-9, A-Z, a-z, '.', '_' and '-'",
            );
        }
        check_id("campaign_id", &self.terms.campaign_id, MAX_ID)?;
        if self.terms.kind == UploadKind::Exchange {
            return wrong("kind", "must be mail, mobile_mail or user_id");
        }
        let name = &self.terms.file_name;
        let count = name.chars().count();
        if !(1..=MAX_FILE_NAME).contains(&count) || name.chars().any(char::is_control) {
            return wrong(
                "file_name",
                "must have 1 to 255 characters, no control ones",
            );
        }
        if !(1..=MAX_UPLOAD_ROWS).contains(&self.terms.rows_per_upload) {
            return wrong("rows_per_upload", "must be 1 to 10,000");
        }
        self.terms.settings.check(self.is_mobile())
    }
}

impl fmt::Debug for BatchRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchRequest")
            .field("batch_id", &self.batch_id)
            .field("campaign_id", &self.terms.campaign_id)
            .field("kind", &self.terms.kind)
            .finish_non_exhaustive()
    }
}
