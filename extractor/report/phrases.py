"""A fact's fields in the words that people read: ``≥ 610 元/人·年``, ``西部 · 特困人员``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.model import Fact, Scope
    from extractor.report.labels import Labels

# Control characters would reach the terminal as commands, and direction marks would turn a line round.
_SHOWN = {
    **{code: chr(0x2400 + code) for code in range(0x20) if code not in {0x09, 0x0A}},
    0x7F: "␡",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F), "\ufffd"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}


def safe(text: str) -> str:
    r"""Make a notice's words harmless for a terminal.

    >>> safe("610\x1b[31m元\u202e")
    '610␛[31m元�'
    """
    return text.translate(_SHOWN)


def one_line(text: str) -> str:
    """Put words that stood on several lines on one."""
    return safe(" ".join(text.replace("\r", "\n").split()))


def value_words(fact: Fact, labels: Labels) -> str:
    """Say a fact's figure with its bound, unit and per."""
    amount = _amount(fact)
    if fact.kind in {"date", "period", "milestone"}:
        return labels("date_sign", fact.operator) + amount if fact.kind == "date" else amount
    if fact.operator == "none":
        return labels("sign", "none")
    unit = labels("unit", "age") if fact.kind == "age" and fact.unit == "a" else labels.unit(fact.unit)
    if fact.unit and fact.unit.startswith("1/"):
        amount, unit = amount + fact.unit.removeprefix("1"), ""
    per = "·".join(labels("per", word) for word in fact.per)
    sign = labels("role_sign", fact.role) if fact.role in {"increase", "decrease"} else ""
    space = " " if unit and unit != "%" else ""
    words = f"{sign}{labels('sign', fact.operator)}{amount}"
    return f"{words}{space}{unit}{f'/{per}' if per and words else ''}"


def corrected_words(fact: Fact, labels: Labels) -> str:
    """Say that an analyst corrected a fact, if one did."""
    return labels("phrase", "corrected") if fact.status == "corrected" else ""


def _amount(fact: Fact) -> str:
    """Say the number or date itself; a range with both its ends."""
    if fact.lower is not None or fact.upper is not None:
        return f"{fact.lower or '…'} – {fact.upper or '…'}"
    return fact.value or ""


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
