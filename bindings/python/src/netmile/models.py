"""Requests and answers of the rooms beyond the link type. ``repr`` leaves out what may be personal.

Made by generate.py from ffi/manifest.json; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as _field
from datetime import datetime
from typing import Any, Mapping, Optional, Tuple

from . import records

__all__ = [
    "AdoptPurchaseRequest",
    "AdoptRequest",
    "AdoptSimpleRequest",
    "ApiCodeEntry",
    "ApplicantAnswer",
    "Balance",
    "BatchIssueReport",
    "BatchIssueRequest",
    "BatchProgressReport",
    "BatchRef",
    "BatchState",
    "Batches",
    "BillSums",
    "BilledPeriod",
    "BilledPeriods",
    "BillingSchedule",
    "CampaignBill",
    "CampaignInfo",
    "CancelledIssue",
    "CardTerms",
    "CardToken",
    "Charge",
    "ChargeOutcome",
    "ChargeRequest",
    "ChargeStep",
    "Charges",
    "ClassTally",
    "CodeTally",
    "ConversionAnswer",
    "CustomerDataOutcome",
    "CustomerDataRequest",
    "DeletionOutcome",
    "Done",
    "DropFileEntry",
    "DropFiles",
    "DropHandleAnswer",
    "DropHandleRequest",
    "DropSettleAnswer",
    "DuePeriod",
    "DuePeriods",
    "Exchange",
    "ExchangeFile",
    "ExchangeFileRow",
    "ExchangeFiles",
    "ExchangeOfferAnswer",
    "ExchangeOutcome",
    "ExchangeRequest",
    "ExchangedMiles",
    "Exchanges",
    "FileCheckReport",
    "FileCheckRequest",
    "FileFaultEntry",
    "FoundRegistration",
    "HandIssueOutcome",
    "HandIssued",
    "HandRow",
    "HandRowResult",
    "HistoryPage",
    "HistoryQuery",
    "HistoryRow",
    "Ids",
    "InquiryAnswer",
    "IssueOutcome",
    "IssueRequest",
    "IssueSettings",
    "IssuedMiles",
    "ListFile",
    "MemberInfo",
    "MembershipAnswer",
    "MethodCell",
    "MethodField",
    "MethodInfo",
    "MethodList",
    "MileBill",
    "MileCancelOutcome",
    "MileCancellation",
    "MileCodeCatalogue",
    "MileCodeEntry",
    "MileRegistration",
    "MileRule",
    "MileTask",
    "MileTasks",
    "MileUser",
    "OpenStep",
    "OpenTicket",
    "PassbookAnswer",
    "PendingMiles",
    "PeriodAmount",
    "PlannedRepair",
    "RateTerms",
    "RawField",
    "RawOutcome",
    "RawReview",
    "ReconciliationEntry",
    "ReconciliationReport",
    "RecoveredAll",
    "Refusal",
    "RegistrationPage",
    "RegistrationQuery",
    "RepairReport",
    "RepairResult",
    "ResolvedAll",
    "RowTotal",
    "SampleMailText",
    "SettledFile",
    "SettledRow",
    "Slip",
    "StatementRequest",
    "StatementSummary",
    "TagContents",
    "TagRequest",
    "TagText",
    "TaskReview",
    "Upload",
    "UploadRef",
    "UploadReview",
    "Uploads",
    "XmlNoticeAnswer",
]


@dataclass(frozen=True)
class OpenStep:
    """A step of a charge that is open."""

    step: str
    """``request``, ``commit``, ``capture``, ``refund``, ``partial_refund``, ``refund_month`` or ``end``."""
    amount: int
    """Its yen; 0 where it has none."""
    state: str
    """``sending`` or ``unknown``."""
    since: datetime
    """Since when."""
    sends: int
    """How often it may have been sent."""
    looks: int
    """How often somebody looked for its outcome."""
    key: Optional[str] = None
    """The month of a month's refund, or the shop's own name of a partial refund."""


@dataclass(frozen=True)
class ChargeStep:
    """A step of a charge that is over."""

    step: str
    """Which one."""
    amount: int
    """Its yen."""
    at: datetime
    """When its end was recorded."""
    result: str
    """``done``, ``rejected``, ``not_sent``, ``found``, ``found_missing`` or ``reviewed``."""
    key: Optional[str] = None
    """The month of a month's refund, or the shop's own name of a partial refund."""
    code: Optional[str] = None
    """The code of a refusal."""


@dataclass(frozen=True)
class Refusal:
    """Why the gateway or NetMile refused. Nothing moved."""

    code: str
    """The code. Those of NetMile's tables carry their table: ``manual:44038``."""
    details: Mapping[str, str] = _field(repr=False)
    """Further facts of the answer, by name."""


@dataclass(frozen=True)
class Charge:
    """One ``order_id`` at the API type."""

    id: str
    """The shop's id."""
    merchant_id: str = _field(repr=False)
    """Merchant."""
    service_id: str = _field(repr=False)
    """Service."""
    method: str
    """Tag of the method."""
    kind: str
    """``payment``, ``period``, ``simple_contract`` or ``metered_contract``."""
    amount: int
    """Yen asked; of a contract those of each period, 0 when metered."""
    phase: str
    """``prepared``, ``unknown``, ``authorised``, ``reserved``, ``awaiting_deposit``, ``paid``, ``partly_refunded``,
    ``refunded``, ``cancelled``, ``rejected``, ``expired``, ``active``, ``ended``, ``needs_review``, or a name that
    is not known yet.
    """
    details: Mapping[str, str] = _field(repr=False)
    """Further facts by name: what the customer needs to pay a slip, the brand of a card. May be personal."""
    captured: int
    """Yen captured."""
    refunded: int
    """Yen refunded."""
    deposited: int
    """Yen deposited so far."""
    log: Tuple[ChargeStep, ...] = _field(repr=False)
    """Steps that are over, oldest first."""
    refunded_months: Tuple[str, ...] = _field(repr=False)
    """Refunded months of a simple contract, ``YYYYMM``."""
    created_at: datetime = _field(repr=False)
    """When it was recorded."""
    subscription: Optional[str] = _field(default=None, repr=False)
    """Of a period: the shop's id of its contract."""
    period: Optional[str] = _field(default=None, repr=False)
    """Of a period: which one, such as ``2026-02``."""
    tracking_id: Optional[str] = None
    """The gateway's id, once known."""
    transaction_id: Optional[str] = _field(default=None, repr=False)
    """The gateway's id of the first exchange, once known."""
    doubted_deposit: Optional[int] = None
    """Yen that a notice says were deposited, while the gateway is asked whether that is so: it would call a person."""
    pending: Optional[OpenStep] = None
    """The step that is open."""
    rejection: Optional[Refusal] = None
    """Why the request was refused."""
    review: Optional[str] = None
    """Why a person must look: ``no_evidence``, ``contradiction`` or ``deposit_sum``."""
    pay_by: Optional[datetime] = _field(default=None, repr=False)
    """Last instant at which a slip can be paid."""


@dataclass(frozen=True)
class OpenTicket:
    """Names what is not known yet. The journal knows of it, and the resolver will find out."""

    id: str
    """The shop's id of what was asked."""
    step: str
    """The step that is open."""
    since: datetime
    """Since when."""
    key: Optional[str] = None
    """The month of a month's refund (``YYYYMM``), or the shop's own name of a partial refund."""
    next_look: Optional[datetime] = None
    """When the resolver looks next."""


@dataclass(frozen=True)
class ChargeOutcome:
    """How a step of a charge ended."""

    outcome: str
    """``done``, ``rejected`` or ``unknown``: it may have moved money."""
    value: Optional[Charge] = None
    """The charge, when it is done."""
    rejection: Optional[Refusal] = None
    """Why it was refused."""
    ticket: Optional[OpenTicket] = None
    """What is not known yet."""

    @property
    def is_done(self) -> bool:
        """Whether it happened."""
        return self.outcome == "done"

    @property
    def is_rejected(self) -> bool:
        """Whether it was refused; nothing moved."""
        return self.outcome == "rejected"

    @property
    def is_unknown(self) -> bool:
        """Whether it may have happened: it is found out later, and must not be repeated by hand."""
        return self.outcome == "unknown"


