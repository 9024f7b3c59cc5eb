//! NetMile fetches exchange files from a merchant's drop.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use netmile_mock::{
    clock,
    faults::{FaultKind, FaultRule},
    office::terms::{Drop, Schedule, Weekday},
};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::client::{DAY, Site, from_cp932, hex};

/// Name and bytes of a result.
type Taken = (String, Vec<u8>);

#[derive(Clone, Default)]
struct Server {
    files: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
    results: Arc<Mutex<Vec<Taken>>>,
}

/// The drop at an address, visited at three o'clock.
fn drop_at(url: &str, schedule: Schedule) -> Drop {
    let drop = json!({ "url": url, "user": "netmile", "password": "drop-password" });
    let drop: Drop = serde_json::from_value(drop).unwrap();
    Drop { schedule, ..drop }
}

impl Server {
    async fn open(site: &Site, schedule: Schedule) -> Self {
        Self::visited(site, &drop_at("", schedule)).await
    }

    /// `terms` without an address.
    async fn visited(site: &Site, terms: &Drop) -> Self {
        let server = Self::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/drop", listener.local_addr().unwrap());
        let router = Router::new()
            .route("/drop/", get(listing))
            .route("/drop/{name}", get(file))
            .route("/drop/results/{name}", post(result))
            .with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let drop = Drop {
            url,
            ..terms.clone()
        };
        site.admin().set_drop("8763", Some(drop)).unwrap();
        server
    }

    fn put(&self, stamp: &str, csv: &str, rows: usize, miles: u64) {
        let name = format!("NMEXC_8763_{stamp}");
        let sha = hex(&Sha256::digest(csv.as_bytes()));
        let mut files = self.files.lock().unwrap();
        files.insert(format!("{name}.csv"), csv.as_bytes().to_vec());
        let end = format!("file={name}.csv\nrows={rows}\nmiles={miles}\nsha256={sha}\n");
        files.insert(format!("{name}.end"), end.into_bytes());
    }

    fn results(&self) -> Vec<Taken> {
        std::mem::take(&mut self.results.lock().unwrap())
    }
}

fn allowed(headers: &HeaderMap) -> bool {
    let expected = format!("Basic {}", STANDARD.encode("netmile:drop-password"));
    headers
        .get("authorization")
        .is_some_and(|v| v.as_bytes() == expected.as_bytes())
}

