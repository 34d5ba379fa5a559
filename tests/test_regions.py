"""A dataset made region by region is the one that is made as a whole, and a change makes those regions anew that rest on it."""

from __future__ import annotations

import random

import pytest
from factories import CHINA, SUBSIDY, digest_of, fact, notice
from msgspec.structs import replace

from extractor.build.assemble import assemble
from extractor.build.cache import writing
from extractor.build.corpus import Read
from extractor.build.corrections import load_corrections
from extractor.build.engine import engine_for
from extractor.build.readings import Corpus
from extractor.build.regions import Regions, regions_of
from extractor.build.rows import Rows
from extractor.dataset import canonical, sorted_rows
from extractor.dataset.sorted_rows import SortedRows
from extractor.errors import DatasetError
from extractor.model import Copy, CopyConflict, NoticeResult, Region, Relation, Scope
from extractor.resources import load

PLACES = [CHINA, *(Region(code=code, iso=None, name=code) for code in ("360000", "360100", "430000")), None]
YEARS = (2021, 2022, 2023)
INDICATORS = (SUBSIDY, "medical.funding.individual_contribution", "medical.funding.total", None)
SCOPES = [
    Scope(), Scope(), Scope(population="学生"), Scope(region="360100"), Scope(region="450000", population="学生"),
    Scope(payer="中央财政"), Scope(places=("甲县",)),
]  # fmt: skip


def result_of(name, place, year, dice, others):
    """Make a notice with facts that depend on the dice alone."""
    links = ()
    if others and dice.random() < 0.7:
        evidence = fact(name, year, "1").evidence
        number, title = dice.choice(
            [(dice.choice(others), None), ("无〔2020〕9号", None), (None, f"{dice.choice(others)}题")]
        )
        links = (
            Relation(
                type=dice.choice(["implements", "interprets"]), document_number=number, title=title, evidence=evidence
            ),
        )
    kind = "interpretation" if links and links[0].type == "interprets" else "notice"
    facts = []
    for at in range(dice.randrange(1, 9)):
        indicator, role = dice.choice(INDICATORS), dice.choice(["level", "level", "increase"])
        given = {
            "indicator": indicator,
            "role": role,
            "scope": dice.choice(SCOPES),
            "subject": None if indicator else "救助标准",
        }
        per = dice.choice([("person", "year"), ("person",)])
        one = fact(
            name,
            year,
            str(dice.choice([30, 580, 610, 960])),
            fact_id=f"f-{digest_of(f'{name} {at}')[:12]}",
            per=per,
            **given,
        )
        facts.append(
            replace(
                one, evidence=replace(one.evidence, start=40 * at, end=40 * at + 2), operator=dice.choice(["eq", "ge"])
            )
        )
    copies = ()
    if dice.random() < 0.3:
        conflict = CopyConflict(fact_id=facts[0].fact_id, expected="一", found="二", start=0, end=1)
        source = replace(notice(name).source, path=f"{name}-copy.txt", sha256=digest_of(f"{name} copy"))
        copies = (Copy(source=source, similarity="0.99", conflicts=(conflict,)),)
    record = notice(
        name,
        kind=kind,
        year=year,
        region=place,
        relations=links,
        copies=copies,
        title=f"{name}题",
        issued_on=f"{year}-05-01",
    )
    return NoticeResult(notice=record, facts=tuple(facts), unresolved=(), ledger=())


def corpus_of(results):
    results = sorted(results, key=lambda one: one.notice.source.path)
    regions = {one.notice.source.path: regions_of(one) for one in results}
    return Corpus(tuple(Read(one, None) for one in results), (), regions=regions)


def made(seed):
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    results, names = [], []
    for number in range(14):
        place = dice.choice(PLACES)
        name = f"{'甲乙丙丁戊'[PLACES.index(place)]}〔{dice.choice(YEARS)}〕{number}号"
        name += "~2" * (number == 13)
        results.append(result_of(name, place, dice.choice(YEARS), dice, names))
        names.append(name)
    return results


def build_rows(found, outputs, jobs=1):
    with writing(outputs), engine_for(jobs, load()) as engine, Rows(outputs, "0" * 64, engine, load()) as rows:
        return rows.filled(rows.make(found, load_corrections(outputs)))


