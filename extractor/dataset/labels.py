"""The words that people read for fields, members and indicators, in Chinese or English, from the data files."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import msgspec

from extractor.resources import group_of, indicator_rows, own_rows, read_rows, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.model import Fact, LedgerRow, NoticeRecord, Scope
    from extractor.resources import Resources

LANGUAGES = ("zh", "en")


class LabelRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of ``labels.toml``; ``one`` is the English of one thing, where that is another than of several."""

    id: str
    zh: str
    en: str
    one: str = ""


class Labels:
    """Labels in one language; what has none is shown by its own name."""

    def __init__(
        self, words: dict[str, str], indicators: dict[str, str], of_one: dict[str, str] | None = None, *,
        language: str = "zh",
    ) -> None:  # fmt: skip
        """Keep the words by label id, those of one thing where they are others, and the names by indicator id."""
        self.language = language
        self._words = words
        self._of_one = of_one or {}
        self._indicators = indicators
        self._places = {name: at for at, name in enumerate(indicators)}

    def __call__(self, group: str, member: str | None) -> str:
        """Say a member of a group (``kind``, ``money``); an unknown member is its own label."""
        return "" if member is None else self._words.get(f"{group}.{member}", member)

    def counted(self, group: str, member: str, count: int) -> str:
        """Say a member of a group beside a count: in English ``1 notice`` and ``2 notices``."""
        return (self._of_one.get(f"{group}.{member}") if count == 1 else None) or self(group, member)

    def member(self, group: str, words: str) -> str:
        """Give the member of a group that words name, as this language says it; words that name none are left as they are."""
        begin = f"{group}."
        found = (name for name, said in self._words.items() if name.startswith(begin) and said == words)
        return next(found, f"{begin}{words}").removeprefix(begin)

    def indicator(self, indicator: str | None) -> str | None:
        """Say an indicator's name."""
        return None if indicator is None else self._indicators.get(indicator, indicator)

    def indicators(self) -> tuple[str, ...]:
        """List the ids of the indicators in the order of the catalog."""
        return tuple(self._indicators)

    def place(self, indicator: str | None) -> int:
        """Say at which place of the catalog an indicator stands; one that it doesn't have, and none, come after all."""
        return self._places.get(indicator or "", len(self._places))

    def listed(self, words: Iterable[str]) -> str:
        """List words."""
        return self("phrase", "and").join(words)

    def told(self, words: str, more: str) -> str:
        """Put what is said of something behind a colon."""
        return f"{words}{self('phrase', 'colon')}{more}"

    def clauses(self, words: Iterable[str | None]) -> str:
        """Put clauses one behind the other, without those that are empty."""
        return self("phrase", "semicolon").join(filter(None, words))

    def sentences(self, words: Iterable[str]) -> str:
        """Put sentences one behind the other."""
        return self("phrase", "stop").join(words)

    def bracketed(self, words: str, more: str) -> str:
        """Put more words in brackets after some; nothing where there are none."""
        return self("phrase", "brackets").format(words, more) if more else words

    def unit(self, unit: str | None) -> str:
        """Say a unit; a classifier in braces is its own word."""
        return self("unit", unit).strip("{}")


def load_labels(resources: Resources, language: str) -> Labels:
    """Load the labels of a language, ``zh`` or ``en``, once for the resources."""
    return resources.built(_chinese if language == "zh" else _english)


def _chinese(resources: Resources) -> Labels:
    return _labels(resources, "zh")


def _english(resources: Resources) -> Labels:
    return _labels(resources, "en")


def _labels(resources: Resources, language: str) -> Labels:
    path = resources.root / "labels.toml"
    rows = read_rows(path, "label", LabelRow)
    words = {row.id: row.zh if language == "zh" else row.en for row in rows}
    of_one = {row.id: row.one for row in rows if row.one and language == "en"}
    key = "name" if language == "zh" else "name_en"
    rows_of = resources.built(indicator_rows)
    # A dataset may be anybody's, and with it the names that it brings along.
    names = {row["id"]: one_line(str(row.get(key) or row["name"])) for row in rows_of if "name" in row}
    return Labels(_own_groups(resources, language) | words, names, of_one, language=language)


