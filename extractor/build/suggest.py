"""What recurs in notices without an indicator, as rows for a catalog of one's own: `extractor catalog suggest`.

Facts without an indicator are grouped by programme, name, kind, unit and per, where their subject is a name of something
measured (`suggest.toml`). A row's aliases are the names as the notices have them, its examples sentences of the notices that were
read once more with the rows, and link; its near miss is one that doesn't. What a programme is called that the catalog
doesn't have, the notices' titles tell. Ids are left to be written: they are what stays. What no row is made of is counted.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from msgspec import structs

from extractor.build.suggest_words import NamedFact, SuggestWords, programmes_in, suggest_words
from extractor.dataset.canonical import decimal_text
from extractor.dataset.implied import ImpliedPer, implied_per
from extractor.dataset.series import plain_words
from extractor.dataset.served import STEPS
from extractor.notice.row_tests import facts_of, figure_of
from extractor.resources import OwnCatalog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from extractor.model import Dataset, Fact, NoticeRecord
    from extractor.resources import Resources

# The programmes of what no programme of the catalog is named around, and the parts of an id that are to be written.
UNKNOWN = "<programme{}>"
GROUP = "{}.<group>"
ID = "{}.<group>.<name>"
# Quotations of a row; more of them are tried as its examples.
_QUOTED, _TRIED, _EXAMPLES = 3, 8, 2
# Sentences that are tried as a near miss, and titles of a programme that are named.
_TRIED_MISSES, _MOST_TITLES = 6, 5
# Figures of one measure differ by as much from place to place; beyond that they are two, whatever their names.
_APART = 20
# Who bears a share, and the verb.
_BORNE = re.compile(r"\w{3,16}")
# Signs before a figure that tell what it is about.
_BEFORE = 16
# Kinds whose figures are days.
_DATED = frozenset({"date", "period"})
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

    ``programme`` is an `UNKNOWN` one where the catalog has none; ``units`` are those of its counts; ``shares_of`` tells what its rates are shares of;
    ``examples`` are the quotations that link, ``quotations`` others, ``near_misses`` sentences that don't.
    """

    programme: str
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
    units: tuple[str, ...] = ()
    shares_of: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()

    def row(self, entry: str, programme: str) -> dict[str, Any]:
        """Return the row, with an id and a programme, as a TOML file would hold it."""
        return {
            "id": entry, "name": self.name, "name_en": "", "kinds": [self.kind], "unit": self.unit,
            **({"units": list(self.units)} if self.units else {}), "per": list(self.per),
            "programmes": [programme], "aliases": list(self.aliases),
            **({"shares_of": list(self.shares_of)} if self.shares_of else {}), "reference": "",
            "examples": [
                {"text": one.text, "figure": one.figure, **({"title": one.title} if one.needs_title else {})}
                for one in self.examples
            ],
            "rejects": list(self.near_misses),
        }  # fmt: skip


class SuggestedProgramme(NamedTuple):
    """A programme that the catalog doesn't have: what it is called, a term of another one, and titles that speak of it."""

    terms: tuple[str, ...]
    near_miss: str | None
    titles: tuple[str, ...]

    def row(self, entry: str) -> dict[str, Any]:
        """Return the row of ``programme``."""
        rejects = [self.near_miss] if self.near_miss else []
        return {
            "id": entry, "within": "any", "terms": list(self.terms), "examples": list(self.terms[:1]), "rejects": rejects
        }  # fmt: skip


# Why a figure without an indicator is in no row.
Why: TypeAlias = Literal["several", "role", "base", "name", "few"]


class LeftOut(NamedTuple):
    """Figures of one kind that no row was made of, why, and what they are called, the most frequent first.

    ``said`` has the words of a figure of each name.
    """

    why: Why
    kind: str
    facts: int
    names: tuple[tuple[str, int], ...]
    said: dict[str, str]


