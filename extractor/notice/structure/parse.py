"""Reads a normalised text as a document: head, section tree, sentences, closing, relations, region, dates.

The order of the steps is the order of the page: what is furniture can't be a title, what is a title can't be body.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.model import Mark, Notice, Span
from extractor.notice.structure.closing import ATTACHMENT, Closing, find_closing, read_tail
from extractor.notice.structure.dates import republic_years
from extractor.notice.structure.definitions import find_definitions
from extractor.notice.structure.furniture import mark_furniture, read_metadata
from extractor.notice.structure.head import Head, find_head
from extractor.notice.structure.kinds import (
    find_begin,
    find_report_year,
    find_republic_year,
    find_type,
    find_validity,
    find_year,
)
from extractor.notice.structure.page import NoticePage, read_page
from extractor.notice.structure.regions import TAIWAN, Clues, find_region, load_gazetteer
from extractor.notice.structure.relations import Scene, find_links, with_ends
from extractor.notice.structure.rules import StructureRules, load_rules
from extractor.notice.structure.sections import find_enumerators, match_marker, read_sections
from extractor.notice.structure.sentences import read_sentences
from extractor.notice.structure.titles import read_orgs, site_names, title_in_script

if TYPE_CHECKING:
    from extractor.model import AlignedText, DocumentLink, NoticeType
    from extractor.resources import Resources

__all__ = ["parse_structure"]

# An opening paragraph is short; what runs on is a text without sections.
_OPENING = 3000
_FOOT = 12
# Who speaks in a press release is said in its first sentence.
_LEAD = 300
_SHORT = 120


def parse_structure(text: AlignedText, resources: Resources) -> Notice:
    """Read the structure of a notice; what the text doesn't say is None."""
    rules = resources.built(load_rules)
    page = read_page(text)
    mark_furniture(page, rules)
    head = find_head(page, rules, text.source.title)
    closing = find_closing(page, rules, head.body)
    after = closing.end if closing.end is not None else head.body
    resets = read_tail(page, rules, after, closed=closing.end is not None)
    _read_far_metadata(page, rules, head, after if closing.end is not None else len(page.lines) - _FOOT)
    if text.source.published:
        head.meta.values.setdefault("published", text.source.published)
    opening = _find_opening(page, rules, head)
    words = page.text[slice(*opening)]
    kind = find_type(page, rules, head, closing, words)
    title = head.title.text if head.title else None
    issuers = _find_issuers(head, closing, rules, kind)
    definitions = find_definitions(page.text, rules)
    scene = Scene(kind, title, opening, _main_end(page, closing))
    links = find_links(page.text, rules, scene, frozenset(short.strip("《》") for _, short in definitions))
    body = Span(opening.start, scene.end)
    dates = find_validity(page.text, body, rules, closing, head.meta.values, kind=kind)
    tree = read_sections(page, resets, rules)
    # 市政府办公室关于… is told by who signs: 南通市人民政府办公室.
    named = tuple(dict.fromkeys((*issuers, *(closing.signatories if kind != "interpretation" else ()))))
    clues = _find_clues(head, named, links, scene, page, rules, text.source.title)
    region = find_region(clues, resources.built(load_gazetteer), rules)
    # 一、2030年工作回顾 opens a report for 2031
    year = find_year(title, "", rules) or find_report_year(title, page, rules) or find_year(title, words, rules)
    if year is None and region and region.code == TAIWAN:
        # 主旨：公告114年育儿津贴
        year = find_republic_year(title) or find_republic_year(words.split("。", 1)[0])
    marks = [*tree.marks, *_attachment_marks(page, resets), *_page_marks(page, rules)]
    return Notice(
        text=text,
        type=kind,
        title=title,
        document_number=head.number,
        issuers=issuers,
        addressees=head.addressees,
        issued_on=dates.issued,
        published_on=dates.published,
        effective_on=dates.effective,
        expires_on=dates.expires,
        region=region,
        policy_year=year,
        title_exact=title_in_script(head.title, page.lines, text) if head.title else None,
        begins_in=None if year or dates.effective else find_begin(title, page.text[slice(*body)], rules, dates),
        links=with_ends(links, dates.effective),
        sections=tree.sections,
        sentences=read_sentences(page, tree.of_line),
        marks=tuple(sorted([*marks, *find_enumerators(page.text, marks)], key=lambda mark: mark.span)),
        definitions=definitions,
        until_changed=any(field == "until_changed" for field, _ in dates.words),
        validity=tuple(dates.words),
    )


def _find_clues(
    head: Head,
    issuers: tuple[str, ...],
    links: tuple[DocumentLink, ...],
    scene: Scene,
    page: NoticePage,
    rules: StructureRules,
    site: str | None,
) -> Clues:
    """Collect what a notice says of its region; an interpretation speaks of the notice it explains."""
    clues = Clues(issuers, scene.title, head.number, head.addressees)
    patterns, opening = rules.patterns, page.text[slice(*scene.opening)]
    announcer = patterns["announcer"].search(opening)
    if scene.type == "interpretation":
        # The issuers in front of its title are the notice's.
        clues.issuers = issuers or (head.title.issuers if head.title else ())
        clues.cited_number = next((link.document_number for link in links if link.type == "interprets"), None)
        clues.announced_by = announcer.group("organ") if announcer else None
        clues.origin = head.meta.values.get("origin")
    # 社会福利署公布 may stand on a line of its own above the title.
    announcer = announcer or patterns["announcer"].search(page.text[: scene.opening.start])
    speaker = patterns["speaker"].search(opening[:_LEAD])
    assembly = patterns["assembly"].search(page.text[: scene.opening.start + _LEAD])
    clues.heard_in = assembly.group("place") if assembly else None
    clues.opened_by = (
        *(said.group("organ") for said in (announcer, speaker) if said), *head.organs, *_local_time(page, rules)
    )  # fmt: skip
    if scene.type != "reprint":
        clues.published_by = (*_origin(head, rules), *head.organs, *site_names(site, rules))
        clues.levels = _own_levels(clues, opening, rules)
    dated = " ".join(value for name, value in head.meta.values.items() if name in ("issued", "published"))
    clues.republic = bool(republic_years(f"{scene.title or ''} {dated}"))
    # 發布最低工資，自中華民國114年1月1日生效
    clues.opens_republic = bool(republic_years(page.text[slice(*scene.opening)]))
    whole = page.text[scene.opening.start : scene.end]
    clues.nationwide = rules.meets("council", scene.title or "") or rules.meets("nationwide", whole)
    return clues


