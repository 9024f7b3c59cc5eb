//! Whole messages byte by byte, and the vectors of the notes, against texts written by hand.

use netmile_mock::{
    Scenario,
    api::{ApiNotice, ApiRequest, Book, Config, Hidden, NoticeStyle, Purse},
    clock,
};

use crate::common::*;

const SAMPLE_KEY: &str = "samplehashkeysamplehashkeysamplehashkey0";

/// A gateway whose merchant has the key of the vectors.
fn sample() -> Config {
    let mut scenario = Scenario::demo();
    scenario.merchants[0].hash_key = SAMPLE_KEY.to_owned();
    Config::from(&scenario)
}

fn at(text: &str) -> i64 {
    clock::parse_stamp(text).unwrap()
}

/// The request of the notes as another client wrote it: values and hash are not computed here.
const REQUEST_701: &str = r#"<?xml version="1.0" encoding="Shift_JIS"?>
<sps-api-request id="ST01-00101-701">
<merchant_id>99999</merchant_id><service_id>001</service_id><cust_code>cust-0001</cust_code>
<order_id>ord-20300101-0001</order_id><item_id>item-1</item_id>
<item_name>g3yDQ4OTg2eNd5P8</item_name><tax/><amount>1500</amount><free1></free1>
<dtls>
</dtls>
<!-- secret from here -->
<pay_method_info>
<issue_type>ISSUE</issue_type><last_name>ZD8nnzq8YKs=</last_name><first_name>FIRST</first_name>
<first_zip>ZIP1</first_zip><second_zip>ZIP2</second_zip><add1>ADD1</add1>
<add2>hn3JsOKoTK+TXO7EqTVySw==</add2><tel>xJQh7oL3vfJpJHEKA85NNA==</tel>
<mail>KNRT5UAttVOcGKpyHrWPng==</mail><seiyakudate>SEIYAKU</seiyakudate>
<webcvstype>STORE</webcvstype><bill_date>BILL</bill_date>
</pay_method_info>
<encrypted_flg>1</encrypted_flg><request_date>20300101120000</request_date>
<limit_second>600</limit_second>
<sps_hashcode>14db6720833fa07e300271f25879e69ec946ce28</sps_hashcode>
</sps-api-request>"#;

fn request_701() -> Vec<u8> {
    let hide = |text: &str| encrypt("0123456789abcdef01234567", "76543210", &sjis(text));
    let body = [
        ("ISSUE", "0"),
        ("FIRST", "太郎"),
        ("ZIP1", "100"),
        ("ZIP2", "0001"),
        ("ADD1", "東京都"),
        ("SEIYAKU", "20300101"),
        ("STORE", "016"),
        ("BILL", "20300115"),
    ]
    .iter()
    .fold(REQUEST_701.to_owned(), |body, (mark, value)| {
        body.replace(&format!(">{mark}<"), &format!(">{}<", hide(value)))
    });
    sjis(&body)
}

#[test]
fn the_slip_request_of_the_notes_is_accepted() {
    let mut book = Book::new(sample(), 1);
    let basic = Message {
        key: SAMPLE_KEY.into(),
        ..Message::new("x")
    }
    .basic();
    let body = request_701();
    let request = ApiRequest {
        authorization: Some(&basic),
        content_type: Some("text/xml; charset=Shift_JIS"),
        body: &body,
    };
    let handled = book.handle(&request, at("20300101120000"), &Purse::default());
    assert_eq!(handled.outcome, "OK", "{}", text(&handled.body));
    assert_eq!(handled.order_id, "ord-20300101-0001");
}

