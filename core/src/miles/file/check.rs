//! The rules of the three columns.

use super::fault::{FileFaultKind, wrong_user};
use super::rules::{MAX_MILE_DIGITS, UploadKind, UploadRules};
use crate::miles::DesignatedKey;
use crate::money::Miles;
use crate::reference::{MAX_MAIL, is_user_id, mail_domain};

pub(super) fn user<'a>(cell: &'a [u8], rules: &UploadRules) -> Result<&'a str, FileFaultKind> {
    if cell.is_empty() {
        return Err(FileFaultKind::Missing);
    }
    let fits = match rules.kind {
        UploadKind::UserId => is_user_id(cell),
        // It is a mail address when it has an at sign.
        UploadKind::Exchange if cell.contains(&b'@') => {
            let domain = mail(cell)?;
            if domain.is_some_and(|domain| rules.carriers.holds(domain)) {
                return Err(FileFaultKind::CarrierExchange);
            }
            return ascii(cell, domain.is_some(), FileFaultKind::MailForm);
        }
        UploadKind::Exchange => is_user_id(cell),
        UploadKind::Mail | UploadKind::MobileMail => {
            let mobile = rules.kind == UploadKind::MobileMail;
            match mail(cell)? {
                None => false,
                Some(domain) => match rules.carriers.holds(domain) {
                    true if !mobile => return Err(FileFaultKind::CarrierMail),
                    false if mobile => return Err(FileFaultKind::NotCarrierMail),
                    _ => true,
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

/// The domain of a mail address, or nothing when it is none.
fn mail(cell: &[u8]) -> Result<Option<&[u8]>, FileFaultKind> {
    if cell.len() > MAX_MAIL {
        return Err(FileFaultKind::MailTooLong);
    }
    Ok(mail_domain(cell))
}

fn ascii(cell: &[u8], fits: bool, otherwise: FileFaultKind) -> Result<&str, FileFaultKind> {
    if !fits {
        return Err(otherwise);
    }
    std::str::from_utf8(cell).map_err(|_| otherwise)
}
