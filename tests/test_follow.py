"""Following sources: what is listed is taken once, what moved is told, and nothing is asked for twice, whatever servers do."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import tomllib

import build_pdf
import feedparser
import pytest
from formats import Part
from http_server import give, serving

from extractor import Dataset
from extractor.build.fetch import FetchSettings
from extractor.build.follow import run
from extractor.build.follow.health import check_sources
from extractor.build.follow.links import follow_words, read_listing
from extractor.build.follow.run import Clock, follow_once
from extractor.build.follow.sources import Source, load_sources
from extractor.build.follow.state import FOLDER, Store
from extractor.dataset.labels import load_labels
from extractor.errors import DatasetError, IngestError
from extractor.ingest import Limits
from extractor.report.feed import AtomFeed
from extractor.resources import DATA, load, read_toml

SETTINGS = FetchSettings(allow_private=True, sleep=lambda _: None, retries=0)
START = dt.datetime(2032, 1, 5, 1, tzinfo=dt.UTC).timestamp()
DAY = 86400.0
SUBSIDY = "medical.funding.fiscal_subsidy"


# ── what is listed ──────────────────────────────────────────────────────────────────────────────────────────────────

HOSTILE = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><item><link>http://x/&b;</link></item></rss>'
LISTS = [
    (
        "a list with its next page",
        "list",
        (
            '<ul><li><a href="t1.html" title="关于调整标准的通知">关于调整…</a></li><li><a href="/b/t2.html">关于公布的通知</a></li></ul>'
            '<a href="list_2.html">下一页</a><a href="javascript:go(3)">尾页</a><a href="mailto:a@b.cn">信箱</a>'
        ),
        [("https://x.cn/a/t1.html", "关于调整标准的通知"), ("https://x.cn/b/t2.html", "关于公布的通知")],
        ["https://x.cn/a/list_2.html"],
    ),
    (
        "a base, and the same address twice",
        "list",
        '<base href="https://y.cn/z/"><a href="t.html"><img></a><a href="t.html#top">关于调整标准的通知</a><link rel="next" href="2.html">',
        [("https://y.cn/z/t.html", "关于调整标准的通知")],
        ["https://y.cn/z/2.html"],
    ),
    (
        "pages that a script would link",
        "list",
        "<a href='t.html'>通知</a><script>createPageHTML(3, 1, 'index', 'html');</script>",
        [("https://x.cn/a/t.html", "通知")],
        ["https://x.cn/a/index_2.html"],
    ),
    ("the last page of such", "list", "<script>createPageHTML(3, 2, 'index', 'html');</script>", [], []),
    (
        "RSS",
        "feed",
        (
            "<rss version='2.0'><channel><link>https://x.cn/</link><item><title>关于 调整</title><link> t1.html </link></item>"
            "<item><title>乙</title><guid>https://x.cn/t2.html</guid></item><item><guid isPermaLink='false'>3</guid></item></channel></rss>"
        ),
        [("https://x.cn/a/t1.html", "关于 调整"), ("https://x.cn/t2.html", "乙")],
        [],
    ),
    (
        "Atom, with a next page",
        "feed",
        (
            "<feed xmlns='http://www.w3.org/2005/Atom'><link rel='next' href='feed2.xml'/><entry><title>甲</title>"
            "<link rel='enclosure' href='a.mp3'/><link href='t1.html'/></entry></feed>"
        ),
        [("https://x.cn/a/t1.html", "甲")],
        ["https://x.cn/a/feed2.xml"],
    ),
    (
        "a sitemap",
        "sitemap",
        (
            "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://x.cn/t1.html</loc></url>"
            "<url><loc>javascript:alert(1)</loc></url></urlset>"
        ),
        [("https://x.cn/t1.html", "")],
        [],
    ),
    (
        "an index of sitemaps",
        "sitemap",
        "<sitemapindex><sitemap><loc>https://x.cn/s1.xml</loc></sitemap><sitemap><loc>https://x.cn/s2.xml.gz</loc></sitemap></sitemapindex>",
        [],
        ["https://x.cn/s1.xml", "https://x.cn/s2.xml.gz"],
    ),
]


@pytest.mark.parametrize(
    ("kind", "text", "links", "following"), [row[1:] for row in LISTS], ids=[row[0] for row in LISTS]
)
def test_listing(kind, text, links, following):
    """Links of the web, whole, with the longest of their words, in the order of the page."""
    found = read_listing(kind, text.encode(), "https://x.cn/a/index.html", None, load())

    assert ([tuple(link) for link in found.links], list(found.following)) == (links, following)


def test_packed_sitemap():
    """A sitemap may come as a gzip file."""
    data = gzip.compress(b"<urlset><url><loc>https://x.cn/t1.html</loc></url></urlset>")

    assert [link.url for link in read_listing("sitemap", data, "https://x.cn/s.xml.gz", None, load()).links] == [
        "https://x.cn/t1.html"
    ]


BROKEN = [
    ("feed", HOSTILE),
    ("feed", b"<html><body>a page</body></html>"),
    ("feed", b"<rss><channel>"),
    ("feed", b""),
    ("sitemap", b"<rss/>"),
    ("sitemap", gzip.compress(b"<urlset/>", mtime=0)[:-9]),
    ("sitemap", gzip.compress(b"<urlset>" + b" " * (Limits().xml + 10), 1, mtime=0)),
    ("feed", b"<rss>" + b"<a>" * 5000),
]


@pytest.mark.parametrize(("kind", "data"), BROKEN)
def test_hostile_listing(kind, data):
    """What is broken, of another kind, or would grow without end is an error that says so."""
    with pytest.raises(IngestError):
        read_listing(kind, data, "https://x.cn/feed", None, load())


def test_words():
    """Each row of follow.toml meets its examples and none of its near misses."""
    words = load().built(follow_words)
    for row in read_toml(DATA / "follow.toml")["list"]:
        rule = getattr(words, row["id"])
        assert [one for one in row["examples"] if not rule.meets(one)] == []
        assert [one for one in row["rejects"] if rule.meets(one)] == []


SOURCES = [
    ("[[source]]\nid = 'a'\nurl = 'ftp://x.cn'", "is no address of the web"),
    ("[[source]]\nid = 'a b'\nurl = 'https://x.cn'", "other signs than letters"),
    ("[[source]]\nid = 'a'\nurl = 'https://x.cn'\n[[source]]\nid = 'a'\nurl = 'https://y.cn'", "stands twice"),
    ("[[source]]\nid = 'a'\nurl = 'https://x.cn'\ntitle = '('", "title is no pattern"),
    ("[[source]]\nid = 'a'\nurl = 'https://x.cn'\nhours = 0", "hours and pages begin at 1"),
    ("[[source]]\nid = 'a'\nurl = 'https://x.cn'\nevery = 1", "every"),
    ("[[source]]\nid = 'a'\nurl = 'https://x.cn'\nkind = 'page'", "page"),
    ("source = ", "TOML"),
    (None, "no such file"),
]


@pytest.mark.parametrize(("text", "words"), SOURCES)
def test_wrong_sources(text, words, tmp_path):
    """A row that can't be followed is named, with what is wrong."""
    if text is not None:
        (tmp_path / "sources.toml").write_text(text, "utf-8")
    with pytest.raises(DatasetError, match=words):
        load_sources(tmp_path)


