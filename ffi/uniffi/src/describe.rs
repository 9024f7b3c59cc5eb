//! What records look like, as data: the manifest is written from it.

use serde_json::{Map, Value, json};

/// A record as its macro saw it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecordDescription {
    /// Name.
    pub name: &'static str,
    /// Its attributes, doc comments among them.
    pub attributes: &'static [&'static str],
    /// Names of the fields that may be printed; the others may be personal.
    pub shown: &'static [&'static str],
    /// Its fields, in order.
    pub fields: &'static [FieldDescription],
    /// How Rust prints the record that this JSON is.
    #[cfg(feature = "watch")]
    pub printed: fn(&str) -> serde_json::Result<String>,
}

/// How Rust prints the record of this name that this JSON is: `Debug`, also with line breaks. Nothing if it is none.
#[cfg(feature = "watch")]
#[must_use]
pub fn printed(record: &str, json: &str) -> Option<String> {
    let mut known = crate::shapes::descriptions();
    let description = known.find(|description| description.name == record)?;
    (description.printed)(json).ok()
}

/// A field as its macro saw it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FieldDescription {
    /// Name.
    pub name: &'static str,
    /// Type, as Rust writes it.
    pub kind: &'static str,
    /// Its attributes, doc comments among them.
    pub attributes: &'static [&'static str],
}

impl RecordDescription {
    /// The record as the manifest has it.
    #[must_use]
    pub(crate) fn to_json(self) -> Value {
        let fields: Vec<_> = self
            .fields
            .iter()
            .map(|field| field.to_json(self.shown.contains(&field.name)))
            .collect();
        json!({"name": self.name, "summary": doc(self.attributes), "fields": fields})
    }

    /// Names of the records that its fields hold.
    pub(crate) fn holds(&self) -> impl Iterator<Item = String> {
        self.fields
            .iter()
            .filter_map(|field| inner(&kind_of(&plain(field.kind))))
    }
}

impl FieldDescription {
    fn to_json(self, shown: bool) -> Value {
        let kind = plain(self.kind);
        let (kind, nullable) = match argument(&kind, "Option") {
            Some(kind) => (kind.to_owned(), true),
            None => (kind, false),
        };
        let defaulted = self
            .attributes
            .iter()
            .any(|attribute| plain(attribute).starts_with("serde(default"));
        let summary = doc(self.attributes);
        let mut field = json!({
            "name": self.name,
            "type": kind_of(&kind),
            "nullable": nullable,
            "required": !nullable && !defaulted,
            "shown": shown,
            "summary": summary,
        });
        if kind == "String"
            && let Value::Object(field) = &mut field
        {
            let (values, default) = values(&summary);
            if !values.is_empty() {
                field.insert("values".to_owned(), values.into());
            }
            if let Some(default) = default {
                field.insert("default".to_owned(), default.into());
            }
        }
        field
    }
}

/// The names that a summary lists, as all of them do: `` `a`, `b` (a remark) or `c` ``, and the one of them that is
/// taken when nothing is given. A test compares them with the core.
fn values(summary: &str) -> (Vec<&str>, Option<&str>) {
    let mut rest = summary;
    while let Some((_, from)) = rest.split_once('`') {
        let (mut listed, mut default, mut is_whole) = (Vec::new(), None, false);
        let mut at = from;
        while let Some((name, after)) = at.split_once('`') {
            if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
                break;
            }
            listed.push(name);
            at = after;
            if let Some((remark, after)) = after.strip_prefix(" (").and_then(|r| r.split_once(')'))
            {
                default = default.or((remark == "when not given").then_some(name));
                at = after;
            }
            is_whole |= at.starts_with(" or `") || at.starts_with(", or ");
            let next = at.strip_prefix(", ").or_else(|| at.strip_prefix(" or "));
            match next.and_then(|next| next.trim_start_matches("or ").strip_prefix('`')) {
                Some(next) => at = next,
                None => break,
            }
        }
        if listed.len() > 1 && is_whole && !summary.contains("`-`") {
            return (listed, default);
        }
        rest = from.split_once('`').map_or("", |(_, after)| after);
    }
    (Vec::new(), None)
}

/// Without spaces, so that it does not matter how the compiler writes a type.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn argument<'a>(kind: &'a str, of: &str) -> Option<&'a str> {
    kind.strip_prefix(of)?.strip_prefix('<')?.strip_suffix('>')
}

fn kind_of(kind: &str) -> Value {
    let one = |name: &str, value: Value| {
        let mut object = Map::new();
        object.insert(name.to_owned(), value);
        Value::Object(object)
    };
    match kind {
        "String" => "string".into(),
        "bool" => "boolean".into(),
        "i64" | "u16" | "u32" | "u64" => "integer".into(),
        "Vec<u8>" => "bytes".into(),
        "Value" => "json".into(),
        _ => {
            if let Some(of) = argument(kind, "Vec") {
                one("list", kind_of(of))
            } else if let Some(of) = argument(kind, "Option") {
                kind_of(of)
            } else if argument(kind, "BTreeMap").is_some() {
                one("map", "string".into())
            } else {
                one("record", kind.into())
            }
        }
    }
}

fn inner(kind: &Value) -> Option<String> {
    match kind {
        Value::Object(object) => match (object.get("record"), object.get("list")) {
            (Some(Value::String(name)), _) => Some(name.clone()),
            (_, Some(of)) => inner(of),
            _ => None,
        },
        _ => None,
    }
}

/// The first paragraph of the doc comment.
fn doc(attributes: &[&str]) -> String {
    let lines = attributes.iter().filter_map(|attribute| {
        let text = attribute.trim().strip_prefix("doc")?.trim_start();
        let text = text.strip_prefix('=')?.trim();
        let text = text
            .strip_prefix("r\"")
            .or_else(|| text.strip_prefix('"'))?;
        Some(text.strip_suffix('"')?.trim().replace("\\\"", "\""))
    });
    let lines: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
    lines.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_a_summary_are_found() {
        for (summary, listed, default) in [
            (
                "What: `pc` (when not given), `tv` or `car`.",
                vec!["pc", "tv", "car"],
                Some("pc"),
            ),
            (
                "`open`, `paid`, or a name that is not known yet.",
                vec!["open", "paid"],
                None,
            ),
            ("`a` and `b`.", vec![], None),
            ("Where: `page`, `file`, …", vec![], None),
            ("Tag, such as `docomo`.", vec![], None),
            (
                "`miles` or `state`; with `-` before it the other way.",
                vec![],
                None,
            ),
        ] {
            assert_eq!(values(summary), (listed, default), "{summary}");
        }
    }
}
