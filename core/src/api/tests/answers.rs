use proptest::prelude::*;

use super::support::*;
use crate::api::*;
use crate::wire::xml::{Document, Element, write_xml};

fn read(body: &str) -> crate::Result<Answer> {
    Answer::read(body.as_bytes(), None, false)
}

fn wrapped(inner: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='Shift_JIS' ?>\n<sps-api-response id='ST01-00101-701'>{inner}</sps-api-response>"
    )
}

const OK: &str = "
    <res_result>OK</res_result>
    <res_sps_transaction_id>B99999001ST010010170100000000001</res_sps_transaction_id>
    <res_tracking_id>00000000000001</res_tracking_id>
    <res_pay_method_info>

      <invoice_no>00000000000001</invoice_no>
      <cvs_pay_data2>https://slip.example/?a=1&amp;b=2</cvs_pay_data2>
      <payment_status>1</payment_status>
    </res_pay_method_info>
    <!-- as seen -->
    <res_process_date>20300101120001</res_process_date>
    <res_err_code/>
    <res_date>20300101120002</res_date>
";

#[test]
fn an_ok_is_read() {
    let answer = read(&wrapped(OK)).unwrap();
    assert!(answer.is_ok());
    assert_eq!(answer.function(), Some(&function("ST01-00101-701")));
    assert_eq!(answer.tracking_id(), Some("00000000000001"));
    assert_eq!(
        answer.transaction_id(),
        Some("B99999001ST010010170100000000001")
    );
    assert_eq!(answer.process_date(), Some(at("20300101120001")));
    assert_eq!(answer.date(), Some(at("20300101120002")));
    assert_eq!(answer.get("res_pay_method_info/payment_status"), Some("1"));
    assert_eq!(
        answer.get("res_pay_method_info/cvs_pay_data2"),
        Some("https://slip.example/?a=1&b=2")
    );
    assert_eq!(answer.get("res_err_code"), None);
    assert_eq!(answer.get("res_pay_method_info/none"), None);
    answer.check_function(&function("ST01-00101-701")).unwrap();
    let error = answer
        .check_function(&function("ST01-00101-703"))
        .unwrap_err();
    assert_eq!(error.code(), "mismatch");
    assert!(!format!("{answer:?}").contains("slip.example"));
}

#[test]
fn an_ng_needs_its_code_only() {
    let body = "<?xml version='1.0' encoding='Shift_JIS' ?><sps-api-response>\
        <res_result>NG</res_result><res_err_code>70103026</res_err_code></sps-api-response>";
    let answer = read(body).unwrap();
    assert_eq!(answer.result(), &AnswerResult::Ng("70103026".into()));
    assert_eq!(answer.function(), None);
    answer.check_function(&function("ST01-00101-701")).unwrap();
    let ok_without_id = body.replace("NG", "OK").replace("70103026", "");
    let error = read(&ok_without_id)
        .unwrap()
        .check_function(&function("ST01-00101-701"));
    assert_eq!(error.unwrap_err().code(), "mismatch");
}

#[test]
fn letters_in_codes_and_unknown_tags_are_kept() {
    let body = wrapped(
        "<res_date>20300101120002</res_date><brand_new>x</brand_new><brand_new>y</brand_new>\
         <res_err_code>900L1003</res_err_code><res_result>NG</res_result>",
    );
    let answer = read(&body).unwrap();
    assert_eq!(answer.result(), &AnswerResult::Ng("900L1003".into()));
    assert_eq!(answer.get("brand_new"), Some("x"));
    assert_eq!(answer.fields().children().len(), 5);
}

#[test]
fn whatever_is_doubtful_is_refused_with_evidence() {
    let ok = wrapped(OK);
    let cases: Vec<(String, &str, &str)> = vec![
        (String::new(), "xml", "malformed"),
        ("<html><body>Service Unavailable</body></html>".into(), "xml", "malformed"),
        ("<!DOCTYPE html><html></html>".into(), "xml", "malformed"),
        ("OK,".into(), "xml", "malformed"),
        (ok[..ok.len() - 20].into(), "sps-api-response", "malformed"),
        (ok.replace("sps-api-response", "sps-api-request"), "xml", "malformed"),
        (ok.replace("'ST01-00101-701'", "'ST01'"), "id", "malformed"),
        (ok.replace(">OK<", ">ok<"), "res_result", "malformed"),
        (ok.replace(">OK<", "><"), "res_result", "malformed"),
        (ok.replace("<res_result>OK</res_result>", ""), "res_result", "malformed"),
        (ok.replace(">OK<", ">NG<"), "res_err_code", "malformed"),
        (ok.replace("<res_err_code/>", "<res_err_code>10103005</res_err_code>"), "res_err_code", "malformed"),
        (ok.replace("<res_err_code/>", "<res_err_code>1010300</res_err_code>"), "res_err_code", "malformed"),
        (ok.replace("<res_result>OK</res_result>", "<res_result>OK</res_result><res_result>NG</res_result>"), "res_result", "duplicate_field"),
        (ok.replace("<res_result>OK</res_result>", "<res_result><a>OK</a></res_result>"), "res_result", "malformed"),
        (ok.replace(">00000000000001</res_tracking_id>", ">0000000000001</res_tracking_id>"), "res_tracking_id", "malformed"),
        (ok.replace(">00000000000001</res_tracking_id>", ">0000000000000x</res_tracking_id>"), "res_tracking_id", "malformed"),
        (ok.replace("<payment_status>1</payment_status>", "<payment_status>12</payment_status>"), "payment_status", "malformed"),
        (ok.replace("<payment_status>1</payment_status>", "<payment_status>1</payment_status><payment_status>3</payment_status>"), "payment_status", "duplicate_field"),
        (ok.replace("<res_process_date>", "<res_pay_method_info><payment_status>3</payment_status></res_pay_method_info><res_process_date>"), "res_pay_method_info", "duplicate_field"),
        (ok.replace("20300101120001", "20300231120001"), "res_process_date", "malformed"),
        (ok.replace("20300101120002", "2030010112000"), "res_date", "malformed"),
        (format!("{ok}<sps-api-response/>"), "sps-api-response", "malformed"),
        (wrapped(&format!("<a>{}</a>", "x".repeat(300_000))), "xml", "too_large"),
        (ok.replace("B99999001ST010010170100000000001", &"B".repeat(33)), "res_sps_transaction_id", "malformed"),
        (wrapped("<res_result>OK</res_result><res_pay_method_info><resrv1>?</resrv1></res_pay_method_info>"), "resrv1", "malformed"),
    ];
    for (body, field, code) in cases {
        let error = read(&body).unwrap_err();
        let shown: String = body.chars().take(200).collect();
        assert_eq!(
            (error.field_name(), error.code()),
            (Some(field), code),
            "{error}: {shown}"
        );
        assert_eq!(error.evidence().unwrap().expose(), body.as_bytes());
    }
}

