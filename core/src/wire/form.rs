//! Forms (`application/x-www-form-urlencoded`), bytes in and bytes out, no charset.
//!
//! Source: docs/protocol/link-type.md#transport

use std::fmt;

use crate::error::{Error, ErrorKind, Result};
use crate::wire::hash::nibble;

/// How much a form may hold. The defaults are far above what the gateway sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormLimits {
    /// Bytes of the body as sent; 256 KiB.
    pub max_bytes: usize,
    /// Number of fields; 2048.
    pub max_fields: usize,
    /// Bytes of a name, decoded; 64.
    pub max_name: usize,
    /// Bytes of a value, decoded; 64 KiB.
    pub max_value: usize,
}

impl Default for FormLimits {
    fn default() -> Self {
        Self {
            max_bytes: 256 * 1024,
            max_fields: 2048,
            max_name: 64,
            max_value: 64 * 1024,
        }
    }
}

/// A name and its value as bytes.
///
/// `Debug` shows the length of the value only: it may be personal.
#[derive(Clone, PartialEq, Eq)]
pub struct RawField {
    /// Letters, digits, `_`, `-` and `.` of ASCII; never empty.
    pub name: String,
    /// The value with its percent-encoding undone.
    pub value: Vec<u8>,
}

impl fmt::Debug for RawField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} bytes", self.name, self.value.len())
    }
}

/// The fields of a form in the order they came, duplicates kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawForm(Vec<RawField>);

impl RawForm {
    /// All fields.
    #[must_use]
    pub fn fields(&self) -> &[RawField] {
        &self.0
    }

    /// The first value of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.values(name).next()
    }

    /// The value of a name that may stand once.
    ///
    /// # Errors
    /// `duplicate_field` when it stands more than once.
    pub fn single(&self, name: &str) -> Result<Option<&[u8]>> {
        let mut values = self.values(name);
        let first = values.next();
        if values.next().is_some() {
            return Err(Error::field(
                ErrorKind::DuplicateField,
                name.to_owned(),
                "stands more than once",
            ));
        }
        Ok(first)
    }

    /// The fields by value.
    #[must_use]
    pub fn into_fields(self) -> Vec<RawField> {
        self.0
    }

    fn values<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a [u8]> + use<'a, 'n> {
        self.0
            .iter()
            .filter(move |f| f.name == name)
            .map(|f| f.value.as_slice())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Name,
    Value,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Escape {
    No,
    Percent,
    High(u8),
}

/// Decodes a form that arrives in pieces; any way of cutting it gives the same result.
///
/// ```
/// use netmile::wire::form::{FormDecoder, FormLimits};
/// let mut decoder = FormDecoder::new(FormLimits::default());
/// decoder.feed(b"order_id=A-1&item_name=%8")?;
/// decoder.feed(b"3\\+x")?;
/// let form = decoder.finish()?;
/// assert_eq!(form.get("item_name"), Some(&b"\x83\\ x"[..]));
/// # Ok::<(), netmile::Error>(())
/// ```
pub struct FormDecoder {
    limits: FormLimits,
    fields: Vec<RawField>,
    name: Vec<u8>,
    value: Vec<u8>,
    part: Part,
    escape: Escape,
    seen: usize,
    failed: Option<Error>,
}

impl fmt::Debug for FormDecoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "FormDecoder({} bytes, {} fields)",
            self.seen,
            self.fields.len()
        )
    }
}

impl FormDecoder {
    /// Starts a form.
    #[must_use]
    pub fn new(limits: FormLimits) -> Self {
        Self {
            limits,
            fields: Vec::new(),
            name: Vec::new(),
            value: Vec::new(),
            part: Part::Name,
            escape: Escape::No,
            seen: 0,
            failed: None,
        }
    }

