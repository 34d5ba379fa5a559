"""Groups that a list deals out to its values: each value has the persons, area, class or payer in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.groups.signs import speaks_of_treatment
from extractor.notice.facts.names.statement import OWNING

if TYPE_CHECKING:
    from extractor.notice.facts.lists.items import Share
    from extractor.notice.facts.sentence.context import SentenceContext

_LISTED_GROUPS: dict[str, str] = {
    "person": "population", "provider": "provider", "payer": "payer", "place": "places", "grade": "population",
}  # fmt: skip


def groups_dealt(context: SentenceContext, share: Share | None) -> tuple[dict[str, str], list[Span]]:
    """Return what a 分别 list gives a figure, by the scope's group, and where it stands."""
    if share is None:
        return {}, []
    if share.group in ("area", "population", "payer", "provider"):
        said = share.key if share.group == "area" else share.words
        spans = [share.span, share.ending] if share.ending else [share.span]
        return {_graded(context, share, share.group): said}, spans
    words = context.statement.words
    if share.group == "words" and words.is_area_class(share.words) and (dealt := _area_dealt(context, share)):
        return dealt
    listed = _LISTED_GROUPS.get(words.kind_of(share.words)) if share.group == "words" else None
    if listed == "population" and words.is_class(share.words):
        return _class_dealt(context, share)
    if listed is None and share.group == "words" and (area := _shared_area(context, share)):
        return {"places": share.words + context.words(area)}, [share.span, area]
    return ({_graded(context, share, listed): share.words}, [share.span]) if listed else ({}, [])


def _shared_area(context: SentenceContext, share: Share) -> Span | None:
    """Return the word that says that all names of a list are of areas: 对苏北、苏中、苏南|地区|分别按30%、20%、10%."""
    last = _last_item(context, share)
    clause = context.clause(last.start)
    named = context.statement.chunks(last.start, max(last.start, clause.end))[:1] if share.whole else []
    whole = named[0].span if named and named[0].kind == "place" else last
    area = Span(last.end, whole.end) if whole.start == last.start and whole.end > last.end else None
    return area if area and context.statement.words.lists.area_ends.meets(context.words(area)) else None


def _area_dealt(context: SentenceContext, share: Share) -> tuple[dict[str, str], list[Span]] | None:
    """Return the persons whom a class of areas shares with the last of its list: |城市|、农村|特困人员|基本生活标准分别为…."""
    last = _last_item(context, share)
    start = last.start + len(context.statement.words.area_class(context.words(last)))
    terms = (*context.of("population"), *context.hidden_populations)
    end = next((one.span.end for one in terms if one.span.start in (last.start, start) and one.span.end > start), 0)
    if start == last.start or not end:
        return None
    return {"population": share.words + context.text[start:end]}, [share.span, Span(start, end)]


def _class_dealt(context: SentenceContext, share: Share) -> tuple[dict[str, str], list[Span]]:
    """Return what a class of a list is: a place, a group where the last of its list or the text has persons, else a condition.

    一类、二类、三类地区月最低工资标准分别为…; 重度、中度失能人员护理补贴分别为…; 首套、第二套住房首付款比例分别为…
    """
    words, lists = context.statement.words, context.statement.words.lists
    said = share.words
    last = _last_item(context, share)
    ending = Span(last.start + len(said), last.end)  # 二类 shares the 地区 of 三类地区
    tail = context.words(ending) if ending.start < ending.end and lists.grades.meets(context.words(last)) else ""
    if lists.area_ends.meets(said):
        return {"places": said}, [share.span]
    if lists.area_ends.meets(tail):
        return {"places": said + tail}, [share.span, ending]
    if area := _area_behind(context, share):
        return {"places": said + context.words(area)}, [share.span, area]
    person = words.kind_of(context.words(last)) == "person" or lists.person_grades.meets(said)
    return {"population" if person else "condition": said}, [share.span]


def _last_item(context: SentenceContext, share: Share) -> Span:
    """Return the last item of a list: 三类地区 of 一类、二类、三类地区."""
    if share.whole is None:
        return share.span
    text, joints = context.text, context.statement.words.joints
    return Span(
        max(share.whole.start, *(text.rfind(sign, *share.whole) + len(sign) for sign in joints)), share.whole.end
    )


def _area_behind(context: SentenceContext, share: Share) -> Span | None:
    """Return the word for areas that ends what classes are said of: 执行一档、二档最低工资标准的|地区."""
    end = share.whole.end if share.whole else share.span.end
    clause = context.clause(end - 1)
    last = context.statement.cut(Span(end, max(end, clause.end)))[-1:]
    area = Span(last[0].start, last[0].end) if last else None
    if area is None or context.text[area.start - 1] not in OWNING:
        return None
    return area if context.statement.words.lists.area_ends.meets(context.words(area)) else None


def _graded(context: SentenceContext, share: Share, group: str) -> str:
    """Return population for levels that grade persons and no hospitals: 一级、二级伤残津贴分别为4800元、4600元."""
    level = group == "provider" and share.words in context.linking_resources.bare_levels
    return "population" if level and not speaks_of_treatment(context, share.span) else group
