//! The explanation of a hash: no fields, key or claim make it panic or tell a key.
//!
//! The claim is not 40 hex digits, so that one input costs hundreds of digests rather than thousands.

#![no_main]

use libfuzzer_sys::fuzz_target;
use netmile::link::{HashQuestion, HashedMessage, explain_hash};
use netmile::{HashKey, Lang};

const MESSAGES: [HashedMessage; 9] = [
    HashedMessage::Purchase,
    HashedMessage::PurchaseResult,
    HashedMessage::PurchaseReturn,
    HashedMessage::Registration,
    HashedMessage::RegistrationResult,
    HashedMessage::RegistrationReturn,
    HashedMessage::Recurring,
    HashedMessage::RecurringResult,
    HashedMessage::RecurringReturn,
];

/// Names that mean something, so that the fuzzer need not find them.
const NAMES: [&str; 12] = [
    "pay_method",
    "service_id",
    "item_name",
    "amount",
    "success_url",
    "free1",
    "free_csv",
    "dtl_rowno",
    "dtl_item_name",
    "request_date",
    "limit_second",
    "sps_hashcode",
];

fuzz_target!(|input: (u8, Vec<(u8, String)>, String, String, bool)| {
    let (message, fields, key, claim, short) = input;
    let Ok(key) = HashKey::new(key) else { return };
    let fields: Vec<_> = fields
        .into_iter()
        .take(12)
        .map(|(name, value)| match NAMES.get(usize::from(name)) {
            Some(name) => ((*name).to_owned(), value),
            None => (value.clone(), value),
        })
        .collect();
    let claim = if short { "0".repeat(39) } else { claim };
    if claim.trim().len() == 40 {
        return;
    }
    let explanation = explain_hash(&HashQuestion {
        message: MESSAGES[usize::from(message) % MESSAGES.len()],
        fields: &fields,
        key: &key,
        other_keys: &[],
        claimed: &claim,
    });
    for lang in [Lang::En, Lang::Ja] {
        assert!(!explanation.text(lang).is_empty());
    }
    // A long key in a text would be no chance.
    if key.expose().len() >= 24 {
        assert!(!format!("{explanation:?}").contains(key.expose()));
    }
});
