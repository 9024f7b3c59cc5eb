"""Everything that touches netmile; copy it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Optional

import netmile
from netmile import EventKind, NetmileError
from orders import Item, Orders

FOR_A_PERSON = (EventKind.PAID_LATE, EventKind.PAID_TWICE, EventKind.NEEDS_REVIEW)


class Payments:
    """The shop's side of every payment."""

    def __init__(self, gateway: str, own_url: str, directory: Path) -> None:
        contract = netmile.Contract.mock(
            gateway,
            merchant_id=os.environ.get("NETMILE_MERCHANT_ID", "99999"),
            service_id=os.environ.get("NETMILE_SERVICE_ID", "001"),
            hash_key=os.environ.get("NETMILE_HASH_KEY", "demo0key0of0the0mock0gateway0not0a0secr0"),
        )
        self.client = netmile.Client(contract, journal=f"sqlite://{directory}/journal.db", lang="ja")
        self.urls = netmile.Urls(f"{own_url}/success", f"{own_url}/cancel", f"{own_url}/error", f"{own_url}/notify")

    def start(self, order: str, item_id: str, item: Item) -> netmile.Page:
        """The page that takes the browser to the gateway."""
        request = netmile.PurchaseRequest(
            purchase_id=order,
            cust_code="guest",
            item_id=item_id,
            item_name=item.name,
            amount=item.yen,
            urls=self.urls,
            terminal=netmile.Terminal.PC,
        )
        return self.client.checkout.start(request).page

    def purchase(self, order: str) -> Optional[netmile.Purchase]:
        """Where the payment of an order stands; None if it was never begun."""
        try:
            return self.client.purchases.get(order)
        except NetmileError as error:
            if error.code != "unknown_order":
                raise
            return None

    def notice(self, body: bytes, content_type: Optional[str]) -> netmile.NoticeAnswer:
        """What to answer to the gateway's notice: the only proof of payment."""
        answer = self.client.notices.handle(body, content_type)
        if answer.problem:
            print(f"notice not accepted: {answer.problem.code}. {answer.problem.hint}", flush=True)
        return answer

    def returned(self, by: str, body: bytes, content_type: Optional[str]) -> Optional[str]:
        """The order that the browser is back from. For display only."""
        try:
            back = self.client.returns.read(by, body, content_type)
        except NetmileError as error:
            print(f"return not accepted: {error}", flush=True)
            return None
        return back.purchase.id if back.purchase else None

    def refund(self, order: str) -> netmile.RefundTicket:
        """Asks for a refund. A person executes it on the gateway's management page."""
        return self.client.refunds.request(order, "asked for on the order page")

    def deliver(self, orders: Orders) -> None:
        """Acts on what happened. An order that cannot be delivered now comes again, and holds up no other."""
        for event in self.client.events.next():
            try:
                if event.kind == EventKind.PAID:
                    orders.deliver(event.id, event.purchase_id)
                elif event.kind in FOR_A_PERSON:
                    # It stays in client.purchases.unresolved() until somebody has decided.
                    print(f"order {event.purchase_id} needs a person: {event.kind}", flush=True)
            except sqlite3.Error as error:
                print(f"not delivered yet: event {event.id}: {error}", flush=True)
                continue
            self.client.events.ack(event.id)
