//! The customer's way from an accepted request to the return to the shop.

pub mod advertiser;
pub mod earn;
pub mod form;
pub mod settle;
pub mod show;
