//! Messages that must not be believed.

use super::support::*;
use crate::link::*;
use crate::{ErrorKind, Result};

const KIND: MessageKind = MessageKind::PurchaseNotice;

fn good() -> (SignedForm, Fields) {
    let form = sign(&request().with_free("F1", "F2", "").with_rows(two_rows())).unwrap();
    let fields = result_of(&form);
    (form, fields)
}

/// Everything a shop checks of a notice.
fn accept(form: &SignedForm, raw: &RawMessage) -> Result<Verified<ResultMessage>> {
    let verified = read(KIND, raw)?;
    verified.check_window(at().plus_seconds(60), MAX_FUTURE_SECONDS)?;
    let dates = [form.request_date().to_owned()];
    verified.check_echo(&form.echo(), &dates, EchoCheck::Strict)?;
    Ok(verified)
}

fn refused(form: &SignedForm, raw: &RawMessage) -> (ErrorKind, Option<String>) {
    let error = accept(form, raw).unwrap_err();
    assert_eq!(error.evidence().unwrap().expose(), raw.body);
    (error.kind(), error.field_name().map(str::to_owned))
}

/// Another value that the field could have.
fn altered(value: &str) -> String {
    let mut chars: Vec<char> = value.chars().collect();
    let last = chars.pop().unwrap_or('0');
    chars.push(match last {
        '1' => '2',
        '0'..='9' => '1',
        'K' => 'L',
        'b' => 'c',
        _ => 'b',
    });
    chars.into_iter().collect()
}

#[test]
fn a_good_notice_is_accepted_in_any_order() {
    let (form, fields) = good();
    accept(&form, &signed(KIND, &fields)).unwrap();
    let hash = hash(&fields, false);
    let mut shuffled = fields.clone();
    shuffled.reverse();
    // Reversed, the rows come in the order 2, 1.
    let verified = accept(&form, &with_hash(&shuffled, &hash)).unwrap();
    assert_eq!(verified.get().rows(), two_rows());
    // All numbers, then all names, and so on.
    shuffled.sort_by(|a, b| a.0.cmp(&b.0));
    accept(&form, &with_hash(&shuffled, &hash)).unwrap();
}

#[test]
fn every_field_altered() {
    let (form, fields) = good();
    let old = hash(&fields, false);
    let mut silent = Vec::new();
    for (index, (name, value)) in fields.iter().enumerate() {
        let mut other = fields.clone();
        other[index].1 = altered(value);
        let unsigned = accept(&form, &with_hash(&other, &old)).unwrap_err();
        assert!(
            matches!(
                unsigned.kind(),
                ErrorKind::HashMismatch
                    | ErrorKind::InvalidValue
                    | ErrorKind::UnknownMerchant
                    | ErrorKind::MissingField
                    | ErrorKind::DuplicateField
            ),
            "{name}: {unsigned}"
        );
        match accept(&form, &signed(KIND, &other)) {
            Err(error) => assert!(
                error.field_name() == Some(name) || error.kind() == ErrorKind::UnknownMerchant,
                "{name}: {error}"
            ),
            Ok(_) => silent.push(name.as_str()),
        }
    }
    // What only the gateway knows can be anything it signs.
    assert_eq!(
        silent,
        [
            "res_result",
            "res_tracking_id",
            "res_payinfo_key",
            "res_payment_date",
            "res_err_code",
            "res_date",
            "limit_second"
        ]
    );
}

#[test]
fn every_field_dropped() {
    let (form, fields) = good();
    let old = hash(&fields, false);
    for (index, (name, value)) in fields.iter().enumerate() {
        let mut other = fields.clone();
        other.remove(index);
        let result = accept(&form, &with_hash(&other, &old));
        if name.starts_with("dtl_") {
            let error = result.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::MissingField);
            assert_eq!(error.field_name(), Some(name.as_str()));
            continue;
        }
        // A blank tag that is not there is the same as a blank tag.
        assert_eq!(result.is_ok(), value.is_empty(), "{name}");
        let resigned = accept(&form, &signed(KIND, &other));
        let harmless = value.is_empty()
            || matches!(
                name.as_str(),
                "res_pay_method" | "res_payment_date" | "limit_second"
            );
        assert_eq!(resigned.is_ok(), harmless, "{name}");
        if let Err(error) = resigned {
            assert!(matches!(
                error.kind(),
                ErrorKind::MissingField | ErrorKind::Mismatch
            ));
            assert_eq!(error.field_name(), Some(name.as_str()));
        }
    }
}

