//! The shop's other screens against the mock gateway: a card by its token, a slip for the till, a subscription that the
//! gateway bills.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::browser::{Form, Page};
use common::town::{Town, order_id};
use netmile::charge::{Charge, ChargePhase};
use netmile_mock::api::SlipEvent;
use netmile_mock::faults::{FaultKind, FaultRule};
use netmile_mock::store::notices::Verdict;

const AUTHORISE: &str = "ST01-00131-101";
const CAPTURE: &str = "ST02-00201-101";
const SLIP: &str = "ST01-00101-701";

async fn charge(town: &Town, screen: &Page, letter: &str) -> Charge {
    let id = format!("{}-{letter}1", order_id(screen));
    town.shop.client().payments().get(&id).await.unwrap()
}

#[tokio::test]
async fn a_card_is_charged_by_its_token_once() {
    let mut town = Town::open().await;
    let screen = town.order_by("postcard", "card").await;
    assert!(screen.says("カードでお支払い"), "{}", screen.text());
    for _ in 0..3 {
        let order = town.send(&screen, "/card/pay").await;
        assert!(order.says("支払い済み"), "{}", order.text());
    }
    for function in [AUTHORISE, "ST02-00101-101", CAPTURE] {
        assert_eq!(town.requests(function).await, 1, "{function}");
    }
    assert_eq!(town.sent().await, 1);
    let order = town.get(&format!("/orders/{}", order_id(&screen))).await;
    assert!(order.says("発送済み"), "{}", order.text());
    // Another way is closed.
    let kept = town.send(&screen, "/card/elsewhere").await;
    assert!(kept.says("支払い済み"), "{}", kept.text());

    let desk = town.desk().await;
    let part = desk.form("/refund_part").unwrap().fill("amount", "100");
    let desk = town.browser.send(part).await.unwrap();
    assert!(desk.says("返金済み 100円"), "{}", desk.text());
    let order = town.get(order.url.path()).await;
    assert!(order.says("一部返金済み"), "{}", order.text());
}

#[tokio::test]
async fn a_refused_card_is_said_to_be_refused_and_another_one_pays() {
    let mut town = Town::open().await;
    let screen = town.order_by("postcard", "card").await;
    for bad in ["", " ", "t\u{7}", "日本", &"x".repeat(201)] {
        let form = screen.form("/card/pay").unwrap().fill("card_token", bad);
        let page = town.browser.send(form).await.unwrap();
        assert!(page.says("トークンを読み取れませんでした"), "{bad}");
    }
    assert_eq!(town.requests(AUTHORISE).await, 0);
    let declined = screen.form("/card/pay").unwrap();
    let declined = declined.fill("card_token", "decline");
    let screen = town.browser.send(declined).await.unwrap();
    assert!(
        screen.says("代金は引き落とされていません。[10165999]"),
        "{}",
        screen.text()
    );
    assert_eq!(town.sent().await, 0);
    let order = town.send(&screen, "/card/pay").await;
    assert!(order.says("支払い済み"), "{}", order.text());
    assert_eq!(town.sent().await, 1);
    assert_eq!(town.requests(AUTHORISE).await, 2);
}

#[tokio::test]
async fn a_capture_whose_answer_is_lost_is_found_out() {
    let mut town = Town::open().await;
    let screen = town.order_by("postcard", "card").await;
    let lost = FaultRule::once(CAPTURE, FaultKind::LostAfter);
    town.mock.admin().add_fault(lost);
    let order = town.send(&screen, "/card/pay").await;
    assert!(order.says("お支払いを確認中"), "{}", order.text());
    assert_eq!(town.sent().await, 0);
    town.later(30).await;
    let order = town.get(order.url.path()).await;
    assert!(order.says("支払い済み"), "{}", order.text());
    assert_eq!(town.sent().await, 1);
}

#[tokio::test]
async fn a_capture_that_never_arrived_is_made_after_all() {
    let mut town = Town::open().await;
    let screen = town.order_by("postcard", "card").await;
    let lost = FaultRule::once(CAPTURE, FaultKind::LostBefore);
    town.mock.admin().add_fault(lost);
    let order = town.send(&screen, "/card/pay").await;
    assert!(order.says("お支払いを確認中"), "{}", order.text());
    for _ in 0..20 {
        town.later(120).await;
    }
    let order = town.get(order.url.path()).await;
    assert!(order.says("支払い済み"), "{}", order.text());
    assert_eq!(town.sent().await, 1);
}

#[tokio::test]
async fn what_the_staff_cancels_before_the_capture_is_not_captured() {
    let mut town = Town::open().await;
    let screen = town.order_by("postcard", "card").await;
    for _ in 0..2 {
        let busy = FaultRule {
            code: Some("65".to_owned()),
            ..FaultRule::once(CAPTURE, FaultKind::NgResult)
        };
        town.mock.admin().add_fault(busy);
    }
    let order = town.send(&screen, "/card/pay").await;
    town.shop.fulfil_now().await.unwrap();
    let desk = town.desk().await;
    assert!(desk.says("売上確定前の請求"), "{}", desk.text());
    town.send(&desk, "/refund").await;
    town.later(120).await;
    assert_eq!(town.sent().await, 0);
    let order = town.get(order.url.path()).await;
    assert!(order.says("取り消し済み"), "{}", order.text());
    assert!(order.says("発送しません"), "{}", order.text());
    assert_eq!(town.requests(CAPTURE).await, 0, "but for the two refused");
}

