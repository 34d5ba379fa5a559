"""The dataset in parts: the same rows as in one file, read by DuckDB, opened a region at a time, whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import random
import shutil
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from click.testing import CliRunner
from factories import fact, notice
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace
from pyarrow import parquet
from test_export import FACTS, with_facts
from test_kill import EVERY_RUN, MOMENTS, lasting, start, tree, write

from extractor import Dataset
from extractor.build import publish
from extractor.build.cache import FOLDER
from extractor.build.incremental import build
from extractor.cli.main import commands
from extractor.dataset import canonical, partitions, parts_writer, rows, store
from extractor.dataset.partitions import HEAD, TABLES, Partitions, load_built, load_parts
from extractor.errors import DatasetError, ReadingError
from extractor.model import Region, Scope
from extractor.release import release

ROOT = Path(__file__).parents[1]
JIANGXI, NATION, TAIWAN = "360000", "100000", "710000"


@pytest.fixture(scope="module")
def dataset():
    return store.load(ROOT / "outputs/dataset.json")


def smaller(dataset, most=3):
    """Make a dataset of the same notices with fewer facts."""
    few = tuple(one for one in dataset.facts if not one.scope.condition_facts)[:most]
    notices = tuple(replace(one, copies=()) for one in dataset.notices)
    return replace(dataset, notices=notices, facts=few, series=(), checks=(), comparisons=(), rejected=())


def in_order(dataset):
    """Sort notices and facts as builds do."""
    notices = sorted(dataset.notices, key=lambda one: (one.source.path, one.notice_id))
    numbers = {one.notice_id: number for number, one in enumerate(notices)}
    facts = sorted(dataset.facts, key=lambda one: numbers[one.notice_id])
    return replace(dataset, notices=tuple(notices), facts=tuple(facts), rejected=())


@pytest.fixture(scope="module")
def some(dataset):
    """Make a dataset of some of those facts, where what counts is which files stand there."""
    return smaller(dataset, 30)


@pytest.fixture(scope="module")
def parted(dataset, tmp_path_factory):
    """Publish the project's own dataset in parts."""
    folder = tmp_path_factory.mktemp("parted")
    publish.publish(folder, dataset, (), layout="partitioned")
    return folder


# ── the same rows ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_same_dataset(dataset, parted):
    """Parts put together again are the dataset, to the byte."""
    assert canonical.encode(load_parts(parted)) == (ROOT / "outputs/dataset.json").read_bytes()
    assert Dataset.open(parted).data == dataset
    assert load_built(parted) == load_built(parted / "dataset.json") == load_built(parted / HEAD) == dataset


def sql(folder, query):
    """Ask the parts with DuckDB; {facts} in a query are the files of that table."""
    head = partitions.load_head(folder)
    places = {table: f"'{folder / head.folder}/{table}/*/*/*.parquet'" for table in TABLES}
    with contextlib.closing(duckdb.connect()) as connection:
        return connection.execute(query.format(**places)).fetchall()


@pytest.mark.parametrize("table", ["facts", "series", "notices", "checks", "changes", "measures"])
def test_duckdb_reads_the_same_rows(table, dataset, parted):
    """DuckDB finds in the files of a table the rows that exports have, each with its exact cells."""
    names = [column.name for column in rows.columns(table) if column.kind in {"text", "integer", "decimal", "boolean"}]
    listed = ", ".join(f'"{name}"' for name in names)
    found = sql(parted, f"SELECT {listed} FROM {{{table}}}")  # noqa: S608 - our own names
    wanted = [[row[name] for name in names] for row in rows.table_rows(dataset, table)]
    kinds = {column.name: column.kind for column in rows.columns(table)}

    def plain(row):
        cells = zip(names, row, strict=True)
        return tuple(Decimal(cell) if kinds[name] == "decimal" and cell is not None else cell for name, cell in cells)

    assert Counter(map(plain, found)) == Counter(map(plain, wanted))
    assert found


