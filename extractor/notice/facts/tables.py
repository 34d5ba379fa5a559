"""What the heads of a table's row and column say of a cell: its measure, and for whom, where and by whom it holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.names.pieces import MeasureName
from extractor.notice.facts.names.reader import past_marker
from extractor.notice.facts.sentence.text import CellHead
from extractor.notice.mentions.cells import cell_at, cells_before, heads_of, unit_said

if TYPE_CHECKING:
    from extractor.model import Quantity, Scope
    from extractor.notice.facts.names.words import ChunkKind
    from extractor.notice.facts.sentence.context import SentenceContext
    from extractor.notice.facts.sentence.text import HeadKind

# What a head names, by what its words name in a sentence.
_KINDS: dict[ChunkKind, HeadKind] = {
    "measure": "measure", "weak": "measure", "person": "person", "provider": "provider", "payer": "payer",
    "place": "place", "grade": "class", "time": "generic", "empty": "generic", "body": "generic",
}  # fmt: skip
_FIELDS: dict[HeadKind, str] = {
    "measure": "condition", "place": "places", "person": "population", "provider": "provider",
}  # fmt: skip
# What the rows of a column are, by what its own head names: 家庭类型, 县（市、区）, 医院等级.
_ROWS: frozenset[HeadKind] = frozenset({"person", "place", "provider"})
# 县（市、区）
_LISTED_IN = re.compile(r"[（(][^（()）]*、")
# 优良天数比率（%）≥
_BRACKET = re.compile(r"\s*[（(][^（()）]{0,24}[）)]\s*[≥≤]?\s*$")


def cell_heads(context: SentenceContext) -> list[CellHead]:
    """Return the heads of a cell, columns first.

    A head that says little in a sentence (税率, 人数) is all that names the cells of its column.
    """
    if context.cell_heads is None:
        context.cell_heads = _read_heads(context)
    return context.cell_heads


def _read_heads(context: SentenceContext) -> list[CellHead]:
    words = context.statement.words
    found: list[CellHead] = []
    for number, span in enumerate(context.sentence.context):
        bracket = _BRACKET.search(context.text, *span)
        # 三级（市属） is another class than 三级（省属）; 小学（元） only says the unit.
        if bracket and words.kind_of(context.words(span).strip()) in ("provider", "place", "person"):
            bracket = bracket if unit_said(context.notice, span, context.linking_resources.units) else None
        name = _numberless(
            context, Span(span.start, bracket.start() if bracket and bracket.start() > span.start else span.end)
        )
        column = number < context.sentence.columns
        whose, name = _parted_head(context, name) if column else (None, name)
        if whose is not None:
            found.append(CellHead(whose, "person", column=True))
        kind = _kind_of(context, name)
        found.append(CellHead(name, kind if column else _row_kind(context, name, kind), column))
    measures = [head for head in found if head.kind == "measure"]
    classes = [head.span for head in measures if _is_class(context, head.span, measures)]
    if classes and (len(measures) > 1 or _names_things(context)):
        return [head._replace(kind="generic") if head.span in classes else head for head in found]
    return found


def _parted_head(context: SentenceContext, head: Span) -> tuple[Span | None, Span]:
    """Part persons that a column's head opens with from its measure: 在职|支付比例, 退休|报销比例."""
    words, text = context.statement.words, context.words(head)
    opened = words.lists.insured_heads.pattern.match(text)
    rest = text[opened.end() :].strip() if opened else ""
    if opened is None or not rest or words.kind_of(rest) != "measure":
        return None, head
    at = head.start + opened.end()
    return Span(head.start, at), Span(at, head.end)


def _numberless(context: SentenceContext, head: Span) -> Span:
    """Drop the number that opens a head, not one that is a figure: 3.|森林覆盖率, （4）|用水总量; not 1.5吨以上."""
    start = past_marker(context.text, head)
    return Span(start, head.end) if start < head.end and not context.text[start].isdecimal() else head


