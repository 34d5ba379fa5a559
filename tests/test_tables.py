"""What the heads of tables say of their cells: tables of many programmes, each with what its figures are."""

from __future__ import annotations

import pytest

import extractor

PAGE = "<html><body><h1>关于2031年{title}的通知</h1><p>现通知如下：</p><p>有关标准自印发之日起执行。</p>{before}<table>{rows}</table><p>请遵照执行。</p></body></html>"


def table(text):
    """Make a table's rows of lines of cells between bars; ``^2`` and ``<2`` behind a cell: over so many rows, columns."""
    rows = ""
    for line in text.split("\n"):
        cells = ""
        for cell in line.split("|"):
            words, _, over = cell.partition("^")
            words, _, across = (words if not over else cell.replace(f"^{over[:1]}", "")).partition("<")
            spans = (f" rowspan={over[:1]}" if over else "") + (f" colspan={across[:1]}" if across else "")
            cells += f"<td{spans}>{words}</td>"
        rows += f"<tr>{cells}</tr>"
    return rows


def facts(rows, *, before="", title="有关标准"):
    """The facts of a page with one table."""
    text = PAGE.format(title=title, before=before, rows=table(rows))
    return extractor.read_notice(text.encode()).facts


def field(fact, name):
    """A field of a fact, or of its scope."""
    return getattr(fact, name) if hasattr(fact, name) else getattr(fact.scope, name)


