"""The certificate: the same wherever it is made, true of what it is about, and checked by whoever builds again; the audit."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal

import jsonschema
import msgspec
import pytest
from factories import fact, notice
from msgspec.structs import replace

from extractor.build.incremental import build
from extractor.certificate.audit import Sample, SheetRow, audit_of, draw_sample, load_sheet, reading_digest, write_sheet
from extractor.certificate.document import document
from extractor.certificate.statement import Certificate, find_gold, make_certificate
from extractor.dataset import canonical
from extractor.dataset.versions import first_dataset
from extractor.errors import DatasetError, ExtractorError
from extractor.evaluate.intervals import wilson
from extractor.resources import DATA, Resources, load

# met, total, the interval's ends: those printed in R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, table I,
# method 3, rounded outwards to three places; and the two ends.
PRINTED = [
    (81, 263, "0.255", "0.367"),
    (15, 148, "0.062", "0.161"),
    (0, 20, "0.000", "0.162"),
    (1, 29, "0.006", "0.172"),
    (20, 20, "0.838", "1.000"),
    (1, 1, "0.206", "1.000"),
]


@pytest.mark.parametrize(("met", "total", "low", "high"), PRINTED)
def test_wilson(met, total, low, high):
    """Intervals are those that are printed."""
    assert wilson(met, total) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(("met", "total"), [(0, 0), (2, 1), (-1, 3)])
def test_no_share(met, total):
    """What is no share has no interval."""
    with pytest.raises(ValueError, match="is no share"):
        wilson(met, total)


# ── the audit ───────────────────────────────────────────────────────────────────────────────────────────────────────

A = "甲〔2022〕1号"
FACTS = [fact(A, 2022, str(value)) for value in range(100, 140)]


def dataset(facts=FACTS):
    return first_dataset("c1", "0" * 64, facts=tuple(facts), notices=(notice(A, year=2022),))


def test_sample():
    """Seed and size draw the same figures in any order; another figure changes the sample by itself alone."""
    drawn = draw_sample(FACTS, 10, "2026")
    more = draw_sample([*FACTS, fact(A, 2022, "999")], 10, "2026")

    assert draw_sample(FACTS[::-1], 10, "2026") == drawn
    assert draw_sample(FACTS, 10, "2027") != drawn
    assert len({one.fact_id for one in drawn} & {one.fact_id for one in more}) >= 9
    assert len(draw_sample(FACTS, 99, "2026")) == 40


@pytest.fixture
def sheet(tmp_path):
    """A sheet of ten figures, filled in: eight right, one wrong, one unclear."""
    data, _ = write_sheet(
        dataset(), Sample(n=10, seed="2026"), None, load(), folder=tmp_path, corpus=tmp_path, lang="zh"
    )
    (tmp_path / "audit.toml").write_bytes(data)
    empty = load_sheet(tmp_path / "audit.toml")
    rows = [replace(row, verdict="right") for row in empty.rows]
    rows[3], rows[7] = replace(rows[3], verdict="wrong", note="每月"), replace(rows[7], verdict="unclear", note="不清")
    return replace(empty, sample=replace(empty.sample, who="张三", on="2026-11-27"), rows=tuple(rows))


def test_result(sheet):
    """What is unclear isn't right; the interval is that of the right ones."""
    found = audit_of(sheet, dataset())

    assert (found.figures, found.sample, found.right, found.wrong, found.unclear, found.open) == (40, 10, 8, 1, 1, 0)
    assert (found.share, found.low, found.high) == (Decimal("0.800"), *wilson(8, 10))


def row(sheet, at, **fields):
    return replace(sheet, rows=tuple(replace(one, **fields) if i == at else one for i, one in enumerate(sheet.rows)))


