"""What a client is configured with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, Mapping, Optional, Sequence, Union

from .names import Billing, Terminal


@dataclass(frozen=True)
class Cell:
    """One cell of the capability matrix: connection × billing × terminal."""

    billing: Union[Billing, str]
    terminal: Union[Terminal, str]
    connection: Literal["link", "api"] = "link"


@dataclass(frozen=True)
class Method:
    """A payment method of a contract, as plain data."""

    tag: str
    cells: Union[Literal["all", "none", "netmile"], Sequence[Cell], None] = None
    name_en: Optional[str] = None
    name_ja: Optional[str] = None
    min_yen: Optional[int] = None
    max_yen: Optional[int] = None
    settlement: Literal["immediate", "by_deposit", None] = None
    api: "Union[str, Mapping[str, Any], None]" = None
    """What it is called in the API type: ``credit``, ``web_convenience_store``, ``docomo``, ``au``, ``softbank``, or
    all of it as a mapping."""

    def to_config(self) -> "dict[str, Any]":
        """The method as the library takes it."""
        cells: Any = self.cells
        if cells is not None and not isinstance(cells, str):
            cells = [
                {"connection": c.connection, "billing": str(c.billing), "terminal": str(c.terminal)} for c in cells
            ]
        return {
            "tag": self.tag,
            "cells": cells,
            "name_en": self.name_en,
            "name_ja": self.name_ja,
            "min_yen": self.min_yen,
            "max_yen": self.max_yen,
            "settlement": self.settlement,
            "api": self.api,
        }


@dataclass(frozen=True)
class Contract:
    """One contract with the gateway. ``repr`` shows no key."""

    merchant_id: str
    service_id: str
    hash_key: str = field(repr=False)
    environment: Literal["test", "production", "mock"]
    base_url: Optional[str] = None
    """URL of the mock; for the environment ``mock`` only."""
    methods: Sequence[Method] = ()
    """Methods beyond NetMile as SBPS publishes it, or ``netmile`` itself with a wider matrix."""
    endpoints: "Optional[dict[str, str]]" = None
    """URLs that differ from the environment's: ``purchase``, ``registration``, ``registration_delete``,
    ``recurring``, ``api``, ``management``."""
    refund_months: Optional[int] = None
    encryption: "Optional[tuple[str, str]]" = field(default=None, repr=False)
    """Key (24 bytes) and initial vector (8 bytes) of the API type."""
    basic: "Optional[tuple[str, str]]" = field(default=None, repr=False)
    """User and password of the API type's basic authentication, where they differ from the usual ones."""
    encrypted_notices: bool = False

    @classmethod
    def mock(
        cls,
        base_url: str,
        *,
        merchant_id: str,
        service_id: str,
        hash_key: str,
        methods: Sequence[Method] = (),
        encryption: "Optional[tuple[str, str]]" = None,
    ) -> "Contract":
        """A contract with a mock gateway."""
        return cls(merchant_id, service_id, hash_key, "mock", base_url, methods, encryption=encryption)

    def to_config(self) -> "dict[str, Any]":
        """The contract as the library takes it."""
        return {
            "merchant_id": self.merchant_id,
            "service_id": self.service_id,
            "hash_key": self.hash_key,
            "environment": self.environment,
            "base_url": self.base_url,
            "endpoints": self.endpoints,
            "methods": [method.to_config() for method in self.methods],
            "refund_months": self.refund_months,
            "encryption": self.encryption and {"key": self.encryption[0], "iv": self.encryption[1]},
            "basic": self.basic and {"user": self.basic[0], "password": self.basic[1]},
            "encrypted_notices": self.encrypted_notices,
        }


@dataclass(frozen=True)
class Site:
    """One site (加盟サイト) that rewards with miles. ``repr`` shows no secret."""

    site_id: str
    key_id: str
    secret: str = field(repr=False)
    base_url: str

    def to_config(self) -> "dict[str, str]":
        """The site as the library takes it."""
        return {
            "site_id": self.site_id,
            "key_id": self.key_id,
            "secret": self.secret,
            "base_url": self.base_url,
        }
