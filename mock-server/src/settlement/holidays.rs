//! Japanese national holidays (国民の祝日に関する法律), 2000 to 2099, and business days.
//!
//! The law names fixed days and Mondays; the two equinoxes follow from an approximation that holds
//! from 1980 to 2099, because the real days are announced only a year ahead.

use jiff::{ToSpan as _, civil::Date, civil::Weekday};

/// Whether a day is a national holiday: a named one, a substitute (振替休日) or the day between two
/// named ones (国民の休日). Outside 2000 to 2099 no day is.
///
/// ```
/// use jiff::civil::date;
/// use netmile_mock::settlement::holidays::is_holiday;
///
/// assert!(is_holiday(date(2026, 9, 22)), "between Respect for the Aged Day and the equinox");
/// assert!(is_holiday(date(2026, 5, 6)), "substitute for Sunday, 3 May");
/// assert!(!is_holiday(date(2026, 12, 23)), "an emperor's birthday until 2018");
/// ```
#[must_use]
pub fn is_holiday(date: Date) -> bool {
    is_named(date) || is_substitute(date) || is_between(date)
}

/// Whether banks work: neither Saturday, Sunday nor national holiday.
///
/// The bank holidays of the turn of the year are left out: nothing falls due on them here.
#[must_use]
pub fn is_business_day(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_holiday(date)
}

/// The day itself when banks work on it, else the business day before.
///
/// ```
/// use jiff::civil::date;
/// use netmile_mock::settlement::holidays::business_day_by;
///
/// // The 25th is a Saturday, the 24th and the 23rd are holidays.
/// assert_eq!(business_day_by(date(2020, 7, 25)), date(2020, 7, 22));
/// ```
#[must_use]
pub fn business_day_by(date: Date) -> Date {
    let mut day = date;
    // No run of days off is longer than this.
    for _ in 0..14 {
        if is_business_day(day) {
            break;
        }
        day = before(day);
    }
    day
}

fn before(date: Date) -> Date {
    date.yesterday().unwrap_or(date)
}

/// 振替休日: when a holiday falls on a Sunday. Until 2006 the Monday after it, since 2007 the next day
/// that is no holiday itself.
fn is_substitute(date: Date) -> bool {
    if is_named(date) {
        return false;
    }
    if date.year() < 2007 {
        let eve = before(date);
        return eve.weekday() == Weekday::Sunday && is_named(eve);
    }
    let mut day = before(date);
    // At most four named days follow each other.
    for _ in 0..7 {
        if !is_named(day) {
            return false;
        }
        if day.weekday() == Weekday::Sunday {
            return true;
        }
        day = before(day);
    }
    false
}

/// 国民の休日: between two named holidays.
fn is_between(date: Date) -> bool {
    let Ok(tomorrow) = date.tomorrow() else {
        return false;
    };
    let between = !is_named(date) && is_named(before(date)) && is_named(tomorrow);
    // Until 2006 a Sunday stayed a Sunday.
    between && (date.year() >= 2007 || date.weekday() != Weekday::Sunday)
}

/// A day that the law names.
fn is_named(date: Date) -> bool {
    let (year, month, day) = (date.year(), date.month(), date.day());
    if !(2000..=2099).contains(&year) {
        return false;
    }
    let monday = |nth: i8| date.weekday() == Weekday::Monday && (day - 1) / 7 + 1 == nth;
    match month {
        1 => day == 1 || monday(2),
        2 => day == 11 || (day == 23 && year >= 2020),
        3 => day == vernal_equinox(year),
        4 => day == 29,
        // 4 May became a named day in 2007; the accession was in 2019.
        5 => matches!(day, 3 | 5) || (day == 4 && year >= 2007) || (day == 1 && year == 2019),
        // The Olympic years moved three days.
        7 => match year {
            2020 => matches!(day, 23 | 24),
            2021 => matches!(day, 22 | 23),
            ..=2002 => day == 20,
            _ => monday(3),
        },
        8 => match year {
            2020 => day == 10,
            2021 => day == 8,
            _ => day == 11 && year >= 2016,
        },
        9 => day == autumnal_equinox(year) || if year <= 2002 { day == 15 } else { monday(3) },
        10 => match year {
            2020 | 2021 => false,
            _ => monday(2) || (day == 22 && year == 2019),
        },
        11 => matches!(day, 3 | 23),
        12 => day == 23 && year <= 2018,
        _ => false,
    }
}

