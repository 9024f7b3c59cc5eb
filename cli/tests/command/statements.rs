//! The journal against the statements of the mock.

use netmile::operation::Outcome;
use netmile::schedule::YearMonth;
use netmile::time::{Clock as _, SystemClock};
use netmile_mock::Mock;

use crate::shop::{Shop, lose_answers};
use crate::support::{Ran, is_japanese, mock, mock_of_today};

const DAY: u32 = 86_400;

/// Closes the month and puts its statement beside the configuration.
async fn close(mock: &Mock, shop: &Shop, month: &str) {
    mock.admin().advance(40 * DAY).await.unwrap();
    let url = format!("{}/_mock/settlements/99999/001/{month}", mock.url());
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let file = client.get(url).send().await.unwrap();
    assert_eq!(file.status(), 200);
    let bytes = file.bytes().await.unwrap();
    shop.scratch.file("file.csv", bytes);
}

/// The month of a frozen mock.
const FROZEN: &str = "202601";

fn reconcile(shop: &Shop, month: &str, more: &[&str]) -> Ran {
    let mut arguments = vec!["reconcile", "file.csv", "--month", month];
    arguments.extend(more);
    shop.run(&arguments)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clean_month_is_clean_in_both_languages() {
    let mock = mock().await;
    let shop = Shop::frozen(&mock).await;
    assert!(shop.charge("P-1", 300).await.is_done());
    assert!(shop.charge("P-2", 500).await.is_done());
    assert!(
        shop.client
            .payments()
            .refund("P-2")
            .await
            .unwrap()
            .is_done()
    );
    close(&mock, &shop, FROZEN).await;

    let clean = reconcile(&shop, FROZEN, &[]);
    assert_eq!(clean.exit, 0, "{} {}", clean.out, clean.err);
    assert!(
        clean.out.contains("match: file 3 (300 yen)"),
        "{}",
        clean.out
    );
    assert!(clean.out.contains("Nothing to do."), "{}", clean.out);
    let japanese = reconcile(&shop, FROZEN, &["--lang", "ja"]);
    assert!(japanese.exit == 0 && is_japanese(&japanese.out));
    let json = reconcile(&shop, FROZEN, &["--json"]).json();
    assert_eq!(json["clean"], true);
    assert_eq!(json["classes"]["match"]["file"]["yen"], 300);
    assert_eq!(json["commission"]["checked"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_payment_is_found_in_the_statement_and_repaired() {
    let mock = mock_of_today().await;
    let shop = Shop::open(&mock).await;
    assert!(shop.charge("P-1", 300).await.is_done());
    lose_answers(&mock, "ST01-00101", 1);
    assert!(matches!(shop.charge("P-2", 500).await, Outcome::Unknown(_)));
    let month = YearMonth::of_instant(SystemClock.now()).to_wire();
    close(&mock, &shop, &month).await;

    let found = reconcile(&shop, &month, &["--json"]).json();
    assert_eq!(
        (&found["exit"], &found["clean"]),
        (&1.into(), &false.into())
    );
    assert_eq!(found["plan"][0]["act"], "confirm_paid");
    assert_eq!(found["plan"][0]["order_id"], "P-2");
    let told = reconcile(&shop, &month, &[]);
    assert_eq!(told.exit, 1);
    assert!(told.out.contains("Nothing was changed"), "{}", told.out);
    assert_eq!(shop.run(&["unresolved"]).exit, 1);

    let repaired = reconcile(&shop, &month, &["--repair"]);
    assert_eq!(repaired.exit, 0, "{} {}", repaired.out, repaired.err);
    assert!(
        repaired.out.contains("confirm_paid P-2: recorded"),
        "{}",
        repaired.out
    );
    assert_eq!(shop.run(&["unresolved"]).exit, 0);
    let again = reconcile(&shop, &month, &["--repair", "--json"]).json();
    assert_eq!((&again["exit"], &again["clean"]), (&0.into(), &true.into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_repairs_what_was_lost_long_ago() {
    let mock = mock().await;
    let shop = Shop::frozen(&mock).await;
    lose_answers(&mock, "ST01-00101", 1);
    assert!(matches!(shop.charge("P-1", 500).await, Outcome::Unknown(_)));
    close(&mock, &shop, FROZEN).await;
    let repaired = reconcile(&shop, FROZEN, &["--repair", "--json"]).json();
    assert_eq!(repaired["exit"], 0);
    assert_eq!(repaired["repairs"][0]["result"], "done");
    assert_eq!(repaired["clean_after_repair"], true);
    assert_eq!(shop.run(&["unresolved"]).exit, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_program_may_settle_is_left_to_a_person() {
    let mock = mock().await;
    let shop = Shop::frozen(&mock).await;
    // Another journal: to this one the payment is unknown.
    let other = Shop::frozen(&mock).await;
    assert!(other.charge("P-1", 300).await.is_done());
    close(&mock, &shop, FROZEN).await;
    let json = reconcile(&shop, FROZEN, &["--repair", "--json"]).json();
    assert_eq!(json["exit"], 1);
    assert_eq!(json["repairs"][0]["act"], "investigate");
    assert_eq!(json["repairs"][0]["result"], "left");
    assert_eq!(json["clean_after_repair"], false);
    let japanese = reconcile(&shop, FROZEN, &["--repair", "--lang", "ja"]);
    assert!(
        japanese.out.contains("担当者の対応が必要です"),
        "{}",
        japanese.out
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_that_is_not_whole_is_refused() {
    let mock = mock().await;
    let shop = Shop::frozen(&mock).await;
    assert!(shop.charge("P-1", 300).await.is_done());
    close(&mock, &shop, FROZEN).await;
    let path = shop.scratch.path().join("file.csv");
    let whole = std::fs::read_to_string(&path).unwrap();
    let cut = &whole[..whole.find("\r\nT,").unwrap() + 2];
    shop.scratch.file("cut.csv", cut);
    let refused = shop.run(&["reconcile", "cut.csv", "--month", "202601", "--repair"]);
    assert_eq!(refused.exit, 2);
    assert!(refused.err.contains("the file was cut"), "{}", refused.err);
    // Of another month.
    let wrong = shop.run(&["reconcile", "file.csv", "--month", "202602"]);
    assert_eq!(wrong.exit, 2);
    assert!(wrong.err.contains("outside the period"), "{}", wrong.err);
    assert_eq!(
        shop.run(&["reconcile", "none.csv", "--month", "202601"])
            .exit,
        3
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_reads_another_file() {
    let mock = mock().await;
    let shop = Shop::frozen(&mock).await;
    let Outcome::Done(charge) = shop.charge("P-1", 300).await else {
        panic!("not paid");
    };
    let tracking = charge.tracking_id.unwrap();
    shop.scratch.file(
        "own.csv",
        format!("日付,購入ID,処理ID,手段,金額\r\n2026/01/02,P-1,{tracking},マイル,\"300\"\r\n"),
    );
    let columns = "encoding = \"utf8\"\ndate_format = \"YYYY/MM/DD\"\namounts = \"signed\"\n[columns]\n\
        processed_at = \"日付\"\norder_id = \"購入ID\"\ntracking_id = \"処理ID\"\npay_method = \"手段\"\n\
        amount = \"金額\"\n[methods]\n\"マイル\" = \"netmile\"\n";
    shop.scratch.file("own.toml", columns);
    let run = |profile| {
        let arguments = [
            "reconcile",
            "own.csv",
            "--month",
            "202601",
            "--profile",
            profile,
        ];
        shop.run(&arguments)
    };
    let read = run("own.toml");
    assert_eq!(read.exit, 0, "{} {}", read.out, read.err);
    shop.scratch.file("wrong.toml", "encoding = \"utf9\"");
    assert_eq!(run("wrong.toml").exit, 2);
    shop.scratch.file("wrong.json", "{}");
    assert_eq!(run("wrong.json").exit, 2);
    assert_eq!(run("none.toml").exit, 3);
}
