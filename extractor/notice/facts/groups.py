"""Persons, places, providers and payers that stand beside a figure, as whole phrases: 职工参保人员, not 参保人员."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.names import MARKER, REACH, past_marker
from extractor.notice.facts.statement import OWNING
from extractor.notice.facts.statement_words import VERBS, ChunkKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.model import Scope
    from extractor.notice.facts.context import SentenceContext
    from extractor.notice.facts.statement import Chunk

# 单位应|缴费比例, 企业月|缴存额
_PAID_BEHIND = 4
# What a share is taken of may be that of others: 按三级医院的50%, 按首套的80%.
_OF_BASE = frozenset({"person", "provider", "grade"})
_GROUPS: dict[ChunkKind, str] = {"person": "population", "provider": "provider"}
# 高血压、糖尿病患者: so short is what says of which illness the persons are.
_SHORT = 6
# 生产经营困难的单位，经职工代表大会通过，可申请降低比例: so many clauses before may say for whom.
_CLAUSES = 3
# A clause that names one of these is of others than the clause before.
_WHOM = frozenset({"person", "provider", "place"})
# To what a bracket may add: 杭州市区（含萧山区）.
_ADDED_TO = frozenset({"person", "provider", "measure", "place"})
_COLON, _COMMA = "：", "，"
# 按照每名: no words of how many is paid for are longer.
_PER = 6
# Marks between a heading and the statement right behind it.
_APART = 3
# A name before a blank is no longer than this.
_SPACED = 9
# 市|级有关规定
_RULE = 6
_GOVERNING = 12
_BRACKET = 24
# 一级、二级、三级、|四级
_GRADES = 16
# 高于同级
_COMPARING = 4
# Persons of one noun: 肢体|残疾人, 智力|残疾人.
_NOUN = 3
# As much of a name is looked at for the class that opens it.
_AREA_NAME = 4


def within(span: Span, outer: Span) -> bool:
    """Return True if a span lies in another."""
    return outer.start <= span.start and span.end <= outer.end


def groups_of(
    context: SentenceContext, number: Span, base: Span | None = None, measure: Span | None = None
) -> dict[ChunkKind, list[Span]]:
    """Return the groups named last before a figure in its clause, of each kind those that are joined.

    ``base`` is what a share is of, ``measure`` the name of what is measured.
    """
    low = max(context.clause(number.start).start, number.start - REACH)
    words = context.statement.words
    found: dict[ChunkKind, list[Span]] = {}
    per: list[Span] = []
    chunks = context.statement.chunks(low, number.start)
    for at, chunk in reversed([*enumerate(chunks)]):
        places = found.get("place")
        if places and _is_place_in_list(context, chunk, places):
            places.insert(0, chunk.span)
            continue
        if _is_no_group(context, chunk, base, measure) or _is_told_apart(context, chunks, at, number):
            continue
        if words.lists.per_group.meets(chunk.before):
            if chunk.kind == "person" and _is_measure_of_pay(context, chunk.span):
                per.insert(0, chunk.span)
            continue  # 每个县至少开通一家: it says per what
        if chunk.kind == "grade" and found and _is_of_others(context, chunk.span, number):
            continue
        spans = found.setdefault(chunk.kind, [])
        beside = chunk.kind == "person" and spans and chunk.span.end == spans[0].start  # 机关事业单位|退休人员
        # 脱贫不稳定人口（起付线5000元）、低保边缘家庭成员（起付线|7000元|）
        aside = context.bracket(chunk.span.end) if context.bracketed and spans else None
        told = aside is not None and aside.start == chunk.span.end and context.bracket(number.start) is not None
        if not spans or beside or (not told and _stand_together(context, chunk.span, spans[0])):
            spans.insert(0, chunk.span)
    if not any(found.values()):
        found = _announced(context, number) or ({"person": per} if per else {})
    elif set(found) == {"grade"} and all(words.lists.births.meets(context.words(span)) for span in found["grade"]):
        # 职工参保人员住院分娩实行限额支付：顺产由2000元提高到3000元
        found = {**_announced(context, number), **found}
    return found


def _treated_first(context: SentenceContext, number: Span) -> Span | None:
    """Return where all of a sentence is treated, which opens it: 在一级医疗机构就医的，在职人员80%；|退休人员|84%.

    Not for a statement that has a case of its own: ；转外就医的，支付60%.
    """
    segment, first = context.segment(number.start), context.clause(context.span.start)
    if segment.start <= context.span.start or not context.words(first).endswith(OWNING):
        return None
    own = context.clause(number.start)
    while own.start > segment.start:
        own = context.clause(own.start - 1)
        if context.words(own).endswith(OWNING):
            return None
    start = past_marker(context.text, first)
    held = [term.span for term in context.of("provider") if first.start <= term.span.start < first.end]
    treated = len(held) == 1 and context.linking_resources.lists.treated_at.meets(context.text[start : held[0].start])
    return held[0] if treated else None


def _scope_of_items(context: SentenceContext, number: Span, scope: Scope) -> tuple[Scope, list[Span]]:
    """Give an item of a list who it is of, and where they are treated, by what the words before the list open with.

    低保对象在二级医院住院的，按以下标准支付：（1）3万元以下的部分70%；（2）…80%. Not where its own statement says either.
    """
    lead = _lead_of_items(context, number) if scope.population is None or scope.provider is None else None
    if lead is None:
        return scope, []
    segment, added = context.segment(number.start), []
    run = _opening_run(context, _past_openers(context, past_marker(context.text, lead)), lead.end)
    # 医疗救助对象…按下列标准救助: they are all whom the part is on
    topics = context.linking_resources.lists.topic_headings
    if scope.population is None and run and not any(topics.meets(context.words(one)) for one in run):
        persons = Span(run[0].start, run[-1].end)
        scope = replace(scope, population=context.words(persons))
        added.append(persons)
    treated = _treated_at(context, lead)
    own = any(segment.start <= one.span.start < segment.end for one in context.of("provider"))
    if scope.provider is None and treated and not own:
        scope = replace(scope, provider=context.words(treated))
        added.append(treated)
    return scope, added


def _past_openers(context: SentenceContext, at: int) -> int:
    """Return where the words at an offset go on behind what opens who is meant: 对于|低保对象."""
    openers = (word for word in context.statement.words.lists.meaning.words if context.text.startswith(word, at))
    return at + len(max(openers, key=len, default=""))


def _lead_of_items(context: SentenceContext, number: Span) -> Span | None:
    """Return the first clause of the words before a colon that a figure's statement is an item behind; None where none are."""
    if context.sentence.kind != "body":
        return None
    colon = context.text.find(_COLON, context.span.start, context.segment(number.start).start)
    lead = Span(context.span.start, colon) if colon > 0 else context.lead_in
    if lead is None:
        return None
    comma = context.text.find(_COMMA, *lead)
    return Span(lead.start, min(comma if comma > 0 else lead.end, lead.start + REACH))


def _is_place_in_list(context: SentenceContext, chunk: Chunk, places: list[Span]) -> bool:
    """Return True for a body before a place that it is listed with: 白城市区、|长白山管委会|、梅河口市."""
    bodies = context.statement.words.lists.place_bodies
    return bodies.meets(context.words(chunk.span)) and _stand_together(context, chunk.span, places[0])


def _is_told_apart(context: SentenceContext, chunks: list[Chunk], at: int, number: Span) -> bool:
    """Return True for groups that have a figure of their own, or are only named with others: 甲市、乙市等一类地区."""
    span = chunks[at].span
    if chunks[at].kind == "place" and context.statement.exemplifies(chunks, at):
        return True
    return context.told_aside(span, number) or is_added(context, span, number) or is_counted_off(context, span, number)


def _is_of_others(context: SentenceContext, group: Span, number: Span) -> bool:
    """Return True if a class is of others than the groups behind it: 城镇、|农村退役士兵; 厅级|450元、其他人员350元."""
    if not context.statement.words.is_class(context.words(group)):
        return True
    own = context.number_from(group.end)
    return own < number.start and only_per(context, group.end, own)


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


def _is_no_group(context: SentenceContext, chunk: Chunk, base: Span | None, measure: Span | None) -> bool:
    """Return True if a name is none of a group, or of one that is part of another name or left out."""
    words, said = context.statement.words, context.words(chunk.span)
    sides = words.lists.selves.meets(said) or words.lists.fund_sides.meets(said)
    if chunk.kind in ("measure", "empty", "weak", "time") or sides:
        return True
    if _is_of_all(context, chunk.span):
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