    /// Takes the next bytes. After an error every further call gives the same error.
    ///
    /// # Errors
    /// `malformed` for a broken percent escape, an empty name, a name with other characters than letters, digits,
    /// `_ - .`, a pair without `=`, or a space or control byte that is not escaped; `too_large` beyond the limits.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<()> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        for byte in bytes {
            if let Err(error) = self.push(*byte) {
                self.failed = Some(error.clone());
                return Err(error);
            }
        }
        Ok(())
    }

    /// Ends the form. No bytes at all are a form without fields.
    ///
    /// # Errors
    /// As [`feed`](Self::feed), and `malformed` when the form ends inside an escape or a name.
    pub fn finish(mut self) -> Result<RawForm> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        if self.seen > 0 {
            self.end_pair()?;
        }
        Ok(RawForm(self.fields))
    }

    fn push(&mut self, byte: u8) -> Result<()> {
        self.seen += 1;
        if self.seen > self.limits.max_bytes {
            return Err(Error::new(
                ErrorKind::TooLarge,
                format!("form is longer than {} bytes", self.limits.max_bytes),
            ));
        }
        match (self.escape, byte) {
            (Escape::Percent, digit) => {
                let high = nibble(digit).ok_or_else(|| self.broken_escape())?;
                self.escape = Escape::High(high);
                Ok(())
            }
            (Escape::High(high), digit) => {
                let low = nibble(digit).ok_or_else(|| self.broken_escape())?;
                self.escape = Escape::No;
                self.take((high << 4) | low)
            }
            (Escape::No, b'%') => {
                self.escape = Escape::Percent;
                Ok(())
            }
            (Escape::No, b'&') => self.end_pair(),
            (Escape::No, b'=') if self.part == Part::Name => self.end_name(),
            (Escape::No, b'+') => self.take(b' '),
            (Escape::No, 0..=b' ' | 0x7F) => {
                Err(self.malformed("has a space or control byte that is not escaped"))
            }
            (Escape::No, byte) => self.take(byte),
        }
    }

    fn take(&mut self, byte: u8) -> Result<()> {
        let (buffer, limit) = match self.part {
            Part::Name => (&mut self.name, self.limits.max_name),
            Part::Value => (&mut self.value, self.limits.max_value),
        };
        if buffer.len() >= limit {
            return Err(
                self.about_field(ErrorKind::TooLarge, format!("is longer than {limit} bytes"))
            );
        }
        buffer.push(byte);
        Ok(())
    }

    fn end_name(&mut self) -> Result<()> {
        if self.name.is_empty() {
            return Err(self.malformed("form has an empty name"));
        }
        let allowed = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
        if !self.name.iter().all(allowed) {
            return Err(
                self.malformed("form has a name with other characters than letters, digits, _ - .")
            );
        }
        if self.fields.len() >= self.limits.max_fields {
            return Err(Error::new(
                ErrorKind::TooLarge,
                format!("form has more than {} fields", self.limits.max_fields),
            ));
        }
        self.part = Part::Value;
        Ok(())
    }

    fn end_pair(&mut self) -> Result<()> {
        if self.escape != Escape::No {
            return Err(self.broken_escape());
        }
        if self.part == Part::Name {
            return Err(self.malformed("form has a pair without ="));
        }
        self.fields.push(RawField {
            name: String::from_utf8_lossy(&self.name).into_owned(),
            value: std::mem::take(&mut self.value),
        });
        self.name.clear();
        self.part = Part::Name;
        Ok(())
    }

    fn broken_escape(&self) -> Error {
        self.malformed("has a broken percent escape")
    }

    fn malformed(&self, rule: &'static str) -> Error {
        self.about_field(ErrorKind::Malformed, rule.to_owned())
    }

    /// Names the field only when its name was checked: an unchecked one could carry anything into a log.
    fn about_field(&self, kind: ErrorKind, rule: String) -> Error {
        match self.part {
            Part::Value => {
                Error::field(kind, String::from_utf8_lossy(&self.name).into_owned(), rule)
            }
            Part::Name => Error::field(kind, "form", rule),
        }
    }
}

/// Decodes a whole form.
///
/// # Errors
/// As [`FormDecoder::feed`] and [`FormDecoder::finish`].
pub fn decode_form(body: &[u8], limits: FormLimits) -> Result<RawForm> {
    let mut decoder = FormDecoder::new(limits);
    decoder.feed(body)?;
    decoder.finish()
}

/// Encodes pairs byte for byte as browsers do: letters, digits and `* - . _` stay, a space becomes `+`, all else
/// `%XX` in upper case.
///
/// ```
/// use netmile::wire::form::encode_form;
/// assert_eq!(encode_form([("a", &b"x y"[..]), ("b", b"\x83\x5c~")]), b"a=x+y&b=%83%5C%7E");
/// ```
#[must_use]
pub fn encode_form<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push(b'&');
        }
        percent_encode(name.as_bytes(), &mut out);
        out.push(b'=');
        percent_encode(value, &mut out);
    }
    out
}

fn percent_encode(bytes: &[u8], out: &mut Vec<u8>) {
    for &byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => out.push(byte),
            b' ' => out.push(b'+'),
            _ => {
                out.push(b'%');
                out.push(upper_digit(byte >> 4));
                out.push(upper_digit(byte & 15));
            }
        }
    }
}

