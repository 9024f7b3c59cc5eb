//! The commission of NetMile payments (手数料), to the yen.
//!
//! Source: docs/protocol/settlement.md#fees

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::money::Yen;

/// An exact rate, so that no fraction of a yen is lost before it is rounded.
///
/// ```
/// use netmile::settlement::Rate;
/// assert_eq!(Rate::percent(5)?, Rate::tenths_of_percent(50)?);
/// assert_eq!(Rate::tenths_of_percent(29)?.to_string(), "2.9 %");
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Rate {
    /// Thousandths: tenths of a percent.
    thousandths: u16,
}

impl Rate {
    /// Nothing.
    pub const ZERO: Self = Self { thousandths: 0 };

    /// Whole percent, at most 100.
    ///
    /// # Errors
    /// `invalid_value` above 100 %.
    pub fn percent(percent: u16) -> Result<Self> {
        Self::tenths_of_percent(percent.saturating_mul(10))
    }

    /// Tenths of a percent, at most 1000: `29` is 2.9 %. The form in which a rate is stored.
    ///
    /// # Errors
    /// `invalid_value` above 100 %.
    pub fn tenths_of_percent(tenths: u16) -> Result<Self> {
        if tenths > 1000 {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "rate",
                "must be at most 100 percent",
            ));
        }
        Ok(Self {
            thousandths: tenths,
        })
    }

    fn of(self, amount: Yen, rounding: Rounding) -> u128 {
        let exact = u128::from(amount.get()) * u128::from(self.thousandths);
        let extra = match rounding {
            Rounding::Down => 0,
            Rounding::HalfUp => 500,
            Rounding::Up => 999,
        };
        (exact + extra) / 1000
    }
}

impl std::fmt::Display for Rate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{} %", self.thousandths / 10, self.thousandths % 10)
    }
}

impl TryFrom<u16> for Rate {
    type Error = Error;

    fn try_from(tenths: u16) -> Result<Self> {
        Self::tenths_of_percent(tenths)
    }
}

impl From<Rate> for u16 {
    fn from(rate: Rate) -> Self {
        rate.thousandths
    }
}

/// What happens to a fraction of a yen, in each part of each payment (assumed: rounded down).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Dropped.
    #[default]
    Down,
    /// Half a yen and more becomes a whole one.
    HalfUp,
    /// Becomes a whole yen.
    Up,
}

/// The two price lists of the PayPal part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaypalRate {
    /// 2.9 % to 3.6 %, and 40 yen for each payment.
    Standard(StandardRate),
    /// 5.0 %, and 7 yen for each payment.
    Micropayment,
}

impl PaypalRate {
    /// The standard list with a rate of 29 to 36 tenths of a percent.
    ///
    /// # Errors
    /// `invalid_value` for another rate.
    pub fn standard(tenths_of_percent: u16) -> Result<Self> {
        StandardRate::try_from(tenths_of_percent).map(Self::Standard)
    }

    /// The rate.
    #[must_use]
    pub const fn rate(self) -> Rate {
        match self {
            Self::Standard(StandardRate(rate)) => rate,
            Self::Micropayment => Rate { thousandths: 50 },
        }
    }

    /// Yen for each payment that has a PayPal part.
    #[must_use]
    pub const fn fixed(self) -> Yen {
        match self {
            Self::Standard(_) => Yen::new(40),
            Self::Micropayment => Yen::new(7),
        }
    }
}

/// A rate of the standard list, 2.9 % to 3.6 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct StandardRate(Rate);

impl TryFrom<u16> for StandardRate {
    type Error = Error;

    fn try_from(tenths: u16) -> Result<Self> {
        if (29..=36).contains(&tenths) {
            Rate::tenths_of_percent(tenths).map(Self)
        } else {
            Err(Error::field(
                ErrorKind::InvalidValue,
                "paypal_rate",
                "must be 29 to 36 tenths of a percent",
            ))
        }
    }
}

impl From<StandardRate> for u16 {
    fn from(rate: StandardRate) -> Self {
        rate.0.into()
    }
}

