"""robots.txt: what a host asks programs to leave alone, and how long to wait between requests."""

from __future__ import annotations

from typing import NamedTuple

from protego import Protego

NAME = "extractor"

# RFC 9309, 2.5: at least 500 KiB are read.
MOST = 500 * 1024


class Rules(NamedTuple):
    """A host's rules; ``parser`` is None where there are none, ``unknown`` says why they couldn't be read."""

    parser: Protego | None = None
    unknown: str = ""

    def allow(self, url: str) -> bool:
        """Say whether an address may be fetched."""
        return not self.unknown and (self.parser is None or self.parser.can_fetch(url, NAME))

    def delay(self) -> float:
        """Seconds to wait between two requests."""
        return float((self.parser and self.parser.crawl_delay(NAME)) or 0)


def rules_of(status: int, data: bytes) -> Rules:
    r"""Read the rules from the answer to a request for robots.txt.

    As RFC 9309 has it, a host without the file (status 4xx) allows everything, and one that fails allows nothing.

    >>> rules_of(200, b"User-agent: *\nDisallow: /*.pdf$\n").allow("https://example.org/private/a.pdf")
    False
    >>> rules_of(404, b"").allow("https://example.org/private/a")
    True
    """
    if status == 200:  # noqa: PLR2004 - OK
        return Rules(Protego.parse(data.decode("utf-8-sig", "replace")))
    if 400 <= status < 500 and status != 429:  # noqa: PLR2004 - there is none; 429: too many requests
        return Rules()
    return Rules(unknown=f"its robots.txt, which says what programs may fetch, can't be had (status {status})")
