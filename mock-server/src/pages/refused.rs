//! The error page of a request that failed the gateway's own checks.

use maud::html;

use super::layout::{Frame, document};

/// A refused request (docs/protocol/link-type.md#codes).
#[derive(Clone, Default)]
pub struct RefusedPage {
    /// Code, 4 digits.
    pub code: String,
    /// Function, such as `A01-1`.
    pub function: String,
    /// Why, for the developer, in the page's language.
    pub reason: String,
    /// The field at fault.
    pub field: Option<String>,
    /// The rule that it breaks, in the page's language.
    pub rule: Option<String>,
    /// What the hash diagnosis found, in the page's language.
    pub diagnosis: Option<String>,
}

/// The customer's text with the code; below it, marked as a help of the mock only, the reason.
#[must_use]
pub fn refused(frame: &Frame, page: &RefusedPage) -> String {
    document(frame, "エラー", &html! { (page.code) })
}
