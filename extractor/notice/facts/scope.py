"""Says for whom, where and by whom a figure holds: by the words of its clause, of its statement, then by headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from extractor.model import Scope, Span
from extractor.notice.facts.groups import (
    actor_of,
    is_added,
    is_counted_off,
    is_excluded,
    opens_persons,
    own_payer,
    pays,
    speaks_of_treatment,
    within,
)
from extractor.notice.facts.lists import SELF, label_group
from extractor.notice.facts.names import MARKER, past_marker
from extractor.notice.facts.statement import OWNING
from extractor.notice.structure.sections import match_marker

if TYPE_CHECKING:
    from extractor.model import Term
    from extractor.notice.facts.context import SentenceContext
    from extractor.notice.facts.lists import Share

# What a mark of a list and a colon stand around: - 在职职工：
_BULLETED = re.compile(r"[\s*·•●○▪■□◆◇▶►▸➢➤★☆—–-]*(?P<said>[^\s：:].*?)\s*[：:]?\s*")
# Words of a statement further before a figure than this don't govern it; persons stand right behind it, if at all.
_REACH, _BEHIND = 400, 8
# 在职职工|总人数
_NUMBER = 4
# As many signs before a word say that persons stand there.
_PERSONS = 4
# 省, 市: tiers of government
_TIER = 1
_WHOLE_PHRASES = {"population": "person", "provider": "provider"}
_SHORTEST_CONDITION, _LONGEST_CONDITION = 3, 60
_LONGEST_JOINT = 3
# So many signs an item of a list of persons has: 特困、低保对象.
_LONGEST_ITEM = 8
# Names of whose or where something is, which are no cases.
_OF_GROUPS = frozenset({"person", "provider", "place", "payer", "grade", "time"})
_AREAS: dict[str, Literal["west", "central", "east"]] = {"west": "west", "central": "central", "east": "east"}
_LISTED_GROUPS: dict[str, str] = {
    "person": "population", "provider": "provider", "payer": "payer", "place": "places", "grade": "population",
}  # fmt: skip


class Scoped(Struct, frozen=True, gc=False):
    """A scope and the places its words stand at."""

    scope: Scope
    support: tuple[Span, ...]


def scope_of(
    context: SentenceContext,
    number: Span,
    share: Share | None,
    *,
    left: int,
    item: bool = False,
    measure: Span | None = None,
    base: Span | None = None,
) -> Scoped:
    """Build the scope of the figure at ``number``; ``left`` is where the figure before it ended.

    ``item``: the figure is a condition and may be one of a list (救助对象、中断缴费3个月以内、…), so that what stands
    before a 、 is not its own. ``base`` is what a share is of: its words are nobody's scope (职工月平均工资的60%).
    """
    if item:
        left = max(left, context.text.rfind("、", left, number.start) + 1)
    found, spans = _dealt(context, share)
    ailment: Span | None = None
    # 困难残疾人生活补贴和重度残疾人护理补贴分别为: who stands in their names is no scope, least of all the other's.
    listed = share is not None and share.group == "alias"
    if share and ((share.group == "words" and found.keys() <= {"places"}) or share.group == "payer"):
        # Things measured (棉花、油料产量分别为…) are no groups, nor is who stands in their names, or is listed with who pays.
        base = share.whole or base
    for group in ("area", "population", "payer", "provider"):
        if group not in found:
            announced: tuple[str, list[Span]] | None = None
            if group in context.scopes_said and not (group == "payer" and _adds_up(context, number, left)):
                announced = _nearest(context, group, number, left, item=item, base=base, listed=listed)
            if group == "population":
                announced = _without_joined_name(context, announced, measure)
                # 未成年人和60周岁以上的老年人: an age is of those behind it
                behind = _behind(context, _terms_near(context, group, number, base), number) if item else None
                announced = behind or announced
            if group == "payer":
                own = own_payer(context, number, left)
                announced = (context.words(own), [own]) if own else _payer(context, number, measure, announced)
                announced = _whole_payer(context, measure, _with_others(context, announced, measure))
            if announced:
                found[group] = announced[0]
                spans.extend(announced[1])
                if group == "population":
                    # 高血压、糖尿病患者|限额分别提高100元、200元: what is dealt out is nobody's ailment
                    ailment = None if listed else _ailment(context, announced[1][-1], number)
    several = [] if found.get("area") in _AREAS else _several_areas(context, number, left)
    spans.extend(several)
    condition = _condition(context, number)
    # 在一级、二级医疗机构住院的，起付线分别为200元、500元: what is dealt out is no condition of each.
    dealt = condition and share and condition.start <= share.span.start < condition.end
    condition = (None if dealt else condition) or ailment or _led_case(context, found, spans)
    region = context.notice.region
    scope = Scope(
        region=region.code if region else None,
        area=_AREAS.get(found.get("area", "")),
        population=found.get("population"),
        payer=found.get("payer"),
        provider=found.get("provider"),
        places=(found["places"],) if "places" in found else tuple(context.words(span) for span in several),
        condition=found.get("condition") or (context.words(condition) if condition else None),
    )
    return Scoped(scope, (*spans, condition) if condition else tuple(spans))


def _adds_up(context: SentenceContext, number: Span, left: int) -> bool:
    """Return True if a figure is what those before it make together: 单位、个人缴费比例8%、2%，合计10%."""
    sums = context.statement.words.lists.sums
    low = context.clause(number.start).start
    return (
        context.may_say(sums) and low >= left and any(word in context.text[low : number.start] for word in sums.words)
    )


def _dealt(context: SentenceContext, share: Share | None) -> tuple[dict[str, str], list[Span]]:
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


def own_class(context: SentenceContext, number: Span, left: int, population: str | None) -> Span | None:
    """Return the class right before a figure, of all the classes that are named for it: 一级至四级伤残职工…：一级198元."""
    lists = context.statement.words.lists
    if population is None or not lists.class_ranges.meets(population):
        return None
    start = max(context.clause(number.start).start, left)
    said = context.text[start : number.start].lstrip("、，；： ")
    opened = number.start - len(said)
    found = lists.class_opens.pattern.match(context.text, opened, number.start)
    # 一级|每人每月|178元
    rest = context.statement.cut(Span(found.end(), number.start)) if found else []
    return Span(*found.span()) if found and all(one.use == "adverb" for one in rest) else None


def _several_areas(context: SentenceContext, number: Span, left: int) -> list[Span]:
    """Return the areas that share a figure, which is that of none of them alone: 对中西部地区按70%, 对西部和中部地区按70%."""
    start = max(context.clause(number.start).start, left)
    return [term.span for term in context.of("area") if start <= term.span.start and term.span.end <= number.start]


def _graded(context: SentenceContext, share: Share, group: str) -> str:
    """Return population for levels that grade persons and no hospitals: 一级、二级伤残津贴分别为4800元、4600元."""
    level = group == "provider" and share.words in context.linking_resources.bare_levels
    return "population" if level and not speaks_of_treatment(context, share.span) else group


def _nearest(
    context: SentenceContext, group: str, number: Span, left: int, *, item: bool, base: Span | None, listed: bool
) -> tuple[str, list[Span]] | None:
    """Find the scope words of a group that govern a figure; ``listed``: a 分别 list gives it its name."""
    clause = context.clause(number.start)
    terms = _terms_near(context, group, number, base) if context.of(group) else []
    low = max(clause.start, left if item else 0)
    own = [t for t in terms if low <= t.span.start and t.span.end <= number.start]
    if group == "area" and len({t.key for t in own}) > 1:
        # 对西部地区按80%、中部地区按60%: the words since the figure before; several of them share it.
        own = [t for t in own if t.span.start >= left]
        if len({t.key for t in own}) != 1:
            return None
    if group == "population" and own:
        own = [t for t in own if not _is_of_item_before(context, t, Span(left, number.start))]
    if group == "payer" and own:
        own = [t for t in own if not _bears_the_rest(context, t, number)]
    if own:
        return _joined(context, own, group)
    if group == "payer" and (hidden := [t for t in context.hidden_payers if _leads(context, t, clause, number)]):
        return _joined(context, hidden, group)
    if group == "population" and (behind := _behind(context, terms, number)):
        return behind
    before = Span(clause.start, number.start)
    named = group == "population" and not item and not listed
    hidden = [term for term in context.hidden_populations if within(term.span, before)] if named else []
    # They hold for all that follows in the statement: 中央财政安排900亿元，对东部、中部地区分别按四成、85%补助.
    earlier = _earlier(context, group, terms, clause) if terms and not item else []
    # 散居孤儿养育标准1820元，|集中供养孤儿|养育标准2912元
    if earlier and not (hidden and all(_has_figure_of_its_own(context, term) for term in earlier)):
        return _joined(context, _with_rest(context, earlier, terms, clause.start), group)
    if hidden:
        return _joined(context, hidden, group)
    return _above(context, group)


def _bears_the_rest(context: SentenceContext, payer: Term, number: Span) -> bool:
    """Return True for persons of whom the band of costs is told that a fund pays a share of: |个人|自付超过2万元的部分支付60%."""
    paid, selves = context.linking_resources.lists.paid_share_behind.pattern, context.statement.words.lists.selves
    between = [one for one in context.mentions.quantities if payer.span.end <= one.number.start < number.start]
    shares = (paid.match(context.text, one.span.end, number.end + 1) for one in between if one.kind == "money")
    return selves.meets(context.words(payer.span)) and any(one and one.end() > number.start for one in shares)


def _without_joined_name(
    context: SentenceContext, persons: tuple[str, list[Span]] | None, measure: Span | None
) -> tuple[str, list[Span]] | None:
    """Leave out persons of a name that is joined to a figure's own: |困难残疾人|生活补贴和高龄津贴标准提高到90元."""
    if persons is None or measure is None:
        return persons
    held = next((name.span for name in context.of("alias") if within(persons[1][0], name.span)), None)
    return None if held and context.statement.joined(held, measure) else persons


