"""The step ``wrap``: rejoins sentences that a page's end or a hard wrap broke.

Three kinds of text: in one, each line is a paragraph and only a page's end breaks it (顾之⏎⏎忧); in another, all lines are
cut at one width; in the third, lines of any length make paragraphs that blank lines part. Joining wrongly costs more than not joining: a heading that swallows its paragraph is
lost, a broken sentence is only broken. So every join needs its reasons, and headings, titles, closing lines, items,
fields and table rows keep to themselves.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import regex

from extractor.ingest.line_rules import LineRules, load_line_rules

if TYPE_CHECKING:
    from extractor.notice.normalise.aligned import Change
    from extractor.resources import Resources

_ENDS = frozenset("。！？：；…!?:;")
_CLOSERS = frozenset('”’）》】〕」』)]"')
_CONTINUERS = frozenset("，、,")
_CLOSING_MARKS = frozenset("，。、；：！？）》”’】〕,;")
_CLAUSES = "，。；,;"
# What no sentence begins with behind a figure: 其他供养亲属72⏎元, 2025年8月15⏎日前.
_UNITS = frozenset("元%％‰日年月天个倍人户万亿")
_DAY = regex.compile(r"月\d{1,2}$")
# 各地务于2025年7月⏎20日前完成: the two halves of a date, whatever the lines' width.
_MONTH = regex.compile(r"[于在自从至到，](?:\d{4}年)?\d{1,2}月$")
# A full stop with a few words behind it that end no sentence.
_BEGUN = regex.compile(r"[。；][^。；：:！？、，\s]{1,12}$")
_DAY_OPENS = regex.compile(r"\d{1,2}日")
# Set by hand, looking at the five shared notices and at these wrapped at 28 to 45 by characters and by columns:
# tuned on the same texts that they were then tried on. Re-run tests/test_normalise_lines.py after a change.
_LONG_LINE = 50
_CUT_LINE = 20
_SHORT_LINE = 8
_NARROWEST, _WIDEST = 18, 60
_FEWEST_LINES = 6
_FULL_SHARE = 0.35
_CUT_SHARE = 0.5
_PROSE_SHARE = 0.8
_OVERLONG_SHARE = 0.1
_SLACK = 3.0
_MOST_BLANKS = 6
_WIDE_GAP = regex.compile(r"\S {2,}\S")
_ASCII_WORD = regex.compile(r"[\x21-\x7e]{2,20}+")
_ANY_CLAUSE = regex.compile(r"[，。；、？！,;]")
_LATIN_BORDER = regex.compile(r"[a-z,.][a-z]")


class TextLine(NamedTuple):
    """A line that isn't blank: its place without the spaces around it, its indentation and its two widths."""

    start: int
    end: int
    indent: int
    text: str
    blanks: int
    chars: int

    @property
    def columns(self) -> float:
        """The width where a Chinese character is as wide as two others; most texts are never asked for it."""
        return len(self.text.encode("gb18030", "replace")) / 2 if self.chars <= 2 * _WIDEST else float(self.chars)


class Layout(NamedTuple):
    """How the lines of a text were made.

    ``width`` is None for text that is not hard-wrapped; ``mixed``: not all of it is.
    ``blocks``: blank lines part its paragraphs, whose lines are cut anywhere, or before a number that didn't fit in.
    """

    width: float | None
    by_columns: bool
    margin: int
    indented: bool
    spaced: bool
    mixed: bool = False
    blocks: bool = False


class Paragraph:
    """What is known of the lines joined so far; grows line by line, so that a long one stays linear."""

    def __init__(self, line: TextLine, previous: TextLine | None, rules: LineRules) -> None:
        """Begin with its first line; the line before says whether it stands among prose."""
        self.marked = bool(rules.marker.match(line.text))
        # After a full stop or a numbered heading comes prose; a headline in a list comes after another.
        self.among_prose = previous is not None and (
            previous.text[-1] in "。；" or bool(rules.marker.match(previous.text))
        )
        self.size = self.clauses = self.stops = self.opened = self.listed = 0
        self.add(line)

    def add(self, line: TextLine) -> None:
        """Count one more line."""
        text = line.text
        self.size += len(text)
        self.clauses += sum(map(text.count, _CLAUSES))
        self.stops += text.count("。")
        self.listed += text.count("、")
        self.opened += sum(map(text.count, "（《“〔(")) - sum(map(text.count, "）》”〕)"))

    @property
    def is_heading(self) -> bool:
        """A numbered line without a full stop, unless it has the clauses and the length of prose."""
        return self.marked and not self.stops and not (self.clauses > 1 and self.size >= _LONG_LINE)


