//! Instants, Japanese business time, and the clock that is handed in.
//!
//! Nothing here reads the process time zone: Japan has had no daylight saving since 1951, so Japanese time is a
//! fixed offset of nine hours.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// An instant, in whole seconds since 1970-01-01T00:00:00Z.
///
/// ```
/// use netmile::time::Timestamp;
/// let asked = Timestamp::parse_jst("20240102030405")?;
/// assert_eq!(asked.to_jst(), "20240102030405");
/// assert_eq!(asked.plus_seconds(60).to_jst(), "20240102030505");
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

/// First and last second that the wire's 14 digits can say: years 1 to 9999, Japanese time.
const RANGE: std::ops::RangeInclusive<i64> = -62_135_629_200..=253_402_268_399;

impl Timestamp {
    /// Takes seconds since 1970-01-01T00:00:00Z; clamped to the years 1 to 9999.
    #[must_use]
    pub const fn from_unix(seconds: i64) -> Self {
        let seconds = if seconds < *RANGE.start() {
            *RANGE.start()
        } else if seconds > *RANGE.end() {
            *RANGE.end()
        } else {
            seconds
        };
        Self(seconds)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn as_unix(self) -> i64 {
        self.0
    }

    /// Reads `YYYYMMDDHHMMSS` in Japanese time, as the gateway writes it.
    ///
    /// # Errors
    /// `invalid_value` when it is not 14 digits or not a date.
    pub fn parse_jst(text: &str) -> Result<Self> {
        let wrong = || {
            Error::field(
                ErrorKind::InvalidValue,
                "date",
                "must be a date written YYYYMMDDHHMMSS",
            )
        };
        if text.len() != 14 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        let number = |range: std::ops::Range<usize>| {
            text.get(range)
                .and_then(|digits| digits.parse::<i16>().ok())
                .ok_or_else(wrong)
        };
        let small = |range| number(range).and_then(|n| i8::try_from(n).map_err(|_| wrong()));
        let civil = DateTime::new(
            number(0..4)?,
            small(4..6)?,
            small(6..8)?,
            small(8..10)?,
            small(10..12)?,
            small(12..14)?,
            0,
        )
        .map_err(|_| wrong())?;
        let seconds = jst().to_timestamp(civil).map_err(|_| wrong())?.as_second();
        Ok(Self::from_unix(seconds))
    }

    /// Writes `YYYYMMDDHHMMSS` in Japanese time.
    #[must_use]
    pub fn to_jst(self) -> String {
        let t = self.civil();
        format!(
            "{:04}{:02}{:02}{:02}{:02}{:02}",
            t.year(),
            t.month(),
            t.day(),
            t.hour(),
            t.minute(),
            t.second()
        )
    }

    /// The Japanese business date.
    #[must_use]
    pub fn jst_date(self) -> Date {
        self.civil().date()
    }

    /// The instant `seconds` later (or earlier, if negative).
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_unix(self.0.saturating_add(seconds))
    }

    /// The instant `duration` later; fractions of a second are dropped.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        self.plus_seconds(i64::try_from(duration.as_secs()).unwrap_or(i64::MAX))
    }

    /// The last second of the `months`-th month after the one this instant falls in, in Japanese time.
    ///
    /// A purchase of 15 January with `months` = 3 gives 30 April, 23:59:59.
    #[must_use]
    pub fn end_of_month_after(self, months: u32) -> Self {
        let first = self.jst_date().first_of_month();
        let span = jiff::Span::new().try_months(i64::from(months) + 1);
        let next = span.and_then(|span| first.checked_add(span));
        match next.and_then(|date| jst().to_timestamp(date.at(0, 0, 0, 0))) {
            Ok(start) => Self::from_unix(start.as_second() - 1),
            Err(_) => Self(*RANGE.end()),
        }
    }

    fn civil(self) -> DateTime {
        match jiff::Timestamp::from_second(self.0) {
            Ok(t) => jst().to_datetime(t),
            Err(_) => DateTime::MAX,
        }
    }
}

const fn jst() -> Offset {
    jiff::tz::offset(9)
}

impl fmt::Display for Timestamp {
    /// RFC 3339 with the offset of Japan.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let t = self.civil();
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+09:00",
            t.year(),
            t.month(),
            t.day(),
            t.hour(),
            t.minute(),
            t.second()
        )
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timestamp({self})")
    }
}

/// Who knows what time it is.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// The machine's own clock: the default of a client.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let seconds = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
            Err(before) => -i64::try_from(before.duration().as_secs()).unwrap_or(i64::MAX),
        };
        Timestamp::from_unix(seconds)
    }
}

/// A clock that stands still until it is moved: for tests.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that shows `now`.
    #[must_use]
    pub const fn new(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.0))
    }

    /// Moves the clock by `seconds`.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Sets the clock.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.0, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix(self.0.load(Ordering::SeqCst))
    }
}

/// The fixed zone of Japan, for callers that format with `jiff`.
#[must_use]
pub fn japan() -> TimeZone {
    TimeZone::fixed(jst())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_japanese_time() {
        let t = Timestamp::parse_jst("19700101090000").unwrap();
        assert_eq!(t.as_unix(), 0);
        assert_eq!(t.to_string(), "1970-01-01T09:00:00+09:00");
    }

    #[test]
    fn refuses_what_is_no_date() {
        for bad in [
            "",
            "2024010203040",
            "20240230000000",
            "20241301000000",
            "20240101240000",
            "2024010203040a",
            "２０２４",
        ] {
            assert!(Timestamp::parse_jst(bad).is_err(), "{bad}");
        }
        assert!(Timestamp::parse_jst("20240229000000").is_ok());
    }

    #[test]
    fn the_third_month_ends_on_its_own_last_day() {
        let bought = Timestamp::parse_jst("20240115120000").unwrap();
        assert_eq!(bought.end_of_month_after(3).to_jst(), "20240430235959");
        let bought = Timestamp::parse_jst("20231130235959").unwrap();
        assert_eq!(bought.end_of_month_after(3).to_jst(), "20240229235959");
    }

    proptest! {
        #[test]
        fn written_time_reads_back(seconds in -60_000_000_000i64..250_000_000_000) {
            let t = Timestamp::from_unix(seconds);
            prop_assert_eq!(Timestamp::parse_jst(&t.to_jst()).unwrap(), t);
        }
    }
}
