"""Every operation of the manifest has a method here, and the transport of the shop's own works."""

from __future__ import annotations

import inspect
import json
import re

import netmile
import pytest
from conftest import ROOT, contract
from netmile import _async_client, _client, _rooms, models

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


def test_a_conversion_says_why_it_does_not_fit(client: netmile.Client) -> None:
    rate = models.RateTerms(points=1, miles=2, unit=100, minimum=500)
    assert client.exchanges.convert(rate, 500).miles == 1000
    assert client.exchanges.convert(rate, 550).reason == "not_in_units"
    with pytest.raises(netmile.NetmileError, match="limit"):
        client.payments.unresolved(0)
