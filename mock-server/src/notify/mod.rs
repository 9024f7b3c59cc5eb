//! Telling the merchant: notices to its server, returns by the browser.

pub mod compose;
pub mod returns;
pub mod send;
