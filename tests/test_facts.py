"""Facts of one sentence: linking, distribution, deadlines, conditions, scope. Rows are made; their phrasings are from
notices (SEEN), from mistakes mended here (CAUGHT), or must give nothing (NEAR_MISSES)."""

import pkgutil

import pytest
from case_ids import case_id
from work import assert_linear

import extractor
from extractor.notice.facts.names.words import statement_words
from extractor.resources import load

PAGE = "<html><body><h1>关于2023年税率的通知</h1><p>现通知如下：</p>{}</body></html>"
HEAD = "关于做好2023年城乡居民基本医疗保障工作的通知\n\n某医保发〔2023〕9号\n\n各市医疗保障局：\n\n现通知如下：\n\n一、有关工作\n\n"


def facts(sentence, head=HEAD):
    """The facts of a notice about residents' insurance that says one sentence."""
    return extractor.read_notice((head + sentence + "\n").encode()).facts


def field(fact, name):
    """A field of a fact by a dotted name; tuples as they are."""
    for part in name.split("."):
        fact = getattr(fact, part)
    return fact


REPORT = "2031年政府工作报告\n\n各位代表：\n一、2031年主要目标\n"
# Sentences of a report; what its figures are of, in their order.
TOLD_IN_REPORTS = [
    ("地区生产总值850亿元、增长6.5%，增速高于全省0.8个百分点。", [None, "macro.gdp_growth", None]),
    ("地区生产总值迈上900亿元台阶、增长6.3%。", [None, "macro.gdp_growth"]),
    ("基本医疗保险参保率稳定在95%以上，居民人均可支配收入增长5.8%。", [None, "macro.income_growth"]),
    ("常住人口城镇化率达到64%，美丽城镇建设覆盖全省93%的建制镇。", ["macro.urbanisation_rate", None]),
    ("城乡居民人均可支配收入年均分别增长5%、7%。", ["macro.income_growth_urban", "macro.income_growth_rural"]),
    ("城镇、农村居民人均可支配收入分别增长5%、7%。", ["macro.income_growth_urban", "macro.income_growth_rural"]),
    ("城镇居民和农村居民人均可支配收入分别增长5%、7%。", ["macro.income_growth_urban", "macro.income_growth_rural"]),
    ("规上工业增加值、社会消费品零售总额、固定资产投资分别增长7.5%、5%、6.5%。",
     ["macro.industry_growth", "macro.retail_growth", "macro.fixed_investment_growth"]),
    ("单位地区生产总值能耗、用水量分别下降3%、5%。", ["macro.energy_intensity_cut", None]),
    ("化学需氧量、氨氮排放总量分别比2030年下降8%、9%。", ["environment.cod_cut", "environment.ammonia_cut"]),
    ("二氧化硫浓度下降15%，细颗粒物浓度为30微克/立方米。", [None, "environment.pm25"]),
    ("非化石能源消费比重达到21%，公共机构单位建筑面积能耗下降5%。", ["energy.nonfossil_share", None]),
    ("规模以上工业增加值增长7%，其中高技术制造业增长15%。", ["macro.industry_growth", None]),
    ("外贸进出口总额增长20%，其中出口增长15%。", ["macro.trade_growth", None]),
    ("人均地区生产总值增长6%，民营经济增加值增长7%。", [None, None]),
    ("数字经济核心产业增加值占地区生产总值比重达到12%。", [None]),
    ("服务业增加值增长6%，工业用电量增长8%，税收收入增长2%。", [None, None, None]),
    ("对年产值增长10%以上的企业给予50万元奖励。", [None, None]),
    ("城镇、农村居民人均可支配收入达到5.2万元、2.6万元，增长5%、7%。",
     [None, None, "macro.income_growth_urban", "macro.income_growth_rural"]),
    ("城镇、农村居民人均可支配收入增长5%以上。", [None]),
    ("农村居民人均可支配收入增长7%以上。", ["macro.income_growth_rural"]),
]  # fmt: skip
PLAN_TABLE = (
    "<table><tr><th>类别</th><th>指标</th><th>2030年</th><th>2031年</th></tr>"
    "<tr><td>经济发展</td><td>地区生产总值增长（%）</td><td>5.5</td><td>6左右</td></tr>"
    "<tr><td>民生福祉</td><td>居民人均可支配收入增长（%）</td><td>5.9</td><td>6</td></tr>"
    "<tr><td>绿色低碳</td><td>人均地区生产总值增长（%）</td><td>5.1</td><td>5.4</td></tr></table>"
)


@pytest.mark.parametrize(("sentence", "expected"), TOLD_IN_REPORTS)
def test_reports(sentence, expected):
    """A report on everything: growth is linked by the whole name of what grows."""
    found = facts(sentence, REPORT)

    assert [fact.indicator for fact in found] == expected
    assert not any(fact.scope.payer for fact in found)


def test_plan_table():
    """What only classes the rows of a table names none of its figures; 6左右 below 增长 is a change."""
    page = PAGE.replace("关于2023年税率的通知", "2031年国民经济和社会发展计划").format(PLAN_TABLE)
    found = extractor.read_notice(page.encode()).facts

    assert [fact.indicator for fact in found] == ["macro.gdp_growth"] * 2 + ["macro.income_growth"] * 2 + [None] * 2


SEEN = [
    ("居民医保人均财政补助标准新增30元，达到每人每年不低于610元。", "indicator",
     ["medical.funding.fiscal_subsidy", "medical.funding.fiscal_subsidy"]),
    ("居民医保人均财政补助标准新增30元，达到每人每年不低于610元。", "role", ["increase", "level"]),
    ("中央财政对西部、中部地区分别按照人均财政补助标准80%、60%的比例给予补助。", "scope.area", ["west", "central"]),
    ("中央财政对西部地区按80%、中部地区按60%的比例给予补助。", "scope.area", ["west", "central"]),
    ("对特困人员、低保对象分别按100%、80%资助参加居民医保。", "scope.population", ["特困人员", "低保对象"]),
    ("最低工资标准由一类1450元、二类1350元，依次调整为1620元、1520元。", "role", ["previous"] * 2 + ["level"] * 2),
    ("新增学位15600个，其中小学8100个、初中4200个；新建学校3所。", "role", ["increase"] * 3 + ["level"]),
    ("消费增速连续8个月全省第一。", "role", ["level"]),
    ("集中供养孤儿生活标准为每月2000元，社会散居儿童为每月80元。", "subject", ["生活标准", "生活标准"]),
    ("重度残疾人护理补贴标准为每月100元，困难残疾人为每月80元。", "indicator", ["assistance.subsistence.disabled_nursing", None]),
    ("长期护理保险费每年由个人缴纳30元、政府补贴60元。", "indicator", ["care.funding.individual", None]),
    ("居民医保财政补助和个人缴费分别达到640元和380元。", "indicator",
     ["medical.funding.fiscal_subsidy", "medical.funding.individual_contribution"]),
    ("2022年底前实现所有统筹地区制度框架统一，40%统筹地区完成清单外政策的清理规范。", "due", ["2022-12-31", "2022-12-31"]),
    ("2022年底前实现所有统筹地区制度框架统一，40%统筹地区完成清单外政策的清理规范。", "kind", ["milestone", "rate"]),
    ("到2023年底、2025年底，参保率分别达到95%和97%以上。", "due", ["2023-12-31", "2025-12-31"]),
    ("集中征缴期可适当延长，但最迟不得超过2023年3月31日。", "operator", ["le"]),
    ("集中征缴期原则上为9月至12月，但最迟不得超过2023年3月31日。", "modality", ["in_principle", "mandatory"]),
    ("从2023年春季学期起，小学生均公用经费每生每年720元。", "value", ["2023", "720"]),
    ("从2023年春季学期起，小学生均公用经费每生每年720元。", "valid_from", [None, None]),
    ("从2023年春季学期起，小学生均公用经费每生每年720元。", "subject", ["生均公用经费", "小学生均公用经费"]),
    ("公用经费所需资金由中央财政分担80%。", "modality", ["stated"]),
    ("2024住房公积金年度（2024年7月1日至2025年6月30日），住房公积金缴存比例为5%至12%。", "subject", ["住房公积金年度", "住房公积金缴存比例"]),
    ("集中缴费期（2023年9月1日至2023年12月31日）个人缴费400元。", "subject", ["集中缴费期", "个人缴费"]),
    ("低保对象及其家庭成员个人缴费标准为200元。", "scope.population", ["低保对象及其家庭成员"]),
    ("退役军人及其未就业的配偶、子女个人缴费标准400元。", "scope.population", ["退役军人及其未就业的配偶、子女"]),
    ("医保权益要得到维护，因此对筹资标准作了合理提高，人均筹资标准达到960元。", "modality", ["stated"]),
    ("2022年人均财政补助标准新增30元。", "per", [("person",)]),
    ("年人均财政补助标准新增30元。", "per", [("person", "year")]),
    # a list of cases: none is of the other
    ("凡在集中参保期内参加居民医保的，职工医保中断缴费3个月内参加居民医保的，以及新生儿等特殊群体，均不设等待期。", "scope.condition", [None, None]),
    ("在集中参保期内参加居民医保的，中断缴费3个月内的，不设等待期。", "scope.condition", ["在集中参保期内参加居民医保的", "中断缴费3个月内的"]),
    ("从2023年起，小学生均公用经费每生每年720元。", "valid_from", [None, "2023-01-01"]),
    # What holds from a day on may stand before it, where nothing but that is said of the day.
    ("全国基本养老金总体调整比例按3%确定，自2024年1月1日起执行。", "valid_from", ["2024-01-01", None]),
    ("低保标准每人每月900元；特困人员基本生活标准每人每月1200元，自2024年7月1日起施行。", "valid_from", [None, "2024-07-01", None]),
    ("孤儿养育标准每人每月1500元，自2024年9月1日起发放补贴资金。", "valid_from", [None, None]),
    ("惠及低保对象2.47万人，自2024年1月1日起执行。", "valid_from", [None, None]),
    # The levels before 两级财政 and 三级财政 pay, and are no hospitals.
    ("公用经费所需资金由市、区两级财政按5:5的比例分担。", "scope.payer", ["市级财政", "区级财政"]),
    ("公用经费所需资金由省、市、县三级财政按4:3:3的比例分担。", "scope.payer", ["省级财政", "市级财政", "县级财政"]),
    ("公用经费所需资金由省、市、县三级财政按4:3:3的比例分担。", "scope.provider", [None] * 3),
    ("居民医保在三级医院住院支付比例60%。", "scope.provider", ["三级医院"]),
    # An age within a list of persons is of those behind it.
    ("重度残疾人、70周岁以上老年人、未成年人，分别按低保标准的20%、15%、10%增发补助金。", "scope.population",
     ["老年人", "重度残疾人", "老年人", "未成年人"]),
    ("重度残疾人、70周岁以上老年人、未成年人，分别按低保标准的20%、15%、10%增发补助金。", "scope.condition",
     [None, None, "70周岁以上", None]),
    ("80周岁以上老年人、重度残疾人每人每月分别补贴100元、200元。", "scope.condition", [None, "80周岁以上", None]),
    # A year that something is called by is no deadline; one by which it is to be done is.
    ("确保2025年参保任务按期完成。", "due", []),
    ("确保2025年完成参保任务。", "due", ["2025-12-31"]),
    ("确保2025年参保率达到98%。", "due", ["2025-12-31"]),
    # What is kept has no deadline of another deed; what is reached has, and what a day alone stands before.
    ("2024年10月底前出台细则，确保参保率稳定在95%以上。", "due", ["2024-10-31", None]),
    ("2024年10月底前出台细则，参保率达到95%。", "due", ["2024-10-31", "2024-10-31"]),
    ("到2025年，参保率稳定在95%以上。", "due", ["2025-12-31"]),
    ("居民医保救助金先行支付额度为8000元。", "indicator", [None]),
    ("公用经费分档分担，第一档中央财政分担80%，第二档分担60%。", "scope.payer", ["中央财政", None]),
    ("公用经费分档分担，第一档中央财政分担80%，第二档分担60%。", "scope.condition", ["第一档", "第二档"]),
    ("2021年12月31日前已退休的人员由统筹地区保障。", "role", ["condition"]),
    ("自参保缴费之日起设置90日待遇享受等待期。", "anchor", ["参保缴费"]),
    ("新生儿出生后90天内办理居民医保参保登记。", "indicator", ["medical.enrollment.newborn_window"]),
    ("高校大学生参加居民医保个人不缴费。", "value", ["0"]),
    ("居民医保不设封顶线。", "operator", ["none"]),
    ("居民医保政策范围内住院费用支付比例原则上不低于70%。", "modality", ["in_principle"]),
    ("30个DRG付费试点城市要推动实际付费。", "counted", ["DRG付费试点城市"]),
    ("每个县至少建成3个标准化服务点。", "counted", ["标准化服务点"]),
    ("新建2个标准厂房。", "counted", ["标准厂房"]),
    ("在5个工作日内办结。", "counted", ["工作日"]),
    ("对西部、中部地区分别按照人均财政补助标准80%、60%的比例给予补助。", "base.indicator",
     ["medical.funding.fiscal_subsidy", "medical.funding.fiscal_subsidy"]),
]  # fmt: skip

