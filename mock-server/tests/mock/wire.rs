//! The mock's own hash and form code against the known answers.

use netmile_mock::{
    link::{fields::Function, request::Request},
    wire::{
        form::{self, Bounds, Fields, FormError},
        hash::{self, Charset},
        sjis,
    },
};
use proptest::prelude::*;
use sha1::{Digest as _, Sha1};

#[derive(serde::Deserialize)]
struct Vectors {
    key: String,
    vectors: Vec<Vector>,
}

#[derive(serde::Deserialize)]
struct Vector {
    id: String,
    message: String,
    charset: String,
    upper: bool,
    fields: Fields,
    digest: String,
}

fn vectors() -> Vectors {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/link.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_known_answers_come_out() {
    let known = vectors();
    assert!(known.vectors.len() >= 12);
    for vector in &known.vectors {
        let charset = match vector.charset.as_str() {
            "utf-8" => Charset::Utf8,
            "shift_jis" => Charset::ShiftJis,
            other => panic!("{other}"),
        };
        if vector.id == "V12" {
            // Made by an encoder that writes NEC's code for 髙; browsers and Windows write IBM's.
            assert_eq!(nec_digest(vector, &known.key), vector.digest);
            continue;
        }
        let values = vector.fields.iter().map(|(_, v)| v.as_str());
        let digest = hash::digest(values, &known.key, charset).unwrap();
        assert!(hash::same(&digest, &vector.digest), "{}", vector.id);
        let cased = if vector.upper {
            digest.to_uppercase()
        } else {
            digest.clone()
        };
        assert_eq!(cased, vector.digest, "{}", vector.id);
        let mut other = digest.into_bytes();
        other[39] ^= 1;
        assert!(!hash::same(
            &String::from_utf8(other).unwrap(),
            &vector.digest
        ));
    }
}

/// V12 with the one character in which its encoder differs put in by hand.
fn nec_digest(vector: &Vector, key: &str) -> String {
    let text: String = vector.fields.iter().map(|(_, v)| v.as_str()).collect();
    let ours = sjis::encode(&format!("{text}{key}")).unwrap();
    let at = ours
        .windows(2)
        .position(|pair| pair == [0xfb, 0xfc])
        .expect("IBM's code for 髙");
    let mut bytes = ours;
    bytes.splice(at..at + 2, [0xee, 0xe0]);
    assert!(sjis::decode(&bytes).unwrap().contains('髙'));
    Sha1::digest(&bytes)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

/// The request tables put the fields where the vectors have them, whatever their wire order.
#[test]
fn requests_are_sorted_into_the_order_of_the_known_answers() {
    let known = vectors();
    let mut seen = 0;
    for vector in &known.vectors {
        let function = match vector.message.as_str() {
            "A01-1" => Function::Purchase,
            "B01-1" => Function::Customer,
            "D01-1" => Function::Recurring,
            _ => continue,
        };
        seen += 1;
        let (rows, mut rest): (Fields, Fields) = vector
            .fields
            .iter()
            .cloned()
            .partition(|(n, _)| n.starts_with("dtl_"));
        rest.reverse();
        rest.extend(rows);
        let body = form::encode(&rest).unwrap();
        let parsed = form::parse(&body, Bounds::default()).unwrap();
        let (request, odd) = Request::sort(function, &parsed);
        assert!(
            odd.unknown.is_empty() && odd.repeated.is_empty(),
            "{}",
            vector.id
        );
        assert_eq!(
            request.expected_hash(&known.key).unwrap(),
            vector.digest,
            "{}",
            vector.id
        );
    }
    assert!(seen >= 4, "A01-1, A01-1 with rows, B01-1, D01-1");
}

#[test]
fn broken_forms_are_refused_by_their_rule() {
    let parse = |body: &[u8]| {
        form::parse(
            body,
            Bounds {
                bytes: 64,
                fields: 3,
            },
        )
    };
    assert_eq!(parse(b"a=%8"), Err(FormError::Percent { index: 0 }));
    assert_eq!(parse(b"a=1&b=%zz"), Err(FormError::Percent { index: 1 }));
    assert_eq!(
        parse(b"a=%83"),
        Err(FormError::NotShiftJis {
            field: "a".to_owned()
        })
    );
    assert_eq!(parse(b"a&b&c&d"), Err(FormError::TooMany { limit: 3 }));
    assert_eq!(
        parse(&[b'a'; 65]),
        Err(FormError::TooLarge {
            actual: 65,
            limit: 64
        })
    );
    assert_eq!(
        form::encode(&[("item_name", "😀")]),
        Err(FormError::Unencodable {
            name: "item_name".to_owned()
        })
    );
    assert_eq!(
        parse(b"a=+%2B&&b").unwrap(),
        [
            ("a".to_owned(), " +".to_owned()),
            ("b".to_owned(), String::new())
        ]
    );
}

fn text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a", "Z", "0", " ", "&", "=", "%", "+", "<", "\"", "表", "ソ", "①", "髙", "～", "ー", "ｱ",
        "―", "\u{7f}", "\n", "\u{0}",
    ]);
    prop::collection::vec(pieces, 0..12).prop_map(|p| p.concat())
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(body in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = form::parse(&body, Bounds::default());
        let _ = form::parse_utf8(&body, Bounds::default());
    }

    #[test]
    fn what_is_encoded_decodes_to_itself(
        fields in prop::collection::vec(("[a-z_]{1,8}", text()), 0..8)
    ) {
        let body = form::encode(&fields).unwrap();
        prop_assert!(body.is_ascii());
        prop_assert_eq!(form::parse(&body, Bounds::default()).unwrap(), fields);
    }
}
