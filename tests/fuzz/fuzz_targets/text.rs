//! Shift_JIS: what decodes can be sent again and reads back; what encodes reads back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use netmile::wire::text::{Replacement, TextPolicy, decode, encode};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = decode("field", bytes) {
        assert!(!text.contains('\u{FFFD}'));
        let wire = encode("field", &text, &TextPolicy::Cp932).unwrap();
        assert_eq!(decode("field", wire.sjis()).unwrap(), text);
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    for policy in [TextPolicy::Strict, TextPolicy::Cp932] {
        if let Ok(wire) = encode("field", text, &policy) {
            assert_eq!(wire.as_str(), text);
            assert_eq!(decode("field", wire.sjis()).unwrap(), text);
        }
    }
    if encode("field", text, &TextPolicy::Strict).is_ok() {
        assert!(encode("field", text, &TextPolicy::Cp932).is_ok());
    }
    let replacing = TextPolicy::Replace(Replacement::ALL.to_vec());
    if let Ok(wire) = encode("field", text, &replacing) {
        assert_eq!(decode("field", wire.sjis()).unwrap(), wire.as_str());
        assert_eq!(wire.as_str().chars().count(), text.chars().count());
    }
});
