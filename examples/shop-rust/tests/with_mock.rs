//! The shop and the mock gateway, walked by a browser of a few lines.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use std::process::Command;
use std::time::Duration;

use common::ITEM;
use common::browser::{Browser, Page};
use netmile::contract::Endpoints;
use netmile::purchase::Phase;
use netmile_mock::{Mock, Options};
use shop_rust::{Shop, ShopOptions, demo_reward};

struct Town {
    mock: Mock,
    shop: Shop,
    browser: Browser,
}

impl Town {
    async fn open() -> Self {
        Self::with(Options::default()).await
    }

    async fn with(options: Options) -> Self {
        let mock = Mock::start(options).await.unwrap();
        let mut options = ShopOptions::new(Endpoints::mock(mock.url())).unwrap();
        options.reward = Some(demo_reward(mock.url()).unwrap());
        Self {
            shop: Shop::start(options).await.unwrap(),
            browser: Browser::new("ja").unwrap(),
            mock,
        }
    }

    async fn get(&mut self, path: &str) -> Page {
        let url = format!("{}{path}", self.shop.url());
        self.browser.open(&url).await.unwrap()
    }

    async fn send(&mut self, page: &Page, form: &str) -> Page {
        let form = page.form(form).unwrap();
        self.browser.send(form).await.unwrap()
    }

    /// To the page that carries the signed form.
    async fn check_out(&mut self, items: &[&str]) -> Page {
        for item in items {
            let put = self
                .get("/")
                .await
                .form("/basket")
                .unwrap()
                .fill("item", item);
            self.browser.send(put).await.unwrap();
        }
        let checkout = self.get("/checkout").await;
        self.send(&checkout, "/checkout").await
    }

    /// To the gateway's payment page, as hanako, who has plenty.
    async fn log_in(&mut self, page: &Page) -> Page {
        let login = self.send(page, ITEM).await;
        let typed = login.form("/login").unwrap();
        let typed = typed
            .fill("login", "hanako")
            .fill("password", "hanako-demo");
        self.browser.send(typed).await.unwrap()
    }

    async fn phase(&self, id: &str) -> Phase {
        self.shop.client().purchases().get(id).await.unwrap().phase
    }
}

fn order_id(page: &Page) -> String {
    let form = page.form(ITEM).unwrap();
    form.value("order_id")
        .rsplit_once('-')
        .unwrap()
        .0
        .to_owned()
}

#[test]
fn the_demo_ends_well() {
    let run = Command::new(env!("CARGO_BIN_EXE_demo")).output().unwrap();
    let said = String::from_utf8(run.stdout).unwrap();
    assert!(
        run.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&run.stderr)
    );
    for step in [
        "300円 · balance 400mile(=200円) · short 200mile(=100円)",
        "登録完了 · 200mile(=100円) credited at once",
        "balance 600mile(=300円)",
        "支払い済み",
        "発送済み",
        "返金済み",
        "Outcome::Unknown",
        "resolve() asked by order_id: paid",
        "charged once, sent once",
        "40 miles missing",
        "partly refunded",
        "one period 200円 支払い済み",
        "500 points taken, 1,000 miles issued",
        "支払い済み (paid)",
        "by the tag of the thank-you page",
    ] {
        assert!(said.contains(step), "{step} is missing:\n{said}");
    }
    assert!(!said.contains('\x1b'), "colours go to terminals only");
}

