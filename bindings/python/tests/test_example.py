"""The example shop as a user runs it: a process of its own, against the mock."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Iterator

import pytest
from browser import Browser, pay
from conftest import ROOT


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


def test_a_customer_buys_in_the_example_shop(shop_url: str) -> None:
    browser = Browser().open(shop_url)
    browser.submit("/buy", item="book")
    browser.submit("/f01/FepBuyInfoReceive.do")
    pay(browser, "hanako", "hanako-demo")
    assert "/orders/" in browser.url and "支払い済み" in browser.text
    assert "delivered: 1" in Browser().open(browser.url).text
    order = browser.url
    browser.submit("/refund", order=order.rsplit("/", 1)[1])
    assert "management page" in browser.text
    assert "返金手続き中" in Browser().open(order).text


def test_nobody_pays_by_opening_the_success_page(shop_url: str) -> None:
    browser = Browser().open(shop_url)
    browser.open(f"{shop_url}/success", b"res_result=OK&order_id=x-1")
    assert "支払い済み" not in browser.text
    assert Browser().open(f"{shop_url}/orders/unknown").status == 404
