"""Finds the name that a figure of a clause is about, among the clause's names (`statement`).

From a figure leftwards, the first name that is no group, place or time is what is measured: 城市低保标准由每人每月850元.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, Protocol

from extractor.model import Span
from extractor.notice.facts.statement import OWNING, Chunk, Piece
from extractor.notice.facts.statement_words import VERBS
from extractor.notice.once import cached_property

if TYPE_CHECKING:
    from extractor.model import Term
    from extractor.notice.facts.statement import StatementReader, Words
    from extractor.notice.facts.statement_words import ChunkKind, Use

# （二）低保对象、返贫致贫人口不设起付标准，…: the item's number says nothing.
# 第十一条　2023年，…: so does an article's.
MARKER = re.compile(
    r"^\s*(?:[★☆●○■□◆◇▲△※•▪▶►▸➢➤]+|第[一二三四五六七八九十百\d]{1,5}条|【[^【】\n]{2,20}】|(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])+)\s*"
)
# A name further back than this from its figure says nothing of it, nor one further behind it.
REACH, AHEAD = 72, 40
_SHORTEST_BASE = 3
_GROUPS: frozenset[ChunkKind] = frozenset({"person", "place", "provider", "payer", "body", "time", "grade"})
# Whose a name says that something is.
_OPENING_NAMES: frozenset[ChunkKind] = frozenset({"person", "grade", "provider"})
# 个|缴费|服务|点: so many words that are verbs elsewhere open what is counted.
_OPENING = 2
# 城镇和
_TWO_AREAS = 4
# Who has something and what it is.
_PAIR = 2
# Who acts is none of what is done.
_ACTORS: frozenset[ChunkKind] = frozenset({"place", "payer", "body", "time"})
_DOING: frozenset[Use] = frozenset({"give", "grant", "act", "task"})
_LEADING: frozenset[Use] = frozenset({"give", "adverb", "act", "change"})
# Figures that two names may share.
_SHARED = ("money", "rate", "count")
# 综合考虑当地: as far back from a name stands what says that it is only taken into account.
_WEIGHED = 8


def past_marker(text: str, span: Span) -> int:
    """Return where the words of an item or a heading begin, behind its number: （二）|低保对象."""
    lead = MARKER.match(text[span.start : span.end])
    return span.start + (lead.end() if lead else 0)


class MeasureName(NamedTuple):
    """The name of what is measured: its place in the normalised text, and the step that found it.

    The step ``empty`` found a name that says nothing alone (标准, 部分), ``own`` one in the figure's own words.
    """

    span: Span
    step: str


class Clauses(Protocol):
    """What is read: a sentence's place in the text, its clauses and the catalog's words in it."""

    text: str
    span: Span

    def clause(self, at: int) -> Span:
        """Return the clause that holds an offset, without its mark."""

    def of(self, group: str) -> list[Term]:
        """The sentence's terms of one group."""

    def number_from(self, at: int) -> int:
        """Return where the first number of a quantity from an offset on begins."""

    def figure_before(self, at: int) -> int:
        """Return where the last quantity up to an offset ends; 0 where there is none."""

    def bracket(self, at: int) -> Span | None:
        """Return the closed bracket that holds an offset; None where none does."""

    def is_equated(self, name: Span) -> bool:
        """Return True if a name right before an amount says what a bound is set to."""


