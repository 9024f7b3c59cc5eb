//! The short way through an upload: a row that keeps all rules is read where it stands in the piece, and not copied.
//!
//! It is taken only where the decoder would find the same three cells. Everything else (faults, quotes within cells,
//! lines that a piece cuts) is left to the decoder, so that faults are found and told in one place.

use super::check;
use super::rules::UploadRules;
use crate::money::Miles;

/// The cells of a row that keeps all rules.
pub(super) struct PlainRow<'a> {
    pub(super) user: &'a str,
    pub(super) key: &'a str,
    pub(super) miles: Miles,
}

/// The row at the head of these bytes and the bytes behind its line, if the row keeps all rules and its line ends with LF
/// or CR LF. The bytes must begin a record.
pub(super) fn row<'a>(
    bytes: &'a [u8],
    utf8: bool,
    rules: &UploadRules,
) -> Option<(PlainRow<'a>, &'a [u8])> {
    let (user, rest) = cell(bytes)?;
    let (key, rest) = cell(rest.strip_prefix(b",")?)?;
    let (miles, rest) = cell(rest.strip_prefix(b",")?)?;
    let rest = match rest {
        [b'\r', b'\n', rest @ ..] | [b'\n', rest @ ..] => rest,
        _ => return None,
    };
    let row = PlainRow {
        user: check::user(user, rules).ok()?,
        key: check::key(key).ok()?,
        miles: check::miles(miles, utf8, rules).ok()?,
    };
    Some((row, rest))
}

/// A cell, and what follows it. Where quotes are more than a pair around the cell, the rest begins with something that
/// ends no cell, or the cell breaks the rules of its column: none allows a quotation mark.
fn cell(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    if let Some(quoted) = bytes.strip_prefix(b"\"") {
        let (cell, rest) = quoted.split_at(first_of(*b"\"\r\n", quoted)?);
        return Some((cell, rest.strip_prefix(b"\"")?));
    }
    Some(bytes.split_at(first_of(*b",\r\n", bytes)?))
}

/// Splits behind the first line end; CR LF is one if both are there.
pub(super) fn split_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let Some(end) = first_of(*b"\r\n", bytes) else {
        return (bytes, &[]);
    };
    let both = bytes.get(end..end + 2) == Some(b"\r\n");
    bytes.split_at(end + 1 + usize::from(both))
}

const ONES: u64 = 0x0101_0101_0101_0101;

/// Where the first of some bytes stands; eight bytes are looked at together.
fn first_of<const N: usize>(wanted: [u8; N], bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    let mut at = 0;
    while let Some((eight, tail)) = rest.split_first_chunk() {
        let eight = u64::from_le_bytes(*eight);
        // The highest bit of each byte that is zero after the exclusive or, and maybe of some behind the first such byte,
        // which stands in the lowest bits.
        let found = wanted.iter().fold(0, |found, byte| {
            let zeros = eight ^ (ONES * u64::from(*byte));
            found | (zeros.wrapping_sub(ONES) & !zeros & (ONES << 7))
        });
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        rest = tail;
        at += 8;
    }
    let last = rest.iter().position(|byte| wanted.contains(byte));
    last.map(|last| at + last)
}

/// Where the reader stands, told line by line.
pub(super) struct Place {
    /// Line of the next byte, from 1.
    pub(super) line: u64,
    /// Lines that went the short way; the decoder does not count them.
    pub(super) skipped: u64,
    /// Whether the decoder is surely between two records, with nothing held back and the last line end complete.
    pub(super) is_between: bool,
    after_return: bool,
    /// Whether the next byte begins a line.
    at_start: bool,
}

impl Place {
    pub(super) const fn new() -> Self {
        Self {
            line: 1,
            skipped: 0,
            is_between: false,
            after_return: false,
            at_start: true,
        }
    }

    /// The line of the last byte.
    pub(super) const fn last_line(&self) -> u64 {
        if self.at_start && self.line > 1 {
            self.line - 1
        } else {
            self.line
        }
    }

    /// A line went the short way.
    pub(super) fn skip(&mut self) {
        self.line += 1;
        self.skipped += 1;
    }

    /// A line, or what a piece had of it, went to the decoder. `ended` says that a record ended in it, and that it was not
    /// the first of the file: until then the decoder holds bytes back, and more than one record may end at once.
    pub(super) fn decoded(&mut self, line: &[u8], ended: bool) {
        let is_second_half = self.after_return && line == b"\n";
        let returned = line.ends_with(b"\r");
        let fed = line.ends_with(b"\n");
        self.line += u64::from((returned || fed) && !is_second_half);
        self.after_return = returned;
        self.at_start = returned || fed;
        let is_blank = matches!(line, b"\n" | b"\r\n");
        self.is_between = fed && (ended || self.is_between && is_blank);
    }
}
