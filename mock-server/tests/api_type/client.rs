//! An independent client over HTTP: requests by hand, answers read as text.

use std::{path::Path, time::Duration};

use netmile_mock::{ClockMode, Mock, Options, Scenario};

use crate::common::*;

pub struct Client {
    pub http: reqwest::Client,
    pub mock: Mock,
}

pub struct Reply {
    pub status: u16,
    pub content_type: String,
    pub body: Vec<u8>,
}

pub fn options(database: Option<&Path>) -> Options {
    Options {
        clock: ClockMode::Frozen(start()),
        database: database.map(Path::to_path_buf),
        notice_timeout: Duration::from_secs(2),
        ..Options::default()
    }
}

impl Client {
    pub async fn open() -> Self {
        Self::with(options(None)).await
    }

    pub async fn with(options: Options) -> Self {
        // The mock installs the TLS provider that the client asks for.
        let mock = Mock::start(options).await.unwrap();
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .build();
        Self {
            http: http.unwrap(),
            mock,
        }
    }

    pub fn now(&self) -> i64 {
        self.mock.admin().clock().unix
    }

    pub async fn post(
        &self,
        body: Vec<u8>,
        authorization: Option<String>,
        content_type: &str,
    ) -> Result<Reply, reqwest::Error> {
        let mut request = self
            .http
            .post(format!("{}/api/xmlapi.do", self.mock.url()))
            .header("Content-Type", content_type)
            .body(body);
        if let Some(value) = authorization {
            request = request.header("Authorization", value);
        }
        let response = request.send().await?;
        Ok(Reply {
            status: response.status().as_u16(),
            content_type: response.headers()["content-type"]
                .to_str()
                .unwrap()
                .to_owned(),
            body: response.bytes().await?.to_vec(),
        })
    }

    pub async fn try_send(&self, message: &Message) -> Result<Reply, reqwest::Error> {
        let body = message.body(self.now());
        self.post(body, Some(message.basic()), "text/xml").await
    }

    pub async fn send(&self, message: &Message) -> Vec<u8> {
        let reply = self.try_send(message).await.unwrap();
        assert_eq!(reply.status, 200);
        assert_eq!(reply.content_type, "text/xml;charset=Shift_JIS");
        reply.body
    }

    pub async fn ok(&self, message: &Message) -> Vec<u8> {
        let body = self.send(message).await;
        assert_eq!(tag(&body, "res_result"), "OK", "{}", text(&body));
        body
    }

    pub async fn ng(&self, message: &Message) -> String {
        let body = self.send(message).await;
        assert_eq!(tag(&body, "res_result"), "NG", "{}", text(&body));
        tag(&body, "res_err_code")
    }

    pub async fn balance(&self, user: &str) -> i64 {
        self.mock.admin().balance(user).await.unwrap()
    }
}

#[tokio::test]
async fn a_card_goes_from_authorisation_to_partial_refund() {
    let client = Client::open().await;
    let body = client.ok(&token("ORDER-1", "1000", "tok-1")).await;
    let tracking = tag(&body, "res_tracking_id");
    client.ok(&processed("ST02-00101-101", &tracking)).await;
    client.ok(&processed("ST02-00201-101", &tracking)).await;
    client.ok(&amount("ST02-00307-101", &tracking, "400")).await;
    let body = client.ok(&about("MG01-00101-101", &tracking)).await;
    assert_eq!(tag(&body, "payment_status"), "5");
    let ledger: Vec<u64> = client
        .mock
        .admin()
        .api_ledger()
        .await
        .iter()
        .map(|m| m.yen)
        .collect();
    assert_eq!(ledger, [1000, 400]);
}

