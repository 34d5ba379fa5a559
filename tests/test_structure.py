"""Structure: heads, closings, sections, sentences, furniture, relations, definitions, regions, dates."""

import json
from pathlib import Path

import pytest
from case_ids import case_id
from hypothesis import given, settings
from hypothesis import strategies as st
from work import assert_linear

import extractor
from extractor.errors import CatalogError
from extractor.model import AlignedText, Block, SourceText
from extractor.notice.normalise.run import normalise
from extractor.notice.row_tests import check_rows
from extractor.notice.structure.parse import parse_structure
from extractor.resources import Resources, load

RESOURCES = load()
ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


def source(text, **more):
    return SourceText(
        sha256="0" * 64, origin="t", media_type="text/plain", encoding="utf-8", reader="text", text=text, **more
    )


def parse(text, **more):
    return parse_structure(AlignedText(source(text, **more), text), RESOURCES)


def words(notice, kind):
    return [notice.text.text[s.span.start : s.span.end] for s in notice.sentences if s.kind == kind]


def view(notice, key):
    value = getattr(notice, key)
    return value.code if key == "region" and value else value


HEADS = {
    "province, issuers in the title, wrapped": (
        (
            "湖北省医疗保障局 湖北省财政厅\n关于做好2023年城乡居民基本医疗保障\n工作的通知\n\n鄂医保发〔2023〕38号\n\n"
            "各市、州、县医疗保障局、财政局：\n为做好工作，现就有关事项通知如下：\n一、筹资标准\n每人每年380元。\n\n"
            "湖北省医疗保障局\n湖北省财政厅\n2023年9月1日"
        ),
        {
            "type": "notice",
            "title": "湖北省医疗保障局 湖北省财政厅关于做好2023年城乡居民基本医疗保障工作的通知",
            "document_number": "鄂医保发〔2023〕38号",
            "issuers": ("湖北省医疗保障局", "湖北省财政厅"),
            "addressees": ("各市、州、县医疗保障局", "财政局"),
            "issued_on": "2023-09-01",
            "region": "420000",
            "policy_year": 2023,
        },
    ),
    "red letterhead, number with blanks, no issuer in the title": (
        (
            "杭州市医疗保障局文件\n杭医保 [2024] 第 7 号\n关于调整2025年度城乡居民医保缴费标准的通知\n"
            "各区、县（市）医疗保障局：\n现通知如下。\n2025年每人680元。\n（此页无正文）\n杭州市医疗保障局\n二〇二四年十月八日\n（此件主动公开）"
        ),
        {
            "title": "关于调整2025年度城乡居民医保缴费标准的通知",
            "document_number": "杭医保〔2024〕第7号",
            "issuers": ("杭州市医疗保障局",),
            "issued_on": "2024-10-08",
            "region": "330100",
            "policy_year": 2025,
        },
    ),
    "order with the measures below it": (
        (
            "江西省人民政府令\n第263号\n《江西省医疗救助办法》已经2023年11月2日省人民政府第12次常务会议审议通过，"
            "现予公布，自2024年1月1日起施行。\n省长 张三\n2023年12月5日\n江西省医疗救助办法\n第一章 总则\n"
            "第一条 为了规范医疗救助，制定本办法。\n第二条 救助比例不低于70%。\n第二章 附则\n第三条 本办法由省医疗保障局解释。"
        ),
        {
            "type": "notice",
            "title": "江西省人民政府令",
            "document_number": "江西省人民政府令第263号",
            "issuers": ("江西省人民政府",),
            "issued_on": "2023-12-05",
            "effective_on": "2024-01-01",
            "region": "360000",
            "policy_year": None,
        },
    ),
    "announcement without addressees": (
        (
            "国家税务总局赣州市税务局 赣州市医疗保障局关于2024年度城乡居民医保集中征缴的公告\n2023年第5号\n"
            "根据有关规定，现将有关事项公告如下：\n一、缴费标准\n个人缴费380元。\n特此公告。\n"
            "国家税务总局赣州市税务局 赣州市医疗保障局\n2023年9月15日"
        ),
        {
            "type": "notice",
            "document_number": "2023年第5号",
            "issuers": ("国家税务总局赣州市税务局", "赣州市医疗保障局"),
            "addressees": (),
            "issued_on": "2023-09-15",
            "region": "360700",
            "policy_year": 2024,
        },
    ),
    "no title, no number": (
        (
            "各县（区）人力资源和社会保障局：\n为贯彻落实《政府工作报告》，现就2020年工作通知如下：\n一、发放标准\n每人每月108元。\n"
            "九江市人力资源和社会保障局\n九江市财政局\n2020年7月3日"
        ),
        {
            "type": "notice",
            "title": None,
            "document_number": None,
            "issuers": ("九江市人力资源和社会保障局", "九江市财政局"),
            "issued_on": "2020-07-03",
            "region": "360400",
            "policy_year": 2020,
        },
    ),
    "forwarded notice": (
        (
            "赣州市人民政府办公室关于转发市医保局2023年城乡居民医保工作方案的通知\n赣市府办字〔2023〕12号\n"
            "各县（市、区）人民政府：\n市医保局《2023年城乡居民医保工作方案》已经市政府同意，现转发给你们，请认真贯彻执行。\n"
            "2023年3月1日\n2023年城乡居民医保工作方案\n（市医保局）\n一、总体要求\n参保率达到95%以上。\n二、缴费标准\n每人380元。"
        ),
        {
            "type": "notice",
            "title": "赣州市人民政府办公室关于转发市医保局2023年城乡居民医保工作方案的通知",
            "document_number": "赣市府办字〔2023〕12号",
            "issuers": ("赣州市人民政府办公室",),
            "issued_on": "2023-03-01",
            "region": "360700",
            "policy_year": 2023,
        },
    ),
    "county, metadata above": (
        (
            "首页 > 政务公开 > 通知公告\n索引号：11360\t发布机构：章贡区医疗保障局\n成文日期：2022-09-08\t发布日期：2022-09-09\n"
            "文　号：章医保字〔2022〕9号\t有效性：有效\n赣州市章贡区2023年度城乡居民医保参保缴费通告\n"
            "发布时间：2022-09-09 16:20 来源：区医保局 浏览次数：120 字体：大 中 小\n"
            "全区居民朋友们：\n2023年度城乡居民医保参保缴费工作已经开始，个人缴费350元。\n打印 关闭"
        ),
        {
            "type": "notice",
            "title": "赣州市章贡区2023年度城乡居民医保参保缴费通告",
            "document_number": "章医保字〔2022〕9号",
            "issuers": ("章贡区医疗保障局",),
            "issued_on": "2022-09-08",
            "published_on": "2022-09-09",
            "region": "360702",
            "policy_year": 2023,
        },
    ),
    "interpretation with questions and answers": (
        (
            "居民医保参保缴费政策问答\n发布时间：2023-09-20\n问：2024年个人缴费多少钱？\n答：每人380元。\n"
            "问：何时缴？\n答：9月至12月。\n问：在哪里缴？\n答：线上。"
        ),
        {"type": "interpretation", "title": "居民医保参保缴费政策问答", "issuers": (), "published_on": "2023-09-20"},
    ),
    "interpretation of a national notice": (
        (
            "《关于进一步做好异地就医直接结算工作的通知》政策解读\n日前，国家医保局、财政部印发了《关于进一步做好异地就医直接"
            "结算工作的通知》（医保发〔2022〕22号，以下简称《通知》），现解读如下：\n一、背景是什么？\n推进改革。"
        ),
        {"type": "interpretation", "document_number": None, "region": "100000", "issuers": ()},
    ),
    "reprinted news": (
        "居民医保集中缴费开始啦\n来源：江西日报\n2023-09-05\n记者从省医保局获悉，今年个人缴费标准为每人380元。",
        {"type": "reprint", "document_number": None, "issuers": ()},
    ),
    "news": (
        "我市召开医保工作会议\n9月5日，全市医保工作会议召开，会议指出，参保率达到95%。会议要求，抓好落实。",
        {"type": "other", "document_number": None, "issuers": (), "addressees": ()},
    ),
    "range of years in the title": (
        (
            "国务院办公厅关于印发医疗保障三年行动方案（2023—2025年）的通知\n国办发〔2023〕4号\n各省、自治区、直辖市人民政府：\n"
            "现印发给你们。\n国务院办公厅\n2023年2月1日"
        ),
        {"policy_year": None, "issuers": ("国务院办公厅",), "region": "100000"},
    ),
    "a season is of the year it begins in": (
        "邢台市关于发放2022—2023年度采暖季补贴的通知\n各区：\n现通知如下。\n2022年11月1日",
        {"policy_year": 2022},
    ),
    "a heating season without the word year": (
        "关于2023-2024供暖期低保家庭采暖补贴标准的通知\n各区：\n现通知如下。\n2023年11月1日",
        {"policy_year": 2023},
    ),
    "from when on the figures of a bracket are others": (
        "义务教育公用经费政策问答\n小学660元、初中860元（2031年春季学期起提高到小学730元、初中950元）。",
        {"policy_year": None},
    ),
    "the year of a bracket's figures": (
        "高龄津贴政策问答\n高龄津贴每人每月90元（2031年标准）。",
        {"policy_year": 2031},
    ),
    "three years are no season": (
        "关于2021—2023年度重点工作的通知\n各区：\n现通知如下。\n2021年3月1日",
        {"policy_year": None},
    ),
    "impossible date": (
        "关于做好工作的通知\n各单位：\n现通知如下。\n财政部\n2023年2月30日",
        {"issued_on": None, "issuers": ("财政部",)},
    ),
    "signatories that run together": (
        (
            "国家医保局财政部国家税务总局关于做好二〇二三年居民医保工作的通知\n各省、自治区、直辖市医保局：\n现通知如下：\n一、好\n好。\n"
            "国家医保局 财政部\n国家税务总局\n2023年7月1日"
        ),
        {"issuers": ("国家医保局", "财政部", "国家税务总局"), "policy_year": 2023},
    ),
    "cited number is not its own": (
        "关于贯彻落实医保发〔2022〕20号文件的通知\n各单位：\n根据医保发〔2022〕20号文件要求，现通知如下：\n一、好\n好。",
        {"document_number": None},
    ),
    "validity": (
        "甘肃省医疗救助办法\n第一条 为了规范，制定本办法。\n第二条 本办法自2024年1月1日起施行，有效期5年。",
        {"type": "notice", "effective_on": "2024-01-01", "expires_on": "2028-12-31", "region": "620000"},
    ),
    "the document passed on has the year": (
        "上海市人民政府办公厅关于转发市医保局《2023年本市城乡居民基本医疗保险方案》的通知\n各区人民政府：\n现转发给你们，请认真执行。\n2022年12月1日",
        {
            "title": "上海市人民政府办公厅关于转发市医保局《2023年本市城乡居民基本医疗保险方案》的通知",
            "policy_year": 2023,
        },
    ),
    "number beside the title": (
        (
            "关于印发《2022年全省城乡居民医保工作要点》的通知（皖医保秘〔2022〕30号）\n各市医疗保障局：\n现印发给你们，请认真抓好落实。\n"
            "安徽省医疗保障局\n2022年3月1日\n2022年全省城乡居民医保工作要点\n一、提高筹资水平。人均610元。\n二、做好保障。好。"
        ),
        {
            "title": "关于印发《2022年全省城乡居民医保工作要点》的通知",
            "document_number": "皖医保秘〔2022〕30号",
            "issuers": ("安徽省医疗保障局",),
            "region": "340000",
        },
    ),
    "title wrapped to a single word": (
        (
            "关于做好城乡居民基本医疗\n保险参保工作的\n通知\n\n闽医保〔2022〕88 号\n\n各设区市医疗保障局、平潭综合实验区社会事业局：\n"
            "现就2023年度工作通知如下：\n一、缴费\n每人每年350元。\n福建省医疗保障局\n2022 年 9 月 14 日"
        ),
        {
            "title": "关于做好城乡居民基本医疗保险参保工作的通知",
            "document_number": "闽医保〔2022〕88号",
            "issued_on": "2022-09-14",
            "policy_year": 2023,
        },
    ),
    "metadata in a table": (
        (
            "索引号\t11440000\t分类\t医保、通知\n发布机构\t广东省医疗保障局\t成文日期\t2023-08-08\n文号\t粤医保发〔2023〕18号\t发布日期\t2023-08-20\n"
            "主题词\t\n关于做好2024年度参保缴费工作的通知\n各地级以上市医疗保障局、财政局：\n现通知如下：\n一、标准\n每人每年670元。"
        ),
        {
            "title": "关于做好2024年度参保缴费工作的通知",
            "document_number": "粤医保发〔2023〕18号",
            "issuers": ("广东省医疗保障局",),
            "issued_on": "2023-08-08",
            "published_on": "2023-08-20",
        },
    ),
    "interpretation with issuers inside its title": (
        (
            "《江西省医疗保障局 江西省财政厅关于做好我省2023年工作的通知》政策解读\n2023-09-20 09:00:00 来源：江西省医疗保障局\n一、出台背景\n"
            "近日，省医保局印发《关于做好我省2023年工作的通知》（赣医保发〔2023〕18号，以下简称《通知》）。\n二、内容\n人均640元。"
        ),
        {
            "type": "interpretation",
            "issuers": (),
            "published_on": "2023-09-20",
            "region": "360000",
            "policy_year": 2023,
        },
    ),
    "signatories run together": (
        (
            "关于做好2023年度失业保险费率有关工作的通知\n渝人社发〔2023〕17号\n各区县（自治县）人力社保局、财政局、税务局，两江新区有关部门：\n"
            "现就有关事项通知如下：\n一、费率1%。\n二、好。\n重庆市人力资源和社会保障局重庆市财政局国家税务总局重庆市税务局\n2023年4月20日"
        ),
        {
            "issuers": ("重庆市人力资源和社会保障局", "重庆市财政局", "国家税务总局重庆市税务局"),
            "addressees": ("各区县（自治县）人力社保局", "财政局", "税务局", "两江新区有关部门"),
            "region": "500000",
        },
    ),
    "county whose name several have": (
        "鼓楼区2024年度城乡居民医保参保缴费须知\n尊敬的居民朋友：\n每人400元。\n福州市鼓楼区医疗保障局\n2023年9月20日",
        {"region": "350102", "issuers": ("福州市鼓楼区医疗保障局",), "policy_year": 2024},
    ),
    "a date below the number": (
        "关于2031年调整养老金的通知\n烟人社发[2031]44号\n2031年03月11日\n各区人力资源和社会保障局：\n现通知如下：\n一、每月1510元。",
        {"issued_on": "2031-03-11", "document_number": "烟人社发〔2031〕44号"},
    ),
    "a page's stamp below the number is no day of issue": (
        "关于2031年调整养老金的通知\n烟人社发[2031]44号\n2031-03-11 09:30\n各区人力资源和社会保障局：\n现通知如下：\n一、每月1510元。",
        {"issued_on": None, "published_on": "2031-03-11"},
    ),
    "a copy in markdown": (
        "> 原件标题：烟台市关于调整失业保险金标准的通知\n\n烟人社发〔2031〕5号\n\n各区：\n现通知如下：\n**一、标准**\n每月1600元。",
        {"title": "烟台市关于调整失业保险金标准的通知", "document_number": "烟人社发〔2031〕5号"},
    ),
    "a heading in markdown": (
        "# 烟台市民政局关于调整标准的通知\n\n各区：\n现通知如下：\n## 一、标准\n每月1600元。",
        {"title": "烟台市民政局关于调整标准的通知", "issuers": ("烟台市民政局",)},
    ),
    "issued in a year of the republic": (
        "卫生福利部公告\n一、每人每月八千元。\n中华民国一百十四年十二月一日",
        {"issued_on": "2025-12-01", "issuers": ("卫生福利部",)},
    ),
    "a work report is for the year of its targets": (
        (
            "政府工作报告\n——在临河县第十八届人民代表大会第三次会议上\n各位代表：\n现在，我代表县人民政府作工作报告。\n一、2030年工作回顾\n"
            "增长6%。\n二、2031年工作安排\n增长7%。"
        ),
        {"title": "政府工作报告", "policy_year": 2031},
    ),
    "a report's name in title marks behind its place and year": (
        "临河县2031年《政府工作报告》\n（2031年1月21日县十七届人大四次会议）\n【编者按】报告摘登如下。\n一、目标\n增长7%。",
        {"title": "临河县2031年《政府工作报告》", "policy_year": 2031},
    ),
    "a report that is cited is no title": (
        "学习临河县2031年《政府工作报告》\n（2031年1月21日县十七届人大四次会议）\n根据报告安排，增长7%。",
        {"title": None},
    ),
    "the year that a work report looks back on is not its own": (
        (
            "政府工作报告\n——2031年1月18日在临河县第十八届人民代表大会第三次会议上\n各位代表：\n一、2030年工作回顾\n过去一年，增长6%。\n"
            "二、2031年主要目标\n增长7%。"
        ),
        {"title": "政府工作报告", "policy_year": 2031},
    ),
    "a work report is for the year in which it was given": (
        (
            "政府工作报告\n——二〇三一年一月十八日在临河县第十八届人民代表大会第三次会议上\n各位代表：\n一、2030年工作回顾\n"
            "增长6%。\n二、今年工作安排\n增长7%。"
        ),
        {"title": "政府工作报告", "policy_year": 2031},
    ),
    "last year's results are another year": (
        (
            "关于调整待遇的通知\n丙医保发〔2031〕4号\n各区：\n2030年，我市职工医保基金共支付11.6亿元，惠及286万人次，运行总体平稳。现对待遇作如下调整：\n"
            "一、支付比例75%。"
        ),
        {"policy_year": None},
    ),
    "results, then the year that it is for": (
        (
            "关于调整待遇的通知\n各区：\n2030年以来，各地累计发放补贴3亿元。为做好2031年补贴发放工作，现通知如下：\n"
            "一、每人600元。"
        ),
        {"policy_year": 2031},
    ),
    "what amounts are reckoned by is of another year, and says nothing of one that stands before it": (
        "关于缴费基数的通知\n各区：\n为做好2031年工作，按2030年全省月均工资的50%执行。现通知如下：\n一、每人600元。",
        {"policy_year": 2031},
    ),
    "a year to be reached, and one since which something is, are others": (
        "关于高龄津贴的通知\n各区：\n我县从2020年起建立高龄津贴制度，力争到2035年实现全覆盖。现通知如下：\n一、每人600元。",
        {"policy_year": None},
    ),
    "what a year is to bring is no result": (
        "关于提高标准的通知\n各区：\n2031年，全市城乡居民医保筹资标准提高到每人每年1070元。现通知如下：\n一、个人缴费400元。",
        {"policy_year": 2031},
    ),
    "in force on issue": (
        (
            "厦门市关于调整高龄津贴标准的通知\n各区：\n现通知如下：\n一、标准\n每月100元。\n二、本通知自印发之日起执行，有效期至2027年12月31日。\n"
            "厦门市民政局\n2023年5月4日"
        ),
        {"effective_on": "2023-05-04", "expires_on": "2027-12-31", "region": "350200"},
    ),
}


