//! The known answers, through the real builders and the real parser.

use super::support::*;
use crate::contract::Terminal;
use crate::link::*;
use crate::wire::TextPolicy;
use crate::{ErrorKind, Yen};

fn owned(form: &SignedForm) -> Fields {
    form.fields()
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect()
}

/// The form has exactly the vector's fields in its order (spaces stripped), then the hash.
fn assert_form(form: &SignedForm, id: &str) {
    let vector = vector(id);
    let mut expected: Fields = vector
        .fields
        .iter()
        .map(|(name, value)| (name.clone(), value.trim_matches(' ').to_owned()))
        .collect();
    expected.push(("sps_hashcode".into(), vector.digest));
    assert_eq!(owned(form), expected, "{id}");
}

#[test]
fn requests_come_out_digit_for_digit() {
    assert_form(&sign(&request()).unwrap(), "V1");
    assert_form(&sign(&request().with_rows(two_rows())).unwrap(), "V2");
    let order = OrderId::new("ORDER-0001").unwrap();
    let spaced = PurchaseRequest::new(
        order,
        "  CUST0001 ",
        "ITEM1",
        Yen::new(100),
        Terminal::Pc,
        urls(),
    );
    assert_form(&sign(&spaced.with_item_name("テスト商品")).unwrap(), "V8");
    let difficult = request().with_item_name("髙橋①ー～表ソ");
    assert_form(&sign(&difficult).unwrap(), "V10");

    let contract = contract();
    let policy = TextPolicy::Cp932;
    let limit = LimitSeconds::default();
    let methods = PayMethods::one("credit");
    let registration = RegistrationRequest::new(methods.clone(), "CUST0001", Terminal::Pc, urls())
        .sign(&contract, at(), limit, &policy)
        .unwrap();
    assert_form(&registration, "V6");
    let deletion = RegistrationDeletion::new(methods, "CUST0001", Terminal::Pc, urls())
        .sign(&contract, at(), limit, &policy)
        .unwrap();
    assert_form(&deletion, "V6");
    assert_ne!(deletion.action(), registration.action());
    let recurring = RecurringRequest::new(
        RecurringService::Apply,
        PayMethods::one("docomo"),
        OrderId::new("ORDER-0001").unwrap(),
        "CUST0001",
        "ITEM1",
        Terminal::Pc,
        urls(),
    )
    .with_item_name("テスト商品")
    .sign(&contract, at(), limit, &policy)
    .unwrap();
    assert_form(&recurring, "V7");
}

#[test]
fn results_are_verified_in_the_charset_of_their_kind() {
    for (id, kind) in [
        ("V3", MessageKind::PurchaseNotice),
        ("V4", MessageKind::PurchaseReturn),
        ("V5", MessageKind::PurchaseNotice),
        ("V9", MessageKind::ErrorReturn),
        ("V11", MessageKind::PurchaseNotice),
        ("V12", MessageKind::PurchaseReturn),
        ("V13", MessageKind::PurchaseReturn),
    ] {
        let vector = vector(id);
        assert_eq!(vector.shift_jis, !kind.is_notice(), "{}", vector.id);
        for claimed in [vector.digest.to_lowercase(), vector.digest.to_uppercase()] {
            let values = vector
                .fields
                .iter()
                .map(|(n, v)| (n.as_str(), vector.sjis(n, v)));
            let code = ("sps_hashcode", claimed.into_bytes());
            let raw = RawMessage::form(body_of_bytes(values.chain([code])));
            let verified = read(kind, &raw).unwrap_or_else(|error| panic!("{id}: {error}"));
            assert_eq!(verified.evidence().expose(), raw.body);
            for (name, value) in &vector.fields {
                if !name.starts_with("dtl_") {
                    assert_eq!(
                        verified.get().field(name),
                        Some(value.as_str()),
                        "{id} {name}"
                    );
                }
            }
        }
        // Another kind hashes in another charset: every vector has characters outside ASCII.
        let other = match kind {
            MessageKind::PurchaseNotice => MessageKind::PurchaseReturn,
            _ => MessageKind::PurchaseNotice,
        };
        let raw = with_hash(&vector.fields, &vector.digest);
        assert_eq!(
            read(other, &raw).unwrap_err().kind(),
            ErrorKind::HashMismatch
        );
    }
}

#[test]
fn both_byte_forms_of_one_character_are_the_same_text() {
    let fields = vector("V12").fields;
    let kind = MessageKind::PurchaseReturn;
    let verified = read(kind, &signed(kind, &fields)).unwrap();
    assert_eq!(verified.get().field("item_name"), Some("髙橋①ー～表ソ"));
    assert_ne!(hash(&fields, true), vector("V12").digest);
}

#[test]
fn detail_rows_come_back() {
    let vector = vector("V5");
    let verified = read(
        MessageKind::PurchaseNotice,
        &with_hash(&vector.fields, &vector.digest),
    )
    .unwrap();
    assert_eq!(verified.get().rows(), two_rows());
    assert_eq!(rows_total(verified.get().rows()).unwrap(), Yen::new(100));
    let asked = sign(&request().with_rows(two_rows())).unwrap();
    let dates = [asked.request_date().to_owned()];
    verified
        .check_echo(&asked.echo(), &dates, EchoCheck::Strict)
        .unwrap();
}

#[test]
fn an_error_return_says_why() {
    let vector = vector("V9");
    let verified = read(
        MessageKind::ErrorReturn,
        &with_hash(&vector.fields, &vector.digest),
    )
    .unwrap();
    let message = verified.get();
    assert_eq!(*message.result(), ResultCode::Ng);
    assert_eq!(message.err_code(), Some("5101"));
    assert_eq!(message.tracking_id(), None);
}

#[test]
fn free_csv_is_base64_of_shift_jis() {
    let (pairs, base64) = free_csv_vector();
    let csv = pairs
        .into_iter()
        .fold(FreeCsv::new(), |csv, (key, value)| csv.with(key, value));
    assert_eq!(csv.to_base64(&TextPolicy::Cp932).unwrap(), base64);
    let form = sign(&request().with_free_csv(csv)).unwrap();
    assert_eq!(form.value("free_csv"), Some(base64.as_str()));
}
