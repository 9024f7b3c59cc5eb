"""NetMile payments through the SBPS gateway: forms, notices, purchases that are never lost or doubled.

Not made or endorsed by NetMile, SB Payment Service or NTT.
"""

from __future__ import annotations

from . import records
from ._async_client import AsyncClient
from ._client import Client
from ._native import VERSION as __version__
from .config import Cell, Contract, Method
from .errors import ConfigurationError, NetmileError, StateError, VerificationError
from .names import Billing, EventKind, MessageKind, Phase, ReturnedBy, Terminal
from .records import (
    Attempt,
    BrowserReturn,
    Checkout,
    CodeEntry,
    DetailRow,
    ErrorEntry,
    Event,
    Evidence,
    HashExplanation,
    HashFault,
    Message,
    NoticeAnswer,
    NoticeView,
    Page,
    Payment,
    Problem,
    Purchase,
    PurchaseRequest,
    RecurringRequest,
    Refund,
    RefundEvidence,
    RefundTicket,
    RegistrationRequest,
    RegistrationResult,
    SignedForm,
    Urls,
)

__all__ = [
    "AsyncClient",
    "Attempt",
    "Billing",
    "BrowserReturn",
    "Cell",
    "Checkout",
    "Client",
    "CodeEntry",
    "ConfigurationError",
    "Contract",
    "DetailRow",
    "ErrorEntry",
    "Event",
    "EventKind",
    "Evidence",
    "HashExplanation",
    "HashFault",
    "Message",
    "MessageKind",
    "Method",
    "NetmileError",
    "NoticeAnswer",
    "NoticeView",
    "Page",
    "Payment",
    "Phase",
    "Problem",
    "Purchase",
    "PurchaseRequest",
    "RecurringRequest",
    "Refund",
    "RefundEvidence",
    "RefundTicket",
    "RegistrationRequest",
    "RegistrationResult",
    "ReturnedBy",
    "SignedForm",
    "StateError",
    "Terminal",
    "Urls",
    "VerificationError",
    "__version__",
    "records",
]
