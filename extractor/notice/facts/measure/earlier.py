"""Steps that name a figure by what stands before its clause: the figure before, clauses before, a lead-in, headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.lists.listed import RATIOS
from extractor.notice.facts.measure.case import MeasureCase, only_says_change
from extractor.notice.facts.measure.own import SHORT, by_before, chunks_before, is_band
from extractor.notice.facts.names.pieces import REACH, MeasureName
from extractor.notice.facts.names.statement import OF
from extractor.notice.facts.names.words import VERBS

if TYPE_CHECKING:
    from extractor.notice.facts.sentence.context import SentenceContext

_ANNOUNCING = frozenset("：:")
# As far back in the sentence before the name of a whole may stand.
_SENTENCE = 160
_CLAUSES = re.compile("[，；：]")
# So many figures back one of the same kind may have been named.
_FIGURES = 3


def by_given_by(case: MeasureCase) -> MeasureName | None:
    """保费由中央财政补贴45%、省级财政|补贴25%: a payer with the verb of giving is no name, where the figure before has one."""
    context, reader, last = case.context, case.context.statement, case.last
    words, number = reader.words, case.number
    if case.quantity.kind not in ("money", "rate"):
        return None
    verb = next((word for word in words.lists.handing.words if context.text.endswith(word, 0, number.start)), "")
    chunks = chunks_before(case) if verb else []
    said = context.words(chunks[-1].span) if chunks and chunks[-1].span.end == number.start else ""
    if not said.endswith(verb) or words.kind_of(said.removesuffix(verb)) != "payer":
        return None
    # 个人缴费45元、财政补助44元: each says who pays, and is its own
    own = last is None or words.lists.paying.meets(context.words(last.span))
    clause = context.clause(number.start)
    # 提高到215元，其中中央财政补助143元: a part of what the clause before is about
    part = context.linking_resources.lists.goes_on.meets(context.words(clause).lstrip())
    if not own and (part or case.left > clause.start):
        return by_figure_before(case)
    # 扣除起付标准600元，由统筹基金|支付1200元: in another clause another thing is paid
    acting = words.lists.acting.meets(chunks[-1].before)
    bare = acting and reader.before(number, case.left, case.quantity.kind) is None
    return MeasureName(Span(number.start - len(verb), number.start), "verb") if bare else None


def by_figure_before(case: MeasureCase) -> MeasureName | None:
    """人均财政补助标准新增30元，达到610元: the name of the figure before, in the same statement."""
    context = case.context
    if case.last is None or not case.index or context.sentence.kind == "cell":
        return None
    before = context.mentions.quantities[case.index - 1]
    near = context.segment(case.number.start).start <= before.number.start
    # 分别承担65%和35%；其中威宁县由省级财政承担85%
    opens = context.words(context.clause(case.number.start)).lstrip()
    near = near or (before.kind == case.quantity.kind and context.linking_resources.lists.goes_on.meets(opens))
    if near and case.last.step == "verb" and (borne := _borne(case)):
        return borne
    if context.statement.owned_head(case.number) and _is_pay_ground(case, case.last):
        return None  # 月平均工资7388元，部分不能自理的标准为2216元
    return _without_class(case, case.last) if near or _elliptic(case) else None


def _without_class(case: MeasureCase, name: MeasureName) -> MeasureName:
    """Leave out the class that opens the name of the figure before, where this one has its own: |一类|低保每月220元，二类190元."""
    if not any(chunk.kind == "grade" for chunk in chunks_before(case)):
        return name
    said, words = case.context.words(name.span), case.context.statement.words
    at = next((at for at in range(SHORT, len(said) - 1) if words.is_class(said[:at])), 0)
    return name._replace(span=Span(name.span.start + at, name.span.end))


def by_given_to_many(case: MeasureCase) -> MeasureName | None:
    """为1.36万名重度残疾人发放|护理补贴|，标准提高到每人每月85元: what the clause before gives so many, whatever was named earlier."""
    context, own = case.context, case.context.clause(case.number.start)
    before = context.mentions.quantities[case.index - 1] if case.index else None
    if before is None or before.kind != "count" or own.start <= context.segment(own.start).start:
        return None
    clause, reader = context.clause(own.start - 1), context.statement
    named = reader.chunks(before.span.end, clause.end) if clause.start <= before.number.start else []
    bare = [one.kind for one in chunks_before(case)] == ["empty"]
    if not bare or not named or (named[-1].kind, named[-1].span.end) != ("measure", clause.end):
        return None
    given = reader.words.use_of.get(named[-1].before) in ("give", "grant", "act")
    return MeasureName(named[-1].span, "above") if given else None


def by_parallel(case: MeasureCase) -> MeasureName | None:
    """国家级的，奖励金额为50万元；省级的，|最高20万元: the name of the statement before, where both say when they hold."""
    context = case.context
    if case.last is None or not case.index or case.condition or context.sentence.kind == "cell":
        return None
    before = context.mentions.quantities[case.index - 1]
    starts = context.segment(before.number.start).start, context.segment(case.number.start).start
    if before.kind != case.quantity.kind or not context.segment(starts[1] - 1).start == starts[0] < starts[1]:
        return None
    if not all(_says_when(context, *one) for one in zip(starts, (before.number, case.quantity.number), strict=True)):
        return None
    own = context.statement.cut(Span(context.clause(case.number.start).start, case.number.start))
    return None if any(piece.use in VERBS for piece in own) else case.last  # not 每年补贴由10000元提高到12000元


def _says_when(context: SentenceContext, start: int, number: Span) -> bool:
    """Return True if the clause before a figure's own says when it holds, in a statement that begins at ``start``."""
    own = context.clause(number.start).start
    ends = context.linking_resources.lists.clause_condition_end
    return own > start and ends.meets(context.words(context.clause(own - 1)))


