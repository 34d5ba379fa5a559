"""A user's own catalog (`--catalog`): its ids reach facts, series, values and exports, and need no file afterwards."""

from __future__ import annotations

import json
import pickle
import sqlite3
from contextlib import closing

import msgspec
import pytest
from msgspec.structs import replace

from extractor import Dataset, read_notice
from extractor.build.incremental import build
from extractor.dataset import canonical, store
from extractor.dataset.check.identities import load_identities
from extractor.dataset.implied import implied_per, implied_populations
from extractor.dataset.own_indicators import row_of
from extractor.dataset.served import serving
from extractor.errors import CatalogError, DatasetError
from extractor.ingest import DEFAULT
from extractor.ingest.limits import with_settings
from extractor.model import IndicatorRecord
from extractor.notice.facts.catalog import load_catalog
from extractor.resources import OwnCatalog, indicator_rows, load, load_with

PROGRAMME = """
[[programme]]
id = "heating_subsidy"
within = "any"
terms = ["取暖补贴", "冬季取暖"]
examples = ["取暖补贴标准"]
rejects = ["集中供暖"]
"""
INDICATOR = """
[[indicator]]
id = "heating.subsidy.household"
name = "取暖补贴标准"
name_en = "Heating subsidy"
kinds = ["money"]
unit = "CNY"
per = ["household", "year"]
programmes = ["heating_subsidy"]
aliases = ["取暖补贴标准", "取暖补贴"]
plausible = ["100", "10000"]
reference = ""
examples = [{ text = "城乡居民取暖补贴标准为每户每年1200元。", figure = "1200" }]
rejects = ["居民医保个人缴费标准为350元。"]
"""
GROUP = """
[[group]]
id = "heating.subsidy"
name = "取暖补贴待遇"
name_en = "Subsidies for heating"
"""
ID = "heating.subsidy.household"
NOTICE = """民发〔{year}〕3号
关于做好{year}年冬季取暖工作的通知

各市民政局：
现就有关事项通知如下。
一、补贴标准
取暖补贴标准为每户每年{amount}元。
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with a catalog and a corpus of two years."""
    (tmp_path / "heat.toml").write_text(PROGRAMME + INDICATOR, "utf-8")
    (tmp_path / "corpus").mkdir()
    for year, amount in ((2022, 1200), (2023, 12000)):
        (tmp_path / f"corpus/{year}.txt").write_text(NOTICE.format(year=year, amount=amount), "utf-8")
    return tmp_path


def own(*tables, name="own.toml"):
    return OwnCatalog(load().root.parent / name, "".join(tables).encode())


# ── build, and everything that reads a dataset then


def test_ids_reach_everything(folder, command_line):
    """The dataset of a build with a catalog is read by every command without it."""
    out = folder / "out"
    status, _, err = command_line("build", folder / "corpus", "-o", out, "--catalog", folder / "heat.toml")
    assert (status, err) == (0, "")
    path = out / "dataset.json"
    dataset = Dataset.load(path)

    assert [fact.indicator for fact in dataset.data.facts] == [ID, ID]
    assert [(one.indicator, len(one.points)) for one in dataset.data.series] == [(ID, 2)]
    assert [(one.id, one.name_en, one.plausible) for one in dataset.data.indicators] == [
        (ID, "Heating subsidy", ("100", "10000"))
    ]
    assert str(dataset.value(ID, year=2022)) == f"{ID}: 1200 CNY per household, year (2022; 100000; stated)"
    status, diff, _ = command_line("diff", 2022, 2023, "--dataset", path, "--lang", "en")
    assert (status, "Heating subsidy" in diff, "Raised" in diff) == (1, True, True)
    for name in (ID, ID.rpartition(".")[0], "取暖补贴标准", "Heating subsidy"):
        assert command_line("diff", 2022, 2023, "--dataset", path, "--indicator", name, "--format", "csv")[0] == 1
    _, checks, _ = command_line("check", "--dataset", path)
    assert "取暖补贴标准1.2万元（民发〔2023〕3号一）不在指标目录的合理范围100–1万之内" in "".join(checks.split())
    shown = command_line("show", dataset.data.facts[0].fact_id, "--dataset", path, "--corpus", folder / "corpus")
    assert "取暖补贴标准" in shown[1]
    assert "--catalog" in shown[1]
    assert f"{dataset.data.series[0].series_id} 2022" in shown[1]
    why = command_line(
        "show", dataset.data.facts[0].fact_id, "--dataset", path, "--corpus", folder / "corpus",
        "--catalog", folder / "heat.toml",
    )  # fmt: skip
    assert "heat.toml" in why[1]
    where = ("-o", out, "--corpus", folder / "corpus")
    assert "--catalog" in command_line("release", *where)[2]
    assert command_line("release", *where, "--catalog", folder / "heat.toml")[0] == 0
    rules = json.loads((out / "CERTIFICATE.json").read_bytes())["rules"]["files"]
    assert {"--catalog indicator", "--catalog programme"} <= rules.keys()
    assert "取暖补贴标准" not in command_line("parse", folder / "corpus/2022.txt")[1].split("原文")[0]


