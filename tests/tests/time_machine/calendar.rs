//! The days of Japan, one after the other, from 1 January 2027 on.

/// Year, month, day.
pub(crate) type Date = (u32, u32, u32);

/// Unix seconds of 1 January 2027, 00:00 in Japan.
const BEGIN: i64 = 1_798_729_200;

pub(crate) struct Calendar {
    pub(crate) days: Vec<Date>,
}

pub(crate) fn last_day(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Calendar {
    pub(crate) fn new(months: usize) -> Self {
        let mut days = Vec::new();
        let (mut year, mut month) = (2027, 1);
        for _ in 0..months {
            days.extend((1..=last_day(year, month)).map(|day| (year, month, day)));
            (year, month) = if month == 12 {
                (year + 1, 1)
            } else {
                (year, month + 1)
            };
        }
        Self { days }
    }

    pub(crate) fn midnight(&self, day: usize) -> i64 {
        BEGIN + 86_400 * i64::try_from(day).unwrap()
    }

    /// The day that an instant belongs to.
    pub(crate) fn date_of(&self, at: i64) -> Date {
        self.days[usize::try_from((at - BEGIN) / 86_400).unwrap()]
    }

    /// Which day of the walk a date is.
    pub(crate) fn number(&self, date: Date) -> usize {
        self.days.binary_search(&date).unwrap()
    }
}
