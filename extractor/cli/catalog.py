"""Commands for who teaches it something: the rows of a catalog, checked and suggested."""

from __future__ import annotations

import click

from extractor.cli.options import OK, UNDER_FLOOR, draw, fail, labels_of, lang, load_catalogs
from extractor.errors import CatalogError


@click.group()
def catalog() -> None:
    """Check rows of indicators and programmes, and suggest rows for what has no indicator.

    \b
    extractor catalog suggest corpus > own.toml    rows for what recurs without an indicator
    extractor catalog check own.toml               what they read, and what they do to others
    extractor build corpus --catalog own.toml      the dataset with them
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