def test_duckdb_by_region_and_year(dataset, parted):
    """Folders are columns that DuckDB passes over files by; what has no year is null there."""
    found = sql(
        parted,
        "SELECT value FROM {facts} WHERE part_region = 360000 AND part_year = 2022 AND indicator = "
        "'medical.funding.fiscal_subsidy' AND role = 'level'",
    )
    yearless = sql(parted, "SELECT count(*) FROM {facts} WHERE part_year IS NULL")

    assert {str(value.normalize()) for (value,) in found} == {"6.1E+2"}
    assert yearless == [(sum(one.policy_year is None for one in dataset.facts),)]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=FACTS)
def test_any_facts(dataset, tmp_path_factory, facts):
    """Whatever facts hold comes out as it went in, and no part stands outside of its folder."""
    made = in_order(with_facts(dataset, facts))
    folder = tmp_path_factory.mktemp("any")
    publish.publish(folder, made, (), dict, layout="partitioned")  # unchecked: its facts are of no notice that was read

    assert Partitions(folder).whole() == made
    assert all(path.resolve().is_relative_to(folder / partitions.FOLDER) for path in Partitions(folder).paths("facts"))


LONG = [
    ("many digits", {"value": "1" * 30 + "." + "5" * 12}),
    ("more than Parquet counts with", {"value": "1" * 50 + "." + "5" * 9}),
    ("small", {"value": "0.000000001"}),
    ("day of every year", {"value": "--06-01", "kind": "date", "unit": None}),
]


@pytest.mark.parametrize("fields", [row[1] for row in LONG], ids=[row[0] for row in LONG])
def test_long_numbers(dataset, tmp_path, fields):
    """A number that no decimal of Parquet holds, and a day without a year, come out as they went in."""
    made = in_order(with_facts(dataset, [fact("甲", 2022, **fields), fact("乙", 2023, "0.5", due="2023-12-31")]))
    publish.publish(tmp_path, made, (), layout="partitioned")

    assert load_parts(tmp_path) == made


@pytest.mark.parametrize("value", ["0.5", "1.123456789"])
def test_a_few_at_once(value, some, tmp_path, monkeypatch):
    """More rows than are held at once make several files; a wider number that comes late has all of them written anew."""
    last = fact("甲", 2022, value=value)
    made = in_order(replace(some, facts=(*some.facts, last), notices=(*some.notices, notice("甲"))))
    monkeypatch.setattr(parts_writer, "_MOST_ROWS", 7)
    publish.publish(tmp_path, made, (), layout="partitioned")

    assert load_parts(tmp_path) == made
    places = Counter((file.region, file.year) for file in Partitions(tmp_path).files("facts"))
    assert max(places.values()) > 1
    types = {parquet.read_schema(path).field("value").type for path in Partitions(tmp_path).paths("facts")}
    assert types == {pa.decimal128(38, max(6, len(value) - 2))}


# ── opened a region at a time ───────────────────────────────────────────────────────────────────────────────────────


def answers(dataset, region):
    """Ask all that can be asked of a region."""
    found = {}
    for indicator in dataset.indicators():
        for year in dataset.years():
            try:
                found[indicator, year] = dataset.value(indicator, year=year, region=region)
            except ReadingError as error:
                found[indicator, year] = error.reason
    return found


@pytest.mark.parametrize("region", [JIANGXI, "360100", TAIWAN, NATION, "510000"])
def test_values_of_a_region(region, dataset, parted):
    """A region's values are those of the whole dataset, and only its files and those of regions above it are opened."""
    opened = Dataset.open(parted)
    found = answers(opened, region)
    whole = answers(Dataset(dataset), region)
    above = {TAIWAN} if region == TAIWAN else {region, JIANGXI, NATION} if region == "360100" else {region, NATION}

    assert {key: one for key, one in found.items() if not isinstance(one, str)} == {
        key: one for key, one in whole.items() if not isinstance(one, str)
    }
    assert {file.region for file in opened._held.parts.opened} <= above
    assert {file.table for file in opened._held.parts.opened} <= {"facts", "series", "notices"}
    assert len(opened._held.parts.opened) <= 2 * len({file.path for file in opened._held.parts.opened})


