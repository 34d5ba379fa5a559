"""An analyst's word over the machine's: rows of ``corpus/reviews.toml`` that confirm, correct, reject or add a figure.

A row names a figure by its file and its words, so that it survives a new reading of the notice, a renamed rule and, where
the words are still there, a new edition of the file: offsets only say which of several places with the same words is meant.
What a row says of a field holds, whatever the machine reads one day; its reading stays beside it. A row that meets nothing
is an error: it was written about a figure that people rely on, and nobody would notice.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec.structs import replace

from extractor.build.corpus import require_inside
from extractor.build.corrections import (
    FieldCorrection,
    checked_value,
    convert_word_rows,
    corrected,
    require_field,
    value_text,
)
from extractor.dataset.store import there
from extractor.errors import CatalogError, DatasetError, IngestError
from extractor.ingest.files import read_file
from extractor.messages import Message
from extractor.model import Evidence, Fact, FactStatus, LedgerRow, NoticeResult, Review, Scope
from extractor.resources import parse_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from extractor.model import NoticeRecord, NoticeSource, Unresolved
    from extractor.resources import Resources

FILE = "reviews.toml"

Action = Literal["confirm", "correct", "reject", "add"]
# What an action makes of a figure.
_STATUS: dict[Action, FactStatus] = {
    "confirm": "confirmed", "correct": "corrected", "reject": "rejected", "add": "added",
}  # fmt: skip
# What an added figure must have said of it.
NEEDED = ("kind",)
# Code points of context, as in all evidence.
_CONTEXT = 32
# Of these, a row repeats so many: enough to tell places apart, few enough to read.
_BEFORE = 16


class ReviewPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the words stand: a file of the corpus, and offsets in its text, which may be out of date."""

    path: str
    start: int | None = None
    end: int | None = None


class ReviewRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[review]]``. ``words`` are the figure's exact words, ``before`` some that stand right before them.

    ``field`` and ``value``, or ``fields`` for several: what the figure is. With ``confirm`` they are what was confirmed,
    and hold whatever is read later.
    """

    action: Action
    place: ReviewPlace
    words: str
    who: str
    why: str
    when: dt.date
    before: str = ""
    field: str | None = None
    value: Any = None
    fields: dict[str, Any] = {}

    @property
    def set_fields(self) -> dict[str, Any]:
        """All fields that the row sets, by name."""
        return self.fields if self.field is None else {self.field: self.value, **self.fields}

    @property
    def review(self) -> Review:
        """The row as it stands in the dataset."""
        return Review(action=self.action, who=self.who.strip(), why=self.why.strip(), on=self.when.isoformat())


class Reviews(msgspec.Struct, frozen=True):
    """The rows of a file; ``path`` names it in messages."""

    path: str = FILE
    rows: tuple[ReviewRow, ...] = ()

    def by_status(self) -> dict[str, int]:
        """Count rows by the status that they give."""
        found = [_STATUS[row.action] for row in self.rows]
        return {status: found.count(status) for status in _STATUS.values() if status in found}

    def entry(self, index: int) -> str:
        """Name a row in messages, by its number and what it is about."""
        row = self.rows[index]
        return Message(
            "{path}: review {number} ({action} {words!r}, {place})",
            path=self.path,
            number=index + 1,
            action=row.action,
            words=row.words,
            place=row.place.path,
        )


def load_reviews(corpus: Path) -> Reviews:
    """Read ``reviews.toml`` of a corpus; without one nothing is reviewed."""
    path = corpus / FILE
    if not there(path):
        return Reviews()
    try:
        require_inside(path, corpus)
        data = read_file(path)
    except IngestError as error:
        raise DatasetError(str(error)) from error
    return parse_reviews(path, data)


def parse_reviews(path: Path, data: bytes) -> Reviews:
    """Read rows; a `DatasetError` says which is wrong, what was expected, and what to do."""
    try:
        tables = parse_toml(path, data)
    except CatalogError as error:
        raise DatasetError(str(error)) from error
    for number, item in enumerate(tables["review"] if isinstance(tables.get("review"), list) else (), 1):
        # A row to paste is TOML, and has its day still to be written.
        if isinstance(item, dict) and item.get("when") == "":
            msg = Message(
                "{path}: review {number}: when is empty. Write the day, like when = 2026-11-27.",
                path=path,
                number=number,
            )
            raise DatasetError(msg)
    rows = convert_word_rows(path, tables, "review", ReviewRow)
    reviews = Reviews(str(path), rows)
    for index, row in enumerate(rows):
        _check_row(reviews.entry(index), row)
    return reviews


def _check_row(entry: str, row: ReviewRow) -> None:
    for name, text in (("who", row.who), ("why", row.why), ("words", row.words)):
        if not text.strip():
            msg = Message("{entry}: {name} is empty. Say it, readers will ask.", entry=entry, name=name)
            raise DatasetError(msg)
    given = row.set_fields
    if row.action == "correct" and not given:
        msg = Message(
            "{entry}: a correction sets at least one field. Give field and value, or fields = {{ value = … }}.",
            entry=entry,
        )
        raise DatasetError(msg)
    if row.action == "reject" and given:
        msg = Message(
            '{entry}: what is rejected has no fields. Remove {given}, or make it action = "correct".',
            entry=entry,
            given=tuple(given),
        )
        raise DatasetError(msg)
    if row.action == "add" and (missing := [name for name in NEEDED if name not in given]):
        msg = Message(
            '{entry}: an added figure needs {missing}, like fields = {{ kind = "money", value = "610" }}.',
            entry=entry,
            missing=tuple(missing),
        )
        raise DatasetError(msg)
    for field, value in given.items():
        require_field(field, entry)
        checked_value(field, value, entry)


# ── meeting figures ─────────────────────────────────────────────────────────────────────────────────────────────────


def apply_reviews(
    results: Sequence[NoticeResult],
    reviews: Reviews,
    text_of: Callable[[NoticeSource], str | None],
    resources: Resources,
    *,
    strict: bool = True,
) -> tuple[NoticeResult, ...]:
    """Review the figures of notices; with ``strict`` a row that meets nothing is a `DatasetError` that says what is near.

    ``text_of`` gives a notice's source text, which only added figures are looked for in. Rejected facts move to
    ``rejected``; their rows of the ledger say so.
    """
    if not reviews.rows:
        return tuple(results)
    by_path = {
        path: index
        for index, result in enumerate(results)
        for path in (*(copy.source.path for copy in result.notice.copies), result.notice.source.path)
    }
    rows_of: dict[int, list[int]] = {}
    unmet: dict[int, str] = {}
    for number, row in enumerate(reviews.rows):
        index = by_path.get(row.place.path)
        if index is not None:
            rows_of.setdefault(index, []).append(number)
        elif strict:
            unmet[number] = _unmet_path(reviews.entry(number), row, by_path)
    done = list(results)
    for index, numbers in rows_of.items():
        reviewing = _Reviewing(results[index], reviews, cache(text_of), resources)
        done[index] = reviewing.run(numbers)
        unmet |= reviewing.unmet if strict else {}
    if unmet:  # all at once: who mends one and builds again wants no next one
        raise DatasetError(Message("{wrong:lines}", wrong=tuple(unmet[number] for number in sorted(unmet))))
    return tuple(done)


def _unmet_path(entry: str, row: ReviewRow, paths: Iterable[str]) -> str:
    near = get_close_matches(row.place.path, list(paths), 3)
    hint = Message(" Near it: {near}.", near=tuple(near)) if near else ""
    return Message(
        "{entry}: meets nothing: no notice was read from that path.{hint} Correct path, or delete the row.",
        entry=entry,
        hint=hint,
    )


class _Reviewing:
    """One notice under review; ``unmet`` says of each row that meets nothing what there is."""

    def __init__(
        self,
        result: NoticeResult,
        reviews: Reviews,
        text_of: Callable[[NoticeSource], str | None],
        resources: Resources,
    ) -> None:
        self.result, self.reviews, self.resources = result, reviews, resources
        self.text_of = text_of
        self.facts = {fact.fact_id: fact for fact in result.facts}
        self.read = dict(self.facts)
        self.unresolved = {item.unresolved_id: item for item in result.unresolved}
        self.rejected: dict[str, Fact] = {}
        self.unmet: dict[int, str] = {}
        self.ledger = list(result.ledger)

    def run(self, numbers: Sequence[int]) -> NoticeResult:
        for number in numbers:
            row, entry = self.reviews.rows[number], self.reviews.entry(number)
            met = find_met(row, tuple(self.read.values()), entry)
            if met is not None:
                self._on(self.facts.get(met.fact_id), row, entry)
            elif row.action == "add" and self._add(row, entry):
                continue
            elif row.action == "reject" and (item := find_met(row, tuple(self.unresolved.values()), entry)) is not None:
                self._set_right(item, row)
            else:
                self.unmet[number] = _unmet_words(entry, row, self.result)
        notice = replace(self.result.notice, ledger=_counts(self.ledger) or self.result.notice.ledger)
        return replace(
            self.result,
            notice=notice,
            facts=tuple(self.facts.values()),
            unresolved=tuple(self.unresolved.values()),
            ledger=tuple(self.ledger),
            rejected=tuple(self.rejected.values()),
        )

    def _on(self, fact: Fact | None, row: ReviewRow, entry: str) -> None:
        """Review a fact that was read."""
        if fact is None:
            msg = Message("{entry}: another row has rejected this figure. Keep one of the rows.", entry=entry)
            raise DatasetError(msg)
        name = fact.fact_id
        if row.action == "reject":
            del self.facts[name]
            self.rejected[name] = replace(fact, status="rejected", reviews=(*fact.reviews, row.review))
            self._mark(name, reason="rejected")
            return
        fields = [
            FieldCorrection(entry, field, value, row.who, row.why, row.when)
            for field, value in row.set_fields.items()
            if row.action == "correct" or not _holds(fact, field, value, entry)
        ]
        made = corrected(fact, fields, self.resources) if fields else replace(fact, status=_status(fact))
        self.facts[name] = replace(made, reviews=(*fact.reviews, row.review))

    def _add(self, row: ReviewRow, entry: str) -> bool:
        """Add a figure; say whether its words stand in the text."""
        text = self.text_of(self.result.notice.source)
        start = None if text is None else find_words(row, text, entry)
        if text is None or start is None:
            return False
        made = _added(row, entry, self.result.notice, text, start, self.resources)
        if made.fact_id in self.facts:
            msg = Message("{entry}: another row has added this figure. Keep one of the rows.", entry=entry)
            raise DatasetError(msg)
        self.facts[made.fact_id] = made
        for name, item in list(self.unresolved.items()):
            if item.evidence.start < made.evidence.end and made.evidence.start < item.evidence.end:
                del self.unresolved[name]
        self.ledger = [
            replace(one, disposition="fact", ref=made.fact_id, reason="added")
            if one.start < made.evidence.end and made.evidence.start < one.end
            else one
            for one in self.ledger
        ]
        return True

    def _set_right(self, item: Unresolved, row: ReviewRow) -> None:
        """Take what an analyst says is no figure out of what could not be read; the ledger keeps it, and says who."""
        del self.unresolved[item.unresolved_id]
        self._mark(item.unresolved_id, disposition="word", ref=None, reason=f"rejected: {row.who.strip()}")

    def _mark(self, name: str, reason: str, **fields: str | None) -> None:
        self.ledger = [replace(one, reason=reason, **fields) if one.ref == name else one for one in self.ledger]


def _counts(ledger: Iterable[LedgerRow]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in ledger:
        counts[row.disposition] = counts.get(row.disposition, 0) + 1
    return dict(sorted(counts.items()))


def _status(fact: Fact) -> Any:  # noqa: ANN401 - a literal
    return "confirmed" if fact.status == "read" else fact.status


def _holds(fact: Fact, field: str, value: Any, entry: str) -> bool:  # noqa: ANN401 - whatever the field holds
    holder, name = (fact.scope, field[6:]) if field.startswith("scope.") else (fact, field)
    return value_text(getattr(holder, name)) == value_text(checked_value(field, value, entry))


def find_met(row: ReviewRow, items: Sequence[Any], entry: str) -> Any:  # noqa: ANN401 - Fact or Unresolved, as given
    """Find the one of ``items`` whose words a row names; None where there is none, `DatasetError` where there are several.

    The place counts where the words still stand there, else the words do, with those before them.
    """
    there = [item for item in items if _at_place(row, item.evidence)]
    met = there or [item for item in items if _by_words(row, item.evidence)]
    exact = [item for item in met if _plain(item.evidence.exact) == _plain(row.words)] or met
    kind = row.set_fields.get("kind")
    alike = [item for item in exact if kind is None or getattr(item, "kind", kind) == kind] or exact
    if row.action == "add" and kind is not None:
        alike = [item for item in alike if item.kind == kind]
    if len(alike) > 1:
        msg = Message(
            "{entry}: {count} figures stand there. Give place start and end, or before = words that stand before it.",
            entry=entry,
            count=len(alike),
        )
        raise DatasetError(msg)
    return alike[0] if alike else None


def _at_place(row: ReviewRow, evidence: Evidence) -> bool:
    start, end = row.place.start, row.place.end
    if start is None or end is None or not (evidence.start < end and start < evidence.end):
        return False
    around = evidence.prefix + evidence.exact + evidence.suffix
    first = evidence.start - len(evidence.prefix)
    return _plain(around[max(0, start - first) : max(0, end - first)]) == _plain(row.words)


def _by_words(row: ReviewRow, evidence: Evidence) -> bool:
    """Say whether words and those before them stand where a figure's do, whatever the offsets are."""
    exact, words, before = _plain(evidence.exact), _plain(row.words), _plain(row.before)
    if exact not in words and words not in exact:
        return False
    around = _plain(evidence.prefix) + exact + _plain(evidence.suffix)
    at, first = len(_plain(evidence.prefix)), around.find(before + words)
    while first >= 0:
        start = first + len(before)
        if start < at + len(exact) and at < start + len(words):
            return True
        first = around.find(before + words, first + 1)
    # Longer words before than the evidence keeps: its own prefix is then their end.
    prefix = _plain(evidence.prefix)
    return len(before) > len(prefix) > 0 and before.endswith(prefix) and words.startswith(exact[: len(words)])


