//! A month of the Japanese calendar.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::invalid;
use crate::error::{Error, Result};
use crate::time::Timestamp;

/// A month of a year, 1 to 9999.
///
/// ```
/// use netmile::schedule::YearMonth;
/// let month = YearMonth::parse("202602")?;
/// assert_eq!(month.to_string(), "2026-02");
/// assert_eq!(month.to_wire(), "202602");
/// assert_eq!(month.last_day().to_string(), "2026-02-28");
/// assert!(YearMonth::parse("202613").is_err());
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct YearMonth {
    year: i16,
    month: i8,
}

impl YearMonth {
    /// A month, 1 to 12.
    ///
    /// # Errors
    /// `invalid_value` when the year is not 1 to 9999 or the month not 1 to 12.
    pub fn new(year: i16, month: u8) -> Result<Self> {
        let wrong = || invalid("month", "must be a month of the years 1 to 9999");
        match i8::try_from(month) {
            Ok(month @ 1..=12) if (1..=9999).contains(&year) => Ok(Self { year, month }),
            _ => Err(wrong()),
        }
    }

    /// Reads `YYYYMM`, as the gateway writes it, or `YYYY-MM`.
    ///
    /// # Errors
    /// `invalid_value` for anything else.
    pub fn parse(text: &str) -> Result<Self> {
        let wrong = || invalid("month", "must be a month written YYYYMM");
        let (year, month) = match text.len() {
            6 => text.split_at_checked(4),
            7 => text.split_once('-').filter(|(year, _)| year.len() == 4),
            _ => None,
        }
        .ok_or_else(wrong)?;
        let digits = year
            .bytes()
            .chain(month.bytes())
            .all(|b| b.is_ascii_digit());
        match (year.parse(), month.parse()) {
            (Ok(year), Ok(month)) if digits => Self::new(year, month),
            _ => Err(wrong()),
        }
    }

    /// The month of a date; January of the year 1 for a date before it.
    #[must_use]
    pub fn of(date: Date) -> Self {
        if date.year() < 1 {
            return Self { year: 1, month: 1 };
        }
        Self {
            year: date.year(),
            month: date.month(),
        }
    }

    /// The month of an instant, by its Japanese date.
    #[must_use]
    pub fn of_instant(at: Timestamp) -> Self {
        Self::of(at.jst_date())
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month.unsigned_abs()
    }

    /// `YYYYMM`, as the gateway writes it.
    #[must_use]
    pub fn to_wire(self) -> String {
        format!("{:04}{:02}", self.year, self.month)
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Date {
        self.day_or_last(1)
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Date {
        self.day_or_last(31)
    }

    /// The month after; none after the year 9999.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        self.checked_plus(1)
    }

    /// The day, or the last one of a shorter month.
    pub(super) fn day_or_last(self, day: i8) -> Date {
        let first = Date::new(self.year, self.month, 1).unwrap_or(Date::MAX);
        let day = day.min(first.days_in_month());
        Date::new(self.year, self.month, day).unwrap_or(first)
    }

    /// Months from `other` to this one; negative when it is later.
    pub(super) fn months_since(self, other: Self) -> i32 {
        self.index() - other.index()
    }

    /// The month `months` later; stays within the years 1 to 9999.
    pub(super) fn plus(self, months: i32) -> Self {
        self.checked_plus(months).unwrap_or(Self {
            year: 9999,
            month: 12,
        })
    }

    pub(super) fn checked_plus(self, months: i32) -> Option<Self> {
        let index = self.index().checked_add(months)?;
        let year = i16::try_from(index.div_euclid(12)).ok()?;
        let month = u8::try_from(index.rem_euclid(12) + 1).ok()?;
        Self::new(year, month).ok()
    }

    fn index(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month) - 1
    }
}

impl fmt::Display for YearMonth {
    /// `YYYY-MM`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl fmt::Debug for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "YearMonth({self})")
    }
}

impl TryFrom<String> for YearMonth {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        Self::parse(&text)
    }
}

impl From<YearMonth> for String {
    fn from(month: YearMonth) -> Self {
        month.to_string()
    }
}