TITLES = [
    # Over two lines, with words of a region; a blank between issuers stays.
    ("國家醫保局 財政部\n關於做好２０２１年城鄉居民醫保資訊\n工作的通知\n各省：\n現通知如下：\n一、每人每年補助標準不低於580元。\n",
     "国家医保局 财政部关于做好2021年城乡居民医保信息工作的通知", "國家醫保局 財政部關於做好２０２１年城鄉居民醫保資訊工作的通知"),
    ("勞動部公告114年最低工資\n自114年1月1日起，每月最低工資調整為28590元。\n", "劳动部公告114年最低工资", "勞動部公告114年最低工資"),
    # In simplified script, with digits that are mended.
    ("关于２０３１年调整养老金的通知\n各区：\n一、每月1510元。", "关于2031年调整养老金的通知", None),
    ("一、每月1510元。", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "title", "exact"), TITLES)
def test_title_in_its_own_script(text, title, exact):
    """A title is simplified for programs, and kept for people as its source writes it in traditional script."""
    notice = extractor.read_notice(text.encode()).notice

    assert (notice.title, notice.title_exact) == (title, exact)


@pytest.mark.parametrize("name", HEADS)
def test_heads(name):
    """The head and the closing say who issued what, when, for whom."""
    text, wanted = HEADS[name]
    notice = parse(text)

    assert {key: view(notice, key) for key in wanted} == wanted


