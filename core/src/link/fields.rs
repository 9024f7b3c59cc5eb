//! Lengths and character sets of every field, as data.
//!
//! The hash concatenates values without separators, so a message is only as trustworthy as these rules: they hold
//! for what is sent and for what comes back, before any hash is trusted.
//!
//! Source: docs/protocol/link-type.md#fields

use crate::error::{Error, ErrorKind, Result};

/// Which characters a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Half-width digits (属性 9).
    Digits,
    /// Printable ASCII, spaces inside included (属性 X).
    Ascii,
    /// Anything that Shift_JIS has (属性 M). Its length counts Shift_JIS bytes, so a full-width character is two.
    Mixed,
    /// Two upper-case letters.
    Letters,
    /// ASCII letters and digits.
    Alphanumeric,
}

/// How long a field that is not blank must be, in bytes of Shift_JIS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Length {
    /// Exactly so many (固定長).
    Exact(usize),
    /// At most so many (可変長).
    Max(usize),
}

/// The rule of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// The field.
    pub(crate) name: &'static str,
    /// Its characters.
    pub(crate) class: Class,
    /// Its length.
    pub(crate) length: Length,
    /// Whether the value may name a person: never shown by `Debug`.
    pub(crate) personal: bool,
}

const fn rule(name: &'static str, class: Class, length: Length) -> Rule {
    Rule {
        name,
        class,
        length,
        personal: false,
    }
}

const fn personal(name: &'static str, class: Class, length: Length) -> Rule {
    Rule {
        name,
        class,
        length,
        personal: true,
    }
}

/// Longest return URL, in bytes.
pub(crate) const MAX_URL: usize = 256;
/// Longest `free_csv`, in Base64 characters. The gateway publishes none; four rows of an address fit many times.
pub(crate) const MAX_FREE_CSV: usize = 4096;
/// Longest `res_payinfo_key` accepted. One schema says 32, deposit notices carry an e-mail address beside that.
pub(crate) const MAX_PAYINFO_KEY: usize = 512;

use Class::{Alphanumeric, Ascii, Digits, Letters, Mixed};
use Length::{Exact, Max};

/// Every field of every message.
pub(crate) const RULES: &[Rule] = &[
    rule("pay_method", Ascii, Max(1000)),
    rule("merchant_id", Digits, Exact(5)),
    rule("service_id", Digits, Exact(3)),
    personal("cust_code", Ascii, Max(64)),
    personal("sps_cust_no", Digits, Exact(12)),
    rule("sps_payment_no", Digits, Exact(3)),
    rule("order_id", Ascii, Max(38)),
    rule("item_id", Ascii, Max(32)),
    rule("pay_item_id", Ascii, Max(20)),
    personal("item_name", Mixed, Max(40)),
    rule("tax", Digits, Max(7)),
    rule("amount", Digits, Max(10)),
    rule("pay_type", Digits, Exact(1)),
    rule("auto_charge_type", Digits, Exact(1)),
    rule("service_type", Digits, Exact(1)),
    rule("div_settele", Digits, Exact(1)),
    rule("last_charge_month", Digits, Exact(6)),
    rule("camp_type", Digits, Exact(1)),
    rule("tracking_id", Digits, Exact(14)),
    rule("terminal_type", Digits, Exact(1)),
    rule("success_url", Ascii, Max(MAX_URL)),
    rule("cancel_url", Ascii, Max(MAX_URL)),
    rule("error_url", Ascii, Max(MAX_URL)),
    rule("pagecon_url", Ascii, Max(MAX_URL)),
    personal("free1", Mixed, Max(20)),
    personal("free2", Mixed, Max(20)),
    personal("free3", Mixed, Max(20)),
    personal("free_csv", Ascii, Max(MAX_FREE_CSV)),
    rule("dtl_rowno", Digits, Max(3)),
    rule("dtl_item_id", Ascii, Max(20)),
    personal("dtl_item_name", Mixed, Max(40)),
    rule("dtl_item_count", Digits, Max(6)),
    rule("dtl_tax", Digits, Max(7)),
    rule("dtl_amount", Digits, Max(7)),
    personal("dtl_free1", Mixed, Max(20)),
    personal("dtl_free2", Mixed, Max(20)),
    personal("dtl_free3", Mixed, Max(20)),
    rule("request_date", Digits, Exact(14)),
    rule("limit_second", Digits, Max(4)),
    rule("res_pay_method", Ascii, Max(1000)),
    rule("res_result", Letters, Exact(2)),
    rule("res_tracking_id", Digits, Exact(14)),
    personal("res_sps_cust_no", Digits, Exact(12)),
    rule("res_sps_payment_no", Digits, Exact(3)),
    personal("res_payinfo_key", Ascii, Max(MAX_PAYINFO_KEY)),
    rule("res_payment_date", Digits, Max(14)),
    rule("res_err_code", Alphanumeric, Max(8)),
    rule("res_date", Digits, Exact(14)),
];

/// The rule of a field, if it is one of the link type.
pub(crate) fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

/// Whether the field may name a person. Unknown fields may.
pub(crate) fn is_personal(name: &str) -> bool {
    find(name).is_none_or(|rule| rule.personal)
}

impl Rule {
    /// Checks a value and its length in Shift_JIS. Blank always passes: whether a field is required is another
    /// matter.
    pub(crate) fn check(&self, text: &str, sjis_bytes: usize) -> Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let length_fits = match self.length {
            Length::Exact(n) => sjis_bytes == n,
            Length::Max(n) => sjis_bytes <= n,
        };
        if length_fits && self.class.takes(text) {
            return Ok(());
        }
        Err(Error::field(
            ErrorKind::InvalidValue,
            self.name,
            format!("must be {}", self.describe()),
        ))
    }

    /// The rule in words, for errors and for the docs.
    pub(crate) fn describe(&self) -> String {
        let (n, most) = match self.length {
            Length::Exact(n) => (n, "exactly"),
            Length::Max(n) => (n, "at most"),
        };
        let of = match self.class {
            Class::Digits => "half-width digits",
            Class::Ascii => "printable ASCII characters",
            Class::Mixed => "bytes in Shift_JIS, where a full-width character is two",
            Class::Letters => "upper-case letters",
            Class::Alphanumeric => "ASCII letters and digits",
        };
        format!("{most} {n} {of}")
    }
}

impl Class {
    fn takes(self, text: &str) -> bool {
        match self {
            Self::Digits => text.bytes().all(|b| b.is_ascii_digit()),
            Self::Ascii => text.bytes().all(|b| matches!(b, b' '..=b'~')),
            Self::Mixed => !text.chars().any(char::is_control),
            Self::Letters => text.bytes().all(|b| b.is_ascii_uppercase()),
            Self::Alphanumeric => text.bytes().all(|b| b.is_ascii_alphanumeric()),
        }
    }
}

/// Whether the text is one or more of `[0-9A-Za-z_-]`, the only characters that ids may safely have.
pub(crate) fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

/// Refuses a blank value.
pub(crate) fn require(name: &'static str, value: &str) -> Result<()> {
    if value.trim_matches(' ').is_empty() {
        return Err(Error::field(
            ErrorKind::MissingField,
            name,
            "must not be blank",
        ));
    }
    Ok(())
}

/// An `invalid_value` error.
pub(crate) fn invalid(
    name: &'static str,
    rule: impl Into<std::borrow::Cow<'static, str>>,
) -> Error {
    Error::field(ErrorKind::InvalidValue, name, rule)
}
