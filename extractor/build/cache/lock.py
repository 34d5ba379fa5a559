"""One writer at a time: a lock on the outputs folder that a crash releases.

The lock is one of the operating system's on an open file, so that it ends with the process, however that ends; the file
itself stays. Who holds it stands in a file beside it, for the message only. Those who read the outputs need no lock:
files are replaced whole.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from extractor.dataset.store import open_anew, open_own, read_own, reason_of
from extractor.errors import DatasetError
from extractor.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = ".state"
_LOCK = "lock"
_HOLDER = "holder"


@contextlib.contextmanager
def writing(outputs: Path, *, wait: float = 0) -> Iterator[None]:
    """Hold the lock on an outputs folder, which is made where there is none; in one thread it may be held twice.

    ``wait`` says for how many seconds to wait for another writer. A `DatasetError` says who writes, or why the folder
    can't be written to.
    """
    from filelock import FileLock, Timeout

    if outputs.exists() and not outputs.is_dir():
        msg = Message(
            "{outputs}: is a file, expected a folder to write the dataset to. Name another with -o.", outputs=outputs
        )
        raise DatasetError(msg)
    folder = outputs / FOLDER
    lock = None
    try:
        if folder.is_symlink():
            msg = Message(
                "{folder}: is a link, expected a folder: links in an outputs folder are not followed. Remove it.",
                folder=folder,
            )
            raise DatasetError(msg)
        folder.mkdir(parents=True, exist_ok=True)
        open_own(folder / _LOCK).close()
        # The resolved path, and one object for it: so that a command that holds the lock may call another that takes it.
        lock = FileLock(folder.resolve() / _LOCK, is_singleton=True)
        lock.acquire(timeout=max(wait, 0))
        if _holder(folder) != str(os.getpid()):
            with open_anew(folder / _HOLDER) as file:
                file.write(str(os.getpid()).encode())
        for left in folder.glob(".*.tmp"):  # of a build that was killed: nobody else writes now
            left.unlink(missing_ok=True)
    except Timeout as error:
        raise DatasetError(_taken(outputs)) from error
    except (OSError, NotImplementedError) as error:
        if lock is not None:
            lock.release()
        said = reason_of(error) if isinstance(error, OSError) else str(error)
        msg = Message(
            "{folder}: cannot be written: {said}. Make room, allow writing there, or name an output folder that "
            "you may write to with -o.",
            folder=folder,
            said=said,
        )
        raise DatasetError(msg) from error
    try:
        yield
    finally:
        lock.release()


def _taken(outputs: Path) -> str:
    """Say who holds the lock and what to do."""
    holder = _holder(outputs / FOLDER)
    who = Message("process {holder}", holder=holder) if holder.isdecimal() else Message("another process")
    return Message(
        "{outputs}: {who} is writing to this folder, and one may at a time. Wait until it has ended (--wait "
        "600 does), or name another output folder with -o.",
        outputs=outputs,
        who=who,
    )


def _holder(folder: Path) -> str:
    with contextlib.suppress(DatasetError):
        return (read_own(folder / _HOLDER) or b"")[:20].decode("ascii", "replace")
    return ""
