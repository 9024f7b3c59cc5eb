//! Every NG of the checklist, in the order of the checks.

use netmile_mock::api::{LinkContract, MovementKind};

use crate::common::*;

/// The code, and whether the root has an id.
fn refused(desk: &mut Desk, message: &Message) -> (String, bool) {
    let handled = desk.handle(message);
    let body = handled.body.clone();
    assert_eq!(tag(&body, "res_result"), "NG", "{}", handled.outcome);
    assert!(handled.postings.is_empty());
    (tag(&body, "res_err_code"), text(&body).contains(" id="))
}

fn early(code: &str) -> (String, bool) {
    (code.to_owned(), false)
}

#[test]
fn broken_bodies_are_kind_00_without_an_id() {
    let mut desk = Desk::open();
    let basic = Message::new("x").basic();
    let deep = format!(
        "<sps-api-request id=\"ST01-00101-900\">{}{}</sps-api-request>",
        "<a>".repeat(50),
        "</a>".repeat(50)
    );
    for body in [
        "",
        "no xml",
        "<sps-api-request",
        "<other id=\"ST01-00101-900\"/>",
        &deep,
        "<!DOCTYPE x [<!ENTITY e \"v\">]><sps-api-request id=\"ST01-00101-900\">&e;</sps-api-request>",
    ] {
        let handled = desk.raw(Some(&basic), body.as_bytes());
        assert_eq!(handled.status, 200);
        assert_eq!(tag(&handled.body, "res_err_code"), "99900999", "{body}");
        assert!(!text(&handled.body).contains(" id="));
    }
    let handled = desk.raw(Some(&basic), b"<sps-api-request id=\"\x83\"/>");
    assert_eq!(tag(&handled.body, "res_err_code"), "99900999");
}

#[test]
fn unknown_functions_are_kind_02() {
    let mut desk = Desk::open();
    for (function, code) in [
        ("ST01-99999-900", "90002000"),
        ("ST02-00101-900", "90002000"),
        ("MG01-00101-703", "70302000"),
        ("ST02-00309-405", "40502000"),
        ("ST02-00302-405", "40502000"),
        ("ST01-00101-101", "10102000"),
        ("ST01-00101-805", "80502000"),
        ("nonsense", "99902000"),
    ] {
        let mut message = netmile("ORDER-1", "10", "taro");
        message.function = function.to_owned();
        assert_eq!(refused(&mut desk, &message), early(code), "{function}");
    }
}

#[test]
fn input_errors_name_kind_and_field_and_have_no_id() {
    let mut desk = Desk::open();
    let good = || netmile("ORDER-1", "10", "taro");
    let long = "x".repeat(39);
    let table: Vec<(Message, &str)> = vec![
        (
            Message {
                merchant: "88888".into(),
                ..good()
            },
            "",
        ),
        (good().set("cust_code", Some("")), "90003003"),
        (good().set("order_id", None), "90003004"),
        (good().set("amount", None), "90003008"),
        (
            good().set("pay_method_info/netmile_user_id", None),
            "90003201",
        ),
        (good().set("amount", Some("１０")), "90004008"),
        (good().set("amount", Some(" 10")), "90004008"),
        (good().set("amount", Some("1x")), "90004008"),
        (good().set("order_id", Some(&long)), "90005004"),
        (good().set("amount", Some("12345678")), "90005008"),
        (good().set("item_name", Some(&"あ".repeat(21))), "90005006"),
        (good().set("amount", Some("9")), "90007008"),
        (good().set("amount", Some("0")), "90007008"),
        (good().line("order_id", "ORDER-2"), "90013004"),
        (
            good()
                .line("request_date", "20260102030405")
                .line("limit_second", "99999"),
            "90005024",
        ),
        (good().line("request_date", "20260231030405"), "90007023"),
        (
            good()
                .line("request_date", "20260102025404")
                .line("limit_second", "600"),
            "90010023",
        ),
        (good().line("request_date", "20260102030506"), "90010023"),
        (
            Message {
                key: "another".into(),
                password: Some(KEY.into()),
                ..good()
            },
            "90009999",
        ),
        (
            token("O", "10", "t").set("pay_method_info/dealings_type", Some("1000")),
            "10105202",
        ),
        (about("MG01-00101-701", ""), "70103026"),
        (about("MG01-00101-101", ""), "10103026"),
        (about("MG01-00101-900", ""), "90003026"),
        (
            Message::new("ST01-00104-401")
                .line("cust_code", "c")
                .line("order_id", "o")
                .line("item_id", "i")
                .line("amount", "1"),
            "40103027",
        ),
        (amount("ST02-00307-101", "00000000000001", ""), "10103008"),
        (
            slip("O", "100").set("pay_method_info/webcvstype", Some("003")),
            "70107213",
        ),
        (
            slip("O", "100").set("pay_method_info/issue_type", Some("1")),
            "70107200",
        ),
        (
            slip("O", "100").set("pay_method_info/tel", Some("")),
            "70103210",
        ),
        (
            slip("O", "100").set("pay_method_info/bill_date", Some("20260230")),
            "70106214",
        ),
        (slip("O", "300001"), "70107008"),
    ];
    for (message, code) in table {
        if code.is_empty() {
            assert_eq!(desk.handle(&message).status, 401);
            continue;
        }
        assert_eq!(refused(&mut desk, &message), early(code), "{message:?}");
    }
    // Five seconds ahead of the gateway is nothing, and nothing above was remembered.
    desk.ok(&good().line("request_date", "20260102030410"));
    assert_eq!(desk.book.payments().count(), 1);
}

