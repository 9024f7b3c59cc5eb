//! What an upload must keep to.

use serde::{Deserialize, Serialize};

use super::CarrierDomains;
use crate::lang::Lang;
use crate::miles::IssueRule;
use crate::money::Miles;

/// Most data rows of one upload.
pub const MAX_UPLOAD_ROWS: u64 = 10_000;

/// Most digits of a number of miles: those of [`Miles::MAX_ISSUE`]. The guides give no limit.
pub const MAX_MILE_DIGITS: usize = Miles::MAX_ISSUE.get().ilog10() as usize + 1;

// Every number of so many digits may be issued.
const _: () =
    assert!(10_u64.pow(Miles::MAX_ISSUE.get().ilog10() + 1) - 1 == Miles::MAX_ISSUE.get());

/// Who is in the first column (マイル発行方法).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UploadKind {
    /// メールアドレスで発行する: addresses that are not a mobile carrier's.
    Mail,
    /// 携帯メールアドレスで発行する: addresses of mobile carriers.
    MobileMail,
    /// ユーザーID(会員ID)で発行する: ids that the site has authenticated.
    UserId,
    /// Point exchange: mail addresses or user ids.
    Exchange,
}

impl UploadKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Mail, Self::MobileMail, Self::UserId, Self::Exchange];

    /// Stable name; for the first three the name of the method on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::MobileMail => "mobile_mail",
            Self::UserId => "user_id",
            Self::Exchange => "exchange",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What the first column is called in a message.
    #[must_use]
    pub const fn user_label(self, lang: Lang) -> &'static str {
        match self {
            Self::Mail => lang.pick("mail address", "メールアドレス"),
            Self::MobileMail => lang.pick("mobile mail address", "携帯電話メールアドレス"),
            Self::UserId => lang.pick("user id", "ユーザーID"),
            Self::Exchange => lang.pick("NetMile user id", "NetMileユーザID"),
        }
    }
}

/// What an upload is checked by.
///
/// ```
/// use netmile::Miles;
/// use netmile::miles::IssueRule;
/// use netmile::miles::file::{UploadKind, UploadRules};
/// let rules = UploadRules::new(UploadKind::Mail).with_rule(IssueRule::Fixed { miles: Miles::new(100) });
/// assert_eq!(rules.max_rows(), Some(10_000));
/// assert_eq!(rules.of_any_size().max_rows(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadRules {
    pub(super) kind: UploadKind,
    pub(super) rule: Option<IssueRule>,
    pub(super) max_rows: Option<u64>,
    pub(super) carriers: CarrierDomains,
}

impl UploadRules {
    /// The rules of one upload: at most [`MAX_UPLOAD_ROWS`] rows, any number of miles.
    #[must_use]
    pub fn new(kind: UploadKind) -> Self {
        Self {
            kind,
            rule: None,
            max_rows: Some(MAX_UPLOAD_ROWS),
            carriers: CarrierDomains::default(),
        }
    }

    /// Checks the miles by the rule of the campaign too.
    #[must_use]
    pub fn with_rule(mut self, rule: IssueRule) -> Self {
        self.rule = Some(rule);
        self
    }

    /// Allows any number of rows: the file is split before it is uploaded.
    #[must_use]
    pub fn of_any_size(mut self) -> Self {
        self.max_rows = None;
        self
    }

    /// Takes another list of carriers' domains.
    #[must_use]
    pub fn with_carriers(mut self, carriers: CarrierDomains) -> Self {
        self.carriers = carriers;
        self
    }

    /// Who is in the first column.
    #[must_use]
    pub fn kind(&self) -> UploadKind {
        self.kind
    }

    /// Most data rows, if there is a limit.
    #[must_use]
    pub fn max_rows(&self) -> Option<u64> {
        self.max_rows
    }
}