def _plain(text: str) -> str:
    """Leave out blanks and line ends: where a line is broken differs from edition to edition."""
    return "".join(text.split())


def find_words(row: ReviewRow, text: str, entry: str) -> int | None:
    """Find where a row's words stand in a text; None where they don't, `DatasetError` where it can't be told which."""
    start, end = row.place.start, row.place.end
    if start is not None and text[start:end] == row.words:
        return start
    wanted = row.before + row.words
    first = text.find(wanted)
    if first >= 0 and text.find(wanted, first + 1) >= 0:
        msg = Message(
            "{entry}: the words stand there several times. Give place start and end, or more words as before.",
            entry=entry,
        )
        raise DatasetError(msg)
    return first + len(row.before) if first >= 0 else None


def _unmet_words(entry: str, row: ReviewRow, result: NoticeResult) -> str:
    """Say what there is near the place that a row names."""
    start = row.place.start or 0
    near = sorted(
        result.facts,
        key=lambda fact: (_plain(fact.evidence.exact) != _plain(row.words), abs(fact.evidence.start - start)),
    )
    said = "; ".join(f"{one.evidence.exact!r} {one.evidence.start}–{one.evidence.end}" for one in near[:3])
    what = (
        Message("these words don't stand in the notice")
        if row.action == "add"
        else Message("no figure was read from these words")
    )
    return Message(
        "{entry}: meets nothing: {what}. {near}If the notice's text has changed, correct place, words and "
        "before; if the row is no longer needed, delete it.",
        entry=entry,
        what=what,
        near=Message("Near it: {said}. ", said=said) if said else "",
    )


