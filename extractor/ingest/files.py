"""Files to bytes, with a clear word for everything that can be wrong with a file.

Surprising: the file is opened without waiting, so that a named pipe nobody writes to is an error and not a standstill.
"""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from extractor.errors import IngestError
from extractor.ingest import registry
from extractor.ingest.limits import DEFAULT, Limits
from extractor.messages import Message, system_words

if TYPE_CHECKING:
    from pathlib import Path

ADVICE = {
    errno.ENOENT: Message("there is no such file. Check the path."),
    errno.ENOTDIR: Message("a part of the path is a file, not a folder. Check the path."),
    errno.EACCES: Message("reading it is not permitted. Give read permission or choose another file."),
    errno.EPERM: Message("reading it is not permitted. Give read permission or choose another file."),
    errno.ELOOP: Message("it is a symbolic link that leads back to itself. Remove the link or give the file itself."),
    errno.ENAMETOOLONG: Message("the path is longer than the system allows. Move the file to a shorter path."),
    errno.EISDIR: Message("it is a folder, expected a file. Give a notice in it, or build the folder as a corpus."),
}
# Reading takes milliseconds: what changes during three readings is being written all the time.
_TRIES = 3
NOT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def read_file(path: Path, limits: Limits = DEFAULT) -> bytes:
    """Read a whole file; raise `IngestError` for what is missing, unreadable, no file or too large.

    One that changes while it is read is read again, a few times.
    """
    for _ in range(_TRIES):
        try:
            handle = os.open(path, os.O_RDONLY | NOT_WAITING)
        except (OSError, ValueError) as error:
            raise unreadable(path, error) from error
        try:
            with open(handle, "rb") as file:  # noqa: PTH123 - of a handle, not of a path
                before = os.fstat(handle)
                check_regular(path, before, limits)
                # One byte more than allowed: a file that grew since its size was asked is noticed by the reader.
                data = file.read(limits.bytes + 1)
                after = os.fstat(handle)
        except OSError as error:
            raise unreadable(path, error) from error
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
            return data
    msg = Message(
        "{path}: it changed while it was read, {tries} times over; expected a file that is finished. Wait "
        "until it is written, then try again.",
        path=shown(path),
        tries=_TRIES,
    )
    raise IngestError("changed", msg)


def check_regular(path: Path, status: os.stat_result, limits: Limits) -> None:
    """Raise for a folder, a pipe, a device, and for a file over the limit, before anything is read."""
    if stat.S_ISDIR(status.st_mode):
        raise IngestError("unreadable", Message("{path}: {advice}", path=shown(path), advice=ADVICE[errno.EISDIR]))
    if not stat.S_ISREG(status.st_mode):
        msg = Message(
            "{path}: it is a pipe, socket or device, expected a file. Write its contents to a file first.",
            path=shown(path),
        )
        raise IngestError("unreadable", msg)
    registry.check_size(status.st_size, shown(path), limits)


def unreadable(path: Path, error: OSError | ValueError) -> IngestError:
    """Make the error for a file that the system would not open or read."""
    if isinstance(error, OSError) and error.errno is not None:
        said = ADVICE.get(
            error.errno,
            Message("it cannot be read: {reason}. Check the disk and the permissions.", reason=system_words(error)),
        )
    else:
        said = Message("it cannot be read: {error}. Check the path.", error=error)
    return IngestError("unreadable", Message("{path}: {said}", path=shown(path), said=said))


def shown(path: Path) -> str:
    """Write a path so that it can be printed and stored, even where its name is no text."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
