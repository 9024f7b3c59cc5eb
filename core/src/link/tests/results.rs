//! What a verified result says, how it is compared, told apart and answered.

use super::support::*;
use crate::contract::{Billing, Terminal};
use crate::link::*;
use crate::wire::TextPolicy;
use crate::{ErrorKind, Yen};

const KIND: MessageKind = MessageKind::PurchaseNotice;

fn notice(changes: &[(&str, &str)]) -> Verified<ResultMessage> {
    let mut fields = result_of(&sign(&request()).unwrap());
    for (name, value) in changes {
        set(&mut fields, name, value);
    }
    read(KIND, &signed(KIND, &fields)).unwrap()
}

#[test]
fn every_accessor() {
    let verified = notice(&[
        ("res_payinfo_key", "KEY"),
        ("res_sps_cust_no", "123456789012"),
        ("res_sps_payment_no", "001"),
        ("limit_second", "30"),
    ]);
    let message = verified.get();
    assert_eq!(message.kind(), KIND);
    assert_eq!(message.contract_id().to_string(), "99999/001");
    assert_eq!(message.order_id(), Some("ORDER-0001"));
    assert_eq!(message.cust_code(), "CUST0001");
    assert_eq!(message.amount(), Some(Yen::new(100)));
    assert_eq!(
        (message.billing(), message.pay_type()),
        (Some(Billing::OneTime), "0")
    );
    assert_eq!(message.request_date(), "20240102030405");
    assert_eq!(*message.result(), ResultCode::Ok);
    assert_eq!(message.tracking_id(), Some("12345678901234"));
    assert_eq!(message.used_pay_method(), Some("netmile"));
    assert_eq!(message.payment_date(), Some("20240102030500"));
    assert_eq!(message.err_code(), None);
    assert_eq!(message.res_date().to_jst(), "20240102030501");
    assert_eq!(message.limit_second(), 30);
    assert_eq!(message.payinfo_key(), Some("KEY"));
    assert_eq!(message.sps_cust_no(), Some("123456789012"));
    assert_eq!(message.sps_payment_no(), Some("001"));
    assert_eq!(message.deposit(), None);
    assert_eq!(message.field("no such field"), None);
    assert!(message.rows().is_empty() && message.extra().is_empty());
    assert_eq!(verified.clone().into_inner(), *message);
}

#[test]
fn half_width_spaces_around_values_do_not_count() {
    let form = sign(&request()).unwrap();
    let dates = [form.request_date().to_owned()];
    for kind in [KIND, MessageKind::PurchaseReturn] {
        let plain = result_of(&form);
        let code = hash(&plain, !kind.is_notice());
        let padded = changed(&plain, "cust_code", "  CUST0001 ");
        let padded = changed(&padded, "item_name", " テスト商品 ");
        let padded = changed(&padded, "amount", "100 ");
        let verified = read(kind, &with_hash(&padded, &code)).unwrap();
        assert_eq!(verified.get().cust_code(), "CUST0001");
        assert_eq!(verified.get().amount(), Some(Yen::new(100)));
        verified
            .check_echo(&form.echo(), &dates, EchoCheck::Strict)
            .unwrap();
        // A full-width space is a character like any other.
        let wide = changed(&plain, "item_name", "テスト商品\u{3000}");
        let error = read(kind, &with_hash(&wide, &code)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::HashMismatch);
    }
}

#[test]
fn known_and_unknown_result_codes() {
    for (wire, code) in [
        ("OK", ResultCode::Ok),
        ("NG", ResultCode::Ng),
        ("PY", ResultCode::Deposit),
        ("CN", ResultCode::DepositExpired),
        ("CR", ResultCode::ContractCancelled),
        ("CC", ResultCode::ContractEndedByCarrier),
        ("CL", ResultCode::ContractCompleted),
        ("ZZ", ResultCode::Other("ZZ".into())),
    ] {
        let verified = notice(&[("res_result", wire)]);
        assert_eq!(*verified.get().result(), code);
        assert_eq!(code.as_str(), wire);
        let untracked = changed(&result_of(&sign(&request()).unwrap()), "res_result", wire);
        let untracked = changed(&untracked, "res_tracking_id", "");
        let result = read(KIND, &signed(KIND, &untracked));
        assert_eq!(result.is_ok(), wire != "OK");
    }
}

