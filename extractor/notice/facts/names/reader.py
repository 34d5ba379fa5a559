"""Finds the name that a figure of a clause is about, among the clause's names (`statement`).

From a figure leftwards, the first name that is no group, place or time is what is measured: 城市低保标准由每人每月850元.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.names.before import NamesBefore
from extractor.notice.facts.names.pieces import AHEAD, DOING, REACH, MeasureName
from extractor.notice.facts.names.statement import OWNING, Chunk, Piece
from extractor.notice.facts.names.words import VERBS

if TYPE_CHECKING:
    from extractor.notice.facts.names.words import ChunkKind, Use

# （二）低保对象、返贫致贫人口不设起付标准，…: the item's number says nothing.
# 第十一条　2023年，…: so does an article's.
MARKER = re.compile(
    r"^\s*(?:[★☆●○■□◆◇▲△※•▪▶►▸➢➤]+|第[一二三四五六七八九十百\d]{1,5}条|【[^【】\n]{2,20}】|(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])+)\s*"
)
# 个|缴费|服务|点: so many words that are verbs elsewhere open what is counted.
_OPENING = 2
# Who acts is none of what is done.
_ACTORS: frozenset[ChunkKind] = frozenset({"place", "payer", "body", "time"})
_LEADING: frozenset[Use] = frozenset({"give", "adverb", "act", "change"})


def past_marker(text: str, span: Span) -> int:
    """Return where the words of an item or a heading begin, behind its number: （二）|低保对象."""
    lead = MARKER.match(text[span.start : span.end])
    return span.start + (lead.end() if lead else 0)


class ClauseReader(NamesBefore):
    """Finds the names around the figures of one sentence."""

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
            done = self.words.use_of.get(chunk.before) in DOING and not sent
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
        if not before or before[-1].use not in DOING:
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
        made = [one for one in chunks if use_of.get(one.before) in DOING and not into.meets(one.before)]
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
