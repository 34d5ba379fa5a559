"""What `extractor diff` writes for other programs and for pages: JSON, CSV, Markdown and HTML, all as UTF-8 bytes.

Notices are written by others: their words reach a page escaped, a Markdown table without its signs, and a sheet never as
a formula.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from extractor.dataset.canonical import encode
from extractor.dataset.compare import facts_named
from extractor.dataset.labels import FORMULA, safe
from extractor.report.diff_lines import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.dataset.labels import Labels
    from extractor.model import Comparison, Point
    from extractor.report.diff_lines import DiffCell, DiffLine, DiffSection, DiffWriter, Held, Quote

_TEMPLATES = Path(__file__).parent / "templates"
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_FORMULA = re.compile(FORMULA)
_MARKS = re.compile(r"([\\`*_\[\]|<>#~&$])")


def diff_file(
    form: str, comparisons: Sequence[Comparison], writer: DiffWriter, *, language: str, verbose: bool
) -> bytes:
    """Write comparisons as ``json``, ``csv``, ``markdown`` or ``html``."""
    if form == "json":
        return diff_json(comparisons, writer)
    parts = parts_of(comparisons, writer)
    if form == "csv":
        return diff_csv(parts, writer)
    if form == "markdown":
        return diff_markdown(parts, writer.labels, verbose=verbose)
    return diff_html(parts, writer.labels, language=language)


# ── JSON ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def diff_json(comparisons: Sequence[Comparison], writer: DiffWriter) -> bytes:
    """Write comparisons as the dataset holds them, with the facts of each side, so that every figure has its words."""
    rows = [_comparison(comparison, writer) for comparison in comparisons]
    before, after = (
        facts_named((_one_side(comparison, side) for comparison in comparisons), [held.figures])
        for side, held in (("before", writer.before), ("after", writer.after))
    )
    return encode({"comparisons": rows, "facts_before": before, "facts_after": after})


def _comparison(comparison: Comparison, writer: DiffWriter) -> Any:  # noqa: ANN401 - JSON
    built = msgspec.to_builtins(comparison)
    for row, change in zip(built["changes"], comparison.changes, strict=True):
        if writer.stance is not None:
            row["stance"] = writer.stance(change)
        if not writer.versions:
            row["limit"] = writer.limit(change)
    return built


def _one_side(comparison: Comparison, side: str) -> Comparison:
    other = {"before": "after", "after": "before"}[side]
    changes = tuple(msgspec.structs.replace(change, **{other: None}) for change in comparison.changes)
    return msgspec.structs.replace(comparison, changes=changes)


# ── CSV ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

_SCOPE = ("area", "population", "places", "provider", "condition")
_POINT = ("operator", "value", "lower", "upper", "due", "status")


def diff_csv(parts: Sequence[DiffSection], writer: DiffWriter) -> bytes:
    """Write a row a change, with names of fields as in the dataset; several facts or quotations are parted by |."""
    file = io.StringIO(newline="")
    output = csv.writer(file, lineterminator="\r\n")
    sides = [f"{side}_{name}" for side in ("before", "after") for name in (*_POINT, "unit", "per", "fact_ids", "quote")]
    head = (
        "from",
        "to",
        "region",
        "against",
        "indicator",
        "name",
        "subject",
        *_SCOPE,
        "kind",
        "also",
        "stance",
        "limit",
    )
    output.writerow([*head, *sides, "delta", "delta_unit", "delta_percent"])
    for part in parts:
        for _, lines in part.groups:
            output.writerows([harmless(text) for text in _cells(part.comparison, line, writer)] for line in lines)
    return file.getvalue().encode()


def _cells(comparison: Comparison, line: DiffLine, writer: DiffWriter) -> Iterable[str]:
    change = line.change
    name = writer.labels.indicator(change.indicator)
    yield from (str(comparison.from_), str(comparison.to), comparison.region or "", comparison.against or "")
    yield from (change.indicator or "", name or "", change.subject or "")
    for value in (getattr(change.scope, field) for field in _SCOPE):
        yield "|".join(value) if isinstance(value, tuple) else value or ""
    yield from (change.kind, "|".join(change.also), line.stance or "", line.limit or "")
    yield from _side(change.before, line.before, writer.before)
    yield from _side(change.after, line.after, writer.after)
    yield from (change.delta or "", change.delta_unit or "", change.delta_percent or "")


def _side(point: Point | None, cell: DiffCell, held: Held) -> Iterable[str]:
    if point is None:
        yield from [""] * (len(_POINT) + 4)
        return
    yield from (getattr(point, name) or "" for name in _POINT)
    facts = [held.figures.facts[fact_id] for fact_id in point.fact_ids]
    yield "|".join(dict.fromkeys(fact.unit or "" for fact in facts))
    yield "|".join(dict.fromkeys("/".join(fact.per) for fact in facts))
    yield "|".join(point.fact_ids)
    yield "|".join(_sentence(quote) for quote in cell.quotes)


def harmless(text: str) -> str:
    """Keep a sheet from running a cell; a plain negative number is none of that.

    >>> harmless("=1+1"), harmless("-30"), harmless("-30+A1")
    ("'=1+1", '-30', "'-30+A1")
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _sentence(quote: Quote) -> str:
    return f"{quote.before}【{quote.exact}】{quote.after}"


