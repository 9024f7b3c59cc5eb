//! Every length and character set, from a table of its own.

use super::support::*;
use crate::contract::{Billing, Terminal};
use crate::link::*;
use crate::wire::TextPolicy;
use crate::{ErrorKind, Result, Yen};

/// Field, a character it takes, bytes of that character in Shift_JIS, most bytes, whether the length is exact, a
/// character it does not take.
const RESULT_TABLE: &[(&str, &str, usize, usize, bool, &str)] = &[
    ("pay_method", "a", 1, 1000, false, "あ"),
    ("merchant_id", "9", 1, 5, true, "a"),
    ("service_id", "9", 1, 3, true, "a"),
    ("cust_code", "a", 1, 64, false, "ｱ"),
    ("sps_cust_no", "9", 1, 12, true, "-"),
    ("order_id", "a", 1, 38, false, "あ"),
    ("item_id", "a", 1, 32, false, "あ"),
    ("pay_item_id", "a", 1, 20, false, "あ"),
    ("item_name", "あ", 2, 40, false, ""),
    ("tax", "9", 1, 7, false, "-"),
    ("amount", "9", 1, 10, false, "-"),
    ("pay_type", "9", 1, 1, true, "a"),
    ("auto_charge_type", "9", 1, 1, true, "a"),
    ("service_type", "9", 1, 1, true, "a"),
    ("div_settele", "9", 1, 1, true, "a"),
    ("last_charge_month", "9", 1, 6, true, "a"),
    ("camp_type", "9", 1, 1, true, "a"),
    ("tracking_id", "9", 1, 14, true, "a"),
    ("terminal_type", "9", 1, 1, true, "a"),
    ("free1", "あ", 2, 20, false, ""),
    ("free2", "ｱ", 1, 20, false, ""),
    ("free3", "a", 1, 20, false, ""),
    ("dtl_item_id", "a", 1, 20, false, "あ"),
    ("dtl_item_name", "あ", 2, 40, false, ""),
    ("dtl_item_count", "9", 1, 6, false, "."),
    ("dtl_tax", "9", 1, 7, false, "-"),
    ("dtl_amount", "9", 1, 7, false, "-"),
    ("dtl_free1", "あ", 2, 20, false, ""),
    ("dtl_free2", "あ", 2, 20, false, ""),
    ("dtl_free3", "あ", 2, 20, false, ""),
    ("res_pay_method", "a", 1, 1000, false, "あ"),
    ("res_tracking_id", "9", 1, 14, true, "a"),
    ("res_sps_cust_no", "9", 1, 12, true, "a"),
    ("res_payinfo_key", "a", 1, 512, false, "あ"),
    ("res_err_code", "a", 1, 8, false, "-"),
    ("limit_second", "9", 1, 4, false, "-"),
];

fn outcome(fields: &[(String, String)], name: &str) -> Result<()> {
    match read(
        MessageKind::PurchaseNotice,
        &signed(MessageKind::PurchaseNotice, fields),
    ) {
        Ok(_) => Ok(()),
        // The only other merchant there can be is an unknown one.
        Err(error) if error.kind() == ErrorKind::UnknownMerchant => Ok(()),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::InvalidValue, "{error}");
            assert_eq!(error.field_name(), Some(name));
            Err(error)
        }
    }
}

