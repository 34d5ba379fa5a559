"""Adding to a corpus: what lands where and under which name, what leaves no trace, and what is said of it."""

from __future__ import annotations

import datetime as dt
import json
import tomllib

import pytest
from http_server import give, serving
from hypothesis import given
from hypothesis import strategies as st

from extractor.build.corpus import Sidecar
from extractor.build.fetch import FetchSettings
from extractor.build.incremental import find_notices
from extractor.build.intake import placement
from extractor.build.intake.run import add
from extractor.errors import DatasetError, FetchError
from extractor.ingest import Limits

TITLE = "关于做好2022年城乡居民基本医疗保障工作的通知"
NUMBER = "赣医保发〔2022〕14号"
TEXT = f"""江西省医疗保障局{TITLE}
赣医保发〔2022〕14号
各设区市医疗保障局：
一、人均财政补助标准达到每人每年610元。个人缴费350元。
江西省医疗保障局
2022年7月20日
"""
PAGE = f"""<html><head><meta charset="utf-8"><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>
<p>赣医保发〔2022〕14号</p><p>各设区市医疗保障局：</p><p>一、人均财政补助标准达到每人每年610元。</p>
<p>江西省医疗保障局</p><p>2022年7月20日</p></article></body></html>""".encode()
SETTINGS = FetchSettings(allow_private=True, sleep=lambda _: None)


@pytest.fixture
def corpus(tmp_path):
    return tmp_path / "corpus"


@pytest.fixture
def server():
    with serving() as running:
        running.answers["/2022/t14.html"] = PAGE
        yield running


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def notices(folder):
    return [name for name in files(folder) if not name.endswith(".toml")]


def sidecar(folder, name):
    return tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))


def only(*sources, corpus, **options):
    return add(sources, corpus, None, **{"settings": SETTINGS, **options})


def saved(tmp_path, name, data=TEXT):
    path = tmp_path / "downloads" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


# ── what lands where ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "data", "lands"),
    [
        ("通知.txt", TEXT, "360000/2022-通知.txt"),
        ("2022-通知.txt", TEXT, "360000/2022-通知.txt"),
        ("通知.pdf", TEXT, "360000/2022-通知.txt"),
        ("通知.txt", PAGE, "360000/2022-通知.html"),
        ("通知", TEXT, "360000/2022-通知.txt"),
        ("通知.txt", TEXT.encode("gb18030"), "360000/2022-通知.txt"),
        ("便条.txt", "每人每年610元。", "000000/undated-便条.txt"),
        ("便条.txt", "每人每年610元。本通知自2025年3月1日起施行。", "000000/2025-便条.txt"),
        ("~$.txt", TEXT, "360000/2022-$.txt"),
        ("-.txt", "每人每年610元。", "000000/undated-notice.txt"),
        (".a b?*.txt", TEXT, "360000/2022-a-b.txt"),
        ("a\nb\x1b[31m.txt", TEXT, "360000/2022-a-b-[31m.txt"),
    ],
)
def test_files(tmp_path, corpus, name, data, lands):
    """A file lands by the region and year that it names, under its own name made safe, with the ending of its format."""
    source = saved(tmp_path, name, data)
    report = only(source, corpus=corpus)

    assert [one.source for one in report.landed] == [source]
    assert report.set_aside == ()
    assert files(corpus) == [lands, f"{lands}.toml"]
    assert (corpus / lands).read_bytes() == (data if isinstance(data, bytes) else data.encode())
    assert [file.name for file in find_notices(corpus)] == [lands]


def test_sidecar_of_a_file_is_kept(tmp_path, corpus):
    """What a sidecar beside the file says goes along; the sidecar itself is no notice."""
    source = saved(tmp_path, "a.txt")
    beside = saved(tmp_path, "a.txt.toml", 'title = "名"\nurl = "https://example.org/a"\nrestates = ["甲", "乙"]\n')
    report = only(source, beside, corpus=corpus, settings=FetchSettings(retrieved_on=dt.date(2022, 8, 1)))

    assert [one.path for one in report.landed] == ["360000/2022-a.txt"]
    assert sidecar(corpus, "360000/2022-a.txt") == {
        "title": "名", "document_number": NUMBER, "url": "https://example.org/a", "restates": ["甲", "乙"],
        "retrieved_on": dt.date(2022, 8, 1),
    }  # fmt: skip


