"""The awaited client."""

from __future__ import annotations

from types import TracebackType
from typing import List, Optional, Sequence, Tuple, Type, Union

from . import models, records
from ._json import pairs
from ._port import AsyncPort, Bytes, ClientBase, received
from ._rooms import (
    AsyncCatalogue,
    AsyncExchanges,
    AsyncMembers,
    AsyncMiles,
    AsyncPayments,
    AsyncSettlement,
    AsyncSubscriptionsByApi,
)
from ._sealed import seal
from .names import MessageKind, Phase, ReturnedBy


class AsyncCheckouts:
    """Starts purchases and hands out their forms."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def start(self, request: records.PurchaseRequest) -> records.Checkout:
        """Starts a purchase, or a further attempt of it; it is in the journal before this returns."""
        return await self._port.invoke("checkout.start", request, records.Checkout)

    async def render(self, purchase_id: str) -> records.Checkout:
        """Signs the newest attempt again, for a page that is rendered again."""
        return await self._port.invoke("checkout.render", {"purchase_id": purchase_id}, records.Checkout)

    async def give_up(self, purchase_id: str) -> records.Purchase:
        """Stops waiting for a purchase. If it is paid all the same, the shop is told ``paid_late``."""
        return await self._port.invoke("checkout.give_up", {"purchase_id": purchase_id}, records.Purchase)


class AsyncNotices:
    """Takes the gateway's server-to-server notices: the only proof of payment."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def handle(self, body: Bytes, content_type: Optional[str] = None) -> records.NoticeAnswer:
        """Verifies a notice, records it once, and says what to answer. ``body`` is what was posted, untouched."""
        return await self._port.invoke(
            "notice.handle", {"body": received(body), "content_type": content_type}, records.NoticeAnswer
        )

    async def inspect(self, body: Bytes, content_type: Optional[str] = None) -> records.NoticeView:
        """Verifies a notice and records nothing."""
        return await self._port.invoke(
            "notice.inspect", {"body": received(body), "content_type": content_type}, records.NoticeView
        )

    async def refuse(self, body: Bytes, reason: str, content_type: Optional[str] = None) -> records.NoticeAnswer:
        """Verifies a notice and refuses it. The customer's miles stay spent; the purchase goes to a person."""
        return await self._port.invoke(
            "notice.refuse",
            {"body": received(body), "content_type": content_type, "reason": reason},
            records.NoticeAnswer,
        )


class AsyncReturns:
    """Reads what the browser brings back. Evidence for display, never proof of payment."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def read(
        self, by: Union[ReturnedBy, str], body: Bytes, content_type: Optional[str] = None
    ) -> records.BrowserReturn:
        """Reads the request to the success, cancel or error URL."""
        return await self._port.invoke(
            "return.read", {"by": by, "body": received(body), "content_type": content_type}, records.BrowserReturn
        )


class AsyncEvents:
    """What the shop has to act on, until it acknowledges."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def next(self, limit: int = 100) -> List[records.Event]:
        """Takes at most ``limit`` events; other workers do not see them for a while."""
        return await self._port.listed("events.next", {"limit": limit}, records.Event, "deliveries")

    async def ack(self, event_id: int) -> bool:
        """Acknowledges an event for good, after the goods are out. False when it was acknowledged before."""
        answer = await self._port.raw("events.ack", {"id": event_id})
        return bool(answer["acknowledged"])


class AsyncPurchases:
    """Looks purchases up and resolves those that wait."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def get(self, purchase_id: str) -> records.Purchase:
        """The purchase with the shop's id."""
        return await self._port.invoke("purchase.get", {"purchase_id": purchase_id}, records.Purchase)

    async def by_order(self, order_id: str) -> records.Purchase:
        """The purchase that an id at the gateway belongs to."""
        return await self._port.invoke("purchase.by_order", {"order_id": order_id}, records.Purchase)

    async def list(
        self, phases: Sequence[Union[Phase, str]] = (), *, after: Optional[str] = None, limit: int = 100
    ) -> List[records.Purchase]:
        """Purchases in these phases (none given: in any), after the one with the id ``after``."""
        return await self._port.listed(
            "purchase.list", {"phases": list(phases), "after": after, "limit": limit}, records.Purchase, "purchases"
        )

    async def unresolved(self, limit: int = 100) -> List[records.Purchase]:
        """Purchases that somebody or something still has to act on."""
        return await self._port.listed("purchase.unresolved", {"limit": limit}, records.Purchase, "purchases")

    async def resolve(self) -> List[records.Purchase]:
        """Resolves purchases whose waiting time is over; call it once a minute. Returns those that changed."""
        return await self._port.listed("purchase.resolve", {}, records.Purchase, "purchases")

    async def review_paid(self, purchase_id: str, order_id: str, tracking_id: str) -> records.Purchase:
        """Records that the management page shows a payment."""
        return await self._port.invoke(
            "purchase.review",
            {"purchase_id": purchase_id, "paid": True, "order_id": order_id, "tracking_id": tracking_id},
            records.Purchase,
        )

    async def review_not_paid(self, purchase_id: str) -> records.Purchase:
        """Records that the management page shows no payment."""
        return await self._port.invoke("purchase.review", {"purchase_id": purchase_id, "paid": False}, records.Purchase)

    async def accept_late(self, purchase_id: str) -> records.Purchase:
        """Keeps a payment that came after the shop had given up."""
        return await self._port.invoke("purchase.accept_late", {"purchase_id": purchase_id}, records.Purchase)

    async def evidence(self, limit: int = 100) -> List[records.Evidence]:
        """Genuine messages that could not be applied, newest first."""
        return await self._port.listed("purchase.evidence", {"limit": limit}, records.Evidence, "evidence")