def _is_pay_ground(case: MeasureCase, name: MeasureName) -> bool:
    return case.context.statement.words.lists.pay_grounds.meets(case.context.words(name.span))


def by_restated(case: MeasureCase) -> MeasureName | None:
    """下限按当地最低工资标准执行，即市区2280元: the name of the clause before, which has no figure and is said again."""
    context = case.context
    own = context.clause(case.number.start)
    if own.start <= context.segment(case.number.start).start or not context.linking_resources.lists.restate.meets(
        context.words(own)
    ):
        return None
    before = context.clause(own.start - 1)
    return (
        context.statement.last_name(before, amount=True) if context.figure_before(own.start) <= before.start else None
    )


def by_ground(case: MeasureCase) -> MeasureName | None:
    """按|人均可支配收入|54188元的20倍: what others are reckoned by has the name right before it."""
    context, at = case.context, case.number.start
    named = context.statement.name_at(context.clause(at).start, at) if at in context.reckoned.grounds else None
    if named is None:
        return None
    whole = by_before(case)
    return whole if whole and whole.span.end == at else MeasureName(named, "before")


def by_before_ground(case: MeasureCase) -> MeasureName | None:
    """一次性工亡补助金按人均可支配收入54188元的20倍发放: what is reckoned by an amount stands before it."""
    context, start = case.context, case.context.clause(case.number.start).start
    grounds = [one for one in context.reckoned.grounds.values() if start < one.start and one.end <= case.number.start]
    return context.statement.last_name(Span(start, grounds[-1].start), amount=True) if grounds else None


def _borne(case: MeasureCase) -> MeasureName | None:
    """基金支付70%，个人负担30%: who bears, with the verb, where the figure before has but a verb of its own."""
    lists = case.context.statement.words.lists
    chunks = chunks_before(case)
    said = case.context.text[chunks[-1].span.end : case.number.start] if chunks else ""
    bears = chunks and chunks[-1].kind in ("payer", "person") and lists.bearing.meets(said)
    verb = next((word for word in lists.bearing.words if said == word), "") if bears else ""
    return MeasureName(Span(chunks[-1].span.start, chunks[-1].span.end + len(verb)), "borne") if verb else None


def _elliptic(case: MeasureCase) -> bool:
    """Return True if a clause behind a ； only says for whom: 博士每人每年3万元，连续3年；硕士每人每年1.5万元."""
    asked = case.quantity.kind, case.quantity.unit, case.quantity.role
    near = case.context.mentions.quantities[max(0, case.index - _FIGURES) : case.index]
    if all((one.kind, one.unit, one.role) != asked for one in near):
        return False
    if case.quantity.kind == "money" and case.condition:
        return False
    reader = case.context.statement
    segment = case.context.segment(case.number.start)
    clause = case.context.clause(case.number.start)
    if clause.start > segment.start or case.number.start - clause.start > REACH:
        return False
    chunks = reader.chunks(clause.start, case.number.start)
    verbs = [piece for piece in reader.pieces(case.number, case.left) if piece.use in ("give", "act", "change")]
    # 重度失能人员|为|每人每月600元; 二类至八类行业|还可下浮至|80%
    moves = case.quantity.kind == "rate" and all(chunk.kind == "grade" for chunk in chunks)
    said = any(piece.end - piece.start > 1 and not (moves and piece.use == "change") for piece in verbs)
    bare = case.quantity.span.start <= clause.start or bool(chunks)
    return bare and not said and all(chunk.kind in ("person", "provider", "place", "grade") for chunk in chunks)


