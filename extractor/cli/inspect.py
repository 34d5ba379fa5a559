"""Commands that look at a dataset: show, diff, check, evaluate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from extractor.cli.complete import changes, fact_ids, files, indicators, regions
from extractor.cli.options import (
    MOVED,
    OK,
    UNDER_FLOOR,
    dataset_of,
    dataset_option,
    draw,
    emit_document,
    emit_json,
    fail,
    labels_of,
    lang,
    outputs_option,
    own_catalogs,
    path_of,
    progress_bar,
    resources_with,
    standard_input,
    tell_of_unbuilt,
    writing_to,
)
from extractor.cli.spoken import SpokenCommand
from extractor.errors import DatasetError
from extractor.messages import Message

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.model import Dataset


@click.command(cls=SpokenCommand)
@click.argument("fact_id", shell_complete=fact_ids)
@dataset_option("Dataset to look in")
@outputs_option()
@click.option("--corpus", default="corpus", help="Folder with the notices.", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print fact, notice, sentence and ledger as canonical JSON.")
@own_catalogs
@lang
def show(fact_id: str, dataset: str, corpus: str, as_json: bool, catalogs: tuple[str, ...], lang: str) -> int:
    """Show a fact with its sentence, its words marked, how it was read, and why it has its indicator, or none.

    For the why, its notice is read again from the corpus, else from the text that the dataset keeps. FACT_ID may be cut short as long as one fact fits; - reads ids from standard input, one a line.

    \b
    Example extractor show f-0123456789ab
    Example extractor show f-0123456789ab --json
    Example extractor show - < ids.txt
    """  # noqa: D301
    if fact_id == dataset == "-":
        raise DatasetError(Message("Ids and dataset can't both come from standard input. Name a file with --dataset."))
    from functools import cache, partial

    from extractor.build.reread import reread
    from extractor.dataset.own_indicators import resources_for
    from extractor.report.lookup import fact_record, look_up

    loaded, folder = dataset_of(dataset)
    tell_of_unbuilt(corpus, folder, loaded)
    given = resources_for(resources_with(catalogs), loaded)
    labels = labels_of(lang, given)
    ids = standard_input().decode("utf-8", "replace").split() if fact_id == "-" else [fact_id]
    if as_json:
        found = [fact_record(one, loaded, folder, path_of(corpus), given) for one in ids]
        emit_json(found if fact_id == "-" else found[0])
        return OK
    again = cache(partial(reread, folder=folder, corpus=path_of(corpus), resources=given))
    for one in ids:
        draw(look_up(one, loaded, folder, labels, again, path_of(corpus), given))
    return OK


@click.command(cls=SpokenCommand)
@click.argument("sides", nargs=-1, metavar="[YEAR YEAR | OLD.json NEW.json]", shell_complete=files)
@dataset_option("Dataset to look in")
@outputs_option("--outputs")  # -o is the file to write
@click.option("--corpus", default="corpus", help="Folder with the notices, to quote from.", show_default=True)
@click.option(
    "--region", default=None, help="The one region to compare, by code or name: 360000, 江西.", shell_complete=regions
)
@click.option(
    "--against",
    default=None,
    help="The region whose notices --region implements: 100000, 中国.",
    shell_complete=regions,
)
@click.option("-o", "--output", default="-", help="File to write; - for stdout.", shell_complete=files)
@click.option("--format", "form", type=click.Choice(["table", "markdown", "json", "csv", "html"]), default="table")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--only", default="", help="Kinds of change to show, like raised,lowered or 提高,降低.", shell_complete=changes
)
@click.option(
    "--indicator",
    multiple=True,
    shell_complete=indicators,
    help="Indicator or group to show, by id or name, like medical.payment or 个人缴费标准; repeatable.",
)
@click.option("--measures", is_flag=True, help="Show, too, which sentences were reworded, are new or were dropped.")
@click.option("-v", "--verbose", is_flag=True, help="Show the source sentences of both sides.")
@lang
def diff(  # noqa: PLR0913, PLR0917 - one parameter an option
    sides: tuple[str, ...],
    dataset: str,
    corpus: str,
    region: str | None,
    against: str | None,
    form: str,
    as_json: bool,
    only: str,
    indicator: tuple[str, ...],
    measures: bool,
    verbose: bool,
    output: str,
    lang: str,
) -> int:
    """Say what moved: year against year, region against region, or dataset against dataset.

    Without years the two newest are compared; 21 is 2021. What the tables call a region, an indicator or a change is
    understood, too.

    A figure that the later year doesn't mention is called that; it may hold all the same. `--against` compares with
    the notices that the region's own say they implement.

    \b
    Status  0 when nothing moved; 1 when something shown moved; 2 for wrong usage or input
    Example extractor diff
    Example extractor diff 21 22 --region 江西 --only 提高 --indicator 个人缴费标准
    Example extractor diff 2021 2022 --region 100000 --verbose
    Example extractor diff --region 360000 --against 100000 2022
    Example extractor diff old.json outputs/dataset.json --format html > diff.html
    """  # noqa: D301
    from extractor.dataset.compare import moved
    from extractor.report.diff import Request, compare
    from extractor.resources import load

    form = "json" if as_json else form
    if measures and form in {"csv", "html"}:
        raise DatasetError(Message("--measures goes with --format table or markdown; json holds the measures anyway."))
    request = Request(sides, dataset, path_of(corpus), region, against, only, indicator)
    quoted = verbose or form in {"csv", "html"}
    told: set[str] = set()

    def load_told(name: str) -> tuple[Dataset, Path]:
        loaded, folder = dataset_of(name)
        if name == dataset and name not in told:
            told.add(name)
            tell_of_unbuilt(corpus, folder, loaded)
        return loaded, folder

    comparisons, writer = compare(request, load_told, lang, load(), quoted=quoted)
    with writing_to(output):
        if form == "table":
            from extractor.report.diff import diff_view
            from extractor.report.diff_lines import parts_of

            draw(diff_view(parts_of(comparisons, writer), writer.labels, verbose=verbose))
            if measures:
                from extractor.report.measures import measures_view

                draw(measures_view(comparisons, writer.after, writer.labels))
        else:
            from extractor.report.diff_files import diff_file

            emit_document(diff_file(form, comparisons, writer, language=lang, verbose=verbose), form)
            if measures and form == "markdown":
                from extractor.report.measures import measures_document

                emit_document(b"\n" + measures_document(comparisons, writer.after, writer.labels).encode())
    return MOVED if moved(comparisons) else OK


@click.command(cls=SpokenCommand)
@dataset_option("Dataset to check")
@outputs_option()
@click.option("--corpus", default="corpus", help="Folder with the notices.", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the checks as canonical JSON.")
@click.option("-v", "--verbose", is_flag=True, help="List the checks that pass, too.")
@lang
def check(dataset: str, corpus: str, as_json: bool, verbose: bool, lang: str) -> int:
    """Check that figures add up, follow last year's, keep to bounds, conform and agree.

    The checks are made now, on the facts of the dataset. One that can't be made says why.

    \b
    Status  0; 1 when a check fails; 2 for wrong usage or input
    Example extractor check --verbose
    Example extractor check --dataset outputs/dataset.json --json
    """  # noqa: D301
    from extractor.dataset.check.run import make_checks
    from extractor.dataset.own_indicators import resources_for
    from extractor.resources import load

    loaded, folder = dataset_of(dataset)
    tell_of_unbuilt(corpus, folder, loaded)
    resources = resources_for(load(), loaded)
    made = make_checks(loaded.facts, loaded.notices, resources, lang)
    if as_json:
        emit_json(made)
    else:
        from extractor.dataset.labels import notice_name
        from extractor.dataset.series import unserved
        from extractor.report.checks import UnservedFigure, checks_view

        labels = labels_of(lang)
        names = {one.notice_id: notice_name(one, labels) for one in loaded.notices}
        reasons = unserved(loaded.facts, loaded.notices, resources)
        levels = (fact for fact in loaded.facts if fact.role == "level" and fact.fact_id in reasons)
        left_out = [UnservedFigure(names[fact.notice_id], fact, reasons[fact.fact_id]) for fact in levels]
        draw(checks_view(made, labels, verbose=verbose, left_out=left_out))
    return UNDER_FLOOR if any(one.status == "fail" for one in made) else OK


@click.command(cls=SpokenCommand)
@click.argument("gold")
@click.option("--dataset", default=None, help="Dataset to judge; without it the notices are read now; - for stdin.")
@click.option("--notices", default="corpus", help="Folder with the annotated notices.", show_default=True)
@click.option("--floors", default=None, help='JSON file of least figures, like {"value": 0.98}.')
@click.option("-v", "--verbose", is_flag=True, help="List every row missed and every fact too many.")
@own_catalogs
@lang
def evaluate(
    gold: str,
    dataset: str | None,
    notices: str,
    floors: str | None,
    verbose: bool,
    catalogs: tuple[str, ...],
    lang: str,
) -> int:
    """Score facts against the annotated notices of folder GOLD.

    The last table says how true the risks are that `extractor review` goes by. GOLD holds NAME.jsonl for each notice NAME.txt, .html or other, of the folder of --notices.

    \b
    Status  0; 1 when a figure is under its floor; 2 for wrong usage or input
    Example extractor evaluate tests/gold/medical/dev/gold --notices tests/gold/medical/dev/notices
    """  # noqa: D301
    from extractor.build.incremental import assemble, read_corpus
    from extractor.dataset.risk import load_risks
    from extractor.evaluate.calibration import calibration
    from extractor.evaluate.scoring import evaluate as score
    from extractor.evaluate.scoring import load_floors
    from extractor.report.checks import evaluation_view

    given = resources_with(catalogs)
    least = load_floors(path_of(floors)) if floors else {}
    if dataset is None:
        with progress_bar() as progress:
            found = read_corpus(path_of(notices), resources=given, progress=progress)
        judged = assemble(found, path_of("outputs"), given)
    else:
        judged, _ = dataset_of(dataset)
    result = score(judged.facts, path_of(gold), path_of(notices), heads=judged.notices, resources=given)
    bands = calibration(result.verdicts(), given.built(load_risks))
    draw(evaluation_view(result, bands, labels_of(lang, given), verbose=verbose))
    short = result.short_of(least)
    return fail(Message("under the floor: {short}", short=tuple(short)), UNDER_FLOOR) if short else OK
