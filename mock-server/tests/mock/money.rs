//! Money moves once, and back once.

use std::sync::Arc;

use netmile_mock::MockError;

use crate::common::{Browser, get};

#[tokio::test]
async fn twenty_parallel_pays_debit_once_and_tell_once() {
    let browser = Arc::new(Browser::open().await);
    let session = browser.start_as("ORDER-1", "hanako", &[]).await;
    let mut clicks = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (browser, session) = (Arc::clone(&browser), session.clone());
        clicks.spawn(async move {
            let page = browser
                .post(
                    &format!("{session}/pay"),
                    &[("revision", "netmile-hanako-300-1000000")],
                )
                .await;
            assert_eq!((page.status, page.location), (303, session.clone()));
            browser.get(&session).await.text()
        });
    }
    while let Some(text) = clicks.join_next().await {
        let text = text.unwrap();
        assert!(
            text.contains("/success"),
            "every tab ends on the completion page"
        );
    }
    assert_eq!(browser.balance("hanako").await, 1_000_000 - 600 + 6);
    assert_eq!(browser.shop.count(), 1);
    let ledger = browser.mock.admin().ledger(None).await.unwrap();
    let debits = ledger.iter().filter(|e| e.kind == "payment").count();
    assert_eq!(debits, 1);
    assert_eq!(browser.mock.admin().payments().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_page_that_shows_an_old_balance_does_not_pay() {
    let browser = Browser::open().await;
    let first = browser.start_as("ORDER-1", "hanako", &[]).await;
    let second = browser.start_as("ORDER-2", "hanako", &[]).await;
    let revision = [("revision", "netmile-hanako-300-1000000")];
    browser.post(&format!("{first}/pay"), &revision).await;
    let page = browser.post(&format!("{second}/pay"), &revision).await;
    assert_eq!(page.location, format!("{second}?n=changed"));
    assert_eq!(browser.shop.count(), 1);
    let page = browser.get(&second).await;
    let fresh = get(&page.hidden(&format!("{second}/pay")), "revision").to_owned();
    browser
        .post(&format!("{second}/pay"), &[("revision", &fresh)])
        .await;
    assert_eq!(browser.shop.count(), 2);
}

#[tokio::test]
async fn an_ended_session_stays_ended() {
    let browser = Browser::open().await;
    let paid = browser.start_as("ORDER-1", "hanako", &[]).await;
    browser.post(&format!("{paid}/pay"), &[]).await;
    for path in ["cancel", "fail", "login", "method", "paypal/approve", "pay"] {
        browser
            .post(&format!("{paid}/{path}"), &[("method", "netmile")])
            .await;
        let text = browser.get(&paid).await.text();
        assert!(text.contains("/success"), "{path}");
    }
    let cancelled = browser.start_as("ORDER-2", "hanako", &[]).await;
    browser.post(&format!("{cancelled}/cancel"), &[]).await;
    browser.post(&format!("{cancelled}/pay"), &[]).await;
    let page = browser.get(&cancelled).await;
    let form = page.hidden(&format!("{}/cancel", browser.shop.url));
    assert_eq!(get(&form, "res_result"), "NG");
    assert_eq!(get(&form, "res_err_code"), "");
    let failed = browser.start_as("ORDER-3", "hanako", &[]).await;
    browser
        .post(&format!("{failed}/fail"), &[("code", "7777")])
        .await;
    let page = browser.get(&failed).await;
    let form = page.hidden(&format!("{}/error", browser.shop.url));
    assert_eq!(get(&form, "res_err_code"), "7777");
    assert_eq!(browser.shop.count(), 1);
}

#[tokio::test]
async fn paypal_pays_what_the_whole_yen_miles_do_not_cover() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    admin.adjust("taro", 1, "an odd mile").await.unwrap();
    let session = browser.start_as("ORDER-1", "taro", &[]).await;
    let page = browser
        .post(
            &format!("{session}/paypal"),
            &[("revision", "netmile-taro-300-401")],
        )
        .await;
    assert_eq!(page.location, format!("{session}/paypal"));
    let text = browser.get(&format!("{session}/paypal")).await.text();
    assert!(text.contains("100円"), "{text}");
    let declined = browser
        .post(&format!("{session}/paypal/decline"), &[])
        .await;
    assert_eq!(declined.location, format!("{session}?n=declined"));
    assert_eq!(browser.balance("taro").await, 401);
    browser
        .post(&format!("{session}/paypal/approve"), &[])
        .await;
    // 400 miles spent, the odd one stays, 4 come back.
    assert_eq!(browser.balance("taro").await, 5);
    let payment = admin.payments().await.unwrap().remove(0);
    assert_eq!((payment.miles, payment.paypal_yen), (400, 100));
    let refunded = admin.refund(&payment.tracking_id).await.unwrap();
    assert_eq!(refunded.status, "refunded");
    assert_eq!(browser.balance("taro").await, 401);
    let ledger = admin.ledger(Some("taro")).await.unwrap();
    let last: Vec<_> = ledger
        .iter()
        .rev()
        .take(3)
        .map(|e| (e.kind.as_str(), e.miles, e.yen))
        .collect();
    assert_eq!(
        last,
        [
            ("paypal_refund", 0, -100),
            ("return_taken_back", -4, 0),
            ("refund", 400, -200)
        ]
    );
    let total: i64 = ledger.iter().map(|e| e.yen).sum();
    assert_eq!(total, 0, "what was settled was given back");
}

