//! The shop without any gateway: its notices are composed here, by code that shares nothing with the SDK.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::{Alone, ITEM};
use netmile::purchase::Phase;

#[tokio::test]
async fn an_order_is_paid_by_the_notice_and_by_nothing_else() {
    let mut alone = Alone::open().await;
    let order = alone.buy("postcard", "pc").await;
    assert_eq!(order.posted["amount"], "300");
    assert!(alone.order(&order.id).await.says("お支払い前"));

    // The browser comes back first: evidence, not proof.
    let back = alone.to_browser(&order, &[]);
    let page = alone.post("/netmile/success", &back).await;
    assert!(page.url.path().ends_with(&order.id), "{}", page.url);
    assert!(page.says("お支払いを確認中") && !page.says("支払い済み"));
    assert!(page.says("お支払いの確認後に発送します"));

    let notice = alone.to_server(&order, &[]);
    assert_eq!(alone.notify(&notice).await, "OK,");
    alone.shop.fulfil_now().await.unwrap();
    let page = alone.order(&order.id).await;
    assert!(
        page.says("支払い済み") && page.says("発送済み"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn a_repeated_notice_is_fulfilled_once() {
    let mut alone = Alone::open().await;
    let order = alone.buy("postcard", "pc").await;
    for _ in 0..5 {
        let notice = alone.to_server(&order, &[]);
        assert_eq!(alone.notify(&notice).await, "OK,");
        alone.shop.fulfil_now().await.unwrap();
    }
    let done = alone.shop.fulfilments().await.unwrap();
    assert_eq!(done.len(), 1, "{done:?}");
    assert_eq!(
        (done[0].kind.as_str(), &done[0].order_id),
        ("paid", &order.id)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_equal_notices_at_once_pay_once() {
    let mut alone = Alone::open().await;
    let order = alone.buy("postcard", "pc").await;
    let notice = alone.to_server(&order, &[]);
    let url = format!("{}/netmile/notify", alone.shop.url());
    let sent: Vec<_> = (0..20)
        .map(|_| tokio::spawn(alone.raw.post(&url).body(notice.clone()).send()))
        .collect();
    for answer in sent {
        let answer = answer.await.unwrap().unwrap();
        assert_eq!(answer.text().await.unwrap(), "OK,");
    }
    alone.shop.fulfil_now().await.unwrap();
    assert_eq!(alone.shop.fulfilments().await.unwrap().len(), 1);
    let purchase = alone
        .shop
        .client()
        .purchases()
        .get(&order.id)
        .await
        .unwrap();
    assert_eq!(purchase.payments.len(), 1);
}

#[tokio::test]
async fn what_is_forged_or_wrong_pays_nothing() {
    let mut alone = Alone::open().await;
    let order = alone.buy("takahashi", "pc").await;
    let altered = {
        let notice = alone.to_server(&order, &[]);
        notice.replace("amount=%31%32%30%30", "amount=%31%32%30%31")
    };
    let cases = [
        (altered, "NG,hash_mismatch"),
        // Signed well, but not what was asked.
        (
            alone.to_server(&order, &[("amount", "1201")]),
            "NG,mismatch",
        ),
        (
            alone.to_server(&order, &[("cust_code", "C0")]),
            "NG,mismatch",
        ),
        (
            alone.to_server(&order, &[("order_id", "nobody-1")]),
            "NG,unknown_order",
        ),
        // The hash of a browser's return is over other bytes.
        (alone.to_browser(&order, &[]), "NG,hash_mismatch"),
    ];
    for (notice, answer) in cases {
        assert_eq!(alone.notify(&notice).await, answer);
    }
    alone.shop.fulfil_now().await.unwrap();
    assert!(alone.shop.fulfilments().await.unwrap().is_empty());
    assert!(alone.order(&order.id).await.says("お支払い前"));
    assert_eq!(alone.notify(&alone.to_server(&order, &[])).await, "OK,");
}

#[tokio::test]
async fn difficult_names_arrive_as_they_are_and_the_wave_dash_by_its_replacement() {
    let mut alone = Alone::open().await;
    let order = alone.buy("takahashi", "feature_phone").await;
    assert_eq!(order.posted["item_name"], "髙橋①ー～表ソ");
    assert_eq!(order.posted["dtl_item_name"], "髙橋①ー～表ソ");
    assert_eq!(order.posted["terminal_type"], "1");
    assert_eq!(alone.notify(&alone.to_server(&order, &[])).await, "OK,");
    let order = alone.buy("poems", "smartphone").await;
    assert_eq!(order.posted["item_name"], "詩集 春～夏");
    assert_eq!(alone.notify(&alone.to_server(&order, &[])).await, "OK,");
}

#[tokio::test]
async fn a_double_click_orders_once_and_a_reload_signs_the_same_attempt() {
    let mut alone = Alone::open().await;
    alone.put("postcard").await;
    let checkout = alone.get("/checkout").await;
    let first = checkout.form("/checkout").unwrap();
    let second = checkout.form("/checkout").unwrap();
    let one = alone.browser.send(first).await.unwrap();
    let two = alone.browser.send(second).await.unwrap();
    let (one, two) = (one.form(ITEM).unwrap(), two.form(ITEM).unwrap());
    assert_eq!(one.value("order_id"), two.value("order_id"));
    assert!(one.value("order_id").ends_with("-1"));
    assert_eq!(
        alone
            .get("/orders")
            .await
            .html
            .matches("class=\"name\"")
            .count(),
        1
    );
    assert!(
        alone
            .get("/basket")
            .await
            .says("買い物かごに商品はありません")
    );
}

#[tokio::test]
async fn an_order_is_shown_to_the_session_that_made_it() {
    let mut alone = Alone::open().await;
    let order = alone.buy("postcard", "pc").await;
    let mut stranger = common::browser::Browser::new("ja").unwrap();
    for path in ["", "/pay"] {
        let url = format!("{}/orders/{}{path}", alone.shop.url(), order.id);
        assert_eq!(stranger.open(&url).await.unwrap().status, 404);
    }
}

#[tokio::test]
async fn a_form_without_the_sessions_token_does_nothing() {
    let mut alone = Alone::open().await;
    let order = alone.buy("postcard", "pc").await;
    let page = alone.order(&order.id).await;
    for token in ["", "0123456789abcdef0123456789abcdef"] {
        let form = page.form("/cancel").unwrap().fill("token", token);
        assert_eq!(alone.browser.send(form).await.unwrap().status, 403);
    }
    assert_eq!(alone.phase(&order.id).await, Phase::Open);
    let form = page.form("/cancel").unwrap();
    assert!(alone.browser.send(form).await.unwrap().says("取り消し済み"));
}

#[tokio::test]
async fn the_customer_turns_back_and_pays_by_another_attempt() {
    let mut alone = Alone::open().await;
    let order = alone.buy("postcard", "pc").await;
    let back = alone.to_browser(&order, &[("res_result", "NG"), ("res_tracking_id", "")]);
    let page = alone.post("/netmile/cancel", &back).await;
    assert!(page.says("お支払い前"), "{}", page.text());
    let again = alone
        .browser
        .send(page.form("/pay").unwrap())
        .await
        .unwrap();
    let again = alone.taken(&again);
    assert_eq!(again.posted["order_id"], format!("{}-2", order.id));
    let bare = alone.get("/netmile/cancel").await;
    assert_eq!(bare.url.path(), "/orders");
    assert_eq!(alone.notify(&alone.to_server(&again, &[])).await, "OK,");
    assert!(alone.order(&order.id).await.says("支払い済み"));
}

#[tokio::test]
async fn a_return_that_cannot_be_read_still_welcomes_the_customer() {
    let mut alone = Alone::open().await;
    let order = alone.buy("postcard", "pc").await;
    let forged = alone.to_server(&order, &[]);
    let page = alone.post("/netmile/success", &forged).await;
    assert!(page.url.path() == "/orders" && page.says("お帰りなさい"));
    assert_eq!(alone.phase(&order.id).await, Phase::Open);
}

#[tokio::test]
async fn a_payment_after_the_cancellation_waits_at_the_desk() {
    let mut alone = Alone::open().await;
    let order = alone.buy("postcard", "pc").await;
    let page = alone.order(&order.id).await;
    alone
        .browser
        .send(page.form("/cancel").unwrap())
        .await
        .unwrap();
    assert_eq!(alone.notify(&alone.to_server(&order, &[])).await, "OK,");
    alone.shop.fulfil_now().await.unwrap();
    assert!(!alone.order(&order.id).await.says("発送済み"));

    let desk = alone.desk().await;
    assert!(desk.says("paid_late"), "{}", desk.text());
    let desk = alone
        .browser
        .send(desk.form("/accept_late").unwrap())
        .await
        .unwrap();
    assert!(desk.says("対応が必要なお支払いはありません"));
    alone.shop.fulfil_now().await.unwrap();
    assert!(alone.order(&order.id).await.says("発送済み"));
}

#[tokio::test]
async fn two_payments_of_one_order_send_one_parcel_and_one_refund() {
    let mut alone = Alone::open().await;
    let first = alone.buy("postcard", "pc").await;
    let page = alone.order(&first.id).await;
    let again = alone
        .browser
        .send(page.form("/pay").unwrap())
        .await
        .unwrap();
    let second = alone.taken(&again);
    let other = [("res_tracking_id", "12345678901235")];
    assert_eq!(alone.notify(&alone.to_server(&first, &[])).await, "OK,");
    assert_eq!(alone.notify(&alone.to_server(&second, &other)).await, "OK,");
    alone.shop.fulfil_now().await.unwrap();
    let kinds: Vec<String> = alone
        .shop
        .fulfilments()
        .await
        .unwrap()
        .into_iter()
        .map(|f| f.kind)
        .collect();
    assert_eq!(kinds, ["paid", "paid_twice"]);

    let desk = alone.desk().await;
    assert!(desk.says("12345678901235") && desk.says("12345678901234"));
    let refund = desk
        .form("/refund")
        .unwrap()
        .fill("tracking_id", "12345678901235");
    let desk = alone.browser.send(refund).await.unwrap();
    let confirm = desk.form("/confirm").unwrap().fill("reference", "");
    let desk = alone.browser.send(confirm).await.unwrap();
    assert!(desk.says("返金を実行した担当者を入力してください"));
    let confirm = desk.form("/confirm").unwrap().fill("reference", "田中");
    alone.browser.send(confirm).await.unwrap();
    assert_eq!(alone.phase(&first.id).await, Phase::Paid);
}

#[tokio::test]
async fn a_refund_is_asked_for_executed_by_a_person_and_written_down() {
    let mut alone = Alone::open().await;
    let order = alone.buy("postcard", "pc").await;
    alone.notify(&alone.to_server(&order, &[])).await;
    let page = alone.order(&order.id).await;
    let page = alone
        .browser
        .send(page.form("/refund").unwrap())
        .await
        .unwrap();
    assert!(
        page.says("返金手続き中") && !page.says("支払い済み"),
        "{}",
        page.text()
    );
    assert!(page.html.contains("/manage/payments/12345678901234"));
    let desk = alone.desk().await;
    let confirm = desk.form("/confirm").unwrap().fill("reference", "田中");
    alone.browser.send(confirm).await.unwrap();
    let page = alone.order(&order.id).await;
    assert!(page.says("返金済み") && page.form("/refund").is_err());
}

#[tokio::test]
async fn the_desk_is_closed_to_customers() {
    let mut alone = Alone::open().await;
    let order = alone.buy("postcard", "pc").await;
    alone.notify(&alone.to_server(&order, &[])).await;
    let page = alone.order(&order.id).await;
    let mut form = alone
        .browser
        .send(page.form("/refund").unwrap())
        .await
        .unwrap()
        .form("/lang");
    assert!(form.is_err());
    let login = alone.get("/desk").await.form("/desk/login").unwrap();
    let wrong = alone
        .browser
        .send(login.fill("password", "guess"))
        .await
        .unwrap();
    assert!(wrong.says("パスワードが違います"));
    form = wrong.form("/desk/login");
    let mut confirm = form
        .unwrap()
        .fill("tracking_id", "12345678901234")
        .fill("reference", "me");
    confirm
        .action
        .set_path(&format!("/desk/{}/confirm", order.id));
    alone.browser.send(confirm).await.unwrap();
    assert_eq!(alone.phase(&order.id).await, Phase::RefundRequested);
}

#[tokio::test]
async fn a_refused_notice_leaves_the_payment_to_a_person() {
    let mut alone = Alone::open().await;
    let order = alone.buy("postcard", "pc").await;
    alone.shop.testing().refuse_next_notice("sold out");
    let notice = alone.to_server(&order, &[]);
    assert_eq!(alone.notify(&notice).await, "NG,sold out");
    alone.shop.fulfil_now().await.unwrap();
    assert!(!alone.order(&order.id).await.says("発送済み"));
    assert!(alone.desk().await.says("マイルは使用済みです"));
    // Sent again by hand, it is taken.
    assert_eq!(alone.notify(&notice).await, "OK,");
    assert_eq!(alone.phase(&order.id).await, Phase::Paid);
}

#[tokio::test]
async fn a_notice_that_never_comes_ends_at_the_desk() {
    let mut alone = Alone::open().await;
    let order = alone.buy("postcard", "pc").await;
    let back = alone.to_browser(&order, &[]);
    alone.post("/netmile/success", &back).await;
    alone.clock.advance(16 * 60);
    alone.shop.fulfil_now().await.unwrap();
    let desk = alone.desk().await;
    assert!(desk.says("結果通知が届いていません"), "{}", desk.text());
    let short = desk.form("/paid").unwrap().fill("tracking_id", "1");
    let desk = alone.browser.send(short).await.unwrap();
    assert!(desk.says("14桁"));
    let paid = desk
        .form("/paid")
        .unwrap()
        .fill("order_id", &order.posted["order_id"])
        .fill("tracking_id", "12345678901234");
    alone.browser.send(paid).await.unwrap();
    alone.shop.fulfil_now().await.unwrap();
    assert!(alone.order(&order.id).await.says("発送済み"));
}

#[tokio::test]
async fn a_subscription_begins_and_is_ended_by_the_customer() {
    let mut alone = Alone::open().await;
    let checkout = alone.get("/checkout?item=letter").await;
    let page = alone
        .browser
        .send(checkout.form("/checkout").unwrap())
        .await
        .unwrap();
    let order = alone.taken(&page);
    assert_eq!(
        (
            order.posted["pay_type"].as_str(),
            order.posted["amount"].as_str()
        ),
        ("1", "500")
    );
    alone.notify(&alone.to_server(&order, &[])).await;
    alone.shop.fulfil_now().await.unwrap();
    let page = alone.order(&order.id).await;
    assert!(page.says("購読中"), "{}", page.text());
    let page = alone
        .browser
        .send(page.form("/end").unwrap())
        .await
        .unwrap();
    let end = alone.taken(&page);
    assert_eq!(end.posted["service_type"], "1");
    assert_eq!(end.posted["tracking_id"], "12345678901234");
    assert_eq!(alone.notify(&alone.to_server(&end, &[])).await, "OK,");
    alone.shop.fulfil_now().await.unwrap();
    let page = alone.order(&order.id).await;
    assert!(
        page.says("解約済み") && page.form("/end").is_err(),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn the_published_profile_takes_no_smartphone_and_no_subscription() {
    let mut alone = Alone::with(|options| options.merchant.wide_contract = false).await;
    alone.put("postcard").await;
    let form = alone.get("/checkout").await.form("/checkout").unwrap();
    let page = alone
        .browser
        .send(form.fill("terminal", "smartphone"))
        .await
        .unwrap();
    assert!(page.says("ほかの端末をお選びください") && page.says("not_in_contract"));
    let checkout = alone.get("/checkout?item=letter").await;
    let page = alone
        .browser
        .send(checkout.form("/checkout").unwrap())
        .await
        .unwrap();
    assert!(page.says("not_in_contract"));
}

#[tokio::test]
async fn hostile_bodies_are_refused() {
    let mut alone = Alone::open().await;
    let huge = "a=".to_owned() + &"b".repeat(10 * 1024 * 1024);
    assert_eq!(alone.post_raw("/netmile/notify", huge.clone()).await.0, 413);
    for (body, answer) in [
        ("", "NG,"),
        ("%", "NG,"),
        ("amount=%81", "NG,"),
        ("amount", "NG,"),
    ] {
        let (status, text) = alone.post_raw("/netmile/notify", body.to_owned()).await;
        assert!(
            status == 200 && text.starts_with(answer),
            "{body}: {status} {text}"
        );
    }
    assert_eq!(alone.post_raw("/basket", huge).await.0, 400);
    alone.get("/").await;
    let form = alone.get("/").await.form("/basket").unwrap();
    for (name, value) in [
        ("item", "nothing"),
        ("item", "letter"),
        ("add", "-1"),
        ("add", "9999999999999"),
    ] {
        let again = alone
            .get("/")
            .await
            .form("/basket")
            .unwrap()
            .fill(name, value);
        assert_eq!(
            alone.browser.send(again).await.unwrap().status,
            400,
            "{name}={value}"
        );
    }
    let page = alone
        .browser
        .send(form.fill("add", "4000000000"))
        .await
        .unwrap();
    assert!(page.html.contains("value=\"9\""), "{}", page.html);
}

#[tokio::test]
async fn pages_speak_both_languages_and_allow_no_script() {
    let mut alone = Alone::open().await;
    for path in ["/", "/basket", "/orders", "/desk", "/checkout?item=letter"] {
        let page = alone.get(path).await;
        assert!(page.html.contains("<html lang=\"ja\">"), "{path}");
        assert!(!page.html.contains("<script"), "{path}");
        let page = alone.browser.follow(&page, "lang=en").await.unwrap();
        assert!(page.html.contains("<html lang=\"en\">"), "{path}");
        alone.browser.follow(&page, "lang=ja").await.unwrap();
    }
    let response = alone.raw.get(alone.shop.url()).send().await.unwrap();
    let policy = response.headers()["content-security-policy"]
        .to_str()
        .unwrap();
    assert!(policy.contains("default-src 'none'"));
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
}
