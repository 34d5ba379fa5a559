"""What a figure measures, for whom, where and by whom: sentences of many programmes, each with what its figures are."""

from __future__ import annotations

import pytest

import extractor

# A sentence, and of each figure in order what it measures.
SUBJECTS = [
    # the name is whole
    ("全市规模以上工业增加值增长6%，城镇调查失业率控制在5.5%以内。", ["规模以上工业增加值", "城镇调查失业率"]),
    ("非化石能源占能源消费总量比重由12%提高到16%。", ["非化石能源占能源消费总量比重"] * 2),
    ("职工医保统筹基金累计结余可支付月数控制在9个月以内。", ["职工医保统筹基金累计结余可支付月数"]),
    ("连续断缴4年的，固定等待期和变动等待期之和不少于6个月。", ["连续断缴", "固定等待期和变动等待期之和"]),
    ("对连续参加居民医保满4年的人员给予奖励。", ["连续参加居民医保"]),
    ("村卫生室纳入医保结算的比例达到95%。", ["纳入医保结算的比例"]),
    # quoted words are part of the name that they open; a plan's years are none
    ("本级部门“三公”经费预算压减6%。", ["本级部门“三公”经费预算"]),
    ("“放心码头”覆盖率提高到80%，“专精特新”企业达到320家。", ["“放心码头”覆盖率", "“专精特新”企业"]),
    ("“电代油”“气代油”分别完成320户、150户。", ["电代油", "气代油"]),
    ("“十五五”期间单位能耗下降14%。", ["单位能耗"]),
    # two names with one head
    ("森林和湿地面积达到30万公顷。", ["森林和湿地面积"]),
    ("粮食产量和播种面积稳定在200万亩。", ["播种面积"]),
    ("公路投资800亿元、铁路和航空430亿元。", ["公路投资", "铁路和航空"]),
    # persons in front that the name is not of, and those that it is
    ("无房职工租房提取限额由1500元提高到1800元。", ["租房提取限额"] * 2),
    ("单位和职工缴存比例各为5%。", ["缴存比例"]),
    ("重度残疾人护理补贴每月110元。", ["重度残疾人护理补贴"]),
    ("农民工工资保证金比例为3%。", ["农民工工资保证金比例"]),
    ("农村孤儿养育标准为1810元。", ["农村孤儿养育标准"]),
    # what ends like a place and is none; a school's years
    ("改造老旧小区2300个、老旧厂区6处。", ["老旧小区", "老旧厂区"]),
    ("九年义务教育巩固率保持在97%以上，高中阶段毛入学率达到94%。", ["九年义务教育巩固率", "高中阶段毛入学率"]),
    # what it is per; an aim of a year
    ("取暖补贴每户每个供暖期最高1000元。", ["取暖补贴"]),
    ("每个项目补助10万元。", ["项目补助"]),
    ("完成年度目标的112%。", ["年度目标"]),
    ("设置等待期3个月。", ["等待期"]),
    ("累计缴存满12个月即可申请贷款。", ["累计缴存"]),
    # a named bound is what is measured
    ("月缴费基数上限36900元，下限为7300元。", ["月缴费基数上限", "下限"]),
    # a class of places or homes goes on with what was measured
    ("救助标准按低保标准的1.3倍确定，城市为每年11700元，农村为每年7500元。", ["救助标准"] * 3),
    ("最低生活保障对象16万人，其中农村13万人。", ["最低生活保障对象"] * 2),
    ("首套住房首付款比例不低于20%，第二套住房由40%下调至30%。", ["首付款比例"] * 3),
    ("给予一次性路费补助，省内就读500元、省外就读1000元。", ["路费补助"] * 2),
    # a range of classes, one each
    ("一级至三级工伤职工伤残津贴分别增加410元、385元和360元。", ["伤残津贴"] * 3),
    ("一至三档护理补贴分别为300元、200元、100元。", ["护理补贴"] * 3),
    ("护理标准按全护理、半护理、全自理三档，分别由540元、270元、180元调整为600元、300元、200元。", ["护理标准"] * 6),
    # deeds end a name, or do
    ("2031年6月底前完成信息系统改造。", ["信息系统改造"]),
    ("组织职业技能培训3000人次。", ["职业技能培训"]),
    ("全县计划改造农村危房860户。", ["农村危房"]),
    # what is to be done, not who does it
    ("各市应于2031年6月30日前出台实施办法。", ["实施办法"]),
    ("税务部门要在2031年10月底前完成政策宣传和首轮检查。", ["政策宣传和首轮检查"]),
    ("各地要在2031年5月20日前将补助资金拨付到位。", ["补助资金"]),
    ("街道应在收到材料15天内完成审核确认。", ["审核确认"]),
    ("用人单位应在事故发生之日起30日内提出认定申请。", ["提出认定申请"]),
    # ages, counts, what is counted
    ("年龄为70—74周岁的人员每月增加25元。", ["年龄", None]),
    ("支持20个原国家级贫困县。", ["原国家级贫困县"]),
    ("每个街道设立3个缴费服务点。", ["缴费服务点"]),
    ("开设相关专业的职业院校不少于3所。", ["职业院校"]),
    # a verb of giving names nothing; what was named before does
    ("评定费用每次300元，由基金承担三分之二、个人承担三分之一。", ["评定费用"] * 3),
    ("对博士研究生每月发放生活补贴3000元，连续3年；硕士研究生每月1500元。", ["生活补贴"] * 3),
    ("稻谷补贴按灌溉方式区分，地下水灌溉的每亩86元，地表水灌溉的每亩120元。", ["稻谷补贴"] * 2),
    ("一、上门护理\n每月最高45元结算。", ["上门护理"]),
    # what it is measured by is no measure
    ("缴存基数按职工本人月平均工资核定，最高不超过29000元。", ["缴存基数"]),
    ("低保对象人均补差达到每月560元。", ["人均补差"]),
    ("居民医保基金当期结余率控制在5%以内。", ["居民医保基金当期结余率"]),
    ("年限不足的，以本人工资为基数、按5%的比例补缴。", ["补缴"]),
    ("在补助标准基础上上浮10%。", ["补助标准"]),
    # behind the figure
    ("逾期的，按日加收滞纳税款万分之五的滞纳金。", ["滞纳金"]),
    ("拒不改正的，处1万元以上3万元以下罚款。", ["罚款"]),
    ("小规模纳税人适用3%征收率的应税收入，减按1%征收率缴纳。", ["征收率"] * 2),
    ("剩余一成作为履约保证金。", ["履约保证金"]),
    ("按每招用1人1500元的标准给予一次性吸纳就业补贴。", ["一次性吸纳就业补贴"]),
    # words that say per what
    ("公办高中学费每生每学期1200元，住宿费每生每学期300元。", ["学费", "住宿费"]),
    ("每座建设补助3万元。", ["建设补助"]),
    # what looks like a deed is part of the name of persons
    ("单身健全成人的标准金额调整至2910元。", ["标准金额"]),
    ("赡养老人的扣除标准为每月2000元。", ["赡养老人的扣除标准"]),
    # an amount in front of persons of its own; 低收入, 低保 end no name of an amount
    ("年度提取限额单身职工由12000元提高到15000元，已婚职工家庭由24000元提高到30000元。", ["提取限额"] * 4),
    ("采暖补贴标准困难职工家庭每户800元。", ["采暖补贴标准"]),
    ("低收入困难家庭每户每月补助150元。", ["补助"]),
    # a clause that says again what the one before says, and what is only taken into account
    ("缴存基数上限28700元，下限按最低工资标准执行，即市区2280元，县城2010元。", ["缴存基数上限", "下限", "下限"]),
    ("失业保险金按最低工资标准的90%发放，即1890元。", ["失业保险金"] * 2),
    ("可以结合当地消费水平在城市低保标准基础上上浮不超过15%。", ["城市低保标准"]),
    # a class by time parts no name from its figure
    ("首套住房贷款利率，五年以下（含五年）为2.35%，五年以上为2.85%。", ["首套住房贷款利率"] * 4),
    # shares with one name behind them
    ("省级财政对西山市按50%、对东川州按75%安排提标补助资金。", ["提标补助资金"] * 2),
    # whose there are so many, and by how many an amount is reckoned
    ("在校生不足100人的学校，按100人核定公用经费。", ["在校生", "公用经费"]),
    ("新增公办幼儿园学位2万个、义务教育学位4万个。", ["新增公办幼儿园学位", "义务教育学位"]),
    ("用人单位职工医保费率由7%下调至6.5%。", ["职工医保费率"] * 2),
    ("救助金额最高由2万元提高到3万元。", ["救助金额"] * 2),
    ("安排补助资金40亿元，比上年同批次增加2亿元。", ["补助资金"] * 2),
    # shares of amounts before them; what a light verb ends in
    (
        "月缴费基数上限为22932元，下限为4586元，分别相当于月平均工资的300%和60%。",
        ["月缴费基数上限", "下限", "月缴费基数上限", "下限"],
    ),
    ("粮食产量和油料产量分别占全国的3%和5%。", ["粮食产量", "油料产量"]),
    ("各地务于2025年7月20日前完成提标补发。", ["提标补发"]),
    ("分担部分，省级财政和市级财政分别承担65%和35%；其中望远县由省级财政承担85%。", ["分担部分"] * 3),
    # counts name no amount
    ("提取额度提高到1500元，2个以上子女的家庭每月再增加500元。", ["提取额度", "子女", "提取额度"]),
]

