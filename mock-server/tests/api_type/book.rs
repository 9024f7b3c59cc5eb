//! The book alone.

use netmile_mock::api::{LinkContract, MovementKind as K};

use crate::common::*;

#[test]
fn netmile_is_paid_inquired_and_refunded() {
    let mut desk = Desk::open();
    let body = desk.ok(&netmile("ORDER-1", "150", "taro"));
    let tracking = tag(&body, "res_tracking_id");
    assert_eq!(tracking.len(), 14);
    assert_eq!(tag(&body, "used_miles"), "300");
    assert_eq!(desk.balance("taro"), 400 - 300 + 3);
    assert_eq!(desk.moved(), [(K::Captured, 150)]);
    assert_eq!(desk.ng(&netmile("ORDER-1", "150", "taro")), "90096999");
    let inquiry = about("MG01-00101-900", "").line("order_id", "ORDER-1");
    let seen = desk.ok(&inquiry);
    assert_eq!(tag(&seen, "payment_status"), "2");
    assert_eq!(tag(&seen, "tracking_id"), tracking);
    assert_eq!(tag(&seen, "amount"), "150");

    desk.ok(&amount("ST02-00307-900", &tracking, "50"));
    // 100 yen stay paid: 2 of the 3 returned miles stay too.
    assert_eq!(desk.balance("taro"), 103 + 100 - 1);
    let seen = desk.ok(&about("MG01-00101-900", &tracking));
    assert_eq!(tag(&seen, "payment_status"), "5");
    assert_eq!(tag(&seen, "refunded_amount"), "50");
    assert_eq!(
        desk.ng(&amount("ST02-00307-900", &tracking, "101")),
        "90044999"
    );

    desk.ok(&processed("ST02-00303-900", &tracking));
    assert_eq!(desk.balance("taro"), 400);
    assert_eq!(desk.ng(&processed("ST02-00303-900", &tracking)), "90030999");
    assert_eq!(
        desk.moved(),
        [(K::Captured, 150), (K::Refunded, 50), (K::Refunded, 100)]
    );
}

#[test]
fn short_of_miles_says_how_many_are_missing_and_keeps_the_order_free() {
    let mut desk = Desk::open();
    let handled = desk.handle(&netmile("ORDER-1", "300", "taro"));
    assert_eq!(tag(&handled.body, "res_err_code"), "900S1008");
    assert_eq!(tag(&handled.body, "short_miles"), "200");
    assert!(text(&handled.body).contains("id=\"ST01-00101-900\""));
    assert!(desk.book.ledger().is_empty());
    let nothing = desk.ok(&about("MG01-00101-900", "").line("order_id", "ORDER-1"));
    assert_eq!(tag(&nothing, "payment_status"), "0");
    let balance = Message::new("MG01-00102-900").line("pay_method_info/netmile_user_id", "taro");
    let body = desk.ok(&balance.encrypted());
    let hidden = tag(&body, "balance");
    assert_eq!(
        decrypt("0123456789abcdef01234567", "76543210", &hidden),
        "400"
    );
    desk.purse.open("taro", 200);
    desk.ok(&netmile("ORDER-1", "300", "taro"));
    assert_eq!(desk.balance("taro"), 6);
    assert_eq!(desk.ng(&netmile("ORDER-2", "300", "nobody")), "900S0999");
}

#[test]
fn a_metered_contract_is_charged_and_ends_after_three_short_months() {
    let mut desk = Desk::open();
    let contract = LinkContract {
        merchant_id: "99999".into(),
        service_id: "001".into(),
        cust_code: "cust-0001".into(),
        method: "netmile".into(),
        pay_type: "2".into(),
        active: true,
        ended_by: None,
        member: Some("taro".into()),
    };
    desk.purse.apply_for("10000000000001", contract);
    let charge = |order: &str, yen: &str| {
        Message::new("ST01-00104-900")
            .line("tracking_id", "10000000000001")
            .line("cust_code", "cust-0001")
            .line("order_id", order)
            .line("item_id", "item-1")
            .line("amount", yen)
    };
    let body = desk.ok(&charge("P-1", "100"));
    assert_ne!(tag(&body, "res_tracking_id"), "10000000000001");
    assert_eq!(desk.balance("taro"), 202);
    let other = charge("P-2", "100").set("cust_code", Some("cust-0002"));
    assert_eq!(desk.ng(&other), "900L1999");
    let unknown = charge("P-2", "100").set("tracking_id", Some("10000000000002"));
    assert_eq!(desk.ng(&unknown), "900L0999");
    for month in 0..3 {
        // A second try in the same month does not count again.
        for n in 0..if month < 2 { 2 } else { 1 } {
            assert_eq!(
                desk.ng(&charge(&format!("S-{month}-{n}"), "500")),
                "900S1008"
            );
        }
        desk.now += 31 * 86_400;
    }
    assert_eq!(desk.ng(&charge("P-3", "50")), "900L3999");
    assert_eq!(
        desk.ng(&about("ST02-00309-900", "10000000000001")),
        "900L7999"
    );
}

