"""The entry of a release in `CHANGES.md`: which values moved, from what to what, and why, with the words themselves.

It is Markdown that people forward. A notice's words are escaped, so that they stay words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from extractor.dataset.labels import (
    notice_name,
    one_line,
    role_words,
    scope_words,
    subject_words,
    title_of,
    value_words,
)
from extractor.dataset.series import disputes
from extractor.dataset.times import year_of
from extractor.resources import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.dataset.differences import AnswerChange, Differences, FactChange, NoticeChange
    from extractor.dataset.labels import Labels
    from extractor.model import Dataset, Fact, NoticeRecord, Point
    from extractor.resources import Resources

_MOST_ADDED = 40
# Indicators, of a region each, whose answers are told.
_MOST_ANSWERS = 12
_NATION = "100000"
# Roles of figures that hold for nobody by themselves.
_ASIDE = frozenset({"previous", "condition", "example"})
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&!$])")


class PhraseRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `changes.toml`."""

    id: str
    text: str


def load_phrases(resources: Resources) -> dict[str, str]:
    """Load the words of `CHANGES.md`."""
    path = resources.root / "changes.toml"
    rows = read_rows(path, "phrase", PhraseRow)
    return {row.id: row.text for row in rows}


def escape(text: str) -> str:
    r"""Make words plain text in Markdown, on one line.

    >>> escape("<b>610*元*\n|")
    '\\<b\\>610\\*元\\* \\|'
    """
    return _SIGNS.sub(r"\\\1", one_line(text))


