"""The steps ``script`` and ``lexicon``: traditional to simplified, and regional words to those of the mainland.

The only importer of opencc. OpenCC's own regional conversion (``tw2sp``) is not used: it turns 新增 into 添加 and
執行 into 运行, words that carry meaning. The project's own rows (`data/lexicon.toml`) say in which context a word is
foreign, and apply to texts in traditional script only: 支援, 水准 and 共用 are good words in mainland texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import regex
from msgspec import Meta, Struct

from extractor.notice.normalise.aligned import Change, differing_runs
from extractor.resources import compile_regex, read_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from extractor.resources import Resources

# Share of a text's Han characters that t2s changed. On the five shared notices: 0.375 and 0.313 for the two in
# traditional script (the second damaged), 0 for the three simplified ones, 0.003 for one of these with a long
# traditional title added. Anything from 0.05 to 0.25 tells them apart; re-measure before moving it.
_TRADITIONAL_SHARE = 0.1
_HAN_RUN = regex.compile(r"[\u4e00-\u9fff]++")


class LexiconExample(Struct, frozen=True, forbid_unknown_fields=True):
    """A text and what the row makes of it."""

    text: str
    result: str


class LexiconRow(Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """A regional word, the mainland's word, and regexes for what must (not) stand right before and after it."""

    id: str
    from_: Annotated[str, Meta(min_length=1)]
    to: str
    examples: tuple[LexiconExample, ...]
    rejects: tuple[str, ...]
    before: str = ""
    after: str = ""
    not_before: str = ""
    not_after: str = ""


Lexicon: TypeAlias = tuple[tuple[LexiconRow, regex.Pattern[str]], ...]


def converter(_resources: Resources) -> Callable[[str], str]:
    """Build the function that makes traditional characters simplified ones; for `Resources.built`."""
    import opencc

    converter: Any = opencc.OpenCC("t2s")
    convert: Callable[[str], str] = converter.convert
    return convert


def _compile(path: Path, row: LexiconRow) -> regex.Pattern[str]:
    """Put the literal first, so that the search runs on it and the contexts are only tried at a hit."""
    word = regex.escape(row.from_)
    pattern = word
    if row.before:
        pattern += rf"(?<=(?:{row.before}){word})"
    if row.not_before:
        pattern += rf"(?<!(?:{row.not_before}){word})"
    if row.after:
        pattern += rf"(?=(?:{row.after}))"
    if row.not_after:
        pattern += rf"(?!(?:{row.not_after}))"
    return compile_regex(path, row.id, pattern)


def load_lexicon(resources: Resources) -> Lexicon:
    """Read the regional words; a `CatalogError` names the row that is wrong."""
    return load_words(resources.root / "lexicon.toml")


def load_words(path: Path) -> Lexicon:
    """Read words that become others in their context; a `CatalogError` names the row that is wrong."""
    return tuple((row, _compile(path, row)) for row in read_rows(path, "word", LexiconRow))


def find_words(text: str, lexicon: Lexicon) -> list[tuple[Change, LexiconRow]]:
    """Find the words of a lexicon, the first and longest where several overlap."""
    found = [
        ((m.start(), m.end(), row.to), row)
        for row, pattern in lexicon
        if row.from_ in text
        for m in pattern.finditer(text)
    ]
    chosen: list[tuple[Change, LexiconRow]] = []
    for change, row in sorted(found, key=lambda item: (item[0][0], -item[0][1])):
        if not chosen or change[0] >= chosen[-1][0][1]:
            chosen.append((change, row))
    return chosen


def find_script(text: str, resources: Resources) -> list[Change]:
    """Convert traditional characters to simplified ones.

    >>> from extractor.resources import load
    >>> find_script("居民醫保", load())
    [(2, 3, '医')]
    """
    convert = resources.built(converter)
    if text.isascii():
        return []
    converted = convert(text)
    if converted == text:
        return []
    if len(converted) == len(text):
        return differing_runs(text, converted)
    return _convert_lines(text, convert)


def _convert_lines(text: str, convert: Callable[[str], str]) -> list[Change]:
    """Do the same line by line, so that a phrase of another length costs the alignment of its own line only."""
    changes: list[Change] = []
    at = 0
    for line in text.splitlines(keepends=True):
        converted = convert(line)
        if len(converted) == len(line):
            changes += differing_runs(line, converted, at)
        else:
            changes += [(at + i, at + i + 1, new) for i, char in enumerate(line) if (new := convert(char)) != char]
        at += len(line)
    return changes


def is_traditional(text: str, script_changes: list[Change]) -> bool:
    """Say whether a text is in traditional script, by the share of characters that `find_script` changes."""
    changed = sum(end - start for start, end, _ in script_changes)
    if not changed:
        return False
    han = sum(map(len, _HAN_RUN.findall(text)))
    return changed >= max(_TRADITIONAL_SHARE * han, 1)


def find_lexicon(text: str, resources: Resources) -> list[Change]:
    """Replace regional words; the text is simplified already, and known to come from traditional script.

    >>> from extractor.resources import load
    >>> find_lexicon("每人平均财政补助", load())
    [(0, 4, '人均')]
    """
    return [change for change, _ in find_words(text, resources.built(load_lexicon))]