def test_wrong_sidecar_is_set_aside(tmp_path, corpus):
    """A file whose sidecar can't be read is not added without it."""
    source = saved(tmp_path, "a.txt")
    saved(tmp_path, "a.txt.toml", "adress = 1\n")
    report = only(source, corpus=corpus)

    assert [item.reason for item in report.set_aside] == ["sidecar"]
    assert not corpus.exists()


def test_folder(tmp_path, corpus):
    """All notices of a folder and its subfolders, by the rule of building; what can't be read doesn't stop the rest."""
    for name in ("b/2.txt", "b/.hidden", "c/corrections.toml"):
        saved(tmp_path, name, TEXT + name)
    saved(tmp_path, "a.txt")
    saved(tmp_path, "b/empty.txt", b"")
    report = only(str(tmp_path / "downloads"), corpus=corpus)

    assert [one.path for one in report.landed] == ["360000/2022-a.txt", "360000/2022-2.txt"]
    assert [(item.path.rpartition("/")[2], item.reason) for item in report.set_aside] == [("empty.txt", "empty")]
    assert notices(corpus) == ["360000/2022-2.txt", "360000/2022-a.txt"]


def test_standard_input(corpus):
    """Bytes are called by the title that they give themselves."""
    report = only(TEXT.encode(), b"\x00\x01\x02", corpus=corpus)

    assert report.landed[0].path.startswith("360000/2022-江西省医疗保障局关于做好2022年")
    assert report.landed[0].path.endswith(".txt")
    assert sidecar(corpus, report.landed[0].path)["title"].endswith(TITLE)
    assert [(item.path, item.reason) for item in report.set_aside] == [("standard input", "binary")]
    assert len(files(corpus)) == 2


def test_same_bytes_are_there_already(tmp_path, corpus):
    """The same bytes are added once, whatever their name and wherever they lie; others under one name get a number."""
    first = only(saved(tmp_path, "a.txt"), corpus=corpus)
    (corpus / "elsewhere").mkdir()
    (corpus / "360000/2022-a.txt").rename(corpus / "elsewhere/moved.txt")
    again = only(saved(tmp_path, "b.txt"), saved(tmp_path, "x/a.txt", TEXT + "附件\n"), corpus=corpus)
    third = only(saved(tmp_path, "a.txt", TEXT + "又\n"), saved(tmp_path, "c/a.txt", TEXT + "又\n"), corpus=corpus)

    assert [(one.path, one.added) for one in first.landed] == [("360000/2022-a.txt", True)]
    # The sidecar that stayed behind still holds its name.
    assert [(one.path, one.added) for one in again.landed] == [
        ("elsewhere/moved.txt", False), ("360000/2022-a-2.txt", True),
    ]  # fmt: skip
    assert [(one.path, one.added) for one in third.landed] == [
        ("360000/2022-a-3.txt", True), ("360000/2022-a-3.txt", False),
    ]  # fmt: skip


def test_corpus_added_to_itself(tmp_path, corpus):
    """Files of the corpus are there already."""
    only(saved(tmp_path, "a.txt"), corpus=corpus)
    before = files(corpus)
    report = only(str(corpus), str(corpus / "360000/2022-a.txt"), corpus=corpus)

    assert [one.added for one in report.landed] == [False, False]
    assert files(corpus) == before


# ── from the web ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_address(server, corpus):
    """A page is called by its title; its sidecar has the address asked for and the server's day in China."""
    report = only(server.url("/2022/t14.html"), corpus=corpus)
    path = report.landed[0].path

    assert path.startswith("360000/2022-关于做好2022年城乡居民")
    assert path.endswith(".html")
    assert (corpus / path).read_bytes() == PAGE
    assert sidecar(corpus, path) == {
        "title": TITLE, "document_number": NUMBER, "url": server.url("/2022/t14.html"),
        "retrieved_on": dt.date(2022, 7, 21),
    }  # fmt: skip


def test_given_day_wins(server, corpus):
    """The caller's day of retrieval stands in the sidecar."""
    settings = FetchSettings(allow_private=True, sleep=lambda _: None, retrieved_on=dt.date(2022, 9, 1))
    path = only(server.url("/2022/t14.html"), corpus=corpus, settings=settings).landed[0].path

    assert sidecar(corpus, path)["retrieved_on"] == dt.date(2022, 9, 1)


