//! Whether a profile holds.

use super::date::DatePattern;
use super::profile::{Amounts, Column, Header, Profile, Trailer};
use crate::error::{Error, ErrorKind, Result};

impl Profile {
    /// Checks that the profile says all that is needed, and nothing twice.
    ///
    /// # Errors
    /// `configuration`, naming the part.
    pub fn check(&self) -> Result<()> {
        // Nothing that can be the second byte of a Shift_JIS character, or part of a value.
        if !matches!(self.delimiter, ',' | ';' | '\t') {
            return Err(wrong("delimiter", "must be a comma, a semicolon or a tab"));
        }
        DatePattern::new(&self.date_format)?;
        let columns = &self.columns;
        if columns.order_id.is_none() && columns.tracking_id.is_none() {
            return Err(wrong(
                "columns",
                "must have order_id or tracking_id, better both",
            ));
        }
        self.check_numbers()?;
        if columns.kind.is_none() && self.amounts == Amounts::Unsigned {
            return Err(wrong(
                "columns.kind",
                "must be there where amounts have no sign",
            ));
        }
        if columns.kind.is_some() && self.kinds.sale.is_empty() {
            return Err(wrong("kinds.sale", "must not be empty"));
        }
        if columns.record.is_some() && self.records.detail.is_empty() {
            return Err(wrong("records.detail", "must not be empty"));
        }
        if !self.records.payout.is_empty() && (columns.kind.is_none() || columns.net.is_none()) {
            return Err(wrong(
                "records.payout",
                "needs the columns kind and net: they say what and how much",
            ));
        }
        match &self.trailer {
            Some(sums) if self.records.trailer.is_empty() || sums.mapped().next().is_none() => {
                return Err(wrong(
                    "trailer",
                    "needs a value in records.trailer and at least one sum",
                ));
            }
            None if !self.records.trailer.is_empty() => {
                return Err(wrong("records.trailer", "needs the sums of trailer"));
            }
            _ => {}
        }
        self.check_values()
    }

    fn check_numbers(&self) -> Result<()> {
        let sums = self.trailer.iter().flat_map(Trailer::mapped);
        for (field, column) in self.columns.mapped().chain(sums) {
            match column {
                Column::Number(0) => {
                    return Err(wrong(field, "columns are counted from 1"));
                }
                Column::Number(_) if self.header == Header::Exact => {
                    return Err(wrong(field, "must be a name under an exact header"));
                }
                Column::Name(_) if self.header == Header::None => {
                    return Err(wrong(field, "must be a number where there is no header"));
                }
                Column::Name(name) if name.is_empty() || name.trim() != name => {
                    return Err(wrong(field, "must not be blank or have blanks around it"));
                }
                _ => {}
            }
        }
        let mapped: Vec<_> = self.columns.mapped().collect();
        for (index, (field, column)) in mapped.iter().enumerate() {
            if mapped
                .iter()
                .take(index)
                .any(|(_, before)| before == column)
            {
                return Err(wrong(field, "is the column of another field too"));
            }
        }
        Ok(())
    }

    fn check_values(&self) -> Result<()> {
        let (records, kinds, statuses) = (&self.records, &self.kinds, &self.statuses);
        for (field, lists) in [
            (
                "records",
                vec![
                    &records.detail,
                    &records.payout,
                    &records.trailer,
                    &records.ignored,
                ],
            ),
            // Payout lines have kinds of their own.
            ("kinds", vec![&kinds.sale, &kinds.refund, &kinds.ignored]),
            (
                "kinds",
                vec![&kinds.carried_in, &kinds.carried_over, &kinds.payout],
            ),
            (
                "statuses",
                vec![
                    &statuses.captured,
                    &statuses.partly_refunded,
                    &statuses.refunded,
                    &statuses.ignored,
                ],
            ),
        ] {
            let mut values: Vec<_> = lists.into_iter().flatten().collect();
            if values.iter().any(|value| value.trim() != value.as_str()) {
                return Err(wrong(field, "values must not have blanks around them"));
            }
            values.sort_unstable();
            if values.windows(2).any(|pair| pair.first() == pair.last()) {
                return Err(wrong(field, "a value must not have two meanings"));
            }
        }
        Ok(())
    }
}

fn wrong(field: &'static str, rule: &'static str) -> Error {
    Error::field(ErrorKind::Configuration, field, rule)
}
