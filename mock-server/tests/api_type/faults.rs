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
                _ => assert!(body.contains("<res_result>OK<")),
            }
        }
        let payments = client.mock.admin().api_payments().await;
        assert_eq!(payments.iter().any(|p| p.order_id == order), paid, "{what}");
        assert!(client.mock.admin().faults().is_empty(), "{what}: used up");
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
