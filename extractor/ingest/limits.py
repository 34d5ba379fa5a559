"""How much a single notice may cost to read, so that a hostile or broken file can't stop a run or fill the memory.

Every limit is a setting: `Limits` holds sound defaults, ``--limit pages=3000`` changes one. A file over a limit is set
aside with the reason ``too_large`` (or ``too_slow``), and the message names the limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from extractor.errors import IngestError
from extractor.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")

MIB = 1 << 20
# How libxml2 calls it in an error log that there was no memory left; it may say so and go on.
NO_MEMORY = "ERR_NO_MEMORY"


class Worst(NamedTuple):
    """What a character or byte of the worst known input costs, with room for slow machines: see ``tests/bench/worst.py``."""

    microseconds: int
    bytes: int


# All stages after reading, a character; the reader for web pages, a byte.
PIPELINE = Worst(300, 4096)
PAGE = Worst(1000, 4096)


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
    # Numerals of what was read: 700,000 figures, a line each, make facts of some 2 GB.
    numerals: int = 200_000
    # Depth of nested elements in XML, below the parser's own bound of 256.
    depth: int = 200
    # Bytes and elements of one XML part of a DOCX or OFD: a million characters with their formats take about 20 MiB. A tree
    # takes up to 35 times its bytes in memory.
    xml: int = 32 * MIB
    elements: int = 5_000_000
    # Seconds that a reader may take, and then all that follows, and mebibytes of memory beside what is loaded. They are kept by
    # a process of its own, or by size where even the worst text or page of that size takes less (see `holds`).
    seconds: int = 120
    memory: int = 2_048
    # The command that recognises the text of a PDF made of pictures (see `ingest.ocr`), and the seconds it may take.
    ocr: str = ""
    ocr_seconds: int = 1_800

    def holds(self, size: int, worst: Worst) -> bool:
        """Return True if even the worst input of a size keeps to the seconds and the memory, so that no process need watch it."""
        return size * worst.microseconds <= self.seconds * 1_000_000 and size * worst.bytes <= self.memory * MIB

    def check(self, name: str, found: int, origin: str, what: str) -> None:
        """Raise `IngestError` when ``found`` is over the limit ``name``; ``what`` names what is counted.

        >>> Limits(pages=2).check("pages", 5000, "a.pdf", "pages")
        Traceback (most recent call last):
        extractor.errors.IngestError: a.pdf: found 5,000 pages, at most 2 are read as one notice. Split the file, ...
        """
        most: int = getattr(self, name)
        if found > most:
            msg = Message.counted(
                "{origin}: found {found:,} {what}, at most {most:,} is read as one notice. Split the file, check "
                "that it is the notice you mean, or raise the limit: --limit {name}={found}.",
                "{origin}: found {found:,} {what}, at most {most:,} are read as one notice. Split the file, check "
                "that it is the notice you mean, or raise the limit: --limit {name}={found}.",
                most,
                origin=origin,
                found=found,
                what=what,
                most=most,
                name=name,
            )
            raise IngestError("too_large", msg)


DEFAULT = Limits()


def with_settings(settings: Iterable[str], limits: Limits = DEFAULT) -> Limits:
    """Change limits as words like ``pages=3000`` say; a `ValueError` says what is wrong with one.

    >>> with_settings(["pages=3000"]).pages
    3000
    >>> with_settings(["page=3000"])
    Traceback (most recent call last):
    ValueError: 'page=3000': expected NAME=NUMBER with a number above 0. Names: bytes, unpacked, members, pages, ...
    """
    names = [name for name in limits.__struct_fields__ if name != "ocr"]
    for setting in settings:
        name, _, number = setting.partition("=")
        if name not in names or not (number.isascii() and number.isdecimal() and 0 < int(number[:20]) < 1 << 62):
            msg = Message(
                "{setting!r}: expected NAME=NUMBER with a number above 0. Names: {names}.",
                setting=setting,
                names=tuple(names),
            )
            raise ValueError(msg)
        limits = replace(limits, **{name: int(number[:20])})
    return limits


def bounded(reader: Callable[..., T], data: bytes, origin: str, *given: object, **options: object) -> T:
    """Let a reader read a file; raise `IngestError` for one whose parts lie deeper within each other than it can follow."""
    try:
        return reader(data, origin, *given, **options)
    except RecursionError as error:
        msg = Message(
            "{origin}: found parts nested too deeply within each other, expected a notice. Check that it is the "
            "notice you mean; if it is, save it anew in the program that made it.",
            origin=origin,
        )
        raise IngestError("too_large", msg) from error