#[test]
fn other_ids_than_those_logged_in_with_are_kind_14() {
    let mut desk = Desk::open();
    let message = netmile("ORDER-1", "10", "taro");
    let body = message.body(desk.now);
    let other = Message::new("x").of("003", "third00demo0key0of0the0mock0not0a0secre0");
    let handled = desk.raw(Some(&other.basic()), &body);
    assert_eq!(tag(&handled.body, "res_err_code"), "90014002");
}

#[test]
fn a_method_outside_the_contract_is_kind_01_after_the_hash() {
    let mut desk = Desk::open();
    let message = Message::new("ST01-00104-401")
        .of("003", "third00demo0key0of0the0mock0not0a0secre0")
        .line("tracking_id", "00000000000001")
        .line("cust_code", "c")
        .line("order_id", "o")
        .line("item_id", "i")
        .line("amount", "1");
    assert_eq!(refused(&mut desk, &message), early("40101999"));
    let wrong = Message {
        key: "x".into(),
        password: Some("third00demo0key0of0the0mock0not0a0secre0".into()),
        ..message
    };
    assert_eq!(refused(&mut desk, &wrong), early("40109999"));
}

#[test]
fn encryption_without_a_key_or_with_garbage_is_refused() {
    let mut desk = Desk::open();
    let message = netmile("ORDER-1", "10", "taro").encrypted();
    let other = message
        .clone()
        .of("003", "third00demo0key0of0the0mock0not0a0secre0");
    assert_eq!(refused(&mut desk, &other), early("90007028"));
    let mut garbage = netmile("ORDER-1", "10", "no base64");
    garbage = garbage.line("encrypted_flg", "1");
    assert_eq!(refused(&mut desk, &garbage), early("90006201"));
    let wrong = Message {
        tdes: Some(("another0key0another0key0".into(), "76543210".into())),
        ..message.clone()
    };
    let (code, id) = refused(&mut desk, &wrong);
    assert!(
        ["90006201", "90004201", "90009999"].contains(&code.as_str()),
        "{code}"
    );
    assert!(!id);
    desk.ok(&message);
}

#[test]
fn a_pkcs7_tail_is_tolerated() {
    let mut desk = Desk::open();
    let message = netmile("ORDER-1", "10", "taro").encrypted();
    let body = text(&message.body(desk.now));
    let hidden = encrypt("0123456789abcdef01234567", "76543210", b"taro");
    let padded = encrypt(
        "0123456789abcdef01234567",
        "76543210",
        b"taro    \x08\x08\x08\x08\x08\x08\x08\x08",
    );
    assert!(body.contains(&hidden));
    let body = body.replace(&hidden, &padded);
    let handled = desk.raw(Some(&message.basic()), body.as_bytes());
    assert_eq!(
        tag(&handled.body, "res_result"),
        "OK",
        "{}",
        handled.outcome
    );
}

