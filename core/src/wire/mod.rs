//! Bytes of the protocol: characters, forms, hashes, signatures, HTML, XML, 3DES, CSV.
//!
//! Nothing here reads a file, a clock or a random number, and no byte string makes it panic. Sizes are bounded
//! where bytes come from outside.

pub mod csv;
pub mod faults;
pub mod form;
pub mod hash;
pub mod html;
pub mod signature;
pub mod tdes;
pub mod text;
pub mod xml;

pub use csv::{CsvDecoder, CsvEnd, CsvFault, CsvFaultKind, CsvLimits, CsvRecord};
pub use form::{FormDecoder, FormLimits, RawField, RawForm, decode_form, encode_form};
pub use hash::{HashCharset, LinkHasher};
pub use tdes::TdesKey;
pub use text::{Replacement, TextPolicy, WireText};
