"""A user's own defaults, how much is said, and several notices at once."""

from __future__ import annotations

import json

import pytest

NOTICE = "医保发〔2022〕20号\n各省医保局：\n一、人均财政补助标准达到每人每年610元。个人缴费350元。\n"


@pytest.fixture
def folder(tmp_path, monkeypatch, stand_in):  # noqa: ARG001 - put in place
    """Work in a folder with a corpus of one notice."""
    monkeypatch.chdir(tmp_path)
    for name in ("EXTRACTOR_LANG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/a.txt").write_text(NOTICE, "utf-8")
    return tmp_path


@pytest.fixture
def run(folder, command_line):  # noqa: ARG001 - the folder to run in
    return command_line


# What extractor.toml says, a command line, and what its output has and has not.
CONFIGS = [
    ('lang = "en"', ["parse", "corpus/a.txt"], "Title", "标题"),
    ('lang = "en"', ["parse", "corpus/a.txt", "--lang", "zh"], "标题", "Title"),
    ('[tool.extractor.parse]\nlang = "en"', ["parse", "corpus/a.txt"], "Title", "标题"),
    ('[tool.extractor.build]\nlang = "en"', ["parse", "corpus/a.txt"], "标题", "Title"),
    ('outputs = "other"', ["build"], "other/dataset.json", "outputs/"),
]


@pytest.mark.parametrize(("text", "arguments", "there", "missing"), CONFIGS)
def test_defaults(text, arguments, there, missing, run, folder):
    """Defaults hold for commands that have the option; the command line outranks them."""
    (folder / "extractor.toml").write_text(f"[tool.extractor]\n{text}\n" if "[" not in text else text, "utf-8")
    status, out, err = run(*arguments)

    assert (status, there in out, missing in out) == (0, True, False), out + err


def test_outputs_are_where_one_looks(run, folder):
    """Where outputs are set, commands that look at a dataset look there; the environment outranks the file."""
    (folder / "extractor.toml").write_text('[tool.extractor]\noutputs = "other"\nlang = "zh"\n', "utf-8")
    run("build")
    status, out, _ = run("review", "--list")

    assert (status, "存疑" in out) == (0, True)
    assert not (folder / "outputs").exists()


# A command line after a build into other/, and what it says.
OUTPUTS = [
    (["review", "--list", "-o", "other"], "存疑"),
    (["check", "--outputs", "other", "--json"], '"bound"'),
    (["show", "f-99", "-o", "other"], "f-99f7c7e0ec99"),
    (["export", "--to", "jsonl", "-o", "-", "--outputs", "other"], '"610"'),
    (["export", "--to", "csv", "--outputs", "other/"], "other/export/dataset.csv"),
    (["report", "-o", "other", "--json"], '"other/report/index.html"'),
    (["report", "-o", "pages", "--dataset", "other/dataset.json"], "pages/index.html"),
    (["release", "-o", "other", "--json"], '"other/history/1.0.0.json"'),
]


@pytest.mark.parametrize(("arguments", "said"), OUTPUTS, ids=[" ".join(row[0]) for row in OUTPUTS])
def test_every_command_takes_the_outputs(arguments, said, run, folder):
    """One option says where the outputs are, on every command that makes or looks at them."""
    run("build", "-o", "other")
    status, out, err = run(*arguments)

    assert (status, said in out) == (0, True), out + err
    assert not (folder / "outputs").exists()


# What extractor.toml sets, what is typed, and whose dataset it is then: each row of the command line over the file.
RANKED = [
    ('outputs = "other"', [], "other"),
    ('outputs = "other"', ["-o", "third"], "third"),
    ('outputs = "other"', ["--dataset", "third/dataset.json"], "third"),
    ('outputs = "other"', ["-o", "other", "--dataset", "third/dataset.json"], "third"),
    ('outputs = "other"\n[tool.extractor.check]\ndataset = "third/dataset.json"', [], "third"),
    ('outputs = "third"\n[tool.extractor.check]\ndataset = "third/dataset.json"', ["-o", "other"], "other"),
]


