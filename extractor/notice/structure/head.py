"""The head of a notice: title, document number, addressees, and the metadata that a page puts around them.

The head ends at the addressees (`各省…：`) or, where a notice has none, at the first line that reads as body.
A title is taken only from the head: a text without one cites other titles, which are not its own.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import regex
from msgspec import Struct

from extractor.notice.structure.furniture import Meta, read_metadata
from extractor.notice.structure.numbers import own_number, take_number
from extractor.notice.structure.sections import match_marker
from extractor.notice.structure.titles import Title, find_title, organs_on, read_orgs, split_issuers

if TYPE_CHECKING:
    from extractor.notice.structure.page import NoticePage
    from extractor.notice.structure.rules import StructureRules

# How far into a page its notice may begin; pages of menus run to some hundred lines.
SEARCHED = 400
_PAIRED = regex.compile(r"[，、,；]$")
_ENDED = regex.compile(r"[。：:！》]$|号$|通知$")
# A bare date below a title is the day of publication.
_STAMP = regex.compile(r"^(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s{1,3}\d{1,2}:\d\d(?::\d\d)?)?$")
# Names of persons are shorter than the headings right below a title that are taken for one.
_HEADING = 4
_OPEN = 15
_LONG_LINE = 90
_WRAPPED = 25
# A headline of news, that no mark ends, and how near below it the news begins.
_WIDEST_HEADLINE, _NEAR = 60, 4
_ENDED_LINE = regex.compile(r"[。；：！？，、]$|。")


class Head(Struct):
    """What stands above the body; ``body`` is the index of the first line below.

    ``organs`` are those that have a line to themselves, whether they issue the notice or keep the site that it stands on.
    """

    body: int
    title: Title | None
    number: str | None
    addressees: tuple[str, ...]
    meta: Meta
    letterhead: tuple[str, ...] = ()
    organs: tuple[str, ...] = ()


def find_head(page: NoticePage, rules: StructureRules, outer_title: str | None) -> Head:
    """Find the head and mark its lines."""
    meta = Meta({}, [])
    stop, to = _find_stop(page, rules)
    read_metadata(page, rules, 0, to[0] if to else stop, meta)
    body = to[1] if to else stop
    zone_end = to[0] if to else stop
    taken = set(meta.lines)
    zone = [i for i in page.filled(0, zone_end) if i not in taken]
    for i in zone:
        if _STAMP.match(page.lines[i].text):
            meta.values.setdefault("published", page.lines[i].text)
    number = _read_number(page, zone)
    if dated := _date_below(page, rules, zone):
        meta.values.setdefault("issued", dated)
    title = find_title(page, rules, zone, outer_title)
    if title is None and "title" in meta.values:
        issuers, words = split_issuers(meta.values["title"], rules)
        title = Title(words, (), issuers)
    if number is None and title is not None:
        number = title.number
    if number is None and "number" in meta.values:
        number = own_number(meta.values["number"]) or take_number("的 " + meta.values["number"])[1]
    heads = bool(zone) and not to and _heads_body(page, zone[-1], title, rules)
    # Body text above the title (导读) stays body.
    own = title.lines if title else ()
    page.mark([i for i in zone[: len(zone) - heads] if i in own or not _reads_as_body(page, i, rules)], "head")
    addressees: tuple[str, ...] = ()
    if to:
        page.mark(range(*to), "head")
        addressees = split_addressees("".join(page.lines[i].text for i in range(*to)), rules)
    organs = tuple(name for i in zone for name in organs_on(page.lines[i].text, rules))
    return Head(body, title, number, addressees, meta, _read_letterhead(page, rules, zone), organs)


def _heads_body(page: NoticePage, line: int, title: Title | None, rules: StructureRules) -> bool:
    """Return True if the last line above the body is the first of its headings: 民生政策汇编⏎居民医保⏎个人缴费400元."""
    below = title is not None and bool(title.lines) and line > title.lines[-1]
    text = page.lines[line].text.strip()
    return below and len(text) >= _HEADING and rules.meets("plain_heading", text) and not read_orgs(text, rules)


def _find_stop(page: NoticePage, rules: StructureRules) -> tuple[int, tuple[int, int] | None]:
    """Find the first line of the body, and the lines of the addressees (first, last + 1) if there are any."""
    stop = None
    seen = 0
    titled = headed = False
    for i in range(min(len(page.lines), 20_000)):
        if page.roles[i] in {"blank", "furniture"}:
            continue
        seen += 1
        text = page.lines[i].text
        if seen > SEARCHED:
            stop = i if stop is None else stop
            break
        if text.endswith(("：", ":")):
            first = _first_of(page, i, rules)
            if first is not None and (stop is None or stop >= first or titled):
                return first, (first, i + 1)
        titled = (bool(rules.title_end.search(text)) and "关于" in text) or (titled and own_number(text) is not None)
        # 政府工作报告⏎2030年工作回顾⏎地区生产总值增长5%
        opens = headed and rules.meets("unnumbered_heading", text)
        headed = headed or rules.title_end.search(text) is not None
        if stop is None and (opens or _reads_as_body(page, i, rules) or (seen > 1 and _states_figures(text, rules))):
            stop = i
        if stop is not None and i - stop > 60:  # noqa: PLR2004 - a notice below that much text is another document
            break
    return (stop if stop is not None else len(page.lines)), None


def _first_of(page: NoticePage, index: int, rules: StructureRules) -> int | None:
    """Find where the addressees that end on a line begin; None when the line doesn't end addressees.

    They may run over several lines: …财政厅（局），⏎国家税务总局…：, or be wrapped inside a word: 各有关⏎单位：
    """
    text = page.lines[index].text
    first = index if is_addressee(text, rules) else None
    for i in range(index - 1, max(index - 6, -1), -1):
        above = page.lines[i].text
        if not above or page.roles[i] != "body" or _ENDED.search(above) or match_marker(above):
            break
        text = above + text
        if is_addressee(text, rules) and (_PAIRED.search(above) or first is None):
            first = i
    return first


def is_addressee(text: str, rules: StructureRules) -> bool:
    """Say whether a line names those whom a notice is sent to.

    各省医保局： does; 现就有关工作通知如下： and 发文机关： do not.
    """
    if not text.endswith(("：", ":")) or not 3 <= len(text) <= 400:  # noqa: PLR2004 - lists of offices run long
        return False
    if any(rules.meets(group, text) for group in ("addressed_not", "contact", "links")) or rules.label.fullmatch(text):
        return False
    if not rules.meets("addressed", text):
        return False
    begins = text.startswith(("广大", "尊敬", "亲爱", "全", "有关", "相关"))
    return begins or "各" in text or bool(rules.org_end.search(text[:-1]))


def _reads_as_body(page: NoticePage, index: int, rules: StructureRules) -> bool:
    """Say whether a line is running text, a section or a table."""
    text = page.lines[index].text
    if page.roles[index] == "cell":
        return rules.label.match(text) is None and _letterhead_line(text, rules) == ((), False)
    if index in page.headings or rules.meets("adopted", text):
        return False
    if _is_headline(page, index):
        return False
    if "。" in text or (match_marker(text) and not rules.meets("furniture", text)):
        return True
    return len(text) >= _OPEN and rules.label.match(text) is None and _runs_on(text, rules)


def _is_headline(page: NoticePage, index: int) -> bool:
    """Say whether a text's first line, with a blank line below it, heads a longer paragraph: 2026年新变化：报销提高，限额上调."""
    text = page.lines[index].text
    first = next((i for i, role in enumerate(page.roles) if role not in {"blank", "furniture"}), None)
    if first != index or not text or len(text) > _WIDEST_HEADLINE or _ENDED_LINE.search(text):
        return False
    if index + 1 >= len(page.roles) or page.roles[index + 1] != "blank":
        return False
    below = next(iter(page.filled(index + 1, index + _NEAR)), None)
    return below is not None and "。" in page.lines[below].text and len(page.lines[below].text) > len(text)


