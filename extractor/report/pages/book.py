"""The dataset as the report's pages need it: what belongs together found once, names and addresses of pages."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from extractor.dataset.addresses import is_web_address, notice_page
from extractor.dataset.check.run import in_language
from extractor.dataset.compare import figures_of, load_directions, stance
from extractor.dataset.doubts import broken_limits
from extractor.dataset.headlines import facts_by_notice
from extractor.dataset.labels import one_line, safe, scope_words, subject_words, title_of, value_words
from extractor.report.diff_lines import DiffWriter, Held, point_words, series_scope_words
from extractor.report.pages.templates import piece_macros
from extractor.report.sentences import QuotedSentence, quoted
from extractor.resources import group_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.dataset.compare import Direction, Stance
    from extractor.dataset.figures import Figures
    from extractor.dataset.labels import Labels
    from extractor.model import Change, Dataset, Evidence, Fact, NoticeRecord, Point, Series, Unresolved
    from extractor.resources import Resources

# A subject is a page of its own from so many points on; one that stands alone is found in its notice.
_POINTS_OF_A_PAGE = 2
_SPACES = re.compile(r"\s+")
_FRAGMENT = 40
_SHORT = 32


class Subject(NamedTuple):
    """What a page is about: an indicator, or words that name what has none. ``page`` lies below the report's folder."""

    key: str
    name: str
    page: str
    group: str
    series: tuple[Series, ...]


class Book:
    """A dataset with its texts, in one language; ``text_of`` gives a notice's source text, None where it is gone."""

    def __init__(
        self,
        dataset: Dataset,
        labels: Labels,
        language: str,
        resources: Resources,
        text_of: Callable[[NoticeRecord], str | None],
    ) -> None:
        """Index the dataset."""
        dataset = in_language(dataset, resources, language)
        self.dataset, self.labels, self.language, self.resources = dataset, labels, language, resources
        self.text_of = text_of
        self.figures: Figures = figures_of(dataset, resources)
        self.held = Held(self.figures, text_of)
        self.writer = DiffWriter(self.held, self.held, labels, limits=broken_limits(dataset))
        self.notices, self.facts = self.figures.notices, self.figures.facts
        self.facts_of = facts_by_notice(dataset)
        self.unresolved_of: dict[str, list[Unresolved]] = defaultdict(list)
        for item in dataset.unresolved:
            self.unresolved_of[item.notice_id].append(item)

    @cached_property
    def parts(self) -> Any:  # noqa: ANN401 - jinja2's own
        """Give the macros that render pieces of pages."""
        return piece_macros()

    def p(self, name: str) -> str:
        """Say a word of the pages."""
        return self.labels("page", name)

    # ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _regions(self) -> dict[str, str]:
        return {one.region.code: safe(one.region.name) for one in self.dataset.notices if one.region}

    def region(self, code: str | None) -> str:
        """Say a region's name: the nation as people call it, another as its notices do."""
        if code is None:
            return self.labels("page", "no_region")
        named = self.labels("region", code)
        return named if named != code else self._regions.get(code, safe(code))

    def title(self, notice: NoticeRecord) -> str:
        """Say a notice's title, else its number or id."""
        return one_line(title_of(notice) or notice.document_number or notice.notice_id)

    def short_title(self, notice: NoticeRecord) -> str:
        """Say which notice it is on a narrow place: its number, else the title cut short."""
        title = one_line(notice.document_number or title_of(notice) or notice.notice_id)
        return title if len(title) <= _SHORT else f"{title[: _SHORT - 1]}…"

    def series_label(self, series: Series) -> str:
        """Say whose figures a series holds: region and scope."""
        scope = series_scope_words(series.scope, self.labels)
        return " · ".join(filter(None, (self.region(series.region), scope)))

    def value_words(self, fact: Fact) -> str:
        """Say a fact's figure."""
        return safe(value_words(fact, self.labels))

    @staticmethod
    def facts_in(subject: Subject) -> int:
        """Count the facts of a subject; one that two points rest on counts once."""
        return len({name for one in subject.series for point in one.points for name in point.fact_ids})

    def point_words(self, point: Point) -> str:
        """Say a point's figure."""
        return point_words(point, self.held, self.labels)

    def disputed_words(self, fact: Fact) -> tuple[str, ...]:
        """Say what is said of a disputed figure, by all that speak of it, copies of a notice too."""
        series = self.series_of_fact.get(fact.fact_id)
        points = [point for point in series.points if fact.fact_id in point.fact_ids] if series else []
        words = [self.point_words(point) for point in points if point.status == "conflicting"]
        copies = (copy for copy in self.notices[fact.notice_id].copies)
        found = [one.found for copy in copies for one in copy.conflicts if one.fact_id == fact.fact_id and one.found]
        return tuple(dict.fromkeys([*words, *map(one_line, found)])) or (self.value_words(fact),)

    @cached_property
    def _directions(self) -> tuple[Direction, ...]:
        return load_directions(self.resources)

    def stance(self, change: Change) -> Stance:
        """Say what a region makes of the figure that it was given."""
        return stance(change, self._directions)

    def subject_words(self, fact: Fact) -> str:
        """Say what a fact measures."""
        return subject_words(fact, self.labels)

    def scope_words(self, fact: Fact) -> str:
        """Say for whom a fact holds."""
        return scope_words(fact.scope, self.labels)

    # ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def fact_page(self, fact: Fact) -> str:
        """Name the place of a fact: its notice's page, at the fact."""
        return f"{notice_page(fact.notice_id)}#fact-{fact.fact_id}"

    @cached_property
    def subjects(self) -> dict[str, Subject]:
        """List what has a page, in the order of the catalog, then what has no indicator by its words."""
        found: dict[str, list[Series]] = defaultdict(list)
        for series in self.dataset.series:
            found[subject_key(series)].append(series)
        keys = sorted(found, key=lambda key: (self.labels.place(key), key))
        subjects = [self._subject(key, tuple(found[key])) for key in keys]
        return {
            one.key: one
            for one in subjects
            if one.series[0].indicator or max(len(series.points) for series in one.series) >= _POINTS_OF_A_PAGE
        }

    def _subject(self, key: str, series: tuple[Series, ...]) -> Subject:
        indicator = series[0].indicator
        if indicator is not None:
            name = safe(self.labels.indicator(indicator) or indicator)
            file = indicator if indicator.isascii() else sha256(indicator.encode()).hexdigest()[:12]
            return Subject(key, name, f"indicator/{file}.html", group_of(indicator), series)
        page = f"subject/{sha256(key.encode()).hexdigest()[:12]}.html"
        return Subject(key, f"？{one_line(series[0].subject or '')}", page, "unlinked", series)

    @cached_property
    def subject_of_fact(self) -> dict[str, str]:
        """Name the page of each fact's indicator or subject, where it has one."""
        pages: dict[str, str] = {}
        for subject in self.subjects.values():
            for series in subject.series:
                for point in series.points:
                    pages.update(dict.fromkeys(point.fact_ids, subject.page))
        return pages

    @cached_property
    def series_of_fact(self) -> dict[str, Series]:
        """Find the series that holds each fact."""
        return {name: series for series in self.dataset.series for point in series.points for name in point.fact_ids}

    # ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def sentence(self, evidence: Evidence, notice: NoticeRecord) -> QuotedSentence:
        """Cut the sentence around words out of the source; where that is gone, the dataset's own quotation."""
        return QuotedSentence(*map(flowing, quoted(evidence, self.text_of(notice), self.resources)))

    def publisher_link(self, notice: NoticeRecord, evidence: Evidence | None = None) -> str | None:
        """Link to the publisher's page at the very words: a text fragment, or of a PDF its page; None without an address."""
        url = notice.source.url
        if not url or not url.lower().startswith(("http://", "https://")) or not is_web_address(url):
            return None
        address = url.split("#", 1)[0]
        if evidence is None:
            return url
        if evidence.page is not None and notice.source.media_type == "application/pdf":
            return f"{address}#page={evidence.page}"
        if evidence.page is not None:
            return url
        return f"{address}#:~:text={_fragment(evidence)}"

    def first_fact(self, point: Point) -> Fact | None:
        """Take the fact that a point links to: a level, where there is one."""
        facts = [self.facts[name] for name in point.fact_ids]
        return min(facts, key=lambda fact: fact.role not in {"level", "condition"}, default=None)


