"""Measures how often readings are wrong, by pattern and construct, and writes `extractor/data/risks.toml`.

    python tests/update_risks.py                          the sets that rules are written on
    python tests/update_risks.py medical/dev other/dev    others

What the held-out sets say of these risks, `extractor evaluate` shows as their calibration: they aren't counted here.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from update_floors import annotated_sets, folders

from extractor.build.assemble import assemble
from extractor.build.incremental import read_corpus
from extractor.dataset.risk import FILE, risk_rows, save_risks
from extractor.evaluate.scoring import evaluate
from extractor.resources import DATA, Resources

SETS = ("medical/dev", "medical/second", "other/dev", "other/second")
HEAD = """# How often readings were wrong on the annotated notices of tests/gold: {sets}.
# id: pattern / whether it has an indicator / how far the words that name it stand / how many things limit its scope.
# Written by `python tests/update_risks.py`; not edited by hand.
"""


def verdicts_of(name):
    """Judge the facts of a set's notices, read now."""
    gold, notices = folders(name)
    with tempfile.TemporaryDirectory() as empty:
        dataset = assemble(read_corpus(notices), Path(empty), Resources())
    return evaluate(dataset.facts, gold, notices).verdicts()


def main(arguments):
    """Measure and write; return 1 for a set that isn't there."""
    sets = arguments or list(SETS)
    if unknown := sorted(set(sets) - annotated_sets()):
        print(f"there is no set {unknown[0]!r}. Sets: {', '.join(sorted(annotated_sets()))}.", file=sys.stderr)
        return 1
    rows = risk_rows(verdict for name in sets for verdict in verdicts_of(name))
    save_risks(rows, DATA / FILE, HEAD.format(sets=", ".join(sets)))
    print(
        f"{sum(row.figures for row in rows)} figures, {sum(row.wrong for row in rows)} of them wrong, {len(rows)} rows"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
