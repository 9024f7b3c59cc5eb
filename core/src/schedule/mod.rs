//! On which days a recurring contract (継続課金) is billed, and for which period.
//!
//! Pure dates of Japan: nothing here reads a clock. A [`Schedule`] gives its [`Period`]s, one after the other, without
//! gap or overlap; each has a key that a billing run records, so that a period is billed once however often it runs.
//!
//! Source: docs/protocol/settlement.md#billing-dates

mod first;
mod month;
mod period;
mod stored;
#[cfg(test)]
mod tests;

pub use first::FirstPeriod;
pub use month::YearMonth;
pub use period::{Period, Periods};

use jiff::civil::Date;

use crate::error::{Error, ErrorKind, Result};
use crate::time::Timestamp;

/// Most months between two billing days: ten years.
pub const MAX_INTERVAL: u16 = 120;

/// The day of the month on which is billed (課金日), 1 to 31. In a month without it, the last day stands in for it;
/// the month after has it back.
///
/// ```
/// use netmile::schedule::{BillingDay, YearMonth};
/// let day = BillingDay::new(31)?;
/// assert_eq!(day.in_month(YearMonth::new(2026, 2)?).to_string(), "2026-02-28");
/// assert_eq!(day.in_month(YearMonth::new(2026, 3)?).to_string(), "2026-03-31");
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BillingDay(i8);

impl BillingDay {
    /// A billing day.
    ///
    /// # Errors
    /// `invalid_value` when it is not 1 to 31.
    pub fn new(day: u8) -> Result<Self> {
        match i8::try_from(day) {
            Ok(day @ 1..=31) => Ok(Self(day)),
            _ => Err(invalid("billing_day", "must be 1 to 31")),
        }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0.unsigned_abs()
    }

    /// The date it falls on in a month: itself, or the last day of a shorter month.
    #[must_use]
    pub fn in_month(self, month: YearMonth) -> Date {
        month.day_or_last(self.0)
    }
}

/// When a contract ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum End {
    /// When somebody ends it.
    #[default]
    Open,
    /// No period starts after this month (`last_charge_month`); the last one runs its whole length.
    LastChargeMonth(YearMonth),
    /// Its last day; the last period is cut there.
    LastDay(Date),
}

/// The billing dates of one contract.
///
/// The billing days are a fixed set: the billing day of every n-th month, counted from an anchor month, by default the
/// month of the start. A period lasts from one billing day to the eve of the next; it belongs to the day on which it
/// starts, and is billed on that day. What happens before the first billing day after the start is said by
/// [`FirstPeriod`].
///
/// ```
/// use netmile::schedule::{BillingDay, FirstPeriod, Schedule};
/// let start = "2026-01-31".parse().unwrap();
/// let monthly = Schedule::monthly(start, BillingDay::new(31)?, FirstPeriod::BillAtOnce)?;
/// let keys: Vec<_> = monthly
///     .periods()
///     .take(3)
///     .map(|p| format!("{} {}..{}", p.key(), p.starts(), p.ends()))
///     .collect();
/// assert_eq!(
///     keys,
///     [
///         "2026-01 2026-01-31..2026-02-27",
///         "2026-02 2026-02-28..2026-03-30",
///         "2026-03 2026-03-31..2026-04-29",
///     ]
/// );
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Schedule {
    start: Date,
    day: BillingDay,
    interval: u16,
    anchor: YearMonth,
    first: FirstPeriod,
    end: End,
}

impl Schedule {
    /// Billed every month.
    ///
    /// # Errors
    /// `invalid_value` when the start is not in the years 1 to 9000.
    pub fn monthly(start: Date, day: BillingDay, first: FirstPeriod) -> Result<Self> {
        Self::every_months(1, start, day, first)
    }

    /// Billed every `interval` months, counted from the month of the start.
    ///
    /// # Errors
    /// `invalid_value` when the interval is not 1 to [`MAX_INTERVAL`] months, or the start not in the years 1 to 9000.
    pub fn every_months(
        interval: u16,
        start: Date,
        day: BillingDay,
        first: FirstPeriod,
    ) -> Result<Self> {
        Self {
            start,
            day,
            interval,
            anchor: YearMonth::of(start),
            first,
            end: End::Open,
        }
        .checked()
    }

