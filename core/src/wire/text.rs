//! Text on the wire: Shift_JIS as Windows and browsers understand it (Windows-31J, CP932).
//!
//! What is encoded decodes to itself, or is refused with field, character and position, or is replaced by a rule
//! that the caller chose. It never becomes a question mark, an HTML reference or a look-alike.
//!
//! Source: docs/protocol/link-type.md#transport

use std::fmt;

use encoding_rs::{EncoderResult, SHIFT_JIS};
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// Which characters may go on the wire, and what happens to the others.
///
/// ```
/// use netmile::wire::text::{Replacement, TextPolicy, encode};
/// assert!(encode("item_name", "10〜20", &TextPolicy::Cp932).is_err());
/// let policy = TextPolicy::Replace(vec![Replacement::WaveDash]);
/// assert_eq!(encode("item_name", "10〜20", &policy)?.as_str(), "10～20");
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextPolicy {
    /// Only characters that every reading of Shift_JIS agrees on. Refuses, beyond [`Cp932`](Self::Cp932), what
    /// Shift_JIS and Windows-31J read differently (`― ‐ ＼ ～ ∥ － ￠ ￡ ￢`) and the vendor extensions: NEC row 13
    /// (`①`, `㈱` …) and the NEC and IBM extensions (`髙`, `﨑` …).
    Strict,
    /// Every character of Windows-31J; what has no form there is refused.
    #[default]
    Cp932,
    /// As [`Cp932`](Self::Cp932), after these replacements.
    Replace(Vec<Replacement>),
}

/// A character that Windows-31J does not have, and the one that looks the same and that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Replacement {
    /// `〜` U+301C → `～` U+FF5E
    WaveDash,
    /// `−` U+2212 → `－` U+FF0D
    MinusSign,
    /// `‖` U+2016 → `∥` U+2225
    DoubleVerticalLine,
    /// `—` U+2014 → `―` U+2015
    EmDash,
    /// `¢` U+00A2 → `￠` U+FFE0
    CentSign,
    /// `£` U+00A3 → `￡` U+FFE1
    PoundSign,
    /// `¬` U+00AC → `￢` U+FFE2
    NotSign,
    /// `¥` U+00A5 → `￥` U+FFE5
    YenSign,
    /// `‾` U+203E → `￣` U+FFE3
    Overline,
}

impl Replacement {
    /// Every replacement.
    pub const ALL: [Self; 9] = [
        Self::WaveDash,
        Self::MinusSign,
        Self::DoubleVerticalLine,
        Self::EmDash,
        Self::CentSign,
        Self::PoundSign,
        Self::NotSign,
        Self::YenSign,
        Self::Overline,
    ];

    /// Stable name, the same in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::WaveDash => "wave_dash",
            Self::MinusSign => "minus_sign",
            Self::DoubleVerticalLine => "double_vertical_line",
            Self::EmDash => "em_dash",
            Self::CentSign => "cent_sign",
            Self::PoundSign => "pound_sign",
            Self::NotSign => "not_sign",
            Self::YenSign => "yen_sign",
            Self::Overline => "overline",
        }
    }

    /// The replacement of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.name() == name)
    }

    /// The character that is replaced.
    #[must_use]
    pub const fn from(self) -> char {
        match self {
            Self::WaveDash => '\u{301C}',
            Self::MinusSign => '\u{2212}',
            Self::DoubleVerticalLine => '\u{2016}',
            Self::EmDash => '\u{2014}',
            Self::CentSign => '\u{A2}',
            Self::PoundSign => '\u{A3}',
            Self::NotSign => '\u{AC}',
            Self::YenSign => '\u{A5}',
            Self::Overline => '\u{203E}',
        }
    }

    /// The character that goes on the wire instead.
    #[must_use]
    pub const fn to(self) -> char {
        match self {
            Self::WaveDash => '\u{FF5E}',
            Self::MinusSign => '\u{FF0D}',
            Self::DoubleVerticalLine => '\u{2225}',
            Self::EmDash => '\u{2015}',
            Self::CentSign => '\u{FFE0}',
            Self::PoundSign => '\u{FFE1}',
            Self::NotSign => '\u{FFE2}',
            Self::YenSign => '\u{FFE5}',
            Self::Overline => '\u{FFE3}',
        }
    }
}

/// A value as it goes on the wire: the same text in UTF-8 and in Shift_JIS.
///
/// `Debug` shows the length only: the value may be personal.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct WireText {
    utf8: String,
    sjis: Vec<u8>,
}

impl WireText {
    /// The text, after the replacements of the policy.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.utf8
    }

    /// The Shift_JIS bytes.
    #[must_use]
    pub fn sjis(&self) -> &[u8] {
        &self.sjis
    }
}

impl fmt::Debug for WireText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WireText({} bytes)", self.sjis.len())
    }
}

