"""What a caller may set, and what fetching gives back."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

from msgspec import Struct

from extractor.ingest.limits import DEFAULT


class FetchSettings(Struct, frozen=True, kw_only=True):
    """How to fetch; times are in seconds. ``sleep`` and ``monotonic`` are there for tests, which need not wait."""

    # To connect, to wait for the next bytes, and for one whole request, however steadily its bytes drip.
    connect: float = 10.0
    read: float = 30.0
    whole: float = 120.0
    # Most bytes of a body, as sent and as unpacked.
    most: int = DEFAULT.bytes
    # Redirects followed one after the other, and tries after a failed connection or a "come back later".
    redirects: int = 5
    retries: int = 2
    # Least pause between two requests to a host, and the longest that a server may ask for.
    delay: float = 1.0
    patience: float = 60.0
    allow_private: bool = False
    ignore_robots: bool = False
    # The day of retrieval, where the caller knows better than the server.
    retrieved_on: dt.date | None = None
    sleep: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic


class Fetched(Struct, frozen=True, kw_only=True):
    """A file from the web.

    ``url`` is the address asked for, ``final_url`` the one that answered; ``media_type`` the Content-Type header as it
    came; ``filename`` the name that the server or the address gives the file, which may be anything; ``retrieved_on``
    the caller's day, else the one of the response's Date header in China, else None: never this machine's clock.
    """

    url: str
    final_url: str
    media_type: str | None
    data: bytes
    retrieved_on: dt.date | None
    filename: str | None
