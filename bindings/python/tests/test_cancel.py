"""Cancelling an awaited charge leaves an outcome that is known to be unknown, and that is found out."""

from __future__ import annotations

import asyncio
import json
import secrets
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any, Awaitable, Callable, List, Optional

import netmile
import pytest
from conftest import DEMO_KEY
from netmile import EventKind, models

API = {
    "number": "900",
    "flow": "one_step",
    "capture": "automatic",
    "functions": {"request": "ST01-00101", "refund": "ST02-00303", "inquiry": "MG01-00101"},
    "inquiry_by": "order",
    "statuses": [["0", "none"], ["1", "processing"], ["2", "captured"], ["4", "refunded"]],
    "member_leaf": "netmile_user_id",
    "amount_digits": 7,
}


def asked(url: str, data: Any = None) -> Any:
    """What the mock's own interface answers."""
    body = None if data is None else json.dumps(data).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=20) as answer:
        return json.load(answer)


def forwarded(request: netmile.HttpRequest) -> netmile.HttpResponse:
    """Sends it on to the mock."""
    sent = urllib.request.Request(request.url, request.body, dict(request.headers), method=request.method)
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(sent, timeout=20) as answer:
        return netmile.HttpResponse(answer.status, answer.headers["Content-Type"], answer.read())


class Holding(netmile.AsyncTransport):
    """Brings the first request to the gateway and never tells what came of it."""

    def __init__(self) -> None:
        self.sent: List[str] = []
        self.is_held = asyncio.Event()
        self.was_cancelled = False

    async def send(self, request: netmile.HttpRequest) -> netmile.HttpResponse:
        self.sent.append(request.url)
        answer = await asyncio.get_running_loop().run_in_executor(None, forwarded, request)
        if len(self.sent) == 1:
            self.is_held.set()
            try:
                await asyncio.get_running_loop().create_future()
            except asyncio.CancelledError:
                self.was_cancelled = True
                raise
        return answer


async def cancelled(call: "asyncio.Task[models.ChargeOutcome]", is_under_way: Awaitable[Any]) -> None:
    await is_under_way
    assert not call.done()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call


async def timed_out(call: "asyncio.Task[models.ChargeOutcome]", is_under_way: Awaitable[Any]) -> None:
    await is_under_way
    assert not call.done()
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(call, timeout=0.01)
    assert call.cancelled()


Ending = Callable[["asyncio.Task[models.ChargeOutcome]", Awaitable[Any]], Awaitable[None]]


# In a process of its own: neither copy of SQLite would see the locks of the other.
LET_TIME_PASS = """
import contextlib, json, sqlite3, sys
journal, seconds = sys.argv[1], int(sys.argv[2])
with contextlib.closing(sqlite3.connect(journal)) as database, database:
    ((row, body),) = database.execute("SELECT id, body FROM netmile_rows WHERE kind = 'charge'").fetchall()
    kept = json.loads(body)
    kept["charge"]["created_at"] -= seconds
    for instant in ("since", "signed_at"):
        kept["charge"]["pending"][instant] -= seconds
    database.execute("UPDATE netmile_rows SET body = ?, due = due - ? WHERE id = ?", (json.dumps(kept), seconds, row))
"""


def let_time_pass(journal: Path, seconds: int) -> None:
    """As if a charge in the journal had been begun so much earlier."""
    subprocess.run([sys.executable, "-c", LET_TIME_PASS, str(journal), str(seconds)], check=True, timeout=60)


@pytest.mark.parametrize("ends", [cancelled, timed_out])
@pytest.mark.parametrize("is_own", [False, True], ids=["library", "own transport"])
def test_a_cancelled_charge_is_unknown_and_found_out(mock_url: str, tmp_path: Path, ends: Ending, is_own: bool) -> None:
    charge_id = f"CANCEL-{secrets.token_hex(6)}"
    contract = netmile.Contract.mock(
        mock_url,
        merchant_id="99999",
        service_id="001",
        hash_key=DEMO_KEY,
        methods=[netmile.Method("netmile", "all", api=API)],
        encryption=("0123456789abcdef01234567", "76543210"),
    )
    request = models.ChargeRequest(
        id=charge_id, method="netmile", amount=10, cust_code="CUST0001", item_id="ITEM1", member="hanako"
    )

    async def hit() -> None:
        """Returns when the mock has taken the request: the fault is then used up."""
        until = asyncio.get_running_loop().time() + 20
        while await asyncio.get_running_loop().run_in_executor(None, asked, f"{mock_url}/_mock/faults"):
            assert asyncio.get_running_loop().time() < until, "nothing was sent"

    def client(transport: Optional[netmile.AsyncTransport]) -> netmile.AsyncClient:
        return netmile.AsyncClient(contract, journal=f"sqlite://{tmp_path}/shop.db", transport=transport)

    async def journey() -> None:
        transport = Holding() if is_own else None
        if not is_own:
            # The money moves; the answer does not come.
            fault = {"message": "ST01", "kind": "delay", "delay_ms": 60_000, "after_effect": True}
            asked(f"{mock_url}/_mock/faults", fault)
        async with client(transport) as shop:
            call = asyncio.ensure_future(shop.payments.charge(request))
            await ends(call, transport.is_held.wait() if transport else hit())
            assert [one.id for one in (await shop.payments.unresolved()).charges] == [charge_id]
            # Whoever sends it could still be at it, so it is left alone, and nobody sends it a second time.
            assert (await shop.payments.resolve(charge_id)).pending is not None
            if transport:
                assert (await shop.payments.charge(request)).is_unknown
                assert transport.was_cancelled and len(transport.sent) == 1

        let_time_pass(tmp_path / "shop.db", 91)
        async with client(transport) as shop:
            assert [(one.id, one.phase) for one in (await shop.resolve()).charges] == [(charge_id, "paid")]
            assert (await shop.payments.unresolved()).charges == ()
            charge = await shop.payments.get(charge_id)
            assert (charge.phase, charge.captured, charge.pending) == ("paid", 10, None)
            again = await shop.payments.charge(request)
            assert again.value is not None and again.value.captured == 10
            assert [(one.kind, one.purchase_id) for one in await shop.events.next()] == [(EventKind.PAID, charge_id)]

    asyncio.run(journey())
    paid = [row["yen"] for row in asked(f"{mock_url}/_mock/ledger?member=hanako") if row["order_id"] == charge_id]
    assert paid == [10]


AWAITS_LAST = """
import asyncio
import netmile

async def ask() -> None:
    contract = netmile.Contract("99999", "001", "key", environment="mock", base_url="http://127.0.0.1:1")
    async with netmile.AsyncClient(contract) as client:
        assert await client.purchases.list() == []

asyncio.run(ask())
"""


def test_a_program_may_end_right_after_it_awaited() -> None:
    # A thread of the library may still be waking the loop. More often than not the process was aborted.
    for _ in range(8):
        done = subprocess.run([sys.executable, "-c", AWAITS_LAST], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
