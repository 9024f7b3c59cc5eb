//! Notices as a merchant receives them.

use std::sync::{Arc, Mutex};

use axum::{Router, body::Bytes, extract::State, http::StatusCode, routing::post};
use netmile_mock::{
    api::{ApiNoticeOrder, Hidden, NoticeStyle, PaymentState, SlipEvent},
    faults::{FaultKind as F, FaultRule},
    store::notices::Verdict,
};
use sha1::{Digest as _, Sha1};

use crate::{client::Client, common::*};

/// A shop that keeps what it gets and answers as told.
#[derive(Clone)]
struct Shop {
    url: String,
    got: Arc<Mutex<Vec<Vec<u8>>>>,
    says: Arc<Mutex<(u16, String)>>,
}

const OK: &str = "<sps-api-response><res_result>OK</res_result></sps-api-response>";
const NG: &str = "<sps-api-response><res_result>NG</res_result><res_err_msg>jlKTYw==</res_err_msg></sps-api-response>";

impl Shop {
    async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shop = Self {
            url: format!("http://{}/notice", listener.local_addr().unwrap()),
            got: Arc::default(),
            says: Arc::new(Mutex::new((200, OK.to_owned()))),
        };
        let router = Router::new()
            .route("/notice", post(take))
            .with_state(shop.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        shop
    }

    fn says(&self, status: u16, body: &str) {
        *self.says.lock().unwrap() = (status, body.to_owned());
    }

    fn last(&self) -> Vec<u8> {
        self.got.lock().unwrap().last().unwrap().clone()
    }

    fn count(&self) -> usize {
        self.got.lock().unwrap().len()
    }
}

async fn take(State(shop): State<Shop>, body: Bytes) -> (StatusCode, String) {
    shop.got.lock().unwrap().push(body.to_vec());
    let (status, body) = shop.says.lock().unwrap().clone();
    (StatusCode::from_u16(status).unwrap(), body)
}

/// All leaves of a message, in order: what stands between a tag and its own end.
fn leaves(body: &[u8]) -> Vec<(String, String)> {
    let text = text(body);
    let mut found = Vec::new();
    for piece in text.split('<').skip(1) {
        let Some((name, value)) = piece.split_once('>') else {
            continue;
        };
        if let Some(name) = name.strip_suffix('/') {
            found.push((name.to_owned(), String::new()));
        } else if text.contains(&format!("<{name}>{value}</{name}>")) {
            found.push((name.to_owned(), value.to_owned()));
        }
    }
    found
}

fn hash_fits(body: &[u8], key: &str, tdes: Option<(&str, &str)>) -> bool {
    let secret = [
        "rec_type",
        "rec_amount",
        "rec_amount_total",
        "res_mail",
        "rec_mail",
        "rec_extra",
    ];
    let mut sha = Sha1::new();
    for (name, value) in leaves(body) {
        if name == "sps_hashcode" {
            continue;
        }
        match tdes {
            Some((key, iv)) if secret.contains(&name.as_str()) && !value.is_empty() => {
                sha.update(sjis(&decrypt(key, iv, &value)));
            }
            _ => sha.update(sjis(&value)),
        }
    }
    sha.update(key);
    let hash: String = sha.finalize().iter().map(|b| format!("{b:02x}")).collect();
    tag(body, "sps_hashcode") == hash
}

async fn ready(service: &str) -> (Client, Shop, String) {
    let client = Client::open().await;
    let shop = Shop::open().await;
    client
        .mock
        .admin()
        .set_api_notice_url("99999", service, &shop.url)
        .await
        .unwrap();
    let key = match service {
        "001" => KEY,
        "003" => "third00demo0key0of0the0mock0not0a0secre0",
        _ => "fourth0demo0key0of0the0mock0not0a0secre0",
    };
    let body = client.ok(&slip("ORDER-1", "1500").of(service, key)).await;
    (client, shop, tag(&body, "res_tracking_id"))
}