class Suggestions(NamedTuple):
    """The rows, the programmes by their ids to be written, and what was left out."""

    rows: tuple[Suggestion, ...]
    programmes: dict[str, SuggestedProgramme]
    left_out: tuple[LeftOut, ...]


class _Key(NamedTuple):
    programme: str
    name: str
    kind: str
    unit: str
    per: tuple[str, ...]
    base: str


def suggest(
    dataset: Dataset, text_of: Callable[[NoticeRecord], str | None], resources: Resources, *, least: int = 2
) -> Suggestions:
    """Suggest rows for what at least so many facts measure without an indicator; the most frequent first, by programme.

    ``text_of`` gives the text that a notice's offsets refer to, None where it is gone.
    """
    words = resources.built(suggest_words)
    notices = {notice.notice_id: notice for notice in dataset.notices}
    facts = [_by_payer(fact) for fact in dataset.facts]
    groups, left_out = _groups(facts, words, resources.built(implied_per), least)
    groups, programmes = _by_programme(groups, notices, words)
    texts = {notice_id: text_of(notice) for notice_id, notice in notices.items()} if groups else {}
    implied = resources.built(implied_per)
    found = [_suggestion(key, facts, notices, texts, implied) for key, facts in groups]
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
    found = _with_stems(found, words)
    return Suggestions(_with_examples(found, programmes, resources), programmes, left_out)


def _by_payer(fact: Fact) -> Fact:
    """Name a share of an unknown programme by who bears it, which is all that tells it from another: 市级财政负担30%，县级财政负担70%."""
    payer, evidence = fact.scope.payer, fact.evidence
    if fact.kind != "rate" or fact.programme or fact.base or not payer or evidence.suffix.startswith((":", "：")):
        return fact
    said = evidence.prefix[evidence.prefix.rfind(payer) :]
    named = said.startswith(payer) and _BORNE.fullmatch(said) and len(said) > len(payer)
    return structs.replace(fact, subject=said) if named else fact


_Groups: TypeAlias = "list[tuple[_Key, list[Fact]]]"


