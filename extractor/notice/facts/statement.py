"""Reads the statement around a figure: which noun phrase is measured, and which persons, places and payers stand beside it.

The words of a clause are cut by jieba; those that hold a statement together (`statement.toml`) separate the names. From a
figure leftwards, the first name that is no group, place or time is what is measured: 城市低保标准由每人每月850元. Where
nothing is named before the figure, the name may stand behind it (给予1000元一次性补贴), else it is that of the figure
before (由A提高到B), of the clause before, of the lead-in, the header cells, the headings, in this order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from msgspec import Struct

from extractor.model import Span
from extractor.notice.mentions.word_trie import compile_forms
from extractor.resources import check_unique, convert, read_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extractor.notice.facts.context import SentenceContext
    from extractor.notice.mentions.segmenter import Segmenter
    from extractor.resources import Resources

FILE = "statement.toml"
Use: TypeAlias = Literal["change", "give", "grant", "act", "prep", "base", "adverb", "edge", "joint", "mark", "de", "name"]
ChunkKind: TypeAlias = Literal["measure", "person", "place", "provider", "payer", "time", "empty", "weak", "grade"]

# A clause further back than this from its figure says nothing of it.
REACH = 72
LONGEST = 40
# 二, 第六条: an item's number names nothing.
_BRACKETED = 5
GRADE = re.compile(r"第?[一二三四五六七八九十\dⅠⅡⅢⅣABCD]{1,2}(?:类|档|类区|档次|等|等级|类地区|类对象|档地区)")
_ORDINAL = re.compile("第?[〇零一二三四五六七八九十百千万亿两]+[条章款节届]?|第")
_MARKS = frozenset("，。；：！？（）()“”‘’《》〔〕【】、,;:!? \t\n\u3000—-~～·.．∶")


class WordRow(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that are no part of a name; see `statement.toml`."""

    id: str
    use: Literal["change", "give", "grant", "act", "prep", "base", "adverb", "edge", "joint"]
    forms: tuple[str, ...]
    compound: tuple[str, ...]
    examples: tuple[str, ...]
    rejects: tuple[str, ...]


class TailRow(Struct, frozen=True, forbid_unknown_fields=True):
    """How names of one kind end; see `statement.toml`."""

    id: str
    kind: ChunkKind
    forms: tuple[str, ...]


class NameRow(Struct, frozen=True, forbid_unknown_fields=True):
    """Names that hold a word of a statement; see `statement.toml`."""

    id: str
    forms: tuple[str, ...]
    examples: tuple[str, ...]
    rejects: tuple[str, ...]


class Piece(NamedTuple):
    """One word of a clause with what it does there."""

    start: int
    end: int
    use: Use


class Chunk(NamedTuple):
    """A name: its place, what it names, and the word of the statement right before and behind it."""

    span: Span
    kind: ChunkKind
    before: str
    behind: str


class StatementWords(Struct, frozen=True):
    """The rows of `statement.toml`, by word."""

    use_of: dict[str, Use]
    compound: dict[str, tuple[str, ...]]
    tails: tuple[tuple[str, ChunkKind], ...]
    names: frozenset[str]
    bounding: frozenset[str]
    places: frozenset[str]
    place_ends: tuple[str, ...]
    no_places: tuple[str, ...]
    strong: tuple[str, ...]
    counting: tuple[str, ...]
    own_persons: frozenset[str]
    openers: tuple[str, ...]
    after_persons: tuple[str, ...]
    place_signs: frozenset[str]
    prefixes: frozenset[str]
    joints: frozenset[str]
    basing: frozenset[str]
    receiving: tuple[str, ...]
    officials: tuple[str, ...]
    pay_openers: tuple[str, ...]
    paying: re.Pattern[str]
    generic: re.Pattern[str]
    amounts: tuple[str, ...]

    def kind_of(self, name: str) -> ChunkKind:
        """Say what a name names, by its end."""
        if name in self.own_persons:
            return "person"
        if GRADE.fullmatch(name):
            return "grade"
        if name in self.no_places:
            return "measure"
        found = (kind for tail, kind in self.tails if (name == tail if kind in ("empty", "weak") else name.endswith(tail)))
        return next(found, "measure")


