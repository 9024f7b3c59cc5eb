//! A month in Japan time: what is closed, and what a recurring contract is billed for.

use std::{fmt, str::FromStr};

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::clock;

/// A month in Japan time, written `YYYYMM`, from the year 0000 to 9998.
///
/// ```
/// use netmile_mock::settlement::Month;
///
/// let month: Month = "202612".parse().unwrap();
/// assert_eq!(month.next().to_string(), "202701");
/// assert_eq!(Month::of(month.start()), month);
/// assert_eq!(Month::of(month.end() - 1), month);
/// assert!("202613".parse::<Month>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    /// Months since January of the year 0.
    index: u32,
}

/// The last month whose end has a date.
const LAST: u32 = 9_998 * 12 + 11;

impl Month {
    /// The month in which an instant (Unix seconds) lies in Japan.
    #[must_use]
    pub fn of(unix: i64) -> Self {
        Self::of_date(clock::civil_of(unix).date())
    }

    /// The month of a date.
    #[must_use]
    pub fn of_date(date: Date) -> Self {
        let year = u32::try_from(date.year()).unwrap_or(0);
        let month = u32::try_from(date.month()).unwrap_or(1);
        Self::from_index(year * 12 + month - 1)
    }

    /// The month `index` months after January of the year 0.
    #[must_use]
    pub fn from_index(index: u32) -> Self {
        Self {
            index: index.min(LAST),
        }
    }

    /// Months since January of the year 0.
    #[must_use]
    pub const fn index(self) -> u32 {
        self.index
    }

    /// The month after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self::from_index(self.index + 1)
    }

    /// Its first instant, Unix seconds.
    #[must_use]
    pub fn start(self) -> i64 {
        start_of(self.day(1))
    }

    /// The first instant after it, Unix seconds.
    #[must_use]
    pub fn end(self) -> i64 {
        self.next().start()
    }

    /// Whether it is the last month of a calendar quarter.
    #[must_use]
    pub const fn ends_quarter(self) -> bool {
        self.index % 3 == 2
    }

    /// One of its days; the first when it has no such day.
    #[must_use]
    pub fn day(self, day: i8) -> Date {
        let year = i16::try_from(self.index / 12).unwrap_or(i16::MAX);
        let month = i8::try_from(self.index % 12 + 1).unwrap_or(1);
        Date::new(year, month, day)
            .or_else(|_| Date::new(year, month, 1))
            .unwrap_or(Date::MAX)
    }
}

/// The first instant of a day in Japan, Unix seconds.
pub(crate) fn start_of(date: Date) -> i64 {
    clock::to_unix(DateTime::from_parts(date, jiff::civil::Time::midnight()))
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}{:02}", self.index / 12, self.index % 12 + 1)
    }
}

impl FromStr for Month {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "month: six digits, YYYYMM, such as 202601".to_owned();
        if text.len() != 6 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        let number: u32 = text.parse().map_err(|_| wrong())?;
        let (year, month) = (number / 100, number % 100);
        if !(1..=12).contains(&month) || year > 9_998 {
            return Err(wrong());
        }
        Ok(Self::from_index(year * 12 + month - 1))
    }
}

impl TryFrom<String> for Month {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_and_ends_at_midnight_in_japan() {
        let month: Month = "202402".parse().unwrap();
        assert_eq!(clock::stamp(month.start()), "20240201000000");
        assert_eq!(clock::stamp(month.end()), "20240301000000");
        // 15:00 UTC of 31 January is February in Japan.
        let eve = clock::parse_instant("2024-01-31T15:00:00Z").unwrap();
        assert_eq!(Month::of(eve), month);
        assert_eq!(Month::of(eve - 1).to_string(), "202401");
    }

    #[test]
    fn what_is_no_month_is_refused() {
        for wrong in [
            "", "2024", "20240a", "202400", "+20241", "2024011", "999901",
        ] {
            assert!(wrong.parse::<Month>().is_err(), "{wrong}");
        }
        assert!(serde_json::from_str::<Month>("\"202400\"").is_err());
    }

    #[test]
    fn quarters_end_in_march_june_september_and_december() {
        let ends: Vec<String> = (0..12)
            .map(|n| Month::from_index(2026 * 12 + n))
            .filter(|m| m.ends_quarter())
            .map(|m| m.to_string())
            .collect();
        assert_eq!(ends, ["202603", "202606", "202609", "202612"]);
    }
}
