"""What the user named, one notice at a time: files, the files of folders, addresses, bytes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from extractor import ingest
from extractor.build.corpus import SIDECAR, NoticeFile, Sidecar, find_notices, read_sidecar, require_inside
from extractor.build.fetch import is_address
from extractor.errors import DatasetError
from extractor.ingest.files import shown
from extractor.messages import Message

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from extractor.build.fetch.client import Fetcher
    from extractor.ingest.limits import Limits

STDIN = "standard input"


class Loaded(NamedTuple):
    """A notice's bytes and what is known of them.

    ``about`` is what its sidecar says or is to say, ``name`` the file's name, ``base`` the address that its links start
    from; ``media_type`` is a Content-Type header and ``web`` True for what was fetched.
    """

    data: bytes
    about: Sidecar
    name: str | None = None
    base: str | None = None
    media_type: str | None = None
    web: bool = False


class Item(NamedTuple):
    """A notice that is to be added; ``load`` may raise `IngestError` or `FetchError`."""

    source: str
    load: Callable[[], Loaded]


def gather(
    sources: Sequence[str | bytes], web: Callable[[], Fetcher], limits: Limits, *, retrieved_on: dt.date | None
) -> list[Item]:
    """List the notices of all sources in order; raise for what is none, before anything is read or fetched."""
    items: list[Item] = []
    for source in sources:
        if isinstance(source, bytes):
            items.append(Item(STDIN, partial(Loaded, source, Sidecar(retrieved_on=retrieved_on))))
        elif is_address(source):
            items.append(of_address(source, web))
        elif not Path(source).exists():
            msg = Message(
                "{path}: no such file or folder. Name a file, a folder, an address, or - for {stdin}.",
                path=shown(Path(source)),
                stdin=Message("standard input"),
            )
            raise DatasetError(msg)
        else:
            files = [] if _is_sidecar(Path(source)) else find_notices(Path(source))
            items += [Item(shown(file.path), partial(_load_file, file, limits, retrieved_on)) for file in files]
    return items


def of_address(url: str, web: Callable[[], Fetcher], *, named: bool = True) -> Item:
    """Make an item of an address, ``named`` by the user or by a page; a `FetchError` when it can't be one."""
    web().check(url)

    def load() -> Loaded:
        got = web().fetch(url, named=named)
        about = Sidecar(url=got.url, retrieved_on=got.retrieved_on)
        return Loaded(got.data, about, got.filename, got.final_url, got.media_type, web=True)

    return Item(url, load)


def _load_file(file: NoticeFile, limits: Limits, retrieved_on: dt.date | None) -> Loaded:
    require_inside(file.path, file.corpus)
    data = ingest.read_file(file.path, limits)
    about = read_sidecar(file)
    if retrieved_on:
        about = replace(about, retrieved_on=retrieved_on)
    return Loaded(data, about, file.path.name, about.url)


def _is_sidecar(path: Path) -> bool:
    """Say whether a file goes with a notice beside it, as ``folder/*`` names it too."""
    return path.suffix == SIDECAR and path.with_suffix("").is_file()
