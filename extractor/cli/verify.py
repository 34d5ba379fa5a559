"""The command that checks what others say: verify."""

from __future__ import annotations

import click

from extractor.cli.complete import files, regions
from extractor.cli.options import (
    OK,
    UNDER_FLOOR,
    dataset_of,
    dataset_option,
    draw,
    emit_json,
    labels_of,
    lang,
    outputs_option,
    path_of,
    standard_input,
)
from extractor.cli.spoken import SpokenCommand
from extractor.errors import DatasetError
from extractor.messages import Message


@click.command(cls=SpokenCommand)
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@click.option(
    "--file", "given", multiple=True, metavar="FILE", shell_complete=files,
    help="Check the figures of an article, or of claims line by line; repeatable; - for stdin.",
)  # fmt: skip
@click.option(
    "--region",
    default=None,
    help="The region that the texts are about, where they name none, by code or name: 360000, 江西.",
    shell_complete=regions,
)
@dataset_option("Dataset to look in")
@outputs_option()
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as canonical JSON.")
@lang
def verify(
    texts: tuple[str, ...], given: tuple[str, ...], region: str | None, dataset: str, as_json: bool, lang: str
) -> int:
    """Check claims: say of each figure of a TEXT whether the dataset states it, and quote what it states.

    confirmed: stated so. floor: the texts state a bound or a range, no number. outdated: it was true of an earlier year, with
    what replaced it. contradicted: the texts state something else. not_stated: none of these is sure; the reason says why.

    A claim is read as notices are. What it says of the region comes before --region; who names none is answered by the
    nation's figure, where no other region's would say otherwise. Words that nothing accounts for leave a claim unanswered.

    \b
    Status  0 when every figure is confirmed; 1 when one isn't; 2 for wrong usage or input
    Example extractor verify 2023年居民医保财政补助每人640元
    Example extractor verify 2022年居民医保个人缴费350元 --region 江西 --json
    Example extractor verify --file article.txt
    """  # noqa: D301
    from extractor.dataset.own_indicators import resources_for
    from extractor.query.named import region_named
    from extractor.report.claims import claims_view
    from extractor.resources import load
    from extractor.verify.run import Checker

    if not texts and not given:
        raise DatasetError(Message("nothing to check. Give a claim in quotes, or --file with a text; - for stdin."))
    if "-" in given and dataset == "-":
        raise DatasetError(
            Message("Text and dataset can't both come from standard input. Name a file for one of them.")
        )
    loaded, _ = dataset_of(dataset)
    rows = resources_for(load(), loaded)
    there = {one.region for one in loaded.series}
    code = None if region is None else region_named(region, there, rows)
    read = [*texts, *(_text_of(name) for name in dict.fromkeys(given))]
    report = Checker(loaded, rows).check(read, region=code)
    if as_json:
        emit_json(report)
    else:
        draw(claims_view(report, labels_of(lang, rows), rows))
    return OK if report.confirmed else UNDER_FLOOR


def _text_of(name: str) -> str:
    """Read the text of a file as notices are read; ``-`` is standard input."""
    from extractor.ingest import DEFAULT, read, read_file

    data = standard_input(DEFAULT.bytes) if name == "-" else read_file(path_of(name), DEFAULT)
    return read(data, origin=name).text
