//! What the merchant's answer to a notice leads to.

use netmile_mock::{store::notices::Verdict, wire::hash::Charset};

use crate::common::{Browser, Say, get, result_hash};

#[tokio::test]
async fn only_a_200_that_begins_with_ok_is_an_ok() {
    let table = [
        (Say::Text(200, "OK,"), Verdict::Accepted),
        (Say::Text(200, "OK"), Verdict::Accepted),
        (Say::Text(200, "NG,no stock"), Verdict::Refused),
        (Say::Text(200, ""), Verdict::Refused),
        (Say::Text(200, "ok,"), Verdict::Refused),
        (Say::Text(200, " OK,"), Verdict::Refused),
        (Say::Text(200, "<html>OK,</html>"), Verdict::Refused),
        (Say::Text(201, "OK,"), Verdict::BadStatus),
        (Say::Text(302, "OK,"), Verdict::BadStatus),
        (Say::Text(500, "OK,"), Verdict::BadStatus),
        (Say::Nothing, Verdict::TimedOut),
    ];
    let browser = Browser::open().await;
    for (number, (say, verdict)) in table.into_iter().enumerate() {
        browser.shop.answers(say);
        let session = browser
            .start_as(&format!("ORDER-{number}"), "hanako", &[])
            .await;
        let before = browser.balance("hanako").await;
        browser.post(&format!("{session}/pay"), &[]).await;
        let attempt = browser.mock.admin().notices().await.unwrap().pop().unwrap();
        assert_eq!(attempt.verdict, verdict, "row {number}");
        assert_eq!(attempt.failure_mail, verdict != Verdict::Accepted);
        let text = browser.get(&session).await.text();
        let good = verdict == Verdict::Accepted;
        assert_eq!(text.contains("1301"), !good, "row {number}");
        assert_eq!(text.contains("/success"), good, "row {number}");
        // The miles stay spent, whatever the merchant says.
        assert_eq!(browser.balance("hanako").await, before - 600 + 6);
        let status = browser
            .mock
            .admin()
            .payments()
            .await
            .unwrap()
            .pop()
            .unwrap()
            .status;
        assert_eq!(status, if good { "paid" } else { "notice_failed" });
    }
}

#[tokio::test]
async fn a_shop_that_is_down_leaves_a_purchase_ng_page() {
    let browser = Browser::open().await;
    let gone = [("pagecon_url", "http://127.0.0.1:9/notify")];
    let session = browser.start_as("ORDER-1", "hanako", &gone).await;
    browser.post(&format!("{session}/pay"), &[]).await;
    assert!(browser.get(&session).await.text().contains("1301"));
    let attempt = browser.mock.admin().notices().await.unwrap().remove(0);
    assert_eq!(attempt.verdict, Verdict::Unreachable);
}

#[tokio::test]
async fn a_notice_sent_again_is_signed_anew() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    browser.shop.answers(Say::Text(200, "NG,later"));
    let session = browser.start_as("ORDER-1", "hanako", &[]).await;
    browser.post(&format!("{session}/pay"), &[]).await;
    let first = browser.shop.last();
    admin.advance(3_600).await.unwrap();
    browser.shop.answers(Say::Text(200, "OK,"));
    let id = get(&first, "res_tracking_id").to_owned();
    assert_eq!(admin.resend(&id).await.unwrap(), Verdict::Accepted);
    let second = browser.shop.last();
    assert_eq!(get(&first, "res_date"), "20260102030405");
    assert_eq!(get(&second, "res_date"), "20260102040405");
    assert_eq!(
        get(&second, "res_payment_date"),
        get(&first, "res_payment_date")
    );
    assert_eq!(
        get(&second, "sps_hashcode"),
        result_hash(&second, Charset::Utf8).to_uppercase()
    );
    assert_eq!(admin.payments().await.unwrap()[0].status, "paid");
    assert_eq!(browser.balance("hanako").await, 1_000_000 - 600 + 6);
}

#[tokio::test]
async fn bodies_are_shift_jis_in_an_order_that_follows_the_seed() {
    let bodies = |seed| async move {
        let mut options = crate::common::frozen();
        options.seed = seed;
        let browser = Browser::with(options).await;
        let name = [("item_name", "髙橋①ー～表ソ")];
        for order in ["ORDER-1", "ORDER-2"] {
            let session = browser.start_as(order, "hanako", &name).await;
            browser.post(&format!("{session}/pay"), &[]).await;
        }
        let names: Vec<Vec<String>> = browser
            .shop
            .notices
            .lock()
            .unwrap()
            .iter()
            .map(|f| f.iter().map(|(n, _)| n.clone()).collect())
            .collect();
        let ids: Vec<String> = browser
            .mock
            .admin()
            .payments()
            .await
            .unwrap()
            .into_iter()
            .map(|p| p.tracking_id)
            .collect();
        let body = browser.shop.bodies.lock().unwrap()[0].clone();
        (names, ids, body)
    };
    let (names, ids, body) = bodies(7).await;
    assert_ne!(
        names[0], names[1],
        "the order differs from notice to notice"
    );
    assert_eq!((names.clone(), ids.clone()), {
        let again = bodies(7).await;
        (again.0, again.1)
    });
    assert_ne!(ids, bodies(8).await.1);
    let text = String::from_utf8(body).unwrap();
    // 髙 has its CP932 place.
    assert!(
        text.contains("item_name=%FB%FC%8B%B4%87%40%81%5B%81%60%95%5C%83%5C"),
        "{text}"
    );
}
