#!/usr/bin/env python3
"""Writes the names, records and rooms of the package from the manifest of operations, and its check of the library from
what UniFFI generated; ``--check`` fails if what is there differs, or if there is a file too many."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any, Dict, Iterator, List, Tuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
MANIFEST = ROOT / "ffi" / "manifest.json"
PACKAGE = HERE / "Sources" / "Netmile" / "Generated"
UNIFFI = HERE / "Sources" / "NetmileGenerated" / "NetmileGenerated.swift"
DRIVER = HERE / "Sources" / "netmile-conformance" / "Generated"
ABOUT = "// Made by generate.py from ffi/manifest.json; do not edit.\n"
WIDTH = 120

# Room, its property of the client, what it is.
ROOMS = {
    "checkout": ("CheckoutRoom", "checkout", "Starts purchases and hands out their forms."),
    "notice": ("NoticesRoom", "notices", "Takes the gateway's server-to-server notices: the only proof of payment."),
    "return": ("ReturnsRoom", "returns", "Reads what the browser brings back. For display, never proof of payment."),
    "events": ("EventsRoom", "events", "What the shop has to act on, until it acknowledges."),
    "purchase": ("PurchasesRoom", "purchases", "Looks purchases up and resolves those that wait."),
    "refund": ("RefundsRoom", "refunds", "Asks for refunds and records that they were executed."),
    "subscription": ("SubscriptionsRoom", "subscriptions", "Recurring contracts, by link and server to server."),
    "registration": ("RegistrationsRoom", "registrations", "Customer payment data at the gateway."),
    "link": ("LinkRoom", "link", "Single messages, without a journal."),
    "payment": ("PaymentsRoom", "payments", "Charges server to server."),
    "settlement": ("SettlementRoom", "settlement", "Statements against the journal."),
    "member": ("MembersRoom", "members", "NetMile members."),
    "miles": ("MilesRoom", "miles", "Miles: issues, cancels, files, campaigns, tags."),
    "exchange": ("ExchangesRoom", "exchanges", "Point exchange."),
    "catalogue": ("CatalogueRoom", "catalogue", "Methods and codes as data."),
}
# Those that are the client's own.
OF_CLIENT = {
    "client.resolve": "resolve",
    "client.recover": "recover",
    "hash.explain": "explainHash",
    "catalogue.errors": "errorCatalogue",
    "catalogue.code": "code",
    "catalogue.codes": "codeCatalogue",
}
# The manifest has a record of this name that is something else.
RENAMED = {"Delivery": "Event", "ReviewVerdict": "PurchaseReview"}
# Answers of a single field that the method gives as it is.
UNWRAPPED = {"Deliveries", "Purchases", "EvidenceList", "ErrorCatalogue", "CodeCatalogue", "Acknowledged"}
# Names that the library gives and takes: what they are, the names, and the fields that have them.
NAMES: Dict[str, Tuple[str, List[str], List[str]]] = {
    "Terminal": (
        "What the customer holds.",
        ["pc", "smartphone", "feature_phone"],
        [
            "PurchaseRequest.terminal",
            "RecurringRequest.terminal",
            "RegistrationRequest.terminal",
            "ChargeRequest.terminal",
            "AdoptSimpleRequest.terminal",
            "MethodCell.terminal",
        ],
    ),
    "Billing": (
        "How often a purchase is billed.",
        ["one_time", "recurring_simple", "recurring_metered"],
        ["PurchaseRequest.billing", "Purchase.billing", "MethodCell.billing"],
    ),
    "Phase": (
        "Where a purchase stands.",
        [
            "open",
            "awaiting_notice",
            "awaiting_deposit",
            "paid",
            "paid_late",
            "paid_twice",
            "needs_review",
            "refund_requested",
            "refunded",
            "given_up",
        ],
        ["Purchase.phase", "PurchaseQuery.phases"],
    ),
    "EventKind": (
        "What the shop is told.",
        [
            "paid",
            "paid_late",
            "paid_twice",
            "awaiting_deposit",
            "deposit_expired",
            "attempt_failed",
            "attempt_cancelled",
            "needs_review",
            "refund_requested",
            "refunded",
            "refund_withdrawn",
            "contract_ended",
            "given_up",
            "reserved",
            "cancelled",
            "partly_refunded",
            "step_failed",
            "contract_started",
            "miles_issued",
            "miles_refused",
            "miles_cancel_answered",
            "miles_cancel_refused",
            "exchange_issued",
            "exchange_refused",
            "exchange_unconfirmed",
        ],
        ["Delivery.kind"],
    ),
    "EventSubject": (
        "What an event is about.",
        ["purchase", "charge", "issue", "by_hand", "cancel", "exchange"],
        ["Delivery.subject"],
    ),
    "ReturnedBy": (
        "By which of its URLs the browser came back.",
        ["success", "cancel", "error"],
        ["ReceivedReturn.by", "BrowserReturn.by"],
    ),
    "MessageKind": (
        "The kind of a message that comes back; the shop knows it by the URL on which it arrives.",
        [
            "purchase_notice",
            "purchase_return",
            "cancel_return",
            "error_return",
            "registration_notice",
            "registration_return",
            "recurring_notice",
            "recurring_return",
        ],
        ["ReceivedMessage.kind", "Message.kind"],
    ),
    "ChargePhase": (
        "Where a charge stands.",
        [
            "prepared",
            "unknown",
            "authorised",
            "reserved",
            "awaiting_deposit",
            "paid",
            "partly_refunded",
            "refunded",
            "cancelled",
            "rejected",
            "expired",
            "active",
            "ended",
            "needs_review",
        ],
        ["Charge.phase", "ChargeQuery.phases"],
    ),
    "TaskKind": (
        "What a task of the miles is.",
        ["issue", "by_hand", "cancel"],
        ["TaskId.kind", "TaskQuery.kind", "TaskReview.kind", "MileTask.kind"],
    ),
    "TaskPhase": (
        "Where a task of the miles stands.",
        ["prepared", "sending", "unknown", "done", "refused", "needs_review"],
        ["MileTask.phase", "TaskQuery.phases"],
    ),
    "ExchangePhase": (
        "Where an exchange stands.",
        ["debiting", "debited", "issuing", "issued", "refused", "credited_back", "not_debited", "needs_review"],
        ["Exchange.phase", "ExchangeQuery.phases"],
    ),
    "ReviewVerdict": (
        "What a person found out.",
        ["happened", "missing"],
        ["ChargeReview.verdict", "RawReview.verdict", "TaskReview.verdict", "ExchangeReview.verdict"],
    ),
}
FIELD_NAMES = {field: name for name, (_, _, fields) in NAMES.items() for field in fields}
KEYWORDS = set(
    "as break case catch class continue default defer deinit do else enum extension fallthrough false fileprivate for func "
    "guard if import in init inout internal is let nil open operator private protocol public repeat return self static "
    "struct subscript super switch throw throws true try typealias var where while".split()
)


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def plain(name: str) -> str:
    """The name of a field: an instant has no unit."""
    return camel(name[: -len("_ms")] if name.endswith("_ms") else name)


def quoted(name: str) -> str:
    return f"`{name}`" if name in KEYWORDS else name


def type_name(record: str) -> str:
    return RENAMED.get(record, record)


class Manifest:
    """The manifest, and what follows from it."""

    def __init__(self) -> None:
        self.text = json.loads(MANIFEST.read_text(encoding="utf-8"))
        self.operations: List[Dict[str, Any]] = self.text["operations"]
        self.records: Dict[str, Dict[str, Any]] = {record["name"]: record for record in self.text["records"]}
        self.homes = self._homes()
        self.mutable = set(self._reached(operation["request"] for operation in self.operations))
        self.hidden = self._hidden()
        self._check_names()

    def held(self, kind: Any) -> Iterator[str]:
        if isinstance(kind, dict):
            if "record" in kind:
                yield kind["record"]
            elif "list" in kind:
                yield from self.held(kind["list"])

    def _reached(self, names: Any) -> Iterator[str]:
        seen, open_names = set(), list(names)
        while open_names:
            name = open_names.pop()
            if name not in seen:
                seen.add(name)
                yield name
                open_names += [inner for field in self.records[name]["fields"] for inner in self.held(field["type"])]

    def _homes(self) -> Dict[str, str]:
        """The file of each record: that of the first room that needs it."""
        homes: Dict[str, str] = {}
        for operation in self.operations:
            subject = operation["name"].split(".")[0]
            for name in self._reached([operation["request"], operation["answer"]]):
                home = homes.setdefault(name, subject)
                if home != subject:
                    homes[name] = "shared" if subject in ROOMS and home != "shared" and home in ROOMS else home
        return homes

    def is_outcome(self, name: str) -> bool:
        return name.endswith("Outcome")

    def _hidden(self) -> set:
        """Records that nobody outside the package sees: they only carry the arguments of a method."""
        seen = set()
        for operation in self.operations:
            request = self.records[operation["request"]]
            if len(request["fields"]) > 4:
                seen.add(request["name"])
            seen.update(inner for field in request["fields"] for inner in self.held(field["type"]))
            if operation["answer"] not in UNWRAPPED:
                seen.add(operation["answer"])
            else:
                fields = self.records[operation["answer"]]["fields"]
                seen.update(inner for field in fields for inner in self.held(field["type"]))
        return set(self.records) - set(self._reached(seen))

    def _check_names(self) -> None:
        """What the manifest knows of names beyond those listed here comes after them."""
        for record in self.records.values():
            for field in record["fields"]:
                name = FIELD_NAMES.get(f"{record['name']}.{field['name']}")
                if name:
                    known = NAMES[name][1]
                    known += [value for value in field.get("values", []) if value not in known]
        for place in FIELD_NAMES:
            record, field = place.split(".")
            if field not in {one["name"] for one in self.records[record]["fields"]}:
                raise SystemExit(f"{place} is not in the manifest")
        for name in UNWRAPPED:
            if len(self.records[name]["fields"]) != 1:
                raise SystemExit(f"{name} has more than one field, and may not be unwrapped")

    def swift_type(self, record: str, field: Dict[str, Any]) -> str:
        if field["name"].endswith("_ms"):
            made = "Date"
        else:
            made = self._of_kind(field["type"], FIELD_NAMES.get(f"{record}.{field['name']}"))
        return f"{made}?" if field["nullable"] else made

    def _of_kind(self, kind: Any, name: Any) -> str:
        if kind == "string" and name:
            return str(name)
        if isinstance(kind, str):
            plain_types = {"string": "String", "boolean": "Bool", "integer": "Int64", "bytes": "Data", "json": "JSONValue"}
            return plain_types[kind]
        if "list" in kind:
            return f"[{self._of_kind(kind['list'], name)}]"
        if "map" in kind:
            return "[String: String]"
        return type_name(kind["record"])

    def default(self, record: str, field: Dict[str, Any]) -> str:
        """What stands for a field that is not given; empty if it must be."""
        if field["required"]:
            return ""
        if field["nullable"]:
            return "nil"
        kind = field["type"]
        if isinstance(kind, dict):
            return "[]" if "list" in kind else "[:]"
        return {"string": '""', "boolean": "false", "bytes": "Data()", "integer": "0"}[kind]

    def ordered(self, record: Dict[str, Any]) -> List[Dict[str, Any]]:
        return sorted(record["fields"], key=lambda field: not field["required"])


def comment(text: str, indent: str) -> str:
    lines, now = [], f"{indent}///"
    for word in text.split():
        if len(now) + len(word) + 1 > WIDTH:
            lines.append(now)
            now = f"{indent}///"
        now += f" {word}"
    return "\n".join([*lines, now]) + "\n"


def name_type(name: str) -> str:
    about, values, _ = NAMES[name]
    made = comment(about, "") + f"public enum {name}: NetmileName {{\n"
    made += "".join(f"    case {quoted(camel(value))}\n" for value in values)
    made += comment("A name that a newer library knows and this package does not.", "    ")
    made += "    case unrecognized(String)\n\n    public init(_ name: String) {\n        switch name {\n"
    made += "".join(f'        case "{value}": self = .{camel(value)}\n' for value in values)
    made += "        default: self = .unrecognized(name)\n        }\n    }\n\n"
    made += "    public var name: String {\n        switch self {\n"
    made += "".join(f'        case .{camel(value)}: return "{value}"\n' for value in values)
    made += "        case .unrecognized(let name): return name\n        }\n    }\n}\n\n"
    made += f"extension {name}: Wire {{\n"
    made += "    package init(wire: JSONValue) throws {\n        self.init(try String(wire: wire))\n    }\n\n"
    made += "    package func toWire() throws -> JSONValue {\n        .string(name)\n    }\n}\n"
    return made


def outcome_type(manifest: Manifest, record: Dict[str, Any]) -> str:
    fields = {field["name"]: field for field in record["fields"]}
    if sorted(fields) != ["outcome", "rejection", "ticket", "value"]:
        raise SystemExit(f"{record['name']} is no outcome")
    value = manifest.swift_type(record["name"], fields["value"]).rstrip("?")
    return comment(record["summary"], "") + f"public typealias {record['name']} = Outcome<{value}>\n"


def record_type(manifest: Manifest, record: Dict[str, Any]) -> str:
    own = record["name"]
    name = type_name(own)
    seen = "package" if own in manifest.hidden else "public"
    kept = "var" if own in manifest.mutable else "let"
    fields = [(field, plain(field["name"]), manifest.swift_type(own, field)) for field in record["fields"]]
    made = comment(record["summary"], "") + f"{seen} struct {name}: NetmileRecord {{\n"
    for field, label, kind in fields:
        made += comment(field["summary"], "    ") + f"    {seen} {kept} {quoted(label)}: {kind}\n"
    parameters = []
    for field in manifest.ordered(record):
        default = manifest.default(own, field)
        given = f" = {default}" if default else ""
        parameters.append(f"{quoted(plain(field['name']))}: {manifest.swift_type(own, field)}{given}")
    made += ("\n" if fields else "") + signature(f"    {seen} init", parameters, " {\n")
    made += "".join(f"        self.{label} = {quoted(label)}\n" for _, label, _ in fields) + "    }\n\n"
    shown = [
        f'("{label}", {quoted(label)}{" as Any" if kind.endswith("?") else ""})' for field, label, kind in fields if field["shown"]
    ]
    made += f"    {seen} var shownFields: [(label: String, value: Any)] {{\n"
    line = f"        [{', '.join(shown)}]\n"
    if len(line) > WIDTH:
        line = "        [\n" + "".join(f"            {one},\n" for one in shown) + "        ]\n"
    made += line + "    }\n}\n\n"
    made += f"extension {name}: Wire {{\n    package init(wire: JSONValue) throws {{\n"
    made += f"        {'let reader' if fields else '_'} = try WireReader(wire)\n"
    for field, label, _ in fields:
        default = manifest.default(own, field)
        if field["nullable"]:
            read = f'readIfPresent("{field["name"]}")'
        elif default:
            read = f'read("{field["name"]}", or: {default})'
        else:
            read = f'read("{field["name"]}")'
        made += f"        self.{label} = try reader.{read}\n"
    made += "    }\n\n    package func toWire() throws -> JSONValue {\n"
    if fields:
        made += "        var writer = WireWriter()\n"
        made += "".join(f'        try writer.write("{field["name"]}", {quoted(label)})\n' for field, label, _ in fields)
        made += "        return writer.wire\n"
    else:
        made += "        .object([:])\n"
    return made + "    }\n}\n"


def signature(start: str, parameters: List[str], end: str) -> str:
    line = f"{start}({', '.join(parameters)}){end}"
    if len(line.split("\n")[0]) <= WIDTH:
        return line
    indent = re.match(" *", start).group(0)  # type: ignore[union-attr]
    inner = "".join(f"{indent}    {one},\n" for one in parameters).rstrip(",\n")
    return f"{start}(\n{inner}\n{indent}){end}"


class Method:
    """How an operation is called."""

    def __init__(self, manifest: Manifest, operation: Dict[str, Any]) -> None:
        self.operation = operation
        record = manifest.records[operation["request"]]
        self.record = type_name(record["name"])
        subject, verb = operation["name"].split(".")
        own = OF_CLIENT.get(operation["name"])
        self.name = own or camel(verb)
        self.room = None if own else ROOMS[subject]
        answer = operation["answer"]
        self.parameters: List[str] = []
        self.whole = len(record["fields"]) > 4
        self.labels: List[Tuple[str, str]] = []
        if self.whole:
            self.parameters.append(f"_ request: {self.record}")
            self.request = "request"
        else:
            fields = manifest.ordered(record)
            needed = [field for field in fields if not self.default(manifest, record, field)]
            fields = needed + [field for field in fields if field not in needed]
            for field in fields:
                label = plain(field["name"])
                kind = manifest.swift_type(record["name"], field)
                default = self.default(manifest, record, field)
                bare = (needed == [field]) or label == "request"
                given = f" = {default}" if default else ""
                self.parameters.append(f"{'_ ' if bare else ''}{quoted(label)}: {kind}{given}")
                self.labels.append(("" if bare else label, label))
            inner = ", ".join(f"{plain(field['name'])}: {self.given(field)}" for field in manifest.ordered(record))
            self.request = f"{self.record}({inner})"
        self.unwrapped = None
        self.answer = type_name(answer)
        self.returned = self.answer
        if answer in UNWRAPPED:
            field = manifest.records[answer]["fields"][0]
            self.unwrapped = plain(field["name"])
            self.returned = manifest.swift_type(answer, field)

    @staticmethod
    def given(field: Dict[str, Any]) -> str:
        """The parameter as the library gets it: of what a stranger sent no more than it reads."""
        name = quoted(plain(field["name"]))
        return f"received({name})" if (name, field["type"]) == ("body", "bytes") else name

    @staticmethod
    def default(manifest: Manifest, record: Dict[str, Any], field: Dict[str, Any]) -> str:
        if field["name"] == "limit":
            return "100"
        if field["name"] == "phases":
            return "[]"
        return manifest.default(record["name"], field)

    def swift(self, awaited: bool) -> str:
        made = comment(self.operation["summary"], "    ")
        if not awaited:
            made += "    @available(*, noasync)\n"
        effects = "async throws" if awaited else "throws"
        made += signature(f"    public func {quoted(self.name)}", self.parameters, f" {effects} -> {self.returned} {{\n")
        call = f'{"try await" if awaited else "try"} calls.invoke("{self.operation["name"]}", {self.request})'
        if self.unwrapped:
            made += f"        let answer: {self.answer} = {call}\n        return answer.{self.unwrapped}\n"
        elif len(call) + 8 <= WIDTH:
            made += f"        {call}\n"
        else:
            head = "try await" if awaited else "try"
            made += f"        {head} calls.invoke(\n            \"{self.operation['name']}\",\n            {self.request}\n        )\n"
        return made + "    }\n"

    def dispatched(self, awaited: bool) -> str:
        """The call of the conformance driver: from JSON to JSON by this method."""
        place = f"client.{self.room[1]}" if self.room else "client"
        empty = not self.whole and not self.labels
        if self.whole:
            given = "request"
        else:
            given = ", ".join(f"{label}: request.{name}" if label else f"request.{name}" for label, name in self.labels)
        call = f"{'try await' if awaited else 'try'} {place}.{quoted(self.name)}({given})"
        made = f'    case "{self.operation["name"]}":\n'
        made += f"        {'_' if empty else 'let request'} = try asked({self.record}.self, json)\n"
        if self.unwrapped:
            call = f"{self.answer}({self.unwrapped}: {call})"
        return made + f"        return try answered({call})\n"


def room_file(manifest: Manifest, subject: str) -> str:
    name, _, about = ROOMS[subject]
    methods = [
        Method(manifest, operation)
        for operation in manifest.operations
        if operation["name"].split(".")[0] == subject and operation["name"] not in OF_CLIENT
    ]
    made = ABOUT + "\nimport Foundation\n"
    for awaited in (True, False):
        made += "\n" + comment(about if awaited else f"{about} On the calling thread.", "")
        kind, calls = (name, "Calls") if awaited else (f"Blocking{name}", "BlockingCalls")
        made += f"public struct {kind}: Sendable {{\n    let calls: {calls}\n"
        made += "".join(f"\n{method.swift(awaited)}" for method in methods) + "}\n"
    return made


def client_file(manifest: Manifest) -> str:
    own = [Method(manifest, operation) for operation in manifest.operations if operation["name"] in OF_CLIENT]
    made = ABOUT
    for awaited in (True, False):
        client, prefix = ("Client", "") if awaited else ("BlockingClient", "Blocking")
        made += f"\nextension {client} {{\n"
        rooms = []
        for name, label, about in ROOMS.values():
            rooms.append(comment(about, "    ") + f"    public var {label}: {prefix}{name} {{\n        {prefix}{name}(calls: calls)\n    }}\n")
        made += "\n".join([*rooms, *(method.swift(awaited) for method in own)]) + "}\n"
    return made


def dispatch_file(manifest: Manifest) -> str:
    made = ABOUT + "\nimport Netmile\n"
    methods = [Method(manifest, operation) for operation in manifest.operations]
    for awaited in (True, False):
        client, effects = ("Client", "async throws") if awaited else ("BlockingClient", "throws")
        about = "Runs an operation by the facade's own method. `nil` for a name that it has no method for."
        made += "\n" + comment(about, "")
        made += f"func dispatched(_ operation: String, _ json: JSONValue, by client: {client}) {effects} -> JSONValue? {{\n"
        made += "    switch operation {\n" + "".join(method.dispatched(awaited) for method in methods)
        made += "    default:\n        return nil\n    }\n}\n"
    return made


def manifest_file(manifest: Manifest) -> str:
    cargo = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    version = re.search(r'^version = "(.+)"$', cargo, re.MULTILINE)
    if not version:
        raise SystemExit("Cargo.toml says no version")
    made = ABOUT + "\n" + comment("What this package was made for.", "") + "package enum Manifest {\n"
    made += comment("The version of operations and records.", "    ")
    made += f"    package static let abiVersion: UInt32 = {manifest.text['abi_version']}\n"
    made += comment("The version of the library.", "    ")
    made += f'    package static let libraryVersion = "{version[1]}"\n'
    made += comment("Every operation.", "    ") + "    package static let operations = [\n"
    made += "".join(f'        "{operation["name"]}",\n' for operation in manifest.operations) + "    ]\n}\n"
    return made


def held(manifest: Manifest) -> str:
    made = "\n" + comment("A value of the package for a record of the manifest. `nil` for what is none.", "")
    made += "func recordOf(_ name: String, _ json: JSONValue) throws -> (any NetmileRecord & Wire)? {\n    switch name {\n"
    for name in manifest.records:
        if not manifest.is_outcome(name):
            made += f'    case "{name}": return try {type_name(name)}(wire: json)\n'
    return made + "    default: return nil\n    }\n}\n"


def checksums_file() -> str:
    """UniFFI's own check, which ends the process, as one that can throw."""
    text = UNIFFI.read_text(encoding="utf-8")
    version = re.search(r"let bindings_contract_version = (\d+)", text)
    numbers = re.findall(r"(uniffi_\w+_checksum_\w+)\(\) != (\d+)", text)
    if not version or len(numbers) < 10:
        raise SystemExit("NetmileGenerated.swift has no checksums where they are looked for")
    made = ABOUT.replace("ffi/manifest.json", "what UniFFI generated") + "\nimport NetmileFFI\n\n"
    made += comment("Whether the library has the functions that the generated code calls.", "")
    made += "enum Checksums {\n" + comment("Whether library and generated code were made together.", "    ")
    made += "    static var match: Bool {\n"
    made += f"        guard ffi_netmile_uniffi_uniffi_contract_version() == {version[1]} else {{ return false }}\n"
    made += "".join(f"        guard {name}() == {number} else {{ return false }}\n" for name, number in numbers)
    return made + "        return true\n    }\n}\n"


