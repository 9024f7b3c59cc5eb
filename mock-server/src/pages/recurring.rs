//! Recurring contracts: application and cancel (docs/protocol/link-type.md#recurring).

use maud::html;

use super::checkout::Checkout;
use super::layout::{Frame, document};

/// Kind of a recurring contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RecurringKind {
    /// 継続課金(簡易): the gateway bills a fixed amount each month.
    #[default]
    Simple,
    /// 継続課金(定期・従量): the shop says when and how much.
    FixedOrMetered,
}

/// Application for a recurring contract.
#[derive(Clone, Default)]
pub struct RecurringPage {
    /// What is applied for; `amount_yen` is the amount of the first (and, if simple, each) month.
    pub checkout: Checkout,
    /// Tag of the method.
    pub method: String,
    /// Posted back as `revision`.
    pub revision: String,
    /// Kind.
    pub kind: RecurringKind,
    /// Last month billed, `2026-12` as text; simple only.
    pub last_month: Option<String>,
    /// Balance in miles, for NetMile.
    pub balance_miles: Option<u64>,
    /// Whether nothing is charged at the application itself.
    pub apply_only: bool,
}

/// The application: posts `revision` to `/pay/{session}/pay`.
#[must_use]
pub fn recurring_application(frame: &Frame, page: &RecurringPage) -> String {
    document(frame, "継続課金", &html! { (page.revision) })
}

/// Confirmation that a contract is to be ended.
#[derive(Clone, Default)]
pub struct ContractCancelPage {
    /// The cancel request's order and the contract's amount.
    pub checkout: Checkout,
    /// Tag of the method.
    pub method: String,
    /// Posted back as `revision`.
    pub revision: String,
    /// Kind of the contract.
    pub kind: RecurringKind,
    /// The contract's tracking id.
    pub tracking_id: String,
    /// Since when, JST date as text.
    pub since: Option<String>,
}

/// The confirmation: posts `revision` to `/pay/{session}/pay`.
#[must_use]
pub fn contract_cancel(frame: &Frame, page: &ContractCancelPage) -> String {
    document(frame, "解約", &html! { (page.revision) })
}