# What somebody did to a sheet, or to the figures: what is said, and how many figures have no verdict that holds.
REFUSED = {
    "left out": (lambda one: row(one, 2, verdict=""), "figure 3 (f-{2}): has no verdict", 1),
    "no verdict": (lambda one: row(one, 2, verdict="yes"), "figure 3 (f-{2}): the verdict 'yes' is none", 1),
    "no reason": (lambda one: row(one, 3, note=" "), "figure 4 (f-{3}): is wrong, and note is empty", 1),
    "nobody": (lambda one: replace(one, sample=replace(one.sample, who="")), "who is empty", 0),
    "no day": (lambda one: replace(one, sample=replace(one.sample, on="")), "on is empty", 0),
    "read otherwise": (lambda one: row(one, 0, read="0" * 12), "figure 1 (f-{0}): it is read otherwise by now", 1),
    "not drawn": (lambda one: replace(one, rows=(*one.rows, SheetRow(id="f-0", read=""))), "figure 11 (f-0) is not in", 0),
    "row gone": (lambda one: replace(one, rows=one.rows[1:]), "f-{0} is in the sample of this dataset, and has no row", 1),
    "more drawn": (lambda one: replace(one, sample=replace(one.sample, n=11)), "has no row", 1),
}  # fmt: skip


@pytest.mark.parametrize(("change", "words", "open_"), REFUSED.values(), ids=REFUSED)
def test_sheets_that_are_refused(change, words, open_, sheet):
    """A half-filled or stale sheet is refused by its rows; the certificate counts them, and has no share."""
    from extractor.certificate.audit import require_whole

    changed = change(sheet)
    with pytest.raises(DatasetError) as refused:
        require_whole(changed, dataset())

    assert words.format(*(one.id.removeprefix("f-") for one in sheet.rows)) in str(refused.value)
    found = audit_of(changed, dataset())
    assert (found.open, found.share, found.low) == (open_, None, None)


def test_verdicts_are_kept(sheet, tmp_path):
    """A sample drawn again keeps the verdicts on what is read as it was, and no other."""
    drawn = [one.id for one in sheet.rows]
    facts = [replace(one, value="1") if one.fact_id == drawn[0] else one for one in FACTS if one.fact_id != drawn[1]]
    data, kept = write_sheet(dataset(facts), sheet.sample, sheet, load(), folder=tmp_path, corpus=tmp_path, lang="zh")
    (tmp_path / "audit.toml").write_bytes(data)
    again = load_sheet(tmp_path / "audit.toml")

    assert kept == 8
    assert [one.verdict for one in again.rows if one.id == drawn[0] or one.id not in drawn] == ["", ""]
    assert again.sample == sheet.sample


def test_a_notice_s_words_stay_words(tmp_path):
    """What a notice says of a figure is a comment of the sheet, whatever it says."""
    bad = replace(FACTS[0].evidence, exact='一\n[sample]\nn = 1\x1b[31m"""', prefix="\u2028verdict = 1\r")
    made = dataset([replace(FACTS[0], evidence=bad, subject="标准\nverdict = 'right'")])
    data, _ = write_sheet(made, Sample(n=1, seed='\n"'), None, load(), folder=tmp_path, corpus=tmp_path, lang="en")
    (tmp_path / "audit.toml").write_bytes(data)

    assert [one.verdict for one in load_sheet(tmp_path / "audit.toml").rows] == [""]
    assert load_sheet(tmp_path / "audit.toml").sample.seed == '\n"'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "has no table [sample]"),
        ("[sample]\nn = 1\n", "seed"),
        ("[sample]\nn = 1\nseed = '1'\n[[figure]]\nid = 'f-1'\nread = ''\nword = 1", "'f-1'"),
        ("[sample]\nn = 1\nseed = '1'\n[[figures]]\n", "figures"),
        ("[sample", "TOML"),
    ],
)
def test_bad_sheets(text, words, tmp_path):
    """What is no sheet is an error that says where."""
    (tmp_path / "audit.toml").write_text(text, "utf-8")
    with pytest.raises(ExtractorError) as refused:
        load_sheet(tmp_path / "audit.toml")

    assert words in str(refused.value)


def test_every_judged_field_counts():
    """Whatever a person judges of a figure makes another reading; where its words stand, or who confirmed it, doesn't."""
    one = FACTS[0]
    others = {
        "value": "1",
        "unit": "USD",
        "per": ("month",),
        "operator": "ge",
        "indicator": None,
        "due": "2022-12-31",
        "subject": "x",
    }

    assert (
        len({reading_digest(replace(one, **{name: value})) for name, value in others.items()} | {reading_digest(one)})
        == 8
    )
    assert reading_digest(replace(one, rule="other", status="confirmed", support=())) == reading_digest(one)


# ── the certificate ─────────────────────────────────────────────────────────────────────────────────────────────────

