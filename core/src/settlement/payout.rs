//! When and how much is paid out (入金): month-end close, the 25th of the next month, carry-over.
//!
//! Source: docs/protocol/settlement.md#payout

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::money::Yen;
use crate::schedule::YearMonth;
use crate::settlement::holidays::business_day_on_or_before;

/// How a month is paid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PayoutTerms {
    /// Less than this is carried over; 10,000 yen.
    pub minimum: Yen,
    /// Whether the closes of March, June, September and December pay whatever there is (四半期払い); they do. Which
    /// quarter is meant no source says: assumed.
    pub quarterly: bool,
}

impl Default for PayoutTerms {
    fn default() -> Self {
        Self {
            minimum: Yen::new(10_000),
            quarterly: true,
        }
    }
}

/// What a month comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payout {
    /// The month that was closed, in Japanese time.
    pub month: YearMonth,
    /// The day on which is paid, or would be.
    pub day: Date,
    /// Yen carried in from the months before; negative when refunds were more than sales.
    pub carried_in: i64,
    /// Yen of the month's own movements, commission deducted.
    pub net: i64,
    /// Yen paid.
    pub paid: Yen,
    /// Yen carried on: `carried_in + net - paid`.
    pub carried_over: i64,
}

impl PayoutTerms {
    /// Closes a month.
    ///
    /// ```
    /// use netmile::schedule::YearMonth;
    /// use netmile::settlement::PayoutTerms;
    /// use netmile::Yen;
    /// let terms = PayoutTerms::default();
    /// let january = terms.close(YearMonth::new(2026, 1)?, 0, 9_999)?;
    /// assert_eq!((january.paid, january.carried_over), (Yen::new(0), 9_999));
    /// let february = terms.close(YearMonth::new(2026, 2)?, january.carried_over, 1)?;
    /// assert_eq!((february.paid, february.day.to_string()), (Yen::new(10_000), "2026-03-25".into()));
    /// # Ok::<(), netmile::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_value` when the payout is not in the years 2000 to 2099, or a sum is beyond 2^63 yen.
    pub fn close(&self, month: YearMonth, carried_in: i64, net: i64) -> Result<Payout> {
        let too_large = || Error::field(ErrorKind::InvalidValue, "payout", "is too large to count");
        let balance = carried_in.checked_add(net).ok_or_else(too_large)?;
        let quarter_ends = self.quarterly && month.month().is_multiple_of(3);
        let payable = u64::try_from(balance)
            .ok()
            .filter(|yen| quarter_ends || *yen >= self.minimum.get())
            .unwrap_or_default();
        Ok(Payout {
            month,
            day: payout_day(month)?,
            carried_in,
            net,
            paid: Yen::new(payable),
            carried_over: if payable > 0 { 0 } else { balance },
        })
    }
}

/// The day on which a month is paid out: the 25th of the next month, or the business day before when that is a
/// Saturday, a Sunday or a national holiday.
///
/// # Errors
/// `invalid_value` when it is not in the years 2000 to 2099.
pub fn payout_day(month: YearMonth) -> Result<Date> {
    let next = month.next().and_then(|next| {
        let first = next.first_day();
        Date::new(first.year(), first.month(), 25).ok()
    });
    business_day_on_or_before(next.unwrap_or(Date::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn month(text: &str) -> YearMonth {
        YearMonth::parse(text).unwrap()
    }

    #[test]
    fn is_paid_on_the_25th_or_the_business_day_before() {
        for (closed, paid) in [
            ("202601", "2026-02-25"),
            ("202603", "2026-04-24"),
            ("202512", "2026-01-23"),
            ("202006", "2020-07-22"),
            ("202910", "2029-11-22"),
            ("199912", "2000-01-25"),
            ("209911", "2099-12-25"),
        ] {
            assert_eq!(payout_day(month(closed)).unwrap().to_string(), paid);
        }
        assert!(payout_day(month("199911")).is_err());
        assert!(payout_day(month("209912")).is_err());
        assert!(payout_day(month("999912")).is_err());
    }

    #[test]
    fn little_is_carried_over_and_paid_at_the_end_of_a_quarter() {
        let terms = PayoutTerms::default();
        let of = |text, carried, net| {
            let p = terms.close(month(text), carried, net).unwrap();
            (p.paid.get(), p.carried_over)
        };
        assert_eq!(of("202601", 0, 9_999), (0, 9_999));
        assert_eq!(of("202601", 0, 10_000), (10_000, 0));
        assert_eq!(of("202602", 9_999, -9_998), (0, 1));
        assert_eq!(of("202603", 1, 0), (1, 0));
        assert_eq!(of("202603", 0, 0), (0, 0));
        assert_eq!(of("202603", 1, -101), (0, -100));
        let monthly = PayoutTerms {
            quarterly: false,
            ..terms
        };
        assert_eq!(
            monthly.close(month("202603"), 1, 0).unwrap().carried_over,
            1
        );
        assert!(terms.close(month("202601"), i64::MAX, 1).is_err());
    }

    proptest! {
        #[test]
        fn no_yen_is_lost_over_the_years(nets in prop::collection::vec(-20_000i64..20_000, 1..60)) {
            let terms = PayoutTerms::default();
            let mut at = month("202001");
            let (mut carried, mut paid, mut without) = (0, 0i64, 0);
            for net in &nets {
                let p = terms.close(at, carried, *net).unwrap();
                prop_assert_eq!(p.carried_in + p.net, p.paid.to_i64().unwrap() + p.carried_over);
                prop_assert!(p.paid.get() == 0 || p.carried_over == 0);
                prop_assert!(p.carried_over < 10_000);
                without = if p.carried_over > 0 { without + 1 } else { 0 };
                prop_assert!(without < 3, "nothing paid for a quarter");
                carried = p.carried_over;
                paid += p.paid.to_i64().unwrap();
                at = at.next().unwrap();
            }
            prop_assert_eq!(nets.iter().sum::<i64>(), paid + carried);
        }
    }
}