@dataclass(frozen=True)
class CardTerms:
    """How a card is charged."""

    dealings_type: Optional[str] = None
    """取引区分: ``10`` once, ``21`` bonus, ``61`` instalments, ``80`` revolving."""
    divide_times: Optional[int] = None
    """分割回数 of instalments."""
    store: bool = False
    """Store the card for this customer."""


@dataclass(frozen=True)
class CardToken:
    """A one-time token that the browser got from the gateway."""

    token: str = _field(repr=False)
    """The token. Secret."""
    token_key: str = _field(repr=False)
    """Its key. Secret."""
    terms: Optional[CardTerms] = _field(default=None, repr=False)
    """How it is charged."""


@dataclass(frozen=True)
class Slip:
    """What a slip needs. All of it is personal."""

    store: str
    """``seven_eleven``, ``lawson``, ``ministop``, ``family_mart`` or ``seicomart``."""
    last_name: str = _field(repr=False)
    """Family name, at most 20 bytes in Shift_JIS."""
    first_name: str = _field(repr=False)
    """First name."""
    zip: str = _field(repr=False)
    """Postal code, 7 digits."""
    prefecture: str = _field(repr=False)
    """Prefecture."""
    address: str = _field(repr=False)
    """Town and street."""
    tel: str = _field(repr=False)
    """Telephone, 9 to 11 digits."""
    mail: str = _field(repr=False)
    """Mail address."""
    last_name_kana: str = _field(default="", repr=False)
    """Family name in full-width katakana."""
    first_name_kana: str = _field(default="", repr=False)
    """First name in full-width katakana."""
    building: str = _field(default="", repr=False)
    """Building."""
    pay_by: Optional[str] = None
    """Last day on which it can be paid, ``YYYYMMDD``."""


@dataclass(frozen=True)
class MethodField:
    """A leaf of ``pay_method_info``."""

    name: str
    """Tag."""
    value: str = _field(repr=False)
    """Value. May be personal."""
    multi_byte: bool = False
    """Whether it may hold multi-byte characters."""


@dataclass(frozen=True)
class ChargeRequest:
    """A charge of the API type. Exactly one of ``token``, ``stored_customer``, ``member``, ``slip``, ``fields`` and
    ``contract`` says by what means the customer pays.
    """

    id: str
    """The shop's own id, the ``order_id``: 1 to 38 of ``[0-9A-Za-z_-]``, never used twice."""
    method: str
    """Tag of the method."""
    amount: int
    """Yen, tax included."""
    cust_code: str = _field(repr=False)
    """The customer's id at the shop (顧客ID), 1 to 64 ASCII characters. Personal."""
    item_id: str = _field(repr=False)
    """Item id (商品ID), 1 to 32 characters."""
    item_name: str = _field(default="", repr=False)
    """Item name (商品名称), at most 40 bytes in Shift_JIS."""
    terminal: Optional[str] = _field(default=None, repr=False)
    """What the customer holds: ``pc`` (when not given), ``smartphone`` or ``feature_phone``."""
    tax: Optional[int] = _field(default=None, repr=False)
    """Tax within the amount, yen."""
    free: Tuple[str, ...] = _field(default=(), repr=False)
    """At most three free texts of 20 bytes in Shift_JIS."""
    rows: Tuple[records.DetailRow, ...] = _field(default=(), repr=False)
    """Detail rows (明細)."""
    token: Optional[CardToken] = _field(default=None, repr=False)
    """A card by its one-time token. Not kept in the journal."""
    stored_customer: Optional[CardTerms] = _field(default=None, repr=False)
    """The card that is stored for this customer."""
    member: Optional[str] = _field(default=None, repr=False)
    """A member of a point service, by id. Personal."""
    slip: Optional[Slip] = _field(default=None, repr=False)
    """A slip for the convenience store (Webコンビニ)."""
    fields: Optional[Tuple[MethodField, ...]] = _field(default=None, repr=False)
    """Leaves of ``pay_method_info`` of a method that the merchant added."""
    contract: bool = _field(default=False, repr=False)
    """The contract that was applied for before."""
    return_customer_info: bool = _field(default=False, repr=False)
    """Asks for the gateway's numbers of customer and payment."""
    camp_type: Optional[int] = _field(default=None, repr=False)
    """Campaign type (キャンペーンタイプ) of an application for a simple recurring contract, one digit: 1 for a first month
    that is free, 0 or nothing for one that is billed at once. For members and methods of the merchant's own only.
    """


@dataclass(frozen=True)
class Charges:
    """Charges."""

    charges: Tuple[Charge, ...]
    """In the order of contract and id."""


@dataclass(frozen=True)
class InquiryAnswer:
    """What the gateway knows about a payment."""

    known: bool
    """Whether anything was asked: a charge of which nothing was sent is not asked about."""
    payment_status: str
    """The status as sent."""
    details: Mapping[str, str] = _field(repr=False)
    """Further facts by name. May be personal."""
    status: Optional[str] = None
    """``none``, ``processing``, ``authorised``, ``captured``, ``cancelled``, ``refunded``, ``partly_refunded``,
    ``awaiting_deposit``, ``partly_deposited``, ``deposited`` or ``overdeposited``.
    """
    committed: Optional[bool] = None
    """Whether the authorisation was committed."""
    tracking_id: Optional[str] = None
    """The gateway's id."""
    amount: Optional[int] = None
    """Yen of the payment."""
    refunded: Optional[int] = None
    """Yen refunded in all."""


@dataclass(frozen=True)
class XmlNoticeAnswer:
    """What to answer to an XML notice, byte for byte, and what it was about."""

    status: int
    """HTTP status."""
    content_type: str = _field(repr=False)
    """``Content-Type``."""
    body: bytes = _field(repr=False)
    """The body."""
    accepted: bool
    """Whether the answer accepts the notice."""
    repeated: bool
    """Whether the same notice was recorded before."""
    charge: Optional[Charge] = None
    """The charge as it stands after it."""
    problem: Optional[records.Problem] = None
    """Why not, for the shop's log."""


@dataclass(frozen=True)
class RawOutcome:
    """How a raw message ended."""

    outcome: str
    """``done``, ``rejected`` or ``unknown``."""
    value: Optional[Mapping[str, str]] = _field(default=None, repr=False)
    """The leaves of the answer, by path. May be personal."""
    rejection: Optional[Refusal] = None
    """Why it was refused."""
    ticket: Optional[OpenTicket] = None
    """What is not known yet."""

    @property
    def is_done(self) -> bool:
        """Whether it happened."""
        return self.outcome == "done"

    @property
    def is_rejected(self) -> bool:
        """Whether it was refused; nothing moved."""
        return self.outcome == "rejected"

    @property
    def is_unknown(self) -> bool:
        """Whether it may have happened: it is found out later, and must not be repeated by hand."""
        return self.outcome == "unknown"


@dataclass(frozen=True)
class RawField:
    """A leaf or a group of a raw message."""

    name: str
    """Tag."""
    kind: str
    """``digits``, ``exactly``, ``single``, ``multi``, ``group`` or ``secret_group`` (its values travel encrypted)."""
    value: str = _field(default="", repr=False)
    """Value of a leaf. May be personal."""
    max: int = 0
    """Most characters of a leaf; of ``exactly`` their number, of ``multi`` bytes of Shift_JIS."""
    fields: Tuple[RawField, ...] = _field(default=(), repr=False)
    """What a group holds: leaves only."""


@dataclass(frozen=True)
class Ids:
    """Ids."""

    ids: Tuple[str, ...]
    """The shop's ids."""


@dataclass(frozen=True)
class RawReview:
    """What a person found out about a raw message whose outcome nobody knows."""

    id: str
    """The shop's own id of it."""
    verdict: str
    """``happened`` or ``missing``."""


