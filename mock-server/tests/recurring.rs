//! Recurring simple contracts: billed by the mock's own clock, month after month.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub,
    dead_code
)]

#[path = "mock/common.rs"]
mod common;

use netmile_mock::{ClockMode, MockError, Options, clock, due::Happening, settlement::Month};

use common::{Browser, frozen, get};

const DAY: u32 = 86_400;

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

async fn contract(browser: &Browser, order: &str, member: &str, more: &[(&str, &str)]) -> String {
    let now = clock::stamp(browser.mock.admin().clock().unix);
    let mut changes = vec![
        ("pay_type", "1"),
        ("auto_charge_type", "1"),
        ("div_settele", "0"),
        ("request_date", now.as_str()),
    ];
    changes.extend(more);
    let session = if member.is_empty() {
        browser.start(order, &changes).await
    } else {
        browser.start_as(order, member, &changes).await
    };
    browser.post(&format!("{session}/pay"), &[]).await;
    let contracts = browser.mock.admin().contracts().await.unwrap();
    contracts.last().unwrap().tracking_id.clone()
}

/// What happened to contracts: kind, instant, outcome.
fn of(happened: &[Happening], id: &str) -> Vec<(String, String, String)> {
    happened
        .iter()
        .filter(|h| h.id == id)
        .map(|h| (h.kind.clone(), clock::stamp(h.at), h.outcome.clone()))
        .collect()
}

fn event(kind: &str, at: &str, outcome: &str) -> (String, String, String) {
    (kind.to_owned(), at.to_owned(), outcome.to_owned())
}

#[tokio::test]
async fn each_month_is_billed_once_at_its_start_however_the_clock_moves() {
    let mut ledgers = Vec::new();
    for jumps in [vec![400 * DAY], vec![DAY; 400], vec![13 * DAY + 7; 31]] {
        let browser = Browser::open().await;
        let admin = browser.mock.admin();
        let id = contract(&browser, "ORDER-1", "hanako", &[]).await;
        let mut happened = Vec::new();
        for jump in jumps {
            happened.extend(admin.advance(jump).await.unwrap());
        }
        let billed: Vec<_> = of(&happened, &id)
            .into_iter()
            .map(|(_, at, _)| at)
            .collect();
        let expected: Vec<_> = (2..=12)
            .map(|n| format!("2026{n:02}01000000"))
            .chain(["20270101000000".to_owned(), "20270201000000".to_owned()])
            .collect();
        assert_eq!(billed, expected);
        // 300 yen: 600 miles, of which 6 come back.
        assert_eq!(browser.balance("hanako").await, 1_000_000 - 14 * 594);
        let periods = admin.periods(&id).await.unwrap();
        assert_eq!(periods.len(), 13);
        assert!(periods.iter().all(|p| p.due == p.month.start() && p.billed));
        let ledger: Vec<_> = admin
            .ledger(Some("hanako"))
            .await
            .unwrap()
            .into_iter()
            .filter(|e| e.tracking_id.is_some())
            .map(|e| (e.at, e.miles, e.yen, e.kind))
            .collect();
        ledgers.push(ledger);
        let statement = admin
            .settlement("99999", "001", month("202602"))
            .await
            .unwrap();
        assert_eq!(statement.rows.len(), 1);
        assert_eq!(
            clock::stamp(statement.rows[0].movement.at),
            "20260201000000"
        );
        assert_eq!(statement.rows[0].movement.order_id, "ORDER-1");
        assert_eq!(statement.rows[0].movement.tracking_id, id);
        // Nobody is told of a month that went well.
        assert_eq!(browser.shop.count(), 1);
    }
    assert_eq!(ledgers[0], ledgers[1]);
    assert_eq!(ledgers[0], ledgers[2]);
}

