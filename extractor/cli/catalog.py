"""Commands for who teaches it something: the rows of a catalog, checked and suggested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from extractor.cli.options import (
    OK,
    UNDER_FLOOR,
    dataset_of,
    draw,
    emit_document,
    fail,
    labels_of,
    lang,
    load_catalogs,
    own_catalogs,
    path_of,
    progress_bar,
    resources_with,
)
from extractor.cli.spoken import SpokenGroup
from extractor.errors import CatalogError

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.model import Dataset
    from extractor.resources import Resources


@click.group(cls=SpokenGroup)
def catalog() -> None:
    """Check rows of indicators and programmes, and suggest rows for what has no indicator.

    \b
    extractor catalog suggest corpus > own.toml    rows for what recurs without an indicator
    extractor catalog check own.toml               what they read, and what they do to others
    extractor build corpus --catalog own.toml      the dataset with them

    Example extractor catalog check own.toml
    """  # noqa: D301


@catalog.command("check")
@click.argument("files", nargs=-1, metavar="[FILE|-]...")
@click.option("-v", "--verbose", is_flag=True, help="List names that lie in others' longer ones, too.")
@lang
def check_rows(files: tuple[str, ...], verbose: bool, lang: str) -> int:
    """Run the examples and near misses of the rows of FILE beside the package's, or of the package's own.

    Says of each row that doesn't do what it says what was read instead and why, which examples of other rows are spoilt,
    and which names two rows share.

    \b
    Status  0; 1 when a row has a mistake; 2 for wrong usage or input
    Example extractor catalog check heating.toml
    """  # noqa: D301
    from extractor.notice.catalog_check import check_catalog
    from extractor.report.catalog import catalog_view
    from extractor.resources import load

    given = load_catalogs(files)
    try:
        found = check_catalog(given, load())
    except CatalogError as error:
        return fail(str(error), UNDER_FLOOR)
    draw(catalog_view(found, given, labels_of(lang, given), verbose=verbose))
    return UNDER_FLOOR if found.mistakes else OK


@catalog.command("suggest")
@click.argument("source", metavar="CORPUS|DATASET.json|-")
@click.option("--least", type=click.IntRange(1), default=2, show_default=True, help="Facts that a row must rest on.")
@click.option("--corpus", default="corpus", help="Folder with a dataset's notices, to quote from.", show_default=True)
@own_catalogs
@lang
def suggest_rows(source: str, least: int, corpus: str, catalogs: tuple[str, ...], lang: str) -> int:
    """Print rows for what recurs in CORPUS, or in a dataset, without an indicator: TOML that is ready to edit.

    Each row says how many facts, notices, years and regions it rests on, and quotes some; the most frequent come first. Ids
    are left to be written, and `extractor catalog check` says so.

    \b
    Example extractor catalog suggest corpus > own.toml
    Example extractor catalog suggest outputs/dataset.json --least 5
    """  # noqa: D301
    from functools import partial

    from extractor.build.corpus import source_text
    from extractor.build.suggest import suggest
    from extractor.report.catalog import suggestions_text

    given = resources_with(catalogs)
    dataset, folder, notices = _looked_at(source, path_of(corpus), given)
    text_of = partial(source_text, folder=folder, corpus=notices, resources=given)
    found = suggest(dataset, lambda notice: text_of(notice.source), given, least=least)
    emit_document(suggestions_text(found, source, labels_of(lang, given)).encode())
    return OK


def _looked_at(source: str, corpus: Path, given: Resources) -> tuple[Dataset, Path, Path]:
    """Load a dataset, or read a corpus; return it with the folders of its sources and of its notices."""
    if source == "-" or source.endswith(".json"):
        return *dataset_of(source), corpus
    from extractor.build.incremental import assemble, read_corpus

    place = path_of(source)
    with progress_bar() as progress:
        found = read_corpus(place, resources=given, progress=progress)
    return assemble(found, path_of("outputs"), given), path_of("outputs"), place
