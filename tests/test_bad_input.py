"""Bad input from end to end: a clear message or an honest result, in time, and nothing else lost.

`test_errors.py` looks at commands with a stand-in for the pipeline, `test_ingest.py` at the reader alone; here the
bytes of a file go through the command line and the real pipeline to the dataset, beside a good notice that must come
out whole.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import extractor
from extractor.dataset import store

GOOD = """国家医保局关于做好2022年城乡居民基本医疗保障工作的通知
医保发〔2022〕20号
各省、自治区、直辖市医保局：
一、提高筹资标准
2022年居民医保人均财政补助标准达到每人每年不低于610元，个人缴费标准达到每人每年350元。
国家医保局
2022年6月30日
"""
FIGURES = {"610", "350"}
SAYS = "居民医保人均财政补助标准达到每人每年不低于610元。"


def page(text, head=""):
    return f"{head}<html><body><h1>关于做好居民医保工作的通知</h1><p>{text}</p></body></html>".encode()


def laughs(levels):
    """Declare entities that would expand to 10 ** levels times ten letters."""
    rows = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, levels + 1)]
    return f'<!DOCTYPE html [<!ENTITY a0 "aaaaaaaaaa">{"".join(rows)}]>'


# id, bytes, reason
SET_ASIDE = [
    ("empty", b"", "empty"),
    ("binary", bytes(range(256)) * 40, "binary"),
    ("half-text-half-noise", SAYS.encode() + bytes(range(32)) * 40, "binary"),
    ("nuls-alone", b"\0" * 5000, "binary"),
    ("wrong-encoding", "保険料の額はつぎのとおりである。".encode("shift_jis") * 9, "encoding"),
    ("no-body", b"<!DOCTYPE html><html><head><title>610</title></head></html>", "no_text"),
    ("digits", b"1234567890" * 1000, "no_text"),
    ("digits-in-groups", b"12 345 6,789 " * 1000, "no_text"),
    ("english", "The subsidy is “610 yuan” a person and year — at least.\n".encode() * 9, "no_text"),
    (
        "english-page",
        page("The subsidy is 610 yuan.").replace("关于做好居民医保工作的通知".encode(), b"Notice"),
        "no_text",
    ),
    ("no-page", laughs(9).replace("html", "lolz").encode() + b"<lolz>&a9;</lolz>", "unsupported"),
]
# id, bytes, values that must be read from them
READ = [
    ("nuls", SAYS.encode() + b"\0\0\0\n" + SAYS.replace("610", "350").encode(), {"610", "350"}),
    ("surrogates-utf8", SAYS.encode() + b"\n\xed\xa0\x80\xed\xb0\x80\n" + SAYS.encode(), {"610"}),
    ("surrogates-utf16", (SAYS * 3 + "\ud800" + SAYS).encode("utf-16-le", "surrogatepass") + b"\x00\xd8", {"610"}),
    ("surrogate-references", page(f"{SAYS}&#xD800;&#55357;&#0;&#x110000;&#99999999999;"), {"610"}),
    ("wrong-charset-said", page(SAYS, "<meta charset=big5>"), {"610"}),
    ("cut-character", (SAYS * 5).encode("gb18030")[:-1], {"610"}),
    ("two-encodings", SAYS.encode() * 9 + SAYS.encode("gb18030") + b"\n" + SAYS.encode(), {"610"}),
    ("broken-html", f"<html><body<p>{SAYS}<table><tr><td>9元<td></table></b></p><div <<>> &bad; &#".encode(), {"610"}),
    ("no-html-end", f"<html><p>{SAYS}<script>".encode(), {"610"}),
    ("external-entity", page(f"{SAYS}&x;", '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), {"610"}),
    ("external-dtd", page(SAYS, '<!DOCTYPE html SYSTEM "file:///etc/passwd">'), {"610"}),
    ("billion-laughs", page(f"{SAYS}&a9;", laughs(9)), {"610"}),
    ("quadratic-entity", page(SAYS + "&a;" * 50_000, f'<!DOCTYPE html [<!ENTITY a "{"a" * 50_000}">]>'), {"610"}),
    ("latin-1-for-utf-8", (SAYS * 9).encode().decode("latin-1").encode(), {"610"}),
    ("marks-alone", "。，、；：！？（）《》〔〕“”\n".encode() * 500, set()),
    ("private-use-and-controls", ("\ue000\x85\u2028\u200b\ufeff\u202e" * 200 + SAYS).encode(), {"610"}),
]


@pytest.fixture
def run(command_line):
    """Run a command line in the process: (status, stdout, stderr)."""
    return command_line


def leader_of(dataset, name):
    """Find the notice that a file is, or is a copy of: odd texts of one sentence are much alike."""
    return next(notice for notice in dataset.notices if name in files_of(notice))


def files_of(notice):
    return {notice.source.path, *(copy.source.path for copy in notice.copies)}


def values_of(dataset, name):
    notice = leader_of(dataset, name)
    return {fact.value for fact in dataset.facts if fact.notice_id == notice.notice_id}


def test_one_folder(run, tmp_path):
    """All of it in one folder: what can't be read is set aside with its reason, everything else is built."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "good.txt").write_text(GOOD, "utf-8")
    for name, data, _ in (*SET_ASIDE, *READ):
        (corpus / name).write_bytes(data)
    (corpus / "loop").symlink_to(corpus / "loop")
    status, _, err = run("build", corpus, "-o", tmp_path / "out")
    dataset = store.load(tmp_path / "out/dataset.json")

    assert (status, "Traceback" in err) == (3, False)
    assert {item.path: item.reason for item in dataset.set_aside} == {
        **{name: reason for name, _, reason in SET_ASIDE},
        "loop": "unreadable",
    }
    assert all(len(item.message) > 20 for item in dataset.set_aside)
    assert set().union(*map(files_of, dataset.notices)) == {"good.txt", *(name for name, *_ in READ)}
    assert values_of(dataset, "good.txt") == FIGURES
    assert {name: values_of(dataset, name) & FIGURES for name, *_ in READ} == {name: values for name, _, values in READ}
    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    # No foreign file got in, and no entity grew.
    assert not any(b"root:" in path.read_bytes() for path in written)
    assert max(path.stat().st_size for path in written) < 10_000_000


