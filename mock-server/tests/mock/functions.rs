//! Recurring contracts, stored payment data, the checker, other methods.

use netmile_mock::{
    store::notices::Verdict,
    wire::{
        form::Fields,
        hash::{self, Charset},
    },
};

use crate::common::{Browser, KEY, a01, get, sign};

const SIMPLE: [(&str, &str); 4] = [
    ("pay_type", "1"),
    ("auto_charge_type", "1"),
    ("div_settele", "0"),
    ("last_charge_month", "202603"),
];
const FIXED: [(&str, &str); 3] = [
    ("pay_type", "2"),
    ("auto_charge_type", "0"),
    ("div_settele", "0"),
];

#[tokio::test]
async fn a_simple_contract_bills_the_first_month_and_ends_with_its_last() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    let session = browser.start_as("ORDER-1", "hanako", &SIMPLE).await;
    let text = browser.get(&session).await.text();
    assert!(text.contains("継続"), "{text}");
    browser.post(&format!("{session}/pay"), &[]).await;
    assert_eq!(browser.balance("hanako").await, 1_000_000 - 600 + 6);
    let id = admin.contracts().await.unwrap()[0].tracking_id.clone();
    assert_eq!(get(&browser.shop.last(), "res_tracking_id"), id);
    // The first month can be given back; the contract goes on.
    assert_eq!(admin.refund(&id).await.unwrap().status, "active");
    assert_eq!(browser.balance("hanako").await, 1_000_000);
    let happened = admin.advance(89 * 86_400).await.unwrap();
    let of_contract: Vec<_> = happened
        .iter()
        .filter(|h| h.id == id)
        .map(|h| h.kind.as_str())
        .collect();
    assert_eq!(
        of_contract,
        ["period_billed", "period_billed", "contract_ended"]
    );
    assert_eq!(get(&browser.shop.last(), "res_result"), "CL");
    assert!(!admin.contracts().await.unwrap()[0].active);
    assert!(admin.advance(86_400).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_fixed_contract_only_applies_and_is_ended_by_request() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    let session = browser.start_as("ORDER-1", "zero", &FIXED).await;
    browser.post(&format!("{session}/pay"), &[]).await;
    let id = admin.contracts().await.unwrap()[0].tracking_id.clone();
    let end = [
        ("pay_type", "2"),
        ("service_type", "1"),
        ("tracking_id", id.as_str()),
    ];
    // Wrong amount, wrong customer, wrong pay_type: no such contract.
    for wrong in [("amount", "301"), ("cust_code", "OTHER"), ("pay_type", "1")] {
        let mut changes = end.to_vec();
        changes.push(wrong);
        let fields = sign(a01(&browser.shop, "END-1", &changes), KEY);
        let page = browser.send("/f01/FepBuyInfoReceive.do", &fields).await;
        assert!(page.text().contains("tracking_id"), "{wrong:?}");
    }
    let stranger = browser.start_as("END-0", "taro", &end).await;
    let page = browser.post(&format!("{stranger}/pay"), &[]).await;
    assert_eq!(page.status, 409, "another member's contract");
    let session = browser.start_as("END-1", "zero", &end).await;
    browser.post(&format!("{session}/pay"), &[]).await;
    let notice = browser.shop.last();
    assert_eq!(get(&notice, "res_result"), "OK");
    assert_eq!(get(&notice, "tracking_id"), id);
    assert_ne!(get(&notice, "res_tracking_id"), id);
    assert!(!admin.contracts().await.unwrap()[0].active);
    let fields = sign(a01(&browser.shop, "END-2", &end), KEY);
    let page = browser.send("/f01/FepBuyInfoReceive.do", &fields).await;
    assert_eq!(page.status, 200, "it has ended already");
    assert_eq!(browser.balance("zero").await, 0);
}

