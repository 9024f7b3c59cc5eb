//! What the office answers.

use serde::{Deserialize, Serialize};

use super::{
    code::Table,
    request::{Deposit, No},
    terms::{CampaignState, MemberStatus, MileRule, Usable},
    user::Method,
};

/// State of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IssueState {
    /// 保留: not deposited yet.
    Held,
    /// 有効: deposited.
    Valid,
    /// 取消済.
    Cancelled,
}

/// One issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Issued {
    /// Idempotency key of the call.
    pub tran_id: String,
    /// Its id.
    pub issuance_id: String,
    /// 発行登録ID.
    pub registration_id: String,
    /// Miles.
    pub miles: u64,
    /// Instant.
    pub issued_at: String,
    /// Day of the deposit.
    pub deposit_on: String,
    /// State.
    pub state: IssueState,
}

/// A refusal by a published code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Refused {
    /// Which table.
    pub table: String,
    /// The code.
    pub code: String,
}

/// What became of a `tran_id`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FoundIssue {
    /// What was asked about.
    pub tran_id: String,
    /// Whether it is known.
    pub found: bool,
    /// The issue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuance: Option<Issued>,
    /// The refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refused>,
}

/// One of up to ten rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HandResult {
    /// Number, from 1.
    pub row: u32,
    /// The issue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuance_id: Option<String>,
    /// Or a code of the manual table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// What became of up to ten rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ByHandDone {
    /// 発行登録ID.
    pub registration_id: String,
    /// The rows.
    pub rows: Vec<HandResult>,
}

/// State of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// Waiting.
    Accepted,
    /// Being worked on.
    Processing,
    /// Done.
    Finished,
}

/// 発行種別.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// CSV発行.
    Csv,
    /// 10件ずつ.
    ByHand,
}

/// Whether the lists of a registration can be downloaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lists {
    /// There are none, or none yet.
    None,
    /// They can.
    Available,
    /// They are gone for good.
    Deleted,
}

/// An accepted file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Accepted {
    /// The upload.
    pub tran_id: String,
    /// 発行登録ID.
    pub registration_id: String,
    /// State when it was accepted.
    pub state: FileState,
}

/// How many rows got a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CodeCount {
    /// The code.
    pub code: String,
    /// Rows.
    pub count: u32,
}

/// 発行登録.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RegistrationView {
    /// 発行登録ID.
    pub registration_id: String,
    /// 発行種別.
    pub kind: Kind,
    /// Campaign.
    pub campaign_id: String,
    /// Its name.
    pub campaign_name: String,
    /// マイル発行方法.
    pub method: Method,
    /// 登録ファイル.
    pub file_name: Option<String>,
    /// Batch of the file.
    pub batch_id: Option<String>,
    /// Number of its first row within the batch.
    pub first_row: Option<u64>,
    /// 処理受付時刻.
    pub accepted_at: String,
    /// 処理終了時刻.
    pub finished_at: Option<String>,
    /// State.
    pub state: FileState,
    /// 処理レコード数.
    pub records: u32,
    /// エラーレコード数.
    pub errors: u32,
    /// Miles issued.
    pub miles_issued: u64,
    /// Miles of refused rows whose miles could be read.
    pub miles_refused: u64,
    /// エラー内訳.
    pub breakdown: Vec<CodeCount>,
    /// マイル振込設定.
    pub deposit: Deposit,
    /// マイル振込完了メール.
    pub deposit_mail: bool,
    /// 差込文.
    pub inserted_text: String,
    /// 会員登録.
    pub member_registration: No,
    /// パスワード自動生成.
    pub password_generation: No,
    /// Downloads.
    pub lists: Lists,
}

/// A registration looked for by its `tran_id`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FoundRegistration {
    /// What was asked about.
    pub tran_id: String,
    /// Whether it is known.
    pub found: bool,
    /// The registration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration: Option<RegistrationView>,
    /// Why the file was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refused>,
}

/// A page of registrations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RegistrationPage {
    /// How many fit.
    pub total: u64,
    /// Which page, from 1.
    pub page: u64,
    /// How many pages.
    pub pages: u64,
    /// Newest first.
    pub registrations: Vec<RegistrationView>,
}

/// A member as a site may authenticate it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Verified {
    /// Whether there is such a member.
    pub exists: bool,
    /// Whether it is a full member, not barred.
    pub active: bool,
    /// NetMile user id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
}

/// Member information.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MemberInfo {
    /// NetMile user id.
    pub user_id: String,
    /// Status.
    pub status: MemberStatus,
    /// Day of the registration.
    pub registered_on: String,
}

