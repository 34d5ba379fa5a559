"""What the command line says is said in Chinese by default and in English on demand, and both are complete."""

from __future__ import annotations

import gettext
import pickle
import re
import tomllib
from io import BytesIO
from string import Formatter

import messages
import pytest

from extractor.cli import main as cli
from extractor.cli.main import commands
from extractor.cli.spoken import columns, laid_out, language_of
from extractor.errors import DatasetError
from extractor.messages import (
    BETWEEN,
    Message,
    as_text,
    packed,
    retold,
    said_elsewhere,
    speaking,
    system_words,
    translated,
    unpacked,
)

LABELS = messages.PACKAGE / "data/labels.toml"
# What Chinese text is made of beside Chinese characters.
HAN = re.compile(r"[\u4e00-\u9fff]")


def rows():
    """Give the rows of the catalog: English (of a plural, that of many) to Chinese."""
    for message in messages.catalog():
        if message.id:
            plural = message.pluralizable
            yield message.id[-1] if plural else message.id, message.string[0] if plural else message.string


def slots(template):
    """List a template's slots, each with how its value is written."""
    return sorted(f"{name}!{how}:{form}" for _, name, form, how in Formatter().parse(template) if name is not None)


# ── the catalog


def test_every_template_has_its_row():
    """What can be said stands in the catalog, and what stands there can be said: `python tests/messages.py` mends it."""
    there = {message.id for message in messages.catalog() if message.id}

    assert there == set(messages.wanted())


@pytest.mark.parametrize(("english", "chinese"), [pytest.param(*row, id=row[0][:60]) for row in rows()])
def test_row(english, chinese):
    """A row is translated, in Chinese words wherever the English has words, with the same slots."""
    words = re.sub(r"\{[^{}]*\}", "", english)

    assert chinese
    assert HAN.search(chinese) or not re.search("[a-z]{2}", words) or english == "true or false"
    if english in messages.click_plain():
        assert set(slots(chinese)) <= set(slots(english))  # click's: some are of no use in Chinese
    else:
        assert slots(chinese) == slots(english)


