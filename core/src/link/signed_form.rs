//! A request that is ready to be carried by the customer's browser.

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::error::Result;
use crate::lang::Lang;
use crate::link::fields;
use crate::link::hosted::HostedCheckout;
use crate::link::page::{self, FormOptions, HtmlBytes, HttpPage};
use crate::wire::form::encode_form;

/// The ordered, signed fields of one request. It holds no key.
///
/// Made by the `sign` method of a request. `Debug` shows no personal field and no hash.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedForm {
    action: String,
    fields: Vec<(&'static str, String)>,
}

/// Fields of a request that its results do not repeat.
const NOT_ECHOED: &[&str] = &[
    "success_url",
    "cancel_url",
    "error_url",
    "pagecon_url",
    "free_csv",
    "limit_second",
    "sps_hashcode",
];

impl SignedForm {
    pub(crate) fn new(action: String, fields: Vec<(&'static str, String)>) -> Self {
        Self { action, fields }
    }

    /// Where the form is posted to.
    #[must_use]
    pub fn action(&self) -> &str {
        &self.action
    }

    /// Names and values in the order of the wire, blank ones and `sps_hashcode` included.
    #[must_use]
    pub fn fields(&self) -> &[(&'static str, String)] {
        &self.fields
    }

    /// The value of a field; of detail rows, the first row's.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find_map(|(field, value)| (*field == name).then_some(value.as_str()))
    }

    /// `order_id`; a registration has none.
    #[must_use]
    pub fn order_id(&self) -> Option<&str> {
        self.value("order_id")
    }

    /// `request_date` as sent: `YYYYMMDDHHMMSS`, Japanese time. Keep each one that was handed out; results repeat
    /// it.
    #[must_use]
    pub fn request_date(&self) -> &str {
        self.value("request_date").unwrap_or_default()
    }

    /// The fields that results repeat, in order: keep them to compare
    /// ([`Verified::check_echo`](crate::link::Verified::check_echo)).
    #[must_use]
    pub fn echo(&self) -> Vec<(String, String)> {
        self.fields
            .iter()
            .filter(|(name, _)| !NOT_ECHOED.contains(name))
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect()
    }

    /// The body that a browser posts: `application/x-www-form-urlencoded` in Shift_JIS.
    #[must_use]
    pub fn urlencoded(&self) -> Vec<u8> {
        let encoded: Vec<(&str, Cow<'_, [u8]>)> = self
            .fields
            .iter()
            .map(|(name, value)| (*name, page::to_shift_jis(value)))
            .collect();
        encode_form(encoded.iter().map(|(name, value)| (*name, value.as_ref())))
    }

    /// A form with hidden inputs and one unnamed button, as text: for a page of the shop in UTF-8 or any other
    /// charset that has the values. Its `accept-charset` makes the browser post Shift_JIS.
    #[must_use]
    pub fn form_text(&self, options: &FormOptions) -> String {
        page::form_text(&self.action, &self.fields, options)
    }

    /// The same form as bytes, for a page of the shop that is served in Shift_JIS.
    #[must_use]
    pub fn form_html(&self, options: &FormOptions) -> HtmlBytes {
        page::form(&self.action, &self.fields, options)
    }

    /// A whole page that posts itself, and has a button for browsers without JavaScript.
    ///
    /// Its only script is allowed by hash in its own content security policy.
    #[must_use]
    pub fn page(&self, lang: Lang) -> HttpPage {
        page::page(&self.action, &self.fields, lang)
    }

    /// What an app needs to show the payment in a web view, without any secret.
    ///
    /// # Errors
    /// `invalid_value` when two of the three browser URLs are the same: an app could not tell them apart.
    pub fn hosted(&self) -> Result<HostedCheckout> {
        let url = |name| self.value(name).unwrap_or_default().to_owned();
        HostedCheckout::from_parts(
            self.action.clone(),
            self.fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
            [url("success_url"), url("cancel_url"), url("error_url")],
            STANDARD.encode(self.urlencoded()),
        )
    }
}

impl fmt::Debug for SignedForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.fields.iter().map(|(name, value)| {
            let hide = *name == "sps_hashcode" || (fields::is_personal(name) && !value.is_empty());
            (*name, if hide { "redacted" } else { value.as_str() })
        });
        f.debug_struct("SignedForm")
            .field("action", &self.action)
            .field("fields", &shown.collect::<Vec<_>>())
            .finish()
    }
}