/// 振込予定.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PendingMiles {
    /// Miles of one campaign and day.
    pub miles: u64,
    /// Day of the deposit.
    pub deposit_on: String,
    /// Campaign.
    pub campaign_id: String,
}

/// マイル通帳.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PassbookView {
    /// Deposited miles.
    pub balance: u64,
    /// Sum of `pending`.
    pub pending_total: u64,
    /// By day and campaign.
    pub pending: Vec<PendingMiles>,
}

/// A campaign, as far as issuing needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CampaignView {
    /// キャンペーンID.
    pub campaign_id: String,
    /// Name.
    pub name: String,
    /// State.
    pub state: CampaignState,
    /// Miles of one issue.
    pub rule: MileRule,
    /// First day of the issue period.
    pub issue_from: String,
    /// Last day.
    pub issue_until: String,
    /// Issues per member.
    pub per_member: Option<u32>,
    /// Issues per member and day.
    pub per_member_day: Option<u32>,
    /// When miles are deposited.
    pub usable: Usable,
}

/// A mail as a user gets it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MailText {
    /// Subject.
    pub subject: String,
    /// Body.
    pub body: String,
}

/// Head of a history.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HistoryHead {
    /// キャンペーン名.
    pub campaign_name: String,
    /// マイル発行数: miles of all issues, cancelled ones included.
    pub miles_issued: u64,
    /// マイル発行件数.
    pub issued: u64,
    /// マイル発行有効件数: issues that are not cancelled.
    pub valid: u64,
    /// マイル取消件数.
    pub cancelled: u64,
}

/// A row of a history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HistoryRow {
    /// Id of the issue.
    pub issuance_id: String,
    /// 発行日時.
    pub issued_at: String,
    /// 指定キー.
    pub designated_key: String,
    /// マイル数.
    pub miles: u64,
    /// 振込日.
    pub deposit_on: String,
    /// 状態.
    pub state: IssueState,
}

/// A page of a history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HistoryPage {
    /// Figures of the whole campaign.
    pub head: HistoryHead,
    /// How many rows fit.
    pub total: u64,
    /// Which page, from 1.
    pub page: u64,
    /// How many pages.
    pub pages: u64,
    /// In the order that was asked for.
    pub rows: Vec<HistoryRow>,
}

/// What became of one issue in a cancellation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CancelResult {
    /// Id of the issue.
    pub issuance_id: String,
    /// `cancelled`, `application_received`, `refused`; later `pending`, `approved`, `rejected`.
    pub result: String,
    /// Why it was refused or rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// A cancellation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CancellationView {
    /// Its id.
    pub cancellation_id: String,
    /// The reason.
    pub reason: String,
    /// Each issue.
    pub results: Vec<CancelResult>,
}

/// A cancellation looked for by its `tran_id`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FoundCancellation {
    /// What was asked about.
    pub tran_id: String,
    /// Whether it is known.
    pub found: bool,
    /// The cancellation.
    #[serde(flatten)]
    pub cancellation: Option<CancellationView>,
}

/// What a campaign costs in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CampaignBill {
    /// Campaign.
    pub campaign_id: String,
    /// Miles issued in the month.
    pub issued_miles: u64,
    /// Miles cancelled in the month.
    pub cancelled_miles: u64,
    /// The difference; below 0 when more was cancelled than issued.
    pub billed_miles: i64,
    /// 1 yen for each billed mile.
    pub yen: i64,
}

/// 請求マイル.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct BillView {
    /// `YYYY-MM`.
    pub month: String,
    /// Miles issued in the month.
    pub issued_miles: u64,
    /// Miles cancelled in the month.
    pub cancelled_miles: u64,
    /// The difference; below 0 when more was cancelled than issued.
    pub billed_miles: i64,
    /// 1 yen for each billed mile.
    pub yen: i64,
    /// By campaign.
    pub campaigns: Vec<CampaignBill>,
}

/// An exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Exchanged {
    /// Idempotency key of the call.
    pub tran_id: String,
    /// Its id.
    pub exchange_id: String,
    /// NetMile user id.
    pub user_id: String,
    /// Miles.
    pub miles: u64,
    /// Instant.
    pub issued_at: String,
}

/// An exchange looked for by its `tran_id`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FoundExchange {
    /// What was asked about.
    pub tran_id: String,
    /// Whether it is known.
    pub found: bool,
    /// The exchange.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Exchanged>,
    /// The refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refused>,
}

impl From<super::code::Code> for Refused {
    fn from(code: super::code::Code) -> Self {
        let table = match code.table() {
            Table::Manual => "manual",
            Table::Automatic => "automatic",
        };
        Self {
            table: table.to_owned(),
            code: code.number().to_owned(),
        }
    }
}
