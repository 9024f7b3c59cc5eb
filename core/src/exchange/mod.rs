//! Point exchange (ポイント交換): a customer's points of the merchant's own programme become miles.
//!
//! Three flows share one rate and one kind of row: ① in real time ([`Exchange`], by
//! [`Client::exchanges`](crate::Client::exchanges)), ② files that NetMile fetches from the merchant's server
//! ([`drop`]), ③ files for the management site ([`uploads`]).
//!
//! Source: docs/point-exchange.md

pub mod drop;
pub mod experimental;
mod file;
mod model;
mod points;
mod rate;
mod request;
mod settle;
pub mod table;
#[cfg(test)]
mod tests;
mod transition;
mod unfit;

pub use file::{ExchangeRow, UploadFile, uploads, uploads_with};
pub use model::{Applicant, Exchange, ExchangePhase};
pub use points::{PointPrice, Points};
pub use rate::{Application, Conversion, ExchangeRate, MAX_MILES, Quote};
pub use request::{ExchangeRequest, ExchangedMiles};
pub use settle::{RowOutcome, Settled, Total, settle, settle_counted};
pub use transition::{ExchangeEvent, ExchangeTold, ExchangeTransition, transition};
pub use unfit::{Unfit, UnfitKind};
