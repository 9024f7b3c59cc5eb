//! When the merchant gets its money, and how much (振込).
//!
//! Published: closed at the end of the month, paid on the 25th of the next month or the business day
//! before, under 10,000 yen carried over, but paid at least once a quarter. Assumed: the quarters are
//! those of the calendar, and what is negative is carried over in any case.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    holidays,
    month::{Month, start_of},
};

/// From how much on a payout is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PayoutRule {
    /// Less is carried over, in yen: 10,000 (published).
    pub carry_below_yen: u32,
    /// Whether the closes of March, June, September and December pay whatever is positive.
    pub quarterly: bool,
}

impl Default for PayoutRule {
    fn default() -> Self {
        Self {
            carry_below_yen: 10_000,
            quarterly: true,
        }
    }
}

/// What becomes of a closed month. `carried_in + net = paid + carried_over`, always.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payout {
    /// Left from the month before, in yen; negative when refunds exceeded sales.
    pub carried_in: i64,
    /// Paid out in yen; 0 when all is carried over.
    pub paid: i64,
    /// Left for the next month, in yen.
    pub carried_over: i64,
    /// The day of the payout.
    pub day: Date,
}

impl PayoutRule {
    /// Pays out or carries over what a month has brought.
    ///
    /// ```
    /// use netmile_mock::settlement::payout::PayoutRule;
    ///
    /// let rule = PayoutRule::default();
    /// let january = rule.settle("202601".parse().unwrap(), 0, 9_999);
    /// assert_eq!((january.paid, january.carried_over), (0, 9_999));
    /// let february = rule.settle("202602".parse().unwrap(), january.carried_over, 1);
    /// assert_eq!((february.paid, february.carried_over), (10_000, 0));
    /// assert_eq!(february.day.to_string(), "2026-03-25");
    /// ```
    #[must_use]
    pub fn settle(&self, month: Month, carried_in: i64, net: i64) -> Payout {
        let due = carried_in.saturating_add(net);
        let enough =
            due >= i64::from(self.carry_below_yen) || self.quarterly && month.ends_quarter();
        let paid = if enough { due.max(0) } else { 0 };
        Payout {
            carried_in,
            paid,
            carried_over: due - paid,
            day: day(month),
        }
    }
}

/// The day on which a closed month is paid: the 25th of the next one, or the business day before.
///
/// ```
/// use netmile_mock::settlement::payout;
///
/// // 25 February 2024 is a Sunday, the 24th a Saturday, the 23rd the emperor's birthday.
/// assert_eq!(payout::day("202401".parse().unwrap()).to_string(), "2024-02-22");
/// ```
#[must_use]
pub fn day(month: Month) -> Date {
    holidays::business_day_by(month.next().day(25))
}

/// The first instant of the day on which a closed month is paid, Unix seconds.
#[must_use]
pub fn instant(month: Month) -> i64 {
    start_of(day(month))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    #[test]
    fn the_25th_or_the_business_day_before() {
        for (closed, paid) in [
            ("202602", "2026-03-25"),
            // Saturday and Sunday.
            ("202603", "2026-04-24"),
            ("202509", "2025-10-24"),
            ("202604", "2026-05-25"),
            ("202505", "2025-06-25"),
            ("202504", "2025-05-23"),
            // The Friday before is a holiday.
            ("201611", "2016-12-22"),
            ("201810", "2018-11-22"),
            ("202006", "2020-07-22"),
            ("202401", "2024-02-22"),
            // Over the turn of the year.
            ("202512", "2026-01-23"),
            ("202511", "2025-12-25"),
        ] {
            assert_eq!(day(month(closed)).to_string(), paid, "{closed}");
        }
    }

    #[test]
    fn little_waits_for_more_or_for_the_quarter() {
        let rule = PayoutRule::default();
        let paid = |closed, carried, net| rule.settle(month(closed), carried, net).paid;
        assert_eq!(paid("202601", 0, 10_000), 10_000);
        assert_eq!(paid("202601", 0, 9_999), 0);
        assert_eq!(paid("202601", 9_000, 1_000), 10_000);
        for quarter in ["202603", "202606", "202609", "202612"] {
            assert_eq!(paid(quarter, 0, 1), 1);
            assert_eq!(paid(quarter, 5, 0), 5);
            assert_eq!(paid(quarter, 0, 0), 0);
        }
    }

    #[test]
    fn what_is_negative_is_never_paid() {
        let quarter = PayoutRule::default().settle(month("202603"), 100, -300);
        assert_eq!((quarter.paid, quarter.carried_over), (0, -200));
    }

    #[test]
    fn a_setting_turns_both_rules_off() {
        let rule = PayoutRule {
            carry_below_yen: 0,
            quarterly: false,
        };
        assert_eq!(rule.settle(month("202601"), 0, 1).paid, 1);
        assert_eq!(rule.settle(month("202601"), 0, -1).carried_over, -1);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_a_quarter_leaves_nothing(
            first in 0_u32..24_000,
            nets in prop::collection::vec(-20_000_i64..30_000, 1..40),
        ) {
            let rule = PayoutRule::default();
            let (mut carried, mut paid) = (0, 0);
            for (n, net) in nets.iter().enumerate() {
                let month = Month::from_index(first + u32::try_from(n).unwrap());
                let payout = rule.settle(month, carried, *net);
                prop_assert_eq!(payout.carried_in, carried);
                prop_assert!(payout.paid == 0 || month.ends_quarter() || payout.paid >= 10_000);
                prop_assert!(payout.carried_over < 10_000);
                prop_assert!(!month.ends_quarter() || payout.carried_over <= 0);
                carried = payout.carried_over;
                paid += payout.paid;
            }
            prop_assert_eq!(paid + carried, nets.iter().sum::<i64>());
        }
    }
}
