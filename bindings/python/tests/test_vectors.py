"""The known answers of the link type."""

from __future__ import annotations

import json
from typing import Any

import netmile
import pytest
from conftest import ROOT, URLS
from gateway import digest, encode_form

DATA = json.loads((ROOT / "tests/vectors/link.json").read_text(encoding="utf-8"))
VECTORS = {vector["id"]: vector for vector in DATA["vectors"]}
FORMS = [name for name, vector in VECTORS.items() if vector["message"] in ("A01-1", "B01-1", "D01-1")]
RESULTS = [name for name, vector in VECTORS.items() if vector["message"] in ("A02-1", "A03-1")]


def rows(fields: "list[list[str]]") -> "list[netmile.DetailRow]":
    made = []
    for start in (n for n, (name, _) in enumerate(fields) if name == "dtl_rowno"):
        row = dict(map(tuple, fields[start : start + 9]))
        made.append(
            netmile.DetailRow(
                row["dtl_item_id"], row["dtl_item_name"], int(row["dtl_amount"]), count=int(row["dtl_item_count"])
            )
        )
    return made


def sign(client: netmile.Client, vector: "dict[str, Any]") -> netmile.SignedForm:
    given = {name: value for name, value in reversed(vector["fields"])}
    common: "dict[str, Any]" = {
        "cust_code": given["cust_code"],
        "pay_methods": [given["pay_method"]],
        "urls": URLS,
        "terminal": "pc",
    }
    at = given["request_date"]
    if vector["message"] == "B01-1":
        return client.link.sign_registration(netmile.RegistrationRequest(**common), at=at)
    common.update(purchase_id="UNUSED", item_id=given["item_id"], item_name=given["item_name"])
    if vector["message"] == "D01-1":
        recurring = netmile.RecurringRequest(**common)
        return client.link.sign_recurring(recurring, order_id=given["order_id"], at=at)
    request = netmile.PurchaseRequest(**common, amount=int(given["amount"]), rows=rows(vector["fields"]))
    return client.link.sign_purchase(request, order_id=given["order_id"], at=at)


def test_there_are_vectors_of_every_kind() -> None:
    assert len(FORMS) >= 6 and len(RESULTS) >= 7 and DATA["key"]


@pytest.mark.parametrize("name", FORMS)
def test_a_form_has_the_known_hash(client: netmile.Client, name: str) -> None:
    vector = VECTORS[name]
    form = sign(client, vector)
    expected = [(field, value.strip(" ")) for field, value in vector["fields"]]
    assert list(form.fields) == [*expected, ("sps_hashcode", vector["digest"])]
    assert form.body == encode_form(form.fields)
    assert digest(expected, DATA["key"]).lower() == vector["digest"]


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_is_verified_and_any_change_is_not(client: netmile.Client, name: str) -> None:
    vector = VECTORS[name]
    kind = "purchase_notice" if vector["message"] == "A02-1" else "purchase_return"
    fields = [*map(tuple, vector["fields"]), ("sps_hashcode", vector["digest"])]
    given = {field: bytes.fromhex(code) for field, code in vector.get("bytes", {}).items()}
    message = client.link.verify(kind, encode_form(fields, given=given))
    named = dict(reversed(vector["fields"]))
    assert message.order_id == named["order_id"]
    assert (message.amount, message.result) == (100, named["res_result"])
    assert message.tracking_id == (named["res_tracking_id"] or None)
    for changed in ("amount", "order_id", "res_tracking_id", "cust_code"):
        other = [(field, value + "1" if field == changed else value) for field, value in fields]
        with pytest.raises(netmile.NetmileError):
            client.link.verify(kind, encode_form(other, given=given))