def find_wraps(text: str, resources: Resources, cuts: frozenset[int] = frozenset()) -> list[Change]:
    r"""Join the lines of broken sentences; ``cuts`` are places where a page mark was removed.

    >>> from extractor.resources import load
    >>> find_wraps("努力解除人民群众看病就医后顾之，\n\n忧，现就有关工作通知如下：", load())
    [(16, 18, '')]
    """
    rules = resources.built(load_line_rules)
    lines = _split(text)
    layout = _find_layout(lines, rules)
    changes: list[Change] = []
    paragraph: Paragraph | None = None
    for index, (before, line) in enumerate(pairwise(lines)):
        if paragraph is None and _never_continues(before, layout):
            continue
        paragraph = paragraph or Paragraph(before, lines[index - 1] if index else None, rules)
        if not _stands_alone(before, rules) and not _stands_alone(line, rules):
            cut = any(at in cuts for at in range(before.end, line.start + 1)) if cuts else False
            if _joins(before, line, paragraph, layout, rules, cut=cut):
                changes.append((before.end, line.start, _glue(before.text, line.text)))
                paragraph.add(line)
                continue
        paragraph = None
    return changes


def _split(text: str) -> list[TextLine]:
    lines: list[TextLine] = []
    at = blanks = 0
    for raw in text.split("\n"):
        stripped = raw.strip(" \t")
        if stripped:
            start = at + raw.index(stripped[0])
            lines.append(TextLine(start, start + len(stripped), start - at, stripped, blanks, len(stripped)))
            blanks = 0
        else:
            blanks += 1
        at += len(raw) + 1
    return lines


def _find_layout(lines: list[TextLine], rules: LineRules) -> Layout:
    """Find the width that most lines are cut at, counted in characters or in columns, if there is one."""
    best = (0, 0, False)
    # Lines too long by either count: one paragraph a line, and no width to look for.
    overlong = sum(line.chars > 2 * _WIDEST + _SLACK for line in lines) > _OVERLONG_SHARE * len(lines)
    for by_columns in () if overlong else (False, True):
        counts = Counter(int(_width(line, by_columns=by_columns) + 0.5) for line in lines)
        for width in range(_NARROWEST, _WIDEST + 1):
            full = counts[width] + counts[width - 1] + counts[width - 2]
            best = max(best, (full, width, by_columns), key=lambda item: item[0])
    full, width, by_columns = best
    cuts = [line for line in lines if _is_full(line, width, by_columns) and line.text[-1] not in _ENDS]
    wrapped = not overlong and _is_wrapped(lines, full, len(cuts), _overlong(lines, width, by_columns=by_columns))
    mixed = not overlong and not wrapped and _is_wrapped_in_parts(lines, full, cuts, width, by_columns=by_columns)
    if not wrapped and not mixed:
        longs = [line for line in lines if line.chars >= _LONG_LINE]
        indented = len([line for line in longs if line.indent > 1]) * 2 > len(longs)
        blocks = not overlong and _is_in_blocks(lines, rules)
        return Layout(None, by_columns=False, margin=0, indented=bool(longs) and indented, spaced=False, blocks=blocks)
    blocks = _is_in_blocks(lines, rules)
    fulls = [(line, after) for line, after in pairwise(lines) if _is_full(line, width, by_columns)]
    margin = Counter(line.indent for line, _ in fulls).most_common(1)[0][0]
    indented = sum(line.indent > margin + 1 for line in lines) * 20 > len(lines)
    spaced = sum(after.blanks > 0 for _, after in fulls) * 5 > len(fulls) * 4
    return Layout(float(width), by_columns, margin, indented, spaced, mixed, blocks)


def _overlong(lines: list[TextLine], width: float, *, by_columns: bool) -> int:
    return sum(_width(line, by_columns=by_columns) > width + _SLACK for line in lines)


