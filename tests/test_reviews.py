"""Reviews: an analyst confirms, corrects, rejects and adds figures, and that survives a new reading of the notice."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from extractor.build.reviews import ReviewPlace, ReviewRow, parse_reviews, row_text
from extractor.dataset import store
from extractor.errors import DatasetError

TEXT = "医保发〔2022〕20号\n各省医保局：\n一、人均财政补助标准达到每人每年610元。个人缴费350元。\n另付两百块。\n"
WHO = 'who = "张三"\nwhy = "核对原件"\nwhen = 2026-11-21\n'
PLACE = 'place = { path = "100000/a.txt" }\n'


@pytest.fixture
def corpus(tmp_path, monkeypatch, stand_in):  # noqa: ARG001 - put in place
    """Work in a folder with a corpus of one notice, read by the stand-in for the pipeline."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus/100000").mkdir(parents=True)
    (tmp_path / "corpus/100000/a.txt").write_text(TEXT, "utf-8")
    return tmp_path / "corpus"


@pytest.fixture
def run(corpus, command_line):  # noqa: ARG001 - the folder to run in
    return command_line


def write(corpus, *texts):
    (corpus / "reviews.toml").write_text("".join(f"[[review]]\n{text}\n" for text in texts), "utf-8")


def built(corpus):
    return store.load(corpus.parent / "outputs/dataset.json")


ADD = 'fields = { kind = "money", value = "200", unit = "CNY", "scope.population" = "特困人员" }\n'

# What a row says, and (status, value) of all facts after it, then of those rejected.
ACTIONS = [
    ('action = "confirm"\nwords = "610元"\n', [("confirmed", "610"), ("read", "350")], []),
    ('action = "confirm"\nwords = "610元"\nfields = { value = "610" }\n', [("confirmed", "610"), ("read", "350")], []),
    ('action = "confirm"\nwords = "610元"\nfields = { value = "611" }\n', [("corrected", "611"), ("read", "350")], []),
    (
        'action = "correct"\nwords = "350元"\nfield = "value"\nvalue = "360"\n',
        [("read", "610"), ("corrected", "360")],
        [],
    ),
    ('action = "reject"\nwords = "350元"\nbefore = "个人缴费"\n', [("read", "610")], [("rejected", "350")]),
    (
        f'action = "add"\nwords = "两百块"\nbefore = "另付"\n{ADD}',
        [("read", "610"), ("read", "350"), ("added", "200")],
        [],
    ),
    # Where the machine reads it too, by now, what was added holds.
    (
        'action = "add"\nwords = "350元"\nfields = { kind = "money", value = "350" }\n',
        [("read", "610"), ("confirmed", "350")],
        [],
    ),
]


@pytest.mark.parametrize(("row", "facts", "rejected"), ACTIONS)
@pytest.mark.parametrize("moved", ["", "注：转发。\n注：再次转发，另有说明。\n"])
def test_actions(row, facts, rejected, moved, run, corpus):
    """Each action does what it says, also when the notice's text has moved; who, when and why stand beside it."""
    (corpus / "100000/a.txt").write_text(moved + TEXT, "utf-8")
    write(corpus, row + PLACE + WHO)
    status, _, err = run("build")

    assert (status, err) == (0, "")
    dataset = built(corpus)

    assert [(one.status, one.value) for one in dataset.facts] == facts
    assert [(one.status, one.value) for one in dataset.rejected] == rejected
    (one,) = [one for one in (*dataset.facts, *dataset.rejected) if one.reviews]

    assert (one.reviews[0].who, one.reviews[0].why, one.reviews[0].on) == ("张三", "核对原件", "2026-11-21")
    assert (moved + TEXT)[one.evidence.start : one.evidence.end] == one.evidence.exact
    ledger = (corpus.parent / f"outputs/ledger/{dataset.notices[0].source.sha256}.jsonl").read_text("utf-8")
    known = {fact.fact_id for fact in (*dataset.facts, *dataset.rejected)}

    assert {json.loads(line).get("ref") for line in ledger.splitlines()} <= {*known, None}


def test_none_left_behind(run, corpus):
    """Without its rows everything is as the machine reads it, and rejected facts are served by nothing."""
    run("build")
    before = (corpus.parent / "outputs/dataset.json").read_bytes()
    write(corpus, f'action = "reject"\nwords = "610元"\n{PLACE}{WHO}')
    run("build")
    served = built(corpus)

    assert all(served.rejected[0].fact_id not in point.fact_ids for one in served.series for point in one.points)
    status, out, _ = run("show", served.rejected[0].fact_id)

    assert (status, "否决" in out, "核对原件" in out) == (0, True, True)
    (corpus / "reviews.toml").unlink()
    run("build")

    assert (corpus.parent / "outputs/dataset.json").read_bytes() == before


def test_parse_applies_what_meets(run, corpus):
    """Looking at one notice shows what was reviewed of it; rows about other notices don't matter."""
    write(
        corpus,
        f'action = "reject"\nwords = "350元"\n{PLACE}{WHO}',
        f'action = "reject"\nwords = "1元"\nplace = {{ path = "b.txt" }}\n{WHO}',
    )
    status, out, _ = run("parse", "corpus/100000/a.txt", "--json")

    assert status == 0
    assert [fact["value"] for fact in json.loads(out)["facts"]] == ["610"]