@pytest.mark.parametrize("value", [Message("none"), ("a", Message("none")), "a"], ids=["words", "several", "a"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_lists_may_be_words(language, value):
    """Where a template lists something, words may stand for the list (无): each can be filled in, in either language."""
    for template, _ in rows():
        parts = [(name, form) for _, name, form, _ in Formatter().parse(template) if name]
        if all(form in BETWEEN for _, form in parts):
            with speaking(language):
                assert translated(Message(template, **{name: value for name, _ in parts}))


# A number, and behind it the word for several. What else ends so, and what is only said of more than one.
COUNT = re.compile(r"\{(\w+)(?::[^}]*)?\} (?:[a-z]+ )??(?!\w*(?:[is]s|[aeou]s)\b)([a-z]+s)\b")
VERBS = {"lists", "points", "stands", "states", "uses", "exports", "needs", "bears", "says"}
ALWAYS_SEVERAL = {
    "{entry}: {count} facts stand there", "{entry}: {count} figures stand there", "{indicator}: {count} figures for",
    "{fact_id}: {count} facts begin so", "stands {count} times", "{times} times before", "{redirects} times",
    "{tries} times over", "{most_rows:,} rows", "a number of {whole} digits", "{most_parts} parts or more",
    "has {length} characters", "give {where} figures", "within {whole:g} seconds",
    "within {connect:g} seconds", "for {read:g} seconds",
}  # fmt: skip


def test_one_thing_is_not_several():
    """Of one thing English says 1 page, not 1 pages: each template that counts has both, and says so of one."""
    single = [one for one in messages.templates() if isinstance(one, str)]
    wrong = [
        one
        for one in single
        if any(match[2] not in VERBS for match in COUNT.finditer(one))
        and not any(map(one.__contains__, ALWAYS_SEVERAL))
    ]
    pairs = [one for one in messages.templates() if isinstance(one, tuple)]
    said = [
        Message.counted(*pair, 1, **{name: 1 for _, name, _, _ in Formatter().parse(pair[1]) if name}) for pair in pairs
    ]
    labels = [row for row in tomllib.loads(LABELS.read_text("utf-8"))["label"] if "one" in row]

    assert wrong == []
    assert [one for one in said if re.search(r"\b1 (?!is\b)[a-z]+s\b", one)] == []
    assert [row["id"] for row in labels if slots(row["one"]) != slots(row["en"]) or row["one"] == row["en"]] == []
    assert (len(pairs) > 10, len(labels) > 15) == (True, True)


def test_compiled():
    """What programs read is what stands in the catalog."""
    with messages.FILE.with_suffix(".mo").open("rb") as file:
        read = gettext.GNUTranslations(file)._catalog
    fresh = gettext.GNUTranslations(BytesIO(messages.compiled(messages.catalog())))._catalog

    assert read == fresh


def test_every_error_is_a_message():
    """No error of ours is raised with words that can't be said in another language."""
    assert messages.untold() == []


RETOLD = [
    (Message("{origin}: the file is empty, expected the text of a notice. Fetch it again.", origin="新：a.txt"),
     "新：a.txt：文件是空的，应为政策文件的文本。请重新下载。"),
    # What is counted, a number with its thousands apart, and a message within another.
    (Message.counted(
        "{origin}: found {found:,} {what}, at most {most:,} is read as one notice. Split the file, check that it is the "
        "notice you mean, or raise the limit: --limit {name}={found}.",
        "{origin}: found {found:,} {what}, at most {most:,} are read as one notice. Split the file, check that it is the "
        "notice you mean, or raise the limit: --limit {name}={found}.",
        2, origin="a.pdf", found=5000, what=Message("pages"), most=2, name="pages"),
     "a.pdf：有 5,000 页，作为一份文件最多读取 2。请拆分文件，确认它是否就是所要的文件，或提高上限：--limit pages=5000。"),
    ("words of nobody: {0}", "words of nobody: {0}"),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "chinese"), RETOLD)
def test_retold(text, chinese):
    """What data keep in English is said in Chinese again, long and hostile words or not."""
    assert retold(str.__str__(text), "zh") == chinese
    assert retold(text, "en") == text
    assert retold("{" * 50_000 + ": found " * 9_000, "zh")


# ── messages

SAID = [
    (Message("{origin}: the file is empty, expected the text of a notice. Fetch it again.", origin="a.txt"),
     "a.txt: the file is empty, expected the text of a notice. Fetch it again.",
     "a.txt：文件是空的，应为政策文件的文本。请重新下载。"),
    (Message("{path}: unknown table {unknown!r}, expected {tables:or}. Rename it, or move its rows to their own file.",
             path="b.toml", unknown="x", tables=("indicator", "programme")),
     "b.toml: unknown table 'x', expected indicator or programme. Rename it, or move its rows to their own file.",
     "b.toml：不认识的表 'x'，应为 indicator 或 programme。请改名，或把条目移到自己的文件里。"),
    # A message among the values, and an error that carries one.
    (Message("{path}: no such file. {remedy}", path="c", remedy=Message("Name another with --config.")),
     "c: no such file. Name another with --config.", "c：没有这个文件。请用 --config 另指定。"),
    (Message("{error} The dataset itself is built and whole; the next build will only take longer.",
             error=DatasetError(Message("{path}: no such file. {remedy}", path="d", remedy=Message("Check the folder.")))),
     "d: no such file. Check the folder. The dataset itself is built and whole; the next build will only take longer.",
     "d：没有这个文件。请检查文件夹。数据集本身已汇总完毕，是完整的；只是下次汇总会慢一些。"),
    # Words in the place of a list.
    (Message("cannot compare {sides:and}. {usage}", sides=Message("nothing"), usage="-"),
     "cannot compare nothing. -", "无法比较 没有。-"),
    # What counts: one form of several in Chinese.
    (Message("{words} (at end of document)", words=Message.counted("its page is blank", "its {count} pages are blank", 1, count=1)),
     "its page is blank (at end of document)", "共 1 页，都是空白（文件末尾）"),
    # What has braces of its own, and text without a row.
    (Message("{url}: {said}", url="{0}{x}", said="{"), "{0}{x}: {", "{0}{x}：{"),
    (Message("{what} that no catalog has", what=1), "1 that no catalog has", "1 that no catalog has"),
]  # fmt: skip


@pytest.mark.parametrize(("message", "english", "chinese"), SAID)
def test_said(message, english, chinese):
    """A message is its English words, and what it was made of says the same in Chinese; so do its copies."""
    copies = [message, pickle.loads(pickle.dumps(message)), unpacked(packed(message))]  # noqa: S301 - our own

    assert {*copies} == {english}
    assert {type(as_text(one)) for one in copies} == {str}
    for language, expected in (("zh", chinese), ("en", english)):
        with speaking(language):
            assert {translated(one) for one in copies} == {expected}
    assert translated(message) == english


def test_of_an_error():
    """What `str` makes of an error still knows its template; what the system says is translated, too."""
    assert isinstance(str(DatasetError(Message("none"))), Message)
    with speaking("zh"):
        assert translated(system_words(PermissionError(13, "Permission denied"))) == "权限不够"
        assert translated(system_words(OSError(5, "Out of ideas"))) == "Out of ideas"
        assert translated(system_words(ValueError("embedded null byte"))) == "embedded null byte"
        assert translated(system_words(ConnectionError(OSError(111, "Connection refused")))) == "连接被拒绝"


def test_changed_words():
    """The words among the values can be changed, also those of messages among them."""
    message = Message("{path}: {said}", path="/corpus/a.txt", said=Message("of {found}", found=("/corpus/a.txt", "b")))

    assert message.mapped(lambda words: words.replace("/corpus/", "")) == "a.txt: of a.txt, b"
    assert message.with_values(said="c") == "/corpus/a.txt: c"


# ── the command line

CONFIG = '[tool.extractor]\nlang = "en"\n[tool.extractor.diff]\nlang = "zh"\n'


@pytest.mark.parametrize(
    ("arguments", "environment", "config", "language"),
    [
        ((), None, None, "zh"),
        (("build", "--lang", "en"), None, None, "en"),
        (("build", "--lang=en"), "zh", None, "en"),
        (("--lang", "zh", "build", "--lang", "en"), None, None, "en"),
        (("build", "--lang", "xx"), None, None, "zh"),
        (("build", "--lang"), None, None, "zh"),
        ((), "en", None, "en"),
        ((), "xx", None, "zh"),
        (("build",), None, CONFIG, "en"),
        (("build",), "zh", CONFIG, "zh"),
        (("diff",), None, CONFIG, "zh"),
        (("diff", "--lang", "en"), None, CONFIG, "en"),
        (("build",), None, "lang = [", "zh"),
        (("build",), None, 'tool = "x"', "zh"),
        (("lang",), None, '[tool.extractor]\nlang = "zh"', "zh"),
    ],
)
def test_language(tmp_path, monkeypatch, arguments, environment, config, language):
    """The command line outranks the environment, that a user's own defaults, and one command's those for all."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EXTRACTOR_LANG", raising=False)
    if environment:
        monkeypatch.setenv("EXTRACTOR_LANG", environment)
    if config:
        (tmp_path / "extractor.toml").write_text(config, "utf-8")

    assert language_of(arguments) == language


USAGE = (
    "用法：extractor build [OPTIONS] [CORPUS]\n用“extractor build --help”查看帮助。\n\n",
    "Usage: extractor build [OPTIONS] [CORPUS]\nTry 'extractor build --help' for help.\n\n",
)
ENDS = [
    (["build", "nowhere"],
     "错误：nowhere：没有这个文件或文件夹。请指定存放文件的文件夹：extractor build 文件夹。\n",
     "Error: nowhere: no such file or folder. Name the folder that holds the notices: extractor build FOLDER.\n"),
    (["build", "-q"], f"{USAGE[0]}错误：-q 要写在命令之前：extractor -q build …\n", f"{USAGE[1]}Error: -q stands before the command: extractor -q build …\n"),
    (["build", "--shards", "s"],
     f"{USAGE[0]}错误：--scheduler 和 --shards 须与 --engine dask 同用。\n",
     f"{USAGE[1]}Error: --scheduler and --shards go with --engine dask.\n"),
    (["build", "--nope"], f"{USAGE[0]}错误：没有选项 '--nope'。\n", f"{USAGE[1]}Error: No such option '--nope'.\n"),
    (["build", "--wait", "-1"],
     f"{USAGE[0]}错误：'--wait' 的值无效：-1.0 超出范围 x>=0。\n",
     f"{USAGE[1]}Error: Invalid value for '--wait': -1.0 is not in the range x>=0.\n"),
    (["build", "--limit", "pages=x"],
     f"{USAGE[0]}错误：'--limit' 的值无效：'pages=x'：应为“名称=数”，数大于 0。名称有：{{}}。\n",
     f"{USAGE[1]}Error: Invalid value for '--limit': 'pages=x': expected NAME=NUMBER with a number above 0. Names: {{}}.\n"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "chinese", "english"), ENDS)
def test_ends(tmp_path, monkeypatch, capsys, arguments, chinese, english):
    """A command that fails says why in the language asked for."""
    monkeypatch.chdir(tmp_path)
    for more, expected in ((), chinese), (("--lang", "en"), english):
        with pytest.raises(SystemExit) as ended:
            cli.main([*arguments, *more])
        begin, _, end = expected.partition("{}")
        said = capsys.readouterr().err

        assert ended.value.code == 2
        assert said.startswith(begin)
        assert said.endswith(end)


PATHS = [(), *((name,) for name in commands.commands), ("catalog", "check"), ("catalog", "suggest")]
# What is typed is the same in any language.
TYPED = re.compile(
    r"(?m)^(?:用法：| *例 | *extractor ).*$|^ +-\S.*?(?:  |$)|^ {2}[a-z]+(?= )|\[[^\]]*\]|'[^']*'|extractor [a-z]+( [a-z]+)?"
)


@pytest.mark.parametrize("path", PATHS)
def test_help(monkeypatch, capsys, path):
    """The help of a command is in one language, but for what is typed; no line is wider than a terminal."""
    monkeypatch.setenv("COLUMNS", "80")
    said = {}
    for language in ("zh", "en"):
        monkeypatch.setenv("EXTRACTOR_LANG", language)
        with pytest.raises(SystemExit):
            cli.main([*path, "--help"])
        said[language] = capsys.readouterr().out
    words = TYPED.sub("", said["zh"])

    assert not re.search(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}", words)
    assert max(map(columns, words.splitlines())) <= 80
    assert HAN.search(said["zh"])
    assert "Usage: extractor" in said["en"]
    assert "Show this message and exit." in said["en"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("读取全部文件，写出数据集。", ["读取全部", "文件，写", "出数据集。"]),
        ("用 --limit 提高上限", ["用", "--limit", "提高上限"]),
        ("\b\n原样留下的一行，不管它有多长", ["\b", "原样留下的一行，不管它有多长"]),
        ("as it is, for click to break", ["as it is, for click to break"]),
    ],
)
def test_laid_out(text, lines):
    """Chinese is broken between any two characters, but before no closing sign, by the columns it takes."""
    assert laid_out(text, 8).removeprefix("\b\n" if "\b" not in text else "").splitlines() == lines


FILES = {
    "a.txt": b"",
    "b.pdf": b"%PDF-1.4 x",
    "c.docx": b"PK\x03\x04 word/document",
    "d.txt": "居民医保个人缴费350元。".encode(),
}
ASIDE = {
    "zh": ["a.txt：文件是空的", "b.pdf：PDF 文件没有结尾", "c.docx：ZIP 文件不完整或已损坏"],
    "en": [
        "a.txt: the file is empty",
        "b.pdf: found a PDF file without its end",
        "c.docx: found a ZIP file that is cut short",
    ],
}


def test_set_aside(tmp_path, command_line):
    """Why a file was set aside is said in either language, by a build that had nothing to do as well; data are in English."""
    (tmp_path / "corpus").mkdir()
    for name, data in FILES.items():
        (tmp_path / "corpus" / name).write_bytes(data)
    for language in ("zh", "zh", "en"):
        status, said, _ = command_line("build", tmp_path / "corpus", "-o", tmp_path / "out", "--lang", language)

        assert (status, [words for words in ASIDE[language] if words not in said]) == (3, [])
    _, said, _ = command_line("build", tmp_path / "corpus", "-o", tmp_path / "out", "--json", "--lang", "zh")
    written = (tmp_path / "out/dataset.json").read_text("utf-8")

    assert [words for words in ASIDE["en"] if words not in said or words not in written] == []
    status, said, err = command_line("parse", *(tmp_path / "corpus" / name for name in FILES), "--lang", "zh")

    assert (status, [words for words in ASIDE["zh"] if words not in err]) == (3, [])


def test_unread(command_line):
    """So it is with what could not be read in a notice."""
    for language, words in (
        ("zh", "数字没有 units.toml 所列的单位"),
        ("en", "a number without a unit that units.toml lists"),
    ):
        _, said, _ = command_line("parse", "-", "--lang", language, stdin="财政补助的比例为3四5点元。".encode())

        assert words in said


# What a library says, and the Chinese of it.
SAID = [
    ("Invalid value (at line 43, column 7)", "值无效（第 43 行第 7 列）"),
    ("Unclosed inline table (at end of document)", "行内表没有结束（文件末尾）"),
    ("Cannot declare ('review',) twice (at line 1, column 9)", "('review',) 不能声明两次（第 1 行第 9 列）"),
    ("Expected `int`, got `str` - at `$.place.start`", "应为 `int`，实为 `str`，位置 `$.place.start`"),
    ("Object contains unknown field `wen`", "有未知的字段 `wen`"),
    ("Invalid enum value 'z' - at `$.action`", "值不在可选之列：'z'，位置 `$.action`"),
    ("No such file or directory", "没有这个文件或文件夹"),
    ("something else", "something else"),
    ("Expected `" * 10_000, "Expected `" * 10_000),
]


@pytest.mark.parametrize(("words", "expected"), SAID, ids=range(len(SAID)))
def test_what_libraries_say(words, expected):
    """What the system, tomllib and msgspec say is said in Chinese, and as they say it in English."""
    said = said_elsewhere(words)

    assert said == words
    with speaking("zh"):
        assert translated(said) == expected


def test_libraries_say_what_is_known():
    """The texts of the table are those that the libraries have."""
    for text in (
        "a =",
        "a = 1 2",
        "[a",
        "a = [1",
        "a = {b = 1, b = 2}",
        'a = "\\q"',
        "[a]\n[a]",
        "a = 1\n[a.b]",
        "= 1",
        "a 1",
    ):
        with pytest.raises(tomllib.TOMLDecodeError) as raised:
            tomllib.loads(text)
        said = said_elsewhere(str(raised.value))
        with speaking("zh"):
            assert not re.search("[A-Za-z]{3}", translated(said)), said
