"""Indicators of social insurance and wages: what whole sentences of notices link, and what they don't.

Each row: a title, a sentence or more, and its figures with their indicators; None for a figure that is no indicator's.
The examples and near misses of each indicator stand with its row; here are sentences of several, and of mechanisms.
"""

import pytest

import extractor

WAGE = "关于调整全省最低工资标准的通知"
JOBLESS = "关于做好失业保险有关工作的通知"
RATES = "关于阶段性降低社会保险费率的通知"
RESIDENT = "关于提高城乡居民基本养老保险待遇有关问题的通知"
RETIRED = "关于2030年调整退休人员基本养老金的通知"
BASES = "关于公布2030年社会保险缴费基数的通知"

MEDICAL = "关于2030年城镇职工基本医疗保险有关事项的通知"
INJURY = "关于调整工伤保险费率及待遇的通知"
BIRTH = "关于做好生育保险待遇有关工作的通知"
DAYS = "maternity.benefit.allowance_days"

MONTH, HOUR = "wage.minimum.monthly", "wage.minimum.hourly"
UNIT, OWN = "unemployment.rate.unit", "unemployment.rate.individual"
RETURN, AMOUNT = "unemployment.stability.return_rate", "unemployment.benefit.amount"
BASIC, MORE, TIER = (
    "pension.resident.basic_amount",
    "pension.resident.basic_increase",
    "pension.resident.contribution_tier",
)
SUBSIDY, PAID = "pension.resident.government_subsidy", "pension.resident.assisted_payment"
AGED, YEARS = "pension.resident.age_bonus", "pension.resident.years_bonus"
FIXED, EACH, SHARE = (f"pension.employee.adjustment_{name}" for name in ("fixed", "per_year", "rate"))
EMPLOYER, EMPLOYEE = "pension.employee.unit_rate", "pension.employee.individual_rate"
AVERAGE, UPPER, LOWER = "insurance.base.average_wage", "insurance.base.upper", "insurance.base.lower"

