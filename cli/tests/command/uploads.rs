//! `netmile uploads`: what waits, what was asked about, what a person found out.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use serde_json::{Value, json};

use crate::support::{Ran, Run, Scratch, is_japanese};

/// What NetMile says about the one upload that it took. `None`: it refuses to say.
type Says = Arc<Mutex<Option<Value>>>;

fn campaign() -> Value {
    json!({
        "result": "ok", "campaign_id": "46256", "name": "秋", "state": "running",
        "rule": { "kind": "variable", "min": 10, "max": 500 },
        "issue_from": "2026-01-01", "issue_until": "2026-12-31",
        "per_member": null, "per_member_day": null, "usable": { "kind": "at_once" },
    })
}

/// As much of NetMile's side as one upload needs.
async fn netmile_side(says: Says) -> String {
    let campaign = campaign();
    let taken = json!({
        "result": "ok", "tran_id": "B-1:1", "registration_id": "R1", "state": "accepted",
    });
    let tell = move || {
        let says = says.lock().unwrap().clone();
        let refused = json!({ "result": "error", "table": "api", "code": "unknown_key" });
        let answer = match says {
            Some(says) => (StatusCode::OK, says.to_string()),
            None => (StatusCode::UNAUTHORIZED, refused.to_string()),
        };
        async { answer }
    };
    let router = Router::new()
        .route(
            "/v1/campaigns/46256",
            get(async move || campaign.to_string()),
        )
        .route(
            "/v1/registrations/files",
            post(async move || taken.to_string()),
        )
        .route("/v1/registrations/R1", get(tell));
    served(router).await
}