#[test]
fn the_partial_refund_of_the_notes_has_the_right_hash() {
    let mut book = Book::new(sample(), 1);
    let basic = Message {
        key: SAMPLE_KEY.into(),
        ..Message::new("x")
    }
    .basic();
    let xml = "<?xml version='1.0' encoding='Shift_JIS'?><sps-api-request id='ST02-00307-101'><merchant_id>99999</merchant_id><service_id>001</service_id><tracking_id>00000000000001</tracking_id><processing_datetime>20300103100000</processing_datetime><pay_option_manage><amount>500</amount></pay_option_manage><request_date>20300103100001</request_date><sps_hashcode>8237D8859B47AB398F9E2B7AF3ADF092596D9D8D</sps_hashcode></sps-api-request>";
    let mut ask = |body: &str| {
        let request = ApiRequest {
            authorization: Some(&basic),
            content_type: None,
            body: body.as_bytes(),
        };
        let handled = book.handle(&request, at("20300103100001"), &Purse::default());
        tag(&handled.body, "res_err_code")
    };
    // The hash is right, so the state speaks.
    assert_eq!(ask(xml), "10112027");
    assert_eq!(ask(&xml.replace("8237D", "8237E")), "10109999");
}

#[test]
fn notices_carry_the_hashes_of_the_notes() {
    let book = Book::new(sample(), 1);
    let notice = ApiNotice {
        id: 1,
        function: "NT01-00103-701".into(),
        merchant_id: "99999".into(),
        service_id: "001".into(),
        sps_transaction_id: "B99999001ST010010170100000000001".into(),
        tracking_id: "00000000000001".into(),
        order_id: "ord-20300101-0001".into(),
        happened_at: at("20300102093000"),
        rec_type: 1,
        rec_amount: 1500,
        rec_amount_total: 1500,
        mail: Hidden("taro@example.com".into()),
        tries: 0,
        next_at: None,
        accepted: false,
    };
    let hash = |style: NoticeStyle| {
        let letter = book.compose(&notice, style, at("20300102093005")).unwrap();
        tag(&letter.body, "sps_hashcode")
    };
    let with = NoticeStyle {
        order_id: true,
        ..NoticeStyle::default()
    };
    assert_eq!(hash(with), "c70beebd2bf002a9da6d59655d87a2e5989c821b");
    assert_eq!(
        hash(NoticeStyle::default()),
        "36a5617aa81366a435f19262762ca8677ce2ee24"
    );
    let encrypted = NoticeStyle {
        encrypted: true,
        ..with
    };
    assert_eq!(hash(encrypted), "c70beebd2bf002a9da6d59655d87a2e5989c821b");
    let letter = book.compose(&notice, with, at("20300102093005")).unwrap();
    let golden = "<?xml version='1.0' encoding='Shift_JIS' ?>
<sps-api-request id=\"NT01-00103-701\">
  <merchant_id>99999</merchant_id>
  <service_id>001</service_id>
  <sps_transaction_id>B99999001ST010010170100000000001</sps_transaction_id>
  <tracking_id>00000000000001</tracking_id>
  <order_id>ord-20300101-0001</order_id>
  <rec_datetime>20300102093000</rec_datetime>
  <pay_method_info>
    <rec_type>1</rec_type>
    <rec_amount>1500</rec_amount>
    <rec_amount_total>1500</rec_amount_total>
    <res_mail>taro@example.com</res_mail>
    <rec_extra/>
  </pay_method_info>
  <request_date>20300102093005</request_date>
  <sps_hashcode>c70beebd2bf002a9da6d59655d87a2e5989c821b</sps_hashcode>
</sps-api-request>
";
    assert_eq!(text(&letter.body), golden);
}

#[test]
fn a_slip_answer_is_byte_for_byte_what_the_notes_say() {
    let mut desk = Desk::open();
    let body = desk.ok(&slip("ORDER-1", "1500"));
    let tracking = desk.book.payments().next().unwrap().tracking_id.clone();
    let golden = format!(
        "<?xml version='1.0' encoding='Shift_JIS' ?>
<sps-api-response id=\"ST01-00101-701\">
  <res_result>OK</res_result>
  <res_sps_transaction_id>B99999001ST010010170100000000001</res_sps_transaction_id>
  <res_tracking_id>{tracking}</res_tracking_id>
  <res_pay_method_info>

    <invoice_no>{tracking}</invoice_no>
    <bill_date>20260115</bill_date>
    <cvs_pay_data1>{}-{}</cvs_pay_data1>
    <cvs_pay_data2>https://slip.example/show?no={tracking}&amp;store=016</cvs_pay_data2>
  </res_pay_method_info>
  <res_process_date>20260102030405</res_process_date>
  <res_err_code/>
  <res_date>20260102030405</res_date>
</sps-api-response>
",
        &tracking[6..],
        &tracking[5..]
    );
    assert_eq!(text(&body), golden);
}

