//! History, cancelling, applications, bills.

use serde_json::{Value, json};

use crate::client::{DAY, Site, taro};

async fn cancel(site: &Site, tran: &str, ids: &[&Value]) -> Value {
    let body = json!({"tran_id": tran, "issuance_ids": ids, "reason": "returned_goods"});
    site.post("/v1/cancellations", body).await.ok()
}

#[tokio::test]
async fn held_miles_are_cancelled_at_once_and_deposited_ones_by_application() {
    let site = Site::open().await;
    let held = site.issue("T1", "46257", taro(), 30).await.ok()["issuance_id"].clone();
    let valid = site.issue("T2", "46257", taro(), 40).await.ok()["issuance_id"].clone();
    let once = site.issue("T3", "46255", taro(), 100).await.ok()["issuance_id"].clone();
    let unknown = json!("I0000009999");
    let done = cancel(&site, "C1", &[&held, &once, &unknown, &held]).await;
    let result = |at: usize| {
        let of = &done["results"][at];
        (
            of["result"].as_str().unwrap(),
            of["why"].as_str().unwrap_or("").to_owned(),
        )
    };
    assert_eq!(result(0), ("cancelled", String::new()));
    assert_eq!(result(1), ("refused", "usable_at_once".to_owned()));
    assert_eq!(result(2), ("refused", "unknown_issuance".to_owned()));
    // Named twice it is one wish.
    assert_eq!(done["results"].as_array().unwrap().len(), 3);
    assert_eq!(
        cancel(&site, "C1", &[&held, &once, &unknown, &held]).await,
        done
    );
    site.admin().advance(7 * DAY).await.unwrap();
    assert_eq!(site.balance("taro").await, 540);
    let applied = cancel(&site, "C2", &[&valid]).await;
    assert_eq!(applied["results"][0]["result"], "application_received");
    assert_eq!(
        cancel(&site, "C3", &[&valid]).await["results"][0]["why"],
        "already_applied"
    );
    let waiting = site.admin().miles_applications().await.unwrap();
    assert_eq!((waiting.len(), waiting[0].miles), (1, 40));
    let id = applied["cancellation_id"].as_str().unwrap();
    let seen =
        async || site.get(&format!("/v1/cancellations/{id}")).await.ok()["results"][0].clone();
    assert_eq!(seen().await["result"], "pending");
    let decide = site
        .admin()
        .decide_application(id, valid.as_str().unwrap(), true)
        .await;
    assert!(decide.unwrap());
    assert_eq!(seen().await["result"], "approved");
    assert_eq!(site.balance("taro").await, 500);
    assert!(
        site.admin()
            .decide_application(id, valid.as_str().unwrap(), true)
            .await
            .is_err()
    );
    let found = site.get("/v1/cancellations?tran_id=C2").await.ok();
    assert_eq!(
        (&found["found"], &found["results"][0]["result"]),
        (&json!(true), &json!("approved"))
    );
    assert_eq!(
        site.get("/v1/cancellations?tran_id=C9").await.ok()["found"],
        false
    );
    // The first answer is given again as it was.
    assert_eq!(cancel(&site, "C2", &[&valid]).await, applied);
    let bill = site.get("/v1/bills/2026-01").await.ok();
    assert_eq!(
        (
            &bill["issued_miles"],
            &bill["cancelled_miles"],
            &bill["yen"]
        ),
        (&json!(170), &json!(70), &json!(100))
    );
}

#[tokio::test]
async fn balance_is_looked_at_when_applying_and_again_when_approving() {
    let site = Site::open().await;
    let zero = || json!({"mail": "zero@member.example"});
    let first = site.issue("T1", "46257", zero(), 30).await.ok()["issuance_id"].clone();
    let second = site.issue("T2", "46257", zero(), 30).await.ok()["issuance_id"].clone();
    site.admin().advance(7 * DAY).await.unwrap();
    site.admin().adjust("zero", -20, "spent").await.unwrap();
    let applied = cancel(&site, "C1", &[&first, &second]).await;
    let id = applied["cancellation_id"].as_str().unwrap();
    assert!(
        site.admin()
            .decide_application(id, first.as_str().unwrap(), true)
            .await
            .unwrap()
    );
    assert!(
        !site
            .admin()
            .decide_application(id, second.as_str().unwrap(), true)
            .await
            .unwrap()
    );
    let seen = site.get(&format!("/v1/cancellations/{id}")).await.ok();
    assert_eq!(
        seen["results"][1],
        json!({"issuance_id": second, "result": "rejected", "why": "balance_short"})
    );
    assert_eq!(site.balance("zero").await, 10);
    assert_eq!(
        cancel(&site, "C2", &[&second]).await["results"][0]["why"],
        "balance_short"
    );
    site.admin().adjust("zero", 20, "earned").await.unwrap();
    let again = cancel(&site, "C3", &[&second]).await;
    let id = again["cancellation_id"].as_str().unwrap();
    assert!(
        !site
            .admin()
            .decide_application(id, second.as_str().unwrap(), false)
            .await
            .unwrap()
    );
    assert_eq!(
        site.get(&format!("/v1/cancellations/{id}")).await.ok()["results"][0]["why"],
        "declined"
    );
}

