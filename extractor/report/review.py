"""`extractor review`: goes through the doubts of a dataset with a person, and writes what they decide to ``reviews.toml``.

Each decision is a row at the end of the file before the next question is asked, so that one can stop anywhere. Words go in
and out line by line: it works over any connection, with a screen reader, and from a script.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from extractor.build.corrections import FIELDS, FieldCorrection, corrected
from extractor.build.reviews import (
    FILE,
    NEEDED,
    ReviewPlace,
    ReviewRow,
    find_met,
    find_words,
    load_reviews,
    parse_reviews,
    place_of,
    row_text,
)
from extractor.dataset.labels import one_line, reading_words, safe, scope_words, subject_words, title_of
from extractor.dataset.plain_figures import PlainFigure, plain_fact
from extractor.dataset.store import read_own, write_atomic
from extractor.errors import DatasetError
from extractor.messages import Message, translated
from extractor.report.checks import percent
from extractor.report.columns import Columns, TableColumn, WrappedWords
from extractor.report.sentences import in_one_line, quoted
from extractor.report.terminal import named_rows, quote_view, short_ids

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from rich.console import RenderableType

    from extractor.dataset.doubts import Doubt
    from extractor.dataset.labels import Labels
    from extractor.model import NoticeRecord, NoticeSource
    from extractor.resources import Resources

# What a confirmed reading is held to, whatever is read later.
_CONFIRMED = ("value", "lower", "upper", "operator", "unit", "due", "role", "indicator")


class DoubtRow(Struct, frozen=True, kw_only=True):
    """A doubt as ``extractor review --list --json`` gives it; ``risk`` is in percent, ``id`` a fact's or an unresolved's."""

    id: str
    notice_id: str
    title: str | None
    path: str
    reasons: tuple[str, ...]
    risk: int
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    indicator: str | None
    candidates: tuple[str, ...]
    subject: str | None
    reading: str
    figure: PlainFigure | None
    checks: tuple[str, ...]


def doubt_row(doubt: Doubt, labels: Labels) -> DoubtRow:
    """Write a doubt flat."""
    fact, evidence = doubt.fact, doubt.item.evidence
    return DoubtRow(
        id=item_id(doubt), notice_id=doubt.notice.notice_id, title=title_of(doubt.notice), path=doubt.notice.source.path,
        reasons=doubt.reasons, risk=percent(doubt.risk), exact=evidence.exact, prefix=evidence.prefix,
        suffix=evidence.suffix, start=evidence.start, end=evidence.end, indicator=fact.indicator if fact else None,
        candidates=doubt.item.candidates, subject=fact.subject if fact else None,
        reading=reading_words(fact, labels) if fact else "", figure=plain_fact(fact) if fact else None,
        checks=tuple(one.message for one in doubt.checks),
    )  # fmt: skip


def item_id(doubt: Doubt) -> str:
    """Give the id of the fact, or of what could not be read."""
    return doubt.fact.fact_id if doubt.fact else doubt.item.unresolved_id  # type: ignore[union-attr]


def names_of(notice: NoticeRecord) -> tuple[str | None, ...]:
    """List what a notice may be asked for by: its id, its title in either script, its path and those of its copies."""
    paths = (notice.source.path, *(copy.source.path for copy in notice.copies))
    return notice.notice_id, notice.title, notice.title_exact, *paths


def reason_words(doubt: Doubt, labels: Labels) -> str:
    """Say why a figure is doubtful: what is known of it, and how often such readings were wrong."""
    words = reasons_only(doubt, labels)
    return words if doubt.fact is None else labels.bracketed(words, f"{labels('field', 'risk')} {percent(doubt.risk)}%")


def reasons_only(doubt: Doubt, labels: Labels) -> str:
    """Say what is known of a doubtful figure."""
    return labels.listed(labels("doubt", reason) for reason in doubt.reasons)


def doubts_view(doubts: Sequence[Doubt], labels: Labels) -> RenderableType:
    """List doubts, notice by notice."""
    if not doubts:
        return Text(labels("phrase", "no_doubts"))
    columns = [
        TableColumn(labels("field", "doubt"), least=14, most=30),
        TableColumn(labels("field", "risk"), right=True),
        TableColumn(labels("field", "indicator"), least=14, most=30),
        TableColumn(labels("field", "value")),
        TableColumn(labels("field", "exact"), below=True),
        TableColumn(labels("field", "fact_id")),
    ]
    ids = dict(zip(map(item_id, doubts), short_ids([item_id(one) for one in doubts]), strict=True))
    rows: list[Sequence[Text] | Text] = []
    last = None
    for doubt in doubts:
        if doubt.notice.notice_id != last:
            last = doubt.notice.notice_id
            rows.append(Text(one_line(title_of(doubt.notice) or last), style="bold"))
        fact = doubt.fact
        rows.append((
            Text(reasons_only(doubt, labels)),
            Text(f"{percent(doubt.risk)}%" if fact else ""),
            Text(subject_words(fact, labels) if fact else ""),
            Text(safe(reading_words(fact, labels)) if fact else ""),
            quote_view(doubt.item.evidence),
            Text(ids[item_id(doubt)], style="dim"),
        ))  # fmt: skip
    return Columns(columns, rows, f"{labels('field', 'doubts')} {len(doubts)}")


def doubt_view(doubt: Doubt, text: str | None, place: str, labels: Labels, resources: Resources) -> RenderableType:
    """Show one doubt: which notice, the sentence with its words marked, the reading, and why it is doubtful."""
    fact = doubt.fact
    before, exact, after = in_one_line(quoted(doubt.item.evidence, text, resources))
    sentence = Text.assemble(before, "【", (exact, "bold reverse"), "】", after)
    rows: list[tuple[str, str | None]] = [(labels("field", "doubt"), reason_words(doubt, labels))]
    rows += [("", one_line(check.message)) for check in doubt.checks]
    if fact is None:
        rows.append((labels("field", "message"), one_line(translated(doubt.item.message))))  # type: ignore[union-attr]
    else:
        rows += [
            (labels("field", "indicator"), subject_words(fact, labels)),
            (labels("field", "value"), safe(reading_words(fact, labels))),
            (labels("field", "scope"), scope_words(fact.scope, labels)),
            (labels("field", "role"), labels("role", fact.role)),
        ]
    candidates = labels.listed(labels.indicator(one) or one for one in doubt.item.candidates)
    rows.append((labels("field", "candidates"), candidates))
    heading = f"{place}  {one_line(title_of(doubt.notice) or doubt.notice.notice_id)}"
    return Group(
        "", WrappedWords(Text(heading, style="bold")), "", Padding(WrappedWords(sentence), (0, 2)), "", named_rows(rows)
    )


# ── the session ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Desk(NamedTuple):
    """What a session works with: the corpus, and how it asks, shows and finds texts.

    ``ask`` puts a question and gives the line answered, None at the end of input; ``day`` goes into the rows.
    """

    corpus: Path
    labels: Labels
    resources: Resources
    ask: Callable[[str], str | None]
    show: Callable[[RenderableType], None]
    text_of: Callable[[NoticeSource], str | None]
    day: dt.date


def open_doubts(doubts: Iterable[Doubt], corpus: Path) -> list[Doubt]:
    """Leave out what ``reviews.toml`` has a row for by now, built or not."""
    rows = load_reviews(corpus).rows
    left = []
    for doubt in doubts:
        paths = {doubt.notice.source.path, *(copy.source.path for copy in doubt.notice.copies)}
        if not any(row.place.path in paths and _meets(row, doubt) for row in rows):
            left.append(doubt)
    return left


def _meets(row: ReviewRow, doubt: Doubt) -> bool:
    if row.action == "add" and doubt.fact is None:
        row = replace(row, action="reject", fields={}, field=None)
    return find_met(row, (doubt.item,), "") is not None


class ReviewSession:
    """Goes through doubts; ``done`` are the rows written, each with the file's text before it."""

    def __init__(self, doubts: Sequence[Doubt], desk: Desk, who: str) -> None:
        """Take the doubts in the order of review, and who decides on them."""
        self.doubts, self.desk, self.who = doubts, desk, who
        self.path = desk.corpus / FILE
        self.done: list[tuple[int, bytes | None, ReviewRow]] = []
        self.decided: set[int] = set()

    def run(self) -> None:
        """Ask until all are through, or somebody stops."""
        at = 0
        while at < len(self.doubts):
            doubt = self.doubts[at]
            self._show(doubt, at)
            step = self._decide(doubt, at)
            if step is None:
                return
            at = step

    def _say(self, name: str, *words: object) -> None:
        self.desk.show(Text(safe(self.desk.labels("phrase", name).format(*words))))

    def _ask(self, name: str) -> str | None:
        answer = self.desk.ask(self.desk.labels("phrase", name))
        return None if answer is None else answer.strip()

    def _show(self, doubt: Doubt, at: int) -> None:
        place = f"[{at + 1}/{len(self.doubts)}]"
        self.desk.show(
            doubt_view(doubt, self.desk.text_of(doubt.notice.source), place, self.desk.labels, self.desk.resources)
        )
        self._say("review_keys" if doubt.fact else "review_keys_unread")

    def _decide(self, doubt: Doubt, at: int) -> int | None:
        """Ask for a key until one settles the doubt; return which comes next, None to stop."""
        while True:
            key = self._ask("review_prompt")
            if key is None or key.lower() in {"q", "结束"}:
                return None
            step = self._key(key.lower()[:1], doubt, at)
            if step is not None:
                return step

    def _key(self, key: str, doubt: Doubt, at: int) -> int | None:
        if key == "s":
            return at + 1
        if key == "u":
            return self._undo(at)
        keys = {"c": self._confirm, "e": self._correct, "r": self._reject, "a": self._add}
        if key not in keys or (doubt.fact is None and key in {"c", "e"}):
            self._say("review_unknown", key)
            self._say("review_keys" if doubt.fact else "review_keys_unread")
            return None
        row = keys[key](doubt)
        if row is None or not self._write(row, at):
            self._say("review_cancelled")
            return None
        # A figure that was missed beside the one shown leaves the doubt about that as it is.
        return at if key == "a" and doubt.fact is not None else at + 1

    def _confirm(self, doubt: Doubt) -> ReviewRow:
        fact = doubt.fact
        held = {} if fact is None else {name: getattr(fact, name) for name in _CONFIRMED}
        kept = {name: value for name, value in held.items() if value is not None or name == "indicator"}
        why = self.desk.labels("phrase", "review_why_confirm")
        return self._row("confirm", doubt, why, {name: "" if value is None else value for name, value in kept.items()})

    def _reject(self, doubt: Doubt) -> ReviewRow | None:
        why = self._ask("review_why")
        return self._row("reject", doubt, why, {}) if why else None

    def _correct(self, doubt: Doubt) -> ReviewRow | None:
        while doubt.fact is not None and (fields := self._fields()) is not None:
            given = [FieldCorrection(self._named(name), name, value, "-", "-", None) for name, value in fields.items()]
            try:
                corrected(doubt.fact, given, self.desk.resources)
            except DatasetError as error:
                self._refuse(error)
                continue
            why = self._ask("review_why")
            return self._row("correct", doubt, why, fields) if why else None
        return None

    def _named(self, field: str) -> str:
        """Say a field as the prompt takes it."""
        return self.desk.labels("scope" if field.startswith("scope.") else "field", field.rpartition(".")[2])

    def _fields(self) -> dict[str, Any] | None:
        """Ask for fields, again until they can be read; an empty line ends it."""
        while line := self._ask("review_fields"):
            try:
                return parse_fields(line, self.desk.labels)
            except DatasetError as error:
                self._refuse(error)
        return None

    def _refuse(self, error: DatasetError) -> None:
        self.desk.show(Text(safe(translated(str(error))), style="red"))

    def _add(self, doubt: Doubt) -> ReviewRow | None:
        """Ask for words that were missed, read what can be read of them, and ask for the rest."""
        text = self.desk.text_of(doubt.notice.source)
        missed = None if text is None else self._missed(doubt, text)
        if text is None or missed is None:
            return None
        place, words, before = missed
        fields = self._complete(_read_fields(words, self.desk.resources))
        why = None if fields is None else self._ask("review_why")
        made = ReviewRow("add", place, words, self.who, why or "", self.desk.day, before, fields=fields or {})
        return made if why and find_words(made, text, "") is not None else None

    def _missed(self, doubt: Doubt, text: str) -> tuple[ReviewPlace, str, str] | None:
        """Say which words were missed, and what stands before them: those of the doubt, else those named, asked for until they fit."""
        path = doubt.notice.source.path
        if doubt.fact is None:
            return place_of(doubt.item.evidence, path)
        while words := self._ask("review_words"):
            start = _nearest(text, words, doubt.item.evidence.start)
            place = ReviewPlace(path, start, (start or 0) + len(words))
            if start is None:
                self._say("review_not_in_text")
            elif start < doubt.item.evidence.end and start + len(words) > doubt.item.evidence.start:
                self._say("review_read_already")
            elif any(_is_same(one, place, words) for one in load_reviews(self.desk.corpus).rows):
                self._say("review_added_already")
            else:
                return place, words, text[max(0, start - 16) : start].replace("\r", "\n").rpartition("\n")[2]
        return None

    def _complete(self, fields: dict[str, Any]) -> dict[str, Any] | None:
        """Ask for fields until all that are needed are there; None where an empty line ends it before."""
        asked = False
        while (missing := [name for name in NEEDED if name not in fields]) or not asked:
            if missing:
                self._say("review_needs", self.desk.labels.listed(map(self._named, missing)))
            given, asked = self._fields(), True
            if given is None:
                return None if missing else fields
            fields = fields | given
        return fields

    def _row(self, action: Any, doubt: Doubt, why: str, fields: dict[str, Any]) -> ReviewRow:  # noqa: ANN401 - a literal
        place, words, before = place_of(doubt.item.evidence, doubt.notice.source.path)
        return ReviewRow(action, place, words, self.who, why, self.desk.day, before, fields=fields)

    def _write(self, row: ReviewRow, at: int) -> bool:
        """Put a row at the end of the file, as it stands now: somebody may have edited it meanwhile."""
        before = read_own(self.path)
        text = b"" if before is None else before
        gap = b"" if not text else b"\n" if text.endswith(b"\n") else b"\n\n"
        made = text + gap + row_text(row).encode()
        try:
            parse_reviews(self.path, made)
        except DatasetError as error:
            self._refuse(error)
            return False
        write_atomic(self.path, made)
        self.done.append((at, before, row))
        return True

    def _undo(self, at: int) -> int | None:
        if not self.done:
            self._say("review_nothing_to_undo")
            return None
        was, before, row = self.done.pop()
        if before is None:
            self.path.unlink(missing_ok=True)
        else:
            write_atomic(self.path, before)
        self._say("review_undone", f"{self.desk.labels('review', row.action)} {one_line(row.words)}")
        return min(was, at)


