use super::*;
use proptest::prelude::*;

fn all_chars() -> impl Iterator<Item = char> {
    '\0'..=char::MAX
}

/// Counts the characters that a policy takes, checking that each reads back as itself.
fn accepted(policy: &TextPolicy) -> usize {
    let mut buffer = [0; 4];
    all_chars()
        .filter(|c| match encode("f", c.encode_utf8(&mut buffer), policy) {
            Ok(wire) => {
                let back = decode("f", wire.sjis()).unwrap();
                assert_eq!(back, wire.as_str());
                if back != c.to_string() {
                    let TextPolicy::Replace(rules) = policy else {
                        panic!("U+{:04X} changed", u32::from(*c))
                    };
                    assert!(
                        rules
                            .iter()
                            .any(|r| r.from() == *c && r.to().to_string() == back)
                    );
                }
                true
            }
            Err(e) => {
                assert_eq!(e.kind(), ErrorKind::NotEncodable);
                assert!(e.detail().contains(&format!("U+{:04X} ", u32::from(*c))));
                false
            }
        })
        .count()
}

#[test]
fn every_character_reads_back_or_is_refused() {
    // 95 ASCII + 63 half-width katakana + 6879 of JIS X 0208 + 447 distinct vendor characters that are not
    // in JIS X 0208: 83 of NEC row 13 less 9 doubles, and 388 IBM extensions less 15 doubles.
    assert_eq!(accepted(&TextPolicy::Cp932), 95 + 63 + 6879 + 447);
    // Strict also refuses the nine codes that are read differently.
    assert_eq!(accepted(&TextPolicy::Strict), 95 + 63 + 6879 - 9);
    assert_eq!(
        accepted(&TextPolicy::Replace(Replacement::ALL.to_vec())),
        95 + 63 + 6879 + 447 + Replacement::ALL.len()
    );
}

#[test]
fn every_pair_of_bytes_decodes_to_what_can_be_sent_again_or_is_refused() {
    let mut good = 0;
    for pair in 0..=u16::MAX {
        if let Ok(text) = decode("f", &pair.to_be_bytes()) {
            assert!(!text.contains('\u{FFFD}'));
            let again = encode("f", &text, &TextPolicy::Cp932).unwrap();
            assert_eq!(decode("f", again.sjis()).unwrap(), text);
            good += 1;
        }
    }
    // Two single bytes, or one of the 7,724 double bytes (6879 + 83 + 374 + 388).
    assert_eq!(good, (95 + 63) * (95 + 63) + 7724);
}

#[test]
fn the_first_refused_character_is_named_with_its_position() {
    let error = encode("item_name", "表〜①", &TextPolicy::Cp932).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotEncodable);
    assert_eq!(error.field_name(), Some("item_name"));
    assert!(error.detail().contains("U+301C at position 2"));

    let error = encode("item_name", "表ｿ①", &TextPolicy::Strict).unwrap_err();
    assert!(error.detail().contains("U+2460 at position 3"));

    let error = encode("item_name", "ab\tc", &TextPolicy::Cp932).unwrap_err();
    assert!(error.detail().contains("U+0009 at position 3"));

    let error = encode("item_name", "寿司🍣", &TextPolicy::Cp932).unwrap_err();
    assert!(error.detail().contains("U+1F363 at position 3"));
}

#[test]
fn characters_of_two_bytes_in_both_charsets_find_room() {
    for text in ["vο^", "ο", "οο", "aЖ", "×÷±§¶x"] {
        let wire = encode("f", text, &TextPolicy::Cp932).unwrap();
        assert_eq!(decode("f", wire.sjis()).unwrap(), text);
    }
}

#[test]
fn controls_private_use_and_folded_characters_are_refused() {
    for c in [
        '\0', '\t', '\r', '\n', '\x7F', '\u{80}', '\u{85}', '\u{9F}', '\u{E000}', '\u{E757}', '¥',
        '‾', '−', '〜', '\u{FFFD}',
    ] {
        assert!(
            encode("f", &format!("a{c}b"), &TextPolicy::Cp932).is_err(),
            "U+{:04X}",
            u32::from(c)
        );
    }
}

#[test]
fn bytes_that_are_not_shift_jis_are_malformed() {
    for bytes in [
        &b"\x81"[..],
        b"\x81\x39",
        b"\xA0",
        b"\xFD",
        b"\x80",
        b"a\0",
        b"a\n",
        b"\xF0\x40",
        "あ".as_bytes(),
    ] {
        let error = decode("free1", bytes).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Malformed, "{bytes:02X?}");
        assert_eq!(error.field_name(), Some("free1"));
    }
}

#[test]
fn difficult_characters_have_the_bytes_that_browsers_send() {
    let wire = encode("f", "髙橋①ー～表ソ", &TextPolicy::Cp932).unwrap();
    assert_eq!(
        wire.sjis(),
        b"\xFB\xFC\x8B\xB4\x87\x40\x81\x5B\x81\x60\x95\x5C\x83\x5C"
    );
    assert_eq!(format!("{wire:?}"), "WireText(14 bytes)");
}

#[test]
fn replacement_names_read_back_and_targets_can_be_sent() {
    for r in Replacement::ALL {
        assert_eq!(Replacement::from_name(r.name()), Some(r));
        assert_eq!(
            serde_json::to_string(&r).unwrap(),
            format!("\"{}\"", r.name())
        );
        assert!(encode("f", &r.from().to_string(), &TextPolicy::Cp932).is_err());
        assert!(encode("f", &r.to().to_string(), &TextPolicy::Cp932).is_ok());
    }
    assert_eq!(Replacement::from_name("tilde"), None);
    let policy = TextPolicy::Replace(vec![Replacement::YenSign]);
    let json = serde_json::to_string(&policy).unwrap();
    assert_eq!(serde_json::from_str::<TextPolicy>(&json).unwrap(), policy);
}

proptest! {
    #[test]
    fn text_reads_back(text in any::<String>()) {
        if let Ok(wire) = encode("f", &text, &TextPolicy::Cp932) {
            prop_assert_eq!(wire.as_str(), &text);
            prop_assert_eq!(decode("f", wire.sjis()).unwrap(), text);
        }
    }

    #[test]
    fn japanese_text_reads_back(text in "[ -~ぁ-んァ-ヶー一-龠①-⑳～α-ωА-я×÷±]{0,40}") {
        if let Ok(wire) = encode("f", &text, &TextPolicy::Cp932) {
            prop_assert_eq!(decode("f", wire.sjis()).unwrap(), text);
        }
    }

    #[test]
    fn bytes_are_text_that_can_be_sent_again_or_malformed(bytes in any::<Vec<u8>>()) {
        match decode("f", &bytes) {
            Ok(text) => {
                let again = encode("f", &text, &TextPolicy::Cp932).unwrap();
                prop_assert_eq!(again.as_str(), text);
            }
            Err(e) => prop_assert_eq!(e.kind(), ErrorKind::Malformed),
        }
    }
}