    /// Billed once a year, in `month` (1 to 12). 29 February falls on the 28th in a common year.
    ///
    /// # Errors
    /// `invalid_value` when the month is not 1 to 12, or the start not in the years 1 to 9000.
    pub fn yearly(start: Date, month: u8, day: BillingDay, first: FirstPeriod) -> Result<Self> {
        Self::every_months(12, start, day, first)?
            .anchored(YearMonth::new(YearMonth::of(start).year(), month)?)
    }

    /// Recurring simple (簡易): the shop sells the first month, the gateway bills at the start of each later one.
    /// `camp_type` and `last_charge_month` are those of the purchase request.
    ///
    /// # Errors
    /// As [`monthly`](Self::monthly) and [`FirstPeriod::from_camp_type`].
    pub fn recurring_simple(
        start: Date,
        camp_type: Option<u8>,
        last_charge_month: Option<YearMonth>,
    ) -> Result<Self> {
        let first = FirstPeriod::from_camp_type(camp_type)?;
        let schedule = Self::monthly(start, BillingDay(1), first)?;
        match last_charge_month {
            Some(month) => schedule.ending(End::LastChargeMonth(month)),
            None => Ok(schedule),
        }
    }

    /// Counts the months from `month` instead: is billed in it, and in every n-th before and after.
    ///
    /// # Errors
    /// `invalid_value` when it is not in the years 1 to 9000.
    pub fn anchored(self, month: YearMonth) -> Result<Self> {
        Self {
            anchor: month,
            ..self
        }
        .checked()
    }

    /// Says when the contract ends.
    ///
    /// # Errors
    /// `invalid_value` when that is before it starts.
    pub fn ending(self, end: End) -> Result<Self> {
        Self { end, ..self }.checked()
    }

    /// The day on which the contract starts.
    #[must_use]
    pub fn start(&self) -> Date {
        self.start
    }

    /// The billing day.
    #[must_use]
    pub fn billing_day(&self) -> BillingDay {
        self.day
    }

    /// Months between two billing days.
    #[must_use]
    pub fn interval(&self) -> u16 {
        self.interval
    }

    /// The month that the others are counted from.
    #[must_use]
    pub fn anchor(&self) -> YearMonth {
        self.anchor
    }

    /// What happens before the first billing day.
    #[must_use]
    pub fn first(&self) -> FirstPeriod {
        self.first
    }

    /// When it ends.
    #[must_use]
    pub fn end(&self) -> End {
        self.end
    }

    /// All periods, oldest first; endless where the contract is, up to the year 9999.
    #[must_use]
    pub fn periods(&self) -> Periods {
        Periods::new(*self)
    }

    /// The periods that start on this day or before: everything that a billing run of this day has to look at.
    pub fn periods_until(&self, date: Date) -> impl Iterator<Item = Period> + use<> {
        self.periods().take_while(move |p| p.starts() <= date)
    }

    /// The period that a day belongs to; none before the first one and after the end.
    #[must_use]
    pub fn period_at(&self, date: Date) -> Option<Period> {
        let period = match self.cycle_of(date) {
            Some(cycle) => self.nth(cycle + u32::from(self.has_lead()) + 1),
            None => self.nth(1),
        }?;
        (period.starts() <= date && date <= period.ends()).then_some(period)
    }

    /// The period that an instant belongs to, by its Japanese date.
    #[must_use]
    pub fn period_of(&self, at: Timestamp) -> Option<Period> {
        self.period_at(at.jst_date())
    }

