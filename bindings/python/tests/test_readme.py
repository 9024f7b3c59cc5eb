"""What the READMEs show is what runs here; tests/check_docs.py says that they show nothing else."""

from __future__ import annotations

import asyncio
import importlib
import os
import secrets
import shlex
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType
from typing import Callable, Dict, Iterator, List

import netmile
import pytest
from browser import Browser, pay
from conftest import DEMO_KEY, ROOT
from netmile import models

SNIPPETS = Path(__file__).parent / "snippets"
NAMES = sorted(path.stem for path in SNIPPETS.glob("*.py"))


def environment(mock_url: str, directory: Path) -> Dict[str, str]:
    """What the snippets read; each test with an order of its own at the mock."""
    return {
        "NETMILE_MOCK_URL": mock_url,
        "NETMILE_MERCHANT_ID": "99999",
        "NETMILE_SERVICE_ID": "001",
        "NETMILE_HASH_KEY": DEMO_KEY,
        "NETMILE_JOURNAL": f"sqlite://{directory}/journal.db",
        "SHOP_URL": "https://shop.example",
    }


@pytest.fixture
def snippet(
    start_mock: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], ModuleType]]:
    """Imports a snippet, with a mock of its own, since their orders have fixed ids."""
    for name, value in environment(start_mock(), tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.syspath_prepend(str(SNIPPETS))
    yield importlib.import_module
    for name in NAMES:
        sys.modules.pop(name, None)


def charge_request(charge_id: str) -> models.ChargeRequest:
    return models.ChargeRequest(
        id=charge_id,
        method="credit",
        amount=1000,
        cust_code="customer-1",
        item_id="book-1",
        token=models.CardToken(token="tok-1", token_key="key-1"),
    )


def test_the_charge_pays_and_the_refusal_is_told(snippet: Callable[[str], ModuleType]) -> None:
    charge = snippet("charge").charge
    assert charge("tok-1", "key-1") == "paid: 1000"
    assert charge("tok-1", "key-1") == "paid: 1000", "the same order, asked again"
    assert snippet("refusal").refund("CART-9").startswith("unknown_order: ")
    assert snippet("client").client.payments.unresolved().charges == ()


def test_the_awaited_charge_pays(snippet: Callable[[str], ModuleType], tmp_path: Path) -> None:
    pay_awaited = snippet("awaited").pay
    journal = f"sqlite://{tmp_path}/awaited.db"
    assert asyncio.run(pay_awaited(charge_request("AWAITED-1"), journal)) == "done"


def test_the_transport_pays_and_knows_what_it_did_not_send(snippet: Callable[[str], ModuleType]) -> None:
    contract, transport = snippet("client").contract, snippet("transport").ByHand()
    with netmile.Client(contract, transport=transport) as client:
        assert client.payments.charge(charge_request("BYHAND-1")).is_done
    nobody = netmile.Contract.mock(
        "http://127.0.0.1:1", merchant_id="99999", service_id="001", hash_key=DEMO_KEY, methods=contract.methods
    )
    with netmile.Client(nobody, transport=transport) as client:
        with pytest.raises(netmile.NetmileError) as caught:
            client.payments.charge(charge_request("BYHAND-2"))
        assert caught.value.code == "transport" and client.payments.unresolved().charges == ()


def command(server: str) -> List[str]:
    """The line of the README that starts a server."""
    shown = (ROOT / "bindings/python/README.md").read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in shown if line.startswith(f"{server} ")]
    return shlex.split(line)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Starts a program in the snippets' directory; it is ended with the test."""
    started: "List[subprocess.Popen[str]]" = []

    def run(arguments: List[str], given: Dict[str, str], *keep: int) -> "subprocess.Popen[str]":
        with (tmp_path / f"errors-{len(started)}").open("w") as errors:
            started.append(
                subprocess.Popen(
                    arguments,
                    cwd=SNIPPETS,
                    env={**os.environ, **given, "PYTHONDONTWRITEBYTECODE": "1"},
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    text=True,
                    pass_fds=keep,
                )
            )
        return started[-1]

    yield run
    for program in started:
        program.send_signal(signal.SIGTERM)
        watchdog = threading.Timer(30, program.kill)
        watchdog.start()
        program.communicate()
        watchdog.cancel()


def serve(
    start: "Callable[..., subprocess.Popen[str]]", line: List[str], mock_url: str, directory: Path
) -> "tuple[str, Dict[str, str]]":
    """Starts a server of the README's with a socket that is open already: what is asked before it is ready waits."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        given = {**environment(mock_url, directory), "SHOP_URL": url}
        number = listener.fileno()
        own = ["--bind", f"fd://{number}"] if line[0] == "gunicorn" else ["--fd", str(number)]
        start([sys.executable, "-m", *line, *own], given, number)
    return url, given


def test_the_shop_of_the_readme_takes_a_payment_under_gunicorn(
    start: "Callable[..., subprocess.Popen[str]]", start_mock: Callable[[], str], tmp_path: Path
) -> None:
    url, given = serve(start, command("gunicorn"), start_mock(), tmp_path)
    browser = Browser().open(f"{url}/checkout")
    browser.submit("/f01/FepBuyInfoReceive.do")
    pay(browser, "hanako", "hanako-demo")
    assert browser.text == "ありがとうございました"
    assert Browser().open(f"{url}/notify", b"nonsense=1").text.startswith("NG,")
    worker = start([sys.executable, "worker.py"], given)
    assert worker.stdout is not None
    watchdog = threading.Timer(60, worker.kill)
    watchdog.start()
    assert worker.stdout.readline().startswith("deliver CART-1001, once by ")
    watchdog.cancel()


def test_the_asgi_application_answers_under_uvicorn(
    start: "Callable[..., subprocess.Popen[str]]", mock_url: str, tmp_path: Path
) -> None:
    url, _ = serve(start, command("uvicorn"), mock_url, tmp_path)
    for _ in range(4):
        browser = Browser().open(f"{url}/notify", b"nonsense=" + secrets.token_hex(4).encode())
        assert (browser.status, browser.text.split(",")[0]) == (200, "NG")
