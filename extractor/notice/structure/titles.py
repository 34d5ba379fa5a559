"""The title of a notice: one line or several, with the issuers in front when they stand there.

`江西省 关于做好…的通知` begins at 关于: a word in front that names no organ is the page's, not the title's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from msgspec import Struct
from msgspec.structs import replace

from extractor.notice.structure.numbers import own_number, take_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.model import AlignedText
    from extractor.notice.structure.page import NoticePage, PageLine
    from extractor.notice.structure.rules import StructureRules

# ── Names of organs: what is one, and how a row of them is told apart

LONGEST_NAME = 45
_SHORTEST_WHOLE = 6
_PLAIN = regex.compile(r"^[\p{Han}（）·]{2,45}$")
_STAMP = regex.compile(r"\s?[（(](?:盖章|印章|公章|章|代章|印|代)[）)]$")
_NAME_PART = regex.compile(r"\p{Han}{2,40}")
_CUT = regex.compile(r"[\s、，,;；]+")
_LOCAL_TAX = regex.compile(r"[\p{Han}]{2,14}?税务(?:局|分局|所)")


def is_org(name: str, rules: StructureRules) -> bool:
    """Say whether a whole text is the name of an organ.

    国家医保局 and 江西省财政厅 are; 各省医保局 (addressees) and 由市医保局 are not.
    """
    if name in rules.words["national"]:
        return True
    return bool(_PLAIN.match(name) and rules.org_end.search(name)) and not rules.meets("org_not", name)


def read_orgs(text: str, rules: StructureRules) -> tuple[str, ...]:
    """Read a text that holds names of organs and nothing else; otherwise return an empty tuple."""
    names: list[str] = []
    if len(text) > LONGEST_NAME * 12:
        return ()
    for part in _CUT.split(text.strip()):
        name = _STAMP.sub("", part)
        if not name:
            continue
        if not is_org(name, rules):
            return ()
        names += split_joined(name, rules)
    return tuple(names)


def organs_on(text: str, rules: StructureRules) -> tuple[str, ...]:
    """Read the organs on a line of names between blanks: 澳门特别行政区政府　社会保障基金 has one that reads as such."""
    parts = text.split()
    if len(text) > LONGEST_NAME * 2 or not all(_NAME_PART.fullmatch(part) for part in parts):
        return read_orgs(text, rules)
    return tuple(part for part in parts if is_org(part, rules))


def split_joined(name: str, rules: StructureRules) -> list[str]:
    """Split names that run together: 国家医保局财政部国家税务总局 has three; 国家税务总局江西省税务局 is one."""
    names: list[str] = []
    start = 0
    for end in range(3, len(name) - 2):
        head, tail = name[start:end], name[end:]
        if head.endswith("国家税务总局") and _LOCAL_TAX.match(tail):
            continue
        if _is_whole(head, rules) and rules.meets("org_begins", tail) and is_org(tail, rules):
            names.append(head)
            start = end
    return [*names, name[start:]]


def _is_whole(name: str, rules: StructureRules) -> bool:
    """Say whether a name is complete: known, or with a region and an institution that ends it."""
    if name in rules.words["national"]:
        return True
    # 江西省人民政府|办公厅 and 南昌市委|办公室 belong together; only long names with a firm ending are cut.
    firm = len(name) >= _SHORTEST_WHOLE and name[-1] in "局厅委会"
    return firm and rules.meets("org_begins", name) and is_org(name, rules)


LONGEST = 200
_SHORTEST = 7
_MOST_LINES = 8
_SITE_LINE = 60
# Where the subject of a title begins.
_SUBJECT = regex.compile(r"关于|转发|印发|发布(?!会)|公布(?!会)|批转")
_SITE = regex.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s*|\s*[-–—]{2}\s*|(?<=[\p{Han}）》])[-–](?=\p{Han})")
_HAN_GAP = regex.compile(r"(?<=[\p{Han}\d，、《》“”（）〈〉])\s+(?=[\p{Han}\d，、《》“”（）〈〉]|——)")
_RUNNING = regex.compile(r"[。；！]|[，：:,]$")
# 7月起执行！2026年度公积金新标准公布: a headline that the page itself sets as one
_NO_HEADLINE = regex.compile(r"[。；]|[，：:,！]$")


class Title(Struct, frozen=True):
    """A title, its lines, and the issuers in front; ``apart`` when those stand on lines of their own."""

    text: str
    lines: tuple[int, ...]
    issuers: tuple[str, ...]
    apart: bool = False
    others: bool = False
    number: str | None = None


def find_title(page: NoticePage, rules: StructureRules, zone: list[int], outer: str | None) -> Title | None:
    """Find the title among the lines of the head; ``outer`` is a title known from outside (HTML)."""
    title = _title_of(page, rules, zone, _clean_outer(outer, rules))
    below = title.lines[-1] + 1 if title and title.lines else None
    if title is None or below not in zone or not rules.patterns["edition_line"].fullmatch(page.lines[below].text):
        return title
    # 生育支持政策明白卡⏎（2026年版）
    return replace(title, text=title.text + page.lines[below].text, lines=(*title.lines, below))


def _title_of(page: NoticePage, rules: StructureRules, zone: list[int], outer: str | None) -> Title | None:
    ends = [i for i in zone if _ends_title(page, i, rules)]
    best = None
    for i in reversed(ends):
        title = _build(page, rules, zone, i)
        if title is None:
            continue
        if i in page.headings or (outer and _bare(title.text) in _bare(outer)):
            return title
        best = best or title
    if best is not None:
        return best
    return _plain_title(page, rules, zone, outer)


def _ends_title(page: NoticePage, index: int, rules: StructureRules) -> bool:
    """Say whether a line can be the last of a title."""
    text = page.lines[index].text
    if not text or len(text) > LONGEST or _RUNNING.search(text) or page.roles[index] == "cell":
        return False
    line, _ = take_number(text)
    if own_number(text) or (rules.meets("letterhead", text) and "关于" not in text):
        return False
    return bool(rules.title_end.search(line)) or rules.meets("quoted_title", line)


def _build(page: NoticePage, rules: StructureRules, zone: list[int], last: int) -> Title | None:
    """Put a title together upwards from its last line."""
    line, number = take_number(page.lines[last].text)
    parts, lines = [line], [last]
    above = [i for i in reversed(zone) if i < last][:_MOST_LINES]
    end = rules.title_end.search(line)
    # 社会福利署 above 津贴调整⏎——常见问题 is whose page it is.
    asked = end is not None and rules.kinds[end.group("kind")] == "interpretation"
    while not _is_complete(parts[0], rules) and above and _goes_on(page, above[0], rules, parts[0]):
        if asked and read_orgs(page.lines[above[0]].text, rules):
            break
        parts.insert(0, page.lines[above[0]].text)
        lines.insert(0, above.pop(0))
    issuers, text = split_issuers(_tidy(" ".join(parts)), rules)
    fronts: list[str] = []
    while not issuers and text.startswith("关于") and above and (names := read_orgs(page.lines[above[0]].text, rules)):
        fronts = [*names, *fronts]
        lines.insert(0, above.pop(0))
    if fronts:
        text = " ".join(fronts) + text
    if len(text) < _SHORTEST and not rules.meets("work_report", text):
        return None
    return Title(
        text, tuple(lines), issuers or tuple(fronts), apart=bool(fronts), number=number,
        others=bool(issuers) and rules.meets("and_others", _front(text)),
    )  # fmt: skip


def _is_complete(text: str, rules: StructureRules) -> bool:
    """Say whether a title needs nothing in front: it has its 关于, or an organ or a place and a subject."""
    if _SUBJECT.search(text):
        return True
    match = rules.title_end.search(text)
    # 工作的通知 is the rest of a title; 江西省城乡居民基本医疗保险办法 is a whole one.
    return bool(match) and match is not None and match.start() > _SHORTEST and not text[: match.start()].endswith("的")


def _goes_on(page: NoticePage, index: int, rules: StructureRules, below: str) -> bool:
    """Say whether the line above belongs to the title that ends below."""
    text = page.lines[index].text
    if not text or len(text) > 80 or _RUNNING.search(text) or own_number(text):  # noqa: PLR2004 - a title's line is short
        return False
    if rules.title_end.search(text) and "关于" in text and "关于" in below:
        return False
    if "关于" in text or len(below) < _SHORTEST or "的" in below or read_orgs(text, rules):
        return True
    return below.startswith(("工作", "有关", "及", "和", "与"))


def split_issuers(text: str, rules: StructureRules) -> tuple[tuple[str, ...], str]:
    """Split the issuers off the front of a title; what stands in front and is no organ is dropped.

    Returns the issuers and the title with them in front.
    """
    match = _SUBJECT.search(text)
    # 《江西省医疗保障局关于…的通知》政策解读: the issuers are the other document's.
    if not match or not match.start() or "《" in text[: match.start()]:
        return _order_issuer(text, rules), text
    front, rest = text[: match.start()].strip(), text[match.start() :]
    names = read_orgs(front, rules)
    if names:
        spaced = " ".join(front.replace("、", " ").split())
        return names, spaced + rest
    if rules.meets("and_others", front):
        first = rules.patterns["and_others"].sub("", front)
        return ((first,) if is_org(first, rules) else ()), front + rest
    pieces = front.split()
    for at in range(len(pieces)):
        if names := read_orgs(" ".join(pieces[at:]), rules):
            return names, " ".join(pieces[at:]) + rest
    # 江西省 关于: a word of the page; 江西省关于: words of the title.
    apart = text[match.start() - 1].isspace()
    if apart and len(front) <= 12 and rest.startswith("关于"):  # noqa: PLR2004 - region words are short
        return (), rest
    return (), front + rest


def _order_issuer(text: str, rules: StructureRules) -> tuple[str, ...]:
    """Issuer of an order or an announcement that has no 关于: 江西省人民政府令."""
    for kind in ("令", "公告", "通告", "办公会议纪要"):
        if text.endswith(kind) and (names := read_orgs(text[: -len(kind)], rules)):
            return names
    return ()


def _front(text: str) -> str:
    """Words of a title before its subject."""
    match = _SUBJECT.search(text)
    return text[: match.start()].strip() if match else ""


def _tidy(text: str) -> str:
    """Close the gaps that line breaks left inside a title; those between issuers stay."""
    match = _SUBJECT.search(text)
    if not match:
        return str(_HAN_GAP.sub("", text.strip()))
    front = text[: match.start()]
    gap = " " if front[-1:].isspace() else ""
    rest = str(_HAN_GAP.sub("", text[match.start() :].strip()))
    return " ".join(front.split()) + gap + rest


def _clean_outer(outer: str | None, rules: StructureRules) -> str | None:
    """Cut the site's name off an HTML title."""
    if not outer:
        return None
    parts = [part.strip() for part in _SITE.split(outer[: LONGEST * 2]) if part.strip()]
    return next((part for part in parts if rules.title_end.search(part)), parts[0] if parts else None)