#[test]
fn every_field_of_a_result_has_its_limit() {
    let row = DetailRow::new("I1", "N", Yen::new(1)).with_count(1);
    let good = result_of(&sign(&request().with_rows([row])).unwrap());
    outcome(&good, "").unwrap();
    for &(name, unit, bytes, most, exact, foreign) in RESULT_TABLE {
        let with = |value: String| outcome(&changed(&good, name, &value), name);
        let units = most / bytes;
        with(unit.repeat(units)).unwrap();
        assert!(with(unit.repeat(units + 1)).is_err(), "{name} is too long");
        if units > 1 {
            let shorter = with(unit.repeat(units - 1));
            assert_eq!(shorter.is_err(), exact, "{name} is shorter");
        }
        if !foreign.is_empty() {
            let room = most.saturating_sub(sjis(foreign).len());
            let value = unit.repeat(room / bytes) + foreign;
            assert!(with(value).is_err(), "{name} has a foreign character");
        }
    }
    for (name, values) in [
        ("res_result", &["O", "OKK", "ok", "O1", "表"][..]),
        (
            "request_date",
            &["2024010203040", "20240230000000", "2024010203040a"],
        ),
        ("res_date", &["202401020304055", "20241301000000"]),
        (
            "res_payment_date",
            &[
                "2024",
                "202401020",
                "20240230",
                "24010203050",
                "240102030500",
                "202401020305000",
            ],
        ),
        ("res_sps_payment_no", &["12", "1234", "12a"]),
        ("sps_payment_no", &["12", "1234", "12a"]),
        ("dtl_rowno", &["0", "1000", "0001", "a", ""]),
        ("sps_hashcode", &["", "0", "g"]),
    ] {
        for value in values {
            if name == "sps_hashcode" {
                let raw = with_hash(&good, &value.repeat(40));
                let error = read(MessageKind::PurchaseNotice, &raw).unwrap_err();
                let expected = match *value {
                    "" => ErrorKind::MissingField,
                    "0" => ErrorKind::HashMismatch,
                    _ => ErrorKind::InvalidValue,
                };
                assert_eq!((error.kind(), error.field_name()), (expected, Some(name)));
                continue;
            }
            let mut fields = changed(&good, name, value);
            // A payment number needs a customer number, whose absence would be reported instead.
            if let Some(owner) = name.strip_suffix("payment_no") {
                set(&mut fields, &format!("{owner}cust_no"), "123456789012");
            }
            assert!(outcome(&fields, name).is_err(), "{name}={value}");
        }
    }
    let deposit = changed(&good, "res_result", "PY");
    for (date, whole) in [
        ("", true),
        ("20240102", false),
        ("2024010203", false),
        ("202401020304", false),
        ("20240102030405", true),
    ] {
        outcome(&changed(&deposit, "res_payment_date", date), "").unwrap();
        let paid = outcome(
            &changed(&good, "res_payment_date", date),
            "res_payment_date",
        );
        assert_eq!(paid.is_ok(), whole, "{date}");
    }
}

#[test]
fn a_stored_payment_number_needs_its_customer_number() {
    let good = result_of(&sign(&request()).unwrap());
    for (number, owner) in [
        ("sps_payment_no", "sps_cust_no"),
        ("res_sps_payment_no", "res_sps_cust_no"),
    ] {
        let fields = changed(&good, number, "001");
        let raw = signed(MessageKind::PurchaseNotice, &fields);
        let error = read(MessageKind::PurchaseNotice, &raw).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MissingField);
        assert_eq!(error.field_name(), Some(owner));
        outcome(&changed(&fields, owner, "123456789012"), "").unwrap();
    }
}

fn refused(request: PurchaseRequest, field: &str) {
    let limit = LimitSeconds::default();
    let error = request
        .sign(&wide_contract(), at(), limit, &TextPolicy::Cp932)
        .unwrap_err();
    assert_eq!(error.field_name(), Some(field), "{error}");
}

fn accepted(request: PurchaseRequest) {
    let limit = LimitSeconds::default();
    request
        .sign(&wide_contract(), at(), limit, &TextPolicy::Cp932)
        .unwrap();
}

fn with_ids(cust_code: &str, item_id: &str) -> PurchaseRequest {
    let order = OrderId::new("A").unwrap();
    PurchaseRequest::new(
        order,
        cust_code,
        item_id,
        Yen::new(100),
        Terminal::Pc,
        urls(),
    )
}

fn with_amount(amount: u64) -> PurchaseRequest {
    let order = OrderId::new("A").unwrap();
    PurchaseRequest::new(order, "C", "I", Yen::new(amount), Terminal::Pc, urls())
}

fn with_row(row: DetailRow) -> PurchaseRequest {
    request().with_rows([row])
}

#[test]
fn every_value_of_a_request_has_its_limit() {
    for (good, bad) in [(38, 39), (1, 0)] {
        assert!(OrderId::new("-".repeat(good)).is_ok());
        assert!(OrderId::new("-".repeat(bad)).is_err());
    }
    for bad in ["a b", "a.b", "あ", "a\n"] {
        assert!(OrderId::new(bad).is_err());
    }
    accepted(with_ids(&"c".repeat(64), &"i".repeat(32)));
    refused(with_ids(&"c".repeat(65), "I"), "cust_code");
    refused(with_ids("  ", "I"), "cust_code");
    refused(with_ids("客", "I"), "cust_code");
    refused(with_ids("C\t1", "I"), "cust_code");
    refused(with_ids("C", &"i".repeat(33)), "item_id");
    refused(with_ids("C", ""), "item_id");
    refused(with_ids("C", "a b"), "item_id");
    accepted(request().with_item_name("あ".repeat(20)));
    refused(request().with_item_name("あ".repeat(20) + "a"), "item_name");
    refused(request().with_item_name("a\nb"), "item_name");
    refused(request().with_item_name("🎉"), "item_name");
    accepted(request().with_tax(Yen::new(9_999_999)));
    refused(request().with_tax(Yen::new(10_000_000)), "tax");
    accepted(with_amount(10));
    accepted(with_amount(9_999_999_999));
    for bad in [0, 9, 10_000_000_000] {
        refused(with_amount(bad), "amount");
    }
    for (field, free) in [
        ("free1", ["あああああああああああ", "", ""]),
        ("free2", ["", "ああああああああああa", ""]),
        ("free3", ["", "", "123456789012345678901"]),
    ] {
        refused(request().with_free(free[0], free[1], free[2]), field);
    }
    accepted(request().with_free("ああああああああああ", "ｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱ", ""));
}

