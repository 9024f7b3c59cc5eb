"""What each language runs: every secret and personal field holds a marker that is nowhere else."""

from __future__ import annotations

import base64
import json
from typing import Any, Dict, Iterator, List, Tuple

# Those of the mock's demo scenario are as unique as any: they are keys of nothing else.
KEYS = {
    "hash key": "demo0key0of0the0mock0gateway0not0a0secr0",
    "3DES key": "0123456789abcdef01234567",
    "3DES vector": "76543210",
    "site secret": "demo-secret-of-the-mock-not-a-secret-1",
    "basic user": "leak-basic-user",
    "basic password": "leak-basic-password",
    "journal password": "leak-journal-password",
    "drop password": "leak-drop-password",
    "card token": "leak-card-token",
    "card token key": "leak-card-token-key",
    "stored card token": "leak-stored-token",
    "broken hash key": "leak broken hash key",
    "broken secret": "leak broken secret",
}
PERSONAL = {
    "customer": "LEAKCUSTOMER1",
    "item name": "漏洩の品目",
    "free field": "LEAKFREE1",
    "free pair": "自由項目の漏洩",
    "row name": "漏洩の明細",
    "refund reason": "leak-refund-reason",
    "member": "leak-member-login",
    "last name": "漏洩之介衛門",
    "first name": "太郎左衛門",
    "kana": "ロウエイ",
    "zip": "2718281",
    "address": "漏洩市漏洩町九丁目",
    "building": "漏洩ビル百一号室",
    "telephone": "09031415926",
    "slip mail": "leak-slip@mail.example",
    "mail": "leak-mile@mail.example",
    "hand mail": "leak-hand@mail.example",
    "user id": "NM16180339",
    "designated key": "LEAKDESIGNATED",
    "file mail": "leak-file@mail.example",
    "broken row": "leak-broken-row",
    "tag key": "LEAKTAGKEY1",
    "peer": "203.0.113.77",
    "statement row": "leak-statement-row",
    "returned field": "leak-returned-field",
    "evidence": "leak-evidence-clerk",
    "inserted text": "漏洩の挿入文です",
    "probe": "LEAK-PROBE-7",
    # In fields that values show: errors about them must not.
    "misplaced": "LEAK-MISPLACED-9",
}

Commands = List[Tuple[str, ...]]


def base64_of(text: str, charset: str = "utf-8") -> str:
    return base64.b64encode(text.encode(charset)).decode("ascii")


def configuration(url: str, **more: Any) -> Dict[str, Any]:
    contract = {
        "merchant_id": "99999",
        "service_id": "001",
        "hash_key": KEYS["hash key"],
        "environment": "mock",
        "base_url": url,
        "encryption": {"key": KEYS["3DES key"], "iv": KEYS["3DES vector"]},
        "methods": [
            {"tag": "netmile", "cells": "all", "api": api()},
            {"tag": "credit", "api": "credit"},
            {"tag": "webcvs", "api": "web_convenience_store"},
        ],
        **more,
    }
    site = {"site_id": "8763", "key_id": "demo-key-1", "secret": KEYS["site secret"], "base_url": url}
    return {"contracts": [contract], "sites": [site]}


def api() -> Dict[str, Any]:
    return {
        "number": "900",
        "flow": "one_step",
        "capture": "automatic",
        "functions": {"request": "ST01-00101", "refund": "ST02-00303", "balance": "MG01-00102"},
        "inquiry_by": "order",
        "statuses": [["2", "captured"], ["4", "refunded"]],
        "member_leaf": "netmile_user_id",
        "amount_digits": 7,
    }


