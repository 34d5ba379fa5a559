"""The other side of `build.engine.cluster`: does a batch of tasks, writes what came of them, and says only where that is.

It loads nothing of Dask, and nothing of ours but what its tasks name.
"""

from __future__ import annotations

import hashlib
import os
import threading
import uuid
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from extractor.build.engine.tasks import Task
from extractor.build.engine.worker import TaskAnswer, answer_to
from extractor.errors import StorageError
from extractor.messages import packed

if TYPE_CHECKING:
    from extractor.resources import Resources

# A worker may have many threads; a notice is read by one at a time, as everywhere.
_ONE = threading.Lock()


class Batch(Struct, frozen=True):
    """Tasks in the order of their outcomes, and what they are to be done with.

    ``catalogs`` are a user's own, by path and bytes; ``fingerprint`` is that of the program that asks; ``seen`` are folders and
    addresses that the worker has to see; ``shards`` is the folder or the address to write to.
    """

    tasks: tuple[bytes, ...]
    catalogs: tuple[tuple[str, bytes], ...]
    fingerprint: str
    seen: tuple[str, ...]
    shards: str


class Shard(Struct, frozen=True):
    """Where the outcomes of a batch stand, how many they are, and the digest of the file; or why there is none.

    Of a fault ``name`` is the place that it is about, and ``why`` what is said of it, `packed`.
    """

    name: str = ""
    count: int = 0
    digest: str = ""
    fault: str = ""
    why: Any = ""


def do_batch(message: bytes) -> bytes:
    """Do a batch that `msgspec.msgpack` wrote, and return its shard in the same way.

    Its name is new each time: whoever was taken for lost may write to its own file all the same.
    """
    batch = msgspec.msgpack.decode(message, type=Batch)
    with _ONE:
        resources = _resources(batch.catalogs)
        if fingerprint(resources) != batch.fingerprint:
            return msgspec.msgpack.encode(Shard(fault="version"))
        try:
            unseen = [place for place in batch.seen if not is_seen(place)]
        except StorageError as error:
            return msgspec.msgpack.encode(Shard(fault="unreached", why=packed(str(error))))
        if unseen:
            return msgspec.msgpack.encode(Shard(name=unseen[0], fault="unseen"))
        answers = [answer_to(msgspec.msgpack.decode(task, type=Task), resources) for task in batch.tasks]
    data = msgspec.msgpack.encode(answers)
    name = f"{uuid.uuid4().hex}.shard"
    try:
        write_shard(batch.shards, name, data)
    except (OSError, StorageError) as error:
        return msgspec.msgpack.encode(Shard(fault="unwritten", why=packed(str(error))))
    return msgspec.msgpack.encode(Shard(name, len(answers), hashlib.sha256(data).hexdigest()))


def is_seen(place: str) -> bool:
    """Say whether this process sees a folder or an address."""
    from extractor.build.storage import is_storage, is_there

    return is_there(place) if is_storage(place) else Path(place).exists()


def read_answers(data: bytes) -> list[TaskAnswer]:
    """Read what a shard holds."""
    return msgspec.msgpack.decode(data, type=list[TaskAnswer])


def write_shard(shards: str, name: str, data: bytes) -> None:
    """Write a file in a folder or at an address; one that is there is whole."""
    from extractor.build.storage import file_system, is_storage

    if is_storage(shards):
        system, root = file_system(shards)
        system.makedirs(root, exist_ok=True)
        system.pipe_file(f"{root}/{name}", data)
        return
    place = Path(shards) / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)


def take_shard(shards: str, name: str) -> bytes:
    """Read a shard, and remove it; an `OSError` where it isn't there."""
    from extractor.build.storage import file_system, is_storage

    if is_storage(shards):
        system, root = file_system(shards)
        data: bytes = system.cat_file(f"{root}/{name}")
        system.rm_file(f"{root}/{name}")
        return data
    place = Path(shards) / name
    data = place.read_bytes()
    place.unlink()
    return data


def sweep_shards(shards: str) -> None:
    """Remove what killed runs left in the folder or at the address."""
    from extractor.build.storage import file_system, is_storage

    if is_storage(shards):
        system, root = file_system(shards)
        for path in system.glob(f"{root}/*.shard") if system.exists(root) else ():
            system.rm_file(path)
        return
    for path in Path(shards).glob("*.shard"):
        path.unlink(missing_ok=True)


def fingerprint(resources: Resources) -> str:
    """Give the digest of all that outcomes depend on beside the tasks: code, libraries, data files."""
    return resources.built(_fingerprint)


def _fingerprint(resources: Resources) -> str:
    from extractor.build.cache.fingerprint import fingerprint_of
    from extractor.ingest import DEFAULT

    return fingerprint_of(resources, DEFAULT).whole


@cache
def _resources(catalogs: tuple[tuple[str, bytes], ...]) -> Resources:
    """Load the data files, once for all batches of a build."""
    from extractor.resources import OwnCatalog, load_with

    return load_with(OwnCatalog(Path(path), data) for path, data in catalogs)


def absolute(place: str) -> str:
    """Name a place so that a process in another folder finds it; an address is one already."""
    from extractor.build.storage import is_storage

    return place if is_storage(place) else os.path.abspath(place)  # noqa: PTH100 - of the system's names