def statement_words(resources: Resources) -> StatementWords:
    """Read `statement.toml`; for `Resources.built`."""
    path = resources.root / FILE
    data = read_tables(path, "word", "tail", "name")
    words = [convert(path, "word", item, WordRow) for item in data.get("word", [])]
    tails = [convert(path, "tail", item, TailRow) for item in data.get("tail", [])]
    names = [convert(path, "name", item, NameRow) for item in data.get("name", [])]
    check_unique(((path, row.id) for row in (*words, *tails, *names)), "statement")
    use_of: dict[str, Use] = {}
    compound: dict[str, tuple[str, ...]] = {}
    for row in words:
        for form in row.forms:
            use_of.setdefault(form, row.use)
            compound.setdefault(form, row.compound)
    ordered = sorted(((form, row.kind) for row in tails for form in row.forms), key=lambda item: -len(item[0]))
    signs = {row.id: frozenset(row.forms) for row in (*tails, *names)}
    def listed(entry: str) -> tuple[str, ...]:
        return tuple(sorted(signs[entry], key=lambda form: (-len(form), form)))

    heads = "|".join(listed("generic_heads"))
    return StatementWords(
        use_of=use_of, compound=compound, tails=tuple(ordered), names=signs["compound_names"], bounding=signs["bounding"],
        places=signs["general_places"], place_ends=listed("place_ends"), no_places=listed("no_places"),
        strong=listed("strong_groups"), counting=listed("counting"), own_persons=signs["own_persons"], openers=listed("openers"),
        after_persons=listed("after_persons"), place_signs=signs["place_signs"], prefixes=signs["prefixes"],
        joints=frozenset(form for row in words if row.use == "joint" for form in row.forms),
        basing=frozenset(form for row in words if row.use == "base" for form in row.forms),
        receiving=listed("receiving"), officials=listed("officials"), pay_openers=listed("pay_openers"),
        paying=compile_forms(signs["paying"]), amounts=listed("amount_heads"),
        generic=re.compile(rf"\s*(?:\d{{4}}(?:[-—~至]\d{{4}})?年?度?)?(?:{heads})?\s*"),
    )  # fmt: skip


