//! Files: upload, processing, lists, search, batches.

use serde_json::json;

use crate::client::{DAY, Site, cp932, file, from_cp932};

const HEAD: &str = "メールアドレス,指定キー,マイル発行数\r\n";

#[tokio::test]
async fn a_file_is_worked_on_later_and_listed_until_the_lists_are_deleted() {
    let site = Site::with(|s| s.office.processing_seconds = 60).await;
    let csv = cp932(&format!(
        "{HEAD}taro@member.example,K1,10\r\nnobody@member.example,K2,20\r\nhanako@member.example,K3,\"1,000\"\r\ntaro@member.example,K1,10\r\n"
    ));
    let mut body = file("b1", 1, "46256", &csv);
    body["notify"] = json!("operator@shop.example");
    let accepted = site
        .post("/v1/registrations/files", body.clone())
        .await
        .ok();
    assert_eq!(accepted["state"], "accepted");
    let id = accepted["registration_id"].as_str().unwrap().to_owned();
    let path = format!("/v1/registrations/{id}");
    assert_eq!(site.get(&path).await.ok()["state"], "accepted");
    assert_eq!(site.get(&format!("{path}/completed")).await.status, 404);
    site.admin().advance(31).await.unwrap();
    assert_eq!(site.get(&path).await.ok()["state"], "processing");
    assert_eq!(site.balance("taro").await, 400);
    let happened = site.admin().advance(29).await.unwrap();
    assert!(
        happened
            .iter()
            .any(|h| h.kind == "file_processed" && h.id == id)
    );
    let done = site.get(&path).await.ok();
    assert_eq!(done["state"], "finished");
    assert_eq!((&done["records"], &done["errors"]), (&json!(4), &json!(2)));
    assert_eq!(
        (&done["miles_issued"], &done["miles_refused"]),
        (&json!(20), &json!(20))
    );
    assert_eq!(
        done["breakdown"],
        json!([{"code": "19015", "count": 1}, {"code": "41053", "count": 1}])
    );
    assert_eq!(site.balance("taro").await, 420);
    // The same upload again is the same registration.
    assert_eq!(
        site.post("/v1/registrations/files", body).await.ok(),
        accepted
    );
    let found = site.get("/v1/registrations?tran_id=b1:1").await.ok();
    assert_eq!(found["registration"]["registration_id"], json!(id));
    let completed = site.get(&format!("{path}/completed")).await;
    let head = "メールアドレス・ユーザーID,指定キー,マイル発行数,パスワード,氏名(氏),氏名(名)";
    let row = "taro@member.example,K1,10,,,\r\n";
    assert_eq!(
        from_cp932(&completed.bytes),
        format!("{head}\r\n{row}{row}")
    );
    let errors = site.get(&format!("{path}/errors")).await;
    assert_eq!(
        from_cp932(&errors.bytes),
        format!(
            "{head},エラー\r\nnobody@member.example,K2,20,,,,41053\r\nhanako@member.example,K3,\"1,000\",,,,19015\r\n"
        )
    );
    let mails = site.admin().miles_mails(0, 10).await.unwrap();
    let kinds: Vec<&str> = mails.iter().map(|m| m.kind.as_str()).collect();
    assert_eq!(kinds, ["deposit", "deposit", "finished"]);
    assert_eq!(mails[2].to, "operator@shop.example");
    for _ in 0..2 {
        site.delete(&format!("{path}/lists")).await.ok();
    }
    assert_eq!(
        site.get(&format!("{path}/completed")).await.error().2,
        "deleted"
    );
    assert_eq!(site.get(&format!("{path}/errors")).await.status, 410);
    assert_eq!(site.get(&path).await.ok()["lists"], "deleted");
}

#[tokio::test]
async fn a_row_of_a_batch_is_issued_once_and_a_file_may_come_again_in_another() {
    let site = Site::open().await;
    let csv = b"taro@member.example,K1,10\ntaro@member.example,K1,10\n";
    site.upload("b1", 1, "46256", csv).await.ok();
    // Rows 1 and 2 are taken.
    assert_eq!(site.upload("b1", 2, "46256", csv).await.error().0, 409);
    assert_eq!(site.upload("b1", 3, "46256", csv).await.status, 200);
    assert_eq!(
        site.upload("b1", 1, "46257", csv).await.error().2,
        "conflict"
    );
    site.upload("b2", 1, "46256", csv).await.ok();
    let all = site.get("/v1/registrations").await.ok();
    assert_eq!(all["total"], 3);
    assert_eq!(site.balance("taro").await, 460);
    let mut body = file("b3", 1, "46256", csv);
    body["tran_id"] = json!("b3:2");
    assert_eq!(
        site.post("/v1/registrations/files", body).await.json()["field"],
        "tran_id"
    );
}