ROWS = [
    (WAGE, "月最低工资标准由一类区1650元、二类区1500元，分别提高到2060元、1930元。", [MONTH] * 4),
    (WAGE, "第一档：月最低工资标准由1910元调整为2100元，小时最低工资标准由19.2元调整为21元。", [MONTH, MONTH, HOUR, HOUR]),
    (WAGE, "我市最低工资标准由每小时不低于14.5元、每月不低于2530元，调整为每小时不低于15元、每月不低于2640元。",
     [HOUR, MONTH, HOUR, MONTH]),
    (WAGE, "各档月最低工资标准分别为2360元、2110元，对应的小时最低工资标准分别为23元、21元。", [MONTH, MONTH, HOUR, HOUR]),
    (WAGE, "停工的，生活费按不低于最低工资标准的70%发放，即1400元，高温津贴为每人每月300元。", [None, None, None]),
    (WAGE, "月最低工资标准为2010元、小时最低工资标准为20元，其余县分别为1850元、18元。", [MONTH, HOUR, MONTH, HOUR]),
    # What 上述标准 means was named in the sentences before; what nothing near names, the title does.
    (WAGE, "月最低工资标准为一类区2180元、二类区2110元，小时最低工资标准为21.5元、20.8元。\n上述标准每月分别上调160元、150元。",
     [MONTH, MONTH, HOUR, HOUR, MONTH, MONTH]),
    (WAGE, "全日制用工：A档地区由每人每月2330元调整为2480元。\n非全日制用工：A档为每小时25元。", [MONTH, MONTH, HOUR]),
    (WAGE, "须记录工时的工资金额上限由16300元上调至17200元。\n用人单位共补发5万元。", [None, None, None]),
    (JOBLESS, "失业保险金标准为当地月最低工资标准的90%，一类地区1710元。", [None, AMOUNT]),
    (JOBLESS, "二、失业保险金标准。自2031年7月1日起，一类工资区由1935元/月调整为2030元/月。", [AMOUNT, AMOUNT]),
    (JOBLESS, "月最低工资标准为1900元，失业保险金标准为1710元。", [MONTH, AMOUNT]),
    (JOBLESS, "大型企业返还比例由30%提高到50%，中小微企业从60%提高到90%。", [RETURN] * 4),
    (JOBLESS, "领取失业保险金人员参加职工基本医疗保险，每月缴纳医疗保险费320元。", [None]),
    (RATES, "企业职工基本养老保险不变。失业保险总费率为1%，其中单位和个人分别为0.7%和0.3%。",
     ["unemployment.rate.total", UNIT, OWN]),
    (RATES, "单位缴费比例：失业保险0.5%，工伤保险0.4%；个人缴费比例：失业保险0.4%。", [UNIT, None, OWN]),
    (RATES, "失业保险费由用人单位按0.5%、职工按0.4%缴纳。", [UNIT, OWN]),
    (RATES, "失业保险费率降至1%，用人单位和职工个人缴费费率各为0.5%。", ["unemployment.rate.total", None]),
    (RATES, "工伤保险、失业保险单位费率分别为0.4%、0.5%。", ["injury.benefit.rate", UNIT]),
    (RATES, "参加失业保险的企业裁员率不高于5.5%。", [None]),
    (RATES, "养老保险单位16%、个人8%，失业保险单位0.5%、个人0.4%。", [EMPLOYER, EMPLOYEE, UNIT, OWN]),
    (RATES, "基本养老保险、失业保险单位费率分别为16%、0.5%，职业年金单位缴费比例为8%。", [None, UNIT, None]),
    # What is paid along with another insurance ends there; what two were told of in one sentence is the notice's own.
    (MEDICAL, "用人单位以工资总额为基数，按7%的费率缴纳职工医保费，并按0.8%的费率一并缴纳生育保险费；职工以本人工资为基数，费率为2%。",
     ["medical.employee.unit_rate", None, "medical.employee.individual_rate"]),
    (MEDICAL, "用人单位职工医保费率为6.5%；生育保险费率为0.8%。灵活就业人员按统账结合方式参保的，费率为8.5%。",
     ["medical.employee.unit_rate", "maternity.benefit.rate", "medical.employee.flexible_rate"]),
    (MEDICAL, "长期护理保险筹资标准为每人每年100元。个人缴费标准为40元。", ["care.funding.standard", "care.funding.individual"]),
    (RESIDENT, "基础养老金最低标准由每人每月143元提高至163元，月增20元。", [BASIC, BASIC, MORE]),
    (RESIDENT, "65—79周岁的每月增加5元，80周岁以上的每月增加10元。", [AGED, AGED]),
    (RESIDENT, "累计缴费超过15年的，每多缴1年，每月至少增加2元。", [YEARS]),
    (RESIDENT, "对重度残疾人，政府按每年200元代缴，比上年提高100元。", [PAID, PAID]),
    (RESIDENT, "对选择300元档的补贴40元，500元档的补贴70元，1000元及以上档次的补贴120元。", [SUBSIDY] * 3),
    (RESIDENT, "缴费档次设为每年200元、500元和7000元三个档次。", [TIER] * 3),
    # 养老保险费 alone is the notice's own pension.
    (RESIDENT, "选择最低档次缴费的，补贴标准为30元；为低保对象按每人每年100元的标准代缴养老保险费。", [SUBSIDY, PAID]),
    (RESIDENT, "基础养老金标准为每人每月218元，其中中央123元、省级95元，人均缴费水平达到600元。", [BASIC, None, None, None]),
    (RETIRED, "（一）定额调整。退休人员每人每月增加31元，月增加额低于15元的，按15元增加。", [FIXED, None, None]),
    (RETIRED, "1.与缴费年限挂钩。缴费年限每满1年，每人每月增加1.2元；不足15年的，增加额不低于18元。", [EACH, None]),
    (RETIRED, "2.与基本养老金水平挂钩。按本人2029年12月基本养老金的1.05%增加。", [SHARE]),
    (RETIRED, "艰苦边远地区退休人员，一类区每人每月增加5元。", [None]),
    (INJURY, "一类至三类行业的基准费率分别为0.2%、0.4%、0.7%，全市平均费率控制在0.75%左右。",
     ["injury.benefit.rate"] * 3 + [None]),
    (INJURY, "一次性工亡补助金为上一年度居民人均可支配收入的20倍，即1083760元；丧葬补助金为6个月的平均工资。",
     [None, "injury.benefit.death_grant", None]),
    (INJURY, "生活护理费由每月4120元调整为4305元，伤残津贴每月不低于3310元。",
     ["injury.benefit.nursing_allowance"] * 2 + ["injury.benefit.disability_allowance"]),
    (BIRTH, "用人单位按职工月工资总额的0.45%缴纳。产前检查费用一次性支付1200元，流产定额支付500元。",
     ["maternity.benefit.rate", "maternity.benefit.prenatal_amount", None]),
    # What a class and a heading name; what a base says is nobody's.
    (INJURY, "四、伤残津贴\n一级至三级伤残职工每人每月分别增加240元、225元、210元。",
     ["injury.benefit.disability_allowance"] * 3),
    (INJURY, "四、伤残津贴\n一级伤残职工交通费每人每月增加240元。", [None]),
    (RATES, "职工医保由用人单位按在职职工工资总额的6.5%缴纳，在职职工本人缴纳2%。",
     ["medical.employee.unit_rate", "medical.employee.individual_rate"]),
    (RATES, "单位缴费费率：企业职工基本养老保险16%，失业保险0.7%；个人缴费费率：企业职工基本养老保险8%，失业保险0.3%。",
     [EMPLOYER, UNIT, EMPLOYEE, OWN]),
    (RESIDENT, "一次性丧葬补助金按死亡当月基础养老金的8个月计发，且不低于2000元。", [None, "pension.resident.funeral_grant"]),
    (RESIDENT, "缴费满15年后，每多缴1年，基础养老金每月多发12元。", [YEARS]),
    (BASES, "缴费基数对比：\n　　　　　　　　2029年度　　2030年度\n上限（元/月）　　21708　　22396\n下限（元/月）　　4342　　4479",
     [UPPER, UPPER, LOWER, LOWER]),
    ("医保待遇问答", "问：大病保险怎么报？\n答：年度起付线1.2万元，最高支付限额40万元。\n问：住院怎么报？\n答：居民医保年度最高支付限额25万元。",
     ["medical.benefit.critical_illness_deductible", "medical.benefit.critical_illness_cap", "medical.benefit.annual_cap"]),
    (BIRTH, "生育津贴支付期限为98天，难产的增加15天，20个工作日内拨付。", [DAYS, DAYS, None]),
    (BIRTH, "生育津贴申领材料在20个工作日内审核、15天内拨付。", [None, None]),
    ("关于提高城乡居民医保待遇的通知", "生育医疗费用实行定额补助，顺产1500元。", ["medical.benefit.maternity_amount"]),
    (BASES, "缴费基数上限按全口径月平均工资7068元的300%确定，为21204元；下限按60%确定，为4241元。",
     ["insurance.base.average_wage", None, UPPER, None, LOWER]),
    (BASES, "缴费基数上限和下限分别为21204元/月和4241元/月。", [UPPER, LOWER]),
    (BASES, "缴费基数上下限分别为21204元和4241元。", [UPPER, LOWER]),
    (BASES, "全省城镇私营单位就业人员平均工资为62000元，全口径城镇单位就业人员平均工资为84816元。", [None, AVERAGE]),
    (BASES, "住房公积金缴存基数上限为27000元。", ["housing.fund.base_upper"]),
]  # fmt: skip


