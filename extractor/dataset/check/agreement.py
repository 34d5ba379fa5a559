"""Checks of one notice against another: a province against the nation, an interpretation against its notice, and against its copies.

Which notice is meant, its relation decides. Figures are paired by indicator, role and scope; where an indicator leaves
one figure on each side, these two are a pair all the same, and the message says that their scopes read differently; but
what is asked of some (农村低收入人口参保率不低于99%) is not asked of everybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extractor.dataset.check.judge import figure_of, judge_agreement, judge_conformance
from extractor.dataset.figures import code_of
from extractor.model import Fact, SeriesScope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from extractor.dataset.check.identities import Identity, Status
    from extractor.dataset.check.judge import CheckContext
    from extractor.dataset.points import RankedFact
    from extractor.dataset.series import Key
    from extractor.model import Check, Copy, CopyConflict, NoticeRecord, Relation

_STEPS = {"increase", "decrease"}
_UNSERVED = {"condition", "example"}


class Entry(NamedTuple):
    """A fact with what it is paired by."""

    key: tuple[str, SeriesScope, str | None, bool]
    group: tuple[str, bool]
    fact: Fact


class FactPair(NamedTuple):
    """A figure of one notice and that of the other, each with all facts that give it."""

    own: list[Fact]
    other: list[Fact]


def entries_by_notice(series: Mapping[Key, Sequence[RankedFact]]) -> dict[str, list[Entry]]:
    """List each notice's figures with what they are paired by."""
    found: dict[str, list[Entry]] = {}
    for key, sources in series.items():
        for source in sorted(sources, key=lambda source: source.rank):
            fact = source.fact
            step = fact.role in _STEPS
            if fact.role in _UNSERVED or (figure_of(fact) is None and fact.due is None):
                continue
            pairing = (key.indicator, key.scope, key.unit, step)
            found.setdefault(fact.notice_id, []).append(Entry(pairing, (key.indicator, step), fact))
    return found


class NamedNotice(NamedTuple):
    """What a notice names: a number, a title, or both; ``notice`` is None where the dataset doesn't hold it."""

    number: str | None
    title: str | None
    notice: NoticeRecord | None


class Links:
    """Which notices name which."""

    def __init__(self, context: CheckContext) -> None:
        """List the notices by their numbers and titles."""
        self.context = context
        self._named = _by_name(context)

    def named(self, row: Identity, notice: NoticeRecord) -> list[NamedNotice] | None:
        """List what a notice names that the row is about; None where the row isn't about it."""
        if not _concerns(row, notice, self.context):
            return None
        links = [link for link in notice.relations if link.type == row.relation]
        names = dict.fromkeys(_names(link) for link in links if link.document_number or len(links) == 1)
        return [NamedNotice(*name, _target(*name, notice, self._named)) for name in names]

    def all_named(self, notice: NoticeRecord) -> list[NoticeRecord]:
        """List the notices whose figures a notice is checked against."""
        rows = self.context.identities.of_kind("conformance", "corroboration")
        found = (one.notice for row in rows if row.relation != "copies" for one in self.named(row, notice) or ())
        return list({one.notice_id: one for one in found if one}.values())


def check_agreement(
    row: Identity, notice_ids: Iterable[str], entries: Mapping[str, Sequence[Entry]], links: Links
) -> Iterator[Check]:
    """Check every notice that the row is about against each notice that its relation names."""
    context = links.context
    for notice in (context.notices[name] for name in notice_ids):
        own = entries.get(notice.notice_id, ())
        named = links.named(row, notice) if own else None
        if named is None:
            continue
        if not any(link.type == row.relation for link in notice.relations):
            yield context.not_made(
                row, "no_relation", [], words={"notice": context.called(notice.notice_id)}, key=notice.notice_id
            )
        for number, title, target in named:
            other = context.called(target.notice_id) if target else number or f"《{title}》"
            words = {"notice": context.called(notice.notice_id), "target": other}
            if target is None:
                yield context.not_made(row, "absent", [], words=words, key=[notice.notice_id, other])
            else:
                yield from _compare(row, (own, entries.get(target.notice_id, ())), words, context)


def check_copies(
    row: Identity, notice_ids: Iterable[str], facts: Mapping[str, Sequence[Fact]], context: CheckContext
) -> Iterator[Check]:
    """Make a check of every figure in which another file with a notice differs from the one that was read."""
    for notice in (context.notices[name] for name in notice_ids):
        known = {fact.fact_id: fact for fact in facts.get(notice.notice_id, ())} if notice.copies else {}
        for copy in notice.copies:
            yield from (_differing(row, notice, copy, conflict, known, context) for conflict in copy.conflicts)


def _differing(
    row: Identity,
    notice: NoticeRecord,
    copy: Copy,
    conflict: CopyConflict,
    known: Mapping[str, Fact],
    context: CheckContext,
) -> Check:
    fact = known.get(conflict.fact_id or "")
    section = fact.evidence.section if fact else None
    words = {
        "name": context.name(fact) if fact else notice.title or notice.notice_id,
        "notice": " ".join(part for part in (context.called(notice.notice_id), section) if part),
        "own": context.note("bracketed", words=_quoted(conflict.expected, context), more=notice.source.path),
        "other": context.note("bracketed", words=_quoted(conflict.found, context), more=copy.source.path),
    }
    key = [notice.notice_id, copy.source.path, copy.source.sha256, conflict.start, conflict.found]
    numbers = (conflict.expected, conflict.found)
    return context.check(row, row.violation, [[fact]] if fact else [], words=words, numbers=numbers, key=key)