#[tokio::test]
async fn a_slip_paid_preliminarily_then_for_certain_is_told_twice() {
    let (client, shop, tracking) = ready("001").await;
    let admin = client.mock.admin();
    let first = admin
        .api_slip(&tracking, SlipEvent::Preliminary, None)
        .await
        .unwrap();
    assert_eq!(first.verdict, Verdict::Accepted);
    let names: Vec<_> = leaves(&shop.last()).into_iter().map(|(n, _)| n).collect();
    assert_eq!(
        names.join(" "),
        "merchant_id service_id sps_transaction_id tracking_id order_id rec_datetime rec_type rec_amount rec_amount_total res_mail rec_extra request_date sps_hashcode"
    );
    assert_eq!(tag(&shop.last(), "rec_type"), "1");
    assert_eq!(tag(&shop.last(), "res_mail"), "taro@example.com");
    assert!(text(&shop.last()).contains("<sps-api-request id=\"NT01-00103-701\">"));
    assert!(hash_fits(&shop.last(), KEY, None));
    admin
        .api_slip(&tracking, SlipEvent::Confirmed, None)
        .await
        .unwrap();
    assert_eq!(tag(&shop.last(), "rec_type"), "3");
    assert_eq!(tag(&shop.last(), "rec_amount_total"), "1500");
    admin
        .api_slip(&tracking, SlipEvent::ConfirmedCancelled, None)
        .await
        .unwrap();
    assert_eq!(tag(&shop.last(), "rec_type"), "4");
    assert_eq!(tag(&shop.last(), "rec_amount_total"), "0");
    let seen = client.ok(&about("MG01-00101-701", &tracking)).await;
    assert_eq!(tag(&seen, "payment_status"), "1");
}

/// A Pay-easy slip of 1500 yen at a shop of this service.
async fn payeasy_at(service: &str) -> (Client, Shop, String) {
    let (client, shop, _) = ready(service).await;
    let key = match service {
        "001" => KEY,
        _ => "fourth0demo0key0of0the0mock0not0a0secre0",
    };
    let message = payeasy("PAYEASY-1", "1500").of(service, key);
    let body = client.ok(&message).await;
    let tracking = tag(&body, "res_tracking_id");
    assert_eq!(tag(&body, "invoice_no"), tracking);
    assert_eq!(tag(&body, "bill_date"), "20260115");
    for name in ["skno", "cust_number", "bank_form", "bptn", "bill"] {
        assert!(!tag(&body, name).is_empty(), "{name}");
    }
    (client, shop, tracking)
}

#[tokio::test]
async fn a_pay_easy_slip_is_paid_and_told_until_the_shop_says_ok() {
    let (client, shop, tracking) = payeasy_at("001").await;
    let admin = client.mock.admin();
    shop.says(200, NG);
    let done = admin
        .api_slip(&tracking, SlipEvent::Preliminary, None)
        .await
        .unwrap();
    assert_eq!(
        (done.verdict, done.notice.function.as_str()),
        (Verdict::Refused, "NT01-00103-703")
    );
    let names: Vec<_> = leaves(&shop.last()).into_iter().map(|(n, _)| n).collect();
    assert_eq!(
        names.join(" "),
        "merchant_id service_id sps_transaction_id tracking_id order_id rec_datetime rec_type rec_amount rec_amount_total res_mail rec_extra request_date sps_hashcode"
    );
    assert!(text(&shop.last()).contains("<sps-api-request id=\"NT01-00103-703\">"));
    assert_eq!(tag(&shop.last(), "rec_type"), "1");
    assert_eq!(tag(&shop.last(), "rec_amount"), "1500");
    assert_eq!(tag(&shop.last(), "order_id"), "PAYEASY-1");
    assert_eq!(tag(&shop.last(), "res_mail"), "taro@example.com");
    assert!(
        tag(&shop.last(), "sps_transaction_id").starts_with("B99999001ST0100101703"),
        "the id of the exchange that made it"
    );
    assert!(hash_fits(&shop.last(), KEY, None));

    // 10 minutes, an hour: each answer but OK has it sent again, signed anew.
    assert!(admin.advance(599).await.unwrap().is_empty());
    shop.says(503, OK);
    assert_eq!(admin.advance(1).await.unwrap()[0].outcome, "bad_status");
    shop.says(200, OK);
    let happened = admin.advance(3_600).await.unwrap();
    assert_eq!(
        (happened.len(), happened[0].outcome.as_str()),
        (1, "accepted")
    );
    assert_eq!(shop.count(), 3);
    assert_eq!(tag(&shop.last(), "rec_datetime"), "20260102030405");
    assert_eq!(tag(&shop.last(), "request_date"), "20260102041405");
    assert!(hash_fits(&shop.last(), KEY, None));
    assert!(admin.advance(86_400).await.unwrap().is_empty());

    for (event, kind, total) in [
        (SlipEvent::Confirmed, "3", "1500"),
        (SlipEvent::ConfirmedCancelled, "4", "0"),
    ] {
        let done = admin.api_slip(&tracking, event, None).await.unwrap();
        assert_eq!(done.verdict, Verdict::Accepted);
        assert_eq!(tag(&shop.last(), "rec_type"), kind);
        assert_eq!(tag(&shop.last(), "rec_amount_total"), total);
        assert!(hash_fits(&shop.last(), KEY, None));
    }
    let yen: Vec<u64> = admin.api_ledger().await.iter().map(|m| m.yen).collect();
    assert_eq!(yen, [1500, 1500], "captured once, taken back once");
    assert_eq!(shop.count(), 5);
}

