use super::*;
use crate::api::{ApiContext, FunctionId, Message};
use crate::contract::ContractId;
use crate::time::Timestamp;
use sha1::{Digest as _, Sha1};

const KEY: &str = "TESTHASHKEY0123456789abcdef0123456789abc";

fn tdes() -> TdesKey {
    TdesKey::new("0123456789abcdef01234567", "76543210").unwrap()
}

fn message(tdes: Option<TdesKey>) -> String {
    let id = ContractId::new("99999", "001").unwrap();
    let context = ApiContext::new(id, HashKey::new(KEY).unwrap());
    let context = match tdes {
        Some(key) => context.with_encryption(key),
        None => context,
    };
    let message = Message::new(FunctionId::parse("ST01-00101-701").unwrap())
        .single("order_id", "ORDER-1", 38)
        .multi("item_name", "しおり", 40)
        .digits("amount", 300_u32, 7)
        .secret_group("pay_method_info", |g| {
            g.multi("last_name", "山田", 20)
                .digits("tel", "0312345678", 11)
        });
    let at = Timestamp::parse_jst("20261122100000").unwrap();
    let sealed = message.seal(&context, at).unwrap();
    String::from_utf8(sealed.into_body()).unwrap()
}

/// The plain values in the order of the hash.
const PLAIN: [&str; 10] = [
    "99999",
    "001",
    "ORDER-1",
    "しおり",
    "300",
    "山田",
    "0312345678",
    "FLAG",
    "20261122100000",
    "600",
];

fn sha(parts: &[Vec<u8>]) -> String {
    let digest = Sha1::digest(parts.concat());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn sjis(text: &str) -> Vec<u8> {
    encode("test", text, &TextPolicy::Cp932)
        .unwrap()
        .sjis()
        .to_vec()
}

fn values(flag: &str) -> Vec<Vec<u8>> {
    let value = |text: &&str| sjis(if *text == "FLAG" { flag } else { text });
    PLAIN.iter().map(value).collect()
}

fn explain(xml: &str, tdes: Option<&TdesKey>, claimed: Option<&str>) -> ApiHashExplanation {
    let key = HashKey::new(KEY).unwrap();
    let other = HashKey::new("another0key0of0another0service0000000000").unwrap();
    explain_api_hash(&ApiHashQuestion {
        xml: xml.as_bytes(),
        key: &key,
        other_keys: &[("service 002".to_owned(), other)],
        tdes,
        claimed,
    })
    .unwrap()
}

#[test]
fn a_sealed_message_is_right_and_its_order_is_told() {
    let key = tdes();
    for (tdes, flag) in [(None, "0"), (Some(&key), "1")] {
        let xml = message(tdes.cloned());
        let told = explain(&xml, tdes, None);
        assert_eq!(told.verdict, ApiHashVerdict::Correct, "{xml}");
        assert_eq!(told.function.as_deref(), Some("ST01-00101-701"));
        let paths: Vec<_> = told.fields.iter().map(|f| f.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "merchant_id",
                "service_id",
                "order_id",
                "item_name",
                "amount",
                "pay_method_info/last_name",
                "pay_method_info/tel",
                "encrypted_flg",
                "request_date",
                "limit_second",
            ]
        );
        let forms: Vec<_> = told.fields.iter().map(|f| f.form).collect();
        let secret = if tdes.is_some() {
            WireForm::Encrypted
        } else {
            WireForm::Base64
        };
        assert_eq!((forms[3], forms[5]), (WireForm::Base64, secret));
        // Its own hash, computed here from the values alone.
        let mut parts = values(flag);
        let bytes: Vec<_> = parts.iter().map(Vec::len).collect();
        assert_eq!(
            told.fields.iter().map(|f| f.bytes).collect::<Vec<_>>(),
            bytes
        );
        parts.push(KEY.into());
        assert_eq!(
            explain(&xml, tdes, Some(&sha(&parts).to_uppercase())).verdict,
            ApiHashVerdict::Correct
        );
    }
}

