"""What the words around a group tell of it: whether it is one at all, is left out, compared, added or joined with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.names.pieces import REACH
from extractor.notice.facts.names.statement import OWNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.notice.facts.names.statement import Chunk
    from extractor.notice.facts.sentence.context import SentenceContext

# What a share is taken of may be that of others: 按三级医院的50%, 按首套的80%.
_OF_BASE = frozenset({"person", "provider", "grade"})
# 生产经营困难的单位，经职工代表大会通过，可申请降低比例: so many clauses before may say for whom.
CLAUSES_BEFORE = 3
# To what a bracket may add: 杭州市区（含萧山区）.
_ADDED_TO = frozenset({"person", "provider", "measure", "place"})
# 按照每名: no words of how many is paid for are longer.
_PER = 6
_GOVERNING = 12
COLON, COMMA = "：", "，"
BRACKET_REACH = 24
# 高于同级
_COMPARING = 4
# As much of a name is looked at for the class that opens it.
_AREA_NAME = 4


def within(span: Span, outer: Span) -> bool:
    """Return True if a span lies in another."""
    return outer.start <= span.start and span.end <= outer.end


def past_openers(context: SentenceContext, at: int) -> int:
    """Return where the words at an offset go on behind what opens who is meant: 对于|低保对象."""
    openers = (word for word in context.statement.words.lists.meaning.words if context.text.startswith(word, at))
    return at + len(max(openers, key=len, default=""))


def only_per(context: SentenceContext, start: int, end: int) -> bool:
    """Return True if nothing but per stands between two places: 城区|每人每月|2100元."""
    return not context.linking_resources.units.per_pattern.sub("", context.text[start:end]).strip()


def is_counted_off(context: SentenceContext, held: Span, number: Span) -> bool:
    """Return True if words are those of what a share is taken of: 参保职工总数|20%, 企业及其职工上年度缴纳失业保险费的|60%提至90%."""
    if context.statement.words.lists.totals.meets(context.text[held.end : number.start]):
        return True
    start = context.clause(number.start).start
    shares = (one for one in context.mentions.quantities if held.end <= one.span.start)
    share = next(shares, None) if start <= held.start else None
    if share is None or share.number.start >= number.start or share.kind != "rate":
        return False
    if not context.text.endswith(OWNING, held.end, share.span.start):
        return False
    old = context.linking_resources.lists.old_before
    before = context.statement.cut(Span(start, held.start))
    return any(piece.use == "base" or old.meets(context.text[piece.start : piece.end]) for piece in before)


def is_no_group(context: SentenceContext, chunk: Chunk, base: Span | None, measure: Span | None) -> bool:
    """Return True if a name is none of a group, or of one that is part of another name or left out."""
    words, said = context.statement.words, context.words(chunk.span)
    sides = words.lists.selves.meets(said) or words.lists.fund_sides.meets(said)
    if chunk.kind in ("measure", "empty", "weak", "time") or sides:
        return True
    if is_of_all(context, chunk.span):
        return True
    if said.startswith(words.lists.bounds_behind.words) or context.is_quoted(chunk.span.start):
        return True  # 70公里|以上者每月3000元; 《|黑龙江省|人口与计划生育条例》
    if chunk.kind == "grade" and words.is_area_class(said):
        behind = chunk.span.end + len(chunk.behind)
        named = Span(behind, min(behind + _AREA_NAME, context.clause(chunk.span.start).end))
        if context.statement.with_other_areas(named) != named:
            return True  # 城镇、|农村居民人均可支配收入增长5%以上
    if _is_part_of_name(context, chunk.span) or is_excluded(context, chunk.span):
        return True
    if base and chunk.kind in _OF_BASE and within(chunk.span, base):
        return True  # 职工月平均工资的60%, 按三级医院的50%
    done = measure and chunk.kind == "person" and measure.start < chunk.span.start < measure.end
    if done and measure and words.use_of.get(context.text[measure.start : chunk.span.start]) == "act":
        return True  # 赡养|老人|的扣除标准
    return chunk.kind == "provider" and _is_no_provider(context, chunk)


def _is_no_provider(context: SentenceContext, chunk: Chunk) -> bool:
    """Return True for all providers together, who governs a level, and what a level grades: 各级|医疗机构, |县级|以上人民政府."""
    lists, end = context.statement.words.lists, chunk.span.end
    if lists.of_all_kinds.meets(chunk.before) or lists.governing.meets(context.text[end : end + _GOVERNING]):
        return True
    # 护理补贴一级每月130元, 生活困难对象|护理一级|每月145元; not 护理机构二级
    said = context.words(chunk.span)
    level = next((one for one in context.linking_resources.bare_levels if said.endswith(one)), "")
    home = context.statement.words.kind_of(said.removesuffix(level)) == "provider"
    graded = bool(level) and lists.graded_persons.meets(said) and not home
    return (lists.levels.meets(said) or graded) and not speaks_of_treatment(context, chunk.span)


def is_added(context: SentenceContext, group: Span, number: Span) -> bool:
    """Return True if a closed bracket only says of a group before it who else is meant: 基层医疗机构（|含卫生院、卫生室|）."""
    held = context.bracket(group.start) if context.bracketed else None
    if held is None or held.end > number.start or not adds(context, held):
        return False
    before = context.statement.chunks(context.clause(held.start).start, held.start)
    # 职工基本养老保险（含机关事业单位工作人员养老保险）缴费基数上限
    return bool(before) and before[-1].span.end == held.start and before[-1].kind in _ADDED_TO


def adds(context: SentenceContext, bracket: Span) -> bool:
    """Return True if a bracket says who else is meant: （含卫生院、卫生室）, not （社区卫生服务中心）, （以下简称监测对象）."""
    return context.statement.words.lists.adding.meets(context.words(bracket))


def _is_beside_part(context: SentenceContext, place: Span) -> bool:
    """Return True if the figure before a place is another part's: 城区2100元，|各县|1980元; 市区标准为2260元；|各县|标准为2010元."""
    low = max(context.span.start, place.start - REACH)
    parts = [one.span for one in context.statement.chunks(low, place.start) if one.kind == "place"]
    if not parts or context.words(parts[-1]) in context.statement.words.places:
        return False
    number = context.number_from(parts[-1].end)
    if number >= place.start:
        return False
    amounts = {one.number.start for one in context.mentions.quantities if one.kind == "money"}
    return only_per(context, parts[-1].end, number) or {number, context.number_from(place.end)} <= amounts


