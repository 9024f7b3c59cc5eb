//! What the merchant pays for a payment (決済手数料).
//!
//! Published: 5 % of the NetMile part; for the PayPal part 2.9 to 3.6 % plus 40 yen, or the
//! micropayment rate of 5.0 % plus 7 yen; one rate at any amount. The initial fee is none of this.
//! Assumed: the rounding, and that a refund gives its commission back. Both are settings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a payment consists of, in yen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Parts {
    /// NetMile: the part in miles, and the rest that PayPal paid.
    NetMile {
        /// Paid in miles, in yen.
        netmile: u64,
        /// Paid by PayPal, in yen.
        paypal: u64,
    },
    /// Any other method.
    Whole(u64),
}

impl Parts {
    /// The sum in yen.
    #[must_use]
    pub const fn amount(self) -> u64 {
        match self {
            Self::NetMile { netmile, paypal } => netmile.saturating_add(paypal),
            Self::Whole(yen) => yen,
        }
    }

    /// Part by part, `self` plus `other`.
    #[must_use]
    pub(crate) const fn plus(self, other: Self) -> Self {
        match (self, other) {
            (
                Self::NetMile { netmile, paypal },
                Self::NetMile {
                    netmile: n,
                    paypal: p,
                },
            ) => Self::NetMile {
                netmile: netmile.saturating_add(n),
                paypal: paypal.saturating_add(p),
            },
            _ => Self::Whole(self.amount().saturating_add(other.amount())),
        }
    }

    /// Part by part, what is left of `self` without `other`; no part goes below zero.
    #[must_use]
    pub(crate) const fn minus(self, other: Self) -> Self {
        match (self, other) {
            (
                Self::NetMile { netmile, paypal },
                Self::NetMile {
                    netmile: n,
                    paypal: p,
                },
            ) => Self::NetMile {
                netmile: netmile.saturating_sub(n),
                paypal: paypal.saturating_sub(p),
            },
            _ => Self::Whole(self.amount().saturating_sub(other.amount())),
        }
    }
}

/// The commission on a PayPal part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "tariff", deny_unknown_fields)]
pub enum PayPalTariff {
    /// A rate of 2.9 to 3.6 %, plus 40 yen.
    Standard {
        /// Thousandths: 29 to 36.
        rate_permille: u64,
    },
    /// 5.0 % plus 7 yen.
    Micropayment,
}

impl PayPalTariff {
    pub(crate) const fn rate_permille(self) -> u64 {
        match self {
            Self::Standard { rate_permille } => rate_permille,
            Self::Micropayment => 50,
        }
    }

    /// Yen per payment that has a PayPal part.
    pub(crate) const fn fixed_yen(self) -> u64 {
        match self {
            Self::Standard { .. } => 40,
            Self::Micropayment => 7,
        }
    }
}

/// What happens to a fraction of a yen (assumed: it is dropped).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Dropped (切り捨て).
    #[default]
    Down,
    /// Half a yen counts as one (四捨五入).
    HalfUp,
    /// Counts as a yen (切り上げ).
    Up,
}

/// Where a fraction of a yen is rounded (assumed: part by part).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoundedPer {
    /// The NetMile part and the PayPal part of a payment each for itself.
    #[default]
    Part,
    /// Their sum.
    Payment,
}

/// What a refund does to the commission (assumed: it comes back).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RefundFee {
    /// The merchant gets it back.
    #[default]
    GivenBack,
    /// It stays paid.
    Kept,
}

/// The commissions of a contract: data, and pure functions of it.
///
/// ```
/// use netmile_mock::settlement::fees::{Commission, Parts};
///
/// // The published example: 1,000 yen as 700 by NetMile and 300 by PayPal.
/// let commission = Commission::default();
/// let parts = Parts::NetMile { netmile: 700, paypal: 300 };
/// assert_eq!(commission.of("netmile", parts), 35 + 15 + 7);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Commission {
    /// Rate of the NetMile part in thousandths: 50 (published).
    pub netmile_rate_permille: u64,
    /// Rate of the PayPal part; micropayment by default, as in the published example.
    pub paypal: PayPalTariff,
    /// Rates of other methods by their tag, in thousandths; 0 where absent.
    pub method_rate_permille: BTreeMap<String, u64>,
    /// Rounding of fractions of a yen.
    pub rounding: Rounding,
    /// Where it is rounded.
    pub rounded_per: RoundedPer,
    /// What a refund gives back.
    pub refund_fee: RefundFee,
}

impl Default for Commission {
    fn default() -> Self {
        Self {
            netmile_rate_permille: 50,
            paypal: PayPalTariff::Micropayment,
            method_rate_permille: BTreeMap::new(),
            rounding: Rounding::Down,
            rounded_per: RoundedPer::Part,
            refund_fee: RefundFee::GivenBack,
        }
    }
}