def _level_right_before(context: SentenceContext, number: Span) -> list[Span]:
    """Return the bare level that grades persons and has the figure right behind it: 护理补贴|一级|每人每月130元."""
    low = max(context.clause(number.start).start, number.start - REACH)
    chunks = context.statement.chunks(low, number.start)
    level = chunks[-1] if chunks and chunks[-1].kind == "provider" else None
    if level is None or context.words(level.span) not in context.linking_resources.bare_levels:
        return []
    # 护理补贴：一级|由|100元提高到110元
    old = context.statement.words.lists.old_values
    pieces = context.statement.cut(Span(level.span.end, number.start))
    rest = (one for one in pieces if not old.meets(context.text[one.start : one.end]))
    own = all(one.use in ("adverb", "change") for one in rest) and not speaks_of_treatment(context, level.span)
    return [level.span] if own else []


def _is_measure_of_pay(context: SentenceContext, person: Span) -> bool:
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


def _stand_together(context: SentenceContext, one: Span, other: Span) -> bool:
    """Return True if two groups are joined: 特困人员、低保对象; 老年人和14周岁以下儿童."""
    aside = context.bracket(one.end) if context.bracketed else None
    if aside is not None and aside.start == one.end and aside.end <= other.start:
        one = Span(one.start, aside.end)  # 脱贫不稳定人口（起付线5000元）、|低保边缘家庭成员
    between = context.text[one.end : other.start]
    return context.statement.joined(one, other) or context.statement.words.lists.ages_between.meets(between)


def _clauses_before(context: SentenceContext, number: Span) -> Iterator[Span]:
    """Yield the clauses before a figure's in its statement, the nearest first, up to one that is too long to be read."""
    segment, clause = context.segment(number.start), context.clause(number.start)
    for _ in range(_CLAUSES):
        if clause.start <= segment.start:
            return
        clause = context.clause(clause.start - 1)
        if clause.end - clause.start > REACH:
            return
        yield clause


def _announced(context: SentenceContext, number: Span) -> dict[ChunkKind, list[Span]]:
    """Return the persons that a clause before is there for: 重点群体从事个体经营的，在3年内…; 对生育二孩的家庭，…."""
    ages = context.linking_resources.lists.ages_said
    for clause in _clauses_before(context, number):
        figure = context.number_from(clause.start)
        persons = _persons_of(context, clause)
        runs = _runs(context, persons) if persons else []
        opens = bool(runs) and _leveled(context, runs[0][0]).start <= past_marker(context.text, clause)
        if runs and context.linking_resources.lists.taken_in.meets(context.text[runs[-1][-1].end : clause.end]):
            # 将居住满1年的|非户籍常住人口|纳入保障范围，减免标准为…; not: …纳入职业伤害保障，|城乡居民医保|财政补助标准为700元
            own = context.clause(number.start)
            other = any(own.start <= term.span.start < number.start for term in context.of("programme"))
            return _led_in(context, number) if other else {"person": runs[-1]}
        if figure < clause.end and not ages.meets(context.text[figure : clause.end]):
            # 重点人群首次创业且经营1年以上的，给予补贴8000元
            who = opens and runs[0][-1].end < figure and context.words(clause).endswith(OWNING)
            who = who or (opens and _goes_on_of(context, runs, figure, number))
            return {"person": runs[0]} if who else _led_in(context, number)
        if receivers := _receivers(context, clause):
            return {"person": receivers}
        treated = _treated_at(context, clause)
        if treated:
            return {"provider": [treated], **({"person": runs[0]} if opens else {})}
        if opens and context.words(clause).endswith(OWNING):
            return {"person": runs[0]}
        others = context.linking_resources.lists.and_others
        if runs and (runs[-1][-1].end == clause.end or others.meets(context.text[runs[-1][-1].end : clause.end])):
            return {"person": runs[-1]}  # 低保对象、残疾人员|等|，个人不缴费
        if opens and len(runs) == 1 and all(_tells_who(context, one) for one in runs[0]):
            return {"person": runs[0]}
    return _led_in(context, number)


def _goes_on_of(context: SentenceContext, runs: list[list[Span]], figure: int, number: Span) -> bool:
    """Return True if a statement opens with persons and their amount, and goes on with another: 3级残疾人员资助标准为100元，|个人缴纳280元."""
    amounts = {one.number.start for one in context.mentions.quantities if one.kind == "money"}
    own = context.statement.chunks(context.clause(number.start).start, number.start)
    if any(one.kind in _WHOM and not _is_no_group(context, one, None, None) for one in own):
        return False  # 寄宿生每人200元，特殊教育学校生均经费6000元
    alone = len(runs) == 1 and runs[0][-1].end < figure and all(_tells_who(context, one) for one in runs[0])
    caps = context.statement.words.lists.caps_of_all.meets(context.words(context.clause(number.start)))
    return alone and not caps and {figure, number.start} <= amounts


def _tells_who(context: SentenceContext, persons: Span) -> bool:
    """Return True if persons are some and not all whom a notice is on: 高层次人才不分套数，…; not 职工可以申请贷款，…."""
    said = context.words(persons)
    general = context.linking_resources.lists.general_population
    return not context.statement.words.lists.bare_persons.meets(said) and not general.meets(said)


def _receivers(context: SentenceContext, clause: Span) -> list[Span]:
    """Return to whom a clause says that something is paid: 应当向|劳动者|支付高温津贴，标准为每人每月300元."""
    words = context.statement.words
    persons = [one for one in context.statement.chunks(*clause) if one.kind == "person"]
    given = [n for n, one in enumerate(persons) if words.lists.handed_to.meets(one.before)]
    if not given or words.use_of.get(persons[given[-1]].behind) not in ("give", "grant"):
        return []
    return [persons[given[-1]].span]


def _persons_of(context: SentenceContext, clause: Span) -> list[Span]:
    """Return the persons of a clause, also those whose own words run on in a verb: 无房职工|租房自住的; 生产经营困难的|单位."""
    words, found = context.statement.words, []
    said = context.words(clause)
    for chunk in context.statement.chunks(*clause):
        bare = chunk.kind == "empty" and chunk.span.end == clause.end and chunk.before in OWNING
        if chunk.kind == "person" or (bare and words.lists.bare_persons.meets(context.words(chunk.span))):
            found.append(chunk.span)
        elif (
            not found
            and chunk.kind == "measure"
            and said.endswith(OWNING)
            and chunk.span.start <= past_marker(context.text, clause)
        ):
            pieces = context.statement.cut(chunk.span)
            ends = (piece.end for piece in reversed(pieces[:-1]))
            cut = next((end for end in ends if _acts(context, Span(chunk.span.start, end), chunk.span.end)), None)
            found += [Span(chunk.span.start, cut)] if cut else []
    return found


def _acts(context: SentenceContext, persons: Span, end: int) -> bool:
    """Return True if what a name begins with are persons of whom the rest says what they do."""
    words, rest = context.statement.words, context.text[persons.end : end]
    said = context.words(persons)
    named = (
        words.lists.insurances.meets(rest) or words.lists.joined_names.meets(rest) or words.lists.counting.meets(rest)
    )
    return words.lists.endowed.meets(said) and words.kind_of(said) == "person" and not named


def _led_in(context: SentenceContext, number: Span) -> dict[ChunkKind, list[Span]]:
    """Return the persons who open the words before a colon, or are the whole heading of a statement without others.

    职工参保人员住院分娩实行限额支付：顺产3000元，剖宫产5000元; （四）少年儿童及大学生。每人缴费1077元.
    """
    start = context.segment(number.start).start
    colon = context.text.rfind(_COLON, max(start, number.start - 2 * REACH), number.start)
    if colon > start:
        clause = context.clause(colon - 1)
        persons = _persons_of(context, clause) if context.number_from(clause.start) >= clause.end else []
        opens = bool(persons) and persons[0].start <= past_marker(context.text, clause)
        return {"person": _runs(context, persons)[0]} if opens else {}
    if context.sentence.kind == "cell":
        return _over_table(context)
    for heading in context.headings[:1]:
        # a heading further off may be of all sorts of statements
        if heading.end + _APART < context.span.start:
            continue
        begin = past_marker(context.text, heading)
        chunks = context.statement.chunks(begin, heading.end)
        spans = [one.span for one in chunks if one.kind == "person"]
        whole = bool(spans) and (spans[0].start, spans[-1].end) == (begin, heading.end)
        if whole and len(spans) == len(chunks) and len(_runs(context, spans)) == 1:
            return {"person": spans}
    return {}


