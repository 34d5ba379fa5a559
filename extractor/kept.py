"""What is kept between runs in the user's own cache: what takes long to make of files that seldom change.

A file is whole or not there, and begins with its own digest; what it was made of, its owner says. Nothing here is needed: what
isn't there is made anew.
"""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")

_DIGEST = hashlib.sha256().digest_size
# Each environment has files of its own; of those of others that many stay of a kind.
_OTHERS = 3


def name_of(kind: str, made_by: bytes) -> str:
    """Name a file by its kind and what tells it from others of the kind: ``words-0a1b2c3d4e5f``."""
    return f"{kind}-{hashlib.sha256(made_by).hexdigest()[:12]}"


def read_kept(name: str) -> memoryview | None:
    """Read what was kept; None where there is nothing, or it is damaged."""
    folder = _folder()
    if folder is None:
        return None
    try:
        data = (folder / name).read_bytes()
    except OSError:
        return None
    body = memoryview(data)[_DIGEST:]
    return body if hashlib.sha256(body).digest() == data[:_DIGEST] else None


def read_packed(name: str, shape: type[T]) -> T | None:
    """Read what `keep_packed` kept; None where there is nothing of this shape."""
    body = read_kept(name)
    try:
        return None if body is None else msgspec.msgpack.decode(body, type=shape)
    except msgspec.MsgspecError:
        return None


def keep_packed(name: str, value: object) -> None:
    """Keep a value that msgspec packs."""
    keep(name, [msgspec.msgpack.encode(value)])


def keep(name: str, parts: Iterable[bytes | memoryview]) -> None:
    """Write it whole, or not at all; a cache that can't be written is no error."""
    folder = _folder()
    if folder is None:
        return
    path, body = folder / name, b"".join(parts)
    temporary = path.with_name(f"{name}.{os.getpid()}.tmp")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(hashlib.sha256(body).digest() + body)
        temporary.replace(path)
        kind = name.partition("-")[0]
        others = [other for other in folder.glob(f"{kind}-*") if other != path and other.suffix != ".tmp"]
        for other in sorted(others, key=lambda one: one.stat().st_mtime_ns)[:-_OTHERS]:
            other.unlink()
    except OSError:
        temporary.unlink(missing_ok=True)


def _folder() -> Path | None:
    """Return this user's own folder, made if it is missing.

    None where no folder is surely private: what another user could put there would change what is read.
    """
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:
        # A relative path would be another folder in each working directory.
        folder = (base if base.is_absolute() else Path.home() / ".cache") / "extractor"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not hasattr(os, "geteuid"):
            return folder  # Windows: a profile's folders are its user's own
        if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
            return None
        folder.chmod(0o700)
        for file in folder.iterdir():
            found = file.lstat()
            if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o022:
                return None
    except (OSError, RuntimeError):  # a read-only home, or none
        return None
    return folder
