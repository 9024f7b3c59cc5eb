//! Lengths and characters of the fields that are read, as data, and how their text comes off the wire.
//!
//! Source: docs/protocol/api-type.md#fields

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::error::{Error, ErrorKind, Result};
use crate::time::Timestamp;
use crate::wire::tdes::TdesKey;
use crate::wire::text;
use crate::wire::xml::Element;

/// What a value that is not blank must be.
#[derive(Clone, Copy)]
pub(super) enum Rule {
    /// So many digits.
    Digits(usize),
    /// One to so many digits, without leading zeros.
    Number(usize),
    /// A date of 14 digits.
    Moment,
    /// A date of 14 digits, or the day alone in 8.
    DayOrMoment,
    /// Exactly so many ASCII letters and digits.
    Alphanumeric(usize),
    /// One to so many printable ASCII characters.
    Ascii(usize),
}

const RULES: &[(&str, Rule)] = &[
    ("merchant_id", Rule::Digits(5)),
    ("service_id", Rule::Digits(3)),
    ("sps_transaction_id", Rule::Ascii(32)),
    ("res_sps_transaction_id", Rule::Ascii(32)),
    ("tracking_id", Rule::Digits(14)),
    ("res_tracking_id", Rule::Digits(14)),
    ("order_id", Rule::Ascii(38)),
    ("res_result", Rule::Alphanumeric(2)),
    ("res_err_code", Rule::Alphanumeric(8)),
    ("res_process_date", Rule::Moment),
    ("res_date", Rule::Moment),
    ("request_date", Rule::Moment),
    ("limit_second", Rule::Number(4)),
    ("rec_datetime", Rule::DayOrMoment),
    ("rec_type", Rule::Alphanumeric(1)),
    ("rec_amount", Rule::Number(10)),
    ("rec_amount_total", Rule::Number(10)),
    ("rec_mail", Rule::Ascii(256)),
    ("res_mail", Rule::Ascii(256)),
    ("sps_hashcode", Rule::Alphanumeric(40)),
    ("res_status", Rule::Digits(1)),
    ("commit_status", Rule::Digits(1)),
    ("payment_status", Rule::Digits(1)),
    ("res_sps_cust_no", Rule::Digits(12)),
    ("res_sps_payment_no", Rule::Digits(3)),
];

/// The group of a request or notice whose leaves may be in 3DES.
pub(super) const SECRET_GROUP: &str = "pay_method_info";

/// Leaves of any text (属性 M): in Base64 where they are not encrypted.
pub(super) const MULTI_BYTE: &[&str] = &[
    "item_name",
    "free1",
    "free2",
    "free3",
    "dtl_item_name",
    "last_name",
    "first_name",
    "last_name_kana",
    "first_name_kana",
    "add1",
    "add2",
    "add3",
    "bill_info",
    "bill_info_kana",
    "bill_note",
    "resrv1",
    "resrv2",
    "resrv3",
    "res_err_msg",
];

/// The rule of a field, if it has one.
pub(super) fn rule_of(name: &str) -> Option<Rule> {
    RULES
        .iter()
        .find_map(|(known, rule)| (*known == name).then_some(*rule))
}

