//! What merchants ask for.

use serde::{Deserialize, Serialize};

use super::user::{Method, User};

/// When the miles of one call are deposited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Deposit {
    /// As the campaign says.
    #[default]
    Campaign,
    /// At once.
    AtOnce,
    /// With the first instant of the day so many days later.
    AfterDays {
        /// 0 to 365; 0 is at once.
        days: u16,
    },
}

/// 会員登録 and パスワード自動生成: しない is the only value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum No {
    /// しない.
    #[default]
    No,
}

/// Settings of an issue, by hand or by file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// マイル振込設定.
    pub deposit: Deposit,
    /// マイル振込完了メール; not for mobile mail.
    pub deposit_mail: bool,
    /// 差込文, up to 500 characters; not for mobile mail.
    pub inserted_text: String,
    /// 会員登録.
    pub member_registration: No,
    /// パスワード自動生成.
    pub password_generation: No,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            deposit: Deposit::Campaign,
            deposit_mail: true,
            inserted_text: String::new(),
            member_registration: No::No,
            password_generation: No::No,
        }
    }
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("deposit", &self.deposit)
            .field("deposit_mail", &self.deposit_mail)
            .finish_non_exhaustive()
    }
}

/// One issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct IssueRequest {
    /// Idempotency key.
    pub tran_id: String,
    /// From which campaign.
    pub campaign_id: String,
    /// To whom.
    pub user: User,
    /// 指定キー, 1 to 255 half-width letters and digits.
    pub designated_key: String,
    /// Miles; may be left out when the campaign is fixed.
    pub miles: Option<u64>,
    /// Settings.
    #[serde(flatten)]
    pub settings: Settings,
}

/// One of up to ten rows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HandRow {
    /// PC mail address.
    pub mail: String,
    /// 指定キー.
    pub designated_key: String,
    /// Miles; may be left out when the campaign is fixed.
    pub miles: Option<u64>,
    /// Whether this user gets a mail; the setting of the call when absent.
    pub deposit_mail: Option<bool>,
}

impl std::fmt::Debug for HandRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HandRow")
            .field("miles", &self.miles)
            .finish_non_exhaustive()
    }
}

/// 10件ずつ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ByHandRequest {
    /// Idempotency key.
    pub tran_id: String,
    /// From which campaign.
    pub campaign_id: String,
    /// 1 to 10 rows.
    pub rows: Vec<HandRow>,
    /// Settings.
    #[serde(flatten)]
    pub settings: Settings,
}

/// CSV発行.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FileRequest {
    /// Idempotency key: `batch_id` `:` `first_row`.
    pub tran_id: String,
    /// From which campaign.
    pub campaign_id: String,
    /// 1 to 40 of `[0-9A-Za-z._-]`.
    pub batch_id: String,
    /// Number of the first data row within the batch, from 1.
    pub first_row: u64,
    /// Name of the file, 1 to 255 characters.
    pub file_name: String,
    /// Who is in the first column.
    pub method: Method,
    /// The file in Base64, at most 4 MiB.
    #[serde(with = "base64_text")]
    #[schema(value_type = String, format = Byte)]
    pub csv: Vec<u8>,
    /// Mail address of the operator, told when it is finished.
    pub notify: Option<String>,
    /// Settings.
    #[serde(flatten)]
    pub settings: Settings,
}

impl std::fmt::Debug for FileRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileRequest")
            .field("tran_id", &self.tran_id)
            .field("campaign_id", &self.campaign_id)
            .field("bytes", &self.csv.len())
            .finish_non_exhaustive()
    }
}

/// Bytes as Base64 text.
pub(crate) mod base64_text {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8], out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&STANDARD.encode(bytes))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(from)?;
        STANDARD.decode(text).map_err(D::Error::custom)
    }
}

/// A cancellation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CancelRequest {
    /// Idempotency key.
    pub tran_id: String,
    /// 1 to 1,000 issues.
    pub issuance_ids: Vec<String>,
    /// One reason for all of them; it can not be changed.
    pub reason: String,
}

/// An exchange of a merchant's points into miles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ExchangeRequest {
    /// Idempotency key.
    pub tran_id: String,
    /// To whom: `mail` or `user_id`.
    pub user: User,
    /// 指定キー.
    pub designated_key: String,
    /// What the points are worth in miles.
    pub miles: u64,
}
