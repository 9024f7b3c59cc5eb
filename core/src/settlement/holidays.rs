//! National holidays of Japan (国民の祝日) and bank business days, 2000 to 2099.
//!
//! Computed from the law as it stands, with its changes of 2000, 2003, 2007, 2014, 2016, 2018 and 2020 and the moved
//! days of 2019 to 2021. The equinoxes of years to come follow the usual approximation; the government announces them
//! a year ahead. The law may change again.
//!
//! Source: docs/protocol/settlement.md#payout

use jiff::civil::{Date, Weekday};

use crate::error::{Error, ErrorKind, Result};

/// Years that are known, both included.
pub const YEARS: std::ops::RangeInclusive<i16> = 2000..=2099;

/// Whether a date is a holiday: a national one, its substitute (振替休日), or a day between two (国民の休日).
///
/// ```
/// use netmile::settlement::holidays::is_holiday;
/// assert!(is_holiday("2026-05-06".parse().unwrap())?); // for Constitution Day on a Sunday
/// assert!(!is_holiday("2026-05-07".parse().unwrap())?);
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// # Errors
/// `invalid_value` outside the years 2000 to 2099.
pub fn is_holiday(date: Date) -> Result<bool> {
    known(date)?;
    Ok(is_national(date) || is_substitute(date) || is_between(date))
}

/// Whether banks transfer money: not on Saturdays, Sundays, holidays, and 31 December to 3 January.
///
/// # Errors
/// `invalid_value` outside the years 2000 to 2099.
pub fn is_business_day(date: Date) -> Result<bool> {
    let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    let new_year = matches!((date.month(), date.day()), (12, 31) | (1, 1..=3));
    Ok(!is_holiday(date)? && !weekend && !new_year)
}

/// The date itself if it is a business day, else the last one before it.
///
/// # Errors
/// `invalid_value` outside the years 2000 to 2099.
pub fn business_day_on_or_before(date: Date) -> Result<Date> {
    let mut day = date;
    while !is_business_day(day)? {
        day = day.yesterday().map_err(|_| out_of_range())?;
    }
    Ok(day)
}

fn known(date: Date) -> Result<()> {
    if YEARS.contains(&date.year()) {
        Ok(())
    } else {
        Err(out_of_range())
    }
}

fn out_of_range() -> Error {
    Error::field(
        ErrorKind::InvalidValue,
        "date",
        "must be in the years 2000 to 2099: other holidays are not known",
    )
}

/// A day that the law names.
fn is_national(date: Date) -> bool {
    let (year, month, day) = (date.year(), date.month(), date.day());
    let monday = |nth: i8| date.weekday() == Weekday::Monday && (day - 1) / 7 + 1 == nth;
    match month {
        1 => day == 1 || monday(2),
        2 => day == 11 || (day == 23 && year >= 2020),
        3 => day == equinox(year, VERNAL),
        4 => day == 29,
        5 => matches!(day, 3 | 5) || (day == 4 && year >= 2007) || (day == 1 && year == 2019),
        7 => match year {
            2000..=2002 => day == 20,
            2020 => matches!(day, 23 | 24),
            2021 => matches!(day, 22 | 23),
            _ => monday(3),
        },
        8 => match year {
            2000..=2015 => false,
            2020 => day == 10,
            2021 => day == 8,
            _ => day == 11,
        },
        9 => {
            let aged = if year < 2003 { day == 15 } else { monday(3) };
            aged || day == equinox(year, AUTUMNAL)
        }
        10 => match year {
            2019 => monday(2) || day == 22,
            2020 | 2021 => false,
            _ => monday(2),
        },
        11 => matches!(day, 3 | 23),
        12 => day == 23 && year <= 2018,
        _ => false,
    }
}

/// The day after a holiday on a Sunday; since 2007 the next one that is not itself a national holiday.
fn is_substitute(date: Date) -> bool {
    if is_national(date) {
        return false;
    }
    let mut day = date;
    loop {
        let Ok(before) = day.yesterday() else {
            return false;
        };
        if !is_national(before) {
            return false;
        }
        if before.weekday() == Weekday::Sunday {
            return true;
        }
        if date.year() < 2007 {
            return false;
        }
        day = before;
    }
}

/// A day between two national holidays; until 2006 not a Sunday.
fn is_between(date: Date) -> bool {
    let neighbour = |day: Result<Date, jiff::Error>| day.is_ok_and(is_national);
    !is_national(date)
        && (date.year() >= 2007 || date.weekday() != Weekday::Sunday)
        && neighbour(date.yesterday())
        && neighbour(date.tomorrow())
}

/// Day of the month of 1980 in millionths, for the vernal equinox in March and the autumnal one in September.
const VERNAL: i64 = 20_843_100;
const AUTUMNAL: i64 = 23_248_800;

