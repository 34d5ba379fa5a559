"""The public functions for a piece of text: quantities, dates, numerals."""

from __future__ import annotations

import datetime as dt

import pytest
from work import assert_linear, at_most

import extractor
from extractor.notice.numerals import plain


def written(value):
    return "" if value is None else plain(value)


def quantity(item):
    """Write a quantity as ``operator value unit``; a range as ``lower..upper unit``."""
    bare = item.lower is None and item.upper is None
    values = written(item.value) or "-" if bare else f"{written(item.lower)}..{written(item.upper)}"
    return f"{item.operator} {values} {item.unit}"


def quantities(text):
    found = extractor.quantities(text)

    assert all(text[item.start : item.end] == item.exact for item in found)
    return found


def dates(text, reference=None):
    found = extractor.dates(text, reference=reference)

    assert all(text[item.start : item.end] == item.exact for item in found)
    return found


# ── quantities ──────────────────────────────────────────────────────────────────────────────────────────────────────

SEEN = [
    ("610元", ["eq 610 CNY"]),
    ("每人每年不低于610元", ["ge 610 CNY"]),
    ("稳定在70%左右", ["approx 70 %"]),
    ("至少40%统筹地区", ["ge 40 %"]),
    ("30个DRG付费试点城市和71个DIP试点城市", ["eq 30 {个}", "eq 71 {个}"]),
    ("累计不少于350个", ["ge 350 {个}"]),
    ("达到5个以上", ["ge 5 {个}"]),
    ("每个县至少一家", ["ge 1 {家}"]),
    ("参保率99%以上", ["ge 99 %"]),
    ("年度最高支付限额为8万元", ["eq 80000 CNY"]),
    ("1.2亿元", ["eq 120000000 CNY"]),
    ("1,020元", ["eq 1020 CNY"]),
    ("90日待遇享受等待期", ["eq 90 d"]),
    ("3个月以内", ["le 3 mo"]),
    ("分别按照80%、60%的比例", ["eq 80 %", "eq 60 %"]),
    ("分别不低于80%、60%", ["ge 80 %", "ge 60 %"]),
    ("5个工作日内", ["le 5 d"]),
    ("年满60周岁", ["ge 60 a"]),
    ("60周岁以上", ["ge 60 a"]),
    ("三分之二", ["eq 2 1/3"]),
    ("7:3", ["eq 70 %", "eq 30 %"]),
    ("5：3：2", ["eq 50 %", "eq 30 %", "eq 20 %"]),
    ("两年半", ["eq 2.5 a"]),
    ("半年内", ["le 6 mo"]),
    ("50余家", ["approx 50 {家}"]),
    ("24小时", ["eq 24 h"]),
    ("不设封顶线", ["none - CNY"]),
    ("个人不缴费", ["eq 0 CNY"]),
    ("全额资助特困人员", ["eq 100 %"]),
    ("不设待遇等待期", ["eq 0 d"]),
    ("1.5倍", ["eq 1.5 {倍}"]),
    ("500美元", ["eq 500 USD"]),
    ("500港元", ["eq 500 HKD"]),
    ("港币500元", ["eq 500 HKD"]),
    ("新臺幣一萬二千元", ["eq 12000 TWD"]),
    ("最高不得超過新臺幣六萬元", ["le 60000 TWD"]),
    ("新臺幣三千元至五千元，每戶二千元", ["between 3000..5000 TWD", "eq 2000 TWD"]),
    ("5个百分点", ["eq 5 pp"]),
    ("5角", ["eq 0.5 CNY"]),
    ("总投资超万亿元", ["gt 1000000000000 CNY"]),
    ("百余家企业、上百家机构", ["approx 100 {家}", "approx 100 {家}"]),
    ("年产值千万元以上", ["ge 10000000 CNY"]),
    ("数十亿元资金", []),
    ("几百名志愿者", []),
    ("十几个村", []),
    ("数千户家庭", []),
    ("十餘萬輛", ["approx 100000 {辆}"]),
    ("以十四日為上限", ["le 14 d"]),
    ("最長發給六個月", ["le 6 mo"]),
    ("敬老卡半价", ["eq 50 %"]),
    ("每立方米2.8元", ["eq 2.8 CNY"]),
    ("浓度控制在28微克/立方米以下", ["le 28 {微克/立方米}"]),
    ("百家企业", []),
    ("惠及600余万人", ["approx 6000000 {人}"]),
    ("七千到九千万元", ["between 70000000..90000000 CNY"]),
    ("三千到五万元", ["between 3000..50000 CNY"]),
    ("百分之七十二点五", ["eq 72.5 %"]),
    ("三百二十四点七亿元", ["eq 32470000000 CNY"]),
    ("每度五角五分", ["eq 0.55 CNY"]),
    ("三元零五分", ["eq 3.05 CNY"]),
    ("每吨3毛5分", ["eq 0.35 CNY"]),
    ("5%至12%（含5%和12%）", ["between 5..12 %"]),
    ("劣Ⅴ类水体比例为0，", ["eq 0 %"]),
    ("劣Ⅴ类水体为0，", []),
    ("比例为0.5", []),
    ("十分之一", ["eq 1 1/10"]),
    ("实际缴费额的2/3给予补贴", ["eq 2 1/3"]),
    ("第2/3页", []),
    ("3/5岗位", []),
    ("參拾萬元", ["eq 300000 CNY"]),
    ("贰佰参拾元", ["eq 230 CNY"]),
    ("打七五折", ["eq 75 %"]),
    ("票价85折", ["eq 85 %"]),
    ("８折", ["eq 80 %"]),
    ("每月15，800元", ["eq 15800 CNY"]),
    ("单位：万元", []),
    ("千万不要轻信", []),
    ("不高于3万元（含3万元）", ["le 30000 CNY"]),
    ("不超过5万元（不含5万元）", ["lt 50000 CNY"]),
    ("月工资高于3万元（含3万元）的", ["ge 30000 CNY"]),
    ("6年（含6年）以上", ["ge 6 a"]),
    ("3年（36个月）内", ["le 3 a"]),
    ("6个月（即180天）以上", ["ge 6 mo"]),
    ("10%（约5%，其中3%为补贴）左右", ["eq 10 %", "approx 5 %", "eq 3 %"]),
    ("6年（不含六年）以上", ["gt 6 a"]),
    ("2万元以上12万元（含12万元）以下", ["between 20000..120000 CNY"]),
    ("10人（含10人）以上50人（不含50人）以下", ["between 10..50 {人}"]),
    ("限30人以内（含领队2人）", ["le 30 {人}", "eq 2 {人}"]),
    ("超过本市3个月最低生活保障标准的", ["gt 3 mo"]),
    ("低于当地2倍平均水平的", ["lt 2 {倍}"]),
    ("不超过培训费、鉴定费之和的110 %", ["le 110 %"]),
    ("不超过3万元、住院费用总额的50%", ["le 30000 CNY", "eq 50 %"]),
    ("补贴超过本市500元，", ["eq 500 CNY"]),
    ("昼间噪声不超过60分贝", ["le 60 {分贝}"]),
    ("分三期建设", ["eq 3 {期}"]),
    ("个人缴费标准380元，财政补助640元", ["eq 380 CNY", "eq 640 CNY"]),
]

