use proptest::prelude::*;

use super::*;

fn key() -> TdesKey {
    TdesKey::new("0123456789abcdef01234567", "76543210").unwrap()
}

/// The known answers of `tests/vectors/api.json`.
#[test]
fn known_answers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/api.json");
    let file: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let key = TdesKey::new(text(&file["tdes_key"]), text(&file["tdes_iv"])).unwrap();
    let values = file["values"].as_array().unwrap();
    assert!(values.len() >= 7);
    for value in values {
        let plain = text(&value["plain"]);
        let hex = text(&value["sjis_hex"]);
        let sjis: Vec<u8> = (0..hex.len())
            .step_by(2)
            .map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap())
            .collect();
        let sealed = text(&value["tdes"]);
        assert_eq!(key.encrypt("v", &sjis).unwrap(), sealed, "{plain}");
        assert_eq!(key.decrypt("v", &sealed, 64).unwrap(), sjis, "{plain}");
    }
    for (sealed, plain) in file["tdes_tolerated"].as_object().unwrap() {
        let read = key.decrypt("v", sealed, 64).unwrap();
        assert_eq!(read, text(plain).as_bytes(), "{sealed}");
    }
}

#[test]
fn keys_of_other_lengths_are_refused() {
    for (k, iv, field) in [
        ("0123456789abcdef0123456", "76543210", "tdes_key"),
        ("0123456789abcdef012345678", "76543210", "tdes_key"),
        ("0123456789abcdef0123456\n", "76543210", "tdes_key"),
        ("", "76543210", "tdes_key"),
        ("0123456789abcdef01234567", "7654321", "tdes_iv"),
        ("0123456789abcdef01234567", "7654321 ", "tdes_iv"),
    ] {
        let error = TdesKey::new(k, iv).unwrap_err();
        assert_eq!(error.field_name(), Some(field));
        assert_eq!(error.code(), "invalid_value");
        assert!(k.is_empty() || !error.to_string().contains(k));
    }
}

#[test]
fn what_would_be_cut_is_refused() {
    for bad in [&b"a "[..], b" ", b"12345678 ", b"abc\x08"] {
        let error = key().encrypt("last_name", bad).unwrap_err();
        assert_eq!(error.field_name(), Some("last_name"));
    }
    assert_eq!(key().encrypt("last_name", b"").unwrap(), "");
    assert_eq!(key().decrypt("last_name", "", 0).unwrap(), b"");
}

#[test]
fn a_full_width_space_survives() {
    let sealed = key().encrypt("first_name", b"\x81\x40").unwrap();
    assert_eq!(
        key().decrypt("first_name", &sealed, 2).unwrap(),
        b"\x81\x40"
    );
}

#[test]
fn damaged_and_long_values_are_refused() {
    let sealed = key().encrypt("v", b"0312345678").unwrap();
    for bad in [&sealed[1..], &sealed[4..], "====", "あいう=", "+WvtTa9vrAc"] {
        let error = key().decrypt("v", bad, 64).unwrap_err();
        assert_eq!(error.code(), "malformed", "{bad}");
    }
    assert_eq!(
        key().decrypt("v", &sealed, 9).unwrap_err().code(),
        "too_large"
    );
    let long = "A".repeat(4 * 1024 * 1024);
    assert_eq!(
        key().decrypt("v", &long, 64).unwrap_err().code(),
        "too_large"
    );
}

proptest! {
    #[test]
    fn what_is_encrypted_decrypts_to_itself(value in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(sealed) = key().encrypt("v", &value) {
            prop_assert_eq!(key().decrypt("v", &sealed, value.len()).unwrap(), value);
        } else {
            prop_assert!(matches!(value.last(), Some(b' ' | 8)));
        }
    }

    #[test]
    fn no_text_panics(sealed in any::<String>(), max in 0..100usize) {
        if let Ok(value) = key().decrypt("v", &sealed, max) {
            prop_assert!(value.len() <= max);
        }
    }
}