#[test]
fn fields_in_another_order_fail_the_hash() {
    let mut desk = Desk::open();
    let mut message = token("ORDER-1", "1000", "tok-1");
    message.lines.swap(0, 1);
    assert_eq!(refused(&mut desk, &message), early("10109999"));
    let mut lax = Desk::with(|s| s.api.strict_order = false);
    lax.ok(&message);
}

#[test]
fn unknown_fields_are_taken_unless_the_scenario_refuses_them() {
    let message = netmile("ORDER-1", "10", "taro").line("pay_option_manage/later", "1");
    Desk::open().ok(&message);
    let mut strict = Desk::with(|s| s.api.refuse_unknown_fields = true);
    assert_eq!(refused(&mut strict, &message), early("90013999"));
    strict.ok(&netmile("ORDER-1", "10", "taro").line("dtls", ""));
}

#[test]
fn an_order_that_fails_too_often_is_blocked() {
    let mut desk = Desk::open();
    for _ in 0..5 {
        assert_eq!(desk.ng(&netmile("ORDER-1", "5000", "taro")), "900S1008");
    }
    assert_eq!(desk.ng(&netmile("ORDER-1", "5000", "taro")), "90093999");
    assert_eq!(desk.ng(&netmile("ORDER-1", "10", "taro")), "90093999");
    desk.ok(&netmile("ORDER-2", "10", "taro"));
}

#[test]
fn a_centre_error_has_an_id() {
    let mut desk = Desk::with(|s| {
        s.api.store_refusals.insert("001".into(), "22".into());
    });
    let message = slip("ORDER-1", "100").set("pay_method_info/webcvstype", Some("001"));
    assert_eq!(refused(&mut desk, &message), ("70122999".to_owned(), true));
    let late = slip("ORDER-1", "100").set("pay_method_info/bill_date", Some("20260303"));
    assert_eq!(refused(&mut desk, &late), ("70123214".to_owned(), true));
    desk.ok(&slip("ORDER-1", "100").set("pay_method_info/bill_date", Some("20260302")));
    desk.ok(&slip("ORDER-2", "100").set("pay_method_info/bill_date", Some("20260102")));
}

#[test]
fn state_errors_have_an_id() {
    let mut desk = Desk::open();
    let tracking = tag(&desk.ok(&token("ORDER-1", "1000", "t1")), "res_tracking_id");
    desk.ok(&processed("ST02-00305-101", &tracking));
    for (function, code) in [
        ("ST02-00101-101", "10160999"),
        ("ST02-00201-101", "10138999"),
        ("ST02-00303-101", "10146999"),
        ("ST02-00305-101", "10152999"),
    ] {
        assert_eq!(
            refused(&mut desk, &processed(function, &tracking)),
            (code.to_owned(), true)
        );
    }
    let inquiry = desk.ok(&about("MG01-00101-101", &tracking));
    assert_eq!(
        (
            tag(&inquiry, "commit_status"),
            tag(&inquiry, "payment_status")
        ),
        ("3".into(), "3".into())
    );
    let unknown = processed("ST02-00101-101", "99999999999999");
    assert_eq!(refused(&mut desk, &unknown), ("10112027".to_owned(), true));
    // Another merchant's payment is no payment.
    let other = processed("ST02-00101-101", &tracking)
        .of("003", "third00demo0key0of0the0mock0not0a0secre0");
    assert_eq!(refused(&mut desk, &other), ("10112027".to_owned(), true));
}

fn contract(desk: &mut Desk, method: &str, pay_type: &str) {
    let contract = LinkContract {
        merchant_id: "99999".into(),
        service_id: "001".into(),
        cust_code: "c".into(),
        method: method.into(),
        pay_type: pay_type.into(),
        active: true,
        ended_by: None,
        member: None,
    };
    desk.purse.apply_for("10000000000001", contract);
}

fn charge(number: &str, order: &str, yen: &str) -> Message {
    Message::new(&format!("ST01-00104-{number}"))
        .line("tracking_id", "10000000000001")
        .line("cust_code", "c")
        .line("order_id", order)
        .line("item_id", "i")
        .line("amount", yen)
}

