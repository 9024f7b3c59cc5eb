"""Fixtures: a client in memory, and the mock gateway as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Callable, Iterator

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import netmile  # noqa: E402
from gateway import KEY  # noqa: E402

ROOT = Path(__file__).resolve().parents[3]
DEMO_KEY = "demo0key0of0the0mock0gateway0not0a0secr0"

URLS = netmile.Urls(
    success="https://shop.example/success",
    cancel="https://shop.example/cancel",
    error="https://shop.example/error",
    notify="https://shop.example/notify",
)


def contract(**changed: Any) -> netmile.Contract:
    """A contract that offers everything, with a gateway where nobody listens."""
    settings: "dict[str, Any]" = {
        "base_url": "http://127.0.0.1:1",
        "merchant_id": "99999",
        "service_id": "001",
        "hash_key": KEY,
        "methods": [netmile.Method(tag, "all") for tag in ("netmile", "credit", "docomo")],
    }
    settings.update(changed)
    return netmile.Contract.mock(**settings)


def purchase(purchase_id: str = "CART-1", **changed: Any) -> netmile.PurchaseRequest:
    """A purchase with difficult characters."""
    settings: "dict[str, Any]" = {
        "purchase_id": purchase_id,
        "cust_code": "CUST0001",
        "item_id": "ITEM1",
        "amount": 300,
        "urls": URLS,
        "terminal": netmile.Terminal.PC,
        "item_name": "髙橋①ー～表ソ",
    }
    settings.update(changed)
    return netmile.PurchaseRequest(**settings)


@pytest.fixture
def client() -> Iterator[netmile.Client]:
    with netmile.Client(contract()) as made:
        yield made


@pytest.fixture(scope="session")
def start_mock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """Starts a mock gateway with the demo scenario; returns its URL."""
    binary = os.environ.get("NETMILE_MOCK_BIN")
    if not binary:
        pytest.fail("NETMILE_MOCK_BIN must name the built netmile-mock")
    started: "list[subprocess.Popen[str]]" = []

    def start() -> str:
        log = tmp_path_factory.mktemp("mock") / "log"
        with log.open("w") as errors:
            mock = subprocess.Popen([binary, "serve", "--port", "0"], stdout=subprocess.PIPE, stderr=errors, text=True)
        started.append(mock)
        assert mock.stdout is not None
        # A mock that never gets ready is ended, so that reading its output ends too.
        watchdog = threading.Timer(20, mock.kill)
        watchdog.start()
        line = mock.stdout.readline()
        watchdog.cancel()
        if "ready: " not in line:
            pytest.fail(f"the mock did not start: {log.read_text()[-2000:]}")
        return line.split("ready: ")[1].strip()

    yield start
    for mock in started:
        mock.terminate()
        mock.wait(timeout=10)
        assert mock.stdout is not None
        mock.stdout.close()


@pytest.fixture(scope="session")
def mock_url(start_mock: Callable[[], str]) -> str:
    return start_mock()
