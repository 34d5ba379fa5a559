"""What `Dataset.value` answers decides a version: no MAJOR, no answer that changed or was withdrawn."""

from __future__ import annotations

from functools import partial
from itertools import product

import pytest
from factories import CHINA, digest_of, fact, notice
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from extractor import Dataset
from extractor.dataset.compare import compare_datasets, figures_of, moved
from extractor.dataset.differences import compare_datasets as differences_of
from extractor.dataset.labels import load_labels
from extractor.dataset.series import build_series
from extractor.dataset.versions import make_dataset
from extractor.errors import ReadingError
from extractor.model import Copy, CopyConflict, Correction, Region, Scope
from extractor.query.answers import moved_answers
from extractor.report.changes import ReleaseWriter, load_phrases
from extractor.resources import load

PAYS, COVER = "medical.funding.individual_contribution", "medical.benefit.coverage_period"
REGIONS = {"100000": CHINA, "360000": Region("360000", "CN-JX", "江西省"), "360100": Region("360100", None, "南昌市")}
YEARS = (2021, 2022)
PEOPLE = (None, "学生", "学生儿童", "特困人员")
PROVIDERS = (None, "一级医院")
PAYERS = (None, "财政")
NOTICES = {
    (region, year, kind): notice(f"{region}-{year}-{kind}", kind=kind, year=year, region=REGIONS[region])
    for region, year, kind in product(REGIONS, YEARS, ("notice", "interpretation"))
}


def made(facts, disputed=()):
    """Make a dataset of facts, in their notices; ``disputed`` are those that a copy gives another figure for."""
    ids = {one.notice_id for one in facts}
    conflicts = [CopyConflict(fact_id=one.fact_id, expected="1", found="9元", start=0, end=1) for one in disputed]
    notices = []
    for one in (one for one in NOTICES.values() if one.notice_id in ids):
        own = tuple(
            conflict
            for conflict, about in zip(conflicts, disputed, strict=True)
            if about.notice_id == one.notice_id and about in facts
        )
        copy = Copy(source=replace(one.source, path=f"{one.notice_id}-2.txt"), similarity="0.99", conflicts=own)
        notices.append(replace(one, copies=(copy,) if own else ()))
    found = tuple({one.fact_id: one for one in facts}.values())
    parts = {"unresolved": (), "checks": (), "comparisons": (), "set_aside": ()}
    return make_dataset(
        NOWHERE, "0" * 64, notices=tuple(notices), facts=found, series=build_series(found, notices, load()), **parts
    )


class Nowhere:
    """A folder of outputs without releases."""

    def __truediv__(self, _name):
        return self

    def is_dir(self):
        return False


NOWHERE = Nowhere()


@st.composite
def figures(draw):
    """Make a figure of a small world, or the time at which its notice's figures hold."""
    source = NOTICES[
        draw(st.sampled_from(list(REGIONS))),
        draw(st.sampled_from(YEARS)),
        draw(st.sampled_from(("notice", "interpretation"))),
    ]
    year = source.policy_year
    if draw(st.integers(0, 7)) == 0:
        begins = f"{year + draw(st.integers(0, 1))}-01-01"
        days = {"lower": begins, "upper": f"{year + 1}-12-31", "kind": "period", "unit": None, "per": ()}
        return fact(source.notice_id, year, None, indicator=COVER, **days)
    scope = Scope(
        population=draw(st.sampled_from(PEOPLE)),
        provider=draw(st.sampled_from((None, None, "一级医院"))),
        payer=draw(st.sampled_from((None, None, "财政"))),
    )
    role = draw(st.sampled_from(("level", "level", "level", "increase", "previous")))
    value = draw(st.sampled_from(("30", "350", "380")))
    operator = draw(st.sampled_from(("eq", "eq", "ge")))
    return fact(source.notice_id, year, value, indicator=PAYS, scope=scope, role=role, operator=operator)