#[tokio::test]
async fn a_pay_easy_slip_paid_with_another_sum_says_both_sums() {
    let (client, shop, tracking) = payeasy_at("001").await;
    let admin = client.mock.admin();
    let state = async || {
        let all = admin.api_payments().await;
        let one = all.into_iter().find(|p| p.tracking_id == tracking).unwrap();
        (one.state, one.captured)
    };
    // Sum of this deposit, sum of all, what the payment then is.
    for (yen, amount, total, after) in [
        (Some(500), "500", "500", (PaymentState::Requested, 500)),
        (None, "1000", "1500", (PaymentState::Captured, 1500)),
        (Some(200), "200", "1700", (PaymentState::Captured, 1700)),
    ] {
        let done = admin
            .api_slip(&tracking, SlipEvent::Confirmed, yen)
            .await
            .unwrap();
        assert_eq!(done.verdict, Verdict::Accepted);
        let body = shop.last();
        assert_eq!(tag(&body, "rec_type"), "3");
        assert_eq!(tag(&body, "rec_amount"), amount);
        assert_eq!(tag(&body, "rec_amount_total"), total);
        assert!(hash_fits(&body, KEY, None));
        assert_eq!(state().await, after);
    }
    let nothing = admin
        .api_slip(&tracking, SlipEvent::Confirmed, Some(0))
        .await;
    assert!(nothing.is_err(), "no yen is no deposit");
    let yen: Vec<u64> = admin.api_ledger().await.iter().map(|m| m.yen).collect();
    assert_eq!(yen, [500, 1000, 200]);
    // Once something is paid it can not expire any more.
    let expired = admin.api_slip(&tracking, SlipEvent::Expired, None).await;
    assert!(expired.is_err());
    let happened = admin.advance(20 * 86_400).await.unwrap();
    assert!(
        !happened
            .iter()
            .any(|h| h.kind == "slip_expired" && h.id == tracking),
        "{happened:?}"
    );
    assert_eq!(
        shop.count(),
        4,
        "three deposits, and the other slip's expiry"
    );
}

#[tokio::test]
async fn an_unpaid_pay_easy_slip_expires_and_is_told_until_the_shop_says_ok() {
    let (client, shop, tracking) = payeasy_at("001").await;
    let admin = client.mock.admin();
    // The web convenience slip of the same shop is cancelled first, so that only one expires.
    let all = admin.api_payments().await;
    let other = all.iter().find(|p| p.order_id == "ORDER-1").unwrap();
    let other = other.tracking_id.clone();
    admin
        .api_slip(&other, SlipEvent::Cancelled, None)
        .await
        .unwrap();
    assert_eq!(shop.count(), 1);
    shop.says(500, "");
    let happened = admin.advance(14 * 86_400).await.unwrap();
    let kinds: Vec<_> = happened
        .iter()
        .map(|h| (h.kind.as_str(), h.id.as_str(), h.outcome.as_str()))
        .collect();
    let id = tracking.as_str();
    assert_eq!(kinds[0].0, "slip_expired");
    assert!(
        kinds[1..]
            .iter()
            .all(|k| *k == ("notice_sent", id, "bad_status"))
    );
    // It expired at midnight; by 03:04:05 the first two waits are over as well.
    assert_eq!(kinds.len(), 4);
    let body = shop.last();
    assert!(text(&body).contains("id=\"NT01-00104-703\""));
    assert!(!text(&body).contains("pay_method_info"));
    assert_eq!(tag(&body, "tracking_id"), tracking);
    assert_eq!(tag(&body, "order_id"), "PAYEASY-1");
    assert_eq!(tag(&body, "rec_datetime"), "20260116000000");
    assert!(hash_fits(&body, KEY, None));
    shop.says(200, OK);
    let happened = admin.advance(86_400).await.unwrap();
    assert_eq!(
        happened.last().map(|h| h.outcome.as_str()),
        Some("accepted")
    );
    let count = shop.count();
    assert!(admin.advance(86_400).await.unwrap().is_empty());
    assert_eq!(shop.count(), count);
    let late = admin.api_slip(&tracking, SlipEvent::Confirmed, None).await;
    assert!(late.is_err(), "an expired slip is not paid");
    assert!(admin.api_ledger().await.is_empty());
}

