//! Telling the merchant: notices to its server, returns by the browser.

pub(crate) mod compose;
pub(crate) mod returns;
pub(crate) mod send;
