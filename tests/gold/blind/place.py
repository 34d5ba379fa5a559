"""Moves the answers of the HTML notices from the file onto the text that the reader made of it.

    python tests/gold/blind/place.py OUTPUTS PLACED [--set tests/gold/programmes]

`start` and `end` of a row count code points of the decoded file, tags and all; a fact's evidence counts those of
`OUTPUTS/sources/<sha256>.txt`. Both are laid side by side without blanks and tags; every row goes where its own letters
went. PLACED gets the answers of all notices, to be scored in place of `gold/`; another set of the
same build is named with `--set`. What has no place is named, exit status 1.
"""

import argparse
import difflib
import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
# What is between tags, and isn't a program, a style or the title of the window.
UNSEEN = re.compile(r"<(script|style|title)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE)
# What a reader may put between cells.
BLANK = re.compile(r"[\s|]")


def letters(text, unseen):
    """Return the letters that count, and where each stands."""
    hidden = {at for match in unseen for at in range(*match.span())}
    places = [at for at, sign in enumerate(text) if at not in hidden and not BLANK.match(sign)]
    return "".join(text[at] for at in places), places


def place(raw, read):
    """Map positions of the file to positions of the text that was read."""
    ours, our_places = letters(raw, UNSEEN.finditer(raw))
    theirs, their_places = letters(read, [])
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    return {
        our_places[block.a + step]: their_places[block.b + step]
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }


def placed(row, raw, where):
    """Return the row where its letters went; None where some went nowhere."""
    ours, places = letters(raw[row["start"] : row["end"]], UNSEEN.finditer(raw[row["start"] : row["end"]]))
    new = [where.get(row["start"] + at) for at in places]
    if not ours or None in new or sorted(new) != new:
        return None
    return row | {"start": new[0], "end": new[-1] + 1}


def main():
    """Place the answers of every HTML notice; copy the rest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("outputs", type=Path)
    parser.add_argument("placed", type=Path)
    parser.add_argument("--set", type=Path, default=HERE, help="folder with gold/ and notices/")
    asked = parser.parse_args()
    asked.placed.mkdir(parents=True, exist_ok=True)
    lost = 0
    for gold in sorted((asked.set / "gold").iterdir()):
        notice = asked.set / "notices" / f"{gold.stem}.html"
        if not notice.exists():
            shutil.copy(gold, asked.placed / gold.name)
            continue
        read = asked.outputs / "sources" / f"{hashlib.sha256(notice.read_bytes()).hexdigest()}.txt"
        raw = notice.read_bytes().decode("utf-8")
        # A notice that was set aside has no text, so its rows have no place.
        text = read.read_bytes().decode("utf-8") if read.exists() else ""
        where = place(raw, text)
        rows = []
        for line in gold.read_text("utf-8").splitlines():
            row = json.loads(line)
            new = placed(row, raw, where)
            if new is None:
                lost += 1
                sys.stderr.write(f"{gold.stem}: no place for {row['text']!r} of {row['quote']!r}\n")
                # Nothing is there to be met: it counts as missed.
                new = row | {"start": len(text), "end": len(text) + 1}
            rows.append(json.dumps(new | {"text": text[new["start"] : new["end"]]}, ensure_ascii=False))
        (asked.placed / gold.name).write_text("".join(f"{row}\n" for row in rows), "utf-8")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