#[tokio::test]
async fn ninety_days_and_three_months_both_hold() {
    // From 1 February to 1 May are 89 days, from 2 January to 2 April 90.
    for (wait, days, why) in [
        (30, 89, "over_3_months"),
        (30, 88, ""),
        (0, 90, "over_3_months"),
        (0, 89, ""),
        (119, 92, "over_90_days"),
        (119, 91, "over_90_days"),
        (119, 90, ""),
    ] {
        let site = Site::open().await;
        site.admin().advance(wait * DAY).await.unwrap();
        let issued = site.issue("T1", "46257", taro(), 30).await.ok();
        site.admin().advance(days * DAY).await.unwrap();
        let done = cancel(&site, "C1", &[&issued["issuance_id"]]).await;
        assert_eq!(
            done["results"][0]["why"].as_str().unwrap_or(""),
            why,
            "{wait} {days} {issued}"
        );
    }
}

#[tokio::test]
async fn a_cancellation_has_one_of_the_reasons_and_up_to_a_thousand_issues() {
    let site = Site::open().await;
    for (ids, reason, field) in [
        (vec!["I0000000001"], "because", "reason"),
        (vec![], "other", "issuance_ids"),
        (vec!["I0000000001"; 1_001], "other", "issuance_ids"),
    ] {
        let body = json!({"tran_id": "C1", "issuance_ids": ids, "reason": reason});
        assert_eq!(
            site.post("/v1/cancellations", body).await.json()["field"],
            field
        );
    }
    let one =
        |reason: &str| json!({"tran_id": "C1", "issuance_ids": ["I0000000001"], "reason": reason});
    site.post("/v1/cancellations", one("other")).await.ok();
    // The reason can not be changed.
    assert_eq!(
        site.post("/v1/cancellations", one("duplicate"))
            .await
            .error()
            .2,
        "conflict"
    );
}

#[tokio::test]
async fn a_history_shows_from_the_day_after() {
    let site = Site::open().await;
    site.issue("T1", "46256", taro(), 10).await.ok();
    site.issue("T2", "46256", json!({"mail": "hanako@member.example"}), 500)
        .await
        .ok();
    let path = "/v1/campaigns/46256/history";
    assert_eq!(site.get(path).await.ok()["total"], 0);
    // 03:04:05: midnight is 20:55:55 away.
    site.admin()
        .advance(20 * 3_600 + 55 * 60 + 54)
        .await
        .unwrap();
    assert_eq!(site.get(path).await.ok()["total"], 0);
    site.admin().advance(1).await.unwrap();
    let history = site.get(path).await.ok();
    assert_eq!(history["total"], 2);
    assert_eq!(
        history["head"],
        json!({"campaign_name": "お買い物でmileがもらえる",
        "miles_issued": 510, "issued": 2, "valid": 2, "cancelled": 0})
    );
    assert_eq!(history["rows"][0]["miles"], 500);
    let total =
        async |query: &str| site.get(&format!("{path}?{query}")).await.ok()["total"].clone();
    assert_eq!(total("miles_from=11").await, 1);
    assert_eq!(total("miles_to=10").await, 1);
    assert_eq!(total("key=CUST1").await, 2);
    assert_eq!(total("key=CUST").await, 0);
    assert_eq!(total("state=held").await, 0);
    assert_eq!(total("from=2026-01-02T03&to=2026-01-02T03").await, 2);
    assert_eq!(total("from=2026-01-02T04").await, 0);
    assert_eq!(total("to=2026-01-02T02").await, 0);
    assert_eq!(
        site.get(&format!("{path}?from=2026-01-02")).await.status,
        400
    );
    site.admin().advance(91 * DAY).await.unwrap();
    assert_eq!(total("").await, 0);
}

#[tokio::test]
async fn with_the_switch_a_history_waits_for_the_deposit() {
    let site = Site::with(|s| s.office.history_from_deposit = true).await;
    site.issue("T1", "46257", taro(), 30).await.ok();
    let path = "/v1/campaigns/46257/history";
    site.admin().advance(7 * DAY).await.unwrap();
    assert_eq!(site.get(path).await.ok()["total"], 0);
    site.admin().advance(DAY).await.unwrap();
    assert_eq!(site.get(path).await.ok()["total"], 1);
}

#[tokio::test]
async fn a_cancelled_issue_no_longer_counts_for_the_limits() {
    let site = Site::open().await;
    let first = site.issue("T1", "46263", taro(), 10).await.ok()["issuance_id"].clone();
    assert_eq!(site.issue("T2", "46263", taro(), 10).await.code(), "44039");
    cancel(&site, "C1", &[&first]).await;
    site.issue("T3", "46263", taro(), 10).await.ok();
}
