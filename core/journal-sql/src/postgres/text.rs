//! Text as it is stored: the bytes of its UTF-8.

use crate::failure::{Done, damaged};

pub(super) fn read(bytes: Vec<u8>) -> Done<String> {
    // What was no text is left out of the error: it may be personal.
    String::from_utf8(bytes).map_err(|error| damaged(error.utf8_error()))
}