# A sentence, and of its first figure who, where or by whom.
SCOPES = [
    ("重点群体从事个体经营的，在3年内按每户每年20000元扣减税费。", {"population": "重点群体"}),
    ("对生育二孩的家庭，贷款额度上浮20%。", {"population": "生育二孩的家庭"}),
    ("农牧民老党员，每人每年定额资助120元。", {"population": "农牧民老党员"}),
    ("一、二类低保对象每人资助260元。", {"population": "一、二类低保对象"}),
    ("对重病患者、70周岁以上老年人，每人每月增发50元。", {"population": "重病患者、70周岁以上老年人"}),
    ("二、多子女家庭购买住房的，贷款额度上浮20%。", {"population": "多子女家庭"}),
    ("大病保险起付标准按城乡居民人均可支配收入的50%确定。", {"population": None}),
    ("在职职工个人账户计入标准为2%。", {"population": "在职职工"}),
    ("普通小学生均公用经费基准定额为每生每年720元。", {"population": None, "provider": "普通小学"}),
    ("起付标准一级医院200元。", {"provider": "一级医院"}),
    ("在村卫生室、乡镇卫生院就诊，报销比例为70%。", {"provider": "村卫生室、乡镇卫生院"}),
    ("护理补贴一级每人每月130元。", {"provider": None}),
    ("市级财政按不低于上年度中央补助资金的20%安排预算。", {"payer": "市级财政"}),
    ("由基金承担70%、个人承担30%。", {"payer": "基金"}),
    ("保险费由被保险人、投保单位及政府分别负担20%、70%及10%。", {"payer": "被保险人"}),
    ("用人单位、个人缴费比例分别为16%、8%。", {"payer": "用人单位"}),
    ("一级至三级工伤职工伤残津贴分别增加410元、385元和360元。", {"population": "一级工伤职工"}),
    ("灵活就业人员参加职工基本养老保险的缴费比例为24%。", {"population": "灵活就业人员"}),
    ("农村为每人每年7500元。", {"condition": "农村", "places": ()}),
    ("首次认定的“瞪羚”企业奖励50万元。", {"population": "“瞪羚”企业"}),
    ("污水处理费居民每立方米0.95元。", {"population": "居民"}),
    ("单身健全成人的标准金额调整至2910元。", {"population": "单身健全成人"}),
    ("年度提取限额单身职工由12000元提高到15000元。", {"population": "单身职工"}),
    ("对遭遇急难的家庭和个人，救助金额最高不超过2万元。", {"population": "遭遇急难的家庭和个人"}),
    (
        "对获得省级以上劳动模范称号的老年人，高龄津贴标准为每人每月200元。",
        {"population": "获得省级以上劳动模范称号的老年人"},
    ),
    ("特困、低保对象起付线降低50%，报销比例提高5个百分点。", {"population": "特困、低保对象"}),
    ("三类救助对象起付标准3000元，救助比例65%。", {"population": "三类救助对象"}),
    ("失业保险费率单位0.5%。", {"population": None}),
    ("浔阳区、濂溪区及九江经开区缴存基数下限为每月2000元。", {"places": ("浔阳区", "濂溪区", "九江经开区")}),
    ("其他旗县每人每月不超过1300元。", {"places": ("其他旗县",)}),
    ("工伤保险费率一类行业0.2%。", {"population": None}),
    ("享受低保的老年人高龄津贴标准为每人每月150元。", {"population": "享受低保的老年人"}),
    ("补贴对象为拥有耕地承包权的种地农民，补贴标准为每亩68.5元。", {"population": "拥有耕地承包权的种地农民"}),
    ("给予招用就业困难人员的企业每人1000元补贴。", {"population": "招用就业困难人员的企业"}),
    ("对符合条件的老年人，高龄津贴标准为每人每月100元。", {"population": "老年人"}),
    ("全市的老年人高龄津贴标准为每人每月100元。", {"population": "老年人"}),
    ("省级财政对西山市、海东市补助50%。", {"payer": "省级财政", "places": ("西山市", "海东市")}),
    ("对望远县、从江县，省级财政承担比例提高至80%。", {"payer": "省级财政", "places": ("望远县", "从江县")}),
    ("低收入困难家庭每户每月补助150元。", {"population": "低收入困难家庭", "payer": None}),
    ("一类、二类低保对象每月补助由492元、378元提高到526元、408元。", {"population": "一类低保对象"}),
    # classes that are dealt out
    (
        "一级、二级、三级伤残职工的伤残津贴，自2031年1月1日起每人每月分别增加156元、147元和138元。",
        {"population": "一级伤残职工"},
    ),
    ("一级至四级伤残职工，每人每月增加额分别为：一级198元、二级186元。", {"population": "一级"}),
    ("一级至四级伤残职工每人每月增加198元。", {"population": "一级至四级伤残职工"}),
    ("一级、二级、三级医院住院起付标准分别为200元、400元、600元。", {"provider": "一级医院", "population": None}),
    ("一类地区、二类地区小时最低工资标准分别为22元、21元。", {"places": ("一类地区",), "population": None}),
    ("一类行业、二类行业基准费率分别为0.2%、0.4%。", {"places": ()}),
]

