package netmile

/**
 * Why a call failed. [message] is one line that is safe to log: it carries no secret and no personal data.
 *
 * Of a call that answers with an [Outcome] an exception means that nothing was sent, with two exceptions that say so:
 * `panic` and `unreadable_answer`. Of one that works on many things (`resolve`, `billDue`, `issueFile`, `repair`) some
 * may be done: call it again.
 */
public sealed class NetmileException(
    /** Stable code, the same in every language, such as `hash_mismatch`. */
    public val code: String,
    /** The field or argument it is about. */
    public val field: String?,
    /** The rule that was broken, or what happened, in English. */
    public val detail: String,
    /** What to do about it and who acts, in English. */
    public val hint: String,
    /** The same in Japanese. */
    public val hintJa: String,
    /** Whether the same call may succeed later without any change. */
    public val isRetryable: Boolean,
) : RuntimeException((if (field == null) "" else "$field: ") + "$detail ($code)")

/** A message is not genuine, not in time, or not about what was asked. Do not trust it. */
public class VerificationException internal constructor(
    code: String, field: String?, detail: String, hint: String, hintJa: String, retryable: Boolean,
) : NetmileException(code, field, detail, hint, hintJa, retryable)

/** The step is not possible in the state the purchase is in, or somebody else changed it. */
public class StateException internal constructor(
    code: String, field: String?, detail: String, hint: String, hintJa: String, retryable: Boolean,
) : NetmileException(code, field, detail, hint, hintJa, retryable)

/** The client is not configured for this. */
public class ConfigurationException internal constructor(
    code: String, field: String?, detail: String, hint: String, hintJa: String, retryable: Boolean,
) : NetmileException(code, field, detail, hint, hintJa, retryable)

/** Anything else; [code] says what. */
public class OperationException internal constructor(
    code: String, field: String?, detail: String, hint: String, hintJa: String, retryable: Boolean,
) : NetmileException(code, field, detail, hint, hintJa, retryable)

/** The library is not there (`library_missing`), or does not belong to this package (`version_mismatch`). */
public class LibraryException internal constructor(
    code: String, detail: String, hint: String, hintJa: String,
) : NetmileException(code, null, detail, hint, hintJa, false)
