//! The mock's own reading of the wire: form bodies, Shift_JIS and the hash.
//!
//! Nothing here comes from the SDK. A misreading in one of the two then shows
//! up as a refused request or a refused notice instead of passing unseen.

pub mod form;
pub mod hash;
pub mod sjis;
pub mod tdes;
pub mod xml;