class StatementReader:
    """Cuts clauses into the words that hold them together and the names between."""

    def __init__(self, words: StatementWords, segmenter: Segmenter) -> None:
        """Take the words and the segmenter, which is taught those of several characters."""
        self.words = words
        self.segmenter = segmenter

    def pieces(self, text: str, start: int, end: int) -> list[Piece]:
        """Cut a stretch of text into words with their use."""
        found: list[Piece] = []
        tokens = self.segmenter.cut(text[start:end])
        at = start
        for index, token in enumerate(tokens):
            use = self._use(token, tokens[index + 1 :])
            if use == "name" and text[at - 1 : at].isdecimal() and at > start:
                use = "mark"  # 800元: a unit names nothing
            if token in self.words.prefixes and self._opens_name(tokens, index):
                use = "name"
            found.append(Piece(at, at + len(token), use))
            at += len(token)
        found = [self._granted(found, index) for index in range(len(found))]
        return self._bracketed(text, found)

    def _bracketed(self, text: str, pieces: list[Piece]) -> list[Piece]:
        """Take a few signs in brackets for part of the name before them: 县（市、区）, 三级（市属）."""
        for at in range(1, len(pieces)):
            opened = text[pieces[at].start : pieces[at].end] in ("（", "(") and pieces[at - 1].use == "name"
            if not opened:
                continue
            close = next((n for n in range(at + 1, min(at + 6, len(pieces))) if text[pieces[n].start : pieces[n].end] in ("）", ")")), None)
            inside = text[pieces[at].end : pieces[close].start] if close else ""
            if close and 0 < len(inside) <= _BRACKETED and not any(char.isdigit() for char in inside):
                pieces[at : close + 1] = [piece._replace(use="name") for piece in pieces[at : close + 1]]
        return pieces

    def _granted(self, pieces: list[Piece], index: int) -> Piece:
        """Decide whether a word names what is given or says that it is: 护理补贴提高至, 给予补助; 补贴1000元."""
        piece = pieces[index]
        if piece.use != "grant":
            return piece
        before = pieces[index - 1].use if index else "mark"
        behind = pieces[index + 1].use if index + 1 < len(pieces) else "mark"
        named = before in ("name", "grant", "edge") or behind == "change" or (before == "give" and behind in ("mark", "de"))
        return piece._replace(use="name" if named else "give")

    def _opens_name(self, tokens: list[str], index: int) -> bool:
        """Return True if 月 or 小时 belongs to the name behind it: 月最低工资标准; not 5月, 每月."""
        before = tokens[index - 1] if index else ""
        following = tokens[index + 1 : index + 3]
        opens = bool(following) and (
            self._use(following[0], following[1:]) in ("name", "edge") or following[0] in self.words.prefixes
        )
        return opens and not before[-1:].isdecimal() and before not in ("每", "按", "个")

    def _use(self, token: str, following: list[str]) -> Use:
        if all(char in _MARKS for char in token):
            return "joint" if token == "、" else "mark"
        if token == "的":
            return "de"
        if token.replace(".", "").isdecimal() or _ORDINAL.fullmatch(token):
            return "mark"
        if token in self.words.names:
            return "name"
        use = self.words.use_of.get(token)
        if use is None:
            return "name"
        rest = "".join(following[:3])
        if use in ("change", "give", "grant", "act") and rest.startswith(self.words.compound[token] or ("\0",)):
            return "name"
        return use

    def chunks(self, text: str, start: int, end: int) -> list[Chunk]:
        """Return the names of a stretch of text in order."""
        return list(self._chunks(text, self.pieces(text, start, end)))

    def _chunks(self, text: str, pieces: list[Piece]) -> Iterator[Chunk]:
        index = 0
        while index < len(pieces):
            if pieces[index].use not in ("name", "edge"):
                index += 1
                continue
            first = index
            while index < len(pieces) and pieces[index].use in ("name", "edge"):
                index += 1
            last = index
            if self._bare_edge(text, pieces, last):
                last -= 1
            while first < last:
                cut = self._group_end(text, pieces, first, last)
                span = Span(pieces[first].start, pieces[cut - 1].end)
                before = text[pieces[first - 1].start : pieces[first - 1].end] if first else ""
                behind = text[pieces[cut].start : pieces[cut].end] if cut < len(pieces) else ""
                yield Chunk(span, self.words.kind_of(text[slice(*span)]), before, behind)
                first = cut

    def _group_end(self, text: str, pieces: list[Piece], first: int, last: int) -> int:
        """Return where a group ends that opens a run of names: 福山区|居民个人缴费标准, 参保人员|年度支付限额; else the run's end."""
        words = self.words
        for at in range(first, last - 1):
            word = text[pieces[at].start : pieces[at].end]
            said = text[pieces[first].start : pieces[at].end]
            rest = text[pieces[at].end : pieces[last - 1].end]
            if rest.startswith(words.officials) or said.count("（") != said.count("）"):
                continue
            if said in words.places or (at > first and word in words.place_signs and len(said) - len(word) > 1):
                return at + 1
            if len(said) > 2 and word.endswith(words.place_ends) and not word.endswith(words.no_places) and len(word) > 2:
                return at + 1
            if text[pieces[at + 1].start : pieces[at + 1].end] in words.own_persons:
                return at + 1
            if word.endswith(words.strong) and not rest.startswith(words.counting):
                return at + 1
        return last

    def _bare_edge(self, text: str, pieces: list[Piece], last: int) -> bool:
        """Return True if the last word only bounds the number behind it (最高30万元), and ends no name (最高限额)."""
        return last == len(pieces) and text[pieces[last - 1].start : pieces[last - 1].end] in self.words.bounding