#[test]
fn a_card_answer_is_byte_for_byte_what_the_notes_say() {
    let golden = |body: &[u8], function: &str, number: u8, customer: (&str, &str)| {
        let tracking = tag(body, "res_tracking_id");
        let leaf = |name: &str, value: &str| match value {
            "" => format!("<{name}/>"),
            value => format!("<{name}>{value}</{name}>"),
        };
        let expected = format!(
            "<?xml version='1.0' encoding='Shift_JIS' ?>
<sps-api-response id=\"{function}\">
  <res_result>OK</res_result>
  <res_sps_transaction_id>B99999001{}{number:011}</res_sps_transaction_id>
  <res_tracking_id>{tracking}</res_tracking_id>
  <res_pay_method_info>

    <cc_company_code>99665</cc_company_code>
    <cardbrand_code>V</cardbrand_code>
    <recognized_no>123456</recognized_no>
  </res_pay_method_info>
  <res_sps_info>
    {}
    {}
  </res_sps_info>
  <res_process_date>20260102030405</res_process_date>
  <res_err_code/>
  <res_date>20260102030405</res_date>
</sps-api-response>
",
            function.replace('-', ""),
            leaf("res_sps_cust_no", customer.0),
            leaf("res_sps_payment_no", customer.1),
        );
        assert_eq!(text(body), expected);
        tracking
    };
    let mut desk = Desk::open();
    let body = desk.ok(&card("ORDER-1", "1000", "4242424242424242"));
    let customer = tag(&body, "res_sps_cust_no");
    assert_eq!(customer.len(), 12);
    let first = golden(&body, "ST01-00111-101", 1, (&customer, "001"));
    let again = card_again(&first, "ORDER-2", "500", "").set("sps_cust_info_return_flg", Some("0"));
    let second = golden(&desk.ok(&again), "ST01-00113-101", 2, ("", ""));
    assert_ne!(first, second);
}

#[test]
fn an_early_ng_is_byte_for_byte_what_the_notes_say() {
    let mut desk = Desk::open();
    let handled = desk.handle(&about("MG01-00101-701", ""));
    let golden = "<?xml version='1.0' encoding='Shift_JIS' ?>
<sps-api-response>
  <res_result>NG</res_result>
  <res_err_code>70103026</res_err_code>
  <res_date>20260102030405</res_date>
</sps-api-response>
";
    assert_eq!(text(&handled.body), golden);
    assert_eq!(handled.content_type, "text/xml;charset=Shift_JIS");
}