def _provider_above(context: SentenceContext, number: Span) -> Span | None:
    """Return the kind of school or hospital that is all of what stands before a statement's colon: |普通高中|：每生每年2000元，一等2500元."""
    segment = context.segment(number.start)
    colon = context.text.find(_COLON, segment.start, min(number.start, segment.start + REACH))
    if colon < 0:
        return None
    label = Span(past_marker(context.text, segment), colon)
    chunks = context.statement.chunks(*label)
    return label if len(chunks) == 1 and (chunks[0].kind, chunks[0].span) == ("provider", label) else None


def persons_before(context: SentenceContext) -> Span | None:
    """Return the persons who open the sentence before, where this one goes on with it: |少年儿童|每人100元。其中，个人缴纳40元."""
    index, said = context.mentions.index - 1, context.words(context.span).lstrip()
    if index < 0 or not context.linking_resources.lists.goes_on.meets(said):
        return None
    before = context.notice.sentences[index].span
    if "\n" in context.text[before.end : context.span.start]:
        return None
    last = max(context.text.rfind("；", *before) + 1, before.start)
    start = _past_openers(context, past_marker(context.text, Span(last, before.end)))
    run = _opening_run(context, start, before.end)
    return Span(run[0].start, run[-1].end) if run else None


def _over_table(context: SentenceContext) -> dict[ChunkKind, list[Span]]:
    """Return the persons who open what is said of a whole table right above it: 一档参保人员|年度最高支付限额如下：."""
    for above in filter(None, (context.caption, context.lead_in)):
        if run := _opening_run(context, past_marker(context.text, above), above.end):
            return {"person": run}
    return {}


def _opening_run(context: SentenceContext, start: int, end: int) -> list[Span]:
    """Return the persons who open a stretch of text and are some, not all whom the notice is on; none where it opens otherwise."""
    chunks = context.statement.chunks(start, min(end, start + REACH))
    persons = [one.span for one in chunks if one.kind == "person"]
    run = _runs(context, persons)[0] if persons else []
    opens = bool(run) and run[0].start == start and all(_tells_who(context, one) for one in run)
    return run if opens else []


def _treated_at(context: SentenceContext, clause: Span) -> Span | None:
    """Return the provider that a clause says somebody is treated at: 在其他定点医疗机构住院的，支付93%."""
    lists = context.linking_resources.lists
    if not lists.treated_at.may_meet(context.words(clause)):
        return None
    chunks = [one for one in context.statement.chunks(*clause) if one.kind == "provider"]
    if len(chunks) != 1 or not lists.treated_at.meets(context.text[clause.start : chunks[0].span.start]):
        return None
    return chunks[0].span if lists.treated.meets(context.text[chunks[0].span.end : clause.end]) else None


def _runs(context: SentenceContext, groups: list[Span]) -> list[list[Span]]:
    """Put those together that are joined: 残疾青年、脱贫劳动力和零就业家庭成员."""
    runs = [[groups[0]]]
    for group in groups[1:]:
        if _stand_together(context, runs[-1][-1], group):
            runs[-1].append(group)
        else:
            runs.append([group])
    return runs


def is_excluded(context: SentenceContext, group: Span) -> bool:
    """Return True for who is left out, or compared with, and not who is meant: 监测对象（不含返贫致贫人口）200元."""
    if context.may_say(context.linking_resources.lists.comparing) and _is_compared(context, group):
        return True
    low = max(context.span.start, group.start - _BRACKET)
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


def named_scope(
    context: SentenceContext,
    number: Span,
    scope: Scope,
    support: tuple[Span, ...],
    base: Span | None = None,
    measure: Span | None = None,
) -> tuple[Scope, list[Span]]:
    """Give a scope the whole phrases of its groups: 职工参保人员, not 参保人员; all of 特困人员、低保对象.

    ``support`` are the words that the scope rests on so far, ``base`` is what a share is of, ``measure`` what is measured.
    """
    groups = groups_of(context, number, base, measure)
    scope, added = _whole_groups(context, number, groups, scope, support)
    treated = (_treated_first(context, number) if scope.population else None) or _provider_above(context, number)
    if treated and scope.provider is None:
        scope = replace(scope, provider=context.words(treated))
        added.append(treated)
    scope, led = _scope_of_items(context, number, scope)
    added += led
    grades = groups.get("grade") or _grade_above(context, number) or _grade_bounded(context, number)
    if len(grades) == 1 and _counts_values(context, grades[0], number):
        grades = []
    if not grades and not context.statement.words.lists.class_ranges.meets(scope.population or ""):
        grades = _level_right_before(context, number)
    if grades and not (scope.population or "").startswith(context.words(grades[-1]) + "、"):
        scope, grade = _classed_by(context, scope, grades)
        added.append(grade)
        opened = context.statement.words.area_class(scope.population or "")
        if opened and scope.condition != opened and context.statement.words.is_area_class(scope.condition or ""):
            # 城市特困人员每人每月1300元，农村每人每月1000元: of the persons before only who they are
            scope = replace(scope, population=(scope.population or "").removeprefix(opened) or None)
    if scope.condition is None and not groups and (rest := _rest(context, number)):
        scope = replace(scope, condition=context.words(rest))
        added.append(rest)
    places = groups.get("place") or _places_before(context, number) or _places_behind(context, number)
    payer = scope.payer or ""
    longer = (span for span in places if span.end - span.start > 1 and context.words(span) not in payer)
    named = [span for span in longer if not _is_area(context, span)]
    named = [*_listed_before(context, named[0]), *named] if named else []
    if not (named or scope.places or grades) and (where := _where_of_statement(context, number)):
        if where[0].kind == "grade":
            scope, grade = _classed_by(context, scope, [one.span for one in where])
            added.append(grade)
        else:
            named = [one.span for one in where]
    if named and not (len(named) == 1 and _is_own_region(context, named[0])):
        scope = replace(scope, places=tuple(context.words(span) for span in named))
        added += named
    return scope, added


def bare_name_of(context: SentenceContext, name: Span) -> Span | None:
    """Return the persons or the class of whom a name says nothing else than that they have a standard: |二孩|标准, |全护理|标准."""
    last = context.statement.cut(name)[-1].start if name.start < name.end else name.start
    said, words = context.text[name.start : last], context.statement.words
    whose = said and words.kind_of(said) in ("person", "grade") and not words.is_area_class(said)
    heads = context.linking_resources.lists.bare_heads
    return Span(name.start, last) if whose and heads.meets(context.text[last : name.end]) else None


def opening_provider(context: SentenceContext, name: Span) -> Span | None:
    """Return the kind of school or home that opens the name of an amount, before the catalog's: 特殊教育|生均公用经费标准."""
    opened = _opened_by(context, name, "provider")
    # 二级|困难残疾人生活补贴
    level = opened is not None and context.statement.words.lists.levels.meets(context.words(opened))
    return opened if opened and (not level or speaks_of_treatment(context, opened)) else None


def opening_class(context: SentenceContext, name: Span) -> Span | None:
    """Return the class that opens a clause and the name of an amount in it, before the catalog's: |一档|单位缴费比例."""
    opened = _opened_by(context, name, "grade")
    if opened is None or opened.start > past_marker(context.text, context.clause(opened.start)):
        return None  # 一级至|四级|伤残津贴
    found = context.statement.words.lists.class_opens.pattern.match(context.text, opened.start, opened.end)
    return opened if found and found.end() == opened.end else None


def _opened_by(context: SentenceContext, name: Span, kind: ChunkKind) -> Span | None:
    """Return the words of a kind that open the name which the catalog's is the end of."""
    start = context.clause(name.start).start
    if name.start == start:
        return None
    held = next((one.span for one in context.statement.chunks(start, name.end) if within(name, one.span)), name)
    said = context.text[held.start : name.start]
    return Span(held.start, name.start) if said and context.statement.words.kind_of(said) == kind else None


def grades_before(context: SentenceContext, persons: str, support: tuple[Span, ...]) -> Span | None:
    """Return the grades that stand right before persons, and are no providers: 一、二级|困难残疾人, 三、|四级."""
    if not context.may_say(context.statement.words.lists.grade_sign):
        return None
    at = next((span for span in support if context.words(span) == persons), None)
    if at is None:
        return None
    start = max(context.clause(at.start).start, at.start - _GRADES)
    found = context.statement.words.lists.grade_lists.pattern.search(context.text, start, at.start)
    if found is None or found.start() == found.end() or speaks_of_treatment(context, Span(*found.span())):
        return None
    # 四、|困难残疾人: an item's number
    whole = found["whole"] or context.statement.words.lists.person_grades.pattern.match(persons)
    return Span(*found.span()) if whole else None


