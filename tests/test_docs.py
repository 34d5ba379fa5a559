"""The pages stay true: their commands exist and print what is shown, their examples give what they show, their files are there."""

import doctest
import json
import re
import shutil
import tomllib
from html import unescape

import msgspec
import pytest
from click.testing import CliRunner
from examples import COLUMNS, READMES, ROOT, refilled

from extractor.cli.main import commands as main
from extractor.dataset import store
from extractor.dataset.canonical import encode
from extractor.ingest.registry import read
from extractor.notice.facts.catalog import Cue, Indicator, Programme
from extractor.notice.row_tests import facts_of, faults
from extractor.notice.structure.rules import load_rules
from extractor.pipeline import process
from extractor.resources import DATA, Resources, load

PAGES = (*READMES, "CONTRIBUTING.md", "CHANGELOG.md")
TEXTS = {name: (ROOT / name).read_text("utf-8") for name in PAGES}
# What users write and following makes: the corpus of the project follows no authority.
MADE = {"corpus/sources.toml", "corpus/.follow/", "corpus/audit.toml", "outputs/changes.atom"}
IMAGES = ROOT / ".github/images"
# A command of the project in a code span or a line of a shell.
COMMAND = re.compile(r"(?:`|^|\$ |\| |&& \.venv/bin/)extractor ([a-z]+)", re.MULTILINE)


def fenced(text, language):
    """Return the blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def words(text):
    """Return the words of a terminal or a picture in order, whatever the space between them."""
    return text.split()


# ── examples ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_examples():
    """Every >>> of the README gives what it shows."""
    results = doctest.testfile(str(ROOT / "README.md"), module_relative=False)

    assert results.attempted > 0
    assert results.failed == 0


# The other README's commands are the same in another language.
@pytest.mark.parametrize("name", [READMES[0], *(pytest.param(name, marks=pytest.mark.slow) for name in READMES[1:])])
def test_printed(name):
    """Every command of a README prints what is shown; `python tests/examples.py` writes it anew."""
    assert refilled(TEXTS[name]) == TEXTS[name]


@pytest.mark.parametrize("name", READMES)
def test_first_result(name):
    """A README begins with one sentence in and a table out, that fits a terminal."""
    first, *_ = fenced(TEXTS[name], "console")
    command, *shown = first.splitlines()

    assert re.fullmatch(r"\$ echo '[^']+。' \| extractor parse -(?: --lang en)?", command)
    assert len(shown) <= 11
    assert max(map(len, shown)) <= COLUMNS


def test_facts_shown_as_json():
    """A fact shown as JSON is one of the dataset, apart from what … stands for."""
    facts = json.loads(encode(store.load(ROOT / "outputs/dataset.json").facts))
    blocks = [json.loads(block) for text in TEXTS.values() for block in fenced(text, "json")]

    assert blocks
    for block in blocks:
        assert [fact for fact in facts if covers(fact, block)], block


def covers(whole, part):
    """Return True if everything in ``part`` stands in ``whole``; a string with … is only its beginning."""
    if isinstance(part, dict):
        return all(key in whole and covers(whole[key], value) for key, value in part.items())
    if isinstance(part, str) and part.endswith("…"):
        return whole.startswith(part[:-1])
    return whole == part


@pytest.mark.parametrize("name", ["diff.svg", "diff.zh.svg"])
def test_pictures(name):
    """A picture shows what the command in it prints; `.github/images/draw.py` draws it anew."""
    shown = [unescape(text) for text in re.findall(r"<text [^>]*>([^<]*)</text>", (IMAGES / name).read_text("utf-8"))]
    width = 84 if name == "diff.zh.svg" else COLUMNS
    done = CliRunner(env={"COLUMNS": str(width)}).invoke(main, shown[0].removeprefix("$ extractor ").split())

    assert done.exit_code is not None
    assert words(" ".join(shown[1:])) == words(done.output)


# ── commands ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", READMES)
def test_commands_in_readme_exist(name):
    """A README names every command, and only those that there are."""
    assert set(COMMAND.findall(TEXTS[name])) == set(main.commands)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_help_has_an_example(name):
    """`--help` of every command shows how it is used."""
    done = CliRunner().invoke(main, [name, "--help"])

    assert done.exit_code == 0
    assert f"extractor {name}" in done.output


def test_options_in_pages_exist():
    """Options that the pages name are options of a command."""
    groups = [main, *(command for command in main.commands.values() if hasattr(command, "commands"))]
    commands = [main, *(command for group in groups for command in group.commands.values())]
    known = {option for command in commands for item in command.params for option in item.opts}
    # Of .ci/run, tests/update_floors.py, tests/bench, pip, sqlite-utils.
    others = {"--all", "--allow-lower", "--keep", "--quiet", "--csv", "--help"}
    named = {option for text in TEXTS.values() for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)}

    assert named - known - others == set()


def test_set_up_is_the_same():
    """Both READMEs set up, and go from a notice to a release, with the same lines."""
    english, chinese = (fenced(TEXTS[name], "sh") for name in READMES)

    assert english == chinese
    assert len(english) == 3


# ── places ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", PAGES)
def test_files_in_pages_exist(name):
    """Paths and links that a page sends people to are there."""
    paths = set(re.findall(r"`(?:python )?((?:extractor|tests|\.ci|corpus|outputs)/[\w./-]*?)`", TEXTS[name]))
    paths |= set(re.findall(r"\]\((?!https:)([^)#]+)", TEXTS[name]))
    missing = sorted(path for path in paths - MADE if not (ROOT / path).exists())

    assert missing == []


@pytest.mark.parametrize("name", READMES)
def test_contents(name):
    """The list of contents names every section, in order, and links to it."""
    sections = re.findall(r"^## (.+)$", TEXTS[name], re.MULTILINE)
    listed = re.findall(r"^- \[(.+)\]\(#(.+)\)$", TEXTS[name], re.MULTILINE)

    assert listed == [(title, anchor(title)) for title in sections[1:]]


def anchor(title):
    """Return the anchor that a heading gets: lower case, hyphens for spaces, no punctuation."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


