"""What is compared: the sentences of the notices of a region and year, their policy year blotted out."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import regex

from extractor.dataset.times import year_of
from extractor.errors import CatalogError
from extractor.messages import Message
from extractor.model import SentenceRecord
from extractor.resources import convert, read_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TypeAlias

    from extractor.model import NoticeResult
    from extractor.resources import Resources

    Cut: TypeAlias = Callable[[str], list[str]]
    Places: TypeAlias = Mapping[tuple[str | None, int | None], Sequence[NoticeResult]]

_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_NO_YEAR = "0000"


class YearRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of ``measures.toml``: how a sentence names its notice's policy year."""

    id: str
    regex: str
    examples: tuple[str, ...]
    rejects: tuple[str, ...]


class MeasuresFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What ``measures.toml`` holds."""

    weak: frozenset[str]
    year: tuple[YearRow, ...]


class YearText(msgspec.Struct, frozen=True, array_like=True):
    """Of a notice what is compared."""

    notice_id: str
    policy_year: int | None
    sentences: tuple[SentenceRecord, ...]


class ComparedSentence(NamedTuple):
    """A sentence of one side; ``text`` has its policy year blotted out, at the same length."""

    notice_id: str
    record: SentenceRecord
    text: str


def by_place(results: Iterable[NoticeResult]) -> Places:
    """Group notices by the region and year that they speak for."""
    places: dict[tuple[str | None, int | None], list[NoticeResult]] = defaultdict(list)
    for result in results:
        region = result.notice.region
        places[region.code if region else None, year_of(result.notice)].append(result)
    return places


def notices_of(found: Sequence[NoticeResult]) -> list[NoticeResult]:
    """Pick the notices that speak for a region and year.

    Interpretations only explain, and a reprint or second text of a document (``~2``) says everything twice: these
    don't count beside the notice itself.
    """
    chosen: dict[str, NoticeResult] = {}
    kinds = [[one for one in found if one.notice.type == kind] for kind in ("notice", "reprint")]
    for one in kinds[0] or kinds[1]:
        chosen.setdefault(one.notice.document_number or one.notice.notice_id, one)
    return list(chosen.values())


def year_texts(results: Iterable[NoticeResult]) -> list[YearText]:
    """Take of notices what is compared."""
    return [YearText(one.notice.notice_id, one.notice.policy_year, one.sentences) for one in results]


def compared_sentences(texts: Iterable[YearText], resources: Resources) -> list[ComparedSentence]:
    """List the sentences of notices, the policy year of each blotted out."""
    found = []
    for text in texts:
        blot = _blotter(text.policy_year, resources)
        found += [ComparedSentence(text.notice_id, record, blot(record.text)) for record in text.sentences]
    return found


class YearWords(NamedTuple):
    """How words are cut, and which of them say little."""

    cut: Cut
    weak: frozenset[str]


def words_of(resources: Resources) -> YearWords:
    """Return how words are cut and weighed; loads jieba."""
    from extractor.notice.facts.linking_resources import linking_resources

    return YearWords(resources.built(linking_resources).words.cut, resources.built(load_file).weak)


def load_file(resources: Resources) -> MeasuresFile:
    """Read and check ``measures.toml``; a `CatalogError` names the row that is wrong."""
    path = resources.root / "measures.toml"
    data = convert(path, "measures", read_toml(path), MeasuresFile)
    for row in data.year:
        for text in (*row.examples, *row.rejects):
            try:
                found = _year_pattern(row, 2022).search(text)
            except regex.error as error:
                msg = Message(
                    "{path}: year {id!r}: {error} in the regex. Expected one with a group <year>: correct it.",
                    path=path,
                    id=row.id,
                    error=error,
                )
                raise CatalogError(msg) from error
            if bool(found) != (text in row.examples):
                msg = Message(
                    "{path}: year {id!r}: {text!r} is {found}. Correct it or the regex.",
                    path=path,
                    id=row.id,
                    text=text,
                    found=Message("met") if found else Message("not met"),
                )
                raise CatalogError(msg)
    return data


def _year_pattern(row: YearRow, year: int) -> regex.Pattern[str]:
    digits = str(year)
    return regex.compile(row.regex.replace("{year}", f"(?:{digits}|{digits.translate(_DIGITS)})"))


def _blotter(year: int | None, resources: Resources) -> Callable[[str], str]:
    if year is None:
        return str
    patterns = [_year_pattern(row, year) for row in resources.built(load_file).year]

    def blot(text: str) -> str:
        for pattern in patterns:
            for match in pattern.finditer(text):
                start, end = match.span("year")
                text = text[:start] + _NO_YEAR + text[end:]
        return text

    return blot
