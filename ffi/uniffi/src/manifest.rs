//! The manifest: every operation and record as data, from which facades are written, generated and checked.

use std::collections::BTreeSet;

use netmile::{ErrorKind, Lang};
use netmile_ffi_runtime::error::{OWN_CODES, hint};
use serde_json::{Value, json};

use crate::operations::{Effect, all};
use crate::shapes::descriptions;

/// The manifest as JSON, with a line break at its end. It says the same in every build of a version.
///
/// ```
/// let manifest = netmile_uniffi::manifest();
/// assert!(manifest.contains("\"payment.charge\""));
/// ```
#[must_use]
pub fn manifest() -> String {
    let operations: Vec<_> = all()
        .map(|operation| {
            json!({
                "name": operation.name,
                "effect": operation.effect.name(),
                "request": operation.request,
                "answer": operation.answer,
                "summary": operation.summary,
            })
        })
        .collect();
    let records: Vec<_> = descriptions().map(|record| record.to_json()).collect();
    let codes = ErrorKind::ALL
        .iter()
        .map(|kind| (kind.code(), kind.is_retryable()))
        .chain(OWN_CODES.iter().map(|(code, _, _)| (*code, false)));
    let errors: Vec<_> = codes
        .map(|(code, retryable)| {
            json!({
                "code": code,
                "kind": kind(code),
                "retryable": retryable,
                "hint_en": hint(code, Lang::En),
                "hint_ja": hint(code, Lang::Ja),
            })
        })
        .collect();
    let effects: Vec<_> = Effect::ALL
        .iter()
        .map(|effect| json!({"name": effect.name(), "summary": effect.meaning()}))
        .collect();
    let manifest: Value = json!({
        "abi_version": crate::ABI_VERSION,
        "effects": effects,
        "operations": operations,
        "records": records,
        "errors": errors,
    });
    let mut text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
    text.push('\n');
    text
}

/// Which exception a facade makes of a code.
fn kind(code: &str) -> &'static str {
    match code {
        "hash_mismatch" | "expired" | "from_future" | "mismatch" | "malformed"
        | "duplicate_field" | "unknown_merchant" => "verification",
        "invalid_state" | "conflict" => "state",
        "configuration" | "not_in_contract" => "configuration",
        _ => "general",
    }
}

/// Names of operations and records that the manifest uses and does not have, or has twice. Empty unless it is broken.
#[must_use]
pub fn faults() -> Vec<String> {
    let mut faults = Vec::new();
    let mut records = BTreeSet::new();
    for record in descriptions() {
        if !records.insert(record.name) {
            faults.push(format!("record {} is there twice", record.name));
        }
        for shown in record.shown {
            if !record.fields.iter().any(|field| field.name == *shown) {
                faults.push(format!("record {} shows no {shown}", record.name));
            }
        }
    }
    for record in descriptions() {
        for held in record.holds() {
            if !records.contains(held.as_str()) {
                faults.push(format!("record {} holds an unknown {held}", record.name));
            }
        }
    }
    let mut names = BTreeSet::new();
    for operation in all() {
        if !names.insert(operation.name) {
            faults.push(format!("operation {} is there twice", operation.name));
        }
        for record in [operation.request, operation.answer] {
            if !records.contains(record) {
                faults.push(format!(
                    "operation {} uses an unknown {record}",
                    operation.name
                ));
            }
        }
    }
    faults
}
