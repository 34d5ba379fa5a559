"""The command that answers programs which speak MCP: mcp."""

from __future__ import annotations

from contextlib import suppress

import click

from extractor.cli.options import OK, dataset_of, dataset_option, lang, outputs_option, say
from extractor.cli.spoken import SpokenCommand
from extractor.errors import DatasetError
from extractor.messages import Message


@click.command(cls=SpokenCommand)
@click.option(
    "--http", "port", type=click.IntRange(0, 65535), default=None, metavar="PORT",
    help="Listen on this port of 127.0.0.1, 0 for any free one, in place of standard streams.",
)  # fmt: skip
@dataset_option("Dataset to look in")
@outputs_option()
@lang
def mcp(port: int | None, dataset: str, lang: str) -> int:
    """Answer programs that speak MCP (Model Context Protocol): value, diff, facts, verify, indicators, regions.

    On standard input and output, as such programs start it; with --http for programs of this machine: nothing else can reach
    it, and pages from elsewhere are refused. Every answer has the words of the notice. The dataset is read once, at the start.

    \b
    Needs   pip install 'policy-figures[mcp]'
    Status  0 when stopped; 2 for wrong usage or input
    Example extractor mcp
    Example extractor mcp --http 8765 --dataset outputs/dataset.json
    """  # noqa: D301
    from extractor.dataset.own_indicators import resources_for
    from extractor.mcp_server import DatasetTools, listening, make_server, serve_http, serve_stdio
    from extractor.query.api import Dataset
    from extractor.resources import load

    if port is None and dataset == "-":
        raise DatasetError(
            Message("the dataset can't come from standard input, where programs ask. Name a file with --dataset.")
        )
    loaded, _ = dataset_of(dataset)
    server = make_server(DatasetTools(Dataset(loaded, resources=resources_for(load(), loaded)), lang))
    if port is None:
        serve_stdio(server)
        return OK
    with listening(port) as (bound, address):
        say(Message("Listening on {url}. Stop with Ctrl-C.", url=address.url))
        with suppress(KeyboardInterrupt):
            serve_http(server, bound, address)
    return OK