def subject_key(series: Series) -> str:
    """Name what a series measures: the indicator, else programme and words."""
    return series.indicator or f"{series.programme or ''}|{series.subject or ''}"


_LINE_END = re.compile(r"(?<=[^\x00-\x7f])\s*\n\s*|\s*\n\s*(?=[^\x00-\x7f])")


def flowing(text: str) -> str:
    """Put source words that a page's lines cut on one line; inside Chinese, without a space."""
    return safe(_SPACES.sub(" ", _LINE_END.sub("", text.replace("\r\n", "\n"))))


def _fragment(evidence: Evidence) -> str:
    """Write the words as a text directive; words on several lines are no single stretch of a page, so the last line's count."""
    exact = evidence.exact.strip().rsplit("\n", 1)[-1].strip()
    prefix = evidence.prefix.rsplit("\n", 1)[-1].strip()[-_FRAGMENT:] if "\n" not in evidence.exact else ""
    suffix = evidence.suffix.split("\n", 1)[0].strip()[:_FRAGMENT]
    parts = [f"{_encoded(prefix)}-" if prefix else "", _encoded(exact), f"-{_encoded(suffix)}" if suffix else ""]
    return ",".join(filter(None, parts))


def _encoded(text: str) -> str:
    # A dash, a comma and an ampersand are the directive's own signs.
    return quote(text.encode("utf-8", "replace"), safe="").replace("-", "%2D")