def _names_things(context: SentenceContext) -> bool:
    """Return True if a cell names what its figures are itself: 新增公办幼儿园学位8800个 beside 教育."""
    return any(one.kind == "measure" for one in context.statement.chunks(*context.span))


def _is_class(context: SentenceContext, head: Span, measures: list[CellHead]) -> bool:
    """Return True if a row's head only says what sort of measure its row has: 经济发展 below 类别.

    An amount's name that alone names its row is one of its own, and none of a column's: 居民月均消费支出 × 月最低工资标准.
    """
    amounts = context.statement.words.lists.amount_heads
    named = [one for one in measures if amounts.meets(context.words(one.span).strip())]
    rows = [one.span for one in measures if not one.column]
    if rows == [head] and head in (one.span for one in named) and any(one.column for one in named):
        return False
    above = heads_of(context.notice, head)
    return any(context.statement.words.lists.class_columns.meets(context.words(span).strip()) for span in above)


def _kind_of(context: SentenceContext, head: Span) -> HeadKind:
    words, resources = context.statement.words, context.linking_resources
    text = context.words(head).strip()
    if words.is_generic(text) or resources.units.lists.unit_cell.meets(text):
        return "generic"  # 万吨 below 单位
    classes = words.lists.persons_classes.pattern.search(text)
    if classes and classes.end() == len(text):
        return "generic"  # 重度失能等级 over 一级, 二级; not 残疾程度达100%的成人
    if words.lists.level_heads.meets(text):
        return "generic"  # 医疗机构级别 over 三级, 二级
    if words.lists.span_classes.meets(text):
        return "class"
    kind = _KINDS[words.kind_of(text)]
    if kind == "provider" and text in resources.bare_levels and not _treats(context, head):
        return "person"
    # 四级 beside 伤残津贴
    return "person" if kind == "class" and words.lists.person_grades.meets(text) and _grades(context, head) else kind


def _row_kind(context: SentenceContext, head: Span, own: HeadKind) -> HeadKind:
    """Say what the head of a row names: what its column's head says that the rows are, but for the name of an amount."""
    words = context.statement.words
    text = context.words(head).strip()
    if own in ("generic", "payer") or text.endswith(words.lists.amount_heads.words):
        return own
    if own == "measure" and context.linking_resources.lists.ages_said.meets(text):
        return "class"  # 80—89周岁 below 补贴对象
    cell = cell_at(context.notice, head)
    if cell and len(cell.context) > cell.columns and words.lists.amounts_said.meets(text):
        return "generic"  # 每学期700元 beside 高中, which spans its row
    for corner in reversed(cell.context[: cell.columns] if cell else ()):
        said = context.words(corner).strip()
        if words.lists.persons_classes.meets(said):
            return "person"  # 重度Ⅱ级 below 失能等级, 完全护理依赖 below 护理依赖程度, 二级（技师） below 技能等级
        if own == "measure" and words.lists.area_columns.meets(said):
            return "place"  # 鲤城、丰泽 below 区域
        tail = words.lists.class_tails.pattern.search(said)
        name = said[: tail.start()] if tail else said
        kind = _KINDS[words.kind_of(name)]
        if kind == "person" and words.lists.institutions.meets(name) and _treats(context, head):
            kind = "provider"  # 一级及以下 below 机构级别
        if kind in _ROWS:
            return kind  # 单人缴存 below 家庭类型, 迪庆州 below 州（市）
        if own == "measure" and words.lists.case_columns.meets(said):
            return "class"  # 荣立一等功 below 奖励等次
    return own


def _treats(context: SentenceContext, head: Span) -> bool:
    """Return True if the heads around a bare 一级 speak of treatment: 医院等级, 起付标准; not 伤残等级."""
    above = [context.words(span) for span in _above(context, head)]
    if any(map(context.statement.words.lists.graded_persons.meets, above)):
        return False
    return any(word in said for said in above for word in context.linking_resources.treatment)


