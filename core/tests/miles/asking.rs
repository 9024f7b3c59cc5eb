//! What changes nothing: members, campaigns, registrations, history, bills.

use netmile::members::MemberStatus;
use netmile::miles::{
    CampaignState, Deposit, HistoryColumn, HistoryOrder, HistorySearch, Hour, IssueRule,
    IssueState, Lists, RegistrationKind, RegistrationSearch, RegistrationState, SampleKind, Usable,
};
use netmile::operation::Outcome;
use netmile::reference::{Day, UserId};
use netmile::schedule::YearMonth;
use netmile::{ErrorKind, Miles};
use serde_json::{Value, json};

use super::support::*;

fn ok(mut body: Value) -> Answer {
    body["result"] = "ok".into();
    answer(200, &body)
}

fn user() -> UserId {
    UserId::new("U0001").unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_member_is_authenticated_by_mail_and_by_id() {
    let house = House::answering([
        ok(json!({ "exists": true, "active": true, "user_id": "U0001" })),
        ok(json!({ "exists": true, "active": false, "user_id": "U0001" })),
        ok(json!({ "exists": false, "active": false })),
    ]);
    let members = house.client.members();
    let known = members.verify_mail(MAIL).await.unwrap();
    assert_eq!(known.user_id, Some(user()));
    assert!(known.active && known.exists());
    let barred = members.verify_user_id(&user()).await.unwrap();
    assert!(barred.exists() && !barred.active);
    let nobody = members.verify_mail("nobody@example.jp").await.unwrap();
    assert!(!nobody.exists());
    assert_eq!(house.calls(), ["POST members/verify"; 3]);
    let body: Value = serde_json::from_slice(&house.sent()[0].body).unwrap();
    assert_eq!(body, json!({ "mail": MAIL }));
    let error = members.verify_mail("no mail").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidValue);
}

#[tokio::test]
async fn an_answer_about_another_member_is_not_believed() {
    for body in [
        json!({ "exists": true, "active": true, "user_id": "U0002" }),
        json!({ "exists": true, "active": true }),
        json!({ "exists": false, "active": true }),
        json!({ "exists": "yes", "active": true, "user_id": "U0001" }),
    ] {
        let house = House::new();
        house.script((0..10).map(|_| ok(body.clone())));
        let error = house.client.members().verify_user_id(&user()).await;
        assert_eq!(error.unwrap_err().kind(), ErrorKind::Transport);
    }
}

#[tokio::test]
async fn member_information_and_passbook() {
    let house = House::answering([
        ok(json!({ "user_id": "U0001", "status": "full", "registered_on": "2020-04-01" })),
        ok(json!({
            "balance": 1200,
            "pending_total": 150,
            "pending": [
                { "miles": 100, "deposit_on": "2026-12-01", "campaign_id": "46255" },
                { "miles": 50, "deposit_on": "2026-12-24", "campaign_id": "46256" },
            ],
        })),
    ]);
    let members = house.client.members();
    let member = members.info(&user()).await.unwrap();
    assert_eq!(member.status, MemberStatus::Full);
    assert_eq!(member.registered_on, day("2020-04-01"));
    let passbook = members.passbook(&user()).await.unwrap();
    assert_eq!(passbook.balance, Miles::new(1200));
    assert_eq!(passbook.pending[1].deposit_on, day("2026-12-24"));
    assert_eq!(
        house.calls(),
        ["GET members/U0001", "GET members/U0001/passbook"]
    );
}

#[tokio::test]
async fn what_changes_nothing_is_asked_again() {
    let body = json!({ "user_id": "U0001", "status": "barred", "registered_on": "2020-04-01" });
    let house = House::answering([lost(), refusal(429, "api", "too_many_requests"), ok(body)]);
    let member = house.client.members().info(&user()).await.unwrap();
    assert_eq!(member.status, MemberStatus::Barred);
    assert_eq!(house.sent().len(), 3);
}

#[tokio::test]
async fn refusals_are_errors_that_say_who_acts() {
    for (status, code, kind) in [
        (400, "bad_request", ErrorKind::InvalidValue),
        (401, "unknown_key", ErrorKind::Configuration),
        (401, "bad_signature", ErrorKind::Configuration),
        (403, "not_authenticated", ErrorKind::InvalidState),
        (403, "not_yours", ErrorKind::InvalidState),
        (404, "not_found", ErrorKind::UnknownOrder),
        (410, "deleted", ErrorKind::InvalidState),
    ] {
        let house = House::answering([refusal(status, "api", code)]);
        let error = house.client.members().info(&user()).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{code}");
        assert!(!error.to_string().contains(MAIL));
    }
}

