//! Why the office does not do something.

use super::code::Code;

/// A whole file that is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFault {
    /// No CSV of three columns, in neither encoding, or without a row.
    Malformed,
    /// More than 10,000 rows.
    TooManyRows,
}

/// Why the office does not do something. Nothing was changed, unless it says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The request breaks a rule.
    #[error("{field}: {rule}")]
    Bad {
        /// The field.
        field: String,
        /// Its rule.
        rule: String,
    },
    /// There is no such thing.
    #[error("not found")]
    NotFound,
    /// It is another site's.
    #[error("not yours")]
    NotYours,
    /// The user id was not authenticated by this site.
    #[error("not authenticated")]
    NotAuthenticated,
    /// The `tran_id` was used with another body, or rows of a batch overlap.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// The lists were deleted for good.
    #[error("deleted")]
    Deleted,
    /// A published code; final for its `tran_id`.
    #[error("{}", .0.number())]
    Code(Code),
    /// A file that is refused whole; final for its `tran_id`.
    #[error("file refused")]
    File(FileFault),
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self::Code(code)
    }
}

impl Refusal {
    pub(crate) fn bad(field: impl Into<String>, rule: impl Into<String>) -> Self {
        Self::Bad {
            field: field.into(),
            rule: rule.into(),
        }
    }
}
