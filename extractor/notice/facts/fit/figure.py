"""The figure that an indicator is held against, and why it can't be one."""

from __future__ import annotations

from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from extractor.model import Span
from extractor.notice.facts.lists.items import SELF

if TYPE_CHECKING:
    from extractor.model import Base
    from extractor.notice.facts.lists.items import Share
    from extractor.notice.facts.sentence.context import SentenceContext

Misfit: TypeAlias = Literal[
    "kind",
    "role",
    "operator",
    "unit",
    "change",
    "rival",
    "require",
    "programme",
    "per",
    "base",
    "another",
    "condition",
    "example",
]
# As few signs left of a name say of what else it is.
ANOTHER = 2


class LinkedFigure(Struct, frozen=True, gc=False):
    """What linking needs to know of a quantity, a date or a milestone.

    ``number`` is the place of its digits, ``span`` that of its words with unit and bound. ``hint`` is the indicator
    that the pattern which read it names. ``condition``: it says to whom or when something applies. ``own`` is the name
    that its clause or its table's heads give it, ``base`` what it is a share of, ``role`` what its words make it: a level,
    an increase …, ``share`` its subject in a 分别 list.
    """

    span: Span
    number: Span
    kind: str
    unit: str | None
    operator: str
    hint: str | None = None
    condition: bool = False
    per: tuple[str, ...] = ()
    base: Base | None = None
    own: Span | None = None
    role: str = "level"
    share: Share | None = None
    value: Decimal | None = None


def said_before(context: SentenceContext, figure: LinkedFigure) -> str:
    """Return the words of the sentence before a figure, without those of a base and of the other items of its list.

    单位和个人分别为0.7%和0.3%; 散居孤儿按集中养育标准的80%发放，每人每月1200元: the base says nothing of what is given.
    """
    start, share = context.span.start, figure.share
    said = context.text[start : figure.number.start]
    # 月平均工资7644元|的300%: its own words hide nothing of a ground itself
    others = chain(context.reckoned.grounds.items(), context.gaps.items())
    hidden = [
        *context.reckoned.bases,
        *context.reckoned.moved_along,
        *(span for at, span in others if at != figure.number.start),
    ]
    hidden += [span for span in context.reckoned.shared_out if span.end + 1 < figure.number.start]
    # 上限为4968元（|单位和职工各2484元|），下限为167元
    hidden += [aside for aside in context.asides_of_others(figure.number.start) if aside.end <= figure.number.start]
    if share and share.whole:
        last = share.head.start if share.head else share.whole.end
        if share.group == "payer" and context.statement.words.lists.selves.meets(context.text[last : last + SELF]):
            last += SELF  # 用人单位、职工|个人|费率分别为0.7%和0.3%
        hidden += [Span(share.whole.start, share.span.start), Span(share.span.end, max(share.span.end, last))]
    for span in hidden:
        low, high = span.start - start, min(span.end, figure.number.start) - start
        said = said[:low] + " " * (high - low) + said[high:] if low < high else said
    if share and share.whole and share.whole.end <= figure.number.start and names_both_bounds(context, share):
        # 缴费基数上下限 says of the first value 缴费基数上限
        low, high = share.whole.start - start, share.whole.end - start
        said = said[:low] + share.words[: high - low].ljust(high - low) + said[high:]
    return said


def names_both_bounds(context: SentenceContext, share: Share | None) -> bool:
    """Return True if a list deals out two bounds that one word stands for: 缴费基数|上下限|分别为23100元、4620元."""
    pairs = context.statement.words.lists.bound_pairs
    return share is not None and share.whole is not None and pairs.meets(context.words(share.whole))
