"""Charts as plain SVG: a figure over the years, a line a region and scope.

Drawn here and not by pygal, which was tried first: its files hold a script and a style of their own, which a page's policy
forbids, and the day they were made, so that no two days' bytes are the same; and it knows no mark for what our figures are:
a floor (hollow, with an arrow up), a ceiling (arrow down), an approximation (a band), a range (a bar), a dispute (a cross),
a derived point (its line dashed). Lines are told apart by their mark and the name at their end, never by colour alone; all
colours are the page's, so that they follow its dark mode.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from extractor.dataset.figures import number
from extractor.dataset.labels import grouped, scales

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extractor.dataset.labels import Labels
    from extractor.model import Point

# In pixels; a chart keeps its size, so that its words can be read on a telephone, where it is scrolled.
_HEIGHT = 310
_TOP, _BOTTOM, _LEFT, _RIGHT = 48, 34, 76, 204
_NARROWEST, _WIDEST, _YEAR = 300, 540, 120
_EDGE = 16  # from the plot's edges to the first and the last year
_LABEL_GAP = 18
# From so much on the axis counts in 万 or millions: where figures are round in it, and where they have no room otherwise.
_SHORT, _LONG = Decimal(100_000), Decimal(10_000_000)
_VALUES_SHOWN = 16  # values are written at their points up to so many
MOST_LINES = 8
_TICKS = 4


class ChartPoint(NamedTuple):
    """A point as drawn: ``words`` say its figure, ``link`` leads to where it stands."""

    year: int
    low: Decimal
    high: Decimal
    operator: str
    derived: bool
    disputed: bool
    words: str
    link: str | None = None


class ChartLine(NamedTuple):
    """A series as drawn."""

    name: str
    points: tuple[ChartPoint, ...]


def chart_point(
    point: Point, words: str, link: str | None = None, values: Sequence[str | None] = ()
) -> ChartPoint | None:
    """Make what is drawn of a point; None for one that is no number. ``values`` are those that disagree."""
    numbers = [read for text in (point.value, point.lower, point.upper, *values) if (read := number(text)) is not None]
    if not numbers:
        return None
    return ChartPoint(
        point.year, min(numbers), max(numbers), point.operator, point.status == "derived",
        point.status == "conflicting", words, link,
    )  # fmt: skip


class _Places(NamedTuple):
    """Where figures are written, where points lie, and where lines run from and to."""

    taken: list[tuple[float, float]]
    marks: list[tuple[float, float]]
    strokes: list[tuple[float, float, float, float]]


class _Scale(NamedTuple):
    years: tuple[int, ...]
    ticks: tuple[Decimal, ...]
    exponent: int = 0

    @property
    def right(self) -> int:
        """Where the plot ends, and the names begin."""
        span = _YEAR * (self.years[-1] - self.years[0])
        return _LEFT + min(max(span + 2 * _EDGE, _NARROWEST), _WIDEST)

    def x(self, year: int) -> float:
        first, last = self.years[0], self.years[-1]
        part = 0.5 if first == last else (year - first) / (last - first)
        return _LEFT + _EDGE + (self.right - _LEFT - 2 * _EDGE) * part

    def said(self, value: Decimal) -> str:
        """Write a number in what the axis counts in."""
        return plain_number(value.scaleb(-self.exponent))

    def y(self, value: Decimal) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return _HEIGHT - _BOTTOM - float((value - low) / (high - low)) * (_HEIGHT - _TOP - _BOTTOM)


def ticks_of(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """Choose round numbers that hold a range between them.

    >>> [str(tick) for tick in ticks_of(Decimal(580), Decimal(640))]
    ['580', '600', '620', '640']
    >>> [str(tick) for tick in ticks_of(Decimal(70), Decimal(70))]
    ['69', '70', '71']
    """
    if low == high:
        step = Decimal(1) if abs(low) >= 1 else abs(low) / 2 or Decimal(1)
        return (low - step, low, low + step)
    rough = (high - low) / _TICKS
    power = Decimal(10) ** rough.adjusted()
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    first = (low / step).to_integral_value("ROUND_FLOOR") * step
    count = int(((high - first) / step).to_integral_value("ROUND_CEILING"))
    return tuple(first + step * at for at in range(count + 1))


def plain_number(value: Decimal) -> str:
    """Write a number without exponent and idle noughts, long ones with their thousands apart.

    >>> plain_number(Decimal("1E+4")), plain_number(Decimal("69.50")), plain_number(Decimal(2400))
    ('10,000', '69.5', '2400')
    """
    text = grouped(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def chart(lines: Sequence[ChartLine], *, label: str, unit: str, labels: Labels) -> Markup:
    """Draw lines over the years; ``label`` says what the chart shows, ``unit`` stands above its axis."""
    points = [point for line in lines for point in line.points]
    years = tuple(sorted({point.year for point in points}))
    ticks = ticks_of(min(point.low for point in points), max(point.high for point in points))
    exponent, word = _counted_in([number for point in points for number in (point.low, point.high)], ticks[-1], labels)
    scale = _Scale(years, ticks, exponent)
    shown = len(points) <= _VALUES_SHOWN
    note = " · ".join(
        [
            f"{word}{' ' if word.startswith(' ') else ''}{unit}".strip(),
            *([labels("page", "not_from_zero")] if ticks[0] > 0 else []),
        ]
    )
    places = _Places(
        [],
        [(scale.x(point.year), scale.y(point.high)) for point in points],
        [_ends(one, other, scale) for line in lines for one, other in pairwise(line.points)],
    )
    parts = [
        Markup(
            '<svg class="chart" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="group" aria-label="{2}">'
        ).format(scale.right + _RIGHT, _HEIGHT, label),
        *_axes(scale, note),
    ]
    for at, line in enumerate(lines):
        parts.append(Markup('<g class="line l{}">').format(at % MOST_LINES))
        parts += [
            *_strokes(line, scale),
            *(_drawn(point, scale, at, line.name, places if shown else None) for point in line.points),
        ]
        parts.append(Markup("</g>"))
    parts += [*_names(lines, scale), Markup("</svg>")]
    return Markup("").join(parts)


def _counted_in(numbers: Sequence[Decimal], top: Decimal, labels: Labels) -> tuple[int, str]:
    """Choose what an axis counts in: 万 where its figures are short in it, or too long otherwise."""
    for exponent, word in scales(labels):
        short = all(-int(one.scaleb(-exponent).normalize().as_tuple().exponent) <= 1 for one in numbers)
        if top >= Decimal(10) ** exponent and (top >= _LONG or (short and top >= _SHORT)):
            return exponent, word
    return 0, ""


def sparkline(points: Sequence[ChartPoint]) -> Markup:
    """Draw a small line of the years beside a figure, its last point marked; the figure itself stands in words."""
    if len(points) < 2:  # noqa: PLR2004 - one point is no line
        return Markup("")
    low, high = min(point.low for point in points), max(point.high for point in points)
    first, last = points[0].year, points[-1].year
    places = [
        (
            4 + 84 * (point.year - first) / ((last - first) or 1),
            20 - (float((point.high - low) / (high - low)) * 14 if high != low else 7),
        )
        for point in points
    ]
    strokes = Markup("").join(
        Markup('<path class="stroke{}" d="M{:.1f} {:.1f}L{:.1f} {:.1f}"/>').format(
            " derived" if points[at].derived or points[at + 1].derived else "", *places[at], *places[at + 1]
        )
        for at in range(len(places) - 1)
    )
    mark = _mark(*places[-1], points[-1], 0)
    return Markup(
        '<svg class="spark line l0" viewBox="0 -8 96 44" aria-hidden="true" focusable="false">{}{}</svg>'
    ).format(strokes, mark)


# ── parts of a chart ────────────────────────────────────────────────────────────────────────────────────────────────


def _axes(scale: _Scale, note: str) -> Iterator[Markup]:
    for tick in scale.ticks:
        y = scale.y(tick)
        yield Markup('<path class="grid" d="M{} {:.1f}H{}"/>').format(_LEFT, y, scale.right)
        yield Markup('<text class="tick" x="{}" y="{:.1f}" text-anchor="end">{}</text>').format(
            _LEFT - 8, y + 4, scale.said(tick)
        )
    yield Markup('<text class="tick" x="{}" y="{}">{}</text>').format(4, 12, note)
    # Years keep their distance, so that a gap of three years looks like one; those that would overlap are left out.
    before = -100.0
    for year in scale.years:
        x = scale.x(year)
        if x - before >= 40 or year == scale.years[0]:  # noqa: PLR2004 - the width of a year and a space
            yield Markup('<text class="tick" x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
                x, _HEIGHT - 10, year
            )
            before = x


def _strokes(line: ChartLine, scale: _Scale) -> Iterator[Markup]:
    """Join points; dashed where an end is derived, dotted over years that nothing is known of."""
    for one, other in pairwise(line.points):
        kind = " derived" if one.derived or other.derived else " gap" if other.year - one.year > 1 else ""
        yield Markup('<path class="stroke{}" d="M{:.1f} {:.1f}L{:.1f} {:.1f}"/>').format(
            kind, *_ends(one, other, scale)
        )


def _ends(one: ChartPoint, other: ChartPoint, scale: _Scale) -> tuple[float, float, float, float]:
    """Return from where to where the line between two points runs."""
    return scale.x(one.year), scale.y(one.high), scale.x(other.year), scale.y(other.high)


def _drawn(point: ChartPoint, scale: _Scale, shape: int, name: str, places: _Places | None) -> Markup:
    """Draw a point, a link to its fact; ``places`` are those of the figures written so far, and of all marks."""
    x, y = scale.x(point.year), scale.y(point.high)
    body = Markup("")
    if point.low != point.high:
        body += Markup('<path class="span" d="M{0:.1f} {1:.1f}V{2:.1f}"/>').format(x, scale.y(point.low), y)
    if point.operator == "approx":
        body += Markup('<rect class="band" x="{:.1f}" y="{:.1f}" width="28" height="12" rx="6"/>').format(x - 14, y - 6)
    body += _mark(x, y, point, shape)
    said = _short(point, scale)
    # The first and the last year's stay between the axis and the names.
    half = len(said) * _DIGIT / 2
    at = max(_LEFT + half, min(x, scale.right + 8 - half))
    if places is not None and (place := _free(x, y, point.operator, places, (at - half, at + half))) is not None:
        places.taken.append((x, place))
        body += Markup('<text class="value" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>').format(
            at, place, said
        )
    words = f"{point.year} {name} {point.words}"
    if point.link is None:
        return Markup("<g><title>{}</title>{}</g>").format(words, body)
    return Markup('<a href="{}" aria-label="{}"><title>{}</title>{}</a>').format(point.link, words, words, body)


def _free(x: float, y: float, operator: str, places: _Places, width: tuple[float, float]) -> float | None:
    """Find a place for a figure above or below its point where none is written yet and no other point lies.

    Of two the one that no line runs through; ``width`` is from where to where the figure is written.
    """
    above = y - (20 if operator in {"ge", "gt"} else 10)
    below = y + (30 if operator in {"le", "lt"} else 20)
    free: list[float] = []
    for place in (above, below):
        apart = all(
            abs(x - other) > _VALUE_WIDTH or abs(place - height) > _VALUE_HEIGHT for other, height in places.taken
        )
        # Its digits stand above its line; the point's own mark is always far enough.
        clear = all(
            abs(x - other) > _VALUE_WIDTH / 2 or abs(place - 4 - height) > _MARK for other, height in places.marks
        )
        if apart and clear:
            free.append(place)
    unstruck = (place for place in free if not any(_crosses(stroke, width, place) for stroke in places.strokes))
    return next(unstruck, free[0] if free else None)


def _crosses(stroke: tuple[float, float, float, float], width: tuple[float, float], place: float) -> bool:
    """Return True if a line runs through the digits written at a place."""
    left, low, right, high = stroke
    first, last = max(left, width[0]), min(right, width[1])
    if first > last or left == right:
        return False
    ends = sorted(low + (high - low) * (at - left) / (right - left) for at in (first, last))
    return ends[0] <= place + 2 and ends[1] >= place - _VALUE_HEIGHT + 2


_VALUE_WIDTH, _VALUE_HEIGHT, _DIGIT, _MARK = 50, 14, 7.5, 9


def _short(point: ChartPoint, scale: _Scale) -> str:
    numbers = [scale.said(point.low)] + ([scale.said(point.high)] if point.high != point.low else [])
    sign = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈"}.get(point.operator, "")
    return f"{sign}{('/' if point.disputed else '–').join(numbers)}"


_SHAPES = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", "M-3.6-3.6h7.2v7.2h-7.2z", "M0-5L5 0L0 5L-5 0z", "M0-4.6L4.8 3.8H-4.8z",
)  # fmt: skip


def _mark(x: float, y: float, point: ChartPoint, at: int) -> Markup:
    """Draw a point's mark: filled for a figure, hollow for a bound or what was derived, a cross for a dispute."""
    if point.disputed:
        return Markup('<path class="cross" transform="translate({:.1f} {:.1f})" d="M-5-5L5 5M-5 5L5-5"/>').format(x, y)
    hollow = point.derived or point.operator not in {"eq", "between", "approx"}
    kind = "mark hollow" if hollow else "mark"
    shape = Markup('<path class="{}" transform="translate({:.1f} {:.1f})" d="{}"/>').format(
        kind, x, y, _SHAPES[at % len(_SHAPES)]
    )
    arrow = {
        "ge": "M-4-10L0-15L4-10M0-15V-5",
        "gt": "M-4-10L0-15L4-10M0-15V-5",
        "le": "M-4 10L0 15L4 10M0 15V5",
        "lt": "M-4 10L0 15L4 10M0 15V5",
    }
    if way := arrow.get(point.operator):
        shape += Markup('<path class="arrow" transform="translate({:.1f} {:.1f})" d="{}"/>').format(x, y, way)
    return shape