@dataclass(frozen=True)
class Balance:
    """A balance."""

    miles: int = _field(repr=False)
    """Miles. Personal."""


@dataclass(frozen=True)
class CustomerDataOutcome:
    """How a step about customer data ended."""

    outcome: str
    """``done``, ``rejected`` or ``unknown``."""
    value: Optional[Mapping[str, str]] = _field(default=None, repr=False)
    """What the gateway tells, by name; a card number comes masked. Personal."""
    rejection: Optional[Refusal] = None
    """Why it was refused."""
    ticket: Optional[OpenTicket] = None
    """What is not known yet."""

    @property
    def is_done(self) -> bool:
        """Whether it happened."""
        return self.outcome == "done"

    @property
    def is_rejected(self) -> bool:
        """Whether it was refused; nothing moved."""
        return self.outcome == "rejected"

    @property
    def is_unknown(self) -> bool:
        """Whether it may have happened: it is found out later, and must not be repeated by hand."""
        return self.outcome == "unknown"


@dataclass(frozen=True)
class CustomerDataRequest:
    """What to do with the card that the gateway keeps for a customer."""

    method: str
    """Tag of the method."""
    cust_code: str = _field(repr=False)
    """The customer's id at the shop. Personal."""
    action: str
    """``store``, ``update``, ``delete`` or ``show``."""
    token: str = _field(default="", repr=False)
    """The one-time token to store. Secret."""
    token_key: str = _field(default="", repr=False)
    """Its key. Secret."""


@dataclass(frozen=True)
class BillingSchedule:
    """On which days a contract is billed."""

    start: str
    """First day of the contract, ``YYYY-MM-DD``."""
    billing_day: int
    """Day of the month, 1 to 31; in shorter months the last one."""
    interval: Optional[int] = None
    """Every so many months; 1 when not given."""
    anchor: Optional[str] = _field(default=None, repr=False)
    """A month in which it is billed, ``YYYY-MM``; that of the first day when not given."""
    first: Optional[str] = None
    """The time before the first billing day: ``bill_at_once`` (when not given), ``next_billing_day`` or ``free``."""
    last_charge_month: Optional[str] = _field(default=None, repr=False)
    """The last month that is billed, ``YYYY-MM``."""
    last_day: Optional[str] = _field(default=None, repr=False)
    """The last day of the contract, ``YYYY-MM-DD``."""


@dataclass(frozen=True)
class AdoptRequest:
    """A contract that runs at the gateway already."""

    id: str
    """The shop's own id of the contract."""
    method: str
    """Tag of the method."""
    tracking_id: str
    """The gateway's id of the contract."""
    cust_code: str = _field(repr=False)
    """The customer's id at the shop. Personal."""
    item_id: str = _field(repr=False)
    """Item id."""
    amount: int
    """Yen of each period; 0 when metered."""
    schedule: BillingSchedule
    """On which days it is billed."""
    item_name: str = _field(default="", repr=False)
    """Item name."""


@dataclass(frozen=True)
class AdoptPurchaseRequest:
    """A contract that a purchase by link type brought about."""

    purchase_id: str
    """The shop's id of the purchase."""
    id: str
    """The shop's own id of the contract."""
    method: str
    """Tag of the method."""
    amount: int
    """Yen of each period."""
    schedule: BillingSchedule
    """On which days it is billed."""


@dataclass(frozen=True)
class AdoptSimpleRequest:
    """A simple contract (継続課金・簡易) that the gateway bills already."""

    id: str
    """The shop's own id of the contract."""
    method: str
    """Tag of the method."""
    tracking_id: str
    """The gateway's id of the contract."""
    cust_code: str = _field(repr=False)
    """The customer's id at the shop. Personal."""
    item_id: str = _field(repr=False)
    """Item id."""
    amount: int
    """Yen of each month."""
    item_name: str = _field(default="", repr=False)
    """Item name."""
    terminal: Optional[str] = _field(default=None, repr=False)
    """What the customer holds: ``pc`` (when not given), ``smartphone`` or ``feature_phone``."""


@dataclass(frozen=True)
class DuePeriod:
    """A period that is due and was not billed."""

    subscription: str
    """The shop's id of the contract."""
    period: str
    """Which period, such as ``2026-02``."""
    starts: str
    """Its first day."""
    ends: str
    """Its last day."""
    amount: int
    """Yen of the contract; 0 when metered."""


@dataclass(frozen=True)
class DuePeriods:
    """Periods that are due."""

    due: Tuple[DuePeriod, ...]
    """In the order of contracts and periods."""


@dataclass(frozen=True)
class BilledPeriod:
    """What the billing job did about one period."""

    subscription: str
    """The shop's id of the contract."""
    period: str
    """Which period."""
    next: str
    """``billed``, ``refused``, ``later``, ``unknown`` or ``not_sent``."""
    outcome: Optional[ChargeOutcome] = None
    """How it ended, if it was sent."""
    problem: Optional[records.Problem] = None
    """Why nothing was sent."""
    again_at: Optional[datetime] = None
    """When it is tried again."""


@dataclass(frozen=True)
class BilledPeriods:
    """What the billing job did."""

    periods: Tuple[BilledPeriod, ...]
    """In the order of contracts and periods."""


@dataclass(frozen=True)
class PeriodAmount:
    """What a period costs."""

    subscription: str
    """The shop's id of the contract."""
    period: str
    """Which period, as ``subscription.due`` names it."""
    amount: int
    """Yen."""


@dataclass(frozen=True)
class StatementSummary:
    """A statement that was read and not compared."""

    from_: str
    """First day."""
    until: str
    """Last day."""
    rows: int
    """Movements."""
    ignored: int
    """Lines that are no movement."""
    amount: int
    """Sum of the movements, yen."""
    fee: int
    """Sum of the commissions, yen."""
    net: int
    """What is left, yen."""
    proven_whole: bool
    """Whether sums at its end prove that nothing is missing."""


@dataclass(frozen=True)
class StatementRequest:
    """A settlement statement (精算ファイル) and how to read it. Exactly one of ``file`` and ``path`` is given."""

    file: Optional[bytes] = _field(default=None, repr=False)
    """The bytes of the file, at most 16 MB."""
    path: Optional[str] = None
    """A file on this machine, at most 256 MiB."""
    month: Optional[str] = None
    """The month that it is about, ``YYYYMM``."""
    from_: Optional[str] = None
    """The first day that it is about, ``YYYY-MM-DD``, instead of a month."""
    until: Optional[str] = None
    """The last day that it is about."""
    profile: Optional[Any] = _field(default=None, repr=False)
    """Which columns it has, as docs/reconcile.md describes; the reference format when not given."""
    terms: Optional[Any] = _field(default=None, repr=False)
    """What was agreed about commission and payout, as docs/reconcile.md describes; the usual when not given."""


@dataclass(frozen=True)
class ClassTally:
    """Counts and yen of one class."""

    class_: str
    """``match``, ``missing_here``, ``missing_there``, ``amount``, ``status``, ``duplicate`` or ``outside_period``."""
    file_count: int
    """Movements of the file."""
    file_yen: int
    """Their yen, refunds negative."""
    journal_count: int
    """Movements of the journal."""
    journal_yen: int
    """Their yen."""


@dataclass(frozen=True)
class ReconciliationEntry:
    """One movement of file, journal or both."""

    class_: str
    """Which kind of agreement or difference."""
    cause: str
    """Why."""
    text: str = _field(repr=False)
    """The cause for a person, in the client's language."""
    order_id: str
    """The shop's id at the gateway."""
    verdict: Optional[str] = None
    """What the file decides about an unknown outcome: ``paid``, ``not_paid``, ``refunded``, ``not_refunded`` or
    ``undecided``.
    """
    tracking_id: Optional[str] = None
    """The gateway's id."""
    line: Optional[int] = None
    """Line of the file."""
    file_amount: Optional[int] = None
    """Yen in the file, a refund negative."""
    journal_amount: Optional[int] = None
    """Yen in the journal, a refund negative."""
    record: Optional[str] = _field(default=None, repr=False)
    """The record: ``payment``, ``purchase``, ``period`` or ``month``."""
    record_id: Optional[str] = None
    """Its id."""


