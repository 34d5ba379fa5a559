"""Precision and recall on annotated notices.

Each gold row is paired with at most one fact and judged at the levels of `extractor.evaluate.gold`. Rows of weight ``optional``
count neither for nor against; ``stretch`` rows (amounts said in words) are counted apart, as ``words``.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import UNSET

from extractor import ingest
from extractor.build.corpus import find_notices
from extractor.dataset.canonical import encode_line
from extractor.dataset.store import load_rows, read_bytes
from extractor.errors import DatasetError
from extractor.evaluate.gold import LEVELS, NAMED, GoldRow, level_of, meets, wrong_names
from extractor.messages import Message, said_elsewhere
from extractor.resources import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.model import Fact, NoticeRecord
    from extractor.resources import Resources

KINDS = frozenset({"money", "rate", "count", "duration", "age", "date", "period", "milestone"})
FIGURES = (*LEVELS, NAMED, "precision", "words", "heads", "evidence")
HEAD_FIELDS = ("type", "document_number", "issued_on", "policy_year", "issuers", "region")
HEADS = "notices.json"
_MEANING = LEVELS.index("meaning") + 1


class Ratio(NamedTuple):
    """How many of how many."""

    met: int
    total: int

    @property
    def share(self) -> Decimal | None:
        """The ratio as a decimal of three places; None where there was nothing to measure."""
        return (Decimal(self.met) / self.total).quantize(Decimal("0.001")) if self.total else None


class Miss(msgspec.Struct, frozen=True):
    """A row that was not met in full, with how far it was, or ``extra``.

    ``nothing``, ``value`` and ``meaning`` say what was right; ``linked`` that only the name was not.
    """

    reached: str
    row: GoldRow | None
    facts: tuple[Fact, ...]


class FactVerdict(NamedTuple):
    """A fact that the annotated rows decide on, and whether its value, meaning, indicator or name is wrong."""

    fact: Fact
    wrong: bool


class Score(msgspec.Struct, frozen=True):
    """The figures of one notice, one kind, or all."""

    name: str
    figures: dict[str, Ratio]
    misses: tuple[Miss, ...] = ()
    verdicts: tuple[FactVerdict, ...] = ()


class Evaluation(msgspec.Struct, frozen=True):
    """Scores by notice, by kind, and of all."""

    notices: tuple[Score, ...]
    kinds: tuple[Score, ...]
    total: Score

    def verdicts(self) -> tuple[FactVerdict, ...]:
        """List what the annotated rows say of the facts of all notices."""
        return tuple(one for score in self.notices for one in score.verdicts)

    def short_of(self, floors: dict[str, Decimal]) -> list[str]:
        """List the figures that stand under their floors, in words; what wasn't measured is under any floor."""
        found = dict(self.total.figures)
        for score in self.kinds:
            found.update({f"{score.name}.{name}": ratio for name, ratio in score.figures.items()})
        short: list[str] = []
        for name, floor in sorted(floors.items()):
            met, total = found.get(name, Ratio(0, 0))
            if total == 0 or met < floor * total:
                have = Ratio(met, total).share
                short.append(
                    Message(
                        "{name} {have} < {floor}",
                        name=name,
                        have=Message("not measured") if have is None else have,
                        floor=floor,
                    )
                )
        return short