BAD = [
    (f'action = "confirm"\nwords = "611元"\n{PLACE}{WHO}', ["review 1", "meets nothing", "'610元'"]),
    (f'action = "add"\nwords = "三百块"\n{ADD}{PLACE}{WHO}', ["meets nothing", "don't stand in the notice"]),
    (f'action = "confirm"\nwords = "610元"\nplace = {{ path = "100000/b.txt" }}\n{WHO}', ["100000/a.txt"]),
    (f'action = "correct"\nwords = "610元"\n{PLACE}{WHO}', ["sets at least one field"]),
    (f'action = "reject"\nwords = "610元"\nfield = "value"\nvalue = "1"\n{PLACE}{WHO}', ["has no fields"]),
    (f'action = "add"\nwords = "两百块"\n{PLACE}{WHO}', ["needs kind"]),
    (f'action = "correct"\nwords = "610元"\nfield = "valu"\nvalue = "1"\n{PLACE}{WHO}', ["'valu'", "'value'"]),
    (f'action = "confirm"\nwords = "610元"\n{PLACE}who = " "\nwhy = "x"\nwhen = 2026-11-21\n', ["who is empty"]),
    (f'action = "confirm"\nwords = "610元"\n{PLACE}who = "x"\nwhy = "x"\n', ["when"]),
    (f'action = "drop"\nwords = "610元"\n{PLACE}{WHO}', ["review 1", "drop"]),
    (f'action = "confirm"\nwords = "元"\n{PLACE}{WHO}', ["2 figures", "before"]),
    (
        f'action = "reject"\nwords = "610元"\n{PLACE}{WHO}\n[[review]]\naction = "confirm"\nwords = "610元"\n{PLACE}{WHO}',
        ["another row has rejected"],
    ),
    (
        f'action = "add"\nwords = "两百块"\n{ADD}{PLACE}{WHO}\n[[review]]\naction = "add"\nwords = "两百块"\n{ADD}{PLACE}{WHO}',
        ["another row has added"],
    ),
    (
        (
            f'action = "confirm"\nwords = "611元"\n{PLACE}{WHO}\n[[review]]\naction = "reject"\nwords = "612元"\n'
            f'place = {{ path = "100000/b.txt" }}\n{WHO}\n[[review]]\naction = "add"\nwords = "三百块"\n{ADD}{PLACE}{WHO}'
        ),
        ["review 1", "review 2", "review 3"],
    ),
    ("x = 1\n[[other]]\n", ["'other'"]),
]


@pytest.mark.parametrize(("text", "words"), BAD)
def test_bad_rows(text, words, run, corpus):
    """A row that can't be used, or meets nothing, is named with what to do; nothing is written."""
    (corpus / "reviews.toml").write_text(text if "[[other]]" in text else f"[[review]]\n{text}", "utf-8")
    status, out, err = run("build")

    assert (status, out) == (2, "")
    assert all(word in err for word in ("reviews.toml", *words)), err
    assert not list((corpus.parent / "outputs").glob("*.json"))


def test_rows_are_read_as_written(tmp_path):
    """What is written for a row reads as that row, whatever its words hold."""
    row = ReviewRow(
        action="add",
        place=ReviewPlace("a'\"\\.txt", 3, 5),
        words='6"\n\x7f元',
        who="张三",
        why="x",
        when=dt.date(2026, 1, 2),
        before="\t",
        fields={"kind": "money", "value": "1", "per": ["person"], "scope.area": "", "lower_inclusive": True},
    )

    assert parse_reviews(tmp_path / "r.toml", row_text(row).encode()).rows == (row,)
    with pytest.raises(DatasetError, match="cannot be read as TOML"):
        parse_reviews(tmp_path / "r.toml", row_text(row).encode()[:-6] + b"=")


def test_show_ends_with_the_row_to_paste(run, corpus):
    """The row pasted as it is is refused for want of who, why and when; filled in, it is taken and shown."""
    run("build")
    wanted = built(corpus).facts[0]
    wanted_path = built(corpus).notices[0].source.path
    _, out, _ = run("show", wanted.fact_id)
    pasted, rejecting, adding = re.split(r"\n\n(?=# )", out[out.index("# 更正") :])
    (corpus / "reviews.toml").write_text(pasted, "utf-8")
    status, _, err = run("build")

    assert (status, "reviews.toml: review 1: when is empty" in err) == (2, True)
    filled = (
        pasted.replace('"610"', '"620"')
        .replace('who = ""', 'who = "李四"')
        .replace('why = ""', 'why = "原件如此"')
        .replace('when = ""', "when = 2026-11-21")
    )
    (corpus / "reviews.toml").write_text(filled, "utf-8")

    assert run("build")[0] == 0
    _, out, _ = run("show", wanted.fact_id)

    assert all(word in out for word in ("更正", "610 → 620，李四 2026-11-21：原件如此"))
    for row, action in (
        (rejecting, "reject"),
        (rejecting.replace('"reject"', '"confirm"'), "confirm"),
        (adding, "add"),
    ):
        (made,) = parse_reviews(
            corpus / "reviews.toml",
            re.sub('(who|why|words|kind) = ""', '\\1 = "count"', row)
            .replace('when = ""', "when = 2026-11-21")
            .encode(),
        ).rows
        assert (made.action, made.place.path) == (action, wanted_path)


def test_show_as_data(run, corpus):
    """`show --json` gives the fact and its notice as the dataset has them, its sentence and its ledger."""
    run("build")
    dataset = built(corpus)
    wanted = dataset.facts[0]
    status, out, _ = run("show", wanted.fact_id[:10], "--json")
    told = json.loads(out)
    every = json.loads(run("show", "-", "--json", stdin=" ".join(one.fact_id for one in dataset.facts).encode())[1])

    assert status == 0
    assert (told["fact"]["fact_id"], told["notice"]["notice_id"]) == (wanted.fact_id, wanted.notice_id)
    assert (told["sentence"]["exact"], told["ledger"][0]["ref"]) == (wanted.evidence.exact, wanted.fact_id)
    assert [one["fact"]["fact_id"] for one in every] == [one.fact_id for one in dataset.facts]