_NOTICE = "{title}\n各区：\n{text}\n市民政局\n{issued}"
_ADJUST = "某市民政局关于调整补贴标准的通知"
# title, text, day of issue, the year in which its figures begin
BEGINS = [
    (_ADJUST, "一、标准\n自2031年6月1日起，护理补贴标准为每月100元。", "2031年5月20日", 2031),
    (_ADJUST, "自2031年6月1日起，护理补贴标准为每月100元。自2031年9月起，生活补贴标准为每月90元。", "2031年5月20日", 2031),
    (_ADJUST, "从2032年1月1日起，护理补贴标准为每月100元。", "2031年12月20日", 2032),
    ("某市民政局关于印发《救助资金支持政策清单（2031年版）》的通知", "护理补贴标准为每月100元。", "2031年3月29日", 2031),
    ("2031/32学年学生资助津贴额公布", "书簿津贴为每年3240元。", "", 2031),
    # another year than that of its issue, several years, none, a plan's, an edition that is older
    (_ADJUST, "自2028年6月1日起，护理补贴标准为每月100元。", "2031年5月20日", None),
    (_ADJUST, "自2032年1月1日起，护理补贴标准为每月100元。", "2031年5月20日", None),
    (_ADJUST, "自2031年6月1日起，护理补贴标准为每月100元，自2032年1月1日起为120元。", "2031年5月20日", None),
    (_ADJUST, "护理补贴标准为每月100元，2031年6月1日前发放到位。", "2031年5月20日", None),
    (_ADJUST, "自2031年6月1日起，护理补贴标准为每月100元。", "", None),
    ("某市“十六五”民政事业发展规划", "自2031年6月1日起，护理补贴标准为每月100元。", "2031年5月20日", None),
    ("某市养老服务行动方案（2031—2033年）", "自2031年6月1日起，护理补贴标准为每月100元。", "2031年5月20日", None),
    ("某市民政局关于执行《药品目录（2029年版）》的通知", "护理补贴标准为每月100元。", "2031年3月29日", None),
    ("2031/35学年学生资助津贴额公布", "书簿津贴为每年3240元。", "", None),
    # one that is known otherwise
    ("某市民政局关于2031年补贴标准的通知", "自2031年6月1日起，护理补贴标准为每月100元。", "2031年5月20日", None),
    (_ADJUST, "护理补贴标准为每月100元。本通知自2031年6月1日起施行。", "2031年5月20日", None),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "issued", "year"), BEGINS)
def test_year_in_which_figures_begin(title, text, issued, year):
    """What names no year and no day of effect is of the one year in which all that it dates begins, if it was issued then."""
    assert parse(_NOTICE.format(title=title, text=text, issued=issued)).begins_in == year


def test_begins_in_is_no_policy_year():
    """The policy year is the title's or the opening's, or none."""
    assert parse(_NOTICE.format(title=_ADJUST, text=BEGINS[0][1], issued="2031年5月20日")).policy_year is None


