//! The merchant's settlement as it is met: statements of payments made by a browser, closed by the
//! clock, downloaded over HTTP.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub,
    dead_code
)]

#[path = "mock/common.rs"]
mod common;

use netmile_mock::{
    MockError, Options, Scenario, clock,
    due::Happening,
    settlement::{HEADER, Month, fees::PayPalTariff},
};

use common::{Browser, KEY, a01, frozen, get, sign};

const DAY: u32 = 86_400;

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// Seconds from the frozen start to an instant.
fn until(stamp: &str) -> u32 {
    let start = clock::parse_instant(common::START).unwrap();
    u32::try_from(clock::parse_stamp(stamp).unwrap() - start).unwrap()
}

async fn pay(browser: &Browser, order: &str, member: &str, yen: &str) -> String {
    let now = clock::stamp(browser.mock.admin().clock().unix);
    let changes = [("amount", yen), ("request_date", now.as_str())];
    let session = browser.start_as(order, member, &changes).await;
    browser.post(&format!("{session}/pay"), &[]).await;
    let payments = browser.mock.admin().payments().await.unwrap();
    let payment = payments.into_iter().find(|p| p.order_id == order).unwrap();
    payment.tracking_id
}

fn kinds<'a>(happened: &'a [Happening], kind: &str) -> Vec<(&'a str, String, &'a str)> {
    happened
        .iter()
        .filter(|h| h.kind == kind)
        .map(|h| (h.id.as_str(), clock::stamp(h.at), h.outcome.as_str()))
        .collect()
}

#[tokio::test]
async fn the_published_example_costs_57_yen() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    // 1,400 miles are 700 yen; PayPal pays the other 300.
    admin.adjust("taro", 1_000, "to 1,400 miles").await.unwrap();
    let session = browser
        .start_as("ORDER-1", "taro", &[("amount", "1000")])
        .await;
    browser
        .post(&format!("{session}/paypal/approve"), &[])
        .await;
    let happened = admin.advance(60 * DAY).await.unwrap();
    let id = admin.payments().await.unwrap()[0].tracking_id.clone();

    let file = browser.get("/_mock/settlements/99999/001/202601").await;
    assert_eq!(
        (file.status, file.kind.as_str()),
        (200, "text/csv; charset=Shift_JIS")
    );
    let expected = format!(
        "record,processed_at,order_id,tracking_id,pay_method,kind,amount,netmile_amount,paypal_amount,fee,net,status\r\n\
         D,20260102030405,ORDER-1,{id},netmile,sale,1000,700,300,57,943,captured\r\n\
         P,20260225000000,,,,carried_over,,,,,943,\r\n\
         T,,1,,,,1000,,,57,943,\r\n"
    );
    assert_eq!(String::from_utf8(file.bytes).unwrap(), expected);
    assert_eq!(
        kinds(&happened, "month_closed"),
        [
            (
                "99999/001/202601",
                "20260201000000".to_owned(),
                "1 movements, net 943 yen, 943 yen carried over"
            ),
            (
                "99999/001/202602",
                "20260301000000".to_owned(),
                "0 movements, net 0 yen, 943 yen carried over"
            ),
        ]
    );
    assert!(kinds(&happened, "payout").is_empty());
    // The quarter pays what is under 10,000 yen; 25 April is a Saturday.
    let happened = admin.advance(60 * DAY).await.unwrap();
    assert_eq!(
        kinds(&happened, "payout"),
        [("99999/001/202603", "20260424000000".to_owned(), "943 yen")]
    );
}

#[tokio::test]
async fn a_month_is_that_of_japan_and_closes_once() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    admin.advance(until("20260131235959")).await.unwrap();
    pay(&browser, "ORDER-1", "hanako", "20000").await;
    let happened = admin.advance(1).await.unwrap();
    assert_eq!(happened.len(), 1, "{happened:?}");
    pay(&browser, "ORDER-2", "hanako", "30000").await;
    let january = admin
        .settlement("99999", "001", month("202601"))
        .await
        .unwrap();
    assert_eq!(january.rows.len(), 1);
    assert_eq!(january.rows[0].movement.order_id, "ORDER-1");
    assert_eq!((january.net(), january.payout.paid), (19_000, 19_000));
    assert!(admin.advance(DAY).await.unwrap().is_empty());
    // 25 February 2026 is a Wednesday.
    let happened = admin
        .advance(until("20260224235959") - until("20260202000000"))
        .await
        .unwrap();
    assert!(happened.is_empty(), "{happened:?}");
    let happened = admin.advance(1).await.unwrap();
    assert_eq!(kinds(&happened, "payout").len(), 1, "{happened:?}");
}

