"""Tells a level from an increase, a decrease and a previous value, by the words around a number (`roles.toml`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import msgspec

from extractor.model import Role, Span
from extractor.notice.word_lists import ListRow, WordList, word_lists
from extractor.notice.word_trie import compile_forms
from extractor.resources import read_tables

if TYPE_CHECKING:
    from extractor.resources import Resources

MOVE_REACH = 8
# How far what ends an old value may stand behind it: 的高龄津贴标准自2031年10月10日起不再执行.
ENDED_REACH = 32
# A verb's own name before its number may be this long (提高居民医保个人缴费标准40元).
NAME_LENGTH = 22
# （上年度为每人每年
_ASIDE = 20
# 每月增加额分别为：一级198元、二级186元、…: so far back the colon is looked for.
_ANNOUNCED = 90
# So long may a list of values be that all grow alike.
_BY = 64
_OPENING = ("（", "(")
_CLAUSE_MARKS = "，。；：！？\n\t"


class RoleRow(msgspec.Struct, forbid_unknown_fields=True):
    """Verbs and nouns of one change; see `roles.toml`."""

    id: str
    role: Literal["increase", "decrease"]
    verbs: list[str]
    nouns: list[str]
    examples: list[dict[str, str]]
    rejects: list[str]


class RoleLists(msgspec.Struct, frozen=True):
    """The lists of `roles.toml`: how verbs and numbers hang together, and the words of an old value."""

    level: WordList
    touching: WordList
    touching_gap: WordList
    of_time: WordList
    plus: WordList
    opening: WordList
    no_change: WordList
    each_more: WordList
    own_act: WordList
    points_only: WordList
    old: WordList
    old_aside: WordList
    moves: WordList
    noted: WordList
    to_itself: WordList
    each: WordList
    ended_before: WordList
    ended_after: WordList
    base: WordList
    base_opens: WordList
    than: WordList
    listed_before: WordList
    dealt_behind: WordList
    lead_tails: WordList
    item_level: WordList
    takes_gift: WordList
    lead_moves: WordList
    takes_share: WordList
    tier_behind: WordList
    steps: WordList
    by_standard: WordList


class RoleReader(msgspec.Struct, frozen=True):
    """The words of `roles.toml`, compiled."""

    verbs: re.Pattern[str]
    role_of: dict[str, Role]
    nouns: frozenset[str]
    lists: RoleLists
    rows: list[RoleRow]

    def read(
        self, text: str, region: int, span: Span, end: int, *, kind: str, unit: str | None, bound: Span | None
    ) -> tuple[Role, Span | None]:
        """Return the role of the number at ``span`` and the words that say so; ``region`` is where its own words begin."""
        lists = self.lists
        said = self._is_previous(text, region, span, end) or self._moves_as_list(text, span, end)
        # 降低100元（降至400元）: what it moved by, not from where
        aside = said is not None and text[span.end : said.start] in _OPENING
        if said is not None and not (aside and self._moved_by(text, region, span, unit=unit, bound=bound)):
            return "previous", said
        # 按低保标准的20%增发: the verb behind the number, unless it goes on to a level (提高到).
        tail = text[span.end : min(end, span.end + MOVE_REACH)]
        grows = kind not in ("duration", "age") and unit != "pp"
        if grows and (old := self._grown_from(text, region, span, end)):
            return "previous", old
        behind = self.verbs.match(tail) if grows else None
        changes = behind and behind.group() in self.role_of and not lists.level.pattern.match(tail, behind.end())
        if behind and changes and not self._touches(behind):
            return self.role_of[behind.group()], Span(span.end, span.end + behind.end())
        if kind in ("money", "rate") and (by := self._grown_by(text, span, end)):
            return self.role_of[by[0]], by[1]
        last = self._last_verb(text, region, span, unit=unit, bound=bound)
        if last is None:
            # 每月增加金额：不满65周岁的，15元: of an age nothing is added
            return ("level", None) if kind == "age" else self._announced(text, region, span)
        if kind != "duration" and lists.of_time.meets(last.group()):
            return "level", None
        named = kind == "duration" and last.group() in self.nouns  # 消费增速|连续8个月全省第一
        named = named or lists.tier_behind.pattern.match(text[span.end : min(end, span.end + NAME_LENGTH)]) is not None
        if named or not self._governs(text, region, span, last, unit=unit, bound=bound):
            return "level", None
        return self.role_of[last.group()], Span(*last.span())

    def _grown_from(self, text: str, region: int, span: Span, end: int) -> Span | None:
        """Return the verb that says that a number, or a list of them, changes by another, so that it is where that came from.

        比上年的610元增加30元, 比去年的700元少了30元, 分别比上年的150元、300元提高50元、100元
        """
        lists = self.lists
        each = lists.dealt_behind.pattern.match(text, span.end, end)
        verb = self.verbs.match(text, each.end() if each else span.end, min(end, span.end + 2 * MOVE_REACH))
        if verb is None or verb.group() not in self.role_of:
            return None
        gap = lists.touching_gap.pattern.match(text, verb.end())
        at = gap.end() if gap else verb.end()
        listed = lists.listed_before.pattern.search(text, max(0, span.start - _BY), span.start)
        first = listed.start() if listed else span.start
        # Of a list the words before it are those of its first value's clause.
        opens = _clause_opens(text, first) if listed else region
        grown = text[at : at + 1].isdecimal() and lists.than.pattern.search(text, opens, first)
        return Span(*verb.span()) if grown else None

    def _grown_by(self, text: str, span: Span, end: int) -> tuple[str, Span] | None:
        """Return the verb that says that a number, or a list of them, is by how much: 分别按276元、266元|的标准|增加."""
        by = self.lists.by_standard.pattern.match(text[span.end : min(end, span.end + _BY)])
        start = span.end + by.end() if by else 0
        verb = self.verbs.match(text, start, end) if by else None
        if verb is None or verb.group() not in self.role_of or self._touches(verb):
            return None  # 按每月3000元的标准扣除
        return verb.group(), Span(*verb.span())

    def _announced(self, text: str, region: int, span: Span) -> tuple[Role, Span | None]:
        """Return the change that the words before a colon say of all items behind it.

        每月增加额分别为：一级198元、二级186元; 按下列标准增加：一级198元
        """
        colon = text.rfind("：", max(0, span.start - _ANNOUNCED), span.start)
        if colon < 0 or any(mark in text[colon : span.start] for mark in "。\n"):
            return "level", None
        lead = text[max(0, colon - NAME_LENGTH) : colon]
        tail = self.lists.lead_tails.pattern.search(lead)
        named = lead[: tail.start()] if tail else lead
        ending = (word for word in (self.nouns if tail else self.role_of) if named.endswith(word))
        noun = next((word for word in ending if not self.lists.touching.meets(word)), None)
        if noun is None or self.lists.item_level.meets(text[region : span.start]):
            return "level", None
        if self.lists.lead_moves.meets(noun) and self.lists.level.pattern.search(text, max(region, colon), span.start):
            return "level", None  # 标准同步提高：一档为每月935元
        at = colon - len(lead) + len(named)
        return self.role_of[noun], Span(at - len(noun), at)

    def _governs(
        self, text: str, region: int, span: Span, last: re.Match[str], *, unit: str | None, bound: Span | None
    ) -> bool:
        """Return True if a word of change before a number says how much by it."""
        lists = self.lists
        gap = text[last.end() : bound.start if bound and bound.start >= last.end() else span.start]
        if last.group() in self.nouns:
            return len(gap) <= NAME_LENGTH
        if len(gap) > NAME_LENGTH or lists.level.pattern.search(gap):
            return False
        if unit == "%" and lists.takes_share.meets(gap):
            return False  # 新增公交车中新能源车占80%: what is new is not the share
        if unit != "%" and lists.takes_gift.meets(gap):
            return False  # 每个新增托位给予1万元
        if self._touches(last) and unit != "pp" and not lists.touching_gap.meets(gap):
            return False
        # 每增加1人另补500元: the one more is what the amount is for
        return not (lists.each_more.meets(text[max(region, last.start() - 1) : last.start()]) and gap)

    def _moved_by(self, text: str, region: int, span: Span, *, unit: str | None, bound: Span | None) -> bool:
        """Return True if a verb of change before a number says by how much."""
        last = self._last_verb(text, region, span, unit=unit, bound=bound)
        return last is not None and self._governs(text, region, span, last, unit=unit, bound=bound)

    def _last_verb(
        self, text: str, region: int, span: Span, *, unit: str | None, bound: Span | None
    ) -> re.Match[str] | None:
        """Return the last word of change before a number that is no bound word there."""
        last = None
        for match in self.verbs.finditer(text, max(region, span.start - NAME_LENGTH - 12), span.start):
            if match.group() not in self.role_of:
                continue
            points = self.lists.points_only.meets(match.group())
            if points and (unit != "pp" or (bound and bound.start < match.start())):
                continue
            if bound and bound.start <= match.start() < bound.end and not points:
                continue
            added = match.start() == region and not self.lists.opening.meets(text[max(0, region - 1) : region])
            if added and self.lists.plus.meets(match.group()):
                continue  # 个人缴费400元|+|670元
            last = match
        return last

    def _is_previous(self, text: str, region: int, span: Span, end: int) -> Span | None:
        """Return the words that say of a number that it was; None where it wasn't."""
        lists = self.lists
        noted = lists.noted.pattern.match(text, span.end, end)
        at = noted.end() if noted else span.end
        tail = text[at : min(end, at + MOVE_REACH + 8)]
        move = lists.moves.pattern.search(tail)
        if move and lists.old.pattern.search(tail, 0, move.start()):
            move = None  # 一级由110元提高到125元、二级由80元提高到95元: it is the next one that moves
        if move and lists.to_itself.pattern.match(tail, move.end()):
            move = None  # 低于3510元的调整至此标准
        if (
            move
            and move.start() <= MOVE_REACH
            and not any(mark in tail[: move.start()].lstrip("，") for mark in _CLAUSE_MARKS)
        ):
            if move.start() <= 1 and (tail[0] != "，" or lists.each.meets(move.group())):
                return Span(at + move.start(), at + move.end())
            if old := lists.old.pattern.search(text, region, span.start):
                return Span(*old.span())
        # 利率由3.25%下调0.15个百分点至3.1%
        if (verb := self.verbs.match(tail)) and lists.old.pattern.search(
            text, max(region, span.start - 12), span.start
        ):
            return Span(span.end, span.end + verb.end())
        # 每年5500元（原为5000元）
        if aside := lists.old_aside.pattern.search(text, max(0, span.start - _ASIDE), span.start):
            return Span(*aside.span())
        # 不再按每人每年350元执行
        if ended := lists.ended_before.pattern.search(text, region, span.start):
            return Span(*ended.span())
        # 350元的标准停止执行; 在350元的基础上
        behind = lists.ended_after.pattern.match(text[span.end : min(end, span.end + ENDED_REACH)])
        if not behind and lists.base_opens.meets(text[max(region, span.start - 30) : span.start]):
            behind = lists.base.pattern.match(tail)
        return Span(span.end, span.end + behind.end()) if behind else None

    def _moves_as_list(self, text: str, span: Span, end: int) -> Span | None:
        """Return the move of a list of old values: 由每小时不低于13.9元、每月不低于2400元，调整到."""
        lists = self.lists
        move = lists.moves.pattern.search(text, span.end, min(end, span.end + _BY))
        if move is None:
            return None
        old = lists.old.pattern.search(text, _clause_opens(text, span.start), span.start)
        listed = text[old.end() : move.start()].rstrip("，") if old else ""
        apart = lists.old.meets(listed) or any(mark in listed for mark in _CLAUSE_MARKS)
        return Span(*move.span()) if "、" in listed and not apart else None

    def shared(self, gap: str) -> bool:
        """Return True if the words between two counts leave both to one verb: 新增公办幼儿园8所、托位1200个."""
        act = self.lists.own_act.pattern.search(gap) or self.lists.level.pattern.search(gap) or self.verbs.search(gap)
        return bool(gap) and act is None and not any(mark in gap for mark in _CLAUSE_MARKS)

    def is_step(self, text: str, start: int) -> bool:
        """Return True if a change is one of many: 每增加8个月，增发|1个月."""
        return self.lists.steps.pattern.search(text, max(0, start - NAME_LENGTH), start) is not None

    def _touches(self, match: re.Match[str]) -> bool:
        return self.lists.touching.meets(match.group())


def _clause_opens(text: str, at: int) -> int:
    """Return where the clause of an offset begins, or as far back as a list of values may reach."""
    low = max(0, at - _BY)
    return max(low, *(text.rfind(mark, low, at) + 1 for mark in _CLAUSE_MARKS))


def role_reader(resources: Resources) -> RoleReader:
    """Build the reader from `roles.toml`."""
    path = resources.root / "roles.toml"
    tables = read_tables(path, {"role": RoleRow, "list": ListRow})
    rows: list[RoleRow] = tables["role"]
    role_of: dict[str, Role] = {word: row.role for row in rows for word in (*row.verbs, *row.nouns)}
    lists = word_lists(path, tables["list"], RoleLists)
    return RoleReader(
        # Words that only hold a verb of change (增加值) are found with the verbs, so that the verb isn't found in them.
        verbs=compile_forms((*role_of, *lists.no_change.words)),
        role_of=role_of,
        nouns=frozenset(noun for row in rows for noun in row.nouns),
        lists=lists,
        rows=rows,
    )
