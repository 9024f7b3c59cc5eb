"""How calls reach the library."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import Any, Callable, Literal, Mapping, Optional, Sequence, Type, TypeVar, Union

from . import _json
from ._native import ffi
from ._sealed import seal
from .config import Contract, Site
from .errors import NetmileError, StateError, from_failure, panicked, unusable_argument
from .transport import HttpRequest, HttpResponse, NotSentError

Bytes = Union[bytes, bytearray, memoryview]
Self = TypeVar("Self", bound="ClientBase")
T = TypeVar("T")


def translate(error: Exception) -> Exception:
    """The exception of this package for one of the generated code."""
    if isinstance(error, ffi.NetmileFailure.Failed):
        return from_failure(error)
    if isinstance(error, ffi.InternalError):
        return panicked()
    if isinstance(error, (ValueError, OverflowError)):
        return unusable_argument()
    return error


class ClientBase:
    """What both clients share: configuration, choice of a contract, closing."""

    _native: Optional[Any] = None
    _transport: Any = None

    def __init__(
        self,
        *contracts: Contract,
        journal: str = "memory:",
        text_policy: Literal["cp932", "strict"] = "cp932",
        replacements: Sequence[str] = (),
        form_limit_seconds: Optional[int] = None,
        echo_check: Literal["strict", "identity"] = "strict",
        lease_seconds: Optional[int] = None,
        lang: Literal["en", "ja"] = "en",
        sites: Sequence[Site] = (),
        overall_seconds: Optional[int] = None,
        transport: Any = None,
    ) -> None:
        self._transport = transport
        config = {
            "sites": [site.to_config() for site in sites],
            "overall_seconds": overall_seconds,
            "contracts": [contract.to_config() for contract in contracts],
            "journal": journal,
            "text_policy": text_policy,
            "replacements": list(replacements),
            "form_limit_seconds": form_limit_seconds,
            "echo_check": echo_check,
            "lease_seconds": lease_seconds,
            "lang": lang,
        }
        self._open(lambda: ffi.NetmileClient(json.dumps(config)))

    @classmethod
    def from_config(cls: Type[Self], config: Mapping[str, Any], *, transport: Any = None) -> Self:
        """A client from a plain mapping, for example one that was read from a JSON or TOML file."""
        client = cls.__new__(cls)
        client._transport = transport
        client._open(lambda: ffi.NetmileClient(json.dumps(dict(config))))
        return client

    def for_contract(self: Self, merchant_id: str, service_id: str) -> Self:
        """The same client for one of its contracts. Needed only when it has several."""
        client = type(self).__new__(type(self))
        client._transport = self._transport
        native = self.native()
        client._open(lambda: native.for_contract(merchant_id, service_id))
        return client

    def for_site(self: Self, site_id: str) -> Self:
        """The same client for one of its sites. Needed only when it has several."""
        client = type(self).__new__(type(self))
        client._transport = self._transport
        native = self.native()
        client._open(lambda: native.for_site(site_id))
        return client

    def close(self) -> None:
        """Lets go of the journal. Calls after it are refused."""
        self._native = None

    def native(self) -> Any:
        """The library's object; refuses when the client is closed."""
        if self._native is None:
            raise StateError("invalid_state", "the client is closed")
        return self._native

    def _open(self, make: Callable[[], Any]) -> None:
        try:
            self._native = make()
        except (ffi.NetmileFailure, ffi.InternalError, ValueError, OverflowError) as error:
            raise translate(error) from None
        self._connect()

    def _connect(self) -> None:
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"{type(self).__name__}({'closed' if self._native is None else 'open'})"


seal(ClientBase)

_FAILURES = (ffi.NetmileFailure, ffi.InternalError, ValueError, OverflowError)


def _request(step: Mapping[str, Any]) -> HttpRequest:
    asked = step["request"]
    headers = tuple((header["name"], header["value"]) for header in asked["headers"])
    return HttpRequest(asked["method"], asked["url"], headers, base64.b64decode(asked["body"]))


def _answered(response: HttpResponse) -> str:
    body = base64.b64encode(response.body).decode("ascii")
    return json.dumps(
        {"result": "answered", "status": response.status, "content_type": response.content_type, "body": body}
    )


_NOT_SENT = '{"result":"not_sent"}'
_LOST = '{"result":"lost"}'


def _refuse_inside_a_loop() -> None:
    if asyncio._get_running_loop() is not None:
        raise StateError(
            "invalid_state",
            "a blocking call would stop the event loop that runs on this thread",
            hint="Use AsyncClient inside a running event loop.",
            hint_ja="イベントループの中では AsyncClient を使用してください。",
        )


class Port:
    """Blocking calls."""

    def __init__(self, client: ClientBase) -> None:
        self._client = client

    def call(self, name: str, request: Callable[[], Any]) -> Any:
        """Runs one operation."""
        _refuse_inside_a_loop()
        method = getattr(self._client.native(), name)
        try:
            return method(request())
        except _FAILURES as error:
            raise translate(error) from None

    def invoke(self, operation: str, request: Any, answer: Type[T]) -> T:
        """Runs the operation of this name."""
        _refuse_inside_a_loop()
        native = self._client.native()
        try:
            asked = json.dumps(_json.dump(request))
            if self._client._transport is None:
                done = json.loads(native.invoke(operation, asked))
            else:
                done = self._by_steps(native.start(operation, asked))
        except _FAILURES as error:
            raise translate(error) from None
        return _json.load(answer, done)

    def _by_steps(self, run: Any) -> Any:
        step = json.loads(run.step(None))
        while step["step"] == "send":
            try:
                became = _answered(self._client._transport.send(_request(step)))
            except NotSentError:
                became = _NOT_SENT
            except Exception:
                # It may have arrived. The journal knows of it, and what was raised could quote it.
                became = _LOST
            step = json.loads(run.step(became))
        return step["answer"]


class AsyncPort:
    """Awaited calls."""

    def __init__(self, client: ClientBase) -> None:
        self._client = client

    async def call(self, name: str, request: Callable[[], Any]) -> Any:
        """Runs one operation."""
        method = getattr(self._client.native(), f"{name}_async")
        try:
            return await method(request())
        except _FAILURES as error:
            raise translate(error) from None

    async def invoke(self, operation: str, request: Any, answer: Type[T]) -> T:
        """Runs the operation of this name."""
        native = self._client.native()
        try:
            asked = json.dumps(_json.dump(request))
            if self._client._transport is None:
                done = json.loads(await native.invoke_async(operation, asked))
            else:
                done = await self._by_steps(native.start(operation, asked))
        except _FAILURES as error:
            raise translate(error) from None
        return _json.load(answer, done)

    async def _by_steps(self, run: Any) -> Any:
        step = json.loads(await run.step_async(None))
        while step["step"] == "send":
            try:
                became = _answered(await self._client._transport.send(_request(step)))
            except NotSentError:
                became = _NOT_SENT
            except Exception:
                # As in the blocking port.
                became = _LOST
            step = json.loads(await run.step_async(became))
        return step["answer"]


__all__ = ["AsyncPort", "Bytes", "ClientBase", "NetmileError", "Port"]