/// Whether the commission of a refunded payment is given back (assumed: it is).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundFee {
    /// Given back with the refund.
    #[default]
    GivenBack,
    /// Kept.
    Kept,
}

/// The commission of a contract: one rate for the NetMile part and one for the PayPal part, the same at any amount.
/// The initial fee of the contract is not part of it.
///
/// ```
/// use netmile::settlement::FeeSchedule;
/// use netmile::Yen;
/// // 700 × 5 % + 300 × 5 % + 7
/// let fee = FeeSchedule::default().fee(Yen::new(700), Yen::new(300))?;
/// assert_eq!(fee, Yen::new(57));
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FeeSchedule {
    /// Rate of the NetMile part; 5 %.
    pub netmile: Rate,
    /// Price list of the PayPal part; micropayment.
    pub paypal: PaypalRate,
    /// What happens to fractions of a yen; dropped.
    pub rounding: Rounding,
    /// What happens to the commission of a refund; given back.
    pub refund: RefundFee,
}

impl Default for FeeSchedule {
    fn default() -> Self {
        Self {
            netmile: Rate { thousandths: 50 },
            paypal: PaypalRate::Micropayment,
            rounding: Rounding::Down,
            refund: RefundFee::GivenBack,
        }
    }
}

impl FeeSchedule {
    /// The commission of one payment in yen. A part of zero costs nothing, its fixed yen neither.
    ///
    /// # Errors
    /// `invalid_value` when it is above 2^64 − 1 yen.
    pub fn fee(&self, netmile_part: Yen, paypal_part: Yen) -> Result<Yen> {
        let fixed = if paypal_part.get() == 0 {
            0
        } else {
            u128::from(self.paypal.fixed().get())
        };
        to_yen(self.rates(netmile_part, paypal_part, self.rounding) + fixed)
    }

    /// Least and most that a refund of these parts may give back.
    ///
    /// How a partial refund is rounded, and whether the fixed yen come back with it, no source says. It is between the
    /// rates alone, rounded down, and the commission of a payment of the same parts, rounded up.
    ///
    /// # Errors
    /// `invalid_value` when it is above 2^64 − 1 yen.
    pub fn given_back(
        &self,
        netmile_part: Yen,
        paypal_part: Yen,
    ) -> Result<std::ops::RangeInclusive<Yen>> {
        if self.refund == RefundFee::Kept {
            return Ok(Yen::new(0)..=Yen::new(0));
        }
        let least = to_yen(self.rates(netmile_part, paypal_part, Rounding::Down))?;
        let up = Self {
            rounding: Rounding::Up,
            ..*self
        };
        Ok(least..=up.fee(netmile_part, paypal_part)?)
    }

    fn rates(&self, netmile_part: Yen, paypal_part: Yen, rounding: Rounding) -> u128 {
        self.netmile.of(netmile_part, rounding) + self.paypal.rate().of(paypal_part, rounding)
    }
}