@dataclass(frozen=True)
class PlannedRepair:
    """One step of the plan."""

    id: str
    """Names the step by what it does: the same in every comparison of the same file with the same record."""
    repair: str
    """``confirm_paid``, ``confirm_refund``, ``confirm_not_paid``, ``confirm_not_refunded``, ``refund_duplicate``,
    ``ask_gateway`` or ``investigate``, or a name that is not known yet.
    """
    order_id: str
    """The shop's id at the gateway."""
    cause: str
    """Why."""
    text: str = _field(repr=False)
    """What to do, in the client's language."""
    tracking_id: Optional[str] = None
    """The gateway's id."""
    amount: Optional[int] = None
    """Yen, where the step has some."""
    line: Optional[int] = None
    """Line of the file."""
    at: Optional[datetime] = _field(default=None, repr=False)
    """When it happened according to the file."""


@dataclass(frozen=True)
class ReconciliationReport:
    """What came out of a comparison (突合)."""

    clean: bool
    """Whether file and journal agree, commission and payout included."""
    proven_whole: bool
    """Whether sums at the end of the file prove that nothing is missing."""
    tallies: Tuple[ClassTally, ...] = _field(repr=False)
    """Counts and yen of each class."""
    entries: Tuple[ReconciliationEntry, ...] = _field(repr=False)
    """Every movement of the file, then those of the journal that the file does not have."""
    fees_checked: int
    """How many movements had a commission that could be checked."""
    fee_differences: Tuple[str, ...] = _field(repr=False)
    """Commissions that are not those of the contract, in the client's language."""
    payout_differences: Tuple[str, ...] = _field(repr=False)
    """What is not as agreed about the payout, in the client's language."""
    plan: Tuple[PlannedRepair, ...] = _field(repr=False)
    """What to do, in this order."""
    summary: str = _field(repr=False)
    """All of it for a person, in the client's language."""


@dataclass(frozen=True)
class RepairResult:
    """What became of a step of the plan."""

    step: str
    """Its id."""
    result: str
    """``done``, ``known`` (it was written down before) or ``left``."""
    changed: bool
    """Whether it was left because the record has changed since the comparison: compare again."""
    reason: Optional[str] = _field(default=None, repr=False)
    """Why it was left."""


@dataclass(frozen=True)
class RepairReport:
    """A comparison and what was written down of it."""

    report: ReconciliationReport
    """The comparison before it."""
    repaired: Tuple[RepairResult, ...]
    """What became of each step."""


@dataclass(frozen=True)
class MembershipAnswer:
    """Whether somebody is a member."""

    exists: bool
    """Whether the address or id belongs to a member."""
    active: bool
    """Whether miles can be issued to it."""
    user_id: Optional[str] = _field(default=None, repr=False)
    """The user id. Personal."""


@dataclass(frozen=True)
class MemberInfo:
    """A member."""

    user_id: str = _field(repr=False)
    """NetMile user id. Personal."""
    status: str
    """``provisional``, ``full`` or ``barred``."""
    registered_on: str = _field(repr=False)
    """``YYYY-MM-DD``."""


@dataclass(frozen=True)
class PendingMiles:
    """Miles that are still to come."""

    miles: int = _field(repr=False)
    """Miles."""
    deposit_on: str = _field(repr=False)
    """``YYYY-MM-DD``."""
    campaign_id: str
    """Of which campaign."""


@dataclass(frozen=True)
class PassbookAnswer:
    """What a member has. All of it is personal."""

    balance: int = _field(repr=False)
    """Deposited miles."""
    pending_total: int = _field(repr=False)
    """Miles that are still to come."""
    pending: Tuple[PendingMiles, ...] = _field(repr=False)
    """When which of them come."""


@dataclass(frozen=True)
class IssuedMiles:
    """Miles that were issued."""

    issuance_id: str
    """NetMile's id of the issue."""
    registration_id: str
    """NetMile's id of the registration."""
    miles: int
    """Miles."""
    issued_at: datetime = _field(repr=False)
    """When."""
    deposit_on: str = _field(repr=False)
    """When they are deposited, ``YYYY-MM-DD``."""
    state: str
    """``held``, ``valid`` or ``cancelled``."""


@dataclass(frozen=True)
class IssueOutcome:
    """How an issue ended."""

    outcome: str
    """``done``, ``rejected`` or ``unknown``: miles may have been issued."""
    value: Optional[IssuedMiles] = None
    """What was issued."""
    rejection: Optional[Refusal] = None
    """Why it was refused."""
    ticket: Optional[OpenTicket] = None
    """What is not known yet."""

    @property
    def is_done(self) -> bool:
        """Whether it happened."""
        return self.outcome == "done"

    @property
    def is_rejected(self) -> bool:
        """Whether it was refused; nothing moved."""
        return self.outcome == "rejected"

    @property
    def is_unknown(self) -> bool:
        """Whether it may have happened: it is found out later, and must not be repeated by hand."""
        return self.outcome == "unknown"


@dataclass(frozen=True)
class MileUser:
    """Who gets miles. Exactly one is given."""

    mail: Optional[str] = _field(default=None, repr=False)
    """Mail address. Personal."""
    mobile_mail: Optional[str] = _field(default=None, repr=False)
    """Mail address of a mobile carrier. Personal."""
    user_id: Optional[str] = _field(default=None, repr=False)
    """NetMile user id. Personal."""


@dataclass(frozen=True)
class IssueSettings:
    """Settings of an issue; what is not given is as the campaign says."""

    deposit_days: Optional[int] = None
    """Days until the miles are deposited: 0 for at once, 1 to 365."""
    deposit_mail: Optional[bool] = None
    """Whether the member is mailed when they are."""
    inserted_text: Optional[str] = _field(default=None, repr=False)
    """Text in that mail, at most 500 characters."""
    member_registration: bool = False
    """Register who is no member yet."""
    password_generation: bool = False
    """And make a password."""


@dataclass(frozen=True)
class IssueRequest:
    """One issue of miles (自動発行)."""

    tran_id: str
    """The shop's own id of the issue, never used twice."""
    campaign_id: str
    """Campaign (キャンペーンID)."""
    user: MileUser = _field(repr=False)
    """Who gets them."""
    designated_key: str = _field(repr=False)
    """The shop's own key of what is rewarded (指定キー). May be personal."""
    miles: Optional[int] = None
    """Miles; only for a campaign of variable miles."""
    settings: Optional[IssueSettings] = _field(default=None, repr=False)
    """Settings."""


@dataclass(frozen=True)
class HandRowResult:
    """What became of a row."""

    issued: bool
    """Whether it was issued."""
    issuance_id: Optional[str] = None
    """NetMile's id of the issue."""
    rejection: Optional[Refusal] = None
    """Why not."""


@dataclass(frozen=True)
class HandIssued:
    """What became of an issue by hand."""

    registration_id: str
    """NetMile's id of the registration."""
    rows: Tuple[HandRowResult, ...]
    """In the order of the request."""


@dataclass(frozen=True)
class HandIssueOutcome:
    """How an issue by hand ended."""

    outcome: str
    """``done`` (each row tells for itself), ``rejected`` or ``unknown``."""
    value: Optional[HandIssued] = None
    """What became of the rows."""
    rejection: Optional[Refusal] = None
    """Why all of it was refused."""
    ticket: Optional[OpenTicket] = None
    """What is not known yet."""

    @property
    def is_done(self) -> bool:
        """Whether it happened."""
        return self.outcome == "done"

    @property
    def is_rejected(self) -> bool:
        """Whether it was refused; nothing moved."""
        return self.outcome == "rejected"

    @property
    def is_unknown(self) -> bool:
        """Whether it may have happened: it is found out later, and must not be repeated by hand."""
        return self.outcome == "unknown"