# A sentence, and of each amount, share or span that it gives the condition.
CONDITIONS = [
    (
        "80—89周岁、90—99周岁和100周岁及以上老年人高龄津贴分别为每人每月60元、100元和300元。",
        ["80—89周岁", "90—99周岁", "100周岁及以上"],
    ),
    ("年满70周岁、80周岁的老年人，高龄津贴分别为每人每月30元、50元。", ["年满70周岁", "80周岁"]),
    ("累计缴费满1年不足5年、满5年不足10年的，领取期限分别最长为12个月、18个月。", ["满1年不足5年", "满5年不足10年"]),
    ("贷款期限5年以下（含5年）和5年以上的，首套利率分别为2.1%和2.6%。", ["5年以下", "5年以上"]),
    # one value for all of them
    ("70周岁以上、80周岁以上的老年人每人每月发放高龄津贴50元。", ["70周岁以上，80周岁以上"]),
    # nobody says whose a value is
    ("70周岁、80周岁和90周岁老年人高龄津贴分别为每人每月30元、50元。", [None, None]),
    ("70周岁、80周岁的老年人，高龄津贴为每人每月30元、50元。", [None, None]),
]

# A sentence, and of each figure the years that it is of and that it is measured against.
YEARS = [
    ("2031年、2032年、2033年覆盖率分别达到40%、70%、100%。", [("2031", None), ("2032", None), ("2033", None)]),
    ("2031年，筹资标准为1100元。其中，财政补助为700元。", [("2031", None), ("2031", None)]),
    ("2031年补助标准在2030年基础上增加40元。", [("2031", "2030")]),
    ("氨氮、氮氧化物排放量比2030年分别下降8%、10%。", [(None, "2030"), (None, "2030")]),
    ("能耗比2030年下降15%，力争下降17%。", [(None, "2030"), (None, "2030")]),
    ("普惠园占比2031年达到62%。", [("2031", None)]),
    ("2031年平均工资为9100元，比上年增长2%。", [("2031", None), ("2031", "2030")]),
    ("2031年优良天数达到255天，同比增加6天。", [("2031", None), ("2031", "2030")]),
    ("2031年用水量、用电量同比分别下降3%、4%，环比下降1%。", [("2031", "2030"), ("2031", "2030"), ("2031", None)]),
    ("用水量同比下降3%。", [(None, None)]),
    ("2031年，高中毛入学率由2029年的93%提高到94%。", [("2029", None), ("2031", None)]),
    ("2031年，投入强度由上年的2.3%提高到2.5%。", [("2030", None), ("2031", None)]),
    (
        "一、2031年工作回顾\n投入强度由上年的2.3%提高到2.5%，产值同比增长6%。",
        [("2030", None), ("2031", None), ("2031", "2030")],
    ),
]