def test_exports(folder, command_line):
    """Exports have the names of a user's indicators."""
    build(folder / "corpus", folder / "out", resources=load_with([folder / "heat.toml"]))
    path = folder / "out/dataset.json"
    status, place, _ = command_line("export", "--to", "sqlite", "--dataset", path, "-o", folder / "figures.db")
    with closing(sqlite3.connect(place.strip())) as database:
        rows = database.execute("SELECT year, value, name FROM series ORDER BY year").fetchall()

    assert (status, rows) == (0, [(2022, 1200, "取暖补贴标准"), (2023, 12000, "取暖补贴标准")])
    for target in ("xlsx", "openfisca", "datapackage", "csv"):
        where = folder / f"figures.{target}"
        assert command_line("export", "--to", target, "--dataset", path, "-o", where)[0] == 0


def test_plain_dataset_lists_none(folder):
    """A dataset that was built without a catalog brings no indicators along."""
    assert build(folder / "corpus", folder / "out").dataset.indicators == ()


def test_parse_and_evaluate(folder, command_line):
    """The other commands that read notices take a catalog, from standard input too."""
    catalog = folder / "heat.toml"
    notice = folder / "corpus/2022.txt"
    status, said, _ = command_line("parse", notice, "--catalog", "-", "--json", stdin=catalog.read_bytes())
    assert (status, [fact["indicator"] for fact in json.loads(said)["facts"]]) == (0, [ID])
    assert command_line("parse", notice, "--explain", "--catalog", catalog)[0] == 0
    assert command_line("parse", "-", "--catalog", "-")[0] == 2
    gold = folder / "gold"
    gold.mkdir()
    text = notice.read_text("utf-8")
    start = text.index("1200元")
    row = {"start": start, "end": start + 4, "text": "1200", "weight": "required", "kind": "money", "value": "1200"}
    row |= {"unit": "CNY", "per": ["household", "year"], "indicator": ID}
    (gold / "2022.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    for options, linked in (((), "0.000"), (("--catalog", catalog), "1.000")):
        _, scores, err = command_line("evaluate", gold, "--notices", folder / "corpus", "--lang", "en", *options)
        assert (linked in scores, err) == (True, "")


def test_names_of_groups(folder, command_line):
    """A group of a user's own has its name in comparisons, pages and exports, and its id where nobody named it."""
    for name, rows, words in (
        ("named", GROUP, ("取暖补贴待遇", "Subsidies for heating")),
        ("bare", "", ("heating.subsidy",) * 2),
    ):
        (folder / "own.toml").write_text(PROGRAMME + INDICATOR + rows, "utf-8")
        build(folder / "corpus", folder / name, resources=load_with([folder / "own.toml"]))
        path = folder / name / "dataset.json"
        for language, said in zip(("zh", "en"), words, strict=True):
            for form in ("table", "markdown", "html"):
                found = command_line("diff", 2022, 2023, "--dataset", path, "--lang", language, "--format", form)[1]
                assert said in found.replace("\\", "")
            where = folder / f"{name}.{language}.pages"
            assert command_line("report", "--dataset", path, "-o", where, "--lang", language)[0] == 0
            assert said in (where / "indicators.html").read_text("utf-8")


NOTES = {
    "sound": (PROGRAMME, INDICATOR, []),
    "still to be written": (PROGRAMME.replace('["集中供暖"]', "[]"), INDICATOR, []),
    "an example": (PROGRAMME, INDICATOR.replace('figure = "1200"', 'figure = "1300"'), [f"indicator '{ID}'", "expected '1300', found '1200'"]),
    "a near miss": (PROGRAMME, INDICATOR.replace("居民医保个人缴费标准为350元", "取暖补贴为800元"), ["expected nothing, since it is a near miss, found '800'"]),
    "a term": (PROGRAMME.replace("集中供暖", "取暖补贴"), INDICATOR, ["programme 'heating_subsidy'", "found 'a match'"]),
    "a shared term": (PROGRAMME.replace("冬季取暖", "住房公积金"), INDICATOR, ["'住房公积金' is a term of two programmes, housing_fund and heating_subsidy"]),
    "a shared alias": (PROGRAMME, INDICATOR + INDICATOR.replace(ID, "heating.subsidy.other"), ["'取暖补贴' names two indicators", "found nothing"]),
}  # fmt: skip


@pytest.mark.parametrize(("programme", "indicator", "words"), NOTES.values(), ids=NOTES)
def test_rows_that_do_not_what_they_say(programme, indicator, words, folder, command_line):
    """Whoever uses rows that don't do what they say is told so once, and what to do; it is done all the same."""
    path = folder / "own.toml"
    path.write_text(programme + indicator, "utf-8")
    given = ("--catalog", path, "--lang", "en")
    for command in (("build", folder / "corpus", "-o", folder / "out"), ("parse", folder / "corpus/2022.txt")):
        status, _, err = command_line(*command, *given)
        assert status == 0
        assert err.count("extractor catalog check") == bool(words)
        assert all(word in err for word in (*words, str(path) if words else ""))
    assert command_line("-q", "parse", folder / "corpus/2022.txt", *given)[2] == ""


# ── the state of a build


@pytest.mark.parametrize(
    ("change", "reread"),
    [
        (lambda text: text, 0),
        (lambda text: "# 说明\n" + text, 0),
        (lambda text: text.replace('name_en = "Heating subsidy"', 'name_en = "Heating"'), 0),
        (lambda text: text.replace('plausible = ["100", "10000"]', 'plausible = ["100", "20000"]'), 2),
        (lambda text: text.replace('aliases = ["取暖补贴标准", ', 'aliases = ["取暖标准", '), 2),
        (lambda text: text.replace('"冬季取暖"', '"冬季供暖"'), 2),
    ],
    ids=["nothing", "a comment", "an English name", "a range", "an alias", "a programme's term"],
)
def test_what_is_read_again(change, reread, folder):
    """A change of the catalog has notices read again where it could change what is read, and always comes out."""
    path = folder / "heat.toml"
    build(folder / "corpus", folder / "out", resources=load_with([path]))
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    report = build(folder / "corpus", folder / "out", resources=load_with([path]))
    clean = build(folder / "corpus", folder / "clean", resources=load_with([path]))

    assert report.reread == reread
    assert (folder / "out/dataset.json").read_bytes() == (folder / "clean/dataset.json").read_bytes()
    assert clean.reread == 2


def test_order_and_place_of_files(folder):
    """In which order catalogs are named, and where they lie, changes no byte."""
    (folder / "programme.toml").write_text(PROGRAMME, "utf-8")
    (folder / "indicator.toml").write_text(INDICATOR, "utf-8")
    names = ["programme.toml", "indicator.toml"]
    for out, order in (("one", names), ("two", names[::-1]), ("three", [*names, *names])):
        build(folder / "corpus", folder / out, resources=load_with([folder / name for name in order]))
    data = {(folder / out / "dataset.json").read_bytes() for out in ("one", "two", "three")}

    assert len(data) == 1


def test_large_notices_know_it(folder):
    """What is read in a process of its own is read by the same catalog."""
    text = NOTICE.format(year=2022, amount=1200)
    small = replace(with_settings(("memory=512",)), characters=10**9)
    given = load_with([folder / "heat.toml"])
    kept = [read_notice(text.encode(), resources=given, limits=limits).facts for limits in (DEFAULT, small)]

    assert [fact.indicator for facts in kept for fact in facts] == [ID, ID]
    assert kept[0] == kept[1]


def test_copies_of_resources(folder):
    """Resources that travel to another process keep the catalog."""
    again = pickle.loads(pickle.dumps(load_with([folder / "heat.toml"])))  # noqa: S301 - our own

    assert ID in again.built(load_catalog).indicators
    assert pickle.loads(pickle.dumps(load())).catalogs == ()  # noqa: S301


# ── mistakes

MISTAKES = {
    "an id of the package": ([INDICATOR.replace(ID, "medical.funding.total"), PROGRAMME], ["medical.funding.total", "the package has this id already", "medical.toml", "id of its own"]),
    "a programme of the package": ([PROGRAMME.replace("heating_subsidy", "housing_fund")], ["programme 'housing_fund'", "the package has this id already", "programmes.toml"]),
    "an id to be written": ([PROGRAMME, INDICATOR.replace(ID, "heating_subsidy.<group>.<name>")], ["'heating_subsidy.<group>.<name>'", "取暖补贴标准", "<programme>.<group>.<name>", "Write one"]),
    "an id twice": ([PROGRAMME, INDICATOR, INDICATOR], [ID, "used twice", "own.toml"]),
    "an unknown programme": ([INDICATOR], [ID, "'heating_subsidy'", "programmes.toml"]),
    "a cue's programme": ([PROGRAMME, INDICATOR, 'cues = [{ any = ["取暖"], programmes = ["heating"] }]'], [ID, "programme 'heating'"]),
    "an unknown key": ([PROGRAMME, INDICATOR, "colour = 1"], [ID, "colour", "Keys of an indicator"]),
    "an unknown table": ([PROGRAMME, "[[indicators]]\nid = 'x'"], ["'indicators'", "expected indicator or programme or group"]),
    "no rows": (["[indicator]\nid = 'x'"], ["indicator", "expected rows [[indicator]]"]),
    "no id": (["[[indicator]]\nname = 'x'"], ["indicator", "that have an id"]),
    "no TOML": (["[[indicator"], ["cannot be read as TOML", "Correct the file"]),
    "an unknown unit": ([PROGRAMME, INDICATOR.replace('"CNY"', '"YUAN"')], ["unit 'YUAN'", "units.toml"]),
    "other units": ([PROGRAMME, INDICATOR, 'units = ["YUAN"]'], ["unit 'YUAN'", "units.toml"]),
    "no unit": ([PROGRAMME, INDICATOR.replace('"CNY"', '""')], [ID, "no unit"]),
    "no name": ([PROGRAMME, INDICATOR.replace('name = "取暖补贴标准"', 'name = ""')], [ID, "no name"]),
    "no kinds": ([PROGRAMME, INDICATOR.replace('["money"]', "[]")], [ID, "no kinds"]),
    "no programmes": ([INDICATOR.replace('["heating_subsidy"]', "[]")], [ID, "no programmes"]),
    "nothing to find it by": ([PROGRAMME, INDICATOR.replace('["取暖补贴标准", "取暖补贴"]', "[]")], [ID, "neither aliases nor cues"]),
    "an empty alias": ([PROGRAMME, INDICATOR.replace('"取暖补贴"]', '""]')], [ID, "an empty word"]),
    "an alias twice": ([PROGRAMME, INDICATOR.replace('"取暖补贴"]', '"取暖补贴标准"]')], [ID, "an alias twice"]),
    "an empty cue": ([PROGRAMME, INDICATOR, 'cues = [{ none = ["取暖"] }]'], [ID, "a cue without all and any"]),
    "a group of the package": ([PROGRAMME, INDICATOR, GROUP.replace("heating.subsidy", "medical.funding")], ["group 'medical.funding'", "the package has this id already", "labels.toml"]),
    "a group to be written": ([PROGRAMME, INDICATOR, GROUP.replace("heating.subsidy", "heating.<group>")], ["group 'heating.<group>'", "<programme>.<group> like", "Write one"]),
    "a group of nothing": ([PROGRAMME, INDICATOR, GROUP.replace("heating.subsidy", "heating.subsidies")], ["group 'heating.subsidies'", "no indicator's", "own.toml"]),
    "a group twice": ([PROGRAMME, INDICATOR, GROUP, GROUP], ["heating.subsidy", "used twice"]),
    "a group without a name": ([PROGRAMME, INDICATOR, GROUP.replace('name = "取暖补贴待遇"', 'name = ""')], ["heating.subsidy", "no name"]),
    "an empty term": ([PROGRAMME.replace('"冬季取暖"', '""')], ["heating_subsidy", "an empty term"]),
    "a range turned round": ([PROGRAMME, INDICATOR.replace('["100", "10000"]', '["10000", "100"]')], [ID, "the lower one first"]),
}  # fmt: skip


@pytest.mark.parametrize(("tables", "words"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes(tables, words):
    """A mistake is refused with file, row, what was found, and what to do."""
    with pytest.raises(CatalogError) as error:
        load_with([own(*tables)]).built(load_catalog)

    assert [word for word in (*words, "own.toml") if word not in str(error.value)] == []


def test_mistakes_on_the_command_line(folder, command_line):
    """A file that isn't there, and one with a mistake, end a command before anything is read."""
    for name in (folder / "none.toml", folder):
        status, out, err = command_line("build", folder / "corpus", "-o", folder / "out", "--catalog", name)
        assert (status, out, "cannot be read" in err, str(name) in err) == (2, "", True, True)
    (folder / "bad.toml").write_text(INDICATOR, "utf-8")
    assert command_line("build", folder / "corpus", "-o", folder / "out", "--catalog", folder / "bad.toml")[0] == 2
    assert not (folder / "out").exists()


# ── a dataset from elsewhere


@pytest.fixture
def plain(folder):
    build(folder / "corpus", folder / "out", resources=load_with([folder / "heat.toml"]))
    return json.loads((folder / "out/dataset.json").read_bytes())


@pytest.mark.parametrize(
    ("field", "value"),
    [("id", "../x"), ("unit", "a b/c"), ("per", ["../x"]), ("programmes", ["a/b"]), ("plausible", ["0", "NaN"])],
)
def test_forms(field, value, plain):
    """What a dataset brings along is of its form."""
    plain["indicators"][0][field] = value
    with pytest.raises(DatasetError):
        store.loads(json.dumps(plain).encode(), "d.json")


def test_nothing_that_readers_ask_for_is_left_behind():
    """What a dataset brings along of a row serves its readers as the row itself does: each row of the package, by another id."""
    rows = load().built(indicator_rows)
    brought = [msgspec.convert({**row, "id": f"own.{row['id']}"}, IndicatorRecord) for row in rows]
    given = load().knowing(list(map(row_of, brought)))
    served, implied, ranges = given.built(serving), given.built(implied_per), given.built(load_identities).indicators

    for row in rows:
        own = f"own.{row['id']}"
        assert served._rows[own] == served._rows[row["id"]]
        assert implied.of(own) == implied.of(row["id"])
        assert ranges[own] == ranges[row["id"]]
        assert given.built(implied_populations).get(own, frozenset()) == given.built(implied_populations).get(
            row["id"], frozenset()
        )


def test_names_do_no_harm(plain, folder, command_line):
    """A name that a dataset brings along is words: on a terminal, in Markdown, in a page."""
    plain["indicators"][0]["name"] = "取暖\x1b[31m\n<b>*补贴*</b>"
    path = folder / "other.json"
    path.write_bytes(canonical.encode(plain))
    for form in ("table", "markdown", "html", "csv"):
        _, said, _ = command_line("diff", 2022, 2023, "--dataset", path, "--format", form)
        assert "取暖" in said
        assert "\x1b" not in said
        assert form not in {"markdown", "html"} or "<b>" not in said.replace("\\<b\\>", "")


def test_the_package_s_names_stay(plain):
    """A dataset can't give the package's own indicators other names."""
    plain["indicators"][0]["id"] = "medical.funding.total"
    dataset = Dataset(store.loads(json.dumps(plain).encode(), "d.json"))
    known = [row for row in dataset.resources.known if row["id"] == "medical.funding.total"]

    from extractor.dataset.labels import load_labels

    assert len(known) == 1
    assert load_labels(dataset.resources, "zh").indicator("medical.funding.total") == "居民医保人均筹资标准"
