"""Raises `floors.json` to what is reached; lowers nothing unless told to.

    python tests/update_floors.py                   every set
    python tests/update_floors.py medical/dev       one set
    python tests/update_floors.py --allow-lower     down, too: say why in the commit
    python tests/update_floors.py --add named       a floor of one more figure, where a set measures it

A set is a folder below `gold/` that holds `notices/` and `gold/`, texts and answers. Floors hold for just these, so a
digest of both stands beside the floors: whoever changes a text has to run this. `shared` lies beside the project and
isn't ours to pin: it has floors and no digest.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path

from extractor.build.assemble import assemble
from extractor.build.incremental import read_corpus
from extractor.evaluate.scoring import FIGURES, evaluate
from extractor.resources import Resources

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
GOLD = HERE / "gold"
SHARED = HERE.parent.parent / "shared"
# Sets without a folder above them, some of whose notices are pages: their answers count the file's code points.
PLACED = frozenset({"fresh", *(path.relative_to(GOLD).as_posix() for path in GOLD.glob("unseen/*"))})
# Sets have some hundred rows: a finer step would make a floor of one fact.
STEP = Decimal("0.01")


def annotated_sets():
    """Name the sets that are there, `shared` aside."""
    found = {path.parent.relative_to(GOLD).as_posix() for path in GOLD.glob("*/*/gold")}
    return found | {name for name in PLACED if (GOLD / name / "gold").is_dir()}


def folders(name):
    """Return the folders of a set: answers, notices."""
    base = SHARED if name == "shared" else GOLD / name
    return base / "gold", base / "notices"


def answers(name, folder):
    """Return the folder of a set's answers, those of pages moved onto the text that was read; ``folder`` is for them."""
    gold, notices = folders(name)
    if name not in PLACED:
        return gold
    outputs, placed = folder / "outputs", folder / "placed"
    place = [str(GOLD / "blind" / "place.py"), str(outputs), str(placed), "--set", str(GOLD / name)]
    for command in (["-m", "extractor", "build", str(notices), "-o", str(outputs)], place):
        subprocess.run([sys.executable, *command], check=True, cwd=HERE.parent, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
    return placed


def digest_of(name):
    """Return the SHA-256 over names and bytes of a set's texts and answers; None for `shared`."""
    if name == "shared":
        return None
    total = hashlib.sha256()
    for folder in folders(name):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            for part in (path.relative_to(folder.parent).as_posix().encode(), path.read_bytes()):
                total.update(len(part).to_bytes(8, "big") + part)
    return f"sha256:{total.hexdigest()}"


def changed_texts(name, pinned, found):
    """Say that a set's files are not those that its floors hold for; an empty string where they are."""
    if pinned == found:
        return ""
    return (
        f"tests/floors.json: the floors of {name} hold for other files: something in tests/gold/{name} was changed, added "
        f"or removed. Found {found}, expected {pinned}. Undo that, or run: python tests/update_floors.py {name}"
    )


def shares_of(name):
    """Read the notices of a set now; return each figure's share (0 to 1), rounded down, without what isn't measured."""
    _, notices = folders(name)
    with tempfile.TemporaryDirectory() as empty:
        dataset = assemble(read_corpus(notices), Path(empty), Resources())
        score = evaluate(dataset.facts, answers(name, Path(empty)), notices, heads=dataset.notices)
    figures = dict(score.total.figures)
    for part in score.kinds:
        figures |= {f"{part.name}.{figure}": ratio for figure, ratio in part.figures.items()}
    return {
        figure: (Decimal(met) / total).quantize(STEP, ROUND_FLOOR) for figure, (met, total) in figures.items() if total
    }


def updated(floors, shares, *, allow_lower=False):
    """Return the new floors, and in words the figures that stand in the way: they fell, or are measured no more."""
    new, refused = {}, []
    for figure, floor in floors.items():
        share = shares.get(figure)
        if (share is None or share < floor) and not allow_lower:
            refused.append(f"{figure} {floor} → {'not measured' if share is None else share}")
        elif share is not None:
            new[figure] = share
    return new, refused


def load():
    """Read `floors.json`: set → ``{"texts": digest, "floors": {figure: share}}``."""
    return json.loads(FLOORS.read_text("utf-8"), parse_float=Decimal)


def save(entries):
    """Write `floors.json`, canonical."""
    text = json.dumps(entries, ensure_ascii=False, indent=2, sort_keys=True, default=float)
    FLOORS.write_text(f"{text}\n", "utf-8")


def update(name, entry, *, add=(), allow_lower=False):
    """Return the new entry of a set, and in words what would go down; a new set starts with what it reaches as a whole.

    ``add`` names figures that get a floor, too, where the set measures them.
    """
    shares = shares_of(name)
    first = add if entry else [figure for figure in shares if "." not in figure]
    floors = {figure: Decimal(0) for figure in first if figure in shares} | (entry["floors"] if entry else {})
    new, refused = updated(floors, shares, allow_lower=allow_lower)
    moved = [f"{figure} {floor} → {new.get(figure)}" for figure, floor in floors.items() if new.get(figure) != floor]
    print(f"{name}: {', '.join(moved) or 'floors stay'}")
    return {"texts": digest_of(name), "floors": new}, [f"{name}: {line}" for line in refused]


def main(arguments=None):
    """Update the sets named, or all; return 1 where a floor would go down, and then write nothing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", help="sets to update; default: all")
    parser.add_argument("--allow-lower", action="store_true", help="take a worse figure as the new floor")
    parser.add_argument("--add", action="append", default=[], metavar="FIGURE", help="give this figure a floor, too")
    given = parser.parse_args(arguments)
    entries = load()
    known = sorted({*entries, *annotated_sets()})
    if unknown := sorted(set(given.sets) - set(known)):
        parser.error(f"there is no set {unknown[0]!r}. Sets: {', '.join(known)}.")
    if strange := sorted(set(given.add) - set(FIGURES)):
        parser.error(f"there is no figure {strange[0]!r}. Figures: {', '.join(FIGURES)}.")
    stuck = []
    for name in given.sets or known:
        if folders(name)[0].is_dir():
            entry = entries.get(name)
            entries[name], refused = update(name, entry, add=given.add, allow_lower=given.allow_lower)
            stuck += refused
        else:
            print(f"{name}: {folders(name)[0]} is not here; its floors stay")
    if stuck:
        print("These would go down, so nothing is written:", *stuck, sep="\n  ", file=sys.stderr)
        print("Mend the reading; or give --allow-lower, and say in the commit why they fell.", file=sys.stderr)
        return 1
    save(entries)
    return 0


if __name__ == "__main__":
    sys.exit(main())