def test_facts_and_series_of_a_region(dataset, parted):
    """Facts and series of a region are those of the whole dataset, in its order; only its own files are opened."""
    opened, whole = Dataset.open(parted), Dataset(dataset)

    assert list(opened.facts(region=JIANGXI)) == list(whole.facts(region=JIANGXI))
    assert list(opened.facts(region=JIANGXI, year=2022, role="level")) == list(
        whole.facts(region=JIANGXI, year=2022, role="level")
    )
    assert list(opened.series(region=JIANGXI)) == list(whole.series(region=JIANGXI))
    assert {file.region for file in opened._held.parts.opened} == {JIANGXI}
    assert len({file.path for file in opened._held.parts.opened}) == len(opened._held.parts.opened)


def test_what_the_list_answers(dataset, parted):
    """What there is to ask for stands in the list: no part is opened."""
    opened, whole = Dataset.open(parted), Dataset(dataset)

    assert opened.indicators() == whole.indicators()
    assert opened.regions() == whole.regions()
    assert opened.years() == whole.years()
    assert (opened.dataset_version, opened.content_hash) == (whole.dataset_version, whole.content_hash)
    assert HEAD in repr(opened)
    assert opened._held.parts.opened == []


def test_the_rest_of_it(dataset, parted):
    """What asks for all regions has what the whole dataset has, from the tables that it needs."""
    opened, whole = Dataset.open(parted), Dataset(dataset)

    assert list(opened.facts()) == list(whole.facts())
    assert opened.scopes("medical.funding.total") == whole.scopes("medical.funding.total")
    assert opened.compare(2021, 2022) == whole.compare(2021, 2022)
    assert opened.notices == whole.notices
    assert opened.value("medical.funding.fiscal_subsidy", year=2022, region=NATION) == whole.value(
        "medical.funding.fiscal_subsidy", year=2022, region=NATION
    )
    assert "measures" not in {file.table for file in opened._held.parts.opened}
    assert opened.comparisons == whole.comparisons
    assert opened.files("facts", JIANGXI)
    assert set(opened.files("facts", JIANGXI)) < set(opened.files("facts"))


def test_fact_in_a_notice_of_elsewhere(dataset, tmp_path):
    """A figure that the nation's or another region's notice states for a region answers with that notice."""
    other = notice("粤〔2022〕1号", year=2022, region=Region(code="440000", iso="CN-GD", name="广东省"))
    said = fact(other.notice_id, 2022, "610", scope=Scope(region=JIANGXI))
    made = replace(with_facts(dataset, [said]), notices=(other,))
    publish.publish(tmp_path, made, (), layout="partitioned")
    opened = Dataset.open(tmp_path)

    assert list(opened.facts(region=JIANGXI)) == [said]
    assert opened._lookup_for(JIANGXI).notices == {other.notice_id: other}


QUESTIONS = [
    ("no such region", {"indicator": "medical.funding.fiscal_subsidy", "region": "999999"}, "unknown", "999999"),
    ("no text", {"indicator": "medical.funding.fiscal_subsidy", "region": 360000}, "unknown", "region=360000"),
    ("elsewhere", {"indicator": "wage.minimum.monthly", "region": JIANGXI}, "nothing", "Others have"),
    ("nowhere", {"indicator": "medical.funding.fiscal_subsidi", "region": JIANGXI}, "unknown", "fiscal_subsidy"),
    (
        "no year",
        {"indicator": "medical.funding.fiscal_subsidy", "region": JIANGXI, "year": 1999},
        "nothing",
        "There is",
    ),
]


@pytest.mark.parametrize(
    ("asked", "reason", "words"), [row[1:] for row in QUESTIONS], ids=[row[0] for row in QUESTIONS]
)
def test_no_answer(asked, reason, words, parted):
    """Where there is no answer an error says why, and nothing that is only true of the part that was opened."""
    with pytest.raises(ReadingError, match=words) as raised:
        Dataset.open(parted).value(**asked)

    assert raised.value.reason == reason


