"""Transports of the shop's own: for proxies, for tests, for HTTP stacks that a company prescribes.

The library never calls into Python: the client asks it step by step what to send. A transport that raises breaks
nothing; the outcome is then unknown, as after any lost answer, and ``client.resolve`` finds out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional, Tuple

__all__ = ["AsyncTransport", "HttpRequest", "HttpResponse", "NotSentError", "Transport"]


@dataclass(frozen=True)
class HttpRequest:
    """What to send. URL, headers and body hold secrets and personal data; ``repr`` leaves them out."""

    method: str
    url: str = field(repr=False)
    headers: "Tuple[Tuple[str, str], ...]" = field(repr=False)
    body: bytes = field(repr=False)
    timeout: Optional[float] = None
    """Seconds that the call still waits: more than 0, and ``None`` where nothing bounds it. What comes later, an answer or
    :class:`NotSentError`, counts as lost."""


@dataclass(frozen=True)
class HttpResponse:
    """What came back. At most 16 MiB are taken."""

    status: int
    content_type: Optional[str]
    body: bytes = field(repr=False)


class NotSentError(Exception):
    """No byte of the request can have left. Raise it only when that is certain: it may then be sent again."""


class Transport:
    """Subclass it and hand it to :class:`netmile.Client`."""

    def send(self, request: HttpRequest) -> HttpResponse:
        """Sends the request once: no retries, no redirects. Whatever it raises but :class:`NotSentError` means that
        the request may have arrived, and so does an answer that is not an :class:`HttpResponse`, or that has not come
        after ``request.timeout`` seconds. It runs on a thread of its own, which is then left to itself."""
        raise NotImplementedError


class AsyncTransport:
    """Subclass it and hand it to :class:`netmile.AsyncClient`."""

    async def send(self, request: HttpRequest) -> HttpResponse:
        """As :meth:`Transport.send`, on the loop of the call; it is cancelled after ``request.timeout`` seconds.
        Cancelling the call leaves the outcome unknown."""
        raise NotImplementedError
