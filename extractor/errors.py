"""The few exceptions that users meet.

A message names the file, the place, what was found, what was expected and what to do.
Problems *inside* a notice are data (`model.Unresolved`), never exceptions.
"""

from __future__ import annotations


class ExtractorError(Exception):
    """Base of every error that `extractor` raises on purpose."""


class IngestError(ExtractorError):
    """A file cannot be read as a notice; `reason` is one word of a closed list, for `set_aside`.

    Reasons: ``unreadable``, ``empty``, ``too_large``, ``too_slow``, ``changed`` (while it was read), ``binary``,
    ``unsupported``, ``encoding``, ``encrypted``, ``broken`` (not what its format allows, or cut short), ``no_text``
    (nothing but pictures or glyphs), ``sidecar``.
    """

    def __init__(self, reason: str, message: str) -> None:
        """Keep the reason beside the message."""
        super().__init__(message)
        self.reason = reason


class CatalogError(ExtractorError):
    """A row of a data file under `extractor/data/` is wrong."""


class NumeralError(ExtractorError, ValueError):
    """A piece of text is not a numeral."""


class DatasetError(ExtractorError):
    """A dataset, a gold file or a dataset query cannot be used."""


class FetchError(ExtractorError):
    """An address cannot be fetched, or may not be."""


class ExportError(ExtractorError):
    """An export cannot be made or written."""