NOTICE = "医保发〔{year}〕20号\n各省医保局：\n一、居民医保人均财政补助标准达到每人每年{value}元。每年复查2次。\n"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A corpus of two notices with its outputs, and an annotated set of one of them."""
    folder = tmp_path_factory.mktemp("world")
    corpus, gold = folder / "corpus", folder / "sets/one"
    for place in (corpus, gold / "gold", gold / "notices"):
        place.mkdir(parents=True)
    for year, value in ((2021, "580"), (2022, "610")):
        (corpus / f"{year}.txt").write_text(NOTICE.format(year=year, value=value), "utf-8")
    (corpus / "2022.txt.toml").write_text('url = "https://example.org/2022.html"\n', "utf-8")
    shutil.copy(corpus / "2022.txt", gold / "notices/2022.txt")
    start = NOTICE.format(year=2022, value="610").index("610元")
    figure = {"start": start, "end": start + 4, "text": "610元", "kind": "money", "value": "610", "unit": "CNY"}
    (gold / "gold/2022.jsonl").write_text(json.dumps(figure) + "\n", "utf-8")
    build(corpus, folder / "outputs", resources=load())
    return folder


@pytest.fixture
def place(world, tmp_path):
    """A second copy of that world, elsewhere and without what builds keep for themselves."""
    shutil.copytree(world, tmp_path / "clone", ignore=shutil.ignore_patterns(".state"))
    return tmp_path / "clone"


@pytest.fixture
def run(place, command_line):
    """Run a command on the copy."""
    where = ("--corpus", place / "corpus", "-o", place / "outputs", "--lang", "en")

    def call(*arguments):
        return command_line(*arguments, *where)

    return call


def made(folder, **given):
    return make_certificate(folder / "corpus", folder / "outputs", load(), **given)


def test_what_it_states(world):
    """Counts are those of the dataset, shares have their interval, what nobody measured is empty."""
    found = made(world, gold=find_gold([world / "sets"]))
    figures = found.quality[0].figures

    assert (found.contents["notices"], found.numerals["fact"], found.published, found.audit) == (2, 4, False, None)
    assert (found.quality[0].name, figures["value"].met, figures["value"].total) == ("sets/one", 1, 1)
    assert (figures["value"].low, figures["value"].high) == wilson(1, 1)
    assert "words" not in figures
    assert sorted(found.inputs.files) == ["2021.txt", "2022.txt", "2022.txt.toml"]
    assert {"data/units.toml", "notice/numerals.py", "dataset/series.py"} <= found.rules.files.keys()
    assert made(world).quality == ()


def test_it_has_its_schema(world, command_line):
    """What is written is what the schema says, which describes every field."""
    schema = json.loads(command_line("schema", "--of", "certificate")[1])
    parts = [part["properties"] for part in schema["$defs"].values() if "properties" in part]

    jsonschema.Draft202012Validator.check_schema(schema)
    for sets in ((), find_gold([world / "sets"])):
        jsonschema.Draft202012Validator(schema).validate(json.loads(canonical.encode(made(world, gold=sets))))
    assert [name for part in parts for name, one in part.items() if "description" not in one] == []


def test_elsewhere_it_is_the_same(world, place):
    """A second clone that builds for itself gets the same bytes, for people and for programs."""
    shutil.rmtree(place / "outputs")
    build(place / "corpus", place / "outputs", resources=Resources(DATA))
    sides = [made(folder, gold=find_gold([folder / "sets"])) for folder in (world, place)]

    assert sides[0] == sides[1]
    assert document(sides[0], load()) == document(sides[1], load())
    assert str(world).encode() not in msgspec.json.encode(sides[0]) + document(sides[0], load())


def test_the_layout_is_no_part_of_it(world, place, run):
    """A dataset in parts is worth what one in a single file is, and is checked likewise."""
    pytest.importorskip("pyarrow")
    build(place / "corpus", place / "outputs", resources=load(), layout="partitioned")

    assert made(place) == made(world)
    run("certificate")
    assert run("certificate", "--check")[:2] == (0, "Equal to the certificate.\n")


def test_release_and_check(run, place):
    """A release writes it; who builds again finds it equal, with and without the annotated notices."""
    sets = ("--gold", place / "sets")
    status, out, err = run("release", *sets, "--json")

    assert (status, err) == (0, "")
    assert [name.rpartition("/")[2] for name in json.loads(out)["written"]] == [
        "CHANGES.md", "1.0.0.json", "CERTIFICATE.md", "CERTIFICATE.json",
    ]  # fmt: skip
    stated = json.loads((place / "outputs/CERTIFICATE.json").read_bytes())
    assert (stated["published"], list(stated["releases"]["files"])) == (True, ["CHANGES.md", "history/1.0.0.json"])
    assert "1.0.0（已发布）" in (place / "outputs/CERTIFICATE.md").read_text("utf-8")
    assert run("certificate", "--check", *sets) == (0, "Equal to the certificate.\n", "")
    assert json.loads(run("certificate", "--check", "--json")[1]) == {
        "differences": [], "equal": True, "quality_compared": False,
    }  # fmt: skip
    assert json.loads(run("release", *sets, "--json")[1])["written"] == []


# What another dataset than the one that was published has besides.
ANOTHER = [
    "dataset_version: stated 1.0.0",
    "published: stated True",
    "outputs files dataset.json",
    "dataset.json: is not as",
]


def edit(path, old, new):
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


# What somebody did after the certificate was written, and what is named; nothing else may be.
EDITED = {
    "nothing": (lambda _: None, []),
    "a notice": (
        lambda folder: edit(folder / "corpus/2021.txt", "580", "590"),
        ["inputs files 2021.txt: stated", "content_hash: stated", "outputs files ledger/", "ledger/", *ANOTHER],
    ),
    "a sidecar": (
        lambda folder: edit(folder / "corpus/2022.txt.toml", "2022.html", "2022.htm"),
        ["inputs files 2022.txt.toml: stated", *ANOTHER],
    ),
    "another notice": (
        lambda folder: shutil.copy(folder / "corpus/2021.txt", folder / "corpus/copy.txt"),
        ["inputs files copy.txt: stated nothing, found", "contents copies: stated 0, found 1", *ANOTHER],
    ),
    "a file of the outputs": (
        lambda folder: edit(folder / "outputs/dataset.json", "医保发", "医保局"), ["dataset.json: is not as it was built again"],
    ),
    "a ledger gone": (lambda folder: [one.unlink() for one in (folder / "outputs/ledger").iterdir()], ["ledger/"]),
    "a count": (
        lambda folder: edit(folder / "outputs/CERTIFICATE.json", '"facts": 4', '"facts": 5'), ["contents facts: stated 5, found 4"],
    ),
    "the words": (
        lambda folder: edit(folder / "outputs/CERTIFICATE.md", "2", "3"), ["CERTIFICATE.md: does not say what CERTIFICATE.json says"],
    ),
    "the answers": (
        lambda folder: edit(folder / "sets/one/gold/2022.jsonl", '"610"', '"611"'),
        ["quality sets/one texts: stated", "quality sets/one figures"],
    ),
    "a release": (lambda folder: edit(folder / "outputs/CHANGES.md", "首次", "第一次"), ["releases files CHANGES.md: stated"]),
    "an audit begun": (
        lambda folder: (folder / "corpus/audit.toml").write_text("[sample]\nn = 2\nseed = '1'\n", "utf-8"),
        ["audit: stated nothing, found", "inputs files audit.toml: stated nothing"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), EDITED.values(), ids=EDITED)
def test_what_differs_is_named(change, expected, run, place):
    """Whatever was changed is named, each with what was stated and what was found, and nothing else."""
    sets = ("--gold", place / "sets")
    run("release", *sets)
    change(place)
    status, out, err = run("certificate", "--check", *sets)
    lines = err.splitlines()

    assert status == bool(expected), err
    assert out.startswith("Not as" if expected else "Equal")
    assert [words for words in expected if not any(line.startswith(words) for line in lines)] == []
    assert [line for line in lines if not line.startswith(tuple(expected))] == []


# What a certificate, or a release, is refused for: what was done, more of the command line, the words.
UNSTATED = {
    "edited": (lambda folder: edit(folder / "outputs/dataset.json", '"value": "610"', '"value": "611"'), (), "edited by hand"),
    "corpus changed": (lambda folder: edit(folder / "corpus/2021.txt", "580", "590"), (), "2021.txt differ"),
    "notice added": (lambda folder: shutil.copy(folder / "corpus/2021.txt", folder / "corpus/b.txt"), (), "b.txt differ"),
    "corpus gone": (lambda folder: shutil.rmtree(folder / "corpus"), (), "no such file or folder"),
    "other rules": (lambda folder: edit(folder / "outputs/dataset.json", '"catalog_version": "', '"catalog_version": "0'), (), "other data files"),
    "no set": (lambda _: None, ("--gold", "corpus"), "no annotated set there"),
    "one set twice": (lambda _: None, ("--gold", "sets", "--gold", "sets"), "two annotated sets are called sets/one"),
    "a bad sheet": (lambda folder: (folder / "corpus/audit.toml").write_text("x = 1"), (), "audit.toml"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "more", "words"), UNSTATED.values(), ids=UNSTATED)
def test_what_is_not_stated(change, more, words, run, place, monkeypatch):
    """What can't be stated is an error before anything is published."""
    monkeypatch.chdir(place)
    change(place)
    for command in ("certificate", "release"):
        status, out, err = run(command, *more)

        assert (status, out) == (2, "")
        assert words in err
    assert not {"CERTIFICATE.md", "CHANGES.md", "history"} & {path.name for path in (place / "outputs").iterdir()}