RATES = ("medical.benefit.inpatient_payment_rate", "medical.benefit.outpatient_payment_rate")
CAUGHT = [
    ("一级、二级医院住院支付比例分别按5%、3%降低。", "role", ["decrease", "decrease"]),
    ("一档、二档缴费标准由每人每年350元、450元调高为380元、480元。", "role", ["previous", "previous", "level", "level"]),
    ("个人缴费350元、财政补助增加30元。", "role", ["level", "increase"]),
    ("基层、二级定点医疗机构门诊支付比例分别为70%、50%。", "indicator", ["medical.benefit.outpatient_payment_rate"] * 2),
    ("大病保险起付标准为1万元，低保对象起付标准减半；支付比例不变。", "indicator",
     ["medical.benefit.critical_illness_deductible", None]),
    ("低保对象由医疗救助资金每人补助240元，本人缴纳160元；监测对象在征缴期内参保的，每人补助200元。", "indicator",
     ["medical.funding.assistance_amount", "medical.funding.individual_contribution", "medical.funding.assistance_amount"]),
    ("低保对象个人缴费160元；监测对象在征缴期内参保的，每人补助200元。", "indicator",
     ["medical.funding.individual_contribution", None]),
    ("医疗救助：经居民医保、大病保险支付后的个人自付费用，孤儿按100%救助，低保对象按80%救助。", "indicator",
     ["medical.benefit.assistance_payment_rate"] * 2),
    ("经居民医保报销后，大病保险对低保对象支付比例为65%。", "indicator", ["medical.benefit.critical_illness_payment_rate"]),
    ("参保居民每人每年缴费400元，较上年上调20元。", "indicator", ["medical.funding.individual_contribution"] * 2),
    ("各级财政按每人每年不低于670元的标准予以补助。", "subject", ["补助"]),
    ("住院起付标准为200元，报销比例为90%。", "indicator", ["medical.benefit.deductible", RATES[0]]),
    ("意外伤害的支付比例为50%。", "indicator", [None]),
    ("意外伤害的支付比例为50%。", "candidates", [RATES]),
    ("大病保险起付标准为1万元，报销比例为60%。", "indicator",
     ["medical.benefit.critical_illness_deductible", "medical.benefit.critical_illness_payment_rate"]),
    ("普通门诊年度支付限额200元，住院年度支付限额20万元。", "scope.condition", ["普通门诊", None]),
    ("门诊慢特病年度支付限额为3000元，急诊起付标准为300元。", "scope.condition", ["门诊慢特病", "急诊"]),
    ("普通门诊起付标准为50元，居民医保年度最高支付限额为20万元。", "scope.condition", ["普通门诊", None]),
    ("门诊、住院年度最高支付限额合计为20万元。", "scope.condition", [None]),
    ("在一级、二级医疗机构住院的，起付标准分别为200元、500元。", "scope.condition", [None, None]),
    ("城市低保家庭采暖补贴每户900元。", "scope.payer", [None]),
    ("大型企业按企业及其职工上年度实际缴纳失业保险费的30%返还。", "scope.population", ["大型企业"]),
    ("中小微企业按不超过企业及其职工上年度实际缴纳失业保险费的90%返还。", "scope.payer", [None]),
    ("技能提升补贴标准分别不超过1000元、1500元。", "role", ["level", "level"]),
    ("总体调整比例按照退休人员月人均基本养老金的3%确定。", "per", [()]),
    # A list goes on behind a bracket, with or without a figure in it.
    ("家庭年收入不超过7万元（2人及以下）、10万元（3人及以上）。", "operator", ["le", "le", "le", "ge"]),
    ("补助标准提高30元（一级）、20元（二级）。", "role", ["increase", "increase"]),
    ("补助标准为每人30元（不超过20人）、交通费40元。", "operator", ["eq", "le", "eq"]),
    # Who gets less is given the rest, and what is made up to is no amount of its own.
    ("伤残津贴低于3300元的，补足到3300元。", "role", ["condition", "level"]),
    # A share of what lies within bounds is paid.
    ("大病保险起付线1.1万元：1.1万元至10万元（含）按60%支付，10万元以上按70%支付。", "role",
     ["level", "condition", "level", "condition", "level"]),
    ("住院最高支付15万元，由基金按月支付。", "role", ["level"]),
    ("利率不超过LPR加50个基点。", "value", ["0.5"]),
    ("改造提升老旧小区20万平方米。", "role", ["level"]),
    ("累计提高总额不超过原限额的20%。", "role", ["level"]),
    ("经费较上年增加21.8亿元，成长7.4%。", "role", ["increase", "increase"]),
    ("健康成长基金为7.4%。", "role", ["level"]),
    ("年利率不超过LPR的部分由财政贴息2个百分点。", "operator", ["eq"]),
    ("市、县补助采暖费每户900元。", "scope.payer", ["市、县"]),
    ("未办理备案住院的，一级、二级医疗机构起付标准分别为400元、900元。", "scope.condition", ["未办理备案住院的"] * 2),
    ("职工医保普通门诊起付标准为300元。", "indicator", ["medical.employee.outpatient_deductible"]),
    ("职工医保普通门诊起付标准为300元。", "scope.condition", [None]),
    ("职工医保住院起付标准为300元。", "scope.condition", ["职工医保"]),
    ("职工医保门诊慢特病起付标准为300元。", "scope.condition", ["职工医保，门诊慢特病"]),
    ("职工医保普通门诊支付比例为60%。", "indicator", ["medical.employee.outpatient_payment_rate"]),
    ("职工医保住院支付比例为60%。", "scope.condition", ["职工医保"]),
    ("大病保险起付标准为300元。", "scope.condition", [None]),
    ("医疗救助起付标准为300元。", "scope.condition", ["医疗救助"]),
    ("大病保险支付比例为60%。", "scope.condition", [None]),
    ("职工医保参保率为95%。", "scope.condition", [None]),
    ("个人缴费标准不再按每人每年350元执行。", "role", ["previous"]),
    ("不再执行个人缴费标准每人每年350元的规定，按每人每年380元执行。", "role", ["previous", "level"]),
    ("每人每年350元的个人缴费标准不再提高。", "role", ["level"]),
    ("个人缴费标准为380元，比上年增加30元。", "applies_to", [None, None]),
    ("个人缴费标准在2022年每人每年350元的基础上增加30元。", "applies_to", ["2022", None]),
    ("2022年居民医保个人缴费标准新增30元。", "applies_to", ["2022"]),
    ("（二）未连续参保的，待遇等待期为4个月。", "scope.condition", ["未连续参保的"]),
    ("第十二条　家庭成员患重病的，每户每月增发救助金200元。", "scope.condition", ["家庭成员患重病的"]),
    ("参加第三期培训的，每人补贴200元。", "scope.condition", ["参加第三期培训的"]),
    ("补贴标准为1510元/人.月。", "per", [("person", "month")]),
    ("补贴标准为300元/人.年底前落实。", "per", [("person",)]),
    ("早餐补贴每人每餐3元。", "per", [("person", "meal")]),
    ("未按规定转诊的，住院支付比例降低20个百分点，即50%。", "scope.condition", ["未按规定转诊的", "未按规定转诊的"]),
    ("市区失业保险金标准由每月1485元提高到1854元，县（市）失业保险金标准为每月1746元。", "scope.places", [("市区",), ("市区",), ("县（市）",)]),
    ("主城区月最低工资标准为2060元，其他区县月最低工资标准为1930元。", "scope.places", [("主城区",), ("其他区县",)]),
    ("城市低保标准为每人每月900元，全市农村低保标准为每人每月850元。", "scope.places", [(), ()]),
    ("重度残疾人护理补贴在每人每月148元的基础上增加20元，提高到168元。", "scope.population", ["重度残疾人"] * 3),
    ("病假工资可以低于最低工资标准支付，但不能低于最低工资标准的80%，即2016元。", "indicator", [None, None]),
    ("政府对选择300元档次的每人每年补贴30元，对选择500元至900元的补贴不低于60元。", "role", ["condition", "level", "condition", "level"]),
    ("对选择200元、400元档次缴费的，每人每年分别补贴30元、40元。", "role", ["condition", "condition", "level", "level"]),
    ("参保人可选择300元、400元作为缴费档次。", "role", ["level", "level"]),
    ("重度残疾人护理补贴在每人每月148元的基础上增加20元，提高到168元。", "per", [("person", "month")] * 3),
    ("重度残疾人护理补贴每人每月增加20元，农村低保标准提高到168元。", "scope.population", ["重度残疾人", None]),
    ("补缴期缴费的，个人按每人每年1070元缴纳，且待遇等待期为60天。", "scope.condition", ["补缴期缴费的"] * 2),
    ("连续缴存满两年的，月最高缴存额为3000元，并且贷款额度上浮20%。", "scope.condition", [None, "连续缴存满两年的", "连续缴存满两年的"]),
    ("初次创业的，给予补贴5000元，同时失业保险金标准提高到每月1700元。", "scope.condition", ["初次创业的", None]),
    ("初次创业的，给予补贴5000元，并购企业奖励3万元。", "scope.condition", ["初次创业的", None]),
    ("未按规定转诊的，住院支付比例降低20个百分点，起付标准为500元。", "scope.condition", ["未按规定转诊的", None]),
    ("儿童白血病住院费用支付比例为80%。", "scope.condition", ["白血病"]),
    ("参保人员患大病住院费用支付比例为80%。", "scope.condition", [None]),
    ("大病保险起付线为1万元，报销比例为60%；住院起付标准为300元。", "indicator",
     ["medical.benefit.critical_illness_deductible", "medical.benefit.critical_illness_payment_rate", "medical.benefit.deductible"]),
    ("大病保险起付线为1万元；封顶线为30万元。", "indicator",
     ["medical.benefit.critical_illness_deductible", "medical.benefit.critical_illness_cap"]),
    ("大病保险不设封顶线。", "indicator", ["medical.benefit.critical_illness_cap"]),
    ("医疗救助年度限额5万元，救助比例为75%。", "indicator", ["medical.benefit.assistance_cap", "medical.benefit.assistance_payment_rate"]),
    ("职工医保单位和个人缴费费率分别为7.5%和2%。", "indicator", ["medical.employee.unit_rate", "medical.employee.individual_rate"]),
    ("职工医保用人单位缴费费率（含生育保险0.8%）为8.8%。", "indicator", ["maternity.benefit.rate", "medical.employee.unit_rate"]),
    ("职工医保退休人员个人账户按基本养老金的2.8%划入。", "indicator", ["medical.employee.account_rate"]),
    ("职工医保门诊起付标准提高，其中城乡居民门诊起付标准为300元，在职职工500元。", "indicator",
     ["medical.benefit.deductible", "medical.employee.outpatient_deductible"]),
    ("职工医保累计缴费年限男满30年、女满25年的，退休后不再缴费。", "indicator", ["medical.employee.retiree_years"] * 2 + [None]),
    ("未转诊的，居民医保住院支付比例降低20个百分点。", "indicator", ["medical.benefit.referral_reduction"]),
    ("居民医保住院支付比例降低5个百分点。", "indicator", ["medical.benefit.inpatient_payment_rate"]),
    ("居民医保门诊最高支付限额为每人每月80元。", "indicator", ["medical.benefit.monthly_cap"]),
    ("居民医保连续参保满4年的，每多参保1年，大病保险最高支付限额提高2000元。", "indicator", [None, None, "medical.benefit.continuity_reward"]),
    ("大病保险最高支付限额提高5万元。", "indicator", ["medical.benefit.critical_illness_cap"]),
    ("大病保险：起付标准为1万元；住院费用超过10万元的部分支付70%。", "indicator",
     ["medical.benefit.critical_illness_deductible", None, "medical.benefit.critical_illness_payment_rate"]),
    ("财政补助比2022年的610元增加30元。", "role", ["previous", "increase"]),
    ("财政补助比2022年的610元增加30元。", "applies_to", ["2022", None]),
    ("参保人员住院报销比例75%、职工医保住院报销比例85%。", "scope.condition", [None, "职工医保"]),
    ("在一级、二级、三级定点医疗机构住院，起付标准分别为150元、300元、600元。", "scope.provider",
     ["一级定点医疗机构", "二级定点医疗机构", "三级定点医疗机构"]),
    ("一级、二级、三级医院起付标准分别为150元、300元、600元。", "scope.provider", ["一级医院", "二级医院", "三级医院"]),
    ("一、二、三级定点医疗机构起付标准分别为150元、300元、600元。", "scope.provider",
     ["一级定点医疗机构", "二级定点医疗机构", "三级定点医疗机构"]),
    # What follows a list that is dealt out is none of its items' alone.
    ("一级、二级、三级医疗机构门诊支付比例分别为70%、60%、50%，年度限额为500元。", "scope.provider",
     ["一级医疗机构", "二级医疗机构", "三级医疗机构", None]),
    ("财政补助由市、区县按4:6分担。", "scope.payer", ["市", "区县"]),
    ("居民在乡镇卫生院、县级、市级和省级医疗机构住院的起付标准分别为150元、300元、500元、800元。", "scope.provider",
     ["乡镇卫生院", "县级", "市级", "省级医疗机构"]),
    ("乡镇卫生院、三级医院起付标准分别为150元、600元。", "scope.provider", ["乡镇卫生院", "三级医院"]),
    ("财政补助标准为710元（中央426元，省级142元）。", "scope.payer", ["财政", "中央", "省级"]),
    # Which households, by their size, with the numbers; schools and places behind the name of an amount.
    ("1人户每月补贴300元，2至3人户每月450元，4人及以上家庭每月600元。", "scope.population", ["1人户", "2至3人户", "4人及以上家庭"]),
    ("2人户租赁补贴每月400元。", "scope.population", ["2人户"]),
    ("一人住户每月补贴300元，两人住户450元，三人住户600元。", "scope.population", ["一人住户", "两人住户", "三人住户"]),
    ("一人、两人及三人住户的租金津贴为每月300元、450元和600元。", "scope.population", ["一人住户", "两人住户", "三人住户"]),
    ("2人、3人及以上家庭的收入限额分别为每月300元、450元。", "scope.population", ["2人家庭", "3人及以上家庭"]),
    ("一人、两人及三人住户的租金津贴为每月300元。", "scope.population", ["一人、两人及三人住户"]),
    ("1人户、2人户和3人户的补贴分别为每月100元、200元和300元。", "scope.population", ["1人户", "2人户", "3人户"]),
    ("3人以上户人均建筑面积不超过18平方米。", "scope.population", ["3人以上户"]),
    ("人均住房建筑面积市区低于15平方米，县城低于20平方米。", "scope.places", [("市区",), ("县城",)]),
    ("公用经费基准定额小学每生每年720元、初中每生每年940元、特殊教育每生每年7000元。", "scope.provider", ["小学", "初中", "特殊教育"]),
    ("财政补助640元，其中中央财政补助384元，省级154元，市县102元。", "scope.payer", ["财政", "中央财政", "省级", "市县"]),
    ("门诊统筹支付比例为50%，住院费用支付比例为70%。", "indicator",
     ["medical.benefit.outpatient_payment_rate", "medical.benefit.inpatient_payment_rate"]),
    ("居民医保个人缴费标准由每人每年350元提高到380元。", "role", ["previous", "level"]),
    ("居民医保个人缴费标准由每人每年350元提高到380元。", "per", [("person", "year"), ("person", "year")]),
    ("截至2022年底，参保人数达到320万人。", "applies_to", ["2022"]),
    ("截至2022年12月31日，参保人数达到320万人。", "applies_to", ["2022-12-31"]),
    ("2022年末参保率为95%。", "applies_to", ["2022"]),
    ("“十三五”期间，累计投入养老服务资金21.6亿元，建成养老机构262所，养老床位比“十二五”末增长18.5%。", "applies_to",
     ["2016/2020", "2016/2020", None]),
    ("“十三五”期间，累计投入养老服务资金21.6亿元，养老床位比“十二五”末增长18.5%。", "compared_to", [None, "2015"]),
    ("“十五五”时期，新增公共停车泊位2万个。", "applies_to", ["2026/2030"]),
    ("按照“十四五”规划，新建学校20所。", "applies_to", [None]),
    ("到“十四五”末，养老床位达到4万张。", "applies_to", [None]),
    ("“十四五”期间，到2024年建成公园30个。", "applies_to", [None]),
    ("申报时间截至2022年6月30日。", "operator", ["le"]),
    ("2022年7月1日至12月30日期间毕业的高校毕业生，一次性补贴1500元。", "role", ["condition", "level"]),
    ("近3年内无违法记录的机构可以申报。", "role", ["condition"]),
    ("近三年来新建学校20所。", "value", ["20"]),
    ("支持105个重点城市和15个重点县建设监测站。", "value", ["105", "15"]),
    ("2022年9月30日前发生工伤被鉴定为伤残的职工，每月增加80元。", "role", ["condition", "increase"]),
    ("每个县开通至少一家普通门诊费用跨省联网定点医疗机构。", "value", ["1"]),
    ("监测对象（不含返贫致贫人口）资助200元参加居民医保。", "scope.population", ["监测对象"]),
    ("失业保险金标准为每人每月1500元。", "indicator", ["unemployment.benefit.amount"]),
    ("职工医保个人缴费标准为每月100元。", "indicator", [None]),
    # Units said together, names with a decimal, prices per what is weighed, a year's count.
    ("PM2.5平均浓度控制在31微克/立方米以内。", "unit", ["{微克/立方米}"]),
    ("PM2.5平均浓度控制在31微克每立方米以内。", "subject", ["PM2.5平均浓度"]),
    ("商品煤限价每斤0.65元。", "per", [("half_kilogram",)]),
    ("全年新增公共充电桩2600台，每人全年体检1次。", "per", [(), ("person", "year")]),
    ("全年地区生产总值增长5%，社会消费品零售总额年均增长4%。", "per", [(), ("year",)]),
    ("城乡居民人均可支配收入年均分别增长5%、7%。", "subject", ["城市居民人均可支配收入", "农村居民人均可支配收入"]),
    # Prices in cents, and those who are meant by a share of theirs.
    ("工商业电价每千瓦时降低1.5分，居民电价不变。", "value", ["0.015"]),
    ("考核每项扣1.5分。", "unit", ["{分}"]),
    ("对研发投入占销售收入比重达到5%以上的企业，给予20万元奖励。", "role", ["condition", "level"]),
    ("研发投入占销售收入比重达到5%以上。", "role", ["level"]),
    # What is new is not what is given for it, and what is only made firmer is no more.
    ("普惠托育机构每个新增托位给予1万元建设补贴，财政补助增加30元。", "role", ["level", "increase"]),
    ("全市计划新增租赁补贴发放500户。", "role", ["increase"]),
    ("巩固提升80万亩蔬菜基地，新建蔬菜基地3万亩。", "role", ["level", "level"]),
    ("生活费补助标准为小学生每生每年1250元、初中生每生每年1500元。", "scope.population", ["小学生", "初中生"]),
    # Ages that are measured, and those that say of whom.
    ("人均预期寿命提高到80岁以上，60周岁以上老年人体检率达到70%。", "role", ["level", "condition", "level"]),
    ("申请人年龄不超过45周岁，职工平均年龄为38岁。", "role", ["condition", "level"]),
    # Shares of what is put in; substances with lowered digits.
    ("研发投入强度达到3%、基础研究经费占全社会研发投入比重达到7%。", "subject", ["研发投入强度", "基础研究经费占全社会研发投入比重"]),
    ("断面水质优良比例达到95%，城市PM₂.₅浓度下降8%。", "subject", ["断面水质优良比例", "城市PM2.5浓度"]),
    ("断面水质优良比例达到95%，城市PM_2.5浓度下降8%。", "subject", ["断面水质优良比例", "城市PM2.5浓度"]),
    ("2031年推进四期航道建设，新增泊位2个。", "value", ["2"]),
    # The year of a clause whose measure's name says how often.
    ("2030年月缴存基数上限为31200元，下限为2040元；2031年月缴存基数上限为32850元，下限为2180元。", "applies_to",
     ["2030", "2030", "2031", "2031"]),
    # Worked examples.
    ("例如：退休人员李某缴费年限30年，本次共增加105元。", "role", ["example", "example"]),
    ("以王女士为例，当年可领取1800元。", "role", ["example"]),
    ("假设某企业上年缴费6万元，可返还3.6万元。", "role", ["example", "example"]),
    ("电价优惠以月为周期，每月减免20元。", "role", ["level"]),
    # What is given up to an amount, and what only says of which.
    ("可申请最高300万元的创业担保贷款。", "role", ["level"]),
    ("单笔不超过5万元的贷款，贴息50%。", "role", ["condition", "level"]),
    ("购买90平方米（含）至144平方米（不含）住房的，补贴1.5万元。", "role", ["condition", "level"]),
    ("新建住房面积不低于90平方米。", "role", ["level"]),
    # Persons parted by a blank, and graded ones.
    ("（二）企业 退休人员 ： 每人每月增加42元。", "scope.population", ["企业退休人员"]),
    ("一级、二级伤残津贴分别为每人每月4800元、4600元。", "scope.provider", [None, None]),
    ("一级、二级支付比例分别为90%、85%。", "scope.provider", ["一级", "二级"]),
    # Persons who open the clause before, where they are some and not all.
    ("引进人才不分套数，最高贷款额度提高到180万元；其他缴存职工为70万元。", "scope.population", ["引进人才", "其他缴存职工"]),
    ("单身职工最高额度为50万元，其他缴存人为40万元。", "scope.population", ["单身职工", "其他缴存人"]),
    ("职工可以申请贷款，最高贷款额度为60万元。", "scope.population", [None]),
    ("参保人员应当按时缴费，人均筹资标准为960元。", "scope.population", [None]),
    # What a share is of, or a rise is measured from, is not what it is.
    ("第二套住房最高贷款额度按首套的75%执行。", "scope.condition", ["第二套住房"]),
    ("二级医院起付线按三级医院的60%确定。", "scope.provider", ["二级医院"]),
    ("二档电价在一档的基础上提高0.04元。", "scope.condition", ["二档"]),
    # A year before a list is no item of it; shares that may be chosen are none of what stands before.
    ("2031年度月缴费基数上限、下限分别由21300元、4260元调整为21900元、4380元。", "indicator",
     ["insurance.base.upper", None] * 2),
    # What remains, and what tiers below bear together, is no share of the central budget.
    ("中央财政补助60%，其余部分由省与市县按7:3承担。", "indicator", ["medical.funding.central_share", None, None]),
    ("财政补助资金由中央财政承担60%，市、县两级财政承担40%。", "scope.payer", ["中央财政", "市、县两级财政"]),
    ("财政补助资金由中央财政承担60%，市、县两级财政承担40%。", "indicator", ["medical.funding.central_share", None]),
    # A name of the clause before is none of a list's; places that open a list's items are those of all, or each its own.
    ("“两病”门诊不设起付标准，高血压、糖尿病患者年度支付限额分别提高100元、200元。", "indicator",
     ["medical.benefit.deductible", "medical.benefit.disease_cap", "medical.benefit.disease_cap"]),
    ("香洲区单人户、双人户租赁补贴分别为每月300元、500元。", "scope.places", [("香洲区",), ("香洲区",)]),
    ("路南县一人户、桥西县二人户租赁补贴分别为每月300元、500元。", "scope.places", [("路南县",), ("桥西县",)]),
    # Levels one by one before one noun are dealt out, said with their number or without it, in a clause of their own, too.
    ("省、市、县、乡四级医院起付线分别为700元、500元、300元、100元。", "scope.provider", ["省级医院", "市级医院", "县级医院", "乡级医院"]),
    ("省、市、县、乡四级医院起付线分别为700元、500元、300元、100元。", "indicator", ["medical.benefit.deductible"] * 4),
    ("在一、二、三级定点医疗机构住院的，起付标准分别为200元、500元、800元，支付比例分别为90%、80%、70%。", "scope.provider",
     ["一级定点医疗机构", "二级定点医疗机构", "三级定点医疗机构"] * 2),
    ("省、市、县三级财政分别按50%、30%、20%的比例承担。", "scope.payer", ["省级财政", "市级财政", "县级财政"]),
    ("省、市、县三级财政分别按50%、30%、20%的比例承担。", "scope.provider", [None] * 3),
    ("各镇（街道）财政按每人每年30元的标准予以补助，市级以上财政按每人每年210元的标准予以补助。", "scope.payer",
     ["各镇（街道）财政", "市级以上财政"]),
    ("最低工资第一档由每月750元调整为900元，最低一档调整为600元。", "scope.condition", ["第一档", "第一档", "最低一档"]),
    # A comma parts no amount from what it changes from and to.
    ("各级财政对居民医保的补助标准，将从每人每年640元提高到670元。", "indicator", ["medical.funding.fiscal_subsidy"] * 2),
    ("各级财政对居民医保的补助标准，将从每人每年640元提高到670元。", "scope.payer", ["各级财政"] * 2),
    ("集中缴费期从2031年9月1日至12月31日，由财政补助700元。", "subject", ["集中缴费期", "财政补助"]),
    # What is aimed at is of what is counted before it, and no bound.
    ("全年新建幼儿园48所，超额完成40所的年度目标任务。", "subject", ["幼儿园", "幼儿园"]),
    ("全年新建幼儿园48所，超额完成40所的年度目标任务。", "operator", ["eq", "eq"]),
    # What is reached is no part of the name; a share in a year is none of the year.
    ("封顶线要普遍达到当地职工平均工资的6倍左右。", "subject", ["封顶线"]),
    ("地表水优良水体比例由2015年的66%提高到2020年的83.4%。", "base", [None, None]),
    ("用水量在11至15立方米的部分，在居民生活用水价格基础上加价100%。", "subject", ["用水量", "居民生活用水价格"]),
    ("“十四五”时期全市PM2.5浓度累计下降20%。", "subject", ["PM2.5浓度"]),
    # Verbs and names that came apart, or together.
    ("同意你省月最低工资标准由1150元调整为1320元。", "indicator", ["wage.minimum.monthly"] * 2),
    ("打通中心城区道路21条，更新公交车400辆，更新300条健身路径，开工安置房1万套。", "subject",
     ["道路", "公交车", "健身路径", "安置房"]),
    ("参合农民住院实际补偿比不低于55%，住院率控制在11%以内。", "subject", ["住院实际补偿比", "住院率"]),
    ("解决3500户中低收入家庭的住房困难。", "scope.population", ["中低收入家庭"]),
    ("企业吸纳就业困难人员，签订1年以上劳动合同并缴纳社会保险费的，每人补贴1000元。", "subject", ["劳动合同", "补贴"]),
    ("对公建民营敬老院按照平均每年每院5万元的标准给予补助。", "scope.provider", ["公建民营敬老院"]),
    ("基础养老金提高至203元，其中中央财政每人每月143元，省财政承担30元。", "scope.payer", [None, "中央财政", "省财政"]),
    ("身心障碍基本保证年金由5437元调整为5591元。", "per", [()] * 2),
    ("生活津贴分为两级，第一级由8329元调整为8566元，第二级由4164元调整为4283元。", "scope.provider", [None] * 4),
    ("参保人白某2031年年满72周岁。", "applies_to", ["2031"]),
    ("首套住房最低首付比例调整为20%，二套住房调整为25%。", "scope.condition", ["首套住房", "二套住房"]),
    # Who stands in a bracket with a figure of its own is nobody outside it.
    ("一级医院报销75%（退休人员80%）、二级医院报销65%、三级医院报销55%。", "scope.population", [None, "退休人员", None, None]),
    ("参保人员（含退休人员）报销75%，其他人员65%。", "scope.population", ["参保人员（含退休人员）", "其他人员"]),
    # A class of time bears the name of the rate that it classes; a share of a base is named before the base.
    ("首套住房贷款利率五年以下（含五年）为2.35%、五年以上为2.85%。", "subject", ["首套住房贷款利率"] * 4),
    ("灵活就业人员月缴存额为300元至6000元，缴存补贴由1%提高到1.5%。", "subject", ["月缴存额", "缴存补贴", "缴存补贴"]),
    ("保障性租赁住房租金不得高于同地段同品质市场租金的90%。", "subject", ["保障性租赁住房租金"]),
    ("各街道要在2031年11月底前完成缴费任务的80%。", "subject", ["缴费任务"]),
    ("承租人最长可连续承租6年。", "operator", ["le"]),
    ("贷款期限最长30年，且不超过法定退休年龄后5年。", "subject", ["贷款期限"] * 2),
    ("政务服务事项网上可办率达到98%。", "subject", ["政务服务事项网上可办率"]),
    ("待遇等待期为3个月；每多断保1年，待遇等待期再延长1个月。", "role", ["level", "condition", "increase"]),
    # Names that have their figures are dealt out no more; an item of another name takes over nothing.
    ("化学需氧量、氨氮排放量分别下降4%、4.5%，氮氧化物、挥发性有机物排放量分别下降10%、7%。", "indicator",
     ["environment.cod_cut", "environment.ammonia_cut", "environment.nox_cut", None]),
    # The next from A to B is per what the first is.
    ("租赁补贴标准，香洲区由每平方米24元提高到26元，金湾区由17元提高到19元。", "per", [("square_metre",)] * 4),
    # The verb of a list's first number.
    ("新增义务教育学位3.6万个、普通高中学位4500个。", "role", ["increase", "increase"]),
    ("新增义务教育学位3.6万个、现有高中学位4500个。", "role", ["increase", "level"]),
    # What must be done by a day, with a verb that no row knows.
    ("申报材料应在2031年1月15日前寄出。", "due", ["2031-01-15"]),
    ("大型企业按30%、中小微企业按60%返还上年度实际缴纳的失业保险费。", "indicator", ["unemployment.stability.return_rate"] * 2),
    ("建设省级零碳园区10个。", "subject", ["省级零碳园区"]),
    ("职工养老保险灵活就业人员缴费比例为20%，按60%、80%、100%三个档次选择缴费基数。", "indicator",
     ["pension.employee.flexible_rate", None, None, None]),
    # from sets of notices of several programmes: what stands near an indicator and is not its own
    ("老年人福利：全年发放高龄津贴1.12亿元，高龄津贴标准为每人每月100元。", "indicator", [None, "assistance.subsistence.elderly_allowance"]),
    ("就业补贴：发放一次性创业补贴1200万元，一次性创业补贴标准为1万元。", "indicator", [None, "employment.subsidy.startup"]),
    ("居民医保村卫生室年度支付限额400元；一般诊疗费每人次10元，由居民医保基金支付8元。", "indicator", ["medical.benefit.annual_cap", None, None]),
    ("未备案到市外住院的，支付比例由降低10个百分点调整为降低15个百分点。", "indicator", ["medical.benefit.referral_reduction"] * 2),
    ("居民医保补缴的，不设等待期；透析治疗中断超过3个月的，重新认定。", "indicator", ["medical.benefit.waiting_period", None]),
    # from an eighth set of notices: what is better or worse elsewhere, parts of a growth, cuts outside one's area, shares of amounts
    ("全市常住人口城镇化率55.5%，比全国低11个百分点。", "indicator", ["macro.urbanisation_rate", None]),
    ("城镇调查失业率5.5%；居民人均可支配收入增长6.5%左右，其中城镇5.5%、农村7%。", "indicator",
     ["macro.unemployment_rate", "macro.income_growth", "macro.income_growth_urban", "macro.income_growth_rural"]),
    ("城镇调查失业率5.5%；居民人均可支配收入增长6.5%左右，其中城镇5.5%、农村7%。", "role", ["level", "increase", "increase", "increase"]),
    ("三级医院起付标准1000元，比二级医院高400元；个人缴费标准400元，比国家规定标准低20元，比上年提高20元。", "indicator",
     ["medical.benefit.deductible", None, "medical.funding.individual_contribution", None, "medical.funding.individual_contribution"]),
    ("住院支付比例达到75%，比职工医保低10个百分点，比上年提高5个百分点。", "indicator",
     ["medical.benefit.inpatient_payment_rate", None, "medical.benefit.inpatient_payment_rate"]),
    ("住院支付比例达到75%，比职工医保低10个百分点，比上年提高5个百分点。", "scope.condition", [None] * 3),
    ("城市低保标准每人每月提高50元，其中主城区1000元、其他县900元。", "role", ["increase", "level", "level"]),
    ("财政补助每人每年增加30元（2029年为670元）。", "role", ["increase", "level"]),
    # parts of a rise rise, as long as they are no more than all of it
    ("筹资标准提高50元，其中财政补助30元、个人缴费20元。", "role", ["increase"] * 3),
    ("筹资标准较上年增加54元，其中财政补助增加30元，个人缴费24元。", "role", ["increase"] * 3),
    ("筹资标准提高50元，其中财政补助700元、个人缴费400元。", "role", ["increase", "level", "level"]),
    ("筹资标准提高54元，其中财政补助增加30元，个人缴费400元。", "role", ["increase", "increase", "level"]),
    ("一级医院起付标准降低100元（降至400元），二级医院降低200元（降至600元）。", "role", ["decrease", "level"] * 2),
    ("一级医院起付标准500元（降至400元）。", "role", ["previous", "level"]),
    ("社会保险费中，养老保险、基本医疗保险（含生育保险）、失业保险（单位费率分别为16%、7%、0.5%）。", "indicator",
     ["pension.employee.unit_rate", "medical.employee.unit_rate", "unemployment.rate.unit"]),
    ("居民医保住院报销比例为60%，经备案转市外住院的降低10个百分点，未经备案的降低20个百分点。", "indicator",
     ["medical.benefit.inpatient_payment_rate", *["medical.benefit.referral_reduction"] * 2]),
    ("居民医保未报销的再增加2200元，累计增加额以大病保险封顶线25万元的20%即5万元为限。", "indicator",
     [None] * 4),
    ("职工医保单位按职工工资总额的8%缴纳（不含生育保险费）。", "indicator", ["medical.employee.unit_rate"]),
    ("最低工资包含劳动者应当缴纳的基本养老保险费、基本医疗保险费、失业保险费（个人费率分别为8%、2%和0.4%）。", "indicator",
     ["pension.employee.individual_rate", "medical.employee.individual_rate", "unemployment.rate.individual"]),
    ("单位生育保险费率由0.5%调整为0.7%，合并后用人单位缴费费率为8.7%。", "indicator", ["maternity.benefit.rate", "maternity.benefit.rate", "medical.employee.unit_rate"]),
    ("一类行业工伤保险基准费率在0.2%的基础上下调20%，按0.16%执行。", "indicator", ["injury.benefit.rate", None, "injury.benefit.rate"]),
    ("确有困难的单位，可以申请将住房公积金缴存比例降至5%以下。", "indicator", [None]),
    ("居民养老保险缴费档次新增6000元档次。", "role", ["level"]),
    ("新增幼儿园学位1.5万个，其中公办幼儿园学位2400个。", "role", ["increase", "increase"]),
    ("新增幼儿园学位1.5万个，其中公办幼儿园学位2400个。", "scope.condition", [None, "公办"]),
    ("以贷款80万元、期限30年等额本息还款为例，每月可少还约190元。", "role", ["example"] * 3),
    ("查处违规案件37起，惠及156万城乡老年居民，带动3.2万农户增收。", "unit", ["{起}", "{人}", "{户}"]),
    ("最低收购价为每50公斤119元，敬老院运转补助为每床每年1200元。", "per", [("fifty_kilograms",), ("year", "bed")]),
    # what is supposed, proposed or rumoured; what was paid on average, looked into, or given to those who get something else
    ("据测算，若居民医保个人缴费每提高10元，全市可增加基金收入1120万元。", "indicator", [None, None]),
    ("您建议将失业保险金标准提高到每月2500元、领取期限延长至36个月，暂难采纳。失业保险金标准为每月1992元。", "role", ["example", "example", "level"]),
    ("最低工资标准提高到每月2190元，此前网传的“每月2600元”最低工资标准不实。", "indicator", ["wage.minimum.monthly", None]),
    ("城乡居民养老保险缴费年限每增加1年，基础养老金提高5元。", "role", ["increase"]),
    ("问：我和爱人每月房租2600元，可以提取多少住房公积金？", "role", ["example"]),
    ("为什么2031年居民医保个人缴费标准要提高到每人400元？", "role", ["level"]),
    ("住房公积金租房提取限额为每人每月1500元；上年办理租房提取5.36亿元，人均提取1.28万元。", "indicator", ["housing.fund.withdrawal_cap", None, None]),
    ("上年重度残疾人月人均护理补贴124元，重度残疾人护理补贴标准为每人每月160元。", "indicator", [None, "assistance.subsistence.disabled_nursing"]),
    ("失业保险稳岗返还：大型企业按30%返还。按不低于5%的比例抽查返还资金使用情况。", "indicator", ["unemployment.stability.return_rate", None]),
    ("居民医保住院支付比例为70%，按10%的比例对报销病历进行抽查。", "indicator", ["medical.benefit.inpatient_payment_rate", None]),
    ("高龄津贴对象可享受每人每年500元的免费体检；高龄津贴代发银行不得收取每月2元的小额账户管理费。", "indicator", [None, None]),
    ("失业保险金领取人员可享受每月300元的补贴，失业保险金标准为每月1992元。", "indicator", [None, "unemployment.benefit.amount"]),
    ("公益性岗位补贴每月1050元，意外伤害商业保险每人每年80元。", "indicator", ["employment.subsidy.post", None]),
    ("90周岁以上老人高龄津贴每人每月150元，其中州级财政承担30元，县市财政承担120元。", "indicator",
     [None, "assistance.subsistence.elderly_allowance", None, None]),
    ("企业职工丧葬补助金为9964元；城乡居民养老保险参保人死亡的，丧葬补助金为1500元。", "indicator", [None, "pension.resident.funeral_grant"]),
    ("统保的商业护理保险按每人每天120元支付陪护费，长护险居家护理每日限额25元。", "indicator", [None, "care.benefit.daily_cap"]),
    ("城镇居民医保参保率99.6%，参保群众满意度96.3%。", "indicator", ["medical.enrollment.coverage_rate", None]),
    ("因系统切换，11月8日至11月10日暂停居民医保缴费业务。", "indicator", [None]),
    ("小时最低工资标准为22元，每小时18元低于标准。", "indicator", ["wage.minimum.hourly", None]),
    ("长护险参保人失能状态持续6个月以上，待遇等待期为30日，评估有效期2年。", "indicator", ["care.eligibility.months", None, None]),
    ("助学金一档4300元、二档2800元，特岗教师补助每年4.68万元。", "indicator", ["education.aid.grant"] * 2 + [None]),
    # What a bracket names it names only within; whose a hospital's patients are is none of its name.
    ("职工医保单位缴费费率为7.5%（含生育保险0.5%），个人2%。", "subject", ["单位缴费费率", "单位缴费费率", "职工医保单位缴费费率"]),
    ("职工医保普通门诊在职职工一级医院支付比例70%，残疾人康复机构80%。", "scope.provider", ["一级医院", None]),
    # What a change goes on with for others.
    ("工伤职工一级伤残津贴每月增加180元，二级170元。", "role", ["increase"] * 2),
    ("义务教育公用经费增加50元，特殊教育学校每生每年7000元。", "role", ["increase", "level"]),
    # Persons in the name of a number say nothing of other things; what is said of them goes on.
    ("新增残疾人就业2951人、托养机构规范化建设74家。", "scope.population", ["残疾人", None]),
    ("返贫致贫人口救助比例为60%、年度起付标准为3500元。", "scope.population", ["返贫致贫人口"] * 2),
    ("三是城乡居民基础养老金每人每月再提高20元，为1.36万名重度残疾人发放护理补贴，标准提高到每人每月85元。", "subject",
     ["城乡居民基础养老金", "重度残疾人", "护理补贴"]),
    # Names that came apart.
    ("生育津贴支出1.94万元，住院分娩次均费用4870元，基金次均报销127元。", "subject", ["生育津贴支出", "住院分娩次均费用", "基金次均报销"]),
    ("购买首套自住住房首付款比例不低于20%，第二套不低于30%。", "scope.condition", ["首套自住住房", "第二套"]),
    ("2023年，全市归集住房公积金98亿元。年末实缴职工62.3万人。年底前完成调整3万人。", "applies_to", ["2023", "2023", None]),
    ("居民医保门诊慢特病病种由64种增加到68种，可以跨省直接结算的病种由10种增加到15种。", "indicator",
     [None, None, "medical.settlement.chronic_diseases", "medical.settlement.chronic_diseases"]),
    # Those to whom something is given for a rate of theirs.
    ("对固定资产投资增长8%以上的县（市、区）给予奖励50万元。", "role", ["condition", "level"]),
    ("对上年度裁员率不高于5.5%的参保企业给予稳岗返还，大型企业按30%返还。", "role", ["condition", "level"]),
    ("对研发投入按10%给予补助。", "role", ["level"]),
    # Who pays a share, by no word for a budget.
    ("提标资金由省级财政承担40%，各县区承担60%。", "scope.payer", ["省级财政", "各县区"]),
    ("提标资金由省级财政承担40%，各县区承担60%。", "scope.places", [(), ()]),
    ("所需经费由省级财政补助60%，市（州）、县（市、区）各承担20%。", "scope.payer", ["省级财政", "市（州）、县（市、区）"]),
    ("学生资助经费由中央承担80%，其余20%由地方负担。", "scope.payer", ["中央", "地方"]),
    ("灵活就业人员在蓬莱市缴纳养老保险费满12个月。", "scope.payer", [None]),
    # Each of the parts of a region is one where another has a figure; else it is all of it.
    ("小时最低工资标准为城区22元、各县20元。", "scope.places", [("城区",), ("各县",)]),
    ("各县每年安排资金不少于50万元。", "scope.places", [()]),
    # What several make together is nobody's alone.
    ("单位和职工住房公积金月缴存额上限均为3100元，两项合计6200元。", "indicator", ["housing.fund.payment_upper", None]),
    ("居民医保财政补助每人700元，个人缴费400元，两项合计1100元。", "indicator",
     ["medical.funding.fiscal_subsidy", "medical.funding.individual_contribution", "medical.funding.total"]),
    ("单位、个人缴费比例为8%、2%，合计10%。", "scope.payer", ["单位", "个人", None]),
    ("单位和职工缴存比例均不得低于5%，不得高于12%。", "scope.payer", ["单位和职工", None]),
    # Things that are counted, and what is said of them.
    ("全市6个国控断面水质优良比例达到83.3%。", "subject", ["国控断面", "国控断面水质优良比例"]),
    ("12家乡镇卫生院标准化率达到90%，45项高频事项网上可办率100%。", "subject",
     ["乡镇卫生院", "标准化率", "高频事项", "高频事项网上可办率"]),
    ("新建农村生活污水处理设施36座。", "subject", ["农村生活污水处理设施"]),
    # Two classes of areas before one name.
    ("城镇、农村居民人均可支配收入增长5%以上。", "subject", ["城镇、农村居民人均可支配收入"]),
    ("城镇、农村居民人均可支配收入达到5.2万元、2.6万元，增长5%、7%。", "subject",
     ["城镇居民人均可支配收入", "农村居民人均可支配收入"] * 2),
    ("城市居民最低生活保障标准由每月780元提高到820元，农村由每月550元提高到600元。", "subject",
     ["城市居民最低生活保障标准"] * 2 + ["居民最低生活保障标准"] * 2),
    ("城市特困人员基本生活标准每月1300元，农村每月1000元。", "scope.population", ["城市特困人员", "特困人员"]),
    # 普及 holds no 及, and 建成区 is no place.
    ("城市供水普及率、燃气普及率分别达到99%、97%，建成区绿化覆盖率达到44%。", "subject",
     ["城市供水普及率", "燃气普及率", "建成区绿化覆盖率"]),
    ("企业每招用一名高校毕业生获得补贴2000元，企业按规定缴纳500元。", "scope.payer", [None, "企业"]),
    ("断保2年以上的居民再次参保，应当提供情况说明，保留期为2年以上。", "role", ["condition", "level"]),
    ("农村特困人员基本生活标准为11040元/（人·年）。", "per", [("person", "year")]),
    # Averages of what was paid are no standard.
    ("住院分娩次均费用5200元，人均领取生育津贴2.1万元。", "indicator", [None, None]),
    ("供养亲属抚恤金配偶每人每月增加80元，其他亲属每人每月增加60元。", "subject", ["供养亲属抚恤金"] * 2),
    # Somebody made up.
    ("（五）例如，某县初中寄宿生陈某为低保家庭学生，可领取生活补助800元。", "role", ["example"]),
    # Who has a figure right behind them is nobody else.
    ("住宿费标准为部级800元、厅级450元、其他人员350元。", "scope.condition", ["部级", "厅级", None]),
    ("农户自缴比例不低于20%，个人自筹比例不低于10%。", "scope.payer", ["农户", "个人"]),
    ("基础养老金每人每月163元，其中中央财政143元、省级财政20元。", "scope.payer", [None, "中央财政", "省级财政"]),
    ("单位缴费全部计入统筹基金，职工个人缴费2%计入个人账户，退休人员个人账户按每月120元定额划入。", "scope.payer", ["职工个人", None]),
    # Bands that values are dealt out to.
    ("大病保险起付标准为1.4万元。起付标准以上至5万元（含）、5万元至10万元（含）、10万元以上的部分，支付比例分别为60%、65%、70%。", "scope.condition",
     [None, None, None, None, "以上至5万元", "5万元至10万元（含）", "10万元以上"]),
    ("起付标准以上6万元以内、6万元至12万元的部分，支付比例依次为60%、65%。", "role", ["condition", "condition", "level", "level"]),
    ("起付标准为1.4万元，限额为30万元以上。", "role", ["level", "level"]),
    # What is made up to an amount is what was below it.
    ("伤残津贴低于3600元的，补足到3600元。", "subject", ["伤残津贴"] * 2),
    ("重型柴油货车提前淘汰补助为每辆2万元；淘汰老旧柴油货车3万辆，涉及劳动者1.9万人。", "subject",
     ["重型柴油货车提前淘汰补助", "老旧柴油货车", "劳动者"]),
    ("成年居民老周2026年在三级医疗机构住院，费用为20900元。", "role", ["example"]),
    # A second list right behind the first.
    ("一级、二级医院起付线300元、500元，报销90%、85%。", "scope.provider", ["一级医院", "二级医院"] * 2),
    # What is multiplied is nobody's amount; the product has the name before its first figure.
    ("一次性工亡补助金标准为1083760元（54188元×20倍）。", "indicator", ["injury.benefit.death_grant", None, None]),
    ("月缴费基数上限为22311元（7437元×300%）。", "indicator", ["insurance.base.upper", None, None]),
    ("小时最低工资标准为21元，折算月标准为21元×8小时×22天=3696元。", "subject",
     ["小时最低工资标准", None, None, None, "折算月标准"]),
    # What an office does is told in working days; what is interrupted must be an insurance.
    ("新生儿出生后60天内参保，出生医学证明5个工作日内签发。", "indicator", ["medical.enrollment.newborn_window", None]),
    ("中断医保关系不超过90天的，视同连续参保；定点药店中断经营60天的，终止协议。", "indicator",
     ["medical.enrollment.interruption_grace", None]),
    # So much for each step is no rise.
    ("若个人缴费每提高15元，基金增收900万元。", "indicator", [None, None]),
    ("个人缴费每人每年提高15元。", "indicator", ["medical.funding.individual_contribution"]),
    # Who alone stands before a part completes the name of the whole; who pays the next part is somebody else.
    ("筹资标准为1080元，其中个人410元、财政670元。", "indicator",
     ["medical.funding.total", "medical.funding.individual_contribution", None]),
    ("缴费标准：个人由380元提高到400元，财政补助670元。", "indicator",
     ["medical.funding.individual_contribution"] * 2 + ["medical.funding.fiscal_subsidy"]),
]  # fmt: skip

NEAR_MISSES = [
    "提出四项要求，统筹发挥三重制度保障功能，进一步统一政策。",
    "按照《三年行动方案（2021-2023年）》（医保发〔2021〕32号）要求执行。",
    "分为全额资助参保对象和定额资助参保对象两类。",
    "除有明确规定不设置待遇等待期的情况外，按规定执行。",
    "咨询电话：0791-86386386。",
]


@pytest.mark.parametrize(("sentence", "name", "expected"), SEEN + CAUGHT)
def test_fields(sentence, name, expected):
    """Each figure of a sentence has the field it should have, in the order of the text."""
    assert [field(fact, name) for fact in facts(sentence)] == expected


@pytest.mark.parametrize("sentence", NEAR_MISSES)
def test_no_facts(sentence):
    """What is no figure is no fact, and yet in the ledger."""
    result = extractor.read_notice((HEAD + sentence + "\n").encode())

    assert result.facts == ()
    assert {row.disposition for row in result.ledger} <= {"citation", "date", "furniture", "structure", "word"}


