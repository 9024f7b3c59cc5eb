//! What a wrong recipe does to one value.

use std::borrow::Cow;

use crate::time::Timestamp;
use crate::wire::html;
use crate::wire::text::{self, Replacement, TextPolicy};

/// A change of the text of the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Values keep the spaces at their ends.
    NotTrimmed,
    /// Every kind of white space at the ends is cut.
    TrimmedWide,
    /// Half-width spaces are removed everywhere.
    InnerSpaces,
    /// Every kind of white space is removed everywhere.
    AllSpaces,
    /// `free_csv` decoded from Base64.
    PlainCsv,
    /// Look-alikes as Shift_JIS converters other than Windows' read them (`〜`); the dash `—` only some.
    LookalikeStandard { dash: bool },
    /// Look-alikes as Windows reads them (`～`).
    LookalikeWindows { dash: bool },
    /// `¥` and `‾` where browsers send the bytes of `\` and `~`.
    YenForBackslash,
    /// The character itself where the browser sent an HTML reference for it.
    ReferenceResolved,
    /// An HTML reference for what Shift_JIS does not have.
    Reference,
    /// `?` for what Windows-31J does not have.
    QuestionMark,
    /// Nothing for what Windows-31J does not have.
    Dropped,
    /// `?` for what strict Shift_JIS does not have.
    VendorQuestionMark,
    /// Leading zeros lost, as in a number.
    LeadingZeros,
    /// Amounts in another format.
    Amount(&'static str),
    /// `request_date` in another format: `Y M D h m s` stand for the parts.
    DateFormat(&'static str),
    /// `request_date` of another moment, in seconds.
    DateShift(i64),
    /// Letters in upper case.
    Upper,
    /// Letters in lower case.
    Lower,
    /// HTML-escaped, with this reference for the apostrophe.
    Html(&'static str),
    /// `\/` for `/`, as some JSON writers do.
    SlashEscaped,
    /// A word where the value is empty.
    EmptyWord(&'static str),
}

impl Change {
    /// The changed value. `Cow::Borrowed` when nothing changes.
    pub(super) fn apply<'v>(self, name: &str, value: Cow<'v, str>) -> Cow<'v, str> {
        let changed = match self {
            Self::NotTrimmed => None,
            Self::TrimmedWide => Some(value.trim().to_owned()),
            Self::InnerSpaces => Some(value.replace(' ', "")),
            Self::AllSpaces => Some(value.replace(char::is_whitespace, "")),
            Self::PlainCsv if name == "free_csv" => plain_csv(&value),
            Self::PlainCsv => None,
            Self::LookalikeStandard { dash } => each_char(&value, |c| {
                let rule = lookalikes(dash).find(|r| r.to() == c)?;
                Some(rule.from())
            }),
            Self::LookalikeWindows { dash } => each_char(&value, |c| {
                let rule = lookalikes(dash).find(|r| r.from() == c)?;
                Some(rule.to())
            }),
            Self::YenForBackslash => each_char(&value, |c| match c {
                '\\' => Some('\u{A5}'),
                '~' => Some('\u{203E}'),
                _ => None,
            }),
            Self::ReferenceResolved => resolve_references(&value),
            Self::Reference => unmappable(&value, |c| format!("&#{};", u32::from(c))),
            Self::QuestionMark => unmappable(&value, |_| "?".to_owned()),
            Self::Dropped => unmappable(&value, |_| String::new()),
            Self::VendorQuestionMark => each_char(&value, |c| {
                let vendor = sendable(c, &TextPolicy::Cp932) && !sendable(c, &TextPolicy::Strict);
                vendor.then_some('?')
            }),
            Self::LeadingZeros => without_leading_zeros(&value),
            Self::Amount(format) if is_amount(name) && is_digits(&value) => {
                Some(amount(&value, format))
            }
            Self::DateFormat(format) if name == "request_date" => date(&value, format),
            Self::DateShift(seconds) if name == "request_date" => Timestamp::parse_jst(&value)
                .ok()
                .map(|t| t.plus_seconds(seconds).to_jst()),
            Self::Amount(_) | Self::DateFormat(_) | Self::DateShift(_) => None,
            Self::Upper => Some(value.to_uppercase()),
            Self::Lower => Some(value.to_lowercase()),
            Self::Html(apostrophe) => Some(html::escape(&value).replace("&#39;", apostrophe)),
            Self::SlashEscaped => Some(value.replace('/', "\\/")),
            Self::EmptyWord(word) => value.is_empty().then(|| word.to_owned()),
        };
        changed.map_or(value, Cow::Owned)
    }
}

/// How text becomes bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    ShiftJis,
    /// Shift_JIS with NEC's codes for the vendor characters that have two; browsers and Windows write IBM's.
    ShiftJisNec,
    EucJp,
    Utf16,
    /// UTF-8 with a byte order mark in front of everything.
    Utf8Bom,
    /// UTF-8 taken for Latin-1 and encoded as UTF-8 once more.
    Utf8Twice,
    /// Shift_JIS taken for Latin-1 and encoded as UTF-8.
    ShiftJisAsLatin1,
    /// Shift_JIS after a function that removes backslashes byte by byte.
    ShiftJisStripped,
    /// Percent-encoded bytes of UTF-8 or Shift_JIS.
    Percent {
        sjis: bool,
        style: Percent,
    },
}

