"""Keeps arguments out of tracebacks: tools that show the local variables of frames would show keys and people."""

from __future__ import annotations

import functools
import inspect
from typing import Any, Callable


def seal(*classes: type) -> None:
    """Makes the public methods and constructors of classes raise what they raise from a frame that holds nothing."""
    for cls in classes:
        for name, member in list(vars(cls).items()):
            if name.startswith("_") and name != "__init__":
                continue
            if inspect.isfunction(member):
                setattr(cls, name, _sealed(member))
            elif isinstance(member, classmethod):
                setattr(cls, name, classmethod(_sealed(member.__func__)))


def _sealed(method: Callable[..., Any]) -> Callable[..., Any]:
    if inspect.iscoroutinefunction(method):

        @functools.wraps(method)
        async def awaited(*args: Any, **kwargs: Any) -> Any:
            try:
                return await method(*args, **kwargs)
            except BaseException as raised:
                error = _bare(raised)
            del args, kwargs
            try:
                raise error
            finally:
                # The error holds this frame.
                del error

        return awaited

    @functools.wraps(method)
    def called(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except BaseException as raised:
            error = _bare(raised)
        del args, kwargs
        try:
            raise error
        finally:
            del error

    return called


def _bare(error: BaseException) -> BaseException:
    """Without the frames that it came through, and without what it was made of."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)
