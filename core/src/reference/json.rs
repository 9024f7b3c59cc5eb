//! A bounded reader of JSON: unknown fields are passed over, a field that stands twice is refused, and no error shows a
//! value.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::Day;
use crate::error::{Error, ErrorKind, Result};
use crate::money::Miles;
use crate::time::Timestamp;

/// Most items of a list.
const MAX_ITEMS: usize = 20_000;

/// Most fields of an object.
const MAX_FIELDS: usize = 100;

/// A value. `Debug` shows its kind only: it may be personal data.
#[derive(Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A whole number that is not negative.
    Number(u64),
    /// A whole number below 0.
    Negative(i64),
    /// Any other number.
    OddNumber,
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Vec<(String, Json)>),
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "Null",
            Self::Flag(_) => "Flag",
            Self::Number(_) | Self::Negative(_) | Self::OddNumber => "Number",
            Self::Text(_) => "Text",
            Self::List(_) => "List",
            Self::Object(_) => "Object",
        })
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Flag(flag))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Number(number))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Json, E> {
        Ok(u64::try_from(number).map_or(Json::Negative(number), Json::Number))
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Json, E> {
        Ok(Json::OddNumber)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            if list.len() == MAX_ITEMS {
                return Err(de::Error::custom("a list is too long"));
            }
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut fields: Vec<(String, Json)> = Vec::new();
        while let Some((name, value)) = entries.next_entry::<String, Json>()? {
            if fields.len() == MAX_FIELDS {
                return Err(de::Error::custom("an object has too many fields"));
            }
            if fields.iter().any(|(known, _)| *known == name) {
                return Err(de::Error::custom("a field stands twice"));
            }
            fields.push((name, value));
        }
        Ok(Json::Object(fields))
    }
}

/// An object, read field by field. Errors name the field by its path and never show a value.
///
/// ```
/// use netmile::reference::Object;
/// let answer = Object::parse(br#"{"result":"ok","issuance":{"miles":100}}"#)?;
/// assert_eq!(answer.object("issuance")?.miles("miles")?.get(), 100);
/// let error = answer.object("issuance")?.text("state", 20).unwrap_err();
/// assert_eq!(error.field_name(), Some("issuance.state"));
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Object<'a> {
    path: String,
    fields: std::borrow::Cow<'a, [(String, Json)]>,
}

