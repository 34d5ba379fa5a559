"""By which words a figure is named: the catalog's, its clause's or its list's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.draft import Draft
from extractor.notice.facts.groups.grades import opening_provider
from extractor.notice.facts.groups.signs import within
from extractor.notice.facts.lists.items import Share
from extractor.notice.facts.names.pieces import MeasureName
from extractor.notice.facts.names.statement import OWNING
from extractor.notice.facts.names.words import VERBS

if TYPE_CHECKING:
    from extractor.notice.facts.sentence.context import SentenceContext


def add_measure(context: SentenceContext, draft: Draft, measure: MeasureName | None, share: Share | None) -> None:
    """Name a figure: by the catalog's name that it has, by what its clause measures, or by what its list deals out."""
    if share and share.group == "words" and share.head and _is_of_condition(context, share.head, draft.number):
        share = replace(share, head=None)
    measure = _in_full(context, draft, _without_other_class(context, draft, _name_of(context, draft, measure, share)))
    if measure and share is None and draft.link.indicator is None:
        measure = measure._replace(span=_with_owner(context, measure.span))
    ending = share.ending if share and share.group == "words" and measure and within(measure.span, share.span) else None
    if measure and measure.step not in ("own", "link") and within(measure.span, draft.span):
        measure = None  # 最多报15万元: the bound's own verb is no name
    if measure and measure.span.end - measure.span.start == 1 and not ending:
        measure = None  # nothing is named by one sign
    if measure and share is None:
        measure = measure._replace(span=context.statement.with_other_areas(measure.span))
    draft.subject = context.words(measure.span) if measure else None
    if measure and ending:
        draft.subject = context.words(measure.span) + context.words(ending)  # 汽、柴|油价格
        draft.support.append(("subject", ending))
    if measure and share:
        _open_with_class(context, draft, share, measure.span)
    if draft.kind == "count":
        draft.counted = draft.subject
    if measure and not within(measure.span, draft.span):
        draft.support.insert(0, ("subject", measure.span))


def _name_of(
    context: SentenceContext, draft: Draft, measure: MeasureName | None, share: Share | None
) -> MeasureName | None:
    """Return the catalog's name of a figure instead of its clause's where that is the whole one; its list's before both."""
    own = measure is not None and (measure.step in ("own", "head") or draft.kind == "duration")
    own = (
        own
        or _is_nearer(context, draft, measure)
        or _names_a_group(context, draft)
        or (share is None and _is_longer(context, draft, measure))
    )
    if draft.link.subject is not None and not own and not _without_persons(context, draft.link.subject, measure):
        measure = _linked_name(context, draft, draft.link.subject)
        kind = opening_provider(context, draft.link.subject)
        if measure and kind and context.statement.words.lists.schooling.meets(context.words(kind)):
            measure = MeasureName(Span(kind.start, measure.span.end), measure.step)  # 特殊教育|生均公用经费标准
    if share and share.group == "words":
        return _dealt_name(context, draft, measure, share)
    if share and share.group == "alias" and draft.link.subject is None:
        return MeasureName(context.statement.opened(share.span), "share")
    return measure


def _in_full(context: SentenceContext, draft: Draft, measure: MeasureName | None) -> MeasureName | None:
    """Return the name of the nearest heading for the word that it ends in: 一次性创业补贴。…，给予|补贴|1万元."""
    if measure is None or draft.case is None or measure.span != draft.case.in_short:
        return measure
    return context.statement.one_name(context.headings[0]) or measure


def _with_owner(context: SentenceContext, name: Span) -> Span:
    """Return a name that only says that something is given with the thing that it is said to be of: 花坛葬的|奖补标准."""
    owned = context.text[name.start - 1 : name.start] in OWNING
    if not owned or not context.statement.words.lists.given_heads.meets(context.words(name)):
        return name
    chunks = context.statement.chunks(context.clause(name.start).start, name.start - 1)
    thing = chunks[-1] if chunks and chunks[-1].span.end == name.start - 1 else None
    if thing is None or thing.kind != "measure":
        return name
    while len(chunks) > 1 and context.statement.joined(chunks[-2].span, chunks[-1].span):
        chunks.pop()  # 树葬、|壁葬
    return Span(context.statement.opened(chunks[-1].span).start, name.end)


