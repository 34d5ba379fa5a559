"""The certificate of a dataset: what it holds, how well it was read, and the digests of all that this rests on.

It has no clock, no path and nothing of the machine in it, so that two who have the same corpus and the same program get the
same bytes. What nobody measured is null or empty, never left to be guessed.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta, Struct
from msgspec.structs import replace

from extractor.build import publish
from extractor.build.incremental import read_corpus
from extractor.build.unbuilt import unbuilt_files
from extractor.certificate.audit import Audit, audit_of, sheet_of
from extractor.certificate.digests import FileDigests, folder_digest, inputs_of, outputs_of, releases_of, rules_of
from extractor.dataset.doubts import count_linked, find_doubts
from extractor.dataset.own_indicators import resources_for
from extractor.dataset.partitions import load_built
from extractor.dataset.schema import DIALECT, described_schema
from extractor.dataset.versions import HISTORY, is_whole
from extractor.errors import DatasetError, OtherCorpusError
from extractor.evaluate.intervals import wilson
from extractor.evaluate.scoring import Ratio, evaluate
from extractor.messages import Message
from extractor.model import Generator

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.model import Dataset
    from extractor.resources import Resources

# Of the certificate's own shape.
CERTIFICATE_VERSION = "1.0.0"
_DESCRIPTION = (
    "What `extractor certificate` writes and --check makes again: counts, shares with their intervals, and digests. Shares are "
    "decimal strings from 0 to 1; what nobody measured is null or empty. Readers must tolerate members and properties that a "
    "later minor version adds."
)
# Subfolders of an annotated set.
_GOLD, _NOTICES = "gold", "notices"
# FileDigests that a message names.
_NAMED = 5


class Measured(Struct, frozen=True, kw_only=True):
    """A share that was measured on a sample, with its interval."""

    met: Annotated[int, Meta(description="How many were right.")]
    total: Annotated[int, Meta(description="Of how many.")]
    share: Annotated[Decimal | None, Meta(description="The share; null where there was nothing to measure.")]
    low: Annotated[Decimal | None, Meta(description="Lower end of its 95 % interval (Wilson).")]
    high: Annotated[Decimal | None, Meta(description="Upper end of its 95 % interval (Wilson).")]


class CountedShare(Struct, frozen=True, kw_only=True):
    """A share that was counted of all, so that there is no interval."""

    met: Annotated[int, Meta(description="How many.")]
    total: Annotated[int, Meta(description="Of how many.")]
    share: Annotated[Decimal | None, Meta(description="The share; null where there was nothing to count.")]


class GoldQuality(Struct, frozen=True, kw_only=True):
    """How well an annotated set was read."""

    name: Annotated[str, Meta(description="The set's name, which begins with that of the folder given.")]
    notices: Annotated[int, Meta(description="Its annotated notices.")]
    texts: Annotated[str, Meta(description="SHA-256 over its texts and answers, as digest in files.")]
    figures: Annotated[
        dict[str, Measured],
        Meta(
            description="value, meaning, linked, named, precision, words, heads, evidence, as extractor evaluate gives them; those that it measures."
        ),
    ]


class Certificate(Struct, frozen=True, kw_only=True):
    """What stands in ``CERTIFICATE.json``."""

    certificate_version: Annotated[str, Meta(description="Version of this shape: MAJOR.MINOR.PATCH.")]
    schema_version: Annotated[str, Meta(description="Version of the dataset's shape.")]
    dataset_version: Annotated[str, Meta(description="Version of the dataset's content.")]
    published: Annotated[bool, Meta(description="Whether a release has this version.")]
    content_hash: Annotated[str, Meta(description="The dataset's content hash.")]
    generator: Annotated[Generator, Meta(description="The program, and the digest of its data files.")]
    contents: Annotated[
        dict[str, int], Meta(description="How many notices, copies, facts, series and comparisons there are.")
    ]
    numerals: Annotated[dict[str, int], Meta(description="Numerals of all notices, by what became of them.")]
    unresolved: Annotated[dict[str, int], Meta(description="Figures that could not be read, by reason.")]
    set_aside: Annotated[dict[str, int], Meta(description="Files that could not be read, by reason.")]
    linked: Annotated[
        CountedShare, Meta(description="Figures that are served and could have an indicator, and how many have one.")
    ]
    checks: Annotated[dict[str, int], Meta(description="Checks by status.")]
    doubtful: Annotated[int, Meta(description="Figures that a person should look at and nobody has reviewed.")]
    doubts: Annotated[dict[str, int], Meta(description="These by reason, of which one may have several.")]
    reviews: Annotated[dict[str, int], Meta(description="Figures by what an analyst decided.")]
    quality: Annotated[
        tuple[GoldQuality, ...], Meta(description="The annotated sets that were measured; empty where none was.")
    ]
    audit: Annotated[Audit | None, Meta(description="What a person said of a sample; null where none was drawn.")]
    inputs: Annotated[
        FileDigests,
        Meta(description="Notices, sidecars, reviews and the sheet of an audit, by their names in the corpus."),
    ]
    releases: Annotated[FileDigests, Meta(description="What was published, from which the version follows.")]
    rules: Annotated[
        FileDigests, Meta(description="Data files, a user's own rows, and the code that reads and builds.")
    ]
    outputs: Annotated[
        FileDigests, Meta(description="What a build writes; a dataset in parts counts as one file of JSON.")
    ]


def certificate_schema() -> dict[str, Any]:
    """Generate the schema of `Certificate`; every property is required, because every one is always written."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:extractor:certificate:{CERTIFICATE_VERSION}",
        "title": f"extractor certificate, version {CERTIFICATE_VERSION}",
        "description": _DESCRIPTION,
        **described_schema(Certificate),
    }