#[test]
fn carriers_answer_by_their_own_kinds() {
    for (number, tag_name, above) in [
        ("401", "docomo", "44"),
        ("402", "auone", "75"),
        ("405", "softbank2", "44"),
    ] {
        let mut desk = Desk::open();
        assert_eq!(
            desk.ng(&charge(number, "P-1", "500")),
            format!("{number}L0999")
        );
        contract(&mut desk, tag_name, "2");
        let tracking = tag(&desk.ok(&charge(number, "P-1", "500")), "res_tracking_id");
        let capture = |yen: &str| {
            let message =
                Message::new(&format!("ST02-00201-{number}")).line("tracking_id", &tracking);
            match yen {
                "" => message,
                yen => message.line("pay_option_manage/amount", yen),
            }
        };
        let refund = |yen: &str| {
            let message =
                Message::new(&format!("ST02-00303-{number}")).line("tracking_id", &tracking);
            match yen {
                "" => message,
                yen => message.line("pay_option_manage/amount", yen),
            }
        };
        assert_eq!(desk.ng(&capture("501")), format!("{number}22999"));
        if number == "405" {
            assert_eq!(desk.ng(&capture("499")), "40522999");
        }
        desk.ok(&capture(""));
        assert_eq!(desk.ng(&capture("")), format!("{number}23999"));
        assert_eq!(desk.ng(&refund("501")), format!("{number}{above}999"));
        let body = desk.ok(&refund(""));
        assert_eq!(text(&body).contains("res_cancel_type"), number != "405");
        assert_eq!(desk.ng(&refund("")), format!("{number}30999"));

        let tracking = tag(&desk.ok(&charge(number, "P-2", "500")), "res_tracking_id");
        let cancel = Message::new(&format!("ST02-00303-{number}")).line("tracking_id", &tracking);
        desk.ok(&cancel);
        assert_eq!(desk.ng(&cancel), format!("{number}26999"));
        let capture = Message::new(&format!("ST02-00201-{number}")).line("tracking_id", &tracking);
        assert_eq!(desk.ng(&capture), format!("{number}21999"));
        let unknown = capture.set("tracking_id", Some("10000000000009"));
        assert_eq!(desk.ng(&unknown), format!("{number}20999"));
        if number != "405" {
            let end =
                Message::new(&format!("ST02-00309-{number}")).line("tracking_id", "10000000000001");
            desk.ok(&end);
            assert_eq!(desk.ng(&end), format!("{number}L7999"));
            assert_eq!(
                desk.ng(&charge(number, "P-3", "500")),
                format!("{number}L2999")
            );
        }
    }
}

#[test]
fn windows_close() {
    let mut desk = Desk::open();
    contract(&mut desk, "docomo", "2");
    let first = tag(&desk.ok(&charge("401", "P-1", "500")), "res_tracking_id");
    let second = tag(&desk.ok(&charge("401", "P-2", "500")), "res_tracking_id");
    desk.ok(&Message::new("ST02-00201-401").line("tracking_id", &first));
    desk.now += 60 * 86_400;
    let late = Message::new("ST02-00201-401").line("tracking_id", &second);
    assert_eq!(desk.ng(&late), "40133999");
    // Captured in January: until the end of April.
    let refund = Message::new("ST02-00303-401").line("tracking_id", &first);
    desk.now = netmile_mock::clock::parse_instant("2026-05-01T00:00:00+09:00").unwrap();
    assert_eq!(desk.ng(&refund), "40131999");
    desk.now -= 1;
    desk.ok(&refund);
}

#[test]
fn simple_contracts_of_link_type_end_by_api() {
    let mut desk = Desk::open();
    contract(&mut desk, "docomo", "1");
    let end = processed("ST02-00302-401", "10000000000001");
    let month = Message::new("ST02-00303-401")
        .line("tracking_id", "10000000000001")
        .line("pay_option_manage/cancel_target_month", "202601");
    assert_eq!(desk.ng(&month), "40127999");
    assert_eq!(
        desk.ng(&month
            .clone()
            .set("pay_option_manage/cancel_target_month", Some("202613"))),
        "40106200"
    );
    desk.ok(&end);
    assert_eq!(desk.ng(&end), "40132999");
    // A metered contract has the other end.
    contract(&mut desk, "auone", "2");
    assert_eq!(
        desk.ng(&processed("ST02-00302-402", "10000000000001")),
        "40212027"
    );
}

