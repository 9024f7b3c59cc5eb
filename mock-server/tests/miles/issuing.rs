//! One issue, rows by hand, members, passbooks, exchange.

use serde_json::json;

use crate::client::{DAY, Site, taro};

#[tokio::test]
async fn issued_miles_are_in_the_balance_that_the_payment_page_spends() {
    let site = Site::open().await;
    let issued = site.issue("T1", "46255", taro(), 100).await.ok();
    assert_eq!(issued["state"], "valid");
    assert_eq!(issued["miles"], 100);
    assert_eq!(issued["deposit_on"], "2026-01-02");
    assert_eq!(site.balance("taro").await, 500);
    // The same again is answered again and issues nothing.
    assert_eq!(site.issue("T1", "46255", taro(), 100).await.ok(), issued);
    let (status, _, code) = site
        .issue("T1", "46255", json!({"mail": "hanako@member.example"}), 100)
        .await
        .error();
    assert_eq!((status, code.as_str()), (409, "conflict"));
    assert_eq!(site.balance("taro").await, 500);
    // The same customer may be rewarded again: the designated key is no idempotency key.
    site.issue("T2", "46255", taro(), 100).await.ok();
    assert_eq!(site.balance("taro").await, 600);
    let found = site.get("/v1/issuances?tran_id=T1").await.ok();
    assert_eq!(
        (&found["found"], &found["issuance"]["issuance_id"]),
        (&json!(true), &issued["issuance_id"])
    );
}

#[tokio::test]
async fn a_refusal_is_final_for_its_tran_id() {
    let site = Site::open().await;
    let nobody = || json!({"mail": "nobody@member.example"});
    assert_eq!(
        site.issue("T1", "46255", nobody(), 100).await.code(),
        "41053"
    );
    assert_eq!(
        site.issue("T1", "46255", nobody(), 100).await.code(),
        "41053"
    );
    let found = site.get("/v1/issuances?tran_id=T1").await.ok();
    assert_eq!(
        found["refused"],
        json!({"table": "manual", "code": "41053"})
    );
    // A request that breaks a rule is not remembered.
    let wrong = json!({"tran_id": "T2", "campaign_id": "46255", "user": taro(), "designated_key": "K",
        "member_registration": "yes"});
    let answer = site.post("/v1/issuances", wrong).await.json();
    assert_eq!(
        (&answer["code"], &answer["field"]),
        (&json!("bad_request"), &json!("member_registration"))
    );
    assert_eq!(
        site.get("/v1/issuances?tran_id=T2").await.ok()["found"],
        false
    );
    site.issue("T2", "46255", taro(), 100).await.ok();
}

#[tokio::test]
async fn pending_miles_are_deposited_with_the_first_instant_of_their_day() {
    let site = Site::open().await;
    let issued = site.issue("T1", "46257", taro(), 30).await.ok();
    assert_eq!(
        (&issued["state"], &issued["deposit_on"]),
        (&json!("held"), &json!("2026-01-09"))
    );
    let verified = site.post("/v1/members/verify", taro()).await.ok();
    assert_eq!(
        (&verified["active"], &verified["user_id"]),
        (&json!(true), &json!("NM10000002"))
    );
    let book = site.get("/v1/members/NM10000002/passbook").await.ok();
    assert_eq!(
        (&book["balance"], &book["pending_total"]),
        (&json!(400), &json!(30))
    );
    assert_eq!(book["pending"][0]["campaign_id"], "46257");
    // 03:04:05 on 2 January; midnight before the 9th is 6 days, 20:55:55 later.
    let until = 6 * DAY + 20 * 3_600 + 55 * 60 + 55;
    site.admin().advance(until - 1).await.unwrap();
    assert_eq!(site.balance("taro").await, 400);
    site.admin().advance(1).await.unwrap();
    assert_eq!(site.balance("taro").await, 430);
    let found = site.get("/v1/issuances?tran_id=T1").await.ok();
    assert_eq!(found["issuance"]["state"], "valid");
    let mails = site.admin().miles_mails(0, 10).await.unwrap();
    assert_eq!(
        (mails.len(), mails[0].to.as_str()),
        (1, "taro@member.example")
    );
    assert!(mails[0].body.contains("30mile") && mails[0].body.contains("デモ書店"));
}

