"""Links on notices of sixteen programmes: which share of the figures that have an id gets it, and that no other gets one.

The sets of `gold/linked/` hold two notices of consecutive years for each programme, written with their answers by people
who had seen neither rules nor rows; their README says what was reached before anybody looked at their misses.
"""

import importlib.util
import json
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from extractor import ingest
from extractor.pipeline import process
from extractor.resources import load

GOLD = Path(__file__).parent / "gold"
SETS = sorted(path.stem for path in (GOLD / "linked").glob("*.jsonl"))
# The usual run reads these of them; the slow one all.
FEW = {"s", "t"}
USUAL = [name if name in FEW else pytest.param(name, marks=pytest.mark.slow) for name in SETS]
# How many of its figures each programme must get, at least.
FLOORS = json.loads((GOLD / "linked/floors.json").read_text("utf-8"))
# Another id, and what has none: known, told in the README, and never more.
MISTAKEN: dict[tuple[str, str, str], str] = {
    # What is above last year's, below a table of two.
    ("y", "2025-employees-yulin", "1000元"): "medical.benefit.annual_cap",
}


def load_placing():
    """Load the script that finds the answers of a file in the text that is read of it."""
    spec = importlib.util.spec_from_file_location("place", GOLD / "blind/place.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PLACING = load_placing()


def occurrence(text, words, count):
    """Return where some words stand for the n-th time, also within others."""
    at = -1
    for _ in range(count):
        at = text.index(words, at + 1)
    return at


@lru_cache
def outcomes(name):
    """Give for each answer of a set its notice, programme, words, wanted id and the id that was given (None, too, without a fact)."""
    found = []
    for line in (GOLD / f"linked/{name}.jsonl").read_text("utf-8").splitlines():
        notice = json.loads(line)
        source = ingest.read(notice["text"].encode(), origin=notice["name"], resources=load())
        facts = process(source, load()).facts
        where = PLACING.place(notice["text"], source.text)
        for figure in notice["figures"]:
            start = occurrence(notice["text"], figure["text"], figure["n"])
            placed = PLACING.placed({"start": start, "end": start + len(figure["text"])}, notice["text"], where)
            assert placed is not None, (notice["id"], figure)
            over = [
                fact for fact in facts if fact.evidence.start < placed["end"] and placed["start"] < fact.evidence.end
            ]
            given = over[0].indicator if over else None
            if not figure.get("optional"):
                found.append((notice["id"], notice["programme"], figure["text"], figure["indicator"], given))
    return found


@pytest.mark.parametrize("name", USUAL)
def test_nothing_has_an_id_that_it_is_not(name):
    """No figure without an id gets one, and none gets another's."""
    wrong = {
        (name, notice, words): given
        for notice, _, words, wanted, given in outcomes(name)
        if given not in (None, wanted)
    }

    assert wrong == {key: given for key, given in MISTAKEN.items() if key[0] == name}


@pytest.mark.parametrize("name", USUAL)
def test_linked_shares(name):
    """Of each programme's figures as many are linked as ever were."""
    linked = Counter(programme for _, programme, _, wanted, given in outcomes(name) if wanted and wanted == given)

    assert {programme: count for programme, count in FLOORS[name].items() if linked[programme] < count} == {}
    assert set(FLOORS[name]) == {programme for _, programme, _, _, _ in outcomes(name)}
