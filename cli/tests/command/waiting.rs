//! `netmile unresolved` and `netmile resolve` over miles, with payments beside them and without.

use std::sync::Arc;

use netmile::Miles;
use netmile::client::Client;
use netmile::exchange::{ExchangeRate, ExchangeRequest, Points};
use netmile::miles::{CancelReason, IssueRequest};
use netmile::reference::{Site, SiteSecret, User};
use netmile_journal_sql::SqlJournal;
use netmile_mock::Mock;
use serde_json::json;

use crate::shop::{Shop, lose_answers};
use crate::support::{Ran, Run, Scratch, is_japanese, mock_of_today};

const SECRET: &str = "demo-secret-of-the-mock-not-a-secret-1";

fn site_of(mock: &Mock) -> String {
    let url = mock.url();
    format!("[site]\nsite_id = \"8763\"\nkey_id = \"demo-key-1\"\nurl = \"{url}\"\n")
}

/// Whoever issues miles, over the journal in the scratch directory.
async fn house(mock: &Mock, scratch: &Scratch) -> Client {
    let url = format!("sqlite://{}/shop.db", scratch.path().display());
    let journal = SqlJournal::connect(&url).await.unwrap();
    let secret = SiteSecret::new(SECRET).unwrap();
    let site = Site::new("8763", "demo-key-1", secret, mock.url()).unwrap();
    let builder = Client::builder().site(site).journal(Arc::new(journal));
    builder.build().unwrap()
}

fn run(scratch: &Scratch, arguments: &[&str]) -> Ran {
    Run::within(scratch)
        .with("NETMILE_SITE_SECRET", SECRET)
        .netmile(arguments)
}

fn reward(tran_id: &str) -> IssueRequest {
    let user = User::mail("taro@member.example").unwrap();
    IssueRequest::new(tran_id, "46257", user, "CUST0001").with_miles(Miles::new(100))
}

#[tokio::test(flavor = "multi_thread")]
async fn miles_that_wait_are_listed_and_found_out_without_a_contract_for_payments() {
    let mock = mock_of_today().await;
    let scratch = Scratch::new();
    let config = format!("{}[journal]\nurl = \"sqlite://shop.db\"\n", site_of(&mock));
    scratch.file("netmile.toml", config);
    let house = house(&mock, &scratch).await;
    let miles = house.miles();
    let calm = run(&scratch, &["unresolved"]);
    assert_eq!((calm.exit, calm.out.trim()), (0, "nothing waits"));

    lose_answers(&mock, "miles-issue", 1);
    assert!(miles.issue(&reward("T-1")).await.unwrap().is_unknown());
    lose_answers(&mock, "miles-cancel", 1);
    let ids = ["I1".to_owned()];
    let wish = miles.cancel("T-1", &ids, CancelReason::Duplicate).await;
    assert!(wish.unwrap().is_unknown());
    let points = ExchangeRate::new(1, 1).unwrap().convert(Points::new(50));
    let user = User::mail("taro@member.example").unwrap();
    let exchange = ExchangeRequest::new("EX-1", user, "CUST0001", points.unwrap());
    house.exchanges().begin(&exchange).await.unwrap();

    let waiting = run(&scratch, &["unresolved", "--json"]).json();
    assert_eq!(waiting["exit"], 1);
    for (kind, tran_id, phase) in [
        ("issues", "T-1", "unknown"),
        ("cancels", "T-1", "unknown"),
        ("exchanges", "EX-1", "debiting"),
    ] {
        let row = &waiting[kind][0];
        assert_eq!(
            (&row["tran_id"], &row["phase"]),
            (&json!(tran_id), &json!(phase)),
            "{kind}"
        );
    }
    assert_eq!(waiting["charges"], json!([]));
    let waiting = run(&scratch, &["unresolved", "--lang", "ja"]);
    for part in ["マイル発行", "マイル取消", "ポイント交換", "結果不明"] {
        assert!(waiting.out.contains(part), "{part}: {}", waiting.out);
    }
    assert!(!waiting.out.contains("taro"));

    // Two kinds may have one id: both are looked at.
    let found = run(&scratch, &["resolve", "T-1", "--json"]).json();
    assert_eq!(
        (&found["exit"], &found["still_open"]),
        (&json!(0), &json!(0))
    );
    assert_eq!(found["issues"][0]["phase"], "done");
    assert_eq!(found["cancels"][0]["phase"], "done");
    let open = run(&scratch, &["resolve", "EX-1"]);
    assert_eq!(open.exit, 1, "{}{}", open.out, open.err);
    house.exchanges().not_debited("EX-1").await.unwrap();
    assert_eq!(run(&scratch, &["resolve", "EX-1"]).exit, 0);
    assert_eq!(run(&scratch, &["unresolved"]).exit, 0);
    let unknown = run(&scratch, &["resolve", "T-2", "--json"]).json();
    assert_eq!(
        (&unknown["exit"], &unknown["error"]["code"]),
        (&json!(2), &json!("unknown_order"))
    );
    let round = run(&scratch, &["resolve", "--lang", "ja"]);
    assert!(
        round.exit == 0 && is_japanese(&round.out),
        "{}{}",
        round.out,
        round.err
    );

    let without = Run::within(&scratch).netmile(&["unresolved"]);
    assert_eq!(without.exit, 2);
    assert!(
        without.err.contains("NETMILE_SITE_SECRET"),
        "{}",
        without.err
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn payments_and_miles_of_one_journal_are_looked_after_together() {
    let mock = mock_of_today().await;
    let shop = Shop::open(&mock).await;
    let path = shop.scratch.path().join("netmile.toml");
    let config = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, config + &site_of(&mock)).unwrap();
    let house = house(&mock, &shop.scratch).await;
    lose_answers(&mock, "miles-issue", 1);
    assert!(
        house
            .miles()
            .issue(&reward("P-1"))
            .await
            .unwrap()
            .is_unknown()
    );
    lose_answers(&mock, "ST01-00101", 1);
    assert!(shop.charge("P-1", 300).await.is_unknown());

    let waiting = run(&shop.scratch, &["unresolved", "--json"]).json();
    assert_eq!(waiting["charges"][0]["id"], "P-1");
    assert_eq!(waiting["issues"][0]["tran_id"], "P-1");
    let found = run(&shop.scratch, &["resolve", "P-1", "--json"]).json();
    assert_eq!(found["charges"][0]["phase"], "paid");
    assert_eq!(
        (&found["issues"][0]["phase"], &found["exit"]),
        (&json!("done"), &json!(0))
    );
    assert_eq!(run(&shop.scratch, &["unresolved"]).exit, 0);
}