def read(title, text):
    """The figures of a notice, in their order; no dates."""
    notice = extractor.read_notice(f"{title}\n\n各市有关单位：\n现通知如下。\n一、具体安排\n{text}\n".encode())
    return [fact for fact in notice.facts if fact.kind in ("money", "rate", "duration") and fact.role != "condition"]


@pytest.mark.parametrize(("title", "text", "expected"), ROWS)
def test_links(title, text, expected):
    """Each figure has the indicator that its words name, or none."""
    assert [fact.indicator for fact in read(title, text)] == expected


def test_a_class_before_a_colon_holds_for_its_statement():
    """第一档： says of which class all figures of the statement are, and no figure of the next one."""
    found = read(
        WAGE, "第一档：月最低工资标准由1910元调整为2100元，小时最低工资标准21元；第二档：月最低工资标准1900元。"
    )

    assert [fact.scope.condition for fact in found] == ["第一档", "第一档", "第一档", "第二档"]


def test_a_name_that_tells_figures_apart():
    """顺产, 剖宫产 are names of one indicator, and conditions of its figures."""
    found = read(BIRTH, "住院分娩限额支付：顺产由2000元提高到3000元，剖宫产由4000元提高到5000元。")

    assert {fact.indicator for fact in found} == {"maternity.benefit.birth_amount"}
    assert [fact.scope.condition for fact in found] == ["顺产", "顺产", "剖宫产", "剖宫产"]


def test_levels_of_government():
    """中央基础养老金标准 is what the nation pays of it; what stands bare behind 其中 names no indicator."""
    found = read(RESIDENT, "中央基础养老金标准为123元，省级基础养老金标准为20元。")

    assert [fact.scope.payer for fact in found] == ["中央", "省级"]


def test_an_hour_is_no_condition():
    """一类区21元/小时 says nothing of 二类区20元/小时."""
    found = read(WAGE, "小时最低工资标准，一类区21元/小时，二类区20元/小时。")

    assert [fact.scope.condition for fact in found] == [None, None]
