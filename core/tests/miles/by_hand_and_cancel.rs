//! Issues by hand and wishes to cancel.

use netmile::miles::{
    ByHandRequest, CancelReason, CancelRefusal, CancelResult, CancelStanding, Cancellation,
    HandIssued, HandResult, HandRow,
};
use netmile::operation::{Outcome, Rejection};
use netmile::purchase::FactKind;
use netmile::reference::{DECISION_DAYS, Mail, Phase, Review};
use netmile::{ErrorKind, Miles};
use serde_json::{Value, json};

use super::support::*;

fn rows(count: usize) -> ByHandRequest {
    let row = |at| HandRow::new(Mail::new(MAIL).unwrap(), format!("CUST{at}"));
    let rows = (0..count).map(|at| row(at).with_miles(Miles::new(100)));
    ByHandRequest::new("H-1", "46255", rows.collect())
}

fn two_rows() -> Value {
    json!({
        "result": "ok",
        "registration_id": "R1",
        "rows": [{ "row": 2, "code": "41053" }, { "row": 1, "issuance_id": "I1" }],
    })
}

fn two_results() -> HandIssued {
    HandIssued {
        registration_id: "R1".to_owned(),
        rows: vec![
            HandResult::Issued("I1".to_owned()),
            HandResult::Refused(Rejection::of_table("manual", "41053")),
        ],
    }
}

fn registered() -> Answer {
    answer(
        200,
        &json!({ "result": "ok", "tran_id": "H-1", "found": true,
            "registration": { "registration_id": "R1", "kind": "by_hand" } }),
    )
}

#[tokio::test]
async fn each_row_has_its_own_result() {
    let house = House::answering([answer(200, &two_rows())]);
    let outcome = house.client.miles().issue_by_hand(&rows(2)).await.unwrap();
    assert_eq!(outcome, Outcome::Done(two_results()));
    assert_eq!(two_results().refused(), 1);
    assert_eq!(house.calls(), ["POST registrations/by-hand"]);
    let body: Value = serde_json::from_slice(&house.sent()[0].body).unwrap();
    assert_eq!(
        body["rows"][1],
        json!({ "mail": MAIL, "designated_key": "CUST1", "miles": 100 })
    );
}

#[tokio::test]
async fn one_to_ten_rows_go_by_hand() {
    let house = House::new();
    for count in [0, 11] {
        let error = house.client.miles().issue_by_hand(&rows(count)).await;
        assert_eq!(error.unwrap_err().field_name(), Some("rows"));
    }
    let bad = HandRow::new(Mail::new(MAIL).unwrap(), "no-key");
    let request = ByHandRequest::new("H-1", "46255", vec![bad]);
    let error = house.client.miles().issue_by_hand(&request).await;
    assert_eq!(
        error.unwrap_err().field_name(),
        Some("rows[0].designated_key")
    );
    assert!(house.sent().is_empty());
}

#[tokio::test]
async fn rows_that_do_not_fit_leave_it_unknown() {
    let one = |rows: Value| {
        let mut body = two_rows();
        body["rows"] = rows;
        answer(200, &body)
    };
    for said in [
        one(json!([{ "row": 1, "issuance_id": "I1" }])),
        one(json!([{ "row": 1, "issuance_id": "I1" }, { "row": 1, "issuance_id": "I2" }])),
        one(json!([{ "row": 1, "issuance_id": "I1" }, { "row": 3, "issuance_id": "I2" }])),
        one(
            json!([{ "row": 1, "issuance_id": "I1", "code": "41053" }, { "row": 2, "code": "41053" }]),
        ),
        one(json!([{ "row": 1 }, { "row": 2, "code": "41053" }])),
        one(json!([{ "row": 1, "code": "x" }, { "row": 2, "code": "41053" }])),
        one(json!([1, 2])),
    ] {
        let house = House::answering([said]);
        let outcome = house.client.miles().issue_by_hand(&rows(2)).await.unwrap();
        assert!(outcome.is_unknown());
    }
}

