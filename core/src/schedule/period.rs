//! One period of a contract.

use jiff::civil::Date;

use super::{Schedule, YearMonth, invalid, midnight};
use crate::error::Result;
use crate::time::Timestamp;

/// How the key of the second period of a month ends.
const SECOND: &str = "-2";

/// What is billed at one go: the days from one billing day to the eve of the next, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    number: u32,
    second_of_month: bool,
    starts: Date,
    ends: Date,
    is_billed: bool,
}

impl Period {
    pub(super) fn new(
        number: u32,
        second_of_month: bool,
        starts: Date,
        ends: Date,
        is_billed: bool,
    ) -> Self {
        Self {
            number,
            second_of_month,
            starts,
            ends,
            is_billed,
        }
    }

    /// Its number in the contract, from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Its key within the contract: the month it starts in, `2026-02`. Where a first period and the one after it start
    /// in the same month, the second has `2026-02-2`. Keys sort as the periods do.
    #[must_use]
    pub fn key(&self) -> String {
        let month = self.month();
        if self.second_of_month {
            format!("{month}{SECOND}")
        } else {
            month.to_string()
        }
    }

    /// Checks that a text is written as [`key`](Self::key) writes keys: one period has one key, so that it cannot be billed
    /// under two.
    ///
    /// ```
    /// use netmile::schedule::Period;
    /// assert!(Period::check_key("2026-02").is_ok());
    /// assert!(Period::check_key("2026-02-2").is_ok());
    /// for wrong in ["2026-2", "202602", "2026-13", "2026-02-1", " 2026-02", ""] {
    ///     assert_eq!(Period::check_key(wrong).unwrap_err().field_name(), Some("period"));
    /// }
    /// ```
    ///
    /// # Errors
    /// `invalid_value` on `period` for anything else.
    pub fn check_key(key: &str) -> Result<()> {
        let first_of_month = key.strip_suffix(SECOND).filter(|first| first.len() == 7);
        let month = first_of_month.unwrap_or(key);
        match YearMonth::parse(month) {
            Ok(parsed) if parsed.to_string() == month => Ok(()),
            _ => Err(invalid(
                "period",
                "must be a month written YYYY-MM, or YYYY-MM-2 for the second period of one",
            )),
        }
    }

    /// The month it belongs to: that of its first day.
    #[must_use]
    pub fn month(&self) -> YearMonth {
        YearMonth::of(self.starts)
    }

    /// Its first day, on which it is billed.
    #[must_use]
    pub fn starts(&self) -> Date {
        self.starts
    }

    /// Its last day.
    #[must_use]
    pub fn ends(&self) -> Date {
        self.ends
    }

    /// Whether it is billed at all; a free first period is not.
    #[must_use]
    pub fn is_billed(&self) -> bool {
        self.is_billed
    }

    /// The first second of its first day in Japan.
    #[must_use]
    pub fn starts_at(&self) -> Timestamp {
        midnight(self.starts)
    }
}

/// The periods of a contract, oldest first.
#[derive(Clone, Debug)]
pub struct Periods {
    schedule: Schedule,
    next: Option<u32>,
}

impl Periods {
    pub(super) fn new(schedule: Schedule) -> Self {
        Self {
            schedule,
            next: Some(1),
        }
    }
}

impl Iterator for Periods {
    type Item = Period;

    fn next(&mut self) -> Option<Period> {
        let number = self.next?;
        let period = self.schedule.nth(number);
        self.next = period.and_then(|_| number.checked_add(1));
        period
    }

    /// Jumps: no period in between is computed.
    fn nth(&mut self, n: usize) -> Option<Period> {
        self.next = self
            .next
            .and_then(|next| next.checked_add(u32::try_from(n).ok()?));
        self.next()
    }
}

impl std::iter::FusedIterator for Periods {}
