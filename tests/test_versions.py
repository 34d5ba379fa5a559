"""Versions: which change makes which step, what a release writes, and what it refuses."""

from __future__ import annotations

import json

import pytest
from factories import fact, notice
from msgspec.structs import replace

from extractor.build import publish
from extractor.dataset import canonical
from extractor.dataset.differences import compare_datasets
from extractor.dataset.schema import SCHEMA_VERSION
from extractor.dataset.series import build_series
from extractor.dataset.versions import make_dataset, next_version
from extractor.errors import DatasetError
from extractor.model import Correction, Damage, Quality, Review, Scope
from extractor.release import release
from extractor.resources import load

A, B = "甲〔2021〕1号", "甲〔2022〕1号"


def facts():
    return [
        fact(A, 2021, "580", fact_id="f-000000000001", operator="ge"),
        fact(B, 2022, "610", fact_id="f-000000000002", operator="ge"),
        fact(B, 2022, "30", fact_id="f-000000000003", role="increase"),
    ]


def dataset(outputs, found=None, records=None, **fields):
    found = facts() if found is None else found
    records = [notice(A, year=2021), notice(B, year=2022)] if records is None else records
    parts = {
        "set_aside": (),
        "unresolved": (),
        "checks": (),
        "comparisons": (),
        "series": build_series(found, records, load()),
        **fields,
    }
    return make_dataset(outputs, "c1", notices=tuple(records), facts=tuple(found), **parts)


def save(outputs, made):
    publish.publish(outputs, made, {})
    return made


@pytest.fixture
def released(tmp_path):
    """An outputs folder with a dataset that was released as 1.0.0."""
    save(tmp_path, dataset(tmp_path))
    release(tmp_path)
    return tmp_path


def changed(index, **fields):
    found = facts()
    found[index] = replace(found[index], **fields)
    return found


ELSEWHERE = replace(facts()[1].evidence, start=5, end=6)
CORRECTED = Correction(field="value", read="610", value="620", who="张三", why="原件", on=None)

# What changed → the version that follows 1.0.0.
STEPS = [
    ("nothing", {}, "1.0.0"),
    ("value", {"found": changed(1, value="620")}, "2.0.0"),
    ("unit", {"found": changed(1, unit="USD")}, "2.0.0"),
    ("operator", {"found": changed(1, operator="eq")}, "2.0.0"),
    ("due", {"found": changed(1, due="2022-12-31")}, "2.0.0"),
    ("scope", {"found": changed(1, scope=Scope(population="学生"))}, "2.0.0"),
    ("indicator lost", {"found": changed(1, indicator=None)}, "2.0.0"),
    ("fact withdrawn", {"found": facts()[:2]}, "2.0.0"),
    ("notice withdrawn", {"found": facts()[1:], "records": [notice(B, year=2022)]}, "2.0.0"),
    ("corrected", {"found": changed(1, value="620", status="corrected", corrections=(CORRECTED,))}, "2.0.0"),
    ("head", {"records": [notice(A, year=2021), notice(B, year=2022, document_number="乙〔2022〕1号")]}, "2.0.0"),
    ("derived point", {"series": ()}, "2.0.0"),
    ("fact added", {"found": [*facts(), fact(B, 2022, "350", fact_id="f-000000000004", indicator=None)]}, "1.1.0"),
    ("notice added", {"records": [notice(A, year=2021), notice(B, year=2022), notice("丙", year=2022)]}, "1.1.0"),
    ("head filled in", {"records": [notice(A, year=2021), notice(B, year=2022, issued_on="2022-06-30")]}, "1.1.0"),
    ("evidence", {"found": changed(1, evidence=ELSEWHERE)}, "1.0.1"),
    ("wording", {"found": changed(1, subject="财政补助", rule="other")}, "1.0.1"),
    ("moved", {"found": changed(1, fact_id="f-00000000000f", evidence=ELSEWHERE)}, "1.0.1"),
    ("quality", {"records": [notice(A, year=2021), notice(B, year=2022, quality=Quality(damage=(Damage("x", 1),)))]}, "1.0.1"),
    ("moved and changed", {"found": changed(1, fact_id="f-00000000000f", value="620")}, "2.0.0"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "version"), [step[1:] for step in STEPS], ids=[step[0] for step in STEPS])
