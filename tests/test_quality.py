"""Floors of quality on annotated notices: `floors.json` pins what each set must reach; it never goes down.

The sets under `gold/` were written for this project; `shared` are five real notices that lie beside it. Their
`heldout` and `second` halves were scored before anybody looked at their texts: value 0.95, meaning 0.92, linked 0.86
and value 0.99, meaning 0.95, linked 0.91 at first sight; `fresh`, by somebody who had not seen the program: value 0.95,
meaning 0.92, linked 0.86. `update_floors.py` raises the floors.
"""

import json
import shutil
from decimal import Decimal

import pytest
import update_floors
from update_floors import annotated_sets, answers, changed_texts, digest_of, folders, updated

FLOORS = json.loads(update_floors.FLOORS.read_text("utf-8"))


# The answers of these are moved onto the text that was read, which takes a build of each.
USUAL = [pytest.param(name, marks=pytest.mark.slow) if name.startswith("unseen/") else name for name in sorted(FLOORS)]


@pytest.mark.parametrize("name", USUAL)
def test_floors(name, tmp_path, command_line):
    """Every set scores at least what it did."""
    gold, notices = folders(name)
    if not gold.is_dir():
        pytest.skip(f"{gold} is not here")
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps(FLOORS[name]["floors"]), "utf-8")
    command = ["evaluate", str(answers(name, tmp_path)), "--notices", str(notices), "--floors", str(floors)]
    status, out, err = command_line(*command)

    assert (status, err) == (0, ""), out


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_floors_hold_for_these_texts(name):
    """No text or answer of a set is changed without its floors being looked at."""
    words = changed_texts(name, FLOORS[name]["texts"], digest_of(name))

    assert words == "", words


EVERY = sorted(FLOORS)


@pytest.mark.parametrize("names", [EVERY[::4], pytest.param(EVERY, marks=pytest.mark.slow)], ids=["few", "all"])
def test_nothing_is_set_aside(names, tmp_path, command_line):
    """Every notice of every set is built, and no sentence of one meets a fault of ours."""
    corpus = tmp_path / "corpus"
    for name in names:
        _, notices = folders(name)
        if notices.is_dir():
            shutil.copytree(notices, corpus / name.replace("/", "-"))
    command_line("build", str(corpus), "-o", str(tmp_path / "outputs"))
    dataset = json.loads((tmp_path / "outputs/dataset.json").read_text("utf-8"))

    assert len(dataset["notices"]) >= 2 * len(names)
    assert dataset["set_aside"] == []
    assert [entry["evidence"]["exact"] for entry in dataset["unresolved"] if entry["reason"] == "internal"] == []


def test_every_set_has_a_floor():
    """No annotated set is forgotten."""
    assert annotated_sets() | {"shared"} == set(FLOORS)


# ── raising them ────────────────────────────────────────────────────────────────────────────────────────────────────

HALF, MOST, ALL = Decimal("0.5"), Decimal("0.97"), Decimal("1.0")
# What happens: floors, shares reached, with --allow-lower → new floors, what is refused.
UPDATES = [
    ("as before", {"value": MOST}, {"value": MOST}, False, {"value": MOST}, []),
    ("better", {"value": MOST}, {"value": ALL, "linked": ALL}, False, {"value": ALL}, []),
    (
        "worse",
        {"value": MOST, "words": HALF},
        {"value": HALF, "words": ALL},
        False,
        {"words": ALL},
        ["value 0.97 → 0.5"],
    ),
    ("worse, allowed", {"value": MOST}, {"value": HALF}, True, {"value": HALF}, []),
    ("not measured", {"value": MOST}, {}, False, {}, ["value 0.97 → not measured"]),
    ("not measured, allowed", {"value": MOST}, {}, True, {}, []),
]


@pytest.mark.parametrize(
    ("floors", "shares", "allow_lower", "expected", "refused"),
    [row[1:] for row in UPDATES],
    ids=[r[0] for r in UPDATES],
)
def test_updated(floors, shares, allow_lower, expected, refused):
    """Floors go up by themselves, and down only when told to."""
    assert updated(floors, shares, allow_lower=allow_lower) == (expected, refused)


