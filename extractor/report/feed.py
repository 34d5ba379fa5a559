"""``changes.atom``: an entry for each figure or deadline that moved, with both quotations; Atom 1.0 (RFC 4287).

An entry's id is made of what moved, so that the same move is the same entry whenever it is written. Words of notices are text
in a page's markup, never markup.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from markupsafe import Markup

from extractor._version import __version__
from extractor.build.follow.state import FeedEntry
from extractor.dataset.canonical import encode_line
from extractor.dataset.compare import figures_of
from extractor.dataset.labels import safe, title_of
from extractor.dataset.points import figure_of_point
from extractor.report.diff_lines import Held, point_words, series_scope_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.dataset.labels import Labels
    from extractor.dataset.moves import Move
    from extractor.model import Dataset, Fact, NoticeRecord, Point
    from extractor.resources import Resources

_ATOM = "http://www.w3.org/2005/Atom"
_ID = "urn:extractor:changes"
_NEVER = "1970-01-01T00:00:00Z"


class AtomFeed:
    """Writes the feed in a language's words."""

    def __init__(self, labels: Labels, resources: Resources) -> None:
        """Take the words."""
        self._labels, self._resources = labels, resources

    def entries(self, moved: Sequence[Move], old: Dataset, new: Dataset, updated: str) -> list[FeedEntry]:
        """Make an entry of each figure that moved."""
        sides = _Side(old, self), _Side(new, self)
        return [self._entry(move, sides, updated) for move in moved]

    def held(self, dataset: Dataset) -> Held:
        """Index a dataset for quoting."""
        return Held(figures_of(dataset, self._resources), lambda _: None)

    def words(self, point: Point, held: Held) -> str:
        """Say a point's figure, and its deadline."""
        due = f" ({self._labels('phrase', 'by_date').format(point.due)})" if point.due else ""
        return f"{point_words(point, held, self._labels)}{due}"

    def _entry(self, move: Move, sides: tuple[_Side, _Side], updated: str) -> FeedEntry:
        series, labels = move.series, self._labels
        # What was before may stand in the new dataset alone: the year between two that came at once.
        before = sides[0] if sides[0].has(move.before) else sides[1]
        said = before.words(move.before), sides[1].words(move.after)
        name = labels.indicator(series.indicator) or series.subject or ""
        scope = series_scope_words(series.scope, labels)
        year = labels("feed", "year").format(move.after.year)
        region = sides[1].region(move)
        title = " ".join(filter(None, (region, safe(name), f"({scope})" if scope else "", year)))
        arrow = labels("feed", "corrected" if move.corrected else "moved").format(*said)
        key = [
            series.series_id,
            move.after.year,
            figure_of_point(move.before),
            figure_of_point(move.after),
            move.corrected,
        ]
        digest = hashlib.sha256(encode_line([str(part) for part in key])).hexdigest()
        content = Markup("<p>{}</p>{}{}").format(
            f"{title}: {arrow}",
            before.quote(
                f"{labels('feed', 'before')} {labels('feed', 'year').format(move.before.year)}", said[0], move.before
            ),
            sides[1].quote(f"{labels('feed', 'after')} {year}", said[1], move.after),
        )
        return FeedEntry(
            id=f"{_ID}:{digest[:32]}",
            updated=updated,
            title=f"{title}: {arrow}",
            url=sides[1].url(move.after),
            content=str(content),
        )

    def atom(self, entries: Sequence[FeedEntry]) -> bytes:
        """Write the feed, the newest first."""
        ET.register_namespace("", _ATOM)
        root = ET.Element(f"{{{_ATOM}}}feed")
        _add(root, "id", _ID)
        _add(root, "title", self._labels("feed", "title"))
        _add(root, "updated", max((entry.updated for entry in entries), default=_NEVER))
        _add(_add(root, "author"), "name", "extractor")
        _add(root, "generator", "extractor", version=__version__)
        for entry in entries:
            one = _add(root, "entry")
            _add(one, "id", entry.id)
            _add(one, "title", _plain(entry.title))
            _add(one, "updated", entry.updated)
            if entry.url:
                _add(one, "link", rel="alternate", href=_plain(entry.url))
            _add(one, "content", _plain(entry.content), type="html")
        ET.indent(root)
        written: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
        return written + b"\n"


class _Side:
    """One of the two datasets, for quoting."""

    def __init__(self, dataset: Dataset, feed: AtomFeed) -> None:
        self._feed, self._held = feed, feed.held(dataset)
        self._facts: dict[str, Fact] = {fact.fact_id: fact for fact in dataset.facts}
        self._notices: dict[str, NoticeRecord] = {one.notice_id: one for one in dataset.notices}

    def has(self, point: Point) -> bool:
        return all(name in self._facts for name in point.fact_ids)

    def words(self, point: Point) -> str:
        return self._feed.words(point, self._held)

    def region(self, move: Move) -> str:
        names = {one.region.code: one.region.name for one in self._notices.values() if one.region}
        return safe(names.get(move.series.region or "", ""))

    def url(self, point: Point) -> str | None:
        found = (self._notices[self._facts[name].notice_id].source.url for name in point.fact_ids)
        return next((url for url in found if url and url.startswith(("http://", "https://"))), None)

    def quote(self, heading: str, figure: str, point: Point) -> Markup:
        """Quote the words of every fact behind a point, each with its notice."""
        lines = Markup("")
        for name in point.fact_ids:
            fact = self._facts[name]
            notice = self._notices[fact.notice_id]
            evidence = fact.evidence
            title = " ".join(filter(None, (title_of(notice), notice.document_number))) or notice.notice_id
            lines += Markup("<blockquote>…{}<b>{}</b>{}…</blockquote><p>{}</p>").format(
                *(" ".join(part.split()) for part in (evidence.prefix, evidence.exact, evidence.suffix)), title
            )
        return Markup("<p>{}: {}</p>{}").format(heading, figure, lines)


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = text
    return element


def _plain(text: str) -> str:
    """Leave out what no XML may hold."""
    return "".join(
        sign
        for sign in text
        if sign in "\t\n\r" or (sign >= " " and not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff")
    )