#[test]
fn deposits_are_read_as_far_as_possible() {
    for (key, kind, amount, total) in [
        ("P,100,300,a@shop.example", "P", Some(100), Some(300)),
        ("D, 100 ,300", "D", Some(100), Some(300)),
        ("P", "P", None, None),
        ("P,x,300", "P", None, Some(300)),
    ] {
        let verified = notice(&[("res_result", "PY"), ("res_payinfo_key", key)]);
        let expected = Deposit {
            kind: kind.into(),
            amount: amount.map(Yen::new),
            total: total.map(Yen::new),
        };
        assert_eq!(verified.get().deposit(), Some(expected), "{key}");
    }
    assert_eq!(notice(&[("res_result", "PY")]).get().deposit(), None);
}

#[test]
fn fields_outside_the_definition_are_kept_apart() {
    let mut fields = result_of(&sign(&request()).unwrap());
    let code = hash(&fields, false);
    fields.insert(3, ("new_field".into(), "新しい".into()));
    let verified = read(KIND, &with_hash(&fields, &code)).unwrap();
    let extra = [("new_field".to_owned(), "新しい".to_owned())];
    assert_eq!(verified.get().extra(), extra);
    assert_eq!(verified.get().field("new_field"), None);
}

#[test]
fn strict_compares_all_and_identity_the_essence() {
    let form = sign(&request().with_free("A", "B", "C").with_rows(two_rows())).unwrap();
    let fields = result_of(&form);
    let dates = ["20240102030000".to_owned(), form.request_date().to_owned()];
    let check = |fields: &[(String, String)], check| {
        let verified = read(KIND, &signed(KIND, fields)).unwrap();
        verified
            .check_echo(&form.echo(), &dates, check)
            .map_err(|error| {
                assert_eq!(error.kind(), ErrorKind::Mismatch);
                assert!(error.evidence().is_some());
                error.field_name().unwrap().to_owned()
            })
    };
    for mode in [EchoCheck::Strict, EchoCheck::Identity] {
        check(&fields, mode).unwrap();
        check(&changed(&fields, "request_date", "20240102030000"), mode).unwrap();
        for (name, value) in [
            ("order_id", "ORDER-0002"),
            ("cust_code", "CUST0002"),
            ("amount", "101"),
            ("pay_type", "1"),
            ("service_type", "1"),
            ("request_date", "20240102030406"),
            ("res_pay_method", "credit"),
        ] {
            let result = check(&changed(&fields, name, value), mode);
            assert_eq!(result, Err(name.to_owned()));
        }
        check(&changed(&fields, "res_pay_method", ""), mode).unwrap();
    }
    for (name, value) in [
        ("item_name", "他"),
        ("free1", ""),
        ("free3", "CC"),
        ("terminal_type", "1"),
        ("dtl_item_name", "x"),
        ("dtl_amount", "61"),
        ("pay_method", ""),
        ("tracking_id", "12345678901234"),
    ] {
        let other = changed(&fields, name, value);
        assert_eq!(check(&other, EchoCheck::Strict), Err(name.to_owned()));
        check(&other, EchoCheck::Identity).unwrap();
    }
    let rowless: Fields = fields
        .iter()
        .filter(|(name, _)| !name.starts_with("dtl_"))
        .cloned()
        .collect();
    assert_eq!(check(&rowless, EchoCheck::Strict), Err("dtl_rowno".into()));
    assert_eq!(EchoCheck::default(), EchoCheck::Strict);
    let verified = read(KIND, &signed(KIND, &fields)).unwrap();
    assert!(
        verified
            .check_echo(&form.echo(), &[], EchoCheck::Identity)
            .is_err()
    );
}