def _is_of_item_before(context: SentenceContext, term: Term, item: Span) -> bool:
    """Return True if persons stand in the name of the figure before a number of other things: |残疾人|就业2951人、托养机构规范化提升74家.

    But what is said of them goes on: 返贫致贫人口救助比例为60%、年度起付标准为3500元.
    """
    counted = any(one.number.start == item.end for one in context.mentions.quantities if one.kind == "count")
    listed = context.text[item.start : item.start + 1] in context.statement.words.joints
    if not (counted and listed) or term.span.end > item.start:
        return False
    chunks = context.statement.chunks(*context.clause(term.span.start))
    named = [one.span for one in chunks if one.kind == "measure"]
    return any(within(term.span, span) for span in named) and any(within(span, item) for span in named)


def _earlier(context: SentenceContext, group: str, terms: list[Term], clause: Span) -> list[Term]:
    """Return the scope words of the clauses before a figure's that govern what follows them."""
    earlier = [t for t in terms if t.span.end <= clause.start and _introduces(context, t)]
    if group in ("population", "provider") and earlier and _names_its_own(context, clause, amount=False):
        earlier = [t for t in earlier if not _is_aimed_at(context, t)]
    if group == "provider":
        if context.statement.words.lists.caps_of_all.meets(context.words(clause)):
            return []
        # 三级医院报销50%，二级医院报销60%，年度最高支付限额3000元，退休人员4000元
        return [t for t in earlier if not (_split(context, t, terms) or _is_one_of_many(context, t, terms))]
    if group == "population" and _names_its_own(context, clause):
        return [t for t in earlier if not _is_one_of_many(context, t, terms)]
    if group != "payer":
        return earlier
    # 个人自付费用超过1万元的，…报销60%: who pays is said of the condition alone.
    ends = context.linking_resources.lists.clause_condition_end
    earlier = [t for t in earlier if not ends.meets(context.words(context.clause(t.span.start)))]
    opening = context.statement.chunks(*clause)[:1] if earlier else []
    persons = any(one.kind == "person" and one.span.start == clause.start for one in opening)
    # 职工个人缴费2%计入个人账户，退休人员个人账户每月120元: what the one pays is told
    told = persons and context.figure_before(clause.start) > earlier[0].span.end and _names_its_own(context, clause)
    return [] if told else earlier


