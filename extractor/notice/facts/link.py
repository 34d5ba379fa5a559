"""Links a figure to an indicator of the catalog: by the words of its clause, then of its sentence, then of its section.

Never further. Where two indicators fit equally, none is linked and both are named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.model import Term
    from extractor.notice.facts.catalog import Cue, Indicator
    from extractor.notice.facts.context import SentenceContext

# 30个DRG付费试点城市: how far a name may stand behind its figure and still be its own.
TOUCHING = 2
# A heading names a figure only when the figure's own words say next to nothing (每人每年400元).
BARE_LEAD = 8
# Words further back in the clause than this do not block.
LEAD = 60


class LinkedFigure(Struct, frozen=True, gc=False):
    """What linking needs to know of a quantity, a date or a milestone."""

    span: Span
    number: Span
    kind: str
    unit: str | None
    operator: str
    hint: str | None = None


class Link(Struct, frozen=True, gc=False):
    """The outcome: an indicator or None, others that fit, and the words it rests on."""

    indicator: str | None = None
    candidates: tuple[str, ...] = ()
    subject: Span | None = None


NONE = Link()


def link(context: SentenceContext, figure: LinkedFigure, before: tuple[LinkedFigure, Link] | None) -> Link:
    """Link one figure; ``before`` is the figure before it in the sentence with its link (for 新增30元，达到610元)."""
    programmes = context.programmes(figure.number.start)
    if figure.hint:
        hinted = context.linking_resources.catalog.indicators.get(figure.hint)
        if hinted and fits(context, hinted, figure, programmes):
            return Link(hinted.id, subject=_hint_subject(context, figure, hinted.id))
        return NONE
    clause = context.clause(figure.number.start)
    if found := _by_alias(context, figure, clause, programmes):
        return found
    if found := _by_cue(context, figure, context.words(clause), "clause", programmes):
        return found
    if blocked(context, figure, clause):
        announced = _by_cue(context, figure, context.words(context.span), "sentence", programmes, clause=clause)
        return announced or _by_cue(context, figure, _above(context), "section", programmes, clause=clause) or NONE
    if before and (found := _inherited(context, figure, *before, programmes)):
        return found
    return _beyond_clause(context, figure, clause, programmes)


def link_milestone(context: SentenceContext, figure: LinkedFigure, until: int) -> Link:
    """Link a deadline to what must be done by then: clause by clause behind it, by name, else by cue."""
    programmes = context.programmes(figure.number.start)
    at = figure.span.end
    while at < until:
        clause = Span(at, min(until, max(at + 1, context.clause(at).end)))
        names = [t for t in context.of("alias") if clause.start <= t.span.start and t.span.end <= clause.end]
        found = _nearest(context, figure, names, programmes)
        if found := found or _by_cue(context, figure, context.words(clause), "clause", programmes):
            return found
        at = clause.end + 1
    return NONE


def _beyond_clause(context: SentenceContext, figure: LinkedFigure, clause: Span, programmes: frozenset[str]) -> Link:
    whole = Span(context.span.start, clause.start)
    if found := _nearest(context, figure, [t for t in context.of("alias") if t.span.end <= whole.end], programmes):
        return found
    if found := _by_cue(context, figure, context.words(context.span), "sentence", programmes):
        return found
    if _lead_length(context, figure, clause) <= BARE_LEAD or context.sentence.kind == "cell":
        for _, terms in context.terms_around("alias"):
            if found := _only(context, figure, terms, programmes):
                return found
    return _by_cue(context, figure, _above(context), "section", programmes) or NONE


def _above(context: SentenceContext) -> str:
    """Return the words above a sentence and its own."""
    return "".join(context.words(span) + "\n" for span in (*context.around, context.span))


def fits(context: SentenceContext, indicator: Indicator, figure: LinkedFigure, programmes: frozenset[str]) -> bool:
    """Tell whether an indicator can have a figure of this kind, unit and programme."""
    if figure.kind not in indicator.kinds or (indicator.operators and figure.operator not in indicator.operators):
        return False
    if figure.kind == "money" and figure.unit != indicator.unit:
        return False
    if indicator.units and figure.unit not in indicator.units:
        return False
    if indicator.rivals and _rival_nearer(context, indicator, figure):
        return False
    if indicator.require and not indicator.require.met_by(context.words(context.span)):
        return False
    catalog = context.linking_resources.catalog.programmes
    exact = {name for name in programmes if not catalog[name].generic}
    if exact:
        if exact & set(indicator.programmes):
            return True
        # An indicator of the family as a whole (`medical`) holds for each of its programmes.
        family = {catalog[name].family for name in indicator.programmes if catalog[name].generic}
        return any(catalog[name].family in family for name in exact if catalog[name].family)
    # 报销比例 in a notice about medical insurance is not that of 大病保险, unless the text says so.
    families = {catalog[name].family for name in programmes}
    return any(catalog[name].family in families for name in indicator.programmes if not catalog[name].named)


def _rival_nearer(context: SentenceContext, indicator: Indicator, figure: LinkedFigure) -> bool:
    """Tell whether 门诊 and not 住院 was said last before a figure: in its sentence, else in what stands above it."""
    places = [context.text[context.span.start : figure.number.start], *(context.words(span) for span in context.around)]
    for words in places:
        own = max((words.rfind(word) for word in indicator.own), default=-1)
        rival = max((words.rfind(word) for word in indicator.rivals), default=-1)
        if own != rival:
            return rival > own
    return False


def blocked(context: SentenceContext, figure: LinkedFigure, clause: Span) -> bool:
    """Tell whether the clause is about a thing of its own, which the catalog may not know."""
    lead = context.text[max(clause.start, figure.number.start - LEAD) : figure.number.start]
    start = figure.number.start - len(lead)
    names = [term.span for term in context.of("alias")]
    return any(
        not any(name.start <= start + match.start() < name.end for name in names)
        for match in context.linking_resources.blocking.finditer(lead)
    )


def _by_alias(context: SentenceContext, figure: LinkedFigure, clause: Span, programmes: frozenset[str]) -> Link | None:
    inside = [term for term in context.of("alias") if clause.start <= term.span.start and term.span.end <= clause.end]
    behind = [term for term in inside if term.span.start >= figure.span.end]
    touching = [
        term
        for term in behind
        if term.span.start - figure.span.end <= TOUCHING and "、" not in context.text[figure.span.end : term.span.start]
    ]
    before = [term for term in inside if term.span.end <= figure.number.start]
    following = [term for term in behind if not _other_figure(context, figure.span.end, term.span.start)]
    order = (touching, before, following) if figure.kind in ("count", "duration") else (before, touching, following)
    for terms in order:
        if found := _nearest(context, figure, terms, programmes):
            return found
    return None


def _other_figure(context: SentenceContext, start: int, end: int) -> bool:
    return any(start <= other.number.start < end for other in context.mentions.quantities)


def _nearest(
    context: SentenceContext, figure: LinkedFigure, terms: list[Term], programmes: frozenset[str]
) -> Link | None:
    """Choose the nearest of several names; the longest where they end together."""
    catalog = context.linking_resources.catalog.indicators
    fitting = [term for term in terms if fits(context, catalog[term.key], figure, programmes)]
    if not fitting:
        return None

    def distance(term: Term) -> tuple[int, int]:
        apart = (
            figure.number.start - term.span.end
            if term.span.end <= figure.number.start
            else term.span.start - figure.span.end
        )
        return (abs(apart), term.span.start - term.span.end)

    best = min(distance(term) for term in fitting)
    chosen = [term for term in fitting if distance(term) == best]
    keys = sorted({term.key for term in chosen})
    if len(keys) == 1:
        return Link(keys[0], subject=chosen[0].span)
    return Link(None, tuple(keys), subject=chosen[0].span)


def _only(context: SentenceContext, figure: LinkedFigure, terms: list[Term], programmes: frozenset[str]) -> Link | None:
    """Link to the one indicator that a heading or header cell names; two (个人缴费和财政补助) decide nothing."""
    catalog = context.linking_resources.catalog.indicators
    fitting = [term for term in terms if fits(context, catalog[term.key], figure, programmes)]
    keys = sorted({term.key for term in fitting})
    if not keys:
        return None
    return Link(keys[0], subject=fitting[0].span) if len(keys) == 1 else Link(None, tuple(keys))


def _by_cue(
    context: SentenceContext,
    figure: LinkedFigure,
    words: str,
    within: str,
    programmes: frozenset[str],
    *,
    clause: Span | None = None,
) -> Link | None:
    """Try the cues; with ``clause``, some word of the cue must stand in the figure's own clause."""
    own = context.words(clause) if clause else ""
    keys = []
    for indicator in context.linking_resources.catalog.of_kind.get(figure.kind, ()):
        cues: Iterable[Cue] = [
            cue
            for cue in indicator.cues
            if cue.within == within and cue.met_by(words) and (not cue.programmes or programmes & set(cue.programmes))
        ]
        if clause:
            cues = [cue for cue in cues if any(word in own for word in (*cue.all, *cue.any))]
        if cues and fits(context, indicator, figure, programmes):
            keys.append(indicator.id)
    if not keys:
        return None
    return Link(keys[0]) if len(keys) == 1 else Link(None, tuple(sorted(keys)))


