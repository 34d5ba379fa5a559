"""Says why a figure was linked as it was, from the link and what it was linked by: computed only where somebody asks.

Of each indicator that the words around the figure name, or nearly name, it says what kept it from being taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from extractor.notice.facts.fit.figure import Misfit
from extractor.notice.facts.fit.misfit import required_in
from extractor.notice.facts.fit.others import another_thing, rival_of
from extractor.notice.facts.link.case import Link, LinkCase, StepName
from extractor.notice.facts.link.cues import cue_holds, other_figure
from extractor.notice.facts.programme import programme_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.model import Term
    from extractor.notice.facts.catalog import Cue, Indicator, Requirement, Within

Refusal: TypeAlias = Literal[
    Misfit, "payer", "several", "excluded", "blocked", "other_figure", "behind", "outside", "own_words", "weaker"
]
_WITHIN: tuple[Within, ...] = ("clause", "sentence", "section")


class Refused(Struct, frozen=True):
    """An indicator that was considered and not taken.

    ``said`` are the words that bring it up. ``found`` and ``wanted`` are what the reason is about: kinds, operators,
    units or words, as the reason goes.
    """

    indicator: str
    reason: Refusal
    said: tuple[str, ...]
    found: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()


class Explanation(Struct, frozen=True):
    """Why a figure has its indicator, or none.

    ``step`` decided (None: no step found anything) on the words ``said``, which stand in ``place`` where that is
    elsewhere: a heading, or the figure before. ``row`` is the key of the indicator's row that lists them. ``programmes``
    are the names of what the figure was taken to be about.
    """

    indicator: str | None
    step: StepName | None
    said: tuple[str, ...]
    row: Literal["aliases", "cues"] | None
    place: str | None
    programmes: tuple[str, ...]
    refused: tuple[Refused, ...]


def explain(case: LinkCase, link: Link) -> Explanation:
    """Say why a figure was linked so."""
    said: tuple[str, ...] = ()
    row: Literal["aliases", "cues"] | None = None
    if link.cue is not None:
        said, row = cue_words(link.cue, dict(_cue_places(case))[link.within]), "cues"
    elif link.subject is not None:
        said, row = (case.context.words(link.subject),), "aliases"
    return Explanation(
        link.indicator,
        link.step,
        said,
        row,
        case.context.words(link.place) if link.place else None,
        _programmes(case),
        tuple(refusals(case, link)),
    )


def refusals(case: LinkCase, link: Link) -> list[Refused]:
    """List the indicators that were considered and not taken, each once, the nearest to the figure first."""
    found: dict[str, Refused] = {}
    for refused in _considered(case, link):
        if refused.indicator != link.indicator:
            found.setdefault(refused.indicator, refused)
    return list(found.values())


def cue_words(cue: Cue, words: str) -> tuple[str, ...]:
    """Return the words of a cue that a text has: all that it wants, and the first of those that serve as well."""
    return (*cue.all, *[word for word in cue.any if word in words][:1])


def _considered(case: LinkCase, link: Link) -> Iterator[Refused]:
    if hint := case.figure.hint:
        yield _judged(case, link, hint, (case.context.words(case.figure.span),), "weaker")
    for term in sorted(_meant(case, case.context.of("alias")), key=lambda term: _distance(case, term)):
        yield _judged(case, link, term.key, (case.context.words(term.span),), _why_name(case, term))
    for _, terms in case.context.terms_around("alias") if case.until is None else ():
        for term in _meant(case, terms):
            if case.figure.kind in case.indicator(term.key).kinds:
                yield _judged(case, link, term.key, (case.context.words(term.span),), _why_heading(case, term.key))
    for indicator in case.context.linking_resources.catalog.of_kind.get(case.figure.kind, ()):
        yield from _cued(case, link, indicator)


def _meant(case: LinkCase, names: list[Term]) -> list[Term]:
    """Of what several programmes call by one name (个人缴费标准) leave that of the figure's own, else of its family."""
    about = {name for name in names if case.is_about(name.key, case.context.words(name.span))}
    akin = {name for name in names if case.is_akin(name.key)}
    for nearer in (about, akin):
        own = {name.span for name in names if name in nearer}
        names = [name for name in names if name.span not in own or name in nearer]
    return names


