"""What the gateway does, written independently of the library: Shift_JIS, forms, hashes, notices."""

from __future__ import annotations

import hashlib
import time
from typing import Dict, Iterable, List, Optional, Sequence, Tuple
from urllib.parse import quote_from_bytes

KEY = "TESTHASHKEY0123456789abcdef0123456789abc"
TRACKING = "12345678901234"

REQUEST_PART = """pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no order_id item_id pay_item_id
    item_name tax amount pay_type auto_charge_type service_type div_settele last_charge_month camp_type tracking_id
    terminal_type free1 free2 free3""".split()
RESULT_PART = """res_pay_method res_result res_tracking_id res_sps_cust_no res_sps_payment_no res_payinfo_key
    res_payment_date res_err_code res_date limit_second""".split()

Fields = List[Tuple[str, str]]


def _decoded(code: bytes) -> str:
    try:
        return code.decode("cp932")
    except UnicodeDecodeError:
        return ""


# Some characters have two codes. Python takes NEC's, browsers and the gateway take IBM's.
_IBM = {
    _decoded(bytes((lead, trail))): bytes((lead, trail)) for lead in range(0xFA, 0xFD) for trail in range(0x40, 0xFD)
}


def shift_jis(text: str) -> bytes:
    """Shift_JIS as browsers write it."""
    codes = ((char, char.encode("cp932")) for char in text)
    return b"".join(_IBM[char] if len(code) == 2 and code[0] in (0xED, 0xEE) else code for char, code in codes)


def escaped(value: bytes) -> str:
    """As browsers do: space is +, everything but a few characters is %XX."""
    return quote_from_bytes(value, safe="*-._ ").replace("~", "%7E").replace(" ", "+")


def encode_form(
    fields: Iterable[Tuple[str, str]],
    *,
    shift_jis: bool = True,
    given: Optional[Dict[str, bytes]] = None,
) -> bytes:
    """The body of a posted form; ``given`` names the very bytes of some fields."""
    encode = globals()["shift_jis"] if shift_jis else str.encode
    own = given or {}
    return "&".join(f"{name}={escaped(own.get(name) or encode(value))}" for name, value in fields).encode("ascii")


def digest(fields: Iterable[Tuple[str, str]], key: str, *, browser: bool = False) -> str:
    """Notices: upper case over UTF-8. Through the browser: lower case over Shift_JIS."""
    text = "".join(value for _, value in fields) + key
    if browser:
        return hashlib.sha1(shift_jis(text)).hexdigest()
    return hashlib.sha1(text.encode("utf-8")).hexdigest().upper()


def jst(offset: int = 0) -> str:
    """Japanese time, so many seconds from now."""
    return time.strftime("%Y%m%d%H%M%S", time.gmtime(time.time() + 9 * 3600 + offset))


def result_fields(posted: Sequence[Tuple[str, str]], *, at: Optional[str] = None, **changed: str) -> Fields:
    """The fields of a successful result for a posted form, in the order of the definition."""
    asked = dict((name, value) for name, value in reversed(posted))
    rows = [(name, value) for name, value in posted if name.startswith("dtl_")]
    now = at or jst()
    result = {
        "res_pay_method": "netmile",
        "res_result": "OK",
        "res_tracking_id": TRACKING,
        "res_payment_date": now,
        "res_date": now,
        "limit_second": "600",
    }
    first = [(name, changed.get(name, asked.get(name, ""))) for name in REQUEST_PART]
    date = [("request_date", changed.get("request_date", asked["request_date"]))]
    last = [(name, changed.get(name, result.get(name, ""))) for name in RESULT_PART]
    return first + rows + date + last


def result(
    posted: Sequence[Tuple[str, str]],
    *,
    browser: bool = False,
    key: str = KEY,
    at: Optional[str] = None,
    **changed: str,
) -> bytes:
    """A signed result as it is posted, its fields in another order than they were hashed."""
    fields = result_fields(posted, at=at, **changed)
    signed = fields + [("sps_hashcode", digest(fields, key, browser=browser))]
    plain = [pair for pair in signed if not pair[0].startswith("dtl_")]
    rows = [pair for pair in signed if pair[0].startswith("dtl_")]
    return encode_form(plain[::-1] + rows)


def deposit(*, tracking_id: str, rec_type: str, total: int, key: str = KEY, merchant_id: str = "99999") -> bytes:
    """A notice of the API type about a slip: so many yen were deposited in all."""
    root = [
        ("merchant_id", merchant_id),
        ("service_id", "001"),
        ("tracking_id", tracking_id),
        ("rec_datetime", jst()),
    ]
    info = [("rec_type", rec_type), ("rec_amount", str(total)), ("rec_amount_total", str(total))]
    date = [("request_date", jst())]
    text = "".join(value for _, value in root + info + date) + key
    mark = hashlib.sha1(text.encode("cp932")).hexdigest()
    leaves = ["".join(f"<{name}>{value}</{name}>" for name, value in part) for part in (root, info, date)]
    return (
        "<?xml version='1.0' encoding='Shift_JIS'?><sps-api-request id=\"NT01-00103-701\">"
        f"{leaves[0]}<pay_method_info>{leaves[1]}</pay_method_info>{leaves[2]}"
        f"<sps_hashcode>{mark}</sps_hashcode></sps-api-request>"
    ).encode("cp932")