# "Their mistakes" of PEERS.md, each with the peer that made it where it is known.
CAUGHT = [
    ("JioNLP: 不低于 read as less than", "不低于610元", ["ge 610 CNY"]),
    ("JioNLP: its extractor drops 不低于", "财政补助标准达到每人每年不低于610元", ["ge 610 CNY"]),
    ("JioNLP: 不超过 becomes 超过", "不超过30万元", ["le 300000 CNY"]),
    ("JioNLP: 45000", "2万5千元", ["eq 25000 CNY"]),
    ("JioNLP: 220000000", "1亿2千万元", ["eq 120000000 CNY"]),
    ("JioNLP: 10000", "一万１千元", ["eq 11000 CNY"]),
    ("Recognizers: 60 weeks", "60周岁", ["eq 60 a"]),
    ("Recognizers: 3個月 not read", "3個月", ["eq 3 mo"]),
    ("Recognizers: a calendar span", "90天内", ["le 90 d"]),
    ("Recognizers: 1000000 %", "百分之七十 三十万元", ["eq 70 %", "eq 300000 CNY"]),
    ("Recognizers: 1000000 %, no unit behind", "百分之七十 三十万", ["eq 70 %"]),
    ("Recognizers: 610.7", "610元 70%", ["eq 610 CNY", "eq 70 %"]),
    ("Recognizers: -80", "70%-80%", ["between 70..80 %"]),
    ("Recognizers: taken as exclusive", "五百以上", ["ge 500 None"]),
    ("Recognizers: taken as exclusive, with a unit", "五百元以上", ["ge 500 CNY"]),
    ("Recognizers: 千分之 not read", "千分之五", ["eq 0.5 %"]),
    ("Recognizers: 万分之 not read", "万分之五", ["eq 0.05 %"]),
    ("Recognizers: 成 not read", "三成", ["eq 30 %"]),
    ("Recognizers: 折 not read", "八折", ["eq 80 %"]),
    ("JioNLP: a count of the heading", "十一、加强基金监管", []),
    ("JioNLP: a count of a document number", "医保发〔2022〕20号", []),
    ("JioNLP: a count of an order", "国家医疗保障局令第41号", []),
    ("both: numbers in words", "进一步完善三重制度，一是统一标准，二是防止零售药店万一出错", []),
    ("both: nothing to read is nothing", "医疗保障", []),
    ("both: empty", "", []),
    ("ours: 百 taken into the number", "提高36百分点", ["eq 36 pp"]),
    ("ours: 千 taken into the number", "36千克", ["eq 36 {千克}"]),
    ("ours: part of a number as a word", "完成150项任务", ["eq 150 {项}"]),
    ("ours: a span of one year", "一个自然年度内最高支付300元", ["le 300 CNY"]),
]

