use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::error::{ErrorKind, Result};
use crate::operation::{HttpMethod, HttpResponse, Operation, Read, Verdict};
use crate::time::Timestamp;
use crate::wire::signature::Canonical;

const SECRET: &str = "TESTSITESECRET0123456789abcdef0123456789";

fn site(base: &str) -> Result<Site> {
    Site::new("8763", "K1", SiteSecret::new(SECRET)?, base)
}

/// Asks for anything, and reads its `value`.
struct Probe(Draft);

impl Function for Probe {
    const KIND: &'static str = "probe";
    type Answer = String;
    type Effect = Read;

    fn draft(&self) -> Result<Draft> {
        Ok(self.0.clone())
    }

    fn read(&self, answer: &Object<'_>) -> Result<String> {
        Ok(answer.text("value", 10)?.to_owned())
    }
}

fn probe() -> Signed<Probe> {
    let site = Arc::new(site("https://miles.example").unwrap());
    Signed::new(site, Probe(Draft::get(&["probe"])), Nonces::new(1))
}

fn said(status: u16, body: &[u8]) -> Result<Verdict<String>> {
    probe().decode(&HttpResponse {
        status,
        content_type: None,
        body: body.to_vec(),
    })
}

#[test]
fn plain_http_goes_to_the_loopback_only() {
    for (base, fits) in [
        ("https://miles.example", true),
        ("https://miles.example/api/", true),
        ("http://127.0.0.1:8080", true),
        ("http://miles.example", false),
        ("https://miles.example?x=1", false),
        ("https://miles.example/%2e", false),
        ("https://é.example", false),
        ("", false),
    ] {
        assert_eq!(site(base).is_ok(), fits, "{base}");
    }
}

#[test]
fn secrets_are_long_and_are_not_printed() {
    for bad in [
        "",
        "short",
        &"x".repeat(31),
        &"x".repeat(257),
        &format!("{SECRET}\n"),
    ] {
        let error = SiteSecret::new(bad).unwrap_err();
        assert_eq!(error.field_name(), Some("secret"));
        assert!(bad.is_empty() || !error.to_string().contains(bad));
    }
    let printed = format!("{:?} {:?}", site("https://miles.example").unwrap(), probe());
    assert!(!printed.contains(SECRET));
    let member = UserId::new("NM10000001").unwrap();
    assert_eq!(
        format!("{member:?} {member}"),
        "UserId(redacted) NM10000001"
    );
}

#[test]
fn what_is_signed_is_what_is_sent() {
    let site = site("https://miles.example/api").unwrap();
    let draft = Draft::get(&["campaigns", "4/6", "history"])
        .with("to", "2026-11-20T13")
        .with("from", "あ&=")
        .with_some("page", Some(2))
        .with_some("key", None::<&str>);
    let at = Timestamp::from_unix(1_700_000_000);
    let sent = draft.sign(&site, "probe", at, "0123456789abcdef").unwrap();
    assert_eq!(
        sent.http.url,
        "https://miles.example/api/v1/campaigns/4%2F6/history?to=2026-11-20T13&from=%E3%81%82%26%3D&page=2"
    );
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let canonical = Canonical {
        method: "GET",
        path: "/api/v1/campaigns/4%2F6/history",
        query: &[
            pair("from", "%E3%81%82%26%3D"),
            pair("page", "2"),
            pair("to", "2026-11-20T13"),
        ],
        timestamp: 1_700_000_000,
        nonce: "0123456789abcdef",
        body: b"",
    };
    let signature = ("x-signature".to_owned(), canonical.sign(SECRET.as_bytes()));
    assert!(sent.http.headers.contains(&signature));
    assert_eq!(
        (sent.http.method, sent.lane.as_str()),
        (HttpMethod::Get, "miles/8763")
    );
    assert!(sent.http.body.is_empty());
}