SERVED = "2023年度社会医疗保险缴费标准\n\n"
BOTH = HEAD.replace("城乡居民基本医疗保障", "城乡居民医保和职工医保")
PLAIN_HEAD = "关于2031年有关补贴标准的通知\n\n"
RETIRED_ALL = "关于2031年调整退休人员基本养老金的通知\n\n"
MEDICAL = "某市医疗保障局关于2031年有关待遇的通知\n\n"
UNDER_HEADINGS = [
    ("a heading that asks names nothing", RETIRED_ALL + "一、怎么调\n", "定额调整每月增加31元；再按本人上年末基本养老金的0.6%增加。", "subject",
     ["定额调整", None]),
    ("a heading that asks of something", MEDICAL + "一、失业保险金怎么领\n", "每人每月1810元。", "subject", ["失业保险金"]),
    ("an item before names nothing", "关于2031年城乡居民养老保险工作的总结\n\n",
     "二是代缴兜底线。按每年200元代缴。三是待遇有提升。基础养老金提高20元。", "indicator",
     ["pension.resident.assisted_payment", "pension.resident.basic_increase"]),
    ("the notice's programme is unknown", SERVED, "一、住院起付标准为200元，报销比例为90%。", "indicator",
     ["medical.benefit.deductible", RATES[0]]),
    ("a heading names the programme", SERVED + "一、大病保险待遇\n\n", "报销比例为60%。", "indicator",
     ["medical.benefit.critical_illness_payment_rate"]),
    ("a heading names the setting", HEAD + "（一）普通门诊\n\n", "起付标准为50元，年度支付限额为300元。", "scope.condition",
     ["普通门诊", "普通门诊"]),
    ("a period has a name behind it", HEAD + "二、集中缴费期\n\n", "2032年1月1日至2月28日为补缴期。", "indicator", [None]),
    ("a period has none", HEAD + "二、集中缴费期\n\n", "2031年9月1日至12月31日。", "indicator", ["medical.enrollment.collection_period"]),
    ("a heading names two settings", HEAD + "（一）门诊和住院\n\n", "年度支付限额为300元。", "scope.condition", [None]),
    ("the title names two programmes", BOTH, "参保人员住院报销比例75%，职工医保住院报销比例85%。", "scope.condition",
     [None, "职工医保"]),
    ("the head of an item says whose insurance", "长期护理保险2031年筹资标准\n\n", "（一）职工长护险\n\n筹资标准为每人每年100元。", "scope.population",
     ["职工"]),
    ("their insurance is a programme", "2031年医疗保险待遇\n\n", "（一）职工医保\n\n单位缴费比例为8%。", "scope.population", [None]),
    ("issued in the year before", HEAD, "个人缴费标准上年为350元。\n\n某市医疗保障局\n2022年9月1日", "applies_to", ["2022"]),
    ("numbers within a line", RETIRED_ALL, "二、调整办法。（一）定额调整。退休人员每人每月增加28元。（二）挂钩调整。缴费年限每满1年每月增加1元。", "indicator",
     ["pension.employee.adjustment_fixed", "pension.employee.adjustment_per_year"]),
    ("numbers within a line, of all headings", HEAD, "一、住院待遇。报销比例为75%。二、普通门诊待遇。报销比例为50%。三、大病保险待遇。报销比例为60%。", "indicator",
     [*RATES, "medical.benefit.critical_illness_payment_rate"]),
    ("what is behind a figure says no condition", "关于做好医疗救助工作的通知\n\n", "低保边缘家庭成员起付标准为3000元，救助比例70%。", "scope.condition",
     ["医疗救助", None]),
    ("payments are no bases", "关于2031年度社会保险缴费基数的通知\n\n", "缴费基数可在4462元至22311元之间选择，最低月缴费892元；最低月缴费基数为4462元。", "indicator",
     [None, None, "insurance.base.lower"]),
    ("who pays opens a name behind persons", "关于2031年企业职工基本养老保险费率的通知\n\n", "单位和职工个人缴费比例仍分别为16%、8%。", "indicator",
     ["pension.employee.unit_rate", "pension.employee.individual_rate"]),
    ("areas that open one name", "关于2031年就业补贴标准的通知\n\n", "城镇、乡村公益性岗位补贴标准由每人每月1850元、800元分别调整为2010元、900元。", "scope.condition",
     ["城镇公益性岗位", "乡村公益性岗位"] * 2),
    ("what others are reckoned by", "关于2031年工伤保险待遇的通知\n\n", "生活护理费以月平均工资6800元为基数，完全不能自理、部分不能自理的分别由每月3200元、1900元提高到3400元、2040元。", "indicator",
     [None, *["injury.benefit.nursing_allowance"] * 4]),
    ("a sentence that only names", PLAIN_HEAD, "一是稳岗返还。大型企业返还比例为30%。二是一次性扩岗补助。招用毕业年度高校毕业生的，每招用1人补助不超过1500元。", "indicator",
     ["unemployment.stability.return_rate", "unemployment.stability.expansion_subsidy"]),
    ("a heading whose last word stands before the figure", PLAIN_HEAD, "（一）求职补贴。每人补贴1500元。（二）一次性创业补贴。首次创办企业并带动就业的，给予补贴1万元。", "subject",
     ["求职补贴", "一次性创业补贴"]),
    ("things of its own", PLAIN_HEAD, "发放住房租赁补贴4100户；农村清洁取暖改造5.2万户，每户补贴最高2500元。", "indicator", [None] * 3),
    ("what is said again of a share is what the share is given for", "2031年居民医保通知\n\n一、筹资标准\n\n",
     "对低保对象按个人缴费标准的50%给予资助，即每人200元；其他人员按60%补助，即240元。", "indicator",
     ["medical.funding.assistance_rate", "medical.funding.assistance_amount", "medical.funding.assistance_rate", None]),
    ("a heading of two things", "2031年职工医保待遇\n\n一、住院和大额医疗待遇\n\n", "在三级医院住院的，起付标准为800元。大额医疗费用起付标准为2万元。", "indicator",
     ["medical.benefit.deductible", "medical.benefit.critical_illness_deductible"]),
    ("a report on one part of the economy", "2031年外贸外资工作要点\n\n", "全年进出口总额增长12%，其中加工贸易增长20%。", "indicator", ["macro.trade_growth", None]),
    ("each got so much on average", "2031年医疗救助工作\n\n一、资助参保\n\n", "低保对象按每人260元定额资助；全年支出资助资金980万元，人均250元。",
     "indicator", ["medical.funding.assistance_amount", None, None]),
    ("each gets so much", "2031年医疗救助工作\n\n一、资助参保\n\n", "按标准给予定额资助，人均250元。", "indicator",
     ["medical.funding.assistance_amount"]),
    ("places of all people together", "2031年托育规划\n\n", "每千人口托位数达到4.6个，托位总数达到880个；千人口托位数居全省前列，达到2.1万个。",
     "indicator", ["childcare.places_per_thousand", None, None]),
    ("nobody says that it is of employees", MEDICAL, "普通门诊统筹基金支付比例为60%。", "indicator", [RATES[1]]),
    ("persons tell whose insurance it is", MEDICAL, "普通门诊起付标准居民为100元，在职职工为500元；在职职工住院起付标准为800元。", "indicator",
     ["medical.benefit.deductible", "medical.employee.outpatient_deductible", "medical.benefit.deductible"]),
    ("a delivery of employees", MEDICAL, "女职工剖宫产定额支付标准为4200元；参保居民剖宫产2600元。", "indicator",
     ["maternity.benefit.birth_amount", "medical.benefit.maternity_amount"]),
    ("assistance in a notice on the family", MEDICAL, "按60%资助个人缴费部分；单位缴费比例为7%，个人缴费比例为2%。", "indicator",
     ["medical.funding.assistance_rate", "medical.employee.unit_rate", "medical.employee.individual_rate"]),
    ("an insurance in a notice on several", "2031年社会保险费率\n\n",
     "企业职工基本养老保险单位缴费比例为16%，基本医疗保险单位缴费比例为7%；工伤职工在基本医疗保险定点医疗机构住院伙食补助每天30元。", "indicator",
     ["pension.employee.unit_rate", "medical.employee.unit_rate", "injury.benefit.hospital_meals"]),
    ("what the account pays", MEDICAL, "门诊费用由统筹基金支付70%，30%由个人账户支付。", "indicator", [RATES[1], None]),
    ("what persons bear", MEDICAL, "住院费用由统筹基金支付85%，其余15%由患者本人承担；门诊费用60%由统筹基金支付。", "indicator",
     [RATES[0], None, RATES[1]]),
    ("the fund of an insurance beside the notice's own", "2031年惠民保工作\n\n", "年保费88元；居民医保基金年度最高支付限额为18万元，惠民保年度最高支付限额为200万元。",
     "indicator", [None, "medical.benefit.annual_cap", None]),
    ("what persons bear, said before", MEDICAL, "门诊费用由统筹基金支付65%，个人负担35%。单位缴费比例为7%，个人负担2%。", "indicator",
     [RATES[1], None, "medical.employee.unit_rate", "medical.employee.individual_rate"]),
    ("for whom a subsidy is", "2031年育儿补贴通知\n\n", "补贴对象为不满3周岁的婴幼儿；托育机构招收2周岁以上幼儿。", "indicator",
     ["childcare.subsidy.age_limit", None]),
    ("another part of the sentence", "2031年民生实事\n\n", "新增普惠托位3000个；发放育儿补贴，对婴幼儿每孩每年补贴3600元。", "indicator",
     [None, "childcare.subsidy.amount"]),
    ("whose income is limited by the title", "关于2031年公共租赁住房申请受理工作的通知\n\n", "家庭人均月收入低于3650元，人均存款不超过5万元。", "indicator",
     ["housing.rental.income_limit", None]),
    ("another kind of housing in the title", "关于2031年保障性住房配售的公告\n\n", "家庭年收入不高于20万元。", "indicator", [None]),
    ("meals in hospital while somebody recovers", "工伤康复管理办法\n\n", "住院伙食补助费每人每天25元，床位费每日45元。", "indicator",
     ["injury.benefit.hospital_meals", None]),
    ("living costs of the destitute among other things", "2031年民生实事\n\n", "城市特困基本生活标准每人每月1485元；低保对象人均补助480元。", "indicator",
     ["assistance.subsistence.destitute_basic", None]),
    ("who is below whom", "关于提高社会救助标准的通知\n\n", "散居孤儿每人每月1600元，比机构养育孤儿少600元，比上年多100元。", "indicator",
     ["assistance.subsistence.orphan_home", None, "assistance.subsistence.orphan_home"]),
    ("an old value in a bracket is per the same", PLAIN_HEAD, "城镇公益性岗位补贴每人每月1100元，乡村公益性岗位每人每月500元（原为400元）。", "per",
     [("person", "month")] * 3),
    ("what an article is about heads it", PLAIN_HEAD, "第一条 一次性求职补贴。对困难毕业生，每人补助1000元。", "indicator", ["employment.subsidy.job_seeking"]),
    ("a part that a sign and a number head", "一图读懂住房保障\n\n", "◎ 第一部分　公积金怎么缴？\n【缴存比例】单位和个人各5%。\n◎ 第二部分　公租房怎么申请？\n基准租金每平方米每月11.5元。",
     "indicator", ["housing.fund.rate", "housing.rental.rent"]),
    ("who is insured in a notice on long-term care", "完善长期护理保险政策的通知\n\n", "职工参保人选择机构护理的，月限额为1320元。", "indicator", ["care.benefit.monthly_cap"]),
    ("去年 counts from the day of issue", HEAD, "个人缴费标准去年为320元。\n\n某市医疗保障局\n2022年9月1日", "applies_to", ["2021"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "sentence", "name", "expected"),
    [row[1:] for row in UNDER_HEADINGS],
    ids=[row[0] for row in UNDER_HEADINGS],
)
def test_fields_under_headings(head, sentence, name, expected):
    """What a sentence doesn't say, its headings and its title say, where they say one thing."""
    assert [field(fact, name) for fact in facts(sentence, head)] == expected


CARE = HEAD.replace("城乡居民基本医疗保障", "长期护理保险")
PLAIN = "关于2023年有关待遇标准的通知\n\n现通知如下：\n\n"
# What names an amount says what it is per; what it is per, or named for, keeps it from an indicator of another.
INJURY = "某省人力资源和社会保障厅关于2031年调整工伤保险定期待遇的通知\n"
UNEMPLOYED = "关于2031年调整失业保险金标准的通知\n"
FUND = "关于2031年度住房公积金缴存基数的通知\n"
LTC = "关于2031年长期护理保险的通知\n"
LTC_BODY = f"{LTC}\n现通知如下：\n\n一、待遇标准\n\n"
PENSION = "关于2031年城乡居民基本养老保险的通知\n"
CUTS = "节能减排工作方案\n"
WAGE = "关于调整最低工资标准的通知\n"
OUTPATIENT = "关于职工基本医疗保险普通门诊统筹的通知\n"
CRITICAL = "关于2031年城乡居民大病保险待遇的通知\n"
RETIRED = "关于2031年调整退休人员基本养老金的通知\n1.与缴费年限挂钩。"
TABLE = "等级\t每月增加额（元）\t调整后月最低标准（元）\n三级\t166\t3590\n四级\t158\t3360\n"
# What a table is of, and by what an amount is reckoned; the indicators of all figures.
RECKONED = [
    (INJURY + "一、工伤职工的伤残津贴按下表增加。\n" + TABLE, ["injury.benefit.disability_allowance"] * 4),
    (INJURY + "一、工伤职工的伤残津贴按规定增加。\n" + TABLE, [None] * 4),
    (INJURY + "（一）生活护理费。以全省月平均工资7400元为基数，完全不能自理、部分不能自理的，分别按50%、30%计发，即每月3700元、2220元。\n",
     [None, None, None, "injury.benefit.nursing_allowance", "injury.benefit.nursing_allowance"]),
    (INJURY + "（一）生活护理费。以2030年全口径城镇单位就业人员月平均工资7400元为基数，完全不能自理、部分不能自理的，"
     "分别按55%、35%计发，即每月4070元、2590元。\n",
     ["insurance.base.average_wage", None, None, "injury.benefit.nursing_allowance", "injury.benefit.nursing_allowance"]),
    (INJURY + "（一）生活护理费按月平均工资的50%计发，其中完全不能自理的由每月3733元调整为3827元。\n",
     [None, "injury.benefit.nursing_allowance", "injury.benefit.nursing_allowance"]),
    ("关于2031年职工基本医疗保险有关政策的通知\n用人单位和职工个人的缴费费率不变，仍分别为6.4%和2%。\n",
     ["medical.employee.unit_rate", "medical.employee.individual_rate"]),
    (INJURY + "二、待遇标准见下表。\n待遇项目\t人员类别\t调整后最低标准（元/月）\n伤残津贴\t一级\t4120\n",
     ["injury.benefit.disability_allowance"]),
    # Words behind the next figure are its own.
    ("关于2031年居民医保工作的通知\n门诊费用跨省直接结算率提高到70%，住院费用基金支付比例稳定在75%。\n",
     [None, "medical.benefit.inpatient_payment_rate"]),
    # Grants in months of wages have one id; which of them is the condition.
    (INJURY + "五级伤残一次性工伤医疗补助金为22个月，一次性伤残就业补助金为28个月。\n", ["injury.benefit.lump_sum_months"] * 2),
    (INJURY + "（二）一级伤残津贴低于4310元的补足到4310元。\n", [None, None]),
    (INJURY + "一、工伤保险：一类行业由0.2%降至0.1%，二类由0.4%降至0.2%。\n", ["injury.benefit.rate"] * 4),
    (INJURY + "（三）供养亲属抚恤金。调整后的抚恤金不得低于每人每月1180元。\n", ["injury.benefit.dependants_pension"]),
    # What a bracket leaves out names nothing behind it.
    (RETIRED + "按本人缴费年限（含视同缴费年限，不含折算年限）每满一年每月增加1元。\n", ["pension.employee.adjustment_per_year"]),
    ("关于2031年失业保险工作的通知\n失业保险费（不含个人缴纳部分）的60%予以返还。\n", [None]),
    ("关于2031年创业担保贷款的通知\n符合条件的个人可申请最高30万元的创业担保贷款；小微企业可申请最高400万元的创业担保贷款。\n",
     ["employment.loan.cap"] * 2),
    ("关于最低工资的通知\n各市：\n最低工资标准调整如下：\n执行2070元标准的有：甲市；\n", ["wage.minimum.monthly"]),
    ("关于提高2031年社会救助标准的通知\n城市、农村低保标准分别达到800元、600元，增加50元。\n",
     ["assistance.subsistence.urban", "assistance.subsistence.rural", None]),
    ("关于提高2031年社会救助标准的通知\n城乡低保标准分别达到800元、600元。\n",
     ["assistance.subsistence.urban", "assistance.subsistence.rural"]),
    ("关于2031年就业工作的通知\n培训补贴标准为每人1200元；培训期间按每人每天30元给予生活费补贴。\n",
     ["employment.subsidy.training", None]),
    (("2031年政府工作报告\n\n| 指标 | 2030年完成 | 2031年目标 |\n|---|---|---|\n| 城镇调查失业率（%） | 5.1 | 5.5以内 |\n"
     "| 外贸进出口总额增长（%） | 正增长 | 2 |\n| 居民人均可支配收入增长（%） | 5 | 5.5 |\n"),
     ["macro.unemployment_rate", "macro.unemployment_rate", "macro.trade_growth", "macro.income_growth", "macro.income_growth"]),
]  # fmt: skip


TASKS = """<h1>甲市2031年民生实事</h1><table><tr><th>类别</th><th>序号</th><th>项目内容及年度目标</th></tr>
<tr><td>医疗卫生</td><td>1</td><td>居民医保财政补助标准由每人每年700元提高到720元。</td></tr>
<tr><td>教育</td><td>2</td><td>新增学位1.1万个。</td></tr></table>"""
LEVELS = """<h1>甲市2031年住房保障</h1><p>单位：元/平方米·月</p><table><tr><th>对象</th><th>市区</th><th>县（市）</th></tr>
<tr><td>低保家庭</td><td>20</td><td>16</td></tr></table>"""


def test_cells_that_are_sentences_name_themselves():
    """The field of a task and the head above tasks say nothing of what a sentence in a cell measures."""
    found = extractor.read_notice(TASKS.encode()).facts

    assert [(fact.value, fact.indicator) for fact in found] == [
        ("700", "medical.funding.fiscal_subsidy"),
        ("720", "medical.funding.fiscal_subsidy"),
        ("11000", "education.places"),
    ]


def test_a_county_head_is_no_unit():
    """县（市） above a column says where its amounts hold."""
    found = extractor.read_notice(LEVELS.encode()).facts

    assert [(fact.value, fact.unit, fact.scope.places) for fact in found] == [
        ("20", "CNY", ("市区",)),
        ("16", "CNY", ("县（市）",)),
    ]


def test_values_dealt_out_to_conditions_are_no_doubt():
    """As many values as conditions are no uneven list; one more is."""
    text = PLAIN + "年满70周岁不满75周岁、年满75周岁及以上的，每人每月分别增加{}。\n"
    even, uneven = (
        extractor.read_notice(text.format(values).encode()) for values in ("35元、45元", "35元、45元、55元")
    )

    assert [one.reason for one in even.unresolved] == []
    assert {one.reason for one in uneven.unresolved} == {"uneven_list"}


@pytest.mark.parametrize(
    ("lead", "rows", "per"),
    [
        ("调整后的月标准如下（自2031年7月1日起执行）：", "一级 | 1420元\n二级 | 890元", [("month",), ("month",)]),
        ("详见下表，年度最高支付限额仍为25万元。", "| 级别 | 起付标准 |\n|---|---|\n| 一级 | 200元 |", [("year",), ()]),
    ],
)
def test_what_a_table_is_per_by_the_line_above_it(lead, rows, per):
    """The name of an amount above a table says per what its cells are, unless it has a figure of its own there."""
    found = extractor.read_notice(f"{PLAIN}{lead}\n\n{rows}\n".encode()).facts

    assert [fact.per for fact in found if fact.kind == "money"] == per


def test_what_stands_above_a_barred_table():
    """The line below barred heads begins no other table: what the sentence above says of the unit holds for its rows."""
    text = (
        "某市政府公告\n\n各项津贴金额（元）对照如下：\n\n| 项目 | 计算单位 | 2031年 | 2032年 |\n| --- | --- | --- | --- |\n"
        "| 敬老金 | 每年 | 9,000 | 10,000 |\n| 出生津贴 | 每次 | 6,500 | 6,700 |\n"
    )
    found = extractor.read_notice(text.encode()).facts

    assert [(one.value, one.unit, one.per, one.applies_to) for one in found] == [
        ("9000", "CNY", ("year",), "2031"), ("10000", "CNY", ("year",), "2032"),
        ("6500", "CNY", ("visit",), "2031"), ("6700", "CNY", ("visit",), "2032"),
    ]  # fmt: skip


@pytest.mark.parametrize(("notice", "expected"), RECKONED)
def test_what_figures_are_of(notice, expected):
    """A table has the name of what sends to it; what an amount is reckoned by names nothing."""
    assert [fact.indicator for fact in extractor.read_notice(notice.encode()).facts] == expected


NAMED = [
    # What an amount is paid for beside how often: in its clause, or in the one right before.
    (PLAIN, "缴费年限每满1年每月增加1.5元；不足10年的，每人每月增加15元。", "per", [("month", "year"), (), ("person", "month")]),
    (PLAIN, "缴费年限超过15年的，每增加1年，每月加发2元年限养老金。", "per", [(), ("month", "year")]),
    (PLAIN, "工龄每满一年，每人每月补贴5元。", "per", [("person", "month", "year")]),
    (PLAIN, "累计缴费每多缴1年，每月多领3元。", "per", [("month", "year")]),
    (PLAIN, "工龄每满1年，待遇提高1个百分点。", "per", [()]),
    (PLAIN, "工龄每满1年发给2个月工资。", "per", [()]),
    (PLAIN, "工龄满1年的，每月补贴5元。", "per", [(), ("month",)]),
    (PLAIN, "每增加1人，每月补贴50元。", "per", [("month",)]),
    (PLAIN, "工龄每满1年，每月补贴5元，高温津贴每月300元。", "per", [("month", "year"), ("month",)]),
    # What the clause before says of its name, or of what a bare bound is one; per what all is reckoned.
    (PLAIN, "每生每年最高资助额度，本科生由16000元提高到20000元。", "per", [("person", "year")] * 2),
    (PLAIN, "月缴费基数上限为22932元，下限为4586元。", "per", [("month",)] * 2),
    (PLAIN, "月缴存基数按平均工资核定，上限28700元，下限按最低工资标准执行，即2280元。", "per", [("month",)] * 2),
    (PLAIN, "燃气价格实行浮动，上限3.2元，下限2.6元。", "per", [()] * 2),
    (PLAIN, "补贴标准以每月每平方米计算，一档14元，二档11元。", "per", [("month", "square_metre")] * 2),
    (PLAIN, "补贴标准为每月每平方米：一档15元，二档12元。", "per", [("month", "square_metre")] * 2),
    (PLAIN, "培训补贴按每月工资收入计算，平均为800元。", "per", [()]),
    (PLAIN, "供暖收费以每平方米每月计价，居民22元，非居民30元。", "per", [("month", "square_metre")] * 2),
    (PLAIN, "每户每年补贴总额最高30万元，合作社最高100万元。", "per", [("household", "year"), ()]),
    # old values that are dealt out without a word, and the new ones with them
    (
        PLAIN,
        "低保户、特困户每月补助由492元、378元提高到526元、408元。",
        "scope.population",
        ["低保户", "特困户", "低保户", "特困户"],
    ),
    # persons alone are no name, with a verb they are
    (HEAD, "筹资标准为900元，其中个人缴纳300元。", "subject", ["筹资标准", "个人缴纳"]),
    # a change that is said again in another unit
    (PLAIN, "学位数比2030年增加3000个，增长4%，托位数增长5%。", "compared_to", ["2030", "2030", None]),
    # changes that are dealt out to levels of statements of their own
    (
        PLAIN,
        "城镇孤儿每月1680元；农村孤儿、困境儿童每月1180元，分别比上年提高80元和60元。",
        "scope.population",
        ["城镇孤儿", "农村孤儿、困境儿童", "城镇孤儿", "农村孤儿、困境儿童"],
    ),
    (
        PLAIN,
        "低保户、特困户每月800元，分别提高50元和30元。",
        "scope.population",
        ["低保户、特困户", "低保户", "特困户"],
    ),
    # or of clauses of their own, whatever those list; so with what the changes start from
    (
        PLAIN,
        "甲区、乙区每人每月965元，其他区每人每月870元，较上年分别提高65元和50元。",
        "scope.places",
        [("甲区", "乙区"), ("其他区",), ("甲区", "乙区"), ("其他区",)],
    ),
    (
        HEAD,
        "一级、二级医院起付标准分别为200元、400元，分别比上年的150元、300元提高50元、100元。",
        "scope.provider",
        ["一级医院", "二级医院"] * 3,
    ),
    (WAGE, "一、二、三档地区分别为每小时23元、21元、19元，比原标准22元、20元、18元各提高1元。", "scope.places",
     [("一档地区",), ("二档地区",), ("三档地区",)] * 2 + [()]),
    # a list that isn't understood takes nothing from the one before it
    (
        PLAIN,
        "甲县、乙县月标准分别为2740元和2540元，山区的丙县、丁县最高档分别为2210元、2060元。",
        "scope.population",
        [None] * 4,
    ),
    # A year is that of the new value; the old one's is said by itself, or by nobody.
    (PLAIN, "2031年，高龄津贴由每人每月50元提高到60元。", "applies_to", [None, "2031"]),
    (PLAIN, "2031年度救助标准由380元调整为400元，不再执行原350元的标准。", "applies_to", [None, "2031", None]),
    (PLAIN, "高龄津贴由2030年的每人每月50元提高到60元。", "applies_to", ["2030", None]),
    (PLAIN, "2031年森林覆盖率由2030年的41%提高到44%。", "applies_to", ["2030", "2031"]),
    (PLAIN, "2031年月最低工资标准为2500元（原为2300元）。", "applies_to", ["2031", None]),
    (PLAIN, "一、2031年标准\n\n高龄津贴由每人每月50元提高到60元。", "applies_to", [None, "2031"]),
    (PLAIN, "2031年停止执行每人每月50元的标准。", "applies_to", [None]),
    (PLAIN, "2030年标准为380元，2031年提高到400元。", "applies_to", ["2030", "2031"]),
    # The shares of a whole bear its name, not what a heading says is done.
    (PLAIN, "一、提高标准。低保标准提高到每人每月900元。其中，省级财政负担300元，市级财政负担200元。", "subject",
     ["低保标准", "低保标准", "低保标准"]),
    (PLAIN, "一、调整标准。生均公用经费标准提高到1200元。其中，中央财政负担700元。", "subject", ["生均公用经费标准", "生均公用经费标准"]),
    (PLAIN, "一、提高标准。高龄津贴为每人每月60元。其中，护理补贴30元。", "subject", ["高龄津贴", "护理补贴"]),
    (HEAD, "透析治疗基金最高支付限额为每人每月3800元。", "indicator", [None]),
    (HEAD, "高血压门诊用药月最高支付限额为70元。", "per", [("month",)]),
    (HEAD, "日间手术单病种最高支付限额为8000元。", "per", [("disease",)]),
    (HEAD, "产前检查费用支付限额为800元。", "indicator", [None]),
    (HEAD, "统筹基金年度最高支付限额每人每年25万元。", "indicator", ["medical.benefit.annual_cap"]),
    (HEAD, "两项奖励额度之和不超过大病保险最高支付限额的25%。", "base.text", ["大病保险最高支付限额"]),
    (HEAD, "两项奖励额度之和不超过大病保险最高支付限额的25%。", "indicator", [None]),
    (HEAD, "一、筹资水平和待遇标准\n参保居民住院分娩，剖宫产补贴900元。", "indicator", [None]),
    (HEAD, "一、个人缴费标准\n代办手续费每笔2元。", "indicator", [None]),
    (HEAD, "一、个人缴费标准\n学生每人380元。", "indicator", ["medical.funding.individual_contribution"]),
    (HEAD, "长期护理保险筹资标准为每人每年100元。个人缴费标准为40元。", "indicator",
     ["care.funding.standard", "care.funding.individual"]),
    # whose insured they are and whose fund pays is no other insurance where the notice's own takes both
    (CARE, "职工医保参保人员筹资标准由100元提高到130元；居民医保参保人员筹资标准为每人每年40元。", "indicator",
     ["care.funding.standard"] * 3),
    (CARE, "居民医保参保人员筹资标准为每人每年40元，由居民医保基金划转18元、财政补助12元、个人缴纳10元。", "indicator",
     ["care.funding.standard", None, None, "care.funding.individual"]),
    (CARE, "居民医保个人缴费标准为每人每年400元。", "indicator", ["medical.funding.individual_contribution"]),
    (CARE, "职工医保参保人员享受待遇。职工医保单位缴费比例为7%。", "indicator", ["medical.employee.unit_rate"]),
    (HEAD, "职工医保参保人员住院报销比例为85%。", "scope.condition", ["职工医保"]),
    # classes that a value each is for
    (CARE, "机构护理日限额，重度Ⅰ级、Ⅱ级分别由70元、90元提高到80元、98元。", "subject", ["机构护理日限额"] * 4),
    (CARE, "机构护理日限额，重度Ⅰ级、Ⅱ级分别由70元、90元提高到80元、98元。", "scope.population",
     ["重度Ⅰ级", "Ⅱ级"] * 2),
    (CARE, "机构护理日限额，重度Ⅰ级、Ⅱ级分别由70元、90元提高到80元、98元。", "per", [("day",)] * 4),
    (CARE, "按重度Ⅰ级、Ⅱ级分别给予每人每月450元、600元照护补助。", "subject", ["照护补助"] * 2),
    (PLAIN, "评估费用每人次200元。", "subject", ["评估费用"]),
    (PLAIN, "Ⅱ级响应启动后，补助标准为每人300元。", "subject", ["补助标准"]),
    # one list of groups, two lists of values
    (HEAD, "乡镇卫生院（社区卫生服务中心）、二级和三级定点医疗机构住院起付标准分别为100元、400元、700元，支付比例分别为92%、80%、66%，年度最高支付限额为17万元。",
     "scope.provider", ["乡镇卫生院（社区卫生服务中心）", "二级", "三级定点医疗机构"] * 2 + [None]),
    (PLAIN, "甲县、乙县护理补贴标准分别为100元、120元，生活补贴标准分别为200元、220元。", "scope.places", [("甲县",), ("乙县",)] * 2),
    (PLAIN, "甲县、乙县护理补贴标准分别为100元、120元，生活补贴标准分别为200元、220元、240元。", "scope.places",
     [("甲县",), ("乙县",), (), (), ()]),
    (PLAIN, "甲县、乙县护理补贴标准分别为100元、120元。生活补贴标准分别为200元、220元。", "scope.places",
     [("甲县",), ("乙县",), (), ()]),
    (PLAIN, "棉花、油料产量分别为3万吨、4万吨，播种面积分别为5万亩、6万亩。", "scope.places", [()] * 4),
    # a class of homes says on what condition
    (PLAIN, "首套、第二套住房最低首付款比例分别由20%、30%降至15%、25%。", "subject", ["最低首付款比例"] * 4),
    (PLAIN, "首套、第二套住房最低首付款比例分别由20%、30%降至15%、25%。", "scope.condition", ["首套", "第二套住房"] * 2),
    (PLAIN, "首套、第二套住房最低首付款比例分别由20%、30%降至15%、25%。", "scope.population", [None] * 4),
    # rises of as many amounts
    (PLAIN, "城市护理补贴标准提高到每月690元，农村护理补贴标准提高到每月590元，分别比上年增长3.8%、6.4%。", "indicator", [None] * 4),
    (PLAIN, "煤炭产量达到690万吨，原油产量达到59万吨，分别增长3.8%、6.4%。", "subject", ["煤炭产量", "原油产量"] * 2),
    (PLAIN, "煤炭产量达到690万吨，分别增长3.8%、6.4%。", "value", ["6900000", "3.8", "6.4"]),
    # what a change is measured against isn't what changes
    (PLAIN, "赤字规模3.16万亿元，比上年年初预算增加1700亿元。", "subject", ["赤字规模"] * 2),
    (PLAIN, "深谷电价较谷段电价下浮20%。", "subject", ["深谷电价"]),
    (PLAIN, "新能源汽车占比提高3%。", "subject", ["新能源汽车占比"]),
    # a verb opens no name
    (PLAIN, "李某就诊费用2700元，扣除起付标准500元后，由基金支付1100元。", "subject", ["就诊费用", "起付标准", "支付"]),
    (PLAIN, "专项附加扣除标准为每月1000元。", "subject", ["专项附加扣除标准"]),
    (PLAIN, "用人单位按工资总额的7%缴纳职工基本医疗保险费。", "subject", ["职工基本医疗保险费"]),
    (PLAIN, "学生可获学习开支津贴每年4150元。", "subject", ["学习开支津贴"]),
    (PLAIN, "今年先发行专项债券1万亿元。", "subject", ["专项债券"]),
    (PLAIN, "企业债券发行规模达到30亿元。", "subject", ["企业债券发行规模"]),
    (PLAIN, "最高可贷额度为90万元。", "subject", ["最高可贷额度"]),
    (PLAIN, "老年人可同时申领高龄津贴：每人每月50元。", "subject", ["高龄津贴"]),
    (PLAIN, "集中申领期为2031年9月1日至12月31日。", "subject", ["集中申领期"]),
    (PLAIN, "期限一次不超过10个月。", "subject", ["期限"]),
    (PLAIN, "一次性补助3000元。", "subject", ["一次性补助"]),
    # persons whose insurance a name begins with belong to it; a year's stays where nothing is left
    (HEAD, "居民医保参保率达到95%。", "subject", ["居民医保参保率"]),
    (HEAD, "困难群众参保率达到95%。", "subject", ["参保率"]),
    (HEAD, "普通门诊年度限额260元。", "subject", ["年度限额"]),
    (HEAD, "普通门诊年度支付限额260元。", "subject", ["支付限额"]),
    # by how much an amount changes is no share that is paid
    (HEAD, "大病保险起付线降低50%，支付比例提高5个百分点。", "indicator", [None, "medical.benefit.critical_illness_payment_rate"]),
    (HEAD, "普通门诊支付比例为60%，年度支付限额统一上调10%。", "indicator", ["medical.benefit.outpatient_payment_rate", None]),
    (HEAD, "普通门诊支付比例提高10%。", "indicator", ["medical.benefit.outpatient_payment_rate"]),
    (PLAIN, "失业保险：逾期未申报的，暂按该单位上月缴费额的110%确定应缴数额。", "indicator", [None]),
    (PLAIN, "失业保险：单位按缴费工资总额的0.5%缴费。", "indicator", ["unemployment.rate.unit"]),
    # a name before the next figure of a list is that figure's; another verb names another thing
    (HEAD, "对低保对象按个人缴费标准的75%给予资助，即每人资助270元、个人缴纳90元；脱贫人口由县级财政给予每人不超过80元的参保补助。", "indicator",
     ["medical.funding.assistance_rate", "medical.funding.assistance_amount", "medical.funding.individual_contribution", None]),
    (HEAD, "居民医保筹资标准为每人每年1090元，其中财政补助690元、个人缴费400元。", "indicator",
     ["medical.funding.total", "medical.funding.fiscal_subsidy", "medical.funding.individual_contribution"]),
    # bounds, and a day up to which
    (PLAIN, "贷款额度可以上浮，但最高不得突破140万元。", "operator", ["le"]),
    (PLAIN, "投资突破140万元。", "operator", ["gt"]),
    (PLAIN, "本学年约有25.4万名学生受惠。", "operator", ["approx"]),
    (PLAIN, "一、申请\n\n申请须于2031年9月30日或之前递交。", "due", ["2031-09-30"]),
    (PLAIN, "一、申请\n\n申请须于2031年9月30日前递交，逾期概不受理。", "subject", ["递交"]),
    (PLAIN, "一、改造\n\n老旧小区改造须于2031年9月30日前完成，逾期通报批评。", "due", ["2031-09-30"]),
    # so many persons in a household are no figure
    (PLAIN, "家庭入息上限，三人家庭为每年238000元，四人家庭为每年266000元。", "value", ["238000", "266000"]),
    (PLAIN, "家庭入息上限，三人家庭为每年238000元，四人家庭为每年266000元。", "scope.population", ["三人家庭", "四人家庭"]),
    # what is new is not the share
    (PLAIN, "新增公交车中新能源车占80%以上。", "role", ["level"]),
    (PLAIN, "新增停车泊位中充电桩占比不低于10%。", "role", ["level"]),
    (PLAIN, "战略性新兴产业占比提高2%。", "role", ["increase"]),
    # the words before a colon say of all items that they are changes
    (PLAIN, "补贴按下列标准增加：一级每人每月178元，二级每人每月168元。", "role", ["increase"] * 2),
    (PLAIN, "个人缴费标准在每人每年350元的基础上提高至380元。", "role", ["previous", "level"]),
    (PLAIN, "每人每月增加额分别为：一级198元、二级186元；三级175元。", "role", ["increase"] * 3),
    (PLAIN, "下调幅度如下：一档5%，二档4%。", "role", ["decrease"] * 2),
    (PLAIN, "增资额：一档每人每月30元，调整后标准为500元。", "role", ["increase", "level"]),
    (PLAIN, "护理费标准为：一级198元、二级186元。", "role", ["level"] * 2),
    (PLAIN, "每月增加额另行公布。补助标准：一级198元。", "role", ["level"]),
    # what something is done to names its number, whatever was named before
    (PLAIN, "每千人口托位数达4.6个；改造老旧小区150个。", "indicator", ["childcare.places_per_thousand", None]),
    (PLAIN, "每千人口托位数达4.6个；改造老旧小区150个。", "subject", ["每千人口托位数", "老旧小区"]),
    (PLAIN, "每千人口托位数达4.6个，2035年达到5.5个。", "indicator", ["childcare.places_per_thousand"] * 2),
    # what persons get besides only says who they are
    (PLAIN, "获得国家助学贷款等高校毕业生，按每人1000元的标准发放。", "indicator", [None]),
    (PLAIN, "国家助学贷款额度，本专科生每人每年不超过20000元。", "indicator", ["education.aid.loan_cap"]),
    # each disease has a cap of its own
    (HEAD, "门诊慢特病待遇：类风湿关节炎年度支付限额3000元，糖尿病年度支付限额4500元。", "scope.condition", ["类风湿关节炎", "糖尿病"]),
    (HEAD, "新增阿尔茨海默病，年度支付限额5000元。", "scope.condition", ["阿尔茨海默病"]),
    (HEAD, "大病保险起付线为1万元，支付比例为60%；年度最高支付40万元。", "indicator",
     ["medical.benefit.critical_illness_deductible", "medical.benefit.critical_illness_payment_rate", "medical.benefit.critical_illness_cap"]),
    (PLAIN, "公租房租赁补贴标准为每平方米每月12元，发放租赁补贴1800万元。", "indicator", ["housing.rental.subsidy", None]),
    (PLAIN, "住房公积金单位、个人缴存比例分别为8%、7%。", "indicator", ["housing.fund.rate_unit", "housing.fund.rate_individual"]),
    (HEAD, "家庭医生签约服务费标准为每人70元，其中财政补助20元，个人缴费20元。", "indicator", [None, None, None]),
    (PLAIN, "护理费调整后的月标准：完全不能自理的护理费标准为1420元；部分不能自理的护理费标准为890元。", "per",
     [("month",), ("month",)]),
    (PLAIN, "每人每月补贴标准：一级护理300元，二级护理200元。", "per", [("person", "month")] * 2),
    (PLAIN, "失业人员按月领取，标准为1800元。", "per", [("month",)]),
    (PLAIN, "月最低工资标准为2300元，小时最低工资标准为23元。", "per", [("month",), ("hour",)]),
    (PLAIN, "孤儿基本生活费标准为集中养育孤儿每人每月1680元，散居孤儿1250元。", "per", [("person", "month")] * 2),
    (PLAIN, "失业保险金标准为一类区每人每月1890元；二类区1770元。", "per", [("person", "month")] * 2),
    (PLAIN, "重度残疾人护理补贴每人每月100元，一次性发放600元。", "per", [("person", "month"), ()]),
    (PLAIN, "对职工每人补助300元，对单位补助5000元。", "per", [("person",), ()]),
    (HEAD, "财政补助由中央、省级、市级和县级财政分别承担60%、20%、10%、10%。", "indicator",
     ["medical.funding.central_share", None, None, None]),
    (PLAIN, "家庭人均月收入不足739元。", "per", [("person", "month")]),
    (PLAIN, "灵活就业人员按上年度职工月平均工资的8%缴纳。", "per", [()]),
    (PLAIN, "逾期未缴的，按日加收万分之五的滞纳金。", "per", [("day",)]),
    (PLAIN, "年租金标准为每平方米每月30元。", "per", [("month", "square_metre")]),
    (HEAD, "中央财政对中西部地区按人均财政补助标准70%补助。", "scope.area", [None]),
    (HEAD, "中央财政对中西部地区按人均财政补助标准70%补助。", "scope.places", [("中西部地区",)]),
    (HEAD, "中央财政对西部地区补助80%，省财政补助12%。", "indicator", ["medical.funding.central_share", None]),
    (HEAD, "一、缴费标准\n农村低保户每人补150元。", "indicator", [None]),
    (HEAD, "参保费用由单位承担70%、个人承担30%。", "scope.payer", ["单位", "个人"]),
    (HEAD, "所需资金由区财政、街道财政分别承担70%、30%。", "scope.payer", ["区财政", "街道财政"]),
    (HEAD, "居民个人缴费标准为每人460元。", "scope.payer", [None]),
    (PLAIN, "市财政安排2000万元，居民出资不低于10%。", "scope.payer", ["市财政", "居民"]),
    (PLAIN, "退休人员支付比例为95%。", "scope.payer", [None]),
    (HEAD, "新生儿、低收入人口和退役军人3个月内参保缴费的，不设待遇等待期。", "scope.population",
     ["新生儿、低收入人口和退役军人"] * 2),
    (HEAD, "其他 参保人员 ： 个人缴费标准为每人450元。", "scope.population", ["其他参保人员"]),
    (PLAIN, "散居孤儿、事实无人抚养儿童基本生活费为每人1500元。", "scope.population", ["散居孤儿、事实无人抚养儿童"]),
    (PLAIN, "散居孤儿、事实无人抚养儿童基本生活费为每人1500元。", "subject", ["基本生活费"]),
    (PLAIN, "职工参保人员、其他参保人员护理费每人每月分别为900元、300元。", "scope.population", ["职工参保人员", "其他参保人员"]),
    (PLAIN, "困难残疾人生活补贴和重度残疾人护理补贴分别为240元、310元。", "scope.population", [None, None]),
    (PLAIN, "PM2.5、PM10平均浓度分别下降5%、4%。", "subject", ["PM2.5", "PM10平均浓度"]),
    (PLAIN, "灵活就业人员按上年度职工月平均工资的8%缴纳。", "scope.population", ["灵活就业人员"]),
    (PLAIN, "起付标准为上年度全市居民人均可支配收入的10%。", "base.text", ["上年度全市居民人均可支配收入"]),
    (PLAIN, "按每吨2.5元给予补贴，另给0.6元运费。", "subject", ["补贴", "运费"]),
    (PLAIN, "建成供氧工程15个、和美乡村25个。", "counted", ["供氧工程", "和美乡村"]),
    (PLAIN, "尖峰时段电价在高峰时段电价基础上上浮25%。", "base.text", ["高峰时段电价"]),
    (PLAIN, "基础养老金在国家标准的基础上提高10%。", "subject", ["基础养老金"]),
    (PLAIN, "住房公积金缴存基数上限为29026元，下限为2200元。", "subject", ["住房公积金缴存基数上限", "下限"]),
    # A name that says itself what it is about needs no other words, in any notice.
    (HEAD, "城市低保标准由750元提高到800元，农村低保标准为每人每年7200元。", "indicator",
     ["assistance.subsistence.urban"] * 2 + ["assistance.subsistence.rural"]),
    (HEAD, "家庭人均收入低于低保标准2倍的，资助200元。", "indicator", [None, "medical.funding.assistance_amount"]),
    # Of a 分别 list each item has its own name, with the end of the last one's.
    (PLAIN, "城市、农村低保标准分别为每人每月850元、680元。", "indicator",
     ["assistance.subsistence.urban", "assistance.subsistence.rural"]),
    (PLAIN, "城乡低保标准分别为每人每月850元、680元。", "indicator", ["assistance.subsistence.urban", "assistance.subsistence.rural"]),
    (PLAIN, "社会保险缴费基数上限和下限分别按月平均工资的300%和60%确定，2031年分别为每月24042元和4879元。", "indicator", [None] * 4),
    (PLAIN, "困难残疾人生活补贴和重度残疾人护理补贴分别为240元、310元。", "indicator",
     ["assistance.subsistence.disabled_living", "assistance.subsistence.disabled_nursing"]),
    (PLAIN, "照料护理标准按全护理、半护理两档，分别为每人每月950元、570元。", "scope.population", ["全护理", "半护理"]),
    # What a share is taken of names nothing.
    (PLAIN, "特困人员基本生活标准按低保标准的1.3倍确定，每人每月1040元。", "indicator", [None, "assistance.subsistence.destitute_basic"]),
    (PLAIN, "按低保标准的20%增发低保金，每人每月192元。", "indicator", [None, None]),
    (PLAIN, "孤儿基本生活费：社会散居孤儿按集中养育标准的八成发放，即每人每月1232元。", "indicator", [None, "assistance.subsistence.orphan_home"]),
    # Neither ages nor what an amount is per keep a heading from naming it.
    (PLAIN + "一、困难残疾人生活补贴\n", "补贴标准为每人每月100元。", "indicator", ["assistance.subsistence.disabled_living"]),
    (PLAIN + "一、高龄津贴\n", "80至89周岁老年人每人每月50元。", "indicator", [None, "assistance.subsistence.elderly_allowance"]),
    # Who opens a clause pays by the verb behind the share, not who paid in the clause before.
    (PLAIN, "企业按工资总额的0.7%缴存，个人按本人工资的0.3%缴存。", "scope.payer", ["企业", "个人"]),
    (PLAIN, "逾期不支付的，按应付金额百分之五十以上百分之一百以下的标准加付赔偿金。", "base", [None]),
    # Who pays tells which rate it is; what a rate is taken of, or a bound is set to, isn't what is measured.
    (PLAIN, "用人单位和职工失业保险费率分别为0.6%和0.4%。", "indicator", ["unemployment.rate.unit", "unemployment.rate.individual"]),
    (PLAIN, "养老保险缴费比例为16%，个人缴费比例为8%；失业保险单位和个人费率分别为0.6%和0.4%。", "indicator",
     [None, "pension.employee.individual_rate", "unemployment.rate.unit", "unemployment.rate.individual"]),
    (PLAIN, "工伤保险一次性工亡补助金按城镇居民人均可支配收入54188元的20倍发放，为1083760元。", "indicator",
     [None, None, "injury.benefit.death_grant"]),
    (PLAIN, "住房公积金缴存基数下限为最低工资标准2270元。", "indicator", ["housing.fund.base_lower"]),
    (PLAIN, "调整后伤残津贴低于4520元、4260元的，补足到该标准。", "role", ["condition", "condition"]),
    # What an amount moves with isn't what is measured.
    (PLAIN, "失业保险金标准随最低工资标准同步调整，由每月1755元调整为1944元。", "indicator", ["unemployment.benefit.amount"] * 2),
    (PLAIN, "失业保险金与最低工资标准联动，每月为1944元。", "indicator", ["unemployment.benefit.amount"]),
    (PLAIN, "最低工资标准随经济发展同步调整，月最低工资标准为2490元。", "indicator", ["wage.minimum.monthly"]),
    (PLAIN, "用人单位按缴费基数的16%缴纳，职工按本人缴费基数的8%缴纳。", "scope.payer", ["用人单位", "职工"]),
    (PLAIN, "退休人员按个人账户的2%划入，职工按3%划入。", "scope.payer", [None, None]),
    # A clause behind that says nothing but by whom; who applies, hands out or collects pays nothing.
    (PLAIN, "丧葬补助金为每人6000元，由养老保险基金支付。", "scope.payer", ["养老保险基金"]),
    (PLAIN, "学生奶每盒3.5元，由县级财政全额承担。", "scope.payer", ["县级财政"]),
    (PLAIN, "高龄津贴每月100元，由社区代为申请。", "scope.payer", [None]),
    (PLAIN, "排污费每吨2元，由税务机关征收。", "scope.payer", [None]),
    (PLAIN, "超出部分由大病保险报销65%。", "scope.payer", ["大病保险"]),
    (PLAIN, "个人自付费用超过1.5万元的，给予40%补助。", "scope.payer", ["个人", None]),
    # Who gives something to others pays; who receives doesn't.
    (PLAIN, "省级财政对新建停车场的县每个奖励20万元。", "scope.payer", ["省级财政"]),
    (PLAIN, "县财政给达标幼儿园每班奖补3万元。", "scope.payer", ["县财政"]),
    (PLAIN, "个人获得奖励5000元。", "scope.payer", [None]),
    # A class of areas opens a name and is no group; with persons it is.
    (PLAIN, "城市和农村最低生活保障标准分别提高到每人每月790元和610元。", "subject", ["城市最低生活保障标准", "农村最低生活保障标准"]),
    (PLAIN, "城镇、农村居民人均住房面积分别达到41平方米、52平方米。", "subject", ["人均住房面积"] * 2),
    (PLAIN, "一类、二类行业基准费率分别为0.2%、0.4%。", "subject", ["行业基准费率"] * 2),
    # Classes of persons are groups, of areas places; else they are conditions, as in a table.
    (PLAIN, "伤残津贴按下列标准增加：一级每人每月178元，四级每人每月148元。", "scope.population", ["一级", "四级"]),
    (PLAIN, "伤残津贴：三级、四级的每人每月145元。", "scope.population", ["三级、四级"]),
    (PLAIN, "按照重度每人每天15元、中度每人每天8元的标准发给照护补助。", "scope.population", ["重度", "中度"]),
    (PLAIN, "一类、二类、三类行政区域月最低工资标准分别为2200元、2000元、1800元。", "scope.places", [("一类行政区域",), ("二类行政区域",), ("三类行政区域",)]),
    (PLAIN, "执行一档、二档最低工资标准的地区，失业保险金标准分别为每月2241元、2034元。", "scope.places", [("一档地区",), ("二档地区",)]),
    (PLAIN, "第一档、第二档水价分别为每立方米3元、4元。", "scope.condition", ["第一档", "第二档"]),
    (PLAIN, "二类至八类行业另可下浮至80%。", "scope.condition", ["二类至八类行业"]),
    # Whose 标准 it is names nothing, and neither does a wage before it.
    (PLAIN, "一、生活护理费。部分不能自理的标准由每月2145元提高到2216元。", "subject", ["生活护理费"] * 2),
    (PLAIN, "一、生活护理费。月平均工资7388元，部分不能自理的标准为2216元。", "subject", ["月平均工资", "生活护理费"]),
    # Who pays another amount than the one before.
    (PLAIN, "个人缴费标准为40元，政府补助标准为50元。", "scope.payer", ["个人", "政府"]),
    # For whom the shares are that amounts come to; what single steps come to; what belongs to who is left.
    (PLAIN, "完全不能自理的按50%、部分不能自理的按30%发给护理费，即每月3643元和2186元。", "scope.population", ["完全不能自理", "部分不能自理"] * 2),
    (PLAIN, "保障面积每增加1人增加10平方米，最高不超过60平方米。", "role", ["increase", "level"]),
    (PLAIN, "津贴每人每月增加50元，最低不低于30元。", "role", ["increase"] * 2),
    (PLAIN, "流产的：怀孕未满4个月流产的15天。", "role", ["condition", "level"]),
    (PLAIN, "2023年10月底前完成改造30台，对提前淘汰的货车每辆最高补助1.8万元。", "due", ["2023-10-31", None]),
    # Words that belong to a name, and those that name nothing.
    (PLAIN, "全市基本医保参保率为95%。", "subject", ["基本医保参保率"]),
    (PLAIN, "预算由300亿元增加到330亿元。", "subject", ["预算"] * 2),
    (PLAIN, "创业带动就业补贴总额最高3万元。", "subject", ["创业带动就业补贴总额"]),
    (PLAIN, "签订劳动合同并足额缴纳3个月以上社会保险费的，每招用1人发放1500元。", "subject", ["社会保险费", "发放"]),
    # Where somebody is treated, in a clause of its own; one is listed with others or none is said.
    (PLAIN, "在其他定点诊所就诊的，报销50%。", "scope.provider", ["其他定点诊所"]),
    (PLAIN, "在民办学校就读的，减免50%。", "scope.provider", [None]),
    # The condition stands before a clause that says only what may be done then.
    (PLAIN, "连续缴存满半年的，可申请贷款，最高额度为60万元。", "scope.condition", [None, "连续缴存满半年的"]),
    # What an amount must come to is a condition; what it comes to is a level.
    (PLAIN, "年度研发投入达到500万元的，补助20万元。", "role", ["condition", "level"]),
    (PLAIN, "年度研发投入达到500万元。", "role", ["level"]),
    # Parts of a whole: 新增 belongs to the name.
    (PLAIN, "清洁能源车占新增车辆的比重达到七成。", "role", ["level"]),
    (PLAIN, "新增车辆占比提高3个百分点。", "role", ["increase"]),
    # A base year in a bracket, or in a clause of its own.
    (PLAIN, "2030年用水总量（以2024年为基数）下降6%。", "compared_to", ["2024"]),
    (PLAIN, "与2026年相比，2029年公交客运量增长9%。", "compared_to", ["2026"]),
    (PLAIN, "与2026年相比，2029年公交客运量增长9%。", "applies_to", ["2029"]),
    (PLAIN, "以2024年为重点，新建公园6个。", "compared_to", [None]),
    (PLAIN, "票价三元，工本费二元。", "value", ["3", "2"]),
    (PLAIN, "三元区二元结构明显。", "value", []),
    (PLAIN, "新建驿站四处、公厕6座。", "value", ["4", "6"]),
    (PLAIN, "须坚持原则三条。", "value", []),
    (PLAIN, "《招生办法》（2021年3月4日印发）停止执行。", "value", []),
    (PLAIN, "全社会用电量增长5%。", "subject", ["全社会用电量"]),
    (PLAIN, "新建改扩建小学8所。", "counted", ["小学"]),
    # where a statement holds is said behind it
    (PLAIN, "二、标准\n（一）一等区：低保标准由700元调整为740元。适用于海门区、如东县。", "scope.places", [("海门区", "如东县")] * 2),
    (PLAIN, "（一）甲类地段采暖费每平方米21元，适用地区为崇川区和通州区。", "scope.places", [("崇川区", "通州区")]),
    (PLAIN, "小时最低工资标准为19元。适用于非全日制就业劳动者。", "scope.places", [()]),
    (PLAIN, "低保标准为740元。不适用于海门区。", "scope.places", [()]),
    (PLAIN, "低保标准为740元。\n适用于海门区。", "scope.places", [()]),
    # whose heading it is
    (PLAIN, "一、对象\n（一）其他残疾人。护理补贴每月120元。", "scope.population", ["其他残疾人"]),
    # what a heading says is given, where the statement says only that it is paid
    (PLAIN, "一、供养亲属抚恤金。配偶按本人工资的40%按月支付。", "subject", ["供养亲属抚恤金"]),
    (PLAIN, "一、护理补贴。一级残疾人按低保标准的30%补助。", "subject", ["护理补贴"]),
    (PLAIN, "一、住院待遇。三级医院按60%支付。", "subject", ["支付"]),
    # a bound is no amount that is measured
    (PLAIN, "超标准以上，3万元以内部分报销50%。", "subject", [None, "报销"]),
    (PLAIN, "租赁收入不超过5万元的部分按4%征收。", "subject", ["租赁收入", "租赁收入"]),
    (PLAIN, "按房租的5%计入专户。", "subject", ["专户"]),
    (PLAIN, "职工按工资的8%缴交，其中企业5%、个人3%。", "scope.payer", ["职工", "企业", "个人"]),
    (PLAIN, "一级至三级残疾军人抚恤金按月支付，每月增加60元。", "scope.provider", [None]),
    # words of a name
    (PLAIN, "敬老院2031年底前改造提升率达到90%。", "subject", ["改造提升率"]),
    (PLAIN, "一般公路养护单价为3万元。", "subject", ["一般公路养护单价"]),
    (PLAIN, "合同期限一般不超过3年。", "subject", ["合同期限"]),
    # a class of values has the name of the class before it, not that of what is paid to it
    (PLAIN, "累计缴费满1年不足5年的，领取期限最长为12个月；10年以上的，最长为24个月。", "subject", ["累计缴费", "累计缴费", "领取期限", "累计缴费", "领取期限"]),
    (PLAIN, "年销售收入不超过100万元的部分，按2%征收；超过100万元的部分，按3%征收。", "subject", ["年销售收入"] * 4),
    (PLAIN, "医疗费用3万元以下的部分支付80%，3万元以上的部分支付90%。", "subject", ["医疗费用", "支付"] * 2),
    (PLAIN, "家庭月用电量200度以下的部分按一档计价；200度至400度的部分按二档计价。", "subject", ["家庭月用电量"] * 2),
    (PLAIN, "工龄满10年的，年休假10天；满20年的，年休假15天。", "subject", ["工龄", "年休假"] * 2),
    (PLAIN, "贷款期限5年以下（含5年）利率为2.35%，5年以上利率为2.85%。", "subject", ["贷款期限", "利率"] * 2),
    (PLAIN, "救助金额每人每年不低于600元，年度累计不超过4万元。", "subject", ["救助金额"] * 2),
    (PLAIN, "起付标准为500元；1万元以上的部分支付70%。", "subject", ["起付标准", None, "支付"]),
    (PLAIN, "缴费年限（含视同缴费年限，下同）15年及以下的部分，每满1年每月增加0.8元。", "subject", ["缴费年限", None]),
    (PLAIN, "污水处理费（含污泥处置，不含管网）1.2元/吨。", "subject", ["污水处理费"]),
    # what is done by a day: the whole deed, with others, or said in the clause before
    (PLAIN, "2031年8月底前完成在册对象的重新核定。", "subject", ["在册对象的重新核定"]),
    (PLAIN, "2031年6月底前，各县完成托育机构备案清理。", "subject", ["托育机构备案清理"]),
    (PLAIN, "各区要于2031年9月底前完成与公安、民政等部门的信息比对。", "subject", ["信息比对"]),
    (PLAIN, "2031年底前，各县基本实现与定点药店即时结算。", "subject", ["与定点药店即时结算"]),
    (PLAIN, "窗口应自受理之日起3日内作出准予提取或者不准提取的决定。", "subject", ["决定"]),
    (PLAIN, "检查情况由各市汇总，于2031年5月底前书面报送省厅。", "subject", ["检查情况"]),
    (PLAIN, "应补发的金额，要在2031年8月底前足额发放到位。", "subject", ["应补发的金额"]),
    (PLAIN, "高温津贴直接发放至个人，2031年9月底前全省全部实现。", "subject", ["高温津贴"]),
    (PLAIN, "新建小区同步配建托育设施，2031年底前全部投入使用。", "subject", ["托育设施"]),
    (PLAIN, "各地要高度重视，2031年7月底前落实到位。", "subject", ["落实"]),
    (PLAIN, "因基数调整产生的差额，可于2031年底前补缴。", "subject", ["补缴"]),
    (PLAIN, "单位应于2031年7月1日至2031年8月31日办理保险登记。", "subject", ["保险登记"]),
    (PLAIN, "失业保险总费率1%的政策延长执行至2031年4月30日。", "subject", ["失业保险总费率"] * 2),
    # what had happened by a day to those who are meant
    (PLAIN, "2031年12月31日前（含当日）缴费的，2032年1月享受待遇；2032年3月1日以后缴费的，设置等待期3个月。", "subject",
     ["缴费", "缴费", "等待期"]),
    (PLAIN, "2030年12月31日前已办理退休手续的人员，从2031年1月1日起增加基本养老金。", "subject", ["退休手续", "基本养老金"]),
    # a number grows by a share; how often something is done, or who is meant, does not
    (PLAIN, "投入资金3亿元，养老床位达到4.1万张，比上年增长18.5%。", "subject", ["投入资金", "养老床位", "养老床位"]),
    (PLAIN, "最高贷款额度60万元，2个以上子女的家庭上浮20%。", "subject", ["最高贷款额度", "子女", "最高贷款额度"]),
    (PLAIN, "培训补贴每人2000元，每年可申领3次，提高10%。", "subject", ["培训补贴", "申领", "培训补贴"]),
    # for whom: said before a colon, in a heading of their own, where they are treated, by what they do or lack
    (PLAIN, "职工参保人员住院分娩实行限额支付：顺产由2000元提高到3000元，剖宫产由4000元提高到5000元。", "scope.population",
     ["职工参保人员"] * 4),
    (PLAIN, "提高标准：顺产由2000元提高到3000元。", "scope.population", [None, None]),
    (PLAIN, "一、标准\n（一）少年儿童及大学生。每人每年缴费1077元，其中财政补助610元。", "scope.population",
     ["少年儿童及大学生"] * 2),
    (PLAIN, "一、标准\n（一）缴费标准。每人每年缴费1077元。", "scope.population", [None]),
    (PLAIN, "一档参保人在社康中心就诊，基本医疗费用的30%由统筹基金支付。", "scope.population", ["一档参保人"]),
    (PLAIN, "一档参保人在社康中心就诊，基本医疗费用的30%由统筹基金支付。", "scope.provider", ["社康中心"]),
    (PLAIN, "无房职工租房自住的，提取额度为每月1500元。", "scope.population", ["无房职工"]),
    (PLAIN, "困难企业停工停产的，缓缴期限不超过6个月。", "scope.population", ["困难企业"]),
    (PLAIN, "职工医保中断缴费的，等待期为3个月。", "scope.population", [None]),
    (PLAIN, "生产经营困难的单位，经职工代表大会讨论通过，可申请降低比例，但不得低于3%。", "scope.population", ["生产经营困难的单位"]),
    (PLAIN, "转诊人员支付比例降低10个百分点；非急诊且未转诊人员，降低20个百分点。", "scope.population", ["转诊人员", "非急诊且未转诊人员"]),
    (PLAIN, "对年满65周岁的领取待遇人员，每人每月再增加5元。", "scope.population", [None, "领取待遇人员"]),
    (PLAIN, "全额资助特困人员380元。", "scope.population", ["特困人员"] * 2),
    (PLAIN, "三档参保人在一级、二级医院分别支付85%、80%。", "scope.population", ["三档参保人"] * 2),
    # by how many persons an amount is counted says not for whom it is, where that is said
    (PLAIN, "对无法正常经营的小微企业，按每名参保职工500元的标准给予补助。", "scope.population", ["无法正常经营的小微企业"]),
    (PLAIN, "按每名学生650元的标准核定公用经费。", "scope.population", ["学生"]),
    (PLAIN, "每名低保对象每月补助300元。", "scope.population", ["低保对象"]),
    (PLAIN, "个别城市标准较高，如某市二孩累计发放5万元。", "scope.population", ["二孩"]),
    (PLAIN, "脱贫户、低保家庭按上述标准的一半发放，即625元、750元。", "scope.population", ["脱贫户、低保家庭"] * 3),
    # whole providers
    (PLAIN, "其他医疗机构及社区卫生服务机构起付标准300元。", "scope.provider", ["其他医疗机构及社区卫生服务机构"]),
    (PLAIN, "三级及以下机构每人每日最高支付40元。", "scope.provider", ["三级及以下机构"]),
    (HEAD, "朝阳市三级医院起付线1000元，报销60%。", "scope.provider", ["三级医院"] * 2),
    # who pays what part of a whole
    (PLAIN, "住院费用的80%由统筹基金支付，20%由个人账户支付。", "subject", ["住院费用"] * 2),
    (PLAIN, "住院费用的80%由统筹基金支付，20%由个人账户支付。", "scope.payer", ["统筹基金", "个人账户"]),
    (PLAIN, "农户保费的45%由中央财政补贴，25%由省级财政补贴。", "scope.payer", ["中央财政", "省级财政"]),
    (PLAIN, "按职工工资的8%缴费。", "subject", ["缴费"]),
    (PLAIN, "新增补助30元由中央财政负担20元，其余10元由市、县财政承担。", "scope.payer", [None, "中央财政", "市、县财政"]),
    (PLAIN, "提标所需资金由市、区县（市）财政按4:6的比例分担。", "scope.payer", ["市", "区县（市）财政"]),
    (PLAIN, "单位和职工个人的缴存比例均为5%至12%。", "scope.payer", ["单位和职工个人"]),
    (PLAIN, "特殊教育学校按每生每年不低于7000元的标准补助。", "scope.payer", [None]),
    (PLAIN, "财政补助占筹资总额的比例超过60%。", "scope.payer", [None]),
    (PLAIN, "其中单位缴交0.6%，个人缴交0.2%。", "scope.payer", ["单位", "个人"]),
    # what a share that only says when something holds is of names no other share, but one that is counted so
    (PLAIN, "用人单位安排就业比例达到1%以上但未达到1.5%的，按应缴费额的50%缴纳。", "subject", ["就业比例", "就业比例", "缴纳"]),
    (PLAIN, "月工资总额低于平均工资60%的，按60%计算。", "subject", ["月工资总额", "月工资总额"]),
    # what something is added to, what a ratio is of, what one bears
    (PLAIN, "还款期限为学制加15年。", "subject", ["还款期限"]),
    (PLAIN, "老年人口71.9万人，占总人口的12.1%。", "subject", ["老年人口"] * 2),
    (PLAIN, "老年人口71.9万人，养老床位占总床位的12.1%。", "subject", ["老年人口", "养老床位"]),
    (PLAIN, "定点机构内护理的，基金支付70%，个人负担30%。", "subject", ["支付", "个人负担"]),
    (PLAIN, "资助比例为实际费用的60%，每户最高不超过8000元。", "subject", ["资助比例", None]),
    (PLAIN, "补助标准为每人300元，每户最高不超过900元。", "subject", ["补助标准"] * 2),
    (PLAIN, "可给予不超过6个月的渐退期。", "subject", ["渐退期"]),
    (PLAIN, "对合格的给予15万元建设资助。", "subject", ["建设资助"]),
    (PLAIN, "筹资标准逐步过渡到2030年的200元。", "subject", ["筹资标准"]),
    (PLAIN, "消费券面额为每人每月400元；重度失能长者为每人每月600元。", "subject", ["消费券面额"] * 2),
    (PLAIN, "单位建筑面积能耗、人均综合能耗比2030年分别降低5%、6%。", "subject", ["单位建筑面积能耗", "人均综合能耗"]),
    (PLAIN, "一、完善学生资助\n小学、初中每生每年分别为1250元、1500元。", "scope.population", [None, None]),
    (PLAIN, "赡养老人的扣除标准由每月2000元提高到3000元。", "scope.population", [None, None]),
    # an age is of those behind it; places run together with persons; a heading that only says what is done
    (PLAIN, "城镇低收入家庭中的未成年人和60周岁以上的老年人由统筹地区资助。", "scope.population", ["老年人"]),
    (PLAIN, "四县一市城乡居民个人缴费标准为每人每年380元。", "scope.population", ["城乡居民"]),
    (PLAIN, "一、提高标准。每人每月提高到900元。", "subject", [None]),
    (PLAIN, "一、高龄津贴标准。每人每月提高到900元。", "subject", ["高龄津贴标准"]),
    # a number right behind an item's own; near miss: an amount in its own line
    (PLAIN, "1.65周岁以上老年人每人每月80元。\n2.70—79周岁老年人每人每月120元。", "lower", [None, None, "70", None]),
    (PLAIN, "1.65周岁以上老年人每人每月80元。\n2.70—79周岁老年人每人每月120元。", "value", ["65", "80", None, "120"]),
    (PLAIN, "票价分别为：\n1.50元\n2.50元", "value", ["1.5", "2.5"]),
    # what an amount is after it was raised, and who gets less is raised to it; near miss: a rise
    (INJURY, "护理费每月增长1.5%，且调增后不低于2600元。", "role", ["increase", "level"]),
    (INJURY, "护理费每月调增60元。", "role", ["increase"]),
    (INJURY, "护理费低于2600元/月、2080元/月的调整至此标准。", "role", ["condition", "condition"]),
    (INJURY, "护理费由2600元调整至2700元。", "role", ["previous", "level"]),
    (INJURY, "生活完全、大部分、部分不能自理的护理费，分别为2600元、2080元、1560元。", "scope.population",
     ["生活完全不能自理", "大部分不能自理", "部分不能自理"]),
    # what is said at the end of a list is of all of it; near miss: 以上 may be of the last alone
    (PLAIN, "二氧化硫、氮氧化物排放量分别控制在12万吨、15万吨以内。", "operator", ["le", "le"]),
    (PLAIN, "甲区、乙区、丙区粉尘浓度分别下降8%、6%、5%左右。", "operator", ["approx"] * 3),
    (PLAIN, "二氧化硫、氮氧化物排放量分别下降8%、10%以上。", "operator", ["eq", "ge"]),
    # what something stays within, or is reckoned by, doesn't name it; in its own bracket it does
    (UNEMPLOYED, "上限不超过最低工资标准，为2150元/月。", "indicator", ["unemployment.benefit.amount"]),
    (UNEMPLOYED, "上限不超过最低工资标准，为2150元/月；下限不低于低保标准，为930元/月。", "scope.condition", ["上限", "下限"]),
    (UNEMPLOYED, "失业保险金最低标准由1500元/月提高到1560元/月，最高标准仍为2100元/月。", "scope.condition", ["最低标准", "最低标准", "最高标准"]),
    (FUND, "缴存基数不低于本市最低工资标准（现行标准为2150元），不高于月平均工资的3倍，即33600元。", "indicator",
     ["wage.minimum.monthly", None, None]),
    (FUND, "月缴存基数下限根据市政府公布的最低工资标准，确定为2150元。", "indicator", ["housing.fund.base_lower"]),
    (FUND, "月缴存基数下限根据市政府公布的最低工资标准，确定为2150元。", "subject", ["月缴存基数下限"]),
    (PLAIN, "月最低工资标准根据平均工资，确定为2150元。", "subject", ["月最低工资标准"]),
    # costs between bounds, and a cap that is no more; near miss: what is given
    (CRITICAL, "起付线以上、20万元（含）以下的医疗费用，纳入支付范围。", "role", ["condition"]),
    (CRITICAL, "对低保对象，取消20万元封顶线。", "role", ["previous"]),
    (PLAIN, "取消药品加成后，诊察费为12元。", "role", ["level"]),
    (PLAIN, "给予不超过300元的交通费用。", "role", ["level"]),
    # a tier is that of others, too, and persons those of all its tiers; of several tiers nobody knows which
    (CRITICAL, "2万元以上的部分支付60%；脱贫人口支付66%。", "scope.condition", [None, "2万元以上", "2万元以上"]),
    (CRITICAL, "2万元以下的部分支付60%，2万元以上的部分支付70%；脱贫人口支付75%。", "scope.condition", [None, "2万元以下", None, "2万元以上", None]),
    (CRITICAL, "脱贫人口2万元以下的部分支付60%，2万元以上的部分支付70%。", "scope.population", ["脱贫人口", "脱贫人口", None, "脱贫人口"]),
    # what was until now, before a comma; near miss: who got it before
    (PLAIN, "本次调整前，城市低保标准为每人每月700元、农村为每人每月520元。", "role", ["previous", "previous"]),
    (PLAIN, "提标前城市低保标准为每人每月700元，提标后为760元。", "role", ["previous", "level"]),
    (PLAIN, "标准调整前已领取的，每人补发60元。", "role", ["level"]),
    # the other class of areas has the name with its own class
    (PLAIN, "城市低保标准为每人每月700元、农村为每人每月520元。", "subject", ["城市低保标准", "农村低保标准"]),
    (PLAIN, "城市低保标准为每人每月700元、农村为每人每月520元。", "indicator",
     ["assistance.subsistence.urban", "assistance.subsistence.rural"]),
    # a change, or where a value moves to, is of those of the value; near miss: others are named
    (WAGE, "二类区1800元，增加150元；三类区1650元，增加140元。", "scope.places", [("二类区",)] * 2 + [("三类区",)] * 2),
    (WAGE, "二类区由每小时17元，提高到18.5元，增长8.8%。", "scope.places", [("二类区",)] * 3),
    (WAGE, "甲省一、二、三类区月最低工资标准分别调整为1960元、1860元、1760元。", "scope.places", [("一类区",), ("二类区",), ("三类区",)]),
    # grades of persons, and whose they are
    (PLAIN, "分散供养特困人员全护理、半护理、全自理照料护理补贴标准分别为每月600元、400元、60元。", "scope.population",
     ["分散供养特困人员全护理", "分散供养特困人员半护理", "分散供养特困人员全自理"]),
    ("关于残疾人补贴的通知\n", "一、二级困难残疾人生活补贴为每人每月260元；三、四级为每人每月180元。", "scope.population", ["一、二级困难残疾人", "三、四级"]),
    (PLAIN, "一、二级困难残疾人生活补贴为每人每月260元。", "scope.provider", [None]),
    ("关于提高特困人员供养标准的通知\n", "照料护理标准同步提高：集中供养一档为每人每月935元，二档为每人每月420元。", "role", ["level", "level"]),
    ("关于提高特困人员供养标准的通知\n", "照料护理标准同步提高：集中供养一档为每人每月935元；分散供养一档为每人每月170元。", "scope.population", ["集中供养", "分散供养"]),
    (INJURY, "伤残津贴按下列标准增加：一级每月180元、二级每月160元。", "role", ["increase", "increase"]),
    # with whom somebody is compared isn't meant; near miss: a share of their number
    (OUTPATIENT, "退休人员的支付比例高于在职职工5个百分点。", "scope.population", ["退休人员"]),
    (OUTPATIENT, "退休人员支付比例比在职职工高5个百分点。", "scope.population", ["退休人员"]),
    (OUTPATIENT, "二级医院支付比例低于一级医院8个百分点。", "scope.provider", ["二级医院"]),
    (OUTPATIENT, "退休人员的支付比例高于在职职工5个百分点。", "role", ["increase"]),
    (OUTPATIENT, "在职职工支付比例稳定在70%。", "role", ["level"]),
    (FUND, "缴存基数不低于福州市最低工资标准（现行标准为2150元）。", "scope.places", [("福州市",)]),
    # what a bracket adds to a group, and what 和 joins in a list of as many values
    (OUTPATIENT, "基层医疗机构（含卫生院、村卫生室）起付标准为150元。", "scope.provider", ["基层医疗机构"]),
    (OUTPATIENT, "基层医疗机构（含卫生院、村卫生室）、二级和三级医疗机构支付比例分别为65%、55%。", "scope.provider", ["基层医疗机构", "二级和三级医疗机构"]),
    (OUTPATIENT, "基层医疗机构（含卫生院、村卫生室）、二级、三级医疗机构支付比例分别为65%、60%、55%。", "scope.provider",
     ["基层医疗机构", "二级医疗机构", "三级医疗机构"]),
    (OUTPATIENT, "二级和三级医疗机构起付标准为300元，年度累计最高为300元。", "scope.provider", ["二级和三级医疗机构"] * 2),
    # persons that a mark of a list and a colon stand around, and those who are of a firm
    (OUTPATIENT, "现就有关事项通知如下。\n支付比例规定如下：\n- 在职职工：\n- 一级医院支付比例为80%。\n- 退休人员：\n- 一级医院支付比例为85%。", "scope.population",
     ["在职职工", "退休人员"]),
    (RETIRED, "企业和机关事业单位退休人员每人每月增加30元。", "scope.population", ["企业和机关事业单位退休人员"]),
    (PLAIN, "●改造老旧小区20个。\n▶认定见习基地30家。", "subject", ["老旧小区", "见习基地"]),
    # a title says where care is given, where nothing nearer does; near miss: the sentence itself
    ("关于城乡居民基本医疗保险普通门诊统筹的通知\n", "年度最高支付限额为500元。", "scope.condition", ["普通门诊统筹"]),
    ("关于城乡居民基本医疗保险普通门诊统筹的通知\n", "住院起付标准为500元。年度最高支付限额为20万元。", "scope.condition", [None, None]),
    (PLAIN, "城镇、农村居民人均可支配收入达到72000元、46000元。", "subject", ["城镇居民人均可支配收入", "农村居民人均可支配收入"]),
    # a heading without a number above each 一、
    ("关于职工医保待遇的通知\n", "门诊待遇政策\n一、支付比例\n在职职工支付70%。\n二、限额\n年度限额3000元。\n住院待遇政策\n一、支付比例\n退休人员支付90%。", "indicator",
     ["medical.employee.outpatient_payment_rate", "medical.employee.outpatient_cap", "medical.benefit.inpatient_payment_rate"]),
    # of two groups with a value each none gets what stands behind
    (CRITICAL, "特困人员、低保对象和返贫致贫人口为4500元；5万元以下、5万元以上的支付比例分别为60%、75%。", "scope.population",
     ["特困人员、低保对象和返贫致贫人口", None, None, None, None]),
    (WAGE, "二类区1800元、三类区1650元，均提高140元。", "scope.places", [("二类区",), ("三类区",), ()]),
    (PLAIN, "四、困难残疾人生活补贴每人每月300元。", "scope.population", ["困难残疾人"]),
    # a value that moves has no name from before another's change; a heading with a year
    ("关于提高城乡居民基础养老金标准的通知\n", "基础养老金增加20元，达到每人每月200元；福利养老金增加15元，从每人每月180元提高到195元。", "indicator",
     ["pension.resident.basic_increase", "pension.resident.basic_amount", None, None, None]),
    (REPORT, "■ 2030年经济成绩\n地区生产总值增长6.1%。\n■ 2031年主要预期目标\n地区生产总值增长6%左右。", "applies_to", ["2030", "2031"]),
    # what the words before a colon are per, with the verb behind it; what is new has no rise
    (INJURY, "按伤残等级每人每月分别增加：一级120元，二级110元。", "per", [("person", "month")] * 2),
    (PLAIN, "每人每年补助：中专生1000元、大专生2000元。", "per", [("person", "year")] * 2),
    (PLAIN, "给予每个新增托位8000元补助。", "role", ["level"]),
    (PLAIN, "新增托位300个。", "role", ["increase"]),
    # one figure of two names is neither's; near miss: a list with a figure for each
    (CUTS, "二氧化硫、氮氧化物排放总量下降12%以上。", "indicator", [None]),
    (CUTS, "二氧化硫、氮氧化物排放总量下降12%以上。", "candidates", [("environment.nox_cut", "environment.so2_cut")]),
    (CUTS, "二氧化硫、氮氧化物排放总量分别下降12%、14%。", "indicator", ["environment.so2_cut", "environment.nox_cut"]),
    # from the higher to the lower value; a place behind the name of an amount
    (FUND, "月缴存基数下限从2010元至1850元不等。", "upper", ["2010"]),
    (FUND, "最低月缴存基数市辖区2010元。", "scope.places", [("市辖区",)]),
    # places that a class has among others; places with words of a statement in them
    (PLAIN, "甲州、乙山等一类地区城乡低保标准为每人每月1100元，丙江、丁海等二类地区为每人每月980元。", "scope.places", [("一类地区",), ("二类地区",)]),
    (PLAIN, "甲州、乙山等一类地区城乡低保标准为每人每月1100元，丙江、丁海等二类地区为每人每月980元。", "subject", ["城乡低保标准"] * 2),
    (PLAIN, "教育、医疗等支出增长5%。", "subject", ["支出"]),
    (UNEMPLOYED, "锦江区、郫都区、新都区的失业保险金标准为每人每月1800元。", "scope.places", [("锦江区", "郫都区", "新都区")]),
    # born until a day, in the figure's own clause; persons who say it themselves
    (RETIRED, "1950年12月31日及以前出生的每人每月增加25元。", "scope.condition", [None, "1950年12月31日及以前出生的"]),
    (RETIRED, "2030年12月31日前已退休的人员每月增加25元。", "scope.condition", [None, None]),
    (INJURY, "对2030年12月31日以前作出工伤认定的人员每月增加25元。", "role", ["condition", "increase"]),
    # whose a name is by the words before it: the others are of the same; not where the name is one group's own
    (INJURY, "因工死亡职工配偶的供养亲属抚恤金每人每月增加85元，其他亲属增加64元。", "indicator", ["injury.benefit.dependants_pension"] * 2),
    (INJURY, "因工死亡职工配偶的供养亲属抚恤金每人每月增加85元，其他亲属增加64元。", "subject", ["供养亲属抚恤金"] * 2),
    # what is subsidised is a share of what was paid; a loan of several; until when an allowance is paid
    ("关于2031年就业补贴的通知\n", "灵活就业人员按其实际缴费额的50%给予社会保险补贴；稳岗返还按上年度缴费额的60%执行。", "indicator",
     ["employment.subsidy.insurance", None]),
    ("关于2031年创业担保贷款的通知\n", "合伙创业贷款最高额度为120万元，合伙创业贷款余额3000万元。", "indicator", ["employment.loan.cap", None]),
    # a trade in front of the name is of whom it is; what else its persons pay is another thing
    ("关于2031年就业补贴的通知\n", "中式烹调师（初级）培训补贴标准为每人1200元，育婴员培训补贴标准为每人1500元，焊工鉴定费每人200元。", "indicator",
     ["employment.subsidy.training"] * 2 + [None]),
    ("关于2031年就业补贴的通知\n", "中式烹调师（初级）培训补贴标准为每人1200元，育婴员培训补贴标准为每人1500元。", "scope.population", ["中式烹调师", "育婴员"]),
    (UNEMPLOYED, "失业补助金政策执行期内标准为每人每月600元。", "indicator", ["unemployment.benefit.subsidy"]),
    # with what an amount moves names nothing; a wage that rises is one
    (INJURY, "生活护理费随平均工资调整，完全不能自理的每月3510元，部分不能自理的每月2106元。", "subject", ["生活护理费"] * 2),
    (INJURY, "生活护理费随平均工资调整，完全不能自理的每月3510元，部分不能自理的每月2106元。", "indicator", ["injury.benefit.nursing_allowance"] * 2),
    (INJURY, "随着平均工资提高，伤残津贴每月增加150元；平均工资提高到7012元。", "subject", ["伤残津贴", "平均工资"]),
    # who pays completes the name before a colon; two who pay alike don't
    (FUND, "缴存比例：单位8%，个人8%。", "indicator", ["housing.fund.rate_unit", "housing.fund.rate_individual"]),
    (FUND, "缴存比例为10%，其中单位10%、职工12%。", "indicator", ["housing.fund.rate", "housing.fund.rate_unit", "housing.fund.rate_individual"]),
    (FUND, "缴存比例：单位和个人各8%。", "indicator", ["housing.fund.rate"]),
    # who bears a part names nothing; nor does a class the amount of another, nor a heading of something else a rate that is paid
    (PLAIN, "基础养老金提高到193元，其中中央143元、省级20元、县级30元。", "subject", ["基础养老金"] * 4),
    (PLAIN, "补助每人100元，其中中央财政60元；省级100元。", "subject", ["补助", "补助", None]),
    (PLAIN, "顺产定额3000元、剖宫产4500元。", "subject", ["顺产定额", "定额"]),
    (PLAIN + "一、个人账户\n", "灵活就业人员按8.5%的费率缴纳。", "subject", ["费率"]),
    (PLAIN + "一、失业保险费\n", "灵活就业人员按1%的费率缴纳。", "subject", ["失业保险费"]),
    # whose a standard is: the last who are named before it
    (PLAIN, "孤儿养育标准：福利机构供养每月2010元，社会散居1510元；特困人员机构供养每月1210元。", "indicator",
     ["assistance.subsistence.orphan_institution", "assistance.subsistence.orphan_home", None]),
    # 每托位 is per what, and no name
    (PLAIN, "托位建设补贴每个1万元，运营补贴每托位每月210元。", "subject", ["托位建设补贴", "运营补贴"]),
    # what is given behind an amount is another thing, unless the indicator is a gift itself
    (HEAD, "居民医保个人缴费标准400元，对低保对象给予200元补助。", "indicator", ["medical.funding.individual_contribution", None]),
    (PLAIN, "城市低保标准每月800元，可获200元奖励。", "indicator", ["assistance.subsistence.urban", None]),
    (PLAIN, "创业担保贷款最高额度30万元，个人最高不超过2万元贴息。", "indicator", ["employment.loan.cap", None]),
    (PLAIN, "创业担保贷款最高额度30万元，个人最高不超过2万元贴息。", "subject", ["创业担保贷款最高额度", "贴息"]),
    (PLAIN, "高龄津贴每月50元，百岁老人给予每月300元补贴。", "indicator", ["assistance.subsistence.elderly_allowance"] * 2),
    # what is left of a whole is no more of the name
    (UNEMPLOYED, "失业保险费返还60%，其余40%由企业承担。", "indicator", ["unemployment.stability.return_rate", None]),
    (UNEMPLOYED, "稳岗返还比例中小微企业60%，其余企业30%。", "indicator", ["unemployment.stability.return_rate"] * 2),
    # providers that have figures of their own say nothing of what follows them
    (PLAIN, "三级医院报销50%，二级医院报销60%，年度最高支付限额3000元，退休人员4000元。", "scope.provider",
     ["三级医院", "二级医院", None, None]),
    (PLAIN, "一级医院起付线200元，支付90%，二级医院起付线400元，支付80%。", "scope.provider", ["一级医院"] * 2 + ["二级医院"] * 2),
    # per what and the verb look like one name; an agency's name ends the name of what is counted
    (PLAIN, "普惠托育机构每托位补助1000元。", "subject", ["补助"]),
    (PLAIN, "普惠托育机构建设补贴每托位补助1000元。", "subject", ["普惠托育机构建设补贴"]),
    (PLAIN, "建设儿童健康管理中心77家，儿童友好社区12个。", "subject", ["儿童健康管理中心", "儿童友好社区"]),
    # a pension by ages is no addition by age
    ("关于2031年城乡居民养老保险基础养老金标准的通知\n", "基础养老金每人每月163元，其中65周岁以上每人每月170元。", "indicator",
     ["pension.resident.basic_amount", None, "pension.resident.basic_amount"]),
    ("关于2031年城乡居民养老保险基础养老金标准的通知\n", "基础养老金每人每月163元，65周岁以上每人每月加发7元。", "indicator",
     ["pension.resident.basic_amount", None, "pension.resident.age_bonus"]),
    # things that grow beside an indicator have names of their own, and so has what is a part of one
    (REPORT, "规模以上工业增加值增长8%，企业总数实现增长5%。", "indicator", ["macro.industry_growth", None]),
    (REPORT, "固定资产投资增长8%，社零额增长7%，限上社零额增长9%。", "indicator",
     ["macro.fixed_investment_growth", "macro.retail_growth", None]),
    # a number of persons or homes that is an aim itself says nothing of the aims behind it
    (REPORT, "失业人员减少2万人，城镇居民人均可支配收入增长6%。", "scope.population", ["失业人员", None]),
    (REPORT, "三甲医院达到5家，基本医疗保险参保率保持在97%以上。", "scope.provider", ["三甲医院", None]),
    (PLAIN, "低保对象3.2万人，月人均补助水平462元。", "scope.population", ["低保对象"] * 2),
    (REPORT, "常住人口城镇化率达到66%。", "scope.population", [None]),
    # counties told by their number
    (WAGE, "市区月最低工资标准为2000元，六县月最低工资标准为1800元。", "scope.places", [("市区",), ("六县",)]),
    (WAGE, "月最低工资标准市区2000元，四县一市为1800元。", "scope.places", [("市区",), ("四县一市",)]),
    # what was until now
    (WAGE, "原月最低工资标准为1900元，现月最低工资标准为2100元。", "role", ["previous", "level"]),
    (PLAIN, "原来的低保标准每月600元提高到680元。", "role", ["previous", "level"]),
    (PLAIN, "原先享受低保的，每月补助100元。", "role", ["level"]),
    # by how much a list grows
    (INJURY, "一级至三级伤残津贴每人每月分别按276元、266元、256元的标准增加。", "role", ["increase"] * 3),
    (PLAIN, "寄宿制学校按寄宿生年生均300元的标准增加公用经费。", "role", ["increase"]),
    (PLAIN, "按每人每月3000元的标准扣除。", "role", ["level"]),
    (INJURY, "补助标准为本人工资降低部分的70%。", "role", ["level"]),
    # who is meant: up to the 的 of a later clause, by a share, by a size, by who gets less
    (UNEMPLOYED, "参保企业足额缴纳失业保险费12个月以上，未裁员的，可以享受稳岗返还。", "role", ["condition"]),
    (LTC, "失能状态持续6个月以上，经评估符合条件的，可以享受待遇。", "role", ["level"]),
    (FUND, "缴存比例合计为20%的，贷款上限为40万元。", "role", ["condition", "level"]),
    (PLAIN, "招用人数达到职工总数20%（超过50人的企业达到10%）。", "role", ["level", "condition", "level"]),
    (PLAIN, "招用人数达到职工总数20%（超过50人的企业达到10%）。", "scope.population", [None, None, "超过50人的企业"]),
    (INJURY, "伤残津贴低于2690元的调整为2690元。", "role", ["condition", "level"]),
    (PLAIN, "怀孕4个月以下享受15天津贴，4至7个月享受42天津贴。", "role", ["condition", "level"] * 2),
    # who is told by a clause of his own gets what follows; how much more is a change; a reserve is no place
    (PLAIN, "吸纳就业的企业，按每人1500元的标准给予补贴。", "scope.payer", [None]),
    (PLAIN, "高龄津贴由每人每月100元提高到120元，提高比例为20%。", "role", ["previous", "level", "increase"]),
    (PLAIN, "自然保护区面积占国土面积的12%。", "scope.places", [()]),
    # an item that only names, behind a colon
    (PLAIN, "救助供养标准：一是集中养育标准。由每人每月1800元提高到1900元。", "subject", ["集中养育标准"] * 2),
    # the parts are of whom the whole is; so is what follows those who are taken in; a class shares the persons of the last
    (LTC, "职工长期护理保险筹资标准为140元，其中财政补助20元、个人缴纳50元。", "scope.population", ["职工"] * 3),
    (LTC, "将城乡居民纳入参保范围，筹资标准为每人每年60元。", "scope.population", ["城乡居民"]),
    (PLAIN, "低保对象救助标准每月800元，其中儿童900元。", "scope.population", ["低保对象", "儿童"]),
    (PLAIN, "城市、农村特困人员基本生活标准分别提高到每人每月1069元、1048元。", "scope.population", ["城市特困人员", "农村特困人员"]),
    (PLAIN, "城市、农村低保标准分别提高到每人每月822元、806元。", "scope.population", [None, None]),
    # the class goes on to what is had in all, or besides
    (PLAIN, "小学生每人每天补助4元，全年补助1000元；初中生每人每天补助5元，全年补助1250元。", "scope.population",
     ["小学生"] * 2 + ["初中生"] * 2),
    (PLAIN, "生育第二个子女的，发放补贴2000元，另外每年发放1000元育儿补贴。", "scope.condition", ["生育第二个子女的"] * 2),
    (PLAIN, "生育第三个子女的，再给予一次性奖励5000元。", "scope.condition", ["生育第三个子女的"]),
    (PLAIN, "小学生每人每天补助4元，年度最高支付限额1000元。", "scope.population", ["小学生", None]),
    # the areas of the first school, the places before a colon, who has paid alone
    ("关于2031年义务教育经费的通知\n", "生均公用经费农村小学720元，初中940元；城市小学700元，初中900元。", "scope.provider",
     ["农村小学", "农村初中", "城市小学", "城市初中"]),
    (WAGE, "一类地区：月最低工资标准为2060元；非全日制小时最低工资标准为21元。", "scope.places", [("一类地区",)] * 2),
    (FUND, "最高贷款额度70万元，单方缴存住房公积金的最高贷款额度40万元。", "scope.population", [None, "单方缴存住房公积金"]),
    # each of two who are joined pays; who only makes the rule doesn't
    (FUND, "单位和个人月缴存额上限各为2853元。", "scope.payer", ["单位和个人"]),
    (PLAIN, "按省和市规定的标准给予40%的保费补贴。", "scope.payer", [None]),
    # a class has its own of the name
    (PLAIN, "一类低保每月220元，二类190元。", "subject", ["一类低保", "低保"]),
    # what it was, and by how much it is less
    (HEAD, "财政补助670元，比去年的700元少了30元。", "role", ["level", "previous", "decrease"]),
    (HEAD, "个人缴费标准400元，比上年的380元多20元。", "role", ["level", "previous", "increase"]),
    (HEAD, "个人缴费标准至少400元。", "role", ["level"]),
    (WAGE, "一类、二类区月最低工资标准分别为2000元、1800元，较2021年的1850元和1660元分别提高150元、140元。", "role",
     ["level"] * 2 + ["previous"] * 2 + ["increase"] * 2),
    (WAGE, "一类、二类区月最低工资标准分别提高150元、140元。", "role", ["increase"] * 2),
    ("关于2023年社会保险缴费基数的通知\n", "企业职工基本养老保险月缴费基数上限为22053元，下限为4411元，分别比2022年的21168元和4234元提高885元和177元。",
     "indicator", ["insurance.base.upper", "insurance.base.lower"] * 3),
    ("关于职工医保的通知\n", "临时外出就医人员支付比例的降幅由15个百分点收窄至10个百分点。", "role", ["previous", "level"]),
    ("关于城乡居民养老保险的通知\n", "缴费最高档次为10000元，原只供困难群体选择的300元档取消。", "role", ["level", "previous"]),
    # whose it is, by what a clause opens with or by its bare name
    (PLAIN, "个人创业担保贷款最高额度为30万元，合伙创业的最高110万元，小微企业最高300万元。", "scope.condition",
     [None, "合伙创业的", None]),
    (PLAIN, "发放一次性生育补贴，二孩标准为2000元，三孩标准由5000元提高到6000元。", "scope.population", ["二孩", "三孩", "三孩"]),
    ("关于生育支持的通知\n", "发放一次性生育补贴，二孩标准为2000元，三孩标准由5000元提高到6000元。", "indicator",
     ["childcare.subsidy.birth_amount"] * 3),
    (PLAIN, "对全自理、半护理特困人员照料护理标准分别按每人每月201元、402元执行，半护理标准较上年增加84元。", "scope.population",
     ["全自理", "半护理特困人员", "半护理"]),
    # a half is no rate of what stands around it
    ("关于职工医保的通知\n", "二级医疗机构起付标准为600元，年内第二次住院减半，支付比例为85%。", "indicator",
     ["medical.benefit.deductible", None, "medical.benefit.inpatient_payment_rate"]),
    # the year of what is earned is that of nothing that is reckoned by it, nor held to a limit
    (PLAIN, "2022年全市职工平均工资为108240元，缴存基数上限按月平均工资的3倍确定，由25740元调整为27060元。", "applies_to",
     ["2022", None, None, None]),
    (PLAIN, "2022年全市职工平均工资为108240元，居民人均可支配收入为54188元。", "applies_to", ["2022", "2022"]),
    (PLAIN, "申请家庭上年度人均可支配收入不高于44600元。", "applies_to", [None]),
    (PLAIN, "上年度人均可支配收入为44600元。", "applies_to", ["2022"]),
    # the year after each case's own is no year of the calendar
    (HEAD, "自2022年起，连续参保满4年的，限额提高1200元；当年零报销的，次年再提高1000元。", "applies_to", [None] * 4),
    # examples of somebody, and sums of what is only reckoned
    (HEAD, "对低保对象按每人280元定额资助。如某低保户3口人全部参保，应缴1200元，获得资助840元。", "role",
     ["level", "example", "example"]),
    (PLAIN, "生育津贴按月平均缴费工资除以30天计发，以月缴费工资6000元、产假158天计算，可领取31600元。", "role",
     ["level", "level", "level", "example"]),
    (PLAIN, "某类低收入家庭每户补助840元。", "role", ["level"]),
    # another gives it besides, or it is left out of incomes
    ("关于学生资助的通知\n", "寄宿生生活补助按小学1250元、初中1500元执行，对孤儿另由县慈善总会每年资助2000元。", "indicator",
     ["education.aid.living_subsidy"] * 2 + [None]),
    ("关于社会救助的通知\n\n现通知如下：\n\n一、收入认定\n", "下列收入不计入家庭收入：\n（一）每月100元高龄津贴；\n（二）每人每月140元以内的城乡居民基础养老金。", "indicator",
     [None, None]),
    # how often something else is paid says nothing of an amount
    (PLAIN, "为其按月缴纳失业保险费的，按每人1500元发放。", "per", [("person",)]),
    (PLAIN, "对按月领取低保金的家庭，给予一次性补贴300元。", "per", [()]),
    # of another province, and of one's own by its name
    ("江西省人力资源和社会保障厅关于调整最低工资标准的通知\n", "上海、北京的月最低工资标准分别为2740元和2540元，江西省月最低工资标准为2000元。", "indicator",
     [None, None, "wage.minimum.monthly"]),
    ("国务院关于最低工资标准的通知\n", "上海、北京的月最低工资标准分别为2740元和2540元。", "indicator", ["wage.minimum.monthly"] * 2),
    # whose family it is has been said before
    ("关于失业保险的通知\n", "领取期间参加职工医保的，基本医疗保险费由基金按月缴费基数的8%代缴，个人不缴费。", "indicator", [None, None]),
    (LTC, "总筹资比例为上年度全市职工医保月平均缴费基数的0.24%，其中单位缴费和个人缴费各按0.12%。", "indicator", ["care.funding.rate", None]),
    # of a list of old values each is one, however far its move
    (WAGE, "我市最低工资标准由每小时不低于13.5元、每月不低于2350元，调整到每小时不低于14.2元、每月不低于2480元。", "role",
     ["previous"] * 2 + ["level"] * 2),
    (WAGE, "一级由110元提高到125元、二级由80元提高到95元。", "role", ["previous", "level"] * 2),
    # days that are added are an increase; what is paid for longer work is none
    (PLAIN, "对生育二孩、三孩的职工，分别延长产假15天、30天，产假延长至158天。", "role", ["increase", "increase", "level"]),
    (PLAIN, "延长工作时间的，支付不低于工资的150%的报酬。", "role", ["level"]),
    # counts that are dealt out keep their own units
    (PLAIN, "每千人口托位数、养老床位数分别达到4.7个、27.3张。", "unit", ["{个}", "{张}"]),
    # whose insurance a notice on long-term care only names
    (LTC, "（一）职工参保人员\n缴费基数为其职工医保缴费基数。\n2.个人缴费费率：\n（1）未满35周岁的为0.02%；\n（2）满35周岁的为0.08%。", "indicator",
     [None] * 4),
    (LTC, "单位缴费费率，在职职工、一级至四级工伤职工、退休人员均为0.15%。", "indicator", [None]),
    # the months and years of a benefit
    ("关于失业保险金标准的通知\n", "第1—12个月领取失业保险金的失业人员，标准为2300元/月；第13—24个月领取失业保险金的失业人员，标准为1840元/月。",
     "scope.condition", ["第1—12个月", "第13—24个月"]),
    ("关于失业保险金标准的通知\n", "从第13个月起，失业保险金月发放标准一律为2100元。", "scope.condition", ["从第13个月起"]),
    (PLAIN, "租金补贴第一年每月500元，第二年每月300元。", "scope.condition", ["第一年", "第二年"]),
    (PLAIN, "第二年1月1日起每月补贴300元。", "scope.condition", [None]),
    # persons of a rank, also of whom words before a colon speak
    (LTC, "享受长护险2级待遇的失能人员由长护险基金按85%的比例支付。", "scope.population", ["享受长护险2级待遇的失能人员"]),
    (LTC_BODY, "享受长护险3级待遇的长期失能人员，其限额标准如下：\n（一）机构护理限额标准为职工参保人员每人每天110元；\n（二）设备使用限额标准为每人每月300元。",
     "scope.condition", ["享受长护险3级待遇的长期失能人员", None]),
    (LTC_BODY, "在本市参保的失能人员，其限额标准如下：\n（一）职工参保人员每人每天110元。", "scope.condition", [None]),
    # classes that share a figure
    (PLAIN, "双缴存人家庭首套及第二套公积金贷款最高额度为150万元。", "scope.condition", ["首套及第二套"]),
    (PLAIN, "一档、二档每人每年补贴100元。", "scope.condition", ["一档、二档"]),
    # places with bodies among them, and names that begin like other words
    (PLAIN, "白城市区、长白山管委会、梅河口市的失业保险金标准为每月1100元。", "scope.places", [("白城市区", "长白山管委会", "梅河口市")]),
    (PLAIN, "延吉市、前郭县、抚松县的失业保险金标准为每月1180元。", "scope.places", [("延吉市", "前郭县", "抚松县")]),
    (PLAIN, "广州市、省直缴费基数下限为5500元，其他地区为4700元。", "scope.places", [("广州市", "省直"), ("其他地区",)]),
    (PLAIN, "广州市、省直缴费基数下限为5500元。", "scope.payer", [None]),
    (HEAD, "城乡居民基本医保市域内住院费用支付比例为70%。", "scope.places", [()]),
    # a household is given a subsidy; what several insurances share is of none alone
    (PLAIN, "对按政策生育三孩的户籍家庭发放30000元育儿补贴。", "scope.payer", [None]),
    (PLAIN, "按政策生育三孩的户籍家庭发放30000元育儿补贴。", "scope.population", ["按政策生育三孩的户籍家庭"]),
    (PLAIN, "职工基本养老保险（含机关事业单位工作人员养老保险）、失业保险、工伤保险缴费基数上限为22000元。", "scope.population", [None]),
    (PLAIN, "职工基本养老保险、失业保险、工伤保险缴费基数上限为22000元。", "scope.condition", [None]),
    # who bears a ratio stands right before it
    (PLAIN, "中央和省级财政补助后，所需资金由市级与三区按照40%：60%比例分摊。", "scope.payer", ["市级", "三区"]),
    (PLAIN, "省与均衡性转移支付市县按7∶3比例分担。", "scope.payer", ["省", "均衡性转移支付市县"]),
    (PLAIN, "所需资金由省与市县分担：第一档县（市、区）按8:2，第二档按6:4分担。", "scope.payer", ["省", "市县"] * 2),
    # what persons pay first, or pay, is no rate that is paid to them
    (HEAD, "使用乙类药品的，个人先支付10%，余额再按普通门诊待遇的规定执行。", "indicator", [None]),
    (OUTPATIENT, "普通门诊在职人员个人支付比例为20%，统筹基金支付比例为80%。", "indicator", [None, "medical.employee.outpatient_payment_rate"]),
    (OUTPATIENT, "（一）在一级医疗机构普通门诊就医的，在职人员统筹基金支付比例为80%；退休人员统筹基金支付比例为84%。", "scope.provider",
     ["一级医疗机构"] * 2),
    (OUTPATIENT, "在一级医疗机构就医的，在职职工支付比例为80%；转外就医的，退休人员支付60%。", "scope.provider", ["一级医疗机构", "转外就医"]),
    # what one programme does more of for persons whom another helps
    ("关于健全医疗救助制度的意见\n", "在大病保险普惠待遇基础上，对一类、二类医疗救助对象实施报销比例提高5个百分点的倾斜支付政策。", "indicator",
     ["medical.benefit.critical_illness_payment_rate"]),
    ("关于健全医疗救助制度的意见\n", "经大病保险报销后，医疗救助对象报销比例提高5个百分点。", "indicator", ["medical.benefit.assistance_payment_rate"]),
    # when the benefits hold is no time to pay
    (HEAD, "居民医保待遇享受期为：\n普通居民为缴费次年的1月1日至12月31日。", "indicator", ["medical.benefit.coverage_period"]),
    # what some have got already, and how an amount is rounded
    ("关于育儿补贴的通知\n", "此前已一次性领取育儿补助（二孩5000元、三孩20000元）的，补足差额。", "indicator", [None, None]),
    ("关于育儿补贴的通知\n", "已享受育儿补贴（每孩每年3600元）的，不影响低保认定。", "indicator", ["childcare.subsidy.amount"]),
    ("关于育儿补贴的通知\n", "生育二孩发放育儿补贴50000元，按照每年10000元发放。", "scope.population", ["生育二孩"] * 2),
    ("关于住房公积金贷款的通知\n", "可贷额度取最低值（取整为1000元的整数倍）。", "indicator", [None]),
    # town and country, also where nothing deals them out
    ("关于社会救助的通知\n", "城乡低保标准提高到每月815元和615元。", "indicator", ["assistance.subsistence.urban", "assistance.subsistence.rural"]),
    ("关于社会救助的通知\n", "城乡低保标准提高到每月815元，特困供养标准为1100元和900元。", "indicator",
     ["assistance.subsistence.unified", "assistance.subsistence.destitute_basic", "assistance.subsistence.destitute_basic"]),
    # times of a wage are no rate of contribution
    ("关于失业保险的通知\n", "抚恤金按照失业保险金领取地上年度在岗职工月平均工资的六倍计发。", "indicator", [None]),
    # both limits of a base are neither
    (PLAIN, "2031年度社会保险缴费基数上下限：4000元-21000元。", "indicator", [None]),
    # a sum so great is nobody's alone; what was until now may be quoted
    (PLAIN, "落实生均公用经费1.42亿元，生均公用经费720元。", "per", [(), ("person",)]),
    (PLAIN, "由现行“城市低保每月600元、农村低保每月450元”，调整为“城市低保每月650元”。", "role", ["previous", "previous", "level"]),
    # a bracket's figures have the bracket's words
    (HEAD, "错过集中缴费期参保的，需缴纳1070元（个人缴费400元、财政补助670元均由个人承担）。", "indicator",
     [None, "medical.funding.individual_contribution", "medical.funding.fiscal_subsidy"]),
    # who reports is nobody for whom it holds; disabled persons by kind and grade are no hospitals
    (OUTPATIENT, "记者从市医保局获悉，普通门诊年度最高支付限额提高到2000元。", "scope.population", [None]),
    (PLAIN, "重度残疾人护理补贴：肢体一级和智力二级残疾人每人每月120元。", "scope.population", ["肢体一级和智力二级残疾人"]),
    (PLAIN, "重度残疾人护理补贴：肢体一级和智力二级残疾人每人每月120元。", "scope.provider", [None]),
    (CRITICAL, "城镇贫困人口大病保险起付标准9000元，农村贫困人口大病保险起付标准5000元。", "scope.population",
     ["城镇贫困人口", "农村贫困人口"]),
    (PLAIN, "困难残疾人生活补贴和高龄津贴标准由每人每月80元提高到90元。", "scope.population", [None, None]),
    (PLAIN, "中央财政负担小学每生每天3元，省财政负担城市老人每月20元。", "scope.payer", ["中央财政", "省财政"]),
    (PLAIN, "非公立医疗机构床位数占比30%，养老机构护理型床位占比60%。", "scope.provider", [None, "养老机构"]),
    (REPORT, "广东地区生产总值增长5%。", "subject", ["广东地区生产总值"]),
    (REPORT, "到2037年人均预期寿命达到80岁。", "per", [()]),
    # the year of a base is none of the amounts
    (FUND, "2032年度缴费基数为职工本人2031年度月平均工资，该年度缴存基数下限为4200元。", "applies_to", ["2032"]),
    # the year that opens a paragraph of aims
    ("某市能源规划\n", "到2040年，能源结构明显优化。非化石能源消费比重达到25%。每人每月补助30元。", "due",
     ["2040-12-31", "2040-12-31", None]),
    ("某市能源规划\n", "到2040年，能源结构明显优化。2035年非化石能源消费比重达到25%。", "due", ["2040-12-31", None]),
    # what a change is measured against is no other time; a later year of the paragraph begins anew
    ("某市节能规划\n", "到2040年，能源结构明显优化。能耗在2035年基础上大幅下降；非化石能源消费比重达到25%，比2035年提高4个百分点。", "due",
     ["2040-12-31"] * 3),
    ("某市节能规划\n", "到2040年，能源结构明显优化。森林覆盖率达到41%，目前湿地保护率达到52%。", "due", ["2040-12-31"] * 2 + [None]),
    ("某市节能规划\n", "到2035年，能源结构明显优化。森林覆盖率达到41%。到2040年，结构更优。森林覆盖率达到43%。", "due",
     ["2035-12-31"] * 2 + ["2040-12-31"] * 2),
    ("某市能源规划\n", "“十六五”时期，科技投入增加。森林覆盖率提高到45%。", "applies_to", ["2031/2035"]),
    # 去年 beside a figure holds for that figure alone; for others of the clause a year does
    (RETIRED_ALL, "缴费每满1年每月涨1.2元，去年为1元；与本人养老金水平挂钩的比例由0.6%调整为0.5%。", "applies_to",
     [None, "2030", None, None]),
    (PLAIN, "2021年标准为5000元，2022年为3000元，降低2000元。", "applies_to", ["2021", "2022", "2022"]),
    # grades are counted, not figures: the year reaches what they are given
    (INJURY, "2030年度三个等级的生活护理费分别为3605元、2884元、2163元。", "applies_to", ["2030"] * 3),
    # what a bracket tells of itself says nothing of the figure before it
    (PENSION, "80周岁以上每月加发20元（不影响高龄津贴，80至89周岁每人每月50元）。", "indicator",
     [None, "pension.resident.age_bonus", None, "assistance.subsistence.elderly_allowance"]),
    # a noun behind an amount sets it apart, as does what it is left out of
    (LTC, "居家护理每小时35元市场价。", "indicator", [None]),
    (LTC, "居家护理每小时支付35元。", "indicator", ["care.benefit.hourly_cap"]),
    (PENSION, "基础养老金每人每月70元不计入家庭收入。", "indicator", [None]),
    (PENSION, "政府补贴之外，村集体可给予补助，补助数额每人每年最高不超过5000元。", "indicator", [None]),
    (PENSION, "代缴对象自愿多缴的，自付部分最低200元。", "indicator", [None]),
    (INJURY, "全市伤残津贴月人均水平4876元。", "indicator", [None]),
    # another insurance that is paid out of a fund is none of its benefits
    (UNEMPLOYED, "一、失业保险金标准\n领金期间由基金代缴职工医保费，每人每月486元。", "indicator", [None]),
    (UNEMPLOYED, "一、失业保险金标准\n按最低工资标准的90%执行，每人每月1800元。", "indicator", [None, "unemployment.benefit.amount"]),
    # a change in percent is of what its own clause tells
    (FUND, "一、缴存比例\n归集住房公积金108.7亿元，同比增长6.2%。", "indicator", [None, None]),
    # a name that was refused for its own figure names no change of it
    (HEAD, "产前检查费每孕次最高支付2500元，较原标准提高500元。", "indicator", [None, None]),
    # both bear the parts of one rate
    (UNEMPLOYED, "失业保险费率继续按1%执行，单位承担0.7%，个人承担0.3%。", "indicator",
     ["unemployment.rate.total", "unemployment.rate.unit", "unemployment.rate.individual"]),
    # a sum that says a share again is what is given, to whom the share is
    (HEAD, "个人缴费标准400元，对纳入监测的脱贫不稳定人口按50%资助，即每人每年200元。", "indicator",
     ["medical.funding.individual_contribution", "medical.funding.assistance_rate", "medical.funding.assistance_amount"]),
    (HEAD, "对纳入监测的脱贫不稳定人口按50%资助，即每人每年200元。", "scope.population", ["脱贫不稳定人口"] * 2),
    # nobody says which of two limits is which; what they are reckoned by names neither
    (PLAIN, "社会保险缴费基数的上限和下限按省里公布的全口径平均工资核定，2022年每月分别为20889元和4178元。", "indicator", [None, None]),
    (FUND, "住房公积金缴存基数上下限分别为28000元和2300元。", "indicator", [None, None]),
    # steps, and spans that are not reached, say when
    (PLAIN, "缴费年限每超过1年，每月增加1元，距退休不足5年的可延长至退休。", "role", ["condition", "increase", "condition"]),
    (INJURY, "支缴率超过150%的用人单位，按规定上浮费率。", "role", ["condition"]),
    (PLAIN, "建设覆盖率达到95%以上的县区12个。", "role", ["level", "level"]),
    (HEAD, "固定等待期为3个月，每多断保1年增加1个月变动等待期，每补缴1年减少1个月。", "indicator",
     ["medical.benefit.waiting_period", None, "medical.benefit.waiting_period_extension", None, None]),
    # what is so much more than the change before it is what the change leads to
    (PLAIN, "低保月人均补差水平提高35元，不低于560元。", "role", ["increase", "level"]),
    (PLAIN, "基础养老金每月增加20元，最高不超过100元。", "role", ["increase", "increase"]),
    # 随着 opens no name
    ("关于2031年就业补贴的通知\n", "随着月最低工资标准由1950元提高到2080元，见习补贴提高到每月1664元。", "indicator",
     ["wage.minimum.monthly", "wage.minimum.monthly", "employment.subsidy.internship"]),
    # what reports tell in passing has its own programme
    (WAGE, "上年全市地区生产总值增长5.6%，居民消费价格上涨0.3%。", "indicator", ["macro.gdp_growth", "macro.cpi"]),
    # an insurance whose figure was told right before
    ("关于2031年职工基本医疗保险的通知\n", "原大额补助更名为职工大病保险，筹资标准为每人每年200元。起付标准为1.5万元。", "indicator",
     ["medical.funding.critical_illness", "medical.benefit.critical_illness_deductible"]),
    # what is given below the name of a gift is that gift; below what one pays it isn't
    ("关于2031年就业补贴的通知\n", "（一）一次性创业补贴。对首次创办企业的，给予5000元。", "indicator", ["employment.subsidy.startup"]),
    (HEAD, "（一）个人缴费标准。对低保对象，给予200元。", "indicator", [None]),
    # the nearest of what stands above decides
    ("关于2031年工伤保险待遇和费率的通知\n规范费率管理，现通知如下：\n", "关于伤残津贴。在上年标准基础上每月增加：一级156元；二级149元。", "indicator",
     ["injury.benefit.disability_allowance"] * 2),
    # what each got of what was paid out, also behind how many they were
    (UNEMPLOYED, "全市发放失业保险金3.94亿元，领金人员4.12万人，月人均1702元。", "indicator", [None, None, None]),
    # who asks bears it
    (LTC, "评定费未达到标准的，由申请人承担50%。", "indicator", [None]),
    # certificates below what their holders are given
    (UNEMPLOYED, "一、支持技能提升\n取得初级、中级、高级职业技能等级证书的，补贴标准分别为1000元、1500元、2000元。", "indicator",
     ["unemployment.stability.training_subsidy"] * 3),
    # tiers that only their number tells to be tiers
    (PENSION, "个人缴费设每人每年200元、500元和1000元共3个档次。", "indicator", ["pension.resident.contribution_tier"] * 3),
    # shares of a wage are none of it, said as a sum, raised, or of others
    (WAGE, "2023年月最低工资标准为2260元，缴费不足5年的按其78%计发，即每月1763元，比上年提高68元；满5年不足10年的每月1840元。", "indicator",
     ["wage.minimum.monthly", None, None, None, None, None, None, None]),
    (WAGE, "病假工资不得低于最低工资标准的80%，一类地区是1696元。", "indicator", [None, None]),
    # behind what one payer bears of a whole the next whole follows
    (LTC, "职工每人每年100元，个人缴费50元；居民由每人每年50元提高到60元。", "indicator", [None, "care.funding.individual", None, None]),
    # those whom another insurance insures
    (LTC, "1.筹资标准。居民参保人员每人每年50元，其中个人缴纳15元，居民医保统筹基金划转20元。", "indicator",
     ["care.funding.standard", "care.funding.individual", None]),
    # somebody of whom a story is told
    (LTC, "家住信州区的王奶奶今年86岁，每月护理费1800元，以前每月能报1050元。", "role", ["example"] * 3),
    ("关于2031年职工大病保险的通知\n", "大病保险筹资标准为每人每年72元，由用人单位承担48元、个人承担24元。", "indicator",
     ["medical.funding.critical_illness", None, None]),
    (HEAD, "低保对象按70%给予资助，即每人资助280元，个人实际缴纳120元。", "indicator",
     ["medical.funding.assistance_rate", "medical.funding.assistance_amount", "medical.funding.individual_contribution"]),
    # what a bracket says of its own holds for none behind it; a title in brackets is no part of who is meant
    (UNEMPLOYED, "企业裁员率不高于5.5%（30人以下的企业裁员率不高于20%），大型企业按失业保险费的30%返还。", "scope.condition", [None] * 4),
    (UNEMPLOYED, "【一次性扩岗补助】招用高校毕业生并缴纳社会保险费的，按每人1500元给予补助。", "scope.condition",
     ["招用高校毕业生并缴纳社会保险费的"]),
    # orphans by where they live
    ("关于2031年孤儿基本生活的通知\n", "孤儿养育标准，福利机构每人每月1760元，散居每人每月1340元。", "indicator",
     ["assistance.subsistence.orphan_institution", "assistance.subsistence.orphan_home"]),
    # a part of the rate before says nothing of what follows it
    ("关于2031年职工基本医疗保险有关政策的通知\n", "单位缴费比例合计7.5%，其中生育保险0.5%；职工个人缴费比例2%。灵活就业人员缴费比例为8.5%。", "indicator",
     ["medical.employee.unit_rate", "maternity.benefit.rate", "medical.employee.individual_rate", "medical.employee.flexible_rate"]),
    # what one pays oneself says who is given what
    (PENSION, "缴费200元的补贴30元，年缴费500元及以上的，补贴60元。", "indicator",
     [None, "pension.resident.government_subsidy", None, "pension.resident.government_subsidy"]),
    # whom a notice takes in
    (HEAD, "将在本市居住满1年的非户籍常住人口纳入保障范围，减免标准为每人1200元。", "scope.population", ["非户籍常住人口"] * 2),
    # the thing that something is given for is part of what names it
    (HEAD, "树葬、壁葬的奖补标准为每具2000元，加装电梯的补助标准为每台20万元。", "subject", ["树葬、壁葬的奖补标准", "加装电梯的补助标准"]),
    # what a rise is more than last year's is no rise of its own
    ("关于2031年调整退休人员基本养老金的通知\n1.定额调整。", "退休人员每人每月增加养老金21元，比上年多2元。", "indicator",
     ["pension.employee.adjustment_fixed", None]),
    # a date before a figure says nothing of what it is
    ("关于2031年企业职工基本养老保险的通知\n问：最低缴费年限提高了吗？\n", "答：2029年底前仍为15年。", "indicator", ["pension.employee.minimum_years"]),
    ("关于2031年生育保险待遇的通知\n", "居民参保人员住院分娩，顺产支付标准为2000元，剖宫产支付标准为3000元。", "indicator",
     ["medical.benefit.maternity_amount"] * 2),
    # kinds of a list have their figures in its order, or share one
    ("关于2031年职工医保待遇的通知\n", "高血压、糖尿病年度支付限额分别为3000元、3600元。", "scope.condition", ["职工医保，高血压", "职工医保，糖尿病"]),
    ("关于2031年职工医保待遇的通知\n", "高血压、糖尿病年度支付限额分别由3000元、3600元提高到3300元、3900元。", "scope.condition",
     ["职工医保，高血压", "职工医保，糖尿病"] * 2),
    ("关于2031年职工医保待遇的通知\n", "高血压、糖尿病年度支付限额均为3000元。", "scope.condition", ["职工医保，高血压、糖尿病"]),
    # what is above a band is paid by share; the name in a line above has its own figure there
    (CRITICAL, "起付线：1.2万元；分段比例：\n5万元（含）以下——60%\n5万元至10万元——70%\n封顶：40万元。", "indicator",
     ["medical.benefit.critical_illness_deductible", None, None, None, None, "medical.benefit.critical_illness_cap"]),
    # what is added up, and the sum
    ("关于2031年城乡居民医保的通知\n", "筹资标准=个人缴费400元+财政补助670元=1070元。", "indicator",
     ["medical.funding.individual_contribution", "medical.funding.fiscal_subsidy", None]),
    ("关于2031年失业保险的问答\n", "失业保险金每个月1890元，一共34020元。", "indicator", ["unemployment.benefit.amount", None]),
    # cities without 市, also those that are words
    ("广西壮族自治区关于调整最低工资标准的通知\n", "南宁每月1990元；北海、来宾每月1840元。", "scope.places", [("南宁",), ("北海", "来宾")]),
    # who is insured elsewhere says for whom it is
    (LTC, "一、筹资标准\n参加职工医保的，每人每年120元；参加居民医保的，每人每年40元。", "indicator", ["care.funding.standard"] * 2),
    # another insurance's part in a statement before says nothing of the next
    ("关于2031年职工医保政策的通知\n", "用人单位费率降至6%；生育保险费率0.5%不变；职工本人仍按2%缴。", "indicator",
     ["medical.employee.unit_rate", "maternity.benefit.rate", "medical.employee.individual_rate"]),
    # a base is no rate, nor is the bound that it may not be below
    ("关于2031年职工医保政策的通知\n", "灵活就业人员以月平均工资的60%为缴费基数，按8.5%的比例缴纳基本医疗保险费。", "indicator",
     [None, "medical.employee.flexible_rate"]),
    # pluses and arrows change; a plus behind a figure adds
    (PENSION, "基础养老金＋22元/月。", "role", ["increase"]),
    ("2031年政府工作报告\n", "地区生产总值↑5.5%，规上工业增加值：+4.7%。", "indicator", ["macro.gdp_growth", "macro.industry_growth"]),
    # what one payer puts up of a whole
    (LTC, "每人每年的筹资额由55元调整为65元，增加的10元中，财政多拿5元。", "indicator", ["care.funding.standard"] * 3 + [None]),
    # another thing that moves by its own share
    ("2031年生态环境保护规划\n", "氮氧化物排放总量减少10%，挥发性有机物减少9%。", "indicator", ["environment.nox_cut", None]),
    # an insurance that no indicator is of
    ("关于2031年公益性岗位的通知\n", "每月岗位补贴1000元，另买一份意外险，每人每年不超过100元。", "indicator", ["employment.subsidy.post", None]),
    # the next persons' time is their own
    ("关于2031年城乡居民医保参保的公告\n", "退役军人自退出现役之日起3个月内、新迁入人员6个月内参加居民医保的，可以参保。", "indicator",
     ["medical.enrollment.veteran_window", None]),
    # a child's age that an allowance ends at; other persons' ages are their own
    ("关于2031年育儿补贴的通知\n", "育儿补贴每孩每年3600元，发至3周岁，60周岁老人每月津贴50元。", "indicator",
     ["childcare.subsidy.amount", "childcare.subsidy.age_limit", None, None]),
    # ── what published notices showed, in our words
    # a statement goes on of the places that open it, up to others; shares of reports don't
    (WAGE, "崇川区月最低工资标准为2260元，小时最低工资标准为22元；海安市月最低工资标准为2010元，小时最低工资标准为20元。", "scope.places",
     [("崇川区",)] * 2 + [("海安市",)] * 2),
    (WAGE, "市区月最低工资标准为2260元，小时最低工资标准为22元；各县月最低工资标准为2010元，小时最低工资标准为20元。", "scope.places",
     [("市区",)] * 2 + [("各县",)] * 2),
    (WAGE, "三类地区月最低工资标准为1800元，小时最低工资标准为18元。", "scope.places", [("三类地区",)] * 2),
    (WAGE, "一类地区为2260元，二类地区为2010元，平均每月提高80元。", "scope.places", [("一类地区",), ("二类地区",), ()]),
    ("2031年生态环境工作要点\n", "市区优良天数比例达到98%，森林覆盖率达到58.6%。", "scope.places", [("市区",), ()]),
    ("关于2031年学生资助的通知\n", "市财政承担60%，章贡区承担40%，每人每年补助300元。", "scope.places", [(), (), ()]),
    # the region that a notice is of is no part of it; a part with its sign, a list over a comma, a county of two signs are places
    ("安庆市关于调整最低工资标准的通知\n", "安庆市月最低工资标准为1500元。", "scope.places", [()]),
    ("吉林省关于提高失业保险金标准的通知\n", "长春市区失业保险金标准调整为每月1692元；吉林、松原市区，延吉市、珲春市失业保险金标准调整为每月1584元。",
     "scope.places", [("长春市区",), ("吉林", "松原市区", "延吉市", "珲春市")]),
    ("关于2031年最低生活保障标准的通知\n", "黑山县、义县城市低保月标准为485元。", "scope.places", [("黑山县", "义县")]),
    ("宜昌市关于2031年基础养老金的通知\n", "宜昌城区城乡居民基本养老保险基础养老金标准为每人每月135元。", "scope.places", [("宜昌城区",)]),
    ("关于2031年基础养老金的通知\n", "全省各市、县、区城乡居民基本养老保险基础养老金每人每月提高10元。", "scope.places", [()]),
    # how many classes there are is none of them
    (WAGE, "全省三类地区月最低工资标准分别调整为2200元、2000元、1800元。", "scope.places", [()] * 3),
    (WAGE, "月最低工资标准四档分别为1900元、1790元、1680元、1580元。", "scope.condition", [None] * 4),
    # persons with all that says who they are
    ("关于2031年残疾人两项补贴的通知\n", "困难残疾人生活补贴：本市重残无业人员、低保家庭中的残疾人每人每月410元；本市低收入家庭中的残疾人每人每月290元。",
     "scope.population", ["重残无业人员、低保家庭中的残疾人", "低收入家庭中的残疾人"]),
    ("关于2031年残疾人两项补贴的通知\n", "重度残疾人护理补贴：二级残疾人及三级智力、三级精神残疾人每人每月150元。", "scope.population",
     ["二级残疾人及三级智力、三级精神残疾人"]),
    ("关于2031年调整退休人员基本养老金的通知\n", "退休、退职或领取定期生活费人员每人每月增加26元。", "scope.population", ["退休、退职或领取定期生活费人员"]),
    ("关于2031年居民医保的通知\n", "3-4级残疾人员资助标准为每人每年100元，个人缴纳280元。", "scope.population", ["3-4级残疾人员"] * 2),
    ("关于2031年居民医保的通知\n", "特困供养人员、孤儿、1-2级重度残疾人员全额资助。", "scope.population", ["特困供养人员、孤儿、1-2级重度残疾人员"]),
    ("关于2031年基础养老金的通知\n", "符合条件者基础养老金每人每月增加18元。", "scope.population", [None]),
    ("关于2031年医疗救助的通知\n", "脱贫不稳定人口（起付线5000元）、低保边缘家庭成员（起付线7000元）的救助比例为70%。", "scope.population",
     ["脱贫不稳定人口", "低保边缘家庭成员", "脱贫不稳定人口、低保边缘家庭成员"]),
    ("关于2031年医疗救助的通知\n", "二类救助对象中的低保对象不设起付标准，年度救助限额从3万元提高到7万元。", "scope.population",
     ["二类救助对象中的低保对象"] * 3),
    ("关于2031年就业补贴的通知\n", "签订劳动合同的，分别给予企业和个人1000元的一次性就业补贴。", "scope.payer", [None]),
    # who the words before a list are of, and where they are treated
    ("关于2031年居民医保的通知\n", "低保对象在二级医院住院的，按以下标准支付：①3万元以下的部分支付70%；②3万元以上的部分支付80%。", "scope.population",
     ["低保对象"] * 4),
    ("关于2031年居民医保的通知\n\n现通知如下：\n\n一、住院\n\n", "低保对象在二级医院住院的，按以下标准支付：\n（1）3万元以下的部分支付70%；\n（2）3万元以上的部分支付80%。", "scope.provider",
     ["二级医院"] * 4),
    # what is paid at most in a year is wherever one is treated; what happens so many times a year is not paid by the year
    ("关于2031年居民医保的通知\n", "三级医疗机构起付标准为800元，支付比例为60%，统筹基金年度最高支付限额为28万元。", "scope.provider",
     ["三级医疗机构", "三级医疗机构", None]),
    ("关于2031年居民医保的通知\n", "年度内首次住院起付标准为400元。", "per", [()]),
    # a rise on top of another; a wage that others are reckoned by; what is as high as another amount
    ("关于2031年调整退休人员基本养老金的通知\n", "年满70周岁的退休人员，在参加普调基础上，每人每月增发19元。", "indicator",
     [None, "pension.employee.adjustment_age"]),
    ("关于2031年特困人员救助供养标准的通知\n照料护理标准。", "按照上年度最低工资标准为22920元计算，自理人员每人每年2292元。", "indicator",
     [None, "assistance.subsistence.destitute_care"]),
    ("关于2031年住房公积金缴存基数的通知\n", "住房公积金缴存基数下限为市区现行月最低工资标准，即1930元。", "indicator", ["housing.fund.base_lower"]),
    # what another statement or a bracket says decides nothing
    ("关于2031年住房公积金的通知\n", "月缴存基数上限为20703元，下限为1670元；月缴存额上限为4968元（单位和职工各2484元），下限为167元（单位和职工各83.5元）。",
     "indicator", ["housing.fund.base_upper", "housing.fund.base_lower", "housing.fund.payment_upper", None, "housing.fund.payment_lower", None]),
    ("关于2031年住房公积金的通知\n", "补充住房公积金所对应的月缴存额上限为3418元。", "indicator", [None]),
    ("关于2031年失业保险的通知\n", "领取失业保险金的期限按缴费时间每满1年领取2个月核定，最长不超过24个月。", "indicator",
     [None, "unemployment.benefit.duration"]),
    ("关于2031年最低生活保障标准的通知\n", "城乡居民最低生活保障标准提高50元，即城市居民最低生活保障标准由370元调整为420元。", "scope.population",
     ["城乡居民", None, None]),
    # 不超 is no 超; what is up to an amount and borne is a condition
    ("关于2031年就业补贴的通知\n", "给予总额最高不超3万元的创业带动就业补贴。", "operator", ["le"]),
    ("关于2031年居民医保的通知\n", "起付线200元（含200元）以下由个人自负。", "role", ["condition"]),
    ("关于2031年调整退休人员基本养老金的通知\n", "2030年12月31日前年满70周岁的退休人员，每人每月增发19元。", "due", [None, None, None]),
    # whatever verb leads from the current figure to the new one
    ("关于2031年居民医保的通知\n", "人均财政补助标准由现行每人每年640元提升至670元，个人缴费标准由现行每人每年380元增至400元。", "role",
     ["previous", "level"] * 2),
    ("关于2031年供水价格的通知\n", "特种用水由现行4元/m³提至5.53元/m³。", "role", ["previous", "level"]),
    # who was hurt how badly, and who can't look after themselves how far
    ("关于2031年工伤保险待遇的通知\n", "伤残津贴标准调整：致残一级增加452元/月，致残四级增加362元/月。", "scope.population", ["致残一级", "致残四级"]),
    ("关于2031年工伤保险待遇的通知\n", "生活部分不能自理护理费为每人每月840元。", "scope.population", ["生活部分不能自理"]),
    ("关于2031年工伤保险待遇的通知\n", "伤残津贴从一级伤残到六级伤残，每人每月增加150元。", "scope.population", ["一级伤残到六级伤残"]),
    ("关于2031年工伤保险待遇的通知\n", "调整一至四级工伤人员伤残津贴。根据伤残等级每人每月分别增加：一级伤残360元，二级伤残325元。", "indicator",
     ["injury.benefit.disability_allowance"] * 2),
    # kinds in a bracket are those of the name before it
    ("关于2031年生育保险待遇的通知\n", "难产（胎头吸引、产钳助产）2500元，剖宫产3500元。", "scope.condition", ["难产", "剖宫产"]),
    # who takes it out of a wage doesn't pay it; how often it is paid is no per of a rate
    ("关于2031年职工基本医疗保险的通知\n", "在职职工个人缴费比例为2%，由用人单位从工资中代扣代缴。", "scope.payer", ["职工个人"]),
    ("关于2031年职工基本医疗保险的通知\n", "职工按本人月平均工资的2%按月缴纳基本医疗保险费。", "per", [()]),
    # an amount that shares are taken of is no cap
    ("关于2031年长期护理保险的通知\n", "每月最高限额暂按基数5960元的50%计算。", "indicator", [None, None]),
    # a share that goes on from a figure is of that figure, a change without a name of the amount before it
    (REPORT, "常住人口城镇化率61%；地区生产总值1.8万亿元，占全国的比重为1.4%。", "indicator", ["macro.urbanisation_rate", None, None]),
    ("2031年统计公报\n一、城乡居民收入\n", "居民人均消费支出26400元，增长4.8%。", "indicator", [None, None]),
    ("2031年统计公报\n一、城乡居民收入\n", "居民人均可支配收入39800元，增长5.1%。", "indicator", [None, "macro.income_growth"]),
    # one word for two, parted or not
    (REPORT, "城乡居民收入分别增长4.6%、6.3%。", "indicator", ["macro.income_growth_urban", "macro.income_growth_rural"]),
    (REPORT, "城、乡居民人均可支配收入分别为41200元、19800元，增长4.6%、6.3%。", "indicator",
     [None, None, "macro.income_growth_urban", "macro.income_growth_rural"]),
    (REPORT, "城乡居民收入增长6.3%。", "indicator", ["macro.income_growth"]),
    (REPORT, "国家基础养老金每月至少增加2元。", "role", ["increase"]),
    # a bracket parts no old value from its move, an amount that is more than where it came from is what it became
    (WAGE, "最低工资由每小时31元（税前，下同）调升至32元，加幅为1元。", "role", ["previous", "level", "increase"]),
    (WAGE, "月最低工资标准由2100元调涨2280元。", "role", ["previous", "level"]),
    (WAGE, "月最低工资标准由2100元上调180元。", "role", ["previous", "increase"]),
    # per week, by a law, in an example reckoned from days: none of the minimum wage
    (WAGE, "最低工资每周由960元调升至1000元，每小时为24元。", "indicator", [None, None, "wage.minimum.hourly"]),
    (WAGE, "违反最低工资法的，可处2万元以上30万元以下罚款。", "indicator", [None]),
    (WAGE, "以每月工作26天、每天8小时计算，领取最低工资的雇员月薪由约4700元增至约4900元。", "role", ["level"] * 2 + ["example"] * 2),
    ("香港特别行政区政府公布法定最低工资\n", "法定最低工资由每小时$42.1调升至$43.1，约US$5.5。", "unit", ["HKD", "HKD", "USD"]),
    # how units are written in print
    (REPORT, "PM2.5年均浓度为31μg/m3，比上年的33ug/m3下降2μg/m³。", "unit", ["{微克/立方米}"] * 3),
    (PLAIN, "居民用气价格为3.1元/m3，非居民用气为3.6元/m³。", "per", [("cubic_metre",)] * 2),
    # the median's growth, the real one beside the nominal, and a growth of growth are another's; so is a part of a year
    (REPORT, "居民人均可支配收入中位数33800元，增长4.9%。", "indicator", [None, None]),
    (REPORT, "居民人均可支配收入39800元，增长5.1%，扣除价格因素，实际增长4.7%。", "indicator", [None, "macro.income_growth", None]),
    (REPORT, "居民人均可支配收入名义增长5.1%，实际增长4.7%；固定资产投资增长3%。", "indicator",
     ["macro.income_growth", None, "macro.fixed_investment_growth"]),
    (REPORT, "居民人均可支配收入实际增长4.7%。", "indicator", ["macro.income_growth"]),
    (REPORT, "城镇新增就业12万人，比上年多增0.8万人。", "indicator", ["employment.target.new_jobs", None]),
    (REPORT, "1—10月，全市PM2.5平均浓度为33微克/立方米，空气质量优良天数比率为86%。", "indicator", [None] * 3),
    (REPORT, "前三季度，空气质量优良天数比率为86%。PM2.5平均浓度为33微克/立方米。", "indicator", [None] * 2),
    (REPORT, "前三季度，空气质量优良天数比率为86%。全年PM2.5平均浓度为33微克/立方米。", "indicator", [None, "environment.pm25"]),
    (REPORT, "城镇新增就业12万人，同比增加0.8万人。", "indicator", ["employment.target.new_jobs", None]),
    (REPORT, "城镇新增就业12万人，比上年增长8%。", "role", ["increase", "increase"]),
    (REPORT, "全年PM2.5平均浓度为33微克/立方米，二氧化氮浓度为21微克/立方米。", "indicator", ["environment.pm25", None]),
    # what a harvest yields more is a change; what could be harvested is no output
    (REPORT, "粮食产量38万吨，比上年增产1.2万吨。", "role", ["level", "increase"]),
    (REPORT, "粮食产量38万吨，减产0.6%。", "role", ["level", "decrease"]),
    (REPORT, "粮食综合生产能力达到40万吨，粮食产量38万吨。", "indicator", [None, "macro.grain_output"]),
    # persons who open a heading without a programme of their own are whose the benefits below it are; not of what is cited there
    ("关于2031年医保待遇的通知\n一、职工住院报销政策\n", "一级医院起付标准300元，报销比例90%。", "scope.population", ["职工"] * 2),
    ("关于2031年社会救助标准的通知\n一、特困人员救助供养标准\n", "照料护理标准按月最低工资标准1820元的一定比例确定。", "scope.population", [None]),
    # a sentence that goes on with the one before is of its persons
    ("关于2031年居民医保筹资的通知\n", "少年儿童按照每人每年100元的标准筹集。其中，个人缴纳40元，财政补助60元。", "scope.population", ["少年儿童"] * 3),
    # a clause with persons in its own name isn't of those before it, nor are those of one word the others of its opposite
    ("关于2031年孤儿基本生活养育标准的通知\n", "散居孤儿养育标准提高至每人每月1820元，集中供养孤儿养育标准提高至每人每月2912元。", "scope.population",
     ["散居孤儿", "集中供养孤儿"]),
    ("关于2031年残疾人两项补贴的通知\n", "重度残疾人生活补贴每人每月256元，非重度残疾人生活补贴每人每月183元。", "scope.population", ["重度残疾人", "非重度残疾人"]),
    ("关于2031年居民医保的通知\n", "未成年居民年度最高支付限额为20万元。", "scope.population", ["未成年居民"]),
    ("关于2031年最低生活保障标准的通知\n", "晚报记者从市民政局了解到，城市低保标准由每人每月870元提高至910元。", "scope.population", [None] * 2),
    # couples and those of whom one pays, whose case is the one that opens the statement
    ("关于2031年住房公积金贷款的通知\n", "购买新建住房的，单方缴存住房公积金最高贷款额度调整至80万元，夫妻双方缴存住房公积金最高贷款额度调整至110万元。", "scope.population",
     ["单方缴存住房公积金", "夫妻双方缴存住房公积金"]),
    ("关于2031年住房公积金贷款的通知\n", "购买新建住房的，单方缴存住房公积金最高贷款额度调整至80万元，夫妻双方缴存住房公积金最高贷款额度调整至110万元。", "scope.condition",
     ["购买新建住房的"] * 2),
    # places that are of a class, for all figures of the statement; a province beside its city; its tier pays nothing
    (WAGE, "商丘市区和永城市为二类行政区域，月最低工资标准为1800元，小时最低工资标准为17.6元。", "scope.places", [("商丘市区", "永城市")] * 2),
    ("关于2031年社会保险缴费基数的通知\n", "深圳市最低缴费基数为4492元，浙江省最低缴费基数为4812元。", "scope.places", [("深圳市",), ("浙江省",)]),
    ("关于2031年社会保险缴费基数的通知\n", "浙江省职工医保的最低缴费基数为4812元。", "scope.payer", [None]),
    ("关于2031年居民医保的通知\n", "统筹基金年度个人最高支付限额为400元。", "scope.payer", ["统筹基金"]),
    # which stay of a year, beside whose insurance it is
    ("关于2031年职工医保的通知\n", "第二次住院起付标准为500元，第三次住院不再设起付标准。", "scope.condition", ["职工医保，第二次住院", "职工医保，第三次住院"]),
    ("关于2031年居民医保的通知\n", "在一级医院首次住院的起付线降至200元。", "scope.provider", ["一级医院"]),
    # a name that ends a band, that another amount is set after, or that is one of several things asked of persons
    ("关于2031年居民医保的通知\n", "10万元以上至年度支付限额部分，支付92%。", "role", ["condition", "level"]),
    ("关于2031年居民医保的通知\n", "10万元以上至年度支付限额部分，住院支付比例为92%。", "indicator", [None, RATES[0]]),
    ("关于2031年公益性岗位补贴的通知\n", "参照当地最低工资标准，市区为每月1620元。", "indicator", ["employment.subsidy.post"]),
    ("关于2031年就业补贴的通知\n求职补贴。", "对正在享受国家助学贷款以及本人残疾的高校毕业生，补贴标准为一次性每人2000元。", "indicator",
     ["employment.subsidy.job_seeking"]),
    # a rate of rates is neither; a cap of the fund for large amounts is no assistance
    ("关于2031年工伤保险费率的通知\n", "一类、二类行业按照基准费率0.2%、0.4%的80%执行，即分别执行0.16%、0.32%。", "indicator",
     [None] * 3 + ["injury.benefit.rate"] * 2),
    ("关于2031年职工医保的通知\n", "大额医疗救助金最高支付限额提高至50万元。", "indicator", ["medical.benefit.critical_illness_cap"]),
    # signs of bounds and changes
    ("关于2031年居民医保的通知\n", "政府补助标准按提标30元即每人每年700元测算。", "role", ["increase", "level"]),
    ("关于2031年最低生活保障标准的通知\n", "城市居民最低生活保障标准低限为370元/月。", "operator", ["ge"]),
    ("关于2031年调整退休人员基本养老金的通知\n", "年满70周岁、未年满80周岁的退休人员，每月增加42.5元。", "operator", ["ge", "lt", "eq"]),
    # a comma of a bracket parts no clause; what a bracket says again in money; the title of another document is no place
    ("关于2031年国家助学贷款的通知\n", "全日制本专科学生（含高职学生、预科生，下同）每人每年申请贷款额度不超过20000元。", "scope.population", ["全日制本专科学生"]),
    ("关于2031年居民养老保险的通知\n", "基础养老金增加15%（每人20元/月），即从130元/月调整为150元/月。", "indicator",
     [None, "pension.resident.basic_increase"] + ["pension.resident.basic_amount"] * 2),
    ("关于2031年育儿补贴的通知\n", "补贴对象为符合《黑龙江省人口与计划生育条例》规定生育的3周岁以下婴幼儿。", "scope.places", [()]),
    # budgets of several tiers before one noun; a day that only tells what a share is taken of is no deadline
    ("关于2031年居民医保的通知\n", "中央、省、市、县财政分别补助348元、116元、58元、58元。", "scope.payer", ["中央财政", "省财政", "市财政", "县财政"]),
    ("关于2031年调整退休人员基本养老金的通知\n", "每人每月增加额为2030年底本人月基本养老金数额的1%。", "due", [None]),
    # who gives to some by 由 gives to those of the next clause; parts of a province open a name
    (PLAIN, "所需资金由中央财政对西部地区给予全额补助，对东部地区补助50%。", "scope.payer", ["中央财政", "中央财政"]),
    (PLAIN, "所需资金由省财政对苏北地区补助70%，对苏中地区补助50%。", "scope.places", [("苏北地区",), ("苏中地区",)]),
    (PLAIN, "所需资金由中央财政承担，对东部地区补助50%。", "scope.payer", [None]),
    (PLAIN, "住院费用由统筹基金支付70%，对困难人员救助60%。", "scope.payer", ["统筹基金", None]),
    (PLAIN, "陕南地区最低工资标准每月1950元。", "indicator", ["wage.minimum.monthly"]),
    # each of them is given something, and what it is per is no part of the name
    (PLAIN, "每家企业补助1万元，每家企业缴纳2万元。", "scope.payer", [None, "企业"]),
    (PLAIN, "每个村补助5万元，每个乡镇补助10万元。", "per", [("village",), ("township",)]),
    (PLAIN, "每个村补助5万元，每个乡镇补助10万元。", "subject", ["补助", "补助"]),
    (PLAIN, "每户每个采暖季补贴上限1200元。", "per", [("household", "season")]),
    # grades of the persons themselves are no case of theirs; those that stand together are one
    (PLAIN, "一级至四级工伤职工伤残津贴人均每月增加158元。", "scope.condition", [None]),
    (PLAIN, "五级至六级伤残职工每月增加120元。", "scope.condition", [None]),
    (PLAIN, "困难残疾人生活补贴一级、二级每人每月130元，三级、四级每人每月100元。", "scope.condition", ["一级、二级", None]),
    # who pays a rate together, and what nobody of them pays alone
    (PLAIN, "用人单位和职工失业保险费率分别为0.5%和0.5%，总费率1%。", "scope.payer", ["用人单位", "职工", None]),
    (PLAIN, "单位和职工缴存比例不得低于5%。", "scope.payer", ["单位和职工"]),
    (PLAIN, "单位和职工缴存比例不得低于5%。", "scope.population", [None]),
    (PLAIN, "单位和个人缴存比例均不低于5%。", "scope.payer", ["单位和个人"]),
    (PLAIN, "企业和职工参保率达到95%。", "scope.payer", [None]),
    # a name said of one class or of residents is not another's
    (PLAIN, "居民生活用水第一阶梯水价3.2元/立方米，第二阶梯4.8元/立方米。", "subject", ["居民生活用水第一阶梯水价", "水价"]),
    (PLAIN, "居民生活用水第一阶梯年用水量180立方米以下，水价3.2元/立方米。", "scope.condition", [None, "第一阶梯"]),
    (PLAIN, "居民供热价格每平方米23元；非居民33元。", "subject", ["居民供热价格", "供热价格"]),
    (PLAIN, "失能Ⅲ级人员每月服务不超过31小时，同一护理员单日服务不超过8小时。", "scope.population", ["失能Ⅲ级人员", None]),
    # what is new is what an amount is given for; an age is added to nothing
    (PLAIN, "新增普惠托位每个补助1万元。", "role", ["level"]),
    (PLAIN, "新增补助每人30元。", "role", ["increase"]),
    (PLAIN, "75周岁至79周岁增加40元，80周岁及以上增加60元。", "scope.condition", [None, "75周岁至79周岁", None, "80周岁及以上"]),
    # who bears a share of a rate that is named before them all
    (PLAIN, "公益林保费补贴中央50%、省级25%、农户25%。", "scope.payer", ["中央", "省级", "农户"]),
    (PLAIN, "公益林保费补贴中央50%、省级25%、农户25%。", "subject", ["公益林保费补贴"] * 3),
    (PLAIN, "失业保险单位0.5%、个人0.5%。", "subject", [None, None]),
    (PLAIN, "中央财政补助384元，省级154元，市县102元。", "subject", ["中央财政补助", "补助", "补助"]),
    (PLAIN, "财政补助640元，其中中央财政补助384元，省级154元。", "subject", ["财政补助", "中央财政补助", "补助"]),
    # by what an amount is reckoned is not what it is
    (PLAIN, "补贴标准按城市低保标准与CPI涨幅的乘积计算，每人每月不低于20元。", "indicator", [None]),
    (PLAIN, "失业保险金标准按照最低工资标准和缴费年限确定，每人每月1800元。", "indicator", ["unemployment.benefit.amount"]),
    (PLAIN, "非寄宿生按寄宿生标准的50%执行。", "subject", [None]),
    # classes of areas and of the injured: all of them, and not another's
    (PLAIN, "艰苦边远地区一类区、二类区每人每月增发10元，三类区15元，四类区及以上20元。", "scope.places",
     [("艰苦边远地区",), ("三类区",), ("四类区及以上",)]),
    (PLAIN, "艰苦边远地区一类区、二类区每人每月增发10元，三类区15元。", "scope.condition", ["一类区、二类区", None]),
    (PLAIN, "一级伤残每月增加420元，二级400元，三级380元。", "scope.population", ["一级伤残", "二级", "三级"]),
    (PLAIN, "一级伤残每月增加420元，二级400元，三级380元。", "scope.condition", [None, None, None]),
    (PLAIN, "调整后伤残津贴一级不低于4500元，二级不低于4200元。", "scope.population", ["一级", "二级"]),
    (PLAIN, "家庭经济困难寄宿生生活补助小学每生每年1250元，初中每生每年1500元。", "scope.population", ["家庭经济困难寄宿生"] * 2),
    (PLAIN, "因工死亡职工供养亲属每月增加100元。", "scope.population", ["因工死亡职工供养亲属"]),
    # what a period is said to be; parts that tiers bear; who is kept where, and in which area
    ("关于2031年居民医保参保缴费的通知\n", "集中缴费期为2030年9月1日至12月31日，2031年1月1日至6月30日为补缴期。", "indicator",
     ["medical.enrollment.collection_period", None]),
    ("关于2031年居民医保参保缴费的通知\n", "2030年9月1日至12月31日为集中缴费期。", "indicator", ["medical.enrollment.collection_period"]),
    (PLAIN, "基础养老金由每人每月163元提高到183元，其中中央143元、省级30元、市县10元。", "scope.payer",
     [None, None, "中央", "省级", "市县"]),
    (PLAIN, "在职职工支付比例80%、退休人员85%，高血压年度限额4000元。", "scope.population", ["在职职工", "退休人员", None]),
    (PLAIN, "低保对象、特困人员救助比例70%，年度限额5万元。", "scope.population", ["低保对象、特困人员"] * 2),
    (PLAIN, "基本生活费分散供养城市每人每月1196元、农村936元，集中供养每人每月1300元。", "scope.places", [(), (), ()]),
    (PLAIN, "基本生活费分散供养城市每人每月1196元、农村936元，集中供养每人每月1300元。", "scope.population",
     ["分散供养", "分散供养", "集中供养"]),
    (PLAIN, "护理补贴分别按最低工资标准的1/3、1/6、1/10发放。", "unit", ["1/3", "1/6", "1/10"]),
    # an item's own class, provider or taker is not that of the item before
    (PLAIN, "污水处理费居民每立方米0.95元、非居民1.4元、特种行业2元。", "scope.population", ["居民", "非居民", None]),
    (PLAIN, "成年居民一档每年100元、二档每年200元。", "scope.population", ["成年居民", "成年居民"]),
    (PLAIN, "困难残疾人一级每月130元、二级每月100元。", "scope.condition", ["一级", "二级"]),
    (PLAIN, "居家护理每日40元、社区护理每日50元、机构护理每日60元。", "scope.provider", ["居家护理", "社区护理", "机构护理"]),
    (PLAIN, "女职工产假98天，难产增加15天，男方护理假15天。", "scope.population", ["女职工", "女职工", None]),
    (PLAIN, "生活垃圾处理费城区居民每户每月8元。", "subject", ["生活垃圾处理费"]),
    # a level of government right before a figure of treatment is a hospital's, and one that pays is none
    (PLAIN, "住院起付线县级500元、市级1000元、省级2000元。", "scope.provider", ["县级", "市级", "省级"]),
    (PLAIN, "住院报销比例乡级90%、县级85%、市级70%。", "scope.provider", ["乡级", "县级", "市级"]),
    (PLAIN, "住院报销比例乡级90%、县级85%、市级70%。", "subject", ["住院报销比例"] * 3),
    (PLAIN, "住院医疗费用市级医院报销70%，省级报销60%。", "scope.provider", ["市级医院", None]),
    (PLAIN, "住院补助资金省级承担60%、市级承担20%、县级承担20%。", "scope.provider", [None] * 3),
    (PLAIN, "对示范社奖励国家级10万元、省级5万元。", "scope.provider", [None, None]),
    # what is told of the needy goes on; changes are dealt out to the parts of a whole; bands are nobody's
    ("关于2031年大病保险的通知\n", "对困难群众，起付标准降低50%，支付比例提高5个百分点，取消封顶线。", "scope.population", ["困难群众"] * 3),
    ("关于2031年大病保险的通知\n", "大病保险继续向困难群众倾斜，起付标准降低50%，支付比例提高5个百分点。", "scope.population", ["困难群众"] * 2),
    ("关于2031年居民医保的通知\n", "筹资标准1100元，其中财政补助700元，个人缴费400元，较上年分别增加30元、20元。", "subject",
     ["筹资标准", "财政补助", "个人缴费", "财政补助", "个人缴费"]),
    ("关于2031年大病保险的通知\n", "特困人员、低保对象起付标准为7500元，各段支付比例分别为65%、70%。", "scope.population",
     ["特困人员、低保对象"] * 3),
    ("关于2031年大病保险的通知\n", "0至5万元、5万元以上部分，各段报销比例分别为60%、70%。", "scope.condition", [None, None, "0至5万元", "5万元以上"]),
    # who pays a part of what is raised of all; who pays by the name of another item doesn't
    ("关于2031年居民医保的通知\n", "筹资总额1070元，其中个人400元，财政670元。", "scope.payer", [None, "个人", "财政"]),
    ("关于2031年居民医保的通知\n", "筹资总额1070元，其中个人400元，财政670元。", "indicator", ["medical.funding.total", None, None]),
    ("关于2031年居民医保的通知\n", "财政补助、个人缴费标准分别由670元、380元提高到700元、400元。", "scope.payer", ["财政", "个人"] * 2),
    # another group's values have the names of those before, or of a list before a colon
    ("关于2031年最低工资的通知\n", "一类区月最低工资标准2350元、小时最低工资标准23元；二类区2150元、21元；三类区1950元、19元。", "indicator",
     ["wage.minimum.monthly", "wage.minimum.hourly"] * 3),
    ("关于2031年最低工资的通知\n", "一类区月最低工资标准2350元、小时最低工资标准23元；二类区2150元、21元；三类区1950元、19元。", "scope.places",
     [("一类区",)] * 2 + [("二类区",)] * 2 + [("三类区",)] * 2),
    ("关于2031年最低工资的通知\n", "月最低工资标准、小时最低工资标准：一类区2350元、23元；二类区2150元、21元。", "subject",
     ["月最低工资标准", "小时最低工资标准"] * 2),
    ("关于2031年居民医保的通知\n", "一档个人缴费400元、财政补助700元；二档600元、700元。", "scope.condition", ["一档", "一档", "二档", "二档"]),
    ("关于2031年居民医保的通知\n", "一档个人缴费400元、财政补助700元；二档600元、700元。", "subject", ["个人缴费", "财政补助"] * 2),
    ("关于2031年低保标准的通知\n", "章贡区城市、农村低保标准分别为1000元、800元；兴国县分别为900元、700元。", "scope.places",
     [("章贡区",)] * 2 + [("兴国县",)] * 2),
    # who bears a part pays no cap behind it
    (PLAIN, "大额补助每人每年120元，其中单位80元、个人40元，年度最高支付限额50万元。", "scope.payer", [None, "单位", "个人", None]),
    # shares of one and one; who pays is not who paid before somebody else did
    (PLAIN, "所需资金由市、区财政按1:1分担。", "value", ["50", "50"]),
    (PLAIN, "单位和职工按1:1分担，退休人员个人每月缴纳10元，居民每人每年30元。", "scope.payer", ["单位", "职工", "个人", None]),
    # a list of persons goes on over a comma; a bracket parts a level from its noun; a count begins anew below persons
    ("关于2031年医疗救助的通知\n", "低保对象、精减退职职工，以及市总工会核定的特困职工，救助比例为80%。", "scope.population", ["低保对象、精减退职职工，以及市总工会核定的特困职工"]),
    ("关于2031年职工医保门诊统筹的通知\n", "一级及以下（含精神病、传染病专科）医疗机构起付标准下调至200元。", "scope.provider", ["一级及以下医疗机构"]),
    ("关于2031年医保待遇的通知\n", "1、报销比例为80%。\n2、起付标准为300元。\n城乡居民参保人员\n1、起付标准由400元调整为700元。", "scope.population",
     [None] * 2 + ["城乡居民参保人员"] * 2),
    # what each pays of an amount is not the amount; who bears a part of what all pay; the tier that one chose
    ("关于2031年住房公积金缴存基数的通知\n一、缴存基数、月缴存额上下限\n", "月缴存额上限为8060元，即单位、个人各不高于4030元。", "indicator", ["housing.fund.payment_upper", None]),
    ("关于2031年住房公积金的通知\n", "最高月缴存限额为6362元。", "indicator", ["housing.fund.payment_upper"]),
    ("关于2031年住房公积金的通知\n", "住房公积金单位和个人月缴存额上限为4792元。", "scope.population", [None]),
    ("关于2031年城乡居民基本养老保险的通知\n", "缴费补贴由省级财政承担20元，其余部分由县承担。", "indicator", [None]),
    ("关于2031年城乡居民基本养老保险的通知\n", "参保人员选择200元（缴费困难群体100元）缴费档次政府补贴30元。", "role", ["condition", "level", "level"]),
    ("关于2031年长期护理保险的通知\n", "待遇标准为：中度失能二级288元/月/人，重度失能三级1437元/月/人。", "scope.provider", [None, None]),
    ("关于2031年社会保险缴费基数的通知\n", "月缴费基数上限为21793元、下限为4359元。", "per", [("month",)] * 2),
    # who pays the rest pays it for the same persons; a name of which its own clause tells something is none of the list behind it
    ("关于2031年居民医保的通知\n", "农村易返贫人口（包含脱贫不稳定人口）政府资助175元/人，个人缴费180元。", "scope.population", ["农村易返贫人口"] * 2),
    ("关于2031年居民医保的通知\n", "70周岁以上的老年人个人缴纳120元，其余440元由政府补助。", "scope.population", ["老年人"] * 3),
    ("关于2031年居民医保的通知\n", "个人缴费增幅适当降低，财政补助和个人缴费标准分别较上年增加30元和20元，每人每年分别不低于670元和400元。", "indicator",
     ["medical.funding.fiscal_subsidy", "medical.funding.individual_contribution"] * 2),
    ("关于2031年生育保险待遇的通知\n", "平产、剖宫产的定额标准分别统一为4500元、7200元。", "scope.condition", ["平产", "剖宫产"]),
    # the tier that opens a statement is the case of all its figures, not where one is treated
    ("关于2031年居民医保的通知\n", "按照一档标准缴费的，住院支付比例为70%，年度最高支付限额为10万元。", "scope.condition", ["按照一档标准缴费的"] * 2),
    ("关于2031年居民医保的通知\n", "在三级医院住院的，起付标准为800元，年度最高支付限额为20万元。", "scope.condition", ["在三级医院住院的", None]),
    # what the insured and the budget pay together is neither's; orphans are no destitute persons
    ("关于2031年居民医保的通知\n", "未成年人，缴费标准为每人每年70元，其中个人缴纳40元，政府补助30元。", "indicator",
     [None, "medical.funding.individual_contribution", "medical.funding.fiscal_subsidy"]),
    ("关于2031年社会救助标准的通知\n", "特困人员基本生活标准为每人每月1001元；机构养育孤儿（含事实无人抚养儿童）基本生活标准为每人每月1851元。", "indicator",
     ["assistance.subsistence.destitute_basic", None]),
    ("关于2031年职工医保的通知\n", "灵活就业人员缴费比例为9%，大病统筹0.8%。", "indicator", ["medical.employee.flexible_rate", None]),
    ("关于2031年职工医保的通知\n", "门（急）诊起付标准为900元。", "indicator", ["medical.employee.outpatient_deductible"]),
    # a bracket right behind a figure says whose it is, and nothing of the next one
    ("关于2031年特困人员救助供养标准的通知\n", "护理补贴标准为每人每月310元（全护理）、210元（半护理）、60元（全自理）。", "scope.population",
     ["全护理", "半护理", "全自理"]),
    ("关于2031年居民医保的通知\n", "起付标准为200元（一级、二级医院）、900元（三级医院）。", "scope.provider", ["一级、二级医院", "三级医院"]),
    (WAGE, "最低工资标准调整为2010元（一类地区）、1850元（二类地区）。", "scope.places", [("一类地区",), ("二类地区",)]),
    ("关于2031年企业职工基本养老保险的通知\n", "缴费比例为8%（个人）、16%（单位）。", "scope.payer", ["个人", "单位"]),
    ("关于2031年居民医保的通知\n", "生育补助为1000元（顺产）、2000元（剖宫产）。", "scope.condition", ["顺产", "剖宫产"]),
    ("关于2031年居民医保的通知\n", "报销比例为65%（住院）、50%（门诊）。", "indicator", [None, None]),
    ("关于2031年居民医保的通知\n", "报销比例为65%（退休人员75%）、门诊50%。", "scope.population", [None, "退休人员", None]),
    # a place or a school before a colon, for all that the statement says
    (WAGE, "沈阳市：月最低工资标准由1810元调整为2000元，小时最低工资标准为20.3元。", "scope.places", [("沈阳市",)] * 3),
    (WAGE, "鞍山、抚顺月最低工资标准为1900元，小时最低工资标准为19.3元。", "scope.places", [("鞍山", "抚顺")] * 2),
    (WAGE, "鼓楼区等地1377元，厦门市1523元。", "scope.places", [("鼓楼区",), ("厦门市",)]),
    ("关于2031年国家助学金的通知\n", "1.普通高中：国家助学金为每生每年2000元，分一等2500元、二等1500元两档。", "scope.provider", ["普通高中"] * 3),
    # what a share is taken of after 为 is nobody it is for
    ("关于2031年失业保险稳岗返还的通知\n", "大型企业返还比例为企业及其职工上年度实际缴纳失业保险费的30%，中小微企业返还比例为60%。", "scope.population",
     ["大型企业", "中小微企业"]),
    # values behind items that have theirs; classes before 的; an age before a list
    ("关于2031年居民医保的通知\n", "住院起付标准三级医院800元、二级医院500元，支付比例分别为75%、80%。", "scope.provider", ["三级医院", "二级医院"] * 2),
    ("关于2031年长期护理保险的通知\n", "评估等级为三级、四级的失能人员，居家护理每月最高支付限额分别为660元、1050元。", "scope.population",
     ["三级的失能人员", "四级的失能人员"]),
    ("关于2031年居民医保的通知\n", "60周岁以下人员，一级、二级医疗机构分别支付80%、75%。", "scope.condition", [None, "60周岁以下", "60周岁以下"]),
    # ages within a list of persons are of some of them, whom their words name
    ("关于2031年居民医保的通知\n", "特困供养人员、孤儿、70周岁以上老人、高校大学生，个人不缴费。", "scope.condition", [None, None]),
    ("关于2031年居民医保的通知\n", "低保对象和低收入家庭60周岁以上老年人，个人不缴费。", "scope.population", ["老年人", "低保对象和低收入家庭60周岁以上老年人"]),
    ("关于2031年高龄津贴的通知\n", "特困人员70周岁以上每人每月50元。", "scope.condition", [None, "70周岁以上"]),
    # a tier that opens the name of what the one pays is that of what the other pays
    ("关于2031年职工医保的通知\n", "一档单位缴费比例为5%，个人缴费比例为2%；二档单位缴费比例为1.5%，个人缴费比例为0.5%。", "scope.condition",
     ["一档", "一档", "二档", "二档"]),
    # a bracket between what comes about and the amount; those who are looked after how far
    ("关于2031年调整退休人员基本养老金的通知\n", "本人缴费年限每满1年（不足1年按1年计算），每人每月增加2元。", "per",
     [(), (), ("person", "month", "year")]),
    ("关于2031年特困人员救助供养标准的通知\n", "半护理人员每人每月400元，全护理人员每人每月1300元。", "scope.population", ["半护理人员", "全护理人员"]),
    ("关于2031年居民医保的通知\n", "劳动年龄内居民个人缴费580元。", "scope.population", ["劳动年龄内居民"]),
    ("关于2031年居民医保的通知\n", "最高支付限额为2万元（居民）、5万元（职工）。", "scope.payer", [None, None]),
    # care of outpatients of which not all is, beside that of all
    ("关于2031年居民医保的通知\n", "门诊慢特病支付比例为85%，普通门诊支付比例为50%。", "scope.condition", ["门诊慢特病", None]),
    ("关于2031年居民医保的通知\n", "门诊支付比例为50%。", "scope.condition", [None]),
    # a band of costs, of which a share is paid, is no deductible; nor does a deductible bound the costs behind it
    ("关于2031年居民医保的通知\n", "乡镇卫生院起付线为150元，150元至800元的费用补偿比例为71%，800元以上的费用补偿比例为82%。", "role",
     ["level", "condition", "level", "condition", "level"]),
    ("关于2031年大病保险的通知\n", "大病保险起付线1.3万元，0-4万元段报销62%，4-9万元段67%，30万元以上段82%。", "role",
     ["level"] + ["condition", "level"] * 3),
    ("关于2031年大病保险的通知\n", "大病保险起付线9000元，1-4万报销62%，10万以上报销82%。", "scope.condition", [None, None, "1-4万", None, "10万以上"]),
    ("关于2031年职工医保的通知\n", "起付标准以上的住院费用，2万元以上：三级在职91%，退休93%。", "scope.condition", [None, "2万元以上", "2万元以上"]),
    ("关于2031年居民医保的通知\n", "住院起付线150元至250元，住院报销比例80%至90%。", "role", ["level", "level"]),
    ("关于2031年居民医保的通知\n", "高血压每年最高支付260元，支付比例55%。", "scope.condition", ["高血压", None]),
    # what several pay comes to what they pay together, never to what the last of them pays; else nobody knows
    ("关于2031年居民医保的通知\n", "个人缴费每人每年410元，财政补助每人每年690元，合计1100元/人。", "indicator",
     ["medical.funding.individual_contribution", "medical.funding.fiscal_subsidy", "medical.funding.total"]),
    ("关于2031年居民医保的通知\n", "个人缴费每人每年410元，财政补助每人每年690元，合计1200元/人。", "indicator",
     ["medical.funding.individual_contribution", "medical.funding.fiscal_subsidy", None]),
    ("关于2031年居民医保的通知\n", "个人缴费每人每年410元，财政补助每人每年690元，合计1100元/人。", "scope.payer", ["个人", "财政", None]),
    ("关于2031年育儿补贴的通知\n", "一孩每年3100元，二孩每年5200元，合计8300元。", "indicator", ["childcare.subsidy.amount"] * 2 + [None]),
    # who pays all of a list of shares, behind those who pay together
    ("关于2031年医疗救助的通知\n", "救助资金由省、市、县财政共同承担，省财政对皖北、皖中、皖南地区分别按40%、25%、15%给予补助。", "scope.payer", ["省财政"] * 3),
    ("关于2031年医疗救助的通知\n", "救助资金由省、市、县财政共同承担，省财政对皖北、皖中、皖南地区分别按40%、25%、15%给予补助。", "scope.places",
     [("皖北地区",), ("皖中地区",), ("皖南地区",)]),
    ("关于2031年医疗救助的通知\n", "医疗救助资金由省、市、县财政共同承担，分别按40%、25%、35%分担。", "indicator", [None] * 3),
    ("关于2031年医疗救助的通知\n", "医疗救助资金由省、市、县财政共同承担，分别按40%、25%、35%分担。", "scope.payer", ["省财政", "市财政", "县财政"]),
    # what is only tried out is not in force
    ("关于2031年居民医保的通知\n", "普通门诊起付标准为50元，并逐步探索取消起付标准。", "indicator", ["medical.benefit.deductible", None]),
    ("关于2031年居民医保的通知\n", "支持有条件的地区取消封顶线。对特困人员取消封顶线。", "indicator", [None, "medical.benefit.annual_cap"]),
    ("关于2031年居民医保的通知\n", "个人缴费标准为每人410元，各级财政资助标准为每人890元。", "indicator",
     ["medical.funding.individual_contribution", "medical.funding.fiscal_subsidy"]),
    ("关于2031年居民医保的通知\n", "对低保对象财政资助标准为每人210元。", "indicator", ["medical.funding.assistance_amount"]),
    # a share of what another insurance gets, and what money is used for, are none of a figure's own programme
    ("关于印发2031年大病保险实施细则的通知\n", "筹资标准按不超过当年城乡居民基本医疗保险人均筹资标准的8%确定，2031年筹资标准为每人每年88元，个人不再另行缴费。", "indicator",
     [None, "medical.funding.critical_illness", None]),
    ("关于2031年居民医保的通知\n一、提高居民医保和大病保险筹资标准\n",
     "居民医保人均财政补助标准达到每人每年530元，新增补助一半用于提高大病保险保障能力；个人缴费同步新增20元，达到每人每年270元。", "indicator",
     ["medical.funding.fiscal_subsidy", "medical.funding.individual_contribution", "medical.funding.individual_contribution"]),
    # 大病保险 of employees says so, by its own name or the notice's
    ("关于印发2031年职工大病保险办法的通知\n", "起付标准为2.2万元，超过部分按84%支付。", "scope.condition", ["职工医保", "职工医保"]),
    ("关于2031年居民医保的通知\n", "大病保险起付标准为1.3万元，职工大病保险起付标准为2.1万元。", "scope.condition", [None, "职工医保"]),
    # what is paid a day is no annual cap, nor are the funds of outpatient care those of the insurance
    ("关于2031年居民医保的通知\n", "单日门诊费用报销封顶线村级不超过25元，乡级不超过45元。", "indicator", [None, None]),
    ("关于2031年居民医保的通知\n", "单日最高支付25元，年度最高支付限额为300元。", "indicator", [None, "medical.benefit.annual_cap"]),
    ("关于2031年居民医保的通知\n", "普通门诊统筹人均筹资不低于60元。人均筹资标准为1100元。", "indicator", [None, "medical.funding.total"]),
    ("关于2031年居民医保的通知\n", "固定待遇等待期3个月，每多缴纳1年可减少1个月变动待遇等待期。", "indicator", ["medical.benefit.waiting_period", None]),
    ("关于2031年职工医保的通知\n", "中断超过4个月的，自续缴之日起5个月后享受统筹待遇。", "indicator", [None, "medical.benefit.waiting_period"]),
    # a list of persons that 等 ends before a comma is whose the next clause is
    ("关于2031年居民医保的通知\n", "符合条件的低保对象、重度残疾人等，个人不缴费。", "scope.population", ["低保对象、重度残疾人"]),
    ("关于2031年居民医保的通知\n", "享受最低生活保障的人员、残疾人员等，个人不缴费。", "scope.population", ["享受最低生活保障的人员、残疾人员"]),
    # on what referral somebody is treated is the case of all that follows, with a comma behind it or without; not of what is paid at most
    ("关于2031年居民医保的通知\n", "未按规定转诊的住院起付标准为1800元，报销比例为40%，年度最高支付限额为20万元。", "scope.condition",
     ["未按规定转诊的"] * 2 + [None]),
    ("关于2031年居民医保的通知\n", "经转诊至市外二级医院住院，起付线900元，补偿58%。", "scope.condition", ["经转诊至市外二级医院住院"] * 2),
    ("关于2031年居民医保的通知\n", "转诊率控制在10%以内，住院起付标准为300元。", "scope.condition", [None, None]),
    # which stay of a year, wherever in its clause it is said, or by the clause that opens the statement
    ("关于2031年居民医保的通知\n", "住院起付标准：二级医院第一次500元、第二次400元、三次及以上300元。", "scope.condition", ["第一次", "第二次", None, "三次及以上"]),
    ("关于2031年居民医保的通知\n", "住院起付标准二级医院首次住院500元，第二次及以后400元，第三次起不再设起付标准。", "scope.provider", ["二级医院"] * 3),
    ("关于2031年居民医保的通知\n", "从第二次住院起，起付标准减半，最低不低于80元。", "scope.condition", ["从第二次住院起"] * 2),
    ("关于2031年居民医保的通知\n", "第一次缴费180元，第二次220元。", "scope.condition", [None, None]),
    # parts of an amount are of the age that the whole is for
    ("关于2031年居民医保的通知\n", "65周岁及以上人员，筹资标准为每人每年4340元，其中个人缴费380元，财政补助3960元。", "scope.condition", [None] + ["65周岁及以上"] * 3),
    # what a bracket adds is no setting that a cap is of alone; nor do persons pay the share of a fund
    ("关于2031年居民医保的通知\n", "统筹基金年度最高支付限额（含门诊慢特病）16万元。", "scope.condition", [None]),
    ("关于2031年居民医保的通知\n", "门诊慢特病年度最高支付限额16万元。", "scope.condition", ["门诊慢特病"]),
    ("关于2031年大病保险的通知\n", "个人累计自付超过3万元的部分支付65%。", "scope.payer", ["个人", None]),
    # the insured of a scheme are told beside the band
    ("关于2031年职工医保的通知\n", "住院费用在25万元以上的部分，由大病保险按88%支付。", "scope.condition", [None, "25万元以上，职工医保"]),
    # a bracket before a colon says whose or where all is that follows it
    ("关于2031年居民医保的通知\n", "住院报销比例（学生）：一级80%，二级70%；住院报销比例（老年人）：一级85%。", "scope.population", ["学生", "学生", "老年人"]),
    ("关于2031年居民医保的通知\n", "个人缴费（每人每年）：390元。", "scope.population", [None]),
    ("关于2031年居民医保的通知\n", "经基层医疗机构转诊的支付比例为55%，直接就医的支付比例为45%。", "scope.condition", ["经基层医疗机构转诊的", None]),
    # of a class with its places in a bracket these, for all figures of the statement; amounts per month and per hour are no list
    (WAGE, "一类区（南京市、苏州市）月最低工资标准2010元，小时最低工资标准20元；二类区（徐州市）月最低工资标准1850元。", "scope.places",
     [("南京市", "苏州市")] * 2 + [("徐州市",)]),
    (WAGE, "一类地区（南京、苏州）为2010元/月，20元/小时。", "scope.places", [("南京", "苏州")] * 2),
    ("关于2031年大病医疗互助的通知\n", "大病医疗互助补充保险费由城乡居民个人缴纳，标准为每人每年480元。", "indicator", [None]),
    ("关于2031年公用经费标准的通知\n", "小学每生每年650元、初中每生每年850元（2032年起分别提高到720元、940元）。", "scope.provider",
     ["小学", "初中", None, "小学", "初中"]),
    # what only bare words name isn't named in a notice on another help; where it is named in full, it is
    ("关于2031年临时救助的通知\n", "对重病家庭，救助比例可提高15%。支出型困难家庭按自付费用的45%给予救助，最高救助金额不超过2万元。", "indicator",
     [None, None, "assistance.subsistence.temporary_cap"]),
    ("关于2031年社会救助的通知\n一、医疗救助\n", "低保对象救助比例为70%，年度救助限额为6万元。", "indicator",
     ["medical.benefit.assistance_payment_rate", "medical.benefit.assistance_cap"]),
    ("关于2031年临时救助的通知\n", "医疗救助比例为70%。", "indicator", ["medical.benefit.assistance_payment_rate"]),
    # a band of what is paid, of which the lesser amount behind it is; not an amount that another bounds
    ("关于2031年城乡居民养老保险缴费补贴的通知\n", "300元至500元，每人每年补贴40元；600元至1000元，每人每年不低于70元；1500元以上补贴标准最高不超过260元。", "role",
     ["condition", "level"] * 3),
    ("关于2031年城乡居民养老保险缴费补贴的通知\n", "3000元以上，补贴不超过360元。", "indicator", [None, "pension.resident.government_subsidy"]),
    ("关于2031年城乡居民养老保险缴费补贴的通知\n", "3000元及以上档次每档次分别补贴260元、280元。", "role", ["condition", "level", "level"]),
    ("关于2031年城乡居民养老保险缴费补贴的通知\n", "补贴标准为200元至400元，每人每年不超过400元。", "role", ["level", "level"]),
    # what is come to by and by doesn't hold from the day on that it begins
    ("关于2031年养老保险的通知\n", "从2031年7月1日起，最低缴费年限由十六年逐步提高至十九年。", "valid_from", [None] * 3),
    ("关于2031年养老保险的通知\n", "从2031年7月1日起逐步扩大范围，最低缴费年限提高至十九年。", "valid_from", [None, "2031-07-01"]),
    # an age up to which something lasts
    ("关于2031年育儿补贴的通知\n", "育儿补贴每月400元，直至该孩子年满4周岁。", "operator", ["eq", "lt"]),
    ("关于2031年育儿补贴的通知\n", "对婴幼儿发放育儿补贴，至其满2周岁。", "operator", ["lt"]),
    ("关于2031年育儿补贴的通知\n", "育儿补贴由年满20周岁的监护人申领。", "operator", ["ge"]),
    ("关于2031年计划生育奖励的通知\n", "独生子女父母奖励至子女年满十六周岁止，每月领取不少于25元。", "indicator", [None, None]),
    # of whom persons are some, and others of one noun in the clauses before
    ("关于2031年残疾人补贴的通知\n", "享受低保待遇的残疾人中，残疾等级为三级的残疾人，每人每月补贴90元。", "scope.population",
     ["享受低保待遇的残疾人中，残疾等级为三级的残疾人"]),
    ("关于2031年残疾人补贴的通知\n", "特困家庭中的三级、四级残疾人每人每月90元；低收入家庭中的三级、四级残疾人每人每月70元。", "scope.population",
     ["特困家庭中的三级、四级残疾人", "低收入家庭中的三级、四级残疾人"]),
    ("关于2031年残疾人补贴的通知\n", "残疾等级为三级的视力残疾人，残疾等级为四级的智力残疾人和言语残疾人，每人每月80元。", "scope.population",
     ["残疾等级为三级的视力残疾人，残疾等级为四级的智力残疾人和言语残疾人"]),
    ("关于2031年残疾人补贴的通知\n", "城镇居民，重度残疾人，每人每月80元。", "scope.population", ["重度残疾人"]),
    # a level whose value was another until now, and one that only grades whom somebody cares for
    ("关于2031年残疾人补贴的通知\n", "重度残疾人护理补贴：一级由140元提高至150元，二级由120元提高至130元。", "scope.population", ["一级"] * 2 + ["二级"] * 2),
    ("关于2031年残疾人补贴的通知\n", "困难残疾人生活补贴每月130元；生活困难对象护理一级150元。", "scope.provider", [None, None]),
    ("关于2031年残疾人补贴的通知\n", "困难残疾人生活补贴每月130元；生活困难对象护理一级150元。", "indicator", ["assistance.subsistence.disabled_living", None]),
    ("关于2031年长期护理保险的通知\n", "护理机构二级每日60元。", "scope.provider", ["护理机构二级"]),
    # by what the names of one thing differ
    ("关于2031年残疾人补贴的通知\n", "重度困难生活补贴每月260元，非重度困难生活补贴每月150元。", "scope.condition", ["重度困难", "非重度困难"]),
    ("关于2031年住房公积金贷款的通知\n", "单人缴存最高贷款额度由40万元提高至60万元，双人缴存最高贷款额度由80万元提高至90万元。", "scope.condition",
     ["单人缴存"] * 2 + ["双人缴存"] * 2),
    ("关于2031年创业担保贷款的通知\n", "个人创业担保贷款最高额度由15万元提高至25万元，小微企业最高额度提高至350万元。", "scope.condition", ["个人"] * 2 + [None]),
    ("关于2031年创业担保贷款的通知\n", "个人创业担保贷款最高额度由15万元提高至25万元。", "scope.condition", [None] * 2),
    ("关于2031年最低工资标准的通知\n", "月最低工资标准为2110元，小时最低工资标准为21元。", "scope.condition", [None] * 2),
    # which child it is, and what those get besides who have it
    ("关于2031年生育支持的通知\n", "生育第一个孩子发放育儿补贴8000元，生育第二个及以上孩子发放育儿补贴20000元。", "scope.population",
     ["生育第一个孩子", "生育第二个及以上孩子"]),
    ("关于2031年生育支持的通知\n", "按政策生育第三个孩子的德州市户籍家庭，每年发放育儿补贴6000元。", "scope.population", ["按政策生育第三个孩子的德州市户籍家庭"]),
    ("关于2031年生育支持的通知\n", "生育第一个子女的，办理入户后，发放一次性生育补贴2000元，另每年发放1200元育儿补贴。", "scope.population", ["生育第一个子女"] * 2),
    ("关于2031年生育支持的通知\n", "第二个工作日发放育儿补贴20000元。", "scope.population", [None]),
    # ages of both sexes are one case, and men not whom a figure is of
    ("关于2031年调整基本养老金的通知\n", "男年满70周岁、女年满65周岁的退休人员，每人每月增加20元。", "scope.condition", [None, None, "男年满70周岁、女年满65周岁"]),
    ("关于2031年社会保险补贴的通知\n", "男满50周岁、女满40周岁的，社会保险补贴每人每月690元。", "scope.population", ["男", "女", None]),
    ("关于2031年社会保险补贴的通知\n", "男满50周岁的，社会保险补贴每人每月690元；女满40周岁的，每人每月640元。", "scope.population", ["男"] * 2 + ["女"] * 2),
    # how badly off somebody is, also of those who are kept elsewhere
    ("关于2031年特困人员供养标准的通知\n", "全护理人员每人每月1200元，半护理人员每人每月500元。", "scope.population", ["全护理人员", "半护理人员"]),
    ("关于2031年特困人员供养标准的通知\n", "全失能集中供养2180元/月，分散供养1800元/月。", "scope.population", ["全失能集中供养", "全失能分散供养"]),
    ("关于2031年特困人员供养标准的通知\n", "全失能集中供养2180元/月，半失能分散供养1800元/月。", "scope.population", ["全失能集中供养", "半失能分散供养"]),
    # a part may be more than what all get on average; of a change of each it can't
    ("关于2031年工伤保险待遇的通知\n", "一级至四级伤残津贴人均增加180元，其中一级194元、二级186元、三级174元、四级160元。", "role", ["increase"] * 5),
    ("关于2031年低保标准的通知\n", "低保标准平均提高40元，其中主城区980元。", "role", ["increase", "level"]),
    # how many live there, with the bound
    ("关于2031年公租房的通知\n", "超过3人的家庭人均月收入不高于1600元。", "scope.population", ["超过3人的家庭"]),
    # what is had for each year is not all of it; nor is what is denied
    ("关于2031年失业保险的通知\n", "每满一年，失业保险金领取期限为两个月，最长24个月。", "per", [("year",), ()]),
    ("关于2031年失业保险的通知\n", "缴费满一年的，失业保险金领取期限为三个月。", "indicator", [None, "unemployment.benefit.duration"]),
    ("关于2031年住房公积金贷款的通知\n", "借款申请人每缴存一年可贷12万元。", "indicator", [None, None]),
    ("关于2031年失业保险的通知\n", "领取失业保险金的期限最长18个月，而非终生只能领取18个月。", "indicator", ["unemployment.benefit.duration", None]),
    ("关于2031年低保标准的通知\n", "城市低保标准不是每人每月900元，而是每人每月960元。", "indicator", [None, "assistance.subsistence.urban"]),
    # who is only counted, what all come to, and who is set apart
    ("关于2031年创业担保贷款的通知\n", "小微企业当年新招用符合条件人员达到现有在职职工人数10%以上的，可申请最高350万元创业担保贷款。", "scope.population", ["小微企业"] * 2),
    ("关于2031年创业担保贷款的通知\n", "合伙创业的每人最高25万元，总额不超过250万元。", "per", [("person",), ()]),
    ("关于2031年社会保险补贴的通知\n", "除对距法定退休年龄不足4年的人员可延长至退休外，其余人员最长不超过2年。", "scope.condition", [None, None]),
    # of which year what begins later is, and up to where a start holds
    ("关于2031年学生资助的通知\n", "从2032年春季学期起，国家助学金提高到每生每年2400元。", "applies_to", [None, "2032"]),
    ("关于2031年学生资助的通知\n", "从2031年春季学期起，国家助学金提高到每生每年2400元。", "applies_to", [None, None]),
    ("关于孤儿基本生活保障的通知\n", "自2029年起，集中供养孤儿养育标准每人每月1700元；2030年，又将保障标准提高到每人每月1850元。", "valid_from",
     [None, "2029-01-01", None]),
    # levels of which the last alone has its sign, of persons and of what is for them; those of hospitals are where one is treated
    ("关于2031年残疾人补贴的通知\n", "一、二级重度护理补贴分别为每人每月120元、90元。", "scope.population", ["一级", "二级"]),
    ("关于2031年残疾人补贴的通知\n", "三、四级残疾人护理补贴分别为每人每月120元、90元。", "scope.population", ["三级", "四级"]),
    ("关于2031年居民医保的通知\n", "一、二级医疗机构住院起付标准分别为200元、500元。", "scope.provider", ["一级医疗机构", "二级医疗机构"]),
    ("关于2031年调整基本养老金的通知\n", "16年及以上部分，每满1年增加1.3元（不足1年按1年计算）。", "per", [(), ("year",), (), ()]),
]  # fmt: skip


@pytest.mark.parametrize(("head", "sentence", "name", "expected"), NAMED)
def test_fields_by_names(head, sentence, name, expected):
    """A figure's own name says what it is per and of what."""
    assert [field(fact, name) for fact in facts(sentence, head)] == expected


TABLE = (
    "<html><body><h1>关于2023年居民医保待遇的通知</h1><p>现通知如下：</p><table>"
    "<tr><th>级别</th><th>起付标准（元）</th><th>{header}</th></tr>"
    "<tr><td>一级</td><td>200</td><td rowspan=2>{cell}</td></tr><tr><td>二级</td><td>400</td></tr></table></body></html>"
)


def test_a_bound_in_a_name():
    """An age within the catalog's name of what is measured says not for whom."""
    head = "关于印发2031年托育服务工作要点的通知\n某卫发〔2031〕9号\n\n各县：\n现通知如下：\n"
    [fact] = [one for one in facts("每千人口拥有3岁以下婴幼儿托位数达到4.8个。", head) if one.indicator]

    assert (fact.indicator, fact.scope.condition) == ("childcare.places_per_thousand", None)


SETTINGS = (
    "<html><body><h1>关于2023年居民医保待遇的通知</h1><p>现通知如下：</p><table><tr><th>类别</th><th>级别</th><th>起付标准（元）</th></tr>"
    "<tr><td>住院</td><td>二级医院</td><td>400</td></tr><tr><td>普通门诊</td><td>二级医院</td><td>50</td></tr></table></body></html>"
)


def test_a_setting_that_goes_without_saying():
    """The bare names of benefits are those of inpatients, whether a row says so or not."""
    found = extractor.read_notice(SETTINGS.encode()).facts

    assert [fact.indicator for fact in found] == ["medical.benefit.deductible"] * 2
    assert [fact.scope.condition for fact in found] == [None, "普通门诊"]


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("年度最高支付限额（万元）", "15", ["200", "150000", "400"]),
        ("年度", "2023", ["200", "400"]),
        ("序号（个）", "1", ["200", "400"]),
    ],
)
def test_header_cells(header, cell, expected):
    """A header with a unit gives it to its column; one that only numbers or dates its rows does not."""
    result = extractor.read_notice(TABLE.format(header=header, cell=cell).encode())

    assert [fact.value for fact in result.facts] == expected


