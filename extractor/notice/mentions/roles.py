"""Tells a level from an increase, a decrease and a previous value, by the words around a number (`roles.toml`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import msgspec

from extractor.model import Role, Span
from extractor.notice.mentions.word_trie import compile_forms
from extractor.resources import check_unique, convert, read_tables

if TYPE_CHECKING:
    from extractor.resources import Resources

MOVE_REACH = 8
_CLAUSE_MARKS = "，。；：！？\n\t"


class RoleRow(msgspec.Struct, forbid_unknown_fields=True):
    """Verbs and nouns of one change; see `roles.toml`."""

    id: str
    role: Literal["increase", "decrease"]
    verbs: list[str]
    nouns: list[str]
    examples: list[dict[str, str]]
    rejects: list[str]


class Connectors(msgspec.Struct, forbid_unknown_fields=True):
    """How verbs and numbers hang together; see `roles.toml`."""

    level: list[str]
    name_length: int
    touching: list[str]
    points_only: list[str]
    not_counts: list[str]


class Previous(msgspec.Struct, forbid_unknown_fields=True):
    """Words of an old value; see `roles.toml`."""

    before: list[str]
    moves: list[str]
    base: list[str]
    than: list[str]
    ended_before: list[str]
    ended_after: list[str]


class RoleReader(msgspec.Struct, frozen=True):
    """The words of `roles.toml`, compiled."""

    verbs: re.Pattern[str]
    role_of: dict[str, Role]
    nouns: frozenset[str]
    level: re.Pattern[str]
    name_length: int
    touching: frozenset[str]
    points_only: frozenset[str]
    not_counts: frozenset[str]
    old: re.Pattern[str]
    moves: re.Pattern[str]
    base: re.Pattern[str]
    than: re.Pattern[str]
    ended_before: re.Pattern[str]
    ended_after: re.Pattern[str]

    def read(self, text: str, region: int, span: Span, end: int, *, unit: str | None, bound: Span | None) -> Role:
        """Return the role of the number at ``span``; ``region`` is where its own words begin."""
        if self._is_previous(text, region, span, end):
            return "previous"
        # 按低保标准的20%增发: the verb behind the number, unless it goes on to a level (提高到).
        tail = text[span.end : min(end, span.end + MOVE_REACH)]
        behind = self.verbs.match(tail)
        if behind and unit != "pp" and behind.group() not in self.touching and not self.level.match(tail, behind.end()):
            # 比上年的610元增加30元: what grows by another number is where it grew from.
            after = span.end + behind.end()
            grown = text[after : after + 1].isdecimal() and self.than.search(text, region, span.start)
            return "previous" if grown else self.role_of[behind.group()]
        last = self._last_verb(text, region, span, unit=unit, bound=bound)
        if last is None or (last.group() in self.not_counts and unit and unit.startswith("{")):
            return "level"
        gap = text[last.end() : bound.start if bound and bound.start >= last.end() else span.start]
        if last.group() in self.nouns:
            return self.role_of[last.group()] if len(gap) <= self.name_length else "level"
        if len(gap) > self.name_length or self.level.search(gap):
            return "level"
        if last.group() in self.touching and len(gap) > 2 and unit != "pp":  # noqa: PLR2004 - 约, 了
            return "level"
        return self.role_of[last.group()]

    def _last_verb(
        self, text: str, region: int, span: Span, *, unit: str | None, bound: Span | None
    ) -> re.Match[str] | None:
        """Return the last word of change before a number that is no bound word there."""
        last = None
        for match in self.verbs.finditer(text, max(region, span.start - self.name_length - 12), span.start):
            points = match.group() in self.points_only
            if points and (unit != "pp" or (bound and bound.start < match.start())):
                continue
            if bound and bound.start <= match.start() < bound.end and not points:
                continue
            last = match
        return last

    def _is_previous(self, text: str, region: int, span: Span, end: int) -> bool:
        tail = text[span.end : min(end, span.end + MOVE_REACH + 8)]
        move = self.moves.search(tail)
        if (
            move
            and move.start() <= MOVE_REACH
            and not any(mark in tail[: move.start()].lstrip("，") for mark in _CLAUSE_MARKS)
        ):
            near = move.start() <= 1 and (tail[0] != "，" or move.group().startswith("分别"))
            return near or self.old.search(text, region, span.start) is not None
        # 利率由3.25%下调0.15个百分点至3.1%
        if self.verbs.match(tail) and self.old.search(text, max(region, span.start - 12), span.start):
            return True
        # 不再按每人每年350元执行; 350元的标准停止执行
        if self.ended_before.search(text, region, span.start) or self.ended_after.match(tail):
            return True
        base = self.base.search(tail)
        return bool(base and base.start() == 0 and "在" in text[max(region, span.start - 30) : span.start])


def role_reader(resources: Resources) -> RoleReader:
    """Build the reader from `roles.toml`."""
    path = resources.root / "roles.toml"
    data = read_tables(path, "role", "connectors", "previous")
    rows = [convert(path, "role", item, RoleRow) for item in data.get("role", [])]
    connectors = convert(path, "connectors", data.get("connectors"), Connectors)
    previous = convert(path, "previous", data.get("previous"), Previous)
    check_unique(((path, row.id) for row in rows), "role")
    role_of: dict[str, Role] = {word: row.role for row in rows for word in (*row.verbs, *row.nouns)}
    return RoleReader(
        verbs=compile_forms(role_of),
        role_of=role_of,
        nouns=frozenset(noun for row in rows for noun in row.nouns),
        level=compile_forms(connectors.level),
        name_length=connectors.name_length,
        touching=frozenset(connectors.touching),
        points_only=frozenset(connectors.points_only),
        not_counts=frozenset(connectors.not_counts),
        old=compile_forms(previous.before),
        moves=compile_forms(previous.moves),
        base=compile_forms(previous.base),
        than=compile_forms(previous.than),
        ended_before=compile_forms(previous.ended_before),
        ended_after=compile_forms(previous.ended_after),
    )