#[test]
fn cards_by_number_are_test_cards_and_stored_ones_are_used() {
    let mut desk = Desk::open();
    let number = |function: &str, cc: &str| {
        Message::new(function)
            .line("cust_code", "cust-0001")
            .line("sps_cust_info_return_flg", "1")
            .line("pay_method_info/cc_number", cc)
            .line("pay_method_info/cc_expiration", "203012")
            .line("pay_method_info/security_code", "000")
            .multi("pay_method_info/resrv1", "備考")
            .line("pay_option_manage/cardbrand_return_flg", "1")
    };
    assert_eq!(
        desk.ng(&number("MG02-00101-101", "4999999999999999")),
        "10165999"
    );
    assert_eq!(
        desk.ng(&number("MG02-00102-101", "4242424242424242")),
        "10195999"
    );
    let body = desk.ok(&number("MG02-00101-101", "5555555555554444"));
    assert_eq!(tag(&body, "cardbrand_code"), "M");
    let customer = tag(&body, "res_sps_cust_no");
    assert_eq!(
        desk.ng(&number("MG02-00101-101", "4242424242424242")),
        "10195999"
    );
    desk.ok(&number("MG02-00102-101", "3530111333300000"));
    let read = Message::new("MG02-00104-101")
        .line("cust_code", "cust-0001")
        .line("sps_cust_info_return_flg", "1")
        .line("response_info_type", "2");
    let body = desk.ok(&read);
    assert_eq!(tag(&body, "cc_number"), "************0000");
    assert_eq!(tag(&body, "resrv1"), "lPWNbA==");
    assert_eq!(tag(&body, "res_sps_cust_no"), customer);
    let paid = token("ORDER-1", "1000", "").set("pay_option_manage/token_key", Some(""));
    let tracking = tag(&desk.ok(&paid), "res_tracking_id");
    let again = Message {
        function: "ST01-00133-101".into(),
        ..token("ORDER-2", "500", "")
    };
    let mut again = again.set("pay_option_manage/token_key", Some(""));
    let line = Line {
        path: "tracking_id".into(),
        value: tracking.clone(),
        multi: false,
    };
    again.lines.insert(0, line);
    let second = tag(&desk.ok(&again), "res_tracking_id");
    assert_ne!(second, tracking);
    let delete = Message::new("MG02-00103-101").line("cust_code", "cust-0001");
    desk.ok(&delete);
    assert_eq!(desk.ng(&delete), "10195999");
    assert_eq!(desk.ng(&read), "10195999");
    assert_eq!(desk.ng(&paid.set("order_id", Some("ORDER-3"))), "10103999");
}

const VISA: &str = "4242424242424242";

