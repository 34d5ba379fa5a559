"""The name of what a figure measures among the words before it."""

from __future__ import annotations

from extractor.model import Span
from extractor.notice.facts.names.pieces import AHEAD, DOING, GROUPS, REACH, ClausePieces, MeasureName
from extractor.notice.facts.names.statement import OWNING, Chunk
from extractor.notice.facts.names.words import VERBS

# Figures that two names may share.
_SHARED = ("money", "rate", "count")
# 综合考虑当地: as far back from a name stands what says that it is only taken into account.
_WEIGHED = 8


class NamesBefore(ClausePieces):
    """The same, with the name that stands before a figure."""

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
            if chunk.kind in GROUPS or self._is_other(chunks, at, number, kind):
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

    def _is_by_the_way(self, chunks: list[Chunk], at: int, number: Span) -> bool:
        """Return True if a word only bounds (每月15000元，最长|以12个月为限), or stands in a bracket behind other names."""
        span = chunks[at].span
        bounds = self.words.lists.bounding.meets(self.context.text[slice(*span)])
        return bounds or self.exemplifies(chunks, at) or (at > 0 and self._is_aside(chunks[0].span, span, number))

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
        doing = self.words.use_of.get(chunk.before) in DOING and not self.words.lists.spans.meets(
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
        classed = at + 2 == len(chunks) and following.kind in GROUPS and self.words.lists.being.meets(between)
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
            owned = gap in OWNING and chunk.kind in ("empty", "weak") and last.kind not in GROUPS
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
        return start if start is not None and (verb in DOING or start < end - 2) else None

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
