"""Joining of lines: page ends, hard wraps, page marks, and all that must stay apart."""

from __future__ import annotations

import pytest
import regex

from extractor.model import SourceText
from extractor.notice.normalise.run import normalise
from extractor.resources import load

LEAD = "为贯彻落实党中央、国务院决策部署，进一步深化医疗保障制度改革，现就有关工作通知如下。"
PROSE = "统筹安排大病保险资金，确保筹资标准和待遇水平不降低。继续向基层医疗机构倾"

# Paragraphs that blank lines part, their lines cut anywhere.
BLOCKS = """一、参保单位应当在每月25日前申报，并于
月底前足额缴纳，
逾期不缴的按日加收滞纳金。

二、就业补贴资金由省、市、县分级承担，其中省
级承担四成，{}。

三、失业人员自办理登记之日起60日内申领，超过期限的，
不再补发，并由经办机构书面
告知本人，说明理由。

四、从业人员每月应当休息四
天，加班的，按照规定支付加班工资。

五、用人单位未按时足额支付的，由劳动
保障监察机构责令改正，逾期不改的，
加付赔偿金。

六、本通知由各级人社部门负责
解释，自印发之日起施行，以前规定不一致的，以本通知为准。

七、各地要加强宣传，让用人单位知晓，
也让劳动者知晓。
"""
LISTS = """缴费渠道如下
微信小程序缴费，方便快捷
银行柜面缴费，需带身份证

待遇标准如下
一级医院报销，比例九成
二级医院报销，比例八成

办理地点如下
市政务大厅，周一至周五
区政务大厅，周一至周六

所需材料如下
身份证原件，复印件两份
户口簿原件，复印件一份

联系方式如下
市医保局，八点至十二点
区医保局，两点至六点

注意事项如下
逾期缴费的，设等待期
重复参保的，可以退费

"""

JOINED = [
    (f"{PROSE}\n\n斜，引导群众就医。", "倾斜，引导"),
    (f"{PROSE}\n— 2 —\n斜，引导群众就医。", "倾斜，引导"),
    (f"{PROSE}\n\n- 2 -\n\n斜，引导群众就医。", "倾斜，引导"),
    (f"{PROSE}\x0c斜，引导群众就医。", "倾斜，引导"),
    (f"{PROSE}\n第 2 页 共 10 页\n斜，引导群众就医。", "倾斜，引导"),
    (
        f"{LEAD}\n巩固提升基本医疗有保障成果，稳定实现农村低收\n\n入人口和脱贫人口参保率达到99%以上，强化保障。",
        "低收入人口",
    ),
    ("各省、自治区、直辖市财政厅（局），\n国家税务总局各省、自治区税务局：\n", "（局），国家税务总局"),
    (f"{LEAD}\n参加基本医疗保险（以下\n\n简称“居民医保”）的人员，按规定享受待遇。", "以下简称"),
    (BLOCKS.format("2025年8月15\n日前，完成补发"), "2025年8月15日前"),
    (BLOCKS.format("其中，公益岗位补贴每月2100\n元，见习补贴每月1800元"), "2100元"),
    (BLOCKS.format("其中，城镇居民人均\n可支配收入的一半"), "人均可支配收入"),
    ("一、各地务于2025年7月\n20日前完成补发。\n", "2025年7月20日前"),
    (f"{PROSE}\n2/10\n斜，引导。{PROSE}\n3/10\n斜，引导群众。", "倾斜，引导。"),
]

APART = [
    LISTS,
    "一、合理提高筹资标准\n为适应医疗费用增长，确保权益，2022年继续提高标准。",
    "（一）巩固水平，完善机制\n\n要坚持以收定支，略有结余。",
    "第三条 参保范围\n下列人员，应当参加居民医保。",
    f"{LEAD}\n特此通知。\n\n国家医保局\n财政部\n2022年6月30日",
    "国家医保局 财政部关于做好工作的通知\n医保发〔2022〕20号\n各省医保局：\n为贯彻落实，现通知如下。",
    "联系人：张三，电话12393\n地址：北京市西城区，邮编100000。",
    "特困人员  全额  350\n低保对象  定额  320，其余自付。",
    "姓名\t金额，元\n张三\t320，含补助。",
    f"{PROSE}\n一是完善机制，二是加强监管。",
    f"{PROSE}\n（二）统筹确定标准。",
    f"{PROSE}\n附件：1.名单，2.样表。",
    f"{PROSE}\n（此件公开发布，请遵照执行。）",
    "国家医保局：2023年补助新增30元，达到640元\n记者从国家医保局获悉，今年标准提高。",
    "1. 江西省2023年缴费通知、缴费标准350元、手机微信缴费入口\n2. 个人缴费标准350元，开始啦。",
    "比例\n1/3\n其余，自付。",
    "日程安排\n2025年7月\n20日 报到\n21日 会议\n",
    "序号\n1\n特困人员，全额资助\n2\n低保对象，定额资助\n3\n其他",
]


def read(text: str) -> str:
    return normalise(SourceText("", "test", "text/plain", "utf-8", "text", text), load()).text


@pytest.mark.parametrize(("text", "expected"), JOINED)
def test_broken_sentences_are_joined(text, expected):
    """A sentence that a page's end broke is whole again, and the page mark is gone."""
    assert expected in read(text)


@pytest.mark.parametrize("text", APART)
def test_other_lines_stay_apart(text):
    """Headings, fields, items, closings, tables and titles keep to themselves."""
    assert text.count("\n") == read(text).count("\n")