# ── a figure that was missed ────────────────────────────────────────────────────────────────────────────────────────


def _added(row: ReviewRow, entry: str, notice: NoticeRecord, text: str, start: int, resources: Resources) -> Fact:
    """Make the fact of a figure that was missed; its id follows from notice and words, not from the offsets."""
    end = start + len(row.words)
    name = hashlib.sha256(f"{notice.notice_id}\x1fadded\x1f{row.before}\x1f{row.words}".encode()).hexdigest()[:12]
    evidence = Evidence(
        source=f"sha256:{notice.source.sha256}", start=start, end=end, exact=row.words,
        prefix=text[max(0, start - _CONTEXT) : start], suffix=text[end : end + _CONTEXT],
        section=_section(notice, start), page=None,
    )  # fmt: skip
    blank = Fact(
        fact_id=f"f-{name}", notice_id=notice.notice_id, policy_year=notice.policy_year, rule="review.add",
        kind=row.set_fields["kind"], role="level", operator="eq", value=None, lower=None, upper=None,
        lower_inclusive=None, upper_inclusive=None, unit=None, counted=None, per=(), base=None, due=None, edtf=None,
        applies_to=None, valid_from=None, valid_to=None, anchor=None, indicator=None, candidates=(), subject=None,
        scope=Scope(), modality="stated", status="added", evidence=evidence, support=(),
    )  # fmt: skip
    fields = [
        FieldCorrection(entry, field, value, row.who, row.why, row.when)
        for field, value in row.set_fields.items()
        if field != "kind"
    ]
    made = corrected(blank, fields, resources) if fields else blank
    return replace(made, status="added", reviews=(row.review,))


