"""The driver of Python: every operation by the package's own method; ``--awaited`` takes those of AsyncClient."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import enum
import inspect
import json
import keyword
import os
import pprint
import queue
import subprocess
import sys
import threading
import traceback
import types
import typing
import urllib.error
import urllib.request
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Dict, List, Optional

import netmile

MANIFEST = json.loads((Path(__file__).resolve().parents[3] / "ffi" / "manifest.json").read_text(encoding="utf-8"))
OPERATIONS = {operation["name"]: operation for operation in MANIFEST["operations"]}
RECORDS = {record["name"]: record["fields"] for record in MANIFEST["records"]}

ROOMS = {
    "notice": "notices",
    "return": "returns",
    "purchase": "purchases",
    "refund": "refunds",
    "subscription": "subscriptions",
    "registration": "registrations",
    "payment": "payments",
    "member": "members",
    "exchange": "exchanges",
}
# Those that have a name of their own.
OF_THE_CLIENT = {
    "client.resolve": "resolve",
    "client.recover": "recover",
    "hash.explain": "explain_hash",
    "catalogue.errors": "error_catalogue",
    "catalogue.code": "code",
    "catalogue.codes": "code_catalogue",
}
ARGUMENTS = {"events.ack": {"id": "event_id"}}
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MILLISECOND = timedelta(milliseconds=1)
CALL_SECONDS = 30


def called(name: str) -> str:
    """What a field of the manifest is called in Python."""
    name = name[:-3] if name.endswith("_ms") else name
    return f"{name}_" if keyword.iskeyword(name) else name


def loaded(field: Dict[str, Any], value: Any) -> Any:
    if value is not None and field["name"].endswith("_ms"):
        return EPOCH + value * MILLISECOND
    return typed(field["type"], value)


def typed(kind: Any, value: Any) -> Any:
    """A value of the package for one of the manifest."""
    if value is None:
        return None
    if kind == "bytes":
        return base64.b64decode(value)
    if isinstance(kind, dict) and "list" in kind:
        return tuple(typed(kind["list"], one) for one in value)
    if isinstance(kind, dict) and "record" in kind:
        name = kind["record"]
        if name == "Pair":
            return value["name"], value["value"]
        cls = getattr(netmile.records, name, None) or getattr(netmile.models, name)
        return cls(**members(name, value))
    return value


def members(record: str, value: Dict[str, Any]) -> Dict[str, Any]:
    fields = {field["name"]: field for field in RECORDS[record]}
    made = {called(name): loaded(fields[name], one) for name, one in value.items()}
    if "free_csv" in made:
        made["free_csv"] = dict(made["free_csv"])
    return made


def dumped(kind: Any, value: Any) -> Any:
    """The value of the manifest for one of the package."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return (value - EPOCH) // MILLISECOND
    if kind == "bytes":
        return base64.b64encode(value).decode("ascii")
    if kind == "string":
        return str(value)
    if isinstance(kind, dict) and "list" in kind:
        return [dumped(kind["list"], one) for one in value]
    if isinstance(kind, dict) and "map" in kind:
        return dict(value)
    if isinstance(kind, dict):
        name = kind["record"]
        if name == "Pair":
            return {"name": value[0], "value": value[1]}
        fields = RECORDS[name]
        if isinstance(value, (list, bool)):
            # A method whose answer has one field gives that.
            value = {called(fields[0]["name"]): value}
            return {fields[0]["name"]: dumped(fields[0]["type"], value[called(fields[0]["name"])])}
        return {field["name"]: dumped(field["type"], getattr(value, called(field["name"]))) for field in fields}
    return value


class Scripted(netmile.Transport):
    """Hands each request to the case, and gives what the case says became of it."""

    def __init__(self) -> None:
        self.asked: "queue.Queue[Any]" = queue.Queue()
        self.became: "queue.Queue[Any]" = queue.Queue()

    def send(self, request: netmile.HttpRequest) -> netmile.HttpResponse:
        headers = [{"name": name, "value": value} for name, value in request.headers]
        body = base64.b64encode(request.body).decode("ascii")
        asked = {"method": request.method, "url": request.url, "headers": headers, "body": body}
        self.asked.put({"step": "send", "request": asked})
        became = self.became.get()
        if became["result"] == "not_sent":
            raise netmile.NotSentError
        if became["result"] != "answered":
            raise TimeoutError
        body = base64.b64decode(became["body"])
        return netmile.HttpResponse(became["status"], became.get("content_type"), body)