def _grades(context: SentenceContext, head: Span) -> bool:
    """Return True if what stands above a class speaks of persons whom it grades: 伤残等级, 技能等级."""
    graded = context.statement.words.lists.graded_people
    return any(graded.meets(context.words(span)) for span in _above(context, head))


def _above(context: SentenceContext, head: Span) -> list[Span]:
    above = [*heads_of(context.notice, head), *context.sentence.context, *context.headings[:1]]
    return [*above, context.lead_in] if context.lead_in else above


def cell_measure(context: SentenceContext, quantity: Quantity) -> MeasureName | None:
    """Return the head that names a cell's measure: a column's where rows are classes or places, else the row's."""
    return _measure_of(context, [head for head in cell_heads(context) if not _is_of_another(context, head, quantity)])


def _is_of_another(context: SentenceContext, head: CellHead, quantity: Quantity) -> bool:
    """Return True if a column is of another unit than a cell has of its own: 不低于15% below 最高贷款额度（万元）."""
    if not head.column or any(what == "unit" for what, _ in quantity.rests):
        return False
    whole = next(span for span in context.sentence.context if span.start <= head.span.start < span.end)
    unit = unit_said(context.notice, whole, context.linking_resources.units)
    return unit is not None and unit.kind != quantity.kind


def _measure_of(context: SentenceContext, heads: list[CellHead]) -> MeasureName | None:
    # The lower of two heads says it more closely: 起付标准 below 住院待遇.
    columns = [head.span for head in heads if head.kind == "measure" and head.column]
    rows = [head.span for head in reversed(heads) if head.kind == "measure" and not head.column]
    amounts = context.statement.words.lists.amount_heads.words
    above, beside = (
        [span for span in named if context.words(span).strip().endswith(amounts)] for named in (columns, rows)
    )
    # 特困人员基本生活标准 beside 2023年 below 保障标准; 月缴费基数上限 beside 月标准
    if beside and (_is_dated(context, heads) or all(_says_little(context, span) for span in above)):
        above = []
    named = [*reversed(above), *beside] or [*columns, *rows]
    return MeasureName(stripped(context, named[0]), "head") if named else None


def _is_dated(context: SentenceContext, heads: list[CellHead]) -> bool:
    """Return True if the nearest head above only says of when the cell is: 2023年, 现标准."""
    nearest = next((head for head in reversed(heads) if head.column), None)
    if nearest is None or nearest.kind != "generic":
        return False
    text, lists = context.words(nearest.span).strip(), context.statement.words.lists
    return lists.head_years.pattern.match(text) is not None or lists.stages.pattern.match(text) is not None


def _says_little(context: SentenceContext, head: Span) -> bool:
    """Return True if a head only says in which time its amounts are counted, or of which kind they are: 月标准, 每月增加额（元）."""
    words, text = context.statement.words, context.words(head).strip()
    if context.linking_resources.lists.plain_heads.meets(_BRACKET.sub("", text)):
        return True
    opened = next((word for word in words.lists.prefixes.words if text.startswith(word)), "")
    return bool(opened) and words.is_generic(text.removeprefix(opened))


