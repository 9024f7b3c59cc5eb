//! The shop beside the mock gateway, for what goes server to server.

use std::sync::Arc;

use netmile::contract::Endpoints;
use netmile::time::{Clock, ManualClock, Timestamp};
use netmile_mock::clock::ClockMode;
use netmile_mock::{Mock, Options};
use shop_rust::{Shop, ShopOptions};

use super::browser::{Browser, Page};

/// A shop and the mock gateway whose clocks stand still and are moved together.
pub struct Town {
    pub mock: Mock,
    pub shop: Shop,
    pub clock: Arc<ManualClock>,
    pub browser: Browser,
}

impl Town {
    pub async fn open() -> Self {
        Self::with(|_, _| ()).await
    }

    /// `change` also gets the address of the mock.
    pub async fn with(change: impl FnOnce(&mut ShopOptions, &str)) -> Self {
        let clock = Arc::new(ManualClock::new(
            Timestamp::parse_jst("20260110120000").unwrap(),
        ));
        let gateway = Options {
            clock: ClockMode::Frozen(clock.now().as_unix()),
            ..Options::default()
        };
        let mock = Mock::start(gateway).await.unwrap();
        let mut options = ShopOptions::new(Endpoints::mock(mock.url())).unwrap();
        options.clock = clock.clone();
        change(&mut options, mock.url());
        let shop = Shop::start(options).await.unwrap();
        // The outbox is looked at when a test says so, not in the middle of moving the two clocks.
        shop.testing().pause(true);
        shop.fulfil_now().await.unwrap();
        let notices = format!("{}/netmile/api-notify", shop.url());
        mock.admin()
            .set_api_notice_url("99999", "001", &notices)
            .await
            .unwrap();
        Self {
            shop,
            browser: Browser::new("ja").unwrap(),
            clock,
            mock,
        }
    }

    pub async fn get(&mut self, path: &str) -> Page {
        let url = format!("{}{path}", self.shop.url());
        self.browser.open(&url).await.unwrap()
    }

    pub async fn send(&mut self, page: &Page, form: &str) -> Page {
        let form = page.form(form).unwrap();
        self.browser.send(form).await.unwrap()
    }

    pub async fn later(&mut self, seconds: u32) {
        self.mock.admin().advance(seconds).await.unwrap();
        self.clock.advance(seconds.into());
        self.shop.fulfil_now().await.unwrap();
    }

    /// Orders an item on the own screen; the screen that asks whose miles.
    pub async fn order(&mut self, item: &str) -> Page {
        self.order_by(item, "own").await
    }

    /// Orders an item to be paid by this way; its screen.
    pub async fn order_by(&mut self, item: &str, way: &str) -> Page {
        let shelves = self.get("/").await;
        let put = shelves.form("/basket").unwrap().fill("item", item);
        self.browser.send(put).await.unwrap();
        let checkout = self.get("/checkout").await.form("/checkout").unwrap();
        let checkout = checkout.fill("terminal", "pc").fill("way", way);
        self.browser.send(checkout).await.unwrap()
    }

    pub async fn name(&mut self, screen: &Page, member: &str) -> Page {
        let named = screen.form("/miles/member").unwrap();
        self.browser
            .send(named.fill("member", member))
            .await
            .unwrap()
    }

    /// To the screen with the balance.
    pub async fn arrive(&mut self, item: &str, member: &str) -> Page {
        let screen = self.order(item).await;
        self.name(&screen, member).await
    }

    pub async fn balance(&self, member: &str) -> i64 {
        self.mock.admin().balance(member).await.unwrap()
    }

    pub async fn requests(&self, function: &str) -> usize {
        let log = self.mock.admin().log(0, 10_000).await.unwrap();
        log.iter().filter(|e| e.message == function).count()
    }

    pub async fn sent(&self) -> usize {
        self.shop.fulfil_now().await.unwrap();
        let done = self.shop.fulfilments().await.unwrap();
        done.iter().filter(|done| done.kind == "paid").count()
    }

    pub async fn desk(&mut self) -> Page {
        let desk = self.get("/desk").await;
        let Ok(login) = desk.form("/desk/login") else {
            return desk;
        };
        let login = login.fill("password", "desk-demo");
        self.browser.send(login).await.unwrap()
    }
}

/// The order whose page this is.
pub fn order_id(page: &Page) -> String {
    page.url.path().split('/').nth(2).unwrap().to_owned()
}
