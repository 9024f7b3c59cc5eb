//! The one error type.
//!
//! An `Err` means that nothing was sent and nothing was recorded as done. What it says is safe to log: it names
//! the field and the rule, never the value of a secret or a personal field.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::lang::Lang;

/// `Result` with the error of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, as a name that is the same in every language binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A value breaks the rule of its field (length, characters, range).
    InvalidValue,
    /// A field that must be there is not.
    MissingField,
    /// A field stands more than once.
    DuplicateField,
    /// A character has no Shift_JIS (CP932) form that reads back to itself.
    NotEncodable,
    /// The bytes are not what they claim to be: not a form, not Shift_JIS.
    Malformed,
    /// More bytes, fields or rows than the limit allows.
    TooLarge,
    /// The contract does not offer this; names the cell of the capability matrix.
    NotInContract,
    /// No contract of this client has this merchant and service.
    UnknownMerchant,
    /// The hash does not match: a wrong key, a wrong recipe or a forged message.
    HashMismatch,
    /// The message is older than its own time limit.
    Expired,
    /// The message is dated further in the future than clocks may differ.
    FromFuture,
    /// A verified message says something else than what was asked (amount, order, customer, merchant).
    Mismatch,
    /// No purchase is known under this id.
    UnknownOrder,
    /// The step is not possible in the state the purchase is in.
    InvalidState,
    /// Somebody else changed the same record, or the id is taken.
    Conflict,
    /// The journal could not read or write.
    Journal,
    /// The network or the peer failed before anything was sent.
    Transport,
    /// The client is not configured for this.
    Configuration,
}

impl ErrorKind {
    /// Every kind, in the order of the catalogue.
    pub const ALL: [Self; 18] = [
        Self::InvalidValue,
        Self::MissingField,
        Self::DuplicateField,
        Self::NotEncodable,
        Self::Malformed,
        Self::TooLarge,
        Self::NotInContract,
        Self::UnknownMerchant,
        Self::HashMismatch,
        Self::Expired,
        Self::FromFuture,
        Self::Mismatch,
        Self::UnknownOrder,
        Self::InvalidState,
        Self::Conflict,
        Self::Journal,
        Self::Transport,
        Self::Configuration,
    ];

    /// Stable code, the same in every language.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::InvalidValue => "invalid_value",
            Self::MissingField => "missing_field",
            Self::DuplicateField => "duplicate_field",
            Self::NotEncodable => "not_encodable",
            Self::Malformed => "malformed",
            Self::TooLarge => "too_large",
            Self::NotInContract => "not_in_contract",
            Self::UnknownMerchant => "unknown_merchant",
            Self::HashMismatch => "hash_mismatch",
            Self::Expired => "expired",
            Self::FromFuture => "from_future",
            Self::Mismatch => "mismatch",
            Self::UnknownOrder => "unknown_order",
            Self::InvalidState => "invalid_state",
            Self::Conflict => "conflict",
            Self::Journal => "journal",
            Self::Transport => "transport",
            Self::Configuration => "configuration",
        }
    }

    /// What to do about it, and who acts.
    #[must_use]
    pub const fn hint(self, lang: Lang) -> &'static str {
        let (en, ja) = match self {
            Self::InvalidValue => (
                "Correct the named field; the rule is in the message.",
                "メッセージに示された規則に合うように、該当フィールドの値を修正してください。",
            ),
            Self::MissingField => (
                "Fill in the named field.",
                "示されたフィールドを設定してください。",
            ),
            Self::DuplicateField => (
                "The sender repeats a field; do not accept the message. If you built it, send each field once.",
                "同じフィールドが重複しています。このメッセージは受け付けず、自分で作成した場合は 1 回だけ送信してください。",
            ),
            Self::NotEncodable => (
                "Replace the named character, or choose a replacement policy (TextPolicy::Replace).",
                "示された文字を置き換えるか、置換ポリシー（TextPolicy::Replace）を選択してください。",
            ),
            Self::Malformed => (
                "The bytes are damaged or not from the gateway. Keep them and look at who sent them.",
                "データが壊れているか、決済ゲートウェイからのものではありません。データを保存し、送信元を確認してください。",
            ),
            Self::TooLarge => (
                "Nothing from the gateway is this large. Check the sender.",
                "ゲートウェイから届くデータの上限を超えています。送信元を確認してください。",
            ),
            Self::NotInContract => (
                "Ask your payment provider to widen the contract, then widen the capability matrix of the Contract.",
                "決済代行会社との契約を拡張したうえで、Contract の機能表（CapabilityMatrix）を広げてください。",
            ),
            Self::UnknownMerchant => (
                "Add the contract with this merchant_id and service_id to the client.",
                "この merchant_id と service_id の契約をクライアントに登録してください。",
            ),
            Self::HashMismatch => (
                "Do not trust the message. If it is genuine, compare the hash keys and run explain_hash.",
                "このメッセージを信用しないでください。正規のものと思われる場合は、ハッシュキーを照合し explain_hash を実行してください。",
            ),
            Self::Expired => (
                "Check the server clock. The gateway operator can send the notice again; it is then signed anew.",
                "サーバーの時刻を確認してください。管理画面から通知を再送すると、新しい日時で署名し直されます。",
            ),
            Self::FromFuture => (
                "Set the server clock by NTP.",
                "NTP でサーバーの時刻を合わせてください。",
            ),
            Self::Mismatch => (
                "Do not deliver. Compare the purchase with the gateway's management page.",
                "商品を渡さないでください。購入内容を管理画面と照合してください。",
            ),
            Self::UnknownOrder => (
                "Check that this server reads the journal the order was recorded in.",
                "注文を記録したジャーナルを、このサーバーが参照しているか確認してください。",
            ),
            Self::InvalidState => (
                "Read the purchase again and decide from its present state.",
                "購入の現在の状態を読み直してから判断してください。",
            ),
            Self::Conflict => (
                "Read again and repeat the step; use a new id if the id is taken.",
                "読み直してからもう一度実行してください。ID が使用済みの場合は新しい ID を使用してください。",
            ),
            Self::Journal => (
                "Nothing was handed out or accepted. Restore the database, then repeat.",
                "何も送信・受理されていません。データベースを復旧してから再実行してください。",
            ),
            Self::Transport => (
                "Nothing was sent. Check the network, then repeat.",
                "何も送信されていません。ネットワークを確認してから再実行してください。",
            ),
            Self::Configuration => (
                "Correct the client's configuration; the message says which part.",
                "クライアントの設定を修正してください。該当箇所はメッセージに示されています。",
            ),
        };
        lang.pick(en, ja)
    }

    /// Whether the same call may succeed later without any change.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        matches!(self, Self::Conflict | Self::Journal | Self::Transport)
    }
}

