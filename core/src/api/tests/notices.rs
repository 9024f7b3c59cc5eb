use super::support::*;
use crate::api::*;
use crate::contract::ContractId;
use crate::link::{MAX_FUTURE_SECONDS, Verified};
use crate::{HashKey, Yen};

fn parse(body: &[u8]) -> crate::Result<Verified<ApiNotice>> {
    ApiNotice::parse(&plain(), NoticeEncryption::Plain, body)
}

fn body_of(id: &str) -> String {
    vector("notices", id)["body"].as_str().unwrap().to_owned()
}

#[test]
fn known_answers() {
    let vectors = vectors("notices");
    assert!(vectors.len() >= 6);
    for vector in vectors {
        let body = vector["body"].as_str().unwrap();
        let (context, encryption) = match vector["encrypted"].as_bool().unwrap() {
            true => (encrypting(), NoticeEncryption::Encrypted),
            false => (plain(), NoticeEncryption::Plain),
        };
        let notice = ApiNotice::parse(&context, encryption, body.as_bytes());
        let notice = notice.unwrap_or_else(|error| panic!("{}: {error}", vector["id"]));
        let notice = notice.get();
        assert_eq!(notice.function().as_str(), vector["function"]);
        assert_eq!(notice.tracking_id(), "00000000000001");
        let upper = body.replace(
            vector["hash"].as_str().unwrap(),
            &vector["hash"].as_str().unwrap().to_uppercase(),
        );
        assert_ne!(upper, body);
        ApiNotice::parse(&context, encryption, upper.as_bytes()).unwrap();
    }
}

#[test]
fn a_deposit_is_typed() {
    let read = parse(body_of("N1").as_bytes()).unwrap();
    let notice = read.get();
    let deposit = notice.deposit().unwrap();
    assert_eq!(deposit.kind, DepositKind::Preliminary);
    assert!(deposit.kind.is_paid() && !deposit.kind.is_cancelled());
    assert_eq!(
        (deposit.amount, deposit.total),
        (Yen::new(1500), Some(Yen::new(1500)))
    );
    assert_eq!(notice.order_id(), Some("ord-20300101-0001"));
    assert_eq!(notice.received(), Some("20300102093000"));
    assert_eq!(notice.request_date(), at("20300102093005"));
    assert_eq!(notice.contract_id(), plain().id());
    assert_eq!(
        notice.get("pay_method_info/rec_mail"),
        Some("taro@example.com")
    );
    assert!(!format!("{read:?}").contains("taro"));

    let encrypted = ApiNotice::parse(
        &encrypting(),
        NoticeEncryption::Encrypted,
        body_of("N3").as_bytes(),
    )
    .unwrap();
    assert_eq!(
        encrypted.get().get("pay_method_info/res_mail"),
        Some("taro@example.com")
    );
    assert_eq!(encrypted.get().deposit(), Some(deposit));

    let confirmed = parse(body_of("N4").as_bytes()).unwrap();
    assert_eq!(
        confirmed.get().deposit().unwrap().kind,
        DepositKind::Confirmed
    );
    assert_eq!(confirmed.get().received(), Some("20300102"));
    assert_eq!(
        *parse(body_of("N5").as_bytes()).unwrap().get().kind(),
        NoticeKind::Expired
    );
    let cancelled = parse(body_of("N6").as_bytes()).unwrap();
    assert!(cancelled.get().deposit().unwrap().kind.is_cancelled());
    assert_eq!(cancelled.get().order_id(), None);
}

#[test]
fn order_id_may_stand_anywhere_and_unknown_codes_are_kept() {
    for position in 0..=5 {
        let mut fields = deposit_fields();
        fields.insert(position, ("order_id", "o-1"));
        let read = parse(&signed_notice("NT01-00103-702", &fields)).unwrap();
        assert_eq!(read.get().order_id(), Some("o-1"), "{position}");
    }
    let mut fields = deposit_fields();
    fields[5].1 = "8";
    let read = parse(&signed_notice("NT01-00103-702", &fields)).unwrap();
    let deposit = read.get().deposit().unwrap();
    assert_eq!(deposit.kind, DepositKind::Other('8'));
    assert!(!deposit.kind.is_paid() && !deposit.kind.is_cancelled());
    let other = parse(&signed_notice("NT01-00110-311", &without_deposit())).unwrap();
    assert_eq!(*other.get().kind(), NoticeKind::Other);
}

