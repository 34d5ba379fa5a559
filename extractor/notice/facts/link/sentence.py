"""Steps that link a figure by its own clause, by the list that deals it out, and by the rest of its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.fit.figure import ANOTHER, LinkedFigure
from extractor.notice.facts.fit.others import unknown_of
from extractor.notice.facts.groups.grades import bare_name_of
from extractor.notice.facts.link.case import LEAD, NONE, TOUCHING, WHO, WHOSE, Link, LinkCase, meet
from extractor.notice.facts.link.cues import by_cue, leads_another, nearest_name, other_figure, particular
from extractor.notice.facts.names.reader import past_marker
from extractor.notice.facts.names.statement import OWNING

if TYPE_CHECKING:
    from extractor.model import Term
    from extractor.notice.facts.lists.items import Share

# As many signs of a name may end all items of a list.
_LONGEST_ENDING = 20
# So many things may be of whom a figure is; more are an aim or a result of their own.
_FEW = 10
# 缴存比例|为|单位8%
_SAYING = frozenset({"base", "adverb", "mark", "joint"})
# 挥发性有机物|再减少|9%
_MOVING = frozenset({"change", "adverb"})
_LABEL_ENDS = ("：", ":")


def action(case: LinkCase) -> Link | None:
    """Link a deadline to what must be done by then: clause by clause behind it, by name, else by cue."""
    if case.until is None:
        return None
    for clause in case.actions():
        names = [t for t in case.names if clause.start <= t.span.start and t.span.end <= clause.end]
        found = nearest_name(case, names, "action") or by_cue(case, case.context.words(clause), "clause", "action")
        if found:
            return found
    return Link(step="action")


def listed(case: LinkCase) -> Link | None:
    """Link by the name that a 分别 list gives the figure: 财政补助和个人缴费分别达到640元和380元."""
    share = case.share
    if share is not None and share.group in ("words", "payer"):
        return _put_together(case, share)
    if share is None or share.group != "alias":
        return None
    keys = {term.key for term in case.names if term.span == share.span and case.takes(term)}
    return Link(keys.pop(), subject=share.span, step="listed") if len(keys) == 1 else None


def _put_together(case: LinkCase, share: Share) -> Link | None:
    """Link by an item and what it shares with the last of its list: 城镇、农村居民人均可支配收入分别增长5%、6%.

    Or by who pays and what all of them pay: 单位和个人|的缴费比例分别为7%和2%.
    """
    if share.whole is None:
        return None
    behind = share.whole.end + case.context.text.startswith(OWNING, share.whole.end)
    ends = [
        name.span.end for name in case.context.of("alias") if meet(name.span, share.whole) or name.span.start == behind
    ]
    end = max([share.whole.end, *ends])
    text, owning = case.context.text, OWNING[0]
    tails = [
        Span(at + text.startswith(owning, at), end) for at in range(max(share.span.end, end - _LONGEST_ENDING), end + 1)
    ]
    verb = _verb_shared(case, share.whole.end) if share.group == "payer" else None
    # Its name is whole with what it shares.
    figure, rows = replace(case.figure, own=None), case.context.linking_resources
    for tail in [*tails, *([verb] if verb else [])]:
        name = share.words + case.context.words(tail)
        keys = sorted({key for key in rows.aliases.get(name, ()) if case.misfit(key, name, figure) is None})
        if keys:
            subject = None if tail is verb else tail if tail.start < tail.end else share.span
            return Link(keys[0] if len(keys) == 1 else None, tuple(keys[1:] and keys), subject=subject, step="listed")
    return None


def _verb_shared(case: LinkCase, start: int) -> Span | None:
    """Return the verb of giving between a list that ends at ``start`` and its first value: 个人和财政分别|承担|400元."""
    first = case.context.number_from(start)
    verb = case.context.statement.verb_before(Span(first, first + 1))
    at = case.context.text.rfind(verb, start, first) if verb else -1
    return Span(at, at + len(verb)) if at >= 0 else None


def hinted(case: LinkCase) -> Link | None:
    """Link to the indicator that the pattern names which read the figure (个人不缴费); to it or to none."""
    hint = case.figure.hint
    if not hint:
        return None
    if hint not in case.context.linking_resources.catalog.indicators or not case.fits(hint):
        return Link(step="hinted")
    # 大病保险不设封顶线: the name within may be of the programme's own.
    said = {term.key: term.span for term in reversed(case.names) if meet(term.span, case.figure.span)}
    keys = particular(case, {hint, *(key for key in said if case.fits(key))})
    key = keys[0] if len(keys) == 1 else hint
    before = (term.span for term in case.names if term.key == key and term.span.end <= case.figure.span.end)
    return Link(key, subject=next(before, None), step="hinted")


def paid_by(case: LinkCase) -> Link | None:
    """Link by who alone stands right before a figure, with the name before them: 缴存比例：|单位|8%，|个人|8%."""
    context, figure = case.context, case.figure
    segment, clause = context.segment(figure.number.start), case.clause
    before = [name for name in case.names if segment.start <= name.span.start and name.span.end <= figure.span.start]
    last = max((name.span for name in before), key=lambda name: name.end, default=None)
    if last is None or case.share is not None:
        return None
    start = max(clause.start, last.end, context.figure_before(figure.span.start))
    chunks = context.statement.chunks(start, figure.span.start)
    # 单位 alone is a name that says nothing
    if len(chunks) != 1 or chunks[0].kind not in (*WHO, "empty") or chunks[0].span.end != figure.span.start:
        return None
    who = chunks[0].span
    if opened := context.linking_resources.lists.goes_on.pattern.search(context.text, start, who.start):
        start = opened.end()  # 筹资标准1070元，其中|个人400元
    if who.start > start and any(one.use not in _SAYING for one in context.statement.cut(Span(start, who.start))):
        return None
    name, rows = context.words(who) + context.words(last), context.linking_resources.aliases
    whole = replace(figure, own=None)
    keys = particular(case, {key for key in rows.get(name, ()) if case.misfit(key, name, whole) is None})
    return Link(keys[0], subject=last, step="paid_by") if len(keys) == 1 else None


def clause_name(case: LinkCase) -> Link | None:
    """Link to the nearest name in the clause; a count or a span of time asks first what stands right behind it."""
    context, figure, clause = case.context, case.figure, case.clause
    inside = [term for term in case.names if clause.start <= term.span.start and term.span.end <= clause.end]
    if not inside:
        return None
    behind = [term for term in inside if term.span.start >= figure.span.end]
    touching = [
        term
        for term in behind
        if term.span.start - figure.span.end <= TOUCHING and "、" not in context.text[figure.span.end : term.span.start]
    ]
    before = [term for term in inside if term.span.end <= figure.number.start]
    before = [term for term in before if not _is_for_others(case, term.key, term.span.end)]
    following = [term for term in behind if not other_figure(case, term) and not leads_another(case, term)]
    order = (touching, before, following) if figure.kind in ("count", "duration") else (before, touching, following)
    return next((found for terms in order if (found := nearest_name(case, terms, "clause_name"))), None)


def clause_cue(case: LinkCase) -> Link | None:
    """Link by cue words in the clause."""
    return by_cue(case, case.words("clause"), "clause", "clause_cue")


def inherited(case: LinkCase) -> Link | None:
    """Take over the indicator of the figure before: 人均财政补助标准新增30元，达到每人每年不低于610元."""
    before, found = case.before or (case.figure, NONE)
    # 个人和财政分别承担400元、670元: what one of them pays is named by who pays
    by_payer = found.step == "listed" and case.share is not None and case.share.group == "payer"
    by_payer = by_payer or (found.step == "paid_by" and _is_of_somebody(case, before.span.end))
    others = by_payer or case.blocking or _is_of_what_follows(case)
    others = others or (found.subject is not None and _is_tied_to(case, found.subject))
    others = others or case.is_of_persons or _turns_to_another(case, before.span.end)
    others = (
        others or _is_for_others(case, found.indicator, before.span.end) or _is_paid_by_another(case, found.indicator)
    )
    if found.indicator is None or others or _is_another_item(case, found.indicator):
        return None
    name = case.context.words(found.subject) if found.subject else ""
    # 每月每平方米28元，低收入家庭22元: what says neither per nor name since is per the same.
    own = case.figure.own
    bare = not case.figure.per and (own is None or own.end <= before.span.start)
    figure = replace(case.figure, per=before.per) if bare else case.figure
    if case.misfit(found.indicator, name, figure) or case.is_out_of(before.number.start):
        return None
    start = case.context.segment(case.figure.number.start).start
    behind = own is not None and own.start >= case.figure.span.end
    # 缴费比例为20%，按60%、80%两个|档次|选择缴费基数
    elsewhere = behind or (before.number.start >= start and _names_another(case, before.span))
    # 不设等待期；透析治疗中断超过|3个月|的，重新认定: what something else depends on is none of what was said before
    parted = case.is_raised or (case.figure.condition and not before.condition)
    if before.number.start < start and (parted or (found.subject and _was_a_part(case, found.subject))):
        return None
    another = case.has_another_head(found.indicator) or case.gives_another(found.indicator)
    elsewhere = elsewhere or _moves_itself(case)
    if another or (elsewhere and case.names_itself(found.indicator)):
        return None  # 每人补助240元，本人缴纳160元；脱贫人口给予每人不超过80元的参保补助
    aside = case.context.bracket(before.number.start)
    if aside and aside.end <= case.figure.number.start and found.subject and aside.start <= found.subject.start:
        return None  # （城市低保标准为每月920元）再补助1000元
    # A name that belongs to neither figure's kind starts a new statement: 补助640元，其中中央财政按60%…
    end = case.figure.number.start
    between = [t for t in case.names if before.span.end <= t.span.start and t.span.end <= end]
    # So does one that could be the figure's, were it not about another programme: 取暖补贴300元，个人缴费380元.
    if any(term.key != found.indicator and case.figure.kind in case.indicator(term.key).kinds for term in between):
        return None
    if any(case.takes(term) for term in between):
        return None
    # 居民门诊起付标准300元，在职职工500元: the name may be another's for others.
    same = {term.key for term in case.names if term.span == found.subject and case.fits(term.key)}
    keys = particular(case, {found.indicator, *same})
    key = keys[0] if len(keys) == 1 else found.indicator
    return Link(key, subject=found.subject, step="inherited", place=before.span)


def _was_a_part(case: LinkCase, name: Span) -> bool:
    """Return True if a name of a statement before is of what one payer bears of the whole told there: the next whole follows.

    职工每人每年100元，|个人缴费|50元；居民由每人每年50元提高到60元
    """
    context = case.context
    if case.figure.kind != "money" or name.end > context.segment(case.figure.number.start).start:
        return False
    terms = (*context.of("payer"), *context.hidden_payers)
    whole = context.segment(name.start).start < context.figure_before(name.start)
    return whole and any(term.span.start == name.start for term in terms)


def _is_of_somebody(case: LinkCase, start: int) -> bool:
    """Return True if words behind ``start`` say who pays a figure or whose it is: 其中个人400元、|财政|670元."""
    start = max(start, case.clause.start)
    chunks = case.context.statement.chunks(start, max(start, case.figure.number.start))
    return any(one.kind in (*WHO, "empty") for one in chunks)


def _is_of_what_follows(case: LinkCase) -> bool:
    """Return True if a share in a clause of its own is of what stands behind it: 城镇化率达到64%，公交覆盖|93%|的建制镇."""
    figure, text = case.figure, case.context.text
    own = figure.own if figure.kind == "rate" and figure.role == "level" else None
    if own is None or own.start < figure.span.end or text[figure.span.end : own.start].strip("".join(OWNING)):
        return False
    # 二级医院支付|80%|的医疗费用 is a share of an amount, whose name may stand before
    return not case.context.statement.words.lists.amount_heads.meets(case.context.words(own))


def _is_another_item(case: LinkCase, key: str) -> bool:
    """Return True if a list gives the figure a name of which an indicator says nothing: 氮氧化物、|挥发性有机物|排放量分别下降8%、7%."""
    share, said = case.share, case.indicator(key).said
    if share is None or share.group != "words" or case.context.statement.words.kind_of(share.words) != "measure":
        return False
    return not any(word in share.words or share.words in word for word in said)


def _names_another(case: LinkCase, before: Span) -> bool:
    """Return True if a figure has the whole name of an amount between the one before and itself: 优良天数比例92%，|PM2.5平均浓度|下降6%."""
    own, context = case.figure.own, case.context
    between = own is not None and before.end <= own.start and own.end <= case.figure.number.start
    if own is None or not between or bare_name_of(context, own):
        return False  # 一次性生育补贴，|二孩标准|2000元
    return context.statement.words.lists.amount_heads.meets(context.words(own))


def _is_paid_by_another(case: LinkCase, key: str | None) -> bool:
    """Return True if a figure's name opens with who pays, of whom an indicator says nothing: 筹资额65元，|财政|多拿5元.

    Or a list deals it to another payer than the figure before: 中央与地方按60%、|40%|分担.
    """
    before = case.before[0].share if case.before else None
    shares = (before, case.share)
    dealt = all(one is not None and one.group == "payer" for one in shares) and before != case.share
    return key is not None and (dealt or case.is_paid_otherwise(key))


def _is_for_others(case: LinkCase, key: str | None, start: int) -> bool:
    """Return True if a time to do something is that of persons named behind another's: 退役后3个月内、|新迁入人员|6个月内."""
    if key is None or not case.indicator(key).window:
        return False
    return any(one.kind == "person" for one in case.context.statement.chunks(start, case.figure.number.start))


