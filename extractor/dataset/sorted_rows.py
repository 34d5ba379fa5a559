"""Sorts more rows than memory should hold: runs that are sorted stand in a file without a name, and are merged as they are read."""

from __future__ import annotations

from heapq import merge
from itertools import chain
from operator import itemgetter
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO, Self

# Bytes of rows that are sorted at once; and of those that are read at once of each run.
RUN, BLOCK = 1 << 23, 1 << 17


class SortedRows:
    """Rows by keys, which are lists of plain values and tell any two rows apart; a context, which holds the file."""

    def __init__(self, folder: Path) -> None:
        """Hold nothing yet."""
        self._folder = folder
        self._file: BinaryIO | None = None
        self._runs: list[list[tuple[int, int]]] = []
        self._rows: list[tuple[Any, bytes]] = []
        self._size = 0
        self.count = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the file, and with it of what it held."""
        if self._file is not None:
            self._file.close()

    def add(self, key: Any, row: bytes) -> None:  # noqa: ANN401 - of plain values
        """Take a row."""
        self._rows.append((key, row))
        self._size += len(row)
        self.count += 1
        if self._size > RUN:
            self._write()

    def _write(self) -> None:
        """Put what is at hand into the file, in blocks that are read one after the other."""
        if self._file is None:
            self._file = TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by `__exit__`
        run: list[tuple[int, int]] = []
        block: list[tuple[Any, bytes]] = []
        self._rows.sort(key=itemgetter(0))
        size = 0
        for at, row in enumerate(self._rows, 1):
            block.append(row)
            size += len(row[1])
            if size > BLOCK or at == len(self._rows):
                data = msgspec.msgpack.encode(block)
                run.append((self._file.seek(0, 2), len(data)))
                self._file.write(data)
                block, size = [], 0
        self._runs.append(run)
        self._rows, self._size = [], 0

    def __iter__(self) -> Iterator[bytes]:
        """Give all rows in the order of their keys."""
        return map(itemgetter(1), self.items())

    def items(self) -> Iterator[tuple[list[Any], bytes]]:
        """Give all rows with their keys, which are lists now, in the order of these."""
        self._rows.sort(key=itemgetter(0))
        runs = [chain.from_iterable(map(self._block, run)) for run in self._runs]
        at_hand = ((list(key), row) for key, row in self._rows)
        return merge(*runs, at_hand, key=itemgetter(0))

    def _block(self, place: tuple[int, int]) -> list[tuple[Any, bytes]]:
        if self._file is None:
            return []
        self._file.seek(place[0])
        rows: list[tuple[Any, bytes]] = msgspec.msgpack.decode(self._file.read(place[1]))
        return rows