#[tokio::test]
async fn a_short_month_fails_and_the_next_goes_on_as_usual() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    admin.adjust("taro", 200, "to one month").await.unwrap();
    let id = contract(&browser, "ORDER-1", "taro", &[]).await;
    assert_eq!(browser.balance("taro").await, 6);
    let happened = admin.advance(31 * DAY).await.unwrap();
    assert_eq!(
        of(&happened, &id),
        [event(
            "period_failed",
            "20260201000000",
            "202602: 594 miles short, 1 in a row"
        )]
    );
    assert_eq!(browser.balance("taro").await, 6);
    admin.adjust("taro", 594, "again").await.unwrap();
    let happened = admin.advance(28 * DAY).await.unwrap();
    assert_eq!(
        of(&happened, &id),
        [event("period_billed", "20260301000000", "202603: 300 yen")]
    );
    // The row of short months begins anew: two more do not end it.
    let happened = admin.advance(61 * DAY).await.unwrap();
    assert_eq!(
        of(&happened, &id),
        [
            event(
                "period_failed",
                "20260401000000",
                "202604: 594 miles short, 1 in a row"
            ),
            event(
                "period_failed",
                "20260501000000",
                "202605: 594 miles short, 2 in a row"
            ),
        ]
    );
    assert!(admin.contracts().await.unwrap()[0].active);
    assert_eq!(browser.shop.count(), 1, "no notice of a short month");
    let statement = admin
        .settlement("99999", "001", month("202602"))
        .await
        .unwrap();
    assert!(statement.rows.is_empty());
}

#[tokio::test]
async fn three_short_months_in_a_row_end_the_contract() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    let id = contract(&browser, "ORDER-1", "zero", &[("camp_type", "1")]).await;
    let happened = admin.advance(365 * DAY).await.unwrap();
    assert_eq!(
        of(&happened, &id),
        [
            event(
                "period_failed",
                "20260201000000",
                "202602: 600 miles short, 1 in a row"
            ),
            event(
                "period_failed",
                "20260301000000",
                "202603: 600 miles short, 2 in a row"
            ),
            event(
                "period_failed",
                "20260401000000",
                "202604: 600 miles short, 3 in a row"
            ),
            event("contract_ended", "20260401000000", "accepted"),
        ]
    );
    let notice = browser.shop.last();
    assert_eq!(get(&notice, "res_result"), "CC");
    assert_eq!(get(&notice, "res_tracking_id"), id);
    assert_eq!(get(&notice, "res_date"), "20260401000000");
    assert_eq!(browser.shop.count(), 2);
    let ended = admin.contracts().await.unwrap().remove(0);
    assert_eq!(
        (ended.active, ended.ended_by.as_deref()),
        (false, Some("CC"))
    );
    assert_eq!(
        ended.ended_at.map(clock::stamp).as_deref(),
        Some("20260401000000")
    );
}

#[tokio::test]
async fn how_many_and_which_notice_are_settings() {
    for (most, result, ends) in [(1, "CR", true), (0, "CC", false)] {
        let mut options = frozen();
        options.scenario.recurring.end_after_short_months = most;
        options.scenario.recurring.end_result = result.to_owned();
        let browser = Browser::with(options).await;
        let admin = browser.mock.admin();
        let id = contract(&browser, "ORDER-1", "zero", &[("camp_type", "1")]).await;
        let happened = admin.advance(200 * DAY).await.unwrap();
        let failed = of(&happened, &id)
            .iter()
            .filter(|(kind, ..)| kind == "period_failed")
            .count();
        assert_eq!(failed, if ends { 1 } else { 6 });
        assert_eq!(admin.contracts().await.unwrap()[0].active, !ends);
        if ends {
            assert_eq!(get(&browser.shop.last(), "res_result"), "CR");
        }
    }
}