impl Commission {
    /// Checks the rates.
    ///
    /// # Errors
    /// The setting and its rule.
    pub fn check(&self) -> Result<(), String> {
        if let PayPalTariff::Standard { rate_permille } = self.paypal
            && !(29..=36).contains(&rate_permille)
        {
            return Err("paypal.rate_permille: 29 to 36".to_owned());
        }
        if self.netmile_rate_permille > 1_000 {
            return Err("netmile_rate_permille: 0 to 1000".to_owned());
        }
        match self.method_rate_permille.iter().find(|(_, r)| **r > 1_000) {
            Some((method, _)) => Err(format!("method_rate_permille.{method}: 0 to 1000")),
            None => Ok(()),
        }
    }

    /// The commission on a payment by `method` in yen, never more than the payment is worth at a
    /// rate of 100 % plus the fixed yen.
    #[must_use]
    pub fn of(&self, method: &str, parts: Parts) -> u64 {
        match parts {
            Parts::Whole(yen) => {
                let rate = self.method_rate_permille.get(method).copied().unwrap_or(0);
                self.round(thousandths(yen, rate))
            }
            Parts::NetMile { netmile, paypal } => {
                let miles = thousandths(netmile, self.netmile_rate_permille);
                let rest = thousandths(paypal, self.paypal.rate_permille());
                let by_rate = match self.rounded_per {
                    RoundedPer::Part => self.round(miles).saturating_add(self.round(rest)),
                    RoundedPer::Payment => self.round(miles.saturating_add(rest)),
                };
                let fixed = if paypal > 0 {
                    self.paypal.fixed_yen()
                } else {
                    0
                };
                by_rate.saturating_add(fixed)
            }
        }
    }

    /// What a refund of a payment gives back of the `held` commission, when `rest` stays paid.
    ///
    /// After it, the merchant has paid the commission on the rest: however a refund is split up,
    /// all of it gives back the same, and the fixed yen come back with the last of the PayPal part.
    ///
    /// ```
    /// use netmile_mock::settlement::fees::{Commission, Parts};
    ///
    /// let commission = Commission::default();
    /// let paid = Parts::NetMile { netmile: 999, paypal: 0 };
    /// let held = commission.of("netmile", paid); // 49.95 -> 49
    /// let rest = Parts::NetMile { netmile: 333, paypal: 0 }; // 16.65 -> 16
    /// assert_eq!(commission.given_back("netmile", held, rest), 33);
    /// ```
    #[must_use]
    pub fn given_back(&self, method: &str, held: u64, rest: Parts) -> u64 {
        match self.refund_fee {
            RefundFee::Kept => 0,
            RefundFee::GivenBack if rest.amount() == 0 => held,
            RefundFee::GivenBack => held.saturating_sub(self.of(method, rest)),
        }
    }

    fn round(&self, thousandths: u128) -> u64 {
        let more = match self.rounding {
            Rounding::Down => 0,
            Rounding::HalfUp => 500,
            Rounding::Up => 999,
        };
        u64::try_from(thousandths.saturating_add(more) / 1_000).unwrap_or(u64::MAX)
    }
}

