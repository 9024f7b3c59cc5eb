"""The blocking client."""

from __future__ import annotations

from types import TracebackType
from typing import List, Optional, Sequence, Tuple, Type, Union

from . import models, records
from ._json import pairs
from ._port import Bytes, ClientBase, Port, received
from ._rooms import (
    Catalogue,
    Exchanges,
    Members,
    Miles,
    Payments,
    Settlement,
    SubscriptionsByApi,
)
from ._sealed import seal
from .names import MessageKind, Phase, ReturnedBy


class Checkouts:
    """Starts purchases and hands out their forms."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def start(self, request: records.PurchaseRequest) -> records.Checkout:
        """Starts a purchase, or a further attempt of it; it is in the journal before this returns."""
        return self._port.invoke("checkout.start", request, records.Checkout)

    def render(self, purchase_id: str) -> records.Checkout:
        """Signs the newest attempt again, for a page that is rendered again."""
        return self._port.invoke("checkout.render", {"purchase_id": purchase_id}, records.Checkout)

    def give_up(self, purchase_id: str) -> records.Purchase:
        """Stops waiting for a purchase. If it is paid all the same, the shop is told ``paid_late``."""
        return self._port.invoke("checkout.give_up", {"purchase_id": purchase_id}, records.Purchase)


class Notices:
    """Takes the gateway's server-to-server notices: the only proof of payment."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def handle(self, body: Bytes, content_type: Optional[str] = None) -> records.NoticeAnswer:
        """Verifies a notice, records it once, and says what to answer. ``body`` is what was posted, untouched."""
        return self._port.invoke(
            "notice.handle", {"body": received(body), "content_type": content_type}, records.NoticeAnswer
        )

    def inspect(self, body: Bytes, content_type: Optional[str] = None) -> records.NoticeView:
        """Verifies a notice and records nothing."""
        return self._port.invoke(
            "notice.inspect", {"body": received(body), "content_type": content_type}, records.NoticeView
        )

    def refuse(self, body: Bytes, reason: str, content_type: Optional[str] = None) -> records.NoticeAnswer:
        """Verifies a notice and refuses it. The customer's miles stay spent; the purchase goes to a person."""
        return self._port.invoke(
            "notice.refuse",
            {"body": received(body), "content_type": content_type, "reason": reason},
            records.NoticeAnswer,
        )


class Returns:
    """Reads what the browser brings back. Evidence for display, never proof of payment."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def read(
        self, by: Union[ReturnedBy, str], body: Bytes, content_type: Optional[str] = None
    ) -> records.BrowserReturn:
        """Reads the request to the success, cancel or error URL."""
        return self._port.invoke(
            "return.read", {"by": by, "body": received(body), "content_type": content_type}, records.BrowserReturn
        )


class Events:
    """What the shop has to act on, until it acknowledges."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def next(self, limit: int = 100) -> List[records.Event]:
        """Takes at most ``limit`` events; other workers do not see them for a while."""
        return self._port.listed("events.next", {"limit": limit}, records.Event, "deliveries")

    def ack(self, event_id: int) -> bool:
        """Acknowledges an event for good, after the goods are out. False when it was acknowledged before."""
        answer = self._port.raw("events.ack", {"id": event_id})
        return bool(answer["acknowledged"])


class Purchases:
    """Looks purchases up and resolves those that wait."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def get(self, purchase_id: str) -> records.Purchase:
        """The purchase with the shop's id."""
        return self._port.invoke("purchase.get", {"purchase_id": purchase_id}, records.Purchase)

    def by_order(self, order_id: str) -> records.Purchase:
        """The purchase that an id at the gateway belongs to."""
        return self._port.invoke("purchase.by_order", {"order_id": order_id}, records.Purchase)

    def list(
        self, phases: Sequence[Union[Phase, str]] = (), *, after: Optional[str] = None, limit: int = 100
    ) -> List[records.Purchase]:
        """Purchases in these phases (none given: in any), after the one with the id ``after``."""
        return self._port.listed(
            "purchase.list", {"phases": list(phases), "after": after, "limit": limit}, records.Purchase, "purchases"
        )

    def unresolved(self, limit: int = 100) -> List[records.Purchase]:
        """Purchases that somebody or something still has to act on."""
        return self._port.listed("purchase.unresolved", {"limit": limit}, records.Purchase, "purchases")

    def resolve(self) -> List[records.Purchase]:
        """Resolves purchases whose waiting time is over; call it once a minute. Returns those that changed."""
        return self._port.listed("purchase.resolve", {}, records.Purchase, "purchases")

    def review_paid(self, purchase_id: str, order_id: str, tracking_id: str) -> records.Purchase:
        """Records that the management page shows a payment."""
        return self._port.invoke(
            "purchase.review",
            {"purchase_id": purchase_id, "paid": True, "order_id": order_id, "tracking_id": tracking_id},
            records.Purchase,
        )

    def review_not_paid(self, purchase_id: str) -> records.Purchase:
        """Records that the management page shows no payment."""
        return self._port.invoke("purchase.review", {"purchase_id": purchase_id, "paid": False}, records.Purchase)

    def accept_late(self, purchase_id: str) -> records.Purchase:
        """Keeps a payment that came after the shop had given up."""
        return self._port.invoke("purchase.accept_late", {"purchase_id": purchase_id}, records.Purchase)

    def evidence(self, limit: int = 100) -> List[records.Evidence]:
        """Genuine messages that could not be applied, newest first."""
        return self._port.listed("purchase.evidence", {"limit": limit}, records.Evidence, "evidence")