def _local_time(page: NoticePage, rules: StructureRules) -> tuple[str, ...]:
    """Return the place by whose time a text is dated: 香港时间15时30分, on a line of its own at the foot."""
    lines = (line.text for line in page.lines[-_FOOT:] if len(line.text) < _SHORT)
    return tuple(match.group("place") for text in lines if (match := rules.patterns["local_time"].match(text)))


def _origin(head: Head, rules: StructureRules) -> tuple[str, ...]:
    """Return whom a page names as the source of its text, unless it is the press."""
    names = [name for role in ("origin", "issuer") if (name := head.meta.values.get(role))]
    return tuple(name for name in names if not rules.meets("press", name))


def _own_levels(clues: Clues, opening: str, rules: StructureRules) -> frozenset[str]:
    """Return the levels that a text calls its own, as the names of places end: 省 of 我省, of 省医保局."""
    said = {
        match.group("level")[-1] for match in rules.patterns["own_level"].finditer(f"{clues.title or ''}\n{opening}")
    }
    organs = (*clues.issuers, clues.announced_by or "")
    return frozenset(said | {name[0] for name in organs if rules.meets("org_short", name)})


def _read_far_metadata(page: NoticePage, rules: StructureRules, head: Head, start: int) -> None:
    """Read metadata that stands below the notice (来源：… 发布：2022-09-02)."""
    last = len(page.lines) - _FOOT
    for i in range(max(start, head.body), len(page.lines)):
        role = page.roles[i]
        # A line 时间：… of an attachment is body; only the foot of the page is asked.
        if (role == "furniture" or (role == "body" and i >= last)) and len(page.lines[i].text) < _SHORT:
            read_metadata(page, rules, i, i + 1, head.meta)


def _find_opening(page: NoticePage, rules: StructureRules, head: Head) -> Span:
    """Find the opening: from the first line of the body to 如下： or the first section."""
    filled = [i for i in page.filled(head.body, head.body + 60) if page.roles[i] in {"body", "cell"}]
    if not filled:
        return Span(len(page.text), len(page.text))
    start = end = page.lines[filled[0]].start
    # An interpretation may open with 一、出台背景.
    skip = filled[0] if head.title and rules.meets("interpretation_title", head.title.text) else -1
    for i in filled:
        line = page.lines[i]
        if (match_marker(line.text) and i != skip) or line.end - start > _OPENING:
            break
        end = line.end
        if rules.meets("as_follows", line.text[-60:]) and line.text.endswith(("：", ":", "。")):
            break
    # A text of one endless line has an opening too.
    return Span(start, end if end > start else min(page.lines[filled[0]].end, start + _OPENING))


def _find_issuers(head: Head, closing: Closing, rules: StructureRules, kind: NoticeType) -> tuple[str, ...]:
    """Issuers as the title has them, else the signatories, else the letterhead, else the page's metadata."""
    title = head.title
    stated = read_orgs(head.meta.values.get("issuer", ""), rules)
    # Its title and its text name the issuers of another document.
    if kind == "interpretation":
        return stated
    if title is None or not title.issuers:
        # An order may name its issuer in its number only: 南昌市人民政府令第150号.
        order = read_orgs(head.number.split("令")[0], rules) if head.number and "令" in head.number else ()
        return closing.signatories or head.letterhead or stated or order
    joined = "".join(title.issuers)
    if closing.signatories and all(rules.meets("org_short", name) for name in title.issuers):
        return closing.signatories
    if closing.signatories and (title.apart or title.others or joined == "".join(closing.signatories)):
        return closing.signatories
    return title.issuers


def _main_end(page: NoticePage, closing: Closing) -> int:
    """End of the text whose citations count: the last body line."""
    for i in range(len(page.lines) - 1, -1, -1):
        if page.roles[i] in {"body", "cell", "closing"}:
            return page.lines[i].end
    return page.lines[closing.start].start if closing.start is not None else len(page.text)


def _attachment_marks(page: NoticePage, resets: dict[int, str]) -> list[Mark]:
    """Mark the numbers of attachments."""
    return [
        Mark(Span(page.lines[i].start, page.lines[i].start + match.end()), "section")
        for i in resets
        if (match := ATTACHMENT.match(page.lines[i].text))
    ]


def _page_marks(page: NoticePage, rules: StructureRules) -> list[Mark]:
    """Mark page numbers that are still in the text."""
    pattern = dict(rules.rows["furniture"]).get("page")
    if pattern is None:
        return []
    return [
        Mark(Span(line.start, line.end), "page")
        for i, line in enumerate(page.lines)
        if page.roles[i] == "furniture" and line.text and pattern.match(line.text)
    ]
