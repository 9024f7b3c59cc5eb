//! The known answers that the SDK is tested with too; neither side computed them.

use netmile_mock::{
    Scenario,
    api::{ApiNotice, ApiRequest, Book, Config, Hidden, NoticeStyle, Purse},
    clock,
    wire::{sjis, tdes::Tdes},
};
use serde_json::Value;

use crate::common::{Message, sjis as bytes, tag, text};

fn vectors() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/api.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn str(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn config(vectors: &Value) -> Config {
    let mut scenario = Scenario::demo();
    let merchant = &mut scenario.merchants[0];
    merchant.hash_key = str(&vectors["hash_key"]).to_owned();
    merchant.api.tdes_key = Some(str(&vectors["tdes_key"]).to_owned());
    merchant.api.tdes_iv = Some(str(&vectors["tdes_iv"]).to_owned());
    Config::from(&scenario)
}

#[test]
fn values_are_encrypted_and_decrypted_alike() {
    let all = vectors();
    let tdes = Tdes::new(str(&all["tdes_key"]), str(&all["tdes_iv"])).unwrap();
    let values = all["values"].as_array().unwrap();
    assert!(values.len() >= 7);
    for value in values {
        let plain = sjis::encode(str(&value["plain"])).unwrap();
        assert_eq!(tdes.encrypt(&plain), str(&value["tdes"]));
        assert_eq!(tdes.decrypt(str(&value["tdes"])).unwrap(), plain);
    }
    for (wire, plain) in all["tdes_tolerated"].as_object().unwrap() {
        assert_eq!(tdes.decrypt(wire).unwrap(), str(plain).as_bytes());
    }
}

#[test]
fn requests_pass_the_hash_and_one_changed_digit_does_not() {
    let all = vectors();
    let requests = all["requests"].as_array().unwrap();
    assert!(requests.len() >= 3);
    for vector in requests {
        let mut book = Book::new(config(&all), 1);
        let key = Message {
            key: str(&all["hash_key"]).to_owned(),
            ..Message::new("x")
        };
        let now = clock::parse_stamp(str(&vector["request_date"])).unwrap();
        let mut answer = |body: &str| {
            let body = bytes(body);
            let basic = key.basic();
            let request = ApiRequest {
                authorization: Some(&basic),
                content_type: None,
                body: &body,
            };
            book.handle(&request, now, &Purse::default())
        };
        let body = str(&vector["body"]);
        let hash = str(&vector["hash"]);
        let other = if hash.starts_with('0') { "1" } else { "0" };
        let forged = body.replace(hash, &format!("{other}{}", &hash[1..]));
        let code = tag(&answer(&forged).body, "res_err_code");
        assert_eq!(&code[3..], "09999", "{}", vector["id"]);
        let handled = answer(body);
        let right = text(&handled.body);
        // What the hash lets through may still be about a payment that is not there.
        let passed = right.contains(">OK<") || right.contains("12027");
        assert!(passed, "{}: {}", vector["id"], handled.outcome);
    }
}

#[test]
fn notices_carry_the_known_hashes() {
    let all = vectors();
    let book = Book::new(config(&all), 1);
    let notices = all["notices"].as_array().unwrap();
    assert!(notices.len() >= 2);
    let mut compared = 0;
    for vector in notices {
        let mut plain = Vec::new();
        for field in vector["fields"].as_array().unwrap() {
            match &field[2] {
                Value::String(value) => plain.push((str(&field[0]), value.as_str())),
                Value::Array(leaves) => {
                    plain.extend(leaves.iter().map(|l| (str(&l[0]), str(&l[2]))));
                }
                other => panic!("{other}"),
            }
        }
        let get = |name: &str| plain.iter().find(|(n, _)| *n == name).map(|(_, v)| *v);
        let number = |name: &str| get(name).unwrap_or("0").parse::<u64>().unwrap();
        let date = get("rec_datetime").unwrap();
        let short = date.len() == 8;
        let at = if short {
            format!("{date}000000")
        } else {
            date.to_owned()
        };
        let notice = ApiNotice {
            id: 1,
            function: str(&vector["function"]).to_owned(),
            merchant_id: get("merchant_id").unwrap().to_owned(),
            service_id: get("service_id").unwrap().to_owned(),
            sps_transaction_id: get("sps_transaction_id").unwrap().to_owned(),
            tracking_id: get("tracking_id").unwrap().to_owned(),
            order_id: get("order_id").unwrap_or_default().to_owned(),
            happened_at: clock::parse_stamp(&at).unwrap(),
            rec_type: u8::try_from(number("rec_type")).unwrap(),
            rec_amount: number("rec_amount"),
            rec_amount_total: number("rec_amount_total"),
            mail: Hidden(
                get("rec_mail")
                    .or(get("res_mail"))
                    .unwrap_or_default()
                    .to_owned(),
            ),
            tries: 0,
            next_at: None,
            accepted: false,
        };
        let style = NoticeStyle {
            order_id: get("order_id").is_some(),
            encrypted: vector["encrypted"] == Value::Bool(true),
            short_date: short,
            rec_mail: get("rec_mail").is_some(),
            ..NoticeStyle::default()
        };
        // Notices that place order_id elsewhere are tolerated by clients, not sent by the mock.
        let after_tracking = plain
            .iter()
            .position(|(n, _)| *n == "order_id")
            .is_none_or(|at| at == 4);
        if !after_tracking {
            continue;
        }
        let now = clock::parse_stamp(get("request_date").unwrap()).unwrap();
        let letter = book.compose(&notice, style, now).unwrap();
        assert_eq!(
            tag(&letter.body, "sps_hashcode"),
            str(&vector["hash"]),
            "{}",
            vector["id"]
        );
        compared += 1;
    }
    assert!(compared >= 2);
}