def _states_figures(text: str, rules: StructureRules) -> bool:
    """Say whether a line below the first states amounts, and so is no head: 第一部分费用由财政承担60%，其余由个人承担."""
    return rules.meets("states_figures", text) and "关于" not in text and not rules.title_end.search(text)


def _runs_on(text: str, rules: StructureRules) -> bool:
    """Say whether a line without 。 is prose: long, open at its end, or wrapped."""
    if len(text) > _LONG_LINE or text.endswith(("：", "；")) or rules.meets("as_follows", text):
        return True
    return "，" in text and len(text) >= _WRAPPED and "关于" not in text and not rules.title_end.search(text)


def _read_number(page: NoticePage, zone: list[int]) -> str | None:
    """Read the number that has a line of the head to itself; an order's stands under its name."""
    for i in reversed(zone):
        number = own_number(page.lines[i].text)
        if number is None:
            continue
        above = next((page.lines[j].text for j in reversed(zone) if j < i), "")
        if number.startswith("第") and above.endswith(("令", "公告", "通告")) and len(above) < 40:  # noqa: PLR2004
            return "".join(above.split()) + number
        return number
    return None


def _date_below(page: NoticePage, rules: StructureRules, zone: list[int]) -> str | None:
    """Return the date that has the line below the number to itself: the day of issue."""
    for above, below in pairwise(zone):
        text = page.lines[below].text.strip("（）()")
        if own_number(page.lines[above].text) and rules.date.fullmatch(text) and not _STAMP.match(text):
            return text
    return None


