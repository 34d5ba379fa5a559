"""`sources.toml` of a corpus: where authorities publish, and which of what they list is to be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import regex
from msgspec import Struct

from extractor import ingest
from extractor.build.corpus import require_inside
from extractor.errors import CatalogError, DatasetError, IngestError
from extractor.ingest import Limits
from extractor.messages import Message
from extractor.resources import convert, parse_toml

if TYPE_CHECKING:
    from pathlib import Path

FILE = "sources.toml"
Kind: TypeAlias = Literal["list", "feed", "sitemap"]

_LIMITS = Limits(bytes=1 << 20)
_ID = regex.compile(r"[\w-]{1,60}")
_EXAMPLE = 'id = "jx", url = "https://example.org/list.html", kind = "list"'
# A look costs an authority a request, and an hour is often enough for anything that binds somebody.
LEAST_HOURS = 1


class Source(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A list page, a feed or a sitemap.

    Of what it lists, links are taken whose text meets ``title`` and whose address meets ``address`` (patterns that are
    searched for; empty takes all), none that meets ``without``. It is looked at every ``hours``; ``pages`` are gone through at
    most; a notice is looked at again ``again_days`` after (0: never), for ``for_days``. No news for ``quiet_days`` is said.
    ``region`` is who publishes there, for people to read.
    """

    id: str
    url: str
    kind: Kind = "list"
    region: str = ""
    name: str = ""
    title: str = ""
    address: str = ""
    without: str = ""
    hours: int = 24
    pages: int = 10
    attachments: bool = True
    again_days: int = 7
    for_days: int = 180
    quiet_days: int = 120

    def takes(self, title: str, address: str) -> bool:
        """Return True if a link is one to take."""
        shown = " ".join(title.split())[:_LONGEST_TEXT]
        wanted = _meets(self.title, shown) and _meets(self.address, address)
        return wanted and not (self.without and (_meets(self.without, shown) or _meets(self.without, address)))


_LONGEST_TEXT = 300


def _meets(pattern: str, text: str) -> bool:
    try:
        return regex.search(pattern, text, timeout=1.0) is not None
    except TimeoutError:
        return False


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    source: tuple[Source, ...] = ()


def load_sources(corpus: Path) -> tuple[Source, ...]:
    """Read a corpus' `sources.toml`; a `DatasetError` says what is wrong with it, and how it should look."""
    path = corpus / FILE
    if not path.is_file():
        msg = Message(
            "{path}: no such file. It lists what to follow: [[source]] with {example}.", path=path, example=_EXAMPLE
        )
        raise DatasetError(msg)
    try:
        require_inside(path, corpus)
        rows = convert(path, "source", parse_toml(path, ingest.read_file(path, _LIMITS)), _File).source
    except (CatalogError, IngestError) as error:
        raise DatasetError(str(error)) from error
    seen: set[str] = set()
    for row in rows:
        _check(row, path, seen)
    return rows


def _check(row: Source, path: Path, seen: set[str]) -> None:
    """Raise `DatasetError` for a row that can't be followed."""
    if not _ID.fullmatch(row.id):
        raise _wrong(path, row, Message("its id has other signs than letters, digits, - and _"))
    if row.id in seen:
        raise _wrong(path, row, Message("the id stands twice; each source needs its own"))
    seen.add(row.id)
    if not row.url.lower().startswith(("http://", "https://")):
        raise _wrong(path, row, Message("{url} is no address of the web", url=row.url))
    for name in ("title", "address", "without"):
        try:
            regex.compile(getattr(row, name))
        except regex.error as error:
            raise _wrong(path, row, Message("{name} is no pattern: {error}", name=name, error=error)) from error
    if row.hours < LEAST_HOURS or row.pages < 1 or min(row.again_days, row.for_days, row.quiet_days) < 0:
        raise _wrong(path, row, Message("hours and pages begin at 1, days at 0"))


def _wrong(path: Path, row: Source, why: str) -> DatasetError:
    return DatasetError(
        Message(
            "{path}: source {id!r}: {why}. Correct it, like {example}.", path=path, id=row.id, why=why, example=_EXAMPLE
        )
    )