def test_steps(fields, version, released):
    """A value changed or withdrawn is MAJOR, something added MINOR, all else PATCH; nothing is no step."""
    made = dataset(released, **fields)

    assert made.dataset_version == version
    assert dataset(released, **fields) == made


def test_indicator_gained_is_an_addition(tmp_path):
    """A figure that is linked by now keeps its value: nobody who used it is wrong."""
    old = dataset(tmp_path, [facts()[0], replace(facts()[1], indicator=None)], series=())
    new = dataset(tmp_path, facts()[:2], series=())

    assert compare_datasets(old, new).level == "minor"
    assert compare_datasets(new, old).level == "major"


def test_engine_alone_is_a_patch(released):
    """Another catalog that reads the same is PATCH."""
    made = dataset(released)
    other = make_dataset(
        released, "c2", **{name: getattr(made, name) for name in (
            "notices", "set_aside", "facts", "unresolved", "series", "checks", "comparisons")}
    )  # fmt: skip

    assert other.dataset_version == "1.0.1"


def test_builds_between_releases_are_one_step(released):
    """Versions count from the newest release, not from the last build."""
    for value in ("620", "630"):
        assert save(released, dataset(released, changed(1, value=value))).dataset_version == "2.0.0"
    assert save(released, dataset(released)).dataset_version == "1.0.0"


def test_numbers_are_numbers(released):
    """1.10.0 comes after 1.9.0; files with other names are no releases."""
    for version in ("1.9.0", "1.10.0"):
        (released / f"history/{version}.json").write_bytes(
            canonical.encode(replace(dataset(released), dataset_version=version))
        )
    (released / "history/README.md").write_text("x")

    assert dataset(released, changed(1, value="620")).dataset_version == "2.0.0"
    assert dataset(released).dataset_version == "1.10.0"
    assert next_version("1.10.0", "minor") == "1.11.0"


# ── releases ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_release_says_what_moved(released):
    """The entry says which value moved, from what to what, why, with both quotations; the file keeps its entries."""
    before = facts()[1]
    quoted = replace(before.evidence, exact="不低于620元", prefix="达到", suffix="。", source=before.evidence.source)
    save(released, dataset(released, changed(1, value="620", evidence=quoted)))
    done = release(released, date="2026-11-30")
    text = (released / "CHANGES.md").read_text("utf-8")

    assert done.version == "2.0.0"
    assert [path.name for path in done.written] == ["CHANGES.md", "2.0.0.json"]
    assert (released / "history/2.0.0.json").read_bytes() == (released / "dataset.json").read_bytes()
    assert text.index("## 2.0.0（2026-11-30）") < text.index("## 1.0.0\n")
    assert all(
        words in text
        for words in ("人均财政补助标准", "2022年", "≥610 元/人·年 → ≥620 元/人·年", "**不低于620元**", "原因：")
    )
    assert text.count("# 数据集变更记录") == 1


def test_reasons(released):
    """A correction is named with who and why; a withdrawn value says where its words stood."""
    save(released, dataset(released, changed(1, value="620", status="corrected", corrections=(CORRECTED,))))
    text = release(released).text

    assert "人工更正（张三）：原件" in text
    save(released, dataset(released, facts()[:2]))
    text = release(released).text

    assert "撤销了此前的人工更正（张三）" in text
    assert "撤回的数值" in text
    assert B in text


def test_rejected_and_added(released):
    """What an analyst rejected or added says so, with who and why; where it was, too."""
    word = Review(action="reject", who="李四", why="病假工资下限", on="2026-11-27")
    gone = replace(facts()[1], status="rejected", reviews=(word,))
    more = fact(
        B, 2022, "350", fact_id="f-000000000004", indicator=None, subject="个人缴费", status="added",
        reviews=(replace(word, action="add", why="漏读"),),
    )  # fmt: skip
    save(released, dataset(released, [facts()[0], facts()[2], more], rejected=(gone,)))
    text = release(released).text

    assert (
        "人均财政补助标准**（全国2022年）：≥610 元/人·年，不再发布。\n  - 原因：人工否决（李四）：病假工资下限\n"
        in text
    )
    assert "350 元/人·年（人工补录（李四）：漏读）" in text
    assert "其他内容" not in text