#[tokio::test]
async fn netmile_moves_miles_on_the_members_passbook() {
    let client = Client::open().await;
    let body = client
        .ok(&netmile("ORDER-1", "150", "taro").encrypted())
        .await;
    let tracking = tag(&body, "res_tracking_id");
    assert_eq!(client.balance("taro").await, 103);
    let code = client.ng(&netmile("ORDER-2", "150", "taro")).await;
    assert_eq!(code, "900S1008");
    client.ok(&amount("ST02-00307-900", &tracking, "50")).await;
    client.ok(&processed("ST02-00303-900", &tracking)).await;
    assert_eq!(client.balance("taro").await, 400);
    let rows = client.mock.admin().ledger(Some("taro")).await.unwrap();
    let kinds: Vec<_> = rows.iter().map(|r| (r.kind.as_str(), r.miles)).collect();
    assert_eq!(
        kinds,
        [
            ("opening", 400),
            ("payment", -300),
            ("return", 3),
            ("refund", 100),
            ("return_taken_back", -1),
            ("refund", 200),
            ("return_taken_back", -2),
        ]
    );
}

#[tokio::test]
async fn a_monthly_contract_is_billed_as_the_clock_moves_and_ended() {
    let client = Client::open().await;
    let body = client
        .ok(&netmile_monthly("ORDER-1", "500", "hanako"))
        .await;
    let tracking = tag(&body, "res_tracking_id");
    let happened = client.mock.admin().advance(60 * 86_400).await.unwrap();
    let billed: Vec<_> = happened
        .iter()
        .filter(|h| h.kind == "period_billed" && h.id == tracking)
        .map(|h| h.outcome.as_str())
        .collect();
    assert_eq!(billed, ["202602: 500", "202603: 500"]);
    assert_eq!(client.balance("hanako").await, 1_000_000 - 3 * 990);
    client.ok(&processed("ST02-00302-900", &tracking)).await;
    let happened = client.mock.admin().advance(60 * 86_400).await.unwrap();
    assert!(happened.iter().all(|h| h.id != tracking));
    assert_eq!(
        client.ng(&processed("ST02-00302-900", &tracking)).await,
        "90032999"
    );
}

#[tokio::test]
async fn any_xml_content_type_and_padding_is_taken() {
    let client = Client::open().await;
    for (n, kind) in ["text/xml; charset=Shift_JIS", "application/xml", "TEXT/XML"]
        .iter()
        .enumerate()
    {
        let message = netmile(&format!("ORDER-{n}"), "10", "taro");
        let reply = client
            .post(message.body(client.now()), Some(message.basic()), kind)
            .await;
        assert_eq!(tag(&reply.unwrap().body, "res_result"), "OK", "{kind}");
    }
}

#[tokio::test]
async fn wrong_credentials_are_401_and_other_methods_405() {
    let client = Client::open().await;
    let message = netmile("ORDER-1", "10", "taro");
    let body = message.body(client.now());
    let bad = Message {
        password: Some("wrong".to_owned()),
        ..message.clone()
    };
    for authorization in [
        None,
        Some(bad.basic()),
        Some("Bearer x".to_owned()),
        Some("Basic %".to_owned()),
    ] {
        let reply = client
            .post(body.clone(), authorization, "text/xml")
            .await
            .unwrap();
        assert_eq!(reply.status, 401);
    }
    let url = format!("{}/api/xmlapi.do", client.mock.url());
    assert_eq!(client.http.get(&url).send().await.unwrap().status(), 405);
    let huge = vec![b'x'; 600 * 1024];
    let reply = client
        .post(huge, Some(message.basic()), "text/xml")
        .await
        .unwrap();
    assert_eq!(reply.status, 413);
    assert!(client.mock.admin().api_ledger().await.is_empty());
}

