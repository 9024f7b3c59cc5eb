"""How calls reach the library."""

from __future__ import annotations

import asyncio
import atexit
import base64
import contextlib
import contextvars
import inspect
import json
import os
import sys
import threading
import time
import weakref
from typing import Any, Callable, List, Literal, Mapping, Optional, Sequence, Type, TypeVar, Union

from . import _json
from ._native import ffi
from ._sealed import seal
from .config import Contract, Site
from .errors import ConfigurationError, NetmileError, StateError, from_failure, panicked, unusable_argument
from .transport import AsyncTransport, HttpRequest, HttpResponse, NotSentError, Transport

Bytes = Union[bytes, bytearray, memoryview]

# Longer than any notice that the library reads to its end.
_MAX_RECEIVED = 2 * 1024 * 1024
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


def received(body: Bytes) -> Bytes:
    """What a stranger sent, or so much of it that the library still answers that it is too large: a notice is
    answered, however long it is."""
    length = memoryview(body).nbytes if isinstance(body, (bytes, bytearray, memoryview)) else 0
    return body if length <= _MAX_RECEIVED else bytes(body)[:_MAX_RECEIVED]


class ClientBase:
    """What both clients share: configuration, choice of a contract, closing."""

    _native: Optional[Any] = None
    _transport: Any = None

    def __init__(
        self,
        *contracts: Contract,
        journal: Optional[str] = None,
        text_policy: Literal["cp932", "strict"] = "cp932",
        replacements: Sequence[str] = (),
        form_limit_seconds: Optional[int] = None,
        api_limit_seconds: Optional[int] = None,
        echo_check: Literal["strict", "identity"] = "strict",
        lease_seconds: Optional[int] = None,
        lang: Literal["en", "ja"] = "en",
        sites: Sequence[Site] = (),
        overall_seconds: Optional[int] = None,
        carrier_domains: Optional[Sequence[str]] = None,
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
            "api_limit_seconds": api_limit_seconds,
            "echo_check": echo_check,
            "lease_seconds": lease_seconds,
            "lang": lang,
            "carrier_domains": None if carrier_domains is None else list(carrier_domains),
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

    def release(self) -> None:
        """Closes the database of a SQLite journal until the next call. A fork by Python does this by itself; it is
        for forks that Python does not see. PostgreSQL needs it not."""
        try:
            self.native().release()
        except _FAILURES as error:
            raise translate(error) from None

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
        with _opening:
            _open.add(self._native)
        self._connect()

    def _connect(self) -> None:
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"{type(self).__name__}({'closed' if self._native is None else 'open'})"


seal(ClientBase)

_FAILURES = (ffi.NetmileFailure, ffi.InternalError, ValueError, OverflowError)

# What is not closed yet. SQLite must not be open when the process forks: the child could not open it any more.
_open: "weakref.WeakSet[Any]" = weakref.WeakSet()
# A thread may make a client while another one forks. A signal handler may do either within either.
_opening = threading.RLock()


def _release_before_fork() -> None:
    with _opening:
        natives = list(_open)
    for native in natives:
        # What stays open the child refuses to open again, and says why.
        with contextlib.suppress(Exception):
            native.release()


def _free_after_fork() -> None:
    """The thread that held it in the parent does not live on in the child."""
    global _opening
    _opening = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_release_before_fork, after_in_child=_free_after_fork)


# What a thread of the library needs at most to wake an event loop.
_LEAVING_SECONDS = 5.0


def _wakes_a_loop(frame: Any) -> bool:
    while frame.f_back is not None:
        frame = frame.f_back
    return frame.f_globals is vars(ffi)


def _let_the_library_leave() -> None:
    """Waits for threads of the library that are in Python: they wake an event loop that needs them no more. Python would end
    them where they are when it ends itself, and the process would abort."""
    until = time.monotonic() + _LEAVING_SECONDS
    while any(map(_wakes_a_loop, sys._current_frames().values())) and time.monotonic() < until:
        time.sleep(0.001)


atexit.register(_let_the_library_leave)


def _request(step: Mapping[str, Any]) -> HttpRequest:
    asked = step["request"]
    headers = tuple((header["name"], header["value"]) for header in asked["headers"])
    left = step["timeout_ms"]
    return HttpRequest(
        asked["method"],
        asked["url"],
        headers,
        base64.b64decode(asked["body"]),
        None if left is None else left / 1000,
    )


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


# How long a blocking call waits before Python may handle a signal, in milliseconds.
_SLICE = 100


def _next_step(run: Any, became: Optional[str]) -> Any:
    """What the run wants or gave. Ctrl-C comes through between the slices; the run is then left, as by a crash."""
    step = json.loads(run.step_within(became, _SLICE))
    while step["step"] == "wait":
        step = json.loads(run.step_within(None, _SLICE))
    return step


