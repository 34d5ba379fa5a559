"""Makes a certificate again from a corpus, and names whatever is not as it says."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from extractor.build import publish
from extractor.build.cache import writing
from extractor.build.incremental import build
from extractor.certificate.document import document
from extractor.certificate.statement import CERTIFICATE_VERSION, Certificate, make_certificate
from extractor.dataset import canonical, partitions, store
from extractor.dataset.store import same_file
from extractor.dataset.valid import cut
from extractor.dataset.versions import HISTORY, newest_release
from extractor.errors import DatasetError
from extractor.messages import Message, said_elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.certificate.statement import GoldSet
    from extractor.resources import Resources


def write_certificate(outputs: Path, made: Certificate, resources: Resources, *, wait: float = 0) -> list[Path]:
    """Write a certificate into an outputs folder, for people and for programs; list what was not there so."""
    files = {publish.CERTIFICATE: document(made, resources), publish.CERTIFICATE_DATA: canonical.encode(made)}
    with writing(outputs, wait=wait):
        publish.sweep(outputs)
        return [outputs / name for name, data in files.items() if store.write_atomic(outputs / name, data)]


def load_certificate(outputs: Path) -> Certificate:
    """Load the certificate of an outputs folder; a `DatasetError` says what is wrong with it."""
    path = outputs / publish.CERTIFICATE_DATA
    data = store.read_bytes(path, Message("Write it first with `extractor certificate`, or name the folder with -o."))
    try:
        return msgspec.json.decode(data, type=Certificate)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        msg = Message(
            "{path}: is no certificate of version {version}: {error}. Write it again with `extractor certificate`.",
            path=path, version=CERTIFICATE_VERSION, error=said_elsewhere(cut(str(error))),
        )  # fmt: skip
        raise DatasetError(msg) from error


def differences(corpus: Path, outputs: Path, resources: Resources, *, gold: Sequence[GoldSet] = ()) -> list[str]:
    """Build a corpus into a folder of its own, state what it is worth, and say what differs from a certificate.

    Without annotated sets the quality on them is not compared.
    """
    stated = load_certificate(outputs)
    with tempfile.TemporaryDirectory() as place:
        again = Path(place) / "outputs"
        (again / HISTORY).mkdir(parents=True)
        if (newest := newest_release(outputs)) is not None:  # the version follows from it
            shutil.copyfile(newest, again / HISTORY / newest.name)
        build(corpus, again, resources=resources, layout="json")
        made = make_certificate(corpus, again, resources, gold=gold, releases=outputs)
        if not gold:
            made = replace(made, quality=stated.quality)
        found = list(_moved("", msgspec.to_builtins(stated), msgspec.to_builtins(made)))
        words = store.read_own(outputs / publish.CERTIFICATE)
        if not found and words != document(made, resources):
            found.append(
                Message(
                    "{name}: does not say what {data} says", name=publish.CERTIFICATE, data=publish.CERTIFICATE_DATA
                )
            )
        return found + list(_other_files(outputs, again))


def _moved(place: str, stated: Any, made: Any) -> Iterator[str]:  # noqa: ANN401 - whatever JSON can hold
    """Go down two values, and say where they part. A digest over files says nothing that these don't."""
    if isinstance(stated, dict) and isinstance(made, dict):
        for name in sorted(stated.keys() | made.keys()):
            if name != "digest" or "files" not in stated:
                yield from _moved(f"{place} {name}".strip(), stated.get(name), made.get(name))
    elif isinstance(stated, (list, tuple)) and isinstance(made, (list, tuple)):
        named = [{str(one.get("name", at)): one for at, one in enumerate(side)} for side in (stated, made)]
        yield from _moved(place, *named)
    elif stated != made:
        values = (Message("nothing") if value is None else cut(str(value)) for value in (stated, made))
        yield Message(
            "{place}: stated {stated}, found {found}",
            place=place,
            **dict(zip(("stated", "found"), values, strict=True)),
        )


def _other_files(outputs: Path, again: Path) -> Iterator[str]:
    """Name the files of an outputs folder that are not as they were built again; a dataset in parts is in its own layout."""
    names = {name for folder in (outputs, again) for name in publish.owned_files(folder) if publish.is_owned(name)}
    parted = publish.layout_of(outputs) == "partitioned"
    for name in sorted(names):
        if parted and (name in {publish.DATASET, publish.PARTS} or name.startswith(f"{partitions.FOLDER}/")):
            continue
        if not ((again / name).exists() and same_file(outputs / name, again / name)):
            yield Message("{name}: is not as it was built again", name=name)