impl Rule {
    /// Checks a value. Blank passes: whether a field is required is another matter.
    pub(super) fn check(self, name: &str, value: &str) -> Result<()> {
        let digits = value.bytes().all(|b| b.is_ascii_digit());
        let fits = value.is_empty()
            || match self {
                Self::Digits(length) => digits && value.len() == length,
                Self::Number(max) => {
                    digits && value.len() <= max && (value == "0" || !value.starts_with('0'))
                }
                Self::Moment => Timestamp::parse_jst(value).is_ok(),
                Self::DayOrMoment => moment(value).is_some(),
                Self::Alphanumeric(length) => {
                    value.len() == length && value.bytes().all(|b| b.is_ascii_alphanumeric())
                }
                Self::Ascii(max) => {
                    value.len() <= max && value.bytes().all(|b| matches!(b, b' '..=b'~'))
                }
            };
        if fits {
            return Ok(());
        }
        let rule = match self {
            Self::Digits(length) => format!("must be exactly {length} digits"),
            Self::Number(max) => format!("must be at most {max} digits without leading zeros"),
            Self::Moment => "must be a date written YYYYMMDDHHMMSS".to_owned(),
            Self::DayOrMoment => "must be a date written YYYYMMDD or YYYYMMDDHHMMSS".to_owned(),
            Self::Alphanumeric(length) => format!("must be exactly {length} letters or digits"),
            Self::Ascii(max) => format!("must be at most {max} printable ASCII characters"),
        };
        Err(Error::field(ErrorKind::Malformed, name.to_owned(), rule))
    }
}

/// A moment in 14 digits, or the start of a day in 8; Japanese time.
pub(super) fn moment(digits: &str) -> Option<Timestamp> {
    let whole = if digits.len() == 8 {
        format!("{digits}000000")
    } else {
        digits.to_owned()
    };
    Timestamp::parse_jst(&whole).ok()
}

/// Longest plain value of an encrypted leaf, in Shift_JIS bytes.
const MAX_SECRET: usize = 4096;

/// Brings every leaf below `element` into its plain form: decrypted inside the group `secret` when there is a key,
/// else out of Base64 where the name is known to be multi-byte. Half-width spaces at both ends are cut.
pub(super) fn make_plain(element: &mut Element, secret: &str, key: Option<&TdesKey>) -> Result<()> {
    for child in element.children_mut() {
        if child.children().is_empty() {
            plain_leaf(child, None)?;
        } else {
            let key = key.filter(|_| child.name() == secret);
            plain_group(child, key)?;
        }
    }
    Ok(())
}

fn plain_group(group: &mut Element, key: Option<&TdesKey>) -> Result<()> {
    for child in group.children_mut() {
        if child.children().is_empty() {
            plain_leaf(child, key)?;
        } else {
            plain_group(child, key)?;
        }
    }
    Ok(())
}

fn plain_leaf(leaf: &mut Element, key: Option<&TdesKey>) -> Result<()> {
    let name = leaf.name();
    let wire = leaf.text().trim_matches(' ');
    let plain = match key {
        _ if wire.is_empty() => String::new(),
        Some(key) => text::decode(name, &key.decrypt(name, wire, MAX_SECRET)?)?,
        None if MULTI_BYTE.contains(&name) => {
            let sjis = STANDARD.decode(wire).map_err(|_| {
                Error::field(ErrorKind::Malformed, name.to_owned(), "is not Base64")
            })?;
            text::decode(name, &sjis)?
        }
        None => wire.to_owned(),
    };
    let plain = plain.trim_matches(' ').to_owned();
    leaf.set_text(plain);
    Ok(())
}

/// The text of the leaf `name` of this group, if it is there and not blank.
///
/// # Errors
/// `duplicate_field` when it stands more than once: readers would differ on which one holds. `malformed` when it has
/// tags inside or breaks its rule.
pub(super) fn only<'a>(group: &'a Element, name: &'static str) -> Result<Option<&'a str>> {
    let mut found = group.children().iter().filter(|child| child.name() == name);
    let Some(leaf) = found.next() else {
        return Ok(None);
    };
    if found.next().is_some() {
        return Err(Error::field(
            ErrorKind::DuplicateField,
            name,
            "must stand once",
        ));
    }
    if !leaf.children().is_empty() {
        return Err(Error::field(
            ErrorKind::Malformed,
            name,
            "must be a value, not a group",
        ));
    }
    if let Some(rule) = rule_of(name) {
        rule.check(name, leaf.text())?;
    }
    Ok(Some(leaf.text()).filter(|text| !text.is_empty()))
}
