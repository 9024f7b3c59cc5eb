#!/usr/bin/env python3
"""Known answers for the signatures of the reference API, by Python's own hmac, hashlib and urllib. Keys and data are
invented.

    tests/vectors/reference.py           writes reference.json next to it
    tests/vectors/reference.py --check   fails if the file differs from what it would write

Source: docs/reference-api.md#signing
"""

import hashlib
import hmac
import json
import pathlib
import sys
import urllib.parse

SECRET = "TESTSITESECRET0123456789abcdef0123456789"


def encode(text):
    return urllib.parse.quote(text, safe="-._~")


def request(name, method, path, query=(), body="", secret=SECRET, timestamp=1_700_000_000, nonce="0123456789abcdef"):
    pairs = sorted((encode(key), encode(value)) for key, value in query)
    lines = [
        method,
        path,
        "&".join(f"{key}={value}" for key, value in pairs),
        str(timestamp),
        nonce,
        hashlib.sha256(body.encode()).hexdigest(),
    ]
    canonical = "\n".join(lines)
    digest = hmac.new(secret.encode(), canonical.encode(), hashlib.sha256).hexdigest()
    return {
        "id": name,
        "method": method,
        "path": path,
        "query": [list(pair) for pair in query],
        "timestamp": timestamp,
        "nonce": nonce,
        "body": body,
        "secret": secret,
        "canonical": canonical,
        "signature": f"v1={digest}",
    }


ISSUE = '{"tran_id":"ORDER-1001","campaign_id":"46255","user":{"mail":"test1@netmile.co.jp"},"designated_key":"CUST0001"}'

REQUESTS = [
    request("issue", "POST", "/v1/issuances", body=ISSUE),
    request("inquiry", "GET", "/v1/issuances", [("tran_id", "ORDER-1001")]),
    request("no query, no body", "GET", "/v1/bills/2026-11"),
    request(
        "pairs out of order",
        "GET",
        "/v1/campaigns/46255/history",
        [("to", "2026-11-20T13"), ("from", "2026-11-01T00"), ("page", "2"), ("key", "CUST0001"), ("key", "B")],
    ),
    request("reserved characters", "GET", "/v1/x", [("a b", "c/d&e=f"), ("~._-", "+%"), ("A", "")]),
    request("Japanese", "GET", "/v1/campaigns/46255/samples/deposit", [("inserted_text", "ありがとう！\n😀")]),
    request("delete", "DELETE", "/v1/registrations/R0000001/lists"),
    request("Japanese body", "POST", "/v1/members/verify", body='{"mail":"花子@example.jp"}'),
    request("another time and nonce", "POST", "/v1/issuances", body=ISSUE, timestamp=1, nonce="A" * 64),
    request("secret longer than a block", "POST", "/v1/issuances", body=ISSUE, secret="k" * 100),
    request("encoded path", "GET", "/v1/members/M%2F1"),
    request("order of encoded names", "GET", "/v1/x", [("é", "1"), ("z", "2"), ("Z", "3"), ("_", "4")]),
]

PERCENT = [[text, encode(text)] for text in ["", "aZ09-._~", " ", "+", "/?#[]@!$&'()*,;=%", "é", "漢字", "😀", "\n\0\x7f"]]


def main():
    out = {
        "about": "Known answers of the reference API's signatures. Written by reference.py, never by the code under test.",
        "requests": REQUESTS,
        "percent": PERCENT,
    }
    path = pathlib.Path(__file__).with_suffix(".json")
    content = (json.dumps(out, ensure_ascii=False, indent=1) + "\n").encode()
    if "--check" not in sys.argv[1:]:
        path.write_bytes(content)
        return 0
    if path.exists() and path.read_bytes() == content:
        return 0
    print("differs from what reference.py writes:", path.name)
    return 1


if __name__ == "__main__":
    sys.exit(main())
