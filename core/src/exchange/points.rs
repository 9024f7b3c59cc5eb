//! Points of the merchant's own programme, and what one is worth.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::money::MILES_PER_YEN;

/// A number of the merchant's own points (貴社ポイント).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Points(u64);

impl Points {
    /// Takes a count.
    #[must_use]
    pub const fn new(count: u64) -> Self {
        Self(count)
    }

    /// The count.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Difference. `None` when `other` is larger.
    #[must_use]
    pub const fn checked_sub(self, other: Self) -> Option<Self> {
        match self.0.checked_sub(other.0) {
            Some(rest) => Some(Self(rest)),
            None => None,
        }
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What points are worth in yen (現金価値), as a fraction: `yen` for `points`.
///
/// ```
/// use netmile::exchange::PointPrice;
/// // 3 points are worth 2 yen.
/// let price = PointPrice::new(2, 3)?;
/// assert!(PointPrice::new(1, 0).is_err());
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "(u64, u64)", into = "(u64, u64)")]
pub struct PointPrice {
    yen: u64,
    points: u64,
}

/// Largest part of a fraction.
pub(super) const MAX_PART: u64 = 1_000_000_000;

impl PointPrice {
    /// So many yen for so many points.
    ///
    /// # Errors
    /// `invalid_value` unless both are 1 to 1,000,000,000.
    pub fn new(yen: u64, points: u64) -> Result<Self> {
        check_part("yen", yen)?;
        check_part("points", points)?;
        Ok(Self { yen, points })
    }

    /// Yen of the fraction.
    #[must_use]
    pub const fn yen(self) -> u64 {
        self.yen
    }

    /// Points of the fraction.
    #[must_use]
    pub const fn points(self) -> u64 {
        self.points
    }

    /// Whether these miles are worth more than these points.
    pub(super) fn is_exceeded(self, points: u128, miles: u128) -> bool {
        // miles / 2 yen > points × yen / points, without a division.
        miles * u128::from(self.points) > points * u128::from(self.yen) * u128::from(MILES_PER_YEN)
    }
}

impl TryFrom<(u64, u64)> for PointPrice {
    type Error = Error;

    fn try_from((yen, points): (u64, u64)) -> Result<Self> {
        Self::new(yen, points)
    }
}

impl From<PointPrice> for (u64, u64) {
    fn from(price: PointPrice) -> Self {
        (price.yen, price.points)
    }
}

pub(super) fn check_part(field: &'static str, part: u64) -> Result<()> {
    if (1..=MAX_PART).contains(&part) {
        return Ok(());
    }
    Err(Error::field(
        ErrorKind::InvalidValue,
        field,
        "must be 1 to 1,000,000,000",
    ))
}
