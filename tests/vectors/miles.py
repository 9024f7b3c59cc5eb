#!/usr/bin/env python3
"""Known answers for miles, made by a second implementation: the check values and signatures of mile-get tags, the CSV
files of the guides in both encodings, and the samples of docs/samples.

    tests/vectors/miles.py           writes them
    tests/vectors/miles.py --check   fails if a file differs from what it would write
"""

import csv
import hashlib
import hmac
import io
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = HERE.parent.parent / "docs" / "samples"

MAIL = ["メールアドレス", "指定キー", "マイル発行数"]
USER_ID = ["ユーザーID", "指定キー", "マイル発行数"]
EXCHANGE = ["NetMileユーザID", "指定キー", "交換マイル数"]
COMPLETED = ["メールアドレス・ユーザーID", "指定キー", "マイル発行数", "パスワード", "氏名(氏)", "氏名(名)"]
ERRORS = COMPLETED + ["エラー"]

FILES = {
    "upload-mail": [
        MAIL,
        ["hanako@example.jp", "C0001", "100"],
        ["taro.yamada+shop@mail.example.com", "C0002", "1000"],
        ["o'brien@example.jp", "C0003", "10"],
        ["test1@netmile.co.jp", "TEST", "1"],
    ],
    "upload-mobile": [
        ["携帯電話メールアドレス", "指定キー", "マイル発行数"],
        ["hanako.-love@docomo.ne.jp", "C0001", "100"],
        ["taro..@ezweb.ne.jp", "C0002", "50"],
        ["jiro@softbank.ne.jp", "C0003", "10"],
    ],
    "upload-user-id": [USER_ID, ["10000001", "C0001", "100"], ["10000002", "C0002", "200"]],
    "exchange": [
        EXCHANGE,
        ["hanako@example.jp", "C0001", "500"],
        ["10000002", "C0002", "1500"],
    ],
    "exchange-result": [
        ["nobody@example.jp", "C0009", "500", "41053"],
        ["10000009", "C0010", "1500", "41023"],
    ],
    "completed": [
        COMPLETED,
        ["hanako@example.jp", "C0001", "100", "", "山田", "花子"],
        ["10000002", "C0002", "200", "", "髙橋", "一郎"],
        ["jiro@example.jp", "C0003", "10", "a,b\"c", "表", "ソ"],
    ],
    "errors": [
        ERRORS,
        ["nobody@example.jp", "C0009", "100", "", "", "", "41053"],
        ["karikari@example.jp", "C0010", "100", "", "㈱①", "―～", "41023"],
        ["=1+1", "C0011", "0", "", "", "", "19013"],
    ],
}

SAMPLE_FILES = ["upload-mail", "upload-mobile", "upload-user-id", "exchange"]


def table(rows, encoding):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    bom = b"\xef\xbb\xbf" if encoding == "utf-8" else b""
    # Windows and browsers write the IBM extension for this character, Python the NEC selection of the same.
    return bom + out.getvalue().encode(encoding).replace("髙".encode("cp932"), b"\xfb\xfc")


def check_values():
    pairs = [("8763", "46255"), ("1", "1"), ("12", "3"), ("1", "23"), ("999999999999999999", "100000000000000001")]
    return [
        {"site": s, "campaign": c, "param3": hashlib.md5(f"{s}:{c}".encode()).hexdigest()} for s, c in pairs
    ]


def signed(site, campaign, key, mile, tran_id, exp, kid, secret):
    pairs = {"site": site, "campaign": campaign, "earnsite_key": key, "mile": mile, "tran_id": tran_id,
             "exp": str(exp), "kid": kid}
    as_sent = {name: value.replace(":", "%3A") for name, value in pairs.items()}
    message = "earn-v1\n" + "&".join(f"{name}={as_sent[name]}" for name in sorted(as_sent))
    sig = hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()
    query = "&".join(f"{name}={value}" for name, value in as_sent.items()) + f"&sig={sig}"
    return {**pairs, "exp": exp, "secret": secret, "url": f"http://127.0.0.1:8080/v1/earn?{query}"}


def vectors():
    secret = "reference secret of at least 32 bytes"
    return {
        "note": "Written by miles.py, which shares no code with the library.",
        "check_values": check_values(),
        "signed_tags": [
            signed("8763", "46255", "C0001", "", "ORDER-1", 1800000000, "k1", secret),
            signed("8763", "46256", "", "30", "shop:order.2_a", 1800003600, "key-2", secret),
            signed("1", "2", "Z" * 255, "999999999", "t" * 64, 1, "k", "x" * 64),
        ],
    }


def everything():
    files = {HERE / "miles.json": (json.dumps(vectors(), ensure_ascii=False, indent=2) + "\n").encode()}
    for name, rows in FILES.items():
        files[HERE / "miles" / f"{name}.cp932.csv"] = table(rows, "cp932")
        files[HERE / "miles" / f"{name}.utf8.csv"] = table(rows, "utf-8")
    for name in SAMPLE_FILES:
        files[SAMPLES / f"{name}.csv"] = table(FILES[name], "cp932")
    return files


def main():
    check = "--check" in sys.argv[1:]
    differ = []
    for path, content in everything().items():
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        elif not path.exists() or path.read_bytes() != content:
            differ.append(path.name)
    if differ:
        print("differ from what miles.py writes:", ", ".join(differ))
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