# ── judging ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def evaluate(
    facts: Iterable[Fact],
    gold: Path,
    notices: Path,
    *,
    heads: Iterable[NoticeRecord] = (),
    resources: Resources | None = None,
) -> Evaluation:
    """Score facts against a folder of gold rows about the notices of another folder.

    Raises `DatasetError` where the gold can't be used: a row that is none, a notice that isn't there.
    """
    given = load() if resources is None else resources
    files = {Path(file.name).stem: file.path for file in find_notices(notices)}
    by_source: dict[str, list[Fact]] = {}
    for fact in facts:
        by_source.setdefault(fact.evidence.source, []).append(fact)
    judged: list[_Judged] = []
    digests: dict[str, str] = {}
    for path in _gold_files(gold):
        if path.stem not in files:
            msg = Message(
                "{path}: there is no notice {stem}.* in {notices}. Name their folder with --notices.",
                path=path,
                stem=path.stem,
                notices=notices,
            )
            raise DatasetError(msg)
        data = ingest.read_file(files[path.stem])
        digests[path.stem] = hashlib.sha256(data).hexdigest()
        text = ingest.read(data, origin=path.stem, resources=given).text
        own = by_source.get(f"sha256:{digests[path.stem]}", [])
        rows = load_rows(read_bytes(path, Message("Check the folder.")), GoldRow, path)
        judged.append(_Judged(path.stem, rows, own, text))
    scores = tuple(Score(item.name, item.figures(), item.misses(), item.verdicts()) for item in judged)
    kinds = sorted({row.kind for item in judged for row in item.required if row.kind})
    total = _sum("all", [score.figures for score in scores])
    total.figures["heads"] = _heads(gold / HEADS, digests, heads)
    by_kind = tuple(_sum(kind, [item.figures(kind) for item in judged]) for kind in kinds)
    return Evaluation(scores, by_kind, total)


def load_floors(path: Path) -> dict[str, Decimal]:
    """Read a JSON file of figure → floor (``{"value": 0.98, "money.linked": 0.9}``)."""
    data = read_bytes(path, Message('Write one, like {{"value": 0.98}}.'))
    try:
        floors = msgspec.json.decode(data, type=dict[str, Decimal])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        msg = Message(
            '{path}: {error}. Floors are a JSON object of figure and number, like {{"value": 0.98}}.',
            path=path,
            error=said_elsewhere(str(error)),
        )
        raise DatasetError(msg) from error
    for name in floors:
        kind, _, figure = name.rpartition(".")
        if figure not in FIGURES or (kind and kind not in KINDS):
            msg = Message(
                "{path}: unknown figure {name!r}. Figures: {figures}, each also as <kind>.<figure>.",
                path=path,
                name=name,
                figures=tuple(FIGURES),
            )
            raise DatasetError(msg)
    return floors


def _gold_files(gold: Path) -> list[Path]:
    files = sorted(gold.glob("*.jsonl")) if gold.is_dir() else []
    if not files:
        msg = Message(
            "{gold}: no gold files (*.jsonl) there. Name the folder that holds them: extractor evaluate FOLDER.",
            gold=gold,
        )
        raise DatasetError(msg)
    return files


def _sum(name: str, parts: Sequence[dict[str, Ratio]]) -> Score:
    names = list(dict.fromkeys(figure for part in parts for figure in part))
    pairs = {figure: [part[figure] for part in parts if figure in part] for figure in names}
    return Score(name, {figure: Ratio(*map(sum, zip(*ratios, strict=True))) for figure, ratios in pairs.items()})


def _heads(path: Path, digests: dict[str, str], notices: Iterable[NoticeRecord]) -> Ratio:
    """Count the fields of the notices' heads that are right."""
    if not path.exists():
        return Ratio(0, 0)
    wanted = msgspec.json.decode(read_bytes(path, ""), type=dict[str, dict[str, object]])
    records = {notice.source.sha256: json.loads(encode_line(notice)) for notice in notices}
    pairs = []
    for stem, want in wanted.items():
        have = records.get(digests.get(stem, ""), {})
        found = {**have, "region": (have.get("region") or {}).get("code")}
        pairs += [(want[field], found.get(field)) for field in HEAD_FIELDS if field in want]
    return Ratio(sum(want == have for want, have in pairs), len(pairs))


# ── one notice ──────────────────────────────────────────────────────────────────────────────────────────────────────


