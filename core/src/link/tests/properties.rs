//! What is sent reads back; no bytes panic.

use proptest::prelude::*;

use super::support::*;
use crate::Yen;
use crate::contract::Terminal;
use crate::link::*;
use crate::wire::form::{FormLimits, decode_form};
use crate::wire::{TextPolicy, text};

/// At most `most` characters that Shift_JIS has, one or two bytes each.
fn mixed(most: usize) -> impl Strategy<Value = String> {
    let one = prop_oneof![
        "[ -~]",
        "[ｱ-ﾝ]",
        "[ぁ-ん]",
        "[ァ-ヶ]",
        prop::sample::select(vec![
            "表", "ソ", "～", "①", "髙", "ー", "能", "－", "￥", "　"
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(one, 0..=most).prop_map(|chars| chars.concat())
}

fn row() -> impl Strategy<Value = DetailRow> {
    let texts = (
        "[0-9A-Za-z_-]{1,20}",
        mixed(19),
        mixed(10),
        0..10_000_000u64,
    );
    let numbers = (1..1_000_000u32, prop::option::of(0..10_000_000u64));
    (texts, numbers).prop_map(|((id, name, free, amount), (count, tax))| {
        let row = DetailRow::new(id, format!("n{name}"), Yen::new(amount));
        let row = row.with_count(count).with_free(free, "", "");
        match tax {
            Some(tax) => row.with_tax(Yen::new(tax)),
            None => row,
        }
    })
}

prop_compose! {
    fn any_request()(
        order in "[0-9A-Za-z_-]{1,38}",
        customer in "[!-~][ -~]{0,62}",
        item in "[0-9A-Za-z_-]{1,32}",
        name in mixed(20),
        free1 in mixed(10),
        free2 in mixed(10),
        amount in 10..10_000_000_000u64,
        rows in prop::collection::vec(row(), 0..4),
    ) -> PurchaseRequest {
        let order = OrderId::new(order).unwrap();
        PurchaseRequest::new(order, customer, item, Yen::new(amount), Terminal::Pc, urls())
            .with_item_name(name)
            .with_free(free1, free2, "")
            .with_rows(rows)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn the_posted_body_is_the_form(request in any_request()) {
        let form = sign(&request).unwrap();
        let posted = decode_form(&form.urlencoded(), FormLimits::default()).unwrap();
        let read: Vec<_> = posted
            .fields()
            .iter()
            .map(|f| (f.name.clone(), text::decode(&f.name, &f.value).unwrap()))
            .collect();
        let made: Vec<_> = form.fields().iter().map(|(n, v)| (n.to_string(), v.clone())).collect();
        prop_assert_eq!(&read, &made);
        // And its hash is the one that another reading computes.
        let (code, fields) = made.split_last().unwrap();
        prop_assert_eq!(&code.1, &hash(fields, false));
    }

    #[test]
    fn a_result_that_repeats_the_request_passes(request in any_request(), notice in any::<bool>()) {
        let kind = if notice { MessageKind::PurchaseNotice } else { MessageKind::PurchaseReturn };
        let form = sign(&request).unwrap();
        let verified = read(kind, &signed(kind, &result_of(&form))).unwrap();
        let dates = [form.request_date().to_owned()];
        verified.check_echo(&form.echo(), &dates, EchoCheck::Strict).unwrap();
        prop_assert_eq!(verified.get().amount(), Some(request.amount()));
        prop_assert_eq!(verified.get().rows().len(), request.rows().len());
    }

    #[test]
    fn a_request_survives_being_stored(request in any_request()) {
        let json = serde_json::to_string(&request).unwrap();
        let read: PurchaseRequest = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(sign(&read).unwrap(), sign(&request).unwrap());
    }

    #[test]
    fn no_bytes_panic(body in any::<Vec<u8>>(), kind in prop::sample::select(&MessageKind::ALL[..])) {
        let raw = RawMessage::form(body);
        let _ = read(kind, &raw);
        if !kind.is_notice() {
            let contract = contract();
            let _ = parse_return(kind, &raw, |_| Some(&contract));
        }
    }

    #[test]
    fn no_damaged_notice_panics_or_passes_as_another(
        at in any::<prop::sample::Index>(), byte in any::<u8>(), insert in any::<bool>()
    ) {
        let kind = MessageKind::PurchaseNotice;
        let form = sign(&request().with_rows(two_rows())).unwrap();
        let good = signed(kind, &result_of(&form));
        let original = read(kind, &good).unwrap();
        let mut raw = good.clone();
        let at = at.index(raw.body.len());
        if insert { raw.body.insert(at, byte) } else { raw.body[at] = byte }
        if let Ok(read) = read(kind, &raw) {
            // Only spellings of the same message get through: hex case, a space, a field outside the definition.
            let dates = [form.request_date().to_owned()];
            if read.check_echo(&form.echo(), &dates, EchoCheck::Strict).is_ok() {
                prop_assert_eq!(read.get().tracking_id(), original.get().tracking_id());
                prop_assert_eq!(read.get().result(), original.get().result());
                prop_assert_eq!(read.get().res_date(), original.get().res_date());
            }
        }
    }

    #[test]
    fn no_url_panics_the_watcher(url in any::<String>(), ascii in "[ -~]{0,40}") {
        let hosted = sign(&request()).unwrap().hosted().unwrap();
        let _ = hosted.observe(&url, None);
        let mixed = format!("https://{ascii}");
        let _ = hosted.observe(&mixed, None);
    }

    #[test]
    fn an_answer_is_printable_whatever_the_reason(reason in any::<String>()) {
        let ack = Ack::ng(&reason);
        let rest = ack.body().strip_prefix(b"NG,").unwrap();
        prop_assert!(!rest.is_empty() && rest.len() <= 64);
        prop_assert!(rest.iter().all(|b| (b' '..=b'~').contains(b) && *b != b','));
    }

    #[test]
    fn no_text_policy_lets_a_value_change(name in any::<String>()) {
        if let Ok(form) = sign(&request().with_item_name(name.clone())) {
            prop_assert_eq!(form.value("item_name"), Some(name.trim_matches(' ')));
            let html = form.form_html(&FormOptions::default());
            let mut expected = b"name=\"item_name\" value=\"".to_vec();
            let escaped = crate::wire::html::escape(name.trim_matches(' '));
            let bytes = text::encode("x", &escaped, &TextPolicy::Cp932).unwrap();
            expected.extend(bytes.sjis());
            let found = html.as_bytes().windows(expected.len()).any(|w| w == expected);
            prop_assert!(found);
        }
    }
}