#[tokio::test]
async fn later_notices_are_signed_and_end_contracts() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    for (number, (result, active)) in [
        ("CR", false),
        ("CC", false),
        ("CL", false),
        ("PY", true),
        ("CN", true),
    ]
    .into_iter()
    .enumerate()
    {
        let order = format!("ORDER-{number}");
        let session = browser.start_as(&order, "zero", &FIXED).await;
        browser.post(&format!("{session}/pay"), &[]).await;
        let id = admin.contracts().await.unwrap().pop().unwrap().tracking_id;
        assert_eq!(
            admin.later_notice(&id, result).await.unwrap(),
            Verdict::Accepted
        );
        let notice = browser.shop.last();
        assert_eq!(get(&notice, "res_result"), result);
        assert_eq!(
            get(&notice, "sps_hashcode"),
            crate::common::result_hash(&notice, Charset::Utf8).to_uppercase()
        );
        assert_eq!(
            admin.contracts().await.unwrap().pop().unwrap().active,
            active
        );
    }
    assert!(admin.later_notice("1", "CR").await.is_err());
    let id = admin.contracts().await.unwrap().pop().unwrap().tracking_id;
    assert!(admin.later_notice(&id, "OK").await.is_err());
}

const B01: &str = "pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no terminal_type success_url cancel_url error_url pagecon_url free1 free2 free3 free_csv request_date limit_second";
const B_RESULT: &str = "pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no terminal_type free1 free2 free3 request_date res_pay_method res_result res_sps_cust_no res_sps_payment_no res_payinfo_key res_err_code res_date limit_second";
const D01: &str = "pay_method merchant_id service_id cust_code order_id item_id item_name service_type tracking_id terminal_type success_url cancel_url error_url pagecon_url free1 free2 free3 request_date limit_second";

fn pick(browser: &Browser, order: &str, names: &str, method: &str) -> Fields {
    let all = a01(&browser.shop, order, &[("pay_method", method)]);
    let picked = names
        .split(' ')
        .map(|n| (n.to_owned(), get(&all, n).to_owned()))
        .collect();
    sign(picked, KEY)
}

#[tokio::test]
async fn payment_data_is_stored_kept_and_deleted() {
    let browser = Browser::open().await;
    let mut numbers = Vec::new();
    for path in [
        "/f04/FepPayInfoReceive.do",
        "/f04/FepPayInfoReceive.do",
        "/f04/FepPayInfoDelete.do",
    ] {
        let page = browser.send(path, &pick(&browser, "", B01, "credit")).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let shown = browser.get(&page.location).await.text();
        assert!(!shown.contains("CUST0001"), "the customer id is masked");
        browser.post(&format!("{}/pay", page.location), &[]).await;
        let notice = browser.shop.last();
        let values = B_RESULT.split(' ').map(|n| get(&notice, n));
        let digest = hash::digest(values, KEY, Charset::Utf8).unwrap();
        assert_eq!(get(&notice, "sps_hashcode"), digest.to_uppercase());
        assert_eq!(get(&notice, "res_sps_cust_no").len(), 12);
        numbers.push(get(&notice, "res_sps_cust_no").to_owned());
        let done = browser.get(&page.location).await;
        let back = done.hidden(&format!("{}/success", browser.shop.url));
        let values = B_RESULT.split(' ').map(|n| get(&back, n));
        let digest = hash::digest(values, KEY, Charset::ShiftJis).unwrap();
        assert_eq!(get(&back, "sps_hashcode"), digest);
    }
    assert!(
        numbers.iter().all(|n| *n == numbers[0]),
        "an update keeps the number"
    );
    let page = browser
        .send(
            "/f04/FepPayInfoReceive.do",
            &pick(&browser, "", B01, "netmile"),
        )
        .await;
    assert_eq!(page.status, 200, "NetMile stores no payment data");
}