def test_a_scope_in_other_words(released):
    """A figure whose condition reads otherwise is the same figure, changed; a former value is called one."""
    found = changed(1, fact_id="f-00000000000f", scope=Scope(condition="确需要延长的"), modality="mandatory")
    found[2] = replace(found[2], role="previous", value="580", fact_id="f-00000000000e", unit="USD")
    save(released, dataset(released, found))
    text = release(released).text

    assert "对象：无 → 确需要延长的" in text
    assert "人均财政补助标准（原值）：580 美元/人·年" in text


def test_series_under_another_id(released):
    """A series whose per-words go without saying by now has another id: its figures stay, and none is said to be gone."""
    made = dataset(released)
    other = tuple(replace(one, series_id="s-000000000000", per=()) for one in made.series)
    found = compare_datasets(made, replace(made, series=other))

    assert (found.points, found.level) == ((), "minor")
    assert len(compare_datasets(made, replace(made, series=())).points) == 2


def test_hostile_words(released):
    """A notice's words stay words in Markdown."""
    bad = replace(facts()[1].evidence, exact="<script>*610*元\n# 一", prefix="[a](javascript:x)")
    save(released, dataset(released, changed(1, value="620", evidence=bad)))
    text = release(released).text

    assert "<script>" not in text.replace("\\<", "")
    assert "[a]" not in text.replace("\\[", "")
    assert "\n# 一" not in text


def test_releasing_twice(released):
    """Without a change nothing is written, and that is said."""

    def times():
        return {path: path.stat().st_mtime_ns for path in released.rglob("*") if path.name != "lock"}

    before = times()
    done = release(released)

    assert (done.version, done.written, done.text) == ("1.0.0", (), "")
    assert before == times()


def test_killed_between_the_two_files(released):
    """A release killed after the words went out is made again, and its entry stands once."""
    save(released, dataset(released, changed(1, value="620")))
    release(released, date="2026-11-29")
    (released / "history/2.0.0.json").unlink()
    release(released, date="2026-11-30")
    text = (released / "CHANGES.md").read_text("utf-8")

    assert (text.count("## 2.0.0"), "2026-11-30" in text) == (1, True)
    assert "## 1.0.0" in text


def test_words_of_people_stay(released):
    """What people wrote on top of CHANGES.md, or inside an entry, stays."""
    path = released / "CHANGES.md"
    path.write_text("# 我们的数据\n\n请注意。\n\n## 1.0.0\n\n首次，经核对。\n", "utf-8")
    save(released, dataset(released, changed(1, value="620")))
    release(released)
    text = path.read_text("utf-8")

    assert text.startswith("# 我们的数据\n\n请注意。\n\n## 2.0.0\n")
    assert text.endswith("## 1.0.0\n\n首次，经核对。\n")


# ── what is refused ─────────────────────────────────────────────────────────────────────────────────────────────────


def tree(folder):
    files = (path for path in folder.rglob("*") if path.is_file() and path.parent.name != ".state")
    return {path: path.read_bytes() for path in files}


def nowhere(plain):
    plain["facts"][0]["notice_id"] = "没有〔2020〕1号"


def twice(plain):
    plain["facts"].append(plain["facts"][0])


def edited(plain):
    plain["facts"][0]["value"] = "999"


def other_major(plain):
    plain["schema_version"] = "9.0.0"


def stale(plain):
    plain["dataset_version"] = "7.0.0"


SPOILT = [
    (nowhere, ["没有〔2020〕1号"]), (twice, ["2 times"]), (edited, ["edited by hand", "reviews.toml"]),
    (other_major, ["9.0.0", "reads 2.x"]), (stale, ["7.0.0", "1.0.0", "extractor build"]),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "words"), SPOILT)
