//! One issue: what is sent, and what an answer is believed to say.

use netmile::engine::HttpMethod;
use netmile::miles::{Deposit, IssueRequest, IssueSettings};
use netmile::operation::Outcome;
use netmile::reference::{Phase, User};
use netmile::wire::signature::Canonical;
use netmile::{ErrorKind, Miles};
use serde_json::{Value, json};

use super::support::*;

#[tokio::test]
async fn an_issue_is_signed_and_told() {
    let house = House::answering([issued()]);
    let outcome = house.client.miles().issue(&request()).await.unwrap();
    assert_eq!(outcome, Outcome::Done(expected()));
    assert_eq!(house.calls(), ["POST issuances"]);

    let sent = house.sent().remove(0);
    let header = |name: &str| {
        let found = sent.headers.iter().find(|(known, _)| known == name);
        found.unwrap().1.clone()
    };
    assert_eq!(sent.method, HttpMethod::Post);
    assert_eq!(header("x-key-id"), "K1");
    assert_eq!(header("x-timestamp"), NOW.to_string());
    let nonce = header("x-nonce");
    let canonical = Canonical {
        method: "POST",
        path: "/base/v1/issuances",
        query: &[],
        timestamp: NOW,
        nonce: &nonce,
        body: &sent.body,
    };
    assert!(canonical.is_signed(SECRET.as_bytes(), &header("x-signature")));
    let body: Value = serde_json::from_slice(&sent.body).unwrap();
    assert_eq!(
        body,
        json!({
            "tran_id": "T-1",
            "campaign_id": "46255",
            "user": { "mail": MAIL },
            "designated_key": "CUST0001",
            "miles": 100,
            "deposit": { "kind": "after_days", "days": 7 },
            "deposit_mail": true,
            "member_registration": "no",
            "password_generation": "no",
        })
    );
    // Who asked knows; nobody is told again.
    assert!(house.told().await.is_empty());
}

#[tokio::test]
async fn the_same_issue_again_is_answered_from_the_journal() {
    let house = House::answering([issued()]);
    for _ in 0..3 {
        let outcome = house.client.miles().issue(&request()).await.unwrap();
        assert_eq!(outcome, Outcome::Done(expected()));
    }
    assert_eq!(house.sent().len(), 1);
    let other = request().with_miles(Miles::new(101));
    let error = house.client.miles().issue(&other).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert_eq!(house.sent().len(), 1);
}

#[tokio::test]
async fn a_refusal_by_a_rule_is_final_for_its_tran_id() {
    let house = House::answering([refusal(422, "manual", "44038")]);
    for _ in 0..2 {
        let outcome = house.client.miles().issue(&request()).await.unwrap();
        let Outcome::Rejected(why) = &outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!(why.code, "manual:44038");
        assert_eq!(
            (why.table(), why.code_in_table()),
            (Some("manual"), "44038")
        );
        assert!(!format!("{outcome:?}").contains(MAIL));
    }
    assert_eq!(house.sent().len(), 1);
    assert!(house.told().await.is_empty());
}

#[tokio::test]
async fn a_refusal_at_the_door_may_be_asked_again() {
    for (status, code) in [
        (400, "bad_request"),
        (401, "unknown_key"),
        (401, "bad_signature"),
        (403, "not_authenticated"),
        (403, "not_yours"),
        (404, "not_found"),
        (409, "conflict"),
        (413, "too_large"),
    ] {
        let house = House::answering([refusal(status, "api", code), issued()]);
        let outcome = house.client.miles().issue(&request()).await.unwrap();
        let Outcome::Rejected(why) = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!(why.code, format!("api:{code}"));
        let outcome = house.client.miles().issue(&request()).await.unwrap();
        assert_eq!(outcome, Outcome::Done(expected()));
        assert_eq!(house.sent().len(), 2);
    }
}

#[tokio::test]
async fn the_field_of_a_refusal_is_told_and_its_message_is_not() {
    let body = |field: &str| json!({ "result": "error", "table": "api", "code": "bad_request", "field": field, "message": MAIL });
    let house = House::answering([answer(400, &body("settings.deposit"))]);
    let Outcome::Rejected(why) = house.client.miles().issue(&request()).await.unwrap() else {
        panic!();
    };
    assert_eq!(why.detail("field"), Some("settings.deposit"));
    assert_eq!(why.details.len(), 1);
    let house = House::answering([answer(400, &body(MAIL))]);
    let Outcome::Rejected(why) = house.client.miles().issue(&request()).await.unwrap() else {
        panic!();
    };
    assert!(why.details.is_empty());
}