def _is_aimed_at(context: SentenceContext, term: Term) -> bool:
    """Return True if the number of a group is an aim of its own: |失业人员|减少2万人, |三甲医院|达到5家; not 低保对象3.2万人，人均补助462元."""
    number, end = context.number_from(term.span.end), term.span.end
    counted = any(one.number.start == number for one in context.mentions.quantities if one.kind == "count")
    if not counted or number > context.clause(term.span.start).end:
        return False
    moved = any(piece.use == "change" for piece in context.statement.cut(Span(end, number)))
    return moved and not context.statement.chunks(end, number)


def _names_its_own(context: SentenceContext, clause: Span, *, amount: bool = True) -> bool:
    """Return True if a clause names what it measures before its first figure: 起付标准300元."""
    at = min(clause.end, context.number_from(clause.start))
    found = context.statement.last_name(Span(clause.start, at), amount=amount)
    return found is not None and found.span.start >= clause.start


def _has_figure_of_its_own(context: SentenceContext, term: Term) -> bool:
    """Return True if a figure stands behind a term in its clause."""
    return context.number_from(term.span.end) < context.clause(term.span.start).end


def _is_one_of_many(context: SentenceContext, term: Term, terms: list[Term]) -> bool:
    """Return True if persons or providers have a figure of their own, as others have in the clause beside: 在职职工2500元，退休人员3000元."""
    clause, segment = context.clause(term.span.start), context.segment(term.span.start)
    if not _has_figure_of_its_own(context, term):
        return False
    beside = [context.clause(clause.start - 1)] if clause.start > segment.start else []
    beside += [context.clause(clause.end + 1)] if clause.end + 1 < segment.end else []
    return any(
        one.start <= other.span.start < one.end and context.number_from(other.span.end) < one.end
        for one in beside
        for other in terms
        if context.words(other.span) != context.words(term.span)
    )


