"""Looks at the cases as data: areas and counts, names that the manifest knows, expectations that can fail."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional

MANIFEST = json.loads((Path(__file__).resolve().parents[2] / "ffi" / "manifest.json").read_text(encoding="utf-8"))
OPERATIONS = {operation["name"]: operation for operation in MANIFEST["operations"]}
RECORDS = {record["name"]: {field["name"]: field for field in record["fields"]} for record in MANIFEST["records"]}
CODES = {error["code"] for error in MANIFEST["errors"]}

# Every area of cases has as many at least. The first thirteen must be there.
EACH, ALL, VECTORS = 10, 150, 40
AREAS = (
    "vectors",
    "checkout",
    "notices",
    "payments",
    "unknown",
    "subscriptions",
    "refunds",
    "miles",
    "exchange",
    "errors",
    "plugins",
    "fork",
    "versions",
)
NEEDS = {
    "fork",
    "async",
    "callbacks",
    "steps",
    "runs",
    "raw",
    "checksums",
    "loads",
    "release",
    "releases",
    "unreleased",
    "blocking",
}
ERROR = {"code", "field", "retryable", "text"}
# Codes that are the facade's own.
FACADE_CODES = {"version_mismatch", "library_missing"}


def faults(cases: List[Dict[str, Any]], bases: Dict[str, Any]) -> List[str]:
    """What is wrong with the cases, one line each."""
    found = []
    names = [case["id"] for case in cases]
    found += [f"{name} is there twice" for name in sorted({name for name in names if names.count(name) > 1})]
    counts = {area: sum(case["area"] == area for case in cases) for area in {*AREAS, *(c["area"] for c in cases)}}
    found += [f"{area} has {count} cases, not {EACH}" for area, count in sorted(counts.items()) if count < EACH]
    if counts["vectors"] > VECTORS:
        found.append(f"vectors has {counts['vectors']} cases, more than {VECTORS}")
    if len(cases) < ALL:
        found.append(f"there are {len(cases)} cases, not {ALL}")
    for case in cases:
        found += [f"{case['id']}: {fault}" for fault in _faults(case, bases)]
    used = {step.get("operation") for case in cases for step in case["steps"]}
    found += [f"no case calls {name}" for name in OPERATIONS if name not in used]
    return found


def _faults(case: Dict[str, Any], bases: Dict[str, Any]) -> Iterator[str]:
    unknown = set(case.get("needs", [])) - NEEDS
    if unknown:
        yield f"nobody can have {sorted(unknown)}"
    if case.get("environment") and not case.get("alone"):
        yield "has an environment, and no process of its own"
    if not any(strong(step) for step in case["steps"]):
        yield "expects nothing that can fail"
    running: Optional[str] = None
    for number, step in enumerate(case["steps"], 1):
        do, name = step["do"], step.get("operation")
        where = f"step {number}"
        if do == "start":
            running = name
        if do in ("invoke", "async", "start", "fork", "raw"):
            if name not in OPERATIONS:
                if do != "raw":
                    yield f"{where}: there is no operation {name}"
                continue
            if do != "raw":
                yield from _names(step.get("request", {}), {"record": OPERATIONS[name]["request"]}, where, bases)
            if do != "start" and "expect" in step:
                yield from _names(step["expect"], {"record": OPERATIONS[name]["answer"]}, f"{where} expects", bases)
        if do == "step" and running and "answer" in step.get("expect", {}):
            answer = {"record": OPERATIONS[running]["answer"]}
            yield from _names(step["expect"]["answer"], answer, f"{where} expects", bases)
        error = step.get("error", {})
        for field in set(error) - ERROR:
            yield f"{where}: an error has no {field}"
        code = error.get("code")
        if isinstance(code, str) and code != "$any" and code not in CODES | FACADE_CODES:
            yield f"{where}: there is no code {code}"


def _names(value: Any, kind: Any, where: str, bases: Dict[str, Any]) -> Iterator[str]:
    """Fields that the manifest does not know. An expectation of ``null`` about them could never fail."""
    if isinstance(kind, dict) and "list" in kind and isinstance(value, dict) and "$some" in value:
        value = [value["$some"]]
    if isinstance(kind, dict) and "list" in kind and isinstance(value, list):
        for one in value:
            yield from _names(one, kind["list"], where, bases)
    if not (isinstance(kind, dict) and "record" in kind and isinstance(value, dict)):
        return
    if any(name in value for name in ("$contains", "$bytes")):
        return
    whole = {**bases[value["$base"]], **value} if "$base" in value else value
    for name, one in whole.items():
        if name == "$base":
            continue
        field = RECORDS[kind["record"]].get(name)
        if field is None:
            yield f"{where}: {kind['record']} has no field {name}"
        else:
            yield from _names(one, field["type"], where, bases)


def strong(step: Dict[str, Any]) -> bool:
    """Whether a step expects something in particular."""
    if step["do"] == "not_printed":
        return bool(step["values"])
    if "error" in step:
        return True
    return any(leaf != "$any" for leaf in _leaves(step.get("expect", {})))


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list):
        yield len(value)
        for one in value:
            yield from _leaves(one)
    else:
        yield value
