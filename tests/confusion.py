"""Claims with the verdict that a person gives them, against what `extractor verify` says: ``python tests/confusion.py``.

A file `tests/claims/*.jsonl` has a claim a line: `text`, `region` (a code or name, or null), `verdict` and `why`; `also` lists
verdicts that can be defended, too. They are about `outputs/dataset.json`. Prints who said what how often, and each claim on which they differ.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple, get_args

from extractor.dataset import store
from extractor.query.claims import ClaimVerdict
from extractor.query.named import region_named
from extractor.resources import load
from extractor.verify.run import Checker

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "claims"
VERDICTS = get_args(ClaimVerdict)
# Of a text with several figures the verdict is that of the worst.
WORST = ("contradicted", "outdated", "floor", "not_stated", "confirmed")


class Judged(NamedTuple):
    """A claim, what a person says of it and what the program does, with its reasons."""

    text: str
    expected: str
    found: str
    why: str
    reasons: tuple[str, ...]


@cache
def checker():
    """Load the dataset once."""
    return Checker(store.load(ROOT / "outputs/dataset.json"), load())


def judged(path):
    """Check the claims of a file."""
    there = {series.region for series in checker().dataset.series}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        also = row.pop("also", [])
        assert set(row) == {"text", "region", "verdict", "why"}, line
        assert row["verdict"] in VERDICTS, line
        region = row["region"] and region_named(row["region"], there, load())
        claims = checker().check([row["text"]], region=region).claims
        told = {claim.verdict for claim in claims}
        found = next((one for one in WORST if one in told), "not_stated")
        expected = found if found in also else row["verdict"]
        yield Judged(row["text"], expected, found, row["why"], tuple(one.reason or "" for one in claims))


def table(rows):
    """Draw a line a verdict that persons give, a column a verdict that the program gives."""
    counts = Counter((row.expected, row.found) for row in rows)
    head = f"{'expected':>14}" + "".join(f"{one:>14}" for one in VERDICTS)
    lines = [f"{one:>14}" + "".join(f"{counts[one, other]:>14}" for other in VERDICTS) for one in VERDICTS]
    return "\n".join([head, *lines])


def main():
    """Print the table of each file, and the claims that differ."""
    for path in sorted(FOLDER.glob("*.jsonl")):
        rows = list(judged(path))
        print(f"{path.name}: {len(rows)} claims, {sum(row.expected == row.found for row in rows)} alike")
        print(table(rows))
        for row in rows:
            if row.expected != row.found:
                print(f"  {row.expected} → {row.found} {'/'.join(row.reasons)}: {row.text} ({row.why})")


if __name__ == "__main__":
    sys.exit(main())