class GoldSet(Struct, frozen=True, kw_only=True):
    """An annotated set: its name, and the folders of its answers and notices."""

    name: str
    gold: Path
    notices: Path


def find_gold(folders: Iterable[Path]) -> list[GoldSet]:
    """Find the annotated sets in folders: those that hold ``gold`` and ``notices``, themselves or below.

    A set's name begins with that of the folder given, so that it doesn't say where this lies.
    """
    found: dict[str, GoldSet] = {}
    for folder in folders:
        places = [path.parent for path in sorted(folder.rglob(_GOLD)) if (path.parent / _NOTICES).is_dir()]
        if not places:
            msg = Message(
                "{folder}: no annotated set there: a folder that holds {gold}/ and {notices}/. Name another with --gold.",
                folder=folder, gold=_GOLD, notices=_NOTICES,
            )  # fmt: skip
            raise DatasetError(msg)
        for place in places:
            name = "/".join((folder.resolve().name, *place.relative_to(folder).parts))
            if name in found:
                msg = Message(
                    "{folder}: two annotated sets are called {name}. Name one of them.", folder=folder, name=name
                )
                raise DatasetError(msg)
            found[name] = GoldSet(name=name, gold=place / _GOLD, notices=place / _NOTICES)
    return [found[name] for name in sorted(found)]


def make_certificate(
    corpus: Path,
    outputs: Path,
    resources: Resources,
    *,
    gold: Sequence[GoldSet] = (),
    releases: Path | None = None,
) -> Certificate:
    """State of the dataset in an outputs folder what it is worth; ``releases`` is the folder of its releases, if another.

    A `DatasetError` says why nothing can be stated: it isn't as these rules built it from this corpus.
    """
    dataset = load_built(outputs / publish.DATASET)
    _require_whole(dataset, outputs, resources)
    inputs = inputs_of(corpus, outputs)
    _require_same(dataset, corpus, outputs, inputs)
    given = resources_for(resources, dataset)
    doubts = find_doubts(dataset, given)
    sheet = sheet_of(corpus)
    linked = Ratio(*count_linked(dataset.facts, given))
    published = releases_of(releases or outputs)
    return Certificate(
        certificate_version=CERTIFICATE_VERSION,
        schema_version=dataset.schema_version,
        dataset_version=dataset.dataset_version,
        published=_release_of(dataset.dataset_version) in published.files,
        content_hash=dataset.content_hash,
        generator=dataset.generator,
        contents=_contents(dataset),
        numerals=_counted(row for notice in dataset.notices for row in notice.ledger.items()),
        unresolved=_counted((item.reason, 1) for item in dataset.unresolved),
        set_aside=_counted((item.reason, 1) for item in dataset.set_aside),
        linked=CountedShare(met=linked.met, total=linked.total, share=linked.share),
        checks=_counted((check.status, 1) for check in dataset.checks),
        doubtful=len(doubts),
        doubts=_counted((reason, 1) for doubt in doubts for reason in doubt.reasons),
        reviews=_counted((fact.status, 1) for fact in (*dataset.facts, *dataset.rejected) if fact.status != "read"),
        quality=tuple(_quality(one, resources) for one in gold),
        audit=audit_of(sheet, dataset) if sheet else None,
        inputs=inputs,
        releases=published,
        rules=rules_of(resources),
        outputs=outputs_of(outputs, dataset),
    )