def _own_groups(resources: Resources, language: str) -> dict[str, str]:
    """Give the words for groups that the package doesn't have: those of datasets, then of a user's own catalogs."""
    named = [
        (group_of(row["id"]), row["group"], row.get("group_en", ""))
        for row in resources.built(indicator_rows)
        if row.get("group")
    ]
    named += [(row["id"], row["name"], row.get("name_en", "")) for row in own_rows(resources, "group")]
    return {
        f"group.{entry}": one_line(str((english if language == "en" else "") or name)) for entry, name, english in named
    }


@cache
def find_rule(resources: Resources, rule: str) -> str | None:
    """Name the data file whose row has an id, as a path below the data folder; a user's own as it was given."""
    for catalog in resources.catalogs:
        if any(row["id"] == rule for rows in catalog.tables().values() for row in rows):
            return str(catalog.path)
    for path in resources.files("**/*.toml"):
        if any(row.get("id") == rule for rows in read_toml(path).values() for row in _tables(rows)):
            return path.relative_to(resources.root).as_posix()
    return None


def _tables(rows: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - whatever TOML held
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


# ── A fact's fields in the words that people read: ``≥ 610 元/人·年``, ``西部 · 特困人员``

# Control characters would reach the terminal as commands, direction marks would turn a line round, and annotations and
# tags (U+FFF9, U+E0000) hide words in it. A sign stands for each, so that places within the words stay as they are.
_SHOWN = {
    **{code: chr(0x2400 + code) for code in range(0x20) if code not in {0x09, 0x0A}},
    0x7F: "␡",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    **dict.fromkeys((0x061C, 0x180E, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2061, 0x2070)), "\ufffd"),
    **dict.fromkeys((*range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)), "\ufffd"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}


def ledger_reason(row: LedgerRow, labels: Labels) -> str:
    """Say why a numeral is no figure, or what it says of one; a word is its own reason."""
    group = {"support": "support", "unresolved": "reason"}.get(row.disposition, "ledger_reason")
    return one_line(labels(group, row.reason))


def safe(text: str) -> str:
    r"""Make a notice's words harmless for a terminal.

    >>> safe("610\x1b[31m元\u202e")
    '610␛[31m元�'
    """
    return text.translate(_SHOWN)


def safe_json(text: str) -> str:
    r"""Write the characters of a JSON text that are harmful to a terminal as JSON's own escapes: it says the same.

    >>> safe_json('{"title": "610\x9b31m元\U000e0041"}')
    '{"title": "610\\u009b31m元\\udb40\\udc41"}'
    """
    units = {code: chr(code).encode("utf-16-be", "surrogatepass") for code in _SHOWN if code != ord("\r")}
    return text.translate(
        {
            code: "".join(f"\\u{unit[at : at + 2].hex()}" for at in range(0, len(unit), 2))
            for code, unit in units.items()
        }
    )


# What a spreadsheet may run as a formula: its signs, full-width ones too, also after what it leaves out of a cell's text,
# and a cell that begins with what parts cells.
FORMULA = r"[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*+[=+\-@＝＋－＠]|[\t\r\n]"


def one_line(text: str) -> str:
    """Put words that stood on several lines on one."""
    return safe(" ".join(text.replace("\r", "\n").split()))


def value_words(fact: Fact, labels: Labels) -> str:
    """Say a fact's figure with its bound, unit and per."""
    amount = _amount(fact, labels)
    if fact.kind in {"date", "period", "milestone"}:
        return labels("date_sign", fact.operator) + amount if fact.kind == "date" else amount
    if fact.operator == "none":
        return labels("sign", "none")
    age = fact.kind == "age" and fact.unit == "a"
    unit = labels.counted("unit", "age", 1 if amount == "1" else 2) if age else labels.unit(fact.unit)
    if fact.unit and fact.unit.startswith("1/"):
        amount, unit = amount + fact.unit.removeprefix("1"), ""
    per = "·".join(labels("per", word) for word in fact.per)
    space = " " if unit and unit != "%" else ""
    words = f"{signs(fact.role, fact.operator, labels)}{amount}"
    return f"{words}{space}{unit}{f'/{per}' if per and words else ''}"


def role_words(fact: Fact, labels: Labels) -> str:
    """Say a fact's figure as `value_words` does, and of a value that held before (由380元调整为400元) that it did."""
    words = value_words(fact, labels)
    return labels.bracketed(words, labels("role", "previous")) if words and fact.role == "previous" else words