#[tokio::test]
async fn what_is_no_such_file_is_refused_whole() {
    let site = Site::open().await;
    for _ in 0..2 {
        let (status, table, code) = site.upload("b1", 1, "46256", b"a,b\n").await.error();
        assert_eq!(
            (status, table.as_str(), code.as_str()),
            (422, "file", "malformed")
        );
    }
    let many = "taro@member.example,K1,10\n".repeat(10_001);
    let (_, table, code) = site.upload("b2", 1, "46256", many.as_bytes()).await.error();
    assert_eq!((table.as_str(), code.as_str()), ("file", "too_many_rows"));
    let found = site.get("/v1/registrations?tran_id=b2:1").await.ok();
    assert_eq!(found["refused"]["code"], "too_many_rows");
    let large = vec![b'a'; 4 * 1024 * 1024 + 1];
    assert_eq!(
        site.upload("b3", 1, "46256", &large).await.json()["field"],
        "csv"
    );
    let huge = vec![b'a'; 7 * 1024 * 1024];
    assert_eq!(site.upload("b3", 1, "46256", &huge).await.error().0, 413);
    assert_eq!(site.balance("taro").await, 400);
}

#[tokio::test]
async fn a_file_by_user_id_and_by_mobile_mail() {
    let site = Site::open().await;
    site.post("/v1/members/verify", json!({"user_id": "NM10000003"}))
        .await
        .ok();
    let mut body = file(
        "b1",
        1,
        "46256",
        &cp932("ユーザーID,指定キー,マイル発行数\nNM10000003,K1,10\nNM10000002,K1,10\n"),
    );
    body["method"] = json!("user_id");
    site.post("/v1/registrations/files", body).await.ok();
    let found = site.get("/v1/registrations?tran_id=b1:1").await.ok();
    assert_eq!(
        found["registration"]["breakdown"],
        json!([{"code": "41023", "count": 1}])
    );
    let mut body = file(
        "b2",
        1,
        "46256",
        b"taro.mihon@docomo.ne.jp,K1,10\ntaro@member.example,K1,10\n",
    );
    body["method"] = json!("mobile_mail");
    assert_eq!(
        site.post("/v1/registrations/files", body.clone())
            .await
            .json()["field"],
        "deposit_mail"
    );
    body["deposit_mail"] = json!(false);
    site.post("/v1/registrations/files", body).await.ok();
    let found = site.get("/v1/registrations?tran_id=b2:1").await.ok();
    assert_eq!(
        found["registration"]["breakdown"],
        json!([{"code": "19013", "count": 1}])
    );
    assert_eq!(site.balance("taro").await, 410);
}

#[tokio::test]
async fn registrations_are_searched_over_three_months() {
    let site = Site::open().await;
    for batch in 0..51 {
        site.upload(
            &format!("b{batch}"),
            1,
            "46256",
            b"taro@member.example,K1,10\n",
        )
        .await
        .ok();
    }
    site.admin().advance(DAY).await.unwrap();
    site.upload("late", 1, "46255", b"taro@member.example,K1,100\n")
        .await
        .ok();
    let ask = async |query: &str| site.get(&format!("/v1/registrations?{query}")).await.ok();
    let first = ask("").await;
    assert_eq!((&first["total"], &first["pages"]), (&json!(52), &json!(2)));
    assert_eq!(first["registrations"][0]["batch_id"], "late");
    assert_eq!(
        ask("page=2").await["registrations"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(ask("campaign_id=46255").await["total"], 1);
    assert_eq!(ask("from=2026-01-03&to=2026-01-03").await["total"], 1);
    assert_eq!(ask("to=2026-01-02&kind=csv").await["total"], 51);
    assert_eq!(ask("kind=by_hand").await["total"], 0);
    let id = first["registrations"][0]["registration_id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(ask(&format!("registration_id={id}")).await["total"], 1);
    assert_eq!(site.get("/v1/registrations?kind=fax").await.status, 400);
    assert_eq!(site.get("/v1/registrations?colour=red").await.status, 400);
    site.admin().advance(91 * DAY).await.unwrap();
    assert_eq!(ask("").await["total"], 0);
    assert_eq!(
        site.get(&format!("/v1/registrations/{id}")).await.status,
        200
    );
}
