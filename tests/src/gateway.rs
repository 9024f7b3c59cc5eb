//! A gateway in a few lines, with hash and form code of its own: neither the SDK's nor the mock's.

use encoding_rs::SHIFT_JIS;
use sha1::{Digest, Sha1};

/// The invented hash key of every test.
pub const KEY: &str = "TESTHASHKEY0123456789abcdef0123456789abc";

/// Fields of a purchase result in the order of its hash; rows would stand before `request_date`.
pub const RESULT_ORDER: [&str; 34] = [
    "pay_method",
    "merchant_id",
    "service_id",
    "cust_code",
    "sps_cust_no",
    "sps_payment_no",
    "order_id",
    "item_id",
    "pay_item_id",
    "item_name",
    "tax",
    "amount",
    "pay_type",
    "auto_charge_type",
    "service_type",
    "div_settele",
    "last_charge_month",
    "camp_type",
    "tracking_id",
    "terminal_type",
    "free1",
    "free2",
    "free3",
    "request_date",
    "res_pay_method",
    "res_result",
    "res_tracking_id",
    "res_sps_cust_no",
    "res_sps_payment_no",
    "res_payinfo_key",
    "res_payment_date",
    "res_err_code",
    "res_date",
    "limit_second",
];

/// The charset that a message is hashed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashedIn {
    /// Server notices.
    Utf8,
    /// Browser returns.
    ShiftJis,
}

/// A message as the gateway would write it, before it is spoiled.
#[derive(Clone, Debug)]
pub struct Message {
    /// Names and values in hash order.
    pub fields: Vec<(String, String)>,
    /// The hash as sent, if any.
    pub hash: Option<String>,
}

impl Message {
    /// The result of a posted form: its echo, and what the gateway adds.
    #[must_use]
    pub fn answering(posted: &[(&'static str, String)], result: &[(&str, &str)]) -> Self {
        let fields = RESULT_ORDER
            .iter()
            .map(|&name| {
                let given = result.iter().find(|(n, _)| *n == name).map(|&(_, v)| v);
                let echo = || {
                    let asked = posted.iter().find(|(n, _)| *n == name);
                    asked.filter(|_| name != "limit_second")
                };
                let value = given.map_or_else(
                    || echo().map(|(_, v)| v.clone()).unwrap_or_default(),
                    str::to_owned,
                );
                (name.to_owned(), value)
            })
            .collect();
        Self { fields, hash: None }
    }

    /// The value of a field.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(n, _)| n == name);
        found.map(|(_, v)| v.as_str()).unwrap_or_default()
    }

    /// Replaces the value of a field.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        for field in self.fields.iter_mut().filter(|(n, _)| n == name) {
            value.clone_into(&mut field.1);
        }
        self
    }

    /// Takes a field out.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(n, _)| n != name);
        self
    }

    /// Sends a field a second time, at the end.
    #[must_use]
    pub fn repeating(mut self, name: &str) -> Self {
        let again = (name.to_owned(), self.get(name).to_owned());
        self.fields.push(again);
        self
    }

    /// Signs what stands in the definition, in its order.
    #[must_use]
    pub fn signed(mut self, key: &str, charset: HashedIn) -> Self {
        let mut text = String::new();
        for name in RESULT_ORDER {
            for (_, value) in self.fields.iter().filter(|(n, _)| n == name) {
                text.push_str(value.trim_matches(' '));
            }
        }
        text.push_str(key);
        let digest = match charset {
            HashedIn::Utf8 => Sha1::digest(text.as_bytes()),
            HashedIn::ShiftJis => Sha1::digest(SHIFT_JIS.encode(&text).0),
        };
        self.hash = Some(digest.iter().map(|b| format!("{b:02X}")).collect());
        self
    }

    /// The body that is posted, every byte percent-encoded, last field first.
    #[must_use]
    pub fn body(&self) -> Vec<u8> {
        let hash = self.hash.iter().map(|hash| ("sps_hashcode", hash.as_str()));
        let fields = self.fields.iter().map(|(n, v)| (n.as_str(), v.as_str()));
        let mut pairs: Vec<String> = fields
            .chain(hash)
            .map(|(name, value)| {
                let bytes = SHIFT_JIS.encode(value).0;
                let hex: String = bytes.iter().map(|b| format!("%{b:02X}")).collect();
                format!("{name}={hex}")
            })
            .collect();
        pairs.reverse();
        pairs.join("&").into_bytes()
    }
}
