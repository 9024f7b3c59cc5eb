//! What a statement says.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::money::Yen;
use crate::schedule::{YearMonth, midnight};
use crate::time::Timestamp;

/// Which way the money went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MovementKind {
    /// To the shop (売上).
    Sale,
    /// Back to the customer (返金), in full or in part.
    Refund,
}

impl MovementKind {
    /// The amount as it counts for the shop: a refund is negative.
    #[must_use]
    pub fn signed(self, amount: Yen) -> i128 {
        match self {
            Self::Sale => i128::from(amount.get()),
            Self::Refund => -i128::from(amount.get()),
        }
    }
}

/// State of a payment at the close of the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentStatus {
    /// Paid, nothing refunded.
    Captured,
    /// Refunded in part.
    PartlyRefunded,
    /// Refunded in full.
    Refunded,
}

/// One movement of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementRow {
    /// Its line in the file, from 1.
    pub line: u64,
    /// When it happened; midnight in Japan where the file says the day only.
    pub processed_at: Timestamp,
    /// The shop's id; may be blank where there is a `tracking_id`.
    pub order_id: String,
    /// The gateway's id; may be blank where there is an `order_id`.
    pub tracking_id: String,
    /// The `pay_method` tag; blank where the file does not say it.
    pub pay_method: String,
    /// Which way the money went.
    pub kind: MovementKind,
    /// Yen, of refunds too.
    pub amount: Yen,
    /// Yen of it paid in miles, and by PayPal; none for other methods.
    pub parts: Option<(Yen, Yen)>,
    /// Commission in yen; of a refund, what is given back.
    pub fee: Option<Yen>,
    /// Yen that it adds to the payout; negative for a refund.
    pub net: Option<i64>,
    /// State of the payment at the close.
    pub status: Option<PaymentStatus>,
}

impl StatementRow {
    /// The amount as it counts for the shop: a refund is negative.
    #[must_use]
    pub fn signed_amount(&self) -> i128 {
        self.kind.signed(self.amount)
    }
}

/// What a payout line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayoutKind {
    /// Carried in from the month before.
    CarriedIn,
    /// Carried over to the next month.
    CarriedOver,
    /// Paid.
    Payout,
}

/// A line about the payout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PayoutLine {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The day of the payout.
    pub day: Date,
    /// What it is about.
    pub kind: PayoutKind,
    /// Yen.
    pub net: i64,
}

/// Sums over the movements of a file, in yen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Sales less refunds.
    pub amount: i64,
    /// Commission less what of it is given back.
    pub fee: i64,
    /// What they add to the payout.
    pub net: i64,
}

impl Totals {
    /// Those of two files together.
    pub(super) const fn plus(self, other: Self) -> Self {
        Self {
            amount: self.amount.saturating_add(other.amount),
            fee: self.fee.saturating_add(other.fee),
            net: self.net.saturating_add(other.net),
        }
    }
}

/// The days that a file is about, both included. Outside them it proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StatementPeriod {
    from: Date,
    until: Date,
}

impl StatementPeriod {
    /// From a day until a day, both included.
    ///
    /// # Errors
    /// `invalid_value` when the end is before the start.
    pub fn new(from: Date, until: Date) -> Result<Self> {
        if until < from || from.year() < 1 {
            return Err(Error::field(
                ErrorKind::InvalidValue,
                "period",
                "must not end before it starts",
            ));
        }
        Ok(Self { from, until })
    }

    /// A month.
    #[must_use]
    pub fn month(month: YearMonth) -> Self {
        Self {
            from: month.first_day(),
            until: month.last_day(),
        }
    }

    /// Its first day.
    #[must_use]
    pub fn from(&self) -> Date {
        self.from
    }

    /// Its last day.
    #[must_use]
    pub fn until(&self) -> Date {
        self.until
    }

    /// The month, if it is one.
    #[must_use]
    pub fn as_month(&self) -> Option<YearMonth> {
        let month = YearMonth::of(self.from);
        (Self::month(month) == *self).then_some(month)
    }

    /// Its first second in Japan.
    #[must_use]
    pub fn starts_at(&self) -> Timestamp {
        midnight(self.from)
    }

    /// Its last second in Japan.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        midnight(self.until).plus_seconds(86_399)
    }

    /// Whether an instant falls into it.
    #[must_use]
    pub fn contains(&self, at: Timestamp) -> bool {
        self.starts_at() <= at && at <= self.ends_at()
    }
}

impl fmt::Display for StatementPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_month() {
            Some(month) => month.fmt(f),
            None => write!(f, "{} – {}", self.from, self.until),
        }
    }
}

/// What is known once a file was read to its end without a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementEnd {
    /// The days that it is about.
    pub period: StatementPeriod,
    /// Movements.
    pub rows: u64,
    /// Lines that the profile passes over.
    pub ignored: u64,
    /// Sums over the movements.
    pub totals: Totals,
    /// The lines about the payout.
    pub payouts: Vec<PayoutLine>,
    /// Whether its last line proves that it is whole. Only then does a payment that is not there not exist.
    pub is_proven_whole: bool,
    /// Whether its dates lack a time.
    pub is_date_only: bool,
}