NEAR_MISSES = [
    "第二批", "第三方", "第三十二条第二款", "元旦", "多元化", "个人", "三级医院", "“十四五”规划", "二十大", "三年行动计划",
    "四项要求", "三个方面", "两种情形", "联系电话：0791-86386386", "邮编：330046", "ICD-10", "5G", "9:30", "一体化",
    "第一、二、三产业", "一二三产业融合发展", "十四届全国人大三次会议", "市十七届人大五次会议", "一期工程已开工，二期投资方案已定", "每千人口托位数",
    "师生比1:16", "小学1—3年级", "一年一个样、三年大变样", "收支兩條線", "八次全会", "两个一百年奋斗目标", "一年接着一年干", "最近一次鉴定", "每月任意一日", "三期工程", "建成二期项目", "两位数增长",
    "九届三次会议", "记者从18日的发布会上获悉", "18日上午", "每一个县",
    "百姓", "千方百计", "一次性", "成立", "日常", "年级", "一、总体要求", "（三）筹资标准", "2022年", "2022年6月30日",
    "《关于印发2022年30项措施的通知》", "除有明确规定不设置待遇等待期的情况外", "全额资助参保对象", "21世纪", "90年代",
    "https://www.nhsa.gov.cn/art/2022/7/1/art_104_8629.html", "每月15日前", "四川", "九江", "队伍", "参保", "十一黄金周",
]  # fmt: skip

# Numerals that are a part of what stands there, each once read as another number: whole or nothing.
TORN = [
    ("6 1 0元", []), ("3 50元", []), ("达到6 1 0元", ["eq 610 CNY"]), ("达到3 50元", ["eq 350 CNY"]), ("35 0元", []),
    ("35\n0元", []), ("10,0000元", []), ("1'000元", []), ("1’000元", []), (".5%", []), ("5·5万元", []), ("10^4元", []),
    ("12×30元", []), ("1E+3元", []), ("35a0元", []), ("〣〥〇元", []), ("3𝟓0元", []), ("三百，五十元", []), ("三百\n五十元", []),
    ("2023 640元", []), ("80，100元", ["eq 80100 CNY"]), ("100，200元", []), ("百分之7 0", []), ("百分之7E5", []), ("百分之七十点一二三四五六", []),
    ("百分之7.123456", []), ("120分之5", []), ("7:3.333", []), ("￥3五0", []), ("不超过70%-8'0%", []), ("10-5 0万元", []),
    ("负350元", []), ("-350元", []), ("增长-5%", []), ("标准为负5%", []), ("±5%", []), ("一元半", []), ("3天半", []),
    ("不低于350元以下", []), ("不超过60%以上", []), ("三点二 五倍", []), ("350人民币", ["eq 350 CNY"]),
]  # fmt: skip

# What is whole beside another number.
WHOLE = [
    ("70%-80%", ["between 70..80 %"]), ("5-10万元", ["between 50000..100000 CNY"]), ("分别为350、380元", ["eq 350 CNY", "eq 380 CNY"]),
    ("1.个人缴费350元", ["eq 350 CNY"]), ("1. 350元", ["eq 350 CNY"]), ("1、350元", ["eq 350 CNY"]), ("（1）350元", ["eq 350 CNY"]),
    ("2022年350元、2023年380元", ["eq 350 CNY", "eq 380 CNY"]), ("2022年12月350元", ["eq 350 CNY"]), ("100元 200元", ["eq 100 CNY", "eq 200 CNY"]),
    ("国办发〔2021〕2号 350元", ["eq 350 CNY"]), ("2022-07-20 16:30 350元", ["eq 350 CNY"]), ("标准不一，350元", ["eq 350 CNY"]),
    ("7:3，350元", ["eq 70 %", "eq 30 %", "eq 350 CNY"]), ("三分之一，350元", ["eq 1 1/3", "eq 350 CNY"]), ("5G 350元", ["eq 350 CNY"]),
    ("每月30元×12个月", ["eq 30 CNY", "eq 12 mo"]), ("个人自负30%", ["eq 30 %"]), ("减负350元", ["eq 350 CNY"]), ("DIP2.0版", []),
    ("610元-640元", ["between 610..640 CNY"]), ("9月1日-350元", ["eq 350 CNY"]), ("满6个月内", ["le 6 mo"]), ("两年半", ["eq 2.5 a"]),
    ("350元半年内", ["eq 350 CNY", "le 6 mo"]), ("超过标准的20%以下", ["le 20 %"]), ("提高到350元至一次性补助", ["eq 350 CNY"]),
]  # fmt: skip