# Rows, a field, and what it is of each figure in order.
HEADS = {
    # labels with a figure, units between labels and figures
    "a year in a label": (
        "指标<2|单位|目标\n总量减排（较2030年累计）^2|氨氮排放量下降|%|8.3\n氮氧化物排放量下降|%|10.6", "subject",
        ["氨氮排放量下降", "氮氧化物排放量下降"],
    ),
    "a sign with a figure below a class": (
        "指标<2|单位|目标\n环境质量^2|PM2.5平均浓度|微克/立方米|31\n优良天数比率|%|82", "subject", ["PM2.5平均浓度", "优良天数比率"],
    ),
    "a label with a figure before its unit": (
        "办法<2|单位|2031年\n挂钩调整^2|缴费年限每满1年|元/人·月|1.2\n养老金挂钩比例|%|0.8", "value", ["1.2", "0.8"],
    ),
    "what is adjusted by is a rise, ages beside it are none": (
        "办法<2|单位|2031年\n高龄倾斜^2|70—74周岁|元/人·月|25\n75—79周岁|元/人·月|35", "role",
        ["condition", "increase", "condition", "increase"],
    ),
    "ages before a unit class an amount": (
        "办法<2|单位|2031年\n高龄津贴^2|70—74周岁|元/人·月|25\n75—79周岁|元/人·月|35", "condition",
        [None, "70—74周岁", None, "75—79周岁"],
    ),
    "a number opens a label": (
        "指标|2030年|2031年\n1.森林覆盖率（%）|40|41\n（2）人均预期寿命（岁）|79|80", "subject", ["森林覆盖率"] * 2 + ["人均预期寿命"] * 2,
    ),
    "an age that is measured": ("指标|2030年|2031年\n人均预期寿命（岁）|79|80", "role", ["level", "level"]),
    # cells that reach over rows and columns
    "unit over rows": (
        "项目|对象|单位|2031年\n护理补贴^2|一级|元/人·月^2|310\n二级|260", "per", [("person", "month")] * 2,
    ),
    "unit with a counting word": (
        "服务项目|单位|减免标准\n遗体接运费|元/具|250\n骨灰寄存费|元/格·年|90", "per", [("unit_item",), ("year", "unit_item")],
    ),
    "unit beside a head that says less": (
        "项目|计费单位|标准（元）\n护理费|元/人·天|90\n接运费|元/具|250", "per", [("person", "day"), ("unit_item",)],
    ),
    "unit beside a head in another unit": (
        "项目|单位|资金（万元）\n护理费|元/人·天|90\n接运费|元/具|250", "per", [(), ()],
    ),
    "unit beside a head, for nobody": (
        "项目|计费单位|标准（元）\n护理费|元/人·天|90\n接运费|元/具|250", "population", [None, None],
    ),
    "unit in the last column, over rows": (
        "项目|去年|今年|计算单位\n运营补助|200|300|元/人·月^2\n护理补助|100|150", "per", [("person", "month")] * 4,
    ),
    "words in the last column are no unit": ("项目|今年|备注\n运营补助|300|元", "value", []),
    "what is built newly is paid for": (
        "项目|原标准|新标准|单位\n新增床位一次性补助|8000|9000|元/张", "role", ["previous", "level"],
    ),
    "measure over rows": ("项目|对象|标准（元）\n困难补贴^2|城市|310\n农村|260", "subject", ["困难补贴"] * 2),
    "class over rows is the row's": ("片区|学段|学费（元）\n甲县^2|小学|300\n初中|500", "places", [("甲县",), ("甲县",)]),
    "a cell over several heads is of none": (
        "家庭类型^2|最高贷款额度（万元）<2\n首套|二套\n多子女家庭|90<2\n双职工家庭|70|60", "condition", [None, "首套", "二套"],
    ),
    "persons by what they can do": ("对象|2030年（元）|2031年（元）\n完全不能自理|300|320", "population", ["完全不能自理"] * 2),
    "a setting that goes without saying": (
        "医疗机构^2|住院待遇<2|普通门诊\n起付标准（元）|医保支付比例|医保支付比例\n县级医院|500|82%|60%", "condition", [None, None, "普通门诊"],
    ),
    "ages beside what spans them": (
        "项目|对象|标准（元/月）\n高龄津贴^2|80—89周岁老年人|60\n100周岁以上老年人|500", "population",
        ["老年人", "80—89周岁老年人", "老年人", "100周岁以上老年人"],
    ),
    "spans of time beside what spans them": (
        "项目|缴费年限|月增加额（元）\n挂钩调整^2|满10年不满20年|28\n20年以上|42.5", "condition",
        ["挂钩调整", "挂钩调整", "挂钩调整，满10年不满20年", "挂钩调整", "挂钩调整，20年以上"],
    ),
    "a sign with a figure is a name": (
        "领域|指标|2031年（微克/立方米）\n大气环境^2|PM2.5浓度|31\nPM10浓度|52", "subject", ["PM2.5浓度", "PM10浓度"],
    ),
    "an amount beside what spans its row is no label": (
        "项目|学费|住宿费（元）\n高中^2|每学期700元|300\n每学期600元|200", "condition", [None] * 4,
    ),
    "classes below classes": (
        "家庭类型^3|最高贷款额度（万元）<4\n首套住房<2|第二套住房<2\n新建|二手|新建|二手\n单人缴存|100|90|80|70", "condition",
        ["首套住房，新建", "首套住房，二手", "第二套住房，新建", "第二套住房，二手"],
    ),
    "two groups of persons": (
        "救助对象|一次性补助（元）<2\n|在校学生|退役军人\n低保家庭|900|800", "population", ["低保家庭"] * 2,
    ),
    "town and country alike": (
        "残疾等级^2|护理补贴标准（元）<2\n城镇|农村\n一级残疾人|310|260", "condition", ["城镇", "农村"],
    ),
    "an amount above its bounds": (
        "险种^2|月缴费工资基数（元）<2|备注^2\n上限|下限\n失业保险|31200|6240", "condition", ["失业保险"] * 2,
    ),
    "who is named beside a base pays nothing": (
        "险种|参保人员类别|月缴费工资基数（元）\n失业保险|职工|31200", "payer", [None],
    ),
    "a column of changes has the unit of what changed": ("保障对象|保障标准（元/人·月）|提高额\n城市低保对象|1063|31", "role", ["level", "increase"]),
    "another column has no unit": ("保障对象|保障标准（元/人·月）|户均\n城市低保对象|1063|31", "role", ["level"]),
    "a head that says a unit and a bound": (
        "日最高气温|高温津贴（元/人·天，不低于）\n37℃以上|15", "per", [(), ("person", "day")],
    ),
    "what held before": ("政策|情形|原政策（元）|新政策（元）\n创业资助|初次创业|10000|12000", "role", ["previous", "level"]),
    "areas by class": ("区域|月最低工资标准（元/月）\n一类区域|2330\n二类区域|2220", "places", [("一类区域",), ("二类区域",)]),
    "a unit is no part of a school": ("津贴项目|小学（元）|初中（元）\n书簿津贴|3240|3890", "provider", ["小学", "初中"]),
    "what a bracket tells apart is": ("医院等级|起付标准（元）\n三级（市属）|900", "provider", ["三级（市属）"]),
    "several places in one cell": ("地区|津贴标准（元）\n甲市、乙市|390\n县（市、区）|300", "places", [("甲市", "乙市"), ("县（市、区）",)]),
    # what a head says of the numbers below it
    "money of trillions": ("项目|2030年安排|2031年安排\n债券（万亿元）|3.9|4.4", "value", ["3900000000000", "4400000000000"]),
    "a plan of a year is no measure": ("项目|2030年安排|2031年安排\n债券（万亿元）|3.9|4.4", "subject", ["债券"] * 2),
    "a column of what came to it": ("项目|2030年|增加\n债券（亿元）|3.9|0.5\n赤字率（%）|3|1个百分点", "role", ["level", "increase"] * 2),
    "a column of changes": ("项目|2031年（元）|变动（%）\n学费|390|+1.6\n膳费|300|-2", "role", ["level", "increase", "level", "decrease"]),
    "a column of what went away": ("项目|2031年（元）|减少（元）\n学费|390|10", "role", ["level", "decrease"]),
    "a change in a name is none": ("项目|职务变动（元）|变动津贴（元）\n安家费|390|10", "role", ["level"] * 2),
    "how long": ("项目|月服务时长（小时）\n居家护理|20", "subject", ["月服务时长"]),
    "classes of persons": ("失能等级|日限额（元）\n重度Ⅰ级|61\n重度Ⅱ级|65", "population", ["重度Ⅰ级", "重度Ⅱ级"]),
    "classes of no persons": ("灾害等级|日限额（元）\nⅠ级|61\nⅡ级|65", "population", [None] * 2),
    # a table beside itself
    "rows go on beside": (
        "行业类别|基准费率|行业类别|基准费率\n一类|0.2%|三类|0.7%\n二类|0.4%|四类|0.9%", "condition", ["一类", "三类", "二类", "四类"],
    ),
    "places go on beside": (
        "县（市、区）|学费（元）|县（市、区）|学费（元）|县（市、区）|学费（元）\n东港|700|北镇|600|黑山|500", "places", [("东港",), ("北镇",), ("黑山",)],
    ),
    "two years beside each other are of one row": (
        "县（市、区）|学费（元）|住宿费（元）|学费（元）|住宿费（元）\n东港|700|90|800|100", "places", [("东港",)] * 4,
    ),
    "below spanned years the rows are as before": (
        "县（市、区）^2|2030年<2|2031年<2\n学费（元）|住宿费（元）|学费（元）|住宿费（元）\n东港|700|90|800|100", "places", [("东港",)] * 4,
    ),
    # the measure
    "the lower of two heads": (
        "医疗机构^2|住院待遇<2\n起付标准（元）|支付比例\n县级|500|82%", "subject", ["起付标准", "支付比例"],
    ),
    "the row's below years": (
        "项目^2|保障标准（元/月）<2\n2030年|2031年\n特困人员供养标准|900|950\n孤儿养育标准|1500|1600", "subject",
        ["特困人员供养标准"] * 2 + ["孤儿养育标准"] * 2,
    ),
    "the row's below old and new": ("项目|原标准（元）|现标准（元）\n生均公用经费|650|720", "subject", ["生均公用经费"] * 2),
    "the row's beside what only says how often": ("项目|月标准（元）\n缴费基数上限|19317\n缴费基数下限|3863", "subject", ["缴费基数上限", "缴费基数下限"]),
    "the column's where rows are classes": ("类别|月最低工资标准（元）\n一类|2300\n二类|2100", "subject", ["月最低工资标准"] * 2),
    "not a column of another unit": (
        "家庭类型|最高贷款额度（万元）\n单职工家庭|60\n首付款比例|不低于20%", "subject", ["最高贷款额度", "首付款比例"],
    ),
    "a stage is no part of it": ("地区|现最高额度（万元）\n甲县|60", "subject", ["最高额度"]),
    # what the rows are, by their column's head
    "whose a span of time is": (
        "人员类别|待遇享受期\n普通居民（集中征缴期内缴费）|2032年1月1日至2032年12月31日\n退役军人及其配偶、子女|2032年2月1日至2032年12月31日", "population",
        ["普通居民（集中征缴期内缴费）", "退役军人及其配偶、子女"],
    ),
    "what a column of days is of": ("工种|每人（元）|期限\n初级|1500|至2032年12月31日\n中级|2000|至2032年12月31日", "condition", ["初级", "初级", "中级", "中级"]),
    "what a cell gives it names itself": ("人员类别|待遇享受期\n普通居民|自缴费之日起设置90日待遇享受等待期", "subject", ["待遇享受等待期"]),
    "a span that says which persons a row is of": ("人员类别|个人缴费（元）\n退役军人（退出现役3个月以内）|400", "role", ["condition", "level"]),
    "kinds of families": ("家庭类型|最高贷款额度（万元）\n单人缴存|60\n双人缴存|90", "population", ["单人缴存", "双人缴存"]),
    "prefectures": ("州（市）|补助资金（万元）\n红河州|600\n临沧|90", "places", [("红河州",), ("临沧",)]),
    "counties": ("县（市、区）|优良天数比率（%）\n东港|71\n北镇|69", "places", [("东港",), ("北镇",)]),
    "hospitals": ("医院等级|起付标准（元）\n三级甲等|900\n三级乙等|700", "provider", ["三级甲等", "三级乙等"]),
    "an amount is none of them": ("家庭类型|额度（万元）\n保底额度|20", "population", [None]),
    "a bare class is neither persons nor places": ("类别|护理补贴标准（元）\n一类|310", "places", [()]),
    "a class beside wages is a condition, as in prose": ("类别|月最低工资标准（元）\n一类|2300", "condition", ["一类"]),
    "a class of areas": ("地区类别|月最低工资标准（元）\n一类|2300", "places", [("一类",)]),
    "grades of persons": ("伤残等级|伤残津贴（元）\n四级|2300", "population", ["四级"]),
    "levels are no measure": ("项目|医疗机构级别（元）\n检查费用|900", "subject", ["检查费用"]),
    "an area says so itself": ("类别|补助标准（元）\n一类地区|310", "places", [("一类地区",)]),
    # who pays
    "payers below a rate": ("险种^2|缴费比例<2\n单位|个人\n失业保险|0.5%|0.3%", "payer", ["单位", "个人"]),
    "payers of a share": ("项目^2|分担比例<2\n省财政|县财政\n学校食堂|60%|40%", "payer", ["省财政", "县财政"]),
    "persons are paid": ("项目|补助标准（元）\n个人|500\n单位|800", "payer", [None, None]),
    # roles and years
    "old and new": ("项目|原标准（元）|现标准（元）\n助学金|650|720", "role", ["previous", "level"]),
    "before and after": ("项目|调整前（元）|调整后（元）\n助学金|650|720", "role", ["previous", "level"]),
    "until now and new": ("项目|现时金额（每月，元）|新金额（每月，元）\n高龄津贴|650|720\n伤残津贴|900|950", "role", ["previous", "level"] * 2),
    "new and until now": ("票种|新票价（元）|现行票价（元）\n成人|9|8", "role", ["level", "previous"]),
    "two stages away": ("项目|现行标准（元）|增加额（元）|调整后标准（元）\n低保|650|70|720", "role", ["previous", "increase", "level"]),
    "what holds is not old beside what was": ("项目|调整前（元）|现行标准（元）\n助学金|650|720", "role", ["previous", "level"]),
    "what holds alone": ("项目|现行标准（元）|受惠人数（人）\n助学金|650|720", "role", ["level", "level"]),
    "what is had": ("项目|现有床位（张）|新增床位（张）\n养老院|650|20", "role", ["level", "increase"]),
    "per what before the unit": ("津贴|新金额（每月，元）\n高龄津贴|1,690", "per", [("month",)]),
    "per what behind the unit": ("津贴|标准（元，每人每年）\n助学金|1,690", "per", [("person", "year")]),
    "thousands per what": ("项目|补助（每年，万元）\n托位建设|3", "value", ["30000"]),
    "not of a name that begins so": ("产品|原油产量（万吨）\n甲厂|65", "role", ["level"]),
    "growth in the row's name": (
        "指标|单位|2031年\n零售总额增长|%|6左右\n城镇新增就业|万人|≥70\n单位能耗降低|%|3", "role", ["increase", "increase", "decrease"],
    ),
    "not of a rate": ("指标|单位|2031年\n增值税税率|%|6\n失业率|%|5", "role", ["level", "level"]),
    "days above columns": (
        "项目^2|实施日期<2\n2030年7月1日|2031年7月1日\n月最低工资|2300元|2450元", "applies_to", ["2030", "2031"],
    ),
    "days are no things": (
        "项目^2|实施日期<2\n2030年7月1日|2031年7月1日\n月最低工资|2300元|2450元", "condition", [None, None],
    ),
    # bounds and ranges without a unit beside them
    "bounds": ("指标|单位|2031年度\n覆盖率|%|8以上\n达标率|%|不低于95\n学位|万个|约7", "operator", ["ge", "ge", "approx"]),
    "ranges": ("指标|单位|2031年\n覆盖率|%|6－8", "lower", ["6"]),
    # a figure of a column of tiers classes its row, where nothing else does
    "a tier's subsidy": (
        "缴费档次|政府补贴（元/年）\n200|35\n500|60", "condition", ["缴费档次200", "缴费档次500"],
    ),
    "a tier with a unit of its own": (
        "年缴费档次（元）|政府补贴（元）\n200|35", "condition", [None, "年缴费档次200"],
    ),
    "a row with a name": (
        "类别|缴费档次（元）|政府补贴（元）\n困难群体|200|35", "condition", [None, None],
    ),
    "no tier": ("缴费标准（元）|政府补贴（元）\n200|35", "condition", [None, None]),
    # bounds in heads hold for aims, not for what was reached
    "bounds behind units": (
        "区县|优良天数比率（%）≥|重污染天数（天）≤\n新城区|62.5|14", "operator", ["ge", "le"],
    ),
    "bounds behind units name nothing": (
        "区县|优良天数比率（%）≥|重污染天数（天）≤\n新城区|62.5|14", "subject", ["优良天数比率", "重污染天数"],
    ),
    "bounds in brackets": (
        "区县|2030年实际（%）|2031年目标（%，不低于）|重污染天数（天，不超过）\n新城区|62.1|64|12", "operator", ["eq", "ge", "le"],
    ),
    "a bound over what was reached": (
        "区县^2|优良天数比率（%，不低于）<2\n2030年实际|2031年目标\n新城区|62.1|64", "operator", ["eq", "ge"],
    ),
    "grades below the head of grades": (
        "护理方式^2|单位^2|重度失能等级<2\n一级|二级\n养老机构护理|元/人·日|40|50", "subject", [None] * 2,
    ),
    "persons whose name begins like a head of grades": (
        "类别|每月金额（元）\n残疾程度达100%的成人|5190", "population", [None, "残疾程度达100%的成人"],
    ),
    "years are no range": ("指标|单位|2031年\n周期|万元|2031-2035", "value", []),
    "no magnitude twice": ("指标|单位|2031年\n用户数|万户|1.5万", "value", []),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "name", "wanted"), HEADS.values(), ids=HEADS)
