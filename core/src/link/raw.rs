//! A received message before anything is known about it.

use std::fmt;

use crate::error::{Error, ErrorKind, Result};

/// Body and content type as received. `Debug` shows no content.
///
/// ```
/// use netmile::link::RawMessage;
/// let raw = RawMessage::form(b"res_result=OK".to_vec());
/// assert_eq!(format!("{raw:?}"), "RawMessage(13 bytes)");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct RawMessage {
    /// The body, or the query string of a GET.
    pub body: Vec<u8>,
    /// `Content-Type`, if there was one.
    pub content_type: Option<String>,
}

impl RawMessage {
    /// A form body.
    #[must_use]
    pub fn form(body: impl Into<Vec<u8>>) -> Self {
        Self {
            body: body.into(),
            content_type: None,
        }
    }

    /// The same with the content type that came along; it is then checked.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    pub(crate) fn check_content_type(&self) -> Result<()> {
        let Some(given) = &self.content_type else {
            return Ok(());
        };
        let essence = given.split(';').next().unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Ok(());
        }
        Err(Error::field(
            ErrorKind::Malformed,
            "content-type",
            "must be application/x-www-form-urlencoded",
        ))
    }
}

impl fmt::Debug for RawMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawMessage({} bytes)", self.body.len())
    }
}