    /// The n-th period, from 1.
    #[must_use]
    pub fn nth(&self, number: u32) -> Option<Period> {
        let cycle = number.checked_sub(1)?;
        let (starts, next) = if !self.has_lead() {
            (self.cycle_start(cycle)?, self.cycle_start(cycle + 1)?)
        } else if cycle == 0 {
            (self.start, self.cycle_start(0)?)
        } else {
            (self.cycle_start(cycle - 1)?, self.cycle_start(cycle)?)
        };
        let ends = next.yesterday().ok()?;
        let ends = match self.end {
            End::LastChargeMonth(month) if YearMonth::of(starts) > month => return None,
            End::LastDay(last) if starts > last => return None,
            End::LastDay(last) => ends.min(last),
            End::Open | End::LastChargeMonth(_) => ends,
        };
        // Only a first period that starts beside a billing day shares its month with the next one.
        let second_of_month =
            number == 2 && self.has_lead() && YearMonth::of(self.start) == YearMonth::of(starts);
        Some(Period::new(
            number,
            second_of_month,
            starts,
            ends,
            number > 1 || self.first != FirstPeriod::Free,
        ))
    }

    /// Whether the first period starts beside the billing days, on the start of the contract.
    fn has_lead(&self) -> bool {
        self.first != FirstPeriod::NextBillingDay && !self.start_is_billing_day()
    }

    fn start_is_billing_day(&self) -> bool {
        let month = YearMonth::of(self.start);
        month.months_since(self.anchor) % i32::from(self.interval) == 0
            && self.day.in_month(month) == self.start
    }

    /// The month of the first billing day that starts a period: after the start of the contract, or on it where the
    /// first period is billed or given at once.
    fn first_month(&self) -> YearMonth {
        let interval = i32::from(self.interval);
        let month = YearMonth::of(self.start);
        let behind = month.months_since(self.anchor).rem_euclid(interval);
        let counts_start = self.first != FirstPeriod::NextBillingDay;
        let later = if behind == 0 {
            let billing = self.day.in_month(month);
            let ahead = billing > self.start || (billing == self.start && counts_start);
            if ahead { 0 } else { interval }
        } else {
            interval - behind
        };
        month.plus(later)
    }

    /// The billing day that starts the n-th whole cycle, from 0.
    fn cycle_start(&self, cycle: u32) -> Option<Date> {
        let months = i32::try_from(cycle)
            .ok()?
            .checked_mul(i32::from(self.interval))?;
        let month = self.first_month().checked_plus(months)?;
        Some(self.day.in_month(month))
    }

    /// The whole cycle that a day falls into; none before the first.
    fn cycle_of(&self, date: Date) -> Option<u32> {
        let month = YearMonth::of(date);
        let months = month.months_since(self.first_month());
        let interval = i32::from(self.interval);
        let on_month = months.rem_euclid(interval) == 0;
        let before_its_day = on_month && date < self.day.in_month(month);
        u32::try_from(months.div_euclid(interval) - i32::from(before_its_day)).ok()
    }

    fn checked(self) -> Result<Self> {
        const YEARS: std::ops::RangeInclusive<i16> = 1..=9000;
        if !YEARS.contains(&self.start.year()) {
            return Err(invalid("start", "must be in the years 1 to 9000"));
        }
        if !YEARS.contains(&self.anchor.year()) {
            return Err(invalid("anchor", "must be in the years 1 to 9000"));
        }
        if !(1..=MAX_INTERVAL).contains(&self.interval) {
            return Err(invalid("interval", "must be 1 to 120 months"));
        }
        let ends_first = match self.end {
            End::Open => false,
            End::LastChargeMonth(month) => month < YearMonth::of(self.start),
            End::LastDay(day) => day < self.start,
        };
        if ends_first {
            return Err(invalid("end", "must not be before the start"));
        }
        Ok(self)
    }
}

/// The first second of a day in Japan.
pub(crate) fn midnight(date: Date) -> Timestamp {
    let text = format!(
        "{:04}{:02}{:02}000000",
        date.year(),
        date.month(),
        date.day()
    );
    Timestamp::parse_jst(&text).unwrap_or_else(|_| Timestamp::from_unix(i64::MAX))
}

fn invalid(field: &'static str, rule: &'static str) -> Error {
    Error::field(ErrorKind::InvalidValue, field, rule)
}