#[tokio::test]
async fn the_thank_you_page_gives_the_miles_of_a_paid_order() {
    let mut town = Town::open().await;
    let page = town.check_out(&["postcard"]).await;
    let id = order_id(&page);
    let thanks = format!("/orders/{id}/thanks");
    // Not paid: there is nothing to be thanked for.
    let early = town.get(&thanks).await;
    assert_eq!(early.url.path(), format!("/orders/{id}"));
    let payment = town.log_in(&page).await;
    let done = town.send(&payment, "/pay").await;
    let order = town.send(&done, "/netmile/success").await;
    let page = town.browser.follow(&order, "/thanks").await.unwrap();
    assert_eq!(page.url.path(), thanks);
    let before = town.mock.admin().balance("taro").await.unwrap();
    let tag = "uMilePublishInput.do";
    let get = town.browser.follow(&page, tag).await.unwrap();
    let query = get.url.query().unwrap();
    assert!(query.contains(&format!("&earnsite_key={id}&")), "{query}");
    let form = get.form("uMilePublishInput.do").unwrap();
    let form = form.fill("mail", "taro@member.example");
    let got = town.browser.send(form).await.unwrap();
    assert!(got.says("受け付けました"), "{}", got.text());
    let after = town.mock.admin().balance("taro").await.unwrap();
    assert_eq!(after, before + 100);
    // Another customer's order is as good as none.
    let mut stranger = Browser::new("ja").unwrap();
    let page = format!("{}{thanks}", town.shop.url());
    assert_eq!(stranger.open(&page).await.unwrap().status, 404);
}

#[tokio::test]
async fn a_basket_of_difficult_names_is_paid_with_its_rows() {
    let mut town = Town::open().await;
    let page = town.check_out(&["takahashi", "poems", "telescope"]).await;
    let id = order_id(&page);
    let payment = town.log_in(&page).await;
    assert!(payment.says("202,080円"), "{}", payment.text());
    let done = town.send(&payment, "/pay").await;
    let order = town.send(&done, "/netmile/success").await;
    assert!(order.says("支払い済み"), "{}", order.text());
    town.shop.fulfil_now().await.unwrap();
    assert_eq!(town.phase(&id).await, Phase::Paid);
    assert_eq!(town.shop.fulfilments().await.unwrap().len(), 1);
    assert_eq!(
        town.mock.admin().balance("hanako").await.unwrap(),
        1_000_000 - 404_160 + 4_041
    );
}

#[tokio::test]
async fn the_customer_cancels_at_the_gateway_and_pays_after_all() {
    let mut town = Town::open().await;
    let page = town.check_out(&["postcard"]).await;
    let payment = town.log_in(&page).await;
    let cancelled = town.send(&payment, "/cancel").await;
    let order = town.send(&cancelled, "/netmile/cancel").await;
    assert!(order.says("お支払い前"), "{}", order.text());
    let page = town.send(&order, "/pay").await;
    let payment = town.log_in(&page).await;
    let done = town.send(&payment, "/pay").await;
    let order = town.send(&done, "/netmile/success").await;
    assert!(order.says("支払い済み"), "{}", order.text());
}

