//! Points become miles: the notice page, the application, and what comes of it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use std::path::PathBuf;

use common::browser::{Browser, Page};
use common::town::Town;
use netmile::contract::Endpoints;
use netmile::engine::Journal as _;
use netmile::engine::journal::{Advanced, Change};
use netmile::exchange::{ExchangePhase, ExchangeRate, ExchangeRequest, PointPrice, Points};
use netmile::reference::User;
use netmile_journal_sql::SqlJournal;
use netmile_mock::faults::{FaultKind, FaultRule};
use shop_rust::{Shop, ShopOptions, demo_site};

const TARO: &str = "taro@member.example";
const JOIN: &str = "https://join.example/new-member";

async fn open() -> Town {
    Town::with(exchanging).await
}

fn exchanging(options: &mut ShopOptions, mock: &str) {
    options.site = Some(demo_site(mock).unwrap());
    options.join_url = Some(JOIN.to_owned());
}

async fn apply(town: &mut Town, points: &str, mail: &str) -> Page {
    let page = town.get("/points/apply").await;
    let form = page.form("/points/apply").unwrap();
    let form = form.fill("points", points).fill("mail", mail);
    town.browser.send(form).await.unwrap()
}

/// Whether this customer has so many points.
async fn has(town: &mut Town, points: &str) -> bool {
    town.get("/points").await.says(points)
}

/// The number on the page that tells what came of an application.
fn tran_id(done: &Page) -> String {
    done.url.path().rsplit('/').next().unwrap().to_owned()
}

async fn phase(town: &Town, tran_id: &str) -> ExchangePhase {
    let exchanges = town.shop.client().exchanges();
    exchanges.get(tran_id).await.unwrap().phase
}

async fn is_told_everything(town: &Town) -> bool {
    let events = town.shop.client().events();
    events.next(10).await.unwrap().is_empty()
}

#[tokio::test]
async fn points_become_miles_of_equal_value_once() {
    let mut town = open().await;
    let before = town.balance("taro").await;
    let notice = town.get("/points").await;
    assert!(notice.says("1,200ポイント") && notice.says("1,000マイル"));
    let page = town.get("/points/apply").await;
    assert!(page.says("700ポイント → 1,400マイル（残り500ポイント）"));
    let form = || {
        let form = page.form("/points/apply").unwrap();
        form.fill("points", "700").fill("mail", TARO)
    };
    let done = town.browser.send(form()).await.unwrap();
    assert!(done.says("ポイント交換が完了しました") && done.says("500ポイント"));
    assert_eq!(town.balance("taro").await, before + 1_400);
    // The button was pressed twice.
    let again = town.browser.send(form()).await.unwrap();
    assert_eq!(again.url, done.url);
    assert_eq!(town.balance("taro").await, before + 1_400);
    // Nobody else sees it, and nothing is left to choose but 500 points.
    let mut other = Browser::new("en").unwrap();
    let foreign = other.open(done.url.as_str()).await.unwrap();
    assert!(!foreign.says("1,400"));
    let english = other
        .open(&format!("{}/points", town.shop.url()))
        .await
        .unwrap();
    assert!(english.says("Exchange points for miles"));
    let rest = apply(&mut town, "1200", TARO).await;
    assert!(rest.says("500ポイント → 1,000マイル") && town.balance("taro").await == before + 1_400);
}

#[tokio::test]
async fn whoever_is_not_registered_keeps_the_points() {
    let mut town = open().await;
    for mail in ["nobody@member.example", "no mail address"] {
        let page = apply(&mut town, "500", mail).await;
        assert!(page.says("ポイント交換ができませんでした"), "{mail}");
        assert!(page.html.contains(JOIN), "{mail}");
    }
    assert!(town.get("/points").await.says("1,200ポイント"));
}

#[tokio::test]
async fn the_notice_links_to_the_page_for_new_members() {
    let mut town = open().await;
    assert!(town.get("/points").await.html.contains(JOIN));
    // A shop that does not know the page says nothing about it.
    let unknown = |options: &mut ShopOptions, mock: &str| {
        exchanging(options, mock);
        options.join_url = None;
    };
    let mut town = Town::with(unknown).await;
    assert!(!town.get("/points").await.html.contains("id=\"join\""));
}

#[tokio::test]
async fn what_netmile_refuses_gives_the_points_back_once() {
    let mut town = open().await;
    let before = town.balance("taro").await;
    town.mock.admin().add_fault(FaultRule {
        code: Some("44038".to_owned()),
        ..FaultRule::once("miles-exchange", FaultKind::NgResult)
    });
    let done = apply(&mut town, "700", TARO).await;
    assert!(done.says("マイルを発行できませんでした"));
    assert!(has(&mut town, "500ポイント").await);
    for _ in 0..2 {
        town.shop.fulfil_now().await.unwrap();
        assert!(has(&mut town, "1,200ポイント").await);
    }
    assert_eq!(
        phase(&town, &tran_id(&done)).await,
        ExchangePhase::CreditedBack
    );
    assert!(is_told_everything(&town).await);
    assert_eq!(town.balance("taro").await, before);
}