#[test]
fn the_method_used_is_one_of_those_offered() {
    let offered = PayMethods::choice(["netmile", "credit"]);
    let form = sign(&request().with_pay_methods(offered)).unwrap();
    let any = sign(&request().with_pay_methods(PayMethods::Any)).unwrap();
    let dates = [form.request_date().to_owned()];
    for (asked, used, fits) in [
        (&form, "netmile", true),
        (&form, "credit", true),
        (&form, "netmile,credit", true),
        (&form, "", true),
        (&form, "mile", false),
        (&form, "docomo", false),
        (&any, "docomo", true),
    ] {
        let fields = changed(&result_of(asked), "res_pay_method", used);
        let verified = read(KIND, &signed(KIND, &fields)).unwrap();
        let result = verified.check_echo(&asked.echo(), &dates, EchoCheck::Strict);
        assert_eq!(result.is_ok(), fits, "{used}");
    }
}

/// The result of a registration or recurring application, as its own definition has it.
fn answer(form: &SignedForm, kind: MessageKind) -> Fields {
    kind.order()
        .names()
        .map(|name| {
            let value = match name {
                "res_result" => "OK",
                "res_date" => "20240102030501",
                "res_tracking_id" => "12345678901234",
                "limit_second" => "600",
                name => form.value(name).unwrap_or_default(),
            };
            (name.to_owned(), value.to_owned())
        })
        .collect()
}

#[test]
fn registration_and_recurring_results_answer_their_requests() {
    let contract = contract();
    let (limit, policy) = (LimitSeconds::default(), TextPolicy::Cp932);
    let methods = PayMethods::one("docomo");
    let registration = RegistrationRequest::new(methods.clone(), "CUST0001", Terminal::Pc, urls())
        .with_free("日本語", "", "")
        .sign(&contract, at(), limit, &policy)
        .unwrap();
    let order = OrderId::new("ORDER-0001").unwrap();
    let apply = RecurringService::Apply;
    let recurring = RecurringRequest::new(
        apply,
        methods,
        order,
        "CUST0001",
        "ITEM1",
        Terminal::Pc,
        urls(),
    )
    .with_item_name("月額")
    .sign(&contract, at(), limit, &policy)
    .unwrap();
    for (form, kind, other) in [
        (&registration, MessageKind::RegistrationNotice, "free1"),
        (&registration, MessageKind::RegistrationReturn, "cust_code"),
        (&recurring, MessageKind::RecurringNotice, "item_name"),
        (&recurring, MessageKind::RecurringReturn, "service_type"),
    ] {
        let fields = answer(form, kind);
        let dates = [form.request_date().to_owned()];
        let verified = read(kind, &signed(kind, &fields)).unwrap();
        for mode in [EchoCheck::Strict, EchoCheck::Identity] {
            verified.check_echo(&form.echo(), &dates, mode).unwrap();
        }
        assert_eq!(verified.get().order_id(), form.order_id());
        assert_eq!(verified.get().amount(), None);
        let fields = changed(&fields, other, "9");
        let verified = read(kind, &signed(kind, &fields)).unwrap();
        let error = verified
            .check_echo(&form.echo(), &dates, EchoCheck::Strict)
            .unwrap_err();
        assert_eq!(error.field_name(), Some(other));
    }
}

