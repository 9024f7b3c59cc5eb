//! The member's own pages: log-in, balance, passbook, ways to earn.

use maud::html;

use super::checkout::{Credentials, LoginProblem};
use super::layout::{Frame, document};

/// Log-in of a member.
#[derive(Clone, Default)]
pub struct MemberLoginPage {
    /// What was typed as id, to fill it in again.
    pub login: String,
    /// Why the last try failed.
    pub problem: Option<LoginProblem>,
    /// Demo members to show as a help; empty hides it.
    pub demo: Vec<Credentials>,
}

/// The log-in: posts `login` and `password` to `/member/login`.
#[must_use]
pub fn member_login(frame: &Frame, page: &MemberLoginPage) -> String {
    document(frame, "ログイン", &html! { (page.login) })
}

/// A row of the passbook (マイル通帳).
#[derive(Clone)]
pub struct PassbookRow {
    /// When, JST, as text.
    pub at: String,
    /// What happened.
    pub kind: PassbookKind,
    /// Shop, campaign or questionnaire it belongs to, in the page's language; may be empty.
    pub detail: String,
    /// Miles in (positive) or out (negative).
    pub miles: i64,
    /// Balance after the row, in miles; `None` while the miles are pending.
    pub balance_miles: Option<u64>,
    /// For pending miles (振込予定): the day they arrive, JST, as text.
    pub due: Option<String>,
}

/// What a row of the passbook records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassbookKind {
    /// Opening balance.
    Opening,
    /// Miles of a campaign.
    Campaign,
    /// Miles of a questionnaire.
    Questionnaire,
    /// Miles of a mail click.
    MailClick,
    /// Payment at a shop.
    Payment,
    /// 1 % return of a payment.
    Return,
    /// Refund of a payment.
    Refund,
    /// 1 % return taken back.
    ReturnTakenBack,
    /// Month of a recurring contract.
    Recurring,
    /// Miles cancelled.
    Cancelled,
    /// Changed by the administrator of the mock.
    Adjustment,
}

/// A way to earn miles.
#[derive(Clone, Default)]
pub struct EarnOffer {
    /// Its id, part of its URL.
    pub id: String,
    /// Title in the page's language.
    pub title: String,
    /// Miles.
    pub miles: u64,
    /// Whether the member has already earned them.
    pub done: bool,
}

/// What has just happened, on the member's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberNotice {
    /// Miles were added.
    Earned {
        /// Miles added.
        miles: u64,
    },
    /// These miles had been earned before; nothing was added.
    AlreadyEarned,
}

/// The member's page.
#[derive(Clone, Default)]
pub struct MemberPage {
    /// Display name.
    pub name: String,
    /// Balance in miles.
    pub balance_miles: u64,
    /// 振込予定マイル: pending miles.
    pub pending_miles: u64,
    /// マイル通帳, newest first.
    pub passbook: Vec<PassbookRow>,
    /// Questionnaires (`/member/questionnaire/{id}`).
    pub questionnaires: Vec<EarnOffer>,
    /// Mails with a link to click (`/member/mail/{id}`).
    pub mails: Vec<EarnOffer>,
    /// What has just happened.
    pub notice: Option<MemberNotice>,
}

/// Balance, pending miles, passbook and ways to earn; log-out posts to `/member/logout`.
#[must_use]
pub fn member(frame: &Frame, page: &MemberPage) -> String {
    document(frame, "マイページ", &html! { (page.name) })
}
