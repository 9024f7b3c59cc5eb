//! What A01-1 accepts and refuses.

use std::time::Duration;

use netmile_mock::Options;

use crate::common::{Browser, KEY, a01, frozen, sign};

async fn refused(browser: &Browser, order: &str, changes: &[(&str, &str)], key: &str) -> String {
    let fields = sign(a01(&browser.shop, order, changes), key);
    let page = browser.send("/f01/FepBuyInfoReceive.do", &fields).await;
    assert_eq!(page.status, 200, "{changes:?} was accepted");
    let text = page.text();
    assert!(text.contains("5101"), "{changes:?}: {text}");
    text
}

/// Field, value, and a piece of the rule that the page must name.
const WRONG: [(&str, &str, &str); 40] = [
    ("merchant_id", "11111", "merchant_id"),
    ("merchant_id", "9999", "merchant_id"),
    ("service_id", "009", "merchant_id"),
    ("cust_code", "", "cust_code"),
    ("cust_code", "顧客", "cust_code"),
    ("order_id", "", "order_id"),
    ("order_id", "123456789012345678901234567890123456789", "38"),
    ("item_id", "", "item_id"),
    (
        "item_name",
        "12345678901234567890123456789012345678901",
        "40",
    ),
    ("item_name", "a\tb", "item_name"),
    ("tax", "1,0", "tax"),
    ("tax", "12345678", "tax"),
    ("amount", "", "amount"),
    ("amount", "9", "10"),
    ("amount", "0", "amount"),
    ("amount", "-300", "amount"),
    ("amount", "300 ", "amount"),
    ("amount", "99999999999", "amount"),
    ("pay_type", "3", "pay_type"),
    ("pay_type", "", "pay_type"),
    ("auto_charge_type", "1", "auto_charge_type"),
    ("service_type", "2", "service_type"),
    ("service_type", "1", "service_type"),
    ("div_settele", "0", "div_settele"),
    ("last_charge_month", "202612", "last_charge_month"),
    ("camp_type", "1", "camp_type"),
    ("tracking_id", "12345678901234", "tracking_id"),
    ("terminal_type", "7", "terminal_type"),
    ("success_url", "", "success_url"),
    ("cancel_url", "javascript:alert(1)", "cancel_url"),
    ("error_url", "/error", "error_url"),
    ("pagecon_url", "ftp://shop.example/", "pagecon_url"),
    ("free1", "123456789012345678901", "free1"),
    ("free_csv", "***", "free_csv"),
    ("request_date", "20260102", "request_date"),
    ("request_date", "20260230030405", "request_date"),
    ("request_date", "20260102025404", "600"),
    ("request_date", "20260102030506", "request_date"),
    ("limit_second", "12345", "limit_second"),
    ("pay_method", "saisonpoint", "pay_method"),
];

#[tokio::test]
async fn every_broken_rule_is_refused_by_name_and_uses_up_nothing() {
    let browser = Browser::open().await;
    for (name, value, rule) in WRONG {
        let text = refused(&browser, "ORDER-1", &[(name, value)], KEY).await;
        assert!(text.contains(rule), "{name}={value}: {text}");
    }
    assert!(browser.mock.admin().sessions(10).await.unwrap().is_empty());
    browser.start("ORDER-1", &[]).await;
    assert_eq!(browser.shop.count(), 0);
}

#[tokio::test]
async fn what_is_right_is_accepted() {
    let browser = Browser::open().await;
    let right: [&[(&str, &str)]; 14] = [
        &[("amount", "10")],
        &[("amount", "9999999999")],
        &[("pay_method", "")],
        &[("pay_method", "netmile,credit")],
        &[("pay_method", "credit"), ("amount", "1")],
        &[("item_name", "髙橋①ー～表ソ")],
        &[("item_name", "")],
        &[("cust_code", "  CUST0001 ")],
        &[("limit_second", "")],
        &[("request_date", "20260102025405")],
        &[("request_date", "20260102030505")],
        &[("terminal_type", "1")],
        &[("free1", "備考"), ("free_csv", "QQ==")],
        &[("tax", "27")],
    ];
    for (number, changes) in right.iter().enumerate() {
        browser.start(&format!("ORDER-{number}"), changes).await;
    }
}