# ── a world ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def page(number, amount, *, year=2032, extra="", counter=0, office="甲省"):
    """Make a notice's page; a counter on it changes nothing."""
    title = f"{office}医疗保障局关于做好{year}年城乡居民基本医疗保障工作的通知"
    title = title.replace("甲省", "江西省").replace("乙省", "湖南省").replace("丙省", "湖北省")
    sign = {"甲省": "赣", "乙省": "湘", "丙省": "鄂"}[office]
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head><body><div>浏览次数：{counter}</div><article><h1>{title}</h1>'
        f"<p>{sign}医保发〔{year}〕{number}号</p><p>各设区市医疗保障局：</p><p>{year}年居民医保人均财政补助标准达到每人每年{amount}元。{extra}</p>"
        f"<p>{title.partition('关于')[0]}</p><p>{year}年3月{number}日</p></article></body></html>"
    ).encode()


class World:
    """Servers of authorities, a corpus that follows them, and a clock that goes by days."""

    def __init__(self, server, folder):
        self.server, self.corpus, self.outputs = server, folder / "corpus", folder / "outputs"
        self.corpus.mkdir()
        self.time = START
        # How often an address was asked for in one look, at most.
        self.most_at_once = 0
        self.feed = AtomFeed(load_labels(load(), "en"), load())

    def sources(self, *rows):
        lines = []
        for row in rows:
            lines += ["[[source]]", *(f"{name} = {json.dumps(value)}" for name, value in row.items())]
        (self.corpus / "sources.toml").write_text("\n".join(lines), "utf-8")

    def lists(self, path, *names, after=""):
        """Publish a list page with these notices, the newest first."""
        links = "".join(f'<li><a href="{name}">关于做好{name}工作的通知</a></li>' for name in names)
        self.server.answers[path] = f"<html><body><ul>{links}</ul>{after}</body></html>".encode()

    def look(self, days=1.0):
        self.time += days * DAY
        clock, before = Clock(lambda: self.time, lambda: 0.5), self.server.asked.copy()
        report = follow_once(self.corpus, self.outputs, feed=self.feed, settings=SETTINGS, clock=clock)
        self.most_at_once = max([self.most_at_once, *(self.server.asked - before).values()])
        return report

    def asked(self, part):
        return sum(count for path, count in self.server.asked.items() if part in path)

    def notices(self):
        return sorted(path.name for path in self.corpus.rglob("*.html") if FOLDER not in path.parts)

    def entries(self):
        return feedparser.parse((self.outputs / "changes.atom").read_bytes())


