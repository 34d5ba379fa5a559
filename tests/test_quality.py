"""Floors of quality on annotated notices: `floors.json` pins what each set must reach; it never goes down.

The sets under `gold/` were written for this project; `shared` are five real notices that lie beside it. Their
`heldout` and `second` halves were scored before anybody looked at their texts: value 0.95, meaning 0.92, linked 0.86
and value 0.99, meaning 0.95, linked 0.91 at first sight.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
FLOORS = json.loads((HERE / "floors.json").read_text("utf-8"))


def folders(name):
    """The gold and notices of a set."""
    if name == "shared":
        return SHARED / "gold", SHARED / "notices"
    return HERE / "gold" / name / "gold", HERE / "gold" / name / "notices"


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_floors(name, tmp_path):
    """Every set scores at least what it did."""
    gold, notices = folders(name)
    if not gold.is_dir():
        pytest.skip(f"{gold} is not here")
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps(FLOORS[name]), "utf-8")
    command = ["evaluate", str(gold), "--notices", str(notices), "--floors", str(floors)]
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "extractor", *command], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_every_set_has_a_floor():
    """No annotated set is forgotten."""
    found = {path.parent.relative_to(HERE / "gold").as_posix() for path in (HERE / "gold").glob("*/*/gold")}

    assert found | {"shared"} == set(FLOORS)
