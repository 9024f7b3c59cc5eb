"""Writes the records and rooms of the Kotlin package from the manifest; ``--check`` fails if what is there differs."""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
MANIFEST = HERE.parents[1] / "ffi" / "manifest.json"
MAIN = HERE / "netmile" / "src" / "main" / "kotlin" / "netmile"
TEST = HERE / "netmile" / "src" / "test" / "kotlin" / "netmile"
WIDTH = 120
ABOUT = "// Made by generate.py from ffi/manifest.json; do not edit."

# Subject of the operations → room, property of the client, what it is.
ROOMS = {
    "checkout": ("Checkouts", "checkout", "Starts purchases and hands out their forms."),
    "notice": ("Notices", "notices", "Takes the gateway's server-to-server notices: the only proof of payment."),
    "return": ("Returns", "returns", "Reads what the browser brings back. Evidence for display, never proof of payment."),
    "events": ("Events", "events", "What the shop has to act on, until it acknowledges."),
    "purchase": ("Purchases", "purchases", "Looks purchases up and resolves those that wait."),
    "refund": ("Refunds", "refunds", "Asks for refunds and records that they were executed."),
    "subscription": ("Subscriptions", "subscriptions", "Recurring contracts, by link and server to server."),
    "registration": ("Registrations", "registrations", "Customer payment data at the gateway."),
    "link": ("Link", "link", "Single messages, without a journal: for tests, and for shops with records of their own."),
    "payment": ("Payments", "payments", "Charges server to server."),
    "settlement": ("Settlement", "settlement", "Statements against the journal."),
    "member": ("Members", "members", "NetMile members."),
    "miles": ("Miles", "miles", "Miles: issues, cancels, files, campaigns, tags."),
    "exchange": ("Exchanges", "exchanges", "Point exchange."),
    "catalogue": ("Catalogue", "catalogue", "Methods and codes as data."),
}
# Methods of the client itself, which are written by hand.
OF_CLIENT = {
    "hash.explain": "explainHash",
    "catalogue.errors": "errorCatalogue",
    "catalogue.code": "code",
    "catalogue.codes": "codeCatalogue",
    "client.resolve": "resolve",
    "client.recover": "recover",
}
# Answers that hold one thing: the thing, and how the library names it.
UNWRAPPED = {
    "Deliveries": "deliveries",
    "Acknowledged": "acknowledged",
    "Purchases": "purchases",
    "EvidenceList": "evidence",
    "ErrorCatalogue": "errors",
    "CodeCatalogue": "codes",
}
CLASSES = {"Delivery": "Event", "Pair": "FormField", "Exchanges": "ExchangeList"}
# Names of which a newer library may know more.
NAMES = {
    ("PurchaseRequest", "terminal"): "Terminal",
    ("RecurringRequest", "terminal"): "Terminal",
    ("RegistrationRequest", "terminal"): "Terminal",
    ("PurchaseRequest", "billing"): "Billing",
    ("Purchase", "billing"): "Billing",
    ("Purchase", "phase"): "Phase",
    ("Delivery", "phase"): "Phase",
    ("PurchaseQuery", "phases"): "Phase",
    ("Delivery", "kind"): "EventKind",
    ("BrowserReturn", "by"): "ReturnedBy",
    ("ReceivedReturn", "by"): "ReturnedBy",
    ("ReceivedMessage", "kind"): "MessageKind",
}
DEFAULTS = {
    ("PurchaseRequest", "billing"): "Billing.ONE_TIME",
    ("PurchaseQuery", "phases"): "emptyList()",
}
# Called by two methods that cannot be misread, instead of one with a flag.
SPLIT = "purchase.review"
# Written by hand: an open set of outcomes is a sealed class, and a pair has no fields worth a file.
BY_HAND = {"Pair", "Done"}
# What strangers send: see `received`.
RECEIVED = {"Received", "RefusedNotice", "ReceivedReturn", "ReceivedMessage", "XmlNotice", "RegistrationCheck"}
HARD_KEYWORDS = {"class", "object", "in", "is", "as", "fun", "val", "var", "when", "interface", "package", "return"}
GROUPS = (
    ("Link", ("checkout", "notice", "return", "purchase", "refund", "registration", "link")),
    ("Event", ("events", "hash", "catalogue")),
    ("Payment", ("payment", "subscription")),
    ("Settlement", ("settlement",)),
    ("Miles", ("member", "miles")),
    ("Exchange", ("exchange",)),
    ("Upkeep", ("client",)),
)


