"""What a caller asks of fetching; what carries it out is loaded when something is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.build.fetch.settings import Fetched, FetchSettings

if TYPE_CHECKING:
    from extractor.build.fetch.client import Fetcher


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
