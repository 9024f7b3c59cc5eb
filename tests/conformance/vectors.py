#!/usr/bin/env python3
"""Writes cases/vectors.json from the known answers in tests/vectors; ``--check`` fails if what is there differs."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Any, Dict, List

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "bindings" / "python" / "tests"))
from gateway import encode_form  # noqa: E402

VECTORS = HERE.parent / "vectors"
CASES = HERE / "cases" / "vectors.json"
URLS = {name: f"https://shop.example/{name}" for name in ("success", "cancel", "error", "notify")}
SITES = "http://127.0.0.1:8080"


def read(name: str) -> Any:
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))


def base64_of(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def client(key: str, **more: Any) -> Dict[str, Any]:
    methods = [{"tag": tag, "cells": "all"} for tag in ("netmile", "credit", "docomo")]
    contract = {
        "merchant_id": "99999",
        "service_id": "001",
        "hash_key": key,
        "environment": "mock",
        "base_url": "http://127.0.0.1:1",
        "methods": methods,
        **more,
    }
    return {"contracts": [contract]}


def case(name: str, made: Any, *steps: Dict[str, Any]) -> Dict[str, Any]:
    return {"name": name, **({"client": made} if made else {}), "steps": list(steps)}


def invoke(operation: str, request: Dict[str, Any], **more: Any) -> Dict[str, Any]:
    return {"do": "invoke", "operation": operation, "request": request, **more}


def pairs(fields: List[Any]) -> List[Dict[str, str]]:
    return [{"name": name, "value": value} for name, value in fields]


def rows(fields: List[Any]) -> List[Dict[str, Any]]:
    made = []
    for start in (number for number, (name, _) in enumerate(fields) if name == "dtl_rowno"):
        row = dict(map(tuple, fields[start : start + 9]))
        named = {"item_id": row["dtl_item_id"], "item_name": row["dtl_item_name"]}
        made.append({**named, "amount": int(row["dtl_amount"]), "count": int(row["dtl_item_count"])})
    return made


def form(vector: Dict[str, Any], key: str) -> Dict[str, Any]:
    """A form is signed with the known hash, and posted with the known bytes."""
    given = {name: value for name, value in reversed(vector["fields"])}
    request: Dict[str, Any] = {
        "cust_code": given["cust_code"],
        "pay_methods": [given["pay_method"]],
        "urls": URLS,
        "terminal": "pc",
    }
    at = given["request_date"]
    if vector["message"] == "B01-1":
        operation, asked = "link.sign_registration", {"request": request, "at": at}
    else:
        request.update(purchase_id="UNUSED", item_id=given["item_id"], item_name=given["item_name"])
        asked = {"request": request, "order_id": given["order_id"], "at": at}
        operation = "link.sign_recurring"
        if vector["message"] == "A01-1":
            operation = "link.sign_purchase"
            request.update(amount=int(given["amount"]), rows=rows(vector["fields"]))
    fields = [(name, value.strip(" ")) for name, value in vector["fields"]]
    signed = [*fields, ("sps_hashcode", vector["digest"])]
    expected = {"fields": pairs(signed), "body": base64_of(encode_form(signed)), "request_date": at}
    return case(f"{vector['id']}: {vector['what']} is signed", client(key), invoke(operation, asked, expect=expected))


def result(vector: Dict[str, Any], key: str) -> Dict[str, Any]:
    """A result is verified, and with one field changed it is not."""
    kind = "purchase_notice" if vector["message"] == "A02-1" else "purchase_return"
    named = dict(reversed(vector["fields"]))
    fields = [*map(tuple, vector["fields"]), ("sps_hashcode", vector["digest"])]
    given = {field: bytes.fromhex(code) for field, code in vector.get("bytes", {}).items()}
    other = [(name, "101" if name == "amount" else value) for name, value in fields]
    told = {
        "order_id": named["order_id"],
        "amount": int(named["amount"]),
        "result": named["res_result"],
        "tracking_id": named["res_tracking_id"] or None,
    }
    return case(
        f"{vector['id']}: {vector['what']} is verified",
        client(key),
        invoke("link.verify", {"kind": kind, "body": base64_of(encode_form(fields, given=given))}, expect=told),
        invoke(
            "link.verify",
            {"kind": kind, "body": base64_of(encode_form(other, given=given))},
            error={"code": "hash_mismatch"},
        ),
    )


def link() -> List[Dict[str, Any]]:
    data = read("link.json")
    key, found = data["key"], {vector["id"]: vector for vector in data["vectors"]}
    made = [form(v, key) for v in data["vectors"] if v["message"] in ("A01-1", "B01-1", "D01-1")]
    made += [result(v, key) for v in data["vectors"] if v["message"] in ("A02-1", "A03-1")]
    first = found["V1"]
    asked = {"message": "purchase", "fields": pairs(first["fields"])}
    made += [
        case(
            "hash: the right recipe is said to be right",
            client(key),
            invoke("hash.explain", {**asked, "claimed": first["digest"]}, expect={"verdict": "correct", "faults": []}),
        ),
        case(
            "hash: what is none is said to be none",
            client(key),
            invoke("hash.explain", {**asked, "claimed": "abc"}, expect={"verdict": "not_a_hash", "faults": []}),
        ),
        case(
            "hash: another key has no recipe",
            client(key[::-1]),
            invoke("hash.explain", {**asked, "claimed": first["digest"]}, expect={"verdict": "no_known_recipe"}),
        ),
    ]
    return made


def notices() -> List[Dict[str, Any]]:
    """A genuine notice of the API type about a stranger's order is told from one that is not genuine."""
    data = read("api.json")
    made = []
    for notice in data["notices"]:
        encryption = {"key": data["tdes_key"], "iv": data["tdes_iv"]}
        by = client(data["hash_key"], encryption=encryption, encrypted_notices=notice["encrypted"])
        body = notice["body"]
        changed = body.replace("00000000000001<", "00000000000002<", 1)
        assert body != changed
        # All say 2030, and may then come late or early: that is looked at after the hash.
        made.append(
            case(
                f"{notice['id']}: {notice['what']} is verified",
                by,
                invoke(
                    "payment.notice",
                    {"body": base64_of(body.encode("cp932"))},
                    expect={"status": 200, "accepted": False, "problem": {"code": "from_future"}},
                ),
                invoke(
                    "payment.notice",
                    {"body": base64_of(changed.encode("cp932"))},
                    expect={"status": 200, "accepted": False, "problem": {"code": "hash_mismatch"}},
                ),
            )
        )
    return made