impl Object<'_> {
    /// Reads a whole body.
    ///
    /// # Errors
    /// `malformed` when it is not one JSON object without repeated fields, nested at most 128 deep; `too_large` beyond
    /// 8 MiB.
    pub fn parse(body: &[u8]) -> Result<Object<'static>> {
        if body.len() > super::MAX_ANSWER_BYTES {
            return Err(Error::new(
                ErrorKind::TooLarge,
                "the answer is longer than 8 MiB",
            ));
        }
        match serde_json::from_slice(body) {
            Ok(Json::Object(fields)) => Ok(Object {
                path: String::new(),
                fields: fields.into(),
            }),
            Ok(_) => Err(malformed("the answer is not a JSON object".to_owned())),
            // The library's own words quote the input.
            Err(error) => Err(malformed(format!(
                "the answer is not JSON as it should be: line {}, column {}",
                error.line(),
                error.column()
            ))),
        }
    }

    /// Text of at most `most` characters.
    ///
    /// # Errors
    /// `missing_field`, `malformed`, `too_large`.
    pub fn text(&self, name: &str, most: usize) -> Result<&str> {
        self.optional_text(name, most)?
            .ok_or_else(|| self.missing(name))
    }

    /// Text, if the field is there and not `null`.
    ///
    /// # Errors
    /// `malformed`, `too_large`.
    pub fn optional_text(&self, name: &str, most: usize) -> Result<Option<&str>> {
        match self.get(name) {
            None => Ok(None),
            Some(Json::Text(text)) if text.len() <= most || text.chars().count() <= most => {
                Ok(Some(text))
            }
            Some(Json::Text(_)) => Err(self.wrong(
                ErrorKind::TooLarge,
                name,
                format!("must have at most {most} characters"),
            )),
            Some(_) => Err(self.malformed(name, "must be text")),
        }
    }

    /// A whole number that is not negative.
    ///
    /// # Errors
    /// `missing_field`, `malformed`.
    pub fn number(&self, name: &str) -> Result<u64> {
        self.optional_number(name)?
            .ok_or_else(|| self.missing(name))
    }

    /// A whole number, if the field is there and not `null`.
    ///
    /// # Errors
    /// `malformed`.
    pub fn optional_number(&self, name: &str) -> Result<Option<u64>> {
        match self.get(name) {
            None => Ok(None),
            Some(Json::Number(number)) => Ok(Some(*number)),
            Some(_) => Err(self.malformed(name, "must be a whole number, not negative")),
        }
    }

    /// A whole number that may be negative.
    ///
    /// # Errors
    /// `missing_field`, `malformed`.
    pub fn signed(&self, name: &str) -> Result<i64> {
        let wrong = || self.malformed(name, "must be a whole number below 2^63");
        match self.get(name) {
            None => Err(self.missing(name)),
            Some(Json::Number(number)) => i64::try_from(*number).map_err(|_| wrong()),
            Some(Json::Negative(number)) => Ok(*number),
            Some(_) => Err(wrong()),
        }
    }

    /// A number that a `u32` holds.
    ///
    /// # Errors
    /// `missing_field`, `malformed`.
    pub fn count(&self, name: &str) -> Result<u32> {
        u32::try_from(self.number(name)?)
            .map_err(|_| self.malformed(name, "must be below 4,294,967,296"))
    }

    /// Miles.
    ///
    /// # Errors
    /// `missing_field`, `malformed`.
    pub fn miles(&self, name: &str) -> Result<Miles> {
        self.number(name).map(Miles::new)
    }

    /// Yes or no.
    ///
    /// # Errors
    /// `missing_field`, `malformed`.
    pub fn flag(&self, name: &str) -> Result<bool> {
        self.optional_flag(name)?.ok_or_else(|| self.missing(name))
    }

    /// Yes or no, if the field is there and not `null`.
    ///
    /// # Errors
    /// `malformed`.
    pub fn optional_flag(&self, name: &str) -> Result<Option<bool>> {
        match self.get(name) {
            None => Ok(None),
            Some(Json::Flag(flag)) => Ok(Some(*flag)),
            Some(_) => Err(self.malformed(name, "must be true or false")),
        }
    }

    /// An instant, RFC 3339.
    ///
    /// # Errors
    /// `missing_field`, `malformed`.
    pub fn instant(&self, name: &str) -> Result<Timestamp> {
        self.optional_instant(name)?
            .ok_or_else(|| self.missing(name))
    }

    /// An instant, if the field is there and not `null`.
    ///
    /// # Errors
    /// `malformed`.
    pub fn optional_instant(&self, name: &str) -> Result<Option<Timestamp>> {
        let Some(text) = self.optional_text(name, 40)? else {
            return Ok(None);
        };
        let instant: Option<jiff::Timestamp> = text.parse().ok();
        match instant {
            Some(instant) => Ok(Some(Timestamp::from_unix(instant.as_second()))),
            None => Err(self.malformed(name, "must be an instant as RFC 3339 writes it")),
        }
    }

    /// A day.
    ///
    /// # Errors
    /// `missing_field`, `malformed`.
    pub fn day(&self, name: &str) -> Result<Day> {
        self.optional_day(name)?.ok_or_else(|| self.missing(name))
    }

    /// A day, if the field is there and not `null`.
    ///
    /// # Errors
    /// `malformed`.
    pub fn optional_day(&self, name: &str) -> Result<Option<Day>> {
        let Some(text) = self.optional_text(name, 10)? else {
            return Ok(None);
        };
        let wrong = |_| self.malformed(name, "must be a day written YYYY-MM-DD");
        text.parse().map(Some).map_err(wrong)
    }

    /// An object within.
    ///
    /// # Errors
    /// `missing_field`, `malformed`.
    pub fn object(&self, name: &str) -> Result<Object<'_>> {
        self.optional_object(name)?
            .ok_or_else(|| self.missing(name))
    }

    /// An object within, if the field is there and not `null`.
    ///
    /// # Errors
    /// `malformed`.
    pub fn optional_object(&self, name: &str) -> Result<Option<Object<'_>>> {
        match self.get(name) {
            None => Ok(None),
            Some(Json::Object(fields)) => Ok(Some(Object {
                path: self.path_of(name),
                fields: fields.as_slice().into(),
            })),
            Some(_) => Err(self.malformed(name, "must be an object")),
        }
    }

    /// A list of objects, at most `most`.
    ///
    /// # Errors
    /// `missing_field`, `malformed`, `too_large`.
    pub fn objects<'s>(&'s self, name: &str, most: usize) -> Result<Vec<Object<'s>>> {
        let items = match self.get(name) {
            None => return Err(self.missing(name)),
            Some(Json::List(items)) => items,
            Some(_) => return Err(self.malformed(name, "must be a list")),
        };
        if items.len() > most {
            let rule = format!("must have at most {most} items");
            return Err(self.wrong(ErrorKind::TooLarge, name, rule));
        }
        let of = |(at, item): (usize, &'s Json)| match item {
            Json::Object(fields) => Ok(Object {
                path: format!("{}[{at}]", self.path_of(name)),
                fields: fields.as_slice().into(),
            }),
            _ => Err(self.malformed(name, "must be a list of objects")),
        };
        items.iter().enumerate().map(of).collect()
    }

    /// Text that must be this.
    ///
    /// # Errors
    /// `missing_field`, `malformed`, `mismatch`.
    pub fn require(&self, name: &str, value: &str) -> Result<()> {
        if self.text(name, value.len().max(64))? == value {
            return Ok(());
        }
        let rule = "is not what was asked about".to_owned();
        Err(self.wrong(ErrorKind::Mismatch, name, rule))
    }

    /// An error about a field of this object.
    #[must_use]
    pub fn malformed(&self, name: &str, rule: &'static str) -> Error {
        self.wrong(ErrorKind::Malformed, name, rule.to_owned())
    }

    fn get(&self, name: &str) -> Option<&Json> {
        let field = self.fields.iter().find(|(known, _)| known == name);
        field
            .map(|(_, value)| value)
            .filter(|value| **value != Json::Null)
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    fn missing(&self, name: &str) -> Error {
        let rule = "is not in the answer".to_owned();
        self.wrong(ErrorKind::MissingField, name, rule)
    }

    fn wrong(&self, kind: ErrorKind, name: &str, rule: String) -> Error {
        Error::field(kind, self.path_of(name), rule)
    }
}

impl fmt::Debug for Object<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.fields.iter().map(|(name, _)| name);
        f.debug_list().entries(names).finish()
    }
}

fn malformed(detail: String) -> Error {
    Error::new(ErrorKind::Malformed, detail)
}
