"""No spurious change: a notice in another script, width, format or layout moves no figure."""

from __future__ import annotations

from functools import cache

import formats
import pytest
from formats import Part
from variants import Variant, variants

from extractor import ingest, pipeline
from extractor.dataset.compare import compare_datasets
from extractor.dataset.figures import Figures
from extractor.dataset.series import build_series
from extractor.resources import load

REPORT = [
    Part("title", "福山市人民政府关于印发2031年为民办实事项目的通知"),
    Part("number", "福政发〔2031〕1号"),
    Part("addressees", "各镇人民政府、街道办事处，市政府各部门："),
    Part(
        "text",
        "为保障和改善民生，经市政府常务会议研究同意，现将2031年为民办实事项目印发给你们，请结合本地本部门实际，认真组织实施，确保各项任务按时完成。",
    ),
    Part("heading", "一、就业和社会保障"),
    Part(
        "text",
        "（一）城镇新增就业12000人，城镇登记失业率控制在4.5%以内；对就业困难人员提供免费的职业介绍和技能培训，做到应培尽培、应帮尽帮。",
    ),
    Part(
        "text",
        "（二）困难残疾人生活补贴标准由每人每月165元提高到180元，重度残疾人护理补贴标准提高到每人每月170元，所需资金由市、县两级财政按现行体制承担。",
    ),
    Part(
        "text",
        "（三）月最低工资标准为2200元，小时最低工资标准为22元，自2031年1月1日起执行；用人单位应当按时足额支付劳动报酬，不得克扣或者无故拖欠。",
    ),
    Part("heading", "二、教育和住房"),
    Part(
        "text",
        "（一）新建公办幼儿园6所，新增普惠托位800个，优先安排在人口集中、需求迫切的街道和乡镇，并同步配备师资、保育人员和必要的设施设备。",
    ),
    Part(
        "text",
        "（二）改造老旧小区40个，惠及居民5000户，2031年10月底前完成；改造方案应当充分听取居民意见，施工期间做好安全防护和生活保障工作。",
    ),
    Part("heading", "三、环境和财政"),
    Part(
        "text",
        "（一）森林覆盖率达到36.5%，空气质量优良天数比率不低于88%，持续推进扬尘治理、锅炉改造和秸秆综合利用，切实改善城乡人居环境面貌。",
    ),
    Part(
        "text",
        "（二）居民人均可支配收入增长6%，一般公共预算收入达到52.3亿元，新增财力优先用于教育、医疗、养老等基本民生支出，兜牢兜实民生底线。",
    ),
    Part("signature", "福山市人民政府"),
    Part("signature", "2031年1月20日"),
]
NOTICES = {"jiangxi": formats.parts(), "report": REPORT}


def figures(data: bytes) -> Figures:
    result = pipeline.process(ingest.read(data, origin="notice"), load())
    notices = (result.notice,)
    return Figures(result.facts, build_series(result.facts, notices, load()), notices, load())


@cache
def original(name: str) -> Figures:
    return figures(variants(1)[0].write(NOTICES[name]))


def changes(name: str, variant: Variant):
    """List how a variant's figures differ from the original's."""
    found = compare_datasets(original(name), figures(variant.write(NOTICES[name])))
    return [
        (change.kind, change.indicator or change.subject, change.scope, change.before, change.after)
        for one in found
        for change in one.changes
    ]


def ids(rows):
    return ["-".join(row) for row in rows]


@pytest.mark.parametrize("name", NOTICES)
@pytest.mark.parametrize("variant", variants(16), ids=ids(variants(16)))
def test_no_change(name, variant):
    """The diff of a variant against the original is empty."""
    assert changes(name, variant) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NOTICES)
@pytest.mark.parametrize("variant", variants(200)[16:], ids=ids(variants(200)[16:]))
def test_no_change_in_two_hundred(name, variant):
    """The same of two hundred."""
    assert changes(name, variant) == []


def test_the_original_has_figures():
    """What is compared is there."""
    assert len(original("jiangxi").rows("360000", 2022)) >= 30
    assert len(original("report").facts) >= 15