CAPS = (
    "<table><tr><th>序号</th><th>病种</th><th>职工医保最高支付限额</th><th>居民医保年度支付限额（元）</th></tr>"
    "<tr><td>1</td><td>高血压</td><td>220元/月</td><td>900</td></tr></table>"
)


def test_caps_of_diseases_in_a_table():
    """A disease's cap is nobody's annual cap, its column says whose insurance pays, and the row's number is no figure."""
    result = extractor.read_notice(PAGE.replace("税率", "居民医保待遇").format(CAPS).encode())
    found = [(fact.value, fact.per, fact.indicator, fact.scope.population) for fact in result.facts]

    monthly, yearly = "medical.benefit.monthly_cap", "medical.benefit.disease_cap"
    assert found == [("220", ("month",), monthly, "职工"), ("900", ("year",), yearly, "居民")]
    assert {fact.scope.condition for fact in result.facts} == {"高血压"}
    assert result.unresolved == ()


RATES_OF = (
    "<table><tr><th>项目</th><th>{head}</th><th>备注</th></tr><tr><td>增值税</td><td>13%</td><td>按月</td></tr>"
    "<tr><td>车船税</td><td>5%</td><td>按年</td></tr></table>"
)


def test_short_heads_name_their_columns():
    """税率 says little in a sentence; over a column it is what the cells are, and the row says of what."""
    result = extractor.read_notice(PAGE.format(RATES_OF.format(head="税率")).encode())

    assert [(fact.subject, fact.scope.condition, fact.value) for fact in result.facts] == [
        ("税率", "增值税", "13"),
        ("税率", "车船税", "5"),
    ]


