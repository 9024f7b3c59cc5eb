use proptest::prelude::*;

use super::support::*;
use crate::api::*;
use crate::link::{DetailRow, LimitSeconds};
use crate::time::Timestamp;
use crate::wire::text::{Replacement, TextPolicy};
use crate::{HashKey, Yen};

#[test]
fn known_answers() {
    let vectors = vectors("requests");
    assert!(vectors.len() >= 5);
    for vector in vectors {
        let signed = message_of(&vector)
            .seal(
                &context_of(&vector),
                at(vector["request_date"].as_str().unwrap()),
            )
            .unwrap();
        let id = &vector["id"];
        assert_eq!(signed.hash(), vector["hash"], "{id}");
        assert_eq!(
            String::from_utf8_lossy(signed.body()),
            vector["body"].as_str().unwrap(),
            "{id}"
        );
    }
}

fn small() -> Message {
    Message::new(function("ST01-00101-701"))
        .single("cust_code", "cust-1", 64)
        .multi("item_name", "商品", 40)
        .digits("amount", Yen::new(1500), 7)
        .secret_group("pay_method_info", |g| {
            g.multi("last_name", "山田", 20)
                .exactly("first_zip", "100", 3)
        })
}

fn seal(message: &Message) -> crate::Result<SignedMessage> {
    message.seal(&plain(), at("20300101120000"))
}

#[test]
fn nothing_personal_or_secret_is_printed() {
    let message = small();
    let signed = seal(&message).unwrap();
    let context = encrypting().with_basic("someuser", "somepassword").unwrap();
    let shown = format!("{message:?} {signed:?} {context:?}");
    for secret in [
        "cust-1",
        "商品",
        "山田",
        signed.hash(),
        signed.authorization(),
        KEY,
        "somepassword",
        "01234567",
        "76543210",
    ] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
    assert!(shown.contains("last_name") && shown.contains("ST01-00101-701"));
}

#[test]
fn credentials_are_the_ids_and_the_hash_key_unless_others_are_given() {
    let usual = seal(&small()).unwrap();
    // base64 of 99999001:samplehashkeysamplehashkeysamplehashkey0
    let expected = "Basic OTk5OTkwMDE6c2FtcGxlaGFzaGtleXNhbXBsZWhhc2hrZXlzYW1wbGVoYXNoa2V5MA==";
    assert_eq!(usual.authorization(), expected);
    let own = plain().with_basic("u", "p").unwrap();
    let own = small().seal(&own, at("20300101120000")).unwrap();
    assert_eq!(own.authorization(), "Basic dTpw");
    for (user, password, field) in [
        ("", "p", "basic_user"),
        ("a:b", "p", "basic_user"),
        ("u", "", "basic_password"),
        ("u", "p\r\nX-Injected: 1", "basic_password"),
    ] {
        let error = plain().with_basic(user, password).unwrap_err();
        assert_eq!(error.field_name(), Some(field));
    }
}