/// The dialect of percent-encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Percent {
    /// As browsers post forms.
    Form,
    /// The same with lower-case digits.
    FormLower,
    /// RFC 3986: `%20` for a space, `~` stays, `*` does not.
    Rfc3986,
}

impl Encoding {
    /// Bytes of a value.
    pub(super) fn value(self, text: &str, out: &mut Vec<u8>) {
        match self {
            Self::Utf8 | Self::Utf8Bom => out.extend_from_slice(text.as_bytes()),
            Self::ShiftJis => sjis(text, out),
            Self::ShiftJisNec => nec_codes(&sjis_vec(text), out),
            Self::EucJp => out.extend_from_slice(&encoding_rs::EUC_JP.encode(text).0),
            Self::Utf16 => out.extend(text.encode_utf16().flat_map(u16::to_le_bytes)),
            Self::Utf8Twice => latin1_as_utf8(text.as_bytes(), out),
            Self::ShiftJisAsLatin1 => latin1_as_utf8(&sjis_vec(text), out),
            Self::ShiftJisStripped => out.extend(sjis_vec(text).iter().filter(|b| **b != b'\\')),
            Self::Percent { sjis: false, style } => percent(text.as_bytes(), style, out),
            Self::Percent { sjis: true, style } => percent(&sjis_vec(text), style, out),
        }
    }

    /// Bytes of names, separators and keys, which only a change of the code unit touches.
    pub(super) fn plain(self, text: &str, out: &mut Vec<u8>) {
        match self {
            Self::Utf16 => self.value(text, out),
            _ => out.extend_from_slice(text.as_bytes()),
        }
    }
}

/// Whether a character reads back to itself under this policy.
pub(super) fn sendable(c: char, policy: &TextPolicy) -> bool {
    c.is_ascii() || text::encode("", c.encode_utf8(&mut [0; 4]), policy).is_ok()
}

/// The characters that converters read in two ways. `¥` and `‾` are not among them: they are one byte.
fn lookalikes(dash: bool) -> impl Iterator<Item = Replacement> {
    Replacement::ALL.into_iter().filter(move |r| match r {
        Replacement::YenSign | Replacement::Overline => false,
        Replacement::EmDash => dash,
        _ => true,
    })
}

fn each_char(value: &str, change: impl Fn(char) -> Option<char>) -> Option<String> {
    Some(value.chars().map(|c| change(c).unwrap_or(c)).collect())
}

fn unmappable(value: &str, instead: impl Fn(char) -> String) -> Option<String> {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        if sendable(c, &TextPolicy::Cp932) {
            out.push(c);
        } else {
            out.push_str(&instead(c));
        }
    }
    Some(out)
}