PAID = (
    "<table><tr><th>险种</th><th>单位</th><th>个人</th></tr><tr><td>企业职工基本养老保险</td><td>16%</td><td>8%</td></tr>"
    "<tr><td>职工基本医疗保险</td><td>7%</td><td>2%</td></tr><tr><td>门诊费用</td><td>60%</td><td>40%</td></tr></table>"
)
DELIVERIES = (
    "<table><tr><th>项目</th><th>定额标准（元）</th><th>上年次均费用（元）</th></tr><tr><td>剖宫产</td><td>4800</td><td>6310</td></tr>"
    "<tr><td>产前检查</td><td>1200</td><td>1400</td></tr></table>"
)
PARTS = (
    "<table><tr><th>费用段</th><th>支付比例</th></tr><tr><td>12000至60000</td><td>60%</td></tr>"
    "<tr><td>60000以上</td><td>70%</td></tr></table>"
)
PACKAGES = "<table><tr><th>服务包</th><th>月度基金最高支付限额（元）</th><th>参考服务费（元/次）</th></tr><tr><td>居家包</td><td>850</td><td>90</td></tr></table>"
TARIFF = (
    "<table><tr><th>季节</th><th>时段</th><th>浮动基准</th><th>浮动比例</th></tr><tr><td>夏季、冬季</td><td>高峰</td><td>平段电价</td>"
    "<td>上浮60%</td></tr><tr><td>春季、秋季</td><td>低谷</td><td>平段电价</td><td>下浮55%</td></tr></table>"
)
GOALS = (
    "<table><tr><th colspan=2>指标</th><th>2031年目标</th></tr><tr><td rowspan=2>节能降碳</td><td>单位地区生产总值能耗降低（%）</td><td>2.4</td></tr>"
    "<tr><td>非化石能源消费占比（%）</td><td>31.6</td></tr></table>"
)
TIERS = (
    "<table><tr><th>类别</th><th>个人缴费档次（元/年）</th><th>政府补贴（元/年）</th></tr><tr><td rowspan=2>普通档</td><td>500</td><td rowspan=2>60</td></tr>"
    "<tr><td>600</td></tr></table>"
)
INSURED = "<table><tr><th>级别</th><th>在职支付比例（%）</th><th>退休支付比例（%）</th></tr><tr><td>一级</td><td>75</td><td>80</td></tr></table>"
CHILDREN = "<table><tr><th>孩次</th><th>国家基础补贴标准（元）</th></tr><tr><td>二孩</td><td>3600</td></tr><tr><td>三孩及以上</td><td>4600</td></tr></table>"
TRADES = (
    "<table><tr><th>行业类别</th><th>代表行业</th><th>基准费率（%）</th></tr><tr><td>一类</td><td>软件、金融服务</td><td>0.2</td></tr>"
    "<tr><td>二类</td><td>批发零售、住宿餐饮</td><td>0.4</td></tr></table>"
)
AREAS = (
    "<table><tr><th>区域</th><th>月最低工资标准（元）</th></tr><tr><td>鲤城、丰泽、洛江</td><td>2195</td></tr>"
    "<tr><td>安溪、永春</td><td>2045</td></tr></table>"
)
LEVELS_OF_PAY = (
    "<table><tr><th rowspan=2>缴费档次（元/年）</th><th colspan=2>缴费补贴（元/年）</th></tr><tr><th>补贴标准</th><th>其中：省级</th></tr>"
    "<tr><td>200</td><td>30</td><td>15</td></tr></table>"
)
PEOPLE = "<table><tr><th>类别</th><th>门诊起付标准（元）</th></tr><tr><td>在职职工</td><td>500</td></tr><tr><td>城乡居民</td><td>100</td></tr></table>"


