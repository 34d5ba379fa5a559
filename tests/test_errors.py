"""One bad input a row: the words that its message must contain, and the status that the command ends with."""

from __future__ import annotations

import json

import pytest
from factories import fact, notice

import extractor
from extractor.dataset import canonical, store
from extractor.dataset.versions import make_dataset
from extractor.errors import DatasetError
from extractor.model import Point, Scope, Series, SeriesScope

# ── files that are no notices ───────────────────────────────────────────────────────────────────────────────────────

TEXT = "关于做好城乡居民基本医疗保障工作的通知。财政补助标准为每人每年610元。\n"
BAD_FILES = [
    ("empty", b"", "empty"),
    ("only spaces", b" \n\t\n", "empty"),
    ("binary", bytes(range(256)) * 40, "binary"),
    ("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "broken"),
    ("image", b"\x89PNG\r\n\x1a\n" + bytes(100), "unsupported"),
    ("archive", b"PK\x03\x04" + bytes(60), "unsupported"),
    ("HTML without a body", b"<!DOCTYPE html><html><head><title></title></head></html>", "no_text"),
]
# Read, or set aside with a reason: either is honest; a crash isn't.
ODD_FILES = [
    ("broken HTML", f"<html><body><p>{TEXT}<table><tr><td>1元".encode()),
    ("NUL bytes", TEXT.encode() + b"\0\0\0" + TEXT.encode()),
    ("wrong encoding said", f'<html><head><meta charset="big5"></head><body><p>{TEXT}</p></body></html>'.encode()),
    ("half characters", (TEXT * 5).encode()[:-2]),
    ("lone surrogates", TEXT.encode("utf-16-le", "surrogatepass") + b"\x00\xd8"),
    ("external entity", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body>'
     + TEXT.encode() + b"&x;</body></html>"),
    ("billion laughs", b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
     b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><html><body>' + TEXT.encode() + b"&c;</body></html>"),
    ("digits only", b"1234567890" * 1000),
    ("no final newline", TEXT.strip().encode()),
    ("long line", TEXT.strip().encode() * 10_000),
]  # fmt: skip


@pytest.fixture(autouse=True)
def pipeline(stand_in, monkeypatch, tmp_path):  # noqa: ARG001 - put in place
    """Put the stand-in in the place of the pipeline, and work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(command_line):
    """Run a command line in the process: (status, stdout, stderr)."""
    return command_line


@pytest.mark.parametrize(("data", "reason"), [row[1:] for row in BAD_FILES], ids=[row[0] for row in BAD_FILES])
def test_bad_files(data, reason, run, pipeline):
    """Parsing one ends with status 2 and one line; a build sets it aside and reads the rest."""
    corpus = pipeline / "corpus"
    corpus.mkdir()
    (corpus / "bad.txt").write_bytes(data)
    (corpus / "good.txt").write_text(TEXT, "utf-8")
    status, out, err = run("parse", "corpus/bad.txt")

    assert (status, out) == (2, "")
    assert err.startswith("Error: ")
    assert "bad.txt" in err
    assert err.count("\n") == 1
    status, out, err = run("build")
    dataset = store.load(pipeline / "outputs/dataset.json")

    assert status == 3
    assert [(item.path, item.reason) for item in dataset.set_aside] == [("bad.txt", reason)]
    assert [fact.value for fact in dataset.facts] == ["610"]


@pytest.mark.parametrize("data", [row[1] for row in ODD_FILES], ids=[row[0] for row in ODD_FILES])
def test_odd_files(data, run, pipeline):
    """An odd file is read or set aside; the build goes on, and no foreign file gets in."""
    (pipeline / "corpus").mkdir()
    (pipeline / "corpus/odd.txt").write_bytes(data)
    (pipeline / "corpus/good.txt").write_text(TEXT, "utf-8")
    status, _, err = run("build")
    dataset = store.load(pipeline / "outputs/dataset.json")

    assert status in {0, 3}
    assert "Traceback" not in err
    assert "internal_error" not in {item.reason for item in dataset.set_aside}
    assert b"root:" not in b"".join(path.read_bytes() for path in (pipeline / "outputs").rglob("*.*") if path.is_file())


# ── command lines ───────────────────────────────────────────────────────────────────────────────────────────────────

BAD_LINES = [
    (["parse", "none.txt"], ["none.txt", "no such file"]),
    (["parse", "empty"], ["empty", "folder"]),
    (["parse", "ftp://example.org/a.html"], ["only http", "Fetch it yourself"]),
    (["parse", "http://127.0.0.1/a.html"], ["not a public address", "--allow-private"]),
    (["parse"], ["Missing argument"]),
    (["parse", "a", "--lang", "fr"], ["--lang", "fr"]),
    (["parse", "a\0b"], ["a␀b"]),
    (["build", "none"], ["none", "no such file or folder", "extractor build FOLDER"]),
    (["build", "empty"], ["empty", "no notices"]),
    (["build", "-"], ["extractor parse -"]),
    (["show", "f-0"], ["outputs/dataset.json", "no such file", "extractor build"]),
    (["show", "-", "--dataset", "-"], ["standard input"]),
    (["evaluate", "none", "--dataset", "none.json"], ["none.json", "no such file"]),
    (["evaluate", "empty", "--notices", "empty"], ["empty", "no notices"]),
    (["evaluate", "empty", "--floors", "none.json"], ["none.json", "no such file"]),
    (["nonsense"], ["No such command", "nonsense"]),
    (["--nonsense"], ["No such option"]),
]


@pytest.mark.parametrize(("arguments", "words"), BAD_LINES)
def test_bad_lines(arguments, words, run, pipeline):
    """Wrong usage and input end with status 2, a clear message on standard error, and nothing written."""
    (pipeline / "empty").mkdir()
    status, out, err = run(*arguments)

    assert (status, out) == (2, "")
    assert all(word in err for word in words), err
    assert "Traceback" not in err
    assert [path.name for path in pipeline.iterdir()] == ["empty"]


# ── datasets that can't be used ─────────────────────────────────────────────────────────────────────────────────────

NAME = "医保发〔2022〕20号"


def dataset(tmp_path, **changes):
    ids = [f"f-{number:012x}" for number in range(2)]
    facts = (fact(NAME, 2022, "610", fact_id=ids[0]), fact(NAME, 2022, "350", fact_id=ids[1]))
    point = Point(
        year=2022, value="610", lower=None, upper=None, operator="ge", due=None, status="stated", fact_ids=(ids[0],)
    )
    series = Series(
        series_id="s-0", indicator="x", subject=None, programme=None, kind="money", role="level", region=None,
        scope=SeriesScope(), unit=None, per=(), points=(point,),
    )  # fmt: skip
    parts = {
        "notices": (notice(NAME),), "set_aside": (), "facts": facts, "unresolved": (), "series": (series,),
        "checks": (),
        "comparisons": (),
    }  # fmt: skip
    return make_dataset(tmp_path, "0" * 64, **{**parts, **changes})


def edited(tmp_path, path, value):
    written = json.loads(canonical.encode(dataset(tmp_path)))
    place = written
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return canonical.encode(written)


EDITS = [
    (("schema_version",), "3.0.0", ["3.0.0", "reads 2.x", "extractor build"]),
    (("schema_version",), "0.9.0", ["0.9.0", "reads 2.x"]),
    (("schema_version",), "one", ["'one'", "three numbers"]),
    (("schema_version",), 1, ["schema_version"]),
    (("facts", 0, "notice_id"), "x", ["f-000000000000", "notice", "'x'"]),
    (("facts", 0, "fact_id"), "f-000000000001", ["fact id 'f-000000000001'", "2 times"]),
    (("facts", 0, "evidence", "source"), "sha256:" + "1" * 64, ["f-000000000000", "source", "1111"]),
    (("facts", 0, "value"), 610, ["facts", "value", "str"]),
    (("facts", 0, "operator"), "about", ["facts", "operator", "about"]),
    (("facts", 1, "scope", "condition_facts"), ["f-00000000000f"], ["f-000000000001", "f-00000000000f"]),
    (("series", 0, "points", 0, "fact_ids"), ["f-00000000000f"], ["s-0", "f-00000000000f"]),
    (("notices",), [], ["f-000000000000", "notice", NAME]),
    (("facts",), None, ["facts"]),
]


@pytest.mark.parametrize(("path", "value", "words"), EDITS)
def test_edited_dataset(path, value, words, run, tmp_path):
    """A dataset edited by hand is refused in words, with what to do; nothing is written."""
    (tmp_path / "d.json").write_bytes(edited(tmp_path, path, value))
    status, out, err = run("show", "f-0", "--dataset", "d.json")

    assert (status, out) == (2, "")
    assert all(word in err for word in ("d.json", *words)), err


BROKEN = [
    (lambda data: data[: len(data) // 2], ["line ", "column "]),
    (lambda data: b"", ["line 1, column 1"]),  # noqa: ARG005
    (lambda data: data.replace(b'"facts": [', b'"facts": [\n,'), ["line ", "column "]),
    (lambda data: data.replace(NAME.encode(), b"\xff"), ["UTF-8"]),
    (lambda data: b"[]", ["object"]),  # noqa: ARG005
    (lambda data: b"{}", ["schema_version"]),  # noqa: ARG005
    (lambda data: b'{"schema_version":"2.0.0","facts":' + b"[" * 200_000, ["nested too deeply"]),  # noqa: ARG005
]


@pytest.mark.parametrize(("spoil", "words"), BROKEN)
def test_broken_dataset(spoil, words, run, tmp_path):
    """A truncated or spoilt file is refused with the place where it ends to be JSON."""
    (tmp_path / "d.json").write_bytes(spoil(canonical.encode(dataset(tmp_path))))
    status, out, err = run("show", "f-0", "--dataset", "d.json")

    assert (status, out) == (2, "")
    assert all(word in err for word in ("d.json", *words)), err


def test_truncated_place():
    """The place named is the one where the file was cut."""
    with pytest.raises(DatasetError, match="line 2, column "):
        store.loads(b'{"schema_version": "2.0.0",\n "facts": [', "d.json")


def test_unknown_fact(run, tmp_path):
    """An id that isn't there is named, with ids that are near; a beginning that fits several is refused."""
    (tmp_path / "d.json").write_bytes(canonical.encode(dataset(tmp_path)))
    for given, words in (
        ("f-000000000009", ["no such fact", "f-00000000000"]),
        ("f-", ["2 facts begin so"]),
        ("", ["no such"]),
    ):
        status, _, err = run("show", given, "--dataset", "d.json")

        assert status == 2
        assert all(word in err for word in words), err


def test_same_major_loads(tmp_path):
    """Lower and higher minor versions load; unknown fields and members of a later one are taken."""
    for version in ("2.0.0", "2.0.7"):
        assert store.loads(edited(tmp_path, ("schema_version",), version), "d").schema_version == version
    later = json.loads(edited(tmp_path, ("schema_version",), "2.4.0"))
    later["facts"][0] |= {"operator": "about", "later": 1}
    later["facts"][0]["scope"]["area"] = "north"
    loaded = store.loads(canonical.encode(later), "d")

    assert (loaded.facts[0].operator, loaded.facts[0].scope.area) == ("about", "north")
    assert isinstance(loaded.facts[0].scope, Scope)
    assert json.loads(canonical.encode(loaded))["facts"][0]["operator"] == "about"


def test_save_and_load(tmp_path):
    """What is saved loads as the same dataset, also by its public name."""
    made = dataset(tmp_path)

    assert store.write_atomic(tmp_path / "deep/d.json", canonical.encode(made))
    assert not store.write_atomic(tmp_path / "deep/d.json", canonical.encode(made))
    assert made == store.load(tmp_path / "deep/d.json")
    assert made == extractor.Dataset.load(str(tmp_path / "deep/d.json")).data