# Civil Code, article 1259: 以上, 以下, 以内, 届满 include the number; 超过, 不满, 以外 exclude it.
BOUNDS = [
    ("70%以上", "ge"), ("70%以下", "le"), ("90日以内", "le"), ("届满2年", "ge"), ("超过70%", "gt"), ("不满16周岁", "lt"),
    ("90日以外", "gt"), ("不低于70%", "ge"), ("不少于70%", "ge"), ("不超过70%", "le"), ("不高于70%", "le"), ("高于70%", "gt"),
    ("低于70%", "lt"), ("不足1年", "lt"), ("未满18周岁", "lt"), ("满18周岁", "ge"), ("至少70%", "ge"), ("最多70%", "le"),
    ("至多70%", "le"), ("不得超过70%", "le"), ("不得低于70%", "ge"), ("最高70%", "le"), ("最低70%", "ge"), ("不多于5种", "le"),
    ("70%（含）以上", "ge"), ("70%（不含）以上", "gt"), ("70%（含）以下", "le"), ("70%（不含）以下", "lt"), ("70%及以上", "ge"),
    ("70%及以下", "le"), ("90日之内", "le"), ("90日内", "le"), ("约70%", "approx"), ("70%左右", "approx"), ("70%上下", "approx"),
    ("近70%", "approx"), ("70%", "eq"), ("达到70%", "eq"), ("不低于上年度职工平均工资的60%", "ge"), ("≥70%", "ge"), ("≤70%", "le"),
    ("不低於70%", "ge"), ("不高於70%", "le"), ("不少於70%", "ge"), ("超過70%", "gt"), ("不滿16周歲", "lt"), ("屆滿2年", "ge"),
    ("超过了70%的家庭最高额度", "eq"), ("低于70%的最低缴存标准", "eq"),
    ("不低于 ７０％", "ge"), ("达到70％以上", "ge"), ("90天后", "gt"), ("未超过30日", "le"), ("大于70%", "gt"), ("小于70%", "lt"),
]  # fmt: skip

# A bound before an old value is the new one's, too.
MOVED_BOUNDS = [
    ("最长分别为12个月、18个月", ["le", "le"]), ("最高和最低分别为500元、300元", ["eq", "eq"]),
    ("奖励额度之和不超过最高支付限额的25%", ["le"]),
    ("救助金额最高由2万元提高到3万元", ["le", "le"]), ("档次最低由200元调整为300元", ["ge", "ge"]), ("最长由12个月缩短为6个月", ["le", "le"]),
    ("最高支付限额由2万元提高到3万元", ["eq", "eq"]), ("由最高2万元提高到3万元", ["le", "eq"]), ("最高由2万元提高到不低于3万元", ["le", "ge"]),
    ("最高由2万元提高到3万元，补助500元", ["le", "le", "eq"]),
]  # fmt: skip

JOINTS = ["至", "到", "-", "—", "–", "～", "~", "－", "——"]
RANGES = [
    ("70%{}80%", "between 70..80 %"),
    ("5{}12%", "between 5..12 %"),
    ("10{}15万元", "between 100000..150000 CNY"),
    ("1万元{}5万元", "between 10000..50000 CNY"),
    ("3个月{}6个月", "between 3..6 mo"),
    ("3{}6个月", "between 3..6 mo"),
    ("80周岁{}89周岁", "between 80..89 a"),
    ("三{}五个", "between 3..5 {个}"),
]
BOUNDED_RANGES = [
    ("1万元以上5万元以下", "10000..50000", "eq"), ("超过1万元不足3万元", "10000..30000", "eq"), ("60周岁以上不满70周岁", "60..70", "eq"),
    ("满1年不满3年", "1..3", "eq"), ("1万元（不含）至5万元（含）", "10000..50000", "eq"), ("百分之五至百分之十二", "5..12", "eq"),
    ("1万元（含）以上3万元（不含）以下", "10000..30000", "eq"), ("高于1万元低于5万元", "10000..50000", "eq"),
]  # fmt: skip