# what an interpretation says of the text that it explains
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("近日，市民政局印发《关于调整补贴标准的通知》（某民发〔2031〕7号，以下简称《通知》），自2031年7月1日起施行。", "2031-07-01"),
        ("市民政局印发了《补贴办法》。《办法》自2031年9月1日起正式实施。", "2031-09-01"),
        ("市民政局印发了《补贴办法》。《社会救助法》自2011年9月1日起施行。", None),
        ("市民政局印发了《补贴办法》。《办法》明确，困难家庭自2031年9月1日起享受补贴。", None),
    ],
)  # fmt: skip
def test_when_what_is_explained_takes_effect(text, day):
    """An interpretation holds from the day of what it explains; a notice doesn't from that of what it cites."""
    explained = f"《关于调整补贴标准的通知》政策解读\n{text}\n一、为什么调整？\n护理补贴标准为每月100元。"
    citing = _NOTICE.format(title=_ADJUST, text=text, issued="2031年5月20日")

    assert (parse(explained).effective_on, parse(citing).effective_on) == (day, None)


SECTIONS = [
    ("一、甲\n文。\n（一）乙。文。\n（二）丙。文。\n二、丁\n1.戊\n2.己\n（1）庚\n三、辛",
     ["一", "一/（一）", "一/（二）", "二", "二/1", "二/2", "二/2/（1）", "三"]),
    ("第一部分　2030年工作回顾\n一、甲。\n二、乙。\n第二部分　2031年安排\n一、丙。",
     ["第一部分", "第一部分/一", "第一部分/二", "第二部分", "第二部分/一"]),
    ("一、甲。\n第一部分费用由财政承担，其余自负。\n二、乙。", ["一", "二"]),
    ("第一章 总则\n第一条 甲。\n第二条 乙。\n第二章 待遇\n第三条 丙：\n（一）丁；\n（二）戊。\n第四条 己。",
     ["第一章", "第一章/第一条", "第一章/第二条", "第二章", "第二章/第三条", "第二章/第三条/（一）", "第二章/第三条/（二）", "第二章/第四条"]),
    ("一、甲\n文中分为\n三、四级医院，不同。\n二、乙", ["一", "二"]),
    ("一、二级医院支付90%。\n三级医院支付80%。", []),
    ("1.5亿元用于补助。\n2022.6.30发布。", []),
    ("一、甲\n1.子\n2.丑\n二、乙\n1.寅", ["一", "一/1", "一/2", "二", "二/1"]),
    ("一、甲\n（一）子\n（一）丑\n（二）寅", ["一", "一/（一）", "一/（一）~2", "一/（二）"]),
    ("三、甲\n四、乙\n五、丙", ["三", "四", "五"]),
    # The breaks between paragraphs are lost.
    ("一、筹资标准。甲乙。二、待遇保障。（一）住院待遇。丙丁。（二）门诊待遇。戊己。三、经办服务。庚辛。", ["一", "二", "二/（一）", "二/（二）", "三"]),
    ("甲乙。（一）住院待遇。丙丁。戊己。", []),
    ("按以下顺序：（一）甲乙，丙丁；（二）戊己，庚辛。", []),
    ("支付比例如下：一、二级医院：支付90%。三、四级医院：支付80%。", []),
    # What a work report's part is of, its number lost.
    ("2031年政府工作报告\n各位代表：\n现在，我作工作报告。\n“十五五”时期发展成就和2030年工作回顾\n甲。\n2031年重点工作\n一、乙\n2031年，做好工作。",
     ["“十五五”时期发展成就和2030年工作回顾", "2031年重点工作", "2031年重点工作/一"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "ids"), SECTIONS)
def test_sections(text, ids):
    """Numbers at line starts make a tree where their sequence makes sense."""
    assert [section.id for section in parse(text).sections] == ids


def test_headings():
    """A heading is a marker's short line or the words run in before 。 or ：."""
    text = "一、筹资标准\n（一）个人缴费。每人380元。\n（二）财政补助：每人640元。\n（三）起付线以上至3万元的部分，支付60%；\n（四）执行时间为2023年。从略。"
    headings = [section.heading for section in parse(text).sections]

    assert headings == ["筹资标准", "个人缴费", "财政补助", None, None]


# text of the first item, what stands below it, its heading
ALONE = [
    ("（一）个人缴费标准", "每人每年380元。", "个人缴费标准"),
    ("（一）个人缴费标准。", "每人每年380元。", "个人缴费标准"),
    ("（一）", "个人缴费标准\n每人每年380元。", "个人缴费标准"),
    ("1.1 个人缴费标准", "每人每年380元。", "个人缴费标准"),
    ("1．个人缴费标准。", "\n每人每年380元。", "个人缴费标准"),
    ("（一）个人缴费标准，每人380元。", "由税务部门征收。", None),
    ("（一）标准为380元。", "由税务部门征收。", None),
    ("（一）各地要落实责任。", "", None),
    ("（一）", "个人缴费标准为每人每年380元，由税务部门征收。", None),
    ("第一条 本办法自发布之日起施行。", "由税务部门解释。", None),
]


@pytest.mark.parametrize(("item", "below", "heading"), ALONE)
def test_headings_alone(item, below, heading):
    """A heading on a line of its own is one with or without a full stop, and below its number; a rule is none."""
    notice = parse(
        f"关于做好工作的通知\n各市医保局：\n现通知如下。\n一、筹资标准\n{item}\n{below}\n二、待遇水平\n支付70%。"
    )
    found = [section.heading for section in notice.sections if section.number not in {"一", "二"}]

    assert found == [heading]


# lines below a title, the headings found
PLAIN_HEADINGS = {
    "between paragraphs": (["各县区：", "现将有关事项通知如下。", "伤残津贴", "一级每月增加244元。", "生活护理费", "每月3000元。"], ["伤残津贴", "生活护理费"]),
    "right below the title": (["居民医保", "个人缴费标准为400元。", "最低工资", "一类地区每月2300元。"], ["居民医保", "最低工资"]),
    "below a numbered heading": (["一、调整标准", "伤残津贴", "一级每月增加244元。", "二、资金", "由基金支付。"], ["调整标准", "伤残津贴", "资金"]),
    "above items of its own": (
        ["现通知如下。", "住房公积金", "1.单位缴存比例12%。", "2.贷款最高100万元。", "最低工资", "每月2300元。"],
        ["住房公积金", None, None, "最低工资"],
    ),
    "in brackets before their text": (["现通知如下。", "【失业保险金】缴费满1年的可以申领。", "【稳岗返还】按60%返还。"], ["失业保险金", "稳岗返还"]),
    "the rest of a line that was cut": (["现将工伤保险待遇调整的有关事项通知如下，伤残", "津贴标准", "一级每月增加244元。"], []),
    "the first part of one": (["各县区：", "按照省人民代表大会确定的", "任务，现通知如下。"], []),
    "those who sign": (["每人每月2300元。", "某市人力资源局", "某市财政局"], []),
    "a line with a figure": (["现通知如下。", "伤残津贴3000元", "一级每月增加244元。"], []),
    "the name of a person below the title": (["李大明", "今年目标是生产总值增长5%。"], []),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "headings"), PLAIN_HEADINGS.values(), ids=PLAIN_HEADINGS)
def test_headings_without_a_number(lines, headings):
    """A short line between paragraphs heads what follows; a line that was cut, and those who sign, don't."""
    notice = parse("\n".join(["某市关于2031年工伤保险待遇调整的通知", *lines, ""]))

    assert [section.heading for section in notice.sections] == headings


THREE = ("湖北省医疗保障局", "湖北省财政厅", "国家税务总局湖北省税务局")
JOINT = [
    ("{0}\n{1} 文件\n{2}", THREE),
    ("{0}\n{1}\n{2}\n文件", THREE),
    ("文　件\n{0}\n{1}\n{2}", THREE),
    ("{0}\n{1}\n{2}文件", THREE),
    ("{0} {1} {2}文件", THREE),
    ("{0}\t文件\n{1}\n{2}", THREE),
    ("{0}文件", THREE[:1]),
    ("{0}", ()),
    ("会议文件\n{0}", ()),
]


