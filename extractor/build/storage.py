"""Files at addresses that fsspec knows (``s3://``, ``hdfs://``, ``memory://``) or on the disks of this machine.

The only importer of fsspec, which finds the driver of a scheme: s3fs for ``s3://``, and so on. Their settings, keys too, are those of the
drivers: files and variables of the user's, never ours.
"""

from __future__ import annotations

import errno
import os
import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from extractor.errors import StorageError
from extractor.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESS = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]{1,30})://")
# Addresses of pages are fetched one by one, politely; a folder of them can't be listed.
_PAGES = frozenset({"http", "https"})


class FileAt(Struct, frozen=True):
    """A file below an address, by its name there, and its bytes."""

    address: str
    name: str
    size: int


def is_storage(name: str) -> bool:
    """Say whether a name is an address of files that fsspec may know, no path.

    >>> [is_storage(name) for name in ("s3://bucket/corpus", "corpus", "/srv/corpus", "https://example.org/a.html")]
    [True, False, False, False]
    """
    found = _ADDRESS.match(name)
    return found is not None and found["scheme"] not in _PAGES


def file_system(address: str) -> tuple[Any, str]:
    """Find the file system of an address, and the path in it; a `StorageError` says what is missing for it."""
    try:
        import fsspec
    except ImportError as error:
        msg = Message(
            "{address}: needs fsspec, which is not installed. Run: pip install 'policy-figures[remote]'.",
            address=address,
        )
        raise StorageError(msg) from error
    try:
        found, path = fsspec.core.url_to_fs(address)
    except ImportError as error:
        msg = Message(
            "{address}: its driver is not installed: {error}. Install it beside fsspec, s3fs for s3:// for example.",
            address=address,
            error=error,
        )
        raise StorageError(msg) from error
    except (ValueError, OSError) as error:
        raise unreachable(address, error) from error
    return found, path.rstrip("/")


def unreachable(address: str, error: Exception) -> StorageError:
    """Make the error for an address that can't be read or written."""
    msg = Message(
        "{address}: cannot be read or written: {error}. Check the address, and the settings of its driver.",
        address=address,
        error=str(error) or type(error).__name__,
    )
    return StorageError(msg)


def files_below(address: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """List the files below an address, by their names below it, with what the driver knows of each."""
    system, root = file_system(address)
    try:
        found = system.find(root, detail=True)
    except (OSError, ValueError) as error:
        raise unreachable(address, error) from error
    for path, about in sorted(found.items()):
        yield path[len(root) :].lstrip("/"), about


def read_at(file: FileAt) -> bytes:
    """Read a file at an address; raise `FileNotFoundError` where it is gone, `StorageError` where the address can't be read."""
    system, root = file_system(file.address)
    try:
        data: bytes = system.cat_file(f"{root}/{file.name}")
    except FileNotFoundError as error:  # of which not all drivers say what the system would
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), file.name) from error
    except (OSError, ValueError) as error:
        raise unreachable(file.address, error) from error
    return data


def is_there(address: str) -> bool:
    """Say whether there is something at an address."""
    system, path = file_system(address)
    try:
        return bool(system.exists(path))
    except (OSError, ValueError) as error:
        raise unreachable(address, error) from error
