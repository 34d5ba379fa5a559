"""The command that writes the report: pages with charts, comparisons, annotated notices and doubts."""

from __future__ import annotations

import click

from extractor.cli.options import OK, dataset_of, labels_of, lang, own_catalogs, path_of, progress_bar, resources_with
from extractor.cli.spoken import SpokenCommand


@click.command(cls=SpokenCommand)
@click.option("-o", "--output", default=None, help="Folder to write. Default: report/ beside the dataset.")
@click.option("--dataset", default="outputs/dataset.json", help="Dataset to report on; - for stdin.", show_default=True)
@click.option("--corpus", default="corpus", help="Folder with the notices, to quote from.", show_default=True)
@click.option("--pictures", is_flag=True, help="Draw the pages of PDF notices that have figures.")
@own_catalogs
@lang
def report(output: str | None, dataset: str, corpus: str, pictures: bool, catalogs: tuple[str, ...], lang: str) -> int:
    """Write pages to open in a browser: what moved, charts, the notices with every figure marked, what is doubtful.

    The pages stand for themselves: open report/index.html from disk, or put the folder on any web server. Only pages that
    differ are written anew.

    \b
    Status  0; 2 for wrong usage or input, or when files of your own stand there
    Example extractor report
    Example extractor report --lang en -o pages
    """  # noqa: D301
    from extractor.dataset.labels import safe
    from extractor.report.pages.site import REPORT, ReportSettings, write_report

    loaded, folder = dataset_of(dataset)
    place = path_of(output) if output else folder / REPORT
    with progress_bar() as progress:
        settings = ReportSettings(folder, path_of(corpus), lang, resources_with(catalogs), pictures)
        done = write_report(loaded, place, settings, progress=progress)
    labels = labels_of(lang)
    counts = {"written": len(done.written), "unchanged": done.unchanged, "removed": len(done.removed)}
    told = " · ".join(f"{labels('field', name)} {count}" for name, count in counts.items())
    click.echo(f"{safe(str(place / 'index.html'))}  {told}  {done.bytes / 1024:.0f} KiB")
    return OK
