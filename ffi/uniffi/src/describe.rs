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
        json!({
            "name": self.name,
            "type": kind_of(&kind),
            "nullable": nullable,
            "required": !nullable && !defaulted,
            "shown": shown,
            "summary": doc(self.attributes),
        })
    }
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