async fn listing(State(server): State<Server>, headers: HeaderMap) -> Response {
    if !allowed(&headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let files = server.files.lock().unwrap();
    let names = files.keys().filter(|n| n.ends_with(".csv"));
    let names: Vec<&str> = names.map(String::as_str).collect();
    names.join("\n").into_response()
}

async fn file(
    State(server): State<Server>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    if !allowed(&headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    match server.files.lock().unwrap().get(&name) {
        Some(bytes) => bytes.clone().into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn result(
    State(server): State<Server>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !allowed(&headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    server.results.lock().unwrap().push((name, body.to_vec()));
    StatusCode::OK.into_response()
}

#[tokio::test]
async fn a_visit_checks_issues_and_brings_the_result() {
    let site = Site::open().await;
    let server = Server::open(&site, Schedule::Daily).await;
    server.put(
        "202601020300",
        "taro@member.example,K1,1000\nNM10000003,K2,500\nnobody@member.example,K3,200\n",
        3,
        1_700,
    );
    let report = site.admin().pull_drop("8763").await.unwrap();
    assert_eq!(report[0].outcome, "issued 1, refused 2");
    assert_eq!(report[1].outcome, "delivered");
    assert_eq!(site.balance("taro").await, 1_400);
    let results = server.results();
    assert_eq!(results[0].0, "NMEXR_8763_202601020300.csv");
    assert_eq!(
        from_cp932(&results[0].1),
        "NM10000003,K2,500,41023\r\nnobody@member.example,K3,200,41053\r\n"
    );
    let end = String::from_utf8(results[1].1.clone()).unwrap();
    let sha = hex(&Sha256::digest(&results[0].1));
    assert_eq!(
        end,
        format!("file=NMEXR_8763_202601020300.csv\nrows=2\nmiles=700\nsha256={sha}\n")
    );
    // A file is worked on once.
    assert!(site.admin().pull_drop("8763").await.unwrap().is_empty());
    assert_eq!(site.balance("taro").await, 1_400);
}

#[tokio::test]
async fn what_is_not_what_its_end_says_is_not_deposited() {
    let site = Site::open().await;
    let server = Server::open(&site, Schedule::Daily).await;
    let row = "taro@member.example,K1,1000\n";
    server.put("202601020301", row, 2, 1_000);
    server.put("202601020302", row, 1, 999);
    server.put("202601020303", row, 1, 1_000);
    server.files.lock().unwrap().insert(
        "NMEXC_8763_202601020303.csv".to_owned(),
        b"taro@member.example,K1,9000\n".to_vec(),
    );
    server.put("202601020304", row, 1, 1_000);
    server
        .files
        .lock()
        .unwrap()
        .remove("NMEXC_8763_202601020304.end");
    server.put("202601020305", "taro@member.example,1000\n", 1, 1_000);
    server.put("202601020306", row, 1, 1_000);
    {
        let mut files = server.files.lock().unwrap();
        let other = files["NMEXC_8763_202601020302.csv"].clone();
        files.insert("NMEXC_8763_202601020307.csv".to_owned(), other);
        let end = files["NMEXC_8763_202601020306.end"].clone();
        files.insert("NMEXC_8763_202601020307.end".to_owned(), end);
        files.remove("NMEXC_8763_202601020306.csv");
    }
    let report = site.admin().pull_drop("8763").await.unwrap();
    let outcomes: Vec<&str> = report.iter().map(|f| f.outcome.as_str()).collect();
    assert_eq!(
        outcomes,
        [
            "refused: rows",
            "refused: miles",
            "refused: sha256",
            "unreachable: status 404",
            "refused: malformed",
            "refused: file"
        ]
    );
    assert_eq!(site.balance("taro").await, 400);
    // It is looked at again with the next visit.
    server.put("202601020304", row, 1, 1_000);
    site.admin().pull_drop("8763").await.unwrap();
    assert_eq!(site.balance("taro").await, 1_400);
    let wrong = drop_at("http://127.0.0.1:9", Schedule::Daily);
    site.admin().set_drop("8763", Some(wrong)).unwrap();
    assert_eq!(
        site.admin().pull_drop("8763").await.unwrap()[0].outcome,
        "unreachable"
    );
    assert!(site.admin().pull_drop("8764").await.is_err());
}

#[tokio::test]
async fn a_result_that_was_not_taken_is_brought_again() {
    let site = Site::open().await;
    let server = Server::open(&site, Schedule::Daily).await;
    server.put("202601020300", "nobody@member.example,K1,1000\n", 1, 1_000);
    site.admin()
        .add_fault(FaultRule::once("miles-result", FaultKind::LostAfter));
    site.admin().pull_drop("8763").await.unwrap();
    let first = server.results();
    assert_eq!(first.len(), 2);
    site.admin().pull_drop("8763").await.unwrap();
    assert_eq!(server.results(), first);
    site.admin().pull_drop("8763").await.unwrap();
    assert!(server.results().is_empty());
}

#[tokio::test]
async fn visits_follow_the_schedule() {
    // 2 January 2026 is a Friday.
    for (schedule, days) in [
        (Schedule::Daily, 1),
        (Schedule::Weekly, 3),
        (Schedule::Monthly, 30),
    ] {
        let site = Site::open().await;
        let server = Server::open(&site, schedule).await;
        server.put("202601020300", "taro@member.example,K1,1000\n", 1, 1_000);
        // Before: 04:04:05 of the day before.
        let before = site
            .admin()
            .advance((days - 1) * DAY + 3_600)
            .await
            .unwrap();
        assert!(
            before.iter().all(|h| h.kind != "drop_visited"),
            "{schedule:?}"
        );
        let happened = site.admin().advance(DAY).await.unwrap();
        assert!(
            happened.iter().any(|h| h.kind == "drop_visited"),
            "{schedule:?}"
        );
        assert_eq!(site.balance("taro").await, 1_400);
    }
}

#[tokio::test]
async fn visits_come_on_any_weekday_day_and_minute() {
    let terms = |schedule: Schedule| drop_at("", schedule);
    let at = |text: &str| clock::parse_instant(text).unwrap();
    // 2 January 2026 is a Friday; it is 03:04:05.
    let table = [
        (
            Drop {
                minute: 5,
                ..terms(Schedule::Daily)
            },
            "2026-01-02T03:05:00+09:00",
        ),
        (
            Drop {
                minute: 4,
                ..terms(Schedule::Daily)
            },
            "2026-01-03T03:04:00+09:00",
        ),
        (
            Drop {
                weekday: Weekday::Wednesday,
                hour: 23,
                minute: 59,
                ..terms(Schedule::Weekly)
            },
            "2026-01-07T23:59:00+09:00",
        ),
        (
            Drop {
                weekday: Weekday::Sunday,
                ..terms(Schedule::Weekly)
            },
            "2026-01-04T03:00:00+09:00",
        ),
        (
            Drop {
                day: 15,
                hour: 0,
                ..terms(Schedule::Monthly)
            },
            "2026-01-15T00:00:00+09:00",
        ),
        (
            Drop {
                day: 31,
                ..terms(Schedule::Monthly)
            },
            "2026-01-31T03:00:00+09:00",
        ),
    ];
    for (terms, expected) in table {
        let site = Site::open().await;
        let server = Server::visited(&site, &terms).await;
        server.put("202601020300", "taro@member.example,K1,1000\n", 1, 1_000);
        let visited = async |until: i64| {
            let seconds = u32::try_from(until - site.now()).unwrap();
            let happened = site.admin().advance(seconds).await.unwrap();
            happened.iter().any(|h| h.kind == "drop_visited")
        };
        assert!(!visited(at(expected) - 1).await, "{terms:?}");
        assert!(visited(at(expected)).await, "{terms:?}");
        if terms.day != 31 {
            continue;
        }
        // February has no 31st: its last day counts.
        server.put("202602010300", "taro@member.example,K1,10\n", 1, 10);
        assert!(!visited(at("2026-02-28T02:59:59+09:00")).await);
        assert!(visited(at("2026-02-28T03:00:00+09:00")).await);
    }
    for (name, value) in [("day", 0), ("day", 32), ("minute", 60), ("hour", 24)] {
        let mut drop = json!({ "url": "http://127.0.0.1:9", "user": "u", "password": "p" });
        drop[name] = json!(value);
        let drop = serde_json::from_value(drop).unwrap();
        let site = Site::open().await;
        assert!(site.admin().set_drop("8763", Some(drop)).is_err(), "{name}");
    }
}
