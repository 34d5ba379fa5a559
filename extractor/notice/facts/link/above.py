"""Steps that link a figure by what stands above it: the heads of its cell, a table's caption, headings, the title."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.fit.figure import ANOTHER
from extractor.notice.facts.fit.others import is_about, unknown_of
from extractor.notice.facts.link.case import Link, LinkCase, StepName
from extractor.notice.facts.link.cues import by_cue, particular
from extractor.notice.facts.link.sentence import is_of_unknown, is_rate_of_change
from extractor.notice.facts.names.statement import OWNING, without
from extractor.notice.facts.tables import cell_heads, stripped
from extractor.notice.mentions.cells import cells_before, cells_beside

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.notice.facts.sentence.context import SentenceContext


def changed_column(case: LinkCase) -> Link | None:
    """Link a cell below no more than a change to the name above the cell before it: 月最低工资标准（元） | 比上年增加（元）.

    It is of nothing else: below a name that it can't be of it gets none, whatever a heading says.
    """
    context, resources = case.context, case.context.linking_resources
    heads = [head for head in cell_heads(context) if head.column] if context.sentence.kind == "cell" else []
    if not heads or not resources.lists.bare_changes.meets(context.words(heads[-1].span).strip()):
        return None
    beside = next(cells_before(context.notice, context.mentions.index), None)
    figure = replace(case.figure, own=None)
    for head in reversed(beside.context[: beside.columns] if beside else ()):
        terms = [term for term in resources.terms_at(context.notice, head) if term.group == "alias"]
        unfit = {term.key: case.misfit(term.key, context.words(term.span), figure) for term in terms}
        # 伤残补助金（月） | 每月增加（元）: a change of months is none of an amount. 其中：比上年增加 only looks like a thing.
        unfit = {key: reason for key, reason in unfit.items() if reason not in ("kind", "unit")}
        may = {key for key, reason in unfit.items() if reason in (None, "another")}
        if len(keys := particular(case, may)) == 1:
            said = next(term.span for term in terms if term.key == keys[0])
            return Link(keys[0], subject=said, step="changed_column", place=head)
        if unfit:
            return Link(None, tuple(keys), step="changed_column", place=head)
    return None


def head_name(case: LinkCase) -> Link | None:
    """Link a cell to the name in its heads, which are its sentence, too: 上限 below 月缴存基数 (元); else by their cue words."""
    heads = case.context.sentence.context if case.context.sentence.kind == "cell" else ()
    if not heads or case.blocking:
        return None
    if found := (
        _joined_heads(case) or _named_above(case, lambda place: place in heads, "head_name") or _paid_by_head(case)
    ):
        return found
    words = "".join(map(case.context.words, heads))
    # 支付标准（元/人·日）
    return by_cue(case, words, "sentence", "section_cue") or by_cue(case, words, "clause", "section_cue")


def caption_name(case: LinkCase) -> Link | None:
    """Link a cell whose heads name no amount by the name that its table ends with: 附表　最高贷款额度 over 一人申请."""
    context, own = case.context, case.figure.own
    amounts = context.statement.words.lists.amount_heads
    if context.sentence.kind != "cell" or case.blocking or own is None or amounts.meets(context.words(own).strip()):
        return None
    for place, terms in context.terms_around("alias"):
        if place not in (context.caption, context.lead_in):
            continue
        last = max(terms, key=lambda term: term.span.end)
        behind = context.statement.chunks(last.span.end, place.end)
        named = any(one.kind == "measure" and amounts.meets(context.words(one.span)) for one in behind)
        if named or any(map(str.isdecimal, context.text[last.span.end : place.end])):
            continue  # 最高支付限额为65元，考核结果如下：
        keys = particular(case, {term.key for term in terms if term.span == last.span and case.takes(term)})
        if len(keys) == 1 and (_opens_with_persons(context, own) or not _has_own_column(context, keys[0])):
            return Link(keys[0], subject=last.span, step="caption_name", place=place)
    return None


def _opens_with_persons(context: SentenceContext, own: Span) -> bool:
    """Return True if a head only says for whom the amount is that a table names: |寄宿生|增加 beside 生均公用经费."""
    return any(one.kind == "person" and one.span.start == own.start for one in context.statement.chunks(*own))


def _has_own_column(context: SentenceContext, key: str) -> bool:
    """Return True if another column of a cell's table is the indicator's: 政府补贴 beside 合计入账 under 缴费补贴标准."""
    others = (head for cell in cells_beside(context.notice, context.mentions.index) for head in cell.context)
    others = (head for head in others if head not in context.sentence.context)
    named = (term for head in others for term in context.linking_resources.terms_at(context.notice, head))
    return any(term.group == "alias" and term.key == key for term in named)


def heading_name(case: LinkCase) -> Link | None:
    """Link to the one name in the lead-in or a heading; two (个人缴费和财政补助) decide nothing."""
    if case.blocking:
        return None
    if meant := _meant_before(case):
        return meant
    if not case.asks_headings:
        return None
    heads = case.context.sentence.context if case.context.sentence.kind == "cell" else ()
    found = _named_above(case, lambda place: place not in heads, "heading_name")
    found = found or _by_heading_cue(case) or _by_title(case)
    if found is None or found.indicator is None:
        return found
    another = is_of_unknown(case, found.indicator) or _tells_of_another(case, found.indicator, found.subject)
    another = another or _changes_another(case, found.indicator)
    return None if another or _is_one_of_several(case, found) else found


def _changes_another(case: LinkCase, key: str) -> bool:
    """Return True if a change is of the figure before, whose name is no indicator's: |人均消费支出|16810元，增长14.4% below 城乡居民收入."""
    figure, before = case.figure, case.before[0] if case.before else None
    if before is None or before.own is None or before.kind == figure.kind or figure.own is not None:
        return False
    near = case.context.segment(figure.number.start).start <= before.own.start and is_rate_of_change(figure)
    return near and unknown_of(case.context, before.own, case.indicator(key)) >= ANOTHER