def with_releases(made: Certificate, outputs: Path) -> Certificate:
    """State of a dataset what has been published by now."""
    releases = releases_of(outputs)
    return replace(made, releases=releases, published=_release_of(made.dataset_version) in releases.files)


def _release_of(version: str) -> str:
    return f"{HISTORY}/{version}.json"


def _require_whole(dataset: Dataset, outputs: Path, resources: Resources) -> None:
    """Refuse a dataset that was edited by hand, or built by other data files."""
    if not is_whole(dataset):
        msg = Message(
            "{outputs}: the facts are not those that the content hash was taken over: the dataset was edited by hand. Build it "
            "again with `extractor build`.", outputs=outputs,
        )  # fmt: skip
        raise DatasetError(msg)
    if dataset.generator.catalog_version != resources.digest():
        msg = Message(
            "{outputs}: was built by other data files than these. Build it again with `extractor build`, or name with --catalog "
            "those that it was built with.", outputs=outputs,
        )  # fmt: skip
        raise DatasetError(msg)


def _require_same(dataset: Dataset, corpus: Path, outputs: Path, inputs: FileDigests) -> None:
    """Refuse a corpus that isn't the one that a dataset was built from, as far as they tell."""
    built: dict[str, str | None] = {one.path: one.sha256 for one in dataset.set_aside}
    for notice in dataset.notices:
        built |= {one.path: one.sha256 for one in (notice.source, *(copy.source for copy in notice.copies))}
    there = {name: digest for name, digest in inputs.files.items() if not name.endswith(".toml")}
    # One that couldn't be read whole has no digest in the dataset.
    unread = {name for name, digest in built.items() if digest is None}
    others = [name for name in sorted((built.keys() | there.keys()) - unread) if built.get(name) != there.get(name)]
    if changed := others or list(unbuilt_files(corpus, outputs)):
        msg = Message(
            "{corpus}: is not what the dataset was built from: {names} differ. Build it again with `extractor build`, or name "
            "the corpus with --corpus.", corpus=corpus, names=tuple(changed[:_NAMED]),
        )  # fmt: skip
        raise OtherCorpusError(msg)


def _contents(dataset: Dataset) -> dict[str, int]:
    return {
        "notices": len(dataset.notices),
        "copies": sum(len(notice.copies) for notice in dataset.notices),
        "facts": len(dataset.facts),
        "series": len(dataset.series),
        "comparisons": len(dataset.comparisons),
    }


def _counted(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for name, count in rows:
        total[name] += count
    return dict(sorted(total.items()))


def _quality(one: GoldSet, resources: Resources) -> GoldQuality:
    """Read the notices of an annotated set, as `extractor evaluate` does, and score what was read."""
    read = [item.result for item in read_corpus(one.notices, resources=resources).read]
    facts = (fact for result in read for fact in result.facts)
    score = evaluate(facts, one.gold, one.notices, heads=[result.notice for result in read], resources=resources)
    figures = {name: _measured(ratio) for name, ratio in score.total.figures.items() if ratio.total}
    texts = folder_digest(one.gold, one.notices)
    return GoldQuality(name=one.name, notices=len(score.notices), texts=texts, figures=figures)


def _measured(ratio: Ratio) -> Measured:
    low, high = wilson(*ratio)
    return Measured(met=ratio.met, total=ratio.total, share=ratio.share, low=low, high=high)