#[test]
fn every_altered_or_dropped_value_is_noticed() {
    let genuine = body_of("N1");
    for (from, to) in [
        (">1500</rec_amount>", ">9500</rec_amount>"),
        ("<rec_type>1", "<rec_type>3"),
        ("taro@", "jiro@"),
        ("ord-20300101-0001", "ord-20300101-0002"),
        (">00000000000001<", ">00000000000002<"),
        ("20300102093005", "20300102093006"),
        ("<order_id>ord-20300101-0001</order_id>", ""),
        ("c70beebd", "d70beebd"),
    ] {
        let altered = genuine.replacen(from, to, 1);
        assert_ne!(altered, genuine, "{from}");
        let error = parse(altered.as_bytes()).unwrap_err();
        assert_eq!(
            (error.field_name(), error.code()),
            (Some("sps_hashcode"), "hash_mismatch"),
            "{from}"
        );
        assert_eq!(error.evidence().unwrap().expose(), altered.as_bytes());
    }
    let other_key = ApiContext::new(
        plain().id().clone(),
        HashKey::new("anotherhashkeyanotherhashkeyanotherhash0").unwrap(),
    );
    let error =
        ApiNotice::parse(&other_key, NoticeEncryption::Plain, genuine.as_bytes()).unwrap_err();
    assert_eq!(error.code(), "hash_mismatch");
}

/// The hash has no names and no separators. Each of these keeps the hash of a genuine message and says something else.
#[test]
fn moved_borders_and_renamed_tags_are_refused_though_the_hash_fits() {
    // A cancelled deposit of 1500 made into a deposit of 500, total 1500.
    let swallow = |position: usize, name: &'static str, value: &'static str| {
        let mut fields = deposit_fields();
        fields[5].1 = "1";
        fields[6].1 = "500";
        fields.insert(position, (name, value));
        fields
    };
    let mut leading_zero = deposit_fields();
    leading_zero[6].1 = "15";
    leading_zero[7].1 = "001500";
    let mut wide_type = deposit_fields();
    wide_type[5].1 = "21";
    wide_type[6].1 = "500";
    let mut short_date = deposit_fields();
    short_date[4].1 = "2030010209300";
    short_date[5].1 = "02";
    let mut reordered = deposit_fields();
    reordered.swap(6, 7);
    let mut renamed = deposit_fields();
    renamed[3].0 = "x";
    let mut shifted = deposit_fields();
    shifted[0].1 = "999990";
    shifted[1].1 = "01";
    for (fields, field, code) in [
        (swallow(5, "x", "2"), "x", "malformed"),
        (swallow(5, "pay_method_info/x", "2"), "x", "malformed"),
        (swallow(5, "limit_second", "2"), "rec_type", "malformed"),
        (
            swallow(5, "pay_method_info/order_id", "2"),
            "order_id",
            "malformed",
        ),
        (
            swallow(5, "pay_method_info/rec_extra", "2"),
            "rec_type",
            "malformed",
        ),
        (leading_zero, "rec_amount_total", "malformed"),
        (wide_type, "rec_type", "malformed"),
        (short_date, "rec_datetime", "malformed"),
        (reordered, "rec_amount", "malformed"),
        (renamed, "x", "malformed"),
        (shifted, "merchant_id", "malformed"),
    ] {
        let error = parse(&signed_notice("NT01-00103-701", &fields)).unwrap_err();
        assert_eq!(
            (error.field_name(), error.code()),
            (Some(field), code),
            "{error}"
        );
    }
    // The function is not hashed either.
    let expired = without_deposit();
    parse(&signed_notice("NT01-00104-701", &expired)).unwrap();
    let error = parse(&signed_notice("NT01-00103-701", &expired)).unwrap_err();
    assert_eq!(error.field_name(), Some("pay_method_info"));
    let error = parse(&signed_notice("NT01-00104-701", &deposit_fields())).unwrap_err();
    assert_eq!(error.field_name(), Some("pay_method_info"));
    let error = parse(&signed_notice("NT01-10103-701", &deposit_fields())).unwrap_err();
    assert_eq!(error.field_name(), Some("rec_type"));
    for other in ["NT01-00103", "ST01-00101-701", ""] {
        let error = parse(&signed_notice(other, &deposit_fields())).unwrap_err();
        assert_eq!(error.field_name(), Some("id"));
    }
}

