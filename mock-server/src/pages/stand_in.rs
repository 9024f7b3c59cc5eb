//! Stand-ins for other companies' pages, clearly marked as such.

use maud::html;

use super::checkout::Checkout;
use super::layout::{Frame, document};

/// Stand-in page of a method other than NetMile.
#[derive(Clone, Default)]
pub struct StandInPage {
    /// What is being paid.
    pub checkout: Checkout,
    /// Tag of the method.
    pub method: String,
    /// Posted back as `revision`.
    pub revision: String,
}

/// The stand-in: pay (`/pay/{session}/pay`), cancel, and error with test buttons.
#[must_use]
pub fn stand_in(frame: &Frame, page: &StandInPage) -> String {
    document(frame, "代替ページ", &html! { (page.method) })
}

/// Stand-in for PayPal, which pays what miles do not cover.
#[derive(Clone, Default)]
pub struct PayPalPage {
    /// What is being paid.
    pub checkout: Checkout,
    /// Miles that will be spent.
    pub netmile_miles: u64,
    /// Part for PayPal, yen.
    pub paypal_yen: u64,
    /// Posted back as `revision`.
    pub revision: String,
}

/// The stand-in: `/pay/{session}/paypal/approve` or `/pay/{session}/paypal/decline`.
#[must_use]
pub fn paypal(frame: &Frame, page: &PayPalPage) -> String {
    document(frame, "PayPal", &html! { (page.paypal_yen) })
}