def _groups(
    facts: Iterable[Fact], words: SuggestWords, implied: ImpliedPer, least: int
) -> tuple[_Groups, tuple[LeftOut, ...]]:
    """Group the facts that have neither an indicator nor several that fit, by what their subject names; count the others."""
    groups: dict[_Key, list[Fact]] = defaultdict(list)
    others: dict[tuple[Why, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.indicator:
            continue
        why, name = _why_not(fact), words.name_of(fact)
        if why or name is None:
            others[why or ("base" if fact.base else "name"), fact.kind].append(fact)
            continue
        unit = "%" if fact.unit == "pp" else fact.unit or ""
        base = words.stem(plain_words(fact.base.text) or "") if fact.base else ""
        groups[_Key(fact.programme or "", name, fact.kind, unit, implied.drop(fact.per, None), base)].append(fact)
    found: _Groups = []
    for key, group in groups.items():
        for own in _measures(group):
            if len(own) >= least:
                found.append((key, own))
            else:
                others["few", key.kind] += own
    counts = [_left_out(why, kind, left) for (why, kind), left in others.items()]
    return found, tuple(sorted(counts, key=lambda one: (-one.facts, one.why, one.kind)))


def _left_out(why: Why, kind: str, facts: Sequence[Fact]) -> LeftOut:
    """Count figures by their names, with the words of the first of each."""
    names = Counter(plain_words(fact.subject) or "" for fact in facts)
    said: dict[str, str] = {}
    for fact in facts:
        evidence = fact.evidence
        before = _ENDS.split(evidence.prefix[-_BEFORE:])[-1]
        said.setdefault(plain_words(fact.subject) or "", before + evidence.exact)
    ranked = tuple(sorted(names.items(), key=lambda item: (-item[1], item[0])))
    return LeftOut(why, kind, len(facts), ranked, said)


def _why_not(fact: Fact) -> Why | None:
    if fact.candidates:
        return "several"
    return None if fact.role in {"level", "previous", *STEPS} else "role"


def _measures(facts: Sequence[Fact]) -> list[list[Fact]]:
    """Part facts by their full names where these may be two measures: one notice says both, or figures are far apart."""
    by_name: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_name[plain_words(fact.subject) or ""].append(fact)
    said: dict[tuple[str, object, str, str | None], set[tuple[str, str | None]]] = defaultdict(set)
    for name, own in by_name.items():
        for fact in own:
            said[fact.notice_id, fact.scope, fact.role, fact.due].add((name, fact.value))
    both = any(len({name for name, _ in one}) > 1 and len({value for _, value in one}) > 1 for one in said.values())
    figures = [] if facts[0].kind in _DATED else [fact.value for fact in facts if fact.value and fact.role == "level"]
    numbers = [abs(Decimal(value)) for value in figures if Decimal(value)]
    far = bool(numbers) and max(numbers) > _APART * min(numbers)
    return list(by_name.values()) if both or far else [list(facts)]


def _by_programme(
    groups: _Groups, notices: dict[str, NoticeRecord], words: SuggestWords
) -> tuple[_Groups, dict[str, SuggestedProgramme]]:
    """Give what is about no programme of the catalog one that is to be named."""
    named = [NamedFact(fact.notice_id, key.name) for key, facts in groups if not key.programme for fact in facts]
    titles = {one.notice: notices[one.notice].title or "" for one in named}
    parted = programmes_in(named, titles, words)
    ids = [UNKNOWN.format(at + 1 if len(parted) > 1 else "") for at in range(len(parted))]
    programmes = {
        entry: SuggestedProgramme(
            terms, words.near_term(terms), tuple(sorted({titles[one.notice] for one in own} - {""}))[:_MOST_TITLES]
        )
        for entry, (terms, own) in zip(ids, parted, strict=True)
    }
    home = {one: entry for entry, (_, own) in zip(ids, parted, strict=True) for one in own}
    found: dict[tuple[int, str], tuple[_Key, list[Fact]]] = {}
    for at, (key, facts) in enumerate(groups):
        for fact in facts:
            entry = key.programme or home[NamedFact(fact.notice_id, key.name)]
            found.setdefault((at, entry), (key._replace(programme=entry), []))[1].append(fact)
    return list(found.values()), programmes


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
    for fact in sorted(facts, key=lambda fact: fact.role != "level"):
        for quotation in _quotations(fact, notices[fact.notice_id], texts[fact.notice_id]):
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
        name=aliases[0],
        kind=key.kind,
        unit="" if key.kind == "count" else key.unit,
        units=(key.unit,) if key.kind == "count" and key.unit else (),
        per=implied.in_order({word for fact in facts for word in fact.per}),
        aliases=aliases,
        facts=len(facts),
        notices=len({fact.notice_id for fact in facts}),
        years=tuple(sorted({fact.policy_year for fact in facts if fact.policy_year})),
        regions=tuple(sorted(filter(None, regions))),
        span=_span([fact for fact in facts if fact.role == "level" and fact.kind not in _DATED]),
        examples=(),
        quotations=tuple(quoted[turn] for turn in sorted(quoted)[:_TRIED]),
        shares_of=tuple(sorted({plain_words(fact.base.text) or "" for fact in facts if fact.base})),
    )


def _with_stems(found: Sequence[Suggestion], words: SuggestWords) -> list[Suggestion]:
    """Add the name without generic words to a row's aliases, where the next notice may say that and no other row does."""
    stems = [words.stem(one.aliases[0]) for one in found]
    names: Counter[tuple[str, str, str]] = Counter()
    for one, stem in zip(found, stems, strict=True):
        names.update((one.kind, one.unit, name) for name in {*one.aliases, stem})
    return [
        one._replace(aliases=(*one.aliases, stem))
        if one.programme.startswith("<") and stem not in one.aliases and names[one.kind, one.unit, stem] == 1
        else one
        for one, stem in zip(found, stems, strict=True)
    ]


def _span(facts: Iterable[Fact]) -> tuple[str, str] | None:
    numbers = [Decimal(value) for fact in facts for value in (fact.value, fact.lower, fact.upper) if value]
    return (decimal_text(min(numbers)), decimal_text(max(numbers))) if numbers else None


def _quotations(fact: Fact, notice: NoticeRecord, text: str | None) -> Iterator[Quotation]:
    """Quote the sentence of a fact; before it the line of a table, or the heading, that names it, where that is another one."""
    evidence = fact.evidence
    known = text is not None and text[evidence.start : evidence.end] == evidence.exact
    if text is None or not known:
        text, start = evidence.prefix + evidence.exact + evidence.suffix, len(evidence.prefix)
    else:
        start = evidence.start
    quotation = Quotation("", figure_of(fact), notice.title or "", notice.document_number or notice.source.path)
    named = next((one.start for one in fact.support if one.for_ == "subject"), None) if known else None
    if named is not None and "\n" in text[min(named, start) : max(named, start)]:
        lines = [_line(text, named), _line(text, start)]
        if "\t" not in lines[1]:
            lines[1] = _sentence(text, start, start + len(evidence.exact)).strip()
        if all(len(line) <= _LONGEST for line in lines):
            yield quotation._replace(text="\n".join(lines))
    words = "".join(_sentence(text, start, start + len(evidence.exact)).split("\n"))
    yield quotation._replace(text=" ".join(words.split()))


def _line(text: str, at: int) -> str:
    """Cut out the line around an offset; the cells of a table stay apart."""
    end = text.find("\n", at)
    line = text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]
    return "\t".join(" ".join(cell.split()) for cell in line.split("\t")).strip()


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