def questions():
    """Ask everything that the small world can be asked: at each time and place, of everybody and of some."""
    times = [{"year": year} for year in (*YEARS, 2020)]
    times += [{"on": f"{year}-06-30"} for year in (2021, 2022, 2023)]
    payers = ({}, {"payer": "财政"}, {"payer": ""})
    for when, region, people, provider, payer in product(
        times, (*REGIONS, "370000", "360102"), (*PEOPLE, "大学生", "学生们"), PROVIDERS, payers
    ):
        yield {**when, "region": region, "population": people, "provider": provider, **payer}


def answer(dataset, asked):
    try:
        found = dataset.value(PAYS, **asked)
    except ReadingError:
        return None
    return found.value, found.operator, found.unit, found.due


def level_of(old, new):
    return differences_of(old, new, partial(moved_answers, resources=load()))


def holds(old, new):
    """Assert the property on a pair of datasets."""
    if level_of(old, new).level == "major":
        return
    sides = Dataset(old), Dataset(new)
    for asked in questions():
        before = answer(sides[0], asked)
        if before is not None:
            assert before == answer(sides[1], asked), asked


NATION22, JIANGXI22 = "100000-2022-notice", "360000-2022-notice"
GENERAL = fact(NATION22, 2022, "350", indicator=PAYS)
PUPILS = fact(NATION22, 2022, "30", indicator=PAYS, scope=Scope(population="学生儿童"))
PUPILS_PAID = fact(NATION22, 2022, "380", indicator=PAYS, scope=Scope(population="学生儿童", payer="财政"))
PUPILS_TOO = fact(NATION22, 2022, "380", indicator=PAYS, scope=Scope(population="学生儿童"))
DESTITUTE = fact(NATION22, 2022, "350", indicator=PAYS, scope=Scope(population="特困人员"))
DESTITUTE_PAID = fact(NATION22, 2022, "30", indicator=PAYS, scope=Scope(population="特困人员", payer="财政"))
FIRST = fact(NATION22, 2022, "380", indicator=PAYS, scope=Scope(provider="一级医院"))
OWN = fact(JIANGXI22, 2022, "380", indicator=PAYS)


# Jiangxi's pupils at 一级医院 leave the nation's 350 for whoever else asks for it there, until Jiangxi has a figure for all.
PUPILS_THERE = fact(JIANGXI22, 2022, "380", indicator=PAYS, scope=Scope(population="学生儿童", provider="一级医院"))
# Raised for who asks for the payer alone, beside a level that names none.
PAID_BEFORE = fact(
    "360000-2021-interpretation", 2021, "380", indicator=PAYS, scope=Scope(population="特困人员", payer="财政")
)
PAID_MORE = fact(
    "360000-2022-interpretation",
    2022,
    "350",
    indicator=PAYS,
    role="increase",
    scope=Scope(population="特困人员", payer="财政"),
)
NOBODYS = fact(JIANGXI22, 2022, "380", indicator=PAYS, scope=Scope(population="特困人员"))
ALL_THERE = fact("360000-2022-interpretation", 2022, "30", indicator=PAYS, scope=Scope(provider="一级医院"))


# Shrinking what takes a second to ask takes minutes, and the pairs are small already.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(
    st.lists(figures(), min_size=1, max_size=5),
    st.lists(figures(), max_size=3),
    st.lists(st.booleans(), min_size=8, max_size=8),
    st.integers(0, 9),
)
@example([GENERAL], [PUPILS], [True] * 8, 9)
@example([GENERAL, FIRST], [PUPILS], [True] * 8, 9)
@example([GENERAL], [OWN], [True] * 8, 9)
@example([GENERAL, PUPILS_THERE], [ALL_THERE], [True] * 8, 9)
@example([DESTITUTE, DESTITUTE_PAID], [], [True] * 8, 2)
@example([NOBODYS, PAID_BEFORE], [PAID_MORE], [True] * 8, 9)
def test_no_major_no_other_answer(old, more, kept, doubt):
    """Whatever is added, left out or disputed: no MAJOR means that every answer there was stays."""
    before = made(old)
    after = [one for one, stays in zip(old, kept, strict=False) if stays or doubt > 3] + more
    holds(before, made(after, disputed=[one for one in old[:1] if doubt < 3]))
    holds(before, made(after))


