//! Faults on demand.

use netmile_mock::{
    faults::{FaultKind, FaultRule},
    store::notices::Verdict,
    wire::hash::{self, Charset},
};

use crate::common::{Browser, KEY, a01, get, result_hash, sign};

async fn pay_with(browser: &Browser, order: &str, message: &str, kind: FaultKind) -> String {
    let mut rule = FaultRule::once(message, kind);
    rule.delay_ms = Some(1);
    browser.mock.admin().add_fault(rule);
    let session = browser.start_as(order, "hanako", &[]).await;
    browser.post(&format!("{session}/pay"), &[]).await;
    session
}

#[tokio::test]
async fn every_fault_of_a_notice_shows_on_the_wire() {
    use FaultKind as F;
    // Fault, notices the shop can read, whether the customer ends on the completion page.
    let table = [
        (F::LostBefore, 0, false),
        (F::LostAfter, 1, false),
        (F::Delay, 1, true),
        (F::Reset, 0, false),
        (F::WrongHash, 1, true),
        (F::Duplicate, 2, true),
        (F::Reordered, 0, true),
        (F::Forged, 1, true),
        (F::Stale, 1, true),
        (F::UnknownResult, 1, true),
        (F::ExtraField, 1, true),
        (F::NgResult, 1, true),
        (F::NoNotice, 0, true),
        (F::WrongAmount, 1, true),
    ];
    for (kind, notices, completed) in table {
        let browser = Browser::open().await;
        let session = pay_with(&browser, "ORDER-1", "A02-1", kind).await;
        let text = browser.get(&session).await.text();
        assert_eq!(text.contains("/success"), completed, "{kind:?}");
        assert_eq!(text.contains("1301"), !completed, "{kind:?}");
        assert_eq!(browser.shop.count(), notices, "{kind:?}");
        assert_eq!(
            browser.balance("hanako").await,
            1_000_000 - 600 + 6,
            "{kind:?}"
        );
        assert!(
            browser.mock.admin().faults().is_empty(),
            "{kind:?} is used up"
        );
        if notices == 0 {
            continue;
        }
        let notice = browser.shop.last();
        let digest = result_hash(&notice, Charset::Utf8).to_uppercase();
        let right = get(&notice, "sps_hashcode") == digest;
        assert_eq!(right, !matches!(kind, F::WrongHash | F::Forged), "{kind:?}");
        match kind {
            F::Stale => assert_eq!(get(&notice, "res_date"), "20260101030405"),
            F::UnknownResult => assert_eq!(get(&notice, "res_result"), "ZZ"),
            F::NgResult => assert_eq!(get(&notice, "res_result"), "NG"),
            F::ExtraField => assert_eq!(get(&notice, "res_future_field"), "1"),
            _ => assert_eq!(get(&notice, "res_result"), "OK"),
        }
        let amount = if kind == F::WrongAmount { "301" } else { "300" };
        assert_eq!(get(&notice, "amount"), amount, "{kind:?}");
    }
}

#[tokio::test]
async fn a_truncated_notice_reaches_the_shop_in_part() {
    let browser = Browser::open().await;
    pay_with(&browser, "ORDER-1", "A02-1", FaultKind::Truncated).await;
    let attempt = browser.mock.admin().notices().await.unwrap().remove(0);
    assert_eq!(attempt.fault.as_deref(), Some("truncated"));
    let bodies = browser.shop.bodies.lock().unwrap();
    assert_eq!(bodies[0], attempt.body.as_bytes());
    assert!(bodies[0].len() < 600);
}

