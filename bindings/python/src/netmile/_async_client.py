"""The awaited client."""

from __future__ import annotations

from types import TracebackType
from typing import Any, List, Optional, Sequence, Tuple, Type, Union

from . import _convert as convert
from . import models, records
from ._native import ffi
from ._port import AsyncPort, Bytes, ClientBase
from ._rooms import (
    AsyncCatalogue,
    AsyncExchanges,
    AsyncMembers,
    AsyncMiles,
    AsyncPayments,
    AsyncSettlement,
    AsyncSubscriptionsByApi,
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


class AsyncCheckouts:
    """Starts purchases and hands out their forms."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def start(self, request: records.PurchaseRequest) -> records.Checkout:
        """Starts a purchase, or a further attempt of it; it is in the journal before this returns."""
        answer = await self._port.call("checkout_start", lambda: convert.purchase_request(request))
        return convert.read(records.Checkout, answer)

    async def render(self, purchase_id: str) -> records.Checkout:
        """Signs the newest attempt again, for a page that is rendered again."""
        answer = await self._port.call("checkout_render", lambda: ffi.PurchaseId(purchase_id=purchase_id))
        return convert.read(records.Checkout, answer)

    async def give_up(self, purchase_id: str) -> records.Purchase:
        """Stops waiting for a purchase. If it is paid all the same, the shop is told ``paid_late``."""
        answer = await self._port.call("checkout_give_up", lambda: ffi.PurchaseId(purchase_id=purchase_id))
        return convert.read(records.Purchase, answer)


class AsyncNotices:
    """Takes the gateway's server-to-server notices: the only proof of payment."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def handle(self, body: Bytes, content_type: Optional[str] = None) -> records.NoticeAnswer:
        """Verifies a notice, records it once, and says what to answer. ``body`` is what was posted, untouched."""
        answer = await self._port.call(
            "notice_handle", lambda: ffi.Received(body=bytes(body), content_type=content_type)
        )
        return convert.read(records.NoticeAnswer, answer)

    async def inspect(self, body: Bytes, content_type: Optional[str] = None) -> records.NoticeView:
        """Verifies a notice and records nothing."""
        answer = await self._port.call(
            "notice_inspect", lambda: ffi.Received(body=bytes(body), content_type=content_type)
        )
        return convert.read(records.NoticeView, answer)

    async def refuse(self, body: Bytes, reason: str, content_type: Optional[str] = None) -> records.NoticeAnswer:
        """Verifies a notice and refuses it. The customer's miles stay spent; the purchase goes to a person."""
        answer = await self._port.call(
            "notice_refuse", lambda: ffi.RefusedNotice(body=bytes(body), content_type=content_type, reason=reason)
        )
        return convert.read(records.NoticeAnswer, answer)


class AsyncReturns:
    """Reads what the browser brings back. Evidence for display, never proof of payment."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def read(
        self, by: Union[ReturnedBy, str], body: Bytes, content_type: Optional[str] = None
    ) -> records.BrowserReturn:
        """Reads the request to the success, cancel or error URL."""
        answer = await self._port.call(
            "return_read", lambda: ffi.ReceivedReturn(by=str(by), body=bytes(body), content_type=content_type)
        )
        return convert.read(records.BrowserReturn, answer)


class AsyncEvents:
    """What the shop has to act on, until it acknowledges."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def next(self, limit: int = 100) -> List[records.Event]:
        """Takes at most ``limit`` events; other workers do not see them for a while."""
        answer = await self._port.call("events_next", lambda: ffi.Limit(limit=limit))
        return [convert.read(records.Event, one) for one in answer.deliveries]

    async def ack(self, event_id: int) -> bool:
        """Acknowledges an event for good, after the goods are out. False when it was acknowledged before."""
        answer = await self._port.call("events_ack", lambda: ffi.EventId(id=event_id))
        return bool(answer.acknowledged)


class AsyncPurchases:
    """Looks purchases up and resolves those that wait."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def get(self, purchase_id: str) -> records.Purchase:
        """The purchase with the shop's id."""
        answer = await self._port.call("purchase_get", lambda: ffi.PurchaseId(purchase_id=purchase_id))
        return convert.read(records.Purchase, answer)

    async def by_order(self, order_id: str) -> records.Purchase:
        """The purchase that an id at the gateway belongs to."""
        answer = await self._port.call("purchase_by_order", lambda: ffi.OrderId(order_id=order_id))
        return convert.read(records.Purchase, answer)

    async def list(
        self, phases: Sequence[Union[Phase, str]] = (), *, after: Optional[str] = None, limit: int = 100
    ) -> List[records.Purchase]:
        """Purchases in these phases (none given: in any), after the one with the id ``after``."""
        answer = await self._port.call(
            "purchase_list",
            lambda: ffi.PurchaseQuery(phases=[str(phase) for phase in phases], after=after, limit=limit),
        )
        return [convert.read(records.Purchase, one) for one in answer.purchases]

    async def unresolved(self, limit: int = 100) -> List[records.Purchase]:
        """Purchases that somebody or something still has to act on."""
        answer = await self._port.call("purchase_unresolved", lambda: ffi.Limit(limit=limit))
        return [convert.read(records.Purchase, one) for one in answer.purchases]

    async def resolve(self) -> List[records.Purchase]:
        """Resolves purchases whose waiting time is over; call it once a minute. Returns those that changed."""
        answer = await self._port.call("purchase_resolve", lambda: ffi.Nothing())
        return [convert.read(records.Purchase, one) for one in answer.purchases]

    async def review_paid(self, purchase_id: str, order_id: str, tracking_id: str) -> records.Purchase:
        """Records that the management page shows a payment."""
        answer = await self._port.call(
            "purchase_review",
            lambda: ffi.ReviewVerdict(purchase_id=purchase_id, paid=True, order_id=order_id, tracking_id=tracking_id),
        )
        return convert.read(records.Purchase, answer)

    async def review_not_paid(self, purchase_id: str) -> records.Purchase:
        """Records that the management page shows no payment."""
        answer = await self._port.call(
            "purchase_review", lambda: ffi.ReviewVerdict(purchase_id=purchase_id, paid=False)
        )
        return convert.read(records.Purchase, answer)

    async def accept_late(self, purchase_id: str) -> records.Purchase:
        """Keeps a payment that came after the shop had given up."""
        answer = await self._port.call("purchase_accept_late", lambda: ffi.PurchaseId(purchase_id=purchase_id))
        return convert.read(records.Purchase, answer)

    async def evidence(self, limit: int = 100) -> List[records.Evidence]:
        """Genuine messages that could not be applied, newest first."""
        answer = await self._port.call("purchase_evidence", lambda: ffi.Limit(limit=limit))
        return [convert.read(records.Evidence, one) for one in answer.evidence]


class AsyncRefunds:
    """Asks for refunds and records that they were executed."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def request(self, purchase_id: str, reason: str, tracking_id: Optional[str] = None) -> records.RefundTicket:
        """Records that a payment is to be refunded, and says where a person does it."""
        answer = await self._port.call(
            "refund_request", lambda: ffi.RefundRequest(purchase_id=purchase_id, reason=reason, tracking_id=tracking_id)
        )
        return convert.read(records.RefundTicket, answer)

    async def confirm(self, purchase_id: str, tracking_id: str, evidence: records.RefundEvidence) -> records.Purchase:
        """Records that a refund was executed, with what proves it."""
        answer = await self._port.call("refund_confirm", lambda: _confirmation(purchase_id, tracking_id, evidence))
        return convert.read(records.Purchase, answer)

    async def withdraw(self, purchase_id: str, tracking_id: str) -> records.Purchase:
        """Records that a refund will not be executed; the payment stands."""
        answer = await self._port.call(
            "refund_withdraw", lambda: ffi.PaymentId(purchase_id=purchase_id, tracking_id=tracking_id)
        )
        return convert.read(records.Purchase, answer)


class AsyncSubscriptions(AsyncSubscriptionsByApi):
    """Recurring contracts, by link and server to server."""

    async def start(self, request: records.PurchaseRequest) -> records.Checkout:
        """Applies for a recurring contract with a purchase."""
        answer = await self._port.call("subscription_start", lambda: convert.purchase_request(request))
        return convert.read(records.Checkout, answer)

    async def apply(self, request: records.RecurringRequest) -> records.Checkout:
        """Applies for a recurring contract without a purchase at once."""
        answer = await self._port.call("subscription_apply", lambda: convert.recurring_request(request))
        return convert.read(records.Checkout, answer)

    async def end(self, purchase_id: str) -> records.Checkout:
        """Ends a recurring contract: a form for the customer's browser."""
        answer = await self._port.call("subscription_end", lambda: ffi.PurchaseId(purchase_id=purchase_id))
        return convert.read(records.Checkout, answer)


class AsyncRegistrations:
    """Customer payment data at the gateway."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def register(self, request: records.RegistrationRequest) -> records.SignedForm:
        """Signs a registration or update."""
        answer = await self._port.call("registration_register", lambda: convert.registration_request(request))
        return convert.read(records.SignedForm, answer)

    async def delete(self, request: records.RegistrationRequest) -> records.SignedForm:
        """Signs a deletion."""
        answer = await self._port.call("registration_delete", lambda: convert.registration_request(request))
        return convert.read(records.SignedForm, answer)

    async def notice(self, body: Bytes, content_type: Optional[str] = None) -> records.RegistrationResult:
        """Verifies a registration notice."""
        answer = await self._port.call(
            "registration_notice", lambda: ffi.Received(body=bytes(body), content_type=content_type)
        )
        return convert.read(records.RegistrationResult, answer)

    async def returned(self, body: Bytes, content_type: Optional[str] = None) -> records.RegistrationResult:
        """Verifies the browser's return from a registration."""
        answer = await self._port.call(
            "registration_returned", lambda: ffi.Received(body=bytes(body), content_type=content_type)
        )
        return convert.read(records.RegistrationResult, answer)

    async def check(
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
        return await self._port.invoke("registration.check", asked, records.RegistrationResult)


class AsyncLink:
    """Single messages, without a journal: for tests, and for shops with records of their own."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def sign_purchase(self, request: records.PurchaseRequest, *, order_id: str, at: str) -> records.SignedForm:
        """Signs a purchase request as it is; ``at`` is ``YYYYMMDDHHMMSS`` in Japanese time. Records nothing."""
        answer = await self._port.call(
            "link_sign_purchase",
            lambda: ffi.SignPurchase(request=convert.purchase_request(request), order_id=order_id, at=at),
        )
        return convert.read(records.SignedForm, answer)

    async def sign_recurring(self, request: records.RecurringRequest, *, order_id: str, at: str) -> records.SignedForm:
        """Signs a recurring application as it is. Records nothing."""
        answer = await self._port.call(
            "link_sign_recurring",
            lambda: ffi.SignRecurring(request=convert.recurring_request(request), order_id=order_id, at=at),
        )
        return convert.read(records.SignedForm, answer)

    async def sign_registration(
        self, request: records.RegistrationRequest, *, at: str, delete: bool = False
    ) -> records.SignedForm:
        """Signs a registration, or a deletion, as it is."""
        answer = await self._port.call(
            "link_sign_registration",
            lambda: ffi.SignRegistration(request=convert.registration_request(request), delete=delete, at=at),
        )
        return convert.read(records.SignedForm, answer)

    async def verify(
        self, kind: Union[MessageKind, str], body: Bytes, content_type: Optional[str] = None
    ) -> records.Message:
        """Verifies the hash of a message; neither its age nor that it answers what was asked."""
        answer = await self._port.call(
            "link_verify", lambda: ffi.ReceivedMessage(kind=str(kind), body=bytes(body), content_type=content_type)
        )
        return convert.read(records.Message, answer)


class AsyncClient(ClientBase):
    """Takes payments for one or several contracts.

    Its methods run on a thread of the library; cancelling one stops waiting, and a journal entry is then written
    whole or not at all.

    ::

        async with AsyncClient(Contract("99999", "001", hash_key, "test"), journal="sqlite://shop.db") as client:
            checkout = await client.checkout.start(request)
    """

    def _connect(self) -> None:
        port = AsyncPort(self)
        self._port = port
        self.checkout = AsyncCheckouts(port)
        self.notices = AsyncNotices(port)
        self.returns = AsyncReturns(port)
        self.events = AsyncEvents(port)
        self.purchases = AsyncPurchases(port)
        self.refunds = AsyncRefunds(port)
        self.subscriptions = AsyncSubscriptions(port)
        self.registrations = AsyncRegistrations(port)
        self.link = AsyncLink(port)
        self.payments = AsyncPayments(port)
        self.settlement = AsyncSettlement(port)
        self.members = AsyncMembers(port)
        self.miles = AsyncMiles(port)
        self.exchanges = AsyncExchanges(port)
        self.catalogue = AsyncCatalogue(port)

    async def resolve(self) -> models.ResolvedAll:
        """Looks after everything that is due; call it once a minute."""
        return await self._port.invoke("client.resolve", {}, models.ResolvedAll)

    async def recover(self) -> models.RecoveredAll:
        """Looks after everything that a crash may have left open; call it when the shop starts."""
        return await self._port.invoke("client.recover", {}, models.RecoveredAll)

    async def explain_hash(
        self, message: str, fields: Sequence[Tuple[str, str]], claimed: str
    ) -> records.HashExplanation:
        """Names the wrong recipe behind a hash that somebody else computed. Never shows the key."""
        answer = await self._port.call(
            "hash_explain", lambda: ffi.HashQuestion(message=message, fields=convert.pairs(fields), claimed=claimed)
        )
        return convert.read(records.HashExplanation, answer)

    async def error_catalogue(self) -> List[records.ErrorEntry]:
        """Every error code with what to do about it."""
        answer = await self._port.call("catalogue_errors", lambda: ffi.Nothing())
        return [convert.read(records.ErrorEntry, one) for one in answer.errors]

    async def code(self, code: str) -> records.CodeEntry:
        """What is known about a code of the gateway; an unknown one gives an entry that says so."""
        answer = await self._port.call("catalogue_code", lambda: ffi.CodeQuery(code=code))
        return convert.read(records.CodeEntry, answer)

    async def code_catalogue(self) -> List[records.CodeEntry]:
        """Every code of the gateway that is known."""
        answer = await self._port.call("catalogue_codes", lambda: ffi.Nothing())
        return [convert.read(records.CodeEntry, one) for one in answer.codes]

    async def __aenter__(self) -> "AsyncClient":
        return self

    async def __aexit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()