@pytest.mark.parametrize(("text", "subjects"), SUBJECTS)
def test_subject(text, subjects):
    """Each figure is named by what it measures."""
    found = extractor.read_notice(f"{text}\n".encode()).facts

    assert [fact.subject for fact in found] == subjects


@pytest.mark.parametrize(("text", "wanted"), SCOPES)
def test_scope(text, wanted):
    """A figure is for those who are named for it, and for nobody who is only mentioned."""
    found = next(fact for fact in extractor.read_notice(f"{text}\n".encode()).facts if fact.kind in ("money", "rate"))

    assert {field: getattr(found.scope, field) for field in wanted} == wanted


@pytest.mark.parametrize(("text", "conditions"), CONDITIONS)
def test_conditions(text, conditions):
    """Conditions that are listed are dealt out like whatever else is."""
    found = extractor.read_notice(f"{text}\n".encode()).facts

    assert [fact.scope.condition for fact in found if fact.role == "level"] == conditions


@pytest.mark.parametrize(("text", "years"), YEARS)
def test_years(text, years):
    """A figure has the year that is said of it, and the one that it is measured against."""
    found = extractor.read_notice(f"{text}\n".encode()).facts

    assert [(fact.applies_to, fact.compared_to) for fact in found] == years


# ── places and persons of a clause before ───────────────────────────────────────────────────────────────────────────

