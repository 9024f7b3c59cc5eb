//! The rate: how many miles for how many points. Exact, or refused.

use serde::{Deserialize, Serialize};

use super::points::{MAX_PART, check_part};
use super::{PointPrice, Points, Unfit, UnfitKind};
use crate::error::{Error, ErrorKind, Result};
use crate::money::{MILES_PER_YEN, Miles};

/// Most miles of one exchange.
pub const MAX_MILES: u64 = Miles::MAX_ISSUE.get();

/// How points become miles: so many miles for so many points, in units, from a minimum on.
///
/// Nothing is rounded: what does not come out in whole miles is refused, with the nearest amounts that do.
///
/// ```
/// use netmile::Miles;
/// use netmile::exchange::{ExchangeRate, PointPrice, Points, UnfitKind};
/// // A point is worth 0.75 yen, which is 1.5 miles: exchanged in units of 100, from 500 on.
/// let rate = ExchangeRate::equal_value(PointPrice::new(3, 4)?)?.in_units_of(100)?.from(500)?;
/// assert_eq!((rate.points(), rate.miles()), (2, 3));
/// assert_eq!(rate.convert(Points::new(700)).unwrap().miles, Miles::new(1_050));
///
/// let unfit = rate.convert(Points::new(750)).unwrap_err();
/// assert_eq!(unfit.kind, UnfitKind::NotInUnits);
/// assert_eq!((unfit.below, unfit.above), (Some(Points::new(700)), Some(Points::new(800))));
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// Source: docs/point-exchange.md#rate
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct ExchangeRate {
    points: u64,
    miles: u64,
    unit: u64,
    minimum: u64,
    maximum: Option<u64>,
}

/// A rate as it is stored.
#[derive(Clone, Serialize, Deserialize)]
struct Parts {
    points: u64,
    miles: u64,
    unit: u64,
    minimum: u64,
    #[serde(default)]
    maximum: Option<u64>,
}

/// Points, and the miles that they become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversion {
    /// What the shop takes.
    pub points: Points,
    /// What NetMile issues.
    pub miles: Miles,
}

/// What an application page says about one amount (交換後の残高).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// What is exchanged.
    pub conversion: Conversion,
    /// Points that are left afterwards.
    pub balance_after: Points,
}

/// What an application page needs to know (ポイント交換 申請ページ).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Application {
    /// Points that the customer has.
    pub held: Points,
    /// Amounts that can be exchanged are multiples of this.
    pub step: Points,
    /// The least that can be exchanged, if the customer has as much.
    pub least: Option<Conversion>,
    /// The most that can be exchanged, if the customer has enough for any.
    pub most: Option<Conversion>,
}

impl ExchangeRate {
    /// So many miles for so many points.
    ///
    /// # Errors
    /// `invalid_value` unless both are 1 to 1,000,000,000.
    pub fn new(points: u64, miles: u64) -> Result<Self> {
        check_part("points", points)?;
        check_part("miles", miles)?;
        let common = gcd(points, miles);
        Ok(Self {
            points: points / common,
            miles: miles / common,
            unit: 1,
            minimum: 1,
            maximum: None,
        })
    }

    /// The rate at which points lose nothing of their value (等価交換): 2 miles are 1 yen.
    ///
    /// # Errors
    /// `invalid_value` when the fraction that comes out has a part above 1,000,000,000.
    pub fn equal_value(price: PointPrice) -> Result<Self> {
        // Reduced first, so that every price that has such a rate gets it.
        let miles = price.yen() * MILES_PER_YEN;
        let common = gcd(price.points(), miles);
        Self::new(price.points() / common, miles / common)
    }

    /// Points are exchanged in multiples of this (交換単位).
    ///
    /// # Errors
    /// `invalid_value` unless it is 1 to 1,000,000,000.
    pub fn in_units_of(mut self, unit: u64) -> Result<Self> {
        check_part("unit", unit)?;
        self.unit = unit;
        Ok(self)
    }

    /// The least that is exchanged at once (最低交換ポイント).
    ///
    /// # Errors
    /// `invalid_value` unless it is 1 to 1,000,000,000 and not above the maximum.
    pub fn from(mut self, minimum: u64) -> Result<Self> {
        check_part("minimum", minimum)?;
        self.minimum = minimum;
        self.check_range()
    }

    /// The most that is exchanged at once.
    ///
    /// # Errors
    /// `invalid_value` unless it is 1 to 1,000,000,000 and not below the minimum.
    pub fn up_to(mut self, maximum: u64) -> Result<Self> {
        check_part("maximum", maximum)?;
        self.maximum = Some(maximum);
        self.check_range()
    }

    /// Points of the fraction, reduced.
    #[must_use]
    pub const fn points(&self) -> u64 {
        self.points
    }

    /// Miles of the fraction, reduced.
    #[must_use]
    pub const fn miles(&self) -> u64 {
        self.miles
    }

    /// What is exchanged at least.
    #[must_use]
    pub const fn minimum(&self) -> Points {
        Points::new(self.minimum)
    }

    /// What is exchanged at most, where there is a limit.
    #[must_use]
    pub fn maximum(&self) -> Option<Points> {
        self.maximum.map(Points::new)
    }