def _names(lines: Sequence[ChartLine], scale: _Scale) -> Iterator[Markup]:
    """Write each line's name at its end, with its mark; names that would overlap move apart."""
    ends = sorted((scale.y(line.points[-1].high), at) for at, line in enumerate(lines))
    lowest = _HEIGHT - _BOTTOM + 8 - _LABEL_GAP * (len(ends) - 1)
    y = -float(_LABEL_GAP)
    for place, (wanted, at) in enumerate(ends):
        y = max(y + _LABEL_GAP, min(wanted, lowest + _LABEL_GAP * place))
        name = lines[at].name
        x = scale.right + 16
        yield Markup('<g class="line l{}">{}<text class="name" x="{}" y="{:.1f}">{}</text></g>').format(
            at % MOST_LINES,
            Markup('<path class="mark" transform="translate({} {:.1f})" d="{}"/>').format(x, y, _SHAPES[at % len(_SHAPES)]),
            x + 12, y + 4, _cut(name),
        )  # fmt: skip


_LONGEST_NAME = 13


def _cut(name: str) -> Markup:
    """Shorten a name to what the margin holds; the whole of it stands in a title."""
    if len(name) <= _LONGEST_NAME:
        return escape(name)
    return Markup("{}…<title>{}</title>").format(name[: _LONGEST_NAME - 1], name)


def drawable(points: Iterable[ChartPoint | None]) -> tuple[ChartPoint, ...]:
    """Keep what can be drawn, one point a year: of a year with several deadlines, the last."""
    of_year = {point.year: point for point in points if point is not None}
    return tuple(of_year[year] for year in sorted(of_year))