class ClauseReader:
    """Finds the names around the figures of one sentence."""

    def __init__(self, reader: StatementReader, context: Clauses) -> None:
        """Look at nothing yet."""
        self.reader, self.words, self.context = reader, reader.words, context
        self._chunks: dict[tuple[int, int], list[Chunk]] = {}
        self._pieces: dict[tuple[int, int], list[Piece]] = {}

    def chunks(self, start: int, end: int) -> list[Chunk]:
        """Return the names between two offsets of the notice's text."""
        place = start, max(start, end)
        known = self._chunks.get(place)
        if known is None:
            known = self._chunks[place] = [
                Chunk(Span(low + start, high + start), kind, before, behind)
                for (low, high), kind, before, behind in self.reader.chunks(self._words(*place))
            ]
        return known

    @cached_property
    def _sentence(self) -> tuple[Words, dict[int, int]]:
        """The words of the sentence, and by the offset where one begins or the last ends, its number."""
        words = self.reader.cut(self.context.text[slice(*self.context.span)])
        starts = accumulate(map(len, words), initial=self.context.span.start)
        return words, {start: number for number, start in enumerate(starts)}

    def _words(self, start: int, end: int) -> Words:
        """Return the words of a stretch of text: of the sentence where it bounds some of its words, else cut anew."""
        words, numbers = self._sentence
        first, last = numbers.get(start), numbers.get(end)
        return self.reader.cut(self.context.text[start:end]) if first is None or last is None else words[first:last]

    def joined(self, one: Span, other: Span) -> bool:
        """Return True if nothing but 、 or a word like it stands between a name and the next."""
        return self.context.text[one.end : other.start] in self.words.joints

    def with_other_areas(self, name: Span) -> Span:
        """Return a name that a class of areas opens with the other classes joined before it: 城镇、|农村居民人均可支配收入."""
        text, low = self.context.text, self.context.clause(name.start).start
        if not self.words.area_class(text[name.start : name.end]):
            return name
        before = text[max(low, name.start - _TWO_AREAS) : name.start]
        joint = next((word for word in self.words.joints if before.endswith(word)), None)
        other = next((one for one in self.words.area_names if joint and before.endswith(one + joint)), None)
        return Span(name.start - len(f"{other}{joint}"), name.end) if other else name

    def pieces(self, number: Span, left: int) -> list[Piece]:
        """Cut what stands before a figure in its clause, from ``left`` on."""
        low = max(self.context.clause(number.start).start, left, number.start - REACH)
        return self._cut(low, number.start)

    def cut(self, span: Span) -> list[Piece]:
        """Cut a stretch of the notice's text into words with their use."""
        return self._cut(*span)

    def _cut(self, start: int, end: int) -> list[Piece]:
        place = start, max(start, end)
        known = self._pieces.get(place)
        if known is None:
            pieces = self.reader.pieces(self._words(*place))
            known = self._pieces[place] = [Piece(low + start, high + start, use) for low, high, use in pieces]
        return known

    # ── before a figure

    def before(self, number: Span, left: int, kind: str) -> MeasureName | None:
        """Return the name before a figure in its clause, not before ``left``, the end of the figure before."""
        low = max(self.context.clause(number.start).start, left, number.start - REACH)
        chunks = self.chunks(low, number.start)
        lists = self.words.lists
        event: MeasureName | None = None
        for at in range(len(chunks) - 1, -1, -1):
            chunk = chunks[at]
            if chunk.kind == "payer" and self.words.lists.acting.meets(chunk.behind) and at == 0:
                return MeasureName(chunk.span, "before")
            if lists.anew.meets(chunk.behind):
                break
            if self._is_by_the_way(chunks, at, number) or self._bears_part(chunk, number):
                continue
            if kind == "duration" and chunk.span.start == left and lists.every.may_meet(self._ahead_of(left)):
                continue  # 每多生育1个|婴儿增加15天
            if chunk.kind in _GROUPS or self._is_other(chunks, at, number, kind):
                event = event or self._raised(chunk, number) or self._given_per(chunk, number, kind)
                continue
            if kind == "duration" and (lists.since.meets(chunk.before) or lists.after_event.meets(chunk.behind)):
                event = event or MeasureName(chunk.span, "empty")
                continue
            whole = self._whole(chunks, at, shared=kind in _SHARED)
            if whole.kind == "empty":
                return MeasureName(whole.span, "empty")
            if kind == "duration" and (lasting := self._lasting(whole, number)):
                return MeasureName(lasting, "before")
            return MeasureName(self.opened(whole.span), "before")
        return event

    def _bears_part(self, chunk: Chunk, number: Span) -> bool:
        """Return True if a name right before a figure is who bears that part of the amount before: 193元，其中|中央|143元、|省级|20元."""
        opened = self.words.lists.part_signs
        if chunk.span.end != number.start or all(term.span != chunk.span for term in self.context.of("payer")):
            return False
        return opened.meets(self.context.text[self.context.span.start : chunk.span.start])

    def _ahead_of(self, at: int) -> str:
        """Return the words of a clause before an offset."""
        return self.context.text[max(self.context.clause(at).start, at - REACH) : at]

    def owned_head(self, number: Span) -> Span | None:
        """Return the head right before a figure that is said to be of somebody, and names nothing alone: 三级残疾人|的标准."""
        start = self.context.clause(number.start).start
        last = self.chunks(start, number.start)[-2:]
        if len(last) < _PAIR or last[1].kind not in ("empty", "weak") or last[0].kind not in _GROUPS:
            return None
        owned = self.context.text[last[0].span.end : last[1].span.start] in OWNING
        return last[1].span if owned else None

    def _is_by_the_way(self, chunks: list[Chunk], at: int, number: Span) -> bool:
        """Return True if a word only bounds (每月15000元，最长|以12个月为限), or stands in a bracket behind other names."""
        span = chunks[at].span
        bounds = self.words.lists.bounding.meets(self.context.text[slice(*span)])
        return bounds or self.exemplifies(chunks, at) or (at > 0 and self._is_aside(chunks[0].span, span, number))

    def exemplifies(self, chunks: list[Chunk], at: int) -> bool:
        """Return True if a name is one of those that a class of areas has among others: |甲市|、乙市等一类地区."""
        among = self.words.lists.among
        while at + 1 < len(chunks) and not among.meets(chunks[at].behind):
            if not self.joined(chunks[at].span, chunks[at + 1].span):
                return False
            at += 1
        named = chunks[at + 1] if at + 1 < len(chunks) and among.meets(chunks[at].behind) else None
        return (
            named is not None
            and named.kind == "grade"
            and self.words.lists.area_ends.meets(self.context.text[slice(*named.span)])
        )

    def _is_aside(self, first: Span, name: Span, number: Span) -> bool:
        """Return True if a name stands in a bracket behind others, its figure behind it: 高龄津贴（俗称生果金）由每月1675元."""
        aside = self.context.bracket(name.start)
        return aside is not None and first.start < aside.start and name.end <= aside.end <= number.start

    def _raised(self, chunk: Chunk, number: Span) -> MeasureName | None:
        """Return what is raised from itself, where nothing else is named: 在补助标准基础上上浮10%."""
        text = self.context.text
        words = text[slice(*chunk.span)]
        base = next((end for end in self.words.lists.base_ends.words if words.endswith(end) and words != end), "")
        if not base or not any(piece.use == "change" for piece in self._cut(chunk.span.end, number.start)):
            return None
        return MeasureName(Span(chunk.span.start, chunk.span.end - len(base)), "empty")

    def _given_per(self, chunk: Chunk, number: Span, kind: str) -> MeasureName | None:
        """Return the verb behind what a figure is given per, where both look like one name: 每|托位|补助|1000元."""
        words = self.context.text[slice(*chunk.span)]
        verb = next((one for one in self.words.lists.handing.words if words.endswith(one) and words != one), "")
        between = self._cut(chunk.span.end, number.start) if verb else []
        if not verb or any(piece.use != "change" for piece in between) or not self._is_per(chunk, words, kind):
            return None  # 每餐补贴由4元提高到5元, too
        return MeasureName(Span(chunk.span.end - len(verb), chunk.span.end), "verb")

    def _lasting(self, chunk: Chunk, number: Span) -> Span | None:
        """Return the verb with its object that lasts for some time: 连续参加居民医保满4年."""
        text = self.context.text
        doing = self.words.use_of.get(chunk.before) in _DOING and not self.words.lists.spans.meets(
            text[slice(*chunk.span)]
        )
        if not doing or not self.words.lists.lasting.meets(text[chunk.span.end : number.start].strip()):
            return None
        start = chunk.span.start - len(chunk.before)
        adverb = next((word for word in self.words.lists.running.words if text.endswith(word, 0, start)), "")
        return Span(start - len(adverb), chunk.span.end)

    def _is_other(self, chunks: list[Chunk], at: int, number: Span, kind: str) -> bool:
        """Return True if a name is that of who pays, of an event, of one of many, or of what a share is taken of."""
        chunk, lists = chunks[at], self.words.lists
        if lists.bounds_behind.meets(chunk.behind) or lists.sum_signs.meets(chunk.behind):
            return True  # 起付标准|以上; 还款期限为学制|加15年
        words = self.context.text[slice(*chunk.span)]
        low = max(self.context.span.start, chunk.span.start - _WEIGHED)
        if lists.weighed.meets(self.context.text[low : chunk.span.start]) or self._compared(chunks, at, number):
            return True  # 结合当地消费水平; 比上年年初预算增加1800亿元
        if (
            self._stands_for_another(chunks, at, kind)
            or self._pays(chunks, at, number)
            or lists.event_day.meets(chunk.behind)
            or self._is_per(chunk, words, kind)
        ):
            return True
        behind = self.context.text[chunk.span.end : number.start].strip()
        if self._says_who(chunks, at) or self._opens_share(chunks, number):
            return True
        if at + 1 == len(chunks) and behind.startswith(OWNING) and len(behind) > 1:
            return True  # 地下水灌溉的每亩86元, 生育三孩的上浮三成: it says of which
        if behind[behind.startswith(OWNING) :].startswith(lists.base_ends.words):
            return True  # 在国家标准|的基础上
        based = lists.as_base.pattern.match(self.context.text, chunk.span.end, number.start)
        if based and not any(piece.use == "change" for piece in self._cut(based.end(), number.start)):
            return True
        part = lists.share_of.meets(chunk.before) and lists.share_tails.meets(words)
        share = kind == "rate" and (chunk.before in self.words.basing or behind in OWNING) and not part
        # 住院费用的80%由基金支付: what is shared out is measured
        share = share and not self.context.text.startswith(lists.acting.words, self._sign_end(number.end))
        # 将当季保费的90%拨付: what is moved is measured, also as a share.
        start = chunk.span.start - len(chunk.before)
        moved = chunk.before, self.context.text[max(0, start - 1) : start]
        return (share or lists.base_ends.meets(words)) and not any(map(lists.moving.meets, moved))

    def _stands_for_another(self, chunks: list[Chunk], at: int, kind: str) -> bool:
        """Return True if a name is one of those who pay, or what a bound is set to: 省级|和市级财政各承担10%, 下限为|最低工资标准|2270元."""
        following = chunks[at + 1] if at + 1 < len(chunks) else None
        paying = following is not None and following.kind == "payer" and self.joined(chunks[at].span, following.span)
        return paying or (at > 0 and kind == "money" and self.context.is_equated(chunks[at].span))

    def _says_who(self, chunks: list[Chunk], at: int) -> bool:
        """Return True if a name says who is meant: 符合条件|的毕业生, with its class 残疾等级为一级|的每人每月180元."""
        if at + 1 == len(chunks):
            return False
        text, end, following = self.context.text, chunks[at].span.end, chunks[at + 1]
        between = text[end : following.span.start]
        if following.kind == "person" and between in OWNING:
            return True
        classed = at + 2 == len(chunks) and following.kind in _GROUPS and self.words.lists.being.meets(between)
        return classed and text.startswith(OWNING, following.span.end)

    def _opens_share(self, chunks: list[Chunk], number: Span) -> bool:
        """Return True if a clause begins with what the name before it is a share of: 装机容量1.2亿千瓦，占|总装机的比重保持在95%."""
        lists, text = self.words.lists, self.context.text
        start = self.context.clause(number.start).start
        opens = any(text.startswith(word, start) for word in lists.share_of.words) and chunks[0].span.start > start
        return opens and lists.share_tails.meets(text[slice(*chunks[-1].span)])

    def _sign_end(self, at: int) -> int:
        """Return the offset behind the sign of a rate, where one stands there: 80|%."""
        return at + (not self.context.text[at : at + 1].isalpha())

    def _is_per(self, chunk: Chunk, words: str, kind: str) -> bool:
        """Return True if a name only says per what a figure is."""
        lists = self.words.lists
        if lists.each.meets(chunk.before) or (len(words) == 1 and lists.every.meets(chunk.before[:1])):
            return True  # 评估费用每人|次200元
        per_group = kind == "money" and lists.per_group.meets(chunk.before)
        return per_group and not lists.amount_heads.meets(words)  # 每个采暖季

    def _compared(self, chunks: list[Chunk], at: int, number: Span) -> bool:
        """Return True if a figure says by how much something has changed against a name: 较谷段电价下浮20%."""
        span, text, against = chunks[at].span, self.context.text, self.words.lists.against
        if at + 1 != len(chunks):
            return False
        low = max(self.context.clause(span.start).start, span.start - AHEAD)
        if not against.may_meet(text[low : span.start]):
            return False
        pieces = self._cut(low, span.start)
        while pieces and (pieces[-1].use == "adverb" or self.words.kind_of(text[slice(*pieces[-1][:2])]) == "time"):
            pieces = pieces[:-1]
        if not pieces or not against.meets(text[slice(*pieces[-1][:2])]):
            return False
        return any(piece.use == "change" for piece in self._cut(span.end, number.start))

    def _whole(self, chunks: list[Chunk], at: int, *, shared: bool = False) -> Chunk:
        """Join 增加值|占|GDP比重, and 征收增值税|的|税率 where the last word alone says little."""
        text, chunk = self.context.text, chunks[at]
        words = text[slice(*chunk.span)]
        while at > 0:
            last = chunks[at - 1]
            part = self._share_taken(chunks, at) if self.words.lists.share_tails.meets(words) else None
            if part:
                return Chunk(Span(part.span.start, chunk.span.end), "measure", part.before, chunk.behind)
            gap = text[last.span.end : chunk.span.start]
            if chunk.kind == "empty" and last.kind == "measure" and self.words.lists.every_time.meets(gap):
                return last  # 长者生活津贴|每月|金额
            if chunk.kind == "measure" and last.kind == "measure" and self._tells_how(chunk, last.span.end):
                return Chunk(Span(last.span.start, chunk.span.end), "measure", last.before, chunk.behind)
            # 部分不能自理的标准: whose it is names nothing
            owned = gap in OWNING and chunk.kind in ("empty", "weak") and last.kind not in _GROUPS
            summed = self.words.lists.sums.meets(words) and self.joined(last.span, chunk.span)
            if not owned and not summed and not (shared and self._shares_head(last, chunk)):
                break
            at -= 1
            chunk = Chunk(
                Span(last.span.start, chunk.span.end), "weak" if owned else "measure", last.before, chunk.behind
            )
        if at and text[chunks[at - 1].span.end : chunk.span.start] in OWNING and chunks[at - 1].kind == "person":
            # 赡养老人的扣除标准: the persons are no more than what is done
            done = chunks[at - 1]
            if self.words.use_of.get(done.before) == "act" and not self._in_persons(done.span.start - 1):
                return Chunk(Span(done.span.start - len(done.before), chunk.span.end), "measure", "", chunk.behind)
        verb = self._attributive(chunk) if chunk.kind in ("empty", "weak") else None
        if verb is None:
            return chunk
        thing = chunks[at - 1] if at else None
        if thing and thing.kind == "measure" and thing.span.end == verb and self.words.lists.spans.meets(words):
            verb = thing.span.start  # 零星报销|办结时限, 评估结论|作出时限
        return Chunk(Span(verb, chunk.span.end), "measure", "", chunk.behind)

    def _share_taken(self, chunks: list[Chunk], at: int) -> Chunk | None:
        """Return the name before 占, with no more than the whole of the notice's places behind it: 发电量|占全省|发电量比重."""
        sign, text = self.words.lists.share_of, self.context.text
        whole = at > 1 and chunks[at - 1].kind == "place" and text[slice(*chunks[at - 1].span)] in self.words.places
        last = chunks[at - 1 - whole]
        pieces = self._cut(last.span.end, chunks[at - whole].span.start)
        # 占|新增|汽车比例
        taken = bool(pieces) and sign.meets(text[pieces[0].start : pieces[0].end])
        return last if taken and all(piece.use == "change" for piece in pieces[1:]) else None

    def _tells_how(self, chunk: Chunk, end: int) -> bool:
        """Return True if nothing but how something is done stands between a name and the rate of its deed: 养老金|按时足额|发放率."""
        lists, text = self.words.lists, self.context.text
        gap = text[end : chunk.span.start]
        if not lists.manners.meets(gap) or not lists.rate_ends.meets(text[slice(*chunk.span)]):
            return False
        return self.words.use_of.get(text[slice(*self._cut(*chunk.span)[0][:2])]) in VERBS

    def _shares_head(self, one: Chunk, other: Chunk) -> bool:
        """Return True if a name lacks its head, which the next has for both: 森林和湿地面积, 国、省考断面优良比例.

        Not where it has one (粮食产量和播种面积), nor where a verb before it may have it for its object.
        """
        said = self.context.text[slice(*one.span)]
        opens = not one.before or self.words.use_of.get(one.before) in (None, "joint")
        bare = not self.words.lists.amount_heads.meets(said) and one.kind == other.kind == "measure"
        return opens and bare and self.joined(one.span, other.span)

    def _attributive(self, chunk: Chunk) -> int | None:
        """Return where the verb begins that says what a bare 比例 is: 中央承担的比例, 纳入医保结算的比例."""
        text = self.context.text
        end = chunk.span.start - text.startswith(OWNING, chunk.span.start - 1)
        start: int | None = None
        clause = self.context.clause(chunk.span.start)
        for piece in reversed(self._cut(max(clause.start, end - REACH), end)):
            if piece.use in ("mark", "joint", "base", "prep"):
                break
            if piece.use in ("act", "give") and not self._in_persons(piece.start):
                start = piece.start
        verb = self.words.use_of.get(text[max(clause.start, end - 2) : end])
        return start if start is not None and (verb in _DOING or start < end - 2) else None

    def _in_persons(self, at: int) -> bool:
        """Return True if the catalog's persons hold an offset: the 健全 of 健全成人 is no deed."""
        return any(term.span.start <= at < term.span.end for term in self.context.of("population"))

    def _gives(self, start: int, number: Span | None) -> bool:
        """Return True if nothing but a verb of giving stands between two offsets, and words like 每月."""
        uses = [piece.use for piece in self._cut(start, number.start)] if number else []
        return "give" in uses and all(use in ("give", "adverb") for use in uses)

    def _pays(self, chunks: list[Chunk], at: int, number: Span | None = None) -> bool:
        """Return True if a name is that of who pays: 由省与市县分担, 基金支付65%."""
        while at > 0 and self.joined(chunks[at - 1].span, chunks[at].span):
            at -= 1
        chunk = chunks[at]
        if self.words.lists.acting.meets(chunk.before):
            return True
        giving = self.words.use_of.get(chunk.behind) in ("give", "grant", "base")
        bare, text = self.words.lists.bare_verbs, self.context.text
        if self.words.lists.bearers.meets(text[slice(*chunk.span)]) and self._gives(chunk.span.end, number):
            return True  # 职工基本养老保险|单位|每月|缴纳1600元
        return any(
            (giving and term.span == chunk.span) or bare.meets(text[term.span.end : chunk.span.end])
            for term in self.context.of("payer")
            if term.span.start == chunk.span.start
        )

    def opened(self, span: Span) -> Span:
        """Drop what opens a name without being part of it: 年度累计最高支付限额, 城乡居民个人缴费标准."""
        text = self.context.text
        while text.startswith(self.words.openers, span.start):
            opener = next(o for o in self.words.openers if text.startswith(o, span.start))
            first = self._cut(*span)[0]
            if self.words.lists.aims.meets(text[span.start + len(opener) : span.end]):
                break
            if span.end - span.start <= len(opener) + 1 or first.end - span.start > len(opener):
                break
            if self.words.kind_of(text[span.start + len(opener) : span.end]) == "weak":
                break  # 年度|限额
            span = Span(span.start + len(opener), span.end)
        for term in self.context.of("area"):
            if term.span.start <= span.start < term.span.end < span.end:
                span = Span(term.span.end, span.end)
        span = self._without_payer(span)
        for term in self.context.of("population"):
            rest = text[term.span.end : span.end]
            if term.span.start <= span.start < term.span.end and self.words.lists.after_persons.meets(rest):
                return Span(term.span.end, span.end)
        return span

    def _without_payer(self, span: Span) -> Span:
        """Drop who pays in front of the name of an insurance or of a share: 用人单位|职工医保费率, 县财政|承担比例; not 个人住房公积金贷款."""
        selves, text = self.words.lists.selves, self.context.text
        payers = [term.span for term in self.context.of("payer") if term.span.start == span.start]
        if not payers:
            return span
        if share := next(
            (one for one in payers if self.words.lists.shares_borne.meets(text[one.end : span.end])), None
        ):
            return Span(share.end, span.end)
        named = {term.span.start for term in self.context.of("programme")}
        ends = (one.end for one in payers if one.end in named and not selves.meets(text[slice(*one)]))
        return Span(next((end for end in ends if end < span.end), span.start), span.end)

    # ── behind a figure, and verbs

    def behind(self, end: int, *, counted: bool) -> MeasureName | None:
        """Return the name behind a figure: 30个DRG付费试点城市, 给予1000元一次性补贴, 按每人1500元的标准发放扩岗补助."""
        text = self.context.text
        stop = min(self.context.clause(max(self.context.span.start, end - 1)).end, end + AHEAD)
        at = end
        leading = self.words.behind[counted]
        while text.startswith(leading, at):
            at += next(len(word) for word in leading if text.startswith(word, at))
        # No name holds a figure.
        pieces = self._cut(at, max(at, min(stop, self.context.number_from(at))))
        first = 0 if counted else self._past_receiver(pieces)
        items = self.words.lists.item_numbers
        while (
            first < len(pieces)
            and not counted
            and (
                pieces[first].use in _LEADING
                or (first and pieces[first].use == "de")  # 返还上年度实际缴纳|的|失业保险费
                or items.meets(text[slice(*pieces[first][:2])])
            )
        ):
            first += 1
        index = self._opened_by(pieces) if counted else first
        while index < len(pieces) and self._goes_on(pieces, index, counted=counted):
            index += 1
        while index > first and (pieces[index - 1].use == "de" or (counted and self._happens(pieces, first, index))):
            index -= 1
        if index == first:
            # 对特困人员按100%救助: the verb is all that names it.
            verb = pieces[first - 1] if first and pieces[first - 1].use == "give" else None
            return MeasureName(Span(verb.start, verb.end), "verb") if verb and verb.end - verb.start > 1 else None
        span = Span(pieces[first].start, pieces[index - 1].end)
        if (
            not counted
            and self.words.kind_of(text[slice(*pieces[first][:2])]) == "empty"
            and pieces[index - 1].use == "give"
        ):
            return None  # 10万元以内|部分报销60%
        bound = self.words.lists.bounding.meets(text[slice(*span)])  # 10年以上的|最长|分别为12个月
        named = span.end - span.start > 1 and text[span.start] != "/" and not bound
        return MeasureName(span, "behind") if named else None

    def _past_receiver(self, pieces: list[Piece]) -> int:
        """Return how many words say whom something is given to, before the verb: 50%的标准|向劳动者|加付赔偿金."""
        text = self.context.text
        if not pieces or not self.words.lists.handed_to.meets(text[slice(*pieces[0][:2])]):
            return 0
        end = next((at for at, piece in enumerate(pieces) if at and piece.use not in ("name", "de")), 0)
        persons = end > 1 and self.words.kind_of(text[pieces[1].start : pieces[end - 1].end]) == "person"
        return end if persons and pieces[end].use == "give" else 0

    def _happens(self, pieces: list[Piece], first: int, end: int) -> bool:
        """Return True if the last word of what is counted says what happens to it: 低薪雇员|受惠."""
        said = self.context.text[pieces[end - 1].start : pieces[end - 1].end]
        return end - first > 1 and self.words.lists.benefiting.meets(said)

    def _opened_by(self, pieces: list[Piece]) -> int:
        """Return how many words open the name of what is counted that else are none: 个|承办|机构, 个|原|中央苏区县."""
        index = 0
        while index < len(pieces) and (pieces[index].use in VERBS or pieces[index].use == "adverb"):
            index += 1
        return index if index <= _OPENING and index < len(pieces) and pieces[index].use == "name" else 0

    def _goes_on(self, pieces: list[Piece], index: int, *, counted: bool) -> bool:
        if pieces[index].use == "de" and index and not counted:
            # the name of a rate ends before 的: 征收率|的应税销售收入
            return not self.words.lists.rate_ends.meets(self.context.text[pieces[0].start : pieces[index].start])
        if pieces[index].use in ("name", "de", "edge"):
            return True
        if pieces[index].use != "give" or index == 0 or pieces[index - 1].use not in ("name", "give") or counted:
            return False
        # 按20%的税率缴纳: the rate is named
        return not self.words.lists.rate_ends.meets(self.context.text[: pieces[index - 1].end][-4:])

    def own_name(self, span: Span) -> MeasureName | None:
        """Return the last name or verb of giving in a figure's own words: 全额|资助, 不设|起付线."""
        pieces = self._cut(*span)
        end = len(pieces)
        start = end
        while start and pieces[start - 1].use in ("name", "give", "grant", "edge"):
            start -= 1
        named = Span(pieces[start].start, pieces[end - 1].end) if start < end else span
        return MeasureName(named, "own") if start < end and named.end - named.start > 1 else None

    def own_verb(self, number: Span, left: int) -> MeasureName | None:
        """Return the verb of giving, or the deed, right before a figure, where nothing else names it: 支付60%, 核查两次."""
        for piece in reversed(self.pieces(number, left)):
            deed = piece.use == "act" and self.words.use_of.get(self.context.text[piece.start : piece.end]) == "task"
            if self.words.lists.event_day.meets(self.context.text[piece.end : number.start]):
                return None
            if (deed or piece.use == "give") and piece.end - piece.start > 1:
                return MeasureName(Span(piece.start, piece.end), "verb")
            if piece.use not in ("adverb", "base", "edge"):
                return None
        return None

    def lasted(self, number: Span, left: int) -> MeasureName | None:
        """Return the verb right before a span of time that it is done for, with its adverb: 累计缴存|满12个月."""
        pieces, text = self.pieces(number, left), self.context.text
        if not pieces or pieces[-1].use not in _DOING or pieces[-1].end - pieces[-1].start == 1:
            return None
        verb = pieces[-1]
        adverb = next((word for word in self.words.lists.running.words if text.endswith(word, 0, verb.start)), "")
        return MeasureName(Span(verb.start - len(adverb), verb.end), "verb")

    def verb_before(self, number: Span) -> str:
        """Return the verb of giving right before a figure, in its clause: 每人补|150元; nothing where none stands there."""
        pieces = [
            one for one in self.pieces(number, self.context.span.start) if one.use not in ("adverb", "edge", "base")
        ]
        giving = pieces and pieces[-1].use in ("give", "grant")
        return self.context.text[pieces[-1].start : pieces[-1].end] if giving else ""

    def follows_giving(self, number: Span, left: int) -> bool:
        """Return True if a verb of giving or doing stands right before a figure: 给予1000元, 按月发放每人900元."""
        use = next((piece.use for piece in reversed(self.pieces(number, left)) if piece.use != "adverb"), "mark")
        return use in ("give", "base", "act")

    def owns(self, end: int) -> bool:
        """Return True if a figure belongs to what stands behind it: 万分之五的违约金."""
        return self.context.text.startswith(OWNING, end)

    def named_at(self, end: int) -> bool:
        """Return True if a name stands right behind a figure: 至少40%统筹地区."""
        if self.context.number_from(end) == end:
            return False  # 50%、40%、30%三个等级
        return self._use_at(end) == "name"

    def given_at(self, end: int) -> bool:
        """Return True if a verb of giving stands right behind a figure: 每超1人5000元给予奖励."""
        return self._use_at(end) == "give"

    def _use_at(self, start: int) -> Use | None:
        """Return what the word does that begins at an offset; None where none does."""
        if not self.context.text[start : start + 1].isalpha():
            return None
        return next((piece.use for piece in self._cut(start, min(start + AHEAD, self.context.span.end))), None)

    def based(self, number: Span, left: int) -> bool:
        """Return True if a share is taken of what stands before it: 按照人均财政补助标准80%."""
        return any(piece.use == "base" for piece in self.pieces(number, left))

    def name_at(self, start: int, end: int) -> Span | None:
        """Return the name of a measure that stands right before an offset; None where none does."""
        chunks = self.chunks(max(start, end - REACH), end)
        last = chunks[-1] if chunks else None
        return last.span if last and last.kind == "measure" and last.span.end == end else None

    def base_start(self, start: int, end: int) -> int:
        """Return where the name begins that a share right behind ``end`` is of; ``start`` where none stands there.

        缴费率统一控制在|职工工资总额的, 起付标准为|上年度居民人均可支配收入的
        """
        # No name of more than REACH signs, nor one over another figure, is a base.
        pieces = list(self._cut(max(start, end - REACH, min(end, self.context.figure_before(end))), end))
        while pieces and pieces[-1].use == "de":
            pieces.pop()
        at = len(pieces)
        while at and (pieces[at - 1].use in ("name", "edge", "de") or self._in_base(pieces, at - 1)):
            at -= 1
        if at == len(pieces) or pieces[-1].end - pieces[at].start < _SHORTEST_BASE:
            return start
        return pieces[at].start + (pieces[at].use == "de")

    def _in_base(self, pieces: list[Piece], at: int) -> bool:
        """Return True if a word that holds statements together is part of the name that follows it: 上年度工资, 2022年养老金."""
        if at + 1 == len(pieces):
            return False
        word, following = (self.context.text[slice(*piece[:2])] for piece in pieces[at : at + 2])
        if word.isdecimal():
            return self.words.kind_of(following) == "time"
        opens = pieces[at + 1].use not in ("mark", "change") or following.isdecimal()
        return opens and self.words.lists.base_words.meets(word)

    # ── places without figures

    def last_name(self, span: Span, *, counted: bool = False, amount: bool = False) -> MeasureName | None:
        """Return the last name of a stretch of text without figures: a clause before, a heading, a header cell.

        ``counted``: groups may be what is counted. ``amount``: only names of amounts: 工作目标 and 管理办法 above a figure say
        nothing of it.
        """
        low = max(span.start, span.end - REACH)
        chunks = self.chunks(low, span.end)
        kinds = ("measure", "weak", "provider", "person") if counted else ("measure", "weak")
        # 缴存基数按职工本人月平均工资核定: what it is measured by comes last.
        based = next((piece.start for piece in self._cut(low, span.end) if self._reckons(piece)), span.end)
        # 按产假天数享受生育津贴: but not what is given by it.
        given = self.words.lists.handing_out.meets
        order = sorted(
            range(len(chunks)),
            key=lambda at: (chunks[at].span.start < based or given(chunks[at].before), at),
            reverse=True,
        )
        for at in order:
            if (
                chunks[at].kind not in kinds
                or chunks[at].span.end - chunks[at].span.start == 1
                or self._pays(chunks, at)
                or chunks[at].before in self.words.basing
                or self.words.lists.bounds_behind.meets(chunks[at].behind)
            ):
                continue
            found = self.opened(self._whole(chunks, at).span)
            if amount:
                found = self._without_tail(found)
            if not amount or self.words.lists.amount_heads.meets(self.context.text[slice(*found)]):
                return MeasureName(found, "above")
        return None

    def _reckons(self, piece: Piece) -> bool:
        """Return True if a word says by what an amount is measured: 按|月平均工资核定, 根据|最低工资标准."""
        text = self.context.text
        return piece.use == "base" or (
            piece.use == "prep" and self.words.lists.reckoned_by.meets(text[piece.start : piece.end])
        )

    def _without_tail(self, span: Span) -> Span:
        """Leave out what is shown of an amount: 补助经费|分配表."""
        tail = self.words.lists.name_tails.pattern.search(self.context.text, *span)
        return Span(span.start, tail.start()) if tail and tail.start() > span.start else span

    def opening_group(self, name: Span) -> Chunk | None:
        """Return the group or class that opens the name of an amount: 集中养育孤儿|基本生活费标准, 城市|低保标准."""
        text = self.context.text
        for piece in reversed(self._cut(*name)[:-1]):
            kind = self.words.kind_of(text[name.start : piece.end])
            rest = text[piece.end : name.end]
            if (
                kind in _OPENING_NAMES
                and self.words.lists.amount_heads.meets(rest)
                and self.words.kind_of(rest) == "measure"
            ):
                return Chunk(Span(name.start, piece.end), kind, "", "")
        return None

    def one_name(self, span: Span) -> MeasureName | None:
        """Return the name that a stretch of text is, but for its number and a verb before it: （二）上门护理."""
        if span.end - span.start > REACH or self.words.lists.asks.meets(self.context.text[slice(*span)]):
            return None  # 一、怎么调
        start = past_marker(self.context.text, span)
        chunks = self.chunks(start, span.end)
        if len(chunks) != 1 or chunks[0].kind not in ("measure", "weak"):
            return None
        lists, text = self.words.lists, self.context.text
        if chunks[0].span.end != span.end:
            # 租房提取：每月1500元; 倾斜调整: the verb is what is given
            said = text[slice(*chunks[0].span)]
            doing = self.words.use_of.get(text[chunks[0].span.end : span.end])
            given = doing in ("give", "grant") or (doing == "change" and not lists.amount_heads.meets(said))
            return MeasureName(Span(start, span.end), "topic") if given and chunks[0].span.start == start else None
        lead_word = text[start : chunks[0].span.start]
        if lead_word in self.words.joints:
            return MeasureName(Span(start, span.end), "topic")  # 1.与缴费年限挂钩
        opens = chunks[0].span.start == start or lead_word == chunks[0].before
        named = self.opened(chunks[0].span)
        rest = next((end for end in lists.topic_rests.words if text.endswith(end, named.start, named.end)), "")
        if not opens or lists.no_topics.meets(text[slice(*named)]) or named.end - named.start <= len(rest) + 1:
            return None
        return MeasureName(Span(named.start, named.end - len(rest)), "topic")

    def deed(self, start: int, end: int) -> MeasureName | None:
        """Return what is done to what, the object of the first verb between two offsets: 将补助资金拨付到位, 完成名册核对."""
        lists = self.words.lists
        chunks = self.chunks(start, end)
        for chunk in chunks:
            sent = lists.into.meets(chunk.before) and not lists.papers.meets(self.context.text[slice(*chunk.span)])
            done = self.words.use_of.get(chunk.before) in _DOING and not sent
            if lists.moving.meets(chunk.before) or (done and chunk.kind not in _ACTORS):
                light = lists.light.meets(chunk.before)
                given = self._given_out(chunk, chunks[-1], end) if light else None
                whole = given or self._listed(chunk.span, end)
                return MeasureName(self.opened(self._with_deed(whole, end) if light else whole), "deed")
            if lists.along.meets(chunk.before) and (along := self._done_along(chunk, chunks, start, end)):
                return MeasureName(along, "deed")
        return None

    def _with_deed(self, named: Span, end: int) -> Span:
        """Return a name with the verbs behind it that end the clause, where a light verb stands before: 完成|待遇调整和补发."""
        pieces = self._cut(named.end, end)
        doing = [piece.use in VERBS and piece.end - piece.start > 1 for piece in pieces]
        joined = all(piece.use == "joint" or done for piece, done in zip(pieces, doing, strict=True))
        return Span(named.start, pieces[-1].end) if joined and doing[:1] == [True] and doing[-1] else named

    def _given_out(self, chunk: Chunk, last: Chunk, end: int) -> Span | None:
        """Return what is given out, where words about it stand before: 作出准予提取的决定."""
        following = next((piece.use for piece in self._cut(chunk.span.end, end)), "mark")
        owned = self.context.text.startswith(OWNING, last.span.start - 1) and last.span.start > chunk.span.end
        return last.span if owned and following in VERBS else None

    def _done_along(self, chunk: Chunk, chunks: list[Chunk], start: int, end: int) -> Span | None:
        """Return what is done with others: 完成与公安、民政等部门的|信息比对, 实现|与定点机构即时结算."""
        at = chunk.span.start - len(chunk.before)
        before = self._cut(start, at)
        if not before or before[-1].use not in _DOING:
            return None
        owned = [
            one for one in chunks if one.span.start > at and self.context.text.startswith(OWNING, one.span.start - 1)
        ]
        return self._listed(owned[0].span, end) if owned else Span(at, self._listed(chunk.span, end).end)

    def _listed(self, first: Span, end: int) -> Span:
        """Return a name with those that 和 and 的 join to it: 政策宣传和首轮检查, 过度保障政策的清理, 在册对象的重新核定."""
        pieces = self._cut(first.start, end)
        index = 0
        while index < len(pieces) and (
            pieces[index].use in ("name", "edge", "de", "joint")
            or (pieces[index].use == "adverb" and [one.use for one in pieces[index + 1 : index + 2]] == ["de"])
            or (pieces[index].use in VERBS and self._is_noun(pieces, index))
        ):
            index += 1
        while index and pieces[index - 1].use in ("de", "joint"):
            index -= 1
        return Span(first.start, max(first.end, pieces[index - 1].end if index else first.end))

    def _is_noun(self, pieces: list[Piece], index: int) -> bool:
        """Return True if a verb is a noun, since nothing but verbs stands between 的 and it, nor behind it."""
        first = index
        while first and pieces[first].use in VERBS:
            first -= 1
        last = index
        while last + 1 < len(pieces) and pieces[last].use in VERBS:
            last += 1
        ends = pieces[last].use in (*VERBS, "mark")
        return pieces[first].use == "de" and ends and pieces[index].end - pieces[index].start > 1

    def bare_deed(self, start: int, end: int) -> MeasureName | None:
        """Return a deed that is said alone between two offsets: 参保缴费, 申报."""
        pieces = [piece for piece in self._cut(start, end) if piece.use != "adverb"]
        while pieces and pieces[-1].use == "de":
            pieces.pop()
        text = self.context.text
        uses = {piece: self.words.use_of.get(text[piece.start : piece.end]) for piece in pieces}
        # 补办|备案
        deeds = all(piece.use in ("name", "act") for piece in pieces) and any(
            uses[one] == "task" for one in pieces[-1:]
        )
        deeds = deeds or all(piece.use == "name" or uses[piece] == "task" for piece in pieces)
        if not pieces or not deeds or pieces[-1].end - pieces[0].start == 1:
            return None
        if self.words.kind_of(text[pieces[0].start : pieces[-1].end]) == "empty":
            return None
        return MeasureName(Span(pieces[0].start, pieces[-1].end), "deed")

    def topic(self, clause: Span) -> MeasureName | None:
        """Return the thing that a clause without figures is about, or that is made there: 名单|由各县核定, 配建|托育设施."""
        chunks = [one for one in self.chunks(*clause) if one.kind not in _ACTORS]
        use_of, into = self.words.use_of, self.words.lists.into
        if chunks and chunks[0].kind in ("measure", "weak") and use_of.get(chunks[0].before) in (None, "joint"):
            stated = any(piece.use in ("prep", "de", *VERBS) for piece in self._cut(chunks[0].span.end, clause.end))
            whole = self._listed(chunks[0].span, clause.end)
            return MeasureName(self.opened(whole), "above") if stated or whole.end == clause.end else None
        made = [one for one in chunks if use_of.get(one.before) in _DOING and not into.meets(one.before)]
        made = [one for one in made if len(one.before) > 1]
        return MeasureName(self.opened(made[-1].span), "above") if made else None

    def begun(self, start: int, end: int) -> MeasureName | None:
        """Return the name of what begins between two offsets: the object of a verb, else the first name; without who acts."""
        acting = self.words.lists.acting
        chunks = [one for one in self.chunks(start, end) if one.kind == "measure" and not acting.meets(one.before)]
        into = self.words.lists.into
        done = [one for one in chunks if self.words.use_of.get(one.before) in VERBS and not into.meets(one.before)]
        chosen = (done or chunks)[:1]
        return MeasureName(self.opened(chosen[0].span), "begun") if chosen else None

    def verb(self, start: int, end: int) -> MeasureName | None:
        """Return the last verb between two offsets, where it has no other name: 由民政部门认定."""
        verbs = [piece for piece in self._cut(start, end) if piece.use in VERBS and piece.end - piece.start > 1]
        return MeasureName(Span(verbs[-1].start, verbs[-1].end), "verb") if verbs else None