#[test]
fn new_values_behind_the_amounts_are_kept() {
    let mut fields = deposit_fields();
    fields.insert(10, ("pay_method_info/brand_new", "x"));
    fields.insert(11, ("another", "y"));
    let read = parse(&signed_notice("NT01-00103-701", &fields)).unwrap();
    assert_eq!(read.get().get("pay_method_info/brand_new"), Some("x"));
    assert_eq!(read.get().get("another"), Some("y"));
    let blank = signed_notice(
        "NT01-00103-701",
        &[&[("new", "")], &deposit_fields()[..]].concat(),
    );
    parse(&blank).unwrap();
}

#[test]
fn missing_and_repeated_fields_are_named() {
    for (index, name) in [
        (0, "merchant_id"),
        (1, "service_id"),
        (3, "tracking_id"),
        (4, "rec_datetime"),
        (5, "rec_type"),
        (6, "rec_amount"),
        (10, "request_date"),
    ] {
        let mut fields = deposit_fields();
        fields.remove(index);
        let error = parse(&signed_notice("NT01-00103-701", &fields)).unwrap_err();
        assert_eq!(
            (error.field_name(), error.code()),
            (Some(name), "missing_field")
        );
        let mut fields = deposit_fields();
        fields.insert(index, fields[index]);
        let error = parse(&signed_notice("NT01-00103-701", &fields)).unwrap_err();
        assert_eq!(
            (error.field_name(), error.code()),
            (Some(name), "duplicate_field")
        );
    }
    let unsigned = String::from_utf8(signed_notice("NT01-00103-701", &deposit_fields())).unwrap();
    let (front, _) = unsigned.split_once("<sps_hashcode>").unwrap();
    let error = parse(format!("{front}</sps-api-request>").as_bytes()).unwrap_err();
    assert_eq!(
        (error.field_name(), error.code()),
        (Some("sps_hashcode"), "missing_field")
    );
}

#[test]
fn another_contract_is_refused_before_any_hash() {
    let body = signed_notice("NT01-00103-701", &deposit_fields());
    let other = ApiContext::new(
        ContractId::new("99999", "002").unwrap(),
        HashKey::new(KEY).unwrap(),
    );
    let error = ApiNotice::parse(&other, NoticeEncryption::Plain, &body).unwrap_err();
    assert_eq!(
        (error.field_name(), error.code()),
        (Some("merchant_id"), "unknown_merchant")
    );
    let mine = plain();
    let read = ApiNotice::parse_with(&body, |id| {
        assert_eq!(id.to_string(), "99999/001");
        Some((&mine, NoticeEncryption::Plain))
    });
    read.unwrap();
}

#[test]
fn a_failed_decrypt_is_an_error() {
    for id in ["N1", "N6"] {
        // Plain although the contract encrypts.
        let error = ApiNotice::parse(
            &encrypting(),
            NoticeEncryption::Encrypted,
            body_of(id).as_bytes(),
        );
        let error = error.unwrap_err();
        assert_eq!(
            (error.field_name(), error.code()),
            (Some("rec_type"), "malformed")
        );
        assert!(error.evidence().is_some());
    }
    // Encrypted although the contract does not.
    assert!(parse(body_of("N3").as_bytes()).is_err());
    let error = ApiNotice::parse(
        &plain(),
        NoticeEncryption::Encrypted,
        body_of("N3").as_bytes(),
    );
    assert_eq!(error.unwrap_err().code(), "configuration");
}

#[test]
fn the_window_is_checked_on_demand() {
    let read = parse(body_of("N1").as_bytes()).unwrap();
    let made = at("20300102093005");
    read.check_window(made.plus_seconds(10_000_000), MAX_FUTURE_SECONDS, None)
        .unwrap();
    read.check_window(made.plus_seconds(-60), MAX_FUTURE_SECONDS, Some(0))
        .unwrap();
    read.check_window(made.plus_seconds(600), MAX_FUTURE_SECONDS, Some(600))
        .unwrap();
    let error = read
        .check_window(made.plus_seconds(-61), MAX_FUTURE_SECONDS, None)
        .unwrap_err();
    assert_eq!(error.code(), "from_future");
    let error = read
        .check_window(made.plus_seconds(601), MAX_FUTURE_SECONDS, Some(600))
        .unwrap_err();
    assert_eq!(error.code(), "expired");
    assert!(error.evidence().is_some());
}

