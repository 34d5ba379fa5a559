"""Publishes the built dataset as a version: into ``outputs/history/`` and, in words, into ``outputs/CHANGES.md``.

These two are the only files in the outputs folder that a build can't make again. Nothing here looks at a clock: the
day of a release is given or left out.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.build import publish
from extractor.build.cache import writing
from extractor.dataset import canonical, store
from extractor.dataset.labels import load_labels
from extractor.dataset.own_indicators import resources_for
from extractor.dataset.partitions import load_parts
from extractor.dataset.versions import HISTORY, Following, following, is_whole
from extractor.errors import DatasetError
from extractor.messages import Message
from extractor.query.answers import moved_answers
from extractor.report.changes import ReleaseWriter, load_phrases
from extractor.resources import load

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.model import Dataset
    from extractor.resources import Resources

_REMEDY = Message("Build it first with `extractor build`, or name the folder with --outputs.")
_ENTRY = re.compile(r"^## ", re.MULTILINE)


class Release(Struct, frozen=True, kw_only=True):
    """What publishing did: ``text`` is the entry for people, ``written`` the files, none where nothing had changed.

    ``dataset`` is what was to be published.
    """

    dataset: Dataset
    version: str
    previous: str | None
    text: str
    written: tuple[Path, ...]


def release(outputs: Path, *, date: str | None = None, resources: Resources | None = None, wait: float = 0) -> Release:
    """Publish the dataset of an outputs folder; a `DatasetError` says why it can't be, and nothing is written.

    ``wait`` says for how many seconds to wait for another writer.
    """
    if not (outputs / publish.DATASET).exists() and not (outputs / publish.PARTS).exists():
        store.read_bytes(outputs / publish.DATASET, _REMEDY)  # raises, and makes no folder
    with writing(outputs, wait=wait):
        publish.require_own_folders(outputs)
        publish.sweep(outputs)
        return _release(outputs, date, load() if resources is None else resources)


def _release(outputs: Path, date: str | None, resources: Resources) -> Release:
    parted = publish.layout_of(outputs) == "partitioned"
    path = outputs / (publish.PARTS if parted else publish.DATASET)
    data = store.read_own(path)
    if data is None:
        msg = Message("{path}: is a link, a pipe or a folder, expected a file. {remedy}", path=path, remedy=_REMEDY)
        raise DatasetError(msg)
    dataset = load_parts(outputs) if parted else store.loads(data, path)
    if parted:  # a release is one file, whatever it was made of
        data = canonical.encode(dataset)
    given = resources_for(resources, dataset)
    follows = following(outputs, dataset, partial(moved_answers, resources=given))
    _check(path, dataset, follows)
    if follows.version == follows.newest:
        return Release(dataset=dataset, version=follows.version, previous=follows.newest, text="", written=())
    labels = load_labels(resources_for(resources, dataset, follows.previous), "zh")
    writer = ReleaseWriter(new=dataset, old=follows.previous, labels=labels, phrases=given.built(load_phrases))
    text = writer.entry(follows.version, date, follows.differences)
    files = {outputs / publish.CHANGES: _with_entry(outputs / publish.CHANGES, follows.version, text, writer)}
    # The words go first: a release that was killed between the two is made again, and replaces its own entry.
    files[outputs / HISTORY / f"{follows.version}.json"] = data
    written = [file for file, content in files.items() if store.write_atomic(file, content)]
    return Release(dataset=dataset, version=follows.version, previous=follows.newest, text=text, written=tuple(written))


def _check(path: Path, dataset: Dataset, follows: Following) -> None:
    """Refuse a dataset that is not as `extractor build` left it."""
    if not is_whole(dataset):
        msg = Message(
            "{path}: its facts are not those that its content hash was taken over: it was edited by hand. Put "
            "what is to be corrected into reviews.toml and build again with `extractor build`.",
            path=path,
        )
        raise DatasetError(msg)
    if dataset.dataset_version != follows.version:
        msg = Message(
            "{path}: says that it is version {dataset_version}, after {newest} it would be {version}: it was "
            "built before that release, or edited. Build it again with `extractor build`.",
            path=path,
            dataset_version=dataset.dataset_version,
            newest=follows.newest or Message("no release"),
            version=follows.version,
        )
        raise DatasetError(msg)


def _with_entry(path: Path, version: str, text: str, writer: ReleaseWriter) -> bytes:
    """Put an entry on top of the file's entries, in the place of one of the same version."""
    head, entries = f"# {writer.say('title')}\n\n{writer.say('about')}\n\n", []
    if (found := store.read_own(path)) is not None:
        try:
            old = found.decode()
        except UnicodeDecodeError as error:
            msg = Message(
                "{path}: byte {start} is not UTF-8. Save the file as UTF-8 and release again.",
                path=path,
                start=error.start,
            )
            raise DatasetError(msg) from error
        starts = [match.start() for match in _ENTRY.finditer(old)]
        head = old[: starts[0]] if starts else f"{old.rstrip()}\n\n"
        entries = [old[start:end].rstrip() + "\n" for start, end in zip(starts, [*starts[1:], len(old)], strict=True)]
    same = re.compile(rf"## {re.escape(version)}(?![0-9.])")
    return (head + "\n".join([text, *(entry for entry in entries if not same.match(entry))])).encode()