BEFORE = [
    # sentence, figure, places, population
    ("崇川区、通州区执行一类标准，月最低工资标准为2490元。", "2490元", ("崇川区", "通州区"), None),
    ("在西陵区、伍家岗区租房的，租赁补贴标准为每月16元。", "16元", ("西陵区", "伍家岗区"), None),
    ("江宁区属于第二档，小时最低工资标准为20元。", "20元", ("江宁区",), None),
    ("全市执行统一标准，低保标准为900元。", "900元", (), None),
    ("在定点医疗机构住院的，报销比例为70%。", "70%", (), None),
    (
        "残疾青年、脱贫劳动力和零就业家庭成员参加培训的，每人补贴1800元。",
        "1800元",
        (),
        "残疾青年、脱贫劳动力和零就业家庭成员",
    ),
]


@pytest.mark.parametrize(("sentence", "figure", "places", "population"), BEFORE, ids=[row[0] for row in BEFORE])
def test_said_in_a_clause_before(sentence, figure, places, population):
    """Where a clause of its own says where or for whom, the figure behind it is theirs."""
    result = extractor.read_notice(f"关于调整标准的通知\n\n各县：\n\n一、{sentence}\n".encode())
    (fact,) = [one for one in result.facts if one.evidence.exact.endswith(figure)]

    assert (fact.scope.places, fact.scope.population) == (places, population)


# ── persons and what they are given; what a clause leaves to the one before ─────────────────────────────────────────

