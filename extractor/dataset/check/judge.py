"""Judges figures by themselves: whether they add up, keep to a bound, conform, agree.

Nothing here knows of notices: the rows' examples run against these functions alone.
"""

from __future__ import annotations

import hashlib
from decimal import Context, Decimal, InvalidOperation, localcontext
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from extractor.dataset.canonical import decimal_text, encode_line
from extractor.dataset.check.identities import Identities, Identity, load_identities
from extractor.dataset.implied import ImpliedPer, implied_per
from extractor.dataset.labels import Labels, notice_name, said_number, value_words
from extractor.dataset.served import Serving, serving
from extractor.model import Check
from extractor.resources import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.dataset.check.identities import Identity, Status
    from extractor.model import Fact, NoticeRecord, Point
    from extractor.resources import Resources

_SIGNS = {"≥": "ge", "≤": "le", ">": "gt", "<": "lt", "约": "approx"}
_DIGITS = 100
_ROUNDED = Decimal("0.001")
# Subsets of the amounts under 其中 are tried; more than this are not listed in one sentence.
_MOST_PARTS = 10


class CheckedFigure(NamedTuple):
    """A number with its bound; ``upper`` is set for a range only."""

    value: Decimal
    operator: str = "eq"
    upper: Decimal | None = None


class Verdict(NamedTuple):
    """What came out: the number that was expected and the one that was found."""

    status: Status
    expected: Decimal
    found: Decimal


def figure_of(fact: Fact | Point) -> CheckedFigure | None:
    """Take the number of a fact or a point; None where it has none, or one that is no number."""
    try:
        if fact.operator == "between" and fact.lower is not None and fact.upper is not None:
            return CheckedFigure(Decimal(fact.lower), "between", Decimal(fact.upper))
        return None if fact.value is None else CheckedFigure(Decimal(fact.value), fact.operator)
    except InvalidOperation:
        return None


def read_figure(text: str) -> CheckedFigure:
    """Read a figure of an example.

    >>> read_figure("≥610")
    CheckedFigure(value=Decimal('610'), operator='ge', upper=None)
    """
    return CheckedFigure(Decimal(text.lstrip("≥≤<>约")), _SIGNS.get(text[:1], "eq"))


def add_up(parts: Sequence[tuple[int, Decimal]]) -> Decimal | None:
    """Add signed numbers exactly; None where that would take more digits than any figure has.

    >>> add_up([(1, Decimal(350)), (-1, Decimal(320))])
    Decimal('30')
    """
    with localcontext(Context(prec=_DIGITS, traps=[])) as context:
        total = sum((sign * value for sign, value in parts), Decimal(0))
        return total if total.is_finite() and not any(context.flags.values()) else None


def judge_equal(expected: Decimal, found: Decimal, figures: Sequence[CheckedFigure]) -> Verdict:
    """Compare two numbers; where one that they rest on is about, a difference is no failure."""
    unsure = any(figure.operator == "approx" for figure in figures)
    return Verdict("pass" if expected == found else "warn" if unsure else "fail", expected, found)


def judge_breakdown(whole: Decimal, parts: Sequence[Decimal]) -> tuple[Status, tuple[int, ...]]:
    """Say whether the amounts under 其中 add up to the whole, and which of them do.

    Amounts inside another one (其中省级122元，含转移支付20元) are left aside. ``not_made`` where they come to less:
    what is listed need not be all.
    """
    every = tuple(range(len(parts)))
    for size in range(len(parts), 1, -1) if len(parts) <= _MOST_PARTS else ():
        for chosen in combinations(every, size):
            if add_up([(1, parts[index]) for index in chosen]) == whole:
                return "pass", chosen
    total = add_up([(1, part) for part in parts])
    return ("fail" if total is not None and total > whole else "not_made"), every


def judge_range(value: CheckedFigure, lower: Decimal, upper: Decimal, row: Identity) -> Status:
    """Say whether a figure lies inside a range, both ends included."""
    ends = (value.value, value.value if value.upper is None else value.upper)
    return "pass" if all(lower <= end <= upper for end in ends) else row.violation


