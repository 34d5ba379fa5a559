"""Whether a figure's own words name another thing, another programme, or whose it is, than an indicator is about."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import regex

from extractor.model import Span
from extractor.notice.facts.fit.amount import is_beyond
from extractor.notice.facts.fit.figure import ANOTHER, LinkedFigure, said_before
from extractor.notice.facts.tables import other_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.model import Base
    from extractor.notice.facts.catalog import Indicator
    from extractor.notice.facts.sentence.context import SentenceContext

_WORD = regex.compile(r"\w+")
# So far before its own name begins what makes it another's.
_HIDING = 8
# So many answers are kept of where an indicator's words stand last.
_KEPT = 4096


def rival_before(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> str | None:
    """Return the rival word of a figure, an empty one where it lacks an own one; None where neither is so."""
    if paid_by := _rival_payer(indicator, figure):
        return paid_by
    rival = rival_of(context, indicator, figure)
    return _rival_behind(context, indicator, figure) or rival if indicator.window and not rival else rival


def _rival_payer(indicator: Indicator, figure: LinkedFigure) -> str | None:
    """Return the rival word in who pays a figure by its list: 用人|单位|和职工失业保险费率分别为0.6%和0.4% is no total rate."""
    share = figure.share
    if share is None or share.group != "payer" or any(word in share.words for word in indicator.own):
        return None
    return next((word for word in indicator.rivals if word in share.words), None)


def rival_of(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> str | None:
    """Return the rival word that was said last before a figure (门诊, not 住院): in its sentence, else in what stands above it.

    An empty word where an own one has to be said, and is said neither there nor in its paragraph or the title.
    """
    before = said_before(context, figure)
    if indicator.others and (other := _of_others(context, indicator, before)):
        return other
    # 用人单位按在职职工工资总额的6%缴纳: whose the base is says nothing for an indicator.
    base = figure.base.text if figure.base else ""
    behind = indicator.needs_own and _said_behind(context, indicator, figure)
    for words in chain((before,), () if behind else _places_above(context, told=indicator.needs_own)):
        named, others = words, () if indicator.needs_own else indicator.hidden_by
        for hidden in filter(None, (base, *others)):
            named = named.replace(hidden, " " * len(hidden))  # 租金 isn't said by 市场租金
        own, _ = _last_of(indicator.own, named)
        rival, said = _last_of(indicator.rivals, words)
        if own != rival:
            if min(own, rival) >= 0 and words is before and _joined_persons(context, *sorted((own, rival))):
                return said if _is_anothers(context, indicator, said) else None
            if min(own, rival) >= 0 and words is not before and words in context.words_around:
                continue  # 育儿补贴和托育服务: a heading of both is neither's
            # 职工医保年度最高支付限额为12万元 under 门诊共济: a title lends its word to no amount that there can't be of it
            lent = (
                words is not before and indicator.needs_own and figure.kind == "money" and is_beyond(indicator, figure)
            )
            return said if rival > own else "" if lent else None
    return "" if indicator.needs_own and not behind else None


def _of_others(context: SentenceContext, indicator: Indicator, before: str) -> str:
    """Return the word that says that a figure is for others: in its sentence, for a cell also above its table (职工住院分娩…如下), in the title."""
    around = context.words_around if context.sentence.kind == "cell" else ()
    for words in (before, *around, context.notice.title or ""):
        if other := last_said(words, indicator.others, indicator.whose):
            return other
        if any(one in words for one in indicator.whose):
            return ""
    return ""


@lru_cache(_KEPT)
def _last_of(words: tuple[str, ...], text: str) -> tuple[int, str]:
    """Return where the last of some words stands in a text, and the word; -1 where none does.

    All figures and names of a sentence ask it of the same title, headings and paragraph.
    """
    last, said = -1, ""
    for word in words:
        at = text.rfind(word)
        if at > last or (at == last and word > said):
            last, said = at, word
    return last, said


def _is_anothers(context: SentenceContext, indicator: Indicator, said: str) -> bool:
    """Return True if another indicator of the programme is told by a word: 集中养育、社会散居孤儿均为1500元 is neither's alone."""
    return any(
        row.id != indicator.id
        and any(said in own or own in said for own in row.own)
        and set(row.programmes) & set(indicator.programmes)
        and set(row.kinds) & set(indicator.kinds)
        for row in context.linking_resources.catalog.indicators.values()
    )