def whole_persons(
    context: SentenceContext, number: Span, scope: Scope, support: tuple[Span, ...]
) -> tuple[Scope, list[Span]]:
    """Give a scope the whole phrase of its persons, where others are dealt out: 三档参保人在一级、二级医院分别支付85%、80%."""
    persons = groups_of(context, number).get("person", [])
    return _whole_groups(context, number, {"person": persons}, scope, support, kinds=("person",))


def _whole_groups(
    context: SentenceContext,
    number: Span,
    groups: dict[ChunkKind, list[Span]],
    scope: Scope,
    support: tuple[Span, ...],
    kinds: tuple[ChunkKind, ...] = ("person", "provider"),
) -> tuple[Scope, list[Span]]:
    added: list[Span] = []
    for kind in kinds:
        field = _GROUPS[kind]
        said = getattr(scope, field)
        spans: list[Span] | None = groups.get(kind)
        if not spans and not said:
            continue
        nearer = [span for span in support if spans and span.start >= spans[-1].end and context.words(span) == said]
        if not spans or not all(_is_measure_of_pay(context, span) for span in nearer):
            # 监护人在新生儿出生90天内: the nearer decides.
            spans = _held(context, number, said, support, kind)
        if not spans:
            continue
        whole = Span(spans[0].start, spans[-1].end)
        whole = _without_patients(context, whole) if kind == "provider" else whole
        whole = _without_self(context, _patients(context, _given(context, whole))) if kind == "person" else whole
        if kind == "person" and (told := _told(context, _which(context, whole))) != whole:
            whole = _patients(context, told)
        whole = _classed(context, _with_list_beside(context, _spaced(context, whole)) if kind == "person" else whole)
        if kind == "person" and (leveled := _leveled(context, whole)) != whole:
            whole = _patients(context, leveled)
        whole = _among(context, whole) if kind == "person" else whole
        words = "".join(context.words_outside(whole).split())
        if kind == "person" and context.statement.words.lists.nobody.meets(words):
            continue
        if kind == "provider" and (level := _level_before_bracket(context, whole)):
            words, added = context.words(level) + words, [*added, level]
        if words not in (said or ""):
            scope = replace(scope, **{field: words})
            added.append(whole)
    return scope, added


def _level_before_bracket(context: SentenceContext, provider: Span) -> Span | None:
    """Return the level that a bracket parts from its noun: |一级及以下|（含精神病、传染病专科）医疗机构; None where none stands there."""
    aside = context.bracket(provider.start - 1) if context.bracketed else None
    if aside is None or aside.end != provider.start:
        return None
    level = context.statement.chunks(context.clause(aside.start).start, aside.start)[-1:]
    parted = bool(level) and level[0].kind == "provider" and level[0].span.end == aside.start
    said = context.words(level[0].span) if parted else ""
    ends = context.statement.words.lists.bounds_behind.words
    bound = max((end for end in ends if said.endswith(end)), key=len, default="")
    return level[0].span if said.removesuffix(bound) in context.linking_resources.bare_levels else None


def _with_list_beside(context: SentenceContext, persons: Span) -> Span:
    """Return persons with those of the clause beside, where one goes on with the other's list: 低保对象、残疾人，|以及|特困职工，救助比例为80%.

    Or where both are nothing but persons of one kind: 残疾等级为二级的肢体残疾人，|残疾等级为三级的智力残疾人|，每人每月100元.
    """
    clause, segment = context.clause(persons.start), context.segment(persons.start)
    if persons.end == clause.end and context.text.startswith(_COMMA, clause.end):
        persons = _with_alike_before(context, persons)
        clause = context.clause(persons.start)
    joints = tuple(context.statement.words.joints)
    if clause.start > segment.start and context.text.startswith(joints, clause.start):
        before = context.clause(clause.start - 1)
        opening = Span(past_marker(context.text, before), before.end)
        return Span(opening.start, persons.end) if _are_persons(context, opening) else persons
    behind = context.clause(clause.end + 1) if persons.end == clause.end < segment.end else clause
    if behind == clause or not context.text.startswith(joints, behind.start):
        return persons
    last = context.statement.chunks(*behind)[-1:]
    ends = bool(last) and last[0].kind == "person" and last[0].span.end == behind.end
    return Span(persons.start, behind.end) if ends and context.number_from(behind.start) >= behind.end else persons


def _with_alike_before(context: SentenceContext, persons: Span) -> Span:
    """Return persons who are their whole clause with those of the same noun who are the clauses right before it."""
    segment = context.segment(persons.start)
    noun = context.words(persons)[-_NOUN:]
    for _ in range(_CLAUSES):
        clause = context.clause(persons.start)
        if persons.start != past_marker(context.text, clause) or clause.start <= segment.start:
            break
        before = context.clause(clause.start - 1)
        named = context.statement.chunks(*before)[-1:]
        alike = bool(named) and named[0].kind == "person" and named[0].span.end == before.end
        start = past_marker(context.text, before)
        whole = _which(context, _listed_with(context, named[0].span)) if alike else persons
        if not alike or whole.start != start or not context.words(whole).endswith(noun):
            break
        persons = Span(start, persons.end)
    return persons


def _listed_with(context: SentenceContext, persons: Span) -> Span:
    """Return the last of some persons with those listed before them: 视力、|肢体残疾人."""
    return _classed(context, _patients(context, persons))


def _are_persons(context: SentenceContext, place: Span) -> bool:
    """Return True if a stretch of text is a list of persons and nothing else, without a figure."""
    listed = [one.span for one in context.statement.chunks(*place) if one.kind == "person"]
    whole = bool(listed) and (listed[0].start, listed[-1].end) == tuple(place)
    return whole and len(_runs(context, listed)) == 1 and context.number_from(place.start) >= place.end


def _grade_above(context: SentenceContext, number: Span) -> list[Span]:
    """Return the class that opens a figure's statement before a colon: 第一档：月最低工资标准2100元，小时最低工资标准21元."""
    start = past_marker(context.text, context.segment(number.start))
    colon = context.text.find(_COLON, start, min(number.start, start + _BRACKET))
    chunks = context.statement.chunks(start, colon) if colon > start else []
    return [one.span for one in chunks if one.kind == "grade" and one.span == Span(start, colon)]


def _rest(context: SentenceContext, number: Span) -> Span | None:
    """Return the word for all who are left that opens a figure's clause: 一类地区800元，|其余|为700元; not 其余30%."""
    clause = context.clause(number.start)
    first = next(iter(context.statement.chunks(clause.start, max(clause.start, number.start))), None)
    if first is None or first.span.start > past_marker(context.text, clause) or first.span.end == number.start:
        return None
    return first.span if context.statement.words.lists.rest_alone.meets(context.words(first.span)) else None


def _counts_values(context: SentenceContext, grade: Span, number: Span) -> bool:
    """Return True for what only says how many classes a list of values is of: 三类地区|分别为2200元、2000元、1800元, |四档|分别为…."""
    numbers, said = context.statement.words.lists.class_numbers.words, context.words(grade)
    if said[0] not in numbers:
        return False  # 第三类地区
    at = next((n for n, one in enumerate(context.mentions.quantities) if one.number.start == number.start), None)
    alike = context.list_ends.count(context.list_ends[at]) if at is not None else 0
    return alike > 1 and alike == numbers.index(said[0]) + 1


def _classed_by(context: SentenceContext, scope: Scope, grades: list[Span]) -> tuple[Scope, Span]:
    """Give a scope its class: places where it is one of areas (一类区), a group where it grades persons, else a condition.

    Classes that stand together share the figure: 首套及第二套|最高额度为150万元.
    """
    grade, lists = grades[-1], context.statement.words.lists
    said = context.words(grade)
    if scope.population is None and lists.person_grades.meets(said) and _speaks_of_graded(context, grade):
        whole = _with_joined(context, grade)
        return replace(scope, population=context.words(whole)), whole
    if not lists.no_places.meets(said) and lists.area_ends.meets(said):
        return replace(scope, places=(said,)), grade
    if scope.condition is not None:
        return scope, grade
    whole = Span(grades[0].start, grade.end)
    return replace(scope, condition=context.words(whole)), whole