def test_open_one_file(dataset):
    """A folder whose dataset is a single file is opened, too."""
    assert Dataset.open(ROOT / "outputs").data == dataset


# ── written whole or not at all ─────────────────────────────────────────────────────────────────────────────────────


def test_same_bytes(dataset, parted, tmp_path):
    """Parts are the same bytes on every run, and what is there already isn't written again."""
    publish.publish(tmp_path, dataset, (), layout="partitioned")
    again = publish.publish(tmp_path, dataset, (), layout="partitioned")

    assert tree(tmp_path) == tree(parted)
    assert again.written == again.removed == ()
    assert again.unchanged == len(tree(tmp_path))


def test_another_dataset(some, tmp_path):
    """Parts of an earlier dataset go when those of the new one are there; strangers' files stay."""
    publish.publish(tmp_path, some, (), layout="partitioned")
    before = set(Partitions(tmp_path).paths("facts"))
    mine = tmp_path / partitions.FOLDER / "mine.parquet"
    mine.write_bytes(b"mine")
    fewer = smaller(some)
    publish.publish(tmp_path, fewer, (), layout="partitioned")
    after = set(Partitions(tmp_path).paths("facts"))

    assert load_parts(tmp_path) == fewer
    assert before - after
    assert set((tmp_path / partitions.FOLDER / "facts").rglob("*.parquet")) == after
    assert mine.read_bytes() == b"mine"


def test_layouts_take_turns(some, tmp_path):
    """Of the two layouts one stands there; the other goes with all of its files."""
    publish.publish(tmp_path, some, (), layout="json")
    alone = tree(tmp_path)
    publish.publish(tmp_path, some, (), layout="partitioned")

    assert publish.layout_of(tmp_path) == "partitioned"
    assert not (tmp_path / "dataset.json").exists()
    publish.publish(tmp_path, some, (), layout="json")
    assert tree(tmp_path) == alone
    assert not (tmp_path / partitions.FOLDER).exists()


class Kept(dict):
    """What is kept of parts, in memory."""

    def put(self, digest, part):
        self[digest] = part


def count_written(monkeypatch):
    """Count the files that are written from here on."""
    written = Counter()
    write_table = parquet.write_table

    def counted(*arguments, **options):
        written["times"] += 1
        write_table(*arguments, **options)

    monkeypatch.setattr(parquet, "write_table", counted)
    return written


# What a figure of one notice becomes, and the tables that are written anew as a whole.
TURNS = [
    ("another number", {"value": "7"}, set()),
    ("a larger one", {"value": "7" * 12}, set()),
    ("a longer one", {"value": "0.123456789"}, {"facts"}),
    ("another region's", {"scope": Scope(region="440000")}, set()),
    ("another year's", {"policy_year": 2031}, set()),
]


@pytest.mark.parametrize(("fields", "whole"), [row[1:] for row in TURNS], ids=[row[0] for row in TURNS])
def test_only_what_changed_is_written(fields, whole, dataset, tmp_path, monkeypatch):
    """Of a dataset that changes in one place those parts are written that it is in, and it is as one written at first."""
    at = next(
        number for number, one in enumerate(dataset.facts) if one.policy_year == 2022 and one.scope.region == JIANGXI
    )
    facts = (*dataset.facts[:at], replace(dataset.facts[at], **fields), *dataset.facts[at + 1 :])
    turned, kept = replace(dataset, facts=facts), Kept()
    publish.publish(tmp_path / "out", dataset, (), layout="partitioned", kept=kept)
    written = count_written(monkeypatch)
    for made in (turned, dataset):
        written.clear()
        published = publish.publish(tmp_path / "out", made, (), layout="partitioned", kept=kept)
        again = {name.split("/")[1] for name in published.written if name != HEAD}
        most = 8 + sum(file.table in whole for file in partitions.load_head(tmp_path / "out").files)

        assert 0 < written["times"] <= most
        assert again <= {"facts", "checks"}
        shutil.rmtree(tmp_path / "clean", ignore_errors=True)
        publish.publish(tmp_path / "clean", made, (), layout="partitioned")
        assert tree(tmp_path / "out") == tree(tmp_path / "clean")


