//! Stored customer payment data: registration and deletion (docs/protocol/link-type.md#registration).

use maud::html;

use super::checkout::{revision, ways_out};
use super::lang::t;
use super::layout::{Area, Document, Frame};
use super::names::method_name;
use super::parts::{Tone, Weight, button, facts, note_text};
use super::paths;

/// What is to be done with the data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CustomerDataTask {
    /// B01-1: register or update.
    #[default]
    Register,
    /// C01-1: delete.
    Delete,
}

/// Page of B01-1 and C01-1.
#[derive(Clone, Default)]
pub struct CustomerDataPage {
    /// The session's id.
    pub session: String,
    /// Name of the shop.
    pub shop: String,
    /// The shop's customer id, masked by the caller.
    pub customer: String,
    /// Tag of the method.
    pub method: String,
    /// Posted back as `revision`.
    pub revision: String,
    /// What is to be done.
    pub task: CustomerDataTask,
    /// Whether the error button is shown.
    pub test_buttons: bool,
}

/// The page: goes on by `/pay/{session}/pay`, gives up by `/pay/{session}/cancel`.
#[must_use]
pub fn customer_data(frame: &Frame, page: &CustomerDataPage) -> String {
    let lang = frame.lang;
    let (title, text, label, weight) = match page.task {
        CustomerDataTask::Register => (
            t(lang, "お支払い情報の登録", "Store payment details"),
            t(
                lang,
                "次回からのお支払いに使う情報を登録します。このモックではカード番号などの入力はありません。",
                "Payment details are stored for your next payments. In this mock there is no card number to enter.",
            ),
            t(lang, "登録する", "Store"),
            Weight::Main,
        ),
        CustomerDataTask::Delete => (
            t(lang, "お支払い情報の削除", "Delete payment details"),
            t(
                lang,
                "登録されているお支払い情報を削除します。この操作は取り消せません。",
                "Your stored payment details are deleted. This cannot be undone.",
            ),
            t(lang, "削除する", "Delete"),
            Weight::Danger,
        ),
    };
    let tone = match page.task {
        CustomerDataTask::Register => Tone::Info,
        CustomerDataTask::Delete => Tone::Warn,
    };
    let body = html! {
        (note_text(tone, text))
        (facts(&[
            (t(lang, "ショップ", "Shop"), html! { (page.shop) }),
            (t(lang, "お客様番号", "Customer number"), html! { (page.customer) }),
            (t(lang, "お支払い方法", "Payment method"), html! { (method_name(lang, &page.method)) }),
        ]))
        form method="post" action=(paths::pay(&page.session, "pay")) {
            (revision(&page.revision))
            (button(weight, label))
        }
        (ways_out(lang, &page.session, page.test_buttons))
    };
    Document::new(frame, Area::Gateway, title, body)
        .narrow()
        .utf8()
}
