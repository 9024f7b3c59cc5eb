//! Days, months and hours of Japan time, counted one by one: slow, and easy to believe.

/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// Japan is nine hours ahead, all year.
const AHEAD: i64 = 9 * 3_600;

/// A day of Japan time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// Year.
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    /// 1 to 31.
    pub day: i64,
}

const fn leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_in_year(year: i64) -> i64 {
    if leap(year) { 366 } else { 365 }
}

const fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Day {
    /// The day in Japan at an instant in Unix seconds, from 1970 on.
    #[must_use]
    pub fn at(instant: i64) -> Self {
        Self::numbered((instant + AHEAD).div_euclid(DAY))
    }

    /// The day so many days after 1 January 1970.
    #[must_use]
    pub fn numbered(mut left: i64) -> Self {
        let mut year = 1970;
        while left >= days_in_year(year) {
            left -= days_in_year(year);
            year += 1;
        }
        let mut month = 1;
        while left >= days_in_month(year, month) {
            left -= days_in_month(year, month);
            month += 1;
        }
        let day = left + 1;
        Self { year, month, day }
    }

    /// Days since 1 January 1970.
    #[must_use]
    pub fn number(self) -> i64 {
        let years: i64 = (1970..self.year).map(days_in_year).sum();
        let months: i64 = (1..self.month).map(|m| days_in_month(self.year, m)).sum();
        years + months + self.day - 1
    }

    /// Its first second, in Unix seconds.
    #[must_use]
    pub fn starts(self) -> i64 {
        self.number() * DAY - AHEAD
    }

    /// So many days later; negative for earlier.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self::numbered(self.number() + days)
    }

    /// So many months later; negative for earlier. The day is cut to the end of a shorter month.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Self {
        let (mut year, mut month) = (self.year, self.month);
        for _ in 0..months.abs() {
            month += months.signum();
            if month == 13 {
                (year, month) = (year + 1, 1);
            }
            if month == 0 {
                (year, month) = (year - 1, 12);
            }
        }
        let day = self.day.min(days_in_month(year, month));
        Self { year, month, day }
    }

    /// `YYYY-MM`.
    #[must_use]
    pub fn month_text(self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// An instant in RFC 3339 with `+09:00`.
#[must_use]
pub fn rfc3339(instant: i64) -> String {
    let of_day = (instant + AHEAD).rem_euclid(DAY);
    let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
    format!(
        "{}T{hour:02}:{minute:02}:{second:02}+09:00",
        Day::at(instant)
    )
}

/// An instant to the hour: `2026-11-20T13`.
#[must_use]
pub fn hour_text(instant: i64) -> String {
    let hour = (instant + AHEAD).rem_euclid(DAY) / 3_600;
    format!("{}T{hour:02}", Day::at(instant))
}

/// The first second of the hour of an instant.
#[must_use]
pub fn hour_of(instant: i64) -> i64 {
    instant.div_euclid(3_600) * 3_600
}

#[cfg(test)]
mod tests {
    use super::{Day, hour_text, rfc3339};

    fn day(year: i64, month: i64, day: i64) -> Day {
        Day { year, month, day }
    }

    #[test]
    fn japan_has_tomorrow_from_three_in_the_afternoon_of_greenwich() {
        // 2026-11-21T14:59:59Z and one second later.
        assert_eq!(Day::at(1_795_273_199), day(2026, 11, 21));
        assert_eq!(Day::at(1_795_273_200), day(2026, 11, 22));
        assert_eq!(rfc3339(1_795_273_199), "2026-11-21T23:59:59+09:00");
        assert_eq!(hour_text(1_795_273_200), "2026-11-22T00");
        assert_eq!(day(2026, 11, 22).starts(), 1_795_273_200);
    }

    #[test]
    fn three_months_are_cut_to_the_end_of_a_shorter_month() {
        assert_eq!(day(2026, 11, 30).plus_months(3), day(2027, 2, 28));
        assert_eq!(day(2027, 11, 30).plus_months(3), day(2028, 2, 29));
        assert_eq!(day(2026, 5, 31).plus_months(-3), day(2026, 2, 28));
        assert_eq!(day(2026, 1, 15).plus_months(-1), day(2025, 12, 15));
    }

    #[test]
    fn neither_ninety_days_nor_three_months_contains_the_other() {
        let longer = day(2026, 5, 1);
        assert_eq!(longer.plus_months(3).number() - longer.number(), 92);
        let shorter = day(2026, 2, 1);
        assert_eq!(shorter.plus_months(3).number() - shorter.number(), 89);
    }

    #[test]
    fn days_and_numbers_fit_each_other() {
        for number in (0..40_000).step_by(17) {
            assert_eq!(Day::numbered(number).number(), number);
        }
    }
}
