"""Every field that words decide rests on them: without these words it is gone, and no other word changes it."""

from pathlib import Path

import pytest
from proof import deletions, other_figures, other_words, source_of

GOLD = Path(__file__).parent / "gold"
SHARED = Path(__file__).parents[2] / "shared/notices"
NOTICES = sorted([*GOLD.glob("*/*/notices/*.txt"), *SHARED.glob("*.txt")])
# Of these the normal run tries each proof; the slow one tries all.
FEW = {"2024-national.txt", "2018-changxing-assistance-hant.txt", "2026-kunshan-table.txt"}
TRIED = [pytest.param(path, id=path.stem, marks=() if path.name in FEW else pytest.mark.slow) for path in NOTICES]


@pytest.mark.parametrize("path", TRIED)
def test_fields_go_with_their_words(path):
    """No field stays as it was where the words are taken away that it rests on."""
    tried, stayed = deletions(source_of(path))

    assert tried > 0
    assert stayed == []


@pytest.mark.parametrize("path", TRIED)
def test_facts_move_with_their_figures(path):
    """A figure that is changed is read anew, and nothing else is."""
    tried, moved = other_figures(source_of(path))

    assert tried > 0
    assert moved == []


@pytest.mark.parametrize("path", [path for path in NOTICES if path.name in FEW], ids=lambda path: path.stem)
def test_other_words_change_nothing(path):
    """A year or a name that is changed leaves the facts alone that don't rest on it."""
    _, moved = other_words(source_of(path))

    assert moved == []


# Of all years and names, those that move no fact but their own; what stands in a list's place may still move its neighbours.
QUIET = 0.98


@pytest.mark.slow
def test_most_other_words_change_nothing():
    """So it is with nearly all words of all notices; this floor goes up only."""
    words = loud = 0
    for path in NOTICES:
        tried, moved = other_words(source_of(path))
        words += tried
        loud += len({one.changed for one in moved})

    assert words > 500
    assert 1 - loud / words >= QUIET