/// Encodes the value of `field`.
///
/// # Errors
/// `not_encodable`, naming the field, the first refused character as `U+XXXX` and its position counted in
/// characters from 1: no Shift_JIS form, a form that reads back as another character, a control character
/// (tab and line breaks too), a private-use character, or refused by [`TextPolicy::Strict`].
pub fn encode(field: &str, text: &str, policy: &TextPolicy) -> Result<WireText> {
    let replaced;
    let text = match policy {
        TextPolicy::Replace(rules) if text.contains(|c| rules.iter().any(|r| r.from() == c)) => {
            replaced = replace(text, rules);
            &replaced
        }
        _ => text,
    };
    let strict = *policy == TextPolicy::Strict;
    if let Some((index, c)) = text
        .chars()
        .enumerate()
        .find(|(_, c)| c.is_control() || reads_back_differently(*c))
    {
        return Err(refused(field, c, index));
    }
    let mut encoder = SHIFT_JIS.new_encoder();
    // More than the result needs: the encoder stops early without room to spare.
    let room = encoder.max_buffer_length_from_utf8_without_replacement(text.len());
    let mut sjis = Vec::with_capacity(room.unwrap_or(text.len()));
    let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(text, &mut sjis, true);
    match result {
        EncoderResult::InputEmpty => {}
        EncoderResult::Unmappable(c) => {
            let before = text.get(..read).map_or(0, |t| t.chars().count());
            return Err(refused(field, c, before.saturating_sub(1)));
        }
        EncoderResult::OutputFull => {
            return Err(Error::field(
                ErrorKind::TooLarge,
                field.to_owned(),
                "does not fit into memory",
            ));
        }
    }
    if strict && let Some(index) = first_vendor_character(&sjis) {
        let c = text.chars().nth(index).unwrap_or_default();
        return Err(refused(field, c, index));
    }
    Ok(WireText {
        utf8: text.to_owned(),
        sjis,
    })
}

/// Decodes the Shift_JIS value of `field`. What it returns can be encoded again (with [`TextPolicy::Cp932`]).
///
/// # Errors
/// `malformed` when the bytes are not Windows-31J, or hold a control character or a user-defined (外字) one: the
/// gateway sends neither, and both mean different things to different readers.
pub fn decode(field: &str, bytes: &[u8]) -> Result<String> {
    let malformed = |rule: &'static str| Error::field(ErrorKind::Malformed, field.to_owned(), rule);
    let text = SHIFT_JIS
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or_else(|| malformed("is not Shift_JIS"))?;
    if text.contains(char::is_control) {
        return Err(malformed("has a control character"));
    }
    if text.contains(|c| matches!(c, '\u{E000}'..='\u{F8FF}')) {
        return Err(malformed("has a user-defined character"));
    }
    Ok(text.into_owned())
}

fn replace(text: &str, rules: &[Replacement]) -> String {
    text.chars()
        .map(|c| {
            rules
                .iter()
                .find(|r| r.from() == c)
                .map_or(c, |rule| rule.to())
        })
        .collect()
}

/// The encoder of the web folds these three into `\`, `~` and `－`.
const fn reads_back_differently(c: char) -> bool {
    matches!(c, '\u{A5}' | '\u{203E}' | '\u{2212}')
}

fn refused(field: &str, c: char, index: usize) -> Error {
    Error::field(
        ErrorKind::NotEncodable,
        field.to_owned(),
        format!(
            "character U+{:04X} at position {} may not be sent in Shift_JIS under this text policy",
            u32::from(c),
            index + 1
        ),
    )
}

/// Position, in characters, of the first one that [`TextPolicy::Strict`] refuses.
fn first_vendor_character(sjis: &[u8]) -> Option<usize> {
    let mut bytes = sjis.iter();
    let mut index = 0;
    while let Some(lead) = bytes.next() {
        if matches!(lead, 0x81..=0x9F | 0xE0..=0xFC) {
            let trail = bytes.next().copied().unwrap_or_default();
            if is_vendor_code(u16::from_be_bytes([*lead, trail])) {
                return Some(index);
            }
        }
        index += 1;
    }
    None
}

/// The codes that Shift_JIS and Windows-31J do not share: those read as different characters, NEC row 13, the
/// NEC selection of IBM extensions, the user-defined area, and the IBM extensions.
const fn is_vendor_code(code: u16) -> bool {
    matches!(
        code,
        0x815C | 0x815D | 0x815F | 0x8160 | 0x8161 | 0x817C | 0x8191 | 0x8192 | 0x81CA
            | 0x8740..=0x879E
            | 0xED40..=0xEEFC
            | 0xF040..=0xF9FC
            | 0xFA40..=0xFC4B
    )
}

#[cfg(test)]
mod tests;
