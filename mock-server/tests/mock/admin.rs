//! The admin API over HTTP, the member's page, restarts.

use netmile_mock::{Mock, MockError, Options, scenario::Scenario, store::sessions::State};
use serde_json::{Value, json};

use crate::common::{Browser, Say, frozen};

async fn call(browser: &Browser, method: &str, path: &str, body: Value) -> (u16, Value) {
    let response = browser
        .http
        .request(
            method.parse().unwrap(),
            format!("{}/_mock{path}", browser.mock.url()),
        )
        .body(body.to_string())
        .send()
        .await
        .unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}

#[tokio::test]
async fn every_documented_path_answers() {
    let browser = Browser::open().await;
    let session = browser.start_as("ORDER-1", "hanako", &[]).await;
    browser.post(&format!("{session}/pay"), &[]).await;
    let monthly = [
        ("pay_type", "1"),
        ("auto_charge_type", "1"),
        ("div_settele", "0"),
    ];
    let contract = browser.start_as("CONTRACT-1", "hanako", &monthly).await;
    browser.post(&format!("{contract}/pay"), &[]).await;
    let contract = browser.mock.admin().contracts().await.unwrap()[0]
        .tracking_id
        .clone();
    browser.mock.admin().advance(30 * 86_400).await.unwrap();
    let (status, document) = call(&browser, "GET", "/openapi.json", Value::Null).await;
    assert_eq!(status, 200);
    let id = browser.mock.admin().payments().await.unwrap()[0]
        .tracking_id
        .clone();
    let mut operations = 0;
    for (path, verbs) in document["paths"].as_object().unwrap() {
        // Those of the API type need payments of their own: tests/api_type.
        if path.starts_with("/_mock/api/") {
            continue;
        }
        let path = path
            .strip_prefix("/_mock")
            .unwrap()
            .replace(
                "/contracts/{tracking_id}",
                &format!("/contracts/{contract}"),
            )
            .replace("{tracking_id}", &id)
            .replace("/periods/{month}", "/periods/202602")
            .replace("{merchant_id}/{service_id}/{month}", "99999/001/202601")
            .replace("{login}", "taro")
            .replace("/sessions/{id}", &session.replace("/pay/", "/sessions/"));
        for verb in verbs.as_object().unwrap().keys() {
            let (path, body) = match (verb.as_str(), path.as_str()) {
                ("post", "/clock/advance") => (path.clone(), json!({"seconds": 1})),
                ("post", "/members/taro/adjust") => (path.clone(), json!({"miles": 5})),
                ("post", "/faults") => (path.clone(), json!({"kind": "delay", "message": "none"})),
                ("delete", "/faults/{id}") => ("/faults/1".to_owned(), Value::Null),
                ("put", "/advertisers/{id}") => (
                    "/advertisers/advertiser-a".to_owned(),
                    json!({"answer": "reject"}),
                ),
                ("post", p) if p.ends_with("/notice") => (path.clone(), json!({"result": "CN"})),
                // These two would take away what the others look at.
                ("delete", "/faults") | ("post", "/reset") => continue,
                // These need an application, a drop or a campaign; they are called in tests/miles.
                ("post" | "put", p)
                    if ["{cancellation_id}", "{site_id}", "{campaign_id}"]
                        .iter()
                        .any(|part| p.contains(part)) =>
                {
                    continue;
                }
                _ => (path.clone(), Value::Null),
            };
            let (status, _) = call(&browser, &verb.to_uppercase(), &path, body).await;
            let expected: &[u16] = if path == "/faults/1" {
                &[204, 404]
            } else {
                &[200, 204]
            };
            assert!(expected.contains(&status), "{verb} {path}: {status}");
            operations += 1;
        }
    }
    assert!(operations >= 22, "{operations}");
    let (status, _) = call(&browser, "POST", "/reset", Value::Null).await;
    assert_eq!(status, 204);
    assert_eq!(browser.balance("hanako").await, 1_000_000);
    assert!(browser.mock.admin().payments().await.unwrap().is_empty());
}

