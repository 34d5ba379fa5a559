"""How much a single notice may cost to read, so that a hostile or broken file can't stop a run or fill the memory.

Every limit is a setting: `Limits` holds sound defaults, ``--limit pages=3000`` changes one. A file over a limit is set
aside with the reason ``too_large`` (or ``too_slow``), and the message names the limit.
"""

from __future__ import annotations

from msgspec import Struct

from extractor.errors import IngestError

MIB = 1 << 20


class Limits(Struct, frozen=True, kw_only=True):
    """What one file may have. Notices have 1 to 60 pages and up to 100,000 characters; the defaults leave ample room."""

    # Bytes of the file.
    bytes: int = 64 * MIB
    # Bytes of everything that is unpacked from a ZIP file, taken together, and how many members it may have.
    unpacked: int = 256 * MIB
    members: int = 20_000
    # Pages of a PDF or OFD.
    pages: int = 1_000
    # Paragraphs and table cells of a DOCX or OFD.
    paragraphs: int = 200_000
    # Characters of what was read.
    characters: int = 10_000_000
    # Depth of nested elements in XML.
    depth: int = 500
    # Seconds that a reader may take, and mebibytes of memory, for formats read in a process of their own.
    seconds: int = 120
    memory: int = 2_048

    def check(self, name: str, found: int, origin: str, what: str) -> None:
        """Raise `IngestError` when ``found`` is over the limit ``name``; ``what`` names what is counted.

        >>> Limits(pages=2).check("pages", 5000, "a.pdf", "pages")
        Traceback (most recent call last):
        extractor.errors.IngestError: a.pdf: found 5,000 pages, at most 2 are read as one notice. Split the file, ...
        """
        most: int = getattr(self, name)
        if found > most:
            msg = (
                f"{origin}: found {found:,} {what}, at most {most:,} are read as one notice. "
                f"Split the file, check that it is the notice you mean, or raise the limit: --limit {name}={found}."
            )
            raise IngestError("too_large", msg)


DEFAULT = Limits()
