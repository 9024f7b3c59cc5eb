//! The checks that need nothing but the request and the scenario.

use super::{
    fields::{Function, Kind, Length, ROW, Rule},
    request::{Oddities, Request},
    rules,
};
use crate::{
    clock,
    scenario::{Merchant, Scenario},
    wire::{hash, sjis},
};

/// Kinds of refusal; the scenario gives each its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The body is no form in Shift_JIS, or too large.
    Body,
    /// Merchant and service are unknown.
    Merchant,
    /// The hash differs.
    Hash,
    /// A field breaks its rule.
    Field,
    /// A field that the definition does not have.
    UnknownField,
    /// `request_date` + `limit_second` has passed.
    Expired,
    /// `request_date` lies in the future.
    Future,
    /// The contract does not have it.
    Contract,
    /// The amount is outside the method's limits.
    Amount,
    /// The purchase id was used before.
    DuplicateOrder,
    /// The contract named by `tracking_id` does not exist or has ended.
    Tracking,
}

/// A refused request: what, where, and which rule, in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Kind.
    pub reason: Reason,
    /// Field, when one is to blame.
    pub field: Option<String>,
    /// Rule in Japanese.
    pub ja: String,
    /// Rule in English.
    pub en: String,
}

impl Refusal {
    /// A refusal about `field` (or the whole request, when empty).
    #[must_use]
    pub fn new(reason: Reason, field: &str, ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            reason,
            // The name of an unknown field comes from outside.
            field: (!field.is_empty()).then(|| field.chars().take(100).collect()),
            ja: ja.into(),
            en: en.into(),
        }
    }

    /// The code that the page shows.
    #[must_use]
    pub fn code<'a>(&self, scenario: &'a Scenario) -> &'a str {
        let codes = &scenario.codes;
        match self.reason {
            Reason::Body => &codes.body,
            Reason::Merchant => &codes.merchant,
            Reason::Hash => &codes.hash,
            Reason::Field => &codes.field,
            Reason::UnknownField => &codes.unknown_field,
            Reason::Expired => &codes.expired,
            Reason::Future => &codes.future,
            Reason::Contract => &codes.contract,
            Reason::Amount => &codes.amount,
            Reason::DuplicateOrder => &codes.duplicate_order,
            Reason::Tracking => &codes.tracking,
        }
    }
}

/// Checks everything that needs no stored state; the first broken rule wins.
///
/// # Errors
/// The [`Refusal`].
pub fn check<'a>(
    scenario: &'a Scenario,
    request: &Request,
    odd: &Oddities,
    now: i64,
) -> Result<&'a Merchant, Box<Refusal>> {
    let merchant = scenario
        .merchant(request.get("merchant_id"), request.get("service_id"))
        .ok_or_else(|| {
            Refusal::new(
                Reason::Merchant,
                "merchant_id",
                "この加盟店ID・サービスIDの組み合わせは登録されていません。",
                "This merchant_id and service_id are not registered.",
            )
        })?;
    shape(scenario, request, odd)?;
    let right = request
        .expected_hash(&merchant.hash_key)
        .is_some_and(|expected| hash::same(&expected, hash::trim(&request.hash)));
    if !right {
        return Err(Box::new(Refusal::new(
            Reason::Hash,
            "sps_hashcode",
            "チェックサム(sps_hashcode)が一致しません。",
            "The hash (sps_hashcode) does not match.",
        )));
    }
    values(scenario, request)?;
    window(scenario, request, now)?;
    rules::contract(scenario, merchant, request)?;
    Ok(merchant)
}

/// Every broken rule of shape and value, for the checker's report.
#[must_use]
pub fn all_faults(
    scenario: &Scenario,
    request: &Request,
    odd: &Oddities,
    now: i64,
) -> Vec<Refusal> {
    let mut faults = Vec::new();
    let mut note = |outcome: Result<(), Box<Refusal>>| faults.extend(outcome.err().map(|r| *r));
    note(shape(scenario, request, odd));
    for (rule, (_, value)) in request.function.table().iter().zip(&request.head) {
        note(value_of(scenario, rule, value));
    }
    for row in &request.rows {
        for (rule, (_, value)) in ROW.iter().zip(row) {
            note(value_of(scenario, rule, value));
        }
    }
    note(window(scenario, request, now));
    match scenario.merchant(request.get("merchant_id"), request.get("service_id")) {
        Some(merchant) => note(rules::contract(scenario, merchant, request)),
        None => note(Err(Box::new(Refusal::new(
            Reason::Merchant,
            "merchant_id",
            "この加盟店ID・サービスIDの組み合わせは登録されていません。",
            "This merchant_id and service_id are not registered.",
        )))),
    }
    faults
}

