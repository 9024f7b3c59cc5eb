//! Money that moved, as a statement sees it.

use serde::{Deserialize, Serialize};

use super::{fees::Parts, month::Month};

/// Which way money moved.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum MovementKind {
    /// To the merchant (売上).
    Sale,
    /// Back to the customer (返金).
    Refund,
}

impl MovementKind {
    /// Its word in the file.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Sale => "sale",
            Self::Refund => "refund",
        }
    }
}

/// One movement: a capture, a billed month, a refund in full or in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// Unix seconds. It belongs to the month in which this lies in Japan.
    pub at: i64,
    /// Purchase id.
    pub order_id: String,
    /// Transaction id.
    pub tracking_id: String,
    /// The month that a recurring contract was billed for, where one transaction id stands for all of
    /// its months; a refund names the month that it gives back.
    pub period: Option<Month>,
    /// Payment method, its tag (`netmile`, `credit`, …).
    pub method: String,
    /// Which way.
    pub kind: MovementKind,
    /// How much, positive for refunds too.
    pub parts: Parts,
}

/// Where movements come from: the ledger of the link type, the book of the API type, a test's list.
///
/// An implementation must not add movements to a month after that month has ended.
pub trait Movements {
    /// The movements of a service of a merchant with `from_unix <= at < until_unix`, in any order.
    fn movements(
        &self,
        merchant_id: &str,
        service_id: &str,
        from_unix: i64,
        until_unix: i64,
    ) -> Vec<Movement>;
}

/// Movements of one service that were read before, whosever they are asked for.
impl Movements for [Movement] {
    fn movements(&self, _: &str, _: &str, from_unix: i64, until_unix: i64) -> Vec<Movement> {
        self.iter()
            .filter(|m| (from_unix..until_unix).contains(&m.at))
            .cloned()
            .collect()
    }
}
