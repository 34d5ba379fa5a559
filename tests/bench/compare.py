"""How long comparing two large datasets takes, against loading them: ``python tests/bench/compare.py [FACTS]``.

The target is less than ten times the time of loading. Times are the best of three in one process.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from factories import fact, notice

from extractor.dataset import canonical, store
from extractor.dataset.compare import compare_consecutive, compare_datasets, figures_of
from extractor.dataset.series import build_series
from extractor.dataset.versions import make_dataset
from extractor.model import Region, Scope
from extractor.resources import load

YEARS = range(2015, 2025)
REGIONS = 100
ROUNDS = 3


def made_dataset(count, shift):
    """Make ``count`` facts over years, regions, indicators and scopes; a tenth has no indicator."""
    regions = [Region(code=f"{110000 + 100 * index}", iso=None, name=f"地区{index}") for index in range(REGIONS)]
    notices = [notice(f"{region.code}〔{year}〕1号", year=year, region=region) for region in regions for year in YEARS]
    facts = []
    for index in range(count):
        head, rest = notices[index % len(notices)], index // len(notices)
        value = str(100 + (index * 7919) % 900 + (shift if index % 10 == 0 else 0))
        linked = rest % 10 != 0
        facts.append(
            fact(
                head.notice_id,
                head.policy_year,
                value,
                fact_id=f"f-{hashlib.sha256(str(index).encode()).hexdigest()[:12]}",
                indicator=f"medical.made.i{rest % 40}" if linked else None,
                subject=f"事项{rest}",
                scope=Scope(region=head.region.code, population=f"人群{rest // 40}"),
            )
        )
    return make_dataset(
        Path("none"), "", notices=tuple(notices), set_aside=(), facts=tuple(facts), unresolved=(),
        series=build_series(facts, notices, load()), checks=(), comparisons=(),
    )  # fmt: skip


def best(call):
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        result = call()
        times.append(time.perf_counter() - began)
    return min(times), result


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{shift}.json" for shift in (0, 1)]
        for shift, path in enumerate(paths):
            path.write_bytes(canonical.encode(made_dataset(count, shift)))
        loading, datasets = best(lambda: [store.load(path) for path in paths])
    comparing, found = best(lambda: compare_datasets(*(figures_of(one, load()) for one in datasets)))
    yearly, pairs = best(lambda: compare_consecutive(figures_of(datasets[0], load())))
    moved, changes = (sum(len(one.changes) for one in group) for group in (found, pairs))
    lines = (
        f"{count} facts each",
        f"loading both            {loading:5.2f} s",
        f"dataset against dataset {comparing:5.2f} s  {comparing / loading:.1f} times loading, {moved} changes (target: < 10)",
        f"all years of one        {yearly:5.2f} s  {yearly / loading:.1f} times loading, {changes} changes in {len(pairs)} pairs",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if max(comparing, yearly) < 10 * loading else 1


if __name__ == "__main__":
    sys.exit(main())