@dataclass(frozen=True)
class HandRow:
    """One row of an issue by hand."""

    mail: str = _field(repr=False)
    """Mail address. Personal."""
    designated_key: str = _field(repr=False)
    """The shop's own key (指定キー). May be personal."""
    miles: Optional[int] = None
    """Miles; only for a campaign of variable miles."""
    deposit_mail: Optional[bool] = None
    """Whether the member is mailed."""


@dataclass(frozen=True)
class CancelledIssue:
    """What became of the wish for one issue."""

    issuance_id: str
    """NetMile's id of the issue."""
    standing: str
    """``cancelled``, ``applied`` (NetMile decides), ``approved``, ``rejected`` (by NetMile) or ``refused`` (by a
    rule).
    """
    code: Optional[str] = None
    """Why not."""


@dataclass(frozen=True)
class MileCancellation:
    """What became of a wish to cancel."""

    cancellation_id: str
    """NetMile's id of it."""
    reason: str
    """The reason that was given."""
    pending: bool
    """Whether NetMile still has to decide about some of it."""
    results: Tuple[CancelledIssue, ...]
    """In the order of the request."""


@dataclass(frozen=True)
class MileCancelOutcome:
    """How a wish to cancel ended."""

    outcome: str
    """``done``, ``rejected`` or ``unknown``."""
    value: Optional[MileCancellation] = None
    """What became of it."""
    rejection: Optional[Refusal] = None
    """Why all of it was refused."""
    ticket: Optional[OpenTicket] = None
    """What is not known yet."""

    @property
    def is_done(self) -> bool:
        """Whether it happened."""
        return self.outcome == "done"

    @property
    def is_rejected(self) -> bool:
        """Whether it was refused; nothing moved."""
        return self.outcome == "rejected"

    @property
    def is_unknown(self) -> bool:
        """Whether it may have happened: it is found out later, and must not be repeated by hand."""
        return self.outcome == "unknown"


@dataclass(frozen=True)
class MileTask:
    """A task under a ``tran_id``, as the journal knows it."""

    kind: str
    """``issue``, ``by_hand`` or ``cancel``."""
    site_id: str
    """Site."""
    tran_id: str
    """The shop's own id."""
    phase: str
    """``prepared``, ``sending``, ``unknown``, ``done``, ``refused`` or ``needs_review``."""
    since: datetime = _field(repr=False)
    """Since when."""
    looks: int = _field(repr=False)
    """How often somebody looked for its outcome."""
    issued: Optional[IssuedMiles] = None
    """What was issued."""
    by_hand: Optional[HandIssued] = None
    """What became of the rows."""
    cancellation: Optional[MileCancellation] = None
    """What became of the wish."""
    rejection: Optional[Refusal] = None
    """Why it was refused."""


@dataclass(frozen=True)
class MileTasks:
    """Tasks."""

    tasks: Tuple[MileTask, ...]
    """In the order of site and ``tran_id``."""


@dataclass(frozen=True)
class TaskReview:
    """What a person found out about a task under review. With ``happened`` comes what NetMile's pages show."""

    kind: str
    """``issue``, ``by_hand`` or ``cancel``."""
    tran_id: str
    """The shop's own id."""
    verdict: str
    """``happened`` or ``missing``."""
    issued: Optional[IssuedMiles] = _field(default=None, repr=False)
    """What was issued, of an issue that happened."""
    by_hand: Optional[HandIssued] = _field(default=None, repr=False)
    """What became of the rows, of issues by hand that happened."""
    cancellation: Optional[MileCancellation] = _field(default=None, repr=False)
    """What became of it, of a wish to cancel that happened."""


@dataclass(frozen=True)
class CampaignInfo:
    """A campaign."""

    campaign_id: str
    """Its id."""
    name: str
    """Its name."""
    state: str
    """``running``, ``ended``, ``suspended`` or ``unapproved``."""
    fixed: bool
    """Whether every issue has the same miles."""
    min_miles: int
    """Fewest miles of an issue."""
    max_miles: int
    """Most miles of an issue."""
    issue_from: str = _field(repr=False)
    """First day of issuing."""
    issue_until: str = _field(repr=False)
    """Last day of issuing."""
    usable: str = _field(repr=False)
    """When issued miles can be used: ``at_once``, ``after_days`` or ``on``."""
    per_member: Optional[int] = _field(default=None, repr=False)
    """How often a member may get it."""
    per_member_day: Optional[int] = _field(default=None, repr=False)
    """How often on one day."""
    usable_days: Optional[int] = _field(default=None, repr=False)
    """Days until then."""
    usable_on: Optional[str] = _field(default=None, repr=False)
    """The day."""


@dataclass(frozen=True)
class SampleMailText:
    """A mail as a member gets it."""

    subject: str
    """Subject."""
    body: str = _field(repr=False)
    """Body."""


@dataclass(frozen=True)
class CodeTally:
    """How often a code stands in a registration."""

    code: str
    """Code."""
    count: int
    """Rows."""


@dataclass(frozen=True)
class MileRegistration:
    """A registration (登録)."""

    registration_id: str
    """NetMile's id."""
    kind: str
    """``csv`` or ``by_hand``."""
    campaign_id: str
    """Campaign."""
    campaign_name: str = _field(repr=False)
    """Its name."""
    method: str = _field(repr=False)
    """By what the members are named."""
    accepted_at: datetime = _field(repr=False)
    """When it was accepted."""
    state: str
    """``accepted``, ``processing`` or ``finished``."""
    records: int
    """Rows."""
    errors: int
    """Refused rows."""
    miles_issued: int
    """Miles issued."""
    miles_refused: int
    """Miles refused."""
    breakdown: Tuple[CodeTally, ...] = _field(repr=False)
    """Refused rows by code."""
    lists: str = _field(repr=False)
    """Whether its lists can be fetched: ``none``, ``available`` or ``deleted``."""
    file_name: Optional[str] = _field(default=None, repr=False)
    """Name of the file."""
    batch_id: Optional[str] = _field(default=None, repr=False)
    """The batch it is of."""
    first_row: Optional[int] = _field(default=None, repr=False)
    """Number of its first row in the batch, from 1."""
    finished_at: Optional[datetime] = _field(default=None, repr=False)
    """When all of it was processed."""


@dataclass(frozen=True)
class FoundRegistration:
    """A registration, if there is one."""

    registration: Optional[MileRegistration] = None
    """It."""


@dataclass(frozen=True)
class RegistrationPage:
    """A page of registrations."""

    total: int
    """How many there are."""
    page: int
    """This page."""
    pages: int
    """How many pages."""
    items: Tuple[MileRegistration, ...]
    """Those of this page."""


@dataclass(frozen=True)
class RegistrationQuery:
    """Which registrations."""

    page: int
    """Page, from 1."""
    campaign_id: Optional[str] = None
    """Of this campaign."""
    registration_id: Optional[str] = None
    """With this id."""
    kind: Optional[str] = None
    """``csv`` or ``by_hand``."""
    from_: Optional[str] = None
    """From this day, ``YYYY-MM-DD``."""
    to: Optional[str] = None
    """To this day."""


@dataclass(frozen=True)
class ListFile:
    """A list of a registration, as CSV in CP932. Personal."""

    file: bytes = _field(repr=False)
    """The bytes."""


@dataclass(frozen=True)
class Done:
    """It is done."""


@dataclass(frozen=True)
class DeletionOutcome:
    """How deleting the lists ended."""

    outcome: str
    """``done``, ``rejected`` or ``unknown``."""
    value: Optional[Done] = _field(default=None, repr=False)
    """Nothing."""
    rejection: Optional[Refusal] = None
    """Why it was refused."""
    ticket: Optional[OpenTicket] = None
    """What is not known yet."""

    @property
    def is_done(self) -> bool:
        """Whether it happened."""
        return self.outcome == "done"

    @property
    def is_rejected(self) -> bool:
        """Whether it was refused; nothing moved."""
        return self.outcome == "rejected"

    @property
    def is_unknown(self) -> bool:
        """Whether it may have happened: it is found out later, and must not be repeated by hand."""
        return self.outcome == "unknown"