def _is_one_of_several(case: LinkCase, found: Link) -> bool:
    """Return True if the place that names a cell joins that name with others that the catalog lacks: 照料护理、儿童福利和|高龄津贴."""
    context, place, name = case.context, found.place, found.subject
    if place is None or name is None or context.sentence.kind != "cell" or place == name:
        return False
    chunks = context.statement.chunks(*place)
    own = next((one for one in chunks if one.span.start <= name.start < one.span.end), None)
    known = (term for where, terms in context.terms_around("alias") if where == place for term in terms)
    # 公用经费定额和分担比例: an amount is no share
    shares = context.statement.words.lists.share_names if case.figure.kind == "money" else None
    others = (one for one in without(chunks, known) if one.kind == "measure")
    others = (one for one in others if not (shares and shares.meets(context.words(one.span))))
    return own is not None and any(context.statement.joined(*sorted((own.span, one.span))) for one in others)


def _tells_of_another(case: LinkCase, key: str, name: Span | None) -> bool:
    """Return True if the statement names an insurance before the figure that isn't the heading's: 代缴职工医保费，每人每月486元.

    Or the sentences before it did: 失业保险金按最低工资标准的90%计发。一类地区每人每月2160元 in a notice on 最低工资标准.
    """
    context, catalog = case.context, case.context.linking_resources.catalog.programmes
    if name is not None and _is_base_before(context, context.words(name)):
        return True
    start, end = context.segment(case.figure.number.start).start, case.figure.number.start
    told = (term for term in context.of("programme") if start <= term.span.start < end)
    exact = (term for term in told if catalog[term.key].family and not catalog[term.key].generic)
    # 足额缴纳职工养老保险费的，每招用一人1500元: what somebody must have paid is none of it
    named = any(not context.words(context.clause(term.span.start)).endswith(OWNING) for term in exact)
    return named and not is_about(context, case.indicator(key), case.programmes)


def _is_base_before(context: SentenceContext, name: str) -> bool:
    """Return True if a share of what a name above names was told last in the paragraph: 失业保险金按|最低工资标准|的90%计发。一类地区2160元."""
    start = context.span.start - len(context.told)
    at = context.text.rfind(name, start, context.span.start)
    return at >= 0 and context.reckoned.is_shared(Span(at, at + len(name)))


def _by_heading_cue(case: LinkCase) -> Link | None:
    """Link by cue words of the nearest heading and the sentence: 三、月缴存额⏎最高不得超过7498元."""
    nearest = case.context.headings[:1]
    if not nearest or case.context.sentence.kind == "cell" or case.context.terms_around("alias"):
        return None
    return by_cue(case, case.context.words(nearest[0]) + case.words("sentence"), "sentence", "section_cue")