pub async fn served(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

/// The registration of one row of 100 miles.
fn finished(records: u64) -> Value {
    json!({
        "result": "ok", "registration_id": "R1", "kind": "csv", "campaign_id": "46256",
        "campaign_name": "秋", "method": "mail", "file_name": "rewards.csv", "batch_id": "B-1", "first_row": 1,
        "accepted_at": "2026-11-22T12:00:00+09:00", "finished_at": "2026-11-22T12:00:01+09:00",
        "state": "finished", "records": records, "errors": 0, "miles_issued": 100, "miles_refused": 0,
        "breakdown": [], "deposit": { "kind": "campaign" }, "lists": "available",
    })
}

fn run(scratch: &Scratch, arguments: &[&str]) -> Ran {
    Run::within(scratch)
        .with("NETMILE_SITE_SECRET", "a-secret-of-thirty-two-characters-1")
        .netmile(arguments)
}

async fn house(says: &Says) -> (Scratch, String) {
    let url = netmile_side(Arc::clone(says)).await;
    house_of(&url, "hanako@example.jp,C1,100\r\n")
}

fn house_of(url: &str, rows: &str) -> (Scratch, String) {
    let scratch = Scratch::new();
    let journal = scratch.path().join("journal.db");
    let text = format!(
        "[site]\nsite_id = \"8763\"\nkey_id = \"k1\"\nurl = \"{url}\"\n\n[journal]\nurl = \"sqlite:{}\"\n",
        journal.display()
    );
    scratch.file("netmile.toml", text);
    let file = scratch.file("rewards.csv", rows);
    (scratch, file)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_listed_until_its_outcome_is_known() {
    let says: Says = Arc::default();
    let (scratch, file) = house(&says).await;
    let issue = ["issue", &file, "--campaign", "46256", "--batch", "B-1"];
    let ran = run(&scratch, &issue);
    assert_eq!(ran.exit, 1, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("outcome not known"), "{}", ran.out);
    // Nothing is proven before the end.
    let result = scratch.path().join("rewards.csv.result.json");
    assert!(!ran.out.contains("result file") && !result.exists());

    for arguments in [&["uploads"][..], &["uploads", "--ask"]] {
        let ran = run(&scratch, arguments);
        assert_eq!(ran.exit, 1, "{}{}", ran.out, ran.err);
        assert!(
            ran.out.contains("row 1 ") && ran.out.contains("processing"),
            "{}",
            ran.out
        );
    }
    let japanese = run(&scratch, &["uploads", "--lang", "ja"]);
    assert!(is_japanese(&japanese.out) && japanese.out.contains("処理中"));

    *says.lock().unwrap() = Some(finished(1));
    let ran = run(&scratch, &["uploads", "--ask", "--json"]);
    assert_eq!(ran.exit, 1, "{}", ran.out);
    assert_eq!(ran.json()["uploads"][0]["phase"], "finished");
    // No upload waits any more, but its run ended before it could prove the sums.
    assert_eq!(ran.json()["batches"][0]["phase"], "running");
    let ran = run(&scratch, &["uploads"]);
    assert_eq!(ran.exit, 1, "{}", ran.out);
    assert!(
        ran.out.contains("1 row  ") && ran.out.contains("goes on"),
        "{}",
        ran.out
    );
    let japanese = run(&scratch, &["uploads", "--lang", "ja"]);
    assert!(is_japanese(&japanese.out) && japanese.out.contains("再開"));
    let ran = run(&scratch, &["uploads", "--batch", "B-1"]);
    assert!(ran.exit == 0 && ran.out.contains("1 row issued, 0 refused"));
    let ran = run(&scratch, &["uploads", "--batch", "B-2"]);
    assert_eq!(ran.exit, 2, "{}", ran.out);
    assert_eq!(run(&scratch, &issue).exit, 0);
    assert!(result.exists());
    let ran = run(&scratch, &["uploads"]);
    assert_eq!((ran.exit, ran.out.trim()), (0, "nothing waits"));
}

/// NetMile's side of two uploads of one row each: it counts a row too many in the first, and refuses the one of the second.
/// Later it takes nothing any more.
async fn netmile_of_two(is_shut: Arc<AtomicBool>) -> String {
    let refused = || {
        let refused = json!({ "result": "error", "table": "api", "code": "unknown_key" });
        (StatusCode::UNAUTHORIZED, refused.to_string()).into_response()
    };
    let take = async move |body: String| {
        if is_shut.load(Ordering::Relaxed) {
            return refused();
        }
        let asked: Value = serde_json::from_str(&body).unwrap();
        let taken = json!({
            "result": "ok", "tran_id": asked["tran_id"], "registration_id": format!("R{}", asked["first_row"]),
            "state": "accepted",
        });
        taken.to_string().into_response()
    };
    let mut second = finished(1);
    for (field, value) in [
        ("registration_id", json!("R2")),
        ("first_row", json!(2)),
        ("errors", json!(1)),
        ("miles_issued", json!(0)),
        ("miles_refused", json!(50)),
        ("breakdown", json!([{ "code": "41053", "count": 1 }])),
    ] {
        second[field] = value;
    }
    let campaign = campaign();
    let router = Router::new()
        .route(
            "/v1/campaigns/46256",
            get(async move || campaign.to_string()),
        )
        .route("/v1/registrations/files", post(take))
        .route(
            "/v1/registrations",
            get(async || {
                json!({ "result": "ok", "tran_id": "B-1:1", "found": false }).to_string()
            }),
        )
        .route("/v1/registrations/R1", get(async || finished(2).to_string()))
        .route(
            "/v1/registrations/R2",
            get(async move || second.to_string()),
        )
        .route(
            "/v1/registrations/R2/errors",
            get(async || {
                let head = "メールアドレス・ユーザーID,指定キー,マイル発行数,パスワード,氏名(氏),氏名(名),エラー";
                let list = format!("{head}\r\nb@example.jp,C2,50,,,,41053\r\n");
                encoding_rs::SHIFT_JIS.encode(&list).0.into_owned()
            }),
        );
    served(router).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_stops_early_takes_no_refused_row_away() {
    let is_shut = Arc::new(AtomicBool::new(false));
    let url = netmile_of_two(Arc::clone(&is_shut)).await;
    let (scratch, file) = house_of(&url, "a@example.jp,C1,100\r\nb@example.jp,C2,50\r\n");
    let issue = [
        "issue",
        &file,
        "--campaign",
        "46256",
        "--batch",
        "B-1",
        "--rows",
        "1",
    ];
    let ran = run(&scratch, &issue);
    assert_eq!(ran.exit, 1, "{}{}", ran.out, ran.err);
    let path = scratch.path().join(format!("{file}.refused.csv"));
    let listed = std::fs::read(&path).unwrap();
    assert!(String::from_utf8_lossy(&listed).contains("b@example.jp,C2,50,41053"));

    // The first one was never there, and is not taken now: the run ends before it comes to the second.
    is_shut.store(true, Ordering::Relaxed);
    let review = ["uploads", "--batch", "B-1", "--review", "1", "--not-there"];
    let ran = run(&scratch, &review);
    assert!(ran.err.is_empty(), "{}", ran.err);
    let ran = run(&scratch, &[&issue[..], &["--json"]].concat());
    let json = ran.json();
    assert_ne!(json["state"], "done", "{json:#}");
    for none in ["refused", "lists_missing", "lists_open"] {
        assert_eq!(json[none], 0, "{json:#}");
    }
    assert_eq!(std::fs::read(&path).unwrap(), listed);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_found_out_is_recorded() {
    // NetMile counts a row that was not sent.
    let says: Says = Arc::new(Mutex::new(Some(finished(2))));
    let (scratch, file) = house(&says).await;
    let issue = ["issue", &file, "--campaign", "46256", "--batch", "B-1"];
    let ran = run(&scratch, &issue);
    assert_eq!(ran.exit, 1, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("netmile uploads --batch"), "{}", ran.out);
    // What an earlier batch left there stays until this one is over.
    let result = scratch.path().join("rewards.csv.result.json");
    assert!(!result.exists());
    std::fs::write(&result, "earlier").unwrap();
    let ran = run(&scratch, &[&issue[..], &["--json"]].concat());
    assert_eq!((ran.exit, &ran.json()["result_file"]), (1, &Value::Null));
    assert_eq!(std::fs::read(&result).unwrap(), b"earlier");
    let ran = run(&scratch, &["uploads"]);
    assert!(
        ran.exit == 1 && ran.out.contains("counts are not what was sent"),
        "{}",
        ran.out
    );
    let review = ["uploads", "--batch", "B-1", "--review", "1"];
    let counted = |refused| [&review[..], &["--refused", refused, "--refused-miles", "0"]].concat();
    let ran = run(&scratch, &counted("2"));
    assert!(ran.exit == 2 && ran.err.contains("refused"), "{}", ran.err);
    let ran = run(&scratch, &counted("0"));
    assert_eq!(ran.exit, 0, "{}", ran.err);
    assert!(ran.out.contains("1 row issued, 0 refused"), "{}", ran.out);
    let again = run(&scratch, &[&review[..], &["--not-there"]].concat());
    assert!(again.exit == 2 && again.err.contains("invalid_state"));
    assert_eq!(run(&scratch, &issue).exit, 0);
    assert_ne!(std::fs::read(&result).unwrap(), b"earlier");
}
