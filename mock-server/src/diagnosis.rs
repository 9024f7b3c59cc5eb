//! Why a hash differs: the one place where the mock may ask the SDK.

use crate::pages::Lang;

/// A sentence for the developer that names the likely mistake, or `None`.
///
/// `fields` are the fields in definition order without `sps_hashcode`, `key`
/// the key that was expected, `other_keys` the keys of other services with
/// their names, `claimed` the hash that was received. No key is ever printed.
#[must_use]
pub fn why_hash_differs(
    fields: &[(String, String)],
    key: &str,
    other_keys: &[(String, String)],
    claimed: &str,
    lang: Lang,
) -> Option<String> {
    let _ = (fields, key, other_keys, claimed, lang);
    None
}
