//! What an attacker, a crash or an unlucky click might find.

use std::time::{Duration, Instant};

use netmile_mock::{
    Mock, MockError, Options,
    faults::{FaultKind, FaultRule},
    scenario::Scenario,
    store::registrations::HandOver,
};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;

use crate::common::{Browser, KEY, a01, frozen, get, sign};

/// Characters of the user-defined rows decode, but have no way back: the notice would be empty.
#[tokio::test]
async fn a_character_without_a_way_back_is_refused_before_money_moves() {
    let browser = Browser::open().await;
    let marked = sign(
        a01(
            &browser.shop,
            "ORDER-1",
            &[("item_name", "\u{e000}"), ("free1", "")],
        ),
        KEY,
    );
    let body: Vec<String> = marked
        .iter()
        .map(|(name, value)| {
            let value = value.replace('\u{e000}', "%F0%40");
            format!("{name}={value}")
        })
        .collect();
    let body = body.join("&").into_bytes();
    let page = browser
        .try_page(browser.request("/f01/FepBuyInfoReceive.do", body))
        .await
        .unwrap();
    assert_eq!(page.status, 200, "accepted: {}", page.location);
    assert!(page.text().contains("5101"), "{}", page.text());
}

/// A double click sends twice and hangs up on the first, wherever that one is: its miles are taken once, and the mock
/// still has its books.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_is_hung_up_on_is_ended() {
    const EXCHANGES: u32 = 200;
    let browser = Browser::open().await;
    let miles = 500 * i64::from(EXCHANGES) - browser.balance("taro").await;
    browser
        .mock
        .admin()
        .adjust("taro", miles, "clicks")
        .await
        .unwrap();
    let login = [("login", "taro"), ("password", "taro-demo")];
    let cookie = browser.post("/member/login", &login).await.cookie;
    for number in 0..EXCHANGES {
        let token = format!("click{number}");
        let body = format!("token={token}&miles=500");
        let request = format!(
            "POST /member/rewards/bank HTTP/1.1\r\nHost: mock\r\nCookie: {cookie}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut first = tokio::net::TcpStream::connect(browser.mock.address())
            .await
            .unwrap();
        first.write_all(request.as_bytes()).await.unwrap();
        let sent = Instant::now();
        while sent.elapsed() < Duration::from_micros(20) * number {
            tokio::task::yield_now().await;
        }
        drop(first);
        let again = [("token", token.as_str()), ("miles", "500")];
        let page = browser
            .post_as("/member/rewards/bank", &again, &cookie)
            .await;
        assert_eq!(page.status, 303, "{number}: {}", page.text());
    }
    assert_eq!(browser.balance("taro").await, 0);
}

/// Two tabs, two members with the same balance: who saw the page is who pays.
#[tokio::test]
async fn a_page_of_another_member_does_not_pay() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    let (taro, hanako) = (browser.balance("taro").await, 1_000_000);
    admin.adjust("taro", hanako - taro, "equal").await.unwrap();
    let session = browser.start_as("ORDER-1", "taro", &[]).await;
    let first = browser.get(&session).await;
    let seen = get(&first.hidden(&format!("{session}/pay")), "revision").to_owned();
    let login = [("login", "hanako"), ("password", "hanako-demo")];
    browser.post(&format!("{session}/login"), &login).await;
    let page = browser
        .post(&format!("{session}/pay"), &[("revision", &seen)])
        .await;
    assert_eq!(page.location, format!("{session}?n=changed"));
    assert_eq!(browser.balance("hanako").await, hanako);
    assert_eq!(browser.shop.count(), 0);
}