#[tokio::test]
async fn wrong_admin_requests_name_the_field() {
    let browser = Browser::open().await;
    for (method, path, body, status) in [
        ("POST", "/clock/advance", json!({"seconds": -1}), 400),
        ("POST", "/clock/advance", json!({"minutes": 1}), 400),
        ("POST", "/faults", json!({"kind": "unknown"}), 400),
        (
            "POST",
            "/faults",
            json!({"kind": "delay", "probability": 2}),
            400,
        ),
        ("POST", "/members/nobody/adjust", json!({"miles": 1}), 404),
        ("POST", "/members/taro/adjust", json!({"miles": -401}), 409),
        ("POST", "/payments/1/refund", Value::Null, 404),
        (
            "PUT",
            "/advertisers/nobody",
            json!({"answer": "accept"}),
            404,
        ),
    ] {
        let (is, answer) = call(&browser, method, path, body).await;
        assert_eq!(is, status, "{method} {path}: {answer}");
        assert!(!answer["error"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn the_log_masks_and_marks() {
    let browser = Browser::open().await;
    let session = browser.start_as("ORDER-1", "taro", &[]).await;
    browser.register(&session, "campaign-a").await;
    browser.post(&format!("{session}/pay"), &[]).await;
    browser.get(&session).await;
    let (_, log) = call(&browser, "GET", "/log", Value::Null).await;
    let text = log.to_string();
    for secret in [
        "CUST0001",
        "見本 太郎",
        "03-1234-5678",
        "taro@member.example",
        crate::common::KEY,
    ] {
        assert!(!text.contains(secret), "{secret}");
    }
    let marks: Vec<(&str, &str)> = log
        .as_array()
        .unwrap()
        .iter()
        .map(|e| {
            (
                e["message"].as_str().unwrap(),
                e["provenance"].as_str().unwrap(),
            )
        })
        .collect();
    for mark in [
        ("A01-1", "specified"),
        ("registration", "assumed"),
        ("A02-1", "recorded"),
        ("A03-1", "recorded"),
    ] {
        assert!(marks.contains(&mark), "{mark:?} in {marks:?}");
    }
}

#[tokio::test]
async fn members_earn_once_now_or_later() {
    let browser = Browser::open().await;
    assert!(browser.get("/member/mail/mail-1").await.location == "/member");
    let login = browser
        .post(
            "/member/login",
            &[("login", "zero"), ("password", "zero-demo")],
        )
        .await;
    assert_eq!(login.location, "/member");
    let cookie = login.cookie;
    for _ in 0..2 {
        browser.get_as("/member/mail/mail-1", &cookie).await;
        browser
            .post_as("/member/questionnaire/survey-1", &[("q1", "2")], &cookie)
            .await;
        browser
            .post_as("/member/questionnaire/survey-2", &[("q1", "1")], &cookie)
            .await;
    }
    let unanswered = browser
        .post_as("/member/questionnaire/survey-1", &[], &cookie)
        .await;
    assert_eq!(unanswered.status, 200);
    assert_eq!(browser.balance("zero").await, 12);
    let page = browser.get_as("/member", &cookie).await.text();
    assert!(
        page.contains("振込予定") && page.contains("20mile"),
        "{page}"
    );
    let happened = browser.mock.admin().advance(86_400).await.unwrap();
    assert_eq!(happened[0].kind, "miles_deposited");
    assert_eq!(browser.balance("zero").await, 32);
    browser.post_as("/member/logout", &[], &cookie).await;
    assert!(
        !browser
            .get_as("/member", &cookie)
            .await
            .text()
            .contains("32mile")
    );
}

#[tokio::test]
async fn a_database_file_survives_a_restart() {
    let file = std::env::temp_dir().join(format!("netmile-mock-{}.db", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let options = || Options {
        database: Some(file.clone()),
        ..frozen()
    };
    let browser = Browser::with(options()).await;
    browser.shop.answers(Say::Text(200, "NG,"));
    let session = browser.start_as("ORDER-1", "hanako", &[]).await;
    browser.post(&format!("{session}/pay"), &[]).await;
    browser.mock.admin().advance(60).await.unwrap();
    let clock = browser.mock.admin().clock();
    browser.mock.stop().await;

    let browser = Browser::with(options()).await;
    assert_eq!(browser.mock.admin().clock(), clock);
    assert_eq!(browser.balance("hanako").await, 1_000_000 - 600 + 6);
    let sessions = browser.mock.admin().sessions(10).await.unwrap();
    assert_eq!(sessions[0].state, State::NoticeFailed);
    let session = browser.start_as("ORDER-2", "hanako", &[]).await;
    browser.post(&format!("{session}/pay"), &[]).await;
    browser.mock.stop().await;
    // As if the process had died while it was telling the merchant.
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    sqlx::query("UPDATE sessions SET state = 'settling' WHERE order_id = 'ORDER-2'")
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;

    let browser = Browser::with(options()).await;
    let text = browser.get(&session).await.text();
    assert!(text.contains("1301"), "{text}");
    browser.post(&format!("{session}/pay"), &[]).await;
    assert_eq!(browser.shop.count(), 0);
    assert_eq!(browser.balance("hanako").await, 1_000_000 - 1_200 + 12);
    browser.mock.stop().await;
    std::fs::remove_file(&file).unwrap();
}

#[tokio::test]
async fn a_mock_starts_at_once_and_says_why_it_does_not() {
    let first = Mock::start(frozen()).await.unwrap();
    let taken = Mock::start(Options {
        listen: first.address(),
        ..frozen()
    });
    assert!(matches!(taken.await, Err(MockError::Listen { .. })));
    let mut scenario = Scenario::demo();
    scenario.merchants[0].merchant_id = "1".to_owned();
    let wrong = Mock::start(Options {
        scenario,
        ..frozen()
    });
    assert!(matches!(wrong.await, Err(MockError::Scenario(_))));
}

#[tokio::test]
async fn pages_come_in_both_languages_and_unknown_ones_are_404() {
    let browser = Browser::open().await;
    for path in ["/", "/member", "/manage"] {
        let ja = browser.get(path).await;
        let en = browser.get(&format!("{path}?lang=en")).await;
        assert!(ja.text().contains("lang=\"ja\"") && en.text().contains("lang=\"en\""));
        assert_eq!(en.cookie, "lang=en");
        let kept = browser.get_as(path, &en.cookie).await.text();
        assert!(kept.contains("lang=\"en\""));
    }
    for path in [
        "/pay/none",
        "/nowhere",
        "/pay/none/campaign/campaign-a",
        "/manage/none",
    ] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
    assert_eq!(browser.get("/f01/FepBuyInfoReceive.do").await.status, 405);
}
