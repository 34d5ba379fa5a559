"""One figure with all that a step may ask for its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from extractor.model import Quantity, Span
from extractor.notice.facts.names.pieces import REACH, MeasureName
from extractor.notice.once import cached_property

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.notice.facts.sentence.context import SentenceContext

# A bound word is no longer than this.
BOUND = 4


@dataclass(frozen=True)
class MeasureCase:
    """A figure whose name is looked for: its quantity and index, where the figure before it ended, and that one's name.

    ``band``: the name of the last class of values in the figure's unit. ``worded``: it is an amount in words (不设起付线).
    ``condition``: it says to whom or when something applies.
    """

    context: SentenceContext
    quantity: Quantity
    index: int
    left: int
    last: MeasureName | None
    band: MeasureName | None
    worded: bool
    condition: bool

    @cached_property
    def number(self) -> Span:
        """The figure with its bound, where no name stands between them (至少配备专职人员5名)."""
        quantity = self.quantity
        start = min(quantity.span.start, quantity.number.start)
        return Span(quantity.number.start if self._parted(start) else start, quantity.number.end)

    def _parted(self, start: int) -> bool:
        """Return True if a name stands between a bound and the number of a count, or begins before the bound (资产总额不超过)."""
        end, reader = self.quantity.number.start, self.context.statement
        if end - start <= BOUND:
            return False
        bounding = reader.words.lists.bounding
        low = max(self.context.clause(start).start, start - REACH)
        text = self.context.text
        crossing = [one.span.end for one in reader.chunks(low, end) if one.span.start < start < one.span.end]
        # 承租人最长可连续承租6年; but 贷款期限不超过法定退休年龄后5年
        lasting = self.quantity.kind == "duration" and self.context.text.startswith(bounding.words, start)
        named = self.counted or lasting
        between = [one.span for one in reader.chunks(start, end) if one.kind != "empty"] if named else []
        names = [*(text[start:at] for at in crossing), *(text[slice(*span)] for span in between)]
        return any(not bounding.meets(name) for name in names)

    @property
    def counted(self) -> bool:
        """Whether the figure counts things."""
        return self.quantity.kind == "count"

    @property
    def list_end(self) -> int:
        """The end of the list of values that the figure stands in: 80%、60%的比例给予补助."""
        return self.context.list_ends[self.index]


Step: TypeAlias = "Callable[[MeasureCase], MeasureName | None]"


def only_says_change(case: MeasureCase, name: Span) -> bool:
    """Return True if words say what is done to a standard, and not of what it is (提高标准 above a figure)."""
    reader, text = case.context.statement, case.context.text
    first = next(iter(reader.cut(name)), None)
    changes = first is not None and reader.words.use_of.get(text[first.start : first.end]) == "change"
    return first is not None and changes and reader.words.kind_of(text[first.end : name.end]) == "empty"
