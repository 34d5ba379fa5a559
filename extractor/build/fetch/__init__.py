"""Addresses to bytes: fetches a notice from the web, politely, bounded in time and size, and never from private places.

What is fetched: http and https, one address at a time, at most one request a second to a host, as robots.txt allows.
Credentials, cookies and the environment's proxies are not used: through a proxy nobody could check where it connects.
httpcore and httpx are imported only when something is fetched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.build.fetch.api import Fetched, FetchSettings

if TYPE_CHECKING:
    from extractor.build.fetch.client import Fetcher

__all__ = ["FetchSettings", "Fetched", "fetch", "fetcher", "is_address"]


def is_address(source: str) -> bool:
    r"""Say whether a source given by the user is an address and not the path of a file.

    >>> [is_address(source) for source in ("https://example.org/a", "FTP://example.org", "a/b.txt", "C:\\a.txt")]
    [True, True, False, False]
    """
    scheme, found, _ = source.partition("://")
    return (bool(found) and scheme.isascii() and scheme.isalpha()) or source.lower().startswith("file:")


def fetch(url: str, settings: FetchSettings | None = None) -> Fetched:
    """Fetch one address; a `FetchError` says why it can't or may not be."""
    return fetcher(settings).fetch(url)


def fetcher(settings: FetchSettings | None = None) -> Fetcher:
    """Make what fetches several addresses, keeps its distance between them and reads a host's robots.txt once."""
    from extractor.build.fetch.client import Fetcher

    return Fetcher(settings or FetchSettings())
