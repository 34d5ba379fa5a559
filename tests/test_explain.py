"""Why a figure was linked, or wasn't: rows are made, each step and each reason at least once, also of other programmes."""

import hashlib
import json
from pathlib import Path
from typing import get_args

import pytest

import extractor
from extractor.dataset.labels import LANGUAGES, LabelRow, load_labels
from extractor.notice.facts.explain import Explanation, Refusal
from extractor.notice.facts.link.case import StepName
from extractor.notice.facts.link.steps import STEPS
from extractor.report.explanation import basis_words, refused_words
from extractor.resources import load, read_rows

HEAD = "关于做好2023年城乡居民基本医疗保障工作的通知\n\n某医保发〔2023〕9号\n\n各市医疗保障局：\n\n现通知如下：\n\n一、有关工作\n\n"
UNDER = "居民医保按规定执行。\n\n二、{}\n\n{}"
TABLE = "居民医保按规定执行。\n\n{}\n\n| 类别 | {} | {} |\n| --- | --- | --- |\n| 一级医院 | {} | {} |"


def explained(sentence):
    """The facts of a notice about residents' insurance that says one sentence, each with its explanation."""
    found: dict[str, Explanation] = {}
    result = extractor.read_notice((HEAD + sentence + "\n").encode(), explanations=found)
    return [(fact, found[fact.fact_id]) for fact in result.facts]


# Sentence, the figure's words, the step that decided, the words it went by, the heading or figure it took over from.
DECIDED = [
    ("2023年6月底前完成省级增补药品的消化工作。", "2023年6月底前", "action", ("省级增补药品",), None),
    ("2023年6月底前实现医保处方线上流转。", "2023年6月底前", "action", ("处方", "流转"), None),
    ("居民医保财政补助和个人缴费分别达到640元和380元。", "640元", "listed", ("财政补助",), None),
    ("居民医保财政补助和个人缴费分别达到640元和380元。", "380元", "listed", ("个人缴费",), None),
    ("特困人员参加居民医保个人不缴费。", "不缴费", "hinted", (), None),
    ("居民医保缴费标准：个人350元，财政补助640元。", "350元", "paid_by", ("缴费标准",), None),
    ("居民医保个人缴费标准为350元。", "350元", "clause_name", ("个人缴费标准",), None),
    ("居民医保政策范围内基金支付比例门诊50%。", "50%", "clause_cue", ("支付比例",), None),
    ("人均财政补助标准新增30元，达到610元。", "610元", "inherited", ("人均财政补助标准",), "30元"),
    ("居民医保个人缴费，按每人每年350元执行。", "350元", "sentence_name", ("居民医保个人缴费",), None),
    ("居民医保统筹地区40%，DRG覆盖医疗机构。", "40%", "sentence_cue", ("统筹地区", "DRG"), None),
    (TABLE.format("待遇见下表：", "起付标准（元）", "支付比例", "200", "80%"), "200", "head_name", ("起付标准",), "起付标准（元）"),
    (TABLE.format("年度最高支付限额如下（单位：万元）：", "普通住院", "转诊住院", "20", "15"), "15", "caption_name", ("年度最高支付限额",),
     "年度最高支付限额如下（单位：万元）："),
    (TABLE.format("待遇见下表：", "起付标准（元）", "比上年增加（元）", "200", "50"), "50", "changed_column", ("起付标准",), "起付标准（元）"),
    (UNDER.format("个人缴费标准", "每人每年350元。"), "350元", "heading_name", ("个人缴费标准",), "个人缴费标准"),
    (UNDER.format("门诊医疗费用报销", "在基层就医的，基金承担60%。"), "60%", "section_cue", ("报销", "门诊"), None),
]  # fmt: skip