#[tokio::test]
async fn what_is_no_answer_of_the_reference_api_leaves_it_unknown() {
    let with = |name: &str, value: Value| {
        let mut body = issuance();
        body["result"] = "ok".into();
        body[name] = value;
        answer(200, &body)
    };
    let without = |name: &str| {
        let mut body = issuance();
        body["result"] = "ok".into();
        body.as_object_mut().unwrap().remove(name);
        answer(200, &body)
    };
    let whole = serde_json::to_string(&issuance()).unwrap();
    let twice = whole.replacen('{', r#"{"result":"ok","miles":100,"#, 1);
    let answers = [
        ("lost", lost()),
        ("empty", raw(200, Vec::new())),
        ("HTML", raw(200, b"<html>OK</html>".to_vec())),
        ("cut off", raw(200, whole.as_bytes()[..40].to_vec())),
        ("not UTF-8", raw(200, b"{\"result\":\"\xff\"}".to_vec())),
        ("a list", raw(200, b"[]".to_vec())),
        ("nested too deep", raw(200, "[".repeat(10_000).into_bytes())),
        ("too long", raw(200, vec![b' '; 9 * 1024 * 1024])),
        ("a field twice", raw(200, twice.into_bytes())),
        ("no result", answer(200, &issuance())),
        ("another result", with("result", "maybe".into())),
        ("another tran_id", with("tran_id", "T-2".into())),
        ("other miles", with("miles", 1000.into())),
        ("miles below 0", with("miles", (-100).into())),
        ("miles as text", with("miles", "100".into())),
        ("half miles", with("miles", 100.5.into())),
        ("no id", without("issuance_id")),
        ("an id that is a path", with("issuance_id", "../1".into())),
        ("an unknown state", with("state", "gone".into())),
        ("no day", with("deposit_on", "2026-02-30".into())),
        ("no instant", with("issued_at", "yesterday".into())),
        ("an error with 200", refusal(200, "manual", "44038")),
        ("a proxy's 404", raw(404, b"not found".to_vec())),
        ("a proxy's 403", raw(403, b"{}".to_vec())),
        ("a rule with 400", refusal(400, "manual", "44038")),
        ("the door with 422", refusal(422, "api", "bad_request")),
        ("an unknown table", refusal(422, "other", "44038")),
        (
            "a code that is a sentence",
            refusal(422, "manual", "no such thing"),
        ),
        ("stale", refusal(401, "api", "stale")),
        ("replayed", refusal(401, "api", "replayed")),
        ("another 401", refusal(401, "api", "whatever")),
        ("too many", refusal(429, "api", "too_many_requests")),
        ("server error", refusal(500, "manual", "44038")),
        ("gateway", raw(502, Vec::new())),
        ("created", raw(201, whole.into_bytes())),
        ("redirect", raw(302, Vec::new())),
    ];
    for (what, said) in answers {
        let house = House::answering([said]);
        let outcome = house.client.miles().issue(&request()).await.unwrap();
        assert!(outcome.is_unknown(), "{what}: {outcome:?}");
        // Nothing is sent again blindly.
        assert_eq!(house.sent().len(), 1, "{what}");
        let issue = house.client.miles().issues().get("T-1").await.unwrap();
        assert_eq!(issue.phase, Phase::Unknown, "{what}");
    }
}

#[tokio::test]
async fn what_never_left_is_sent_again_and_recorded_each_time() {
    let house = House::answering([not_sent(), not_sent(), issued()]);
    let outcome = house.client.miles().issue(&request()).await.unwrap();
    assert_eq!(outcome, Outcome::Done(expected()));
    let nonces: std::collections::BTreeSet<String> = house
        .sent()
        .iter()
        .map(|sent| format!("{:?}", sent.headers[2]))
        .collect();
    assert_eq!(nonces.len(), 3);
}

#[tokio::test]
async fn an_error_means_that_nothing_was_sent_and_the_call_may_be_repeated() {
    let house = House::answering((0..20).map(|_| not_sent()));
    let miles = house.client.miles();
    let error = miles.issue(&request()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    let issue = miles.issues().get("T-1").await.unwrap();
    assert_eq!(issue.phase, Phase::Prepared);
    // Nobody but the shop sends what never left.
    house.clock.advance(100_000);
    assert!(house.client.resolve().await.unwrap().issues.is_empty());
    house.net.answers.lock().unwrap().clear();
    house.script([issued()]);
    let outcome = miles.issue(&request()).await.unwrap();
    assert_eq!(outcome, Outcome::Done(expected()));
}

#[tokio::test]
async fn what_the_guides_refuse_is_refused_before_anything_is_recorded() {
    let house = House::new();
    let mobile = || User::mobile_mail("hanako@docomo.ne.jp").unwrap();
    let with = |settings| request().with_settings(settings);
    let to_mobile =
        |settings| IssueRequest::new("T-1", "46255", mobile(), "CUST0001").with_settings(settings);
    let plain = IssueSettings::default;
    let user = || User::mail(MAIL).unwrap();
    let long = "あ".repeat(501);
    for (field, request) in [
        ("tran_id", IssueRequest::new("", "46255", user(), "K")),
        ("tran_id", IssueRequest::new("a b", "46255", user(), "K")),
        (
            "tran_id",
            IssueRequest::new("x".repeat(65), "46255", user(), "K"),
        ),
        ("campaign_id", IssueRequest::new("T-1", "../1", user(), "K")),
        (
            "designated_key",
            IssueRequest::new("T-1", "46255", user(), ""),
        ),
        (
            "designated_key",
            IssueRequest::new("T-1", "46255", user(), "CUST-1"),
        ),
        (
            "designated_key",
            IssueRequest::new("T-1", "46255", user(), "ＣＵＳＴ"),
        ),
        (
            "designated_key",
            IssueRequest::new("T-1", "46255", user(), "k".repeat(256)),
        ),
        ("miles", request().with_miles(Miles::new(0))),
        ("miles", request().with_miles(Miles::new(1_000_000_000))),
        ("miles", request().with_miles(Miles::new(u64::MAX))),
        (
            "deposit",
            with(plain().with_deposit(Deposit::AfterDays(366))),
        ),
        ("inserted_text", with(plain().with_inserted_text(long))),
        ("inserted_text", with(plain().with_inserted_text("a\0"))),
        (
            "member_registration",
            with(plain().with_member_registration(true)),
        ),
        (
            "password_generation",
            with(plain().with_password_generation(true)),
        ),
        ("deposit_mail", to_mobile(plain().with_deposit_mail(true))),
        (
            "inserted_text",
            to_mobile(plain().with_inserted_text("ありがとう")),
        ),
    ] {
        let error = house.client.miles().issue(&request).await.unwrap_err();
        assert_eq!(error.field_name(), Some(field));
        let expected = match field {
            "member_registration" | "password_generation" => ErrorKind::NotInContract,
            _ => ErrorKind::InvalidValue,
        };
        assert_eq!(error.kind(), expected);
    }
    assert!(house.sent().is_empty());
    let all = house.client.miles().issues().list(&[], None, 10).await;
    assert!(all.unwrap().is_empty());
}

#[tokio::test]
async fn the_address_of_a_mobile_carrier_goes_by_its_own_method() {
    let house = House::new();
    let to = |user| IssueRequest::new("T-1", "46255", user, "CUST0001");
    let mail = to(User::mail("hanako@docomo.ne.jp").unwrap());
    let mobile = to(User::mobile_mail(MAIL).unwrap());
    for (request, field) in [(mail, "user.mail"), (mobile, "user.mobile_mail")] {
        let error = house.client.miles().issue(&request).await.unwrap_err();
        assert_eq!(error.field_name(), Some(field));
        assert!(!error.to_string().contains("hanako"));
    }
    assert!(house.sent().is_empty());
}

#[tokio::test]
async fn a_mobile_phone_gets_no_mail() {
    let house = House::answering([lost()]);
    let mobile = User::mobile_mail("a..b@docomo.ne.jp").unwrap();
    let request = IssueRequest::new("T-1", "46255", mobile, "CUST0001");
    let _ = house.client.miles().issue(&request).await.unwrap();
    let body: Value = serde_json::from_slice(&house.sent()[0].body).unwrap();
    assert_eq!(body["user"], json!({ "mobile_mail": "a..b@docomo.ne.jp" }));
    assert_eq!(body["deposit_mail"], json!(false));
    assert_eq!(body.get("inserted_text"), None);
    assert_eq!(body.get("miles"), None);
}

#[tokio::test]
async fn nothing_personal_or_secret_is_printed() {
    let house = House::answering([lost()]);
    let outcome = house.client.miles().issue(&request()).await.unwrap();
    let issue = house.client.miles().issues().get("T-1").await.unwrap();
    let printed = format!(
        "{outcome:?} {issue:?} {:?} {:?} {:?} {:?}",
        request(),
        house.client,
        house.client.site().unwrap(),
        house.sent(),
    );
    assert!(!printed.contains("hanako"), "{printed}");
    assert!(!printed.contains(SECRET), "{printed}");
    for wrong in [
        "hanako",
        "hanako@",
        "@x.jp",
        "ha nako@x.jp",
        "hanako@x",
        "花子@x.jp",
        "a@b@c.jp",
    ] {
        let error = User::mail(wrong).unwrap_err();
        assert_eq!(error.field_name(), Some("mail"));
        assert!(!error.to_string().contains(wrong));
    }
}

#[tokio::test]
async fn a_client_needs_a_contract_or_a_site() {
    let error = netmile::Client::builder().build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    let client = House::new().client;
    assert_eq!(
        client.contract().unwrap_err().kind(),
        ErrorKind::Configuration
    );
    assert!(client.for_site("8763").is_ok());
    assert_eq!(
        client.for_site("1").unwrap_err().kind(),
        ErrorKind::UnknownMerchant
    );
}
