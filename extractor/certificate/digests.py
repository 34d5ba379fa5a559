"""Digests of what a dataset was made of, of the rules that made it, and of what came out.

A digest over several files is that of a list of them as ``sha256sum`` prints it, ordered by name in code points, so that it can
be taken without this program.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from extractor.build import publish
from extractor.build.cache.fingerprint import BUILDING_CODE, PACKAGE, code_digests
from extractor.build.cache.manifest import stamp_files
from extractor.build.corpus import SIDECAR, find_notices
from extractor.build.corrections import FILE as CORRECTIONS
from extractor.build.reviews import FILE as REVIEWS
from extractor.dataset import canonical, partitions
from extractor.dataset.versions import HISTORY
from extractor.resources import OWN_TABLES, own_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from extractor.model import Dataset
    from extractor.resources import Resources

# The sheet of an audit, beside the notices.
AUDIT = "audit.toml"


class FileDigests(Struct, frozen=True, kw_only=True):
    """Files with their digests, and the one over them all."""

    digest: Annotated[
        str, Meta(description="SHA-256 over the list of the files as sha256sum prints it, ordered by name.")
    ]
    files: Annotated[
        dict[str, str], Meta(description="SHA-256 of each file, by its name; empty where it could not be read.")
    ]


def files_of(digests: Mapping[str, str]) -> FileDigests:
    """Order digests by name, and take the one over them all."""
    ordered = dict(sorted(digests.items()))
    listed = "".join(f"{digest}  {name}\n" for name, digest in ordered.items())
    return FileDigests(digest=_sha256(listed.encode()), files=ordered)


def inputs_of(corpus: Path, outputs: Path) -> FileDigests:
    """Take the digests of a corpus: notices, sidecars, reviews and the sheet of an audit, by their names in it."""
    found = find_notices(corpus, skip=outputs)
    paths = {file.name: file.path for file in found} | {file.name + SIDECAR: file.sidecar for file in found}
    return _there(paths | {name: corpus / name for name in (CORRECTIONS, REVIEWS, AUDIT)})


def releases_of(outputs: Path) -> FileDigests:
    """Take the digests of what was published: what follows from it is the version, and no build can make it again."""
    folder = outputs / HISTORY
    names = sorted(path.name for path in folder.iterdir() if path.suffix == ".json") if folder.is_dir() else []
    paths = {f"{HISTORY}/{name}": folder / name for name in names}
    return _there({publish.CHANGES: outputs / publish.CHANGES, **paths}, follow=False)


def rules_of(resources: Resources) -> FileDigests:
    """Take the digests of what decides how a corpus is read: data files, a user's own rows, the code that reads and builds.

    What the machine has, Python and libraries, is no part of them.
    """
    words = code_digests(PACKAGE, BUILDING_CODE)
    found = dict(zip(words[::2], words[1::2], strict=True))
    for path in resources.files("**/*.toml"):
        found[f"data/{path.relative_to(resources.root).as_posix()}"] = _sha256(path.read_bytes())
    for table in OWN_TABLES:
        if rows := own_rows(resources, table):
            found[f"--catalog {table}"] = _sha256(repr(rows).encode())
    return files_of(found)


def outputs_of(outputs: Path, dataset: Dataset) -> FileDigests:
    """Take the digests of what a build writes. The dataset's is that of one file of JSON, in whichever layout it stands."""
    listed = [name for name in publish.owned_files(outputs) if publish.is_owned(name)]
    apart = {publish.DATASET, publish.PARTS}
    names = [name for name in listed if name not in apart and not name.startswith(f"{partitions.FOLDER}/")]
    found = _there({name: outputs / name for name in names}, follow=False)
    total = hashlib.sha256()
    for piece in canonical.pieces(dataset):
        total.update(piece)
    return files_of(found.files | {publish.DATASET: total.hexdigest()})


def folder_digest(*folders: Path) -> str:
    """Take the digest over the files of folders, each by the folder's name and its own."""
    paths = {
        f"{folder.name}/{path.relative_to(folder).as_posix()}": path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }
    return _there(paths).digest


def _there(paths: Mapping[str, Path], *, follow: bool = True) -> FileDigests:
    """Take the digests of those files that are there."""
    return files_of({name: mark.digest for name, mark in stamp_files(paths, {}, follow=follow).items()})


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
