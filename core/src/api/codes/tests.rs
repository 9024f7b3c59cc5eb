//! The expected lists are written by hand from the facts, not from the data.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::by_method::TABLES;
use super::common::COMMON;
use super::methods::METHODS;
use super::seen::SEEN;
use super::*;
use crate::lang::Lang;

use Class::{Bug, Configuration, Customer, Final, Retryable, UnknownOutcome};

fn code(method: &str, kind: &str) -> ApiCode {
    ApiCode::parse(&format!("{method}{kind}999"))
}

/// Every kind of 00 to 99 and of letter and digit.
fn every_kind() -> Vec<String> {
    let letters = ('A'..='Z').flat_map(|l| (0..10).map(move |d| format!("{l}{d}")));
    (0..100).map(|n| format!("{n:02}")).chain(letters).collect()
}

/// Known kinds of a method: exactly those of `common`, and these.
fn check_kinds(method: &str, own: &[(&str, Class)]) {
    for kind in every_kind() {
        let expected = own
            .iter()
            .chain(COMMON_KINDS)
            .find(|(k, _)| *k == kind)
            .map(|(_, class)| *class);
        let code = code(method, &kind);
        let explanation = code.explain();
        assert_eq!(explanation.known, expected.is_some(), "{code}");
        let unlisted = if kind.starts_with(['8', '9']) {
            UnknownOutcome
        } else {
            Final
        };
        assert_eq!(code.class(), expected.unwrap_or(unlisted), "{code}");
        assert_eq!(explanation.class, code.class());
    }
}

const COMMON_KINDS: &[(&str, Class)] = &[
    ("00", Bug),
    ("01", Configuration),
    ("02", Bug),
    ("03", Bug),
    ("04", Bug),
    ("05", Bug),
    ("06", Bug),
    ("07", Bug),
    ("09", Configuration),
    ("10", Retryable),
    ("11", Final),
    ("12", Final),
    ("13", Bug),
    ("14", Configuration),
    ("80", UnknownOutcome),
    ("81", Bug),
    ("83", Final),
    ("84", UnknownOutcome),
    ("85", UnknownOutcome),
    ("86", UnknownOutcome),
    ("90", UnknownOutcome),
    ("92", UnknownOutcome),
    ("93", Final),
    ("94", Final),
    ("95", Final),
    ("96", Final),
];

const CARRIER_KINDS: &[(&str, Class)] = &[
    ("20", Final),
    ("21", Final),
    ("22", Bug),
    ("23", Final),
    ("24", Configuration),
    ("25", Final),
    ("26", Final),
    ("27", Final),
    ("30", Final),
    ("31", Final),
    ("32", Final),
    ("33", Final),
    ("34", UnknownOutcome),
    ("36", UnknownOutcome),
    ("37", UnknownOutcome),
    ("38", UnknownOutcome),
    ("40", Configuration),
    ("L0", Final),
    ("L1", Bug),
    ("L2", Final),
    ("L3", Final),
    ("L4", Retryable),
    ("L5", Final),
    ("L6", Bug),
    ("L7", Final),
];

#[test]
fn the_common_kinds_hold_for_every_method() {
    for method in ["304", "703", "805", "806", "999"] {
        check_kinds(method, &[]);
    }
}

#[test]
fn the_kinds_of_the_convenience_stores() {
    check_kinds(
        "701",
        &[
            ("20", Retryable),
            ("21", Retryable),
            ("22", Retryable),
            ("23", Bug),
        ],
    );
}