#[test]
fn secret_leaves_are_decrypted_or_the_answer_is_refused() {
    let seal = |name: &str, sjis: &[u8]| tdes().encrypt(name, sjis).unwrap();
    let body = wrapped(&format!(
        "<res_result>OK</res_result><res_tracking_id>00000000000001</res_tracking_id>\
         <res_pay_method_info><res_pay_method_info_detail><dealings_type>{}</dealings_type>\
         </res_pay_method_info_detail><payment_status>{}</payment_status><resrv1>{}</resrv1><empty/>\
         </res_pay_method_info>",
        seal("dealings_type", b"10"),
        seal("payment_status", b"2"),
        seal("resrv1", b"\x8e\x52\x93\x63"),
    ));
    let key = tdes();
    let answer = Answer::read(body.as_bytes(), Some(&key), true).unwrap();
    assert_eq!(answer.get("res_pay_method_info/payment_status"), Some("2"));
    assert_eq!(answer.get("res_pay_method_info/resrv1"), Some("山田"));
    assert_eq!(
        answer.get("res_pay_method_info/res_pay_method_info_detail/dealings_type"),
        Some("10")
    );
    // The flag decides, not the look of a value.
    let error = Answer::read(body.as_bytes(), Some(&key), false).unwrap_err();
    assert_eq!(error.code(), "malformed");
    // A plain value where an encrypted one must be.
    let plain = body.replace(&seal("payment_status", b"2"), "2");
    let error = Answer::read(plain.as_bytes(), Some(&key), true).unwrap_err();
    assert_eq!(
        (error.field_name(), error.code()),
        (Some("payment_status"), "malformed")
    );
    assert!(error.evidence().is_some());
    // Another key: the bytes do not make sense.
    let wrong = crate::wire::TdesKey::new("fedcba9876543210fedcba98", "01234567").unwrap();
    assert!(Answer::read(body.as_bytes(), Some(&wrong), true).is_err());
    let error = Answer::read(body.as_bytes(), None, true).unwrap_err();
    assert_eq!(error.code(), "configuration");
}

#[test]
fn plain_multi_byte_leaves_come_out_of_base64() {
    let body = wrapped(
        "<res_result>OK</res_result><res_pay_method_info><resrv1>jlKTYw==</resrv1></res_pay_method_info>",
    );
    let answer = read(&body).unwrap();
    assert_eq!(answer.get("res_pay_method_info/resrv1"), Some("山田"));
}

proptest! {
    #[test]
    fn no_bytes_panic(body in any::<Vec<u8>>(), encrypted in any::<bool>()) {
        let key = tdes();
        prop_assert!(Answer::read(&body, Some(&key), encrypted).is_err());
    }

    #[test]
    fn no_damaged_answer_panics_or_changes_the_payment(
        at in any::<prop::sample::Index>(), byte in any::<u8>(), insert in any::<bool>()
    ) {
        let mut body = wrapped(OK).into_bytes();
        let at = at.index(body.len());
        if insert { body.insert(at, byte) } else { body[at] = byte }
        if let Ok(answer) = Answer::read(&body, None, false) {
            prop_assert!(answer.is_ok());
            prop_assert!(answer.tracking_id().is_none_or(|id| id.len() == 14));
        }
    }

    #[test]
    fn any_order_of_fields_says_the_same(order in Just(vec![0usize, 1, 2, 3, 4]).prop_shuffle()) {
        let fields = [
            Element::leaf("res_result", "OK"),
            Element::leaf("res_tracking_id", "00000000000001"),
            Element::leaf("res_err_code", ""),
            Element::leaf("res_date", "20300101120002"),
            Element::group("res_pay_method_info", vec![Element::leaf("payment_status", "1")]),
        ];
        let fields = order.iter().map(|i| fields[*i].clone()).collect();
        let document = Document::new(Element::group("sps-api-response", fields), "ST01-00101-701");
        let answer = Answer::read(&write_xml(&document).unwrap(), None, false).unwrap();
        prop_assert_eq!(answer.tracking_id(), Some("00000000000001"));
        prop_assert_eq!(answer.get("res_pay_method_info/payment_status"), Some("1"));
    }
}
