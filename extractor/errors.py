"""The few exceptions that users meet.

A message names the file, the place, what was found, what was expected and what to do.
Problems *inside* a notice are data (`model.Unresolved`), never exceptions.
"""

from __future__ import annotations

from typing import Literal

IngestReason = Literal[
    "unreadable", "empty", "too_large", "too_slow", "changed", "binary", "unsupported", "encoding", "encrypted", "broken",
    "no_text", "sidecar",
]  # fmt: skip


class ExtractorError(Exception):
    """Base of every error that `extractor` raises on purpose."""


class IngestError(ExtractorError):
    """A file cannot be read as a notice; `reason` is one word of a closed list, for `set_aside`.

    ``changed`` says that it changed while it was read, ``broken`` that it is not what its format allows or was cut
    short, ``no_text`` that it holds nothing but pictures, glyphs or
    text without a Chinese character.
    """

    def __init__(self, reason: IngestReason, message: str) -> None:
        """Keep the reason beside the message."""
        super().__init__(message)
        self.reason = reason


class CatalogError(ExtractorError):
    """A row of a data file under `extractor/data/` is wrong."""


class NumeralError(ExtractorError, ValueError):
    """A piece of text is not a numeral."""


class DatasetError(ExtractorError):
    """A dataset, a gold file or a dataset query cannot be used."""


class OtherCorpusError(DatasetError):
    """A folder of notices is not the one that a dataset was built from."""


class StorageError(DatasetError):
    """An address of files can't be read or written: whoever meets it can't go on with the next file."""


class DatasetWarning(UserWarning):
    """A dataset was changed after it was built: its facts are not those that its content hash was taken over."""


class ReadingError(DatasetError, LookupError):
    """A figure asked for is not there, or is not the one thing that was asked for; the message lists what there is.

    ``reason``: ``unknown`` (no such indicator, region or word), ``nothing`` (none for this year, region, time or scope),
    ``ambiguous`` (several), ``conflicting`` (sources disagree), ``inexact`` (a bound or a range where a number was asked).
    """

    def __init__(
        self, reason: Literal["unknown", "nothing", "ambiguous", "conflicting", "inexact"], message: str
    ) -> None:
        """Keep the reason beside the message."""
        super().__init__(message)
        self.reason = reason


class FetchError(ExtractorError):
    """An address cannot be fetched, or may not be."""


class ExportError(ExtractorError):
    """An export cannot be made or written."""
