"""Errors. ``str(error)`` is one line that is safe to log."""

from __future__ import annotations

from typing import Any, Optional


class NetmileError(Exception):
    """Why a call failed. Carries no secret and no personal data.

    Of a call that answers with an outcome an error means that nothing was sent, with one exception that says so:
    ``panic``. Of one that works on many things (``resolve``, ``bill_due``, ``issue_file``, ``repair``) some may be
    done: call it again.
    """

    code: str
    """Stable code, the same in every language, such as ``hash_mismatch``."""
    field: Optional[str]
    """The field or argument it is about."""
    detail: str
    """The rule that was broken, or what happened, in English."""
    hint: str
    """What to do about it and who acts, in English."""
    hint_ja: str
    """The same in Japanese."""
    retryable: bool
    """Whether the same call may succeed later without any change."""

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        field: Optional[str] = None,
        hint: str = "",
        hint_ja: str = "",
        retryable: bool = False,
    ) -> None:
        super().__init__(code, detail)
        self.code = code
        self.field = field
        self.detail = detail
        self.hint = hint
        self.hint_ja = hint_ja
        self.retryable = retryable

    def __str__(self) -> str:
        place = f"{self.field}: " if self.field else ""
        return f"{place}{self.detail} ({self.code})"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class VerificationError(NetmileError):
    """A message is not genuine, not in time, or not about what was asked. Do not trust it."""


class StateError(NetmileError):
    """The step is not possible in the state the purchase is in, or somebody else changed it."""


class ConfigurationError(NetmileError):
    """The client is not configured for this."""


class LibraryError(NetmileError, ImportError):
    """The library can not be loaded (``library_missing``), or does not belong to this package (``version_mismatch``).

    ``import netmile`` raises it, and nothing of the package has a name then: catch ``ImportError``, and read its ``code``.
    """


_KINDS: "dict[str, type[NetmileError]]" = {
    "hash_mismatch": VerificationError,
    "expired": VerificationError,
    "from_future": VerificationError,
    "mismatch": VerificationError,
    "malformed": VerificationError,
    "duplicate_field": VerificationError,
    "unknown_merchant": VerificationError,
    "invalid_state": StateError,
    "conflict": StateError,
    "configuration": ConfigurationError,
    "not_in_contract": ConfigurationError,
}


def from_failure(failure: Any) -> NetmileError:
    """The exception for a failure of the library."""
    return _KINDS.get(failure.code, NetmileError)(
        failure.code,
        failure.detail,
        field=failure.field,
        hint=failure.hint_en,
        hint_ja=failure.hint_ja,
        retryable=failure.retryable,
    )


def panicked() -> NetmileError:
    """The exception for a bug in the library; its text is not passed on, since it could quote data."""
    return NetmileError(
        "panic",
        "the library failed unexpectedly",
        hint="This is a bug in the library. Read the purchase again before going on, and report it.",
        hint_ja="ライブラリの不具合です。購入の状態を読み直してから続行し、不具合を報告してください。",
    )


def unusable_argument() -> NetmileError:
    """The exception for a value that can not even be handed to the library."""
    return NetmileError(
        "invalid_argument",
        "an argument is out of range or not well-formed text",
        hint="Correct the call: amounts are 64-bit integers, texts are Unicode without lone surrogates.",
        hint_ja="呼び出しを修正してください。金額は 64 ビット整数、文字列は正しい Unicode でなければなりません。",
    )
