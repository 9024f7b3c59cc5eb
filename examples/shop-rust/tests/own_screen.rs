//! The shop's own payment screen against the mock gateway: NetMile by API type.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::Alone;
use common::browser::{Browser, Page};
use common::town::{Town, order_id};
use netmile_mock::faults::{FaultKind, FaultRule};

const REQUEST: &str = "ST01-00101-900";
const PERIOD: &str = "ST01-00104-900";

#[tokio::test]
async fn miles_are_paid_on_the_own_screen_and_the_goods_go_out_once() {
    let mut town = Town::open().await;
    let screen = town.arrive("postcard", "hanako").await;
    for text in ["1,000,000マイル", "600マイル", "999,400マイル"] {
        assert!(screen.says(text), "{}", screen.text());
    }
    assert_eq!(town.requests(REQUEST).await, 0, "no consent yet");
    let order = town.send(&screen, "/miles/pay").await;
    assert!(order.says("支払い済み"), "{}", order.text());
    assert_eq!(town.balance("hanako").await, 1_000_000 - 600 + 6);
    assert_eq!(town.sent().await, 1);
    let order = town.get(order.url.path()).await;
    assert!(order.says("発送済み"), "{}", order.text());
    assert!(town.get("/orders").await.says("支払い済み"));
}

#[tokio::test]
async fn pressing_the_consent_twice_charges_once() {
    let mut town = Town::open().await;
    let screen = town.arrive("postcard", "hanako").await;
    for _ in 0..3 {
        let order = town.send(&screen, "/miles/pay").await;
        assert!(order.says("支払い済み"), "{}", order.text());
    }
    assert_eq!(town.requests(REQUEST).await, 1);
    assert_eq!(town.balance("hanako").await, 1_000_000 - 600 + 6);
    assert_eq!(town.sent().await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_consents_at_once_charge_once() {
    let mut town = Town::open().await;
    let screen = town.arrive("postcard", "hanako").await;
    let form = screen.form("/miles/pay").unwrap();
    let sent: Vec<_> = (0..10)
        .map(|_| {
            let (mut browser, form) = (town.browser.clone(), form.clone());
            tokio::spawn(async move { browser.send(form).await.map(|page| page.status) })
        })
        .collect();
    for answer in sent {
        assert_eq!(answer.await.unwrap().unwrap(), 200);
    }
    assert_eq!(town.requests(REQUEST).await, 1);
    town.later(120).await;
    assert_eq!(town.sent().await, 1);
    assert_eq!(town.balance("hanako").await, 1_000_000 - 600 + 6);
    let order = town.get(&format!("/orders/{}", order_id(&screen))).await;
    assert!(order.says("支払い済み"), "{}", order.text());
}

#[tokio::test]
async fn a_lost_answer_is_said_to_be_unconfirmed_and_found_out() {
    for fault in [
        FaultKind::LostAfter,
        FaultKind::Truncated,
        FaultKind::Html,
        FaultKind::ServerError,
    ] {
        let mut town = Town::open().await;
        let screen = town.arrive("postcard", "hanako").await;
        let mut rule = FaultRule::once(REQUEST, fault);
        rule.after_effect = true;
        town.mock.admin().add_fault(rule);
        let order = town.send(&screen, "/miles/pay").await;
        assert!(order.says("お支払いを確認中"), "{fault:?} {}", order.text());
        assert!(order.says("もう一度お支払いにならないでください"));
        assert!(order.form("/miles/pay").is_err());
        assert_eq!(town.sent().await, 0);
        // Neither the button of the old page nor another way charges more.
        let again = town.send(&screen, "/miles/pay").await;
        assert!(again.form("/miles/pay").is_err(), "{}", again.text());
        town.later(30).await;
        let order = town.get(order.url.path()).await;
        assert!(order.says("支払い済み"), "{fault:?} {}", order.text());
        assert_eq!(town.requests(REQUEST).await, 1, "{fault:?}");
        assert_eq!(town.balance("hanako").await, 1_000_000 - 600 + 6);
        assert_eq!(town.sent().await, 1);
    }
}

#[tokio::test]
async fn a_lost_request_is_found_out_and_can_be_paid_again() {
    let mut town = Town::open().await;
    let screen = town.arrive("postcard", "hanako").await;
    town.mock
        .admin()
        .add_fault(FaultRule::once(REQUEST, FaultKind::LostBefore));
    let order = town.send(&screen, "/miles/pay").await;
    assert!(order.says("お支払いを確認中"), "{}", order.text());
    let mut order = order;
    for _ in 0..60 {
        town.later(120).await;
        order = town.get(order.url.path()).await;
        if !order.says("お支払いを確認中") {
            break;
        }
    }
    assert!(order.says("お支払い未完了"), "{}", order.text());
    let screen = town.get(&format!("{}/miles", order.url.path())).await;
    let order = town.send(&screen, "/miles/pay").await;
    assert!(order.says("支払い済み"), "{}", order.text());
    assert_eq!(town.sent().await, 1);
    assert_eq!(town.balance("hanako").await, 1_000_000 - 600 + 6);
}

#[tokio::test]
async fn the_desk_sees_an_open_charge_and_looks_now() {
    let mut town = Town::open().await;
    let screen = town.arrive("postcard", "hanako").await;
    town.mock
        .admin()
        .add_fault(FaultRule::once(REQUEST, FaultKind::LostAfter));
    let order = town.send(&screen, "/miles/pay").await;
    let desk = town.desk().await;
    assert!(desk.says("結果が確定していない請求"));
    let desk = town.send(&desk, "/look").await;
    assert!(desk.says("処理しました"), "{}", desk.text());
    assert!(desk.form("/look").is_err(), "nothing is open any more");
    let order = town.get(order.url.path()).await;
    assert!(order.says("支払い済み"), "{}", order.text());
    assert_eq!(town.sent().await, 1);
}

#[tokio::test]
async fn the_desk_names_the_payment_that_nothing_else_could_find() {
    let mut town = Town::open().await;
    let screen = town.arrive("postcard", "hanako").await;
    let admin = town.mock.admin();
    admin.add_fault(FaultRule::once(REQUEST, FaultKind::LostAfter));
    let mut silent = FaultRule::once("MG01-00101", FaultKind::LostBefore);
    silent.times = Some(10_000);
    admin.add_fault(silent);
    let order = town.send(&screen, "/miles/pay").await;
    let desk = town.desk().await;
    assert!(desk.form("/happened").is_err(), "it is still asked about");
    town.later(2 * 86_400).await;
    let desk = town.desk().await;
    let payments = town.mock.admin().api_payments().await;
    let tracking_id = payments[0].tracking_id.clone();
    let form = desk
        .form("/happened")
        .unwrap_or_else(|_| panic!("{}", desk.text()));
    for wrong in ["", "1234", "123456789012３4"] {
        let said = form.clone().fill("tracking_id", wrong);
        let said = town.browser.send(said).await.unwrap();
        assert!(!said.says("処理しました"), "{wrong}: {}", said.text());
    }
    let named = form.fill("tracking_id", &tracking_id);
    let desk = town.browser.send(named).await.unwrap();
    assert!(desk.says("処理しました"), "{}", desk.text());
    let order = town.get(order.url.path()).await;
    assert!(order.says("支払い済み"), "{}", order.text());
    assert!(order.says(&tracking_id), "{}", order.text());
    assert_eq!(town.sent().await, 1);
    assert_eq!(town.requests(REQUEST).await, 1);
}

#[tokio::test]
async fn missing_miles_are_named_and_lead_to_the_gateway() {
    let mut town = Town::open().await;
    let screen = town.arrive("postcard", "taro").await;
    for text in ["400マイル", "不足マイル200マイル (= 100円)"] {
        assert!(screen.says(text), "{}", screen.text());
    }
    assert!(screen.form("/miles/pay").is_err());
    let link = town.send(&screen, "/miles/elsewhere").await;
    let form = link.form(common::ITEM).unwrap();
    assert_eq!(form.value("amount"), "300");
    assert_eq!(town.requests(REQUEST).await, 0);
}

#[tokio::test]
async fn of_two_tabs_one_pays() {
    let mut town = Town::open().await;
    // Short when the consent comes: the gateway refuses and says how many are missing.
    let first = town.arrive("sticker", "taro").await;
    town.mock
        .admin()
        .adjust("taro", -390, "spent elsewhere")
        .await
        .unwrap();
    let refused = town.send(&first, "/miles/pay").await;
    assert!(refused.says("10マイル不足"), "{}", refused.text());
    // One tab goes to the gateway; the consent of the other one charges nothing.
    town.mock.admin().adjust("taro", 390, "back").await.unwrap();
    let second = town.get(refused.url.path()).await;
    let link = town.send(&second, "/miles/elsewhere").await;
    assert!(link.form(common::ITEM).is_ok());
    let stale = town.send(&second, "/miles/pay").await;
    assert!(stale.says("画面の期限が切れていました"), "{}", stale.text());
    assert_eq!(town.requests(REQUEST).await, 1);
    assert_eq!(town.balance("taro").await, 400);

    // The other way round: what is charged is not paid at the gateway too.
    let screen = town.arrive("sticker", "taro").await;
    let paid = town.send(&screen, "/miles/pay").await;
    assert!(paid.says("支払い済み"), "{}", paid.text());
    for way in ["/miles/elsewhere", "/miles/cancel"] {
        let kept = town.send(&screen, way).await;
        assert!(kept.form(common::ITEM).is_err());
        assert!(kept.says("支払い済み"), "{}", kept.text());
    }
    let link = town
        .get(&format!("/orders/{}/pay", order_id(&screen)))
        .await;
    assert!(link.form(common::ITEM).is_err(), "{}", link.text());
    assert_eq!(town.balance("taro").await, 380);
}

#[tokio::test]
async fn an_unknown_member_and_bad_forms_charge_nothing() {
    let mut town = Town::open().await;
    let screen = town.arrive("postcard", "nobody").await;
    assert!(screen.says("確認できませんでした"), "{}", screen.text());
    assert!(screen.form("/miles/pay").is_err());
    for bad in ["", "  ", &"x".repeat(65), "a\u{7}b"] {
        let page = town.name(&screen, bad).await;
        assert!(page.form("/miles/pay").is_err(), "{bad}");
    }
    let screen = town.name(&screen, "hanako").await;
    let form = |name: &str, value: &str| screen.form("/miles/pay").unwrap().fill(name, value);
    for (name, value, status) in [
        ("token", "0", 403),
        ("attempt", "x", 400),
        ("attempt", "4000000000", 400),
        ("attempt", "0", 200),
        ("attempt", "2", 200),
        ("member", "", 400),
    ] {
        let page = town.browser.send(form(name, value)).await.unwrap();
        assert_eq!(page.status, status, "{name}={value}");
    }
    // Somebody else's order is as good as none.
    let mut stranger = Browser::new("ja").unwrap();
    let page = stranger.open(screen.url.as_str()).await.unwrap();
    assert_eq!(page.status, 404);
    assert_eq!(town.requests(REQUEST).await, 0);
    let cancelled = town.send(&screen, "/miles/cancel").await;
    assert!(cancelled.says("取り消し済み"), "{}", cancelled.text());
    let late = town.send(&screen, "/miles/pay").await;
    assert!(late.says("取り消し済み"), "{}", late.text());
    assert_eq!(town.requests(REQUEST).await, 0);
}

#[tokio::test]
async fn a_gateway_that_is_not_there_is_said_to_be_not_there() {
    let mut alone = Alone::open().await;
    alone.put("postcard").await;
    let form = alone.get("/checkout").await.form("/checkout").unwrap();
    let form = form.fill("terminal", "pc").fill("way", "own");
    let screen = alone.browser.send(form).await.unwrap();
    let named = screen.form("/miles/member").unwrap();
    let screen = alone
        .browser
        .send(named.fill("member", "taro"))
        .await
        .unwrap();
    assert!(screen.says("残高を確認できません"), "{}", screen.text());
}

#[tokio::test]
async fn hostile_notices_change_nothing() {
    let alone = Alone::open().await;
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>";
    let forged = "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><sps-api-request id=\"NT01-00103-900\">\
         <merchant_id>99999</merchant_id><service_id>001</service_id>\
         <sps_transaction_id>12345678901234567890123456789012</sps_transaction_id>\
         <tracking_id>12345678901234</tracking_id><rec_datetime>20260102030405</rec_datetime>\
         <pay_method_info><rec_type>0</rec_type><rec_amount>1</rec_amount></pay_method_info>\
         <request_date>20260102030405</request_date>\
         <sps_hashcode>0123456789012345678901234567890123456789</sps_hashcode></sps-api-request>";
    for body in ["", "<", "not xml", bomb, forged, "\u{0}"] {
        let (status, answer) = alone.post_raw("/netmile/api-notify", body.to_owned()).await;
        assert_eq!(status, 200);
        assert!(answer.contains("<res_result>NG</res_result>"), "{answer}");
    }
    let (status, _) = alone
        .post_raw("/netmile/api-notify", "x".repeat(2 * 1024 * 1024))
        .await;
    assert_eq!(status, 413);
    alone.shop.fulfil_now().await.unwrap();
    assert!(alone.shop.fulfilments().await.unwrap().is_empty());
}

#[tokio::test]
async fn the_desk_refunds_a_part_once_and_then_another() {
    let mut town = Town::open().await;
    let screen = town.arrive("postcard", "hanako").await;
    let order = town.send(&screen, "/miles/pay").await;
    let desk = town.desk().await;
    let part = |page: &Page, yen: &str| page.form("/refund_part").unwrap().fill("amount", yen);
    for _ in 0..2 {
        let form = part(&desk, "100");
        let page = town.browser.send(form).await.unwrap();
        assert!(page.says("処理しました"), "{}", page.text());
    }
    let order = town.get(order.url.path()).await;
    assert!(order.says("一部返金済み"), "{}", order.text());
    let desk = town.get("/desk").await;
    assert!(desk.says("返金済み 100円"), "{}", desk.text());
    let form = part(&desk, "201");
    let page = town.browser.send(form).await.unwrap();
    assert!(page.says("[invalid_value]"), "{}", page.text());
    let form = part(&desk, "200");
    town.browser.send(form).await.unwrap();
    let order = town.get(order.url.path()).await;
    assert!(order.says("返金済み"), "{}", order.text());
    assert_eq!(town.balance("hanako").await, 1_000_000);
    let id = format!("{}-m1", order_id(&screen));
    let charge = town.shop.client().payments().get(&id).await.unwrap();
    assert_eq!(charge.refunded.get(), 300);
}

#[tokio::test]
async fn a_metered_subscription_is_billed_once_a_month_until_it_ends() {
    let mut town = Town::open().await;
    let checkout = town.get("/checkout?item=newspaper").await;
    let page = town.send(&checkout, "/checkout").await;
    let form = page.form("/f02/").unwrap();
    let id = form
        .value("order_id")
        .rsplit_once('-')
        .unwrap()
        .0
        .to_owned();
    let login = town.browser.send(form).await.unwrap();
    let login = login.form("/login").unwrap();
    let login = login
        .fill("login", "hanako")
        .fill("password", "hanako-demo");
    let sure = town.browser.send(login).await.unwrap();
    let done = town.send(&sure, "/pay").await;
    let back = town.send(&done, "/netmile/success").await;
    assert_eq!(back.url.path(), format!("/orders/{id}"));
    assert!(back.says("お申し込み済み"), "{}", back.text());
    for _ in 0..3 {
        town.shop.fulfil_now().await.unwrap();
    }
    assert_eq!(town.requests(PERIOD).await, 1);
    let order = town.get(&format!("/orders/{id}")).await;
    assert!(order.says("購読中"), "{}", order.text());
    assert!(order.says("これまでのご請求"), "{}", order.text());

    // 31 days later another month has begun.
    town.later(31 * 86_400).await;
    town.later(1).await;
    assert_eq!(town.requests(PERIOD).await, 2);
    let order = town.get(&format!("/orders/{id}")).await;
    town.send(&order, "/end").await;
    town.shop.fulfil_now().await.unwrap();
    let order = town.get(&format!("/orders/{id}")).await;
    assert!(order.says("解約済み"), "{}", order.text());
    town.later(31 * 86_400).await;
    assert_eq!(town.requests(PERIOD).await, 2);
    assert_eq!(town.sent().await, 3, "the application and two periods");
}
