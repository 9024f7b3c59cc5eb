//! Values of one line.

use std::borrow::Cow;

use super::columns::{Place, decode};
use super::fault::{Fault, FaultKind};
use crate::money::Yen;
use crate::wire::csv::CsvRecord;

/// The cells of one line, and what is wrong with them.
pub(super) struct Cells<'r> {
    pub(super) record: CsvRecord<'r>,
    pub(super) utf8: bool,
    pub(super) separators: bool,
    pub(super) faults: Vec<Fault>,
}

impl<'r> Cells<'r> {
    pub(super) fn fault(&mut self, place: Place, kind: FaultKind) {
        self.faults.push(place.fault(self.record.line(), kind));
    }

    pub(super) fn text(&mut self, place: Place) -> Option<Cow<'r, str>> {
        match decode(&self.record, place, self.utf8) {
            Ok(text) => Some(text),
            Err(fault) => {
                self.faults.push(fault);
                None
            }
        }
    }

    pub(super) fn meaning<T, const N: usize>(
        &mut self,
        place: Place,
        value: &str,
        meanings: [(&Vec<String>, T); N],
        otherwise: FaultKind,
    ) -> Option<T> {
        let found = meanings
            .into_iter()
            .find(|(values, _)| values.iter().any(|known| known == value));
        if found.is_none() {
            self.fault(place, otherwise);
        }
        found.map(|(_, meaning)| meaning)
    }

    /// An amount; none where the cell is blank.
    pub(super) fn amount(&mut self, place: Place, negative: bool) -> Option<Yen> {
        const MAX_DIGITS: usize = 11;
        let text = self.text(place)?;
        if text.is_empty() {
            return None;
        }
        let (minus, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.as_ref()),
        };
        let yen = digits_of(digits, self.separators)
            .filter(|digits| digits.len() <= MAX_DIGITS)
            .and_then(|digits| Yen::parse(&digits).ok());
        let Some(yen) = yen else {
            self.fault(place, FaultKind::NotAnAmount);
            return None;
        };
        if minus != negative && (minus || yen.get() > 0) {
            self.fault(place, FaultKind::Sign);
        }
        Some(yen)
    }

    /// A whole number with or without a minus; none where the cell is blank.
    pub(super) fn number(&mut self, place: Place) -> Option<i64> {
        let text = self.text(place)?;
        if text.is_empty() {
            return None;
        }
        let (minus, digits) = match text.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", text.as_ref()),
        };
        let number = digits_of(digits, self.separators)
            .and_then(|digits| format!("{minus}{digits}").parse().ok());
        if number.is_none() {
            self.fault(place, FaultKind::NotANumber);
        }
        number
    }

    pub(super) fn required_number(&mut self, place: Place) -> Option<i64> {
        let before = self.faults.len();
        let number = self.number(place);
        if number.is_none() && self.faults.len() == before {
            self.fault(place, FaultKind::Missing);
        }
        number
    }

    pub(super) fn id(&mut self, place: Place) -> Option<String> {
        const MAX_ID: usize = 64;
        let text = self.text(place)?;
        if text.len() > MAX_ID || !text.bytes().all(|b| b.is_ascii_graphic()) {
            self.fault(place, FaultKind::NotAnId);
            return None;
        }
        let rounded = text.split_once("E+").is_some_and(|(number, power)| {
            number.contains('.')
                && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
                && power.bytes().all(|b| b.is_ascii_digit())
        });
        if rounded {
            self.fault(place, FaultKind::SpreadsheetNumber);
        }
        Some(text.into_owned())
    }
}

/// Digits without their separators, if they stand where they belong.
fn digits_of(text: &str, separators: bool) -> Option<Cow<'_, str>> {
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Cow::Borrowed(text));
    }
    let mut groups = text.split(',');
    let all_digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next()?;
    let fits = separators
        && (1..=3).contains(&first.len())
        && all_digits(first)
        && groups.all(|group| group.len() == 3 && all_digits(group));
    fits.then(|| Cow::Owned(text.replace(',', "")))
}