def _with_examples(
    found: Sequence[Suggestion], programmes: dict[str, SuggestedProgramme], resources: Resources
) -> tuple[Suggestion, ...]:
    """Read the quotations with the rows, and make examples of those that link; under their notice's title, if need be."""
    ids = [f"suggested.n{number}" for number in range(len(found))]
    made = {entry: f"suggested{at}" for at, entry in enumerate(programmes)}
    rows = [toml_row("programme", programmes[entry].row(name)) for entry, name in made.items()]
    for entry, one in zip(ids, found, strict=True):
        rows.append(toml_row("indicator", one.row(entry, made.get(one.programme, one.programme))))
    given = resources.adding(OwnCatalog(Path("suggested.toml"), "\n".join(rows).encode()))
    tried = [_tried(one, entry, given) for entry, one in zip(ids, found, strict=True)]
    return tuple(
        one._replace(near_misses=_near_misses(one, entry, tried, given)) for entry, one in zip(ids, tried, strict=True)
    )


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


def _near_misses(one: Suggestion, entry: str, found: Sequence[Suggestion], resources: Resources) -> tuple[str, ...]:
    """Find a sentence that the row doesn't link: of another row of its programme, of its kind if there is one, else made."""
    words = resources.built(suggest_words)
    others = [other for other in found if other is not one and other.programme == one.programme]
    others.sort(key=lambda other: (other.kind, other.unit) != (one.kind, one.unit))
    texts = dict.fromkeys(quotation.text for other in others for quotation in (*other.examples, *other.quotations))
    own = {quotation.text for quotation in (*one.examples, *one.quotations)}
    tried = [text for text in texts if text not in own and len(text) <= _LONGEST][:_TRIED_MISSES]
    tried += [row.text.format(name=one.name) for row in words.near_misses if one.kind in row.kinds]
    missed = (text for text in tried if all(fact.indicator != entry for fact in facts_of(text, resources)))
    return tuple(text for text in [next(missed, None)] if text)


def _links(quotation: Quotation, title: str, entry: str, resources: Resources) -> bool:
    found = facts_of(quotation.text, resources, title)
    return any(fact.indicator == entry and figure_of(fact) == quotation.figure for fact in found)


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