def cell_scope(
    context: SentenceContext, scope: Scope, measure: Span | None, *, linked: bool
) -> tuple[Scope, list[Span]]:
    """Give a cell's scope the persons, places, providers, payers and classes of its heads.

    ``linked``: its indicator says whose insurance it is of; else the measure's head does (城乡居民医保最高支付限额).
    """
    support: list[Span] = []
    heads = cell_heads(context)
    head = _measure_of(context, heads)
    amounts = context.statement.words.lists.amount_heads
    above = measure is not None and bool(heads) and all(measure.end <= one.span.start for one in heads)
    if above and head and not amounts.meets(context.words(head.span).strip()):
        head = None  # 一人申请 below a caption that names what is measured
    named = [one for one in (measure, head.span if head else None) if one]
    payer = _payer_of(context, heads)
    if payer and scope.payer is None:
        scope = replace(scope, payer=context.words(payer))
        support.append(payer)
    cell = context.span
    says_itself = measure is not None and cell.start <= measure.start and measure.end < cell.end
    by_row = measure is not None and any(not one.column and _holds(one.span, measure) for one in heads)
    said: dict[str, list[str]] = {}
    for one in heads:
        field = _field_of(context, one, by_row=by_row, measured=head)
        if field is None or one.span == payer or any(_holds(one.span, name) for name in named):
            continue
        if field == "condition" and scope.condition is not None and one.kind != "class" and head:
            continue
        if field == "condition" and one.kind == "measure" and says_itself:
            continue  # 便民停车 beside 新建公共充电桩800个
        text = "".join(context.words(one.span).split())
        texts = said.setdefault(field, [])
        if text in texts or (field == "condition" and text == scope.provider):
            continue
        texts.append(text)
        support.append(one.span)
    if not said and scope.condition is None and (tier := _tier(context)):
        said["condition"] = ["".join(context.words(span).strip() for span in tier)]
        support += tier
    scope = replace(scope, **_joined(said, scope.condition))
    insured = None if linked or scope.population or head is None else _insured(context, head.span)
    if insured:
        scope = replace(scope, population=context.words(insured))
        support.append(insured)
    return scope, support


def _tier(context: SentenceContext) -> list[Span]:
    """Return the head and the figure that class a cell's row, where the row has no name: 200 below 缴费档次, before 35 below 政府补贴."""
    tiers = context.statement.words.lists.tier_columns
    for before in cells_before(context.notice, context.mentions.index):
        for head in before.context[: before.columns]:
            bracket = _BRACKET.search(context.text, *head)
            name = Span(head.start, bracket.start() if bracket else head.end)
            if tiers.meets(context.words(name)):
                return [name, before.span] if context.words(before.span).strip()[-1:].isdecimal() else []
    return []


def _joined(said: dict[str, list[str]], condition: str | None) -> dict[str, str | tuple[str, ...]]:
    """Make one field of the heads of a kind: conditions hold together, and of two groups the outer one is a condition.

    新建 below 首套住房; 低保家庭 in the row of a cell, 在职职工 above it.
    """
    fields: dict[str, str | tuple[str, ...]] = {}
    conditions = [one for one in said.get("condition", ()) if one != condition]
    for field in ("population", "provider"):
        if texts := said.get(field):
            fields[field] = texts[-1]
            conditions[:0] = texts[:-1]
    if places := said.get("places"):
        fields["places"] = _each_place(places[-1])
    conditions[:0] = [condition] if condition else []
    return fields | ({"condition": "，".join(conditions)} if conditions else {})


def _each_place(text: str) -> tuple[str, ...]:
    """Return the places of a cell one by one: 甲市、乙市."""
    listed = tuple(text.split("、"))
    return listed if all(listed) and not _LISTED_IN.search(text) else (text,)


def _field_of(context: SentenceContext, head: CellHead, *, by_row: bool, measured: MeasureName | None) -> str | None:
    """Return the field of a scope that a head fills; None for what is no scope, as 保障标准 above is where a row is measured."""
    text = context.words(head.span).strip()
    if head.kind == "class":
        area = context.statement.words.is_area_class(text)  # 农村 beside 城镇
        return "places" if not area and _grades_areas(context, head.span) else "condition"
    lists = context.statement.words.lists
    amount = head.kind == "measure" and text.endswith(lists.amount_heads.words)
    if head.kind == "measure" and head.column and lists.spans.meets(text):
        return None  # 享受期限 above 至2025年12月31日: what is asked of each row is no case of it
    # 保障标准 above 特困人员基本生活标准, 月缴费工资基数 above 上限
    if amount and head.column and (by_row or (measured is not None and head.span.start < measured.span.start)):
        return None
    return _FIELDS.get(head.kind)


def _holds(span: Span, name: Span) -> bool:
    return span.start <= name.start and name.end <= span.end


