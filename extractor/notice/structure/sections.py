"""The section tree: 第一章, 第一条, 一、 （一） 1. 1.1 （1） ① at the beginning of lines.

Which marker nests in which is read off their order; a number is a section only where its sequence makes sense, so that
a wrapped line that begins 三、四级医院 is not one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from extractor.model import Mark, Section, Span
from extractor.notice.structure.dates import read_ordinal

if TYPE_CHECKING:
    from extractor.notice.structure.page import NoticePage
    from extractor.notice.structure.rules import StructureRules

# 2.90—99周岁的每人每月200元: nobody's age has two decimals.
_AGES = r"\d{1,2}(?:\s?[—–―~～至-]{1,2}\s?\d{2,3})?\s?周?岁"
_N = "[〇零一二三四五六七八九十百两]{1,6}+"
# ◎ 第一部分　公积金怎么缴？ in leaflets.
_MARKER = regex.compile(
    rf"""(?:[◆◇■◎★●○▲△►▶❖▌※]\s?)?+(?:第\s?(?P<ordinal>{_N}|\d{{1,4}})\s?(?P<unit>[编章节条]|部分(?=[^。；，]{{0,30}}$))(?!款|例)
    |(?P<han>{_N})\s?(?:[，,.．]?、(?!{_N}\s?(?:[级类档孩胎期线批等度季月年日]|次(?!性)))|[.．](?!\d))
    |[（(]\s?(?P<bracketed_han>{_N})\s?[）)][、.．，]?
    |(?P<decimal>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}+)(?=[ 　]{{1,3}}\p{{Han}})(?![ 　]{{1,3}}(?:[万亿元倍岁天]|个(?!人)))
    |(?P<digit>\d{{1,3}})\s?[.．、](?!\d(?!\d{{3}}年|{_AGES}))
    |[（(]\s?(?P<bracketed_digit>\d{{1,3}})\s?[）)]、?
    |(?P<half_bracket>\d{{1,2}})\s?[）)]
    |(?P<circled>[①-⑳]))""",
    regex.VERBOSE,
)  # fmt: skip
# Natural order from the outside in; a marker never nests in one further in.
_ORDER = (
    "部分", "编", "章", "节", "条", "timed", "plain", "han", "titled", "bracketed_han", "digit", "decimal", "bracketed_digit", "circled", "named",
)  # fmt: skip
_RANK = {kind: rank for rank, kind in enumerate(_ORDER)}
_RUNNING_ON = ("章", "节", "条")
# Lines lost on the way may leave a gap in a sequence.
_GAP = 3
# 【大病保险】 or ◆ 育儿补贴篇 on a line of its own, in leaflets.
_TITLED = regex.compile(
    r"【(?P<name>[^【】。，；：\d]{2,20})】|[◆◇■❖▌]\s?(?P<name>(?:(?:19|20)\d\d年)?[^【】◆◇■❖▌。，、；：\d]{2,20})"
)
# 【失业保险金】缴费满1年的，可以申领。
_TITLED_RUN_IN = regex.compile(r"【[^【】。，；：\d]{2,20}】(?=[^\s【】])")
# 职工住院待遇 on a line of its own above a 一、 that begins anew.
_PLAIN = regex.compile(r"[\p{Han}（）“”、]{4,20}")
_HEADING = 60
_RUN_IN = 40
_LABEL = 20
# Lines below a number among which its text begins.
_NEAR = 4
_END = regex.compile(r"[。；！]|：")
# 第三条 （缴费基数）, 第六条 一次性求职补贴。对…
_BRACKETED = regex.compile(r"[【（(]([^】）)]{1,20})[】）)]")
_FIRST_WORDS = regex.compile(r"([^。\n]{1,20})。(?=.)")
# Numbers that may stand without their fellows, and how a line ends that no other goes on with.
_ALONE = ("han", "bracketed_han")
_ENDED = ("。", "：", "；", "！", "？")
_PARAGRAPH_ENDS = ("。", "；", "！")
# 总　则, 附　则
_SPREAD = regex.compile(r"(?<=^\p{Han})\s+(?=\p{Han}$)")
_DIGIT = regex.compile(r"\d")
_ENUMERATOR = regex.compile(
    # The look ahead is for speed: it makes the search jump from one such character to the next (9 → 51 M characters/s).
    r"""(?=[一二三四五六七八九十第其（(①-⑳0-9])(?:
    (?<![^\s，。；：、！？（“,;:])(?:[一二三四五六七八九十]{1,2}+(?:是(?!否)|要(?![求素点件义]))
      |第[一二三四五六七八九十]{1,3}+(?=[，、：])|其[一二三四五六七八九](?=[，、：是])
      |[（(]\d{1,2}[）)])
    |[（(][一二三四五六七八九十]{1,3}+[）)]
    |[①-⑳]
    |(?<=[。；：]\s?)(?:\d{1,2}+[.．、](?!\d(?!\d{3}年|""" + _AGES + r"""))|[一二三四五六七八九十]{1,3}+、(?![一二三四五六七八九十]{1,2}(?:[级类档孩胎期线批等度季月年日]|次(?!性)))))""",
    regex.VERBOSE,
)  # fmt: skip


class Marker(NamedTuple):
    """A section marker at the beginning of a line: its type, value, number as written, and lengths."""

    type: str
    value: int
    number: str
    length: int


class Tree(NamedTuple):
    """Sections, the section of each line (an index or None), and the marks of their numbers."""

    sections: tuple[Section, ...]
    of_line: list[int | None]
    marks: list[Mark]


@lru_cache(maxsize=4096)
def _value(text: str) -> int | None:
    return read_ordinal(text)


def match_marker(text: str) -> Marker | None:
    """Read the section marker that a line begins with.

    >>> match_marker("（三）其他人员。").number, match_marker("1.2 个人缴费").number, match_marker("1.5 亿元")
    ('（三）', '1.2', None)
    >>> match_marker("一、二级医院支付90%"), match_marker("1.5亿元"), match_marker("四、一次性创业补贴。").number
    (None, None, '四')
    """
    match = _MARKER.match(text)
    if match is None:
        return None
    kind = match.lastgroup or ""
    word = match.group(kind)
    if kind == "unit":
        kind, word = word, match.group("ordinal")
    # Of 1.2 the last number counts on.
    value = ord(word) - ord("①") + 1 if kind == "circled" else _value(word.rpartition(".")[2])
    if not value:
        return None
    if kind in {"han", "digit", "decimal", "circled"}:
        number = word
    elif kind in _RANK and kind not in {"bracketed_han", "bracketed_digit"}:
        number = f"第{word}{kind}"
    else:
        number = f"（{word}）"
    return Marker("bracketed_digit" if kind == "half_bracket" else kind, value, number, match.end())


def _titled(page: NoticePage, line: int, rules: StructureRules) -> Marker | None:
    """Read a heading without a number that brackets tell, or a sign that the next line doesn't begin with: 【大病保险】, ◆ 育儿补贴篇.

    So do the words of headings that say of which years what follows is: “十六五”时期主要目标.
    """
    text = page.lines[line].text.rstrip()
    if len(text) <= _HEADING and rules.meets("unnumbered_heading", text):
        return Marker("timed", 1, text, 0)
    match = _TITLED.fullmatch(text)
    if match is None and (run_in := _TITLED_RUN_IN.match(text)):
        return Marker("titled", 1, run_in.group(), 1)
    if match is None:
        return Marker("named", 1, text, 0) if _is_between_paragraphs(page, line, rules) else None
    below = next((i for i in range(line + 1, min(len(page.lines), line + _NEAR)) if page.roles[i] == "body"), None)
    if below is None or (text[0] != "【" and page.lines[below].text.startswith(text[0])):
        return None  # one of a list
    return Marker("titled", 1, match.group(), match.start("name"))


def _is_between_paragraphs(page: NoticePage, line: int, rules: StructureRules) -> bool:
    """Return True if a short line without any sign stands between what has ended and a whole paragraph: 伤残津贴⏎一级每月244元."""
    text = page.lines[line].text.strip()
    if not (rules.meets("plain_heading", text) or (line in page.headings and len(text) <= _HEADING)):
        return False
    above = next((i for i in range(line - 1, max(-1, line - _NEAR), -1) if page.roles[i] != "blank"), None)
    below = next((i for i in range(line + 1, min(len(page.lines), line + _NEAR)) if page.roles[i] != "blank"), None)
    if above is None or below is None or page.roles[below] != "body":
        return False
    before = page.lines[above].text.rstrip()
    marker = match_marker(before)
    # Below a number that stands alone is that number's heading.
    opened = marker is not None and marker.length < len(before)
    ended = (
        page.roles[above] == "head" or before.endswith(_PARAGRAPH_ENDS) or opened or rules.meets("as_follows", before)
    )
    paragraph = page.lines[below].text.rstrip()
    return ended and len(paragraph) > len(text) and paragraph.endswith(_PARAGRAPH_ENDS)


class _Open(NamedTuple):
    """A section that is still open: its marker's type and value, and its place in the list."""

    type: str
    value: int
    place: int


class _Draft(NamedTuple):
    """A section whose end is not known yet."""

    line: int
    marker: Marker
    level: int
    parent: int | None
    prefix: str


def read_sections(page: NoticePage, resets: dict[int, str], rules: StructureRules) -> Tree:
    """Read the tree of all body lines by ``rules``; ``resets`` names the lines where an attachment begins, with its id or ''."""
    found = [
        (i, marker)
        for i, line in enumerate(page.lines)
        if page.roles[i] == "body"
        and i not in resets
        and (marker := match_marker(line.text) or _titled(page, i, rules))
    ]
    follows, plain = _next_values(found), _plain_headings(page, found)
    drafts: list[_Draft] = []
    stack: list[_Open] = []
    last: dict[str, int] = {}
    prefix, breaks, at = "", sorted(resets), 0
    for j, (i, marker) in enumerate(found):
        while at < len(breaks) and breaks[at] < i:
            prefix, stack, last, at = resets[breaks[at]], [], {}, at + 1
        if not _fits(marker, stack, last, follows[j]) and not _opens_alone(page, i, marker, stack):
            continue
        if (above := plain.get(i)) is not None:
            stack.clear()
            drafts.append(
                _Draft(above, Marker("plain", 1, page.lines[above].text.strip(), 0), 1 + bool(prefix), None, prefix)
            )
            stack.append(_Open("plain", 1, len(drafts) - 1))
        # The innermost: a count begins anew below a heading without a number.
        keep = next((k for k in reversed(range(len(stack))) if stack[k].type == marker.type), None)
        if keep is None:
            keep = next((k for k, item in enumerate(stack) if _RANK[item.type] > _RANK[marker.type]), len(stack))
        # A count that begins right below a heading without a number is its own: 伤残津贴⏎1.一级
        begins = keep < len(stack) and marker.value == 1 and stack[-1].type == "named"
        if begins and _is_right_below(page, drafts[stack[-1].place], i):
            keep = len(stack)
        del stack[keep:]
        parent = stack[-1].place if stack else None
        drafts.append(_Draft(i, marker, len(stack) + 1 + bool(prefix), parent, prefix))
        stack.append(_Open(marker.type, marker.value, len(drafts) - 1))
        last[marker.type] = marker.value
    return _finish(page, drafts, breaks, rules)


def _is_right_below(page: NoticePage, draft: _Draft, line: int) -> bool:
    """Return True if only blank lines stand between a section's first line and a later one."""
    return all(page.roles[i] == "blank" for i in range(draft.line + 1, line))


def _plain_headings(page: NoticePage, found: list[tuple[int, Marker]]) -> dict[int, int]:
    """Map the lines of 一、 to the headings without a number above them, where there are several: 职工门诊待遇, 职工住院待遇."""
    headings: dict[int, int] = {}
    # The title is the first of the head's lines.
    title = next((i for i, role in enumerate(page.roles) if role == "head"), -1)
    own = {line for line, _ in found}
    for line, marker in found:
        if marker.value != 1 or marker.type != "han":
            continue
        above = next((i for i in range(line - 1, max(-1, line - _NEAR), -1) if page.roles[i] != "blank"), None)
        if above is None or above <= title or above in own or page.roles[above] not in ("body", "head"):
            continue
        if _PLAIN.fullmatch(page.lines[above].text.strip()):
            headings[line] = above
    return headings if len(headings) > 1 else {}


def _next_values(found: list[tuple[int, Marker]]) -> list[int | None]:
    """For each marker, the value of the next one of its type."""
    later: dict[str, int] = {}
    values: list[int | None] = []
    for _, marker in reversed(found):
        values.append(later.get(marker.type))
        later[marker.type] = marker.value
    return values[::-1]


def _fits(marker: Marker, stack: list[_Open], last: dict[str, int], follows: int | None) -> bool:
    """Say whether a number makes sense where it stands."""
    before = next((item.value for item in stack if item.type == marker.type), None)
    if before is None and marker.type in _RUNNING_ON:
        # Articles count on through the chapters.
        before = last.get(marker.type)
    if marker.value == 1:
        return True
    if before is None:
        return follows == marker.value + 1
    if before < marker.value <= before + _GAP:
        return True
    # A number written twice by mistake.
    return marker.value == before and follows == marker.value + 1


def _opens_alone(page: NoticePage, line: int, marker: Marker, stack: list[_Open]) -> bool:
    """Return True if a number without its fellows opens a line that no other runs on into: 六、长期护理保险 of an excerpt."""
    if marker.type not in _ALONE or any(item.type == marker.type for item in stack):
        return False
    above = next(
        (i for i in range(line - 1, max(-1, line - _NEAR), -1) if page.roles[i] not in ("blank", "furniture")), None
    )
    return above is None or page.lines[above].text.rstrip().endswith(_ENDED)


def _finish(page: NoticePage, drafts: list[_Draft], breaks: list[int], rules: StructureRules) -> Tree:
    """Give every section its id, its heading and its end."""
    stops = sorted({*breaks, *_closings(page)})
    ends = _end_lines(drafts, stops, len(page.lines))
    ids: list[str] = []
    seen: dict[str, int] = {}
    sections: list[Section] = []
    marks: list[Mark] = []
    of_line: list[int | None] = [None] * len(page.lines)
    for index, draft in enumerate(drafts):
        above = ids[draft.parent] if draft.parent is not None else draft.prefix
        name = f"{above}/{draft.marker.number}" if above else draft.marker.number
        seen[name] = seen.get(name, 0) + 1
        ids.append(name if seen[name] == 1 else f"{name}~{seen[name]}")
        line = page.lines[draft.line]
        end = ends[index]
        # Inner sections come later and overwrite only as far as the next section: linear.
        stop = drafts[index + 1].line if index + 1 < len(drafts) else len(page.lines)
        parted = index + 1 < len(drafts) and drafts[index + 1].parent == index
        span = _heading_span(page, draft, min(end, stop), rules, parted=parted)
        while end > draft.line + 1 and page.roles[end - 1] in {"blank", "furniture"}:
            end -= 1
        words = _SPREAD.sub("", page.text[slice(*span)]) if span else None
        whole = Span(line.start, page.lines[end - 1].end)
        sections.append(Section(ids[-1], draft.marker.number, words, draft.level, whole, span, draft.parent))
        if draft.marker.length:
            marks.append(Mark(Span(line.start, line.start + draft.marker.length), "section"))
        for i in range(draft.line, max(min(ends[index], stop), draft.line + 1)):
            of_line[i] = index
    return Tree(tuple(sections), of_line, marks)


def _closings(page: NoticePage) -> list[int]:
    """Lines of the closing that end whatever section is open: the first of each run."""
    roles = page.roles
    return [i for i in range(len(roles)) if roles[i] == "closing" and (i == 0 or roles[i - 1] != "closing")]


def _end_lines(drafts: list[_Draft], stops: list[int], total: int) -> list[int]:
    """Line after the last of each section: the next of its level or above, or where the closing begins."""
    ends = [total] * len(drafts)
    opened: list[int] = []
    at = 0
    for index, draft in enumerate(drafts):
        while at < len(stops) and stops[at] <= draft.line:
            for other in opened:
                ends[other] = stops[at]
            opened.clear()
            at += 1
        while opened and drafts[opened[-1]].level >= draft.level:
            ends[opened.pop()] = draft.line
        opened.append(index)
    for other in opened:
        ends[other] = stops[at] if at < len(stops) else total
    return ends


def _heading_span(page: NoticePage, draft: _Draft, end: int, rules: StructureRules, *, parted: bool) -> Span | None:
    """Find where a section's heading stands; ``end`` is the line after what belongs to it alone.

    A heading on a line of its own may end with 。, where text follows below or sections of its own (``parted``), and its
    number may stand on the line above.
    """
    line = page.lines[draft.line]
    found = _heading(line.text, draft.marker, rules)
    if found is not None:
        return Span(line.start + found[0], line.start + found[1])
    below = next((i for i in range(draft.line + 1, min(end, draft.line + _NEAR)) if page.roles[i] == "body"), None)
    words = line.text[draft.marker.length :].strip()
    if (below is None and not (words and parted)) or draft.marker.type == "条":
        return None
    if words or below is None:
        words, start = words.removesuffix("。"), line.end - 1 - len(words.removesuffix("。"))
    else:
        words, start = page.lines[below].text, page.lines[below].start
    if not 1 < len(words) <= _LABEL or _END.search(words) or "，" in words or _DIGIT.search(words):
        return None
    return Span(start, start + len(words))


def _heading(text: str, marker: Marker, rules: StructureRules) -> tuple[int, int] | None:
    """Find the heading of a section: its whole line when short, or words run in before the first 。 or ：.

    Articles have one only in brackets, or where it says nothing but what the article is about (第六条 一次性求职补贴。对…):
    第三条 本办法自2024年起施行。 is a rule.
    """
    if marker.type in ("titled", "plain", "timed", "named"):
        return marker.length, len(marker.number.removesuffix("】"))
    start = marker.length
    while start < len(text) and text[start] in " 　\t":
        start += 1
    if marker.type == "条":
        match = _BRACKETED.match(text, start) or _FIRST_WORDS.match(text, start)
        if match is None:
            return None
        return match.span(1) if match.re is _BRACKETED or rules.meets("article_heading", match.group(1)) else None
    end = _END.search(text, start, start + _HEADING + 1)
    if end is None:
        return (start, len(text)) if 0 < len(text) - start <= _HEADING else None
    if end.start() == start:
        return None
    if end.group() == "：":
        return (start, end.start()) if end.start() - start <= _LABEL else None
    rest = len(text) - end.end()
    words = text[start : end.start()]
    # （一）执行时间为2023年7月1日至2024年6月30日。 is a rule.
    if end.group() == "。" and rest > 0 and len(words) <= _RUN_IN and "，" not in words and not _DIGIT.search(words):
        return (start, end.start())
    return None


def find_enumerators(text: str, taken: list[Mark]) -> list[Mark]:
    """Find the numbers of enumerations inside paragraphs: 一是…二是…, 第一，, （一）, ①."""
    starts = {mark.span.start for mark in taken}
    return [
        Mark(Span(*match.span()), "enumerator") for match in _ENUMERATOR.finditer(text) if match.start() not in starts
    ]
