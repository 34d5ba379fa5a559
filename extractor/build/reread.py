"""Reads a notice of a dataset again, for who asks why its figures were linked as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extractor.build.corpus import file_again, kept_text, result_of
from extractor.model import SourceText

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.model import NoticeSource
    from extractor.notice.facts.explain import Explanation
    from extractor.resources import Resources


class Reread(NamedTuple):
    """Explanations by fact id; ``whole`` is False where only the text was left of the file, without its layout."""

    explanations: dict[str, Explanation]
    whole: bool


def reread(source: NoticeSource, folder: Path, corpus: Path, resources: Resources) -> Reread | None:
    """Read a notice again from its file in ``corpus``, else from its text in ``folder``; None where neither is left.

    Rows may have changed since the dataset was built, so that an outcome may be another.
    """
    again = file_again(source, corpus, resources)
    whole = again is not None
    if again is None:
        if (text := kept_text(source, folder)) is None:
            return None
        again = SourceText(source.sha256, source.path, source.media_type, source.encoding, source.reader, text)
    explanations: dict[str, Explanation] = {}
    result_of(again, resources, path=source.path, explanations=explanations)
    return Reread(explanations, whole)