def judge_ratio(values: Sequence[Decimal], bases: Sequence[Decimal], row: Identity) -> tuple[Status, Decimal]:
    """Say whether a figure is as many times another as a row says, and how many times it is, rounded.

    Of what the figures may be (by the month, by the year), those that come nearest are taken.
    """
    lower, upper = Decimal(row.lower or 0), Decimal(row.upper or "Infinity")
    with localcontext(Context(prec=_DIGITS, traps=[])):
        times = [value * Decimal(row.times or 1) / base for value in values for base in bases if base]
        if not times:
            return "pass", Decimal(0)
        nearest = min(times, key=lambda one: max(lower - one, one - upper, Decimal(0)))
        status: Status = "pass" if lower <= nearest <= upper else row.violation
        return status, nearest.quantize(_ROUNDED)


def judge_conformance(other: CheckedFigure, own: CheckedFigure) -> Status:
    """Say whether a figure keeps to the bound that another sets; where no bound is set, only sameness is sure."""
    same = (other.value, other.upper) == (own.value, own.upper)
    floor = other.operator in {"ge", "gt"}
    if not floor and other.operator not in {"le", "lt"}:
        return "pass" if same else "warn"
    # A cap says nothing about a floor, and the other way round; about 70 is only sure to keep to 70.
    open_end = own.operator in ({"le", "lt"} if floor else {"ge", "gt"})
    if open_end or (own.operator == "approx" and not same):
        return "warn"
    end = own.value if floor or own.upper is None else own.upper
    inside = end > other.value if floor else end < other.value
    included = other.operator in {"ge", "le"} or own.operator == other.operator
    return "pass" if inside or (end == other.value and included) else "fail"


def judge_agreement(other: CheckedFigure, own: CheckedFigure) -> Status:
    """Say whether two texts give one figure; 达到610元 beside 不低于610元 is less exact, not different."""
    bounds = {other.operator, own.operator} - {"eq"}
    same = (other.value, other.upper) == (own.value, own.upper)
    return "pass" if same and len(bounds) <= 1 else "fail"


# ── Says figures and places in the messages of checks, and makes the checks themselves

_KINDS = {"breakdown": "sum", "ratio": "bound"}
_MOST_PLACES = 3
_LONGEST_NAME = 24
# Words of a message that are a number and nothing else.
_BARE = {"expected", "lower", "upper"}


