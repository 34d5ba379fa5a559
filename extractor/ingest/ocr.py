"""A hook for text recognition: runs the command that the user has set for files without a text layer, and no other.

The command is a line of words like ``ocrmypdf -l chi_sim {input} {output}`` or ``my-ocr {input}``. It is split into its
words and started without a shell. What it writes to ``{output}``, or prints where it has none, is plain text in UTF-8 or
a PDF with a text layer.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from extractor.errors import IngestError
from extractor.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.ingest.limits import Limits
    from extractor.model import SourceText

LONGEST_SAID = 300


def read_recognised(data: bytes, origin: str, limits: Limits, read: Callable[[bytes], SourceText]) -> SourceText:
    """Read what the command makes of a PDF; ``read`` reads its result.

    The text is said to be of the PDF itself, its reader ``pdf+ocr``. Raises `IngestError` with the
    reason ``no_text`` or ``too_slow`` where the command fails.
    """
    with tempfile.TemporaryDirectory(prefix="extractor-") as folder:
        found = recognise(data, origin, limits, Path(folder))
    if not found.strip():
        raise failed(origin, limits, Message("it found no text"))
    # Commands end a page with a form feed.
    source = read(found if found.startswith(b"%PDF") else found.replace(b"\f", b"\n"))
    return structs.replace(
        source,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="application/pdf",
        encoding="utf-8",
        reader="pdf+ocr",
    )


def recognise(data: bytes, origin: str, limits: Limits, folder: Path) -> bytes:
    """Run the command on a copy of the file and return what it wrote."""
    given, made, printed = folder / "input.pdf", folder / "output", folder / "printed"
    given.write_bytes(data)
    words = [word.replace("{input}", str(given)).replace("{output}", str(made)) for word in words_of(limits.ocr)]
    with printed.open("wb") as out, (folder / "said").open("wb") as said:
        status = run(words, out.fileno(), said.fileno(), origin, limits)
    if status:
        with (folder / "said").open("rb") as file:
            said_words = file.read(LONGEST_SAID).decode("utf-8", "replace")
        raise failed(
            origin,
            limits,
            Message("it ended with status {status}: {words}", status=status, words=" ".join(said_words.split())),
        )
    result = made if "{output}" in limits.ocr else printed
    if not result.is_file():
        raise failed(origin, limits, Message("it wrote no {{output}}"))
    limits.check("bytes", result.stat().st_size, origin, Message("bytes of recognised text"))
    return result.read_bytes()


def words_of(command: str) -> list[str]:
    r"""Split a command into words; backslashes are part of a path on Windows.

    >>> words_of("my-ocr --lang 'chi sim' {input}")
    ['my-ocr', '--lang', 'chi sim', '{input}']
    """
    return shlex.split(command) if os.name != "nt" else [word.strip('"') for word in shlex.split(command, posix=False)]


def run(words: list[str], out: int, said: int, origin: str, limits: Limits) -> int:
    """Run the command to its end or until its time is up; return its status."""
    try:
        process = subprocess.Popen(  # noqa: S603 - the user's own command, without a shell
            words, stdin=subprocess.DEVNULL, stdout=out, stderr=said, start_new_session=True
        )
    except (OSError, ValueError) as error:
        raise failed(origin, limits, Message("it can't be started: {error}", error=error)) from error
    try:
        return process.wait(limits.ocr_seconds)
    except subprocess.TimeoutExpired as error:
        msg = Message.counted(
            "{origin}: recognising its text took more than {ocr_seconds} second and was stopped. Raise the "
            "limit: --limit ocr_seconds={raised}.",
            "{origin}: recognising its text took more than {ocr_seconds} seconds and was stopped. Raise the "
            "limit: --limit ocr_seconds={raised}.",
            limits.ocr_seconds,
            origin=origin,
            ocr_seconds=limits.ocr_seconds,
            raised=2 * limits.ocr_seconds,
        )
        raise IngestError("too_slow", msg) from error
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a command that still runs, with all that it started."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def failed(origin: str, limits: Limits, what: str) -> IngestError:
    """Make the error for a command that gave no text."""
    msg = Message(
        "{origin}: found a file with no text layer, and the command set for text recognition gave no text: "
        "{what}. Try the command by hand and correct --ocr {ocr!r}.",
        origin=origin,
        what=what,
        ocr=limits.ocr,
    )
    return IngestError("no_text", msg)