def _is_wrapped(lines: list[TextLine], full: int, cut: int, overlong: int) -> bool:
    return (
        len(lines) >= _FEWEST_LINES
        and full >= _FULL_SHARE * len(lines)
        and cut >= _CUT_SHARE * full
        and overlong <= _OVERLONG_SHARE * len(lines)
    )


def _is_wrapped_in_parts(
    lines: list[TextLine], full: int, cuts: list[TextLine], width: float, *, by_columns: bool
) -> bool:
    """Say whether it is paragraphs of two lines under short headings: none is longer, and all but these are cut prose."""
    prose = sum(any(mark in line.text for mark in _CLAUSES) for line in cuts)
    enough = prose >= max(_FEWEST_LINES, _FULL_SHARE * (len(lines) - len(cuts)), _PROSE_SHARE * full)
    return enough and not _overlong(lines, width, by_columns=by_columns)


def _is_in_blocks(lines: list[TextLine], rules: LineRules) -> bool:
    """Say whether blank lines part paragraphs of prose whose lines end anywhere: 72⏎元, 人均⏎可支配收入.

    Their last lines end sentences, which those of a list don't (微信小程序缴费，方便快捷⏎银行柜面缴费，需带身份证).
    """
    # Most texts have no such paragraphs, and needn't be asked line by line for what stands alone.
    if sum(_is_cut(before) for before, line in pairwise(lines) if not line.blanks) < _FEWEST_LINES:
        return False
    blocks: list[list[TextLine]] = []
    for line in lines:
        if line.blanks or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    # Neither a title of several lines nor the rows of a table.
    prose = [block for block in blocks if any(mark in line.text for line in block for mark in _CLAUSES)]
    inner = [
        before
        for block in prose
        for before, line in pairwise(block)
        if not _stands_alone(before, rules) and not _stands_alone(line, rules)
    ]
    broken = sum(line.text[-1] not in _ENDS for line in inner)
    ends = sum(block[-1].text[-1] in _ENDS for block in prose)
    enough = min(len(prose), broken) >= _FEWEST_LINES
    return enough and broken >= _PROSE_SHARE * len(inner) and ends >= _CUT_SHARE * len(prose)


def _is_cut(line: TextLine) -> bool:
    return line.text[-1] not in _ENDS and any(mark in line.text for mark in _CLAUSES)


def _width(line: TextLine, *, by_columns: bool) -> float:
    return line.columns if by_columns else float(line.chars)


def _is_full(line: TextLine, width: float, by_columns: bool) -> bool:  # noqa: FBT001 - part of a layout's width
    # The first line of a paragraph has less room by its indentation, which `max` gives back.
    return width - _SLACK <= _width(line, by_columns=by_columns) + min(line.indent, 4) and line.chars <= 2 * _WIDEST


def _never_continues(line: TextLine, layout: Layout) -> bool:
    """Say cheaply that nothing can follow: most lines of a clean text end their sentence."""
    return line.text[-1] in _ENDS or (
        layout.width is None and len(line.text) < _SHORT_LINE and line.text[-1] not in "，、,"
    )


def _stands_alone(line: TextLine, rules: LineRules) -> bool:
    """Say that a line is a row of a table, a date, a number or a remark in brackets."""
    text = line.text
    if "\t" in text or "|" in text or ("  " in text and len(_WIDE_GAP.findall(text)) > 1):
        return True
    return len(text) <= _WIDEST and bool(rules.alone.fullmatch(text) or rules.page.fullmatch(text))


def _joins(a: TextLine, b: TextLine, paragraph: Paragraph, layout: Layout, rules: LineRules, *, cut: bool) -> bool:
    if a.text[-1] in _ENDS or b.blanks > _MOST_BLANKS:
        return False
    if rules.opener.match(b.text) or (not paragraph.clauses and rules.title.fullmatch(a.text)):
        return False
    if rules.marker.match(b.text) and not _only_looks_marked(a, b, paragraph, layout):
        return False
    if not b.blanks and _DAY_OPENS.match(b.text) and _MONTH.search(a.text):
        return True
    if layout.blocks and not b.blanks and _goes_on_in_block(a, b, paragraph):
        return True
    if layout.width is not None and (not b.blanks or layout.spaced):
        joined = _joins_wrapped(a, b, paragraph, layout)
        return joined or (layout.mixed and _joins_over_page(a, b, paragraph, layout, rules, cut=cut))
    return _joins_over_page(a, b, paragraph, layout, rules, cut=cut)


