//! Customer payment data at the gateway.

use super::shapes;
use crate::records::Pair;

shapes! {
    /// The result of a registration, and what it has to answer.
    RegistrationCheck shows [returned, request_dates] {
        /// The body as received, or the query string of a GET.
        #[serde(with = "crate::bytes")]
        body: Vec<u8>,
        /// `Content-Type`, if there was one; it is then checked.
        #[serde(default)]
        content_type: Option<String>,
        /// Whether the browser brought it; else it is a notice.
        #[serde(default)]
        returned: bool,
        /// The fields of the form that was handed out. Personal.
        asked: Vec<Pair>,
        /// The `request_date` of each rendering of that form.
        request_dates: Vec<String>,
    }
}