def by_earlier(case: MeasureCase) -> MeasureName | None:
    """提高居民医保财政补助标准，达到每人每年700元: the last name of the clauses before that hold no figure."""
    context = case.context
    start = context.segment(case.number.start).start
    own = context.clause(case.number.start).start
    at = own - 1
    # 津贴标准为：80周岁以上老人每月40元: the age doesn't part it from what announces it
    # nor does 五年以下 part 贷款利率，五年以下为2.35%
    announced = context.text[at : at + 1] in _ANNOUNCING or _only_classed(case, own)
    left = context.figure_before(own) if announced else case.left
    # 因政策调整造成的亏损，由基金与承办机构按7:3分担
    amount = case.quantity.kind in ("money", "rate") and case.quantity.pattern not in RATIOS
    grounds = {context.clause(at).start: ground.start for at, ground in context.reckoned.grounds.items()}
    while at > max(start, left):
        before = context.clause(at - 1)
        if before.start in grounds:
            # 生活护理费|以月平均工资8221元为基数，|全护理50%
            return context.statement.last_name(Span(before.start, grounds[before.start]), amount=True)
        if before.end <= left or before.start >= at:
            break
        # 就业比例达到1.5%的，按50%缴纳: behind a figure of that clause stands no name of this one
        behind = Span(max(before.start, left), before.end)
        ends = context.linking_resources.lists.clause_condition_end
        if left > before.start and case.quantity.kind == "money" and ends.meets(context.words(before)):
            break  # 为其足额缴纳3个月以上社会保险费的，每招用1人发放1500元
        if found := context.statement.last_name(behind, counted=case.counted, amount=amount):
            return found
        at = before.start - 1
    return None


def by_named_last(case: MeasureCase) -> MeasureName | None:
    """高温津贴每人每月300元；不足整月的按每人每天13.8元计发: the last amount's name, where a clause has but a verb that says nothing."""
    reader, lists = case.context.statement, case.context.statement.words.lists
    if case.quantity.kind != "money" or case.last is None or case.last.step == "verb":
        return None
    found = reader.behind(case.list_end, counted=False)
    bare = found is not None and found.step == "verb" and lists.bare_verbs.meets(case.context.words(found.span))
    return case.last if bare else None


def _only_classed(case: MeasureCase, own: int) -> bool:
    """Return True if all that stands between the beginning of a clause and its figure is a class: 五年以下（含五年）为2.35%."""
    quantities = case.context.mentions.quantities[: case.index]
    inside = [one for one in quantities if own <= one.number.start]
    # 提高个人账户划入定额，不满70周岁的每人每月80元
    return bool(inside) and all(
        one.kind == "age" or (one.kind == "duration" and is_band(one, condition=False)) for one in inside
    )


def by_whole(case: MeasureCase) -> MeasureName | None:
    """其中，中央财政负担143元: the name of the amount in the sentence before, of which these are the shares."""
    context = case.context
    index = context.mentions.index - 1
    going_on = context.linking_resources.lists.goes_on
    if index < 0 or case.quantity.kind not in ("money", "rate") or context.sentence.kind == "cell":
        return None
    if not going_on.meets(context.words(context.span).lstrip()):
        return None
    before = context.notice.sentences[index]
    if before.section != context.sentence.section or before.kind == "cell":
        return None
    low = max(before.span.start, before.span.end - _SENTENCE)
    marks = [match.start() for match in _CLAUSES.finditer(context.text, low, before.span.end)]
    starts, ends = [low, *(mark + 1 for mark in marks)], [*marks, before.span.end]
    for start, end in reversed(list(zip(starts, ends, strict=True))):
        found = context.statement.last_name(Span(start, end), amount=True)
        if found and context.text.startswith(OF, found.span.end) and context.text[found.span.end + 1].isdecimal():
            # 划入额度为|基本养老金平均水平的2.5%: what a share is of is no name of its amount
            found = context.statement.last_name(Span(start, found.span.start), amount=True)
        if found and not only_says_change(case, found.span):
            return found
    return None


def _announced_by(case: MeasureCase) -> list[Span]:
    """Return the clause before the last colon of a figure's sentence: 享受生育津贴：难产的增加15天；多胞胎的，…."""
    context = case.context
    at = max(context.text.rfind(sign, context.span.start, case.number.start) for sign in _ANNOUNCING)
    return [context.clause(at - 1)] if at > context.span.start else []


def by_above(case: MeasureCase) -> MeasureName | None:
    """The name of an amount in what announces it, the header cells, the lead-in or the headings, nearest first."""
    reader, words = case.context.statement, case.context.words
    around = case.context.around
    lead, caption = case.context.lead_in, case.context.caption
    if lead and caption and caption.start < lead.start:
        # 支付限额调整如下： below 二、重度失能人员待遇
        around = [*case.context.sentence.context, lead, *around]
    found = (reader.last_name(span, amount=True) for span in (*_announced_by(case), *around))
    # 新标准 names no measure
    named = (one for one in found if one and not reader.words.is_generic(words(one.span)))
    return next((one for one in named if not only_says_change(case, one.span)), None)