fn to_yen(value: u128) -> Result<Yen> {
    u64::try_from(value)
        .map(Yen::new)
        .map_err(|_| Error::field(ErrorKind::InvalidValue, "fee", "is too large"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fee(schedule: FeeSchedule, netmile: u64, paypal: u64) -> u64 {
        let fee = schedule.fee(Yen::new(netmile), Yen::new(paypal));
        fee.unwrap().get()
    }

    fn standard(tenths: u16) -> FeeSchedule {
        FeeSchedule {
            paypal: PaypalRate::standard(tenths).unwrap(),
            ..FeeSchedule::default()
        }
    }

    #[test]
    fn the_published_example_costs_57_yen() {
        assert_eq!(fee(FeeSchedule::default(), 700, 300), 57);
    }

    #[test]
    fn both_price_lists_are_exact_to_the_yen() {
        for (netmile, paypal, tenths, expected) in [
            (700, 300, 29, 35 + 8 + 40),
            (700, 300, 36, 35 + 10 + 40),
            (0, 1000, 29, 29 + 40),
            (0, 1, 36, 40),
            (1000, 0, 36, 50),
            (19, 0, 29, 0),
            (20, 0, 29, 1),
        ] {
            assert_eq!(fee(standard(tenths), netmile, paypal), expected);
        }
        assert_eq!(fee(FeeSchedule::default(), 0, 0), 0);
        assert_eq!(fee(FeeSchedule::default(), 0, 1), 7);
    }

    #[test]
    fn fractions_are_rounded_in_each_part() {
        let with = |rounding| FeeSchedule {
            rounding,
            ..FeeSchedule::default()
        };
        // 0.5 yen and 0.5 yen.
        assert_eq!(fee(with(Rounding::Down), 10, 10), 7);
        assert_eq!(fee(with(Rounding::HalfUp), 10, 10), 9);
        assert_eq!(fee(with(Rounding::HalfUp), 9, 9), 7);
        assert_eq!(fee(with(Rounding::Up), 1, 1), 9);
    }

    #[test]
    fn rates_have_limits() {
        for tenths in [0, 28, 37, 1000] {
            assert!(PaypalRate::standard(tenths).is_err());
        }
        assert!(Rate::percent(101).is_err());
        assert!(Rate::percent(u16::MAX).is_err());
        let most = FeeSchedule {
            netmile: Rate::percent(100).unwrap(),
            ..FeeSchedule::default()
        };
        assert!(most.fee(Yen::new(u64::MAX), Yen::new(1)).is_err());
    }

    #[test]
    fn reads_from_toml() {
        let text = "netmile = 45\nrefund = \"kept\"\n[paypal]\nstandard = 36\n";
        let read: FeeSchedule = toml::from_str(text).unwrap();
        assert_eq!(read.netmile, Rate::tenths_of_percent(45).unwrap());
        assert_eq!(read.paypal, PaypalRate::standard(36).unwrap());
        assert_eq!(read.refund, RefundFee::Kept);
        assert!(toml::from_str::<FeeSchedule>("[paypal]\nstandard = 37\n").is_err());
        assert!(toml::from_str::<FeeSchedule>("netmail = 45\n").is_err());
    }

    #[test]
    fn a_refund_gives_back_what_it_can_or_nothing() {
        let schedule = FeeSchedule::default();
        let range = schedule.given_back(Yen::new(700), Yen::new(300)).unwrap();
        assert_eq!(range, Yen::new(50)..=Yen::new(57));
        let kept = FeeSchedule {
            refund: RefundFee::Kept,
            ..schedule
        };
        let range = kept.given_back(Yen::new(700), Yen::new(300)).unwrap();
        assert_eq!(range, Yen::new(0)..=Yen::new(0));
    }

    proptest! {
        #[test]
        fn one_rate_holds_at_any_amount(
            netmile in 0u64..10_000_000_000, paypal in 1u64..10_000_000_000, tenths in 29u16..=36
        ) {
            // 20 yen are 1 yen of commission, wherever they are added.
            let s = standard(tenths);
            prop_assert_eq!(fee(s, netmile + 20, paypal), fee(s, netmile, paypal) + 1);
            prop_assert_eq!(fee(s, netmile, paypal + 1000), fee(s, netmile, paypal) + u64::from(tenths));
        }

        #[test]
        fn what_partial_refunds_give_back_by_difference_is_in_the_range(
            paid in (0u64..1_000_000, 0u64..1_000_000), refunded in (0u64..1_000_000, 0u64..1_000_000)
        ) {
            let refunded = (refunded.0.min(paid.0), refunded.1.min(paid.1));
            let s = FeeSchedule::default();
            let back = fee(s, paid.0, paid.1) - fee(s, paid.0 - refunded.0, paid.1 - refunded.1);
            let range = s.given_back(Yen::new(refunded.0), Yen::new(refunded.1)).unwrap();
            prop_assert!(range.contains(&Yen::new(back)), "{} {:?}", back, range);
        }
    }
}
