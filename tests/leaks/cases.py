"""Flows that bring every operation and every hidden field of a request: cases of the conformance suite, with markers."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Any, Dict, Iterator, List, Set, Tuple

CONFORMANCE = Path(__file__).resolve().parents[1] / "conformance"
sys.path[:0] = [str(CONFORMANCE)]
import lint  # noqa: E402
from flows import KEYS, PERSONAL  # noqa: E402

Field = Tuple[str, str]

# What the cases and the demo scenario call people and things, and the marker in its place.
PLACES = {
    '"CUST0001"': PERSONAL["customer"],
    '"ネットマイルのしおり"': PERSONAL["item name"],
    '"taro"': PERSONAL["member"],
    '"NM10000002"': PERSONAL["user id"],
    '"taro@member.example"': PERSONAL["mail"],
    '"tok-1"': KEYS["card token"],
    '"key-1"': KEYS["card token key"],
    '"見本"': PERSONAL["last name"],
    '"太郎"': PERSONAL["first name"],
    '"1000001"': PERSONAL["zip"],
    '"千代田区千代田1-1"': PERSONAL["address"],
    '"0312345678"': PERSONAL["telephone"],
    '"ORDER1"': PERSONAL["designated key"],
    '"K1"': PERSONAL["designated key"],
    '"C0001"': PERSONAL["tag key"],
    '"returned"': PERSONAL["refund reason"],
    '"clerk"': PERSONAL["evidence"],
    '"ありがとう"': PERSONAL["inserted text"],
    '"鈴木"': PERSONAL["free pair"],
}
# Rows of files, which are texts of their own.
WITHIN = {"taro@member.example,K1": f"{PERSONAL['mail']},{PERSONAL['designated key']}"}

# Operations of which no flow has an answer, and why: each of them is refused in its flow.
REFUSED: Dict[str, str] = {
    "exchange.review": "needs an exchange that nobody could find for hours",
    "miles.resolve_upload": "needs an upload that was lost",
    "miles.review": "needs a task that nobody could find for hours",
    "miles.review_upload": "needs an upload that nobody could find for hours",
    "payment.capture": "needs a card that the merchant captures",
    "payment.raw_review": "needs a raw message that was lost",
    "payment.review": "needs a charge that nobody could find for hours",
    "purchase.review": "needs a purchase whose time is over",
    "registration.check": "needs the gateway's page",
    "registration.notice": "needs the gateway's page",
    "registration.returned": "needs the gateway's page",
    "subscription.adopt_purchase": "needs a contract that the gateway's page began",
    "subscription.adopt_simple_purchase": "needs a contract that the gateway's page began",
    "subscription.bill_again": "needs a period that was refused",
    "subscription.end": "needs a contract that the gateway's page began",
    "subscription.refund_month": "needs a month that was billed",
}


def replaced(text: str) -> str:
    for place, marker in PLACES.items():
        text = text.replace(place, f'"{marker}"')
    for place, marker in WITHIN.items():
        text = text.replace(place, marker)
    return text


def bases() -> Dict[str, Any]:
    return json.loads(replaced((CONFORMANCE / "bases.json").read_text(encoding="utf-8")))


def own() -> List[Dict[str, Any]]:
    """Cases that the suite has only as vectors, or with an error."""
    urls = {"$base": "urls"}
    at = "20260102030405"
    adopted = {"id": "SUB-1", "method": "netmile", "tracking_id": "12345678901234", "cust_code": PERSONAL["customer"]}
    adopted = {**adopted, "item_id": "ITEM1", "amount": 100, "schedule": {"start": "2026-01-15", "billing_day": 15}}
    pay = {"cust_code": PERSONAL["customer"], "pay_methods": ["netmile"], "urls": urls, "terminal": "pc"}
    recurring = {**pay, "purchase_id": "L-1", "item_id": "ITEM1", "item_name": PERSONAL["item name"]}

    def ask(operation: str, request: Dict[str, Any]) -> Dict[str, Any]:
        return {"do": "invoke", "operation": operation, "request": request}

    started = {**ask("checkout.start", {"$base": "purchase", "purchase_id": "L-1"}), "save": {"fields": "form.fields"}}
    composed = {"do": "compose", "fields": "${fields}", "save_as": "body"}
    return [
        {"id": "signing", "steps": [
            ask("link.sign_purchase", {"request": {"$base": "purchase", "purchase_id": "L-1"}, "order_id": "L-1-1", "at": at}),
            ask("link.sign_recurring", {"request": recurring, "order_id": "L-1-1", "at": at}),
            ask("link.sign_registration", {"request": pay, "at": at}),
        ]},
        {"id": "verifying", "steps": [
            started, composed, ask("link.verify", {"kind": "purchase_notice", "body": "${body}"}),
        ]},
        {"id": "billing", "client": "mock", "steps": [
            ask("subscription.adopt", adopted), ask("subscription.bill", {"id": "SUB-1", "period": "2026-01", "amount": 100}),
        ]},
    ]


def chosen(cases: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    """As few of the suite's cases as bring every operation, with an answer where there is one with an answer."""
    usable = [case for case in cases if case["area"] not in ("vectors", "versions") and not case.get("needs") and not case.get("alone")]
    usable = [case for case in usable if all(step["do"] in DONE for step in case["steps"])]
    taken = own()
    brought = {step["operation"] for case in taken for step in case["steps"] if step["do"] == "invoke"}
    for answered in (True, False):
        brings = {case["id"]: {
            step["operation"] for step in case["steps"] if step["do"] == "invoke" and not (answered and "error" in step)
        } for case in usable}
        while usable:
            best = max(usable, key=lambda case: len(brings[case["id"]] - brought))
            if not brings[best["id"]] - brought:
                break
            taken.append(json.loads(replaced(json.dumps(best, ensure_ascii=False))))
            brought |= {step["operation"] for step in best["steps"] if step["do"] == "invoke" and not (answered and "error" in step)}
    return taken


