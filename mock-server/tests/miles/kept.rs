//! The office outlives the mock.

use netmile_mock::{ClockMode, Options, clock};
use serde_json::json;

use crate::client::{DAY, KEY, START, Site, nonce, sign, taro};

#[tokio::test]
async fn the_office_survives_a_restart_and_ends_with_a_reset() {
    let path = std::env::temp_dir().join(format!("netmile-mock-office-{}.db", std::process::id()));
    let _ = std::fs::remove_file(&path);
    let options = || Options {
        database: Some(path.clone()),
        clock: ClockMode::Frozen(clock::parse_instant(START).unwrap()),
        ..Options::default()
    };
    let site = Site::started(options()).await;
    let issued = site.issue("T1", "46257", taro(), 30).await.ok();
    let upload = site
        .upload(
            "b1",
            1,
            "46257",
            b"hanako@member.example,K1,10\nnobody@member.example,K1,10\n",
        )
        .await
        .ok();
    site.post("/v1/members/verify", taro()).await.ok();
    site.admin().advance(7 * DAY).await.unwrap();
    let applied =
        json!({"tran_id": "C1", "issuance_ids": [issued["issuance_id"]], "reason": "other"});
    let applied = site.post("/v1/cancellations", applied).await.ok();
    let view = site.admin().miles().await.unwrap();
    let (taros, hanakos) = (site.balance("taro").await, site.balance("hanako").await);
    assert_eq!((taros, hanakos), (430, 1_000_010));
    site.mock.stop().await;

    let site = Site::started(options()).await;
    assert_eq!(site.admin().miles().await.unwrap(), view);
    assert_eq!(
        (site.balance("taro").await, site.balance("hanako").await),
        (taros, hanakos)
    );
    // The answer of a replay is the first one.
    assert_eq!(site.issue("T1", "46257", taro(), 30).await.ok(), issued);
    let id = upload["registration_id"].as_str().unwrap();
    let seen = site.get(&format!("/v1/registrations/{id}")).await.ok();
    assert_eq!(
        (&seen["state"], &seen["errors"]),
        (&json!("finished"), &json!(1))
    );
    assert_eq!(site.get("/v1/members/NM10000002").await.status, 200);
    let id = applied["cancellation_id"].as_str().unwrap();
    let issuance = issued["issuance_id"].as_str().unwrap();
    assert!(
        site.admin()
            .decide_application(id, issuance, true)
            .await
            .unwrap()
    );
    assert_eq!(site.balance("taro").await, 400);

    site.admin().reset().await.unwrap();
    assert_eq!(site.admin().miles().await.unwrap().issuances, 0);
    assert_eq!(
        site.get("/v1/issuances?tran_id=T1").await.ok()["found"],
        false
    );
    assert_eq!(site.balance("hanako").await, 1_000_000);
    site.mock.stop().await;
    let _ = std::fs::remove_file(&path);
}

#[tokio::test]
async fn a_copy_of_a_request_is_refused_after_a_restart_too() {
    let name = format!("netmile-mock-nonces-{}.db", std::process::id());
    let path = std::env::temp_dir().join(name);
    let _ = std::fs::remove_file(&path);
    let options = || Options {
        database: Some(path.clone()),
        clock: ClockMode::Frozen(clock::parse_instant(START).unwrap()),
        ..Options::default()
    };
    let site = Site::started(options()).await;
    let body = taro().to_string().into_bytes();
    let headers = sign(
        KEY,
        ("POST", "/v1/members/verify"),
        (site.now(), &nonce()),
        &body,
    );
    let send = async |site: &Site| {
        let (headers, body) = (headers.clone(), body.clone());
        let answer = site.send("POST", "/v1/members/verify", headers, body).await;
        answer.unwrap()
    };
    assert_eq!(send(&site).await.status, 200);
    assert_eq!(send(&site).await.error().2, "replayed");
    site.mock.stop().await;
    let site = Site::started(options()).await;
    assert_eq!(send(&site).await.error().2, "replayed");
    // What nobody accepts any more is forgotten.
    site.admin().advance(601).await.unwrap();
    site.post("/v1/members/verify", taro()).await.ok();
    site.mock.stop().await;
    let site = Site::started(options()).await;
    assert_eq!(send(&site).await.error().2, "stale");
    site.mock.stop().await;
    let _ = std::fs::remove_file(&path);
}