#[tokio::test]
async fn pay_easy_notices_follow_the_contract_and_have_faults() {
    let (client, shop, tracking) = payeasy_at("004").await;
    let admin = client.mock.admin();
    admin.add_fault(FaultRule::once("NT01-00103-703", F::WrongAmount));
    admin
        .api_slip(&tracking, SlipEvent::Confirmed, None)
        .await
        .unwrap();
    let body = shop.last();
    let tdes = ("89abcdef0123456701234567", "01234567");
    assert_eq!(decrypt(tdes.0, tdes.1, &tag(&body, "rec_amount")), "1501");
    assert_eq!(decrypt(tdes.0, tdes.1, &tag(&body, "rec_type")), "3");
    let key = "fourth0demo0key0of0the0mock0not0a0secre0";
    assert!(hash_fits(&body, key, Some(tdes)));
    assert!(admin.faults().is_empty());
}

#[tokio::test]
async fn contracts_decide_about_order_id_and_encryption() {
    let (client, shop, tracking) = ready("003").await;
    client
        .mock
        .admin()
        .api_slip(&tracking, SlipEvent::Confirmed, Some(1))
        .await
        .unwrap();
    assert!(!text(&shop.last()).contains("order_id"));
    assert!(hash_fits(
        &shop.last(),
        "third00demo0key0of0the0mock0not0a0secre0",
        None
    ));

    let (client, shop, tracking) = ready("004").await;
    client
        .mock
        .admin()
        .api_slip(&tracking, SlipEvent::Confirmed, None)
        .await
        .unwrap();
    let body = shop.last();
    let tdes = ("89abcdef0123456701234567", "01234567");
    assert_eq!(decrypt(tdes.0, tdes.1, &tag(&body, "rec_amount")), "1500");
    assert_eq!(decrypt(tdes.0, tdes.1, &tag(&body, "rec_type")), "3");
    assert!(hash_fits(
        &body,
        "fourth0demo0key0of0the0mock0not0a0secre0",
        Some(tdes)
    ));
}

#[tokio::test]
async fn a_failed_notice_is_sent_again_by_the_clock_and_signed_anew() {
    let (client, shop, tracking) = ready("001").await;
    shop.says(200, NG);
    let admin = client.mock.admin();
    let done = admin
        .api_slip(&tracking, SlipEvent::Confirmed, None)
        .await
        .unwrap();
    assert_eq!(done.verdict, Verdict::Refused);
    assert!(admin.advance(599).await.unwrap().is_empty());
    assert_eq!(shop.count(), 1);
    shop.says(500, OK);
    let happened = admin.advance(1).await.unwrap();
    assert_eq!(
        (happened.len(), happened[0].outcome.as_str()),
        (1, "bad_status")
    );
    shop.says(200, "OK,");
    admin.advance(3_600).await.unwrap();
    assert_eq!(shop.count(), 3);
    assert_eq!(tag(&shop.last(), "rec_datetime"), "20260102030405");
    assert_eq!(tag(&shop.last(), "request_date"), "20260102041405");
    shop.says(200, OK);
    admin.advance(86_400).await.unwrap();
    assert_eq!(shop.count(), 4);
    assert!(admin.api_notices().await[0].accepted);
    admin.advance(86_400).await.unwrap();
    assert_eq!(shop.count(), 4);
}