#[tokio::test]
async fn the_deposit_mail_names_site_campaign_and_miles_and_holds_the_inserted_text() {
    let site = Site::open().await;
    let campaign = site.get("/v1/campaigns/46256").await.ok()["name"].clone();
    for (tran, mail, text) in [
        ("T1", true, "またどうぞ。\n店主"),
        ("T2", true, ""),
        ("T3", false, ""),
    ] {
        let issue = json!({
            "tran_id": tran, "campaign_id": "46256", "user": taro(), "designated_key": "K",
            "miles": 500, "deposit_mail": mail, "inserted_text": text,
        });
        site.post("/v1/issuances", issue).await.ok();
    }
    let mails = site.admin().miles_mails(0, 10).await.unwrap();
    let bodies: Vec<&str> = mails.iter().map(|mail| mail.body.as_str()).collect();
    let plain = format!(
        "デモ書店からのマイルを通帳に振り込みました。\n\nキャンペーン: {}\nマイル数: 500mile\n",
        campaign.as_str().unwrap()
    );
    let with_text = format!("{plain}\nデモ書店からのメッセージ:\nまたどうぞ。\n店主\n");
    assert_eq!(bodies, [with_text, plain]);
    assert!(
        mails
            .iter()
            .all(|mail| mail.kind == "deposit" && mail.to == "taro@member.example")
    );
    assert_eq!(mails[0].subject, "マイル振込完了のお知らせ(デモ書店)");
}

#[tokio::test]
async fn settings_are_checked_before_anything_is_done() {
    let site = Site::open().await;
    let long = "あ".repeat(501);
    for (campaign, user, settings, field) in [
        (
            "46258",
            taro(),
            json!({"deposit": {"kind": "at_once"}}),
            "deposit",
        ),
        (
            "46258",
            taro(),
            json!({"deposit": {"kind": "after_days", "days": 3}}),
            "deposit",
        ),
        (
            "46255",
            taro(),
            json!({"deposit": {"kind": "after_days", "days": 366}}),
            "deposit",
        ),
        (
            "46255",
            taro(),
            json!({"inserted_text": long}),
            "inserted_text",
        ),
        (
            "46255",
            json!({"mobile_mail": "taro.mihon@docomo.ne.jp"}),
            json!({}),
            "deposit_mail",
        ),
        (
            "46255",
            json!({"mobile_mail": "taro.mihon@docomo.ne.jp"}),
            json!({"deposit_mail": false, "inserted_text": "x"}),
            "inserted_text",
        ),
        ("46255", taro(), json!({"colour": 1}), "colour"),
        ("46255", json!({"fax": "1"}), json!({}), "user"),
        ("46255", taro(), json!({"miles": -1}), "miles"),
    ] {
        let mut body =
            json!({"tran_id": "T", "campaign_id": campaign, "user": user, "designated_key": "K1"});
        for (name, value) in settings.as_object().unwrap() {
            body[name] = value.clone();
        }
        let answer = site.post("/v1/issuances", body).await.json();
        assert_eq!(
            (&answer["code"], &answer["field"]),
            (&json!("bad_request"), &json!(field))
        );
    }
    let mobile = json!({"tran_id": "T", "campaign_id": "46255", "designated_key": "K1",
        "user": {"mobile_mail": "taro.mihon@docomo.ne.jp"}, "deposit_mail": false,
        "deposit": {"kind": "after_days", "days": 0}});
    assert_eq!(
        site.post("/v1/issuances", mobile).await.ok()["state"],
        "valid"
    );
}

#[tokio::test]
async fn a_user_id_needs_authentication_by_this_site() {
    let site = Site::open().await;
    let by_id = || json!({"user_id": "NM10000003"});
    assert_eq!(
        site.issue("T1", "46255", by_id(), 100).await.code(),
        "41023"
    );
    assert_eq!(
        site.get("/v1/members/NM10000003").await.error().2,
        "not_authenticated"
    );
    assert_eq!(
        site.get("/v1/members/NM99999999").await.error().2,
        "not_authenticated"
    );
    assert_eq!(
        site.post("/v1/members/verify", by_id()).await.ok()["exists"],
        true
    );
    let member = site.get("/v1/members/NM10000003").await.ok();
    assert_eq!(
        (&member["status"], &member["registered_on"]),
        (&json!("full"), &json!("2012-07-15"))
    );
    site.issue("T2", "46255", by_id(), 100).await.ok();
    let none = site
        .post("/v1/members/verify", json!({"mail": "nobody@x.example"}))
        .await
        .ok();
    assert_eq!(
        (&none["exists"], none.get("user_id")),
        (&json!(false), None)
    );
    for (mail, active) in [
        ("kari@member.example", false),
        ("teishi@member.example", false),
    ] {
        let found = site
            .post("/v1/members/verify", json!({"mail": mail}))
            .await
            .ok();
        assert_eq!(
            (&found["exists"], &found["active"]),
            (&json!(true), &json!(active))
        );
    }
}