def _judged(
    case: LinkCase,
    link: Link,
    key: str,
    said: tuple[str, ...],
    otherwise: Refusal,
    wanted: tuple[str, ...] = (),
    cue: Cue | None = None,
) -> Refused:
    """Say what keeps an indicator from the figure; ``otherwise`` where it could have it."""
    by: str | Cue = cue or "".join(said)
    indicator = case.indicator(key)
    if reason := case.misfit(key, by):
        return Refused(key, reason, said, *_differing(case, indicator, reason))
    if payer := case.payer_of_part(key):
        return Refused(key, "payer", said, (case.context.words(payer),))
    if key in link.candidates:
        return Refused(key, "several", said)
    if otherwise == "blocked" and case.blocking:
        return Refused(key, "blocked", said, (case.context.words(case.blocking),))
    return Refused(key, otherwise, said, (), wanted)


def _differing(case: LinkCase, indicator: Indicator, reason: Misfit) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what was found, and what the indicator wants instead."""
    figure, catalog = case.figure, case.context.linking_resources.catalog.programmes
    require, words = indicator.require, case.context.words
    differing: dict[Misfit, tuple[tuple[str | None, ...], tuple[str, ...]]] = {
        "kind": ((figure.kind,), indicator.kinds),
        "role": ((figure.role,), indicator.roles),
        "operator": ((figure.operator,), indicator.operators),
        "unit": ((figure.unit,), indicator.units or (indicator.unit,)),
        "change": ((figure.role,), (indicator.change or "",)),
        "rival": ((rival_of(case.context, indicator, figure),), indicator.own),
        "require": _required(case, require) if require else ((), indicator.own),
        "programme": (_programmes(case), tuple(catalog[key].terms[0] for key in indicator.programmes)),
        "per": (figure.per, (*indicator.per, *indicator.also_per)),
        "condition": ((), ()),
        "base": ((figure.base.text if figure.base else None,), ()),
        "another": ((words(named) if (named := another_thing(case.context, indicator, figure)) else None,), ()),
        "example": ((words(told) if (told := case.context.example_at(figure.number.start)) else None,), ()),
    }
    found, wanted = differing[reason]
    return tuple(word or "" for word in found), wanted


def _required(case: LinkCase, require: Requirement) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words that an indicator can't bear and the sentence has, and those that it wants."""
    _, words = required_in(case.context, require, case.figure.number.start)
    return tuple(word for word in require.none if word in words), (*require.all, *require.any)


def _why_name(case: LinkCase, name: Term) -> Refusal:
    """Say what keeps a name in the sentence from a figure that it could have."""
    if case.until is not None:
        return "weaker" if case.figure.span.end <= name.span.start < case.until else "outside"
    if name.span.start >= case.clause.end:
        return "behind"
    if name.span.end <= case.clause.start:
        return "blocked" if case.blocking else "weaker"
    return "other_figure" if name.span.start >= case.figure.span.end and other_figure(case, name) else "weaker"


def _why_heading(case: LinkCase, key: str) -> Refusal:
    if case.blocking:
        return "blocked"
    return "own_words" if not case.asks_headings or case.names_itself(key) else "weaker"


def _cued(case: LinkCase, link: Link, indicator: Indicator) -> Iterator[Refused]:
    """Say of an indicator's cues that are met, or would be but for a word that they exclude, why they don't decide."""
    for within, words in _cue_places(case):
        for cue in indicator.cues:
            # 支付 alone brings up a figure of 大病保险 only where that is spoken of.
            elsewhere = cue.programmes and not case.programmes & set(cue.programmes)
            if cue.within != within or elsewhere or not cue.named_by(words) or not case.is_about(indicator.id, cue):
                continue
            said = cue_words(cue, words)
            if excluded := tuple(word for word in cue.none if word in words):
                yield _judged(case, link, indicator.id, said, "excluded", excluded[:1], cue)
            else:
                yield _judged(
                    case, link, indicator.id, said, "weaker" if cue_holds(case, cue, within) else "blocked", (), cue
                )


def _programmes(case: LinkCase) -> tuple[str, ...]:
    """Return what the figure was taken to be about, as the sentence calls it."""
    at = case.figure.number.start
    return tuple(programme_words(case.context, key, at)[0] for key in sorted(case.programmes))


def _distance(case: LinkCase, name: Term) -> int:
    return min(abs(case.figure.number.start - name.span.end), abs(name.span.start - case.figure.span.end))


def _cue_places(case: LinkCase) -> Iterator[tuple[Within, str]]:
    """Yield the words that cues of a kind are looked for in; for a deadline, only what is to be done by then."""
    if case.until is not None:
        yield "clause", case.context.text[case.figure.span.end : case.until]
        return
    for within in _WITHIN:
        yield within, case.words(within)