const fn upper_digit(nibble: u8) -> u8 {
    if nibble < 10 {
        b'0' + nibble
    } else {
        b'A' + nibble - 10
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decode(body: &[u8]) -> Result<RawForm> {
        decode_form(body, FormLimits::default())
    }

    #[test]
    fn plus_is_a_space_and_escapes_take_either_case() {
        let form = decode(b"a=x+%2B%2b&b=&a=%E0%e0=").unwrap();
        assert_eq!(form.fields().len(), 3);
        assert_eq!(form.get("a"), Some(&b"x ++"[..]));
        assert_eq!(form.get("b"), Some(&b""[..]));
        assert_eq!(form.fields()[2].value, b"\xE0\xE0=");
        assert_eq!(form.single("b").unwrap(), Some(&b""[..]));
        assert_eq!(form.single("c").unwrap(), None);
        let error = form.single("a").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::DuplicateField);
        assert_eq!(error.field_name(), Some("a"));
        assert_eq!(
            format!("{form:?}"),
            "RawForm([a: 4 bytes, b: 0 bytes, a: 3 bytes])"
        );
    }

    #[test]
    fn what_no_browser_sends_is_malformed() {
        for body in [
            "%", "a=%", "a=%4", "a=%zz", "a=%4&b=1", "a", "a&b=1", "=1", "a=1&", "&a=1",
            "a=1&&b=1", "a b=1", "a=1 2", "a=1\r\n", "a+b=1", "%00=1", "あ=1", "a[]=1", "a;b=1",
        ] {
            assert_eq!(
                decode(body.as_bytes()).unwrap_err().kind(),
                ErrorKind::Malformed,
                "{body}"
            );
        }
        assert_eq!(decode(b"").unwrap(), RawForm::default());
    }

    #[test]
    fn each_limit_holds_exactly() {
        let limits = FormLimits {
            max_bytes: 20,
            max_fields: 2,
            max_name: 3,
            max_value: 4,
        };
        let kind = |body: &[u8]| decode_form(body, limits).map_err(|e| e.kind());
        assert!(kind(b"abc=1234&d=%41%41%41").is_ok());
        for body in [
            &b"abc=1234&d=%41%41%41x"[..],
            b"a=1&b=2&c=3",
            b"abcd=1",
            b"a=12345",
        ] {
            assert_eq!(kind(body).unwrap_err(), ErrorKind::TooLarge);
        }
    }

    #[test]
    fn an_error_names_no_unchecked_name_and_stays() {
        let mut decoder = FormDecoder::new(FormLimits::default());
        let first = decoder.feed(b"<script>=1").unwrap_err();
        assert_eq!(first.field_name(), Some("form"));
        assert!(!first.to_string().contains("script"));
        assert_eq!(decoder.feed(b"a=1").unwrap_err().kind(), first.kind());
        assert_eq!(decoder.finish().unwrap_err().kind(), first.kind());
    }

    fn outcome(result: Result<RawForm>) -> std::result::Result<RawForm, String> {
        result.map_err(|e| e.to_string())
    }

    proptest! {
        #[test]
        fn what_is_encoded_decodes_to_itself(
            pairs in prop::collection::vec(("[A-Za-z0-9_.-]{1,20}", any::<Vec<u8>>()), 0..20)
        ) {
            let body = encode_form(pairs.iter().map(|(n, v)| (n.as_str(), v.as_slice())));
            let form = decode(&body).unwrap();
            let back: Vec<_> = form.into_fields().into_iter().map(|f| (f.name, f.value)).collect();
            prop_assert_eq!(back, pairs);
        }

        #[test]
        fn any_way_of_cutting_gives_the_same(
            body in "[a-c=&%+0-9A-Fg\\x00 あ]{0,60}", cuts in prop::collection::vec(0..200usize, 0..6)
        ) {
            let body = body.as_bytes();
            let limits = FormLimits { max_bytes: 50, max_fields: 4, max_name: 3, max_value: 5 };
            let mut cuts: Vec<_> = cuts.into_iter().map(|c| c % (body.len() + 1)).collect();
            cuts.sort_unstable();
            let mut decoder = FormDecoder::new(limits);
            let mut from = 0;
            for cut in cuts.into_iter().chain([body.len()]) {
                let _ = decoder.feed(&body[from..cut]);
                from = cut;
            }
            prop_assert_eq!(outcome(decoder.finish()), outcome(decode_form(body, limits)));
        }

        #[test]
        fn no_bytes_panic_and_what_decodes_encodes_to_the_same_form(body in any::<Vec<u8>>()) {
            if let Ok(form) = decode(&body) {
                let again = encode_form(form.fields().iter().map(|f| (f.name.as_str(), f.value.as_slice())));
                prop_assert_eq!(decode(&again).unwrap(), form);
            }
        }
    }
}
