//! Inquiries, refunds and open outcomes of payments by the API type.

use netmile::operation::Outcome;

use crate::shop::{Shop, lose_answers};
use crate::support::{Run, Scratch, is_japanese, mock_of_today};

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_is_asked_about_and_refunded_once() {
    let mock = mock_of_today().await;
    let shop = Shop::open(&mock).await;
    assert!(shop.charge("P-1", 300).await.is_done());

    let asked = shop.run(&["inquire", "P-1", "--json"]).json();
    assert_eq!(asked["exit"], 0);
    assert_eq!(asked["charge"]["phase"], "paid");
    assert_eq!(asked["gateway"]["status"], "captured");
    assert_eq!(
        asked["gateway"]["tracking_id"],
        asked["charge"]["tracking_id"]
    );

    let part = ["refund", "P-1", "--part", "shipping", "--amount", "100"];
    let before = mock.admin().api_ledger().await.len();
    for _ in 0..2 {
        let ran = shop.run(&part);
        assert_eq!(ran.exit, 0, "{}", ran.err);
        assert!(ran.out.contains("refunded in part"), "{}", ran.out);
    }
    assert_eq!(mock.admin().api_ledger().await.len(), before + 1);

    let other = shop.run(&["refund", "P-1", "--part", "more", "--amount", "201"]);
    assert_eq!(other.exit, 2, "{}", other.out);
    // What is left after a part is refunded as a part.
    assert_eq!(shop.run(&["refund", "P-1"]).exit, 2);
    assert!(shop.charge("P-2", 300).await.is_done());
    let all = shop.run(&["refund", "P-2", "--json"]).json();
    assert_eq!((&all["outcome"], &all["exit"]), (&"done".into(), &0.into()));
    assert_eq!(all["charge"]["refunded"], 300);
    let asked = shop.run(&["inquire", "P-2", "--lang", "ja"]);
    assert_eq!(asked.exit, 0);
    assert!(asked.out.contains("返金済み") && is_japanese(&asked.out));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_without_an_answer_ends_with_4_and_is_found_out() {
    let mock = mock_of_today().await;
    let shop = Shop::open(&mock).await;
    assert!(shop.charge("P-1", 300).await.is_done());
    assert_eq!(shop.run(&["unresolved"]).exit, 0);
    lose_answers(&mock, "ST02-00307", 1);

    let part = ["refund", "P-1", "--part", "a", "--amount", "100"];
    let ran = shop.run(&part);
    assert_eq!(ran.exit, 4, "{} {}", ran.out, ran.err);
    assert!(ran.out.contains("netmile resolve P-1"), "{}", ran.out);

    let waiting = shop.run(&["unresolved", "--json"]).json();
    assert_eq!(waiting["exit"], 1);
    assert_eq!(waiting["charges"][0]["id"], "P-1");
    assert_eq!(waiting["charges"][0]["open_step"]["step"], "partial_refund");
    let waiting = shop.run(&["unresolved", "--lang", "ja"]);
    assert!(waiting.out.contains("部分返金の結果"), "{}", waiting.out);

    let found = shop.run(&["resolve", "P-1", "--json"]).json();
    assert_eq!(
        (&found["exit"], &found["still_open"]),
        (&0.into(), &0.into())
    );
    assert_eq!(found["charges"][0]["refunded"], 100);
    assert_eq!(shop.run(&["unresolved"]).exit, 0);
    // Given again, it is known, and nothing moves.
    let moved = mock.admin().api_ledger().await.len();
    assert_eq!(shop.run(&part).exit, 0);
    assert_eq!(mock.admin().api_ledger().await.len(), moved);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_looks_at_what_is_due_and_an_id_at_once() {
    let mock = mock_of_today().await;
    let shop = Shop::open(&mock).await;
    let none = shop.run(&["resolve", "--json"]).json();
    assert_eq!(
        (&none["exit"], &none["charges"]),
        (&0.into(), &serde_json::json!([]))
    );

    // Asked for by its id, a payment is looked at before it is due.
    lose_answers(&mock, "ST01-00101", 1);
    assert!(matches!(shop.charge("P-1", 300).await, Outcome::Unknown(_)));
    let found = shop.run(&["resolve", "P-1"]);
    assert_eq!(found.exit, 0, "{} {}", found.out, found.err);
    assert!(found.out.contains("paid"), "{}", found.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_explained() {
    use netmile_mock::faults::{FaultKind, FaultRule};
    let mock = mock_of_today().await;
    let shop = Shop::open(&mock).await;
    assert!(shop.charge("P-1", 300).await.is_done());
    mock.admin().add_fault(FaultRule {
        code: Some("90025999".to_owned()),
        ..FaultRule::once("ST02-00307", FaultKind::NgResult)
    });
    let part = ["refund", "P-1", "--part", "a", "--amount", "100", "--json"];
    let refused = shop.run(&part).json();
    assert_eq!(
        (&refused["exit"], &refused["outcome"]),
        (&1.into(), &"rejected".into())
    );
    assert_eq!(refused["code"], "90025999");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_done_says_why_and_sends_nothing() {
    let mock = mock_of_today().await;
    let shop = Shop::open(&mock).await;
    assert!(shop.charge("P-1", 300).await.is_done());
    let moved = mock.admin().api_ledger().await.len();
    for verb in ["inquire", "refund", "resolve"] {
        let unknown = shop.run(&[verb, "P-2", "--json"]).json();
        assert_eq!(unknown["exit"], 2, "{verb}");
        assert_eq!(unknown["error"]["code"], "unknown_order", "{verb}");
    }

    let path = shop.scratch.path().join("netmile.toml");
    let whole = std::fs::read_to_string(&path).unwrap();
    let (without, _) = whole.split_once("[[methods]]").unwrap();
    for (text, exit, part) in [
        (without.to_owned(), 2, "[[methods]]"),
        (whole.replace("service_id", "# service_id"), 2, "service_id"),
        (whole.replace("mock_url", "# mock_url"), 2, "[endpoints]"),
        (
            whole.replace("hash_key_file", "# hash_key_file"),
            2,
            "NETMILE_HASH_KEY",
        ),
        (
            whole.replace("sqlite://shop.db", "mysql://shop"),
            2,
            "sqlite:",
        ),
        (
            whole.replace("sqlite://shop.db", "sqlite://none.db"),
            3,
            "does not exist",
        ),
        (
            whole.replace("url = \"sqlite", "# url = \"sqlite"),
            2,
            "[journal]",
        ),
    ] {
        std::fs::write(&path, text).unwrap();
        let ran = shop.run(&["refund", "P-1"]);
        assert_eq!(ran.exit, exit, "{part}: {}", ran.err);
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    assert!(!shop.scratch.path().join("none.db").exists());
    assert_eq!(mock.admin().api_ledger().await.len(), moved);

    let elsewhere = Scratch::new();
    assert_eq!(Run::within(&elsewhere).netmile(&["unresolved"]).exit, 2);
}