def _terms_near(context: SentenceContext, group: str, number: Span, base: Span | None) -> list[Term]:
    """Return the scope words of a group that may govern a figure."""
    start = max(context.segment(number.start).start, number.start - _REACH)
    near = [t for t in context.of(group) if start <= t.span.start <= number.end + _BEHIND]
    near = [t for t in near if not context.told_aside(t.span, number) and not is_counted_off(context, t.span, number)]
    near = [t for t in near if not (is_added(context, t.span, number) or _is_number_of(context, t))]
    return _meant(context, [t for t in near if group != "payer" or pays(context, t.span, number)], base)


def _is_number_of(context: SentenceContext, term: Term) -> bool:
    """Return True for persons who are only counted: 新招用人员达到|在职职工|人数15%以上的，可申请300万元."""
    number = context.statement.words.lists.numbers_of
    return term.group == "population" and number.meets(context.text[term.span.end : term.span.end + _NUMBER])


def _meant(context: SentenceContext, terms: list[Term], base: Span | None) -> list[Term]:
    """Leave out who is left out, and what a figure is only a share of: 按不低于上年度中央补助资金的20%."""
    terms = [t for t in terms if not is_excluded(context, t.span) and not _grades_persons(context, t)]
    return terms if base is None else [t for t in terms if not within(t.span, base)]


def _grades_persons(context: SentenceContext, term: Term) -> bool:
    """Return True if a bare level grades persons or what befell them, and is no provider: 一级至四级工伤职工."""
    level = term.group == "provider" and context.words(term.span) in context.linking_resources.bare_levels
    graded = context.statement.words.lists.graded_persons
    return level and graded.meets(context.words(context.clause(term.span.start)))


def _split(context: SentenceContext, term: Term, terms: list[Term]) -> bool:
    """Return True if a clause has figures for several providers: 乡镇卫生院按70%、村卫生室按80%支付，年度限额300元.

    Or deals them out: 乡镇卫生院、县级医院起付标准分别为200元、500元，年度限额15万元
    """
    clause = context.clause(term.span.start)
    if context.linking_resources.lists.respectively.meets(context.words(clause)):
        return True
    return any(
        term.span.end <= other.span.start < clause.end and _has_figure(context, term.span.end, other.span.start)
        for other in terms
    ) or any(
        clause.start <= other.span.start < term.span.start and _has_figure(context, other.span.end, term.span.start)
        for other in terms
    )


def _payer(
    context: SentenceContext, number: Span, measure: Span | None, near: tuple[str, list[Span]] | None
) -> tuple[str, list[Span]] | None:
    """Return the payer that 由… names, or the one inside a figure's name (the 个人 of 个人缴费标准), or the one ``near``.

    各级财政加大补助力度，人均财政补助标准新增30元: the near one says more exactly who it is.
    """
    actor = actor_of(context, number)
    if actor and near and actor.end <= near[1][0].start and _has_figure(context, actor.end, near[1][0].start):
        actor = None  # 由基金承担三分之二、个人承担三分之一
    if actor:
        return "".join(context.words(actor).split()), [actor]
    if measure is None:
        return near
    if context.statement.words.lists.share_of.may_meet(context.words(measure)):
        # 财政补助占筹资总额的比例: nobody pays a share that only tells how much it is
        return near if near and not within(near[1][0], measure) else None
    paying = context.statement.words.lists.paying.words
    held = [
        term.span
        for term in context.hidden_payers
        if measure.start <= term.span.start and context.text.startswith(paying, term.span.end, measure.end)
    ]
    if not held or (near and near[0].endswith(context.words(held[0]))):
        return near
    if near and near[1][0].start >= measure.end:
        return near  # 财政补助标准为700元，其中中央420元
    if _stands_for_persons(context, held[0]):
        return near  # 居民个人缴费标准: for whom it is, is said
    return context.words(held[0]), [held[0]]


def _whole_payer(
    context: SentenceContext, measure: Span | None, payer: tuple[str, list[Span]] | None
) -> tuple[str, list[Span]] | None:
    """Return a payer in the name of what is measured with what stands there before it: 县|市财政|配套比例."""
    if payer is None or measure is None or not measure.start < payer[1][0].start < measure.end:
        return payer
    before, whole = Span(measure.start, payer[1][0].start), Span(measure.start, payer[1][-1].end)
    tier = context.statement.words.lists.place_signs.meets(context.words(before))
    return (context.words(whole), [whole]) if tier else payer


