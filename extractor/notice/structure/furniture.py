"""Lines of the page around a notice: navigation, spam, login boxes, print and share lines, link lists, metadata.

Furniture is marked, never deleted, and a doubtful line stays what it was: body text must not be swallowed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from msgspec import Struct

from extractor.notice.structure.numbers import own_number
from extractor.notice.structure.titles import read_orgs

if TYPE_CHECKING:
    from extractor.notice.structure.page import NoticePage
    from extractor.notice.structure.rules import StructureRules

# Furniture is short, except for rows of spam.
LONGEST = 120
# A hijacked page begins with a row of phrases between bars; a bar table of a notice holds amounts.
BARS = 4
_BARS = regex.compile(r"[|｜]")
_AMOUNT = regex.compile(r"\d\s?(?:元|%|％|万|周岁|个月)|[。；]")
_DAY = regex.compile(r"(?:19|20)\d\d\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}日?(?:\s|$)")
_STAMP = regex.compile(r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s{1,3}\d{1,2}:\d\d(?::\d\d)?)?\s{1,8}")
_LONGEST_VALUE = 80
_LONGEST_LINE = 300


class Meta(Struct):
    """Metadata of the page about the document: the first value of each role, and lines that hold it."""

    values: dict[str, str]
    lines: list[int]


def mark_furniture(page: NoticePage, rules: StructureRules) -> None:
    """Mark the lines that are furniture wherever they stand."""
    pattern = rules.patterns["furniture"]
    for i, (_, _, text) in enumerate(page.lines):
        if page.roles[i] != "body":
            continue
        if len(text) > LONGEST:
            if "|" in text or "｜" in text:
                _mark_spam(page, i, text)
        elif (len(text) > 1 or not text.isalnum()) and pattern.match(text):
            page.roles[i] = "furniture"
        elif "|" in text or "｜" in text:
            _mark_spam(page, i, text)
    _mark_menus(page, rules)


def _mark_menus(page: NoticePage, rules: StructureRules) -> None:
    """Mark the entries of a menu that stand on lines of their own: 首页⏎政务公开⏎互动.

    One of them alone may be a heading or a cell, so it takes a line of furniture right before it.
    """
    before = ""
    for i, (_, _, text) in enumerate(page.lines):
        if page.roles[i] == "body" and before == "furniture" and len(text) <= LONGEST and rules.meets("menu", text):
            page.roles[i] = "furniture"
        before = before if page.roles[i] == "blank" else page.roles[i]


def _mark_spam(page: NoticePage, index: int, text: str) -> None:
    """Mark a row of phrases between bars."""
    bars = sum(1 for _ in _BARS.finditer(text))
    # A long line with a few bars is a sentence that holds them.
    if bars >= BARS and len(text) < 60 * bars and not _AMOUNT.search(text):
        page.roles[index] = "furniture"


def read_metadata(page: NoticePage, rules: StructureRules, start: int, end: int, known: Meta) -> None:
    """Read `label：value` lines of a range into ``known`` and mark them: head when about the document."""
    lines = page.lines
    i = start
    while i < end:
        text = lines[i].text
        if page.roles[i] in {"blank", "closing"} or len(text) > _LONGEST_LINE:
            i += 1
            continue
        pairs = read_pairs(text, rules)
        if not pairs or _states_figures(pairs, rules):
            i += 1
            continue
        value_line = None
        label, value = pairs[-1]
        if not value and len(pairs) == 1:
            value_line = _value_line(page, rules, label, range(i + 1, min(i + 4, end)))
            if value_line is not None:
                pairs[-1] = (label, lines[value_line].text)
        _keep(page, i, value_line, pairs, rules, known)
        i = (value_line if value_line is not None else i) + 1


def _states_figures(pairs: list[tuple[str, str]], rules: StructureRules) -> bool:
    """Return True if what looks like the page's label says where money comes from: 来源：中央财政60%，省级财政40%."""
    return any(
        rules.labels[label] in ("origin", "other") and rules.meets("states_figures", value) for label, value in pairs
    )


def _keep(
    page: NoticePage,
    index: int,
    value_line: int | None,
    pairs: list[tuple[str, str]],
    rules: StructureRules,
    known: Meta,
) -> None:
    """Keep the values of one metadata line and give the line its role."""
    useful = False
    for label, value in pairs:
        role = rules.labels[label]
        if role != "other" and value:
            useful = True
            known.values.setdefault(role, value)
    for i in (index, value_line):
        if i is not None:
            known.lines.append(i)
            page.roles[i] = "head" if useful else "furniture"


def _value_line(page: NoticePage, rules: StructureRules, label: str, near: range) -> int | None:
    """Find the line with the value of a label that stands alone; it must look like one, or it is left alone."""
    role = rules.labels[label]
    for i in near:
        text = page.lines[i].text
        if text:
            fits = (
                (role == "number" and own_number(text) is not None)
                or (role in {"issued", "published", "effective", "expires"} and rules.date.match(text) is not None)
                or (role == "issuer" and bool(read_orgs(text, rules)))
            )
            return i if fits and len(text) < _LONGEST_VALUE else None
    return None


def read_pairs(text: str, rules: StructureRules) -> list[tuple[str, str]]:
    """Cut a line into labels and values; an empty list when it isn't made of them.

    索引号：3070 发布机构：医保局 has two pairs; 文 号： 所属主题：其他 has an empty one.
    """
    stamp = _STAMP.match(text)
    if stamp and rules.label.match(text, stamp.end()):
        return [("发布时间", stamp.group().strip()), *read_pairs(text[stamp.end() :], rules)]
    if not rules.label.match(text.lstrip("【[（( ")):
        return []
    hits = [hit for hit in rules.label.finditer(text) if hit.start() == 0 or not text[hit.start() - 1].isalnum()]
    pairs = []
    for here, following in zip(hits, [*hits[1:], None], strict=True):
        stop = following.start() if following else len(text)
        label = "".join(here.group("label").split())
        pairs.append((label, text[here.end() : stop].strip(" 　\t【】[]|")))
    weak = rules.words["weak_label"]
    # A sentence is no value; a title may be.
    if any(len(value) > 2 * _LONGEST_VALUE or "。" in value for _, value in pairs):
        return []
    # 时间：2022年9月1日至12月31日 may be body text: a lone ordinary word needs the date or the source it announces.
    if all(label in weak for label, _ in pairs) and len(pairs) == 1:
        label, value = pairs[0]
        if not value or (label in {"时间", "日期", "发布"} and not _DAY.match(value)):
            return []
    return pairs
