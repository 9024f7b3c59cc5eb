"""The blocking client."""

from __future__ import annotations

from types import TracebackType
from typing import Any, List, Optional, Sequence, Tuple, Type, Union

from . import _convert as convert
from . import models, records
from ._native import ffi
from ._port import Bytes, ClientBase, Port
from ._rooms import (
    Catalogue,
    Exchanges,
    Members,
    Miles,
    Payments,
    Settlement,
    SubscriptionsByApi,
)
from .names import MessageKind, Phase, ReturnedBy


def _confirmation(purchase_id: str, tracking_id: str, evidence: records.RefundEvidence) -> Any:
    return ffi.RefundConfirmation(
        purchase_id=purchase_id,
        tracking_id=tracking_id,
        evidence=ffi.RefundEvidence(
            source=evidence.source,
            reference=evidence.reference,
            amount=evidence.amount,
            refunded_at_ms=convert.to_millis(evidence.refunded_at),
        ),
    )


class Checkouts:
    """Starts purchases and hands out their forms."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def start(self, request: records.PurchaseRequest) -> records.Checkout:
        """Starts a purchase, or a further attempt of it; it is in the journal before this returns."""
        answer = self._port.call("checkout_start", lambda: convert.purchase_request(request))
        return convert.read(records.Checkout, answer)

    def render(self, purchase_id: str) -> records.Checkout:
        """Signs the newest attempt again, for a page that is rendered again."""
        answer = self._port.call("checkout_render", lambda: ffi.PurchaseId(purchase_id=purchase_id))
        return convert.read(records.Checkout, answer)

    def give_up(self, purchase_id: str) -> records.Purchase:
        """Stops waiting for a purchase. If it is paid all the same, the shop is told ``paid_late``."""
        answer = self._port.call("checkout_give_up", lambda: ffi.PurchaseId(purchase_id=purchase_id))
        return convert.read(records.Purchase, answer)


class Notices:
    """Takes the gateway's server-to-server notices: the only proof of payment."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def handle(self, body: Bytes, content_type: Optional[str] = None) -> records.NoticeAnswer:
        """Verifies a notice, records it once, and says what to answer. ``body`` is what was posted, untouched."""
        answer = self._port.call("notice_handle", lambda: ffi.Received(body=bytes(body), content_type=content_type))
        return convert.read(records.NoticeAnswer, answer)

    def inspect(self, body: Bytes, content_type: Optional[str] = None) -> records.NoticeView:
        """Verifies a notice and records nothing."""
        answer = self._port.call("notice_inspect", lambda: ffi.Received(body=bytes(body), content_type=content_type))
        return convert.read(records.NoticeView, answer)

    def refuse(self, body: Bytes, reason: str, content_type: Optional[str] = None) -> records.NoticeAnswer:
        """Verifies a notice and refuses it. The customer's miles stay spent; the purchase goes to a person."""
        answer = self._port.call(
            "notice_refuse", lambda: ffi.RefusedNotice(body=bytes(body), content_type=content_type, reason=reason)
        )
        return convert.read(records.NoticeAnswer, answer)


class Returns:
    """Reads what the browser brings back. Evidence for display, never proof of payment."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def read(
        self, by: Union[ReturnedBy, str], body: Bytes, content_type: Optional[str] = None
    ) -> records.BrowserReturn:
        """Reads the request to the success, cancel or error URL."""
        answer = self._port.call(
            "return_read", lambda: ffi.ReceivedReturn(by=str(by), body=bytes(body), content_type=content_type)
        )
        return convert.read(records.BrowserReturn, answer)


class Events:
    """What the shop has to act on, until it acknowledges."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def next(self, limit: int = 100) -> List[records.Event]:
        """Takes at most ``limit`` events; other workers do not see them for a while."""
        answer = self._port.call("events_next", lambda: ffi.Limit(limit=limit))
        return [convert.read(records.Event, one) for one in answer.deliveries]

    def ack(self, event_id: int) -> bool:
        """Acknowledges an event for good, after the goods are out. False when it was acknowledged before."""
        answer = self._port.call("events_ack", lambda: ffi.EventId(id=event_id))
        return bool(answer.acknowledged)