def _turns_to_another(case: LinkCase, start: int) -> bool:
    """Return True if a text turns to what no indicator is of between two figures: 岗位补贴1000元，另买一份|意外险|，每人每年100元."""
    context, unlisted = case.context, case.context.linking_resources.unlisted_programmes
    return any(
        start <= term.span.start < case.figure.number.start and term.key in unlisted for term in context.of("programme")
    )


def _is_tied_to(case: LinkCase, name: Span) -> bool:
    """Return True if something else only goes by a name: 岗位补贴随|最低工资标准|（2060元）同步调整，每月提高104元."""
    tied = case.context.linking_resources.lists.tied_behind
    return tied.meets(case.context.text[name.end : name.end + LEAD])


def _is_of_label(case: LinkCase, name: Span) -> bool:
    """Return True if a name only tells whom a label is about: 待遇享受期⏎|集中缴费期|缴费的：2031年1月1日至12月31日."""
    context = case.context
    clause = context.clause(name.start)
    label = context.words(clause).endswith(OWNING) and context.text[clause.end : clause.end + 1] in _LABEL_ENDS
    return label and clause.end + 1 >= case.clause.start


def _moves_itself(case: LinkCase) -> bool:
    """Return True if a clause opens with what rises or falls by a share: 氮氧化物排放总量减少10%，|挥发性有机物|减少9%."""
    own, context = case.figure.own, case.context
    if own is None or case.figure.kind != "rate" or case.figure.role not in ("increase", "decrease"):
        return False
    opens = own.start == past_marker(context.text, case.clause)
    return opens and all(one.use in _MOVING for one in context.statement.cut(Span(own.end, case.figure.span.start)))