def _with_joined(context: SentenceContext, grade: Span) -> Span:
    """Return a class of persons with those joined before it: 三级、|四级|的每人每月145元."""
    levels, whole = context.statement.words.lists.person_grades, grade
    for chunk in reversed(context.statement.chunks(context.clause(grade.start).start, grade.start)):
        if not levels.meets(context.words(chunk.span)) or not context.statement.joined(chunk.span, whole):
            break
        whole = Span(chunk.span.start, grade.end)
    return whole


def _speaks_of_graded(context: SentenceContext, grade: Span) -> bool:
    """Return True if a class is one of those whom its statement, or what stands above it, grades: 四级 of 伤残津贴."""
    around = context.words(context.segment(grade.start)), context.words_above, context.notice.title or ""
    return any(map(context.statement.words.lists.graded_people.meets, around))


def classed_before(
    context: SentenceContext, number: Span, scope: Scope, measure: Span | None
) -> tuple[Scope, list[Span]]:
    """Give a figure the class right before the name that it has of a clause before: 第二套住房|最高贷款额度，单人缴存60万元."""
    start = context.clause(number.start).start
    if measure is None or scope.condition or scope.places or measure.end > start:
        return scope, []
    if context.number_from(measure.end) < start and context.statement.chunks(start, number.start):
        return scope, []  # 一类地区低保标准为800元，其余为700元
    above = measure.start < context.span.start  # 首套住房最高贷款额度调整如下, above a table
    low = max(context.text.rfind("\n", 0, measure.start) + 1, measure.start - REACH)
    chunks = context.statement.chunks(low if above else context.clause(measure.start).start, measure.end)
    at = _class_up_to(chunks, measure.start, over_persons=above)
    if at is None or (at and context.statement.joined(chunks[at - 1].span, chunks[at].span)):
        return scope, []  # 一类、二类、三类地区月最低工资标准，分别增加…
    grade = chunks[at].span
    if scope.population and context.statement.words.lists.person_grades.meets(context.words(grade)):
        return scope, []  # 调整一至四级工伤人员伤残津贴。…：一级伤残360元
    scope, grade = _classed_by(context, scope, [grade])
    return scope, [grade]


def _class_up_to(chunks: list[Chunk], end: int, *, over_persons: bool) -> int | None:
    """Return which chunk is the class right before an offset, or right before persons there: 一档|参保人员|年度最高支付限额."""
    for at in reversed(range(len(chunks))):
        chunk = chunks[at]
        if chunk.span.start >= end:
            continue
        if chunk.span.end != end:
            return None
        if chunk.kind == "grade":
            return at
        if not over_persons or chunk.kind != "person":
            return None
        end = chunk.span.start
    return None


def _grade_bounded(context: SentenceContext, number: Span) -> list[Span]:
    """Return the class that the clause before opens with and bounds: 第一阶梯年用水量180立方米以下，|水价3.45元; not 一类2360元，…."""
    clause = next(_clauses_before(context, number), None)
    if clause is None or (at := context.number_from(clause.start)) >= clause.end:
        return []
    bounds = [one for one in context.mentions.quantities if clause.start <= one.number.start < clause.end]
    if len(bounds) != 1 or bounds[0].kind in ("money", "rate") or bounds[0].operator == "eq":
        return []
    start = past_marker(context.text, clause)
    opening = context.statement.chunks(start, at)[:1]
    return [one.span for one in opening if one.kind == "grade" and one.span.start == start]


def _places_before(context: SentenceContext, number: Span) -> list[Span]:
    """Return the places that a clause before is there for: 崇川区、通州区执行一类标准，…; 在枝江市租房的，….

    A class holds for all figures of a statement: 永城市为二类区域，月最低工资标准为1800元，小时最低工资标准为17.6元.
    """
    words, classed = context.statement.words, False
    for clause in _clauses_before(context, number):
        places = [one for one in context.statement.chunks(*clause) if one.kind == "place"]
        if context.number_from(clause.start) < clause.end:
            if places:
                break
            classed = True
            continue
        if not places or context.words(places[0].span) in words.places:
            continue
        run = _runs(context, [one.span for one in places])[0]
        opens = run[0].start <= past_marker(context.text, clause)
        zoned = opens and words.lists.zoned.meets(context.text[run[-1].end : clause.end])
        # 对威宁县、望谟县，省级财政承担比例提高至80%
        mark = context.text[clause.end : clause.end + 1] if run[-1].end == clause.end else ""
        alone = mark == _COMMA and (opens or words.lists.meaning.meets(places[0].before))
        # 沈阳市：月标准为2000元，小时标准为20.3元; not 一等区：
        headed = opens and mark == _COLON and any(_is_named_place(context, one) for one in run)
        if zoned or headed or (not classed and (words.lists.stays_in.meets(places[0].before) or alone)):
            return run
    return []


def _where_of_statement(context: SentenceContext, number: Span) -> list[Chunk]:
    """Return the places or the class of places that open a clause before with an amount, of which the statement goes on.

    |崇川区|月标准为2260元，小时标准为22元. None where another is named in it: 崇川区…，全市…; 一档地区…，二档地区…，比上年….
    """
    amounts = {one.number.start for one in context.mentions.quantities if one.kind == "money"}
    clause, segment = context.clause(number.start), context.segment(number.start)
    if number.start not in amounts or clause.start <= segment.start:
        return []  # 市区优良天数比例达到98%，森林覆盖率达到58%
    if any(context.statement.words.lists.rest_of.meets(said) for said in _persons_said(context, clause, number)):
        return []  # 临泉县散居孤儿1500元，|其他孤儿|1300元
    found = [(clause, _wheres(context, Span(clause.start, max(clause.start, number.start))))]
    while clause.start > segment.start:
        clause = context.clause(clause.start - 1)
        found.append((clause, _wheres(context, clause)))
    named = [(where, said) for where, said in found if said]
    if len(named) != 1 or number.start < named[0][0].end:
        return []
    where, said = named[0]
    return said if _opens_with_amount(context, where, said, amounts) else []


def _persons_said(context: SentenceContext, clause: Span, number: Span) -> list[str]:
    """Return the persons that a clause names before a figure."""
    chunks = context.statement.chunks(clause.start, max(clause.start, number.start))
    return [context.words(one.span) for one in chunks if one.kind == "person"]


def _opens_with_amount(context: SentenceContext, clause: Span, said: list[Chunk], amounts: set[int]) -> bool:
    """Return True if a clause opens with places that have its amount, and neither bear it nor are dealt several."""
    lists = context.statement.words.lists
    run = _runs(context, [one.span for one in said])[0]
    number, start = context.number_from(run[-1].end), past_marker(context.text, clause)
    # 2031年|深圳市月标准为2360元，小时标准为22.2元
    start = next((one.span.end for one in context.mentions.dates if one.span.start == start), start)
    first = context.statement.chunks(start, run[0].start)[:1]
    if first and first[0].kind == "grade" and first[0].span == Span(start, run[0].start - 1):
        start = run[0].start  # 一类区（|南京市、苏州市|）
    if run[0].start > start or len(run) != len(said) or number not in amounts or number >= clause.end:
        return False
    words = context.words(Span(run[-1].end, clause.end))
    # 市财政承担60%，章贡区承担40%，每人补助300元; 东平县中医院起付线为400元
    apart = lists.sharing.meets(words) or context.linking_resources.lists.respectively.meets(words)
    if apart or any(
        one.kind == "provider" and one.span.start == run[-1].end for one in context.statement.chunks(*clause)
    ):
        return False
    if said[0].kind == "grade":
        counts = _counts_values(context, said[0].span, Span(number, number))
        return lists.area_ends.meets(context.words(said[0].span)) and not counts
    return not _is_of_all(context, run[0]) and any(_is_named_place(context, one) for one in run)


def _wheres(context: SentenceContext, place: Span) -> list[Chunk]:
    """Return the places and classes that a stretch of text names, but for what a bracket adds to them.

    Of a class with its places in a bracket these: 一类区（|南京市、苏州市|）月标准为2010元，小时标准为20元.
    """
    if place.end - place.start > REACH:
        return []
    named = [one for one in context.statement.chunks(*place) if one.kind in ("place", "grade")]
    named = [one for one in named if not is_added(context, one.span, Span(place.end, place.end))]
    spelt = {aside.start for one in named if one.kind == "place" and (aside := context.bracket(one.span.start))}
    return [one for one in named if one.kind == "place" or one.span.end not in spelt]


