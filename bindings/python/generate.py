"""Writes the typed rooms of the package from the manifest of operations; ``--check`` fails if what is there differs.

The rooms of the link type are written by hand: they are older than the manifest, and say more.
"""

import json
import keyword
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
MANIFEST = HERE.parents[1] / "ffi" / "manifest.json"
PACKAGE = HERE / "src" / "netmile"

BY_HAND = ("checkout", "notice", "return", "events", "purchase", "refund", "registration", "link", "hash", "client")
BY_HAND_OPERATIONS = {
    "subscription.start",
    "subscription.apply",
    "subscription.end",
    "catalogue.errors",
    "catalogue.code",
    "catalogue.codes",
}
# Written by hand, in `records`.
SHARED = {"DetailRow", "Problem", "Purchase"}
ROOMS = {
    "payment": ("Payments", "Charges server to server."),
    "subscription": ("SubscriptionsByApi", "Recurring contracts server to server."),
    "settlement": ("Settlement", "Statements against the journal."),
    "member": ("Members", "NetMile members."),
    "miles": ("Miles", "Miles: issues, cancels, files, campaigns, tags."),
    "exchange": ("Exchanges", "Point exchange."),
    "catalogue": ("Catalogue", "Methods and codes as data."),
}
ABOUT = "Made by generate.py from ffi/manifest.json; do not edit."


def python_name(name: str) -> str:
    name = name[: -len("_ms")] if name.endswith("_ms") else name
    return name + "_" if keyword.iskeyword(name) else name


def python_type(field: dict, prefix: str) -> str:
    kind = field["type"]
    if field["name"].endswith("_ms"):
        made = "datetime"
    else:
        made = of_kind(kind, prefix)
    return f"Optional[{made}]" if field["nullable"] else made


def taken_type(field: dict) -> str:
    """What a method takes for a field: any sequence where a model holds a tuple."""
    return re.sub(r"Tuple\[(.*), \.\.\.\]", r"Sequence[\1]", python_type(field, "models."))


def of_kind(kind: object, prefix: str) -> str:
    if isinstance(kind, str):
        return {"string": "str", "boolean": "bool", "integer": "int", "bytes": "bytes", "json": "Any"}[kind]
    assert isinstance(kind, dict)
    if "list" in kind:
        inner = kind["list"]
        if inner == {"record": "Pair"}:
            return "Tuple[Tuple[str, str], ...]"
        return f"Tuple[{of_kind(inner, prefix)}, ...]"
    if "map" in kind:
        return "Mapping[str, str]"
    name = kind["record"]
    return f"records.{name}" if name in SHARED else f"{prefix}{name}"


def default(field: dict) -> str:
    if field["nullable"]:
        return "None"
    kind = field["type"]
    if isinstance(kind, dict) and "list" in kind:
        return "()"
    return {"string": '""', "boolean": "False", "bytes": 'b""', "integer": "0"}[kind]


def held(kind: object):
    if isinstance(kind, dict):
        if "record" in kind:
            yield kind["record"]
        elif "list" in kind:
            yield from held(kind["list"])


def text(summary: str) -> str:
    return summary.replace("`", "``").replace("\\", "\\\\").replace('"""', "'''")


def wrapped(summary: str, indent: str) -> str:
    line = f'{indent}"""{text(summary)}"""'
    if len(line) <= 120:
        return line
    words, lines, now = text(summary).split(), [], indent + '"""'
    for word in words:
        if len(now) + len(word) + 1 > 118:
            lines.append(now.rstrip())
            now = indent
        now += word + " "
    lines.append(now.rstrip())
    lines.append(indent + '"""')
    return "\n".join(lines)


def model(record: dict) -> str:
    ordered = sorted(record["fields"], key=lambda field: not field["required"])
    is_answer = all(field["required"] or field["nullable"] for field in record["fields"])
    lines = ["@dataclass(frozen=True)", f"class {record['name']}:", wrapped(record["summary"], "    "), ""]
    for field in ordered:
        name, kind = python_name(field["name"]), python_type(field, "")
        settings = []
        if not field["required"]:
            settings.append(f"default={default(field)}")
        if not field["shown"]:
            settings.append("repr=False")
        if settings == [f"default={default(field)}"] if not field["required"] else False:
            lines.append(f"    {name}: {kind} = {default(field)}")
        elif settings:
            lines.append(f"    {name}: {kind} = _field({', '.join(settings)})")
        else:
            lines.append(f"    {name}: {kind}")
        lines.append(wrapped(field["summary"], "    "))
    if record["name"].endswith("Outcome") and is_answer:
        for what, doc in (
            ("done", "Whether it happened."),
            ("rejected", "Whether it was refused; nothing moved."),
            ("unknown", "Whether it may have happened: it is found out later, and must not be repeated by hand."),
        ):
            lines += ["", "    @property", f"    def is_{what}(self) -> bool:", f'        """{doc}"""']
            lines += [f'        return self.outcome == "{what}"']
    if not record["fields"]:
        lines.pop()
    return "\n".join(lines)