def _grades_areas(context: SentenceContext, head: Span) -> bool:
    """Return True if a class is one of areas: by its own words (一类地区), or those around it (地区类别)."""
    lists = context.statement.words.lists
    above = (*heads_of(context.notice, head), *context.sentence.context, *context.headings[:1])
    around = (*above, context.caption) if context.caption else above
    own = lists.area_ends.meets(context.words(head).strip())
    return own or any(lists.area_classes.meets(context.words(one)) for one in around)


def _payer_of(context: SentenceContext, heads: list[CellHead]) -> Span | None:
    """Return who pays: a head below or beside 缴费比例 or 承担比例 that names a payer, or the one in 单位费率."""
    lists = context.statement.words.lists
    names = [head for head in heads if head.kind == "measure"]
    for head in heads:
        said = context.words(head.span).strip()
        pays = lists.paying if head.kind == "payer" else lists.borne if lists.bearers.meets(said) else None
        if pays and any(pays.meets(context.words(one.span)) for one in names if one is not head):
            return head.span
    return next((found for one in names if (found := _payer_in(context, one.span))), None)


def _payer_in(context: SentenceContext, head: Span) -> Span | None:
    """Return who pays by the name of a rate: 单位费率, 个人缴费比例."""
    paying = context.statement.words.lists.paying.words
    terms = context.linking_resources.terms_at(context.notice, head)
    found = (one.span for one in terms if one.group == "payer" and one.span.start == stripped(context, head).start)
    return next((span for span in found if context.text.startswith(paying, span.end, head.end)), None)


def _insured(context: SentenceContext, head: Span) -> Span | None:
    """Return the persons that open the name of their insurance: 职工|医保最高支付限额."""
    words = context.statement.words
    ends = (Span(head.start, piece.end) for piece in context.statement.cut(head))
    opened = (one for one in ends if words.kind_of(context.words(one)) == "person")
    return next((one for one in opened if words.lists.insurances.meets(context.text[one.end : head.end])), None)


def other_rows(context: SentenceContext, measure: Span | None) -> list[Span]:
    """Return the heads of a cell, besides its measure's, that name a thing: the row of a 恶性肿瘤 under 病种; not ages.

    Nor what the row of an amount, or of a change, stands under with others: 空气质量优良天数比率 beside 环境质量.
    """
    if context.sentence.kind != "cell":
        return []
    ages, amounts = context.linking_resources.lists.ages_said, context.statement.words.lists.amount_heads
    rows = [head.span for head in cell_heads(context) if not head.column]
    said = context.words(measure) if measure is not None and rows and _holds(rows[-1], measure) else ""
    named = bool(said) and (amounts.meets(said) or context.linking_resources.lists.change_names.meets(said))
    return [
        head.span
        for head in cell_heads(context)
        if head.kind == "measure"
        and not (named and head.span in rows)
        and not ages.meets(context.words(head.span).strip())
        and not (measure and _holds(head.span, measure))
        and not _says_little(context, head.span)
    ]


def stripped(context: SentenceContext, span: Span) -> Span:
    """Drop a year or a stage in front of a head's name, what it is compared with, and blanks: 2030年|最低工资标准, 用水量|较2020年下降."""
    text = context.words(span)
    name = text.strip()
    start = span.start + text.index(name)
    lists = context.statement.words.lists
    opened = 0
    if (year := lists.head_years.pattern.match(name)) and year.end() < len(name):
        opened = year.end()
    elif (stage := lists.stages.pattern.match(name)) and stage.end() < len(name):
        pieces = context.statement.cut(Span(start, start + len(name)))
        whole = all(piece.end != start + stage.end() for piece in pieces)
        # 现行标准 is one word, and no more than 标准
        opened = 0 if whole and not context.statement.words.is_generic(name[stage.end() :]) else stage.end()
    tail = lists.compared_heads.pattern.search(name)
    closed = tail.start() if tail and tail.end() == len(name) else len(name)
    return Span(start + opened, start + closed)