def _is_named_place(context: SentenceContext, place: Span) -> bool:
    """Return True for a place with a name, or a part of the notice's region: 崇川区, 市区, 各县; not 乡镇（街道）, 今年全市, 家住信州区."""
    lists, said = context.statement.words.lists, context.words(place)
    part = lists.region_parts.meets(said) or lists.each_part.meets(said) or lists.rest_of.meets(said)
    return part or said in context.linking_resources.place_names


def _is_of_all(context: SentenceContext, place: Span) -> bool:
    """Return True for a word for the whole of the notice's region, or for all its parts (全市, 各县); not for those beside another part."""
    words, said = context.statement.words, context.words(place)
    return words.is_general_place(said) and not (words.lists.each_part.meets(said) and _is_beside_part(context, place))


def opening_places(context: SentenceContext, item: Span) -> list[Span]:
    """Return the places that open the clause of a list's items: 香洲区|一人提取、夫妻双方提取的限额分别提高….

    None where they are items themselves: 甲县、乙县分别为….
    """
    clause = context.clause(item.start)
    places = [one.span for one in context.statement.chunks(*clause) if one.kind == "place"]
    own = [one for one in places if within(one, item)]
    start = item.start if own else past_marker(context.text, clause)
    run = _runs(context, own or places)[0] if places else []
    told = bool(run) and run[0].start <= start and run[-1].end < item.end and run[0].end - run[0].start > 1
    return run if told and context.words(run[0]) not in context.statement.words.places else []


def _places_behind(context: SentenceContext, number: Span) -> list[Span]:
    """Return the places that the words behind say a statement is for: 第一档：月标准2100元。适用于崇川区、通州区."""
    held = context.words_behind(number)
    found = context.statement.words.lists.applied_in.pattern.match(context.text, *held) if held else None
    if found is None or held is None:
        return []
    chunks = context.statement.chunks(found.end(), held.end)
    if not chunks or chunks[0].span.start != found.end() or any(one.kind != "place" for one in chunks):
        return []
    run = _runs(context, [one.span for one in chunks])[0]
    whole = run[-1].end == held.end and context.words(run[0]) not in context.statement.words.places
    return run if whole else []


def _spaced(context: SentenceContext, whole: Span) -> Span:
    """Take in the name that opens a clause and that a blank alone parts from persons: （二）企业 退休人员."""
    start = past_marker(context.text, context.clause(whole.start))
    before = context.text[start : whole.start]
    parted = len(before) <= _SPACED and before[:-1].isalpha() and before[-1:].isspace()
    if not parted or any(piece.use != "name" for piece in context.statement.cut(Span(start, whole.start - 1))):
        return whole
    return Span(start, whole.end)


def _which(context: SentenceContext, whole: Span) -> Span:
    """Take in the words that say which persons are meant: 生育二孩的家庭, 享受低保的老年人; not 全市的老年人."""
    words = context.statement.words
    clause = context.clause(whole.start)
    persons, whole = whole, _with_own_place(context, whole)
    if context.text[whole.start - 1] not in OWNING:
        return persons
    start = _past_openers(context, past_marker(context.text, clause))
    opened = context.text.rfind("（", start, whole.start)
    if opened >= 0 and context.text.find("）", opened, whole.start) < 0:
        start = opened + 1  # 达到职工总数20%（|超过50人的企业|达到10%）
    if start >= whole.start - 1:
        return persons
    if given := words.lists.given_whom.pattern.search(context.text, start, whole.start):
        start = given.end("verb")
    chunks = context.statement.chunks(start, whole.start - 1)
    if chunks and chunks[0].span.start == start and context.words(chunks[0].span) in words.places:
        first, rest = chunks[0].span, chunks[1:]
        if not rest or not context.statement.joined(first, rest[0].span):
            start, chunks = first.end, rest  # 本市|低收入家庭中的残疾人; not 直辖市、县（市）主管机关核定的老人
    if chunks and chunks[0].kind == "person" and words.lists.meaning.meets(chunks[0].behind):
        start = chunks[0].span.end + len(chunks[0].behind)  # 补贴对象为|拥有耕地承包权的种地农民
    rule = words.lists.by_rule.pattern.match(context.text, start, whole.start)  # 按政策|生育三孩的本市户籍家庭
    does = Span(rule.end() if rule else start, whole.start - 1)
    told = words.lists.bare_persons.meets(context.words(whole)) or _tells(context, does)
    return Span(start, whole.end) if told else persons


def _with_own_place(context: SentenceContext, persons: Span) -> Span:
    """Take in the place of persons of whom the words before it tell: 生育三孩的|本市|户籍家庭; not 本市|户籍家庭 alone."""
    place = context.statement.chunks(context.clause(persons.start).start, persons.start)[-1:]
    beside = bool(place) and place[0].kind == "place" and place[0].span.end == persons.start
    start = place[0].span.start if beside and context.text[place[0].span.start - 1] in OWNING else persons.start
    return Span(start, persons.end)


def _tells(context: SentenceContext, told: Span) -> bool:
    """Return True if words before 的 say which of some persons are meant, and not only where, when or by whom they are."""
    if context.number_from(told.start) < told.end:
        return False
    lists = context.statement.words.lists
    pieces = context.statement.cut(told)
    chunks = context.statement.chunks(*told)
    ranks = [found.span() for found in lists.ranks.pattern.finditer(context.text, *told)]  # 享受长护险|2级|待遇
    return (
        not lists.untelling.meets(context.words(told))
        and all(piece.use not in ("prep", "base") for piece in pieces)
        and all(any(low <= piece.start < high for low, high in ranks) for piece in pieces if piece.use == "mark")
        and bool(chunks)
        and chunks[0].kind not in ("place", "payer", "body", "time", "provider")
    )


def _told(context: SentenceContext, whole: Span) -> Span:
    """Take in what persons have or are not: 领取|待遇人员, 非急诊且未|转诊人员."""
    lists, start = context.statement.words.lists, past_marker(context.text, context.clause(whole.start))
    pieces = context.statement.cut(Span(start, whole.start)) if start < whole.start else []
    if not pieces:
        return whole
    if lists.having.meets(context.text[slice(*pieces[-1][:2])]):
        return Span(pieces[-1].start, whole.end)
    if not lists.denying.meets(context.text[slice(*pieces[-1][:2])]):
        return whole
    at = len(pieces) - 1
    while at and (pieces[at - 1].use == "name" or lists.denying_too.meets(context.text[slice(*pieces[at - 1][:2])])):
        at -= 1
    return Span(pieces[at].start, whole.end)


def _leveled(context: SentenceContext, whole: Span) -> Span:
    """Take in grades in digits: 1-2级|重度残疾人员."""
    start = max(context.clause(whole.start).start, whole.start - _GRADES)
    found = context.statement.words.lists.digit_levels.pattern.search(context.text[start : whole.start])
    return Span(whole.start - len(found.group()), whole.end) if found else whole


def _classed(context: SentenceContext, whole: Span) -> Span:
    """Take in the other classes that are named with a group: 一、二类低保对象, 一级至四级工伤职工."""
    clause, lists = context.clause(whole.start), context.statement.words.lists
    if not lists.class_opens.meets(context.words(whole)):
        return whole
    lead = MARKER.match(context.text[clause.start : min(clause.end, clause.start + _BRACKET)])
    # 一、二类低保对象, but 二、残疾人
    classed = context.statement.words.lists.ordinals.meets(context.text[whole.start])
    start = clause.start + (lead.end() if lead and not classed else 0)
    before = context.text[max(start, whole.start - _BRACKET) : whole.start]
    found = lists.listed_ordinals.pattern.search(before)
    return Span(whole.start - len(found.group()), whole.end) if found else whole


def _held(
    context: SentenceContext, number: Span, said: str | None, support: tuple[Span, ...], kind: ChunkKind
) -> list[Span] | None:
    """Return the phrases that hold the words that a scope has so far, with those joined to them."""
    held = [span for span in support if said and context.words(span) == said]
    whole = _whole_group(context, number, held[-1], kind) if held else None
    return _with_some_of_them(context, whole) if whole and kind == "person" else whole


def _with_some_of_them(context: SentenceContext, persons: list[Span]) -> list[Span]:
    """Return persons with those of them who are meant: 二类救助对象|中的低保对象."""
    end = persons[-1].end
    among = context.statement.words.lists.some_of.pattern.match(context.text, end)
    chunks = context.statement.chunks(end, context.clause(end - 1).end) if among else []
    meant = chunks[0].span if among and chunks and chunks[0].span.start == among.end() else None
    return [*persons[:-1], Span(persons[-1].start, meant.end)] if meant and chunks[0].kind == "person" else persons