def miles() -> List[Dict[str, Any]]:
    data = read("miles.json")
    made = []
    for known in data["check_values"]:
        asked = {"site_id": known["site"], "campaign_id": known["campaign"], "rule": {"fixed": 100}}
        part = {"$contains": f"param3={known['param3']}"}
        made.append(
            case(
                f"tag: {known['campaign']} of {known['site']} has the published check value",
                {"sites": [site(known["site"], "k1", "x" * 32)]},
                invoke("miles.tag", {**asked, "designated_key": "C0001"}, expect={"signed": False, "url": part}),
            )
        )
    for number, known in enumerate(data["signed_tags"], 1):
        if " " in known["secret"]:
            # A client refuses such a secret; the vector is one of the signature alone.
            continue
        wanted = {
            "signed": True,
            "site_id": known["site"],
            "campaign_id": known["campaign"],
            "designated_key": known["earnsite_key"] or None,
            "miles": int(known["mile"]) if known["mile"] else None,
            "tran_id": known["tran_id"],
            "expires_at_ms": known["exp"] * 1000,
        }
        asked = {"tag": known["url"], "signed": True}
        late = {**asked, "at_ms": known["exp"] * 1000 + 1000}
        made.append(
            case(
                f"tag: signed tag {number} is verified, and then expires",
                {"sites": [site(known["site"], known["kid"], known["secret"])]},
                invoke("miles.read_tag", {**asked, "at_ms": 0}, expect=wanted),
                invoke("miles.read_tag", late, error={"code": "expired"}),
            )
        )
    for name, kind, count, total in (
        ("upload-mail", "mail", 4, 1111),
        ("upload-mobile", "mobile_mail", 3, 160),
        ("upload-user-id", "user_id", 2, 300),
    ):
        steps = []
        for charset in ("utf8", "cp932"):
            file = (VECTORS / "miles" / f"{name}.{charset}.csv").read_bytes()
            wanted = {"clean": True, "rows": count, "miles": total, "has_header": True, "found": []}
            steps.append(
                invoke("miles.check_file", {"kind": kind, "file": base64_of(file), "any_size": True}, expect=wanted)
            )
        made.append(case(f"file: {name} is the same in both encodings", None, *steps))
    steps = []
    for charset in ("utf8", "cp932"):
        sent = (VECTORS / "miles" / f"exchange.{charset}.csv").read_bytes()
        answer = (VECTORS / "miles" / f"exchange-result.{charset}.csv").read_bytes()
        asked = {"sent": base64_of(sent), "result": base64_of(answer)}
        steps.append(invoke("exchange.settle", asked, error={"code": "mismatch", "field": "row"}))
    made.append(case("file: a result of an exchange file about other rows is refused", None, *steps))
    return made


def site(number: str, key: str, secret: str) -> Dict[str, str]:
    return {"site_id": number, "key_id": key, "secret": secret, "base_url": SITES}


def text() -> str:
    made = [*link(), *notices(), *miles()]
    return "[\n" + ",\n".join("  " + json.dumps(one, ensure_ascii=False) for one in made) + "\n]\n"


def main() -> int:
    if sys.argv[1:] == ["--check"]:
        if CASES.read_text(encoding="utf-8") != text():
            print("cases/vectors.json is not what tests/vectors gives: run vectors.py and commit it", file=sys.stderr)
            return 1
        return 0
    CASES.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
