//! How a session ends: completion, cancel, error, purchase NG.

use maud::html;

use super::checkout::Checkout;
use super::layout::{Frame, document};
use super::parts::NoticeAttempt;
use super::sjis::ShiftJisPage;

/// The form that posts a result to the merchant through the browser
/// (docs/protocol/link-type.md#results).
#[derive(Clone, Default)]
pub struct ReturnForm {
    /// `success_url`, `cancel_url` or `error_url`: an http or https URL.
    pub action: String,
    /// Names and values in the order to send, hash included; each value must be encodable in
    /// Shift_JIS as it is.
    pub fields: Vec<(String, String)>,
}

/// What has been completed.
#[derive(Clone)]
pub enum Outcome {
    /// A purchase was paid.
    Paid {
        /// Miles spent.
        miles: u64,
        /// Part paid by the PayPal stand-in, yen; 0 without.
        paypal_yen: u64,
        /// Miles that come back (1 %); 0 without.
        returned_miles: u64,
        /// Balance afterwards, in miles; `None` for another method.
        balance_miles: Option<u64>,
    },
    /// A recurring contract was applied for.
    Applied,
    /// A recurring contract was ended.
    ContractEnded,
    /// Customer payment data was stored.
    DataStored,
    /// Customer payment data was deleted.
    DataDeleted,
}

/// The completion page.
#[derive(Clone)]
pub struct CompletionPage {
    /// What was paid.
    pub checkout: Checkout,
    /// Tag of the method used.
    pub method: String,
    /// 14 digits; `None` where there is none (customer data).
    pub tracking_id: Option<String>,
    /// What was completed.
    pub outcome: Outcome,
    /// The way back; `None` when a fault of the scenario keeps it away.
    pub form: Option<ReturnForm>,
}

/// Completion, with the button 「ショップに戻る」.
#[must_use]
pub fn completion(frame: &Frame, page: &CompletionPage) -> ShiftJisPage {
    ShiftJisPage::new(document(frame, "完了", &html! { (page.method) }))
}

/// The page after the customer gave up.
#[derive(Clone)]
pub struct CancelPage {
    /// What would have been paid.
    pub checkout: Checkout,
    /// The way back.
    pub form: ReturnForm,
}

/// Cancelled, with the button back to the shop.
#[must_use]
pub fn cancelled(frame: &Frame, page: &CancelPage) -> ShiftJisPage {
    ShiftJisPage::new(document(frame, "キャンセル", &html! { (page.form.action) }))
}

/// The page after an error of the institution.
#[derive(Clone)]
pub struct ErrorPage {
    /// What would have been paid.
    pub checkout: Checkout,
    /// `res_err_code`, 4 digits.
    pub code: String,
    /// The way back.
    pub form: ReturnForm,
}

/// Institution error, with the button back to the shop.
#[must_use]
pub fn failed(frame: &Frame, page: &ErrorPage) -> ShiftJisPage {
    ShiftJisPage::new(document(frame, "エラー", &html! { (page.form.action) }))
}

/// Purchase NG: the merchant did not take the result notice.
#[derive(Clone)]
pub struct PurchaseNgPage {
    /// What was paid.
    pub checkout: Checkout,
    /// Code, `1301`.
    pub code: String,
    /// 14 digits.
    pub tracking_id: String,
    /// The attempts so far, for the developer (mock-only help).
    pub attempts: Vec<NoticeAttempt>,
}

/// Purchase NG with its code, what the customer should do, and what the shop answered.
#[must_use]
pub fn purchase_ng(frame: &Frame, page: &PurchaseNgPage) -> String {
    document(frame, "購入NG", &html! { (page.code) })
}
