//! Yen and miles.
//!
//! Two miles are worth one yen, exactly. A price in yen always has an exact price in miles; an odd number of
//! miles is worth half a yen more than its whole yen, so miles become yen only for display (rounded down) or
//! where the count is even.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// Miles that are worth one yen.
pub const MILES_PER_YEN: u64 = 2;

/// An amount in yen, tax included.
///
/// ```
/// use netmile::{Miles, Yen};
/// let price = Yen::new(300);
/// assert_eq!(price.to_miles()?, Miles::new(600));
/// assert_eq!(price.shortfall(Miles::new(400))?, Miles::new(200));
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Yen(u64);

/// A number of miles (マイル).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Miles(u64);

macro_rules! count {
    ($type:ident, $name:literal) => {
        impl $type {
            /// Takes a count.
            #[must_use]
            pub const fn new(value: u64) -> Self {
                Self(value)
            }

            /// The count.
            #[must_use]
            pub const fn get(self) -> u64 {
                self.0
            }

            /// Takes a count from a language whose integers are signed.
            ///
            /// # Errors
            /// `invalid_value` when it is negative.
            pub fn from_i64(value: i64) -> Result<Self> {
                u64::try_from(value).map(Self).map_err(|_| {
                    Error::field(ErrorKind::InvalidValue, $name, "must not be negative")
                })
            }

            /// The count for a language whose integers are signed.
            ///
            /// # Errors
            /// `invalid_value` when it is above 2^63 − 1.
            pub fn to_i64(self) -> Result<i64> {
                i64::try_from(self.0).map_err(|_| too_large($name))
            }

            /// Sum.
            ///
            /// # Errors
            /// `invalid_value` on overflow.
            pub fn checked_add(self, other: Self) -> Result<Self> {
                self.0
                    .checked_add(other.0)
                    .map(Self)
                    .ok_or_else(|| too_large($name))
            }

            /// Difference.
            ///
            /// # Errors
            /// `invalid_value` when `other` is larger.
            pub fn checked_sub(self, other: Self) -> Result<Self> {
                self.0.checked_sub(other.0).map(Self).ok_or_else(|| {
                    Error::field(ErrorKind::InvalidValue, $name, "must not be negative")
                })
            }

            /// Reads what the gateway writes: digits only, no sign, no separators.
            ///
            /// # Errors
            /// `invalid_value` for anything else, or a count above 2^64 − 1.
            pub fn parse(text: &str) -> Result<Self> {
                if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
                    return Err(Error::field(
                        ErrorKind::InvalidValue,
                        $name,
                        "must be digits only",
                    ));
                }
                text.parse().map(Self).map_err(|_| too_large($name))
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

count!(Yen, "yen");
count!(Miles, "miles");

fn too_large(name: &'static str) -> Error {
    Error::field(ErrorKind::InvalidValue, name, "is too large")
}

impl Miles {
    /// Most miles of one issue, one row of a file, one exchange or one tag: nine digits. Sums may be larger.
    ///
    /// Source: docs/reference-api.md#users
    pub const MAX_ISSUE: Self = Self(999_999_999);
}

impl Yen {
    /// The exact price in miles.
    ///
    /// # Errors
    /// `invalid_value` on overflow.
    pub fn to_miles(self) -> Result<Miles> {
        self.0
            .checked_mul(MILES_PER_YEN)
            .map(Miles)
            .ok_or_else(|| too_large("yen"))
    }

    /// Miles that are missing to pay this with `balance` (不足マイル数); zero when there are enough.
    ///
    /// # Errors
    /// `invalid_value` on overflow.
    pub fn shortfall(self, balance: Miles) -> Result<Miles> {
        Ok(Miles(self.to_miles()?.0.saturating_sub(balance.0)))
    }
}

impl Miles {
    /// Whole yen these miles are worth, rounded down: for display.
    #[must_use]
    pub const fn to_yen_floor(self) -> Yen {
        Yen(self.0 / MILES_PER_YEN)
    }

    /// The exact value in yen, if the count is even.
    #[must_use]
    pub const fn to_yen(self) -> Option<Yen> {
        if self.0.is_multiple_of(MILES_PER_YEN) {
            Some(Yen(self.0 / MILES_PER_YEN))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_largest_netmile_amount_has_an_exact_price_in_miles() {
        let most = Yen::new(9_999_999_999);
        assert_eq!(most.to_miles().unwrap(), Miles::new(19_999_999_998));
        assert!(Yen::new(u64::MAX).to_miles().is_err());
    }

    #[test]
    fn odd_miles_are_never_rounded_silently() {
        assert_eq!(Miles::new(401).to_yen(), None);
        assert_eq!(Miles::new(401).to_yen_floor(), Yen::new(200));
        assert_eq!(
            Yen::new(201).shortfall(Miles::new(401)).unwrap(),
            Miles::new(1)
        );
    }

    #[test]
    fn reads_digits_only() {
        for bad in ["", "-1", "+1", " 1", "1,000", "１", "18446744073709551616"] {
            assert!(Yen::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Yen::parse("007").unwrap(), Yen::new(7));
    }

    proptest! {
        #[test]
        fn balance_plus_shortfall_pays(price in 0u64..10_000_000_000, balance in 0u64..40_000_000_000) {
            let short = Yen::new(price).shortfall(Miles::new(balance)).unwrap().get();
            prop_assert!(balance + short >= price * 2);
            prop_assert!(short == 0 || balance + short == price * 2);
        }

        #[test]
        fn a_price_survives_the_way_to_miles_and_back(price in 0u64..1u64 << 62) {
            prop_assert_eq!(Yen::new(price).to_miles().unwrap().to_yen(), Some(Yen::new(price)));
        }
    }
}