def test_redirected_address(server, corpus):
    """The sidecar keeps the address that was asked for."""
    server.answers["/go"] = give(302, Location="/2022/t14.html")
    path = only(server.url("/go"), corpus=corpus).landed[0].path

    assert sidecar(corpus, path)["url"] == server.url("/go")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (give(404), "not_fetched"),
        (give(body=b"x", Content_Type="image/png"), "not_fetched"),
        (give(body=b"\x89PNG\r\n\x1a\nxx", Content_Type="text/html"), "unsupported"),
        (give(body=b"  \n", Content_Type="text/html"), "empty"),
        (give(body=PAGE * 5000, Content_Type="text/html"), "not_fetched"),
    ],
)
def test_addresses_set_aside(server, corpus, answer, reason):
    """What can't be fetched or read leaves nothing in the corpus; the others land all the same."""
    server.answers["/bad"] = answer
    settings = FetchSettings(allow_private=True, sleep=lambda _: None, most=1 << 20)
    report = only(server.url("/bad"), server.url("/2022/t14.html"), corpus=corpus, settings=settings)

    assert [(item.path, item.reason) for item in report.set_aside] == [(server.url("/bad"), reason)]
    assert len(report.landed) == 1
    assert len(files(corpus)) == 2


@pytest.mark.parametrize(
    ("form", "body"),
    [
        ("text/plain; charset=big5", "江西省醫療保障局關於做好2022年工作的通知\n每人每年610元，個人繳費350元。\n"),
        ("text/html; charset=gb18030", "<html><body><p>每人每年６１０元，个人缴费３５０元。</p></body></html>"),
        ("text/plain; charset=utf-16le", "每人每年610元，个人缴费350元。\n"),
    ],
)
def test_charset_of_the_header_is_not_lost(server, corpus, form, body):
    """Text that only the HTTP header makes readable reads the same from the corpus, where there is no header."""
    from extractor import ingest

    data = body.encode(form.rpartition("=")[2])
    server.answers["/a"] = give(body=data, Content_Type=form)
    path = only(server.url("/a"), corpus=corpus).landed[0].path
    kept = ingest.read_file(corpus / path)

    assert ingest.read(kept, origin="a").text == ingest.read(data, origin="a", media_type=form).text


def test_attachments(server, corpus, monkeypatch):
    """Attachments land beside their page with sidecars of their own; one that fails is set aside, the others are added.

    What a page links to may be private on the page's own host alone.
    """
    import msgspec

    from extractor.build.intake import adding
    from extractor.model import Attachment

    server.answers["/2022/f/a1.txt"] = give(body=(TEXT + "附件\n").encode(), Content_Type="application/octet-stream")
    server.answers["/f/a3.xls"] = give(
        body=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x", Content_Type="application/octet-stream"
    )
    links = [
        ("broken", "http://[::1"),
        ("another host", server.url("/2022/t14.html", "localhost")),
        ("a password", "http://me:secret@example.org/"),
        ("附件1：../标准.txt", "f/a1.txt"),
        ("again", "f/a1.txt"),
        ("附件2", "ftp://example.org/a"),
        ("附件3.xls", "/f/a3.xls"),
    ]
    real = adding.result_of

    def with_links(source, resources, **fields):
        result = real(source, resources, **fields)
        attachments = tuple(Attachment(name, url) for name, url in links if source.reader == "html")
        return msgspec.structs.replace(result, notice=msgspec.structs.replace(result.notice, attachments=attachments))

    monkeypatch.setattr(adding, "result_of", with_links)
    report = only(server.url("/2022/t14.html"), corpus=corpus, attachments=True)
    page, attached = (one.path for one in report.landed if one.added)

    assert attached == f"{page.removesuffix('.html')}-标准.txt"
    assert sidecar(corpus, attached)["url"] == server.url("/2022/f/a1.txt")
    assert [(item.path, item.reason) for item in report.set_aside] == [
        ("http://[::1", "not_fetched"), (server.url("/2022/t14.html", "localhost"), "not_fetched"),
        ("http://example.org/", "not_fetched"), ("ftp://example.org/a", "not_fetched"), (server.url("/f/a3.xls"), "unsupported"),
    ]  # fmt: skip
    assert server.asked["/robots.txt"] == 1