#[test]
fn ids_are_compared_with_what_was_asked() {
    let with = parse(body_of("N1").as_bytes()).unwrap();
    with.check_ids("00000000000001", "ord-20300101-0001")
        .unwrap();
    let error = with
        .check_ids("00000000000002", "ord-20300101-0001")
        .unwrap_err();
    assert_eq!(
        (error.field_name(), error.code()),
        (Some("tracking_id"), "mismatch")
    );
    let error = with
        .check_ids("00000000000001", "ord-20300101-0002")
        .unwrap_err();
    assert_eq!(
        (error.field_name(), error.code()),
        (Some("order_id"), "mismatch")
    );
    let without = parse(body_of("N2").as_bytes()).unwrap();
    without.check_ids("00000000000001", "whatever").unwrap();
}

#[test]
fn a_repeat_has_the_same_key_and_nothing_else_has() {
    let key = |fields: &[(&str, &str)], function: &str| {
        parse(&signed_notice(function, fields))
            .unwrap()
            .get()
            .seen_key()
    };
    let base = deposit_fields();
    let first = key(&base, "NT01-00103-701");
    let mut again = base.clone();
    again[10].1 = "20300102103005";
    again[8].0 = "pay_method_info/res_mail";
    assert_eq!(key(&again, "NT01-00103-701"), first);
    let mut keys = vec![first, key(&base, "NT01-00103-702")];
    for (index, value) in [
        (3, "00000000000002"),
        (4, "20300102103001"),
        (5, "1"),
        (7, "3000"),
    ] {
        let mut other = base.clone();
        other[index].1 = value;
        keys.push(key(&other, "NT01-00103-701"));
    }
    let mut without_total = base.clone();
    without_total.remove(7);
    keys.push(key(&without_total, "NT01-00103-701"));
    without_total[6].1 = "1501";
    keys.push(key(&without_total, "NT01-00103-701"));
    let expired: Vec<_> = base.into_iter().filter(|(n, _)| !n.contains('/')).collect();
    keys.push(key(&expired, "NT01-00104-701"));
    let distinct: std::collections::BTreeSet<_> = keys.iter().collect();
    assert_eq!(distinct.len(), keys.len(), "{keys:?}");
    assert!(keys.iter().all(|key| !key.contains("taro")));
}

#[test]
fn the_answer_is_xml_that_reads_back() {
    let deposit = function("NT01-00103-701");
    let read = |ack: &ApiAck| {
        let root = tree(ack.body());
        let text = |name| root.child(name).unwrap().text().to_owned();
        (text("res_result"), text("res_err_msg"))
    };
    assert_eq!(read(&ApiAck::ok(&deposit)), ("OK".into(), String::new()));
    // 期限切れ in Shift_JIS.
    assert_eq!(
        read(&ApiAck::ng(Some(&deposit), "期限切れ")),
        ("NG".into(), "ivqMwJDYguo=".into())
    );
    assert_eq!(read(&ApiAck::ng(None, "\u{1F600}\n  ")).1, "ZXJyb3I=");
    let ack = ApiAck::ng(None, "x");
    assert!(!ack.is_ok() && ApiAck::ok(&deposit).is_ok());
    assert_eq!(
        (ack.status(), ack.content_type()),
        (200, "text/xml; charset=Shift_JIS")
    );
    assert!(!String::from_utf8_lossy(ack.body()).contains("id="));
    assert!(ApiAck::ng(None, &"あ".repeat(10_000)).body().len() < 400);
}

mod properties {
    use std::sync::LazyLock;

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_bytes_panic(body in any::<Vec<u8>>()) {
            prop_assert!(parse(&body).is_err());
        }

        #[test]
        fn no_damaged_notice_says_something_else(
            at in any::<prop::sample::Index>(), byte in any::<u8>(), insert in any::<bool>()
        ) {
            static GENUINE: LazyLock<Vec<u8>> = LazyLock::new(|| body_of("N1").into_bytes());
            let original = parse(&GENUINE).unwrap();
            let mut body = GENUINE.clone();
            let at = at.index(body.len());
            if insert { body.insert(at, byte) } else { body[at] = byte }
            if let Ok(read) = parse(&body) {
                // The method's number in the id is the one thing that no hash covers.
                prop_assert_eq!(read.get().deposit(), original.get().deposit());
                prop_assert_eq!(read.get().tracking_id(), original.get().tracking_id());
                prop_assert_eq!(read.get().request_date(), original.get().request_date());
            }
        }

        #[test]
        fn an_answer_reads_back_whatever_the_reason(reason in any::<String>()) {
            let ack = ApiAck::ng(None, &reason);
            let root = tree(ack.body());
            prop_assert_eq!(root.child("res_result").unwrap().text(), "NG");
            prop_assert!(!root.child("res_err_msg").unwrap().text().is_empty());
        }
    }
}