#[tokio::test]
async fn a_refund_is_full_once_and_in_time() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    for order in ["ORDER-1", "ORDER-2"] {
        let session = browser.start_as(order, "hanako", &[]).await;
        browser.post(&format!("{session}/pay"), &[]).await;
    }
    let ids: Vec<_> = admin
        .payments()
        .await
        .unwrap()
        .into_iter()
        .map(|p| p.tracking_id)
        .collect();
    assert_eq!(browser.balance("hanako").await, 1_000_000 - 1_200 + 12);
    admin.refund(&ids[0]).await.unwrap();
    assert_eq!(browser.balance("hanako").await, 1_000_000 - 600 + 6);
    assert!(matches!(
        admin.refund(&ids[0]).await,
        Err(MockError::Refused(_))
    ));
    assert!(matches!(
        admin.refund("1").await,
        Err(MockError::NotFound { .. })
    ));
    // Bought on 2 January: until 30 April, 23:59:59.
    let seconds =
        |text: &str| netmile_mock::clock::parse_instant(text).unwrap() - admin.clock().unix;
    let to = u32::try_from(seconds("2026-04-30T23:59:59+09:00")).unwrap();
    admin.advance(to).await.unwrap();
    let page = manage(&browser, &format!("/manage/payments/{}", ids[1])).await;
    assert!(page.contains("2026-04-30"), "{page}");
    admin.advance(1).await.unwrap();
    assert!(matches!(
        admin.refund(&ids[1]).await,
        Err(MockError::Refused(_))
    ));
    assert_eq!(browser.balance("hanako").await, 1_000_000 - 600 + 6);
}

async fn manage(browser: &Browser, path: &str) -> String {
    let login = browser
        .post(
            "/manage/login",
            &[
                ("merchant_id", "99999"),
                ("service_id", "001"),
                ("password", "manage-demo"),
            ],
        )
        .await;
    browser.get_as(path, &login.cookie).await.text()
}