CONTRIBUTION, SUBSIDY = "medical.funding.individual_contribution", "medical.funding.fiscal_subsidy"
INPATIENT, OUTPATIENT = "medical.benefit.inpatient_payment_rate", "medical.benefit.outpatient_payment_rate"
DEDUCTIBLE, CAP = "medical.benefit.deductible", "medical.benefit.annual_cap"
CRITICAL = "medical.benefit.critical_illness_payment_rate"
PRESCRIPTION = "medical.prescription.electronic_flow"
PLAIN = UNDER.format("个人缴费和财政补助", "每人每年350元。")
# Sentence, the figure's words, an indicator that it doesn't have, why, the words that bring it up, what was found and wanted.
REFUSED = [
    ("居民医保个人缴费标准降低3%。", "3%", CONTRIBUTION, "kind", ("个人缴费标准",), ("rate",), ("money",)),
    ("居民医保缴费期自2023年1月1日起。", "自2023年1月1日起", "medical.enrollment.collection_deadline", "operator",
     ("缴费期",), ("ge",), ("le",)),
    ("居民医保个人缴费标准为100美元。", "100美元", CONTRIBUTION, "unit", ("个人缴费标准",), ("USD",), ("CNY",)),
    ("居民医保每县2种跨省联网定点医疗机构。", "2种", "medical.settlement.outpatient_sites", "unit",
     ("跨省联网定点医疗机构",), ("{种}",), ("{家}", "{个}", "{所}")),
    ("居民医保住院费用报销，普通门诊80%。", "80%", INPATIENT, "rival", ("住院", "报销"), ("门诊",), ("住院",)),
    ("医保部门推进3种门诊慢特病保障。", "3种", "medical.settlement.chronic_diseases", "require",
     ("门诊慢特病",), (), ("跨省", "异地", "联网", "直接结算")),
    ("意外伤害的支付比例为50%。", "50%", INPATIENT, "several", ("支付比例",), (), ()),
    ("意外伤害的支付比例为50%。", "50%", OUTPATIENT, "several", ("支付比例",), (), ()),
    (PLAIN, "350元", SUBSIDY, "several", ("财政补助",), (), ()),
    ("居民医保财政按每年20元资助困难群众补助。", "20元", SUBSIDY, "excluded", ("财政", "补助"), (), ("资助",)),
    ("居民医保省级财政按每年20元补助。", "20元", SUBSIDY, "payer", ("财政", "补助"), ("省级财政",), ()),
    ("居民医保个人缴费标准提高，工资为3000元。", "3000元", CONTRIBUTION, "another", ("个人缴费标准",), ("工资",), ()),
    ("居民医保住院报销，按费用50%。", "50%", INPATIENT, "blocked", ("住院", "报销"), ("费用",), ()),
    ("普通门诊居民医保5元、6元起付线。", "5元", DEDUCTIBLE, "other_figure", ("起付线",), (), ()),
    ("居民医保每年50元，起付线为6元。", "50元", DEDUCTIBLE, "behind", ("起付线",), (), ()),
    ("2023年6月底前完成平台升级，2023年底前完成电子处方流转。", "2023年6月底前", PRESCRIPTION, "outside", ("电子处方流转",), (), ()),
    (UNDER.format("个人缴费标准", "在户籍所在地办理登记手续的家庭一次补发350元。"), "350元", CONTRIBUTION, "own_words",
     ("个人缴费标准",), (), ()),
    ("居民医保财政补助和个人缴费分别达到640元和380元。", "640元", CONTRIBUTION, "weaker", ("个人缴费",), (), ()),
    ("例如，某居民患病花费26万元，个人负担15万元。", "15万元", CONTRIBUTION, "example", ("个人负担",), ("例如",), ()),
    ("王某参加居民医保。扣除起付标准600元后，支付1.5万元。", "600元", DEDUCTIBLE, "example", ("起付标准",), ("王某",), ()),
    ("居民医保个人缴费1.5万元以上的部分给予补偿。", "1.5万元以上", CONTRIBUTION, "condition", ("居民医保个人缴费",), (), ()),
    ("居民医保最高支付限额为每人每月300元。", "300元", CAP, "per", ("最高支付限额",), ("person", "month"), ("person", "year")),
    ("大病保险奖励额度按最高支付限额的25%支付。", "25%", CRITICAL, "base", ("支付",), ("最高支付限额",), ()),
    ("居民医保财政补助标准提高，剖宫产补助标准为900元。", "900元", SUBSIDY, "another", ("财政补助标准",), ("剖宫产补助标准",), ()),
    (UNDER.format("个人缴费标准", "营养补贴350元。"), "350元", CONTRIBUTION, "another", ("个人缴费标准",), ("营养补贴",), ()),
    ("居民养老保险基础养老金每人每月增加20元。", "20元", "pension.resident.basic_amount", "role", ("基础养老金",), ("increase",),
     ("level", "previous")),
    ("主要预期目标：地区生产总值850亿元，占全市地区生产总值的30%。", "30%", "macro.gdp_growth", "change", ("地区生产总值",), ("level",), ("increase",)),
    # Other programmes, whose indicators the catalog may not have.
    ("职工医保个人缴费标准为每月100元。", "100元", CONTRIBUTION, "programme", ("个人缴费标准",), ("职工医保",), ("居民医保",)),
    ("养老保险个人不缴费。", "不缴费", CONTRIBUTION, "programme", ("不缴费",), ("养老保险",), ("居民医保",)),
    ("失业保险财政补助为每人每年20元。", "20元", SUBSIDY, "programme", ("财政补助",), ("失业保险",), ("居民医保",)),
    ("住房公积金个人缴费每月200元。", "200元", CONTRIBUTION, "programme", ("个人缴费",), ("住房公积金",), ("居民医保",)),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "exact", "step", "said", "place"), DECIDED)
