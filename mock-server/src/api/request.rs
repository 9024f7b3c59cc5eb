//! A request read into plain values, and the checks that need no state.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha1::{Digest as _, Sha1};

use super::{
    fields::{Kind, Length, Rule, SECRET, Table},
    refusal::Ng,
    terms::ApiMethod,
};
use crate::{
    clock,
    wire::{hash, sjis, tdes::Tdes, xml::Element},
};

/// One leaf.
#[derive(Debug, Clone)]
struct Leaf {
    path: String,
    raw: String,
    /// The value before Base64 and 3DES, in Shift_JIS.
    bytes: Vec<u8>,
    text: String,
}

/// A request with its plain values, in wire order.
#[derive(Clone)]
pub(crate) struct Request {
    leaves: Vec<Leaf>,
    /// Whether its secret leaves, and those of the answer, are 3DES.
    pub(crate) encrypted: bool,
}

impl Request {
    /// Spreads a tree into leaves. Values are still as on the wire.
    pub(crate) fn spread(root: &Element) -> Self {
        let mut leaves = Vec::new();
        collect(root, "", &mut leaves);
        let mut request = Self {
            leaves,
            encrypted: false,
        };
        request.encrypted = request.get("encrypted_flg") == "1";
        request
    }

    /// The plain text at a path, without blanks around it; empty when absent.
    pub(crate) fn get(&self, path: &str) -> &str {
        self.leaves
            .iter()
            .find(|l| l.path == path)
            .map_or("", |l| hash::trim(&l.text))
    }

    /// A number at a path; 0 when absent.
    pub(crate) fn number(&self, path: &str) -> u64 {
        self.get(path).parse().unwrap_or(0)
    }

    /// Path and value of every leaf as it stood on the wire.
    pub(crate) fn raw(&self) -> impl Iterator<Item = (&str, &str)> {
        self.leaves
            .iter()
            .map(|l| (l.path.as_str(), l.raw.as_str()))
    }

    /// Undoes Base64 and 3DES.
    pub(crate) fn open(&mut self, table: Table, tdes: Option<&Tdes>) -> Result<(), Ng> {
        if self.encrypted && tdes.is_none() {
            return Err(Ng::early(
                "07",
                28,
                "encrypted_flg: the contract has no 3DES key",
            ));
        }
        for leaf in &mut self.leaves {
            let rule = table.rules().find(|r| r.path == leaf.path);
            let number = rule.map_or(super::fields::NO_FIELD, |r| r.number);
            let multi = rule.is_some_and(|r| r.kind == Kind::Multi);
            let fail = |what: &str| Ng::early("06", number, format!("{}: {what}", leaf.path));
            let bytes = if leaf.raw.is_empty() {
                Vec::new()
            } else if self.encrypted && leaf.path.starts_with(SECRET) {
                tdes.and_then(|t| t.decrypt(&leaf.raw))
                    .ok_or_else(|| fail("no Base64 of 3DES blocks"))?
            } else if multi {
                STANDARD
                    .decode(&leaf.raw)
                    .map_err(|_| fail("no Base64 of Shift_JIS"))?
            } else {
                sjis::encode(&leaf.raw).ok_or_else(|| fail("not Shift_JIS"))?
            };
            leaf.text = sjis::decode(&bytes).ok_or_else(|| fail("not Shift_JIS"))?;
            leaf.bytes = bytes;
        }
        Ok(())
    }

    /// Required leaves, then kind, length and value of each.
    pub(crate) fn check(&self, table: Table, method: &ApiMethod, strict: bool) -> Result<(), Ng> {
        for rule in table.rules() {
            if rule.required && self.get(rule.path).is_empty() {
                return Err(Ng::early(
                    "03",
                    rule.number,
                    format!("{}: required", rule.path),
                ));
            }
        }
        for rule in table.rules() {
            let mut found = self.leaves.iter().filter(|l| l.path == rule.path);
            if let Some(first) = found.next() {
                value(rule, first, method)?;
            }
            for next in found {
                if !rule.is_row() {
                    return Err(Ng::early(
                        "13",
                        rule.number,
                        format!("{}: twice", rule.path),
                    ));
                }
                value(rule, next, method)?;
            }
        }
        if strict {
            let known = |l: &&Leaf| {
                table
                    .rules()
                    .any(|r| r.path == l.path || r.path.starts_with(&format!("{}/", l.path)))
            };
            if let Some(odd) = self.leaves.iter().find(|l| !known(l)) {
                let name: String = odd.path.chars().take(60).collect();
                return Err(Ng::early(
                    "13",
                    super::fields::NO_FIELD,
                    format!("{name}: not of this function"),
                ));
            }
        }
        Ok(())
    }

