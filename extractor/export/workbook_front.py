"""The sheets that tell a reader where to look: headlines, what is doubtful, and what heads, signs and colours mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.dataset.compare import load_directions, stance
from extractor.dataset.doubts import KINDS, find_doubts, find_warned, limit_of
from extractor.dataset.headlines import (
    changes_of_facts,
    facts_by_notice,
    headline_rows,
    implemented_comparisons,
    newest_notices,
)
from extractor.dataset.labels import one_line, value_words
from extractor.dataset.times import year_of
from extractor.export.sheet_cells import COLOURS, difference_cells, quotation
from extractor.export.sheet_writer import Sheet, SheetCell
from extractor.messages import retold, translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extractor.dataset.doubts import Doubt
    from extractor.dataset.figures import FigureRow
    from extractor.export.sheet_cells import CellMaker
    from extractor.model import Change, Check, Comparison, Fact, NoticeRecord, Unresolved

# Checks that one fact is said to fail.
_MOST_CHECKS = 4
_SIGNS = ("ge", "gt", "le", "lt", "approx")


# ── headlines ───────────────────────────────────────────────────────────────────────────────────────────────────────


def headlines_sheet(cells: CellMaker) -> Sheet:
    """Show the newest notice of each region and programme: its first figures against last year's and the nation's."""
    columns = cells.columns(
        ("field.region", 10), ("field.policy_year", 7), ("field.notice", 36), ("field.indicator", 28), ("field.scope", 20),
        ("field.value", 16), ("field.unit", 11), ("sheet.last_year", 14), ("field.change", 10), ("sheet.delta", 10),
        ("sheet.delta_percent", 9), ("sheet.nation", 16), ("sheet.stance", 10), ("field.exact", 50),
    )  # fmt: skip
    return Sheet(*cells.sheet("headlines"), columns, _headlines(cells), named_by=4)


def _headlines(cells: CellMaker) -> Iterator[list[SheetCell]]:
    facts_of = facts_by_notice(cells.dataset)
    against = list(implemented_comparisons(cells.figures))
    changes = changes_of_facts((one, one) for one in (*cells.dataset.comparisons, *against))
    compared = {name for name, _ in changes}
    for notice in newest_notices(cells.dataset.notices, facts_of):
        for row in headline_rows(notice, facts_of[notice.notice_id], cells.figures, cells.labels.place, compared):
            yield _headline(notice, row, changes, cells)


def _headline(
    notice: NoticeRecord,
    row: FigureRow,
    changes: dict[tuple[str, bool], tuple[Change, Comparison]],
    cells: CellMaker,
) -> list[SheetCell]:
    ids, measure = row.point.fact_ids, (row.unit, row.per)
    year, nation = (
        next((changes[name, other][0] for name in ids if (name, other) in changes), None) for other in (False, True)
    )
    first = next((cells.figures.facts[name] for name in ids if name in cells.figures.facts), None)
    return [
        cells.region(notice.region.code if notice.region else None), SheetCell(year_of(notice)),
        cells.notice(notice.notice_id)._replace(to=cells.notice_link(notice)), cells.subject(row.indicator, row.subject),
        cells.scope(row.scope), cells.point(row.point, measure), cells.unit(measure),
        cells.point(year.before if year else None, measure),
        SheetCell(cells.labels("change", year.kind) if year else None),
        *difference_cells(year),
        cells.point(nation.before if nation else None, measure),
        SheetCell(_stance(nation, cells) if nation else None),
        quotation(first.evidence) if first else SheetCell(None),
    ]  # fmt: skip


def _stance(change: Change, cells: CellMaker) -> str:
    """Say what a region makes of the nation's figure; a limit that it breaks goes before."""
    limit = limit_of(change.after, cells.limits)
    return (
        cells.labels("limit", limit)
        if limit
        else cells.labels("stance", stance(change, load_directions(cells.resources)))
    )


# ── doubts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def doubts_sheet(cells: CellMaker) -> Sheet:
    """Show what a reader should look at before relying on it, the worst kind first; files that could not be read last."""
    columns = cells.columns(
        ("field.doubt", 14), ("field.region", 10), ("field.policy_year", 7), ("field.notice", 30), ("field.indicator", 26),
        ("field.scope", 20), ("field.value", 16), ("field.unit", 11), ("field.exact", 60), ("field.message", 50),
        ("field.fact_id", 18),
    )  # fmt: skip
    found = find_doubts(cells.dataset, cells.resources)
    rows = [(doubt.reasons[0], doubt) for doubt in found]
    ordered = sorted(rows, key=lambda row: KINDS.index(row[0]))
    warned = find_warned(cells.dataset, found)
    # Warnings come after what is wrong: failed checks and conflicts.
    wrong = [row for row in ordered if KINDS.index(row[0]) < KINDS.index("warned")]
    rest = ordered[len(wrong) :]
    return Sheet(
        *cells.sheet("doubts"), columns,
        [
            *(_doubt(kind, doubt, cells) for kind, doubt in wrong),
            *(_row("warned", cells.figures.facts[name], _checks(checks, cells), cells) for name, checks in warned.items()),
            *(_doubt(kind, doubt, cells) for kind, doubt in rest), *_lost(cells), *_set_aside(cells),
        ],
        named_by=4,
    )  # fmt: skip


