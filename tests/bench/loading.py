"""How long a calculator waits for a dataset: ``python tests/bench/loading.py [FACTS]``; `run.py` prints it too.

`Dataset.load` gives typed rows whose ids and references are checked; `orjson.loads` gives dictionaries. Both read the same
file, each time in a process of its own and in turns. The file is made from `outputs/dataset.json`: as many copies as the
facts need, each with ids and digests of its own, so that all parts stay in proportion. As orjson spends most of its
time in Python's garbage collector, which `Dataset.load` keeps at rest, its time without the collector is given beside it.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).parent
PACKAGE_ROOT = HERE.parents[1]
sys.path.insert(0, str(PACKAGE_ROOT))

import msgspec  # noqa: E402 - see above

from extractor import model  # noqa: E402 - see above
from extractor.dataset import canonical, store  # noqa: E402 - see above
from extractor.dataset.schema import SCHEMA_VERSION  # noqa: E402 - see above

FACTS = 100_000
ROUNDS = 5
# What issue 5 asks for.
MOST_RATIO = 0.6
ORJSON = "orjson.loads(path.read_bytes())"
SIDES = {
    "Dataset.load": ("from extractor import Dataset", "Dataset.load(path)"),
    "orjson.loads": ("import orjson", ORJSON),
    "orjson, no collector": ("import gc, orjson; gc.disable()", ORJSON),
}
PROGRAM = """
import sys
from pathlib import Path
from time import perf_counter
{imports}
path = Path(sys.argv[1])
start = perf_counter()
loaded = {call}
print(perf_counter() - start)
"""
_ID = re.compile(r"[fusc]-[0-9a-f]{12}")


class Parts(msgspec.Struct):
    """The parts of a dataset that grow with it."""

    notices: list[model.NoticeRecord]
    facts: list[model.Fact]
    unresolved: list[model.Unresolved]
    series: list[model.Series]
    checks: list[model.Check]
    comparisons: list[model.Comparison]


def made_dataset(facts: int) -> tuple[bytes, int]:
    """Make the dataset to load, in canonical JSON; return how many facts it has, at least as many as asked."""
    original = store.load(PACKAGE_ROOT / "outputs/dataset.json")
    names = Parts.__struct_fields__
    plain = {name: msgspec.to_builtins(getattr(original, name)) for name in names}
    owned = {notice.notice_id for notice in original.notices} | {notice.source.sha256 for notice in original.notices}
    made = Parts(*([] for _ in names))
    for number in range(-(-facts // len(original.facts))):
        varied = msgspec.convert(_varied(plain, number, owned), Parts)
        for name in names:
            getattr(made, name).extend(getattr(varied, name))
    whole = msgspec.structs.replace(
        original, schema_version=SCHEMA_VERSION, **{name: tuple(getattr(made, name)) for name in names}
    )
    return canonical.encode(whole), len(made.facts)


def _varied(value: Any, number: int, owned: set[str]) -> Any:
    """Copy a part with ids and digests of its own."""
    if isinstance(value, dict):
        return {name: _varied(one, number, owned) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_varied(one, number, owned) for one in value]
    if isinstance(value, str) and _ID.fullmatch(value):
        return value[:2] + hashlib.sha256(f"{value} {number}".encode()).hexdigest()[:12]
    if isinstance(value, str) and (name := value.removeprefix("sha256:")) in owned:
        digest = hashlib.sha256(f"{name} {number}".encode()).hexdigest()
        return value.replace(name, digest) if len(name) == len(digest) else f"{name}~{number}"
    return value
    return value


def load_times(path: Path, rounds: int) -> dict[str, list[float]]:
    """Time each side in processes of its own, in turns, so that noise hits all of them."""
    seconds: dict[str, list[float]] = {name: [] for name in SIDES}
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE_ROOT)}
    for _ in range(rounds):
        for name, (imports, call) in SIDES.items():
            command = [sys.executable, "-c", PROGRAM.format(imports=imports, call=call), str(path)]
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)  # noqa: S603 - our own program
            seconds[name].append(float(done.stdout))
    return seconds


def print_loading(facts: int = FACTS, rounds: int = ROUNDS) -> None:
    """Print what loading costs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "dataset.json")
        data, count = made_dataset(facts)
        path.write_bytes(data)
        size = len(data)
        del data
        seconds = load_times(path, rounds)
    least = {name: min(taken) for name, taken in seconds.items()}
    ratio = least["Dataset.load"] / least["orjson.loads"]
    say(f"\n{'Loading':22}{'seconds':>9}{'median':>9}   (best of {rounds}; {count:,} facts, {size / 1e6:,.0f} MB)")
    for name, taken in seconds.items():
        say(f"  {name:20}{least[name]:>9.2f}{median(taken):>9.2f}")
    say(f"  ratio {ratio:.2f}, target at most {MOST_RATIO}: {'met' if ratio <= MOST_RATIO else 'MISSED'}")
    say(f"  ratio to orjson without the collector {least['Dataset.load'] / least['orjson, no collector']:.2f}")


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    print_loading(int(sys.argv[1]) if len(sys.argv) > 1 else FACTS)