#[tokio::test]
async fn what_is_only_reserved_is_captured_by_the_worker() {
    let mut town = Town::open().await;
    let screen = town.order_by("postcard", "card").await;
    // Refused at first, and nothing is open: the fact that it is reserved stands in the outbox.
    let busy = FaultRule {
        code: Some("65".to_owned()),
        ..FaultRule::once(CAPTURE, FaultKind::NgResult)
    };
    town.mock.admin().add_fault(busy);
    let order = town.send(&screen, "/card/pay").await;
    assert!(!order.says("支払い済み"), "{}", order.text());
    for _ in 0..3 {
        town.later(61).await;
    }
    let order = town.get(&format!("/orders/{}", order_id(&screen))).await;
    assert!(order.says("支払い済み"), "{}", order.text());
    assert_eq!(town.sent().await, 1);
}

/// The form of a slip, filled in.
fn filled(screen: &Page) -> Form {
    let form = screen.form("/slip").unwrap();
    [
        ("store", "002"),
        ("last_name", "見本"),
        ("first_name", "太郎"),
        ("zip", "1000001"),
        ("prefecture", "東京都"),
        ("address", "千代田区千代田1-1"),
        ("tel", "0312345678"),
        ("mail", "taro@member.example"),
    ]
    .into_iter()
    .fold(form, |form, (name, value)| form.fill(name, value))
}

/// An issued slip: its order's page, and the gateway's id.
async fn issued(town: &mut Town) -> (Page, String) {
    let screen = town.order_by("postcard", "slip").await;
    let order = town.browser.send(filled(&screen)).await.unwrap();
    let charge = charge(town, &screen, "s").await;
    assert_eq!(charge.phase, ChargePhase::AwaitingDeposit);
    (order, charge.tracking_id.unwrap())
}

#[tokio::test]
async fn a_slip_is_issued_shown_and_its_genuine_notice_sends_the_goods_once() {
    let mut town = Town::open().await;
    let (order, tracking_id) = issued(&mut town).await;
    for text in [
        "ご入金待ち",
        "ローソン",
        "お支払い番号",
        "2026-01-24",
        "300円",
    ] {
        assert!(order.says(text), "{text}: {}", order.text());
    }
    assert!(order.says(&tracking_id[6..]), "{}", order.text());
    assert_eq!(town.sent().await, 0);

    let admin = town.mock.admin();
    let paid = admin.api_slip(&tracking_id, SlipEvent::Confirmed, None);
    let paid = paid.await.unwrap();
    assert!(paid.notice.function.starts_with("NT01-00103"));
    assert_eq!(paid.verdict, Verdict::Accepted);
    assert_eq!(town.sent().await, 1);
    // The gateway sends it again, signed anew: OK, and nothing happens twice.
    for _ in 0..2 {
        let again = admin.api_resend(paid.notice.id, None).await.unwrap();
        assert_eq!(again, Verdict::Accepted);
        assert_eq!(town.sent().await, 1);
    }
    let order = town.get(order.url.path()).await;
    assert!(order.says("支払い済み") && order.says("発送済み"));
    assert!(!order.says("お支払い番号"), "{}", order.text());
    assert!(town.desk().await.says("銀行振込"));
    assert_eq!(town.requests(SLIP).await, 1);
}

#[tokio::test]
async fn a_slip_that_expires_sends_nothing_however_often_it_is_told() {
    let mut town = Town::open().await;
    let (order, tracking_id) = issued(&mut town).await;
    let admin = town.mock.admin();
    let gone = admin.api_slip(&tracking_id, SlipEvent::Expired, None);
    let gone = gone.await.unwrap();
    assert!(gone.notice.function.starts_with("NT01-00104"));
    assert_eq!(gone.verdict, Verdict::Accepted);
    let again = admin.api_resend(gone.notice.id, None).await.unwrap();
    assert_eq!(again, Verdict::Accepted);
    assert_eq!(town.sent().await, 0);
    let order = town.get(order.url.path()).await;
    assert!(order.says("お支払い期限切れ"), "{}", order.text());
    assert!(order.says("発送しません"), "{}", order.text());
}

#[tokio::test]
async fn half_of_a_slip_sends_nothing() {
    let mut town = Town::open().await;
    let (order, tracking_id) = issued(&mut town).await;
    let admin = town.mock.admin();
    let half = admin.api_slip(&tracking_id, SlipEvent::Confirmed, Some(100));
    assert_eq!(half.await.unwrap().verdict, Verdict::Accepted);
    assert_eq!(town.sent().await, 0);
    let order = town.get(order.url.path()).await;
    assert!(order.says("入金済みの額100円"), "{}", order.text());
    // Of two notices of one second the gateway would first have to tell which is the later.
    town.later(1).await;
    let admin = town.mock.admin();
    let rest = admin.api_slip(&tracking_id, SlipEvent::Confirmed, None);
    assert_eq!(rest.await.unwrap().verdict, Verdict::Accepted);
    assert_eq!(town.sent().await, 1);
}

