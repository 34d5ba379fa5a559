"""What recurs in notices without an indicator, as rows for a catalog of one's own: `extractor catalog suggest`.

Facts without an indicator are grouped by programme, name, kind, unit and per, where their subject is a name of something
measured (`dataset.named_series`). A row's aliases are the names as the notices have them, its examples sentences of the
notices that were read once more with the rows, and link. Ids are left to be written: they are what stays.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.dataset.canonical import decimal_text
from extractor.dataset.implied import ImpliedPer, implied_per
from extractor.dataset.named_series import load_names
from extractor.dataset.series import plain_words
from extractor.dataset.served import STEPS
from extractor.notice.row_tests import facts_of, figure_of
from extractor.resources import OwnCatalog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from extractor.model import Dataset, Fact, NoticeRecord
    from extractor.resources import Resources

# The programme of what no programme of the catalog is named around, and the parts of an id that are to be written.
UNKNOWN = "<programme>"
ID = "{}.<group>.<name>"
# Quotations of a row; more of them are tried as its examples.
_QUOTED, _TRIED, _EXAMPLES = 3, 8, 2
# Characters of a quotation: a longer sentence is no good example.
_LONGEST = 200
_ENDS = re.compile(r"[\n。！？；]")
# A line of text that was broken to a width has as many characters at least; what ends so was not.
_FULL, _LAST = 25, "。！？；："


class Quotation(NamedTuple):
    """A sentence of a notice with a figure; ``title`` is the notice's, ``needs_title`` whether it links only under it."""

    text: str
    figure: str
    title: str
    source: str
    needs_title: bool = False


class Suggestion(NamedTuple):
    """A row to be, and what it rests on: how many facts and notices, which years and regions, the lowest and highest figure.

    ``programme`` is `UNKNOWN` where the catalog has none, ``stem`` the name without what tells no two names apart;
    ``examples`` are the quotations that link, ``quotations`` others.
    """

    programme: str
    stem: str
    name: str
    kind: str
    unit: str
    per: tuple[str, ...]
    aliases: tuple[str, ...]
    facts: int
    notices: int
    years: tuple[int, ...]
    regions: tuple[str, ...]
    span: tuple[str, str] | None
    examples: tuple[Quotation, ...]
    quotations: tuple[Quotation, ...]

    def row(self, entry: str, programme: str) -> dict[str, Any]:
        """Return the row, with an id and a programme, as a TOML file would hold it."""
        return {
            "id": entry, "name": self.name, "name_en": "", "kinds": [self.kind], "unit": self.unit, "per": list(self.per),
            "programmes": [programme], "aliases": list(self.aliases), "reference": "",
            "examples": [
                {"text": one.text, "figure": one.figure, **({"title": one.title} if one.needs_title else {})}
                for one in self.examples
            ],
            "rejects": [],
        }  # fmt: skip


class _Key(NamedTuple):
    programme: str
    name: str
    kind: str
    unit: str
    per: tuple[str, ...]


def suggest(
    dataset: Dataset, text_of: Callable[[NoticeRecord], str | None], resources: Resources, *, least: int = 2
) -> tuple[Suggestion, ...]:
    """Suggest rows for what at least so many facts measure without an indicator; the most frequent first, by programme.

    ``text_of`` gives the text that a notice's offsets refer to, None where it is gone.
    """
    notices = {notice.notice_id: notice for notice in dataset.notices}
    groups = {key: facts for key, facts in _groups(dataset.facts, resources).items() if len(facts) >= least}
    texts = {notice_id: text_of(notice) for notice_id, notice in notices.items()} if groups else {}
    implied = resources.built(implied_per)
    found = [_suggestion(key, facts, notices, texts, implied) for key, facts in groups.items()]
    weight: Counter[str] = Counter()
    for one in found:
        weight[one.programme] = max(weight[one.programme], one.facts)
    found.sort(
        key=lambda one: (
            -weight[one.programme],
            one.programme,
            -one.facts,
            -one.notices,
            one.name,
            one.kind,
            one.unit,
            one.per,
        )
    )
    return _with_examples(found, resources)


def _groups(facts: Iterable[Fact], resources: Resources) -> dict[_Key, list[Fact]]:
    """Group the facts that have neither an indicator nor several that fit, by what their subject names."""
    names, implied = resources.built(load_names), resources.built(implied_per)
    groups: dict[_Key, list[Fact]] = {}
    for fact in facts:
        if fact.indicator or fact.candidates or fact.role not in {"level", "previous", *STEPS}:
            continue
        if name := names.of(fact, plain_words(fact.subject)):
            unit = "%" if fact.unit == "pp" else fact.unit or ""
            key = _Key(fact.programme or UNKNOWN, name, fact.kind, unit, implied.drop(fact.per, None))
            groups.setdefault(key, []).append(fact)
    return groups