/// Resolves decimal references such as `&#12316;`.
fn resolve_references(value: &str) -> Option<String> {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("&#") {
        out.push_str(before);
        let resolved = after.split_once(';').and_then(|(digits, tail)| {
            let c = digits.parse().ok().and_then(char::from_u32)?;
            Some((c, tail))
        });
        match resolved {
            Some((c, tail)) => {
                out.push(c);
                rest = tail;
            }
            None => {
                out.push_str("&#");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Some(out)
}

fn plain_csv(value: &str) -> Option<String> {
    use base64::Engine;
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(value)
        .ok()?;
    text::decode("free_csv", &bytes).ok()
}

fn is_digits(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit())
}

fn is_amount(name: &str) -> bool {
    matches!(name, "amount" | "tax" | "dtl_amount" | "dtl_tax")
}

fn without_leading_zeros(value: &str) -> Option<String> {
    is_digits(value).then(|| match value.trim_start_matches('0') {
        "" => "0".to_owned(),
        rest => rest.to_owned(),
    })
}

/// `,` groups thousands; anything else is appended.
fn amount(digits: &str, format: &str) -> String {
    if format != "," {
        return format!("{digits}{format}");
    }
    let mut out = String::with_capacity(digits.len() * 2);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

fn date(value: &str, format: &str) -> Option<String> {
    let at = Timestamp::parse_jst(value).ok()?;
    if format == "unix" {
        return Some(at.as_unix().to_string());
    }
    let part = |range: std::ops::Range<usize>| value.get(range).unwrap_or_default();
    Some(
        format
            .chars()
            .map(|c| match c {
                'Y' => part(0..4).to_owned(),
                'M' => part(4..6).to_owned(),
                'D' => part(6..8).to_owned(),
                'h' => part(8..10).to_owned(),
                'm' => part(10..12).to_owned(),
                's' => part(12..14).to_owned(),
                c => c.to_string(),
            })
            .collect(),
    )
}

fn sjis_vec(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    sjis(text, &mut out);
    out
}

/// Shift_JIS with `?` for what it does not have, as converters do.
fn sjis(text: &str, out: &mut Vec<u8>) {
    let mut rest = text;
    while !rest.is_empty() {
        let mut encoder = encoding_rs::SHIFT_JIS.new_encoder();
        let room = encoder.max_buffer_length_from_utf8_without_replacement(rest.len());
        out.reserve(room.unwrap_or(rest.len()));
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(rest, out, true);
        if let encoding_rs::EncoderResult::Unmappable(_) = result {
            out.push(b'?');
        }
        rest = rest.get(read..).unwrap_or_default();
    }
}

/// Rewrites IBM's codes as NEC's.
fn nec_codes(sjis: &[u8], out: &mut Vec<u8>) {
    let mut bytes = sjis.iter().copied();
    while let Some(lead) = bytes.next() {
        out.push(lead);
        if !matches!(lead, 0x81..=0x9F | 0xE0..=0xFC) {
            continue;
        }
        let trail = bytes.next().unwrap_or_default();
        out.push(trail);
        if let Some(code) = nec_code(lead, trail) {
            out.truncate(out.len() - 2);
            out.extend_from_slice(&code);
        }
    }
}

/// NEC's code of a character that IBM placed at FA40 to FC4B. Both list the 360 kanji in one order.
fn nec_code(lead: u8, trail: u8) -> Option<[u8; 2]> {
    // Cells are counted from F040, rows of 188 without the trail byte 7F.
    let cell = usize::from(lead.checked_sub(0xF0)?) * 188
        + usize::from(trail.checked_sub(if trail < 0x7F { 0x40 } else { 0x41 })?);
    let first = match cell {
        // Small Roman numerals, FA40 to FA49, at EEEF.
        1880..1890 => cell - 1880 + 188 + 174,
        // Broken bar and full-width quotation marks, FA55 to FA57, at EEFA.
        1901..1904 => cell - 1901 + 188 + 185,
        // Kanji, FA5C to FC4B, at ED40.
        1908..2268 => cell - 1908,
        _ => return None,
    };
    let row = u8::try_from(first / 188).ok()?;
    let column = u8::try_from(first % 188).ok()?;
    let trail = if column < 0x3F { 0x40 } else { 0x41 } + column;
    Some([0xED + row, trail])
}

fn latin1_as_utf8(bytes: &[u8], out: &mut Vec<u8>) {
    for byte in bytes {
        out.extend_from_slice(char::from(*byte).encode_utf8(&mut [0; 4]).as_bytes());
    }
}

fn percent(bytes: &[u8], style: Percent, out: &mut Vec<u8>) {
    let rfc = style == Percent::Rfc3986;
    for &byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => out.push(byte),
            b'*' if !rfc => out.push(byte),
            b'~' if rfc => out.push(byte),
            b' ' if !rfc => out.push(b'+'),
            _ if style == Percent::FormLower => {
                out.extend_from_slice(format!("%{byte:02x}").as_bytes());
            }
            _ => out.extend_from_slice(format!("%{byte:02X}").as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_jis_of_difficult_text() {
        let expected = b"\xFB\xFC\x8B\xB4\x87\x40\x81\x5B\x81\x60\x95\x5C\x83\x5C??x";
        for spare in [0, 1, 100, 1024] {
            let mut out = Vec::with_capacity(spare);
            sjis("髙橋①ー～表ソ〜🍣x", &mut out);
            assert_eq!(out, expected, "{spare}");
        }
    }

    #[test]
    fn nec_codes_are_the_same_characters() {
        let mut found = std::collections::BTreeSet::new();
        for code in 0x8140..=0xFCFC_u16 {
            let [lead, trail] = code.to_be_bytes();
            let Ok(character) = text::decode("", &[lead, trail]) else {
                continue;
            };
            if let Some(nec) = nec_code(lead, trail) {
                assert_eq!(text::decode("", &nec).unwrap(), character);
                found.insert(nec);
            }
        }
        // All of NEC's selection but ￢, which JIS X 0208 has too.
        assert_eq!(found.len(), 373);
    }
}
