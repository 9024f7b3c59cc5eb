//! A shop alone with a browser, and a gateway that is a few lines of independent code.

#![allow(dead_code, unreachable_pub)]

#[path = "../../src/bin/demo/browser.rs"]
pub mod browser;
pub mod town;

use std::collections::HashMap;
use std::sync::Arc;

use encoding_rs::SHIFT_JIS;
use netmile::contract::Endpoints;
use netmile::purchase::Phase;
use netmile::time::{Clock, ManualClock, Timestamp};
use sha1::{Digest, Sha1};
use shop_rust::{Shop, ShopOptions};

use browser::{Browser, Page};

pub const KEY: &str = "demo0key0of0the0mock0gateway0not0a0secr0";
pub const TRACKING: &str = "12345678901234";
/// Part of the address that the signed form goes to.
pub const ITEM: &str = "/f01/";

const HEAD: &str = "pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no order_id item_id \
     pay_item_id item_name tax amount pay_type auto_charge_type service_type div_settele last_charge_month camp_type \
     tracking_id terminal_type free1 free2 free3";
const TAIL: &str = "request_date res_pay_method res_result res_tracking_id res_sps_cust_no res_sps_payment_no \
     res_payinfo_key res_payment_date res_err_code res_date limit_second";

/// A form that went to the gateway.
pub struct Taken {
    /// The shop's order.
    pub id: String,
    /// What the form held; of detail rows the last.
    pub posted: HashMap<String, String>,
    rows: Vec<(String, String)>,
}

pub struct Alone {
    pub shop: Shop,
    pub clock: Arc<ManualClock>,
    pub browser: Browser,
    pub raw: reqwest::Client,
}

impl Alone {
    pub async fn open() -> Self {
        Self::with(|_| ()).await
    }

    pub async fn with(change: impl FnOnce(&mut ShopOptions)) -> Self {
        let clock = Arc::new(ManualClock::new(
            Timestamp::parse_jst("20260102030405").unwrap(),
        ));
        let mut options = ShopOptions::new(Endpoints::mock("http://127.0.0.1:1")).unwrap();
        options.clock = clock.clone();
        change(&mut options);
        Self {
            browser: Browser::new("ja").unwrap(),
            shop: Shop::start(options).await.unwrap(),
            clock,
            raw: reqwest::Client::builder().no_proxy().build().unwrap(),
        }
    }

    pub async fn get(&mut self, path: &str) -> Page {
        let url = format!("{}{path}", self.shop.url());
        self.browser.open(&url).await.unwrap()
    }

    pub async fn order(&mut self, id: &str) -> Page {
        self.get(&format!("/orders/{id}")).await
    }

    pub async fn put(&mut self, item: &str) {
        let page = self.get("/").await;
        let form = page.form("/basket").unwrap().fill("item", item);
        self.browser.send(form).await.unwrap();
    }

    /// Puts an item into the basket and goes through the checkout.
    pub async fn buy(&mut self, item: &str, terminal: &str) -> Taken {
        self.put(item).await;
        let form = self.get("/checkout").await.form("/checkout").unwrap();
        let page = self
            .browser
            .send(form.fill("terminal", terminal))
            .await
            .unwrap();
        self.taken(&page)
    }

    /// Takes the signed form instead of the gateway.
    pub fn taken(&self, page: &Page) -> Taken {
        take(page)
    }

    /// A purchase notice.
    pub fn to_server(&self, taken: &Taken, changes: &[(&str, &str)]) -> String {
        self.message(taken, changes, false)
    }

    /// What the browser posts on its way back.
    pub fn to_browser(&self, taken: &Taken, changes: &[(&str, &str)]) -> String {
        self.message(taken, changes, true)
    }

    fn message(&self, taken: &Taken, changes: &[(&str, &str)], browser: bool) -> String {
        compose(taken, &self.clock.now().to_jst(), changes, browser)
    }

    /// The gateway's server posts a notice; what the shop answers.
    pub async fn notify(&self, body: &str) -> String {
        let (status, text) = self.post_raw("/netmile/notify", body.to_owned()).await;
        assert_eq!(status, 200);
        text
    }

    pub async fn post_raw(&self, path: &str, body: String) -> (u16, String) {
        let request = self.raw.post(format!("{}{path}", self.shop.url()));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let response = request.body(body).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    /// The browser posts what it was given at the gateway, from another site: without the shop's cookies.
    pub async fn post(&mut self, path: &str, body: &str) -> Page {
        let request = self.raw.post(format!("{}{path}", self.shop.url()));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let response = request.body(body.to_owned()).send().await.unwrap();
        // The client follows the redirect without cookies: nobody's order.
        let landed = response.url().clone();
        self.browser.open(landed.as_str()).await.unwrap()
    }

    pub async fn phase(&self, id: &str) -> Phase {
        self.shop.client().purchases().get(id).await.unwrap().phase
    }

    pub async fn desk(&mut self) -> Page {
        let page = self.get("/desk").await;
        match page.form("/desk/login") {
            Ok(login) => self
                .browser
                .send(login.fill("password", "desk-demo"))
                .await
                .unwrap(),
            Err(_) => page,
        }
    }
}

/// A result as the gateway composes it, dated `now`; to the server, or through the browser.
pub fn compose(taken: &Taken, now: &str, changes: &[(&str, &str)], browser: bool) -> String {
    let value = |name: &str| {
        if let Some((_, value)) = changes.iter().find(|(n, _)| *n == name) {
            return (*value).to_owned();
        }
        match name {
            "res_pay_method" => "netmile".to_owned(),
            "res_result" => "OK".to_owned(),
            "res_tracking_id" => TRACKING.to_owned(),
            "res_payment_date" | "res_date" => now.to_owned(),
            "limit_second" => "600".to_owned(),
            name => taken.posted.get(name).cloned().unwrap_or_default(),
        }
    };
    let named = |names: &str| {
        let names = names.split_whitespace();
        names
            .map(|name| (name.to_owned(), value(name)))
            .collect::<Vec<_>>()
    };
    let mut pairs = named(HEAD);
    pairs.extend(taken.rows.iter().cloned());
    pairs.extend(named(TAIL));
    let mut text: String = pairs.iter().map(|(_, value)| value.as_str()).collect();
    text.push_str(KEY);
    let digest = if browser {
        Sha1::digest(SHIFT_JIS.encode(&text).0)
    } else {
        Sha1::digest(text.as_bytes())
    };
    let hash: String = digest.iter().map(|b| format!("{b:02X}")).collect();
    pairs.insert(0, ("sps_hashcode".to_owned(), hash));
    let body = pairs.iter().map(|(name, value)| {
        let bytes = SHIFT_JIS.encode(value).0;
        let bytes: String = bytes.iter().map(|b| format!("%{b:02X}")).collect();
        format!("{name}={bytes}")
    });
    body.collect::<Vec<_>>().join("&")
}

/// Takes the signed form of a page instead of the gateway.
pub fn take(page: &Page) -> Taken {
    let form = page.form(ITEM).unwrap();
    assert_eq!(
        form.action.as_str(),
        "http://127.0.0.1:1/f01/FepBuyInfoReceive.do"
    );
    let rows = form
        .fields
        .iter()
        .filter(|(name, _)| name.starts_with("dtl_"));
    let attempt = form.value("order_id");
    Taken {
        id: attempt.rsplit_once('-').unwrap().0.to_owned(),
        rows: rows.cloned().collect(),
        posted: form.fields.iter().cloned().collect(),
    }
}
