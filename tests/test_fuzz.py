"""Damaged words and bytes end in an error of ours or in something sound; see `fuzz` for what is run and how often."""

from __future__ import annotations

import os

import fuzz
import pytest

# What failed once, by its target.
CAUGHT = [
    # A bound reached over an amount in words to the number behind it.
    ("quantities", "达到每人每年不低于61不设封顶线0元"),
    ("quantities", "不低于不设封顶线0元"),
    # A bound reached over a bracket with a figure of its own.
    ("quantities", "约3%（约3%（一）左右１，０２０．５（一）元"),
]
FEW = 2_000


@pytest.mark.parametrize(("name", "given"), CAUGHT)
def test_caught(name, given):
    """What failed once doesn't again."""
    fuzz.attempt(name, given)


@pytest.mark.parametrize("name", fuzz.TARGETS)
def test_few(name):
    """A few inputs of each target do no harm."""
    fuzz.fuzz(name, fuzz.count_of(name, FEW), seed=0)


@pytest.mark.slow
@pytest.mark.parametrize("name", fuzz.TARGETS)
def test_many(name):
    """Many do none either: two million in all, or as many as EXTRACTOR_FUZZ says, from the seed of EXTRACTOR_FUZZ_SEED."""
    whole = int(os.environ.get("EXTRACTOR_FUZZ", str(fuzz.EXECUTIONS)))
    fuzz.fuzz(name, fuzz.count_of(name, whole), seed=int(os.environ.get("EXTRACTOR_FUZZ_SEED", "1")))