class Measure(NamedTuple):
    """The name that is measured and how it was found: ``span`` in the normalised text, ``step`` for explanations."""

    span: Span
    step: str


# 的标准, 的比例: what stands between a number and the verb of giving behind it.
_BEHIND = ("的", "标准", "比例", "额度", "费率", "幅度", "档次", "左右", "以内", "以上", "以下", "计", "起")
# 在出生90天内, 出院后12个月内: what a span of time is counted from.
_SINCE = ("在", "自", "从", "于")
_AFTER = ("后", "之后", "以后", "前", "之前", "内")
_LEADING = ("give", "adverb", "act", "change")
_SHARE_TAILS = ("比重", "比例", "占比", "份额", "比")


class ClauseReader:
    """Finds the measure of each figure of one sentence."""

    def __init__(self, reader: StatementReader, context: SentenceContext) -> None:
        """Look at nothing yet."""
        self.reader, self.context = reader, context
        self._chunks: dict[Span, list[Chunk]] = {}

    def chunks(self, start: int, end: int) -> list[Chunk]:
        """Return the names between two offsets of the notice's text."""
        span = Span(start, max(start, end))
        if span not in self._chunks:
            self._chunks[span] = self.reader.chunks(self.context.text, *span)
        return self._chunks[span]

    def before(self, number: Span, left: int, kind: str, start: int | None = None) -> Measure | None:
        """Return the name before a figure in its clause, not before ``left``, the end of the figure before."""
        clause = self.context.clause(number.start)
        low = max(clause.start, left) if start is None else start
        low = max(low, number.start - REACH)
        chunks = self.chunks(low, number.start)
        text = self.context.text
        event: Measure | None = None
        for at in range(len(chunks) - 1, -1, -1):
            chunk = chunks[at]
            words = text[slice(*chunk.span)]
            if chunk.kind == "payer" and chunk.behind == "由" and at == 0:
                return Measure(chunk.span, "before")
            if self._pays(chunks, at) or chunk.behind.startswith("之日") or chunk.before == "每":
                continue
            if kind == "duration" and (chunk.before in _SINCE or chunk.behind in _AFTER):
                event = event or Measure(chunk.span, "event")
                continue
            if chunk.kind in ("person", "place", "provider", "payer", "time", "grade"):
                continue
            based = words.endswith(("基础上", "基数")) or (
                kind == "rate"
                and (chunk.before in self.reader.words.basing or text[chunk.span.end : number.start].strip() == "的")
            )
            if based and chunk.before not in ("将", "把"):
                continue
            chunk = self._whole(chunks, at)
            if chunk.kind == "empty" and text[slice(*chunk.span)] == words:
                return Measure(chunk.span, "empty")
            return Measure(self.opened(chunk.span), "before")
        return event._replace(step="empty") if event else None

    def _pays(self, chunks: list[Chunk], at: int) -> bool:
        """Return True if a name is that of who pays: 由省与市县分担, 基金支付65%."""
        while at > 0 and self.context.text[chunks[at - 1].span.end : chunks[at].span.start] in self.reader.words.joints:
            at -= 1
        chunk = chunks[at]
        if chunk.before == "由":
            return True
        giving = self.reader.words.use_of.get(chunk.behind) in ("give", "grant", "base")
        return giving and any(term.span == chunk.span for term in self.context.of("payer"))

    def opened(self, span: Span) -> Span:
        """Drop what opens a name without being part of it: 年度累计最高支付限额, 城乡居民个人缴费标准."""
        moved = True
        while moved:
            moved = False
            words = self.context.text[slice(*span)]
            for opener in self.reader.words.openers:
                if words.startswith(opener) and len(words) > len(opener) + 1:
                    span, moved = Span(span.start + len(opener), span.end), True
                    break
        for term in self.context.of("population"):
            rest = self.context.text[term.span.end : span.end]
            if term.span.start <= span.start < term.span.end and rest.startswith(self.reader.words.after_persons):
                return Span(term.span.end, span.end)
        return span

    def _whole(self, chunks: list[Chunk], at: int) -> Chunk:
        """Join 增加值|占|GDP比重, and 征收增值税|的|税率 where the last word alone says nothing."""
        text, chunk = self.context.text, chunks[at]
        words = text[slice(*chunk.span)]
        while at > 0:
            last = chunks[at - 1]
            gap = text[last.span.end : chunk.span.start]
            joins = (gap == "占" and words.endswith(_SHARE_TAILS)) or (
                gap == "的" and chunk.kind in ("empty", "weak") and last.kind not in ("time", "place")
            )
            if not joins:
                break
            at -= 1
            chunk = Chunk(Span(last.span.start, chunk.span.end), "empty" if gap == "的" else "measure", last.before, chunk.behind)
        if chunk.kind in ("empty", "weak") and (verb := self._attributive(chunk)):
            return Chunk(Span(verb, chunk.span.end), "measure", "", chunk.behind)
        return chunk if chunk.span == chunks[-1].span or chunk.kind != "empty" or words == text[slice(*chunk.span)] else chunk._replace(kind="measure")

    def _attributive(self, chunk: Chunk) -> int | None:
        """Return where the verb begins that says what a bare 比例 is: 中央承担的比例, 纳入医保结算的比例."""
        text, words = self.context.text, self.reader.words
        end = chunk.span.start - 1 if text[chunk.span.start - 1 : chunk.span.start] == "的" else chunk.span.start
        for length in (4, 3, 2):
            verb = text[max(self.context.span.start, end - length) : end]
            if words.use_of.get(verb) in ("give", "grant", "act"):
                return end - length
        return None

    def _pays(self, chunks: list[Chunk], at: int) -> bool:
        """Return True if a name is that of who pays: 由省与市县分担, 基金支付65%."""
        while at > 0 and self.context.text[chunks[at - 1].span.end : chunks[at].span.start] in self.reader.words.joints:
            at -= 1
        chunk = chunks[at]
        if chunk.before == "由":
            return True
        giving = self.reader.words.use_of.get(chunk.behind) in ("give", "grant", "base")
        return giving and any(term.span == chunk.span for term in self.context.of("payer"))

    def opened(self, span: Span) -> Span:
        """Drop what opens a name without being part of it: 年度累计最高支付限额, 城乡居民个人缴费标准."""
        moved = True
        while moved:
            moved = False
            words = self.context.text[slice(*span)]
            for opener in self.reader.words.openers:
                if words.startswith(opener) and len(words) > len(opener) + 1:
                    span, moved = Span(span.start + len(opener), span.end), True
                    break
        for term in self.context.of("population"):
            rest = self.context.text[term.span.end : span.end]
            if term.span.start <= span.start < term.span.end and rest.startswith(self.reader.words.after_persons):
                return Span(term.span.end, span.end)
        return span

    def _whole(self, chunks: list[Chunk], at: int) -> Chunk:
        """Join 增加值|占|GDP比重, and 征收增值税|的|税率 where the last word alone says nothing."""
        text, chunk = self.context.text, chunks[at]
        words = text[slice(*chunk.span)]
        while at > 0:
            last = chunks[at - 1]
            gap = text[last.span.end : chunk.span.start]
            joins = (gap == "占" and words.endswith(_SHARE_TAILS)) or (
                gap == "的" and chunk.kind == "empty" and last.kind not in ("time", "place")
            )
            if not joins:
                break
            at -= 1
            chunk = Chunk(Span(last.span.start, chunk.span.end), "measure", last.before, chunk.behind)
        return chunk

    def behind(self, end: int, *, counted: bool) -> Measure | None:
        """Return the name behind a figure: 30个DRG付费试点城市, 给予1000元一次性补贴, 按每人1500元的标准发放扩岗补助."""
        clause = self.context.clause(max(self.context.span.start, end - 1))
        text = self.context.text
        stop = min(clause.end, end + LONGEST)
        at = end
        moved = True
        while moved:
            moved = False
            for word in _BEHIND:
                if text.startswith(word, at) and at < stop:
                    at, moved = at + len(word), True
        pieces = self.reader.pieces(text, at, stop)
        first = 0
        while first < len(pieces) and pieces[first].use in _LEADING and not counted:
            first += 1
        index = first
        while index < len(pieces) and self._goes_on(pieces, index, counted=counted):
            index += 1
        while index > first and pieces[index - 1].use == "de":
            index -= 1
        if index == first:
            # 对特困人员按100%救助: the verb is all that names it.
            verb = pieces[first - 1] if first and pieces[first - 1].use in ("give", "grant") else None
            return Measure(Span(verb.start, verb.end), "verb") if verb and verb.end - verb.start > 1 else None
        span = Span(pieces[first].start, pieces[index - 1].end)
        return Measure(span, "behind") if span.end - span.start > 1 else None

    def _goes_on(self, pieces: list[Piece], index: int, *, counted: bool) -> bool:
        if pieces[index].use in ("name", "de", "edge"):
            return True
        return pieces[index].use == "give" and index > 0 and pieces[index - 1].use in ("name", "give") and not counted

    def own_verb(self, number: Span, left: int) -> Measure | None:
        """Return the verb of giving right before a figure, where nothing else names it: 超出的部分，支付60%."""
        for piece in reversed(self._edge_pieces(number, left)):
            if piece.use in ("give", "grant") and piece.end - piece.start > 1:
                return Measure(Span(piece.start, piece.end), "verb")
            if piece.use not in ("adverb", "base", "edge"):
                return None
        return None

    def _edge_pieces(self, number: Span, left: int) -> list[Piece]:
        low = max(self.context.clause(number.start).start, left, number.start - REACH)
        return self.reader.pieces(self.context.text, low, number.start)

    def follows_giving(self, number: Span, left: int) -> bool:
        """Return True if a verb of giving stands right before a figure: 给予1000元, 按月发放每人900元."""
        for piece in reversed(self._edge_pieces(number, left)):
            if piece.use in ("give", "base", "act"):
                return True
            if piece.use != "adverb":
                return False
        return False

    def based(self, number: Span, left: int) -> bool:
        """Return True if a share is taken of what stands before it: 按照人均财政补助标准80%."""
        return any(piece.use == "base" for piece in self._edge_pieces(number, left))

    def last_name(self, span: Span, *, counted: bool = False, amount: bool = False) -> Measure | None:
        """Return the last name of a stretch of text that holds no figure: a clause before, a heading, a header cell."""
        chunks = self.chunks(max(span.start, span.end - REACH), span.end)
        kinds = ("measure", "provider", "person") if counted else ("measure",)
        for at in range(len(chunks) - 1, -1, -1):
            if chunks[at].kind in kinds and chunks[at].span.end - chunks[at].span.start > 1 and not self._pays(chunks, at):
                found = self.opened(self._whole(chunks, at).span)
                # 工作目标, 管理办法 above a figure say nothing of it; 失业保险金标准 does.
                if not amount or self.context.text[slice(*found)].endswith(self.reader.words.amounts):
                    return Measure(found, "above")
        return None

    def action(self, start: int, end: int) -> Measure | None:
        """Return the name of what must be done between two offsets: 将补助资金拨付到位, 完成参保名册核对."""
        chunks = [chunk for chunk in self.chunks(start, end) if chunk.kind == "measure" and chunk.before != "由"]
        moved = [chunk for chunk in chunks if chunk.before in ("将", "把")]
        done = [chunk for chunk in chunks if self.reader.words.use_of.get(chunk.before) in ("act", "change", "give")]
        chosen = (moved or done or chunks)[:1]
        return Measure(self.opened(chosen[0].span), "action") if chosen else None


def teach(words: StatementWords) -> Iterable[str]:
    """List the words that the segmenter must know as one."""
    return (word for word in (*words.use_of, *words.names) if len(word) > 1)