def test_heads(rows, name, wanted):
    """A cell has what the heads of its row and its column say, and nothing of what they don't."""
    assert [field(fact, name) for fact in facts(rows)] == wanted


B, P = (
    ("housing.fund.base_upper", "housing.fund.base_lower"),
    ("housing.fund.payment_upper", "housing.fund.payment_lower"),
)
LINKED = {
    "limits below what they limit": (
        "住房公积金缴存限额", "缴存比例^2|月缴存基数（元）<2|月缴存额（元）<2\n上限|下限|上限|下限\n12%|27813|2200|6676|528",
        ["housing.fund.rate", *B, *P],
    ),
    "names that only cues know": (
        "住房公积金缴存上下限", "人员类别|缴存基数上限（元）|缴存基数下限（元）|月缴存额上限（元）|月缴存额下限（元）\n单位职工|27234|2080|6536|208", [*B, *P],
    ),
    "a row and 标准 behind a year": (
        "社会救助标准", "项目|2030年标准（元/月）|2031年标准（元/月）\n农村最低生活保障|780|830\n城市特困人员基本生活|1365|1440",
        ["assistance.subsistence.rural"] * 2 + ["assistance.subsistence.destitute_basic"] * 2,
    ),
    "how much is done by the year's end": (
        "国民经济和社会发展计划", "指标|单位|2030年预计完成|2031年预期目标\n地区生产总值增速|%|5.2|5.5左右", ["macro.gdp_growth"] * 2,
    ),
    "how much care somebody needs": (
        "工伤保险待遇", "护理依赖程度|生活护理费（元/月）\n完全护理依赖|3560", ["injury.benefit.nursing_allowance"],
    ),
    "limits of something else": ("住房公积金有关事项", "项目|上限（元）|下限（元）\n罚款|5000|1000", [None, None]),
    "rows of other things below a column's own": (
        "最低工资标准", "类别|月最低工资标准（元）|小时最低工资标准（元）\n一类区|2130|22.4\n2030年居民月均消费支出|1560|—\n实习生生活补助（指导价）|1200|12",
        ["wage.minimum.monthly", "wage.minimum.hourly", None, None, None],
    ),
    "a column that says only that it is to be done": (
        "民生实事完成情况", "项目|年度任务|投资（万元）\n增加学位|2400个|8600\n城镇新增就业|2.6万人|—",
        ["education.places", None, "employment.target.new_jobs"],
    ),
    "a class of things beside what is to be done": (
        "民生实事", "序号|类别|年度目标任务\n1|教育|增加公办幼儿园学位2000个", ["education.places"],
    ),
    "growth in the name of what is aimed at": (
        "主要经济指标计划", "指标|2031年增长目标|2030年完成\n规模以上工业增加值|10%|9%\n工业用电量|5%|4%",
        ["macro.industry_growth", None, None, None],
    ),
    "a bracket that says which way it changes": (
        "工商业分时电价", "时段|浮动比例|用电占比\n高峰（上浮）|70%|32%\n低谷（下浮）|60%|8%\n尖峰（在高峰电价基础上上浮）|20%|3%",
        ["energy.price.peak_rise", None, "energy.price.valley_cut", None, None, None],
    ),
    "a stage and 标准 in one word, beside other amounts": (
        "社会救助资金发放统计", "类别|发放金额（万元）|人均补助水平（元/月）|现行标准（元/人·月）\n城市低保|736.2|594.6|845",
        [None, None, "assistance.subsistence.urban"],
    ),
    "a school by its new site": (
        "新建学校", "项目名称|总投资（万元）|新增学位（个）\n甲区第一小学新校区|7450|1620\n乙区第二中学|9800|1800",
        [None, "education.places"] * 2,
    ),
    "a unit in the corner without 单位": (
        "失业保险金标准", "项目（元/人·月）|一类地区|二类地区\n失业保险金|1864|1760", ["unemployment.benefit.amount"] * 2,
    ),
    "a row that is another thing": ("社会救助标准", "项目|2031年标准（元/月）\n护理员岗位|1800", [None]),
}  # fmt: skip


