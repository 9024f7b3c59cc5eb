"""Every operation of the manifest has a method here, and the transport of the shop's own works."""

from __future__ import annotations

import asyncio
import dataclasses
import inspect
import json
import os
import re
import signal
import socket
import threading
import time
from collections import deque

import netmile
import pytest
from conftest import ROOT, contract
from netmile import _async_client, _client, _rooms, errors, models, records

MANIFEST = json.loads((ROOT / "ffi" / "manifest.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", [_client, _async_client])
def test_every_operation_is_reachable(module: object) -> None:
    source = inspect.getsource(module) + inspect.getsource(_rooms)  # type: ignore[arg-type]
    called = set(re.findall(r'"([a-z_]+(?:\.[a-z_]+)?)"', source))
    for operation in MANIFEST["operations"]:
        name = operation["name"]
        assert {name, name.replace(".", "_")} & called, name


def test_what_may_be_personal_is_not_printed() -> None:
    shown = {record["name"]: record for record in MANIFEST["records"]}
    for name in models.__all__:
        fields = getattr(models, name).__dataclass_fields__.values()
        printed = {field.name for field in fields if field.repr}
        wanted = {f["name"].removesuffix("_ms") for f in shown[name]["fields"] if f["shown"]}
        assert {one.rstrip("_") for one in printed} == {one.rstrip("_") for one in wanted}, name


def test_records_by_hand_print_no_more_than_the_manifest_shows() -> None:
    shown = {record["name"]: record for record in MANIFEST["records"]}
    of_hand = [one for one in vars(records).values() if dataclasses.is_dataclass(one)]
    assert len(of_hand) > 20
    for one in of_hand:
        record = shown["Delivery" if one is records.Event else one.__name__]  # type: ignore[union-attr]
        hidden = {field["name"].removesuffix("_ms") for field in record["fields"] if not field["shown"]}
        assert not hidden & {field.name for field in dataclasses.fields(one) if field.repr}, one


@pytest.mark.parametrize(
    ("names", "record", "field"),
    [
        (netmile.Phase, "Purchase", "phase"),
        (netmile.EventKind, "Delivery", "kind"),
        (netmile.Terminal, "PurchaseRequest", "terminal"),
        (netmile.Billing, "PurchaseRequest", "billing"),
        (netmile.ReturnedBy, "ReceivedReturn", "by"),
        (netmile.MessageKind, "ReceivedMessage", "kind"),
    ],
)
def test_every_name_of_the_manifest_is_known(names: "type[netmile.Phase]", record: str, field: str) -> None:
    fields = next(one["fields"] for one in MANIFEST["records"] if one["name"] == record)
    values = next(one["values"] for one in fields if one["name"] == field)
    assert {name.value for name in names} == set(values)


def test_codes_become_the_exceptions_that_the_manifest_says() -> None:
    kinds = {
        "verification": netmile.VerificationError,
        "state": netmile.StateError,
        "configuration": netmile.ConfigurationError,
        "general": netmile.NetmileError,
    }
    for error in MANIFEST["errors"]:
        assert errors._KINDS.get(error["code"], netmile.NetmileError) is kinds[error["kind"]], error["code"]


def charge(charge_id: str) -> models.ChargeRequest:
    return models.ChargeRequest(
        id=charge_id, method="netmile", amount=100, cust_code="PERSONAL", item_id="ITEM1", member="PERSONAL"
    )


API = {
    "number": "900",
    "flow": "one_step",
    "capture": "automatic",
    "functions": {"request": "ST01-00101"},
    "inquiry_by": "tracking",
    "statuses": [],
    "member_leaf": "netmile_user_id",
    "amount_digits": 7,
}


class Throwing(netmile.Transport):
    def __init__(self, error: Exception) -> None:
        self.error, self.seen = error, []  # type: ignore[var-annotated]

    def send(self, request: netmile.HttpRequest) -> netmile.HttpResponse:
        self.seen.append(request)
        raise self.error


def test_a_transport_that_throws_leaves_a_known_unknown() -> None:
    transport = Throwing(TimeoutError("PERSONAL"))
    with netmile.Client(contract(methods=[netmile.Method("netmile", "all", api=API)]), transport=transport) as client:
        outcome = client.payments.charge(charge("A-1"))
        assert outcome.is_unknown and outcome.ticket is not None and outcome.ticket.id == "A-1"
        assert [one.id for one in client.payments.unresolved().charges] == ["A-1"]
        assert len(transport.seen) == 1
        assert "PERSONAL" not in f"{outcome} {transport.seen[0]!r} {charge('A-1')!r}"


def test_a_transport_that_sent_nothing_is_an_error() -> None:
    transport = Throwing(netmile.NotSentError())
    with netmile.Client(contract(methods=[netmile.Method("netmile", "all", api=API)]), transport=transport) as client:
        with pytest.raises(netmile.NetmileError) as caught:
            client.payments.charge(charge("A-1"))
        assert (caught.value.code, caught.value.retryable) == ("transport", True)
        assert client.payments.unresolved().charges == ()


class Answering(netmile.Transport):
    """Gives back what it is given, whatever that is."""

    def __init__(self, answer: object) -> None:
        self.answer = answer

    def send(self, request: netmile.HttpRequest) -> netmile.HttpResponse:
        assert request.timeout is not None and 0 < request.timeout <= 80
        return self.answer  # type: ignore[return-value]


class AnsweringLater(netmile.AsyncTransport):
    def __init__(self, answer: object) -> None:
        self.answer = answer

    async def send(self, request: netmile.HttpRequest) -> netmile.HttpResponse:
        return self.answer  # type: ignore[return-value]


RUBBISH = [
    None,
    "200",
    netmile.HttpResponse(99, "text/xml", b""),
    netmile.HttpResponse("200", "text/xml", b""),  # type: ignore[arg-type]
    netmile.HttpResponse(200, b"text/xml", b""),  # type: ignore[arg-type]
    netmile.HttpResponse(200, "\ud800", b""),
    netmile.HttpResponse(200, "text/xml", "text"),  # type: ignore[arg-type]
    netmile.HttpResponse(200, "text/xml", b" " * (16 * 1024 * 1024 + 1)),
]


@pytest.mark.parametrize("answer", RUBBISH, ids=range(len(RUBBISH)))
def test_an_unusable_answer_of_a_transport_leaves_a_known_unknown(answer: object) -> None:
    methods = [netmile.Method("netmile", "all", api=API)]
    with netmile.Client(contract(methods=methods), transport=Answering(answer)) as client:
        assert client.payments.charge(charge("A-1")).is_unknown
        assert [one.id for one in client.payments.unresolved().charges] == ["A-1"]

    async def awaited() -> bool:
        async with netmile.AsyncClient(contract(methods=methods), transport=AnsweringLater(answer)) as client:
            return (await client.payments.charge(charge("A-1"))).is_unknown

    assert asyncio.run(awaited())


def test_a_transport_that_never_answers_does_not_hold_the_call() -> None:
    methods, never = [netmile.Method("netmile", "all", api=API)], threading.Event()

    class Silent(netmile.Transport):
        def send(self, request: netmile.HttpRequest) -> netmile.HttpResponse:
            never.wait()
            raise AssertionError

    class SilentLater(netmile.AsyncTransport):
        async def send(self, request: netmile.HttpRequest) -> netmile.HttpResponse:
            while True:
                try:
                    await asyncio.get_running_loop().create_future()
                except asyncio.CancelledError:
                    if never.is_set():
                        raise

    with netmile.Client(contract(methods=methods), transport=Silent(), overall_seconds=1) as client:
        assert client.payments.charge(charge("A-1")).is_unknown

    async def awaited() -> bool:
        async with netmile.AsyncClient(
            contract(methods=methods), transport=SilentLater(), overall_seconds=1
        ) as client:
            done = (await client.payments.charge(charge("A-1"))).is_unknown
        never.set()
        return done

    assert asyncio.run(awaited())


def test_a_transport_of_the_other_kind_is_refused_by_name() -> None:
    class Nothing:
        pass

    for client, transport in (
        (netmile.Client, AnsweringLater(None)),
        (netmile.Client, Nothing()),
        (netmile.AsyncClient, Answering(None)),
        (netmile.AsyncClient, Nothing()),
    ):
        with pytest.raises(netmile.ConfigurationError) as caught:
            client(contract(), transport=transport)
        assert caught.value.field == "transport" and type(transport).__name__ in caught.value.detail


def test_ctrl_c_ends_a_call_that_waits_and_the_journal_knows_of_it() -> None:
    server = socket.create_server(("127.0.0.1", 0))

    def take() -> None:
        taken, _ = server.accept()
        with taken:
            taken.recv(1)
            os.kill(os.getpid(), signal.SIGINT)
            # Until the client hangs up; never an answer.
            while taken.recv(4096):
                pass

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    thread = threading.Thread(target=take, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.getsockname()[1]}"
    try:
        client = netmile.Client(contract(base_url=url, methods=[netmile.Method("netmile", "all", api=API)]))
        started = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            client.payments.charge(charge("A-1"))
        assert time.monotonic() - started < 15
        assert client.payments.get("A-1").pending is not None
    finally:
        signal.signal(signal.SIGINT, before)
        server.close()
    thread.join(20)
    assert not thread.is_alive(), "the request was not given up"


def test_production_must_name_its_journal() -> None:
    real = netmile.Contract("99999", "001", "k", "production")
    with pytest.raises(netmile.ConfigurationError) as caught:
        netmile.Client(real)
    assert caught.value.field == "journal"
    assert netmile.Client(real, journal="memory:")


def test_a_conversion_says_why_it_does_not_fit(client: netmile.Client) -> None:
    rate = models.RateTerms(points=1, miles=2, unit=100, minimum=500)
    assert client.exchanges.convert(rate, 500).miles == 1000
    assert client.exchanges.convert(rate, 550).reason == "not_in_units"
    with pytest.raises(netmile.NetmileError, match="limit"):
        client.payments.unresolved(0)


@pytest.mark.parametrize("module", [_client, _async_client, _rooms])
def test_lists_have_a_limit_of_their_own_and_take_any_sequence(module: object) -> None:
    methods = [
        method
        for _, room in inspect.getmembers(module, inspect.isclass)
        if room.__module__ == module.__name__  # type: ignore[attr-defined]
        for _, method in inspect.getmembers(room, inspect.isfunction)
    ]
    limited = [method for method in methods if "limit" in inspect.signature(method).parameters]
    assert len(limited) >= 4
    for method in limited:
        taken = inspect.signature(method).parameters
        assert taken["limit"].default == 100 and list(taken)[-1] == "limit", method
    for method in methods:
        for taken in inspect.signature(method).parameters.values():
            assert ", ...]" not in str(taken.annotation), method


def test_lists_are_read_in_some_phases(client: netmile.Client) -> None:
    for phases in ((), ["paid"], ("paid", "refunded"), deque(["paid"])):
        assert client.payments.list(phases).charges == ()
        assert client.miles.tasks("issue", [], limit=1).tasks == ()
    assert client.exchanges.list(limit=1).exchanges == ()
    site = netmile.Site("8763", "key", "secret-of-the-site-of-32-characters-x", "http://127.0.0.1:1")
    rewarding = netmile.Client(sites=[site])
    assert rewarding.miles.uploads("batch", 1).uploads == ()
    assert rewarding.miles.unresolved_batches().batches == ()
    assert rewarding.miles.unresolved_uploads().uploads == ()
    # A text is a sequence of texts to mypy, and none to the library.
    with pytest.raises(netmile.NetmileError, match="request"):
        client.payments.list("paid")
