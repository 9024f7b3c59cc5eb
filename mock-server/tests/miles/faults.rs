//! Faults of the reference API.

use netmile_mock::faults::{FaultKind, FaultRule};
use serde_json::json;

use crate::client::{OTHER, Site, nonce, sign, taro};

fn body(tran: &str) -> serde_json::Value {
    json!({"tran_id": tran, "campaign_id": "46255", "user": taro(), "designated_key": "K1"})
}

#[tokio::test]
async fn a_lost_answer_has_its_effect_and_a_lost_request_none() {
    let site = Site::open().await;
    for (kind, tran, found) in [
        (FaultKind::LostBefore, "T1", false),
        (FaultKind::LostAfter, "T2", true),
        (FaultKind::Reset, "T3", false),
    ] {
        site.admin().add_fault(FaultRule::once("miles-issue", kind));
        let answer = site.try_call("POST", "/v1/issuances", &body(tran)).await;
        assert!(answer.is_err(), "{kind:?}");
        let known = site
            .get(&format!("/v1/issuances?tran_id={tran}"))
            .await
            .ok();
        assert_eq!(known["found"], found, "{kind:?}");
        site.post("/v1/issuances", body(tran)).await.ok();
    }
    assert_eq!(site.balance("taro").await, 700);
}

#[tokio::test]
async fn more_calls_at_a_time_than_allowed_are_turned_away() {
    let site = Site::with(|scenario| scenario.office.max_in_flight = 1).await;
    // Whichever call comes first holds the only place for a minute.
    site.admin().add_fault(FaultRule {
        delay_ms: Some(60_000),
        ..FaultRule::once("miles-issue", FaultKind::Delay)
    });
    let (one, other) = (body("T1"), body("T2"));
    let mut first = std::pin::pin!(site.try_call("POST", "/v1/issuances", &one));
    let mut second = std::pin::pin!(site.try_call("POST", "/v1/issuances", &other));
    let turned_away = tokio::select! {
        answer = &mut first => answer,
        answer = &mut second => answer,
    };
    let error = turned_away.unwrap().error();
    assert_eq!(error, (429, "api".to_owned(), "too_many".to_owned()));
    assert_eq!(site.admin().miles().await.unwrap().issuances, 0);
    // Another site has places of its own.
    let path = "/v1/campaigns/46262";
    let headers = sign(OTHER, ("GET", path), (site.now(), &nonce()), b"");
    let answer = site.send("GET", path, headers, Vec::new()).await.unwrap();
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn broken_answers_of_every_kind() {
    let site = Site::open().await;
    let rule = |kind: FaultKind, after: bool| FaultRule {
        after_effect: after,
        delay_ms: Some(1),
        ..FaultRule::once("miles-issue", kind)
    };
    let mut number = 0;
    for (kind, after, status) in [
        (FaultKind::ServerError, false, 503),
        (FaultKind::ServerError, true, 503),
        (FaultKind::Html, true, 200),
        (FaultKind::Truncated, true, 200),
        (FaultKind::Delay, false, 200),
        (FaultKind::Delay, true, 200),
        (FaultKind::NgResult, false, 422),
    ] {
        number += 1;
        let tran = format!("T{number}");
        site.admin().add_fault(rule(kind, after));
        let answer = site.post("/v1/issuances", body(&tran)).await;
        assert_eq!(answer.status, status, "{kind:?}");
        let whole = serde_json::from_slice::<serde_json::Value>(&answer.bytes).is_ok();
        assert_eq!(
            whole,
            !matches!(kind, FaultKind::Html | FaultKind::Truncated),
            "{kind:?}"
        );
        let known = site
            .get(&format!("/v1/issuances?tran_id={tran}"))
            .await
            .ok();
        let works = after || kind == FaultKind::Delay;
        assert_eq!(known["found"], works, "{kind:?} {after}");
    }
    let mut coded = rule(FaultKind::NgResult, false);
    coded.code = Some("44038".to_owned());
    site.admin().add_fault(coded);
    assert_eq!(
        site.post("/v1/issuances", body("T99")).await.code(),
        "44038"
    );
}

#[tokio::test]
async fn nothing_personal_is_in_the_log() {
    let site = Site::open().await;
    site.post("/v1/issuances", body("T1")).await.ok();
    site.post("/v1/members/verify", taro()).await.ok();
    site.get("/v1/members/NM10000002").await.ok();
    let log = format!("{:?}", site.admin().log(0, 100).await.unwrap());
    assert!(log.contains("miles-issue") && log.contains("T1"));
    assert!(
        !log.contains("taro@") && !log.contains("NM10000002"),
        "{log}"
    );
}