GIVEN = [
    # sentence, and of each amount its subject, population and places
    ("无房职工租房提取限额为每月2400元，多子女家庭3000元。", [("租房提取限额", "无房职工", ()), ("租房提取限额", "多子女家庭", ())]),
    ("小微企业稳岗返还比例为60%，大型企业为30%。", [("稳岗返还比例", "小微企业", ()), ("稳岗返还比例", "大型企业", ())]),
    ("百岁老年人高龄津贴为每月300元。", [("高龄津贴", "百岁老年人", ())]),
    ("福利机构集中养育孤儿最低养育标准为每月1900元。", [("最低养育标准", "福利机构集中养育孤儿", ())]),
    ("脱贫户小额贷款额度为5万元。", [("小额贷款额度", "脱贫户", ())]),
    ("乡村孤儿养育标准为每月1500.5元。", [("乡村孤儿养育标准", None, ())]),
    # one name of a thing, a programme, or of what is said of persons
    ("学生公寓收费标准为每年800元。", [("学生公寓收费标准", "学生", ())]),
    ("居民人均可支配收入为52000元。", [("居民人均可支配收入", None, ())]),
    ("重度残疾人护理补贴为每月130元。", [("重度残疾人护理补贴", "重度残疾人", ())]),
    ("家庭医生签约服务补贴为每年70元。", [("家庭医生签约服务补贴", None, ())]),
    # grades of care are whole words
    ("全自理人员上门服务费为每月180元，半自理270元。", [("上门服务费", "全自理人员", ()), ("上门服务费", "半自理", ())]),
    # places hold on where only other persons are named
    ("一类地区散居孤儿最低养育标准为每月1500元，残疾孤儿1800元。", [("最低养育标准", "散居孤儿", ("一类地区",)), ("最低养育标准", "残疾孤儿", ("一类地区",))]),
    ("临泉县散居孤儿最低养育标准为每月1500元，其他孤儿1300元。", [("最低养育标准", "散居孤儿", ("临泉县",)), ("最低养育标准", "其他孤儿", ())]),
    ("临泉县散居孤儿最低养育标准为每月1500元；残疾孤儿1800元。", [("最低养育标准", "散居孤儿", ("临泉县",)), ("最低养育标准", "残疾孤儿", ())]),
    ("临泉县主城三区城市低保标准为900元，颍上县820元。", [("城市低保标准", None, ("临泉县主城三区",)), ("城市低保标准", None, ("颍上县",))]),
    # the name before a colon, whatever age stands in the clause behind
    ("高龄津贴标准为：80—89周岁老人每月40元，90周岁以上老人每月80元。", [("高龄津贴标准", "老人", ()), ("高龄津贴标准", "老人", ())]),
    ("五、租房提取：每月不超过2600元。", [("租房提取", None, ())]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "wanted"), GIVEN, ids=[row[0] for row in GIVEN])
def test_given(sentence, wanted):
    """Persons and places are no part of what is measured, and hold on where a clause only names the other."""
    result = extractor.read_notice(f"关于调整有关标准的通知\n\n各县：\n\n一、{sentence}\n".encode())
    found = [fact for fact in result.facts if fact.kind in ("money", "rate")]

    assert [(fact.subject, fact.scope.population, fact.scope.places) for fact in found] == wanted


# ── kinds that texts of other programmes and places showed ────────────────────────────────────────────────────────────