/// The same with two methods: the page said one, the other tab chose another.
#[tokio::test]
async fn a_page_of_another_method_does_not_pay() {
    let browser = Browser::open().await;
    let session = browser
        .start("ORDER-1", &[("pay_method", "credit,webcvs")])
        .await;
    let choose = |method: &'static str| {
        let (browser, session) = (&browser, session.clone());
        async move {
            browser
                .post(&format!("{session}/method"), &[("method", method)])
                .await;
            let page = browser.get(&session).await;
            get(&page.hidden(&format!("{session}/pay")), "revision").to_owned()
        }
    };
    let first = choose("credit").await;
    let second = choose("webcvs").await;
    let page = browser
        .post(&format!("{session}/pay"), &[("revision", &first)])
        .await;
    assert_eq!(page.location, format!("{session}?n=changed"));
    let page = browser
        .post(&format!("{session}/pay"), &[("revision", &second)])
        .await;
    assert_eq!(page.location, session);
    assert_eq!(get(&browser.shop.last(), "res_pay_method"), "webcvs");
}

/// The process dies while it hands a registration over: it must not wait for ever.
#[tokio::test]
async fn a_registration_that_was_being_handed_over_is_tried_again_after_a_restart() {
    let file = std::env::temp_dir().join(format!("netmile-mock-sending-{}.db", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let options = || Options {
        database: Some(file.clone()),
        ..frozen()
    };
    let browser = Browser::with(options()).await;
    let session = browser.start_as("ORDER-1", "taro", &[]).await;
    browser.register(&session, "campaign-a").await;
    browser.mock.stop().await;
    // As if the process had died before the advertiser answered.
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    for change in [
        "UPDATE registrations SET state = 'sending', tries = 0, next_at = NULL",
        "DELETE FROM ledger WHERE kind = 'campaign'",
    ] {
        sqlx::query(change).execute(&pool).await.unwrap();
    }
    pool.close().await;

    let browser = Browser::with(options()).await;
    assert_eq!(browser.balance("taro").await, 400);
    browser.mock.admin().advance(1).await.unwrap();
    let registrations = browser.mock.admin().registrations().await.unwrap();
    assert_eq!(registrations[0].state, HandOver::Accepted);
    assert_eq!(browser.balance("taro").await, 600);
    browser.mock.stop().await;
    std::fs::remove_file(&file).unwrap();
}

#[tokio::test]
async fn a_fault_for_no_message_hits_none() {
    let browser = Browser::open().await;
    let mut never = FaultRule::once("A02-1", FaultKind::LostBefore);
    never.times = Some(0);
    let session = browser.start_as("ORDER-1", "hanako", &[]).await;
    browser.mock.admin().add_fault(never);
    browser.post(&format!("{session}/pay"), &[]).await;
    assert_eq!(browser.shop.count(), 1);
}

/// Two tabs ask for the completion page at once: one message was signed, and both show it.
#[tokio::test]
async fn the_return_form_is_made_once_for_all_tabs() {
    let browser = std::sync::Arc::new(Browser::open().await);
    let session = browser.start_as("ORDER-1", "hanako", &[]).await;
    browser.post(&format!("{session}/cancel"), &[]).await;
    let rule: FaultRule = serde_json::from_value(json!({
        "message": "cancel", "kind": "unknown_result", "times": 1
    }))
    .unwrap();
    browser.mock.admin().add_fault(rule);
    let mut tabs = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (browser, session) = (std::sync::Arc::clone(&browser), session.clone());
        tabs.spawn(async move {
            let page = browser.get(&session).await;
            let form = page.hidden(&format!("{}/cancel", browser.shop.url));
            get(&form, "res_result").to_owned()
        });
    }
    while let Some(result) = tabs.join_next().await {
        assert_eq!(result.unwrap(), "ZZ");
    }
}

/// The field's name comes from outside: the log keeps no more of it than of a value.
#[tokio::test]
async fn the_log_is_not_filled_by_the_name_of_an_unknown_field() {
    let browser = Browser::open().await;
    let mut fields = sign(a01(&browser.shop, "ORDER-1", &[]), KEY);
    fields.push(("x".repeat(200_000), "1".to_owned()));
    let page = browser.send("/f01/FepBuyInfoReceive.do", &fields).await;
    assert!(page.bytes.len() < 50_000, "{} bytes", page.bytes.len());
    let log = browser.mock.admin().log(0, 10).await.unwrap();
    assert!(log[0].outcome.len() < 2_000, "{}", log[0].outcome.len());
}

/// Whatever the admin API answers is documented, and every error is the documented one.
#[tokio::test]
async fn the_openapi_document_knows_every_answer() {
    let browser = Browser::open().await;
    let call = |verb: String, path: String, body: &'static str| {
        let request = browser
            .http
            .request(
                verb.parse().unwrap(),
                format!("{}{path}", browser.mock.url()),
            )
            .body(body);
        async move {
            let response = request.send().await.unwrap();
            let status = response.status().as_u16();
            (status, response.text().await.unwrap())
        }
    };
    let (_, text) = call("GET".into(), "/_mock/openapi.json".into(), "").await;
    let document: Value = serde_json::from_str(&text).unwrap();
    let mut wrong = Vec::new();
    for (path, verbs) in document["paths"].as_object().unwrap() {
        for (verb, operation) in verbs.as_object().unwrap() {
            let documented = operation["responses"].as_object().unwrap();
            let target = path
                .replace("{tracking_id}", "1")
                .replace("{login}", "taro")
                .replace("{id}", "x");
            let mut targets = vec![target.clone()];
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let name = parameter["name"].as_str().unwrap();
                let is_path = path.contains(&format!("{{{name}}}"));
                assert_eq!(parameter["in"], if is_path { "path" } else { "query" });
                assert_eq!(parameter["required"], is_path, "{verb} {path} {name}");
            }
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                if parameter["in"] == "query" && parameter["schema"].to_string().contains("integer")
                {
                    let name = parameter["name"].as_str().unwrap();
                    targets.push(format!("{target}?{name}=x"));
                }
            }
            for target in targets {
                for body in ["", "{", "{\"surprise\":1}"] {
                    let (status, text) = call(verb.to_uppercase(), target.clone(), body).await;
                    let named = documented.contains_key(&status.to_string());
                    let shaped = status < 400
                        || serde_json::from_str::<Value>(&text)
                            .is_ok_and(|answer| answer["error"].is_string());
                    if !named || !shaped {
                        wrong.push(format!("{verb} {target} {body:?}: {status} {text}"));
                    }
                }
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a scenario file can get wrong is said before the mock starts, not by a panic or later.
#[tokio::test]
async fn a_scenario_that_cannot_work_is_refused_by_name() {
    for (text, named) in [
        ("paths.purchase = 'f01'", "f01"),
        ("paths.purchase = ''", "paths"),
        ("paths.purchase = '/'", "paths"),
        ("paths.purchase = '/{a}/{a}'", "{a}"),
        ("paths.purchase = '/member'", "/member"),
        ("paths.purchase = '/f04/FepPayInfoReceive.do'", "twice"),
        (
            "[[faults]]\nkind = 'delay'\nprobability = 2.0",
            "probability",
        ),
        (
            "[[faults]]\nkind = 'delay'\nprobability = nan",
            "probability",
        ),
        (
            "[[merchants]]\nmerchant_id = '99999'\nservice_id = '001'\nhash_key = '😀'\n\
             management_password = 'p'\nname_ja = 'a'\nname_en = 'a'",
            "hash_key",
        ),
    ] {
        let error = Scenario::parse(text).unwrap_err();
        assert!(matches!(error, MockError::Scenario(_)), "{text}: {error}");
        assert!(error.to_string().contains(named), "{text}: {error}");
    }
    let mut scenario = Scenario::demo();
    scenario.paths.recurring = "/pay/{session}".to_owned();
    let options = Options {
        scenario,
        ..frozen()
    };
    assert!(matches!(
        Mock::start(options).await,
        Err(MockError::Scenario(_))
    ));
}

/// The protocol notes count bytes for mixed texts; a client that counts characters must hear of it here.
#[tokio::test]
async fn mixed_texts_are_measured_in_bytes_of_shift_jis() {
    let browser = Browser::open().await;
    let name = |n: usize| "表".repeat(n);
    browser.start("ORDER-1", &[("item_name", &name(20))]).await;
    let long = sign(
        a01(&browser.shop, "ORDER-2", &[("item_name", &name(21))]),
        KEY,
    );
    let page = browser.send("/f01/FepBuyInfoReceive.do", &long).await;
    assert_eq!(page.status, 200);
    assert!(
        page.text().contains("40バイト(全角20文字)"),
        "{}",
        page.text()
    );

    let mut options = frozen();
    options.scenario.rules.mixed_length_in_bytes = false;
    let browser = Browser::with(options).await;
    browser.start("ORDER-1", &[("item_name", &name(40))]).await;
}

/// Dates on the wire have four digits for the year: a clock beyond them would fall back to 1970.
#[tokio::test]
async fn the_clock_does_not_run_out_of_dates() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    let mut refused = 0;
    for _ in 0..80 {
        let before = admin.clock();
        match admin.advance(u32::MAX).await {
            Ok(_) => assert!(admin.clock().now > before.now, "{before:?}"),
            Err(MockError::Refused(_)) => {
                assert_eq!(admin.clock(), before);
                refused += 1;
            }
            Err(error) => panic!("{error}"),
        }
    }
    assert!(refused > 0);
}

/// The clock jumps over the year's end of a contract, twice: it ends once, and the shop is told once.
#[tokio::test]
async fn a_contract_ends_once_however_the_clock_jumps() {
    let browser = std::sync::Arc::new(Browser::open().await);
    let changes = [
        ("pay_type", "1"),
        ("auto_charge_type", "1"),
        ("div_settele", "0"),
        ("last_charge_month", "202602"),
    ];
    let session = browser.start_as("ORDER-1", "hanako", &changes).await;
    browser.post(&format!("{session}/pay"), &[]).await;
    assert_eq!(browser.shop.count(), 1);
    let mut jumps = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let browser = std::sync::Arc::clone(&browser);
        jumps.spawn(async move { browser.mock.admin().advance(40_000_000).await.unwrap() });
    }
    let mut ended = 0;
    while let Some(happened) = jumps.join_next().await {
        let happened = happened.unwrap();
        ended += happened
            .iter()
            .filter(|h| h.kind == "contract_ended")
            .count();
    }
    assert_eq!((ended, browser.shop.count()), (1, 2));
    assert_eq!(get(&browser.shop.last(), "res_result"), "CL");
}