def _by_title(case: LinkCase) -> Link | None:
    """Link by the title, where nothing nearer has a name: 关于调整全省最低工资标准的通知, 一类区每月2180元.

    What says in which time it is paid is an amount of the kind; 共5万元, 金额上限为17200元 are something else's.
    """
    context = case.context
    times = context.linking_resources.units.per_times & set(case.figure.per)
    if not times or context.terms_around("alias"):
        return None
    timed = [term for term in context.titled if times & set(case.indicator(term.key).per)]
    names = [term for term in timed if case.takes(term) and not case.names_itself(term.key)]
    keys = particular(case, {term.key for term in names})
    if len(keys) == 1:
        return Link(keys[0], subject=names[0].span, step="heading_name", place=names[0].span)
    if keys or not context.titled:
        return Link(None, tuple(keys), step="heading_name") if keys else None
    return by_cue(case, f"{context.notice.title}\n{case.words('section')}", "section", "section_cue")


def _meant_before(case: LinkCase) -> Link | None:
    """Link what 上述标准 means to the name that fits in the nearest sentence before: 上述标准每月分别提高160元、150元."""
    context = case.context
    back = context.linking_resources.lists.back_reference.pattern.search(
        context.text, case.clause.start, case.figure.number.start
    )
    for names in context.told_of if back else ():
        fitting = [term for term in names if case.takes(term)]
        if keys := particular(case, {term.key for term in fitting}):
            one = keys[0] if len(keys) == 1 else None
            return Link(
                one, tuple(keys[1:] and keys), subject=fitting[0].span, step="heading_name", place=fitting[0].span
            )
    return None


def _named_above(case: LinkCase, wanted: Callable[[Span], bool], step: StepName) -> Link | None:
    """Link to the one name in the nearest of the wanted places above a figure that has any."""
    for place, terms in case.context.terms_around("alias"):
        if not wanted(place):
            continue
        told = case.context.linking_resources.lists.figure_told
        open_names = [one for one in terms if not told.pattern.search(case.context.text, one.span.end, place.end)]
        if fitting := [term for term in open_names if case.takes(term) and not case.names_itself(term.key)]:
            keys = particular(case, {term.key for term in fitting})
            if len(keys) == 1:
                return Link(keys[0], subject=fitting[0].span, step=step, place=place)
            return Link(None, tuple(keys), step=step, place=place)
    return None


def _joined_heads(case: LinkCase) -> Link | None:
    """Link a cell by two of its heads that are one name together: 城市 below 低保标准, 高峰 beside 上浮比例.

    A year before one of them is no part of it: 城市最低生活保障 beside 2031年标准.
    """
    context, aliases = case.context, case.context.linking_resources.aliases
    heads = cell_heads(context) if context.sentence.kind == "cell" else []
    figure = replace(case.figure, own=None)
    found: dict[str, Span] = {}
    spans = [stripped(context, head.span) if head.kind == "generic" else head.span for head in heads]
    for first, other in permutations(spans, 2):
        name = context.words(first).strip() + context.words(other).strip()
        if name not in aliases:
            name = name.removeprefix(context.statement.words.area_class(name))
        for key in aliases.get(name, ()):
            if case.misfit(key, name, figure) is None:
                found.setdefault(key, other)
    keys = particular(case, set(found))
    if len(keys) == 1:
        return Link(keys[0], subject=found[keys[0]], step="head_name", place=found[keys[0]])
    return Link(None, tuple(keys), step="head_name") if keys else None


def _paid_by_head(case: LinkCase) -> Link | None:
    """Link a rate by who pays it above, where a table is of rates that are paid: 8% below 单位, beside 职工医保, in 2031年费率表."""
    context, lists = case.context, case.context.linking_resources.lists
    if case.figure.kind != "rate":
        return None
    above = [*filter(None, (context.caption, context.lead_in)), *context.headings]
    told = [context.notice.title or "", *map(context.words, above)]
    terms = tuple(term for key in case.programmes for term in context.linking_resources.catalog.programmes[key].terms)
    heads = cell_heads(context)
    insured = any(context.words(one.span).strip().endswith(terms) for one in heads if not one.column)
    if not insured or not any(map(lists.rates_paid.meets, told)):
        return None
    figure, found = replace(case.figure, own=None), dict[str, Span]()
    for head in (one.span for one in heads if one.column):
        for tail in lists.rate_tails.words:
            name = context.words(head).strip() + tail
            for key in context.linking_resources.aliases.get(name, ()):
                if case.misfit(key, name, figure) is None:
                    found.setdefault(key, head)
    keys = particular(case, set(found))
    return Link(keys[0], subject=found[keys[0]], step="head_name", place=found[keys[0]]) if len(keys) == 1 else None


def section_cue(case: LinkCase) -> Link | None:
    """Link by cue words in the sentence and what stands above it."""
    return by_cue(case, case.words("section"), "section", "section_cue")