def sent(request: netmile.HttpRequest) -> netmile.HttpResponse:
    asked = urllib.request.Request(request.url, data=request.body or None, method=request.method)
    for name, value in request.headers:
        asked.add_header(name, value)
    try:
        with urllib.request.urlopen(asked, timeout=CALL_SECONDS) as answer:
            return netmile.HttpResponse(answer.status, answer.headers.get("content-type"), answer.read())
    except urllib.error.HTTPError as answer:
        return netmile.HttpResponse(answer.code, answer.headers.get("content-type"), answer.read())


# What a transport was given, to be printed as well.
SEEN: "list[netmile.HttpRequest]" = []


class Silence:
    """Of a transport that never answers its first request, wherever that arrives; what follows is answered."""

    def __init__(self) -> None:
        self._is_first = True
        self._arrived = threading.Event()

    def forwarded(self, request: netmile.HttpRequest) -> "Optional[netmile.HttpResponse]":
        """The answer, or nothing for the first request."""
        if not self._is_first:
            self._arrived.wait(CALL_SECONDS)
            return sent(request)
        self._is_first = False
        with contextlib.suppress(OSError):
            sent(request)
        self._arrived.set()
        return None


def become(how: str, request: netmile.HttpRequest) -> Any:
    SEEN.append(request)
    if how == "forward":
        return sent(request)
    if how == "not_sent":
        raise netmile.NotSentError
    if how == "rubbish":
        return "this is no answer"
    raise TimeoutError(f"{how}: {request.url}")


class Blocking(netmile.Transport):
    def __init__(self, how: str) -> None:
        self._how = how
        self._silence = Silence()

    def send(self, request: netmile.HttpRequest) -> Any:
        if self._how != "never":
            return become(self._how, request)
        answer = self._silence.forwarded(request)
        if answer is None:
            threading.Event().wait()
        return answer


class Awaited(netmile.AsyncTransport):
    def __init__(self, how: str) -> None:
        self._how = how
        self._silence = Silence()

    async def send(self, request: netmile.HttpRequest) -> Any:
        loop = asyncio.get_running_loop()
        if self._how == "forward":
            return await loop.run_in_executor(None, sent, request)
        if self._how != "never":
            return become(self._how, request)
        answer = await loop.run_in_executor(None, self._silence.forwarded, request)
        if answer is None:
            await loop.create_future()
        return answer


