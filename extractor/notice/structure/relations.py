"""Relations to other documents: what a notice implements, interprets, forwards, amends, replaces, repeals, cites.

A citation is 《title》 with or without a number, or a number alone. What it is to the notice is read from the words
around it; a list (《甲》和《乙》) shares them.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

import regex
from msgspec.structs import replace

from extractor.model import DocumentLink, Span
from extractor.notice.structure.dates import read_date
from extractor.notice.structure.numbers import find_numbers

if TYPE_CHECKING:
    from extractor.model import NoticeType, RelationType
    from extractor.notice.structure.rules import StructureRules

_TITLE = regex.compile(r"《((?:[^《》\n]{1,160}+|《[^《》\n]{1,120}+》){1,6}+)》")
_JOINER = regex.compile(r"^[\s、，,和与及以等]{1,6}$|^(?:以及|并|及其|[、和及与]?(?:19|20)\d\d年)$")
_BRACKET = regex.compile(r"^\s?[（(【]")
_GAP = regex.compile(
    r"(?<=[\p{Han}，、《》“”（）])\s+(?=[\p{Han}\d，、《》“”（）])|(?<=[\p{Han}\d])\s+(?=[，、《》“”（）])"
)
_CLOSED = regex.compile("[。；\n]")
# What names other documents, or stands in brackets, names no part of one.
_ASIDE = regex.compile("《[^《》\n]{0,160}》|（[^（）\n]{0,60}）")
_BEFORE = 60
_AFTER = 200
_SHORT_TITLE = 4
_NEAR = 20


class Cited(NamedTuple):
    """One citation: its place, its title and its number."""

    start: int
    end: int
    title: str | None
    number: str | None


def find_cited(text: str, rules: StructureRules) -> list[Cited]:
    """Find all citations; a number in brackets right after a title belongs to it."""
    numbers = sorted(find_numbers(text, rules))
    cited: list[Cited] = []
    at = 0
    covered = 0
    for match in _TITLE.finditer(text):
        start, end = match.span()
        while at < len(numbers) and numbers[at].start < start:
            if numbers[at].start >= covered:
                cited.append(Cited(numbers[at].start, numbers[at].end, None, numbers[at].number))
            at += 1
        while at < len(numbers) and numbers[at].start < end:
            at += 1
        number = None
        if at < len(numbers) and _belongs(text, end, numbers[at].start):
            number, end = numbers[at].number, numbers[at].end
            end += text[end : end + 1] in {"）", ")", "】"}
            at += 1
        covered = end
        title = _tidy(match.group(1))
        cited.append(Cited(start, end, title, number))
    cited += [Cited(n.start, n.end, None, n.number) for n in numbers[at:] if n.start >= covered]
    return cited


def _belongs(text: str, end: int, number: int) -> bool:
    """Say whether a number that begins at ``number`` stands in the bracket that follows a title."""
    between = text[end:number] if number - end <= 12 else "。"  # noqa: PLR2004 - （原…） and the like
    return not between.strip() or (bool(_BRACKET.match(between)) and not regex.search(r"[）)】。；]", between))


def _tidy(title: str) -> str:
    """Close gaps inside a title; those between issuers stay."""
    front, mark, rest = title.partition("关于")
    return " ".join(front.split()) + mark + _GAP.sub("", rest) if mark else " ".join(title.split())


class Scene(NamedTuple):
    """Where citations stand: the title's words, the opening and the rest, and what kind of document it is."""

    type: NoticeType
    title: str | None
    opening: Span
    end: int


def find_links(text: str, rules: StructureRules, scene: Scene, aliases: frozenset[str]) -> tuple[DocumentLink, ...]:
    """Give every citation of the body its relation; a document is linked once for each relation."""
    cited = find_cited(text[: scene.end], rules)
    links: list[DocumentLink] = []
    before: RelationType | None = None
    previous = -1
    subject = _find_interpreted(text, rules, scene, cited)
    for index, item in enumerate(cited):
        if item.start < scene.opening.start or (item.number is None and item.title in aliases):
            continue
        if index == subject:
            kind: RelationType | Literal["own"] = "interprets"
        elif (
            previous >= 0
            and before
            and before not in {"cites", "interprets"}
            and _JOINER.match(text[previous : item.start])
        ):
            kind = before
        else:
            kind = _read_relation(text, rules, scene, item)
        if kind == "own":
            continue
        previous, before = item.end, kind
        if kind != "cites" or item.number or _is_title(item.title, rules):
            link = DocumentLink(kind, item.number, item.title, Span(item.start, item.end))
            links.append(_with_words(link, text, rules, scene.opening.start) if kind in ENDING else link)
    if subject is None and scene.title:
        links = _from_title(rules, scene, links, text)
    return _drop_repeats(links)


def _is_title(title: str | None, rules: StructureRules) -> bool:
    """Say whether a title without a number names a document: 《通知》 alone does not."""
    return title is not None and len(title) > _SHORT_TITLE and rules.title_end.search(title) is not None