def generated() -> Dict[Path, str]:
    manifest = Manifest()
    made = {
        PACKAGE / "Names.swift": ABOUT + "".join(f"\n{name_type(name)}" for name in NAMES),
        PACKAGE / "Manifest.swift": manifest_file(manifest),
        PACKAGE / "Rooms" / "Clients.swift": client_file(manifest),
        PACKAGE / "Checksums.swift": checksums_file(),
        DRIVER / "Dispatch.swift": dispatch_file(manifest),
        DRIVER / "Held.swift": ABOUT + "\nimport Netmile\n" + held(manifest),
    }
    for subject, (name, _, _) in ROOMS.items():
        made[PACKAGE / "Rooms" / f"{name}.swift"] = room_file(manifest, subject)
    for home in sorted(set(manifest.homes.values())):
        text = ABOUT + "\nimport Foundation\n"
        for record in manifest.records.values():
            if manifest.homes.get(record["name"]) == home:
                make = outcome_type if manifest.is_outcome(record["name"]) else record_type
                text += f"\n{make(manifest, record)}"
        made[PACKAGE / "Records" / f"{camel(home)[:1].upper()}{camel(home)[1:]}Records.swift"] = text
    return made


def main() -> int:
    check = sys.argv[1:] == ["--check"]
    files = generated()
    there = {path for place in (PACKAGE, DRIVER) for path in place.rglob("*.swift")}
    for path, content in files.items():
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        elif path not in there or path.read_text(encoding="utf-8") != content:
            print(f"{path.name} is not what the manifest gives: run bindings/swift/generate.py and commit it", file=sys.stderr)
            return 1
    for path in sorted(there - set(files)):
        if check:
            print(f"{path.name} is not from the manifest: run bindings/swift/generate.py", file=sys.stderr)
            return 1
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