@dataclass(frozen=True)
class HistoryRow:
    """One issue of the history."""

    issuance_id: str
    """NetMile's id."""
    issued_at: datetime = _field(repr=False)
    """When."""
    designated_key: str = _field(repr=False)
    """The key. May be personal."""
    miles: int
    """Miles."""
    deposit_on: str = _field(repr=False)
    """When they are deposited."""
    state: str
    """``held``, ``valid`` or ``cancelled``."""


@dataclass(frozen=True)
class HistoryPage:
    """What was issued in a campaign (発行履歴)."""

    campaign_name: str
    """Name of the campaign."""
    miles_issued: int
    """Miles in all."""
    issued: int
    """Issues in all."""
    valid: int
    """Of which valid."""
    cancelled: int
    """Of which cancelled."""
    total: int
    """Rows that were found."""
    page: int
    """This page."""
    pages: int
    """How many pages."""
    rows: Tuple[HistoryRow, ...]
    """Those of this page."""


@dataclass(frozen=True)
class HistoryQuery:
    """Which issues of a campaign."""

    campaign_id: str
    """Campaign."""
    page: int
    """Page, from 1."""
    designated_key: Optional[str] = _field(default=None, repr=False)
    """With this key (指定キー). May be personal."""
    from_: Optional[str] = None
    """From this hour, ``YYYY-MM-DDTHH``, Japanese time."""
    to: Optional[str] = None
    """To this hour."""
    miles_from: Optional[int] = None
    """At least so many miles."""
    miles_to: Optional[int] = None
    """At most so many miles."""
    state: Optional[str] = None
    """``held``, ``valid`` or ``cancelled``."""
    order: Optional[str] = None
    """``issued_at``, ``designated_key``, ``miles``, ``deposit_on`` or ``state``, the least first; with ``-`` before
    it the greatest first. Without it the newest first.
    """


@dataclass(frozen=True)
class BillSums:
    """Sums of a bill."""

    issued: int
    """Miles issued."""
    cancelled: int
    """Miles cancelled."""
    miles: int
    """Miles to pay."""
    yen: int
    """Yen to pay."""


@dataclass(frozen=True)
class CampaignBill:
    """A campaign's part of a bill."""

    campaign_id: str
    """Campaign."""
    sums: BillSums
    """Sums."""


@dataclass(frozen=True)
class MileBill:
    """What a month costs."""

    month: str
    """``YYYY-MM``."""
    total: BillSums
    """All of it."""
    campaigns: Tuple[CampaignBill, ...]
    """By campaign."""


@dataclass(frozen=True)
class TagText:
    """A mile-get tag."""

    signed: bool
    """Whether it is signed."""
    url: str = _field(repr=False)
    """The link. Holds the designated key."""
    html: str = _field(repr=False)
    """The link as HTML."""


@dataclass(frozen=True)
class MileRule:
    """What miles a campaign issues: ``fixed``, or ``min`` and ``max``."""

    fixed: Optional[int] = None
    """Every issue has so many."""
    min: Optional[int] = None
    """At least so many."""
    max: Optional[int] = None
    """At most so many."""


@dataclass(frozen=True)
class TagRequest:
    """A mile-get tag to make. With ``tran_id`` and ``expires_at_ms`` it is signed by the client's site, which must
    be the one it is for.
    """

    site_id: str
    """Site (加盟サイトID)."""
    campaign_id: str
    """Campaign."""
    rule: MileRule
    """What the campaign issues."""
    miles: Optional[int] = None
    """Miles; for a variable campaign only."""
    designated_key: Optional[str] = _field(default=None, repr=False)
    """The shop's key of what is rewarded (指定キー). May be personal."""
    tran_id: Optional[str] = None
    """The shop's own id, of a signed tag."""
    expires_at: Optional[datetime] = None
    """Until when a signed tag can be used."""
    origin: Optional[str] = _field(default=None, repr=False)
    """Where it leads, such as ``https://mile.example``; NetMile's own page when not given."""


@dataclass(frozen=True)
class TagContents:
    """What a tag says."""

    site_id: str
    """Site."""
    campaign_id: str
    """Campaign."""
    signed: bool
    """Whether it is signed. A published tag proves nothing."""
    designated_key: Optional[str] = _field(default=None, repr=False)
    """The key. May be personal."""
    miles: Optional[int] = None
    """Miles."""
    tran_id: Optional[str] = None
    """The shop's own id."""
    expires_at: Optional[datetime] = None
    """Until when it can be used."""


@dataclass(frozen=True)
class FileFaultEntry:
    """What is wrong in a place of a file."""

    line: int
    """Line, from 1."""
    text: str = _field(repr=False)
    """What, in the client's language. Never the value."""
    column: Optional[int] = None
    """Column, from 1."""
    field: Optional[str] = None
    """Which field."""
    code: Optional[str] = None
    """NetMile's code for it, if it has one."""


@dataclass(frozen=True)
class FileCheckReport:
    """What a check found."""

    clean: bool
    """Whether it can be uploaded as it is."""
    rows: int
    """Data rows."""
    faulty_rows: int
    """Of which faulty."""
    faults: int
    """How many faults."""
    miles: int
    """Miles of the good rows."""
    has_header: bool = _field(repr=False)
    """Whether it begins with a header."""
    found: Tuple[FileFaultEntry, ...] = _field(repr=False)
    """The first 1000 faults."""


@dataclass(frozen=True)
class FileCheckRequest:
    """A file to check. Exactly one of ``file`` and ``path`` is given."""

    kind: str
    """``mail``, ``mobile_mail``, ``user_id`` or ``exchange``."""
    file: Optional[bytes] = _field(default=None, repr=False)
    """The bytes, at most 16 MB. Personal."""
    path: Optional[str] = None
    """A file on this machine, of any size."""
    rule: Optional[MileRule] = _field(default=None, repr=False)
    """What the campaign issues."""
    any_size: bool = _field(default=False, repr=False)
    """Whether more rows than one upload may have are allowed."""
    carrier_domains: Optional[Tuple[str, ...]] = _field(default=None, repr=False)
    """Which mail domains are those of mobile carriers, instead of the known ones."""


@dataclass(frozen=True)
class BatchIssueReport:
    """What became of a file."""

    state: str
    """``done``, ``waiting`` (call again), ``refused`` or ``needs_review``."""
    rows: int
    """Rows to issue."""
    miles: int
    """Their miles."""
    left_out: int = _field(repr=False)
    """Faulty rows that were left out."""
    uploads: int = _field(repr=False)
    """Uploads that NetMile has."""
    issued: int
    """Rows issued."""
    miles_issued: int
    """Their miles."""
    refused: int
    """Rows refused."""
    miles_refused: int
    """Their miles."""
    unknown: int
    """Rows of which nothing is known yet."""
    miles_unknown: int = _field(repr=False)
    """Their miles."""
    breakdown: Tuple[CodeTally, ...] = _field(repr=False)
    """Refused rows by code."""
    adds_up: bool
    """Whether rows in are issued + refused, and the miles likewise."""
    rejection: Optional[Refusal] = _field(default=None, repr=False)
    """Why NetMile refused an upload as a whole."""