#[tokio::test]
async fn a_deposit_above_the_amount_is_confirmed_and_then_shown_to_the_staff() {
    let mut town = Town::open().await;
    let (_, tracking_id) = issued(&mut town).await;
    let admin = town.mock.admin();
    let more = admin.api_slip(&tracking_id, SlipEvent::Confirmed, Some(400));
    assert_eq!(more.await.unwrap().verdict, Verdict::Accepted);
    assert_eq!(town.sent().await, 0);
    let desk = town.desk().await;
    assert!(desk.says("確認中の入金額400円"), "{}", desk.text());
    let look = desk.form("/look").unwrap();
    let desk = town.browser.send(look).await.unwrap();
    assert!(
        desk.says("入金額がご請求額と一致しません"),
        "{}",
        desk.text()
    );
    assert!(desk.says("入金額400円"), "{}", desk.text());
    let seen = desk.form("/happened").unwrap();
    let desk = town.browser.send(seen).await.unwrap();
    assert!(
        !desk.says("入金額がご請求額と一致しません"),
        "{}",
        desk.text()
    );
    assert_eq!(town.sent().await, 1);
}

#[tokio::test]
async fn a_slip_asks_again_for_what_cannot_be_on_it_and_keeps_the_rest() {
    let mut town = Town::open().await;
    let screen = town.order_by("postcard", "slip").await;
    for (name, value, field) in [
        ("last_name", "", "姓"),
        ("last_name", "あいうえおかきくけこさ", "姓"),
        ("first_name", "😀", "名"),
        ("zip", "100-0001", "郵便番号"),
        ("tel", "03-1234-5678", "電話番号"),
        ("mail", "taro", "メールアドレス"),
    ] {
        let page = town.browser.send(filled(&screen).fill(name, value));
        let page = page.await.unwrap();
        assert_eq!(page.status, 422);
        assert!(page.says(&format!("「{field}")), "{name}: {}", page.text());
        assert_eq!(
            page.form("/slip").unwrap().value("address"),
            "千代田区千代田1-1"
        );
    }
    assert_eq!(town.requests(SLIP).await, 0);
    let order = town.browser.send(filled(&screen)).await.unwrap();
    assert!(order.says("ご入金待ち"), "{}", order.text());
    // Of two tabs the first one's slip counts.
    let other = filled(&screen).fill("store", "001");
    let page = town.browser.send(other).await.unwrap();
    assert!(page.says("ローソン"), "{}", page.text());
    assert_eq!(town.requests(SLIP).await, 1);
}

#[tokio::test]
async fn a_subscription_by_api_is_billed_by_the_gateway_refunded_for_a_month_and_ended() {
    let mut town = Town::open().await;
    let checkout = town.get("/checkout?item=letter").await;
    let form = checkout.form("/checkout").unwrap();
    let form = form.fill("terminal", "pc").fill("way", "own");
    let screen = town.browser.send(form).await.unwrap();
    let screen = town.name(&screen, "hanako").await;
    assert!(screen.says("毎月1日"), "{}", screen.text());
    for _ in 0..2 {
        let order = town.send(&screen, "/miles/pay").await;
        assert!(order.says("お申し込み済み"), "{}", order.text());
    }
    assert_eq!(town.requests("ST01-00102-900").await, 1);
    assert_eq!(town.balance("hanako").await, 1_000_000 - 1_000 + 10);
    town.shop.fulfil_now().await.unwrap();
    let path = format!("/orders/{}", order_id(&screen));
    assert!(town.get(&path).await.says("購読中"));

    // The next month, billed by the gateway's own clock.
    town.later(31 * 86_400).await;
    assert_eq!(town.balance("hanako").await, 1_000_000 - 2_000 + 20);
    let desk = town.desk().await;
    let refund = desk.form("/refund_month").unwrap();
    assert_eq!(refund.value("month"), "202602");
    for bad in ["2026", "20260a", ""] {
        let page = town.browser.send(refund.clone().fill("month", bad));
        assert!(page.await.unwrap().says("6桁"), "{bad}");
    }
    for _ in 0..2 {
        let desk = town.browser.send(refund.clone()).await.unwrap();
        assert!(desk.says("返金済みの月 202602"), "{}", desk.text());
    }
    assert_eq!(town.requests("ST02-00303-900").await, 1);
    assert_eq!(town.balance("hanako").await, 1_000_000 - 1_000 + 10);

    let order = town.get(&path).await;
    let order = town.send(&order, "/end").await;
    assert!(order.says("解約済み"), "{}", order.text());
    town.shop.fulfil_now().await.unwrap();
    assert!(town.get(&path).await.form("/end").is_err());
    town.later(60 * 86_400).await;
    assert_eq!(town.balance("hanako").await, 1_000_000 - 1_000 + 10);
}