    /// `request_date` and `limit_second` against the clock.
    pub(crate) fn window(&self, now: i64, default_limit: u32, skew: u32) -> Result<(), Ng> {
        let Some(at) = clock::parse_stamp(self.get("request_date")) else {
            return Err(Ng::early("07", 23, "request_date: no date"));
        };
        let limit = self
            .get("limit_second")
            .parse()
            .unwrap_or(i64::from(default_limit));
        if now > at.saturating_add(limit) {
            return Err(Ng::early("10", 23, "request_date: expired"));
        }
        if at > now.saturating_add(i64::from(skew)) {
            return Err(Ng::early("10", 23, "request_date: in the future"));
        }
        Ok(())
    }

    /// Whether the non-empty leaves stand in the table's order; rows count as one place.
    pub(crate) fn in_order(&self, table: Table) -> bool {
        let place = |path: &str| {
            let rows = path.starts_with("dtls/");
            table
                .rules()
                .position(|r| r.path == path || (rows && r.is_row()))
        };
        let mut last = 0;
        self.leaves
            .iter()
            .filter(|l| !l.raw.is_empty())
            .filter_map(|l| place(&l.path))
            .all(|at| {
                let ordered = at >= last;
                last = at;
                ordered
            })
    }

    /// Whether the hash fits the values in the order they came, each as it is or without the
    /// blanks around it: clients differ in whether they strip.
    pub(crate) fn hash_fits(&self, key: &str) -> bool {
        let claimed = self.get("sps_hashcode");
        [true, false].into_iter().any(|stripped| {
            let mut sha = Sha1::new();
            for leaf in self.leaves.iter().filter(|l| l.path != "sps_hashcode") {
                sha.update(if stripped {
                    strip(&leaf.bytes)
                } else {
                    &leaf.bytes
                });
            }
            sha.update(key.as_bytes());
            hash::same(&hex(&sha.finalize()), claimed)
        })
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn strip(mut bytes: &[u8]) -> &[u8] {
    while let [b' ', rest @ ..] | [rest @ .., b' '] = bytes {
        bytes = rest;
    }
    bytes
}

fn collect(element: &Element, prefix: &str, leaves: &mut Vec<Leaf>) {
    for child in &element.children {
        let path = format!("{prefix}{}", child.name);
        if child.children.is_empty() {
            leaves.push(Leaf {
                path,
                raw: child.text.clone(),
                bytes: Vec::new(),
                text: child.text.clone(),
            });
        } else {
            collect(child, &format!("{path}/"), leaves);
        }
    }
}

fn value(rule: &Rule, leaf: &Leaf, method: &ApiMethod) -> Result<(), Ng> {
    let text = hash::trim(&leaf.text);
    let refuse = |kind: &str, what: &str| {
        Err(Ng::early(
            kind,
            rule.number,
            format!("{}: {what}", rule.path),
        ))
    };
    if text.is_empty() {
        return Ok(());
    }
    let fits = match rule.kind {
        Kind::Digits => leaf.text.bytes().all(|b| b.is_ascii_digit()),
        Kind::Single => leaf.text.bytes().all(|b| (0x20..0x7f).contains(&b)),
        Kind::Multi => !leaf.text.chars().any(char::is_control),
    };
    if !fits {
        return refuse("04", "characters of another kind");
    }
    let length = match rule.kind {
        Kind::Multi => leaf.bytes.len(),
        _ => text.len(),
    };
    let wrong = match rule.length {
        Length::Fixed(n) => length != n,
        Length::Max(n) if rule.path == "amount" => length > n.min(method.max_yen.to_string().len()),
        Length::Max(n) => length > n,
    };
    if wrong {
        return refuse("05", "length");
    }
    let amount = rule.path == "amount" || rule.path == "pay_option_manage/amount";
    let yen: u64 = text.parse().unwrap_or(0);
    if rule.path == "amount" && !(method.min_yen..=method.max_yen).contains(&yen) {
        return refuse("07", "outside the contract's limits");
    }
    if amount && yen == 0 {
        return refuse("07", "at least 1 yen");
    }
    let flag = matches!(
        rule.path,
        "encrypted_flg"
            | "sps_cust_info_return_flg"
            | "pay_option_manage/cust_manage_flg"
            | "pay_option_manage/cardbrand_return_flg"
    );
    if flag && !matches!(text, "0" | "1") {
        return refuse("07", "0 or 1");
    }
    let date = matches!(
        rule.path,
        "pay_method_info/seiyakudate" | "pay_method_info/bill_date"
    );
    if date && clock::parse_stamp(&format!("{text}000000")).is_none() {
        return refuse("06", "no date");
    }
    if rule.path == "pay_option_manage/cancel_target_month" && clock::end_of_month(text).is_none() {
        return refuse("06", "no month");
    }
    Ok(())
}
