//! Days on the wire.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// A day of Japan time, written `YYYY-MM-DD`.
///
/// ```
/// use netmile::reference::Day;
/// let day: Day = "2026-12-24".parse()?;
/// assert_eq!(day.to_string(), "2026-12-24");
/// assert!("2026-02-30".parse::<Day>().is_err());
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(Date);

impl Day {
    /// The day as a date.
    #[must_use]
    pub const fn date(self) -> Date {
        self.0
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(date)
    }
}

impl FromStr for Day {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wrong = || {
            Error::field(
                ErrorKind::InvalidValue,
                "day",
                "must be a day written YYYY-MM-DD",
            )
        };
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts.as_slice() else {
            return Err(wrong());
        };
        let digits = |part: &str, count: usize| {
            let fits = part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
            fits.then(|| part.parse::<i16>().ok())
                .flatten()
                .ok_or_else(wrong)
        };
        let small = |part| digits(part, 2).and_then(|n| i8::try_from(n).map_err(|_| wrong()));
        Date::new(digits(year, 4)?, small(month)?, small(day)?)
            .map(Self)
            .map_err(|_| wrong())
    }
}

impl TryFrom<String> for Day {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.0.year(),
            self.0.month(),
            self.0.day()
        )
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Day({self})")
    }
}