#[test]
fn a_key_is_the_same_when_the_notice_comes_again_and_only_then() {
    let key = |changes: &[(&str, &str)]| first_seen_key(notice(changes).get());
    let first = key(&[]);
    assert_eq!(
        first,
        key(&[("res_date", "20240103000000"), ("limit_second", "60")])
    );
    let untracked = [
        ("res_result", "NG"),
        ("res_tracking_id", ""),
        ("res_err_code", "4301"),
    ];
    let deposit = [("res_result", "PY"), ("res_payinfo_key", "P,100,100")];
    let keys = [
        first.clone(),
        key(&[("res_result", "NG")]),
        key(&[("res_result", "CR")]),
        key(&[("service_type", "1")]),
        key(&[("res_tracking_id", "12345678901235")]),
        key(&deposit),
        key(&[
            deposit[0],
            deposit[1],
            ("res_payment_date", "20240103030405"),
        ]),
        key(&[deposit[0], ("res_payinfo_key", "P,100,200")]),
        key(&[deposit[0], ("res_payinfo_key", "D,100,200")]),
        key(&[deposit[0], ("res_payinfo_key", "?")]),
        key(&untracked),
        key(&[untracked[0], untracked[1], ("res_err_code", "5101")]),
        key(&[
            untracked[0],
            untracked[1],
            untracked[2],
            ("order_id", "ORDER-0002"),
        ]),
        key(&[
            untracked[0],
            untracked[1],
            untracked[2],
            ("request_date", "20240102030406"),
        ]),
        // Parts that only together are the same.
        key(&[
            untracked[0],
            untracked[1],
            ("order_id", "a|b"),
            ("cust_code", "c"),
        ]),
        key(&[
            untracked[0],
            untracked[1],
            ("order_id", "a"),
            ("cust_code", "b|c"),
        ]),
        key(&[
            untracked[0],
            untracked[1],
            ("order_id", "a|1:b"),
            ("cust_code", "c"),
        ]),
        key(&[
            untracked[0],
            untracked[1],
            ("order_id", "a"),
            ("cust_code", "b|1:c"),
        ]),
    ];
    let distinct: std::collections::BTreeSet<_> = keys.iter().collect();
    assert_eq!(distinct.len(), keys.len(), "{keys:#?}");
    // A return that was seen does not hide the notice.
    let fields = result_of(&sign(&request()).unwrap());
    let returned = MessageKind::PurchaseReturn;
    let returned = read(returned, &signed(returned, &fields)).unwrap();
    assert_ne!(first_seen_key(returned.get()), first);
}

#[test]
fn a_bare_return_says_nothing() {
    let contract = contract();
    let take = |kind, raw: &RawMessage| parse_return(kind, raw, |_| Some(&contract));
    let fields = result_of(&sign(&request()).unwrap());
    for kind in MessageKind::ALL {
        let bare = take(kind, &RawMessage::form(""));
        if kind.is_notice() {
            assert_eq!(bare.unwrap_err().field_name(), Some("kind"));
            continue;
        }
        assert!(matches!(bare.unwrap(), Return::Bare));
        let error = take(kind, &RawMessage::form("res_result=OK")).unwrap_err();
        let expected = (ErrorKind::MissingField, Some("sps_hashcode"));
        assert_eq!((error.kind(), error.field_name()), expected);
    }
    for kind in [
        MessageKind::PurchaseReturn,
        MessageKind::CancelReturn,
        MessageKind::ErrorReturn,
    ] {
        let signed = take(kind, &signed(kind, &fields)).unwrap();
        assert!(matches!(signed, Return::Signed(v) if v.get().kind() == kind));
        assert_eq!(MessageKind::from_name(kind.name()), Some(kind));
    }
}

#[test]
fn answers_byte_for_byte() {
    let ok = Ack::ok();
    assert_eq!(
        (ok.status(), ok.body(), ok.is_ok()),
        (200, &b"OK,"[..], true)
    );
    assert_eq!(ok.content_type(), "text/csv; charset=Shift_JIS");
    for (reason, body) in [
        ("expired", "NG,expired"),
        ("", "NG,error"),
        ("注文がありません", "NG,error"),
        (" , \"'<>\r\n\t", "NG,error"),
        ("a,b\r\nOK,", "NG,abOK"),
        ("<script>alert('x')</script>", "NG,scriptalert(x)/script"),
        (" in the middle ", "NG,in the middle"),
    ] {
        let ack = Ack::ng(reason);
        assert_eq!(ack.body(), body.as_bytes());
        assert!(!ack.is_ok() && ack.status() == 200);
    }
    assert_eq!(Ack::ng(&"x".repeat(100)).body().len(), 3 + 64);
}