@pytest.mark.slow
@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(st.lists(figures(), min_size=1, max_size=7), st.lists(figures(), min_size=1, max_size=4))
def test_no_major_no_other_answer_at_length(old, more):
    """The same, of figures that are added, which is what makes no fact change."""
    holds(made(old), made(old + more))


LEVELS = [
    ("another year", [GENERAL], [fact("100000-2021-notice", 2021, "320", indicator=PAYS)], "minor", []),
    ("the same figure of a region's own", [GENERAL], [fact(JIANGXI22, 2022, "350", indicator=PAYS)], "minor", []),
    ("another figure of a region's own", [GENERAL], [OWN], "major", ["**个人缴费标准**（江西省）：2022年 350 元/人·年（沿用全国） → 380 元/人·年。"]),
    ("figures for some", [GENERAL], [PUPILS], "major", ["学生儿童 350 元/人·年 → 30 元/人·年"]),
    ("an answer that two figures leave open", [FIRST], [PUPILS], "major", ["不再给出"]),
    # 30 of nobody named and 380 of 财政 leave the figure open, but for who asks for that of nobody.
    ("a payer's own figure in a conflict", [PUPILS, PUPILS_PAID], [PUPILS_TOO], "major", ["不再给出"]),
    ("another indicator", [GENERAL], [fact(NATION22, 2022, "9", indicator="a.b.c")], "minor", []),
]  # fmt: skip


@pytest.mark.parametrize(("old", "more", "level", "words"), [row[1:] for row in LEVELS], ids=[row[0] for row in LEVELS])
def test_levels(old, more, level, words):
    """An addition that changes an answer is a MAJOR one; the notes say which question has which answer now."""
    before, after = made(old), made(old + more)
    found = level_of(before, after)
    text = notes(before, after, found)

    assert found.level == level
    assert all(word in text for word in words), text
    assert not any(code in text for code in ("9800", "9999", "CNY", "year=")), text
    assert ("已发布的数值未变" in text) == (found.level in {"minor", "major"})


def notes(before, after, found):
    phrases = load().built(load_phrases)
    writer = ReleaseWriter(new=after, old=before, labels=load_labels(load(), "zh"), phrases=phrases)
    return writer.entry("2.0.0", None, found).replace("\\", "")


def test_a_copy_withdraws_a_value():
    """A second file of a published notice with another figure: no answer, MAJOR, a row in the diff, a line of both."""
    before, after = made([GENERAL]), made([GENERAL], disputed=[GENERAL])
    found = level_of(before, after)
    (comparison,) = rows = compare_datasets(figures_of(before, load()), figures_of(after, load()))
    (change,) = comparison.changes

    assert (found.level, answer(Dataset(after), {"year": 2022, "region": "100000"})) == ("major", None)
    assert moved(rows)
    assert (change.before.value, change.after.status, change.kind) == ("350", "conflicting", "operator_changed")
    assert "350 → 各文件说法不一（350 元/人·年 / 9元）" in notes(before, after, found)


def test_a_correction_that_settles_a_conflict():
    """Where an analyst decides between two sources, both values are told; nothing is new."""
    other = fact("100000-2022-interpretation", 2022, "380", indicator=PAYS)
    word = Correction(field="value", read="380", value="350", who="甲", why="原件", on=None)
    before = made([GENERAL, other])
    for after in (
        made([GENERAL, replace(other, value="350", status="corrected", corrections=(word,))]),
        made([replace(GENERAL, corrections=(replace(word, read="350"),))], disputed=[GENERAL]),
    ):
        old = before if len(after.facts) > 1 else made([GENERAL], disputed=[GENERAL])
        (comparison,) = compare_datasets(figures_of(old, load()), figures_of(after, load()))
        (change,) = comparison.changes

        assert (change.kind, change.before.status, change.after.value) == ("operator_changed", "conflicting", "350")
        assert any(
            words in notes(old, after, level_of(old, after)) for words in ("350 元/人·年 / 9元", "380 元/人·年 → 350")
        )


def test_ids_of_the_small_world():
    """Notices of the world are told apart by their digests, as real ones are."""
    assert len({digest_of(one.notice_id) for one in NOTICES.values()}) == len(NOTICES)