def is_measure_of_pay(context: SentenceContext, person: Span) -> bool:
    """Return True if persons only say by how many of them something is paid: 按每名参保职工500元的标准."""
    words = context.statement.words
    before = context.text[max(context.span.start, person.start - _PER) : person.start]
    per = next((word for word in words.lists.per_group.words if before.endswith(word)), "")
    return bool(per) and before.removesuffix(per).endswith(tuple(words.basing))


def speaks_of_treatment(context: SentenceContext, level: Span) -> bool:
    """Return True if a clause speaks of treatment, so that a level alone is one of providers: 二级支付比例70%, not 二级伤残."""
    low = max(context.segment(level.start).start, level.start - REACH)
    clause = Span(low, context.clause(level.start).end)
    around = (clause, context.lead_in) if context.lead_in else (clause,)
    texts = [context.text[span.start : min(span.end, span.start + 2 * REACH)] for span in around]
    if context.statement.words.lists.graded_persons.meets(context.words(clause)):
        return False
    return any(word in text for text in texts for word in context.linking_resources.treatment)


def stand_together(context: SentenceContext, one: Span, other: Span) -> bool:
    """Return True if two groups are joined: 特困人员、低保对象; 老年人和14周岁以下儿童."""
    aside = context.bracket(one.end) if context.bracketed else None
    if aside is not None and aside.start == one.end and aside.end <= other.start:
        one = Span(one.start, aside.end)  # 脱贫不稳定人口（起付线5000元）、|低保边缘家庭成员
    between = context.text[one.end : other.start]
    return context.statement.joined(one, other) or context.statement.words.lists.ages_between.meets(between)


def clauses_before(context: SentenceContext, number: Span) -> Iterator[Span]:
    """Yield the clauses before a figure's in its statement, the nearest first, up to one that is too long to be read."""
    segment, clause = context.segment(number.start), context.clause(number.start)
    for _ in range(CLAUSES_BEFORE):
        if clause.start <= segment.start:
            return
        clause = context.clause(clause.start - 1)
        if clause.end - clause.start > REACH:
            return
        yield clause


def runs_of(context: SentenceContext, groups: list[Span]) -> list[list[Span]]:
    """Put those together that are joined: 残疾青年、脱贫劳动力和零就业家庭成员."""
    runs = [[groups[0]]]
    for group in groups[1:]:
        if stand_together(context, runs[-1][-1], group):
            runs[-1].append(group)
        else:
            runs.append([group])
    return runs


def is_excluded(context: SentenceContext, group: Span) -> bool:
    """Return True for who is left out, or compared with, and not who is meant: 监测对象（不含返贫致贫人口）200元."""
    if context.may_say(context.linking_resources.lists.comparing) and _is_compared(context, group):
        return True
    low = max(context.span.start, group.start - BRACKET_REACH)
    opened = context.text.rfind("（", low, group.start)
    if opened < 0 or context.text.find("）", opened, group.start) >= 0:
        return False
    return context.linking_resources.lists.excluded.meets(context.text[opened : group.start])


def _is_compared(context: SentenceContext, group: Span) -> bool:
    """Return True for those with whom others are compared: 退休人员支付比例比|在职职工|高5个百分点."""
    clause = context.clause(group.start)
    chunks = context.statement.chunks(clause.start, max(clause.start, min(clause.end, group.end)))
    start = next((one.span.start for one in chunks if within(group, one.span)), group.start)
    before = context.text[max(clause.start, start - _COMPARING) : start]
    return context.linking_resources.lists.compared_with.meets(before)


def _is_part_of_name(context: SentenceContext, span: Span) -> bool:
    """Return True if a group is part of a longer name of the catalog, and no scope: the 居民 of 居民个人缴费标准."""
    names = context.of("alias")
    return any(name.span.start <= span.start and span.end < name.span.end for name in names)


def is_of_all(context: SentenceContext, place: Span) -> bool:
    """Return True for a word for the whole of the notice's region, or for all its parts (全市, 各县); not for those beside another part."""
    words, said = context.statement.words, context.words(place)
    return words.is_general_place(said) and not (words.lists.each_part.meets(said) and _is_beside_part(context, place))


def is_listed(context: SentenceContext, one: Span, other: Span) -> bool:
    """Return True if two groups are joined, by 或 as well: 退职或|领取定期生活费人员."""
    return context.statement.joined(one, other) or context.linking_resources.lists.scope_joints.meets(
        context.text[one.end : other.start]
    )


def is_area(context: SentenceContext, span: Span) -> bool:
    """Return True if a word for a kind of area is among some words."""
    return any(term.span.start < span.end and span.start < term.span.end for term in context.of("area"))
