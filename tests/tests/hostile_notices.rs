//! Notices that somebody spoiled. What each must come to stands in `tests/hostile/expected.tsv`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::fmt::Write as _;
use std::sync::Arc;

use netmile::Client;
use netmile::engine::MemoryJournal;
use netmile::link::RawMessage;
use netmile::purchase::{FactKind, Phase};
use netmile::time::{Clock, ManualClock};
use netmile_tests::gateway::{HashedIn, KEY, Message, RESULT_ORDER};
use netmile_tests::merchant;

struct Shop {
    client: Client,
    message: Message,
}

/// A shop with one open purchase, and the good notice about it.
async fn shop() -> Shop {
    let clock = Arc::new(ManualClock::new(merchant::noon().unwrap()));
    let client = merchant::client(Arc::new(MemoryJournal::new()), clock.clone()).unwrap();
    let request = merchant::request("CART-1").unwrap();
    let checkout = client.checkout().start(&request).await.unwrap();
    let now = clock.now().to_jst();
    let message = Message::answering(checkout.form.fields(), &merchant::paid(&now));
    Shop { client, message }
}

/// Sends a body and says what came of it: `paid`, `noted` (answered OK, no money), or the code of the refusal.
async fn outcome(shop: &Shop, raw: &RawMessage) -> String {
    let ack = shop.client.notices().handle(raw).await;
    let answer = String::from_utf8(ack.body().to_vec()).unwrap();
    let facts: Vec<_> = shop.client.events().next(10).await.unwrap();
    let facts: Vec<_> = facts.iter().map(|delivery| delivery.fact.kind).collect();
    let phase = shop.client.purchases().get("CART-1").await.unwrap().phase;
    match answer.strip_prefix("NG,") {
        Some(code) => {
            assert_eq!(
                (facts, phase),
                (vec![], Phase::Open),
                "refused, and yet: {code}"
            );
            code.to_owned()
        }
        None if phase == Phase::Paid => {
            assert_eq!(facts, [FactKind::Paid]);
            "paid".to_owned()
        }
        None => "noted".to_owned(),
    }
}

fn signed(message: Message) -> Message {
    message.signed(KEY, HashedIn::Utf8)
}

fn raw(message: &Message) -> RawMessage {
    RawMessage::form(message.body())
}

/// Another value that the field's own rule allows.
fn altered(name: &str) -> &'static str {
    match name {
        "pay_method" | "res_pay_method" => "credit",
        "merchant_id" => "99998",
        "service_id" => "002",
        "sps_cust_no" | "res_sps_cust_no" => "123456789012",
        "sps_payment_no" | "res_sps_payment_no" => "002",
        "order_id" => "CART-9-1",
        "amount" => "299",
        "last_charge_month" => "202412",
        "tracking_id" | "res_tracking_id" => "99999999999999",
        "request_date" => "20240102115958",
        "res_result" => "NG",
        "res_payment_date" => "20240102115958",
        "res_err_code" => "5101",
        "res_date" => "20240102115959",
        "limit_second" => "599",
        "tax" | "pay_type" | "auto_charge_type" | "service_type" | "div_settele" | "camp_type"
        | "terminal_type" => "1",
        _ => "X9",
    }
}

#[tokio::test]
async fn every_field_altered_dropped_and_doubled() {
    let good = shop().await;
    let sent = signed(good.message.clone());
    assert_eq!(outcome(&good, &raw(&sent)).await, "paid");

    let mut table = String::from("field\tspoiled\told hash\tsigned again\n");
    for name in RESULT_ORDER {
        let spoiled: [(&str, Message); 3] = [
            ("altered", sent.clone().with(name, altered(name))),
            ("dropped", sent.clone().without(name)),
            ("doubled", sent.clone().repeating(name)),
        ];
        for (how, message) in spoiled {
            let old = outcome(&shop().await, &raw(&message)).await;
            let anew = outcome(&shop().await, &raw(&signed(message))).await;
            writeln!(table, "{name}\t{how}\t{old}\t{anew}").unwrap();
        }
    }
    let expected = include_str!("../hostile/expected.tsv");
    assert!(table == expected, "the table should read:\n{table}");
}