def _read_letterhead(page: NoticePage, rules: StructureRules, zone: list[int]) -> tuple[str, ...]:
    """Read the issuers of a red letterhead (江西省医疗保障局文件); of a joint one the lines around 文件 have one each."""
    shown = [_letterhead_line(page.lines[i].text, rules) for i in zone]
    at = next((at for at, (_, signed) in enumerate(shown) if signed), None)
    if at is None:
        return ()
    first, last = at, at + 1
    while first and shown[first - 1][0]:
        first -= 1
    while last < len(shown) and shown[last][0]:
        last += 1
    return tuple(dict.fromkeys(name for names, _ in shown[first:last] for name in names))


def _letterhead_line(text: str, rules: StructureRules) -> tuple[tuple[str, ...], bool]:
    """Read a line of a letterhead: the issuers on it, and whether 文件 stands there."""
    match = rules.patterns["letterhead"].match(text)
    names = read_orgs(match.group("org"), rules) if match else ()
    # 文件 stands beside the issuers, on a line of its own or in the next cell of a table.
    return names or read_orgs(text, rules), bool(names) or rules.meets("letterhead_word", text)


def split_addressees(text: str, rules: StructureRules) -> tuple[str, ...]:
    """Cut addressees at 、 and ，, but not inside a list of places: 各省、自治区、直辖市医保局 is one."""
    names: list[str] = []
    held = ""
    depth = 0
    for char in text.rstrip("：: "):
        depth += (char in "（(") - (char in "）)")
        if char in "，；,;" and depth <= 0:
            if held.strip():
                names.append(held.strip())
            held = ""
        elif char == "、" and depth <= 0 and _is_addressed(held, rules):
            names.append(held.strip())
            held = ""
        elif not char.isspace():
            held += char
    if held.strip():
        names.append(held.strip())
    return tuple(names)


def _is_addressed(held: str, rules: StructureRules) -> bool:
    """Say whether the words so far are a whole addressee."""
    return bool(rules.org_end.search(held)) or rules.meets("addressed_unit", held)