@pytest.mark.parametrize(("letterhead", "issuers"), JOINT)
def test_joint_letterhead(letterhead, issuers):
    """All organs around 文件 are issuers."""
    body = "鄂医保发〔2023〕38号\n关于做好2023年居民医保工作的通知\n各市、州医疗保障局：\n现通知如下。\n一、标准\n每人380元。"

    assert parse(f"{letterhead.format(*THREE)}\n{body}").issuers == issuers


def test_attachment_sections():
    """Sections of an attachment carry its name and stand below level 1."""
    text = (
        "关于印发方案的通知\n各单位：\n现通知如下：\n一、甲\n文。\n财政部\n2023年5月4日\n附件1\n实施方案\n一、乙\n文。\n（一）丙。\n"
        "附件2\n明细表\n一、丁\n联系人：张三"
    )
    notice = parse(text)

    assert [section.id for section in notice.sections] == ["一", "附件1/一", "附件1/一/（一）", "附件2/一"]
    assert [section.level for section in notice.sections] == [1, 2, 3, 2]
    assert "2023年5月4日" in words(notice, "closing")
    assert "实施方案" in words(notice, "body")


CLOSINGS = [
    ("附件：1.参保人数表\n2.缴费标准表\n\n南昌市医疗保障局\n2023年9月1日\n（联系人：张三，电话：0791-1234567）",
     ["附件：1.参保人数表", "2.缴费标准表", "南昌市医疗保障局", "2023年9月1日", "（联系人：张三，电话：0791-1234567）"], []),
    ("特此通知。\n南昌市医疗保障局　南昌市财政局\n2023年9月1日\n相关文章：\n1.关于2022年缴费的通知 [2022-09-01]\n版权所有：南昌市",
     ["特此通知。", "2023年9月1日"], ["相关文章：", "1.关于2022年缴费的通知 [2022-09-01]", "版权所有：南昌市"]),
    ("南昌市医疗保障局2023年9月1日\n抄送：市委办公室。\n南昌市医疗保障局办公室 2023年9月2日印发\n上一篇：关于2022年的通知\n分享到：微信",
     ["南昌市医疗保障局2023年9月1日", "抄送：市委办公室。", "南昌市医疗保障局办公室 2023年9月2日印发"],
     ["上一篇：关于2022年的通知", "分享到：微信"]),
]  # fmt: skip


@pytest.mark.parametrize(("tail", "closing", "furniture"), CLOSINGS)
def test_closings(tail, closing, furniture):
    """What stands below the body is closing or furniture, and the body stays body."""
    notice = parse("关于缴费的通知\n各县医疗保障局：\n现通知如下：\n一、标准\n每人每年380元。\n" + tail)

    assert not set(closing) - set(words(notice, "closing"))
    assert not set(furniture) - set(words(notice, "furniture"))
    assert "每人每年380元。" in words(notice, "body")
    assert notice.issued_on == "2023-09-01"


NEVER_SWALLOWED = [
    "| 人群 | 一档 380元 | 二档 640元 |",
    "时间：集中缴费期为9月1日至12月31日。",
    "登录国家医保服务平台即可缴费，每人380元。",
    "相关政策按规定执行。",
    "2023年9月1日",
    "大病保险",
    "打印缴费凭证的，每份2元。",
]


@pytest.mark.parametrize("line", NEVER_SWALLOWED)
def test_body_is_never_swallowed(line):
    """A line of the body that looks a little like furniture stays body."""
    notice = parse(
        f"关于缴费的通知\n各县医疗保障局：\n现通知如下：\n一、标准\n{line}\n二、时间\n每人每年380元。\n财政部\n2023年9月9日"
    )

    assert line in "".join(words(notice, "body")) or set(words(notice, "body")) >= {line}


def test_table_of_links():
    """Links beside one another below a notice are furniture and no table of it: a run of rows may have no cell."""
    notice = parse(
        "关于标准的通知\n各单位：\n现通知如下。\n每人每年380元。\n相关链接：图文解读\n规划计划\t纪检信息\n人事信息\t办事指南"
    )

    assert "每人每年380元。" in words(notice, "body")
    assert not [sentence for sentence in notice.sentences if sentence.kind == "cell"]


def test_sentences_split():
    """。！？ end a sentence, but not inside quotes and brackets that close soon; ； does not."""
    text = "执行“先诊疗。后付费”办法；每人380元。（一般情况。如下）《甲。乙》规定！好吗？“未闭合。完"

    assert words(parse(text), "body") == [
        "执行“先诊疗。后付费”办法；每人380元。", "（一般情况。如下）《甲。乙》规定！", "好吗？", "“未闭合。", "完",
    ]  # fmt: skip


def test_text_table():
    """Cells of a text table know the headers of their column and row."""
    text = "关于标准的通知\n各单位：\n见下表。\n序号\t人群\t个人缴费\t财政补助\n1\t居民\t380元\t640元\n2\t学生\t350元\t640元\n完。"
    notice = parse(text)
    cells = {
        (text[s.span.start : s.span.end], tuple(text[a:b] for a, b in s.context))
        for s in notice.sentences
        if s.kind == "cell"
    }

    assert ("380元", ("个人缴费", "居民")) in cells
    assert ("350元", ("个人缴费", "学生")) in cells


BARRED = {
    "ruled": (
        "| 类别 | 月标准（元） |\n| --- | ---: |\n| 一类 | 2280 |\n| 二类 | |",
        {"2280": ("月标准（元）", "一类")},
    ),
    "a first cell is blank": ("| 区 | 数 | 备注 |\n|---|---|---|\n| | 32 | 无 |", {"32": ("数",)}),
    "not ruled": (
        "区县｜户数｜金额\n甲区｜320｜45\n乙区｜280｜",
        {"320": ("户数", "甲区"), "45": ("金额", "甲区"), "280": ("户数", "乙区")},
    ),
    "heads over several columns": (
        "| 等级 | 机构 | | 居家 | |\n| | 日限额 | 比例 | 日限额 | 比例 |\n| 甲级 | 61 | 70 | 32 | 75 |\n| 乙级 | 65 | 72 | 35 | 78 |",
        {
            "61": ("机构", "日限额", "甲级"),
            "70": ("机构", "比例", "甲级"),
            "32": ("居家", "日限额", "甲级"),
            "75": ("居家", "比例", "甲级"),
            "65": ("机构", "日限额", "乙级"),
            "72": ("机构", "比例", "乙级"),
            "35": ("居家", "日限额", "乙级"),
            "78": ("居家", "比例", "乙级"),
        },
    ),
    "heads over several columns, ruled": (
        "| 学段 | 补助 | |\n|---|---|---|\n| | 城区 | 山区 |\n| 小学 | 65 | 72 |",
        {"65": ("补助", "城区", "小学"), "72": ("补助", "山区", "小学")},
    ),
    "a row below a label over rows is no head": (
        "| 区 | 类别 | 补助 |\n| 甲区 | 一类 | 61 |\n| | 二类 | 72 |",
        {"61": ("补助", "甲区", "一类"), "72": ("补助", "甲区", "二类")},
    ),
    "a first row without a label is no head": (
        "| 区 | 人数 | 补助 |\n|---|---|---|\n| | 另定 | 另定 |\n| 甲区 | 61 | 72 |",
        {"61": ("人数", "甲区"), "72": ("补助", "甲区")},
    ),
    "navigation": ("首页 | 政策 | 公开\n上一页 | 2 | 下一页", {}),
    "a sentence with a bar": ("见附表|每人380元。\n见附表|每人420元。", {}),
}