#[tokio::test]
async fn a_wrong_hash_is_explained_without_the_key() {
    let browser = Browser::open().await;
    let right = a01(&browser.shop, "ORDER-1", &[("item_name", "髙橋")]);
    let values =
        |fields: &[(String, String)]| fields.iter().map(|(_, v)| v.as_str()).collect::<String>();
    let in_sjis = {
        let text = values(&right) + KEY;
        sha1_hex(&encoding_rs::SHIFT_JIS.encode(&text).0)
    };
    let without_key = sha1_hex(values(&right).as_bytes());
    for (hash, says) in [(in_sjis, "Shift_JIS"), (without_key, "ハッシュキー")] {
        let mut fields = right.clone();
        fields.push(("sps_hashcode".to_owned(), hash));
        let page = browser.send("/f01/FepBuyInfoReceive.do", &fields).await;
        assert!(page.text().contains(says), "{}", page.text());
        assert!(!page.text().contains(KEY));
    }
}

fn sha1_hex(bytes: &[u8]) -> String {
    use sha1::{Digest, Sha1};
    Sha1::digest(bytes)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

#[tokio::test]
async fn hashes_are_compared_in_either_case_and_over_every_field() {
    let browser = Browser::open().await;
    let text = refused(&browser, "ORDER-1", &[], "another key").await;
    assert!(text.contains("sps_hashcode"), "{text}");
    for hash in ["", "0", "92984fec2eccb0fb2c17713a7e9beb10c7fa0712"] {
        let mut fields = a01(&browser.shop, "ORDER-1", &[]);
        fields.push(("sps_hashcode".to_owned(), hash.to_owned()));
        let page = browser.send("/f01/FepBuyInfoReceive.do", &fields).await;
        assert!(page.text().contains("sps_hashcode"), "{hash}");
    }
    let mut fields = sign(a01(&browser.shop, "ORDER-1", &[]), KEY);
    let upper = fields.last().unwrap().1.to_uppercase();
    fields.last_mut().unwrap().1 = upper;
    let page = browser.send("/f01/FepBuyInfoReceive.do", &fields).await;
    assert_eq!(page.status, 303);
    for at in 0..fields.len() - 1 {
        let mut altered = sign(a01(&browser.shop, "ORDER-2", &[]), KEY);
        altered[at].1.push('1');
        let page = browser.send("/f01/FepBuyInfoReceive.do", &altered).await;
        assert_eq!(page.status, 200, "{} may be altered", altered[at].0);
    }
}

#[tokio::test]
async fn an_order_id_is_used_up_when_its_request_is_accepted() {
    let browser = Browser::open().await;
    let session = browser.start("ORDER-1", &[]).await;
    let text = refused(&browser, "ORDER-1", &[], KEY).await;
    assert!(text.contains("order_id"), "{text}");
    browser.post(&format!("{session}/cancel"), &[]).await;
    refused(&browser, "ORDER-1", &[("amount", "500")], KEY).await;
    // Unique per service, not per gateway.
    let second = "second0demo0key0of0the0mock0not0a0secre0";
    let other = a01(&browser.shop, "ORDER-1", &[("service_id", "002")]);
    let page = browser
        .send("/f01/FepBuyInfoReceive.do", &sign(other, second))
        .await;
    assert_eq!(page.status, 303);
}

#[tokio::test]
async fn the_default_profile_has_one_time_netmile_on_a_pc_only() {
    let browser = Browser::open().await;
    let second = "second0demo0key0of0the0mock0not0a0secre0";
    let service = ("service_id", "002");
    let recurring = [
        service,
        ("pay_type", "1"),
        ("auto_charge_type", "1"),
        ("div_settele", "0"),
    ];
    refused(&browser, "O1", &[service, ("pay_method", "credit")], second).await;
    refused(&browser, "O1", &[service, ("terminal_type", "1")], second).await;
    refused(&browser, "O1", &recurring, second).await;
    let good = sign(a01(&browser.shop, "O1", &[service]), second);
    let page = browser.send("/f01/FepBuyInfoReceive.do", &good).await;
    assert_eq!(page.status, 303);
}

#[tokio::test]
async fn detail_rows_are_hashed_in_their_place_and_come_back() {
    let browser = Browser::open().await;
    let mut fields = a01(&browser.shop, "ORDER-1", &[("pay_method", "credit")]);
    let at = fields
        .iter()
        .position(|(n, _)| n == "request_date")
        .unwrap();
    let mut rows = Vec::new();
    for (number, amount) in [("1", "200"), ("2", "100")] {
        for (name, value) in [
            ("dtl_rowno", number),
            ("dtl_item_id", "I"),
            ("dtl_item_name", "明細"),
            ("dtl_item_count", "1"),
            ("dtl_tax", ""),
            ("dtl_amount", amount),
            ("dtl_free1", ""),
            ("dtl_free2", ""),
            ("dtl_free3", ""),
        ] {
            rows.push((name.to_owned(), value.to_owned()));
        }
    }
    fields.splice(at..at, rows);
    let mut signed = sign(fields, KEY);
    // On the wire they may stand behind everything else.
    let rows: Vec<_> = signed
        .iter()
        .filter(|(n, _)| n.starts_with("dtl_"))
        .cloned()
        .collect();
    signed.retain(|(n, _)| !n.starts_with("dtl_"));
    signed.extend(rows);
    let page = browser.send("/f01/FepBuyInfoReceive.do", &signed).await;
    assert_eq!(page.status, 303, "{}", page.text());
    browser.post(&format!("{}/pay", page.location), &[]).await;
    let notice = browser.shop.last();
    let amounts: Vec<_> = notice
        .iter()
        .filter(|(n, _)| n == "dtl_amount")
        .map(|(_, v)| v.as_str())
        .collect();
    assert_eq!(amounts, ["200", "100"]);
}

#[tokio::test]
async fn strange_bodies_are_answered_with_a_page() {
    let mut options: Options = frozen();
    options.scenario.rules.max_body_bytes = 2_000;
    options.notice_timeout = Duration::from_millis(100);
    let browser = Browser::with(options).await;
    for (body, status) in [
        (b"".to_vec(), 200),
        (b"item_name=%83".to_vec(), 200),
        ("item_name=漢字".as_bytes().to_vec(), 200),
        (b"item_name=%zz".to_vec(), 200),
        (b"colour=red".to_vec(), 200),
        (vec![b'a'; 2_001], 413),
    ] {
        let request = browser.request("/f01/FepBuyInfoReceive.do", body.clone());
        let page = browser.try_page(request).await.unwrap();
        assert_eq!(page.status, status, "{body:?}");
        assert!(page.text().contains("<h1"));
    }
    let mut twice = sign(a01(&browser.shop, "O1", &[]), KEY);
    twice.push(("amount".to_owned(), "1".to_owned()));
    let page = browser.send("/f01/FepBuyInfoReceive.do", &twice).await;
    assert_eq!(page.status, 200);
    let mut extra = sign(a01(&browser.shop, "O1", &[]), KEY);
    extra.push(("submit".to_owned(), "Buy".to_owned()));
    let page = browser.send("/f01/FepBuyInfoReceive.do", &extra).await;
    assert!(page.text().contains("submit"));
}

#[tokio::test]
async fn blank_tags_may_be_dropped_unless_the_scenario_says_otherwise() {
    for (strict, status) in [(false, 303), (true, 200)] {
        let mut options = frozen();
        options.scenario.rules.require_all_tags = strict;
        let browser = Browser::with(options).await;
        let mut fields = sign(a01(&browser.shop, "O1", &[]), KEY);
        fields.retain(|(_, v)| !v.is_empty());
        let page = browser.send("/f01/FepBuyInfoReceive.do", &fields).await;
        assert_eq!(page.status, status);
    }
}