#[test]
fn every_rule_names_its_field() {
    let new = || Message::new(function("ST01-00101-701"));
    let many: Vec<DetailRow> = (0..1000)
        .map(|_| DetailRow::new("i", "n", Yen::new(1)))
        .collect();
    let free = [DetailRow::new("i", "n", Yen::new(1)).with_free("x", "", "")];
    let cases: Vec<(Message, &str, &str)> = vec![
        (
            new().digits("amount", "12345678", 7),
            "amount",
            "invalid_value",
        ),
        (new().digits("amount", "-1", 7), "amount", "invalid_value"),
        (new().digits("amount", "１", 7), "amount", "invalid_value"),
        (new().digits("amount", " 1", 7), "amount", "invalid_value"),
        (
            new().exactly("tracking_id", "0000000000001", 14),
            "tracking_id",
            "invalid_value",
        ),
        (
            new().single("cust_code", "a".repeat(65), 64),
            "cust_code",
            "invalid_value",
        ),
        (
            new().single("cust_code", "ｱ", 64),
            "cust_code",
            "invalid_value",
        ),
        (
            new().single("cust_code", "a\tb", 64),
            "cust_code",
            "invalid_value",
        ),
        (
            new().single("cust_code", "a ", 64),
            "cust_code",
            "invalid_value",
        ),
        (
            new().single("cust_code", " ", 64),
            "cust_code",
            "invalid_value",
        ),
        (
            new().multi("item_name", "あ".repeat(21), 40),
            "item_name",
            "invalid_value",
        ),
        (
            new().multi("item_name", " あ", 40),
            "item_name",
            "invalid_value",
        ),
        (
            new().multi("item_name", "あ\n", 40),
            "item_name",
            "not_encodable",
        ),
        (
            new().multi("item_name", "10〜20", 40),
            "item_name",
            "not_encodable",
        ),
        (
            new().multi("item_name", "😀", 40),
            "item_name",
            "not_encodable",
        ),
        (
            new().single("merchant_id", "00000", 5),
            "merchant_id",
            "invalid_value",
        ),
        (
            new().single("sps_hashcode", "0", 40),
            "sps_hashcode",
            "invalid_value",
        ),
        (new().single("", "0", 40), "tag", "invalid_value"),
        (new().single("a b", "0", 40), "tag", "invalid_value"),
        (new().single("x><y", "0", 40), "tag", "invalid_value"),
        (new().single("1a", "0", 40), "tag", "invalid_value"),
        (
            new().single("a", "0", 4).single("a", "1", 4),
            "a",
            "duplicate_field",
        ),
        (new().require("order_id"), "order_id", "missing_field"),
        (
            new().single("order_id", "", 38).require("order_id"),
            "order_id",
            "missing_field",
        ),
        (
            new()
                .group("pay_option_manage", |g| g)
                .require("pay_option_manage/amount"),
            "pay_option_manage/amount",
            "missing_field",
        ),
        (
            new().group("a", |g| {
                g.group("b", |g| {
                    g.group("c", |g| {
                        g.group("d", |g| g.group("e", |g| g.digits("f", 1u8, 1)))
                    })
                })
            }),
            "e",
            "invalid_value",
        ),
        (new().dtls(&many), "dtls", "too_large"),
        (new().dtls(&free), "dtl_free1", "invalid_value"),
        (
            new().group("dtls", |g| g.group("other", |g| g.digits("a", 1u8, 1))),
            "other",
            "invalid_value",
        ),
    ];
    for (message, field, code) in cases {
        let error = seal(&message).unwrap_err();
        assert_eq!(
            (error.field_name(), error.code()),
            (Some(field), code),
            "{error}"
        );
    }
}

#[test]
fn the_longest_values_pass() {
    let message = Message::new(function("ST01-00101-701"))
        .single("cust_code", "a".repeat(64), 64)
        .multi("item_name", "あ".repeat(20), 40)
        .digits("amount", 9_999_999u64, 7)
        .dtls(
            &(0..999)
                .map(|_| DetailRow::new("i", "n", Yen::new(1)))
                .collect::<Vec<_>>(),
        );
    let signed = seal(&message).unwrap();
    assert_eq!(
        tree(signed.body()).child("dtls").unwrap().children().len(),
        999
    );
}

#[test]
fn what_is_absent_is_left_out() {
    let message = Message::new(function("ST02-00201-101"))
        .single("sps_transaction_id", None::<&str>, 32)
        .exactly("tracking_id", "00000000000001", 14)
        .group("pay_option_manage", |g| g.digits("amount", None::<Yen>, 7))
        .dtls(&[]);
    let root = tree(seal(&message).unwrap().body());
    let names: Vec<_> = root.children().iter().map(|e| e.name()).collect();
    assert_eq!(
        names,
        [
            "merchant_id",
            "service_id",
            "tracking_id",
            "request_date",
            "limit_second",
            "sps_hashcode"
        ]
    );
}

