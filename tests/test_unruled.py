"""Tables that draw no columns are cells all the same; what only looks like a table stays text, and no figure is torn."""

from __future__ import annotations

import build_ofd
import build_pdf
import formats
import pytest
from assert_same_facts import facts, plain
from build_pdf import drawn
from work import assert_linear, at_most

from extractor.ingest import Limits
from extractor.ingest.ofd.reader import read_ofd
from extractor.ingest.pdf.reader import read_pdf
from extractor.resources import load

SIZE = 12.0
PARTS = formats.parts()
PROSE = "人均财政补助标准新增三十元，达到每人每年六百一十元，个人缴费标准为三百五十元。"


def placed(rows, lefts=(79, 230, 380), top=100.0, step=20.0):
    """Lay out rows of a table; a cell of several lines is a tuple of them, with 16 points from line to line."""
    lines = []
    for row in rows:
        cells = [cell if isinstance(cell, tuple) else (cell,) for cell in row]
        for left, cell in zip(lefts, cells, strict=False):
            lines += [(text, left, top + 16 * at, SIZE) for at, text in enumerate(cell) if text]
        top += step + 16 * (max(map(len, cells)) - 1)
    return lines


def source_of(*pages):
    return read_pdf(drawn(*pages), "某.pdf", Limits(), load())


def rows_of(source):
    """The cells by table and row; a blank stands for a column without a cell."""
    rows = {}
    for block in source.blocks:
        if block.kind == "cell":
            row = rows.setdefault((block.table, block.row), [])
            row += [""] * (block.column - len(row)) + [source.text[block.start : block.end]]
    return list(rows.values())


def heads_of(source):
    return [source.text[block.start : block.end] for block in source.blocks if block.header]


HEAD = ("人员类别", "个人缴费标准", "待遇享受期")
LABEL = ("普通居民（集中征缴", "期内缴费）")
YEAR = ("2023年1月1日至2023", "年12月31日")
WHOLE_LABEL, WHOLE_YEAR = "".join(LABEL), "".join(YEAR)
SIMPLE = [HEAD, ("普通居民", "350元", "全年"), ("低保对象", "30元", "全年"), ("特困人员", "", "全年")]
RULES = [(79, 96, 500, 96), (79, 117, 500, 117), (79, 138, 500, 138)]

