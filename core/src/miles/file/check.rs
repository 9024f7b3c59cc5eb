//! The rules of the three columns.

use super::fault::{FileFaultKind, wrong_user};
use super::rules::{MAX_MILE_DIGITS, UploadKind, UploadRules};
use crate::miles::DesignatedKey;
use crate::money::Miles;

/// Longest mail address, in characters.
const MAX_MAIL: usize = 256;

/// Longest user id, in characters.
const MAX_USER_ID: usize = 32;

pub(super) fn user<'a>(cell: &'a [u8], rules: &UploadRules) -> Result<&'a str, FileFaultKind> {
    if cell.is_empty() {
        return Err(FileFaultKind::Missing);
    }
    let fits = match rules.kind {
        UploadKind::UserId => is_user_id(cell),
        UploadKind::Exchange => is_user_id(cell) || mail(cell)?.is_some_and(|mail| mail.dots_apart),
        UploadKind::Mail | UploadKind::MobileMail => {
            let mobile = rules.kind == UploadKind::MobileMail;
            match mail(cell)? {
                None => false,
                Some(mail) => match rules.carriers.holds(mail.domain) {
                    true if !mobile => return Err(FileFaultKind::CarrierMail),
                    false if mobile => return Err(FileFaultKind::NotCarrierMail),
                    carrier => carrier || mail.dots_apart,
                },
            }
        }
    };
    ascii(cell, fits, wrong_user(rules.kind))
}

pub(super) fn key(cell: &[u8]) -> Result<&str, FileFaultKind> {
    if cell.is_empty() {
        return Err(FileFaultKind::Missing);
    }
    ascii(cell, DesignatedKey::is_valid(cell), FileFaultKind::KeyForm)
}

pub(super) fn miles(cell: &[u8], utf8: bool, rules: &UploadRules) -> Result<Miles, FileFaultKind> {
    let mut number = 0_u64;
    let mut digits = 0;
    for byte in cell {
        if !byte.is_ascii_digit() {
            return Err(why_no_number(cell, utf8));
        }
        digits += 1;
        number = number.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
    }
    if digits == 0 {
        return Err(FileFaultKind::Missing);
    }
    if digits > MAX_MILE_DIGITS {
        return Err(FileFaultKind::MilesTooMany);
    }
    let miles = Miles::new(number);
    if number == 0 {
        return Err(FileFaultKind::MilesZero);
    }
    match rules.rule {
        Some(rule) if !rule.allows(miles) => Err(FileFaultKind::AgainstRule),
        _ => Ok(miles),
    }
}

/// Whether the third and the further cells are one number that was written with commas and without quotes.
pub(super) fn is_torn_number<'a>(mut cells: impl Iterator<Item = &'a [u8]>) -> bool {
    let all_digits = |cell: &[u8]| cell.iter().all(u8::is_ascii_digit);
    let first = cells.next().unwrap_or_default();
    let mut groups = cells.peekable();
    (1..=3).contains(&first.len())
        && all_digits(first)
        && groups.peek().is_some()
        && groups.all(|group| group.len() == 3 && all_digits(group))
}

fn why_no_number(cell: &[u8], utf8: bool) -> FileFaultKind {
    let text = super::text::decode(cell, utf8).unwrap_or_default();
    let digit = |c: char| c.is_ascii_digit();
    if text.contains(digit) && text.chars().all(|c| digit(c) || matches!(c, ',' | '，')) {
        return FileFaultKind::MilesComma;
    }
    let wide = |c: char| ('０'..='９').contains(&c);
    if text.contains(wide) && text.chars().all(|c| digit(c) || wide(c)) {
        return FileFaultKind::MilesFullWidth;
    }
    FileFaultKind::MilesForm
}

fn is_user_id(cell: &[u8]) -> bool {
    (1..=MAX_USER_ID).contains(&cell.len())
        && cell
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

/// A mail address, taken apart.
struct Mail<'a> {
    domain: &'a [u8],
    /// Carriers once gave out addresses with dots in a row or before the `@`; nobody else does.
    dots_apart: bool,
}

fn mail(cell: &[u8]) -> Result<Option<Mail<'_>>, FileFaultKind> {
    if cell.len() > MAX_MAIL {
        return Err(FileFaultKind::MailTooLong);
    }
    let Some(at) = cell.iter().position(|b| *b == b'@') else {
        return Ok(None);
    };
    let (local, domain) = cell.split_at(at);
    let domain = domain.get(1..).unwrap_or_default();
    let fits = (1..=64).contains(&local.len())
        && local.iter().all(|b| IN_LOCAL.contains(usize::from(*b)))
        && is_domain(domain);
    Ok(fits.then(|| Mail {
        domain,
        dots_apart: dots_apart(local),
    }))
}

fn dots_apart(local: &[u8]) -> bool {
    let mut after_dot = true;
    for byte in local {
        let dot = *byte == b'.';
        if dot && after_dot {
            return false;
        }
        after_dot = dot;
    }
    !after_dot
}

fn is_domain(domain: &[u8]) -> bool {
    let mut labels = 0;
    let mut last = domain;
    for label in domain.split(|b| *b == b'.') {
        let fits = (1..=63).contains(&label.len())
            && label
                .iter()
                .all(|b| b.is_ascii_alphanumeric() || *b == b'-')
            && label.first() != Some(&b'-')
            && label.last() != Some(&b'-');
        if !fits {
            return false;
        }
        labels += 1;
        last = label;
    }
    labels >= 2 && last.len() >= 2 && last.iter().any(u8::is_ascii_alphabetic)
}

/// Bytes that may stand before the `@`, the dot included.
const IN_LOCAL: Set = Set::new(b".!#$%&'*+-/=?^_`{|}~");

struct Set([bool; 256]);

impl Set {
    #[expect(
        clippy::indexing_slicing,
        reason = "a table of all bytes, filled when it is compiled"
    )]
    const fn new(others: &[u8]) -> Self {
        let mut set = [false; 256];
        let mut byte = 0;
        while byte < 128 {
            set[byte] = (byte as u8).is_ascii_alphanumeric();
            byte += 1;
        }
        let mut at = 0;
        while at < others.len() {
            set[others[at] as usize] = true;
            at += 1;
        }
        Self(set)
    }

    fn contains(&self, byte: usize) -> bool {
        self.0.get(byte).copied().unwrap_or_default()
    }
}

fn ascii(cell: &[u8], fits: bool, otherwise: FileFaultKind) -> Result<&str, FileFaultKind> {
    if !fits {
        return Err(otherwise);
    }
    std::str::from_utf8(cell).map_err(|_| otherwise)
}
