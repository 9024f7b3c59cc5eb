"""The example shop as a user runs it: a process of its own, against the mock."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Iterator

import pytest
from browser import Browser, pay
from conftest import ROOT
from gateway import encode_form


@pytest.fixture
def shop_url(mock_url: str, tmp_path: Path) -> Iterator[str]:
    command = [sys.executable, str(ROOT / "examples/shop-python/shop.py"), mock_url, "--directory", str(tmp_path)]
    with (tmp_path / "errors").open("w") as errors:
        shop = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
    assert shop.stdout is not None
    watchdog = threading.Timer(30, shop.kill)
    watchdog.start()
    line = shop.stdout.readline()
    watchdog.cancel()
    assert "ready: " in line, (tmp_path / "errors").read_text()
    yield line.split("ready: ")[1].strip()
    shop.send_signal(signal.SIGINT)
    assert shop.wait(timeout=30) == 0, (tmp_path / "errors").read_text()
    shop.stdout.close()


def delivered(url: str) -> "list[str]":
    """How often an order was delivered, as soon as it was, or else when too much time has gone."""
    until = time.monotonic() + 20
    while True:
        found = re.findall('data-count="([0-9]+)"', Browser().open(url).text)
        if found != ["0"] or time.monotonic() > until:
            return found


def test_a_customer_buys_in_the_example_shop(shop_url: str) -> None:
    browser = Browser().open(shop_url)
    assert "髙橋の本①" in browser.text and "Takahashi&#39;s book" in browser.text
    browser.submit("/buy", item="book")
    browser.submit("/f01/FepBuyInfoReceive.do")
    pay(browser, "hanako", "hanako-demo")
    order = browser.url
    assert "/orders/" in order and "支払い済み" in browser.text and "Paid" in browser.text
    assert delivered(order) == ["1"]
    assert "発送済み" in browser.open(order).text
    browser.submit("/refund", order=order.rsplit("/", 1)[1])
    assert browser.status == 200 and "management page" in browser.text and "300円" in browser.text
    assert "返金手続き中" in Browser().open(order).text
    again = Browser().open(f"{shop_url}/refund", encode_form([("order", order.rsplit("/", 1)[1])]))
    assert again.status == 200 and delivered(order) == ["1"], "the same refund, asked for again"


def test_a_customer_who_goes_back_has_not_paid(shop_url: str) -> None:
    browser = Browser().open(shop_url)
    browser.submit("/buy", item="tea")
    browser.submit("/f01/FepBuyInfoReceive.do")
    browser.submit("/cancel")
    browser.submit("/cancel")
    assert browser.status == 200 and "お支払い待ち" in browser.text and "準備中" in browser.text
    assert "/refund" not in browser.text
    early = Browser().open(f"{shop_url}/refund", encode_form([("order", browser.url.rsplit("/", 1)[1])]))
    assert early.status == 409


def test_nobody_pays_by_opening_the_success_page(shop_url: str) -> None:
    browser = Browser().open(shop_url)
    browser.open(f"{shop_url}/success", b"res_result=OK&order_id=x-1")
    assert browser.status == 200 and browser.url == f"{shop_url}/"
    notice = Browser().open(f"{shop_url}/notify", b"res_result=OK&order_id=x-1")
    assert notice.text.startswith("NG,")
    for path, data, status in (
        ("/orders/unknown", None, 404),
        ("/refund", b"order=unknown", 404),
        ("/buy", b"item=%3Cscript%3E", 404),
        ("/buy", b"", 404),
        ("/success", None, 405),
        ("/notify", b"a" * (300 * 1024), 413),
    ):
        answer = Browser().open(shop_url + path, data)
        assert answer.status == status and "<script" not in answer.text, path