@pytest.mark.parametrize(("title", "rows", "wanted"), LINKED.values(), ids=LINKED)
def test_links(title, rows, wanted):
    """A cell has the indicator that its heads name together, or none."""
    assert [fact.indicator for fact in facts(rows, title=title)] == wanted


def test_levels_by_what_stands_above():
    """A bare level is a provider's where the lines above a table speak of care, also where no head does."""
    text = "关于调整待遇的通知\n\n各县：\n\n一、{}\n\n支付比例如下：\n\n类别\t一级\t二级\n职工\t85%\t75%\n"
    found = {
        above: [fact.scope.provider for fact in extractor.read_notice(text.format(above).encode()).facts]
        for above in ("普通门诊", "失能护理")
    }

    assert found == {"普通门诊": ["一级", "二级"], "失能护理": [None, None]}


# What stands above the table, and what its figures measure.
NAMED_ABOVE = {
    "caption": ("<p>附表　部分州（市）助学资金分配表（单位：万元）</p>", "助学资金"),
    "numbered": ("<p>表2 工伤保险基准费率（单位：%）</p>", "工伤保险基准费率"),
    "caption before its unit": ("<p>农村低保分类补助表</p><p>单位：元/人·月</p>", "农村低保分类补助"),
    "lead-in": ("<p>月补助水平见下表（单位：元）：</p>", "月补助水平"),
    "heading": ("<p>一、冬季取暖补贴</p><p>（单位：元）</p>", "冬季取暖补贴"),
    "what names no amount": ("<p>附表　任务分工表（单位：元）</p>", None),
}


