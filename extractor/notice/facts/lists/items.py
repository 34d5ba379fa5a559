"""Items of a list that values are dealt out to, cut from the words before them: 高血压、糖尿病患者 is two."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.model import Span
from extractor.notice.facts.names.reader import MARKER
from extractor.notice.facts.names.statement import OWNING
from extractor.notice.facts.names.words import VERBS

if TYPE_CHECKING:
    from extractor.notice.facts.sentence.context import SentenceContext

GROUPS = ("area", "population", "provider", "payer", "alias")
# Groups that a second list of a statement may be dealt out to as well.
DEALT = frozenset(("person", "provider", "place", "grade"))
MARKS = "，。；：！？\n"
_LONGEST_ITEM = 24
# 不能自理 of 部分不能自理, not its last sign
_SHORTEST_ENDING = 3
# 个人, 本人
SELF = 2
# 区县|（市）|财政
_BRACKETED = re.compile(r"^（[^（）]{1,5}）")


class Share(Struct, frozen=True, gc=False):
    """The subject that a listed value belongs to: its group (or ``words``), catalog key and place.

    ``ending`` is what it shares with the last of its list: the 医院 of 一级、二级、三级医院, the 最低收购价 of 早稻、晚稻最低收购价. ``opens`` is where the items of a list begin, ``whole`` the place of the items of a list of words. ``head`` is what all items of a list are said of: 人均可支配收入 in 城镇居民、农村居民人均可支配收入分别增长5%、6%.
    """

    group: str
    key: str
    span: Span
    words: str
    head: Span | None = None
    opens: int | None = None
    whole: Span | None = None
    ending: Span | None = None


def is_whole(context: SentenceContext, item: Span) -> bool:
    """Return True for an item of who pays that is no part of a bracket and no example: 市级; not 第一档县（|市, 和平镇等中心镇."""
    said = context.words(item)
    return (
        said.count("（") == said.count("）")
        and context.bracket(item.start) is None
        and not any(map(said.__contains__, context.statement.words.lists.among.words))
    )


# 省、市、县级财政部门: so long may the last of names be whose end those of one sign share.
_CLIPPED = 6


def stand_joined(context: SentenceContext, spans: list[Span]) -> bool:
    """Return True if nothing but 、 or a word like it stands between names."""
    return all(itertools.starmap(context.statement.joined, itertools.pairwise(spans)))


def with_owner(context: SentenceContext, words: list[str]) -> list[str]:
    """Let the persons before the first of several grades be those of all: 分散供养特困人员|全护理、半护理、全自理."""
    reader = context.statement.words
    graded = reader.graded_at(words[0])
    owner = words[0][:graded]
    return [words[0], *(owner + said if graded and reader.is_graded(said) else said for said in words[1:])]


def with_bracketed(context: SentenceContext, span: Span) -> Span:
    """Return a name with the one whose bracket it fills: 乡镇卫生院（社区卫生服务中心）."""
    opened = span.start - 1
    if context.text[opened : span.start] not in ("（", "(") or context.text[span.end : span.end + 1] not in ("）", ")"):
        return span
    before = context.statement.chunks(max(context.clause(span.start).start, opened - _LONGEST_ITEM), opened)
    joined = before and before[-1].span.end == opened and before[-1].kind in DEALT
    return Span(before[-1].span.start, span.end + 1) if joined else span


def whole_name(context: SentenceContext, group: str, span: Span) -> Span:
    """Return the whole name that a word of a group stands in: 街道财政, 镇财政, 职工参保人员."""
    kind = {"payer": "payer", "population": "person"}.get(group)
    clause = context.clause(span.start)
    chunks = context.statement.chunks(clause.start, clause.end) if kind else []
    holding = (one.span for one in chunks if one.kind == kind and one.span.start <= span.start < one.span.end)
    whole = next((one for one in holding if one.end >= span.end), span)
    rest = _BRACKETED.sub("", context.text[span.end : whole.end])
    return whole if not rest or context.statement.words.lists.officials.meets(rest) else span


def cut_words(context: SentenceContext, end: int, count: int) -> list[Share] | None:
    """Cut the words before 分别 at their 、, without how many they are; 一、二、三级医疗机构 share their ending.

    分全护理、半护理、全自理|三档|，分别为…; not 一、二、|三档地区|分别为….
    """
    tail = context.linking_resources.lists.list_tail.pattern.search(context.text, context.segment(end).start, end)
    found = _cut_items(context, tail.start(), count) if tail else None
    return found or _cut_items(context, end, count)


def _cut_items(context: SentenceContext, end: int, count: int) -> list[Share] | None:
    """Cut the words before an offset, back to what opens them."""
    lists = context.linking_resources.lists
    start = opens = context.segment(end).start
    for match in lists.list_openers.pattern.finditer(context.text, start, end):
        if _in_remark(context, match.start()):
            continue  # 早籼稻（三等，下同）、粳稻最低收购价分别为
        opening = match.group() in MARKS or match.start() == start or context.text[match.start() - 1] in MARKS
        if match.end() < end - 1 and (opening or lists.list_openers_sure.meets(match.group())):
            start = match.end()
            opens = start if match.group() in MARKS else match.start()
    name = next((t for t in context.of("alias") if t.span.end == end and start < t.span.start), None)
    if name and not lists.list_cuts.pattern.search(context.text, name.span.start - 1, name.span.start):
        # 一、二、三级医疗机构起付标准分别为: what is given is no part of its subjects.
        end = name.span.start
    # 二、高血压、糖尿病年度支付限额分别为: the section's number is no item; 一、二、三级医院: it is.
    marker = MARKER.match(context.text[start:end]) if start == context.span.start else None
    starts = (start + marker.end(), start) if marker else (start,)
    if items := next((found for at in starts if (found := _items(context, Span(at, end), count))), None):
        return _word_shares(context, items, opens, name.span if name and name.span.start == end else None)
    return None


def _items(context: SentenceContext, listed: Span, count: int) -> list[Span] | None:
    """Cut a list of so many names at their 、, without the verbs before them: 发放|失业保险金、稳岗补贴."""
    items: list[Span] = []
    place = listed.start
    for match in context.linking_resources.lists.list_cuts.pattern.finditer(context.text, *listed):
        if not _in_remark(context, match.start()):
            items.append(Span(place, match.start()))
            place = match.end()
    items.append(Span(place, listed.end))
    if items[0].end - items[0].start > _LONGEST_ITEM:
        # 最低工资标准包含劳动者个人应当缴纳的|基本养老保险费、失业保险费（个人费率分别为8%和0.4%）
        items[0] = Span(max(items[0].start, context.text.rfind(OWNING[0], *items[0]) + 1), items[0].end)
    if len(items) != count or any(not 0 < span.end - span.start <= _LONGEST_ITEM for span in items):
        return None
    items = [_without_bracket(context, item) for item in items]
    # 由一类区每月1650元、…分别提高到: no list of names
    if any(context.number_from(item.start) < item.end for item in items):
        return None
    words = context.statement.words
    if any(words.lists.head_years.meets(context.words(item)) for item in items[1:]):
        return None
    if year := words.lists.head_years.pattern.match(context.words(items[0])):
        # 2025年度|月缴费基数上限、下限分别为…; not 2024年、2025年标准
        items[0] = Span(items[0].start + year.end(), items[0].end)
        if items[0].start == items[0].end:
            return None
    # 高血压、糖尿病患者|每年: what it is per is no part of the last name.
    if last := context.statement.chunks(*items[-1]):
        items[-1] = Span(items[-1].start, last[-1].span.end)
    items = [_unquoted(context, item) for item in items]
    return [_without_opening(context, items), *items[1:]]


def _without_opening(context: SentenceContext, items: list[Span]) -> Span:
    """Leave out what stands before the first name of a list: 甲市|一、二、三类区; 我省|汽、柴油价格; 发放|失业保险金."""
    item, words = items[0], context.statement.words
    first = context.statement.chunks(*item)
    if not first:
        return item
    if first[-1].span.end == item.end - 1 and _is_class_number(context, items):
        return Span(item.end - 1, item.end)
    if len(first) > 1 and context.words(first[0].span) in words.places:
        return Span(first[0].span.end, item.end)
    led = Span(first[0].span.end, first[1].span.start) if len(first) > 1 and first[0].kind == "payer" else None
    if led and context.linking_resources.lists.toward.meets(context.words(led)):
        return Span(led.end, item.end)  # 省财政对|一类、二类县分别补助80%、60%
    verb = context.text[item.start : first[0].span.start]
    return Span(first[0].span.start, item.end) if words.use_of.get(verb) in VERBS else item


def _is_class_number(context: SentenceContext, items: list[Span]) -> bool:
    """Return True if all items of a list but the last end in the bare number of a class, of which the last is one: 一、二、三类区."""
    lists = context.statement.words.lists
    numbers = [context.text[item.end - 1] for item in items[:-1]]
    bare = all(item.end - item.start == 1 for item in items[1:-1])
    return bare and all(map(lists.class_numbers.meets, numbers)) and lists.grades.meets(context.words(items[-1]))


def _without_bracket(context: SentenceContext, item: Span) -> Span:
    """Leave out a remark behind a name: 早籼稻|（三等，下同）; not who else is meant, 乡镇卫生院（社区卫生服务中心）."""
    held = context.bracket(item.end - 1)
    remark = held and item.start < held.start and _in_remark(context, held.start)
    return Span(item.start, held.start) if held and remark else item


def _in_remark(context: SentenceContext, at: int) -> bool:
    """Return True if a place is in a bracket of several clauses."""
    held = context.bracket(at)
    return held is not None and "，" in context.words(held)


def _unquoted(context: SentenceContext, item: Span) -> Span:
    """Leave out the quotation marks around a whole item: “煤改气”“煤改电”, but “三公”经费."""
    said = context.words(item)
    quoted = said.startswith("“") and "”" not in said[:-1]
    return Span(item.start + 1, item.end - said.endswith("”")) if quoted else item


def _word_shares(context: SentenceContext, items: list[Span], opens: int, name: Span | None) -> list[Share]:
    """Make the shares of a list of words; ``name`` is the catalog's name that stands behind them."""
    if providers := _providers(context, items):
        behind = context.statement.chunks(providers[-1].end, items[-1].end)
        head = next((chunk.span for chunk in behind if chunk.kind == "measure"), name)
        place = Span(providers[0].start, providers[-1].end)
        return [Share("provider", "", span, context.words(span), head, opens, place) for span in providers]
    last = context.words(items[-1])
    # 省、市、|县财政; but 省与均衡性转移支付市县
    clipped = len(last) <= _CLIPPED and all(span.end - span.start == 1 for span in items[:-1])
    shared = last[1:] if clipped else ""
    if context.statement.words.lists.place_signs.meets(shared):
        shared = ""  # 市、县区 are no 市区
    own, head = _headed(context, items)
    amounts = context.statement.words.lists.amount_heads
    if amounts.meets(context.words(items[0])):
        head = None  # 生活补贴和重度残疾人护理补贴标准: each is a name of its own
    elif head is None and len(parts := context.statement.chunks(*own[-1])) > 1 and parts[0].kind == "person":
        # 高血压、糖尿病患者|门诊用药
        own, head = [*own[:-1], parts[0].span], name or Span(parts[1].span.start, own[-1].end)
    shared = shared or persons_tail(context, own)
    ending = None if head or name else _shared_name(context, own)
    shared = context.words(ending) if ending else shared
    words = [context.words(span) + (shared if span is not own[-1] else "") for span in own]
    reader = context.statement.words
    words = with_owner(context, words)
    # 单位和个人分别为: in one list with who stands for the payer, all pay; 省、市、县财政 do.
    paying = any(said.endswith(reader.lists.selves.words) for said in words)
    paying = paying or all(reader.kind_of(said) == "payer" for said in words)
    whole = Span(items[0].start, items[-1].end)
    return [
        Share(
            "payer" if paying else "words",
            "",
            span,
            said,
            head or name,
            opens,
            whole,
            ending if span is not own[-1] else None,
        )
        for span, said in zip(own, words, strict=True)
    ]


