"""How long a build takes that finds nothing changed, or one notice: ``python tests/bench/incremental.py [NOTICES]``.

The target is an unchanged corpus of 10,000 notices in less than 3 % of the time that building it took. Every build is a
process of its own, as users start it; of the unchanged one the median of five counts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from statistics import median
from time import perf_counter

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import generate  # noqa: E402 - see above

NOTICES = 10_000
CHARACTERS = 4_000
SHORT = 40
MOST = 0.03
ROUNDS = 5


HEAD = (
    "{name}医疗保障局关于做好{year}年城乡居民基本医疗保障工作的通知\n{name}医保发〔{year}〕{number}号\n各有关单位：\n"
)


def made(corpus: Path, count: int, seed: int = 2022) -> list[Path]:
    """Write so many varied notices as there may be: one a year of every region, in a folder for each."""
    regions = tomllib.loads((HERE.parents[1] / "extractor/data/regions.toml").read_text("utf-8"))["region"]
    paths = []
    generator = generate.Generator(seed)
    originals = [one for one in generate.originals() if one.script == "Hans" and len(one.text) < 3 * CHARACTERS]
    for number in range(count):
        year, at = divmod(number, len(regions))
        region = regions[at]
        head = HEAD.format(name=region["name"], year=2005 + year, number=number % 90 + 1)
        # What the original says of its number, title and signers is left out.
        body = [line for line in generator.vary(originals[number % len(originals)]).split("\n") if len(line) > SHORT]
        path = corpus / region["code"] / f"{2005 + year}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + "\n".join(body) + "\n", "utf-8")
        paths.append(path)
    return paths


def build(corpus: Path, outputs: Path) -> tuple[float, str]:
    """Build, and return the seconds and what the command said."""
    command = [sys.executable, "-m", "extractor", "build", str(corpus), "-o", str(outputs), "--lang", "en"]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    start = perf_counter()
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    seconds = perf_counter() - start
    if ended.returncode not in {0, 3}:
        raise SystemExit(ended.stderr)
    return seconds, ended.stdout


def measure(count: int) -> dict[str, float]:
    """Give the seconds of a first build, of unchanged ones, and with one notice changed; and mebibytes kept."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, outputs = Path(folder, "corpus"), Path(folder, "outputs")
        paths = made(corpus, count)
        full, _ = build(corpus, outputs)
        unchanged = [build(corpus, outputs)[0] for _ in range(ROUNDS)]
        kept = sum(path.stat().st_size for path in (outputs / ".state").iterdir()) / (1 << 20)
        dataset = (outputs / "dataset.json").stat().st_size / (1 << 20)
        paths[count // 2].write_text(paths[count // 2].read_text("utf-8") + "\n五、另行补助每人每年7元。\n", "utf-8")
        one, _ = build(corpus, outputs)
    return {
        "full": full, "first unchanged": unchanged[0], "unchanged": median(unchanged), "one changed": one, "kept": kept,
        "dataset": dataset,
    }  # fmt: skip


def print_incremental(count: int) -> bool:
    """Print the times and whether the target is met."""
    found = measure(count)
    ratio = found["unchanged"] / found["full"]
    lines = [
        f"\nIncremental build, {count:,} notices, {found['dataset']:,.0f} MiB of dataset, {found['kept']:,.0f} MiB kept"
    ]
    lines += [
        f"  {name:20}{found[name]:>9.2f} s{found[name] / found['full']:>9.2%}"
        for name in ("full", "first unchanged", "unchanged", "one changed")
    ]
    lines.append(f"  target of unchanged below {MOST:.0%}: {'met' if ratio < MOST else 'MISSED'}")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
    return ratio < MOST


if __name__ == "__main__":
    sys.exit(not print_incremental(int(sys.argv[1]) if len(sys.argv) > 1 else NOTICES))