class CheckContext(Struct, frozen=True):
    """What every check needs at hand: the rows, the words, the notices by id."""

    identities: Identities
    language: str
    labels: dict[str, str]
    notices: dict[str, NoticeRecord]
    regions: dict[str, str]
    implied: ImpliedPer
    serving: Serving

    # ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def name(self, fact: Fact) -> str:
        """Say what a fact measures, with whom it is for."""
        known = self.identities.indicators.get(fact.indicator or "")
        name = self.in_language(known.name, known.name_en) if known else fact.subject or fact.counted or ""
        scope = self.scope(fact)
        return self.note("bracketed", words=name, more=scope) if scope else name

    def scope(self, fact: Fact) -> str:
        """Say for whom and where a fact holds."""
        area = self.labels.get(f"area.{fact.scope.area}", "")
        parts = (area, *fact.scope.places, fact.scope.population, fact.scope.provider, fact.scope.condition)
        return "·".join(part for part in parts if part)

    def region(self, code: str | None) -> str:
        """Say a region's name, where a notice of the dataset is of that region."""
        return self.regions.get(code or "", code or "")

    def amount(self, fact: Fact) -> str:
        """Say a figure: ``≥610元``."""
        if fact.kind == "milestone":
            return fact.due or ""
        words = value_words(replace(fact, per=()), self._said)
        return self.in_language(words.replace(" ", ""), words)

    def called(self, notice_id: str) -> str:
        """Say which notice it is: its number, else its title."""
        return notice_name(self.notices[notice_id], self._said, exact=False)

    @property
    def _said(self) -> Labels:
        return Labels(self.labels, {})

    def place(self, fact: Fact) -> str:
        """Say where a figure stands: notice, a long title cut short, and section."""
        name = self.called(fact.notice_id)
        name = f"{name[:_LONGEST_NAME]}…》" if name.startswith("《") and len(name) > _LONGEST_NAME else name
        return " ".join(part for part in (name, fact.evidence.section) if part)

    def said(self, facts: Sequence[Fact]) -> str:
        """Say a figure with all places that give it; they agree, so that the first speaks for all."""
        places = list(dict.fromkeys(self.place(fact) for fact in facts))
        more = self.note("more_places", count=str(len(places))) if len(places) > _MOST_PLACES else ""
        named = self.note("places").join(places[:_MOST_PLACES])
        return self.note("bracketed", words=self.amount(facts[0]), more=f"{named}{more}")

    def beside(self, first: str, facts: Sequence[Fact]) -> str:
        """Say a name with its figure."""
        return self.note("beside", first=first, second=self.said(facts))

    def listed(self, words: Iterable[str]) -> str:
        """List words."""
        return self.note("list").join(words)

    def note(self, which: str, **words: str) -> str:
        """Say one of the notes."""
        row = self.identities.notes[which]
        return self.in_language(row.text, row.text_en).format(**words)

    def in_language(self, chinese: str, english: str) -> str:
        """Take the words of the language that is spoken."""
        return chinese if self.language == "zh" else english

    def _spoken(self, words: dict[str, str]) -> dict[str, str]:
        """Say bare numbers as the figures beside them are said."""
        return {name: said_number(text, self._said) if name in _BARE else text for name, text in words.items()}

    def operators_note(self, facts: Iterable[Fact]) -> str:
        """Say that bounds differ, if they do."""
        signs = list(dict.fromkeys(self.labels.get(f"operator.{fact.operator}", fact.operator) for fact in facts))
        return self.note("operators", signs=self.listed(signs)) if len(signs) > 1 else ""

    # ── checks ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def check(
        self,
        row: Identity,
        status: Status,
        facts: Sequence[Sequence[Fact]],
        *,
        words: dict[str, str],
        numbers: tuple[Decimal | str | None, Decimal | str | None] = (None, None),
        key: Any = None,  # noqa: ANN401 - whatever tells two checks of the same places apart
    ) -> Check:
        """Make a check; each element of ``facts`` is one figure with all the facts that give it.

        The id rests on the first fact of each figure, so that another notice that says the same doesn't change it.
        """
        ids = tuple(dict.fromkeys(fact.fact_id for group in facts for fact in group))
        named = [_KINDS.get(row.kind, row.kind), row.id, [group[0].fact_id for group in facts], key]
        expected, found = (
            number if isinstance(number, str) or number is None else decimal_text(number) for number in numbers
        )
        return Check(
            check_id=f"c-{hashlib.sha256(encode_line(named)).hexdigest()[:12]}",
            kind=_KINDS.get(row.kind, row.kind),  # type: ignore[arg-type]
            status=status,
            fact_ids=ids,
            expected=expected,
            found=found,
            message=self._texts(row, words)[status].format(**{"note": "", "reason": "", **self._spoken(words)}),
        )

    def not_made(
        self,
        row: Identity,
        reason: str,
        facts: Sequence[Sequence[Fact]],
        *,
        words: dict[str, str],
        key: Any = None,  # noqa: ANN401 - as in `check`
    ) -> Check:
        """Make the record of a check that can't be made, with the reason."""
        reasons = row.reasons if self.language == "zh" else row.reasons_en
        words = {**words, "reason": reasons[reason].format(**{"note": "", **self._spoken(words)})}
        return self.check(row, "not_made", facts, words=words, key=[reason, key])

    def _texts(self, row: Identity, words: dict[str, str]) -> dict[Status, str]:
        """Take the messages of the language that is spoken; English has others of one thing."""
        if self.language == "zh":
            return row.texts
        return row.texts_en | row.texts_one if words.get("count") == "1" else row.texts_en


def _labels(resources: Resources) -> dict[str, dict[str, str]]:
    """Read the labels by language and id; for `Resources.built`."""
    rows = read_toml(resources.root / "labels.toml").get("label", [])
    return {language: {row["id"]: row[language] for row in rows} for language in ("zh", "en")}


def make_context(resources: Resources, notices: Iterable[NoticeRecord], language: str = "zh") -> CheckContext:
    """Put together what the checks need; their messages are in a language, ``zh`` or ``en``."""
    known = {notice.notice_id: notice for notice in notices}
    labels = resources.built(_labels)[language]
    named = [notice.region for notice in known.values() if notice.region]
    # The nation is 全国 to people, 中华人民共和国 only in the table of codes.
    regions = {region.code: labels.get(f"region.{region.code}", region.name) for region in named}
    rows, implied, rules = (resources.built(load_identities), resources.built(implied_per), resources.built(serving))
    return CheckContext(rows, language, labels, known, regions, implied, rules)