#[test]
fn a_card_by_number_is_refused_for_what_is_wrong_with_it() {
    let mut desk = Desk::open();
    let first = tag(&desk.ok(&card("FIRST", "1000", VISA)), "res_tracking_id");
    let slip_id = tag(&desk.ok(&slip("SLIP", "100")), "res_tracking_id");
    let one = || card("ORDER-1", "1000", VISA);
    let two = || card_again(&first, "ORDER-2", "500", VISA);
    let number = "pay_method_info/cc_number";
    let expiration = "pay_method_info/cc_expiration";
    // Message, code, whether the answer has an id.
    for (message, code, id) in [
        (
            one().set(number, Some("4999999999999999")),
            "10165999",
            true,
        ),
        (
            one().set(number, Some("4242424242424241")),
            "10165999",
            true,
        ),
        (one().set(expiration, Some("202512")), "10166999", true),
        (one().set(expiration, Some("203013")), "10166999", true),
        (one().set(number, Some("")), "10103200", false),
        (one().set(number, None), "10103200", false),
        (one().set(number, Some("4242-4242-4242")), "10104200", false),
        (
            one().set(number, Some("42424242424242420")),
            "10105200",
            false,
        ),
        (one().set(expiration, None), "10103201", false),
        (one().set(expiration, Some("3012")), "10105201", false),
        (
            one().set("pay_method_info/security_code", Some("12345")),
            "10105204",
            false,
        ),
        (
            one().set("pay_method_info/dealings_type", Some("1000")),
            "10105202",
            false,
        ),
        (one().set("amount", Some("0")), "10107008", false),
        (one().set("order_id", Some("FIRST")), "10196999", false),
        (
            two().set(number, Some("4999999999999999")),
            "10165999",
            true,
        ),
        (two().set(expiration, Some("202512")), "10166999", true),
        (
            two().set("tracking_id", Some("99999999999999")),
            "10112027",
            true,
        ),
        // A payment of another method has no card.
        (two().set("tracking_id", Some(&slip_id)), "10112027", true),
        (two().set("tracking_id", None), "10103027", false),
        (two().set("tracking_id", Some("")), "10103027", false),
        (two().set("tracking_id", Some("1")), "10105027", false),
        (two().set(number, Some("4242x")), "10104200", false),
        (two().set("order_id", Some("FIRST")), "10196999", false),
    ] {
        let shown = message.lines.clone();
        // Each refusal of the card counts as a try of the order, so each has a book of its own.
        let mut desk = Desk {
            book: desk.book.clone(),
            ..Desk::open()
        };
        assert_eq!(
            refused(&mut desk, &message),
            (code.to_owned(), id),
            "{shown:?}"
        );
        assert_eq!(desk.book.payments().count(), 2, "{code}");
        assert!(desk.book.ledger().is_empty(), "{code}");
    }
    // Another merchant's payment is no payment.
    let other = two().of("003", "third00demo0key0of0the0mock0not0a0secre0");
    assert_eq!(refused(&mut desk, &other), ("10112027".to_owned(), true));
    let mut swapped = one();
    swapped.lines.swap(0, 1);
    assert_eq!(refused(&mut desk, &swapped), early("10109999"));
    let mut late = two();
    late.lines.rotate_left(1);
    assert_eq!(refused(&mut desk, &late), early("10109999"));
    // Nothing of it used the orders up.
    desk.ok(&one().encrypted());
    desk.ok(&two().encrypted());
}

#[test]
fn every_test_number_is_taken_and_no_other() {
    let mut desk = Desk::open();
    for (n, (number, brand)) in [
        (VISA, "V"),
        ("4012888888881881", "V"),
        ("4111111111111111", "V"),
        ("5555555555554444", "M"),
        ("3530111333300000", "J"),
        ("378282246310005", "A"),
        ("30569309025904", "D"),
        ("6011111111111117", "X"),
    ]
    .into_iter()
    .enumerate()
    {
        let body = desk.ok(&card(&format!("ORDER-{n}"), "100", number));
        assert_eq!(tag(&body, "cardbrand_code"), brand, "{number}");
        // One digit further is a number that passes for nobody's test card.
        let mut digits = number.to_owned();
        let last = digits.pop().and_then(|c| c.to_digit(10)).unwrap();
        digits.push_str(&((last + 1) % 10).to_string());
        let near = card(&format!("NEAR-{n}"), "100", &digits);
        assert_eq!(desk.ng(&near), "10165999", "{digits}");
    }
    // Five refusals block the order, as for any method.
    let wrong = card("ORDER-X", "100", "4000000000000002");
    for _ in 0..5 {
        assert_eq!(desk.ng(&wrong), "10165999");
    }
    assert_eq!(desk.ng(&wrong), "10193999");
}

