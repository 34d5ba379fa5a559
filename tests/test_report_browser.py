"""The report in a real browser: it loads without a request or a complaint, its ways lead somewhere, anybody can read it."""

from __future__ import annotations

import shutil

import pytest
from test_report_pages import CORPUS, HOSTILE, OUTPUTS, hostile_dataset, pictured, settings  # noqa: F401 - a fixture

from extractor.build.incremental import build
from extractor.dataset import store
from extractor.dataset.addresses import notice_page
from extractor.report.pages.site import write_report

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[test]'")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The nation and a province in two years, so that each kind of page is there.
FEW = ("100000/2022-resident-medical.", "100000/2023-resident-medical.", "360000/2022-resident-medical.html")
KINDS = {
    "overview": "index.html", "comparisons": "years.html", "indicators": "indicators.html", "notices": "notices.html",
    "doubts": "doubts.html", "search": "search.html", "year": "year/100000-2022-2023.html",
    "region": "region/360000-2022-100000.html", "indicator": "indicator/medical.funding.fiscal_subsidy.html",
}  # fmt: skip


@pytest.fixture(scope="module")
def dataset():
    return store.load(OUTPUTS / "dataset.json")


@pytest.fixture(scope="module")
def report(dataset, made_once):
    """Write the report on the project's own dataset."""
    return made_once("report", lambda folder: write_report(dataset, folder, settings()))


@pytest.fixture(scope="module")
def few(made_once):
    """Write the report on a few notices, of every kind of page: to weigh the contrast of a page takes a second."""
    return made_once("few", _write_few) / "report"