@dataclass(frozen=True)
class BatchIssueRequest:
    """Miles for a file of any size, under one batch id. Called again with the same, also after a crash, it goes on."""

    batch_id: str
    """The shop's own id, at most 40 characters."""
    campaign_id: str
    """Campaign."""
    kind: str
    """``mail``, ``mobile_mail``, ``user_id`` or ``exchange``."""
    path: str
    """The file on this machine."""
    faults_path: str = _field(repr=False)
    """Where faulty rows are written, with all their faults. Personal."""
    refused_path: str = _field(repr=False)
    """Where refused rows are written, with their codes. Personal."""
    settings: Optional[IssueSettings] = _field(default=None, repr=False)
    """Settings of the issues."""
    rule: Optional[MileRule] = _field(default=None, repr=False)
    """What the campaign issues; with it rows are checked against it."""
    file_name: Optional[str] = _field(default=None, repr=False)
    """Name under which NetMile shows it."""
    notify: Optional[str] = _field(default=None, repr=False)
    """Whom NetMile mails when an upload is processed. Personal."""
    rows_per_upload: Optional[int] = _field(default=None, repr=False)
    """Rows of one upload, 1 to 10000."""
    leave_out_faulty: bool = False
    """Issue the good rows although there are faulty ones."""
    carrier_domains: Optional[Tuple[str, ...]] = _field(default=None, repr=False)
    """Which mail domains are those of mobile carriers, instead of the known ones."""


@dataclass(frozen=True)
class BatchProgressReport:
    """How far a batch is that runs in this process."""

    known: bool
    """Whether it was started in this process."""
    bytes: int
    """Bytes read in this stage."""
    rows: int
    """Good rows found."""
    uploaded: int
    """Rows that NetMile has."""
    finished: int
    """Rows whose outcome is known."""
    refused: int
    """Of which refused."""
    stage: Optional[str] = None
    """``checking`` or ``issuing``."""
    bytes_total: Optional[int] = None
    """Bytes of the file."""


@dataclass(frozen=True)
class BatchState:
    """A batch as the journal knows it."""

    batch_id: str
    """The shop's own id."""
    site_id: str
    """Site."""
    file_sha256: str = _field(repr=False)
    """SHA-256 of the file."""
    rows: int
    """Rows to issue."""
    miles: int
    """Their miles."""
    left_out: int
    """Faulty rows that were left out."""
    phase: str
    """``running``, ``done`` or ``needs_review``."""


@dataclass(frozen=True)
class Batches:
    """Batches as the journal knows them."""

    batches: Tuple[BatchState, ...]
    """By site and id."""


@dataclass(frozen=True)
class BatchRef:
    """Names a batch of any site of the client."""

    site_id: str
    """Site."""
    batch_id: str
    """The shop's own id."""


@dataclass(frozen=True)
class Upload:
    """One upload of a batch."""

    site_id: str
    """Site."""
    batch_id: str
    """The shop's own id of the batch."""
    first_row: int
    """Its first row."""
    rows: int
    """Its rows."""
    miles: int
    """Their miles."""
    phase: str
    """``sending``, ``accepted``, ``finished``, ``refused`` or ``needs_review``."""
    refused: int
    """Refused rows."""
    miles_issued: int
    """Miles issued."""
    miles_refused: int
    """Miles refused."""
    breakdown: Tuple[CodeTally, ...] = _field(repr=False)
    """Refused rows by code."""
    registration_id: Optional[str] = None
    """NetMile's id."""
    rejection: Optional[Refusal] = _field(default=None, repr=False)
    """Why it was refused as a whole."""
    review: Optional[str] = None
    """Why a person must look: ``unanswered``, ``refused``, ``sums_differ``, ``two_ids`` or ``list_differs``."""


@dataclass(frozen=True)
class Uploads:
    """Uploads."""

    uploads: Tuple[Upload, ...]
    """In the order of site, batch and rows."""


@dataclass(frozen=True)
class UploadReview:
    """What a person found out about an upload under review: it is not there, or what was counted."""

    batch_id: str
    """The shop's own id."""
    first_row: int
    """Its first row."""
    verdict: str
    """``not_there`` or ``counted``."""
    refused: Optional[int] = None
    """Refused rows, when counted."""
    miles_refused: Optional[int] = None
    """Miles refused, when counted."""


@dataclass(frozen=True)
class UploadRef:
    """Names an upload of any site of the client."""

    site_id: str
    """Site."""
    batch_id: str
    """The shop's own id of the batch."""
    first_row: int
    """Its first row."""


@dataclass(frozen=True)
class ConversionAnswer:
    """What points come to, or why they do not fit."""

    fits: bool
    """Whether they can be exchanged."""
    points: int
    """Points."""
    miles: Optional[int] = None
    """Miles for them."""
    balance_after: Optional[int] = None
    """Points left, when it is known how many there are."""
    reason: Optional[str] = None
    """``below_minimum``, ``above_maximum``, ``not_in_units``, ``not_whole``, ``too_many_miles`` or ``not_held``."""
    below: Optional[int] = None
    """The next lower number that fits."""
    above: Optional[int] = None
    """The next higher number that fits."""
    text: Optional[str] = _field(default=None, repr=False)
    """For the customer, in the client's language."""


@dataclass(frozen=True)
class RateTerms:
    """A rate: ``miles`` for ``points``."""

    points: int
    """Points."""
    miles: int
    """Miles for them."""
    unit: Optional[int] = None
    """Points are exchanged in units of so many."""
    minimum: Optional[int] = None
    """At least so many."""
    maximum: Optional[int] = None
    """At most so many."""


@dataclass(frozen=True)
class ExchangeOfferAnswer:
    """What a customer can exchange at least and at most."""

    step: int
    """Points go up in steps of so many."""
    least_points: Optional[int] = None
    """Fewest points; none when nothing can be exchanged."""
    least_miles: Optional[int] = None
    """Miles for them."""
    most_points: Optional[int] = None
    """Most points."""
    most_miles: Optional[int] = None
    """Miles for them."""


@dataclass(frozen=True)
class ApplicantAnswer:
    """Whether somebody can get miles."""

    standing: str
    """``registered``, ``not_active`` or ``not_registered``."""
    user_id: Optional[str] = _field(default=None, repr=False)
    """NetMile user id. Personal."""


@dataclass(frozen=True)
class ExchangedMiles:
    """Miles that were issued for points."""

    exchange_id: str
    """NetMile's id."""
    user_id: str = _field(repr=False)
    """NetMile user id. Personal."""
    miles: int
    """Miles."""
    issued_at: datetime = _field(repr=False)
    """When."""


@dataclass(frozen=True)
class Exchange:
    """An exchange as the journal knows it."""

    site_id: str
    """Site."""
    tran_id: str
    """The shop's own id."""
    phase: str
    """``debiting``, ``debited``, ``issuing``, ``issued``, ``refused``, ``credited_back``, ``not_debited`` or
    ``needs_review``.
    """
    points: int
    """Points."""
    miles: int
    """Miles."""
    doubled: bool = _field(repr=False)
    """Whether miles were issued although the points had been given back."""
    begun_at: datetime = _field(repr=False)
    """When it was begun."""
    issued: Optional[ExchangedMiles] = None
    """What was issued."""
    rejection: Optional[Refusal] = None
    """Why it was refused."""
    debited_at: Optional[datetime] = _field(default=None, repr=False)
    """When the points were taken."""


@dataclass(frozen=True)
class ExchangeRequest:
    """An exchange."""

    tran_id: str
    """The shop's own id, never used twice."""
    user: MileUser = _field(repr=False)
    """Who gets the miles."""
    designated_key: str = _field(repr=False)
    """The shop's key of its customer (指定キー). May be personal."""
    points: int
    """Points."""
    rate: RateTerms
    """The rate."""


@dataclass(frozen=True)
class ExchangeOutcome:
    """How issuing ended."""

    outcome: str
    """``done``, ``rejected`` (give the points back) or ``unknown`` (do not)."""
    value: Optional[ExchangedMiles] = None
    """What was issued."""
    rejection: Optional[Refusal] = None
    """Why it was refused."""
    ticket: Optional[OpenTicket] = None
    """What is not known yet."""

    @property
    def is_done(self) -> bool:
        """Whether it happened."""
        return self.outcome == "done"

    @property
    def is_rejected(self) -> bool:
        """Whether it was refused; nothing moved."""
        return self.outcome == "rejected"

    @property
    def is_unknown(self) -> bool:
        """Whether it may have happened: it is found out later, and must not be repeated by hand."""
        return self.outcome == "unknown"


