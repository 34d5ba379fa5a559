"""Parts of a dataset's file: what is asked for is as in the whole, and of the rest nothing is made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor.dataset import store
from extractor.dataset.excerpt import load_excerpt, load_series
from extractor.errors import DatasetError

DATASET = Path(__file__).parents[1] / "outputs/dataset.json"


@pytest.fixture(scope="module")
def whole():
    return store.load(DATASET)


def test_series(whole):
    """Series are those of the whole."""
    assert load_series(DATASET) == whole.series


# Which facts are asked for, by their places in the dataset, and of which regions a notice.
ASKED = [([], []), ([0], []), ([0, 1, -1], []), ([], ["360000"]), ([0, -1], ["100000", "360000", "999999"])]


@pytest.mark.parametrize(("places", "regions"), ASKED)
def test_excerpt(places, regions, whole):
    """Facts come with their notices, regions with one of theirs, and what isn't there is left out."""
    wanted = [whole.facts[at] for at in places]
    found = load_excerpt(DATASET, {one.fact_id for one in wanted} | {"f-none"}, set(regions))
    told = {one.notice_id for one in found.notices}
    codes = {one.region.code for one in found.notices if one.region}

    assert [*found.facts] == [one for one in whole.facts if one in wanted]
    assert all(one in whole.notices for one in found.notices)
    assert {one.notice_id for one in wanted} <= told
    assert {*regions} - {"999999"} <= codes
    assert len(told) <= len({one.notice_id for one in wanted}) + len(regions)


def version(number):
    return lambda data: {**data, "schema_version": number}


# What stands in the file, and what is said.
DAMAGED = [
    (version("1.0.0"), "its schema version is 1.0.0"),
    (lambda data: {**data, "series": [{"series_id": 1}]}, "not a dataset of schema"),
    (lambda data: {**data, "facts": [{"fact_id": data["facts"][0]["fact_id"]}]}, "not a dataset"),
    (lambda data: [data], "not a dataset"),
]


@pytest.mark.parametrize(("change", "words"), DAMAGED)
def test_damaged(change, words, tmp_path):
    """What can't be read is an error that says what to do."""
    data = json.loads(DATASET.read_bytes())
    path = tmp_path / "dataset.json"
    path.write_text(json.dumps(change(data)), "utf-8")
    with pytest.raises(DatasetError, match=words):
        load_series(path), load_excerpt(path, {data["facts"][0]["fact_id"]}, ())
