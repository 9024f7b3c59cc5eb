"""The driver of Python: every command by the package's own methods."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import traceback
from typing import Any, Dict

import netmile
from netmile import _json, _native

ROOMS = {
    "payment": "payments",
    "subscription": "subscriptions",
    "settlement": "settlement",
    "member": "members",
    "miles": "miles",
    "exchange": "exchanges",
    "catalogue": "catalogue",
}



def fail(transport: str) -> Any:
    class Failing(netmile.Transport):
        def send(self, request: netmile.HttpRequest) -> netmile.HttpResponse:
            if transport == "not_sent":
                raise netmile.NotSentError
            raise TimeoutError(f"{transport}: {request.url}")

    return Failing()


class Driver:
    def __init__(self) -> None:
        self.client: Any = None
        self.config: Dict[str, Any] = {}
        self.transport: Any = None
        self.run: Any = None
        self.last: Any = None
        self.errors: "list[BaseException]" = []

    def invoke(self, operation: str, request: str) -> Any:
        """By the facade's method: the room is there, and takes what the manifest says."""
        subject, verb = operation.split(".", 1)
        room = getattr(self.client, ROOMS.get(subject, ""), None)
        method = getattr(type(room), verb, None) if room is not None else None
        if method is None or "_port.invoke" not in _source(method):
            return json.loads(self.client.native().invoke(operation, request))
        taken = json.loads(request)
        parameters = method.__code__.co_varnames[1 : method.__code__.co_argcount]
        if parameters == ("request",):
            hint = method.__annotations__["request"].split(".")[1]
            unknown = set(taken) - {wire for _, wire, _ in _json._fields(getattr(netmile.models, hint))}
            if unknown:
                return json.loads(self.client.native().invoke(operation, request))
            self.last = getattr(room, verb)(_json.load(getattr(netmile.models, hint), _defaults(hint, taken)))
        else:
            made = {}
            for name in parameters:
                kind = method.__annotations__[name]
                for wire in (name, name.rstrip("_"), f"{name}_ms"):
                    if wire in taken:
                        made[name] = _argument(kind, taken.pop(wire))
            if taken:
                return json.loads(self.client.native().invoke(operation, request))
            self.last = getattr(room, verb)(**made)
        return _dumped(self.last)


def _source(method: Any) -> str:
    import inspect

    return inspect.getsource(method)


def _defaults(hint: str, taken: Dict[str, Any]) -> Dict[str, Any]:
    import dataclasses

    cls: Any = getattr(netmile.models, hint)
    made = dict(taken)
    for field, (_, wire, _) in zip(dataclasses.fields(cls), _json._fields(cls)):
        if wire not in made and field.default is not dataclasses.MISSING and field.default is not None:
            made[wire] = _json.dump(field.default)
    return made


def _argument(kind: str, value: Any) -> Any:
    import typing

    names = {**vars(typing), **vars(netmile), "models": netmile.models, "records": netmile.records}
    from datetime import datetime

    hint = eval(kind, {**names, "datetime": datetime})  # noqa: S307
    return _json._value(hint, value)


def _dumped(value: Any) -> Any:
    import dataclasses

    made = {}
    for name, wire, _ in _json._fields(type(value)):
        one = getattr(value, name)
        if dataclasses.is_dataclass(one):
            made[wire] = _dumped(one)
        elif isinstance(one, tuple):
            made[wire] = [_dumped(item) if dataclasses.is_dataclass(item) else _json.dump(item) for item in one]
        else:
            made[wire] = _json._object([(wire, one)]).get(wire)
    return made


def answer(driver: Driver, parts: "list[str]") -> Any:
    command, rest = parts[0], parts[1:]
    if command == "hello":
        return {"language": "python", "has": ["fork", "async", "callbacks", "steps"], "why": {}}
    if command == "version":
        return {"abi_version": _native.ffi.abi_version(), "library_version": _native.ffi.library_version()}
    if command == "transport":
        driver.transport = fail(rest[0])
        return {}
    if command == "new":
        driver.config = json.loads(rest[0])
        driver.client = netmile.Client.from_config(driver.config, transport=driver.transport)
        return {}
    if command == "site":
        driver.client = driver.client.for_site(rest[0])
        return {}
    if command == "contract":
        driver.client = driver.client.for_contract(rest[0], rest[1])
        return {}
    if command == "invoke":
        return driver.invoke(rest[0], rest[1])
    if command == "async":
        native = driver.client.native()

        async def awaited() -> Any:
            return json.loads(await native.invoke_async(rest[0], rest[1]))

        return asyncio.run(awaited())
    if command == "start":
        driver.run = driver.client.native().start(rest[0], rest[1])
        return {}
    if command == "step":
        return json.loads(driver.run.step(rest[0] if rest and rest[0] else None))
    if command == "fork":
        return forked(driver, rest)
    if command == "mismatch":
        _native.ABI_VERSION += 1
        try:
            _native._check()
        except ImportError as error:
            raise netmile.NetmileError("version_mismatch", str(error)) from None
        return {}
    if command == "print":
        things = [driver.client, driver.last, *driver.errors]
        texts = [form(thing) for thing in things if thing is not None for form in (str, repr, "{}".format)]
        texts += ["".join(traceback.format_exception(error)) for error in driver.errors]
        return {"texts": texts}
    raise netmile.NetmileError("unknown_command", command)


def forked(driver: Driver, rest: "list[str]") -> Any:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        with os.fdopen(write, "w") as out:
            out.write(reply(driver, ["invoke", *rest]))
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as inward:
        kind, _, text = inward.read().partition("\t")
    os.waitpid(child, 0)
    if kind == "error":
        error = json.loads(text)
        raise netmile.NetmileError(error["code"], error["text"], field=error["field"])
    return json.loads(text)


def reply(driver: Driver, parts: "list[str]") -> str:
    try:
        return "ok\t" + json.dumps(answer(driver, parts))
    except Exception as raised:
        from netmile._port import translate

        error = translate(raised)
        driver.errors.append(error)
        code = getattr(error, "code", type(error).__name__)
        told = {
            "code": code,
            "field": getattr(error, "field", None),
            "retryable": getattr(error, "retryable", False),
            "text": str(error),
        }
        return "error\t" + json.dumps(told)


def main() -> None:
    driver = Driver()
    for line in sys.stdin:
        parts = line.rstrip("\n").split("\t")
        if parts[0] == "quit":
            break
        print(reply(driver, parts), flush=True)


if __name__ == "__main__":
    main()