#[test]
fn the_policy_replaces_before_hash_and_length() {
    let message = Message::new(function("ST01-00101-701")).multi("item_name", "10〜20", 6);
    let policy = TextPolicy::Replace(vec![Replacement::WaveDash]);
    let replaced = message
        .seal(&plain().with_text(policy), at("20300101120000"))
        .unwrap();
    let same = Message::new(function("ST01-00101-701")).multi("item_name", "10～20", 6);
    assert_eq!(replaced.hash(), seal(&same).unwrap().hash());
    assert_eq!(replaced.body(), seal(&same).unwrap().body());
}

#[test]
fn values_are_found_by_path() {
    let message = small();
    assert_eq!(message.value("amount"), Some("1500"));
    assert_eq!(message.value("pay_method_info/first_zip"), Some("100"));
    assert_eq!(message.value("pay_method_info"), None);
    assert_eq!(message.value("pay_method_info/none"), None);
}

#[test]
fn encryption_hides_secret_leaves_only() {
    let clear = seal(&small()).unwrap();
    let sealed = small().seal(&encrypting(), at("20300101120000")).unwrap();
    let (clear, sealed) = (tree(clear.body()), tree(sealed.body()));
    for same in ["cust_code", "item_name", "amount", "request_date"] {
        assert_eq!(clear.at(same), sealed.at(same));
    }
    for (other, bytes) in [
        ("last_name", &b"\x8e\x52\x93\x63"[..]),
        ("first_zip", b"100"),
    ] {
        let path = format!("pay_method_info/{other}");
        assert_ne!(clear.at(&path), sealed.at(&path));
        let text = sealed.at(&path).unwrap().text();
        assert_eq!(tdes().decrypt(other, text, 20).unwrap(), bytes);
    }
    assert_eq!(clear.at("encrypted_flg").unwrap().text(), "0");
    assert_eq!(sealed.at("encrypted_flg").unwrap().text(), "1");
}

