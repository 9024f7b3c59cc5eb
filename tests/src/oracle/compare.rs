//! Compares what the model expects with what the mock answered.

use std::collections::HashMap;

use serde_json::Value;

/// Ids of the mock, and the names that the model has for them.
///
/// A name is bound to the id that stands in its place for the first time; from then on neither may
/// stand for another.
#[derive(Debug, Default)]
pub struct Names {
    ids: HashMap<String, String>,
    names: HashMap<String, String>,
    issues: Vec<usize>,
}

impl Names {
    /// The id of a name such as `#issue:3`, once it was seen.
    #[must_use]
    pub fn id(&self, name: &str) -> Option<&str> {
        self.ids.get(name).map(String::as_str)
    }

    /// Numbers of the issues whose id is known.
    #[must_use]
    pub fn issues(&self) -> &[usize] {
        &self.issues
    }

    fn bind(&mut self, name: &str, id: &str) -> bool {
        let number = name.strip_prefix("#issue:").and_then(|n| n.parse().ok());
        if let Some(number) = number.filter(|n| *n != usize::MAX && !self.ids.contains_key(name)) {
            self.issues.push(number);
        }
        let known_id = self
            .ids
            .entry(name.to_owned())
            .or_insert_with(|| id.to_owned());
        let known_name = self
            .names
            .entry(id.to_owned())
            .or_insert_with(|| name.to_owned());
        known_id == id && known_name == name
    }

    /// Whether both say the same; `at` names the place in messages.
    ///
    /// # Errors
    /// The first place where they differ.
    pub fn same(&mut self, at: &str, expected: &Value, found: &Value) -> Result<(), String> {
        let differ = || Err(format!("{at}: the model has {expected}, the mock {found}"));
        match (expected, found) {
            (Value::String(name), _) if name == "#any" => Ok(()),
            (Value::String(name), Value::String(state)) if name == "#unfinished" => {
                if state == "accepted" || state == "processing" {
                    Ok(())
                } else {
                    differ()
                }
            }
            (Value::String(name), Value::String(id)) if name.starts_with('#') => {
                if self.bind(name, id) {
                    Ok(())
                } else {
                    differ()
                }
            }
            (Value::Object(ours), Value::Object(theirs)) => {
                for name in theirs.keys().filter(|name| !ours.contains_key(*name)) {
                    if theirs.get(name) != Some(&Value::Null) {
                        return Err(format!("{at}: the model has no {name}, the mock {found}"));
                    }
                }
                for (name, ours) in ours {
                    let theirs = theirs.get(name).unwrap_or(&Value::Null);
                    self.same(&format!("{at}.{name}"), ours, theirs)?;
                }
                Ok(())
            }
            (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
                for (nth, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                    self.same(&format!("{at}[{nth}]"), ours, theirs)?;
                }
                Ok(())
            }
            _ if expected == found => Ok(()),
            _ => differ(),
        }
    }
}

/// Cells of a CSV as the office writes it: CP932, quotes where needed.
#[must_use]
pub fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let (text, _, _) = encoding_rs::SHIFT_JIS.decode(bytes);
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '"' {
            // A doubled quote inside a quoted cell is a quote.
            if quoted && letters.peek() == Some(&'"') {
                letters.next();
                push(&mut rows, '"');
            } else {
                quoted = !quoted;
            }
        } else if letter == ',' && !quoted {
            rows.last_mut()
                .into_iter()
                .for_each(|row| row.push(String::new()));
        } else if letter == '\n' && !quoted {
            rows.push(vec![String::new()]);
        } else if letter != '\r' || quoted {
            push(&mut rows, letter);
        }
    }
    rows.retain(|row| row.len() > 1 || row.iter().any(|cell| !cell.is_empty()));
    rows
}

fn push(rows: &mut [Vec<String>], letter: char) {
    if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
        cell.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Names, cells};

    #[test]
    fn a_name_stands_for_one_id() {
        let mut names = Names::default();
        assert_eq!(
            names.same("", &json!({ "id": "#issue:0" }), &json!({ "id": "A" })),
            Ok(())
        );
        assert!(names.same("", &json!("#issue:0"), &json!("B")).is_err());
        assert!(names.same("", &json!("#issue:1"), &json!("A")).is_err());
        assert_eq!(names.id("#issue:0"), Some("A"));
    }

    #[test]
    fn a_field_too_many_or_too_few_is_a_difference() {
        let mut names = Names::default();
        assert!(names.same("", &json!({}), &json!({ "why": "x" })).is_err());
        assert!(names.same("", &json!({ "why": "x" }), &json!({})).is_err());
        assert!(names.same("", &json!([1]), &json!([1, 2])).is_err());
        assert_eq!(names.same("", &json!({ "a": null }), &json!({})), Ok(()));
    }

    #[test]
    fn quoted_cells_keep_commas_and_quotes() {
        assert_eq!(
            cells(b"a,\"1,000\",\"\"\"x\"\"\"\r\nb,,\r\n"),
            [["a", "1,000", "\"x\""], ["b", "", ""]]
        );
    }
}