def _shared_name(context: SentenceContext, items: list[Span]) -> Span | None:
    """Return the end of the last name that all of a list bear: 早稻、晚稻|最低收购价, 汽、柴|油价格.

    None where each is whole, or where it can't be told from a list of whole names: things end alike, or are clipped words.
    """
    words, amounts = context.statement.words, context.statement.words.lists.amount_heads
    *others, last = items
    bare = (
        words.kind_of(context.words(item)) == "measure" and not amounts.meets(context.words(item)) for item in others
    )
    if not amounts.meets(context.words(last)) or not all(bare):
        return None
    if all(_is_clipped(context, item, last) for item in others):
        return Span(last.start + 1, last.end)
    ends = {context.text[item.end - 1] for item in others}
    cuts = (piece.end for piece in context.statement.cut(last)[:-1])
    at = next((cut for cut in cuts if {context.text[cut - 1]} == ends), None)
    return Span(at, last.end) if at else None


def _is_clipped(context: SentenceContext, item: Span, last: Span) -> bool:
    """Return True if a name ends in a word that lacks what the one behind it has: 存、|贷款余额, 进、|出口总额."""
    cut, rest = context.linking_resources.words.cut, context.text[last.start + 1]
    word = context.statement.cut(item)[-1]
    whole = context.text[item.end - 1] + rest
    return word.end - word.start == 1 and len(cut(whole)) == 1 and len(cut(context.text[last.start] + rest)) == 1