# A sentence, and of each amount, share, count or span of time what it measures.
SEEN_ELSEWHERE = [
    # how a deed is done stands in the name of its rate
    ("养老金按时足额发放率保持100%，工伤案件按期办结率达到99%。", ["养老金按时足额发放率", "工伤案件按期办结率"]),
    ("农民工工资及时支付率达到98%，药品网上采购率达到95%。", ["农民工工资及时支付率", "药品网上采购率"]),
    ("政务服务事项当场办结率达到90%，渗滤液安全处置率达到92%。", ["政务服务事项当场办结率", "渗滤液安全处置率"]),
    ("新增学位3000个，毕业生实现就业率92%。", ["新增学位", "就业率"]),
    ("按时足额发放养老金3亿元。", ["养老金"]),
    # a word that says no more than that it is an amount, behind 每月
    ("长者津贴每月金额由4250元调高至4345元。", ["津贴"] * 2),
    ("失业保险金每月标准为1800元，护理补贴每人每月金额500元。", ["失业保险金", "护理补贴"]),
    ("疗养券每年金额维持2000元。", ["疗养券"]),
    ("每月金额为500元。", ["金额"]),
    # a remark in brackets names nothing behind it
    ("高龄津贴（俗称「生果金」）由每月1675元增至1715元。", ["高龄津贴"] * 2),
    ("缴费比例（单位和个人合计）为24%，供暖补贴（仅限集中供热的用户）每户600元。", ["缴费比例", "供暖补贴"]),
    ("护理费（含床位费、清洁费和餐费）每日不超过45元。", ["护理费"]),
    ("（护理费）每日不超过45元。", ["护理费"]),
    ("补助（运行维护费800元）每年2000元。", ["运行维护费", "运行维护费"]),
    # 之 owns as 的 does
    ("租屋补助金按实际租金支付金额之60%发给，每月最高5000元。", ["租屋补助金"] * 2),
    ("育婴津贴按平均月投保薪资之60%计算。", ["育婴津贴"]),
    # verbs of building with brackets; stages of emission standards
    ("新（改、扩）建养老机构12所，新（改）建农村公路300公里。", ["养老机构", "农村公路"]),
    ("新建（改扩建）幼儿园5所，新、改、扩建停车场20个，改（扩）建校舍3万平方米。", ["幼儿园", "停车场", "校舍"]),
    ("淘汰国四及以下排放标准营运柴油货车2400辆。", ["国四及以下排放标准营运柴油货车"]),
    ("国六排放标准车辆占比达到60%，国三柴油货车补贴每辆2万元。", ["国六排放标准车辆占比", "国三柴油货车补贴"]),
    ("全国三级医院达到1200家。", ["三级医院"]),
    # 可 opens a name
    ("可再生能源电力消纳责任权重不低于29.5%，可吸入颗粒物浓度下降5%。", ["可再生能源电力消纳责任权重", "可吸入颗粒物浓度"]),
    ("单位可再给予补贴3000元。", ["补贴"]),
    # a bound alone is no name
    ("给予岗位补贴1500元，最长以12个月为限。", ["岗位补贴", "岗位补贴"]),
    # persons behind the name of what they are given
    ("研究生国家奖学金硕士生每生每年2万元，博士生每生每年3万元。", ["研究生国家奖学金"] * 2),
    ("育儿津贴第一名子女由每月5000元调高为5500元，第二名子女由6000元调高为6500元。", ["育儿津贴"] * 4),
    # who pays, behind the name of an insurance
    ("职工基本养老保险单位每月缴纳1600元、个人每月缴纳800元。", ["职工基本养老保险"] * 2),
    ("供款每月90元，雇主及雇员分别承担60元和30元。", ["供款"] * 3),
    # what happens to those that are counted
    ("预计约4.5万名低薪雇员受惠。", ["低薪雇员"]),
    ("预计全市约166万人受惠。", ["受惠"]),
    ("60周岁以上领取待遇人员24.8万人。", [None, "领取待遇人员"]),
    ("按应付金额50%以上100%以下的标准加付赔偿金。", ["赔偿金"]),
    ("核发失业给付42万件，核发标准为每月500元。", ["失业给付", "核发标准"]),
    ("适老化改造困难老年人家庭3000户，适老化改造补贴每户3000元。", ["困难老年人家庭", "适老化改造补贴"]),
    # a name of its own takes nothing over from the figure before
    ("空气质量优良天数比例92.3%，PM2.5平均浓度下降6.2%。", ["空气质量优良天数比例", "PM2.5平均浓度"]),
    ("高龄津贴每月100元，疗养券每年2000元。", ["高龄津贴", "疗养券"]),
    # who pays with the verb is no name where the figure before has one; each of several who pay is
    ("保费由中央财政补贴45%、自治区财政补贴25%、县级财政补贴10%。", ["保费"] * 3),
    ("学费由省级财政资助60%、市级财政资助20%。", ["学费"] * 2),
    ("筹资标准中个人缴费45元、财政补助44元。", ["个人缴费", "财政补助"]),
    ("扣除起付标准600元后，由统筹基金支付1200元，个人负担1400元。", ["起付标准", "支付", "个人负担"]),
    ("住院费用由统筹基金支付70%。", ["住院费用"]),
    # so much of an area is nobody's number
    ("保障面积1人户36平方米、2人户45平方米，新增用户3万户。", ["保障面积", "保障面积", "用户"]),
    # what is classed with its class says who is meant
    ("护理补贴：残疾等级为一级的每人每月180元，二级的每人每月135元。", ["护理补贴"] * 2),
    ("生活补助费：极重度、重度每人每月9485元，中度及轻度每人每月5437元。", ["生活补助费"] * 2),
    ("残疾等级为一级的人员达到3万人。", ["人员"]),
    # a share of what was counted or measured before
    ("新型储能装机容量达到1.2亿千瓦，占总装机比重保持在95%以上。", ["新型储能装机容量"] * 2),
    ("研发经费占地区生产总值比重达到2.6%。", ["研发经费占地区生产总值比重"]),
    # a span of time in which something changes
    ("单位GDP二氧化碳排放五年累计下降18%。", ["单位GDP二氧化碳排放"] * 2),
    ("连续缴费5年的，报销70%。", ["连续缴费", "报销"]),
    # persons with a word that says that the figure is theirs
    ("最高贷款额度为100万元，三孩家庭额度上浮50%，二孩家庭上浮30%。", ["最高贷款额度"] * 3),
    # points are units
    ("贷款利率由基准减50个基点。", ["贷款利率"]),
    # persons that end like 入户 and are none
    ("生活补助费：一类低收入户每人每月1480元，二类低收入户每户每月680元。", ["生活补助费"] * 2),
    ("最低维生指数一人家团由4350元调升至4480元，二人家团由7990元调升至8230元。", ["最低维生指数"] * 4),
    ("医疗费用由统筹基金按60%支付。", ["医疗费用"]),
    ("募集见习岗位3000个，归集公积金142亿元，归集额增长5%。", ["见习岗位", "公积金", "归集额"]),
    ("每户年用气量不超过500立方米。", ["年用气量"]),
    ("最低生活费津贴：未达收入标准1.5倍者，补助标准为每人每月8329元。", ["收入标准", "补助标准"]),
]  # fmt: skip