@pytest.mark.parametrize("how", ["damaged", "gone", "not kept"])
def test_parts_that_cannot_be_taken_over_are_written(how, some, tmp_path):
    """A part of the last build that is damaged, or of which nothing is known, is made again."""
    kept = Kept()
    publish.publish(tmp_path / "out", some, (), layout="partitioned", kept=kept)
    for path in Partitions(tmp_path / "out").paths("facts"):
        if how == "not kept":
            kept.clear()
        elif how == "gone":
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[:-9])
    fewer = replace(some, facts=some.facts[:-1])
    publish.publish(tmp_path / "out", fewer, (), layout="partitioned", kept=kept)
    publish.publish(tmp_path / "clean", fewer, (), layout="partitioned")

    assert tree(tmp_path / "out") == tree(tmp_path / "clean")


@pytest.mark.parametrize("number", [1, 7, 30])
def test_full_disk(number, dataset, tmp_path, monkeypatch):
    """A full disk, whenever it is met, leaves what stood there and nothing else."""
    publish.publish(tmp_path, smaller(dataset), (), layout="partitioned")
    before = tree(tmp_path)
    written, given_up = parquet.write_table, Counter()

    def full(*arguments, **options):
        given_up["times"] += 1
        if given_up["times"] == number:
            raise OSError(28, "No space left on device")
        return written(*arguments, **options)

    monkeypatch.setattr(parquet, "write_table", full)
    with pytest.raises(DatasetError, match=r"No space left.*unchanged"):
        publish.publish(tmp_path, dataset, (), layout="partitioned")
    assert tree(tmp_path) == before


def test_left_behind(some, tmp_path):
    """What a killed run left is removed by the next; a link in the place of our folder is refused."""
    left = tmp_path / ".partitions.99999.tmp/facts"
    left.mkdir(parents=True)
    (left / "rows.parquet").write_bytes(b"half")
    publish.publish(tmp_path, some, (), layout="partitioned")

    assert not left.exists()
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / partitions.FOLDER).rename(elsewhere)
    (tmp_path / partitions.FOLDER).symlink_to(elsewhere)
    with pytest.raises(DatasetError, match="is a link"):
        publish.require_own_folders(tmp_path)


# ── read as it was written, or refused ──────────────────────────────────────────────────────────────────────────────