@pytest.fixture
def one_set(tmp_path, monkeypatch):
    """Stand one set of one notice in the place of `gold/`, with its floors; nothing is read, a figure is worth 0.9."""
    gold, notices = folders("medical/dev")
    for folder in (gold, notices):
        place = tmp_path / "gold/medical/dev" / folder.name
        place.mkdir(parents=True)
        first = min(folder.iterdir())
        shutil.copy(first, place / first.name)
    monkeypatch.setattr(update_floors, "GOLD", tmp_path / "gold")
    monkeypatch.setattr(update_floors, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(update_floors, "shares_of", lambda _name: {"value": Decimal("0.9"), "money.value": ALL})
    (tmp_path / "floors.json").write_text("{}", "utf-8")
    return tmp_path


def entries(folder, floor=None):
    """Return `floors.json` as it stands; with a floor, after writing that to it."""
    path = folder / "floors.json"
    if floor is not None:
        path.write_text(json.dumps({"medical/dev": {"texts": digest_of("medical/dev"), "floors": {"value": floor}}}))
    return json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("change", ["text", "answer", "new", "gone", "renamed"])
def test_changed_texts_are_named(one_set, change):
    """Whatever happens to a file of a set, its name and the command to run are said."""
    (notice,) = (one_set / "gold/medical/dev/notices").iterdir()
    (answer,) = (one_set / "gold/medical/dev/gold").iterdir()
    before = digest_of("medical/dev")
    if change == "new":
        (notice.parent / "new.txt").touch()
    elif change == "gone":
        notice.unlink()
    elif change == "renamed":
        notice.rename(notice.with_name("other.txt"))
    else:
        (notice if change == "text" else answer).write_bytes(b"\n")
    words = changed_texts("medical/dev", before, digest_of("medical/dev"))

    assert "python tests/update_floors.py medical/dev" in words
    assert "tests/gold/medical/dev" in words


def test_update_starts_a_new_set(one_set):
    """A set without floors gets those of its figures as a whole, and the digest of its files."""
    assert update_floors.main([]) == 0
    assert entries(one_set) == {"medical/dev": {"texts": digest_of("medical/dev"), "floors": {"value": 0.9}}}


def test_update_raises(one_set):
    """What is reached is the new floor; the digest follows the texts."""
    before = entries(one_set, 0.8)["medical/dev"]["texts"]
    (one_set / "gold/medical/dev/notices/new.txt").touch()

    assert update_floors.main(["medical/dev"]) == 0
    after = entries(one_set)["medical/dev"]
    assert after["floors"] == {"value": 0.9}
    assert after["texts"] == digest_of("medical/dev") != before


def test_update_refuses_to_lower(one_set, capsys):
    """A figure that fell is named, and nothing is written."""
    before = entries(one_set, 0.95)

    assert update_floors.main([]) == 1
    assert "medical/dev: value 0.95 → 0.9" in capsys.readouterr().err
    assert entries(one_set) == before


def test_update_lowers_when_told_to(one_set):
    """`--allow-lower` takes the worse figure."""
    entries(one_set, 0.95)

    assert update_floors.main(["--allow-lower"]) == 0
    assert entries(one_set)["medical/dev"]["floors"] == {"value": 0.9}


def test_update_adds_a_figure(one_set, monkeypatch):
    """`--add` gives a figure a floor where a set measures it, and is no error where it doesn't."""
    monkeypatch.setattr(update_floors, "shares_of", lambda _name: {"value": Decimal("0.9"), "named": HALF})
    entries(one_set, 0.9)

    assert update_floors.main(["--add", "named", "--add", "words"]) == 0
    assert entries(one_set)["medical/dev"]["floors"] == {"value": 0.9, "named": 0.5}


def test_update_adds_no_unknown_figure(one_set, capsys):
    """A name that is no figure is an error that lists the figures."""
    with pytest.raises(SystemExit, match="2"):
        update_floors.main(["--add", "names"])
    assert "'names'. Figures: value, meaning, linked, named, precision" in capsys.readouterr().err
    assert entries(one_set) == {}


def test_update_of_an_unknown_set(one_set, capsys):
    """A name that is no set is an error that lists the sets."""
    with pytest.raises(SystemExit, match="2"):
        update_floors.main(["medical/devel"])
    assert "'medical/devel'. Sets: medical/dev." in capsys.readouterr().err
    assert entries(one_set) == {}
