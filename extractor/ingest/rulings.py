"""Tables by their rulings: lines drawn on a page, and the characters between them, to cells.

The geometry is pdfplumber's, on lines that the reader of the page found, so that no file is read twice.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from extractor.ingest.page_lines import fragments_of, rows_of, whole, word_width
from extractor.ingest.places import PlacedTable, box_around
from extractor.ingest.tables import Cell, Grid, is_layout, join_lines, mark_header

if TYPE_CHECKING:
    from extractor.ingest.places import Line, Run

# Points, as pdfplumber's own defaults: lines so near are one line, and lines so near to each other meet.
NEAR = 3.0
SHORTEST = 6.0
# A page with more lines is a drawing. Finding where lines meet takes a step for each pair of them.
MOST_LINES = 3_000
# Points within a cell, left and right together, that hold no text.
PADDING = 12.0
MOST_MEETINGS = 5_000


class Ruling(NamedTuple):
    """A horizontal or vertical line, in points from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


def find_tables(rulings: list[Ruling], runs: list[Run], page: int) -> tuple[list[PlacedTable], list[Run]]:
    """Find the tables of a page; return them and the runs outside of them."""
    tables: list[PlacedTable] = []
    if not runs:
        return tables, runs
    for cells in cells_of(rulings):
        left, top = min(cell[0] for cell in cells), min(cell[1] for cell in cells)
        right, bottom = max(cell[2] for cell in cells), max(cell[3] for cell in cells)
        inside = [run for run in runs if left <= (run.left + run.right) / 2 <= right and top <= middle(run) <= bottom]
        if len(cells) < 2 or not inside:  # noqa: PLR2004 - a frame around a page or a word is no table
            continue
        table, taken = fill(cells, inside, page)
        if table is not None:
            tables.append(table)
            runs = [run for run in runs if id(run) not in taken]
    return tables, runs


def cells_of(rulings: list[Ruling]) -> list[list[tuple[float, float, float, float]]]:
    """Find the cells between rulings, table by table."""
    if not 4 <= len(rulings) <= MOST_LINES:  # noqa: PLR2004 - a cell has four sides
        return []
    from pdfplumber import table

    edges = [
        {
            "x0": line.left, "x1": line.right, "top": line.top, "bottom": line.bottom, "width": line.right - line.left,
            "height": line.bottom - line.top, "orientation": "h" if line.right - line.left > line.bottom - line.top else "v",
        }
        for line in rulings
    ]  # fmt: skip
    edges = table.merge_edges(edges, NEAR, NEAR, NEAR, NEAR)
    edges = [edge for edge in edges if max(edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]) >= SHORTEST]
    meetings = table.edges_to_intersections(edges, NEAR, NEAR)
    if len(meetings) > MOST_MEETINGS:
        return []
    found: list[list[tuple[float, float, float, float]]] = table.cells_to_tables(table.intersections_to_cells(meetings))
    return found


def middle(run: Run) -> float:
    """Half way between a run's top and its bottom."""
    return (run.top + run.bottom) / 2


def fill(
    cells: list[tuple[float, float, float, float]], runs: list[Run], page: int
) -> tuple[PlacedTable | None, set[int]]:
    """Put runs into cells and return the ids of those that stand in one; None where the rulings only frame text."""
    lefts, tops = sorted({cell[0] for cell in cells}), sorted({cell[1] for cell in cells})
    at = {(bisect_right(tops, top) - 1, bisect_right(lefts, left) - 1): (left, top, right, bottom)
          for left, top, right, bottom in cells}  # fmt: skip
    inside: dict[tuple[int, int], list[Run]] = {}
    for run in runs:
        place = find_cell(at, lefts, tops, (run.left + run.right) / 2, middle(run))
        if place is not None:
            inside.setdefault(place, []).append(run)
    grid = Grid(height=len(tops), width=len(lefts))
    head_rows = 1
    boxes = {}
    for row, column in sorted(at):
        if row == 0:
            head_rows = max(head_rows, bisect_right(tops, at[row, column][3] - NEAR))
        lines = [whole(fragments_of(line, page)) for line in rows_of(inside.get((row, column), []))]
        if text := cell_text(lines, at[row, column]):
            grid.cells.append(Cell(row, column, text, header=False))
            boxes[row, column] = box_around(
                min(line.left for line in lines), lines[0].top, max(line.right for line in lines), lines[-1].bottom
            )
    if grid.width < 2 or len(grid.cells) < 2 or is_layout(grid):  # noqa: PLR2004 - a table needs two of something
        return None, set()
    mark_header(grid, head_rows if head_rows < grid.height else 0)
    right, bottom = max(cell[2] for cell in cells), max(cell[3] for cell in cells)
    return PlacedTable(grid, lefts[0], tops[0], right, bottom, boxes), {id(run) for found in inside.values() for run in found}


def cell_text(lines: list[Line], cell: tuple[float, float, float, float]) -> str:
    """Join the lines of a cell: those that its width broke without a blank."""
    pieces: list[str] = []
    after = ""
    for line in reversed(lines):
        need = line.right - line.left + word_width(after) * line.size
        if pieces and need > cell[2] - cell[0] - PADDING:
            pieces[-1] = line.text + pieces[-1]
        else:
            pieces.append(line.text)
        after = line.text
    return join_lines(pieces[::-1])


def find_cell(
    at: dict[tuple[int, int], tuple[float, float, float, float]], lefts: list[float], tops: list[float], x: float, y: float
) -> tuple[int, int] | None:
    """Find the cell that holds a point: the one that begins nearest before it and reaches over it."""
    for column in range(bisect_right(lefts, x) - 1, -1, -1):
        for row in range(bisect_right(tops, y) - 1, -1, -1):
            if (cell := at.get((row, column))) is not None:
                if x <= cell[2] and y <= cell[3]:
                    return row, column
                break
    return None
