//! What the gateway pays out (精算), and whether it is what the journal says.
pub mod fees;
pub mod holidays;
pub mod payout;
pub use fees::{FeeSchedule, PaypalRate, Rate, RefundFee, Rounding, StandardRate};
pub use payout::{Payout, PayoutTerms, payout_day};
