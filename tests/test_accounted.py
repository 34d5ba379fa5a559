"""Every numeral of the gold notices that has a unit is a fact, a condition or unresolved, or a row of the data says what else it is."""

from __future__ import annotations

from pathlib import Path

import pytest

import extractor
from extractor.ingest.registry import read
from extractor.notice.mentions.find import mention_finder
from extractor.resources import load

GOLD = Path(__file__).parent / "gold"
NOTICES = sorted(path for path in GOLD.rglob("notices/*") if path.suffix != ".toml")
# What the ledger says of a numeral that is no figure though a unit follows it.
COUNTED = "counts the text's own items"


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_numerals_with_units(path):
    """A numeral before a unit is never taken for a part of a word of the dictionary."""
    data = path.read_bytes()
    finder = load().built(mention_finder)
    known = {row.id for row, _ in finder.spans} | set(finder.word_of.values()) | {COUNTED}
    text = read(data, origin=path.name).text
    unit = finder.quantities.units.counted_at

    lost = [
        text[row.start : row.end + 4]
        for row in extractor.read_notice(data).ledger
        if row.disposition == "word" and row.reason not in known and unit.match(text, row.end)
    ]

    assert lost == []
