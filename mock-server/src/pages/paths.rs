//! The mock's own URLs, in one place.
