"""Between the records of this package and JSON."""

from __future__ import annotations

import base64
import dataclasses
import keyword
import typing
from collections import abc
from datetime import datetime, timedelta, timezone
from enum import Enum
from functools import lru_cache
from typing import Any, Callable, Mapping, Sequence, Type, TypeVar, Union

T = TypeVar("T")

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MILLISECOND = timedelta(milliseconds=1)
# What JSON holds as it is: most of what is written and read.
_PLAIN = frozenset((str, int, bool, float, type(None)))


def to_millis(at: datetime) -> int:
    """Milliseconds since the epoch. A naive datetime is refused: its zone would be a guess."""
    if at.tzinfo is None:
        raise TypeError("a datetime needs a time zone")
    return (at - _EPOCH) // _MILLISECOND


def pairs(of: "Union[Mapping[str, str], Sequence[tuple[str, str]]]") -> "list[dict[str, str]]":
    """Names and values in their order, as the library takes them."""
    items = of.items() if isinstance(of, Mapping) else of
    return [{"name": name, "value": value} for name, value in items]


def dump(value: Any) -> Any:
    """What JSON can hold. A field that is not given is left out."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        hints = _fields(type(value))
        return _object((wire, getattr(value, name)) for name, wire, _ in hints)
    if isinstance(value, abc.Mapping):
        return _object(value.items())
    if isinstance(value, (bytes, bytearray, memoryview)):
        return base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, abc.Sequence) and not isinstance(value, str):
        return [dump(one) for one in value]
    return value


def _object(items: Any) -> "dict[str, Any]":
    made: "dict[str, Any]" = {}
    for name, value in items:
        if value is None:
            continue
        if isinstance(value, datetime):
            made[name if name.endswith("_ms") else f"{name}_ms"] = to_millis(value)
        elif name == "free_csv":
            made[name] = pairs(value)
        else:
            made[name] = dump(value)
    return made


def load(cls: Type[T], value: Mapping[str, Any]) -> T:
    """Makes one of this package's records from what an operation answered."""
    of_class: Any = cls
    made = {}
    for name, wire, read in _fields(of_class):
        one = value.get(wire)
        made[name] = one if one is None or read is None else read(one)
    return cls(**made)


_Reader = Callable[[Any], Any]


# Hints are looked through once for each class, and not with each answer.
@lru_cache(maxsize=None)
def _fields(cls: Any) -> "tuple[tuple[str, str, Union[_Reader, None]], ...]":
    hints = typing.get_type_hints(cls)
    found = []
    for field in dataclasses.fields(cls):
        hint = hints[field.name]
        wire = field.name[:-1] if keyword.iskeyword(field.name.rstrip("_")) else field.name
        if hint is datetime or datetime in typing.get_args(hint):
            wire = f"{wire}_ms"
        found.append((field.name, wire, _reader(hint)))
    return tuple(found)


def _reader(hint: Any) -> "Union[_Reader, None]":
    """What makes a value of this hint from JSON that is not null; nothing where it is that value already."""
    if typing.get_origin(hint) is Union:
        for choice in typing.get_args(hint):
            if isinstance(choice, type) and issubclass(choice, Enum):
                # A newer library may know more names.
                named: "dict[Any, Any]" = dict(choice._value2member_map_)
                return lambda value: named.get(value, value)
            if choice is not type(None):
                return _reader(choice)
    if hint is datetime:
        return lambda value: _EPOCH + value * _MILLISECOND
    if hint is bytes:
        return base64.b64decode
    if typing.get_origin(hint) is tuple:
        item = typing.get_args(hint)[0]
        if typing.get_origin(item) is tuple:
            return lambda value: tuple((pair["name"], pair["value"]) for pair in value)
        read = _reader(item)
        if read is None:
            return tuple
        return lambda value: tuple(None if one is None else read(one) for one in value)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return lambda value: load(hint, value)
    if typing.get_origin(hint) is not None:
        return lambda value: tuple(value) if isinstance(value, list) else value
    return None