class Driver:
    def __init__(self, awaited: bool) -> None:
        self.awaited = awaited
        self.redacted = True
        self.reset()

    def reset(self) -> None:
        SEEN.clear()
        self.client: Any = None
        self.twin: Any = None
        self.transport: Optional[str] = None
        self.script: Optional[Scripted] = None
        self.last: Any = None
        self.kind: Any = None
        self.held: "list[tuple[Any, Any]]" = []
        self.given = ""
        self.errors: List[BaseException] = []

    def new(self, config: Dict[str, Any]) -> None:
        self.given = json.dumps(config, ensure_ascii=False)
        blocking = Blocking(self.transport) if self.transport else None
        self.take(self.unsealed(netmile.Client.from_config)(config, transport=blocking))

    def take(self, client: Any) -> None:
        """The client, and an AsyncClient with the same journal."""
        self.client = client
        self.twin = netmile.AsyncClient.__new__(netmile.AsyncClient)
        self.twin._transport = Awaited(self.transport) if self.transport else None
        self.twin._open(client.native)

    def invoke(self, client: Any, operation: str, request: Dict[str, Any]) -> Any:
        method, given = self.bound(client, operation, request)
        answer = self.unsealed(method)(**given)
        if inspect.isawaitable(answer):
            answer = asyncio.run(settled(answer))
        self.last, self.kind = answer, {"record": OPERATIONS[operation]["answer"]}
        return dumped(self.kind, answer)

    def unsealed(self, method: Any) -> Any:
        """The method; without redaction as it was before the package kept its arguments out of tracebacks."""
        return method if self.redacted else inspect.unwrap(method.__func__).__get__(method.__self__)

    def hold(self, record: str, value: Dict[str, Any]) -> None:
        """A value of the package: a request, or a part of the configuration."""
        if record == "Contract":
            value = {**value, "encryption": tuple(value["encryption"].values()), "basic": tuple(value["basic"].values())}
            self.held.append((None, netmile.Contract(**value)))
        elif record == "Site":
            self.held.append((None, netmile.Site(**value)))
        else:
            taken = getattr(netmile.records, record, None) or getattr(netmile.models, record, None)
            kind = {"record": record}
            # Where methods take the fields one by one, there is nothing of the package that could be printed.
            self.held.append((kind, typed(kind, value) if taken else value))

    def exposed(self) -> "list[str]":
        """What the named accessors give, after the configuration and what else is the program's own."""
        made = [self.given]
        made += [json.dumps(dumped(self.kind, self.last), ensure_ascii=False)] if self.last is not None else []
        for kind, value in self.held:
            if isinstance(value, dict):
                made[0] += json.dumps(value, ensure_ascii=False)
                continue
            value = value.to_config() if kind is None else dumped(kind, value)
            made.append(json.dumps(value, ensure_ascii=False))
        for request in SEEN:
            made.append(json.dumps([list(request.headers), base64.b64encode(request.body).decode("ascii")]))
        return made

    def bound(self, client: Any, operation: str, request: Dict[str, Any]) -> "tuple[Any, Dict[str, Any]]":
        """The facade's own method, and its arguments."""
        subject, verb = operation.split(".")
        record = OPERATIONS[operation]["request"]
        if operation == "purchase.review":
            verb = "review_paid" if request.pop("paid") else "review_not_paid"
        if operation == "registration.check":
            # It takes the form that was handed out.
            given = members(record, request)
            first, *others = given.pop("request_dates")
            form = netmile.SignedForm("", given.pop("asked"), first, b"", b"", netmile.Page(200, "", (), b""))
            return client.registrations.check, {"form": form, "request_dates": others, **given}
        if operation in OF_THE_CLIENT:
            method = getattr(client, OF_THE_CLIENT[operation])
        else:
            method = getattr(getattr(client, ROOMS.get(subject, subject)), verb)
        if list(inspect.signature(method).parameters) == ["request"]:
            return method, {"request": typed({"record": record}, request)}
        names = ARGUMENTS.get(operation, {})
        return method, {names.get(name, name): value for name, value in members(record, request).items()}

    def start(self, operation: str, request: Dict[str, Any]) -> None:
        script = self.script = Scripted()
        stepped = netmile.Client.__new__(netmile.Client)
        stepped._transport = script
        stepped._open(self.client.native)

        def run() -> None:
            try:
                script.asked.put({"step": "done", "answer": self.invoke(stepped, operation, request)})
            except Exception as error:
                script.asked.put(error)

        threading.Thread(target=run, daemon=True).start()

    def step(self, given: str) -> Any:
        assert self.script
        if given:
            self.script.became.put(json.loads(given))
        became = self.script.asked.get()
        if isinstance(became, Exception):
            raise became
        return became


async def settled(answer: Any) -> Any:
    return await answer


MISMATCH = """
import ctypes, json, sys
real = ctypes.cdll.LoadLibrary
ctypes.cdll.LoadLibrary = lambda path: real(sys.argv[1] if path.endswith("libnetmile.so") else path)
try:
    import netmile
except ImportError as error:
    print(json.dumps([error.code, error.detail]))
    sys.exit(1)
"""


def mismatch(library: str) -> Any:
    """Imports the package as a program does, with that library in the place of its own."""
    made = subprocess.run([sys.executable, "-c", MISMATCH, library], capture_output=True, text=True, env=os.environ)
    if made.returncode == 0:
        return {}
    raise netmile.LibraryError(*json.loads(made.stdout or json.dumps(["crash", made.stderr])))


def answer(driver: Driver, parts: "list[str]") -> Any:
    command, rest = parts[0], parts[1:]
    if command == "hello":
        has = ["reuse", "fork", "async", "callbacks", "steps", "checksums", "loads", "hold", "frames", "release", "releases"]
        has += [] if driver.awaited else ["blocking"]
        why = {
            "blocking": "every call of this column is awaited",
            "runs": "the package drives runs itself: a shop gives a transport",
            "raw": "methods have typed arguments: such a request can not be written",
        }
        return {"language": "python", "has": has, "why": why}
    if command == "reset":
        driver.reset()
        return {}
    if command == "version":
        from netmile import _native

        return {
            "abi_version": _native.ffi.abi_version(),
            "library_version": _native.ffi.library_version(),
            "facade_abi_version": _native.ABI_VERSION,
            "facade_version": netmile.__version__,
        }
    if command == "mismatch":
        return mismatch(rest[0])
    if command == "transport":
        driver.transport = rest[0]
        return {}
    if command == "new":
        driver.new(json.loads(rest[0]))
        return {}
    if command == "site":
        driver.take(driver.client.for_site(rest[0]))
        return {}
    if command == "contract":
        driver.take(driver.client.for_contract(rest[0], rest[1]))
        return {}
    if command == "release":
        driver.client.release()
        return {}
    if command == "hold":
        driver.hold(rest[0], json.loads(rest[1]))
        return {}
    if command == "redaction":
        driver.redacted = rest[0] == "on"
        return {}
    if command == "expose":
        return {"texts": driver.exposed()}
    if command == "invoke":
        return driver.invoke(driver.twin if driver.awaited else driver.client, rest[0], json.loads(rest[1]))
    if command == "async":
        return driver.invoke(driver.twin, rest[0], json.loads(rest[1]))
    if command == "start":
        driver.start(rest[0], json.loads(rest[1]))
        return {}
    if command == "step":
        return driver.step(rest[0] if rest else "")
    if command == "fork":
        return forked(driver, ["invoke", *rest])
    if command == "print":
        return {"texts": texts(driver)}
    raise netmile.NetmileError("unknown_command", command)