@pytest.mark.parametrize(
    ("title", "table", "indicators"),
    [
        ("社会保险费率", PAID,
         ["pension.employee.unit_rate", "pension.employee.individual_rate", "medical.employee.unit_rate",
          "medical.employee.individual_rate", None, None]),
        ("社会保险待遇", PAID, [None] * 6),
        ("生育保险待遇", DELIVERIES, ["maternity.benefit.birth_amount", None, "maternity.benefit.prenatal_amount", None]),
        ("大病保险待遇", PARTS, ["medical.benefit.critical_illness_payment_rate"] * 2),
        ("长期护理保险服务", PACKAGES, ["care.benefit.monthly_cap", None]),
        ("工伤保险费率", TRADES, ["injury.benefit.rate"] * 2),
        ("最低工资", AREAS, ["wage.minimum.monthly"] * 2),
        ("城乡居民养老保险", LEVELS_OF_PAY, ["pension.resident.contribution_tier", "pension.resident.government_subsidy", None]),
        ("节能降碳和分时电价", TARIFF, ["energy.price.peak_rise", "energy.price.valley_cut"]),
        ("节能降碳目标", GOALS, ["macro.energy_intensity_cut", "energy.nonfossil_share"]),
        ("城乡居民养老保险", TIERS,
         ["pension.resident.contribution_tier", "pension.resident.government_subsidy", "pension.resident.contribution_tier"]),
        ("职工医保普通门诊", INSURED, ["medical.employee.outpatient_payment_rate"] * 2),
        ("育儿补贴", CHILDREN, ["childcare.subsidy.amount"] * 2),
        ("医疗保险待遇", PEOPLE, ["medical.employee.outpatient_deductible", "medical.benefit.deductible"]),
    ],
)  # fmt: skip
def test_what_cells_are_by_their_rows_and_the_title(title, table, indicators):
    """Who pays or for whom it is, a bare head, a band or a package tells no other measure than row, head and title do."""
    result = extractor.read_notice(PAGE.replace("税率", title).format(table).encode())

    assert [fact.indicator for fact in result.facts] == indicators


