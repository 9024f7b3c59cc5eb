//! What happens between the start of a contract and its first billing day.

use serde::{Deserialize, Serialize};

use super::invalid;
use crate::error::Result;

/// The first-month option (初月の扱い).
///
/// | option | a first period from the start on | billed on the start |
/// |---|---|---|
/// | `BillAtOnce` | yes, to the eve of the next billing day | yes |
/// | `Free` | yes, the same | no |
/// | `NextBillingDay` | no: the first period starts on the first billing day after the start | no |
///
/// That holds too when the contract starts on a billing day: it is billed that day by `BillAtOnce` alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FirstPeriod {
    /// Billed when the contract starts (初月課金あり).
    #[default]
    BillAtOnce,
    /// Nothing before the first billing day.
    NextBillingDay,
    /// A period like the others, free of charge (初月無料).
    Free,
}

impl FirstPeriod {
    /// Every option.
    pub const ALL: [Self; 3] = [Self::BillAtOnce, Self::NextBillingDay, Self::Free];

    /// The option that a `camp_type` of recurring simple asks for: blank or `0` no campaign, `1` a free first month.
    /// Assumed: the wording of the tag is not public.
    ///
    /// # Errors
    /// `invalid_value` for another digit.
    pub fn from_camp_type(camp_type: Option<u8>) -> Result<Self> {
        match camp_type {
            None | Some(0) => Ok(Self::BillAtOnce),
            Some(1) => Ok(Self::Free),
            Some(_) => Err(invalid(
                "camp_type",
                "must be 0 or 1; the meaning of others is not known",
            )),
        }
    }

    /// The `camp_type` that asks for it, if one does.
    #[must_use]
    pub const fn camp_type(self) -> Option<u8> {
        match self {
            Self::BillAtOnce => Some(0),
            Self::Free => Some(1),
            Self::NextBillingDay => None,
        }
    }
}