@pytest.mark.parametrize(("table", "cells"), BARRED.values(), ids=BARRED)
def test_barred_table(table, cells):
    """Cells between bars know the headers of their column and row; other lines with bars are no table."""
    text = f"关于标准的通知\n各单位：\n见下表。\n{table}\n完。"
    context = {
        text[slice(*s.span)]: tuple(text[slice(*one)] for one in s.context)
        for s in parse(text).sentences
        if s.kind == "cell"
    }

    assert {words: heads for words, heads in context.items() if any(map(str.isdecimal, words))} == cells


def test_reader_blocks():
    """Cells, headings and furniture of the reader are believed; rowspans and colspans too."""
    text = "网站首页导航\n关于公布标准的通知\n医院\t支付比例\n\t职工\t居民\n一级\t90%\t80%\n二级\t85%\t75%\n以上。"
    blocks = [Block(0, 6, "furniture"), Block(7, 17, "heading")]
    at = text.index("医院")
    for row, line in enumerate(text[at:].split("\n")[:4]):
        columns = (0, 1) if row == 0 else (0, 1, 2)
        for column, cell in zip(columns, line.split("\t"), strict=True):
            blocks.append(Block(at, at + len(cell), "cell", table=0, row=row, column=column, header=row < 2))
            at += len(cell) + 1
    notice = parse(text, blocks=tuple(blocks))
    context = {text[slice(*s.span)]: [text[slice(*c)] for c in s.context] for s in notice.sentences if s.kind == "cell"}

    assert notice.title == "关于公布标准的通知"
    assert words(notice, "furniture") == ["网站首页导航"]
    assert context["75%"] == ["支付比例", "居民", "二级"]


def test_published():
    """A day of publication known from outside the text is taken where the text has none."""
    text = "关于做好工作的通知\n{}各市医保局：\n现通知如下。\n一、标准\n每人380元。"
    said = parse(text.format("发布日期：2023-08-01\n"), published="2023-08-17")

    assert parse(text.format(""), published="2023-08-17").published_on == "2023-08-17"
    assert said.published_on == "2023-08-01"


def test_outer_title():
    """An HTML title without the site's name helps where the text has none."""
    notice = parse("根据规定，每人380元。", title="关于2023年居民医保缴费的通知_南昌市医疗保障局")

    assert notice.title == "关于2023年居民医保缴费的通知"
    assert notice.policy_year == 2023


