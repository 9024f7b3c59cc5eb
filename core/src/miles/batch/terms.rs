//! Telling what one run sends uploads under from what another does.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::record::BatchRecord;
use crate::wire::signature::hex;

/// Bytes of a hash that are kept: enough to tell two values apart.
const KEPT: usize = 8;

/// Which rows are sent: faulty ones may be left out, by rules that may change.
const ROWS: &str = "selection of rows";

/// What every upload of a batch is sent under: each term by its name and the beginning of its SHA-256, so that the record of
/// an upload shows neither texts nor mail addresses.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct TermPrints(BTreeMap<String, String>);

impl TermPrints {
    pub(crate) fn of(batch: &BatchRecord) -> Self {
        let mut prints = BTreeMap::new();
        let mut add = |name: String, term: &Value| prints.insert(name, print(term));
        if let Ok(Value::Object(terms)) = serde_json::to_value(&batch.terms) {
            for (name, term) in terms {
                match term {
                    // Each setting is a term of its own.
                    Value::Object(settings) if name == "settings" => {
                        for (name, set) in settings {
                            add(name, &set);
                        }
                    }
                    term => {
                        add(name, &term);
                    }
                }
            }
        }
        add(ROWS.to_owned(), &batch.plan_sha256.as_str().into());
        Self(prints)
    }

    /// Whether nothing was kept: the record is older than these.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names of the terms that differ. One that a record does not have yet, or not any more, says nothing.
    pub(crate) fn differing(&self, others: &Self) -> Vec<String> {
        let differs = |(name, print): &(&String, &String)| {
            others.0.get(*name).is_some_and(|other| other != *print)
        };
        let ours = self.0.iter().filter(differs);
        ours.map(|(name, _)| name.clone()).collect()
    }
}

fn print(term: &Value) -> String {
    let hash = Sha256::digest(term.to_string());
    hex(hash.get(..KEPT).unwrap_or_default())
}
