//! The known answers of `tests/vectors/api.json`, and a second, plain reading of the protocol.

use serde_json::Value as Json;
use sha1::{Digest, Sha1};

use crate::HashKey;
use crate::api::*;
use crate::contract::ContractId;
use crate::link::LimitSeconds;
use crate::time::Timestamp;
use crate::wire::TdesKey;
use crate::wire::xml::{Element, XmlLimits, read_xml};

pub(super) const KEY: &str = "samplehashkeysamplehashkeysamplehashkey0";

pub(super) fn vectors(list: &str) -> Vec<Json> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/api.json");
    let file: Json = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!(file["hash_key"], KEY);
    file[list].as_array().unwrap().clone()
}

pub(super) fn vector(list: &str, id: &str) -> Json {
    let all = vectors(list);
    all.into_iter().find(|v| v["id"] == id).unwrap()
}

pub(super) fn plain() -> ApiContext {
    let id = ContractId::new("99999", "001").unwrap();
    ApiContext::new(id, HashKey::new(KEY).unwrap())
}

pub(super) fn tdes() -> TdesKey {
    TdesKey::new("0123456789abcdef01234567", "76543210").unwrap()
}

pub(super) fn encrypting() -> ApiContext {
    plain().with_encryption(tdes())
}

pub(super) fn at(jst: &str) -> Timestamp {
    Timestamp::parse_jst(jst).unwrap()
}

pub(super) fn function(id: &str) -> FunctionId {
    FunctionId::parse(id).unwrap()
}

/// The context that a request vector is sealed with.
pub(super) fn context_of(vector: &Json) -> ApiContext {
    let context = match vector["encrypted"].as_bool().unwrap() {
        true => encrypting(),
        false => plain(),
    };
    let limit = vector["limit_second"].as_str();
    context.with_limit(limit.map(|s| LimitSeconds::new(s.parse().unwrap()).unwrap()))
}

/// The message of a request vector, with room for what it has.
pub(super) fn message_of(vector: &Json) -> Message {
    let mut message = Message::new(function(vector["function"].as_str().unwrap()));
    for field in vector["fields"].as_array().unwrap() {
        let (name, kind) = name_and_kind(field);
        message = match kind {
            "9" => message.digits(name, value(field), 14),
            "X" => message.single(name, value(field), 64),
            "M" => message.multi(name, value(field), 100),
            "group" => message.group(name, |g| fill(g, &field[2])),
            "secret" => message.secret_group(name, |g| fill(g, &field[2])),
            other => panic!("{other}"),
        };
    }
    match vector["returns_secret"].as_bool().unwrap() {
        true => message.answers_secret(),
        false => message,
    }
}

fn fill(mut group: Group, fields: &Json) -> Group {
    for field in fields.as_array().unwrap() {
        let (name, kind) = name_and_kind(field);
        group = match kind {
            "9" => group.digits(name, value(field), 14),
            "X" => group.single(name, value(field), 64),
            "M" => group.multi(name, value(field), 100),
            "group" => group.group(name, |g| fill(g, &field[2])),
            other => panic!("{other}"),
        };
    }
    group
}

fn name_and_kind(field: &Json) -> (String, &str) {
    (
        field[0].as_str().unwrap().to_owned(),
        field[1].as_str().unwrap(),
    )
}

fn value(field: &Json) -> &str {
    field[2].as_str().unwrap()
}

pub(super) fn tree(xml: &[u8]) -> Element {
    read_xml(xml, XmlLimits::default()).unwrap().root
}

/// The hash that belongs to a request as it came.
pub(super) fn hash_of(root: &Element, encrypted: bool) -> String {
    use base64::Engine as _;
    fn walk(element: &Element, encrypted: bool, secret: bool, out: &mut Vec<u8>) {
        for child in element.children() {
            let (name, text) = (child.name(), child.text());
            walk(child, encrypted, secret || name == "pay_method_info", out);
            match (secret && encrypted, name) {
                (_, "sps_hashcode") => {}
                (true, _) => out.extend(tdes().decrypt(name, text, 1000).unwrap()),
                (false, "item_name" | "dtl_item_name" | "last_name") => {
                    let engine = base64::engine::general_purpose::STANDARD;
                    out.extend(engine.decode(text).unwrap());
                }
                (false, _) => out.extend(text.as_bytes()),
            }
        }
    }
    let mut all = Vec::new();
    walk(root, encrypted, false, &mut all);
    all.extend(KEY.as_bytes());
    Sha1::digest(all)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

/// A notice of these fields in this order, signed by the right key. A name with a slash stands in `pay_method_info`;
/// neighbours of one group share its tag.
pub(super) fn signed_notice(function: &str, fields: &[(&str, &str)]) -> Vec<u8> {
    let mut hashed = String::new();
    let mut inner = String::new();
    let mut open = false;
    for (path, value) in fields {
        let (grouped, name) = match path.strip_prefix("pay_method_info/") {
            Some(name) => (true, name),
            None => (false, *path),
        };
        if grouped != open {
            inner += if grouped {
                "<pay_method_info>"
            } else {
                "</pay_method_info>"
            };
            open = grouped;
        }
        inner += &format!("<{name}>{value}</{name}>");
        hashed += value;
    }
    if open {
        inner += "</pay_method_info>";
    }
    hashed += KEY;
    let hash: String = Sha1::digest(hashed.as_bytes())
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    format!(
        "<?xml version='1.0' encoding='Shift_JIS' ?>\n<sps-api-request id=\"{function}\">{inner}\
         <sps_hashcode>{hash}</sps_hashcode></sps-api-request>"
    )
    .into_bytes()
}

/// The fields of a genuine deposit notice.
pub(super) fn deposit_fields() -> Vec<(&'static str, &'static str)> {
    vec![
        ("merchant_id", "99999"),
        ("service_id", "001"),
        ("sps_transaction_id", "B99999001ST010010170100000000001"),
        ("tracking_id", "00000000000001"),
        ("rec_datetime", "20300102093000"),
        ("pay_method_info/rec_type", "2"),
        ("pay_method_info/rec_amount", "1500"),
        ("pay_method_info/rec_amount_total", "1500"),
        ("pay_method_info/rec_mail", "taro@example.com"),
        ("pay_method_info/rec_extra", ""),
        ("request_date", "20300102093005"),
    ]
}

/// The fields of a notice that has no deposit.
pub(super) fn without_deposit() -> Vec<(&'static str, &'static str)> {
    let mut fields = deposit_fields();
    fields.retain(|(name, _)| !name.contains('/'));
    fields
}
