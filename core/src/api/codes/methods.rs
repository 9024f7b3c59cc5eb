//! The numbers of the payment methods.

use super::Words;
use super::kind::words;

pub(super) struct MethodRow {
    pub(super) number: &'static str,
    pub(super) name: Words,
}

const fn method(number: &'static str, en: &'static str, ja: &'static str) -> MethodRow {
    MethodRow {
        number,
        name: words(en, ja),
    }
}

pub(super) const METHODS: &[MethodRow] = &[
    method("101", "Credit card", "クレジットカード"),
    method("304", "Yahoo! Wallet", "Yahoo!ウォレット"),
    method("305", "Rakuten Pay", "楽天ペイ"),
    method("306", "PayPal", "PayPal"),
    method(
        "307",
        "Yahoo! Wallet (digital content)",
        "Yahoo!ウォレット（デジタルコンテンツ）",
    ),
    method("309", "Recruit", "リクルートかんたん支払い"),
    method("310", "LINE Pay", "LINE Pay"),
    method("311", "PayPay", "PayPay"),
    method("401", "docomo / d payment", "d払い（ドコモ）"),
    method("402", "au Kantan", "auかんたん決済"),
    method(
        "405",
        "SoftBank Matomete Shiharai (B)",
        "ソフトバンクまとめて支払い（B）",
    ),
    method("406", "au PAY", "au PAY"),
    method("510", "Alipay", "Alipay"),
    method("513", "Prepaid (JCB PREMO)", "プリペイド（JCBプレモ）"),
    method("514", "UnionPay", "銀聯"),
    method("601", "Apple Pay", "Apple Pay"),
    method("604", "Google Pay", "Google Pay"),
    method("701", "Web convenience store", "Webコンビニ決済"),
    method("702", "Bank transfer", "銀行振込"),
    method("703", "Pay-easy", "Pay-easy（ペイジー）"),
    method("710", "NP post-pay", "NP後払い"),
    method("805", "Saison eternal points", "永久不滅ポイント"),
    method("806", "T-Point", "Tポイント"),
    method("999", "Common (errors only)", "共通（エラーのみ）"),
];

/// NetMile has no public number: a contract gives it one.
pub(super) const NOT_LISTED: Words = words(
    "A method that is not in the catalogue (NetMile's number is set by the contract)",
    "カタログにない決済手段（NetMile の番号は契約で決まります）",
);

pub(super) fn name(number: &str) -> Option<Words> {
    METHODS.iter().find(|m| m.number == number).map(|m| m.name)
}

/// Whether the number is none of the published ones.
pub(super) fn is_numbered_by_contract(number: &str) -> bool {
    !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) && name(number).is_none()
}
