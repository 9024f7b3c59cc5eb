//! Notices of the API type: no bytes panic, none pass without the key, and what passes with it keeps its rules, plain
//! or encrypted.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use netmile::HashKey;
use netmile::api::{ApiAck, ApiContext, ApiNotice, NoticeEncryption, NoticeKind};
use netmile::contract::ContractId;
use netmile::link::Verified;
use netmile::wire::TdesKey;
use netmile::wire::hash::{LinkHasher, hex_lower};
use netmile::wire::xml::{Document, Element, XmlLimits, read_xml, write_xml};

static CONTEXT: LazyLock<ApiContext> = LazyLock::new(|| {
    ApiContext::new(
        ContractId::new("99999", "001").unwrap(),
        HashKey::new("anotherhashkeyanotherhashkeyanotherhash0").unwrap(),
    )
    .with_encryption(TdesKey::new("0123456789abcdef01234567", "76543210").unwrap())
});

fuzz_target!(|body: &[u8]| {
    // As it is: the seeds are signed by another key, and nobody guesses a SHA-1.
    for encryption in [NoticeEncryption::Plain, NoticeEncryption::Encrypted] {
        assert!(ApiNotice::parse(&CONTEXT, encryption, body).is_err());
    }
    // Signed by the right key, so that what follows the hash is reached too.
    let Ok(document) = read_xml(body, XmlLimits::default()) else {
        return;
    };
    let plain = signed(&document, NoticeEncryption::Plain);
    let sealed = signed(&document, NoticeEncryption::Encrypted);
    let read = |body: Option<Vec<u8>>, encryption| {
        body.and_then(|body| ApiNotice::parse(&CONTEXT, encryption, &body).ok())
    };
    let plain = read(plain, NoticeEncryption::Plain);
    let sealed = read(sealed, NoticeEncryption::Encrypted);
    for notice in [&plain, &sealed].into_iter().flatten() {
        check(notice);
    }
    if let (Some(plain), Some(sealed)) = (&plain, &sealed) {
        assert_eq!(plain.get().seen_key(), sealed.get().seen_key());
        assert_eq!(plain.get().kind(), sealed.get().kind());
    }
});

fn check(notice: &Verified<ApiNotice>) {
    let notice = notice.get();
    assert_eq!(notice.contract_id(), CONTEXT.id());
    assert_eq!(notice.tracking_id().len(), 14);
    let has_type = notice.get("pay_method_info/rec_type").is_some();
    match notice.kind() {
        NoticeKind::Deposit(deposit) => {
            assert!(has_type);
            assert!(deposit.amount.get() < 10_000_000_000);
        }
        NoticeKind::Expired => assert!(!has_type),
        NoticeKind::Other => {}
    }
    assert!(!notice.seen_key().is_empty());
    let _ = format!("{notice:?}");
    let ack = ApiAck::ok(notice.function());
    let answer = read_xml(ack.body(), XmlLimits::default()).unwrap();
    assert_eq!(answer.id.as_deref(), Some(notice.function().as_str()));
}

fn signed(document: &Document, encryption: NoticeEncryption) -> Option<Vec<u8>> {
    let mut hasher = LinkHasher::new(CONTEXT.hash_key());
    let mut children = Vec::new();
    for child in document.root.children() {
        if child.name() != "sps_hashcode" {
            let secret =
                child.name() == "pay_method_info" && encryption == NoticeEncryption::Encrypted;
            children.push(walk(child, secret, &mut hasher)?);
        }
    }
    children.push(Element::leaf("sps_hashcode", hex_lower(&hasher.finish())));
    let root = Element::group(document.root.name(), children);
    write_xml(&Document {
        root,
        id: document.id.clone(),
    })
    .ok()
}

/// Hashes the values below in order, and encrypts them where they are secret.
fn walk(element: &Element, secret: bool, hasher: &mut LinkHasher<'_>) -> Option<Element> {
    if element.children().is_empty() {
        let text = element.text().trim_matches(' ');
        let policy = netmile::wire::TextPolicy::Cp932;
        let encoded = netmile::wire::text::encode("text", text, &policy).ok()?;
        hasher.update(encoded.sjis());
        let text = match CONTEXT.tdes() {
            Some(key) if secret => key.encrypt("text", encoded.sjis()).ok()?,
            _ => text.to_owned(),
        };
        return Some(Element::leaf(element.name(), text));
    }
    let children = element.children().iter();
    let children: Option<Vec<_>> = children.map(|child| walk(child, secret, hasher)).collect();
    Some(Element::group(element.name(), children?))
}