def _joined_persons(context: SentenceContext, one: int, other: int) -> bool:
    """Return True if two offsets in the sentence are of persons who stand joined: 社会散居孤儿、事实无人抚养儿童每月1180元."""
    start, end = context.span.start + one, context.span.start + other
    low = context.clause(start).start
    chunks = [one for one in context.statement.chunks(low, context.clause(end).end) if one.kind == "person"]
    held = [one.span for one in chunks if start < one.span.end and one.span.start <= end]
    return (
        len(held) > 1
        and held[0].start <= start
        and end < held[-1].end
        and all(context.statement.joined(first, second) for first, second in pairwise(held))
    )


def _said_behind(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
    """Return True if an own word stands behind a figure, before the next one: 按本人缴费基数的2%划入个人账户."""
    start, end = figure.span.end, context.clause(figure.number.start).end
    said = context.text[start : min(end, context.number_from(start))]
    return any(word in said for word in indicator.own)


def _places_above(context: SentenceContext, *, told: bool) -> Iterator[str]:
    """Yield what stands above a sentence; with ``told`` its paragraph before it and the title, too."""
    if told:
        yield context.told
    yield from context.words_around
    if told:
        yield context.notice.title or ""


def _rival_behind(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> str | None:
    """Return the rival word of what is to be done in a span of time: 婴儿满42天时应到社区体检 is no time to enrol."""
    behind = context.text[figure.span.end : context.clause(figure.number.start).end]
    if any(word in behind for word in indicator.own):
        return None
    return next((word for word in indicator.rivals if word in behind), None)


def last_said(words: str, others: tuple[str, ...], whose: tuple[str, ...]) -> str:
    """Return the word of others that stands behind all of one's own; empty where none does."""
    own, _ = _last_of(whose, words)
    return next((word for word in others if words.rfind(word) > own), "")


def is_of_another(context: SentenceContext, indicator: Indicator, base: Base) -> bool:
    """Return True if a share is of an amount that the indicator's are no shares of: 最高支付限额的25% is no payment rate."""
    if base.text.endswith(indicator.shares_of):
        return False
    if context.linking_resources.lists.paid_amounts.meets(base.text):
        return True
    if indicator.bases:
        return base.indicator is not None and base.indicator not in indicator.bases
    return context.linking_resources.lists.amount_bases.meets(base.text)


def another_thing(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> Span | None:
    """Return the name that says that an amount is of something else: 产前检查费用支付限额, 剖宫产补贴, the row of a table."""
    if figure.kind not in ("money", "rate", "count"):
        return None
    rows = (row for row in other_rows(context, figure.own) if unknown_of(context, row, indicator) >= ANOTHER)
    if row := next(rows, None):
        return row
    own = figure.own
    # 调整后最低标准 beside 伤残津贴 only says of which kind the figure is.
    if own is None or context.linking_resources.lists.plain_heads.meets(context.words(own)):
        return None
    if indicator.hidden_by and _is_hidden(context, indicator, own):
        return own
    # 改造老旧小区298个 is no 新增学位; what is counted may be named more closely: 省级集采药品品种数.
    if figure.kind == "count" and any(word in context.words(own) for word in indicator.said):
        return None
    # 其中高技术制造业增长12%: what grows is named whole.
    if not indicator.change and not context.statement.words.lists.amount_heads.meets(context.words(own)):
        return None
    return own if unknown_of(context, own, indicator) >= ANOTHER else None


def _is_hidden(context: SentenceContext, indicator: Indicator, own: Span) -> bool:
    """Return True if a figure's own name holds a longer name of another thing, or ends one: 合并后|用人单位缴费费率."""
    said = context.words(own)
    around = context.text[max(context.clause(own.start).start, own.start - _HIDING) : own.end]
    held = (name for name in indicator.hidden_by if name in (around if len(said) <= len(name) else said))
    # 国|省控断面水质优良比例: a name of the indicator's own may hold it
    return not all(any(name in alias and alias in around for alias in indicator.aliases) for name in held)


def unknown_of(context: SentenceContext, name: Span, indicator: Indicator) -> int:
    """Count what is left of a name without an indicator's own words, the scope's, the programme's and those of no weight."""
    known = [t.span for t in context.terms_over(name) if t.group != "alias" or t.key == indicator.id]
    # 地级城市 holds the 市 of who pays
    neutral = context.linking_resources.lists.neutral.pattern
    known += [Span(*one.span()) for one in neutral.finditer(context.text, *name) if one.end() - one.start() > ANOTHER]
    left = context.words(name)
    for span in known:
        low, high = max(span.start - name.start, 0), min(span.end - name.start, len(left))
        left = left[:low] + " " * (high - low) + left[high:]
    for pattern in (context.statement.words.lists.grades.pattern, neutral):
        left = pattern.sub(" ", left)
    if indicator.change:
        left = context.linking_resources.lists.change_names.pattern.sub(" ", left.rstrip())
    region = context.notice.region
    own_names = context.linking_resources.region_names(region) if region else ()  # 江西省|月最低工资标准
    for said in (*indicator.said, *indicator.own, *indicator.shares_of, *own_names):
        left = left.replace(said, " ")
    # the row of 12% below 缴存比例, of 10000至50000 below 费用段
    words = [word for word in _WORD.findall(left) if not context.linking_resources.lists.bands.meets(word)]
    if not indicator.change or "count" in indicator.kinds:  # 其中出口增长15% is no growth of 进出口
        words = [word for word in words if not any(word in said for said in indicator.said)]
    return sum(map(len, words))


def is_beside(context: SentenceContext, indicator: Indicator, programmes: frozenset[str]) -> bool:
    """Return True if a figure is about what notices of an indicator's programme speak of as their own: 生育医疗费用 of 居民医保.

    In a notice on what they speak of, if the sentence or a head names those for whom the indicator's figures are: 居民 | 顺产.
    """
    if programmes.isdisjoint(indicator.beside):
        return False
    both = not context.notice_programmes.keys().isdisjoint(indicator.beside)
    if any(name in context.notice_programmes for name in indicator.programmes) and not both:
        return True
    return _names_whose(context, indicator)


def _names_whose(context: SentenceContext, indicator: Indicator) -> bool:
    """Return True if the sentence, or a head of its cell, names those for whom an indicator's figures are."""
    heads = context.sentence.context if context.sentence.kind == "cell" else (context.span,)
    return any(word in context.words(place) for place in heads for word in indicator.whose)


def is_told_by_persons(context: SentenceContext, indicator: Indicator) -> bool:
    """Return True if persons tell that a figure is about an insurance that is named where it is meant: 500 beside 在职职工."""
    if not indicator.whose or not context.linking_resources.qualifying_programmes.issuperset(indicator.programmes):
        return False
    places = (context.words(context.span), *context.words_around, context.told, context.notice.title or "")
    return any(word in place for place in places for word in indicator.whose)


def is_about(context: SentenceContext, indicator: Indicator, programmes: frozenset[str]) -> bool:
    """Return True if an indicator is one of the programmes that a figure is about, or of their family as a whole."""
    resources, catalog = context.linking_resources, context.linking_resources.catalog.programmes
    if not resources.broad_programmes.isdisjoint(indicator.programmes) and any(
        catalog[name].broad and name in context.notice_programmes for name in indicator.programmes
    ):
        return True
    if exact := programmes - resources.generic_programmes:
        # 顺产 in a notice on 生育保险 and 居民医保 is one's or the other's
        both = not exact.isdisjoint(indicator.programmes) and not exact.isdisjoint(indicator.beside)
        if both and not _names_whose(context, indicator):
            return False
        # Of a notice on 职工医保和居民医保 nobody knows which.
        if resources.qualifying_programmes.issuperset(indicator.programmes) and any(
            catalog[name].family and not catalog[name].qualifies for name in exact
        ):
            return False
        if not exact.isdisjoint(indicator.programmes) or is_beside(context, indicator, programmes):
            return True
        # An indicator of the family as a whole (`medical`) holds for each of its programmes.
        generic = resources.generic_programmes.intersection(indicator.programmes)
        family = {catalog[name].family for name in generic}
        return any(catalog[name].family in family for name in exact if catalog[name].family)
    families = {catalog[name].family for name in programmes}
    if is_told_by_persons(context, indicator):
        return any(catalog[name].family in families for name in (*indicator.programmes, *indicator.beside))
    if indicator.whose and resources.qualifying_programmes.issuperset(indicator.programmes):
        return False  # nobody says that 统筹基金支付比例 in a notice about medical insurance is that of employees
    # 报销比例 in a notice about medical insurance is not that of 大病保险, unless the text says so.
    return any(catalog[name].family in families for name in indicator.programmes if not catalog[name].named)
