//! What the journal expects, in the words of a statement.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::pairing::NEAR_SECONDS;
use crate::money::Yen;
use crate::settlement::file::MovementKind;
use crate::time::Timestamp;

/// What kind of record in the journal it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A payment by API.
    Payment,
    /// A purchase by link type.
    Purchase,
    /// A period of a subscription. Several may have the same `order_id` and `tracking_id`, those of the contract.
    Period,
    /// A month of a simple contract, which the gateway bills by itself: all have the ids of the contract, and each its
    /// own month of the file.
    Month,
}

impl Source {
    /// Whether several records may have the same ids.
    pub(super) const fn shares_ids(self) -> bool {
        matches!(self, Self::Period | Self::Month)
    }
}

/// What the journal knows of a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Belief {
    /// It happened: answer or notice was recorded.
    Happened,
    /// It was asked for, and the outcome is not known.
    Unknown {
        /// The last instant at which it may still happen, of what a program sent: it happens with exactly these yen or
        /// not at all. Without it, that it is not in the file proves nothing: a slip may be paid, or a refund executed
        /// by a person, in a later month.
        until: Option<Timestamp>,
    },
    /// It did not: the gateway said no.
    DidNotHappen,
}

impl Belief {
    /// Whether a refund of other yen is certainly another one.
    pub(super) const fn is_exact(self) -> bool {
        matches!(self, Self::Unknown { until: Some(_) })
    }
}

/// One movement that the journal expects, or knows did not happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpectedMovement {
    /// Sale or refund.
    pub kind: MovementKind,
    /// Yen.
    pub amount: Yen,
    /// When it happened or, if that is not known, when it was sent.
    pub at: Option<Timestamp>,
    /// What is known of it.
    pub belief: Belief,
    /// When it had happened, of one without a time, if that is known.
    pub by: Option<Timestamp>,
}

impl ExpectedMovement {
    /// Whether it is what was learned beside the refunds that the journal knows by name: perhaps several, at times that
    /// nobody knows.
    pub(super) fn is_sum_of_refunds(&self) -> bool {
        self.kind == MovementKind::Refund && self.at.is_none() && self.belief == Belief::Happened
    }

    /// The last second at which the file may date it, of one without a time.
    pub(super) fn latest(&self) -> i64 {
        self.by.map_or(i64::MAX, |by| by.as_unix() + NEAR_SECONDS)
    }

    /// The amount as it counts for the shop: a refund is negative, and what did not happen is nothing.
    #[must_use]
    pub fn signed_amount(&self) -> i128 {
        match self.belief {
            Belief::DidNotHappen => 0,
            Belief::Happened | Belief::Unknown { .. } => self.kind.signed(self.amount),
        }
    }
}

/// One payment as the journal knows it.
///
/// `Debug` shows ids and amounts, which are no secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct Expected {
    /// What kind of record it is.
    pub source: Source,
    /// Its id in the journal.
    pub id: String,
    /// The id at the gateway that the shop gave.
    pub order_id: String,
    /// The id that the gateway gave, once known.
    pub tracking_id: Option<String>,
    /// The `pay_method` tag, once known.
    pub method: Option<String>,
    /// Its movements, in any order.
    pub movements: Vec<ExpectedMovement>,
    /// What the record looks like, in any words that differ when it changes.
    pub state: Option<String>,
}

impl fmt::Debug for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expected({:?} {}", self.source, self.id)?;
        write!(f, ", order {}", self.order_id)?;
        if let Some(tracking_id) = &self.tracking_id {
            write!(f, ", tracking {tracking_id}")?;
        }
        write!(f, ", {:?})", self.movements)
    }
}

impl Expected {
    /// A payment without movements.
    #[must_use]
    pub fn new(source: Source, id: impl Into<String>, order_id: impl Into<String>) -> Self {
        Self {
            source,
            id: id.into(),
            order_id: order_id.into(),
            tracking_id: None,
            method: None,
            movements: Vec::new(),
            state: None,
        }
    }

    /// The gateway's id.
    #[must_use]
    pub fn with_tracking_id(mut self, tracking_id: impl Into<String>) -> Self {
        self.tracking_id = Some(tracking_id.into()).filter(|id: &String| !id.is_empty());
        self
    }

    /// The `pay_method` tag.
    #[must_use]
    pub fn with_method(mut self, method: impl Into<String>) -> Self {
        self.method = Some(method.into()).filter(|tag: &String| !tag.is_empty());
        self
    }

    /// What the record looks like: a repair of it that was planned is not made once that has changed.
    #[must_use]
    pub fn with_state(mut self, state: impl Into<String>) -> Self {
        self.state = Some(state.into());
        self
    }

    /// A sale that happened.
    #[must_use]
    pub fn sale(self, amount: Yen, at: Timestamp) -> Self {
        self.with(MovementKind::Sale, amount, Some(at), Belief::Happened)
    }

    /// A refund that happened, in full or in part.
    #[must_use]
    pub fn refund(self, amount: Yen, at: Timestamp) -> Self {
        self.with(MovementKind::Refund, amount, Some(at), Belief::Happened)
    }

    /// A sale that was sent and whose outcome is not known. `until`: see [`Belief::Unknown`].
    #[must_use]
    pub fn unknown_sale(self, amount: Yen, sent: Timestamp, until: Option<Timestamp>) -> Self {
        let belief = Belief::Unknown { until };
        self.with(MovementKind::Sale, amount, Some(sent), belief)
    }

    /// A refund that was asked for and whose outcome is not known. `until`: see [`Belief::Unknown`].
    #[must_use]
    pub fn unknown_refund(self, amount: Yen, sent: Timestamp, until: Option<Timestamp>) -> Self {
        let belief = Belief::Unknown { until };
        self.with(MovementKind::Refund, amount, Some(sent), belief)
    }

    /// A sale that the gateway refused.
    #[must_use]
    pub fn refused_sale(self, amount: Yen, at: Timestamp) -> Self {
        self.with(MovementKind::Sale, amount, Some(at), Belief::DidNotHappen)
    }

    /// A refund that the gateway refused.
    #[must_use]
    pub fn refused_refund(self, amount: Yen, at: Timestamp) -> Self {
        self.with(MovementKind::Refund, amount, Some(at), Belief::DidNotHappen)
    }

    /// Any movement.
    #[must_use]
    pub fn with(
        mut self,
        kind: MovementKind,
        amount: Yen,
        at: Option<Timestamp>,
        belief: Belief,
    ) -> Self {
        self.movements.push(ExpectedMovement {
            kind,
            amount,
            at,
            belief,
            by: None,
        });
        self
    }

    /// Refunds of which only the sum is known, and an instant before which all of them had happened.
    #[must_use]
    pub fn refunds_by(self, sum: Yen, by: Option<Timestamp>) -> Self {
        let mut expected = self.with(MovementKind::Refund, sum, None, Belief::Happened);
        if let Some(movement) = expected.movements.last_mut() {
            movement.by = by;
        }
        expected
    }

    pub(super) fn tracking(&self) -> Option<&str> {
        self.tracking_id.as_deref().filter(|id| !id.is_empty())
    }
}