#[test]
fn every_field_duplicated() {
    let (form, mut fields) = good();
    let code = hash(&fields, false);
    fields.push(("sps_hashcode".into(), code));
    fields.push(("unknown".into(), "x".into()));
    accept(&form, &RawMessage::form(body(&fields))).unwrap();
    for (name, value) in &fields {
        for again in [value.clone(), altered(value)] {
            for first in [true, false] {
                let mut other = fields.clone();
                let at = if first { 0 } else { other.len() };
                other.insert(at, (name.clone(), again.clone()));
                let (kind, field) = refused(&form, &RawMessage::form(body(&other)));
                if name.starts_with("dtl_") {
                    // The other tags of that row are missing.
                    assert_eq!(kind, ErrorKind::MissingField);
                } else {
                    assert_eq!(
                        (kind, field),
                        (ErrorKind::DuplicateField, Some(name.clone()))
                    );
                }
            }
        }
    }
    let mut twice = fields.clone();
    twice.extend(fields.iter().filter(|f| f.0.starts_with("dtl_")).cloned());
    let expected = (ErrorKind::DuplicateField, Some("dtl_rowno".into()));
    assert_eq!(refused(&form, &RawMessage::form(body(&twice))), expected);
}

#[test]
fn a_shift_between_fields_keeps_the_hash_and_is_refused() {
    let (form, fields) = good();
    let ng = changed(&fields, "res_result", "NG");
    let unpaid = changed(
        &changed(&ng, "res_payment_date", ""),
        "res_err_code",
        "5101",
    );
    let untracked = changed(&unpaid, "res_tracking_id", "");
    let payinfo = changed(&fields, "res_payinfo_key", "P,100,100,a@shop.example");
    let deposit = changed(&payinfo, "res_result", "PY");
    for fields in [fields, ng, unpaid, untracked, payinfo, deposit] {
        let code = hash(&fields, false);
        let original = accept(&form, &with_hash(&fields, &code)).unwrap();
        let mut tried = 0;
        for moved in shifts(&fields) {
            assert_eq!(hash(&moved, false), code);
            tried += 1;
            let Ok(read) = accept(&form, &with_hash(&moved, &code)) else {
                continue;
            };
            // All that gets through moves the error code of an NG into the opaque key beside it.
            let (read, original) = (read.get(), original.get());
            assert_eq!(*original.result(), ResultCode::Ng, "{read:?}");
            assert_eq!(original.err_code(), Some("5101"));
            for name in MessageKind::PurchaseNotice.order().names() {
                if !matches!(name, "res_err_code" | "res_payinfo_key") {
                    assert_eq!(read.field(name), original.field(name), "{name}");
                }
            }
        }
        assert!(tried > 300, "{tried}");
    }
}

/// Every way to move characters from an end of one field to the next one, past blank ones too.
fn shifts(fields: &[(String, String)]) -> Vec<Fields> {
    let mut all = Vec::new();
    for from in 0..fields.len() {
        for to in 0..fields.len() {
            let (low, high) = (from.min(to), from.max(to));
            let between = &fields[low + 1..high.max(low + 1)];
            if from == to || between.iter().any(|(_, value)| !value.is_empty()) {
                continue;
            }
            let value: Vec<char> = fields[from].1.chars().collect();
            for cut in 1..=value.len() {
                let mut moved = fields.to_vec();
                if from < to {
                    let (stay, go) = value.split_at(value.len() - cut);
                    moved[from].1 = stay.iter().collect();
                    moved[to].1.insert_str(0, &go.iter().collect::<String>());
                } else {
                    let (go, stay) = value.split_at(cut);
                    moved[from].1 = stay.iter().collect();
                    moved[to].1.push_str(&go.iter().collect::<String>());
                }
                all.push(moved);
            }
        }
    }
    all
}

