//! The parsers of what comes back from the gateway: no bytes panic, and no bytes pass without a key.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use netmile::HashKey;
use netmile::contract::{Contract, Endpoints};
use netmile::link::{MessageKind, RawMessage, Return, parse, parse_return};
use netmile::wire::form::{FormLimits, decode_form, encode_form};
use netmile::wire::hash::{HashCharset, LinkHasher, hex_lower, trim};
use netmile::wire::text;

/// What a purchase result hashes, in order; rows are left to the unsigned half of the target.
const ORDER: &str = "pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no order_id item_id \
    pay_item_id item_name tax amount pay_type auto_charge_type service_type div_settele last_charge_month camp_type \
    tracking_id terminal_type free1 free2 free3 request_date res_pay_method res_result res_tracking_id \
    res_sps_cust_no res_sps_payment_no res_payinfo_key res_payment_date res_err_code res_date limit_second";

static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
    let key = HashKey::new("TESTHASHKEY0123456789abcdef0123456789abc").unwrap();
    Contract::netmile("99999", "001", key, Endpoints::test()).unwrap()
});

fuzz_target!(|body: &[u8]| {
    // As it is: unless the fuzzer guesses a SHA-1, nothing is verified.
    let raw = RawMessage::form(body);
    for kind in MessageKind::ALL {
        if let Ok(verified) = parse(kind, &raw, |_| Some(&CONTRACT)) {
            assert!(body.windows(12).any(|w| w == b"sps_hashcode"));
            let _ = format!("{:?}", verified.get());
        }
        if let Ok(Return::Bare) = parse_return(kind, &raw, |_| Some(&CONTRACT)) {
            assert!(body.is_empty());
        }
    }

    // Signed by the right key, so that what follows the hash is reached too.
    let Ok(form) = decode_form(body, FormLimits::default()) else {
        return;
    };
    for (kind, charset) in [
        (MessageKind::PurchaseNotice, HashCharset::Utf8),
        (MessageKind::PurchaseReturn, HashCharset::ShiftJis),
    ] {
        let mut hasher = LinkHasher::new(CONTRACT.hash_key());
        for name in ORDER.split_ascii_whitespace() {
            let value = form.get(name).unwrap_or_default();
            match charset {
                HashCharset::ShiftJis => hasher.update(trim(value)),
                HashCharset::Utf8 => {
                    let Ok(value) = text::decode(name, value) else {
                        return;
                    };
                    hasher.update(trim(value.as_bytes()));
                }
            }
        }
        let hash = hex_lower(&hasher.finish());
        let pairs = form
            .fields()
            .iter()
            .filter(|f| f.name != "sps_hashcode")
            .map(|f| (f.name.as_str(), f.value.as_slice()))
            .chain([("sps_hashcode", hash.as_bytes())]);
        let raw = RawMessage::form(encode_form(pairs));
        if let Ok(verified) = parse(kind, &raw, |_| Some(&CONTRACT)) {
            let _ = format!("{:?}", verified.get());
        }
    }
});