# ── what is refused, and what a failure leaves ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sources", "error"),
    [
        (["missing.txt"], DatasetError), (["http://me:pw@example.org/"], FetchError), (["file:///etc/passwd"], FetchError),
        (["ftp://example.org/a"], FetchError), (["https://"], FetchError),
    ],
)  # fmt: skip
def test_wrong_sources_end_before_anything_is_done(tmp_path, corpus, sources, error):
    """What is no source is an error of usage, and nothing is added."""
    with pytest.raises(error):
        only(saved(tmp_path, "a.txt"), *sources, corpus=corpus)

    assert not corpus.exists()


def test_corpus_that_is_a_file(tmp_path):
    """A corpus is a folder."""
    source = saved(tmp_path, "a.txt")
    with pytest.raises(DatasetError, match=r"is a file, expected the folder"):
        only(source, corpus=tmp_path / "downloads/a.txt")


def test_limits(tmp_path, corpus):
    """A file over the limit is set aside."""
    report = only(saved(tmp_path, "a.txt"), corpus=corpus, limits=Limits(bytes=10))

    assert [item.reason for item in report.set_aside] == ["too_large"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, DatasetError])
@pytest.mark.parametrize("at", [1, 2])
def test_stopped_while_writing(tmp_path, corpus, monkeypatch, error, at):
    """Whatever ends the writing, neither half a notice nor its sidecar alone stays behind."""
    real, calls = placement.write_atomic, []

    def stopping(path, data):
        calls.append(path)
        if len(calls) == at:
            raise error
        return real(path, data)

    monkeypatch.setattr(placement, "write_atomic", stopping)
    with pytest.raises(error):
        only(saved(tmp_path, "a.txt"), corpus=corpus)

    assert files(corpus) == []


def test_two_at_once(corpus, monkeypatch):
    """Two that add under one name at the same moment both land."""
    real, inner = placement.write_atomic, []

    def racing(path, data):
        if not inner:
            inner.append(1)
            inner.append(placement.put(corpus, "a", "txt", b"other", b""))
        return real(path, data)

    monkeypatch.setattr(placement, "write_atomic", racing)

    assert placement.put(corpus, "a", "txt", b"first", b"").name == "a.txt"
    assert inner[1].name == "a-2.txt"
    assert (corpus / "a.txt").read_bytes() == b"first"


def test_folder_in_the_way(tmp_path, corpus):
    """A file where a region's folder should be is an error that names it."""
    corpus.mkdir()
    (corpus / "360000").write_bytes(TEXT.encode() + b"x")
    with pytest.raises(DatasetError, match="360000: is a file"):
        only(saved(tmp_path, "a.txt"), corpus=corpus)


# ── names and sidecars ──────────────────────────────────────────────────────────────────────────────────────────────


@given(st.text(), st.text())
def test_safe_names(text, more):
    """Any words make a name that every system takes: short, one line, no separators, not hidden."""
    name = placement.safe_name(text * 40 + more)

    assert len(name.encode()) <= 80
    assert not set(name) & set('/\\:*?"<>|\x00\n')
    assert not name.startswith((".", "~", "-"))
    assert not any(sign.isspace() for sign in name)
    assert placement.safe_name(name) == name


HOSTILE = [
    '"',
    "\\",
    '"""',
    "a\nb",
    "\x00\x1b\x7f\x85",
    "\u2028\ufeff",
    "'",
    "]\n[x]",
    "\ud800",
    "𠀀",
    "#",
    "\\u0041",
    "\r\n",
]


@given(st.one_of(st.text(), st.sampled_from(HOSTILE)), st.lists(st.text(min_size=1), min_size=1), st.dates())
def test_sidecars_read_back(text, many, day):
    """Whatever stands in a sidecar reads back as it was."""
    about = Sidecar(title=text or None, url="https://example.org/\"'", retrieved_on=day, restates=many)
    read = tomllib.loads(placement.toml(about).decode())

    assert read.get("title") == (text.encode("utf-8", "replace").decode() or None)
    assert (read["url"], read["retrieved_on"], read["restates"]) == ("https://example.org/\"'", day, many)


# ── the command ─────────────────────────────────────────────────────────────────────────────────────────────────────