prop_compose! {
    fn any_message()(
        cust in "[!-~]([ -~]{0,62}[!-~])?",
        name in "([!-~ぁ-んァ-ヶ亜漢字能表予十腕髙①]|\u{3000}){1,10}",
        amount in 1..10_000_000u64,
        last in "[ぁ-ん]{0,10}",
        rows in prop::collection::vec(("[0-9a-z]{1,20}", "[ァ-ヶ]{1,20}", 0..10_000_000u64), 0..4),
        order in prop::option::of("[0-9A-Za-z_-]{1,38}"),
    ) -> Message {
        let rows: Vec<_> = rows.into_iter().map(|(i, n, a)| DetailRow::new(i, n, Yen::new(a))).collect();
        Message::new(FunctionId::parse("ST01-00101-900").unwrap())
            .single("cust_code", cust, 64)
            .single("order_id", order, 38)
            .multi("item_name", name, 40)
            .digits("amount", amount, 7)
            .dtls(&rows)
            .secret_group("pay_method_info", |g| g.multi("last_name", last, 20))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn sealed_again_only_date_limit_and_hash_differ(
        message in any_message(), first in 0..4_000_000_000i64, later in 1..100_000_000i64,
        limit in 1..=9999u16, encrypts in any::<bool>(), stored in any::<bool>()
    ) {
        let context = if encrypts { encrypting() } else { plain() };
        let one = message.seal(&context, Timestamp::from_unix(first)).unwrap();
        let again = if stored {
            serde_json::from_str(&serde_json::to_string(&message).unwrap()).unwrap()
        } else {
            message
        };
        let context = context.with_limit(Some(LimitSeconds::new(limit).unwrap()));
        let two = again.seal(&context, Timestamp::from_unix(first + later)).unwrap();
        let without = |signed: &SignedMessage| {
            let root = tree(signed.body());
            let changing = ["request_date", "limit_second", "sps_hashcode"];
            root.children().iter().filter(|e| !changing.contains(&e.name())).cloned().collect::<Vec<_>>()
        };
        prop_assert_eq!(without(&one), without(&two));
        prop_assert_ne!(one.hash(), two.hash());
    }

    #[test]
    fn the_hash_is_the_one_that_another_reading_computes(message in any_message(), encrypts in any::<bool>()) {
        let context = if encrypts { encrypting() } else { plain() };
        let signed = message.seal(&context, Timestamp::from_unix(0)).unwrap();
        prop_assert_eq!(signed.hash(), hash_of(&tree(signed.body()), encrypts));
    }

    #[test]
    fn no_value_reaches_the_wire_changed(value in any::<String>(), secret in any::<bool>()) {
        let message = Message::new(FunctionId::parse("ST01-00101-900").unwrap());
        let message = if secret {
            message.secret_group("pay_method_info", |g| g.multi("last_name", &value, 10_000))
        } else {
            message.multi("last_name", &value, 10_000)
        };
        if let Ok(signed) = message.seal(&encrypting(), Timestamp::from_unix(0)) {
            let root = tree(signed.body());
            let at = if secret { "pay_method_info/last_name" } else { "last_name" };
            let wire = root.at(at).map(|e| e.text()).unwrap_or_default();
            let sjis = if secret {
                tdes().decrypt("last_name", wire, 100_000).unwrap()
            } else {
                use base64::Engine as _;
                base64::engine::general_purpose::STANDARD.decode(wire).unwrap()
            };
            let (read, _, broken) = encoding_rs::SHIFT_JIS.decode(&sjis);
            prop_assert!(!broken);
            prop_assert_eq!(read, value);
        }
    }
}

#[test]
fn another_key_gives_another_hash_and_the_same_fields() {
    let other = ApiContext::new(
        plain().id().clone(),
        HashKey::new("anotherhashkeyanotherhashkeyanotherhash0").unwrap(),
    );
    let (one, two) = (
        seal(&small()).unwrap(),
        small().seal(&other, at("20300101120000")).unwrap(),
    );
    assert_ne!(one.hash(), two.hash());
    assert_eq!(one.body().len(), two.body().len());
}

#[test]
fn what_is_journaled_of_a_call_has_all_names_and_no_secrets() {
    let message = Message::new(FunctionId::parse("ST01-00131-101").unwrap())
        .single("cust_code", "S-customer", 64)
        .single("order_id", "O-1", 38)
        .digits("amount", 300u64, 7)
        .multi("free1", "S-free", 20)
        .secret_group("pay_method_info", |g| {
            g.multi("last_name", "S-name", 20).digits("tax", "7", 2)
        })
        .group("pay_option_manage", |g| {
            g.single("token", "S-token", 200)
                .single("token_key", "S-key", 200)
        });
    let kept = serde_json::to_string(&message.without_secrets()).unwrap();
    assert!(!kept.contains("S-"), "{kept}");
    assert!(!kept.contains("\"7\""), "{kept}");
    let names = [
        "cust_code",
        "order_id",
        "amount",
        "free1",
        "last_name",
        "tax",
        "token",
        "token_key",
    ];
    let places: Vec<_> = names
        .iter()
        .map(|name| kept.find(&format!("\"{name}\"")).unwrap())
        .collect();
    assert!(places.is_sorted(), "{kept}");
    assert!(kept.contains("O-1") && kept.contains("300"), "{kept}");
}

#[test]
fn a_card_number_is_never_sent() {
    for name in ["cc_number", "cc_expiration", "security_code"] {
        let function = FunctionId::parse("ST01-00111-101").unwrap();
        let inside = Message::new(function)
            .single("order_id", "O-1", 38)
            .secret_group("pay_method_info", |g| g.single(name, "4111", 20));
        let outside = Message::new(function).single(name, "4111", 20);
        for message in [inside, outside] {
            let error = seal(&message).unwrap_err();
            assert_eq!(
                (error.code(), error.field_name()),
                ("invalid_value", Some(name))
            );
            assert!(!format!("{error} {error:?}").contains("4111"));
        }
    }
}
