//! Why a request is answered NG.

use super::fields::NO_FIELD;

/// An NG: the last five characters of its code, and whether the answer's root names a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ng {
    /// Two characters.
    pub(crate) kind: String,
    /// Three digits.
    pub(crate) field: u16,
    /// Found before the function did anything: the answer's root has no `id`.
    pub(crate) early: bool,
    /// Leaves of `res_pay_method_info`, which only NetMile's refusals have (assumed).
    pub(crate) leaves: Vec<(&'static str, String)>,
    /// What to log for the tester.
    pub(crate) why: String,
}

impl Ng {
    /// A mistake in the request itself.
    pub(crate) fn early(kind: &str, field: u16, why: impl Into<String>) -> Self {
        Self {
            kind: kind.to_owned(),
            field,
            early: true,
            leaves: Vec::new(),
            why: why.into(),
        }
    }

    /// A state that does not allow the call.
    pub(crate) fn late(kind: &str, why: impl Into<String>) -> Self {
        Self {
            early: false,
            ..Self::early(kind, NO_FIELD, why)
        }
    }

    /// The tracking id means nothing here.
    pub(crate) fn no_such_tracking() -> Self {
        Self {
            field: 27,
            ..Self::late("12", "no such tracking_id for this function")
        }
    }

    /// The whole code.
    pub(crate) fn code(&self, method: &str) -> String {
        format!("{method}{}{:03}", self.kind, self.field)
    }
}