def _quoted(words: str | None, context: CheckContext) -> str:
    """Quote words on one line, or say that a file hasn't the figure."""
    return f"“{' '.join(words.split())}”" if words else context.note("not_there")


def _concerns(row: Identity, notice: NoticeRecord, context: CheckContext) -> bool:
    """Say whether a notice has another to keep to: a lower region's, or an interpretation."""
    if row.relation == "interprets":
        return notice.type == "interpretation"
    above = notice.region is None or notice.region.code == "100000"
    return notice.type != "interpretation" and not above and notice.notice_id in context.notices


def _names(link: Relation) -> tuple[str | None, str | None]:
    return link.document_number, link.title


def _by_name(context: CheckContext) -> dict[str, list[NoticeRecord]]:
    """List the notices that a relation may name, by their numbers and by their titles."""
    found: dict[str, list[NoticeRecord]] = {}
    for notice in context.notices.values():
        if notice.type != "interpretation":
            for name in {f"number {notice.document_number}", f"title {_plain(notice.title)}"}:
                found.setdefault(name, []).append(notice)
    return found


def _target(
    number: str | None, title: str | None, notice: NoticeRecord, named: Mapping[str, list[NoticeRecord]]
) -> NoticeRecord | None:
    """Find the notice that a relation names, by its number or, where it gives none, by its title."""
    if not number and not _plain(title):
        return None
    same = named.get(f"number {number}" if number else f"title {_plain(title)}", ())
    return next((other for other in same if other.notice_id != notice.notice_id), None)


def _plain(title: str | None) -> str:
    return "".join((title or "").split())


def _compare(
    row: Identity, sides: tuple[Sequence[Entry], Sequence[Entry]], words: dict[str, str], context: CheckContext
) -> Iterator[Check]:
    own, other = sides
    for group in dict.fromkeys(entry.group for entry in own):
        mine, theirs = [e for e in own if e.group == group], [e for e in other if e.group == group]
        pairs, left = _pairs(mine, theirs)
        for pair in pairs:
            yield _judge(row, pair, words, context)
        if row.relation == "interprets":
            for entry in left:
                said = {**words, "name": context.name(entry.fact), "own": context.said([entry.fact])}
                yield context.not_made(row, "no_pair", [[entry.fact]], words=said)
        elif left and theirs and not pairs:
            groups = [[mine[0].fact], [theirs[0].fact]]
            yield context.not_made(row, "no_pair", groups, words={**words, **_words(groups[0], groups[1], context)})


def _pairs(mine: Sequence[Entry], theirs: Sequence[Entry]) -> tuple[list[FactPair], list[Entry]]:
    """Pair equal scopes, then what is left single on both sides; each figure is one pair, however often it is given."""
    pairs: dict[object, FactPair] = {}
    left = []
    for entry in mine:
        fitting = [other.fact for other in theirs if other.key == entry.key]
        same = [fact for fact in fitting if _number(fact) == _number(entry.fact)]
        if fitting:
            own = pairs.setdefault((entry.key, _number(entry.fact)), FactPair([], same or fitting[:1])).own
            own.append(entry.fact)
        else:
            left.append(entry)
    keys = {entry.key for entry in mine}
    rest = [other for other in theirs if other.key not in keys]
    single = len({entry.key for entry in left}) == 1 == len({other.key for other in rest})
    if single and (left[0].fact.scope.population or not rest[0].fact.scope.population):
        pairs[left[0].key] = FactPair([entry.fact for entry in left], [other.fact for other in rest])
        left = []
    return list(pairs.values()), left


def _number(fact: Fact) -> object:
    found = figure_of(fact)
    return (found.value, found.upper) if found else fact.due


def _words(own: Sequence[Fact], other: Sequence[Fact], context: CheckContext) -> dict[str, str]:
    regions = [fact.scope.region or code_of(context.notices[fact.notice_id]) for fact in (own[0], other[0])]
    return {
        "name": context.name(own[0]),
        "own": context.said(own),
        "other": context.said(other),
        "own_region": context.region(regions[0]),
        "other_region": context.region(regions[1]),
    }


def _judge(row: Identity, pair: FactPair, words: dict[str, str], context: CheckContext) -> Check:
    own, other = pair.own[0], pair.other[0]
    mine, theirs = figure_of(own), figure_of(other)
    notes = [context.operators_note([other, own])]
    if theirs and theirs.operator == "eq" and any(word in (other.subject or "") for word in row.floors):
        theirs = theirs._replace(operator="ge")
        notes.append(context.note("floor"))
    status: Status = "pass"
    if mine and theirs:
        status = (judge_conformance if row.relation == "implements" else judge_agreement)(theirs, mine)
    if own.due and other.due and own.due != other.due:
        later = own.due > other.due or row.relation == "interprets"
        status = row.violation if later else status
        notes.append(
            context.note(
                "stricter_due" if row.relation == "implements" and later else "due", own=own.due, other=other.due
            )
        )
    scopes = [context.scope(fact) or context.note("no_scope") for fact in (own, other)]
    notes += [context.note("scope", own=scopes[0], other=scopes[1])] if scopes[0] != scopes[1] else []
    status = row.violation if status == "fail" else status
    said = {**words, **_words(pair.own, pair.other, context), "note": "".join(notes)}
    numbers = (theirs.value if theirs else other.due, mine.value if mine else own.due)
    return context.check(row, status, [pair.own, pair.other], words=said, numbers=numbers)