#[tokio::test]
async fn a_reordered_notice_comes_when_the_clock_moves() {
    let browser = Browser::open().await;
    pay_with(&browser, "ORDER-1", "A02-1", FaultKind::Reordered).await;
    assert!(browser.mock.admin().advance(4).await.unwrap().is_empty());
    let happened = browser.mock.admin().advance(1).await.unwrap();
    assert_eq!(happened[0].kind, "notice_sent");
    assert_eq!(happened[0].outcome, Verdict::Accepted.key());
    assert_eq!(browser.shop.count(), 1);
    assert!(browser.mock.admin().advance(60).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_notice_sent_again_is_held_back_too() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    let session = browser.start_as("ORDER-1", "hanako", &[]).await;
    browser.post(&format!("{session}/pay"), &[]).await;
    let id = admin.payments().await.unwrap().remove(0).tracking_id;
    admin.add_fault(FaultRule::once("A02-1", FaultKind::Reordered));
    assert_eq!(admin.resend(&id).await.unwrap(), Verdict::NotSent);
    assert_eq!(browser.shop.count(), 1);
    let happened = admin.advance(5).await.unwrap();
    assert_eq!(happened[0].kind, "notice_sent");
    assert_eq!(browser.shop.count(), 2);
}

#[tokio::test]
async fn returns_have_their_faults_too() {
    use FaultKind as F;
    for kind in [
        F::NoReturn,
        F::WrongHash,
        F::Forged,
        F::Stale,
        F::NgResult,
        F::ExtraField,
        F::WrongAmount,
    ] {
        let browser = Browser::open().await;
        let session = pay_with(&browser, "ORDER-1", "A03-1", kind).await;
        let page = browser.get(&session).await;
        let url = format!("{}/success", browser.shop.url);
        if kind == F::NoReturn {
            assert!(!page.text().contains(&url));
            continue;
        }
        let form = page.hidden(&url);
        let right = get(&form, "sps_hashcode") == result_hash(&form, Charset::ShiftJis);
        assert_eq!(right, !matches!(kind, F::WrongHash | F::Forged), "{kind:?}");
        let amount = if kind == F::WrongAmount { "301" } else { "300" };
        assert_eq!(get(&form, "amount"), amount, "{kind:?}");
        let again = browser.get(&session).await.hidden(&url);
        assert_eq!(again, form, "{kind:?}: a reload shows the same form");
    }
}

#[tokio::test]
async fn a_lost_cancel_page_never_reaches_the_customer() {
    let browser = Browser::open().await;
    let rule = FaultRule::once("cancel", FaultKind::LostAfter);
    browser.mock.admin().add_fault(rule);
    let session = browser.start("ORDER-1", &[]).await;
    browser.post(&format!("{session}/cancel"), &[]).await;
    let url = format!("{}{session}", browser.mock.url());
    assert!(browser.try_page(browser.http.get(url)).await.is_err());
}

#[tokio::test]
async fn answers_to_requests_break_before_or_after_their_effect() {
    use FaultKind as F;
    for (kind, opened) in [
        (F::LostBefore, 0),
        (F::Reset, 0),
        (F::ServerError, 0),
        (F::Html, 0),
        (F::LostAfter, 1),
        (F::Truncated, 1),
        (F::Delay, 1),
    ] {
        let browser = Browser::open().await;
        let mut rule = FaultRule::once("A01-1", kind);
        rule.delay_ms = Some(1);
        browser.mock.admin().add_fault(rule);
        let fields = sign(a01(&browser.shop, "ORDER-1", &[]), KEY);
        let body = netmile_mock::wire::form::encode(&fields).unwrap();
        let request = browser.request("/f01/FepBuyInfoReceive.do", body);
        let outcome = browser.try_page(request).await;
        let broken = matches!(kind, F::LostBefore | F::Reset | F::LostAfter | F::Truncated);
        assert_eq!(outcome.is_err(), broken, "{kind:?}");
        if kind == F::ServerError {
            assert_eq!(outcome.unwrap().status, 503);
        }
        let sessions = browser.mock.admin().sessions(10).await.unwrap();
        assert_eq!(sessions.len(), opened, "{kind:?}");
    }
}

#[tokio::test]
async fn faults_hit_their_target_only() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    let mut rule = FaultRule::once("A02-1", FaultKind::WrongHash);
    rule.order_id = Some("ORDER-2".to_owned());
    let id = admin.add_fault(rule);
    for order in ["ORDER-1", "ORDER-2", "ORDER-3"] {
        let session = browser.start_as(order, "hanako", &[]).await;
        browser.post(&format!("{session}/pay"), &[]).await;
        let notice = browser.shop.last();
        let digest = result_hash(&notice, Charset::Utf8);
        let right = hash::same(get(&notice, "sps_hashcode"), &digest);
        assert_eq!(right, order != "ORDER-2", "{order}");
    }
    assert!(!admin.remove_fault(id));
}
