"""The command with which a person goes through the doubts: review."""

from __future__ import annotations

import datetime as dt

import click

from extractor.cli.options import (
    OK,
    dataset_of,
    dataset_option,
    draw,
    emit_json,
    fail,
    labels_of,
    lang,
    outputs_option,
    path_of,
    tell_of_unbuilt,
)
from extractor.cli.spoken import SpokenCommand
from extractor.messages import Message


@click.command(cls=SpokenCommand)
@dataset_option("Dataset to review")
@outputs_option()
@click.option("--corpus", default="corpus", help="Folder with the notices and reviews.toml.", show_default=True)
@click.option(
    "--notice", default="", metavar="TEXT", help="Only notices whose number, title or path (also a copy's) has this."
)
@click.option(
    "--least",
    type=click.IntRange(0, 100),
    default=20,
    show_default=True,
    metavar="PERCENT",
    help="Risk from which on a reading is a doubt by itself.",
)
@click.option("--who", envvar="EXTRACTOR_WHO", default=None, help="Your name, for the rows. Or set EXTRACTOR_WHO.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Day of the review. Default: today.")
@click.option("--list", "only_list", is_flag=True, help="List the doubts and ask nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --list: as JSON.")
@lang
def review(  # noqa: PLR0913, PLR0917 - one parameter an option
    dataset: str,
    corpus: str,
    notice: str,
    least: int,
    who: str | None,
    date: dt.datetime | None,
    only_list: bool,
    as_json: bool,
    lang: str,
) -> int:
    """Go through what is doubtful, newest notice first: confirm, correct, reject, or add what was missed.

    Within a notice, what disagrees comes first, then the readings of the kinds that were most often wrong on the annotated
    notices. Each decision is written to reviews.toml at once; stop with q or Ctrl-C and go on any time.

    \b
    Writes  CORPUS/reviews.toml
    Status  0; 2 for wrong usage or input
    Example extractor review --who 张三
    Example extractor review --list --json
    """  # noqa: D301
    from fractions import Fraction
    from functools import partial

    from extractor.build.corpus import source_text
    from extractor.dataset.check.run import in_language
    from extractor.dataset.doubts import find_doubts
    from extractor.dataset.own_indicators import resources_for
    from extractor.report.review import Desk, ReviewSession, doubt_row, doubts_view, names_of, open_doubts
    from extractor.resources import load

    if as_json and not only_list:
        return fail(Message("--json goes with --list."))
    if dataset == "-" and not only_list:
        return fail(Message("Answers and dataset can't both come from standard input. Name a file with --dataset."))
    loaded, folder = dataset_of(dataset)
    tell_of_unbuilt(corpus, folder, loaded)
    given = resources_for(load(), loaded)
    labels = labels_of(lang, given)
    loaded = in_language(loaded, given, lang)
    meant = {one.notice_id for one in loaded.notices if any(notice in (words or "") for words in names_of(one))}
    if notice and not meant:
        return fail(
            Message(
                "{dataset}: --notice {notice}: no notice has this in its number, title or path. Without --notice all are gone through.",
                dataset=dataset,
                notice=notice,
            )
        )
    found = [one for one in find_doubts(loaded, given, least=Fraction(least, 100)) if one.notice.notice_id in meant]
    place = path_of(corpus)
    doubts = open_doubts(found, place)
    if as_json:
        emit_json([doubt_row(one, labels) for one in doubts])
        return OK
    if only_list or not doubts:
        draw(doubts_view(doubts, labels))
        return OK
    name = who or _ask(labels("phrase", "review_who"))
    if not name or not name.strip():
        return fail(Message("Rows say who decided. Give a name with --who or EXTRACTOR_WHO."))
    text_of = partial(source_text, folder=folder, corpus=place, resources=given)
    session = ReviewSession(doubts, Desk(place, labels, given, _ask, draw, text_of, _day(date)), name.strip())
    try:
        session.run()
    except KeyboardInterrupt:
        click.echo("", err=True)
    left = len(open_doubts(doubts, place))
    click.echo(labels.counted("phrase", "review_done", left).format(len(session.done), session.path, left))
    if session.done:
        click.echo(labels("phrase", "review_next").format(place))
    return OK


def _ask(question: str) -> str | None:
    """Put a question on standard error, so that standard output can be kept; None at the end of input."""
    import sys

    click.echo(f"{question}: ", nl=False, err=True)
    line = sys.stdin.readline()
    return line.rstrip("\r\n") if line else None


def _day(date: dt.datetime | None) -> dt.date:
    return date.date() if date else dt.datetime.now(tz=dt.UTC).astimezone().date()
