//! よくあるご質問: each answer of the guide (J05 to J14), over HTTP with signatures of this file's own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::sync::atomic::{AtomicU64, Ordering};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac as _};
use netmile_mock::office::terms::Usable;
use netmile_mock::{ClockMode, Mock, Options, Scenario};
use netmile_tests::oracle::{compare::cells, days::DAY, random::tag_check, tables::World};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const KEYS: [(&str, &str); 2] = [
    ("faq-shop", "faq-shop-secret-0123456789abcdefgh"),
    ("faq-other", "faq-other-secret-0123456789abcdefg"),
];

/// A fixed campaign whose miles are deposited after seven days.
const FIXED: &str = "46255";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A shop with the first key, and the office on a clock that is moved by hand.
struct Shop {
    mock: Mock,
    http: reqwest::Client,
    calls: AtomicU64,
}

impl Shop {
    async fn open() -> Self {
        let world = World::of_the_oracle();
        let scenario = Scenario::parse(&world.scenario(&KEYS)).unwrap();
        let mock = Mock::start(Options {
            scenario,
            clock: ClockMode::Frozen(world.begins),
            ..Options::default()
        });
        Self {
            mock: mock.await.unwrap(),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            calls: AtomicU64::new(0),
        }
    }

    async fn call(&self, method: &str, target: &str, body: Option<Value>) -> (u16, Vec<u8>) {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut pairs: Vec<&str> = query.split('&').collect();
        pairs.sort_unstable();
        let body = body.map(|b| b.to_string()).unwrap_or_default();
        let time = self.mock.admin().clock().unix.to_string();
        let nonce = format!(
            "nonce-of-this-test-{}",
            self.calls.fetch_add(1, Ordering::Relaxed)
        );
        let lines = [
            method,
            path,
            &pairs.join("&"),
            &time,
            &nonce,
            &hex(&Sha256::digest(&body)),
        ];
        let mut mac = Hmac::<Sha256>::new_from_slice(KEYS[0].1.as_bytes()).unwrap();
        mac.update(lines.join("\n").as_bytes());
        let signature = format!("v1={}", hex(&mac.finalize().into_bytes()));
        let request = self
            .http
            .request(
                method.parse().unwrap(),
                format!("{}{target}", self.mock.url()),
            )
            .header("X-Key-Id", KEYS[0].0)
            .header("X-Timestamp", time)
            .header("X-Nonce", nonce)
            .header("X-Signature", signature)
            .header("Content-Type", "application/json")
            .body(body);
        let answer = request.send().await.unwrap();
        (
            answer.status().as_u16(),
            answer.bytes().await.unwrap().to_vec(),
        )
    }

    async fn json(&self, method: &str, target: &str, body: Option<Value>) -> (u16, Value) {
        let (status, bytes) = self.call(method, target, body).await;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        (
            status,
            serde_json::from_str(&text).unwrap_or(Value::String(text)),
        )
    }

    async fn get(&self, target: &str) -> Value {
        let (status, answer) = self.json("GET", target, None).await;
        assert_eq!(status, 200, "{target}: {answer}");
        answer
    }

    async fn post(&self, target: &str, body: Value) -> Value {
        let (status, answer) = self.json("POST", target, Some(body)).await;
        assert_eq!(status, 200, "{target}: {answer}");
        answer
    }

    /// The code of a refusal by the table of manual issues.
    async fn refused(&self, target: &str, body: Value) -> String {
        let (status, answer) = self.json("POST", target, Some(body)).await;
        assert_eq!(
            (status, &answer["table"]),
            (422, &json!("manual")),
            "{answer}"
        );
        answer["code"].as_str().unwrap().to_owned()
    }