def _inherited(
    context: SentenceContext, figure: LinkedFigure, before: LinkedFigure, found: Link, programmes: frozenset[str]
) -> Link | None:
    """Take over the indicator of the figure before: 人均财政补助标准新增30元，达到每人每年不低于610元."""
    catalog = context.linking_resources.catalog.indicators
    if found.indicator is None or not fits(context, catalog[found.indicator], figure, programmes):
        return None
    # A name that belongs to neither figure's kind starts a new statement: 补助640元，其中中央财政按60%…
    between = [t for t in context.of("alias") if before.span.end <= t.span.start and t.span.end <= figure.number.start]
    if any(
        figure.kind in catalog[term.key].kinds and fits(context, catalog[term.key], figure, programmes)
        for term in between
    ):
        return None
    return Link(found.indicator, subject=found.subject)


def _lead_length(context: SentenceContext, figure: LinkedFigure, clause: Span) -> int:
    """Count the words before a figure that say something: not scope words, not per-words."""
    lead = Span(clause.start, figure.span.start)
    covered = sum(
        t.span.end - t.span.start for t in context.terms if lead.start <= t.span.start and t.span.end <= lead.end
    )
    return max(0, lead.end - lead.start - covered)


def _hint_subject(context: SentenceContext, figure: LinkedFigure, key: str) -> Span | None:
    for term in context.of("alias"):
        if term.key == key and term.span.end <= figure.span.end:
            return term.span
    return None
