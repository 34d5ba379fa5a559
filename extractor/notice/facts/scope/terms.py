"""Which of the catalog's words for a group says whose a figure is: the nearest that is not of another thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.groups.payers import opens_persons, pays
from extractor.notice.facts.groups.signs import is_added, is_counted_off, is_excluded, only_per, within
from extractor.notice.facts.names.reader import MARKER, past_marker
from extractor.notice.facts.scope.cases import PERSONS_BEHIND, STATEMENT_REACH

if TYPE_CHECKING:
    from extractor.model import Term
    from extractor.notice.facts.sentence.context import SentenceContext

# What a mark of a list and a colon stand around: - 在职职工：
_BULLETED = re.compile(r"[\s*·•●○▪■□◆◇▶►▸➢➤★☆—–-]*(?P<said>[^\s：:].*?)\s*[：:]?\s*")
# 在职职工|总人数
_NUMBER = 4
_WHOLE_PHRASES = {"population": "person", "provider": "provider"}
# So many signs an item of a list of persons has: 特困、低保对象.
_LONGEST_ITEM = 8


def nearest_term(
    context: SentenceContext, group: str, number: Span, left: int, *, item: bool, base: Span | None, listed: bool
) -> tuple[str, list[Span]] | None:
    """Find the scope words of a group that govern a figure; ``listed``: a 分别 list gives it its name."""
    clause = context.clause(number.start)
    terms = terms_near(context, group, number, base) if context.of(group) else []
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
    if group == "population" and (behind := group_behind(context, terms, number)):
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
    return _group_above(context, group)


def _bears_the_rest(context: SentenceContext, payer: Term, number: Span) -> bool:
    """Return True for persons of whom the band of costs is told that a fund pays a share of: |个人|自付超过2万元的部分支付60%."""
    paid, selves = context.linking_resources.lists.paid_share_behind.pattern, context.statement.words.lists.selves
    between = [one for one in context.mentions.quantities if payer.span.end <= one.number.start < number.start]
    shares = (paid.match(context.text, one.span.end, number.end + 1) for one in between if one.kind == "money")
    return selves.meets(context.words(payer.span)) and any(one and one.end() > number.start for one in shares)


def without_joined_name(
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
    before = [t for t in terms if t.span.end <= clause.start]
    earlier = [t for t in before if _introduces(context, t) or (group == "payer" and _gives_on(context, t, clause))]
    if group in ("population", "provider") and earlier and _names_its_own(context, clause, amount=False):
        earlier = [t for t in earlier if not _is_aimed_at(context, t)]
    if group == "provider":
        if context.statement.words.lists.caps_of_all.meets(context.words(clause)):
            return []
        # 三级医院报销50%，二级医院报销60%，年度最高支付限额3000元，退休人员4000元
        return [t for t in earlier if not (_split(context, t, terms) or _is_one_of_many(context, t, terms))]
    if group == "population" and earlier and _opens_with_others(context, clause, earlier[-1]):
        return []
    if group == "population" and _names_its_own(context, clause):
        return [t for t in earlier if not _is_one_of_many(context, t, terms)]
    if group != "payer":
        return earlier
    # 其中单位80元、个人40元，年度最高支付限额50万元
    earlier = [t for t in earlier if not _is_parted(context, t, before)]
    # 个人自付费用超过1万元的，…报销60%: who pays is said of the condition alone.
    ends = context.linking_resources.lists.clause_condition_end
    earlier = [t for t in earlier if not ends.meets(context.words(context.clause(t.span.start)))]
    if earlier and any(
        context.clause(earlier[-1].span.start).end <= t.span.start and _has_figure_of_its_own(context, t)
        for t in before
        if context.words(t.span) != context.words(earlier[-1].span)
    ):
        return []  # 单位分担0.3%，退休人员|个人|缴纳10元，居民每人30元
    opening = context.statement.chunks(*clause)[:1] if earlier else []
    persons = any(one.kind == "person" and one.span.start == clause.start for one in opening)
    # 职工个人缴费2%计入个人账户，退休人员个人账户每月120元: what the one pays is told
    told = persons and context.figure_before(clause.start) > earlier[0].span.end and _names_its_own(context, clause)
    return [] if told else earlier


def _is_parted(context: SentenceContext, payer: Term, payers: list[Term]) -> bool:
    """Return True for one of several who bear a figure each in one clause: 其中|单位|80元、个人40元."""
    clause = context.clause(payer.span.start)
    bare = [one for one in payers if only_per(context, one.span.end, context.number_from(one.span.end))]
    others = (one for one in bare if context.words(one.span) != context.words(payer.span))
    return payer in bare and any(_parted_by_figure(context, clause, payer, one) for one in others)


def _opens_with_others(context: SentenceContext, clause: Span, persons: Term) -> bool:
    """Return True if the name that a clause gives its figure opens with others: |女职工|产假98天，|男方|护理假15天."""
    end = min(clause.end, context.number_from(clause.start))
    found = context.statement.last_name(Span(clause.start, end), amount=False)
    if found is None or found.span.start < clause.start:
        return False
    taken = context.statement.words.lists.takers.pattern.match(context.words(found.span))
    opening = context.statement.opening_group(found.span)
    said = taken.group() if taken else context.words(opening.span) if opening and opening.kind == "person" else ""
    general = context.linking_resources.lists.general_population.meets(said)  # 代缴|城乡居民|养老保险费100元
    known = taken is not None or (("population", said) in context.linking_resources.scope_forms and not general)
    return known and said not in context.words(persons.span)


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
    others = [one for one in terms if context.words(one.span) != context.words(term.span)]
    own = Span(term.span.end, context.number_from(term.span.end))
    # 在职职工支付比例80%、退休人员85%，高血压年度限额4000元; not 退休人员|男|满30年、女满25年，其中实际缴费10年
    told = not any(own.start <= other.span.start < own.end for other in others)
    if told and any(_parted_by_figure(context, clause, term, other) for other in others):
        return True
    beside = [context.clause(clause.start - 1)] if clause.start > segment.start else []
    beside += [context.clause(clause.end + 1)] if clause.end + 1 < segment.end else []
    return any(
        one.start <= other.span.start < one.end and context.number_from(other.span.end) < one.end
        for one in beside
        for other in others
    )


def _parted_by_figure(context: SentenceContext, clause: Span, one: Term, other: Term) -> bool:
    """Return True if two of a clause have a figure between them."""
    first, last = sorted((one.span, other.span))
    return clause.start <= first.start and last.end <= clause.end and context.number_from(first.end) < last.start


def terms_near(context: SentenceContext, group: str, number: Span, base: Span | None) -> list[Term]:
    """Return the scope words of a group that may govern a figure."""
    start = max(context.segment(number.start).start, number.start - STATEMENT_REACH)
    near = [t for t in context.of(group) if start <= t.span.start <= number.end + PERSONS_BEHIND]
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
        term.span.end <= other.span.start < clause.end and has_figure(context, term.span.end, other.span.start)
        for other in terms
    ) or any(
        clause.start <= other.span.start < term.span.start and has_figure(context, other.span.end, term.span.start)
        for other in terms
    )


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


def group_behind(context: SentenceContext, terms: list[Term], number: Span) -> tuple[str, list[Span]] | None:
    """Find a population right behind a figure: 60周岁以上的老年人."""
    if not terms:
        return None
    end = context.clause(number.start).end
    near = [t for t in terms if number.end <= t.span.start <= number.end + PERSONS_BEHIND and t.span.end <= end]
    figure = context.figure_before(near[0].span.start) if near else 0
    if number.end <= figure and context.text[figure : figure + 1] in context.statement.words.joints:
        return None  # 个人最长3年、小微企业最长2年
    if near and not has_figure(context, number.end, near[0].span.start):
        return context.words(near[0].span), [near[0].span]
    return None


def has_figure(context: SentenceContext, start: int, end: int) -> bool:
    """Return True if a figure stands between two offsets."""
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


def _gives_on(context: SentenceContext, payer: Term, clause: Span) -> bool:
    """Return True if who gives to some gives to those of a later clause, too: 由|中央财政|对西部地区给予全额补助，对东部地区补助50%."""
    lists, own = context.statement.words.lists, context.clause(payer.span.start)
    led = context.text.endswith(lists.acting.words, own.start, payer.span.start)
    given = context.text[payer.span.end : own.end], context.words(clause)
    return led and all(lists.giving_to.meets(said) for said in given)


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


def _group_above(context: SentenceContext, group: str) -> tuple[str, list[Span]] | None:
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
