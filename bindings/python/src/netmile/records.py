"""Requests and answers. ``repr`` leaves out what may be personal."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import datetime
from typing import Mapping, Optional, Sequence, Union

from .names import Billing, EventKind, Phase, ReturnedBy, Terminal


@dataclass(frozen=True)
class Urls:
    """Where the gateway sends the browser and its notice: https, at most 256 ASCII characters each."""

    success: str
    cancel: str
    error: str
    notify: str


@dataclass(frozen=True)
class DetailRow:
    """A detail row (明細). ``amount`` is the yen of the whole row."""

    item_id: str
    item_name: str = field(repr=False)
    amount: int
    count: Optional[int] = field(default=None, repr=False)
    tax: Optional[int] = field(default=None, repr=False)
    free: Sequence[str] = field(default=(), repr=False)


@dataclass(frozen=True)
class PurchaseRequest:
    """What the shop wants paid.

    ``purchase_id`` is the shop's own id (1 to 34 of ``[0-9A-Za-z_-]``), ``amount`` is in yen, tax included.
    ``pay_methods``: tags of the methods offered; ``None`` means NetMile, an empty sequence all of the merchant's.
    """

    purchase_id: str
    cust_code: str = field(repr=False)
    item_id: str
    amount: int
    urls: Urls = field(repr=False)
    terminal: Union[Terminal, str]
    item_name: str = field(default="", repr=False)
    tax: Optional[int] = field(default=None, repr=False)
    billing: Union[Billing, str] = Billing.ONE_TIME
    pay_methods: Optional[Sequence[str]] = field(default=None, repr=False)
    camp_type: Optional[int] = field(default=None, repr=False)
    last_charge_month: Optional[str] = field(default=None, repr=False)
    free: Sequence[str] = field(default=(), repr=False)
    free_csv: Mapping[str, str] = field(default_factory=dict, repr=False)
    rows: Sequence[DetailRow] = field(default=(), repr=False)


@dataclass(frozen=True)
class RecurringRequest:
    """An application for recurring billing without a purchase at once."""

    purchase_id: str
    cust_code: str = field(repr=False)
    item_id: str
    pay_methods: Sequence[str] = field(repr=False)
    urls: Urls = field(repr=False)
    terminal: Union[Terminal, str]
    item_name: str = field(default="", repr=False)
    free: Sequence[str] = field(default=(), repr=False)


@dataclass(frozen=True)
class RegistrationRequest:
    """Registration, update or deletion of a customer's payment data."""

    cust_code: str = field(repr=False)
    pay_methods: Sequence[str] = field(repr=False)
    urls: Urls = field(repr=False)
    terminal: Union[Terminal, str]
    sps_cust_no: str = field(default="", repr=False)
    sps_payment_no: str = field(default="", repr=False)
    free: Sequence[str] = field(default=(), repr=False)
    free_csv: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Page:
    """An HTTP answer for the customer's browser."""

    status: int
    content_type: str
    headers: "tuple[tuple[str, str], ...]" = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class SignedForm:
    """The ordered, signed fields that the customer's browser posts. Holds no key."""

    action: str
    fields: "tuple[tuple[str, str], ...]" = field(repr=False)
    request_date: str
    body: bytes = field(repr=False)
    """What the browser posts: url-encoded, in Shift_JIS."""
    html: bytes = field(repr=False)
    """A form with a button, in Shift_JIS, for a page of the shop in Shift_JIS."""
    page: Page = field(repr=False)
    """A whole page that posts itself; send it with its own content type and headers."""


@dataclass(frozen=True)
class Checkout:
    """A signed form that is in the journal and may be handed out."""

    purchase_id: str
    order_id: str
    """The id of this attempt at the gateway."""
    form: SignedForm = field(repr=False)
    hosted: Optional[str] = field(repr=False)
    """What an app needs to show the payment in a web view, as JSON without any secret."""

    @property
    def page(self) -> Page:
        """The page to send to the browser."""
        return self.form.page


@dataclass(frozen=True)
class Problem:
    """Why a notice was not accepted, for the shop's log. ``hint`` is in the client's language."""

    code: str
    field: Optional[str]
    detail: str
    hint: str = dataclasses.field(repr=False)
    retryable: bool = dataclasses.field(repr=False)


@dataclass(frozen=True)
class NoticeAnswer:
    """What to answer to a notice, byte for byte."""

    status: int
    content_type: str = field(repr=False)
    body: bytes = field(repr=False)
    accepted: bool
    problem: Optional[Problem]


@dataclass(frozen=True)
class Message:
    """What a genuine message says. Every field was verified, ``extra`` excepted."""

    kind: str
    merchant_id: str = field(repr=False)
    service_id: str = field(repr=False)
    order_id: Optional[str]
    cust_code: str = field(repr=False)
    amount: Optional[int]
    result: str
    tracking_id: Optional[str]
    used_pay_method: Optional[str] = field(repr=False)
    payment_date: Optional[str] = field(repr=False)
    err_code: Optional[str]
    made_at: datetime = field(repr=False)
    limit_second: int = field(repr=False)
    sps_cust_no: Optional[str] = field(repr=False)
    sps_payment_no: Optional[str] = field(repr=False)
    payinfo_key: Optional[str] = field(repr=False)
    rows: "tuple[DetailRow, ...]" = field(repr=False)
    extra: "tuple[tuple[str, str], ...]" = field(repr=False)


