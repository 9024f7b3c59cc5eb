//! The first steps of a payment: choosing the method and the NetMile log-in.

use maud::html;

use super::layout::{Frame, document};

/// What is being paid, shown on every page of a payment session.
#[derive(Clone, Default)]
pub struct Checkout {
    /// The session's id, part of its URLs.
    pub session: String,
    /// Name of the shop.
    pub shop: String,
    /// `item_name`; may be empty, then `item_id` is shown by the caller's choice.
    pub item: String,
    /// `order_id`.
    pub order_id: String,
    /// Amount in yen, tax included.
    pub amount_yen: u64,
    /// Detail rows, may be empty.
    pub rows: Vec<DetailRow>,
    /// Whether the buttons that provoke an institution's error are shown.
    pub test_buttons: bool,
}

/// A detail row of the order.
#[derive(Clone, Default)]
pub struct DetailRow {
    /// `dtl_item_name`, or the id where the name is empty.
    pub name: String,
    /// `dtl_item_count`, as sent; may be empty.
    pub count: String,
    /// `dtl_amount` in yen, if sent.
    pub amount_yen: Option<u64>,
}

/// Log-in id and password of a demo member, shown as a help.
#[derive(Clone, Default)]
pub struct Credentials {
    /// Log-in id.
    pub login: String,
    /// Demo password.
    pub password: String,
}

/// Method selection: `pay_method` was empty or a list.
#[derive(Clone, Default)]
pub struct MethodPage {
    /// What is being paid.
    pub checkout: Checkout,
    /// Tags of the methods on offer, in the order to show (posted as `method`).
    pub methods: Vec<String>,
    /// Whether the last try chose nothing or something that is not on offer.
    pub nothing_chosen: bool,
}

/// The method selection: posts `method` to `/pay/{session}/method`.
#[must_use]
pub fn method_selection(frame: &Frame, page: &MethodPage) -> String {
    document(frame, "お支払い方法の選択", &html! { (page.checkout.shop) })
}

/// NetMile log-in of a payment session.
#[derive(Clone, Default)]
pub struct LoginPage {
    /// What is being paid.
    pub checkout: Checkout,
    /// What the customer typed as id, to fill it in again.
    pub login: String,
    /// Why the last try failed.
    pub problem: Option<LoginProblem>,
    /// Demo members to show as a help; empty hides it.
    pub demo: Vec<Credentials>,
}

/// Why a log-in failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginProblem {
    /// A field was left empty.
    Empty,
    /// Id or password is wrong.
    Wrong,
    /// The time limit of the log-in has passed.
    Expired,
}

/// The NetMile log-in: posts `login` and `password` to `/pay/{session}/login`.
#[must_use]
pub fn login(frame: &Frame, page: &LoginPage) -> String {
    document(frame, "ログイン", &html! { (page.login) })
}
