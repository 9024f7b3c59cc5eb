//! The gateway and NetMile's side on a developer's own machine.

pub mod pages;
