//! Why a hash differs: the one place where the mock asks the SDK.
//!
//! Everything else here reads the protocol a second time, so that a mistake of the SDK cannot hide; an explanation for
//! a developer decides nothing.

use netmile::HashKey;
use netmile::link::{Explanation, HashQuestion, HashedMessage, explain_hash};

use crate::link::fields::Function;
use crate::pages::Lang;

/// A request whose hash is not the expected one.
pub struct Differs {
    /// Which message.
    pub function: Function,
    /// Its fields as sent.
    pub fields: Vec<(String, String)>,
    /// The key of its merchant and service.
    pub key: String,
    /// Keys of the others, each with `merchant_id/service_id`.
    pub other_keys: Vec<(String, String)>,
    /// The hash that it carries.
    pub claimed: String,
}

/// A sentence for the developer that names the likely mistake. No key and no value is ever in it.
///
/// `None` when the scenario's own key is none that the SDK takes.
#[must_use]
pub fn why(differs: &Differs, lang: Lang) -> Option<String> {
    let lang = match lang {
        Lang::Ja => netmile::Lang::Ja,
        Lang::En => netmile::Lang::En,
    };
    let key = HashKey::new(differs.key.as_str()).ok()?;
    let other_keys: Vec<_> = differs
        .other_keys
        .iter()
        .filter_map(|(label, key)| Some((label.clone(), HashKey::new(key.as_str()).ok()?)))
        .collect();
    let explanation = explain_hash(&HashQuestion {
        message: match differs.function {
            Function::Purchase => HashedMessage::Purchase,
            Function::Customer | Function::CustomerDelete => HashedMessage::Registration,
            Function::Recurring => HashedMessage::Recurring,
        },
        fields: &differs.fields,
        key: &key,
        other_keys: &other_keys,
        claimed: &differs.claimed,
    });
    // Trimmed or not, the right recipe was not accepted by the mock's own reading: that must never be said to be right.
    (explanation != Explanation::Correct).then(|| explanation.text(lang))
}