@pytest.fixture
def world(tmp_path):
    with serving() as server:
        yield World(server, tmp_path)


def kinds(report):
    return [(event.kind, event.url.rpartition("/")[2]) for event in report.events]


def test_new_notices(world):
    """What a list has is taken once, the older first, up to what is known; a figure that moved is an entry with both quotations."""
    world.sources({"id": "jx", "url": world.server.url("/list.html"), "title": "通知"})
    world.server.answers |= {"/t1.html": page(1, 610, year=2031), "/t2.html": page(2, 640, year=2032)}
    world.lists("/list.html", "t1.html")

    first = world.look()
    again = world.look(0.2)
    world.lists("/list.html", "t2.html", "t1.html")
    second = world.look()
    third = world.look()

    assert [kinds(one) for one in (first, again, second, third)] == [[("new", "t1.html")], [], [("new", "t2.html")], []]
    assert (again.looked, third.build) == ((), None)
    assert world.server.asked["/t1.html"] == world.server.asked["/t2.html"] == 1
    assert [(move.before.value, move.after.value, move.corrected) for move in second.moved] == [("610", "640", False)]
    about = tomllib.loads(next(world.corpus.glob("360000/2032*.toml")).read_text("utf-8"))
    assert about["url"] == world.server.url("/t2.html")
    assert about["retrieved_on"] == dt.date(2022, 7, 21)
    parsed = world.entries()
    (entry,) = parsed.entries
    assert (parsed.bozo, parsed.version, parsed.feed.title) == (False, "atom10", "Policy figures that moved")
    assert "610 CNY/person·year → 640 CNY/person·year" in entry.title
    assert entry.link == world.server.url("/t2.html")
    assert all(
        words in entry.content[0].value for words in ("610元", "640元", "赣医保发〔2031〕1号", "赣医保发〔2032〕2号")
    )


