//! `netmile cancels`: wishes to cancel that wait, and what a person found out.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::routing::get;
use netmile::client::Client;
use netmile::miles::CancelReason;
use netmile::reference::{Phase, Site, SiteSecret};
use netmile::time::{Clock, ManualClock, SystemClock};
use netmile_journal_sql::SqlJournal;
use serde_json::{Value, json};

use crate::support::{Ran, Run, Scratch, is_japanese};
use crate::uploads::served;

const SECRET: &str = "a-secret-of-thirty-two-characters-1";
const DAY: i64 = 86_400;

/// NetMile's side: it takes the wish of two issues and decides about one, or says nothing at all.
async fn netmile_side(says: bool) -> String {
    let answer = move |more: Value| async move {
        if !says {
            return StatusCode::BAD_GATEWAY.into_response();
        }
        let mut body = json!({
            "result": "ok", "cancellation_id": "C77", "reason": "duplicate",
            "results": [
                { "issuance_id": "I1", "result": "cancelled" },
                { "issuance_id": "I2", "result": "application_received" },
            ],
        });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        body.to_string().into_response()
    };
    let taken = move || answer(json!({}));
    let found = move || answer(json!({ "tran_id": "C-1", "found": true }));
    served(Router::new().route("/v1/cancellations", get(found).post(taken))).await
}

/// A wish that was sent 20 days ago and needs review now.
async fn under_review(says: bool) -> (Scratch, Client) {
    let url = netmile_side(says).await;
    let scratch = Scratch::new();
    let config = format!(
        "[site]\nsite_id = \"8763\"\nkey_id = \"k1\"\nurl = \"{url}\"\n\n[journal]\nurl = \"sqlite://shop.db\"\n"
    );
    scratch.file("netmile.toml", config);
    let journal = format!("sqlite://{}/shop.db", scratch.path().display());
    let journal = Arc::new(SqlJournal::connect(&journal).await.unwrap());
    let clock = Arc::new(ManualClock::new(SystemClock.now().plus_seconds(-20 * DAY)));
    let site = Site::new("8763", "k1", SiteSecret::new(SECRET).unwrap(), &url).unwrap();
    let builder = Client::builder().site(site).journal(journal);
    let client = builder
        .clock(clock.clone() as Arc<dyn Clock>)
        .build()
        .unwrap();
    let ids = ["I1", "I2"].map(str::to_owned);
    let miles = client.miles();
    let wish = miles.cancel("C-1", &ids, CancelReason::Duplicate).await;
    assert_eq!(wish.unwrap().is_done(), says);
    clock.advance(20 * DAY);
    let looked = miles.cancels().resolve("C-1").await.unwrap();
    assert_eq!(looked.phase, Phase::NeedsReview);
    (scratch, client)
}

fn run(scratch: &Scratch, arguments: &[&str]) -> Ran {
    Run::within(scratch)
        .with("NETMILE_SITE_SECRET", SECRET)
        .netmile(arguments)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_decided_late_is_recorded() {
    let (scratch, client) = under_review(true).await;
    let waiting = run(&scratch, &["cancels"]);
    assert_eq!(waiting.exit, 1, "{}{}", waiting.out, waiting.err);
    assert!(waiting.out.contains("C-1") && waiting.out.contains("2 issues"));
    let one = run(&scratch, &["cancels", "C-1"]);
    assert!(
        one.exit == 1 && one.out.contains("NetMile decides") && one.out.contains("--review"),
        "{}",
        one.out
    );
    let japanese = run(&scratch, &["cancels", "C-1", "--lang", "ja"]);
    assert!(is_japanese(&japanese.out) && japanese.out.contains("承認待ち"));

    // What decides nothing, or is about another wish, is refused, and changes nothing.
    for (verdict, code) in [
        (&["--not-there"][..], "invalid_value"),
        (&["--cancelled", "I1"], "invalid_value"),
        (&["--applied", "I2"], "invalid_value"),
        (&["--approved", "I2,I9"], "invalid_value"),
        (&["--approved", "I2", "--declined", "I2"], "invalid_value"),
        (
            &["--approved", "I2", "--cancellation-id", "C78"],
            "conflict",
        ),
    ] {
        let arguments = [&["cancels", "C-1", "--review", "--json"][..], verdict].concat();
        let ran = run(&scratch, &arguments);
        assert_eq!(ran.exit, 2, "{verdict:?}: {}", ran.out);
        assert_eq!(ran.json()["error"]["code"], code, "{verdict:?}");
    }
    let miles = client.miles();
    let kept = miles.cancels().get("C-1").await.unwrap();
    assert_eq!(kept.phase, Phase::NeedsReview);
    let unknown = run(&scratch, &["cancels", "C-2", "--review", "--not-there"]);
    assert!(
        unknown.exit == 2 && unknown.err.contains("unknown_order"),
        "{}",
        unknown.err
    );

    let closed = run(
        &scratch,
        &["cancels", "C-1", "--review", "--declined", "I2", "--json"],
    );
    assert_eq!(closed.exit, 0, "{}", closed.out);
    let wish = &closed.json()["cancels"][0];
    assert_eq!(
        (&wish["phase"], &wish["cancellation_id"]),
        (&"done".into(), &"C77".into())
    );
    assert_eq!(
        wish["issues"],
        json!([
            { "issuance_id": "I1", "standing": "cancelled", "why": null },
            { "issuance_id": "I2", "standing": "rejected", "why": "declined" },
        ])
    );
    let calm = run(&scratch, &["cancels"]);
    assert_eq!((calm.exit, calm.out.trim()), (0, "nothing waits"));
    let again = run(
        &scratch,
        &["cancels", "C-1", "--review", "--approved", "I2"],
    );
    assert!(
        again.exit == 2 && again.err.contains("invalid_state"),
        "{}",
        again.err
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wish_whose_outcome_nobody_told_is_closed() {
    let (scratch, _) = under_review(false).await;
    let review = |more: &[&str]| {
        let ran = run(
            &scratch,
            &[&["cancels", "C-1", "--review", "--json"], more].concat(),
        );
        (ran.exit, ran.json())
    };
    // The journal knows nothing of it: every issue has to be named, and NetMile's id.
    let (exit, json) = review(&["--cancelled", "I1,I2"]);
    assert_eq!(
        (exit, &json["error"]["code"]),
        (2, &"cancellation_id_missing".into())
    );
    let (exit, json) = review(&["--cancelled", "I1", "--cancellation-id", "C5"]);
    assert_eq!((exit, &json["error"]["code"]), (2, &"invalid_value".into()));
    let (exit, json) = review(&[
        "--cancelled",
        "I1",
        "--refused",
        "I2",
        "--cancellation-id",
        "C5",
    ]);
    assert_eq!(
        (exit, &json["cancels"][0]["phase"]),
        (0, &"done".into()),
        "{json:#}"
    );

    let (scratch, _) = under_review(false).await;
    let gone = run(
        &scratch,
        &["cancels", "C-1", "--review", "--not-there", "--json"],
    );
    assert_eq!(gone.exit, 0, "{}", gone.out);
    assert_eq!(gone.json()["cancels"][0]["phase"], "refused");
}
