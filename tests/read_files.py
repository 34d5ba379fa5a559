"""Reads the files of a folder and prints what they hold, as JSON: ``python tests/read_files.py FOLDER [--fonts-of-the-system]``.

`test_fonts.py` runs it where other fonts are installed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from extractor.errors import IngestError
from extractor.ingest import Limits
from extractor.ingest.ofd.reader import read_ofd
from extractor.ingest.pdf import reader
from extractor.ingest.word.docx import read_docx
from extractor.pipeline import process
from extractor.resources import load

READERS = {".pdf": reader.read_pdf, ".ofd": read_ofd, ".docx": read_docx}


def read_files(folder):
    """Read each file: its source text with all blocks and boxes, and its facts; or why it is refused."""
    resources, found = load(), {}
    for path in sorted(Path(folder).iterdir()):
        try:
            source = READERS[path.suffix](path.read_bytes(), path.name, Limits(), resources)
            found[path.stem] = msgspec.to_builtins({"source": source, "facts": process(source, resources).facts})
        except IngestError as error:
            found[path.stem] = {"refused": str(error)}
    return found


if __name__ == "__main__":
    if "--fonts-of-the-system" in sys.argv:
        reader.use_own_font = lambda: None
    sys.stdout.buffer.write(msgspec.json.encode(read_files(sys.argv[1])))