DRAWN = {
    "bars": "|级别|起付标准（元）|支付比例（%）|\n|一级|200|85|\n|二级|500|75|\n",
    "heavy bars": "┃级别┃起付标准（元）┃支付比例（%）┃\n┃一级┃200┃85┃\n┃二级┃500┃75┃\n",
    "a drawn box": "┌──┬──┬──┐\n│级别│起付标准（元）│支付比例（%）│\n├──┼──┼──┤\n│一级│200│85│\n├──┼──┼──┤\n│二级│500│75│\n└──┴──┴──┘\n",
}  # fmt: skip


@pytest.mark.parametrize("table", DRAWN.values(), ids=DRAWN)
def test_drawn_tables(table):
    """A table that is drawn with bars or boxes is read like any other, whatever signs draw it."""
    result = extractor.read_notice(f"关于2031年居民医保住院待遇的通知\n\n标准如下：\n{table}特此通知。\n".encode())

    assert [(fact.evidence.exact, fact.indicator, fact.scope.provider) for fact in result.facts] == [
        ("200", "medical.benefit.deductible", "一级"), ("85", "medical.benefit.inpatient_payment_rate", "一级"),
        ("500", "medical.benefit.deductible", "二级"), ("75", "medical.benefit.inpatient_payment_rate", "二级"),
    ]  # fmt: skip
    assert not result.unresolved