# ── Markdown ────────────────────────────────────────────────────────────────────────────────────────────────────────


def diff_markdown(parts: Sequence[DiffSection], labels: Labels, *, verbose: bool) -> bytes:
    """Write a table a comparison, its groups parted by lines of their own; ``verbose`` adds the sentences."""
    if not parts:
        return f"{labels('phrase', 'nothing_moved')}\n".encode()
    return "\n".join(line for part in parts for line in _markdown(part, labels, verbose=verbose)).encode() + b"\n"


def _markdown(part: DiffSection, labels: Labels, *, verbose: bool) -> Iterable[str]:
    names = (labels("field", "indicator"), labels("field", "scope"), *part.columns, labels("field", "change"))
    yield f"## {plain(part.title)}"
    yield from ("", *(f"{plain(note)}  " for note in part.notes), plain(part.counts), "")
    yield f"| {' | '.join(map(plain, names))} |"
    yield "|---|---|---|---|---|"
    for name, lines in part.groups:
        yield f"| **{plain(name)}** | | | | |"
        for line in lines:
            change = "；".join((" ".join(filter(None, (line.kind, line.delta))), *line.also))
            cells = (line.indicator, line.scope, _noted(line.before), _noted(line.after), change)
            yield f"| {' | '.join(map(plain, cells))} |"
    yield ""
    if verbose:
        yield from _quoted(part)


def _noted(cell: DiffCell) -> str:
    return f"{cell.text}（{'；'.join(cell.notes)}）" if cell.notes else cell.text


def _quoted(part: DiffSection) -> Iterable[str]:
    for _, lines in part.groups:
        for line in lines:
            yield f"- **{plain(line.indicator)}** {plain(line.scope)} {plain(line.kind)}".rstrip()
            for column, cell in zip(part.columns, (line.before, line.after), strict=True):
                for quote in cell.quotes:
                    words = f"{plain(quote.before)}**{plain(quote.exact)}**{plain(quote.after)}"
                    yield f"  - {plain(column)} {plain(quote.notice)} `{quote.fact_id}`: {words}"
    yield ""


def plain(text: str) -> str:
    r"""Take from a text what Markdown would read as a sign.

    >>> plain("a|b *c*\n<d>")
    'a\\|b \\*c\\* \\<d\\>'
    """
    return _MARKS.sub(r"\\\1", " ".join(safe(text).split()))


# ── HTML ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def diff_html(parts: Sequence[DiffSection], labels: Labels, *, language: str) -> bytes:
    """Write a page that stands for itself: no script, nothing loaded from elsewhere."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # only pages need it

    loader = FileSystemLoader(_TEMPLATES, encoding="utf-8")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    page = environment.get_template("diff.html.j2").render(
        parts=parts, labels=labels, language={"zh": "zh-Hans"}.get(language, language)
    )
    return page.rstrip("\n").encode() + b"\n"