ROLES = [
    ("由每人每月103元提高到123元", ["103 previous", "123 level"]),
    ("從每人每月103元提高至123元", ["103 previous", "123 level"]),
    ("由原来的50%调整为60%", ["50 previous", "60 level"]),
    ("在2022年每人每年610元的基础上增加30元", ["610 previous", "30 increase"]),
    ("在610元基础上提高30元，达到640元", ["610 previous", "30 increase", "640 level"]),
    ("人均财政补助标准新增30元，达到每人每年不低于610元", ["30 increase", "610 level"]),
    ("同步提高个人缴费标准30元，达到每人每年350元", ["30 increase", "350 level"]),
    ("新增30元", ["30 increase"]),
    ("新增护理型床位300张", ["300 increase"]),
    ("新增公办幼儿园8所、托位1200个", ["8 increase", "1200 increase"]),
    ("新增学位2000个、改造学校5所", ["2000 increase", "5 level"]),
    ("弄虚作假的，减10分", ["10 decrease"]),
    ("二氧化硫排放总量削减8%以上", ["8 decrease"]),
    ("减免租金50%", ["50 level"]),
    ("最低工资标准上调后每月2360元", ["2360 level"]),
    ("工业增加值200亿元", ["20000000000 level"]),
    ("连续5年压减一般性支出", ["5 level"]),
    ("招用1人补助1000元，每增加1人另补500元", ["1 level", "1000 level", "500 level"]),
    ("增加30元", ["30 increase"]),
    ("一级由110元提高到125元、二级由80元提高到95元", ["110 previous", "125 level", "80 previous", "95 level"]),
    ("提高到640元", ["640 level"]),
    ("提高至640元", ["640 level"]),
    ("下降5个百分点", ["5 decrease"]),
    ("降低5个百分点", ["5 decrease"]),
    ("提高5个百分点", ["5 increase"]),
    ("下降到50%", ["50 level"]),
    ("降至50%", ["50 level"]),
    ("降低50元", ["50 decrease"]),
    ("提高不低于30元", ["30 increase"]),
    ("增幅不超过5%", ["5 increase"]),
    ("新增不少于30元", ["30 increase"]),
    ("個人繳費標準較上年提高30元", ["30 increase"]),
    ("缴费标准为350元", ["350 level"]),
    ("提高待遇水平，支付比例达到70%", ["70 level"]),
]