#[tokio::test]
async fn pressing_pay_twice_debits_once() {
    let mut town = Town::open().await;
    let page = town.check_out(&["postcard"]).await;
    let payment = town.log_in(&page).await;
    let first = town.send(&payment, "/pay").await;
    let second = town.send(&payment, "/pay").await;
    town.send(&first, "/netmile/success").await;
    town.send(&second, "/netmile/success").await;
    town.shop.fulfil_now().await.unwrap();
    assert_eq!(town.mock.admin().payments().await.unwrap().len(), 1);
    assert_eq!(town.mock.admin().notices().await.unwrap().len(), 1);
    assert_eq!(town.shop.fulfilments().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_form_that_was_used_is_refused_and_the_order_can_still_be_paid() {
    let mut town = Town::open().await;
    let page = town.check_out(&["postcard"]).await;
    let id = order_id(&page);
    town.log_in(&page).await;
    // The back button, and the button of the page: the gateway has seen this order_id.
    let again = town.get(&format!("/orders/{id}/pay")).await;
    let refused = town.send(&again, ITEM).await;
    assert!(refused.form("/login").is_err(), "{}", refused.text());
    let order = town.get(&format!("/orders/{id}")).await;
    let page = town.send(&order, "/pay").await;
    let payment = town.log_in(&page).await;
    let done = town.send(&payment, "/pay").await;
    assert!(
        town.send(&done, "/netmile/success")
            .await
            .says("支払い済み")
    );
}

#[tokio::test]
async fn a_notice_that_the_shop_refuses_is_sent_again_by_hand() {
    let mut town = Town::open().await;
    town.shop.testing().refuse_next_notice("maintenance");
    let page = town.check_out(&["postcard"]).await;
    let id = order_id(&page);
    let payment = town.log_in(&page).await;
    let failed = town.send(&payment, "/pay").await;
    assert!(failed.says("1301"), "{}", failed.text());
    assert_eq!(town.phase(&id).await, Phase::NeedsReview);
    assert!(!town.get(&format!("/orders/{id}")).await.says("支払い済み"));
    let paid = town.mock.admin().payments().await.unwrap();
    town.mock
        .admin()
        .resend(&paid[0].tracking_id)
        .await
        .unwrap();
    assert!(town.get(&format!("/orders/{id}")).await.says("支払い済み"));
}

#[tokio::test]
async fn a_notice_that_the_shop_answers_too_late_is_sent_again_by_hand() {
    let options = Options {
        notice_timeout: Duration::from_millis(100),
        ..Options::default()
    };
    let mut town = Town::with(options).await;
    town.shop.testing().notify_delay(Duration::from_secs(5));
    let page = town.check_out(&["postcard"]).await;
    let id = order_id(&page);
    let payment = town.log_in(&page).await;
    let failed = town.send(&payment, "/pay").await;
    assert!(failed.says("1301"), "{}", failed.text());
    town.shop.testing().notify_delay(Duration::ZERO);
    let paid = town.mock.admin().payments().await.unwrap();
    // On a busy machine the shop may be too late by itself; the operator presses the button again.
    for _ in 0..100 {
        let admin = town.mock.admin();
        let again = admin.resend(&paid[0].tracking_id);
        again.await.unwrap();
        if town.phase(&id).await == Phase::Paid {
            break;
        }
    }
    town.shop.fulfil_now().await.unwrap();
    assert_eq!(town.phase(&id).await, Phase::Paid);
    assert_eq!(town.shop.fulfilments().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_subscription_is_applied_for_and_ended_at_the_gateway() {
    let mut town = Town::open().await;
    let checkout = town.get("/checkout?item=letter").await;
    let page = town.send(&checkout, "/checkout").await;
    let id = order_id(&page);
    let payment = town.log_in(&page).await;
    let done = town.send(&payment, "/pay").await;
    town.send(&done, "/netmile/success").await;
    town.shop.fulfil_now().await.unwrap();
    let order = town.get(&format!("/orders/{id}")).await;
    assert!(order.says("購読中"), "{}", order.text());
    assert_eq!(town.mock.admin().contracts().await.unwrap().len(), 1);

    let end = town.send(&order, "/end").await;
    let sure = town.log_in(&end).await;
    let ended = town.send(&sure, "/pay").await;
    town.send(&ended, "/netmile/success").await;
    town.shop.fulfil_now().await.unwrap();
    let order = town.get(&format!("/orders/{id}")).await;
    assert!(order.says("解約済み"), "{}", order.text());
}

#[tokio::test]
async fn an_end_that_the_gateway_reports_ends_the_subscription() {
    let mut town = Town::open().await;
    let checkout = town.get("/checkout?item=letter").await;
    let page = town.send(&checkout, "/checkout").await;
    let id = order_id(&page);
    let payment = town.log_in(&page).await;
    town.send(&payment, "/pay").await;
    let paid = town.mock.admin().payments().await.unwrap();
    town.mock
        .admin()
        .later_notice(&paid[0].tracking_id, "CC")
        .await
        .unwrap();
    town.shop.fulfil_now().await.unwrap();
    assert!(town.get(&format!("/orders/{id}")).await.says("解約済み"));
}
