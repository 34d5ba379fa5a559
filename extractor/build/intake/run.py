"""New notices into the corpus: from files, folders, addresses and standard input.

Each is read as a notice first. What can't be read is set aside with its reason and leaves nothing in the corpus; what
can lands at ``<region>/<year>-<name>.<format>`` with a sidecar that says where it came from. The region and the year are
those that the notice itself names; where it names none, ``000000`` and ``undated``. The bytes are
kept as they came; only text whose charset stands in its HTTP header alone is written anew as UTF-8.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict, replace

from extractor import ingest
from extractor.build.corpus import require_apart, result_of
from extractor.build.fetch import FetchSettings, fetch, fetcher
from extractor.build.incremental import BuildReport, build
from extractor.build.intake import placement
from extractor.build.intake.adding import Adding, Landed
from extractor.build.intake.sources import Item, Loaded, gather
from extractor.dataset.addresses import is_web_address
from extractor.errors import DatasetError
from extractor.ingest.limits import DEFAULT, Limits
from extractor.messages import Message
from extractor.model import NoticeResult, SetAside
from extractor.resources import load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from extractor.build.corpus import Sidecar
    from extractor.notice.facts.explain import Explanation
    from extractor.resources import Resources

__all__ = ["AddReport", "Landed", "add", "read_address"]


class AddReport(Struct, frozen=True, kw_only=True):
    """What became of each source, in the order given; ``build`` is None where nothing was built."""

    landed: tuple[Landed, ...]
    set_aside: tuple[SetAside, ...]
    build: BuildReport | None


def read_address(
    url: str,
    settings: FetchSettings,
    limits: Limits = DEFAULT,
    *,
    resources: Resources | None = None,
    explanations: dict[str, Explanation] | None = None,
) -> NoticeResult:
    """Fetch one notice and read it; nothing is kept. Raises `FetchError` or `IngestError`.

    ``explanations``, where given, is filled with why each fact was linked as it was, by fact id.
    """
    given = load() if resources is None else resources
    got = fetch(url, settings)
    source = ingest.read(got.data, origin=url, media_type=got.media_type, limits=limits, resources=given)
    return result_of(source, given, path=url, url=url, limits=limits, explanations=explanations)


def _known(items: Sequence[Item], about: Sidecar) -> Item:
    """Say of the one notice what the user knows of it; of several it can't be true."""
    if len(items) != 1:
        msg = Message(
            "title, number and address are of one notice, found {count}. Add them one by one.", count=len(items)
        )
        raise DatasetError(msg)
    given = {name: value for name, value in asdict(about).items() if value}
    if about.url and not is_web_address(about.url):
        msg = Message(
            "--url {url}: is no address of the web, expected one like https://example.org/notice.html.", url=about.url
        )
        raise DatasetError(msg)

    def known() -> Loaded:
        loaded = items[0].load()
        return loaded._replace(about=replace(loaded.about, **given), base=about.url or loaded.base)

    return Item(items[0].source, known)


def add(  # noqa: PLR0913 - all but three are options
    sources: Sequence[str | bytes],
    corpus: Path,
    outputs: Path | None,
    *,
    settings: FetchSettings | None = None,
    resources: Resources | None = None,
    limits: Limits = DEFAULT,
    attachments: bool = False,
    about: Sidecar | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> AddReport:
    """Add notices to a corpus, and build its outputs unless ``outputs`` is None.

    A source is a file, a folder, an address, or the bytes of a notice. Sources that are none of these, or don't exist,
    raise before anything is done. ``about`` is what is known of the one notice that the sources are. ``attachments`` fetches, too, what a page links to as part of the notice.
    """
    if corpus.exists() and not corpus.is_dir():
        msg = Message(
            "{corpus}: is a file, expected the folder of notices to add to. Name another with --corpus.", corpus=corpus
        )
        raise DatasetError(msg)
    if outputs is not None:
        require_apart(corpus, outputs)
    given = load() if resources is None else resources
    web = cache(partial(fetcher, settings or FetchSettings(most=limits.bytes)))
    items = gather(sources, web, limits, retrieved_on=settings.retrieved_on if settings else None)
    if about is not None:
        items = [_known(items, about)]
    placement.sweep(corpus)
    adding = Adding(corpus, web, limits, given, skip=outputs, given=about)
    for done, item in enumerate(items):
        if progress:
            progress(done, len(items), item.source)
        adding.add(item, attachments=attachments)
    built = None
    if outputs is not None and adding.landed:
        try:
            built = build(corpus, outputs, resources=given, progress=progress)
        except DatasetError as error:  # a row of reviews.toml, say: who adds again would add nothing
            msg = Message(
                "{error}\n{landed} landed in the corpus and stays there: once this is mended, run `extractor build`.",
                error=error,
                landed=tuple(one.path for one in adding.landed),
            )
            raise DatasetError(msg) from error
    return AddReport(landed=tuple(adding.landed), set_aside=tuple(adding.set_aside), build=built)
