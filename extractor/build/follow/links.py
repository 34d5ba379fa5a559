"""What a list page, a feed or a sitemap lists, and where it goes on.

They come from the open web: nothing in them is run, expanded or fetched, and of what is without end the beginning counts.
"""

from __future__ import annotations

import gzip
import io
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from urllib.parse import urldefrag, urljoin

from extractor.build.fetch.body import GZIP
from extractor.dataset.addresses import is_web_address
from extractor.errors import IngestError
from extractor.ingest import DEFAULT
from extractor.ingest.archive import parse_xml
from extractor.ingest.encoding import decode
from extractor.ingest.web import markup
from extractor.messages import Message
from extractor.notice.word_lists import ListRow, WordList, word_lists
from extractor.resources import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extractor.build.follow.sources import Kind
    from extractor.resources import Resources

# An element of the parsers'.
Element: TypeAlias = Any
DATA = "follow.toml"
# No list of an authority has more.
MOST = 5_000
LONGEST = 2_000
_MOST_SCRIPT = 100_000


class FollowWords(NamedTuple):
    """The lists of `follow.toml`."""

    next_page: WordList
    page_script: WordList


def follow_words(resources: Resources) -> FollowWords:
    """Read `follow.toml`; for `Resources.built`."""
    path = resources.root / DATA
    return word_lists(path, read_rows(path, "list", ListRow), FollowWords)


class ListedLink(NamedTuple):
    """What is listed: its address, whole, and its text."""

    url: str
    title: str


class Listing(NamedTuple):
    """What a page lists, in its order; ``following`` are the pages that go on (several of an index of sitemaps)."""

    links: tuple[ListedLink, ...]
    following: tuple[str, ...] = ()


def read_listing(kind: Kind, data: bytes, base: str, media_type: str | None, resources: Resources) -> Listing:
    """Read a page of a source; an `IngestError` says why it can't be read as what it is said to be."""
    if kind == "list":
        declared = markup.charset_of_header(media_type)
        return _read_page(decode(data, resources, origin=base, declared=declared).text, base, resources)
    root = parse_xml(_unpacked(data, base), base, kind, DEFAULT)
    found = _read_sitemap(root, base) if kind == "sitemap" else _read_feed(root, base)
    if found is None:
        msg = Message(
            "{base}: is no {kind}, found <{name}>. Correct its kind in sources.toml.",
            base=base,
            kind=kind,
            name=_name(root),
        )
        raise IngestError("unsupported", msg)
    return found


def _unpacked(data: bytes, base: str) -> bytes:
    """Unpack a sitemap that is a gzip file, no further than a file may go."""
    if not data.startswith(GZIP):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            plain = file.read(DEFAULT.xml + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise IngestError(
            "broken", Message("{base}: the packed file is damaged: {error}.", base=base, error=error)
        ) from error
    DEFAULT.check("xml", len(plain), base, Message("bytes of XML in {name!r}", name="gzip"))
    return plain


# ── list pages


def _read_page(text: str, base: str, resources: Resources) -> Listing:
    root = markup.parse(text)
    if root is None:
        return Listing(())
    words = resources.built(follow_words)
    for one in root.iter("base"):
        base = _absolute(one.get("href"), base) or base
        break
    links, following = [], []
    for one in root.iter("a", "link"):
        url = _absolute(one.get("href"), base)
        if url is None:
            continue
        if one.tag == "link":
            following += [url] if "next" in (one.get("rel") or "").lower().split() else []
            continue
        title = one.get("title") or ""
        shown = " ".join("".join(map(str, one.itertext())).split())
        if "next" in (one.get("rel") or "").lower().split() or words.next_page.meets(shown or title):
            following.append(url)
        else:
            links.append(
                ListedLink(url, title if len(title) > len(shown) else shown)
            )  # cut in the list, whole in the title
    following += _by_script(root, base, words)
    return Listing(_once(links), tuple(dict.fromkeys(following))[:1])


def _by_script(root: Element, base: str, words: FollowWords) -> Iterator[str]:
    """Name the next page as the script does that would write the links: index_1.html after index.html."""
    for one in root.iter("script"):
        found = words.page_script.pattern.search((one.text or "")[:_MOST_SCRIPT])
        if found and int(found["at"]) + 1 < int(found["count"]):
            url = _absolute(f"{found['name']}_{int(found['at']) + 1}.{found['ending']}", base)
            yield from (url,) if url else ()


# ── feeds and sitemaps


def _read_feed(root: Element, base: str) -> Listing | None:
    """Read RSS of any version, or Atom; None for anything else."""
    if _name(root) not in {"rss", "RDF", "feed"}:
        return None
    links: list[ListedLink] = []
    following: list[str] = []
    for one in _elements(root):
        if _name(one) in {"item", "entry"}:
            url = next(filter(None, (_absolute(address, base) for address in _addresses_of(one))), None)
            links += [ListedLink(url, _text(one, "title"))] if url else []
        elif _name(one) == "link" and one.get("rel") == "next" and _name(one.getparent()) in {"feed", "channel"}:
            following += filter(None, [_absolute(one.get("href"), base)])
    return Listing(_once(links), tuple(following[:1]))


def _addresses_of(item: Element) -> Iterator[str]:
    """List the addresses of an entry, the one of the page first."""
    links = [one for one in _elements(item) if _name(one) == "link" and one.getparent() is item]
    yield from (
        one.get("href") or "" for one in links if (one.get("rel") or "alternate") == "alternate" and one.get("href")
    )
    yield from ((one.text or "").strip() for one in links)
    guid = next((one for one in _elements(item) if _name(one) == "guid"), None)
    if guid is not None and (guid.get("isPermaLink") or "true") == "true":
        yield (guid.text or "").strip()


def _read_sitemap(root: Element, base: str) -> Listing | None:
    """Read a sitemap, or an index of them; None for anything else."""
    if _name(root) not in {"urlset", "sitemapindex"}:
        return None
    places = [_absolute((one.text or "").strip(), base) for one in _elements(root) if _name(one) == "loc"]
    found = [url for url in places if url]
    if _name(root) == "sitemapindex":
        return Listing((), tuple(dict.fromkeys(found)))
    return Listing(_once(ListedLink(url, "") for url in found))


def _elements(root: Element) -> Iterator[Element]:
    return (one for one in root.iter() if isinstance(one.tag, str))


def _name(element: Element | None) -> str:
    return "" if element is None else str(element.tag).rpartition("}")[2]


def _text(element: Element, name: str) -> str:
    found = next((one for one in _elements(element) if _name(one) == name), None)
    return "" if found is None else " ".join("".join(found.itertext()).split())


# ── addresses


def _absolute(address: str | None, base: str) -> str | None:
    """Make an address whole; None for what is none of the web, or longer than any is."""
    if not address or len(address) > LONGEST:
        return None
    try:
        url = urldefrag(urljoin(base, address.strip())).url
    except ValueError:
        return None
    return url if is_web_address(url) else None


def _once(links: Iterable[ListedLink]) -> tuple[ListedLink, ...]:
    """Keep the first of each address, and of an image and a headline that lead to one the words."""
    found: dict[str, str] = {}
    for url, title in links:
        if len(found.setdefault(url, title)) < len(title):
            found[url] = title
        if len(found) == MOST:
            break
    return tuple(ListedLink(url, title) for url, title in found.items())