def sentence_name(case: LinkCase) -> Link | None:
    """Link to the nearest name earlier in the sentence."""
    earlier = [name for name in case.names if name.span.end <= case.clause.start]
    if not earlier or case.blocking or case.is_of_persons or _is_of_what_follows(case):
        return None
    start = case.context.segment(case.figure.number.start).start
    earlier = [name for name in earlier if not _changes_what_follows(case, name)]
    # 个人缴纳100元；脱贫人口给予每人不超过80元的参保补助: the verb names another thing.
    # 失能状态持续6个月以上，|待遇等待期|为30日, in the same statement, too
    own = [
        name
        for name in earlier
        if not (case.is_named_right_before and case.has_own_name(name.key) and _names_another(case, name.span))
        and (name.span.end > start or not (case.is_raised or case.names_itself(name.key)))
    ]
    if _counts_another(case, start):
        own = [name for name in own if name.span.end > start]
    own = [name for name in own if not (case.is_paid_otherwise(name.key) or case.has_another_head(name.key))]
    own = [name for name in own if not (_is_past(case, name) or _is_spent(case, name) or _is_refused(case, name))]
    own = [name for name in own if not (_was_a_part(case, name.span) or _is_share_of_last(case, name))]
    own = [name for name in own if not _is_tied_to(case, name.span)]
    own = [name for name in own if not (_turns_to_another(case, name.span.end) or _is_of_label(case, name.span))]
    return nearest_name(case, own, "sentence_name")