class Purchases:
    """Looks purchases up and resolves those that wait."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def get(self, purchase_id: str) -> records.Purchase:
        """The purchase with the shop's id."""
        answer = self._port.call("purchase_get", lambda: ffi.PurchaseId(purchase_id=purchase_id))
        return convert.read(records.Purchase, answer)

    def by_order(self, order_id: str) -> records.Purchase:
        """The purchase that an id at the gateway belongs to."""
        answer = self._port.call("purchase_by_order", lambda: ffi.OrderId(order_id=order_id))
        return convert.read(records.Purchase, answer)

    def list(
        self, phases: Sequence[Union[Phase, str]] = (), *, after: Optional[str] = None, limit: int = 100
    ) -> List[records.Purchase]:
        """Purchases in these phases (none given: in any), after the one with the id ``after``."""
        answer = self._port.call(
            "purchase_list",
            lambda: ffi.PurchaseQuery(phases=[str(phase) for phase in phases], after=after, limit=limit),
        )
        return [convert.read(records.Purchase, one) for one in answer.purchases]

    def unresolved(self, limit: int = 100) -> List[records.Purchase]:
        """Purchases that somebody or something still has to act on."""
        answer = self._port.call("purchase_unresolved", lambda: ffi.Limit(limit=limit))
        return [convert.read(records.Purchase, one) for one in answer.purchases]

    def resolve(self) -> List[records.Purchase]:
        """Resolves purchases whose waiting time is over; call it once a minute. Returns those that changed."""
        answer = self._port.call("purchase_resolve", lambda: ffi.Nothing())
        return [convert.read(records.Purchase, one) for one in answer.purchases]

    def review_paid(self, purchase_id: str, order_id: str, tracking_id: str) -> records.Purchase:
        """Records that the management page shows a payment."""
        answer = self._port.call(
            "purchase_review",
            lambda: ffi.ReviewVerdict(purchase_id=purchase_id, paid=True, order_id=order_id, tracking_id=tracking_id),
        )
        return convert.read(records.Purchase, answer)

    def review_not_paid(self, purchase_id: str) -> records.Purchase:
        """Records that the management page shows no payment."""
        answer = self._port.call("purchase_review", lambda: ffi.ReviewVerdict(purchase_id=purchase_id, paid=False))
        return convert.read(records.Purchase, answer)

    def accept_late(self, purchase_id: str) -> records.Purchase:
        """Keeps a payment that came after the shop had given up."""
        answer = self._port.call("purchase_accept_late", lambda: ffi.PurchaseId(purchase_id=purchase_id))
        return convert.read(records.Purchase, answer)

    def evidence(self, limit: int = 100) -> List[records.Evidence]:
        """Genuine messages that could not be applied, newest first."""
        answer = self._port.call("purchase_evidence", lambda: ffi.Limit(limit=limit))
        return [convert.read(records.Evidence, one) for one in answer.evidence]


class Refunds:
    """Asks for refunds and records that they were executed."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def request(self, purchase_id: str, reason: str, tracking_id: Optional[str] = None) -> records.RefundTicket:
        """Records that a payment is to be refunded, and says where a person does it."""
        answer = self._port.call(
            "refund_request", lambda: ffi.RefundRequest(purchase_id=purchase_id, reason=reason, tracking_id=tracking_id)
        )
        return convert.read(records.RefundTicket, answer)

    def confirm(self, purchase_id: str, tracking_id: str, evidence: records.RefundEvidence) -> records.Purchase:
        """Records that a refund was executed, with what proves it."""
        answer = self._port.call("refund_confirm", lambda: _confirmation(purchase_id, tracking_id, evidence))
        return convert.read(records.Purchase, answer)

    def withdraw(self, purchase_id: str, tracking_id: str) -> records.Purchase:
        """Records that a refund will not be executed; the payment stands."""
        answer = self._port.call(
            "refund_withdraw", lambda: ffi.PaymentId(purchase_id=purchase_id, tracking_id=tracking_id)
        )
        return convert.read(records.Purchase, answer)


class Subscriptions(SubscriptionsByApi):
    """Recurring contracts, by link and server to server."""

    def start(self, request: records.PurchaseRequest) -> records.Checkout:
        """Applies for a recurring contract with a purchase."""
        answer = self._port.call("subscription_start", lambda: convert.purchase_request(request))
        return convert.read(records.Checkout, answer)

    def apply(self, request: records.RecurringRequest) -> records.Checkout:
        """Applies for a recurring contract without a purchase at once."""
        answer = self._port.call("subscription_apply", lambda: convert.recurring_request(request))
        return convert.read(records.Checkout, answer)

    def end(self, purchase_id: str) -> records.Checkout:
        """Ends a recurring contract: a form for the customer's browser."""
        answer = self._port.call("subscription_end", lambda: ffi.PurchaseId(purchase_id=purchase_id))
        return convert.read(records.Checkout, answer)


class Registrations:
    """Customer payment data at the gateway."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def register(self, request: records.RegistrationRequest) -> records.SignedForm:
        """Signs a registration or update."""
        answer = self._port.call("registration_register", lambda: convert.registration_request(request))
        return convert.read(records.SignedForm, answer)

    def delete(self, request: records.RegistrationRequest) -> records.SignedForm:
        """Signs a deletion."""
        answer = self._port.call("registration_delete", lambda: convert.registration_request(request))
        return convert.read(records.SignedForm, answer)

    def notice(self, body: Bytes, content_type: Optional[str] = None) -> records.RegistrationResult:
        """Verifies a registration notice."""
        answer = self._port.call(
            "registration_notice", lambda: ffi.Received(body=bytes(body), content_type=content_type)
        )
        return convert.read(records.RegistrationResult, answer)

    def returned(self, body: Bytes, content_type: Optional[str] = None) -> records.RegistrationResult:
        """Verifies the browser's return from a registration."""
        answer = self._port.call(
            "registration_returned", lambda: ffi.Received(body=bytes(body), content_type=content_type)
        )
        return convert.read(records.RegistrationResult, answer)

    def check(
        self,
        form: records.SignedForm,
        body: Bytes,
        content_type: Optional[str] = None,
        *,
        returned: bool = False,
        request_dates: Sequence[str] = (),
    ) -> records.RegistrationResult:
        """Verifies the result of a registration, and that it answers ``form``. Use its values only after this.

        ``returned``: whether the browser brought it. ``request_dates``: those of further renderings of the form.
        """
        asked = {
            "body": body,
            "content_type": content_type,
            "returned": returned,
            "asked": [{"name": name, "value": value} for name, value in form.fields],
            "request_dates": [form.request_date, *request_dates],
        }
        return self._port.invoke("registration.check", asked, records.RegistrationResult)


