"""A small shop that takes NetMile payments: catalogue, order, payment, notice, delivery, refund.

    python shop.py http://127.0.0.1:8080          # the URL that `netmile-mock serve` prints

Only the standard library and ``netmile``. What touches payments is the class ``Payments``; copy it.
"""

from __future__ import annotations

import argparse
import html
import os
import secrets
import sqlite3
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple, Optional
from urllib.parse import parse_qs

import netmile
from netmile import EventKind, NetmileError, Phase


class Item(NamedTuple):
    """Something to buy."""

    name: str
    yen: int


ITEMS = {"book": Item("髙橋の本①", 300), "tea": Item("お茶 10～20杯", 1200)}
MAX_BODY = 256 * 1024


class Payments:
    """Everything that touches netmile."""

    def __init__(self, gateway: str, own_url: str, directory: Path) -> None:
        contract = netmile.Contract.mock(
            gateway,
            merchant_id=os.environ.get("NETMILE_MERCHANT_ID", "99999"),
            service_id=os.environ.get("NETMILE_SERVICE_ID", "001"),
            hash_key=os.environ.get("NETMILE_HASH_KEY", "demo0key0of0the0mock0gateway0not0a0secr0"),
        )
        self.client = netmile.Client(contract, journal=f"sqlite://{directory}/journal.db", lang="ja")
        self.urls = netmile.Urls(f"{own_url}/success", f"{own_url}/cancel", f"{own_url}/error", f"{own_url}/notify")

    def start(self, order: str, item_id: str) -> netmile.Page:
        """The page that takes the browser to the gateway."""
        item = ITEMS[item_id]
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

    def deliver(self, shop: "Orders") -> None:
        """Acts on what happened. An order that cannot be delivered now comes again, and holds up no other."""
        for event in self.client.events.next():
            try:
                if event.kind == EventKind.PAID:
                    shop.deliver(event.id, event.purchase_id)
            except sqlite3.Error as error:
                print(f"not delivered yet: event {event.id}: {error}", flush=True)
                continue
            self.client.events.ack(event.id)