@pytest.mark.parametrize(("before", "subject"), NAMED_ABOVE.values(), ids=NAMED_ABOVE)
def test_named_above(before, subject):
    """Where no head names a measure, the caption does, the lead-in or the heading, nearest first."""
    found = facts("类别|2030年|2031年\n一类|439|483\n二类|417|459", before=before)

    assert [fact.subject for fact in found] == [subject] * 4


# What stands above a table whose heads name no amounts, its rows, a field, and what it is of each figure.
OVER_TABLES = {
    "a caption's amount, heads that class it": (
        "<p>附表　住房公积金最高贷款额度（单位：万元）</p>",
        "申请人数|首套住房|第二套住房\n一人申请|50|40",
        "subject",
        ["公积金最高贷款额度"] * 2,
    ),
    "the heads are its conditions": (
        "<p>附表　住房公积金最高贷款额度（单位：万元）</p>",
        "申请人数|首套住房|第二套住房\n一人申请|50|40",
        "condition",
        ["首套住房，一人申请", "第二套住房，一人申请"],
    ),
    "linked by the caption": (
        "<p>职业技能培训补贴标准（单位：元/人）如下：</p>",
        "技能等级|一般工种|紧缺工种\n四级（中级工）|1400|1800",
        "indicator",
        ["employment.subsidy.training"] * 2,
    ),
    "classes of skill are persons": (
        "<p>职业技能培训补贴标准（单位：元/人）如下：</p>",
        "技能等级|一般工种|紧缺工种\n二级（技师）|2800|3500",
        "population",
        ["二级（技师）"] * 2,
    ),
    "a head that names an amount stays": (
        "<p>附表　住房公积金最高贷款额度（单位：万元）</p>",
        "申请人|装修补贴|住房面积\n一人申请|50|40",
        "indicator",
        [None, None],
    ),
    "the persons who open the caption": (
        "<p>二孩家庭补贴标准如下：</p>",
        "项目|金额（元）\n孕期|500\n分娩|1000",
        "population",
        ["二孩家庭"] * 2,
    ),
    "the class and persons before its name": (
        "<p>一档参保人员年度最高支付限额如下（单位：万元）：</p>",
        "医院|普通住院\n一级医院|20",
        "condition",
        ["一档，普通住院"],
    ),
    "the class of a name that stands above": (
        "<p>首套住房最高贷款额度调整如下（单位：万元）：</p>",
        "缴存情况|调整前|调整后\n单缴存职工|50|60",
        "condition",
        ["首套住房"] * 2,
    ),
    "a budget's sums are nobody's each": (
        "<p>2031年就业补助资金分配表（单位：万元）</p>",
        "县区|职业技能培训补贴|创业补贴\n甲县|105|60",
        "indicator",
        [None, None],
    ),
    "a column of another thing beside the caption's own": (
        "<p>2031年职业培训补贴标准及发放情况（单位：元/人）如下：</p>",
        "技能等级|培训补贴|合计入账\n四级（中级工）|1400|1800",
        "indicator",
        ["employment.subsidy.training", None],
    ),
    "persons beside the caption's own column": (
        "<p>2031年职业培训补贴标准（单位：元/人）如下：</p>",
        "技能等级|培训补贴|退役军人增加\n四级（中级工）|1400|200",
        "indicator",
        ["employment.subsidy.training"] * 2,
    ),
    "everybody who opens the caption is nobody": (
        "<p>参保人员补贴标准如下：</p>",
        "项目|金额（元）\n孕期|500",
        "population",
        [None],
    ),
}


