"""What the READMEs show is what runs here: their own blocks."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any, List

import netmile
import pytest
from conftest import DEMO_KEY, ROOT, contract, purchase
from gateway import KEY, result
from netmile import models

BLOCK = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)
READMES = pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])

API = {
    "number": "900",
    "flow": "one_step",
    "capture": "automatic",
    "functions": {"request": "ST01-00101"},
    "inquiry_by": "order",
    "statuses": [],
    "member_leaf": "netmile_user_id",
    "amount_digits": 7,
}
LOG = logging.getLogger("readme")


def blocks(readme: str) -> List[str]:
    found = BLOCK.findall((ROOT / "bindings/python" / readme).read_text(encoding="utf-8"))
    assert len(found) == 4, "a block that nothing runs"
    return found


def run(block: str, **names: Any) -> "dict[str, Any]":
    exec(compile(block, "README", "exec"), names)
    return names


@READMES
def test_the_checkout_gives_a_page(readme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = run(blocks(readme)[0], hash_key=KEY)
    assert "本" in made["page"].body.decode("cp932")
    assert made["client"].purchases.get("CART-1001").phase is netmile.Phase.OPEN
    made["client"].close()


@READMES
def test_a_notice_is_answered_and_its_event_delivered_once(
    readme: str, client: netmile.Client, caplog: pytest.LogCaptureFixture
) -> None:
    notify = run(blocks(readme)[1], client=client, log=LOG)["notify"]
    form = client.checkout.start(purchase()).form
    paid = result(form.fields)
    assert notify(paid, "application/x-www-form-urlencoded")[2] == b"OK,"
    notify(b"rubbish", "application/x-www-form-urlencoded")
    assert "notice: " in caplog.text
    delivered: "list[tuple[int, str]]" = []
    for _ in range(2):
        run(
            blocks(readme)[2], client=client, netmile=netmile, deliver_once=lambda *ids: delivered.append(ids)
        )
    assert [purchase_id for _, purchase_id in delivered] == ["CART-1"]


class Losing(netmile.Transport):
    def send(self, request: netmile.HttpRequest) -> netmile.HttpResponse:
        raise TimeoutError


@READMES
def test_a_charge_tells_each_of_its_outcomes(
    readme: str, mock_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for losing, yen, told in [
        (False, 10, "paid: 10 yen"),
        (False, 1_000_000, "refused: "),
        (True, 10, "not known yet: R-"),
    ]:
        caplog.clear()
        asked = contract(
            base_url=mock_url,
            hash_key=DEMO_KEY,
            encryption=("0123456789abcdef01234567", "76543210"),
            methods=[netmile.Method("netmile", "all", api=API)],
        )
        charge = models.ChargeRequest(
            id=f"R-{readme.replace('.', '')}-{yen}",
            method="netmile",
            amount=yen,
            cust_code="CUST0001",
            item_id="ITEM1",
            member="taro",
        )
        with netmile.Client(asked, transport=Losing() if losing else None) as client:
            run(blocks(readme)[3], client=client, charge=charge, log=LOG)
        assert told in caplog.text, caplog.text