class ReleaseWriter(msgspec.Struct, frozen=True, kw_only=True):
    """What writing an entry needs: the two datasets and the words."""

    new: Dataset
    old: Dataset | None
    labels: Labels
    phrases: dict[str, str]

    def say(self, phrase: str, **words: object) -> str:
        """Fill in a phrase."""
        return self.phrases[phrase].format(**words)

    def entry(self, version: str, date: str | None, differences: Differences | None) -> str:
        """Write the whole entry of a release, its heading included."""
        heading = self.say("heading", version=version, date=date) if date else version
        counts = {"notices": len(self.new.notices), "facts": len(self.new.facts)}
        lines = [f"## {heading}", ""]
        if differences is None:
            major = version.split(".", maxsplit=1)[0]
            lines += [self.say("first" if major == "1" else "shape", **counts), ""]
            lines += [f"- {self.notice_line(notice)}" for notice in self.new.notices]
            return "\n".join(lines).rstrip() + "\n"
        lines += [self.say(f"level.{'answers' if differences.answers else differences.level}"), ""]
        if differences.schema:
            lines += [self.say("schema", before=differences.schema[0], after=differences.schema[1]), ""]
        for name, part in self.parts(differences):
            if part:
                lines += [f"### {self.say(f'heading.{name}')}", "", *part, ""]
        if moved := sum(change.level == "patch" for change in differences.facts):
            lines += [self.say("moved", count=moved), ""]
        return "\n".join(lines).rstrip() + "\n"

    def parts(self, differences: Differences) -> Iterator[tuple[str, list[str]]]:
        """Write the parts of an entry, each a list of lines."""
        facts = differences.facts
        changed = [change for change in facts if change.before and change.after and change.fields]
        yield "changed", [line for change in changed for line in self.changed(change, differences)]
        gone = [change for change in facts if change.after is None]
        yield "withdrawn", [line for change in gone for line in self.withdrawn(change, differences)]
        yield (
            "points",
            [
                "- "
                + self.say(
                    "point",
                    what=escape(self.labels.indicator(change.series.indicator) or change.series.subject or ""),
                    where=self.placed(change.series.region, change.year),
                    before=self.points(change.before, self.old),
                    after=self.points(change.after, self.new),
                )
                for change in differences.points
            ],
        )
        yield "answers", list(self.answers(differences.answers))
        yield "notices", [f"- {line}" for change in differences.notices for line in self.notice(change)]
        yield "added", list(self.added([change.after for change in facts if change.before is None and change.after]))

    # ── facts ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def changed(self, change: FactChange, differences: Differences) -> Iterator[str]:
        """Write a changed value: what, from, to, why, and both quotations."""
        before, after = change.before, change.after
        if before is None or after is None:
            return
        words = [value_words(fact, self.labels) or fact.due or "" for fact in (before, after)]
        if words[0] == words[1]:
            parts = [
                self.say("field", field=self.labels("field", field), before=self.field(before, field),
                         after=self.field(after, field))
                for field in change.fields
            ]  # fmt: skip
            words = ["，".join(parts), ""]
            text = self.say("changed", what=self.what(after), where=self.where(after), before=words[0], after="")
            yield "- " + text.replace(" → 。", "。")
        else:
            yield "- " + self.say(
                "changed",
                what=self.what(after),
                where=self.where(after),
                before=escape(words[0]),
                after=escape(words[1]),
            )
        yield f"  - {self.say('why', reason=self.reason(change, differences))}"
        quotes = [self.quote(fact) for fact in (before, after)]
        if quotes[0] == quotes[1]:
            yield "  - " + self.say("quoted", place=self.place(after), quote=quotes[1])
        else:
            yield "  - " + self.say("was", place=self.place(before), quote=quotes[0])
            yield "  - " + self.say("is", place=self.place(after), quote=quotes[1])

    def withdrawn(self, change: FactChange, differences: Differences) -> Iterator[str]:
        """Write a withdrawn value: what, why, and the words it stood on."""
        fact = change.before
        if fact is not None:
            value = escape(role_words(fact, self.labels) or fact.due or "")
            yield "- " + self.say("withdrawn", what=self.what(fact), where=self.where(fact), before=value)
            yield f"  - {self.say('why', reason=self.reason(change, differences))}"
            yield "  - " + self.say("quoted", place=self.place(fact), quote=self.quote(fact))

    def added(self, facts: Sequence[Fact]) -> Iterator[str]:
        """List new values by notice."""
        notices: dict[str, list[Fact]] = {}
        for fact in facts:
            notices.setdefault(fact.notice_id, []).append(fact)
        for notice_id, found in notices.items():
            yield f"- {escape(self.called(notice_id))}"
            for fact in found[:_MOST_ADDED]:
                due = self.say("due", due=fact.due) if fact.due and fact.kind != "milestone" else ""
                value = escape(value_words(fact, self.labels) or fact.due or "")
                said = self.say("added", what=self.what(fact), after=value, due=due)
                review = fact.reviews[-1] if fact.status == "added" and fact.reviews else None
                why = self.say("reason.added", who=escape(review.who), why=escape(review.why)) if review else ""
                yield f"  - {self.labels.bracketed(said, why)}"
            if len(found) > _MOST_ADDED:
                yield "  - " + self.say("more", count=len(found) - _MOST_ADDED)

    def what(self, fact: Fact) -> str:
        """Say what a fact measures, and for whom; what is no figure of its own (原值) is called so."""
        parts = (scope_words(fact.scope, self.labels), self.labels("role", fact.role) if fact.role in _ASIDE else "")
        return escape(self.labels.bracketed(subject_words(fact, self.labels), "，".join(filter(None, parts))))

    def where(self, fact: Fact) -> str:
        """Say which region and year a fact is for."""
        home = self.home(fact.notice_id)
        return self.placed(
            fact.scope.region or (home.region.code if home.region else None), fact.policy_year or year_of(home)
        )

    def placed(self, code: str | None, year: int | None) -> str:
        """Name a region and a year."""
        names = {one.region.code: one.region.name for one in self.notices() if one.region}
        region = self.labels("region", code) if code else ""
        region = names.get(code or "", region) if region == code else region
        return escape(region + (self.say("year", year=year) if year else "")) or self.say("none")

    def notices(self) -> tuple[NoticeRecord, ...]:
        """List the notices of both datasets, the newer first."""
        return (*self.new.notices, *(self.old.notices if self.old else ()))

    def place(self, fact: Fact) -> str:
        """Say where a fact stands."""
        return escape(" ".join(part for part in (self.called(fact.notice_id), fact.evidence.section) if part))

    def called(self, notice_id: str) -> str:
        """Say which notice it is; one that is withdrawn is the older dataset's."""
        return notice_name(self.home(notice_id), self.labels)

    def home(self, notice_id: str) -> NoticeRecord:
        """Find a notice; the newer dataset's reading of it goes first."""
        return next(one for one in self.notices() if one.notice_id == notice_id)

    def quote(self, fact: Fact) -> str:
        """Quote a fact's words with what stands around them, the words themselves in bold."""
        evidence = fact.evidence
        before, after = escape(evidence.prefix).lstrip(), escape(evidence.suffix).rstrip()
        return f"…{before}**{escape(evidence.exact)}**{after}…"

    def field(self, fact: Fact, field: str) -> str:
        """Say one field of a fact."""
        value = getattr(fact, field)
        if field == "scope":
            return escape(scope_words(fact.scope, self.labels)) or self.say("none")
        if field == "indicator":
            return escape(self.labels.indicator(value) or self.say("none"))
        if field == "base":
            return escape(value.text if value else self.say("none"))
        if isinstance(value, tuple):
            return escape("、".join(self.labels(field, word) for word in value)) or self.say("none")
        return self.say("none") if value is None else escape(self.labels(field, str(value)))

    def reason(self, change: FactChange, differences: Differences) -> str:
        """Say why a value moved, as far as the two datasets show it."""
        before, after = change.before, change.after
        if after is not None and before is not None and after.corrections != before.corrections:
            if after.corrections:
                last = after.corrections[-1]
                return self.say("reason.corrected", who=escape(last.who), why=escape(last.why))
            return self.say("reason.uncorrected", who=escape(before.corrections[-1].who))
        if before is None or self.old is None:
            return self.say("reason.other")
        if review := next((one.reviews[-1] for one in self.new.rejected if one.fact_id == before.fact_id), None):
            return self.say("reason.rejected", who=escape(review.who), why=escape(review.why))
        sources = {f"sha256:{notice.source.sha256}" for notice in self.new.notices}
        ids = {notice.notice_id for notice in self.new.notices}
        paths = {notice.source.path for notice in self.new.notices}
        home = next(notice for notice in self.old.notices if notice.notice_id == before.notice_id)
        if before.evidence.source not in sources:
            return self.say("reason.source" if home.notice_id in ids or home.source.path in paths else "reason.gone")
        old, new = self.old.generator, self.new.generator
        if old.version != new.version:
            return self.say("reason.engine", before=old.version, after=new.version)
        return self.say("reason.catalog" if differences.generator else "reason.other")

    # ── notices and points ──────────────────────────────────────────────────────────────────────────────────────────

    def notice_line(self, notice: NoticeRecord) -> str:
        """Name a notice with its title and the number of its facts."""
        name = " ".join(filter(None, (notice.document_number, title_of(notice)))) or notice.notice_id
        count = sum(fact.notice_id == notice.notice_id for fact in self.new.facts)
        return self.say("notice.added", notice=escape(name), count=count)

    def notice(self, change: NoticeChange) -> Iterator[str]:
        """Write what became of a notice; one that differs in nothing that people use isn't mentioned."""
        before, after = change.before, change.after
        if before is None and after is not None:
            yield self.notice_line(after)
        elif after is None and before is not None:
            yield self.say("notice.withdrawn", notice=escape(notice_name(before, self.labels)))
        elif before is not None and after is not None and change.fields:
            changes = "，".join(
                self.say(
                    "field",
                    field=self.labels("field", field),
                    before=self.head(before, field),
                    after=self.head(after, field),
                )
                for field in change.fields
            )
            yield self.say("notice.changed", notice=escape(notice_name(after, self.labels)), changes=changes)

    def head(self, notice: NoticeRecord, field: str) -> str:
        """Say one field of a notice's head."""
        value = getattr(notice, field)
        if field == "region":
            value = value and value.name
        return self.say("none") if value is None else escape(self.labels(field, str(value)))

    def answers(self, answers: Sequence[AnswerChange]) -> Iterator[str]:
        """Say which questions have another answer now, or none: a line an indicator of a region, of its most general ones."""
        groups: dict[tuple[str, str | None], list[AnswerChange]] = {}
        for change in answers:
            groups.setdefault((change.indicator, change.region), []).append(change)
        wide = {(name, *self.moves(found)) for (name, region), found in groups.items() if region == _NATION}
        told = [
            (name, region, moves)
            for (name, region), found in groups.items()
            if (moves := self.moves(found)) and (region == _NATION or (name, *moves) not in wide)
        ]
        for name, region, moves in told[:_MOST_ANSWERS]:
            what, where = escape(self.labels.indicator(name) or name), self.placed(region, None)
            yield "- " + self.say("answer", what=what, where=where, moves="；".join(moves))
        if len(told) > _MOST_ANSWERS:
            yield "- " + self.say("more", count=len(told) - _MOST_ANSWERS)

    def moves(self, answers: Sequence[AnswerChange]) -> tuple[str, ...]:
        """Say how the answers about one indicator of a region moved; of those with fewer words than the others."""
        fewest = min(len(change.words) for change in answers)
        years: dict[str, list[int]] = {}
        for change in sorted(answers, key=lambda change: change.year):
            if len(change.words) > fewest:
                continue
            before = escape(value_words(change.before, self.labels))
            if change.inherited:
                before = self.say("inherited", before=before, region=self.placed(change.inherited, None))
            after = self.say("unanswered") if change.after is None else escape(value_words(change.after, self.labels))
            moved = self.say("move", words=escape("·".join(change.words)), before=before, after=after).strip()
            years.setdefault(moved, []).append(change.year)
        return tuple(
            f"{self.say('year', year='、'.join(map(str, dict.fromkeys(found))))} {moved}"
            for moved, found in years.items()
        )

    def points(self, points: Sequence[Point], dataset: Dataset | None) -> str:
        """Say a year's points; of sources that disagree, what each says."""
        said = []
        for point in points:
            value = (
                f"{point.lower}–{point.upper}"
                if point.value is None and point.lower
                else point.value or point.due or ""
            )
            text = self.labels("sign", point.operator) + value
            said.append(self.disagreeing(point, dataset) if point.status == "conflicting" else text)
        return escape("、".join(said)) or self.say("none")

    def disagreeing(self, point: Point, dataset: Dataset | None) -> str:
        """Say that sources disagree, and what each of them says."""
        facts = [fact for fact in dataset.facts if fact.fact_id in point.fact_ids] if dataset else []
        words = [value_words(fact, self.labels) for fact in facts if fact.role not in {"increase", "decrease"}]
        copies = disputes(dataset.notices) if dataset else {}
        words += [conflict.found or "" for fact in facts for _, conflict in copies.get(fact.fact_id, ())]
        return self.say("conflicting", values=" / ".join(dict.fromkeys(filter(None, words))))