PERS = [
    ("每人每年640元", ("person", "year")), ("每年每人640元", ("person", "year")), ("640元/人·年", ("person", "year")),
    ("640元/人/年", ("person", "year")), ("640元每人每年", ("person", "year")), ("每人每月123元", ("person", "month")),
    ("123元/月", ("month",)), ("123元每月", ("month",)), ("20元/小时", ("hour",)), ("每小时20元", ("hour",)), ("每户500元", ("household",)),
    ("每次住院300元", ("visit",)), ("人均640元", ("person",)), ("640元/人", ("person",)), ("每亩15元", ("mu",)), ("每日100元", ("day",)),
    ("100元/天", ("day",)), ("每生每学期500元", ("person", "semester")), ("每季度600元", ("quarter",)), ("640元", ()),
    ("每人每年不低於６４０元", ("person", "year")), ("640 元 / 人 · 年", ("person", "year")), ("640元／人·年", ("person", "year")),
    ("每吨50元", ("tonne",)), ("每例500元", ("case",)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SEEN)
def test_seen(text, expected):
    """Phrases of notices are read."""
    assert [quantity(item) for item in quantities(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in CAUGHT], ids=[f"{row[0]} {row[1]}" for row in CAUGHT]
)
def test_caught(text, expected):
    """What others, or we, once misread is read right."""
    assert [quantity(item) for item in quantities(text)] == expected


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_near_misses(text):
    """What only looks like a quantity is none."""
    assert [item.exact for item in quantities(text)] == []


@pytest.mark.parametrize(("text", "expected"), TORN)
def test_torn(text, expected):
    """A numeral whose neighbour is a part of a number too is read as the whole or not at all."""
    assert [quantity(item) for item in quantities(text)] == expected


@pytest.mark.parametrize(("text", "expected"), WHOLE)
def test_whole_beside_another(text, expected):
    """A mark of an item, a year, a range, a list or a date beside a figure tears nothing."""
    assert [quantity(item) for item in quantities(text)] == expected


@pytest.mark.parametrize(("text", "operator"), BOUNDS)
def test_bounds(text, operator):
    """A bound word includes or excludes the number as the law says, and is part of the evidence when it touches it."""
    assert [item.operator for item in quantities(text)] == [operator]


@pytest.mark.parametrize(("text", "operators"), MOVED_BOUNDS)
def test_bounds_of_what_moves(text, operators):
    """救助金额最高由A提高到B: both are caps; 最高支付限额 is a name."""
    assert [quantity.operator for quantity in quantities(text)] == operators


@pytest.mark.parametrize("text", [text for text, operator in BOUNDS if operator in ("ge", "le", "gt", "lt")])
def test_bound_is_quoted(text):
    """The evidence runs over the bound word."""
    assert [item.exact for item in quantities(text)] == [text.removeprefix("达到")]


@pytest.mark.parametrize("joint", JOINTS)
@pytest.mark.parametrize(("text", "expected"), RANGES)
def test_ranges(text, joint, expected):
    """Every sign that joins a range is read; a shared unit or magnitude belongs to both ends."""
    words = text.format(joint)
    found = quantities(words)

    assert [(item.exact, quantity(item)) for item in found] == [(words, expected)]


@pytest.mark.parametrize(("text", "ends", "_operator"), BOUNDED_RANGES)
def test_bounded_ranges(text, ends, _operator):
    """Two bounds are one range over all of their words."""
    found = quantities(text)

    assert [(item.exact, item.operator, f"{written(item.lower)}..{written(item.upper)}") for item in found] == [
        (text, "between", ends)
    ]


@pytest.mark.parametrize(("text", "expected"), ROLES)
def test_roles(text, expected):
    """An increase is never a level, an old value never the new one."""
    assert [f"{written(item.value)} {item.role}" for item in quantities(text)] == expected


@pytest.mark.parametrize(("text", "per"), PERS)
def test_pers(text, per):
    """What a figure is per stands before it or behind its unit; the order is always the same."""
    assert [item.per for item in quantities(text)] == [per]


PAIRS = [
    (
        "對西部、中部地區分別按照人均財政補助標準80%、60%的比例給予補助",
        "对西部、中部地区分别按照人均财政补助标准80%、60%的比例给予补助",
    ),
    (
        "居民醫保人均財政補助標準新增３０元，達到每人每年不低於６１０元",
        "居民医保人均财政补助标准新增30元，达到每人每年不低于610元",
    ),
    ("門診費用支付比例不低於百分之五十", "门诊费用支付比例不低于百分之五十"),
    ("3個月以內", "3个月以内"),
    ("住院費用  ７０ ％ 左右", "住院费用70%左右"),
    ("兩萬五千元", "两万五千元"),
]


@pytest.mark.parametrize(("given", "plainly"), PAIRS)
def test_script_and_width(given, plainly):
    """Traditional script, full-width signs and spaces inside figures change nothing but the offsets."""
    fields = ("kind", "value", "lower", "upper", "unit", "per", "operator", "role")
    found, same = quantities(given), quantities(plainly)

    assert found
    assert [[getattr(item, name) for name in fields] for item in found] == [
        [getattr(item, name) for name in fields] for item in same
    ]


def test_offsets_of_repeated_figures():
    """The same figure said three times has three places, in the text given."""
    text = "　甲每人 610 元；乙每人 610 元；丙每人６１０元。"

    assert [(item.exact, item.start) for item in quantities(text)] == [("610 元", 5), ("610 元", 15), ("６１０元", 24)]


HOSTILE = [
    "1",
    "1元",
    "70%-",
    "一",
    "不低于",
    "每人每年",
    "1:",
    "（1）",
    "1.1",
    "第1",
    "以上",
    "百分之",
    "年底前",
    "2022年",
    "1至",
    "个人不",
    "（含1",
    "1（含1）",
    "一年又一",
    "百",
    "十点五",
    "1，000",
    "近3年内",
    "一、期",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile(piece):
    """Long rows of signs are passed without an error, with work that grows with their length."""

    def find(length):
        text = piece * (length // len(piece))
        quantities(text)
        dates(text)
        quantities("")  # what was read last is kept

    assert_linear(find, 1_000)


@pytest.mark.timing
@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_is_fast(piece):
    """Patterns are searched in bounded time, too."""
    text = piece * (60_000 // len(piece))
    with at_most(10):
        quantities(text)
        dates(text)


# ── dates ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def date(item):
    span = item.value if item.kind == "date" else f"{item.lower}..{item.upper}"
    return f"{item.operator} {span} {item.edtf}"


DATES_SEEN = [
    ("2023年3月31日", None, ["eq 2023-03-31 2023-03-31"]),
    ("2023年12月31日前", None, ["le 2023-12-31 ../2023-12-31"]),
    ("2022年底前", None, ["le 2022-12-31 ../2022-12-31"]),
    ("2022年年底前", None, ["le 2022-12-31 ../2022-12-31"]),
    ("2022年6月底前", None, ["le 2022-06-30 ../2022-06-30"]),
    ("2022年6月30日之前", None, ["le 2022-06-30 ../2022-06-30"]),
    ("2024年2月底前", None, ["le 2024-02-29 ../2024-02-29"]),
    ("自2024年1月1日起", None, ["ge 2024-01-01 2024-01-01/.."]),
    ("2023年7月起", None, ["ge 2023-07-01 2023-07/.."]),
    ("2022年9月1日至2022年12月31日", None, ["eq 2022-09-01..2022-12-31 2022-09-01/2022-12-31"]),
    ("2022年9月1日—12月31日", None, ["eq 2022-09-01..2022-12-31 2022-09-01/2022-12-31"]),
    ("2022年9月-12月", None, ["eq 2022-09-01..2022-12-31 2022-09/2022-12"]),
    ("2022年9月1日至次年2月底", None, ["eq 2022-09-01..2023-02-28 2022-09-01/2023-02-28"]),
    ("2021年至2023年", None, ["eq 2021-01-01..2023-12-31 2021/2023"]),
    ("2022年", None, ["eq 2022 2022"]),
    ("自中華民國一百十三年七月一日起", None, ["ge 2024-07-01 2024-07-01/.."]),
    ("中華民國一百十二年七月至十二月", None, ["eq 2023-07-01..2023-12-31 2023-07/2023-12"]),
    ("民國115年1月1日起", None, ["ge 2026-01-01 2026-01-01/.."]),
    ("民国一百零二年底前", None, ["le 2013-12-31 ../2013-12-31"]),
    ("9月25日（周五）至27日", 2031, ["eq 2031-09-25..2031-09-27 2031-09-25/2031-09-27"]),
    ("1月28日（农历除夕）至2月4日", 2031, ["eq 2031-01-28..2031-02-04 2031-01-28/2031-02-04"]),
    ("3月5日9时至18日", 2031, ["eq 2031-03-05..2031-03-18 2031-03-05/2031-03-18"]),
    ("2031年6月30日（含6月30日）前", None, ["le 2031-06-30 ../2031-06-30"]),
    ("2031年12月31日（周三）前", None, ["le 2031-12-31 ../2031-12-31"]),
    ("2031年12月31日24时前", None, ["le 2031-12-31 ../2031-12-31"]),
    ("2022年度", None, ["eq 2022 2022"]),
    ("2022年6月", None, ["eq 2022-06 2022-06"]),
    ("2022年内", None, ["le 2022-12-31 ../2022-12-31"]),
    ("二〇二二年六月三十日", None, ["eq 2022-06-30 2022-06-30"]),
    ("２０２２年６月底前", None, ["le 2022-06-30 ../2022-06-30"]),
    ("2022-07-20", None, ["eq 2022-07-20 2022-07-20"]),
    ("6月底前", 2022, ["le 2022-06-30 ../2022-06-30"]),
    ("6月底前", None, ["le --06-30 ../XXXX-06-30"]),
    ("9月1日", None, ["eq --09-01 XXXX-09-01"]),
    ("9月1日", "2022-07-01", ["eq 2022-09-01 2022-09-01"]),
    ("今年年底前", dt.date(2022, 7, 1), ["le 2022-12-31 ../2022-12-31"]),
    ("去年", 2022, ["eq 2021 2021"]),
    ("明年6月底前", 2022, ["le 2023-06-30 ../2023-06-30"]),
    ("年底前", 2022, ["le 2022-12-31 ../2022-12-31"]),
    ("年底前", None, ["le --12-31 ../XXXX-12-31"]),
    ("9月1日至次年2月底", 2022, ["eq 2022-09-01..2023-02-28 2022-09-01/2023-02-28"]),
    ("60周岁以上年龄的人员提供证明年龄的材料", 2022, []),
    ("2031年上半年", None, ["eq 2031-01-01..2031-06-30 2031-01/2031-06"]),
    ("今年第三季度末前", 2031, ["le 2031-09-30 ../2031-09-30"]),
    ("2031年下半年起", None, ["ge 2031-07-01 2031-07/.."]),
    ("2031年9月中旬前", None, ["le 2031-09-20 ../2031-09-20"]),
    ("2031年6月初前", None, ["le 2031-06 ../2031-06"]),
    ("学前一年在园儿童", 2022, []),
    ("应当年满18周岁", 2022, []),
    ("明年", 2022, ["eq 2023 2023"]),
    ("9月1日至当年12月底", 2022, ["eq 2022-09-01..2022-12-31 2022-09-01/2022-12-31"]),
    ("9月1日至该年12月底", 2022, ["eq 2022-09-01..2022-12-31 2022-09-01/2022-12-31"]),
    ("2021年9月1日至今年2月底", 2022, ["eq 2021-09-01..2022-02-28 2021-09-01/2022-02-28"]),
]

CARRIED = [
    ("2031年一季度增长6%，二季度增长7%", 2032, ["2031-01-01..2031-03-31", "2031-04-01..2031-06-30"]),
    ("2031年9月1日起缴费，次年1月1日起享受", 2030, ["2031-09-01", "2032-01-01"]),
    ("2030年参保的，当年6月底前办理", 2032, ["2030", "2030-06-30"]),
    ("2031年3月1日起受理，同年6月30日前办结", 2030, ["2031-03-01", "2031-06-30"]),
    ("自2032年3月1日起受理，6月30日前办结", 2031, ["2032-03-01", "2032-06-30"]),
    # Of another statement, of a year that only says what the figures are for, or of the past: the notice's own year.
    ("2032年3月底前拨付；教育部门在10月31日前汇总", 2031, ["2032-03-31", "2031-10-31"]),
    ("2032年度缴费期为9月1日至12月31日", 2031, ["2032", "2031-09-01..2031-12-31"]),
    ("上半年增长5%", 2031, ["--01-01..--06-30"]),
]


@pytest.mark.parametrize(("text", "reference", "expected"), CARRIED)
def test_year_of_the_date_before(text, reference, expected):
    """A date without a year takes it from the date before it where the words say so, else from the reference."""
    found = dates(text, reference=reference)

    assert [item.value or f"{item.lower}..{item.upper}" for item in found] == expected


DATES_TORN = [
    ("2022年12月32日", []), ("2022年9月1日至2022年12月32日", ["2022年9月1日"]), ("2 022年6月30日", []), ("2022年1\n2月31日", []),
    ("2022年12月\n31日", []), ("2022年350元", ["2022年"]), ("9月1日至1 2月31日", ["9月1日至1 2月31日"]),
    ("2021年9月1日至后年2月底", ["2021年9月1日", "后年2月底"]),
]  # fmt: skip

DATES_CAUGHT = [
    ("JioNLP: the whole of 2022", "2022年底前", ["le 2022-12-31 ../2022-12-31"]),
    ("Recognizers: only 2023", "2023 年 12 月 31 日", ["eq 2023-12-31 2023-12-31"]),
    ("JioNLP: 2023 lost", "2021-2023年", ["eq 2021-01-01..2023-12-31 2021/2023"]),
    ("Recognizers: 20 June 2022", "〔2022〕20号", []),
    ("Recognizers: 20 June 2022, whole number", "医保发〔2022〕20号", []),
    ("Recognizers: 1 October", "十一、加强基金监管", []),
    ("Recognizers: 60 weeks", "60周岁", []),
    ("Recognizers: a calendar span", "90天内", []),
    ("Recognizers: an order", "第41号", []),
    ("both: a clock leaks in", "近日", []),
    ("both: a clock leaks in, deadline", "年底前", ["le --12-31 ../XXXX-12-31"]),
    ("both: nothing to read is nothing", "", []),
]

DATES_NEAR_MISSES = ["6个月", "三年内", "90日", "五年规划", "9:30", "2.5", "12345678", "2022", "第三季", "月均", "年均", "每人每年", "1/3", "1-2", "2022-13-20", "2022年第5号公告"]  # fmt: skip


@pytest.mark.parametrize(("text", "reference", "expected"), DATES_SEEN)
def test_dates_seen(text, reference, expected):
    """Days, months, years, ranges and deadlines are read; without a reference a relative date stays relative."""
    found = dates(text, reference)

    assert [(item.exact, date(item)) for item in found] == [(text, item) for item in expected]


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in DATES_CAUGHT], ids=[f"{row[0]} {row[1]}" for row in DATES_CAUGHT]
)
def test_dates_caught(text, expected):
    """What others misread is read right, the same on every day."""
    assert [date(item) for item in dates(text)] == expected


@pytest.mark.parametrize(("text", "expected"), DATES_TORN)
def test_dates_torn(text, expected):
    """A date of which a part is torn or impossible is no other date."""
    assert [item.exact for item in dates(text, 2022)] == expected


@pytest.mark.parametrize("text", DATES_NEAR_MISSES)
def test_dates_near_misses(text):
    """What only looks like a date is none."""
    assert [item.exact for item in dates(text, 2022)] == []


@pytest.mark.parametrize("text", ["2023年2月29日", "2022年4月31日", "2022年13月1日", "2022年6月32日", "2月30日"])
def test_impossible_days(text):
    """A day that the calendar does not have is not read as another day or month, nor as a span of days."""
    assert [item.exact for item in dates(text, 2022)] == []
    assert [item.exact for item in quantities(text)] == []


@pytest.mark.parametrize("joint", ["至", "到", "-", "—", "–", "～", "~", "－", "——"])
def test_date_ranges(joint):
    """Every sign that joins a range is read between dates too."""
    for text in (f"2022年9月1日{joint}12月31日", f"2022年9月1日{joint}2022年12月31日"):
        assert [(item.exact, item.lower, item.upper) for item in dates(text)] == [(text, "2022-09-01", "2022-12-31")]


def test_year_from_the_date_before():
    """A month takes its year from the date before it only inside a range; elsewhere from the reference."""
    found = dates("2021年6月底前完成40%，12月底前全部完成", reference=2021)

    assert [date(item) for item in found] == ["le 2021-06-30 ../2021-06-30", "le 2021-12-31 ../2021-12-31"]


def test_latest_day():
    """最迟 and 不得超过 before a day make it the last one."""
    assert [item.operator for item in dates("最迟不得超过2023年3月31日")] == ["le"]


def test_impossible_reference():
    """A reference that is no year is refused in words."""
    with pytest.raises(ValueError, match="soon"):
        extractor.dates("6月底前", reference="soon")


# ── numerals ────────────────────────────────────────────────────────────────────────────────────────────────────────

NUMERALS = [
    ("进一步提高2万5千元，占百分之七十", [("2万5千", "25000"), ("七十", "70")]),
    ("１，０２０元和1,020元", [("１，０２０", "1020"), ("1,020", "1020")]),
    ("統一為３０萬元", [("３０萬", "300000")]),
    ("一是坚持统一，二是零售，三重制度，万一", []),
    ("2023 年 12 月", [("2023", "2023"), ("12", "12")]),
    ("三五个", []),
    ("70%-80%", [("70", "70"), ("80", "80")]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), NUMERALS)
def test_numerals(text, expected):
    """Numerals are found at their places in the text given; signs inside words are none."""
    found = extractor.numerals(text)

    assert [(item.exact, plain(item.value)) for item in found] == expected
    assert all(text[item.start : item.end] == item.exact for item in found)