def _write_few(folder):
    for path in (path for name in FEW for path in CORPUS.glob(f"{name}*")):
        copy = folder / "corpus" / path.relative_to(CORPUS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    build(folder / "corpus", folder / "out")
    write_report(store.load(folder / "out/dataset.json"), folder / "report", settings(folder=folder / "out"))


@pytest.fixture(scope="module")
def jiangxi(dataset):
    """Give the notice with the most figures."""
    return next(one for one in dataset.notices if one.source.path == "360000/2022-resident-medical.html")


@pytest.fixture(scope="module")
def chromium():
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def opened(chromium):
    """Give a function that opens a tab, one of each kind for all tests, since a new one costs more than most tests.

    ``complaints`` holds what its console said since, and what it asked for beyond the pages themselves.
    """
    tabs = {}

    def tab(*, width=1280, scripts=True):
        key = (width, scripts)
        page = tabs.get(key) or tabs.setdefault(key, _new_tab(chromium, *key))
        page.goto("about:blank")
        page.emulate_media(media="screen", color_scheme="light")
        page.complaints.clear()
        return page

    return tab


def _new_tab(chromium, width, scripts):
    # Pages that scroll smoothly would be looked at on their way.
    context = chromium.new_context(
        viewport={"width": width, "height": 800},
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("dialog", lambda dialog: (page.complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda asked: page.complaints.append(asked.url) if not asked.is_navigation_request() else None)
    return page


def address(folder, name):
    path, _, place = name.partition("#")
    return (folder / path).as_uri() + (f"#{place}" if place else "")


# ── every page ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("pages", ["few", pytest.param("report", marks=pytest.mark.slow)])
def test_every_page_loads_by_itself(opened, request, pages):
    """No page complains, asks for anything, or is wider than a small telephone."""
    page = opened(width=360)
    for path in sorted(request.getfixturevalue(pages).rglob("*.html")):
        page.goto(path.as_uri())
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")

        assert page.complaints == [], path.name
        assert wider <= 0, path.name


@pytest.mark.parametrize(("pages", "notice"), [("few", min), pytest.param("report", max, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", [*KINDS, "notice"])
def test_anybody_can_read_it(opened, request, name, pages, notice):
    """axe finds nothing serious on any kind of page, its contrast in light and dark included."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = opened()
    folder = request.getfixturevalue(pages)
    path = (
        folder / KINDS[name]
        if name in KINDS
        else notice(folder.glob("notice/*.html"), key=lambda one: one.stat().st_size)
    )
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    # In the dark only colours are others.
    for scheme, rules in (("light", {}), ("dark", {"runOnly": ["color-contrast"]})):
        page.emulate_media(color_scheme=scheme)
        found = axe.Axe().run(page, options={"resultTypes": ["violations"], **rules}).response["violations"]
        serious = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in {"serious", "critical"}]

        assert serious == [], scheme


@pytest.mark.parametrize("name", [*KINDS, "notice"])
def test_without_scripts(opened, report, jiangxi, name):
    """With scripts off, all words are there: a page's text is the same."""
    texts = []
    for scripts in (True, False):
        page = opened(scripts=scripts)
        page.goto(address(report, KINDS.get(name) or notice_page(jiangxi.notice_id)))
        texts.append(
            page.locator("main").evaluate("one => one.textContent") if scripts else page.locator("main").text_content()
        )

    assert texts[0] == texts[1]


# ── ways ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_both_ways(opened, report, dataset, jiangxi):
    """From a figure in the text to its note and back, by keyboard alone."""
    one = next(fact for fact in dataset.facts if fact.notice_id == jiangxi.notice_id and fact.value == "610")
    page = opened()
    page.goto(address(report, notice_page(jiangxi.notice_id)))
    page.focus(f"#w-{one.fact_id}")
    page.keyboard.press("Enter")
    page.wait_for_function(f"location.hash === '#fact-{one.fact_id}'")
    there = page.evaluate("document.activeElement.id")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function(f"location.hash === '#w-{one.fact_id}'")

    assert there == f"fact-{one.fact_id}"
    assert page.locator(f"#w-{one.fact_id}").inner_text().endswith("610元")
    assert page.complaints == []


def test_deep_link(opened, report, dataset, jiangxi):
    """A link from a sheet leads to the fact, which is in view and marked."""
    one = next(fact for fact in dataset.facts if fact.notice_id == jiangxi.notice_id and fact.value == "610")
    page = opened()
    page.goto(address(report, f"{notice_page(jiangxi.notice_id)}#fact-{one.fact_id}"))
    note = page.locator(f"#fact-{one.fact_id}")

    assert "610" in note.inner_text()
    assert "lit" in note.get_attribute("class")
    assert note.evaluate(
        "one => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"
    )


@pytest.mark.parametrize("scripts", [True, False])
def test_source_at_a_switch(opened, report, jiangxi, scripts):
    """The reading is shown first, the source as it was at a switch, which works without scripts."""
    page = opened(scripts=scripts)
    page.goto(address(report, notice_page(jiangxi.notice_id)))
    shown = [page.locator(f".noted .words.{name}").first.is_visible() for name in ("in-reading", "in-source")]
    page.check("#show-source")
    switched = [page.locator(f".noted .words.{name}").first.is_visible() for name in ("in-reading", "in-source")]

    assert (shown, switched) == ([True, False], [False, True])


def test_search(opened, report):
    """Words and figures are found, and what is found leads to its page; the box on every page asks the same."""
    page = opened()
    page.goto(address(report, "index.html"))
    page.fill("header input[type=search]", "个人缴费 江西 350")
    page.keyboard.press("Enter")
    page.wait_for_selector("#results a")
    first = page.locator("#results a").first
    said = first.inner_text()
    first.click()
    page.wait_for_url("**/notice/**")

    assert "个人缴费标准" in said
    assert "350" in page.locator(".note.lit").first.inner_text()
    assert page.complaints == []


def test_search_for_an_indicator_keeps_the_question(opened, report):
    """An indicator found by a figure opens with its table narrowed down to it."""
    page = opened()
    page.goto(f"{address(report, 'search.html')}?q=人均财政补助标准")
    page.wait_for_selector("#results a")
    page.click("#results a[href^=indicator]")
    page.wait_for_load_state()
    page.fill(".filter", "江西 2021")
    shown = page.locator(".points tbody tr:visible").all_inner_texts()

    assert [one.split()[0] for one in shown] == ["2021"]
    assert "580" in shown[0]


def test_filter_says_how_many(opened, report):
    """A list narrows down while one types, and says how many are left."""
    page = opened()
    page.goto(address(report, "notices.html"))
    page.fill(".filter", "养老 2025")
    left = page.locator(".listing tbody tr:visible").count()
    said = page.locator(".filter-count").inner_text()

    assert left == 2
    assert said.startswith("2 / ")


def test_thousands_are_found(opened, report):
    """A figure that is shown as 35,283 is found as its notice writes it: 35283."""
    page = opened()
    page.goto(address(report, "indicators.html"))
    page.fill(".filter", "35283")
    left = page.locator(".listing tbody tr:visible").all_inner_texts()
    page.goto(f"{address(report, 'search.html')}?q=35283")
    page.wait_for_selector("#results a")

    assert left
    assert all("35,283" in one for one in left)
    assert "35,283" in page.locator("#results").inner_text()


def test_chart_shows_the_newest(opened, report):
    """On a telephone a chart that is wider than it shows its newest year first, with the names of its lines."""
    page = opened(width=360)
    page.goto(address(report, KINDS["indicator"]))
    box = page.locator(".chart-box .scroll").first

    assert box.evaluate(
        "one => one.scrollWidth > one.clientWidth && one.scrollLeft + one.clientWidth >= one.scrollWidth - 1"
    )


def test_charts_lead_to_facts(opened, report):
    """A point of a chart leads to its fact."""
    page = opened()
    page.goto(address(report, KINDS["indicator"]))
    page.locator(".chart a").first.click()
    page.wait_for_url("**/notice/**#fact-*")

    assert page.locator(".note.lit").count() == 1


@pytest.mark.parametrize(("width", "beside"), [(1280, True), (1000, False)])
def test_picture_beside_the_words(opened, pictured, tmp_path, width, beside):  # noqa: F811 - a fixture
    """A PDF's page stands beside the words where there is room, below them else; a figure's box is in view and marked."""
    dataset = store.load(pictured.outputs / "dataset.json")
    write_report(dataset, tmp_path, pictured)
    last = dataset.facts[-1]
    page = opened(width=width)
    page.goto(address(tmp_path, f"{notice_page(last.notice_id)}#fact-{last.fact_id}"))
    words, pane = (page.locator(name).bounding_box() for name in (".annotated", ".pictures"))
    box = page.locator(f".picture a[href='#fact-{last.fact_id}']").first

    assert (pane["x"] >= words["x"] + words["width"]) is beside
    assert (pane["y"] >= words["y"] + words["height"]) is not beside
    assert "lit" in box.get_attribute("class")
    assert (
        box.evaluate(
            "one => { const at = one.getBoundingClientRect(); return at.top >= 0 && at.bottom <= innerHeight; }"
        )
        is beside
    )


# ── hostile ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_notice_runs_nothing(opened, dataset, tmp_path, words):
    """Whatever a notice says, nothing runs, nothing is asked for, and its words stand there as words."""
    made = hostile_dataset(dataset, words, tmp_path)
    write_report(made, tmp_path / "report", settings(folder=tmp_path))
    page = opened()
    for path in sorted((tmp_path / "report").rglob("*.html")):
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")

        assert page.complaints == [], path.name
    page.goto(f"{(tmp_path / 'report/search.html').as_uri()}?q=610")
    page.wait_for_selector("#results a")

    assert words in page.locator("#results").inner_text()
    assert page.complaints == []


def test_policy_stops_what_is_not_ours(opened, report, tmp_path):
    """Were a script or an image to get into a page, the policy would stop it."""
    text = (report / "index.html").read_text("utf-8")
    page_of = tmp_path / "index.html"
    page_of.write_text(
        text.replace(
            "</main>",
            "<script>document.title='run'</script><img src='https://e.example/x.png' onerror=\"document.title='run'\"></main>",
        ),
        "utf-8",
    )
    page = opened()
    page.goto(page_of.as_uri())

    assert page.title() != "run"
    assert any("Content Security Policy" in said for said in page.complaints)


def test_print(opened, report, jiangxi):
    """On paper there are no boxes and bars, and the sentences of a comparison are open."""
    page = opened()
    page.goto(address(report, notice_page(jiangxi.notice_id)))
    page.emulate_media(media="print")

    assert not page.locator("header.top").is_visible()
    assert page.locator(".note").first.is_visible()