#[test]
fn each_send_has_a_nonce_of_its_own() {
    let probe = probe();
    let at = Timestamp::from_unix(1_700_000_000);
    let nonce = || {
        let headers = probe.encode(at).unwrap().http.headers;
        headers
            .into_iter()
            .find(|(name, _)| name == "x-nonce")
            .unwrap()
            .1
    };
    let nonces: std::collections::BTreeSet<_> = (0..100).map(|_| nonce()).collect();
    assert_eq!(nonces.len(), 100);
    let fits = |nonce: &String| {
        (16..=64).contains(&nonce.len()) && nonce.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    assert!(nonces.iter().all(fits));
}

#[test]
fn a_body_that_no_server_takes_is_not_sent() {
    let site = site("https://miles.example").unwrap();
    let body = json!({ "csv": "x".repeat(MAX_BODY_BYTES) });
    let at = Timestamp::from_unix(0);
    let error = Draft::post(&["x"], body)
        .sign(&site, "probe", at, "n")
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
}

#[test]
fn fields_are_named_by_their_path_and_values_are_never_shown() {
    let body = br#"{"a":{"b":[{"c":"SECRET"},{"c":7}]},"n":-1,"t":"2026-11-22T12:00:00+09:00","d":"SECRET"}"#;
    let object = Object::parse(body).unwrap();
    let inner = object.object("a").unwrap();
    let list = inner.objects("b", 2).unwrap();
    assert_eq!(list[0].text("c", 6).unwrap(), "SECRET");
    assert_eq!(object.signed("n").unwrap(), -1);
    assert_eq!(object.instant("t").unwrap().as_unix(), 1_795_316_400);
    for (error, field) in [
        (list[1].text("c", 9).unwrap_err(), "a.b[1].c"),
        (list[0].text("c", 5).unwrap_err(), "a.b[0].c"),
        (list[0].number("c").unwrap_err(), "a.b[0].c"),
        (list[0].flag("c").unwrap_err(), "a.b[0].c"),
        (list[0].object("x").unwrap_err(), "a.b[0].x"),
        (inner.objects("b", 1).unwrap_err(), "a.b"),
        (object.number("n").unwrap_err(), "n"),
        (object.day("d").unwrap_err(), "d"),
        (object.instant("d").unwrap_err(), "d"),
        (object.require("d", "x").unwrap_err(), "d"),
    ] {
        assert_eq!(error.field_name(), Some(field));
        assert!(!format!("{error} {error:?} {object:?}").contains("SECRET"));
    }
    let error = Object::parse(br#"{"a":"SECRET",}"#).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("SECRET"));
}

#[test]
fn what_stands_twice_is_refused_at_every_depth() {
    for body in [
        r#"{"a":1,"a":1}"#,
        r#"{"b":{"a":1,"a":2}}"#,
        r#"{"b":[{"a":1,"a":2}]}"#,
    ] {
        let error = Object::parse(body.as_bytes()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Malformed);
    }
}

#[test]
fn sizes_have_bounds() {
    let many = format!("{{\"a\":[{}0]}}", "0,".repeat(20_000));
    assert!(Object::parse(many.as_bytes()).is_err());
    let fields: Vec<String> = (0..101).map(|n| format!("\"f{n}\":0")).collect();
    assert!(Object::parse(format!("{{{}}}", fields.join(",")).as_bytes()).is_err());
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(200), "]".repeat(200));
    assert!(Object::parse(deep.as_bytes()).is_err());
    let long = [b"{}".as_slice(), &vec![b' '; MAX_ANSWER_BYTES]].concat();
    assert_eq!(
        Object::parse(&long).unwrap_err().kind(),
        ErrorKind::TooLarge
    );
}

/// Any JSON.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 30, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,3}", inner, 0..5)
                .prop_map(|map| map.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn every_object_can_be_read(fields in prop::collection::btree_map("[a-z]{1,3}", any_json(), 0..6)) {
        let body: Value = fields.clone().into_iter().collect();
        let object = Object::parse(body.to_string().as_bytes()).unwrap();
        for (name, value) in &fields {
            match value {
                Value::String(text) => prop_assert_eq!(object.text(name, 10_000).unwrap(), text),
                Value::Bool(flag) => prop_assert_eq!(object.flag(name).unwrap(), *flag),
                Value::Number(number) if number.is_u64() => {
                    prop_assert_eq!(Some(object.number(name).unwrap()), number.as_u64());
                }
                Value::Number(number) if number.is_i64() => {
                    prop_assert_eq!(Some(object.signed(name).unwrap()), number.as_i64());
                }
                Value::Number(_) => prop_assert!(object.number(name).is_err()),
                Value::Null => prop_assert!(object.optional_text(name, 1).unwrap().is_none()),
                Value::Array(_) | Value::Object(_) => prop_assert!(object.text(name, 1).is_err()),
            }
        }
    }

    #[test]
    fn no_bytes_panic_and_none_are_taken_for_an_answer(status: u16, body in prop::collection::vec(any::<u8>(), 0..100)) {
        prop_assert!(said(status, &body).is_err());
    }

    #[test]
    fn a_refusal_is_believed_only_where_status_and_table_agree(
        status in prop::sample::select(vec![200_u16, 400, 401, 403, 404, 409, 410, 413, 422]),
        table in prop::sample::select(vec!["api", "manual", "automatic", "file", "x"]),
        code in prop::sample::select(vec!["44038", "bad_signature", "unknown_key", "stale", "not here"]),
    ) {
        let body = json!({ "result": "error", "table": table, "code": code, "value": "x" });
        let verdict = said(status, body.to_string().as_bytes());
        let named = code != "not here";
        let of_rules = matches!(table, "manual" | "automatic" | "file");
        let rejected = match status {
            200 => false,
            422 => of_rules && named,
            401 => table == "api" && matches!(code, "bad_signature" | "unknown_key"),
            _ => table == "api" && named,
        };
        prop_assert_eq!(matches!(verdict, Ok(Verdict::Rejected(_))), rejected);
        prop_assert!(!matches!(verdict, Ok(Verdict::Done(_))));
    }

    #[test]
    fn days_read_back(days in -30_000..30_000_i32) {
        let date = jiff::civil::date(2026, 1, 1) + jiff::Span::new().days(days);
        let day = Day::from(date);
        prop_assert_eq!(day.to_string().parse::<Day>().unwrap(), day);
    }

    #[test]
    fn no_mail_panics_and_what_is_taken_is_safe(text: String) {
        if let Ok(mail) = Mail::new(text.clone()) {
            prop_assert_eq!(mail.expose(), text);
            prop_assert!(mail.expose().bytes().all(|b| b.is_ascii_graphic() && b != b',' && b != b'"'));
        }
    }
}
