//! What the gateway pays out (精算), and whether it is what the journal says.
//!
//! Pure: bytes and data in, data out. [`file`] reads a statement, [`reconcile`] compares it with the journal, [`fees`]
//! and [`payout`] say what it has to come to.
//!
//! Source: docs/protocol/settlement.md

pub mod fees;
pub mod file;
pub mod holidays;
pub mod payout;
pub mod reconcile;

pub use fees::{FeeSchedule, PaypalRate, Rate, RefundFee, Rounding, StandardRate};
pub use file::{
    MovementKind, PaymentStatus, Profile, Statement, StatementEnd, StatementFaults,
    StatementPeriod, StatementReader, StatementRow,
};
pub use payout::{Payout, PayoutTerms, payout_day};
pub use reconcile::{Expected, Reconciliation, SettlementTerms, reconcile};

#[cfg(doctest)]
mod guides {
    #[doc = include_str!("../../../docs/reconcile.md")]
    struct English;
    #[doc = include_str!("../../../docs/reconcile.ja.md")]
    struct Japanese;
}