def test_a_unit_told_above_a_table():
    """The sentence that leads to a table may say the unit of its bare numbers: 按下表执行，单位为元/人·月。"""
    notice = (
        "关于2031年低保标准的通知\n\n最低生活保障标准按下表执行，单位为元/人·月。\n县区\t城市\t农村\n金安区\t832\t790\n"
    )
    result = extractor.read_notice(notice.encode())

    assert [(fact.value, fact.per) for fact in result.facts] == [
        ("832", ("person", "month")),
        ("790", ("person", "month")),
    ]


def test_no_head_costs_its_column():
    """Whatever the words of a head name, the figures under it are read."""
    heads = [form for row in load().built(statement_words).tail_rows for form in row.forms]
    tables = "".join(RATES_OF.format(head=head) for head in heads)
    result = extractor.read_notice(PAGE.format(tables).encode())

    assert "internal" not in {entry.reason for entry in result.unresolved}
    assert [fact.value for fact in result.facts] == ["13", "5"] * len(heads)


def test_two_names_decide_nothing():
    """Where a heading names two indicators, none is linked and both are candidates."""
    head = HEAD.replace("一、有关工作", "一、个人缴费标准和财政补助标准")
    (fact,) = facts("每人每年400元。", head)

    assert fact.indicator is None
    assert set(fact.candidates) == {"medical.funding.fiscal_subsidy", "medical.funding.individual_contribution"}


@pytest.mark.parametrize("ring", "〇○OoОоΟο◯0")
def test_any_ring_is_a_zero(ring):
    """Whatever round sign stands in a year in Chinese digits, the closing's date is read."""
    head = f"关于调整生育保险政策的通知\n\n各区：\n现通知如下：\n一、标准为300元。\n\n二{ring}三一年十二月十一日\n"

    assert extractor.read_notice(head.encode()).notice.issued_on == "2031-12-11"


ABROAD = [
    ("香港特別行政區政府宣布，法定最低工資由每小時四十一元調升至四十三元。", [("HKD", "41"), ("HKD", "43")]),
    ("澳門特別行政區政府公布，每人每月津貼三千元。", [("MOP", "3000")]),
    ("一、每人每月新臺幣三千元至五千元。\n二、每戶不得超過六萬元。", [("TWD", None), ("TWD", "60000")]),
    ("一、由新臺幣七千元調高至八千元。", [("TWD", "7000"), ("TWD", "8000")]),
    ("一、香港居民在本地参保的，按每人每年380元缴费。", [("CNY", "380")]),
    # What a text says of all that follows (下同) is the unit of a table below amounts, not of one of households or shares.
    ("一、所得上限为新臺幣（下同）61,137元。\n二、每戶補貼金額上限依租屋地點定之：\n\n地區\t單身\t雙人\n臺北市\t5,000\t6,400",
     [("TWD", "61137"), ("TWD", "5000"), ("TWD", "6400")]),
    ("一、所得上限为新臺幣（下同）61,137元。\n二、補助金額如下：\n\n地區\t金額\t核定戶數\t占總額比率\n臺北市\t5,000\t6,400\t30",
     [("TWD", "61137"), ("TWD", "5000"), ("{户}", "6400")]),
    ("一、所得上限为新臺幣（下同）61,137元。\n二、補助情形如下：\n\n地區\t單身\t雙人\n臺北市\t5,000\t6,400", [("TWD", "61137")]),
    ("一、所得上限为新臺幣61,137元。\n二、補助金額如下：\n\n地區\t單身\t雙人\n臺北市\t5,000\t6,400", [("TWD", "61137")]),
    # A foreign text that says nowhere whose 元 it is: nothing is served.
    ("一、長者津貼為每月1,690元，受惠者約5,000人。", [("{人}", "5000")]),
    ("一、長者津貼為每月人民幣1,690元。", [("CNY", "1690")]),
    ("一、長者津貼為每月1,690港元，另發200元。", [("HKD", "1690"), ("HKD", "200")]),
    ("一、醫保繳費為每人每年380元，我省補助640元。", [("CNY", "380"), ("CNY", "640")]),
    ("一、長者津貼為每月1,690港元，另有澳門元300元及200元。", [("HKD", "1690"), ("MOP", "300"), ("MOP", "200")]),
    ("一、港币500元，折合人民币450元，另付手续费20元。", [("HKD", "500"), ("CNY", "450"), ("CNY", "20")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ABROAD)
def test_currency(text, expected):
    """元 is the money of the notice's issuer, or of the currency that the text names."""
    found = extractor.read_notice(f"發給要點\n\n{text}\n".encode()).facts

    assert [(fact.unit, fact.value) for fact in found] == expected


def test_untold_currency():
    """An amount whose currency nothing tells is listed with those that fit."""
    result = extractor.read_notice("發給要點\n\n一、長者津貼由每月1,620元增至1,660元。\n".encode())

    assert [fact.unit for fact in result.facts] == []
    assert [(entry.reason, entry.candidates, entry.evidence.exact) for entry in result.unresolved] == [
        ("ambiguous", ("CNY", "HKD", "MOP", "TWD"), exact) for exact in ("1,620元", "1,660元")
    ]


REPUBLIC = "衛生福利部公告\n\n一、{}\n\n中華民國114年12月1日\n"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("自115年1月1日起施行。", ("date", "2026-01-01")),
        ("申請期間為一百十四年七月一日至十二月三十一日。", ("period", "2025-07-01")),
    ],
)
def test_years_of_the_republic(sentence, expected):
    """A notice of 710000 counts years from 1912 without saying so; elsewhere 115年 is a span."""
    [found] = extractor.read_notice(REPUBLIC.format(sentence).encode()).facts
    assert (found.kind, found.value or found.lower) == expected

    assert {fact.kind for fact in facts(sentence)} & {"date", "period"} == set()


@pytest.mark.parametrize(
    ("sentence", "lost"), [("惠及百余万群众、数千户家庭。", ["百", "万", "千"]), ("资金数百亿元。", ["百亿元"])]
)
def test_vague_numbers_are_listed(sentence, lost):
    """A vague number is never a plain one and never a word."""
    found = extractor.read_notice((HEAD + sentence + "\n").encode())

    assert (found.facts, [entry.evidence.exact for entry in found.unresolved]) == ((), lost)


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("第一部分费用由财政承担60%，其余由个人承担", ["60"]),
        ("每人每月发放800元", ["800"]),
        ("来源：中央财政60%，省级财政40%", ["60", "40"]),
        ("来源：甲县财政局", []),
        ("2031年1月18日印发", []),
    ],
)
def test_a_line_of_figures_below_the_title_is_no_head(line, values):
    """What states amounts is read, though no full stop ends it; a date is not."""
    found = extractor.read_notice(f"甲县关于分担费用的通知\n{line}\n第二部分由基金承担。\n".encode()).facts

    assert [fact.value for fact in found] == values


ENDS = [
    ("2万—5万元（含2万元，不含5万元）", True, False), ("2万元以上12万元（含12万元）以下", True, True), ("1万元（不含）至5万元（含）", False, True),
    ("10至50人（不含50人）", True, False), ("60周岁（不含60周岁）至69周岁（含69周岁）", False, True), ("超过1万元不足3万元（含3万元）", False, True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lower", "upper"), ENDS)
def test_ends_of_ranges(text, lower, upper):
    """A bracket says which end of a range it means, or means the one that it stands behind."""
    [found] = facts(f"补助标准为{text}。")

    assert (found.lower_inclusive, found.upper_inclusive) == (lower, upper)


def test_an_impossible_day_is_unresolved():
    """2月30日 is not read as February, nor lost."""
    result = extractor.read_notice((HEAD + "2023年2月30日前完成参保登记。\n").encode())

    assert [(entry.reason, entry.evidence.exact) for entry in result.unresolved] == [
        ("impossible_date", "2023年2月30日")
    ]


UNRESOLVED = [
    ("个人缴费标准为10,0000元。", "unreadable", "10,0000元"),
    ("个人缴费标准为负350元。", "ambiguous", "负350元"),
    ("缴费增长-5%。", "ambiguous", "-5%"),
    ("个人缴费不低于350元以下。", "ambiguous", "350元"),
    ("个人缴费标准为一元半。", "unreadable", "一元"),
]


@pytest.mark.parametrize(("sentence", "reason", "exact"), UNRESOLVED)
def test_torn_figures_are_unresolved(sentence, reason, exact):
    """What is torn, below nothing or contradicts itself is said to be unresolved, with the words."""
    result = extractor.read_notice((HEAD + sentence + "\n").encode())

    assert result.facts == ()
    assert [(entry.reason, entry.evidence.exact) for entry in result.unresolved] == [(reason, exact)]


def test_a_year_right_before_a_figure():
    """2022年350元、2023年380元: each figure has its own year, and no year is a span."""
    found = facts("个人缴费标准2022年350元、2023年380元。")

    assert [(fact.value, fact.applies_to) for fact in found] == [("350", "2022"), ("380", "2023")]


@pytest.mark.parametrize(
    ("header", "role"), [("较上年增减", ("decrease", "11", "-11%")), ("支付比例", None), ("降幅", None)]
)
def test_below_nothing_in_a_table(header, role):
    """-11% in a column of changes is a decrease of 11 %; in another it is unresolved."""
    result = extractor.read_notice(TABLE.format(header=header, cell="-11%").encode())
    found = [(fact.role, fact.value, fact.evidence.exact) for fact in result.facts if fact.unit == "%"]

    assert found == ([role] if role else [])
    assert [entry.reason for entry in result.unresolved] == ([] if role else ["ambiguous"])


HEADED = {
    "changes": (
        ("产品", "同比增减（%）"), ("水泥产量", "-3.4"),
        {"role": "decrease", "value": "3.4", "unit": "%", "subject": "水泥产量"},
    ),
    "above nothing": (("产品", "比2025年增长（%）"), ("化肥产量", "5.1"), {"role": "increase", "compared_to": "2025", "applies_to": None}),
    "of the column beside": (("指标", "2030年完成（亿元）", "同比增长（%）"), ("产值", "682", "5.8"), {"role": "increase", "applies_to": "2030"}),
    "falls": (("指标", "比2025年下降（%）"), ("单位能耗", "13.5"), {"role": "decrease", "value": "13.5"}),
    "of a change in the row's name": (("指标", "金额（万元）"), ("应对气候变化支出", "300"), {"role": "level", "value": "3000000"}),
    "unit in the row": (
        ("指标", "单位", "2030年实绩"), ("在岗职工工资", "元/人·月", "5120"),
        {"unit": "CNY", "per": ("person", "month"), "subject": "在岗职工工资", "applies_to": "2030"},
    ),
    "payer in the head": (("险种", "单位费率（%）"), ("失业保险", "0.5"), {"scope.payer": "单位", "scope.provider": None}),
    "persons are graded": (("伤残等级", "伤残津贴（元/月）"), ("一级", "4850"), {"scope.provider": None, "scope.population": "一级"}),
    "hospitals are graded": (("医院等级", "起付标准（元）"), ("一级", "200"), {"scope.provider": "一级", "scope.population": None}),
}  # fmt: skip


@pytest.mark.parametrize(("heads", "row", "fields"), HEADED.values(), ids=HEADED)
def test_heads_of_a_cell(heads, row, fields):
    """A row's last figure has what the heads of its column and the cells before it say; a row's number is structure."""
    cells = [("序号", *heads), ("7", *row)]
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in cells)
    result = extractor.read_notice(PAGE.format(f"<table>{table}</table>").encode())

    assert {name: field(result.facts[-1], name) for name in fields} == fields
    assert result.unresolved == ()
    assert [entry.disposition for entry in result.ledger if entry.exact == "7"] == ["structure"]


REVIEWS = {
    "part of the plan, told first": (
        "一、“十四五”时期和2025年工作回顾", "民生福祉不断增进。城镇新增就业600万人。\n刚刚过去的2025年很不平凡。城镇新增就业120万人。", ["2021/2025", "2025"],
    ),
    "part of the year, told first": (
        "一、2025年和“十四五”时期工作回顾", "城镇新增就业5万人。\n各位代表！2025年目标的完成，标志着“十四五”圆满收官。回首过去五年，我们攻坚克难。\n城镇新增就业26万人。",
        ["2025", "2021/2025"],
    ),
    "five years below a year": ("一、2025年工作回顾", "城镇新增就业44万人。五年来，城镇新增就业210万人。", ["2025", "2021/2025"]),
    "five years end with their paragraph": (
        "一、2025年工作回顾", "（一）地区生产总值增长5.1%，固定资产投资增长3.2%，一般公共预算收入增长2%，进出口总值增长14.1%。五年来，全市生产总值年均增长5.7%。\n（二）城镇新增就业8.9万人。",
        ["2025"] * 4 + ["2021/2025", "2025"],
    ),
    "the plan's part below no year": (
        "一、工作回顾", "2025年是攻坚之年。城镇新增就业22万人。\n“十四五”时期是奋进的五年。城镇新增就业124万人。", ["2025", "2021/2025"],
    ),
    "two plans in one heading": (
        "一、“十四五”成就和“十五五”目标", "“十四五”时期是奋进的五年。地区生产总值年均增长5.2%。\n“十五五”时期，地区生产总值年均增长5%。", ["2021/2025", "2026/2030"],
    ),
    "the year's part below a plan": (
        "一、“十四五”时期工作回顾", "城镇新增就业240万人。\n刚刚过去的2025年，我们真抓实干。\n坚持稳就业。城镇新增就业47万人。", ["2021/2025", "2025"],
    ),
    "what all years come to": ("一、2025年工作回顾", "单位地区生产总值能耗累计下降17.3%，城镇新增就业8万人。", ["2021/2025", "2025"]),
    "a heading that names no year": (
        "一、建设取得新成效", "2025年是收官之年。一年来，我们顶压前行。\n（一）办好实事\n城镇新增就业54万人。", ["2025"],
    ),
    "years that are counted": (
        "一、2025年工作回顾", "城镇新增就业8万人，三年年均新增7万人，十年累计新增68万人。", ["2025", "2023/2025", "2016/2025"],
    ),
    "a mean of no years": ("一、2025年工作回顾", "进出口增长8%，产值年均增长5%。", ["2025", None]),
    "a mean of a plan": (
        "一、工作回顾", "2025年产值增长4.3%；“十四五”时期年均增长3.1%。2025年是收官之年。五年来，产值年均增长5.4%。", ["2025", "2021/2025", "2021/2025"],
    ),
    "five years": ("一、过去五年工作回顾", "城镇新增就业38万人，产值年均增长5%。", ["2021/2025"] * 2),
    "years to come": ("一、目标任务", "产值今后五年年均增长5%。", ["2026/2030"]),
    "what is ahead": ("二、“十五五”时期主要目标和2026年重点工作", "城镇新增就业18万人以上。", ["2026"]),
}  # fmt: skip


@pytest.mark.parametrize(("heading", "body", "years"), REVIEWS.values(), ids=REVIEWS)
def test_years_of_a_review(heading, body, years):
    """A change in a review is of the years that its part tells of: those of a plan, or the last of them."""
    text = f"2026年某省政府工作报告\n\n各位代表：\n\n现在报告工作，请予审议。\n\n{heading}\n\n{body}\n\n二、今后工作\n\n继续努力。\n"

    found = extractor.read_notice(text.encode()).facts
    assert [fact.applies_to for fact in found if fact.role in ("increase", "decrease")] == years


BROKEN = ["extractor.notice.mentions.dates.DateReader.find", "extractor.notice.facts.make.draft_quantities"]


@pytest.mark.parametrize("place", BROKEN)
def test_a_fault_loses_one_sentence(place, monkeypatch):
    """A fault in reading one sentence leaves the others' facts, and says which sentence is lost."""
    *path, name = place.split(".")
    owner = pkgutil.resolve_name(".".join(path))
    sound = getattr(owner, name)

    def broken(*given, **options):
        words = given[1] if isinstance(given[1], str) else given[0].words(given[0].span)
        part = words[given[2] : given[3]] if isinstance(given[1], str) else words
        if "700元" in part:
            raise TypeError(part)
        return sound(*given, **options)

    monkeypatch.setattr(owner, name, broken)
    result = extractor.read_notice((HEAD + "2023年个人缴费标准为400元。\n2023年财政补助标准为700元。\n").encode())

    assert [fact.value for fact in result.facts] == ["400"]
    assert [(entry.reason, entry.evidence.exact) for entry in result.unresolved] == [
        ("internal", "2023年财政补助标准为700元。")
    ]


REPEATED = ["610元\n", "每人每年610元、", "单位8%、个人2%，", "一级\t610元\n", "65周岁以上每月由50元提高到60元；"]


@pytest.mark.parametrize("size", [120, pytest.param(250, marks=pytest.mark.slow)])
@pytest.mark.parametrize("unit", REPEATED, ids=case_id)
def test_many_figures_are_linear(unit, size):
    """Twice the figures are twice the work, on one line and on many."""
    assert_linear(lambda count: extractor.read_notice(("居民医保\n" + unit * count).encode()), size)
