"""Source text and blocks as a reader writes them, line by line: what every format but plain text has in common.

A line of the source text is a paragraph; a row of a data table is one line, its cells separated by TAB, with a `Block`
for each cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from extractor.model import Block, Box, Damage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.ingest.tables import Cell, Grid

LineKind: TypeAlias = Literal["text", "heading", "furniture"]


class TextPiece(NamedTuple):
    """A part of a paragraph that stands on one line of one page."""

    text: str
    page: int | None = None
    box: Box | None = None


def counted(**counts: int) -> tuple[Damage, ...]:
    """List what a reader found wrong with a file, by kind; what was never met is left out."""
    return tuple(Damage(kind, count) for kind, count in sorted(counts.items()) if count)


class SourceTextBuilder:
    """The text written so far; lives for one file."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._lines: list[str] = []
        self._blocks: list[Block] = []
        self._at = 0
        self._tables = 0

    def line(self, text: str, kind: LineKind = "text") -> None:
        """Add a paragraph; ``text`` has no line break."""
        self.paragraph((TextPiece(text),), kind)

    def paragraph(self, pieces: Sequence[TextPiece], kind: LineKind = "text") -> None:
        """Add a paragraph made of the lines of a page, each with a block of its own."""
        at = self._at
        for piece in pieces:
            end = at + len(piece.text)
            self._blocks.append(Block(at, end, kind, page=piece.page, box=piece.box))
            at = end
        self._add("".join(piece.text for piece in pieces))

    def table(
        self,
        grid: Grid,
        *,
        beside: bool = False,
        pages: dict[int, int] | None = None,
        boxes: dict[tuple[int, int], Box] | None = None,
    ) -> None:
        """Add a data table; ``beside`` makes it furniture.

        ``pages`` gives the page of each row, ``boxes`` the places of its cells by row and column.
        """
        rows: dict[int, list[Cell]] = {}
        for cell in grid.cells:
            rows.setdefault(cell.row, []).append(cell)
        for row, cells in rows.items():
            self._row(cells, beside=beside, page=(pages or {}).get(row), boxes=boxes or {})
        self._tables += 1

    def _row(self, cells: list[Cell], *, beside: bool, page: int | None, boxes: dict[tuple[int, int], Box]) -> None:
        """Write a row; blank cells keep their TAB, so that columns can be counted."""
        parts: list[str] = []
        at, column = self._at, 0
        for cell in cells:
            tabs = "\t" * (cell.column - column)
            start = at + len(tabs)
            at, column = start + len(cell.text), cell.column
            parts += [tabs, cell.text]
            self._blocks.append(
                Block(
                    start, at, "furniture" if beside else "cell", page=page, table=self._tables, row=cell.row,
                    column=cell.column, header=cell.header, box=boxes.get((cell.row, cell.column)), rows=cell.rows,
                    columns=cell.columns,
                )
            )  # fmt: skip
        self._add("".join(parts))

    def _add(self, line: str) -> None:
        self._lines.append(line)
        self._at += len(line) + 1

    def finish(self) -> tuple[str, tuple[Block, ...]]:
        """Return the source text and its blocks."""
        return "\n".join(self._lines), tuple(self._blocks)
