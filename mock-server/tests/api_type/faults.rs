//! Faults at every exchange, the limit of calls at a time, and what the log shows.

use std::time::Duration;

use netmile_mock::faults::{FaultKind as F, FaultRule};

use crate::{client::Client, common::*};

fn fault(message: &str, kind: F) -> FaultRule {
    FaultRule {
        delay_ms: Some(10),
        ..FaultRule::once(message, kind)
    }
}

#[tokio::test]
async fn every_fault_of_an_answer_shows_on_the_wire() {
    // Kind, with its effect, whether an answer arrives, whether the payment was made.
    let table = [
        (F::LostBefore, false, false, false),
        (F::LostAfter, false, false, true),
        (F::Reset, false, false, false),
        (F::Reset, true, false, true),
        (F::Delay, false, true, true),
        (F::Delay, true, true, true),
        (F::Truncated, false, true, true),
        (F::ServerError, false, true, false),
        (F::ServerError, true, true, true),
        (F::Html, false, true, false),
        (F::Html, true, true, true),
        (F::NgResult, false, true, false),
        (F::NgResult, true, true, true),
        (F::UnknownResult, false, true, true),
        (F::ExtraField, false, true, true),
        (F::WrongAmount, false, true, true),
    ];
    let client = Client::open().await;
    for (n, (kind, after_effect, arrives, paid)) in table.into_iter().enumerate() {
        let order = format!("ORDER-{n}");
        client.mock.admin().add_fault(FaultRule {
            after_effect,
            code: (kind == F::NgResult).then(|| "90".to_owned()),
            ..fault("ST01-00101", kind)
        });
        let answer = client.try_send(&netmile(&order, "10", "hanako")).await;
        let what = format!("{kind:?} {after_effect}");
        assert_eq!(answer.is_ok(), arrives, "{what}");
        if let Ok(reply) = answer {
            let body = text(&reply.body);
            match kind {
                F::ServerError => assert_eq!(reply.status, 503),
                F::Html => assert!(body.contains("<html") || body.contains("<!doctype")),
                F::Truncated => {
                    assert!(!body.contains("</sps-api-response>") && body.contains("OK"))
                }
                F::NgResult => assert_eq!(tag(&reply.body, "res_err_code"), "90090999"),
                F::UnknownResult => assert_eq!(tag(&reply.body, "res_result"), "ZZ"),
                F::ExtraField => assert_eq!(tag(&reply.body, "res_future_field"), "1"),
                // 10 yen are 20 miles.
                F::WrongAmount => assert_eq!(tag(&reply.body, "used_miles"), "22"),
                _ => assert!(body.contains("<res_result>OK<")),
            }
        }
        let payments = client.mock.admin().api_payments().await;
        assert_eq!(payments.iter().any(|p| p.order_id == order), paid, "{what}");
        assert!(client.mock.admin().faults().is_empty(), "{what}: used up");
    }
}

#[tokio::test]
async fn a_wrong_amount_is_echoed_by_every_answer_that_says_one() {
    let client = Client::open().await;
    let admin = client.mock.admin();
    let paid = client.ok(&netmile("ORDER-1", "150", "hanako")).await;
    let inquiry = about("MG01-00101-900", &tag(&paid, "res_tracking_id"));
    client
        .mock
        .admin()
        .add_fault(fault("MG01-00101-900", F::WrongAmount));
    assert_eq!(tag(&client.ok(&inquiry).await, "amount"), "151");
    let right = client.ok(&inquiry).await;
    assert_eq!(tag(&right, "amount"), "150", "once");
    assert_eq!(tag(&right, "payment_status"), "2");

    // Encrypted leaves are wrong under the right key.
    admin.add_fault(fault("MG01", F::WrongAmount));
    let hidden = client.ok(&inquiry.clone().encrypted()).await;
    let amount = decrypt(
        "0123456789abcdef01234567",
        "76543210",
        &tag(&hidden, "amount"),
    );
    assert_eq!(amount, "151");

    // A contract.
    admin.add_fault(fault("ST01-00102", F::WrongAmount));
    let body = client
        .ok(&netmile_monthly("ORDER-2", "500", "hanako"))
        .await;
    assert_eq!(tag(&body, "billed_amount"), "501");
    let contract = about("MG01-00101-900", &tag(&body, "res_tracking_id"));
    let billed = tag(&client.ok(&contract).await, "amount");
    admin.add_fault(fault("MG01-00101-900", F::WrongAmount));
    let wrong = tag(&client.ok(&contract).await, "amount");
    assert_eq!(
        wrong.parse::<u64>().unwrap(),
        billed.parse::<u64>().unwrap() + 1
    );

    // A method that the scenario declares.
    let mut declared =
        netmile("ORDER-3", "700", "hanako").set("pay_method_info/netmile_user_id", None);
    declared.function = "ST01-00101-399".to_owned();
    client.ok(&declared).await;
    admin.add_fault(fault("MG01-00101-399", F::WrongAmount));
    let inquiry = about("MG01-00101-399", "").line("order_id", "ORDER-3");
    assert_eq!(tag(&client.ok(&inquiry).await, "amount"), "701");

    // Nothing but the answer was wrong.
    let yen: Vec<u64> = admin.api_ledger().await.iter().map(|m| m.yen).collect();
    assert_eq!(yen, [150, 500, 700]);
    assert_eq!(
        client.balance("hanako").await,
        1_000_000 - 300 + 3 - 1_000 + 10
    );
}