# id, page, rows
TABLES = [
    ("plain", placed(SIMPLE), [list(row) for row in SIMPLE]),
    ("two-columns", placed([("病种", "年度限额"), ("高血压", "600元"), ("糖尿病", "800元")]),
     [["病种", "年度限额"], ["高血压", "600元"], ["糖尿病", "800元"]]),
    ("three-lines", [*placed([("病种", "年度限额"), ("高血压", "600元")], step=21), *RULES],
     [["病种", "年度限额"], ["高血压", "600元"]]),
    ("cells-near-each-other", placed([("人员类别和范围", "标准"), ("普通居民及学生", "350元"), ("低保对象及孤儿", "30元")], (79, 173)),
     [["人员类别和范围", "标准"], ["普通居民及学生", "350元"], ["低保对象及孤儿", "30元"]]),
    ("wrapped-with-room-between-rows", placed([HEAD, (LABEL, "350元", YEAR), (LABEL, "30元", YEAR)], step=28),
     [list(HEAD), [WHOLE_LABEL, "350元", WHOLE_YEAR], [WHOLE_LABEL, "30元", WHOLE_YEAR]]),
    ("wrapped-without-room", placed([HEAD, (LABEL, "350元", YEAR), (LABEL, "30元", YEAR)], step=16),
     [list(HEAD), [WHOLE_LABEL, "350元", WHOLE_YEAR], [WHOLE_LABEL, "30元", WHOLE_YEAR]]),
    ("all-wrapped-without-room", placed([("类别", "时间"), (LABEL, YEAR), (LABEL, YEAR), ("其他", "另定")], (79, 260), step=16),
     [["类别", "时间"], [WHOLE_LABEL, WHOLE_YEAR], [WHOLE_LABEL, WHOLE_YEAR], ["其他", "另定"]]),
    ("as-long-as-each-other", placed([("人员类别", "标准"), ("普通居民医保缴费", "350元"), ("资助对象医保缴费", "380元"), ("在校学生医保缴费", "310元")], step=16),
     [["人员类别", "标准"], ["普通居民医保缴费", "350元"], ["资助对象医保缴费", "380元"], ["在校学生医保缴费", "310元"]]),
    ("in-the-middle", [*placed([HEAD]), *placed([("退役军人及其未就业", "", ""), ("的配偶、子女等人员", "30元", "全年"), ("应当缴纳的部分", "", ""),
      ("重度残疾学生及儿童", "", ""), ("以及丧失劳动能力的", "20元", "全年"), ("成年人的部分", "", "")], top=120, step=16)],
     [list(HEAD), ["退役军人及其未就业的配偶、子女等人员应当缴纳的部分", "30元", "全年"], ["重度残疾学生及儿童以及丧失劳动能力的成年人的部分", "20元", "全年"]]),
    ("half-a-step-off", [*placed([HEAD]), *placed([(LABEL, "", YEAR), (LABEL, "", YEAR)], top=120, step=28), ("350元", 230, 128, SIZE), ("30元", 230, 172, SIZE)],
     [list(HEAD), [WHOLE_LABEL, "350元", WHOLE_YEAR], [WHOLE_LABEL, "30元", WHOLE_YEAR]]),
    ("over-two-rows-in-the-middle", [*placed([("险种", "医院等级", "标准"), ("", "一级", "200元"), ("", "二级", "300元")], step=24), ("职工", 79, 136, SIZE)],
     [["险种", "医院等级", "标准"], ["职工", "一级", "200元"], ["", "二级", "300元"]]),
    ("group-labels", placed([("险种", "医院等级", "标准"), ("职工医保", "一级", "200元"), ("", "二级", "300元"), ("居民医保", "一级", "100元"), ("", "二级", "150元")]),
     [["险种", "医院等级", "标准"], ["职工医保", "一级", "200元"], ["", "二级", "300元"], ["居民医保", "一级", "100元"], ["", "二级", "150元"]]),
    ("head-over-columns", placed([("地区", "      缴费标准（元每人每年）", ""), ("", "个人缴费", "财政补助"), ("南昌市", "350", "640"), ("九江市", "360", "650")], (79, 230, 320)),
     [["地区", "缴费标准（元每人每年）"], ["", "个人缴费", "财政补助"], ["南昌市", "350", "640"], ["九江市", "360", "650"]]),
    ("groups-apart", [*placed(SIMPLE[:3]), *placed(SIMPLE[1:3], top=170)], [list(row) for row in [*SIMPLE[:3], *SIMPLE[1:3]]]),
    ("row-across", placed([HEAD, ("普通居民", "350元", "全年"), ("以下人员由各级财政按照规定给予资助", "", ""), ("低保对象", "30元", "全年"), ("特困人员", "20元", "全年")]),
     [list(HEAD), ["普通居民", "350元", "全年"], ["以下人员由各级财政按照规定给予资助"], ["低保对象", "30元", "全年"], ["特困人员", "20元", "全年"]]),
    ("lines-within-cells", placed([("人员", "支付比例"), ("城乡居民", ("在职70%", "退休80%")), ("职工", ("在职85%", "退休90%"))], (79, 230), step=26),
     [["人员", "支付比例"], ["城乡居民", "在职70% 退休80%"], ["职工", "在职85% 退休90%"]]),
]  # fmt: skip


@pytest.mark.parametrize(("page", "rows"), [row[1:] for row in TABLES], ids=[row[0] for row in TABLES])
def test_tables(page, rows):
    """Columns are found by the room between them, rows by the room between lines or by what stands beside."""
    assert rows_of(source_of([*page, (PROSE, 79, 400, SIZE), (PROSE, 79, 420, SIZE)])) == rows


def two_columns(count):
    line = "各地要提高认识逐项落实责任并支付350元"
    return [(line, left, 100 + 20 * at, 11.0) for at in range(count) for left in (79, 310)]


# id, page
NEAR_MISSES = [
    ("prose-in-two-columns", two_columns(12)),
    ("signatures-side-by-side", placed([("江西省医疗保障局", "江西省财政厅"), ("2022年9月2日", "2022年9月2日")], (79, 320))),
    ("three-signatures", placed([("国家医保局", "财政部"), ("国家税务总局", "民政部"), ("2022年9月2日", "2022年9月2日")], (79, 320))),
    ("contents-with-leaders", placed([("一、总则…………………………", "1"), ("二、参保…………………………", "3"), ("三、待遇…………………………", "12")], (79, 480))),
    ("contents-without-leaders", placed([("一、总则", "1"), ("二、参保", "3"), ("三、待遇", "12")], (79, 480))),
    ("head-of-fields", placed([("索引号：014-2022", "分类：医疗保障"), ("发文机关：某省医保局", "成文日期：2022年9月2日"), ("文号：某医保发〔2022〕3号", "发布日期：2022年9月3日")], (79, 320))),
    ("numbered-items", placed([("1.", "个人缴费标准为每人350元"), ("2.", "财政补助标准为每人640元"), ("3.", "起付标准为200元")], (79, 110))),
    ("one-row", placed([("居民", "350元", "640元")])),
    ("two-rows-of-two", placed([("联系人", "张三"), ("电话", "0791-8666")], (79, 320))),
    ("justified", [("".join(PROSE[:26]), 79, 100 + 20 * at, 16.0) for at in range(8)]),
    ("names", placed([("姓名", "单位"), ("张三", "某医院"), ("李四", "某中心"), ("王五", "某局")], (79, 320))),
]  # fmt: skip


