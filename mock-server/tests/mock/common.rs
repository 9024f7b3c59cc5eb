//! A shop and a browser for the tests: the shop records notices and answers as told, the browser
//! posts forms and follows nothing by itself.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{Router, body::Bytes, extract::State, http::StatusCode, routing::post};
use netmile_mock::{
    ClockMode, Mock, Options, clock,
    wire::{
        form::{self, Bounds, Fields},
        hash::{self, Charset},
    },
};

pub const KEY: &str = "demo0key0of0the0mock0gateway0not0a0secr0";
pub const START: &str = "2026-01-02T03:04:05+09:00";
/// Order of the values hashed in A01-1, written down again here on purpose.
pub const A01: &str = "pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no order_id item_id pay_item_id item_name tax amount pay_type auto_charge_type service_type div_settele last_charge_month camp_type tracking_id terminal_type success_url cancel_url error_url pagecon_url free1 free2 free3 free_csv request_date limit_second";
pub const RESULT: &str = "pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no order_id item_id pay_item_id item_name tax amount pay_type auto_charge_type service_type div_settele last_charge_month camp_type tracking_id terminal_type free1 free2 free3 request_date res_pay_method res_result res_tracking_id res_sps_cust_no res_sps_payment_no res_payinfo_key res_payment_date res_err_code res_date limit_second";

#[derive(Clone)]
pub enum Say {
    Text(u16, &'static str),
    /// Never answers while the test runs.
    Nothing,
}

#[derive(Clone)]
pub struct Shop {
    pub url: String,
    pub notices: Arc<Mutex<Vec<Fields>>>,
    pub bodies: Arc<Mutex<Vec<Vec<u8>>>>,
    say: Arc<Mutex<Say>>,
}

impl Shop {
    pub async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shop = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            notices: Arc::default(),
            bodies: Arc::default(),
            say: Arc::new(Mutex::new(Say::Text(200, "OK,"))),
        };
        let router = Router::new()
            .route("/notify", post(notified))
            .with_state(shop.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        shop
    }

    pub fn answers(&self, say: Say) {
        *self.say.lock().unwrap() = say;
    }

    pub fn count(&self) -> usize {
        self.notices.lock().unwrap().len()
    }

    pub fn last(&self) -> Fields {
        self.notices.lock().unwrap().last().unwrap().clone()
    }
}

async fn notified(State(shop): State<Shop>, body: Bytes) -> (StatusCode, &'static str) {
    shop.bodies.lock().unwrap().push(body.to_vec());
    if let Ok(fields) = form::parse(&body, Bounds::default()) {
        shop.notices.lock().unwrap().push(fields);
    }
    let say = shop.say.lock().unwrap().clone();
    match say {
        Say::Text(status, text) => (StatusCode::from_u16(status).unwrap(), text),
        Say::Nothing => std::future::pending().await,
    }
}

pub fn get<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields
        .iter()
        .find(|(n, _)| n == name)
        .map_or("", |(_, v)| v.as_str())
}

/// A01-1 with the given changes; an empty name in `changes` is never there.
pub fn a01(shop: &Shop, order: &str, changes: &[(&str, &str)]) -> Fields {
    let mut values = vec![
        ("pay_method", "netmile".to_owned()),
        ("merchant_id", "99999".to_owned()),
        ("service_id", "001".to_owned()),
        ("cust_code", "CUST0001".to_owned()),
        ("order_id", order.to_owned()),
        ("item_id", "ITEM1".to_owned()),
        ("item_name", "テスト商品".to_owned()),
        ("amount", "300".to_owned()),
        ("pay_type", "0".to_owned()),
        ("service_type", "0".to_owned()),
        ("terminal_type", "0".to_owned()),
        ("success_url", format!("{}/success", shop.url)),
        ("cancel_url", format!("{}/cancel", shop.url)),
        ("error_url", format!("{}/error", shop.url)),
        ("pagecon_url", format!("{}/notify", shop.url)),
        ("request_date", "20260102030405".to_owned()),
        ("limit_second", "600".to_owned()),
    ];
    for (name, value) in changes {
        values.retain(|(n, _)| n != name);
        values.push((name, (*value).to_owned()));
    }
    A01.split(' ')
        .map(|name| {
            let value = values.iter().find(|(n, _)| *n == name);
            (
                name.to_owned(),
                value.map(|(_, v)| v.clone()).unwrap_or_default(),
            )
        })
        .collect()
}

pub fn sign(mut fields: Fields, key: &str) -> Fields {
    let digest = hash::digest(fields.iter().map(|(_, v)| v.as_str()), key, Charset::Utf8).unwrap();
    fields.push(("sps_hashcode".to_owned(), digest));
    fields
}

/// The hash a result should carry, from the order written down here.
pub fn result_hash(fields: &Fields, charset: Charset) -> String {
    hash::digest(RESULT.split(' ').map(|n| get(fields, n)), KEY, charset).unwrap()
}

pub struct Browser {
    pub http: reqwest::Client,
    pub mock: Mock,
    pub shop: Shop,
}

pub struct Page {
    pub status: u16,
    pub location: String,
    pub bytes: Vec<u8>,
    pub kind: String,
    pub cookie: String,
}

impl Page {
    pub fn text(&self) -> String {
        if self.kind.contains("Shift_JIS") {
            netmile_mock::wire::sjis::decode(&self.bytes).unwrap()
        } else {
            String::from_utf8(self.bytes.clone()).unwrap()
        }
    }

