//! What the gateway pays out (精算), and whether it is what the journal says.
pub mod holidays;
