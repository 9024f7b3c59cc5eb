//! The customer's journey over HTTP.

use crate::common::{Browser, get, result_hash};
use netmile_mock::wire::hash::Charset;

/// 300 yen, 400 mile (200 yen), short 200 mile (100 yen), campaign 200 mile, 600 mile (300 yen), paid.
#[tokio::test]
async fn the_worked_example_comes_out_digit_for_digit() {
    let browser = Browser::open().await;
    let session = browser.start_as("ORDER-1", "taro", &[]).await;

    let page = browser.get(&session).await.text();
    assert!(page.contains("300円"), "{page}");
    assert!(page.contains("400mile(=200円)"), "{page}");
    assert!(page.contains("200mile(=100円)"), "{page}");
    assert!(page.contains("今すぐマイルを貯める"), "{page}");
    let early = browser.post(&format!("{session}/pay"), &[]).await;
    assert_eq!(early.location, format!("{session}?n=short"));
    assert_eq!(browser.shop.count(), 0);

    let result = browser.register(&session, "campaign-a").await.text();
    assert!(result.contains("登録完了"), "{result}");
    assert_eq!(browser.balance("taro").await, 600);

    let page = browser.get(&session).await;
    let text = page.text();
    assert!(text.contains("600mile(=300円)"), "{text}");
    assert!(!text.contains("今すぐマイルを貯める"), "{text}");
    let hidden = page.hidden(&format!("{session}/pay"));
    let revision = get(&hidden, "revision").to_owned();
    let paid = browser
        .post(&format!("{session}/pay"), &[("revision", &revision)])
        .await;
    assert_eq!(
        (paid.status, paid.location.as_str()),
        (303, session.as_str())
    );

    // 600 miles spent, 1 % of them back.
    assert_eq!(browser.balance("taro").await, 6);
    assert_eq!(browser.shop.count(), 1);
    let notice = browser.shop.last();
    assert_eq!(get(&notice, "res_result"), "OK");
    assert_eq!(get(&notice, "res_pay_method"), "netmile");
    assert_eq!(get(&notice, "item_name"), "テスト商品");
    let digest = result_hash(&notice, Charset::Utf8).to_uppercase();
    assert_eq!(get(&notice, "sps_hashcode"), digest);
    assert!(get(&notice, "res_tracking_id").len() == 14);
    for name in [
        "success_url",
        "cancel_url",
        "error_url",
        "pagecon_url",
        "free_csv",
    ] {
        assert!(
            notice.iter().all(|(n, _)| n != name),
            "{name} is not returned"
        );
    }

    let done = browser.get(&session).await;
    assert_eq!(done.kind, "text/html; charset=Shift_JIS");
    let back = done.hidden(&format!("{}/success", browser.shop.url));
    assert_eq!(get(&back, "res_result"), "OK");
    assert_eq!(
        get(&back, "sps_hashcode"),
        result_hash(&back, Charset::ShiftJis)
    );
    assert_eq!(
        get(&back, "res_tracking_id"),
        get(&notice, "res_tracking_id")
    );
    let again = browser.get(&session).await;
    assert_eq!(again.bytes, done.bytes, "a reload shows the same page");

    let ledger = browser.mock.admin().ledger(Some("taro")).await.unwrap();
    let rows: Vec<_> = ledger.iter().map(|e| (e.kind.as_str(), e.miles)).collect();
    assert_eq!(
        rows,
        [
            ("opening", 400),
            ("campaign", 200),
            ("payment", -600),
            ("return", 6)
        ]
    );
}
