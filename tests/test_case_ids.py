"""Ids of parametrised tests: what stands in a case can be read."""

from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from case_ids import LONGEST, case_id

from extractor.evaluate.scoring import Ratio
from extractor.model import Scope

SEEN = [
    ("不低于610元", "不低于610元"),
    ("每人\u3000每年\n", "每人\\u3000每年\\n"),
    ("\x1b[31m\ud800", "\\x1b[31m\\ud800"),
    (b"\xd2\xbdGB", "\\xd2\\xbdGB"),
    ("医" * (LONGEST + 1), "医" * (LONGEST - 1) + "…"),
    (("不低于", 610, None), "不低于,610,None"),
    ({"operator": "ge", "per": ("person", "year")}, "operator=ge,per=person,year"),
    ({"乙", "甲"}, "乙,甲"),
    ((), "empty"),
    (Decimal("0.98"), "0.98"),
    (Path("corpus/通知.txt"), "通知.txt"),
    (SimpleNamespace(id="rate.percent"), "rate.percent"),
    (Ratio(9, 10), "met=9,total=10"),
    (Scope(area="west"), "area=west"),
    ([len, SimpleNamespace()], "len,SimpleNamespace"),
]
NEAR_MISSES = [610, True, None, len, object()]


@pytest.mark.parametrize(("value", "expected"), SEEN)
def test_case_id(value, expected):
    """Text is shown as it is, cut, and without what a terminal would act on; objects are shown by what they hold."""
    assert case_id(value) == expected


@pytest.mark.parametrize("value", NEAR_MISSES)
def test_left_to_pytest(value):
    """Numbers, functions and objects without a name keep the ids that pytest gives them."""
    assert case_id(value) is None


@pytest.mark.parametrize("_text", ["不低于610元"], ids=["下限"])
def test_given_ids(request, _text):
    """An id that a table gives is shown as it is, too."""
    assert request.node.name == "test_given_ids[下限]"


@pytest.mark.parametrize("_text", ["不低于610元"])
def test_ids_of_values(request, _text):
    """The ids are those that pytest uses."""
    assert request.node.name == "test_ids_of_values[不低于610元]"
