"""Groups that a clause, a heading or a sentence before a figure announces for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.groups.phrases import with_level
from extractor.notice.facts.groups.signs import (
    COLON,
    COMMA,
    clauses_before,
    is_no_group,
    only_per,
    past_openers,
    runs_of,
)
from extractor.notice.facts.names.pieces import REACH
from extractor.notice.facts.names.reader import past_marker
from extractor.notice.facts.names.statement import OWNING
from extractor.notice.facts.names.words import ChunkKind

if TYPE_CHECKING:
    from extractor.model import Scope
    from extractor.notice.facts.sentence.context import SentenceContext

# A clause that names one of these is of others than the clause before.
_WHOM = frozenset({"person", "provider", "place"})
# Marks between a heading and the statement right behind it.
_APART = 3


def treated_first(context: SentenceContext, number: Span) -> Span | None:
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


def scope_of_items(context: SentenceContext, number: Span, scope: Scope) -> tuple[Scope, list[Span]]:
    """Give an item of a list who it is of, and where they are treated, by what the words before the list open with.

    低保对象在二级医院住院的，按以下标准支付：（1）3万元以下的部分70%；（2）…80%. Not where its own statement says either.
    """
    lead = _lead_of_items(context, number) if scope.population is None or scope.provider is None else None
    if lead is None:
        return scope, []
    segment, added = context.segment(number.start), []
    run = _opening_run(context, past_openers(context, past_marker(context.text, lead)), lead.end)
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


def _lead_of_items(context: SentenceContext, number: Span) -> Span | None:
    """Return the first clause of the words before a colon that a figure's statement is an item behind; None where none are."""
    if context.sentence.kind != "body":
        return None
    colon = context.text.find(COLON, context.span.start, context.segment(number.start).start)
    lead = Span(context.span.start, colon) if colon > 0 else context.lead_in
    if lead is None:
        return None
    comma = context.text.find(COMMA, *lead)
    return Span(lead.start, min(comma if comma > 0 else lead.end, lead.start + REACH))


def is_of_others(context: SentenceContext, group: Span, number: Span) -> bool:
    """Return True if a class is of others than the groups behind it: 城镇、|农村退役士兵; 厅级|450元、其他人员350元."""
    if not context.statement.words.is_class(context.words(group)):
        return True
    own = context.number_from(group.end)
    return own < number.start and only_per(context, group.end, own)


def announced_groups(context: SentenceContext, number: Span) -> dict[ChunkKind, list[Span]]:
    """Return the persons that a clause before is there for: 重点群体从事个体经营的，在3年内…; 对生育二孩的家庭，…."""
    ages = context.linking_resources.lists.ages_said
    for clause in clauses_before(context, number):
        figure = context.number_from(clause.start)
        persons = _persons_of(context, clause)
        runs = runs_of(context, persons) if persons else []
        opens = bool(runs) and with_level(context, runs[0][0]).start <= past_marker(context.text, clause)
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
    if any(one.kind in _WHOM and not is_no_group(context, one, None, None) for one in own):
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
    colon = context.text.rfind(COLON, max(start, number.start - 2 * REACH), number.start)
    if colon > start:
        clause = context.clause(colon - 1)
        persons = _persons_of(context, clause) if context.number_from(clause.start) >= clause.end else []
        opens = bool(persons) and persons[0].start <= past_marker(context.text, clause)
        return {"person": runs_of(context, persons)[0]} if opens else {}
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
        if whole and len(spans) == len(chunks) and len(runs_of(context, spans)) == 1:
            return {"person": spans}
    return {}


def provider_above(context: SentenceContext, number: Span) -> Span | None:
    """Return the kind of school or hospital that is all of what stands before a statement's colon: |普通高中|：每生每年2000元，一等2500元."""
    segment = context.segment(number.start)
    colon = context.text.find(COLON, segment.start, min(number.start, segment.start + REACH))
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
    start = past_openers(context, past_marker(context.text, Span(last, before.end)))
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
    run = runs_of(context, persons)[0] if persons else []
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