#[tokio::test]
async fn characters_that_move_between_fields_keep_the_hash_and_are_refused() {
    let sent = signed(shop().await.message);
    let filled: Vec<usize> = (0..RESULT_ORDER.len())
        .filter(|&i| !sent.fields[i].1.is_empty())
        .collect();
    let mut tried = 0;
    for pair in filled.windows(2) {
        for forward in [true, false] {
            let mut moved = sent.clone();
            let (mut left, mut right) = (
                moved.fields[pair[0]].1.clone(),
                moved.fields[pair[1]].1.clone(),
            );
            if forward {
                right.insert(0, left.pop().unwrap());
            } else {
                left.push(right.remove(0));
            }
            moved.fields[pair[0]].1 = left;
            moved.fields[pair[1]].1 = right;
            assert_eq!(
                signed(moved.clone()).hash,
                sent.hash,
                "the hash must not tell"
            );
            let came_to = outcome(&shop().await, &raw(&moved)).await;
            assert!(
                [
                    "invalid_value",
                    "mismatch",
                    "unknown_order",
                    "missing_field",
                    "unknown_merchant"
                ]
                .contains(&came_to.as_str()),
                "{} and {}: {came_to}",
                RESULT_ORDER[pair[0]],
                RESULT_ORDER[pair[1]]
            );
            tried += 1;
        }
    }
    assert!(tried > 40, "{tried}");
}

#[tokio::test]
async fn other_hostile_bytes() {
    let base = shop().await.message;
    let sent = signed(base.clone());
    let now = merchant::noon().unwrap();
    let dated = |seconds| {
        signed(
            base.clone()
                .with("res_date", &now.plus_seconds(seconds).to_jst()),
        )
        .body()
    };
    let hashed = |hash: Option<&str>| {
        let mut message = sent.clone();
        message.hash = hash.map(str::to_owned);
        message.body()
    };
    let with = |extra: &[u8]| [sent.body(), extra.to_vec()].concat();
    let right = sent.hash.clone().unwrap();
    let many_fields = {
        let mut body = sent.body();
        for i in 0..20_000 {
            body.extend(format!("&x{i}=1").bytes());
        }
        body
    };
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("the good one", sent.body(), "paid"),
        ("hash in lower case", hashed(Some(&right.to_lowercase())), "paid"),
        ("at the very end of its time", dated(-600), "paid"),
        ("stale by a second", dated(-601), "expired"),
        ("60 seconds ahead", dated(60), "paid"),
        ("61 seconds ahead", dated(61), "from_future"),
        ("hash over Shift_JIS", base.clone().signed(KEY, HashedIn::ShiftJis).body(), "hash_mismatch"),
        ("another key", base.clone().signed("another", HashedIn::Utf8).body(), "hash_mismatch"),
        ("no key at all", base.clone().signed("", HashedIn::Utf8).body(), "hash_mismatch"),
        ("no hash", hashed(None), "missing_field"),
        ("an empty hash", hashed(Some("")), "missing_field"),
        ("half a hash", hashed(Some(&right[..20])), "invalid_value"),
        ("a hash that is none", hashed(Some(&"z".repeat(40))), "invalid_value"),
        ("an unknown extra field", with(b"&new_field=1"), "paid"),
        ("the hash twice", with(format!("&sps_hashcode={right}").as_bytes()), "duplicate_field"),
        ("10 MiB", with(&[b"&x=".to_vec(), vec![b'a'; 10 << 20]].concat()), "too_large"),
        ("20,000 fields", many_fields, "too_large"),
        ("not Shift_JIS", signed(base.clone()).without("free1").body().into_iter().chain(*b"&free1=%FF%81").collect(), "malformed"),
        ("half a character at the end", signed(base.clone()).without("free1").body().into_iter().chain(*b"&free1=%81").collect(), "malformed"),
        ("a broken escape", with(b"&free9=%4"), "malformed"),
        ("nothing", Vec::new(), "missing_field"),
        ("not a form", b"{\"res_result\":\"OK\"}".to_vec(), "malformed"),
        ("an unknown result", signed(base.clone().with("res_result", "ZZ")).body(), "noted"),
        ("a result that is none", signed(base.clone().with("res_result", "ok")).body(), "invalid_value"),
        ("a line break in a value", signed(base.clone().with("free1", "a\nb")).body(), "malformed"),
        ("a row of details that nobody ordered", with(b"&dtl_rowno=1&dtl_item_id=I&dtl_item_name=&dtl_item_count=1&dtl_tax=&dtl_amount=300&dtl_free1=&dtl_free2=&dtl_free3="), "hash_mismatch"),
        ("half a row of details", with(b"&dtl_rowno=1"), "missing_field"),
    ];
    let mut wrong = String::new();
    for (what, body, expected) in cases {
        let came_to = outcome(&shop().await, &RawMessage::form(body)).await;
        if came_to != expected {
            writeln!(wrong, "{what}: {came_to}, not {expected}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");

    let json = raw(&sent).with_content_type("application/json");
    assert_eq!(outcome(&shop().await, &json).await, "malformed");
}