#[tokio::test]
async fn a_refund_takes_its_commission_back_in_the_month_in_which_it_happens() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    let first = pay(&browser, "ORDER-1", "hanako", "999").await;
    let second = pay(&browser, "ORDER-2", "hanako", "300").await;
    admin.advance(3_600).await.unwrap();
    admin.refund(&second).await.unwrap();
    admin.advance(30 * DAY).await.unwrap();
    admin.refund(&first).await.unwrap();
    admin.advance(30 * DAY).await.unwrap();
    let rows = |text: String| -> Vec<String> {
        let lines = text.lines().map(str::to_owned);
        lines.filter(|l| !l.starts_with("record")).collect()
    };
    let january = browser.get("/_mock/settlements/99999/001/202601").await;
    let mut at_once = [
        format!("D,20260102030405,ORDER-1,{first},netmile,sale,999,999,0,49,950,captured"),
        format!("D,20260102030405,ORDER-2,{second},netmile,sale,300,300,0,15,285,refunded"),
    ];
    if second < first {
        at_once.reverse();
    }
    let [a, b] = at_once;
    assert_eq!(
        rows(january.text()),
        [
            a,
            b,
            format!("D,20260102040405,ORDER-2,{second},netmile,refund,300,300,0,15,-285,refunded"),
            "P,20260225000000,,,,carried_over,,,,,950,".to_owned(),
            "T,,3,,,,999,,,49,950,".to_owned(),
        ]
    );
    let february = browser.get("/_mock/settlements/99999/001/202602").await;
    assert_eq!(
        rows(february.text()),
        [
            format!("D,20260201040405,ORDER-1,{first},netmile,refund,999,999,0,49,-950,refunded"),
            "P,20260325000000,,,,carried_in,,,,,950,".to_owned(),
            "T,,1,,,,-999,,,-49,-950,".to_owned(),
        ]
    );
}

#[tokio::test]
async fn settings_change_rates_rounding_and_refunds() {
    let mut options = frozen();
    let text = netmile_mock::scenario::DEMO.to_owned()
        + "
        [settlement.payout]
        carry_below_yen = 0
        [settlement.commission]
        rounding = 'up'
        refund_fee = 'kept'
        [settlement.commission.paypal]
        tariff = 'standard'
        rate_permille = 36
        [settlement.commission.method_rate_permille]
        credit = 35
        ";
    options.scenario = Scenario::parse(&text).unwrap();
    let browser = Browser::with(options).await;
    let admin = browser.mock.admin();
    let session = browser
        .start_as("ORDER-1", "taro", &[("amount", "301")])
        .await;
    browser
        .post(&format!("{session}/paypal/approve"), &[])
        .await;
    let session = browser.start("ORDER-2", &[("pay_method", "credit")]).await;
    browser.post(&format!("{session}/pay"), &[]).await;
    for payment in admin.payments().await.unwrap() {
        admin.refund(&payment.tracking_id).await.unwrap();
    }
    admin.advance(30 * DAY).await.unwrap();
    let statement = admin
        .settlement("99999", "001", month("202601"))
        .await
        .unwrap();
    let fee = |order: &str| -> Vec<u64> {
        let rows = statement.rows.iter();
        rows.filter(|r| r.movement.order_id == order)
            .map(|r| r.fee)
            .collect()
    };
    // 200 by miles: 10. 101 by PayPal: 3.636 and 40. Nothing comes back.
    assert_eq!(fee("ORDER-1"), [10 + 4 + 40, 0]);
    assert_eq!(fee("ORDER-2"), [11, 0], "10.5 rounded up");
    assert_eq!(statement.payout.carried_over, -(54 + 11));
    let text = String::from_utf8(statement.to_csv()).unwrap();
    let credit = text.lines().find(|l| l.contains("credit,sale")).unwrap();
    assert!(credit.ends_with(",300,,,11,289,refunded"), "{credit}");
}

#[test]
fn a_scenario_with_wrong_rates_is_refused_by_name() {
    for (text, named) in [
        (
            "[settlement.commission]\npaypal = { tariff = 'standard', rate_permille = 37 }",
            "paypal.rate_permille",
        ),
        (
            "[settlement.commission]\nnetmile_rate_permille = 1001",
            "netmile_rate_permille",
        ),
        ("[settlement.commission]\nrounding = 'sideways'", "sideways"),
        ("[settlement]\ncolour = 1", "colour"),
        ("[recurring]\nend_result = 'OK'", "end_result"),
    ] {
        let error = Scenario::parse(text).unwrap_err().to_string();
        assert!(error.contains(named), "{text}: {error}");
    }
    let standard = "[settlement.commission]\npaypal = { tariff = 'standard', rate_permille = 29 }";
    let scenario = Scenario::parse(standard).unwrap();
    let is = scenario.settlement.commission.paypal;
    assert_eq!(is, PayPalTariff::Standard { rate_permille: 29 });
}