#[test]
fn a_simple_contract_is_billed_at_each_months_start() {
    let mut desk = Desk::open();
    let body = desk.ok(&netmile_monthly("ORDER-1", "60", "taro"));
    let tracking = tag(&body, "res_tracking_id");
    assert_eq!(desk.balance("taro"), 280);
    let until = netmile_mock::clock::parse_instant("2026-07-01T00:00:00+09:00").unwrap();
    let happened = desk.book.advance(until, &desk.purse);
    let kinds: Vec<_> = happened
        .iter()
        .map(|h| (h.kind, h.outcome.as_str()))
        .collect();
    assert_eq!(
        kinds,
        [
            ("period_billed", "202602: 60"),
            ("period_billed", "202603: 60"),
            ("period_failed", "202604: 0"),
            ("period_failed", "202605: 0"),
            ("period_failed", "202606: 0"),
            ("contract_ended", "short"),
        ]
    );
    for one in &happened {
        desk.purse.post(&one.postings);
    }
    assert_eq!(desk.balance("taro"), 40);
    assert_eq!(desk.moved(), [(K::Captured, 60); 3]);
    desk.now = until - 1;
    let month = |m: &str| {
        processed("ST02-00303-900", &tracking).line("pay_option_manage/cancel_target_month", m)
    };
    assert_eq!(desk.ng(&month("202604")), "90027999");
    desk.ok(&month("202603"));
    assert_eq!(desk.ng(&month("202603")), "90030999");
    assert_eq!(desk.ng(&processed("ST02-00302-900", &tracking)), "90032999");
    assert_eq!(desk.balance("taro"), 160);
}

#[test]
fn a_card_is_authorised_committed_captured_and_refunded_in_parts() {
    let mut desk = Desk::open();
    let body = desk.ok(&token("ORDER-1", "1000", "tok-1"));
    let tracking = tag(&body, "res_tracking_id");
    assert_eq!(tag(&body, "recognized_no"), "123456");
    assert_eq!(tag(&body, "res_sps_cust_no").len(), 12);
    let status = |desk: &mut Desk| {
        let inquiry = about("MG01-00101-101", &tracking).line("response_info_type", "2");
        let body = desk.ok(&inquiry);
        assert_eq!(tag(&body, "cc_number"), "************4242");
        (tag(&body, "commit_status"), tag(&body, "payment_status"))
    };
    let is = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(status(&mut desk), is("0", "1"));
    assert_eq!(desk.ng(&processed("ST02-00201-101", &tracking)), "10137999");
    let body = desk.ok(&processed("ST02-00101-101", &tracking));
    assert!(!text(&body).contains("res_tracking_id"));
    assert_eq!(desk.ng(&processed("ST02-00101-101", &tracking)), "10160999");
    assert_eq!(
        desk.ng(&amount("ST02-00307-101", &tracking, "1")),
        "101K0999"
    );
    let body = desk.ok(&amount("ST02-00201-101", &tracking, "900"));
    assert_eq!(tag(&body, "res_process_date"), "20260102000000");
    assert_eq!(desk.ng(&processed("ST02-00201-101", &tracking)), "10141999");
    assert_eq!(status(&mut desk), is("1", "2"));
    desk.ok(&amount("ST02-00307-101", &tracking, "300"));
    assert_eq!(status(&mut desk), is("1", "5"));
    assert_eq!(
        desk.ng(&amount("ST02-00307-101", &tracking, "601")),
        "101K1999"
    );
    desk.ok(&processed("ST02-00303-101", &tracking));
    assert_eq!(desk.ng(&processed("ST02-00303-101", &tracking)), "10146999");
    assert_eq!(status(&mut desk), is("1", "4"));
    assert_eq!(desk.ng(&token("ORDER-1", "1000", "tok-2")), "10196999");
    assert_eq!(desk.ng(&token("ORDER-2", "1000", "tok-1")), "101T2999");
    assert_eq!(desk.ng(&token("ORDER-2", "1000", "bad-1")), "101T1999");
    assert_eq!(desk.ng(&token("ORDER-2", "1000", "decline")), "10165999");
}