def camel(name: str) -> str:
    first, *rest = name.split("_")
    made = first + "".join(part.capitalize() for part in rest)
    return made + "_" if made in HARD_KEYWORDS else made


def property_name(field: dict) -> str:
    name = field["name"]
    return camel(name[: -len("_ms")] if is_instant(field) else name)


def is_instant(field: dict) -> bool:
    return field["name"].endswith("_ms") and field["type"] == "integer"


def is_outcome(record: dict) -> bool:
    return [field["name"] for field in record["fields"]] == ["outcome", "value", "rejection", "ticket"]


def version() -> str:
    """The one of the workspace, which all artifacts share."""
    for line in (HERE.parents[1] / "Cargo.toml").read_text(encoding="utf-8").splitlines():
        if line.startswith("version = "):
            return line.split('"')[1]
    raise SystemExit("the version is not where it was")


# Conveniences of single records.
MORE = {
    "Checkout": """
    /** The page to send to the browser. */
    val page: Page get() = form.page
""",
}


class Generator:
    def __init__(self) -> None:
        self.manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
        self.records = {record["name"]: record for record in self.manifest["records"]}
        self.operations = self.manifest["operations"]

    # Types

    def kind(self, kind: object, name: str = "") -> str:
        if isinstance(kind, str):
            if name:
                return name
            return {"string": "String", "boolean": "Boolean", "integer": "Long", "bytes": "ByteArray", "json": "Any"}[kind]
        assert isinstance(kind, dict)
        if "list" in kind:
            return f"List<{self.kind(kind['list'], name)}>"
        if "map" in kind:
            return "Map<String, String>"
        record = self.records[kind["record"]]
        if is_outcome(record):
            return f"Outcome<{self.value_type(record)}>"
        return CLASSES.get(kind["record"], kind["record"])

    def value_type(self, outcome: dict) -> str:
        kind = outcome["fields"][1]["type"]
        return "Unit" if kind == {"record": "Done"} else self.kind(kind)

    def type_of(self, record: str, field: dict) -> str:
        name = NAMES.get((record, field["name"]), "")
        if is_instant(field):
            made = "Instant"
        elif field["name"] == "free_csv":
            made = "Map<String, String>"
        elif field["name"] == "status" and field["type"] == "integer":
            made = "Int"
        else:
            made = self.kind(field["type"], name)
        nullable = field["nullable"] and (record, field["name"]) not in DEFAULTS
        return made + ("?" if nullable else "")

    def default(self, record: str, field: dict) -> str:
        given = DEFAULTS.get((record, field["name"]))
        if given:
            return given
        if field["name"] == "limit":
            return "100"
        if field["required"]:
            return ""
        if field["nullable"]:
            return "null"
        kind = field["type"]
        if field["name"] == "free_csv":
            return "emptyMap()"
        if isinstance(kind, dict) and "list" in kind:
            return "emptyList()"
        return {"string": '""', "boolean": "false", "bytes": "ByteArray(0)", "integer": "0"}[kind]

    # Which records there are

    def held(self, kind: object):
        if isinstance(kind, dict):
            if "record" in kind:
                yield kind["record"]
            elif "list" in kind:
                yield from self.held(kind["list"])

    def spread(self, operation: dict) -> bool:
        """Whether the method takes the fields of the request one by one."""
        record = self.records[operation["request"]]
        return len(record["fields"]) <= 4

    def grouped(self) -> "dict[str, list[str]]":
        """The records that are classes, by file."""
        group_of = {subject: name for name, subjects in GROUPS for subject in subjects}
        seen: "set[str]" = set(BY_HAND)
        groups: "dict[str, list[str]]" = {name: [] for name, _ in GROUPS}

        def need(name: str, group: str) -> None:
            if name in seen:
                return
            seen.add(name)
            for field in self.records[name]["fields"]:
                for inner in self.held(field["type"]):
                    need(inner, group)
            if not is_outcome(self.records[name]):
                groups[group].append(name)

        for operation in self.operations:
            group = group_of[operation["name"].split(".")[0]]
            for name, itself in ((operation["answer"], True), (operation["request"], not self.spread(operation))):
                if itself and name not in UNWRAPPED:
                    need(name, group)
                for field in self.records[name]["fields"]:
                    for inner in self.held(field["type"]):
                        need(inner, group)
        return groups

    # Text

    def doc(self, summary: str, indent: str = "") -> str:
        text = summary.replace("*/", "* /")
        line = f"{indent}/** {text} */"
        if len(line) <= WIDTH:
            return line
        lines, now = [f"{indent}/**"], f"{indent} *"
        for word in text.split():
            if len(now) + len(word) + 1 > WIDTH:
                lines.append(now)
                now = f"{indent} *"
            now += " " + word
        return "\n".join([*lines, now, f"{indent} */"])

    def sorted_fields(self, record: dict) -> list:
        """Those that must be given first; the limit last."""
        name = record["name"]
        return sorted(
            record["fields"], key=lambda field: (bool(self.default(name, field)), field["name"] == "limit")
        )

    def record(self, name: str) -> str:
        record = self.records[name]
        own = CLASSES.get(name, name)
        fields = self.sorted_fields(record)
        if not fields:
            raise SystemExit(f"{name} has no fields: it needs a class by hand")
        lines = [self.doc(record["summary"])]
        some = any(self.default(name, field) for field in fields)
        lines.append(f"public data class {own}" + (" @JvmOverloads constructor(" if some else "("))
        for field in fields:
            lines.append(self.doc(field["summary"], "    "))
            default = self.default(name, field)
            end = f" = {default}," if default else ","
            lines.append(f"    val {property_name(field)}: {self.type_of(name, field)}{end}")
        lines.append(") {")
        shown = [property_name(field) for field in fields if field["shown"]]
        parts = ", ".join(f"{one}=${one}" for one in shown)
        body = f'"{own}({parts})"'
        if len(body) > WIDTH - 40:
            pieces, now = [], f'"{own}('
            for number, one in enumerate(shown):
                piece = f"{one}=${one}" + (", " if number < len(shown) - 1 else "")
                if len(now) + len(piece) > WIDTH - 16:
                    pieces.append(now + '"')
                    now = '"'
                now += piece
            body = " +\n            ".join([*pieces, now + ')"'])
            lines += ["    override fun toString(): String =", f"        {body}"]
        else:
            lines.append(f"    override fun toString(): String = {body}")
        lines += self.equality(own, name, fields)
        lines += MORE[name].rstrip("\n").split("\n") if name in MORE else []
        lines.append("}")
        return "\n".join(lines)

    def equality(self, own: str, name: str, fields: list) -> list:
        """Kotlin compares arrays by identity; bytes are compared here by what they are."""
        if not any(field["type"] == "bytes" for field in fields):
            return []
        equal, code = [], []
        for field in fields:
            one = property_name(field)
            if field["type"] == "bytes":
                equal.append(f"{one}.contentEquals(other.{one})")
                code.append(f"{one}.contentHashCode()")
            else:
                equal.append(f"{one} == other.{one}")
                code.append(one)
        joined = " &&\n            ".join([f"other is {own}", *equal])
        return [
            "",
            "    override fun equals(other: Any?): Boolean =",
            f"        {joined}",
            "",
            f"    override fun hashCode(): Int = listOf({', '.join(code)}).hashCode()",
        ]

    # Between records and JSON

    def reading(self, record: str, field: dict) -> str:
        name, kind = field["name"], field["type"]
        enum = NAMES.get((record, name))
        default = self.default(record, field)
        optional = "OrNull" if field["nullable"] else ""
        if is_instant(field):
            made = f'from.instant{optional}("{name}")'
        elif name == "free_csv":
            return f'from.pairs("{name}")'
        elif name == "status" and kind == "integer":
            return f'from.int("{name}")'
        elif enum and isinstance(kind, dict):
            return f'from.strings("{name}").map({enum}::of)'
        elif enum:
            made = f'from.string{optional}("{name}")'
            made = f"{made}?.let({enum}::of)" if field["nullable"] else f"{enum}.of({made})"
            if field["nullable"] and default != "null":
                made += f" ?: {default}"
            return made
        elif isinstance(kind, str):
            word = {"string": "string", "boolean": "boolean", "integer": "long", "bytes": "bytes", "json": "any"}[kind]
            if kind == "json":
                return f'from.any("{name}")'
            made = f'from.{word}{optional}("{name}")'
            if not field["nullable"] and default:
                made = f'from.{word}OrNull("{name}") ?: {default}'
            return made
        elif "map" in kind:
            return f'from.map{optional}("{name}")'
        elif "list" in kind:
            inner = kind["list"]
            word = {"string": "strings", "integer": "longs"}.get(inner) if isinstance(inner, str) else None
            if word:
                return f'from.{word}{optional}("{name}")'
            return f'from.list{optional}("{name}", {self.reader(inner["record"])})'
        else:
            return f'from.record{optional}("{name}", {self.reader(kind["record"])})'
        return made

    def reader(self, name: str) -> str:
        record = self.records[name]
        if is_outcome(record):
            return f"{{ readOutcome(it, {self.value_reader(record)}) }}"
        return f"::read{CLASSES.get(name, name)}"

    def value_reader(self, outcome: dict) -> str:
        kind = outcome["fields"][1]["type"]
        if kind == {"record": "Done"}:
            return "{ }"
        if "map" in kind:
            return "{ it.texts() }"
        return self.reader(kind["record"])

    def writing(self, record: str, field: dict, value: str) -> str:
        kind = field["type"]
        nullable = self.type_of(record, field).endswith("?")
        dot = "?." if nullable else "."
        if is_instant(field):
            return f"{value}{dot}toEpochMilli()"
        if record in RECEIVED and field["name"] == "body":
            return f"received({value})"
        if field["name"] == "free_csv":
            return f"writePairs({value})"
        if isinstance(kind, dict) and "list" in kind:
            inner = kind["list"]
            if isinstance(inner, dict):
                return f"{value}{dot}map(::{self.writer(inner['record'])})"
            return value
        if isinstance(kind, dict) and "record" in kind:
            call = self.writer(kind["record"])
            return f"{value}?.let(::{call})" if nullable else f"{call}({value})"
        return value

    def writer(self, name: str) -> str:
        record = self.records[name]
        if is_outcome(record):
            return f"write{name}"
        return f"write{CLASSES.get(name, name)}"

    def codec(self, name: str) -> str:
        record = self.records[name]
        own = CLASSES.get(name, name)
        fields = self.sorted_fields(record)
        lines = [f"internal fun read{own}(from: Fields): {own} = {own}("]
        lines += [f"    {property_name(field)} = {self.reading(name, field)}," for field in fields]
        lines += [")", "", f"internal fun write{own}(of: {own}): Json = jsonOf("]
        for field in fields:
            lines.append(f'    "{field["name"]}" to {self.writing(name, field, "of." + property_name(field))},')
        lines.append(")")
        return "\n".join(lines)

    def outcome_codec(self, name: str) -> str:
        record = self.records[name]
        value = self.value_type(record)
        kind = record["fields"][1]["type"]
        how = "{ emptyMap<String, Any?>() }" if value == "Unit" else "{ it }" if "map" in kind else f"::{self.writer(kind['record'])}"
        return f"internal fun write{name}(of: Outcome<{value}>): Json = writeOutcome(of, {how})"

    # Rooms

    def parameters(self, operation: dict) -> "tuple[list[str], str, list]":
        """What a method takes, how its request is made of it, and the names of what it takes."""
        record = self.records[operation["request"]]
        fields = self.sorted_fields(record)
        if not self.spread(operation):
            own = CLASSES.get(record["name"], record["name"])
            return [f"request: {own}"], f"write{own}(request)", ["request"]
        if not fields:
            return [], "emptyMap()", []
        taken, made, names = [], [], []
        for field in fields:
            one = "eventId" if (operation["name"], field["name"]) == ("events.ack", "id") else property_name(field)
            default = self.default(record["name"], field)
            kind = self.type_of(record["name"], field)
            taken.append(f"{one}: {kind}" + (f" = {default}" if default else ""))
            made.append(f'"{field["name"]}" to {self.writing(record["name"], field, one)}')
            names.append(one)
        return taken, f"jsonOf({', '.join(made)})", names

    def answer(self, operation: dict) -> "tuple[str, str]":
        """What a method gives, and how it is read."""
        name = operation["answer"]
        record = self.records[name]
        if name in UNWRAPPED:
            (field,) = record["fields"]
            return self.type_of(name, field), "{ from -> " + self.reading(name, field) + " }"
        if is_outcome(record):
            return f"Outcome<{self.value_type(record)}>", self.reader(name)
        return CLASSES.get(name, name), self.reader(name)

    def method(self, operation: dict, blocking: bool) -> str:
        verb = camel(operation["name"].split(".")[1])
        taken, made, _ = self.parameters(operation)
        gives, read = self.answer(operation)
        lines = [self.doc(operation["summary"], "    ")]
        if blocking and any(" = " in one for one in taken):
            lines.append("    @JvmOverloads")
        start = f"    public {'' if blocking else 'suspend '}fun {verb}("
        head = f"{start}{', '.join(taken)}): {gives} ="
        if len(head) > WIDTH:
            head = start + "\n" + "".join(f"        {one},\n" for one in taken) + f"    ): {gives} ="
        lines.append(head)
        call = f'        port.call("{operation["name"]}", {made}, {read})'
        if len(call) > WIDTH:
            call = (
                f'        port.call(\n            "{operation["name"]}",\n'
                f"            {self.broken(made)},\n            {read},\n        )"
            )
        lines.append(call)
        return "\n".join(lines)

    def broken(self, made: str) -> str:
        if len(made) <= WIDTH - 14 or not made.startswith("jsonOf("):
            return made
        inside = made[len("jsonOf(") : -1].split(', "')
        parts = [inside[0], *('"' + one for one in inside[1:])]
        return "jsonOf(\n" + "".join(f"                {one},\n" for one in parts) + "            )"

    def split_methods(self, blocking: bool) -> str:
        word = "" if blocking else "suspend "
        return f"""    /** Records that the management page shows a payment. */
    public {word}fun reviewPaid(purchaseId: String, orderId: String, trackingId: String): Purchase =
        port.call(
            "purchase.review",
            jsonOf("purchase_id" to purchaseId, "paid" to true, "order_id" to orderId, "tracking_id" to trackingId),
            ::readPurchase,
        )

    /** Records that the management page shows no payment. */
    public {word}fun reviewNotPaid(purchaseId: String): Purchase =
        port.call("purchase.review", jsonOf("purchase_id" to purchaseId, "paid" to false), ::readPurchase)"""

    def room(self, subject: str, blocking: bool) -> str:
        name, _, about = ROOMS[subject]
        own = [
            operation
            for operation in self.operations
            if operation["name"].split(".")[0] == subject and operation["name"] not in OF_CLIENT
        ]
        methods = [
            self.split_methods(blocking) if operation["name"] == SPLIT else self.method(operation, blocking)
            for operation in own
        ]
        port = "BlockingPort" if blocking else "AwaitedPort"
        head = f"public class {'Blocking' if blocking else ''}{name} internal constructor(private val port: {port}) {{"
        return f"/** {about} */\n{head}\n" + "\n\n".join(methods) + "\n}"

    # The conformance driver's table

    def driver_call(self, operation: dict) -> str:
        name = operation["name"]
        record = self.records[operation["request"]]
        if name in OF_CLIENT:
            target = f"client.{OF_CLIENT[name]}"
        else:
            subject, verb = name.split(".")
            target = f"client.{ROOMS[subject][1]}.{camel(verb)}"
        if not self.spread(operation):
            given = f"read{CLASSES.get(record['name'], record['name'])}(from)"
        else:
            given = ", ".join(self.reading(record["name"], field) for field in self.sorted_fields(record))
        answer = self.records[operation["answer"]]
        if answer["name"] in UNWRAPPED:
            (field,) = answer["fields"]
            value = self.writing(answer["name"], field, f"kept({target}({given}))")
            return f'        "{name}" -> jsonOf("{field["name"]}" to {value})'
        return f'        "{name}" -> {self.writer(answer["name"])}(kept({target}({given})))'

    def driver(self) -> str:
        text = [ABOUT, "", "package netmile.conformance", "", "import netmile.*", "import netmile.internal.*", ""]
        text += ["/** The method of every operation, called with what is in JSON, its answer as JSON. */"]
        text += ["internal object Calls {", "    /** What the newest call gave. */", "    var last: Any? = null", ""]
        text += ["    private fun <T> kept(value: T): T = value.also { last = it }", ""]
        text += ["    val fields: Map<String, Set<String>> = mapOf("]
        for operation in self.operations:
            names = ", ".join(f'"{field["name"]}"' for field in self.records[operation["request"]]["fields"])
            text.append(f'        "{operation["name"]}" to setOf({names}),')
        text += ["    )", ""]
        for blocking in (True, False):
            word, client = ("", "BlockingClient") if blocking else ("suspend ", "Client")
            called = "blocking" if blocking else "awaited"
            text += [f"    {word}fun {called}(client: {client}, operation: String, from: Fields): Json = when (operation) {{"]
            for operation in self.operations:
                text.append(
                    '        "purchase.review" -> writePurchase(\n'
                    "            kept(\n"
                    '                if (from.boolean("paid")) client.purchases.reviewPaid(\n'
                    '                    from.string("purchase_id"), from.string("order_id"), from.string("tracking_id"),\n'
                    '                ) else client.purchases.reviewNotPaid(from.string("purchase_id")),\n'
                    "            ),\n"
                    "        )"
                    if operation["name"] == SPLIT
                    else self.driver_call(operation)
                )
            text += ['        else -> throw NoSuchElementException(operation)', "    }", ""]
        text += ["    /** The value of a record of the manifest, and the same as JSON; null where methods take its fields one by one. */"]
        text += ["    fun held(record: String, from: Fields): Pair<Any, Json>? = when (record) {"]
        for name in sorted(one for names in self.grouped().values() for one in names):
            own = CLASSES.get(name, name)
            text.append(f'        "{name}" -> read{own}(from).let {{ it to write{own}(it) }}')
        text += ["        else -> null", "    }", "}"]
        return "\n".join(text) + "\n"

    def generated(self) -> "dict[Path, str]":
        files: "dict[Path, str]" = {}
        for group, names in self.grouped().items():
            if not names:
                continue
            body = "\n\n".join(self.record(name) for name in names)
            imports = "import java.time.Instant\n\n" if "Instant" in body else ""
            files[MAIN / f"{group}Records.kt"] = f"{ABOUT}\n\npackage netmile\n\n{imports}{body}\n"
            codecs = "\n\n".join(self.codec(name) for name in names)
            files[MAIN / "internal" / f"{group}Codec.kt"] = (
                f"{ABOUT}\n\npackage netmile.internal\n\nimport netmile.*\n\n{codecs}\n"
            )
        outcomes = [self.outcome_codec(name) for name, record in self.records.items() if is_outcome(record)]
        files[MAIN / "internal" / "OutcomeCodec.kt"] = (
            f"{ABOUT}\n\npackage netmile.internal\n\nimport netmile.*\n\n" + "\n\n".join(outcomes) + "\n"
        )
        for blocking, name in ((False, "Rooms.kt"), (True, "BlockingRooms.kt")):
            rooms = "\n\n".join(self.room(subject, blocking) for subject in ROOMS)
            imports = "import java.time.Instant\n" if "Instant" in rooms else ""
            files[MAIN / name] = f"{ABOUT}\n\npackage netmile\n\n{imports}import netmile.internal.*\n\n{rooms}\n"
        files[MAIN / "internal" / "Versions.kt"] = (
            f"{ABOUT}\n\npackage netmile.internal\n\n"
            f"/** The interface of the library that this package was written for. */\n"
            f"internal const val ABI_VERSION: Int = {self.manifest['abi_version']}\n\n"
            f"/** The version of the library that belongs to this package. */\n"
            f'internal const val VERSION: String = "{version()}"\n'
        )
        files[TEST / "conformance" / "Calls.kt"] = self.driver()
        return files


def main() -> int:
    check = sys.argv[1:] == ["--check"]
    for path, content in Generator().generated().items():
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != content:
            print(f"{path.name} is not what the manifest gives: run generate.py and commit it", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
