"""The rows of the corpus's file of reviews that answer a doubt, to be pasted there and filled in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.model import Fact, NoticeRecord, Unresolved


def review_rows(fact: Fact, notice: NoticeRecord) -> str:
    """Write the row that confirms a fact; its other actions and what a correction needs stand beside it as comments."""
    field = next((name for name in ("value", "lower", "due") if getattr(fact, name) is not None), "operator")
    if fact.indicator is None:
        field = "indicator"
    correct = (f"# field = {_quoted(field)}", f"# value = {_quoted(str(getattr(fact, field) or ''))}")
    place = _place(notice, fact.evidence.start, fact.evidence.end, fact.evidence.exact)
    return _row("confirm", "  # correct | reject", place, *correct)


def missed_row(item: Unresolved, notice: NoticeRecord) -> str:
    """Write the row that adds a figure which could not be read."""
    place = _place(notice, item.evidence.start, item.evidence.end, item.evidence.exact)
    return _row("add", "", place, 'kind = ""', 'value = ""', 'unit = ""', 'indicator = ""')


def _row(action: str, others: str, place: str, *fields: str) -> str:
    return "\n".join(("[[review]]", f'action = "{action}"{others}', place, *fields, 'who = ""', 'why = ""', ""))


def _place(notice: NoticeRecord, start: int, end: int, exact: str) -> str:
    path = _quoted(notice.source.path)
    return f"words = {_quoted(exact)}\nplace = {{ path = {path}, start = {start}, end = {end} }}"


def _quoted(text: str) -> str:
    r"""Write a TOML string: a JSON string is one, but for one character.

    >>> print(_quoted('a "b" \\ \n'))
    "a \"b\" \\ \n"
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