#[test]
fn billing_details_belong_to_recurring_simple() {
    let simple = || request().with_billing(Billing::RecurringSimple);
    accepted(simple().with_camp_type(9).with_last_charge_month("202412"));
    refused(simple().with_camp_type(10), "camp_type");
    for month in ["202413", "20241", "2024-1", "20241201"] {
        refused(simple().with_last_charge_month(month), "last_charge_month");
    }
    refused(request().with_camp_type(1), "camp_type");
    refused(
        request().with_last_charge_month("202412"),
        "last_charge_month",
    );
    accepted(simple().cancelling("12345678901234"));
    refused(simple().cancelling(""), "tracking_id");
    refused(simple().cancelling("1234567890123"), "tracking_id");
    refused(request().cancelling("12345678901234"), "pay_type");
    refused(
        simple().cancelling("12345678901234").with_camp_type(1),
        "camp_type",
    );
}

#[test]
fn every_value_of_a_detail_row_has_its_limit() {
    let row = || DetailRow::new("I", "N", Yen::new(9_999_999));
    accepted(with_row(
        row().with_count(999_999).with_tax(Yen::new(9_999_999)),
    ));
    refused(with_row(row().with_count(1_000_000)), "dtl_item_count");
    refused(with_row(row().with_count(0)), "dtl_item_count");
    refused(with_row(row().with_tax(Yen::new(10_000_000))), "dtl_tax");
    refused(
        with_row(DetailRow::new("I", "N", Yen::new(10_000_000))),
        "dtl_amount",
    );
    refused(
        with_row(DetailRow::new("i".repeat(21), "N", Yen::new(1))),
        "dtl_item_id",
    );
    refused(
        with_row(DetailRow::new("a b", "N", Yen::new(1))),
        "dtl_item_id",
    );
    refused(
        with_row(DetailRow::new("I", "", Yen::new(1))),
        "dtl_item_name",
    );
    refused(
        with_row(DetailRow::new("I", "あ".repeat(21), Yen::new(1))),
        "dtl_item_name",
    );
    let long = "あああああああああああ";
    refused(with_row(row().with_free(long, "", "")), "dtl_free1");
    refused(with_row(row().with_free("", long, "")), "dtl_free2");
    refused(with_row(row().with_free("", "", long)), "dtl_free3");
    accepted(request().with_rows(vec![row(); 999]));
    refused(request().with_rows(vec![row(); 1000]), "dtl_rowno");
    assert!(rows_total(&[DetailRow::new("I", "N", Yen::new(u64::MAX)), row()]).is_err());
}

#[test]
fn the_largest_purchase_comes_back_whole() {
    let row = DetailRow::new("i".repeat(20), "あ".repeat(20), Yen::new(9_999_999))
        .with_count(999_999)
        .with_tax(Yen::new(9_999_999))
        .with_free("あ".repeat(10), "あ".repeat(10), "あ".repeat(10));
    let form = sign(&request().with_rows(vec![row; 999])).unwrap();
    let verified = read(
        MessageKind::PurchaseNotice,
        &signed(MessageKind::PurchaseNotice, &result_of(&form)),
    )
    .unwrap();
    assert_eq!(verified.get().rows().len(), 999);
    let dates = [form.request_date().to_owned()];
    verified
        .check_echo(&form.echo(), &dates, EchoCheck::Strict)
        .unwrap();
}