def _doubt(kind: str, doubt: Doubt, cells: CellMaker) -> list[SheetCell]:
    if doubt.fact is None:
        item: Unresolved = doubt.item  # type: ignore[assignment] # what is no fact
        message = cells.labels.sentences((cells.labels("reason", item.reason), one_line(translated(item.message))))
        return [
            *_place(kind, doubt.notice, cells),
            *[SheetCell(None)] * 4,
            quotation(item.evidence),
            SheetCell(message),
        ]
    also = cells.labels.listed(cells.labels("page", f"doubt_{one}") for one in doubt.reasons[1:])
    candidates = cells.labels.listed(cells.labels.indicator(one) or one for one in doubt.fact.candidates)
    said = _disputed(doubt.fact, cells) if "conflict" in doubt.reasons else ""
    message = cells.labels.clauses((said, _checks(doubt.checks, cells), candidates, also))
    return _row(kind, doubt.fact, message, cells)


def _row(kind: str, fact: Fact, message: str, cells: CellMaker) -> list[SheetCell]:
    return [
        *_place(kind, cells.figures.notices[fact.notice_id], cells), cells.subject(fact.indicator, fact.subject, fact.role),
        cells.scope(fact.scope), cells.figure(fact, fact.unit), cells.unit((fact.unit, fact.per)),
        quotation(fact.evidence), SheetCell(message), SheetCell(fact.fact_id, to=cells.fact_link(fact)),
    ]  # fmt: skip


def _place(kind: str, notice: NoticeRecord | None, cells: CellMaker) -> list[SheetCell]:
    """Say what kind of doubt it is, and of which notice."""
    first = SheetCell(cells.labels("page", f"doubt_{kind}"), colour=COLOURS.get(kind, ""))
    if notice is None:
        return [first, SheetCell(None), SheetCell(None)]
    return [
        first, cells.region(notice.region.code if notice.region else None), SheetCell(year_of(notice)),
        cells.notice(notice.notice_id),
    ]  # fmt: skip


def _checks(checks: Iterable[Check], cells: CellMaker) -> str:
    return cells.labels.clauses(one_line(one.message) for one in list(checks)[:_MOST_CHECKS])


def _disputed(fact: Fact, cells: CellMaker) -> str:
    """Say what all that speak of a disputed figure say of it, copies of a notice too."""
    points = cells.disputes.get(fact.fact_id, ())
    said = [value_words(cells.figures.facts[name], cells.labels) for point in points for name in point.fact_ids]
    words = [*said, *(words for point in points for words in cells.figures.disputed_words(point))]
    return " / ".join(dict.fromkeys(map(one_line, words)))


def _lost(cells: CellMaker) -> Iterator[list[SheetCell]]:
    for notice in cells.dataset.notices:
        if notice.quality.lost:
            yield [*_place("lost", notice, cells), *[SheetCell(None)] * 5, SheetCell(f"{notice.quality.lost}")]


def _set_aside(cells: CellMaker) -> Iterator[list[SheetCell]]:
    for one in cells.dataset.set_aside:
        first = SheetCell(cells.labels("page", "set_aside"), colour=COLOURS["set_aside"])
        said = one_line(retold(one.message, cells.labels.language))
        message = cells.labels.sentences((cells.labels("set_aside", one.reason), said))
        yield [first, SheetCell(None), SheetCell(None), SheetCell(one.path), *[SheetCell(None)] * 5, SheetCell(message)]


# ── legend ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def legend_sheet(cells: CellMaker, sheets: Sequence[Sheet]) -> Sheet:
    """Explain the workbook: which dataset it is of, its sheets, its signs and colours, its heads."""
    columns = cells.columns(("sheet.legend_part", 12), ("sheet.legend_name", 24), ("field.message", 90))
    rows = [*_about(cells), *_sheets(cells, sheets), *_signs(cells), *_colours(cells), *_heads(cells, sheets)]
    return Sheet(*cells.sheet("legend"), columns, rows)


def _about(cells: CellMaker) -> Iterator[list[SheetCell]]:
    dataset, part = cells.dataset, SheetCell(cells.labels("sheet", "legend_dataset"))
    about = {
        "dataset_version": dataset.dataset_version, "schema_version": dataset.schema_version,
        "content_hash": dataset.content_hash, "generator": dataset.generator.version,
    }  # fmt: skip
    for name, value in about.items():
        yield [part, SheetCell(cells.labels("sheet", name)), SheetCell(value)]


def _sheets(cells: CellMaker, sheets: Sequence[Sheet]) -> Iterator[list[SheetCell]]:
    for one in sheets:
        name = SheetCell(one.name, to=f"internal:'{one.name}'!A1")
        yield [SheetCell(cells.labels("sheet", "legend_sheet")), name, SheetCell(one.note)]


def _signs(cells: CellMaker) -> Iterator[list[SheetCell]]:
    part, labels = SheetCell(cells.labels("sheet", "legend_sign")), cells.labels
    for name in _SIGNS:
        meaning = labels("legend", "bound").format(labels("operator", name))
        yield [part, SheetCell(labels("sign", name)), SheetCell(meaning)]
    for sign, name in (("？", "unlinked"), ("【】", "quoted")):
        yield [part, SheetCell(sign), SheetCell(labels("legend", name))]


def _colours(cells: CellMaker) -> Iterator[list[SheetCell]]:
    part = SheetCell(cells.labels("sheet", "legend_colour"))
    for name in ("conflicting", "derived"):
        shown = SheetCell(cells.labels("note", name), colour=COLOURS[name])
        yield [part, shown, SheetCell(cells.labels("legend", name))]


def _heads(cells: CellMaker, sheets: Sequence[Sheet]) -> Iterator[list[SheetCell]]:
    """Explain each head once, though several sheets have it."""
    notes = {column.head: column.note for sheet in sheets for column in sheet.columns if column.note}
    for head, note in notes.items():
        yield [SheetCell(cells.labels("sheet", "legend_head")), SheetCell(head), SheetCell(note)]