def test_step(sentence, exact, step, said, place):
    """An explanation names the step that decided, the catalog's words that it went by, and where it took them from."""
    [(fact, found)] = [pair for pair in explained(sentence) if pair[0].evidence.exact == exact]

    assert (step, said, place) == (found.step, found.said, found.place)
    assert fact.indicator == found.indicator is not None


def test_steps():
    """The steps are named as their functions, and each has a row above."""
    assert list(get_args(StepName)) == [step.__name__ for step in STEPS]
    assert set(get_args(StepName)) == {row[2] for row in DECIDED}


@pytest.mark.parametrize(("sentence", "exact", "indicator", "reason", "said", "found", "wanted"), REFUSED)
def test_refusal(sentence, exact, indicator, reason, said, found, wanted):
    """An indicator that was considered and not taken has the reason, the words that bring it up, and what they lack."""
    [(fact, explanation)] = [pair for pair in explained(sentence) if pair[0].evidence.exact == exact]
    [refused] = [one for one in explanation.refused if one.indicator == indicator]

    assert (reason, said, found, wanted) == (refused.reason, refused.said, refused.found, refused.wanted)
    assert fact.indicator != indicator


def test_reasons():
    """Each reason has a row above."""
    assert set(get_args(Refusal)) == {row[3] for row in REFUSED}


# Figures that nothing in the catalog is about.
NOTHING_NAMED = ["绿化养护费用为每月2000元。", "图书借阅率为16%。", "书画比赛奖金每人650元。"]


@pytest.mark.parametrize("sentence", NOTHING_NAMED)
def test_nothing_named(sentence):
    """Where no indicator is brought up, none is refused, and that is said."""
    [(fact, found)] = explained(sentence)

    assert (found.indicator, found.step, found.refused) == (None, None, ())
    assert basis_words(found, load_labels(load(), "zh")) == "上下文没有提到目录里的指标"
    assert fact.indicator is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_words(language):
    """Each step and reason has its words in both languages, and these leave no place unfilled."""
    rows = {row.id: getattr(row, language) for row in read_rows(load().root / "labels.toml", "label", LabelRow)}

    assert {f"step.{name}" for name in get_args(StepName)} | {f"refusal.{name}" for name in get_args(Refusal)} <= set(
        rows
    )
    labels = load_labels(load(), language)
    for sentence in {row[0] for row in (*DECIDED, *REFUSED)}:
        for _, found in explained(sentence):
            said = [basis_words(found, labels), *(refused_words(one, labels) for one in found.refused)]
            assert not [words for words in said if "{" in words or "“”" in words or "  " in words]