def _providers(context: SentenceContext, items: list[Span]) -> list[Span] | None:
    """Return the providers of a list of which some are said by their level alone: 乡镇卫生院、县级、市级和省级定点医疗机构."""
    levels = context.statement.words.lists.levels
    found: list[Span] = []
    for item in items:
        named = next((one.span for one in reversed(context.statement.chunks(*item)) if one.kind == "provider"), None)
        if named is None and not (levels.meets(context.words(item)) and item is not items[-1]):
            return None
        found.append(with_bracketed(context, named) if named else item)
    return found if any(levels.meets(context.words(item)) for item in items) else None


def _with_bare_persons(context: SentenceContext, item: Span, cut: int) -> int:
    """Take 人员 behind a class into it: Ⅰ级、Ⅱ级|人员|每月服务时长."""
    bare = context.statement.words.lists.bare_persons
    behind = next((piece for piece in context.statement.cut(item) if piece.start == cut), None)
    return behind.end if behind and bare.meets(context.text[behind.start : behind.end]) else cut


def persons_tail(context: SentenceContext, items: list[Span]) -> str:
    """Return how the last item says that the others are persons, too: 高血压、糖尿病|患者; nothing where it doesn't.

    Where it is one word, its end may: 完全、部分|不能自理.
    """
    kind_of = context.statement.words.kind_of
    *others, last = (context.words(item) for item in items)
    if kind_of(last) != "person" or any(kind_of(other) != "measure" for other in others):
        return ""
    pieces = context.statement.cut(items[-1])[1:]
    ends = [context.words(Span(piece.start, items[-1].end)) for piece in reversed(pieces)]
    ends = ends or [last[at:] for at in range(len(last) - _SHORTEST_ENDING, 0, -1)]
    return next((end for end in ends if kind_of(end) == "person"), "")