def _with_others(
    context: SentenceContext, payer: tuple[str, list[Span]] | None, measure: Span | None
) -> tuple[str, list[Span]] | None:
    """Add who stands joined before a payer's own 个人 and pays as well: 单位和|职工个人的缴存比例; the tiers of 市、|县两级财政.

    But 单位、|个人费率| names what the one pays.
    """
    if payer is None:
        return payer
    if tiers := _tiers_before(context, payer[1][0]):
        whole = Span(tiers[0].start, payer[1][0].end)
        return "".join(context.words(whole).split()), [whole, *payer[1][1:]]
    named = measure is not None and len(payer[0]) == SELF and measure.start <= payer[1][0].start < measure.end
    if named or not context.statement.words.lists.selves.meets(payer[0][-SELF:]):
        return payer
    words, first = context.statement.words, payer[1][0]
    chunks = context.statement.chunks(context.clause(first.start).start, first.start)
    joined = bool(chunks) and context.statement.joined(chunks[-1].span, first)
    other = joined and (chunks[-1].kind == "payer" or words.lists.bare_persons.meets(context.words(chunks[-1].span)))
    whole = Span(chunks[-1].span.start, first.end) if other else first
    return (context.words(whole), [whole, *payer[1][1:]]) if other else payer


def _tiers_before(context: SentenceContext, payer: Span) -> list[Span]:
    """Return the tiers of government that stand joined before a payer: 省、市、|县三级财政."""
    start, tiers = context.clause(payer.start).start, [payer]
    for chunk in reversed(context.statement.chunks(start, payer.start)):
        tier = chunk.kind == "place" and chunk.span.end - chunk.span.start <= _TIER
        if not tier or not context.statement.joined(chunk.span, tiers[0]):
            break
        tiers.insert(0, chunk.span)
    return tiers[:-1]


def _stands_for_persons(context: SentenceContext, payer: Span) -> bool:
    """Return True if persons stand right before 个人, which then is they."""
    words = context.statement.words
    before = context.text[max(context.clause(payer.start).start, payer.start - _PERSONS) : payer.start]
    return words.lists.selves.meets(context.words(payer)) and words.kind_of(before) == "person"


def _with_rest(context: SentenceContext, found: list[Term], terms: list[Term], end: int) -> list[Term]:
    """Add the terms that a list goes on with: of 一级、二级、三级医疗机构 only the first opens its clause."""
    whole = list(found)
    for term in terms:
        last = whole[-1].span.end
        gap = context.text[last : term.span.start]
        if gap and term.span.end <= end and context.linking_resources.lists.scope_joints.meets(gap):
            whole.append(term)
    return whole


def _leads(context: SentenceContext, term: Term, clause: Span, number: Span) -> bool:
    """Tell whether a payer inside a name opens the figure's own words: 基金支付70%，个人负担30%."""
    lead = context.text[clause.start : term.span.start]
    if not clause.start <= term.span.start < number.start:
        return False
    names = (one.span for one in context.statement.chunks(clause.start, number.start) if within(term.span, one.span))
    opens = not lead or context.linking_resources.lists.payer_leads.meets(lead)
    return opens and not any(opens_persons(context, term.span, name) for name in names)


def _behind(context: SentenceContext, terms: list[Term], number: Span) -> tuple[str, list[Span]] | None:
    """Find a population right behind a figure: 60周岁以上的老年人."""
    if not terms:
        return None
    end = context.clause(number.start).end
    near = [t for t in terms if number.end <= t.span.start <= number.end + _BEHIND and t.span.end <= end]
    figure = context.figure_before(near[0].span.start) if near else 0
    if number.end <= figure and context.text[figure : figure + 1] in context.statement.words.joints:
        return None  # 个人最长3年、小微企业最长2年
    if near and not _has_figure(context, number.end, near[0].span.start):
        return context.words(near[0].span), [near[0].span]
    return None


def _has_figure(context: SentenceContext, start: int, end: int) -> bool:
    return context.number_from(start) < end


def _introduces(context: SentenceContext, term: Term) -> bool:
    """Tell whether a scope word of an earlier clause governs what follows it: 对低保对象，…; 特困人员的，…; 低保对象：…."""
    words = context.words(term.span)
    lists = context.linking_resources.lists
    clause = context.clause(term.span.start)
    tail = context.text[term.span.end : clause.end]
    if lists.general_population.meets(words) and not lists.taken_in.meets(tail):
        return False
    start = _persons_start(context, term.span, clause) if term.group == "population" else term.span.start
    lead = MARKER.sub("", context.text[clause.start : start])
    return (
        not lead
        or (term.group == "provider" and context.statement.words.kind_of(lead) == "place")
        or lists.introduce.meets(lead)
        or (term.group == "provider" and lists.treated_at.meets(lead) and lists.treated.meets(tail))
        or tail.endswith("的")
        or ((not tail or lists.and_others.meets(tail)) and context.text[clause.end : clause.end + 1] in "：，")
    )


