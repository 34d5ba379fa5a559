"""Commands that publish a dataset, state what it is worth, and have a sample of it audited: release, certificate, audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from extractor.cli.options import (
    MOVED,
    OK,
    dataset_of,
    dataset_option,
    draw,
    emit,
    emit_json,
    fail,
    json_report,
    labels_of,
    lang,
    note,
    outputs_option,
    own_catalogs,
    path_of,
    resources_with,
    say,
    tell_of_unbuilt,
    wait,
)
from extractor.cli.spoken import SpokenCommand, SpokenGroup
from extractor.errors import DatasetError, OtherCorpusError
from extractor.messages import Message, translated

if TYPE_CHECKING:
    from datetime import datetime

outputs_built = click.option("-o", "--outputs", default="outputs", help="Folder that was built.", show_default=True)
corpus_built = click.option("--corpus", default="corpus", help="Folder that it was built from.", show_default=True)
gold_sets = click.option(
    "--gold", multiple=True, metavar="FOLDER",
    help="Annotated notices to measure the quality on: folders with gold/ and notices/, at any depth; repeatable.",
)  # fmt: skip


@click.command(cls=SpokenCommand)
@outputs_built
@corpus_built
@gold_sets
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Day of the release, for CHANGES.md.")
@click.option("--no-certificate", is_flag=True, help="Publish without stating what the dataset is worth.")
@own_catalogs
@wait
@json_report
@lang
def release(  # noqa: PLR0913, PLR0917 - one parameter an option
    outputs: str,
    corpus: str,
    gold: tuple[str, ...],
    date: datetime | None,
    no_certificate: bool,
    catalogs: tuple[str, ...],
    wait: float,
    as_json: bool,
    lang: str,
) -> int:
    """Publish the built dataset as a version, with its certificate.

    Where nothing names the corpus and it isn't in its usual place, or isn't what the dataset was built from, the version is
    published without one, and why is said.

    \b
    Writes  history/<version>.json, CHANGES.md, CERTIFICATE.md, CERTIFICATE.json
    Status  0, also when nothing has changed; 2 for wrong usage or input
    Example extractor release --date 2026-11-30
    Example extractor release -o /srv/outputs --corpus /srv/corpus --json
    """  # noqa: D301
    from extractor.certificate.check import write_certificate
    from extractor.certificate.statement import find_gold, make_certificate, with_releases
    from extractor.dataset.labels import safe
    from extractor.release import release as publish
    from extractor.report.checks import release_view

    place, given = path_of(outputs), resources_with(catalogs)
    # Before anything is published: what can't be stated is said first.
    made = None
    named = gold or click.get_current_context().get_parameter_source("corpus") is not ParameterSource.DEFAULT
    try:
        if not no_certificate:
            made = make_certificate(path_of(corpus), place, given, gold=find_gold(map(path_of, gold)))
    except DatasetError as error:
        if named or (path_of(corpus).exists() and not isinstance(error, OtherCorpusError)):
            raise
        note(Message("Published without a certificate. {reason}", reason=error.args[0]))
    done = publish(place, date=date.date().isoformat() if date else None, wait=wait)
    written = list(done.written)
    if made is None:
        tell_of_unbuilt(corpus, place, done.dataset)
    else:
        written += write_certificate(place, with_releases(made, place), given, wait=wait)
    if as_json:
        told = {"outputs": outputs, "version": done.version, "previous": done.previous, "text": done.text}
        emit_json({**told, "written": [path.as_posix() for path in written]})
        return OK
    draw(release_view(done.version, [str(path) for path in written], labels_of(lang)))
    emit(f"\n{safe(done.text)}".encode() if done.text else b"")
    return OK


@click.command(cls=SpokenCommand)
@outputs_built
@corpus_built
@gold_sets
@click.option("--check", is_flag=True, help="Build again, write nothing, and say what is not as the certificate says.")
@own_catalogs
@wait
@click.option("--json", "as_json", is_flag=True, help="Print the certificate, or what differs, as JSON.")
@lang
def certificate(  # noqa: PLR0913, PLR0917 - one parameter an option
    outputs: str,
    corpus: str,
    gold: tuple[str, ...],
    check: bool,
    catalogs: tuple[str, ...],
    wait: float,
    as_json: bool,
    lang: str,
) -> int:
    """State what the built dataset is worth, or check a certificate by building again.

    Numerals by where they went, what was not read, doubts and reviews, the quality on annotated notices and of an audited sample
    with their intervals, and the digests of corpus, rules and outputs; no clock, no path and nothing of the machine.

    \b
    Writes  CERTIFICATE.md, CERTIFICATE.json
    Status  0; 1 when --check finds a difference; 2 for wrong usage or input
    Example extractor certificate --gold tests/gold/medical
    Example extractor certificate --check
    """  # noqa: D301
    from extractor.certificate.check import differences, load_certificate, write_certificate
    from extractor.certificate.statement import find_gold, make_certificate

    place, given, sets = path_of(outputs), resources_with(catalogs), find_gold(map(path_of, gold))
    if not check:
        made = make_certificate(path_of(corpus), place, given, gold=sets)
        written = write_certificate(place, made, given, wait=wait)
        if as_json:
            emit_json(made)
        else:
            labels = labels_of(lang)
            told = [f"{labels('phrase', 'wrote')}  {path}" for path in written] or [labels("phrase", "as_it_was")]
            emit("".join(f"{line}\n" for line in told).encode())
        return OK
    found = differences(path_of(corpus), place, given, gold=sets)
    unmeasured = bool(load_certificate(place).quality and not sets)
    if as_json:
        emit_json({"equal": not found, "differences": list(map(translated, found)), "quality_compared": not unmeasured})
        return MOVED if found else OK
    for line in found:
        say(line)
    if unmeasured:
        note(Message("Note: the quality on annotated notices was not measured again; name their folders with --gold."))
    emit(f"{labels_of(lang)('phrase', 'differs' if found else 'equal')}\n".encode())
    return MOVED if found else OK


@click.group(cls=SpokenGroup)
def audit() -> None:
    """Have a person judge a sample of the figures, and say what follows for all of them.

    \b
    extractor audit sample    draw figures into CORPUS/audit.toml, to be judged there
    extractor audit result    how many of all figures are right, by the sheet

    Example extractor audit sample --n 50 --seed 2026
    """  # noqa: D301


@audit.command(cls=SpokenCommand)
@click.option(
    "--n", type=click.IntRange(min=1), default=None, help="Figures to draw. Default: those of the sheet, or 50."
)
@click.option(
    "--seed", default=None, help="Any words; the same ones draw the same figures. Default: those of the sheet."
)
@dataset_option("Dataset to draw from")
@outputs_option()
@click.option("--corpus", default="corpus", help="Folder with the notices, for the sheet.", show_default=True)
@lang
def sample(n: int | None, seed: str | None, dataset: str, corpus: str, lang: str) -> int:
    """Draw a sample of the figures into CORPUS/audit.toml, each with its sentence and how it was read.

    Write a verdict on each (right, wrong, unclear), a note on what is wrong, and who judged on which day. Where a sheet is
    there, verdicts on figures that are drawn again and read as they were are kept.

    \b
    Writes  CORPUS/audit.toml
    Status  0; 2 for wrong usage or input
    Example extractor audit sample --n 50 --seed 2026
    """  # noqa: D301
    from msgspec.structs import replace

    from extractor.certificate.audit import Sample, sheet_of, write_sheet
    from extractor.certificate.digests import AUDIT
    from extractor.dataset.own_indicators import resources_for
    from extractor.dataset.store import write_atomic
    from extractor.resources import load

    before = sheet_of(path_of(corpus))
    if before is None and seed is None:
        return fail(
            Message("A first sample needs a seed: any words, like --seed 2026, so that anybody can draw it again.")
        )
    loaded, folder = dataset_of(dataset)
    tell_of_unbuilt(corpus, folder, loaded)
    drawn = before.sample if before else Sample(n=50, seed="")
    drawn = replace(drawn, n=n or drawn.n, seed=drawn.seed if seed is None else seed)
    given = resources_for(load(), loaded)
    place = path_of(corpus)
    data, kept = write_sheet(loaded, drawn, before, given, folder=folder, corpus=place, lang=lang)
    write_atomic(place / AUDIT, data)
    labels = labels_of(lang)
    emit(f"{labels('phrase', 'wrote')}  {place / AUDIT}\n".encode())
    emit(f"{labels('audit', 'drawn').format(min(drawn.n, len(loaded.facts)), len(loaded.facts), kept)}\n".encode())
    return OK


@audit.command(cls=SpokenCommand)
@dataset_option("Dataset that was judged")
@outputs_option()
@click.option("--corpus", default="corpus", help="Folder with audit.toml.", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@lang
def result(dataset: str, corpus: str, as_json: bool, lang: str) -> int:
    """Say what the sheet CORPUS/audit.toml tells of all figures of the dataset, with its interval.

    A sheet that isn't judged to the end, or is about figures that are read otherwise by now, is refused, and its rows are named.

    \b
    Status  0; 2 for wrong usage or input
    Example extractor audit result --json
    """  # noqa: D301
    from extractor.certificate.audit import audit_of, load_sheet, require_whole
    from extractor.certificate.digests import AUDIT
    from extractor.dataset.labels import safe

    loaded, folder = dataset_of(dataset)
    tell_of_unbuilt(corpus, folder, loaded)
    sheet = load_sheet(path_of(corpus) / AUDIT)
    require_whole(sheet, loaded)
    found = audit_of(sheet, loaded)
    if as_json:
        emit_json(found)
        return OK
    labels = labels_of(lang)
    counts = (found.sample, found.figures, found.right, found.wrong, found.unclear, found.share, found.low, found.high)
    emit(f"{labels('audit', 'result').format(*counts)}\n".encode())
    wrong = [row for row in sheet.rows if row.verdict != "right"]
    emit("".join(f"{row.id}  {labels('audit', row.verdict)}  {safe(row.note)}\n" for row in wrong).encode())
    return OK