@pytest.mark.parametrize("seed", range(12))
def test_regions_make_the_whole(seed, tmp_path, monkeypatch):
    """Whatever notices name each other and whichever regions their facts are of; one changed notice included."""
    monkeypatch.setattr(sorted_rows, "RUN", 300)
    monkeypatch.setattr(sorted_rows, "BLOCK", 100)
    results = made(seed)
    found = corpus_of(results)
    whole = build_rows(found, tmp_path)

    assert canonical.encode(whole) == canonical.encode(assemble(found, tmp_path / "other", load()))

    dice = random.Random(~seed)  # noqa: S311 - not for secrets
    at = dice.randrange(len(results))
    old = results[at].notice
    results[at] = result_of(
        old.notice_id, old.region, old.policy_year, dice, [one.notice.notice_id for one in results[:at]]
    )
    found = corpus_of(results)
    again = []
    given = Regions.given
    monkeypatch.setattr(Regions, "given", lambda self, region, told: again.append(region) or given(self, region, told))

    assert canonical.encode(build_rows(found, tmp_path)) == canonical.encode(
        assemble(found, tmp_path / "other", load())
    )
    assert again


def test_processes_make_the_whole(tmp_path):
    """Regions that other processes make, of what they are told of others, are the same."""
    found = corpus_of(made(3))
    whole = build_rows(found, tmp_path, jobs=2)

    assert canonical.encode(whole) == canonical.encode(assemble(found, tmp_path / "other", load()))


def test_other_regions_are_kept(tmp_path, monkeypatch):
    """A city's notice is no other region's business; the nation's is that of all who name it."""
    dice = random.Random(1)  # noqa: S311 - not for secrets
    names = ["国〔2022〕1号", "省〔2022〕1号", "市〔2022〕1号"]
    results = [result_of(name, place, 2022, dice, []) for name, place in zip(names, PLACES, strict=False)]
    plain = [replace(one, facts=tuple(replace(fact, scope=Scope()) for fact in one.facts)) for one in results]
    evidence = plain[0].facts[0].evidence
    link = Relation(type="implements", document_number=names[0], title=None, evidence=evidence)
    plain[1] = replace(plain[1], notice=replace(plain[1].notice, relations=(link,)))
    build_rows(corpus_of(plain), tmp_path)
    again = []
    given = Regions.given
    monkeypatch.setattr(Regions, "given", lambda self, region, told: again.append(region) or given(self, region, told))
    for at, expected in ((2, ["360100"]), (1, ["360000"]), (0, ["100000", "360000"])):
        source = replace(plain[at].notice.source, url="https://example.org/")
        plain[at] = replace(plain[at], notice=replace(plain[at].notice, source=source))
        again.clear()
        build_rows(corpus_of(plain), tmp_path)

        assert again == expected


def test_an_id_that_stands_twice_is_refused(tmp_path):
    """Ids of two regions are compared, too."""
    twice = fact("国", 2022, "1", fact_id="f-0123456789ab")
    other = fact("省", 2022, "2", fact_id="f-0123456789ab")
    records = notice("国", year=2022), notice("省", year=2022, region=PLACES[1])
    results = [
        NoticeResult(notice=record, facts=(one,), unresolved=(), ledger=())
        for record, one in zip(records, (twice, other), strict=True)
    ]

    with pytest.raises(DatasetError, match="fact id 'f-0123456789ab' stands 2 times"):
        build_rows(corpus_of(results), tmp_path)


@pytest.mark.parametrize("count", [0, 1, 500])
def test_rows_come_sorted(count, tmp_path, monkeypatch):
    """However few are sorted at once."""
    monkeypatch.setattr(sorted_rows, "RUN", 900)
    monkeypatch.setattr(sorted_rows, "BLOCK", 100)
    keys = [(number % 7, b"%d" % number) for number in range(count)]
    random.Random(0).shuffle(keys)  # noqa: S311 - not for secrets
    with SortedRows(tmp_path) as rows:
        for key in keys:
            rows.add(key, b"%d" % key[0] + b" " + key[1])

        assert [tuple(row.split()) for row in rows] == [(b"%d" % first, second) for first, second in sorted(keys)]
        assert rows.count == count
    assert not list(tmp_path.iterdir())