/// Twenty refunds at once give back once.
#[tokio::test]
async fn parallel_refunds_give_back_once() {
    let browser = std::sync::Arc::new(Browser::open().await);
    let session = browser.start_as("ORDER-1", "hanako", &[]).await;
    browser.post(&format!("{session}/pay"), &[]).await;
    let id = browser.mock.admin().payments().await.unwrap()[0]
        .tracking_id
        .clone();
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (browser, id) = (std::sync::Arc::clone(&browser), id.clone());
        tries.spawn(async move { browser.mock.admin().refund(&id).await.is_ok() });
    }
    let done = tries.join_all().await;
    assert_eq!(done.iter().filter(|ok| **ok).count(), 1);
    assert_eq!(browser.balance("hanako").await, 1_000_000);
}

/// Both tabs press, one pay and one cancel: one of them happened, and the money says the same.
#[tokio::test]
async fn pay_and_cancel_at_once_are_one_of_the_two() {
    let browser = std::sync::Arc::new(Browser::open().await);
    for round in 0..6 {
        let session = browser
            .start_as(&format!("ORDER-{round}"), "hanako", &[])
            .await;
        let before = (browser.balance("hanako").await, browser.shop.count());
        let mut tabs = tokio::task::JoinSet::new();
        for path in ["pay", "cancel", "fail", "pay"] {
            let (browser, url) = (std::sync::Arc::clone(&browser), format!("{session}/{path}"));
            tabs.spawn(async move { browser.post(&url, &[]).await.status });
        }
        assert!(tabs.join_all().await.iter().all(|status| *status == 303));
        let paid = browser.get(&session).await.text().contains("/success");
        let after = (browser.balance("hanako").await, browser.shop.count());
        let expected = if paid {
            (before.0 - 594, before.1 + 1)
        } else {
            before
        };
        assert_eq!(after, expected, "paid: {paid}");
    }
}
