"""What each point of a series rests on in time: when it was stated, confirmed, replaced or ended, by the texts that there are.

Nothing is assumed: a notice without a day gives none, and that nobody states a figure again doesn't end it.

| field | from |
|---|---|
| `stated_on` | the day of the notice; of what was derived, the last of the notices that it follows from |
| `last_confirmed_on`, `last_confirmed_by` | a later text with the same figure: an interpretation, or a later year's, before any other figure; no change |
| `superseded_by` | the first later year's notice with another figure, or one that ends this: 同时废止, 不再执行 |
| `expires_on`, `ends` | the last day that words state, of the figure (执行至…), its notice (有效期5年) or one that ends it, and these words |
| `until_changed` | 执行至下一调整日; `expires_on` is then the day before the next figure holds, where that is stated |
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from extractor.dataset.points import figure_of_point
from extractor.dataset.times import day_before, stated_day, stated_span
from extractor.model import EndWords

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.dataset.labels import Labels
    from extractor.dataset.points import RankedFact
    from extractor.model import Evidence, Fact, NoticeRecord, Point, Relation, Series

_ENDING = frozenset({"repeals", "replaces"})
_CHANGES = frozenset({"increase", "decrease"})
# Behind every day: what bears none comes last.
_NEVER = "9999-99-99"


def last_said(point: Point) -> str | None:
    """Return the day on which a text last stated a figure; None where that is unknown."""
    return point.last_confirmed_on or point.stated_on


def standing_notes(point: Point, labels: Labels) -> list[str]:
    """Say in words how sure a figure still is: until when it holds, and since when nobody stated it again.

    Of one that a later figure replaced nothing needs to be said: that figure stands beside it.
    """
    if point.status == "conflicting":
        return []
    notes = [labels("note", "expires_on").format(point.expires_on)] if point.expires_on else []
    if point.superseded_by:
        return notes or ([labels("note", "ended")] if point.ends else [])
    notes += [labels("note", "until_changed")] if point.until_changed else []
    day = last_said(point)
    return [*notes, labels("note", "not_confirmed_since").format(day)] if day else notes


class _End(NamedTuple):
    """That a figure ends: on which last day, if words say so, by which other notice, and the words."""

    last: str | None
    by: NoticeRecord | None
    words: tuple[EndWords, ...]


class Standing:
    """Says how figures stand in time, by the notices of a dataset."""

    def __init__(self, facts: Iterable[Fact], notices: Sequence[NoticeRecord]) -> None:
        """Index what ends other documents by their number or, without one, their title."""
        self._facts = {fact.fact_id: fact for fact in facts}
        self._notices = {notice.notice_id: notice for notice in notices}
        self._ending: dict[str, list[tuple[NoticeRecord, Relation]]] = {}
        for notice in notices:
            for link in notice.relations:
                if (
                    link.type in _ENDING
                    and link.words
                    and not link.part
                    and (name := link.document_number or link.title)
                ):
                    self._ending.setdefault(_plain(name), []).append((notice, link))

    def of(self, series: Series, old: Sequence[RankedFact] = ()) -> Series:
        """Fill in the fields of a series' points; ``old`` are values that texts say no longer hold, of this series."""
        return replace(series, points=tuple(self._point(series, at, old) for at in range(len(series.points))))

    def _point(self, series: Series, at: int, old: Sequence[RankedFact]) -> Point:
        point = series.points[at]
        if point.status == "conflicting":
            return point
        own = self._texts(point)
        later = [one for one in series.points if one.year > point.year]
        confirming, successor = self._course(point, own, later)
        confirmed = max(confirming, key=lambda one: stated_day(one) or "", default=None)
        until_changed, ends = self._own_ends(point, own, successor)
        ends += [*self._repeals(own), *self._said_old(point, own, old)]
        enders = [one for one in (self._first(successor) if successor else None, *(end.by for end in ends)) if one]
        return replace(
            point,
            stated_on=self._stated_on(point, own),
            last_confirmed_on=stated_day(confirmed) if confirmed else None,
            last_confirmed_by=confirmed.notice_id if confirmed else None,
            superseded_by=min(enders, key=lambda one: stated_day(one) or _NEVER).notice_id if enders else None,
            expires_on=min((end.last for end in ends if end.last), default=None),
            until_changed=until_changed,
            ends=tuple(dict.fromkeys(words for end in ends for words in end.words)),
        )

    def _texts(self, point: Point) -> list[NoticeRecord]:
        """List the notices behind a point, notices before interpretations."""
        names = dict.fromkeys(self._facts[name].notice_id for name in point.fact_ids)
        return sorted((self._notices[name] for name in names), key=lambda notice: notice.type == "interpretation")

    def _first(self, point: Point) -> NoticeRecord:
        return self._texts(point)[0]

    def _stated_on(self, point: Point, own: Sequence[NoticeRecord]) -> str | None:
        """Return the day of the notice; of what was derived, that from which on all of it was known."""
        days = [stated_day(notice) for notice in own]
        if point.status == "derived":
            return max((day for day in days if day), default=None) if all(days) else None
        return days[0]

    def _course(
        self, point: Point, own: Sequence[NoticeRecord], later: Sequence[Point]
    ) -> tuple[list[NoticeRecord], Point | None]:
        """Follow a figure through the later years: the texts that state it again, and the first point that is another."""
        first = stated_day(own[0])
        confirming = [one for one in own[1:] if (day := stated_day(one)) and first and day > first]
        for year in sorted({one.year for one in later}):
            points = [one for one in later if one.year == year]
            same = [one for one in points if figure_of_point(one) == figure_of_point(point) and one.status != "derived"]
            if not same or self._is_change(point):
                return confirming, next((one for one in points if one.status != "conflicting"), None)
            confirming += self._texts(same[0])
        return confirming, None

    def _is_change(self, point: Point) -> bool:
        """Return True for what a year adds or takes: 每人每月增加20元 a year later is another rise, and confirms none."""
        return any(self._facts[name].role in _CHANGES for name in point.fact_ids)

    # ── ends ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _own_ends(self, point: Point, own: Sequence[NoticeRecord], successor: Point | None) -> tuple[bool, list[_End]]:
        """Read until when a figure holds by the words of its own notice; what was derived has none."""
        if point.status == "derived":
            return False, []
        notice = own[0]
        facts = [fact for name in point.fact_ids if (fact := self._facts[name]).notice_id == notice.notice_id]
        ends = [_End(fact.valid_to, None, _supports(fact)) for fact in facts if fact.valid_to]
        if notice.expires_on:
            ends.append(_End(notice.expires_on, None, _validity(notice, "expires_on")))
        held = [fact for fact in facts if fact.until_changed]
        if held or notice.until_changed:
            words = _supports(held[0]) if held else _validity(notice, "until_changed")
            ends.append(_End(self._day_before(successor) if successor else None, None, words))
        return bool(held or notice.until_changed), ends

    def _day_before(self, successor: Point) -> str | None:
        """Return the day before a figure begins to hold, where its text states that day."""
        for name in successor.fact_ids:
            fact = self._facts[name]
            begins = stated_span(fact)
            day = begins.first.isoformat() if begins else self._notices[fact.notice_id].effective_on
            if day:
                return day_before(day)
        return None

    def _repeals(self, own: Sequence[NoticeRecord]) -> Iterable[_End]:
        """List what ends the notice of a figure as a whole."""
        notice = own[0]
        names = {_plain(name) for name in (notice.document_number, notice.title) if name}
        for by, link in (found for name in sorted(names) for found in self._ending.get(name, ())):
            numbered = bool(link.document_number and notice.document_number)
            days = stated_day(by), stated_day(notice)
            if by.notice_id == notice.notice_id or (numbered and link.document_number != notice.document_number):
                continue
            if not _may_end(by, notice, numbered=numbered):
                continue
            if all(days) and str(days[0]) < str(days[1]):
                continue  # a title that an older notice had, too
            words = tuple(_words(by, one) for one in (link.evidence, link.words) if one)
            yield _End(day_before(link.ends_on) if link.ends_on else None, by, words)

    def _said_old(self, point: Point, own: Sequence[NoticeRecord], old: Sequence[RankedFact]) -> Iterable[_End]:
        """List texts that call a figure an old one: 每人每年350元的标准不再执行."""
        for source in old:
            fact, by = source.fact, self._notices[source.fact.notice_id]
            days = stated_day(by), stated_day(own[0])
            later = str(days[0]) > str(days[1]) if all(days) else source.year > point.year
            same = (fact.value, fact.lower, fact.upper) == (point.value, point.lower, point.upper)
            if later and same and by.notice_id != own[0].notice_id:
                yield _End(fact.valid_to, by, (_words(by, fact.evidence), *_supports(fact)))


def _may_end(by: NoticeRecord, notice: NoticeRecord, *, numbered: bool) -> bool:
    """Say whether a notice may end another: only what its own region issued.

    A city can't end the province's notice that it names, and 关于发放高龄津贴的通知 is what any city calls its own. Where one of
    the regions isn't known a number still says which notice is meant, a title doesn't.
    """
    regions = by.region, notice.region
    return regions[0] == regions[1] if all(regions) else numbered


def _plain(name: str) -> str:
    return "".join(name.split())


def _words(notice: NoticeRecord, evidence: Evidence) -> EndWords:
    return EndWords(notice_id=notice.notice_id, start=evidence.start, end=evidence.end, exact=evidence.exact)


def _supports(fact: Fact) -> tuple[EndWords, ...]:
    return tuple(
        EndWords(notice_id=fact.notice_id, start=one.start, end=one.end, exact=one.exact)
        for one in fact.support
        if one.for_ == "valid"
    )


def _validity(notice: NoticeRecord, field: str) -> tuple[EndWords, ...]:
    return tuple(_words(notice, one.evidence) for one in notice.validity if one.for_ == field)
