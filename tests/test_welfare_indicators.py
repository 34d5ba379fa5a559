"""Indicators of social assistance, housing, childcare, education, employment and long-term care: links and near misses."""

import pytest

import extractor

ASSISTANCE, CARE = "关于做好社会救助工作的通知", "关于长期护理保险待遇的通知"
HOUSING, SCHOOLS = "关于住房公积金和住房保障的通知", "关于教育工作的通知"
WORK, BIRTH = "关于促进就业的通知", "关于生育支持的通知"
REPORT = "2031年政府工作报告"
INSURED = "关于做好城乡居民基本医疗保险工作的通知"
S, E = "assistance.subsistence.", "employment."

LINKS = [
    (REPORT, "城市、农村低保标准分别提高到每人每月850元、680元。", [S + "urban", S + "rural"]),
    (REPORT, "城乡低保标准分别提高到每人每月850元、680元。", ["assistance.subsistence.urban", "assistance.subsistence.rural"]),
    (REPORT, "城乡居民人均可支配收入分别增长5.1%和6.6%。", ["macro.income_growth_urban", "macro.income_growth_rural"]),
    (REPORT, "城乡居民人均可支配收入增长5.1%。", ["macro.income_growth"]),
    (REPORT, "地级城市空气质量优良天数比例为83.2%，设区市地表水优良比例90%。",
     ["environment.air_good_days", "environment.surface_water_good"]),
    (REPORT, "农村低保年保障标准提高到8400元/人，失业保险金标准按最低工资标准的90%确定。", [S + "rural", None]),
    (ASSISTANCE, "（一）低保标准\n城市每人每月830元；农村每人每月650元。", [S + "urban", S + "rural"]),
    (ASSISTANCE, "1.照料护理标准：全护理每人每月1050元，半护理每人每月630元。", [S + "destitute_care"] * 2),
    (ASSISTANCE, "孤儿基本生活费：机构集中养育每人每月1950元，社会散居每人每月1450元。",
     [S + "orphan_institution", S + "orphan_home"]),
    ("关于调整高龄津贴发放标准的通知", "80周岁至89周岁老年人每人每月60元；100周岁以上老年人每人每月600元。",
     [S + "elderly_allowance"] * 2),
    (HOUSING, "公积金月缴存基数不得高于31250元，不得低于2280元。", ["housing.fund.base_upper", "housing.fund.base_lower"]),
    (HOUSING, "一、月缴存额\n最高不得超过7498元，最低不得低于236元。", ["housing.fund.payment_upper", "housing.fund.payment_lower"]),
    (HOUSING, "一、罚则\n最高不得超过7498元。", [None]),
    (HOUSING, "月缴存基数上限为职工月平均工资9685元的3倍，即29055元。", [None, None, "housing.fund.base_upper"]),
    (HOUSING, "一人缴存的公积金最高可贷50万元，两人缴存的最高可贷80万元。", ["housing.fund.loan_cap"] * 2),
    (HOUSING, "低保家庭租赁补贴标准为每月每平方米28元，低收入家庭为22元，中等偏下收入家庭为16元。", ["housing.rental.subsidy"] * 3),
    (SCHOOLS, "小学、初中生均公用经费基准定额分别提高到每生每年750元和970元。",
     ["education.compulsory.operating_fund"] * 2),
    (WORK, "创业担保贷款：个人最高30万元，合伙创业的最高110万元，小微企业最高400万元。",
     [E + "loan.cap"] * 3),
    (BIRTH, "育儿补贴按每孩每年3600元发放。", ["childcare.subsidy.amount"]),
    # A name in a bracket with a figure of its own reaches no further; a count's own name is another thing's.
    (ASSISTANCE, "低保户（城市低保标准为每月930元）另补800元。", [S + "urban", None]),
    (SCHOOLS, "新增公办幼儿园学位3600个；改造老旧管网298处，整治背街小巷45条。", ["education.places", None, None]),
    (SCHOOLS, "新增公办学位2.4万个，其中小学1.5万个、初中9000个。", ["education.places"] * 3),
    # Budgets are no person's.
    (BIRTH, "地方育儿补贴每孩每年8000元，市级安排2600万元，全市共需1.2亿元。", ["childcare.subsidy.amount", None, None]),
    # What an amount is held to isn't it.
    (HOUSING, "月缴存基数下限按月最低工资标准执行，市区2150元，县（市）1980元。", ["housing.fund.base_lower"] * 2),
    (WORK, "公益性岗位补贴按最低工资标准执行，月最低工资标准为2150元。", ["wage.minimum.monthly"]),
    # What one level of government pays is a part of what all pay.
    (INSURED, "财政补助标准提高到710元，其中中央430元、省级140元、市县140元。", ["medical.funding.fiscal_subsidy", None, None, None]),
    (INSURED, "财政补助标准为710元（中央财政426元，省级142元）。", ["medical.funding.fiscal_subsidy", None, None]),
    (INSURED, "中央财政加大支持，全市财政补助标准达到每人每年710元。", ["medical.funding.fiscal_subsidy"]),
    (INSURED, "省财政补助每人130元。", [None]),
    # A paragraph that opens with one insurance is about it, until its sentences name the care of another.
    (INSURED, "八、大病保险起付标准为1.6万元。对低保对象，支付比例提高5个百分点，取消封顶线。",
     ["medical.benefit.critical_illness_" + name for name in ("deductible", "payment_rate", "cap")]),
    (INSURED, "八、大病保险起付标准为1.6万元。住院报销比例提高5个百分点。",
     ["medical.benefit.critical_illness_deductible", "medical.benefit.inpatient_payment_rate"]),
    (ASSISTANCE, "对申请临时救助的家庭，支出型救助单次不超过3万元。", [S + "temporary_cap"]),
    # Nor is what is taken out of an amount that amount.
    (INSURED, "个人缴费420元中划入门诊统筹基金95元。", ["medical.funding.individual_contribution", None]),
    (INSURED, "财政补助710元当中，提取风险调剂金20元。", ["medical.funding.fiscal_subsidy", None]),
    (INSURED, "财政补助710元，中央财政430元。", ["medical.funding.fiscal_subsidy", None]),
    (SCHOOLS, "小学生均公用经费为每生每年740元，省财政每生补助220元。", ["education.compulsory.operating_fund", None]),
    (BIRTH, "新增托位5200个，其中普惠托位3600个。", ["childcare.places", None]),
    # An item of a list has its own name, whatever those before it are called.
    (HOUSING, "公积金贷款最高额度、商业贷款额度分别为85万元、130万元。", ["housing.fund.loan_cap", None]),
    (CARE, "护理补贴、辅具租赁补贴分别为每人每月320元、210元。", [None, None]),
    (SCHOOLS, "本专科生国家奖学金、研究生国家奖学金、国家励志奖学金分别为每生每年9000元、21000元、5500元。",
     ["education.aid.scholarship", "education.aid.scholarship", None]),
    # Changes are dealt out to as many levels, else to none.
    (ASSISTANCE, "孤儿基本生活费：机构集中养育每人每月2350元，社会散居每人每月1650元，分别提高120元、90元。",
     [S + "orphan_institution", S + "orphan_home"] * 2),
    (ASSISTANCE, "城市低保标准为930元，农村低保标准为760元，特困人员基本生活标准为1250元，分别增加20元、30元。",
     [S + "urban", S + "rural", S + "destitute_basic", None, None]),
    (REPORT, "优良天数比率达到86%，比上年提高0.8个百分点，每再提高1个百分点奖励30万元。",
     ["environment.air_good_days", "environment.air_good_days", None, None]),
    # A rate said of somebody names no amount, and a name behind a question or a class does.
    (WORK, "就业见习补贴由每人每月1500元提高到1800元，留用率50%以上的由1900元提高到2200元。",
     ["employment.subsidy.internship"] * 2 + [None] + ["employment.subsidy.internship"] * 2),
    (HOUSING, "二、租赁补贴标准\n按下列档次：\n一档　　每月每平方米35元\n二档　　每月每平方米28元", ["housing.rental.subsidy"] * 2),
    (HOUSING, "申请公租房的收入线：家庭人均月可支配收入不超过4620元（上年度为4480元）。", ["housing.rental.income_limit"] * 2),
    # What is raised from all is no longer the part that was named before it.
    (CARE, "筹资标准为每人每年100元，其中个人缴纳40元；居民按每人每年50元筹集，个人缴费20元。",
     ["care.funding.standard", "care.funding.individual", None, "care.funding.individual"]),
    (CARE, "重度失能人员机构护理月度最高支付限额2400元，基金支付70%。", ["care.benefit.monthly_cap", "care.benefit.payment_rate"]),
    # An amount in front of persons, also where the question says of what it is; per what a lead-in says.
    (HOUSING, "租房提取额度单身职工每年不超过1.2万元，已婚职工家庭每年不超过2.4万元。", ["housing.fund.withdrawal_cap"] * 2),
    (HOUSING, "问：租房提取住房公积金有什么新规定？\n答：年度提取限额单身职工由12000元提高到15000元。",
     ["housing.fund.withdrawal_cap"] * 2),
    (HOUSING, "问：购房首付提取有什么新规定？\n答：年度提取限额单身职工由12000元提高到15000元。", [None] * 2),
    (HOUSING, "租赁补贴标准以每月每平方米计算，低保家庭、中等偏下收入家庭分别为14元、7元。", ["housing.rental.subsidy"] * 2),
    (HOUSING, "住房困难家庭的人均月收入限额由3560元放宽到3750元。", ["housing.rental.income_limit"] * 2),
    (HOUSING, "住房困难家庭的人均月收入由3560元提高到3750元。", ["housing.rental.income_limit", None]),
    # Persons that stand joined share what one of them names; changes behind statements of their own are theirs.
    (ASSISTANCE, "集中养育孤儿最低养育标准为每月1680元；社会散居孤儿、事实无人抚养儿童每月1180元，分别提高80元和60元。",
     [S + "orphan_institution", S + "orphan_home"] * 2),
    (ASSISTANCE, "社会散居孤儿养育标准为每月1180元，事实无人抚养儿童每月1100元。", [S + "orphan_home", None]),
    # One amount of two indicators is neither's alone.
    (ASSISTANCE, "集中养育孤儿、社会散居孤儿基本生活养育标准均为每人每月1500元。", [None]),
    (ASSISTANCE, "集中养育孤儿、社会散居孤儿养育标准分别为每人每月1800元、1200元。", [S + "orphan_institution", S + "orphan_home"]),
    (ASSISTANCE, "城市低保标准、农村低保标准均为每人每月900元。", [None]),
    (ASSISTANCE, "城市低保标准、农村低保标准分别为每人每月900元、700元。", [S + "urban", S + "rural"]),
    (ASSISTANCE, "社会散居孤儿、事实无人抚养儿童养育标准为每人每月1180元。", [S + "orphan_home"]),
    (ASSISTANCE, "个案救助金额最高由2万元提高到3万元，审批限额为2000元。", [S + "temporary_cap"] * 2 + [None]),
]  # fmt: skip
# Neighbours of these programmes, totals, populations and conditions: none has an indicator.
NEAR_MISSES = {
    ASSISTANCE: (
        "对低保家庭中的老年人，每人每月增发低保金60元。", "城市低保人均补差560元，农村低保人均补差380元。",
        "向低保对象发放一次性生活补贴每户500元。", "特困人员丧葬费按12个月基本生活标准发放，最高1.2万元。",
        "家庭人均收入不超过1.5倍低保标准，机动车不超过8万元。", "残疾人机动轮椅车燃油补贴每人每年260元。",
        "乡镇临时救助备用金每年2万元。", "全年支出低保资金1.2亿元，其中城市低保3200万元。",
    ),
    HOUSING: (
        "加装电梯可提取住房公积金，每户最高5万元。", "人才购房补贴最高30万元，租房补贴每月1500元。",
        "公租房物业费每平方米每月1.2元，押金2000元。", "发放住房租赁补贴1800万元。", "年度归集住房公积金35亿元。",
        "逾期不缴存的，处1万元以上5万元以下罚款。",
    ),
    SCHOOLS: (
        "高中学费每生每学期900元，住宿费300元。", "乡村教师生活补助每月500元。", "下达义务教育公用经费3200万元。",
        "家庭经济困难学生生活补助3960万元。",
        "课后服务费每生每学期600元。", "博士学位授权点新增3个。",
    ),
    WORK: (
        "创业担保贷款余额12.6亿元。", "全年发放创业担保贷款5.2亿元。", "创业孵化基地一次性补助20万元。", "场所租赁补贴：每月补贴500元。",
        "全年发放社会保险补贴3600万元。", "零就业家庭动态清零，招聘会提供岗位5.2万个。",
    ),
    BIRTH: (
        "婴幼儿照护专项附加扣除每孩每月2000元。", "托育服务收费每月不超过1800元。", "普惠托位建设补助每个1万元。",
        "多子女家庭购房补贴每户10万元。",
    ),
    CARE: (
        "失能评估费每人次300元，由基金支付70%。", "护理员培训补贴每人600元。", "护理服务机构协议保证金5万元。",
        "评估结论有效期2年。",
    ),
}  # fmt: skip


def indicators(title, text):
    """The indicators of a notice's figures, in their order; no dates, ages and conditions."""
    notice = extractor.read_notice(f"{title}\n\n各有关单位：\n现通知如下。\n\n{text}\n".encode())
    return [fact.indicator for fact in notice.facts if fact.kind not in ("age", "date", "milestone")]


@pytest.mark.parametrize(("title", "text", "expected"), LINKS)
def test_links(title, text, expected):
    """Each figure has the indicator that its words name, or none."""
    assert indicators(title, text) == expected


@pytest.mark.parametrize(("title", "text"), [(title, text) for title, texts in NEAR_MISSES.items() for text in texts])
def test_near_misses(title, text):
    """What stands beside a programme's figures is none of them."""
    assert set(indicators(title, text)) == {None}