#[tokio::test]
async fn a_registration_that_exists_is_sent_again_to_hear_its_rows() {
    let house = House::answering([lost(), registered(), answer(200, &two_rows())]);
    let miles = house.client.miles();
    let _ = miles.issue_by_hand(&rows(2)).await.unwrap();
    house.clock.advance(5);
    let resolved = house.client.resolve().await.unwrap();
    assert_eq!(resolved.by_hand[0].answer, Some(two_results()));
    assert_eq!(
        house.calls(),
        [
            "POST registrations/by-hand",
            "GET registrations?tran_id=H-1&kind=by_hand",
            "POST registrations/by-hand",
        ]
    );
    assert_eq!(house.told_kinds().await, [FactKind::MilesIssued]);
}

#[tokio::test]
async fn a_refusal_at_the_door_says_nothing_of_what_was_done_before() {
    let door = refusal(401, "api", "bad_signature");
    let house = House::answering([lost(), registered(), door]);
    let miles = house.client.miles();
    let _ = miles.issue_by_hand(&rows(2)).await.unwrap();
    let by_hand = miles.by_hand().resolve("H-1").await.unwrap();
    assert_eq!(by_hand.phase, Phase::Unknown);
    house.script([registered(), not_sent(), not_sent(), not_sent(), not_sent()]);
    let by_hand = miles.by_hand().resolve("H-1").await.unwrap();
    assert_eq!(by_hand.phase, Phase::Unknown);
    assert!(house.told().await.is_empty());
}

fn wish() -> [String; 3] {
    ["I1", "I2", "I3"].map(str::to_owned)
}

fn cancelled() -> Value {
    json!({
        "result": "ok",
        "cancellation_id": "C1",
        "reason": "returned_goods",
        "results": [
            { "issuance_id": "I1", "result": "cancelled" },
            { "issuance_id": "I2", "result": "application_received" },
            { "issuance_id": "I3", "result": "refused", "why": "over_90_days" },
        ],
    })
}

fn result(id: &str, standing: CancelStanding) -> CancelResult {
    CancelResult {
        issuance_id: id.to_owned(),
        standing,
    }
}

fn cancellation() -> Cancellation {
    Cancellation {
        cancellation_id: "C1".to_owned(),
        reason: CancelReason::ReturnedGoods,
        results: vec![
            result("I1", CancelStanding::Cancelled),
            result("I2", CancelStanding::Applied),
            result("I3", CancelStanding::Refused(CancelRefusal::Over90Days)),
        ],
    }
}

#[tokio::test]
async fn each_issue_of_a_wish_has_its_own_result() {
    let house = House::answering([answer(200, &cancelled())]);
    let miles = house.client.miles();
    let reason = CancelReason::ReturnedGoods;
    for _ in 0..2 {
        let outcome = miles.cancel("C-1", &wish(), reason.clone()).await;
        let outcome = outcome.unwrap();
        assert_eq!(outcome, Outcome::Done(cancellation()));
    }
    assert_eq!(cancellation().cancelled(), 1);
    assert!(cancellation().is_pending());
    assert_eq!(house.calls(), ["POST cancellations"]);
    let body: Value = serde_json::from_slice(&house.sent()[0].body).unwrap();
    assert_eq!(
        body,
        json!({ "tran_id": "C-1", "issuance_ids": ["I1", "I2", "I3"], "reason": "returned_goods" })
    );
    // The reason can not be changed.
    let other = miles.cancel("C-1", &wish(), CancelReason::Other).await;
    assert_eq!(other.unwrap_err().kind(), ErrorKind::Conflict);
}

