"""Our OFD files, read by a reader that isn't ours: what the tests read must be what the format says, not what we take it for.

``write FOLDER`` writes files and what they say; ``read FOLDER``, run where `easyofd` is installed, reads them with it and ends
with status 1 where it finds other words. `.ci/foreign-ofd` runs both: the reader needs libraries that the project does not.
"""

from __future__ import annotations

import sys
from pathlib import Path

WRITTEN = {
    "plain": {},
    "steps-in-full": {"grouped": False},
    "thin-boxes": {"rules": "boxes"},
    "letterhead": {"head": "江西省医疗保障局文件"},
    "title": {"title": "江西省2022年医保通知"},
}


def write(folder: Path) -> None:
    """Write the files, and beside each the words on its pages, without blanks."""
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]
    import build_ofd
    import formats

    parts = formats.parts()
    words = "".join(part.text + "".join(map("".join, part.rows)) for part in parts)
    folder.mkdir(parents=True, exist_ok=True)
    for name, options in WRITTEN.items():
        (folder / f"{name}.ofd").write_bytes(build_ofd.make(parts, numbers="", **options))
        (folder / f"{name}.txt").write_text("".join(words.split()), "utf-8")


def read(folder: Path) -> bool:
    """Read the files with the other reader; return whether it finds the words."""
    from easyofd.ofd import OFD

    whole = True
    for path in sorted(folder.glob("*.ofd")):
        reader = OFD()
        reader.read(path.read_bytes(), fmt="binary")
        found = "".join(
            text["text"]
            for document in reader.data
            for page in document["page_info"].values()
            for text in page["text_list"]
        )
        expected = path.with_suffix(".txt").read_text("utf-8")
        # Cells are drawn one after another, lines of a table row by row; so are the words written down.
        same = sorted("".join(found.split()).replace("江西省医疗保障局文件", "")) == sorted(
            expected.replace("江西省医疗保障局文件", "")
        )
        sys.stdout.write(f"{path.name}: {len(found)} characters, {'as written' if same else 'OTHER WORDS'}\n")
        whole = whole and same
    return whole


if __name__ == "__main__":
    step, place = sys.argv[1], Path(sys.argv[2])
    if step == "write":
        write(place)
    elif not read(place):
        sys.exit(1)