#[tokio::test]
async fn a_lost_answer_is_found_again_and_issues_once() {
    for kind in [FaultKind::LostBefore, FaultKind::LostAfter] {
        let mut town = open().await;
        let before = town.balance("taro").await;
        let fault = FaultRule::once("miles-exchange", kind);
        town.mock.admin().add_fault(fault);
        let done = apply(&mut town, "700", TARO).await;
        assert!(done.says("交換の結果を確認しています"), "{kind:?}");
        // What was lost on its way can arrive for 10 minutes.
        for _ in 0..30 {
            town.later(60).await;
        }
        assert!(has(&mut town, "500ポイント").await);
        assert_eq!(town.balance("taro").await, before + 1_400, "{kind:?}");
        assert_eq!(phase(&town, &tran_id(&done)).await, ExchangePhase::Issued);
    }
}

#[tokio::test]
async fn a_crash_after_the_points_are_taken_still_brings_the_miles() {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let directory = directory.join(format!("points-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let database = directory.join("shop.db");
    let mut town = Town::with(|options, mock| {
        exchanging(options, mock);
        options.database = Some(database.clone());
    })
    .await;
    let before = town.balance("taro").await;
    town.shop.testing().fail_after_points(true);
    let died = apply(&mut town, "700", TARO).await;
    assert!(!died.says("ポイント交換の結果"));
    assert!(has(&mut town, "500ポイント").await);

    // The shop starts again on what is in its files.
    let mut options = ShopOptions::new(Endpoints::mock(town.mock.url())).unwrap();
    exchanging(&mut options, town.mock.url());
    options.database = Some(database);
    options.clock = town.clock.clone();
    options.listen = town.shop.address();
    town.shop.stop().await;
    town.shop = Shop::start(options).await.unwrap();
    town.shop.testing().pause(true);
    let open = town.shop.client().exchanges().unresolved(10).await.unwrap();
    let id = open[0].tran_id().to_owned();
    assert_eq!((open.len(), open[0].phase), (1, ExchangePhase::Debiting));
    town.later(299).await;
    assert_eq!(phase(&town, &id).await, ExchangePhase::Debiting);
    assert_eq!(town.balance("taro").await, before);
    for _ in 0..3 {
        town.later(60).await;
    }
    assert_eq!(phase(&town, &id).await, ExchangePhase::Issued);
    assert_eq!(town.balance("taro").await, before + 1_400);
    assert!(is_told_everything(&town).await);
    town.shop.stop().await;
    std::fs::remove_dir_all(&directory).unwrap();
}

#[tokio::test]
async fn a_crash_before_the_points_are_taken_takes_none() {
    let mut town = open().await;
    let rate = ExchangeRate::equal_value(PointPrice::new(1, 1).unwrap()).unwrap();
    let conversion = rate.convert(Points::new(700)).unwrap();
    let user = User::mail(TARO).unwrap();
    let request = ExchangeRequest::new("DIED-EARLY", user, "C1", conversion);
    let exchanges = town.shop.client().exchanges();
    exchanges.begin(&request).await.unwrap();
    for _ in 0..2 {
        town.later(180).await;
    }
    assert_eq!(phase(&town, "DIED-EARLY").await, ExchangePhase::NotDebited);
    assert!(is_told_everything(&town).await);
    assert!(has(&mut town, "1,200ポイント").await);
}

/// An exchange of which NetMile says nothing for more than a day.
async fn unanswered(town: &mut Town) -> Page {
    for (message, kind) in [
        ("miles-exchange", FaultKind::LostAfter),
        ("miles-ask-exchange", FaultKind::ServerError),
    ] {
        town.mock.admin().add_fault(FaultRule {
            times: Some(100_000),
            ..FaultRule::once(message, kind)
        });
    }
    let done = apply(town, "700", TARO).await;
    // The last looks are six hours apart.
    for _ in 0..12 {
        town.later(3 * 3_600).await;
    }
    done
}

/// The desk, by somebody else than the customer.
async fn desk(town: &Town) -> (Browser, Page) {
    let mut staff = Browser::new("ja").unwrap();
    let url = format!("{}/desk", town.shop.url());
    let login = staff.open(&url).await.unwrap().form("/desk/login").unwrap();
    let page = staff.send(login.fill("password", "desk-demo")).await;
    (staff, page.unwrap())
}

#[tokio::test]
async fn an_exchange_that_needs_a_person_stands_on_the_desk_until_somebody_decides() {
    for issued in [true, false] {
        let mut town = open().await;
        let done = unanswered(&mut town).await;
        let id = tran_id(&done);
        assert_eq!(phase(&town, &id).await, ExchangePhase::NeedsReview);
        assert!(is_told_everything(&town).await);
        let (mut staff, page) = desk(&town).await;
        assert!(page.says(&id) && page.says("確認が必要なポイント交換"));
        // A number that is none changes nothing.
        let path = format!("/desk/exchanges/{id}/issued");
        let form = page.form(&path).unwrap().fill("exchange_id", "<b>");
        let page = staff.send(form).await.unwrap();
        assert!(page.says("ネットマイル側の交換番号を半角"), "{}", page.html);
        assert_eq!(phase(&town, &id).await, ExchangePhase::NeedsReview);
        let (form, end, points, word) = if issued {
            let form = page.form(&path).unwrap().fill("exchange_id", "EX-77");
            let word = "ポイント交換が完了しました";
            (form, ExchangePhase::Issued, "500ポイント", word)
        } else {
            let form = page.form(&format!("/desk/exchanges/{id}/missing")).unwrap();
            let word = "マイルを発行できませんでした";
            (form, ExchangePhase::CreditedBack, "1,200ポイント", word)
        };
        let page = staff.send(form).await.unwrap();
        assert!(page.says("処理しました"));
        town.shop.fulfil_now().await.unwrap();
        assert_eq!(phase(&town, &id).await, end);
        assert!(has(&mut town, points).await);
        assert!(town.get(done.url.path()).await.says(word));
        let (_, page) = desk(&town).await;
        assert!(!page.says(&id));
    }
}

/// Points were given back after a refusal, and then the miles came all the same: as a late answer writes it.
async fn doubled(town: &mut Town, database: &std::path::Path) -> String {
    town.mock.admin().add_fault(FaultRule {
        code: Some("44038".to_owned()),
        ..FaultRule::once("miles-exchange", FaultKind::NgResult)
    });
    let id = tran_id(&apply(town, "700", TARO).await);
    town.shop.fulfil_now().await.unwrap();
    assert_eq!(phase(town, &id).await, ExchangePhase::CreditedBack);
    let url = format!("sqlite://{}.netmile", database.display());
    let journal = SqlJournal::connect(&url).await.unwrap();
    let row = journal.get(&format!("exchange:8763/{id}")).await.unwrap();
    let row = row.unwrap();
    let mut body: serde_json::Value = serde_json::from_str(&row.body).unwrap();
    body["phase"] = "needs_review".into();
    body["issue"]["phase"] = "done".into();
    body["issue"]["rejection"] = serde_json::Value::Null;
    body["issue"]["answer"] = serde_json::json!({
        "exchange_id": "X77", "user_id": "1001", "miles": 1_400, "issued_at": 1_790_000_000,
    });
    let late = Change {
        phase: "needs_review".to_owned(),
        body: body.to_string(),
        new_keys: Vec::new(),
        due: None,
        events: Vec::new(),
        now: netmile::time::Timestamp::from_unix(1_790_000_000),
    };
    let written = journal.advance(&row.id, row.version, late, None).await;
    assert!(matches!(written.unwrap(), Advanced::Applied(_)));
    id
}

#[tokio::test]
async fn points_that_came_back_are_taken_again_when_the_miles_stay() {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let directory = directory.join(format!("doubled-{}", std::process::id()));
    for (step, end, points) in [
        ("issued", ExchangePhase::Issued, "500ポイント"),
        ("missing", ExchangePhase::CreditedBack, "1,200ポイント"),
    ] {
        std::fs::create_dir_all(&directory).unwrap();
        let database = directory.join("shop.db");
        let mut town = Town::with(|options, mock| {
            exchanging(options, mock);
            options.database = Some(database.clone());
        })
        .await;
        let id = doubled(&mut town, &database).await;
        assert!(has(&mut town, "1,200ポイント").await);
        let (mut staff, page) = desk(&town).await;
        assert!(page.says("ポイントを返した後に"), "{}", page.html);
        let path = format!("/desk/exchanges/{id}/{step}");
        let page = staff.send(page.form(&path).unwrap()).await.unwrap();
        assert!(page.says("処理しました"), "{}", page.html);
        for _ in 0..2 {
            town.shop.fulfil_now().await.unwrap();
            assert!(has(&mut town, points).await, "{step}");
        }
        assert_eq!(phase(&town, &id).await, end);
        assert!(is_told_everything(&town).await);
        town.shop.stop().await;
        std::fs::remove_dir_all(&directory).unwrap();
    }
}

#[tokio::test]
async fn a_customer_who_spent_them_meanwhile_keeps_the_exchange_on_the_desk() {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let directory = directory.join(format!("spent-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let database = directory.join("shop.db");
    let mut town = Town::with(|options, mock| {
        exchanging(options, mock);
        options.database = Some(database.clone());
    })
    .await;
    let id = doubled(&mut town, &database).await;
    let spent = apply(&mut town, "700", TARO).await;
    assert_eq!(phase(&town, &tran_id(&spent)).await, ExchangePhase::Issued);
    let (mut staff, page) = desk(&town).await;
    let form = page.form(&format!("/desk/exchanges/{id}/issued")).unwrap();
    let page = staff.send(form).await.unwrap();
    assert!(
        page.says("引き落とせません") && page.says(&id),
        "{}",
        page.html
    );
    assert_eq!(phase(&town, &id).await, ExchangePhase::NeedsReview);
    assert!(has(&mut town, "500ポイント").await);
    town.shop.stop().await;
    std::fs::remove_dir_all(&directory).unwrap();
}
