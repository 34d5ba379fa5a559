"""The dataset as programs use it."""

from __future__ import annotations

from pathlib import Path
from typing import Self

import msgspec

from extractor import model
from extractor.dataset import store


class Dataset(model.Dataset, frozen=True, kw_only=True):
    """A loaded dataset."""

    @classmethod
    def load(cls, path: Path | str) -> Self:
        """Load ``outputs/dataset.json``; a `DatasetError` says what is wrong with it and what to do."""
        loaded = store.load(Path(path))
        return cls(**msgspec.structs.asdict(loaded))
