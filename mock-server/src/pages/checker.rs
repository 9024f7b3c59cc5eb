//! The report of the connection-support site (checker).

use maud::html;

use super::layout::{Frame, document};
use super::outcome::ReturnForm;
use super::parts::NoticeAttempt;
use super::sjis::ShiftJisPage;

/// A field as the checker saw it.
#[derive(Clone, Default)]
pub struct CheckedField {
    /// Name as sent (or as expected, when it is missing).
    pub name: String,
    /// Value as read from Shift_JIS; the caller masks what must not be shown.
    pub value: String,
    /// What is wrong with it, in the page's language; `None` is fine.
    pub problem: Option<String>,
}

/// What the checker found about the hash.
#[derive(Clone, Default)]
pub struct HashReport {
    /// Whether it matches.
    pub matches: bool,
    /// As received.
    pub received: String,
    /// What the hash diagnosis found, in the page's language.
    pub diagnosis: Option<String>,
}

/// The checker's report.
#[derive(Clone, Default)]
pub struct CheckerPage {
    /// Function, such as `A01-1`.
    pub function: String,
    /// The fields in the order received, missing ones at the end.
    pub fields: Vec<CheckedField>,
    /// About the hash.
    pub hash: HashReport,
    /// Problems of the request as a whole, in the page's language.
    pub problems: Vec<String>,
    /// What the merchant answered to the notice, if one was sent.
    pub notice: Option<NoticeAttempt>,
    /// Sends a success to `success_url`.
    pub success: Option<ReturnForm>,
    /// Sends a cancel to `cancel_url`.
    pub cancel: Option<ReturnForm>,
    /// Sends an error to `error_url`.
    pub error: Option<ReturnForm>,
}

impl CheckerPage {
    /// Whether the request would be accepted.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.hash.matches
            && self.problems.is_empty()
            && self.fields.iter().all(|field| field.problem.is_none())
    }
}

/// Format and hash report of a request, with buttons that send the results back.
#[must_use]
pub fn checker_report(frame: &Frame, page: &CheckerPage) -> ShiftJisPage {
    ShiftJisPage::new(document(frame, "接続チェック", &html! { (page.function) }))
}