@pytest.mark.parametrize(("text", "arguments", "looked_at"), RANKED)
def test_which_dataset_is_looked_at(text, arguments, looked_at, run, folder):
    """The command line goes before the file, and of either a dataset that was named itself before the folder."""
    (folder / "extractor.toml").write_text(f"[tool.extractor]\n{text}\n", "utf-8")
    status, _, err = run("check", *arguments)

    assert status == 2
    assert f"{looked_at}/dataset.json" in err


def test_json_of_report_and_release(run, folder):
    """What was written, for programs: files, what stayed and was removed; the version, the one before, its words."""
    run("build")
    pages = json.loads(run("report", "--json")[1])
    again = json.loads(run("report", "--json")[1])
    release = json.loads(run("release", "--json", "--date", "2026-11-30")[1])
    nothing = json.loads(run("release", "--json")[1])

    assert pages["index"] == "outputs/report/index.html"
    assert {"index.html", "doubts.html"} <= set(pages["written"])
    assert (again["written"], again["removed"], again["unchanged"]) == ([], [], len(pages["written"]))
    assert (release["version"], release["previous"]) == ("1.0.0", None)
    assert sorted(release["written"]) == [
        "outputs/CERTIFICATE.json", "outputs/CERTIFICATE.md", "outputs/CHANGES.md", "outputs/history/1.0.0.json",
    ]  # fmt: skip
    assert "2026-11-30" in release["text"]
    assert (nothing["written"], nothing["version"], nothing["previous"]) == ([], "1.0.0", "1.0.0")
    assert (folder / "outputs/CHANGES.md").exists()


BAD = [
    ('[tool.extractor]\nlanguage = "en"\n', ["'language'", "lang"]),
    ("[tool.extractor.built]\n", ["'built'"]),
    ('[tool.extractor.build]\nregion = "x"\n', ["build has no option 'region'"]),
    ('lang = "en"\n', ["[tool.extractor]"]),
    ("[tool.extractor]\nlang =\n", ["cannot be read as TOML"]),
    ('[tool.extractor]\nlang = "fr"\n', ["fr"]),
]


@pytest.mark.parametrize(("text", "words"), BAD)
def test_bad_config(text, words, run, folder):
    """What no command has is named, with what there is."""
    (folder / "mine.toml").write_text(text, "utf-8")
    status, out, err = run("--config", "mine.toml", "parse", "corpus/a.txt")

    assert (status, out) == (2, "")
    assert all(word in err for word in words), err


@pytest.mark.parametrize(
    ("options", "said"), [((), False), (("-q",), False), (("-v",), True), (("--log-level", "info"), True)]
)
def test_how_much_is_said(options, said, run):
    """Files are named on standard error only where that is asked for."""
    status, _, err = run(*options, "build")

    assert (status, "a.txt" in err) == (0, said)


def test_several_notices(run, folder):
    """Several are shown one after the other, or as a list; one that can't be read is named, with status 3."""
    (folder / "corpus/b.txt").write_text(NOTICE.replace("20号", "21号"), "utf-8")
    status, out, _ = run("parse", "corpus/a.txt", "corpus/b.txt", "corpus/a.txt")

    assert (status, out.count("20号"), out.count("21号")) == (0, 1, 1)
    status, out, err = run("parse", "corpus/a.txt", "corpus/none.txt", "corpus/b.txt", "--json")

    assert (status, [one["notice"]["notice_id"][-3:] for one in json.loads(out)]) == (3, ["20号", "21号"])
    assert "none.txt" in err


def test_add_what_is_known(run, folder):
    """A saved page's title, number and address go beside it; of several notices they can't be true."""
    (folder / "saved.txt").write_text("各省医保局：\n一、每人每年610元。\n", "utf-8")
    known = ("--title", "关于筹资的通知", "--document-number", "甲〔2022〕3号", "--url", "https://example.org/3.html")
    status, _, err = run("add", "saved.txt", *known, "--no-build")

    assert (status, err) == (0, "")
    (sidecar,) = (folder / "corpus").rglob("*saved*.toml")
    text = sidecar.read_text("utf-8")

    assert all(f'"{word}"' in text for word in known[1::2])
    status, _, err = run("add", "saved.txt", "corpus/a.txt", *known, "--no-build")

    assert (status, "one by one" in err) == (2, True)
    assert run("add", "saved.txt", "--url", "ftp://x", "--no-build")[0] == 2
