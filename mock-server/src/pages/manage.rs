//! The merchant's management pages: log-in, list, detail, refund.

use maud::html;

use super::layout::{Frame, document};
use super::parts::NoticeAttempt;
use super::recurring::RecurringKind;

/// Log-in of a merchant.
#[derive(Clone, Default)]
pub struct ManageLoginPage {
    /// What was typed, to fill it in again.
    pub merchant_id: String,
    /// What was typed, to fill it in again.
    pub service_id: String,
    /// Whether the last try failed.
    pub wrong: bool,
}

/// The log-in: posts `merchant_id`, `service_id` and `password` to `/manage/login`.
#[must_use]
pub fn manage_login(frame: &Frame, page: &ManageLoginPage) -> String {
    document(frame, "ログイン", &html! { (page.merchant_id) })
}

/// The merchant who is logged in.
#[derive(Clone, Default)]
pub struct Manager {
    /// Name of the shop in the page's language.
    pub name: String,
    /// Merchant id.
    pub merchant_id: String,
    /// Service id.
    pub service_id: String,
}

/// Status of a payment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaymentStatus {
    /// Accepted, the customer has not finished.
    #[default]
    Open,
    /// Paid, and the shop took the notice.
    Paid,
    /// Paid, but the shop did not take the notice.
    NoticeFailed,
    /// Refunded.
    Refunded,
    /// The customer gave up.
    Cancelled,
    /// Error of the institution.
    Failed,
    /// Recurring contract in force.
    Active,
    /// Recurring contract ended.
    Ended,
}

impl PaymentStatus {
    /// All, in the order of the filter.
    pub const ALL: [Self; 8] = [
        Self::Open,
        Self::Paid,
        Self::NoticeFailed,
        Self::Refunded,
        Self::Cancelled,
        Self::Failed,
        Self::Active,
        Self::Ended,
    ];

    /// Value of the filter's `status`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Paid => "paid",
            Self::NoticeFailed => "notice_failed",
            Self::Refunded => "refunded",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
            Self::Active => "active",
            Self::Ended => "ended",
        }
    }

    /// The status of a filter's value.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.key() == key)
    }
}

/// Filter of the list.
#[derive(Clone, Default)]
pub struct PaymentFilter {
    /// Only this status.
    pub status: Option<PaymentStatus>,
    /// Only this order id (exactly); empty for all.
    pub order_id: String,
}

/// A row of the list.
#[derive(Clone, Default)]
pub struct PaymentRow {
    /// When, JST, as text.
    pub at: String,
    /// 14 digits; `None` while there is none (then there is no detail page).
    pub tracking_id: Option<String>,
    /// `order_id`.
    pub order_id: String,
    /// Tag of the method; empty while none is chosen.
    pub method: String,
    /// Amount, yen.
    pub amount_yen: u64,
    /// Status.
    pub status: PaymentStatus,
}

/// The list of payments.
#[derive(Clone, Default)]
pub struct PaymentsPage {
    /// Who is logged in.
    pub manager: Manager,
    /// The filter in force.
    pub filter: PaymentFilter,
    /// Number of this page, from 1.
    pub page: u64,
    /// Number of pages, at least 1.
    pub pages: u64,
    /// Number of payments that match.
    pub total: u64,
    /// The rows of this page.
    pub rows: Vec<PaymentRow>,
}

/// The list: `/manage/payments?page=&status=&order_id=`.
#[must_use]
pub fn payments(frame: &Frame, page: &PaymentsPage) -> String {
    document(frame, "決済一覧", &html! { (page.total) })
}

/// Whether a payment can be refunded.
#[derive(Clone)]
pub enum RefundState {
    /// It can, until the end of this day (JST, as text).
    Possible {
        /// Last day.
        until: String,
    },
    /// It could until this day.
    TooLate {
        /// Last day.
        until: String,
    },
    /// It has been.
    Done {
        /// When, JST, as text.
        at: String,
    },
    /// Not for this payment (not paid, or a contract).
    NotApplicable,
}

