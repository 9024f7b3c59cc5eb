//! The merchant's settlement (精算): commissions, the close of a month, the payout, the statement.
//!
//! Arithmetic and dates are pure: [`fees`] says what a payment costs, [`payout`] when and how much is
//! paid, [`holidays`] on which days, and [`Account`] closes months from [`Movement`]s whoever tells of
//! them. The rates, the close and the payout are NetMile's published ones; rounding, what a refund
//! gives back, the quarters and the file are assumed.

mod account;
mod api;
mod desk;
pub mod fees;
pub mod holidays;
mod link;
mod month;
mod movement;
pub mod payout;
mod statement;

pub use account::{Account, Settings, statements};
pub(crate) use desk::Desk;
pub use fees::Parts;
pub use month::Month;
pub use movement::{Movement, MovementKind, Movements};
pub use payout::Payout;
pub use statement::{HEADER, Row, Statement, Status};