def reading_words(fact: Fact, labels: Labels) -> str:
    """Say a fact's figure as `role_words` does, with the day it is due; of a milestone, the day alone."""
    due = labels("phrase", "by_date").format(fact.due) if fact.due else ""
    return " ".join(filter(None, (role_words(fact, labels), due)))


def signs(role: str, operator: str, labels: Labels) -> str:
    """Say the bound of a figure, and whether it is added or taken away: ``≥``, ``+``, ``至少+``.

    The bound of a change is a word: ≥+1200万 reads as one sign, and +≥1200万 as none.
    """
    if role not in {"increase", "decrease"}:
        return labels("sign", operator)
    return labels("change_bound", operator) + labels("role_sign", role)


# What people say long numbers in: 万, 亿 and 万亿, or million, billion and trillion.
_SCALES = (12, 9, 8, 6, 4)
_GROUPED = 5  # up to four digits are read at a glance (GB/T 15835)


def number_words(number: Decimal, labels: Labels) -> str:
    """Say a number as people do: ``1200万``, ``1.4万亿``; others exactly, long ones with their thousands apart."""
    for exponent, word in scales(labels):
        scaled = number.scaleb(-exponent).normalize()
        if abs(scaled) >= 1 and -int(scaled.as_tuple().exponent) <= 1:
            return f"{scaled:f}{word}"
    return grouped(number)


def scales(labels: Labels) -> list[tuple[int, str]]:
    """List the powers of ten that a language has a word for, the greatest first."""
    return [(exponent, word) for exponent in _SCALES if (word := labels("scale", f"e{exponent}"))]


def grouped(number: Decimal) -> str:
    """Write a number without exponent, long ones with their thousands apart.

    >>> grouped(Decimal("1E+4")), grouped(Decimal("6821.5"))
    ('10,000', '6821.5')
    """
    plain = f"{number:f}"
    return f"{number:,f}" if len(plain.lstrip("-").partition(".")[0]) >= _GROUPED else plain


def corrected_words(fact: Fact, labels: Labels) -> str:
    """Say that an analyst has confirmed, corrected, added or rejected a fact, if one did."""
    return "" if fact.status == "read" else labels("review_sign", fact.status)


def _amount(fact: Fact, labels: Labels) -> str:
    """Say the number or date itself; a range with both its ends."""
    said = partial(said_number, labels=labels)
    if fact.lower is not None or fact.upper is not None:
        return f"{said(fact.lower) or '…'} – {said(fact.upper) or '…'}"
    return said(fact.value)


def said_number(value: str | None, labels: Labels) -> str:
    """Say a number in words; a date, a year and what is no number stay as they are."""
    return number_words(Decimal(value), labels) if value and _NUMBER.fullmatch(value) else value or ""


_NUMBER = re.compile(r"-?[0-9]{1,60}(?:\.[0-9]{1,60})?")


def title_of(notice: NoticeRecord) -> str | None:
    """Give a notice's title as its source writes it, in traditional Chinese too."""
    return notice.title_exact or notice.title


def notice_name(notice: NoticeRecord, labels: Labels, *, exact: bool = True) -> str:
    """Say which notice it is: its number, else its title in the marks of one, else its id.

    An interpretation often has the title of what it interprets, and then says what it is. The title is that of the source
    unless ``exact`` is false: data are simplified Chinese.
    """
    if notice.document_number or not notice.title:
        return one_line(notice.document_number or notice.notice_id)
    title, kind = one_line((title_of(notice) if exact else notice.title) or ""), labels("type", notice.type)
    told = f"（{kind}）" if notice.type == "interpretation" and kind not in title else ""
    return f"《{title.translate(_INNER)}》{told}"


_INNER = str.maketrans("《》", "〈〉")


def scope_words(scope: Scope, labels: Labels) -> str:
    """Say for whom a figure holds."""
    area = labels("area", scope.area) if scope.area else None
    parts = (area, *scope.places, scope.population, scope.provider, scope.payer, scope.condition)
    return " · ".join(safe(part) for part in parts if part)


def subject_words(fact: Fact, labels: Labels) -> str:
    """Say what a figure measures: the indicator's name, or the text's own words with a question mark."""
    name = labels.indicator(fact.indicator)
    if name is not None:
        return safe(name)
    subject = fact.subject or fact.counted
    return f"？{safe(subject)}" if subject else labels("phrase", "no_value")