#[tokio::test]
async fn a_jump_over_all_waits_makes_all_tries() {
    let (client, shop, tracking) = ready("001").await;
    shop.says(404, "");
    let admin = client.mock.admin();
    admin
        .api_slip(&tracking, SlipEvent::Confirmed, None)
        .await
        .unwrap();
    let happened = admin.advance(10 * 86_400).await.unwrap();
    let sent: Vec<_> = happened
        .iter()
        .filter(|h| h.kind == "notice_sent")
        .collect();
    let waits: Vec<_> = sent.iter().map(|h| h.at - start()).collect();
    assert_eq!(waits, [600, 4_200, 25_800]);
    assert_eq!(shop.count(), 4);
}

#[tokio::test]
async fn an_unpaid_slip_expires_with_a_notice() {
    let (client, shop, _) = ready("001").await;
    let happened = client.mock.admin().advance(14 * 86_400).await.unwrap();
    let kinds: Vec<_> = happened.iter().map(|h| h.kind.as_str()).collect();
    assert_eq!(kinds, ["slip_expired", "notice_sent"]);
    let body = shop.last();
    assert!(text(&body).contains("id=\"NT01-00104-701\""));
    assert!(!text(&body).contains("pay_method_info"));
    assert_eq!(tag(&body, "rec_datetime"), "20260116000000");
    assert!(hash_fits(&body, KEY, None));
}

#[tokio::test]
async fn any_notice_is_sent_again_in_any_variant() {
    let (client, shop, tracking) = ready("001").await;
    let admin = client.mock.admin();
    let done = admin
        .api_slip(&tracking, SlipEvent::Confirmed, None)
        .await
        .unwrap();
    let style = NoticeStyle {
        short_date: true,
        rec_mail: true,
        encrypted: true,
        ..NoticeStyle::default()
    };
    let verdict = admin.api_resend(done.notice.id, Some(style)).await.unwrap();
    assert_eq!(verdict, Verdict::Accepted);
    let body = shop.last();
    assert_eq!(tag(&body, "rec_datetime"), "20260102");
    let tdes = ("0123456789abcdef01234567", "76543210");
    assert_eq!(
        decrypt(tdes.0, tdes.1, &tag(&body, "rec_mail")),
        "taro@example.com"
    );
    assert!(hash_fits(&body, KEY, Some(tdes)));
    let bad = NoticeStyle {
        bad_hash: true,
        ..NoticeStyle::default()
    };
    admin.api_resend(done.notice.id, Some(bad)).await.unwrap();
    assert!(!hash_fits(&shop.last(), KEY, None));
    assert!(admin.api_resend(99, None).await.is_err());
}

#[tokio::test]
async fn faults_of_notices_show_on_the_wire() {
    // Kind, notices the shop gets, verdict.
    let table = [
        (F::LostBefore, 0, Verdict::NotSent),
        (F::LostAfter, 1, Verdict::TimedOut),
        (F::Reset, 0, Verdict::Unreachable),
        (F::Duplicate, 2, Verdict::Accepted),
        (F::WrongHash, 1, Verdict::Accepted),
        (F::WrongAmount, 1, Verdict::Accepted),
        (F::Stale, 1, Verdict::Accepted),
        (F::Truncated, 1, Verdict::Accepted),
        (F::Forged, 1, Verdict::Accepted),
        (F::UnknownResult, 1, Verdict::Accepted),
        (F::ExtraField, 1, Verdict::Accepted),
        (F::NoNotice, 0, Verdict::NotSent),
        (F::Delay, 1, Verdict::Accepted),
    ];
    for (kind, count, verdict) in table {
        let (client, shop, tracking) = ready("001").await;
        let admin = client.mock.admin();
        admin.add_fault(FaultRule {
            delay_ms: Some(10),
            ..FaultRule::once("NT01-00103", kind)
        });
        let done = admin
            .api_slip(&tracking, SlipEvent::Confirmed, None)
            .await
            .unwrap();
        assert_eq!((shop.count(), done.verdict), (count, verdict), "{kind:?}");
        if count == 0 || kind == F::Truncated {
            continue;
        }
        let body = shop.last();
        assert_eq!(
            hash_fits(&body, KEY, None),
            !matches!(kind, F::WrongHash | F::Forged),
            "{kind:?}"
        );
        let shown = text(&body).contains("<rec_future_field>1<");
        assert_eq!(shown, kind == F::ExtraField, "{kind:?}");
        let rec_type = if kind == F::UnknownResult { "9" } else { "3" };
        assert_eq!(tag(&body, "rec_type"), rec_type, "{kind:?}");
        let amount = if kind == F::WrongAmount {
            "1501"
        } else {
            "1500"
        };
        assert_eq!(tag(&body, "rec_amount"), amount, "{kind:?}");
        let date = if kind == F::Stale {
            "20260101030405"
        } else {
            "20260102030405"
        };
        assert_eq!(tag(&body, "request_date"), date, "{kind:?}");
    }
}