/// Bytes that were received and not accepted, kept so that a person can look at them.
///
/// `Debug` shows the length only: the bytes may carry personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Evidence(Arc<[u8]>);

impl Evidence {
    /// Wraps received bytes.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        Self(Arc::from(bytes))
    }

    /// The bytes as received. They may carry personal data.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Evidence({} bytes)", self.0.len())
    }
}

/// The error of every call.
///
/// ```
/// use netmile::{Error, ErrorKind, Lang};
/// let error = Error::field(ErrorKind::InvalidValue, "amount", "must be at least 10 yen");
/// assert_eq!(error.code(), "invalid_value");
/// assert_eq!(error.field_name(), Some("amount"));
/// assert_eq!(error.to_string(), "amount: must be at least 10 yen (invalid_value)");
/// assert!(!error.hint(Lang::Ja).is_empty());
/// ```
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    field: Option<Cow<'static, str>>,
    detail: Cow<'static, str>,
    attempts: u32,
    evidence: Option<Evidence>,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error about the whole call. `detail` must not carry secrets or personal data.
    #[must_use]
    pub fn new(kind: ErrorKind, detail: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            kind,
            field: None,
            detail: detail.into(),
            attempts: 1,
            evidence: None,
            source: None,
        }))
    }

    /// An error about one field; `rule` says what the field must be.
    #[must_use]
    pub fn field(
        kind: ErrorKind,
        field: impl Into<Cow<'static, str>>,
        rule: impl Into<Cow<'static, str>>,
    ) -> Self {
        let mut error = Self::new(kind, rule);
        error.0.field = Some(field.into());
        error
    }

    /// Adds the underlying cause.
    #[must_use]
    pub fn with_source(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Arc::new(source));
        self
    }

    /// Adds the received bytes that were not accepted.
    #[must_use]
    pub fn with_evidence(mut self, bytes: &[u8]) -> Self {
        self.0.evidence = Some(Evidence::new(bytes));
        self
    }

    /// Says how often the step was tried.
    #[must_use]
    pub fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Stable code of [`kind`](Self::kind), the same in every language.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.kind.code()
    }

    /// Name of the field the error is about.
    #[must_use]
    pub fn field_name(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// The rule that was broken, or what happened, in English.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    /// What to do about it, and who acts.
    #[must_use]
    pub fn hint(&self, lang: Lang) -> &'static str {
        self.0.kind.hint(lang)
    }

    /// Whether the same call may succeed later without any change.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.kind.is_retryable()
    }

    /// How often the step was tried before this error.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The received bytes that were not accepted.
    #[must_use]
    pub fn evidence(&self) -> Option<&Evidence> {
        self.0.evidence.as_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = &self.0.field {
            write!(f, "{field}: ")?;
        }
        write!(f, "{} ({})", self.0.detail, self.0.kind.code())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("code", &self.code())
            .field("field", &self.0.field)
            .field("detail", &self.0.detail)
            .field("attempts", &self.0.attempts)
            .field("evidence", &self.0.evidence)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0
            .source
            .as_ref()
            .map(|s| s.as_ref() as &(dyn std::error::Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_and_hints_exist_in_both_languages() {
        let codes: std::collections::BTreeSet<_> =
            ErrorKind::ALL.iter().map(|k| k.code()).collect();
        assert_eq!(codes.len(), ErrorKind::ALL.len());
        for kind in ErrorKind::ALL {
            assert_ne!(kind.hint(Lang::En), kind.hint(Lang::Ja));
        }
    }

    #[test]
    fn evidence_is_kept_but_not_printed() {
        let error = Error::new(ErrorKind::HashMismatch, "hash does not match")
            .with_evidence(b"cust_code=SECRET-CUSTOMER");
        assert_eq!(
            error.evidence().unwrap().expose(),
            b"cust_code=SECRET-CUSTOMER"
        );
        assert!(!format!("{error:?} {error}").contains("SECRET"));
    }
}