#[tokio::test]
async fn a_wish_is_asked_about_and_its_application_followed() {
    let mut later = cancelled();
    later["found"] = true.into();
    later["tran_id"] = "C-1".into();
    later["results"][1] = json!({ "issuance_id": "I2", "result": "pending" });
    let house = House::answering([lost(), answer(200, &later)]);
    let miles = house.client.miles();
    let reason = CancelReason::ReturnedGoods;
    let outcome = miles.cancel("C-1", &wish(), reason).await.unwrap();
    assert!(outcome.is_unknown());
    let cancel = miles.cancels().resolve("C-1").await.unwrap();
    assert_eq!(cancel.answer, Some(cancellation()));
    assert_eq!(house.calls()[1], "GET cancellations?tran_id=C-1");
    assert_eq!(house.told_kinds().await, [FactKind::MilesCancelAnswered]);

    later["results"][1] = json!({ "issuance_id": "I2", "result": "approved" });
    house.script([answer(200, &later)]);
    let now = miles.cancellation("C1").await.unwrap();
    assert_eq!(now.cancelled(), 2);
    assert!(!now.is_pending());
    assert_eq!(house.calls()[2], "GET cancellations/C1");
}

#[tokio::test]
async fn results_about_other_issues_are_not_believed() {
    for (at, value) in [
        ("results", json!([])),
        (
            "results",
            json!([{ "issuance_id": "I1", "result": "cancelled" }]),
        ),
        (
            "results",
            json!([
                { "issuance_id": "I1", "result": "cancelled" },
                { "issuance_id": "I2", "result": "cancelled" },
                { "issuance_id": "I4", "result": "cancelled" },
            ]),
        ),
        (
            "results",
            json!([
                { "issuance_id": "I1", "result": "perhaps" },
                { "issuance_id": "I2", "result": "cancelled" },
                { "issuance_id": "I3", "result": "cancelled" },
            ]),
        ),
        ("reason", json!("other")),
        ("reason", json!("because")),
        ("reason", json!("two words")),
        ("reason", json!("r".repeat(41))),
        ("cancellation_id", json!("C/1")),
    ] {
        let mut body = cancelled();
        body[at] = value;
        let house = House::answering([answer(200, &body)]);
        let reason = CancelReason::ReturnedGoods;
        let outcome = house.client.miles().cancel("C-1", &wish(), reason).await;
        assert!(outcome.unwrap().is_unknown(), "{body}");
    }
}

#[tokio::test]
async fn what_netmile_decides_about_an_application_is_told_once_without_being_asked() {
    let told = |result: Value| {
        let mut body = cancelled();
        body["found"] = true.into();
        body["tran_id"] = "C-1".into();
        body["results"][1] = result;
        answer(200, &body)
    };
    let pending = || told(json!({ "issuance_id": "I2", "result": "pending" }));
    let house = House::answering([answer(200, &cancelled())]);
    let miles = house.client.miles();
    let reason = CancelReason::ReturnedGoods;
    assert!(
        miles
            .cancel("C-1", &wish(), reason.clone())
            .await
            .unwrap()
            .is_done()
    );
    // Nobody asks again at once, and nothing is open.
    assert!(house.client.resolve().await.unwrap().cancels.is_empty());
    assert!(miles.cancels().unresolved(10).await.unwrap().is_empty());

    // An hour later NetMile has not decided, then nobody answers: each time it is asked an hour later again.
    for answers in [vec![pending()], Vec::new()] {
        let asked = house.sent().len();
        house.script(answers);
        house.clock.advance(3_600);
        let looked = house.client.resolve().await.unwrap().cancels;
        assert!(looked[0].is_pending());
        assert!(house.sent().len() > asked);
        assert!(house.told_kinds().await.is_empty());
        let asked = house.sent().len();
        house.clock.advance(3_500);
        assert!(house.client.resolve().await.unwrap().cancels.is_empty());
        assert_eq!(house.sent().len(), asked);
    }
    let no = json!({ "issuance_id": "I2", "result": "rejected", "why": "declined" });
    house.script([told(no)]);
    house.clock.advance(3_600);
    let looked = house.client.resolve().await.unwrap().cancels;
    let standing = &looked[0].answer.as_ref().unwrap().results[1].standing;
    let declined = CancelStanding::Rejected(CancelRefusal::Declined);
    assert_eq!(*standing, declined);
    assert_eq!(house.told_kinds().await, [FactKind::MilesCancelDecided]);
    let kept = miles.cancels().get("C-1").await.unwrap();
    assert_eq!(kept.phase, Phase::Done);
    assert_eq!(kept.answer, looked[0].answer);
    // The same wish again tells what was decided; nothing is asked any more.
    let asked = house.sent().len();
    let again = miles.cancel("C-1", &wish(), reason).await.unwrap();
    assert_eq!(again.done(), kept.answer);
    house.clock.advance(100_000);
    assert!(house.client.resolve().await.unwrap().cancels.is_empty());
    assert_eq!(house.sent().len(), asked);
}