@dataclass(frozen=True)
class RefundEvidence:
    """What proves that a refund was executed; ``amount`` must be the whole payment."""

    source: str
    reference: str = field(repr=False)
    amount: int
    refunded_at: datetime


@dataclass(frozen=True)
class Refund:
    """A refund of one payment."""

    reason: str = field(repr=False)
    requested_at: datetime
    confirmed: Optional[RefundEvidence]


@dataclass(frozen=True)
class Payment:
    """Money that moved. ``refused``: the shop answered the notice with NG; the money moved all the same."""

    tracking_id: str
    order_id: str
    amount: int
    paid_at: datetime = field(repr=False)
    refused: bool
    refund: Optional[Refund]


@dataclass(frozen=True)
class Attempt:
    """One id at the gateway."""

    order_id: str
    purpose: str
    state: str
    started_at: datetime = field(repr=False)
    err_code: Optional[str]
    tracking_id: Optional[str] = field(repr=False)


@dataclass(frozen=True)
class Purchase:
    """What the shop wants paid, and all that is known about it."""

    id: str
    merchant_id: str = field(repr=False)
    service_id: str = field(repr=False)
    phase: Union[Phase, str]
    review: Optional[str]
    cust_code: str = field(repr=False)
    item_id: str = field(repr=False)
    item_name: str = field(repr=False)
    amount: int
    billing: Union[Billing, str] = field(repr=False)
    attempts: "tuple[Attempt, ...]" = field(repr=False)
    payments: "tuple[Payment, ...]" = field(repr=False)
    deposited: int = field(repr=False)
    given_up: bool = field(repr=False)
    late_accepted: bool = field(repr=False)
    contract_end: Optional[str] = field(repr=False)
    created_at: datetime = field(repr=False)


@dataclass(frozen=True)
class NoticeView:
    """A genuine notice that is not recorded yet, and the purchase as it stands before it."""

    message: Message
    purchase: Purchase


@dataclass(frozen=True)
class BrowserReturn:
    """A browser is back. Decide what to show from the purchase, never from this."""

    by: Union[ReturnedBy, str]
    order_id: Optional[str]
    err_code: Optional[str]
    purchase: Optional[Purchase]


@dataclass(frozen=True)
class RegistrationResult:
    """The result of a registration; ``message`` is absent when the browser brought nothing."""

    message: Optional[Message]
    answer: NoticeAnswer = field(repr=False)


@dataclass(frozen=True)
class RefundTicket:
    """A refund that waits for a person on the gateway's management page."""

    purchase_id: str
    tracking_id: str
    amount: int
    management_url: Optional[str]
    deadline: datetime


@dataclass(frozen=True)
class Event:
    """Something that the shop has to act on. Make the fulfilment idempotent by ``id`` and
    ``purchase_id`` together (a journal begun anew counts from 1 again), then acknowledge it."""

    id: int
    kind: Union[EventKind, str]
    subject: str
    """What it is about: ``purchase``, ``charge``, ``issue``, ``by_hand``, ``cancel``, ``exchange`` or ``upload``."""
    purchase_id: str
    merchant_id: str = field(repr=False)
    service_id: str = field(repr=False)
    phase: Union[Phase, str]
    order_id: Optional[str]
    tracking_id: Optional[str]
    step: Optional[str]
    """The step of a charge whose outcome it tells: ``request``, ``commit``, ``capture``, ``refund``, ``partial_refund``,
    ``refund_month`` or ``end``."""
    key: Optional[str]
    """Which of several such steps: the month of a month's refund (``YYYYMM``), or the shop's own name of a partial refund."""
    amount: int
    review: Optional[str] = field(repr=False)
    at: datetime = field(repr=False)


@dataclass(frozen=True)
class Evidence:
    """A genuine message that could not be applied."""

    digest: str
    code: str
    body: bytes = field(repr=False)
    at: datetime


@dataclass(frozen=True)
class HashFault:
    """One mistake in a recipe."""

    id: str
    field: Optional[str]
    text: str = dataclasses.field(repr=False)


@dataclass(frozen=True)
class HashExplanation:
    """What is wrong with a hash. ``verdict``: ``correct``, ``recipe``, ``no_known_recipe`` or ``not_a_hash``."""

    verdict: str
    faults: "tuple[HashFault, ...]" = field(repr=False)
    text: str


@dataclass(frozen=True)
class ErrorEntry:
    """One entry of the error catalogue."""

    code: str
    retryable: bool = field(repr=False)
    hint_en: str = field(repr=False)
    hint_ja: str = field(repr=False)


@dataclass(frozen=True)
class CodeEntry:
    """What is known about a code of the gateway (``res_err_code``)."""

    code: str
    id: str
    known: bool
    meaning_en: str = field(repr=False)
    meaning_ja: str = field(repr=False)
    remedy_en: str = field(repr=False)
    remedy_ja: str = field(repr=False)
    actor: str
    """Who acts: ``merchant``, ``customer``, ``gateway`` or ``nobody``."""
    notice: str = field(repr=False)
    """Whether the result notice is sent: ``sent``, ``not_sent`` or ``unknown``."""
