"""The rows of the corpus's file of reviews that answer a doubt, to be pasted there and filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.build.reviews import added_row_to_paste, place_of, row_to_paste

if TYPE_CHECKING:
    from extractor.model import Fact, NoticeRecord, Unresolved


def answer_row(fact: Fact, notice: NoticeRecord) -> str:
    """Write the row that confirms a fact; its other actions, and what a correction sets, stand there as comments."""
    row = row_to_paste(fact, notice).replace('action = "correct"', 'action = "confirm"  # correct | reject', 1)
    return row.replace("\nfields = ", "\n# fields = ", 1)


def missed_row(item: Unresolved, notice: NoticeRecord) -> str:
    """Write the row that adds a figure which could not be read."""
    place, words, before = place_of(item.evidence, notice.source.path)
    return added_row_to_paste(place, words, before)
