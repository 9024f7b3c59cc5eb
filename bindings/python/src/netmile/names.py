"""Names that the library gives and takes.

They are strings: a newer library may give a name that is not listed here, and it then arrives as a plain ``str``.
"""

from __future__ import annotations

from enum import Enum


class _Name(str, Enum):
    def __str__(self) -> str:
        return str(self.value)


class Terminal(_Name):
    """What the customer holds."""

    PC = "pc"
    SMARTPHONE = "smartphone"
    FEATURE_PHONE = "feature_phone"


class Billing(_Name):
    """How often a purchase is billed."""

    ONE_TIME = "one_time"
    RECURRING_SIMPLE = "recurring_simple"
    RECURRING_METERED = "recurring_metered"


class Phase(_Name):
    """Where a purchase stands."""

    OPEN = "open"
    AWAITING_NOTICE = "awaiting_notice"
    AWAITING_DEPOSIT = "awaiting_deposit"
    PAID = "paid"
    PAID_LATE = "paid_late"
    PAID_TWICE = "paid_twice"
    NEEDS_REVIEW = "needs_review"
    REFUND_REQUESTED = "refund_requested"
    REFUNDED = "refunded"
    GIVEN_UP = "given_up"


class EventKind(_Name):
    """What the shop is told."""

    PAID = "paid"
    PAID_LATE = "paid_late"
    PAID_TWICE = "paid_twice"
    AWAITING_DEPOSIT = "awaiting_deposit"
    DEPOSIT_EXPIRED = "deposit_expired"
    ATTEMPT_FAILED = "attempt_failed"
    ATTEMPT_CANCELLED = "attempt_cancelled"
    NEEDS_REVIEW = "needs_review"
    REFUND_REQUESTED = "refund_requested"
    REFUNDED = "refunded"
    REFUND_WITHDRAWN = "refund_withdrawn"
    CONTRACT_ENDED = "contract_ended"
    GIVEN_UP = "given_up"
    RESERVED = "reserved"
    CANCELLED = "cancelled"
    PARTLY_REFUNDED = "partly_refunded"
    STEP_FAILED = "step_failed"
    CONTRACT_STARTED = "contract_started"
    MILES_ISSUED = "miles_issued"
    MILES_REFUSED = "miles_refused"
    MILES_CANCEL_ANSWERED = "miles_cancel_answered"
    MILES_CANCEL_DECIDED = "miles_cancel_decided"
    MILES_CANCEL_REFUSED = "miles_cancel_refused"
    EXCHANGE_ISSUED = "exchange_issued"
    EXCHANGE_REFUSED = "exchange_refused"
    EXCHANGE_UNCONFIRMED = "exchange_unconfirmed"


class ReturnedBy(_Name):
    """By which of its URLs the browser came back."""

    SUCCESS = "success"
    CANCEL = "cancel"
    ERROR = "error"


class MessageKind(_Name):
    """The kind of a message that comes back; the shop knows it by the URL on which it arrives."""

    PURCHASE_NOTICE = "purchase_notice"
    PURCHASE_RETURN = "purchase_return"
    CANCEL_RETURN = "cancel_return"
    ERROR_RETURN = "error_return"
    REGISTRATION_NOTICE = "registration_notice"
    REGISTRATION_RETURN = "registration_return"
    RECURRING_NOTICE = "recurring_notice"
    RECURRING_RETURN = "recurring_return"