WORDS = [
    ("zh", UNDER.format("个人缴费标准", "每人每年350元。"), ["上方的“个人缴费标准”"]),
    ("zh", UNDER.format("关于个人缴费标准", "每人每年350元。"), ["上方“关于个人缴费标准”里的名称“个人缴费标准”"]),
    ("zh", "人均财政补助标准新增30元，达到610元。", ["同一分句里的名称“人均财政补助标准”", "沿用前一个数字“30元”的指标"]),
    ("en", "人均财政补助标准新增30元，达到610元。", ["the name “人均财政补助标准” in its clause", "that of the figure before it, “30元”"]),
    ("zh", "职工医保个人缴费标准为每月100元。",
     ["提到的指标都不合适", "个人缴费标准（“个人缴费标准”）：事项不合，这里讲“职工医保”，该指标属于“居民医保”"]),
    ("en", "居民医保个人缴费标准为100美元。",
     ["none of the indicators named around it can have it", "Individual contribution (“个人缴费标准”): wrong unit: USD, not CNY"]),
    ("zh", "居民医保个人缴费标准降低3%。", ["提到的指标都不合适", "个人缴费标准（“个人缴费标准”）：类别不合，这里是比例，该指标是金额"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "expected"), WORDS)
def test_sentences(language, sentence, expected):
    """What decided, and what was refused where nothing did, reads as a sentence."""
    labels = load_labels(load(), language)
    found = [one for _, one in explained(sentence)]
    refused = [refused_words(one, labels) for one in found[0].refused] if len(found) == 1 else []

    assert expected == [*(basis_words(one, labels) for one in found), *refused]


def test_explaining_changes_nothing():
    """Facts, unresolved figures and ledger are the same whether somebody asks why or not."""
    notice = (HEAD + "".join(sorted({row[0] for row in REFUSED}))).encode()

    assert extractor.read_notice(notice) == extractor.read_notice(notice, explanations={})


# ── on the command line


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    """Work in a folder with a corpus of one notice."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")  # a reason in one line
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/a.txt").write_text(HEAD + "居民医保个人缴费标准为350元，意外伤害的支付比例为50%。\n", "utf-8")
    return tmp_path


def test_parse_explains(corpus, command_line):  # noqa: ARG001 - the folder to run in
    """--explain adds a table of why; without it the output is as ever, and with --json it is refused."""
    status, plain, _ = command_line("parse", "corpus/a.txt")
    _, out, err = command_line("parse", "corpus/a.txt", "--explain")

    assert (status, err) == (0, "")
    assert out.startswith(plain)
    assert "关联说明" not in plain
    assert "同一分句里的名称“个人缴费标准”" in out
    assert "· 门诊费用支付比例（“支付比例”）：同样符合" in out
    status, _, err = command_line("parse", "corpus/a.txt", "--explain", "--json")

    assert status == 2
    assert "--explain goes with the table" in err


def ids(folder: Path):
    return [fact["fact_id"] for fact in json.loads((folder / "outputs/dataset.json").read_text("utf-8"))["facts"]]


def test_show_explains(corpus, command_line):
    """A fact is shown with why, in the reader's language, with the data file that it rests on; the dataset has none of it."""
    command_line("build")
    linked, unlinked = ids(corpus)
    _, out, _ = command_line("show", linked)

    assert "判定      同一分句里的名称“个人缴费标准”" in out
    assert "目录      indicators/medical.toml  名称（aliases）" in out
    _, out, _ = command_line("show", unlinked, "--lang", "en")

    assert "Decided by  several indicators fit equally, so none is chosen" in out
    assert "several" not in (corpus / "outputs/dataset.json").read_text("utf-8")


def test_show_without_the_file(corpus, command_line):
    """Where the file is gone or another by now, that is said; a text kept of it serves instead, and that is said, too."""
    command_line("build")
    file = corpus / "corpus/a.txt"
    digest, text = hashlib.sha256(file.read_bytes()).hexdigest(), file.read_bytes()
    for change in (lambda: file.write_bytes(b"\xe5\x8f\xa6"), file.unlink):
        change()
        _, out, _ = command_line("show", ids(corpus)[0])

        assert "原文件不在或已改动，无法说明为何这样关联" in out
    kept = corpus / f"outputs/sources/{digest}.txt"
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(text)
    _, out, _ = command_line("show", ids(corpus)[0])

    assert "据留存的文本重读" in out
    assert "同一分句里的名称“个人缴费标准”" in out


def test_show_says_that_another_outcome_is_another(corpus, command_line):
    """Where the rows of today link otherwise than the dataset has it, or don't find the fact, that is said."""
    command_line("build")
    path = corpus / "outputs/dataset.json"
    linked, _ = ids(corpus)
    data = json.loads(path.read_text("utf-8"))
    for fact in data["facts"]:
        if fact["fact_id"] == linked:
            fact["indicator"] = None
    path.write_text(json.dumps(data), "utf-8")
    _, out, _ = command_line("show", linked)

    assert "用现有规则重读，结果与数据集不同：个人缴费标准" in out
    path.write_text(json.dumps(data).replace(linked, "f-000000000000"), "utf-8")
    _, out, _ = command_line("show", "f-000000000000")

    assert "用现有规则重读，没有读出这个事实" in out


def test_show_says_that_it_was_corrected(corpus, command_line):
    """Where an analyst gave a figure another indicator, the explanation says that it is of the machine's reading."""
    command_line("build")
    linked, _ = ids(corpus)
    row = f'[[correction]]\nfact = "{linked}"\nfield = "indicator"\nvalue = "{SUBSIDY}"\nwho = "甲"\nwhy = "乙"\n'
    (corpus / "corpus/corrections.toml").write_text(row, "utf-8")
    command_line("build")
    _, out, _ = command_line("show", linked)

    assert "分析人员已作更正，这里说明机器的读法" in out
    assert "同一分句里的名称“个人缴费标准”" in out