fn thousandths(yen: u64, permille: u64) -> u128 {
    u128::from(yen) * u128::from(permille)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn netmile(netmile: u64, paypal: u64) -> Parts {
        Parts::NetMile { netmile, paypal }
    }

    #[test]
    fn the_published_example_and_its_neighbours() {
        let micro = Commission::default();
        assert_eq!(micro.of("netmile", netmile(700, 300)), 57);
        assert_eq!(micro.of("netmile", netmile(1_000, 0)), 50);
        assert_eq!(micro.of("netmile", netmile(0, 1_000)), 57);
        assert_eq!(micro.of("netmile", netmile(19, 0)), 0);
        assert_eq!(micro.of("netmile", netmile(20, 1)), 8);
        // One rate at any amount, to the largest.
        assert_eq!(micro.of("netmile", netmile(9_999_999_999, 0)), 499_999_999);
        assert_eq!(micro.of("netmile", netmile(0, 0)), 0);
        for (rate, fee) in [(29, 40 + 8), (36, 40 + 10)] {
            let standard = Commission {
                paypal: PayPalTariff::Standard {
                    rate_permille: rate,
                },
                ..Commission::default()
            };
            assert_eq!(standard.of("netmile", netmile(700, 300)), 35 + fee);
        }
    }

    #[test]
    fn fractions_follow_the_settings() {
        let with = |rounding, rounded_per| Commission {
            rounding,
            rounded_per,
            ..Commission::default()
        };
        // 0.95 and 0.55 yen.
        let parts = netmile(19, 11);
        for (rounding, per, fee) in [
            (Rounding::Down, RoundedPer::Part, 7),
            (Rounding::Down, RoundedPer::Payment, 8),
            (Rounding::HalfUp, RoundedPer::Part, 9),
            (Rounding::HalfUp, RoundedPer::Payment, 9),
            (Rounding::Up, RoundedPer::Part, 9),
            (Rounding::Up, RoundedPer::Payment, 9),
        ] {
            let fees = with(rounding, per);
            assert_eq!(fees.of("netmile", parts), fee, "{rounding:?} {per:?}");
        }
        let half = with(Rounding::HalfUp, RoundedPer::Part);
        assert_eq!(half.of("netmile", netmile(10, 0)), 1);
        assert_eq!(half.of("netmile", netmile(9, 0)), 0);
    }

    #[test]
    fn other_methods_have_a_rate_of_their_own() {
        let fees = Commission {
            method_rate_permille: BTreeMap::from([("credit".to_owned(), 35)]),
            ..Commission::default()
        };
        assert_eq!(fees.of("credit", Parts::Whole(1_000)), 35);
        assert_eq!(fees.of("webcvs", Parts::Whole(1_000)), 0);
    }

    #[test]
    fn rates_outside_the_published_range_are_refused() {
        let with = |rate_permille| Commission {
            paypal: PayPalTariff::Standard { rate_permille },
            ..Commission::default()
        };
        assert!(with(29).check().is_ok() && with(36).check().is_ok());
        assert!(with(28).check().is_err() && with(37).check().is_err());
        let credit = Commission {
            method_rate_permille: BTreeMap::from([("credit".to_owned(), 1_001)]),
            ..Commission::default()
        };
        assert!(credit.check().unwrap_err().contains("credit"));
    }

    fn tariffs() -> impl Strategy<Value = Commission> {
        let paypal = prop_oneof![
            Just(PayPalTariff::Micropayment),
            (29_u64..=36).prop_map(|rate_permille| PayPalTariff::Standard { rate_permille }),
        ];
        let rounding = prop_oneof![
            Just(Rounding::Down),
            Just(Rounding::HalfUp),
            Just(Rounding::Up)
        ];
        let per = prop_oneof![Just(RoundedPer::Part), Just(RoundedPer::Payment)];
        (paypal, rounding, per).prop_map(|(paypal, rounding, rounded_per)| Commission {
            paypal,
            rounding,
            rounded_per,
            ..Commission::default()
        })
    }

    proptest! {
        /// Both micropayment rates are 5 %: how a payment of round sums is split does not matter.
        #[test]
        fn the_split_does_not_change_the_commission(a in 0_u64..1_000_000, b in 1_u64..1_000_000) {
            let fees = Commission::default();
            let (a, b) = (a * 20, b * 20);
            prop_assert_eq!(fees.of("netmile", netmile(a, b)), (a + b) / 20 + 7);
            prop_assert_eq!(fees.of("netmile", netmile(a + b, 0)), (a + b) / 20);
        }

        /// In however many pieces a payment is refunded, all of its commission comes back, and never
        /// more than what had been paid.
        #[test]
        fn a_refund_in_pieces_gives_back_what_a_whole_one_does(
            fees in tariffs(),
            miles in prop::collection::vec(0_u64..5_000, 1..8),
            paypal in prop::collection::vec(0_u64..5_000, 8),
        ) {
            let pieces: Vec<Parts> = miles.iter().zip(&paypal).map(|(m, p)| netmile(*m, *p)).collect();
            let paid = pieces.iter().fold(netmile(0, 0), |sum, piece| sum.plus(*piece));
            let whole = fees.of("netmile", paid);
            let (mut rest, mut held) = (paid, whole);
            for piece in pieces {
                rest = rest.minus(piece);
                let back = fees.given_back("netmile", held, rest);
                prop_assert!(back <= held);
                held -= back;
                prop_assert!(held <= fees.of("netmile", rest) || rest.amount() == 0);
            }
            prop_assert_eq!((rest.amount(), held), (0, 0));
        }

        /// Dropping fractions part by part costs the merchant less than two yen.
        #[test]
        fn rounding_is_small(fees in tariffs(), a in 0_u64..=9_999_999_999, b in 0_u64..=9_999_999_999) {
            let exact = u128::from(a) * 50 + u128::from(b) * u128::from(fees.paypal.rate_permille());
            let fixed = if b > 0 { fees.paypal.fixed_yen() } else { 0 };
            let is = u128::from(fees.of("netmile", netmile(a, b)) - fixed) * 1_000;
            prop_assert!(is.abs_diff(exact) < 2_000);
        }
    }
}
