//! The virtual clock. Every date of the mock is Japan time.

use std::sync::Mutex;

use jiff::{Timestamp, civil, tz};

/// Seconds between UTC and Japan time.
const JST_SECONDS: i32 = 9 * 3600;

/// 9990-01-01T00:00:00Z: what is computed from a date, such as the end of a refund, has a date too.
const END: i64 = 253_086_768_000;

/// How the mock's clock runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClockMode {
    /// Real time plus whatever was advanced.
    #[default]
    Real,
    /// Stands still at this instant (Unix seconds) until it is advanced.
    Frozen(i64),
}

/// Reads an instant such as `2026-01-02T03:04:05+09:00`.
///
/// # Errors
/// A message that names the expected form.
pub fn parse_instant(text: &str) -> Result<i64, String> {
    text.parse::<Timestamp>()
        .map(Timestamp::as_second)
        .map_err(|_| "an instant is written like 2026-01-02T03:04:05+09:00".to_owned())
}

/// The clock itself; cheap to ask.
#[derive(Debug)]
pub struct Clock {
    mode: ClockMode,
    advanced: Mutex<i64>,
}

impl Clock {
    /// A clock in `mode`, `advanced` seconds ahead.
    #[must_use]
    pub fn new(mode: ClockMode, advanced: i64) -> Self {
        Self {
            mode,
            advanced: Mutex::new(advanced),
        }
    }

    /// Unix seconds of now.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.base().saturating_add(self.offset())
    }

    fn base(&self) -> i64 {
        match self.mode {
            ClockMode::Real => Timestamp::now().as_second(),
            ClockMode::Frozen(at) => at,
        }
    }

    /// Whether the clock stands still by itself.
    #[must_use]
    pub fn is_frozen(&self) -> bool {
        matches!(self.mode, ClockMode::Frozen(_))
    }

    /// Seconds advanced so far.
    #[must_use]
    pub fn offset(&self) -> i64 {
        *self
            .advanced
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Whether it can be moved so far.
    #[must_use]
    pub fn reaches(&self, seconds: u32) -> bool {
        self.now().saturating_add(i64::from(seconds)) < END
    }

    /// Moves the clock forward; it never goes back. `false`, and it stands, when it would leave
    /// the years that a date on the wire can say.
    pub fn advance(&self, seconds: u32) -> bool {
        let mut offset = self
            .advanced
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let further = offset.saturating_add(i64::from(seconds));
        let possible = self.base().saturating_add(further) < END;
        if possible {
            *offset = further;
        }
        possible
    }
}

pub(crate) fn civil_of(unix: i64) -> civil::DateTime {
    let zone =
        tz::TimeZone::fixed(tz::Offset::from_seconds(JST_SECONDS).unwrap_or(tz::Offset::UTC));
    Timestamp::from_second(unix)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .to_zoned(zone)
        .datetime()
}

/// `YYYYMMDDHHMMSS` in Japan time, the form of `request_date` and `res_date`.
///
/// ```
/// assert_eq!(netmile_mock::clock::stamp(1_704_132_245), "20240102030405");
/// ```
#[must_use]
pub fn stamp(unix: i64) -> String {
    civil_of(unix).strftime("%Y%m%d%H%M%S").to_string()
}

/// `2026-01-02T03:04:05+09:00`, the form of the admin API.
#[must_use]
pub fn rfc3339(unix: i64) -> String {
    civil_of(unix)
        .strftime("%Y-%m-%dT%H:%M:%S+09:00")
        .to_string()
}

/// `2026-01-02 03:04:05` in Japan time, the form of the pages.
#[must_use]
pub fn display(unix: i64) -> String {
    civil_of(unix).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Reads `YYYYMMDDHHMMSS` as Japan time; `None` when it is no such date.
#[must_use]
pub fn parse_stamp(text: &str) -> Option<i64> {
    if text.len() != 14 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
    let small = |from: usize, to: usize| number(from, to).and_then(|n| i8::try_from(n).ok());
    let local = civil::DateTime::new(
        number(0, 4)?,
        small(4, 6)?,
        small(6, 8)?,
        small(8, 10)?,
        small(10, 12)?,
        small(12, 14)?,
        0,
    )
    .ok()?;
    Some(to_unix(local))
}

pub(crate) fn to_unix(local: civil::DateTime) -> i64 {
    tz::Offset::from_seconds(JST_SECONDS)
        .ok()
        .and_then(|offset| offset.to_timestamp(local).ok())
        .map_or(0, Timestamp::as_second)
}

/// The first instant after the last day of the month `months` after the one of `unix`.
///
/// A purchase in January with three months gives 1 May, 00:00:00.
#[must_use]
pub fn end_of_month_after(unix: i64, months: u8) -> i64 {
    let day = civil_of(unix).date();
    let total = i32::from(day.year()) * 12 + i32::from(day.month()) - 1 + i32::from(months) + 1;
    month_start(total)
}

/// The first instant after the month `YYYYMM`; `None` when it is no month.
#[must_use]
pub fn end_of_month(text: &str) -> Option<i64> {
    let year: i32 = text.get(0..4)?.parse().ok()?;
    let month: i32 = text.get(4..6)?.parse().ok()?;
    if text.len() != 6 || !(1..=12).contains(&month) {
        return None;
    }
    Some(month_start(year * 12 + month))
}

fn month_start(months_since_zero: i32) -> i64 {
    let year = i16::try_from(months_since_zero.div_euclid(12)).unwrap_or(i16::MAX);
    let month = i8::try_from(months_since_zero.rem_euclid(12) + 1).unwrap_or(1);
    civil::DateTime::new(year, month, 1, 0, 0, 0, 0).map_or(i64::MAX, to_unix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_are_japan_time_and_round_trip() {
        let at = parse_instant("2026-01-02T03:04:05+09:00").unwrap();
        assert_eq!(stamp(at), "20260102030405");
        assert_eq!(parse_stamp("20260102030405"), Some(at));
        assert_eq!(rfc3339(at), "2026-01-02T03:04:05+09:00");
        for wrong in [
            "20260230000000",
            "2026010203040",
            "2026010203040x",
            "20261301000000",
        ] {
            assert_eq!(parse_stamp(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn refunds_end_with_the_third_month() {
        let bought = parse_stamp("20260131235959").unwrap();
        assert_eq!(stamp(end_of_month_after(bought, 3)), "20260501000000");
        let december = parse_stamp("20251201000000").unwrap();
        assert_eq!(stamp(end_of_month_after(december, 3)), "20260401000000");
        assert_eq!(
            end_of_month("202612").map(stamp).as_deref(),
            Some("20270101000000")
        );
        assert_eq!(end_of_month("202613"), None);
    }

    #[test]
    fn a_frozen_clock_only_moves_when_told() {
        let clock = Clock::new(ClockMode::Frozen(100), 0);
        assert_eq!(clock.now(), 100);
        assert!(clock.advance(60));
        assert_eq!(clock.now(), 160);
    }
}