/// A recurring contract on the detail page.
#[derive(Clone)]
pub struct ContractView {
    /// Kind.
    pub kind: RecurringKind,
    /// Whether it is in force; then it can be ended.
    pub active: bool,
    /// Last month billed, as text.
    pub last_month: Option<String>,
}

/// What an entry of the timeline records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineEvent {
    /// The request was accepted.
    Accepted,
    /// The customer chose a method.
    MethodChosen,
    /// The member logged in.
    LoggedIn,
    /// The member took part in a campaign.
    CampaignJoined,
    /// Miles were credited.
    MilesCredited,
    /// Paid.
    Paid,
    /// A notice was sent.
    NoticeSent,
    /// The shop took the notice.
    NoticeAccepted,
    /// The shop did not take the notice.
    NoticeFailed,
    /// The way back to the shop was shown.
    ReturnShown,
    /// The customer gave up.
    Cancelled,
    /// Error of the institution.
    Failed,
    /// Refunded.
    Refunded,
    /// Contract in force.
    ContractStarted,
    /// A month of the contract was billed.
    ContractBilled,
    /// Contract ended.
    ContractEnded,
}

/// An entry of the timeline.
#[derive(Clone)]
pub struct TimelineEntry {
    /// When, JST, as text.
    pub at: String,
    /// What.
    pub event: TimelineEvent,
    /// More, in the page's language; may be empty.
    pub detail: String,
}

/// What has just happened, on the detail page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ManageNotice {
    /// The notice was sent again and taken.
    NoticeAccepted,
    /// The notice was sent again and not taken.
    NoticeFailed,
    /// The contract was ended.
    ContractEnded,
    /// The refund was refused: the time for it has passed, or it was done before.
    RefundRefused,
}

/// A payment in detail.
#[derive(Clone)]
pub struct PaymentDetailPage {
    /// Who is logged in.
    pub manager: Manager,
    /// 14 digits.
    pub tracking_id: String,
    /// `order_id`.
    pub order_id: String,
    /// `item_name`.
    pub item: String,
    /// `cust_code`, masked by the caller.
    pub customer: String,
    /// The member, masked by the caller; empty for another method.
    pub member: String,
    /// Tag of the method.
    pub method: String,
    /// Amount, yen.
    pub amount_yen: u64,
    /// Miles spent.
    pub miles: u64,
    /// Part paid by PayPal (stand-in), yen.
    pub paypal_yen: u64,
    /// Miles returned (1 %).
    pub returned_miles: u64,
    /// Status.
    pub status: PaymentStatus,
    /// When it was paid, JST, as text.
    pub paid_at: Option<String>,
    /// Whether it can be refunded.
    pub refund: RefundState,
    /// The recurring contract, if it is one.
    pub contract: Option<ContractView>,
    /// Notices, oldest first.
    pub notices: Vec<NoticeAttempt>,
    /// Timeline, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// What has just happened.
    pub notice: Option<ManageNotice>,
}

/// The detail page: refund, send the notice again, end the contract.
#[must_use]
pub fn payment_detail(frame: &Frame, page: &PaymentDetailPage) -> String {
    document(frame, "決済詳細", &html! { (page.tracking_id) })
}

/// The page after a refund.
#[derive(Clone, Default)]
pub struct RefundDonePage {
    /// Who is logged in.
    pub manager: Manager,
    /// 14 digits.
    pub tracking_id: String,
    /// `order_id`.
    pub order_id: String,
    /// Amount refunded, yen.
    pub amount_yen: u64,
    /// Miles given back to the member.
    pub miles: u64,
    /// Part given back to PayPal (stand-in), yen.
    pub paypal_yen: u64,
    /// 1 % return taken back, miles.
    pub taken_back_miles: u64,
    /// When, JST, as text.
    pub at: String,
}

/// The refund is done.
#[must_use]
pub fn refund_done(frame: &Frame, page: &RefundDonePage) -> String {
    document(frame, "返金完了", &html! { (page.tracking_id) })
}