def _without_other_class(context: SentenceContext, draft: Draft, measure: MeasureName | None) -> MeasureName | None:
    """Take a class of areas off a name that was said of another, and drop a provider's: 城市|居民最低生活保障标准…，农村由每人每年6600元."""
    words, own = context.statement.words, draft.scope.condition
    said = context.words(measure.span) if measure else ""
    if draft.scope.provider not in (None, said) and ("provider", said) in context.linking_resources.scope_forms:
        return None  # 居家护理每月支付900元，机构护理按日定额50元
    if measure is not None and own is not None and words.kind_of(own) == "grade" and own not in said:
        # 顺产|定额3000元、剖宫产4500元
        bare = context.linking_resources.lists.bare_heads
        heads = (at for at in range(1, len(said)) if bare.meets(said[at:]))
        at = next((at for at in heads if words.kind_of(said[:at]) == "grade"), 0)
        measure = measure._replace(span=Span(measure.span.start + at, measure.span.end))
        measure = _behind_other_class(context, measure, own)
    if measure is not None and (persons := _named_opposite(context, said, draft.scope.population)):
        return measure._replace(span=Span(measure.span.start + persons, measure.span.end))
    if measure is None or own is None or not words.is_area_class(own):
        return measure
    opened = words.area_class(said)
    other = opened and opened != own and measure.span.start + len(opened) < measure.span.end
    return measure._replace(span=Span(measure.span.start + len(opened), measure.span.end)) if other else measure


def _named_opposite(context: SentenceContext, name: str, persons: str | None) -> int:
    """Return how many signs of a name are those whom a figure is just not of, 0 for none: |居民|供热价格23元；非居民33元."""
    nots = context.statement.words.lists.nots.words
    others = next((persons.removeprefix(word) for word in nots if persons and persons.startswith(word)), "")
    return len(others) if others and name.startswith(others) and name != others else 0


def _behind_other_class(context: SentenceContext, measure: MeasureName, own: str) -> MeasureName:
    """Return a name behind the class of another figure that stands within it: 居民生活用水第一阶梯|水价|3.2元，第二阶梯4.8元."""
    classed = [
        piece.end
        for piece in context.statement.cut(measure.span)
        if context.statement.words.is_class(said := context.text[piece.start : piece.end]) and said != own
    ]
    start = classed[-1] if classed and classed[-1] < measure.span.end else measure.span.start
    return measure._replace(span=Span(start, measure.span.end))


def _is_of_condition(context: SentenceContext, head: Span, number: Span) -> bool:
    """Return True if what the items of a list have is only said of whom a figure is for: 取得技师、高级技师|证书|的，分别给予2000元、3000元."""
    clause = context.clause(head.start)
    ends = context.linking_resources.lists.clause_condition_end
    return clause.end <= context.clause(number.start).start and ends.meets(context.words(clause))


def _is_nearer(context: SentenceContext, draft: Draft, measure: MeasureName | None) -> bool:
    """Return True if a figure has a name of its own behind the one before: 新增幼儿园学位2.8万个、|义务教育学位4.5万个."""
    before = context.figure_before(draft.number.start)
    if measure is None or measure.step != "before" or draft.link.subject is None or draft.kind != "count":
        return False
    return draft.link.subject.end <= before <= measure.span.start


def _is_longer(context: SentenceContext, draft: Draft, measure: MeasureName | None) -> bool:
    """Return True if the catalog's name of a figure is one cut short: 基本|医保参保率 within a word, 个人应缴|费额 before its head."""
    name = draft.link.subject
    if name is None or measure is None or measure.step != "before" or not within(name, measure.span):
        return False
    if not any(piece.start == name.start for piece in context.statement.cut(measure.span)):
        return True
    return name.start == measure.span.start and context.statement.words.lists.amount_heads.meets(
        context.text[name.end : measure.span.end]
    )


def _names_a_group(context: SentenceContext, draft: Draft) -> bool:
    """Return True if the catalog's name of a figure says no more than for whom it is: 小微企业由300万元; not 个人缴纳300元."""
    name = draft.link.subject
    chunks = context.statement.chunks(*name) if name else []
    if name is None or not chunks or any(one.kind != "person" for one in chunks):
        return False
    return not any(one.use in VERBS for one in context.statement.cut(name))


def _dealt_name(
    context: SentenceContext, draft: Draft, measure: MeasureName | None, share: Share
) -> MeasureName | None:
    """Return the name that a list of words gives a figure: what its items are said of, their head, or the item."""
    grouped = context.statement.words.kind_of(share.words) != "measure"
    named = _before_items(context, share)
    if named and not share.head:
        measure = named
        if not grouped:
            # 照料护理标准分全护理、半护理两档，分别为…: the items are kinds of persons.
            draft.scope = replace(draft.scope, population=share.words)
            draft.support.append(("scope", share.span))
    elif share.head or not grouped:
        name = share.head or share.span
        part = share.head and context.statement.words.kind_of(share.words) == "grade"
        # 城镇、农村|居民人均可支配收入: a class opens the name
        measure = MeasureName(name if part else context.statement.opened(name), "share")
    return measure