# A sentence, and of each amount or share its scope.
SCOPES_ELSEWHERE = [
    ("长春市市区、吉林市市区月最低工资标准为2280元，延吉市2120元。", [{"places": ("长春市市区", "吉林市市区")}, {"places": ("延吉市",)}]),
    ("兰州市城区、天水市城区小时最低工资标准为22元。", [{"places": ("兰州市城区", "天水市城区")}]),
    ("长春市城区域规划补助为300元。", [{"places": ("长春市",)}]),
    ("增支部分由市、县区按照4:6分担。", [{"payer": "市"}, {"payer": "县区"}]),
    ("增支部分由省、市、县按5:3:2分担。", [{"payer": "省"}, {"payer": "市"}, {"payer": "县"}]),
    ("家庭经济困难寄宿生生活补助小学每生每年1250元。", [{"payer": None, "population": "家庭经济困难寄宿生"}]),
    ("家庭承担的费用为50元。", [{"payer": "家庭"}]),
    ("70公里以上者每月3000元，困难者每月1500元。", [{"population": None}, {"population": "困难者"}]),
    ("研究生国家奖学金硕士生每生每年2万元，助学金受助学生每月300元。", [{"population": "硕士生"}, {"population": "受助学生"}]),
    ("育儿津贴第一名子女每月5500元，第二名子女6500元。", [{"population": "第一名子女"}, {"population": "第二名子女"}]),
    ("职工基本养老保险单位每月缴纳1600元、个人每月缴纳800元。", [{"payer": "单位", "population": None}, {"payer": "个人", "population": None}]),
    ("雇主及雇员分别承担60元和30元。", [{"payer": "雇主"}, {"payer": "雇员"}]),
    ("供暖补贴（仅限集中供热用户）每户600元。", [{"population": "集中供热用户"}]),
    ("参保人员连续缴费满6个月的，每月支付1500元。", [{"population": "参保人员"}]),
    ("低保家庭住房面积低于13平方米的，每月补贴300元。", [{"population": "低保家庭"}]),
    ("经营1年以上的企业吸纳重点人群，每人补贴2000元。", [{"population": None}]),
    ("最低维生指数一人家团4480元，二人家团8230元。", [{"population": "一人家团"}, {"population": "二人家团"}]),
    ("最高贷款额度为100万元，三孩家庭额度上浮50%。", [{"population": None}, {"population": "三孩家庭"}]),
    ("农户自行承担20%。", [{"payer": "农户"}]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "subjects"), SEEN_ELSEWHERE)
def test_subject_elsewhere(text, subjects):
    """Each figure is named by what it measures, as a text of any programme words it."""
    found = extractor.read_notice(f"{text}\n".encode()).facts

    assert [fact.subject for fact in found] == subjects


@pytest.mark.parametrize(("text", "scopes"), SCOPES_ELSEWHERE)
def test_scope_elsewhere(text, scopes):
    """Each figure is for those, there and paid by those that its words say."""
    facts = [one for one in extractor.read_notice(f"{text}\n".encode()).facts if one.kind in ("money", "rate")]

    assert [
        {name: getattr(one.scope, name) for name in wanted} for one, wanted in zip(facts, scopes, strict=True)
    ] == scopes
