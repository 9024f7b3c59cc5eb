//! The API type against known answers, limits, hostile bytes.

mod answers;
mod messages;
mod notices;
mod support;