def _among(context: SentenceContext, whole: Span) -> Span:
    """Take in those of whom persons are some: |低保家庭中的|一级、二级残疾人; |享受低保待遇的残疾人中，|残疾等级为一级的残疾人."""
    some_of = context.statement.words.lists.some_of_before
    low = max(context.segment(whole.start).start, whole.start - REACH)
    before = context.statement.chunks(low, whole.start)[-1:] if context.may_say(some_of) else []
    persons = bool(before) and before[0].kind == "person"
    if not persons or not some_of.meets(context.text[before[0].span.end : whole.start]):
        return whole
    return Span(_which(context, before[0].span).start, whole.end)


def _given(context: SentenceContext, whole: Span) -> Span:
    """Drop what is done for persons in front of the catalog's word for them: 全额资助|特困人员."""
    uses, bearing = context.statement.words.use_of, context.statement.words.lists.bearing
    for term in context.of("population"):
        lead = context.text[whole.start : term.span.start] if whole.start < term.span.start < whole.end else ""
        done = (lead[-length:] for length in (2, 3, 4))
        # 其他缴存|职工 do it themselves
        if any(uses.get(word) in VERBS - {"change"} and not bearing.meets(word) for word in done):
            return Span(term.span.start, whole.end)
    return whole


def _without_self(context: SentenceContext, whole: Span) -> Span:
    """Drop 个人 behind persons: 在职职工个人缴费 is paid by 在职职工; not of 家庭和个人, who are both meant."""
    words, said = context.statement.words, context.words(whole)
    length = next((len(word) for word in words.lists.selves.words if said.endswith(word)), 0)
    if length and said[: len(said) - length][-1:] in words.joints:
        return whole
    return Span(whole.start, whole.end - length) if 0 < length < whole.end - whole.start else whole


def _patients(context: SentenceContext, whole: Span) -> Span:
    """Take in what is listed before persons and says of what they are: 高血压、糖尿病患者."""
    # 居民0.95元/立方米、非居民1.4元/立方米: the unit of the figure before is no patient
    start = max(context.clause(whole.start).start, min(context.figure_before(whole.start), whole.start))
    words = context.statement.words
    for chunk in reversed(context.statement.chunks(start, whole.start)):
        said = context.words(chunk.span)
        thing = len(said) > _SHORT or chunk.kind != "measure" or words.lists.amount_heads.meets(said)
        if (thing and chunk.kind != "person") or not _is_listed(context, chunk.span, whole):
            break
        whole = Span(chunk.span.start, whole.end)
    return whole


def _is_listed(context: SentenceContext, one: Span, other: Span) -> bool:
    """Return True if two groups are joined, by 或 as well: 退职或|领取定期生活费人员."""
    return context.statement.joined(one, other) or context.linking_resources.lists.scope_joints.meets(
        context.text[one.end : other.start]
    )


def _without_patients(context: SentenceContext, whole: Span) -> Span:
    """Leave out who is treated there: 在职职工|一级医院; not 残疾人康复机构, which is for them."""
    opens = context.statement.words.lists.class_opens
    whose = (term.span.end for term in context.of("population") if term.span.start == whole.start)
    starts = (end for end in whose if end < whole.end and opens.meets(context.text[end : whole.end]))
    return Span(next(starts, whole.start), whole.end)


def _whole_group(context: SentenceContext, number: Span, held: Span, kind: ChunkKind) -> list[Span] | None:
    """Return the phrases that stand joined with the one that holds some words, in the clause of these.

    An age between two of them joins those of other figures, and is itself of its own: 低保对象和|60周岁以上|老年人.
    """
    aged = any(one.kind == "age" and one.number.start == number.start for one in context.mentions.quantities)
    together = context.statement.joined if aged else partial(_stand_together, context)
    clause = context.clause(held.start)
    chunks = context.statement.chunks(clause.start, clause.end)
    at = next((n for n, chunk in enumerate(chunks) if chunk.span.start <= held.start < chunk.span.end), None)
    if at is None or chunks[at].kind != kind:
        return None
    first = last = at

    def joined(one: Chunk, other: Chunk) -> bool:
        beside = kind == "person" and one.span.end == other.span.start
        return other.kind == one.kind and (beside or together(one.span, other.span))

    while first > 0 and joined(chunks[first - 1], chunks[first]):
        first -= 1
    while last + 1 < len(chunks) and joined(chunks[last], chunks[last + 1]):
        last += 1
    return [chunk.span for chunk in chunks[first : last + 1]]


def _is_own_region(context: SentenceContext, place: Span) -> bool:
    """Return True for the region that the notice is of: |安庆市|将月最低工资调整为1500元."""
    region, said = context.notice.region, context.words(place)
    # 江西 and 南昌, too
    return region is not None and len(said) > 1 and region.name.startswith(said)


def _listed_before(context: SentenceContext, first: Span) -> list[Span]:
    """Return the places of clauses that are nothing but places, before one that goes on with them: |吉林、松原市区|，延吉市、珲春市标准为…."""
    found: list[Span] = []
    clause, segment = context.clause(first.start), context.segment(first.start)
    start = past_marker(context.text, clause)
    while first.start == start and clause.start > segment.start:
        clause = context.clause(clause.start - 1)
        start = past_marker(context.text, clause)
        chunks = context.statement.chunks(start, clause.end)
        run = _runs(context, [one.span for one in chunks])[0] if chunks else []
        if not run or any(one.kind != "place" for one in chunks) or len(run) < len(chunks):
            break
        whole = (run[0].start, run[-1].end) == (start, clause.end)
        if not whole or context.words(run[0]) in context.statement.words.places:
            break
        found, first = [*run, *found], run[0]
    return found


def _is_area(context: SentenceContext, span: Span) -> bool:
    return any(term.span.start < span.end and span.start < term.span.end for term in context.of("area"))


def pays(context: SentenceContext, payer: Span, number: Span) -> bool:
    """Return True if a payer's own words say that it pays: 中央财政…给予补助, 由单位承担; not 对地方…补助, 全市, 个人获得."""
    lists = context.statement.words.lists
    clause = context.clause(number.start)
    beside = context.statement.chunks(context.clause(payer.start).start, payer.start)[-1:]
    joined = [one.span.start for one in beside if context.statement.joined(one.span, payer)]
    if any(lists.receiving.meets(context.text[max(context.span.start, at - 2) : at]) for at in joined):
        return False  # 分别给予|企业和个人|1000元
    if _leads(context, payer, number):
        # 中央财政补助384元，省级154元; 其中中央财政143元，省财政承担30元: what is paid is said before or behind.
        # 最高额度为个人30万元，由财政贴息: persons pay by the words of their own clause alone
        if context.statement.words.kind_of(context.words(payer)) == "payer":
            return True  # 基础养老金每月163元，其中中央财政143元
        selves = lists.selves.meets(context.words(payer))
        until = clause.end if selves else context.segment(number.start).end
        return lists.paying.meets(context.text[context.span.start : until])
    own = context.clause(payer.start)
    held = _held_in(context, payer, number)
    if held and _is_of_a_name(context, payer, held, number):
        return False
    starts = {payer.start, held.span.start if held else payer.start}
    if any(lists.receiving.meets(context.text[max(context.span.start, at - 2) : at]) for at in starts):
        return False
    if lists.given_whom.meets(context.text[own.start : payer.start]):
        return False  # 市财政给予吸纳就业的|企业每人1500元
    # 吸纳就业的|企业|，按每人1500元的标准给予补贴
    told = payer.end == own.end < clause.start and context.text[payer.start - 1] in OWNING
    # who makes the rule only: 按省和|市|规定的标准给予40%的补贴
    rules = lists.rules_behind.meets(context.text[payer.end : payer.end + _RULE])
    if told or rules or _gets(context, context.text[payer.end : number.start]):
        return False
    rest = context.text[payer.end : max(clause.end, number.end)]
    each = lists.selves.meets(context.words(payer)) and lists.caps_of_each.meets(rest)
    return not each and (
        lists.paying.meets(rest)
        or lists.giving_to.meets(rest)
        or lists.pay_openers.meets(context.text[payer.end : payer.end + 4])
    )


def _gets(context: SentenceContext, said: str) -> bool:
    """Return True if the words between somebody and a figure say that they get it: 企业每招用一人|获得补贴|2000元; not 领取后缴纳."""
    lists = context.statement.words.lists
    got = max((said.rfind(word) for word in lists.getting.words), default=-1) if context.may_say(lists.getting) else -1
    return got >= 0 and not any(word in said[got:] for word in lists.bearing.words)