def test_lone_numbers_that_count_pages():
    """Lone numbers are page marks where they count on, a page apart, and break a sentence."""
    page = "完善统一的城乡居民基本医疗保险制度，切实做好城乡居民医疗保障工作。" * 9 + "继续向基层医疗机构倾"
    text = "\n".join(f"{page}\n{number}\n斜，引导群众基层就医。" for number in (1, 2, 3))
    found = read(text)

    assert found.count("倾斜，引导") == 3
    assert not any(line.isdigit() for line in found.split("\n"))


@pytest.mark.parametrize("slack", [-2, -1, 0, 1])
def test_full_title_keeps_to_itself(slack):
    """CAUGHT: a title that happens to fill the line swallowed the addressees."""
    title = "国家医保局关于做好2022年居民医保工作的通知"
    width = len(title) - slack
    body = NOTICE.split("\n")[2:]
    lines = [part for line in body for part in wrapped(line, max(width, len(title)))]
    found = read("\n".join([title, "各省、自治区、直辖市医保局：", *lines]))

    assert found.startswith(f"{title}\n各省")


NOTICE = f"""国家医保局关于做好2022年居民医保工作的通知
各省、自治区、直辖市医保局：
{LEAD}
一、合理提高筹资标准
为适应医疗费用增长和基本医疗需求提升，确保参保人员医保权益，2022年继续提高城乡居民基本医疗保险（以下简称“居民医保”）\
筹资标准。各级财政继续加大补助力度，人均财政补助标准新增30元，达到每人每年不低于610元，同步提高个人缴费标准30元，\
达到每人每年350元。中央财政继续按规定对地方实施分档补助，对西部、中部地区分别按照80%、60%的比例给予补助。
二、巩固提升待遇水平
（一）稳定住院待遇。要坚持“以收定支、收支平衡、略有结余”原则，尽力而为、量力而行，统筹发挥基本医保、大病保险和\
医疗救助三重制度综合保障效能，科学合理确定保障水平，确保政策范围内基金支付比例稳定在70%左右。
（二）做好衔接。持续推进健全覆盖全民、城乡统筹、公平统一、安全规范、可持续的多层次医疗保障体系，2022年底前国家和省级\
集采药品品种数累计不少于350个，高值医用耗材品种累计达到5个以上，扎实落实《DRG/DIP支付方式改革三年行动计划》。
特此通知。
国家医保局
财政部
2022年6月30日"""


def wrapped(line: str, width: int) -> list[str]:
    return [line[at : at + width] for at in range(0, len(line), width)]


def sentences(text: str) -> list[str]:
    # A line that ends in 。 just at the edge may end its paragraph or not; its sentences are the same.
    return [part.strip() for part in text.replace("。", "。\n").split("\n") if part.strip()]


@pytest.mark.parametrize("style", ["plain", "indented", "blank", "paged"])
@pytest.mark.parametrize("width", [28, 30, 33, 36, 40])
def test_hard_wraps_come_back(width, style):
    """A notice cut at one width reads like the notice itself, whatever sets its paragraphs apart."""
    lines: list[str] = []
    for line in NOTICE.split("\n"):
        indent = "　　" if style == "indented" and "。" in line else ""
        for part in wrapped(indent + line, width):
            lines.append(part)
            if style == "paged" and len(lines) % 9 == 0:
                lines += ["", f"— {len(lines)} —", ""]
        lines += [""] if style == "blank" else []

    assert sentences(NOTICE) == sentences(read("\n".join(lines)))


def test_clean_notice_is_not_touched():
    """A text with nothing wrong comes back as it is, with no arrays made."""
    found = normalise(SourceText("", "test", "text/plain", "utf-8", "text", NOTICE), load())

    assert found.text == NOTICE
    assert found.edits == ()
    assert found.starts is None


FIGURED = [
    "生育保险与职工基本医疗保险合并实施，生育保险费率继续按用人单位职工工资总额的0.9%执行，个人不缴费，合并后单位费率为9.9%。",
    "（一）产前检查费。产前检查费支付限额由每孕次1200.25元提高到12000.75元，其中怀孕未满16周终止妊娠的限额为500元，超出部分由参保人员自行承担。",
    "（二）分娩医疗费。实行定额结算，顺产的三级医疗机构13600.5元，二级医疗机构13000.25元，一级医疗机构2400元，多胞胎的每多生育一个婴儿增加600元。",
    "女职工生育享受98天产假津贴，难产的增加15天，符合有关条例规定的再增加60天，津贴按用人单位上年度月平均缴费工资计发。",
    "例如某单位月平均缴费工资6000元，女职工张某顺产，可以享受158天的津贴，合计为1130040.5元，由医疗保障经办机构直接发给本人。",
    "用人单位为职工连续缴费满6个月，职工方可享受津贴，男职工未就业配偶生育的，按分娩定额的50%支付生育医疗费用，不享受津贴。",
]


HEADS = ["一、缴费费率", "二、产前检查", "三、住院分娩", "四、生育津贴", "五、计发办法", "六、享受条件"]


@pytest.mark.parametrize("width", [30, 33, 34, 35, 36])
def test_wraps_that_keep_numbers_whole(width):
    """Between blank lines a line may end early, since the number behind it didn't fit in; its sentence is whole again."""
    lines = []
    paragraphs = [part for one, head in zip(FIGURED, HEADS, strict=True) for part in (head, one)]
    for paragraph in paragraphs:
        line = ""
        for token in regex.findall(r"\d[\d.]*(?:元|%|天|个月|周)?|.", paragraph):
            if len(line) + len(token) > width - 6 * token[0].isdecimal():
                lines.append(line)
                line = ""
            line += token
        lines += [line, ""]
    text = "\n".join(["关于调整职工生育保险待遇标准的通知", "", *lines])

    assert [one for one in read(text).split("\n") if one][1:] == paragraphs