@pytest.mark.parametrize("name", PAGES)
def test_links_to_sections(name):
    """A link into another page, or further down, meets a heading."""
    broken = []
    for page, section in re.findall(r"\]\(([\w.]*)#([^)]+)\)", TEXTS[name]):
        titles = re.findall(r"^#+ (.+)$", (ROOT / (page or name)).read_text("utf-8"), re.MULTILINE)
        broken += [section] if section not in map(anchor, titles) else []

    assert broken == []


# ── recipes ─────────────────────────────────────────────────────────────────────────────────────────────────────────

RECIPES = ("A pattern", "An indicator", "A programme", "A document shape", "An export")
# What a recipe's row changes: a sentence, and (words, value, indicator) of its figures without the row and with it.
FUND = "medical.funding.fiscal_subsidy"
TAUGHT = {
    "A pattern": ("费用由财政和个人按三七开分担。", [], [("三", "30", None), ("七", "70", None)]),
    "An indicator": (
        "工伤保险丧葬补助金标准为36000元。",
        [("36000元", "36000", None)],
        [("36000元", "36000", "injury.benefit.funeral_grant")],
    ),
    "A programme": ("取暖补贴的财政补助标准为每人每年300元。", [("300元", "300", FUND)], [("300元", "300", None)]),
}


def recipe(name):
    """Return the text of a recipe of CONTRIBUTING."""
    return TEXTS["CONTRIBUTING.md"].partition(f"\n### {name}\n")[2].partition("\n##")[0]


def row_of(name):
    """Return the row of a recipe, by the file that it goes into."""
    named = re.search(r"`extractor/data/(\S+\.toml)`", recipe(name))
    (row,) = fenced(recipe(name), "toml")
    return {named[1]: f"\n{row}"}


def followed(name, folder):
    """Follow a recipe in a copy of the data: put its row into the file that it names."""
    return taught(row_of(name), folder)


def taught(rows, folder):
    """Add rows, by the file that they go into, to a copy of the data."""
    shutil.copytree(DATA, folder / "data")
    for file, text in rows.items():
        with (folder / "data" / file).open("a", encoding="utf-8") as written:
            written.write(text)
    return Resources(folder / "data")


def figures(facts):
    """Return words, value and indicator of facts."""
    return [(fact.evidence.exact, fact.value, fact.indicator) for fact in facts]


@pytest.mark.parametrize("name", RECIPES)
def test_recipes_name_their_command(name):
    """CONTRIBUTING has the recipes, each with one command, which runs tests that there are."""
    commands = re.findall(r"`python -m pytest -q (\S+)`", recipe(name))

    assert len(commands) == 1
    assert (ROOT / commands[0]).is_file()


@pytest.mark.parametrize("name", TAUGHT)
def test_recipes_teach(name, tmp_path):
    """A recipe's row alone changes how a sentence is read."""
    sentence, before, after = TAUGHT[name]
    resources = followed(name, tmp_path)

    assert figures(facts_of(sentence, load())) == before
    assert figures(facts_of(sentence, resources)) == after


@pytest.mark.slow
def test_recipes_spoil_nothing(tmp_path):
    """No other row is the worse for the recipes' rows, nor for those of new programmes: all of them at once, since rows are many."""
    rows = {}
    for more in (*map(row_of, TAUGHT), *(files for files, _, _ in PROGRAMMES.values())):
        for file, text in more.items():
            rows[file] = rows.get(file, "") + text

    assert list(faults(taught(rows, tmp_path))) == []


# The tables of CONTRIBUTING, by their first head, and the rows that they tell the keys of.
KEYS = {"indicator": Indicator, "cue": Cue, "programme": Programme}