def _persons_start(context: SentenceContext, held: Span, clause: Span) -> int:
    """Return where the persons begin of whom a catalog's word is the end, with those joined to them: 特困、|低保对象, 一类|救助对象."""
    start = held.start
    for chunk in reversed(context.statement.chunks(*clause)):
        if chunk.span.start >= start:
            continue
        whole = chunk.kind == "person" and held.end <= chunk.span.end
        beside = chunk.span.end < start and len(context.words(chunk.span)) <= _LONGEST_ITEM
        if not whole and not (beside and context.statement.joined(chunk.span, Span(start, start))):
            break
        start = chunk.span.start
    return start


def _joined(context: SentenceContext, terms: list[Term], group: str) -> tuple[str, list[Span]]:
    """Join the last terms that stand together: 农村低收入人口和脱贫人口."""
    last = terms[-1]
    if group == "area":
        return last.key, [last.span]
    start = last.span.start
    for term in reversed(terms[:-1]):
        gap = context.text[term.span.end : start]
        if context.linking_resources.joint.fullmatch(gap) and "，" not in gap and "；" not in gap:
            start = term.span.start
        else:
            break
    span = Span(start, last.span.end)
    return context.words(span), [span]


def _above(context: SentenceContext, group: str) -> tuple[str, list[Span]] | None:
    """Take a scope word from header cells, or from a heading that is little more than that word: （四）新生儿."""
    if group == "payer":
        return None
    for place, terms in context.terms_around(group):
        term = terms[0]
        if context.linking_resources.lists.topic_headings.meets(context.words(term.span)):
            continue
        in_cell = place in context.sentence.context
        if in_cell and context.words(term.span) in context.linking_resources.bare_levels:
            continue  # 一级 alone: `cell_scope` asks its heads what it grades.
        words = context.words(place)
        names = [
            t for t in context.linking_resources.terms_at(context.notice, place) if t.group in ("alias", "programme")
        ]
        inside = any(name.span.start <= term.span.start and term.span.end <= name.span.end for name in names)
        about = in_cell or group != "population" or _names_persons(context, place, term.span)
        if not inside and about and (in_cell or (len(terms) == 1 and len(words) <= len(context.words(term.span)) + 4)):
            span = _whole_phrase(context, place, term.span, group)
            return (term.key if group == "area" else "".join(context.words(span).split())), [span]
    return None


def _names_persons(context: SentenceContext, heading: Span, persons: Span) -> bool:
    """Return True if a heading has persons, and not what is done for them: 寄宿生, not 完善学生资助."""
    said = _BULLETED.fullmatch(context.text, *heading)
    heading = Span(*said.span("said")) if said else heading  # - 在职职工：
    opening = past_marker(context.text, heading)
    if persons == Span(opening, heading.end):
        return True  # 资助参保对象
    chunks = [one for one in context.statement.chunks(*heading) if one.kind == "person" and within(persons, one.span)]
    return any(one.span.start == opening or one.span.end == heading.end for one in chunks)


def _whole_phrase(context: SentenceContext, place: Span, held: Span, group: str) -> Span:
    """Return the phrase of a heading that holds a catalog's word: 其他城乡居民, 少年儿童."""
    kind = _WHOLE_PHRASES.get(group)
    chunks = context.statement.chunks(*place) if kind else []
    at = next((n for n, one in enumerate(chunks) if one.kind == kind and within(held, one.span)), None)
    return held if at is None else chunks[at].span


def _ailment(context: SentenceContext, population: Span, number: Span) -> Span | None:
    """Return the ailment between the persons and their care: 儿童白血病住院费用."""
    end = max(population.end, number.start)
    match = context.linking_resources.lists.ailment.pattern.match(context.text, population.end, end)
    if match is None:
        return None
    span = Span(*match.span("ailment"))
    # 参保人员大病保险…, 居民门诊慢特病…: a benefit's name is no ailment.
    named = (*context.of("programme"), *context.of("setting"), *context.of("alias"))
    return None if any(term.span.start < span.end and span.start < term.span.end for term in named) else span