DONE = ("invoke", "text", "file", "compose", "http")


class Asked:
    """What was asked: the operations, and the hidden fields that held a marker."""

    def __init__(self, marked: Any) -> None:
        self._marked = marked
        self.requests: Dict[str, Dict[str, Any]] = {}
        self.answered: Set[str] = set()
        self.fields: Set[Field] = set()

    def saw(self, operation: str, request: Dict[str, Any], kind: str) -> None:
        if kind == "ok":
            self.answered.add(operation)
        if kind == "ok" or operation not in self.requests:
            self.requests[operation] = request
        self._walk(lint.OPERATIONS[operation]["request"], request)

    def _walk(self, record: str, value: Dict[str, Any]) -> None:
        for name, one in value.items():
            field = lint.RECORDS[record].get(name, {"type": None, "shown": True})
            kind = field["type"]
            for each in one if isinstance(one, list) else [one]:
                inner = kind["list"] if isinstance(kind, dict) and "list" in kind else kind
                if isinstance(inner, dict) and "record" in inner and isinstance(each, dict):
                    self._walk(inner["record"], each)
                elif inner in ("string", "bytes") and not field["shown"] and isinstance(each, str) and self._marked(each):
                    self.fields.add((record, name))

    def probes(self) -> Iterator[Tuple[str, Dict[str, Any]]]:
        """Requests in which a hidden field that held no marker yet holds one."""
        for (record, name), places in hidden().items():
            for operation, path in places:
                if (record, name) not in self.fields and operation in self.requests:
                    yield operation, planted(lint.OPERATIONS[operation]["request"], self.requests[operation], path)

    def faults(self) -> Iterator[str]:
        for name in lint.OPERATIONS:
            if name not in self.requests:
                yield f"no flow invokes {name}"
            elif name not in self.answered and name not in REFUSED:
                yield f"no flow has an answer of {name}"
            elif name in self.answered and name in REFUSED:
                yield f"{name} has an answer, and needs no exception"
        yield from (f"there is no operation {name} to be excepted" for name in REFUSED if name not in lint.OPERATIONS)
        for record, name in sorted(set(hidden()) - self.fields):
            yield f"{record}.{name} never holds a marker"


def hidden() -> Dict[Field, List[Tuple[str, List[str]]]]:
    """The fields of requests that are texts or bytes and not shown, and where they are."""
    found: Dict[Field, List[Tuple[str, List[str]]]] = {}

    def walk(operation: str, record: str, path: List[str], within: Set[str]) -> None:
        for name, field in lint.RECORDS[record].items():
            kind = field["type"]["list"] if isinstance(field["type"], dict) and "list" in field["type"] else field["type"]
            if isinstance(kind, dict) and "record" in kind:
                if kind["record"] not in within:
                    walk(operation, kind["record"], [*path, name], {*within, kind["record"]})
            elif kind in ("string", "bytes") and not field["shown"]:
                found.setdefault((record, name), []).append((operation, [*path, name]))

    for name, operation in lint.OPERATIONS.items():
        walk(name, operation["request"], [], {operation["request"]})
    return found


def planted(record: str, request: Any, path: List[str]) -> Dict[str, Any]:
    """The request with a marker there; what is on the way to it and absent is made up."""
    made = dict(request) if isinstance(request, dict) else skeleton(record)
    name, *rest = path
    kind = lint.RECORDS[record][name]["type"]
    several = isinstance(kind, dict) and "list" in kind
    kind = kind["list"] if several else kind
    there = made.get(name)
    there = there[0] if isinstance(there, list) and there else there
    if rest:
        put: Any = planted(kind["record"], there, rest)
    else:
        put = base64.b64encode(PERSONAL["probe"].encode()).decode() if kind == "bytes" else PERSONAL["probe"]
    made[name] = [put] if several else put
    return made


def skeleton(record: str) -> Dict[str, Any]:
    return {name: _dummy(field["type"]) for name, field in lint.RECORDS[record].items() if field["required"] and not field["nullable"]}


def _dummy(kind: Any) -> Any:
    if isinstance(kind, dict):
        return [] if "list" in kind else {} if "map" in kind else skeleton(kind["record"])
    return {"string": "x", "bytes": "eA==", "integer": 1, "boolean": False}.get(kind, {})


def scenario(demo: str) -> str:
    """The demo with a member who is called as the markers say."""
    return replaced(demo)
