//! Answers of the API type: no bytes panic, what is read can be written and read again, and what is taken for an
//! answer keeps the rules of its fields.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use netmile::api::{Answer, AnswerResult};
use netmile::wire::TdesKey;
use netmile::wire::xml::{Document, Element, XmlLimits, read_xml, write_xml};

static KEY: LazyLock<TdesKey> =
    LazyLock::new(|| TdesKey::new("0123456789abcdef01234567", "76543210").unwrap());

fuzz_target!(|body: &[u8]| {
    let Ok(document) = read_xml(body, XmlLimits::default()) else {
        assert!(Answer::read(body, None, false).is_err());
        return;
    };
    if let Ok(written) = write_xml(&document) {
        assert_eq!(read_xml(&written, XmlLimits::default()).unwrap(), document);
    }
    if let Ok(answer) = Answer::read(body, None, false) {
        check(&answer);
    }
    // The same answer with its secret leaves encrypted says the same.
    let sealed = Document {
        root: sealed(&document.root, false),
        id: document.id.clone(),
    };
    let (Ok(plain), Ok(sealed)) = (write_xml(&document), write_xml(&sealed)) else {
        return;
    };
    if let Ok(opened) = Answer::read(&sealed, Some(&KEY), true) {
        check(&opened);
        if let Ok(plain) = Answer::read(&plain, None, false) {
            assert_eq!(plain.result(), opened.result());
            assert_eq!(plain.tracking_id(), opened.tracking_id());
            assert_eq!(
                plain.get("res_pay_method_info/payment_status"),
                opened.get("res_pay_method_info/payment_status")
            );
        }
    }
});

fn check(answer: &Answer) {
    if let AnswerResult::Ng(code) = answer.result() {
        assert!(code.len() == 8 && code.bytes().all(|b| b.is_ascii_alphanumeric()));
    }
    assert!(answer.tracking_id().is_none_or(|id| id.len() == 14));
    let status = answer.get("res_pay_method_info/payment_status");
    assert!(status.is_none_or(|status| status.len() == 1));
    let _ = format!("{answer:?} {:?}", answer.fields());
}

fn sealed(element: &Element, secret: bool) -> Element {
    if element.children().is_empty() {
        let sjis = encoding(element.text());
        let text = match (secret, KEY.encrypt(element.name(), &sjis)) {
            (true, Ok(text)) => text,
            _ => element.text().to_owned(),
        };
        return Element::leaf(element.name(), text);
    }
    let children = element.children().iter();
    let children =
        children.map(|child| sealed(child, secret || child.name() == "res_pay_method_info"));
    Element::group(element.name(), children.collect())
}

fn encoding(text: &str) -> Vec<u8> {
    let policy = netmile::wire::TextPolicy::Cp932;
    let encoded = netmile::wire::text::encode("text", text.trim_matches(' '), &policy);
    encoded.map(|text| text.sjis().to_vec()).unwrap_or_default()
}