def parameters(record: dict) -> "tuple[str, str]":
    """What a method takes, and the request made of it. What may be left out comes after what may not, the limit last."""
    fields = sorted(record["fields"], key=lambda field: (field["name"] == "limit", not field["required"]))
    if len(fields) > 4:
        return f", request: models.{record['name']}", "request"
    taken = ""
    for field in fields:
        taken += f", {python_name(field['name'])}: {taken_type(field)}"
        if field["name"] == "limit":
            taken += " = 100"
        elif not field["required"]:
            taken += f" = {default(field)}"
    made = ", ".join(f'"{field["name"]}": {given(field)}' for field in fields)
    return taken, "{" + made + "}"


def given(field: dict) -> str:
    """The parameter as the library gets it: of what a stranger sent no more than it reads."""
    name = python_name(field["name"])
    return f"received({name})" if (name, field["type"]) == ("body", "bytes") else name


def signature(name: str, taken: str, answer: str, awaited: bool) -> str:
    start = "    async def" if awaited else "    def"
    line = f"{start} {name}(self{taken}) -> {answer}:"
    if len(line) <= 120:
        return line
    parts = [part for part in taken.split(", ") if part]
    joined, depth, whole = [], 0, ""
    for part in parts:
        whole = f"{whole}, {part}" if whole else part
        depth += part.count("[") - part.count("]")
        if depth == 0:
            joined.append(whole)
            whole = ""
    lines = "".join(f"        {part},\n" for part in ["self", *joined])
    return f"{start} {name}(\n{lines}    ) -> {answer}:"


def room(subject: str, operations: list, records: dict, awaited: bool) -> str:
    name, about = ROOMS[subject]
    port = "AsyncPort" if awaited else "Port"
    lines = [f"class {'Async' if awaited else ''}{name}:", f'    """{about}"""', ""]
    lines += [f"    def __init__(self, port: {port}) -> None:", "        self._port = port"]
    for operation in operations:
        taken, made = parameters(records[operation["request"]])
        answer = f"models.{operation['answer']}"
        verb = operation["name"].split(".")[1]
        lines += ["", signature(verb, taken, answer, awaited), wrapped(operation["summary"], "        ")]
        call = f'self._port.invoke("{operation["name"]}", {made}, {answer})'
        line = f"        return {'await ' if awaited else ''}{call}"
        if len(line) > 120:
            line = (
                f"        return {'await ' if awaited else ''}self._port.invoke(\n"
                f'            "{operation["name"]}",\n            {made},\n            {answer},\n        )'
            )
        lines.append(line)
    return "\n".join(lines)


def generated() -> "dict[Path, str]":
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    records = {record["name"]: record for record in manifest["records"]}
    chosen = [
        operation
        for operation in manifest["operations"]
        if operation["name"].split(".")[0] not in BY_HAND and operation["name"] not in BY_HAND_OPERATIONS
    ]
    upkeep = [operation for operation in manifest["operations"] if operation["name"].startswith("client.")]
    needed: "list[str]" = []

    seen = {*SHARED, "Pair"}

    def need(name: str) -> None:
        if name in seen:
            return
        seen.add(name)
        for field in records[name]["fields"]:
            for inner in held(field["type"]):
                need(inner)
        needed.append(name)

    for operation in [*chosen, *upkeep]:
        need(operation["answer"])
        request = records[operation["request"]]
        if len(request["fields"]) > 4:
            need(request["name"])
        for field in request["fields"]:
            for inner in held(field["type"]):
                need(inner)
    models = [
        f'"""Requests and answers of the rooms beyond the link type. ``repr`` leaves out what may be personal.\n\n{ABOUT}\n"""',
        "from __future__ import annotations",
        "from dataclasses import dataclass\nfrom dataclasses import field as _field\nfrom datetime import datetime\n"
        "from typing import Any, Mapping, Optional, Tuple",
        "from . import records",
        "__all__ = [\n" + "".join(f'    "{name}",\n' for name in sorted(needed)) + "]",
    ]
    body = "\n\n".join(models) + "\n"
    body += "".join(f"\n\n{model(records[name])}\n" for name in needed)
    rooms = [
        f'"""Rooms whose operations are called by name.\n\n{ABOUT}\n"""',
        "from __future__ import annotations",
        "from datetime import datetime\nfrom typing import Any, Mapping, Optional, Sequence",
        "from . import models, records\nfrom ._port import AsyncPort, Port, received",
        '__all__ = ["OPERATIONS", "Any", "Mapping", "datetime", "records"]',
        "OPERATIONS = (\n" + "".join(f'    "{operation["name"]}",\n' for operation in chosen) + ")",
    ]
    faces = "\n\n".join(rooms) + "\n"
    for subject in ROOMS:
        own = [operation for operation in chosen if operation["name"].split(".")[0] == subject]
        for awaited in (False, True):
            faces += f"\n\n{room(subject, own, records, awaited)}\n"
    return {PACKAGE / "models.py": body, PACKAGE / "_rooms.py": faces}


def main() -> int:
    check = sys.argv[1:] == ["--check"]
    for path, content in generated().items():
        if not check:
            path.write_text(content, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != content:
            print(f"{path.name} is not what the manifest gives: run generate.py and commit it", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