@pytest.mark.parametrize("why", ["corpus changed", "notice added", "corpus gone"])
def test_release_of_a_corpus_elsewhere(why, command_line, place, monkeypatch):
    """Where nobody names the corpus, one that isn't the dataset's keeps nothing from being published, but its certificate."""
    monkeypatch.chdir(place)
    change, _, words = UNSTATED[why]
    change(place)
    status, _, err = command_line("release", "--lang", "en")

    assert (status, words in err) == (0, True)
    assert err.startswith("Published without a certificate.")
    assert (place / "outputs/history/1.0.0.json").exists()
    assert not (place / "outputs/CERTIFICATE.md").exists()


def test_release_without_one(run, place):
    """`--no-certificate` publishes what nothing can be stated of."""
    shutil.rmtree(place / "corpus")
    assert run("release", "--no-certificate")[0] == 0
    assert not (place / "outputs/CERTIFICATE.md").exists()
    status, _, err = run("certificate", "--check")
    assert (status, "CERTIFICATE.json: no such file" in err) == (2, True)


def test_audit_on_the_command_line(run, place):
    """A sample is drawn, refused while it is empty, judged, and stands in the certificate with its interval."""
    sheet = place / "corpus/audit.toml"
    assert "needs a seed" in run("audit", "sample")[2]
    status, out, _ = run("audit", "sample", "--n", "3", "--seed", "2026")
    assert (status, "Drew 3 of 4 figures" in out) == (0, True)
    status, _, err = run("audit", "result")
    assert (status, err.count("has no verdict"), err.count("is empty in [sample]")) == (2, 3, 2)
    assert made(place).audit.open == 3
    text = sheet.read_text("utf-8").replace('verdict = ""', 'verdict = "right"')
    text = text.replace('who = ""', 'who = "*张三*"').replace('on = ""', 'on = "2026-11-27"')
    sheet.write_text(text.replace('"right"\nnote = ""', '"wrong"\nnote = "按月"', 1), "utf-8")
    status, out, _ = run("audit", "result")
    assert (status, "right 2, wrong 1" in out, "Wrong  按月" in out) == (0, True, True)
    assert json.loads(run("audit", "result", "--json")[1])["low"] == str(wilson(2, 3)[0])
    assert "由\\*张三\\*于2026-11-27对照原文审核：正确2个，错误1个" in document(made(place), load()).decode()
    assert "kept 3 verdicts" in run("audit", "sample")[1]


def test_the_shape_is_strict(place, run):
    """What is no certificate of this shape is refused, not guessed at."""
    run("certificate")
    path = place / "outputs/CERTIFICATE.json"
    stated = msgspec.json.decode(path.read_bytes(), type=Certificate)
    for data in (b"{}", b"[", msgspec.json.encode(msgspec.to_builtins(stated) | {"numerals": {"fact": "x"}})):
        path.write_bytes(data)
        status, _, err = run("certificate", "--check")

        assert (status, "is no certificate of version 1.0.0" in err) == (2, True)
