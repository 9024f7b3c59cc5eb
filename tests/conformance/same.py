"""Whether every language gave the same answers: all of them, not only what the cases expect."""

from __future__ import annotations

import json
import re
from typing import Any, Dict, List, Tuple

Answers = Dict[str, List[Tuple[str, Any]]]

# What no two runs have in common: moments, ids that a gateway draws, signatures, ports, directories.
DRAWN = [
    (re.compile(r"http://127\.0\.0\.1:\d+"), "URL"),
    (re.compile(r"/[\w./-]*tmp\w+"), "DIRECTORY"),
    (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "UUID"),
    (re.compile(r"\b[0-9a-f]{16,}\b"), "HEX"),
    (re.compile(r"\b20\d\d-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?"), "DATE"),
    (re.compile(r"\d{8,}"), "NUMBER"),
    (re.compile(r"[A-Za-z0-9+/]{40,}={0,2}"), "BASE64"),
]
MOMENT = 10**9
# What each language says of itself: how it prints things, and its package's release (a header of C has none). A run
# says what is left of its time, a transport of the shop's own knows it.
OWN = {"texts", "facade_version", "timeout_ms"}


def masked(value: Any) -> Any:
    """A value without what is drawn; null is as good as absent."""
    if isinstance(value, dict):
        return {name: masked(one) for name, one in value.items() if one is not None and name not in OWN}
    if isinstance(value, list):
        return [masked(one) for one in value]
    if isinstance(value, int) and not isinstance(value, bool) and value >= MOMENT:
        return "MOMENT"
    if isinstance(value, str):
        for drawn, name in DRAWN:
            value = drawn.sub(name, value)
    return value


def difference(one: Any, other: Any, where: str) -> str:
    """The first place at which two values differ, or nothing."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted({*one, *other}):
            if found := difference(one.get(name), other.get(name), f"{where}.{name}"):
                return found
        return ""
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        found = (difference(*pair, f"{where}.{number}") for number, pair in enumerate(zip(one, other)))
        return next(filter(None, found), "")
    if one == other and isinstance(one, bool) == isinstance(other, bool):
        return ""
    return f"{where}: {json.dumps(one, ensure_ascii=False)[:200]} and {json.dumps(other, ensure_ascii=False)[:200]}"


def plain(answers: List[Tuple[str, Any]]) -> List[Any]:
    """What is compared of the answers of a case: an error prints itself in the words of its language."""
    made = []
    for kind, found in answers:
        # What the mock told, and how long somebody worked.
        if kind in ("http", "seconds"):
            continue
        if kind == "error" and isinstance(found, dict):
            found = {name: one for name, one in found.items() if name != "text"}
        made.append([kind, masked(found)])
    return made


def run(cases: List[Dict[str, Any]], languages: List[Tuple[str, Answers]]) -> int:
    """Compares each language with the first one that ran the case. Gives how many answers differ."""
    differing, compared = 0, 0
    for case in (case["id"] for case in cases if not case.get("own")):
        ran = [(language, plain(answers[case])) for language, answers in languages if case in answers]
        if not ran:
            continue
        (first, wanted), *others = ran
        for language, found in others:
            compared += 1
            if told := difference(wanted, found, "answers"):
                differing += 1
                print(f"{case}: {first} and {language} differ in {told}")
    print(f"{compared} times compared with another language, {differing} differ")
    return differing