#[tokio::test]
async fn up_to_ten_rows_by_hand_each_with_its_own_result() {
    let site = Site::open().await;
    let row =
        |mail: &str, miles: u64| json!({"mail": mail, "designated_key": "K1", "miles": miles});
    let body = |tran: &str, rows: Vec<serde_json::Value>| json!({"tran_id": tran, "campaign_id": "46256", "rows": rows});
    let rows = vec![
        row("taro@member.example", 10),
        row("kari@member.example", 10),
        row("taro@member.example", 9),
    ];
    let done = site
        .post("/v1/registrations/by-hand", body("H1", rows.clone()))
        .await
        .ok();
    assert!(done["rows"][0]["issuance_id"].is_string());
    assert_eq!(
        (&done["rows"][1]["code"], &done["rows"][2]["code"]),
        (&json!("41023"), &json!("12006"))
    );
    assert_eq!(
        site.post("/v1/registrations/by-hand", body("H1", rows))
            .await
            .ok(),
        done
    );
    assert_eq!(site.balance("taro").await, 410);
    let id = done["registration_id"].as_str().unwrap();
    let seen = site.get(&format!("/v1/registrations/{id}")).await.ok();
    assert_eq!(
        (&seen["kind"], &seen["records"], &seen["errors"]),
        (&json!("by_hand"), &json!(3), &json!(2))
    );
    assert_eq!(
        site.get(&format!("/v1/registrations/{id}/errors"))
            .await
            .status,
        404
    );
    assert_eq!(
        site.get(&format!("/v1/registrations/{id}/completed"))
            .await
            .status,
        200
    );
    for many in [0, 11] {
        let rows = vec![row("taro@member.example", 10); many];
        assert_eq!(
            site.post("/v1/registrations/by-hand", body("H2", rows))
                .await
                .status,
            400
        );
    }
}

#[tokio::test]
async fn points_become_miles_once() {
    let site = Site::open().await;
    let ask = |miles: u64| json!({"tran_id": "X1", "user": taro(), "designated_key": "CUST1", "miles": miles});
    let done = site.post("/v1/exchanges", ask(2_000)).await.ok();
    assert_eq!(
        (&done["miles"], &done["user_id"]),
        (&json!(2_000), &json!("NM10000002"))
    );
    assert_eq!(site.post("/v1/exchanges", ask(2_000)).await.ok(), done);
    assert_eq!(site.post("/v1/exchanges", ask(2_001)).await.status, 409);
    assert_eq!(site.balance("taro").await, 2_400);
    let found = site.get("/v1/exchanges?tran_id=X1").await.ok();
    assert_eq!(found["exchange"]["exchange_id"], done["exchange_id"]);
    let much =
        json!({"tran_id": "X2", "user": taro(), "designated_key": "CUST1", "miles": 1_000_001});
    assert_eq!(site.post("/v1/exchanges", much).await.code(), "12006");
    assert_eq!(
        site.get("/v1/exchanges?tran_id=X2").await.ok()["refused"]["code"],
        "12006"
    );
    let mobile = json!({"tran_id": "X3", "user": {"mobile_mail": "a@docomo.ne.jp"}, "designated_key": "C", "miles": 1});
    assert_eq!(site.post("/v1/exchanges", mobile).await.status, 400);
}

#[tokio::test]
async fn campaigns_and_sample_mails_can_be_asked_for() {
    let site = Site::open().await;
    let campaign = site.get("/v1/campaigns/46263").await.ok();
    assert_eq!(campaign["rule"], json!({"kind": "fixed", "miles": 10}));
    assert_eq!(
        (&campaign["per_member"], &campaign["per_member_day"]),
        (&json!(3), &json!(1))
    );
    assert_eq!(site.get("/v1/campaigns/99999").await.status, 404);
    let text = "%E3%81%82+b%26c";
    let sample = site
        .get(&format!(
            "/v1/campaigns/46256/samples/deposit?inserted_text={text}"
        ))
        .await
        .ok();
    let body = sample["body"].as_str().unwrap();
    assert!(
        body.contains("あ+b&c") && body.contains("10～500mile"),
        "{body}"
    );
    let other = site
        .get("/v1/campaigns/46256/samples/member_registration")
        .await
        .ok();
    assert_ne!(other["subject"], sample["subject"]);
    assert_eq!(
        site.get("/v1/campaigns/46256/samples/other").await.status,
        404
    );
}

#[tokio::test]
async fn the_test_address_runs_through_and_leaves_no_trace() {
    let site = Site::open().await;
    let test = json!({"mail": "test1@netmile.co.jp"});
    let issued = site.issue("T1", "46255", test, 100).await.ok();
    assert_eq!(issued["state"], "valid");
    site.admin().advance(DAY).await.unwrap();
    let history = site.get("/v1/campaigns/46255/history").await.ok();
    assert_eq!(
        (&history["total"], &history["head"]["issued"]),
        (&json!(0), &json!(0))
    );
    let bill = site.get("/v1/bills/2026-01").await.ok();
    assert_eq!(
        (&bill["issued_miles"], &bill["yen"]),
        (&json!(0), &json!(0))
    );
    assert!(
        site.admin()
            .ledger(None)
            .await
            .unwrap()
            .iter()
            .all(|row| row.kind == "opening")
    );
}