def test_next_pages(world):
    """The next pages are gone through up to the one that ends with what is known, and no further than the limit."""
    world.sources({"id": "jx", "url": world.server.url("/1.html"), "pages": 3, "title": "通知"})
    for at in range(1, 5):
        world.lists(f"/{at}.html", f"t{at}.html", after=f'<a href="{at + 1}.html">下一页</a>')
        world.server.answers[f"/t{at}.html"] = page(at, 600 + at, year=2030 - at)

    world.look()
    world.lists("/1.html", "t0.html", "t1.html", after='<a href="2.html">下一页</a>')
    world.server.answers["/t0.html"] = page(9, 700, year=2031)
    world.look()

    assert len(world.notices()) == 4
    assert [world.server.asked[f"/{at}.html"] for at in range(1, 5)] == [2, 1, 1, 0]
    assert world.asked("/t") == 4


def test_unchanged_page_is_not_read(world):
    """A server that knows its page's state is asked only for what is newer."""

    def answer(handler):
        if handler.headers.get("If-None-Match") == '"1"':
            return handler.give(304)
        return handler.give(
            200,
            b'<a href="t1.html">\xe9\x80\x9a\xe7\x9f\xa5</a>',
            {"ETag": '"1"', "Content-Type": "text/html; charset=utf-8"},
        )

    world.sources({"id": "jx", "url": world.server.url("/list.html")})
    world.server.answers |= {"/list.html": answer, "/t1.html": page(1, 610)}
    world.look()
    second = world.look()

    assert (world.server.asked["/list.html"], second.events, second.looked) == (2, (), ("jx",))
    assert Store(world.corpus).state.sources["jx"].failures == 0


def test_correction_and_counter(world):
    """A page that says something else takes the place of the old, which is kept; a counter on it does nothing."""
    world.sources({"id": "jx", "url": world.server.url("/list.html")})
    world.server.answers["/t1.html"] = page(1, 610)
    world.lists("/list.html", "t1.html")
    world.look()
    world.server.answers["/t1.html"] = page(1, 610, counter=812)
    counted = world.look(8)
    world.server.answers["/t1.html"] = page(1, 620)
    changed = world.look(8)

    assert (kinds(counted), kinds(changed)) == ([], [("changed", "t1.html")])
    assert [(move.before.value, move.after.value, move.corrected) for move in changed.moved] == [("610", "620", True)]
    assert Dataset.load(world.outputs / "dataset.json").value(SUBSIDY, year=2032, region="360000").value == 620
    (notice,) = Store(world.corpus).state.notices.values()
    assert [(one.first_seen, one.last_seen) for one in notice.snapshots] == [
        ("2032-01-06", "2032-01-06"), ("2032-01-14", "2032-01-14"), ("2032-01-22", "2032-01-22"),
    ]  # fmt: skip
    assert all(Store(world.corpus).snapshot(one.sha256).is_file() for one in notice.snapshots)


def test_edited_file_is_left_alone(world):
    """What somebody changed in the corpus isn't replaced."""
    world.sources({"id": "jx", "url": world.server.url("/list.html")})
    world.server.answers["/t1.html"] = page(1, 610)
    world.lists("/list.html", "t1.html")
    world.look()
    (path,) = world.corpus.glob("360000/*.html")
    path.write_bytes(page(1, 615))
    world.server.answers["/t1.html"] = page(1, 620)

    assert kinds(world.look(8)) == [("edited", "t1.html")]
    assert path.read_bytes() == page(1, 615)


GONE = {
    "404": give(404), "410": give(410), "the front page": give(302, Location="/"),
    "an error page": b"<html><body><article><h1>\xe9\x94\x99\xe8\xaf\xaf</h1><p>\xe9\xa1\xb5\xe9\x9d\xa2\xe4\xb8\x8d\xe5\xad\x98\xe5\x9c\xa8\xef\xbc\x8c\xe8\xaf\xb7\xe8\xbf\x94\xe5\x9b\x9e\xe3\x80\x82</p></article></body></html>",
}  # fmt: skip