def _self_end(context: SentenceContext, last: Span) -> int | None:
    """Return where who pays ends that opens a name: 单位、个人|缴费比例, 单位和职工个人|缴费比例; None where none does."""
    words, said = context.statement.words, context.words(last)
    if words.lists.selves.meets(said[:SELF]):
        return last.start + SELF
    at = next((said.find(word) for word in words.lists.selves.words if word in said), -1)
    pays = at > 0 and words.kind_of(said[:at]) == "person" and said.startswith(words.lists.paying.words, at + SELF)
    return last.start + at + SELF if pays else None


def _headed(context: SentenceContext, items: list[Span]) -> tuple[list[Span], Span | None]:
    """Part the head that the last item bears for all: 城镇居民 | 农村居民|人均可支配收入."""
    first, last = context.words(items[0]), items[-1]
    kind = context.statement.words.kind_of(first)
    if at := _self_end(context, last):
        return ([*items[:-1], Span(last.start, at)], Span(at, last.end)) if at < last.end else (items, None)
    kinds = {context.statement.words.kind_of(context.words(item)) for item in items[:-1]}
    if kind == "grade" and kinds <= {"grade", "person"}:
        # 城镇、农村|居民人均可支配收入; 初级、技师、高级技师|职业资格证书
        ends = (piece.end for piece in context.statement.cut(last)[:-1])
        # 农村居民 is one word of the dictionary.
        ends = (at for at in itertools.chain(ends, [last.start + len(first)]) if at < last.end)
        cut = next((at for at in ends if context.statement.words.kind_of(context.text[last.start : at]) in kinds), None)
        cut = _with_bare_persons(context, last, cut) if cut else None
        persons = cut and context.statement.words.kind_of(context.text[cut : last.end]) == "person"
        named = cut is not None and not persons  # 城镇、农村居民|人均住房面积
        return ([*items[:-1], Span(last.start, cut)], Span(cut, last.end)) if cut and named else (items, None)
    if kind not in ("person", "place", "provider", "payer"):
        return items, None
    opening = context.statement.chunks(*last)[:1]
    if kinds == {"person"} and opening and opening[0].kind == "person" and opening[0].span.start == last.start:
        # 全护理、半护理、全自理|照料护理补贴标准
        at = opening[0].span.end
        return ([*items[:-1], opening[0].span], Span(at, last.end)) if at < last.end else (items, None)
    for length in range(min(4, len(first) - 1), 0, -1):
        at = context.text.find(first[-length:], last.start + 1, last.end)
        if at > 0 and at + length < last.end:
            return [*items[:-1], Span(last.start, at + length)], Span(at + length, last.end)
    return items, None
