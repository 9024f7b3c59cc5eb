"""The whole journey over HTTP, against the mock gateway: a shop in this process, and a customer's browser."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Iterator, Tuple

import netmile
import pytest
from browser import Browser, pay
from conftest import DEMO_KEY, purchase
from netmile import EventKind, Phase

Shop = Tuple[netmile.Client, str, "list[netmile.NoticeAnswer]"]


@pytest.fixture
def shop(mock_url: str, tmp_path: Path) -> Iterator[Shop]:
    contract = netmile.Contract.mock(mock_url, merchant_id="99999", service_id="001", hash_key=DEMO_KEY)
    client = netmile.Client(contract, journal=f"sqlite://{tmp_path}/shop.db")
    answers: "list[netmile.NoticeAnswer]" = []
    pages: "dict[str, netmile.Page]" = {}

    class Handler(BaseHTTPRequestHandler):
        def send(self, status: int, content_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            checkout = client.checkout.start(purchase(self.path.strip("/"), item_name="髙橋①ー～表ソ", urls=urls))
            pages[checkout.purchase_id] = checkout.page
            self.send(200, checkout.page.content_type, checkout.page.body)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            content_type = self.headers["Content-Type"]
            way = self.path.strip("/")
            if way == "notify":
                answer = client.notices.handle(body, content_type)
                answers.append(answer)
                self.send(answer.status, answer.content_type, answer.body)
            else:
                back = client.returns.read(way, body, content_type)
                text = f"{back.by} {back.purchase.phase if back.purchase else 'unknown'}"
                self.send(200, "text/plain", text.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    url = f"http://127.0.0.1:{server.server_address[1]}"
    urls = netmile.Urls(f"{url}/success", f"{url}/cancel", f"{url}/error", f"{url}/notify")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield client, url, answers
    server.shutdown()
    thread.join()
    server.server_close()
    client.close()


def test_a_customer_pays(shop: Shop) -> None:
    client, url, answers = shop
    browser = Browser().open(f"{url}/PY-PAID")
    browser.submit("/f01/FepBuyInfoReceive.do")
    pay(browser, "hanako", "hanako-demo")
    assert (browser.status, browser.text) == (200, "success paid")
    assert [answer.body for answer in answers] == [b"OK,"]
    paid = client.purchases.get("PY-PAID")
    assert (paid.phase, [payment.amount for payment in paid.payments]) == (Phase.PAID, [300])
    (event,) = client.events.next()
    assert (event.kind, event.tracking_id) == (EventKind.PAID, paid.payments[0].tracking_id)
    assert client.events.ack(event.id)


def test_a_customer_goes_back(shop: Shop) -> None:
    client, url, answers = shop
    browser = Browser().open(f"{url}/PY-CANCEL")
    browser.submit("/f01/FepBuyInfoReceive.do")
    browser.submit("/cancel")
    browser.submit("/cancel")
    assert (browser.status, browser.text) == (200, "cancel open")
    assert answers == [] and client.purchases.get("PY-CANCEL").payments == ()
    assert [event.kind for event in client.events.next()] == [EventKind.ATTEMPT_CANCELLED]


def test_the_gateway_refuses_a_used_order_and_a_further_attempt_works(shop: Shop) -> None:
    client, url, _ = shop
    browser = Browser().open(f"{url}/PY-TWICE")
    first_page = browser.text
    browser.submit("/f01/FepBuyInfoReceive.do")
    again = Browser()
    again.url, again.text, again.charset = browser.url, first_page, "cp932"
    again.submit("/f01/FepBuyInfoReceive.do")
    assert "/pay/" not in again.url, "a used order_id must be refused"
    second = Browser().open(f"{url}/PY-TWICE")
    second.submit("/f01/FepBuyInfoReceive.do")
    pay(second, "hanako", "hanako-demo")
    assert second.text == "success paid"
    assert client.purchases.get("PY-TWICE").payments[0].order_id == "PY-TWICE-2"