@pytest.mark.parametrize("answer", GONE.values(), ids=GONE)
def test_withdrawn(answer, world):
    """A notice that has gone from its address is marked in its sidecar and the dataset, never dropped; it may come back."""
    world.sources({"id": "jx", "url": world.server.url("/list.html")})
    world.server.answers |= {"/t1.html": page(1, 610), "/": "首页".encode() * 99}
    world.lists("/list.html", "t1.html")
    world.look()
    world.server.answers["/t1.html"] = answer
    gone = world.look(8)
    marked = [one.source.gone_since for one in Dataset.load(world.outputs / "dataset.json").data.notices]
    world.server.answers["/t1.html"] = page(1, 610)
    back = world.look(8)

    assert (kinds(gone), marked, kinds(back)) == ([("gone", "t1.html")], ["2032-01-14"], [("back", "t1.html")])
    assert [one.source.gone_since for one in Dataset.load(world.outputs / "dataset.json").data.notices] == [None]


def test_moved_site(world):
    """A list that has moved is followed, and said; the same notices under other addresses are none that are new."""
    world.sources({"id": "jx", "url": world.server.url("/list.html")})
    world.server.answers["/t1.html"] = page(1, 610)
    world.lists("/list.html", "t1.html")
    world.look()
    world.server.answers |= {
        "/list.html": give(301, Location="/new/list.html"),
        "/new/t1.html": page(1, 610, counter=7),
    }
    world.lists("/new/list.html", "t1.html")

    assert kinds(world.look()) == [("moved", "list.html"), ("known", "t1.html")]
    world.server.answers["/t1.html"] = give(404)
    assert kinds(world.look(8)) == []
    world.server.answers["/new/t1.html"] = page(1, 620)
    assert kinds(world.look(8)) == [("changed", "t1.html")]
    assert len(world.notices()) == 1


def test_attachments(world):
    """What a page links to as part of the notice comes with it, once."""
    world.sources({"id": "jx", "url": world.server.url("/list.html")})
    text = "附件1\n2032年居民医保个人缴费标准为每人每年410元。\n"
    world.server.answers |= {
        "/t1.html": page(1, 610, extra='</p><p>附件：<a href="a.docx">1.缴费标准.docx</a>'), "/a.docx": give(200, text.encode(), Content_Type="text/plain"),
    }  # fmt: skip
    world.lists("/list.html", "t1.html")
    world.look()
    world.look()

    assert world.server.asked["/a.docx"] == 1
    assert len(list(world.corpus.glob("360000/*.txt"))) == 1


FAILING = {
    "429": give(429, Retry_After="86400"), "500": give(500), "cut short": give(200, b"<a", Content_Length="999"),
    "a feed that is none": b"<html></html>", "a hostile feed": give(200, HOSTILE, Content_Type="text/xml"), "redirects in a circle": give(302, Location="/feed.xml"),
}  # fmt: skip


@pytest.mark.parametrize("answer", FAILING.values(), ids=FAILING)
def test_failing_source(answer, world):
    """A source that fails is said and left alone for longer each time; the others are followed."""
    world.sources(
        {"id": "bad", "url": world.server.url("/feed.xml"), "kind": "feed"},
        {"id": "jx", "url": world.server.url("/list.html")},
    )
    world.server.answers |= {"/feed.xml": answer, "/t1.html": page(1, 610)}
    world.lists("/list.html", "t1.html")
    first = world.look()
    state = Store(world.corpus).state.sources["bad"]

    assert sorted(event.kind for event in first.events) == ["failed", "new"]
    assert (state.failures, state.good_on) == (1, None)
    assert state.due - world.time == pytest.approx(86400 if answer is FAILING["429"] else 900)
    assert [one.wrong != () for one in check_sources(world.corpus, settings=SETTINGS)] == [True, False]


