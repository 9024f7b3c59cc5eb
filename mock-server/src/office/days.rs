//! Days of Japan time, as days since 1970-01-01.

use jiff::{Span, civil};

use super::terms::Weekday;
use crate::clock;

const DAY: i64 = 86_400;
const JST: i64 = 9 * 3_600;

/// The day of an instant.
pub(crate) const fn of(unix: i64) -> i32 {
    let day = unix.saturating_add(JST).div_euclid(DAY);
    // The clock ends with the year 9989.
    if day > i32::MAX as i64 {
        i32::MAX
    } else {
        day as i32
    }
}

/// The first instant of a day.
pub(crate) fn start(day: i32) -> i64 {
    i64::from(day) * DAY - JST
}

/// Reads `YYYY-MM-DD`; `None` when it is no such day.
pub(crate) fn parse(text: &str) -> Option<i32> {
    let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let date: civil::Date = plain.then(|| text.parse().ok())??;
    Some(of(clock::to_unix(date.at(0, 0, 0, 0))))
}

/// Reads `YYYY-MM-DDTHH`, the first instant of an hour.
pub(crate) fn parse_hour(text: &str) -> Option<i64> {
    let (day, hour) = text.split_once('T')?;
    let hour: i64 = (hour.len() == 2 && hour.bytes().all(|b| b.is_ascii_digit()))
        .then(|| hour.parse().ok())??;
    (hour < 24).then_some(())?;
    Some(start(parse(day)?) + hour * 3_600)
}

fn date(day: i32) -> civil::Date {
    clock::civil_of(start(day)).date()
}

/// `YYYY-MM-DD`.
pub(crate) fn text(day: i32) -> String {
    date(day).strftime("%Y-%m-%d").to_string()
}

/// The same day of the month some months later or earlier, or the last day of a shorter month.
pub(crate) fn add_months(day: i32, months: i64) -> i32 {
    let moved = Span::new()
        .try_months(months)
        .and_then(|span| date(day).checked_add(span));
    moved.map_or(day, |date| of(clock::to_unix(date.at(0, 0, 0, 0))))
}

/// Month of an instant: years since 0 times 12, plus the month from 0.
pub(crate) fn month_of(unix: i64) -> i32 {
    let date = clock::civil_of(unix).date();
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

/// Reads `YYYY-MM`.
pub(crate) fn parse_month(text: &str) -> Option<i32> {
    (text.len() == 7).then_some(())?;
    Some(month_of(start(parse(&format!("{text}-01"))?)))
}

/// Whether a day is this day of a week.
pub(crate) fn is_weekday(day: i32, weekday: Weekday) -> bool {
    let wanted = match weekday {
        Weekday::Monday => civil::Weekday::Monday,
        Weekday::Tuesday => civil::Weekday::Tuesday,
        Weekday::Wednesday => civil::Weekday::Wednesday,
        Weekday::Thursday => civil::Weekday::Thursday,
        Weekday::Friday => civil::Weekday::Friday,
        Weekday::Saturday => civil::Weekday::Saturday,
        Weekday::Sunday => civil::Weekday::Sunday,
    };
    date(day).weekday() == wanted
}

/// Whether a day is the `wanted`th of its month, or the last one of a month that is shorter.
pub(crate) fn is_day_of_month(day: i32, wanted: u8) -> bool {
    let date = date(day);
    let of_month = u8::try_from(date.day()).unwrap_or(0);
    let last = u8::try_from(date.days_in_month()).unwrap_or(0);
    of_month == wanted.min(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_change_at_midnight_in_japan() {
        let midnight = clock::parse_instant("2026-03-01T00:00:00+09:00").unwrap();
        assert_eq!(text(of(midnight)), "2026-03-01");
        assert_eq!(text(of(midnight - 1)), "2026-02-28");
        assert_eq!(start(of(midnight)), midnight);
        assert_eq!(parse("2026-02-29"), None);
        assert_eq!(parse("+2026-02-2"), None);
        assert_eq!(parse_hour("2026-03-01T13"), Some(midnight + 13 * 3_600));
        assert_eq!(parse_hour("2026-03-01T24"), None);
        assert_eq!(parse_month("2026-13"), None);
    }

    #[test]
    fn three_months_end_with_the_shorter_month() {
        let day = |t: &str| parse(t).unwrap();
        assert_eq!(add_months(day("2025-11-30"), 3), day("2026-02-28"));
        assert_eq!(add_months(day("2026-05-31"), -3), day("2026-02-28"));
        assert_eq!(parse_month("2026-03"), Some(2026 * 12 + 2));
    }
}