/// The usual approximation, good for 1980 to 2099: the tropical year is 0.242194 days longer than 365.
fn equinox(year: i16, day_of_1980: i64) -> i8 {
    let years = i64::from(year) - 1980;
    let day = (day_of_1980 + 242_194 * years) / 1_000_000 - years / 4;
    i8::try_from(day).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Holidays of whole years, written by hand as `MMDD`.
    const BY_HAND: &[(i16, &str)] = &[
        (
            2000,
            "0101 0110 0211 0320 0429 0503 0504 0505 0720 0915 0923 1009 1103 1123 1223",
        ),
        (
            2002,
            "0101 0114 0211 0321 0429 0503 0504 0505 0506 0720 0915 0916 0923 1014 1103 1104 1123 1223",
        ),
        (
            2003,
            "0101 0113 0211 0321 0429 0503 0505 0721 0915 0923 1013 1103 1123 1124 1223",
        ),
        (
            2006,
            "0101 0102 0109 0211 0321 0429 0503 0504 0505 0717 0918 0923 1009 1103 1123 1223",
        ),
        (
            2007,
            "0101 0108 0211 0212 0321 0429 0430 0503 0504 0505 0716 0917 0923 0924 1008 1103 1123 1223 1224",
        ),
        (
            2008,
            "0101 0114 0211 0320 0429 0503 0504 0505 0506 0721 0915 0923 1013 1103 1123 1124 1223",
        ),
        (
            2009,
            "0101 0112 0211 0320 0429 0503 0504 0505 0506 0720 0921 0922 0923 1012 1103 1123 1223",
        ),
        (
            2015,
            "0101 0112 0211 0321 0429 0503 0504 0505 0506 0720 0921 0922 0923 1012 1103 1123 1223",
        ),
        (
            2016,
            "0101 0111 0211 0320 0321 0429 0503 0504 0505 0718 0811 0919 0922 1010 1103 1123 1223",
        ),
        (
            2018,
            "0101 0108 0211 0212 0321 0429 0430 0503 0504 0505 0716 0811 0917 0923 0924 1008 1103 1123 1223 1224",
        ),
        (
            2019,
            "0101 0114 0211 0321 0429 0430 0501 0502 0503 0504 0505 0506 0715 0811 0812 0916 0923 1014 1022 1103 1104 1123",
        ),
        (
            2020,
            "0101 0113 0211 0223 0224 0320 0429 0503 0504 0505 0506 0723 0724 0810 0921 0922 1103 1123",
        ),
        (
            2021,
            "0101 0111 0211 0223 0320 0429 0503 0504 0505 0722 0723 0808 0809 0920 0923 1103 1123",
        ),
        (
            2022,
            "0101 0110 0211 0223 0321 0429 0503 0504 0505 0718 0811 0919 0923 1010 1103 1123",
        ),
        (
            2024,
            "0101 0108 0211 0212 0223 0320 0429 0503 0504 0505 0506 0715 0811 0812 0916 0922 0923 1014 1103 1104 1123",
        ),
        (
            2025,
            "0101 0113 0211 0223 0224 0320 0429 0503 0504 0505 0506 0721 0811 0915 0923 1013 1103 1123 1124",
        ),
        (
            2026,
            "0101 0112 0211 0223 0320 0429 0503 0504 0505 0506 0720 0811 0921 0922 0923 1012 1103 1123",
        ),
    ];

    #[test]
    fn whole_years_are_as_written_by_hand() {
        for (year, expected) in BY_HAND {
            let mut day = Date::new(*year, 1, 1).unwrap();
            let mut found = Vec::new();
            while day.year() == *year {
                if is_holiday(day).unwrap() {
                    found.push(format!("{:02}{:02}", day.month(), day.day()));
                }
                day = day.tomorrow().unwrap();
            }
            assert_eq!(found.join(" "), *expected, "{year}");
        }
    }

    #[test]
    fn every_year_has_15_to_22_holidays() {
        let mut day = Date::new(2000, 1, 1).unwrap();
        let mut counts = std::collections::BTreeMap::<i16, u32>::new();
        while YEARS.contains(&day.year()) {
            *counts.entry(day.year()).or_default() += u32::from(is_holiday(day).unwrap());
            day = day.tomorrow().unwrap();
        }
        assert_eq!(counts.len(), 100);
        assert!(counts.values().all(|n| (15..=22).contains(n)), "{counts:?}");
    }

    #[test]
    fn business_days_step_back_over_everything_closed() {
        for (date, expected) in [
            ("2026-02-25", "2026-02-25"),
            // A Saturday after two holidays.
            ("2020-07-25", "2020-07-22"),
            // Sunday, Saturday, Labour Thanksgiving Day on a Friday.
            ("2029-11-25", "2029-11-22"),
            ("2026-07-25", "2026-07-24"),
            ("2026-01-03", "2025-12-30"),
        ] {
            let day = business_day_on_or_before(date.parse().unwrap()).unwrap();
            assert_eq!(day.to_string(), expected);
        }
    }

    #[test]
    fn years_that_are_not_known_are_refused() {
        for date in ["1999-12-31", "2100-01-01"] {
            assert!(is_holiday(date.parse().unwrap()).is_err());
        }
        // Steps back out of what is known.
        assert!(business_day_on_or_before("2000-01-03".parse().unwrap()).is_err());
    }
}