@pytest.mark.parametrize(("before", "rows", "name", "wanted"), OVER_TABLES.values(), ids=OVER_TABLES)
def test_over_tables(before, rows, name, wanted):
    """What names a table says what its cells are, where their heads only class them."""
    found = facts(rows, before=before, title="住房公积金、就业补助和居民医保有关标准")

    assert [field(fact, name) for fact in found] == wanted


# What stands above the table, and what its amounts are per.
PER_ABOVE = {
    "bracketed caption": ("<p>【公共福利金每月金额】</p>", ("month",)),
    "caption with its unit": ("<p>表2 每年学费（单位：元）</p>", ("year",)),
    "a caption of no time": ("<p>【公共福利金金额】</p>", ()),
    "a sentence is no caption": ("<p>各县每月核对一次。</p>", ()),
}


@pytest.mark.parametrize(("before", "per"), PER_ABOVE.values(), ids=PER_ABOVE)
def test_per_above(before, per):
    """A caption says per what the amounts of its table are, where nothing nearer does."""
    assert [
        fact.per
        for fact in facts("类别|标准|备注\n高龄津贴|由100元增至110元|无\n伤残津贴|由200元增至210元|无", before=before)
    ] == [per] * 4


TEXT = "关于调整有关标准的通知\n\n各县：\n\n{}\n\n请遵照执行。\n"
IN_TEXT = {
    "caption with a gap": ("　　分类补助表　　单位：元／人·月\n　　类别　　2030年　　2031年\n　　一类　　４３９　　４８３", ["分类补助"] * 2),
    "heading's own words": ("（四）优良天数比率目标\n\n县区　　2030年实际（%）　　2031年目标（%）\n路南区　　68.5　　70.0", ["优良天数比率"] * 2),
    "a unit before 如下": ("各县月补助水平（元/人·月）如下：\n县区　　2030年标准　　2031年标准\n路南县　　820　　865", ["月补助水平"] * 2),
    "blank corner": ("三、月最低工资对比（单位：元）\n　　　　　　2030年　　2031年\n一类地区　　2280　　2360\n二类地区　　2010　　2080", ["月最低工资"] * 4),
    "caption with a gap, set in the middle": ("　　　　　　分类补助表　　单位：元\n　　类别　　2030年　　2031年\n　　一类　　439　　483", ["分类补助"] * 2),
    "years below heads that reach over both": ("月最低工资表（单位：元）\n类别\t月最低工资\t\t小时最低工资\t\n\t2030年\t2031年\t2030年\t2031年\n一类\t2280\t2360\t22\t23", ["月最低工资"] * 2 + ["小时最低工资"] * 2),
    "blank corner over named rows": ("\t一级\t\t二级\t\n护理方式\t原标准\t新标准\t原标准\t新标准\n月支付限额（元）\t70\t75\t85\t92", ["月支付限额"] * 4),
    "columns of amounts": ("附表　分配表（单位：万元）\n县　　义务教育经费　　学前教育资金\n路南县　　98,642　　21,370", ["义务教育经费", "学前教育资金"]),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "subjects"), IN_TEXT.values(), ids=IN_TEXT)
