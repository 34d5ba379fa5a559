"""An audit: a sample of a dataset's figures that a person judges against their notices, and what follows for all of them.

Each figure has a lot, a digest of the seed and its id, and the lowest lots are the sample. So anybody draws the same one; and
where notices come or go it changes only by the figures that come in or drop out: verdicts on the others stay true, as long as
the figure is read as it was. A sheet is refused as a whole where it isn't that sample, judged to the end.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias, get_args

from msgspec import Meta, Struct

from extractor.build.corpus import source_text
from extractor.build.suggest import toml_row
from extractor.certificate.digests import AUDIT
from extractor.dataset.canonical import encode_line
from extractor.dataset.labels import load_labels, safe
from extractor.dataset.store import read_bytes, there
from extractor.errors import DatasetError
from extractor.evaluate.intervals import wilson
from extractor.evaluate.scoring import Ratio
from extractor.messages import Message
from extractor.report.terminal import fact_view, render
from extractor.resources import convert_tables, parse_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from extractor.model import Dataset, Fact
    from extractor.resources import Resources

Verdict: TypeAlias = Literal["right", "wrong", "unclear"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

# What a person judges of a figure. Where one of these is read otherwise, the verdict was on another reading.
_JUDGED = (
    "policy_year", "kind", "role", "operator", "value", "lower", "upper", "lower_inclusive", "upper_inclusive", "unit", "counted",
    "per", "base", "due", "applies_to", "compared_to", "valid_from", "valid_to", "anchor", "indicator", "subject", "scope",
    "modality",
)  # fmt: skip
_WIDTH = 110


class Sample(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The head of a sheet: how the sample was drawn, and who judged it on which day."""

    n: int
    seed: str
    who: str = ""
    on: str = ""


class SheetRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure of the sample: its id, the digest of how it was read, and what a person says of it."""

    id: str
    read: str
    verdict: str = ""
    note: str = ""


class AuditSheet(Struct, frozen=True, kw_only=True):
    """A sheet as it was read; ``path`` names it in messages."""

    path: str
    sample: Sample
    rows: tuple[SheetRow, ...]


class Audit(Struct, frozen=True, kw_only=True):
    """What came of an audit of a sample."""

    figures: Annotated[int, Meta(description="Figures of the dataset.")]
    sample: Annotated[int, Meta(description="Figures that were drawn.")]
    seed: Annotated[str, Meta(description="The words that they were drawn by.")]
    open: Annotated[int, Meta(description="Figures without a verdict that holds.")]
    right: Annotated[int, Meta(description="Figures judged right.")]
    wrong: Annotated[int, Meta(description="Figures judged wrong.")]
    unclear: Annotated[int, Meta(description="Figures that could not be judged; they don't count as right.")]
    share: Annotated[Decimal | None, Meta(description="Share of right figures; null while one is open.")]
    low: Annotated[Decimal | None, Meta(description="Lower end of its 95 % interval (Wilson).")]
    high: Annotated[Decimal | None, Meta(description="Upper end of its 95 % interval (Wilson).")]
    who: Annotated[str, Meta(description="Who judged.")]
    on: Annotated[str, Meta(description="On which day, as they wrote it.")]


def draw_sample(facts: Iterable[Fact], n: int, seed: str) -> list[Fact]:
    """Draw ``n`` figures, or all where there are fewer, in the order of their lots."""

    def lot(fact: Fact) -> str:
        return hashlib.sha256(f"{seed}\x1f{fact.fact_id}".encode()).hexdigest()

    return sorted(facts, key=lot)[:n]


def reading_digest(fact: Fact) -> str:
    """Return the digest of how a figure is read, and of its words."""
    judged = {name: getattr(fact, name) for name in _JUDGED}
    return hashlib.sha256(encode_line([judged, fact.evidence.exact])).hexdigest()[:12]


# ── the sheet ───────────────────────────────────────────────────────────────────────────────────────────────────────


def load_sheet(path: Path) -> AuditSheet:
    """Read a sheet; an error names the row that can't be read."""
    data = read_bytes(path, Message("Draw a sample first: extractor audit sample --n 50 --seed 2026."))
    tables = convert_tables(path, parse_toml(path, data), {"sample": Sample, "figure": SheetRow})
    if not tables["sample"]:
        msg = Message("{path}: has no table [sample]. Draw the sample again with `extractor audit sample`.", path=path)
        raise DatasetError(msg)
    return AuditSheet(path=str(path), sample=tables["sample"][0], rows=tuple(tables["figure"]))


def sheet_of(corpus: Path) -> AuditSheet | None:
    """Read the sheet of a corpus; None where there is none."""
    return load_sheet(corpus / AUDIT) if there(corpus / AUDIT) else None