def site_names(outer: str | None, rules: StructureRules) -> tuple[str, ...]:
    """Return the organs that a page's own title names beside the text's: 问答 - 徐州市住房公积金管理中心."""
    parts = [part.strip() for part in _SITE.split((outer or "")[: LONGEST * 2])][1:]
    names = (rules.patterns["site_name"].sub("", part) for part in parts)
    return tuple(name for name in names if is_org(name, rules))


def _bare(text: str) -> str:
    """Letters of a title without blanks, to compare two spellings of it."""
    return "".join(text.split())


def _plain_title(page: NoticePage, rules: StructureRules, zone: list[int], outer: str | None) -> Title | None:
    """Take a heading, or the outer title when the head shows it, or a lone first line, as the title."""
    for i in zone:
        text = page.lines[i].text
        if (
            not _SHORTEST <= len(text) <= LONGEST
            or _NO_HEADLINE.search(text)
            or own_number(text)
            or page.roles[i] == "cell"
        ):
            continue
        if i in page.headings or (outer and _bare(text) == _bare(outer)):
            return Title(_tidy(text), (i,), ())
    if outer and rules.title_end.search(outer) and len(outer) >= _SHORTEST:
        issuers, text = split_issuers(_tidy(outer), rules)
        return Title(text, (), issuers)
    return _lone_title(page, rules, zone)


