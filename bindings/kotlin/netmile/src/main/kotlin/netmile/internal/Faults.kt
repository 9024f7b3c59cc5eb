package netmile.internal

import java.nio.charset.CharacterCodingException
import netmile.ConfigurationException
import netmile.NetmileException
import netmile.OperationException
import netmile.StateException
import netmile.VerificationException
import netmile.internal.ffi.InternalException
import netmile.internal.ffi.NetmileFailure

private val VERIFICATION = setOf(
    "hash_mismatch", "expired", "from_future", "mismatch", "malformed", "duplicate_field", "unknown_merchant",
)
private val STATE = setOf("invalid_state", "conflict")
private val CONFIGURATION = setOf("configuration", "not_in_contract")

/** The exception of this package for one of the generated code; others as they are. */
internal fun translate(error: Throwable): Throwable = when (error) {
    is NetmileFailure.Failed -> fault(error)
    is InternalException -> panicked()
    is CharacterCodingException -> unusableArgument()
    else -> error
}

/** Runs what calls the generated code. */
internal inline fun <T> translated(call: () -> T): T = try {
    call()
} catch (error: NetmileFailure) {
    throw translate(error)
} catch (error: InternalException) {
    throw translate(error)
} catch (error: CharacterCodingException) {
    throw translate(error)
}

private fun fault(of: NetmileFailure.Failed): NetmileException = with(of) {
    when (code) {
        in VERIFICATION -> VerificationException(code, field, detail, hintEn, hintJa, retryable)
        in STATE -> StateException(code, field, detail, hintEn, hintJa, retryable)
        in CONFIGURATION -> ConfigurationException(code, field, detail, hintEn, hintJa, retryable)
        else -> OperationException(code, field, detail, hintEn, hintJa, retryable)
    }
}

/** A bug in the library; its text is not passed on, since it could quote data. */
private fun panicked() = OperationException(
    "panic",
    null,
    "the library failed unexpectedly",
    "This is a bug in the library. Read the purchase again before going on, and report it.",
    "ライブラリの不具合です。購入の状態を読み直してから続行し、不具合を報告してください。",
    false,
)

/** A value that can not even be handed to the library. */
internal fun unusableArgument() = OperationException(
    "invalid_argument",
    null,
    "an argument is out of range or not well-formed text",
    "Correct the call: texts are Unicode without lone surrogates, and values are of classes that JSON has.",
    "呼び出しを修正してください。文字列は正しい Unicode、値は JSON で表せる型でなければなりません。",
    false,
)

/** An answer that this package cannot read, which does not happen with the library that belongs to it. */
internal fun unreadableAnswer() = OperationException(
    "unreadable_answer",
    null,
    "the library's answer is not what this package knows",
    "The operation may have been carried out. Read it again from the journal before going on, and report this.",
    "処理は実行された可能性があります。ジャーナルから読み直してから続行し、この問題を報告してください。",
    false,
)

internal fun closed() = StateException(
    "invalid_state",
    null,
    "the client is closed",
    "Keep the client open as long as the shop runs.",
    "クライアントは、ショップの稼働中は開いたままにしてください。",
    false,
)
