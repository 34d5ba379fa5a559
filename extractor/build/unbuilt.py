"""Tells whether corpus or rules have changed since a dataset was built: a build that a row of reviews stops leaves the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.build.cache import manifest
from extractor.build.cache.manifest import stamp_files
from extractor.build.corpus import SIDECAR, find_notices
from extractor.build.corrections import FILE as CORRECTIONS
from extractor.build.reviews import FILE as REVIEWS
from extractor.errors import DatasetError
from extractor.ingest import DEFAULT

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.model import Dataset
    from extractor.resources import Resources

# Names of other inputs begin so: the newest release, which a build only looks at.
_OUTSIDE = "../"


def unbuilt_files(corpus: Path, outputs: Path) -> tuple[str, ...]:
    """Name the notices, sidecars and reviews of a corpus that are new, changed or gone since the last build.

    Nothing, where no build of this corpus left a record in the outputs, or the corpus is another one.
    """
    last = manifest.load(outputs)
    if last is None or not corpus.is_dir():
        return ()
    try:
        files = find_notices(corpus, skip=outputs)
    except DatasetError:
        return ()
    before = {name: mark for name, mark in last.inputs.items() if not name.startswith(_OUTSIDE)}
    now = stamp_files({file.name: file.path for file in files}, before, most=DEFAULT.bytes)
    now |= stamp_files({file.name + SIDECAR: file.sidecar for file in files}, before)
    now |= stamp_files({name: corpus / name for name in (CORRECTIONS, REVIEWS)}, before)
    names = sorted(now.keys() | before.keys())
    same = [name for name in names if name in now and name in before and now[name].digest == before[name].digest]
    return tuple(name for name in names if name not in same) if same else ()


def is_of_other_rules(dataset: Dataset, resources: Resources) -> bool:
    """Return True if a dataset was built with other data files than these; with a user's own catalogs it isn't known."""
    version = dataset.generator.catalog_version
    return bool(version) and not dataset.indicators and version != resources.digest()