#[tokio::test]
async fn a_wrong_amount_waits_for_a_message_that_says_one() {
    let client = Client::open().await;
    let admin = client.mock.admin();
    let card = tag(
        &client.ok(&token("ORDER-1", "1000", "t1")).await,
        "res_tracking_id",
    );
    let paid = tag(
        &client.ok(&netmile("ORDER-2", "50", "hanako")).await,
        "res_tracking_id",
    );
    admin.add_fault(fault("MG01", F::WrongAmount));
    client.ok(&about("MG01-00101-101", &card)).await;
    assert_eq!(admin.faults().len(), 1, "a card's inquiry says no amount");
    let body = client.ok(&about("MG01-00101-900", &paid)).await;
    assert_eq!(tag(&body, "amount"), "51");
    assert!(admin.faults().is_empty());
}

#[tokio::test]
async fn a_fault_that_can_do_nothing_is_refused_with_its_reason() {
    let client = Client::open().await;
    let set = |message: &str, kind: &str| {
        client
            .http
            .post(format!("{}/_mock/faults", client.mock.url()))
            .body(format!(r#"{{"message":"{message}","kind":"{kind}"}}"#))
            .send()
    };
    for (message, kind, reason) in [
        ("MG01-00101-101", "wrong_amount", "MG01-00101-101 says none"),
        ("ST02-00303", "wrong_amount", "ST02-00303 says none"),
        ("NT01-00104", "wrong_amount", "NT01-00104 says none"),
        ("ST01-00101-900", "wrong_hash", "wrong_hash does nothing"),
        ("NT01-00103-701", "ng_result", "ng_result does nothing"),
    ] {
        let answer = set(message, kind).await.unwrap();
        assert_eq!(answer.status(), 400, "{message} {kind}");
        let said = answer.text().await.unwrap();
        assert!(said.contains(reason), "{said}");
    }
    assert!(client.mock.admin().faults().is_empty());
    for (message, kind) in [
        ("MG01-00101", "wrong_amount"),
        ("MG01-00101-399", "wrong_amount"),
        ("NT01-00103", "wrong_amount"),
        ("ST01", "extra_field"),
    ] {
        assert_eq!(set(message, kind).await.unwrap().status(), 200, "{message}");
    }
}

#[tokio::test]
async fn faults_find_the_order_of_a_tracking_id() {
    let client = Client::open().await;
    let first = tag(
        &client.ok(&netmile("ORDER-1", "10", "taro")).await,
        "res_tracking_id",
    );
    let second = tag(
        &client.ok(&netmile("ORDER-2", "10", "taro")).await,
        "res_tracking_id",
    );
    let mut rule = fault("ST02-00303-900", F::NgResult);
    rule.order_id = Some("ORDER-2".to_owned());
    rule.code = Some("90085999".to_owned());
    client.mock.admin().add_fault(rule);
    client.ok(&processed("ST02-00303-900", &first)).await;
    assert_eq!(
        client.ng(&processed("ST02-00303-900", &second)).await,
        "90085999"
    );
    client.ok(&processed("ST02-00303-900", &second)).await;
}

#[tokio::test]
async fn a_sixth_call_at_a_time_is_refused() {
    let client = Client::open().await;
    let mut rule = fault("MG01", F::Delay);
    rule.delay_ms = Some(400);
    rule.times = Some(5);
    client.mock.admin().add_fault(rule);
    let inquiry = about("MG01-00101-900", "").line("order_id", "NONE");
    let calls = (0..6).map(|_| client.try_send(&inquiry));
    let mut statuses: Vec<u16> = Vec::new();
    let mut calls: Vec<_> = calls.map(Box::pin).collect();
    // All six are polled together; the refused one is the first to end.
    std::future::poll_fn(|cx| {
        calls.retain_mut(|call| match call.as_mut().poll(cx) {
            std::task::Poll::Ready(reply) => {
                statuses.push(reply.unwrap().status);
                false
            }
            std::task::Poll::Pending => true,
        });
        if calls.is_empty() {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    assert_eq!(statuses, [503, 200, 200, 200, 200, 200]);
    // Places are free again, and another merchant has places of its own.
    client.ok(&inquiry).await;
}

#[tokio::test]
async fn five_at_a_time_are_for_each_merchant_and_service() {
    let mut options = crate::client::options(None);
    options.scenario.api.max_in_flight = 1;
    options.scenario.api.busy_status = 429;
    let client = Client::with(options).await;
    let mut rule = fault("MG01", F::Delay);
    rule.delay_ms = Some(300);
    client.mock.admin().add_fault(rule);
    let inquiry = about("MG01-00101-900", "").line("order_id", "NONE");
    let other = inquiry
        .clone()
        .of("003", "third00demo0key0of0the0mock0not0a0secre0");
    let slow = client.try_send(&inquiry);
    let others = async {
        // The slow one has taken the fault before the others start.
        while !client.mock.admin().faults().is_empty() {
            tokio::task::yield_now().await;
        }
        let refused = client.try_send(&inquiry).await.unwrap().status;
        (refused, client.try_send(&other).await.unwrap().status)
    };
    let (slow, others) = tokio::join!(slow, others);
    assert_eq!((slow.unwrap().status, others), (200, (429, 200)));
}

#[tokio::test]
async fn the_log_has_one_masked_line_for_each_message() {
    let client = Client::open().await;
    let number = Message::new("MG02-00101-101")
        .line("cust_code", "cust-0001")
        .line("sps_cust_info_return_flg", "1")
        .line("pay_method_info/cc_number", "4242424242424242")
        .line("pay_method_info/cc_expiration", "203012")
        .line("pay_method_info/security_code", "000");
    client.ok(&number).await;
    client.ok(&token("ORDER-1", "1000", "tok-secret")).await;
    client.ok(&slip("ORDER-2", "100")).await;
    client.ng(&netmile("ORDER-3", "900000", "taro")).await;
    let _ = client.post(b"<x".to_vec(), None, "text/xml").await.unwrap();
    let log = client.mock.admin().log(0, 100).await.unwrap();
    let lines: Vec<_> = log
        .iter()
        .map(|l| (l.message.as_str(), l.outcome.get(..2).unwrap()))
        .collect();
    assert_eq!(
        lines,
        [
            ("MG02-00101-101", "OK"),
            ("ST01-00131-101", "OK"),
            ("ST01-00101-701", "OK"),
            ("ST01-00101-900", "NG"),
            ("api", "40"),
        ]
    );
    let whole = format!("{log:?}");
    for secret in [
        "4242424242424242",
        "tok-secret",
        "taro@",
        "jlKTYw",
        "0312345678",
        KEY,
        "cust-0001",
    ] {
        assert!(!whole.contains(secret), "{secret}");
    }
    let marks: Vec<_> = log.iter().map(|l| format!("{:?}", l.provenance)).collect();
    assert_eq!(
        marks,
        ["Recorded", "Recorded", "Recorded", "Assumed", "Assumed"]
    );
}

#[tokio::test]
async fn card_data_is_in_no_log_page_dump_or_file() {
    let number = "4242424242424242";
    let file = std::env::temp_dir().join(format!("netmile-mock-cards-{}.db", std::process::id()));
    let beside = |suffix: &str| std::path::PathBuf::from(format!("{}{suffix}", file.display()));
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(beside(suffix));
    }
    let client = Client::with(crate::client::options(Some(&file))).await;
    let admin = client.mock.admin();
    let keep = |message: Message| {
        message
            .set("pay_option_manage/cust_manage_flg", Some("1"))
            .set("pay_method_info/cc_expiration", Some("203011"))
    };
    let first = tag(
        &client.ok(&keep(card("ORDER-1", "1000", number))).await,
        "res_tracking_id",
    );
    client
        .ok(&card_again(&first, "ORDER-2", "500", "5555555555554444"))
        .await;
    client
        .ok(&card_again(&first, "ORDER-3", "500", "").encrypted())
        .await;
    client
        .ok(&card("ORDER-4", "100", "378282246310005").encrypted())
        .await;
    // Refused numbers, misspelt ones, and ones in the wrong place leave no trace either.
    client.ng(&card("ORDER-5", "100", "4999999999999999")).await;
    client.ng(&card("ORDER-6", "100", "4999-9999-9999")).await;
    let misplaced = card("ORDER-7", "100", "")
        .line("cc_number", "4000000000000002")
        .line("pay_option_manage/security_code", "7392");
    client.ng(&misplaced).await;
    for function in ["ST02-00101-101", "ST02-00201-101", "ST02-00303-101"] {
        client.ok(&processed(function, &first)).await;
    }
    admin.advance(60 * 86_400).await.unwrap();

    let log = admin.log(0, 100).await.unwrap();
    let calls: Vec<_> = log.iter().map(|l| l.message.as_str()).collect();
    assert_eq!(calls.iter().filter(|m| **m == "ST01-00111-101").count(), 5);
    assert_eq!(calls.iter().filter(|m| **m == "ST01-00113-101").count(), 2);
    let masked = &log[0].fields;
    for name in [
        "cc_number",
        "cc_expiration",
        "security_code",
        "dealings_type",
    ] {
        assert!(
            masked.contains(&(name.to_owned(), "***".to_owned())),
            "{name}"
        );
    }

    let mut seen = format!("{log:?} {:?}", admin.api_payments().await);
    let login = client
        .http
        .post(format!("{}/manage/login", client.mock.url()))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body("merchant_id=99999&service_id=001&password=manage-demo")
        .send()
        .await
        .unwrap();
    let cookie = login.headers()["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let mine = format!("/manage/payments/{first}");
    for path in [
        "/",
        "/member",
        "/manage",
        "/manage/payments",
        mine.as_str(),
        "/_mock/log",
        "/_mock/ledger",
        "/_mock/members",
        "/_mock/payments",
        "/_mock/notices",
        "/_mock/sessions",
        "/_mock/registrations",
        "/_mock/contracts",
        "/_mock/faults",
        "/_mock/settlements",
        "/_mock/settlements/99999/001/202601",
        "/_mock/api/payments",
        "/_mock/api/contracts",
        "/_mock/api/ledger",
        "/_mock/api/notices",
    ] {
        let request = client.http.get(format!("{}{path}", client.mock.url()));
        let answer = request.header("Cookie", &cookie).send().await.unwrap();
        assert!(answer.status().as_u16() < 500, "{path}");
        let body = answer.bytes().await.unwrap();
        seen.push_str(&text(&body));
        seen.push_str(&String::from_utf8_lossy(&body));
    }
    assert!(seen.contains("ORDER-1"), "the pages were read");
    client.mock.stop().await;
    let mut kept = Vec::new();
    for suffix in ["", "-wal", "-shm"] {
        kept.extend(std::fs::read(beside(suffix)).unwrap_or_default());
        let _ = std::fs::remove_file(beside(suffix));
    }
    assert!(
        kept.windows(7).any(|w| w == b"ORDER-1"),
        "the file was read"
    );
    let numbers = [
        number,
        "5555555555554444",
        "378282246310005",
        "4999999999999999",
        "4999-9999-9999",
        "4000000000000002",
        "7391",
        "7392",
    ];
    let hidden = |digits: &str| {
        let (key, iv) = ("0123456789abcdef01234567", "76543210");
        encrypt(key, iv, digits.as_bytes())
    };
    for secret in numbers.into_iter().filter(|n| n.len() > 4) {
        for form in [secret.to_owned(), hidden(secret)] {
            assert!(!seen.contains(&form), "{secret}");
            assert!(
                !kept.windows(form.len()).any(|w| w == form.as_bytes()),
                "{secret}"
            );
        }
    }
    // Short ones by their leaf: four digits stand in many a number by chance.
    for code in ["7391", "7392"] {
        assert!(!seen.contains(&format!("\"{code}\"")), "{code}");
        assert!(!format!("{log:?}").contains(code), "{code}");
    }
    // The month in which a card ends is kept for inquiries, and shown to nobody else.
    assert!(!seen.contains("203011") && !seen.contains("203012"));
}

#[tokio::test]
async fn a_caller_that_hangs_up_stops_nothing_half_way() {
    let client = Client::open().await;
    client.mock.admin().add_fault(FaultRule {
        delay_ms: Some(150),
        ..fault("ST01", F::Delay)
    });
    let message = netmile("ORDER-1", "10", "taro");
    let call = client.try_send(&message);
    assert!(
        tokio::time::timeout(Duration::from_millis(50), call)
            .await
            .is_err()
    );
    let inquiry = about("MG01-00101-900", "").line("order_id", "ORDER-1");
    for _ in 0..1_000 {
        if tag(&client.ok(&inquiry).await, "payment_status") == "2" {
            break;
        }
    }
    assert_eq!(client.balance("taro").await, 380);
    assert_eq!(client.mock.admin().api_ledger().await.len(), 1);
}