def _is_refused(case: LinkCase, name: Term) -> bool:
    """Return True if a name's own figure has none of its indicators, so that it names no change of it either.

    产前检查费最高支付2500元，较原标准提高|500元|: 最高支付 alone is said of other amounts
    """
    if case.before is None or case.figure.role not in ("increase", "decrease"):
        return False
    before, link = case.before
    own = name.span.end <= before.number.start and case.context.clause(before.number.start).start <= name.span.start
    return own and link.indicator is None and before.kind == case.figure.kind


def _is_spent(case: LinkCase, name: Term) -> bool:
    """Return True if a name has its own figure, and this one is of something else, or given as that.

    个人缴费标准400元，对低保对象|给予200元补助; 工业增加值增长8%，|企业总数|实现增长5%
    """
    before, own = case.before[0] if case.before else None, case.figure.own
    if before is None or before.number.start < name.span.end or before.kind != case.figure.kind:
        return False
    named = own is not None and before.span.end <= own.start and own.end <= case.figure.number.start
    if named and is_rate_of_change(case.figure) and case.has_own_name(name.key):
        return True
    if case.figure.role != "level" or not case.gives_another(name.key):
        return False
    # 高龄津贴80周岁以上每月50元，百岁以上给予300元补贴 is the allowance itself
    return not any(map(case.context.linking_resources.lists.gift_names.meets, case.indicator(name.key).said))