def _held_in(context: SentenceContext, payer: Span, number: Span) -> Chunk | None:
    """Return the name of a clause that a payer's word stands in."""
    own = context.clause(payer.start)
    chunks = context.statement.chunks(own.start, max(payer.end, min(number.start, own.end)))
    return next((one for one in chunks if one.span.start <= payer.start < one.span.end), None)


def _is_of_a_name(context: SentenceContext, payer: Span, held: Chunk, number: Span) -> bool:
    """Return True if a payer's word is only a part of the name that holds it."""
    words = context.statement.words
    if held.span.start == payer.start:
        # 家庭经济困难寄宿生|生活补助; 家庭|养老床位建设补助
        thing = held.kind == "measure" and _opens_thing(context, payer, held.span)
        return thing or opens_persons(context, payer, held.span)
    if held.kind == "place":
        return words.lists.place_signs.meets(context.words(payer))  # 省级财政对西宁市、海东|市补助50%
    # 特殊教育学校按每生7000元的标准补助; 低收入困难|家庭每户补助150元
    return held.kind == "provider" or (held.kind == "person" and _is_given(context, payer, number))


def _opens_thing(context: SentenceContext, payer: Span, name: Span) -> bool:
    """Return True if a word for persons opens the name of what is given for a thing: 家庭|养老床位建设补助; not 单位|补贴."""
    lists, said = context.statement.words.lists, context.words(payer)
    given = lists.given_ends.meets(context.words(name))
    paid = context.text[payer.end : payer.end + _PAID_BEHIND]
    return given and lists.bare_persons.meets(said) and not lists.selves.meets(said) and not lists.paying.meets(paid)


def opens_persons(context: SentenceContext, payer: Span, name: Span) -> bool:
    """Return True if a payer's word only opens the words for those whom a name is about: 家庭|经济困难寄宿生|生活补助."""
    words = context.statement.words
    longer = (piece.end for piece in context.statement.cut(name) if piece.end > payer.end)
    persons = (context.text[name.start : end] for end in longer)
    return any(words.kind_of(said) == "person" and not said.endswith(words.lists.selves.words) for said in persons)


def _leads(context: SentenceContext, payer: Span, number: Span) -> bool:
    """Return True if nothing but a payer and per what stand before a figure: 省级154元, 其中中央财政|每人每月|143元."""
    before = context.text[payer.start - 1 : payer.start]
    lead, lists = context.text[context.clause(payer.start).start : payer.start], context.linking_resources.lists
    return only_per(context, payer.end, number.start) and (
        lists.payer_leads.meets(lead) or not lead or context.statement.words.lists.opened.meets(before)
    )


def _is_given(context: SentenceContext, payer: Span, number: Span) -> bool:
    """Return True if a word for persons that ends a longer name of them is no payer: they are given what follows."""
    lists, said = context.statement.words.lists, context.words(payer)
    named = lists.bare_persons.meets(said) and not lists.selves.meets(said)
    return named and lists.gifts.may_meet(context.text[payer.end : number.start])


def own_payer(context: SentenceContext, number: Span, left: int) -> Span | None:
    """Return who pays by the verb between them and a figure, behind the figure before: 由单位承担70%、个人承担30%; 政府贴息2%."""
    lists = context.statement.words.lists
    clause = context.clause(number.start)
    low = max(clause.start, left, number.start - REACH)
    paid = context.may_say(lists.paying) or context.may_say(lists.bearing)
    if paid:
        said = context.text[low : number.start]
        paid = lists.paying.may_meet(said) or lists.bearing.may_meet(said)
    chunks = context.statement.chunks(low, number.start) if paid else []
    for at, chunk in reversed(list(enumerate(chunks))):
        if left <= clause.start < chunk.span.start:
            continue  # the first figure of a clause: who opens it
        payer = _joined_places(context, chunks, at) if chunk.kind == "place" else chunk.span
        rest = context.text[payer.end : number.start]
        # 省级承担30%，各县区承担70%
        verbs = {"payer": lists.paying, "person": lists.bearing, "place": lists.sharing}.get(chunk.kind)
        verb = next((word for word in verbs.words if rest.startswith(word)), "") if verbs else ""
        # 灵活就业人员缴存比例: a name of an amount, no verb
        if verb and not rest.startswith(context.statement.words.compound.get(verb, ()), len(verb)):
            received = lists.receiving.meets(chunk.before) or lists.acting.meets(chunk.before)
            return None if received else payer
    return _opens_paying(context, clause, number) if left <= clause.start else None


def _joined_places(context: SentenceContext, chunks: list[Chunk], at: int) -> Span:
    """Return a place with those joined behind it: 市（州）、|县（市、区）|各承担15%."""
    whole = chunks[at].span
    for chunk in chunks[at + 1 :]:
        if chunk.kind != "place" or not context.statement.joined(whole, chunk.span):
            break
        whole = Span(whole.start, chunk.span.end)
    return whole


def _opens_paying(context: SentenceContext, clause: Span, number: Span) -> Span | None:
    """Return who opens a clause and pays by the verb behind its share: 职工按本人工资的2%缴纳."""
    words = context.statement.words
    if not context.may_say(words.lists.bearing):
        return None
    until = min(context.number_from(number.end), clause.end, number.end + REACH)
    if not words.lists.bearing.may_meet(context.text[number.end : until]):
        return None
    start = past_marker(context.text, clause)
    chunks = context.statement.chunks(start, number.start)
    if not chunks or chunks[0].span.start != start or chunks[0].kind not in ("payer", "person"):
        return None
    named = chunks[0].span
    return named if any(context.text.startswith(word, named.end) for word in words.basing) else None


def actor_of(context: SentenceContext, number: Span) -> Span | None:
    """Return who pays by the words 由…: 由医疗救助基金按100%支付, 10%的比例全额由个人承担."""
    words = context.statement.words
    if not context.may_say(words.lists.acting):
        return None
    clause = context.clause(number.start)
    for low, high, until in _actor_places(context, clause, number):
        if not words.lists.acting.may_meet(context.text[low:high]):
            continue
        chunks = context.statement.chunks(low, high)
        for at in range(len(chunks) - 1, -1, -1):
            if not words.lists.acting.meets(chunks[at].before):
                continue
            said = context.words(chunks[at].span)
            known = words.lists.insurers.meets(said) or ("payer", said) in context.linking_resources.scope_forms
            if not known and chunks[at].kind not in ("payer", "person", "place"):
                glued = _glued_payer(context, chunks[at].span)
                if glued and not glued.end <= context.number_from(glued.end) < number.start:
                    return glued
                continue
            last = at
            while last + 1 < len(chunks) and context.statement.joined(chunks[last].span, chunks[last + 1].span):
                last += 1
            whole = Span(chunks[at].span.start, chunks[last].span.end)
            rest = context.text[whole.end : until]
            if words.lists.paying.meets(rest) and not words.lists.withholding.meets(rest):
                return whole
    return None


def _glued_payer(context: SentenceContext, name: Span) -> Span | None:
    """Return who pays in a name that ends in the verb: 由|统筹基金支付, 由|中央财政补贴."""
    words, said = context.statement.words, context.words(name)
    ends = (len(verb) for verb in words.lists.paying.words if said.endswith(verb))
    lengths = [length for length in ends if words.kind_of(said[:-length]) == "payer"]
    return Span(name.start, name.end - min(lengths)) if lengths else None


def _actor_places(context: SentenceContext, clause: Span, number: Span) -> list[tuple[int, int, int]]:
    """Return where who pays may stand, and the end of the words that say so.

    It is before a figure, between it and the next, or in a clause behind that says nothing else: 每人每天35元，由工伤保险基金支付.
    """
    end = min(context.number_from(number.end), clause.end)
    # 补助30元由中央财政负担20元: what leads to the next figure is that one's
    led = end < clause.end and context.text.endswith(context.statement.words.lists.paying.words, number.end, end)
    places = [(clause.start, number.start, clause.end), *([] if led else [(number.end, end, end)])]
    if end == clause.end and context.text[end : end + 1] == "，" and end + 1 < context.span.end:
        behind = context.clause(end + 1)
        acting = context.text.startswith(context.statement.words.lists.acting.words, behind.start)
        if acting and context.number_from(behind.start) >= behind.end:
            places.append((behind.start, behind.end, behind.end))
    return places