fn shape(scenario: &Scenario, request: &Request, odd: &Oddities) -> Result<(), Box<Refusal>> {
    if let Some(name) = odd.repeated.first() {
        return Err(Box::new(Refusal::new(
            Reason::Field,
            name,
            "同じ項目が2回送信されました。",
            "The field was sent twice.",
        )));
    }
    if let (true, Some(name)) = (scenario.rules.refuse_unknown_fields, odd.unknown.first()) {
        return Err(Box::new(Refusal::new(
            Reason::UnknownField,
            name,
            "定義にない項目が送信されました。",
            "The definition has no such field.",
        )));
    }
    if let (true, Some(name)) = (scenario.rules.require_all_tags, odd.missing.first()) {
        return Err(Box::new(Refusal::new(
            Reason::Field,
            name,
            "値が空の項目も省略できません。",
            "A field may be empty but not left out.",
        )));
    }
    if request.rows.len() > 999 {
        return Err(Box::new(Refusal::new(
            Reason::Field,
            "dtl_rowno",
            "明細は999行までです。",
            "At most 999 detail rows.",
        )));
    }
    Ok(())
}

fn values(scenario: &Scenario, request: &Request) -> Result<(), Box<Refusal>> {
    for (rule, (_, value)) in request.function.table().iter().zip(&request.head) {
        value_of(scenario, rule, value)?;
    }
    for row in &request.rows {
        for (rule, (_, value)) in ROW.iter().zip(row) {
            value_of(scenario, rule, value)?;
        }
    }
    Ok(())
}

fn value_of(scenario: &Scenario, rule: &Rule, raw: &str) -> Result<(), Box<Refusal>> {
    let refuse =
        |ja: String, en: String| Err(Box::new(Refusal::new(Reason::Field, rule.name, ja, en)));
    let value = hash::trim(raw);
    if value.is_empty() {
        if rule.required {
            return refuse(
                "必須項目です。".to_owned(),
                "The field is required.".to_owned(),
            );
        }
        return Ok(());
    }
    let fits = match rule.kind {
        // Spaces around a number are refused, not trimmed.
        Kind::Digits => raw.bytes().all(|b| b.is_ascii_digit()),
        Kind::Single => raw.bytes().all(|b| (0x20..0x7f).contains(&b)),
        Kind::Mixed => !raw.chars().any(char::is_control),
    };
    if !fits {
        return match rule.kind {
            Kind::Digits => refuse(
                "半角数字のみ使用できます。".to_owned(),
                "Half-width digits only.".to_owned(),
            ),
            Kind::Single => refuse(
                "半角文字のみ使用できます。".to_owned(),
                "Printable single-byte characters only.".to_owned(),
            ),
            Kind::Mixed => refuse(
                "タブ・改行などの制御文字は使用できません。".to_owned(),
                "No tabs, line breaks or other control characters.".to_owned(),
            ),
        };
    }
    let in_bytes = rule.kind == Kind::Mixed && scenario.rules.mixed_length_in_bytes;
    let length = if in_bytes {
        sjis::encode(value).map_or(usize::MAX, |bytes| bytes.len())
    } else {
        value.chars().count()
    };
    match rule.length {
        Length::Max(n) if length > n && in_bytes => refuse(
            format!(
                "Shift_JISで{n}バイト(全角{}文字)以内で指定してください。",
                n / 2
            ),
            format!(
                "At most {n} bytes of Shift_JIS: {} full-width characters.",
                n / 2
            ),
        ),
        Length::Fixed(n) if length != n => refuse(
            format!("{n}文字で指定してください。"),
            format!("Exactly {n} characters."),
        ),
        Length::Max(n) if length > n => refuse(
            format!("{n}文字以内で指定してください。"),
            format!("At most {n} characters."),
        ),
        _ => Ok(()),
    }
}

fn window(scenario: &Scenario, request: &Request, now: i64) -> Result<(), Box<Refusal>> {
    let Some(requested) = clock::parse_stamp(request.get("request_date")) else {
        return Err(Box::new(Refusal::new(
            Reason::Field,
            "request_date",
            "日本時間のYYYYMMDDHHMMSSで指定してください。",
            "A Japan time, YYYYMMDDHHMMSS.",
        )));
    };
    let limit = request
        .get("limit_second")
        .parse()
        .unwrap_or(i64::from(scenario.rules.default_limit_second));
    if now > requested.saturating_add(limit) {
        return Err(Box::new(Refusal::new(
            Reason::Expired,
            "request_date",
            format!("リクエストの有効時間({limit}秒)を過ぎています。"),
            format!("The request was valid for {limit} seconds and has expired."),
        )));
    }
    if requested > now.saturating_add(i64::from(scenario.rules.future_skew_second)) {
        return Err(Box::new(Refusal::new(
            Reason::Future,
            "request_date",
            "リクエスト日時が未来です。サーバーの時計をご確認ください。",
            "The request date lies in the future; check the server's clock.",
        )));
    }
    if request.function == Function::Purchase && request.get("amount").parse::<u64>() == Ok(0) {
        return Err(Box::new(Refusal::new(
            Reason::Amount,
            "amount",
            "1円以上で指定してください。",
            "At least 1 yen.",
        )));
    }
    Ok(())
}