@pytest.mark.parametrize(("data", "reason"), [row[1:] for row in SET_ASIDE], ids=[row[0] for row in SET_ASIDE])
def test_parsing_what_is_no_notice(data, reason, run, tmp_path):
    """One line that names the file, and nothing on standard output."""
    (tmp_path / "bad").write_bytes(data)
    status, out, err = run("parse", tmp_path / "bad")

    assert (status, out, err.count("\n")) == (2, "", 1), reason
    assert err.startswith("Error: ")
    assert "bad: " in err


@pytest.mark.parametrize(("data", "values"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_parsing_odd_notices(data, values, run, tmp_path):
    """Read with their figures, as a table and as JSON that can be decoded."""
    (tmp_path / "odd").write_bytes(data)
    for more in ((), ("--json",)):
        status, out, err = run("parse", tmp_path / "odd", *more)

        assert (status, err) == (0, "")
        assert all(value in out for value in values)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="this user may read everything")
def test_unreadable_file(run, tmp_path):
    """A file without read permission is set aside, its neighbour built."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/good.txt").write_text(GOOD, "utf-8")
    (tmp_path / "corpus/secret.txt").write_text(GOOD, "utf-8")
    (tmp_path / "corpus/secret.txt").chmod(0)
    status, _, _ = run("build", tmp_path / "corpus", "-o", tmp_path / "out")
    dataset = store.load(tmp_path / "out/dataset.json")

    assert (status, [item.reason for item in dataset.set_aside]) == (3, ["unreadable"])
    assert values_of(dataset, "good.txt") == FIGURES


@pytest.mark.parametrize("names", [(), (".hidden",), ("sidecar.toml",)], ids=["empty", "hidden", "sidecar"])
def test_folder_without_notices(names, run, tmp_path):
    """Nothing to build is wrong input, not an empty dataset."""
    (tmp_path / "corpus").mkdir()
    for name in names:
        (tmp_path / "corpus" / name).write_text("", "utf-8")
    status, out, err = run("build", tmp_path / "corpus", "-o", tmp_path / "out")

    assert (status, out) == (2, "")
    assert "no notices" in err
    assert not (tmp_path / "out").exists()


def test_nothing_but_bad_files(run, tmp_path):
    """A folder where no file can be read gives a dataset that says so."""
    (tmp_path / "corpus").mkdir()
    for name, data, _ in SET_ASIDE:
        (tmp_path / "corpus" / name).write_bytes(data)
    status, _, _ = run("build", tmp_path / "corpus", "-o", tmp_path / "out")
    dataset = store.load(tmp_path / "out/dataset.json")

    assert (status, len(dataset.set_aside), dataset.notices, dataset.facts) == (3, len(SET_ASIDE), (), ())


# ── large files, each in a process of its own that is stopped when it takes too long ────────────────────────────────

MILLION = 1_000_000


def long_text(size):
    """Make a notice of so many bytes, of sections whose figures differ."""
    section = "（一）标准。{year}年居民医保人均财政补助新增{a}元，达到每人每年不低于{b}元，个人缴费每人每年{c}元。\n"
    prose = "（二）要加强组织领导，完善工作机制，切实保障参保人员医保权益，统筹安排资金，及时报告重大事项。\n" * 4
    rows = []
    length = 0
    number = 0
    while length < size:
        row = section.format(year=2000 + number % 30, a=number % 90 + 10, b=number % 900 + 100, c=number % 700 + 200)
        rows += (row, prose)
        length += len(row.encode()) + len(prose.encode())
        number += 1
    # The sections stand above the closing: what follows on a closing may be a page's own words.
    return GOOD.replace("国家医保局\n2022", "".join(rows) + "国家医保局\n2022")


# What a line is made of, repeated.
UNITS = [
    "居民医保人均财政补助标准", "每人每年610元、", "每人每年不低于610元，", "80%、", "2022年", "1,", "10.", "元",
    "每人", "、", "1234567890", "一二三四五六七八九十", "一", "万", "零", "一是", "分别", "不低于", "（", "《",
    "（《“", "《一》", "610元\n", "610元\t", "一、\n", "①", "附件：", "附件：\n", "国家医保局\n", "1/2\n", "(", ",,", "a",
    "1-", "1.2万元以上", "http://a.b/",
]  # fmt: skip


def build_alone(tmp_path, texts, limit):
    """Build large texts and a good one beside them in a process that may take so many seconds; return the dataset."""
    (tmp_path / "corpus").mkdir()
    for name, text in texts.items():
        (tmp_path / "corpus" / name).write_text(text, "utf-8")
    (tmp_path / "corpus/good.txt").write_text(GOOD.replace("20号", "21号"), "utf-8")
    # Files of this size are over the usual limits, which stand in `test_limits.py`.
    command = [
        *(sys.executable, "-m", "extractor", "build", "corpus", "-o", "out"),
        *("--limit", "characters=100000000", "--limit", "numerals=100000000"),
        *("--limit", "seconds=3600", "--limit", "memory=16000"),
    ]
    variables = {**os.environ, "PYTHONPATH": str(Path(extractor.__file__).parents[1])}
    ended = subprocess.run(  # noqa: S603 - our own program
        command, cwd=tmp_path, env=variables, timeout=limit, capture_output=True, check=False
    )
    dataset = store.load(tmp_path / "out/dataset.json")

    assert ended.returncode == 0, ended.stderr.decode("utf-8", "replace")
    assert b"Traceback" not in ended.stderr
    assert dataset.set_aside == ()
    assert set().union(*map(files_of, dataset.notices)) == {"good.txt", *texts}
    assert values_of(dataset, "good.txt") == FIGURES
    return dataset


def line_of(unit, size):
    """Repeat a unit on one line, below one in Chinese: what has no Chinese at all is not read."""
    return "医保\n" + unit * (size // len(unit))


def test_lines_of_a_million(tmp_path):
    """A line without any mark, a run of digits and one of numerals: read in time, and no figure made of them."""
    units = ("居民医保人均财政补助标准", "1234567890", "一")
    dataset = build_alone(tmp_path, {f"{at}.txt": line_of(unit, MILLION) for at, unit in enumerate(units)}, 360)

    assert {fact.value for fact in dataset.facts} == FIGURES


@pytest.mark.parametrize("size", [2_000, pytest.param(50_000, marks=pytest.mark.slow)])
def test_long_lines(size, tmp_path):
    """No long line takes long, whatever it repeats; one that is quadratic would."""
    build_alone(tmp_path, {f"{at}.txt": line_of(unit, size) for at, unit in enumerate(UNITS)}, 600)


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS[::4])
def test_long_lines_of_a_million(unit, tmp_path):
    """So does none of a million; every fourth unit, since each takes half a minute."""
    build_alone(tmp_path, {"large.txt": line_of(unit, MILLION)}, 240)


@pytest.mark.parametrize(
    ("size", "limit", "least"),
    [
        # Each may take several times as long as it does, for a machine that has other things to do.
        (300_000, 120, 600),
        pytest.param(1_000_000, 240, 2_000, marks=pytest.mark.slow),
        pytest.param(5_000_000, 600, 10_000, marks=pytest.mark.slow),
        pytest.param(50_000_000, 3600, 100_000, marks=pytest.mark.slow),
    ],
    ids=["300 kB", "1 MB", "5 MB", "50 MB"],
)
def test_large_text(size, limit, least, tmp_path):
    """A text as large as the reader takes is read whole."""
    dataset = build_alone(tmp_path, {"large.txt": long_text(size)}, limit)

    assert len(dataset.facts) - len(FIGURES) >= least