#[test]
fn return_urls_are_safe_and_short() {
    let with = |field: &str, url: &str| {
        let mut urls = urls();
        match field {
            "success_url" => urls.success = url.into(),
            "cancel_url" => urls.cancel = url.into(),
            "error_url" => urls.error = url.into(),
            _ => urls.notify = url.into(),
        }
        let order = OrderId::new("A").unwrap();
        PurchaseRequest::new(order, "C", "I", Yen::new(100), Terminal::Pc, urls)
    };
    let long = |length: usize| format!("https://shop.example/{}", "a".repeat(length - 21));
    for field in ["success_url", "cancel_url", "error_url", "pagecon_url"] {
        accepted(with(field, &long(256)));
        accepted(with(field, "http://127.0.0.1:8080/x"));
        for bad in [
            &long(257),
            "",
            "http://shop.example/x",
            "https://shop.example/あ",
            "https://shop.example/a b",
            "/relative",
        ] {
            refused(with(field, bad), field);
        }
    }
}

#[test]
fn free_csv_refuses_what_breaks_the_list() {
    let with = |key: &str, value: &str| {
        FreeCsv::new()
            .with(key, value)
            .to_base64(&TextPolicy::Cp932)
    };
    assert!(with("ADD1", "東京都 港区1-2-3=x").is_ok());
    assert!(with("MAIL", "a-b_c.d@shop.example").is_ok());
    for bad in [
        "a,b", "a'b", "a\"b", "a%b", "a|b", "a&b", "a<b", "a>b", "ｱ", "｡", "ﾟ", "a\nb", "🎉",
    ] {
        let error = with("ADD1", bad).unwrap_err();
        assert_eq!(error.field_name(), Some("free_csv"), "{bad}");
    }
    assert!(with("MAIL", "a+b@shop.example").is_err());
    for bad in ["", "add1", "A B", "A=B", &"A".repeat(65)] {
        assert!(with(bad, "x").is_err(), "{bad}");
    }
    let twice = FreeCsv::new().with("A", "1").with("A", "2");
    assert!(twice.to_base64(&TextPolicy::Cp932).is_err());
    assert!(with("A", &"x".repeat(3070)).is_ok());
    assert!(with("A", &"x".repeat(3071)).is_err());
}

#[test]
fn registrations_and_recurring_applications_check_their_own_fields() {
    let contract = contract();
    let (limit, policy) = (LimitSeconds::default(), TextPolicy::Cp932);
    let registration = |customer: &str, payment: &str| {
        RegistrationRequest::new(PayMethods::one("credit"), "C", Terminal::Pc, urls())
            .with_stored(customer, payment)
            .sign(&contract, at(), limit, &policy)
            .map_err(|error| error.field_name().unwrap().to_owned())
    };
    assert!(registration("123456789012", "001").is_ok());
    assert_eq!(registration("", "001").unwrap_err(), "sps_cust_no");
    assert_eq!(registration("12345678901", "").unwrap_err(), "sps_cust_no");
    assert_eq!(
        registration("123456789012", "1").unwrap_err(),
        "sps_payment_no"
    );

    let recurring = |service, methods, tracking_id: &str| {
        let order = OrderId::new("A").unwrap();
        let request =
            RecurringRequest::new(service, methods, order, "C", "I", Terminal::Pc, urls());
        let request = match tracking_id {
            "" => request,
            id => request.with_tracking_id(id),
        };
        request
            .sign(&contract, at(), limit, &policy)
            .map(|form| form.value("service_type").unwrap().to_owned())
            .map_err(|error| error.field_name().unwrap().to_owned())
    };
    let docomo = || PayMethods::one("docomo");
    let id = "12345678901234";
    assert_eq!(
        recurring(RecurringService::Apply, PayMethods::Any, ""),
        Ok("0".into())
    );
    assert_eq!(
        recurring(RecurringService::Cancel, docomo(), id),
        Ok("1".into())
    );
    assert_eq!(
        recurring(RecurringService::Reapply, docomo(), id),
        Ok("2".into())
    );
    assert_eq!(
        recurring(RecurringService::SpecialLinkage, docomo(), ""),
        Ok("3".into())
    );
    let refusals = [
        (RecurringService::Cancel, docomo(), "", "tracking_id"),
        (RecurringService::Cancel, docomo(), "123", "tracking_id"),
        (RecurringService::Apply, docomo(), id, "tracking_id"),
        (RecurringService::Cancel, PayMethods::Any, id, "pay_method"),
        (RecurringService::Reapply, PayMethods::Any, "", "pay_method"),
    ];
    for (service, methods, tracking_id, field) in refusals {
        assert_eq!(recurring(service, methods, tracking_id).unwrap_err(), field);
    }
}