class Orders:
    """The shop's own records."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / "shop.db"
        with closing(sqlite3.connect(self.path)) as database, database:
            database.execute("CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY, item TEXT NOT NULL)")
            database.execute("CREATE TABLE IF NOT EXISTS deliveries (event INTEGER, id TEXT NOT NULL, PRIMARY KEY (event, id))")

    def add(self, item: str) -> str:
        """A new order; its id is not guessable."""
        order = secrets.token_hex(12)
        with closing(sqlite3.connect(self.path)) as database, database:
            database.execute("INSERT INTO orders VALUES (?, ?)", (order, item))
        return order

    def item(self, order: str) -> Optional[str]:
        """What was ordered."""
        with closing(sqlite3.connect(self.path)) as database:
            row = database.execute("SELECT item FROM orders WHERE id = ?", (order,)).fetchone()
        return str(row[0]) if row else None

    def deliver(self, event: int, order: str) -> None:
        """Delivers once, however often it is told."""
        with closing(sqlite3.connect(self.path)) as database, database:
            database.execute("INSERT OR IGNORE INTO deliveries VALUES (?, ?)", (event, order))

    def delivered(self, order: str) -> int:
        """How often it was delivered."""
        with closing(sqlite3.connect(self.path)) as database:
            row = database.execute("SELECT count(*) FROM deliveries WHERE id = ?", (order,)).fetchone()
        return int(row[0])


PHASES = {
    Phase.OPEN: "お支払い待ち / waiting for payment",
    Phase.AWAITING_NOTICE: "確認中 / being confirmed",
    Phase.PAID: "支払い済み / paid",
    Phase.REFUND_REQUESTED: "返金手続き中 / refund requested",
    Phase.REFUNDED: "返金済み / refunded",
}


def page(title: str, body: str) -> bytes:
    """A page in UTF-8."""
    return (
        f'<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f"<body><main><h1>{html.escape(title)}</h1>{body}</main></body></html>"
    ).encode()


class Handler(BaseHTTPRequestHandler):
    """One request."""

    payments: Payments
    orders: Orders

    def answer(self, status: int, content_type: str, body: bytes, **headers: str) -> None:
        """Sends an answer."""
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def show(self, title: str, body: str, status: int = 200) -> None:
        """Sends a page."""
        self.answer(status, "text/html; charset=utf-8", page(title, body))

    def redirect(self, path: str) -> None:
        """Sends the browser elsewhere, so that reload and back are safe."""
        self.answer(303, "text/plain", b"", Location=path)

    def body(self) -> Optional[bytes]:
        """The posted bytes, if there are not too many."""
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > MAX_BODY:
            self.show("413", "", 413)
            return None
        return self.rfile.read(int(length))

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path == "/":
            rows = "".join(
                f'<form method="post" action="/buy"><p>{html.escape(item.name)} {item.yen}円 '
                f'<button name="item" value="{key}">購入 / buy</button></p></form>'
                for key, item in ITEMS.items()
            )
            self.show("Python の店 / Python shop", rows)
        elif path.startswith("/orders/"):
            self.show_order(path[len("/orders/") :])
        elif path in ("/cancel", "/error"):
            self.show("お支払いは完了していません / not paid", '<p><a href="/">店へ戻る / back to the shop</a></p>')
        else:
            self.show("404", "", 404)

    def show_order(self, order: str) -> None:
        """Where an order stands: told by the purchase, never by the browser."""
        item = self.orders.item(order)
        if item is None:
            self.show("404", "", 404)
            return
        purchase = self.payments.client.purchases.get(order)
        state = PHASES.get(purchase.phase, str(purchase.phase)) if isinstance(purchase.phase, Phase) else purchase.phase
        lines = f"<p>{html.escape(ITEMS[item].name)} {purchase.amount}円</p><p id='state'>{html.escape(state)}</p>"
        lines += f"<p id='delivered'>配送 / delivered: {self.orders.delivered(order)}</p>"
        if purchase.phase == Phase.PAID:
            button = f'<button name="order" value="{order}">返金 / refund</button>'
            lines += f'<form method="post" action="/refund">{button}</form>'
        self.show("ご注文 / your order", lines)

    def do_POST(self) -> None:
        body = self.body()
        if body is None:
            return
        content_type = self.headers.get("Content-Type")
        path = self.path
        if path == "/notify":
            notice = self.payments.notice(body, content_type)
            self.answer(notice.status, notice.content_type, notice.body)
            self.payments.deliver(self.orders)
        elif path in ("/success", "/cancel", "/error"):
            order = self.payments.returned(path[1:], body, content_type)
            self.redirect(f"/orders/{order}" if order else "/")
        elif path == "/buy":
            item = parse_qs(body.decode("ascii", "replace")).get("item", [""])[0]
            if item not in ITEMS:
                self.show("404", "", 404)
                return
            checkout = self.payments.start(self.orders.add(item), item)
            self.answer(checkout.status, checkout.content_type, checkout.body, **dict(checkout.headers))
        elif path == "/refund":
            self.refund(parse_qs(body.decode("ascii", "replace")).get("order", [""])[0])
        else:
            self.show("404", "", 404)

    def refund(self, order: str) -> None:
        """A refund is executed by a person on the gateway's management page."""
        try:
            ticket = self.payments.client.refunds.request(order, "asked for on the order page")
        except NetmileError as error:
            self.show("返金できません / no refund", f"<p>{html.escape(str(error))}</p>", 409)
            return
        link = html.escape(ticket.management_url or "")
        self.show(
            "返金手続き / refund", f'<p>{ticket.amount}円</p><p><a href="{link}">管理画面 / management page</a></p>'
        )

    def log_message(self, format: str, *args: object) -> None:
        """One line per request, without what was posted."""
        print(f"{self.command} {self.path.split('?')[0]}", flush=True)


def deliver_for_ever(payments: Payments, orders: Orders, stop: threading.Event) -> None:
    """Picks up what a crash left over, and resolves what waits too long."""
    is_recovered = False
    while not stop.is_set():
        try:
            if not is_recovered:
                payments.client.recover()
                is_recovered = True
            payments.client.resolve()
            payments.deliver(orders)
        except NetmileError as error:
            # One error must not end delivery for good: it is tried again.
            print(f"not looked after now: {error}. {error.hint}", flush=True)
        stop.wait(5)


def main() -> None:
    """Serves until Ctrl-C."""
    arguments = argparse.ArgumentParser(description="A shop that takes NetMile payments from a mock gateway")
    arguments.add_argument("gateway", help="URL of the mock gateway")
    arguments.add_argument("--port", type=int, default=0)
    arguments.add_argument("--directory", type=Path, default=Path("."), help="where the databases are kept")
    given = arguments.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", given.port), Handler)
    own_url = f"http://127.0.0.1:{server.server_address[1]}"
    Handler.payments = Payments(given.gateway, own_url, given.directory)
    Handler.orders = Orders(given.directory)
    stop = threading.Event()
    worker = threading.Thread(target=deliver_for_ever, args=(Handler.payments, Handler.orders, stop))
    worker.start()
    print(f"the shop is ready: {own_url}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("closing", flush=True)
    finally:
        stop.set()
        worker.join()
        server.server_close()
        Handler.payments.client.close()


if __name__ == "__main__":
    main()
