"""Python: calls through the package, and a charge by it and by hand (requests, hashlib, ElementTree)."""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import time
import xml.etree.ElementTree as ElementTree
from typing import Any, Callable

import netmile
import requests

KEY = "TESTHASHKEY0123456789abcdef0123456789abc"


def best(call: Callable[[], Any]) -> float:
    """Nanoseconds a call, of this thread's own processor time, of the best of a hundred rounds of seven milliseconds."""
    found = float("inf")
    for _ in range(100):
        started, calls = time.thread_time(), 0
        while time.thread_time() - started < 0.007:
            for _ in range(16):
                call()
            calls += 16
        found = min(found, (time.thread_time() - started) * 1e9 / calls)
    return found


def local(path: str) -> None:
    with open(path, "rb") as file:
        body = file.read()
    contract = netmile.Contract.mock("http://127.0.0.1:1", merchant_id="99999", service_id="001", hash_key=KEY)
    with netmile.Client(contract) as client:
        print(f"cheap {best(lambda: client.exchanges.equal_value(yen=1, points=1)):.1f}")
        print(f"hash {best(lambda: client.link.verify('purchase_notice', body)):.1f}")


class ByHand:
    """What a developer writes who has the specification and an afternoon."""

    def __init__(self, config: "dict[str, Any]") -> None:
        self._contract = config["contracts"][0]
        self._session = requests.Session()

    def _send(self, function: str, fields: "list[Any]") -> ElementTree.Element:
        now = time.strftime("%Y%m%d%H%M%S", time.gmtime(time.time() + 9 * 3600))
        fields = [
            ("merchant_id", self._contract["merchant_id"]),
            ("service_id", self._contract["service_id"]),
            *fields,
            ("request_date", now),
            ("limit_second", "600"),
        ]
        signed, root = b"", ElementTree.Element("sps-api-request", id=function)
        for name, value in fields:
            leaf = ElementTree.SubElement(root, name)
            pairs = [(leaf, value)]
            if isinstance(value, list):
                pairs = [(ElementTree.SubElement(leaf, inner), text) for inner, text in value]
            for element, text in pairs:
                signed += text.strip().encode("cp932")
                wide = any(ord(one) > 127 for one in text)
                element.text = base64.b64encode(text.encode("cp932")).decode() if wide else text
        digest = hashlib.sha1(signed + self._contract["hash_key"].encode()).hexdigest()
        ElementTree.SubElement(root, "sps_hashcode").text = digest
        user = self._contract["merchant_id"] + self._contract["service_id"]
        answer = self._session.post(
            f"{self._contract['base_url']}/api/xmlapi.do",
            data=ElementTree.tostring(root, encoding="shift_jis"),
            headers={"content-type": "text/xml; charset=Shift_JIS"},
            auth=(user, self._contract["hash_key"]),
            timeout=60,
        )
        answer.raise_for_status()
        text = answer.content.decode("cp932").split("?>", 1)[1]
        parsed = ElementTree.fromstring(text)
        if parsed.findtext("res_result") != "OK":
            raise RuntimeError(parsed.findtext("res_err_code"))
        return parsed

    def charge(self, order_id: str) -> None:
        # A token is good for one charge.
        card = [("token", f"token-{order_id}"), ("token_key", "key"), ("cust_manage_flg", "0"), ("cardbrand_return_flg", "1")]
        fields = [
            ("cust_code", "CUST0001"),
            ("order_id", order_id),
            ("item_id", "ITEM1"),
            ("item_name", "しおり"),
            ("amount", "1000"),
            ("sps_cust_info_return_flg", "0"),
            ("pay_option_manage", card),
            ("encrypted_flg", "0"),
        ]
        answer = self._send("ST01-00131-101", fields)
        tracking = answer.findtext("res_tracking_id") or ""
        now = time.strftime("%Y%m%d%H%M%S", time.gmtime(time.time() + 9 * 3600))
        self._send("ST02-00101-101", [("tracking_id", tracking), ("processing_datetime", now)])


def charges(config: "dict[str, Any]", count: int) -> None:
    """By turns, so that whatever else the machine does hits both."""
    hand, sdk, own = ByHand(config), [], []
    with netmile.Client.from_config(config) as client:
        for number in range(-2, count):
            started = time.perf_counter()
            hand.charge(f"PYHAND-{number + 2}")
            between = time.perf_counter()
            outcome = client.payments.charge(
                netmile.models.ChargeRequest(
                    id=f"PYSDK-{number + 2}",
                    method="credit",
                    amount=1000,
                    cust_code="CUST0001",
                    item_id="ITEM1",
                    item_name="しおり",
                    token=netmile.models.CardToken(f"token-PYSDK-{number}", "key"),
                )
            )
            ended = time.perf_counter()
            if not outcome.is_done:
                raise SystemExit(f"a charge failed: {outcome}")
            if number >= 0:
                own.append(between - started)
                sdk.append(ended - between)
    print(f"hand {sorted(own)[count // 2] * 1e6:.0f}")
    print(f"sdk {sorted(sdk)[count // 2] * 1e6:.0f}")


if sys.argv[1] == "local":
    local(sys.argv[2])
else:
    charges(json.loads(sys.argv[2]), int(sys.argv[3]))
