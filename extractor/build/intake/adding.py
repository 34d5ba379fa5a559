"""One notice after the other: reads it, looks whether the corpus has it, and puts it there with its sidecar."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from msgspec import Struct
from msgspec.structs import replace

from extractor import ingest
from extractor.build.corpus import Sidecar, find_notices, result_of
from extractor.build.fetch.address import without_password
from extractor.build.intake import placement
from extractor.build.intake.sources import Item, of_address
from extractor.dataset.labels import title_of
from extractor.dataset.times import year_of
from extractor.errors import CatalogError, DatasetError, FetchError, IngestError
from extractor.messages import Message
from extractor.model import NoticeRecord, NoticeResult, SetAside, SourceText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import TypeAlias

    from extractor.build.fetch.client import Fetcher
    from extractor.build.intake.sources import Loaded
    from extractor.ingest.limits import Limits
    from extractor.resources import Resources

    Placing: TypeAlias = Callable[[NoticeResult, Loaded], tuple[str, str]]

# More links than this are no attachments of a notice.
MOST_ATTACHMENTS = 50
# Endings of files by the reader that read them; a reader's name is that of its format.
ENDINGS = {"text": "txt"}


class Landed(Struct, frozen=True, kw_only=True):
    """A notice that stands in the corpus: at ``path``, put there now or (not ``added``) by the same bytes before.

    ``notes`` say what was given of it and has no effect.
    """

    source: str
    path: str
    added: bool
    title: str | None
    facts: int
    notes: tuple[str, ...] = ()


class Adding:
    """Adds notices to one corpus; knows which bytes it holds."""

    def __init__(
        self,
        corpus: Path,
        web: Callable[[], Fetcher],
        limits: Limits,
        resources: Resources,
        *,
        skip: Path | None = None,
        given: Sidecar | None = None,
    ) -> None:
        """List the corpus; its files are read only where one of the same size is to be added.

        ``given`` is what is known of the one notice to add, beside what its text says.
        """
        self.landed: list[Landed] = []
        self.set_aside: list[SetAside] = []
        self._corpus = corpus
        self._web = web
        self._given = given or Sidecar()
        self._limits = limits
        self._resources = resources
        self._sizes: dict[int, list[Path]] = {}
        for path in _files(corpus, skip):
            self._sizes.setdefault(path.stat().st_size, []).append(path)

    def add(self, item: Item, *, attachments: bool = False) -> None:
        """Add one notice, or note why not; with ``attachments`` also what it links to."""
        found = self._one(item, _by_notice)
        if found is None or not attachments:
            return
        path, result, base = found
        if not base:
            return
        seen: set[str] = set()
        for link in result.notice.attachments:
            url = link.url
            try:
                url = urljoin(base, link.url)
                if url in seen or len(seen) == MOST_ATTACHMENTS:
                    continue
                seen.add(url)
                self._one(of_address(url, self._web, named=False), _beside(path, link.name))
            except (FetchError, ValueError) as error:
                # One link that is no address (http://[) must not cost those behind it.
                self._put_aside(url, None, "not_fetched", error)

    def take(self, item: Item, accept: Callable[[NoticeResult], bool]) -> tuple[str, NoticeResult, str] | None:
        """Add one notice that ``accept`` agrees to when it has been read; return its path, what was read, and its links' base.

        The path is empty where ``accept`` refuses; None, and a word in ``set_aside``, for what is no notice.
        """
        found = self._one(item, _by_notice, accept)
        return None if found is None else (found[0].as_posix() if found[0] != PurePath() else "", *found[1:])

    def beside(self, path: str, item: Item, name: str) -> None:
        """Add what a page links to as part of the notice, beside it."""
        self._one(item, _beside(PurePath(path), name))

    def _one(
        self, item: Item, placing: Placing, accept: Callable[[NoticeResult], bool] = lambda _: True
    ) -> tuple[PurePath, NoticeResult, str] | None:
        """Load, read and place a notice; return where it stands, what was read and where its links start from."""
        loaded = None
        try:
            loaded = item.load()
            loaded, result = self.read(loaded, item.source)
        except IngestError as error:
            self._put_aside(item.source, loaded, error.reason, error)
        except FetchError as error:
            self._put_aside(item.source, loaded, "not_fetched", error)
        except (CatalogError, ImportError, DatasetError):
            raise
        except Exception as error:  # noqa: BLE001 - a notice that meets a fault of ours must not cost the others
            self._put_aside(item.source, loaded, "internal_error", error)
        else:
            path = self._land(item, loaded, result, placing) if accept(result) else PurePath()
            return path, result, loaded.base or ""
        return None

    def read(self, loaded: Loaded, origin: str) -> tuple[Loaded, NoticeResult]:
        """Read a notice; return with it the bytes to keep."""
        source = self._source(loaded.data, origin, loaded.media_type)
        if "charset" in (loaded.media_type or "").lower() and self._text(loaded.data, origin) != source.text:
            loaded, source = self._rewritten(loaded, source)
        return loaded, result_of(source, self._resources, path=origin, url=loaded.about.url, limits=self._limits)

    def _rewritten(self, loaded: Loaded, source: SourceText) -> tuple[Loaded, SourceText]:
        """Write text anew as UTF-8 whose characters only the Content-Type header told.

        What is read from the corpus depends on bytes alone, and a file has no header.
        """
        data = loaded.data.decode(source.encoding, "replace").encode()
        if self._text(data, source.origin) != source.text:
            msg = Message(
                "{origin}: found the charset {encoding} in the header and another in the file itself. Save the page "
                "in a browser as UTF-8 and add the file.",
                origin=source.origin,
                encoding=source.encoding,
            )
            raise IngestError("encoding", msg)
        return loaded._replace(data=data), self._source(data, source.origin)

    def _source(self, data: bytes, origin: str, media_type: str | None = None) -> SourceText:
        return ingest.read(data, origin=origin, media_type=media_type, limits=self._limits, resources=self._resources)

    def _text(self, data: bytes, origin: str) -> str | None:
        try:
            return self._source(data, origin).text
        except IngestError:
            return None

    def _land(self, item: Item, loaded: Loaded, result: NoticeResult, placing: Placing) -> PurePath:
        path = self._holding(loaded.data)
        added = path is None
        if path is None:
            folder, stem = placing(result, loaded)
            reader = result.notice.source.reader
            title = loaded.about.title or result.notice.title
            number = loaded.about.document_number or result.notice.document_number
            about = placement.toml(replace(loaded.about, title=title, document_number=number))
            path = placement.put(self._corpus / folder, stem, ENDINGS.get(reader, reader), loaded.data, about)
            self._sizes.setdefault(len(loaded.data), []).append(path)
        name = path.relative_to(self._corpus)
        given, self._given = self._given, Sidecar()  # what it links to is something else
        self.landed.append(
            Landed(
                source=item.source,
                path=name.as_posix(),
                added=added,
                title=title_of(result.notice),
                facts=len(result.facts),
                notes=tuple(_without_effect(given, result.notice, added=added)),
            )
        )
        return name

    def _holding(self, data: bytes) -> Path | None:
        """Find a file of the corpus with these bytes."""
        for path in self._sizes.get(len(data), ()):
            try:
                if path.read_bytes() == data:
                    return path
            except OSError:  # gone since, or not for us to read
                continue
        return None

    def _put_aside(self, source: str, loaded: Loaded | None, reason: str, error: Exception) -> None:
        message = str(error)
        if reason == "internal_error":
            message = Message("{kind}: {error}", kind=type(error).__name__, error=error)
        digest = hashlib.sha256(loaded.data).hexdigest() if loaded else None
        self.set_aside.append(SetAside(path=without_password(source), sha256=digest, reason=reason, message=message))


def _without_effect(about: Sidecar, notice: NoticeRecord, *, added: bool) -> Iterator[Message]:
    """Say what was given of a notice that its text says otherwise, and that a file which was there keeps its sidecar."""
    given = {
        "--title": (about.title, notice.title),
        "--document-number": (about.document_number, notice.document_number),
    }
    for option, (said, stated) in given.items():
        if said and stated and _bare(said) != _bare(stated):
            yield Message(
                "{option} {said!r}: the text itself says {stated!r}, and that counts. Correct the option, or the text.",
                option=option,
                said=said,
                stated=" ".join(stated.split()),
            )
    if not added and (about.title or about.document_number or about.url):
        yield Message("the file was there already, and keeps what its .toml says. Edit that.")


def _bare(words: str) -> str:
    """Leave out blanks, and what is only written in another width."""
    return "".join(unicodedata.normalize("NFKC", words).split())


def _files(corpus: Path, skip: Path | None) -> list[Path]:
    """List the notices of a corpus; one that isn't there or is empty has none."""
    if not corpus.exists():
        return []
    try:
        return [
            file.path for file in find_notices(corpus, skip=skip) if file.path.is_file() and not file.path.is_symlink()
        ]
    except DatasetError:
        return []


def _by_notice(result: NoticeResult, loaded: Loaded) -> tuple[str, str]:
    """Place a notice by the region and year that it names; a page from the web is called by its title."""
    notice = result.notice
    year = str(year_of(notice) or "undated")
    names = (
        (notice.title, placement.stem_of(loaded.name)) if loaded.web else (placement.stem_of(loaded.name), notice.title)
    )
    name = next(
        (safe for name in names if name and (safe := placement.safe_name(name.removeprefix(f"{year}-")))), "notice"
    )
    return notice.region.code if notice.region else "000000", f"{year}-{name}"


def _beside(page: PurePath, name: str) -> Placing:
    """Place an attachment beside the page that links to it."""
    stem = placement.safe_name(placement.stem_of(name) or "") or "attachment"
    return lambda _result, _loaded: (page.parent.as_posix(), f"{page.stem}-{stem}")