@pytest.mark.parametrize("page", [row[1] for row in NEAR_MISSES], ids=[row[0] for row in NEAR_MISSES])
def test_near_misses(page):
    """What is set in columns for other reasons is text."""
    source = source_of([*page, (PROSE, 79, 500, SIZE), (PROSE, 79, 520, SIZE)])

    assert rows_of(source) == []
    assert all(item[0].strip() in source.text for item in page)


def pages_of(rows, at, *, again=False):
    """Break a table over two pages before row ``at``, with prose before and after."""
    prose = [(PROSE, 79, 100 + 20 * line, SIZE) for line in range(20)]
    first = [*prose, *placed(rows[:at], top=520)]
    second = [
        *placed([rows[0], *rows[at:]] if again else rows[at:]),
        *[(text, x, y + 300, size) for text, x, y, size in prose],
    ]
    return first, second


BODY = [
    ("普通居民", "350元", "全年"),
    ("低保对象", "30元", "全年"),
    ("特困人员", "20元", "全年"),
    ("孤儿", "10元", "全年"),
]


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("at", [1, 2, 4])
def test_over_pages(at, again):
    """A table goes on where a page ends, though its head or its last row alone would be none."""
    source = source_of(*pages_of([HEAD, *BODY], at, again=again and at > 1))

    assert rows_of(source) == [list(row) for row in [HEAD, *BODY]]
    assert heads_of(source) == list(HEAD)


def test_torn_by_a_page():
    """A cell that a page's end tears is one cell, and so is all of its row."""
    rows = [HEAD, BODY[0], (LABEL[0], "30元", YEAR[0]), (LABEL[1], "", YEAR[1]), BODY[1]]
    source = source_of(*pages_of(rows, 3))

    assert rows_of(source) == [list(HEAD), list(BODY[0]), [WHOLE_LABEL, "30元", WHOLE_YEAR], list(BODY[1])]


def test_no_figure_is_torn():
    """Two rows are too little for a table; but read across, 年12月31日 would be a date of its own."""
    source = source_of([*placed([("待遇享受的时间范围", YEAR)], (79, 260), step=16), (PROSE, 79, 300, SIZE)])

    assert WHOLE_YEAR in source.text


def full_page(rows, columns):
    """Make a page of nothing but gaps."""
    return [("350", 20 + 9 * column, 20 + 2 * row, 1.5) for row in range(rows) for column in range(columns)]


@pytest.mark.parametrize("rows", [60, pytest.param(380, marks=pytest.mark.slow)])
def test_many_levels_and_columns(rows):
    """A page of nothing but gaps keeps all its words."""
    page = full_page(rows, 60)

    assert source_of(page).text.count("350") == len(page)


def test_many_levels_and_columns_are_linear():
    """Twice the rows, or the columns, of gaps are twice the work."""
    assert_linear(lambda count: source_of(full_page(count, 20)), 8)
    assert_linear(lambda count: source_of(full_page(20, count)), 8)


@pytest.mark.timing
def test_many_levels_and_columns_are_fast():
    """A page of nothing but gaps takes no time to speak of."""
    with at_most(20):
        source_of(full_page(380, 60))


WHOLE = [
    ("pdf", build_pdf.make, {"rules": "none"}),
    ("pdf-lines-across", build_pdf.make, {"rules": "across"}),
    ("pdf-over-pages", build_pdf.make, {"rules": "none", "room": 300.0}),
    ("pdf-over-pages-head-again", build_pdf.make, {"rules": "none", "room": 300.0, "repeat": True}),
    ("pdf-two-columns", build_pdf.make, {"rules": "none", "columns": 2, "size": 12.0}),
    ("pdf-drawn-twice", build_pdf.make, {"rules": "none", "bold": True}),
    ("ofd", build_ofd.make, {"rules": "none"}),
    ("ofd-lines-across", build_ofd.make, {"rules": "across"}),
    ("ofd-turned", build_ofd.make, {"rules": "none", "turned": 90}),
]


@pytest.mark.parametrize(("make", "options"), [row[1:] for row in WHOLE], ids=[row[0] for row in WHOLE])
def test_same_facts(make, options):
    """A notice says the same whether its table is ruled or not."""
    read = read_pdf if make is build_pdf.make else read_ofd

    assert facts(read(make(PARTS, **options), "某件", Limits(), load())) == facts(plain(PARTS))
