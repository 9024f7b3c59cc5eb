//! How many miles one issue of a campaign gives.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::money::Miles;

/// The issue rule (発行ルール) of a campaign. It can never be changed; another amount needs another campaign.
///
/// ```
/// use netmile::Miles;
/// use netmile::miles::IssueRule;
/// let rule = IssueRule::Variable { min: Miles::new(10), max: Miles::new(500) };
/// assert!(rule.check(Miles::new(500)).is_ok());
/// let error = rule.check(Miles::new(501)).unwrap_err();
/// assert_eq!(error.to_string(), "miles: must be 10 to 500 by the rule of the campaign (invalid_value)");
/// ```
///
/// Source: docs/reference-api.md#campaigns-as-far-as-issuing-needs-them
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum IssueRule {
    /// 定額発行: always the same number.
    Fixed {
        /// Miles of each issue.
        miles: Miles,
    },
    /// 従量発行: depends on what the customer did, within a range.
    Variable {
        /// Least miles of an issue.
        min: Miles,
        /// Most miles of an issue.
        max: Miles,
    },
}

impl IssueRule {
    /// Whether an issue may give so many miles.
    #[must_use]
    pub fn allows(self, miles: Miles) -> bool {
        match self {
            Self::Fixed { miles: fixed } => miles == fixed,
            Self::Variable { min, max } => (min..=max).contains(&miles),
        }
    }

    /// Refuses miles that NetMile would refuse with `12006`.
    ///
    /// # Errors
    /// `invalid_value` on `miles`.
    pub fn check(self, miles: Miles) -> Result<()> {
        if self.allows(miles) {
            return Ok(());
        }
        let rule = match self {
            Self::Fixed { miles } => {
                format!("must be {} by the rule of the campaign", miles.get())
            }
            Self::Variable { min, max } => {
                let (min, max) = (min.get(), max.get());
                format!("must be {min} to {max} by the rule of the campaign")
            }
        };
        Err(Error::field(ErrorKind::InvalidValue, "miles", rule))
    }
}
