//! When a file is due (日次・週次・月次).

use jiff::civil::Date;
pub use jiff::civil::Weekday;

use crate::error::{Error, ErrorKind, Result};
use crate::schedule::{BillingDay, YearMonth, midnight};
use crate::time::Timestamp;

/// Days within which every schedule has a run: two months.
const MAX_DAYS: usize = 62;

/// A time of day, Japan time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DropTime {
    hour: u8,
    minute: u8,
}

impl DropTime {
    /// Takes hour (0 to 23) and minute.
    ///
    /// # Errors
    /// `invalid_value`.
    pub fn new(hour: u8, minute: u8) -> Result<Self> {
        if hour < 24 && minute < 60 {
            return Ok(Self { hour, minute });
        }
        Err(Error::field(
            ErrorKind::InvalidValue,
            "time",
            "must be 0:00 to 23:59",
        ))
    }
}

/// When NetMile comes for a file, Japan time.
///
/// ```
/// use netmile::exchange::drop::{DropSchedule, DropTime};
/// use netmile::time::Timestamp;
/// let monthly = DropSchedule::monthly(31, DropTime::new(3, 0)?)?;
/// let now = Timestamp::parse_jst("20270301120000")?;
/// // February has no 31st: its last day counts.
/// assert_eq!(monthly.latest(now).to_jst(), "20270228030000");
/// assert_eq!(monthly.next(now).to_jst(), "20270331030000");
/// // Nothing is due twice.
/// assert_eq!(monthly.due(Some(monthly.latest(now)), now), None);
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DropSchedule {
    days: Days,
    time: DropTime,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Days {
    Every,
    Of(Weekday),
    Monthly(BillingDay),
}

impl DropSchedule {
    /// Every day (日次).
    #[must_use]
    pub const fn daily(time: DropTime) -> Self {
        Self {
            days: Days::Every,
            time,
        }
    }

    /// Once a week (週次).
    #[must_use]
    pub const fn weekly(day: Weekday, time: DropTime) -> Self {
        Self {
            days: Days::Of(day),
            time,
        }
    }

    /// Once a month (月次); in a month without that day on its last one.
    ///
    /// # Errors
    /// `invalid_value` unless the day is 1 to 31.
    pub fn monthly(day: u8, time: DropTime) -> Result<Self> {
        Ok(Self {
            days: Days::Monthly(BillingDay::new(day)?),
            time,
        })
    }

    /// The last run that is not after `now`.
    #[must_use]
    pub fn latest(&self, now: Timestamp) -> Timestamp {
        let runs = std::iter::successors(Some(now.jst_date()), |date| date.yesterday().ok());
        let mut runs = runs.take(MAX_DAYS).filter(|date| self.is_on(*date));
        let found = runs.find_map(|date| Some(self.run(date)).filter(|run| *run <= now));
        found.unwrap_or(now)
    }

    /// The first run after `now`.
    #[must_use]
    pub fn next(&self, now: Timestamp) -> Timestamp {
        let runs = std::iter::successors(Some(now.jst_date()), |date| date.tomorrow().ok());
        let mut runs = runs.take(MAX_DAYS).filter(|date| self.is_on(*date));
        let found = runs.find_map(|date| Some(self.run(date)).filter(|run| *run > now));
        found.unwrap_or(now)
    }

    /// The run for which a file has to be written now, if there is none since: `last` is the run of the last file.
    ///
    /// Runs that were missed are made up by one file: it has all the rows that wait.
    #[must_use]
    pub fn due(&self, last: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
        let latest = self.latest(now);
        last.is_none_or(|last| last < latest).then_some(latest)
    }

    fn is_on(&self, date: Date) -> bool {
        match self.days {
            Days::Every => true,
            Days::Of(day) => date.weekday() == day,
            Days::Monthly(day) => day.in_month(YearMonth::of(date)) == date,
        }
    }

    fn run(&self, date: Date) -> Timestamp {
        let minutes = i64::from(self.time.hour) * 60 + i64::from(self.time.minute);
        midnight(date).plus_seconds(minutes * 60)
    }
}