def is_rate_of_change(figure: LinkedFigure) -> bool:
    """Return True if a figure says by which share something rises or falls: 增长|8%|."""
    return figure.kind == "rate" and figure.role in ("increase", "decrease")


def _counts_another(case: LinkCase, start: int) -> bool:
    """Return True if a figure's own part of a sentence, from ``start`` on, is of things that it counts: …；清洁取暖改造|5.2万户|，每户补贴2500元."""
    before = (one for one in case.context.mentions.quantities if start <= one.number.start < case.figure.number.start)
    return any(one.kind == "count" and one.value is not None and one.value > _FEW for one in before)


def _is_past(case: LinkCase, name: Term) -> bool:
    """Return True if the figure before has a later name that the catalog lacks: 年度限额400元；|一般诊疗费|10元，由基金支付8元."""
    figure = case.figure
    before, found = case.before or (figure, NONE)
    if name.span.end <= before.span.start and is_of_unknown(case, name.key):
        return True
    if found.indicator not in (None, name.key) and found.subject and name.span.end <= found.subject.start:
        return True  # 固定资产投资增长8%，社零额增长7%，限上社零额增长9%
    start = case.context.segment(figure.number.start).start
    if found.indicator not in (None, name.key) and name.span.end <= start <= before.number.start:
        return True  # 城镇调查失业率5.5%左右；居民人均可支配收入增长6.5%，其中城镇5.5%、农村|7%
    if (
        before is figure
        or found.indicator
        or before.own is None
        or (before.kind, before.role) != (figure.kind, figure.role)
    ):
        return False
    near = case.context.segment(figure.number.start).start <= before.own.start
    # 合伙创业总额最高360万元，小微企业仍为500万元: others have what was named before
    chunks = case.context.statement.chunks(case.clause.start, figure.number.start)
    near = near and not any(one.kind in WHOSE for one in chunks)
    return near and name.span.end <= before.own.start and (figure.own is None or figure.own.end <= before.own.start)


def is_of_unknown(case: LinkCase, key: str) -> bool:
    """Return True if a figure without a name goes on from a change of what an indicator's words don't say.

    福利养老金增加15元，从180元提高到195元; not 每孕次定额支付标准提高300元，达到1500元.
    """
    figure = case.figure
    before, found = case.before or (figure, NONE)
    if before is figure or found.indicator or found.candidates or figure.own or before.kind != figure.kind:
        return False
    if case.context.segment(figure.number.start).start > before.number.start:
        return False
    if (before.role, figure.role) == ("previous", "level"):
        return True
    changed = before.role in ("increase", "decrease") and figure.role in ("previous", "level")
    return changed and before.own is not None and unknown_of(case.context, before.own, case.indicator(key)) >= ANOTHER


def _changes_what_follows(case: LinkCase, name: Term) -> bool:
    """Return True if a change without a name is of the figure before, which has its own: 地区生产总值178亿元；|接待游客|290万人次，增长10.8%."""
    figure, before = case.figure, case.before[0] if case.before else None
    if before is None or before.own is None or before.condition or before.kind != figure.kind != "rate":
        return False
    bare = figure.own is None and figure.role in ("increase", "decrease")
    return bare and name.span.end <= before.own.start


def _is_share_of_last(case: LinkCase, name: Term) -> bool:
    """Return True if a clause only says of what the figure before is a share: 城镇化率48.7%；|地区生产总值|14.5万亿元，占全国的|20.1%|."""
    figure, before, text = case.figure, case.before[0] if case.before else None, case.context.text
    if figure.kind != "rate" or before is None or before.kind == "rate" or before.own is None:
        return False
    opens = case.context.linking_resources.lists.share_opens.meets(text[case.clause.start : figure.number.start])
    return opens and name.span.end <= before.own.start


def sentence_cue(case: LinkCase) -> Link | None:
    """Link by cue words in the sentence."""
    return by_cue(case, case.words("sentence"), "sentence", "sentence_cue")
