//! A schedule as it is stored: what was said, checked again when it is read.

use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{BillingDay, End, FirstPeriod, Schedule, YearMonth};
use crate::error::Error;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    start: String,
    billing_day: u8,
    #[serde(default = "one")]
    interval: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    anchor: Option<YearMonth>,
    #[serde(default)]
    first: FirstPeriod,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_charge_month: Option<YearMonth>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_day: Option<String>,
}

const fn one() -> u16 {
    1
}

impl Serialize for Schedule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (last_charge_month, last_day) = match self.end {
            End::Open => (None, None),
            End::LastChargeMonth(month) => (Some(month), None),
            End::LastDay(day) => (None, Some(day.to_string())),
        };
        Stored {
            start: self.start.to_string(),
            billing_day: self.day.get(),
            interval: self.interval,
            anchor: Some(self.anchor),
            first: self.first,
            last_charge_month,
            last_day,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Schedule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = Stored::deserialize(deserializer)?;
        let date = |name: &str, text: &str| {
            let rule = || de::Error::custom(format!("{name}: must be a date written YYYY-MM-DD"));
            // The library reads more spellings than the one that is written.
            if text.len() == 10 {
                Date::from_str(text).map_err(|_| rule())
            } else {
                Err(rule())
            }
        };
        let end = match (stored.last_charge_month, &stored.last_day) {
            (None, None) => End::Open,
            (Some(month), None) => End::LastChargeMonth(month),
            (None, Some(day)) => End::LastDay(date("last_day", day)?),
            (Some(_), Some(_)) => {
                return Err(de::Error::custom(
                    "last_day: must not stand beside last_charge_month",
                ));
            }
        };
        let start = date("start", &stored.start)?;
        let read = || -> Result<Self, Error> {
            let day = BillingDay::new(stored.billing_day)?;
            let schedule = Self::every_months(stored.interval, start, day, stored.first)?;
            schedule
                .anchored(stored.anchor.unwrap_or(schedule.anchor))?
                .ending(end)
        };
        read().map_err(de::Error::custom)
    }
}