#[tokio::test]
async fn a_restart_on_a_file_keeps_everything() {
    let file = std::env::temp_dir().join(format!("netmile-mock-api-{}.db", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let client = Client::with(options(Some(&file))).await;
    let paid = tag(
        &client.ok(&netmile("ORDER-1", "150", "taro")).await,
        "res_tracking_id",
    );
    client.ok(&token("ORDER-2", "1000", "tok-1")).await;
    let slip_id = tag(&client.ok(&slip("ORDER-3", "700")).await, "res_tracking_id");
    let monthly = tag(
        &client.ok(&netmile_monthly("ORDER-4", "10", "taro")).await,
        "res_tracking_id",
    );
    let admin = client.mock.admin();
    let before = (admin.api_payments().await, admin.api_ledger().await);
    client.mock.stop().await;

    let client = Client::with(options(Some(&file))).await;
    let admin = client.mock.admin();
    assert_eq!(
        (admin.api_payments().await, admin.api_ledger().await),
        before
    );
    assert_eq!(
        client.ng(&netmile("ORDER-1", "10", "taro")).await,
        "90096999"
    );
    assert_eq!(
        client.ng(&token("ORDER-5", "1000", "tok-1")).await,
        "101T2999"
    );
    client.ok(&processed("ST02-00303-900", &paid)).await;
    let seen = client.ok(&about("MG01-00101-701", &slip_id)).await;
    assert_eq!(tag(&seen, "payment_status"), "1");
    let happened = admin.advance(31 * 86_400).await.unwrap();
    assert!(
        happened
            .iter()
            .any(|h| h.id == monthly && h.kind == "period_billed")
    );
    assert!(
        happened
            .iter()
            .any(|h| h.id == slip_id && h.kind == "slip_expired")
    );
    let fresh = tag(
        &client.ok(&netmile("ORDER-6", "10", "taro")).await,
        "res_tracking_id",
    );
    assert!(before.0.iter().all(|p| p.tracking_id != fresh));
    client.mock.stop().await;
    std::fs::remove_file(&file).unwrap();
}

#[tokio::test]
async fn a_reset_forgets_payments_but_no_number() {
    let client = Client::open().await;
    let first = tag(
        &client.ok(&netmile("ORDER-1", "10", "taro")).await,
        "res_tracking_id",
    );
    client.mock.admin().reset().await.unwrap();
    assert!(client.mock.admin().api_payments().await.is_empty());
    assert!(client.mock.admin().api_ledger().await.is_empty());
    let second = tag(
        &client.ok(&netmile("ORDER-1", "10", "taro")).await,
        "res_tracking_id",
    );
    assert_ne!(first, second);
    assert_eq!(client.balance("taro").await, 380);
}

#[tokio::test]
async fn a_contract_applied_for_by_link_type_is_charged_and_ended_by_api() {
    let client = Client::open().await;
    let tracking = applied(&client, "2").await;
    let charge = |order: &str| {
        Message::new("ST01-00104-900")
            .line("tracking_id", &tracking)
            .line("cust_code", "CUST0001")
            .line("order_id", order)
            .line("item_id", "item-1")
            .line("amount", "100")
    };
    client.ok(&charge("P-1")).await;
    assert_eq!(client.balance("hanako").await, 1_000_000 - 198);
    // A purchase id that a link-type purchase used is a duplicate here too.
    assert_eq!(client.ng(&charge("LINK-1")).await, "90096999");
    client.ok(&about("ST02-00309-900", &tracking)).await;
    assert_eq!(client.ng(&charge("P-2")).await, "900L2999");
    let contracts = client.mock.admin().contracts().await.unwrap();
    assert!(!contracts[0].active);
    assert_eq!(contracts[0].ended_by.as_deref(), Some("request"));
}

/// Applies for a contract on the link type's pages, as hanako; its transaction id.
pub async fn applied(client: &Client, pay_type: &str) -> String {
    paid_by_link(client, "netmile", pay_type, "LINK-1").await;
    let contracts = client.mock.admin().contracts().await.unwrap();
    contracts[0].tracking_id.clone()
}

/// Pays, or applies for a contract, on the link type's pages, as hanako where a member pays.
pub async fn paid_by_link(client: &Client, method: &str, pay_type: &str, order: &str) {
    use sha1::{Digest as _, Sha1};
    const ORDER: &str = "pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no order_id item_id pay_item_id item_name tax amount pay_type auto_charge_type service_type div_settele last_charge_month camp_type tracking_id terminal_type success_url cancel_url error_url pagecon_url free1 free2 free3 free_csv request_date limit_second";
    let here = "http://127.0.0.1:9/x";
    let recurring = pay_type != "0";
    let value = |name: &str| match name {
        "pay_method" => method,
        "merchant_id" => "99999",
        "service_id" => "001",
        "cust_code" => "CUST0001",
        "order_id" => order,
        "item_id" => "ITEM1",
        "amount" => "100",
        "pay_type" => pay_type,
        "auto_charge_type" if pay_type == "1" => "1",
        "auto_charge_type" | "div_settele" if recurring => "0",
        "service_type" | "terminal_type" => "0",
        "success_url" | "cancel_url" | "error_url" | "pagecon_url" => here,
        "request_date" => "20260102030405",
        "limit_second" => "600",
        _ => "",
    };
    let mut sha = Sha1::new();
    let mut body = String::new();
    for name in ORDER.split(' ') {
        sha.update(value(name));
        let escaped = value(name).replace(':', "%3A").replace('/', "%2F");
        body.push_str(&format!("{name}={escaped}&"));
    }
    sha.update(KEY);
    let hash: String = sha.finalize().iter().map(|b| format!("{b:02x}")).collect();
    body.push_str(&format!("sps_hashcode={hash}"));
    let form = |path: String, body: String| {
        client
            .http
            .post(format!("{}{path}", client.mock.url()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(body)
            .send()
    };
    let purchase = "/f01/FepBuyInfoReceive.do".to_owned();
    let response = form(purchase, body).await.unwrap();
    let session = response.headers()["location"].to_str().unwrap().to_owned();
    if method == "netmile" {
        let login = "login=hanako&password=hanako-demo".to_owned();
        form(format!("{session}/login"), login).await.unwrap();
    }
    form(format!("{session}/pay"), String::new()).await.unwrap();
}

#[tokio::test]
async fn wallets_and_carriers_paid_by_link_type_are_refunded_by_api() {
    let client = Client::open().await;
    paid_by_link(&client, "paypay", "0", "WALLET-1").await;
    paid_by_link(&client, "docomo", "0", "CARRIER-1").await;
    paid_by_link(&client, "netmile", "0", "MILES-1").await;
    let payments = client.mock.admin().payments().await.unwrap();
    let id = |order: &str| {
        let found = payments.iter().find(|p| p.order_id == order).unwrap();
        found.tracking_id.clone()
    };
    let inquiry = Message::new("MG01-00101-311").line("order_id", "WALLET-1");
    let seen = client.ok(&inquiry).await;
    assert_eq!(tag(&seen, "payment_status"), "3");
    assert_eq!(tag(&seen, "tracking_id"), id("WALLET-1"));
    for other in ["WALLET-2", "CARRIER-1"] {
        let none = inquiry.clone().set("order_id", Some(other));
        assert_eq!(client.ng(&none).await, "31183999");
    }
    for (number, order) in [("311", "WALLET-1"), ("401", "CARRIER-1")] {
        let refund = Message::new(&format!("ST02-00303-{number}")).line("tracking_id", &id(order));
        let part = refund.clone().line("pay_option_manage/amount", "50");
        assert_eq!(client.ng(&part).await, format!("{number}34999"));
        client.ok(&refund).await;
        assert_eq!(client.ng(&refund).await, format!("{number}30999"));
    }
    assert_eq!(tag(&client.ok(&inquiry).await, "payment_status"), "5");
    // A link-type NetMile payment is refunded by a person on the management page.
    let refund = processed("ST02-00303-900", &id("MILES-1"));
    assert_eq!(client.ng(&refund).await, "90025999");
    let after = client.mock.admin().payments().await.unwrap();
    let refunded: Vec<bool> = after.iter().map(|p| p.refunded_at.is_some()).collect();
    assert_eq!(refunded, [true, true, false]);
}

#[test]
fn the_demo_names_what_the_book_needs() {
    let demo = Scenario::demo();
    let wide = demo.merchant("99999", "001").unwrap();
    let numbers: Vec<_> = wide.api_methods.iter().map(|m| m.number.as_str()).collect();
    assert_eq!(
        numbers,
        [
            "900", "101", "701", "703", "401", "402", "405", "311", "399"
        ]
    );
    assert!(
        demo.merchant("99999", "002")
            .unwrap()
            .api_methods
            .is_empty()
    );
    let printed = format!("{:?}", wide.api);
    assert!(!printed.contains("0123456789"));
}
