"""Between the records of the library and those of this package."""

from __future__ import annotations

import dataclasses
import typing
from datetime import datetime, timedelta, timezone
from enum import Enum
from functools import lru_cache
from typing import Any, Mapping, Sequence, TypeVar, Union

from . import records
from ._native import ffi

T = TypeVar("T")

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MILLISECOND = timedelta(milliseconds=1)


def to_millis(at: datetime) -> int:
    """Milliseconds since the epoch. A naive datetime is refused: its zone would be a guess."""
    if at.tzinfo is None:
        raise TypeError("a datetime needs a time zone")
    return (at - _EPOCH) // _MILLISECOND


def read(cls: "type[T]", record: Any) -> T:
    """Makes one of this package's records from one of the library's."""
    values = {}
    of_class: Any = cls
    for name, hint in _hints(of_class):
        if hint is datetime:
            values[name] = _EPOCH + getattr(record, f"{name}_ms") * _MILLISECOND
        else:
            values[name] = _value(hint, getattr(record, name))
    return cls(**values)


@lru_cache(maxsize=None)
def _hints(cls: Any) -> "tuple[tuple[str, Any], ...]":
    hints = typing.get_type_hints(cls)
    return tuple((field.name, hints[field.name]) for field in dataclasses.fields(cls))


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if typing.get_origin(hint) is Union:
        for choice in typing.get_args(hint):
            if isinstance(choice, type) and issubclass(choice, Enum):
                return choice(value) if value in choice._value2member_map_ else value
            if choice is not type(None):
                return _value(choice, value)
    if typing.get_origin(hint) is tuple:
        item = typing.get_args(hint)[0]
        if typing.get_origin(item) is tuple:
            return tuple((pair.name, pair.value) for pair in value)
        return tuple(_value(item, one) for one in value)
    if hint is records.DetailRow:
        return records.DetailRow(
            value.item_id, value.item_name, value.amount, value.count, value.tax, tuple(value.free)
        )
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return read(hint, value)
    return value


def urls(of: records.Urls) -> Any:
    """The library's record."""
    return ffi.Urls(success=of.success, cancel=of.cancel, error=of.error, notify=of.notify)


def pairs(of: "Union[Mapping[str, str], Sequence[tuple[str, str]]]") -> "list[Any]":
    """The library's records."""
    items = of.items() if isinstance(of, Mapping) else of
    return [ffi.Pair(name=name, value=value) for name, value in items]


def purchase_request(of: records.PurchaseRequest) -> Any:
    """The library's record."""
    return ffi.PurchaseRequest(
        purchase_id=of.purchase_id,
        cust_code=of.cust_code,
        item_id=of.item_id,
        amount=of.amount,
        urls=urls(of.urls),
        terminal=str(of.terminal),
        item_name=of.item_name,
        tax=of.tax,
        billing=str(of.billing),
        pay_methods=None if of.pay_methods is None else list(of.pay_methods),
        camp_type=of.camp_type,
        last_charge_month=of.last_charge_month,
        free=list(of.free),
        free_csv=pairs(of.free_csv),
        rows=[
            ffi.DetailRow(
                item_id=row.item_id,
                item_name=row.item_name,
                amount=row.amount,
                count=row.count,
                tax=row.tax,
                free=list(row.free),
            )
            for row in of.rows
        ],
    )


def recurring_request(of: records.RecurringRequest) -> Any:
    """The library's record."""
    return ffi.RecurringRequest(
        purchase_id=of.purchase_id,
        cust_code=of.cust_code,
        item_id=of.item_id,
        pay_methods=list(of.pay_methods),
        urls=urls(of.urls),
        terminal=str(of.terminal),
        item_name=of.item_name,
        free=list(of.free),
    )


def registration_request(of: records.RegistrationRequest) -> Any:
    """The library's record."""
    return ffi.RegistrationRequest(
        cust_code=of.cust_code,
        pay_methods=list(of.pay_methods),
        urls=urls(of.urls),
        terminal=str(of.terminal),
        sps_cust_no=of.sps_cust_no,
        sps_payment_no=of.sps_payment_no,
        free=list(of.free),
        free_csv=pairs(of.free_csv),
    )
