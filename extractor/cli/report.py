"""The command that writes the report: pages with charts, comparisons, annotated notices and doubts."""

from __future__ import annotations

import click
from click.core import ParameterSource

from extractor.cli.options import (
    OK,
    dataset_of,
    dataset_option,
    emit_json,
    jobs_option,
    json_report,
    keep_outputs,
    labels_of,
    lang,
    own_catalogs,
    path_of,
    progress_bar,
    resources_with,
    tell_of_unbuilt,
)
from extractor.cli.spoken import SpokenCommand


def _keep_built(context: click.Context, option: click.Parameter, folder: str | None) -> str | None:
    """Take the dataset of a folder that was built; another one is a place for the pages alone."""
    typed = context.get_parameter_source("outputs") is ParameterSource.COMMANDLINE
    if folder and (not typed or path_of(folder).joinpath("dataset.json").exists()):
        keep_outputs(context, option, folder)
    return folder


@click.command(cls=SpokenCommand)
@click.option(
    "-o", "--outputs", default=None, metavar="FOLDER", callback=_keep_built, is_eager=True,
    help="Folder that was built, to write report/ in; or another folder for the pages.",
)  # fmt: skip
@dataset_option("Dataset to report on")
@click.option("--corpus", default="corpus", help="Folder with the notices, to quote from.", show_default=True)
@click.option("--pictures", is_flag=True, help="Draw the pages of PDF notices that have figures.")
@jobs_option("Processes to draw with. Default: one a processor, where there are pages enough.")
@own_catalogs
@json_report
@lang
def report(  # noqa: PLR0913, PLR0917 - one parameter an option
    outputs: str | None,
    dataset: str,
    corpus: str,
    pictures: bool,
    jobs: int | None,
    catalogs: tuple[str, ...],
    as_json: bool,
    lang: str,
) -> int:
    """Write pages to open in a browser: what moved, charts, the notices with every figure marked, what is doubtful.

    The pages stand for themselves: open report/index.html from disk, or put the folder on any web server. Only pages that
    differ are written anew.

    \b
    Status  0; 2 for wrong usage or input, or when files of your own stand there
    Example extractor report
    Example extractor report --lang en -o pages
    Example extractor report -o /srv/outputs --json
    """  # noqa: D301
    from msgspec.structs import asdict

    from extractor.dataset.labels import safe
    from extractor.report.pages.drawing import ReportSettings
    from extractor.report.pages.site import REPORT, write_report

    loaded, folder = dataset_of(dataset)
    tell_of_unbuilt(corpus, folder, loaded)
    place = path_of(outputs) if outputs and path_of(outputs) != folder else folder / REPORT
    with progress_bar() as progress:
        settings = ReportSettings(folder, path_of(corpus), lang, resources_with(catalogs), pictures, jobs)
        done = write_report(loaded, place, settings, progress=progress)
    if as_json:
        index = (place / "index.html").as_posix()
        emit_json({"index": index, **asdict(done)})
        return OK
    labels = labels_of(lang)
    counts = {"written": len(done.written), "unchanged": done.unchanged, "removed": len(done.removed)}
    told = " · ".join(f"{labels('field', name)} {count}" for name, count in counts.items())
    click.echo(f"{safe(str(place / 'index.html'))}  {told}  {done.bytes / 1024:.0f} KiB")
    return OK