def test_datasets_that_are_not_released(spoil, words, released):
    """A dataset that is not as a build left it is refused, and nothing is written."""
    path = released / "dataset.json"
    plain = json.loads(path.read_bytes())
    spoil(plain)
    path.write_bytes(canonical.encode(plain))
    before = tree(released)
    with pytest.raises(DatasetError) as raised:
        release(released)
    assert all(word in str(raised.value) for word in ("dataset.json", *words)), raised.value
    assert tree(released) == before


HISTORY = [
    (lambda data: data[:99], ["1.0.0.json", "cut short", "can't be built again"]),
    (
        lambda data: data.replace(b'"dataset_version": "1.0.0"', b'"dataset_version": "1.2.0"'),
        ["1.2.0", "renamed or edited"],
    ),
    (lambda data: data.replace(b'"580"', b'"590"'), ["has other facts"]),
    (lambda data: data.replace(SCHEMA_VERSION.encode(), b"9.0.0"), ["9.0.0", "reads 2.x"]),
    (lambda data: data.replace(SCHEMA_VERSION.encode(), b"2.99.0"), ["2.99.0", "or a later one"]),
    (lambda data: data.replace(SCHEMA_VERSION.encode(), b"one"), ["three numbers"]),
    (lambda data: b"[]", ["not a dataset"]),  # noqa: ARG005
]


@pytest.mark.parametrize(("spoil", "words"), HISTORY)
def test_history_that_cannot_be_read(spoil, words, released):
    """A build says which release it can't compare with, and that it can't be built again."""
    path = released / "history/1.0.0.json"
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(DatasetError) as raised:
        dataset(released)
    assert all(word in str(raised.value) for word in words), raised.value
    assert "Build it again with" not in str(raised.value)


def test_another_shape(released):
    """A release of an earlier schema major can't be compared: the next version is a major one, and says so."""
    path = released / "history/1.0.0.json"
    path.write_bytes(path.read_bytes().replace(f'"{SCHEMA_VERSION}"'.encode(), b'"0.9.0"'))
    save(released, dataset(released))
    done = release(released)

    assert (done.version, "不兼容" in done.text) == ("2.0.0", True)


def test_lower_minor(released, monkeypatch):
    """A release of a lower minor schema, without later fields, loads; the new shape alone is MINOR."""
    for module in ("versions", "store", "schema"):
        monkeypatch.setattr(f"extractor.dataset.{module}.SCHEMA_VERSION", "2.1.0")
    path = released / "history/1.0.0.json"
    plain = json.loads(path.read_bytes())
    plain["schema_version"] = "2.0.0"
    for one in plain["facts"]:
        del one["corrections"]
    path.write_bytes(canonical.encode(plain))

    assert dataset(released).dataset_version == "1.1.0"


# ── the commands ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def run(tmp_path, command_line, stand_in, monkeypatch):  # noqa: ARG001 - put in place
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/a.txt").write_text("医保发〔2022〕20号\n每人每年610元。\n", "utf-8")

    return command_line


def test_commands(run, tmp_path):
    """Build, release, build again, change, release: versions, files and words follow."""
    status, _, err = run("release")

    assert (status, "Build it first" in err, (tmp_path / "outputs").exists()) == (2, True, False)
    run("build")
    status, out, _ = run("release", "--date", "2026-11-30")

    assert status == 0
    assert all(words in out for words in ("1.0.0", "2026-11-30", "首次发布"))
    before = tree(tmp_path / "outputs")
    run("build")

    assert tree(tmp_path / "outputs") == before
    status, out, _ = run("release")

    assert (status, "没有变化" in out) == (0, True)
    (tmp_path / "corpus/a.txt").write_text("医保发〔2022〕20号\n每人每年620元。\n", "utf-8")
    _, out, _ = run("build")

    assert "2.0.0" in out
    assert run("release")[0] == 0
    assert run("release", "--date", "soon")[0] == 2
    (tmp_path / "outputs/history/2.0.0.json").write_bytes(b"{")
    after = tree(tmp_path / "outputs")
    status, _, err = run("build")

    assert (status, "2.0.0.json" in err) == (2, True)
    assert tree(tmp_path / "outputs") == after