@dataclass(frozen=True)
class Exchanges:
    """Exchanges."""

    exchanges: Tuple[Exchange, ...]
    """In the order of site and ``tran_id``."""


@dataclass(frozen=True)
class ExchangeFile:
    """An upload file."""

    name: str
    """The name under which it is uploaded."""
    first_row: int
    """Its first row."""
    rows: int
    """Its rows."""
    miles: int
    """Their miles."""
    file: bytes = _field(repr=False)
    """The bytes. Personal."""


@dataclass(frozen=True)
class ExchangeFiles:
    """Upload files."""

    files: Tuple[ExchangeFile, ...]
    """Each of at most 10,000 rows."""


@dataclass(frozen=True)
class ExchangeFileRow:
    """A row of an exchange file."""

    user: MileUser = _field(repr=False)
    """Who gets the miles."""
    designated_key: str = _field(repr=False)
    """The shop's key of its customer (指定キー). May be personal."""
    miles: int
    """Miles."""


@dataclass(frozen=True)
class SettledRow:
    """What became of a row."""

    row: int
    """Its number, from 1."""
    user: str = _field(repr=False)
    """Mail address or user id. Personal."""
    designated_key: str = _field(repr=False)
    """The key. May be personal."""
    miles: int
    """Miles."""
    refused: Optional[Refusal] = None
    """Why not; absent when it was issued."""


@dataclass(frozen=True)
class RowTotal:
    """Rows and miles."""

    rows: int
    """Rows."""
    miles: int
    """Miles."""


@dataclass(frozen=True)
class SettledFile:
    """What became of every row."""

    rows: Tuple[SettledRow, ...] = _field(repr=False)
    """In the order of the file."""
    sent: RowTotal
    """All of it."""
    issued: RowTotal
    """What was issued."""
    refused: RowTotal
    """What was refused: these points go back."""


@dataclass(frozen=True)
class DropFileEntry:
    """A file of the drop."""

    name: str
    """Its name."""
    file: bytes = _field(repr=False)
    """The bytes. Personal."""


@dataclass(frozen=True)
class DropFiles:
    """Files to keep, in this order: the last one says that those before it are whole."""

    files: Tuple[DropFileEntry, ...]
    """The files."""
    total: RowTotal = _field(repr=False)
    """What is in them."""


@dataclass(frozen=True)
class DropHandleAnswer:
    """What to answer, after ``keep`` and ``replace`` were done: whoever reads must see a file whole or not at all."""

    status: int
    """HTTP status."""
    headers: Tuple[Tuple[str, str], ...] = _field(repr=False)
    """Headers."""
    body: bytes = _field(repr=False)
    """Body."""
    keep: Tuple[DropFileEntry, ...] = _field(repr=False)
    """New files to keep: at most those of one run."""
    replace: Tuple[DropFileEntry, ...] = _field(repr=False)
    """Files whose content is to be replaced."""


@dataclass(frozen=True)
class DropHandleRequest:
    """A request of NetMile to the shop's drop, and the files that the shop keeps there."""

    site_id: str
    """Site."""
    base_path: str
    """Where the drop is, such as ``/netmile/drop``."""
    allow: Tuple[str, ...] = _field(repr=False)
    """From which addresses NetMile may come: at most 100 addresses and networks."""
    user: str = _field(repr=False)
    """Name of the Basic authentication."""
    password: str = _field(repr=False)
    """Its password. Secret."""
    method: str
    """Method of the request."""
    path: str
    """Path of the request, with its query."""
    peer_ip: str = _field(repr=False)
    """Address that the request comes from."""
    files: Tuple[DropFileEntry, ...] = _field(repr=False)
    """The files of the drop, at most 1000 and 16 MB in all: those of settled runs may be left out."""
    authorization: Optional[str] = _field(default=None, repr=False)
    """``Authorization`` of the request. Secret."""
    body: bytes = _field(default=b"", repr=False)
    """Body of the request. Personal."""


@dataclass(frozen=True)
class DropSettleAnswer:
    """What became of a run, if its result is there."""

    settled: Optional[SettledFile] = None
    """What became of every row."""


@dataclass(frozen=True)
class MethodCell:
    """One cell of the capability matrix that is offered."""

    connection: str
    """``link`` or ``api``."""
    billing: str
    """``one_time``, ``recurring_simple`` or ``recurring_metered``."""
    terminal: str
    """``pc``, ``smartphone`` or ``feature_phone``."""


@dataclass(frozen=True)
class MethodInfo:
    """A payment method of a contract."""

    tag: str
    """Tag on the wire."""
    name_en: str
    """Name in English."""
    name_ja: str
    """Name in Japanese."""
    min_yen: int
    """Least yen."""
    max_yen: int
    """Most yen."""
    settlement: str
    """``immediate`` or ``by_deposit``."""
    cells: Tuple[MethodCell, ...]
    """What the contract offers."""
    api_number: Optional[str] = None
    """Number in the API type, if it is called there."""


@dataclass(frozen=True)
class MethodList:
    """The methods of the client's contract."""

    methods: Tuple[MethodInfo, ...]
    """In the order of the configuration, NetMile first."""


@dataclass(frozen=True)
class ApiCodeEntry:
    """A code of the API type (``res_err_code``)."""

    code: str
    """The code, 8 characters."""
    known: bool
    """Whether its kind is known."""
    class_: str
    """``bug``, ``configuration``, ``customer``, ``final``, ``retryable`` or ``unknown_outcome``."""
    must_ask_first: bool
    """Whether it must be asked about before it is tried again."""
    duplicate: bool = _field(repr=False)
    """Whether the gateway saw the same order before."""
    text_en: str = _field(repr=False)
    """What it means, in English."""
    text_ja: str = _field(repr=False)
    """What it means, in Japanese."""
    field: Optional[str] = _field(default=None, repr=False)
    """Tag of the field that it is about."""


@dataclass(frozen=True)
class MileCodeEntry:
    """What is known about a code of NetMile."""

    table: str
    """``manual`` or ``automatic``."""
    code: str
    """The code."""
    known: bool
    """Whether it is known."""
    published: str = _field(repr=False)
    """The published wording, in Japanese."""
    text_en: str = _field(repr=False)
    """What it means and what to do, in English."""
    text_ja: str = _field(repr=False)
    """What it means and what to do, in Japanese."""
    actor: str
    """Who acts: ``merchant``, ``member``, ``netmile`` or ``nobody``; empty when it is not known."""


@dataclass(frozen=True)
class MileCodeCatalogue:
    """Every code of NetMile that is known."""

    codes: Tuple[MileCodeEntry, ...]
    """Both tables."""


@dataclass(frozen=True)
class ResolvedAll:
    """What a resolver run changed. Everything in it was looked after; what is still open is due again."""

    purchases: Tuple[records.Purchase, ...]
    """Purchases by link type."""
    charges: Tuple[Charge, ...]
    """Charges by API type."""
    tasks: Tuple[MileTask, ...]
    """Miles."""
    exchanges: Tuple[Exchange, ...]
    """Point exchanges."""
    uploads: Tuple[Upload, ...]
    """Uploads of files. What was refused is sent by the next run of its batch."""
    passed_over: int
    """Rows that a journal handed out although they are of a service or site that this client does not have."""


@dataclass(frozen=True)
class RecoveredAll:
    """What was found open after a start of the shop."""

    settled: Tuple[Charge, ...]
    """Charges whose outcome is known now."""
    open: Tuple[Charge, ...]
    """Charges whose outcome is still open."""
    tasks: Tuple[MileTask, ...]
    """Miles."""
    exchanges: Tuple[Exchange, ...]
    """Point exchanges."""
    uploads: Tuple[Upload, ...]
    """Uploads of files. What was refused is sent by the next run of its batch."""
    passed_over: int
    """Open rows of a service or site that this client does not have: whoever has it has to look at them."""