fn vernal_equinox(year: i16) -> i8 {
    equinox(20_843_100, year)
}

fn autumnal_equinox(year: i16) -> i8 {
    equinox(23_248_800, year)
}

/// The day of an equinox: its place in 1980 in millionths of a day, plus what a solar year exceeds
/// 365 days by, minus the leap days.
fn equinox(place_in_1980: i64, year: i16) -> i8 {
    let since = i64::from(year) - 1980;
    let day = (place_in_1980 + 242_194 * since).div_euclid(1_000_000) - since.div_euclid(4);
    i8::try_from(day).unwrap_or(0)
}

/// All holidays of a year, in order.
#[must_use]
pub fn holidays_of(year: i16) -> Vec<Date> {
    let Ok(first) = Date::new(year, 1, 1) else {
        return Vec::new();
    };
    first
        .series(1.day())
        .take_while(|day| day.year() == year)
        .filter(|day| is_holiday(*day))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written down by hand from calendars, as `month/day`.
    const YEARS: [(i16, &str); 12] = [
        (
            2000,
            "1/1 1/10 2/11 3/20 4/29 5/3 5/4 5/5 7/20 9/15 9/23 10/9 11/3 11/23 12/23",
        ),
        (
            2001,
            "1/1 1/8 2/11 2/12 3/20 4/29 4/30 5/3 5/4 5/5 7/20 9/15 9/23 9/24 10/8 11/3 11/23 12/23 12/24",
        ),
        (
            2002,
            "1/1 1/14 2/11 3/21 4/29 5/3 5/4 5/5 5/6 7/20 9/15 9/16 9/23 10/14 11/3 11/4 11/23 12/23",
        ),
        (
            2003,
            "1/1 1/13 2/11 3/21 4/29 5/3 5/5 7/21 9/15 9/23 10/13 11/3 11/23 11/24 12/23",
        ),
        (
            2009,
            "1/1 1/12 2/11 3/20 4/29 5/3 5/4 5/5 5/6 7/20 9/21 9/22 9/23 10/12 11/3 11/23 12/23",
        ),
        (
            2016,
            "1/1 1/11 2/11 3/20 3/21 4/29 5/3 5/4 5/5 7/18 8/11 9/19 9/22 10/10 11/3 11/23 12/23",
        ),
        (
            2018,
            "1/1 1/8 2/11 2/12 3/21 4/29 4/30 5/3 5/4 5/5 7/16 8/11 9/17 9/23 9/24 10/8 11/3 11/23 12/23 12/24",
        ),
        (
            2019,
            "1/1 1/14 2/11 3/21 4/29 4/30 5/1 5/2 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/23 10/14 10/22 11/3 11/4 11/23",
        ),
        (
            2020,
            "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/23 7/24 8/10 9/21 9/22 11/3 11/23",
        ),
        (
            2021,
            "1/1 1/11 2/11 2/23 3/20 4/29 5/3 5/4 5/5 7/22 7/23 8/8 8/9 9/20 9/23 11/3 11/23",
        ),
        (
            2024,
            "1/1 1/8 2/11 2/12 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/22 9/23 10/14 11/3 11/4 11/23",
        ),
        (
            2026,
            "1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23",
        ),
    ];

    #[test]
    fn the_years_are_those_of_the_calendar() {
        for (year, written) in YEARS {
            let computed: Vec<String> = holidays_of(year)
                .iter()
                .map(|day| format!("{}/{}", day.month(), day.day()))
                .collect();
            assert_eq!(computed.join(" "), written, "{year}");
        }
    }

    #[test]
    fn a_century_has_no_more_than_is_possible() {
        for year in 2000..=2099 {
            let days = holidays_of(year).len();
            assert!((14..=22).contains(&days), "{year}: {days}");
        }
        assert!(holidays_of(1999).is_empty() && holidays_of(2100).is_empty());
    }

    #[test]
    fn a_business_day_by_the_25th_is_never_far() {
        for year in 1990..2110 {
            for month in 1..=12 {
                let due = Date::new(year, month, 25).unwrap();
                let paid = business_day_by(due);
                assert!(is_business_day(paid), "{paid}");
                assert!((20..=25).contains(&paid.day()), "{paid}");
            }
        }
    }
}
