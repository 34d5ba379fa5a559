"""Small lists of words that a step asks for, each a row of a table ``list`` with its use, examples and near misses.

A step declares the lists that it needs as the fields of a type, and asks each whether a text meets it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec

from extractor.errors import CatalogError
from extractor.messages import Message
from extractor.notice.word_trie import compile_forms, longest_first
from extractor.resources import compile_regex, pieces_in

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    import regex

T = TypeVar("T")


class ListRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words, or a regex, and what for. ``at``: where in a text they must stand for `WordList.meets`."""

    id: str
    use: str
    examples: tuple[str, ...]
    rejects: tuple[str, ...]
    at: Literal["in", "start", "end", "whole"] = "in"
    words: tuple[str, ...] = ()
    regex: str = ""


class WordList:
    """A row, ready for use: ``words`` as they stand there, ``pattern`` for their places in a text.

    ``meets(text)`` returns True if the words stand in a text where the row says.

    >>> row = ListRow(id="restate", use="…", examples=("即50%",), rejects=(), at="start", words=("即", "亦即"))
    >>> WordList(row, None).meets("即50%"), WordList(row, None).meets("立即")
    (True, False)
    """

    def __init__(self, row: ListRow, compiled: regex.Pattern[str] | None) -> None:
        """Keep the row and its regex; words are compiled when they are first searched for."""
        self.row = row
        self.words = row.words
        self._compiled = compiled
        # Asked a hundred times a figure: what must be tested is decided once.
        self.meets: Callable[[str], bool] = _words_test(row) if compiled is None else _regex_test(row, compiled)

    def may_meet(self, text: str) -> bool:
        """Return False if no part of a text can meet the row, since none of its words stands there; True for a regex.

        Asked before what is costly to find is asked for: the words of a clause, for which it must be cut.
        """
        return not self.words or any(map(text.__contains__, self.words))

    @cached_property
    def pattern(self) -> regex.Pattern[str] | re.Pattern[str]:
        """The regex, else a pattern of the longest of the words; at the end of a text where the row says so."""
        return self._compiled or compile_forms(self.words, end="$" if self.row.at == "end" else "")


def _words_test(row: ListRow) -> Callable[[str], bool]:
    words = row.words
    if row.at == "whole":
        return frozenset(words).__contains__
    if row.at == "end":
        return lambda text: text.endswith(words)
    return (
        (lambda text: text.startswith(words)) if row.at == "start" else lambda text: any(map(text.__contains__, words))
    )


def _regex_test(row: ListRow, compiled: regex.Pattern[str]) -> Callable[[str], bool]:
    """Ask the pattern for its method at each call: it is compiled at the first, and a notice asks for half of the lists."""
    if row.at == "start":
        return lambda text: compiled.match(text) is not None
    if row.at == "whole":
        return lambda text: compiled.fullmatch(text) is not None
    return lambda text: compiled.search(text) is not None


def word_lists(path: Path, rows: Iterable[ListRow], shape: type[T], pieces: Mapping[str, str] | None = None) -> T:
    """Make the lists that ``shape`` has as fields from the rows of a file.

    Another list of the same file is a piece of a regex (``%{person_nouns}``). Raises `CatalogError` for a list that is
    missing or that nobody asks for, for one with neither words nor regex, and for a regex that does not compile.
    """
    by_id = {row.id: row for row in rows}
    wanted = list(shape.__annotations__)
    if wrong := sorted(set(by_id) ^ set(wanted)):
        found = Message("is not among the lists") if wrong[0] in by_id else Message("is missing, one of the lists")
        msg = Message(
            "{path}: list {wrong!r} {found} that are asked for: {wanted}. Rename, add or delete it.",
            path=path,
            wrong=wrong[0],
            found=found,
            wanted=tuple(wanted),
        )
        raise CatalogError(msg)
    asked = {name for row in by_id.values() for name in pieces_in(row.regex)} & set(by_id)
    known = {**(pieces or {}), **{name: longest_first(by_id[name].words) for name in asked}}
    return shape(**{name: _made(path, by_id[name], known) for name in wanted})


def _made(path: Path, row: ListRow, pieces: Mapping[str, str]) -> WordList:
    if bool(row.words) == bool(row.regex):
        msg = Message(
            "{path}: list {id!r} has {which} a regex, expected one of them. Correct the entry.",
            path=path,
            id=row.id,
            which=Message("both words and") if row.words else Message("neither words nor"),
        )
        raise CatalogError(msg)
    source = f"(?:{row.regex})$" if row.at == "end" else row.regex
    return WordList(row, compile_regex(path, row.id, source, pieces) if row.regex else None)