#[tokio::test]
async fn a_campaign_gives_the_first_month_away() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    let session = browser
        .start_as(
            "ORDER-0",
            "zero",
            &[
                ("pay_type", "1"),
                ("auto_charge_type", "1"),
                ("div_settele", "0"),
                ("camp_type", "1"),
            ],
        )
        .await;
    let page = browser.get(&session).await.text();
    assert!(page.contains("お申し込み時の請求はありません"), "{page}");
    for (camp, charged) in [("", 594), ("0", 594), ("1", 0)] {
        let before = browser.balance("hanako").await;
        let order = format!("ORDER-{camp}-X");
        contract(&browser, &order, "hanako", &[("camp_type", camp)]).await;
        assert_eq!(
            before - browser.balance("hanako").await,
            charged,
            "camp_type {camp:?}"
        );
    }
    let before = browser.balance("hanako").await;
    admin.advance(30 * DAY).await.unwrap();
    assert_eq!(before - browser.balance("hanako").await, 3 * 594);
}

#[tokio::test]
async fn the_last_month_is_billed_and_the_one_after_is_not() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    let id = contract(
        &browser,
        "ORDER-1",
        "hanako",
        &[("last_charge_month", "202603")],
    )
    .await;
    let happened = admin.advance(200 * DAY).await.unwrap();
    assert_eq!(
        of(&happened, &id),
        [
            event("period_billed", "20260201000000", "202602: 300 yen"),
            event("period_billed", "20260301000000", "202603: 300 yen"),
            event("contract_ended", "20260401000000", "accepted"),
        ]
    );
    assert_eq!(get(&browser.shop.last(), "res_result"), "CL");
}

#[tokio::test]
async fn an_ended_contract_is_not_billed_and_a_new_one_only_from_the_next_month() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    // To 1 February, 00:00:00: a contract of that instant is paid for February.
    let first = clock::parse_stamp("20260201000000").unwrap();
    let ahead = u32::try_from(first - admin.clock().unix).unwrap();
    admin.advance(ahead).await.unwrap();
    let id = contract(&browser, "ORDER-1", "hanako", &[]).await;
    assert!(admin.advance(DAY).await.unwrap().is_empty());
    assert!(admin.periods(&id).await.unwrap().is_empty());
    admin.later_notice(&id, "CR").await.unwrap();
    let happened = admin.advance(90 * DAY).await.unwrap();
    assert!(of(&happened, &id).is_empty(), "{happened:?}");
    assert_eq!(browser.balance("hanako").await, 1_000_000 - 594);
}

#[tokio::test]
async fn other_methods_are_billed_without_miles_and_metered_contracts_not_at_all() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    let card = contract(&browser, "ORDER-1", "", &[("pay_method", "credit")]).await;
    let metered = [("pay_type", "2"), ("auto_charge_type", "0")];
    let metered = contract(&browser, "ORDER-2", "hanako", &metered).await;
    let happened = admin.advance(31 * DAY).await.unwrap();
    assert_eq!(
        of(&happened, &card),
        [event("period_billed", "20260201000000", "202602: 300 yen")]
    );
    assert!(of(&happened, &metered).is_empty());
    assert_eq!(admin.periods(&card).await.unwrap()[0].miles, 0);
    assert_eq!(browser.balance("hanako").await, 1_000_000);
    let ledger = admin.ledger(None).await.unwrap();
    let yen: i64 = ledger.iter().map(|e| e.yen).sum();
    assert_eq!(yen, 600);
}

#[tokio::test]
async fn members_share_their_miles_among_contracts_in_the_order_of_their_start() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    let mut ids = Vec::new();
    for n in 0..3 {
        let order = format!("ORDER-{n}");
        ids.push(
            contract(
                &browser,
                &order,
                "taro",
                &[("camp_type", "1"), ("amount", "99")],
            )
            .await,
        );
    }
    // 400 miles: two months of 198 and none for the third.
    let happened = admin.advance(31 * DAY).await.unwrap();
    let kinds: Vec<_> = ids
        .iter()
        .map(|id| of(&happened, id)[0].0.clone())
        .collect();
    assert_eq!(kinds, ["period_billed", "period_billed", "period_failed"]);
    assert_eq!(browser.balance("taro").await, 4);
}