#[tokio::test]
async fn a_recurring_application_of_its_own_answers_in_the_shape_of_a_purchase() {
    let browser = Browser::open().await;
    let mut fields = pick(&browser, "ORDER-1", D01, "docomo");
    let page = browser.send("/f02/FepAutoChargeReceive.do", &fields).await;
    assert_eq!(page.status, 303, "{}", page.text());
    browser.post(&format!("{}/pay", page.location), &[]).await;
    let notice = browser.shop.last();
    assert_eq!(
        get(&notice, "sps_hashcode"),
        crate::common::result_hash(&notice, Charset::Utf8).to_uppercase()
    );
    let contracts = browser.mock.admin().contracts().await.unwrap();
    assert_eq!(contracts[0].method, "docomo");
    assert_eq!(contracts[0].tracking_id, get(&notice, "res_tracking_id"));
    fields = pick(&browser, "ORDER-1", D01, "docomo");
    let page = browser.send("/f02/FepAutoChargeReceive.do", &fields).await;
    assert!(page.text().contains("order_id"), "used up");
}

#[tokio::test]
async fn the_checker_reports_and_sends_results_without_a_session() {
    let browser = Browser::open().await;
    let wrong = sign(
        a01(&browser.shop, "O1", &[("amount", "x"), ("tax", "y")]),
        "no key",
    );
    let page = browser
        .send("/Extra/BuyRequestAction.do", &wrong)
        .await
        .text();
    assert!(
        page.contains("amount") && page.contains("tax"),
        "every fault at once"
    );
    assert_eq!(
        browser.shop.count(),
        0,
        "nobody is called for a wrong request"
    );
    let right = sign(a01(&browser.shop, "O1", &[]), KEY);
    let page = browser.send("/Extra/BuyRequestAction.do", &right).await;
    assert_eq!(browser.shop.count(), 1);
    for (url, result) in [("success", "OK"), ("cancel", "NG"), ("error", "NG")] {
        let form = page.hidden(&format!("{}/{url}", browser.shop.url));
        assert_eq!(get(&form, "res_result"), result);
        assert_eq!(
            get(&form, "sps_hashcode"),
            crate::common::result_hash(&form, Charset::ShiftJis)
        );
    }
    assert!(browser.mock.admin().sessions(10).await.unwrap().is_empty());
    browser.start("O1", &[]).await;
}

#[tokio::test]
async fn netmile_is_not_offered_for_an_amount_it_does_not_take() {
    let browser = Browser::open().await;
    let small = [("pay_method", "netmile,credit,docomo"), ("amount", "9")];
    let session = browser.start("ORDER-1", &small).await;
    let page = browser.get(&session).await.text();
    assert!(!page.contains("value=\"netmile\"") && page.contains("value=\"credit\""));
    let forced = browser
        .post(&format!("{session}/method"), &[("method", "netmile")])
        .await;
    assert_eq!(forced.location, format!("{session}?n=nothing"));
}

#[tokio::test]
async fn methods_are_chosen_when_several_are_offered() {
    let browser = Browser::open().await;
    let session = browser
        .start("ORDER-1", &[("pay_method", "netmile,credit")])
        .await;
    let page = browser.get(&session).await.text();
    assert!(
        page.contains("value=\"netmile\"") && page.contains("value=\"credit\""),
        "{page}"
    );
    assert!(!page.contains("value=\"docomo\""));
    let none = browser
        .post(&format!("{session}/method"), &[("method", "docomo")])
        .await;
    assert_eq!(none.location, format!("{session}?n=nothing"));
    browser
        .post(&format!("{session}/method"), &[("method", "credit")])
        .await;
    let page = browser.get(&session).await.text();
    assert!(
        page.contains("/pay\""),
        "the stand-in has a pay button: {page}"
    );
    // Back to the selection and over to NetMile.
    browser
        .post(&format!("{session}/method"), &[("method", "netmile")])
        .await;
    let wrong = browser
        .post(
            &format!("{session}/login"),
            &[("login", "hanako"), ("password", "x")],
        )
        .await;
    assert_eq!(wrong.status, 200);
    browser
        .post(
            &format!("{session}/login"),
            &[
                ("login", "hanako@member.example"),
                ("password", "hanako-demo"),
            ],
        )
        .await;
    browser.post(&format!("{session}/pay"), &[]).await;
    let notice = browser.shop.last();
    assert_eq!(get(&notice, "pay_method"), "netmile,credit");
    assert_eq!(get(&notice, "res_pay_method"), "netmile");
}