class Link:
    """Single messages, without a journal: for tests, and for shops with records of their own."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def sign_purchase(self, request: records.PurchaseRequest, *, order_id: str, at: str) -> records.SignedForm:
        """Signs a purchase request as it is; ``at`` is ``YYYYMMDDHHMMSS`` in Japanese time. Records nothing."""
        answer = self._port.call(
            "link_sign_purchase",
            lambda: ffi.SignPurchase(request=convert.purchase_request(request), order_id=order_id, at=at),
        )
        return convert.read(records.SignedForm, answer)

    def sign_recurring(self, request: records.RecurringRequest, *, order_id: str, at: str) -> records.SignedForm:
        """Signs a recurring application as it is. Records nothing."""
        answer = self._port.call(
            "link_sign_recurring",
            lambda: ffi.SignRecurring(request=convert.recurring_request(request), order_id=order_id, at=at),
        )
        return convert.read(records.SignedForm, answer)

    def sign_registration(
        self, request: records.RegistrationRequest, *, at: str, delete: bool = False
    ) -> records.SignedForm:
        """Signs a registration, or a deletion, as it is."""
        answer = self._port.call(
            "link_sign_registration",
            lambda: ffi.SignRegistration(request=convert.registration_request(request), delete=delete, at=at),
        )
        return convert.read(records.SignedForm, answer)

    def verify(self, kind: Union[MessageKind, str], body: Bytes, content_type: Optional[str] = None) -> records.Message:
        """Verifies the hash of a message; neither its age nor that it answers what was asked."""
        answer = self._port.call(
            "link_verify", lambda: ffi.ReceivedMessage(kind=str(kind), body=bytes(body), content_type=content_type)
        )
        return convert.read(records.Message, answer)


class Client(ClientBase):
    """Takes payments for one or several contracts.

    Threads may share it, and a forked child may go on using it. Inside a running event loop use
    :class:`AsyncClient`: this one would block the loop, and refuses.

    ::

        with Client(Contract("99999", "001", hash_key, "test"), journal="sqlite://shop.db") as client:
            checkout = client.checkout.start(request)
    """

    def _connect(self) -> None:
        port = Port(self)
        self._port = port
        self.checkout = Checkouts(port)
        self.notices = Notices(port)
        self.returns = Returns(port)
        self.events = Events(port)
        self.purchases = Purchases(port)
        self.refunds = Refunds(port)
        self.subscriptions = Subscriptions(port)
        self.registrations = Registrations(port)
        self.link = Link(port)
        self.payments = Payments(port)
        self.settlement = Settlement(port)
        self.members = Members(port)
        self.miles = Miles(port)
        self.exchanges = Exchanges(port)
        self.catalogue = Catalogue(port)

    def resolve(self) -> models.ResolvedAll:
        """Looks after everything that is due; call it once a minute."""
        return self._port.invoke("client.resolve", {}, models.ResolvedAll)

    def recover(self) -> models.RecoveredAll:
        """Looks after everything that a crash may have left open; call it when the shop starts."""
        return self._port.invoke("client.recover", {}, models.RecoveredAll)

    def explain_hash(self, message: str, fields: Sequence[Tuple[str, str]], claimed: str) -> records.HashExplanation:
        """Names the wrong recipe behind a hash that somebody else computed. Never shows the key."""
        answer = self._port.call(
            "hash_explain", lambda: ffi.HashQuestion(message=message, fields=convert.pairs(fields), claimed=claimed)
        )
        return convert.read(records.HashExplanation, answer)

    def error_catalogue(self) -> List[records.ErrorEntry]:
        """Every error code with what to do about it."""
        answer = self._port.call("catalogue_errors", lambda: ffi.Nothing())
        return [convert.read(records.ErrorEntry, one) for one in answer.errors]

    def code(self, code: str) -> records.CodeEntry:
        """What is known about a code of the gateway; an unknown one gives an entry that says so."""
        answer = self._port.call("catalogue_code", lambda: ffi.CodeQuery(code=code))
        return convert.read(records.CodeEntry, answer)

    def code_catalogue(self) -> List[records.CodeEntry]:
        """Every code of the gateway that is known."""
        answer = self._port.call("catalogue_codes", lambda: ffi.Nothing())
        return [convert.read(records.CodeEntry, one) for one in answer.codes]

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()