#[tokio::test]
async fn a_billed_month_can_be_refunded_once_and_in_time() {
    let browser = Browser::open().await;
    let admin = browser.mock.admin();
    let id = contract(&browser, "ORDER-1", "hanako", &[]).await;
    admin.advance(61 * DAY).await.unwrap();
    let before = browser.balance("hanako").await;
    let path = format!("/_mock/contracts/{id}/periods/202602/refund");
    let page = browser.post(&path, &[]).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert_eq!(browser.balance("hanako").await, before + 594);
    let again = admin.refund_period(&id, month("202602")).await;
    assert!(matches!(again, Err(MockError::Refused(_))), "{again:?}");
    let none = admin.refund_period(&id, month("202601")).await;
    assert!(matches!(none, Err(MockError::NotFound { .. })), "{none:?}");
    // It is a row of the month in which it happened, and the sale of February knows it.
    let at = admin.clock().unix;
    admin.advance(31 * DAY).await.unwrap();
    let march = admin
        .settlement("99999", "001", Month::of(at))
        .await
        .unwrap();
    let rows: Vec<_> = march
        .rows
        .iter()
        .map(|r| (r.net(), r.status.key()))
        .collect();
    assert_eq!(rows, [(285, "captured"), (-285, "refunded")]);
    assert_eq!(march.rows[1].movement.period, Some(month("202602")));
    admin.advance(61 * DAY).await.unwrap();
    let late = admin.refund_period(&id, month("202603")).await;
    let late = late.map(|p| p.refunded_at).map_err(|e| e.to_string());
    assert!(late.is_ok(), "until the end of June: {late:?}");
    admin.advance(31 * DAY).await.unwrap();
    let late = admin.refund_period(&id, month("202603")).await;
    assert!(late.is_err());
    let late = admin
        .refund_period(&id, month("202604"))
        .await
        .map(|p| p.billed);
    assert!(late.unwrap());
    admin.advance(31 * DAY).await.unwrap();
    let late = admin.refund_period(&id, month("202604")).await.unwrap_err();
    assert!(late.to_string().contains("period has passed"), "{late}");
}

#[tokio::test]
async fn a_mock_that_was_down_bills_what_it_missed_on_the_missed_dates() {
    let file = std::env::temp_dir().join(format!("netmile-missed-{}.db", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let options = |at: &str| Options {
        database: Some(file.clone()),
        clock: ClockMode::Frozen(clock::parse_stamp(at).unwrap()),
        ..frozen()
    };
    let browser = Browser::with(options("20260102030405")).await;
    let id = contract(&browser, "ORDER-1", "hanako", &[]).await;
    let ends = [("last_charge_month", "202603")];
    let ending = contract(&browser, "ORDER-2", "hanako", &ends).await;
    browser.mock.stop().await;

    let again = Browser::with(options("20260510120000")).await;
    let admin = again.mock.admin();
    let happened = admin.advance(1).await.unwrap();
    let at = |id: &str| -> Vec<String> {
        of(&happened, id)
            .into_iter()
            .map(|(kind, at, _)| format!("{kind} {at}"))
            .collect()
    };
    assert_eq!(
        at(&id),
        [
            "period_billed 20260201000000",
            "period_billed 20260301000000",
            "period_billed 20260401000000",
            "period_billed 20260501000000",
        ]
    );
    assert_eq!(
        at(&ending),
        [
            "period_billed 20260201000000",
            "period_billed 20260301000000",
            "contract_ended 20260401000000",
        ]
    );
    assert_eq!(
        at("99999/001/202603"),
        ["month_closed 20260401000000", "payout 20260424000000"]
    );
    assert!(admin.advance(1).await.unwrap().is_empty());
    again.mock.stop().await;
    let _ = std::fs::remove_file(&file);
}