def flows(url: str, gateway: Any, slow: bool = True) -> Iterator[Tuple[str, Commands]]:
    """Names and commands of the flows."""

    def new(**more: Any) -> Tuple[str, str]:
        return "new", json.dumps({**configuration(url), **more}, ensure_ascii=False)

    def ask(operation: str, request: Dict[str, Any]) -> Tuple[str, ...]:
        return "invoke", operation, json.dumps(request, ensure_ascii=False)

    def hold(record: str, value: Dict[str, Any]) -> Tuple[str, ...]:
        return "hold", record, json.dumps(value, ensure_ascii=False)

    whole = configuration(url)
    contract = {**whole["contracts"][0], "methods": []}
    contract["basic"] = {"user": KEYS["basic user"], "password": KEYS["basic password"]}
    yield "configuration", [hold("Contract", contract), hold("Site", whole["sites"][0]), new()]
    broken = {**whole, "contracts": [{**whole["contracts"][0], "hash_key": KEYS["broken hash key"]}]}
    secret = {**whole, "sites": [{**whole["sites"][0], "secret": KEYS["broken secret"]}]}
    unknown = {**whole, "contracts": [{**whole["contracts"][0], "keyy": KEYS["hash key"]}]}
    journal = f"postgres://shop:{KEYS['journal password']}@127.0.0.1:1/shop"
    yield "wrong configuration", [
        ("new", json.dumps(broken)),
        ("new", json.dumps(secret)),
        ("new", json.dumps(unknown)),
        new(lang=KEYS["site secret"]),
        ("new", json.dumps({**whole, "contracts": KEYS["hash key"]})),
        new(journal=f"nothing://{KEYS['journal password']}"),
        # Somebody waits for a database that is not there.
        *([new(journal=journal)] if slow else []),
        ask("purchase.get", {"purchase_id": "L-1"}),
    ]
    purchase = {
        "purchase_id": "L-1",
        "cust_code": PERSONAL["customer"],
        "item_id": "ITEM1",
        "amount": 300,
        "terminal": "pc",
        "item_name": PERSONAL["item name"],
        "urls": {name: f"https://shop.example/{name}" for name in ("success", "cancel", "error", "notify")},
        "free": [PERSONAL["free field"]],
        "free_csv": [{"name": "LAST_NAME", "value": PERSONAL["free pair"]}],
        "rows": [{"item_id": "I1", "item_name": PERSONAL["row name"], "amount": 300}],
    }
    customer = {"cust_code": PERSONAL["customer"], "item_id": "ITEM1"}
    fields = [("cust_code", PERSONAL["customer"]), ("res_payinfo_key", PERSONAL["returned field"])]
    stranger = {"body": base64.b64encode(gateway.encode_form(fields)).decode("ascii")}
    yield "checkout", [
        new(),
        hold("PurchaseRequest", purchase),
        ask("checkout.start", purchase),
        ask("purchase.get", {"purchase_id": "L-1"}),
        ask("checkout.start", {**purchase, "amount": 301}),
        ask("checkout.start", {**purchase, "purchase_id": "L-2", "cust_code": PERSONAL["customer"] + "漏"}),
        ask("checkout.start", {**purchase, "purchase_id": "L-3", "terminal": PERSONAL["misplaced"]}),
        hold("Received", stranger),
        ask("notice.handle", stranger),
        ask("return.read", {"by": "success", **stranger}),
        ask("return.read", {"by": PERSONAL["misplaced"], **stranger}),
        ask("link.verify", {"kind": "purchase_notice", **stranger}),
        ask("registration.notice", stranger),
        ask("purchase.evidence", {"limit": 10}),
        ask("refund.request", {"purchase_id": "L-1", "reason": PERSONAL["refund reason"]}),
        hold("RefundRequest", {"purchase_id": "L-1", "reason": PERSONAL["refund reason"]}),
        ask(
            "hash.explain",
            {"message": "purchase", "fields": [{"name": "cust_code", "value": PERSONAL["customer"]}], "claimed": "0" * 40},
        ),
    ]
    card = {
        **customer,
        "id": "K-1",
        "method": "credit",
        "amount": 1000,
        "token": {"token": KEYS["card token"], "token_key": KEYS["card token key"]},
        "return_customer_info": True,
    }
    slip = {
        "store": "lawson",
        "last_name": PERSONAL["last name"],
        "first_name": PERSONAL["first name"],
        "last_name_kana": PERSONAL["kana"],
        "first_name_kana": PERSONAL["kana"],
        "zip": PERSONAL["zip"],
        "prefecture": "東京都",
        "address": PERSONAL["address"],
        "building": PERSONAL["building"],
        "tel": PERSONAL["telephone"],
        "mail": PERSONAL["slip mail"],
    }
    paid = {**customer, "id": "S-1", "method": "webcvs", "amount": 1000, "slip": slip}
    by_member = {**customer, "id": "M-1", "method": "netmile", "amount": 100, "member": PERSONAL["member"]}
    stored = {"method": "credit", "cust_code": PERSONAL["customer"], "action": "store"}
    token = {"token": KEYS["stored card token"], "token_key": KEYS["card token key"]}
    yield "payments", [
        new(),
        hold("ChargeRequest", card),
        hold("ChargeRequest", paid),
        hold("ChargeRequest", by_member),
        ask("payment.charge", card),
        ask("payment.charge", paid),
        ask("payment.charge", by_member),
        ask("payment.list", {"limit": 10}),
        ask("payment.charge", {**paid, "id": "S-2", "slip": {**slip, "zip": PERSONAL["telephone"]}}),
        ask("payment.charge", {**paid, "id": "S-3", "slip": {**slip, "tel": PERSONAL["address"]}}),
        ask("payment.charge", {**paid, "id": "S-4", "slip": {**slip, "mail": PERSONAL["last name"]}}),
        ask("payment.charge", {**card, "id": "K-2", "token": {"token": "漏" + KEYS["card token"], "token_key": "k"}}),
        ask("payment.balance", {"method": "netmile", "member": PERSONAL["member"]}),
        ask("payment.balance", {"method": "netmile", "member": PERSONAL["member"] + "漏" * 99}),
        hold("CustomerDataRequest", {**stored, **token}),
        ask("payment.customer_data", {**stored, **token}),
        ask("payment.customer_data", {**stored, "action": "show"}),
        ask("payment.customer_data", {**stored, **token, "action": PERSONAL["misplaced"]}),
        ask("payment.notice", {"body": base64_of(f"<a>{PERSONAL['returned field']}</a>")}),
    ]
    for how in ("lost", "not_sent", "rubbish", "forward"):
        yield f"transport {how}", [("transport", how), new(), ask("payment.charge", paid), ask("payment.charge", by_member)]
    user = {"mail": PERSONAL["mail"]}
    issue = {"tran_id": "T-1", "campaign_id": "46257", "user": user, "designated_key": PERSONAL["designated key"], "miles": 100}
    hand = {
        "tran_id": "H-1",
        "campaign_id": "46257",
        "rows": [{"mail": PERSONAL["hand mail"], "designated_key": PERSONAL["designated key"], "miles": 20}],
    }
    file = f"{PERSONAL['file mail']},{PERSONAL['designated key']},20\r\n{PERSONAL['broken row']},{PERSONAL['telephone']},1.5\r\n"
    row = {"user": {"user_id": PERSONAL["user id"]}, "designated_key": PERSONAL["designated key"], "miles": 100}
    tag = {"site_id": "8763", "campaign_id": "46255", "rule": {"fixed": 100}, "designated_key": PERSONAL["tag key"]}
    exchange = {
        "tran_id": "X-1",
        "user": {"user_id": PERSONAL["user id"]},
        "designated_key": PERSONAL["designated key"],
        "points": 500,
        "rate": {"points": 1, "miles": 2},
    }
    drop = {
        "site_id": "8763",
        "base_path": "/drop",
        "allow": [PERSONAL["peer"]],
        "user": "netmile",
        "password": KEYS["drop password"],
        "method": "GET",
        "path": "/drop/",
        "peer_ip": PERSONAL["peer"],
        "files": [],
    }
    yield "miles", [
        new(),
        hold("IssueRequest", issue),
        hold("HandIssueRequest", hand),
        ask("miles.issue", issue),
        ask("miles.issue", {**issue, "tran_id": "T-2", "user": {"mail": PERSONAL["broken row"]}}),
        ask("miles.issue_by_hand", hand),
        ask("miles.tasks", {"kind": "issue", "limit": 10}),
        ask("member.verify", user),
        ask("member.verify", {"mail": PERSONAL["broken row"] + " "}),
        ask("member.passbook", {"user_id": PERSONAL["user id"]}),
        hold("FileCheckRequest", {"kind": "mail", "file": base64_of(file)}),
        ask("miles.check_file", {"kind": "mail", "file": base64_of(file)}),
        hold("TagRequest", tag),
        ask("miles.tag", tag),
        ask("miles.tag", {**tag, "designated_key": PERSONAL["tag key"] + "漏"}),
        ask("miles.read_tag", {"tag": f"http://x.example/?earnsite_key={PERSONAL['tag key']}"}),
        hold("ExchangeRequest", exchange),
        ask("exchange.begin", exchange),
        ask("exchange.issue", {"tran_id": "X-1"}),
        ask("exchange.debited", {"tran_id": "X-1"}),
        ask("exchange.issue", {"tran_id": "X-1"}),
        ask("exchange.applicant", user),
        ask("exchange.drop_write", {"site_id": "8763", "run_at_ms": 1795316400000, "rows": [row]}),
        ask("exchange.files", {"site_id": "8763", "at_ms": 1795316400000, "rows": [row]}),
        hold("DropHandleRequest", drop),
        ask("exchange.drop_handle", drop),
        ask("exchange.drop_handle", {**drop, "password": "x", "allow": [PERSONAL["peer"] + "x"]}),
    ]
    statement = f"record,order_id\r\nD,{PERSONAL['statement row']}\r\n"
    yield "settlement", [
        new(),
        hold("StatementRequest", {"file": base64_of(statement), "month": "202601"}),
        ask("settlement.read", {"file": base64_of(statement), "month": "202601"}),
        ask("settlement.reconcile", {"file": base64_of(statement), "month": PERSONAL["misplaced"]}),
    ]