#[test]
fn the_wrong_charset_the_wrong_key_and_no_hash() {
    let (form, fields) = good();
    let sjis_hash = with_hash(&fields, &hash(&fields, true));
    assert_eq!(refused(&form, &sjis_hash).0, ErrorKind::HashMismatch);
    let keyless = with_hash(&fields, "da39a3ee5e6b4b0d3255bfef95601890afd80709");
    assert_eq!(refused(&form, &keyless).0, ErrorKind::HashMismatch);
    let none = RawMessage::form(body(&fields));
    let expected = (ErrorKind::MissingField, Some("sps_hashcode".into()));
    assert_eq!(refused(&form, &none), expected);
    // The body in UTF-8: its bytes are not the text that was signed, if they are Shift_JIS at all.
    let utf8 = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_bytes().to_vec()));
    let code = hash(&fields, false).into_bytes();
    let raw = RawMessage::form(body_of_bytes(utf8.chain([("sps_hashcode", code)])));
    let (kind, _) = refused(&form, &raw);
    assert!(matches!(
        kind,
        ErrorKind::Malformed | ErrorKind::InvalidValue | ErrorKind::HashMismatch
    ));
}

#[test]
fn stale_and_early() {
    let (_, fields) = good();
    let verified = read(KIND, &signed(KIND, &fields)).unwrap();
    let made = verified.get().res_date();
    for (offset, expected) in [
        (-61, Some(ErrorKind::FromFuture)),
        (-60, None),
        (0, None),
        (600, None),
        (601, Some(ErrorKind::Expired)),
    ] {
        let result = verified.check_window(made.plus_seconds(offset), MAX_FUTURE_SECONDS);
        assert_eq!(result.err().map(|e| e.kind()), expected, "{offset}");
    }
    let blank = read(KIND, &signed(KIND, &changed(&fields, "limit_second", ""))).unwrap();
    assert!(blank.check_window(made.plus_seconds(600), 0).is_ok());
    assert!(blank.check_window(made.plus_seconds(601), 0).is_err());
}

#[test]
fn bytes_that_are_no_form_or_no_shift_jis() {
    let (form, fields) = good();
    let code = hash(&fields, false);
    for name in ["item_name", "order_id", "free1", "unknown"] {
        for bytes in [
            &b"\x81"[..],
            b"\xFF",
            b"\x83\x01",
            b"a\x00",
            b"\x0d\x0a",
            b"\xF0\x40",
        ] {
            let mut pairs: Vec<(&str, Vec<u8>)> = fields
                .iter()
                .filter(|(n, _)| n != name)
                .map(|(n, v)| (n.as_str(), sjis(v)))
                .collect();
            pairs.push((name, bytes.to_vec()));
            pairs.push(("sps_hashcode", code.clone().into_bytes()));
            let raw = RawMessage::form(body_of_bytes(pairs));
            let expected = (ErrorKind::Malformed, Some(name.to_owned()));
            assert_eq!(refused(&form, &raw), expected);
        }
    }
    for body in ["&", "a", "%", "=", "{\"a\":1}", "<xml/>", "\u{feff}a=1"] {
        assert_eq!(
            refused(&form, &RawMessage::form(body)).0,
            ErrorKind::Malformed
        );
    }
    let typed = |content_type: &str| signed(KIND, &fields).with_content_type(content_type);
    for fine in [
        "application/x-www-form-urlencoded",
        "Application/X-WWW-Form-Urlencoded; charset=Shift_JIS",
    ] {
        accept(&form, &typed(fine)).unwrap();
    }
    for wrong in [
        "",
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/json",
    ] {
        let expected = (ErrorKind::Malformed, Some("content-type".into()));
        assert_eq!(refused(&form, &typed(wrong)), expected);
    }
}

#[test]
fn ten_mebibytes() {
    let (form, fields) = good();
    let mut raw = signed(KIND, &fields);
    raw.body.extend(b"&x=");
    raw.body.resize(10 * 1024 * 1024, b'a');
    let error = accept(&form, &raw).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(
        error.evidence().unwrap().expose(),
        &raw.body[..MAX_EVIDENCE]
    );
    let many: Fields = (0..101).map(|n| (format!("x{n}"), String::new())).collect();
    assert_eq!(
        refused(&form, &signed(KIND, &[fields, many].concat())).0,
        ErrorKind::TooLarge
    );
}

#[test]
fn an_unknown_merchant_is_named_before_any_hash() {
    let (form, fields) = good();
    let other = signed(KIND, &changed(&fields, "service_id", "002"));
    assert_eq!(refused(&form, &other).0, ErrorKind::UnknownMerchant);
}
