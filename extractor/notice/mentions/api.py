"""The public functions for a bare piece of text: `numerals`, `quantities`, `dates`.

The text is normalised first (full-width digits, spaces inside figures, traditional script); offsets are those of the
text given.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from extractor.model import AlignedText, DateMention, Kind, Operator, Quantity, Role
from extractor.notice.mentions.currency import in_currency, notice_currency
from extractor.notice.mentions.dates import Reference
from extractor.notice.mentions.find import mention_finder
from extractor.notice.numerals import find_numerals
from extractor.resources import Resources, load


class TextNumeral(Struct, frozen=True):
    """A numeral of a text: half-open code points of the text given, its words, its exact value."""

    start: int
    end: int
    exact: str
    value: Decimal


class TextQuantity(Struct, frozen=True):
    """A number with its unit in a text; see `extractor.model.Fact` for what the fields mean.

    ``value``, ``lower`` and ``upper`` are `Decimal`; ``unit`` is None for a bound on a bare number (五百以上).
    """

    start: int
    end: int
    exact: str
    kind: Kind
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str | None
    per: tuple[str, ...]
    operator: Operator
    role: Role


class TextDate(Struct, frozen=True):
    """A date of a text. ``value``, ``lower``, ``upper`` are ISO 8601; a year that isn't known is written ``-``."""

    start: int
    end: int
    exact: str
    kind: str
    value: str | None
    lower: str | None
    upper: str | None
    operator: Operator
    edtf: str


def numerals(text: str, *, resources: Resources | None = None) -> tuple[TextNumeral, ...]:
    """Return every numeral of a text; signs inside words (进一步, 统一, 三重) are none.

    >>> [(n.exact, str(n.value)) for n in numerals("进一步提高2万5千元，占百分之七十")]
    [('2万5千', '25000'), ('七十', '70')]
    """
    given = load() if resources is None else resources
    aligned = _normalised(text, given)
    finder = given.built(mention_finder)
    words = [match.span() for match in finder.words.finditer(aligned.text)]
    begins = [start for start, _ in words]
    found = []
    for numeral in find_numerals(aligned.text):
        at = bisect_right(begins, numeral.start) - 1
        if at >= 0 and numeral.end <= words[at][1]:
            continue
        if finder.lists.no_numeral_before.meets(aligned.text[numeral.end : numeral.end + 2]):
            # 百分之七十: the 百 belongs to the sign of the fraction; 一是 begins an item.
            continue
        start, end = aligned.to_source((numeral.start, numeral.end))
        found.append(TextNumeral(start, end, text[start:end], numeral.value))
    return tuple(found)


def quantities(text: str, *, resources: Resources | None = None) -> tuple[TextQuantity, ...]:
    """Return every number with its unit in a text, with bound, role and per.

    >>> [(q.exact, q.operator, str(q.value), q.unit, q.per) for q in quantities("达到每人每年不低于610元")]
    [('不低于610元', 'ge', '610', 'CNY', ('person', 'year'))]
    """
    given = load() if resources is None else resources
    aligned, (found, _) = _normalised(text, given), _mentions(text, None, given)
    units = given.built(mention_finder).quantities.units
    made = []
    for item in in_currency(found, aligned.text, notice_currency(aligned.text, None, units), units):
        start, end = aligned.to_source(item.span)
        made.append(
            TextQuantity(
                start, end, text[start:end], item.kind, item.value, item.lower, item.upper, item.unit, item.per,
                item.operator, item.role,
            )
        )  # fmt: skip
    return tuple(made)


def dates(
    text: str, reference: date | str | int | None = None, *, resources: Resources | None = None
) -> tuple[TextDate, ...]:
    """Return every date, month, year, range and deadline of a text.

    ``reference`` (a date, an ISO string or a year) is what 今年 and 6月底前 are read against; without it they stay
    relative. No clock is read.

    >>> [(d.exact, d.operator, d.value, d.edtf) for d in dates("2022年底前完成，6月底前见效", reference=2022)]
    [('2022年底前', 'le', '2022-12-31', '../2022-12-31'), ('6月底前', 'le', '2022-06-30', '../2022-06-30')]
    """
    given = load() if resources is None else resources
    year = reference.year if isinstance(reference, date) else None if reference is None else int(str(reference)[:4])
    aligned, (_, found) = _normalised(text, given), _mentions(text, year, given)
    return tuple(_text_date(aligned, item) for item in found)


def _text_date(aligned: AlignedText, item: DateMention) -> TextDate:
    start, end = aligned.to_source(item.span)
    exact = aligned.source.text[start:end]
    return TextDate(start, end, exact, item.kind, item.value, item.lower, item.upper, item.operator, item.edtf)


@lru_cache(maxsize=1)
def _mentions(
    text: str, year: int | None, resources: Resources
) -> tuple[tuple[Quantity, ...], tuple[DateMention, ...]]:
    """Read a text once for who asks for its quantities and its dates, one after the other as most do."""
    aligned = _normalised(text, resources)
    finder = resources.built(mention_finder)
    found, dated, _ = finder.find(aligned.text, 0, len(aligned.text), reference=Reference(year))
    return tuple(found), tuple(dated)


@lru_cache(maxsize=1)
def _normalised(text: str, resources: Resources) -> AlignedText:
    from extractor.notice.normalise.run import normalise_piece

    return normalise_piece(text, resources)