class Refunds:
    """Asks for refunds and records that they were executed."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def request(self, purchase_id: str, reason: str, tracking_id: Optional[str] = None) -> records.RefundTicket:
        """Records that a payment is to be refunded, and says where a person does it."""
        return self._port.invoke(
            "refund.request",
            {"purchase_id": purchase_id, "reason": reason, "tracking_id": tracking_id},
            records.RefundTicket,
        )

    def confirm(self, purchase_id: str, tracking_id: str, evidence: records.RefundEvidence) -> records.Purchase:
        """Records that a refund was executed, with what proves it."""
        return self._port.invoke(
            "refund.confirm",
            {"purchase_id": purchase_id, "tracking_id": tracking_id, "evidence": evidence},
            records.Purchase,
        )

    def withdraw(self, purchase_id: str, tracking_id: str) -> records.Purchase:
        """Records that a refund will not be executed; the payment stands."""
        return self._port.invoke(
            "refund.withdraw", {"purchase_id": purchase_id, "tracking_id": tracking_id}, records.Purchase
        )


class Subscriptions(SubscriptionsByApi):
    """Recurring contracts, by link and server to server."""

    def start(self, request: records.PurchaseRequest) -> records.Checkout:
        """Applies for a recurring contract with a purchase."""
        return self._port.invoke("subscription.start", request, records.Checkout)

    def apply(self, request: records.RecurringRequest) -> records.Checkout:
        """Applies for a recurring contract without a purchase at once."""
        return self._port.invoke("subscription.apply", request, records.Checkout)

    def end(self, purchase_id: str) -> records.Checkout:
        """Ends a recurring contract: a form for the customer's browser."""
        return self._port.invoke("subscription.end", {"purchase_id": purchase_id}, records.Checkout)


class Registrations:
    """Customer payment data at the gateway."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def register(self, request: records.RegistrationRequest) -> records.SignedForm:
        """Signs a registration or update."""
        return self._port.invoke("registration.register", request, records.SignedForm)

    def delete(self, request: records.RegistrationRequest) -> records.SignedForm:
        """Signs a deletion."""
        return self._port.invoke("registration.delete", request, records.SignedForm)

    def notice(self, body: Bytes, content_type: Optional[str] = None) -> records.RegistrationResult:
        """Verifies a registration notice."""
        return self._port.invoke(
            "registration.notice", {"body": received(body), "content_type": content_type}, records.RegistrationResult
        )

    def returned(self, body: Bytes, content_type: Optional[str] = None) -> records.RegistrationResult:
        """Verifies the browser's return from a registration."""
        return self._port.invoke(
            "registration.returned", {"body": received(body), "content_type": content_type}, records.RegistrationResult
        )

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
            "body": received(body),
            "content_type": content_type,
            "returned": returned,
            "asked": pairs(form.fields),
            "request_dates": [form.request_date, *request_dates],
        }
        return self._port.invoke("registration.check", asked, records.RegistrationResult)


class Link:
    """Single messages, without a journal: for tests, and for shops with records of their own."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def sign_purchase(self, request: records.PurchaseRequest, *, order_id: str, at: str) -> records.SignedForm:
        """Signs a purchase request as it is; ``at`` is ``YYYYMMDDHHMMSS`` in Japanese time. Records nothing."""
        return self._port.invoke(
            "link.sign_purchase", {"request": request, "order_id": order_id, "at": at}, records.SignedForm
        )

    def sign_recurring(self, request: records.RecurringRequest, *, order_id: str, at: str) -> records.SignedForm:
        """Signs a recurring application as it is. Records nothing."""
        return self._port.invoke(
            "link.sign_recurring", {"request": request, "order_id": order_id, "at": at}, records.SignedForm
        )

    def sign_registration(
        self, request: records.RegistrationRequest, *, at: str, delete: bool = False
    ) -> records.SignedForm:
        """Signs a registration, or a deletion, as it is."""
        return self._port.invoke(
            "link.sign_registration", {"request": request, "delete": delete, "at": at}, records.SignedForm
        )

    def verify(self, kind: Union[MessageKind, str], body: Bytes, content_type: Optional[str] = None) -> records.Message:
        """Verifies the hash of a message; neither its age nor that it answers what was asked."""
        return self._port.invoke(
            "link.verify", {"kind": kind, "body": received(body), "content_type": content_type}, records.Message
        )


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
        return self._port.invoke(
            "hash.explain", {"message": message, "fields": pairs(fields), "claimed": claimed}, records.HashExplanation
        )

    def error_catalogue(self) -> List[records.ErrorEntry]:
        """Every error code with what to do about it."""
        return self._port.listed("catalogue.errors", {}, records.ErrorEntry, "errors")

    def code(self, code: str) -> records.CodeEntry:
        """What is known about a code of the gateway; an unknown one gives an entry that says so."""
        return self._port.invoke("catalogue.code", {"code": code}, records.CodeEntry)

    def code_catalogue(self) -> List[records.CodeEntry]:
        """Every code of the gateway that is known."""
        return self._port.listed("catalogue.codes", {}, records.CodeEntry, "codes")

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()


seal(
    Catalogue,
    Exchanges,
    Members,
    Miles,
    Payments,
    Settlement,
    SubscriptionsByApi,
    Checkouts,
    Notices,
    Returns,
    Events,
    Purchases,
    Refunds,
    Subscriptions,
    Registrations,
    Link,
    Client,
)
