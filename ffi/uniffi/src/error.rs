//! The error of the UniFFI face.

use netmile::Lang;
use netmile_ffi_runtime::FfiError;

/// Why a call failed. Facades turn it into the exception of their language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum NetmileFailure {
    /// The call was refused or could not be carried out. Nothing was sent.
    #[error("{detail} ({code})")]
    Failed {
        /// Stable code, the same in every language.
        code: String,
        /// The field or argument it is about.
        field: Option<String>,
        /// The rule that was broken, or what happened, in English.
        detail: String,
        /// What to do about it, in English.
        hint_en: String,
        /// What to do about it, in Japanese.
        hint_ja: String,
        /// Whether the same call may succeed later without any change.
        retryable: bool,
    },
}

impl From<FfiError> for NetmileFailure {
    fn from(error: FfiError) -> Self {
        Self::Failed {
            code: error.code.to_owned(),
            hint_en: error.hint(Lang::En).to_owned(),
            hint_ja: error.hint(Lang::Ja).to_owned(),
            field: error.field,
            detail: error.detail.into_owned(),
            retryable: error.retryable,
        }
    }
}