# What is given of a notice beside its text, and what is said of it: the text counts, and a sidecar that is there.
GIVEN = [
    (
        (),
        ("--title", "国家医保局关于做好工作的通知"),
        "--title '国家医保局关于做好工作的通知': the text itself says '国家医保局通知'",
    ),
    ((), ("--document-number", "晋X〔2025〕99号"), "the text itself says '医保发〔2022〕20号'"),
    ((), ("--document-number", "医保发 〔２０２２〕20号", "--title", "国家医保局 通知"), ""),
    ((), ("--url", "https://example.org/a.html"), ""),
    (("first",), ("--url", "https://example.org/a.html"), "the file was there already"),
    (("first",), (), ""),
]


@pytest.mark.parametrize(("before", "options", "expected"), GIVEN)
def test_what_is_given_and_has_no_effect_is_said(before, options, expected, run, tmp_path):
    """A title or number that the text contradicts, and an address for a file that was there, are said to have no effect."""
    text = "医保发〔2022〕20号\n国家医保局通知\n各省：\n一、补助每人每年610元。\n国家医保局\n2022年7月1日\n"
    (tmp_path / "n.txt").write_text(text, "utf-8")
    if before:
        run("add", "n.txt", "--no-build")
    status, out, _ = run("add", "n.txt", "--no-build", *options, "--json")
    notes = [note for one in json.loads(out)["landed"] for note in one["notes"]]

    assert status == 0
    assert (expected in " ".join(notes)) if expected else notes == []


@pytest.fixture
def run(tmp_path, command_line, monkeypatch):
    """Run a command line in a folder of its own: (status, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("extractor.build.fetch.settings.FetchSettings.delay", 0, raising=False)

    return command_line


def test_command(run, tmp_path):
    """Adding builds, and says what landed where."""
    source = saved(tmp_path, "a.txt")
    status, out, err = run("add", source, "-", stdin=(TEXT + "又\n").encode())

    assert (status, err) == (0, "")
    assert all(word in out for word in ("已加入", "360000/2022-a.txt", "outputs/dataset.json"))
    assert (tmp_path / "outputs/dataset.json").exists()
    status, out, _ = run("add", source, "--lang", "en", "--no-build")

    assert status == 0
    assert "There already" in out
    assert "dataset.json" not in out


def test_command_says_what_landed_when_the_build_fails(run, tmp_path):
    """Where a row of the reviews stops the build, the error says that the notice is in the corpus, and what to do."""
    (tmp_path / "corpus").mkdir()
    row = 'action = "reject"\nplace = { path = "a.txt" }\nwords = "1元"\nwho = "x"\nwhy = "x"\nwhen = 2026-11-21\n'
    (tmp_path / "corpus/reviews.toml").write_text(f"[[review]]\n{row}", "utf-8")
    status, _, err = run("add", saved(tmp_path, "便条.txt", "每人每年610元。"))

    assert status == 2
    assert all(words in err for words in ("review 1", "000000/undated-便条.txt", "extractor build")), err
    assert (tmp_path / "corpus/000000/undated-便条.txt").exists()


def test_command_sets_aside(run, tmp_path):
    """Status 3 and the reason when a source was set aside; nothing is built for nothing."""
    status, out, err = run("add", saved(tmp_path, "a.txt", b""))

    assert (status, err) == (3, "")
    assert all(word in out for word in ("未加入 1", "空文件"))
    assert not (tmp_path / "outputs").exists()


@pytest.mark.parametrize("arguments", [["add"], ["add", "missing.txt"], ["add", "a", "--retrieved-on", "today"]])
def test_command_usage(run, arguments):
    """Wrong usage is status 2 with what to do."""
    status, out, err = run(*arguments)

    assert (status, out) == (2, "")
    assert err


def test_addresses_need_permission(run, server):
    """A private address is refused unless allowed, for adding and for looking; allowed, both read it."""
    url = server.url("/2022/t14.html")
    status, out, _ = run("add", url)

    assert status == 3
    assert "--allow-private" in out.replace("\n", "")
    status, out, err = run("parse", url)

    assert (status, out) == (2, "")
    assert "--allow-private" in err
    status, out, err = run("parse", url, "--allow-private", "--ignore-robots")

    assert (status, err) == (0, "")
    assert all(word in out for word in ("赣医保发〔2022〕14号", "610", url))
