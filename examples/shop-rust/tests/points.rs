//! Points become miles: the notice page, the application, and what comes of it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::browser::{Browser, Page};
use netmile::contract::Endpoints;
use netmile_mock::{Mock, Options};
use shop_rust::{Shop, ShopOptions, demo_site};

struct Town {
    mock: Mock,
    shop: Shop,
    browser: Browser,
}

impl Town {
    async fn open() -> Self {
        let mock = Mock::start(Options::default()).await.unwrap();
        let mut options = ShopOptions::new(Endpoints::mock(mock.url())).unwrap();
        options.site = Some(demo_site(mock.url()).unwrap());
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

    async fn apply(&mut self, points: &str, mail: &str) -> Page {
        let page = self.get("/points/apply").await;
        let form = page.form("/points/apply").unwrap();
        let form = form.fill("points", points).fill("mail", mail);
        self.browser.send(form).await.unwrap()
    }

    async fn balance(&self) -> i64 {
        self.mock.admin().balance("taro").await.unwrap()
    }
}

#[tokio::test]
async fn points_become_miles_of_equal_value_once() {
    let mut town = Town::open().await;
    let before = town.balance().await;
    let notice = town.get("/points").await;
    assert!(notice.says("1,200ポイント") && notice.says("1,000マイル"));
    let page = town.get("/points/apply").await;
    assert!(page.says("700ポイント → 1,400マイル（残り500ポイント）"));
    let form = || {
        let form = page.form("/points/apply").unwrap();
        form.fill("points", "700")
            .fill("mail", "taro@member.example")
    };
    let done = town.browser.send(form()).await.unwrap();
    assert!(done.says("ポイント交換が完了しました") && done.says("500ポイント"));
    assert_eq!(town.balance().await, before + 1_400);
    // The button was pressed twice.
    let again = town.browser.send(form()).await.unwrap();
    assert_eq!(again.url, done.url);
    assert_eq!(town.balance().await, before + 1_400);
    // Nobody else sees it, and nothing is left to choose but 500 points.
    let mut other = Browser::new("en").unwrap();
    let foreign = other.open(done.url.as_str()).await.unwrap();
    assert!(!foreign.says("1,400"));
    let english = other
        .open(&format!("{}/points", town.shop.url()))
        .await
        .unwrap();
    assert!(english.says("Exchange points for miles"));
    let rest = town.apply("1200", "taro@member.example").await;
    assert!(rest.says("500ポイント → 1,000マイル") && town.balance().await == before + 1_400);
}

#[tokio::test]
async fn whoever_is_not_registered_keeps_the_points() {
    let mut town = Town::open().await;
    for mail in ["nobody@member.example", "no mail address"] {
        let page = town.apply("500", mail).await;
        assert!(page.says("ポイント交換ができませんでした"), "{mail}");
    }
    assert!(town.get("/points").await.says("1,200ポイント"));
}