OPENING = "关于工作的通知\n各单位：\n"
RELATIONS = [
    ("根据《甲办法》（国办发〔2021〕2号）和《乙意见》（医保发[2021]28号）要求，现通知如下：",
     [("implements", "国办发〔2021〕2号", "甲办法"), ("implements", "医保发〔2021〕28号", "乙意见")]),
    ("现通知如下：\n一、执行\n按《社会保险法》《居住证暂行条例》（国务院令第663号）执行。",
     [("cites", "国务院令第663号", "居住证暂行条例")]),
    ("现通知如下：\n一、附则\n《关于调整标准的通知》（赣府发〔2017〕3号）同时废止。", [("repeals", "赣府发〔2017〕3号", "关于调整标准的通知")]),
    ("现将《国家医保局关于做好工作的通知》（医保发〔2022〕20号）转发给你们，请遵照执行。",
     [("forwards", "医保发〔2022〕20号", "国家医保局关于做好工作的通知")]),
    ("决定对《江西省医疗救助办法》（赣府发〔2017〕3号）作如下修改：", [("amends", "赣府发〔2017〕3号", "江西省医疗救助办法")]),
    ("根据医保发〔2022〕20号文件，现通知如下：", [("implements", "医保发〔2022〕20号", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "links"), RELATIONS)
def test_relations(text, links):
    """The words around a citation say what it is to the notice."""
    found = [(link.type, link.document_number, link.title) for link in parse(OPENING + text).links]

    assert [row for row in found if row[1]] == links


def test_interprets():
    """An interpretation points to the document it explains."""
    links = parse(HEADS["interpretation of a national notice"][0]).links

    assert [(link.type, link.document_number) for link in links][:1] == [("interprets", "医保发〔2022〕22号")]


@pytest.mark.parametrize(
    ("opening", "linked"),
    [
        ("《关于2031年缴存标准的通知》（徐公积金〔2031〕22号）印发后，不少职工来电咨询。", ["徐公积金〔2031〕22号"]),
        ("《关于2030年缴存标准的通知》（徐公积金〔2030〕2号）印发后，我市于近日印发《关于2031年缴存标准的通知》（徐公积金〔2031〕22号）。",
         ["徐公积金〔2031〕22号"]),
        ("《关于2031年缴存标准的通知》（徐公积金〔2031〕22号）印发以来，运行平稳。", []),
    ],
)  # fmt: skip
def test_interprets_what_was_issued(opening, linked):
    """Questions asked after a notice was issued are about it."""
    links = parse(f"公积金政策问答/{opening}{ASKED}".replace("/", "\n\n")).links

    assert [link.document_number for link in links if link.type == "interprets"] == linked


DEFINITIONS = [
    ("继续提高城乡居民基本医疗保险（以下简称“居民医保”）筹资标准", ("城乡居民基本医疗保险", "居民医保")),
    ("健全门诊慢性病、特殊疾病（以下简称“门诊慢特病”）保障", ("门诊慢性病、特殊疾病", "门诊慢特病")),
    ("做好城乡居民大病保险（以下简称大病保险）工作", ("城乡居民大病保险", "大病保险")),
    ("按照《关于做好工作的通知》（医保发〔2022〕20号）（以下简称《通知》）", ("关于做好工作的通知", "《通知》")),
]


@pytest.mark.parametrize(("text", "pair"), DEFINITIONS)
def test_definitions(text, pair):
    """A short form is joined to the words it stands for."""
    assert parse(text).definitions == (pair,)


def test_marks():
    """Numbers of the structure are marked, others are not."""
    text = "一、甲\n一是参保。二是缴费；第三，统一是关键。（一）项。一般情况。①乙"
    notice = parse(text)

    assert [text[slice(*mark.span)] for mark in notice.marks] == ["一、", "一是", "二是", "第三", "（一）", "①"]


ASKED = "/问：标准是多少？/答：每人380元。/问：何时执行？/答：8月1日。/问：谁来办？/答：社保中心。"
# Heads that name their place in no usual way; / stands for a blank line.
HEADS_APART = [
    (
        "新聞公報/公屋租金調整/＊＊＊＊＊＊/　　房屋署今日（六月三日）表示，租金由九月起上調2%。/完/2031年6月3日（星期二）",
        "810000",
    ),
    ("最低工資檢討/　　勞工處發言人今日（三月二日）說：「時薪為43元。」/完", "810000"),
    ("津貼調整/　　社會工作局昨日表示，敬老金為每年一萬元。", "820000"),
    ("差饷寬減/　　政府今日公布，寬減上限為每戶500元。/完/2031年2月26日（星期三）\n香港時間11時30分", "810000"),
    ("香港特別行政區政府\n教育局/學生津貼——常見問題" + ASKED, "810000"),
    ("澳門特別行政區政府\n衛生局/醫療券計劃——常見問題" + ASKED, "820000"),
    ("衛生福利部社會及家庭署/育兒津貼問答" + ASKED, "710000"),
    ("劳工保险局/年金给付问答" + ASKED, "710000"),
    ("养老补贴政策问答/发布日期：2031-07-02　来源：徐州市民政局　浏览次数：12" + ASKED, "320300"),
    ("公积金政策问答/信息来源：江西省住房和城乡建设厅" + ASKED, "360000"),
    ("工资标准问答/来源：九江市人社局/近日，我市印发了通知。" + ASKED, "360400"),
    ("澳門特別行政區政府　社會保障基金/二〇三一年度給付金額/　　各項金額調整如下：養老金每月4,000元。", "820000"),
    ("社會保障基金　社會工作局/二〇三一年度給付金額/　　各項金額調整如下：養老金每月4,000元。", "820000"),
    # Near misses.
    ("工资标准问答/来源：九江市人社局/近日，我省印发了通知。" + ASKED, None),
    ("工资标准问答/来源：新华社" + ASKED, None),
    ("工资标准问答/来源：南昌日报" + ASKED, None),
    ("养老补贴政策问答/来源：网络" + ASKED, None),
    ("关于就业补贴的通知/各单位：/香港居民在我市就业的，每人补贴400元。/市人社局\n2031年6月3日（星期二）", None),
    ("深圳市就业补贴通告/香港特别行政区政府劳工处今日表示支持。在深圳就业的香港居民每人补贴400元。", "440300"),
    (
        "关于台胞就业的通知/各单位：/据台湾劳动力发展署公布的数据，现通知如下：/厦门市人力资源和社会保障局\n2031年6月3日",
        "350200",
    ),
    ("教育局/学生津贴——常见问题" + ASKED, None),
    ("劳工处理办法问答" + ASKED, None),
    ("学校安排/　　教育局今日（六月三日）表示，津贴为每年400元。/2031年6月3日（星期二）\n北京时间11时30分", None),
]
REGIONS = [
    ("赣医保发〔2022〕14号\n关于工作的通知\n各单位：\n现通知如下。", "360000"),
    ("关于工作的通知\n各单位：\n我省现通知如下。", None),
    ("南昌市2023年度居民医保缴费通告\n每人380元。", "360100"),
    ("关于工作的通知\n各省、自治区、直辖市财政厅（局）：\n现通知如下。", "100000"),
    ("关于工作的通知\n各单位：\n现通知如下。\n国家税务总局江西省税务局\n2023年1月1日", "360000"),
    ("关于工作的通知\n各单位：\n现通知如下。\n省医保局\n2023年1月1日", None),
    ("关于工作的通知\n各单位：\n现通知如下。\n国务院办公厅\n2023年1月1日", "100000"),
    ("关于工作的通知\n南昌市、九江市医疗保障局：\n现通知如下。", "360000"),
    ("关于修改办法的决定\n渝府令〔2031〕30号\n各单位：\n现通知如下。", "500000"),
    ("关于深化改革的通知\n国医改办发〔2031〕5号\n各单位：\n现通知如下。", "100000"),
    ("关于科技计划的通知\n国科发火〔2031〕5号\n各单位：\n现通知如下。", "100000"),
    ("关于人才工作的通知\n台人社发〔2031〕5号\n各单位：\n现通知如下。", "331000"),
    ("卫生福利部公告\n每人每月八千元。\n中华民国114年12月1日", "710000"),
    ("劳动部公告\n主旨：发布最低工资，自中华民国114年1月1日生效。", "710000"),
    ("2024年国务院政府工作报告\n各位代表：\n国内生产总值增长5%。", "100000"),
    ("2024年政府工作报告\n各位代表：\n国内生产总值增长5%。", None),
    ("最低工资公布\n\n香港特别行政区政府宣布，最低工资为四十三元。", "810000"),
    ("最低工资公布\n\n劳工处今日（三月一日）宣布，最低工资为四十三元。", "810000"),
    ("房屋署公布\n\n二零三一年租金调整\n\n租金将上调2%。", "810000"),
    ("民政局公布\n\n二零三一年标准调整\n\n标准将上调2%。", None),
    ("有关安排\n\n江西省人民政府宣布，每人补助四十三元。", None),
    ("教育局　在职家庭及学生资助事务处\n\n学生资助安排\n\n教育局今日公布，津贴为每年四百元。", "810000"),
    ("津贴额公布\n\n教育局公布，津贴为每年四百元。\n\n在职家庭及学生资助事务处\n2031年3月25日", "810000"),
    ("南昌市人民政府\n\n学生资助安排\n\n教育局今日公布，津贴为每年四百元。", "360100"),
    (
        "《关于完善制度的通知》政策解读\n\n发布时间：2031-06-18　来源：南昌市医疗保障局\n\n近日，市医保局、市财政局联合印发《关于完善制度的通知》。",
        "360100",
    ),
    (
        "《关于完善制度的通知》政策解读\n\n发布时间：2031-06-18　来源：南昌市医疗保障局\n\n近日，省医保局印发《关于完善制度的通知》。",
        None,
    ),
    (
        "《关于完善制度的通知》政策解读\n\n发布时间：2031-06-18　来源：南昌日报\n\n近日，市医保局印发《关于完善制度的通知》。",
        None,
    ),
]


@pytest.mark.parametrize(("text", "code"), REGIONS)
def test_regions(text, code):
    """Issuers, title, number and addressees tell the region; 我省 does not."""
    assert view(parse(text), "region") == code


@pytest.mark.parametrize(("text", "code"), HEADS_APART)
def test_heads_apart(text, code):
    """Who speaks, whose page it is and by whose time it is dated tell the region, in either script."""
    text = text.replace("/", "\n\n")

    assert view(parse_structure(normalise(source(text), RESOURCES), RESOURCES), "region") == code


SITES = [
    ("2031年公积金政策问答 - 徐州市住房公积金管理中心", "320300"),
    ("政策问答_江西省人民政府门户网站", "360000"),
    ("政策问答 - 新华网", None),
    ("政策问答 - 公积金管理中心", None),
    ("徐州市民政局", None),
]


@pytest.mark.parametrize(("title", "code"), SITES)
def test_sites(title, code):
    """A page that names its place nowhere else is of who keeps the site."""
    text = f"政策问答{ASKED}".replace("/", "\n\n")

    assert view(parse(text, title=title), "region") == code


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("澳门特别行政区政府　社会保障基金\n\n二〇三一年度给付金额\n\n新闻局消息　2030-12-29", "二〇三一年度给付金额"),
        ("二〇三一年度给付金额\n\n各项金额及发放日期", None),
    ],
)
def test_headline(head, title):
    """The one line above the text that is neither whose it is nor when it came out is its headline."""
    assert parse(f"{head}\n\n　　养老金每月4,000元。\n").title == title


@pytest.mark.parametrize(
    ("opening", "year"),
    [
        ("主旨：公告120年育兒津貼，自120年1月1日起實施。119年度發給3萬人。", 2031),
        ("主旨：公告育兒津貼，自120年1月1日起至121年12月31日止實施。", None),
        ("主旨：公告育兒津貼。119年度發給3萬人。", None),
    ],
)
def test_republic_year_of_the_opening(opening, year):
    """The first sentence of a notice of 710000 says which year it is for, where its title does not."""
    text = f"衛生福利部社會及家庭署　公告\n\n{opening}\n\n一、每月五千元。\n"

    assert parse_structure(normalise(source(text), RESOURCES), RESOURCES).policy_year == year


@pytest.mark.parametrize(
    ("last", "issued"),
    [
        ("2031年6月3日（星期二）", "2031-06-03"),
        ("2031年6月3日　星期二\n香港時間11時30分", "2031-06-03"),
        ("二零三一年六月三日（星期二）", "2031-06-03"),
        ("截止日期2031年6月3日（星期二）前", None),
    ],
)
def test_weekday_of_issue(last, issued):
    """A press release ends in a day of the week."""
    text = f"新聞公報\n\n租金調整\n\n　　房屋署今日表示，租金上調2%。\n\n完\n\n{last}"

    assert parse_structure(normalise(source(text), RESOURCES), RESOURCES).issued_on == issued


def gold_heads():
    """Gold heads of the shared notices and of the development notices, where they are at hand."""
    devs = [(dev / "gold", dev / "notices") for dev in sorted((ROOT / "tests/gold").glob("*/dev"))]
    for folder, notices in [(SHARED / "gold", SHARED / "notices"), *devs]:
        heads = folder / "notices.json"
        for stem, wanted in json.loads(heads.read_text("utf-8")).items() if heads.exists() else ():
            path = notices / f"{stem}.txt"
            if path.exists():
                yield pytest.param(path, wanted, id=stem)


