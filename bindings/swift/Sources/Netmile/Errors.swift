import Foundation

/// Why a call failed. Carries no secret and no personal data; `description` is one line that is safe to log.
///
/// Of a call that answers with an ``Outcome`` an error means that nothing was sent, with two exceptions that say so:
/// `panic` and `unreadable_answer`. Of one that works on many things (`resolve`, `billDue`, `issueFile`, `repair`)
/// some may be done: call it again.
public struct NetmileError: Error, Hashable, Sendable {
    /// The kinds worth telling apart.
    public enum Kind: Hashable, Sendable {
        /// A message is not genuine, not in time, or not about what was asked. Do not trust it.
        case verification
        /// The step is not possible in the state the purchase is in, or somebody else changed it.
        case state
        /// The client is not configured for this.
        case configuration
        /// Everything else; `code` says what.
        case other
    }

    /// Stable code, the same in every language, such as `hash_mismatch`.
    public let code: String
    /// The field or argument it is about.
    public let field: String?
    /// The rule that was broken, or what happened, in English.
    public let detail: String
    /// What to do about it and who acts, in English.
    public let hint: String
    /// The same in Japanese.
    public let hintJa: String
    /// Whether the same call may succeed later without any change.
    public let retryable: Bool

    /// An error as the library gives it; public so that tests of a shop can make one.
    public init(
        code: String,
        detail: String,
        field: String? = nil,
        hint: String = "",
        hintJa: String = "",
        retryable: Bool = false
    ) {
        self.code = code
        self.field = field
        self.detail = detail
        self.hint = hint
        self.hintJa = hintJa
        self.retryable = retryable
    }

    /// Which of the kinds it is.
    public var kind: Kind {
        switch code {
        case "hash_mismatch", "expired", "from_future", "mismatch", "malformed", "duplicate_field", "unknown_merchant":
            return .verification
        case "invalid_state", "conflict":
            return .state
        case "configuration", "not_in_contract", "version_mismatch":
            return .configuration
        default:
            return .other
        }
    }
}

extension NetmileError: CustomStringConvertible, CustomDebugStringConvertible {
    /// One line: the field, the rule, the code.
    public var description: String {
        let place = field.map { "\($0): " } ?? ""
        return "\(place)\(detail) (\(code))"
    }

    /// The same with the name of the type.
    public var debugDescription: String {
        "NetmileError(\(description))"
    }
}

extension NetmileError: LocalizedError {
    /// One line: the field, the rule, the code.
    public var errorDescription: String? {
        description
    }

    /// The rule that was broken, or what happened, in English.
    public var failureReason: String? {
        detail
    }

    /// What to do about it, in Japanese if that is what the user of this machine reads, otherwise in English.
    public var recoverySuggestion: String? {
        let japanese = Locale.preferredLanguages.first?.hasPrefix("ja") ?? false
        let text = japanese ? hintJa : hint
        return text.isEmpty ? nil : text
    }
}

extension NetmileError {
    /// A bug in the library; its text is not passed on, since it could quote data.
    static let panicked = NetmileError(
        code: "panic",
        detail: "the library failed unexpectedly",
        hint: "This is a bug in the library. Read the purchase again before going on, and report it.",
        hintJa: "ライブラリの不具合です。購入の状態を読み直してから続行し、不具合を報告してください。"
    )

    /// The library answered, and this package cannot read it. What was sent is in the journal.
    static let unreadableAnswer = NetmileError(
        code: "unreadable_answer",
        detail: "the answer of the library is not what this package knows",
        hint: "The operation may have been carried out. Read it again from the journal before going on, and report this.",
        hintJa: "処理は実行された可能性があります。ジャーナルから読み直してから続行し、この問題を報告してください。"
    )

    /// A value that cannot even be handed to the library.
    static let unusableArgument = NetmileError(
        code: "invalid_argument",
        detail: "an argument is out of range",
        hint: "Correct the call: instants are within the years 1 to 9999, numbers are finite.",
        hintJa: "呼び出しを修正してください。日時は西暦 1 年から 9999 年まで、数値は有限でなければなりません。"
    )

    /// More than can be handed to the library at once.
    static let tooLarge = NetmileError(
        code: "too_large",
        detail: "a request has at most 1 GiB",
        hint: "Hand in less at once, or name a file by its path.",
        hintJa: "一度に渡す量を減らすか、ファイルをパスで指定してください。"
    )

    /// The library belongs to another version of this package.
    static func versionMismatch(found: String, needed: String) -> NetmileError {
        NetmileError(
            code: "version_mismatch",
            detail: "the netmile library has \(found); this package needs \(needed)",
            hint: "Install the library and the package of the same version.",
            hintJa: "同じバージョンのライブラリとパッケージをインストールしてください。"
        )
    }
}