#[tokio::test]
async fn a_campaign_and_its_sample_mail() {
    let house = House::answering([
        ok(json!({
            "campaign_id": "46255",
            "name": "秋のキャンペーン",
            "state": "running",
            "rule": { "kind": "variable", "min": 10, "max": 500 },
            "issue_from": "2026-11-01",
            "issue_until": "2026-12-31",
            "per_member": 3,
            "per_member_day": null,
            "usable": { "kind": "after_days", "days": 7 },
            "something_new": { "is": ["passed", "over"] },
        })),
        ok(json!({ "subject": "マイル振込のお知らせ", "body": "100 mile" })),
    ]);
    let miles = house.client.miles();
    let campaign = miles.campaign("46255").await.unwrap();
    assert_eq!(campaign.state, CampaignState::Running);
    let (min, max) = (Miles::new(10), Miles::new(500));
    assert_eq!(campaign.rule, IssueRule::Variable { min, max });
    assert_eq!(campaign.usable, Usable::AfterDays(7));
    assert_eq!(
        (campaign.per_member, campaign.per_member_day),
        (Some(3), None)
    );
    let kind = SampleKind::Deposit;
    let mail = miles
        .sample_mail("46255", kind, Some("あ&b"))
        .await
        .unwrap();
    assert_eq!(mail.subject, "マイル振込のお知らせ");
    let shown = format!("{mail:?}");
    assert!(!shown.contains(&mail.body) && shown.contains("body_bytes"));
    assert_eq!(
        house.calls()[1],
        "GET campaigns/46255/samples/deposit?inserted_text=%E3%81%82%26b"
    );
    let long = "x".repeat(501);
    let error = miles.sample_mail("46255", kind, Some(&long)).await;
    assert_eq!(error.unwrap_err().field_name(), Some("inserted_text"));
}

fn registration() -> Value {
    json!({
        "registration_id": "R1",
        "kind": "csv",
        "campaign_id": "46255",
        "campaign_name": "秋のキャンペーン",
        "method": "mail",
        "file_name": "rewards.csv",
        "batch_id": "2026-11",
        "first_row": 1,
        "accepted_at": "2026-11-22T10:00:00+09:00",
        "finished_at": null,
        "state": "processing",
        "records": 10,
        "errors": 2,
        "miles_issued": 800,
        "miles_refused": 200,
        "breakdown": [{ "code": "41053", "count": 2 }],
        "deposit": { "kind": "after_days", "days": 7 },
        "deposit_mail": false,
        "inserted_text": "花子さん、またのご来店を",
        "member_registration": "no",
        "password_generation": "yes",
        "lists": "none",
    })
}

#[tokio::test]
async fn settings_of_a_registration_that_make_no_sense_are_refused() {
    for (field, value) in [
        ("deposit", json!({ "kind": "some_day" })),
        ("deposit", json!({ "kind": "after_days", "days": 366 })),
        ("deposit", json!({ "kind": "after_days" })),
        ("deposit_mail", json!("no")),
        ("inserted_text", json!("x".repeat(501))),
        ("member_registration", json!("perhaps")),
        ("password_generation", json!(false)),
    ] {
        let mut told = registration();
        told[field] = value.clone();
        let house = House::answering([ok(told)]);
        let registrations = house.client.miles().registrations();
        assert!(registrations.get("R1").await.is_err(), "{field}: {value}");
    }
}

#[tokio::test]
async fn registrations_are_found_and_searched() {
    let house = House::answering([
        ok(registration()),
        ok(json!({ "tran_id": "2026-11:1", "found": false })),
        ok(json!({ "tran_id": "2026-11:1", "found": true, "registration": registration() })),
        ok(json!({ "total": 51, "page": 2, "pages": 2, "registrations": [registration()] })),
    ]);
    let registrations = house.client.miles().registrations();
    let one = registrations.get("R1").await.unwrap();
    assert_eq!(one.state, RegistrationState::Processing);
    assert_eq!((one.records, one.errors), (10, 2));
    assert_eq!(one.breakdown[0].code, "41053");
    assert_eq!((one.lists, one.finished_at), (Lists::None, None));
    let set = &one.settings;
    assert_eq!(set.deposit(), Deposit::AfterDays(7));
    assert_eq!(set.inserted_text(), Some("花子さん、またのご来店を"));
    assert!(!set.deposit_mail(false) && !set.member_registration());
    assert!(set.password_generation());
    assert!(!format!("{one:?}").contains("花子"));
    assert_eq!(registrations.find("2026-11:1").await.unwrap(), None);
    assert_eq!(registrations.find("2026-11:1").await.unwrap(), Some(one));
    let search = RegistrationSearch {
        kind: Some(RegistrationKind::Csv),
        from: Some(day("2026-11-01")),
        to: Some(day("2026-11-22")),
        page: 2,
        ..RegistrationSearch::default()
    };
    let page = registrations.search(&search).await.unwrap();
    assert_eq!((page.total, page.items.len()), (51, 1));
    assert_eq!(
        house.calls()[1],
        "GET registrations?tran_id=2026-11%3A1&kind=csv"
    );
    assert_eq!(
        house.calls()[3],
        "GET registrations?kind=csv&from=2026-11-01&to=2026-11-22&page=2"
    );
    let backwards = RegistrationSearch {
        from: Some(day("2026-11-23")),
        ..search
    };
    let error = registrations.search(&backwards).await.unwrap_err();
    assert_eq!(error.field_name(), Some("from"));
}