def _dated(context: SentenceContext, clause: Span, number: Span) -> Span | None:
    """Return the words in a figure's own clause that say who is meant by a date: 1950年12月31日以前出生的|每人每月增加30元."""
    happened = context.linking_resources.lists.condition_verbs.pattern
    for date in context.mentions.dates:
        if date.span.start < clause.start or date.span.end > number.start or date.precision == "year":
            continue  # 按2030年退休人员月人均养老金的3%
        found = happened.match(context.text, date.span.end, number.start)
        end = context.text.find(OWNING[0], found.start(), number.start) + 1 if found else 0
        if not end or end - date.span.start > _LONGEST_CONDITION or context.figure_before(end) > date.span.start:
            continue
        # 2022年12月31日前已退休的|人员: the persons say it
        if all(one.kind != "person" for one in context.statement.chunks(end, number.start)):
            return Span(date.span.start, end)
    return None


def _own_case(context: SentenceContext, clause: Span, number: Span) -> Span | None:
    """Return the case that a clause opens with, where the statement has a figure before it: 个人最高20万元，|合伙创业的|最高110万元."""
    if context.figure_before(clause.start) <= context.segment(number.start).start:
        return None
    found = context.linking_resources.lists.own_case.pattern.fullmatch(context.text, clause.start, number.start)
    if found is None:
        return None
    case = Span(*found.span("case"))
    named = any(clause.start <= term.span.start < case.end for term in context.of("alias"))
    group = context.statement.words.kind_of(context.text[case.start : case.end - 1]) in _OF_GROUPS
    return None if named or group else case


def _condition(context: SentenceContext, number: Span) -> Span | None:
    """Return the case that a figure is for: its conditional clause (在集中征缴期内缴费的，…), else the months or years."""
    if said := _case_said(context, number):
        return said
    start = max(context.segment(number.start).start, context.figure_before(number.start))
    stages = context.linking_resources.lists.month_stages.pattern
    said = None
    for stage in stages.finditer(context.text, start, number.start):
        said = Span(*stage.span())
    return said


def ages_of_sexes(context: SentenceContext, number: Span) -> Span | None:
    """Return the ages of men and women that stand last before a figure, which is of both: |男年满65周岁、女年满60周岁|的人员，每人15元."""
    ages = context.linking_resources.lists.ages_by_sex
    if not context.may_say(ages):
        return None
    start = max(context.segment(number.start).start, number.start - _REACH)
    said = [Span(*one.span()) for one in ages.pattern.finditer(context.text, start, number.start)]
    return said[-1] if said and context.figure_before(number.start) <= said[-1].end else None


def stay_of(context: SentenceContext, number: Span) -> Span | None:
    """Return which stay in hospital of a year a figure is for: |第二次住院|起付标准为500元; 第一次300元、|第二次|220元.

    What its clause says, else the clause that opens its statement: |从第二次住院起|，起付标准减半，最低100元.
    """
    lists = context.linking_resources.lists
    segment, start = context.segment(number.start), context.clause(number.start).start
    if bare := lists.bare_stays.pattern.search(context.text, start, number.start):
        told = lists.borne_first.meets(context.text[segment.start : bare.start()])
        return Span(*bare.span("stay")) if told else None
    if said := lists.stays.pattern.search(context.text, start, number.start):
        return Span(*said.span())
    first = context.clause(segment.start)
    opening = Span(past_marker(context.text, first), first.end)
    return opening if first.start < start and lists.opening_stays.meets(context.words(opening)) else None


def with_label(context: SentenceContext, number: Span, scope: Scope) -> tuple[Scope, list[Span]]:
    """Add whose or where all figures behind a colon are, by a bracket right before it: 报销比例（|在职|）：一级65%，二级60%."""
    segment = context.segment(number.start)
    colon = context.text.rfind("：", segment.start, number.start)
    held = context.bracket(colon - 1) if colon > segment.start else None
    if held is None or held.end != colon or held.start < segment.start:
        return scope, []
    inside = Span(held.start + 1, held.end - 1)
    group, named = label_group(context, inside), context.statement.chunks(segment.start, held.start)[-1:]
    measured = bool(named) and (named[0].kind, named[0].span.end) == ("measure", held.start)
    measured = measured or held.start == context.clause(held.start).start
    if group not in ("population", "provider") or getattr(scope, group) or not measured:
        return scope, []
    return replace(scope, **{group: context.words(inside)}), [inside]


