//! A request once its fields are sorted into the definition's order.

use serde::{Deserialize, Serialize};

use super::fields::{Function, HASH, ROW, ROWS};
use crate::wire::{
    form::Fields,
    hash::{self, Charset},
};

/// A request: head fields in definition order (absent ones empty) and detail rows.
#[derive(Clone, Serialize, Deserialize)]
pub struct Request {
    /// Which function.
    pub function: Function,
    /// Head fields, all of the definition but the hash.
    pub head: Fields,
    /// Detail rows, each with all tags of a row.
    pub rows: Vec<Fields>,
    /// The hash as received.
    pub hash: String,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request")
            .field("function", &self.function)
            .field("order_id", &self.get("order_id"))
            .finish_non_exhaustive()
    }
}

/// What sorting the fields brought to light.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Oddities {
    /// Fields that the definition does not have.
    pub unknown: Vec<String>,
    /// Fields that came more than once.
    pub repeated: Vec<String>,
    /// Fields of the definition that did not come.
    pub missing: Vec<String>,
}

impl Request {
    /// Sorts the fields of a body.
    ///
    /// A detail row ends where one of its tags comes again.
    #[must_use]
    pub fn sort(function: Function, fields: &Fields) -> (Self, Oddities) {
        let table = function.table();
        let mut odd = Oddities::default();
        let mut found: Vec<Option<String>> = vec![None; table.len()];
        let mut hash = None;
        let mut rows: Vec<Vec<Option<String>>> = Vec::new();
        for (name, value) in fields {
            let slot = if name == HASH {
                Some(&mut hash)
            } else if let Some(at) = table.iter().position(|r| r.name == name) {
                found.get_mut(at)
            } else if let Some(at) = ROW
                .iter()
                .position(|r| function.has_rows() && r.name == name)
            {
                let taken = rows
                    .last()
                    .is_none_or(|row| row.get(at).is_some_and(Option::is_some));
                if taken {
                    rows.push(vec![None; ROW.len()]);
                }
                rows.last_mut().and_then(|row| row.get_mut(at))
            } else {
                None
            };
            match slot {
                Some(slot @ None) => *slot = Some(value.clone()),
                Some(Some(_)) => odd.repeated.push(name.clone()),
                None => odd.unknown.push(name.clone()),
            }
        }
        for (rule, value) in table.iter().zip(&found) {
            if value.is_none() {
                odd.missing.push(rule.name.to_owned());
            }
        }
        if hash.is_none() {
            odd.missing.push(HASH.to_owned());
        }
        let named = |rules: &[super::fields::Rule], values: Vec<Option<String>>| {
            rules
                .iter()
                .zip(values)
                .map(|(r, v)| (r.name.to_owned(), v.unwrap_or_default()))
                .collect::<Fields>()
        };
        let request = Self {
            function,
            head: named(table, found),
            rows: rows.into_iter().map(|row| named(ROW, row)).collect(),
            hash: hash.unwrap_or_default(),
        };
        (request, odd)
    }

    /// A head field's value, trimmed of half-width spaces; empty when absent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.head
            .iter()
            .find(|(n, _)| n == name)
            .map_or("", |(_, v)| hash::trim(v))
    }

    /// Whether its results echo an amount.
    #[must_use]
    pub fn says_amount(&self) -> bool {
        !self.get("amount").is_empty()
    }

    /// All fields in definition order, rows in place, without the hash.
    #[must_use]
    pub fn in_order(&self) -> Fields {
        let mut all = Vec::with_capacity(self.head.len() + self.rows.len() * ROW.len());
        for field in &self.head {
            if field.0 == "request_date" {
                all.extend(self.rows.iter().flatten().cloned());
            }
            all.push(field.clone());
        }
        all
    }

    /// The hash the request should carry.
    #[must_use]
    pub fn expected_hash(&self, key: &str) -> Option<String> {
        hash::digest(
            self.in_order().iter().map(|(_, v)| v.as_str()),
            key,
            Charset::Utf8,
        )
    }

    /// The fields of a result in definition order; `res` supplies what the request does not have.
    #[must_use]
    pub fn result(&self, res: &[(&str, String)]) -> Fields {
        let mut all = Vec::new();
        for name in self.function.result_order() {
            if *name == ROWS {
                all.extend(self.rows.iter().flatten().cloned());
                continue;
            }
            let own = res.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
            all.push((
                (*name).to_owned(),
                own.unwrap_or_else(|| self.get(name).to_owned()),
            ));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn rows_are_told_apart_by_their_repeated_tags() {
        let fields = vec![
            pair("order_id", "O1"),
            pair("dtl_rowno", "1"),
            pair("dtl_item_id", "I1"),
            pair("dtl_rowno", "2"),
            pair("dtl_item_id", "I2"),
            pair("colour", "red"),
            pair("order_id", "O2"),
        ];
        let (request, odd) = Request::sort(Function::Purchase, &fields);
        assert_eq!(request.rows.len(), 2);
        assert_eq!(request.rows[1][1].1, "I2");
        assert_eq!(odd.unknown, ["colour"]);
        assert_eq!(odd.repeated, ["order_id"]);
        assert!(odd.missing.contains(&"amount".to_owned()));
        assert_eq!(request.get("order_id"), "O1");
    }

    #[test]
    fn rows_are_unknown_where_the_definition_has_none() {
        let (_, odd) = Request::sort(Function::Recurring, &vec![pair("dtl_rowno", "1")]);
        assert_eq!(odd.unknown, ["dtl_rowno"]);
    }
}