def _lone_title(page: NoticePage, rules: StructureRules, zone: list[int]) -> Title | None:
    """Take the only line above the body that can be a title (a headline)."""
    lone = [
        i
        for i in zone
        if len(page.lines[i].text) >= _SHORTEST
        and not own_number(page.lines[i].text)
        # 社会福利署公布 stands above the headline.
        and not rules.patterns["announcer"].fullmatch(page.lines[i].text)
        and not rules.meets("reprint", page.lines[i].text[:_SITE_LINE])
    ]
    if len(lone) > 1:
        # 澳门特别行政区政府　社会保障基金 stands above it, 新闻局消息　2031-12-29 below.
        texts = {i: page.lines[i].text for i in lone}
        lone = [i for i, text in texts.items() if not organs_on(text, rules) and not rules.date_line.match(text)]
    if len(lone) > 1 and _stands_apart(page, lone[0]) and page.roles[lone[1] + 1 : lone[1] + 2] != ["blank"]:
        lone = lone[:1]  # 一图读懂｜居民长期护理保险⏎⏎★谁来保：居民医保参保人员
    if len(lone) != 1 or page.roles[lone[0]] == "cell":
        return None
    text = page.lines[lone[0]].text
    plain = len(text) <= LONGEST and not _RUNNING.search(text) and not read_orgs(text, rules)
    return Title(_tidy(text), (lone[0],), ()) if plain else None


