"""In which case a figure holds: a referral, a stay, an ailment, an age, a tier that its clause or the lead of its list tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.names.reader import past_marker
from extractor.notice.facts.names.statement import OWNING
from extractor.notice.structure.sections import match_marker

if TYPE_CHECKING:
    from extractor.notice.facts.sentence.context import SentenceContext

# Words of a statement further before a figure than this don't govern it; persons stand right behind it, if at all.
STATEMENT_REACH, PERSONS_BEHIND = 400, 8
_SHORTEST_CONDITION, _LONGEST_CONDITION = 3, 60
_LONGEST_JOINT = 3
# Names of whose or where something is, which are no cases.
_OF_GROUPS = frozenset({"person", "provider", "place", "payer", "grade", "time"})


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


def ailment_of(context: SentenceContext, population: Span, number: Span) -> Span | None:
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


def condition_of(context: SentenceContext, number: Span) -> Span | None:
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
    start = max(context.segment(number.start).start, number.start - STATEMENT_REACH)
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


def led_case(context: SentenceContext, found: dict[str, str], spans: list[Span]) -> Span | None:
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
