//! XML of the API type: a small tree, written strictly and read tolerantly.
//!
//! Written: Shift_JIS, declaration first, order kept, no attribute but the root's `id`. Read: any order, unknown tags,
//! either quotes, comments, blank lines, Shift_JIS or UTF-8 as declared. A DTD, a processing instruction, an entity
//! other than the five of XML, text beside tags, a second root, and anything over the limits are refused.
//!
//! Source: docs/protocol/api-type.md#transport

mod element;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use element::{Document, Element};
pub use read::{XmlLimits, read_xml};
pub use write::write_xml;