    /// The hidden inputs of the form that posts to `action`.
    pub fn hidden(&self, action: &str) -> Fields {
        let text = self.text();
        let form = text
            .split("<form")
            .find(|f| f.contains(&format!("action=\"{action}\"")))
            .unwrap_or_else(|| panic!("no form to {action} in {text}"))
            .split("</form>")
            .next()
            .unwrap();
        form.split("<input")
            .skip(1)
            .map(|tag| tag.split('>').next().unwrap())
            .filter(|tag| tag.contains("type=\"hidden\""))
            .map(|tag| (attribute(tag, "name"), attribute(tag, "value")))
            .collect()
    }
}

fn attribute(tag: &str, name: &str) -> String {
    tag.split(&format!("{name}=\""))
        .nth(1)
        .unwrap_or_default()
        .split('"')
        .next()
        .unwrap()
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

pub fn frozen() -> Options {
    Options {
        clock: ClockMode::Frozen(clock::parse_instant(START).unwrap()),
        notice_timeout: Duration::from_millis(400),
        ..Options::default()
    }
}

impl Browser {
    pub async fn open() -> Self {
        Self::with(frozen()).await
    }

    pub async fn with(mut options: Options) -> Self {
        options.scenario.rules.advertiser_timeout_ms = 200;
        let mock = Mock::start(options).await.unwrap();
        Self {
            http: reqwest::Client::builder()
                .no_proxy()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .unwrap(),
            mock,
            shop: Shop::open().await,
        }
    }

    async fn page(&self, request: reqwest::RequestBuilder) -> Page {
        self.try_page(request).await.unwrap()
    }

    pub async fn try_page(&self, request: reqwest::RequestBuilder) -> Result<Page, reqwest::Error> {
        let response = request.header("Accept-Language", "ja").send().await?;
        let header = |name: &str| {
            response
                .headers()
                .get(name)
                .map(|v| v.to_str().unwrap().to_owned())
                .unwrap_or_default()
        };
        Ok(Page {
            status: response.status().as_u16(),
            location: header("location"),
            kind: header("content-type"),
            cookie: header("set-cookie").split(';').next().unwrap().to_owned(),
            bytes: response.bytes().await?.to_vec(),
        })
    }

    pub fn request(&self, path: &str, body: Vec<u8>) -> reqwest::RequestBuilder {
        self.http
            .post(format!("{}{path}", self.mock.url()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(body)
    }

    /// Posts fields as a Shift_JIS form.
    pub async fn send(&self, path: &str, fields: &Fields) -> Page {
        self.page(self.request(path, form::encode(fields).unwrap()))
            .await
    }

    /// Posts a form of the mock's own pages (UTF-8).
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.post_as(path, fields, "").await
    }

    pub async fn post_as(&self, path: &str, fields: &[(&str, &str)], cookie: &str) -> Page {
        let mut body = String::new();
        for (name, value) in fields {
            if !body.is_empty() {
                body.push('&');
            }
            body.push_str(name);
            body.push('=');
            for byte in value.bytes() {
                body.push_str(&format!("%{byte:02X}"));
            }
        }
        let request = self
            .request(path, body.into_bytes())
            .header("Cookie", cookie);
        self.page(request).await
    }

    pub async fn get(&self, path: &str) -> Page {
        self.get_as(path, "").await
    }

    pub async fn get_as(&self, path: &str, cookie: &str) -> Page {
        let request = self
            .http
            .get(format!("{}{path}", self.mock.url()))
            .header("Cookie", cookie);
        self.page(request).await
    }

    /// Sends a purchase request and returns the session's path.
    pub async fn start(&self, order: &str, changes: &[(&str, &str)]) -> String {
        let fields = sign(a01(&self.shop, order, changes), KEY);
        let page = self.send("/f01/FepBuyInfoReceive.do", &fields).await;
        assert_eq!(page.status, 303, "{}", page.text());
        page.location
    }

    /// Starts a purchase and logs a member in.
    pub async fn start_as(&self, order: &str, member: &str, changes: &[(&str, &str)]) -> String {
        let session = self.start(order, changes).await;
        let password = format!("{member}-demo");
        let page = self
            .post(
                &format!("{session}/login"),
                &[("login", member), ("password", &password)],
            )
            .await;
        assert_eq!(
            (page.status, page.location.as_str()),
            (303, session.as_str())
        );
        session
    }

    pub async fn balance(&self, member: &str) -> i64 {
        self.mock.admin().balance(member).await.unwrap()
    }

    /// Registers for a campaign with good values; the result page.
    pub async fn register(&self, session: &str, campaign: &str) -> Page {
        let registered = self
            .post(&format!("{session}/campaign/{campaign}/register"), &PERSON)
            .await;
        assert_eq!(registered.status, 303, "{}", registered.text());
        self.get(&registered.location).await
    }
}

pub const PERSON: [(&str, &str); 11] = [
    ("name", "見本 太郎"),
    ("address", "東京都千代田区千代田1-1"),
    ("birth_date", "1980-02-29"),
    ("sex", "male"),
    ("phone", "03-1234-5678"),
    ("email", "taro@member.example"),
    ("login_id", "taro-2026"),
    ("password", "long enough"),
    ("name_kana", "ミホン タロウ"),
    ("postal_code", "100-0001"),
    ("terms", "agreed"),
];