#[test]
fn a_slip_is_paid_and_its_notices_are_composed() {
    use netmile_mock::api::{Ack, SlipEvent};
    let mut desk = Desk::open();
    let body = desk.ok(&slip("ORDER-1", "1500").encrypted());
    let tracking = tag(&body, "res_tracking_id");
    let hidden = tag(&body, "invoice_no");
    assert_eq!(
        decrypt("0123456789abcdef01234567", "76543210", &hidden),
        tracking
    );
    let seen = desk.ok(&about("MG01-00101-701", &tracking));
    assert_eq!(tag(&seen, "payment_status"), "1");
    assert_eq!(tag(&seen, "bill_date"), "20260115");
    assert!(text(&seen).contains("&amp;store=016"));

    let now = desk.now;
    let event = |desk: &mut Desk, event, yen| desk.book.slip_event(&tracking, event, yen, now);
    let notice = event(&mut desk, SlipEvent::Preliminary, Some(500)).unwrap();
    assert_eq!(
        (notice.rec_type, notice.rec_amount, notice.rec_amount_total),
        (1, 500, 500)
    );
    let letter = desk
        .book
        .compose(&notice, desk.book.notice_style("99999", "001"), now)
        .unwrap();
    assert_eq!(tag(&letter.body, "order_id"), "ORDER-1");
    assert_eq!(desk.book.due_notices(now).len(), 1);
    desk.book.noticed(notice.id, &Ack::Failed("x".into()), now);
    assert!(desk.book.due_notices(now + 599).is_empty());
    assert_eq!(desk.book.due_notices(now + 600).len(), 1);
    desk.book.noticed(notice.id, &Ack::Ok, now + 600);
    assert!(desk.book.due_notices(now + 99_999).is_empty());
    event(&mut desk, SlipEvent::Confirmed, None).unwrap();
    event(&mut desk, SlipEvent::Confirmed, None).unwrap();
    let seen = desk.ok(&about("MG01-00101-701", &tracking));
    assert_eq!(tag(&seen, "payment_status"), "3");
    assert_eq!(desk.moved(), [(K::Captured, 500), (K::Captured, 1000)]);
    assert!(event(&mut desk, SlipEvent::Cancelled, None).is_err());

    let body = desk.ok(&slip("ORDER-2", "100"));
    let other = tag(&body, "res_tracking_id");
    let end = netmile_mock::clock::parse_instant("2026-01-16T00:00:00+09:00").unwrap();
    assert!(desk.book.advance(end - 1, &desk.purse).is_empty());
    let happened = desk.book.advance(end, &desk.purse);
    assert_eq!(happened[0].kind, "slip_expired");
    assert_eq!(
        happened[0].notice.as_ref().unwrap().function,
        "NT01-00104-701"
    );
    let seen = desk.ok(&about("MG01-00101-701", &other));
    assert_eq!(tag(&seen, "payment_status"), "9");
}

#[test]
fn a_restored_book_goes_on_where_it_was() {
    let mut desk = Desk::open();
    desk.ok(&netmile("ORDER-1", "150", "taro"));
    desk.ok(&netmile_monthly("ORDER-2", "10", "taro"));
    desk.ok(&token("ORDER-3", "1000", "tok-1"));
    desk.ok(&slip("ORDER-4", "1500"));
    let rows: Vec<_> = desk
        .book
        .take_changes()
        .into_iter()
        .map(|(_, record)| serde_json::to_string(&record.unwrap()).unwrap())
        .collect();
    assert!(desk.book.take_changes().is_empty());
    let records = rows.iter().map(|row| serde_json::from_str(row).unwrap());
    let config = netmile_mock::api::Config::from(&netmile_mock::Scenario::demo());
    let mut copy = netmile_mock::api::Book::restore(config, 7, records);
    assert_eq!(copy.records(), desk.book.records());
    let until = desk.now + 40 * 86_400;
    assert_eq!(
        copy.advance(until, &desk.purse),
        desk.book.advance(until, &desk.purse)
    );
    let mut twin = Desk {
        book: copy,
        purse: desk.purse.clone(),
        now: until,
    };
    desk.now = until;
    let next = netmile("ORDER-5", "10", "hanako");
    assert_eq!(twin.ok(&next), desk.ok(&next));
    assert_eq!(twin.ng(&token("ORDER-6", "1000", "tok-1")), "101T2999");
}