#[test]
fn each_mistake_is_named() {
    let key = tdes();
    let secret = message(Some(key.clone()));
    let plain = message(None);
    let at = |xml: &str, tag: &str| {
        let from = xml.find(&format!("<{tag}>")).unwrap() + tag.len() + 2;
        xml[from..].split('<').next().unwrap().as_bytes().to_vec()
    };
    type Change<'a> = Box<dyn Fn(&mut Vec<Vec<u8>>) + 'a>;
    let append = || -> Change<'_> { Box::new(|parts| parts.push(KEY.into())) };
    let table: Vec<(&str, Option<&str>, bool, Vec<Change<'_>>)> = vec![
        (
            "charset_utf8",
            None,
            false,
            vec![
                Box::new(|p| {
                    p[3] = "しおり".into();
                    p[5] = "山田".into();
                }),
                append(),
            ],
        ),
        (
            "base64_hashed",
            None,
            false,
            vec![
                Box::new(|p| {
                    p[3] = at(&plain, "item_name");
                    p[5] = at(&plain, "last_name");
                }),
                append(),
            ],
        ),
        (
            "encrypted_hashed",
            None,
            true,
            vec![
                Box::new(|p| {
                    p[5] = at(&secret, "last_name");
                    p[6] = at(&secret, "tel");
                }),
                append(),
            ],
        ),
        (
            "wire_hashed",
            None,
            true,
            vec![
                Box::new(|p| {
                    p[3] = at(&secret, "item_name");
                    p[5] = at(&secret, "last_name");
                    p[6] = at(&secret, "tel");
                }),
                append(),
            ],
        ),
        ("key_missing", None, false, vec![]),
        (
            "key_front",
            None,
            false,
            vec![Box::new(|p| p.insert(0, KEY.into()))],
        ),
        (
            "key_of_other_service",
            Some("service 002"),
            false,
            vec![Box::new(|p| {
                p.push("another0key0of0another0service0000000000".into());
            })],
        ),
        (
            "field_missing",
            Some("limit_second"),
            false,
            vec![
                Box::new(|p| {
                    p.remove(9);
                }),
                append(),
            ],
        ),
        (
            "order_swapped",
            Some("item_name"),
            false,
            vec![Box::new(|p| p.swap(3, 4)), append()],
        ),
        (
            "groups_last",
            None,
            false,
            vec![
                Box::new(|p| {
                    let group: Vec<_> = p.drain(5..7).collect();
                    p.extend(group);
                }),
                append(),
            ],
        ),
    ];
    for (id, about, encrypted, changes) in table {
        let (xml, tdes, flag) = if encrypted {
            (&secret, Some(&key), "1")
        } else {
            (&plain, None, "0")
        };
        let mut parts = values(flag);
        for change in changes {
            change(&mut parts);
        }
        let told = explain(xml, tdes, Some(&sha(&parts)));
        let about = about.map(str::to_owned);
        let fault = ApiHashFault { id, about };
        assert_eq!(
            told.verdict,
            ApiHashVerdict::Recipe(vec![fault.clone()]),
            "{id}"
        );
        for lang in [Lang::En, Lang::Ja] {
            let text = told.verdict.text(lang);
            assert!(
                !text.is_empty() && !text.contains('{') && !text.contains(KEY),
                "{text}"
            );
        }
    }
}

#[test]
fn two_mistakes_are_named_both() {
    let xml = message(None);
    let mut parts = values("0");
    parts[3] = "しおり".into();
    parts[5] = "山田".into();
    let told = explain(&xml, None, Some(&sha(&parts)));
    let ApiHashVerdict::Recipe(faults) = told.verdict else {
        panic!("{told:?}");
    };
    let ids: Vec<_> = faults.iter().map(|fault| fault.id).collect();
    assert_eq!(ids, ["charset_utf8", "key_missing"]);
}

#[test]
fn spaces_that_are_hashed_are_seen() {
    let xml = message(None).replace("<order_id>ORDER-1", "<order_id>ORDER-1 ");
    let mut parts = values("0");
    parts[2] = b"ORDER-1 ".to_vec();
    parts.push(KEY.into());
    let told = explain(&xml, None, Some(&sha(&parts)));
    let ApiHashVerdict::Recipe(faults) = told.verdict else {
        panic!("{told:?}");
    };
    assert_eq!(faults[0].id, "not_trimmed");
}

#[test]
fn what_cannot_be_explained_is_said() {
    let xml = message(None);
    let verdict = |claimed| explain(&xml, None, Some(claimed)).verdict;
    assert_eq!(verdict("0123"), ApiHashVerdict::NotAHash);
    assert_eq!(verdict(&"0".repeat(40)), ApiHashVerdict::NoKnownRecipe);
    let key = HashKey::new(KEY).unwrap();
    let error = |xml: &str| {
        let question = ApiHashQuestion {
            xml: xml.as_bytes(),
            key: &key,
            other_keys: &[],
            tdes: None,
            claimed: None,
        };
        explain_api_hash(&question).unwrap_err().kind()
    };
    assert_eq!(error("merchant_id=99999"), ErrorKind::Malformed);
    assert_eq!(error("<sps-api-response/>"), ErrorKind::Malformed);
    assert_eq!(
        error("<sps-api-request><a>1</a></sps-api-request>"),
        ErrorKind::MissingField
    );
    assert_eq!(error(&message(Some(tdes()))), ErrorKind::Configuration);
    assert_eq!(
        error(
            "<sps-api-request><item_name>?</item_name><sps_hashcode>0</sps_hashcode></sps-api-request>"
        ),
        ErrorKind::Malformed
    );
}

#[test]
fn every_text_is_in_both_languages() {
    for (id, en, ja) in wording::TEXTS {
        assert!(en.is_ascii() && en.ends_with('.'), "{id}");
        assert!(!ja.is_ascii() && ja.ends_with('。'), "{id}");
    }
}
