//! How long a request stays valid.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::link::fields;

/// `limit_second`: 1 to 9999 seconds after `request_date` in which the gateway accepts the request.
///
/// The gateway compares with its own clock, so the merchant's must be right. It may also matter for a page that
/// the customer leaves open.
///
/// ```
/// use netmile::link::LimitSeconds;
/// assert_eq!(LimitSeconds::default().get(), 600);
/// assert!(LimitSeconds::new(0).is_err());
/// # Ok::<(), netmile::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct LimitSeconds(u16);

impl LimitSeconds {
    /// Takes seconds.
    ///
    /// # Errors
    /// `invalid_value` outside 1 to 9999.
    pub fn new(seconds: u16) -> Result<Self> {
        if !(1..=9999).contains(&seconds) {
            return Err(fields::invalid("limit_second", "must be 1 to 9999 seconds"));
        }
        Ok(Self(seconds))
    }

    /// Seconds.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl Default for LimitSeconds {
    /// 600 seconds.
    fn default() -> Self {
        Self(600)
    }
}

impl TryFrom<u16> for LimitSeconds {
    type Error = Error;

    fn try_from(seconds: u16) -> Result<Self> {
        Self::new(seconds)
    }
}

impl From<LimitSeconds> for u16 {
    fn from(limit: LimitSeconds) -> Self {
        limit.0
    }
}
