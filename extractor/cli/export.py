"""Commands that give a dataset to other tools: export, schema."""

from __future__ import annotations

import click

from extractor.cli.options import (
    OK,
    dataset_of,
    dataset_option,
    emit,
    emit_document,
    emit_json,
    fail,
    json_report,
    lang,
    outputs_option,
    path_of,
    tell_of_unbuilt,
)
from extractor.cli.spoken import SpokenCommand
from extractor.messages import Message

# `extractor.export.TARGETS`, written out because importing that costs what `--help` need not pay.
TARGET_NAMES = [
    "csv", "jsonl", "xlsx", "parquet", "duckdb", "sqlite", "datasette", "datapackage", "openfisca", "spacy", "displacy",
]  # fmt: skip


@click.command(cls=SpokenCommand)
@click.option("--to", "target", required=True, type=click.Choice(TARGET_NAMES), help="Format to write.")
@click.option("-o", "--output", default=None, help="File or folder to write; - for stdout. Default: outputs/export/.")
@dataset_option("Dataset to export")
@outputs_option("--outputs")  # -o is the place to write
@click.option("--corpus", default="corpus", help="Folder with the notices, to quote from.", show_default=True)
@click.option("--force", is_flag=True, help="Replace an export that stands there.")
@click.option("--excel", is_flag=True, help="csv: for Excel, with the byte order mark it needs and Chinese heads.")
@click.option(
    "--bounds",
    type=click.Choice(["value", "null"]),
    default="null",
    show_default=True,
    help="openfisca: what a floor or ceiling becomes.",
)
@json_report
@lang
def export(  # noqa: PLR0913, PLR0917 - one parameter an option
    target: str,
    output: str | None,
    dataset: str,
    corpus: str,
    force: bool,
    excel: bool,
    bounds: str,
    as_json: bool,
    lang: str,
) -> int:
    """Write the dataset in a format that other tools read.

    \b
    csv, jsonl     one row a fact                       xlsx       a workbook for people
    parquet        a folder of tables                   duckdb, sqlite  databases with views
    datasette      a folder for `datasette FOLDER`      openfisca  a folder of parameters
    datapackage    Data Package v2                      displacy   a page with the facts marked
    spacy          a DocBin with spans, for training
    Status         0; 2 for wrong usage or input, or when something stands there
    Example extractor export --to xlsx -o figures.xlsx
    Example extractor export --to csv --excel -o - | head
    """  # noqa: D301
    from extractor.export import Options, default_place, export_bytes
    from extractor.export import export as write

    loaded, folder = dataset_of(dataset)
    tell_of_unbuilt(corpus, folder, loaded)
    options = Options(outputs=folder, corpus=path_of(corpus), excel=excel, bounds=bounds, lang=lang)  # type: ignore[arg-type]
    if output == "-" and as_json:
        return fail(Message("--json says where an export was written; -o - is the export itself. Leave one out."))
    if output == "-":
        emit_document(export_bytes(loaded, target, options=options), "json" if target == "jsonl" else "text")
        return OK
    place = path_of(output) if output else default_place(target, folder)
    from extractor.dataset.labels import safe

    made = write(loaded, target, place, options=options, force=force)
    if as_json:
        emit_json({"format": target, "written": made.as_posix(), "dataset_version": loaded.dataset_version})
    else:
        click.echo(safe(str(made)))
    return OK


@click.command(cls=SpokenCommand)
@click.option(
    "--of", "what", type=click.Choice(["dataset", "claims", "certificate"]), default="dataset", show_default=True,
    help="The dataset's, that of what verify --json prints, or that of a certificate.",
)  # fmt: skip
def schema(what: str) -> int:
    """Print the JSON Schema of the dataset.

    \b
    Example extractor schema > dataset.schema.json
    Example extractor schema --of claims
    """  # noqa: D301
    from extractor.dataset.canonical import encode

    if what == "certificate":
        from extractor.certificate.statement import certificate_schema as make
    elif what == "claims":
        from extractor.query.claims import claims_schema as make
    else:
        from extractor.dataset.schema import dataset_schema as make
    emit(encode(make()))
    return OK