def _find_interpreted(text: str, rules: StructureRules, scene: Scene, cited: list[Cited]) -> int | None:
    """Find the document that an interpretation explains: defined (《通知》), announced (印发了, 印发后) or in the title."""
    if scene.type != "interpretation":
        return None
    opening = [
        (i, item)
        for i, item in enumerate(cited)
        if scene.opening.start <= item.start < scene.opening.end and (item.number or _is_title(item.title, rules))
    ]
    for i, item in opening:
        if scene.title and item.title and "".join(item.title.split()) in "".join(scene.title.split()):
            return i
        if rules.meets("definition", text[item.end : item.end + 40]) and "《" in text[item.end : item.end + 20]:
            return i
    announces = rules.patterns["announces"]
    for i, item in opening:
        words = text[max(item.start - 30, scene.opening.start) : item.start]
        if any(match.end() == len(words) for match in announces.finditer(words)):
            return i
    return next((i for i, item in opening if rules.meets("announced", text[item.end : item.end + _NEAR])), None)


def _read_relation(text: str, rules: StructureRules, scene: Scene, item: Cited) -> RelationType | Literal["own"]:
    """Read what a citation is from the words before and after it."""
    before = text[max(item.start - _BEFORE, scene.opening.start) : item.start]
    before = before[before.rfind("\n") + 1 :]
    after = text[item.end : item.end + _AFTER].split("\n", 1)[0]
    for role, pattern in rules.rows["after"]:
        if pattern.match(after):
            return cast("RelationType", role)
    opening = item.start < scene.opening.end
    for role, pattern in rules.rows["before"]:
        if role == "implements" and not opening:
            continue
        if role == "forwards" and (not opening or "转发" not in before + after[:30]):
            continue
        if pattern.search(before):
            return cast("RelationType", role)
    return "cites"


# Relations under which the other document no longer holds.
ENDING = frozenset({"repeals", "replaces"})


def with_ends(links: tuple[DocumentLink, ...], effective: str | None) -> tuple[DocumentLink, ...]:
    """Say from when on what a notice ends no longer holds: the day that the words name, else that on which it takes effect."""
    return tuple(
        replace(link, ends_on=effective) if link.type in ENDING and link.words and not link.ends_on else link
        for link in links
    )


def _with_words(link: DocumentLink, text: str, rules: StructureRules, start: int) -> DocumentLink:
    """Find the words that end another document, what of it they name, and the day from which on they say so.

    《甲》（1号）第三条自2031年1月1日起不再执行: a part, from a day; what stands in brackets or titles is no part.
    """
    behind = text[link.span.end : link.span.end + _AFTER].split("\n", 1)[0]
    ended = next(
        (match for role, rule in rules.rows["after"] if role == link.type and (match := rule.match(behind))), None
    )
    before = text[max(link.span.start - _BEFORE, start) : link.span.start]
    if ended is None:
        front = max(before.rfind(mark) for mark in "。；\n") + 1
        offset, words = link.span.start - len(before), rules.patterns["ending"].finditer(before, front)
        between = _CLOSED.split(behind, 1)[0]
    else:
        offset, words = link.span.end, rules.patterns["ending"].finditer(behind, 0, ended.end())
        between = behind[: ended.end()]
    found = deque(words, maxlen=1)
    part = rules.patterns["ended_part"].search(_ASIDE.sub("", between))
    lead = f"{_CLOSED.split(before)[-1]}{between}"
    dates = deque(rules.patterns["ending_date"].finditer(lead), maxlen=1)
    return replace(
        link,
        words=Span(offset + found[0].start(), offset + found[0].end()) if found else None,
        part=part.group().strip() if part else None,
        ends_on=read_date(dates[0].group("date")) if dates else None,
    )


def _from_title(rules: StructureRules, scene: Scene, links: list[DocumentLink], text: str) -> list[DocumentLink]:
    """Relations that a title alone states: 关于转发《…》的通知, 关于废止《…》的决定, 《…》政策解读."""
    title = scene.title or ""
    match = _TITLE.search(title)
    inner = _tidy(match.group(1)) if match else None
    role: RelationType | None = None
    if scene.type == "interpretation":
        role = "interprets"
        inner = inner or (title if scene.type == "interpretation" and rules.title_end.search(title) else None)
    elif match:
        front = title[: match.start()]
        for name, pattern in rules.rows["before"]:
            if name != "implements" and pattern.search(front):
                role = cast("RelationType", name)
    if role is None or inner is None:
        return links
    for at, link in enumerate(links):
        if link.title and "".join(link.title.split()) == "".join(inner.split()):
            known = DocumentLink(role, link.document_number, link.title, link.span)
            named = text.find(f"《{match.group(1)}》") if match else -1
            if role in ENDING and named >= 0:
                titled = _with_words(replace(known, span=Span(named, named + len(inner) + 2)), text, rules, 0)
                known = replace(known, words=titled.words)
            links[at] = known
            return links
    place = text.find("《" + (match.group(1) if match else inner)) if match else -1
    if place < 0 or match is None:
        return links
    link = DocumentLink(role, None, inner, Span(place, place + len(match.group())))
    return [_with_words(link, text, rules, 0) if role in ENDING else link, *links]


def _drop_repeats(links: list[DocumentLink]) -> tuple[DocumentLink, ...]:
    """Keep the first link to a document for each relation, and no 〈cites〉 for one that has another relation."""
    numbers = {link.document_number for link in links if link.type != "cites" and link.document_number}
    titles = {link.title for link in links if link.type != "cites" and link.title}
    seen: set[tuple[str, str | None]] = set()
    kept: list[DocumentLink] = []
    for link in links:
        key = (link.type, link.document_number or link.title)
        known = link.document_number in numbers if link.document_number else link.title in titles
        if key in seen or (link.type == "cites" and known):
            continue
        seen.add(key)
        kept.append(link)
    return tuple(kept)