#[tokio::test]
async fn lists_are_downloaded_as_they_are_and_deleted_for_good() {
    let header = "メールアドレス・ユーザーID,指定キー,マイル発行数,パスワード,氏名(氏),氏名(名)";
    let bytes = netmile::wire::text::encode("list", header, &netmile::wire::TextPolicy::default());
    let list = bytes.unwrap().sjis().to_vec();
    let house = House::answering([raw(200, list.clone()), ok(json!({})), lost()]);
    let registrations = house.client.miles().registrations();
    assert_eq!(registrations.errors("R1").await.unwrap(), list);
    let deleted = registrations.delete_lists("R1").await.unwrap();
    assert_eq!(deleted, Outcome::Done(()));
    let unknown = registrations.delete_lists("R1").await.unwrap();
    assert!(unknown.is_unknown());
    assert_eq!(
        house.calls(),
        [
            "GET registrations/R1/errors",
            "DELETE registrations/R1/lists",
            "DELETE registrations/R1/lists",
        ]
    );
    // A page of somebody in between is no list.
    house.script((0..10).map(|_| raw(200, b"<html>login</html>".to_vec())));
    let error = registrations.completed("R1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
}

#[tokio::test]
async fn the_history_of_a_campaign() {
    let house = House::answering([ok(json!({
        "head": {
            "campaign_name": "秋のキャンペーン", "miles_issued": 300, "issued": 3, "valid": 2, "cancelled": 1,
        },
        "total": 1,
        "page": 1,
        "pages": 1,
        "rows": [{
            "issuance_id": "I1",
            "issued_at": "2026-11-20T13:05:00+09:00",
            "designated_key": "",
            "miles": 100,
            "deposit_on": "2026-11-27",
            "state": "valid",
        }],
    }))]);
    let search = HistorySearch {
        designated_key: Some("CUST0001".to_owned()),
        from: Some(Hour::new(day("2026-11-20"), 13).unwrap()),
        miles_from: Some(Miles::new(10)),
        state: Some(IssueState::Valid),
        order: Some(HistoryOrder {
            column: HistoryColumn::Miles,
            descending: true,
        }),
        ..HistorySearch::default()
    };
    let history = house.client.miles().history();
    let found = history.search("46255", &search).await.unwrap();
    assert_eq!(found.head.miles_issued, Miles::new(300));
    assert_eq!(found.rows.items[0].state, IssueState::Valid);
    assert_eq!(
        house.calls(),
        [
            "GET campaigns/46255/history?key=CUST0001&from=2026-11-20T13&miles_from=10&state=valid&sort=-miles&page=1"
        ]
    );
    assert!(Hour::new(day("2026-11-20"), 24).is_err());
}

#[tokio::test]
async fn the_bill_of_a_month_adds_up() {
    let bill = |yen: i64| {
        json!({
            "month": "2026-11",
            "issued_miles": 100,
            "cancelled_miles": 150,
            "billed_miles": -50,
            "yen": yen,
            "campaigns": [{
                "campaign_id": "46255",
                "issued_miles": 100,
                "cancelled_miles": 150,
                "billed_miles": -50,
                "yen": -50,
            }],
        })
    };
    let month = YearMonth::parse("202611").unwrap();
    let house = House::answering([ok(bill(-50))]);
    let told = house.client.miles().bill(month).await.unwrap();
    assert_eq!((told.total.miles, told.total.yen), (-50, -50));
    assert_eq!(house.calls(), ["GET bills/2026-11"]);
    house.script((0..10).map(|_| ok(bill(50))));
    let error = house.client.miles().bill(month).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
}

#[test]
fn the_blocking_twin_has_the_same_verbs() {
    let house = House::answering([issued(), ok(registration())]);
    let client = netmile::blocking::Client::new(house.client.clone()).unwrap();
    let miles = client.miles();
    assert_eq!(miles.issue(&request()).unwrap(), Outcome::Done(expected()));
    assert_eq!(miles.issues().list(&[], None, 10).unwrap().len(), 1);
    assert_eq!(miles.registrations().get("R1").unwrap().records, 10);
}