@pytest.mark.parametrize(("path", "wanted"), list(gold_heads()))
def test_gold_heads(path, wanted):
    """Heads of real notices are read as a person reads them."""
    notice = parse_structure(normalise(source(path.read_bytes().decode("utf-8")), RESOURCES), RESOURCES)
    have = {key: view(notice, key) for key in wanted if key not in {"sections", "implements", "interprets"}}
    have["issuers"] = list(have.get("issuers", ()))
    for kind in {"implements", "interprets"} & set(wanted):
        have[kind] = (
            wanted[kind] if wanted[kind] in {x.document_number for x in notice.links if x.type == kind} else None
        )
    if "sections" in wanted:
        have["sections"] = sum("/" not in section.id for section in notice.sections)

    assert {"issuers": [], **wanted} == have


ALPHABET = st.sampled_from(
    [
        *list("一二三四（）()《》“”、。：；，1209年月日号〔〕 \t\n\u3000关于的通知附件局财政部第条章①是《|各"),
        "2022年6月30日\n",
        "财政部\n",
    ]
)


def is_left_out(text):
    """Return True for blanks, and the marks of quotations, headings and bold type that copies in markdown set before a line."""
    return all(sign.isspace() or sign in ">#*" for sign in text)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(ALPHABET, max_size=120).map("".join)))
def test_any_text(text):
    """Arbitrary text never raises; sentences are in order and leave out only blanks, and marks that begin a line."""
    notice = parse(text)
    at = 0
    for sentence in notice.sentences:
        start, end = sentence.span

        assert at <= start < end
        assert is_left_out(text[at:start])
        at = end

    assert is_left_out(text[at:])
    assert all(0 <= mark.span.start < mark.span.end <= len(text) for mark in notice.marks)
    assert all(section.span.start < section.span.end <= len(text) for section in notice.sections)


HOSTILE = ["医" * 300_000, "9" * 300_000, "《" * 300_000, "（" * 300_000, "《啊" * 150_000, "短行\n" * 60_000, "一、\n" * 60_000,
           "附件1\n" * 40_000, "2022年6月30日\n" * 30_000, "发布时间：" * 60_000, "甲\t乙\n" * 50_000]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: case_id(text[:6]))
def test_hostile_text_is_linear(text):
    """Long rows of anything pass, with work that grows with them."""
    assert parse(text[:6_000]).sentences
    assert_linear(lambda size: parse(text[:size]), 2_000)


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: case_id(text[:6]))
def test_hostile_text_at_length(text):
    """Rows of hundreds of thousands of characters pass."""
    assert parse(text).sentences


BAD_ROWS = [
    (
        '[[phrase]]\nid = "x"\ngroup = "g"\nregex = "("\nexamples = ["a"]',
        ["structure.toml", "'x'", "does not compile"],
    ),
    (
        '[[phrase]]\nid = "x"\ngroup = "g"\nregex = "b"\nexamples = ["a"]',
        ["'x'", "'a'", "expected 'a match', found nothing"],
    ),
    (
        '[[phrase]]\nid = "x"\ngroup = "g"\nregex = "a"\nexamples = ["a"]\nrejects = ["ba"]',
        ["'x'", "'ba'", "near miss"],
    ),
    ('[[phrase]]\nid = "x"\ngroup = "g"\nregex = "a"', ["'x'", "at least one example"]),
    ('[[phrase]]\nid = "x"\ngroup = "g"\nregexp = "a"', ["'x'", "regexp"]),
    ('[[phrase]]\nid = "x"\ngroup = "g"\n[[phrase]]\nid = "x"\ngroup = "g"', ["'x'", "twice"]),
]


@pytest.mark.parametrize(("text", "message"), BAD_ROWS)
def test_bad_rows(tmp_path, text, message):
    """A wrong row of structure.toml is named, with what to do."""
    (tmp_path / "structure.toml").write_text(text, "utf-8")

    with pytest.raises(CatalogError) as caught:
        check_rows(Resources(tmp_path), "structure.toml")

    assert all(words in str(caught.value) for words in message)


# ── notices that count years from the founding of the Republic ──────────────────────────────────────────────────────

REPUBLIC = [
    # head, what it says: region, policy year, document number, day of issue
    (
        "衛生福利部公告115年度長照給付標準\n\n發文日期：中華民國114年11月3日\n發文字號：衛部顧字第1141960123號\n\n主旨：公告如下。\n",
        ("710000", 2026, "卫部顾字第1141960123号", "2025-11-03"),
    ),
    (
        "修正中華民國一百十五年國民年金保險費率公告\n\n發文日期：中華民國114年9月1日\n\n一、保險費率為百分之十點五。\n",
        ("710000", 2026, None, "2025-09-01"),
    ),
    (
        "关于编纂民国史料工作的通知\n\n各县：\n\n一、补助每县3万元。\n\n甲县档案局\n2025年3月1日\n",
        (None, None, None, "2025-03-01"),
    ),
]


@pytest.mark.parametrize(("head", "expected"), REPUBLIC, ids=["a number", "a title", "no year"])
def test_years_of_the_republic(head, expected):
    """Who counts years from 1912 is in 710000, whatever other office has the same name."""
    notice = extractor.read_notice(head.encode()).notice
    region = notice.region.code if notice.region else None

    assert (region, notice.policy_year, notice.document_number, notice.issued_on) == expected


NEWS = """<html><body><h1>7月起执行！某市2031年度公积金和租赁补贴新标准公布</h1><p>记者从某市获悉，新标准已经明确。</p>
<h3>缴存基数又涨了</h3><p>月缴存基数最高26850元。</p><p><strong>租房提取更“解渴”</strong></p><p>年提取限额保持3.6万元不变。</p></body></html>"""


def test_a_headline_and_the_headings_of_a_page():
    """A headline may cry out in its middle, and lines that the page sets as headings head what follows, whatever ends them."""
    notice = extractor.read_notice(NEWS.encode()).notice

    assert notice.title == "7月起执行！某市2031年度公积金和租赁补贴新标准公布"
    assert notice.policy_year == 2031
    assert [section.heading for section in notice.sections] == ["缴存基数又涨了", "租房提取更“解渴”"]


# the head of a text without an issuer, its title, its region
HEARD = {
    "the assembly below the title": (
        "政府工作报告\n——2031年1月7日在定西市第五届人民代表大会第五次会议上\n\n各位代表：\n一、2031年主要目标\n生产总值增长6%。\n",
        "政府工作报告", "621100",
    ),
    "in brackets, of a province": (
        "政府工作报告\n（2031年1月7日在甘肃省第十四届人民代表大会第三次会议上）\n\n各位代表：\n一、2031年主要目标\n生产总值增长6%。\n",
        "政府工作报告", "620000",
    ),
    "an assembly that only adopted it": (
        "2031年政府工作报告\n\n各位代表：\n规划纲要经市第五届人民代表大会第五次会议审议通过。\n生产总值增长6%。\n", "2031年政府工作报告", None,
    ),
    "a headline with commas": (
        "2031年上饶长护险待遇有新变化：机构护理报销提高，居家上门限额上调\n\n记者从会上获悉，新的筹资和待遇标准自2031年1月1日起执行，职工每人每年100元。\n",
        "2031年上饶长护险待遇有新变化：机构护理报销提高，居家上门限额上调", "361100",
    ),
    "a paragraph that a blank line parts": (
        "各县区要高度重视，切实做好医保参保缴费的各项工作，\n\n确保应保尽保，个人缴费标准为每人每年400元，财政补助标准为每人每年700元。\n", None, None,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "title", "region"), HEARD.values(), ids=HEARD)
def test_where_no_issuer_is_named(text, title, region):
    """A report is of the place whose assembly heard it; news have a headline, which may begin with a year and a place."""
    notice = extractor.read_notice(text.encode()).notice

    assert (notice.title, notice.region.code if notice.region else None) == (title, region)