#[test]
fn the_kinds_of_the_carriers_and_of_recurring_billing() {
    let with = |more: &[(&'static str, Class)]| -> Vec<(&'static str, Class)> {
        CARRIER_KINDS.iter().chain(more).copied().collect()
    };
    check_kinds(
        "401",
        &with(&[("35", Retryable), ("39", Retryable), ("44", Bug)]),
    );
    check_kinds("402", &with(&[("75", Bug)]));
    check_kinds("405", &with(&[]));
    let above = code("402", "22").explain().kind_meaning;
    let different = code("405", "22").explain().kind_meaning;
    assert!(above.en.contains("above") && different.en.contains("differs"));
    assert_eq!(code("401", "22").explain().kind_meaning, above);
}

#[test]
fn the_kinds_of_the_card() {
    let mut own = vec![
        ("K0", Bug),
        ("K1", Bug),
        ("T1", Customer),
        ("T2", Customer),
        ("61", Customer),
        ("79", Final),
    ];
    let two: Vec<String> = (20..=77).map(|n| format!("{n:02}")).collect();
    for (kind, number) in two.iter().zip(20..) {
        let class = match number {
            20..=36 | 65..=77 => Customer,
            37..=58 | 60 => Final,
            59 => Bug,
            _ => continue,
        };
        own.push((kind, class));
    }
    check_kinds("101", &own);
    for unlisted in ["19", "62", "63", "64", "78"] {
        assert!(!code("101", unlisted).explain().known);
    }
}

#[test]
fn the_kinds_of_netmile_belong_to_the_number_of_the_contract() {
    let mut own = vec![("S0", Customer), ("S1", Customer)];
    // The carriers' kinds explain it too, but for those that differ among them.
    own.extend(CARRIER_KINDS.iter().filter(|(kind, _)| *kind != "22"));
    for number in ["900", "801"] {
        check_kinds(number, &own);
        let short = code(number, "S1");
        assert!(short.is_short_of_miles());
        for assumed in [&short, &code(number, "30")] {
            assert_eq!(assumed.explain().provenance, Provenance::Assumed);
        }
        assert!(!code(number, "S0").is_short_of_miles());
    }
    assert!(ApiCode::parse("900S1008").is_short_of_miles());
    for other in ["101", "805", "999"] {
        assert!(!code(other, "S1").is_short_of_miles());
    }
}

#[test]
fn done_before_is_said_of_these_kinds_and_no_others() {
    let expected: &[(&str, &str, &[Step])] = &[
        ("101", "41", &[Step::Capture]),
        ("101", "46", &[Step::Cancel, Step::Refund]),
        ("101", "52", &[Step::Cancel, Step::Refund]),
        ("101", "60", &[Step::Commit]),
        ("401", "23", &[Step::Capture]),
        ("401", "26", &[Step::Cancel]),
        ("401", "30", &[Step::Refund]),
        ("401", "32", &[Step::EndContract]),
        ("401", "L7", &[Step::EndContract]),
    ];
    for method in [
        "101", "304", "401", "402", "405", "701", "805", "900", "999",
    ] {
        let like = if matches!(method, "402" | "405") {
            "401"
        } else {
            method
        };
        for kind in every_kind() {
            let steps = expected
                .iter()
                .find(|(m, k, _)| *m == like && *k == kind)
                .map_or(&[][..], |(.., steps)| *steps);
            for step in Step::ALL {
                assert_eq!(
                    code(method, &kind).is_already_done(step),
                    steps.contains(&step),
                    "{method} {kind} {step:?}"
                );
            }
        }
    }
}

#[test]
fn the_codes_seen_on_the_test_server() {
    let expected = [
        ("10160999", Final, true),
        ("10141999", Final, true),
        ("10146999", Final, true),
        ("10196999", Final, true),
        ("10109999", Configuration, true),
        ("10195999", Final, true),
        ("10105202", Bug, true),
        ("40103027", Bug, true),
        ("70103026", Bug, true),
        ("70122999", Retryable, true),
        ("10103005", Bug, false),
    ];
    assert_eq!(SEEN.len(), 10);
    for (text, class, seen) in expected {
        let explanation = ApiCode::parse(text).explain();
        assert!(explanation.known, "{text}");
        assert_eq!(explanation.class, class, "{text}");
        assert_eq!(explanation.seen_after.is_some(), seen, "{text}");
    }
    let without_id: Vec<_> = SEEN
        .iter()
        .filter(|row| row.without_id)
        .map(|row| row.code)
        .collect();
    assert_eq!(
        without_id,
        ["10196999", "10109999", "10105202", "40103027", "70103026"]
    );
    assert!(ApiCode::parse("10160999").is_already_done(Step::Commit));
    assert!(ApiCode::parse("10141999").is_already_done(Step::Capture));
    assert!(ApiCode::parse("10146999").is_already_done(Step::Refund));
    let tag = |text: &str| ApiCode::parse(text).explain().field_tag;
    assert_eq!(tag("10105202"), Some("dealings_type"));
    assert_eq!(tag("40103027"), Some("tracking_id"));
    assert_eq!(tag("70103026"), Some("sps_transaction_id"));
}

#[test]
fn a_double_request_is_kind_96_of_any_method() {
    for text in ["10196999", "90096004", "70196999"] {
        let code = ApiCode::parse(text);
        assert!(code.is_duplicate() && code.must_ask_first());
    }
    for text in ["96", "10109996", "9696", "1019699"] {
        assert!(!ApiCode::parse(text).is_duplicate(), "{text}");
    }
}

#[test]
fn what_must_be_asked_for_first() {
    let expected = [
        "80", "81", "82", "83", "84", "85", "86", "87", "88", "89", "90", "91", "92", "94", "96",
        "97", "98", "99",
    ];
    for kind in every_kind()
        .iter()
        .filter(|kind| kind.as_str() >= "80" && kind.as_str() <= "99")
    {
        assert_eq!(
            code("999", kind).must_ask_first(),
            expected.contains(&kind.as_str()),
            "{kind}"
        );
    }
    assert!(!code("101", "03").must_ask_first());
    assert!(code("401", "34").must_ask_first());
    assert!(ApiCode::parse("").must_ask_first());
}

#[test]
fn the_fields_common_to_all() {
    let expected = "000 - 001 merchant_id 002 service_id 003 cust_code 004 order_id 005 item_id 006 item_name \
        007 tax 008 amount 009 - 010 free1 011 free2 012 free3 013 order_rowno 014 dtl_rowno 015 dtl_item_id \
        016 dtl_item_name 017 dtl_item_count 018 dtl_tax 019 dtl_amount 020 - 021 - 022 - 023 request_date \
        024 limit_second 025 sps_hashcode 026 sps_transaction_id 027 tracking_id 028 encrypted_flg \
        029 processing_datetime 030 sps_cust_info_return_flg 999 -";
    check_fields("999", expected, 0..1000);
}

#[test]
fn the_fields_of_some_methods() {
    let slip = "200 issue_type 201 last_name 202 first_name 203 last_name_kana 204 first_name_kana 205 first_zip \
        206 second_zip 207 add1 208 add2 209 add3 210 tel 211 mail 212 seiyakudate 213 webcvstype 214 bill_date 225 -";
    check_fields("701", slip, 31..999);
    check_fields("401", "200 cancel_target_month", 31..999);
    check_fields("402", "200 cancel_target_month", 31..999);
    check_fields("405", "", 31..999);
    check_fields("101", "202 dealings_type", 31..999);
}

fn check_fields(method: &str, expected: &str, numbers: std::ops::Range<u32>) {
    let words: Vec<_> = expected.split_ascii_whitespace().collect();
    let expected: Vec<_> = words.chunks(2).map(|pair| (pair[0], pair[1])).collect();
    for number in numbers {
        let number = format!("{number:03}");
        let found = fields::find(method, &number).map(|row| row.tag.unwrap_or("-"));
        let wanted = expected
            .iter()
            .find(|(n, _)| *n == number)
            .map(|(_, tag)| *tag);
        assert_eq!(found, wanted, "{method} {number}");
    }
}

#[test]
fn the_methods() {
    let expected = [
        ("101", "Credit card"),
        ("304", "Yahoo! Wallet"),
        ("305", "Rakuten Pay"),
        ("306", "PayPal"),
        ("307", "Yahoo! Wallet (digital content)"),
        ("309", "Recruit"),
        ("310", "LINE Pay"),
        ("311", "PayPay"),
        ("401", "docomo / d payment"),
        ("402", "au Kantan"),
        ("405", "SoftBank Matomete Shiharai (B)"),
        ("406", "au PAY"),
        ("510", "Alipay"),
        ("513", "Prepaid (JCB PREMO)"),
        ("514", "UnionPay"),
        ("601", "Apple Pay"),
        ("604", "Google Pay"),
        ("701", "Web convenience store"),
        ("702", "Bank transfer"),
        ("703", "Pay-easy"),
        ("710", "NP post-pay"),
        ("805", "Saison eternal points"),
        ("806", "T-Point"),
        ("999", "Common (errors only)"),
    ];
    let listed: Vec<_> = METHODS
        .iter()
        .map(|row| (row.number, row.name.en))
        .collect();
    assert_eq!(listed, expected);
}

#[test]
fn the_http_statuses() {
    let expected = [
        (401, Configuration),
        (403, Configuration),
        (404, Configuration),
        (500, UnknownOutcome),
        (503, UnknownOutcome),
    ];
    for status in 100..=599 {
        let explanation = explain_http(status);
        let listed = expected.iter().find(|(s, _)| *s == status);
        assert_eq!(explanation.known, listed.is_some(), "{status}");
        assert_eq!(explanation.status, status);
        assert_eq!(
            explanation.class,
            listed.map_or(UnknownOutcome, |(_, class)| *class)
        );
    }
}

#[test]
fn no_kind_of_a_table_is_in_two_rows() {
    for rows in TABLES.iter().map(|table| table.rows).chain([COMMON]) {
        for method in METHODS.iter().map(|row| row.number).chain(["900"]) {
            let mut seen = BTreeSet::new();
            for row in rows {
                if !row.methods.is_empty() && !row.methods.contains(&method) {
                    continue;
                }
                for part in row.kinds.split(' ') {
                    let (first, last) = part.split_once('-').unwrap_or((part, part));
                    assert!(
                        first.len() == 2 && last.len() == 2 && first <= last,
                        "{part}"
                    );
                    for kind in every_kind() {
                        let within = kind == first
                            || (!kind.starts_with(char::is_alphabetic)
                                && first <= kind.as_str()
                                && kind.as_str() <= last);
                        assert!(!within || seen.insert(kind.clone()), "{method} {kind}");
                    }
                }
            }
        }
    }
}

#[test]
fn every_text_is_there_in_both_languages() {
    let sentences = TABLES
        .iter()
        .flat_map(|table| table.rows)
        .chain(COMMON)
        .flat_map(|row| [row.meaning, row.remedy])
        .chain(Class::ALL.map(Class::meaning))
        .chain(http::STATUSES.iter().flat_map(|s| [s.meaning, s.remedy]));
    for text in sentences {
        assert!(text.en.is_ascii() && text.en.ends_with('.'), "{}", text.en);
        assert!(
            text.ja.ends_with('。') && !text.ja.is_ascii(),
            "{}",
            text.ja
        );
    }
    let names = fields::COMMON
        .iter()
        .chain(fields::BY_METHOD.iter().flat_map(|table| table.rows))
        .map(|row| row.name)
        .chain(SEEN.iter().map(|row| row.after))
        .chain(Class::ALL.map(Class::label));
    for text in names {
        assert!(text.en.is_ascii() && !text.en.ends_with('.'), "{}", text.en);
        assert!(
            !text.ja.is_ascii() && !text.ja.ends_with('。'),
            "{}",
            text.ja
        );
    }
    let names: BTreeSet<_> = Class::ALL.map(Class::name).into();
    assert_eq!(names.len(), Class::ALL.len());
}

#[test]
fn an_explanation_reads_well_in_both_languages() {
    let text = |code: &str, lang| ApiCode::parse(code).explain().text(lang);
    assert_eq!(
        text("10103005", Lang::Ja),
        "10103005: クレジットカード: 必須の項目が設定されていません。項目: item_id（商品 ID）。該当する項目の値を修正し、新しい要求を送信してください。"
    );
    assert_eq!(
        text("40126999", Lang::En),
        "40126999: docomo / d payment: Cancelled before. Nothing to do if this was a re-send; otherwise look up who did it."
    );
    assert!(text("31100007", Lang::En).contains("Field: tax."));
    assert!(text("no code\n", Lang::En).starts_with("no code\\n: This is no result code"));
}

#[test]
fn an_explanation_becomes_json() {
    let json = serde_json::to_value(ApiCode::parse("70122999").explain()).unwrap();
    assert_eq!(json["code"], "70122999");
    assert_eq!(json["class"], "retryable");
    assert_eq!(json["provenance"], "recorded");
    assert!(
        json["method_name"]["ja"]
            .as_str()
            .unwrap()
            .contains("コンビニ")
    );
    assert!(json["field_tag"].is_null());
    let back: ApiCode = serde_json::from_value(json["code"].clone()).unwrap();
    assert_eq!(back.kind(), "22");
}

#[test]
fn the_docs_show_the_catalogue() {
    for (file, lang) in [("codes.md", Lang::En), ("codes.ja.md", Lang::Ja)] {
        let path = format!("{}/../docs/{file}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            text == markdown(lang),
            "docs/{file} is not what `cargo run -p netmile --example codes_page` prints"
        );
    }
}

proptest! {
    #[test]
    fn any_text_is_kept_and_explained(text in any::<String>()) {
        let code = ApiCode::parse(&text);
        prop_assert_eq!(code.as_str(), text.as_str());
        let explanation = code.explain();
        prop_assert!(explanation.known <= code.is_well_formed());
        for lang in [Lang::En, Lang::Ja] {
            prop_assert!(!explanation.text(lang).chars().any(char::is_control));
        }
    }

    #[test]
    fn any_well_formed_code_falls_into_its_parts(text in "[0-9A-Za-z]{8}") {
        let code = ApiCode::parse(&text);
        prop_assert_eq!(format!("{}{}{}", code.method(), code.kind(), code.field()), text);
        let _ = (code.must_ask_first(), code.is_duplicate(), code.is_short_of_miles());
        prop_assert!(!code.explain().remedy.text(Lang::Ja).is_empty());
    }
}