#[tokio::test]
async fn the_management_page_lists_refunds_and_hides_other_merchants() {
    let browser = Browser::open().await;
    let session = browser.start_as("ORDER-1", "hanako", &[]).await;
    browser.post(&format!("{session}/pay"), &[]).await;
    browser.start("ORDER-2", &[]).await;
    let id = browser
        .mock
        .admin()
        .payments()
        .await
        .unwrap()
        .remove(0)
        .tracking_id;

    assert_eq!(browser.get("/manage/payments").await.location, "/manage");
    let wrong = [
        ("merchant_id", "99999"),
        ("service_id", "001"),
        ("password", "x"),
    ];
    assert_eq!(browser.post("/manage/login", &wrong).await.status, 200);
    let asked = browser.get(&format!("/manage/payments/{id}")).await;
    assert_eq!(asked.location, format!("/manage?payment={id}"));
    let login = browser.get(&asked.location).await.text();
    assert!(login.contains(&id), "{login}");
    for (payment, goal) in [
        (id.as_str(), format!("/manage/payments/{id}")),
        ("//evil.example", "/manage/payments".to_owned()),
    ] {
        let login = [
            ("merchant_id", "99999"),
            ("service_id", "001"),
            ("password", "manage-demo"),
            ("payment", payment),
        ];
        assert_eq!(browser.post("/manage/login", &login).await.location, goal);
    }
    let list = manage(&browser, "/manage/payments").await;
    assert!(
        list.contains("ORDER-1") && list.contains("ORDER-2"),
        "{list}"
    );
    let list = manage(&browser, "/manage/payments?order_id=ORDER-1&status=paid").await;
    assert!(
        list.contains("ORDER-1") && !list.contains("ORDER-2"),
        "{list}"
    );

    let login = |service: &'static str, password: &'static str| {
        let fields = [
            ("merchant_id", "99999"),
            ("service_id", service),
            ("password", password),
        ];
        let browser = &browser;
        async move { browser.post("/manage/login", &fields).await.cookie }
    };
    let other = login("002", "manage-demo-2").await;
    let refund = format!("/manage/payments/{id}/refund");
    let page = browser.post_as(&refund, &[], &other).await;
    assert_eq!(page.status, 404);
    let own = login("001", "manage-demo").await;
    let page = browser.post_as(&refund, &[("amount", "1")], &own).await;
    assert_eq!(page.status, 400);
    assert_eq!(browser.balance("hanako").await, 1_000_000 - 600 + 6);
    let page = browser.post_as(&refund, &[], &own).await;
    assert_eq!(page.status, 200);
    assert_eq!(browser.balance("hanako").await, 1_000_000);
    let page = browser.post_as(&refund, &[], &own).await;
    assert!(page.location.ends_with("?n=refused"));
    let resend = format!("/manage/payments/{id}/notice");
    let page = browser.post_as(&resend, &[], &own).await;
    assert!(page.location.ends_with("?n=accepted"));
    assert_eq!(browser.shop.count(), 2);
}

#[tokio::test]
async fn a_contract_is_ended_on_the_management_page_and_the_shop_is_told() {
    let browser = Browser::open().await;
    let fixed = [
        ("pay_type", "2"),
        ("auto_charge_type", "0"),
        ("div_settele", "0"),
    ];
    let session = browser.start_as("ORDER-1", "zero", &fixed).await;
    browser.post(&format!("{session}/pay"), &[]).await;
    let id = browser.mock.admin().contracts().await.unwrap()[0]
        .tracking_id
        .clone();
    let fields = [
        ("merchant_id", "99999"),
        ("service_id", "001"),
        ("password", "manage-demo"),
    ];
    let cookie = browser.post("/manage/login", &fields).await.cookie;
    let page = manage(&browser, &format!("/manage/payments/{id}")).await;
    let end = format!("/manage/payments/{id}/end");
    assert!(page.contains(&end), "{page}");
    let refund = format!("/manage/payments/{id}/refund");
    let refused = browser.post_as(&refund, &[], &cookie).await;
    assert!(
        refused.location.ends_with("?n=refused"),
        "nothing was charged"
    );
    let ended = browser.post_as(&end, &[], &cookie).await;
    assert!(ended.location.ends_with("?n=ended"));
    assert_eq!(get(&browser.shop.last(), "res_result"), "CR");
    assert_eq!(browser.post_as(&end, &[], &cookie).await.status, 409);
    assert_eq!(browser.shop.count(), 2);
    let page = manage(&browser, &format!("/manage/payments/{id}")).await;
    assert!(!page.contains(&end), "{page}");
}