def test_aligned_text(rows, subjects):
    """A table of aligned text is read like another."""
    found = extractor.read_notice(TEXT.format(rows).encode()).facts

    assert [fact.subject for fact in found] == subjects


# Rows, and the indicators of their figures: what a column of changes is of.
WAGES = ["wage.minimum.monthly", "wage.minimum.hourly"]
CHANGES = {
    "beside the name that it changes": (
        "最低工资标准", "类区|月最低工资标准（元）|其中：比上年增加（元）|小时最低工资标准（元）\n一类区|2330|120|24",
        [WAGES[0], WAGES[0], WAGES[1]],
    ),
    "beside a name that it can't be of, whatever the title says": (
        "最低工资标准", "类区|月最低工资标准（元）|小时最低工资标准（元）|比上年增加（元）\n一类区|2330|24|1.2", [*WAGES, None],
    ),
    "beside months, of what the title names": (
        "工伤保险伤残津贴", "级别|一次性伤残补助金（月）|每月增加（元）\n一级|27|160",
        ["injury.benefit.lump_sum_months", "injury.benefit.disability_allowance"],
    ),
    "of two names each its own": (
        "居民医保待遇", "级别|起付标准（元）|比上年增加（元）|年度最高支付限额（元）|比上年增加（元）\n一级医院|200|50|300000|10000",
        ["medical.benefit.deductible"] * 2 + ["medical.benefit.annual_cap"] * 2,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("title", "rows", "wanted"), CHANGES.values(), ids=CHANGES)
def test_columns_of_changes(title, rows, wanted):
    """A column that only says by how much something changed is of the name beside it, or of none that it can't be of."""
    assert [fact.indicator for fact in facts(rows, title=title)] == wanted
