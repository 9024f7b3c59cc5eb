"""NetMile payments through the SBPS gateway: forms, notices, purchases that are never lost or doubled.

Not made or endorsed by NetMile, SB Payment Service or NTT.
"""

from __future__ import annotations

from . import models, records
from ._async_client import AsyncClient
from ._client import Client
from ._native import VERSION as __version__
from .config import Cell, Contract, Method, Site
from .errors import ConfigurationError, LibraryError, NetmileError, StateError, VerificationError
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
from .transport import AsyncTransport, HttpRequest, HttpResponse, NotSentError, Transport

__all__ = [
    "AsyncClient",
    "AsyncTransport",
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
    "HttpRequest",
    "HttpResponse",
    "LibraryError",
    "Message",
    "MessageKind",
    "Method",
    "NetmileError",
    "NotSentError",
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
    "Site",
    "StateError",
    "Terminal",
    "Transport",
    "Urls",
    "VerificationError",
    "__version__",
    "models",
    "records",
]
