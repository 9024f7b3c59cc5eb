//! Errors as data, the same in every language.

use std::borrow::Cow;
use std::fmt;

use netmile::{Error, ErrorKind, Lang};
use serde::Serialize;

pub use crate::runtime::guard;

/// Why a call failed. Carries no secret and no personal data.
///
/// ```
/// use netmile_ffi_runtime::FfiError;
/// let error = FfiError::field("invalid_argument", "config", "must be a JSON object");
/// assert_eq!(error.to_string(), "config: must be a JSON object (invalid_argument)");
/// ```
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct FfiError {
    /// A code of the core's catalogue, or one of [`OWN_CODES`].
    pub code: &'static str,
    /// The field or argument it is about.
    pub field: Option<String>,
    /// The rule that was broken, or what happened, in English.
    pub detail: Cow<'static, str>,
    /// Whether the same call may succeed later without any change.
    pub retryable: bool,
}

/// The codes that exist only at the border, with what to do in English and Japanese.
pub const OWN_CODES: [(&str, &str, &str); 4] = [
    (
        "invalid_argument",
        "Correct the call: an argument is missing, not UTF-8, or not what the operation takes.",
        "呼び出しを修正してください。引数が不足しているか、UTF-8 ではないか、操作の形式に合っていません。",
    ),
    (
        "unknown_operation",
        "Check the name of the operation and the version of the library.",
        "操作名とライブラリのバージョンを確認してください。",
    ),
    (
        "panic",
        "This is a bug in the library. Read the purchase again before going on, and report it.",
        "ライブラリの不具合です。購入の状態を読み直してから続行し、不具合を報告してください。",
    ),
    (
        "version_mismatch",
        "Compile the program with the header of the library's release, and install that library.",
        "ライブラリと同じリリースのヘッダーでプログラムをコンパイルし、そのライブラリを設置してください。",
    ),
];

impl FfiError {
    /// An error about the whole call. `detail` must not carry secrets or personal data.
    #[must_use]
    pub fn new(code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            field: None,
            detail: detail.into(),
            retryable: false,
        }
    }

    /// An error about one field or argument.
    #[must_use]
    pub fn field(
        code: &'static str,
        field: impl Into<String>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            field: Some(field.into()),
            ..Self::new(code, detail)
        }
    }

    /// A bug was caught at the border.
    #[must_use]
    pub fn panicked() -> Self {
        Self::new("panic", "the library failed unexpectedly")
    }

    /// What to do about it, and who acts.
    #[must_use]
    pub fn hint(&self, lang: Lang) -> &'static str {
        hint(self.code, lang)
    }
}

/// What to do about a code; empty for one that does not exist.
#[must_use]
pub fn hint(code: &str, lang: Lang) -> &'static str {
    let core = ErrorKind::ALL.into_iter().find(|kind| kind.code() == code);
    if let Some(kind) = core {
        return kind.hint(lang);
    }
    OWN_CODES
        .iter()
        .find(|(own, _, _)| *own == code)
        .map_or("", |(_, en, ja)| lang.pick(en, ja))
}

impl From<Error> for FfiError {
    fn from(error: Error) -> Self {
        #[cfg(feature = "watch")]
        crate::watch::error(&error);
        Self {
            code: error.code(),
            field: error.field_name().map(str::to_owned),
            detail: Cow::Owned(error.detail().to_owned()),
            retryable: error.is_retryable(),
        }
    }
}

impl fmt::Display for FfiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = &self.field {
            write!(f, "{field}: ")?;
        }
        write!(f, "{} ({})", self.detail, self.code)
    }
}

impl fmt::Debug for FfiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FfiError({self})")
    }
}

impl std::error::Error for FfiError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_without_its_text() {
        let error = guard::<()>(|| panic!("hash_key=SECRET")).unwrap_err();
        assert_eq!(error.code, "panic");
        assert!(!format!("{error} {error:?}").contains("SECRET"));
    }

    #[test]
    fn every_code_has_a_hint_in_both_languages() {
        let own = OWN_CODES.iter().map(|(code, _, _)| *code);
        for code in ErrorKind::ALL.iter().map(|k| k.code()).chain(own) {
            assert!(!hint(code, Lang::En).is_empty(), "{code}");
            assert_ne!(hint(code, Lang::En), hint(code, Lang::Ja), "{code}");
        }
        assert_eq!(hint("no such code", Lang::En), "");
    }
}