@pytest.mark.parametrize("name", KEYS)
def test_keys_of_rows(name):
    """CONTRIBUTING tells every key of a row, and none that there isn't."""
    table = recipe("Keys of a row").partition(f"| {name} | without it |")[2].partition("\n\n")[0]
    told = {key for line in table.splitlines()[2:] for key in re.findall(r"`(\w+)`", line.split("|")[1])}
    needed = {
        key
        for line in table.splitlines()[2:]
        if "needed" in line.split("|")[2]
        for key in re.findall(r"`(\w+)`", line.split("|")[1])
    }
    fields = msgspec.structs.fields(KEYS[name])

    assert told == {field.encode_name for field in fields}
    assert needed == {field.encode_name for field in fields if field.required} | (
        {"aliases"} if name == "indicator" else set()
    )


# Programmes taught by rows alone: rows by file, a notice of ours, and words, value and indicator of its figures.
GALLANTRY = {
    "programmes.toml": """
[[programme]]
id = "gallantry"
within = "any"
terms = ["见义勇为"]
examples = ["见义勇为人员"]
rejects = ["勇于担当"]
""",
    "indicators/gallantry.toml": """
[[indicator]]
id = "gallantry.award"
name = "见义勇为奖励金标准"
name_en = "Award for gallantry"
kinds = ["money"]
unit = "CNY"
per = []
programmes = ["gallantry"]
aliases = ["奖励金标准", "奖励金"]
reference = ""
examples = [{ text = "见义勇为人员的奖励金标准为5万元。", figure = "50000" }]
rejects = ["居民医保举报奖励金最高为10万元。", "见义勇为人员的医疗费用为5万元。"]
""",
}
FUNERAL = {
    "indicators/funeral.toml": """
[[indicator]]
id = "unemployment.benefit.funeral_grant"
name = "失业人员丧葬补助金"
name_en = "Funeral grant for the unemployed"
kinds = ["money"]
unit = "CNY"
per = ["person"]
programmes = ["unemployment"]
aliases = ["丧葬补助金", "丧葬补助金标准"]
reference = ""
examples = [{ text = "失业保险丧葬补助金标准为每人6000元。", figure = "6000" }]
rejects = ["失业保险金标准为每人每月1500元。", "工伤保险丧葬补助金为36000元。"]
""",
}
PROGRAMMES = {
    "gallantry": (
        GALLANTRY,
        "关于提高见义勇为人员奖励标准的通知\n\n各市公安局：\n一、提高标准\n奖励金标准由2万元提高到5万元。\n",
        [("2万元", "20000", "gallantry.award"), ("5万元", "50000", "gallantry.award")],
    ),
    "funeral": (
        FUNERAL,
        "关于提高失业保险待遇的通知\n\n从2023年7月1日起，失业人员丧葬补助金每人提高500元，达到每人6000元。\n",
        [
            ("从2023年7月1日起", "2023-07-01", None),
            ("500元", "500", "unemployment.benefit.funeral_grant"),
            ("6000元", "6000", "unemployment.benefit.funeral_grant"),
        ],
    ),
}


@pytest.mark.parametrize("name", PROGRAMMES)
def test_programme_by_rows_alone(name, tmp_path):
    """Rows in a copy of the data teach a new programme: its figures are linked."""
    files, notice, expected = PROGRAMMES[name]
    resources = taught(files, tmp_path)
    source = read(notice.encode(), origin="notice.txt")
    found, before = (figures(process(source, given).facts) for given in (resources, load()))

    assert found == expected
    assert before == [(exact, value, None) for exact, value, _ in expected]


@pytest.mark.slow
@pytest.mark.parametrize("rows", [*map(row_of, TAUGHT), *(files for files, _, _ in PROGRAMMES.values())])
def test_each_row_spoils_nothing(rows, tmp_path):
    """No other row is the worse for a recipe's row, or a programme's, alone."""
    assert list(faults(taught(rows, tmp_path))) == []


def test_recipe_of_a_shape(tmp_path):
    """The row of a document shape is met by its examples, and not by its near misses."""
    phrase = tomllib.loads(fenced(recipe("A document shape"), "toml")[0])["phrase"][0]
    rules = load_rules(followed("A document shape", tmp_path))

    assert [rules.meets(phrase["group"], text) for text in phrase["examples"]] == [True] * len(phrase["examples"])
    assert [rules.meets(phrase["group"], text) for text in phrase["rejects"]] == [False] * len(phrase["rejects"])


def test_no_page_names_the_other_package():
    """`extractor` is another project's name where packages are installed from."""
    files = [*ROOT.glob("*.md"), *ROOT.glob("extractor/**/*.py"), ROOT / "pyproject.toml"]
    named = [
        path.name for path in files if re.search(r"extractor\[|pip install '?extractor\b", path.read_text("utf-8"))
    ]

    assert named == []
