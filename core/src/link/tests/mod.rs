//! The link type against known answers, limits, hostile bytes.

mod forms;
mod hostile;
mod limits;
mod properties;
mod results;
mod support;
mod vectors;
