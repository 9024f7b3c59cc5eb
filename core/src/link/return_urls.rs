//! Where the gateway sends the browser and its notice.

use serde::{Deserialize, Serialize};

use crate::contract::is_safe_url;
use crate::error::Result;
use crate::link::fields::{self, MAX_URL};

/// The four URLs of a request: HTTPS (plain HTTP to the loopback only), at most 256 bytes of ASCII each.
///
/// ```
/// use netmile::link::ReturnUrls;
/// let urls = ReturnUrls {
///     success: "https://shop.example/success".into(),
///     cancel: "https://shop.example/cancel".into(),
///     error: "https://shop.example/error".into(),
///     notify: "https://shop.example/notify".into(),
/// };
/// urls.check()?;
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// Source: docs/protocol/link-type.md#fields
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnUrls {
    /// `success_url`: the browser, after the payment. Display only, never proof.
    pub success: String,
    /// `cancel_url`: the browser, when the customer gives up.
    pub cancel: String,
    /// `error_url`: the browser, after a failure.
    pub error: String,
    /// `pagecon_url`: the gateway's server, with the result that counts (購入結果通知).
    pub notify: String,
}

impl ReturnUrls {
    /// Checks all four.
    ///
    /// # Errors
    /// `missing_field` or `invalid_value`, naming the field.
    pub fn check(&self) -> Result<()> {
        for (name, url) in self.pairs() {
            fields::require(name, url)?;
            let plain = url.bytes().all(|b| b.is_ascii_graphic());
            if url.len() > MAX_URL || !plain || !is_safe_url(url) {
                return Err(fields::invalid(
                    name,
                    "must be an https URL (plain http only to the loopback) of at most 256 ASCII characters",
                ));
            }
        }
        Ok(())
    }

    pub(crate) fn pairs(&self) -> [(&'static str, &str); 4] {
        [
            ("success_url", &self.success),
            ("cancel_url", &self.cancel),
            ("error_url", &self.error),
            ("pagecon_url", &self.notify),
        ]
    }

    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.pairs()
            .into_iter()
            .find_map(|(field, url)| (field == name).then_some(url))
    }
}