def _section(notice: NoticeRecord, start: int) -> str | None:
    around = [part for part in notice.sections if part.start <= start < part.end]
    return max(around, key=lambda part: part.level).id if around else None


# ── rows to write ───────────────────────────────────────────────────────────────────────────────────────────────────


def place_of(evidence: Evidence, path: str) -> tuple[ReviewPlace, str, str]:
    """Name where words stand, as a row does: the place, the words, and some of what stands before them on their line."""
    before = evidence.prefix.replace("\r", "\n").rpartition("\n")[2]
    return ReviewPlace(path, evidence.start, evidence.end), evidence.exact, before[-_BEFORE:]


_DAY = dt.date(1, 1, 1)


def row_to_paste(fact: Fact, notice: NoticeRecord, action: Action = "correct") -> str:
    """Write the row that decides on a fact, to be filled in; one that corrects it begins with its figure."""
    field = next((name for name in ("value", "lower", "due") if getattr(fact, name) is not None), "operator")
    place, words, before = place_of(fact.evidence, notice.source.path)
    fields = {field: getattr(fact, field)} if action == "correct" else {}
    return _to_fill_in(ReviewRow(action, place, words, "", "", _DAY, before, fields=fields))


def added_row_to_paste(place: ReviewPlace, words: str = "", before: str = "") -> str:
    """Write the row that adds a figure which was missed, to be filled in."""
    fields = {"kind": "", "value": "", "unit": "", "indicator": ""}
    return _to_fill_in(ReviewRow("add", place, words, "", "", _DAY, before, fields=fields))


def _to_fill_in(row: ReviewRow) -> str:
    """Write a row whose day is to be filled in, as its other fields are."""
    return row_text(row).replace(f"when = {_DAY.isoformat()}", 'when = ""')


def row_text(row: ReviewRow) -> str:
    """Write a row as TOML, ready for the end of the file."""
    place = row.place
    offsets = "" if place.start is None else f", start = {place.start}, end = {place.end}"
    lines = [
        "[[review]]",
        f"action = {_quoted(row.action)}",
        f"place = {{ path = {_quoted(place.path)}{offsets} }}",
        f"words = {_quoted(row.words)}",
    ]
    if row.before:
        lines.append(f"before = {_quoted(row.before)}")
    if row.set_fields:
        lines.append("fields = { " + ", ".join(f"{toml_key(k)} = {_toml(v)}" for k, v in row.set_fields.items()) + " }")
    lines += [f"who = {_quoted(row.who)}", f"why = {_quoted(row.why)}", f"when = {row.when.isoformat()}"]
    return "\n".join(lines) + "\n"


def toml_key(name: str) -> str:
    """Write a field's name as a key of TOML."""
    return f'"{name}"' if "." in name else name


def _toml(value: Any) -> str:  # noqa: ANN401 - whatever a field holds
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, int):
        return str(value)
    return _quoted("" if value is None else str(value))


def _quoted(text: str) -> str:
    """Write a TOML string: JSON's escapes are TOML's, but for DEL, which TOML has escaped, too."""
    return msgspec.json.encode(text).decode().replace("\x7f", "\\u007f")