def _is_same(row: ReviewRow, place: ReviewPlace, words: str) -> bool:
    """Say whether a row adds the figure of just these words."""
    return (row.action, row.words, row.place.path, row.place.start) == ("add", words, place.path, place.start)


def _nearest(text: str, words: str, around: int) -> int | None:
    """Find where words stand, nearest to a place."""
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return min(found, key=lambda start: abs(start - around), default=None)


def _read_fields(words: str, resources: Resources) -> dict[str, Any]:
    """Read what the words alone say: kind, figure, bound, unit and per."""
    from extractor.notice.mentions.api import quantities

    found = quantities(words, resources=resources)
    if len(found) != 1:
        return {}
    one = found[0]
    given = {"kind": one.kind, "operator": one.operator, "unit": one.unit, "per": list(one.per), "role": one.role}
    figures = {name: getattr(one, name) for name in ("value", "lower", "upper")}
    given |= {name: str(value) for name, value in figures.items() if value is not None}
    return {name: value for name, value in given.items() if value not in (None, [])}


def parse_fields(line: str, labels: Labels) -> dict[str, Any]:
    """Read ``数值=620；指标=个人缴费标准``: fields and members by their names in either language, or their own.

    Raises `DatasetError` that names a field there is none of, or a part without ``=``.
    """
    names = {
        labels("scope" if name.startswith("scope.") else "field", name.rpartition(".")[2]): name for name in FIELDS
    }
    indicators = {labels.indicator(one): one for one in labels.indicators()}
    fields: dict[str, Any] = {}
    for part in line.replace("；", ";").split(";"):
        if not part.strip():
            continue
        name, sign, value = (piece.strip() for piece in part.replace("＝", "=").partition("="))
        field = names.get(name, name)
        if not sign or field not in FIELDS:
            msg = Message(
                "{part!r}: expected field=value, with a field of {names}.", part=part.strip(), names=tuple(names)
            )
            raise DatasetError(msg)
        fields[field] = _field_value(field, indicators.get(value, value) if field == "indicator" else value, labels)
    return fields


def _field_value(field: str, value: str, labels: Labels) -> Any:  # noqa: ANN401 - whatever the field holds
    form = FIELDS[field]
    if form == "list":
        words = [word for word in value.replace("、", ",").replace("，", ",").split(",") if word.strip()]
        return [labels.member("per", word.strip()) if field == "per" else word.strip() for word in words]
    if form == "flag":
        return {"true": True, "是": True, "false": False, "否": False}.get(value.lower(), value)
    if form == "year":
        return int(value) if value.isascii() and value.isdecimal() else value
    group = "area" if field == "scope.area" else field
    return labels.member(group, value) if form == "word" or field == "unit" else value