PACKAGE = str(Path(netmile.__file__).parent)


def bare(value: Any, within: "tuple[Any, ...]" = ()) -> Any:
    """What a value of the package holds, as an object that hides nothing."""
    if any(value is one for one in within):
        return "…"
    within = (*within, value)
    if isinstance(value, (list, tuple)):
        return [bare(one, within) for one in value]
    if isinstance(value, dict):
        return {name: bare(one, within) for name, one in value.items()}
    ours = type(value).__module__.split(".")[0] == "netmile" and not isinstance(value, enum.Enum)
    if not ours or isinstance(value, (str, type, BaseException)):
        return value
    slots = [name for cls in type(value).__mro__ for name in getattr(cls, "__slots__", ()) if hasattr(value, name)]
    held = {**{name: getattr(value, name) for name in slots}, **getattr(value, "__dict__", {})}
    return types.SimpleNamespace(**{name: bare(one, within) for name, one in held.items()})


def texts(driver: Driver) -> "list[str]":
    """Every way in which Python prints a value, and errors with the locals of the package's frames."""
    made = []
    held = [value for _, value in driver.held if not isinstance(value, dict)]
    for thing in (driver.client, driver.twin, driver.last, *held, *SEEN, *driver.errors):
        if thing is not None:
            thing = thing if driver.redacted else bare(thing)
            made += [str(thing), repr(thing), f"{thing}", repr([thing]), "%s %r" % (thing, thing), pprint.pformat(thing)]
    for error in driver.errors:
        made += chain(error, driver.redacted)
    return made


def chain(error: Optional[BaseException], redacted: bool) -> "list[str]":
    """An error and those behind it, even those that Python would not show."""
    made: "list[str]" = []
    seen: "list[BaseException]" = []
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one is None or any(one is known for known in seen):
            continue
        seen.append(one)
        waiting += [one.__cause__, one.__context__]
        frames = traceback.StackSummary.extract(traceback.walk_tb(one.__traceback__), capture_locals=True)
        if not redacted:
            for frame, (real, _) in zip(frames, traceback.walk_tb(one.__traceback__)):
                frame.locals = {name: repr(bare(value)) for name, value in real.f_locals.items()}
        # The frames of this driver hold the case's own commands.
        made += [str(one), repr(one), repr(one.args), "".join(traceback.format_exception_only(type(one), one))]
        made += traceback.StackSummary.from_list([frame for frame in frames if frame.filename.startswith(PACKAGE)]).format()
        made += [repr(frame.locals) for frame in frames if not frame.filename == __file__]
    return made


def forked(driver: Driver, parts: "list[str]") -> Any:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        with os.fdopen(write, "w") as out:
            out.write(reply(driver, parts))
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as inward:
        kind, _, text = inward.read().partition("\t")
    os.waitpid(child, 0)
    told = json.loads(text)
    if kind == "error":
        raise netmile.NetmileError(told["code"], told["text"], field=told["field"], retryable=told["retryable"])
    return told


def reply(driver: Driver, parts: "list[str]") -> str:
    try:
        return "ok\t" + json.dumps(answer(driver, parts))
    except Exception as error:
        driver.errors.append(error)
        told = {
            "code": getattr(error, "code", type(error).__name__),
            "field": getattr(error, "field", None),
            "retryable": getattr(error, "retryable", False),
            "text": str(error),
        }
        return "error\t" + json.dumps(told)


def main() -> None:
    driver = Driver("--awaited" in sys.argv[1:])
    for line in sys.stdin:
        parts = line.rstrip("\n").split("\t")
        if parts[0] == "quit":
            break
        print(reply(driver, parts), flush=True)


if __name__ == "__main__":
    main()