class AsyncRefunds:
    """Asks for refunds and records that they were executed."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def request(self, purchase_id: str, reason: str, tracking_id: Optional[str] = None) -> records.RefundTicket:
        """Records that a payment is to be refunded, and says where a person does it."""
        return await self._port.invoke(
            "refund.request",
            {"purchase_id": purchase_id, "reason": reason, "tracking_id": tracking_id},
            records.RefundTicket,
        )

    async def confirm(self, purchase_id: str, tracking_id: str, evidence: records.RefundEvidence) -> records.Purchase:
        """Records that a refund was executed, with what proves it."""
        return await self._port.invoke(
            "refund.confirm",
            {"purchase_id": purchase_id, "tracking_id": tracking_id, "evidence": evidence},
            records.Purchase,
        )

    async def withdraw(self, purchase_id: str, tracking_id: str) -> records.Purchase:
        """Records that a refund will not be executed; the payment stands."""
        return await self._port.invoke(
            "refund.withdraw", {"purchase_id": purchase_id, "tracking_id": tracking_id}, records.Purchase
        )


class AsyncSubscriptions(AsyncSubscriptionsByApi):
    """Recurring contracts, by link and server to server."""

    async def start(self, request: records.PurchaseRequest) -> records.Checkout:
        """Applies for a recurring contract with a purchase."""
        return await self._port.invoke("subscription.start", request, records.Checkout)

    async def apply(self, request: records.RecurringRequest) -> records.Checkout:
        """Applies for a recurring contract without a purchase at once."""
        return await self._port.invoke("subscription.apply", request, records.Checkout)

    async def end(self, purchase_id: str) -> records.Checkout:
        """Ends a recurring contract: a form for the customer's browser."""
        return await self._port.invoke("subscription.end", {"purchase_id": purchase_id}, records.Checkout)


class AsyncRegistrations:
    """Customer payment data at the gateway."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def register(self, request: records.RegistrationRequest) -> records.SignedForm:
        """Signs a registration or update."""
        return await self._port.invoke("registration.register", request, records.SignedForm)

    async def delete(self, request: records.RegistrationRequest) -> records.SignedForm:
        """Signs a deletion."""
        return await self._port.invoke("registration.delete", request, records.SignedForm)

    async def notice(self, body: Bytes, content_type: Optional[str] = None) -> records.RegistrationResult:
        """Verifies a registration notice."""
        return await self._port.invoke(
            "registration.notice", {"body": received(body), "content_type": content_type}, records.RegistrationResult
        )

    async def returned(self, body: Bytes, content_type: Optional[str] = None) -> records.RegistrationResult:
        """Verifies the browser's return from a registration."""
        return await self._port.invoke(
            "registration.returned", {"body": received(body), "content_type": content_type}, records.RegistrationResult
        )

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
            "body": received(body),
            "content_type": content_type,
            "returned": returned,
            "asked": pairs(form.fields),
            "request_dates": [form.request_date, *request_dates],
        }
        return await self._port.invoke("registration.check", asked, records.RegistrationResult)


class AsyncLink:
    """Single messages, without a journal: for tests, and for shops with records of their own."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def sign_purchase(self, request: records.PurchaseRequest, *, order_id: str, at: str) -> records.SignedForm:
        """Signs a purchase request as it is; ``at`` is ``YYYYMMDDHHMMSS`` in Japanese time. Records nothing."""
        return await self._port.invoke(
            "link.sign_purchase", {"request": request, "order_id": order_id, "at": at}, records.SignedForm
        )

    async def sign_recurring(self, request: records.RecurringRequest, *, order_id: str, at: str) -> records.SignedForm:
        """Signs a recurring application as it is. Records nothing."""
        return await self._port.invoke(
            "link.sign_recurring", {"request": request, "order_id": order_id, "at": at}, records.SignedForm
        )

    async def sign_registration(
        self, request: records.RegistrationRequest, *, at: str, delete: bool = False
    ) -> records.SignedForm:
        """Signs a registration, or a deletion, as it is."""
        return await self._port.invoke(
            "link.sign_registration", {"request": request, "delete": delete, "at": at}, records.SignedForm
        )

    async def verify(
        self, kind: Union[MessageKind, str], body: Bytes, content_type: Optional[str] = None
    ) -> records.Message:
        """Verifies the hash of a message; neither its age nor that it answers what was asked."""
        return await self._port.invoke(
            "link.verify", {"kind": kind, "body": received(body), "content_type": content_type}, records.Message
        )


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
        return await self._port.invoke(
            "hash.explain", {"message": message, "fields": pairs(fields), "claimed": claimed}, records.HashExplanation
        )

    async def error_catalogue(self) -> List[records.ErrorEntry]:
        """Every error code with what to do about it."""
        return await self._port.listed("catalogue.errors", {}, records.ErrorEntry, "errors")

    async def code(self, code: str) -> records.CodeEntry:
        """What is known about a code of the gateway; an unknown one gives an entry that says so."""
        return await self._port.invoke("catalogue.code", {"code": code}, records.CodeEntry)

    async def code_catalogue(self) -> List[records.CodeEntry]:
        """Every code of the gateway that is known."""
        return await self._port.listed("catalogue.codes", {}, records.CodeEntry, "codes")

    async def __aenter__(self) -> "AsyncClient":
        return self

    async def __aexit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()


seal(
    AsyncCatalogue,
    AsyncExchanges,
    AsyncMembers,
    AsyncMiles,
    AsyncPayments,
    AsyncSettlement,
    AsyncSubscriptionsByApi,
    AsyncCheckouts,
    AsyncNotices,
    AsyncReturns,
    AsyncEvents,
    AsyncPurchases,
    AsyncRefunds,
    AsyncSubscriptions,
    AsyncRegistrations,
    AsyncLink,
    AsyncClient,
)
