//! Stored customer payment data: registration and deletion (docs/protocol/link-type.md#registration).

use maud::html;

use super::layout::{Frame, document};

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
    document(frame, "お支払い情報", &html! { (page.shop) })
}