def copied(parted, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(parted, folder)
    return folder, Partitions(folder).paths("facts")[0]


def cut(_, path):
    path.write_bytes(path.read_bytes()[:-9])


def flip(_, path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def remove(_, path):
    path.unlink()


def renamed(old, new):
    """Have a file with another column, which the list knows of."""

    def rewrite(folder, path):
        table = parquet.read_table(path)
        names = [new if name == old else name for name in table.column_names]
        table = table.rename_columns(names) if new else table.drop_columns([old])
        parquet.write_table(table, path)
        listed(folder, path)

    return rewrite


def added(folder, path):
    table = parquet.read_table(path)
    parquet.write_table(table.append_column("mood", pa.array(["good"] * len(table))), path)
    listed(folder, path)


def wrong_cell(folder, path):
    table = parquet.read_table(path)
    place = table.column_names.index("kind")
    parquet.write_table(table.set_column(place, "kind", pa.array(["feeling"] * len(table))), path)
    listed(folder, path)


def listed(folder, path):
    """Write the digest of a changed file into the list."""
    head = partitions.load_head(folder)
    name = path.relative_to(folder / head.folder).as_posix()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    files = tuple(replace(file, sha256=digest) if file.path == name else file for file in head.files)
    (folder / HEAD).write_bytes(canonical.encode(replace(head, files=files)))


def changed_head(**fields):
    def rewrite(folder, _):
        (folder / HEAD).write_bytes(canonical.encode(replace(partitions.load_head(folder), **fields)))

    return rewrite


def led_out(folder, _):
    head = partitions.load_head(folder)
    files = (replace(head.files[0], path="../../../secret.parquet"), *head.files[1:])
    (folder / HEAD).write_bytes(canonical.encode(replace(head, files=files)))


def no_json(folder, _):
    (folder / HEAD).write_bytes(b'{"schema_version": "2.0.0"')


def without_files(folder, _):
    (folder / HEAD).write_bytes(b'{"schema_version": "2.0.0"}')


DAMAGED = [
    ("cut short", cut, "its bytes are not those"),
    ("a bit flipped", flip, "its bytes are not those"),
    ("missing", remove, r"cannot be read: .*open .* again"),
    ("column renamed", renamed("subject", "theme"), "columns theme that are unknown, and lacks subject"),
    ("column missing", renamed("subject", ""), "columns none that are unknown, and lacks subject"),
    ("column more", added, "columns mood that are unknown, and lacks none"),
    ("no such word", wrong_cell, "a row of Fact is none: .*feeling"),
    ("layout of another time", changed_head(layout=1), "its layout is 1, this program reads 2"),
    ("schema of another time", changed_head(schema_version="9.0.0"), "9.0.0, this program reads"),
    ("leads out", led_out, "none of its parts"),
    ("folder leads out", changed_head(folder="/etc"), "none of its parts"),
    ("no JSON", no_json, "not JSON, or cut short"),
    ("no list", without_files, "not a list of a dataset's parts"),
]


@pytest.mark.parametrize(("damage", "words"), [row[1:] for row in DAMAGED], ids=[row[0] for row in DAMAGED])
def test_damaged(damage, words, parted, tmp_path):
    """What is damaged, or another program's, is refused, with what to do about it."""
    folder, path = copied(parted, tmp_path)
    damage(folder, path)

    with pytest.raises(DatasetError, match=words) as raised:
        list(Dataset.open(folder).facts())
    assert "`extractor build`" in str(raised.value)


def test_later_version(parted, tmp_path):
    """A later minor version may have columns more."""
    folder, path = copied(parted, tmp_path)
    added(folder, path)
    major, minor, _ = partitions.load_head(folder).schema_version.split(".")
    changed_head(schema_version=f"{major}.{int(minor) + 1}.0")(folder, path)

    assert len(list(Dataset.open(folder).facts())) == len(list(Dataset.open(parted).facts()))


def test_without_pyarrow(parted, monkeypatch, tmp_path):
    """Without the extra, reading and building say what to install, before anything is done."""

    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(partitions, "import_module", missing)
    for refused in (
        lambda: Dataset.open(parted),
        lambda: build(ROOT / "corpus", tmp_path / "out", layout="partitioned"),
    ):
        with pytest.raises(DatasetError, match=r"pip install 'policy-figures\[parquet\]'"):
            refused()
    assert not (tmp_path / "out").exists()


# ── builds ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    write(folder, 0)
    return folder


def test_builds(corpus, tmp_path):
    """Both layouts of one corpus hold the same; a build keeps the layout that stands there until another is named."""
    build(corpus, tmp_path / "one", jobs=1)
    report = build(corpus, tmp_path / "many", layout="partitioned", jobs=1)

    assert canonical.encode(load_parts(tmp_path / "many")) == (tmp_path / "one/dataset.json").read_bytes()
    assert report.place == tmp_path / "many" / HEAD
    before = tree(tmp_path / "many")
    assert build(corpus, tmp_path / "many", jobs=1).published.written == ()
    write(corpus, 1)
    again = build(corpus, tmp_path / "many", jobs=1)
    assert again.new
    assert publish.layout_of(tmp_path / "many") == "partitioned"
    write(corpus, 0)
    build(corpus, tmp_path / "many", jobs=1)
    assert tree(tmp_path / "many") == before
    build(corpus, tmp_path / "many", layout="json", jobs=1)
    assert tree(tmp_path / "many") == tree(tmp_path / "one")


def test_damaged_parts_are_built_again(corpus, tmp_path):
    """A part that was changed or removed after the build is written again by the next."""
    out = tmp_path / "out"
    build(corpus, out, layout="partitioned", jobs=1)
    before = tree(out)
    for damage in (cut, remove):
        damage(out, Partitions(out).paths("facts")[0])
        build(corpus, out, jobs=1)
        assert tree(out) == before


def spoil(path):
    """Flip a bit of every hundredth byte."""
    data = bytearray(path.read_bytes())
    for at in range(50, len(data), 100):
        data[at] ^= 1
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("kept", ["as it was", "spoilt", "gone"])
def test_a_changed_notice_has_its_own_parts_written(kept, corpus, tmp_path, monkeypatch):
    """A build takes over what would come out the same, and its outputs are those of a first build, whatever it remembers."""
    out = tmp_path / "out"
    build(corpus, out, layout="partitioned", jobs=1)
    if kept == "spoilt":
        spoil(out / FOLDER / "parts")
    elif kept == "gone":
        (out / FOLDER / "parts").unlink()
    path = corpus / "02.txt"
    path.write_text(path.read_text("utf-8").replace("300", "310"), "utf-8")
    written = count_written(monkeypatch)
    build(corpus, out, jobs=1)
    made = written["times"]
    build(corpus, tmp_path / "clean", layout="partitioned", jobs=1)

    assert tree(out) == tree(tmp_path / "clean")
    every = len(partitions.load_head(out).files)
    assert made < every / 3 if kept == "as it was" else made > every / 2


def test_release(corpus, tmp_path):
    """A release of a dataset in parts is the file that it would have been, and the next build follows it."""
    for name, layout in (("one", "json"), ("many", "partitioned")):
        build(corpus, tmp_path / name, layout=layout, jobs=1)
        release(tmp_path / name)

    assert tree(tmp_path / "one")["history/1.0.0.json"] == tree(tmp_path / "many")["history/1.0.0.json"]
    write(corpus, 1)
    assert build(corpus, tmp_path / "many", jobs=1).summary.dataset_version == "2.0.0"


def test_commands(corpus, tmp_path, monkeypatch):
    """Commands that look at a dataset take one in parts as they take a file; a large file says what to do."""
    out = str(tmp_path / "out")
    monkeypatch.setattr(publish, "MOST_IN_ONE", 100)
    large = CliRunner().invoke(commands, ["build", str(corpus), "-o", out, "--jobs=1", "--lang=en"])
    said = CliRunner().invoke(commands, ["check", "-o", out, "--lang=en"]).stdout
    parts = CliRunner().invoke(commands, ["build", str(corpus), "-o", out, "--layout=partitioned", "--lang=en"])

    assert "Build with --layout partitioned" in large.stderr
    assert parts.exit_code == 0
    assert "--layout" not in parts.stderr
    assert HEAD in parts.stdout
    assert CliRunner().invoke(commands, ["check", "-o", out, "--lang=en"]).stdout == said


@pytest.mark.parametrize("count", [EVERY_RUN, pytest.param(MOMENTS, marks=pytest.mark.slow)])
def test_killed_at_any_moment(count, tmp_path):
    """Old parts or new, whole; and the build after that is as one from nothing."""
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    option = "--layout=partitioned"
    wanted, lasts = [], 1.0
    for content in (1, 0):
        write(corpus, content)
        shutil.rmtree(out, ignore_errors=True)
        lasts = lasting(corpus, out, option)
        wanted.append(tree(out))
    wanted.reverse()
    dice = random.Random(count)  # noqa: S311 - for moments, not for secrets
    for number in range(count):
        content = 1 - number % 2
        write(corpus, content)
        process = start(corpus, out, option)
        time.sleep((number * 7 % count + dice.random()) / count * lasts * 1.1)
        process.kill()
        process.communicate()
        found = load_parts(out)

        assert (out / HEAD).read_bytes() in [one[HEAD] for one in wanted]
        assert found.facts
        build(corpus, out)
        assert tree(out) == wanted[content]
