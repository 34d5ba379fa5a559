"""Ids of parametrised tests that can be read: Chinese as it is, objects by what they hold, nothing that upsets a terminal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

# What tells cases apart in one line of a terminal.
LONGEST = 60


def case_id(value):
    """Return an id for a parameter; None where pytest's own is as good (numbers, functions) or there is nothing to show."""
    words = _words(value)
    if words is None:
        return None
    shown = "".join(sign if sign.isprintable() else _escaped(sign) for sign in words[: LONGEST + 1])
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"


def _words(value):
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value[: LONGEST + 1].decode("ascii", "backslashreplace")
    if isinstance(value, (Decimal, date)):
        return str(value)
    if isinstance(value, (set, frozenset)):  # their order changes from process to process
        return ",".join(sorted(map(_part, value))) or "empty"
    name = getattr(value, "id", None) or getattr(value, "name", None)
    if isinstance(name, str) and not isinstance(value, Enum):
        return name
    fields = getattr(value, "__struct_fields__", getattr(value, "_fields", ()))
    pairs = value.items() if isinstance(value, dict) else [(field, getattr(value, field)) for field in fields]
    if pairs or isinstance(value, dict):
        return ",".join(f"{key}={_part(item)}" for key, item in pairs if item) or "empty"
    return (",".join(map(_part, value)) or "empty") if isinstance(value, (tuple, list)) else None


def _part(value):
    if value is None or isinstance(value, (bool, int, float)):
        return str(value)
    return _words(value) or getattr(value, "__name__", type(value).__name__)


def _escaped(sign):
    """Write a sign that can't be seen, or must not reach a terminal, as Python does: \\n, \\u3000."""
    return sign.encode("unicode_escape", "surrogatepass").decode()