def _open_with_class(context: SentenceContext, draft: Draft, share: Share, name: Span) -> None:
    """Let a class of areas open the name that it shares with others, and be no group: 城市和农村|低保标准分别为…."""
    words, items = context.statement.words, share.span if share.head else share.whole
    last = context.text[name.start - len(share.words) : name.start]  # not 城镇、农村居民|人均住房面积
    halves = items is not None and name.start == items.end and context.words(items) not in share.words  # 城乡|低保标准
    behind = (
        items is not None
        and name.start >= items.end
        and (words.is_area_class(last) or (halves and context.statement.words.lists.halves.meets(context.words(items))))
    )
    if behind and words.is_area_class(share.words):
        draft.subject = f"{share.words}{draft.subject}"
        draft.support.append(("subject", share.span))
        if draft.scope.population == share.words:
            draft.scope = replace(draft.scope, population=None)
            draft.support = [item for item in draft.support if item != ("scope", share.span)]


def _without_persons(context: SentenceContext, linked: Span, measure: MeasureName | None) -> bool:
    """Return True if a measure is the catalog's name without the persons that open it (散居孤儿|养育标准), or with its class."""
    if measure is None or measure.span.end != linked.end or measure.span.start == linked.start:
        return False
    words = context.statement.words
    if measure.span.start < linked.start:
        # 城市孤儿|养育标准 is one name, though the catalog knows but its end
        first = context.statement.cut(measure.span)[0]
        classed = words.kind_of(context.text[first.start : first.end]) == "grade"
        return classed and words.lists.endowed.meets(context.text[measure.span.start : linked.start])
    said = context.text[linked.start : measure.span.start]
    return words.lists.endowed.meets(said) and words.kind_of(said) == "person"


def _linked_name(context: SentenceContext, draft: Draft, subject: Span) -> MeasureName | None:
    """Return the catalog's name of a figure without a bound that the figure has: 救助金额|原则上不超过8000元."""
    name = _unbroken(context, context.statement.opened(_insurance_whole(context, subject)))
    if not name.start < draft.span.end or name.end <= draft.span.start:
        return MeasureName(name, "link")
    before = Span(subject.start, max(subject.start, draft.span.start))
    if before.end > before.start:
        draft.support.append(("indicator", before))
    words = context.statement.words
    named = words.lists.amount_heads.meets(context.words(before)) and words.kind_of(context.words(before)) == "measure"
    return MeasureName(context.statement.opened(before), "link") if named else None


def _unbroken(context: SentenceContext, name: Span) -> Span:
    """Return a catalog's name without words that are no part of it: 救助金额|原则上不超过, 每人每|月提取额度."""
    chunks = context.statement.chunks(name.start, name.end)
    if not chunks:
        return name
    first = chunks[0].span
    lists = context.statement.words.lists
    pieces = context.statement.cut(Span(first.end, name.end))
    bound = any(piece.use == "base" for piece in pieces) and len(chunks) == 1
    every = lists.every.meets(context.text[name.start - 1 : name.start])
    # 每日|限额; 救助金额|最高
    opens = context.linking_resources.units.per_found(context.text, name.start, first.start)
    start = first.start if opens and opens[-1][1].end == first.start else name.start + every
    ends = lists.bounding.meets(context.text[chunks[-1].span.end : name.end])
    if context.statement.words.use_of.get(context.text[name.start : first.start]) == "change":
        start = first.start  # 新增|中小学幼儿园学位
    if all(chunk.kind == "measure" for chunk in chunks):
        # 给予|见习补贴, 森林覆盖率|稳定: verbs around a name that the catalog lists with them
        start = first.start if lists.handing_out.meets(context.text[name.start : first.start]) else start
        ends = ends or lists.keeping.meets(context.text[chunks[-1].span.end : name.end])
    return Span(start, first.end if bound else chunks[-1].span.end if ends else name.end)


def _insurance_whole(context: SentenceContext, name: Span) -> Span:
    """Return a name with those whose insurance it begins with: 居民|医保参保率."""
    lists = context.statement.words.lists
    if not lists.insurances.meets(context.words(name)):
        return name
    text = context.text
    longest = max(
        (len(word) for word in lists.insured.words if text.endswith(word, context.span.start, name.start)), default=0
    )
    return Span(name.start - longest, name.end)


def _before_items(context: SentenceContext, share: Share) -> MeasureName | None:
    """Return the name that a list of items is said of: 照料护理标准分全护理、半护理、全自理三档."""
    if share.opens is None:
        return None
    start = context.clause(share.opens).start
    return context.statement.before(Span(share.opens, share.opens), start, "money")
