//! A second, plain reading of the protocol to test against: its own hash and form code.

use sha1::{Digest, Sha1};

use crate::contract::{CapabilityMatrix, Contract, ContractId, Endpoints, Method, Terminal};
use crate::link::*;
use crate::time::Timestamp;
use crate::wire::TextPolicy;
use crate::{HashKey, Result, Yen};

pub(super) const KEY: &str = "TESTHASHKEY0123456789abcdef0123456789abc";

pub(super) type Fields = Vec<(String, String)>;

pub(super) struct Vector {
    pub(super) id: String,
    pub(super) shift_jis: bool,
    pub(super) fields: Fields,
    pub(super) digest: String,
    /// Shift_JIS bytes that the vector fixes, where one character has two codes.
    bytes: Vec<(String, Vec<u8>)>,
}

impl Vector {
    /// The value of a field in Shift_JIS, as the vector means it.
    pub(super) fn sjis(&self, name: &str, value: &str) -> Vec<u8> {
        let fixed = self.bytes.iter().find(|(n, _)| n == name);
        fixed.map_or_else(|| sjis(value), |(_, bytes)| bytes.clone())
    }
}

fn unhex(hex: &str) -> Vec<u8> {
    let digits = |i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap();
    (0..hex.len()).step_by(2).map(digits).collect()
}

fn file() -> serde_json::Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/link.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn pairs(value: &serde_json::Value) -> Fields {
    serde_json::from_value(value.clone()).unwrap()
}

pub(super) fn vector(id: &str) -> Vector {
    let file = file();
    assert_eq!(file["key"], KEY);
    let found = file["vectors"].as_array().unwrap();
    let found = found.iter().find(|v| v["id"] == id).unwrap();
    Vector {
        id: id.to_owned(),
        shift_jis: found["charset"] == "shift_jis",
        fields: pairs(&found["fields"]),
        digest: found["digest"].as_str().unwrap().to_owned(),
        bytes: found["bytes"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, hex)| (name.clone(), unhex(hex.as_str().unwrap())))
            .collect(),
    }
}

pub(super) fn free_csv_vector() -> (Fields, String) {
    let file = file();
    let csv = &file["free_csv"];
    (
        pairs(&csv["pairs"]),
        csv["base64"].as_str().unwrap().to_owned(),
    )
}

pub(super) fn contract() -> Contract {
    let key = HashKey::new(KEY).unwrap();
    let all = |tag: &'static str| Method::new(tag, tag, tag).with_matrix(CapabilityMatrix::all());
    Contract::netmile("99999", "001", key, Endpoints::mock("http://127.0.0.1:1"))
        .unwrap()
        .with_method(all("credit"))
        .with_method(all("docomo"))
}

/// The same contract with NetMile offered everywhere.
pub(super) fn wide_contract() -> Contract {
    contract().with_method(Method::netmile().with_matrix(CapabilityMatrix::all()))
}

pub(super) fn urls() -> ReturnUrls {
    ReturnUrls {
        success: "https://shop.example/success".into(),
        cancel: "https://shop.example/cancel".into(),
        error: "https://shop.example/error".into(),
        notify: "https://shop.example/notify".into(),
    }
}

pub(super) fn at() -> Timestamp {
    Timestamp::parse_jst("20240102030405").unwrap()
}

pub(super) fn request() -> PurchaseRequest {
    let order = OrderId::new("ORDER-0001").unwrap();
    PurchaseRequest::new(
        order,
        "CUST0001",
        "ITEM1",
        Yen::new(100),
        Terminal::Pc,
        urls(),
    )
    .with_item_name("テスト商品")
}

pub(super) fn sign(request: &PurchaseRequest) -> Result<SignedForm> {
    request.sign(
        &contract(),
        at(),
        LimitSeconds::default(),
        &TextPolicy::Cp932,
    )
}

pub(super) fn sjis(text: &str) -> Vec<u8> {
    encoding_rs::SHIFT_JIS.encode(text).0.into_owned()
}

/// Every byte percent-encoded.
pub(super) fn body_of_bytes<'a>(pairs: impl IntoIterator<Item = (&'a str, Vec<u8>)>) -> Vec<u8> {
    let pairs = pairs.into_iter().map(|(name, value)| {
        let value: String = value.iter().map(|b| format!("%{b:02x}")).collect();
        format!("{name}={value}")
    });
    pairs.collect::<Vec<_>>().join("&").into_bytes()
}

pub(super) fn body(fields: &[(String, String)]) -> Vec<u8> {
    body_of_bytes(fields.iter().map(|(n, v)| (n.as_str(), sjis(v))))
}

/// The hash of fields that stand in definition order.
pub(super) fn hash(fields: &[(String, String)], shift_jis: bool) -> String {
    let mut all = Vec::new();
    for (_, value) in fields {
        let value = value.trim_matches(' ');
        all.extend(if shift_jis { sjis(value) } else { value.into() });
    }
    all.extend(KEY.as_bytes());
    let digest = Sha1::digest(all);
    digest.iter().map(|b| format!("{b:02x}")).collect()
}

pub(super) fn with_hash(fields: &[(String, String)], hash: &str) -> RawMessage {
    let mut fields = fields.to_vec();
    fields.push(("sps_hashcode".into(), hash.into()));
    RawMessage::form(body(&fields))
}

/// The message correctly signed, whatever it says.
pub(super) fn signed(kind: MessageKind, fields: &[(String, String)]) -> RawMessage {
    with_hash(fields, &hash(fields, !kind.is_notice()))
}

pub(super) fn read(kind: MessageKind, raw: &RawMessage) -> Result<Verified<ResultMessage>> {
    let contract = contract();
    parse(kind, raw, |id: &ContractId| {
        (id == contract.id()).then_some(&contract)
    })
}

pub(super) fn set(fields: &mut Fields, name: &str, value: &str) {
    let (_, old) = fields.iter_mut().find(|(n, _)| n == name).unwrap();
    *old = value.to_owned();
}

pub(super) fn changed(fields: &[(String, String)], name: &str, value: &str) -> Fields {
    let mut fields = fields.to_vec();
    set(&mut fields, name, value);
    fields
}

/// The result that a gateway gives to this request, in definition order, unsigned.
pub(super) fn result_of(form: &SignedForm) -> Fields {
    let mut fields = form.echo();
    for (name, value) in [
        ("res_pay_method", "netmile"),
        ("res_result", "OK"),
        ("res_tracking_id", "12345678901234"),
        ("res_sps_cust_no", ""),
        ("res_sps_payment_no", ""),
        ("res_payinfo_key", ""),
        ("res_payment_date", "20240102030500"),
        ("res_err_code", ""),
        ("res_date", "20240102030501"),
        ("limit_second", "600"),
    ] {
        fields.push((name.into(), value.into()));
    }
    fields
}

pub(super) fn two_rows() -> [DetailRow; 2] {
    [
        DetailRow::new("I1", "明細1", Yen::new(60)).with_count(1),
        DetailRow::new("I2", "明細2", Yen::new(40)).with_count(1),
    ]
}