    /// Amounts that come out in whole units and whole miles are the multiples of this.
    #[must_use]
    pub const fn step(&self) -> Points {
        // Both are at most 10^9.
        Points::new(self.unit / gcd(self.unit, self.points) * self.points)
    }

    /// Whether the miles are worth exactly what the points are, at this price.
    #[must_use]
    pub fn is_equal_value(&self, price: PointPrice) -> bool {
        Self::equal_value(price)
            .is_ok_and(|equal| (equal.points, equal.miles) == (self.points, self.miles))
    }

    /// Whether a customer gets more than the points are worth, at this price.
    #[must_use]
    pub fn exceeds_value(&self, price: PointPrice) -> bool {
        price.is_exceeded(u128::from(self.points), u128::from(self.miles))
    }

    /// The miles for these points, exactly.
    ///
    /// # Errors
    /// What does not fit, and the nearest amounts that do.
    pub fn convert(&self, points: Points) -> Result<Conversion, Unfit> {
        let given = points.get();
        let kind = if given < self.minimum {
            UnfitKind::BelowMinimum
        } else if self.maximum.is_some_and(|most| given > most) {
            UnfitKind::AboveMaximum
        } else if !given.is_multiple_of(self.unit) {
            UnfitKind::NotInUnits
        } else if !given.is_multiple_of(self.points) {
            UnfitKind::NotWhole
        } else {
            match self.miles_of(given) {
                Some(miles) => return Ok(Conversion { points, miles }),
                None => UnfitKind::TooManyMiles,
            }
        };
        Err(self.unfit(kind, points, None))
    }

    /// The miles for these points, and what is left of those that the customer has.
    ///
    /// # Errors
    /// As [`convert`](Self::convert), and when the customer has less; the nearest amounts are within what it has.
    pub fn quote(&self, held: Points, points: Points) -> Result<Quote, Unfit> {
        let Some(balance_after) = held.checked_sub(points) else {
            return Err(self.unfit(UnfitKind::NotHeld, points, Some(held)));
        };
        match self.convert(points) {
            Ok(conversion) => Ok(Quote {
                conversion,
                balance_after,
            }),
            Err(unfit) => Err(self.unfit(unfit.kind, points, Some(held))),
        }
    }

    /// What an application page shows to a customer who has so many points.
    #[must_use]
    pub fn application(&self, held: Points) -> Application {
        let fits = |points: Points| self.convert(points).ok();
        Application {
            held,
            step: self.step(),
            least: self.at_or_above(0, held.get()).and_then(fits),
            most: self.at_or_below(held.get(), held.get()).and_then(fits),
        }
    }

    /// Miles of whole parts. `None` above [`MAX_MILES`].
    fn miles_of(&self, points: u64) -> Option<Miles> {
        let miles = (points / self.points).checked_mul(self.miles)?;
        (miles <= MAX_MILES).then_some(Miles::new(miles))
    }

    fn unfit(&self, kind: UnfitKind, points: Points, held: Option<Points>) -> Unfit {
        let held = held.map_or(u64::MAX, Points::get);
        Unfit {
            kind,
            points,
            below: self.at_or_below(points.get(), held),
            above: self.at_or_above(points.get(), held),
        }
    }

    /// The least amount that can be exchanged.
    fn first(&self) -> Option<u64> {
        self.minimum.checked_next_multiple_of(self.step().get())
    }

    /// The highest amount that can be exchanged, of those up to `held`.
    fn last(&self, held: u64) -> u64 {
        let step = self.step().get();
        let by_miles = u128::from(MAX_MILES / self.miles) * u128::from(self.points);
        let most = self.maximum.unwrap_or(u64::MAX).min(held);
        let most = most.min(u64::try_from(by_miles).unwrap_or(u64::MAX));
        most / step * step
    }

    fn at_or_below(&self, points: u64, held: u64) -> Option<Points> {
        let step = self.step().get();
        let below = (points / step * step).min(self.last(held));
        (below >= self.first()?).then_some(Points::new(below))
    }

    fn at_or_above(&self, points: u64, held: u64) -> Option<Points> {
        let above = points.checked_next_multiple_of(self.step().get())?;
        let above = above.max(self.first()?);
        (above <= self.last(held)).then_some(Points::new(above))
    }

    fn check_range(self) -> Result<Self> {
        match self.maximum {
            Some(most) if most < self.minimum => Err(Error::field(
                ErrorKind::InvalidValue,
                "maximum",
                "must not be below the minimum",
            )),
            _ => Ok(self),
        }
    }
}

impl TryFrom<Parts> for ExchangeRate {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        let rate = Self::new(parts.points, parts.miles)?
            .in_units_of(parts.unit)?
            .from(parts.minimum)?;
        match parts.maximum {
            Some(most) => rate.up_to(most),
            None => Ok(rate),
        }
    }
}

impl From<ExchangeRate> for Parts {
    fn from(rate: ExchangeRate) -> Self {
        Self {
            points: rate.points,
            miles: rate.miles,
            unit: rate.unit,
            minimum: rate.minimum,
            maximum: rate.maximum,
        }
    }
}

const fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

const _: () = assert!(
    MAX_PART.checked_mul(MAX_PART).is_some(),
    "a step fits into 64 bits"
);
