//! Cells as text.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::wire::text::{self, TextPolicy};

/// Most characters of a foreign value that are shown.
const MOST_SHOWN: usize = 120;

/// The text of a cell, if its bytes are of this encoding and no control characters.
pub(super) fn decode(cell: &[u8], utf8: bool) -> Option<Cow<'_, str>> {
    if utf8 || cell.is_ascii() {
        let text = std::str::from_utf8(cell).ok()?;
        return (!text.contains(char::is_control)).then_some(Cow::Borrowed(text));
    }
    text::decode("cell", cell).ok().map(Cow::Owned)
}

/// The text of any cell, with what is no text made visible: `[0x81]`, `[U+000A]`.
pub(super) fn visible(cell: &[u8], utf8: bool) -> String {
    let whole = match std::str::from_utf8(cell) {
        Ok(text) if utf8 || text.is_ascii() => Some(Cow::Borrowed(text)),
        _ if utf8 => None,
        _ => encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(cell),
    };
    let mut out = String::new();
    match whole {
        Some(text) => {
            for c in text.chars().take(MOST_SHOWN) {
                push(&mut out, c);
            }
        }
        None => {
            for byte in cell.iter().take(MOST_SHOWN) {
                if byte.is_ascii() {
                    push(&mut out, char::from(*byte));
                } else {
                    let _ = write!(out, "[0x{byte:02X}]");
                }
            }
        }
    }
    if cell.len() > MOST_SHOWN && out.chars().count() >= MOST_SHOWN {
        out.push('…');
    }
    out
}

fn push(out: &mut String, c: char) {
    let unseen = matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}');
    if c.is_control() || unseen {
        named(out, c);
    } else {
        out.push(c);
    }
}

fn named(out: &mut String, c: char) {
    let _ = write!(out, "[U+{:04X}]", u32::from(c));
}

/// CP932 in which what it does not have is named: `[U+1F363]`.
pub(super) fn cp932_for_people(text: &str) -> Vec<u8> {
    if let Ok(whole) = text::encode("cell", text, &TextPolicy::Cp932) {
        return whole.sjis().to_vec();
    }
    let mut out = Vec::new();
    let mut buffer = [0; 4];
    for c in text.chars() {
        match text::encode("cell", c.encode_utf8(&mut buffer), &TextPolicy::Cp932) {
            Ok(one) => out.extend_from_slice(one.sjis()),
            Err(_) => {
                let mut name = String::new();
                named(&mut name, c);
                out.extend_from_slice(name.as_bytes());
            }
        }
    }
    out
}

/// A cell that no spreadsheet takes for a formula.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    let dangerous = |c: char| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠'
        )
    };
    let first = text.trim_start_matches([' ', '\u{3000}']).chars().next();
    if first.is_some_and(dangerous) {
        return Cow::Owned(format!("'{text}"));
    }
    Cow::Borrowed(text)
}