def write_sheet(
    dataset: Dataset,
    sample: Sample,
    before: AuditSheet | None,
    resources: Resources,
    *,
    folder: Path,
    corpus: Path,
    lang: str,
) -> tuple[bytes, int]:
    """Write the sheet of a sample, and say how many verdicts it keeps: those of ``before`` on figures read as they were."""
    labels = load_labels(resources, lang)
    known = {(row.id, row.read): row for row in before.rows} if before else {}
    notices = {notice.notice_id: notice for notice in dataset.notices}
    drawn = draw_sample(dataset.facts, sample.n, sample.seed)
    parts = [
        _comment(labels("audit", "about")),
        toml_row("sample", {"n": sample.n, "seed": sample.seed, "who": sample.who, "on": sample.on}).replace("[[sample]]", "[sample]"),
    ]  # fmt: skip
    kept = 0
    for number, fact in enumerate(drawn, 1):
        notice = notices[fact.notice_id]
        text = source_text(notice.source, folder, corpus, resources)
        if text is not None and text[fact.evidence.start : fact.evidence.end] != fact.evidence.exact:
            text = None
        view = render(fact_view(fact, notice, text, (), labels, resources), width=_WIDTH, color=False)
        row = known.get((fact.fact_id, reading_digest(fact)))
        kept += row is not None and bool(row.verdict)
        said = {"verdict": row.verdict if row else "", "note": row.note if row else ""}
        parts.append(_comment(f"{number}/{len(drawn)}  {notice.source.path}\n{view.strip()}"))
        parts.append(toml_row("figure", {"id": fact.fact_id, "read": reading_digest(fact), **said}))
    return "\n".join(parts).encode(), kept


def _comment(text: str) -> str:
    """Make lines a comment: a notice's words stay words."""
    return "\n".join(f"# {safe(line)}".rstrip() for line in text.splitlines())


# ── what it says ────────────────────────────────────────────────────────────────────────────────────────────────────


def audit_of(sheet: AuditSheet, dataset: Dataset) -> Audit:
    """Count what a sheet says of a dataset, whether it is judged to the end or not."""
    drawn = draw_sample(dataset.facts, sheet.sample.n, sheet.sample.seed)
    rows = {row.id: row for row in sheet.rows}
    judged = [row.verdict for fact in drawn if (row := rows.get(fact.fact_id)) and not _wrong_with(row, fact)]
    counts = Counter(judged)
    whole = drawn and not any(True for _ in problems(sheet, dataset))
    right = Ratio(counts["right"], len(drawn))
    low, high = wilson(*right) if whole else (None, None)
    return Audit(
        figures=len(dataset.facts), sample=len(drawn), seed=sheet.sample.seed, open=len(drawn) - len(judged),
        right=counts["right"], wrong=counts["wrong"], unclear=counts["unclear"], share=right.share if whole else None,
        low=low, high=high, who=sheet.sample.who.strip(), on=sheet.sample.on.strip(),
    )  # fmt: skip


def require_whole(sheet: AuditSheet, dataset: Dataset) -> None:
    """Refuse a sheet that isn't judged to the end, or is about other readings; the `DatasetError` names every such row."""
    if found := list(problems(sheet, dataset)):
        raise DatasetError(Message("{wrong:lines}", wrong=tuple(found)))


def problems(sheet: AuditSheet, dataset: Dataset) -> Iterator[str]:
    """Say what keeps a sheet from being the sample of a dataset, judged to the end."""
    path, sample = sheet.path, sheet.sample
    for name in ("who", "on"):
        if not getattr(sample, name).strip():
            yield Message(
                "{path}: {name} is empty in [sample]. Say who judged it, and on which day.", path=path, name=name
            )
    drawn = {fact.fact_id: fact for fact in draw_sample(dataset.facts, sample.n, sample.seed)}
    again = Message("Run `extractor audit sample` again: it keeps the verdicts that still hold.")
    for number, row in enumerate(sheet.rows, 1):
        if row.id not in drawn:
            yield Message("{path}: figure {number} ({id}) is not in the sample of this dataset. {again}",
                          path=path, number=number, id=row.id, again=again)  # fmt: skip
        elif wrong := _wrong_with(row, drawn[row.id]):
            yield Message("{path}: figure {number} ({id}): {wrong}", path=path, number=number, id=row.id, wrong=wrong)
    yield from _missing(path, drawn, sheet.rows, again)


def _missing(path: str, drawn: Mapping[str, Fact], rows: Sequence[SheetRow], again: str) -> Iterator[str]:
    there = {row.id for row in rows}
    for name in drawn:
        if name not in there:
            yield Message(
                "{path}: {id} is in the sample of this dataset, and has no row. {again}",
                path=path,
                id=name,
                again=again,
            )


def _wrong_with(row: SheetRow, fact: Fact) -> str:
    """Say what is wrong with a row; an empty string where its verdict holds."""
    if row.read != reading_digest(fact):
        return Message("it is read otherwise by now. Run `extractor audit sample` again, and judge it anew.")
    if not row.verdict:
        return Message("has no verdict. Write {verdicts:or}.", verdicts=VERDICTS)
    if row.verdict not in VERDICTS:
        return Message("the verdict {verdict!r} is none. Write {verdicts:or}.", verdict=row.verdict, verdicts=VERDICTS)
    if row.verdict != "right" and not row.note.strip():
        return Message("is {verdict}, and note is empty. Say what is wrong with it.", verdict=row.verdict)
    return ""