class _Judged:
    """The gold rows of one notice, each paired with at most one fact."""

    def __init__(self, name: str, rows: Sequence[GoldRow], facts: Sequence[Fact], text: str) -> None:
        self.name = name
        self.required = [row for row in rows if row.weight is None]
        self.words = [row for row in rows if row.weight == "stretch"]
        self.optional = [row for row in rows if row.weight == "optional"]
        self.all_facts = facts
        self.facts = [fact for fact in facts if fact.kind in KINDS]
        self.text = text
        self.levels, self.paired = _pair([*self.required, *self.words], self.facts)
        self.naming = {index for index, row in enumerate(self.required) if row.subject is not UNSET}
        self.answers = {row: self.facts[index] for index, row in self.paired.items()}
        self.named = {
            index
            for index in self.naming
            if self.levels.get(index, 0) >= _MEANING and not wrong_names(self.required[index], self.answers[index])
        }
        good = {index for index, row in self.paired.items() if self.levels[row] > 0}
        self.met = [self.facts[index] for index in sorted(good)]
        self.extra = [
            fact
            for index, fact in enumerate(self.facts)
            if index not in good and not any(meets(row, fact) for row in self.optional)
        ]

    def figures(self, kind: str | None = None) -> dict[str, Ratio]:
        """Count the figures of the notice, or of one kind."""
        rows = [index for index, row in enumerate(self.required) if kind in (None, row.kind)]
        said = [index for index, row in enumerate(self.words, len(self.required)) if kind in (None, row.kind)]
        met = [fact for fact in self.met if kind in (None, fact.kind)]
        extra = [fact for fact in self.extra if kind in (None, fact.kind)]
        figures = {
            level: Ratio(sum(self.levels.get(index, 0) >= least for index in rows), len(rows))
            for least, level in enumerate(LEVELS, 1)
        }
        figures[NAMED] = Ratio(len(self.named.intersection(rows)), len(self.naming.intersection(rows)))
        figures["precision"] = Ratio(len(met), len(met) + len(extra))
        figures["words"] = Ratio(sum(self.levels.get(index, 0) > 0 for index in said), len(said))
        facts = [fact for fact in self.all_facts if kind in (None, fact.kind)]
        exact = [self.text[fact.evidence.start : fact.evidence.end] == fact.evidence.exact for fact in facts]
        figures["evidence"] = Ratio(sum(exact), len(exact))
        return figures

    def verdicts(self) -> tuple[FactVerdict, ...]:
        """Say of each fact that a required row answers, or none, whether it is wrong."""
        unnamed = self.naming - self.named
        found = [
            FactVerdict(fact, self.levels.get(index, 0) < len(LEVELS) or index in unnamed)
            for index, fact in self.answers.items()
        ]
        return (*found, *(FactVerdict(fact, wrong=True) for fact in self.extra if fact not in self.answers.values()))

    def misses(self) -> tuple[Miss, ...]:
        """List the required rows that were not met in full, and the facts that answer no row."""
        short = [miss for index, row in enumerate(self.required) if (miss := self._miss(index, row))]
        return (*short, *(Miss("extra", None, (fact,)) for fact in self.extra))

    def _miss(self, index: int, row: GoldRow) -> Miss | None:
        level = self.levels.get(index, 0)
        if level < len(LEVELS):
            return Miss(("nothing", *LEVELS)[level], row, tuple(fact for fact in self.facts if meets(row, fact)))
        return Miss(LEVELS[-1], row, (self.answers[index],)) if index in self.naming - self.named else None


def _pair(rows: Sequence[GoldRow], facts: Sequence[Fact]) -> tuple[dict[int, int], dict[int, int]]:
    """Pair rows and facts one to one, best first: (level by row, row by fact)."""
    candidates = sorted(
        (-level_of(row, fact), fact.evidence.end - fact.evidence.start, i, j)
        for i, row in enumerate(rows)
        for j, fact in enumerate(facts)
        if meets(row, fact)
    )
    levels: dict[int, int] = {}
    paired: dict[int, int] = {}
    for level, _, i, j in candidates:
        if i not in levels and j not in paired:
            levels[i], paired[j] = -level, i
    return levels, paired