#[test]
fn the_order_of_every_answer_is_the_recorded_one() {
    let names = |body: &[u8]| {
        let text = text(body);
        let opened: Vec<String> = text
            .split('<')
            .skip(2)
            .filter(|p| !p.starts_with('/') && !p.starts_with('?'))
            .map(|p| p.split(['>', '/']).next().unwrap().to_owned())
            .filter(|n| !n.starts_with("sps-api"))
            .collect();
        opened.join(" ")
    };
    let mut desk = Desk::open();
    let body = desk.ok(&token("ORDER-1", "1000", "t1"));
    assert_eq!(
        names(&body),
        "res_result res_sps_transaction_id res_tracking_id res_pay_method_info cc_company_code cardbrand_code recognized_no res_sps_info res_sps_cust_no res_sps_payment_no res_process_date res_err_code res_date"
    );
    let tracking = tag(&body, "res_tracking_id");
    assert_eq!(
        names(&desk.ok(&about("MG01-00101-101", &tracking))),
        "res_result res_sps_transaction_id res_status res_pay_method_info res_pay_method_info_detail cc_number cc_expiration dealings_type divide_times bonus_details_times cc_company_code cardbrand_code recognized_no commit_status payment_status res_process_date res_err_code res_date"
    );
    let five = "res_result res_sps_transaction_id res_process_date res_err_code res_date";
    for function in ["ST02-00101-101", "ST02-00201-101", "ST02-00303-101"] {
        assert_eq!(names(&desk.ok(&processed(function, &tracking))), five);
    }
    let authorised = "res_result res_sps_transaction_id res_tracking_id res_pay_method_info cc_company_code cardbrand_code recognized_no res_sps_info res_sps_cust_no res_sps_payment_no res_process_date res_err_code res_date";
    let body = desk.ok(&card("ORDER-4", "1000", "4242424242424242"));
    assert_eq!(names(&body), authorised);
    let tracking = tag(&body, "res_tracking_id");
    let body = desk.ok(&card_again(&tracking, "ORDER-5", "500", ""));
    assert_eq!(names(&body), authorised);
    let tracking = tag(&desk.ok(&slip("ORDER-2", "100")), "res_tracking_id");
    assert_eq!(
        names(&desk.ok(&about("MG01-00101-701", &tracking))),
        "res_result res_sps_transaction_id res_status res_pay_method_info webcvstype invoice_no bill_date cvs_pay_data1 cvs_pay_data2 payment_status res_process_date res_err_code res_date"
    );
    assert_eq!(
        names(&desk.ok(&payeasy("ORDER-3", "100"))),
        "res_result res_sps_transaction_id res_tracking_id res_pay_method_info invoice_no bill_date skno cust_number bank_form bptn bill res_process_date res_err_code res_date"
    );
    let store = Message::new("MG02-00131-101")
        .line("cust_code", "cust-0001")
        .line("sps_cust_info_return_flg", "0")
        .line("pay_option_manage/token", "t2")
        .line("pay_option_manage/token_key", "k");
    assert_eq!(
        names(&desk.ok(&store)),
        "res_result res_sps_transaction_id res_pay_method_info cardbrand_code res_payinfo_key res_sps_info res_sps_cust_no res_sps_payment_no res_process_date res_err_code res_date"
    );
    let read = Message::new("MG02-00104-101").line("cust_code", "cust-0001");
    assert_eq!(
        names(&desk.ok(&read)),
        "res_result res_sps_transaction_id res_pay_method_info cc_number cc_expiration cardbrand_code resrv1 resrv2 resrv3 res_sps_info res_sps_cust_no res_sps_payment_no res_process_date res_err_code res_date"
    );
    let delete = Message::new("MG02-00103-101").line("cust_code", "cust-0001");
    assert_eq!(
        names(&desk.ok(&delete)),
        "res_result res_sps_transaction_id res_sps_info res_sps_cust_no res_sps_payment_no res_process_date res_err_code res_date"
    );
}

#[test]
fn an_encrypted_inquiry_hides_every_leaf_the_nested_ones_too() {
    let mut desk = Desk::open();
    let tracking = tag(&desk.ok(&token("ORDER-1", "1000", "t1")), "res_tracking_id");
    let plain = about("MG01-00101-101", &tracking)
        .line("response_info_type", "1")
        .line("pay_option_manage/cardbrand_return_flg", "1");
    let hidden = desk.ok(&plain.clone().encrypted());
    let plain = desk.ok(&plain);
    for name in [
        "cc_number",
        "cc_expiration",
        "dealings_type",
        "cardbrand_code",
        "recognized_no",
        "payment_status",
    ] {
        let value = decrypt("0123456789abcdef01234567", "76543210", &tag(&hidden, name));
        assert_eq!(value, tag(&plain, name), "{name}");
    }
    assert_eq!(tag(&hidden, "bonus_details_times"), "");
    assert_eq!(tag(&hidden, "res_status"), "0");
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let run = || {
        let mut desk = Desk::open();
        let mut all = desk.ok(&netmile("ORDER-1", "10", "taro"));
        all.extend(desk.ok(&token("ORDER-2", "1000", "t1")));
        all.extend(desk.ok(&slip("ORDER-3", "100")));
        all
    };
    assert_eq!(run(), run());
}