#[tokio::test]
async fn an_application_that_nobody_decides_goes_to_a_person_after_14_days() {
    const DAY: i64 = 86_400;
    let told = |result: &str| {
        let mut body = cancelled();
        body["found"] = true.into();
        body["tran_id"] = "C-1".into();
        body["results"][1] = json!({ "issuance_id": "I2", "result": result });
        answer(200, &body)
    };
    let house = House::answering([answer(200, &cancelled())]);
    let miles = house.client.miles();
    let reason = CancelReason::ReturnedGoods;
    let outcome = miles.cancel("C-1", &wish(), reason.clone()).await;
    assert!(outcome.unwrap().is_done());
    // As long as it may be decided it is no one's business, whoever answers.
    for hour in 1..=DECISION_DAYS * 24 {
        house.clock.advance(3_600);
        house.script((hour % 7 > 0).then(|| told("pending")));
        let looked = house.client.resolve().await.unwrap().cancels;
        assert_eq!(looked[0].phase, Phase::Done, "hour {hour}");
    }
    assert!(miles.cancels().unresolved(10).await.unwrap().is_empty());
    assert!(house.told_kinds().await.is_empty());

    house.clock.advance(3_600);
    house.script([told("pending")]);
    let looked = house.client.resolve().await.unwrap().cancels;
    assert_eq!(looked[0].phase, Phase::NeedsReview);
    assert_eq!(house.told_kinds().await, [FactKind::NeedsReview]);
    let open = miles.cancels().unresolved(10).await.unwrap();
    assert_eq!(open, looked);
    assert!(open[0].is_pending());

    // What was answered so far is known, nothing is asked any more by itself, and nothing is sent again.
    let asked = house.sent().len();
    house.clock.advance(30 * DAY);
    assert!(house.client.resolve().await.unwrap().cancels.is_empty());
    assert_eq!(house.sent().len(), asked);
    let missing = json!({ "result": "ok", "tran_id": "C-1", "found": false });
    house.script([told("pending"), answer(200, &missing)]);
    let again = miles.cancel("C-1", &wish(), reason).await.unwrap();
    assert_eq!(again.done(), open[0].answer);
    let recovered = house.client.recover().await.unwrap().cancels;
    assert_eq!(recovered, open);
    assert!(house.told_kinds().await.is_empty());
    let calls = house.calls();
    assert_eq!(calls.iter().filter(|c| c.starts_with("POST")).count(), 1);

    // A person says what was decided; that it is still open, or never was, ends nothing.
    let cancels = miles.cancels();
    let mut verdict = open[0].answer.clone().unwrap();
    for review in [Review::Missing, Review::Happened(verdict.clone())] {
        let error = cancels.review("C-1", review).await.unwrap_err();
        assert_eq!(error.field_name(), Some("verdict"));
    }
    verdict.results[1].standing = CancelStanding::Rejected(CancelRefusal::Declined);
    // Nor does what is about another wish.
    let other = |change: fn(&mut Cancellation)| {
        let mut other = verdict.clone();
        change(&mut other);
        other
    };
    for (wrong, field) in [
        (other(|v| v.results[1].issuance_id = "I9".into()), "results"),
        (other(|v| v.results[1].issuance_id = "I1".into()), "results"),
        (other(|v| drop(v.results.pop())), "results"),
        (other(|v| v.results.push(v.results[0].clone())), "results"),
        (other(|v| v.reason = CancelReason::Other), "reason"),
        (other(|v| v.cancellation_id.clear()), "cancellation_id"),
    ] {
        let error = cancels.review("C-1", Review::Happened(wrong)).await;
        let error = error.unwrap_err();
        assert_eq!(error.code(), "invalid_value", "{field}");
        assert_eq!(error.field_name(), Some(field));
    }
    let closed = cancels.review("C-1", Review::Happened(verdict.clone()));
    let closed = closed.await.unwrap();
    assert_eq!(closed.phase, Phase::Done);
    assert_eq!(closed.answer, Some(verdict));
    assert_eq!(house.told_kinds().await, [FactKind::MilesCancelDecided]);
    assert!(cancels.unresolved(10).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_decision_that_comes_late_ends_the_review() {
    let told = |result: &str| {
        let mut body = cancelled();
        body["found"] = true.into();
        body["tran_id"] = "C-1".into();
        body["results"][1] = json!({ "issuance_id": "I2", "result": result });
        answer(200, &body)
    };
    let house = House::answering([answer(200, &cancelled())]);
    let miles = house.client.miles();
    let issues = wish();
    let outcome = miles.cancel("C-1", &issues, CancelReason::ReturnedGoods);
    assert!(outcome.await.unwrap().is_done());
    // Nobody looked for a month.
    house.clock.advance(30 * 86_400);
    house.script([told("pending"), told("approved")]);
    let looked = house.client.resolve().await.unwrap().cancels;
    assert_eq!(looked[0].phase, Phase::NeedsReview);
    let found = miles.cancels().resolve("C-1").await.unwrap();
    assert_eq!(found.phase, Phase::Done);
    assert!(!found.is_pending());
    let kinds = [FactKind::NeedsReview, FactKind::MilesCancelDecided];
    assert_eq!(house.told_kinds().await, kinds);
}

#[tokio::test]
async fn a_reason_that_netmile_lists_for_the_site_goes_by_its_name() {
    let mut body = cancelled();
    body["reason"] = "campaign-withdrawn".into();
    let house = House::answering([answer(200, &body), answer(200, &body)]);
    let miles = house.client.miles();
    let told = miles.cancellation("C1").await.unwrap();
    let reason = CancelReason::named("campaign-withdrawn").unwrap();
    assert_eq!(told.reason, reason);
    assert!(
        miles
            .cancel("C-1", &wish(), reason.clone())
            .await
            .unwrap()
            .is_done()
    );
    let kept = miles.cancels().get("C-1").await.unwrap();
    assert_eq!(kept.task.reason(), &reason);
    let wrong = CancelReason::Named("two words".to_owned());
    let error = miles.cancel("C-2", &wish(), wrong).await.unwrap_err();
    assert_eq!(error.field_name(), Some("reason"));
}

#[tokio::test]
async fn a_wish_names_each_issue_once() {
    let house = House::new();
    let too_many: Vec<String> = (0..1001).map(|n| format!("I{n}")).collect();
    let twice = ["I1", "I1"].map(str::to_owned).to_vec();
    for ids in [vec![], too_many, twice, vec!["../1".to_owned()]] {
        let error = house
            .client
            .miles()
            .cancel("C-1", &ids, CancelReason::Other)
            .await;
        assert_eq!(error.unwrap_err().field_name(), Some("issuance_ids"));
    }
    assert!(house.sent().is_empty());
}