#[tokio::test]
async fn a_made_up_notice_reaches_any_address() {
    let client = Client::open().await;
    let shop = Shop::open().await;
    let order = ApiNoticeOrder {
        url: Some(shop.url.clone()),
        function: "NT01-00103-703".to_owned(),
        merchant_id: "99999".to_owned(),
        service_id: "001".to_owned(),
        tracking_id: "00000000000001".to_owned(),
        order_id: "ORDER-X".to_owned(),
        rec_type: 2,
        rec_amount: 300,
        rec_amount_total: Some(0),
        mail: Hidden::default(),
        style: None,
    };
    let admin = client.mock.admin();
    assert_eq!(admin.api_notify(&order).await.unwrap(), Verdict::Accepted);
    assert!(hash_fits(&shop.last(), KEY, None));
    assert_eq!(tag(&shop.last(), "rec_amount_total"), "0");
    for wrong in [
        ApiNoticeOrder {
            function: "A02-1".to_owned(),
            ..order.clone()
        },
        ApiNoticeOrder {
            tracking_id: "1".to_owned(),
            ..order.clone()
        },
        ApiNoticeOrder {
            url: Some("ftp://x".to_owned()),
            ..order.clone()
        },
        ApiNoticeOrder {
            rec_type: 0,
            ..order.clone()
        },
        ApiNoticeOrder {
            service_id: "777".to_owned(),
            ..order.clone()
        },
    ] {
        assert!(admin.api_notify(&wrong).await.is_err());
    }
    assert_eq!(shop.count(), 1);
}

#[tokio::test]
async fn the_admin_api_speaks_json() {
    let (client, shop, tracking) = ready("001").await;
    let call = |method: reqwest::Method, path: String, body: &str| {
        client
            .http
            .request(method, format!("{}/_mock/api{path}", client.mock.url()))
            .body(body.to_owned())
            .send()
    };
    let put = reqwest::Method::PUT;
    let path = "/merchants/99999/001/notice-url".to_owned();
    let answer = call(put.clone(), path.clone(), r#"{"url":"nowhere"}"#)
        .await
        .unwrap();
    assert_eq!(answer.status(), 409);
    let body = format!(r#"{{"url":"{}"}}"#, shop.url);
    assert_eq!(call(put, path, &body).await.unwrap().status(), 204);
    let event = r#"{"event":"preliminary","yen":500}"#;
    let answer = call(
        reqwest::Method::POST,
        format!("/payments/{tracking}/slip"),
        event,
    )
    .await;
    let answer = answer.unwrap().text().await.unwrap();
    assert!(answer.contains(r#""verdict":"accepted""#), "{answer}");
    assert!(!answer.contains("taro@"));
    let again = call(
        reqwest::Method::POST,
        "/notices/1/send".to_owned(),
        r#"{"style":{"order_id":true}}"#,
    );
    assert_eq!(again.await.unwrap().status(), 200);
    for part in ["payments", "contracts", "ledger", "notices"] {
        let answer = call(reqwest::Method::GET, format!("/{part}"), "")
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        let text = answer.text().await.unwrap();
        assert!(
            !text.contains("taro@") && !text.contains("cust-0001"),
            "{text}"
        );
    }
    let made_up = r#"{"function":"NT01-00104-701","merchant_id":"99999","service_id":"001","tracking_id":"00000000000001"}"#;
    let answer = call(reqwest::Method::POST, "/notify".to_owned(), made_up).await;
    assert_eq!(
        answer.unwrap().text().await.unwrap(),
        r#"{"verdict":"accepted"}"#
    );
    let wrong = made_up.replace("NT01", "XX01");
    let answer = call(reqwest::Method::POST, "/notify".to_owned(), &wrong).await;
    assert_eq!(answer.unwrap().status(), 409);
    assert_eq!(shop.count(), 3);
    let document = netmile_mock::admin::openapi::json().unwrap();
    let documented = document.matches("\"/_mock/api/").count();
    assert_eq!(documented, 8);
}