def _suggestion(
    key: _Key,
    facts: Sequence[Fact],
    notices: dict[str, NoticeRecord],
    texts: dict[str, str | None],
    implied: ImpliedPer,
) -> Suggestion:
    """Put together what the facts of a group say; their first quotations, one a notice, wait to be tried as examples."""
    said = Counter(filter(None, (plain_words(fact.subject) for fact in facts)))
    aliases = tuple(sorted(said, key=lambda word: (-said[word], word)))
    quoted: dict[tuple[int, str], Quotation] = {}
    turns: Counter[str] = Counter()
    for fact in facts:
        quotation = _quotation(fact, notices[fact.notice_id], texts[fact.notice_id])
        if not any(one.text == quotation.text for one in quoted.values()):
            quoted[turns[fact.notice_id], f"{len(quoted):06}"] = quotation
            turns[fact.notice_id] += 1
    own = [notices[fact.notice_id] for fact in facts]
    regions = {
        fact.scope.region or (notice.region.code if notice.region else "")
        for fact, notice in zip(facts, own, strict=True)
    }
    return Suggestion(
        programme=key.programme,
        stem=key.name,
        name=aliases[0],
        kind=key.kind,
        unit="" if key.kind == "count" else key.unit,
        per=implied.in_order({word for fact in facts for word in fact.per}),
        aliases=aliases,
        facts=len(facts),
        notices=len({fact.notice_id for fact in facts}),
        years=tuple(sorted({fact.policy_year for fact in facts if fact.policy_year})),
        regions=tuple(sorted(filter(None, regions))),
        span=_span([fact for fact in facts if fact.role == "level"]),
        examples=(),
        quotations=tuple(quoted[turn] for turn in sorted(quoted)[:_TRIED]),
    )


def _span(facts: Iterable[Fact]) -> tuple[str, str] | None:
    numbers = [Decimal(value) for fact in facts for value in (fact.value, fact.lower, fact.upper) if value]
    return (decimal_text(min(numbers)), decimal_text(max(numbers))) if numbers else None


def _quotation(fact: Fact, notice: NoticeRecord, text: str | None) -> Quotation:
    """Cut the sentence of a fact out of its notice's text; where that is gone, out of the words around the figure."""
    evidence = fact.evidence
    if text is None or text[evidence.start : evidence.end] != evidence.exact:
        text, start = evidence.prefix + evidence.exact + evidence.suffix, len(evidence.prefix)
    else:
        start = evidence.start
    words = "".join(_sentence(text, start, start + len(evidence.exact)).split("\n"))
    return Quotation(
        " ".join(words.split()), figure_of(fact), notice.title or "", notice.document_number or notice.source.path
    )


def _sentence(text: str, start: int, end: int) -> str:
    """Cut out the sentence around a figure; a line that is full and ends with no mark goes on in the next."""
    ends = [
        match.end() for match in _ENDS.finditer(text, max(0, start - _LONGEST), start) if _is_end(text, match.start())
    ]
    after = (match for match in _ENDS.finditer(text, end, end + _LONGEST) if _is_end(text, match.start()))
    until = next((match.end() for match in after), min(len(text), end + _LONGEST))
    return text[max(ends, default=max(0, start - _LONGEST)) : until]


def _is_end(text: str, at: int) -> bool:
    """Return True if a sentence ends at a mark or line end."""
    if text[at] != "\n":
        return True
    line = text[text.rfind("\n", max(0, at - _LONGEST), at) + 1 : at].strip()
    return len(line) < _FULL or line[-1] in _LAST


# ── Examples: sentences that link, once the rows are there


def _with_examples(found: Sequence[Suggestion], resources: Resources) -> tuple[Suggestion, ...]:
    """Read the quotations with the rows, and make examples of those that link; under their notice's title, if need be."""
    ids = [f"suggested.n{number}" for number in range(len(found))]
    unknown = {"id": "suggested", "within": "any", "terms": terms(found), "examples": [], "rejects": []}
    rows = [toml_row("programme", unknown)] if unknown["terms"] else []
    for entry, one in zip(ids, found, strict=True):
        rows.append(toml_row("indicator", one.row(entry, "suggested" if one.programme == UNKNOWN else one.programme)))
    own = OwnCatalog(Path("suggested.toml"), "\n".join(rows).encode())
    given = resources.adding(own)
    return tuple(_tried(one, entry, given) for entry, one in zip(ids, found, strict=True))


def _tried(one: Suggestion, entry: str, resources: Resources) -> Suggestion:
    examples: list[Quotation] = []
    others: list[Quotation] = []
    for quotation in one.quotations:
        needs = next((title for title in ("", quotation.title) if _links(quotation, title, entry, resources)), None)
        if needs is None or len(examples) == _EXAMPLES or len(quotation.text) > _LONGEST:
            others.append(quotation)
        else:
            examples.append(quotation._replace(needs_title=bool(needs)))
    return one._replace(examples=tuple(examples), quotations=tuple(others[: _QUOTED - len(examples)]))


def _links(quotation: Quotation, title: str, entry: str, resources: Resources) -> bool:
    found = facts_of(quotation.text, resources, title)
    return any(fact.indicator == entry and figure_of(fact) == quotation.figure for fact in found)


def terms(found: Iterable[Suggestion]) -> list[str]:
    """List the words that name the programme that the catalog doesn't have: what is measured, until somebody knows better."""
    return list(dict.fromkeys(one.stem for one in found if one.programme == UNKNOWN))


# ── TOML


def toml_row(table: str, row: dict[str, Any]) -> str:
    r"""Write a row; strings as JSON has them, which TOML reads, too.

    >>> print(toml_row("programme", {"id": "a", "terms": ["取暖", 'a"b']}))
    [[programme]]
    id = "a"
    terms = ["取暖", "a\"b"]
    <BLANKLINE>
    """
    return "\n".join([f"[[{table}]]", *(f"{key} = {_toml(value)}" for key, value in row.items()), ""])


def _toml(value: Any) -> str:  # noqa: ANN401 - what a row holds
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
