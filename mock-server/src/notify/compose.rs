//! Signed messages, right or with a fault.
//!
//! Source: docs/protocol/link-type.md#results.

use rand::seq::SliceRandom as _;

use crate::{
    clock,
    faults::FaultKind,
    ids,
    link::{fields::HASH, request::Request},
    wire::{
        form::Fields,
        hash::{self, Charset},
    },
};

/// What a message says beyond the echo of the request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Res {
    /// `res_*` fields and overrides of echo fields.
    pub(crate) fields: Vec<(String, String)>,
}

impl Res {
    pub(crate) fn set(mut self, name: &str, value: impl Into<String>) -> Self {
        let value = value.into();
        match self.fields.iter_mut().find(|(n, _)| n == name) {
            Some(field) => field.1 = value,
            None => self.fields.push((name.to_owned(), value)),
        }
        self
    }

    pub(crate) fn get(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(n, _)| n == name)
            .map_or("", |(_, v)| v)
    }
}

/// How a message is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// Server to server: UTF-8, upper case.
    Server,
    /// Browser: Shift_JIS, lower case.
    Browser,
}

/// Lays out and signs a message in definition order, the hash last.
pub(crate) fn sign(
    request: &Request,
    res: &Res,
    key: &str,
    carrier: Carrier,
    now: i64,
    fault: Option<FaultKind>,
) -> Fields {
    let mut res = res.clone().set("res_date", clock::stamp(now));
    if res.get("limit_second").is_empty() && request.get("limit_second").is_empty() {
        // Recorded: the notice carried 600 where the request had left it empty.
        res = res.set("limit_second", "600");
    }
    let mut key = key.to_owned();
    match fault {
        Some(FaultKind::Stale) => {
            res = res.set("res_date", clock::stamp(now.saturating_sub(86_400)));
        }
        Some(FaultKind::UnknownResult) => res = res.set("res_result", "ZZ"),
        Some(FaultKind::WrongAmount) => {
            if let Ok(yen) = request.get("amount").parse::<u64>() {
                res = res.set("amount", yen.saturating_add(1).to_string());
            }
        }
        Some(FaultKind::NgResult) => {
            res = res.set("res_result", "NG").set("res_err_code", "4301");
        }
        Some(FaultKind::Forged) => key = key.chars().rev().chain("forged".chars()).collect(),
        _ => {}
    }
    let pairs: Vec<(&str, String)> = res
        .fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.clone()))
        .collect();
    let mut fields = request.result(&pairs);
    let charset = match carrier {
        Carrier::Server => Charset::Utf8,
        Carrier::Browser => Charset::ShiftJis,
    };
    // Values came in as Shift_JIS, so they have a form in it.
    let mut digest =
        hash::digest(fields.iter().map(|(_, v)| v.as_str()), &key, charset).unwrap_or_default();
    if fault == Some(FaultKind::WrongHash) {
        digest = digest
            .chars()
            .map(|c| if c == '0' { '1' } else { '0' })
            .collect();
    }
    if carrier == Carrier::Server {
        digest = digest.to_ascii_uppercase();
    }
    if fault == Some(FaultKind::ExtraField) {
        fields.push(("res_future_field".to_owned(), "1".to_owned()));
    }
    fields.push((HASH.to_owned(), digest));
    fields
}

/// Shuffles the fields as the seed says. Rows keep their order among themselves,
/// because nothing but their order ties their tags together.
pub(crate) fn shuffle(fields: Fields, seed: u64, number: i64) -> Fields {
    let (rows, mut rest): (Fields, Fields) =
        fields.into_iter().partition(|(n, _)| n.starts_with("dtl_"));
    let mut rng = ids::rng(seed, "field-order", number);
    rest.shuffle(&mut rng);
    let at = rest.len() / 2;
    let tail = rest.split_off(at);
    rest.extend(rows);
    rest.extend(tail);
    rest
}