def test_robots(world):
    """What a host's robots.txt asks to leave alone is left alone."""
    world.sources({"id": "jx", "url": world.server.url("/list.html")})
    world.server.answers |= {"/robots.txt": give(200, b"User-agent: *\nDisallow: /t1.html"), "/t1.html": page(1, 610)}
    world.lists("/list.html", "t1.html")
    report = world.look()

    assert kinds(report) == [("failed", "t1.html")]
    assert world.server.asked["/t1.html"] == 0


def test_changed_shape_and_quiet(world):
    """A list that has no fitting link any longer is said, and one that had no news for unusually long."""
    world.sources({"id": "jx", "url": world.server.url("/list.html"), "quiet_days": 30, "again_days": 0})
    world.server.answers["/t1.html"] = page(1, 610)
    world.lists("/list.html", "t1.html")
    world.look()
    world.lists("/list.html")

    assert kinds(world.look()) == [("shape", "list.html")]
    assert kinds(world.look()) == []
    assert [(event.kind, event.message) for event in world.look(40).events] == [("quiet", "2032-01-06")]
    (health,) = check_sources(world.corpus, settings=SETTINGS, clock=Clock(lambda: world.time))
    assert len(health.wrong) == 2


@pytest.mark.parametrize("at", ["fetched", "landed", "built"])
def test_killed(at, world, monkeypatch):
    """One that is killed goes on where it was: nothing is lost, nothing lands twice, and what moved is told all the same."""
    world.sources({"id": "jx", "url": world.server.url("/list.html")})
    world.server.answers |= {f"/t{year}.html": page(1, 600 + year - 2030, year=year) for year in (2030, 2031, 2032)}
    world.lists("/list.html", "t2030.html")
    world.look()
    world.lists("/list.html", "t2032.html", "t2031.html", "t2030.html")

    class Killed(BaseException):
        """As a signal would."""

    def kill(*_args, **_options):
        raise Killed

    with monkeypatch.context() as patched:
        if at == "fetched":
            patched.setattr("extractor.build.intake.adding.placement.put", kill)
        elif at == "landed":
            patched.setattr(run, "build", kill)
        else:
            patched.setattr(run, "moves", kill)
        with pytest.raises(Killed):
            world.look()
    report = world.look()

    assert len(world.notices()) == 3
    assert [(move.before.value, move.after.value) for move in report.moved] == [("600", "601"), ("601", "602")]
    assert len(world.entries().entries) == 2
    assert world.asked("/t") == (4 if at == "fetched" else 3)
    assert kinds(world.look()) == []


def test_two_at_once(world):
    """Only one follows a corpus at a time."""
    world.sources({"id": "jx", "url": world.server.url("/list.html")})
    said = []

    def look_too(handler):
        try:
            world.look()
        except DatasetError as error:
            said.append(str(error))
        return handler.give(200, b"<html></html>")

    world.server.answers["/list.html"] = look_too
    world.look()

    assert "one may at a time" in said[0]


def test_patterns():
    """A source takes links whose words and address fit, and none that it excludes."""
    source = Source(id="a", url="https://x.cn", title="医保|医疗保障", address=r"/art/", without="解读")

    assert source.takes("关于医疗保障的通知", "https://x.cn/art/1.html")
    assert not source.takes("关于医疗保障的通知", "https://x.cn/col/1.html")
    assert not source.takes("关于教育的通知", "https://x.cn/art/1.html")
    assert not source.takes("医疗保障政策解读", "https://x.cn/art/1.html")


# ── three authorities over simulated weeks ──────────────────────────────────────────────────────────────────────────


PDF = build_pdf.make([Part("text", "附件1。居民医保参保人员应当在规定的时间内缴费。")])


