"""A clause cut into the names and words that stand in it."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, Protocol

from extractor.model import Span
from extractor.notice.facts.names.statement import OWNING, Chunk, Piece
from extractor.notice.facts.names.words import VERBS
from extractor.notice.once import cached_property

if TYPE_CHECKING:
    from extractor.model import Term
    from extractor.notice.facts.names.statement import StatementReader, Words
    from extractor.notice.facts.names.words import ChunkKind, Use

BRACKET_SIGN = re.compile("[（(）)]")
# A name further back than this from its figure says nothing of it, nor one further behind it.
REACH, AHEAD = 72, 40
_SHORTEST_BASE = 3
GROUPS: frozenset[ChunkKind] = frozenset({"person", "place", "provider", "payer", "body", "time", "grade"})
# Whose a name says that something is.
_OPENING_NAMES: frozenset[ChunkKind] = frozenset({"person", "grade", "provider"})
# 城镇和
_TWO_AREAS = 4
# Who has something and what it is.
_PAIR = 2
DOING: frozenset[Use] = frozenset({"give", "grant", "act", "task"})


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


class ClausePieces:
    """Cuts the clauses of one sentence into names and words. Offsets are of the notice's normalised text."""

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

    def owned_head(self, number: Span) -> Span | None:
        """Return the head right before a figure that is said to be of somebody, and names nothing alone: 三级残疾人|的标准."""
        start = self.context.clause(number.start).start
        last = self.chunks(start, number.start)[-2:]
        if len(last) < _PAIR or last[1].kind not in ("empty", "weak") or last[0].kind not in GROUPS:
            return None
        owned = self.context.text[last[0].span.end : last[1].span.start] in OWNING
        return last[1].span if owned else None

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
        if not pieces or pieces[-1].use not in DOING or pieces[-1].end - pieces[-1].start == 1:
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

    def verb(self, start: int, end: int) -> MeasureName | None:
        """Return the last verb between two offsets, where it has no other name: 由民政部门认定."""
        verbs = [piece for piece in self._cut(start, end) if piece.use in VERBS and piece.end - piece.start > 1]
        return MeasureName(Span(verbs[-1].start, verbs[-1].end), "verb") if verbs else None
