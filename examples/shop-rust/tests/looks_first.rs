//! Between the payment and the fulfilment something may happen: the shop looks before it sends the goods.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::Alone;
use common::town::{Town, order_id};
use netmile::charge::Step;
use netmile::purchase::{Phase, RefundEvidence};
use netmile::time::Clock;
use netmile_mock::faults::{FaultKind, FaultRule};

/// A paid order whose event nobody has taken yet.
async fn paid(alone: &mut Alone) -> String {
    alone.shop.testing().pause(true);
    alone.shop.fulfil_now().await.unwrap();
    let order = alone.buy("postcard", "pc").await;
    assert_eq!(alone.notify(&alone.to_server(&order, &[])).await, "OK,");
    order.id
}

async fn kinds(alone: &Alone) -> Vec<String> {
    let done = alone.shop.fulfilments().await.unwrap();
    done.into_iter().map(|done| done.kind).collect()
}

#[tokio::test]
async fn what_was_refunded_is_not_sent() {
    let mut alone = Alone::open().await;
    let id = paid(&mut alone).await;
    let refunds = alone.shop.client().refunds();
    refunds.request(&id, None, "changed my mind").await.unwrap();

    // Asked for: the goods wait, however often the worker looks.
    for _ in 0..3 {
        alone.shop.fulfil_now().await.unwrap();
        alone.clock.advance(61);
    }
    assert!(!alone.order(&id).await.says("発送済み"));
    assert_eq!(kinds(&alone).await, ["refund_requested"]);

    let evidence = RefundEvidence {
        source: "management_page".to_owned(),
        reference: "田中".to_owned(),
        amount: netmile::Yen::new(300),
        refunded_at: alone.clock.now(),
    };
    let refunds = alone.shop.client().refunds();
    refunds
        .confirm(&id, common::TRACKING, evidence)
        .await
        .unwrap();
    alone.clock.advance(61);
    alone.shop.fulfil_now().await.unwrap();
    let page = alone.order(&id).await;
    assert!(
        page.says("発送しません") && page.says("返金済み"),
        "{}",
        page.text()
    );
    let kinds = kinds(&alone).await;
    assert_eq!(kinds, ["refund_requested", "paid_undelivered", "refunded"]);
    // It is over: nothing waits in the outbox.
    alone.clock.advance(61);
    let events = alone.shop.client().events().next(10).await.unwrap();
    assert!(events.is_empty(), "{events:?}");
}

#[tokio::test]
async fn what_is_not_refunded_after_all_is_sent() {
    let mut alone = Alone::open().await;
    let id = paid(&mut alone).await;
    let refunds = alone.shop.client().refunds();
    refunds.request(&id, None, "changed my mind").await.unwrap();
    alone.shop.fulfil_now().await.unwrap();
    let refunds = alone.shop.client().refunds();
    refunds.withdraw(&id, common::TRACKING).await.unwrap();
    alone.clock.advance(61);
    alone.shop.fulfil_now().await.unwrap();
    assert_eq!(alone.phase(&id).await, Phase::Paid);
    let page = alone.order(&id).await;
    assert!(page.says("発送済み"), "{}", page.text());
    let sent = kinds(&alone).await;
    assert_eq!(sent.iter().filter(|kind| *kind == "paid").count(), 1);
}

#[tokio::test]
async fn a_charge_that_was_refunded_is_not_sent() {
    let mut town = Town::open().await;
    let screen = town.arrive("postcard", "hanako").await;
    let order = town.send(&screen, "/miles/pay").await;
    let desk = town.desk().await;
    let mut whole = desk.form("/refund_part").unwrap();
    let path = whole.action.path().replace("refund_part", "refund");
    whole.action.set_path(&path);
    let desk = town.browser.send(whole).await.unwrap();
    assert!(desk.says("処理しました"), "{}", desk.text());
    assert_eq!(town.sent().await, 0);
    let order = town.get(order.url.path()).await;
    assert!(order.says("発送しません"), "{}", order.text());
    assert_eq!(town.balance("hanako").await, 1_000_000);
}

#[tokio::test]
async fn a_charge_whose_refund_is_open_waits() {
    let mut town = Town::open().await;
    let screen = town.arrive("postcard", "hanako").await;
    let order = town.send(&screen, "/miles/pay").await;
    let id = format!("{}-m1", order_id(&screen));
    let lost = FaultRule::once("ST02-00303", FaultKind::LostBefore);
    town.mock.admin().add_fault(lost);
    let client = town.shop.client().clone();
    assert!(client.payments().refund(&id).await.unwrap().is_unknown());
    assert_eq!(town.sent().await, 0);
    let open = client.payments().get(&id).await.unwrap().pending;
    assert_eq!(open.map(|pending| pending.step), Some(Step::Refund));
    for _ in 0..20 {
        town.later(120).await;
    }
    assert_eq!(town.sent().await, 0);
    let order = town.get(order.url.path()).await;
    assert!(order.says("返金済み"), "{}", order.text());
    assert_eq!(town.balance("hanako").await, 1_000_000);
}

#[tokio::test]
async fn an_application_that_ended_before_it_began_is_written_down_once() {
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
    town.send(&sure, "/pay").await;
    // Nobody has looked at the outbox yet, and the gateway says that it is over.
    let contracts = town.mock.admin().contracts().await.unwrap();
    let admin = town.mock.admin();
    let verdict = admin.later_notice(&contracts[0].tracking_id, "CC");
    verdict.await.unwrap();
    town.shop.fulfil_now().await.unwrap();
    let done = town.shop.fulfilments().await.unwrap();
    let kinds: Vec<_> = done.iter().map(|done| done.kind.as_str()).collect();
    assert_eq!(kinds, ["paid", "contract_ended"]);
    let order = town.get(&format!("/orders/{id}")).await;
    assert!(
        order.says("解約済み") && !order.says("購読中"),
        "{}",
        order.text()
    );
    town.later(3_600).await;
    assert_eq!(
        town.shop.fulfilments().await.unwrap().len(),
        2,
        "never again"
    );
    assert_eq!(town.requests("ST01-00104-900").await, 0);
}