class Authority:
    """One that publishes a notice a week, on a list of several pages or in a feed; every fifth has a PDF attached."""

    def __init__(self, world, office, place):
        self.world, self.office, self.place = world, office, place
        self.published, self.amounts = [], {}

    @property
    def folder(self):
        return self.place.rpartition("/")[0]

    def publish(self, at, amount=None):
        """Publish the notice of a week, or with ``amount`` correct it."""
        name = f"{self.folder}/t{at}.html"
        self.amounts[2022 + at] = amount or 500 + 10 * at
        attached = at % 5 == 0 and not amount
        extra = f'</p><p>附件：<a href="f{at}.pdf">1.缴费标准.pdf</a>' if attached else ""
        answers = self.world.server.answers
        answers[name] = page(at + 1, self.amounts[2022 + at], year=2022 + at, office=self.office, extra=extra)
        if attached:
            answers[f"{self.folder}/f{at}.pdf"] = give(200, PDF, Content_Type="application/pdf")
        if not amount:
            self.published.insert(0, name)
            self.show()

    def show(self):
        if self.place.endswith(".xml"):
            links = "".join(f"<item><link>{self.world.server.url(name)}</link></item>" for name in self.published)
            self.world.server.answers[self.place] = f"<rss version='2.0'><channel>{links}</channel></rss>".encode()
            return
        pages = [self.published[at : at + 4] for at in range(0, len(self.published), 4)]
        for at, names in enumerate(pages):
            after = f'<a href="list_{at + 1}.html">下一页</a>' if at + 1 < len(pages) else ""
            self.world.lists(f"{self.folder}/list_{at}.html" if at else self.place, *names, after=after)

    def move(self, folder):
        """Move the whole site to another folder, with redirects where it was."""
        answers = self.world.server.answers
        for name in [name for name in answers if name.startswith(f"{self.folder}/")]:
            answers[folder + name], answers[name] = answers[name], give(301, Location=folder + name)
        self.published = [folder + name for name in self.published]
        self.place = folder + self.place
        self.show()


@pytest.mark.slow
def test_a_world_of_three_authorities(world):
    """30 notices over weeks, with corrections, a withdrawal and a moved site: nothing missed, nothing twice, nothing asked twice."""
    url = world.server.url
    world.sources(
        {"id": "a", "url": url("/a/list.html"), "title": "通知", "pages": 3},
        {"id": "b", "url": url("/b/feed.xml"), "kind": "feed", "hours": 72},
        {"id": "c", "url": url("/c/list.html"), "title": "通知"},
    )
    first, _, third = authorities = (
        Authority(world, "甲省", "/a/list.html"), Authority(world, "乙省", "/b/feed.xml"), Authority(world, "丙省", "/c/list.html"),
    )  # fmt: skip
    steps = {
        4: lambda: first.publish(2, amount=777), 6: lambda: world.server.answers.update({"/b/t3.html": give(404)}),
        7: lambda: third.publish(5, amount=777), 8: lambda: third.move("/new"),
    }  # fmt: skip
    reports = []
    for week in range(10):
        for authority in authorities:
            authority.publish(week)
        steps.get(week, int)()
        reports += [world.look() for _ in range(7)]

    met = [event.kind for report in reports for event in report.events]
    moved = [move for report in reports for move in report.moved]
    data = Dataset.load(world.outputs / "dataset.json")
    for authority, region in zip(authorities, ("360000", "430000", "420000"), strict=True):
        found = {year: data.value(SUBSIDY, year=year, region=region).value for year in authority.amounts}
        assert found == authority.amounts
    assert len(world.notices()) == 30
    assert sorted((one.before.value, one.after.value) for one in moved if one.corrected) == [
        ("520", "777"),
        ("550", "777"),
    ]
    assert [met.count(kind) for kind in ("changed", "gone", "moved", "failed")] == [2, 1, 1, 0]
    assert sum(one.source.gone_since is not None for one in data.data.notices) == 1
    assert world.most_at_once == 1
    assert max(world.server.asked[path] for path in world.server.asked if "/t" in path) <= 1 + 70 // 7
    assert world.server.asked["/a/f5.pdf"] == 1
    parsed = world.entries()
    assert (bool(parsed.bozo), len({entry.id for entry in parsed.entries})) == (False, len(moved))
    last = world.look(0.2)
    assert (last.looked, last.events, last.build) == ((), (), None)