def _stands_apart(page: NoticePage, line: int) -> bool:
    """Return True if a line is a page's first, and a blank line sets it apart from all below."""
    first = next(iter(page.filled(0, line + 1)), None) == line
    return (
        first and line + 1 < len(page.roles) and page.roles[line + 1] == "blank" and "网" not in page.lines[line].text
    )


# Edits that an author's own way of writing is under: 勞動部公告 is what the authority wrote, 月月疾病 for 疾病 is damage.
_SCRIPT = frozenset({"script", "lexicon", "width"})


def title_in_script(title: Title, lines: Sequence[PageLine], text: AlignedText) -> str | None:
    """Write a title as the source does that has it in traditional Chinese, mended and on one line as it is; else None."""
    if not title.lines or not text.edits:
        return None
    start, end = lines[title.lines[0]].start, lines[title.lines[-1]].end
    places = [at for at in range(start, end) if not text.text[at].isspace()]
    first = "".join(text.text[at] for at in places).find(_bare(title.text))
    if first < 0:
        return None
    source = text.to_source((start, end))
    edits = {
        at: edit
        for edit in text.edits
        if edit.start < source.end and edit.end > source.start and _SCRIPT.issuperset(edit.reason.split("+"))
        for at in range(edit.start, edit.end)
    }
    written, rest, last = [], iter(places[first:]), None
    for sign in title.text:
        edit = None if sign.isspace() else edits.get(text.to_source((at := next(rest), at + 1)).start)
        if edit is None:
            written.append(sign)
        elif edit is not last:
            written.append(text.source.text[edit.start : edit.end])
        last = edit
    exact = "".join(written)
    return exact if any("script" in edit.reason for edit in edits.values()) and exact != title.text else None