    async fn pass_days(&self, days: i64) {
        let seconds = u32::try_from(days * DAY).unwrap();
        self.mock.admin().advance(seconds).await.unwrap();
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn issue(tran: &str, campaign: &str, mail: &str) -> Value {
    json!({
        "tran_id": tran, "campaign_id": campaign, "user": { "mail": mail },
        "designated_key": "C1", "miles": 100,
    })
}

#[tokio::test]
async fn j05_provisional_members_receive_automatic_issues_but_no_manual_ones() {
    let shop = Shop::open().await;
    let by_hand = issue("t1", FIXED, "gen@example.jp");
    assert_eq!(shop.refused("/v1/issuances", by_hand).await, "41023");
    // The tag is clicked, the address entered: what the page's form sends.
    let check = tag_check("8763", FIXED);
    let tag = format!("param1=8763&param2={FIXED}&param3={check}&earnsite_key=C1&mile=&tran_id=");
    let (q, mail) = (encoded(&tag), encoded("gen@example.jp"));
    let target = format!("{}/ctrl/user/uMilePublishInput.do", shop.mock.url());
    let form = shop.http.post(target);
    let form = form.header("Content-Type", "application/x-www-form-urlencoded");
    let answer = form
        .body(format!("q={q}&mail={mail}"))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    shop.post("/v1/members/verify", json!({ "mail": "gen@example.jp" }))
        .await;
    let book = shop.get("/v1/members/NM00000017/passbook").await;
    assert_eq!(book["pending_total"], 100);
}

#[tokio::test]
async fn j06_the_miles_of_a_campaign_can_not_be_changed() {
    let shop = Shop::open().await;
    let before = shop.get(&format!("/v1/campaigns/{FIXED}")).await;
    for method in ["PUT", "PATCH", "POST", "DELETE"] {
        let body = json!({ "rule": { "kind": "fixed", "miles": 200 } });
        let target = format!("/v1/campaigns/{FIXED}");
        let (status, _) = shop.json(method, &target, Some(body)).await;
        assert!(matches!(status, 404 | 405), "{method}: {status}");
    }
    assert_eq!(shop.get(&format!("/v1/campaigns/{FIXED}")).await, before);
    let mut other = issue("t1", FIXED, "ai@example.jp");
    other["miles"] = json!(200);
    assert_eq!(shop.refused("/v1/issuances", other).await, "12006");
    // A new campaign has a rule of its own.
    let mut another = issue("t2", "46256", "ai@example.jp");
    another["miles"] = json!(200);
    assert_eq!(shop.post("/v1/issuances", another).await["miles"], 200);
}

#[tokio::test]
async fn j07_after_the_issue_period_only_a_new_campaign_issues_by_hand() {
    let shop = Shop::open().await;
    // Its last day is 2026-11-30, and the day counts until midnight.
    shop.pass_days(10).await;
    shop.post("/v1/issuances", issue("t1", "46262", "ai@example.jp"))
        .await;
    shop.mock
        .admin()
        .advance(u32::try_from(DAY - 1).unwrap())
        .await
        .unwrap();
    shop.post("/v1/issuances", issue("t2", "46262", "ai@example.jp"))
        .await;
    shop.mock.admin().advance(1).await.unwrap();
    let late = issue("t3", "46262", "ai@example.jp");
    assert_eq!(shop.refused("/v1/issuances", late).await, "44019");
    shop.post("/v1/issuances", issue("t4", FIXED, "ai@example.jp"))
        .await;
}

async fn cancel(shop: &Shop, tran: &str, id: &Value, reason: &str) -> Value {
    let body = json!({ "tran_id": tran, "issuance_ids": [id], "reason": reason });
    shop.post("/v1/cancellations", body).await["results"][0].clone()
}

#[tokio::test]
async fn j08_issues_are_cancelled_within_ninety_days_and_by_application_once_deposited() {
    let shop = Shop::open().await;
    let mut ids = Vec::new();
    for nth in 0..3 {
        let done = shop.post(
            "/v1/issuances",
            issue(&format!("t{nth}"), FIXED, "ai@example.jp"),
        );
        ids.push(done.await["issuance_id"].clone());
    }
    assert_eq!(
        cancel(&shop, "c0", &ids[0], "duplicate").await["result"],
        "cancelled"
    );
    // 2026-11-20 and 90 days are 2027-02-18; three months end with 02-19.
    shop.pass_days(90).await;
    assert_eq!(
        cancel(&shop, "c1", &ids[1], "duplicate").await["result"],
        "application_received"
    );
    let waiting = shop.get("/v1/cancellations?tran_id=c1").await;
    assert_eq!(waiting["results"][0]["result"], "pending");
    let (cancellation, id) = (waiting["cancellation_id"].as_str(), ids[1].as_str());
    let admin = shop.mock.admin();
    admin
        .decide_application(cancellation.unwrap(), id.unwrap(), true)
        .await
        .unwrap();
    let approved = shop.get("/v1/cancellations?tran_id=c1").await;
    assert_eq!(approved["results"][0]["result"], "approved");
    shop.pass_days(1).await;
    let late = cancel(&shop, "c2", &ids[2], "duplicate").await;
    assert_eq!(
        (&late["result"], &late["why"]),
        (&json!("refused"), &json!("over_90_days"))
    );
}

#[tokio::test]
async fn j09_the_history_answers_the_question_of_a_user() {
    let shop = Shop::open().await;
    let mut one = issue("t1", FIXED, "ai@example.jp");
    one["designated_key"] = json!("ORDER1001");
    shop.post("/v1/issuances", one).await;
    shop.post("/v1/issuances", issue("t2", FIXED, "bun@example.jp"))
        .await;
    shop.pass_days(1).await;
    let history = shop
        .get(&format!("/v1/campaigns/{FIXED}/history?key=ORDER1001"))
        .await;
    assert_eq!(history["total"], 1);
    let row = &history["rows"][0];
    assert_eq!(row["designated_key"], "ORDER1001");
    assert_eq!(row["issued_at"], "2026-11-20T00:00:00+09:00");
    assert_eq!(row["miles"], 100);
    assert_eq!(row["deposit_on"], "2026-11-27");
    assert_eq!(row["state"], "held");
}

#[tokio::test]
async fn j10_the_history_shows_an_issue_from_the_next_day_on() {
    let shop = Shop::open().await;
    shop.post("/v1/issuances", issue("t1", "46257", "ai@example.jp"))
        .await;
    let rows = async |shop: &Shop| {
        shop.get("/v1/campaigns/46257/history").await["total"]
            .as_u64()
            .unwrap()
    };
    assert_eq!(rows(&shop).await, 0);
    shop.mock
        .admin()
        .advance(u32::try_from(DAY - 1).unwrap())
        .await
        .unwrap();
    assert_eq!(rows(&shop).await, 0, "one second before midnight");
    shop.mock.admin().advance(1).await.unwrap();
    assert_eq!(rows(&shop).await, 1);
}

#[tokio::test]
async fn j11_the_reason_of_a_cancellation_can_not_be_changed() {
    let shop = Shop::open().await;
    let id = shop
        .post("/v1/issuances", issue("t1", FIXED, "ai@example.jp"))
        .await;
    let id = id["issuance_id"].clone();
    cancel(&shop, "c1", &id, "duplicate").await;
    let again = cancel(&shop, "c2", &id, "other").await;
    assert_eq!(again["why"], "already_cancelled");
    let body = json!({ "tran_id": "c1", "issuance_ids": [id], "reason": "other" });
    let (status, answer) = shop.json("POST", "/v1/cancellations", Some(body)).await;
    assert_eq!((status, &answer["code"]), (409, &json!("conflict")));
    assert_eq!(
        shop.get("/v1/cancellations?tran_id=c1").await["reason"],
        "duplicate"
    );
}

#[tokio::test]
async fn j12_issues_to_the_test_user_are_in_no_report_and_no_bill() {
    let shop = Shop::open().await;
    shop.post("/v1/issuances", issue("t1", FIXED, "test1@netmile.co.jp"))
        .await;
    shop.pass_days(1).await;
    let history = shop.get(&format!("/v1/campaigns/{FIXED}/history")).await;
    assert_eq!(
        (&history["total"], &history["head"]["issued"]),
        (&json!(0), &json!(0))
    );
    let bill = shop.get("/v1/bills/2026-11").await;
    assert_eq!(
        (&bill["issued_miles"], &bill["yen"]),
        (&json!(0), &json!(0))
    );
    // An issue to anybody else is in both.
    shop.post("/v1/issuances", issue("t2", FIXED, "ai@example.jp"))
        .await;
    assert_eq!(shop.get("/v1/bills/2026-11").await["yen"], 100);
}

#[tokio::test]
async fn j13_the_time_to_the_deposit_can_be_shortened_while_the_campaign_runs() {
    let shop = Shop::open().await;
    let usual = shop
        .post("/v1/issuances", issue("t1", FIXED, "ai@example.jp"))
        .await;
    let admin = shop.mock.admin();
    let after = |days: u16| Usable::AfterDays { days };
    for longer in [
        after(8),
        Usable::On {
            date: "2026-11-21".to_owned(),
        },
    ] {
        assert!(admin.usable_sooner(FIXED, longer).await.is_err());
    }
    admin.usable_sooner(FIXED, after(2)).await.unwrap();
    assert!(admin.usable_sooner(FIXED, after(7)).await.is_err());
    let campaign = shop.get(&format!("/v1/campaigns/{FIXED}")).await;
    assert_eq!(
        campaign["usable"],
        json!({ "kind": "after_days", "days": 2 })
    );
    let sooner = shop
        .post("/v1/issuances", issue("t2", FIXED, "ai@example.jp"))
        .await;
    // What was issued before keeps its day.
    assert_eq!(usual["deposit_on"], "2026-11-27");
    assert_eq!(sooner["deposit_on"], "2026-11-22");
    shop.post("/v1/members/verify", json!({ "mail": "ai@example.jp" }))
        .await;
    shop.pass_days(2).await;
    let book = shop.get("/v1/members/NM00000011/passbook").await;
    assert_eq!(
        (&book["balance"], &book["pending_total"]),
        (&json!(100), &json!(100))
    );
    shop.pass_days(5).await;
    let book = shop.get("/v1/members/NM00000011/passbook").await;
    assert_eq!(
        (&book["balance"], &book["pending_total"]),
        (&json!(200), &json!(0))
    );
    // Nothing changes any more once a campaign is over: the last day of this one is 2026-11-30.
    shop.pass_days(4).await;
    let late = admin.usable_sooner("46262", Usable::AtOnce).await;
    assert!(late.is_err());
    assert!(admin.usable_sooner("1", Usable::AtOnce).await.is_err());
}

#[tokio::test]
async fn j14_ten_thousand_rows_at_a_time_and_not_one_more() {
    let shop = Shop::open().await;
    let file = |batch: &str, rows: usize| {
        let csv = "ai@example.jp,C1,100\r\n".repeat(rows);
        json!({
            "tran_id": format!("{batch}:1"), "campaign_id": FIXED, "batch_id": batch,
            "first_row": 1, "file_name": "miles.csv", "method": "mail",
            "csv": STANDARD.encode(csv),
        })
    };
    let (status, answer) = shop
        .json(
            "POST",
            "/v1/registrations/files",
            Some(file("more", 10_001)),
        )
        .await;
    let code = (&answer["table"], &answer["code"]);
    assert_eq!(
        (status, code),
        (422, (&json!("file"), &json!("too_many_rows")))
    );
    let taken = shop
        .post("/v1/registrations/files", file("most", 10_000))
        .await;
    shop.mock.admin().advance(90).await.unwrap();
    let id = taken["registration_id"].as_str().unwrap();
    let done = shop.get(&format!("/v1/registrations/{id}")).await;
    assert_eq!(
        (&done["state"], &done["records"]),
        (&json!("finished"), &json!(10_000))
    );
    assert_eq!(
        (&done["errors"], &done["miles_issued"]),
        (&json!(0), &json!(1_000_000))
    );
    let (_, list) = shop
        .call("GET", &format!("/v1/registrations/{id}/completed"), None)
        .await;
    assert_eq!(cells(&list).len(), 10_001, "the rows and the header");
}