#[tokio::test]
async fn what_cannot_be_told_is_refused() {
    let browser = Browser::open().await;
    for (path, status) in [
        ("99999/001/202601", 409),
        ("99999/001/202613", 400),
        ("99999/001/2026-1", 400),
        ("99999/009/202512", 404),
        ("12345/001/202512", 404),
        ("99999/001/999812", 409),
        ("99999/001/%ff", 400),
    ] {
        let page = browser.get(&format!("/_mock/settlements/{path}")).await;
        assert_eq!(page.status, status, "{path}");
        assert!(page.text().contains("\"error\""), "{path}");
    }
    let none = browser.get("/_mock/settlements/99999/001/202512").await;
    assert_eq!(none.text(), format!("{HEADER}\r\nT,,0,,,,0,,,0,0,\r\n"));
    let gone = browser
        .mock
        .admin()
        .settlement("99999", "001", month("202601"))
        .await;
    assert!(matches!(gone, Err(MockError::Refused(_))));
}

#[tokio::test]
async fn ids_are_quoted_only_where_they_must_be() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    for order in ["A,B", "A\"B", "A B"] {
        let session = browser.start_as(order, "hanako", &[]).await;
        browser.post(&format!("{session}/pay"), &[]).await;
    }
    admin.advance(30 * DAY).await.unwrap();
    let text = browser
        .get("/_mock/settlements/99999/001/202601")
        .await
        .text();
    for quoted in [",\"A,B\",", ",\"A\"\"B\",", ",A B,"] {
        assert!(text.contains(quoted), "{quoted} in {text}");
    }
}

#[tokio::test]
async fn services_are_apart_and_the_list_names_each_statement() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    pay(&browser, "ORDER-1", "hanako", "300").await;
    let fields = sign(
        a01(
            &browser.shop,
            "ORDER-1",
            &[("service_id", "002"), ("amount", "40000")],
        ),
        "second0demo0key0of0the0mock0not0a0secre0",
    );
    let page = browser.send("/f01/FepBuyInfoReceive.do", &fields).await;
    let login = [("login", "hanako"), ("password", "hanako-demo")];
    browser
        .post(&format!("{}/login", page.location), &login)
        .await;
    browser.post(&format!("{}/pay", page.location), &[]).await;
    admin.advance(until("20260302000000")).await.unwrap();
    let list: Vec<_> = admin
        .settlements()
        .await
        .unwrap()
        .into_iter()
        .map(|s| (s.file, s.movements, s.net, s.payout, s.carried_over))
        .collect();
    let file = |name: &str| format!("settlement_99999_{name}.csv");
    assert_eq!(
        list,
        [
            (file("001_202601"), 1, 285, 0, 285),
            (file("001_202602"), 0, 0, 0, 285),
            (file("002_202601"), 1, 38_000, 38_000, 0),
        ]
    );
    admin.reset().await.unwrap();
    assert!(admin.settlements().await.unwrap().is_empty());
}

/// A statement does not depend on when the mock was started, or on how the clock came here.
#[tokio::test]
async fn a_restart_makes_the_same_statements() {
    let file = std::env::temp_dir().join(format!("netmile-settle-{}.db", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let options = || Options {
        database: Some(file.clone()),
        ..frozen()
    };
    let browser = Browser::with(options()).await;
    let admin = browser.mock.admin();
    pay(&browser, "ORDER-1", "hanako", "4000").await;
    admin.advance(31 * DAY).await.unwrap();
    let second = pay(&browser, "ORDER-2", "hanako", "5000").await;
    admin.advance(31 * DAY).await.unwrap();
    admin.refund(&second).await.unwrap();
    admin.advance(31 * DAY).await.unwrap();
    let before = admin.settlements().await.unwrap();
    assert_eq!(before.len(), 3, "{before:?}");
    assert_eq!(before[2].payout, 4_000 - 200);
    browser.mock.stop().await;
    let again = Browser::with(options()).await;
    let admin = again.mock.admin();
    assert_eq!(admin.settlements().await.unwrap(), before);
    // What was closed before is not closed again; the payout of March was still to come.
    let happened = admin.advance(31 * DAY).await.unwrap();
    assert_eq!(kinds(&happened, "payout").len(), 1, "{happened:?}");
    assert!(kinds(&happened, "month_closed").is_empty(), "{happened:?}");
    again.mock.stop().await;
    let _ = std::fs::remove_file(&file);
}

#[tokio::test]
async fn a_notice_that_fails_leaves_the_sale_in_the_statement() {
    let browser = Browser::open().await;
    browser.shop.answers(common::Say::Text(200, "NG,no"));
    let session = browser.start_as("ORDER-1", "hanako", &[]).await;
    browser.post(&format!("{session}/pay"), &[]).await;
    assert_eq!(get(&browser.shop.last(), "order_id"), "ORDER-1");
    browser.mock.admin().advance(30 * DAY).await.unwrap();
    let statement = browser
        .mock
        .admin()
        .settlement("99999", "001", month("202601"))
        .await;
    assert_eq!(statement.unwrap().net(), 285, "the miles stay spent");
    let _ = KEY;
}