def referral_case(context: SentenceContext, number: Span) -> Span | None:
    """Return on what referral a figure holds, by the last clause of its statement that opens so: |未按规定转诊的|起付标准2000元.

    What is paid at most in a year is the same for all; so is what follows a change: 未转诊的，支付比例降低20个百分点，起付标准为500元.
    """
    segment, clause = context.segment(number.start), context.clause(number.start)
    cases = context.linking_resources.lists.referral_cases
    if not context.may_say(cases) or context.statement.words.lists.caps_of_all.meets(context.words(clause)):
        return None
    while clause.start >= segment.start:
        said = cases.pattern.match(context.text, past_marker(context.text, clause), clause.end + 1)
        if said and said.end("case") <= number.start:
            between = [one for one in context.mentions.quantities if said.end() <= one.number.start < number.start]
            kind = next((one.kind for one in context.mentions.quantities if one.number.start == number.start), None)
            # 经转诊的支付比例为55%，直接就医的支付比例为45%
            others = any(one.role in ("increase", "decrease") or one.kind == kind for one in between)
            return None if others else Span(*said.span("case"))
        if clause.start == segment.start:
            break
        clause = context.clause(clause.start - 1)
    return None


def _led_case(context: SentenceContext, found: dict[str, str], spans: list[Span]) -> Span | None:
    """Return the persons of a rank above as the case of a figure that is for others, or give them to one that says no persons."""
    case = _lead_case(context)
    if case is None or context.words(case) == found.get("population"):
        return None
    if "population" in found:
        return case
    found["population"] = context.words(case)
    spans.append(case)
    return None


def _lead_case(context: SentenceContext) -> Span | None:
    """Return the persons of one rank of whom the words before a colon set all that follows: |享受2级待遇的失能人员|，其限额如下：."""
    lead = context.lead_in
    end = context.text.find("，", *lead) if lead else -1
    if lead is None or end < 0:
        return None
    case = Span(past_marker(context.text, Span(lead.start, end)), end)
    start = end
    for chunk in reversed(context.statement.chunks(*case)):
        between = context.text[chunk.span.end : start]  # 长期失能人员|、延续|失能人员
        beside = between[:1] in context.statement.words.joints and len(between) <= _LONGEST_JOINT
        if chunk.kind != "person" or not (beside or (not between and start == end)):
            break
        start = chunk.span.start
    # 在本市参保的失能人员，其待遇如下: they are all whom the part is on
    told = case.start < start < end and context.text[start - 1] in OWNING
    return case if told and context.statement.words.lists.ranks.meets(context.text[case.start : start - 1]) else None


def _case_said(context: SentenceContext, number: Span) -> Span | None:
    """Return the conditional clause before a figure: 在集中征缴期内缴费的，…."""
    segment = context.segment(number.start)
    clause = context.clause(number.start)
    lists = context.linking_resources.lists
    if said := _dated(context, clause, number) or _own_case(context, clause, number):
        return said
    if any(lists.other_case.pattern.match(context.text, at) for at in (clause.start - 2, clause.end - 1) if at >= 0):
        return None  # 在集中参保期内参保的，|中断缴费3个月内转而参保的|，以及新生儿: each is a case of its own
    while clause.start > segment.start and (
        lists.restate.meets(context.words(clause)) or lists.same_case.meets(context.words(clause))
    ):
        ahead = context.clause(clause.start - 1)
        if lists.clause_condition_end.meets(context.words(ahead)):
            break  # 生育三孩的，|再给予一次性奖励5000元
        clause = ahead
    between = context.clause(max(segment.start, clause.start - 2))
    if between.start > segment.start and context.number_from(between.start) >= between.end:
        # 缴存满1年的，可申请贷款，最高额度为50万元
        clause = between if lists.consequence.meets(context.words(between)) else clause
    if clause.start <= segment.start:
        return None
    before = context.clause(max(segment.start, clause.start - 2))
    words = context.words(before)
    if (
        lists.clause_condition_end.meets(words)
        and _SHORTEST_CONDITION <= len(words) <= _LONGEST_CONDITION
        and before.start >= segment.start
    ):
        # （二）未连续参保的，…: the item's number is no part of who is meant.
        marker = match_marker(words)
        rest = words[marker.length :] if marker else words
        return Span(past_marker(context.text, Span(before.end - len(rest.lstrip()), before.end)), before.end)
    tier = lists.tier_clauses.pattern.search(words) if before.start >= segment.start else None
    return Span(before.start + tier.start("tier"), before.start + tier.end("tier")) if tier else None


def tier_case(context: SentenceContext, number: Span) -> Span | None:
    """Return the tier that opens a statement and is the case of all its figures: |按一档标准缴费的|，…40%，…180元."""
    first = context.clause(context.segment(number.start).start)
    opening = Span(past_marker(context.text, first), first.end)
    said = context.words(opening)
    if not _SHORTEST_CONDITION <= len(said) <= _LONGEST_CONDITION or context.number_from(first.start) < first.end:
        return None
    return opening if context.linking_resources.lists.tier_chosen.meets(said) else None