def _goes_on_in_block(a: TextLine, b: TextLine, paragraph: Paragraph) -> bool:
    """Say whether a line goes on with the one before where blank lines part paragraphs, whose headings have blocks of their own.

    （一）对年满65周岁以上的待⏎遇领取人员，…
    """
    return _belongs(a, b, paragraph) or (len(a.text) >= _CUT_LINE and any(mark in b.text for mark in _CLAUSES))


def _only_looks_marked(a: TextLine, b: TextLine, paragraph: Paragraph, layout: Layout) -> bool:
    """Say whether prose runs on into a line that starts like an item: 公平统⏎一、安全规范; 第三条第⏎（二）项."""
    prose = paragraph.clauses > 0 and not paragraph.is_heading and a.text[-1] not in _CLOSERS
    return prose and layout.width is not None and not b.blanks and _reaches_edge(a, b, layout)


def _reaches_edge(a: TextLine, b: TextLine, layout: Layout) -> bool:
    """Say whether a line is full: the next one's first word would not have fitted in."""
    if layout.width is None:
        return False
    if _is_full(a, layout.width, layout.by_columns):
        return True
    word = _ASCII_WORD.match(b.text)
    length = len(word[0]) / 2 if word and layout.by_columns else len(word[0]) if word else 0
    taken = _width(a, by_columns=layout.by_columns) + min(a.indent, 4)
    return word is not None and taken + length >= layout.width


def _joins_wrapped(a: TextLine, b: TextLine, paragraph: Paragraph, layout: Layout) -> bool:
    """Decide between two lines of a hard-wrapped text with no blank line that means anything between them."""
    if layout.indented and b.indent > layout.margin + 1:
        return False
    # 不超过12%。农村⏎低保对象: a sentence has only begun
    begun = a.text[-1] in _CONTINUERS or _BEGUN.search(a.text) is not None
    short = begun and paragraph.clauses and a.columns * 2 > (layout.width or 0)
    if not short and not _reaches_edge(a, b, layout):
        return False
    # Where paragraphs are set off by indentation, a line that isn't belongs to the line before.
    return (layout.indented and not paragraph.clauses and paragraph.marked) or _belongs(a, b, paragraph)


def _belongs(a: TextLine, b: TextLine, paragraph: Paragraph) -> bool:
    """Say whether a line of the same block goes on with the one before."""
    if _is_unfinished(a, b, paragraph):
        return True
    if paragraph.clauses and not (paragraph.marked and not paragraph.stops and a.text[-1] in _CLOSERS):
        return True
    # No clause yet: a title, a heading, or the first line of prose; prose goes on with clauses.
    return not paragraph.marked and (paragraph.listed > 0 or any(mark in b.text for mark in _CLAUSES))


def _joins_over_page(
    a: TextLine, b: TextLine, paragraph: Paragraph, layout: Layout, rules: LineRules, *, cut: bool
) -> bool:
    """Decide between two paragraphs that a page's end may have made of one."""
    if paragraph.is_heading or (layout.indented and b.indent > 1 and not cut):
        return False
    if b.text[0] in _CLOSING_MARKS:
        return True
    closed = a.text[-1] in _CLOSERS and paragraph.opened <= 0
    if closed or rules.label.match(b.text) or not _ANY_CLAUSE.search(b.text):
        return False
    if _is_unfinished(a, b, paragraph) or paragraph.stops:
        return True
    certain = cut or paragraph.among_prose or (layout.width is not None and not layout.mixed)
    return paragraph.clauses > 0 and paragraph.size >= (_CUT_LINE if certain else _LONG_LINE)


def _is_unfinished(a: TextLine, b: TextLine, paragraph: Paragraph) -> bool:
    """Say whether the marks alone show that a sentence goes on."""
    parted = (
        b.text[0] in _UNITS
        and a.text[-1].isdecimal()
        and (paragraph.clauses or paragraph.listed or _DAY.search(a.text))
    )
    return bool(parted) or a.text[-1] in _CONTINUERS or paragraph.opened > 0 or b.text[0] in _CLOSING_MARKS


def _glue(a: str, b: str) -> str:
    """Give what stands between two joined lines: nothing, but a space between Latin words."""
    return " " if _LATIN_BORDER.fullmatch(a[-1] + b[0]) else ""
