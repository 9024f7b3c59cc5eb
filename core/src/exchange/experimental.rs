//! Experimental: the reverse direction (相互交換), miles into points.
//!
//! NetMile announces mutual exchange, but no source says how a merchant is told of it. So there is a type, a page of the
//! mock, and no wire: nothing here sends anything, and any of it may change.

use std::fmt;

use super::{Points, Unfit};
use crate::error::{Error, ErrorKind, Result};
use crate::money::Miles;
use crate::reference::{UserId, check_designated_key, check_tran_id};

/// Experimental: a member's miles that become points of the merchant's.
///
/// ```
/// use netmile::Miles;
/// use netmile::exchange::experimental::{ReverseExchange, ReverseRate};
/// use netmile::reference::UserId;
/// // 5 miles become 2 points.
/// let rate = ReverseRate::new(5, 2)?;
/// let reverse = ReverseExchange::new("RV-1", UserId::new("1001")?, "CUST0001", rate, Miles::new(500))?;
/// assert_eq!(reverse.points().get(), 200);
/// assert!(ReverseExchange::new("RV-2", UserId::new("1001")?, "CUST0001", rate, Miles::new(501)).is_err());
/// # Ok::<(), netmile::Error>(())
/// ```
///
/// Source: docs/point-exchange.md#reverse
#[derive(Clone, PartialEq, Eq)]
pub struct ReverseExchange {
    tran_id: String,
    user_id: UserId,
    designated_key: String,
    miles: Miles,
    points: Points,
}

impl fmt::Debug for ReverseExchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReverseExchange")
            .field("tran_id", &self.tran_id)
            .field("miles", &self.miles)
            .field("points", &self.points)
            .finish_non_exhaustive()
    }
}

/// Experimental: how many points for how many miles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReverseRate(super::ExchangeRate);

impl ReverseRate {
    /// So many points for so many miles.
    ///
    /// # Errors
    /// `invalid_value` unless both are 1 to 1,000,000,000.
    pub fn new(miles: u64, points: u64) -> Result<Self> {
        super::ExchangeRate::new(miles, points).map(Self)
    }

    /// The points for these miles, exactly.
    ///
    /// # Errors
    /// What does not fit, and the nearest amounts (of miles) that do.
    pub fn convert(&self, miles: Miles) -> Result<Points, Unfit> {
        // The fraction does not know which side is which.
        let conversion = self.0.convert(Points::new(miles.get()))?;
        Ok(Points::new(conversion.miles.get()))
    }
}

impl ReverseExchange {
    /// Takes the name of this exchange, the member, the shop's name of its customer (指定キー), the rate and the miles.
    ///
    /// # Errors
    /// `invalid_value` on `tran_id`, `designated_key` or `miles`.
    pub fn new(
        tran_id: impl Into<String>,
        user_id: UserId,
        designated_key: impl Into<String>,
        rate: ReverseRate,
        miles: Miles,
    ) -> Result<Self> {
        let points = rate.convert(miles).map_err(|_| {
            Error::field(
                ErrorKind::InvalidValue,
                "miles",
                "must come out in whole points",
            )
        })?;
        let reverse = Self {
            tran_id: tran_id.into(),
            user_id,
            designated_key: designated_key.into(),
            miles,
            points,
        };
        check_tran_id(&reverse.tran_id)?;
        check_designated_key(&reverse.designated_key)?;
        Ok(reverse)
    }

    /// The name of this exchange.
    #[must_use]
    pub fn tran_id(&self) -> &str {
        &self.tran_id
    }

    /// Whose miles.
    #[must_use]
    pub const fn user_id(&self) -> &UserId {
        &self.user_id
    }

    /// The shop's name of its customer.
    #[must_use]
    pub fn designated_key(&self) -> &str {
        &self.designated_key
    }

    /// Miles that NetMile takes.
    #[must_use]
    pub const fn miles(&self) -> Miles {
        self.miles
    }

    /// Points that the shop gives.
    #[must_use]
    pub const fn points(&self) -> Points {
        self.points
    }
}
