"""How calls reach the library."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Callable, Literal, Mapping, Optional, Sequence, Type, TypeVar, Union

from ._native import ffi
from .config import Contract
from .errors import NetmileError, StateError, from_failure, panicked, unusable_argument

Bytes = Union[bytes, bytearray, memoryview]
Self = TypeVar("Self", bound="ClientBase")


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

    _native: Optional[Any]

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
    ) -> None:
        config = {
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
    def from_config(cls: Type[Self], config: Mapping[str, Any]) -> Self:
        """A client from a plain mapping, for example one that was read from a JSON or TOML file."""
        client = cls.__new__(cls)
        client._open(lambda: ffi.NetmileClient(json.dumps(dict(config))))
        return client

    def for_contract(self: Self, merchant_id: str, service_id: str) -> Self:
        """The same client for one of its contracts. Needed only when it has several."""
        client = type(self).__new__(type(self))
        native = self.native()
        client._open(lambda: native.for_contract(merchant_id, service_id))
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


class Port:
    """Blocking calls."""

    def __init__(self, client: ClientBase) -> None:
        self._client = client

    def call(self, name: str, request: Callable[[], Any]) -> Any:
        """Runs one operation."""
        if asyncio._get_running_loop() is not None:
            raise StateError(
                "invalid_state",
                "a blocking call would stop the event loop that runs on this thread",
                hint="Use AsyncClient inside a running event loop.",
                hint_ja="イベントループの中では AsyncClient を使用してください。",
            )
        method = getattr(self._client.native(), name)
        try:
            return method(request())
        except (ffi.NetmileFailure, ffi.InternalError, ValueError, OverflowError) as error:
            raise translate(error) from None


class AsyncPort:
    """Awaited calls."""

    def __init__(self, client: ClientBase) -> None:
        self._client = client

    async def call(self, name: str, request: Callable[[], Any]) -> Any:
        """Runs one operation."""
        method = getattr(self._client.native(), f"{name}_async")
        try:
            return await method(request())
        except (ffi.NetmileFailure, ffi.InternalError, ValueError, OverflowError) as error:
            raise translate(error) from None


__all__ = ["AsyncPort", "Bytes", "ClientBase", "NetmileError", "Port"]
