//! The link type: tables of the messages and the checks of a request.

pub mod check;
pub mod fields;
pub mod request;
pub mod rules;