def _send_in_time(transport: Any, request: HttpRequest) -> str:
    """What became of the request. A transport that never answers is left behind on its thread."""
    became: "list[str]" = []

    def send() -> None:
        try:
            became.append(_answered(transport.send(request)))
        except NotSentError:
            became.append(_NOT_SENT)
        except BaseException:
            # It may have arrived. The journal knows of it, and what was raised could quote it.
            became.append(_LOST)

    thread = threading.Thread(
        target=contextvars.copy_context().run, args=(send,), name="netmile-transport", daemon=True
    )
    try:
        thread.start()
    except RuntimeError:
        return _NOT_SENT
    thread.join(request.timeout)
    return became[0] if became else _LOST


async def _await_in_time(transport: Any, request: HttpRequest) -> str:
    """The same, awaited. A transport that does not even end when it is cancelled is not waited for."""

    async def send() -> str:
        try:
            return _answered(await transport.send(request))
        except NotSentError:
            return _NOT_SENT
        except Exception:
            return _LOST

    sending = asyncio.ensure_future(send())
    try:
        await asyncio.wait({sending}, timeout=request.timeout)
        return sending.result() if sending.done() and not sending.cancelled() else _LOST
    finally:
        sending.cancel()


def _refuse_the_other_kind(transport: Any, wanted: type, other: type) -> None:
    if transport is None or isinstance(transport, wanted):
        return
    send = getattr(transport, "send", None)
    is_awaited = inspect.iscoroutinefunction(send)
    if isinstance(transport, other) or not callable(send) or is_awaited is not (wanted is AsyncTransport):
        raise ConfigurationError(
            "configuration",
            f"must be a netmile.{wanted.__name__}, and is a {type(transport).__name__}",
            field="transport",
            hint="Client takes a Transport, AsyncClient an AsyncTransport.",
            hint_ja="Client には Transport を、AsyncClient には AsyncTransport を渡してください。",
        )


class Port:
    """Blocking calls."""

    def __init__(self, client: ClientBase) -> None:
        _refuse_the_other_kind(client._transport, Transport, AsyncTransport)
        self._client = client

    def raw(self, operation: str, request: Any) -> Any:
        """Runs the operation of this name: what JSON has for its answer."""
        _refuse_inside_a_loop()
        native = self._client.native()
        try:
            asked = json.dumps(_json.dump(request))
            if self._client._transport is None:
                return _next_step(native.begin(operation, asked), None)["answer"]
            return self._by_steps(native.start(operation, asked))
        except _FAILURES as error:
            raise translate(error) from None

    def invoke(self, operation: str, request: Any, answer: Type[T]) -> T:
        """Runs the operation of this name."""
        return _json.load(answer, self.raw(operation, request))

    def listed(self, operation: str, request: Any, item: Type[T], name: str) -> List[T]:
        """Runs an operation that answers with a list of this name."""
        return [_json.load(item, one) for one in self.raw(operation, request)[name]]

    def _by_steps(self, run: Any) -> Any:
        step = _next_step(run, None)
        while step["step"] == "send":
            step = _next_step(run, _send_in_time(self._client._transport, _request(step)))
        return step["answer"]


class AsyncPort:
    """Awaited calls."""

    def __init__(self, client: ClientBase) -> None:
        _refuse_the_other_kind(client._transport, AsyncTransport, Transport)
        self._client = client

    async def raw(self, operation: str, request: Any) -> Any:
        """Runs the operation of this name: what JSON has for its answer."""
        native = self._client.native()
        try:
            asked = json.dumps(_json.dump(request))
            if self._client._transport is None:
                return json.loads(await native.invoke_async(operation, asked))
            return await self._by_steps(native.start(operation, asked))
        except _FAILURES as error:
            raise translate(error) from None

    async def invoke(self, operation: str, request: Any, answer: Type[T]) -> T:
        """Runs the operation of this name."""
        return _json.load(answer, await self.raw(operation, request))

    async def listed(self, operation: str, request: Any, item: Type[T], name: str) -> List[T]:
        """Runs an operation that answers with a list of this name."""
        return [_json.load(item, one) for one in (await self.raw(operation, request))[name]]

    async def _by_steps(self, run: Any) -> Any:
        step = json.loads(await run.step_async(None))
        while step["step"] == "send":
            became = await _await_in_time(self._client._transport, _request(step))
            step = json.loads(await run.step_async(became))
        return step["answer"]


__all__ = ["AsyncPort", "Bytes", "ClientBase", "NetmileError", "Port", "received"]
