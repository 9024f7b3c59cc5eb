//! The customer's way from an accepted request to the return to the shop.

pub(crate) mod advertiser;
pub(crate) mod earn;
pub(crate) mod form;
pub(crate) mod settle;