#[test]
fn an_earlier_card_is_authorised_again_and_each_payment_goes_its_own_way() {
    let mut desk = Desk::open();
    let first = tag(&desk.ok(&card("ORDER-1", "1000", VISA)), "res_tracking_id");
    let again = desk.ok(&card_again(&first, "ORDER-2", "500", ""));
    assert_eq!(tag(&again, "cardbrand_code"), "V");
    let second = tag(&again, "res_tracking_id");
    let other = desk.ok(&card_again(&first, "ORDER-3", "300", "5555555555554444"));
    assert_eq!(tag(&other, "cardbrand_code"), "M");
    let third = tag(&other, "res_tracking_id");
    let by_token = tag(&desk.ok(&token("ORDER-4", "200", "t1")), "res_tracking_id");
    desk.ok(&card_again(&by_token, "ORDER-5", "200", ""));
    let shown = |desk: &mut Desk, tracking: &str| {
        let inquiry = about("MG01-00101-101", tracking).line("response_info_type", "1");
        let body = desk.ok(&inquiry);
        (tag(&body, "cc_number"), tag(&body, "payment_status"))
    };
    assert_eq!(
        shown(&mut desk, &second),
        ("************4242".into(), "1".into())
    );
    assert_eq!(shown(&mut desk, &third).0, "************4444");
    // The first is given up; the second is committed, captured and refunded without it.
    desk.ok(&processed("ST02-00305-101", &first));
    for function in ["ST02-00101-101", "ST02-00201-101", "ST02-00303-101"] {
        desk.ok(&processed(function, &second));
    }
    assert_eq!(shown(&mut desk, &first).1, "3");
    assert_eq!(shown(&mut desk, &second).1, "4");
    assert_eq!(shown(&mut desk, &third).1, "1");
    assert_eq!(
        desk.moved(),
        [(MovementKind::Captured, 500), (MovementKind::Refunded, 500)]
    );
    // The card of a payment that was given up is still a card.
    desk.ok(&card_again(&first, "ORDER-6", "100", ""));
}

#[test]
fn a_card_contract_is_billed_from_its_commit_on() {
    let mut desk = Desk::open();
    let message = Message {
        function: "ST01-00132-101".into(),
        ..token("ORDER-1", "800", "t1")
    };
    let tracking = tag(&desk.ok(&message), "res_tracking_id");
    assert!(desk.book.ledger().is_empty());
    let until = desk.now + 31 * 86_400;
    assert!(desk.book.advance(until, &desk.purse).is_empty());
    desk.now = until;
    desk.ok(&processed("ST02-00101-101", &tracking));
    assert_eq!(desk.ng(&processed("ST02-00101-101", &tracking)), "10160999");
    desk.now += 31 * 86_400;
    assert_eq!(desk.book.advance(desk.now, &desk.purse).len(), 1);
    let month = processed("ST02-00303-101", &tracking)
        .line("pay_option_manage/cancel_target_month", "202602");
    desk.ok(&month);
    desk.ok(&processed("ST02-00302-101", &tracking));
    assert_eq!(desk.ng(&processed("ST02-00302-101", &tracking)), "10146999");
    let yen: Vec<_> = desk
        .book
        .ledger()
        .iter()
        .map(|m| (m.month.as_str(), m.yen))
        .collect();
    assert_eq!(yen, [("202602", 800), ("202603", 800), ("202602", 800)]);
}

#[test]
fn miles_are_held_until_the_capture_where_the_contract_says_so() {
    let mut desk = Desk::with(|s| s.merchants[0].api_methods[0].auto_capture = false);
    let tracking = tag(
        &desk.ok(&netmile("ORDER-1", "150", "taro")),
        "res_tracking_id",
    );
    assert_eq!(desk.balance("taro"), 103);
    assert!(desk.book.ledger().is_empty());
    assert_eq!(
        desk.ng(&amount("ST02-00307-900", &tracking, "1")),
        "90025999"
    );
    desk.ok(&amount("ST02-00201-900", &tracking, "100"));
    assert_eq!(desk.balance("taro"), 400 - 200 + 2);
    assert_eq!(desk.book.ledger()[0].yen, 100);
    let tracking = tag(
        &desk.ok(&netmile("ORDER-2", "50", "taro")),
        "res_tracking_id",
    );
    desk.ok(&processed("ST02-00303-900", &tracking));
    assert_eq!(desk.balance("taro"), 202);
    let seen = desk.ok(&about("MG01-00101-900", &tracking));
    assert_eq!(tag(&seen, "payment_status"), "3");
    assert_eq!(desk.ng(&processed("ST02-00303-900", &tracking)), "90026999");
    // The capture of an automatic contract is refused.
    let mut auto = Desk::open();
    let tracking = tag(
        &auto.ok(&netmile("ORDER-1", "150", "taro")),
        "res_tracking_id",
    );
    assert_eq!(auto.ng(&processed("ST02-00201-900", &tracking)), "90024999");
}
